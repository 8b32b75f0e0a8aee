"""Awards that the words around those who are counted tell: the ceremony before them, the brackets or the years of a badge behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.award_words import Name
from extract.binding_gaps import LEXICON, TITLES, given
from extract.quantities import Quantity
from extract.words import any_of

_PRAISE = any_of(LEXICON["praises"])
# "tại lễ trao | Huân chương Lao động, có 4 tập thể được tôn vinh"
_CEREMONY = re.compile(
    rf"(?<!\w)(?:{any_of(LEXICON['ceremonies'])})(?: (?:{any_of(LEXICON['ceremony_acts'])})(?:,| và|, và)?){{1,3}}(?: (?:danh hiệu|giải|các|những|quyết định))*[ \"]*$"
)
_PRAISED = re.compile(rf"[^.;:\n]{{0,100}}? được (?:{_PRAISE}|trao giải|trao thưởng|xướng tên|xướng danh|gọi tên)(?!\w)")
PRAISING = re.compile(rf"(?<!\w)(?:{_PRAISE})(?:(?:,| và) (?:{_PRAISE}))?(?: (?:cho|các|những|tổng cộng)){{0,2}} $")
# "10 gương mặt trẻ tiêu biểu năm 2018 (nhận | bằng khen …)"
_BRACKET = re.compile(
    r"[^.;:()\n]{0,60}\((?:cùng |đều |đã |vừa |vinh dự )*(?:được )?(?:nhận|đón nhận|tặng|trao|trao tặng|tặng thưởng|khen thưởng)[^.;:()\d]{0,60}"
)
_OWN = re.compile(r"[^;:\n]{0,150}(?<!\w)được [^;:\n]{0,150}(?<!\w)(?:tặng|trao|trao tặng|tặng thưởng|nhận)(?: thưởng)?[ \"]*")
# "Ghi nhận hành động dũng cảm của 3 thanh niên, Tỉnh đoàn trao Huy hiệu"
_DEED = re.compile(
    rf"(?<!\w)(?:{any_of(LEXICON['honours'])})(?!\w)[^.;:\d]{{0,60}}?(?<!\w)(?:{any_of(LEXICON['deeds'])})(?!\w)[^.;:\d]{{0,60}}? của(?: các| nhóm| cả)? $"
)
_THEN_GIVES = re.compile(
    r"[^.;:]{0,120}?, (?:(?!(?<!\w)được(?!\w))[^.;:]){1,120}?(?<!\w)(?:tặng|trao|thưởng|khen|đề nghị|gửi)(?!\w)[^.;:,\d]{0,30}"
)
DECADES = re.compile(r" (?:\d{2}(?:,? và|,)? ?)+ (?:năm(?: tuổi đảng)?|tuổi đảng)(?= ?[,;.)]| và |$)")  # "4 đồng chí 55 năm"
DECADE = 30  # code points of such years before a number
_OF_PARTY = re.compile(r"(?:[^.;:\n\d]|\d{1,3}(?![.\d])){0,250}?\d{2} năm tuổi đảng(?!\w)")
DECADE_HAS = re.compile(r"(?<!\w)\d{2} năm(?: tuổi đảng)?(?: có| cho|:)? $")  # "65 năm tuổi Đảng có | 6 đảng viên"


def at_ceremony(left: Name, quantity: Quantity, last: Quantity, folded: str, start: int, end: int) -> bool:
    """Whether those are honoured at the ceremony of an award: "tại lễ trao Giải thưởng Sao Mai, 12 doanh nghiệp được vinh danh"."""
    if left.bare or not _CEREMONY.search(folded, max(start, left.start - 60), left.start):
        return False
    return bool(_PRAISED.match(folded, last.end, end) or PRAISING.search(folded, max(left.end, quantity.start - 40), quantity.start))


def in_brackets(at: int, end: int, names: Sequence[Name], folded: str) -> bool:
    """Whether brackets behind those who are counted tell what they get: "10 gương mặt trẻ tiêu biểu (nhận bằng khen)"."""
    right = next((name for name in names if name.start >= at), None)
    return right is not None and not right.bare and right.start < end and _BRACKET.fullmatch(folded, at, right.start) is not None


def own_award(left: Name, right: Name, last: Quantity, folded: str) -> bool:
    """Whether "khen thưởng" only leads to what those get: "quyết định khen thưởng: 61 đơn vị được Chính phủ tặng Cờ thi đua"."""
    named = not right.bare and right.type != "contest_prize" and right.type not in TITLES
    return left.bare and named and _OWN.fullmatch(folded, last.end, right.start) is not None


def deeds_of(index: int, last: int, quantities: Sequence[Quantity], names: Sequence[Name], folded: str, start: int) -> int | None:
    """The award that a body gives for the deeds of those who are counted, to nobody else who is counted."""
    quantity, after = quantities[index], quantities[last]
    if not _DEED.search(folded, max(start, quantity.start - 150), quantity.start):
        return None
    right = next((at for at, name in enumerate(names) if name.start >= after.end), None)
    if right is None or any(other.units and other.start < names[right].start for other in quantities[last + 1 :]):
        return None
    gap = folded[after.end : names[right].end if names[right].bare else names[right].start]
    others = any(given(names[right], folded, other.start) for other in quantities[last + 1 :] if other.start >= names[right].end)
    return right if _THEN_GIVES.fullmatch(gap) and not others else None


def of_the_party(decade: re.Match[str], folded: str, at: int, end: int) -> bool:
    """Whether years are those of a badge of the Party: "1 đồng chí 70 năm, 3 đồng chí 60 năm và 9 đồng chí 30 năm tuổi Đảng"."""
    return "tuổi đảng" in decade[0] or _OF_PARTY.match(folded, at, end) is not None
