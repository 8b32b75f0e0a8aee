"""Printed time stamps of publication: "Thứ Sáu, 26/01/2018, 16:15", "(15:32 - 22/01/2024)", and stamps in addresses and metadata."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from crawler.furniture import any_of, words
from schemas.article import VIETNAM

FIRST_DAY = dt.date(1997, 1, 1)  # Vietnam was connected on 19 November 1997: an earlier stamp is none

_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_WORDS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
    r"|tháng\s+(?:\d{1,2}|mười\s+một|mười\s+hai|một|giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|th\d{1,2}|thg\.?\s?\d{1,2}"
)
# 26/01/2018, 28 - 08 - 2015, 28.05.2020 | 2020-05-28 | 24 tháng 1 năm 2023, 12 Tháng Ba, 2019, 26 Apr 2018 | March 12, 2019, Tháng Ba 12, 2019
_DATE = re.compile(
    r"(?<!\d)(?<!\d[/.-])(?:"
    r"(?P<d>\d{1,2})\s?(?P<s>[/.–-])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<y>\d{4})"
    r"|(?P<iy>\d{4})(?P<t>[/.-])(?P<im>\d{1,2})(?P=t)(?P<id>\d{1,2})"
    rf"|(?P<wd>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<wm>{_MONTH})(?:\s+năm\s+|,\s*|[\s-]+)(?P<wy>\d{{4}})"
    rf"|(?<!\w)(?P<em>{_MONTH})\s+(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<ey>\d{{4}})"
    r")(?!\d|[/-]\d)",
    re.IGNORECASE,
)
# 16:15, 07:44:26, 10:00:00.0, 14h05, 8g30, 14h, 2:05 CH, 02:05 PM, 14 giờ 05 phút, 2 giờ chiều
_TIME = (
    r"(?P<h>\d{1,2})(?:(?:\s?[:hg]\s?|\s+giờ\s+)(?P<min>\d{2})(?!\d)(?:(?::|\s?[p'’]\s?)(?P<sec>\d{2})(?!\d))?(?:\.\d{1,6})?(?:\s+phút)?"
    r"|\s?(?:h|g|giờ)(?![\w:]))"
    r"['’]?(?:\s?(?P<half>[AP]\.?M\b\.?|(?:SA|CH|sáng|trưa|chiều|tối|đêm)\b))?"
)
WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|bốn|năm|sáu|bảy|[2-7])|chủ\s*nhật|t[2-7]|cn|(?:mon|tues?|wed(?:nes)?|thurs|thu(?=[,.]|day)|fri|sat(?:ur)?|sun)(?:day)?)\b"
_GAP = r"[\s,;|()\[\]/•·–—-]*"
_JOIN = rf"{_GAP}(?:(?:vào\s+)?(?:lúc|hồi)\b|T(?=\d)|at\b)?[\s:,;|()\[\]/•·–—-]*"
_AFTER = re.compile(rf"{_JOIN}{_TIME}", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![\d:]){_TIME}{_GAP}(?:GMT\s*\+\s*7{_GAP})?(?:{WEEKDAY}{_GAP})?(?:ngày\b{_GAP})?$", re.IGNORECASE)
_ZONE = re.compile(
    r"\s?(?:[(\[]?(?:GMT|UTC)\s?\+?\s?0?7(?::?00)?[)\]]?|(?P<offset>[+-]\d{2}:?\d{2})\b|(?P<utc>Z|GMT|UTC)\b(?!\s?\+))", re.IGNORECASE
)
_WEEKDAYS = re.compile(WEEKDAY, re.IGNORECASE)
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERED = {"hai": 0, "ba": 1, "tư": 2, "bốn": 2, "năm": 3, "sáu": 4, "bảy": 5}
# The label of the stamp that counts, where a page prints several
_PUBLISHED = re.compile(rf"(?<!\w)(?:{any_of(tuple(words()['stamp']['published']))})(?!\w)", re.IGNORECASE)
LABEL = rf"(?<!\w)(?:{any_of((*words()['stamp']['published'], *words()['stamp']['other']))}|submitted\s+by\s+\S+\s+on)(?!\w)"
_LABELS = re.compile(LABEL, re.IGNORECASE)
_COUNTED = any_of(tuple(words()["stamp"]["counters"]))
_VIEWS = rf"(?:{_COUNTED})\s*:?\s*[\d.,]*|[\d.,]+\s+(?:{_COUNTED})"
_VIEW = re.compile(rf"(?<!\w)(?:{_VIEWS})(?!\w)", re.IGNORECASE)
# Stamps (each an @) and nothing else but their labels, weekdays, zones and a view counter
_ALONE = re.compile(
    rf"(?:[\s,;|()\[\]/•·–—:@-]|{LABEL}|{WEEKDAY}|(?:vào\s+)?(?:lúc|hồi)\b|(?:GMT|UTC)\s*\+\s*0?7(?::?00)?|{_VIEWS})*+",
    re.IGNORECASE,
)
_BARE_LABELS = frozenset(("ngày", "date", "on"))
_LINK_WORDS = re.compile(r"(?<!\w)(?:(?:vào\s+)?(?:lúc|hồi)|(?:GMT|UTC)\s*\+\s*0?7(?::?00)?)(?!\w)", re.IGNORECASE)
_PARTS = re.compile(r"\s+[-–—•·]\s+|\s*[|•;]\s*")
_CLOCK = re.compile(r"\b(?:hôm\s+nay|hôm\s+qua|bây\s+giờ|hiện\s+tại|\d+\s+(?:giây|phút|giờ|ngày|tuần|tháng|năm)\s+trước)\b", re.IGNORECASE)
_PLACE = re.compile(rf"^\s*(?!{LABEL}|{WEEKDAY})[^\W\d_](?:(?!\s{WEEKDAY})[^\d:|]){{1,30}},\s*(?:{WEEKDAY}{_GAP})?ngày\b", re.IGNORECASE)
# …-20211004104530874.htm, d2021100914262592.htm | /2021-10-4/ | /2021/10/04/
_IN_ADDRESS = re.compile(r"[/-]d?(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?P<h>[0-2]\d)(?P<min>[0-5]\d)(?P<sec>[0-5]\d)?\d{0,4}\.\w+$")
# …-185260820083252011.htm: three digits of the paper, then year (two digits) to millisecond
_SHORT_IN_ADDRESS = re.compile(
    r"[/-][12]\d\d(?P<y>[12]\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?P<h>[0-2]\d)(?P<min>[0-5]\d)(?P<sec>[0-5]\d)\d{3}\.\w+$"
)
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


def is_labelled(text: str) -> bool:
    """Whether a word beside a stamp says that it is the page's: Đăng lúc, Cập nhật; a bare 'ngày' says nothing."""
    return any(label[0].casefold() not in _BARE_LABELS for label in _LABELS.finditer(text))


def beside_stamp(text: str) -> list[str]:
    """What a line holds beside its stamps, their labels and weekdays and a view counter: 'Minh Hà - 08:15 | 05/06/2019' -> ['Minh Hà']."""
    parts: list[str] = []
    for part in _PARTS.split(without_stamps(text)):
        if _ALONE.fullmatch(part):
            continue
        if "@" in part:
            for pattern in (_VIEW, _LABELS, _WEEKDAYS, _LINK_WORDS):
                part = pattern.sub("@", part)
        parts.extend(piece for piece in (raw.strip(" -–—,:()[]•·/*") for raw in part.split("@")) if piece)
    return parts


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
        import dateparser  # for the few that need it: costs 0.2 s

        parsed = dateparser.parse(text, languages=["vi", "en"], settings=settings)
        if parsed is None:
            return None
        moment = parsed
    moment = moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)
    value = moment.date().isoformat() if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else _iso(moment)
    return Stamp(value, 0, len(text)) if _plausible(moment.date(), latest) else None


def stamp_in_address(url: str, *, latest: dt.date | None = None) -> Stamp | None:
    """The stamp that an address carries: …-20211004104530874.htm, …-185211004104530874.htm, or the day /2021-10-4/."""
    path = url.split("?")[0].split("#")[0]
    match = _IN_ADDRESS.search(path) or _SHORT_IN_ADDRESS.search(path) or _DAY_IN_ADDRESS.search(path)
    if not match:
        return None
    part = match.groupdict()
    try:
        day = dt.date(int(part["y"]) % 2000 + 2000, int(part["m"]), int(part["d"]))
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
    when = _day(date, weekday[0] if weekday else None, american=bool(time and (time["half"] or "")[:1].upper() in "AP" and time["half"]))
    if when is None:
        return None
    fits = weekday is None or _weekday(weekday[0]) == when.weekday()
    if clock is None:
        return Stamp(when.isoformat(), *(date.span() if time else (start, end)), weekday_fits=fits)
    moment = dt.datetime.combine(when, clock, VIETNAM)
    if zone and (zone["utc"] or zone["offset"]):
        moment = dt.datetime.fromisoformat(f"{when.isoformat()}T{clock.isoformat()}{zone['offset'] or '+00:00'}").astimezone(VIETNAM)
    return Stamp(_iso(moment), start, end, weekday_fits=fits)


def _day(date: re.Match[str], weekday: str | None, *, american: bool) -> dt.date | None:
    """The day of a date, day first; month first only where nothing else can be meant: an English weekday, or an AM or PM, and no such day else."""
    part = date.groupdict()
    year, month, day = (
        next(v for v in (part[a], part[b], part[c], part[d]) if v)
        for a, b, c, d in (("y", "iy", "wy", "ey"), ("m", "im", "wm", "em"), ("d", "id", "wd", "ed"))
    )
    first = _make(year, _month(month), int(day))
    if part["s"] != "/":
        return first
    swapped = _make(year, int(day), int(month))
    if weekday and weekday.lower()[:3] in _ENGLISH:
        fitting = [one for one in (first, swapped) if one and one.weekday() == _weekday(weekday)]
        return fitting[0] if fitting else first
    return first or (swapped if american else None)


def _make(year: str, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(int(year), month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    """7, Tháng 7, Th7, tháng bảy, July as 7."""
    plain = " ".join(name.casefold().split())
    if digits := re.search(r"\d+", plain):
        return int(digits[0])
    if plain.startswith("tháng "):
        word = plain.removeprefix("tháng ").replace("giêng", "một")
        return _MONTH_WORDS.index(word) + 1
    return _ENGLISH_MONTHS.index(plain[:3]) + 1


def _clock(match: re.Match[str]) -> dt.time | None:
    """14h05, 2:05 CH as a time of day."""
    hour, half = int(match["h"]), (match["half"] or "").upper().replace(".", "")
    late = half in ("PM", "CH", "CHIỀU", "TỐI") or (half == "TRƯA" and hour < 6) or (half == "ĐÊM" and hour > 6)
    if late and hour < 12:
        hour += 12
    elif half in ("AM", "SA", "SÁNG", "ĐÊM") and hour == 12:
        hour = 0
    try:
        return dt.time(hour, int(match["min"] or 0), int(match["sec"] or 0))
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
