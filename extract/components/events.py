"""What happened or was decided, and that the article reports as its news: conferences, launches, plans, ceremonies.

A sentence tells an event when words of the lexicon stand in a news frame: in the lead, in a sentence that goes on with the
event just told ("Dịp này, …"), beside the day of the news, or in the headline. Each type of event is told once for a day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from extract.event_fields import records
from extract.event_words import Lexicon, Told
from extract.fold import fold
from extract.language import Interval, context, leave, paragraphs, sentence_at
from schemas.dates import DateMention
from schemas.vocabulary import DateRole, EventType

LEAD = 3  # paragraphs after the headline in which the news is told
HEADLINE = 220  # code points below which a first paragraph may be the headline
NEAR = dt.timedelta(days=2)  # another day of the same news lies no farther from the first
NEWS = dt.timedelta(days=120)  # news is told at most so long after it happened
OPENS = 30  # code points before a day that opens its sentence
CAPTION = 200  # code points of a sentence that says of itself who hands over what
CLAUSE = 60  # code points before an event's words that tell whether it is only asked for
BEGINNING = 1_500  # code points of a text in which it says that its news just happened
_SIGNS = re.compile(r"[\W_]+")


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
        lines = paragraphs(doc.text)
        headline = self._headline(doc, lines)
        told = self._in_body(doc, lines[1:] if headline else lines)
        named = self._in_headline(doc, lines, headline, told)
        told = [one for one in told if not (named and one.rule == "events/other")] + named
        kept: dict[tuple[EventType, dt.date | None], Told] = {}
        dated = {one.type for one in told if one.date}
        for one in told:
            if one.date or one.type not in dated:
                kept.setdefault((one.type, one.day), one)
        return sorted(kept.values(), key=lambda one: one.start)

    @staticmethod
    def _headline(doc: Doc, lines: Sequence[Interval]) -> Interval | None:
        """The first paragraph when it is the title, or without one when it reads like a headline."""
        if len(lines) < 2:
            return None
        first = doc.text[lines[0].start : lines[0].end]
        title = context(doc).get("title")
        if title:
            return lines[0] if _SIGNS.sub(" ", fold(first)).strip() == _SIGNS.sub(" ", fold(title)).strip() else None
        return lines[0] if len(first) < HEADLINE and first[-1] not in ".!;:" else None

    def _in_body(self, doc: Doc, lines: Sequence[Interval]) -> list[Told]:
        """Events of the paragraphs below the headline."""
        dates: list[DateMention] = list(doc._.found.get("dates", ()))
        days = self._days(doc)
        of_news = set(days)
        told: list[Told] = []
        news: DateMention | None = None  # the day of the news
        undated: list[tuple[Told, bool]] = []  # told before any day, and whether as "vừa": that day stays unknown
        index, at = 0, 0
        for sentence in doc._.sentences:
            while index < len(lines) and lines[index].end <= sentence.start:
                index += 1
            if index == len(lines) or sentence.start < lines[0].start:
                continue
            while at < len(dates) and dates[at].start < sentence.start:
                at += 1
            here = at
            while here < len(dates) and dates[here].start < sentence.end:
                here += 1
            inside, at = dates[at:here], here
            if self.lexicon.begins("past", doc, sentence):
                continue
            date = next((one for one in inside if one in of_news), None)
            lead = index < (LEAD if date or not told else 1 if news else 2)
            rule = self._rule(doc, sentence, date=date, inside=inside, news=news, told=bool(told), lead=lead)
            if not rule:
                continue
            begins = rule == "events/dated" or (rule == "events/lead" and not told)
            found = list(self._types(doc, sentence, date or news, rule, lead=begins))
            if date and found and not news:
                news = date
            told += found
            if not date and not news:
                vague = self.lexicon.holds("just", doc, sentence)
                undated += [(one, vague) for one in found]
        told = [one for one in told if not (one.type == EventType.OTHER and self._typed(told, one))]
        if news is None and undated and not all(vague for _, vague in undated):
            news = next((one for one in days if one.start >= lines[0].start and self._opens(doc, one)), None)
        if news:  # what was told before any day happened on the day of the news
            loose = {one for one, _ in undated}
            told = [one._replace(date=news) if one in loose else one for one in told]
        return told or self._other(doc, lines, days)

    @staticmethod
    def _days(doc: Doc) -> list[DateMention]:
        """Days of events that are news: not long before the day of publication, or the latest day."""
        days = [
            one
            for one in doc._.found.get("dates", ())
            if one.role == DateRole.EVENT and len(one.edtf.split("/")[0]) == 10 and one.first_day
        ]
        now = context(doc).get("published_on") or max((one.first_day for one in days), default=None)
        return [one for one in days if abs(one.first_day - now) <= NEWS]

    def _opens(self, doc: Doc, day: DateMention) -> bool:
        """Whether a sentence that tells no background begins with the day: "Sáng 15/5, …"."""
        sentence = sentence_at(doc, day.start)
        return day.start - sentence.start < OPENS and not self.lexicon.begins("past", doc, sentence)

    @staticmethod
    def _typed(told: Sequence[Told], other: Told) -> bool:
        """Whether a meeting without a type of its own is told already: by an earlier event, the lead, or another type beside it."""
        return any(
            one.start < other.start or (one.type != EventType.OTHER and (one.sentence == other.sentence or one.rule == "events/lead"))
            for one in told
        )

    def _rule(
        self,
        doc: Doc,
        sentence: Interval,
        *,
        date: DateMention | None,
        inside: Sequence[DateMention],
        news: DateMention | None,
        told: bool,
        lead: bool,
    ) -> str | None:
        """Which news frame a sentence stands in that tells no background.

        `date`, `inside`: the first of its dates that is news, and all; `news`: the day of the news as known so far; `told`: an event
        was told before; `lead`: it stands in the lead.
        """
        if date:
            first, of_news = date.first_day, news.first_day if news else None
            near = bool(first and of_news and abs(first - of_news) <= NEAR)
            return "events/dated" if near or lead or (not news and not told) else None
        if told and self.lexicon.begins("opening", doc, sentence):
            return "events/opening"
        if lead and not any(one.start < sentence.start + CLAUSE for one in inside):
            return "events/lead"
        if (
            told
            and not inside
            and sentence.end - sentence.start <= CAPTION
            and self.lexicon.holds("hands", doc, sentence)
            and not self.lexicon.holds("passive", doc, sentence)
        ):
            return "events/caption"
        return None

    def _types(self, doc: Doc, sentence: Interval, date: DateMention | None, rule: str, *, lead: bool) -> Iterator[Told]:
        """The types that the sentence tells; a word claimed by one type tells no other."""
        claimed: list[Interval] = []
        vague = rule == "events/lead" and not (self.lexicon.holds("day", doc, sentence) or self.lexicon.holds("just", doc, sentence))
        for kind in self.lexicon.kinds:
            at = sentence.start if lead or not kind.lead else sentence.end
            while match := kind.pattern.search(doc._.folded, at, sentence.end):
                place = Interval(*match.span())
                other = next((one for one in claimed if place.start < one.end and one.start < place.end), None)
                if other and not kind.shares:
                    at = other.end
                elif self._unreal(doc, sentence, place.start, rule) or (kind.code == EventType.OTHER and vague):
                    at = place.end
                else:
                    claimed += [] if kind.shares else [place]
                    yield Told(kind.code, place.start, sentence, date, rule)
                    break

    def _unreal(self, doc: Doc, sentence: Interval, start: int, rule: str) -> bool:
        """Whether the words before an event's only ask for it, praise it or tell of a habit."""
        before = doc._.folded[max(sentence.start, start - CLAUSE) : start]
        asked = rule == "events/opening" and self.lexicon.holds("asks", doc, Interval(sentence.start, start))
        return asked or bool(self.lexicon.frame["unreal"].search(re.split(r"[,;:.]", before)[-1]))

    def _other(self, doc: Doc, lines: Sequence[Interval], days: Sequence[DateMention]) -> list[Told]:
        """News of another kind: the first sentence of the lead that dates what happened, else one that says it just did."""
        lead = [one for one in doc._.sentences if lines and lines[0].start <= one.start < lines[min(LEAD, len(lines)) - 1].end]
        for sentence in lead:
            day = next((one for one in days if sentence.start <= one.start < sentence.end), None)
            if (
                (day or self.lexicon.holds("day", doc, sentence))
                and not self.lexicon.begins("past", doc, sentence)
                and not self.lexicon.holds("talk", doc, sentence)
            ):
                return [Told(EventType.OTHER, sentence.start, sentence, day, "events/other")]
        return []

    def _in_headline(self, doc: Doc, lines: Sequence[Interval], headline: Interval | None, told: Sequence[Told]) -> list[Told]:
        """What the headline tells and the body leaves out; its quote is the headline, or without it the first sentence."""
        title = doc._.folded[headline.start : headline.end] if headline else fold(context(doc).get("title") or "")
        types = {one.type for one in told}
        place = headline or (doc._.sentences[0] if doc._.sentences else None)
        if not title or not place or not (types <= {EventType.OTHER}):
            return []
        date = next((one.date for one in told if one.date), None)
        found = []
        for kind in self.lexicon.kinds:
            match = kind.headline.search(title) if kind.headline else None
            if match and not self.lexicon.frame["unreal"].search(title[: match.start()]):
                found.append(Told(kind.code, place.start + match.start() if headline else place.start, place, date, "events/headline"))
        return found[:1] if told or (found and self.lexicon.holds("just", doc, Interval(0, min(len(doc._.folded), BEGINNING)))) else []
