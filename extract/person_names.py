"""What makes a run of capitalised words a person's name: its syllables, and the words before and after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.fold import fold
from extract.offices import Offices
from extract.places import begins_person, lexicon, pattern, words
from extract.syllables import is_syllable

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
_ITEM = rf"[{_UPPER}][^\W\d_]*(?: [{_UPPER}\d][^\W_]*){{0,3}}"
# "các xã: Đại Sơn, Hưng Lộc, ": what a plural of places opens
_PLACES = re.compile(
    rf"(?:[Cc]ác|[Hh]ai|[Bb]a|\d+) (?:xã|phường|huyện|thị xã|quận|thôn|bản|buôn|làng|ấp|khóm|tỉnh|thành phố|thị trấn|đường|tuyến|khu|trường)"
    rf"(?:[^\n.;:]{{0,40}}:)?(?: như| gồm| là)? ?:? (?:{_ITEM}(?:, | và )){{1,12}}$"
)
_ADDRESS = re.compile(
    r"(?:(?:số|ngõ|ngách|hẻm|kiệt|tại|ở|địa chỉ:?|nhà|đến|trụ sở:?|,) \d+[a-z]?(?:/\d+)*|\d/\d+[a-z]?|(?<!lớp )\d+[a-d]) $"
)
_CROSSING = re.compile(rf"(?:ngã [a-zà-ỹ]+|đường|tuyến|góc) {_ITEM} - $")
_ROW = re.compile(r"(?:^|\n)\d{1,4} ?\| $")  # a row of a table up to its first cell
# What only a person has: an age, a year of birth, a nationality.
_LIFE = re.compile(r"(?:,| ?\(|,? )(?:sn |sinh (?:năm|ngày|tháng) |\d{1,3} tuổi|quốc tịch |sinh \d|\d{4}\))")


@cache
def honorifics() -> re.Pattern[str]:
    """Honorifics, ranks and degrees that end where a name begins: "đồng chí ", "Đại tá, TS. "."""
    given = lexicon("officials")
    ranks, familiar = (_any([*given["honorifics"], *given["callings"]]), _any(given["familiar"]))
    return re.compile(rf"(?<!\w)(?=\w)(?:(?:{familiar}),? )?(?:(?<!\w)(?:{ranks})(?:[.,:]? |\.(?=\w)))*(?:(?<!\w)(?:{familiar}):? )?$")


def _any(forms: Sequence[str]) -> str:
    return "|".join(sorted({re.escape(fold(form)) for form in forms}, key=lambda form: (-len(form), form)))


@cache
def calls(kind: str) -> re.Pattern[str]:
    """A text that ends in one of the words of `kind` (familiar, callings, strangers) and a space."""
    return re.compile(rf"(?<!\w)(?:{_any(lexicon('officials')[kind])})[:,]? $")


@cache
def never() -> re.Pattern[str]:
    """Names of countries, places, awards that look like a person's."""
    return pattern(lexicon("officials")["traps"]["never"])


@cache
def cuts() -> re.Pattern[str]:
    """Words that end a name, though they have a capital."""
    return pattern(lexicon("officials")["cuts"])


@cache
def _ending(kind: str) -> re.Pattern[str]:
    """A text that ends in one of the lexicon's words before a name."""
    marks = r" ?:? ?" if kind == "credits" else r" \"?(?:mang tên )?"
    colon = r" ?[:/] ?" if kind == "credits" else marks
    return re.compile(r"(?<!gia )(?<!bộ )(?<!đối )(?<!quân )" + pattern(lexicon("officials")["traps"][kind]).pattern + colon + "$")


@cache
def _agencies() -> re.Pattern[str]:
    """The agency after a byline: "/TTXVN", " - TTXVN", "(TTXVN)"."""
    return re.compile(rf"(?: ?[-/(] ?| \()(?:{_any(lexicon('officials')['traps']['agencies'])})(?!\w)")


def is_foreign(word: str) -> bool:
    """Whether a word is spelled as no Vietnamese syllable is."""
    return not all(is_syllable(part) for part in re.split(r"['’`-]", word) if part)


def has_marker(folded: Sequence[str]) -> bool:
    """Whether the middle of the name is Văn or Thị, that only a person has."""
    return len(folded) > 2 and ("thị" in folded[1:-1] or folded[1] == "văn") and all(is_syllable(word) for word in folded[-1:])


class Surroundings:
    """What stands about a run of capitalised words of one text."""

    def __init__(self, offices: Offices) -> None:
        self.text, self.folded, self.offices = offices.text, offices.folded, offices

    def row(self, start: int, end: int) -> bool:
        """Whether the run fills the first cell of a numbered row."""
        return _ROW.search(self.folded, max(0, start - 8), start) is not None and self.text.startswith(" |", end)

    def living(self, end: int) -> bool:
        """Whether an age or a birth follows."""
        return _LIFE.match(self.folded, end) is not None

    def trapped(self, start: int, size: int) -> bool:
        """Whether words before the run make it a street, a school, a prize, a place."""
        before = self.folded[max(0, start - 40) : start]
        if _ending("but").search(before):
            return False
        if _ending("before").search(before) or _ADDRESS.search(before) or (size == 2 and _ending("locative").search(before)):
            return True
        written = self.text[max(0, start - 160) : start]
        return _PLACES.search(written) is not None or _CROSSING.search(written) is not None

    def credited(self, start: int, end: int) -> bool:
        """Whether the name is a byline or the credit of a photograph."""
        if self.folded.endswith("ảnh ", 0, start) and self.text[start:end].isupper():
            return True
        if _ending("credits").search(self.folded[max(0, start - 30) : start]) or _agencies().match(self.folded, end):
            return True
        if not self.alone(start, end):
            return False
        line = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", end)
        stop = len(self.text) if stop < 0 else stop
        if self.signed(line, stop):
            return False
        last = len(self.text) - stop < 400 and self.text.count(self.text[start:end]) == 1
        return line > 0 and (last or self.text.count("\n", stop) < 2 or line < 400)

    def alone(self, start: int, end: int) -> bool:
        """Whether nothing else stands in the paragraph."""
        line = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", end)
        return not (self.text[line:start] + self.text[end : len(self.text) if stop < 0 else stop]).strip(" .-–()*")

    def signed(self, line: int, stop: int) -> bool:
        """Whether the paragraph [line, stop) signs a document: an office alone above it, or "(Đã ký)" beside it."""
        above = self.folded[self.text.rfind("\n", 0, max(line - 1, 0)) + 1 : max(line - 1, 0)].strip(" .()")
        below = self.folded[stop + 1 : stop + 12]
        office = self.offices.before(line)
        return (
            above == fold("đã ký")
            or below.startswith((fold("(đã ký"), fold("đã ký")))
            or (len(above) < 60 and office is not None and not self.folded[office.end : line].strip())
        )

    def quoted(self, start: int, end: int) -> bool:
        """Whether the name stands in a short quotation that is a name itself, of a movement or a prize."""
        opening: int = self.folded.rfind('"', max(0, start - 60), start)
        if opening < 0 or self.folded.count('"', self.text.rfind("\n", 0, start) + 1, start) % 2 == 0:
            return False
        closing: int = self.folded.find('"', end, end + 60)
        return end < closing < opening + 80


def known_surname(word: str) -> bool:
    """Whether a folded word is one of the surnames, rare ones too."""
    return word in words("surnames") or word in words("rare_surnames")


def stands_alone(folded: Sequence[str]) -> bool:
    """Whether the syllables tell a person by themselves."""
    if has_marker(folded):
        return True
    if begins_person(folded):
        return folded[0] in words("surnames") or not any(is_foreign(word) for word in folded)
    return (
        1 < len(folded) < 5
        and folded[0] in words("foreign_given")
        and not any(word in words("foreign_things") for word in folded)
        and is_foreign(folded[-1])
    )
