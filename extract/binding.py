"""Which award a number counts: "tặng Cờ cho 5, Bằng khen cho 12 tập thể và 30 cá nhân".

Each number takes the award right after it, else the nearest on its left that is given to it, else the one on its
right that it gets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.award_names import Name
from extract.quantities import Quantity
from schemas.vocabulary import Unit

_HELD = re.compile(r' *(?:lá |chiếc |tấm |danh hiệu |"|lượt |tập thể (?=đơn vị quyết thắng))*"?')
_JOIN = re.compile(
    r"(?: (?:tiêu biểu|xuất sắc|điển hình|tiên tiến|khác|có thành tích xuất sắc|có thành tích))* *(?:,|;|và|, và|cùng|cùng với|\+|&|-) *(?:có |cho |tặng )?(?:các |tập thể |cá nhân )?"
)
_GIVEN = re.compile(
    r"(?:(?<!\w)cho|đối với|tặng|(?<!\w)tới|:|gồm|như sau|thưởng|khen)[ :]*(?:cho |các |những |tập thể |cá nhân |đối với |gồm |là |có |tổng số |[-–+] )*$"
)
_TO = re.compile(r"(?<!\w)(?:cho|đối với)(?!\w)")
_GETS = re.compile(
    r"(?<!\w)(?:được|nhận|vinh dự|đạt|đoạt|giành|đón|là|có|xứng đáng|công nhận|đề nghị|trình|xét|phong tặng|bằng hình thức)(?!\w)"
)
_AMONG = re.compile(r"trong đó|trong số (?:đó|này)|gồm|bao gồm|cụ thể")
_OTHER_MATTER = re.compile(
    r"(?<!\w)(?:giúp|hỗ trợ|xây|thăm|phê bình|kỉ luật|thu hút|tạo việc|phát triển|kết nạp|hiến|vận động|tập huấn|tham gia|tham dự|dự|với sự|xử lí|bắt|cứu|gồm có|thành lập|phối hợp|tuyên truyền|biểu dương|tuyên dương|được|chết|bị)(?!\w)"
)
_BY_WAY_OF = re.compile(r"[^;.\d]{0,60}?(?<!\w)(?:với|bằng|kèm|gồm|hình thức|nhận|được tặng)(?!\w)[^;.\d]{0,40}$")
_GIVING = re.compile(r"(?<!\w)(?:tặng|trao|khen|thưởng|phong|công nhận|gửi)(?!\w)")
_LOSS = re.compile(r"(?<!\w)(?:chết|tử vong|bị thương|mất tích|thiệt mạng|hi sinh|trọng thương|tử nạn|bị nạn)(?!\w)")
_OBJECT = re.compile(
    r"(?<!\w)(?:làm|khiến|cứu|cứu sống|vớt|vớt được|bắt|bắt giữ|bắt được|truy bắt|giải cứu|sát hại|khởi tố|tạm giữ) (?:được )?$"
)
_AT_ONCE = re.compile(r" (?:[^\W\d_]+ ){0,2}?(?:được|vinh dự)(?!\w)")


class Bound(NamedTuple):
    """A number with its units and the award it counts, as an index into the names of its sentence."""

    quantity: Quantity
    units: tuple[Unit, ...]
    end: int  # of the counted phrase with the award's name
    award: int | None
    several: bool = False  # it counts several kinds together
    rule: str = "noun"


def bind(quantities: Sequence[Quantity], names: Sequence[Name], folded: str, start: int, end: int) -> tuple[Bound, ...]:
    """The numbers of one sentence that count people, bodies or awards, each with its award."""
    found: list[Bound] = []
    asides = [quantity for quantity in quantities if _suffers(quantity, folded, start, end)]
    rest = [quantity for quantity in quantities if quantity not in asides]
    binder = Binder(rest, names, folded, start, end)
    for index, quantity in enumerate(rest):
        held = _held(quantity, names, folded)
        if held is not None:
            found.append(held)
            continue
        if any(name.start < quantity.number_end and quantity.number < name.end for name in names):
            continue  # the number stands inside a name: "Huy hiệu 75 năm tuổi Đảng"
        if quantity.form in ("noun_before", "bare") and (total := _sum(quantity, names, folded)) is not None:
            found.append(total)
            continue
        units = quantity.units or _borrowed(index, rest)
        award, sure = binder.award_of(index)
        if not units:
            continue
        if quantity.one and not sure and not binder.beside_another(index):
            continue
        several = award is not None and quantity.units != () and _shared(award, names, folded, quantity)
        found.append(Bound(quantity, units, quantity.end, award, several, quantity.form))
    found += [Bound(quantity, quantity.units, quantity.end, None, False, "aside") for quantity in asides]
    return tuple(sorted(found, key=lambda bond: bond.quantity.start))


def _suffers(quantity: Quantity, folded: str, start: int, end: int) -> bool:
    """Whether those counted are victims or suspects, of whom nobody gets an award: "làm 3 người chết", "bắt giữ 4 nghi can"."""
    if not quantity.units or Unit.AWARD in quantity.units:
        return False
    return bool(
        _LOSS.search(folded, quantity.end, min(end, quantity.end + 25))
        or _OBJECT.search(folded, max(start, quantity.start - 30), quantity.start)
    )


def _held(quantity: Quantity, names: Sequence[Name], folded: str) -> Bound | None:
    """The award named right after the number, which is then what it counts: "71 cờ", "4 hạng II"."""
    after = _HELD.match(folded, quantity.number_end)
    at = after.end() if after else quantity.number_end
    here = [
        index
        for index, name in enumerate(names)
        if quantity.number_end <= name.start <= at or (Unit.AWARD in quantity.units and quantity.end <= name.start <= quantity.end + 2)
    ]
    if not here:
        return None
    name = names[here[0]]
    if name.type == "award_unspecified" and name.bare and "hình thức" not in folded[name.start : name.end]:
        return None
    shared = len(here) > 1 or _one_of_many(here[0], names, folded)
    units = (name.unit,)
    return Bound(quantity, units, name.end, here[0], shared, "award")


def _one_of_many(index: int, names: Sequence[Name], folded: str) -> bool:
    """Whether one number counts several kinds: "36 bằng khen, giấy khen"."""
    following = next((name for name in names[index + 1 :] if name.start >= names[index].end), None)
    if following is None or following.elliptic:
        return False
    return bool(re.fullmatch(r" *(?:,|và|/|hoặc) *", folded[names[index].end : following.start])) and not re.match(
        r"[^,;.]{0,50}? cho +\d", folded[following.end : following.end + 60]
    )


def _borrowed(index: int, quantities: Sequence[Quantity]) -> tuple[Unit, ...]:
    """The units of a number whose noun stands with another one."""
    quantity = quantities[index]
    if quantity.form == "waiting":
        return next((other.units[:1] for other in quantities[index + 1 :] if other.units), ())
    if quantity.form == "decided":
        return next((other.units for other in reversed(quantities[:index]) if other.units), ())
    return ()


def _sum(quantity: Quantity, names: Sequence[Name], folded: str) -> Bound | None:
    """ "Bằng khen UBND tỉnh: 5": a number alone behind an award and a colon or a table's bar."""
    index = max((at for at, name in enumerate(names) if name.end <= quantity.number and not name.bare), default=None)
    if index is not None and re.fullmatch(r"[^,;.:|]{0,60}[:|] *", folded[names[index].end : quantity.number]):
        return Bound(quantity._replace(start=quantity.number), (names[index].unit,), quantity.end, index, False, "sum")
    return None


class Binder:
    """Finds the award that the counted ones of a sentence get, from left to right."""

    def __init__(self, quantities: Sequence[Quantity], names: Sequence[Name], folded: str, start: int, end: int) -> None:
        self.quantities, self.names, self.folded, self.start, self.end = quantities, names, folded, start, end
        self.taken: dict[int, int | None] = {}

    def award_of(self, index: int) -> tuple[int | None, bool]:
        """The index of the award, and whether words of giving or getting say so."""
        award, sure = self._award_of(index)
        self.taken[index] = award
        return award, sure

    def _award_of(self, index: int) -> tuple[int | None, bool]:
        quantity, names, folded = self.quantities[index], self.names, self.folded
        left = max((at for at, name in enumerate(names) if name.end <= quantity.start), default=None)
        among = left is not None and bool(_AMONG.search(folded, names[left].end, quantity.start))
        if (
            left is not None
            and not (among and _gets(index, self.quantities, names, folded) is not None)
            and _given(names[left], folded, quantity.start)
        ):
            return _by_way_of(left, index, self.quantities, names, folded), True
        chained = self.taken.get(index - 1) if index and _JOIN.fullmatch(folded, self.quantities[index - 1].end, quantity.start) else None
        right = _gets(index, self.quantities, names, folded)
        if right is not None and (chained is None or chained != left or _AT_ONCE.match(folded, quantity.end, self.end)):
            return right, True
        if chained is not None:
            return chained, True
        if left is not None and _loosely(index, left, self.quantities, names, folded, self.taken):
            return left, False
        later = _given_later(quantity, names, folded, self.start)
        return later, later is not None

    def beside_another(self, index: int) -> bool:
        """ "một tập thể và hai cá nhân": a number on either side that is no bare "một"."""
        pairs = [(self.quantities[at], self.quantities[at + 1]) for at in (index - 1, index) if at >= 0 and at + 1 < len(self.quantities)]
        return any(_JOIN.fullmatch(self.folded, first.end, second.start) and not (first.one and second.one) for first, second in pairs)


def _given(name: Name, folded: str, at: int) -> bool:
    """Whether "cho", a colon or nothing at all leads from the award to the number."""
    gap = folded[name.end : at]
    if not gap.strip():
        return True
    given = _GIVEN.search(gap)
    return bool(given) and ";" not in gap and not re.search(r"(?<!\w)(?:đồng thời|phê bình|hỗ trợ|giúp)(?!\w)", gap)


def _by_way_of(left: int, index: int, quantities: Sequence[Quantity], names: Sequence[Name], folded: str) -> int:
    """ "khen thưởng 5 tập thể với hình thức Bằng khen": the award that "khen thưởng" stands for."""
    if not names[left].bare:
        return left
    following = next((at for at, name in enumerate(names) if name.start >= quantities[index].end and not name.bare), None)
    if following is not None and _BY_WAY_OF.fullmatch(folded, quantities[index].end, names[following].start):
        return following
    return left


def _gets(index: int, quantities: Sequence[Quantity], names: Sequence[Name], folded: str) -> int | None:
    """The award on the right of the number that a verb says it gets: "12 tập thể và 30 cá nhân được tặng Bằng khen"."""
    last = index
    while last + 1 < len(quantities) and _JOIN.fullmatch(folded, quantities[last].end, quantities[last + 1].start):
        last += 1
    right = next((at for at, name in enumerate(names) if name.start >= quantities[last].end), None)
    if right is None:
        return None
    between = [other for other in quantities[last + 1 :] if other.end <= names[right].start and other.units]
    head = folded[quantities[last].end : names[right].end]
    gap = folded[quantities[last].end : names[right].start]
    if between or ";" in gap or not _GETS.search(head if names[right].bare else gap):
        return None
    if re.search(r"(?<!\w)(?:trao|tặng) cho(?!\w)", gap):
        return None
    return right


def _loosely(
    index: int, left: int, quantities: Sequence[Quantity], names: Sequence[Name], folded: str, taken: dict[int, int | None]
) -> bool:
    """Whether the award on the left still holds: in a list of recipients with their merits, or after "trong đó"."""
    quantity, gap = quantities[index], folded[names[left].end : quantities[index].start]
    previous = index - 1
    if previous in taken and quantities[previous].start >= names[left].end:
        since = folded[quantities[previous].end : quantity.start]
        return taken[previous] == left and (bool(_AMONG.search(since)) or (not _OTHER_MATTER.search(since) and "." not in since))
    return bool(_AMONG.search(gap)) or (bool(_TO.search(gap)) and not _OTHER_MATTER.search(gap) and ";" not in gap)


def _given_later(quantity: Quantity, names: Sequence[Name], folded: str, start: int) -> int | None:
    """ "trao cho 5 tập thể Bằng khen": a verb of giving before the number, the award right after."""
    right = next((at for at, name in enumerate(names) if name.start >= quantity.end and not name.bare), None)
    if right is None or not _GIVING.search(folded, max(start, quantity.start - 40), quantity.start):
        return None
    gap = folded[quantity.end : names[right].start]
    return right if len(gap) < 80 and not re.search(r"[;.\d]|, ", gap) else None


def _shared(award: int, names: Sequence[Name], folded: str, quantity: Quantity) -> bool:
    """Whether the recipients get several kinds at once: "Cờ thi đua và Bằng khen cho 5 tập thể", "giải Nhất, Nhì, Ba cho 9 đội"."""
    name = names[award]
    if name.end > quantity.start:
        return False
    before = [
        other
        for other in names[:award]
        if not other.bare and (other.type, other.level, other.class_) != (name.type, name.level, name.class_)
    ]
    if not before:
        return False
    other = before[-1]
    if other.start == name.start:
        return True
    gap = folded[other.end : name.start]
    return bool(re.fullmatch(r" *(?:,|và|, và|/) *(?:danh hiệu )?", gap)) and other.end <= name.start
