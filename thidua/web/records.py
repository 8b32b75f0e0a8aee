"""An article of the published file with its records, and what people decided about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException

from schemas.page import UNKNOWN
from schemas.review import MODELS, Record, key
from thidua.reviewing import Standing, as_record, standings
from thidua.web.visit import Visit

Row = dict[str, Any]


def found_article(visit: Visit) -> Row:
    """The article that the address names. HTTPException when there is none."""
    found = visit.reader.one("article", what=visit.path("article"))
    if found is None:
        raise HTTPException(404)
    if found["fetched_at"] == UNKNOWN.replace(tzinfo=None):
        found["fetched_at"] = None  # a file: nobody knows when it was fetched
    return found


def records_of(visit: Visit, article: Row) -> dict[str, list[Row]]:
    """Kind -> its records, by row; all kinds are there."""
    return {kind: visit.reader.rows(f"records/{kind}", article=article["article"]) for kind in MODELS}


@dataclass(frozen=True)
class Decided:
    """The records of an article as JSON, and the decisions about them."""

    records: Mapping[str, Sequence[Record]]
    standings: Sequence[Standing]

    @classmethod
    def of(cls, visit: Visit, article: Row, rows: Mapping[str, Sequence[Row]]) -> Decided:
        """What was decided about an article, beside its records of today."""
        records = {kind: [as_record(kind, row) for row in some] for kind, some in rows.items()}
        return cls(records, standings(visit.house.reviews.of(article["article"]), records, article["text"]))

    def key(self, kind: str, row: int) -> str:
        """The key of a record in addresses and forms."""
        return key(kind, self.records[kind][row])

    def beside(self, kind: str, row: int) -> Standing | None:
        """The decision about a record of today."""
        return next((one for one in self.standings if one.review.kind == kind and one.row == row), None)

    @property
    def apart(self) -> list[Standing]:
        """Decisions beside which no record of today stands."""
        return [one for one in self.standings if one.row is None]

    def record(self, kind: str, wanted: str) -> Record | None:
        """The record of today with that key; None when it has changed since."""
        return next((one for row, one in enumerate(self.records[kind]) if self.key(kind, row) == wanted), None)

    def earlier(self, kind: str, wanted: str) -> Standing | None:
        """The decision that stands beside the record with that key, or that is about a record with it."""
        rows = [row for row in range(len(self.records[kind])) if self.key(kind, row) == wanted]
        beside = self.beside(kind, rows[0]) if rows else None
        return beside or next((one for one in self.standings if (one.review.kind, one.review.key) == (kind, wanted)), None)
