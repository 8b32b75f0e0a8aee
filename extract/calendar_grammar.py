"""What an expression of time says by itself: patterns over folded text, and `read`, from a quote and its anchor to EDTF.

An anchor is an EDTF string that holds what the quote leaves out: a year ("ngày 28/5"), a month ("ngày 3"), a day
("hôm qua", "đến nay"), a period whose length is taken over ("cùng kỳ năm 2018"); for a lunar day the lunar year.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from extract.fold import fold
from extract.lunar import can_chi, gregorian
from schemas.edtf import days, month_end

LEXICON: Mapping[str, Any] = tomllib.loads(files("extract").joinpath("lexicon/dates.toml").read_text(encoding="utf-8"))
FIRST_YEAR, LAST_YEAR = 1800, 2100


def any_of(words: Iterable[str]) -> str:
    """A group of the folded words, the longest first; a space stands for one to three."""
    return "(?:" + "|".join(re.escape(fold(word)).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True)) + ")"


def grammar(source: str) -> re.Pattern[str]:
    """Compile a pattern in which a space stands for one to three spaces and ~ for none to three."""
    return re.compile(source.replace(" ", "[ ]{1,3}").replace("~", "[ ]{0,3}"))


def nameless(source: str) -> str:
    """The pattern with its named groups made plain, so that it may stand in another more than once."""
    return re.sub(r"\?P<\w+>", "?:", source)


class Point(NamedTuple):
    """A year, month, or day, of which the coarser parts may be missing; `until` is the last month of a quarter or half year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: int | None = None
    shift: int = 0  # years from the anchor's

    def within(self, coarser: Point | None) -> Point:
        """The point with the missing year and month of another one."""
        if coarser is None:
            return self
        point = self
        if self.day and not self.month:
            point = point._replace(month=coarser.month)
        if self.year is None and coarser.year is not None:
            point = point._replace(year=coarser.year + self.shift, shift=0)
        return point

    @property
    def whole(self) -> bool:
        """Nothing is missing."""
        return self.year is not None and bool(self.month or not self.day)

    def edtf(self) -> str:
        """EDTF of a whole point."""
        if self.until:
            return f"{self.year:04}-{self.month:02}/{self.year:04}-{self.until:02}"
        return f"{self.year:04}" + (f"-{self.month:02}" if self.month else "") + (f"-{self.day:02}" if self.day else "")


class Expression(NamedTuple):
    """A quote understood: its pattern, what its anchor must give (None: nothing), and its value with the anchor."""

    pattern: str
    needs: str | None  # year, month, day, period, lunar_year
    value: Callable[[str | None], str | None]
    points: tuple[Point, ...] = ()
    hint: int | None = None  # -1 behind, 0 here, 1 ahead of the day of writing


# ---------------------------------------------------------------- words
_NUMBERS: dict[str, int] = {fold(word): number for word, number in LEXICON["numbers"].items()}
_QUARTERS: dict[str, int] = {fold(word): number for word, number in LEXICON["quarters"].items()}
_SHIFTS: dict[str, int] = {fold(word): shift for word, shift in LEXICON["year_shift"].items()}
_WEEKDAYS: dict[str, int] = {fold(word): number for word, number in LEXICON["weekdays"].items()}
_RELATIVE = {fold(says): (entry["unit"], entry["shift"]) for entry in LEXICON["relative"] for says in entry["says"]}
_SAME = {fold(says): entry["shift"] for entry in LEXICON["same"] for says in entry["says"]}
_LUNAR = {fold(says): (entry["day"], entry["month"]) for kind in ("lunar", "lunar_with_year") for entry in LEXICON[kind] for says in entry["says"]}

WORD = any_of(_NUMBERS)
PART = any_of(LEXICON["part_of_day"])
NOUN = any_of(LEXICON["day_noun"])
WEEKDAY = any_of(_WEEKDAYS)
TODAY = any_of(says for says, (unit, _) in _RELATIVE.items() if unit == "day")
EDGE = any_of(LEXICON["edge"])
AND = rf"(?:~,~(?:{any_of(LEXICON['and'])} )?|~;~| {any_of(LEXICON['and'])} )"
TO = rf"(?:~-~|,?~{any_of(LEXICON['to'])}~)"
SINCE = any_of(LEXICON["since"])
HINT = rf"(?:~(?P<hint>{any_of([*LEXICON['ahead'], *LEXICON['behind'], *LEXICON['here']])})\b)"
SHIFT = any_of(_SHIFTS)

# ---------------------------------------------------------------- points
# "Sáng thứ Sáu, ngày", "Hôm nay (", "hôm": what leads a day in; never longer than one of each
LEAD = rf"(?:(?:{TODAY}|{PART})?~(?:(?:ngày )?{WEEKDAY})?,?~\(?~{NOUN}?~)"
DAY = r"(?P<day>\d{1,2}|[0-3][ol]|[li][\do])"  # O for 0 and l for 1 are misprints
YEAR = r"(?P<year>\d{4})(?!\d)"
OF_YEAR = rf"(?:,?~n[ăa]m~{YEAR}|~[/.-]~{YEAR}|,? (?:của )?(?P<shift>{SHIFT}))"
DAYS = {
    "iso-day": r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
    "day": rf"{DAY}~[/.-]~(?P<month>\d{{1,2}})~[/.-]~{YEAR}|{DAY.replace('day', 'day2')}(?P<sign>~[/.-]~)(?P<month2>\d{{1,2}})(?P=sign)(?P<year2>\d\d)(?!\d)",
    "day-in-words": rf"(?:{DAY}|(?P<day_word>(?:(?:hai |ba )?mười |hai mươi |ba mươi )?{WORD}|mười|hai mươi|ba mươi)),?~th[áa]ng~(?P<month>\d{{1,2}}(?!\d)|{WORD})(?:{OF_YEAR})?",
    "day-month": rf"{DAY}~[/.-]~(?P<month>\d{{1,2}})(?!\d)(?: (?P<shift>{SHIFT}))?",
}
MONTHS = {
    "month": rf"(?:{EDGE} )?tháng~(?P<month>\d{{1,2}}(?!\d)|{WORD})(?:{OF_YEAR})?",
    "month-year": rf"(?P<month>\d{{1,2}})~/~{YEAR}",
}
QUARTERS = {"quarter": rf"(?:{EDGE} )?quý~(?P<quarter>{any_of(_QUARTERS)})(?![\d\w])(?:{OF_YEAR}|,?~{YEAR.replace('year', 'year2')})?"}
PARTS = {
    "part-of-year": (
        rf"(?:(?P<count>\d{{1,2}}|{WORD})~(?P<unit>tháng|quý) (?:(?P<side>đầu|cuối|còn lại) (?:(?:của|trong) )?)?|(?P<half>nửa đầu|nửa cuối) )"
        rf"(?:{OF_YEAR.replace(',?~n', 'n', 1)}|năm\b)|(?P<count2>\d{{1,2}})~tháng~/~{YEAR.replace('year', 'year2')}"
    ),
}
YEARS = {"year": rf"(?:{EDGE}~)?(?:năm~)?{YEAR}", "edge-of-year": rf"{EDGE} (?:năm(?!~\d)(?! {SHIFT})|(?P<shift>{SHIFT}))"}
FORMS = {name: grammar(source) for group in (DAYS, MONTHS, QUARTERS, PARTS, YEARS) for name, source in group.items()}
_LED = grammar(rf"{LEAD}(?P<rest>.*)")

ANY_DAY = "(?:" + "|".join(re.sub(r"\(\?P=sign\)", "~[/.-]~", nameless(source)) for source in DAYS.values()) + ")"
ANY_DAY = rf"(?:{LEAD}{ANY_DAY})"
COARSE = "(?:" + "|".join(nameless(source) for group in (MONTHS, QUARTERS, PARTS, YEARS) for source in group.values()) + ")"
POINT = rf"(?:{ANY_DAY}|{COARSE})"


def _number(text: str) -> int:
    """A number in digits, with O for 0 and l for 1, or in words up to ba mươi mốt."""
    digits = text.translate(str.maketrans("oli", "011"))
    if digits.isdigit():
        return int(digits)
    if text in _NUMBERS:
        return _NUMBERS[text]
    tens, _, ones = text.replace("mươi", "mười").partition("mười")
    return _NUMBERS.get(tens.strip(), 1) * 10 + _NUMBERS.get(ones.strip(), 0)


def point(text: str) -> tuple[str, Point] | None:
    """The form and the point of a folded expression of one point; None if it is none, or one that the calendar lacks."""
    for name, form in FORMS.items():
        match = form.fullmatch(text)
        if match is None and name in DAYS and (led := _LED.fullmatch(text)):
            match = form.fullmatch(led["rest"])
        if match:
            found = _point({key.rstrip("2"): value for key, value in match.groupdict().items() if value})
            return (name, found) if found else None
    return None


def _point(groups: Mapping[str, str]) -> Point | None:
    """A point from the groups of its form; None if the calendar lacks it."""
    year = int(groups["year"]) if "year" in groups else None
    if year is not None and len(groups["year"]) == 2:
        year += 2000 if year < 50 else 1900
    shift = _SHIFTS[re.sub(" +", " ", groups["shift"])] if "shift" in groups else 0
    month = _number(re.sub(" +", " ", groups["month"])) if "month" in groups else None
    text = groups.get("day") or groups.get("day_word")
    day = _number(re.sub(" +", " ", text)) if text else None
    until = None
    if "quarter" in groups:
        until = 3 * _QUARTERS[groups["quarter"]]
        month = until - 2
    if "half" in groups:
        month, until = (1, 6) if groups["half"].endswith("đầu") else (7, 12)
    if "count" in groups:
        count = _number(groups["count"]) * (3 if groups.get("unit") == "quý" else 1)
        if not 1 <= count <= 12:
            return None
        month, until = (1, count) if groups.get("side", "đầu") == "đầu" else (13 - count, 12)
        until = None if month == until else until
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= (month_end(year or 2000, month).day if month else 31):
        return None
    return Point(year, month, day, until, shift)


# ---------------------------------------------------------------- anchors
def anchored(anchor: str | None) -> Point | None:
    """The first point of an anchor."""
    if anchor is None:
        return None
    year, _, rest = anchor.split("/")[0].partition("-")
    month, _, day = rest.partition("-")
    return Point(int(year), int(month) if month else None, int(day) if day else None)


def _valid(edtf: str) -> str | None:
    try:
        days(edtf)
    except ValueError:
        return None
    return edtf


def _of_points(pattern: str, points: tuple[Point, ...], hint: int | None = None) -> Expression:
    """One point, or the span from the first to the last; what is missing comes from the next one, then from the anchor."""

    def value(anchor: str | None) -> str | None:
        last = points[-1].within(anchored(anchor))
        if not last.whole:
            return None
        if len(points) == 1:
            return _valid(last.edtf())
        first = last
        for each in reversed(points[:-1]):
            first = each.within(first)
        end = last.edtf().split("/")[-1]
        start = first.edtf().split("/")[0]
        if start[: len(end)] > end[: len(start)] and points[0].year is None and first.year:
            start = first._replace(year=first.year - 1).edtf().split("/")[0]
        return _valid(f"{start}/{end}") if start != end else None

    if len(points) > 1 and points[-1].year is None and points[0].year is not None:
        first, last = points[0], points[-1]
        later = (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)
        points = (*points[:-1], last._replace(year=(points[0].year or 0) + later))
    missing = points[-1]
    return Expression(pattern, None if missing.whole else "month" if missing.day and not missing.month else "year", value, points, hint)


def _of_day(pattern: str, needs: str, value: Callable[[dt.date], str | None], hint: int | None = None) -> Expression:
    """What is counted from the anchor's first day."""

    def read_from(anchor: str | None) -> str | None:
        first = days(anchor)[0] if anchor else None
        try:
            return value(first) if first else None
        except OverflowError:
            return None

    return Expression(pattern, needs, read_from, (), hint)


# ---------------------------------------------------------------- patterns: each with a worked example
def _simple(match: re.Match[str]) -> Expression | None:
    found = point(match["point"])
    return _of_points(found[0], (found[1],), _hint(match["hint"])) if found else None


def _hint(word: str | None) -> int | None:
    if not word:
        return None
    return 1 if word in _AHEAD else -1 if word in _BEHIND else 0


_AHEAD = {fold(word) for word in LEXICON["ahead"]}
_BEHIND = {fold(word) for word in LEXICON["behind"]}


def _bare(text: str, like: Point) -> Point | None:
    """A bare number beside a point: a day beside a day, a month beside a month, a quarter beside a quarter."""
    if like.until and text in _QUARTERS:
        return Point(None, 3 * _QUARTERS[text] - 2, None, 3 * _QUARTERS[text])
    if not text.isdigit() or like.until:
        return None
    number = int(text)
    if len(text) == 4:
        return Point(number) if not like.month else None
    if like.day:
        return Point(None, None, number) if 1 <= number <= 31 else None
    return Point(None, number) if like.month and 1 <= number <= 12 else None


def _span(match: re.Match[str]) -> Expression | None:
    left, right = match["left"], match["right"]
    first, last = point(left), point(right)
    if first and not last:
        bare = _bare(right, first[1])
        last = ("bare", bare) if bare else None
    elif last and not first:
        bare = _bare(_LED.sub(r"\g<rest>", left) if last[1].day else left, last[1])
        first = ("bare", bare) if bare else None
    if not first or not last:
        return None
    return _of_points("span", (first[1], last[1]))


def _list(match: re.Match[str]) -> Expression | None:
    points = items(match[0])
    return _of_points("list", points) if points else None


_ITEM = grammar(r"(?:(?<=[\d\w])(?:~,~(?:và )?|~;~| và | & | cùng ))")
_HEAD = grammar(rf"(?P<head>{EDGE}~)?(?P<noun>tháng|quý|năm)~")


def items(text: str) -> tuple[Point, ...]:
    """The points of a folded list, each with the parts that it borrows from the next; () if it is none."""
    text = re.sub(r"^(?:(?:\d{1,2}|hai|ba) (?:ngày|năm|tháng|quý)|các ngày|các năm)[ (:]+(?=\d)", "", text)
    head = _HEAD.match(text)
    noun = head["noun"] + " " if head else ""
    parts = _ITEM.split(text[head.end() :] if head else text)
    last = point(noun + parts[-1])
    if last is None:
        return ()
    found = [last[1]]
    for part in reversed(parts[:-1]):
        led = _LED.fullmatch(part)
        here = point(noun + part) or (point(part) if not noun else None)
        each = here[1] if here else _bare(led["rest"] if led else part, found[0])
        if each is None:
            return ()
        found.insert(0, each.within(found[0]))
    return tuple(found)


def adjacent(points: tuple[Point, ...]) -> bool:
    """The points follow each other without a gap."""
    places = []
    for each in points:
        year = each.year or 2001
        if each.day:
            places.append(dt.date(year, each.month or 1, min(each.day, month_end(year, each.month or 1).day)).toordinal())
        elif each.until:
            places.append(4 * year + each.until // 3)
        else:
            places.append(12 * year + each.month if each.month else year)
    return all(after - before == 1 for before, after in zip(places, places[1:], strict=False))


def _until_now(match: re.Match[str]) -> Expression | None:
    text = match["point"]
    found = ("year", Point(None, 1, 1)) if text in ("đầu năm", "đầu năm nay") else point(text)
    if not found:
        return None
    start = found[1]

    def value(anchor: str | None) -> str | None:
        today = anchored(anchor)
        first = start.within(today)
        if today and start.year is None and today.day and first.whole and (first.month or 0, first.day or 0) > (today.month or 0, today.day):
            first = first._replace(year=(first.year or 0) - 1)
        if not first.whole:
            return None
        return _valid(f"{first.edtf().split('/')[0]}/{anchor if today and today.day else '..'}")

    return Expression("until-now", "day", value, (start,))


def _relative(match: re.Match[str]) -> Expression | None:
    unit, shift = _RELATIVE[re.sub(" +", " ", match[0])]
    return _of_day(f"relative-{unit}", "day", lambda day: _shifted(day, unit, shift))


def _shifted(day: dt.date, unit: str, shift: int) -> str:
    """The unit of the calendar that lies `shift` units from the day."""
    if unit == "day":
        return (day + dt.timedelta(days=shift)).isoformat()
    if unit in ("week", "weekend"):
        monday = day + dt.timedelta(days=7 * shift - day.weekday())
        first = monday + dt.timedelta(days=5 if unit == "weekend" else 0)
        return f"{first.isoformat()}/{(monday + dt.timedelta(days=6)).isoformat()}"
    if unit == "past_year":
        return f"{day.year - (day.month <= 3):04}"
    months = 12 * day.year + day.month - 1 + shift * (3 if unit == "quarter" else 1)
    year, month = divmod(months, 12)
    if unit == "month":
        return Point(year, month + 1).edtf()
    return Point(year, month // 3 * 3 + 1, None, month // 3 * 3 + 3).edtf()


def _weekday(match: re.Match[str]) -> Expression | None:
    number = _WEEKDAYS[re.sub(" +", " ", match["weekday"])]
    when = match["when"]

    def value(day: dt.date) -> str:
        if when.startswith("tuần"):
            shift = 7 * {"tuần này": 0, "tuần sau": 1, "tuần tới": 1}.get(when, -1) + number - day.weekday()
        elif when in _AHEAD:
            shift = (number - day.weekday() - 1) % 7 + 1
        elif when in _BEHIND:
            shift = -((day.weekday() - number - 1) % 7 + 1)
        else:
            shift = number - day.weekday()
        return (day + dt.timedelta(days=shift)).isoformat()

    return _of_day("weekday", "day", value)


def _same(match: re.Match[str]) -> Expression | None:
    shift = _SAME[re.sub(" +", " ", match[0])]
    return _of_day("same-day", "same", lambda day: (day + dt.timedelta(days=shift)).isoformat())


def _counted_days(match: re.Match[str]) -> Expression | None:
    count = _number(re.sub(" +", " ", match["count"]))
    sign = -1 if "trước" in match[0] or "cách đây" in match[0] else 1
    return _of_day("counted-days", "day" if match["now"] else "same", lambda day: (day + dt.timedelta(days=sign * count)).isoformat())


def _day_of_month(match: re.Match[str]) -> Expression | None:
    shift = {"trước": -1, "sau": 1, "tới": 1}.get(match["when"].split()[-1], 0)
    number = int(match["day"])

    def value(day: dt.date) -> str | None:
        return _valid(_shifted(day, "month", shift) + f"-{number:02}")

    return _of_day("day-of-month", "same" if match["when"].startswith("cùng") else "day", value)


def _bare_day(match: re.Match[str]) -> Expression | None:
    number = int(match["number"])
    return _of_points("bare-day", (Point(None, None, number),)) if 1 <= number <= 31 else None


def _bare_month(match: re.Match[str]) -> Expression | None:
    return _of_points("quarter", (Point(None, 3 * _QUARTERS[match[0]] - 2, None, 3 * _QUARTERS[match[0]]),))


def _days_of_month(match: re.Match[str]) -> Expression | None:
    count, found = _number(match["count"]), point(match["month"])
    if not found or not 1 <= count <= 28:
        return None

    def value(anchor: str | None) -> str | None:
        month = found[1].within(anchored(anchor))
        if month.year is None or month.month is None:
            return None
        last = month_end(month.year, month.month).day
        first = 1 if match["side"] == "đầu" else last - count + 1
        return f"{month._replace(day=first).edtf()}/{month._replace(day=first + count - 1).edtf()}"

    return Expression("days-of-month", None if found[1].year else "year", value, (found[1],))


def _months_past(match: re.Match[str]) -> Expression | None:
    count = _number(match["count"])

    def value(day: dt.date) -> str | None:
        fits = count == (day.month - 1 if day.day <= 15 else day.month)
        return Point(day.year, 1, None, count).edtf() if fits and 1 < count < 12 else None

    return _of_day("months-past", "day", value)


def _same_period(match: re.Match[str]) -> Expression | None:
    year = int(match["year"]) if match["year"] else None
    shift = _SHIFTS[re.sub(" +", " ", match["shift"])] if match["shift"] else 0

    def value(anchor: str | None) -> str | None:
        if anchor is None:
            return str(year) if year else None
        target = year or int(anchor[:4]) + shift
        moved = target - int(anchor.split("/")[-1][:4])
        ends = [f"{int(end[:4]) + moved:04}{end[4:]}" if end != ".." else end for end in anchor.split("/")]
        return _valid("/".join(ends))

    return Expression("same-period", "period", value, (Point(year, shift=shift),))


def _decade(match: re.Match[str]) -> Expression | None:
    text = match["year"] or match["tens"]
    if len(text) == 2 and text[1] != "0":
        return None
    return Expression("decade", None, lambda _: f"{text[:3]}X" if len(text) == 4 else f"19{text[0]}X")


def _lunar(match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    if groups.get("named"):
        day, month = _LUNAR[re.sub(" +", " ", groups["named"])]
    else:
        day = _number(re.sub(" +", " ", groups["day"]))
        month = _number(re.sub(" +", " ", groups["month"])) if groups.get("month") else 1
    if not groups.get("named") and not groups.get("month") and day >= 28:
        day -= 30  # 29 Tết, 30 Tết: the last days of the old year
        if day not in (0, -1):
            return None
    written = int(groups["year"]) if groups.get("year") else can_chi().get(re.sub(" +", " ", groups.get("name") or ""))

    def value(anchor: str | None) -> str | None:
        near = anchored(anchor)
        year = written or (near.year if near else None)
        found = gregorian(max(day, 0), month, year) if year else None
        return (found + dt.timedelta(days=min(day, 0))).isoformat() if found else None

    return Expression("lunar-day", None if written else "lunar_year", value, (Point(None, month, max(day, 1)),))


class Pattern(NamedTuple):
    """A form of expression: where it stands, and how it is read."""

    name: str
    regex: re.Pattern[str]
    read: Callable[[re.Match[str]], Expression | None]


CAN_CHI = any_of(can_chi())
LUNAR_YEAR = rf"(?: (?:năm )?(?P<name>{CAN_CHI}))?(?:[ ,(-]{{1,3}}(?:năm )?(?P<year>\d{{4}})(?!\d))?"
LUNAR_MARK = any_of(LEXICON["lunar_mark"])
NAMED = any_of(says for entry in LEXICON["lunar"] for says in entry["says"])
FEAST = any_of(says for entry in LEXICON["lunar_with_year"] for says in entry["says"])
SPAN_NOUN = any_of(LEXICON["span_noun"])
LIST_ITEM = r"(?:\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{4})?)?)"
_MORE = nameless(AND)
PATTERNS = (
    # "mùng 3 Tết Kỷ Hợi 2019", "ngày 23 tháng Chạp", "10/3 âm lịch", "rằm tháng Giêng năm Kỷ Hợi", "Giao thừa"
    Pattern("lunar", grammar(rf"{LEAD}(?P<day>\d{{1,2}}|{WORD}) tết{LUNAR_YEAR}"), _lunar),
    Pattern("lunar", grammar(rf"{LEAD}(?P<day>\d{{1,2}}|{WORD}),? tháng (?P<month>giêng|chạp)(?:,?~\(?{LUNAR_MARK}\)?)?{LUNAR_YEAR}"), _lunar),
    Pattern("lunar", grammar(rf"{LEAD}(?P<day>\d{{1,2}})(?:~[/.-]~|,? tháng )(?P<month>\d{{1,2}}|{WORD}),?~\(?{LUNAR_MARK}\b{LUNAR_YEAR}"), _lunar),
    Pattern("lunar", grammar(rf"(?:{PART} )?(?:{NOUN} )?(?P<named>{NAMED}){LUNAR_YEAR}"), _lunar),
    Pattern("lunar", grammar(rf"(?:{NOUN} )?(?P<named>{FEAST}) (?:năm )?(?P<year>\d{{4}})(?!\d)"), _lunar),
    # "từ tháng 9/2018 đến nay", "từ đầu năm đến nay", "2016 - nay"
    Pattern("until-now", grammar(rf"(?:{SINCE}~)?(?P<point>đầu năm(?: nay)?(?!~\d)|{POINT}){TO}{any_of(LEXICON['now'])}\b"), _until_now),
    # "từ ngày 3 đến ngày 5/10/2019", "3-5/10", "giai đoạn 2016 - 2020", "tháng 5/2019 - 30/6/2020"
    Pattern(
        "span",
        grammar(
            rf"(?:{SPAN_NOUN} )?(?:{SINCE}~)?(?:(?P<left>{LEAD}\d{{1,2}})(?![\d./%]|,\d)"
            rf"{TO}(?P<right>{ANY_DAY})|(?P<left2>{LEAD}?\d{{1,2}}){TO}(?P<right2>\d{{1,2}}~/~{YEAR.replace('year', 'y')})"
            rf"|(?P<left3>{POINT}){TO}(?P<right3>{POINT}|(?:\d{{1,2}}|{any_of(_QUARTERS)})(?![\w]|[./-]\d)))"
        ),
        _span,
    ),
    # "3, 4, 5/10/2019", "ngày 3 và 4/10", "tháng 7, 8/2019", "quý I, II/2022", "năm 2017, 2018"
    Pattern("list", grammar(rf"(?:(?:\d|hai|ba) ngày[ (:]+)?{LEAD}(?:{LIST_ITEM}{_MORE}){{1,30}}{ANY_DAY}"), _list),
    Pattern("list", grammar(rf"(?:{EDGE} )?tháng~(?:\d{{1,2}}{_MORE}){{1,11}}(?:{nameless(MONTHS['month-year'])}|\d{{1,2}}(?!\d)(?:{nameless(OF_YEAR)})?)"), _list),
    Pattern("list", grammar(rf"quý~(?:{any_of(_QUARTERS)}{_MORE}){{1,3}}{any_of(_QUARTERS)}(?![\d\w])(?:{nameless(OF_YEAR)})?"), _list),
    Pattern("list", grammar(rf"(?:năm~)?(?:\d{{4}}{_MORE}){{1,30}}\d{{4}}(?!\d)"), _list),
    # "10 ngày đầu tháng 7", "9 tháng qua", "cùng kỳ năm 2018", "những năm 1980", "thập niên 90 của thế kỷ XX"
    Pattern("days-of-month", grammar(rf"(?P<count>\d{{1,2}}|{WORD}) ngày (?P<side>đầu|cuối) (?P<month>{nameless(MONTHS['month'])})"), _days_of_month),
    Pattern("months-past", grammar(rf"(?P<count>\d{{1,2}}|{WORD}) tháng qua"), _months_past),
    Pattern("same-period", grammar(rf"cùng {fold('kỳ')},?~(?:(?:của )?năm (?P<year>\d{{4}})(?!\d)|(?:của )?(?P<shift>{SHIFT}))"), _same_period),
    Pattern("decade", grammar(rf"(?:những năm|các năm|{fold('thập niên')}|{fold('thập kỷ')}) (?:(?P<year>\d{{3}}0)(?!\d)|(?P<tens>\d0)(?!\d)(?: (?:của )?{fold('thế kỷ')} (?:xx|20|trước))?)"), _decade),
    # "sáu ngày trước", "3 ngày sau đó", "ngày 3 tháng này", "thứ Sáu tuần trước", "chiều cùng ngày", "hôm qua"
    Pattern("counted-days", grammar(rf"(?:(?:trước|sau) đó (?P<count>\d{{1,2}}|{WORD}) ngày)"), lambda match: _counted_days(_Now(match, False))),
    Pattern("day-of-month", grammar(rf"{LEAD}(?P<day>\d{{1,2}}) (?P<when>tháng này|tháng trước|tháng sau|tháng tới|cùng tháng)"), _day_of_month),
    Pattern("weekday", grammar(rf"(?:{PART} )?(?:ngày )?(?P<weekday>{WEEKDAY}) (?P<when>tuần (?:này|trước|qua|rồi|sau|tới|vừa qua)|sắp tới|tới|vừa qua|vừa rồi|này)"), _weekday),
    Pattern("same-day", grammar(any_of(_SAME)), _same),
    Pattern("relative", grammar(any_of(_RELATIVE)), _relative),
    # "ngày 28/5/2019", "tháng 5 năm ngoái", "quý I/2022", "6 tháng đầu năm", "năm 2018"
    Pattern("point", grammar(rf"(?P<point>{POINT}){HINT}?"), _simple),
    Pattern("year", grammar(rf"(?P<point>{SHIFT})"), None),
    Pattern("bare-day", grammar(rf"{LEAD}(?P<number>\d{{1,2}})"), _bare_day),
)
