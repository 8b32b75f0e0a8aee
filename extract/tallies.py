"""Tables of figures: "Đơn vị | Giải nhất | Giải nhì", and below it rows of numbers, which count what head and row tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from extract import award_names, counted_nouns, tables
from extract.award_words import Name
from extract.binding import Bound
from extract.counted_nouns import SEVERAL
from extract.language import Interval
from extract.quantities import Quantity
from extract.words import any_of, lexicon
from schemas.vocabulary import Unit

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|0?[1-9]\d{0,5}")
_FIGURE = re.compile(r"\d[\d.,]*(?: ?%)?|[-–]|")  # what a cell of such a row holds, if it is empty too
_TOTAL = re.compile(rf"(?:{any_of(lexicon('awards')['tables']['totals'])})(?: (?:giải|huy chương|danh hiệu))?")
_NUMBER_OF = re.compile(r"(?:tổng )?(?:số (?:lượng )?)?")


class Columns(NamedTuple):
    """What the head of a table tells of its columns, by their places from the left."""

    awards: Mapping[int, Name]
    units: Mapping[int, tuple[Unit, ...]]
    totals: frozenset[int]  # of what the others, or the row, tell


def columns(doc: Doc, line: Interval, below: Interval | None) -> Columns | None:
    """The columns of a row, if it is the head of a table of figures: it tells what to count, and the row `below` has numbers there."""
    folded, text = doc._.folded, doc._.text
    cells = tables.cells(text, line)
    figures = tables.cells(text, below) if below and tables.is_row(text, below) else ()
    counting = {at for at, cell in enumerate(figures) if at and _NUMBER.fullmatch(folded, *cell)}
    if not counting or any(_NUMBER.fullmatch(folded, *cell) for cell in cells):
        return None
    names = award_names.of_sentence(doc, line)
    awards: dict[int, Name] = {}
    units: dict[int, tuple[Unit, ...]] = {}
    for at, cell in enumerate(cells[1:], 1):
        inside = [name for name in names if cell.start <= name.start and name.end <= cell.end]
        number = _NUMBER_OF.match(folded, *cell)
        begin = number.end() if number else cell.start
        noun = counted_nouns.first(folded, text, begin, cell.end)
        if len(inside) == 1 and not inside[0].bare:
            awards[at] = inside[0]
        elif not inside and noun and noun.start == begin:
            units[at] = SEVERAL.get(noun.word, (noun.unit,))
    totals = frozenset(at for at, cell in enumerate(cells) if at and _TOTAL.fullmatch(folded, *cell))
    return Columns(awards, units, totals) if counting & (awards.keys() | units.keys()) else None


def counted(doc: Doc, line: Interval, head: Columns) -> Iterator[tuple[Name | None, Bound]]:
    """The numbers of a row below `head`, each with its award; none where the row is no row of figures."""
    folded, text = doc._.folded, doc._.text
    cells = tables.cells(text, line)
    own = award_names.of_sentence(doc, line)
    mine = own[0] if len(own) == 1 and not own[0].bare else None
    told = set(head.awards) | (set(head.units) | head.totals if mine or len(head.units) > 1 else set())
    if not all(_FIGURE.fullmatch(folded, *cell) for at, cell in enumerate(cells) if at in told):
        return
    for at, cell in enumerate(cells):
        if at not in told | (head.totals if head.awards else set()) or not _NUMBER.fullmatch(folded, *cell):
            continue
        units = head.units.get(at, (Unit.AWARD,))
        award, classless = head.awards.get(at, mine), False
        if at in head.totals and not mine:
            award, classless = _common(list(head.awards.values())), True
        quantity = Quantity(cell.start, cell.end, cell.start, cell.end, units, one=False, form="cell")
        yield award, Bound(quantity, units, cell.end, None if award is None else 0, classless=classless, rule="cell")


def _common(names: Sequence[Name]) -> Name | None:
    """One of the awards, where all are of one type."""
    return names[0] if len({name.type for name in names}) == 1 else None
