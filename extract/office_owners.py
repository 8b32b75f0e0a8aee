"""Whose the offices are: what opens a name, what follows it, what a list shares."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from spacy.tokens import Doc

from extract.fold import fold
from extract.language import sentence_at
from extract.mentions import Mention, office_after
from extract.office_careers import GLUE, INSTEAD, Careers
from extract.office_reading import FUSED, Office
from extract.office_sittings import council, of_the_house, sits
from extract.office_words import countries
from extract.offices import ALONE, Offices
from extract.words import lexicon

_TOPIC = re.compile(  # from the sentence's begin to a name: "Với thành tích trên của |"
    r"(?:trước|sau|với|từ|theo|ngoài|nhờ|qua|ngay sau|liên quan đến|ghi nhận|khi) [^,;:.\n]{3,120} (?:của|cho|đối với|với|do|từ|về|nghe) "
)
_ACTS = re.compile(r" (?:đã|vừa|cũng|quyết định|kí|đề nghị|yêu cầu|trao|tặng|có)(?!\w)")
_FOR = re.compile(fold(r"(?:(?:ủy quyền|ủy nhiệm|thừa lệnh|thay mặt)(?: của| cho)?|(?<!\w)(?:kt|tl|tuq)\.?) $"))  # "KT. Chủ tịch"
# "đại biểu Thượng tọa A (ĐB Nam Định)": called a deputy, and of which province
_DEPUTY = re.compile(r"(?<!\w)(đại biểu|đb)(?: [^.,;:()\n]{1,20})? $")
_OF_WHOM = re.compile(
    fold(r"(?:ý kiến|chỉ đạo|yêu cầu|đề nghị|kết luận|câu hỏi|chất vấn|phân công|quyết định|chỉ thị|công điện) (?:của|từ) $")
)
_OPENS = re.compile(r"[,:;\-] (?:đồng thời là |đồng thời |kiêm |nay là |hiện là )?$")
_ITEM = re.compile(r"[;:,] (?:các )?(?:đồng chí |ông |bà )?$|(?:các|hai) (?:đồng chí|ông|bà) $")
_SEAT = re.compile(r"(?: \(|, )(?P<deputy>(?:đại biểu |đb )(?:quốc hội )?|đbqh )?(?:đoàn |tỉnh |tp |tp\.? )?")
_PAIRS = (
    ("chủ tịch", fold("thư ký")),
    ("thứ trưởng", "chủ nhiệm"),
    ("bí thư", "tỉnh trưởng"),
    ("bí thư", "đô trưởng"),
    (fold("chỉ huy trưởng"), fold("tham mưu trưởng")),
    (fold("tư lệnh"), fold("tham mưu trưởng")),
)  # "Phó Chủ tịch, Tổng Thư ký Hội Luật gia"
# "Phó Bí thư, Chủ tịch UBND huyện Kim Bảng": of the Party's committee of the same place
_SEAT_OF = re.compile(
    r"(?i)(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân) ((?:tỉnh|thành phố|TP\.?|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)(?:$| (.+)))"
)
_COMMITTEES = (
    ("thị xã", "Thị ủy"),
    ("huyện", "Huyện ủy"),
    ("quận", "Quận ủy"),
    ("tỉnh", "Tỉnh ủy"),
    ("thành phố", "Thành ủy"),
    ("tp", "Thành ủy"),
    *((unit, "Đảng ủy") for unit in ("xã", "phường", "thị trấn", "đặc khu")),
)
_RANK = re.compile(r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy)|(?:phó |chuẩn )?đô đốc")
_APART = re.compile(r"[.;\n]|, (?!(?:đồng chí|ông|bà|anh|chị|cô|thầy) )|$")
_NAMES = re.compile(r"(?<!\w)(?:và|cùng|với|của|gặp|do|theo|có|gồm|là|bởi|thăm|mời|được) $")  # what an office and its holder may follow
_OF_KIN = re.compile(r"(?:con|trai|gái|vợ|chồng|cháu|mẹ|cha|bố) của $")  # "con trai của Bí thư Huyện ủy, anh A"
_MANAGES = re.compile(fold(r"(?:giám đốc|hiệu trưởng|viện trưởng|cục trưởng|chủ nhiệm|quản đốc)$"))
_CELL = re.compile(
    r"^(?:(?:Đảng (?:ủy|uỷ|bộ)|Ban [Cc]án sự(?: [Đđ]ảng)?|Chi (?:bộ|ủy|uỷ)|Công đoàn|Đoàn Thanh niên|Hội đồng [Tt]hi đua,? ?-? ?[Kk]hen thưởng) |(?:Khoa|Phòng|Bộ môn) [^,]+, )(?=\w)"
)
_OF_A_SEAT = ("hđnd", "ubnd", "hội đồng nhân dân", "ủy ban nhân dân")
_SEATED = re.compile(r"(?<!\w)((?:tỉnh|thành phố|TP\.?|huyện|thị xã|quận|xã|phường|thị trấn) [^,;]+)$")
_PARTY = tuple(map(fold, ("Đảng ủy", "Ban cán sự đảng", "Ban cán sự")))
# What has a Party committee of its own: "Bí thư Đảng ủy, Chính ủy Bộ đội Biên phòng tỉnh Hà Nam"
_CELLED = re.compile(
    r"(?:bộ đội biên phòng|bđbp|bộ chqs|bộ chỉ huy|công an|lữ đoàn|trung đoàn|sư đoàn|quân khu|quân đoàn|quân chủng|binh chủng|tổng công ti|công ti|tập đoàn"
    r"|trường|học viện|bệnh viện|sở|viện kiểm sát(?: nhân dân)?|vksnd|tòa án(?: nhân dân)?|tand) \w"
)
_CHIEF_OF_OFFICE = fold("chánh văn phòng")
_HEADS_ALONE = re.compile(fold(r"(?:trưởng|chủ tịch|bí thư|giám đốc|hiệu trưởng|viện trưởng|cục trưởng|chánh văn phòng)(?!\w)"))
_OF_SEVERAL = re.compile(fold(r"(?:nguyên |cựu )?(?:ủy viên|phó |thành viên)"))
_STANDING = fold("ủy viên thường vụ")
_THROUGH = tuple(fold(f" {by}các {term}:") for by in ("", "qua ") for term in ("thời kì", "nhiệm kì", "khóa"))
_HEADING = (":", " gồm:", " gồm có:", *_THROUGH)  # between an office that several hold and the list of them
_LISTS = tuple(heading.strip() for heading in _HEADING)
_TOGETHER = re.compile(r"(?:các|hai|ba) (?:đồng chí|đ/c|ông|bà|anh|chị):? (?:[^;.:,\n]{2,30}, ){0,2}$")
_ALIKE = (" đều là ", " cùng là ", " cùng giữ chức ")  # "ông A và bà B | đều là Phó Chủ tịch UBND huyện"
_NOTED = re.compile(rf"(?: ?\([^()\n]{{1,40}}\))?(?:{GLUE.pattern})")  # "gồm anh A (SN 1987), | chị B (SN 1990)"
MOST_SHARERS = 8  # of an office that the last of a list has
_ENDS_LIST = re.compile(r"[.;]|$|,? (?:cùng|trao|dự|tham dự|chủ trì|đã|đến|chúc|và (?:đông đảo|các|nhiều|đại diện|lãnh đạo))(?!\w)")
_FORMER = re.compile(r"^(?:(?:nguyên|cựu|cố|phó) )+")
_OFFICE = re.compile(r"^[Vv]ăn phòng ")
_VERB = re.compile(r" (?!và |cùng |với |- )\w|[.;](?:\s|$)|:")
_COMMITTEE = re.compile(
    r"(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) (?:ủy|uỷ).*|(?:Tỉnh|Thành|Huyện|Thị|Quận) [Đđ]oàn.*|(?:Tỉnh|Thành|Huyện|Thị|Quận)đoàn.*|(?:Trung ương|T\.?Ư|TW) (?:Hội|Đoàn).*|Tổng (?:LĐLĐ|Liên đoàn Lao động) Việt Nam"
)
_LEAGUE = re.compile(r"(?<=\w )(?:(?:Tỉnh|Thành|Huyện|Thị|Quận) (?:ủy|uỷ|[Đđ]oàn)|Trung ương (?:Đoàn|Đảng)).*")
_FORCE = re.compile(r"(?<=\w )Công an .+")  # "Phó Giám đốc, Thủ trưởng Cơ quan CSĐT Công an tỉnh"
_SOCIETY = re.compile(r"(?<=\w )(?:Trung ương )?(?:Hội|Hiệp hội|Liên hiệp|Liên đoàn|Tổng hội) .+")
_ORGANS = ("btv", "ban thường vụ", "bch", "ban chấp hành", "đoàn chủ tịch")  # "Ủy viên BTV, Trưởng Ban Tổ chức Tỉnh ủy"


class Owners:
    """Gives the offices of one text to the people that it names."""

    def __init__(self, doc: Doc, offices: Offices) -> None:
        self.doc = doc
        self.folded = offices.folded
        self.offices = offices
        self.council = council(doc, self.folded)
        self.sits = self.council is None and sits(self.folded)
        self.house = of_the_house(self.folded)

    def give(self, found: list[Mention]) -> None:
        """Give each office to the name that it adjoins: first what opens a name, then what follows one."""
        owned: dict[int, Mention] = {}
        opened: set[int] = set()
        for mention in found:
            office = self.offices.before(mention.opens)
            gap = self.offices.opens(office, mention.opens) if office else None
            if office and self._taken(office):
                continue
            if office and gap is not None and gap not in (", ", ",") and (mention.signs or "\n" not in gap):
                owned[office.start] = mention
                opened.add(office.start)
        owners = {id(mention) for mention in owned.values()}
        for index, mention in enumerate(found):
            if mention.familiar and mention.honorific is None:
                continue
            office = office_after(self.offices, mention.end)
            if office is None or self._crosses(found, index, office):
                continue
            if self._is_topic(mention, office):
                continue
            if self.folded[mention.end : office.start] == " làm " and INSTEAD.search(
                self.folded, max(0, mention.opens - 14), mention.opens
            ):
                continue  # "ông A thay ông B làm Giám đốc": of the first
            if id(mention) in owners and (self._leads(office, owned) or self._acts_itself(office)):
                continue  # "Bí thư A, Chủ tịch B": what stands between the two is B's
            while office is not None and office.start not in owned and not office.plural:
                owned[office.start] = mention
                mention.reach = office.end
                following = self.offices.next(office)
                if following is None or (
                    ";" in following[0] and "kiêm" not in following[0] and self._goes_on(found, index, office, following[1])
                ):
                    break
                office = following[1]
        owners = {id(mention) for mention in owned.values()}
        for index, mention in enumerate(found):
            if not self._before(mention, owned) and id(mention) not in owners:
                self._far(found, index, owned)
        Careers(self.doc, self.offices).give(found, owned)
        held: dict[int, int] = {}  # who holds an office -> where the first of them stands
        for start, mention in sorted(owned.items()):
            held.setdefault(id(mention), start)
        places = {id(mention): index for index, mention in enumerate(found)}
        for office in self.offices.all:
            if office.start in owned:
                owned[office.start].offices.append(office)
                if office.start in opened and (office.plural or self._heads_list(office)):
                    self._share(found, places[id(owned[office.start])], office, held)
                elif office.start in opened:
                    self._share_next(found, places[id(owned[office.start])], office, held)
                elif office.start >= owned[office.start].end:
                    self._share_back(found, places[id(owned[office.start])], office, held)
        starts = [mention.start for mention in found]
        for office in self.offices.all:
            if office.start in owned or not (office.plural or self._heads_list(office)) or not self.folded.startswith(_HEADING, office.end):
                continue
            first = bisect_right(starts, office.end)
            if first < len(found) and self.folded[office.end : found[first].opens].strip() in _LISTS:
                found[first].offices.insert(0, office)
                self._share(found, first, office, held)
        for mention in found:
            if seat := self._deputy(mention):
                mention.offices.append(seat)
            if mention.offices and (land := self._country(mention)):
                mention.offices[0] = mention.offices[0]._replace(organization=land)
            for index in range(len(mention.offices) - 2, -1, -1):  # the last first, so that its body goes up the whole chain
                mention.offices[index] = self._shared(*mention.offices[index : index + 2])

    def _country(self, mention: Mention) -> str | None:
        """The country that follows the name of its head: "Thủ tướng Haruto Sato của Nhật Bản"."""
        office = mention.offices[0]
        at = mention.end + len(" của")
        if office.organization or office.end > mention.start or not self.folded.startswith(" của ", mention.end):
            return None
        national = {fold(title) for title in lexicon("officials")["offices"]["national"]}
        land = countries().match(self.folded, at)
        text = self.offices.text
        held = _FORMER.sub("", fold(office.title)) in national
        return text[at + 1 : land.end()] if held and land and text[at + 1].isupper() else None

    def _taken(self, office: Office) -> bool:
        """Whether who holds another office takes this one: "Tổng Bí thư làm Trưởng ban Lễ tang Đại tướng A"."""
        previous = self.offices.before(office.start - 1)
        return previous is not None and self.folded[previous.end : office.start] == " làm "

    def _deputy(self, mention: Mention) -> Office | None:
        """The seat of who is called "đại biểu" with a province in brackets, in an article about the Quốc hội."""
        called = _DEPUTY.search(self.folded, max(0, mention.start - 40), mention.start)
        if called and self.council and not self.house and not mention.offices:
            return Office(called.start(), called.end(1), called.end(1), "Đại biểu", self.council, False)
        seat = _SEAT.match(self.folded, mention.end)
        if any(fold(office.title).startswith(fold("đại biểu")) for office in mention.offices):
            return None
        if seat and (called or ((self.house or self.sits) and seat["deputy"])) and self._of_province(seat.end()):
            title = "Đại biểu Quốc hội" if self.house or self.sits else "Đại biểu"
            start, end = called.span(1) if called else seat.span("deputy")
            return Office(start, end, end, title, None, False)
        if called and self.sits and called.end(1) + 1 == mention.start:
            return Office(called.start(), called.end(1), called.end(1), "Đại biểu Quốc hội", None, False)
        return None

    def _of_province(self, at: int) -> bool:
        """Whether a province is named there, a city in short too: "(TP.HCM)"."""
        return self.offices.names.province(at) is not None or self.folded.startswith(("hcm", "tp.hcm", "tphcm", "tp. hcm"), at)

    def _shared(self, office: Office, after: Office) -> Office:
        """The office with the next one's body in "Phó Chủ tịch kiêm Tổng Thư ký Hội Luật gia"."""
        if not after.organization or office.end > after.start:
            return office
        gap = self.folded[office.end : after.start]
        if office.organization and fold(office.organization) in _PARTY and gap in (", ", " - "):
            above = self._above(_CELL.sub("", after.organization))
            return office._replace(organization=f"{office.organization} {above}") if above else office
        if office.organization and fold(office.organization) in _OF_A_SEAT and gap in (", ", " - ", " kiêm ", ", kiêm ", " và "):
            seat = _SEATED.search(after.organization)
            return office._replace(organization=f"{office.organization} {seat[1]}") if seat else office
        if office.organization:
            organ = fold(office.organization) in _ORGANS
            committee = (_COMMITTEE.search(after.organization) or _SOCIETY.search(after.organization)) if organ else None
            if committee and fold(office.title) in FUSED:
                return office._replace(organization=committee[0])
            return office._replace(organization=f"{office.organization} {committee[0]}") if committee else office
        if (
            office.organization is None
            and gap in (", ", " - ")
            and fold(office.title).endswith("bí thư")
            and (seat := _SEAT_OF.match(after.organization))
        ):
            party = next(party for unit, party in _COMMITTEES if fold(seat[1]).startswith(unit))
            place = seat[1] if party == "Đảng ủy" else seat[2] or ""
            return office._replace(organization=f"{party}{' ' if place else ''}{place}")
        if office.organization is None and gap in (", ", " - ") and (whole := self._whole_of(fold(office.title), after.organization)):
            return office._replace(organization=whole)
        joined = gap in (" kiêm ", ", kiêm ", " kiêm nhiệm ") or (
            gap in (", ", " - ", " và ", " ")
            and any(high in fold(office.title) and fold(after.title).endswith(low) for high, low in _PAIRS)
        )
        if not joined and gap == ", " and fold(after.title).endswith(_CHIEF_OF_OFFICE) and fold(office.title).endswith(_PAIRS[0][1]):
            return office._replace(organization=_OFFICE.sub("", after.organization))  # "Phó Tổng Thư ký, Chánh Văn phòng Hội Luật gia"
        if joined and _MANAGES.search(fold(office.title)):
            return office._replace(organization=_CELL.sub("", after.organization))  # "Tổng Giám đốc kiêm Bí thư Đảng ủy Công ty A"
        return office._replace(organization=after.organization) if joined else office

    @staticmethod
    def _above(organization: str) -> str | None:
        """What a Party committee is of, by another office of its secretary: a force, a school, a court; that of a commune stays as it is told."""
        return organization if _CELLED.match(fold(organization)) else None

    def _whole_of(self, title: str, part: str) -> str | None:
        """What a part is of, for an office of the whole: "Phó Bí thư, Trưởng Ban Tuyên giáo Thành đoàn", "Tổng Thư ký, Trưởng Ban Đối ngoại Hội Luật gia"."""
        if title.endswith("giám đốc") and (force := _FORCE.search(part)):
            return force[0]
        if title.endswith(("bí thư", _STANDING)):
            whole = _LEAGUE.search(part)
            return whole[0] if whole else None
        whole = _SOCIETY.search(part) if title.endswith((_PAIRS[0][1], _CHIEF_OF_OFFICE)) else None
        office = "Văn phòng " if title.endswith(_CHIEF_OF_OFFICE) else ""
        return office + whole[0] if whole else None

    def _acts_itself(self, office: Office) -> bool:
        """Whether the State's highest office is the subject of a verb: "đến thăm đại biểu A, Chủ tịch nước vừa ký …"."""
        return (
            fold(office.title) in ALONE
            and re.match(r" (?:đã|vừa|quyết định|kí|đồng ý|yêu cầu)(?!\w)", self.folded[office.end : office.end + 12]) is not None
        )

    def _is_topic(self, mention: Mention, office: Office) -> bool:
        """Whether the office after the name is the subject: "Trước việc làm của anh A, Trưởng Công an xã đã …"."""
        start = sentence_at(self.doc, mention.start).start
        return (
            self.folded[mention.end : office.start] == ", "
            and _TOPIC.fullmatch(self.folded, start, mention.opens) is not None
            and _ACTS.match(self.folded, self.offices.past(office)) is not None
        )

    def _leads(self, office: Office | None, owned: dict[int, Mention]) -> bool:
        """Whether a chain of offices ends in one that opens another name; a semicolon parts people: "Thủ tướng A - Chủ tịch Hội đồng; Bí thư B"."""
        while office is not None:
            if office.start in owned:
                return True
            following = self.offices.next(office)
            office = following[1] if following and ";" not in following[0] else None
        return False

    def _goes_on(self, found: list[Mention], index: int, office: Office, after: Office) -> bool:
        """Whether a semicolon behind `office` parts people: another one is named further on in the sentence, or several hold the office
        `after` it: "; Chủ tịch UBND và công chức của 6 xã"."""
        end = sentence_at(self.doc, office.end).end
        following = next((mention.start for mention in found[index + 1 : index + 2]), end)
        return office.end < following < end or after.plural or self.folded.startswith((" và ", " cùng ", " các "), after.end)

    def _crosses(self, found: list[Mention], index: int, office: Office) -> bool:
        """Whether the next person is named before the office."""
        return index + 1 < len(found) and found[index + 1].start < office.start

    def _before(self, mention: Mention, owned: dict[int, Mention]) -> bool:
        """Offices before the name: back from the one that opens it, or that a comma parts from "đồng chí …"; whether there is one."""
        office = self.offices.before(mention.opens)
        if office is None or self._is_represented(office):
            return False
        found = False
        gap = self.offices.opens(office, mention.opens)
        if (
            owned.get(office.start) is None
            and (mention.honorific or self._acts(mention))
            and gap in (", ", ",")
            and not office.plural
            and mention.reach == mention.end
        ):
            start = sentence_at(self.doc, office.start).start
            if office.start == start or _OPENS.search(self.folded, start, office.start) or self._set_apart(mention, office, start):
                owned[office.start] = mention
        while office is not None and owned.get(office.start) is mention and office.end <= mention.start:
            found = True
            mention.opens = min(mention.opens, office.start)
            previous = self.offices.before(office.start)
            if previous is None or previous.start in owned or previous.plural or self._is_represented(previous):
                break
            if not self.offices.adjoin(previous, office) or self._answered(previous):
                break
            owned[previous.start] = mention
            office = previous
        return found

    def _ranked(self, mention: Mention) -> bool:
        """Whether the person is called by a rank of the forces: "Bộ trưởng Bộ Công an, Đại tướng A"."""
        return mention.honorific is not None and _RANK.match(fold(mention.honorific)) is not None

    def _set_apart(self, mention: Mention, office: Office, start: int) -> bool:
        """Whether the name is set apart after the office that a small word leads to: "Theo Giám đốc Sở A, ông B, …", "là Chủ tịch Hội C, bà D."."""
        before = self.folded[max(start, office.start - 20) : office.start]
        if not _NAMES.search(before) or _OF_KIN.search(before):
            return False
        return self._ranked(mention) or _APART.match(self.folded, mention.end) is not None

    def _acts(self, mention: Mention) -> bool:
        """Whether a verb, and no list, follows the name: "Bí thư Tỉnh ủy, Nguyễn Văn A phát biểu"."""
        return _VERB.match(self.folded, mention.end) is not None

    def _answered(self, office: Office) -> bool:
        """Whether who holds the office is only answered or obeyed: "Tiếp thu ý kiến của Thủ tướng, | Bộ trưởng A …"."""
        high = fold(office.title).endswith(ALONE)
        return high and _OF_WHOM.search(self.folded, max(0, office.start - 30), office.start) is not None

    def _is_represented(self, office: Office) -> bool:
        """Whether another acts for who holds the office: "Thừa ủy quyền của Chủ tịch nước, Bí thư Tỉnh ủy …"."""
        before = self.offices.before(office.start) if fold(office.title) in ALONE else None  # "… Chủ tịch nước, Thủ tướng, đồng chí A"
        joined = before if before and fold(before.title) in ALONE and self.offices.adjoin(before, office) else office
        return any(_FOR.search(self.folded[max(0, one.start - 30) : one.start]) for one in (office, joined))

    def _far(self, found: list[Mention], index: int, owned: dict[int, Mention]) -> None:
        """The office before a name when words that the grammar does not know stand between: they are its body's name."""
        mention = found[index]
        office = self.offices.before(mention.opens)
        if (
            office is None
            or office.start in owned
            or office.plural
            or self._is_represented(office)
            or self._taken(office)
            or (index and found[index - 1].start >= office.end)
        ):
            return
        wider = self.offices.reaching(office, mention.opens - 1)
        if wider is not None:
            self.offices.replace(office, wider)
            owned[office.start] = mention
            self._before(mention, owned)

    def _share_back(self, found: list[Mention], index: int, office: Office, held: dict[int, int]) -> None:
        """Give the office of the last of a list to the others too: "; A và B, Phó Chủ tịch HĐND tỉnh", "; ông A, ông B và ông C - Phó Giám đốc"."""
        deputy = _OF_SEVERAL.match(fold(office.title)) is not None
        several = deputy and (self.folded.startswith(" - ", found[index].end) or self._called_together(found[index]))
        alike = self.folded.startswith(_ALIKE, found[index].end)
        if _HEADS_ALONE.match(fold(office.title)) and not alike and not self._called_together(found[index]):
            return  # "ông A và bà B, Trưởng khoa Kế toán": hers alone
        sharers: list[Mention] = []
        for second, first in pairwise(reversed(found[max(0, index - MOST_SHARERS) : index + 1])):
            gap = self.folded[first.end : second.opens]
            if id(first) in held or (second.honorific is not None and first.honorific is None):
                break
            listed = second.honorific or self._called_together(first)
            bare = not second.honorific and deputy and _ITEM.search(self.folded, max(0, first.start - 20), first.start)
            if gap != " và " and not (gap == ", " and ((listed and (several or alike or sharers)) or bare)):
                break
            sharers.append(first)
        if sharers and (alike or any(_ITEM.search(self.folded, max(0, at - 20), at) for at in (sharers[-1].opens, sharers[-1].start))):
            for first in sharers:
                first.offices.append(office)

    def _share_next(self, found: list[Mention], index: int, office: Office, held: dict[int, int]) -> None:
        """Give the office of a deputy before his name to who follows with nothing of his own: "Phó Giám đốc Sở Lê Văn An, Trần Thị Bé"."""
        here = found[index]
        several = here.reach == here.end and not here.honorific and _OF_SEVERAL.match(fold(office.title))
        for other in found[index + 1 : index + 2] if several else ():
            bare = other.honorific is None and not other.familiar and id(other) not in held and other.reach == other.end
            if bare and self.folded[here.end : other.opens] == ", " and _ENDS_LIST.match(self.folded, other.end):
                other.offices.append(office)

    def _called_together(self, mention: Mention) -> bool:
        """Whether "hai đồng chí", "các ông" opens the list of the names: all are called so."""
        return _TOGETHER.search(self.folded, max(0, mention.start - 40), mention.start) is not None

    def _heads_list(self, office: Office) -> bool:
        """Whether a colon parts an office that several hold from their names: "Ủy viên Ban Thường vụ Tỉnh ủy: A, Trưởng Ban …; B, …"."""
        several = _OF_SEVERAL.match(fold(office.title)) is not None
        return self.folded.startswith(_HEADING if several else _THROUGH, office.end)  # "Bí thư Tỉnh ủy qua các thời kỳ: A, B"

    def _share(self, found: list[Mention], index: int, office: Office, held: dict[int, int]) -> None:
        """Give "các Phó Chủ tịch UBND tỉnh: A, B và C" to all of the list, as far as one has an office of his own before his name."""
        here = found[index]
        listed = self.folded.startswith(_HEADING, office.end)  # "các Phó Bí thư: A - Chủ tịch HĐND, B - Chủ tịch UBND"
        for other in found[index + 1 :]:
            own = held.get(id(other))
            item = self.folded.startswith(";", here.reach)  # "các Ủy viên Trung ương Đảng: Bộ trưởng A; Bí thư B"
            if (own is not None and not (listed and (item or own > other.start))) or not _NOTED.fullmatch(
                self.folded, here.reach, other.opens
            ):
                return
            if item and here.honorific is None and (other.honorific or "").startswith(("đồng chí", "ông", "bà")) and own is not None:
                return  # "…; Phạm Văn C, Phó Trưởng Ban; đồng chí D, Phó Trưởng Ban": no more of them
            if own is not None and ":" in self.folded[own : other.start]:
                return  # "Phó Giám đốc Sở A: B; Chủ tịch UBND tỉnh: C"
            other.offices.append(office)
            here = other
