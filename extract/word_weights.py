"""A CRFsuite model of two tags, read from its file: which syllables go on with the word before them.

The features are underthesea's templates: `T[-1,0].lower` is what stands from one place before to the place itself, in small letters. What
a run of syllables weighs at the places about it is reckoned once and kept, for the same runs come again and again.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import product
from operator import add
from pathlib import Path

import numpy

QUESTIONS = ("isdigit", "istitle", "is_in_dict")  # what a template may ask of a run, beside its letters
KEPT = 65_536  # runs of syllables whose weights are kept
_TEMPLATE = re.compile(r"T\[(?P<first>-?\d+)(?:,(?P<last>-?\d+))?\](?:\.(?P<question>\w+))?")
_FEATURE = numpy.dtype([("kind", "<i4"), ("source", "<i4"), ("tag", "<i4"), ("weight", "<f8")])
Transitions = tuple[tuple[float, float], tuple[float, float]]


def read(path: Path) -> tuple[Mapping[str, float], Transitions]:
    """Attribute -> how much more it weighs for the second tag than for the first, and what each tag weighs after each."""
    data = path.read_bytes()
    features, tags, attributes = struct.unpack_from("<3I", data, 28)
    if _strings(data, tags) != ["B-W", "I-W"]:
        raise ValueError(f"{path}: tags {_strings(data, tags)}; B-W and I-W were expected")
    rows = numpy.frombuffer(data, _FEATURE, struct.unpack_from("<I", data, features + 8)[0], features + 12)
    moves, states = rows[rows["kind"] == 1], rows[rows["kind"] == 0]
    after = numpy.zeros((2, 2))
    after[moves["source"], moves["tag"]] = moves["weight"]
    names = _strings(data, attributes)
    weights = numpy.zeros((len(names), 2))
    weights[states["source"], states["tag"]] = states["weight"]
    (first_first, first_second), (second_first, second_second) = after.tolist()
    told = dict(zip(names, (weights[:, 1] - weights[:, 0]).tolist(), strict=True))
    return told, ((first_first, first_second), (second_first, second_second))


def _strings(data: bytes, at: int) -> list[str]:
    """The strings of the table (a constant database) at `at`, by their numbers."""
    count, places = struct.unpack_from("<2I", data, at + 16)
    found = []
    for place in struct.unpack_from(f"<{count}I", data, at + places):
        (size,) = struct.unpack_from("<I", data, at + place + 4)
        found.append(data[at + place + 8 : at + place + 7 + size].decode())  # a zero ends it
    return found


class Runs:
    """What runs of so many syllables weigh at the places about them."""

    def __init__(self, asked: Mapping[tuple[int, int], Sequence[tuple[str, str]]], weights: Mapping[str, float], words: Set[str]) -> None:
        """`asked`: first and last place, seen from the place that is weighed -> templates and what they ask; `words`: the dictionary."""
        self.shifts = tuple(-first for first, _ in asked)  # from the first syllable of the run to the place
        self._words = words
        self._written: dict[str, list[float]] = {}  # the run as it is written -> weights, a shift each
        self._small: dict[str, list[float]] = {}  # in small letters
        by_template = {template: (at, question) for at, each in enumerate(asked.values()) for template, question in each}
        for name, weight in weights.items():
            template, _, run = name.partition("=")
            at, question = by_template.get(template, (0, None))
            if question in ("", "lower"):
                table = self._small if question else self._written
                table.setdefault(run, [0.0] * len(asked))[at] += weight
        self._plain = {
            answers: [
                sum(weights.get(f"{template}={answer}", 0.0) for template, question in each for own, answer in zip(QUESTIONS, answers, strict=True) if own == question)
                for each in asked.values()
            ]
            for answers in product((False, True), repeat=len(QUESTIONS))
        }  # fmt: skip
        self.of: Callable[..., Sequence[float]] = lru_cache(maxsize=KEPT)(self._of)

    def _of(self, *syllables: str) -> Sequence[float]:
        """The weights of a run, a shift each."""
        run = " ".join(syllables)
        small = run.lower()
        titled = all(syllable[:1].upper() == syllable[:1] for syllable in syllables)
        found = self._plain[run.isascii() and run.isdigit(), titled, small in self._words]
        for more in (self._written.get(run), self._small.get(small)):
            found = found if more is None else list(map(add, found, more))
        return found


class Tagger:
    """Syllables -> whether each goes on with the word before it."""

    def __init__(self, path: Path, templates: Sequence[str], words: Set[str]) -> None:
        weights, self._after = read(path)
        asked: dict[tuple[int, int], list[tuple[str, str]]] = {}
        for template in templates:
            match = _TEMPLATE.fullmatch(template)
            if match is None or (match["question"] or "lower") not in ("lower", *QUESTIONS):
                raise ValueError(f"unknown template {template}")
            place = int(match["first"]), int(match["last"] or match["first"])
            asked.setdefault(place, []).append((template, match["question"] or ""))
        self._reach = max(max(-first, last) for first, last in asked)
        sizes = sorted({last - first + 1 for first, last in asked})
        self._runs = [
            (size, Runs({place: each for place, each in asked.items() if place[1] - place[0] + 1 == size}, weights, words))
            for size in sizes
        ]
        self._edges = {
            place: tuple(sum(weights.get(f"{template}={edge}", 0.0) for template, _ in each) for edge in ("BOS", "EOS"))
            for place, each in asked.items()
        }

    def __call__(self, syllables: Sequence[str]) -> list[bool]:
        """The best tags (Viterbi)."""
        if not syllables:
            return []
        (out_out, out_in), (in_out, in_in) = self._after
        scores = self._scores(syllables)
        outside, inside = 0.0, scores[0]  # of the best tags so far whose last begins a word, and goes on with one
        came: list[tuple[bool, bool]] = []
        for score in scores[1:]:
            begins, goes = outside + out_out, outside + out_in
            begins_after, goes_after = inside + in_out, inside + in_in
            came.append((begins < begins_after, goes < goes_after))
            outside, inside = max(begins, begins_after), max(goes, goes_after) + score
        tags = [outside < inside]
        for step in reversed(came):
            tags.append(step[tags[-1]])
        return tags[::-1]

    def _scores(self, syllables: Sequence[str]) -> list[float]:
        """For each place, how much more it weighs to go on with a word than to begin one."""
        count, reach = len(syllables), self._reach
        scores = [0.0] * (count + 2 * reach)  # with room on both sides
        for size, runs in self._runs:
            of, shifts = runs.of, [shift + reach for shift in runs.shifts]
            for start, run in enumerate(zip(*(syllables[at:] for at in range(size)), strict=False)):
                for shift, weight in zip(shifts, of(*run)):  # noqa: B905  as long as each other, and strict costs
                    scores[start + shift] += weight
        scores = scores[reach : reach + count]
        for place in {*range(min(reach, count)), *range(max(count - reach, 0), count)}:
            for (first, last), (begins, ends) in self._edges.items():
                scores[place] += begins if place + first < 0 else ends if place + last >= count else 0.0
        return scores
