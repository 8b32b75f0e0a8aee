"""Which forms an expression of time has: `parse` names the pattern of a quote, `read` turns quote and anchor into EDTF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.calendar_points import (
    ANY_DAY,
    BARE_DAY,
    EDGE,
    LEAD,
    LEXICON,
    NOUN,
    OF_YEAR,
    PART,
    POINT,
    QUARTER,
    SHIFT,
    WEEKDAY,
    WORD,
    any_of,
    nameless,
    spaced,
)
from extract.calendar_values import (
    RELATIVE,
    SAME,
    Expression,
    of_bare,
    of_counted_days,
    of_counted_months,
    of_counted_years,
    of_day_of_month,
    of_days_of_month,
    of_decade,
    of_list,
    of_list_of_school_years,
    of_lunar,
    of_months_past,
    of_point,
    of_relative,
    of_same,
    of_same_period,
    of_school_year_until_now,
    of_school_years,
    of_since_then,
    of_span,
    of_until_now,
    of_weekday,
)
from extract.fold import fold
from extract.lunar import can_chi
from extract.mending import mend
from extract.openings import Ranks, openings
from extract.patterns import Late


class Pattern(NamedTuple):
    """A form of expression: the regular expression that finds it in folded text, and what its match says."""

    name: str
    regex: Late
    says: Callable[[re.Match[str]], Expression | None]
    openings: Sequence[str]  # what it can begin with (extract.openings)
    needs: tuple[str, ...]  # words of which its sentence holds one at least; () if none is needed


@lru_cache(maxsize=4_096)
def parse(quote: str) -> Expression | None:
    """The quote as the first pattern that matches the whole of it."""
    folded = fold(quote)
    for rank in RANKS(folded, 0):
        match = PATTERNS[rank].regex.fullmatch(folded)
        if match and (expression := PATTERNS[rank].says(match)):
            return expression
    return None


def read(quote: str, anchor: str | None) -> str:
    """EDTF of the quote, as it stands in the stored text, with what it leaves out taken from `anchor`. ValueError if that gives no date."""
    expression = parse(quote)
    if expression is None and (readable := mend(quote)):
        expression = parse(readable.text)
    value = expression.value(anchor) if expression else None
    if value is None:
        raise ValueError(f"{quote!r} with the anchor {anchor!r} is no date")
    return value


# ---------------------------------------------------------------- where they stand
def _pattern(name: str, source: str, says: Callable[[re.Match[str]], Expression | None], *, needs: Iterable[str] = ()) -> Pattern:
    """The pattern between two borders, which no number, code or word runs over."""
    source = spaced(f"(?:{source})")
    # "30-4-1975/30-4-2015" is two days; "LSO-Sáng 24/8" opens the news of a paper
    left = r"(?<!\w)(?:(?<!\d[.,:/-])(?<!\w[/-])|(?<=[.-]\d{4}/)|(?<=[^\W\d_]-)(?=(?:sáng|trưa|chiều|tối|đêm|ngày|hôm)(?!\w)))"
    right = r"(?!\w)(?![.:-]\d)(?!/(?!\d{1,2}[.-]\d{1,2}[.-]\d{4})\w)(?!-\w{1,6}/)(?! ?%)"
    return Pattern(name, Late(left + source + right), says, openings([source]), tuple(fold(word).split()[-1] for word in needs))


_TO, _SINCE, _NOW, _SPAN_NOUN = (any_of(LEXICON[name]) for name in ("to", "since", "now", "span_noun"))
_HINTS = any_of(word for name in ("ahead", "behind", "here") for word in LEXICON[name])
_TO = rf"(?:~{_TO}~)"
_AND = nameless(rf"(?:~[,;&]~(?:{any_of(LEXICON['and'])} )?| {any_of(LEXICON['and'])} )")
_DAWN = any_of(LEXICON["dawn"])
_HOUR = r"(?:\d{1,2}~(?:h|g|giờ)~(?:\d\d)?~(?:phút)?~,?~)?"  # "từ 7h ngày 5/9 đến 17h00 ngày 6/9"
_BEFORE = rf"(?:{_SINCE} )?(?:(?:{EDGE} )?{_SPAN_NOUN} \(?)?(?:{_SINCE} )?"
_ITEM = r"(?:m[ùồ]ng )?\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{4})?)?"
_LUNAR_YEAR = rf"(?: (?:năm )?(?P<name>{any_of(can_chi())}))?(?:(?: |~[,(-]~)(?:năm )?(?P<year>\d{{4}})(?!\d))?"
_LUNAR_DAYS = rf"(?P<day>\d{{1,2}}|{WORD})(?:(?:~[,;-]~| và )(?:{NOUN}~)?(?P<last>\d{{1,2}}|{WORD}))?"  # "mùng 10, 11"
_TET = r"tết(?: (?:nguyên đán|cổ truyền|âm lịch|xuân))?"
_LUNAR_MARK = rf"(?:,?~\(?{any_of(LEXICON['lunar_mark'])}\)?)"
_COUNT = rf"(?P<count>\d{{1,2}}|{WORD})"
_COUNTED_YEARS = rf"(?P<count>\d{{1,2}}|(?:{WORD} )?m[uư][oờơ]i(?: {WORD})?|{WORD})"  # "mười ba", "bốn mươi tám"
_feasts, _named = (any_of(says for entry in LEXICON[kind] for says in entry["says"]) for kind in ("lunar_with_year", "lunar"))

PATTERNS = (
    # "mùng 3 Tết Kỷ Hợi 2019", "ngày 23 tháng Chạp", "10/3 âm lịch", "rằm tháng Giêng năm Kỷ Hợi", "Đại lễ Phật đản năm 2022"
    _pattern("lunar", rf"(?:{PART} )?{NOUN}~{_LUNAR_DAYS} {_TET}{_LUNAR_YEAR}", of_lunar, needs=("tết",)),
    _pattern("lunar", rf"(?:{PART} )?(?P<day>2\d|30) {_TET}{_LUNAR_YEAR}", of_lunar, needs=("tết",)),
    _pattern(
        "lunar",
        rf"{LEAD}{_LUNAR_DAYS},? tháng (?P<month>giêng|chạp){_LUNAR_MARK}?{_LUNAR_YEAR}",
        of_lunar,
        needs=("giêng", "chạp"),
    ),
    _pattern(
        "lunar",
        rf"{LEAD}{_LUNAR_DAYS}(?:~[/.-]~|,? tháng )(?P<month>\d{{1,2}}|{WORD}){_LUNAR_MARK}{_LUNAR_YEAR}",
        of_lunar,
        needs=LEXICON["lunar_mark"],
    ),
    _pattern("lunar", rf"{LEAD}(?P<day>\d{{1,2}}),? tháng (?P<month>\d{{1,2}}|{WORD}),? (?:năm )?(?P<name>{any_of(can_chi())})", of_lunar),
    _pattern("lunar", rf"(?:{PART} )?(?:{NOUN} )?(?P<named>{_named})(?: {_TET})?{_LUNAR_YEAR}", of_lunar),
    _pattern("lunar", rf"(?:{NOUN} )?(?P<named>{_feasts}),? (?:năm )?(?P<year>\d{{4}})(?!\d)", of_lunar),
    # "ngày 28/5/2019", "tháng 5 năm ngoái", "quý I/2022", "6 tháng đầu năm", "năm 2018", "ngày 5/1 tới"
    _pattern("point", rf"(?P<point>{POINT})(?:~(?P<hint>{_HINTS})(?!\w))?", of_point),
    # "từ tháng 9/2018 đến nay", "từ đầu năm đến nay", "2016 - nay"
    _pattern("until-now", rf"(?:{_SINCE} (?P<point>{POINT}),?|(?P<bare>{nameless(POINT)})){_TO}{_NOW}", of_until_now, needs=LEXICON["now"]),
    _pattern(
        "until-now",
        rf"{_SINCE} năm học (?P<first>\d{{4}})~[-–/]~\d{{4}}{_TO}{_NOW}",
        of_school_year_until_now,
        needs=LEXICON["now"],
    ),
    _pattern("until-now", rf"{_SINCE} (?P<point>{POINT}) (?:trở|quay) lại đây", of_until_now, needs=("đây",)),
    # "từ ngày 3 đến ngày 5/10/2019", "3-5/10", "giai đoạn 2016 - 2020", "tháng 5/2019 - 30/6/2020", "tháng 1 - 6"
    _pattern("span", rf"{_BEFORE}(?P<left>{LEAD}\d{{1,2}}){_TO}(?P<right>{ANY_DAY})", of_span, needs=LEXICON["to"]),
    _pattern("span", rf"{_SINCE} {_HOUR}(?P<left>{ANY_DAY}),?{_TO}{_HOUR}(?P<right>{ANY_DAY})", of_span),
    _pattern("span", rf"(?:đêm|tối|khuya) (?:{NOUN}~)?(?P<left>{BARE_DAY}|\d{{1,2}}),?~{_DAWN} (?P<right>{ANY_DAY})", of_span),
    _pattern("span", rf"{_BEFORE}(?P<left>{POINT}){_TO}(?P<right>{POINT})", of_span, needs=LEXICON["to"]),
    _pattern("span", rf"{_SINCE} (?P<left>năm~\d{{4}}),~{_TO}(?P<right>(?:năm~)?\d{{4}})(?! (?:người|lượt|hộ|đồng))", of_span),
    _pattern("span", rf"{_SINCE} năm học (?P<first>\d{{4}})~-~\d{{4}}{_TO}(?:năm học )?\d{{4}}~-~(?P<last>\d{{4}})", of_school_years),
    _pattern("span", rf"{_BEFORE}(?P<left>tháng~\d{{1,2}}~[/.-]~\d{{4}}){_TO}(?P<right>\d{{1,2}}~[.-]~\d{{4}})(?!\d)", of_span),
    _pattern("span", rf"{_BEFORE}(?P<left>(?:tháng|quý)~(?:\d{{1,2}}|{QUARTER}))~-~(?P<right>\d{{1,2}}|{QUARTER})", of_span),
    # "3, 4, 5/10/2019", "ngày 3 và 4/10", "tháng 7, 8/2019", "quý I, II/2022", "năm 2017, 2018"
    _pattern("list", rf"{LEAD}(?:{_ITEM}{_AND}){{1,30}}(?:m[ùồ]ng )?{BARE_DAY}", of_list, needs=("/", ".", "-", "tháng")),
    _pattern("list", rf"(?:{EDGE} )?tháng~(?:\d{{1,2}}{_AND}){{1,11}}\d{{1,2}}(?!\d)(?:{nameless(OF_YEAR)})?", of_list),
    _pattern("list", rf"quý~(?:{QUARTER}{_AND}){{1,3}}{QUARTER}(?!\w)(?:{nameless(OF_YEAR)})?", of_list),
    _pattern("list", rf"(?:năm~)?(?:\d{{4}}{_AND}){{1,30}}\d{{4}}", of_list),
    # "các năm học 2016-2017, 2017-2018"
    _pattern(
        "list",
        rf"(?:các |hai |ba |2 |3 )?năm học (?:\d{{4}}~-~\d{{4}}{_AND}){{1,5}}\d{{4}}~-~\d{{4}}",
        of_list_of_school_years,
    ),
    # "10 ngày đầu tháng 7", "9 tháng qua", "cùng kỳ năm 2018", "những năm 1980", "thập niên 90 của thế kỷ XX"
    _pattern(
        "days-of-month", rf"{_COUNT} ngày (?P<side>đầu|cuối) (?P<month>tháng~\d{{1,2}}(?!\d)(?:{nameless(OF_YEAR)})?)", of_days_of_month
    ),
    _pattern("months-past", rf"{_COUNT} tháng (?:vừa )?qua", of_months_past, needs=("tháng",)),
    _pattern("same-period", rf"cùng {fold('kỳ')},? (?:của )?(?:(?:năm )?(?P<year>\d{{4}})(?!\d)|(?P<shift>{SHIFT}))", of_same_period),
    _pattern(
        "decade",
        rf"(?:những năm|các năm|{fold('thập niên')}|{fold('thập kỷ')}) (?:đầu |cuối )?(?:(?P<year>[1-9]\d{{2}}0)(?!(?:,| và) (?:19|20)\d[1-9](?!\d))|(?P<tens>[1-9]0)(?: (?:của )?{fold('thế kỷ')} (?:xx|20|trước))?)",
        of_decade,
    ),
    # "sáu ngày trước", "3 ngày sau đó", "ngày 3 tháng này", "thứ Sáu tuần trước", "chiều cùng ngày", "hôm qua"
    _pattern("counted-days", rf"(?P<from>trước|sau) đó {_COUNT} ngày", of_counted_days, needs=("ngày",)),
    _pattern("counted-days", rf"{_COUNT} ngày (?:trước|sau) (?P<from>đó)", of_counted_days, needs=("ngày",)),
    _pattern("counted-days", rf"{_COUNT} (?:ngày|hôm) (?P<from>sau)(?: đó)?(?! khi)", of_counted_days, needs=("ngày", "hôm")),
    _pattern("counted-days", rf"{_COUNT} ngày trước", of_counted_days, needs=("ngày",)),
    _pattern("counted-days", rf"cách đây {_COUNT} ngày", of_counted_days, needs=("ngày",)),
    # "hai năm sau", told from a year named before
    _pattern(
        "counted-years",
        rf"{_COUNTED_YEARS} năm sau(?: đó)?(?! (?:khi|ngày|chuyến|vụ|cuộc|trận|lần|sự|{any_of(LEXICON['anniversary'])}))",
        of_counted_years,
    ),
    _pattern(
        "counted-months",
        rf"{_COUNT} tháng sau(?: đó)?(?! (?:khi|ngày|chuyến|vụ|cuộc|trận|lần|sự|sinh))",
        of_counted_months,
        needs=("tháng",),
    ),
    _pattern("since-then", rf"(?:kể )?từ (?:(?:năm|ngày|khi|thời điểm|lúc) )?(?:đó|ấy){_TO}{_NOW}", of_since_then, needs=LEXICON["now"]),
    _pattern(
        "day-of-month",
        rf"{LEAD}(?P<day>\d{{1,2}}) (?P<when>tháng (?:này|trước|sau(?! khi)|tới|rồi)|cùng tháng)",
        of_day_of_month,
        needs=("tháng",),
    ),
    _pattern(
        "weekday",
        rf"(?:{PART} )?(?:ngày )?(?P<weekday>{WEEKDAY}) (?P<when>tuần (?:này|trước|vừa qua|qua|rồi|sau|tới)|{_HINTS})",
        of_weekday,
    ),
    # "tối thứ Bảy" alone is the last one
    _pattern("weekday", rf"{PART} (?P<weekday>{WEEKDAY})(?P<when>)(?!~,?~[(]?~(?:ngày )?\d)", of_weekday),
    _pattern("same-day", rf"{any_of(SAME)}(?!~\d)", of_same),
    _pattern("relative", any_of(RELATIVE), of_relative),
    # "5" in a list, "ngày 3" before "và ngày 10/10"
    _pattern("bare-number", rf"{LEAD}(?P<number>\d{{1,2}})", of_bare),
)
RANKS = Ranks([pattern.openings for pattern in PATTERNS])  # the patterns that can begin at a place
