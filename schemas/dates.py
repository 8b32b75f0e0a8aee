"""Temporal expressions that fix a point or a span on the calendar."""

from __future__ import annotations

import datetime as dt

from pydantic import Field, field_validator

from schemas.edtf import days
from schemas.record import Quoted
from schemas.vocabulary import DateRole


class DateMention(Quoted):
    """One expression of time in the text: "Ngày 10 tháng 5 năm 2018"."""

    edtf: str = Field(description="EDTF level 1: 2018-05-10, 2019-05, 2017, 2019-01/2019-06")
    role: DateRole = Field(description="event, period, document, anniversary, deadline, other")
    anchor: str | None = Field(default=None, description="EDTF date from which what is not written was taken; null if all is written")

    @field_validator("edtf")
    @classmethod
    def _edtf(cls, value: str) -> str:
        days(value)
        return value

    @property
    def first_day(self) -> dt.date | None:
        """First day that the date covers."""
        return days(self.edtf)[0]

    @property
    def last_day(self) -> dt.date | None:
        """Last day that the date covers."""
        return days(self.edtf)[1]
