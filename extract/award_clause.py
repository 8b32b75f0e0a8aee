"""The words before an award, and who is named in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.award_givers import Grantor, called_by, level
from extract.components.bodies import Body


@dataclass(frozen=True, slots=True)
class Clause:
    """The words before the award at `at` from `start` on: the clause where a semicolon opens one, else the sentence.

    Offsets are code points of the text; `folded` is the text folded, with the same offsets.
    """

    folded: str
    text: str
    bodies: Sequence[Body]  # of the whole sentence, in its order
    persons: Sequence[tuple[int, int, Grantor]]  # who is named with an office: first and last offset, whose office it is
    province: str | None  # of the page
    sentence: int  # where the sentence begins
    start: int
    at: int

    def named(self, start: int, end: int) -> list[Body]:
        """The bodies named between two offsets."""
        return [body for body in self.bodies if start <= body.start and body.end <= end]

    def conferring(self, start: int, end: int) -> list[Body]:
        """Those of them that confer awards of a known level."""
        return [body for body in self.named(start, end) if level(body)]

    def officers(self, end: int) -> list[Grantor]:
        """Those whose office the clause names before `end`."""
        return [giver for first, last, giver in self.persons if self.start <= first and last <= end]

    def called(self, word: str, start: int) -> Grantor:
        """One who is called by a level or an office alone, `word` at `start`."""
        return called_by(word, self.text, start, start + len(word), self.province)
