"""From where a date takes what it does not write: from the article first, then from the day of publication.

Without that day the article may still force the time of writing: the pivot, from which a year is the nearest one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from extract.calendar_pivot import TimeOfWriting
from extract.calendar_points import LEXICON, any_of, spaced
from extract.calendar_signs import AHEAD, BEHIND, FIRST_PAGES, SOON, Placed
from schemas.edtf import DAY, days
from schemas.vocabulary import DateRole


class Anchor(NamedTuple):
    """An EDTF anchor (None: nothing is missing) and its kind: written, article, published."""

    edtf: str | None
    kind: str


SLACK = 20  # days by which a period may end after the day on which it is told
APART = 400  # code points between a day and the "hôm sau" that is told from it
HOURS_APART = 150  # the same of a day and the hour that it goes on to tell: "12h30 ngày 14/1. … lúc 13h cùng ngày"
FAR = 150  # days from another day of an undated text beyond which that day forces no year
JANUARY = 1
JUNE = 6  # the month before which a year that is honoured may be the one before
NEAR = 250  # the same of a year and the "hai năm sau"
FEBRUARY, NOVEMBER = 2, 11  # to February a part of a year that ends before November is that of the year that is summed up
OPENS = 60  # code points at the beginning of a text in which its news is dated
LINE = 2_000  # code points of a paragraph before a mark, in which the speech that it stands in begins
TOLD = 100  # marks before another one among which what happened, or was signed, is looked for
MONTH = 31  # days ahead in which a deadline is at hand
SPOKEN = 10  # days before publication in which the news lies at which somebody speaks of "hôm nay"
_BEGUN = re.compile(rf"(?<!\w)(?:{any_of(LEXICON['begun'])}) (?:kể )?từ $")  # "Cuộc thi phát động từ ngày 15/4, …": it goes on, or is over
_BIRTH = re.compile(r"(?<!hi )(?<!\w)sinh(?: vào)?(?: ngày)? *$")
_OPENED = re.compile(r"(?:[^,;]{1,45}, )?")  # before the day with which a sentence opens: "Sau 13 ngày truy xét, | rạng sáng 4/12"
_SIGNS = "*•●■▪+-"
_ITEM = re.compile(rf" ?[{_SIGNS}] ?(?:(?:sáng|trưa|chiều|tối) )?")  # what an item of a round-up begins with
_AT_HOUR = re.compile(r"\d ?(?:h|g|giờ)(?: ?\d\d)?(?: ?phút)?,? $")
_NEXT_DAY = re.compile(r"(?<!\w)hôm (?:sau|trước|ấy)")
_FROM_THERE = re.compile(r"(?<!\w)hôm (?:sau|trước|ấy)|ngày sau$")  # told from the day of the story that stands right before it
_THAT_DAY = re.compile(r"(?<!\w)hôm (?:đó|ấy)")  # it is not today
_JOINED = re.compile(spaced(rf"(?:~(?:,|;|-|{any_of(LEXICON['and'])}|hoặc|{any_of(LEXICON['to'])})~){{1,2}}"))
_NAMED_YEAR = re.compile(r"cùng +năm|năm +(?:đó|ấy|này)")
_TODAY = re.compile(r"(?:hôm|sáng|trưa|chiều|tối|đêm) +nay$")
_SAID_TODAY = re.compile(r"(?:ngày )?hôm +nay")
_YESTERDAY = re.compile(r"(?:hôm|sáng|trưa|chiều|tối|đêm) +qua$")
_THIS_YEAR = re.compile(r"năm +nay")
_NEXT_TO_YEAR = re.compile(r"năm +(?:trước|sau|liền trước|kế tiếp|tiếp theo)")
_FRAME = re.compile(spaced(r"(?:trong |cũng trong |riêng |bước vào |bước sang )?năm~\d{4}"))


def anchors(folded: str, placed: Sequence[Placed], published: dt.date | None) -> list[Anchor | None]:
    """The anchor of each mark; None where nothing tells what it leaves out."""
    solver = _Solver(folded, placed, published)
    return [solver.anchor(index) for index in range(len(placed))]


class _Solver:
    """The marks of one article and what is known of them so far."""

    def __init__(self, folded: str, placed: Sequence[Placed], published: dt.date | None) -> None:
        self.folded, self.placed, self.published = folded, placed, published
        # news looks back more than ahead; what the text dates lies before the day of writing, so that from there it looks ahead
        self.backward = 0.8 if published else 2.0
        self.known: dict[int, Anchor | None] = {}
        self.values: dict[int, str | None] = {}
        values = {i: self._value(i, None) for i, each in enumerate(placed) if each.mark.expression.needs is None}
        self.written: dict[int, str] = {i: value for i, value in values.items() if value}
        self.told = False  # the turn is a day that the text tells as its news
        self.by_day = False  # the turn is told by another day of the text, which forces no year far from it
        self.by_year = False  # the turn is a year of the text, which forces no day of the next one, nor of January, when it may be either
        self.turn: dt.date | None = None
        if published is None:
            writing = TimeOfWriting(folded, placed, self.written)
            pivot = writing.day()
            self.by_day, self.by_year = pivot is not None and writing.by_day, writing.by_year
            self.backward = 1.0 if writing.ahead else self.backward
            self.turn = self._told_by_its_news(pivot, writing)
            self.backward = 1.0 if self.told else self.backward  # from the news on as from a day of publication

    def _value(self, index: int, anchor: str | None) -> str | None:
        return self.placed[index].mark.expression.value(anchor)

    def edtf(self, index: int) -> str | None:
        """The value of a mark with its anchor, read once it is found."""
        anchor = self.anchor(index)
        if anchor and index not in self.values:
            self.values[index] = self._value(index, anchor.edtf)
        return self.values[index] if anchor else None

    def anchor(self, index: int) -> Anchor | None:
        """The anchor of a mark, found once."""
        if index not in self.known:
            self.known[index] = None  # while it is looked for, nobody borrows from it
            self.known[index] = self._find(index)
        return self.known[index]

    def _find(self, index: int) -> Anchor | None:
        mark = self.placed[index].mark
        needs = mark.expression.needs
        if needs is None:
            return Anchor(None, "written")
        if needs == "day":
            return self._day(index)
        if needs == "same":
            return self._same(index)
        if needs == "year_before":
            return self._year_told(index)
        if needs == "month_before":
            return self._before(index, lambda edtf: len(edtf) in (7, DAY), since=self.placed[index].mark.start - NEAR)
        if needs == "since":
            return self._since(index)
        if needs == "period":
            return self._period(index)
        if self._borrows(index):
            return self._borrowed(index)
        return self._year(index)

    def _day(self, index: int) -> Anchor | None:
        """The day of publication; an open span stays open without it."""
        if self.published:
            said = self._said_at(index)
            return Anchor(said, "article") if said else Anchor(self.published.isoformat(), "published")
        pivot = self.turn
        if pivot and _TODAY.search(self.folded, *self.placed[index].mark[:2]) and (self.told or pivot.isoformat() in self.written.values()):
            return Anchor(pivot.isoformat(), "article")  # the day that the text tells as its news
        if (
            pivot
            and self.told
            and _YESTERDAY.search(self.folded, *self.placed[index].mark[:2])
            and self._names(pivot - dt.timedelta(days=1))
        ):
            return Anchor(pivot.isoformat(), "article")
        mark = self.placed[index].mark
        if pivot and self.told and mark.expression.pattern == "counted-days":
            value = mark.expression.value(pivot.isoformat())
            return Anchor(pivot.isoformat(), "article") if value and self._names(dt.date.fromisoformat(value)) else None
        if self.placed[index].mark.expression.points:
            return Anchor(f"{pivot.year:04}" if pivot else None, "article")
        return Anchor(pivot.isoformat(), "article") if pivot and "year" in self.placed[index].mark.expression.pattern else None

    def _said_at(self, index: int) -> str | None:
        """The day of the news on which "hôm nay" is said, in direct speech: that may lie some days before the day of publication."""
        mark = self.placed[index].mark
        if self.published is None or not _SAID_TODAY.fullmatch(self.folded, *mark[:2]):
            return None
        line = self.folded.rfind("\n", max(0, mark.start - LINE), mark.start) + 1
        if (line == 0 and mark.start > LINE) or self.folded.count('"', line, mark.start) % 2 == 0:
            return None
        since, until = (self.published - dt.timedelta(days=SPOKEN)).isoformat(), self.published.isoformat()
        days_told = (
            self.edtf(other) or "" for other in range(max(0, index - TOLD), index) if self._is_day(other) and not self._ahead(other)
        )
        return next((day for day in days_told if len(day) == DAY and since <= day <= until), None)

    def _names(self, day: dt.date) -> bool:
        """Whether the text names a day by its number and month, too."""
        return any(point[1:3] == (day.month, day.day) for each in self.placed for point in each.mark.expression.points[-1:])

    def _same(self, index: int) -> Anchor | None:
        """The day of what happens that is told last before, at the beginning of a sentence the latest of them; one that was only
        planned, cited or commemorated if there is no other."""

        past = 1 if _THAT_DAY.search(self.folded, *self.placed[index].mark[:2]) else 0
        latest = (self.published - dt.timedelta(days=past)).isoformat() if self.published else None

        def happened(other: int, edtf: str) -> bool:
            told = self.placed[other].role is DateRole.EVENT and not self._ahead(other)
            return len(edtf) == DAY and told and (latest is None or edtf <= latest)

        if _FROM_THERE.search(self.folded, *self.placed[index].mark[:2]) and (of_story := self._day_of_story(index)):
            return Anchor(of_story, "article")
        near = self.placed[index].mark.start - APART if _NEXT_DAY.search(self.folded, *self.placed[index].mark[:2]) else 0
        told = [
            edtf for other in range(index) if (edtf := self.edtf(other)) and happened(other, edtf) and self.placed[other].mark.start >= near
        ]
        if near and not told:
            return None  # "hôm sau" of a story that tells no day
        if self._lost(index):
            return None
        mark, sentence, _ = self.placed[index]
        if _AT_HOUR.search(self.folded, max(sentence[0], mark.start - 20), mark.start):
            at_hour = self._before(index, lambda edtf: len(edtf) == DAY, since=mark.start - HOURS_APART)
            if at_hour is not None:
                return at_hour
        if told:
            beside = mark.start == sentence[0] and self.folded.find("cùng", *mark[:2]) >= 0  # "Cùng ngày, …": as the news
            beside = beside and (self.folded.startswith("cùng", mark.start) or not self._goes_on(index))
            beside = beside and not self._told_right_before(index)
            return Anchor(self._of_item(index, told) or (max(told) if beside else told[-1]), "article")
        papers = [
            edtf
            for other in range(max(0, index - TOLD), index)
            if self.placed[other].role is DateRole.DOCUMENT and (edtf := self.edtf(other)) and len(edtf) == DAY
        ]
        if papers and mark.start == sentence[0]:
            return Anchor(max(papers), "article")  # "… Quyết định số 846/QĐ-UBND ngày 17/3/2026. … Cùng ngày, …"
        return self._before(index, lambda edtf: len(edtf) == DAY)

    def _told_right_before(self, index: int) -> bool:
        """The sentence before the mark's, in its paragraph, opens with a day: "Trước đó, sáng 5/12, … Cùng ngày, …"."""
        last = next((self.placed[other] for other in range(index - 1, -1, -1) if self._is_day(other)), None)
        if last is None or self.folded[last.sentence[1] : self.placed[index].sentence[0]].strip(" "):
            return False
        return _OPENED.fullmatch(self.folded, last.sentence[0], last.mark.start) is not None

    def _of_item(self, index: int, told: Sequence[str]) -> str | None:
        """The day with which the item before begins, for an item of a round-up that begins so: "* Cùng ngày, Hội Nông dân huyện …"."""
        line = self.folded.rfind("\n", 0, self.placed[index].mark.start)
        if line < 0 or not _ITEM.fullmatch(self.folded, line + 1, self.placed[index].mark.start):
            return None
        first = max((self.folded.rfind(f"\n{sign}", 0, line) for sign in _SIGNS), default=-1) + 1
        opening: str | None = None
        for other in range(index - 1, -1, -1):
            if self.placed[other].mark.start < first:
                break
            edtf = self.edtf(other)
            opening = edtf if edtf in told else opening
        return opening

    def _day_of_story(self, index: int) -> str | None:
        """The day in full of a story told right before the mark, in its paragraph: "hy sinh ngày 28/10/2020 … Hai ngày sau"."""
        other = index - 1
        while other >= 0 and self.placed[other].mark.expression.needs == "same":
            other -= 1
        if other < 0 or self.placed[other].role is not DateRole.OTHER or len(self.written.get(other, "")) != DAY:
            return None
        before, mark = self.placed[other].mark, self.placed[index].mark
        apart = mark.start - before.end > APART or "\n" in self.folded[before.end : mark.start]
        return None if apart or _BIRTH.search(self.folded, max(0, before.start - 30), before.start) else self.written[other]

    def _goes_on(self, index: int) -> bool:
        """A mark of what happens so many days after stands right before: "Một ngày sau, … Chiều cùng ngày, …"."""
        other = self.placed[index - 1].mark if index else None
        near = other is not None and self.placed[index].mark.start - other.end < APART
        return near and other is not None and other.expression.pattern == "counted-days"

    def _lost(self, index: int) -> bool:
        """The last day told before the mark is one whose year nothing tells: "cùng ngày" is no other one."""
        last = next((other for other in range(index - 1, -1, -1) if self._is_day(other)), None)
        return last is not None and self.edtf(last) is None

    def _is_day(self, index: int) -> bool:
        """The mark tells by number and month on which day something happens."""
        mark, _, role = self.placed[index]
        points = mark.expression.points
        return role is DateRole.EVENT and bool(points and points[-1].day and points[-1].month)

    def _ahead(self, index: int) -> bool:
        """The mark is of what is planned."""
        mark, sentence, _ = self.placed[index]
        return mark.expression.hint == AHEAD or bool(SOON.search(self.folded, max(sentence[0], mark.start - 40), mark.start))

    def _before(self, index: int, fits: Callable[[str], bool], but: str = "", since: int = 0) -> Anchor | None:
        """The nearest mark before that fits, is of another pattern than `but` and does not stand before `since`."""
        for other in range(index - 1, -1, -1):
            if self.placed[other].mark.start < since:
                break
            edtf = self.edtf(other)
            if edtf and fits(edtf) and self.placed[other].mark.expression.pattern != but:
                return Anchor(edtf, "article")
        return None

    def _year_told(self, index: int) -> Anchor | None:
        """The year or day told shortly before, from which "hai năm sau" counts."""
        near = self.placed[index].mark.start - NEAR
        found = self._before(index, lambda edtf: len(edtf) in (4, 7, 10), since=near)
        return Anchor(found.edtf[:4], "article") if found and found.edtf else None

    def _since(self, index: int) -> Anchor | None:
        """The span from what was told last until the day of publication, which "từ đó đến nay" is."""
        found = self._before(index, lambda edtf: len(edtf) in (4, 7, 10), since=self.placed[index].mark.start - APART)
        until = self.published.isoformat() if self.published else ".."
        return Anchor(f"{found.edtf}/{until}", "article") if found and found.edtf and (until == ".." or found.edtf < until) else None

    def _period(self, index: int) -> Anchor | None:
        """The period that "cùng kỳ" is compared with: a part of a year spoken of before, else a whole one."""
        limit = (self.published + dt.timedelta(days=SLACK)).isoformat() if self.published else "9999"
        past = self._before(
            index,
            lambda edtf: "/" in edtf and edtf[:4] == edtf.split("/")[1][:4] and edtf.split("/")[1] <= limit[: len(edtf.split("/")[1])],
            but="same-period",
        )
        return past or self._before(index, lambda edtf: len(edtf) in (4, 7))

    def _borrows(self, index: int) -> bool:
        """The mark takes its month or year from the next one."""
        mark = self.placed[index].mark
        return mark.borrows or mark.expression.needs == "month"

    def _borrowed(self, index: int) -> Anchor | None:
        """Month or year of the next mark, to which this one is joined."""
        mark = self.placed[index].mark
        if index + 1 == len(self.placed):
            return None
        last = index + 1
        while last + 1 < len(self.placed) and last not in self.known and self._borrows(last):
            last += 1
        for other in range(last, index, -1):  # the end of a chain first: one may be as long as a sentence
            self.anchor(other)
        following = self.placed[index + 1]
        edtf = self.edtf(index + 1) if following.sentence == self.placed[index].sentence else None
        if not edtf or not (mark.borrows or _JOINED.fullmatch(self.folded, mark.end, following.mark.start)):
            return None
        anchor = self.anchor(index + 1)
        kind = anchor.kind if anchor and anchor.edtf else "article"
        return Anchor(edtf[: 7 if mark.expression.needs == "month" and len(edtf) >= 10 else 4], kind)

    # ------------------------------------------------------------ years
    def _year(self, index: int) -> Anchor | None:
        mark, sentence, _ = self.placed[index]
        quote = self.folded[mark.start : mark.end]
        if _NAMED_YEAR.search(quote):
            found = self._before(index, lambda edtf: True)
            return Anchor(found.edtf[:4], "article") if found and found.edtf else None
        if _NEXT_TO_YEAR.search(quote):
            inside = [i for i in range(index) if self.placed[i].sentence == sentence and i in self.written and len(self.written[i]) == 4]
            if inside:
                return Anchor(self.written[inside[-1]], "article")
            before = [i for i in range(index) if i in self.written and len(self.written[i]) == 4]
            if before and self.published is None:
                return Anchor(self.written[before[-1]], "article")
        shifted = (
            any(point.shift for point in mark.expression.points) or mark.expression.pattern == "shifted-year" or _THIS_YEAR.search(quote)
        )
        told = None if shifted or quote.endswith(" này") else self._told(index)  # "tháng 6 này" is near the day of writing
        if told:
            return Anchor(told, "article")
        if following := self._following_span(index):
            return following
        pivot = self.published or self.turn
        if pivot is None:
            return None
        year = pivot.year if shifted else self._nearest(index, pivot)
        return Anchor(f"{year:04}", "published" if self.published else "article") if year else None

    def _following_span(self, index: int) -> Anchor | None:
        """The year of the span told right before, on whose last day this one follows: "đợt 1 từ 01/01 đến 19/5, đợt 2 từ 20/5 đến 30/11"."""
        points = self.placed[index].mark.expression.points
        if len(points) < 2 or index == 0 or len(self.placed[index - 1].mark.expression.points) < 2:
            return None
        before = self.edtf(index - 1)
        last = days(before)[1] if before else None
        following = last + dt.timedelta(days=1) if last else None
        if following is None or (points[0].month, points[0].day) != (following.month, following.day):
            return None
        return Anchor(f"{following.year:04}", "article")

    def _told(self, index: int) -> str | None:
        """The year that the article itself gives: by the mark it is joined to, the frame of its sentence, the same date in full."""
        mark, sentence, role = self.placed[index]
        following = self.placed[index + 1] if index + 1 in self.written else None
        if following and following.sentence == sentence and _JOINED.fullmatch(self.folded, mark.end, following.mark.start):
            return self.written[index + 1][:4]
        frame = _FRAME.match(self.folded, *sentence)
        if frame and frame.end() < mark.start and mark.expression.hint is None:
            return frame[0][-4:]
        points = mark.expression.points
        for other, edtf in self.written.items():
            theirs = self.placed[other].mark.expression.points
            alike = [each for each in theirs if points and points[-1].day and (each.month, each.day) == points[-1][1:3]]
            if alike and self._recent(edtf) and self.placed[other].role is not DateRole.ANNIVERSARY:
                return f"{alike[0].year:04}" if alike[0].year else edtf[:4]
            turned = points and points[-1].day and any((each.day, each.month) == points[-1][1:3] for each in theirs)
            if turned and role is self.placed[other].role is DateRole.EVENT and self.published is None and self._recent(edtf):
                return edtf[:4]  # "Ngày 12-2, … Ảnh chụp ngày 2-12-2018": one of the two is turned
            of_month = points and points[-1].month and any(each.month == points[-1].month and not each.until for each in theirs)
            # "hồi tháng 11/2015, khi … ngày 24/11"; on an undated page also "Sáng 3/12, … phiên họp tháng 12/2018"
            of_month = of_month and (not points[-1].day or other < index or (self.published is None and len(edtf) == 7))
            if of_month and self.placed[other].sentence == sentence and self.placed[other].role is not DateRole.ANNIVERSARY:
                return edtf[:4]  # "trước ngày 15/11/2015; họp trong tháng 11"
            parts = points and theirs and points[-1].until and theirs[-1].until
            if parts and self.placed[other].sentence == sentence:
                return edtf[:4]
        before = [i for i in self.written if i < index and self.placed[i].sentence == sentence]
        planned = [self.written[i] for i in before if len(self.written[i]) == 4]
        today = self.published or self.turn
        near = today is not None and self._at_hand(index, today)  # "dự toán năm 2019; báo cáo trước ngày 25-12", in December 2018
        if role is DateRole.DEADLINE and planned and not near and today and int(planned[-1]) in (today.year, today.year + 1):
            return planned[-1]
        if before and points and points[-1].month and self.placed[before[-1]].role in (DateRole.EVENT, DateRole.OTHER):
            earlier = self.written[before[-1]].split("/")[-1]
            if len(earlier) >= 7 and int(earlier[5:7]) <= points[-1].month and role is DateRole.EVENT:
                return earlier[:4]
        return None

    def _at_hand(self, index: int, today: dt.date) -> bool:
        """Whether the day that a mark tells without its year comes within a month."""
        points = self.placed[index].mark.expression.points
        value = self._value(index, f"{today.year:04}") if points and points[-1].day else None
        day = days(value)[0] if value else None
        return day is not None and 0 <= (day - today).days <= MONTH

    def _recent(self, edtf: str) -> bool:
        """Near enough to the day of publication to be the same date, also on a page that was put up again later."""
        if self.published is None:
            return int(edtf[:4]) >= FIRST_PAGES
        return abs(int(edtf[:4]) - self.published.year) <= 10

    def _nearest(self, index: int, pivot: dt.date) -> int | None:
        """The year that puts the mark nearest to the pivot; news looks back more than ahead."""
        mark, sentence, role = self.placed[index]
        before = self.folded[max(sentence[0], mark.start - 40) : mark.start]
        side = mark.expression.hint or (
            BEHIND
            if before.endswith("hồi ")
            else AHEAD
            if role is DateRole.DEADLINE or SOON.search(before)
            else BEHIND
            if _BEGUN.search(before)
            else BEHIND  # in December "9 tháng đầu năm" is the year that ends
            if mark.expression.pattern == "part-of-year"
            else 0
        )
        costs = []
        for year in (pivot.year, pivot.year - 1, pivot.year + 1):
            edtf = self._value(index, f"{year:04}")
            first, last = days(edtf) if edtf else (None, None)
            if first and last:
                over = mark.expression.pattern == "part-of-year" and side == BEHIND and last.month < NOVEMBER
                over = over and self.published is not None and pivot.month <= FEBRUARY
                past, future = (pivot - last).days * self.backward, ((last if over else first) - pivot).days
                costs.append((max(0, past * (4 if side == AHEAD else 1), future * (4 if side == BEHIND else 1)), year))
        if not costs:
            return None
        year = min(costs)[1]
        if self.by_year and not self.told and mark.expression.points[-1:] and (month := mark.expression.points[-1].month):
            is_sure = month > JANUARY or any(
                edtf.startswith((f"{year}-01", f"{year - 1}-12"))
                or (edtf == f"{year}" and self.folded.startswith("đầu", self.placed[i].mark.start))
                for i, edtf in self.written.items()
            )
            return year if year == pivot.year and is_sure else None
        day = days(self._value(index, f"{year:04}") or "")[0] if self.by_day and mark.expression.points[-1:] else None
        return None if day and mark.expression.points[-1].day and abs(day - pivot).days > FAR else year

    def _told_by_its_news(self, pivot: dt.date | None, writing: TimeOfWriting) -> dt.date | None:
        """The pivot, moved to the first day without a year on which something happens: that is the news, but where the text opens with a
        day in full."""
        opens = days(self.written.get(0, "")) if self.placed and len(self.written.get(0, "")) == DAY else (None, None)
        first = self.placed[0] if opens[0] and pivot and abs((pivot - opens[0]).days) <= FAR else None
        if first and first.role is DateRole.EVENT and first.mark.start < OPENS:
            self.told = True
            return opens[0]
        for index, (mark, _, role) in enumerate(self.placed):
            points = mark.expression.points
            if pivot and role is DateRole.EVENT and mark.expression.needs == "year" and points and points[-1].day:
                edition = writing.edition(index) if points[-1].month and points[-1].month >= JUNE else None
                year = self._told(index) or edition or self._nearest(index, pivot)
                self.told = year is not None
                news = days(self._value(index, f"{int(year):04}") or pivot.isoformat())[0] if year else pivot
                past = (value for i, value in self.written.items() if self.placed[i].role in (DateRole.EVENT, DateRole.PERIOD))
                if news and any(news < end for i, value in self.written.items() if (end := writing.is_over(i, value))):
                    return None
                if news and news < pivot - dt.timedelta(days=SLACK) and any(value.startswith(f"{pivot:%Y-%m}") for value in past):
                    return None  # the text tells of what came after that day: its year is not the one that is written
                return news
        return pivot
