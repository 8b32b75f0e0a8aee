"""One article with all its records; each quote stands in the text at its offsets, or the reading is refused."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, model_validator

from schemas.article import Article
from schemas.awards import Award
from schemas.counts import Count
from schemas.dates import DateMention
from schemas.documents import Campaign, Document
from schemas.events import Event
from schemas.officials import Official
from schemas.record import Quote

RECORDS = ("dates", "officials", "awards", "counts", "events", "documents", "campaigns")  # fields of a reading that hold records


class Reading(Article):
    """An article and what was found in it. Its JSON has the shape of the annotation guide, plus rule and confidence."""

    dates: tuple[DateMention, ...] = Field(default=(), description="one row for each expression of time")
    officials: tuple[Official, ...] = Field(default=(), description="one row for each person named")
    awards: tuple[Award, ...] = Field(default=(), description="one row for each type, level, class and status")
    counts: tuple[Count, ...] = Field(default=(), description="one row for each number of people, bodies or awards")
    events: tuple[Event, ...] = Field(default=(), description="one row for each thing reported as news")
    documents: tuple[Document, ...] = Field(default=(), description="documents cited by number")
    campaigns: tuple[Campaign, ...] = Field(default=(), description="movements named in quotation marks")
    truncated: tuple[str, ...] = Field(default=(), description="record kinds of which only the first ones are kept")

    def quotes(self) -> Iterator[tuple[str, Quote]]:
        """(kind of record, place) of every quote; documents in another field than the text are left out."""
        for kind in ("dates", "counts", "events", "campaigns"):
            for row in getattr(self, kind):
                yield kind, row
        for document in self.documents:
            if document.field == "text":
                yield "documents", document
        for kind in ("officials", "awards"):
            for row in getattr(self, kind):
                for quote in row.quotes:
                    yield kind, quote

    @model_validator(mode="after")
    def _stands_in_the_text(self) -> Reading:
        for kind, quote in self.quotes():
            found = self.text[quote.start : quote.end]
            if found != quote.quote:
                raise ValueError(f"{kind}: the text at {quote.start}..{quote.end} is {found!r}, the quote is {quote.quote!r}")
            if "\n" in found:
                raise ValueError(f"{kind}: the quote at {quote.start}..{quote.end} runs over a paragraph's end")
        for document in self.documents:
            if document.field != "text" and document.quote not in (getattr(self, document.field) or ""):
                raise ValueError(f"documents: {document.quote!r} does not stand in {document.field}")
        for index, count in enumerate(self.counts):
            if count.award_row is not None and count.award_row >= len(self.awards):
                raise ValueError(f"counts[{index}]: award_row {count.award_row} is no row of awards")
            if count.part_of is not None and (count.part_of >= len(self.counts) or count.part_of == index):
                raise ValueError(f"counts[{index}]: part_of {count.part_of} is no other row of counts")
        return self
