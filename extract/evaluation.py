"""Gold against found: precision, recall and F1 of each kind of record, and the rows that differ.

Micro-averaged over all articles, exact match on the key of the annotation guide after folding. Dates, counts and events are
multisets, officials and awards sets; awards that are only mentioned are not scored; a kind that a gold file lacks, or that it
lists as uncertain at a place, is left out there. Scores are kept by article, so that they can be summed over any group of articles
and drawn again for intervals.
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.fold import fold
from schemas.edtf import days
from schemas.vocabulary import AwardStatus

Document = Mapping[str, Any]  # an article in the shape of the annotation guide
LINES = {  # line of the table -> field of the article that it needs
    "article: title": "title",
    "article: published_at": "published_at",
    "dates": "dates",
    "officials: name": "officials",
    "officials: name, title": "officials",
    "officials: name, title, body": "officials",
    "awards": "awards",
    "counts": "counts",
    "counts, with award": "counts",
    "events": "events",
}


@dataclass
class Score:
    """Hits, misses and spurious rows of one line of the table."""

    hit: int = 0
    missed: int = 0
    spurious: int = 0

    def __add__(self, other: Score) -> Score:
        """Both together."""
        return Score(self.hit + other.hit, self.missed + other.missed, self.spurious + other.spurious)

    @property
    def precision(self) -> float:
        """Share of the found rows that gold has; 1 when there is nothing on either side."""
        return self.hit / (self.hit + self.spurious) if self.hit + self.spurious else float(not self.missed)

    @property
    def recall(self) -> float:
        """Share of gold's rows that were found."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else float(not self.spurious)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Evaluation:
    """Scores by article and line, and (article, line, sign, key) of each row that differs: '-' missed, '+' spurious."""

    by_article: dict[str, dict[str, Score]] = field(default_factory=dict)
    differing: list[tuple[str, str, str, str]] = field(default_factory=list)

    @property
    def scores(self) -> dict[str, Score]:
        """The scores of all articles, by line."""
        return self.over(self.by_article)

    def over(self, idents: Iterable[str]) -> dict[str, Score]:
        """The scores of some articles, by line; an article that is named twice counts twice."""
        total = {line: Score() for line in LINES}
        for ident in idents:
            for line, score in self.by_article[ident].items():
                total[line] += score
        return total

    def intervals(self, rounds: int = 1_000, sure: float = 0.95, seed: int = 1) -> dict[str, tuple[float, float]]:
        """Lowest and highest F1 of each line in the middle `sure` of `rounds` samples of as many articles, drawn with replacement."""
        dice, names = random.Random(seed), sorted(self.by_article)
        drawn: dict[str, list[float]] = {line: [] for line in LINES}
        for _ in range(rounds):
            times = Counter(dice.choices(names, k=len(names))) if names else Counter()
            for line, values in drawn.items():
                hit = missed = spurious = 0
                for ident, often in times.items():
                    if one := self.by_article[ident].get(line):
                        hit, missed, spurious = hit + often * one.hit, missed + often * one.missed, spurious + often * one.spurious
                values.append(Score(hit, missed, spurious).f1)
        cut = int(rounds * (1 - sure) / 2)
        return {line: (sorted(values)[cut], sorted(values)[-1 - cut]) for line, values in drawn.items()}


def evaluate(gold: Mapping[str, Document], found: Mapping[str, Document], lines: Sequence[str] = tuple(LINES)) -> Evaluation:
    """Score `found` against `gold`, both by article id, on some lines of the table; an article that was not found is missed whole."""
    result = Evaluation()
    for ident, wanted in sorted(gold.items()):
        want, have = keys(wanted), keys(without_uncertain(found.get(ident, {}), wanted))
        scores = result.by_article[ident] = {}
        for line in lines:
            if LINES[line] not in wanted or (line == "article: title" and not want[line]):
                continue
            if line == "article: published_at" and any(len(stamp) == 10 for stamp in want[line]):
                have[line] = Counter(stamp[:10] for stamp in have[line])
            missed, spurious = want[line] - have[line], have[line] - want[line]
            scores[line] = Score((want[line] & have[line]).total(), missed.total(), spurious.total())
            for sign, rows in (("-", missed), ("+", spurious)):
                result.differing.extend((ident, line, sign, _show(key)) for key in sorted(rows.elements(), key=_show))
    return result


def keys(document: Document) -> dict[str, Counter[Any]]:
    """The keys of one article, by line of the table."""
    people = {name_of(row): row.get("positions") or [] for row in document.get("officials") or []}
    offices = {
        (name, fold_space(one["title"]), fold_space(one.get("organization") or ""))
        for name, positions in people.items()
        for one in positions
    }
    awards = {award_of(row) for row in document.get("awards") or [] if row["status"] != AwardStatus.MENTIONED}
    counts = [count_of(row) for row in document.get("counts") or []]
    title, stamp = document.get("title"), document.get("published_at")
    return {
        "article: title": Counter([" ".join(title.split())] if title else []),
        "article: published_at": Counter([stamp[:16]] if stamp else []),
        "dates": Counter(map(date_of, document.get("dates") or [])),
        "officials: name": Counter(people.keys()),
        "officials: name, title": Counter({office[:2] for office in offices}),
        "officials: name, title, body": Counter(offices),
        "awards": Counter(awards),
        "counts": Counter(count[:3] for count in counts),
        "counts, with award": Counter(counts),
        "events": Counter(map(event_of, document.get("events") or [])),
    }


def date_of(row: Document) -> tuple[str, ...]:
    """First and last day."""
    return tuple(map(str, days(row["edtf"])))


def name_of(row: Document) -> str:
    """The name, folded."""
    return fold_space(row["name"])


def award_of(row: Document) -> tuple[Any, ...]:
    """Type, level, class, status."""
    return row["type"], row.get("level"), row.get("class"), row["status"]


def count_of(row: Document) -> tuple[Any, ...]:
    """Value, comparator, units, type of the award."""
    return row["value"], row.get("comparator") or "eq", "+".join(sorted(set(row["units"]))), (row.get("award") or {}).get("type")


def event_of(row: Document) -> tuple[Any, ...]:
    """Type and first day."""
    return row["type"], str(days(row["edtf"])[0]) if row.get("edtf") else None


def fold_space(text: str) -> str:
    """`text` folded, its white space too."""
    return fold(" ".join(text.split()))


def without_uncertain(document: Document, gold: Document) -> Document:
    """`document` without the rows at places that gold leaves open."""
    left_open = gold.get("uncertain") or []
    kept = dict(document)
    for kind in ("dates", "officials", "awards", "counts", "events"):
        places = [(one["start"], one["end"]) for one in left_open if one.get("kind") in (kind, kind[:-1])]
        if places and kind in kept:
            kept[kind] = [
                row
                for row in kept[kind]
                if not any(start < quote["end"] and quote["start"] < end for quote in _quotes(row) for start, end in places)
            ]
    return kept


def _quotes(row: Document) -> list[Document]:
    return [row] if "start" in row else list(row.get("quotes") or [])


def _show(key: object) -> str:
    return " | ".join("-" if part is None else str(part) for part in key) if isinstance(key, tuple) else str(key)


def read_gold(*paths: Path) -> Iterator[tuple[str, Document]]:
    """(id, article) of each *.json in the folders, or of the files. ValueError names the file that is no JSON object."""
    for path in paths:
        for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
            try:
                document = json.loads(file.read_text(encoding="utf-8-sig"))
            except ValueError as error:
                raise ValueError(f"{file}: not JSON: {error}") from error
            if not isinstance(document, dict):
                raise ValueError(f"{file}: not a JSON object")
            yield str(document.get("id") or file.stem), document


def read_index(*paths: Path) -> dict[str, dict[str, str]]:
    """What the folders' index.csv say of their articles, by id: outlet, style, … A folder without one says nothing."""
    index: dict[str, dict[str, str]] = {}
    for path in paths:
        file = (path if path.is_dir() else path.parent) / "index.csv"
        if file.exists():
            with file.open(encoding="utf-8", newline="") as lines:
                index.update({row["id"]: row for row in csv.DictReader(lines)})
    return index
