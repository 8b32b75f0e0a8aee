"""What happened or was decided, and that the article reports as its news: conferences, launches, plans, ceremonies.

A sentence tells an event when a word of the lexicon stands in a news frame: beside a date of the event, in a sentence that goes
on with it ("Dịp này, …"), or in the headline. Each type of event is told once for a day.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.bodies import Body
from extract.fold import fold
from extract.language import Interval, context, leave, paragraphs, sentence_at
from schemas.dates import DateMention
from schemas.documents import Document
from schemas.events import Event
from schemas.vocabulary import DateRole, EventType

LEAD = 3  # paragraphs after the headline in which the news is told
TITLE = 220  # code points of an event's name at most


class Kind(NamedTuple):
    """How the lexicon tells one type of event."""

    code: EventType
    pattern: re.Pattern[str]


class Told(NamedTuple):
    """A mark: an event told in a sentence."""

    type: EventType
    start: int  # where its words begin
    sentence: Interval
    date: DateMention | None
    rule: str


class Lexicon(NamedTuple):
    """extract/lexicon/events.toml, compiled."""

    kinds: tuple[Kind, ...]
    opening: re.Pattern[str]
    unreal: re.Pattern[str]
    holder: re.Pattern[str]
    place: re.Pattern[str]

    @classmethod
    def load(cls, name: str = "events") -> Lexicon:
        """The lexicon of extract/lexicon/<name>.toml."""
        raw = tomllib.loads(files("extract").joinpath(f"lexicon/{name}.toml").read_text(encoding="utf-8"))
        kinds = tuple(
            Kind(EventType(row["code"]), re.compile("|".join(rf"(?<!\w)(?:{fold(one)})" for one in (*row.get("noun", ()), *row.get("act", ())))))
            for row in raw["type"]
        )
        frame = {name: re.compile(fold(pattern).replace("(?p<", "(?P<")) for name, pattern in raw["frame"].items()}
        return cls(kinds, frame["opening"], frame["unreal"], frame["holder"], frame["place"])


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
        told = list(self.find(doc))
        leave(doc, "events", [self.record(doc, one, told) for one in told])
        return doc

    def find(self, doc: Doc) -> list[Told]:
        """Each (type, day) once, by the sentence that tells it best."""
        days = [date for date in doc._.found.get("dates", ()) if date.role == DateRole.EVENT]
        lines = paragraphs(doc.text)
        headline = next((line for line in lines[:1] if doc.text[line.start : line.end] == context(doc).get("title")), None)
        news = days[0] if days else None
        kept: dict[tuple[EventType, str | None], Told] = {}
        going_on = -1  # the paragraph in which an opening stood
        for index, line in enumerate(lines):
            for sentence in self._sentences(doc, line):
                date = next((day for day in days if sentence.start <= day.start < sentence.end), None)
                opened = self.lexicon.opening.match(doc._.folded, sentence.start, sentence.end)
                going_on = index if opened else going_on
                if line == headline:
                    continue
                if date or going_on == index:
                    rule = "events/dated" if date else "events/opening"
                elif index <= LEAD and not days:
                    rule = "events/lead"
                else:
                    continue
                for one in self._types(doc, sentence, date or news, rule):
                    kept.setdefault((one.type, one.date.edtf if one.date else None), one)
        if headline:
            types = {kind for kind, _ in kept}
            for one in self._types(doc, headline, news, "events/headline"):
                if one.type not in types:
                    kept.setdefault((one.type, one.date.edtf if one.date else None), one)
        if not kept:
            kept.update(self._other(lines, headline, days))
        return sorted(kept.values(), key=lambda one: one.start)

    @staticmethod
    def _sentences(doc: Doc, line: Interval) -> Iterator[Interval]:
        return (one for one in doc._.sentences if line.start <= one.start < line.end)

    def _types(self, doc: Doc, sentence: Interval, date: DateMention | None, rule: str) -> Iterator[Told]:
        """The types that the sentence tells; a word claimed by one type tells no other."""
        claimed: list[Interval] = []
        for kind in self.lexicon.kinds:
            for match in kind.pattern.finditer(doc._.folded, sentence.start, sentence.end):
                end = match.end()
                if any(match.start() < other.end and other.start < end for other in claimed):
                    continue
                before = doc._.folded[max(sentence.start, match.start() - 60) : match.start()]
                clause = re.split(r"[,;:]", before)[-1]
                if self.lexicon.unreal.search(clause):
                    continue
                claimed.append(Interval(match.start(), end))
                yield Told(kind.code, match.start(), sentence, date, rule)
                break

    @staticmethod
    def _other(lines: Sequence[Interval], headline: Interval | None, days: Sequence[DateMention]) -> dict[tuple[EventType, str | None], Told]:
        """News of another kind: the first paragraph that dates what happened."""
        for line in lines[: LEAD + 1]:
            for day in days:
                if line != headline and line.start <= day.start < line.end:
                    return {(EventType.OTHER, day.edtf): Told(EventType.OTHER, line.start, line, day, "events/other")}
        return {}

    def record(self, doc: Doc, told: Told, all_told: Sequence[Told]) -> Event:
        """The event that a mark tells; its quote is the sentence."""
        start, end = told.sentence
        documents = self._documents(doc, told)
        launch = next((one for one in all_told if one.type == EventType.CAMPAIGN_LAUNCH), all_told[0])
        campaigns = dict.fromkeys(one.name for one in doc._.found.get("campaigns", ())) if told is launch else ()
        return Event(
            start=start,
            end=end,
            quote=doc.text[start:end],
            type=told.type,
            title=self._title(doc, told),
            edtf=told.date.edtf if told.date else None,
            organizers=self._organizers(doc, told),
            location=self._location(doc, told),
            documents=tuple(dict.fromkeys(one.number for one in documents)),
            campaigns=tuple(campaigns),
            rule=told.rule,
            confidence=0.9 if told.rule == "events/dated" else 0.7,
        )

    @staticmethod
    def _documents(doc: Doc, told: Told) -> list[Document]:
        """Numbers in the sentence; of a plan also the one that the source credit gives."""
        found: Sequence[Document] = doc._.found.get("documents", ())
        here = [one for one in found if one.field == "text" and told.sentence.start <= one.start < told.sentence.end]
        if not here and told.type in (EventType.PLAN_ISSUED, EventType.CAMPAIGN_LAUNCH, EventType.AWARD_DECISION):
            here = [one for one in found if one.field == "source_credit"]
        return here

    @staticmethod
    def _title(doc: Doc, told: Told) -> str | None:
        """From the event's first word to the end of its clause."""
        words = doc.text[told.start : min(told.sentence.end, told.start + TITLE)]
        end = re.search(r"[;:]|\./\.|\.$|,\s+(?:do|với|tại|nhằm|và|để|dự|có|ngày|sáng|chiều)\s", words)
        title = (words[: end.start()] if end else words.rsplit(" ", 1)[0] if len(words) == TITLE else words).strip(" ,.-")
        return title or None

    def _organizers(self, doc: Doc, told: Told) -> tuple[str, ...]:
        """Bodies before the verb of the sentence, else before the event's words."""
        start, end = told.sentence
        holder = self.lexicon.holder.search(doc._.folded, start, end)
        stop = max(told.start, holder.start() if holder else start)
        found: Sequence[Body] = doc._.found.get("bodies", ())
        return tuple(dict.fromkeys(body.name for body in found if start <= body.start and body.end <= stop))

    def _location(self, doc: Doc, told: Told) -> str | None:
        """What follows "tại" in the sentence, when it is a place."""
        match = self.lexicon.place.search(doc._.folded, *told.sentence)
        return doc.text[slice(*match.span("place"))].strip() if match else None
