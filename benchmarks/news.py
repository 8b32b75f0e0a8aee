"""What extraction gives on real news that is no part of the project: `thidua parse NEWS.jsonl > records.jsonl`, then

    python -m benchmarks.news records.jsonl                  a page of figures, as Markdown
    python -m benchmarks.news records.jsonl --draw 100       so many records of each kind, drawn at random, with their sentences

Figures are on what is found, not on what is right: that is judged by reading the drawn records.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.language import UPPER

KINDS = ("dates", "officials", "awards", "counts", "events")
NEAR = 60  # code points before a title or an award word in which an unknown phrase is looked for
SEED = 2026
_CAPITALS = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_]+(?: [{UPPER}][^\W\d_]+){{1,5}}")
_HEADS = frozenset(
    ["Phó", "Tổng", "Chánh", "Trưởng", "Ban", "Bộ", "Nguyên", "Chủ", "Giám", "Sở", "Viện"]
)  # of titles and bodies, whose next syllables are small
_WORDS = re.compile(
    r"chủ tịch|giám đốc|bí thư|trưởng|phó|bằng khen|giấy khen|huân chương|cờ thi đua|danh hiệu|chiến sĩ thi đua|khen thưởng", re.IGNORECASE
)


def read(path: Path) -> list[dict[str, Any]]:
    """The readings of a file of `thidua parse`; rejects are left out."""
    with path.open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if "text" in row]


def quotes(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The places of a record, the first one first."""
    return [row] if "start" in row else list(row["quotes"])


def figures(articles: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Lines of Markdown."""
    size = [len(one["text"]) for one in articles]
    yield f"{len(articles)} articles, {sum(size) / 1e6:.1f} million characters, median {statistics.median(size):.0f}\n"
    yield "| records | an article | none in | a 1,000 characters | longest quote |"
    yield "| --- | --- | --- | --- | --- |"
    for kind in KINDS:
        numbers = [len(one[kind]) for one in articles]
        longest = max((place["end"] - place["start"] for one in articles for row in one[kind] for place in quotes(row)), default=0)
        none = numbers.count(0) / len(numbers)
        yield f"| {kind} | {statistics.mean(numbers):.2f} | {none:.0%} | {1000 * sum(numbers) / sum(size):.2f} | {longest} |"
    yield f"\nCut at the most an article may have: {sum(bool(one['truncated']) for one in articles)} articles."
    for kind, field in (("awards", "type"), ("awards", "status"), ("awards", "level"), ("events", "type"), ("dates", "role")):
        found = Counter(str(row[field]) for one in articles for row in one[kind])
        yield f"\n{kind}, {field}: " + ", ".join(f"{name} {number}" for name, number in found.most_common(12))
    yield "\nCapitalised phrases near a title or an award word that no record and no place holds, the most frequent first: "
    yield ", ".join(f"{phrase} {number}" for phrase, number in unknown(articles).most_common(40))


def unknown(articles: Sequence[dict[str, Any]]) -> Counter[str]:
    """Capitalised phrases near a title or an award word that stand in no quote of a record."""
    found: Counter[str] = Counter()
    for one in articles:
        text = one["text"]
        held = [(place["start"], place["end"]) for kind in KINDS[1:4] for row in one[kind] for place in quotes(row)]
        held += [(part["start"], part["end"]) for row in one["awards"] for part in row["recipients"] if part.get("start") is not None]
        bodies = {part["organization"] for row in one["officials"] for part in row["positions"] if part["organization"]}
        bodies |= {row["grantor"] for row in one["awards"] if row["grantor"]}
        for phrase in _CAPITALS.finditer(text):
            if phrase[0].split()[0] in _HEADS:
                continue
            near = _WORDS.search(text, max(0, phrase.start() - NEAR), min(len(text), phrase.end() + NEAR))
            inside = any(start < phrase.end() and phrase.start() < end for start, end in held)
            if near and not inside and not any(phrase[0] in body for body in bodies):
                found[phrase[0]] += 1
    return found


def drawn(articles: Sequence[dict[str, Any]], number: int, seed: int) -> Iterator[str]:
    """So many records of each kind with what stands around them."""
    dice = random.Random(seed)
    for kind in KINDS:
        rows = [(one, row) for one in articles for row in one[kind] if row.get("status") != "mentioned"]
        for place, (one, row) in enumerate(dice.sample(rows, min(number, len(rows))), 1):
            quote = quotes(row)[0]
            around = one["text"][max(0, quote["start"] - 350) : quote["start"]], one["text"][quote["end"] : quote["end"] + 250]
            shown = {
                name: value
                for name, value in row.items()
                if name not in ("start", "end", "quotes", "rule", "confidence", "quote", "anchor")
            }
            yield f"## {kind} {place}  {one['id']}  published {one['published_at']}  title: {one['title']}"
            yield json.dumps(shown, ensure_ascii=False)
            yield f"{around[0]}[[{quote['quote']}]]{around[1]}\n"


def main() -> None:
    """Print figures, or drawn records."""
    parser = argparse.ArgumentParser(description="figures on what extraction gives on news")
    parser.add_argument("records", type=Path, help="what `thidua parse` wrote")
    parser.add_argument("--draw", type=int, default=0, metavar="N", help="print N records of each kind instead")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    articles = read(given.records)
    for line in drawn(articles, given.draw, given.seed) if given.draw else figures(articles):
        print(line)


if __name__ == "__main__":
    main()
