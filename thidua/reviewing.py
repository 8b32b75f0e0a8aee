"""People's decisions beside the records of today: which record each one is about, and what became of it since.

A decision is about the record that says the same at the same words; where these words are gone, about one that says the same elsewhere in the
article. So it outlives a new extraction, and a text that has moved; where no record says the same any more, that is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.review import MODELS, Record, Review, around, content, span
from schemas.vocabulary import Verdict


@dataclass(frozen=True)
class Standing:
    """A decision that counts, with the rows of the record that should be there, and of the one that should not; None: there is none today."""

    review: Review
    wanted: int | None
    unwanted: int | None

    @property
    def row(self) -> int | None:
        """The row beside which it stands."""
        return self.unwanted if self.unwanted is not None else self.wanted

    @property
    def since(self) -> str:
        """What became of it: `holds`; `mended`, the records are now as it says; `lost`, a right record is there no more; `changed`, neither."""
        match self.review.verdict:
            case Verdict.RIGHT:
                return "holds" if self.wanted is not None else "lost"
            case Verdict.WRONG:
                return "holds" if self.unwanted is not None else "mended"
            case Verdict.MISSING:
                return "holds" if self.wanted is None else "mended"
            case _:
                return "holds" if self.unwanted is not None else "mended" if self.wanted is not None else "changed"


def as_record(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the published file, its parts beside it, in the shape of its model."""
    return {
        field.alias or name: _shaped(row[field.alias or name])
        for name, field in MODELS[kind].model_fields.items()
        if (field.alias or name) not in ("award_row", "part_of") and row.get(field.alias or name) is not None
    }


def _shaped(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: part for name, part in value.items() if name != "row" and part is not None}
    return [_shaped(part) for part in value] if isinstance(value, list) else value


def standings(reviews: Iterable[Review], found: Mapping[str, Sequence[Record]], text: str) -> list[Standing]:
    """The decisions that count, the newest first, beside the records found today (kind -> records, by row)."""
    counting = list(_newest(reviews))
    free = {
        kind: [_Place(row, content(kind, one), around(text, one), span(one)[0]) for row, one in enumerate(found.get(kind, ()))]
        for kind in {review.kind for review in counting}
    }
    rows: dict[tuple[int, str], int] = {}  # (number of the decision, which record of it) -> row
    for strictly in (True, False):
        for number, review in enumerate(counting):
            for which, record in (("wanted", review.wanted), ("unwanted", review.unwanted)):
                if record is None or (number, which) in rows or (not strictly and _place_is_left(review, record, text)):
                    continue
                if (place := _best(free[review.kind], review, record, strictly=strictly)) is not None:
                    rows[number, which] = place.row
                    free[review.kind].remove(place)
    return [
        Standing(review, rows.get((number, "wanted")), rows.get((number, "unwanted")))
        for number, review in enumerate(counting)
        if review.verdict is not Verdict.WITHDRAWN
    ]


@dataclass(frozen=True)
class _Place:
    """A record of today, as it is compared."""

    row: int
    content: str
    around: tuple[str, str]
    start: int

    def stands_between(self, before: str, after: str) -> bool:
        """Whether it has these words on its sides; they are fewer than those of the text where the text was shorter."""
        return self.around[0].endswith(before) and self.around[1].startswith(after)


def _newest(reviews: Iterable[Review]) -> Iterable[Review]:
    """Of the decisions about the same record the newest, and none that was replaced; the newest first."""
    seen: set[tuple[str, str]] = set()
    for review in sorted(reviews, key=lambda review: review.at, reverse=True):
        is_new = (review.kind, review.key) not in seen
        seen.update((review.kind, key) for key in (review.key, review.replaces) if key)
        if is_new:
            yield review


def _place_is_left(review: Review, record: Record, text: str) -> bool:
    """Whether the very words still stand in the text: a record that stands elsewhere is then another one. Of records with many quotes there is but one."""
    return "quotes" not in record and f"{review.before}{record.get('quote', '')}{review.after}" in text


def _best(places: Sequence[_Place], review: Review, record: Record, *, strictly: bool) -> _Place | None:
    """The place of a record that says the same, the nearest to where it stood; `strictly`: with the same words around it."""
    said, start = content(review.kind, record), span(record)[0]
    same = [place for place in places if place.content == said and (not strictly or place.stands_between(review.before, review.after))]
    return min(same, key=lambda place: abs(place.start - start), default=None)
