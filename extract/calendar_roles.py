"""What a date is to its article, by the words around it: event, period, document, anniversary, deadline, other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from extract.calendar_marks import Mark
from extract.calendar_points import EDGE, LEXICON, any_of, spaced
from schemas.vocabulary import DateRole

_WORDS: Mapping[str, Any] = LEXICON["roles"]
_TIME_NOUN = r"(?:,?~(?:vào )?(?:cuối |đầu |giữa |hết )?(?:ngày|năm|tháng|quý|hôm|mùng)?~)"


def _just_before(name: str) -> re.Pattern[str]:
    return re.compile(spaced(rf"(?<!\w){any_of(_WORDS[name])}{_TIME_NOUN}$"))


def _within(name: str, table: Mapping[str, Any] = _WORDS) -> re.Pattern[str]:
    return re.compile(spaced(rf"(?<!\w){any_of(table[name])}(?!\w)"))


_DEADLINE, _START, _RECKONED, _BIRTH = map(_just_before, ("deadline", "start", "reckoned", "birth"))
_COMMAS = re.compile(r"thi đua, khen thưởng|phòng, chống|thực hành tiết kiệm, chống")  # in names of laws
_DOCUMENT, _LAW, _OFFICE, _ISSUES, _ACTS, _PLANNED = map(_within, ("document", "law", "office", "issues", "acts", "planned"))
_ANNIVERSARY = _within("anniversary", LEXICON)
_HAPPENS = re.compile(spaced(f"{EDGE} "))
_NO_LAW = re.compile(r"(?<!\w)(?:pháp|kỉ) {1,3}luật$")  # "tìm hiểu pháp luật năm 2018" is no law of that year
_FULL_STOP = re.compile(r"[;:]|,(?= (?:các|tỉnh|ubnd|sở|huyện|ông|bà|đồng chí|khối|cụm)\b)")
_DATED = re.compile(r"[/.-]\d{1,2}[/.-]\d{4}|tháng \d")
# the feast for which the Party gives its badges
_ROUND = re.compile(r"huy hiệu(?!\w)[^.;]{0,80}? đợt (?:ngày )?(?:\d{1,2}[/-]\d{1,2}(?:, | và ))*$")
# "Nhân mùa Phật đản 2016, ngày 14/5 …": the feast is why, not when
_OCCASION = re.compile(r"(?<!\w)(?:nhân|chào mừng|mừng|chào đón|hướng tới)(?: dịp| mùa)?(?: ngày)?(?: đại)?(?: lễ)? $")
JUBILEE = 5  # years; a shorter pair is rather the length of something
_PAIRED = re.compile(r" {0,3}(?:[-/;,]|đến) {0,3}")
_NUMBERED = re.compile(r"\d[-/][a-zđ]{2}|\d{4}/")


def role(folded: str, start: int, each: Mark) -> DateRole:
    """The role of a mark in the sentence that begins at `start`."""
    before = folded[max(start, each.start - 160) : each.start]
    points, pattern = each.expression.points, each.expression.pattern
    daily = bool(points and points[-1].day) or pattern in (
        "relative-day",
        "same-day",
        "weekday",
        "counted-days",
        "day-of-month",
        "lunar-day",
    )
    near = _FULL_STOP.split(before)[-1]
    if pattern == "decade" or _BIRTH.search(before):
        return DateRole.OTHER
    if pattern in ("span", "until-now", "list") and not (daily and pattern != "until-now" and _span_is_short(each)):
        return DateRole.PERIOD
    if pattern == "lunar-day" and _OCCASION.search(before):
        return DateRole.ANNIVERSARY
    if _is_anniversary(near, each, daily) or (daily and _ROUND.search(before)):
        return DateRole.ANNIVERSARY
    if _DEADLINE.search(before) or folded[each.start : each.end].startswith("hết "):
        return DateRole.DEADLINE
    if _is_document(near, daily):
        return DateRole.DOCUMENT
    if _START.search(before) and pattern not in ("span", "until-now"):
        return DateRole.OTHER
    if daily:
        return DateRole.PERIOD if _RECKONED.search(before) else DateRole.EVENT
    if pattern.startswith(("relative-week", "relative-month")) or (pattern == "month" and _HAPPENS.match(folded, each.start)):
        return DateRole.EVENT
    if pattern == "month" and (each.expression.hint is not None or _PLANNED.search(before[-40:])):
        return DateRole.EVENT
    if pattern == "year" and _OFFICE.search(near[-60:]) and not _ACTS.search(near):
        return DateRole.OTHER  # "Trưởng Khối thi đua … năm 2019"
    return DateRole.PERIOD


def is_jubilee(folded: str, first: Mark, last: Mark) -> bool:
    """Two marks are the day of what is commemorated and the one on which it is kept: "(11-3-1948 - 11-3-2018)"."""
    if not _PAIRED.fullmatch(folded, first.end, last.start):
        return False
    of_old, now = (each.expression.points[-1] if each.expression.points else None for each in (first, last))
    if not of_old or not now or not of_old.day or not of_old.year or not now.year:
        return False
    return of_old[1:3] == now[1:3] and now.year - of_old.year >= JUBILEE


def _span_is_short(each: Mark) -> bool:
    """A span of days within one month is when something takes place; a longer one is a period."""
    first, last = each.expression.points[0], each.expression.points[-1]
    return bool(last.day) and (first.month in (None, last.month)) and first.year in (None, last.year)


def _is_anniversary(near: str, each: Mark, daily: bool) -> bool:
    """A written day or year stands beside what is commemorated, and nothing happens between the two."""
    found = list(_ANNIVERSARY.finditer(near))
    if not found or not each.expression.points or each.expression.points[-1].year is None:
        return False
    between = near[found[-1].end() :]
    return not _ACTS.search(between) and not _ISSUES.search(between) and (daily or near.endswith(("(", "- ", "-")))


def _is_document(near: str, daily: bool) -> bool:
    """A document stands before, and between it and the date only its number, its name, or that it was signed."""
    found = [each for each in (_DOCUMENT if daily else _LAW).finditer(near) if not _NO_LAW.search(near, 0, each.end())]
    if not found:
        return False
    between = _COMMAS.sub("", near[found[-1].end() :])
    if not daily:
        return not _ACTS.search(between)
    if _ISSUES.search(between) or _DATED.search(between):
        return False
    return bool(_NUMBERED.search(between)) or not ("," in between or _ACTS.search(between))
