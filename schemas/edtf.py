"""EDTF (ISO 8601-2) level 1: the first and last day that a date covers."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_POINT = re.compile(r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?[?~%]?")
OPEN = ("", "..")
DAY = len("2019-05-18")  # code points of a day


def days(text: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that `text` covers; None where an end is open (`..`). ValueError if it is no EDTF date."""
    if "/" not in text:
        return _point(text)
    ends = text.split("/")
    if len(ends) != 2 or all(end in OPEN for end in ends):
        raise ValueError(f"not an EDTF interval: {text!r}")
    first = None if ends[0] in OPEN else _point(ends[0])[0]
    last = None if ends[1] in OPEN else _point(ends[1])[1]
    if first and last and first > last:
        raise ValueError(f"the interval runs backwards: {text!r}")
    return first, last


def _point(text: str) -> tuple[dt.date, dt.date]:
    """A year, month, day, or one with X for unknown digits, as the days it covers."""
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(f"not an EDTF date: {text!r}")
    year, month, day = match["year"], match["month"], match["day"]
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month in (None, "XX"):
        return dt.date(first, 1, 1), dt.date(last, 12, 31)
    if day in (None, "XX"):
        return dt.date(first, int(month), 1), month_end(last, int(month))
    return dt.date(first, int(month), int(day)), dt.date(last, int(month), int(day))


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])
