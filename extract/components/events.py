"""What happened or was decided, and that the article reports as its news: conferences, launches, plans, ceremonies.

A sentence tells an event when words of the lexicon stand in a news frame (extract/event_frames.py): in the lead, in a sentence
that goes on with the event just told ("Dịp này, …"), beside the day of the news, or in the headline. Each type of event is told
once for a day; then what is only a part of another event goes (prizes of a contest, the content of a decision).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from extract.event_fields import records
from extract.event_frames import CLAUSE, NEAR, Page
from extract.event_words import Kind, Lexicon, Told
from extract.language import Interval, leave, sentence_at
from schemas.dates import DateMention
from schemas.vocabulary import EventType

OPENS = 30  # code points before a day that opens its sentence
AIM = 240  # code points before an event's words that tell whether it is only looked forward to
BEGINNING = 1_500  # code points of a text in which it says that its news just happened
AWARDS = (EventType.AWARD_CEREMONY, EventType.AWARD_DECISION)
MEETINGS = (EventType.ANNIVERSARY, EventType.REVIEW_CONFERENCE, EventType.INTERIM_REVIEW)
PAPERS = (EventType.PLAN_ISSUED, EventType.AWARD_DECISION)
_SAME = re.compile("(?:sáng |chiều |tối )?cùng ngày")
LONG = (EventType.CONTEST, EventType.CONGRESS, EventType.TRAINING)  # take more than a day, told once
GOES_ON = ("events/opening", "events/caption", "events/act")


@Language.factory("events", assigns=["doc.spans"], default_config={"lexicon": "events"})
def make_events(nlp: Language, name: str, lexicon: str) -> EventFinder:
    """Build the finder from one file of extract/lexicon/."""
    return EventFinder(Lexicon.load(lexicon))


class EventFinder:
    """Leave the events that the article reports."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Add doc.spans["events"] and the records, in the order of the text."""
        leave(doc, "events", records(doc, self.find(doc), self.lexicon))
        return doc

    def find(self, doc: Doc) -> list[Told]:
        """Each (type, day) once, by the sentence that tells it first."""
        page = Page(doc, self.lexicon)
        told = self._settled(page, self._in_body(page))
        told = told or self._other(page)
        named = self._in_headline(page, told)
        told = [one for one in told if not (named and one.type == EventType.OTHER)] + named
        kept: dict[tuple[EventType, dt.date | None], Told] = {}
        dated = {one.type for one in told if one.date}
        for one in told:
            if one.date or one.type not in dated:
                kept.setdefault((one.type, one.day), one)
        return sorted(kept.values(), key=lambda one: one.start)

    def _in_body(self, page: Page) -> list[Told]:
        """Events of the paragraphs below the headline."""
        told: list[Told] = []
        types: set[EventType] = set()
        news: DateMention | None = None  # the day of the news
        undated: list[tuple[Told, bool]] = []  # told before any day, and whether as "vừa": that day stays unknown
        for sentence, inside in page.sentences():
            date = next((one for one in inside if one in page.days), None)
            if date and news and date.start < sentence.start + OPENS and _SAME.match(page.doc._.folded, date.start):
                date = news  # "Cùng ngày, …" goes on with the news, not with what was told between
            rule = page.frame(sentence, inside, date=date, news=news, told=bool(told))
            if not rule:
                continue
            if rule == "events/opening" and date and date.start > sentence.start + CLAUSE:
                date = None
            found = list(self._types(page, sentence, date or news, inside, rule, types))
            if rule == "events/again":  # the day of what was told without one
                found = [one for one in found if one.type in types]
            if found and not news:
                news = date or next((one.date for one in found if one.date), None)
            told += found
            types |= {one.type for one in found}
            if not news and (date or not page.dated(sentence)):
                undated += [(one, self.lexicon.holds("just", page.doc, sentence)) for one in found if not one.date]
        told = [one for one in told if not (one.type == EventType.OTHER and self._typed(told, one))]
        if news is None and undated and not all(vague for _, vague in undated):
            news = next((one for one in page.dates if one in page.days and self._holds_news(page, one)), None)
        if news:  # what was told before any day happened on the day of the news
            loose = {one for one, _ in undated}
            told = [one._replace(date=news) if one in loose else one for one in told]
        return told

    def _holds_news(self, page: Page, day: DateMention) -> bool:
        """Whether a day opens a sentence in which something is handed over or held, and that tells no background."""
        sentence = sentence_at(page.doc, day.start)
        opens = page.start <= day.start < sentence.start + OPENS
        return opens and not self.lexicon.begins("past", page.doc, sentence) and self.lexicon.holds("handed", page.doc, sentence)

    @staticmethod
    def _typed(told: Sequence[Told], other: Told) -> bool:
        """Whether a meeting without a type of its own is told already: by an earlier event, the lead, or another type beside it."""
        return any(
            one.start < other.start or (one.type != EventType.OTHER and (one.sentence == other.sentence or one.rule == "events/lead"))
            for one in told
        )

    def _types(
        self, page: Page, sentence: Interval, date: DateMention | None, inside: Sequence[DateMention], rule: str, types: set[EventType]
    ) -> Iterator[Told]:
        """The types that the sentence tells; a word claimed by one type tells no other. A paper's own day is that of what it tells.

        `types`: those told before.
        """
        told = bool(types)
        lead = rule == "events/dated" or (rule == "events/lead" and types <= {EventType.OTHER})
        claimed: list[Interval] = []
        signed: DateMention | None = None
        for kind in self.lexicon.kinds:
            pattern = kind.act if rule == "events/act" else kind.pattern
            done = told and bool(kind.act)  # what a meeting does need not be said to be news
            at = sentence.start if pattern and (lead or not kind.lead) else sentence.end
            while pattern and (match := pattern.search(page.doc._.folded, at, sentence.end)):
                place = Interval(*match.span())
                other = next((one for one in claimed if place.start < one.end and one.start < place.end), None)
                if other and not kind.shares:
                    at = other.end
                elif self._unreal(page, kind, sentence, place.start, rule) or (
                    rule == "events/act" and any(one.start < min(place.start, sentence.start + OPENS) for one in inside)
                ):
                    at = place.end
                else:
                    day = page.paper_day(place.start, inside) if kind.code in PAPERS else None
                    signed = signed or (day if kind.code == EventType.PLAN_ISSUED else None)
                    own = day or (signed if kind.code == EventType.CAMPAIGN_LAUNCH else None)
                    if not done and not self._told_as_news(page, kind, sentence, place, rule, own, told=told):
                        break
                    if (
                        kind.code == EventType.ANNIVERSARY
                        and page.doc._.folded.endswith("tại ", 0, place.start)
                        and self._awarded(page, sentence, place)
                    ):
                        break  # "được tặng Bằng khen tại lễ kỷ niệm …"
                    claimed += [] if kind.shares else [place]
                    yield Told(kind.code, place.start, sentence, own or date, rule)
                    break

    def _awarded(self, page: Page, sentence: Interval, place: Interval) -> bool:
        """Whether an award stands in the sentence before its place."""
        return self.lexicon.holds("honours", page.doc, Interval(sentence.start, place.start))

    def _told_as_news(
        self, page: Page, kind: Kind, sentence: Interval, place: Interval, rule: str, own: DateMention | None, *, told: bool
    ) -> bool:
        """Whether a lead without a day tells a type as news: it just happened, or the headline says so; a decision has its day."""
        if kind.code == EventType.AWARD_DECISION and rule in GOES_ON:
            return own is not None
        if kind.lead and not page.is_lead(sentence) and (not told or kind.code == EventType.OTHER):
            return False
        if kind.code == EventType.PLAN_ISSUED and page.matter and not page.promised(kind.code):
            return False
        if rule != "events/lead":
            return True
        fresh, promised = own is not None or page.fresh(sentence), page.promised(kind.code) and bool(page.title or not told)
        if kind.code in AWARDS and page.matter:
            return False
        if kind.code == EventType.OTHER and not page.dated(sentence):
            return self.lexicon.holds("just", page.doc, sentence) and self.lexicon.holds("held", page.doc, sentence)
        if kind.code == EventType.OTHER:
            return fresh
        head = Interval(sentence.start, place.start)
        if kind.code in AWARDS and self.lexicon.holds("passive", page.doc, head):
            return not told and (promised or page.dated(sentence))
        first = sentence in page.lead[: 2 if kind.code in MEETINGS else 1] and self.lexicon.holds(
            "done", page.doc, Interval(sentence.start, place.end)
        )
        return fresh or promised or first

    def _unreal(self, page: Page, kind: Kind, sentence: Interval, start: int, rule: str) -> bool:
        """Whether the words before an event's only ask for it, praise it or tell of a habit, or somebody speaks."""
        before = page.doc._.folded[max(sentence.start, start - CLAUSE) : start]
        head = Interval(sentence.start, start)
        asked = rule in ("events/opening", "events/act") and self.lexicon.holds("asks", page.doc, head)
        many = rule in ("events/act", "events/lead") and bool(kind.act) and self.lexicon.holds("many", page.doc, head)
        aimed = bool(self.lexicon.frame["aims"].search(page.doc._.folded, max(sentence.start, start - AIM), start))
        clause = re.split(r"[,;:.]", before)[-1]
        matter = kind.code == EventType.AWARD_CEREMONY and "việc " in clause  # "giải trình việc tặng bằng khen"
        question = page.doc._.folded.endswith("?", 0, sentence.end)
        return question or asked or many or aimed or matter or page.says(start) or bool(self.lexicon.frame["unreal"].search(clause))

    def _settled(self, page: Page, told: Sequence[Told]) -> list[Told]:
        """Without what is only a part of another event; awards that nobody hands over are a decision."""
        first: dict[tuple[EventType, dt.date | None, str], Told] = {}
        for one in sorted(told, key=lambda one: one.start):
            first.setdefault((one.type, one.day, one.rule), one)
        types = {one.type for one in told}
        met = bool(types - {*AWARDS, EventType.OTHER})
        handed = self.lexicon.holds("handed", page.doc, Interval(0, len(page.doc._.folded)))
        kept: list[Told] = []
        for one in first.values():
            before = {each.type for each in kept}
            if one.type == EventType.AWARD_CEREMONY:
                given = bool(self.lexicon.frame["given"].match(page.doc._.folded, one.start))
                besides = self.lexicon.begins("besides", page.doc, one.sentence)
                if one.rule in GOES_ON and ((EventType.CONTEST in before and not besides) or before == {EventType.COUNCIL_MEETING}):
                    continue
                if EventType.AWARD_DECISION in before and (given or one.rule != "events/dated"):
                    continue
                alone = not met and EventType.AWARD_CEREMONY not in before
                if not handed and alone and given and self.lexicon.holds("giver", page.doc, one.sentence):
                    one = one._replace(type=EventType.AWARD_DECISION)
            if one.type == EventType.AWARD_DECISION and EventType.AWARD_CEREMONY in before and one.rule == "events/lead":
                continue
            if one.type in LONG and any(each.type == one.type and _near(each, one) for each in kept):
                continue
            kept.append(one)
        return kept

    def _other(self, page: Page) -> list[Told]:
        """News of another kind: the first sentence of the lead that dates what happened, else one that says it just did."""
        doc = page.doc
        for sentence in page.lead:
            day = next((one for one in page.dates if one in page.days and sentence.start <= one.start < sentence.end), None)
            if (
                (day or page.dated(sentence))
                and not self.lexicon.begins("past", doc, sentence)
                and not self.lexicon.holds("journey", doc, sentence)
            ):
                day = None if self.lexicon.holds("talk", doc, sentence) else day
                return [Told(EventType.OTHER, sentence.start, sentence, day, "events/other")]
        place = page.matter or page.affair
        return [Told(EventType.OTHER, place.start, place, None, "events/matter")] if place else []

    def _in_headline(self, page: Page, told: Sequence[Told]) -> list[Told]:
        """What the headline tells and the body leaves out; its quote is the headline, or without it the first sentence."""
        doc, title = page.doc, page.title
        place = page.headline or (doc._.sentences[0] if doc._.sentences else None)
        opinion = title and self.lexicon.frame["opinion"].search(title)
        if not title or opinion or not place or not ({one.type for one in told} <= {EventType.OTHER}):
            return []
        date = next((one.date for one in told if one.date), None)
        found = []
        for kind in self.lexicon.kinds:
            match = kind.headline.search(title) if kind.headline else None
            if match and not (page.matter and kind.code in AWARDS) and not self.lexicon.frame["unreal"].search(title[: match.start()]):
                start = place.start + match.start() if page.headline else place.start
                found.append(Told(kind.code, start, place, date, "events/headline"))
        just = found and self.lexicon.holds("just", doc, Interval(0, min(len(doc._.folded), BEGINNING)))
        return found[:1] if told or just else []


def _near(one: Told, other: Told) -> bool:
    """Whether two days lie so near that one event took both."""
    return one.day is None or other.day is None or abs(one.day - other.day) <= NEAR
