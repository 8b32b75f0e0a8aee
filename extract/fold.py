"""Spelling variants made equal, one code point for one, so that offsets in the folded text are offsets in the text.

Case, the place of the tone mark (Uỷ = Ủy), i and y (sỹ = sĩ), dashes, quotation marks, spaces, Ð = Đ.
"""

from __future__ import annotations

import re
from functools import lru_cache

SHORT = 40  # code points of a word or a name, which come again and again

_OLD = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_NEW = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_TONES = dict(zip(_OLD, _NEW, strict=True))
# The tone moves only where the pair ends its syllable: "toà" but never "toàn"; "quý" keeps its y, for u belongs to qu.
# These three begin with the letters that they look for, for `re` then skips to them; what stands before is asked after.
_TONE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?<!q..)(?![^\W\d_])")
_Y_FOR_I = str.maketrans("ỳýỷỹỵy", "ìíỉĩịi")
# A syllable of one of these consonants and a bare y: sỹ, kỷ, lý, mỹ, tỷ, hy, and quí for quý.
_Y_SYLLABLE = re.compile(r"[yỳýỷỹỵ](?<=[hklmst].)(?<![^\W\d_]..)(?![^\W\d_])")
_QUI = re.compile(r"qu[iìíỉĩị](?<![^\W\d_]...)(?![^\W\d_])")
_I_FOR_Y = str.maketrans("ìíỉĩịi", "ỳýỷỹỵy")
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\f\v", " "),
    "Ð": "đ",
    "ð": "đ",
    "Ɖ": "đ",
    "…": ".",
}


def _one(char: str) -> str:
    """The folded form of one code point, always one code point."""
    sign = _SIGNS.get(char)
    if sign is not None:
        return sign
    lower = char.lower()
    return lower if len(lower) == 1 else char


class _Table(dict[int, str]):
    """Code point -> folded code point, filled as needed: str.translate then works at the speed of C."""

    def __missing__(self, code: int) -> str:
        self[code] = _one(chr(code))
        return self[code]


_TABLE = _Table()


def fold(text: str) -> str:
    """`text` (NFC) with spelling variants made equal; as many code points as `text`."""
    return _folded_word(text) if len(text) <= SHORT else _folded(text)


def _folded(text: str) -> str:
    folded = text.translate(_TABLE)
    folded = _TONE.sub(lambda match: _TONES[match[0]], folded)
    folded = _Y_SYLLABLE.sub(lambda match: match[0].translate(_Y_FOR_I), folded)
    return _QUI.sub(lambda match: "qu" + match[0][2:].translate(_I_FOR_Y), folded)


_folded_word = lru_cache(maxsize=32_768)(_folded)
