"""Points of the calendar as the texts write them: a day, a month, a quarter, a part of a year, a year; patterns and values.

Patterns run over folded text (extract.fold). Their words stand in extract/lexicon/dates.toml.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from extract.fold import fold
from extract.words import lexicon
from schemas.edtf import month_end

LEXICON = lexicon("dates")
FIRST_YEAR, LAST_YEAR = 1800, 2100
OLDEST_YEAR = 1000  # that "năm" is written before: "năm 1010"


def any_of(words: Iterable[str]) -> str:
    """A group of the folded words, the longest first."""
    return "(?:" + "|".join(fold(word) for word in sorted(words, key=len, reverse=True)) + ")"


def spaced(source: str) -> str:
    """The pattern with a space for one to three spaces and ~ for none to three."""
    return source.replace(" ", "[ ]{1,3}").replace("~", "[ ]{0,3}")


def nameless(source: str) -> str:
    """The pattern with its named groups made plain, so that it may stand in another more than once."""
    return re.sub(r"\?P<\w+>", "?:", source.replace("(?P=sign)", "~[/.-]~"))


def folded_keys(name: str) -> dict[str, int]:
    """A table of the lexicon with folded keys."""
    return {fold(word): number for word, number in LEXICON[name].items()}


class Point(NamedTuple):
    """A year, month, or day, of which the coarser parts may be missing; `until` is the last month of a quarter or part of a year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: int | None = None
    shift: int = 0  # years from the anchor's

    def within(self, coarser: Point | None) -> Point:
        """The point with its missing year and month taken from another one."""
        if coarser is None:
            return self
        point = self._replace(month=coarser.month) if self.day and not self.month else self
        if self.year is None and coarser.year is not None:
            point = point._replace(year=coarser.year + self.shift, shift=0)
        return point

    @property
    def whole(self) -> bool:
        """Nothing is missing."""
        return self.year is not None and bool(self.month or not self.day)

    @property
    def lacks(self) -> str | None:
        """What an anchor must give: month, year, or None."""
        return None if self.whole else "month" if self.day and not self.month else "year"

    def edtf(self) -> str:
        """EDTF of a whole point."""
        if self.until:
            return f"{self.year:04}-{self.month:02}/{self.year:04}-{self.until:02}"
        return f"{self.year:04}" + (f"-{self.month:02}" if self.month else "") + (f"-{self.day:02}" if self.day else "")


NUMBERS, QUARTERS, SHIFTS, WEEKDAYS = map(folded_keys, ("numbers", "quarters", "year_shift", "weekdays"))
WORD = any_of(NUMBERS)
QUARTER = any_of(QUARTERS)
SHIFT = r"(?!sang năm mới)" + any_of(SHIFTS) + r"(?!~\d{4})"  # "sang năm 2013" is 2013
WEEKDAY = any_of(WEEKDAYS)
PART = any_of(LEXICON["part_of_day"])
NOUN = any_of(LEXICON["day_noun"])
EDGE = any_of(LEXICON["edge"])
TODAY = any_of(says for entry in LEXICON["relative"] if entry["unit"] == "day" for says in entry["says"])

# "Sáng thứ Sáu, ngày", "Hôm nay (", "hôm": what leads a day in
LEAD = rf"(?:(?:(?:{TODAY}|{PART}),?~\(?~)?(?:(?:ngày )?{WEEKDAY},?~\(?~)?(?:{NOUN}~)?)"
DAY = r"(?P<day>\d{1,2}|[0-3][ol]|[li][\do])"  # O for 0 and l for 1 are misprints
YEAR = r"(?P<year>\d{4})(?!\d)"
OF_YEAR = rf"(?:(?:,?~n[ăa]m~|~[/.-]~|(?<=[^\W\d_]) (?=1[89]|20)){YEAR}|,? (?:của )?(?P<shift>{SHIFT})(?!\w))"
SOME_YEAR = rf"(?:(?:năm~)?{YEAR}|(?P<shift>{SHIFT})(?!\w)|năm(?!\w)(?! (?:\d|học)))"

DAYS = {
    "iso-day": r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
    "day": rf"{DAY}~[/.-]~(?P<month>\d{{1,2}}(?=~[/.-]~)|(?:0?[1-9]|1[0-2])(?= năm ))(?:~[/.-]~| năm ){YEAR}",
    "short-year-day": r"(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>\d{1,2})(?P=sign)(?P<year>\d\d)(?!\d)",
    "day-in-words": rf"(?:{DAY},?|(?P<words>(?:hai |ba )?m[uư][oờơ]i(?: {WORD})?|{WORD}))~th[áa]ng~(?P<month>\d{{1,2}}(?!\d)|{WORD}(?!\w)(?!~\d))(?:{OF_YEAR})?",
    "day-month": rf"{DAY}~[/.-]~(?P<month>\d{{1,2}})(?!\d)(?: (?P<shift>{SHIFT})(?!\w))?",
}
PARTS = {
    "part-of-year": rf"(?:(?P<count>\d{{1,2}}|{WORD}) (?P<unit>tháng|quý) (?P<side>đầu|cuối|còn lại)|(?P<half>n[ửữ]a (?:đầu|cuối))) (?:(?:của|trong) )?{SOME_YEAR}",
    "months-of-year": rf"(?P<count>\d{{1,2}}|{WORD})~tháng(?: năm |~/~){YEAR}",
    "side-quarter": rf"quý (?P<quarter_side>đầu|cuối) {SOME_YEAR}",
}
COARSE = {
    **PARTS,
    "month": rf"(?:{EDGE} )?(?<!sao\s)tháng~(?P<month>\d{{1,2}}(?!\d)|{WORD}(?!\w)(?!~\d)|(?!năm){WORD}(?= \d{{4}}(?!\d)))(?:{OF_YEAR})?",
    "year": rf"(?:{EDGE} )?(?:năm~|đợt \d{{1,2}}~/~)?{YEAR}",  # "đợt 1/2016" is the first in 2016
    "month-year": rf"(?P<month>\d{{1,2}})~/~{YEAR}",
    "quarter": rf"(?:{EDGE} )?quý~(?P<quarter>{QUARTER})(?!\w)(?:{OF_YEAR})?",
    "shifted-year": rf"(?:{EDGE} )?(?P<shift>{SHIFT})(?!\w)",
    "edge-of-year": rf"{EDGE} năm(?!\w)(?!~\d| học| mới)",
}
FORMS = {name: re.compile(spaced(source)) for group in (DAYS, COARSE) for name, source in group.items()}
LED = re.compile(spaced(rf"(?P<lead>{LEAD})(?P<rest>.*)"))
BARE_DAY = rf"(?:{'|'.join(map(nameless, DAYS.values()))})"
ANY_DAY = rf"(?:{LEAD}{BARE_DAY})"
POINT = rf"(?:{ANY_DAY}|{'|'.join(map(nameless, COARSE.values()))})"


def number(text: str) -> int:
    """A number in digits, with O for 0 and l for 1, or in words up to ba mươi mốt; 0 if it is none."""
    digits = text.translate(str.maketrans("oli", "011"))
    if digits.isdigit():
        return int(digits)
    text = re.sub(" +", " ", text)
    if text in NUMBERS:
        return NUMBERS[text]
    tens, ten, ones = re.sub("m[uư][oờơ]i", "mười", text).partition("mười")
    return NUMBERS.get(tens.strip(), 1) * 10 + NUMBERS.get(ones.strip(), 0) if ten else 0


def shift(text: str) -> int:
    """Years from the anchor's: "năm ngoái" is -1."""
    return SHIFTS[re.sub(" +", " ", text)]


def point(text: str) -> tuple[str, Point] | None:
    """The form and the point of a folded expression of one point; None if it is none, or one that the calendar lacks."""
    led = LED.fullmatch(text)
    for name, form in FORMS.items():
        match = form.fullmatch(text) or (form.fullmatch(led["rest"]) if led and name in DAYS else None)
        if match:
            first = OLDEST_YEAR if name == "year" and text.startswith("năm") else FIRST_YEAR
            found = _valid(_read({key: value for key, value in match.groupdict().items() if value}), first)
            return (name, found) if found else None
    return None


def _read(groups: Mapping[str, str]) -> Point:
    """A point from the groups of its form."""
    year = int(groups["year"]) if "year" in groups else None
    if year is not None and len(groups["year"]) == 2:
        year += 2000 if year < 50 else 1900
    day = number(groups.get("day") or groups.get("words") or "") if "day" in groups or "words" in groups else None
    month = number(groups["month"]) if "month" in groups else None
    until = None
    if "quarter" in groups:
        until = 3 * QUARTERS[groups["quarter"]]
        month = until - 2
    elif "half" in groups:
        month, until = (1, 6) if groups["half"].endswith("đầu") else (7, 12)
    elif "quarter_side" in groups:
        month, until = (1, 3) if groups["quarter_side"] == "đầu" else (10, 12)
    elif "count" in groups:
        count = number(groups["count"]) * (3 if groups.get("unit") == "quý" else 1)
        first, until = (1, count) if groups.get("side", "đầu") == "đầu" else (13 - count, 12)
        month, until = first, until if until > first else None
    return Point(year, month, day, until, shift(groups["shift"]) if "shift" in groups else 0)


def _valid(point: Point, first_year: int = FIRST_YEAR) -> Point | None:
    """The point, if the calendar has it."""
    if point.year is not None and not first_year <= point.year <= LAST_YEAR:
        return None
    if any(month is not None and not 1 <= month <= 12 for month in (point.month, point.until)):
        return None
    if point.day is not None and not 1 <= point.day <= (month_end(point.year or 2000, point.month).day if point.month else 31):
        return None
    return point


def bare(text: str, like: Point) -> Point | None:
    """A bare number as what it stands beside: a day beside a day, a month beside a month, a quarter, a year."""
    if like.until:
        return Point(None, 3 * QUARTERS[text] - 2, None, 3 * QUARTERS[text]) if text in QUARTERS else None
    if not text.isdigit():
        return None
    value = int(text)
    if like.day:
        return _valid(Point(None, None, value))
    if like.month:
        return _valid(Point(None, value))
    return _valid(Point(value)) if len(text) == 4 else None


_BETWEEN = re.compile(spaced(rf"(?:~[,;&]~(?:{any_of(LEXICON['and'])} )?| {any_of(LEXICON['and'])} )"))
_HEAD = re.compile(spaced(rf"(?:{EDGE} )?(?:tháng|quý|năm)~"))


def pieces(folded: str) -> list[tuple[int, int, Point]]:
    """The items of a folded list: where each stands in it, and its point with what it borrows from the next; [] if it is none."""
    head = _HEAD.match(folded)
    noun = folded[: head.end()] if head else ""
    cuts = [(match.start(), match.end()) for match in _BETWEEN.finditer(folded)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(folded)]
    found: list[tuple[int, int, Point]] = []
    for start, end in reversed(list(zip(starts, ends, strict=True))):
        text = folded[start:end]
        read_point = point(text if start == 0 or not noun else noun + text)
        each = read_point[1] if read_point else None
        if found and each is None and (led := LED.fullmatch(text[len(noun) :] if start == 0 else text)):
            each = bare(led["rest"], found[0][2])
        if each is None:
            return []
        found.insert(0, (start, end, each.within(found[0][2]) if found else each))
    return found


def adjacent(points: list[Point]) -> bool:
    """The points are of one size and follow each other without a gap."""
    places: list[int] = []
    for each in points:
        year = each.year or 2001
        if each.day:
            month = each.month or 1
            places.append(dt.date(year, month, min(each.day, month_end(year, month).day)).toordinal())
        else:
            places.append(4 * year + each.until // 3 if each.until else 12 * year + each.month if each.month else year)
    return all(after - before == 1 for before, after in itertools.pairwise(places))
