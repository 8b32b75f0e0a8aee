"""How far an award has come, as its sentence and the one before it tell: awarded, proposed, registered, or only mentioned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extract.award_givers import Grantor, likely
from extract.award_places import Places
from extract.award_words import Name
from extract.binding import Bound
from extract.frames import Verb, around, governs, status
from extract.language import UPPER, Interval
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardStatus

_YEAR = re.compile(r"(?<!giai đoạn )(?<!từ )(?<!đến )(?<![\w(])năm (?P<year>(?:19|20)\d\d)(?! ?[-–,] ?\d| và \d| đến| tới)(?!\w)")
_ITEM = re.compile(r"[-–+•*·] *|\d{1,3}[.)] *|[a-z]\) *|\d|(?:(?:truy |phong )?tặng|công nhận) ")
_ANNOUNCED = 60  # code points of a line that only announces a list: "Cụ thể như sau:"
_FAR = 300  # code points before an award in which its year may stand
_LAW = 500  # the same of the law that tells who may get it
_REACH = 120  # code points after an award in which its verb may stand
_TITLES = frozenset(lexicon("awards")["praise"]["titles"])
_HONOURED = frozenset(lexicon("awards")["praise"]["honoured"])
_LIFE = frozenset((*lexicon("awards")["merging"]["orders"], "insignia")) - {"award_unspecified"}  # what a life's offices end with
# "sẽ khen thưởng em Hoa": to somebody who is named
_PROMISED_TO = re.compile(
    rf" (?:đột xuất |nóng )?(?:cho |đối với )?(?:(?:hai |ba )?(?:ông|bà|anh|chị|em|cháu|cô|thầy|bạn)(?: [^\W\d_]+){{0,2}}? [{UPPER}]\w|(?:mỗi |từng |các )?(?:cầu thủ|tuyển thủ|thành viên|đội tuyển|tuyển|đội bóng)(?!\w)(?![^.;]*(?:nếu|khi |vô địch)))"
)
_HAD = _TITLES | {"insignia", "commemorative_medal"}
_OWN = re.compile(rf" (?:\d{{2}}|[{UPPER}]\w+ [^\W\d_]+)")  # "Huy hiệu | 70 năm", "Kỷ niệm chương | Chiến sĩ Trường Sơn"
_CALLED = frozenset(("emulation_fighter", "advanced_worker", "hero_of_labor", "hero_of_the_armed_forces", "award_unspecified"))
# "Tạ Văn Mẫn (Trường A, | huy chương vàng …)": who has won it
_HOLDER = re.compile(rf"[{UPPER}]\w+ [{UPPER}]\w+(?: \((?:[^():;\d]{{0,60}}, )?|, )$")
_APPOSED = re.compile(rf"[{UPPER}]\w+ [{UPPER}]\w+(?:, | \(|\), )$")
_MORE_NAMED = re.compile(rf"[^.;:]{{0,60}}[,;] (?:[Ôô]ng |[Bb]à |và )?[{UPPER}]\w+ [{UPPER}]\w+ [{UPPER}]\w+")  # a list of guests
_HELD_TITLES = frozenset(lexicon("awards")["praise"]["held_titles"])  # what those who get another award may be called by
_GIVEN_TO = re.compile(r"(?:bằng khen|giấy khen|cờ thi đua|huân chương|kỉ niệm chương|quà|hoa)[^.;:]{0,60} cho (?!danh hiệu)[^.;:]*$")
_AND_TITLE = re.compile(r"(?:[,;]| và) (?:và )?(?:các )?danh hiệu \"?$")
_UNDONE = re.compile(rf"[^,;.]{{0,90}}?(?<!\w)(?:{any_of(lexicon('awards')['praise']['undone'])})(?!\w)")
_TAKEN = re.compile(r"[^,;.]{0,90}? (?:đã |vừa )?bị (?:thu hồi|hủy bỏ|hủy|tước|rút)(?!\w)")
_RATES = re.compile(r"(?<!\w)mức (?:khen )?thưởng(?!\w)")  # "thưởng cho học sinh đạt giải nhất, với mức thưởng cao nhất 60 triệu": a rule
_UNSETTLED = re.compile(
    r"(?<!\w)(?:xin ý kiến|xin(?: được)?|kính trình|xem xét|họp bàn|bàn|ý định|có thể|sẽ|yêu cầu|vì sao|cân nhắc|việc)(?!\w)[^.;]{0,60}$"
)
_COUNCIL = re.compile(r"(?<!\w)(?:hội đồng(?! nhân dân)|khối|cụm|đề nghị|trình|kiến nghị|tham mưu)(?!\w)")  # who only votes on it, or asks
_AT_LEAST = re.compile(r"(?<!\w)(?:từ|đủ|ít nhất|trên) $")  # "hiến máu từ | 50 lần": no number of what was got
_ABROAD = re.compile(r"(?<!\w)(?:quốc tế|olympic|châu (?:á|âu|mĩ|phi)|thế giới|đông nam á|asean|sea games|world)(?!\w)")
_WINS = ("đoạt giải", "đạt giải", "giành giải", "nhận giải", "trao giải")  # what the verb of a prize's name tells
_SHOWN = re.compile(r"(?:trao|tặng|trao tặng)(?: các| những)? ")  # "Trao bằng khen tặng các đội": a caption
_SHOWN_TO = re.compile(r" (?:cho|tặng) (?!.*ảnh ?:)")
_ANOTHER_ACT = re.compile(r"[^.;]*?(?:[,;] (?:đồng thời|và|cũng|còn|qua đó)|;)(?= (?!được ))")
_SOMEBODY = re.compile(
    rf"[{UPPER}]\w+ [{UPPER}]\w+(?: (?:\([^()\n]{{1,40}}\) )?|, [^,.;:\n]{{1,80}}, )(?:đã |vừa |từng |cũng )?(?:được|nhận|vinh dự|giành|đạt|trao|tặng)(?!\w)"
)
# "Mẫn nhận | bằng khen": whom a caption calls by the given name
_PICTURED = re.compile(
    rf"[{UPPER}]\w+(?: [{UPPER}]\w+)? (?:vinh dự |rạng rỡ )?(?:nhận|được (?:trao|tặng)|lên nhận|đón nhận)(?: được)?(?: tấm)? $"
)


@dataclass(frozen=True)
class Frame:
    """What a sentence leaves for the list, the "trong đó" or the sentence after it."""

    status: AwardStatus | None = None
    givers: tuple[Grantor, ...] = ()
    year: int | None = None
    open: bool = False  # it ends in a colon, or is itself an item of a list
    agents: tuple[Grantor, ...] = ()  # who gives the last award of the sentence, by the words before it
    voted: bool = False  # a board voted on what is sent up


@dataclass(frozen=True)
class Reader:
    """Reads the status of the awards of one sentence, which may go on with the frame that the one before it left."""

    places: Places
    sentence: Interval
    frame: Frame

    @cached_property
    def marks(self) -> Sequence[Verb]:
        """The verbs of the sentence."""
        return self.places.marks(self.sentence)

    @property
    def continues(self) -> bool:
        """Whether the sentence goes on with what the one before it said."""
        return bool(around("continues").match(self.places.folded, self.sentence.start, self.sentence.end)) or (
            self.frame.open and bool(self.frame.status)
        )

    def givers(self, name: Name) -> tuple[Grantor, ...]:
        """Those of the frame; of a sentence that only adds to it, those whose deeds it goes on to tell: "Đồng thời, tặng …"."""
        if name.type == "contest_prize" and _ABROAD.search(self.places.folded, name.start, self.sentence.end):
            return ()  # "UBND tỉnh tặng Bằng khen … Trong đó, em A đạt huy chương Bạc Olympic châu Á"
        adds = around("adds").match(self.places.folded, self.sentence.start, self.sentence.end)
        return likely(name, self.resumed) or (self.frame.givers if self.continues and not adds else ())

    @cached_property
    def resumed(self) -> tuple[Grantor, ...]:
        """Who gave in the sentence before, when this one begins with a verb of giving that has no subject."""
        resumes = around("resumes").match(self.places.folded, self.sentence.start, self.sentence.end)
        return self.frame.agents if resumes else ()

    def settled(self, name: Name) -> bool:
        """Whether words before the award say that it was given."""
        promised = "sẽ" if self.places.rules else "\n"  # what a regulation promises is not settled
        return any(
            mark.frame == "settle" and mark.end <= name.start and not self.places.folded.startswith(promised, mark.start)
            for mark in self.marks
        )

    def sure(self, name: Name) -> bool:
        """Whether somebody is said to have it."""
        start, folded = self.sentence.start, self.places.folded
        return (
            self.settled(name)
            or self._owned(name)
            or bool(_SHOWN.fullmatch(folded, start, name.start) and _SHOWN_TO.match(folded, name.end, self.sentence.end))
            or bool(around("besides").search(folded, start, name.start))
            or bool(around("has").search(folded, max(start, name.start - 220), name.start))
            or bool(_SOMEBODY.search(self.places.text, start, name.start) or _PICTURED.match(self.places.text, start, name.start))
        )

    def read(self, name: Name, bonds: Sequence[Bound], *, told: bool) -> AwardStatus:
        """The status, by the verbs before the award, else those of the frame, else those after it.

        `bonds`: the numbers that count it. `told`: who confers it stands right after it, so that it is one certain award.
        """
        at = name.start + 1 if name.bare or name.won or self.places.folded.startswith(_WINS, name.start) else name.start
        marks = self.marks
        if name.type in _TITLES:
            marks = [mark for mark in marks if self.places.folded[mark.start : mark.end] not in _HONOURED]  # they are guests
        state = status(marks, self.places.folded, at)
        fixed = self._fixed(name, bonds, state)
        if fixed is not None:
            return fixed
        if self.continues and self.frame.status and (state is None or (state is AwardStatus.AWARDED and not self._decides(at))):
            return self.frame.status
        return state if state is not None else self._without_verb(name, marks, bonds, told=told)

    def _fixed(self, name: Name, bonds: Sequence[Bound], state: AwardStatus | None) -> AwardStatus | None:
        """What is certain whatever the verbs say: a plan, a limit, what was withdrawn, the worth of a prize."""
        folded, (start, end) = self.places.folded, self.sentence
        asked = bool(around("criterion").search(folded, max(start, name.start - 70), name.start))
        if not bonds and (asked or not self.settled(name)) and around("upward").match(folded, name.end, end):
            told = not asked and (state is AwardStatus.REGISTERED or around("part").search(folded, start, name.start))
            return state if told or _SOMEBODY.search(self.places.text, start, name.start) else AwardStatus.MENTIONED
        if (
            state is AwardStatus.PROPOSED
            and not bonds
            and around("to_any").match(folded, name.end, end)
            and around("tasked").search(folded, max(start, name.start - _FAR), name.start)
        ):
            return AwardStatus.MENTIONED
        if state is AwardStatus.PROPOSED and around("to_send").match(folded, name.end, end):
            return AwardStatus.MENTIONED
        if not bonds and around("duty").search(folded, max(start, name.start - _FAR), name.start):
            return AwardStatus.MENTIONED
        if around("apiece").search(folded, max(start, name.start - 40), name.start):
            return AwardStatus.MENTIONED
        if name.type in _TITLES and around("kin").search(folded, max(start, name.start - 40), name.start):
            return AwardStatus.MENTIONED
        if name.type in _TITLES and around("attended").search(folded, start, name.start):
            return AwardStatus.MENTIONED
        if name.type in _TITLES and state is None and around("attends").match(folded, name.end, end):
            return AwardStatus.MENTIONED
        if name.type in _TITLES and not bonds and around("council").search(folded, max(start, name.start - 110), name.start):
            return AwardStatus.MENTIONED if not folded.startswith(" cho ", name.end) else state
        if name.type == "contest_prize" and around("to_come").search(folded, max(start, name.start - 180), name.start):
            return AwardStatus.MENTIONED
        if around("besides").search(folded, max(start, name.start - 50), name.start) and around("offered").match(folded, name.end, end):
            return AwardStatus.MENTIONED
        limited = any(around("limit").search(folded, bond.quantity.start, bond.end) for bond in bonds)
        if not self.settled(name) and (limited or (state is not AwardStatus.REGISTERED and self._planned(name))):
            return AwardStatus.MENTIONED
        if name.type == "letter_of_commendation" and around("in_letter").search(folded, max(start, name.start - 20), name.start):
            return AwardStatus.AWARDED
        if (
            name.type == "contest_prize"
            and state is None
            and not self.places.rules
            and around("won_list").search(folded, max(start, name.start - _LAW), name.start)
        ):
            return AwardStatus.AWARDED
        if (
            state in (AwardStatus.AWARDED, None)
            and not self.settled(name)
            and any(around(rule).match(folded, name.end, end) for rule in ("entitles", "scored"))
        ):
            return AwardStatus.MENTIONED
        if (
            name.type in _TITLES
            and not folded[max(start, name.start - 12) : name.start].endswith("hiệu ")
            and around("holder").match(folded, name.end, end)
        ):
            return AwardStatus.MENTIONED
        if name.type in _HELD_TITLES and self._describes(name):
            return AwardStatus.MENTIONED
        if around("forged").match(folded, name.end, end) or self._ruled(name, bonds):
            return AwardStatus.MENTIONED
        if around("once_given").match(folded, name.end, end) and around("asked_back").search(folded, start, name.start):
            return AwardStatus.AWARDED
        if state is AwardStatus.PROPOSED and bonds and self._considered(name):
            return AwardStatus.AWARDED
        if state is AwardStatus.PROPOSED and around("granted").match(folded, name.end, end):
            return AwardStatus.AWARDED
        rates = name.type == "contest_prize" and not bonds and _RATES.search(folded, start, end)
        if rates and not _SOMEBODY.search(self.places.text, start, name.start):
            return AwardStatus.MENTIONED
        owner = around("won").match(folded, name.end, end)
        worth = (
            name.type == "contest_prize"
            and not (owner and any(word in owner[0] for word in ("thuộc về", "về tay", "được trao")))
            and around("priced").match(folded, name.end, end)
        )
        given = worth and "lần" not in worth[0] and around("given_prize").search(folded, start, name.end)
        priced = (worth and not given) or (name.bare and around("ranged").match(folded, name.end, end))
        promised = (
            name.bare
            and not (bonds or _PROMISED_TO.match(self.places.text, name.end, end))
            and around("promised").search(folded, max(start, name.start - 12), name.start + 9)
        )
        doubted = folded[end - 1] == "?" and state is AwardStatus.AWARDED and not self.settled(name)
        if (
            doubted
            or priced
            or (name.bare and around("blamed").search(folded, max(start, name.start - _FAR), name.start))
            or promised
            or _UNDONE.match(folded, name.end, end)
            or any(around(rule).match(folded, name.end, end) for rule in ("rationed", "theirs", "yearly"))
            or (not self.settled(name) and around("ruled").match(folded, name.end, end))
        ):
            return AwardStatus.MENTIONED
        if state is AwardStatus.AWARDED and not self.settled(name) and self._sent_up(name):
            return AwardStatus.PROPOSED
        if name.type == "contest_prize" and state is None and around("results").match(folded, start, name.start):
            return AwardStatus.AWARDED
        if name.type == "contest_prize" and state is None and around("won").match(folded, name.end, end):
            return AwardStatus.AWARDED  # "giải Nhì: đội Long Điền"
        if name.type == "contest_prize" and state is AwardStatus.PROPOSED:
            return AwardStatus.AWARDED  # nobody proposes a contest's prize: the proposal is of another award
        return None

    @cached_property
    def voted(self) -> bool:
        """Whether a board votes here on what is sent up, or the sentence goes on with what it voted on before."""
        folded, sentence = self.places.folded, self.sentence
        return bool(around("votes").search(folded, *sentence) or (self.frame.voted and around("sent_on").match(folded, *sentence)))

    def _considered(self, name: Name) -> bool:
        """Whether who confers it is only told to have considered it before: "UBND tỉnh đã xét, công nhận 33 Chiến sĩ thi đua"."""
        folded, start = self.places.folded, self.sentence.start
        asked = [
            mark for mark in self.marks if mark.frame == "propose" and mark.end <= name.start and folded[mark.start : mark.end] != "xét"
        ]
        near = max(start, name.start - _FAR)
        return (
            not asked
            and not _COUNCIL.search(folded, start, name.start)
            and bool(around("confers").search(folded, near, name.end if name.bare else name.start))
        )

    def _sent_up(self, name: Name) -> bool:
        """Whether a clause goes on with what is asked for: "đề nghị Thủ tướng tặng Bằng khen cho A; Chính phủ tặng Cờ thi đua cho B"."""
        folded, start = self.places.folded, self.sentence.start
        if self.voted and self.frame.voted and around("sent_on").match(folded, *self.sentence):
            return True
        if not (self.voted or around("asked_on").search(folded, start, name.start)):
            return False
        before = [mark.frame for mark in self.marks if mark.end <= folded.rfind(";", start, name.start)]
        return "propose" in before and "settle" not in before

    def _ruled(self, name: Name, bonds: Sequence[Bound]) -> bool:
        """Whether a law says who may get it, or a call promises it to whoever helps: nobody is counted or named."""
        folded, start = self.places.folded, self.sentence.start
        near = max(start, name.start - _LAW)
        if not bonds and around("tariff").match(folded, start, self.sentence.end):
            return not _SOMEBODY.search(self.places.text, start, name.start)
        if bonds or not any(around(rule).search(folded, near, name.start) for rule in ("by_law", "call")):
            return False
        if _SOMEBODY.search(self.places.text, start, name.start):
            return False
        done = [
            mark.start
            for mark in self.marks
            if mark.frame == "settle" and mark.end <= name.start and not _AT_LEAST.search(folded, max(0, mark.start - 12), mark.start)
        ]
        return not done or folded.startswith("sẽ", done[-1])

    def undone(self, name: Name) -> bool:
        """Whether the sentence tells that it was taken back, and does not only ask for that."""
        folded, marks = self.places.folded, self.marks
        taken = [mark for mark in marks if mark.frame == "undo" and mark.end <= name.start and ";" not in folded[mark.end : name.start]]
        if taken:
            at = taken[-1].start
            asked = any(mark.frame in ("propose", "wish", "rule", "deny") and mark.end <= at for mark in marks)
            return not (asked or _UNSETTLED.search(folded, max(self.sentence.start, at - 90), at))
        return bool(_TAKEN.match(folded, name.end, self.sentence.end))

    def _describes(self, name: Name) -> bool:
        """Whether a title tells who gets another award: "tặng Giấy khen cho 20 tập thể và 27 gia đình văn hóa"."""
        if _AND_TITLE.search(self.places.folded, self.sentence.start, name.start):
            return False  # "tặng Cờ thi đua cho đơn vị A, danh hiệu … cho ông B"
        given = _GIVEN_TO.search(self.places.folded, max(self.sentence.start, name.start - _FAR), name.start)
        return given is not None and not any(
            given.start() <= mark.start < name.start and mark.frame in ("give", "get") for mark in self.marks
        )

    def _without_verb(self, name: Name, marks: Sequence[Verb], bonds: Sequence[Bound], *, told: bool) -> AwardStatus:
        """The status of an award that no verb stands before: by the verbs after it, else by what makes it one certain award."""
        folded, start = self.places.folded, self.sentence.start
        if around("besides").search(folded, start, name.start) or self._listed(name) or self._of_a_life(name) or self._owned(name):
            return AwardStatus.AWARDED
        another = _ANOTHER_ACT.match(
            folded, name.end, min(name.end + _REACH, self.sentence.end)
        )  # "…, đồng thời đề nghị Đồn nắm chắc địa bàn"
        reach = another.end() if another else name.end + _REACH
        later = status([mark for mark in marks if name.end <= mark.start <= reach], folded, reach + 1)
        if (later is not None and later is not AwardStatus.MENTIONED) or bonds:
            return later if later in (AwardStatus.PROPOSED, AwardStatus.REGISTERED) else AwardStatus.AWARDED
        told = told or name.type == "letter_of_commendation"  # a letter that is spoken of was sent
        classed = name.class_ is not None and name.type != "contest_prize" and not self.places.rules
        told = told or classed or self._holds(name)
        return AwardStatus.AWARDED if told or around("share").search(folded, start, name.start) else AwardStatus.MENTIONED

    def _owned(self, name: Name) -> bool:
        """Whether somebody is said to have it, without a word of giving or getting."""
        if name.vague:
            return False  # "ca sĩ có nhiều huy chương", of contests
        folded, (start, end) = self.places.folded, self.sentence
        return bool(around("owns").search(folded, max(start, name.start - 100), name.start) or around("owned").match(folded, name.end, end))

    def _holds(self, name: Name) -> bool:
        """Whether it is a title or a badge by its name that somebody is said to have: "Cụ có Huy hiệu 70 năm tuổi Đảng"."""
        if self.places.rules or name.vague or name.type not in _HAD:
            return False
        folded, (start, end) = self.places.folded, self.sentence
        named = name.type in _TITLES or _OWN.match(self.places.text, name.end, end) or name.quoted or name.several
        return bool(named) and bool(around("holds").search(folded, max(start, name.start - 120), name.start))

    def _listed(self, name: Name) -> bool:
        """Whether the sentence is a bare list of awards with their classes: "Huân chương Độc lập hạng Nhất, …"."""
        folded, (start, end) = self.places.folded, self.sentence
        return bool(around("order_first").match(folded, start, end)) and not around("predicate").search(folded, start, name.start + 1)

    def _of_a_life(self, name: Name) -> bool:
        """Whether it stands among somebody's offices, or right after a name: "…; đại biểu Quốc hội khóa V; Huân chương Sao vàng"."""
        if self.places.rules:
            return False
        folded, text, start = self.places.folded, self.places.text, self.sentence.start
        if name.type in _CALLED and around("called").search(folded, max(start, name.start - 60), name.start):
            return True
        if name.type == "contest_prize":
            return bool(_HOLDER.search(text, max(start, name.start - 90), name.start))
        if name.type in _TITLES:
            return bool(_APPOSED.search(text, max(start, name.start - 60), name.start)) and not _MORE_NAMED.match(
                text, name.end, self.sentence.end
            )
        return name.type in _LIFE and bool(around("life").search(folded, max(start, name.start - _LAW), name.start))

    def _planned(self, name: Name) -> bool:
        """Whether the sentence speaks of a year after that of publication."""
        years = [
            int(match["year"])
            for match in around("coming").finditer(self.places.folded, max(self.sentence.start, name.start - _FAR), name.start)
        ]
        return bool(years) and self.places.published is not None and min(years) > self.places.published

    def _decides(self, at: int) -> bool:
        """Whether the sentence itself says that something was given or decided, and does not only list what is proposed."""
        listing = self.frame.open and self.frame.status is not AwardStatus.AWARDED
        first = self.sentence.start  # "Tặng Huân chương … cho ông B.", after what was asked for A
        return any(
            mark.end <= at and mark.frame in (("settle",) if listing else ("settle", "give")) and mark.start > first
            for mark in self.marks
            if not around("sort_of_praise").match(self.places.folded, mark.start)
        )

    def silent(self) -> Frame:
        """The frame that the sentence leaves when it names no award: "Hội đồng thống nhất đề nghị khen thưởng như sau:"."""
        folded, frame = self.places.folded, self.frame
        year = only_year(folded, self.sentence)
        if around("prize_list").fullmatch(folded, *self.sentence):
            return Frame(AwardStatus.MENTIONED, year=year, open=True)
        if folded[self.sentence.end - 1] != ":":
            item = _ITEM.match(folded, self.sentence.start, self.sentence.end) or "|" in folded[self.sentence.start : self.sentence.end]
            return replace(frame, year=year or frame.year) if frame.open and item else Frame(year=year)
        state = status(self.marks, folded, self.sentence.end)
        if state is None:
            return replace(frame, open=True) if frame.status and self.sentence.end - self.sentence.start < _ANNOUNCED else frame
        if state is AwardStatus.MENTIONED or not governs(self.marks, self.sentence.end):
            return Frame(state, year=year, open=True)
        return Frame(state, self.places.before(self.sentence, self.marks, self.sentence.end), year, True)

    def leaves(self, said: Sequence[tuple[AwardStatus, Grantor]], last: int) -> Frame:
        """The frame that the sentence leaves when it names awards: `said` is their status and who confers them, `last` where the last begins."""
        folded = self.places.folded
        row = self.frame.open and "|" in folded[self.sentence.start : self.sentence.end]
        if self.frame.open and self.continues and (row or _ITEM.match(folded, self.sentence.start, self.sentence.end)):
            return self.frame
        opens = folded[self.sentence.end - 1] == ":"
        real = [(state, giver) for state, giver in said if state is not AwardStatus.MENTIONED]
        state = real[-1][0] if real else status(self.marks, folded, self.sentence.end)
        if opens and said and not real and self.frame.open and self.frame.status is AwardStatus.MENTIONED:
            state = AwardStatus.MENTIONED  # "Tổng số có 20 giải thưởng, gồm:", of what a contest holds out
        givers = tuple(giver for _, giver in (real or said)[-1:] if giver.name)
        if opens and not givers:
            givers = self.places.before(self.sentence, self.marks, self.sentence.end)
        agents = self.places.before(self.sentence, self.marks, last) or self.resumed
        return Frame(state, givers, only_year(folded, self.sentence), opens, agents, self.voted and state is AwardStatus.PROPOSED)


def years(folded: str, start: int, end: int) -> list[int]:
    """The years that folded[start:end] tells by "năm", in order."""
    return [int(match["year"]) for match in _YEAR.finditer(folded, start, end)]


def only_year(folded: str, sentence: Interval) -> int | None:
    """The year of a sentence that tells one alone."""
    found = set(years(folded, sentence.start, sentence.end))
    return found.pop() if len(found) == 1 else None
