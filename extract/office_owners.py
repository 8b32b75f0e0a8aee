"""Whose the offices are: what opens a name, what follows it, what a list shares."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from spacy.tokens import Doc

from extract.fold import fold
from extract.language import sentence_at
from extract.mentions import TO_NAME, Mention, office_after
from extract.offices import BETWEEN, Office, Offices

GLUE = re.compile(r" ?(?:[,;] ?|và |cùng |với |cùng với |\| )*(?:đồng chí |các đồng chí |ông |bà )?")
_FOR = re.compile(fold(r"(?:ủy quyền|ủy nhiệm|thừa lệnh|thay mặt)(?: của| cho)? $"))
# "Ông từng giữ chức", ", bà được bầu làm": a pronoun at the head of its clause, and what makes the office its own
_PRONOUN = re.compile(
    r"(?:^|[,.;:\"] |khi |lúc |vì |hiện |nay |\d{4} )(ông|bà|anh|chị|cô|thầy|đồng chí) (?:(?:từng|đã|hiện|đang|lại|được|vừa|còn|tiếp tục|cũng|sau đó|bổ nhiệm|bầu|"
    r"giao|phân công|điều động|cử|tín nhiệm) ){0,5}(?:giữ chức|giữ cương vị|đảm nhiệm|đảm nhận|giữ|làm|là|trở thành)"
    r"(?: (?:chức|chức vụ|chức danh|vị trí|cương vị|một))* $"
)
# "…, năm 2004 giữ chức": the same person's next office in a sentence about his career
_CAREER = re.compile(
    r"(?:giữ chức|giữ cương vị|đảm nhiệm|đảm nhận|bổ nhiệm|được bầu|bầu làm|thì làm|về làm|chuyển làm|trở thành)"
    r"(?: (?:chức|vụ|chức vụ|chức danh|vị trí|cương vị|làm|giữ|giữ chức|là))* $"
)
_GENDERS = {"ông": "ông", "bà": "bà", "anh": "anh", "chị": "chị", "cô": "cô"}
# "đại biểu Thượng tọa A (ĐB Nam Định)": called a deputy, and of which province
_DEPUTY = re.compile(r"(?<!\w)(đại biểu|đb)(?: [^.,;:()\n]{1,20})? $")
_SEAT = re.compile(r"(?: \(|, )(?:đb |đbqh |đoàn |tỉnh |tp |tp\.? )?")
_HOUSE = re.compile(r"(?:đại biểu|đb) quốc hội|đbqh|đại biểu qh")
_COMMITTEE = re.compile(r"(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) (?:ủy|uỷ).*")
_ORGANS = ("btv", "ban thường vụ", "bch", "ban chấp hành")  # "Ủy viên BTV, Trưởng Ban Tổ chức Tỉnh ủy"


class Owners:
    """Gives the offices of one text to the people that it names."""

    def __init__(self, doc: Doc, offices: Offices) -> None:
        self.doc = doc
        self.folded = offices.folded
        self.offices = offices
        self.house = _HOUSE.search(self.folded) is not None  # whether the article is about the Quốc hội

    def give(self, found: list[Mention]) -> None:
        """Give each office to the name that it adjoins: first what opens a name, then what follows one."""
        owned: dict[int, Mention] = {}
        opened: set[int] = set()
        for mention in found:
            office = self.offices.before(mention.opens)
            gap = self.folded[office.end : mention.opens] if office else ""
            if office and gap not in (", ", ",") and TO_NAME.fullmatch(gap) and (mention.signs or "\n" not in gap):
                owned[office.start] = mention
                opened.add(office.start)
        owners = {id(mention) for mention in owned.values()}
        for index, mention in enumerate(found):
            if mention.familiar and mention.honorific is None:
                continue
            office = office_after(self.offices, mention.end)
            if office is None or self._crosses(found, index, office):
                continue
            if id(mention) in owners and self._leads(office, owned):
                continue  # "Bí thư A, Chủ tịch B": what stands between the two is B's
            while office is not None and office.start not in owned and not office.plural:
                owned[office.start] = mention
                mention.reach = office.end
                glue = BETWEEN.match(self.folded, office.end)
                if glue is None or glue.end() == glue.start() or (";" in glue[0] and self._more(found, index, office.end)):
                    break
                office = self.offices.beginning(glue.end())
        owners = {id(mention) for mention in owned.values()}
        for index, mention in enumerate(found):
            if not self._before(mention, owned) and id(mention) not in owners:
                self._far(found, index, owned)
        self._said_of(found, owned)
        places = {id(mention): index for index, mention in enumerate(found)}
        for office in self.offices.all:
            if office.start in owned:
                owned[office.start].offices.append(office)
                if office.plural and office.start in opened:
                    self._share(found, places[id(owned[office.start])], office)
        for mention in found:
            if seat := self._deputy(mention):
                mention.offices.append(seat)
            mention.offices = [
                self._shared(office, after) for office, after in zip(mention.offices, (*mention.offices[1:], None), strict=False)
            ]

    def _said_of(self, found: list[Mention], owned: dict[int, Mention]) -> None:
        """Give what is said of a pronoun ("Ông từng giữ chức …") to the last person named who is called so."""
        starts = [mention.start for mention in found]
        often = Counter(self.folded[mention.start : mention.end] for mention in found)
        last: tuple[int, Mention] | None = None  # the sentence about a career, and whose it is
        for office in self.offices.all:
            if office.start in owned or office.plural:
                continue
            sentence = sentence_at(self.doc, office.start).start
            if last and last[0] == sentence and _CAREER.search(self.folded, max(sentence, office.start - 40), office.start):
                self._chain(office, last[1], owned)
                continue
            said = _PRONOUN.search(self.folded[max(sentence, office.start - 70) : office.start])
            index = bisect_left(starts, office.start)
            following = found[index] if index < len(found) else None
            if said is None or (following is not None and following.opens <= office.end + 2):
                continue
            recent = [mention for mention in found[max(0, index - 6) : index] if mention.start > office.start - 1_200]
            fitting = [mention for mention in recent if not mention.honorific or _GENDERS.get(fold(mention.honorific), said[1]) == said[1]]
            owner = max(reversed(fitting), key=lambda mention: often[self.folded[mention.start : mention.end]], default=None)
            if owner is not None:
                self._chain(office, owner, owned)
                last = (sentence, owner)

    def _chain(self, office: Office | None, owner: Mention, owned: dict[int, Mention]) -> None:
        """Give an office, and those that follow it with nothing between, to one person."""
        while office is not None and office.start not in owned and not office.plural:
            owned[office.start] = owner
            glue = BETWEEN.match(self.folded, office.end)
            office = self.offices.beginning(glue.end()) if glue and glue.end() > glue.start() else None

    def _deputy(self, mention: Mention) -> Office | None:
        """The seat of who is called "đại biểu" with a province in brackets, in an article about the Quốc hội."""
        called = _DEPUTY.search(self.folded, max(0, mention.start - 40), mention.start)
        seat = _SEAT.match(self.folded, mention.end)
        if called is None or seat is None or self.offices.names.province(seat.end()) is None or not self.house:
            return None
        if any(fold(office.title).startswith(fold("đại biểu")) for office in mention.offices):
            return None
        return Office(called.start(), called.end(1), called.end(1), "Đại biểu Quốc hội", None, False)

    def _shared(self, office: Office, after: Office | None) -> Office:
        """The office with the next one's body in "Phó Chủ tịch kiêm Tổng Thư ký Hội Luật gia"."""
        if after is None or not after.organization or office.end > after.start:
            return office
        if office.organization:
            committee = _COMMITTEE.search(after.organization) if fold(office.organization) in _ORGANS else None
            return office._replace(organization=f"{office.organization} {committee[0]}") if committee else office
        gap = self.folded[office.end : after.start]
        joined = gap in (" kiêm ", ", kiêm ", " kiêm nhiệm ") or (
            gap in (", ", " - ", " và ") and "chủ tịch" in fold(office.title) and fold(after.title).endswith(fold("thư ký"))
        )
        return office._replace(organization=after.organization) if joined else office

    def _leads(self, office: Office | None, owned: dict[int, Mention]) -> bool:
        """Whether a chain of offices ends in one that opens another name."""
        while office is not None:
            if office.start in owned:
                return True
            glue = BETWEEN.match(self.folded, office.end)
            office = self.offices.beginning(glue.end()) if glue and glue.end() > glue.start() else None
        return False

    def _more(self, found: list[Mention], index: int, at: int) -> bool:
        """Whether another person is named further on in the sentence: a semicolon then parts people."""
        end = sentence_at(self.doc, at).end
        following = next((mention.start for mention in found[index + 1 : index + 2]), end)
        return at < following < end

    def _crosses(self, found: list[Mention], index: int, office: Office) -> bool:
        """Whether the next person is named before the office."""
        return index + 1 < len(found) and found[index + 1].start < office.start

    def _before(self, mention: Mention, owned: dict[int, Mention]) -> bool:
        """Offices before the name: back from the one that opens it, or that a comma parts from "đồng chí …"; whether there is one."""
        office = self.offices.before(mention.opens)
        if office is None or self._is_represented(office):
            return False
        found = False
        gap = self.folded[office.end : mention.opens]
        if (
            owned.get(office.start) is None
            and mention.honorific
            and gap in (", ", ",")
            and not office.plural
            and mention.reach == mention.end
        ):
            start = sentence_at(self.doc, office.start).start
            if office.start == start or re.search(r"[,:;\-] $", self.folded[start : office.start]):
                owned[office.start] = mention
        while office is not None and owned.get(office.start) is mention and office.end <= mention.start:
            found = True
            mention.opens = min(mention.opens, office.start)
            previous = self.offices.before(office.start)
            if previous is None or previous.start in owned or previous.plural or self._is_represented(previous):
                break
            glue = self.folded[previous.end : office.start]
            if not glue or not BETWEEN.fullmatch(glue):
                break
            owned[previous.start] = mention
            office = previous
        return found

    def _is_represented(self, office: Office) -> bool:
        """Whether another acts for who holds the office: "Thừa ủy quyền của Chủ tịch nước, Bí thư Tỉnh ủy …"."""
        return _FOR.search(self.folded[max(0, office.start - 30) : office.start]) is not None

    def _far(self, found: list[Mention], index: int, owned: dict[int, Mention]) -> None:
        """The office before a name when words that the grammar does not know stand between: they are its body's name."""
        mention = found[index]
        office = self.offices.before(mention.opens)
        if (
            office is None
            or office.start in owned
            or office.plural
            or self._is_represented(office)
            or (index and found[index - 1].start >= office.end)
        ):
            return
        wider = self.offices.reaching(office, mention.opens - 1)
        if wider is not None:
            self.offices.replace(office, wider)
            owned[office.start] = mention
            self._before(mention, owned)

    def _share(self, found: list[Mention], index: int, office: Office) -> None:
        """Give "các Phó Chủ tịch UBND tỉnh: A, B và C" to all of the list."""
        here = found[index]
        for other in found[index + 1 :]:
            if other.offices or not GLUE.fullmatch(self.folded, here.reach, other.opens):
                return
            other.offices.append(office)
            here = other
