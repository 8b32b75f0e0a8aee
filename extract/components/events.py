"""What happened or was decided, and that the article reports as its news: conferences, launches, plans, ceremonies.

A sentence tells an event when words of the lexicon stand in a news frame (extract/event_frames.py): in the lead, in a sentence
that goes on with the event just told ("Dịp này, …"), beside the day of the news, or in the headline. Each type of event is told
once for a day; then what is only a part of another event goes (prizes of a contest, the content of a decision).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence, Set

from spacy.language import Language
from spacy.tokens import Doc

from extract.event_doubts import unreal
from extract.event_fields import records
from extract.event_frames import NEAR, SPAN, Framed, Page
from extract.event_handovers import handed_over
from extract.event_headlines import OPENS, deed, in_headline, obituary, other_news, reward
from extract.event_layout import CLAUSE
from extract.event_ranks import AWARDS, GATHERINGS, GOES_ON, MEETINGS, is_another, settled
from extract.event_words import Kind, Lexicon, Told
from extract.language import MOST, Interval, cut, folded_text, leave, sentence_at
from schemas.awards import Award
from schemas.dates import DateMention
from schemas.edtf import DAY
from schemas.vocabulary import AwardStatus, EventType

LEAST = 6  # code points of a sentence; a shorter one tells nothing
PAPERS = (EventType.PLAN_ISSUED, EventType.AWARD_DECISION)
LOOSE = ("events/other", "events/matter")  # news without a type, told by no words of the lexicon
LONGEST = dt.timedelta(days=5)  # from the opening of a session to its end
AFTER = dt.timedelta(days=1)  # a visit that goes with the news lies at most so long after it
_PASSIVE = re.compile(",? (?:đã |vừa |mới )?được")
# Days with a dot are read as those with a slash by the patterns of this component, the last one: "tối 8.3".
_DOTTED = re.compile(r"(?P<day>(?<!\w)(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|nay|qua|và) \(?\d{1,2})\.(?=(?:0?[1-9]|1[0-2])(?!\w|[.,/]\d))")
_SAME = re.compile("(?:sáng |chiều |tối )?cùng ngày")


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
        doc._.folded = _DOTTED.sub(r"\g<day>/", doc._.folded)
        leave(doc, "events", records(doc, self.find(doc), self.lexicon))
        return doc

    def find(self, doc: Doc) -> list[Told]:
        """Each (type, day) once, in each item of a round-up, by the sentence that tells it first."""
        page = Page(doc, self.lexicon)
        told = [one for one in settled(page, self._in_body(page)) if not _only_named(doc, one)]
        told = told or other_news(page)
        told = [*told, *obituary(page, told), *deed(page, told)]
        told = [*told, *reward(page, told)]
        named = in_headline(page, told) if all(self._named(page, one) for one in told) else []
        named = [one for one in named if not _only_named(doc, one)]
        told = [one for one in told if not (named and one.type == EventType.OTHER)] + named
        told = [self._whole(page, one) for one in (*told, *handed_over(page, told))]
        kept: list[Told] = []
        seen: set[tuple[EventType, dt.date | None, int]] = set()
        dated = {(one.type, page.item(one.start)) for one in told if one.date}
        for one in told:
            item = page.item(one.start)
            again = one.date is None and (one.type, item) in dated and not self._another(page, one, told)
            if not again and ((one.type, one.day, item) not in seen or is_another(page, one)):
                kept.append(one)
                seen.add((one.type, one.day, item))
        return sorted(kept, key=lambda one: one.start)

    def _whole(self, page: Page, one: Told) -> Told:
        """A contest, a session or a congress that is told by one of its days, with all of them: "Chiều 29/12, … bế mạc Hội thao. Sau 3 ngày
        tranh tài (từ 27 - 29/12)", "Đại hội khai mạc từ hôm 11/9"."""
        if one.type not in (EventType.CONTEST, EventType.CONGRESS, EventType.OTHER) or one.date is None or len(one.date.edtf) != DAY:
            return one
        noun = self.lexicon.frame["gathering"].search(folded_text(page.doc), *one.sentence)
        over = noun and self.lexicon.holds("over", page.doc, one.sentence)
        for named, day in page.taken:
            same = noun and named == noun[0]
            if len(day.edtf) == SPAN:
                if (one.type == EventType.CONTEST and day.edtf.endswith(one.date.edtf)) or (same and _within(one.date, day)):
                    return one._replace(date=day)
            elif same and over and one.day and day.first_day and day.first_day < one.day <= day.first_day + LONGEST:
                return one._replace(date=day.model_copy(update={"edtf": f"{day.edtf}/{one.date.edtf}"}))
        return one

    def _in_body(self, page: Page) -> list[Told]:
        """Events of the paragraphs below the headline."""
        told: list[Told] = []
        fallback = other_news(page)  # what a lead tells that has no type: it goes when a type is told that does not go on with it
        types: set[EventType] = set()
        news: DateMention | None = None  # the day of the news
        meeting: DateMention | None = None  # the day of what was told last, within the days of the news
        goes_on = False  # the sentence before told an event
        there: DateMention | None = None  # on which day, as far as it or those that it goes on with wrote one
        closing = False  # what took more than a day comes to its end
        over = False  # its news is that it came to its end: the rest was done on its last day
        undated: list[tuple[Told, bool]] = []  # told before any day, and whether as "vừa": that day stays unknown
        sentences = list(page.sentences())
        for number, (sentence, inside) in enumerate(sentences):
            last, then = sentences[number - 1] if number else None, sentences[number + 1 : number + 2]
            if len(told) > MOST:
                cut(page.doc, "events")
                break
            if sentence.end - sentence.start < LEAST and not inside:
                goes_on = False
                continue
            if sentence.start in page.items:  # of a round-up: news of its own
                news, meeting, there, types, goes_on, closing, over = None, None, None, set(), False, False, False
            date = next((one for one in inside if one in page.days and not (types and page.ahead(one, sentence))), None)
            if date and undated and not news:
                told = [one._replace(date=date) if self._of_day(page, one, sentence, date) else one for one in told]
                news = date if any(one.date for one in told) else None
            rule = page.frame(sentence, inside, date=date, news=news, types=types)
            if not rule or (rule == "events/opening" and not goes_on and self.lexicon.begins("adds", page.doc, sentence)):
                goes_on = False
                continue
            if told and rule in ("events/lead", "events/act") and any(self._also_there(page, sentence, one) for one, _ in then):
                rule = "events/opening"
            if rule == "events/opening" and date and date.start > sentence.start + CLAUSE:
                date = None
            begins = self.lexicon.begins
            closing = over or begins("closing", page.doc, sentence) or (closing and begins("then", page.doc, sentence))
            held = meeting or (_last(news) if news and closing else news)
            held = page.opened_on(news) or held if begins("inaugural", page.doc, sentence) else held
            if there and len(there.edtf) == DAY and last and goes_on and begins("on_occasion", page.doc, sentence):
                on_the_eve = begins("before", page.doc, last[0]) and page.doc._.text[sentence.start - 1 : sentence.start] == "\n"
                held = held if on_the_eve else there  # a new paragraph goes on with the news
            held = None if page.on_its_own_day(sentence, inside) else held
            found = list(self._types(page, Framed(sentence, inside, rule, frozenset(types)), date=date or held))
            if told and rule == "events/lead" and not any(len(one.edtf) == DAY for one in inside):
                done = self._types(page, Framed(sentence, inside, "events/act", frozenset(types)), date=held)
                found += [one for one in done if one.type not in {each.type for each in found}]
            if not found and date and sentence.start in page.items:
                found = [Told(EventType.OTHER, sentence.start, sentence, date, "events/dated")]
            called_on = {one.type for one in found} <= {EventType.OTHER} and self._called_on(page, sentence, date, news)
            afterwards = not found and rule == "events/opening" and not date and begins("called_after", page.doc, sentence)
            if called_on or afterwards or (not found and self._on_the_eve(page, sentence, date, news)):
                found = [Told(EventType.OTHER, sentence.start, sentence, date or held, "events/earlier")]
            if not found and not told:
                found = [one for one in fallback if one.sentence == sentence]
            if date and last and types | {one.type for one in found} <= {EventType.OTHER} and begins("refers", page.doc, sentence):
                named = self._types(page, Framed(*last, "events/dated", frozenset(types)), date=date)
                found = list(named) or found  # "… họp tổng kết tại nhà ăn. Cuộc họp diễn ra sáng 03/12"
            if rule == "events/again":  # the day of what was told without one
                found = [one for one in found if one.type in types]
            there = date or there if found else None
            goes_on = bool(found)
            over = over or (not told and bool(found) and self.lexicon.holds("over", page.doc, sentence))
            if found and date and news and rule == "events/dated" and _within(date, news):
                meeting = date  # of what took several days
            if found and (not news or (date and rule == "events/dated" and page.follows(date, news, types))):
                news = next((one.date for one in found if one.date), None)
            told += found
            types |= {one.type for one in found}
            if not news and (date or not page.dated(sentence)):
                undated += [(one, self.lexicon.holds("just", page.doc, sentence)) for one in found if not one.date]
        return self._on_their_days(page, self._typed_only(page, told), undated, news)

    def _typed_only(self, page: Page, told: list[Told]) -> list[Told]:
        """Without news of no type that another event tells or goes with, unless it is news of its own."""
        apart = {one for one in told if self._apart(page, one, told) or (one.rule in LOOSE and self._of_other_day(page, one, told))}
        told = [one for one in told if not (one.type == EventType.OTHER and self._typed(page, told, one)) or one in apart]
        besides = [one for one in told if (one.type, one.rule) != (EventType.OTHER, "events/earlier")]  # a visit beside it is none
        if any(one.rule not in (*GOES_ON, *LOOSE) or self.lexicon.begins("at_ceremony", page.doc, one.sentence) for one in besides):
            return [one for one in told if one.rule not in LOOSE or one in apart]
        return told

    def _on_their_days(self, page: Page, told: list[Told], undated: Sequence[tuple[Told, bool]], news: DateMention | None) -> list[Told]:
        """What was told before any day (`undated`) on the day of the news, papers on the day on which they were signed."""
        if news is None and undated and not all(vague for _, vague in undated):
            news = next((one for one in page.dates if one in page.days and self._holds_news(page, one)), None)
        if news:  # what was told before any day happened on the day of the news
            loose = {one for one, vague in undated if not (vague and self.lexicon.holds("tells", page.doc, one.sentence))}
            loose = {one for one in loose if not self._another(page, one, told)}
            papers = {
                one.sentence for one, _ in undated if one.type in PAPERS and not self.lexicon.holds("read_out", page.doc, one.sentence)
            }
            loose = {one for one in loose if one.type not in (*PAPERS, EventType.CAMPAIGN_LAUNCH) or one.sentence not in papers}
            item = page.item(news.start)
            told = [one._replace(date=news) if one in loose and page.item(one.start) == item else one for one in told]
        plans = {one.sentence for one in told if one.type == EventType.PLAN_ISSUED}
        return [one._replace(date=self._signed(page, one, plans) or one.date) for one in told]

    def _another(self, page: Page, one: Told, told: Sequence[Told]) -> bool:
        """Whether an honour told as "vừa" is another than the one of its type told later on a day: a letter, or what somebody "cũng" gave."""
        if one.date or one.type not in AWARDS or not self.lexicon.holds("just", page.doc, one.sentence):
            return False
        dated = [each for each in told if each.date and each.type == one.type and each.start > one.start]
        letter = self.lexicon.begins("sends", page.doc, Interval(one.start, one.sentence.end))
        for each in dated[:1]:
            sent = each.type == EventType.AWARD_DECISION and letter != self.lexicon.begins(
                "sends", page.doc, Interval(each.start, each.sentence.end)
            )
            return sent or self.lexicon.holds("also", page.doc, Interval(each.sentence.start, each.start + CLAUSE))
        return False

    @staticmethod
    def _signed(page: Page, told: Told, plans: Set[Interval]) -> DateMention | None:
        """The day on which a decision, or a plan with what it launches, was signed, when another sentence than its own tells it."""
        own = told.date and told.sentence.start <= told.date.start < told.sentence.end
        planned = told.type == EventType.CAMPAIGN_LAUNCH and told.sentence in plans
        paper = told.type in PAPERS or planned
        return page.signed_day(told.sentence if planned else Interval(told.start, told.sentence.end)) if paper and not own else None

    def _also_there(self, page: Page, sentence: Interval, then: Interval) -> bool:
        """Whether the next sentence says that what this one tells was done at the meeting: "Cũng tại hội nghị, …"."""
        background = page.reports(sentence) or self.lexicon.holds("many", page.doc, sentence)
        return self.lexicon.begins("also_there", page.doc, then) and not background

    def _of_other_day(self, page: Page, loose: Told, told: Sequence[Told]) -> bool:
        """Whether a headline speaks of no honour, and its news happened after the honour that is told besides."""
        besides = [one for one in told if one.rule not in LOOSE]
        if loose.day and page.is_lead(loose.sentence) and self.lexicon.holds("toured", page.doc, loose.sentence):
            return bool(besides) and all(one.type in AWARDS and one.day and one.day > loose.day for one in besides)
        if self.lexicon.frame["honours"].search(page.title) or not page.title:
            return False
        day = page.day_told(loose.sentence)
        return bool(day) and all(one.type in AWARDS and () < page.day_told(one.sentence) < day for one in besides[:1])

    def _of_day(self, page: Page, told: Told, sentence: Interval, day: DateMention) -> bool:
        """Whether a later day is that of what was told without one: "Cũng trong ngày 8/6, …", or of a meeting "tại phiên họp ngày 10/11"."""
        answered = page.dated(told.sentence) and self.lexicon.holds("tells", page.doc, told.sentence)  # on that day, of another
        if self.lexicon.begins("past", page.doc, sentence) or answered:
            return False
        too = day.start < sentence.start + OPENS and self.lexicon.begins("too", page.doc, sentence)
        meeting = told.type not in (*PAPERS, EventType.OTHER)
        return too or (meeting and self.lexicon.holds("sat", page.doc, Interval(max(sentence.start, day.start - CLAUSE), day.start)))

    def _named(self, page: Page, told: Told) -> bool:
        """Whether a headline may give its own name to an event: one without a type, that speaks of awards when it is no meeting."""
        plight = any(self.lexicon.holds(name, page.doc, told.sentence) for name in ("complains", "tragic", "resolved_to"))
        honoured = any(self.lexicon.holds("honours", page.doc, one) for one in (*page.lead[:2], told.sentence))
        return told.rule not in LOOSE or (honoured and not plight)

    def _holds_news(self, page: Page, day: DateMention) -> bool:
        """Whether a day opens a sentence in which something is handed over or held, and that tells no background."""
        sentence = sentence_at(page.doc, day.start)
        opens = page.start <= day.start < sentence.start + OPENS
        return opens and not self.lexicon.begins("past", page.doc, sentence) and self.lexicon.holds("handed", page.doc, sentence)

    def _apart(self, page: Page, one: Told, told: Sequence[Told]) -> bool:
        """Whether a sentence dates what is news of its own beside the events of the other types: a building opened, a congress."""
        dated = one.rule in ("events/dated", "events/opening") or (page.undated and page.dated(one.sentence))
        alone = page.eve(one.sentence) and not any(each.type != one.type and each.sentence == one.sentence for each in told)
        return one.type == EventType.OTHER and (one.rule == "events/earlier" or (dated and (self._works(page, one.sentence) or alone)))

    def _on_the_eve(self, page: Page, sentence: Interval, day: DateMention | None, news: DateMention | None) -> bool:
        """Whether a sentence opens with a day shortly before the news, on which something was held: "Tối 17/11, nhà trường ra mắt Quỹ"."""
        if not (day and news and day.first_day and news.first_day and day.start < sentence.start + OPENS and len(day.edtf) == DAY):
            return False
        before = news.first_day - NEAR <= day.first_day < news.first_day and page.says(day.start) is False
        return before and not page.is_lead(sentence) and self.lexicon.holds("held_then", page.doc, Interval(day.end, day.end + CLAUSE * 2))

    def _called_on(self, page: Page, sentence: Interval, day: DateMention | None, news: DateMention | None) -> bool:
        """Whether a sentence tells a visit beside the news, from its eve to the day after: "Chiều cùng ngày, lãnh đạo huyện đến thăm, chúc mừng"."""
        if not (day and news and day.first_day and news.first_day and day.start < sentence.start + CLAUSE and len(day.edtf) == DAY):
            return False
        near = news.first_day - NEAR <= day.first_day <= (news.last_day or news.first_day) + AFTER
        return near and not page.says(day.start) and self.lexicon.begins("called_on", page.doc, sentence)

    def _works(self, page: Page, sentence: Interval) -> bool:
        """Whether a sentence tells a meeting or a work that is news whatever goes with it."""
        return self.lexicon.holds("works", page.doc, sentence) or page.names("named", sentence)

    @staticmethod
    def _typed(page: Page, told: Sequence[Told], other: Told) -> bool:
        """Whether a meeting without a type of its own is told already: by an earlier event, the lead, or another type beside it."""
        return any(
            one.start < other.start or (one.type != EventType.OTHER and (one.sentence == other.sentence or one.rule == "events/lead"))
            for one in told
            if page.item(one.start) == page.item(other.start)
        )

    def _types(self, page: Page, framed: Framed, *, date: DateMention | None) -> Iterator[Told]:
        """The types that a sentence tells, on `date` or on the day that a paper carries itself."""
        lead = framed.rule == "events/dated" or (framed.rule == "events/lead" and framed.types <= {EventType.OTHER})
        eve = framed.rule == "events/opening" and page.eve(framed.sentence)
        apart = eve or self._works(page, framed.sentence)  # news of its own, whatever its words tell besides
        claimed: list[Interval] = []
        signed: DateMention | None = None  # the day of a plan, and so of what it launches
        in_contest = self.lexicon.holds("contest", page.doc, framed.sentence)
        sieve = self.lexicon.done if framed.rule == "events/act" else self.lexicon.told
        possible = sieve(folded_text(page.doc), *framed.sentence)
        for number, kind in enumerate(self.lexicon.kinds):
            if number not in possible:
                continue
            own_news = apart and (kind.code == EventType.OTHER or (eve and kind.code in (EventType.CONTEST, EventType.PLAN_ISSUED)))
            begun = framed.rule == "events/opening" and kind.lead and kind.act is not None  # "Dịp này, Hội phát động cuộc thi"
            silent = kind.lead and not lead and not begun and not (own_news and framed.rule == "events/opening")
            silent = silent or (framed.rule == "events/earlier" and (kind.code not in (*AWARDS, EventType.COUNCIL_MEETING) or in_contest))
            place = None if silent else self._place(page, framed, kind=kind, claimed=() if own_news else claimed)
            if not place:
                continue
            own = page.paper_day(place.start, framed.dates) if kind.code in PAPERS else None
            if kind.code == EventType.AWARD_DECISION and self.lexicon.begins("sends", page.doc, place):
                own = own or page.letter_day
            signed = signed or (own if kind.code == EventType.PLAN_ISSUED else None)
            own = own or (signed if kind.code == EventType.CAMPAIGN_LAUNCH else None)
            told = framed.types if kind.code != EventType.AWARD_CEREMONY and not kind.lead else framed.rule == "events/act" or begun
            acted = bool(kind.act) and bool(told)
            if acted or self._is_news(page, framed, kind=kind, place=place, own=own):
                claimed += [] if kind.shares else [place]
                yield Told(
                    kind.code,
                    place.start,
                    framed.sentence,
                    own or self._day(page, framed, kind=kind, place=place, date=date),
                    framed.rule,
                )

    def _day(self, page: Page, framed: Framed, *, kind: Kind, place: Interval, date: DateMention | None) -> DateMention | None:
        """The day of what stands at `place`: not that on which somebody tells it, nor that of the deed that it honours or of its grounds."""
        if kind.code not in AWARDS:
            before = Interval(max(date.end, framed.sentence.start), place.start) if date else None
            just = before and self.lexicon.holds("just_told", page.doc, before)
            return None if just and kind.code == EventType.OTHER else date
        if date and date.start < place.start and self.lexicon.begins("grounds", page.doc, framed.sentence):
            date = next((one for one in reversed(framed.dates) if one in page.days and one.start < place.start), date)
        if date is None or not framed.sentence.start <= date.start < framed.sentence.end:
            other = framed.types == {EventType.OTHER} and framed.rule == "events/lead"  # the day of an accident, of a good deed
            return None if other and self.lexicon.holds("just", page.doc, framed.sentence) else date
        if date.start < place.start:
            deed = self.lexicon.holds("deed", page.doc, Interval(framed.sentence.start, date.start))
            about = self.lexicon.begins("about", page.doc, framed.sentence) and folded_text(page.doc).startswith(",", date.end)
            if about or (deed and _PASSIVE.match(folded_text(page.doc), date.end)):
                return None  # "em A, người cứu bạn hôm 3/4, được tặng"; "Đối với vụ cướp ngày 3/4, Bộ trưởng gửi thư khen"
            return None if self.lexicon.holds("tells", page.doc, Interval(date.end, place.start)) else date
        return None if self.lexicon.holds("deed", page.doc, Interval(place.start, date.start)) else date

    def _place(self, page: Page, framed: Framed, *, kind: Kind, claimed: Sequence[Interval]) -> Interval | None:
        """Where a sentence tells a type as real, in words that no other type has claimed."""
        done = framed.rule == "events/act" or (kind.lead and framed.rule == "events/opening" and kind.act and not page.eve(framed.sentence))
        pattern = kind.act if done else kind.pattern
        at, end = framed.sentence
        while pattern and (match := pattern.search(folded_text(page.doc), at, end)):
            place = Interval(*match.span())
            other = next((one for one in claimed if place.start < one.end and one.start < place.end), None)
            if other and not kind.shares:
                at = other.end
            elif unreal(page, framed, kind=kind, start=place.start) or self._taken_back(page, kind, place):
                comma = folded_text(page.doc).find(",", *place)  # "Sau | lễ bế mạc, tối 24/4 xã tổ chức hội nghị tổng kết"
                at = comma + 1 if comma >= 0 and kind.code in MEETINGS else place.end
            else:
                return place
        return None

    def _taken_back(self, page: Page, kind: Kind, place: Interval) -> bool:
        """Whether words that seem to confer an award, or to vote on one, speak of its withdrawal."""
        return kind.code in (*AWARDS, EventType.COUNCIL_MEETING) and self.lexicon.holds("back", page.doc, place)

    def _is_news(self, page: Page, framed: Framed, *, kind: Kind, place: Interval, own: DateMention | None) -> bool:
        """Whether a type is told as news: in a lead without a day, because it just happened or the headline says so.

        `own`: the day that a paper carries itself.
        """
        sentence, told = framed.sentence, bool(framed.types)
        if kind.code == EventType.AWARD_DECISION and framed.rule in GOES_ON:
            opens = any(one in page.days and one.start < sentence.start + OPENS for one in framed.dates)  # "Trước đó một ngày, …"
            just = page.is_lead(sentence) and self.lexicon.holds("just", page.doc, sentence)
            return own is not None or page.dated(sentence) or opens or just
        if kind.lead and not page.is_lead(sentence) and (not told or kind.code == EventType.OTHER):
            besides = framed.rule == "events/opening" and (self.lexicon.begins("on_occasion", page.doc, sentence) or page.eve(sentence))
            head = Interval(max(sentence.start, place.start - CLAUSE), place.start)
            if kind.code == EventType.ANNIVERSARY and framed.rule == "events/dated" and self.lexicon.holds("at_the", page.doc, head):
                return True
            return told and (besides or (framed.rule == "events/dated" and page.names("works", sentence)))
        if kind.lead and framed.rule == "events/lead" and not page.is_lead(sentence):
            return False
        promised = page.promised(kind.code)
        if kind.code == EventType.PLAN_ISSUED and page.matter and page.matter.start <= sentence.start and not promised:
            return False  # a draft that is told after the plan is another paper
        begun = kind.act and framed.dates and kind.act.match(folded_text(page.doc), *place)
        if (
            kind.code == EventType.CONTEST
            and framed.types & set(AWARDS)
            and not (promised or begun or page.eve(sentence) or self._later_that_day(page, sentence))
        ):
            return False  # where those who are honoured had won
        if framed.rule != "events/lead":
            return True
        if kind.code == EventType.OTHER:
            just = self.lexicon.holds("just", page.doc, sentence) and self.lexicon.holds("held", page.doc, sentence)
            spoke = sentence in page.lead[:4] and self.lexicon.holds("spoke", page.doc, Interval(sentence.start, place.start))
            return just or page.dated(sentence) or (spoke and not told)
        if kind.code in AWARDS and (page.matter or (not page.dated(sentence) and page.reports(sentence))):
            return False
        if kind.code in AWARDS and self.lexicon.holds("passive", page.doc, self._clause(page, sentence, place)):
            at_ceremony = framed.types <= {EventType.OTHER} and self.lexicon.holds("at_ceremony", page.doc, sentence)
            return at_ceremony or (not told and (promised or page.dated(sentence)))
        if kind.code == EventType.AWARD_DECISION and sentence in page.lead[:1] and self.lexicon.begins("sends", page.doc, place):
            return True
        if kind.code == EventType.AWARD_CEREMONY and place.start == sentence.start:
            return True  # "Trao Huân chương cho …, Thủ tướng nhấn mạnh"
        held = kind.code in GATHERINGS and framed.types <= {EventType.OTHER} and page.meets(sentence, place)
        fresh = own is not None or page.fresh(sentence)
        head = Interval(sentence.start, place.start)
        if page.is_lead(sentence) and self.lexicon.holds("met", page.doc, head) and not self.lexicon.holds("many", page.doc, head):
            return True  # "…, Thủ tướng nhấn mạnh tại lễ kỷ niệm 30 năm thành lập"
        first = sentence in page.lead[: 2 if kind.code in MEETINGS else 1]
        done = first and self.lexicon.holds("done", page.doc, Interval(sentence.start, place.end))
        return fresh or done or held or (promised and bool(page.title or not told))

    def _later_that_day(self, page: Page, sentence: Interval) -> bool:
        """Whether a sentence tells what was held on the same day, and by its part of the day apart: "Chiều cùng ngày, Công đoàn tổ chức Hội thi"."""
        return self.lexicon.begins("part_too", page.doc, sentence) and self.lexicon.holds("held_there", page.doc, sentence)

    def _clause(self, page: Page, sentence: Interval, place: Interval) -> Interval:
        """What stands before a place in its sentence, from the day on when a verb of holding a meeting goes before it."""
        held = self.lexicon.frame["holds_it"].search(folded_text(page.doc), sentence.start, place.end)
        return Interval(max(sentence.start, held.start()), place.end) if held else Interval(sentence.start, place.end)


def _only_named(doc: Doc, told: Told) -> bool:
    """Whether a ceremony's sentence only speaks of awards, in an article that tells of none as given: of a rule, a call, a request."""
    awards: Sequence[Award] = doc._.found.get("awards", ())
    if told.type != EventType.AWARD_CEREMONY or any(award.status is AwardStatus.AWARDED for award in awards):
        return False
    return any(told.sentence.start <= quote.start < told.sentence.end for award in awards for quote in award.quotes)


def _within(date: DateMention, news: DateMention) -> bool:
    """Whether a day is one of several."""
    first, last, day = news.first_day, news.last_day, date.first_day
    return len(date.edtf) == DAY < len(news.edtf) and first is not None and last is not None and day is not None and first <= day <= last


def _last(date: DateMention) -> DateMention:
    """The last day of a span of days."""
    return date.model_copy(update={"edtf": date.edtf.split("/")[-1]})
