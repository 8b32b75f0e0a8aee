"""Numbers that count nobody who gets an award: victims, somebody's children, the places that those come from who get it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.award_words import Name
from extract.binding_gaps import JOIN, LEXICON, WORD
from extract.quantities import Quantity
from extract.words import any_of
from schemas.vocabulary import Unit

_LOSS = re.compile(WORD["loss"])
# "3 chiến sĩ hi sinh được truy tặng Huân chương"
_GETS_STILL = re.compile(
    r"[^,;.:]{0,60}?(?<!\w)được (?:[^\W\d_]+ ){0,8}?(?:nhận|tặng|truy tặng|phong tặng|trao|truy phong)(?: thưởng)?(?: danh hiệu)? "
)
_FROM = re.compile(rf"(?<!\w)(?:{any_of(LEXICON['from_among'])}) $")
_OF = re.compile(r"[^,;.:\d()]{0,40} của ")
_FALLEN = re.compile(r"(?: người)? con(?: trai| gái| đẻ| ruột)?(?: đều)? (?:là )?(?:liệt sĩ|hi sinh)(?!\w)")  # "có 02 con là liệt sĩ"
_MARTYRS = re.compile(r" liệt sĩ(?! (?:được|vinh dự))(?!\w)")
_OF_FAMILY = re.compile(r"(?<!\w)(?:gia đình|ông|bà|mẹ|cụ)(?: [^\W\d_]+){1,8},? (?:có|với) $")  # "cho gia đình bà Mẫn có 3 liệt sĩ"
_KIN = re.compile(r" (?:người con|đứa con|cô con|cậu con|con|anh em|chị em|anh chị em)(?!\w)")
_HAS_KIN = re.compile(r"(?<!\w)(?:gia đình|nhà|sinh|sinh hạ|nuôi|đẻ|mẹ của|bố của|cha của)(?: [^\W\d_]+)?(?: có| được)? $")
_MAKES = re.compile(r"(?<!\w)làm $")  # "làm một người công dân tốt"
_OBJECT = re.compile(rf"{WORD['done_to']} (?:được )?$")


def is_within(index: int, quantities: Sequence[Quantity], folded: str, start: int) -> bool:
    """Whether those counted are where the recipients are from: "25 học sinh thuộc 5 trường được tặng", "32 đội của 12 xã"."""
    quantity = quantities[index]
    if quantity.units != (Unit.UNIT,) or quantity.one:
        return False
    others = quantities[index - 1].end if index and quantities[index - 1].units else None
    if others is not None and JOIN.fullmatch(folded, others, quantity.start) and _is_from(quantities[index - 1], folded, start):
        return True  # "đến từ 31 tỉnh và 9 ngành"
    return _is_from(quantity, folded, start) or (others is not None and _OF.fullmatch(folded, others, quantity.start) is not None)


def _is_from(quantity: Quantity, folded: str, start: int) -> bool:
    return quantity.units == (Unit.UNIT,) and _FROM.search(folded, max(start, quantity.start - 20), quantity.start) is not None


def is_kin(quantity: Quantity, folded: str, start: int) -> bool:
    """Whether those counted are the children of somebody: "gia đình có 7 người con", "sinh được hai con gái"."""
    if _MARTYRS.match(folded, quantity.number_end) and _OF_FAMILY.search(folded, max(start, quantity.start - 90), quantity.start):
        return True
    if _FALLEN.match(folded, quantity.number_end):
        return folded.endswith((" có ", " với "), start, quantity.start)
    if quantity.one or not _KIN.match(folded, quantity.number_end, quantity.end + 1):
        return False
    return _HAS_KIN.search(folded, max(start, quantity.start - 25), quantity.start) is not None


def suffers(quantity: Quantity, names: Sequence[Name], folded: str, start: int, end: int) -> bool:
    """Whether those counted are victims or suspects, of whom nobody gets an award: "làm 3 người chết", "bắt giữ 4 nghi can"."""
    if not quantity.units or Unit.AWARD in quantity.units:
        return False
    lost = _LOSS.search(folded, quantity.end, min(end, quantity.end + 25))
    if lost and any(name.start >= lost.end() and _GETS_STILL.fullmatch(folded, lost.end(), name.start) for name in names):
        return False
    if quantity.one and _MAKES.search(folded, max(start, quantity.start - 8), quantity.start):
        return _LOSS.search(folded, quantity.number_end, min(end, quantity.end + 25)) is not None
    return bool(lost or _OBJECT.search(folded, max(start, quantity.start - 30), quantity.start))
