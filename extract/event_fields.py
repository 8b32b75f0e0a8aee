"""Reading of a mark: the sentence that tells an event -> its name, who holds it, where, and by which documents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile

from spacy.tokens import Doc

from extract.components.bodies import Body
from extract.event_words import Lexicon, Told
from extract.language import Interval
from schemas.documents import Campaign
from schemas.events import Event
from schemas.vocabulary import EventType

_AROUND = " \n,;:./-"  # what a quote does not end with
AT = 40  # code points before a body that tell whether it is a place
TITLE = 220  # code points of an event's name at most
PAPERS = (EventType.PLAN_ISSUED, EventType.CAMPAIGN_LAUNCH, EventType.AWARD_DECISION)


def records(doc: Doc, marks: Sequence[Told], lexicon: Lexicon) -> list[Event]:
    """The events that the marks of an article tell, in their order."""
    text = doc._.text
    plans = {one.sentence for one in marks if one.type == EventType.PLAN_ISSUED}
    starts = sorted({one.start for one in marks})
    return [_record(doc, text, told, lexicon, plans=plans, starts=starts, first=told is marks[0]) for told in marks]


def _record(doc: Doc, text: str, told: Told, lexicon: Lexicon, *, plans: set[Interval], starts: Sequence[int], first: bool) -> Event:
    """The event that a mark tells. `plans`: sentences that tell a plan; `starts`: of the words of all; `first`: of the article's events."""
    start, end = _quoted(doc, told, lexicon, starts)
    return Event(
        start=start,
        end=end,
        quote=text[start:end],
        type=told.type,
        title=_title(doc, text, told, lexicon),
        edtf=told.date.edtf if told.date else None,
        organizers=_organizers(doc, told, lexicon),
        location=_location(doc, text, told, lexicon),
        documents=_documents(doc, told, plans),
        campaigns=_campaigns(doc, told, first=first),
        rule=told.rule,
    )


def _quoted(doc: Doc, told: Told, lexicon: Lexicon, starts: Sequence[int]) -> Interval:
    """From the event's day, or who does it, to the end of its clause: what else its sentence tells is no evidence of it.

    `starts`: where the words of all events begin.
    """
    folded, (begin, end), day = doc._.folded, told.sentence, told.date
    last = told.start + 1  # where its words may end at the earliest
    if told.start > begin:
        begin = max(begin, folded.rfind(";", begin, told.start) + 1)
    if day and begin <= day.start and day.end <= end:
        begin = begin if folded.startswith("(", day.start - 1) else min(day.start, told.start)
        last = max(day.end, last)
    if told.start > told.sentence.start:
        clause = lexicon.frame["clause"].search(folded, last, end)
        end = clause.start() if clause else end
    before, after = bisect_left(starts, told.start), bisect_left(starts, last)
    begin = told.start if before and starts[before - 1] >= begin else begin
    if after < len(starts) and told.type != EventType.PLAN_ISSUED:  # its paper is that of what it launches
        end = min(end, starts[after])
    words = folded[begin:end]
    kept = words.rstrip(_AROUND).removesuffix(" và").rstrip(_AROUND)
    return Interval(begin + len(words) - len(words.lstrip()), max(last, begin + len(kept)))


def _campaigns(doc: Doc, told: Told, *, first: bool) -> tuple[str, ...]:
    """The movements named in the sentence; when it names none, the first event has those of the article."""
    found: Sequence[Campaign] = doc._.found.get("campaigns", ())
    here = [one for one in found if told.sentence.start <= one.start < told.sentence.end]
    here = here or (list(found) if first else [])
    return tuple(dict.fromkeys(one.name for one in here))


def _documents(doc: Doc, told: Told, plans: set[Interval]) -> tuple[str, ...]:
    """Numbers in the sentence; a launch has those of its plan; else of a paper also the one that the source credit gives."""
    found = doc._.found.get("documents", ())
    places = {told.sentence} | (plans if told.type == EventType.CAMPAIGN_LAUNCH else set())
    here = [one for one in found if one.field == "text" and any(place.start <= one.start < place.end for place in places)]
    if not here and told.type in PAPERS:
        here = [one for one in found if one.field == "source_credit"]
    return tuple(dict.fromkeys(one.number for one in here))


def _title(doc: Doc, text: str, told: Told, lexicon: Lexicon) -> str | None:
    """From the event's first word to the end of its clause."""
    verb = lexicon.frame["verb"].match(doc._.folded, told.start, told.sentence.end)
    begin = verb.end() if verb else told.start
    words = text[begin : min(told.sentence.end, begin + TITLE)]
    end = lexicon.frame["clause"].search(doc._.folded, begin, begin + len(words))
    title = (words[: end.start() - begin] if end else words.rsplit(" ", 1)[0] if len(words) == TITLE else words).strip(" ,.-")
    return title or None


def _organizers(doc: Doc, told: Told, lexicon: Lexicon) -> tuple[str, ...]:
    """Bodies between the day and the verb or the event's words; else any before these; else those of the passive ("do … tổ chức")."""
    start, end = told.sentence
    holder = lexicon.frame["holder"].search(doc._.folded, start, end)
    stop = max(told.start, holder.start() if holder else start)
    bodies: Sequence[Body] = doc._.found.get("bodies", ())
    first = bisect_left(bodies, start, key=lambda body: body.start)
    found = [
        body
        for body in takewhile(lambda body: body.start < end, islice(bodies, first, None))
        if body.end <= end and not _place(doc, body, lexicon)
    ]
    day = told.date.end if told.date and start <= told.date.start < stop else start
    before = [body for body in found if body.end <= stop]
    after_day = [body for body in before if body.start >= day]
    passive = [body for body in found if lexicon.frame["by"].search(doc._.folded, max(start, body.start - 6), body.start)]
    return tuple(dict.fromkeys(body.name for body in after_day or before or passive))


def _place(doc: Doc, body: Body, lexicon: Lexicon) -> bool:
    """Whether a body only says where: "tại trụ sở Công an huyện"."""
    return bool(lexicon.frame["at"].search(doc._.folded, max(0, body.start - AT), body.start))


def _location(doc: Doc, text: str, told: Told, lexicon: Lexicon) -> str | None:
    """What follows "tại" in the sentence, when it is a place."""
    match = lexicon.frame["place"].search(doc._.folded, *told.sentence)
    return text[slice(*match.span(1))].strip() if match else None
