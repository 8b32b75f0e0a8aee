"""Days of the Vietnamese lunar calendar as Gregorian days, from the anchor days of schemas/tables/lunar_anchors.csv."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from extract.fold import fold
from schemas.tables import table

LONGEST = 29  # the last day that every lunar month has
LAST_NAMED = 2027  # "Tết Mậu Thân", "Kỷ Dậu" are those of 1968 and 1789 in the news, not the next ones, of 2028 and 2029


@cache
def anchors() -> Mapping[tuple[int, int], tuple[int, dt.date]]:
    """(lunar year, lunar month) -> (lunar day, Gregorian day) of one day of that month."""
    found = {}
    for row in table("lunar_anchors"):
        for column, day in row.items():
            if "-" in column:
                number, month = map(int, column.split("-"))
                found[int(row["year"]), month] = (number, dt.date.fromisoformat(day))
    return MappingProxyType(found)


@cache
def can_chi() -> Mapping[str, int]:
    """Folded name of a lunar year ("kỉ hợi") -> the year in which it begins, to LAST_NAMED; each name stands once in the table."""
    years = {fold(row["can_chi"]): int(row["year"]) for row in table("lunar_anchors")}
    return MappingProxyType({name: year for name, year in years.items() if year <= LAST_NAMED})


def gregorian(day: int, month: int, year: int) -> dt.date | None:
    """The Gregorian day of a lunar one; day 0 is the eve of the month. None for months and years without an anchor."""
    anchor = anchors().get((year, month))
    if anchor is None or not 0 <= day <= LONGEST:
        return None
    return anchor[1] + dt.timedelta(days=day - anchor[0])
