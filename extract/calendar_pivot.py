"""When an article without a day of publication was written, as far as its text forces it: the pivot from which a year is the nearest one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extract.calendar_jubilees import apart, national, years_kept
from extract.calendar_marks import Mark
from extract.calendar_points import LEXICON, any_of
from extract.fold import fold
from extract.lunar import can_chi
from schemas.edtf import days
from schemas.vocabulary import DateRole


class Placed(NamedTuple):
    """A mark in its sentence, with its role."""

    mark: Mark
    sentence: tuple[int, int]
    role: DateRole


AHEAD, BEHIND = 1, -1
FIRST_PAGES = 2008  # few pages are older, and those have a day; what an article dates before is history
LAST_PAGES = 2035  # nor younger: a sum of years beyond it was none
JUNE = (6, 15)  # nearest to it lie all days of its year, almost
SEPTEMBER = (9, 1)  # one school year is over and the next begins
NOVEMBER = 11  # an anniversary from then to February may be kept in the next or the last year
TET = (2, 10)  # the first day of a lunar year, about
JULY = (7, 1)  # prizes of a year, and what a school year has done, are given from its spring to the end of the next winter
AUGUST = (8, 1)  # who was best in a year is honoured from its spring to the next one
MAY = (5, 1)  # nearest to it lies what happens in a year
FEBRUARY = (2, 1)  # nearest to it lies what happens in a school year, from August to July
SCHOOL_YEAR = (12, 1)  # the same where one begins
JANUARY = (1, 20)  # a year that is launched and sums up none: from the autumn before it
MARCH = (3, 1)  # a year is summed up, and the next one launched, around its turn: nearest to 1 March of the later one
HALF_A_YEAR = 190  # days
LEAD = 400  # code points at least in which a page tells what it is about
KEPT_WITHIN = 40  # days, and some more, before or after an anniversary
SEASON = 90  # days; a page whose days all lie farther from the latest day that it dates is mostly of a later year
PARTS = {"đầu": 6, "giữa": 9, "cuối": 12}  # the month in which a part of a year is told of
SOON = re.compile(rf"(?<!\w){any_of(LEXICON['roles']['planned'])}(?!\w)")
_TET = re.compile(rf"tết (?:nguyên đán )?(?:xuân )?({any_of(can_chi())})(?!\w)".replace(" ", "[ ]{1,3}"))
_GOES_ON = re.compile(
    rf"(?<!\w)(?<!ông )(?<!bà )(?<!anh )(?<!chị )(?<!cô ){any_of(LEXICON['pivot']['goes_on'])}(?!\w)(?! (?:được|đạt|giành|nhận|là|có|lập|ghi)(?!\w))"
)
_LOOSE = re.compile(r"(?<!\w)(?:vào|từ|hồi|tới|đến|trước|sau|khi|lúc|cuối|đầu|giữa|sinh|kể|qua) {0,3}$")
_TIED = re.compile(rf"(?<!\w){any_of(LEXICON['pivot']['tied'])}(?!\w)[^,.;]*$")
_ITS_OWN = re.compile(r"(?<!\w)(?:thi đua|khen thưởng) (?:của )?$")  # "sẽ không xét thi đua năm 2018"
_PAST = re.compile(rf"(?<!\w)(?<!pháp ){any_of(LEXICON['pivot']['past'])}(?!\w)[^,.;]*$")
_HONOURED = re.compile(rf"(?<!\w){any_of(LEXICON['pivot']['honoured'])}(?!\w)[^,.;]*$")
_GIVEN = re.compile(rf"(?<!\w){any_of(LEXICON['pivot']['given'])}(?!\w)(?:(?! (?:cho|tặng|vì|trong|phục vụ|tại) )[^,.;])*$")
_NEW_SCHOOL_YEAR = re.compile(
    r"(?:khai giảng|khai trường|năm học mới|chào mừng|chào đón|bước vào|tân sinh viên)[^.;]{0,40}$|(?<!đổi )mới,? (?:năm học )?$"
)
_ANNIVERSARY_OF = re.compile(r"(?<!\d)(\d{1,3}) năm(?! tuổi)(?:,? (?!và|,)[^.;]{0,80})?$")
_TERM = fold("nhiệm kỳ")
_UNTIL = re.compile(r"(?<!\w)(?<!tính )(?:kéo dài |diễn ra |thời hạn )?(?:đến|tới)(?: cuối| hết)? {0,3}$")
_WORKS = re.compile(r"(?<!\w)(?:hoàn thành|đưa vào|vận hành|khai thác|xây dựng|thông xe)(?!\w)[^.;]*$")  # planned years ahead
_LEAVING = re.compile(r"(?<!\w)(?:tốt nghiệp|ra trường|hoàn thành|tri ân|bế giảng|trưởng thành|cuối khóa)(?!\w)[^.;]*$")
_TOWARDS = re.compile(r"(?<!\w)(?:tiến tới|hướng tới|chào mừng|chuẩn bị|lập thành tích)(?!\w)[^.;]*$")
_CONGRESS = re.compile(r"đại hội(?!\w)(?:[^.;]|(?<=tp)\.)*$")
# a life, or the licence of a site at the foot of its pages
_BORN = re.compile(r"(?<!\w)giấy phép(?!\w)[^;]*$|(?<!\w)(?:sinh|mất|hi sinh|qua đời|từ trần)(?: vào)?(?: ngày)? *$")
_AGO = re.compile(r"cách đây (\d{1,2}) năm|(?<![\d.,])(\d{1,2}) năm (?:về )?trước")
_YEARS_AGO = re.compile(r"(?<![\d.,])(\d{1,2}) năm (?:về )?trước,? (?:(?:vào|từ|hồi|ngày|khoảng) ){0,2}$")
_ADMITS = re.compile(r"(?<!\w)(?:tuyển sinh|thi vào lớp|vào lớp (?:10|6|1))(?!\w)[^.;]*$")  # long before that school year begins
_OF_A_CONTEST = re.compile(r"(?<!\w)(?:hội thi|cuộc thi|giải thưởng|hội diễn|lần thứ|mùa)(?!\w)[^.;]*$")  # of two years, decided at the end
_RESULT = re.compile(r",? (?:[^\W\d_]+ ){0,4}?(?:đạt|duy trì|xếp loại|đoạt|giành)(?!\w)")  # "năm học 2018-2019, trường đạt …"
_NO_SCHOOL_YEAR = re.compile(
    r"giai đoạn|^từ (?!.*học)|(?:đông|thu)(?!\w)|,|(?<!\w)(?:hai|2|và)(?!\w)"
)  # "hai năm 2011, 2012"; of schools are most of the others
# a year of what is still to come, or of a title that somebody has: "tiến tới đại hội … năm 2015", "là chiến sĩ thi đua cơ sở năm 2020"
_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:tiến tới|hướng tới|hồ sơ|cam kết|chiến sĩ thi đua|lao động tiên tiến|biểu dương)(?!\w)[^,.;]{0,50}$|(?<!\w)sang $"
)
_SINCE = re.compile(r"(?<!\w)(?:kể )?từ $")
# from when a law holds, which is told long before and long after: "Luật … năm 2022, có hiệu lực từ ngày 1/1/2024"
_LAW_HOLDS = re.compile(r"(?<!\w)(?:luật|nghị định|thông tư)(?!\w)[^.;]*?(?<!\w)(?:hiệu lực|áp dụng|thi hành)(?!\w)[^.;]*$")
_LAW_OF = re.compile(r"(?<!\w)(?<!pháp )(?<!kỉ )(?:bộ )?luật(?! sư)(?!\w)[^.;]{0,50}$")
_PERIOD_OF = re.compile(r"(?<!\w)(?:tổng kết|biểu dương|tuyên dương|khen thưởng|trao thưởng|tôn vinh|vinh danh|tiêu biểu)(?!\w)[^.;]*$")
_EDITION = re.compile(r"lần thứ \w+,? $")
_FOUNDED = re.compile(r"(?<!\w)(?:thành lập|ra đời|tái lập|khánh thành)(?!\w)")
_CUE = re.compile(
    rf"(?<!\w)(?:(?<!kì )(?<!bài )(?P<reviewed>{any_of(LEXICON['pivot']['reviewed'])})(?!(?:(?: và|,) trao (?:giải|thưởng))? {any_of(LEXICON['pivot']['contests'])})|{any_of(LEXICON['pivot']['planned'])})(?!\w)"
)
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?!,? (?:và )?(?:năm )?$)")
_NEW_YEAR = re.compile(r"(?<!\w)(?:tết|xuân|xuân mới|năm mới)(?: \w+){0,2} $")
_EARLIER = re.compile(r"^trước đó,? (?:vào )?(?:khoảng )?(?:[^ ]+ )?(?:ngày )?$")
_THIS_YEAR = re.compile(r"(?<!\w)năm (20\d\d) này(?!\w)")
_PART = re.compile(rf"({any_of(list(PARTS))}) (?:năm )?\d")
_SUMMER = re.compile(r"(?<!\w)(?:hè(?: xanh)?|mùa thi)[\"' ]{1,3}(?:năm )?$")
_TARGET = re.compile(
    r"(?<!\w)(?<!tính )(?:đến|tới|tầm nhìn|định hướng|vào) {0,3}(?:cuối |hết )?$|(?<!\w)(?:sẽ|dự kiến|mục tiêu)(?!\w)|(?<!\w)để (?:\w+ ){1,4}$"
)
_UP_TO = re.compile(r"(?:tính )?đến $")  # "Đến tháng 9/2016, toàn xã có 34 mô hình"
_REACHED = re.compile(r",? (?:[^\W\d_]+ ){0,3}?(?:đã|mới|chỉ|có)(?!\w)")  # "đến năm 2017 thanh tra mới kết luận" is no target
_IS = re.compile(r" là năm(?!\w)")
_NAMED_SPAN = re.compile(rf"giai đoạn|niên khóa|{_TERM}")  # summed up before it is over
_SUMMED_UP = re.compile(r"(?<!\w)(?:tổng kết|sơ kết)(?!\w)[^.;]*$")
_COUNTED_YEARS = re.compile(r"(?<!\d)(\d{1,2}) năm (?:\w+ ){0,3}(?:thực hiện|triển khai|thi hành|thành lập)")


class TimeOfWriting:
    """The marks of one article in folded text, and by index the values of those that are written in full."""

    def __init__(self, folded: str, placed: Sequence[Placed], written: Mapping[int, str]) -> None:
        self.folded, self.placed, self.written = folded, placed, written
        self.told = {  # sentences that tell of a day without its year
            each.sentence for each in placed if each.role is DateRole.EVENT and each.mark.expression.needs == "year"
        }
        self.school_years = {edtf for i, edtf in written.items() if len(edtf) == 9 and "học" in self._quote(i)}
        self.months = {point.month for each in placed if each.mark.expression.needs == "year" for point in each.mark.expression.points}
        self.new_school_years = {int(edtf[:4]) for i, edtf in written.items() if "/" in edtf and _NEW_SCHOOL_YEAR.search(self._before(i))}
        self.by_day = False  # a day or month of the text is the time of writing, and nothing that it sums up or plans for
        self.ahead = False  # the text is told before that time as well as after it
        self.kept = years_kept(folded)  # years of anniversaries
        values = ((self.folded[each.mark.start : each.mark.end], each.mark.expression.value(None)) for each in placed)
        self.since = [(quote, value) for quote, value in values if value and value.endswith("..")]  # "từ năm 2015 đến nay"

    def _before(self, index: int) -> str:
        """What stands before a mark in its sentence, at most 90 code points."""
        mark, sentence, _ = self.placed[index]
        return self.folded[max(sentence[0], mark.start - 90) : mark.start]

    def day(self) -> dt.date | None:
        """The time of writing, or None where nothing forces it."""
        pivot = self._by_what_it_dates() or self._by_weaker_signs()
        jubilee = max(self._jubilees(pivot), default=None)
        self.by_day, self.ahead = (False, False) if jubilee else (self.by_day, self.ahead)
        return jubilee or pivot

    def _jubilees(self, pivot: dt.date | None) -> Iterator[dt.date]:
        """Anniversaries that the text keeps; where its other signs are of the year before, only near a day that it tells without one."""
        own = []
        for i, edtf in self.written.items():
            if not (pivot and self.placed[i].role is DateRole.ANNIVERSARY and len(edtf) == 10 and (day := days(edtf)[0])):
                continue
            paired = self.written.get(i + 1, "")[5:] == edtf[5:] and self.placed[i + 1].sentence == self.placed[i].sentence
            if not paired:  # "5/6/1911 - 5/6/2018"
                own += [dt.date(day.year + count, day.month, min(day.day, 28)) for count in self.kept]
        told = [point[1:3] for each in self.placed if each.sentence in self.told for point in each.mark.expression.points]
        for each in (*national(self.folded), *own):
            follows = pivot is None or (each.year == pivot.year + 1 and min(apart(each, told), default=SEASON) < KEPT_WITHIN)
            if FIRST_PAGES <= each.year <= LAST_PAGES and follows:
                yield each

    def _by_what_it_dates(self) -> dt.date | None:
        """The time of writing that the text forces: by its latest day, else by the years that it sums up and plans for."""
        latest = [
            days(edtf)[0]
            for i, edtf in self.written.items()
            if ("/" not in edtf or self.placed[i].role is DateRole.EVENT)
            and len(edtf.split("/")[0]) >= 7
            and self._is_past(i)
            and not self._counted(i)
            and not _BORN.search(self._before(i))
        ]
        parts = [
            days(edtf)[0 if ahead else 1]
            for i, edtf in self.written.items()
            if self.placed[i].mark.expression.pattern in ("part-of-year", "quarter")
            and ((ahead := self._plans_for(i)) or (edtf[-2:] != "12" and self._is_past(i) and not self._before(i).endswith("vào ")))
        ]
        reviewed, planned, counted, reached = set[int](), set[int](), set[int](), set[int]()
        summers: list[dt.date] = []
        for i, edtf in self.written.items():
            mark, sentence, role = self.placed[i]
            if years := self._counted(i):
                counted.add(int(edtf[:4]) + years)
                continue
            if mark.expression.pattern != "year":
                continue
            before = re.split("[.;]", self._before(i))[-1]
            cues = self._cues(before)
            goes_on = mark.start == sentence[0] and _GOES_ON.search(self.folded, mark.end, min(sentence[1], mark.end + 80))
            goes_on = goes_on or _IS.match(self.folded, mark.end)
            if _SUMMER.search(before) and self._is_past(i):
                summers.append(dt.date(int(edtf), *JUNE))
            elif cues and cues[-1]["reviewed"]:
                reviewed.add(int(edtf) + (not self._quote(i).startswith("đầu")))
            elif cues or goes_on:
                planned.add(int(edtf))
            elif role is DateRole.PERIOD and (not _TARGET.search(before) or _REACHED.match(self.folded, mark.end)):
                reached.add(int(edtf))
        this = [dt.date(int(found[1]), *JULY) for found in _THIS_YEAR.finditer(self.folded)]
        known = [day for day in (*latest, *parts, *summers, *this, *self._beginnings()) if day]
        jubilee = {days(edtf)[0] for i, edtf in self.written.items() if self.placed[i].role is DateRole.ANNIVERSARY}
        cited = {days(edtf)[0] for i, edtf in self.written.items() if self.placed[i].role is DateRole.DOCUMENT}
        if reviewed & planned and {*latest} <= jubilee | cited:
            known = []  # one year is summed up and the next one planned, with what will be kept in it
        before = {
            days(edtf)[0] for i, edtf in self.written.items() if len(edtf) == 10 and _EARLIER.search(self._before(i))
        }  # the news came after it
        self.by_day = max(known, default=None) in {*latest} - jubilee - before
        self.ahead = bool(known) and max(known) in jubilee and max(known).year >= FIRST_PAGES  # people also look forward to an anniversary
        planned = planned if max(planned, default=0) >= max(reached, default=0) else set()  # else of a year that is over
        launched = planned and not reviewed
        turn = [dt.date(year, *(JANUARY if launched else MARCH)) for year in reviewed or planned or counted] or self._summed_up()
        pivot = max(known or turn, default=None)
        if pivot and self.ahead and FEBRUARY[0] < pivot.month < NOVEMBER:
            pivot = dt.date(pivot.year, *JUNE)
        # what goes on "từ năm 2015 đến nay" is told in a later year
        since = [int(value[:4]) + (len(value) == len("2015/..") and "đầu" not in quote) for quote, value in self.since]
        schools = [int(edtf[:4]) for edtf in self.school_years]
        spans = [int(edtf[:4]) for i, edtf in self.written.items() if "/" in edtf and len(edtf) > 9 and self._is_past(i)]
        spans += [int(edtf[:4]) for i, edtf in self.written.items() if self._opens(i)]
        told = reached if known else (year - 1 for year in reached)
        # an article that has gone on to later years is not told by an earlier day
        if pivot is None or pivot.year < max([FIRST_PAGES, *since, *told, *schools, *spans]):
            return None
        return None if self.by_day and not self._is_near(pivot) else pivot

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
        before = self._before(index)
        return self._quote(index).startswith(_TERM) and bool(_CONGRESS.search(before)) and not _TOWARDS.search(before)

    def _is_near(self, day: dt.date) -> bool:
        """Whether one of the days that the text tells without a year lies within a season of the day, or it tells none."""
        points = [point for each in self.placed if each.mark.expression.needs == "year" for point in each.mark.expression.points]
        return min(apart(day, [(point.month, point.day or 15) for point in points]), default=0) <= SEASON

    def _summed_up(self) -> list[dt.date]:
        """The end of the last year of each span that is summed up: "sơ kết 3 năm (2016-2018)"."""
        return [
            dt.date(int(edtf[5:]), *SCHOOL_YEAR)
            for i, edtf in self.written.items()
            if len(edtf) == 9
            and edtf not in self.school_years
            and _SUMMED_UP.search(self._before(i))
            and not _NAMED_SPAN.match(self._quote(i))
        ]

    def _counted(self, index: int) -> int:
        """How many years of a document's mark are summed up, or 0: "tổng kết 10 năm thực hiện Chỉ thị số 03 ngày 14/5/2011"."""
        found = self.placed[index].role is DateRole.DOCUMENT and _COUNTED_YEARS.search(re.split("[.;]", self._before(index))[-1])
        return int(found[1]) if found else 0

    def _quote(self, index: int) -> str:
        """The words of a mark."""
        mark, _, _ = self.placed[index]
        return self.folded[mark.start : mark.end]

    def _beginnings(self) -> list[dt.date]:
        """Months and days since which something goes on, when the text writes no later year: "làm việc từ tháng 11/2017"."""
        latest = max((last.year for edtf in self.written.values() if (last := days(edtf)[1])), default=0)
        begun = [(edtf, before) for i, edtf in self.written.items() if edtf[:4] == f"{latest}" and _SINCE.search(before := self._before(i))]
        told = (edtf for edtf, before in begun if len(edtf) in (7, 10) and not _LAW_HOLDS.search(before) and not SOON.search(before))
        return [day for edtf in told if (day := days(edtf)[0])]

    def _by_weaker_signs(self) -> dt.date | None:
        """The time of writing by weaker signs: the latest month or year that the text ties to a thing of its own, an anniversary
        that is being kept, a school year; a year that only places something in the past ("vào năm 2006") tells nothing."""
        signs = [sign for i, edtf in self.written.items() if (sign := self._sign(i, edtf)) and FIRST_PAGES <= sign.year <= LAST_PAGES]
        signs += self._years_so_far()
        signs += [dt.date(can_chi()[re.sub(" +", " ", found[1])], *TET) for found in _TET.finditer(self.folded)]
        sign = max(signs, default=None)
        ahead = {edtf[:4] for i, edtf in self.written.items() if _TARGET.search(self._before(i))}
        if sign and any(edtf[:4] not in ahead and self._is_later(i, edtf, sign.year + 1) for i, edtf in self.written.items()):
            return None  # what it tells of went on after that year
        return sign or self._by_plans()

    def _years_so_far(self) -> Iterator[dt.date]:
        """The middle of a year from whose beginning the text tells "đến nay"."""
        yield from (dt.date(int(value[:4]), *JULY) for quote, value in self.since if "đầu năm" in quote)

    def _is_later(self, index: int, edtf: str, year: int) -> bool:
        """The mark tells of what happened after the year."""
        if not (edtf[:4].isdigit() and int(edtf[:4]) > year and self._is_past(index)):
            return False
        mark, sentence, _ = self.placed[index]
        return not _GOES_ON.search(self.folded, mark.end, min(sentence[1], mark.end + 80))

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
        if self._counted(index) or _BORN.search(before) or _LAW_HOLDS.search(before) or (len(edtf) == 4 and _LAW_OF.search(before)):
            return None
        if (ago := _YEARS_AGO.search(before)) and FIRST_PAGES <= first.year + int(ago[1]) <= LAST_PAGES:
            return dt.date(first.year + int(ago[1]), *((first.month, min(first.day, 28)) if len(edtf.split("/")[0]) > 4 else JULY))
        kept = [first.year + count for count in self.kept if FIRST_PAGES <= first.year + count <= LAST_PAGES]
        around = self.folded[max(sentence[0], mark.start - 80) : min(sentence[1], mark.end + 80)]
        if len(edtf) == 4 and (counted := _ANNIVERSARY_OF.search(before)) and years_kept(before):
            return dt.date(first.year + int(counted[1]), *MAY) if FIRST_PAGES <= first.year + int(counted[1]) <= LAST_PAGES else None
        begun = role is DateRole.ANNIVERSARY or _FOUNDED.search(re.split("[.;]", before)[-1]) or first.month in self.months
        if len(edtf) == 10 and kept and first.year < FIRST_PAGES and begun:
            return dt.date(max(kept), first.month, min(first.day, 28))
        if len(edtf) == 10 and role is DateRole.DEADLINE and not _OF_ANOTHER.search(before):
            return first - dt.timedelta(days=SEASON)
        if len(edtf) == 10 and role not in (DateRole.ANNIVERSARY, DateRole.DEADLINE):
            return first
        if len(edtf) == 4 and mark.expression.hint == BEHIND and quote.startswith("năm") and "vừa" in quote:
            return dt.date(first.year + 1, *MARCH)  # "lần xét năm 2013 vừa rồi"
        if quote.isdigit() and before.endswith("(") and self.folded.startswith(")", mark.end):
            return None  # "Huân chương hạng Ba (1998)": a life, told in brackets
        if len(edtf) == 4 and kept and _FOUNDED.search(around):
            return dt.date(max(kept), *MAY)
        if role in (DateRole.DEADLINE, DateRole.OTHER):
            return None
        if len(edtf) == 4 and (ago := _AGO.search(around)) and first.year + int(ago[1] or ago[2]) <= LAST_PAGES:
            return dt.date(first.year + int(ago[1] or ago[2]), 7, 1)
        if len(edtf) == 4 and _NEW_YEAR.search(before):
            return dt.date(first.year, *TET)
        if "/" in edtf and "niên khóa" in quote and _LEAVING.search(before):
            return dt.date(last.year, *MAY)
        if "/" in edtf and quote.startswith(_TERM) and _CONGRESS.search(before):
            summed_up = _SUMMED_UP.search(before)  # a congress sums up one term and opens another, in the latter's first year
            return dt.date(last.year, *MARCH) if summed_up else dt.date(first.year, *JULY)
        if role is DateRole.ANNIVERSARY:
            counted = _ANNIVERSARY_OF.search(before)
            day = (first.month, min(first.day, 28)) if first == last else MARCH
            return dt.date(first.year + int(counted[1]), *day) if counted and first.year + int(counted[1]) <= LAST_PAGES else None
        if len(edtf) == 9 and last.year - first.year == 1 and not _NO_SCHOOL_YEAR.search(quote):
            if f"{first.year - 1}/{first.year}" in self.school_years:
                return dt.date(first.year, *SEPTEMBER)  # one school year is summed up and the next one begins
            if _ADMITS.search(before):
                return dt.date(first.year, *MAY)
            if first.year in self.new_school_years:
                return dt.date(first.year, *SCHOOL_YEAR)
            if "học" not in quote and _OF_A_CONTEST.search(before):
                return dt.date(last.year, *SEPTEMBER)
            is_over = any(each.search(before) for each in (_HONOURED, _PERIOD_OF, _SUMMED_UP)) or _RESULT.match(self.folded, mark.end)
            return dt.date(last.year, *(JULY if is_over else FEBRUARY))
        if "/" in edtf and len(edtf) == 9 and sentence in self.told and _PERIOD_OF.search(before):
            return dt.date(last.year, *SEPTEMBER)  # what a period has done is honoured at its end
        after = self.folded[mark.end : min(sentence[1], mark.end + 12)]
        if (_TARGET.search(before) or SOON.search(before[-40:]) or SOON.search(after)) and not _ITS_OWN.search(before):
            return None
        if len(edtf) > 4 and first.year == last.year:
            return None  # the latest of them have told nothing: `pivot` reads them
        if len(edtf) == 4 and (honoured := _HONOURED.search(before)) and not _LOOSE.search(before):
            return dt.date(first.year, *(JULY if "giải thưởng" in honoured[0] else AUGUST))
        if _PAST.search(before[-60:]):
            return None
        middle = AUGUST if _GIVEN.search(before) else MAY
        if len(edtf) == 4 and not _LOOSE.search(before) and sentence in self.told:
            return dt.date(first.year, *middle)
        if (part := _PART.match(quote)) and part[1] != "giữa":
            return dt.date(first.year, PARTS[part[1]], 1)
        below = mark.start > max(LEAD, len(self.folded) // 4)
        aside = below and sum(edtf == other for other in self.written.values()) == 1  # the year of something else, mostly
        loose = (
            "/" in edtf
            or aside
            or role is DateRole.DOCUMENT
            or _LOOSE.search(before)
            or _OF_ANOTHER.search(before)
            or not (quote.isdigit() or _TIED.search(before[-40:]) or _EDITION.search(before))
        )
        return None if loose else dt.date(first.year, *middle)

    def _is_past(self, index: int) -> bool:
        """The mark tells of what has happened, or of the anniversary that is being kept."""
        mark, sentence, role = self.placed[index]
        before = self.folded[max(sentence[0], mark.start - 40) : mark.start]
        if mark.expression.pattern == "month" and _UP_TO.match(before) and _REACHED.match(self.folded, mark.end, sentence[1]):
            return True
        return (
            role not in (DateRole.DEADLINE, DateRole.OTHER)
            and mark.expression.hint != AHEAD
            and not SOON.search(before)
            and not _UNTIL.search(before)
            and not SOON.match(self.folded, mark.end + 1, sentence[1])
        )

    def edition(self, index: int) -> int | None:
        """The one year that the sentence of a day ties to what happens on it: "Tối 19/10, … lễ tuyên dương học sinh giỏi năm 2018"."""
        sentence = self.placed[index].sentence
        found = set()
        for i, edtf in self.written.items():
            if self.placed[i].sentence != sentence or self.placed[i].mark.expression.pattern != "year":
                continue
            before = self._before(i)
            cue = list(_CUE.finditer(before))
            tied = _TIED.search(before[-40:]) or _HONOURED.search(before) or _EDITION.search(before)
            another = self.placed[i].role is not DateRole.PERIOD or _LOOSE.search(before) or _TARGET.search(before)
            if i < index or cue or not tied or another:
                return None
            found.add(int(edtf))
        return found.pop() if len(found) == 1 else None
