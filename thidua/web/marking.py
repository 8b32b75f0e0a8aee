"""An article's text with its records marked and linked: every record is reached from its words, and leads back to them."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

COVERING = frozenset(
    {"events"}
)  # kinds whose quotes run over whole clauses: underlined, with a sign before them, never in the way of others


class Place(NamedTuple):
    """A place of a record: its kind, its row, the number of the quote, and the code points it stands on."""

    kind: str
    row: str
    number: int
    start: int
    end: int

    @property
    def anchor(self) -> str:
        """Anchor of the place in the text."""
        return f"at-{self.kind}-{self.row}-{self.number}"

    @property
    def record(self) -> str:
        """Anchor of the record in the list."""
        kind, row = {"positions": ("officials", self.row.split("-")[0]), "recipients": ("awards", self.row.split("-")[0])}.get(
            self.kind, (self.kind, self.row)
        )
        return f"{kind}-{row}"


@dataclass(frozen=True)
class Piece:
    """Some words of the text that the same records cover."""

    text: str
    mark: Place | None = None  # the innermost, to which the words link
    events: bool = False  # whether an event covers them
    anchors: Sequence[Place] = ()  # the places that begin here
    signs: Sequence[Place] = ()  # of those the ones that are linked by a sign before the words
    notes: Sequence[Place] = ()  # places that end here and have no words of their own to link


@dataclass
class _Sweep:
    """The pieces so far of one walk through the text."""

    active: set[Place] = field(default_factory=set)
    linked: set[Place] = field(default_factory=set)


def paragraphs(text: str, places: Iterable[Place]) -> list[list[Piece]]:
    """The text by paragraph, cut where places begin and end; the words of all pieces, a line feed between paragraphs, are the text."""
    found: list[list[Piece]] = [[]]
    for piece in pieces(text, places):
        first, *others = piece.text.split("\n")
        last = len(others)
        for number, words in enumerate([first, *others]):
            if number:
                found.append([])
            found[-1].append(
                Piece(
                    words,
                    piece.mark,
                    piece.events,
                    anchors=piece.anchors if number == 0 else (),
                    signs=piece.signs if number == 0 else (),
                    notes=piece.notes if number == last else (),
                )
            )
    return found


def pieces(text: str, places: Iterable[Place]) -> Iterator[Piece]:
    """The text cut where places begin and end, one walk from left to right."""
    starts, ends = defaultdict[int, list[Place]](list), defaultdict[int, list[Place]](list)
    for place in sorted(set(places)):
        if place.start is not None and 0 <= place.start < place.end <= len(text):
            starts[place.start].append(place)
            ends[place.end].append(place)
    sweep = _Sweep()
    cuts = sorted({0, len(text), *starts, *ends})
    for at, until in itertools.pairwise(cuts):
        begin = starts[at]
        sweep.active.update(begin)
        inner = min(
            (place for place in sweep.active if place.kind not in COVERING),
            key=lambda place: (place.end - place.start, place),
            default=None,
        )
        if inner is not None:
            sweep.linked.add(inner)
        ended = ends[until]
        yield Piece(
            text[at:until],
            inner,
            events=any(place.kind in COVERING for place in sweep.active),
            anchors=begin,
            signs=[place for place in begin if place.kind in COVERING],
            notes=[place for place in ended if place.kind not in COVERING and place not in sweep.linked],
        )
        sweep.active.difference_update(ended)
