"""Text as the records hold it: NFC, white space folded, nothing invisible."""

from __future__ import annotations

import re
from functools import lru_cache

from schemas.normal import nfc

# Zero-width and direction marks, soft hyphen, variation selectors, tags, interlinear marks, lone surrogates, private use, controls but tab and line ends
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc"
    "\U000e0000-\U000e0fff\ud800-\udfff\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
CAPITALS = "".join(letter for letter in map(chr, range(0x1F00)) if letter.isupper())  # for a class of a regex
_MARKS = re.compile(r"([\u0300-\u036f]{4})[\u0300-\u036f]+")  # more accents on a letter than any writing has
# hoà/hòa, uý/úy: the tone on the first or second vowel; compared on the second, as the newer spelling has it
_TONE_PLACE = {
    f"{a}{b}": f"{c}{d}"
    for a, b, c, d in (
        "oàòa",
        "oáóa",
        "oảỏa",
        "oãõa",
        "oạọa",
        "oèòe",
        "oéóe",
        "oẻỏe",
        "oẽõe",
        "oẹọe",
        "uỳùy",
        "uýúy",
        "uỷủy",
        "uỹũy",
        "uỵụy",
    )
}
_TONES = re.compile("|".join(_TONE_PLACE))
_WORD = re.compile(r"\w+")
SHORT = 300  # characters of a line that is kept folded


def fold(text: str) -> str:
    """One line: NFC, invisible characters taken out, each run of white space one space."""
    return _short(text) if len(text) <= SHORT else _fold(text)


def _fold(text: str) -> str:
    return " ".join(nfc(_MARKS.sub(r"\1", _INVISIBLE.sub("", text))).split())


_short = lru_cache(maxsize=8192)(_fold)  # a line of a page is looked at again and again


def lines(text: str) -> list[str]:
    """The lines of a text, folded; an empty line stays as an empty string."""
    return [fold(line) for line in re.split(r"\r\n?|[\n\x85\u2028\u2029]", text)]


@lru_cache(maxsize=1024)
def alike(text: str) -> str:
    """The text for comparison only: small letters, one tone place, no punctuation, đ apart from d."""
    folded = _TONES.sub(lambda match: _TONE_PLACE[match[0]], fold(text).casefold())
    return " ".join(_WORD.findall(folded))
