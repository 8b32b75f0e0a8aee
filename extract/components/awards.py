"""Awards: orders, titles, flags, certificates, by kind, level, class and status: "tặng Bằng khen của Chủ tịch UBND tỉnh cho …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from extract import award_names, grantors, quantities, recipients, tables
from extract.award_names import Name
from extract.binding import Bound, bind
from extract.components.bodies import Body, page_province
from extract.fold import fold
from extract.frames import Verb, governs, status, verbs
from extract.grantors import Grantor
from extract.language import MOST, Interval, context, cut, leave
from extract.merging import Mention, merge, row
from extract.quantities import any_of
from extract.recipients import Candidates
from schemas.awards import Award, Recipient
from schemas.officials import Official
from schemas.vocabulary import AwardLevel, AwardStatus, OfficialRole

_YEAR_AFTER = re.compile(
    r'[ "]*(?:\(|vào |trong |các )*(?:năm |năm học \d{4} ?- ?)?(?P<year>(?:19|20)\d\d)(?! ?[-,] ?\d{4}| và \d{4})(?!\w|[./]\d)'
)
_YEAR = re.compile(r"(?<!giai đoạn )(?<!từ )(?<!đến )(?<![\w(])năm (?P<year>(?:19|20)\d\d)(?! ?[-–,] ?\d| và \d| đến| tới)(?!\w)")
# the year or the quarter of a plan; not that of a term ("nhiệm kỳ 2020 - 2025")
_COMING = re.compile(r"(?<!giai đoạn )(?<!đến )(?<![\w(])(?:năm|quí [ivx\d]+ ?/|tháng \d{1,2} ?/) ?(?P<year>20\d\d)(?! ?[-–] ?\d)(?!\w)")
_LIMIT = re.compile(r"(?<!\w)(?:tối đa|không quá|nhiều nhất|không vượt quá)(?!\w)")
# "… được Hội đồng thống nhất rút": what becomes of a proposal in its own clause
_UNDONE = re.compile(rf"[^,;.]{{0,90}}?(?<!\w)(?:{any_of(award_names.lexicon()['praise']['undone'])})(?!\w)")
# "Huyện đoàn mở cuộc thi …, trao 1 giải Nhất": the prizes are its own
_HOLDS_CONTEST = re.compile(r"(?<!\w)(?:mở|tổ chức|phát động) (?:cuộc thi|hội thi|liên hoan|hội diễn|giải)(?!\w)")
# "trao huân chương, cờ thi đua, bằng khen": one who hands over orders of the State need not have given the rest
_AFTER_ORDERS = re.compile(r"trao (?:tặng )?(?:các )?(?:phần thưởng,? |danh hiệu,? )?(?:huân chương|huân, huy chương)(?: [^\W\d_]+){0,6}(?:,| và) [^.;]*$")
# "Giải Nhất: 5 triệu đồng", "mỗi giải Nhất 5 triệu đồng": what a prize is worth
_PRICED = re.compile(r' *(?:[:=-]|trị giá|được)? *(?:[\d.,]{1,15} +(?:triệu|nghìn|ngàn|tỉ|đồng)(?! bào)|:$)')
_SHARE = re.compile(r"\d ?% (?:số |các )?$")  # "68% Chiến sĩ thi đua cơ sở là …"
_WITH = re.compile(r"[^;.:\d]{0,40}?(?:,|và|kèm|cùng|đồng thời)(?: [^\W\d_]+){0,2}? *")
_TITLES = frozenset(award_names.lexicon()["praise"]["titles"])
_HONOURED = frozenset(award_names.lexicon()["praise"]["honoured"])
_BESIDES = re.compile(r"(?:ngoài|bên cạnh|cùng với)(?: (?:các|những|tấm|việc nhận|việc được tặng))? *$")
_ORDER_FIRST = re.compile(r"[-–+•*. ]*(?:\d{1,2} )?(?:huân chương|huy chương) (?:[^\W\d_]+,? ){1,7}?hạng ")
_PREDICATE = re.compile(r"(?<!\w)(?:là|được|có|phải|do|theo|dành)(?!\w)")
_HELD = frozenset(("contest_prize", "commemorative_medal", "insignia", "award_unspecified"))
_BESIDES_IT = re.compile(r"[-–+•*· \"]*(?:ngoài ra|đồng thời|cùng với đó)")
_LEAD = 700  # code points in which an article says what it is about
_REGULATION = re.compile(award_names.lexicon()["praise"]["regulation"])
# "đề nghị thu hồi bằng khen đã trao": it was given, and is not yet taken back
_ONCE_GIVEN = re.compile(r" (?:đã|từng) (?:được )?(?:trao|tặng)")
_ASKED_BACK = re.compile(r"(?<!\w)(?:đề nghị|kiến nghị|đề xuất)[^.;]{0,120}(?:hủy|thu hồi)")
_MANY = re.compile(r"(?<!\w)(?:ông|bà|anh|chị|em|cô|thầy|trường|đơn vị|công ty|xã|huyện|tập thể)(?!\w)[^.;]{0,120}(?:được|nhận|tặng|đạt|giành|đoạt)(?!\w)[^.;]{0,80}$")
_SOMEBODY = re.compile(rf"[{award_names.UPPER}]\w+ [{award_names.UPPER}]\w+ (?:đã |vừa |từng |cũng )?(?:được|nhận|vinh dự|giành|đạt)(?!\w)")
_ATTENDED = re.compile(r"(?<!\w)(?:tham dự|đến dự|tới dự|có mặt|dự (?:lễ|đại hội|hội nghị|buổi)|gặp mặt)(?!\w)")
_WILL = re.compile(r"(?<!\w)sẽ (?:được )?(?:khen|thưởng)")
# "khen thưởng đột xuất em", "thưởng nóng 10 triệu đồng": somebody who is known from before, or money
_PRAISED = re.compile(
    rf" *(?:đột xuất |nóng )?(?:cho )?(?:(?:{any_of(award_names.lexicon()['praise']['known'])})(?= ?[,.;]| vì| về| này| đã| do| sau|$)|(?:{any_of(award_names.lexicon()['praise']['units'])})(?!\w)|(?:số tiền |với số tiền )?\d[\d.,]* (?:triệu|tỉ|nghìn|ngàn|đồng)(?!\w))"
)
_CALLED = re.compile(rf" (?:cho )?(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu|[Cc]ô|[Tt]hầy) [{award_names.UPPER}]\w*")  # "khen thưởng bà Hoa"
_SHARED_OUT = re.compile(rf" *(?:cho )?(?:{any_of(award_names.lexicon()['praise']['shared'])})(?!\w)")  # "thưởng nóng cho các đơn vị phá án"
_CONTINUES = re.compile(
    r'[-–+•*· "]*(?:\d{1,3}[.)] *)?(?:trong đó|cụ thể|theo đó|gồm|bao gồm|trong số (?:đó|này)|đó là|ngoài ra|cùng với đó|đồng thời)'
)
_ITEM = re.compile(r"[-–+•*·] *|\d{1,3}[.)] *|[a-z]\) *|\d")
_AMONG = re.compile(r"trong đó")


@dataclass(frozen=True)
class Frame:
    """What a sentence leaves for the list, the "trong đó" or the sentence after it."""

    status: AwardStatus | None = None
    givers: tuple[Grantor, ...] = ()
    year: int | None = None
    open: bool = False  # it ends in a colon, or is itself an item of a list


@dataclass
class Places:
    """What the doc gives to look at, made once for all sentences."""

    folded: str
    text: str
    bodies: Sequence[Body]
    persons: Mapping[tuple[int, int], Grantor]
    candidates: Candidates
    province: str | None
    lines: Sequence[Interval] = field(default_factory=tuple)
    published: int | None = None  # the year of publication
    rules: bool = False  # the article reports a plan or a regulation
    starts: Sequence[int] = field(default_factory=tuple)  # of the bodies


@Language.factory("awards", requires=["doc._.folded"], assigns=["doc.spans"])
def make_awards(nlp: Language, name: str) -> AwardFinder:
    """Build the finder; its words are extract/lexicon/awards.toml and statuses.toml."""
    return AwardFinder()


class AwardFinder:
    """Mark each award in doc.spans["awards"], leave its rows, and for `counts` the rows of each place in found["award_places"]."""

    def __call__(self, doc: Doc) -> Doc:
        """Add records and places; the rest of the doc stays as it was."""
        found = list(islice(self.find(doc), MOST + 1))
        if len(found) > MOST:
            cut(doc, "awards")
        mentions = merge(found, doc._.folded)
        rows = self.record(doc, mentions)
        places: dict[tuple[int, int], list[int]] = {}
        for mention in mentions:
            if mention.row is not None:
                places.setdefault((mention.name.start, mention.name.end), []).append(mention.row)
        doc._.found["award_places"] = places
        leave(doc, "awards", rows)
        return doc

    def find(self, doc: Doc) -> Iterator[Mention]:
        """Every place that speaks of an award, sentence by sentence."""
        places = _places(doc)
        frame = Frame()
        head: tables.Header | None = None
        heading = Interval(0, 0)
        for index, sentence in enumerate(doc._.sentences):
            found = tuple(award_names.find(places.folded, places.text, sentence.start, sentence.end))
            if tables.is_row(places.text, sentence):
                head = tables.header(places.folded, sentence) or head
                if not found and (prize := _ranked(places, sentence, head, heading)):
                    yield prize
                    continue
            else:
                head, heading = None, sentence
            if not found:
                frame = _frame_of(places, sentence, frame)
                continue
            marks = _marks(places, sentence)
            numbers = tuple(quantities.find(places.folded, places.text, sentence.start, sentence.end))
            bound = bind(numbers, found, places.folded, sentence.start, sentence.end)
            said = list(_mentions(places, sentence, found, marks, bound, frame))
            mentions = [mention for mention in said if not (mention.name.bare and mention.rule == "nobody")]
            if tables.is_row(places.text, sentence):
                mentions = _in_table(places, sentence, mentions, head)
            _list_recipients(places, sentence, mentions, index + 1)
            yield from mentions
            frame = _next_frame(places, sentence, marks, said, frame)

    def record(self, doc: Doc, mentions: Sequence[Mention]) -> list[Award]:
        """One row for each type, level, class and status; each mention learns its row."""
        rows: dict[tuple[str, AwardLevel | None, str | None, AwardStatus], list[Mention]] = {}
        for mention in mentions:
            rows.setdefault((mention.name.type, mention.level, mention.name.class_, mention.status), []).append(mention)
        for index, group in enumerate(rows.values()):
            for mention in group:
                mention.row = index
        text = doc.text  # made anew each time it is asked for
        return [row(text, group) for group in rows.values()]


def _places(doc: Doc) -> Places:
    bodies: tuple[Body, ...] = doc._.found.get("bodies", ())
    officials: tuple[Official, ...] = doc._.found.get("officials", ())
    persons: dict[tuple[int, int], Grantor] = {}
    named: list[Interval] = []
    for official in officials:
        office = _office(official)
        for quote in official.quotes:
            at = quote.quote.find(official.name)
            start = quote.start + max(at, 0)
            end = start + len(official.name) if at >= 0 else quote.end
            if OfficialRole.PRESENTER not in official.roles:
                named.append(Interval(start, end))
            gets = OfficialRole.RECIPIENT in official.roles and OfficialRole.PRESENTER not in official.roles
            if office and not gets and (level := grantors.level_named(office)):
                persons[start, end] = Grantor(level, office)
    return Places(
        doc._.folded,
        doc.text,
        bodies,
        dict(sorted(persons.items())),
        Candidates(doc.text, bodies, named),
        page_province(doc)[0],
        doc._.sentences,
        context(doc)["published_on"].year if context(doc).get("published_on") else None,
        bool(_REGULATION.search(doc._.folded, 0, _LEAD)),
        [body.start for body in bodies],
    )


def _marks(places: Places, sentence: Interval) -> tuple[Verb, ...]:
    """The verbs of a sentence, without those inside the name of a body ("Hội đồng Thi đua - Khen thưởng")."""
    found = verbs(places.folded, sentence.start, sentence.end)
    first = bisect_left(places.starts, sentence.start)
    bodies = [body for body in places.bodies[max(0, first - 1) : bisect_left(places.starts, sentence.end)] if body.end > sentence.start]
    return tuple(verb for verb in found if not any(body.start <= verb.start and verb.end <= body.end for body in bodies)) if bodies else found


def _office(official: Official) -> str | None:
    """The body for which a person gives: that of an office before that of a membership."""
    offices = [(position.title, position.organization) for position in official.positions if position.organization]
    ranked = [body for title, body in offices if not fold(title).startswith(("ủy viên", "thành viên", "nguyên"))]
    return next(iter([*(body for body in ranked if fold(body).startswith("ubnd")), *ranked, *(body for _, body in offices)]), None)


def _mentions(
    places: Places, sentence: Interval, found: Sequence[Name], marks: Sequence[Verb], bound: Sequence[Bound], frame: Frame
) -> Iterator[Mention]:
    """The awards of one sentence with status, grantor, year and recipients."""
    folded = places.folded
    continues = _inherits(folded, sentence, frame)
    counted: dict[int | None, list[Bound]] = {}
    for bond in bound:
        counted.setdefault(bond.award, []).append(bond)
    numbered = {name: at for at, name in enumerate(found)}
    earlier: list[Mention] = []
    for group in award_names.groups(found, folded):
        first, last = group[0], max(group, key=lambda name: name.end)
        stop = next((name.start for name in found if name.start >= last.end), sentence.end)
        alone = last.bare or last.type == "letter_of_commendation"  # "gửi thư khen Công an huyện": they get it
        after = grantors.after(folded, places.text, places.bodies, last.end, sentence.end, province=places.province, bare=alone)
        several = any(name.several for name in group) or grantors.several_after(folded, last.end, sentence.end)
        ahead = _ahead(places, sentence, marks, first) if not after else ()
        for name in group:
            own = after if len(group) == 1 else grantors.after(folded, places.text, places.bodies, name.end, sentence.end, province=places.province) or after
            givers = own or ahead
            if not own and name.level is None and any(other.level is AwardLevel.STATE and other.start < name.start for other in group) and _only_hands(givers):
                givers = ()  # who hands over an order of the State need not have given the rest
            if name.level and not name.several and not award_names.fixed_level(name.type):
                also = grantors.also(places.folded, places.bodies, name.end, sentence.end)
            else:
                also = ()
            at = numbered[name]
            if (
                not givers
                and _AMONG.search(folded, sentence.start, name.start)
                and (like := [mention for mention in earlier if mention.name.type == name.type])
            ):
                givers = (Grantor(like[-1].level, like[-1].grantor),)
            if not givers and name.type in _HELD:
                givers = grantors.holding(folded, places.bodies, name.end, sentence.end)
            if not givers and continues and not (_BESIDES_IT.match(folded, sentence.start, sentence.end) and governs(marks, name.start)):
                givers = frame.givers
            state = _status(places, sentence, marks, name, counted.get(at, ()), continues, frame, told=bool(own) and not name.bare)
            who = _recipients(places, sentence, bound, name, last, stop)
            if places.rules and state is AwardStatus.AWARDED and not who and at not in counted and not any(
                mark.frame == "settle" and mark.end <= name.start for mark in marks
            ):
                state = AwardStatus.MENTIONED
            nobody = (
                name.bare
                and at not in counted
                and not who
                and not _PRAISED.match(folded, name.end, sentence.end)
                and not ("thưởng" in folded[name.start : name.end].replace("khen thưởng", "") and _SHARED_OUT.match(folded, name.end, sentence.end))
                and not _CALLED.match(places.text, name.end, sentence.end)
            ) or (name.bare and ((folded[name.start : name.end] == "khen" and not givers) or _comes_with(folded, earlier, name, sentence)))
            year = _year(folded, sentence, group, name, last) or (frame.year if continues else None)
            numbers = frozenset((places.text[bond.quantity.number : bond.quantity.number_end], bond.units) for bond in bound if bond.award == at)
            if name.bare and len({giver.level for giver in givers}) > 1:
                givers = (Grantor(None, ", ".join(giver.name for giver in givers if giver.name)),)  # "Huyện đoàn và Tỉnh đoàn khen thưởng"
            for giver in (*_fit(places, name, givers, several), *also):
                mention = Mention(
                    name,
                    sentence,
                    state,
                    giver.level,
                    grantors.completed(giver, places.province),
                    year,
                    numbers,
                    who,
                    sure=any(mark.frame == "settle" and mark.end <= name.start for mark in marks) 
                    or bool(giver.name)
                    or bool(_MANY.search(folded, sentence.start, name.start))
                    or bool(_SOMEBODY.search(places.text, sentence.start, name.start)),
                    handed=giver.hands_over and not name.level,
                    rule="nobody" if nobody else "name",
                )
                earlier.append(mention)
                yield mention


def _ahead(places: Places, sentence: Interval, marks: Sequence[Verb], name: Name) -> tuple[Grantor, ...]:
    """Who gives by the words before the award; a contest's prize is nobody's who only hands it over."""
    if (name.type == "contest_prize" and not _HOLDS_CONTEST.search(places.folded, sentence.start, name.start)) or _AFTER_ORDERS.search(places.folded, max(sentence.start, name.start - 60), name.start):
        return ()
    return grantors.before(
        places.folded, places.text, places.bodies, marks, sentence.start, name.start, places.persons, province=places.province
    )


def _comes_with(folded: str, earlier: Sequence[Mention], name: Name, sentence: Interval) -> bool:
    """Whether a sum comes with a certificate that the clause has named: "tặng Giấy khen và thưởng 2 triệu đồng"."""
    near = [mention.name for mention in earlier if mention.name.end <= name.start <= mention.name.end + 60 and not mention.name.bare]
    return bool(near) and bool(_WITH.fullmatch(folded, near[-1].end, name.start))


def _only_hands(givers: Sequence[Grantor]) -> bool:
    return bool(givers) and all(giver.hands_over and giver.level is not AwardLevel.STATE for giver in givers)


def _fit(places: Places, name: Name, givers: Sequence[Grantor], several: bool) -> Sequence[Grantor]:
    """The grantors that the kind of award allows: an order is the State's, whoever hands it over."""
    if name.city:
        return (grantors.of_city(places.province),)
    if name.level is not None:
        fixed = award_names.fixed_level(name.type)
        same = [giver for giver in givers if giver.level == (fixed or name.level)]
        return (Grantor(name.level, same[0].name if same else None),)
    if several:
        return (Grantor(None, None),)
    return givers or (Grantor(None, None),)


def _status(
    places: Places, sentence: Interval, marks: Sequence[Verb], name: Name, bonds: Sequence[Bound], continues: bool, frame: Frame, *, told: bool
) -> AwardStatus:
    """How far the award has come, by the verbs before it, else those of the sentence it continues, else those after it.

    `told`: who confers it stands right after it, so that it is one certain award.
    """
    folded = places.folded
    at = name.start + 1 if name.bare else name.start
    if name.type in _TITLES and _ATTENDED.search(folded, sentence.start, name.start):
        return AwardStatus.MENTIONED
    if name.type in _TITLES:
        marks = [mark for mark in marks if folded[mark.start : mark.end] not in _HONOURED]  # "tôn vinh các Anh hùng Lao động": they are guests
    state = status(marks, folded, at)
    settled = any(mark.frame == "settle" and mark.end <= at for mark in marks)
    if not settled and ((state is not AwardStatus.REGISTERED and _planned(places, sentence, name)) or any(_LIMIT.search(folded, bond.quantity.start, bond.end) for bond in bonds)):
        return AwardStatus.MENTIONED
    if _ONCE_GIVEN.match(folded, name.end, sentence.end) and _ASKED_BACK.search(folded, sentence.start, name.start):
        return AwardStatus.AWARDED
    if _UNDONE.match(folded, name.end, sentence.end) or (name.type == "contest_prize" and _PRICED.match(folded, name.end, sentence.end)):
        return AwardStatus.MENTIONED
    if name.bare and _WILL.search(folded, max(sentence.start, name.start - 12), at + 8):
        return AwardStatus.MENTIONED
    if name.type == "contest_prize" and state is AwardStatus.PROPOSED:
        return AwardStatus.AWARDED  # nobody proposes a contest's prize: the proposal is of another award
    if continues and frame.status and (state is None or (state is AwardStatus.AWARDED and not _decides(marks, at, frame))):
        return frame.status
    if state is not None:
        return state
    if _BESIDES.search(folded, sentence.start, name.start):
        return AwardStatus.AWARDED
    if _listed(folded, sentence, name):
        return AwardStatus.AWARDED
    later = status([mark for mark in marks if name.end <= mark.start <= name.end + 120], folded, name.end + 121)
    if (later is not None and later is not AwardStatus.MENTIONED) or bonds:
        return later if later is AwardStatus.PROPOSED or later is AwardStatus.REGISTERED else AwardStatus.AWARDED
    told = told or name.type == "letter_of_commendation"  # a letter that is spoken of was sent
    return AwardStatus.AWARDED if told or _SHARE.search(folded, sentence.start, name.start) else AwardStatus.MENTIONED


def _listed(folded: str, sentence: Interval, name: Name) -> bool:
    """Whether the sentence is a bare list of awards with their classes: "Huân chương Độc lập hạng Nhất, …"."""
    first = _ORDER_FIRST.match(folded, sentence.start, sentence.end)
    return bool(first) and not _PREDICATE.search(folded, sentence.start, name.start + 1)


def _planned(places: Places, sentence: Interval, name: Name) -> bool:
    """Whether the sentence speaks of a year after that of publication."""
    years = [int(match["year"]) for match in _COMING.finditer(places.folded, sentence.start, name.start)]
    return bool(years) and places.published is not None and min(years) > places.published


def _decides(marks: Sequence[Verb], at: int, frame: Frame) -> bool:
    """Whether the sentence itself says that something was given or decided, and does not only list what is proposed."""
    deciding = ("settle",) if frame.open and frame.status is not AwardStatus.AWARDED else ("settle", "give")
    return any(mark.end <= at and mark.frame in deciding for mark in marks)


def _inherits(folded: str, sentence: Interval, frame: Frame) -> bool:
    """Whether a sentence goes on with what the one before it said."""
    if _CONTINUES.match(folded, sentence.start, sentence.end):
        return True
    return frame.open and bool(frame.status)


def _frame_of(places: Places, sentence: Interval, frame: Frame) -> Frame:
    """The frame after a sentence that names no award: "Hội đồng thống nhất đề nghị khen thưởng như sau:"."""
    folded = places.folded
    ends_open = folded[sentence.end - 1] == ":"
    if not ends_open:
        year = _only_year(folded, sentence)
        still = frame.open and bool(_ITEM.match(folded, sentence.start, sentence.end) or "|" in folded[sentence.start : sentence.end])
        return replace(frame, year=year or frame.year) if still else Frame(year=year)
    marks = _marks(places, sentence)
    state = status(marks, folded, sentence.end)
    if state is None or state is AwardStatus.MENTIONED or not governs(marks, sentence.end):
        return replace(frame, open=frame.open) if state is None else Frame(state, year=_only_year(folded, sentence), open=state is not None)
    givers = grantors.before(
        folded, places.text, places.bodies, marks, sentence.start, sentence.end, places.persons, province=places.province
    )
    return Frame(state, givers, _only_year(folded, sentence), True)


def _next_frame(places: Places, sentence: Interval, marks: Sequence[Verb], mentions: Sequence[Mention], frame: Frame) -> Frame:
    """What a sentence with awards leaves for the next one."""
    folded = places.folded
    item = frame.open and _inherits(folded, sentence, frame) and bool(_ITEM.match(folded, sentence.start, sentence.end))
    if item:
        return frame
    opens = folded[sentence.end - 1] == ":"
    said = [mention for mention in mentions if mention.status is not AwardStatus.MENTIONED]
    state = said[-1].status if said else status(marks, folded, sentence.end)
    giver: tuple[Grantor, ...] = (Grantor(said[-1].level, said[-1].grantor),) if said and said[-1].grantor else ()
    if not said and mentions and mentions[-1].grantor:
        giver = (Grantor(mentions[-1].level, mentions[-1].grantor),)
    if opens and not giver:
        giver = grantors.before(
        folded, places.text, places.bodies, marks, sentence.start, sentence.end, places.persons, province=places.province
    )
    return Frame(state, giver, _only_year(folded, sentence), opens)


def _only_year(folded: str, sentence: Interval) -> int | None:
    years = {int(match["year"]) for match in _YEAR.finditer(folded, sentence.start, sentence.end)}
    return years.pop() if len(years) == 1 else None


def _year(folded: str, sentence: Interval, group: Sequence[Name], name: Name, last: Name) -> int | None:
    """The year right after the award, else the only one, or the nearest before it, in its sentence."""
    after = _YEAR_AFTER.match(folded, name.end, sentence.end) or _YEAR_AFTER.match(folded, last.end, sentence.end)
    if after:
        return int(after["year"])
    only = _only_year(folded, sentence)
    if only:
        return only
    before = [int(match["year"]) for match in _YEAR.finditer(folded, sentence.start, group[0].start)]
    return before[-1] if before else None


def _recipients(places: Places, sentence: Interval, bound: Sequence[Bound], name: Name, last: Name, stop: int) -> tuple[Recipient, ...]:
    """Those named after "cho", else those named before the verb of getting."""
    given = recipients.after(places.folded, places.candidates, last.end, stop, must=not name.bare)
    if given:
        return given
    counted = max((bond.end for bond in bound if bond.end <= name.start), default=sentence.start)  # "…, 25 tập thể được tặng": those get it
    return recipients.before(places.folded, places.candidates, counted, name.start)


def _ranked(places: Places, row: Interval, head: tables.Header | None, heading: Interval) -> Mention | None:
    """The prize of a row whose table has a column of ranks; its level is that of the contest in the heading."""
    place = tables.cell(places.text, row, head.prizes if head else None)
    name = award_names.rank(places.folded, place.start, place.end) if place else None
    if name is None:
        return None
    level = _fit(places, award_names.contest_level(places.folded, heading.start, heading.end), (), several=False)[0].level
    who = recipients.in_row(places.text, row, head)
    return Mention(name, row, AwardStatus.AWARDED, level, None, None, recipients=(who,) if who else ())


def _in_table(places: Places, row: Interval, mentions: Sequence[Mention], head: tables.Header | None) -> list[Mention]:
    """The awards that a row names, of the one whom it is about."""
    if tables.header(places.folded, row):
        return list(mentions)
    who = recipients.in_row(places.text, row, head)
    for mention in mentions:
        mention.recipients = (who,) if who else mention.recipients
        mention.status = AwardStatus.AWARDED if mention.status is AwardStatus.MENTIONED else mention.status
    return list(mentions)


def _list_recipients(places: Places, sentence: Interval, mentions: Sequence[Mention], after: int) -> None:
    """Give the names of the list or table after a sentence to the award that it ends with."""
    if not mentions or mentions[-1].recipients or not (following := places.lines[after : after + recipients.MOST]):
        return
    ends_open = places.text[sentence.end - 1] == ":" or (
        "\n" in places.text[sentence.end : following[0].start] and len(places.text[sentence.start : sentence.end]) < 200
    )
    if not ends_open:
        return
    if any(award_names.find(places.folded, places.text, following[0].start, following[0].end)):
        return
    mentions[-1].recipients = tuple(recipients.listed(places.text, following))
