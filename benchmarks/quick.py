"""Speed of extraction as a ratio against underthesea's NER in the same run, judged: `python -m benchmarks.quick`, under two minutes; CI runs it.

Exits with 1 when the ratio is less than WORTH of the one in benchmarks/ratios.toml; a change that is meant to be slower changes that file. Texts are those of the sample
portals. CPU time, cases in rotation, medians of ROUNDS: other work on the machine moves the ratios by less than what is allowed.
"""

from __future__ import annotations

import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from underthesea import ner

import thidua
from extract.language import sentences
from thidua.demo.portals import all_portals

ROUNDS = 5
WORTH = 0.7  # of a ratio that was measured before
RATIOS = Path(__file__).with_name("ratios.toml")
ARTICLES = 8


def texts(most: int = ARTICLES) -> list[str]:
    """Texts of sample articles."""
    return [sample.expected().text for portal in all_portals() for sample in portal.articles][:most]


def by_sentence(found: Sequence[str]) -> None:
    """underthesea's named entities, given one sentence at a time: a whole article costs it quadratic time."""
    for text in found:
        for start, end in sentences(text):
            ner(text[start:end])


def ours(found: Sequence[str]) -> None:
    """All records of all texts."""
    for text in found:
        thidua.parse(text, published_at="2023-06-01")


def main() -> int:
    """Time the cases, print the ratios, judge them."""
    found = texts()
    cases: dict[str, Callable[[Sequence[str]], None]] = {
        "thidua.parse": ours,
        "underthesea ner": by_sentence,
    }
    times: dict[str, list[float]] = {name: [] for name in cases}
    for case in cases.values():
        case(found[:1])  # load the models
    for _ in range(ROUNDS):
        for name, case in cases.items():
            start = time.process_time()
            case(found)
            times[name].append(time.process_time() - start)
    size = sum(map(len, found))
    promised = tomllib.loads(RATIOS.read_text(encoding="utf-8"))
    print(f"{len(found)} articles, {size} characters, CPU, medians of {ROUNDS}")
    behind = []
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        ratio = statistics.median(one / own for one, own in zip(seconds, times["thidua.parse"], strict=True))
        print(f"{name:20} {middle:7.2f} s  {size / middle / 1000:8.1f} k characters/s  {ratio:6.2f} x thidua.parse")
        if ratio < WORTH * promised.get(name, 0):
            behind.append(f"{name}: {ratio:.1f} x, it was {promised[name]:.1f} x")
    for fault in behind:
        print("SLOWER:", fault)
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main())
