"""An award handed over within another story, in a sentence in passing or under a picture; a letter of praise sent beside it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extract.event_frames import WEEKS, Page
from extract.event_layout import CLAUSE
from extract.event_ranks import AWARDS
from extract.event_words import Told
from extract.language import Interval, folded_text, sentence_at
from schemas.awards import Award
from schemas.dates import DateMention
from schemas.edtf import DAY
from schemas.officials import Official
from schemas.vocabulary import AwardStatus, EventType

ELSEWHERE = {*AWARDS, EventType.CONGRESS, EventType.COUNCIL_MEETING}  # events that tell themselves what awards there are
REPORTS = {EventType.REVIEW_CONFERENCE, EventType.INTERIM_REVIEW, EventType.PLAN_ISSUED}  # tell also what was given in the year
PICTURE = 400  # code points of a paragraph under a picture
LETTER = "letter_of_commendation"
# What is handed over by itself, and no prize or title of those who are spoken of.
HANDED = (
    *("certificate_of_merit", "certificate_of_commendation", "commemorative_medal", "insignia", "emulation_flag", LETTER),
    *("award_unspecified", "labor_order", "independence_order", "friendship_order", "military_exploit_order", "feat_of_arms_order"),
    *("fatherland_defense_order", "bravery_order", "great_national_unity_order", "ho_chi_minh_order", "gold_star_order"),
)


def handed_over(page: Page, told: Sequence[Told]) -> list[Told]:
    """The first award told as handed over, when no other event tells of awards, and the first letter of praise told as sent."""
    if page.disputed or page.matter or page.title.endswith("?") or page.lexicon.frame["mourned"].search(page.title):
        return []
    return Handovers(page, told).find()


class Handovers:
    """What an article hands over beside the events that it tells."""

    def __init__(self, page: Page, told: Sequence[Told]) -> None:
        self.page, self.told = page, told
        self.frame, self.folded = page.lexicon.frame, folded_text(page.doc)
        self.types = {one.type for one in told}
        found = page.doc._.found
        officials: Sequence[Official] = found.get("officials", ())
        named = (*found.get("bodies", ()), *(quote for one in officials for quote in one.quotes))
        self.named = sorted(one.start for one in named)  # where bodies and persons are named

    def find(self) -> list[Told]:
        """The letter and the ceremony; a letter is not handed over besides."""
        letters = () if EventType.AWARD_DECISION in self.types else self.letters()
        sent = next(iter(letters), None)
        places = () if self.types & ELSEWHERE else self._sentences(HANDED)
        ceremonies = (self._ceremony(place) for place in places if not (sent and place == sent.sentence))
        return [one for one in (sent, next((one for one in ceremonies if one), None)) if one]

    def letters(self) -> Iterator[Told]:
        """The letters of praise that the lead, or a sentence beside the news, tells as sent; their day is their own."""
        for sentence in self._sentences([LETTER]):
            match = self.frame["sent"].search(self.folded, *sentence)
            head = Interval(sentence.start, match.start()) if match else sentence
            if match and (self.told or self.page.is_lead(sentence)) and self._somebody(head) and self._done(sentence, head):
                goes_on = self._begins("opening", sentence) or self.page.lexicon.holds("at_once", self.page.doc, head)
                own = next((one for one in self._dates(sentence) if one in self.page.days), None)
                yield Told(EventType.AWARD_DECISION, match.start(), sentence, self._day(sentence) if goes_on else own, "events/letter")

    def _sentences(self, types: Sequence[str]) -> list[Interval]:
        """The sentences below the headline that name such an award as given, in their order."""
        awards: Sequence[Award] = self.page.doc._.found.get("awards", ())
        given = [award for award in awards if award.status is AwardStatus.AWARDED and award.type in types]
        places = {sentence_at(self.page.doc, quote.start) for award in given for quote in award.quotes}
        return sorted(one for one in places if one.start >= self.page.start)

    def _ceremony(self, sentence: Interval) -> Told | None:
        """What a sentence tells as handed over or taken: at a meeting or under a picture, else beside the news."""
        contest = EventType.CONTEST in self.types
        prizes = contest and not (self._begins("besides", sentence) or self._begins("occasion", sentence))
        if prizes or self._begins("report", sentence) or self._past(sentence):
            return None
        picture = self._picture(sentence)
        alone = picture or self._begins("opening", sentence)
        blamed = bool(self.page.affair or self.page.blamed)
        for name in ("hands_over", "takes", "was_given"):
            match = self.frame[name].search(self.folded, *sentence)
            if not match or (name != "hands_over" and (not self.told or blamed or contest)) or not (self.told or alone):
                continue
            head, rest = Interval(sentence.start, match.start()), Interval(match.start(), sentence.end)
            if (self.types & REPORTS and not alone and not self._holds("hands", rest)) or (blamed and not self._holds("solved", rest)):
                continue
            somebody = match[0].startswith(("đã", "vinh", "cũng")) or (picture and head.start == head.end) or self._somebody(head)
            if somebody and self._done(sentence, head):
                return Told(EventType.AWARD_CEREMONY, match.start(), sentence, self._day(sentence), "events/handed")
        return None

    def _begins(self, name: str, place: Interval) -> bool:
        return self.page.lexicon.begins(name, self.page.doc, place)

    def _holds(self, name: str, place: Interval) -> bool:
        return self.page.lexicon.holds(name, self.page.doc, place)

    def _picture(self, sentence: Interval) -> bool:
        """Whether a sentence stands under a picture: "- Ảnh: …" ends its paragraph."""
        line = bisect_right(self.page.lines, sentence.start, key=lambda one: one.start) - 1
        end = self.page.lines[line].end if line >= 0 else sentence.end
        return end - sentence.start < PICTURE and self._holds("picture", Interval(sentence.start, end))

    def _done(self, sentence: Interval, head: Interval) -> bool:
        """Whether the words before an award's verb let it stand as done: not said, of the past, asked for or in the passive."""
        clause = re.split("[,;:]", self.folded[max(head.start, head.end - CLAUSE) : head.end])[-1]
        bygone = self._begins("past", sentence) or self._holds("bygone", head)
        return not (bygone or self.page.says(head.end) or any(self.frame[name].search(clause) for name in ("passive", "unreal")))

    def _somebody(self, place: Interval) -> bool:
        """Whether a place names a body, a person or an office."""
        first = bisect_left(self.named, place.start)
        return (first < len(self.named) and self.named[first] < place.end) or self._holds("office", place)

    def _dates(self, sentence: Interval) -> Sequence[DateMention]:
        """The dates that a sentence writes."""
        dates = self.page.dates
        first, end = (bisect_left(dates, at, key=lambda one: one.start) for at in sentence)
        return dates[first:end]

    def _news(self, sentence: Interval) -> DateMention | None:
        """The day of the event told last before a sentence that has one, and not on the eve, else of any."""
        before = [one for one in reversed(self.told) if one.start < sentence.start and not self._begins("before", one.sentence)]
        return next((one.date for one in (*before, *self.told) if one.date), None)

    def _day(self, sentence: Interval) -> DateMention | None:
        """The day that a sentence writes, else that of the news; None for one whose year nothing tells."""
        own = next((one for one in self._dates(sentence) if len(one.edtf) == DAY), None)
        return own or (None if self.page.dated(sentence) else self._news(sentence))

    def _past(self, sentence: Interval) -> bool:
        """Whether a sentence dates what it tells long before the news: "ngày 5-1-2008", "gương mặt trẻ năm 2016"."""
        dates, news = self._dates(sentence), self._news(sentence)
        day = news.first_day if news else None
        days = [one for one in dates if len(one.edtf) == DAY]
        if any(one not in self.page.days or (day and one.first_day and one.first_day < day - WEEKS) for one in days):
            return True
        return day is not None and any(one.last_day and one.last_day.year < day.year - 1 for one in dates)
