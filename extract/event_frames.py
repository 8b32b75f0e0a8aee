"""The news frame of a sentence in an article: what tells its news, on which day, and on which day its papers were signed."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence, Set
from functools import cached_property
from typing import NamedTuple

from extract.event_layout import CLAUSE, NEWS, Layout
from extract.fold import fold
from extract.language import Interval, context, folded_text
from schemas.dates import DateMention
from schemas.edtf import DAY
from schemas.vocabulary import DateRole, EventType

NEAR = dt.timedelta(days=2)  # another day of the same news lies no farther from the first
LATELY = dt.timedelta(days=60)  # the same for news that no lead tells
WEEKS = dt.timedelta(days=15)  # another honour for the same deed lies at most so long before that of the news
SOON = dt.timedelta(days=7)  # news that is only looked forward to lies at most so far ahead
STORY = 450  # code points after a day in which what happened on it is told
SPAN = len("2019-05-16/2019-05-18")  # code points of a span of days
CAPTION = 200  # code points of a sentence that says of itself who hands over what
DAY_OPENS = 10  # code points before a day with which a sentence begins
OPENING = 40  # the same for a year or a term, which may be that of what the sentence names: "Đại hội lần thứ V, giai đoạn 2020 - 2025"
PAPER = 160  # code points from a paper's verb to its day: "ký Quyết định số 5/QĐ-UBND ngày 3/4/2019"
# what stands before the day of a paper
_SIGNED = re.compile(r"(?:(?:\d ?[/-] ?[\w/-]*[a-zđ][\w-]*|quyết định)(?: của [^.;:,\d]{1,80})?|ký|kí)[ ,(|]*(?:ký |kí )?$")
# numbers of papers, and what may stand between two that were signed on one day
_NUMBER = re.compile(r"\d ?[/-] ?[\w/-]*[a-zđ][\w-]*")
_BOTH = re.compile(r"(?:[ ,;]|và|các|số|đến|quyết định)*[\d.]*")
_NAMED = re.compile("năm|giai đoạn|nhiệm kì")
_TERM = re.compile(r"\d{4}/\d{4}")
_YEAR = re.compile(r"\d{4}")
_NUMBERS = re.compile(r"\d+")


class Framed(NamedTuple):
    """A sentence in its news frame."""

    sentence: Interval
    dates: Sequence[DateMention]  # those in the sentence
    rule: str  # the frame
    types: frozenset[EventType]  # told before


class Page(Layout):
    """One article as a place of news."""

    def frame(
        self,
        sentence: Interval,
        inside: Sequence[DateMention],
        *,
        date: DateMention | None,
        news: DateMention | None,
        types: Set[EventType],
    ) -> str | None:
        """Which news frame a sentence stands in that tells no background.

        `date`, `inside`: the first of its dates that is news, and all; `news`: the day of the news as known so far; `types`: of the
        events told before.
        """
        told = bool(types)
        begins = self.lexicon.begins
        if begins("past", self.doc, sentence):
            day = date.first_day if date and date.start < sentence.start + CLAUSE else None
            shortly = news and news.first_day and day and news.first_day - NEAR <= day <= news.first_day
            meanwhile = begins("same_day", self.doc, sentence) and not inside
            before = begins("before", self.doc, sentence)
            lately = news and news.first_day and day and news.first_day - WEEKS <= day <= news.first_day and self.eve(sentence)
            if told and (meanwhile or (shortly and before) or lately):
                return "events/opening"
            return "events/earlier" if before and day and self._earlier(day, news, types) else None
        if date:
            return self._dated(sentence, date, news=news, types=types)
        if told and (
            begins("opening", self.doc, sentence)
            or begins("credited", self.doc, sentence)
            or self.lexicon.holds("occasion_last", self.doc, sentence)
        ):
            return "events/opening"
        if begins("report", self.doc, sentence):
            return None
        own_day = self.on_its_own_day(sentence, inside)
        if told and not inside and not own_day and self._hands_over(sentence):
            return "events/caption"
        early = any(
            one.start < sentence.start + (OPENING if _NAMED.match(fold(one.quote)) or _TERM.fullmatch(one.edtf) else CLAUSE)
            and one.role not in (DateRole.DOCUMENT, DateRole.ANNIVERSARY)
            for one in inside
        )
        if early and not self.undated and len(inside[0].edtf) == DAY:
            return None  # the day is known, and too far off to be news
        opening = Interval(sentence.start, min(sentence.end, sentence.start + CLAUSE))
        opening = sentence if begins("entitled", self.doc, sentence) else opening
        if self.is_lead(sentence) and (not early or self.fresh(opening)):
            return "events/lead"
        if own_day and types <= {EventType.OTHER, EventType.AWARD_CEREMONY, EventType.AWARD_DECISION}:
            return "events/lead"
        read = (DateRole.DOCUMENT,) if self.lexicon.holds("read_out", self.doc, sentence) else ()  # "công bố Quyết định số 402 ngày 25/8"
        papers = (DateRole.DEADLINE, DateRole.PERIOD, *read)
        own = [one for one in inside if len(one.edtf) == DAY and one.role not in papers and not self.ahead(one, sentence)]
        dated = any(not self.lexicon.frame["since"].search(folded_text(self.doc), sentence.start, one.start) for one in own)
        return "events/act" if told and not dated else None

    def ahead(self, day: DateMention, sentence: Interval) -> bool:
        """Whether a day inside a sentence is only looked forward to, long after publication: the end of what begins."""
        now: dt.date | None = context(self.doc).get("published_on")
        later = now is not None and day.first_day is not None and day.first_day > now + SOON
        return later and day.start > sentence.start + CLAUSE

    def _dated(self, sentence: Interval, date: DateMention, *, news: DateMention | None, types: Set[EventType]) -> str | None:
        """The frame of a sentence with a day that may be news: on the day of the news or near it, or the first such day."""
        told = bool(types)
        if news and not self.lexicon.begins("opening", self.doc, sentence) and self.follows(date, news, types):
            return "events/dated"
        last = news and (news.last_day or news.first_day)  # of what took several days
        near = bool(news and date.first_day and news.first_day and last and news.first_day - NEAR <= date.first_day <= last + NEAR)
        recent = self._lately(date) or (self.undated and not _YEAR.search(date.quote))  # else it may be any day of a life
        alone = recent and types <= {EventType.AWARD_DECISION}  # or what followed a letter that was sent on no day
        if near or (not news and (self.is_lead(sentence) or alone)):
            return "events/dated"
        clause = folded_text(self.doc).endswith(", ", sentence.start, date.start)  # "Ngay khi các em trở về, ngày 24-5, …"
        opens = date.start < sentence.start + (CLAUSE if clause and len(date.edtf) == DAY else DAY_OPENS)
        if date.first_day and opens and self._earlier(date.first_day, news, types):
            return "events/earlier"
        if news and news.first_day and date.first_day and self.lexicon.begins("council_met", self.doc, sentence):
            return "events/earlier" if news.first_day - WEEKS <= date.first_day < news.first_day else None
        if told and self.lexicon.begins("opening", self.doc, sentence) and date.start > sentence.start + CLAUSE:
            return "events/opening"  # "Dịp này, … khen hai em đã cứu người hôm 8/3"
        return None if news else "events/again"

    @staticmethod
    def _earlier(day: dt.date, news: DateMention | None, types: Set[EventType]) -> bool:
        """Whether another honour may have been given on the day, in the weeks before the one that is the news."""
        shortly = news is not None and news.first_day is not None and dt.timedelta(0) < news.first_day - day <= WEEKS
        return shortly and bool(types & {EventType.AWARD_CEREMONY, EventType.AWARD_DECISION})

    def follows(self, date: DateMention, news: DateMention, types: Set[EventType]) -> bool:
        """Whether a day is that of the news after all: only a deed or a decision was told on the one before, and this one is later."""
        later = date.first_day and news.first_day and date.first_day > news.first_day
        soon = self.undated and later and date.first_day and news.first_day and date.first_day - news.first_day <= LATELY
        soon = soon and not self.lexicon.holds("planned_day", self.doc, Interval(max(0, date.start - CLAUSE), date.start))
        decided = {EventType.OTHER, EventType.AWARD_DECISION, EventType.PLAN_ISSUED, EventType.CAMPAIGN_LAUNCH}
        return types <= decided and bool(later) and (self._lately(date) or bool(soon))

    def _lately(self, date: DateMention) -> bool:
        """Whether a day lies so shortly before the day of publication that the article may have been written for it."""
        now: dt.date | None = context(self.doc).get("published_on")
        return now is not None and date.first_day is not None and now - LATELY <= date.first_day <= now + SOON

    def to_come(self, day: dt.date | None) -> bool:
        """Whether a day lies after that of publication."""
        now: dt.date | None = context(self.doc).get("published_on")
        return bool(now and day and day > now)

    def eve(self, sentence: Interval) -> bool:
        """Whether a sentence opens with what was done shortly before the news: "Trước đó, tối 11/8, UBND tỉnh tổ chức …"."""
        return self.lexicon.begins("eve", self.doc, sentence)

    def _hands_over(self, sentence: Interval) -> bool:
        """Whether a short sentence, like that under a picture, says who hands over what."""
        short = sentence.end - sentence.start <= CAPTION
        return short and self.lexicon.holds("hands", self.doc, sentence) and not self.lexicon.holds("passive", self.doc, sentence)

    def before_next_day(self, day: DateMention) -> int:
        """Where what is told of a day ends: at the next day, at the end of the paragraph, or after a few sentences."""
        at = bisect_right(self.dates, day.start, key=lambda one: one.start)
        line = bisect_right(self.lines, day.start, key=lambda one: one.start) - 1
        end = min(self.lines[line].end if line >= 0 else day.end, day.end + STORY)
        while at < len(self.dates) and self.dates[at].start < end:
            if len(self.dates[at].edtf) == DAY:
                return self.dates[at].start
            at += 1
        return end

    def on_its_own_day(self, sentence: Interval, inside: Sequence[DateMention]) -> bool:
        """Whether a sentence opens with a day whose year nothing tells, on a page without one."""
        opening = Interval(sentence.start, min(sentence.end, sentence.start + CLAUSE))
        return self.undated and not any(len(one.edtf) == DAY for one in inside) and self.dated(opening)

    def story(self, sentence: Interval) -> Interval | None:
        """What is told of a day in a sentence whose year nothing tells, up to the next one."""
        folded = folded_text(self.doc)
        day = self.lexicon.frame["day"].search(folded, *sentence)
        if day is None:
            return None
        line = bisect_right(self.lines, sentence.start, key=lambda one: one.start) - 1
        end = min(self.lines[line].end if line >= 0 else sentence.end, day.end() + STORY)
        following = self.lexicon.frame["day"].search(folded, day.end(), end)
        return Interval(day.end(), following.start() if following else end)

    def reports(self, sentence: Interval) -> bool:
        """Whether a sentence goes on with a paragraph that reports of a time: "6 tháng qua, … Toàn Khối đã khen thưởng 420 tập thể"."""
        line = bisect_right(self.lines, sentence.start, key=lambda one: one.start) - 1
        period = line >= 0 and self.lexicon.begins("period", self.doc, self.lines[line])
        return period and not self.lexicon.holds("on_the_spot", self.doc, sentence)

    def fresh(self, sentence: Interval) -> bool:
        """Whether a sentence says that what it tells just happened, be it on a day whose year nothing tells."""
        return self.dated(sentence) or self.lexicon.holds("just", self.doc, sentence)

    def names(self, name: str, sentence: Interval) -> bool:
        """Whether words of a frame stand in a sentence, and the headline names it in the same word."""
        match = self.lexicon.frame[name].search(folded_text(self.doc), *sentence)
        return match is not None and match[0] in self.title

    def meets(self, sentence: Interval, place: Interval) -> bool:
        """Whether the meeting at `place` in a sentence of the lead was held, or people have come to it."""
        after = Interval(place.end, min(sentence.end, place.end + STORY))
        held = place.start < sentence.start + DAY_OPENS and self.lexicon.holds("taken_place", self.doc, after)
        come = self.lexicon.holds("attends", self.doc, Interval(sentence.start, place.start))
        return self.is_lead(sentence) and (held or come)

    def dated(self, sentence: Interval) -> bool:
        """Whether a sentence writes a day, be it one whose year nothing tells."""
        return any(self.lexicon.holds(name, self.doc, sentence) for name in ("day", "today"))

    def day_told(self, sentence: Interval) -> tuple[int, ...]:
        """Month and day of the first day that a sentence writes without its year; () for none."""
        match = self.lexicon.frame["day"].search(folded_text(self.doc), *sentence)
        return tuple(int(number) for number in _NUMBERS.findall(match[0])[:-3:-1]) if match else ()

    def promised(self, kind: EventType) -> bool:
        """Whether the headline speaks of such an event, or there is none."""
        if not self.title:
            return True
        if self.lexicon.frame["opinion"].search(self.title) or self.lexicon.frame["ruled"].search(self.title):
            return False
        if kind in (EventType.AWARD_CEREMONY, EventType.AWARD_DECISION):
            return bool(self.lexicon.frame["honours"].search(self.title))
        pattern = next((one.headline for one in self.lexicon.kinds if one.code == kind), None)
        return bool(pattern and pattern.search(self.title))

    def signed_day(self, told: Interval) -> DateMention | None:
        """The day of which a sentence of its own says that the paper told at `told` was signed on it: "Kế hoạch do ông A ký ngày 12/2"."""
        folded = folded_text(self.doc)
        paper = self.lexicon.frame["named_paper"].search(folded, *told)
        noun = paper[0] if paper else "quyết định"
        return next((day for start, day in self._signed if folded.startswith(noun, start)), None)

    @cached_property
    def _signed(self) -> list[tuple[int, DateMention]]:
        """Where the sentences begin that say of a paper that it was signed, and on which day."""
        folded, found = folded_text(self.doc), []
        for sentence, inside in self.sentences():
            signed = self.lexicon.frame["signed"].match(folded, *sentence) if inside else None
            day = next((one for one in inside if one.start >= signed.end()), None) if signed else None
            if day and len(day.edtf) == DAY:
                found.append((sentence.start, day))
        return found

    @cached_property
    def taken(self) -> list[tuple[str | None, DateMention]]:
        """The days that something takes, spans of them or the one on which it was opened, each with the noun for what takes them."""
        folded, found = folded_text(self.doc), []
        for sentence, inside in self.sentences():
            noun = self.lexicon.frame["gathering"].search(folded, *sentence) if inside else None
            takes = bool(inside) and self.lexicon.holds("competes", self.doc, sentence)
            for day in inside:
                opened = noun and self.lexicon.frame["opened_on"].fullmatch(folded, noun.end(), day.start)
                if (takes and len(day.edtf) == SPAN) or (opened and len(day.edtf) == DAY):
                    found.append((noun[0] if noun else None, day))
        return found

    def opened_on(self, news: DateMention | None) -> DateMention | None:
        """The day on which what took several days was opened: the one of which the text says so, else the first of the `news`."""
        told = (one for one in self.dates if one in self.days and len(one.edtf) == DAY)
        opened = next((one for one in told if self.lexicon.begins("opens_then", self.doc, Interval(one.end, one.end + CLAUSE * 2))), None)
        whole = news if news and len(news.edtf) > DAY else None
        return opened or (whole.model_copy(update={"edtf": whole.edtf.split("/")[0]}) if whole else None)

    def paper_day(self, start: int, inside: Sequence[DateMention]) -> DateMention | None:
        """The day on which the paper told at `start` was signed: a day right after its verb, not long before publication."""
        now = context(self.doc).get("published_on")
        for one in inside:
            day = one.first_day if len(one.edtf) == DAY else None
            signed = day and start <= one.start <= start + PAPER and _SIGNED.search(folded_text(self.doc), start, one.start)
            if signed and one.role in (DateRole.DOCUMENT, DateRole.EVENT):
                own = not self._cites(Interval(start, signed.start()), numbered=signed[0][0].isdigit())
                return one if own and (now is None or abs(day - now) <= NEWS) else None
        return None

    def _cites(self, words: Interval, *, numbered: bool) -> bool:
        """Whether another paper stands between a paper's verb and a day: "ban hành Kế hoạch số 5/KH-UBND thực hiện Chỉ thị số 2-CT/TU ngày …".

        `numbered`: whether the words end where the number of the paper of that day begins.
        """
        folded = folded_text(self.doc)
        first = _NUMBER.search(folded, *words) if numbered else None
        if first:
            return not _BOTH.fullmatch(folded, first.end(), words.end)
        verb = folded.find(" ", *words)
        return verb >= 0 and bool(self.lexicon.frame["cites"].search(folded, verb + 1, words.end))
