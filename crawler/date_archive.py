"""Archives by date: lists or sitemaps of one day, month or year, whose addresses are made from the date; walked back for `--since`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from schemas.record import Frozen

_PART = re.compile(r"\{(\w*)\}")
_MONTH, _DAY, _LAST = {"mm", "m"}, {"dd", "d"}, {"last"}
_EARLIEST = dt.date(1990, 1, 1)  # before the web


class DateArchive(Frozen):
    """An archive by date: a page a day where its address names the day, else one a month or a year."""

    url: str = Field(
        description="address of a page, seen from each list of the site, with {yyyy}, {mm} and {dd}; {m} and {d} are without leading "
        "zeros, {last} is the last day of the month"
    )
    kind: Literal["list", "sitemap"] = Field(default="list", description="what its pages are")

    @model_validator(mode="after")
    def _complete(self) -> DateArchive:
        names = set(_PART.findall(self.url))
        wants_month = bool(names & (_DAY | _LAST)) and not names & _MONTH
        if unknown := names - {"yyyy"} - _MONTH - _DAY - _LAST:
            raise ValueError(f"{{{min(unknown)}}} is none of {{yyyy}}, {{mm}}, {{m}}, {{dd}}, {{d}}, {{last}}")
        if "yyyy" not in names or wants_month:
            raise ValueError(f"{self.url!r} names no {'month' if wants_month else 'year'}")
        return self

    def periods(self, since: dt.date, today: dt.date) -> Iterator[Period]:
        """Its pages from today back to the one that has the day `since`."""
        names = set(_PART.findall(self.url))
        last = today
        while last >= max(since, _EARLIEST):
            first = last if names & _DAY else last.replace(day=1) if names & _MONTH else last.replace(month=1, day=1)
            parts = {"yyyy": f"{first.year:04}", "mm": f"{first.month:02}", "dd": f"{first.day:02}"}
            parts |= {"m": str(first.month), "d": str(first.day), "last": str(calendar.monthrange(first.year, first.month)[1])}
            url = self.url
            for name, value in parts.items():
                url = url.replace(f"{{{name}}}", value)
            yield Period(url, first, last)
            last = first - dt.timedelta(days=1)


class Period(NamedTuple):
    """A page of an archive: its address, maybe relative, its first day and its last one, or today."""

    url: str
    first: dt.date
    last: dt.date
