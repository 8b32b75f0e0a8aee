"""Shares of right records by the evidence they stand on, measured on gold: `python -m extract.calibration GOLD… > extract/lexicon/confidence.toml`.

A share of few records is drawn towards that of its kind, as if PRIOR more of the common sort had been seen, and lowered by OPTIMISM. A date is right when its
days are, an official when the name is, an award, a count (with its award) and an event when their keys of the annotation guide are.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.confidence import ANY, KINDS, evidence
from extract.evaluation import Document, award_of, count_of, date_of, event_of, name_of, read_gold, without_uncertain
from extract.pipeline import extract
from schemas.article import Article
from schemas.reading import Reading
from schemas.vocabulary import AwardStatus

# Rules are tuned on dev and look better there: how much smaller the share of right records is on the split that nobody tunes on and on news at the first look.
OPTIMISM = {"dates": 0.03, "officials": 0.02, "awards": 0.07, "counts": 0.03, "events": 0.12}
PRIOR = 8.0  # records of the common sort that a share starts from
LEAST = 5  # records of an evidence below which it has no line of its own
KEYS: Mapping[str, Callable[[Document], Any]] = {
    "dates": date_of,
    "officials": name_of,
    "awards": award_of,
    "counts": count_of,
    "events": event_of,
}
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


def judged(gold: Mapping[str, Document]) -> Iterator[tuple[str, Any, bool]]:
    """(kind, record, whether gold has it) of every record found in gold articles; awards only mentioned are not judged."""
    given = ("title", "published_at", "province", "source_credit")
    for ident, wanted in gold.items():
        reading = extract(Article.model_validate({"id": ident, "text": wanted["text"], **{name: wanted.get(name) for name in given}}))
        yield from _judged(wanted, reading)


def _judged(wanted: Document, reading: Reading) -> Iterator[tuple[str, Any, bool]]:
    for kind in KINDS:
        left = Counter(map(KEYS[kind], wanted.get(kind) or ()))
        for row in getattr(reading, kind):
            shown = row.model_dump(mode="json")
            if (kind == "awards" and row.status == AwardStatus.MENTIONED) or not without_uncertain({kind: [shown]}, wanted)[kind]:
                continue
            key = KEYS[kind](shown)
            right = left[key] > 0
            left[key] -= right
            yield kind, row, right


def shares(gold: Mapping[str, Document]) -> dict[str, dict[str, float]]:
    """The share of right records of each evidence that was met often enough, by kind, and of the kind as a whole."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, row, hit in judged(gold):
        for name in (evidence(kind, row), ANY):
            seen[kind][name] += 1
            right[kind][name] += hit
    table: dict[str, dict[str, float]] = {}
    for kind in KINDS:
        common = right[kind][ANY] / seen[kind][ANY] if seen[kind] else 0.5
        table[kind] = {
            name: round(max(0.05, (right[kind][name] + PRIOR * common) / (number + PRIOR) - OPTIMISM[kind]), 3)
            for name, number in sorted(seen[kind].items())
            if number >= LEAST or name == ANY
        }
    return table


def reliability(gold: Mapping[str, Document]) -> list[tuple[str, int, float, float]]:
    """(bin, records, mean confidence, share of right ones) over all kinds: calibrated when the last two agree."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for _, row, hit in judged(gold):
        bins[max(place for place, low in enumerate(BINS[:-1]) if row.confidence >= low)].append((row.confidence, hit))
    return [
        (
            f"{BINS[place]:.2f}-{BINS[place + 1]:.2f}",
            len(rows),
            sum(sure for sure, _ in rows) / len(rows),
            sum(hit for _, hit in rows) / len(rows),
        )
        for place, rows in sorted(bins.items())
    ]


def main(paths: Sequence[str]) -> None:
    """Print the table as TOML."""
    print("# Share of right records by the evidence they stand on, measured on gold (extract/calibration.py). Made, not written:")
    print(f"# python -m extract.calibration {' '.join(paths)}")
    for kind, table in shares(dict(read_gold(*map(Path, paths)))).items():
        print(f"\n[{kind}]")
        for name, share in table.items():
            print(f'"{name}" = {share}')


if __name__ == "__main__":
    main(sys.argv[1:])
