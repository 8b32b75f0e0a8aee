"""Which award a number counts: "tặng Cờ cho 5, Bằng khen cho 12 tập thể và 30 cá nhân".

Each number takes the award right after it, else the nearest on its left that is given to it, else the one on its
right that it gets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.award_words import Name
from extract.binding_around import DECADE, DECADE_HAS, DECADES, PRAISING, at_ceremony, deeds_of, in_brackets, of_the_party, own_award
from extract.binding_asides import asides, of_another
from extract.binding_bare import borrowed, is_item, of_class, summed
from extract.binding_gaps import (
    AMONG,
    CASES,
    JOIN,
    LEXICON,
    PERSONAL,
    TO,
    by_way_of,
    each_gets,
    gets,
    gets_alike,
    given,
    given_later,
    gives_else,
    listed,
    listed_bodies,
    loosely,
    of_them,
    shared,
    told_apart,
    without_title,
)
from extract.numbers import parse
from extract.quantities import Quantity
from extract.words import any_of
from schemas.vocabulary import Unit

_HELD = re.compile(rf' *(?:(?:{any_of(LEXICON["classifiers"])}) |"|tập thể (?=đơn vị quyết thắng))*"?')
_AT_ONCE = re.compile(r"(?: [^\W\d_]+){0,2}? (?:được|vinh dự)(?!\w)")
# "Đối với danh hiệu …, có 12/15 cá nhân"
_TOPIC = re.compile(r'(?:[-–+*•] *)?(?:(?:riêng|đối với|về|với|danh hiệu|đối với danh hiệu|riêng danh hiệu|về danh hiệu) *)*"?')
# "3 | Bằng khen của Bộ Y tế | 12 tập thể | 5 cá nhân": a row of a table
_ROW_HEAD = re.compile(r"(?:\d{1,3}\.? ?\| ?)?(?:danh hiệu )?[\"“]?")
_ROW_GAP = re.compile(r"[\"”]?(?: (?:của|cấp) [^|;:\d]{1,80}?)? ?\| ?(?:\d[\d.]* [^|\d]{1,30}\| ?)*")
_TOPIC_GAP = re.compile(
    r'["” ]*(?: của [^,;.:\d]{1,60}?(?= xét|,|:))?[,:]? *(?:(?:hội đồng|ubnd|sở|ban|cụm|khối)(?: [^\W\d_]+){0,5}? )?(?:(?:có|gồm|được trao cho|thuộc về|trao cho|tặng|xét|xét tặng|chỉ xét|thống nhất|nhất trí|đã|đề nghị|trình|công nhận|suy tôn|bỏ phiếu|chọn|bình chọn|xét chọn) *)+'
)
_ONE_OF = re.compile(r"(?<!\w)(?:một|1) trong (?:số |những |tổng số )?$")  # "là một trong 40 thợ giỏi và nhận …": one of them gets it
_MORE = re.compile(r"(?:,| và) (?:đã |vừa |từng |cũng |vinh dự |được |là )*(?:được|nhận|vinh dự|đạt|đoạt|giành|có|tặng)(?!\w)")
# "một trong 70 gương được tuyên dương, tặng Bằng khen"
_ALL_GET = re.compile(r"[^,;]{0,60}? được (?:[^\W\d_]+ ){0,6}?(?:tuyên dương|biểu dương|tôn vinh|vinh danh|khen thưởng)(?:,| và) ")
_HONOURS = re.compile(
    r"[\"']?(?: năm \d{4}| lần (?:thứ )?\w{1,5})?,? (?:đã |sẽ |cũng )?(?:tôn vinh|vinh danh|thuộc về|được trao cho)(?: được)?(?: các| cho)? *$"
)
_AMONG_WINNERS = re.compile(
    r" *trong (?:số |tổng số )?(?:các |những )?(?:\d[\d.]* )?(?:tập thể|cá nhân|trường hợp|người|đơn vị|đồng chí|hộ|gia đình)(?!\w)"
)
_GETS_IT = re.compile(r"(?<!\w)(?:được|nhận|đạt)(?!\w)")
_SOME = re.compile(r"[^,;.:\d]{0,60}(?:, (?:[^;.:\d]{0,40} (?:\d{1,2}(?:(?:,| và) \d{1,2}){1,6} )?)?| )có ")
_GOT_BY = re.compile(r"[^,;:.\d]{0,60}(?<!\w)(?:có|còn có|gồm|gồm có|là) *$")
_GETTING = re.compile(
    r" *(?:[-–+•*] *)?(?:cùng |cũng )?(?:vinh dự )?(?:được )?(?:nhận|tặng|trao|trao tặng|tặng thưởng|đón nhận|tặng danh hiệu|nhận danh hiệu) *$"
)
_NEAR = re.compile(r"[^,;:()]*(?:,? và [^,;:()]*)?")
_HAD = re.compile(r"(?:(?<!\w)(?:được|nhận|tặng|trao|có|đạt|giành|đoạt|thêm|gồm|và|mang về)|:) *$")
_GOES = re.compile(r"[\"']? (?:khác )?(?:thuộc về|được trao|được tặng|dành cho)(?!\w)")  # "Một giải Nhì thuộc về …"
_NOT_ONE = re.compile(r"(?<!\w)(?:không|chẳng|chưa)(?: hề)?(?: có| được| nhận| cần){0,2} $")  # "chẳng có một tấm bằng khen nào"
_WON = re.compile(r"(?<!\w)(?:đạt|đoạt|giành) (?:được )?(?:giải )?$")


# "phụng dưỡng 8 Mẹ Việt Nam anh hùng"
_CARED_FOR = re.compile(r"(?<!\w)(?:phụng dưỡng|chăm sóc|thăm|thăm hỏi|tặng quà|tri ân|đỡ đầu)(?: cho)?(?: các)? $")
_ASKED = re.compile(r"(?<!\w)(?:đề nghị|trình|giới thiệu|chọn|xét chọn|bình chọn|lựa chọn|bình xét)(?: được)?(?: tối đa| không quá)? $")
_TO_GET = re.compile(
    r" (?:tiêu biểu |xuất sắc )?(?:để )?(?:đề nghị )?(?:được )?(?:(?:cấp trên|ubnd [^\W\d_]+|chủ tịch ubnd [^\W\d_]+) )?(?:xét )?(?:tặng|khen tặng|tặng thưởng|trao tặng|nhận|công nhận)(?: danh hiệu)?[ \"]+"
)
_GIVEN_MORE = re.compile(r"(?<!\w)(?:trình|đề nghị|tặng|trao|công nhận|xét|truy tặng|phong tặng)(?: tặng)? thêm(?: cho)? $")
_MOTHER = re.compile(r" (?:bà )?mẹ(?!\w)(?! (?:nghèo|đơn thân|bầu|con))")
_CERTIFICATES = ("certificate_of_merit", "certificate_of_commendation")
_FOR_PRIZES = (*_CERTIFICATES, "labor_order", "letter_of_commendation", "insignia")  # given to those who won
_TO_NAMED = re.compile(r" cho [^,;.:]{1,60}?(?:,| và| cùng) ")
_OTHERS = re.compile(r" (?:khác|nữa|còn lại)(?: (?:là|gồm|ở|tại|thuộc)(?!\w)| ?(?:[,;:.]|$))")
_WEAK = re.compile(r" (?:tiêu biểu|triển vọng)(?: (?:toàn|cấp|trong) [^\W\d_]+)?$")  # titles that may only tell who gets another award
_OF_BODY = re.compile(r"(?: (?!(?:được|bị|đã|là|có|và|cho|trong)(?!\w))[^\W\d_]+){1,7}(?:,| và|, và| cùng| cùng với) ")
_PEOPLE = frozenset((Unit.PERSON, Unit.OFFICIAL, Unit.INDIVIDUAL, Unit.WORKER))
_HELD_BY = re.compile(
    r"[\"']?(?: năm \d{4}| cấp [^\W\d_]+)? (?:của|đối với|với) (?:cả )?"
)  # "thu hồi danh hiệu Chiến sĩ thi đua của 3 lãnh đạo"
_ALONGSIDE = re.compile(r" (?:cùng|cùng với|với) ")
_FOR_WHICH = re.compile(r"[^;.:,\d]{0,120}(?<!\w)được [^;.:\d]{1,100} (?:tặng|trao|trao tặng|tặng thưởng) ")
_PEOPLE_NAMED = re.compile(r"[^.;:\n]{0,120}(?::| là| gồm) ?(?:- ?)?(?:ông|bà|cụ|mẹ|anh|chị|em|cháu|đồng chí|đ/c|liệt sĩ)(?!\w)")


class Bound(NamedTuple):
    """A number with its units and the award it counts, as an index into the names of its sentence."""

    quantity: Quantity
    units: tuple[Unit, ...]
    end: int  # of the counted phrase with the award's name
    award: int | None
    several: bool = False  # it counts several kinds together
    classless: bool = False  # it counts one kind in several classes: "15 giải Nhất, Nhì"
    rule: str = "noun"  # "item": no count, but the first of those who get the award, "Bằng khen: 1. Ông A"


def bind(quantities: Sequence[Quantity], names: Sequence[Name], folded: str, start: int, end: int) -> tuple[Bound, ...]:
    """The numbers of one sentence that count people, bodies or awards, each with its award."""
    found: list[Bound] = []
    quantities = [without_title(quantity, names, folded) for quantity in quantities]
    aside = asides(quantities, names, folded, start, end)
    rest = [quantity for quantity in quantities if quantity not in aside]
    binder = Binder(rest, names, folded, start, end)
    for index, quantity in enumerate(rest):
        held = _held(quantity, names, folded)
        if held is not None and not _gets_another(held, names, folded, end):
            found.append(held)
            continue
        if any(name.start < quantity.number_end and quantity.number < name.end for name in names):
            continue  # the number stands inside a name: "Huy hiệu 75 năm tuổi Đảng"
        item = is_item(quantity, names, folded, start)
        if (own := summed(quantity, names, folded)) is not None:
            rule = "item" if item else "sum"
            found.append(Bound(quantity._replace(start=quantity.number), (names[own].unit,), quantity.end, own, rule=rule))
        if own is not None or item:
            continue
        units = quantity.units or borrowed(index, rest)
        if not units and (classed := of_class(index, rest, names)) is not None:
            found.append(Bound(quantity, classed[0], quantity.end, classed[1], rule="classed"))
            continue
        award, sure = binder.award_of(index)
        if (
            award is not None
            and quantity.units == (Unit.OTHER,)
            and (case := CASES.search(folded, quantity.number_end, quantity.end))
            and (names[award].type in PERSONAL or _PEOPLE_NAMED.match(folded, case.end(), end))
        ):
            units = (Unit.PERSON,)  # "2 trường hợp" of a title that only people get, or who are named
        if not units:
            continue
        none = quantity.one and _NOT_ONE.search(folded, max(0, quantity.start - 25), quantity.start)
        if none or (quantity.one and not sure and not binder.beside_another(index)):
            continue
        several, classless = shared(award, names, folded, quantity) if award is not None and quantity.units else (False, False)
        found.append(Bound(quantity, units, quantity.end, award, several, classless, quantity.form))
    found += [Bound(quantity, quantity.units, quantity.end, None, rule="aside") for quantity in aside]
    return tuple(sorted(found, key=lambda bond: bond.quantity.start))


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
    if name.type == "heroic_mother" and quantity.units and _CARED_FOR.search(folded, max(0, quantity.start - 25), quantity.start):
        return None
    if name.type == "award_unspecified" and name.bare and "hình thức" not in folded[name.start : name.end]:
        return None
    if quantity.one and _NOT_ONE.search(folded, max(0, quantity.start - 25), quantity.start):
        return None
    if quantity.one and not (
        _HAD.search(folded, max(0, quantity.start - 12), quantity.start)
        or _GOES.match(folded, name.end)
        or (here[0] and JOIN.fullmatch(folded, names[here[0] - 1].end, quantity.start))  # "3 huy chương vàng, một huy chương bạc"
    ):
        return None  # "một tờ giấy khen không đáng là bao"
    others = [] if parse(folded[quantity.number : quantity.number_end]) == 1 else _one_of_many(here, names, folded)
    several = any(other.type != name.type for other in others)
    units = (
        quantity.units if several and name.type == "heroic_mother" and quantity.units else (name.unit,)
    )  # "300 bà mẹ Việt Nam anh hùng, anh hùng"
    return Bound(quantity, units, name.end, here[0], several, bool(others) and not several, "award")


def _gets_another(held: Bound, names: Sequence[Name], folded: str, end: int) -> bool:
    """Whether those with a title get another award: "tặng Giấy khen cho 12 gia đình văn hóa", "10 gương mặt trẻ tiêu biểu (nhận bằng khen)"."""
    weak = held.award is not None and _WEAK.search(folded, names[held.award].start, names[held.award].end) is not None
    if held.award is None or not (weak or held.units in ((Unit.HOUSEHOLD,), (Unit.PERSON,))) or held.units[0] not in held.quantity.units:
        return False
    if weak and in_brackets(names[held.award].end, end, names, folded):
        return True
    left = next((name for name in reversed(names[: held.award]) if name.end <= held.quantity.start), None)
    if left is None or left.bare or not (weak or left.type in _CERTIFICATES):
        return False
    gap = folded[left.end : held.quantity.start]
    return bool(TO.search(gap)) and ";" not in gap


def _one_of_many(here: Sequence[int], names: Sequence[Name], folded: str) -> list[Name]:
    """The other kinds that one number counts: "36 bằng khen, giấy khen", "15 giải Nhất, Nhì"."""
    if len(here) > 1:
        return [names[index] for index in here[1:]]
    index = here[0]
    same = [name for name in names[index + 1 :] if name.start == names[index].start]
    following = next((name for name in names[index + 1 :] if name.start >= names[index].end), None)
    if same or following is None or following.elliptic:
        return same
    joined = re.fullmatch(r" *(?:,|và|/|hoặc) *", folded[names[index].end : following.start])
    own = re.match(r"[^,;.]{0,50}? cho +\d", folded[following.end : following.end + 60])
    return [following] if joined and not own else []


class Binder:
    """Finds the award that the counted ones of a sentence get, from left to right."""

    def __init__(self, quantities: Sequence[Quantity], names: Sequence[Name], folded: str, start: int, end: int) -> None:
        self.quantities, self.names, self.folded, self.start, self.end = quantities, names, folded, start, end
        self.taken: dict[int, int | None] = {}
        self.got: set[int | None] = set()  # the awards that some get already
        self.last = list(range(len(quantities)))  # of each quantity, the last one of the list that it stands in
        apart = told_apart(quantities, folded, start)
        for at in reversed(range(len(quantities) - 1)):
            last, next_ = quantities[at].end, quantities[at + 1].start
            if any(last <= name.start < next_ for name in names):
                continue  # "7 cá nhân được Huân chương Lao động hạng Ba, 3 tập thể được Bằng khen"
            gap = folded[last:next_]
            unlike = ";" in gap and (
                quantities[at].units == (Unit.INITIATIVE,) != quantities[at + 1].units
                or folded.startswith(" khác", quantities[at + 1].end)
                or PRAISING.search(folded, max(start, quantities[at].start - 40), quantities[at].start)
            )
            alike = not unlike and (listed(gap) or listed_bodies(quantities[at], gap))
            if alike and at not in apart and not of_them(quantities[at], quantities[at + 1], folded):
                self.last[at] = self.last[at + 1]

    def award_of(self, index: int) -> tuple[int | None, bool]:
        """The index of the award, and whether words of giving or getting say so."""
        award, sure = self._award_of(index)
        self.taken[index] = award
        self.got.add(award)
        return award, sure

    def _award_of(self, index: int) -> tuple[int | None, bool]:
        quantity, names, folded = self.quantities[index], self.names, self.folded
        if (own := self._own_class(quantity)) is not None:
            return own, True
        left = self._left(index)
        if left is not None and gives_else(folded[names[left].end : quantity.start], left in self.got):
            left = None
        among = left is not None and bool(AMONG.search(folded, names[left].end, quantity.start))
        right = gets(self.last[index], self.quantities, names, folded)
        if (
            left is not None
            and left in self.got
            and right not in (None, left)
            and _ALONGSIDE.fullmatch(folded, names[left].end, quantity.start)
        ):
            left = None  # "15 thí sinh giải Nhì cùng 220 thí sinh đạt giải Ba"
        if left is not None and not (among and right is not None) and given(names[left], folded, quantity.start):
            if right is not None and own_award(names[left], names[right], self.quantities[self.last[index]], folded):
                return right, True
            return by_way_of(left, self.last[index], self.quantities, names, folded), True
        if left is not None and (
            self._is_topic(left, quantity)
            or gets_alike(names[left], folded, quantity, self.end)
            or self._got_by(left, quantity)
            or self._of_winners(left, quantity)
            or _HONOURS.match(folded, names[left].end, quantity.start)
            or (not quantity.one and set(quantity.units) <= _PEOPLE and _HELD_BY.fullmatch(folded, names[left].end, quantity.start))
            or self._mothers(left, quantity)
        ):
            return left, True
        if (other := self._others(index)) is not None:
            return other, True
        if (
            left is not None
            and right is None
            and at_ceremony(names[left], quantity, self.quantities[self.last[index]], folded, self.start, self.end)
        ):
            return left, True
        if right is not None:
            right = self._got_for(right)
        decade = self._decade(quantity)
        if decade is not None:
            return decade, True
        link = folded[self.quantities[index - 1].end : quantity.start] if index else ""
        chained = self.taken.get(index - 1) if index and JOIN.fullmatch(link) else None
        if (
            right is not None
            and quantity.one
            and (names[right].start - quantity.end > 60 or not _NEAR.fullmatch(folded, quantity.end, names[right].start))
        ):
            right = None  # "một xã vùng cao, … có nhiều bằng khen" only introduces
        if (
            right is not None
            and _ONE_OF.search(folded, max(self.start, quantity.start - 20), quantity.start)
            and _MORE.search(folded, quantity.end, names[right].start)
            and not _ALL_GET.match(folded, quantity.end, names[right].start)
        ):
            right = None
        if right is not None and of_another(quantity, names[right], folded, self.start):
            right = None
        if right is None:
            right = self._asked_for(index)
        if right is not None and left is not None and names[right].type == "contest_prize" and self._beside_named(left, quantity):
            return left, True
        anew = right is not None and (chained != left or ";" in link or _AT_ONCE.match(folded, quantity.end, self.end))
        if right is not None and (chained is None or anew or self._titled(index, right)):
            return right, True
        if chained is not None:
            return chained, True
        each = each_gets(quantity, names, folded)
        each = deeds_of(index, self.last[index], self.quantities, names, folded, self.start) if each is None else each
        if each is not None:
            return each, True
        if left is not None and _GIVEN_MORE.search(folded, max(self.start, quantity.start - 25), quantity.start):
            return left, True
        if left is not None and loosely(index, left, self.quantities, names, folded, self.taken):
            return left, False
        later = given_later(quantity, self.quantities[self.last[index]], names, folded, self.start)
        return later, later is not None

    def _left(self, index: int) -> int | None:
        """The nearest award before the number; a prize that others counted before it had won is none: "3 em đạt giải Nhất và 2 thầy"."""
        at = self.quantities[index].number if self.quantities[index].form == "noun_before" else self.quantities[index].start
        for left in reversed([at_ for at_, name in enumerate(self.names) if name.end <= at]):
            name = self.names[left]
            winners = [
                other
                for other, award in self.taken.items()
                if award is not None and award != left and self.names[award].end <= self.quantities[other].start <= name.start
            ]
            if self.folded.endswith(" cho ", name.end, at) and ";" not in self.folded[name.end : at]:
                return left  # "trao giải Nhì Hội thi … cho 2 thí sinh"
            if not (name.type == "contest_prize" and winners and (name.start == self.names[left - 1].start or self._won(name))):
                return left
        return None

    def _won(self, name: Name) -> bool:
        return bool(_WON.search(self.folded, max(self.start, name.start - 20), name.start)) or self.folded.startswith(
            ("giải", "nhì", "ba"), name.start
        )

    def _is_topic(self, left: int, quantity: Quantity) -> bool:
        """Whether the sentence is about the award that it begins with, of which the number tells how many have it."""
        name = self.names[left]
        if _ROW_HEAD.fullmatch(self.folded, self.start, name.start) and _ROW_GAP.fullmatch(self.folded, name.end, quantity.start):
            return True
        return bool(_TOPIC.fullmatch(self.folded, self.start, name.start) and _TOPIC_GAP.fullmatch(self.folded, name.end, quantity.start))

    def _of_winners(self, left: int, quantity: Quantity) -> bool:
        """ "Trong số các tập thể được tặng Bằng khen, khối xã có 29 đơn vị": the sentence begins with those who get it."""
        name = self.names[left]
        begins = _AMONG_WINNERS.match(self.folded, self.start, name.start)
        return bool(
            begins and _GETS_IT.search(self.folded, begins.end(), name.start) and _SOME.fullmatch(self.folded, name.end, quantity.start)
        )

    def _got_by(self, left: int, quantity: Quantity) -> bool:
        """ "Cùng nhận Bằng khen đợt này còn có 12 cá nhân": the sentence begins with what they get."""
        name = self.names[left]
        return bool(_GETTING.fullmatch(self.folded, self.start, name.start) and _GOT_BY.fullmatch(self.folded, name.end, quantity.start))

    def _beside_named(self, left: int, quantity: Quantity) -> bool:
        """ "Bằng khen cho tập thể lớp 12A và 4 học sinh đoạt giải Nhất": the certificate, for which they had won."""
        return self.names[left].type in _CERTIFICATES and _TO_NAMED.fullmatch(self.folded, self.names[left].end, quantity.start) is not None

    def _own_class(self, quantity: Quantity) -> int | None:
        """ "Huân chương Độc lập (2 gia đình hạng Nhất, …)": the class right after those who get it."""
        return next((at for at, name in enumerate(self.names) if name.elliptic and name.start == quantity.end + 1), None)

    def _asked_for(self, index: int) -> int | None:
        """ "được đề nghị 2 tập thể và 3 cá nhân tặng Bằng khen": those for whom it is asked."""
        last = self.quantities[self.last[index]]
        right = next((at for at, name in enumerate(self.names) if name.start >= last.end and not name.bare), None)
        quantity, folded = self.quantities[index], self.folded
        asked = right is not None and _ASKED.search(folded, max(self.start, quantity.start - 30), quantity.start)
        return right if asked and right is not None and _TO_GET.fullmatch(folded, last.end, self.names[right].start) else None

    def _mothers(self, left: int, quantity: Quantity) -> bool:
        """ "…; hiện còn 9 mẹ", "cho mẹ A và thân nhân của 63 mẹ": who are called so have the title, but for those who are visited."""
        called = self.names[left].type == "heroic_mother" and _MOTHER.match(self.folded, quantity.number_end)
        return bool(called) and not _CARED_FOR.search(self.folded, max(self.start, quantity.start - 25), quantity.start)

    def _decade(self, quantity: Quantity) -> int | None:
        """ "1 đồng chí Huy hiệu 65 năm, 4 đồng chí 55 năm": the badge of the Party, by its years alone."""
        start = max(self.start, quantity.start - DECADE)
        told = DECADES.match(self.folded, quantity.end, self.end) or DECADE_HAS.search(self.folded, start, quantity.start)
        people = set(quantity.units) <= {Unit.PERSON, Unit.OFFICIAL, Unit.INDIVIDUAL}
        badges = [at for at, name in enumerate(self.names) if name.type == "insignia"] if told and people else []
        of_party = told is not None and (
            of_the_party(told, self.folded, quantity.end, self.end) or "năm tuổi đảng" in self.folded[self.start : quantity.start]
        )
        return next((at for at in badges if self.names[at].end <= quantity.start or of_party), None)

    def _others(self, index: int) -> int | None:
        """ "3 tập thể được tặng Bằng khen là …; 2 tập thể khác là …": what those before them get."""
        quantity = self.quantities[index]
        if not index or not _OTHERS.match(self.folded, quantity.end, self.end):
            return None
        return self.taken.get(index - 1) if self.quantities[index - 1].units == quantity.units else None

    def _got_for(self, right: int) -> int:
        """ "31 học viên đạt giải Nhất hội diễn được UBND tỉnh tặng Bằng khen": what they get for the prize; else the same award."""
        names = self.names
        following = next((at for at in range(right + 1, len(names)) if names[at].type != "contest_prize"), None)
        if names[right].type != "contest_prize" or following is None or names[following].type not in _FOR_PRIZES:
            return right
        return following if _FOR_WHICH.fullmatch(self.folded, names[following - 1].end, names[following].start) else right

    def _titled(self, index: int, right: int) -> bool:
        """ "tặng Cờ thi đua cho 93 tập thể, 19 đơn vị đạt Tập thể lao động xuất sắc": of bodies beside others a title that they alone have."""
        before, quantity = self.quantities[index - 1], self.quantities[index]
        gap = self.folded[before.end : quantity.start], self.folded[quantity.end : self.names[right].start].rstrip('"“ ')
        bodies = before.units == (Unit.COLLECTIVE,) and quantity.units in ((Unit.UNIT,), (Unit.COLLECTIVE,), (Unit.ENTERPRISE,))
        return bodies and gap[0] == ", " and gap[1] in (" đạt", " đạt danh hiệu") and self.names[right].type.endswith("_collective")

    def beside_another(self, index: int) -> bool:
        """ "một tập thể và hai cá nhân", "hai lãnh đạo Tỉnh ủy, một nguyên phó ban": a number on either side that is no bare "một"."""
        pairs = [(self.quantities[at], self.quantities[at + 1]) for at in (index - 1, index) if at >= 0 and at + 1 < len(self.quantities)]
        return any(self._joined(first, second) and not (first.one and second.one) for first, second in pairs)

    def _joined(self, first: Quantity, second: Quantity) -> bool:
        in_office = first.units == second.units == (Unit.OFFICIAL,) and _OF_BODY.fullmatch(self.folded, first.end, second.start)
        return bool(in_office or JOIN.fullmatch(self.folded, first.end, second.start))
