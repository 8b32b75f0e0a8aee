"""Numbers that stand without a noun of their own: "cho 5, ", "hạng Nhất 6, hạng Nhì 9", "Bằng khen: 12", and the "1." of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.award_words import Name
from extract.binding_gaps import PERSONAL
from extract.quantities import Quantity
from schemas.vocabulary import Unit

_ENDS = re.compile(r" *(?:[,;.)|\n]|và |$)")
_COLON = re.compile(r"[^,;.:|]{0,60}[:|] *")
_BRACKET = re.compile(r"(?: [^,;.:|()\d]{1,60})? ?\( ?")
_CLOSED = re.compile(r"\d{1,3} ?\)[:;.]?(?: ?\n|$)")  # and no year, "(2015)"
# "Bằng khen: 1. Ông A", but "Tập thể: 1. Cá nhân: 3"
_ITEM = re.compile(r": ?0?1[.] ?(?![^.;\n]{0,60}: ?\d)[^\W\d_]")
_ROW = 8  # numbers at most that one noun serves


def is_item(quantity: Quantity, names: Sequence[Name], folded: str, start: int) -> bool:
    """Whether the number is that of the first item of a list, behind its heading."""
    colon = folded.rfind(":", max(start, quantity.number - 2), quantity.number)
    if colon < 0 or not _ITEM.match(folded, colon):
        return False
    return not any(name.start <= quantity.number_end + 2 < name.end for name in names)


def borrowed(index: int, quantities: Sequence[Quantity]) -> tuple[Unit, ...]:
    """The units of a number whose noun stands with another one."""
    quantity = quantities[index]
    if quantity.form == "waiting":
        return next((other.units[:1] for other in quantities[index + 1 :] if other.units), ())
    if quantity.form == "decided":
        return next((other.units for other in reversed(quantities[:index]) if other.units), ())
    return ()


def of_class(index: int, quantities: Sequence[Quantity], names: Sequence[Name]) -> tuple[tuple[Unit, ...], int] | None:
    """ "hạng Nhất 6, hạng Nhì 9, hạng Ba 11 đồng chí": the units that the last number lends to those before it, and the award of this one."""
    own: int | None = None
    for other in quantities[index : index + _ROW]:
        behind = next((at for at, name in enumerate(names) if name.end + 1 == other.start == other.number), None)
        if behind is None or (own is not None and not _alike(names[behind], names[own])):
            return None
        own = behind if own is None else own
        if other.units:
            return (other.units, own) if other.form == "noun" else None
    return None


def _alike(name: Name, other: Name) -> bool:
    """Whether one kind is in both names, or both are titles that only people get: "Lao động tiên tiến 45, Chiến sĩ thi đua 12 đồng chí"."""
    return name.type == other.type or {name.type, other.type} <= PERSONAL


def summed(quantity: Quantity, names: Sequence[Name], folded: str) -> int | None:
    """ "Bằng khen UBND tỉnh: 5", "Bằng khen (5)": the award before a number alone behind a colon or a table's bar, or in brackets that end a line."""
    if quantity.form not in ("noun_before", "bare") or not _ENDS.match(folded, quantity.end):
        return None
    index = max((at for at, name in enumerate(names) if name.end <= quantity.number and not name.bare), default=None)
    gap = folded[names[index].end : quantity.number] if index is not None else ""
    bracket = _BRACKET.fullmatch(gap) and _CLOSED.match(folded, quantity.number)
    return index if bracket or _COLON.fullmatch(gap) else None
