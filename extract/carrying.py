"""Which award a number counts that another sentence names: under its heading, or as a part of those who got it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.award_words import Name
from extract.binding import Bound
from extract.language import Interval
from extract.quantities import read
from extract.words import any_of, lexicon
from schemas.vocabulary import Unit

_WORDS = lexicon("binding")["carrying"]
_HEADING = 120  # code points of a heading at most
_REACH = 3  # sentences over which a part is told
_NUMBERED = re.compile(r"[-–+•*· ]*(?:(?:[ivx]{1,4}|\d{1,2}|[a-h])[.)] *)?")
_PART = re.compile(rf"[-–+•*· ]*(?:{any_of(_WORDS['parts'])})(?!\w)")
_OF_THEM = re.compile(r"(?<!\w)(?:trong|trong số|trong tổng số|một trong|nằm trong số) *$")
_SAME = re.compile(rf" *(?:{any_of(_WORDS['same'])})(?!\w)")
_LINE = re.compile(r"[-–+•*· ]*(?:[a-h0-9]{1,2}[.)] *)?(?:[^\W\d_]+[ ,:]*){1,8}\d[^.;]{0,60}[.;]?")
_GETTERS = frozenset(
    {Unit.COLLECTIVE, Unit.INDIVIDUAL, Unit.HOUSEHOLD, Unit.WORKER, Unit.PERSON, Unit.ENTERPRISE, Unit.OFFICIAL, Unit.UNIT}
)


class Told(NamedTuple):
    """A number that counts those who get an award, with the award's name and the number of its sentence."""

    value: int
    units: tuple[Unit, ...]
    name: Name
    sentence: int


class Carrier:
    """Remembers, from sentence to sentence, the award that a heading names and the numbers of those who got one."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.heading: Name | None = None
        self.told: list[Told] = []

    def see(self, index: int, sentence: Interval, names: Sequence[Name], bound: Sequence[Bound]) -> None:
        """Take note of what a sentence names and counts."""
        if names:
            self.heading = names[-1] if self._is_heading(sentence, names) else None
        elif sentence.end - sentence.start > _HEADING:
            self.heading = None
        for bond in bound:
            figure = read(self.folded[bond.quantity.start : bond.end])
            if bond.award is not None and bond.award < len(names) and not bond.several and figure and set(bond.units) <= _GETTERS:
                self.told.append(Told(figure[0], bond.units, names[bond.award], index))

    def _is_heading(self, sentence: Interval, names: Sequence[Name]) -> bool:
        """Whether the line is no more than an award with its number: "II. Bằng khen (12 tập thể)"."""
        if sentence.end - sentence.start > _HEADING or len({name.type for name in names}) > 1:
            return False
        start = _NUMBERED.match(self.folded, sentence.start, sentence.end)
        return start is not None and names[0].start - start.end() <= 10

    def award(self, index: int, sentence: Interval, bound: Bound) -> Name | None:
        """The award that a number of a sentence counts which names none; None when nothing says so."""
        if bound.award is not None or bound.rule == "aside" or not set(bound.units) <= _GETTERS:
            return None
        if self.heading is not None and _LINE.fullmatch(self.folded, sentence.start, sentence.end):
            return self.heading
        figure = read(self.folded[bound.quantity.start : bound.end])
        if figure is None:
            return None
        again = [told for told in self.told if (told.value, told.units) == (figure[0], bound.units)]
        before = _OF_THEM.search(self.folded, max(sentence.start, bound.quantity.start - 20), bound.quantity.start)
        if again and (before or _SAME.match(self.folded, bound.end, sentence.end)):
            return again[-1].name
        if not _PART.match(self.folded, sentence.start, sentence.end) or bound.units[0] not in (Unit.COLLECTIVE, Unit.INDIVIDUAL):
            return None
        whole = [told for told in self.told if index - told.sentence <= _REACH and told.value >= figure[0] and told.units == bound.units]
        return whole[-1].name if whole and len({told.name.type for told in whole}) == 1 else None
