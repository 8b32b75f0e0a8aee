"""Awards: orders, titles, flags, certificates, by kind, level, class and status: "tặng Bằng khen của Chủ tịch UBND tỉnh cho …"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from extract import award_givers, award_lists, award_names, grantors, prize_names, quantities, recipients, tables, tallies
from extract.award_ceremonies import beside, contest, lender, present
from extract.award_givers import Grantor
from extract.award_mentions import Mention
from extract.award_places import Places, places
from extract.award_praise import PAPERS, WINNERS, Praise, is_beside
from extract.award_status import Frame, Reader, only_year, years
from extract.award_tables import in_head, in_table, list_recipients, ranked
from extract.award_talk import is_talk
from extract.award_words import BODIES, Name, fixed_level, groups
from extract.binding import Bound, bind
from extract.carrying import Carrier
from extract.fold import fold
from extract.frames import around
from extract.language import MOST, Interval, cut, leave
from extract.merging import merge, row
from extract.numbers import parse
from extract.words import lexicon
from schemas.awards import Award, Recipient
from schemas.vocabulary import AwardLevel, AwardStatus

_PRAISE = lexicon("awards")["praise"]
_YEAR_AFTER = re.compile(
    r'[ "]*(?:\(|vào |trong |các )*(?:năm |năm học \d{4} ?- ?)?(?P<year>(?:19|20)\d\d)(?! ?[-,] ?\d{4}| và \d{4})(?!\w|[./]\d)'
)
_HELD = frozenset(_PRAISE["held"])
_GOVERNMENTS = frozenset(("certificate_of_merit", "emulation_flag"))  # which the State itself does not give
# "tặng Bằng khen cho ông A và gửi thư khen cho ông B": who gave the one gives the other
_AND_GIVES = re.compile(
    r"(?:,|;|(?<!\w)và|,? đồng thời) (?:đã |còn |cũng )?(?:gửi|tặng|trao tặng|trao|truy tặng)(?: (?:\d[\d.]*|các|tấm|bức|thêm)){0,2} $"
)
_SHORT_NAMES = frozenset(map(fold, (*lexicon("awards")["grantors"]["short_names"], *lexicon("awards")["grantors"]["own_bodies"])))
_NEAR = 300  # code points before an award in which the State may be told to give it
_IN_NAME_OF = ("đảng, nhà nước", "đảng và nhà nước", "nhà nước")  # for whom one hands over orders, but no certificate
_BY_STATE = re.compile(r"(?<!\w)được (?:đảng,? (?:và )?)?nhà nước(?!\w)[^;]{0,200}$")
_SAID_OF = (AwardStatus.AWARDED, AwardStatus.PROPOSED)
_WHOEVER = re.compile(r"(?<!\w)(?:cơ quan|đơn vị|trường|nhà trường|địa phương|ngành|xã|lớp) nào(?!\w)")
_TRAO = re.compile(r"(?<!\w)trao(?: tặng)?(?: các)? *$")
_AMONG = re.compile(r"trong đó")
# "đoạt giải cấp tỉnh như: A, giải Nhì"
_AMONG_PRIZES = re.compile(
    r"trong đó|(?<!\w)giải cấp (?:tỉnh|huyện|quận|thị xã|thành phố|trường|xã|quốc gia|toàn quốc) ?:[^;]*$|(?<!\w)(?:bao )?gồm:? (?=\d[^;]*$)|(?<!\w)(?:như|gồm|là)(?: các em)? ?:| (?:như|gồm) (?:các )?(?:em|học sinh|cô|thầy)(?!\w)"
)


_EACH_YEAR = re.compile(r"(?<!\w)(?:mỗi|hằng|hàng|thường) (?:năm|niên)(?!\w)")
_THESE = tuple(f" {fold(word)}" for word in lexicon("binding")["carrying"]["these"])  # "danh hiệu này"


@Language.factory("awards", requires=["doc._.folded"], assigns=["doc.spans"])
def make_awards(nlp: Language, name: str) -> AwardFinder:
    """Build the finder; its words are extract/lexicon/awards.toml and statuses.toml."""
    return AwardFinder()


class AwardFinder:
    """Mark each award in doc.spans["awards"], leave its rows, and for `counts` the rows of each place in found["award_places"]."""

    def __call__(self, doc: Doc) -> Doc:
        """Add records and places; the rest of the doc stays as it was."""
        here = places(doc)
        if not award_names.of_doc(doc) and "|" not in here.text:
            doc._.found["award_places"] = {}
            leave(doc, "awards", ())
            return doc
        said = list(islice(self.find(here), MOST + 1))
        if len(said) > MOST:
            cut(doc, "awards")
        present(said, here)
        beside(said, here)
        mentions = merge([mention for mention in said if not mention.nobody], doc._.folded, lender(said, here), contest(here))
        rows = self.record(doc, mentions)
        found: dict[tuple[int, int], list[int]] = {}
        for mention in mentions:
            if mention.row is not None:
                found.setdefault((mention.name.start, mention.name.end), []).append(mention.row)
        doc._.found["award_places"] = found
        leave(doc, "awards", rows)
        return doc

    def find(self, here: Places) -> Iterator[Mention]:
        """Every place that speaks of an award, sentence by sentence."""
        frame = Frame()
        head: tables.Header | None = None
        heading = Interval(0, 0)
        carrier = Carrier(here.folded)
        listing: award_lists.Listing | None = None
        given: set[str] = set()  # kinds that were told to be awarded
        for index, sentence in enumerate(here.lines):
            names = award_names.of_sentence(here.doc, sentence)
            row_of_table = tables.is_row(here.text, sentence)
            head, heading = (tables.header(here.folded, sentence) or head, heading) if row_of_table else (None, sentence)
            listing = award_lists.heading(here, sentence) or (listing if listing and award_lists.goes_on(here, sentence) else None)
            if listing and not row_of_table and (by := award_lists.issued_by(here, sentence)):
                listing = replace(listing, givers=by) if listing.status is AwardStatus.AWARDED else listing
            if not names and row_of_table and (prize := ranked(here, sentence, head, heading)):
                yield prize
                continue
            reader = Reader(here, sentence, frame)
            again = carrier.again(sentence, names) if names or carrier.named else ()
            again = tuple(name for name in again if here.folded.endswith(_THESE, name.start, name.end))
            if not names and again:
                anew = [mention for mention in Clause(here, sentence, again, reader).mentions() if mention.counted]
                yield from (mention for mention in anew if _told_anew(mention, given, here.folded))
            if not names:
                frame = reader.silent()
                continue
            clause = Clause(here, sentence, names, reader)
            said = list(clause.mentions())
            frame = reader.leaves([(mention.status, Grantor(mention.level, mention.grantor)) for mention in said], names[-1].start)
            mentions = [mention for mention in said if not mention.nobody]
            of_figures = (
                row_of_table and tallies.columns(here.doc, sentence, next(iter(here.lines[index + 1 : index + 2]), None)) is not None
            )
            if of_figures:
                in_head(mentions, listing.status if listing else AwardStatus.AWARDED)
            elif row_of_table:
                in_table(here, sentence, mentions, head)
            if listing:
                award_lists.apply(here, sentence, mentions, listing, row=row_of_table and not tables.header(here.folded, sentence))
            if not of_figures:
                list_recipients(here, sentence, mentions, index + 1)
            given |= {mention.name.type for mention in mentions if mention.status is AwardStatus.AWARDED}
            yield from said

    def record(self, doc: Doc, mentions: Sequence[Mention]) -> list[Award]:
        """One row for each type, level, class and status; each mention learns its row."""
        rows: dict[tuple[str, AwardLevel | None, str | None, AwardStatus], list[Mention]] = {}
        for mention in mentions:
            rows.setdefault((mention.name.type, mention.level, mention.name.class_, mention.status), []).append(mention)
        for index, group in enumerate(rows.values()):
            for mention in group:
                mention.row = index
        text = doc._.text
        return [row(text, group) for group in rows.values()]


def _told_anew(mention: Mention, given: Container[str], folded: str) -> bool:
    """ "đề nghị truy tặng danh hiệu này cho 17 mẹ", "120 người đã nhận giải thưởng này": an award that was named before, for others who are counted."""
    if mention.status is AwardStatus.PROPOSED:
        return True
    yearly = _EACH_YEAR.search(folded, *mention.sentence)
    return mention.status is AwardStatus.AWARDED and mention.name.type not in given and not yearly


@dataclass
class Clause:
    """A sentence with awards: reads the status, grantor, year and recipients of each."""

    places: Places
    sentence: Interval
    names: Sequence[Name]
    reader: Reader

    def mentions(self) -> Iterator[Mention]:
        """The awards of the sentence, in order; one of two who confer is two mentions."""
        folded, text, sentence = self.places.folded, self.places.text, self.sentence
        numbers = tuple(quantities.find(folded, text, sentence.start, sentence.end))
        self.bound = bind(numbers, self.names, folded, sentence.start, sentence.end)
        self.bodies = self.places.bodies_in(sentence)
        self.earlier: list[Mention] = []
        place = {name: at for at, name in enumerate(self.names)}
        for group in groups(self.names, folded):
            last = max(group, key=lambda name: name.end)
            after = self._after(last)
            several = any(name.several for name in group) or grantors.several_after(folded, last.end, sentence.end)
            ahead = () if after else self._ahead(group[0])
            for name, bonds in (kind for each in group for kind in self._kinds(each, place[each])):
                own = after if len(group) == 1 else award_givers.usual(name, self._after(name) or after)
                givers = own or self._inferred(name, group, award_givers.usual(name, ahead) if len(group) > 1 else ahead)
                found = [
                    self._mention(award_givers.of_school(name, givers), group[0], last, giver, bonds=bonds, told=bool(own))
                    for giver in (*self._fit(award_givers.of_school(name, givers), givers, several=several), *self._also(name))
                ]
                self.earlier += found
                yield from found

    def _kinds(self, name: Name, place: int) -> Iterator[tuple[Name, Sequence[Bound]]]:
        """The award with the numbers that count it; "Lao động tiên tiến" of collectives is another title than that of people."""
        bonds = [bond for bond in self.bound if bond.award == place]
        of_bodies = [bond for bond in bonds if bond.units in BODIES]
        if name.type == "advanced_worker" and of_bodies and "lao động" in self.places.folded[name.start : name.end]:
            yield replace(name, type="advanced_labor_collective", level=None), of_bodies
            bonds = [bond for bond in bonds if bond not in of_bodies]
            if not bonds:
                return
        yield name, bonds

    def _mention(self, name: Name, first: Name, last: Name, giver: Grantor, *, bonds: Sequence[Bound], told: bool) -> Mention:
        """One award of one who confers it; `first` and `last` are the ends of the names that it is joined to."""
        state = self.reader.read(name, bonds, told=told and not name.bare)
        who = self._recipients(name, last)
        if self.places.statute or (
            self.places.rules and state in (AwardStatus.AWARDED, AwardStatus.PROPOSED) and not (who or bonds or self.reader.settled(name))
        ):
            state = AwardStatus.MENTIONED
        if state is AwardStatus.MENTIONED and not self.places.rules and self._held_too(name):
            state = AwardStatus.AWARDED
        known = giver.name and not _WHOEVER.search(self.places.folded, max(self.sentence.start, name.start - _NEAR), name.start)
        if state in _SAID_OF and not (known or bonds or who) and is_talk(self.places.folded, self.places.text, self.sentence, name):
            state = AwardStatus.MENTIONED
        own = name.type == "certificate_of_merit" and giver.level is AwardLevel.GRASSROOTS  # who hardly gives these
        return Mention(
            name,
            self.sentence,
            state,
            giver.level,
            award_givers.completed(giver, self.places.province),
            self._year(first, name, last) or (self.reader.frame.year if self.reader.continues else None),
            frozenset((self._value(bond), bond.units) for bond in bonds),
            who,
            sure=bool(giver.name) or self.reader.sure(name),
            undone=state is AwardStatus.MENTIONED and self.reader.undone(name),
            handed=(giver.hands_over or (own and not told)) and not name.level,
            nobody=name.bare and self._praise().of_nobody(name, giver, counted=bool(bonds), told=bool(bonds or who)),
        )

    def _held_too(self, name: Name) -> bool:
        """Whether it goes on with a list of what somebody has, of which no verb tells: "có Huân chương …, danh hiệu …"."""
        before = self.earlier[-1] if self.earlier else None
        if before is None or before.status is not AwardStatus.AWARDED or before.name.bare or name.bare or name.vague:
            return False
        if any(mark.frame != "break" and mark.start < name.start for mark in self.reader.marks):
            return False
        return bool(around("also_held").fullmatch(self.places.folded, before.name.end, name.start))

    def _praise(self) -> Praise:
        return Praise(self.places, self.sentence, self.names, self.bound, self.reader.marks, self.earlier)

    def _value(self, bond: Bound) -> str:
        """The number, in digits: "hai", "02" and "2" are one."""
        written = self.places.folded[bond.quantity.number : bond.quantity.number_end]
        value = parse(written)
        return written if value is None else str(value)

    def _after(self, name: Name) -> tuple[Grantor, ...]:
        won = name.type == "contest_prize" and name.class_ is not None  # "giải nhì Trường A": who won it
        alone = name.bare or won or name.type == "letter_of_commendation"  # "gửi thư khen Công an huyện": they get it
        places = self.places
        found = grantors.after(
            places.folded,
            places.text,
            self.bodies,
            name.end,
            self.sentence.end,
            province=places.province,
            bare=alone,
            paper=name.type in PAPERS,
        )
        return tuple(self._named_before(giver, name.start) for giver in found)

    def _named_before(self, giver: Grantor, at: int) -> Grantor:
        """One who is called "Hội" alone, as the text called it before in full."""
        word = fold(giver.name or "")
        if giver.level or word not in _SHORT_NAMES:
            return giver
        return self.places.in_full(word, at) or giver

    def _ahead(self, name: Name) -> tuple[Grantor, ...]:
        """Who gives by the words before the award."""
        return self.places.before(self.sentence, self.reader.marks, name.start)

    def _inferred(self, name: Name, group: Sequence[Name], ahead: tuple[Grantor, ...]) -> tuple[Grantor, ...]:
        """Who confers an award that names nobody after it."""
        folded, (start, end) = self.places.folded, self.sentence
        if len(ahead) > 1 and name.type in _GOVERNMENTS and any(giver.level is AwardLevel.GOVERNMENT for giver in ahead):
            ahead = tuple(
                giver for giver in ahead if giver.level is not AwardLevel.STATE
            )  # "của Chủ tịch nước, Thủ tướng": orders are the State's
        ordered = name.level is None and any(other.level is AwardLevel.STATE and other.start < name.start for other in group)
        if ordered and _TRAO.search(folded, start, group[0].start) and all(giver.level is not AwardLevel.STATE for giver in ahead):
            ahead = ()  # who hands over an order of the State need not have given the rest
        named = len(ahead) == 1 and name.type == "certificate_of_merit" and fold(ahead[0].name or "") in _IN_NAME_OF
        if named and not _BY_STATE.search(folded, max(start, name.start - _NEAR), name.start):
            prime = "thủ tướng" in folded[start : name.start]  # and no other one gives certificates in that name
            ahead = (Grantor(AwardLevel.GOVERNMENT, None),) if prime else ()
        if ahead:
            joint = name.bare and len({giver.level for giver in ahead}) > 1 and self._shared(name)
            return (Grantor(None, ", ".join(giver.name for giver in ahead if giver.name), hands_over=True),) if joint else ahead
        like = [mention for mention in self.earlier if mention.name.type == name.type]
        if like and like[-1].name.bare and not name.bare and WINNERS.fullmatch(folded, like[-1].name.end, name.start):
            return (Grantor(like[-1].level, like[-1].grantor),)
        among = _AMONG_PRIZES if name.type == "contest_prize" else _AMONG
        if like and among.search(folded, start, name.start):
            return (Grantor(like[-1].level, like[-1].grantor),)
        if is_beside(self.places, self.sentence, name) and (
            more := grantors.beside(folded, self.places.text, self.bodies, name.end, end, self.places.province)
        ):
            return more
        held = grantors.holding(folded, self.bodies, name.end, end, ceremony=name.type in _HELD) if not name.bare else ()
        contest = prize_names.contest_ahead(folded, start, name.start) if name.type == "contest_prize" and not held else None
        if contest is not None:
            return (award_givers.of_city(self.places.province) if contest.city else Grantor(contest.level, None),)
        if name.type == "award_unspecified" and folded.startswith("giải thưởng", name.start):
            held = held or award_givers.by_level([body for body in self.bodies if name.start < body.start < name.end][:1])
        if name.type == "letter_of_commendation" and around("in_letter").search(folded, max(start, name.start - 20), name.start):
            held = held or self.places.writer(self.sentence, name.start, name.end)
        found = held or self.reader.givers(name) or grantors.at_level(folded, start, name.start)
        return found or self._goes_on(name)

    def _shared(self, name: Name) -> bool:
        """Whether each of several praised some of those who are counted: "24 hộ được Huyện đoàn và Tỉnh đoàn khen thưởng"; or is asked to."""
        folded, start = self.places.folded, self.sentence.start
        counted = [bond for bond in self.bound if bond.award is not None and self.names[bond.award] is name]
        asked = [mark for mark in self.reader.marks if mark.frame == "propose" and mark.end <= name.start]
        if asked:
            return not any(folded.startswith("đề nghị", mark.start) for mark in asked)
        return bool(counted) and folded.find(" được ", start, name.start) >= 0

    def _goes_on(self, name: Name) -> tuple[Grantor, ...]:
        """Who gave what the sentence told just before, when it goes on with a verb alone."""
        before = [mention for mention in self.earlier if mention.name.end <= name.start and self._lends(mention)]
        link = _AND_GIVES.search(self.places.folded, max(self.sentence.start, name.start - 40), name.start)
        given = link and before and before[-1].level and before[-1].name.end <= link.start() and before[-1].status is AwardStatus.AWARDED
        return (Grantor(before[-1].level, before[-1].grantor),) if given and not name.bare else ()

    def _lends(self, mention: Mention) -> bool:
        """Whether the level of what was told before is that of who gave it, and not that of every such award: "Chiến sĩ thi đua cơ sở"."""
        own = mention.name.level is AwardLevel.GRASSROOTS
        return bool(mention.grantor) if own else not fixed_level(mention.name.type)

    def _also(self, name: Name) -> tuple[Grantor, ...]:
        """Those joined to a level that the award's name tells."""
        told = name.level and not name.several and not fixed_level(name.type)
        return grantors.also(self.places.folded, self.bodies, name.end, self.sentence.end) if told else ()

    def _fit(self, name: Name, givers: tuple[Grantor, ...], *, several: bool) -> tuple[Grantor, ...]:
        """The grantors that the kind of award allows: an order is the State's, whoever hands it over."""
        if name.city:
            return (award_givers.of_city(self.places.province),)
        if name.level is not None:
            fixed = fixed_level(name.type)
            same = [giver for giver in givers if giver.level == (fixed or name.level)]
            return (Grantor(name.level, same[0].name if same else None),)
        if name.type == "excellent_labor_collective":  # "danh hiệu Tập thể lao động xuất sắc và Cờ thi đua của Chính phủ"
            givers = award_givers.likely(name, givers)
        return (Grantor(None, None),) if several else givers or (Grantor(None, None),)

    def _year(self, first: Name, name: Name, last: Name) -> int | None:
        """The year right after the award, else the only one, or the nearest before it, in its sentence."""
        folded, (start, end) = self.places.folded, self.sentence
        after = _YEAR_AFTER.match(folded, name.end, end) or _YEAR_AFTER.match(folded, last.end, end)
        if after:
            return int(after["year"])
        before = years(folded, start, first.start)
        return only_year(folded, self.sentence) or (before[-1] if before else None)

    def _recipients(self, name: Name, last: Name) -> tuple[Recipient, ...]:
        """Those named after "cho", else those named before the verb of getting."""
        folded, (start, end) = self.places.folded, self.sentence
        stop = next((other.start for other in self.names if other.start >= last.end), end)
        given = recipients.after(folded, self.places.candidates, last.end, stop, must=not name.bare)
        if given:
            return given
        counted = max((bond.end for bond in self.bound if bond.end <= name.start), default=start)  # "…, 25 tập thể được tặng": those get it
        return recipients.before(folded, self.places.candidates, counted, name.start)
