"""When an article without a day of publication was written, as far as its text forces it: the pivot from which a year is the nearest one."""

from __future__ import annotations

import datetime as dt
import re

from extract.calendar_points import LEXICON, any_of
from extract.calendar_signs import (
    AND_AFTER,
    AUGUST,
    EDITION,
    FEBRUARY,
    FIRST_PAGES,
    GOES_ON,
    HERE,
    HONOURED,
    JUST,
    LAST_PAGES,
    LAW_HOLDS,
    LOOSE,
    MARCH,
    MAY,
    REACHED,
    SCHOOL_YEAR,
    SEASON,
    SEASON_OF_PRIZES,
    SOON,
    SUMMED_UP,
    TARGET,
    TERM,
    TIED,
    YEAR,
)
from extract.calendar_story import Story
from extract.fold import fold
from schemas.edtf import DAY, days
from schemas.vocabulary import DateRole

JUNE = (6, 15)  # nearest to it lie all days of its year, almost
SOON_AFTER = 150  # days after a month since which something goes on
SOON_KEPT = 30  # days around which an anniversary is kept
NOVEMBER = 11  # an anniversary from then to February may be kept in the next or the last year
JANUARY = (1, 20)  # a year that is launched and sums up none: from the autumn before it
_TOWARDS = re.compile(r"(?<!\w)(?:tiến tới|hướng tới|chào mừng|chuẩn bị|lập thành tích)(?!\w)[^.;]*$")
_SINCE = re.compile(r"(?<!\w)(?:kể )?từ $")
_REVIEWED, _ASSESSED, _PLANNED, _CONTESTS, _HELD = (
    any_of(LEXICON["pivot"][name]) for name in ("reviewed", "assessed", "planned", "contests", "held")
)
_CUE = re.compile(rf"(?<!\w)(?:(?P<reviewed>(?P<over>{_REVIEWED})|{_ASSESSED})(?! {_CONTESTS})|{_PLANNED})(?!\w)")
_SUM = fold("tổng kết")
_CARRIED_OUT = re.compile(r"(?<!\w)(?:thực hiện|theo) (?:kế hoạch|chương trình)(?!\w)[^.;,]*$")
_OF_WHAT_IS_HELD = re.compile(rf"(?<!\w){_HELD}(?!\w)")
_WISHED = re.compile(r"(?<!\w)(?:để|nhằm|phấn đấu|quyết tâm|cần|phải|hứa|cam kết|tiếp tục|góp phần) (?:\w+ ){0,2}$")
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?!,? (?:và )?(?:năm )?$)")
_BUILT = re.compile(
    r"(?<!\w)(?:thành lập|ra đời|tái lập|(?:được |bắt đầu |khởi công )xây(?: dựng)?)(?: (?:vào|từ|hồi|ngày|tháng|đầu|cuối|năm)){0,4} $"
)
_SUMMER = re.compile(r"(?<!\w)(?:hè(?: xanh)?|mùa thi)[\"' ]{1,3}(?:năm )?$")
_EARLIER = re.compile(fold(r"^trước đó,? (?:vào )?(?:khoảng )?(?:[^ ]+ )?(?:ngày )?$"))
_IS = re.compile(r" là năm(?!\w)")
_NAMED_SPAN = re.compile(rf"giai đoạn|niên khóa|{TERM}")  # summed up before it is over


class TimeOfWriting(Story):
    """The time of writing of one article."""

    def day(self) -> dt.date | None:
        """The time of writing, or None where nothing forces it."""
        pivot = self._by_what_it_dates()
        if (waited := self.waited()) and (pivot is None or pivot.year == waited[0]):
            self.by_day = False
            return dt.date(waited[1], *MAY)
        if pivot is None and (ago := self.ago()):
            return ago
        if pivot is None:
            pivot = self._by_weaker_signs()
            pivot = pivot if pivot and pivot.year > self.said else None
            self.far = self.story()
            by_year = pivot is not None and (pivot.month, pivot.day) == YEAR
            dated = pivot in (None, *(days(edtf)[0] for edtf in self.written.values()))
            if self.far and (dated or by_year) and (pivot is None or pivot.year <= self.far.year) and (after := self._next_after(self.far)):
                self.by_day = False
                return after
            self.by_day = self.by_day and any(days(edtf)[0] == pivot for edtf in self.written.values())
            self.by_year = pivot is not None and (pivot.month, pivot.day) in (YEAR, SEASON_OF_PRIZES)
        return pivot

    def _by_what_it_dates(self) -> dt.date | None:
        """The time of writing that the text forces: by its latest day, else by the years that it sums up and plans for."""
        latest = [
            days(edtf)[0]
            for i, edtf in self.written.items()
            if ("/" not in edtf or self.placed[i].role is DateRole.EVENT or len(edtf) == len("2020-07-06/2020-08-14"))
            and len(edtf.split("/")[0]) >= 7
            and self._is_past(i)
            and not self._counted(i)
            and not self._is_cited(i)
            and not self._is_of_life(i)
            and (self.placed[i].role is DateRole.ANNIVERSARY or not _BUILT.search(self._before(i)))
        ]
        parts = [
            days(edtf)[0 if ahead else 1]
            for i, edtf in self.written.items()
            if self.placed[i].mark.expression.pattern in ("part-of-year", "quarter")
            and ((ahead := self._plans_for(i)) or (edtf[-2:] != "12" and self._is_past(i) and not self._before(i).endswith("vào ")))
        ]
        this, reviewed, assessed, held, planned, carried_out, counted, reached = (set[int]() for _ in range(8))
        summers: list[dt.date] = []
        sums_up = False
        latest_year = max((close[:4] for edtf in self.written.values() if (close := edtf.split("/")[-1])[:4].isdigit()), default="")
        for i, edtf in self.written.items():
            mark, sentence, role = self.placed[i]
            if years := self._counted(i):
                counted.add(int(edtf[:4]) + years)
                continue
            if mark.expression.pattern != "year":
                continue
            before = re.split("[.;]", self._before(i))[-1]
            cues = self._cues(before)
            goes_on = mark.start == sentence[0] and GOES_ON.search(self.folded, mark.end, min(sentence[1], mark.end + 80))
            goes_on = goes_on or _IS.match(self.folded, mark.end)
            if mark.expression.hint == HERE or JUST.search(before) or (self._has_gone_on(i) and edtf == latest_year):
                this.add(int(edtf))
            if _SUMMER.search(before) and self._is_past(i):
                summers.append(dt.date(int(edtf), *JUNE))
            elif cues and cues[-1]["over"] == _SUM and _WISHED.search(before, 0, before.rfind(_SUM)):
                continue  # "để tổ chức tổng kết vào năm 2021"
            elif cues and cues[-1]["reviewed"] and not before.endswith(("là ", "vào ")):
                last, words = cues[-1], _A_YEAR.split(before)[-1]
                if words.startswith("hoàn thành", last.start()) and _WISHED.search(words, 0, last.start()):
                    planned.add(int(edtf))
                elif _OF_WHAT_IS_HELD.search(words, last.end()):
                    held.add(int(edtf))
                elif not last["over"]:
                    assessed.add(int(edtf))
                else:
                    sums_up = sums_up or (last["over"] == _SUM and not self._quote(i).isdigit())  # "tổng kết diễn đàn ASEAN 2018"
                    reviewed.add(int(edtf) + (not self._quote(i).startswith("đầu")))
            elif cues and _CARRIED_OUT.search(before):
                carried_out.add(int(edtf))
            elif cues or goes_on or AND_AFTER.match(self.folded, mark.end):
                planned.add(int(edtf))
            elif role is DateRole.PERIOD and (not TARGET.search(before) or REACHED.match(self.folded, mark.end)):
                reached.add(int(edtf))
        if this and max(this) >= FIRST_PAGES:
            return dt.date(max(this), *MAY)  # "trong năm 2018 này"
        begun = self._beginnings()
        told_after = [day for day in begun if not (apart := self._apart(day)) or any(0 <= after <= SOON_AFTER for after in apart)]
        known = [day for day in (*latest, *parts, *summers, *told_after, *self._kept_now()) if day]
        jubilee = {days(edtf)[0] for i, edtf in self.written.items() if self.placed[i].role is DateRole.ANNIVERSARY}
        planned = planned if max(planned, default=0) >= max(reached, default=0) else set()  # else of a year that is over
        if assessed and max(assessed) < max(reached, default=0):
            reviewed, assessed = reviewed | {max(assessed) + 1}, set()  # it has gone on to the next year
        carried_out = carried_out if max(carried_out, default=0) >= max(reached, default=0) else set()
        turns = (reviewed, MARCH), (planned, JANUARY), (assessed | held, AUGUST), (carried_out, MAY), (counted, MARCH)
        turn = next(([dt.date(year, *day) for year in years] for years, day in turns if years), self._summed_up())
        cited = {days(edtf)[0] for i, edtf in self.written.items() if self.placed[i].role is DateRole.DOCUMENT}
        if reviewed & planned and {*latest} <= jubilee:
            known = []  # one year is summed up and the next one planned, with what will be kept in it
        if known and turn and max(known) < max(turn) and ((sums_up and not parts) or {*known} <= cited):
            known = []  # a document that is cited, or what happened in the year that is summed up, is older than that
        before_it = {days(edtf)[0] for i, edtf in self.written.items() if len(edtf) == DAY and _EARLIER.search(self._before(i))}
        self.by_day = max(known, default=None) in {*latest} - jubilee - before_it  # the news came after "Trước đó, sáng 28-6-2018"
        self.ahead = bool(known) and max(known) in jubilee and max(known).year >= FIRST_PAGES  # people also look forward to an anniversary
        pivot = max(known or turn, default=None)
        if pivot and self.ahead and FEBRUARY[0] < pivot.month < NOVEMBER:
            pivot = dt.date(pivot.year, *JUNE)
        since = [day.year for day in begun]  # "từ năm 2015 đến nay" is told in a later year
        for each in self.placed:
            value = each.mark.expression.value(None)
            if value and value.endswith(".."):
                since.append(int(value[:4]) + (len(value) == len("2015/..") and "đầu" not in self.folded[each.mark.start : each.mark.end]))
        since.append(self.said + 1)
        schools = [int(edtf[:4]) for edtf in self.school_years]
        spans = [int(edtf[:4]) for i, edtf in self.written.items() if "/" in edtf and len(edtf) > 9 and self._is_past(i)]
        spans += [int(edtf[:4]) for i, edtf in self.written.items() if self._opens(i)]
        spans += [
            int(edtf[5:])
            for i, edtf in self.written.items()
            if len(edtf) == len("2012/2014") and self.placed[i].mark.expression.pattern == "list" and self._is_past(i)
        ]
        told = reached if known else (year - 1 for year in reached)
        # an article that has gone on to later years is not told by an earlier day
        if pivot is None or pivot.year < max([FIRST_PAGES, *since, *told, *schools, *spans]):
            return None
        if any(pivot < end for i, edtf in self.written.items() if (end := self.is_over(i, edtf))):
            return None
        lies_back = [self.is_history(i) for i, edtf in self.written.items() if days(edtf)[0] == pivot]
        if self.by_day and lies_back and all(lies_back) and self._is_near(pivot):
            return None
        if self.by_day and not self._is_near(pivot):
            if near := [day for day in parts if day and day <= pivot and self._is_near(day)]:
                return max(near)
            self.far = pivot
            return None
        return pivot

    def _has_gone_on(self, index: int) -> bool:
        """Something is counted from the beginning of the year of the mark on: "chuyên án thứ tư kể từ đầu năm 2018"."""
        return self._quote(index).startswith("đầu") and bool(_SINCE.search(self._before(index)))

    @staticmethod
    def _cues(before: str) -> list[re.Match[str]]:
        """What a mark sums up or plans for, by the words before it: "tổng kết năm 2015 và các phong trào năm 2016"."""
        return list(_CUE.finditer(_A_YEAR.split(before)[-1]))

    def _plans_for(self, index: int) -> bool:
        """The mark is what a meeting plans for: "sơ kết 6 tháng đầu năm, bàn nhiệm vụ 6 tháng cuối năm 2024"."""
        cues = self._cues(re.split("[.;]", self._before(index))[-1])
        return bool(cues) and not cues[-1]["reviewed"]

    def _opens(self, index: int) -> bool:
        """The mark is the term that a congress opens, and no later congress."""
        return self._of_congress(index) and not _TOWARDS.search(self._before(index))

    def _is_near(self, day: dt.date) -> bool:
        """Whether one of the days that the text tells without a year lies within a season of the day, or it tells none."""
        apart = self._apart(day)
        return not apart or any(abs(days) <= SEASON for days in apart)

    def _summed_up(self) -> list[dt.date]:
        """The end of the last year of each span that is summed up: "sơ kết 3 năm (2016-2018)"."""
        return [
            dt.date(int(edtf[5:]), *SCHOOL_YEAR)
            for i, edtf in self.written.items()
            if len(edtf) == 9
            and edtf not in self.school_years
            and SUMMED_UP.search(self._before(i))
            and not _NAMED_SPAN.match(self._quote(i))
        ]

    def _kept_now(self) -> list[dt.date]:
        """The anniversaries, of so many years as the text counts, of days of old near which it tells of a day without a year."""
        return [
            kept
            for i, edtf in self.written.items()
            if len(edtf) == DAY
            and edtf[:4] < f"{FIRST_PAGES}"
            and (self.placed[i].role is DateRole.ANNIVERSARY or _BUILT.search(self._before(i)))
            for count in (self.kept if len({*self.kept}) == 1 else ())
            if FIRST_PAGES <= int(edtf[:4]) + count <= LAST_PAGES
            and (kept := dt.date(int(edtf[:4]) + count, int(edtf[5:7]), min(int(edtf[8:]), 28)))
            and any(abs(days) <= SOON_KEPT for days in self._apart(kept))
        ]

    def _beginnings(self) -> list[dt.date]:
        """Months and days since which something goes on, when the text writes no later year: "làm việc từ tháng 11/2017"."""
        latest = max((last.year for edtf in self.written.values() if (last := days(edtf)[1])), default=0)
        return [
            day
            for i, edtf in self.written.items()
            if len(edtf) in (7, 10)
            and edtf[:4] == f"{latest}"
            and _SINCE.search(before := self._before(i))
            and not LAW_HOLDS.search(before)
            and not SOON.search(before)
            and (day := days(edtf)[0])
        ]

    def edition(self, index: int) -> int | None:
        """The one year that the sentence of a day ties to what happens on it: "Tối 19/10, … lễ tuyên dương học sinh giỏi năm 2018"."""
        sentence = self.placed[index].sentence
        found = set()
        for i, edtf in self.written.items():
            if self.placed[i].sentence != sentence or self.placed[i].mark.expression.pattern != "year":
                continue
            before = self._before(i)
            cue = list(_CUE.finditer(before))
            tied = TIED.search(before[-40:]) or HONOURED.search(before) or EDITION.search(before)
            if i < index or cue or not tied or self.placed[i].role is not DateRole.PERIOD or LOOSE.search(before) or TARGET.search(before):
                return None
            found.add(int(edtf))
        return found.pop() if len(found) == 1 else None
