"""Spelling variants made equal, one code point for one, so that offsets in the folded text are offsets in the text.

Case, the place of the tone mark (Uỷ = Ủy), i and y (sỹ = sĩ), a horn left out of ươ (truờng = trường), dashes, quotation marks, spaces, Ð = Đ.
"""

from __future__ import annotations

import re
from functools import lru_cache

SHORT = 40  # code points of a word or a name, which come again and again

_VOWELS = {"a": "aàáảãạ", "e": "eèéẻẽẹ", "i": "iìíỉĩị", "o": "oòóỏõọ", "u": "uùúủũụ", "ư": "ưừứửữự", "y": "yỳýỷỹỵ"}
_TONES = {
    first + _VOWELS[second][tone]: _VOWELS[first][tone] + second
    for first, second in ("oa", "oe", "uy", "ua", "ia", "ưa")
    for tone in range(1, 6)
}
# The tone moves only where the pair ends its syllable: "toà", "cuả", "nghiã" but never "toàn"; in "quý", "quả" and "giá" the first letter is
# of the consonant. These begin with the letters that they look for, for `re` then skips to them; what stands before is asked after.
_TONE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵàáảãạ]|[iư][àáảãạ])(?<!q..)(?<!gi.)(?![^\W\d_])")
_Y_FOR_I = str.maketrans("ỳýỷỹỵy", "ìíỉĩịi")
# A syllable of one of these consonants and a bare y: sỹ, kỷ, lý, mỹ, tỷ, hy, and quí for quý.
_Y_SYLLABLE = re.compile(r"[yỳýỷỹỵ](?<=[hklmst].)(?<![^\W\d_]..)(?![^\W\d_])")
_QUI = re.compile(r"qu[iìíỉĩị](?<![^\W\d_]...)(?![^\W\d_])")
_I_FOR_Y = str.maketrans("ìíỉĩịi", "ỳýỷỹỵy")
# ươ within a syllable with one horn left out, or with its tone on the first letter: "truờng", "thưỏng", "đựơc". No syllable is spelled so.
_U, _HORNED_U, _O, _HORNED_O = _VOWELS["u"], _VOWELS["ư"], _VOWELS["o"], "ơờớởỡợ"
_HORNS = {
    first[tone] + second[other]: "ư" + _HORNED_O[tone or other]
    for first, second in ((_U, _HORNED_O), (_HORNED_U, _O), (_HORNED_U, _HORNED_O))
    for tone in range(6)
    for other in range(6)
    if not (tone and other) and (tone or (first, second) != (_HORNED_U, _HORNED_O))
}
_HORN = re.compile(rf"(?:[{_U}][{_HORNED_O}]|[{_HORNED_U}][{_O}]|[{_HORNED_U[1:]}]ơ)(?<!q..)(?=[^\W\d_])")
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
    folded = _HORN.sub(lambda match: _HORNS.get(match[0], match[0]), folded)
    folded = _TONE.sub(lambda match: _TONES[match[0]], folded)
    folded = _Y_SYLLABLE.sub(lambda match: match[0].translate(_Y_FOR_I), folded)
    return _QUI.sub(lambda match: "qu" + match[0][2:].translate(_I_FOR_Y), folded)


_folded_word = lru_cache(maxsize=32_768)(_folded)
