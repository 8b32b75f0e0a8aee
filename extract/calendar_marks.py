"""Where a sentence speaks of time, and which pattern it uses: the longest expressions, less what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.calendar_grammar import PATTERNS, parse
from extract.calendar_points import FIRST_YEAR, LED, LEXICON, NOUN, PART, WEEKDAY, any_of, pieces, spaced
from extract.calendar_values import Expression
from extract.openings import Beginnings, Ranks


class Mark(NamedTuple):
    """One expression of time in a text: start and end in code points, what it says, and whether the next mark lends it its month or year."""

    start: int
    end: int
    expression: Expression
    borrows: bool = False


def _ends_with(names: str) -> re.Pattern[str]:
    return re.compile(spaced(rf"(?<!\w){any_of(LEXICON[names])}~$"))


def _begins_with(names: str) -> re.Pattern[str]:
    return re.compile(spaced(rf"~{any_of(LEXICON[names])}(?!\w)"))


_AROUND = 65  # the same on either side
_TITLED = re.compile(r"[\"'][^\"'.;:\n]{1,40}$")  # a title's first words
_WINDOW = 40  # code points before an expression that its traps look at
_TRIGGER = re.compile(r"\d|nay|qua|mai|kia|tháng|quý|tuần|năm|hôm|ngày|tết|trung thu|giao thừa|rằm|cùng|thứ|chủ nhật")
_BEFORE_DAY, _EDGE_LED, _FEAST_BEFORE, _NAME_BEFORE, _PLURAL, _MONTH_NAME, _OF_TODAY, _CEREMONY = map(
    _ends_with, ("before_day", "before_edge", "feast", "name_before", "plural", "month_name_before", "of_today", "ceremony")
)
_COUNTED, _RECURRING = map(_begins_with, ("counted", "recurring"))
_FEAST = re.compile(
    rf"(?<!\w)(?:{any_of(LEXICON['feast'])}(?!\w)|(?<!\d )(?<!hai )(?<!ba )(?<!bốn )(?<!mấy )(?<!trong )ngày (?!khai mạc|bế mạc|diễn ra|ra quân)[^\W\d_])[^.;:]*\($"
)
_SOMEBODY = re.compile(r"(?<!\w)(?:cá|công|bệnh|quân|nạn|thân|doanh|nghệ|phạm|pháp|danh|chứng) nhân $")  # no "nhân ngày"
_HAS_NOUN = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d {0,3}$")
_QUANTITY = re.compile(r"(?<!\w)(?:hơn|gần|khoảng|trên|được|tặng|trao|tổng cộng|ít nhất|có|(?<!khen )thưởng) {1,3}$")
_ANNIVERSARY, _REVIEW = (re.compile(rf"(?<!\w){any_of(LEXICON[name])}(?!\w)") for name in ("anniversary", "review"))
_DAY_NOUN = re.compile(spaced(rf"(?<!\w)(?:{PART} )?{NOUN}~\d{{1,2}}(?=(?:~,~|~;~| và | & )(?:{PART} )?{NOUN}~\d)"))
_ONE_ON_ANOTHER = re.compile(r"(năm học|năm|quý|tháng|tuần) (?:sau|trước|này)[^,;.]{0,45}\1 (?:sau|trước|khác)")
_EACH_YEAR = re.compile(r"(?<!\w)(?:mỗi|h[ằà]ng|từng|các) năm(?!\w)")
_OF_STUDY = re.compile(r" {1,3}(?:thứ (?:\d|nhất|hai|ba|tư|năm|sáu)|nhất|hai|ba|tư)(?!\w)(?! (?:năm|người|tháng|đơn vị|lần))")
_NTH = re.compile(
    r" +lần +thứ| +tổ chức(?= (?:tại|ở|vào|từ|trong|ngày|tháng|sáng|trưa|chiều|tối|hôm|đầu|giữa|cuối|mới|vừa)(?!\w))"
)  # "Olympic Vật lý 2019 tổ chức tại Israel"
_PHONE = re.compile(r"[ .-]\d{3,4}(?!\d)")
_PAUSE = re.compile(r" ?[,.;)]")
_OPEN_NUMBER = re.compile(r"(?<![\d/.-])\d{1,2}$")
_AGED = re.compile(r"tuổi(?!\w)[^.;]*$")  # "tập võ từ năm 7 tuổi và gắn bó từ đó đến nay"
_OLD_YEAR_BEFORE = re.compile(r"(?:\d|(?<!\w)(?:mỗi|một|hằng|hàng|mấy|nhiều|các|từng|cả|trong)) $")
_OLD_YEAR_AFTER = re.compile(r" ?[,.;:()”\"-]| (?:và|đến|tới|thì|khi|của|là|vua|tại|ở|để|đã|do|với|trên|trong)(?!\w)|$")
_EACH = re.compile(r"(?<!\w)(?:mỗi|từng) $")
_WEEK_LED = re.compile(r"(?:đầu|cuối) tuần $")
_HABIT = re.compile(r"(?<!\w)(?:mỗi|các|cứ|h[ằà]ng tuần|h[ằà]ng năm|những)(?!\w)[^.;]{0,12}$|(?<!\w)có $")
_YEARLY = re.compile(r"(?<!\w)(?:h[ằà]ng|mỗi) năm,? (?:cứ |vào |đến |từ |trong |khoảng |thời gian ){0,4}$")
_BARE_WEEKDAY = re.compile(rf"{WEEKDAY}$")
_HELD = re.compile(
    r"(?<!\w)(?:diễn ra|xảy ra|khai mạc|bế mạc|kết thúc|tổ chức|trao|phát sóng|lên đường|qua đời|từ trần|công bố|có mặt)(?: vào| từ| lúc)? $"
)
_NEWS = re.compile(r" ?[,(]")
_DUE = re.compile(r"(?<!\w)(?:hạn|hạn nộp|thời hạn|hạn chót)(?!\w)[^.;,\d]{0,30} (?:là|vào) $")
_FROM_NOW = re.compile(r"(?<!\w)(?:từ nay|kéo dài|từ bây giờ) (?:cho )?(?:đến|tới)(?: hết)? $")  # "từ nay đến 30-11"
_DAYS_LONG = re.compile(r"(?<!\w)(?:\d|hai|ba|bốn|năm) ngày[^.;(\d]{0,20}\($")  # "sau 2 ngày làm việc (27-28.9)"
_NAMED_DAY = re.compile(r"(?<!\w)ngày [^\W\d][^.;,\d]{0,40}, $")  # "Ngày khai giảng năm học mới, 5/9"
_ADDED = re.compile(r"[^\W\d], $")  # "… trong ngày tỉnh tuyên dương thanh niên, 18/6."
_PART_LED = re.compile(rf"{PART} ")
_WEEKDAY_LED = re.compile(r"(?:^|[,;:(]|(?<!\w)(?:vào|sáng|trưa|chiều|tối|đêm|từ|đến|trước|sau|ngày|và)) {0,3}$")
_LOWER_MONTH = re.compile(r"tháng +(?:một|hai|ba|năm|giêng|chạp)(?! mươi| *\d)$")
_RANKS = Ranks([pattern.openings for pattern in PATTERNS[:-1]])  # the patterns that can begin at a place
_NEEDS = {rank: pattern.needs for rank, pattern in enumerate(PATTERNS[:-1]) if pattern.needs}
_BEGINNINGS = Beginnings([opening for pattern in PATTERNS[:-1] for opening in pattern.openings])


def mark(text: str, folded: str, start: int, end: int) -> list[Mark]:
    """Marks of the sentence text[start:end], in order, none over another."""
    if not _TRIGGER.search(folded, start, end):
        return []
    found = [(match.start(), -match.end(), rank, match) for rank, match in _matches(folded, start, end)]
    found.extend((match.start(), -match.end(), len(PATTERNS), match) for match in _DAY_NOUN.finditer(folded, start, end))
    marks: list[Mark] = []
    at = start
    for begin, minus_end, _, match in sorted(found, key=lambda each: each[:3]):
        if begin < at or (_OPEN_NUMBER.search(match[0]) and _COUNTED.match(folded, -minus_end, end)):
            continue
        expression = parse(text[begin:-minus_end])
        split = list(_split(folded, start, match, expression))
        if expression is None and not split:
            if not _compound(match[0]):
                at = -minus_end  # an impossible day is no month either
            continue
        at = -minus_end
        if marks and split and marks[-1].expression.pattern == "weekday" and folded[marks[-1].end : begin] == " (":
            marks.pop()  # "Thứ bảy vừa qua (15/10)": the day in brackets says it again
        if split and (_says_again(marks, split) or not _trap(text, folded, start, end, split[-1]._replace(start=split[0].start))):
            marks.extend(split)
    return marks


def _says_again(marks: list[Mark], split: list[Mark]) -> bool:
    """The feast of the very day of which the sentence tells: "Tối 26-3-2019, … kỷ niệm Ngày thành lập Đoàn 26-3"."""
    points = split[0].expression.points
    days = {(point.month, point.day) for each in marks for point in each.expression.points if point.year}
    return len(split) == len(points) == 1 and bool(points[0].day and points[0].month) and points[0][1:3] in days


def _matches(folded: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
    """(rank of a pattern, match) of all patterns but that of a bare number; the matches of one pattern do not overlap."""
    sentence = folded[start:end]
    after: dict[int, int] = {}  # where each pattern may match next
    for at in _BEGINNINGS(folded, start, end):
        for rank in _RANKS(folded, at):
            if rank not in after:
                words = _NEEDS.get(rank)
                after[rank] = end if words and not any(word in sentence for word in words) else start
            if at >= after[rank] and (match := PATTERNS[rank].regex.match(folded, at, end)):
                after[rank] = match.end()
                yield rank, match


def _compound(folded: str) -> bool:
    """The quote joins several points, so that a part of it may still be one."""
    return bool(re.search(r"đến|tới| - |, |và|\d-\d{4}", folded))


def _split(folded: str, start: int, match: re.Match[str], expression: Expression | None) -> Iterator[Mark]:
    """The match as one mark, or as one mark a point: a list with gaps, the two days of an anniversary."""
    if expression and not (expression.pattern == "span" and _bounds_nothing(folded[start : match.start()], expression)):
        yield Mark(match.start(), match.end(), expression, borrows=expression.needs == "month")
        return
    parts = pieces(match[0]) if expression is None else _ends(match[0])
    for begin, finish in [part[:2] for part in parts]:
        each = parse(match[0][begin:finish])
        if each:
            last = finish == len(match[0])
            yield Mark(match.start() + begin, match.start() + finish, each, borrows=each.needs is not None and not last)


def _ends(folded: str) -> list[tuple[int, int]]:
    """The two ends of a span joined by a dash."""
    dash = re.search(r"(?<=\d{4}) {0,3}- {0,3}(?=[\d\w])", folded)
    return [(0, dash.start()), (dash.end(), len(folded))] if dash else []


def _bounds_nothing(before: str, span: Expression) -> bool:
    """Two days of an anniversary ("11/6/1948-11/6/2018"), two years of one ("kỷ niệm 90 năm … (1930 - 2020)")."""
    first, last = span.points[0], span.points[-1]
    if first.year is None or last.year is None or first.year == last.year:
        return False
    if first.day:
        return (first.day, first.month) == (last.day, last.month)
    if last.year - first.year == 1:
        return False
    anniversary = max((found.end() for found in _ANNIVERSARY.finditer(before)), default=0)
    review = max((found.end() for found in _REVIEW.finditer(before)), default=0)
    counted = re.search(rf"(?<!\d){last.year - first.year} năm", before)
    return first.month == last.month and bool(counted) and anniversary > review


def _trap(text: str, folded: str, start: int, end: int, each: Mark) -> bool:
    """What only looks like a date: ratios, names, numbers, feasts, what comes back every year, durations."""
    quote, before = folded[each.start : each.end], folded[max(start, each.start - _WINDOW) : each.start]
    pattern, points = each.expression.pattern, each.expression.points
    if _RECURRING.match(folded, each.end, end):
        return True
    dated = any(point.year for point in points)
    if pattern in (
        "relative-month",
        "relative-week",
        "relative-past-year",
        "relative-past-school-year",
        "relative-school-year",
        "relative-quarter",
        "shifted-year",
        "months-past",
    ):
        if quote.startswith("cùng "):
            return False
        if quote in ("năm trước", "năm sau") and (
            _EACH_YEAR.search(folded, max(start, each.start - 80), each.start)
            or folded.find("năm sau" if quote == "năm trước" else "năm trước", start, end) >= 0
        ):
            return True  # "mỗi năm quỹ đều cao hơn năm trước", "nếu năm sau thuế nộp tăng so với năm trước"
        around = folded[max(start, each.start - _AROUND) : min(end, each.end + _AROUND)]
        noble = pattern == "relative-quarter" and before.endswith("cao ")  # "danh hiệu cao | quý này"
        return noble or bool(_PLURAL.search(before) or _DIGITS.search(before) or _ONE_ON_ANOTHER.search(around))
    if pattern == "counted-days" and quote.endswith("trước"):
        return not _PAUSE.match(folded, each.end, end) and each.end != end and each.start != start
    if pattern == "counted-days" and quote.endswith("sau"):
        return not (each.start == start or before.endswith((", ", "; ", "chỉ ", "đúng ")))
    if pattern == "since-then":
        return bool(_AGED.search(before))
    if pattern == "counted-months":
        return not (each.start == start or before.endswith((", ", "; ", "đúng ", "và ")))
    if pattern == "counted-years" and before.endswith(("mười ", "mươi ")):
        return True  # "mười | ba năm sau"
    if pattern == "relative-day" and quote.endswith(("hôm nay", "ngày mai")):
        return bool(_PLURAL.search(before) or _OF_TODAY.search(before))
    if pattern == "same-day" and quote.endswith("trong ngày"):
        return not _PAUSE.match(folded, each.end, end) and each.end != end  # "ngay trong ngày khai mạc"
    if pattern == "edge-of-year" and _OF_STUDY.match(folded, each.end, end):
        return True  # "cuối năm thứ 4 đại học"
    if pattern == "edge-of-year" and not quote.startswith(("những", "các")):
        return each.start != start and not _EDGE_LED.search(before)
    if pattern == "quarter" and _EACH.search(before):
        return True  # "mỗi quý một lần"
    if pattern in ("weekday", "lunar-day") and not dated and _HABIT.search(before):
        return True  # "hằng tuần, chiều thứ Sáu", "có đêm 30 Tết"
    if points and points[-1].month and not dated and _YEARLY.search(before):
        return True  # "hằng năm, từ tháng 8 đến tháng 11"
    if pattern == "weekday" and _BARE_WEEKDAY.search(quote):  # of which week? the last one, where it tells the news
        opens = each.start == start and _NEWS.match(folded, each.end, end)
        return not (opens or _HELD.search(before)) or folded.startswith((" đầu tiên", " cuối cùng"), each.end)
    if pattern == "weekday" and quote.endswith(("này", " qua")) and not _PART_LED.match(quote):
        return not _WEEKDAY_LED.search(before)
    if points and points[-1].day and not dated and pattern not in ("until-now", "bare-number"):
        return _trap_day(folded, start, end, each, before)
    if pattern == "month-year" or (pattern == "list" and points[-1].month and not _HAS_NOUN.search(quote)):
        return bool(_NAME_BEFORE.search(before))
    if pattern == "year" and (points[0].year or 0) < FIRST_YEAR:  # "mỗi năm 1500 lượt", "trong năm 1200 người"
        return bool(_OLD_YEAR_BEFORE.search(before)) or not _OLD_YEAR_AFTER.match(folded, each.end, end)
    if points and not _HAS_NOUN.search(quote) and not points[-1].month:  # bare years
        return bool(
            _PHONE.match(folded, each.end, end)
            or (_COUNTED.match(folded, each.end, end) and not _NTH.match(folded, each.end, end))
            or _NAME_BEFORE.search(before)
            or (_QUANTITY.search(before) and pattern == "year")
        )
    if pattern == "month":
        if not dated and (_MONTH_NAME.search(before) or (quote.startswith("tháng") and _DIGITS.search(before))):
            return True
        if not dated and folded.startswith(" lịch sử", each.end):
            return True  # "những ngày tháng Ba lịch sử"
        if not dated and _TITLED.search(before) and folded.startswith(('"', "'"), each.end):
            return True  # the film "Bao giờ cho đến tháng Mười"
        word = text[each.start : each.end].split()[-1]
        if before.endswith(("hồi ", "vào ")) and quote != "tháng năm":
            return word.lower() in ("giêng", "chạp")  # "nhập ngũ hồi tháng ba"
        return bool(_LOWER_MONTH.search(quote)) and (not word[0].isupper() or word.lower() in ("giêng", "chạp"))
    return False


def _trap_day(folded: str, start: int, end: int, each: Mark, before: str) -> bool:
    """A day and month without a year: a ratio, a feast, or a number after a name, unless something leads it in."""
    quote = folded[each.start : each.end]
    if (LED.match(quote) or {"lead": ""})["lead"]:
        feast = _FEAST_BEFORE.search(before) and not _SOMEBODY.search(before)
        return bool(feast) and not (_PART_LED.match(quote) or _CEREMONY.search(before))
    week = re.search(r"\d ?- ?\d", quote) is not None and _WEEK_LED.search(before) is not None  # "chào cờ đầu tuần 4-11"
    if week:
        return False
    span = (
        re.search(r"(?:^từ| và| đến) .*\d ?- ?\d|^từ (?:\w+ )?ngày .* đến .*\d\.\d", quote) is not None
    )  # "từ 22 đến 24-11", "18 và 19-4"
    begun = before.endswith(("bắt đầu từ ", "kể từ ", "hiệu lực từ ", "áp dụng từ "))
    since = begun or (before.endswith("từ ") and _PAUSE.match(folded, each.end, end))  # "từ 1-7, tỉnh về chung một nhà"
    span = span or bool(since) or bool(_DAYS_LONG.search(before)) or bool(_FROM_NOW.search(before))
    if _COUNTED.match(folded, each.end, end) or not (span or re.search("/|tháng", quote)):
        return True
    if quote.startswith("từ ") or _DUE.search(before) or _NAMED_DAY.search(before):
        return False
    if before.endswith("("):
        return bool(_FEAST.search(folded, start, each.start))
    opens = each.start == start and bool(re.match(r" ?[,:]| - ", folded[each.end : end] or ","))
    opens = opens or (bool(_ADDED.search(before)) and not folded[each.end : end].strip(" .)"))
    timed = re.search(r"\d ?(?:h|g|giờ|phút|')(?:\d\d)?,? ?$", before)
    return not (opens or timed or (_BEFORE_DAY.search(before) and not re.search(r"\d ?và $", before)))
