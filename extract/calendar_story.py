"""What the story of an article without a day of publication tells of the time of writing: from which of its days the news comes after."""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property

from extract.calendar_points import NUMBERS, Point, any_of, number
from extract.calendar_signs import FIRST_PAGES, FOUNDED, LAST_PAGES, LAW_HOLDS, MAY, SOON, TARGET, Signs
from extract.fold import fold
from schemas.edtf import DAY, days
from schemas.vocabulary import DateRole

NEXT = 340  # days after the latest day that a story dates; farther ones are as often of the same season, a year later
SHARED = 8  # words of three letters or more that two sentences share when they tell of one thing
AROUND = 200  # code points on either side of a mark in its sentence that tell what it is of
MANY = 50  # years of a text that are compared
IN_COURT = 3  # times that it is said of what is tried, mostly long after it was done
_COUNT = any_of(NUMBERS)
_WAITED = re.compile(r" năm (?:(?:mòn mỏi|đằng đẵng|ròng rã|dài) )?(?:nay|chờ|đợi|kiện|khiếu nại|kêu|đòi|theo đuổi)(?!\w)")
_COUNTED = re.compile(rf"(?<!\w)(?:(?:gần|hơn|trên|khoảng|mươi|mười|tháng|quý|thứ|lớp|đợt|khóa) |(?P<count>\d{{1,2}}|{_COUNT})$)")
_SINCE_YEAR = re.compile(r"(?<!\w)từ (?:năm |tháng |ngày |cuối |đầu |giữa ){0,2}$")
_AGO = re.compile(r"cách đây (?:tròn |đúng )?(\d{1,2}) năm(?!\w)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_THEN = re.compile(r"[^.;]{0,80}[.;,]\s*(?:vào )?(?:thời điểm đó|khi đó|lúc đó|lúc ấy|khi ấy)(?!\w)")
_AT_LAW = re.compile(r"(?<!\w)(?:tòa|phiên|tuyên|khởi tố|bắt|kháng cáo|xét xử)(?!\w)")
_HELD_OFFICE = re.compile(
    r"(?<!\w)(?:là|giữ|làm|trở thành)(?!\w)[^.;]{0,60}(?<!\w)(?:trưởng|phó|chủ tịch|giám đốc|bí thư|hiệu trưởng)(?!\w)"
)
_BUILT_SINCE = re.compile(r"(?<!\w)xây(?: dựng)?(?: từ)? $")
_SIGNED = re.compile(rf"(?<!\w){fold('ký')} $")
_BY_THE_WAY = re.compile(r"(?<!trước đó)(?<!,) vào (?:khoảng )?$")


class Story(Signs):
    """The days of one article as those of a story."""

    def waited(self) -> tuple[int, int] | None:
        """The one year since which the text tells, and the one to which so many years lead: "từ 2015 … sau 2 năm chờ đợi"."""
        before = (_COUNTED.search(self.folded, max(0, each.start() - 15), each.start()) for each in _WAITED.finditer(self.folded))
        counts = {number(found["count"]) for found in before if found and found["count"]}
        since = {year for i, year in self.years.items() if _SINCE_YEAR.search(self._before(i))}
        since |= {int(value[:4]) for each in self.placed if (value := each.mark.expression.value(None)) and value.endswith("..")}
        if len(counts) != 1 or len(since) != 1 or not 2 <= max(counts) <= 12:
            return None
        year = max(since) + max(counts)
        return (max(since), year) if FIRST_PAGES <= year <= LAST_PAGES else None

    def ago(self) -> dt.date | None:
        """The year that "cách đây 17 năm" leads to from the year of the same thing, told in the words of that sentence elsewhere."""
        ago = _AGO.search(self.folded) if "cách đây " in self.folded else None
        if not ago:
            return None
        count = int(ago[1])
        words, found = self._words_around(ago.start()), []
        for i, of_old in list(self.years.items())[:MANY]:
            if count > 1 and FIRST_PAGES <= of_old + count <= LAST_PAGES:
                found.append((len(words & self._words_around(self.placed[i].mark.start)), of_old + count))
        shared, year = max(found, default=(0, 0))
        latest = max((year for i, year in self.years.items() if self._is_past(i)), default=0)
        return dt.date(year, *MAY) if shared >= SHARED and year >= latest else None

    def _words_around(self, at: int) -> set[str]:
        """The words of the sentence of a place."""
        first = max(self.folded.rfind(end, max(0, at - AROUND), at) for end in (". ", "\n")) + 1
        last = self.folded.find("\n", at, at + AROUND)
        return {*_WORD.findall(self.folded, max(first, at - AROUND), last if last > 0 else at + AROUND)}

    def _around(self, index: int) -> tuple[int, int]:
        """The sentence of a mark, where it is long only what is near the mark."""
        mark, (start, end), _ = self.placed[index]
        return max(start, mark.start - AROUND), min(end, mark.end + AROUND)

    @cached_property
    def _is_tried(self) -> bool:
        """The text is of what a court tries."""
        return sum(self.folded.count(word) for word in ("bị cáo", "cáo trạng", "xét xử")) >= IN_COURT

    def is_history(self, index: int) -> bool:
        """The mark is of what lies back: "tháng 4-2017. Thời điểm đó …", or the deed that a court tries."""
        if _THEN.match(self.folded, self.placed[index].mark.end, self.placed[index].mark.end + AROUND):
            return True
        return self._is_tried and not _AT_LAW.search(self.folded, *self._around(index))

    def story(self) -> dt.date | None:
        """The latest day that is far from all that the text tells without a year, or since which something goes on ("từ tháng
        12/2018 đến nay"), when its sentence tells a story that may lead to the news."""
        found = []
        for i, each in enumerate(self.placed):
            value = self.written.get(i) or each.mark.expression.value(None) or ""
            begun = value.removesuffix("/..")
            if len(begun) not in (7, 10) or "/" in begun or (begun != value and begun.endswith("-01-01")):
                continue  # what has gone on since a first of January is told by years
            day = days(begun)[0]
            if (
                day
                and day.year >= FIRST_PAGES
                and (self._is_far(value) or begun != value or self._before(i).endswith("từ "))
                and self._leads_on(i)
            ):
                found.append(day)
        return max(found, default=None)

    def _is_far(self, edtf: str) -> bool:
        """The value is that of the latest day, which is far from all that the text tells without a year."""
        return bool(edtf) and self.far is not None and days(edtf)[0] == self.far

    def _leads_on(self, index: int) -> bool:
        """The mark is of a story, and not of a plan, a law, a foundation, an office, a paper that was signed, or by the way."""
        (start, end), before = self._around(index), self._before(index)
        if any(each.search(self.folded, start, end) for each in (SOON, FOUNDED)) or LAW_HOLDS.search(before) or _BUILT_SINCE.search(before):
            return False
        edtf = self.written.get(index, "")
        if self.is_history(index):
            return False
        if (len(edtf) == DAY and _SIGNED.search(before)) or (not self._is_far(edtf) and _HELD_OFFICE.search(self.folded, start, end)):
            return False
        by_the_way = len(edtf) == 7 and _BY_THE_WAY.search(before) and self._quote(index).startswith("tháng")
        return not by_the_way or self.dated[edtf[:4]] > 1

    def _next_after(self, day: dt.date) -> dt.date | None:
        """The first day that the text tells without a year, in the year after the latest one that it writes: "Đầu tháng 6/2016, …
        Ngày 4/12 …"; None where that one was only planned, or where the text goes on to later years."""
        if any((days(edtf)[1] or day).year > day.year for edtf in self.written.values() if "/" in edtf and len(edtf) > len("2015/2020")):
            return None
        if any(self._is_later(i, edtf, day.year) or self._lasts(i, edtf, day.year) for i, edtf in self.written.items()):
            return None
        for each in self.placed:
            point = each.mark.expression.points[-1] if each.mark.expression.points else Point()
            if each.role is DateRole.EVENT and each.mark.expression.needs == "year" and point.day and point.month:
                found = self._at(point, day)
                return found if (found - day).days < NEXT else None
        return None

    def _lasts(self, index: int, edtf: str, year: int) -> bool:
        """The mark is a month or day of a later year until which something went on: "… và kéo dài đến tháng 6/2019"."""
        return (
            len(edtf) in (7, 10)
            and int(edtf[:4]) > year
            and TARGET.search(self._before(index)) is not None
            and not SOON.search(self.folded, *self._around(index))
        )

    @staticmethod
    def _at(point: Point, day: dt.date) -> dt.date:
        """The first day of that number and month after the day."""
        month, number = point.month or 1, min(point.day or 1, 28)
        return dt.date(day.year + ((month, number) < (day.month, day.day)), month, number)
