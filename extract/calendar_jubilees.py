"""Anniversaries that an article keeps: how many years they count, and from which year when all know it, so that they tell when it was written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from extract.calendar_points import LEXICON, any_of
from extract.fold import fold

_KEPT = re.compile(
    rf"{fold('kỷ niệm')} (?:lần thứ )?(\d{{1,3}}) năm|(?<!\d)(\d{{1,3}}) năm (?:ngày )?(?:truyền thống|thành lập|tái lập|giải phóng)"
)
# "thành lập Đoàn" is that of the youth union, but not before the name of a body
_WHOLE = r"(?!\w| (?:bộ|ủy|đoàn|khối|bay|kinh|hội|trường|báo|viện|tỉnh|\d)(?!\w))"
_NATIONAL = [(re.compile(rf"(?<!\d)(\d{{2,3}}) năm,? (?:ngày )?{any_of(row['names'])}{_WHOLE}"), row["from"]) for row in LEXICON["jubilee"]]
_GATE = re.compile(r"\d năm,? ")


def years_kept(folded: str) -> list[int]:
    """How many years the anniversaries of a text count."""
    return [int(found[1] or found[2]) for found in _KEPT.finditer(folded)]


def national(folded: str) -> Iterator[dt.date]:
    """The days on which a text keeps anniversaries of national days: "74 năm Cách mạng tháng Tám" is 19 August 2019."""
    if _GATE.search(folded):
        for pattern, first in _NATIONAL:
            yield from (first.replace(year=first.year + int(found[1])) for found in pattern.finditer(folded))


def apart(day: dt.date, told: Iterable[tuple[int | None, int | None]]) -> list[int]:
    """How many days the told months and days, of whatever year, lie from a day of the year, about."""
    gaps = (abs(30 * (month - day.month) + number - day.day) for month, number in told if month and number)
    return [min(gap, 360 - gap) for gap in gaps]
