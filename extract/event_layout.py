"""How an article is laid out: headline, lead, items of a round-up, speech, and the days that may be the day of its news."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from extract.event_words import Lexicon
from extract.fold import fold
from extract.language import Interval, context, folded_text, paragraphs
from schemas.dates import DateMention
from schemas.edtf import DAY
from schemas.vocabulary import DateRole

LEAD = 3  # paragraphs after the headline in which the news is told
SHORT = 80  # code points of a paragraph that is only a caption
LEAD_LENGTH = 900  # code points of them, for some pages have no paragraphs
HEADLINE = 220  # code points below which a first paragraph may be the headline
NEWS = dt.timedelta(days=120)  # news is told at most so long after it happened
AHEAD = dt.timedelta(days=400)  # on an undated page a later day may be one that the news of the lead looks forward to
HISTORY = dt.date(1995, 1, 1)  # what an undated page tells of days before is no news
CLAUSE = 60  # code points at the beginning of a sentence that date it
SPEECH = 20  # code points of what somebody says; a shorter quotation is a word or a name
STOP = 2  # code points of a full stop
_PART = re.compile("(?:rạng |mờ )?sáng|trưa|chiều|tối")
_TODAY = re.compile(r"(?<!\w)(?:hôm|sáng|trưa|chiều|tối) nay(?!\w)")  # "tổ chức hôm nay 15-9"
_ITEM = re.compile(r"[*•●■▪] ?\w")
_DASHED = re.compile("[-–] ?[^\\W\\d_]")
_HEADING = re.compile(r"(?:\d{1,2}|[IVX]{1,4})[.)/-] ?[^\W\d_]")
_SIGNS = re.compile(r"[\W_]+")
# What somebody says: “Tôi rất vui …”, after a colon or as a sentence; names of movements are shorter and stand within one.
_SPEECH = re.compile(r"[“\"«„][^“”\"«»„\n]{1,1000}(?:[”\"»]|$)", re.MULTILINE)


def _happens(date: DateMention) -> bool:
    """Whether something may happen then: a part of a day is when, even after "từ", "đến"."""
    return date.role == DateRole.EVENT or (date.role in (DateRole.OTHER, DateRole.PERIOD) and bool(_PART.match(fold(date.quote))))


class Layout:
    """One article as a place of news."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc, self.lexicon = doc, lexicon
        lines = paragraphs(doc._.text)
        self.headline = self._headline(lines)
        self.lines = lines[1:] if self.headline else lines
        given = context(doc).get("title")
        self.title = folded_text(doc)[slice(*self.headline)] if self.headline else fold(given or "")
        whole = [one for one in self.lines if one.end - one.start >= SHORT]  # the others are captions
        last = whole[LEAD - 1].end if len(whole) >= LEAD else self.lines[-1].end if self.lines else 0
        self.start = self.lines[0].start if self.lines else len(doc._.text)
        self.lead_end = min(last, self.start + LEAD_LENGTH)
        self.dates: Sequence[DateMention] = doc._.found.get("dates", ())
        self.undated = context(doc).get("published_on") is None  # a day of its text may lack its year
        self.days = self._days()
        self.items = self._items()
        self._speech = self._said(doc._.text)
        self.lead: list[Interval] = [one for one in doc._.sentences if self.is_lead(one)]
        # its headline tells of drafts, debates, awards taken back or given wrongly
        self.disputed = any(lexicon.frame[name].search(self.title) for name in ("matter", "faulted"))
        self.blamed = bool(lexicon.frame["affair"].search(self.title))  # it tells of somebody's guilt or death
        draft = next((one for one in self.lead[:LEAD] if lexicon.holds("draft", doc, one)), None)
        self.letter_day = next(
            (one for one in self.dates if lexicon.frame["letter"].search(folded_text(doc), max(0, one.start - CLAUSE), one.start)), None
        )
        self.matter, self.affair = self._told_of("matter") or draft, self._told_of("affair")

    def _headline(self, lines: Sequence[Interval]) -> Interval | None:
        """The first paragraph when it is the title, or without one when it reads like a headline."""
        if len(lines) < 2:
            return None
        first = self.doc._.text[slice(*lines[0])]
        title = context(self.doc).get("title")
        if title:
            return lines[0] if _SIGNS.sub(" ", fold(first)).strip() == _SIGNS.sub(" ", fold(title)).strip() else None
        return lines[0] if len(first) < HEADLINE and first[-1] not in ".!;:" else None

    def _days(self) -> frozenset[DateMention]:
        """Days of events that are news: not long before the day of publication, or the latest day."""
        days = {one: one.first_day for one in self.dates if _happens(one) and len(one.edtf.split("/")[0]) == DAY and one.first_day}
        if self.undated:
            days = {one: day for one, day in days.items() if not self._of_merger(one)}
        latest = max(days.values(), default=None)
        lead = [day for one, day in days.items() if one.start < self.lead_end and latest and latest - day < AHEAD]
        today = [day for one, day in days.items() if _TODAY.search(fold(one.quote))] if self.undated else []
        now: dt.date | None = context(self.doc).get("published_on") or max(today or lead, default=latest)
        if self.undated and now and now < HISTORY:
            return frozenset()
        return frozenset(one for one, day in days.items() if now and abs(day - now) <= NEWS)

    def _items(self) -> Sequence[int]:
        """Where the items of a round-up begin: paragraphs with a mark, most of the page, those below numbered headings in capitals, or
        those that open with a day, behind dashes or below the headline of one; two open with a day of their own, else ()."""

        starts = sorted(one.start for one in self.days)

        def dated(at: int) -> bool:
            following = bisect_left(starts, at)
            return following < len(starts) and starts[following] < at + CLAUSE

        text = self.doc._.text
        marked = [one.start for one in self.lines if _ITEM.match(text, *one)]
        if sum(map(dated, marked)) > 1 and len(marked) * 2 >= len(self.lines):
            return marked
        dashed = [one.start for one in self.lines if _DASHED.match(text, *one) and one.end - one.start >= SHORT]
        opened = list(filter(dated, dashed))
        if len(opened) > 1 and len(opened) * 3 >= len(dashed) * 2 and len(dashed) * 2 >= len(self.lines):
            return dashed
        round_up = self.lexicon.frame["round_up"].match(self.title) is not None
        news = [one.start for one in self.lines if round_up and one.end - one.start >= SHORT and dated(one.start)]
        if len(news) > 1:
            return news
        headed = [one.start for head, one in pairwise(self.lines) if _HEADING.match(text, *head) and text[slice(*head)].isupper()]
        return headed if sum(map(dated, headed)) > 1 else ()

    def item(self, at: int) -> int:
        """The number of the item of a round-up that a place lies in; 0 on other pages."""
        return bisect_right(self.items, at)

    def _of_merger(self, day: DateMention) -> bool:
        """Whether a day is that on which provinces or communes were joined, which pages without a day tell as their past."""
        return self.lexicon.holds("merger", self.doc, Interval(max(0, day.start - CLAUSE), day.start))

    def _told_of(self, name: str) -> Interval | None:
        """The first sentence of the lead when it or the headline speaks of such things: drafts, debates, awards taken back."""
        pattern = self.lexicon.frame[name]
        first = self.lead[0] if self.lead else None
        return first if first and (pattern.search(self.title) or pattern.search(folded_text(self.doc), *first)) else None

    @staticmethod
    def _said(text: str) -> list[Interval]:
        """Direct speech: after a colon, or with sentences of its own."""
        found = []
        for match in _SPEECH.finditer(text):
            before = text[max(0, match.start() - 2) : match.start()].rstrip()
            said = match[0][-1] in '”"»' and re.search(r"[.!?…,]$|[.!?] ", match[0][1:-1])
            opens = match[0][-1] not in '”"»' and not before  # a paragraph that is never closed
            if match.end() - match.start() > SPEECH and (said or opens or before.endswith(":")):
                found.append(Interval(*match.span()))
        return found

    def sentences(self) -> Iterator[tuple[Interval, Sequence[DateMention]]]:
        """Each sentence below the headline with its dates, up to where a reporter begins to ask."""
        at = 0
        before: tuple[Interval, Sequence[DateMention]] | None = None  # a sentence that is only a day, with it
        for sentence in self.doc._.sentences:
            while at < len(self.dates) and self.dates[at].start < sentence.start:
                at += 1
            here = at
            while here < len(self.dates) and self.dates[here].start < sentence.end:
                here += 1
            inside, at = self.dates[at:here], here
            if self.is_lead(sentence) and self.lexicon.holds("interview", self.doc, sentence):
                return
            if before:
                sentence, inside = Interval(before[0].start, sentence.end), (*before[1], *inside)
            before = (sentence, inside) if self._only_day(sentence, inside) else None
            if sentence.start >= self.start and not before:
                yield sentence, inside

    def _only_day(self, sentence: Interval, inside: Sequence[DateMention]) -> bool:
        """Whether a sentence is only a day, which belongs to the next one: "Chiều ngày 19/11/2021. Trường … tổ chức lễ tôn vinh"."""
        day = inside[0] if len(inside) == 1 and len(inside[0].edtf) == DAY else None
        goes_on = self.doc._.text[sentence.end : sentence.end + STOP].strip(" ")[:1] not in ("", "\n")
        return goes_on and day is not None and day.start == sentence.start and sentence.end - day.end <= STOP

    def says(self, offset: int) -> bool:
        """Whether the code point at `offset` stands in direct speech."""
        index = bisect_right(self._speech, offset, key=lambda one: one.start) - 1
        return index >= 0 and offset < self._speech[index].end

    def is_lead(self, sentence: Interval) -> bool:
        """Whether a sentence begins in the lead, or an item of a round-up."""
        return self.start <= sentence.start < self.lead_end or sentence.start in self.items
