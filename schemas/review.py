"""What a person decided about a record; and what makes a record the same one after the rules or the text have changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import Field, JsonValue, field_validator, model_validator

from schemas.awards import Award
from schemas.counts import Count
from schemas.dates import DateMention
from schemas.documents import Campaign, Document
from schemas.events import Event
from schemas.officials import Official
from schemas.record import Frozen, Quoted, QuotedOften
from schemas.vocabulary import Verdict

Record = Mapping[str, Any]  # a record as JSON, in the shape of its model
MODELS: Mapping[str, type[Quoted] | type[QuotedOften]] = {
    "awards": Award,
    "counts": Count,
    "officials": Official,
    "events": Event,
    "documents": Document,
    "campaigns": Campaign,
    "dates": DateMention,
}
# What a record does not say but hangs on: where it stands, how it was found, which row another one is.
APART = frozenset({"start", "end", "quotes", "rule", "confidence", "award_row", "part_of"})
AROUND = 32  # code points of the text on each side of a quote


class Review(Frozen):
    """One decision of a person about one record of an article. Of two about the same record the newer one counts."""

    article: str = Field(description="key of the article")
    kind: str = Field(description="awards, counts, officials, events, documents, campaigns, dates")
    verdict: Verdict = Field(description="right, wrong, corrected, missing, withdrawn")
    record: dict[str, JsonValue] | None = Field(default=None, description="the record as it was found; null for what was missing")
    corrected: dict[str, JsonValue] | None = Field(default=None, description="the record as it should be: of corrected and missing")
    before: str = Field(default="", description="up to 32 code points of the text before the quote")
    after: str = Field(default="", description="up to 32 code points of the text after the quote")
    replaces: str | None = Field(default=None, description="key of the earlier decision in whose place it comes")
    note: str | None = Field(default=None, max_length=2000, description="why, in the words of the person")
    by: str = Field(description="who decided")
    at: dt.datetime = Field(description="when, UTC")
    rules: str | None = Field(default=None, description="version of the rules that made the record")

    @field_validator("kind")
    @classmethod
    def _kind(cls, value: str) -> str:
        if value not in MODELS:
            raise ValueError(f"{value!r} is no kind of record")
        return value

    @field_validator("at")
    @classmethod
    def _zoned(cls, value: dt.datetime) -> dt.datetime:
        if value.tzinfo is None:
            raise ValueError("the time has no zone")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Review:
        if self.verdict in (Verdict.CORRECTED, Verdict.MISSING):
            MODELS[self.kind].model_validate(self.corrected)
        elif self.verdict is not Verdict.WITHDRAWN and self.corrected is not None:
            raise ValueError(f"{self.verdict} has nothing to correct")
        if self.record is None and self.corrected is None:
            raise ValueError("a decision about nothing")
        return self

    @property
    def about(self) -> Record:
        """The record that it is about: as found, else as missing."""
        return self.record if self.record is not None else self.corrected or {}

    @property
    def key(self) -> str:
        """Key of what it is about."""
        return key(self.kind, self.about)

    @property
    def wanted(self) -> Record | None:
        """The record that should be there: as found when it is right, as corrected or missing; None for a wrong one."""
        return self.record if self.verdict is Verdict.RIGHT else None if self.verdict is Verdict.WITHDRAWN else self.corrected

    @property
    def unwanted(self) -> Record | None:
        """The record that should not be there."""
        return self.record if self.verdict in (Verdict.WRONG, Verdict.CORRECTED) else None


def content(kind: str, record: Record) -> str:
    """What a record says, as one text: equal for records that say the same, wherever they stand and however they were found."""
    defaults = _defaults(kind)
    said = {name: _plain(value) for name, value in record.items() if name not in APART and value != defaults.get(name)}
    return json.dumps({name: value for name, value in said.items() if value}, sort_keys=True, ensure_ascii=False)


@cache
def _defaults(kind: str) -> Mapping[str, Any]:
    """What the fields of a kind are when nothing is said."""
    return {field.alias or name: field.default for name, field in MODELS[kind].model_fields.items()}


def _plain(value: Any) -> Any:
    """A value without order and places."""
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items() if name not in APART and part is not None}
    if isinstance(value, list | tuple):
        return sorted((_plain(part) for part in value), key=lambda part: json.dumps(part, sort_keys=True, ensure_ascii=False))
    return str(value) if value is not None else ""


def span(record: Record) -> tuple[int, int]:
    """Where a record stands in its text, by its first quote: first code point, and one past the last."""
    first = (record.get("quotes") or [record])[0]
    return int(first.get("start") or 0), int(first.get("end") or 0)


def around(text: str, record: Record) -> tuple[str, str]:
    """The words before and after a record's first quote."""
    start, end = span(record)
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]


def key(kind: str, record: Record) -> str:
    """First 16 hex digits of SHA-256 of what a record says and where it stands: tells it apart from all others of its article."""
    return hashlib.sha256(f"{kind}\n{content(kind, record)}\n{span(record)[0]}".encode()).hexdigest()[:16]
