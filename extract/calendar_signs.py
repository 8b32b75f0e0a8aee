"""What the marks of an article without a day of publication tell of the time of writing: each of them, and the weaker signs among them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extract.calendar_marks import Mark
from extract.calendar_points import LEXICON, any_of
from extract.fold import fold
from extract.lunar import can_chi
from schemas.edtf import DAY, days
from schemas.vocabulary import DateRole


class Placed(NamedTuple):
    """A mark in its sentence, with its role."""

    mark: Mark
    sentence: tuple[int, int]
    role: DateRole


AHEAD, HERE, BEHIND = 1, 0, -1
NAMED_BY = 5  # words of three letters or more in a row by which a year is that of what the lead names
SAME_NAME = 60  # code points before a year in which they stand
FIRST_PAGES = 2008  # few pages are older, and those have a day; what an article dates before is history
LAST_PAGES = 2035  # nor younger: a sum of years beyond it was none
SEPTEMBER = (9, 1)  # one school year is over and the next begins
TET = (2, 10)  # the first day of a lunar year, about
JULY = (7, 1)  # prizes of a year, and what a school year has done, are given from its spring to the end of the next winter
AUGUST = (8, 1)  # who was best in a year is honoured from its spring to the next one
MAY = (5, 1)  # nearest to it lies what happens in a year
YEAR = (5, 2)  # the same of what the text only ties to a year: in January it may be over, or just begun
SEASON_OF_PRIZES = (7, 2)  # the same of a contest
FEBRUARY = (2, 1)  # nearest to it lies what happens in a school year, from August to July
SCHOOL_YEAR = (12, 1)  # the same where one begins
MARCH = (3, 1)  # a year is summed up, and the next one launched, around its turn: nearest to 1 March of the later one
HALF_A_YEAR = 190  # days
LEAD = 400  # code points at least in which a page tells what it is about
MOURNED = 15  # days around a death in which it is news
SEASON = 90  # days; a page whose days all lie farther from the latest day that it dates is mostly of a later year
SOON = re.compile(rf"(?<!\w){any_of(LEXICON['roles']['planned'])}(?!\w)")
_TET = re.compile(rf"tết (?:nguyên đán )?(?:xuân )?({any_of(can_chi())})(?!\w)".replace(" ", "[ ]{1,3}"))
GOES_ON = re.compile(
    rf"(?<!\w)(?<!ông )(?<!bà )(?<!anh )(?<!chị )(?<!cô ){any_of(LEXICON['pivot']['goes_on'])}(?!\w)(?! (?:được|đạt|giành|nhận|là|có|lập|ghi)(?!\w))"
)
LOOSE = re.compile(r"(?<!\w)(?:vào|từ|hồi|tới|đến|trước|sau|khi|lúc|cuối|đầu|giữa|sinh|kể|qua) {0,3}$")
TIED = re.compile(rf"(?<!\w){any_of(LEXICON['pivot']['tied'])}(?!\w)[^,.;]*$")
_ITS_OWN = re.compile(r"(?<!\w)(?:thi đua|khen thưởng) (?:của )?$")  # "sẽ không xét thi đua năm 2018"
_PAST = re.compile(rf"(?<!\w)(?<!pháp )(?<!kỉ ){any_of(LEXICON['pivot']['past'])}(?!\w)[^,.;]*$")
HONOURED = re.compile(rf"(?<!\w){any_of(LEXICON['pivot']['honoured'])}(?!\w)[^,.;]*$")
_BEST = re.compile(r"(?<!\w)(?:tiêu biểu|gương mặt|ưu tú|xuất sắc)(?!\w)")
_CONTEST = re.compile(r"(?<!\w)(?:giải(?! pháp| quyết)|cúp|cup|vòng|mở rộng|hoa hậu|olympic|sea games|asiad)(?!\w)")
_EXAM = re.compile(r"(?<!\w)(?:kì thi|cuộc thi|hội thi|kì tuyển sinh)(?!\w)[^,.;]*$")
_GIVEN = re.compile(rf"(?<!\w){any_of(LEXICON['pivot']['given'])}(?!\w)(?:(?! (?:cho|tặng|vì|trong|phục vụ|tại) )[^,.;])*$")
_NEW_SCHOOL_YEAR = re.compile(
    r"(?:khai giảng|khai trường|năm học mới|chào mừng|chào đón|bước vào|tân sinh viên)[^.;]{0,40}$|(?<!đổi )mới,? (?:năm học )?$"
)
_ANNIVERSARY_OF = re.compile(r"(?<!\d)(\d{1,3}) năm(?! tuổi)(?:,? (?!và|,)[^.;]{0,80})?$")
TERM = fold("nhiệm kỳ")
_UNTIL = re.compile(r"(?<!\w)(?<!tính )(?<!lũy kế )(?:kéo dài |diễn ra |thời hạn )?(?:đến|tới)(?: cuối| hết)? {0,3}$")
_WORKS = re.compile(r"(?<!\w)(?:hoàn thành|đưa vào|vận hành|khai thác|xây dựng|thông xe)(?!\w)[^.;]*$")  # planned years ahead
_LEAVING = re.compile(r"(?<!\w)(?:tốt nghiệp|ra trường|hoàn thành|tri ân|bế giảng|trưởng thành|cuối khóa)(?!\w)[^.;]*$")
CONGRESS = re.compile(
    r"(?:đại hội|(?<!\w)(?<!trường )đh(?= (?:đoàn|hội|công đoàn|đảng|chi|đại biểu|liên đoàn) ))(?!\w)(?:[^.;]|(?<=tp)\.)*$"
)
_ELECTED = re.compile(r"(?<!\w)(?:bầu|đắc cử|tái cử|trúng cử)(?!\w)[^.;]*$")
_AT_CONGRESS = re.compile(r"[^.;]{0,60}(?<!\w)(?:qua|tại|trong) (?:phiên \w+ )?đại hội(?!\w)")
# a life, or the licence of a site at the foot of its pages
_DIED = re.compile(r"(?<!\w)(?:mất|hi sinh|qua đời|từ trần)(?: vào)?(?: ngày)? *$")
BORN = re.compile(r"(?<!\w)giấy phép(?!\w)[^;]*$|(?<!\w)(?:sinh|mất|hi sinh|qua đời|từ trần)(?: vào)?(?: ngày)? *$")
_AGO = re.compile(r"cách đây (\d{1,2}) năm|(?<![\d.,])(\d{1,2}) năm (?:về )?trước")
_KEPT = re.compile(
    rf"{fold('kỷ niệm')} (?:lần thứ )?(\d{{1,3}}) năm|(?<!\d)(\d{{1,3}}) năm (?:ngày )?(?:truyền thống|thành lập|tái lập|giải phóng)"
)
_YEARS_AGO = re.compile(r"(?<![\d.,])(\d{1,2}) năm (?:về )?trước,? (?:(?:vào|từ|hồi|ngày|khoảng) ){0,2}$")
_ADMITS = re.compile(r"(?<!\w)(?:tuyển sinh|thi vào lớp|vào lớp (?:10|6|1))(?!\w)[^.;]*$")  # long before that school year begins
_OF_A_CONTEST = re.compile(r"(?<!\w)(?:hội thi|cuộc thi|giải thưởng|hội diễn|lần thứ|mùa)(?!\w)[^.;]*$")  # of two years, decided at the end
_RESULT = re.compile(
    r",? (?:[^\W\d_]+ ){0,4}?(?:đạt|duy trì|xếp loại|đoạt|giành|được (?:[^\W\d_&]+[ &-]){1,6}?(?:tặng|khen|công nhận))(?!\w)"
)  # "năm học 2018-2019, trường đạt …"
_NO_SCHOOL_YEAR = re.compile(
    r"giai đoạn|^từ (?!.*học)|(?:đông|thu)(?!\w)|,|(?<!\w)(?:hai|2|và)(?!\w)"
)  # "hai năm 2011, 2012"; of schools are most of the others
# a year of what is still to come, or of a title that somebody has: "tiến tới đại hội … năm 2015", "là chiến sĩ thi đua cơ sở năm 2020"
_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:tiến tới|hướng tới|hồ sơ|cam kết|chiến sĩ thi đua|lao động tiên tiến|biểu dương)(?!\w)[^,.;]{0,50}$|(?<!\w)sang $"
)
# from when a law holds, which is told long before and long after: "Luật … năm 2022, có hiệu lực từ ngày 1/1/2024"
LAW_HOLDS = re.compile(r"(?<!\w)(?:luật|nghị định|thông tư)(?!\w)[^.;]*?(?<!\w)(?:hiệu lực|áp dụng|thi hành)(?!\w)[^.;]*$")
_LAW_OF = re.compile(r"(?<!\w)(?<!pháp )(?<!kỉ )(?:bộ )?luật(?! sư)(?!\w)[^.;]{0,50}$")
_PERIOD_OF = re.compile(r"(?<!\w)(?:tổng kết|biểu dương|tuyên dương|khen thưởng|trao thưởng|tôn vinh|vinh danh|tiêu biểu)(?!\w)[^.;]*$")
EDITION = re.compile(r"lần thứ \w+,? $")
FOUNDED = re.compile(r"(?<!\w)(?:thành lập|ra đời|tái lập|khánh thành)(?!\w)")
_NEW_YEAR = re.compile(r"(?<!\w)(?:tết|xuân|xuân mới|năm mới)(?: \w+){0,2} $")
_RECKONED = re.compile(r"(?<!\w)tính (?:đến|tới) (?:hết )?$")
TARGET = re.compile(
    r"(?<!\w)(?<!tính )(?<!lũy kế )(?:đến|tới|tầm nhìn|định hướng|vào) {0,3}(?:cuối |hết )?$|(?<!\w)(?:sẽ|dự kiến|mục tiêu)(?!\w)|(?<!\w)để (?:\w+ ){1,4}$"
)
_UP_TO = re.compile(r"(?:tính )?đến $")  # "Đến tháng 9/2016, toàn xã có 34 mô hình"
REACHED = re.compile(r",? (?:[^\W\d_]+ ){0,3}?(?:đã|mới|chỉ|có)(?!\w)")  # "đến năm 2017 thanh tra mới kết luận" is no target
_HAS_COME = re.compile(r",? (?:[^\W\d_]+ ){0,3}?(?:đã|mới|chỉ)(?!\w)")
SUMMED_UP = re.compile(r"(?<!\w)(?:tổng kết|sơ kết)(?!\w)[^.;]*$")
_COUNTED_YEARS = re.compile(r"(?<!\d)(\d{1,2}) năm (?:\w+ ){0,3}(?:thực hiện|triển khai|thi hành|thành lập)")


AND_AFTER = re.compile(r" và (?:những|các) năm (?:tới|tiếp theo|sau|kế tiếp)(?!\w)")
_SAID = re.compile(r"(?<!\w)hồi (?:đầu |giữa |cuối )?$")  # "hồi năm 2018" is told in a later year
JUST = re.compile(r"(?<!\w)(?:mới đây|vừa qua|vừa rồi|gần đây nhất) \((?:năm )?$")
_ESTIMATED = re.compile(r"[^.;]{0,90}(?<!\w)ước(?: tính)? (?:đạt|khoảng|có|tăng|thu|thực hiện)(?!\w)")
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_CITED = re.compile(
    r"(?<!\w)(?:theo|căn cứ|quy định|sửa đổi|trái|hướng dẫn|thực hiện|thi hành)(?!\w)[^.;]*?(?<!\w)(?:luật|pháp lệnh|nghị định|thông tư)(?!\w)[^.;]*$"
)
_TOURNAMENTS = {fold(name): tuple(day) for name, day in LEXICON["pivot"]["tournaments"].items()}
_TOURNAMENT = re.compile(rf"(?<!\w)(?P<name>{any_of(_TOURNAMENTS)})(?: \w+)?,? $")
_BEFORE_IT = re.compile(r"(?<!\w)(?:vòng loại|play-off|vé|suất|dự|chuẩn bị|hướng tới|trước thềm|đăng cai)(?!\w)[^,.;]{0,15}$")


class Signs:
    """The marks of one article in folded text, and by index the values of those that are written in full."""

    def __init__(self, folded: str, placed: Sequence[Placed], written: Mapping[int, str]) -> None:
        self.folded, self.placed, self.written = folded, placed, written
        self.years = {i: int(edtf[:4]) for i, edtf in written.items() if edtf[:4].isdigit()}  # but decades
        self.dated = Counter(edtf[:4] for edtf in {*written.values()} if len(edtf) in (7, 10))  # how many months and days of each year
        self.told = {  # sentences that tell of a day without its year
            each.sentence for each in placed if each.role is DateRole.EVENT and each.mark.expression.needs == "year"
        }
        self.school_years = {edtf for i, edtf in written.items() if len(edtf) == 9 and "học" in self._quote(i)}
        yearless = [point for each in placed if each.mark.expression.needs == "year" for point in each.mark.expression.points]
        self.yearless = {(point.month, point.day or 15) for point in yearless if point.month}  # months and days of days without a year
        self.months = {point.month for each in placed if each.mark.expression.needs == "year" for point in each.mark.expression.points}
        self.new_school_years = {int(edtf[:4]) for i, edtf in written.items() if "/" in edtf and _NEW_SCHOOL_YEAR.search(self._before(i))}
        said = (year for i, year in self.years.items() if len(written[i]) == 4 and _SAID.search(self._before(i)))
        self.said = max(said, default=0)  # the latest year that the text tells of as over
        self.by_day = False  # a day or month of the text is the time of writing, and nothing that it sums up or plans for
        self.far: dt.date | None = None  # the latest day of the text, when all that it tells without a year lies far from it
        self.by_year = False  # only a year of the text is the time of writing
        self.ahead = False  # the text is told before that time as well as after it
        self.kept = [int(found[1] or found[2]) for found in _KEPT.finditer(folded)]  # years of anniversaries

    def _names_news(self, index: int) -> bool:
        """Whether the words right before a year are those with which the lead names what happens on a day without one."""
        words = _LONG_WORD.findall(self._before(index)[-SAME_NAME:])
        first = next((each for each in self.placed if each.role is DateRole.EVENT and each.mark.expression.needs == "year"), None)
        lead = self.folded[slice(*first.sentence)] if first and first.sentence[0] < LEAD else ""
        return len(words) >= NAMED_BY and " ".join(words[-NAMED_BY:]) in " ".join(_LONG_WORD.findall(lead))

    def _before(self, index: int) -> str:
        """What stands before a mark in its sentence, at most 90 code points."""
        mark, sentence, _ = self.placed[index]
        return self.folded[max(sentence[0], mark.start - 90) : mark.start]

    def _quote(self, index: int) -> str:
        """The words of a mark."""
        mark, _, _ = self.placed[index]
        return self.folded[mark.start : mark.end]

    def _is_of_life(self, index: int) -> bool:
        """The mark is of a birth, or of a death that is not the news: of which no day is told near it."""
        before, edtf = self._before(index), self.written[index]
        if not BORN.search(before):
            return False
        died = len(edtf) == DAY and _DIED.search(before) and edtf >= f"{FIRST_PAGES}"
        return not (died and any(abs(each) <= MOURNED for each in self._apart(dt.date.fromisoformat(edtf))))

    def _apart(self, day: dt.date) -> list[int]:
        """By how many days of a year of 360 the days that the text tells without a year lie after the day, at most half a year."""
        return [(30 * (month - day.month) + number - day.day + 180) % 360 - 180 for month, number in self.yearless]

    def _of_congress(self, index: int) -> bool:
        """The mark is the term of a congress that is told: before it, or after who was elected for it."""
        before = self._before(index)
        elected = _ELECTED.search(before) and _AT_CONGRESS.match(self.folded, self.placed[index].mark.end)
        return self._quote(index).startswith(TERM) and bool(CONGRESS.search(before) or elected)

    def _counted(self, index: int) -> int:
        """How many years of a document's mark are summed up, or 0: "tổng kết 10 năm thực hiện Chỉ thị số 03 ngày 14/5/2011"."""
        found = self.placed[index].role is DateRole.DOCUMENT and _COUNTED_YEARS.search(re.split("[.;]", self._before(index))[-1])
        return int(found[1]) if found else 0

    def _is_cited(self, index: int) -> bool:
        """The mark is of a law that is applied or amended, which may be long after."""
        return _CITED.search(self._before(index)) is not None

    def _is_past(self, index: int) -> bool:
        """The mark tells of what has happened, or of the anniversary that is being kept."""
        if len(self.written.get(index, "")) == 4 and self._is_reached(index):
            return True
        mark, sentence, role = self.placed[index]
        before = self.folded[max(sentence[0], mark.start - 40) : mark.start]
        if mark.expression.pattern == "month" and _UP_TO.match(before) and REACHED.match(self.folded, mark.end, sentence[1]):
            return True
        return (
            role not in (DateRole.DEADLINE, DateRole.OTHER)
            and mark.expression.hint != AHEAD
            and not SOON.search(before)
            and not _UNTIL.search(before)
            and not SOON.match(self.folded, mark.end + 1, sentence[1])
        )

    def _by_weaker_signs(self) -> dt.date | None:
        """The time of writing by weaker signs: the latest month or year that the text ties to a thing of its own, an anniversary
        that is being kept, a school year; a year that only places something in the past ("vào năm 2006") tells nothing."""
        signs = [sign for i, edtf in self.written.items() if (sign := self._sign(i, edtf)) and FIRST_PAGES <= sign.year <= LAST_PAGES]
        signs += self._years_so_far()
        signs += [dt.date(can_chi()[re.sub(" +", " ", found[1])], *TET) for found in _TET.finditer(self.folded)]
        sign = max(signs, default=None)
        ahead = {edtf[:4] for i, edtf in self.written.items() if TARGET.search(self._before(i)) and not self._is_reached(i)}
        if sign and sign < max((day for i, edtf in self.written.items() if (day := self._part(i, edtf))), default=sign):
            return None
        if sign and any(edtf[:4] not in ahead and self._is_later(i, edtf, sign.year + 1) for i, edtf in self.written.items()):
            return None  # what it tells of went on after that year
        return sign or self._by_plans()

    def _years_so_far(self) -> Iterator[dt.date]:
        """The middle of a year from whose beginning the text tells "đến nay"."""
        for each in self.placed:
            value = each.mark.expression.value(None)
            if value and value.endswith("..") and "đầu năm" in self.folded[each.mark.start : each.mark.end]:
                yield dt.date(int(value[:4]), *JULY)

    def _is_reached(self, index: int) -> bool:
        """The mark is up to when something has come: "đến năm 2014 chỉ mới tăng 10%"."""
        mark, sentence, _ = self.placed[index]
        return self._before(index).endswith(("đến ", "tới ")) and _HAS_COME.match(self.folded, mark.end, sentence[1]) is not None

    def _part(self, index: int, edtf: str) -> dt.date | None:
        """When, at the earliest, was told what lay at the end of a year: "cuối năm 2016"."""
        reckoned = self._before(index).endswith(("lũy kế đến ", "tính đến "))
        at_its_end = len(edtf) == 4 and self._quote(index).startswith(("cuối", "hết")) and (reckoned or self._is_past(index))
        return dt.date(int(edtf), 12, 1) if at_its_end else None

    def is_over(self, index: int, edtf: str) -> dt.date | None:
        """When, at the earliest, was told what the text says of the end of a year: "lỗ lũy kế đến hết năm 2013 là 3.000 tỷ"."""
        mark, sentence, _ = self.placed[index]
        told = mark.start == sentence[0] or self._before(index).endswith((", ", "hồi ", "tính đến ", "lũy kế đến "))
        return self._part(index, edtf) if told else None

    def _is_later(self, index: int, edtf: str, year: int) -> bool:
        """The mark tells of what happened after the year."""
        if not (edtf[:4].isdigit() and int(edtf[:4]) > year and self._is_past(index)):
            return False
        mark, sentence, _ = self.placed[index]
        return not GOES_ON.search(self.folded, mark.end, min(sentence[1], mark.end + 80))

    def _by_plans(self) -> dt.date | None:
        """Half a year before the first month, day or end of a year that the text only plans for."""
        plans = []
        for i, edtf in self.written.items():
            mark, sentence, _ = self.placed[i]
            first, last = days(edtf)
            before = self._before(i)
            ends = self.folded.startswith("cuối", mark.start) or before.endswith("hết ")
            soon = (
                SOON.search(before)
                or before.endswith("phấn đấu đến hết ")
                or SOON.search(self.folded, mark.end, min(sentence[1], mark.end + 12))
            )
            if soon and first and last and (len(edtf) >= 7 or ends) and "/" not in edtf and not _WORKS.search(before):
                plans.append((last if ends else first) - dt.timedelta(days=HALF_A_YEAR))
        return min((each for each in plans if each.year >= FIRST_PAGES), default=None)

    def _sign(self, index: int, edtf: str) -> dt.date | None:
        """What one written mark tells of the time of writing."""
        mark, sentence, role = self.placed[index]
        before = self._before(index)
        quote = self._quote(index)
        first, last = days(edtf)
        if not first or not last:
            return None
        if self._counted(index) or self._is_of_life(index) or LAW_HOLDS.search(before) or (len(edtf) == 4 and _LAW_OF.search(before)):
            return None
        if (ago := _YEARS_AGO.search(before)) and FIRST_PAGES <= first.year + int(ago[1]) <= LAST_PAGES:
            return dt.date(first.year + int(ago[1]), *((first.month, min(first.day, 28)) if len(edtf.split("/")[0]) > 4 else JULY))
        kept = [first.year + count for count in self.kept if FIRST_PAGES <= first.year + count <= LAST_PAGES]
        around = self.folded[max(sentence[0], mark.start - 80) : min(sentence[1], mark.end + 80)]
        if len(edtf) == 4 and (counted := _ANNIVERSARY_OF.search(before)) and _KEPT.search(before):
            return dt.date(first.year + int(counted[1]), *MAY) if FIRST_PAGES <= first.year + int(counted[1]) <= LAST_PAGES else None
        if (
            len(edtf) == DAY
            and kept
            and first.year < FIRST_PAGES
            and (role is DateRole.ANNIVERSARY or FOUNDED.search(re.split("[.;]", before)[-1]) or first.month in self.months)
        ):
            return dt.date(max(kept), first.month, min(first.day, 28))
        if len(edtf) == DAY and role is DateRole.DEADLINE and not _OF_ANOTHER.search(before):
            return first - dt.timedelta(days=SEASON)
        if len(edtf) == DAY and role not in (DateRole.ANNIVERSARY, DateRole.DEADLINE):
            return first - dt.timedelta(days=SEASON) if SOON.search(before[-40:]) else None if self._is_cited(index) else first
        if len(edtf) == 4 and (played := _TOURNAMENT.search(before)):
            day = _TOURNAMENTS[re.sub(" +", " ", played["name"])]
            return None if _BEFORE_IT.search(before, 0, played.start()) else dt.date(first.year, *day)
        if len(edtf) == 4 and _ESTIMATED.match(self.folded, mark.end, sentence[1]):
            return dt.date(first.year, *SCHOOL_YEAR)  # its end is near
        if len(edtf) == 4 and mark.expression.hint == BEHIND and quote.startswith("năm") and "vừa" in quote:
            return (
                dt.date(first.year, *SEASON_OF_PRIZES) if _EXAM.search(before) else dt.date(first.year + 1, *MARCH)
            )  # "lần xét năm 2013 vừa rồi"
        if quote.isdigit() and before.endswith("(") and self.folded.startswith(")", mark.end):
            return None  # "Huân chương hạng Ba (1998)": a life, told in brackets
        if len(edtf) == 4 and kept and FOUNDED.search(around):
            return dt.date(max(kept), *MAY)
        if role in (DateRole.DEADLINE, DateRole.OTHER):
            return None
        if len(edtf) == 4 and (ago := _AGO.search(around)) and first.year + int(ago[1] or ago[2]) <= LAST_PAGES:
            return dt.date(first.year + int(ago[1] or ago[2]), 7, 1)
        if len(edtf) == 4 and _NEW_YEAR.search(before):
            return dt.date(first.year, *TET)
        if "/" in edtf and "khóa" in quote and (_LEAVING.search(before) or "tốt nghiệp" in self.folded[:LEAD]):
            return dt.date(last.year, *MAY)
        if "/" in edtf and self._of_congress(index):
            summed_up = SUMMED_UP.search(before)  # a congress sums up one term and opens another, in the latter's first year
            return dt.date(last.year, *MARCH) if summed_up else dt.date(first.year, *JULY)
        if role is DateRole.ANNIVERSARY:
            counted = _ANNIVERSARY_OF.search(before)
            day = (first.month, min(first.day, 28)) if first == last else MARCH
            return dt.date(first.year + int(counted[1]), *day) if counted and first.year + int(counted[1]) <= LAST_PAGES else None
        if len(edtf) == 9 and last.year - first.year == 1 and not _NO_SCHOOL_YEAR.search(quote):
            if f"{first.year - 1}/{first.year}" in self.school_years:
                return dt.date(first.year, *SEPTEMBER)  # one school year is summed up and the next one begins
            if _ADMITS.search(before) or SOON.search(self.folded, mark.end, min(sentence[1], mark.end + 15)):
                return dt.date(first.year, *MAY)
            if first.year in self.new_school_years:
                return dt.date(first.year, *SCHOOL_YEAR)
            if "học" not in quote and _OF_A_CONTEST.search(before):
                return dt.date(last.year, *SEPTEMBER)
            is_over = any(each.search(before) for each in (HONOURED, _PERIOD_OF, SUMMED_UP)) or _RESULT.match(self.folded, mark.end)
            return dt.date(last.year, *(JULY if is_over else FEBRUARY))
        if "/" in edtf and len(edtf) == 9 and sentence in self.told and _PERIOD_OF.search(before):
            return dt.date(last.year, *SEPTEMBER)  # what a period has done is honoured at its end
        after = self.folded[mark.end : min(sentence[1], mark.end + 12)]
        is_reached = self._is_reached(index)
        if ((TARGET.search(before) and not is_reached) or SOON.search(before[-40:]) or SOON.search(after)) and not _ITS_OWN.search(before):
            return None
        if len(edtf) > 4 and first.year == last.year:
            return None  # the latest of them have told nothing: `pivot` reads them
        if len(edtf) == 4 and (honoured := HONOURED.search(before)) and not LOOSE.search(before):
            return dt.date(
                first.year,
                *(AUGUST if _BEST.search(honoured[0]) or not (_CONTEST.search(honoured[0]) or quote.isdigit()) else SEASON_OF_PRIZES),
            )
        if _PAST.search(before[-60:]):
            return None
        middle = AUGUST if _GIVEN.search(before) else YEAR
        if len(edtf) == 4 and (is_reached or not LOOSE.search(before)) and sentence in self.told:
            return dt.date(first.year, *middle)
        if quote.startswith("cuối") and _RECKONED.search(before):
            return last  # "tính đến cuối năm 2018"
        below = mark.start > max(LEAD, len(self.folded) // 4)
        aside = (
            below and sum(edtf == other for other in self.written.values()) == 1 and not self._names_news(index)
        )  # of something else, mostly
        loose = (
            "/" in edtf
            or aside
            or role is DateRole.DOCUMENT
            or LOOSE.search(before)
            or _OF_ANOTHER.search(before)
            or not (quote.isdigit() or TIED.search(before[-40:]) or EDITION.search(before))
        )
        return None if loose else dt.date(first.year, *middle)
