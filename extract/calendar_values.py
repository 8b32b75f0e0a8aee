"""What each form of expression is worth: from the match of a pattern to its value, given an anchor.

An anchor is an EDTF string that holds what the quote leaves out: a year ("ngày 28/5"), a month ("ngày 3"), a day
("hôm qua", "đến nay"), a period whose length is taken over ("cùng kỳ năm 2018"); for a lunar day the lunar year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from extract.calendar_points import LED, LEXICON, WEEKDAYS, Point, adjacent, bare, number, pieces, point, shift
from extract.fold import fold
from extract.lunar import can_chi, gregorian
from schemas.edtf import days, month_end

Value = Callable[[str | None], str | None]
FEW = 2  # months so few that they are a length, and not reckoned by the calendar: "hai tháng qua"


class Expression(NamedTuple):
    """A quote understood: its pattern, what its anchor must give, and its value with that anchor.

    `needs`: None, year, month, day (of writing), same (a day named before), year_before, month_before, since, period, lunar_year.
    """

    pattern: str
    needs: str | None
    value: Value
    points: tuple[Point, ...] = ()
    hint: int | None = None  # -1 before, 0 with, 1 after the day of writing


def anchored(anchor: str | None) -> Point | None:
    """The first point of an anchor."""
    if not anchor:
        return None
    year, month, day = (*anchor.split("/")[0].split("-"), "", "")[:3]
    return Point(int(year), int(month) if month else None, int(day) if day else None)


def _checked(edtf: str) -> str | None:
    """The EDTF string if it is one."""
    try:
        days(edtf)
    except ValueError:
        return None
    return edtf


def _squeezed(text: str) -> str:
    return re.sub(" +", " ", text)


# ---------------------------------------------------------------- points, spans, lists
def of_points(pattern: str, points: tuple[Point, ...], hint: int | None = None) -> Expression:
    """One point, or the span from the first to the last; the first takes what it lacks from the last, that from the anchor."""
    first, last = points[0], points[-1]
    if last.year is None and first.year is not None and len(points) > 1:  # "từ 15/11/2018 đến 15/1"
        earlier = (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)
        last = last._replace(year=first.year + earlier)

    def value(anchor: str | None) -> str | None:
        end = last.within(anchored(anchor))
        if not end.whole:
            return None
        if len(points) == 1:
            return _checked(end.edtf())
        start = first.within(end._replace(until=None))
        if start.year is None or not start.whole:
            return None
        if (
            first.year is None
            and (start.month or 0, start.day or 0) > (end.until or end.month or 12, end.day or 31)
            and start.year == end.year
        ):
            start = start._replace(year=start.year - 1)
        ends = start.edtf().split("/")[0], end.edtf().split("/")[-1]
        return _checked("/".join(ends)) if ends[0] != ends[1] else None

    return Expression(pattern, last.lacks, value, points, hint)


_AHEAD, _BEHIND, _HERE = ({fold(word) for word in LEXICON[name]} for name in ("ahead", "behind", "here"))


def of_point(match: re.Match[str]) -> Expression | None:
    found = point(match["point"])
    hint = _squeezed(match["hint"] or "")
    side = 1 if hint in _AHEAD else -1 if hint in _BEHIND else 0 if hint else None
    return of_points(found[0], (found[1],), side) if found else None


def of_bare(match: re.Match[str]) -> Expression | None:
    value = int(match["number"])

    def in_anchor(anchor: str | None) -> str | None:
        within = anchored(anchor)
        if within is None:
            return None
        each = bare(match["number"], within._replace(day=1) if within.month else Point(month=1))
        return _checked(each.within(within).edtf()) if each else None

    return Expression("bare-number", "month", in_anchor, (Point(None, None, value),)) if 1 <= value <= 31 else None


_SAID_TO = re.compile(rf"(?<!\w)(?:{'|'.join(fold(word) for word in LEXICON['to'] if word.isalpha() or ' ' in word)})(?!\w)")


def of_span(match: re.Match[str]) -> Expression | None:
    left, right = point(match["left"]), point(match["right"])
    first, last = left and left[1], right and right[1]
    joined = not _SAID_TO.search(match[0])
    if first and last and first.month and first.year is None and last.month is None and joined:
        return None  # "từ tháng 3-2016" is one month
    if last and not first and (led := LED.fullmatch(match["left"])):
        first = bare(led["rest"], last)
    elif first and not last:
        month = point(f"tháng {match['right']}") if first.month and not first.day else None
        last = month[1] if month else bare(match["right"], first)
    return of_points("span", (first, last)) if first and last else None


def of_school_years(match: re.Match[str]) -> Expression:
    first, last = Point(int(match["first"])), Point(int(match["last"]))
    return of_points("span", (first, last))


def of_list_of_school_years(match: re.Match[str]) -> Expression | None:
    found = re.findall(r"(\d{4}) {0,3}- {0,3}(\d{4})", match[0])
    firsts = [int(first) for first, _ in found]
    follow = all(int(last) - int(first) == 1 for first, last in found) and firsts == list(range(firsts[0], firsts[0] + len(firsts)))
    return of_points("span", (Point(firsts[0]), Point(firsts[-1] + 1))) if follow else None


def of_list(match: re.Match[str]) -> Expression | None:
    found = [piece[2] for piece in pieces(match[0])]
    return of_points("list", (found[0], found[-1])) if len(found) > 1 and adjacent(found) else None


def of_until_now(match: re.Match[str]) -> Expression | None:
    since = match["point"] or match["bare"]  # a point that "đến nay" or "trở lại đây" follows
    found = point(since)
    if not found:
        return None
    of_year = found[0] == "edge-of-year" or ("đầu" in since and found[1].month is None)
    return _until_now(found[1]._replace(month=1, day=1) if of_year else found[1])


def of_school_year_until_now(match: re.Match[str]) -> Expression:
    """ "Từ năm học 2014 - 2015 đến nay": since its first year."""
    return _until_now(Point(int(match["first"])))


def _until_now(start: Point) -> Expression:
    def value(anchor: str | None) -> str | None:
        now = anchored(anchor)
        first = start.within(now)
        if first.year is None or not first.whole:
            return None
        if now and now.day and start.year is None and (first.month or 0, first.day or 0) > (now.month or 0, now.day):
            first = first._replace(year=first.year - 1)
        return _checked(f"{first.edtf().split('/')[0]}/{anchor if now and now.day else '..'}")

    return Expression("until-now", "day", value, (start,))


# ---------------------------------------------------------------- counted from a day
def of_day(pattern: str, needs: str, value: Callable[[dt.date], str | None]) -> Expression:
    """What is counted from the first day of the anchor."""

    def from_anchor(anchor: str | None) -> str | None:
        first = days(anchor)[0] if anchor else None
        try:
            return value(first) if first else None
        except (OverflowError, ValueError):
            return None

    return Expression(pattern, needs, from_anchor)


def _moved(day: dt.date, count: int) -> str:
    return (day + dt.timedelta(days=count)).isoformat()


def unit_of(day: dt.date, unit: str, count: int) -> str:
    """The unit of the calendar that lies `count` units from the one of the day."""
    if unit == "day":
        return _moved(day, count)
    if unit in ("week", "weekend"):
        monday = day + dt.timedelta(days=7 * count - day.weekday())
        return f"{_moved(monday, 5 if unit == 'weekend' else 0)}/{_moved(monday, 6)}"
    if unit == "past_year":  # in its first half "năm qua" is the year that has ended
        return f"{day.year - (day.month <= 6):04}"
    if unit == "school_year":  # it begins in August
        first = day.year - (day.month < 8) + count
        return f"{first:04}/{first + 1:04}"
    if unit == "past_school_year":  # it is over in the last days of May
        first = day.year - 1 - ((day.month, day.day) < (5, 20))
        return f"{first:04}/{first + 1:04}"
    year, month = divmod(12 * day.year + day.month - 1 + count * (3 if unit == "quarter" else 1), 12)
    if unit == "month":
        return Point(year, month + 1).edtf()
    return Point(year, month // 3 * 3 + 1, None, month // 3 * 3 + 3).edtf()


RELATIVE = {fold(says): (entry["unit"], entry["shift"]) for entry in LEXICON["relative"] for says in entry["says"]}
SAME = {fold(says): entry["shift"] for entry in LEXICON["same"] for says in entry["says"]}
_WEEKS = {"trước": -1, "qua": -1, "rồi": -1, "này": 0, "sau": 1, "tới": 1}


def of_relative(match: re.Match[str]) -> Expression:
    unit, count = RELATIVE[_squeezed(match[0])]
    return of_day(f"relative-{unit.replace('_', '-')}", "day", lambda day: unit_of(day, unit, count))


def of_same(match: re.Match[str]) -> Expression:
    count = SAME[_squeezed(match[0])]
    return of_day("same-day", "same", lambda day: _moved(day, count))


def of_weekday(match: re.Match[str]) -> Expression:
    weekday, when = WEEKDAYS[_squeezed(match["weekday"])], _squeezed(match["when"])

    def value(day: dt.date) -> str:
        if when.startswith("tuần"):
            return _moved(day, 7 * _WEEKS[when.split()[-1]] + weekday - day.weekday())
        if when in _HERE:
            return _moved(day, weekday - day.weekday())
        ahead = (weekday - day.weekday() - 1) % 7 + 1
        return _moved(day, ahead if when in _AHEAD else ahead - 7 or -7)

    return of_day("weekday", "day", value)


def of_counted_days(match: re.Match[str]) -> Expression:
    groups = match.groupdict()
    count = number(match["count"]) * (-1 if "trước" in match[0] or "cách đây" in match[0] else 1)
    return of_day("counted-days", "same" if groups.get("from") else "day", lambda day: _moved(day, count))


def of_counted_years(match: re.Match[str]) -> Expression:
    return of_day("counted-years", "year_before", lambda day: f"{day.year + number(match['count']):04}")


def of_counted_months(match: re.Match[str]) -> Expression:
    return of_day("counted-months", "month_before", lambda day: unit_of(day, "month", number(match["count"])))


def of_since_then(match: re.Match[str]) -> Expression:
    return Expression("since-then", "since", lambda anchor: _checked(anchor) if anchor and "/" in anchor else None)


def of_day_of_month(match: re.Match[str]) -> Expression:
    when = _squeezed(match["when"])
    count = 0 if when == "cùng tháng" else _WEEKS[when.split()[-1]]
    return of_day(
        "day-of-month",
        "same" if when == "cùng tháng" else "day",
        lambda day: _checked(f"{unit_of(day, 'month', count)}-{int(match['day']):02}"),
    )


def of_months_past(match: re.Match[str]) -> Expression:
    count = number(match["count"])

    def value(day: dt.date) -> str | None:
        ended = (day.month - 1, day.month if day.day > 20 else 0)  # told early in a month, it ends with the one before
        if count in ended and count > 1:
            return Point(day.year, 1, None, count).edtf()
        months = day.year * 12 + day.month - 1
        first, last = (f"{at // 12}-{at % 12 + 1:02}" for at in (months - count, months - 1))
        return f"{first}/{last}" if FEW < count <= 12 else None

    return of_day("months-past", "day", value)


# ---------------------------------------------------------------- others
def of_days_of_month(match: re.Match[str]) -> Expression | None:
    count, found = number(match["count"]), point(match["month"])
    if not found or not 1 <= count <= 28:
        return None

    def value(anchor: str | None) -> str | None:
        month = found[1].within(anchored(anchor))
        if month.year is None or month.month is None:
            return None
        first = 1 if match["side"] == "đầu" else month_end(month.year, month.month).day - count + 1
        return f"{month._replace(day=first).edtf()}/{month._replace(day=first + count - 1).edtf()}"

    return Expression("days-of-month", found[1].lacks, value, (found[1],))


def of_same_period(match: re.Match[str]) -> Expression:
    written = int(match["year"]) if match["year"] else None
    back = shift(match["shift"]) if match["shift"] else 0

    def value(anchor: str | None) -> str | None:
        ends = anchor.split("/") if anchor else []
        if not ends or ".." in ends:
            return f"{written:04}" if written else None
        moved = (written or int(ends[-1][:4]) + back) - int(ends[-1][:4])
        return _checked("/".join(f"{int(end[:4]) + moved:04}{end[4:]}" for end in ends))

    return Expression("same-period", "period", value, (Point(written, shift=back),))


def of_decade(match: re.Match[str]) -> Expression:
    decade = match["year"][:3] if match["year"] else f"19{match['tens'][0]}"
    return Expression("decade", None, lambda _: f"{decade}X")


_NAMED = {
    fold(says): (entry["day"], entry["month"]) for kind in ("lunar", "lunar_with_year") for entry in LEXICON[kind] for says in entry["says"]
}


def of_lunar(match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    last = number(groups["last"]) if groups.get("last") else None
    if groups.get("named"):
        day, month = _NAMED[_squeezed(groups["named"])]
    else:
        day, month = number(groups["day"]), number(groups.get("month") or "1")
        if not groups.get("month") and day > 20:
            day -= 30  # 29 Tết, 30 Tết: the last days of the old year
            last = last - 30 if last else None
    written = int(groups["year"]) if groups.get("year") else can_chi().get(_squeezed(groups.get("name") or ""))

    def value(anchor: str | None) -> str | None:
        near = anchored(anchor)
        year = written or (near.year if near else None)
        found = gregorian(max(day, 0), month, year) if year else None
        if not found:
            return None
        first = _moved(found, min(day, 0))
        return f"{first}/{_moved(found, min(day, 0) + 1)}" if last == day + 1 else first

    return Expression("lunar-day", None if written else "lunar_year", value)
