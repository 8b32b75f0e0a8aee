"""Words of several syllables, by underthesea's bundled model: only of the sentences that a component asks about.

Offsets are ours and exact. What is asked is cheap where the letters already tell; else the sentence is segmented once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.word_model import segmenter

MAX_RUN = 256  # code points without a space; what has a longer run is not given to the model
_RUN = re.compile(rf"\S{{1,{MAX_RUN}}}")
_SYLLABLE = re.compile(r"\S+")
_TWO = re.compile(r"[^\W\d_]+ [^\W\d_]")  # a syllable and the first letter of the next
_INNER = re.compile(r"(?<= )\w")


class _Joined(NamedTuple):
    """What the words of one sentence join."""

    compounds: dict[int, int]  # start -> end of a word whose first syllable alone has a capital: "Quốc tế"
    small: frozenset[int]  # where a small syllable begins that belongs to the word before it


def words(sentence: str) -> list[tuple[int, int]]:
    """Words of one sentence by underthesea, as (start, end) in it; where the model changed the spelling, its syllables."""
    found: list[tuple[int, int]] = []
    at = 0
    if any(len(run) > MAX_RUN for run in sentence.split()):
        return [match.span() for match in _RUN.finditer(sentence)]
    for word in segmenter()(sentence):
        place = sentence.find(word, at)
        if place < 0 or sentence[at:place].strip():
            break
        found.append((place, place + len(word)))
        at = place + len(word)
    found.extend(match.span() for match in _SYLLABLE.finditer(sentence, at))
    return found


class Words:
    """The words of one text; with `segment` false it has none of several syllables."""

    def __init__(self, text: str, sentences: Sequence[tuple[int, int]], *, segment: bool = True) -> None:
        self._text, self._sentences, self._segment = text, sentences, segment
        self._found: dict[int, _Joined] = {}  # by the number of the sentence

    def compound(self, at: int, *, past: int | None = None) -> int | None:
        """End of the word of several syllables that begins at `at`, if its first letter alone is a capital: "Lãnh sự"; `past`: if it ends after it."""
        if not self._text[at : at + 1].isupper():
            return None
        two = _TWO.match(self._text, at)
        if two is None or any(map(str.isupper, two[0][1:])) or (past is not None and not self._goes_on(at, past)):
            return None
        end = self._of(at).compounds.get(at)
        return end if end is not None and (past is None or end > past) else None

    def _goes_on(self, at: int, past: int) -> bool:
        """Whether the letters at and before `past` may all be of a word that begins at `at`."""
        span = self._text[at + 1 : past + (2 if self._text.startswith(" ", past) else 1)]
        return span.replace(" ", "").isalpha() and "  " not in span and span[-1] != " " and not any(map(str.isupper, span))

    def joined(self, at: int) -> bool:
        """Whether the small syllable at `at` belongs to the word before it: "Quốc | tế"."""
        if at < 1 or not self._text[at : at + 1].islower() or self._text[at - 1] != " ":
            return False
        return at in self._of(at).small

    def _of(self, at: int) -> _Joined:
        """What is joined in the sentence of the code point at `at`."""
        index = bisect_right(self._sentences, at, key=lambda sentence: sentence[0]) - 1
        if index not in self._found:
            self._found[index] = self._segmented(*self._sentences[index]) if self._segment and index >= 0 else _Joined({}, frozenset())
        return self._found[index]

    def _segmented(self, start: int, end: int) -> _Joined:
        compounds: dict[int, int] = {}
        small: set[int] = set()
        for begin, finish in self._whole(start, end):
            word = self._text[begin:finish]
            if word[0].isupper() and word[1:].islower():
                compounds[begin] = finish
            small.update(begin + match.start() for match in _INNER.finditer(word) if match[0].islower())
        return _Joined(compounds, frozenset(small))

    def _whole(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The words of several syllables, of letters alone and one space between two, in the sentence [start, end)."""
        for begin, finish in words(self._text[start:end]):
            word = self._text[start + begin : start + finish]
            if " " in word and all(syllable.isalpha() for syllable in word.split(" ")):
                yield start + begin, start + finish
