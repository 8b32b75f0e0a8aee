"""Where a body's name ends because people begin: a rank or a degree, a surname behind a unit of the land, a name of the highlands, guests."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from extract.fold import fold
from extract.language import UPPER
from extract.places import begins_person, districts, pattern, words
from extract.words import any_of, lexicon

LONGEST = 4  # words of a name of the highlands
REACH = 140  # code points before a unit of the land in which the one is told whose office it is
# A capitalised word, and one or two more behind it where no further one follows
_NAME = re.compile(rf"(?P<first>[{UPPER}][^\W\d_]*(?:['’-][^\W\d_]+)*)(?P<rest>(?: [{UPPER}][^\W\d_]+){{1,2}}(?![\w-])(?! [{UPPER}]))?")
# A place's name that looks like a person's: of three words, and no more
_THREE_WORDS = rf"[{UPPER}][^\W\d_{UPPER}]+(?: [{UPPER}][^\W\d_{UPPER}]+){{2}}(?![\w-])(?! [{UPPER}])"
_OF_THREE = re.compile(_THREE_WORDS)
_SIDES = frozenset(map(fold, ("Đông", "Tây", "Bắc", "Thượng", "Hạ")))  # with which a part of a commune is called
_UNITS = r"(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hị xã|[Hh]uyện|[Qq]uận)"
# "ở xã Tân Phú Mỹ": no body of that place, which a person's name may follow
_TOLD = re.compile(
    rf"(?:(?<!\w)(?:[Ởở]|[Tt]ại|[Tt]huộc|bàn|[Vv]ề|[Đđ]ến|[Tt]ừ|[Qq]ua|[Tt]rên|[Cc]ác|quê|trú|công nhận|lãnh đạo|nhân dân|người dân) |[(,;] ?){_UNITS} (?P<name>{_THREE_WORDS})"
)
# "ông Lê Văn An, Phó Bí thư Đảng ủy, Chủ tịch UBND xã": whose office it is has been told, and no other name follows
_HOLDER = re.compile(
    rf"(?<!\w)(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c|[Aa]nh|[Cc]hị) [{UPPER}][^\W\d_{UPPER}]+(?: [{UPPER}][^\W\d_{UPPER}]+){{1,3}}(?:,| -) (?P<office>[^;.:()\n]{{3,90}})$"
)
# A person's name of three or four words
FULL_NAME = re.compile(rf"[{UPPER}][^\W\d_{UPPER}]+(?: [{UPPER}][^\W\d_{UPPER}]+){{2,3}}(?! [{UPPER}])")


# "cho Công ty TNHH Trần Minh Khôi", "2. HTX Lê Thị Hoa": a firm that is told for itself, and nobody's office there
_FIRM = re.compile(rf"(?:{any_of(lexicon('bodies')['firms'])})(?!\w)")
_FOR_ITSELF = re.compile(r"(?:^|\n|[,;:|+•*–\"(-] ?|\d[.)/] ?|(?<!\w)(?:cho|và|gồm|tập thể|là|như|tới|với|theo|tại|khi|các) )$")


@cache
def ranks() -> re.Pattern[str]:
    """Ranks, degrees and honours with which the next name is a person's: "Bộ CHQS tỉnh | TS. Lê Văn An"; callings before a surname."""
    given = lexicon("officials")
    return re.compile(
        rf"(?:{any_of(given['borders']['ranks'])})(?!\w)|(?:{any_of(given['borders']['callings'])})(?= (?:{any_of(given['surnames'])}) )"
    )


@cache
def guests() -> re.Pattern[str]:
    """People who are there beside an official: "Giám đốc Sở Y tế và | đông đảo người dân"."""
    return pattern(lexicon("officials")["borders"]["guests"])


@cache
def _heads_of_places() -> frozenset[str]:
    """First syllables that only places have: "Đăk", "Krông"."""
    return frozenset(map(fold, lexicon("officials")["traps"]["land"]))


@cache
def _provinces() -> re.Pattern[str]:
    return pattern(lexicon("officials")["borders"]["provinces"])


@cache
def _surnames() -> frozenset[str]:
    return frozenset(map(fold, lexicon("officials")["borders"]["surnames"]))


def behind_unit(text: str, folded: str, at: int, level: str) -> bool:
    """Whether a surname stands at `at`, and no place: behind a unit all of whose names are known ("tỉnh | Trịnh Văn An"), or, for a district,
    with one word more ("Huyện ủy | Trịnh Thủy").

    `level`: of the unit of the land before it.
    """
    match = _NAME.match(text, at)
    if match is None:
        return False
    first, rest = fold(match["first"]), match["rest"]
    if level == "province":
        surname = first in words("surnames") or (first in words("rare_surnames") and rest is not None)
        return surname and not _provinces().match(folded, at)
    two = rest is not None and rest.count(" ") == 1
    return level == "district" and two and first in _surnames() and fold(match[0]) not in districts()


def told_places(text: str) -> frozenset[str]:
    """The names of three words that the text has for communes and districts, apart from the bodies there."""
    return frozenset(match["name"] for match in _TOLD.finditer(text))


def place_of_three(text: str, unit: int, at: int, told: Collection[str]) -> int | None:
    """End of the place's name of three words at `at` that begins like a person's: one that places are called by ("xã Tân Phú Mỹ"), one of
    those `told`, or one behind whose office the text has told before `unit`."""
    match = _OF_THREE.match(text, at)
    run = fold(match[0]).split() if match else []
    if not match or run[1] in ("văn", "thị"):
        return None
    holder = _HOLDER.search(text, max(0, unit - REACH), unit)
    held = holder is not None and not any(begins_person(fold(name[0]).split()) for name in FULL_NAME.finditer(holder["office"]))
    placed = run[0] in words("place_openers") or (run[0] not in words("surnames") and run[2] in _SIDES)
    return match.end() if held or placed or match[0] in told else None


def firm(folded: str, at: int) -> bool:
    """Whether a firm's name begins at `at` that may go on like a person's, for no office or job stands before it."""
    return _FIRM.match(folded, at) is not None and _FOR_ITSELF.search(folded, max(0, at - 10), at) is not None


def behind_number(text: str, at: int) -> bool:
    """Whether a surname and one or two words more stand at `at`, behind a number that ends a name: "Quân khu 5 | Trịnh Thủy"."""
    match = _NAME.match(text, at) if text[at - 2 : at - 1].isdigit() else None
    if match is None or match["rest"] is None:
        return False
    return any(fold(match["first"]) in words(kind) for kind in ("surnames", "rare_surnames", "highland_surnames"))


@cache
def _namesakes() -> re.Pattern[str]:
    return pattern(lexicon("bodies")["namesakes"])


def behind_field(text: str, folded: str, at: int) -> bool:
    """Whether a person stands at `at`, behind a school's field, and nobody that it is named for: "Trường Đại học Luật | Trịnh Văn An"."""
    match = FULL_NAME.match(text, at)
    if _namesakes().match(folded, at):
        return False
    syllables = fold(match[0]).split() if match else []
    full = begins_person(syllables) and syllables[0] in words("surnames") and syllables[1] in words("middles")
    return full or behind_unit(text, folded, at, "district")


def highland(run: Sequence[str]) -> int | None:
    """Which of the folded words of a run begins a name of the highlands: "Trường THPT Lê Lợi | Rah Lan Chung"."""
    at = next((at for at, word in enumerate(run) if word in words("highland_surnames")), None)
    if at == 1 and run[0] in _heads_of_places():
        return None  # "xã Đăk Rơ Long"
    if at is not None and at > 1 and "y" in run[at - 2 : at]:
        at = at - 1 - (run[at - 2] == "y")  # "phường Tân An | Y Thông Niê"
    return at if at is not None and len(run) - at <= LONGEST else None
