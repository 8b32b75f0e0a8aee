"""Speed of the stages as ratios against stock tools in the same run: `python -m benchmarks.quick`. Prints; judges nothing.

Texts are those of the sample portals. Cases run in rotation, medians of ROUNDS; the machine may be shared, so only the ratios count.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

from dateparser.search import search_dates
from underthesea import ner

import thidua
from extract.language import sentences
from thidua.demo.portals import all_portals

ROUNDS = 3
ARTICLES = 8


def texts(most: int = ARTICLES) -> list[str]:
    """Texts of sample articles."""
    return [sample.expected().text for portal in all_portals() for sample in portal.articles][:most]


def by_sentence(found: Sequence[str]) -> None:
    """underthesea's named entities, given one sentence at a time: a whole article costs it quadratic time."""
    for text in found:
        for start, end in sentences(text):
            ner(text[start:end])


def stock_dates(found: Sequence[str]) -> None:
    """dateparser's search for dates."""
    for text in found:
        search_dates(text, languages=["vi"])


def ours(found: Sequence[str]) -> None:
    """All records of all texts."""
    for text in found:
        thidua.parse(text, published_at="2023-06-01")


def main() -> None:
    """Time the cases and print the ratios."""
    found = texts()
    cases: dict[str, Callable[[Sequence[str]], None]] = {
        "thidua.parse": ours,
        "underthesea ner": by_sentence,
        "dateparser search": stock_dates,
    }
    times: dict[str, list[float]] = {name: [] for name in cases}
    for case in cases.values():
        case(found[:1])  # load the models
    for _ in range(ROUNDS):
        for name, case in cases.items():
            start = time.perf_counter()
            case(found)
            times[name].append(time.perf_counter() - start)
    base = statistics.median(times["thidua.parse"])
    size = sum(map(len, found))
    print(f"{len(found)} articles, {size} characters, medians of {ROUNDS}")
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        print(f"{name:20} {middle:7.2f} s  {size / middle / 1000:8.1f} k characters/s  {middle / base:6.2f} x thidua.parse")


if __name__ == "__main__":
    main()
