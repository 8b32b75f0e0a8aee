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
_CONSISTS = re.compile(r"(?<!\w)(?:hội đồng|ban|tổ|tiểu ban)(?!\w)[^.;:\d]{0,60}(?<!\w)gồm(?: có)? $")
_OF = re.compile(r"(?: ?\([^()]{1,60}\))?[^,;.:\d()]{0,40} của ")
_MOSTLY = re.compile(r"\((?:phần lớn|đa số|hầu hết|chủ yếu)(?!\w)[^()]*$")  # "95 học sinh (phần lớn là học sinh đoạt giải …)"
_OF_PEOPLE = (
    "emulation_fighter",
    "advanced_worker",
    "excellent_labor_collective",
    "advanced_labor_collective",
    "labor_order",
)  # no idea gets these
_FALLEN = re.compile(r"(?: người)? con(?: trai| gái| đẻ| ruột)?(?: đều)? (?:là )?(?:liệt sĩ|hi sinh)(?!\w)")  # "có 02 con là liệt sĩ"
_MARTYRS = re.compile(r" liệt sĩ(?! (?:được|vinh dự))(?!\w)")
_OF_FAMILY = re.compile(r"(?<!\w)(?:gia đình|ông|bà|mẹ|cụ)(?: [^\W\d_]+){1,8},? (?:có|với) $")  # "cho gia đình bà Mẫn có 3 liệt sĩ"
_KIN = re.compile(r" (?:người con|đứa con|cô con|cậu con|con|anh em|chị em|anh chị em)(?!\w)")
_HAS_KIN = re.compile(r"(?<!\w)(?:gia đình|nhà|sinh|sinh hạ|nuôi|đẻ|mẹ của|bố của|cha của)(?: [^\W\d_]+)?(?: có| được)? $")
_TO_THEM = re.compile(r"(?: [^\W\d_]+){0,3} cho (?:các )?")  # "truy tặng Bằng khen cho 3 cán bộ hi sinh": they get it
# "một em | đang chới với giữa dòng", "3 học sinh | bị đuối nước"
_DANGER = re.compile(
    rf"(?: (?:này|đó|khác|nữa|lớn|già|nhỏ|lớn tuổi|đã|đang|vẫn|cũng|không may|bất ngờ|có nguy cơ|bị|gặp)){{0,3}} (?:{any_of(LEXICON['danger'])})(?!\w)"
)
_VICTIM = re.compile(r" (?:nạn nhân|thi thể|xác chết)(?!\w)")
_MAKES = re.compile(r"(?<!\w)làm $")  # "làm một người công dân tốt"
_SAVES = re.compile(r"(?<! bị) (?:cứu|cứu sống|cứu thoát|cứu được|vớt|giải cứu|cứu giúp|bắt|bắt giữ|khống chế)(?!\w)(?! nạn| hộ| thương)")
_SAVED = re.compile(r"(?<!\w)(?:cứu|cứu sống|cứu thoát|vớt|giải cứu)(?: được)?(?: sống)? $")  # who saved them gets the award
_OBJECT = re.compile(rf"{WORD['done_to']} (?:được )?$")

_CHILDREN = re.compile(r" (?:người )?con(?: trai| gái| đẻ| ruột)?(?!\w)")  # "mẹ có 2 con là liệt sĩ, được phong tặng danh hiệu": the mother
_OVERCOME = re.compile(r"(?<!\w)(?:vượt qua|vượt lên|đánh bại|,? nơi(?: đang)? có)(?: hơn| gần| trên)? $")
_GROWN = re.compile(r"(?<!\w)lên (?:tới|đến|thành)(?: hơn| gần| trên)? $")  # "số hội viên lên tới 1.500 người, …, được tặng": the society
# "Với sự góp sức của 300 hội viên, Hội được tặng": the society
_FRONTED = re.compile(r"(?:[^,;:]{1,40}, )?(?:với|nhờ|bằng|trước|từ|qua|trong|sau)(?!\w)[^,;:]{0,150}")
_ANOTHER_GETS = re.compile(
    r"[^,;:\d]{0,80}, (?!(?:(?:đã|vừa|vinh dự|cũng|đều|lần lượt|cùng|tất cả) ){0,2}(?:được|nhận|đạt|đón) )[^,;:\d]{2,80}(?<!\w)(?:được|đón nhận|nhận|đạt)(?!\w)[^,;:]{0,60}"
)
_TAUGHT = re.compile(
    r"(?<!\w)(?:bồi dưỡng|hướng dẫn|huấn luyện|dạy|đào tạo|ôn luyện|phụ trách|kèm cặp|dẫn dắt|có) (?:[^\W\d_]+ ){0,3}?(?:học sinh|sinh viên|thí sinh|vận động viên|vđv|đội tuyển|học trò|hs)(?!\w)[^,;.:\d]{0,30}$"
)
_JUDGES = re.compile(r" (?:thành viên )?(?:hội đồng|giám khảo|ban giám khảo)(?! (?:nhân dân|quản trị|đội))(?!\w)")
_PROMOTED = re.compile(rf"(?<!\w)(?:{any_of(LEXICON['promotes'])})(?!\w)[^.;:\d]{{0,40}}$")
_THEN_GETS = re.compile(r"(?:(?!(?<!\w)(?:được|đạt|đoạt|giành)(?!\w))[^,])*,.*")
# "Ông chỉ huy 200 chiến sĩ đánh đồn, được tặng", "công ty có 350 công nhân, nhiều năm liền nhận": he, and the company
_LED = re.compile(rf"(?<!\w)(?:{any_of(LEXICON['leads'])})(?: (?:được|cho|hơn|gần|trên|khoảng))* $")
_FOR_YEARS = re.compile(
    r"[^,;:]{0,80}, (?:nhiều|liên tục|hằng năm|hàng năm|năm nào cũng|từng|\w+ (?:năm|lần) (?:liền|liên tục|liên tiếp|được|nhận))(?!\w)"
)
_HAS = re.compile(r"(?<!\w)(?:có|thêm|với|chủ nhân của|đóng góp)(?: hơn| gần| trên)? $")


def asides(quantities: Sequence[Quantity], names: Sequence[Name], folded: str, start: int, end: int) -> list[Quantity]:
    """The numbers of a sentence that count nobody who gets an award."""
    found = [
        suffers(quantity, names, folded, start, end)
        or is_board(quantity, folded, start)
        or is_kin(quantity, folded, start)
        or is_within(index, quantities, folded, start)
        for index, quantity in enumerate(quantities)
    ]
    for at in (*range(1, len(found)), *range(len(found) - 2, -1, -1)):  # "cứu một em nhỏ và một người lớn": both, told before or after
        for beside in (at - 1, at + 1):
            if 0 <= beside < len(found) and found[beside] and quantities[at].one and quantities[at].units == quantities[beside].units:
                first, second = sorted((at, beside))
                found[at] |= JOIN.fullmatch(folded, quantities[first].end, quantities[second].start) is not None
    return [quantity for quantity, aside in zip(quantities, found, strict=True) if aside]


def is_board(quantity: Quantity, folded: str, start: int) -> bool:
    """Whether those counted are the members of a leading body: "hội đồng xét giải (gồm 5 người)"."""
    return quantity.units == (Unit.OFFICIAL,) and _CONSISTS.search(folded, max(start, quantity.start - 80), quantity.start) is not None


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
    if not quantity.units or Unit.AWARD in quantity.units or any(_TO_THEM.fullmatch(folded, name.end, quantity.start) for name in names):
        return False
    before = folded[max(start, quantity.start - 30) : quantity.start]
    if _SAVED.search(before):
        return True
    saved = _SAVES.search(folded, quantity.end, min(end, quantity.end + 25))  # "4 ngư dân cứu 12 người gặp nạn"
    lost = _LOSS.search(folded, quantity.number_end, saved.start() if saved else min(end, quantity.end + 25)) or _DANGER.match(
        folded, quantity.end, end
    )
    if lost and any(name.start >= lost.end() and _GETS_STILL.fullmatch(folded, lost.end(), name.start) for name in names):
        return False
    if quantity.one and _MAKES.search(folded, max(start, quantity.start - 8), quantity.start):
        return _LOSS.search(folded, quantity.number_end, min(end, quantity.end + 25)) is not None
    if quantity.one and _VICTIM.match(folded, quantity.number_end, end):
        return True
    return bool(lost or _OBJECT.search(before))


def of_another(quantity: Quantity, right: Name, folded: str, start: int) -> bool:
    """Whether somebody else gets the award, who has those or surpassed them: "có 9 sáng kiến, được tặng", "vượt qua 86 hồ sơ"."""
    before = folded[max(start, quantity.start - 25) : quantity.start]
    gap = folded[quantity.end : right.start]
    if _MOSTLY.search(gap) or (
        quantity.units == (Unit.INITIATIVE,)
        and (right.type in _OF_PEOPLE or (right.type != "contest_prize" and before.endswith("tác giả của ")))
    ):
        return True
    if right.type == "heroic_mother" and _CHILDREN.match(folded, quantity.number_end):
        return True
    if right.type == "letter_of_commendation" and gap.endswith((" có ", " gửi ")) and "được" not in gap:
        return True  # "…, Bộ trưởng đã có thư khen"
    if _JUDGES.match(folded, quantity.number_end):
        return True
    if _FRONTED.fullmatch(folded, start, quantity.start) and _ANOTHER_GETS.fullmatch(gap):
        return True
    if right.type == "contest_prize" and (_PROMOTED.search(folded, max(start, quantity.start - 60), quantity.start) or _TAUGHT.search(gap)):
        return True  # "thăng quân hàm cho 2 đồng chí có công trình đạt giải", "4 giáo viên bồi dưỡng học sinh đoạt giải"
    had = (
        _GROWN.search(before)
        or _LED.search(before)
        or (_HAS.search(before) and _FOR_YEARS.match(gap))
        or (quantity.units == (Unit.INITIATIVE,) and _HAS.search(before))
    )
    return bool(_OVERCOME.search(before)) or bool(had and _THEN_GETS.fullmatch(gap))
