"""Printed time stamps of publication: "Thứ Sáu, 26/01/2018, 16:15", "(15:32 - 22/01/2024)", and stamps in addresses and metadata."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import dateparser

from schemas.article import VIETNAM

FIRST_DAY = dt.date(1997, 1, 1)  # Vietnam was connected on 19 November 1997: an earlier stamp is none

# 26/01/2018, 28 - 08 - 2015, 28.05.2020 | 2020-05-28 | 24 tháng 1 năm 2023, 24 tháng 1, 2023
_DATE = re.compile(
    r"(?<!\d)(?<!\d[/.-])(?:"
    r"(?P<d>\d{1,2})\s?(?P<s>[/.–-])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<y>\d{4})"
    r"|(?P<iy>\d{4})(?P<t>[/.-])(?P<im>\d{1,2})(?P=t)(?P<id>\d{1,2})"
    r"|(?P<wd>\d{1,2})\s+tháng\s+(?P<wm>\d{1,2})(?:\s+năm|,)?\s+(?P<wy>\d{4})"
    r")(?!\d|[/-]\d)",
    re.IGNORECASE,
)
# 16:15, 07:44:26, 10:00:00.0, 14h05, 8g30, 2:05 CH, 02:05 PM, 14 giờ 05 phút
_TIME = (
    r"(?P<h>\d{1,2})(?:\s?[:hg]\s?|\s+giờ\s+)(?P<min>\d{2})(?!\d)(?:(?::|\s?[p'’]\s?)(?P<sec>\d{2})(?!\d))?(?:\.\d{1,6})?(?:\s+phút)?"
    r"['’]?(?:\s?(?P<half>AM|PM|SA|CH)\b)?"
)
_WEEKDAY = (
    r"(?:thứ\s+(?:hai|ba|tư|bốn|năm|sáu|bảy|[2-7])|chủ\s*nhật|t[2-7]|cn|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b"
)
_GAP = r"[\s,;|()\[\]/•·–—-]*"
_JOIN = rf"{_GAP}(?:(?:vào\s+)?(?:lúc|hồi)\b|T(?=\d)|at\b)?{_GAP}"
_AFTER = re.compile(rf"{_JOIN}{_TIME}", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![\d:]){_TIME}{_GAP}(?:GMT\s*\+\s*7{_GAP})?(?:{_WEEKDAY}{_GAP})?(?:ngày\b{_GAP})?$", re.IGNORECASE)
_ZONE = re.compile(r"\s?(?:\(?GMT\s?\+?\s?0?7(?::?00)?\)?|(?P<offset>[+-]\d{2}:?\d{2})\b|(?P<utc>Z)\b)", re.IGNORECASE)
_WEEKDAYS = re.compile(_WEEKDAY, re.IGNORECASE)
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERED = {"hai": 0, "ba": 1, "tư": 2, "bốn": 2, "năm": 3, "sáu": 4, "bảy": 5}
# The label of the stamp that counts, where a page prints several
_PUBLISHED = re.compile(
    r"(?:ngày\s+(?:đăng|gửi|tạo|xuất\s+bản|đưa\s+tin)|đăng\s+(?:ngày|lúc|tải|bởi)|(?:đăng|gửi|xuất\s+bản|ngày\s+viết)\s*(?:lúc|vào|:))",
    re.IGNORECASE,
)
_LABEL = (
    r"(?:ngày\s+(?:đăng(?:\s+tin)?|cập\s+nhật|gửi|tạo|xuất\s+bản|viết|đưa\s+tin)|đăng\s+(?:ngày|lúc|tải)|đăng|gửi\s+lúc|xuất\s+bản"
    r"|cập\s+nhật(?:\s+(?:lúc|ngày|lần\s+cuối))?|thời\s+gian|ngày|submitted\s+by\s+\S+\s+on|post(?:ed)?(?:\s+on)?|updated?)"
)
_VIEWS = r"(?:(?:số\s+)?lượt\s+(?:xem|đọc|truy\s+cập)|(?:đã\s+)?xem|views?)\s*:?\s*[\d.,]*|[\d.,]+\s+(?:lượt\s+(?:xem|đọc)|views?)"
# Stamps (each an @) and nothing else but their labels, weekdays, zones and a view counter
_ALONE = re.compile(
    rf"(?:[\s,;|()\[\]/•·–—:@-]|{_LABEL}|{_WEEKDAY}|(?:vào\s+)?lúc\b|GMT\s*\+\s*0?7(?::?00)?|{_VIEWS})*+",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:hôm\s+nay|hôm\s+qua|bây\s+giờ|hiện\s+tại|trước)\b", re.IGNORECASE)
_PLACE = re.compile(rf"^\s*(?!{_LABEL}|{_WEEKDAY})[^\W\d_][^\d:|]{{1,30}},\s*(?:{_WEEKDAY}{_GAP})?ngày\b", re.IGNORECASE)
# …-20211004104530874.htm, d2021100914262592.htm | /2021-10-4/ | /2021/10/04/
_IN_ADDRESS = re.compile(r"[/-]d?(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?P<h>[0-2]\d)(?P<min>[0-5]\d)(?P<sec>[0-5]\d)?\d{0,4}\.\w+$")
_DAY_IN_ADDRESS = re.compile(r"/(?P<y>20\d\d)(?P<s>[-/])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?=/)")


@dataclass(frozen=True)
class Stamp:
    """A stamp as printed: `value` as in Article.published_at; `start`, `end` in the text it was read from."""

    value: str
    start: int
    end: int
    weekday_fits: bool = True

    @property
    def day(self) -> dt.date:
        """Its day in Vietnam."""
        return dt.date.fromisoformat(self.value[:10])


def read_stamp(text: str, *, latest: dt.date | None = None) -> Stamp | None:
    """The stamp of publication in a short text, day first; None for a site's clock, a relative time or an impossible day.

    `latest`: the day it was fetched; a later stamp is none, nor is one before 1997. Of several the one labelled as published counts.
    """
    if _CLOCK.search(text) or _PLACE.match(text):
        return None
    label = _PUBLISHED.search(text)
    for match in _DATE.finditer(text, label.end() if label else 0):
        stamp = _stamp(text, match)
        if stamp and _plausible(stamp.day, latest):
            return stamp
    return None


def is_stamp(text: str, *, latest: dt.date | None = None) -> Stamp | None:
    """The stamp if the text is nothing but a stamp with its label, weekday, zone or a view counter."""
    stamp = read_stamp(text, latest=latest) if len(text) <= 120 else None
    return stamp if stamp and _ALONE.fullmatch(without_stamps(text)) else None


def without_stamps(text: str) -> str:
    """The text with an @ for each stamp in it."""
    pieces, at = [], 0
    for match in _DATE.finditer(text):
        stamp = _stamp(text, match)
        if stamp and stamp.start >= at:
            pieces.append(text[at : stamp.start])
            at = stamp.end
    return "@".join((*pieces, text[at:]))


def read_format(text: str, format: str, *, latest: dt.date | None = None) -> Stamp | None:
    """The stamp read by a strptime format; a bare day when the format has no hour."""
    try:
        moment = dt.datetime.strptime(text.strip(), format)
    except ValueError:
        return None
    value = _iso(moment) if "%H" in format or "%I" in format else moment.date().isoformat()
    return Stamp(value, 0, len(text)) if _plausible(moment.date(), latest) else None


def read_metadata(text: str, *, latest: dt.date | None = None) -> Stamp | None:
    """A stamp of the page's metadata: ISO 8601 in any zone, a printed form, or as a last resort what dateparser makes of it."""
    text = text.strip()
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        printed = read_stamp(text, latest=latest)
        if printed or not text or len(text) > 60 or _CLOCK.search(text):
            return printed
        settings = {"DATE_ORDER": "DMY", "TIMEZONE": "+0700", "RETURN_AS_TIMEZONE_AWARE": True, "REQUIRE_PARTS": ["day", "month", "year"]}
        parsed = dateparser.parse(text, languages=["vi", "en"], settings=settings)
        if parsed is None:
            return None
        moment = parsed
    moment = moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)
    value = moment.date().isoformat() if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else _iso(moment)
    return Stamp(value, 0, len(text)) if _plausible(moment.date(), latest) else None


def stamp_in_address(url: str, *, latest: dt.date | None = None) -> Stamp | None:
    """The stamp that an address carries: …-20211004104530874.htm, or the day /2021-10-4/."""
    path = url.split("?")[0].split("#")[0]
    match = _IN_ADDRESS.search(path) or _DAY_IN_ADDRESS.search(path)
    if not match:
        return None
    part = match.groupdict()
    try:
        day = dt.date(int(part["y"]), int(part["m"]), int(part["d"]))
        value = (
            _iso(dt.datetime.combine(day, dt.time(int(part["h"]), int(part["min"]), int(part["sec"] or 0))))
            if "h" in part
            else day.isoformat()
        )
    except ValueError:
        return None
    return Stamp(value, match.start(), match.end()) if _plausible(day, latest) else None


def _stamp(text: str, date: re.Match[str]) -> Stamp | None:
    """The date and the time that stands after or before it, with nothing but separators between."""
    part = date.groupdict()
    year, month, day = (
        next(v for v in (part[a], part[b], part[c]) if v) for a, b, c in (("y", "iy", "wy"), ("m", "im", "wm"), ("d", "id", "wd"))
    )
    try:
        when = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    start, end = date.span()
    time = _AFTER.match(text, end)
    zone = None
    if time:
        end = time.end()
        zone = _ZONE.match(text, end)
        end = zone.end() if zone else end
    else:
        time = _BEFORE.search(text, max(0, start - 60), start)
        start = time.start() if time else start
    clock = _clock(time) if time else None
    weekday = _WEEKDAYS.search(text, max(0, date.start() - 40), date.start())
    fits = weekday is None or _weekday(weekday[0]) == when.weekday()
    if clock is None:
        return Stamp(when.isoformat(), *(date.span() if time else (start, end)), weekday_fits=fits)
    moment = dt.datetime.combine(when, clock, VIETNAM)
    if zone and (zone["utc"] or zone["offset"]):
        moment = dt.datetime.fromisoformat(f"{when.isoformat()}T{clock.isoformat()}{zone['offset'] or '+00:00'}").astimezone(VIETNAM)
    return Stamp(_iso(moment), start, end, weekday_fits=fits)


def _clock(match: re.Match[str]) -> dt.time | None:
    """14h05, 2:05 CH as a time of day."""
    hour, half = int(match["h"]), (match["half"] or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    elif half in ("AM", "SA") and hour == 12:
        hour = 0
    try:
        return dt.time(hour, int(match["min"]), int(match["sec"] or 0))
    except ValueError:
        return None


def _weekday(name: str) -> int:
    """Monday is 0: Thứ Hai, Thứ 2, T2, Mon."""
    word = name.lower().split()[-1]
    if word in ("cn", "nhật", "chủnhật"):
        return 6
    if word[:3] in _ENGLISH:
        return _ENGLISH.index(word[:3])
    return int(word[-1]) - 2 if word[-1].isdigit() else _NUMBERED[word]


def _iso(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}+07:00"


def _plausible(day: dt.date, latest: dt.date | None) -> bool:
    return day >= FIRST_DAY and (latest is None or day <= latest)
