"""Whose the offices are that a sentence tells of: "Ông từng giữ chức …", "Với cương vị Giám đốc, bà A …", "ông B được bầu làm …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from spacy.tokens import Doc

from extract.fold import fold
from extract.language import UPPER, Interval, sentence_at
from extract.mentions import Mention
from extract.office_reading import Office
from extract.offices import Offices

GLUE = re.compile(r" ?(?:[,;] ?|và |cùng |với |cùng với |\| )*(?:đồng chí |các đồng chí |ông |bà )?")
LIFE = 1_200  # code points between two places where a life is told of one person
NAMED = 200  # people before an office among whom a given name is looked up
FAR = 140  # code points between a person and the office that the sentence gives him
_POST = (
    r"(?:làm|giữ|vào|ở|với|các|những|nhiều|chức|chức vụ|chức danh|vị trí|cương vị|vai trò|trọng trách|trách nhiệm|nhiệm vụ|một|quyền|là)"
)
# " sẽ trực tiếp làm", " cũng kiêm nhiệm vụ": nothing but a verb and its adverbs between a name and the office; " công tác tại Thành đoàn; là"
_SERVES = re.compile(
    rf"(?: (?:khi|lúc|hồi|thời|thời gian|trong thời gian|trước khi|sau khi|từ khi|sẽ|trực tiếp|cũng|còn|đồng thời|tiếp tục|vẫn|đang|đã|từng|hiện|lại|luôn|chính|vừa|mới|chuyển|về|sang|lên|để|ra))* (?:làm|kiêm|kiêm nhiệm|phụ trách)(?: {_POST}){{0,3}} |[^;:\n\"]{{10,130}}; là |,? ?\(?sinh (?:năm|ngày) [^;:\n\"]{{4,80}}, là "
)
_NAMED = r"bổ nhiệm|bầu|bầu chọn|cử|phân công|điều động|giao|tín nhiệm|chỉ định|đề cử|luân chuyển|phê chuẩn|điều|thăng|đề bạt|cất nhắc|suy cử|suy tôn"
# "giữ chức", "trở thành", "được Nhà nước bổ nhiệm làm": what makes an office the subject's own
_HOLDS = re.compile(
    rf"(?:(?<!\w)(?:giữ|đảm nhiệm|đảm nhận|đảm đương|đảm trách|nắm|trở thành|trúng cử|đắc cử|tái cử|nhậm chức|nhận chức|nhận nhiệm vụ|(?:nhận|có|theo) quyết định(?: (?:bổ nhiệm|điều động))?|thăng chức|(?:từng|đã|vốn|đang|hiện|vừa|khi|trước đây|trước đó|trước đó nữa|trước|nguyên|nay|sau này|sau đó|hiện cũng|hiện còn|cũng từng|còn) là|(?:với|trên) (?:tư cách|cương vị|chức vụ|chức danh|vai trò)|(?:(?<=, )(?=làm)|(?:lên|về|sang|chuyển|thôi|sau đó|rồi|tiếp tục|từng|lần lượt|thời gian|còn|khi|lúc|hồi|thời|\d{{1,2}} năm|nhiều năm|nhiệm kì) )làm)"
    r"|(?<!\w)(?:kinh qua|trải qua|giữ|nắm giữ|đảm nhiệm|đảm nhận) (?:nhiều |các |những )?(?:chức vụ|chức danh|vị trí|cương vị|trọng trách|vai trò)[^,;:.\n]{0,30}(?::| như:?)"
    rf"|(?<!\w)(?:được|bầu(?! cử)) (?:[^,;:.\n]{{0,50}} )?(?:{_NAMED})|(?<!\w)(?:{_NAMED}) (?:làm|giữ))(?: {_POST}){{0,4}} $"
)
# "Ông từng giữ chức", ", bà được bầu làm": a pronoun at the head of its clause, and what makes the office its own
_PRONOUN = re.compile(
    r"(?:^|[,.;:\"] |khi |lúc |vì |nơi |rằng |hiện |nay |đó |đây |này |rồi |ấy |và |\d{4} )(ông|bà|anh|chị|cô|thầy|đồng chí) (?:(?:từng|đã|hiện|đang|lại|lần lượt|được|vừa|còn|tiếp tục|cũng|sau đó|bổ nhiệm|bầu|sẽ|trực tiếp|đồng thời|mới|chuyển|về|sang|lên|để|"
    r"giao|giao nhiệm vụ|giao trách nhiệm|phân công|điều động|cử|tín nhiệm) ){0,6}(?:giữ chức|giữ cương vị|đảm nhiệm|đảm nhận|giữ|làm|là|trở thành)"
    r"(?: (?:các|những|nhiều|chức|chức vụ|chức danh|vị trí|cương vị|một))* $"
)
# "Nguyên là Phó Thủ tướng", "Từng giữ chức", "Năm 1989 là", "Từ 1999, được phong hàm Trung tướng, giữ chức": a sentence that leaves out its subject
_IN_A_YEAR = (
    r"(?:(?:từ|đến|đầu|cuối|giữa|khoảng) ){0,2}(?:(?:năm|tháng) )?(?:\d{1,2}[/-])?(?:19|20)\d\d(?: ?(?:-|đến) ?(?:năm )?(?:19|20)\d\d)?:?,? "
    r"(?:được (?:phong|thăng)[^,;.:]{4,40}, )?(?:ra |về |sang )?"
)
_NOBODY = re.compile(
    rf"(?:(?P<year>{_IN_A_YEAR})(?:là|làm|giữ|giữ chức|đảm nhiệm|đảm nhận|được (?:bầu|bổ nhiệm|cử|phân công|điều động)(?: về)?)"
    rf"|(?:nguyên|từng|đã từng|hiện|hiện nay|hiện đang|hiện tại đang|vốn) (?:là|làm|giữ|đảm nhiệm|đảm nhận|công tác với))(?: {_POST})* $"
)
# "Sau đó Bền được bổ nhiệm làm": the given name alone, and what makes the office its own
_GIVEN = re.compile(
    rf"(?:^|[,.;:\"(] |[Kk]hi |[Ll]úc |đó |rồi |nay |rằng |năm \d{{4}} )(?P<name>[{UPPER}][^\W\d_{UPPER}]+) (?:(?:khi|từng|đã|hiện|nay|đang|được|vừa|còn|cũng|tiếp tục|sau đó|lần lượt|bổ nhiệm|bầu|"
    rf"giao|phân công|điều động|cử|tín nhiệm|chuyển|về|lên|sang) ){{0,6}}(?:giữ chức|giữ cương vị|đảm nhiệm|đảm nhận|giữ|làm|là|trở thành)(?: {_POST})* $"
)
# "…, năm 2004 giữ chức": the same person's next office in a sentence about his career
_CAREER = re.compile(
    r"(?:giữ chức|giữ cương vị|đảm nhiệm|đảm nhận|bổ nhiệm|thăng chức|được bầu|bầu làm|thì làm|về làm|chuyển làm|trở thành|(?:năm|năm sau|tháng sau|sau đó|đến|\d{4},?) làm)"
    rf"(?: {_POST})* $"
)
# "Trên cương vị Giám đốc, ông A", "Trong nhiều năm làm Trưởng phòng, ông B", "Nguyên là Chủ tịch …, ông C"
_FRONT = re.compile(
    rf"(?:^|[,.:;\"–-] |\n|(?<= là )|(?<= rằng ))(?:(?:với|trên|ở|trong|là|ngoài) (?:[^,;:.\n]{{0,12}} )?(?:cương vị|vai trò|tư cách|trọng trách|trách nhiệm|vị trí|chức vụ|chức danh)(?: là| một| người| của)*"
    rf"|(?:là|vừa là|nguyên|vốn|từng|vốn là|nguyên là|từng là|đang là|hiện là)|(?:[^,;:.\n]{{0,40}} )?(?:khi|thời gian|năm|lúc|từng|ngày|được) (?:[^,;:.\n]{{0,20}} )?(?:làm|giữ|đảm nhiệm|đảm nhận|trở thành|bổ nhiệm|bầu))"
    rf"(?: {_POST}){{0,4}} $"
)
_THEN = re.compile(r"(?:[^.;:\n\"]{0,100})?, $")
# "công nhận Cụm trưởng cho đồng chí A"
_GRANTED = re.compile(r"(?:bổ nhiệm|công nhận|tư cách|chức danh|chức vụ|chức|giao|cách chức|miễn nhiệm)(?: chức(?: vụ| danh)?)? $")
_TO_WHOM = re.compile(r"(?:,? (?:trong )?(?:thời gian|giai đoạn|nhiệm kì|khóa)[\dIVX -]{1,14})? (?:cho|đối với|với|của) ")
_WISHED = re.compile(r"(?<!\w)(?:nếu|muốn|mong|mơ|ước|ứng cử|không|chưa|sẽ chọn)(?!\w)[^,;.]{0,40}$")
INSTEAD = re.compile(r"(?:thay|thay cho|thay thế|kế nhiệm|kế vị|tiếp nối) (?:cho )?$")
_BY = ("được ", "do ")  # "bà A, được | ông B chỉ định làm": the first is appointed
_APPOINTS = re.compile(rf" (?:{_NAMED}|chọn|mời|tiến cử) ")
# "Bà A, con gái | ông B, khi đó là Giám đốc": of the first
_KIN = re.compile(r"[,(] ?(?:là )?(?:con(?: trai| gái)?|vợ|chồng|(?:anh|em|chị) (?:trai|gái|ruột|họ)|cháu|mẹ|cha|bố|học trò)(?: của)? $")
_ASIDE = re.compile(r"\((?:cùng|với|cùng với|thay|sau) [^()\n]{0,30}$")
_LIFE = re.compile(r",? ?\(?(?:sinh (?:năm|ngày|tháng)|sn \d)")
_FORMER = re.compile(r"^(?:nguyên|cựu|cố) ")
_SUBJECT = re.compile(r"(?:[^,;:.\n]{1,60}, |(?:[^,;:.\n]{1,20} )?(?:19|20)\d\d )?(ông|bà|anh|chị|cô|thầy|đồng chí) (?=(\w+))")
_MOURNING = re.compile(r"từ trần|tin buồn|lễ tang|tang lễ|lễ viếng|lễ truy điệu|qua đời|hưởng thọ")
_GENDERS = {"ông": "ông", "bà": "bà", "anh": "anh", "chị": "chị", "cô": "cô"}
_DEPUTY = re.compile(r"(?:phó |ủy viên|uv)")  # offices that several people hold
# "Ông từng giữ các chức vụ:" before a list of offices, and the beginning of its lines: "- ", "- 5/2010 - 2015: "
_LIST = re.compile(r"(?:chức vụ|chức danh|cương vị|trọng trách|công tác)[^\n:.]{0,80}:(?=\n)")
_LINE = re.compile(r"\n ?[-+•*] ?(?:(?:từ|năm|tháng|đến|nay|[-:,]|\d[\d./]{0,9}) ?){0,10}")
MOST_LINES = 40
HONORIFIC = 20  # code points of what a person is called by; an office is longer
_WOMEN = ("bà", "chị", "cô")  # who is named without one of these is rather a man
_SEVERAL = ("các", "hai", "ba", "bốn")


class Careers:
    """Gives offices that adjoin no name to those of whom the sentence says that they hold them."""

    def __init__(self, doc: Doc, offices: Offices) -> None:
        self.doc, self.offices, self.folded = doc, offices, offices.folded
        self._mourning = _MOURNING.search(self.folded) is not None
        self._told: tuple[int, Mention] | None = None  # where an office was last told of somebody, and of whom

    def give(self, found: list[Mention], owned: dict[int, Mention]) -> None:
        """Put the owners of such offices into `owned`, by the offices' starts."""
        starts = [mention.start for mention in found]
        often = Counter(self.folded[mention.start : mention.end] for mention in found)
        last: tuple[int, Mention] | None = None  # the sentence about a career, and whose it is
        listed = self._listed_offices(found, often)
        for office in self.offices.all:
            if office.start in owned or office.plural or self.offices.for_the_day(office):
                continue
            if office.start in listed:
                self.chain(office, listed[office.start], owned)
                continue
            sentence = sentence_at(self.doc, office.start)
            index = bisect_left(starts, office.start)
            previous = found[index - 1] if index and found[index - 1].start >= sentence.start else None
            following = found[index] if index < len(found) and found[index].start < sentence.end else None
            adjoins = following is not None and following.opens <= office.end + 2 and ";" not in self.folded[office.end : following.opens]
            owner = None if adjoins else self._holder(found, index, office, previous)
            owner = owner or self._next(office, sentence, previous, following)
            if adjoins:
                if owner is not None:
                    self.chain(office, owner, owned)
                continue
            if owner is None and last and last[0] == sentence.start:
                goes_on = _CAREER.search(self.folded, max(sentence.start, office.start - 60), office.start)
                owner = last[1] if goes_on or (previous in (None, last[1]) and self._former(office)) else None
            owner = owner or self._spoken_of(found, index, office, sentence, often)
            if _WISHED.search(self.folded, max(sentence.start, office.start - 60), office.start):
                continue
            if owner is not None:
                self.chain(office, owner, owned)
                last = (sentence.start, owner)
                self._told = (office.start, owner)

    def chain(self, office: Office | None, owner: Mention, owned: dict[int, Mention]) -> None:
        """Give an office, and those that follow it with nothing between, to one person."""
        while office is not None and office.start not in owned and not office.plural:
            owned[office.start] = owner
            following = self.offices.next(office)
            office = following[1] if following else None

    def _listed_offices(self, found: list[Mention], often: Counter[str]) -> dict[int, Mention]:
        """Where the lines of a list of one person's offices have their first, and whose they are."""
        owners: dict[int, Mention] = {}
        for head in _LIST.finditer(self.folded) if ":\n" in self.folded else ():
            told = [mention for mention in found if head.start() - LIFE < mention.start < head.start()]
            at = head.end()
            for _ in range(MOST_LINES if told else 0):
                line = _LINE.match(self.folded, at)
                if line is None:
                    break
                owners[line.end()] = max(reversed(told), key=lambda mention: often[self.folded[mention.start : mention.end]])
                at = (self.folded.find("\n", line.end()) + 1 or len(self.folded) + 1) - 1
        return owners

    def _former(self, office: Office) -> bool:
        """Whether the office is one that is held no more, in a list: ", nguyên Bí thư …"."""
        return _FORMER.match(fold(office.title)) is not None and self.folded.endswith((", ", "; "), 0, office.start)

    def _holder(self, found: list[Mention], index: int, office: Office, previous: Mention | None) -> Mention | None:
        """The person before the office in its sentence, if the words between say that he holds it."""
        if previous is None or office.start - previous.end > FAR:
            return None
        gap = self.folded[max(previous.end, previous.reach) : office.start]
        if (
            (";" in gap and not gap.endswith("; là "))
            or '"' in gap
            or (")" in gap and self._aside(previous))
            or (_PRONOUN.search(gap) and index > 1 and self._listed(found, index - 1))
        ):
            return None
        former = self._former(office) and _LIFE.match(self.folded, previous.end) is not None
        serves = _SERVES.fullmatch(gap) is not None and not self.folded.endswith(" của ", 0, previous.opens)
        if not former and not serves and not _HOLDS.search(gap):
            return None
        passive = self.folded.endswith(_BY, 0, previous.opens) and _APPOINTS.match(gap) is not None
        if (
            passive
            or INSTEAD.search(self.folded, max(0, previous.opens - 14), previous.opens)
            or _KIN.search(self.folded, max(0, previous.opens - 20), previous.opens)
        ):
            return found[index - 2] if index > 1 and previous.start - found[index - 2].end < FAR else None
        if not previous.honorific or not previous.honorific.startswith(_SEVERAL):
            self._with(found, index - 1, office)
        return previous

    def _listed(self, found: list[Mention], index: int) -> bool:
        """Whether the person is the last of several that a list names: "…, B, C và ông từng là …"."""
        return GLUE.fullmatch(self.folded, found[index - 1].reach, found[index].opens) is not None

    def _with(self, found: list[Mention], index: int, office: Office) -> None:
        """Give "các đồng chí A và B giữ chức …", "ông A và bà B được bầu làm Phó Chủ tịch" to those before the last of the list too."""
        here, listed = index, []
        while here and GLUE.fullmatch(self.folded, found[here - 1].reach, found[here].opens):
            here -= 1
            listed.append(found[here])
        pair = len(listed) == 1 and _DEPUTY.match(fold(office.title)) and self.folded.endswith(" và ", 0, found[index].opens)
        bare = pair and not listed[0].offices and listed[0].reach == listed[0].end and listed[0].opens >= listed[0].start - HONORIFIC
        if listed and (bare or (listed[-1].honorific or "").startswith(_SEVERAL)):
            for mention in listed:
                mention.offices.append(office)

    def _next(self, office: Office, sentence: Interval, previous: Mention | None, following: Mention | None) -> Mention | None:
        """The person after the office: "Trên cương vị Giám đốc, ông A", "bổ nhiệm chức Giám đốc cho ông A"."""
        if following is None:
            return None
        before = self.folded[max(sentence.start, office.start - 80) : office.start]
        gap = self.folded[office.end : following.opens]
        if previous is None and len(gap) < FAR and _THEN.fullmatch(gap) and _FRONT.search(before):
            return following
        granted = _GRANTED.search(before) and _TO_WHOM.fullmatch(self.folded, self.offices.past(office), following.opens)
        return following if granted else None

    def _just_named(self, sentence: Interval, fitting: list[Mention]) -> Mention | None:
        """The only person named in the sentence before, with what he is called by: "Ông A vẫn minh mẫn. Ông hiện là …"."""
        before = sentence_at(self.doc, max(0, sentence.start - 2))
        named = [mention for mention in fitting if before.start <= mention.start < sentence.start]
        return named[0] if len(named) == 1 and named[0].honorific else None

    def _aside(self, mention: Mention) -> bool:
        """Whether the person is only named in brackets as another's companion: "(cùng Trung tướng A)"."""
        return _ASIDE.search(self.folded, max(0, mention.opens - 40), mention.opens) is not None

    def _spoken_of(self, found: list[Mention], index: int, office: Office, sentence: Interval, often: Counter[str]) -> Mention | None:
        """The last person named who is called as the pronoun before the office calls him, or who has died."""
        said = _PRONOUN.search(self.folded[max(sentence.start, office.start - 70) : office.start])
        before = self.folded[max(sentence.start, office.start - 60) : office.start]
        told = index == 0 or found[index - 1].end <= sentence.start
        goes_on = said is None and told and (self._former(office) or _HOLDS.search(before) is not None)
        subject = _SUBJECT.match(self.folded, sentence.start) if goes_on else None
        recent = [mention for mention in found[max(0, index - 6) : index] if mention.start > office.start - LIFE]
        called = (said or subject or [None, None])[1]
        if called is None and told and recent and (left_out := _NOBODY.match(self.folded, sentence.start, office.start)):
            if left_out["year"] is None:
                return recent[-1]
            return max(reversed(recent), key=lambda mention: often[self.folded[mention.start : mention.end]])  # whose life is told
        if called is None and (given := _GIVEN.search(self.offices.text[max(sentence.start, office.start - 90) : office.start])):
            ends = " " + fold(given["name"])
            return next(
                (
                    mention
                    for mention in reversed(found[max(0, index - NAMED) : index])
                    if self.folded.endswith(ends, mention.start, mention.end)
                ),
                None,
            )
        if called is None:
            listed = office.start == sentence.start or self.folded[office.start - 2 : office.start].strip() in (",", ";", ".")
            dead = self._mourning and recent and listed and len(often) < 4
            lived = [mention for mention in recent if _LIFE.match(self.folded, mention.end)] if dead else []
            return lived[-1] if lived else None
        recent = [mention for mention in recent if not self._aside(mention)]
        if self._told and office.start - self._told[0] < LIFE:
            recent.insert(0, self._told[1])  # a life is told of "ông" from sentence to sentence
        fitting = [mention for mention in recent if not mention.honorific or _GENDERS.get(fold(mention.honorific), called) == called]
        told_of = self._just_named(sentence, fitting) if said else None
        if told_of is not None:
            return told_of
        women = [mention for mention in fitting if mention.honorific and fold(mention.honorific) == called] if called in _WOMEN else []
        return max(reversed(women or fitting), key=lambda mention: often[self.folded[mention.start : mention.end]], default=None)
