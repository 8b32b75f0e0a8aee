"""Figures on the gold itself: how far two annotators agree, and how dense it is beside real news.

python tests/gold/figures.py agreement      the second annotations (tests/gold/second) against the first ones, before a third decided
python tests/gold/figures.py density [RECORDS.jsonl]   records per 1,000 characters; RECORDS is what `thidua parse` gave on news
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extract.evaluation import evaluate, read_gold

HERE = Path(__file__).parent
SPLITS = ("dev", "test")
SCORED = {"awarded", "proposed", "registered"}


def gold(split: str) -> dict[str, Any]:
    """The articles of a split, or of the second annotations, by id."""
    return dict(read_gold(HERE / split))


def agreement() -> None:
    """F1 of the second annotations against the first, a line a kind of record; places that either left open are left out.

    `first` holds what the first annotator wrote where a third one, who knew neither, has decided otherwise since.
    """
    first, second = gold("dev") | gold("test") | gold("first"), gold("second")
    wanted = {ident: first[ident] for ident in second}
    for ident, one in wanted.items():
        open_places = [*one.get("uncertain", ()), *second[ident].get("uncertain", ())]
        wanted[ident] = without(one, second[ident].get("uncertain", ())) | {"uncertain": open_places}
    result = evaluate(wanted, second)
    print(f"{len(second)} of {len(first)} articles annotated twice")
    for line, score in result.scores.items():
        if not line.startswith("article"):
            print(f"{line:30} first {score.hit + score.missed:4} second {score.hit + score.spurious:4} F1 {score.f1:.3f}")


def without(article: dict[str, Any], places: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The article without its rows at places that the other annotator left open."""
    kept = dict(article)
    for place in places:
        for kind in ("dates", "officials", "awards", "counts", "events"):
            if place["kind"] in (kind, kind[:-1]):
                kept[kind] = [row for row in kept[kind] if not _over(row, place)]
    return kept


def _over(row: dict[str, Any], place: dict[str, Any]) -> bool:
    spans = [row] if "start" in row else row.get("quotes", ())
    return any(span["start"] < place["end"] and place["start"] < span["end"] for span in spans)


def density(articles: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Dates, people, scored awards, counts and events per 1,000 characters."""
    number: Counter[str] = Counter()
    for one in articles:
        number["characters"] += len(one["text"])
        for kind in ("dates", "officials", "counts", "events"):
            number[kind] += len(one[kind])
        number["awards"] += sum(row["status"] in SCORED for row in one["awards"])
    return {kind: 1000 * count / number["characters"] for kind, count in sorted(number.items()) if kind != "characters"}


def main(what: str, records: str | None = None) -> None:
    """Print one of the figures."""
    if what == "agreement":
        agreement()
        return
    tables = {split: density(gold(split).values()) for split in SPLITS}
    if records:
        with Path(records).open(encoding="utf-8") as lines:
            tables["news"] = density(row for row in map(json.loads, lines) if "text" in row)
    for name, figures in tables.items():
        print(f"{name:8}" + "  ".join(f"{kind} {value:.2f}" for kind, value in figures.items()))


if __name__ == "__main__":
    main(*sys.argv[1:3])
