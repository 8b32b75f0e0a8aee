"""What happened or was decided, and that the article reports as its news."""

from __future__ import annotations

import datetime as dt

from pydantic import Field, field_validator

from schemas.edtf import days
from schemas.record import Quoted
from schemas.vocabulary import EventType


class Event(Quoted):
    """One thing that happened: a conference, a launch, a plan, a ceremony. Its quote lies within one paragraph."""

    type: EventType = Field(description="review_conference, campaign_launch, plan_issued, …")
    title: str | None = Field(default=None, description="its name as written")
    edtf: str | None = Field(default=None, description="when, EDTF level 1; null when the day can't be known")
    organizers: tuple[str, ...] = Field(default=(), description="bodies that held or issued it, completed with the province")
    location: str | None = Field(default=None, description="where, as written")
    documents: tuple[str, ...] = Field(default=(), description="numbers of its documents: 1460/KH-UBND")
    campaigns: tuple[str, ...] = Field(default=(), description="names of the phong trào, without quotation marks")

    @field_validator("edtf")
    @classmethod
    def _edtf(cls, value: str | None) -> str | None:
        if value is not None:
            days(value)
        return value

    @property
    def first_day(self) -> dt.date | None:
        """First day of the event."""
        return days(self.edtf)[0] if self.edtf else None
