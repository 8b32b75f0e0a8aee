"""Text as it comes, made readable for the grammars, with a map back: records stand at their places in the text as it is stored.

Letters of TCVN3 and VNI become Unicode, what nobody sees is left out, marks are put onto their letters, and a space is put where
two words were run together: `tỉnhHà Nam`, `năm2019`, `12tập thể`, `tỉnh,Chủ tịch`, `cánhân`. A paragraph that was parted behind an
abbreviation is one again: `Chủ tịch UBND TP.⏎Hà Nội`, `GS.⏎Lê Văn An`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from extract.fold import fold
from extract.places import districts, province_of, words
from extract.syllables import is_marked, is_syllable
from schemas.legacy_fonts import TCVN3, VNI, font_of, from_vni
from schemas.normal import nfc
from schemas.reading import Reading

PROBE = 20_000  # code points on which the font is guessed
_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_MARKS = "\u0300-\u0304\u0306\u0309\u031b\u0323"
_MEND = re.compile(rf"[{_UNSEEN}]+|[^\W\d_][{_UNSEEN}]*[{_MARKS}][{_MARKS}{_UNSEEN}]*")
_UNSEEN_OR_MARK = re.compile(f"[{_UNSEEN}{_MARKS}]")
# Runs without a space in which words may be run together; addresses of the web and of mail are none.
LONGEST = 120  # code points of a run that is looked at whole
_RUN = re.compile(rf"[^\s]{{3,{LONGEST}}}")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:vn|com|net|org|info|gov|edu)\b|\\|_", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2,40}")
_SEAM = re.compile(
    r"(?P<left>(?<![^\W\d_])[^\W\d_]{2,7})(?=\d)"  # năm2019
    r"|(?<=\d)(?=(?P<right>[^\W\d_]{2,7})(?![^\W_]))"  # 12tập
    r"|(?<=[^\W\d_])(?<![A-ZĐ]{2})[,;:](?=[^\W\d_]{2})|(?<=\d)[,;](?=[^\W\d_]{2})"  # tỉnh,Chủ
    r"|(?<=[^\W\d_])[,;](?=\d)|(?<=[A-ZĐ]{2})[,;](?=[A-ZĐ][a-zà-ỹđ])"  # nhì,04 giải; CCB,Hội
    r"|(?<=[^\W\d_])[)\]”](?=[^\W\d_]{2})"
    r"|(?P<before>(?<![^\W\d_])[^\W\d_]{2,7}|\d|[)”])\.(?=(?P<after>[^\W\d_]{2,7})(?![^\W\d_]))"  # tỉnh.Hội
)
# A line that ends in the abbreviation of a city or of a degree, and what the next one begins with
_PARTED = re.compile(
    r"(?<![^\W\d_])(?:(?P<city>TP|Tp|T\.P)|(?:P?GS|TS|Th\.?S|Ths|BS|NSND|NSƯT|NGND|NGƯT)(?:\. ?(?:TS|BS))?)\.(?P<end>\n)(?P<next>[A-ZĐ][^\W\d_]*(?: [^\W\d_]+){0,2})"
)
_CITIES = ("hcm", "hồ chí minh")
_HONOURS = re.compile(r"vinh (?:danh|dự|quang|hạnh)(?!\w)")  # "… của TP.⏎Vinh danh 12 tập thể"


@dataclass(frozen=True)
class Mended:
    """The readable text, and for each of its code points where it begins and ends in the stored text."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The place in the stored text of a non-empty place in the readable one."""
        return self.starts[start], self.ends[end - 1]


def mend(text: str) -> Mended | None:
    """The readable text with its map, or None when nothing is to be mended."""
    changes = list(_changes(text))
    if not changes:
        return None
    pieces, starts, ends, at = [], [], [], 0
    for start, end, new in changes:
        pieces += [text[at:start], new]
        starts += [*range(at, start), *[start] * len(new)]
        ends += [*range(at + 1, start + 1), *[end] * len(new)]
        at = end
    pieces.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    once = Mended("".join(pieces), tuple(starts), tuple(ends))
    again = mend(once.text) if any(new != " " for _, _, new in changes) else None  # letters first, then the seams between words
    if again is None:
        return once
    backs = [
        once.back(start, max(end, start + 1)) if start < len(once.text) else (len(text),) * 2
        for start, end in zip(again.starts, again.ends, strict=True)
    ]
    return Mended(again.text, tuple(first for first, _ in backs), tuple(last for _, last in backs))


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, new) of what is to be replaced, in order: letters of a font, else what is unseen, else words run together."""
    font = font_of(text[:PROBE])
    if font:
        yield from _of_font(text, font)
        return
    odd = _UNSEEN_OR_MARK.search(text)
    letters = [(match.start(), match.end(), _seen(match[0])) for match in _MEND.finditer(text)] if odd else []
    letters = [change for change in letters if change[2] != text[change[0] : change[1]]]
    yield from letters or sorted([*((place, place, " ") for place in _seams(text)), *_parted(text)])


def _of_font(text: str, font: str) -> Iterator[tuple[int, int, str]]:
    if font == "tcvn3":
        yield from ((place, place + 1, TCVN3[char]) for place, char in enumerate(text) if char in TCVN3)
    else:
        yield from ((match.start(), match.end(), from_vni(match)) for match in VNI.finditer(text))


def _seen(run: str) -> str:
    return nfc(re.sub(f"[{_UNSEEN}]", "", run))


def _parted(text: str) -> Iterator[tuple[int, int, str]]:
    """Ends of lines behind an abbreviation with whose name or number the next line begins."""
    for match in _PARTED.finditer(text):
        following = match["next"].split()
        folded = [fold(word) for word in following]
        if match["city"]:
            names = {" ".join(folded[:size]) for size in (1, 2, 3)}
            goes_on = any(name in _CITIES or name in districts() or province_of(name) for name in names) and not _HONOURS.match(
                fold(match["next"])
            )
        else:
            goes_on = len(following) > 1 and following[1][0].isupper() and folded[0] in words("common_surnames")
        if goes_on:
            yield match.start("end"), match.end("end"), " "


def _seams(text: str) -> Iterator[int]:
    """Where a space is missing, in order."""
    neighbours: set[tuple[str, str]] = set()  # pairs of words that stand apart in this text, made when first asked for

    def apart(left: str, right: str) -> bool:
        if not neighbours:
            found = [*map(str.lower, _LETTERS.findall(text)), ""]
            neighbours.update(pairwise(found))
        return (left.lower(), right.lower()) in neighbours

    if all(map(_seamless, set(text.split()))):
        return
    for run in _RUN.finditer(text):
        word = run[0]
        if _seamless(word) or _ADDRESS.search(word):
            continue
        places = {run.start() + place for place in _in_run(word)}
        for letters in _LETTERS.finditer(word):
            places.update(run.start() + letters.start() + place for place in _in_letters(letters[0], apart))
        yield from sorted(places)


@lru_cache(maxsize=65_536)
def _seamless(run: str) -> bool:
    """Whether no seam can be in a run without a space, whatever its text says elsewhere; most words are asked about again and again."""
    if len(run) > LONGEST:
        return False
    if run.isalpha() and (is_syllable(run) or (run.islower() and run.isascii())):
        return True
    return not list(_in_run(run)) and all(is_syllable(letters) or not is_marked(letters) for letters in _LETTERS.findall(run))


def _in_run(run: str) -> Iterator[int]:
    """Seams between letters, digits and signs."""
    for seam in _SEAM.finditer(run):
        left, right, before, after = seam["left"], seam["right"], seam["before"], seam["after"]
        if left is not None:
            if left.islower() and is_syllable(left) and is_marked(left):
                yield seam.end()
        elif right is not None:
            if right.islower() and is_syllable(right) and is_marked(right):
                yield seam.end()
        elif before is not None:
            if (
                after[0].isupper()
                and after[1:].islower()
                and is_syllable(after)
                and (not before.isalpha() or (before.islower() and is_syllable(before)))
            ):
                yield seam.end()
        else:
            yield seam.end()


def _in_letters(letters: str, apart: Callable[[str, str], bool]) -> Iterator[int]:
    """Seams inside a run of letters: before a capital in the middle, else where it falls into two syllables; of several ways the one
    whose words stand apart elsewhere in the text."""
    if is_syllable(letters) or not is_marked(letters) or fold(letters) in words("highland_surnames"):
        return
    capitals = [place for place in range(2, len(letters) - 1) if letters[place].isupper() and letters[place - 1].islower()]
    if capitals:
        parts = [letters[start:end] for start, end in zip([0, *capitals], [*capitals, len(letters)], strict=True)]
        if all(map(is_syllable, parts)):
            yield from capitals
        return
    if not (letters[1:].islower() or letters.isupper()):
        return
    ways = [place for place in range(2, len(letters) - 1) if is_syllable(letters[:place]) and is_syllable(letters[place:])]
    if len(ways) > 1:
        ways = [place for place in ways if apart(letters[:place], letters[place:])]
    if len(ways) == 1:
        yield ways[0]


def put_back(reading: Reading, mended: Mended, stored: str) -> Reading:
    """A reading of the readable text as one of the stored text: the same records at their places there."""
    fields = {name: _moved(getattr(reading, name), mended, stored) for name in type(reading).model_fields if name != "text"}
    return Reading(**fields, text=stored)


def _moved(value: Any, mended: Mended, stored: str) -> Any:
    """A record, or a tuple of them, moved; anything else as it is."""
    if isinstance(value, tuple):
        return tuple(_moved(one, mended, stored) for one in value)
    fields = getattr(type(value), "model_fields", None)
    if fields is None or getattr(value, "field", "text") != "text":
        return value
    changed = {name: _moved(getattr(value, name), mended, stored) for name in fields}
    if changed.get("start") is not None and changed.get("end") is not None:
        start, end = mended.back(changed["start"], changed["end"])
        if "quote" in changed:  # which lies within one paragraph: of two that were one again, in that where more of it stands
            quote = max(stored[start:end].split("\n"), key=len)
            start = stored.index(quote, start)
            end = start + len(quote)
            changed["quote"] = quote
        changed |= {"start": start, "end": end}
    return type(value)(**changed)
