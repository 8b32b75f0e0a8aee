"""Extraction against stock tools in one run, its cold start, and its cost a character: `python -m benchmarks.extraction`.

Prints; with `--check` exits with 1 when the cost a character between the shortest and the longest text differs more than FLAT times, or
the cold start takes more than COLD seconds of CPU. Times are CPU time of one core, medians of ROUNDS by turns: other work on the machine moves
them less than the clock, but still up to two times, so only ratios of one run tell anything. Texts are those of the sample portals, and articles
made of them as life has them (benchmarks/life.py).
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.apart import cpu
from benchmarks.hostile import news
from benchmarks.life import articles, distinct
from benchmarks.quick import by_sentence, texts
from extract.evaluation import evaluate, read_gold
from extract.language import sentences
from extract.pipeline import ORDER, extract, pipeline, prepared
from extract.segmentation import Words, words
from extract.stock import days as stock_dates
from schemas.article import Article
from schemas.reading import RECORDS

ROUNDS = 5
ARTICLES = 60  # short texts full of awards
MIXED = 100  # articles of which one in ten has some; of both stock tools read STOCK, the naive pipeline NAIVE
STOCK, NAIVE = 8, 2
DISTINCT = 150  # articles a round whose sentences are all segmented: over 10,000 sentences in five rounds
PARSED = 2_000  # articles of one call of `thidua parse`
DATED = 20  # articles of gold a round whose dates are looked for
GOLD = Path(__file__).parent.parent / "tests/gold/dev"
SIZES = (500, 1_500, 5_000, 15_000, 50_000)  # characters of a text
WORTH = 50_000  # characters read at each size
FLAT = 1.4
COLD = 1.5


def ours(found: Sequence[str]) -> None:
    """All records of all texts, as JSON."""
    for text in found:
        extract(Article(id="a", text=text, published_at="2023-06-01", read_by="given")).model_dump_json()


def naive(found: Sequence[str]) -> None:
    """What one would write first: named entities of the whole article, dates by search."""
    from dateparser.search import search_dates
    from underthesea import ner

    for text in found:
        ner(text)
        search_dates(text, languages=["vi"])


def rates(cases: dict[str, tuple[Callable[[Sequence[str]], None], Sequence[Sequence[str]]]]) -> dict[str, list[float]]:
    """Characters a second of CPU of each case, round by round; a case has the texts of each round."""
    found: dict[str, list[float]] = {name: [] for name in cases}
    for case, rounds in cases.values():
        case(rounds[0][:1])  # load the models
    for texts_of_round in zip(*(rounds for _, rounds in cases.values()), strict=True):
        for (name, (case, _)), given in zip(cases.items(), texts_of_round, strict=True):
            start = time.process_time()
            case(given)
            found[name].append(sum(map(len, given)) / (time.process_time() - start))
    return found


def against_stock(name: str, rounds: Sequence[Sequence[str]]) -> None:
    """Print the ratio to stock tools on texts of one sort, those of each round; the slower tools read a part of them."""
    few = [given[:: max(1, len(given) // STOCK)] for given in rounds]
    fewest = [sorted(given, key=len)[len(given) // 2 :][:NAIVE] for given in rounds]
    found = rates({"thidua": (ours, rounds), "underthesea.ner by sentence": (by_sentence, few), "naive": (naive, fewest)})
    seen = list(dict.fromkeys(text for given in rounds for text in given))
    print(
        f"{name}: {len(seen)} articles, {sum(map(len, seen))} characters, {distinct(seen):.0%} of their paragraphs distinct, "
        f"{segmented(seen):.0%} of their sentences segmented, medians of {len(rounds)}"
    )
    for tool, values in found.items():
        ratio = statistics.median(one / other for one, other in zip(found["thidua"], values, strict=True))
        middle = statistics.median(values)
        print(f"  {tool:30}{middle / 1000:9.1f} k characters/s{1000 * 3500 / middle:9.1f} ms for 3,500{ratio:9.1f} x")
    print("  found: " + ", ".join(f"{count} {kind}" for kind, count in counted(seen).items()))


def counted(given: Sequence[str]) -> Counter[str]:
    """How many records of each kind the texts give."""
    found: Counter[str] = Counter()
    for text in given:
        reading = extract(Article(id="a", text=text, published_at="2023-06-01", read_by="given"))
        found.update({kind: len(getattr(reading, kind)) for kind in RECORDS})
    return found


def segmented(given: Sequence[str]) -> float:
    """The share of sentences whose words are asked for."""
    seen: list[tuple[int, int]] = []
    own = Words._segmented
    Words._segmented = lambda self, start, end: seen.append((start, end)) or own(self, start, end)  # type: ignore[method-assign]
    try:
        ours(given)
    finally:
        Words._segmented = own  # type: ignore[method-assign]
    return len(seen) / sum(len(sentences(text)) for text in given)


def words_alone(rounds: Sequence[Sequence[str]]) -> None:
    """Print what is used of the models, words, on every sentence, against all that `underthesea.ner` does for it; no sentence comes twice."""
    few = [given[:: max(1, len(given) // STOCK)] for given in rounds]
    found = rates({"words": (segment, rounds), "underthesea.ner by sentence": (by_sentence, few)})
    number = len({text[start:end] for given in rounds for text in given for start, end in sentences(text)})
    ratio = statistics.median(one / other for one, other in zip(*found.values(), strict=True))
    print(f"words of every sentence, {number} distinct sentences: {ratio:.1f} x underthesea.ner by sentence")


def segment(given: Sequence[str]) -> None:
    """The words of every sentence."""
    for text in given:
        for start, end in sentences(text):
            words(text[start:end])


def dates_on_gold(most: int, rounds: int) -> None:
    """Print our dates against dateparser's search on articles of gold, by time and by F1; others in each round, for dateparser remembers what it has parsed."""
    every = list(itertools.islice(read_gold(GOLD), most * rounds))
    until = [component for _, component in pipeline().pipeline[: ORDER.index("dates") + 1]]
    given = {ident: Article(id=ident, text=one["text"], published_at=one["published_at"], read_by="given") for ident, one in every}
    found: dict[str, dict[str, Any]] = {}
    ratios = []
    for first in range(0, len(every), most):
        some = every[first : first + most]
        start = time.process_time()
        for ident, _ in some:
            doc, _ = prepared(given[ident])
            for component in until:
                doc = component(doc)
        middle = time.process_time()
        for ident, one in some:
            found[ident] = {"dates": [{"edtf": day} for day in stock_dates(one["text"], one["published_at"])]}
        ratios.append((time.process_time() - middle) / (middle - start))
    gold = dict(every)
    own = {ident: extract(one).model_dump(mode="json") for ident, one in given.items()}
    f1 = {name: evaluate(gold, some, ("dates",)).scores["dates"].f1 for name, some in (("ours", own), ("dateparser", found))}
    print(
        f"dates on {len(gold)} gold articles: {statistics.median(ratios):.0f} x dateparser's search; F1 {f1['ours']:.3f} and {f1['dateparser']:.3f}"
    )


def by_length(rounds: int) -> list[str]:
    """Print the cost a character of each size; what is not flat."""
    given = {size: [news(size * number)[-size:] for number in range(1, max(2, WORTH // size) + 1)] for size in SIZES}
    found = rates({str(size): (ours, [pieces] * rounds) for size, pieces in given.items()})
    costs = {size: 1e6 / statistics.median(values) for size, values in found.items()}
    print("microseconds a character: " + ", ".join(f"{size}: {cost:.1f}" for size, cost in costs.items()))
    spread = costs[str(SIZES[-1])] / costs[str(SIZES[0])]
    print(f"  from {SIZES[0]} to {SIZES[-1]} characters: {spread:.2f} x")
    return [f"{spread:.2f} times the cost a character in long texts; {FLAT} was promised"] if spread > FLAT else []


def cold_start(rounds: int) -> list[str]:
    """Print what `thidua parse` of one article takes, in a process of its own with its bytecode on the disk."""
    line = json.dumps({"id": "a", "text": texts(1)[0], "published_at": "2023-06-01"})
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = partial(
        subprocess.run, [sys.executable, "-m", "thidua.cli", "parse", "--as", "jsonl", "-"], input=line.encode(), capture_output=True
    )
    run(env=environment, check=True, timeout=120)
    clock, worked = [], []
    for _ in range(rounds):
        before, start = cpu(children=True), time.perf_counter()
        run(env=environment, check=True, timeout=120)
        clock.append(time.perf_counter() - start)
        worked.append(cpu(children=True) - before)
    print(
        f"cold start of one article: {statistics.median(worked):.2f} s of CPU, {statistics.median(clock):.2f} s by the clock (least {min(clock):.2f})"
    )
    return [f"cold start {min(worked):.2f} s of CPU; {COLD} was promised"] if min(worked) > COLD else []


def by_command(count: int) -> None:
    """Print what `thidua parse --as jsonl -` takes for many articles, start included, against `underthesea.ner` by sentence on some of them."""
    given = articles(count, 200_000)
    lines = "".join(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n" for number, text in enumerate(given))
    before = cpu(children=True)
    done = subprocess.run(
        [sys.executable, "-m", "thidua.cli", "parse", "--as", "jsonl", "-"], input=lines.encode(), capture_output=True, check=True
    )
    ours = sum(map(len, given)) / (cpu(children=True) - before)
    if (found := len(done.stdout.splitlines())) != count:
        raise SystemExit(f"parse gave {found} lines of {count} articles")
    few = given[:: count // STOCK]
    start = time.process_time()
    by_sentence(few)
    stock = sum(map(len, few)) / (time.process_time() - start)
    print(
        f"thidua parse of {count} articles as JSON lines: {ours / 1000:.0f} k characters/s of CPU, {ours / stock:.1f} x underthesea.ner by sentence (100 promised)"
    )


def main() -> int:
    """Print the three; with --check the exit status judges them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--check", action="store_true", help="exit with 1 when a promise is broken")
    given = options.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    against_stock("full of awards", [texts(ARTICLES)] * given.rounds)
    against_stock("as in life, other articles in each round", [articles(MIXED, first * MIXED) for first in range(given.rounds)])
    words_alone([articles(DISTINCT, 100_000 + number * DISTINCT) for number in range(given.rounds)])
    dates_on_gold(DATED, given.rounds)
    by_command(PARSED)
    broken = [*by_length(given.rounds), *cold_start(given.rounds)]
    for fault in broken:
        print("BROKEN:", fault)
    return 1 if given.check and broken else 0


if __name__ == "__main__":
    sys.exit(main())
