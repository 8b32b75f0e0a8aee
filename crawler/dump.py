"""A page that arrives as plain text with its furniture -> Article: headline, stamp and byline found by the order of the lines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crawler.body import SENTENCE_END, Block, Body, is_prose, read_body
from crawler.byline import is_photo_line, read_credit, signs_as_body
from crawler.cleaning import CAPITALS, alike
from crawler.furniture import breadcrumb_parts, is_breadcrumb, is_furniture, is_place, is_section, tail_marker
from crawler.headline import (
    LONGEST,
    find_headline,
    is_cut,
    is_noise,
    may_be_headline,
    names_outlet,
    section_with_stamp,
    split_stamp,
    stamp_line,
    without_outlet,
    without_suffix,
)
from crawler.publisher import hosts_in, publisher_province
from crawler.rendering import rendered_lines
from crawler.site import Site
from crawler.stamps import Stamp, beside_stamp, is_labelled, is_stamp
from schemas.article import Article, Reject
from schemas.tables import provinces

READER = "dump/text"
LATE = 4  # lines of text within which a stamp may stand below the sapo
NEAR = 3  # lines above the headline within which a stamp with a time is its own, and no clock of the site
GLUED = 100  # characters at the front of a text within which a stamp stuck to it ends
_GLUE = re.compile(rf"(?<=\d)(?=\(?[{CAPITALS}])|(?<=[^\s(\"“-])(?=[{CAPITALS}][^\W{CAPITALS}])|(?<=\s\|\s)(?=\S)")
_BESIDE = re.compile(r"(?P<what>[^|»>/•]{2,50}?)\s+[|»>/•]\s+(?P<stamp>\S.*)")  # a section that nobody knows, and a stamp
_SHORT_YEAR = re.compile(r"(?<![\d/.-])(\d{1,2}([/.-])\d{1,2}\2)(?=[0-3]\d(?![\d/]|[.-]\d))")  # 24/06/23
_WEATHER = re.compile(r"\d\s?°")
_PIECE = re.compile(r"[\w\s,.:/|–-]{1,40}")


@dataclass
class _Head:
    """What stands above the text."""

    title: str | None = None
    stamp: Stamp | None = None
    section: str | None = None
    places: list[str] = field(default_factory=list)


def read_dump(
    text: str, *, id: str, url: str | None = None, site: Site | None = None, province: str | None = None, latest: dt.date | None = None
) -> Article | Reject:
    """The article of a text dump; Reject(no_title | no_body) when no line of those above the text is certain to be its headline, or there is no text.

    `url`, `site`, `province` say what the dump does not tell; `latest` is the last day on which it may have been published.
    """
    rows = _mended(rendered_lines(text), latest)
    prose = [index for index, row in enumerate(rows) if _begins_text(row) and not is_cut(row, rows[index + 1 :])]
    text_at = next((index for index in prose if index == prose[-1] or not may_be_headline(rows[index])), None)
    if text_at is None:
        return Reject(reason="no_body", detail="no line of prose in the dump", read_by=READER)
    full = [_with_century(row, latest) for row in rows]  # above the headline a year of two digits is a clock's
    at = find_headline(full, text_at)
    if at is None and any(rows[:text_at]):
        return Reject(reason="no_title", detail="no line above the text is certain to be its headline", read_by=READER)
    head, body, start = _Head(), Body(), 0  # a text with nothing above it has no headline
    if at is not None:
        _read_above(head, rows[:at], latest)
        start = _read_below(head, body, full, at=_read_title(head, full, at, latest), latest=latest)
    below = _without_late_stamp(head, _unglued(head, body, full[start:], latest), latest)
    read_body([Block(row) for row in below], into=body, strict=True, latest=latest, title=head.title)
    if not body.paragraphs:
        return Reject(reason="no_body", detail="nothing below the headline", read_by=READER)
    if head.title is None:
        body.warnings.append("no_title")
    stamp = head.stamp or body.stamp
    day = stamp.day if stamp else None
    joined = "\n".join(filter(None, (head.title, *body.paragraphs)))
    if province is None and site is not None:
        province = site.province_on(day)
    elif province is None:
        hosts = hosts_in(f"{url or ''}\n{text}")
        frame = "\n".join(_frame(rows, at or 0, start))
        province = publisher_province(joined, title=head.title, frame=frame, places=head.places, credits=body.signs, hosts=hosts, day=day)
    places = {alike(place) for place in head.places}
    return Article(
        id=id,
        url=url,
        site=site.key if site else None,
        title=head.title,
        published_at=stamp.value if stamp else None,
        author=body.author,
        source_credit=body.source,
        province=province,
        about_province=next((name for name in provinces() if alike(name) in places), None),
        section=head.section,
        captions=tuple(body.captions),
        read_by=READER,
        warnings=(*body.warnings, *(() if stamp is None or stamp.weekday_fits else ("weekday",))),
        text=joined,
    )


def _frame(rows: Sequence[str], at: int, start: int) -> Iterator[str]:
    """What stands around an article with its headline at `at` and its text from `start` on; the weather of other towns is no sign."""
    for number, row in enumerate(rows):
        if number == at and without_outlet(row, rows[at + 1 :]) != row:
            yield row.split(":")[0].split("|")[0]
        elif (number < at or is_furniture(row) or (number < start and _names_publisher(row))) and not _WEATHER.search(row):
            yield row


def _begins_text(row: str) -> bool:
    """A line of running text."""
    return is_prose(row) and not (is_furniture(row) or is_breadcrumb(row))


def _mended(rows: Sequence[str], latest: dt.date | None) -> list[str]:
    """The lines with a stamp or a byline that stands on two of them put together: 'Ngày đăng:' + '12/03/2019', '08:15' + '12/03/2019'."""
    mended = list(rows)
    there = [at for at, row in enumerate(rows) if row]
    for at, following in pairwise(there):
        first, second = mended[at], mended[following]
        if len(first) > 40 or len(second) > 80 or following - at > 2 or not _PIECE.fullmatch(first):
            continue
        both = f"{first} {second}"
        alone, joined = is_stamp(first, latest=latest) or is_stamp(second, latest=latest), is_stamp(both, latest=latest)
        richer = joined and ((alone is None and first.endswith(":")) or (alone and "T" in joined.value and "T" not in alone.value))
        labelled = first.endswith(":") and (credit := read_credit(both)) is not None and credit.source != first.rstrip(":")
        if richer or labelled or (joined and alone and is_labelled(first)):
            mended[at], mended[following] = "", both
    return mended


def _with_century(row: str, latest: dt.date | None) -> str:
    """A stamp with the year in two digits as one with four: 'Thứ bảy, 24-6-23 17:48'; any other line as it is."""
    full = _SHORT_YEAR.sub(r"\g<1>20", row, count=1) if len(row) <= 80 else row
    return full if full != row and stamp_line(full, latest) else row


def _unglued(head: _Head, body: Body, rows: Sequence[str], latest: dt.date | None) -> list[str]:
    """The text without a stamp line stuck to its front: 'Thứ bảy, 24/06/2023, 09:20Sáng 26/6, …'; it counts when none stood at the headline."""
    at = next((at for at, row in enumerate(rows) if row), len(rows))
    row = rows[at] if at < len(rows) else ""
    for edge in reversed([edge.end() for edge in _GLUE.finditer(row[:GLUED])]):
        if found := stamp_line(row[:edge], latest):
            head.stamp = head.stamp or found[0]
            if found[1]:
                body.credit(found[1])
            return [*rows[:at], row[edge:], *rows[at + 1 :]]
    return list(rows)


def _names_publisher(row: str) -> bool:
    """Whether a line below the headline is only the newspaper or, in capitals, the body whose page it is: neither source nor author."""
    return names_outlet(row) or (row.isupper() and signs_as_body(row))


def _stamp_beside(row: str, latest: dt.date | None) -> tuple[Stamp, None] | None:
    """The stamp with a time that stands behind a bar, whatever stands before it: 'Nhịp cầu bạn đọc | 24/06/2023 09:20'."""
    parts = _BESIDE.fullmatch(row) if len(row) <= 120 else None
    stamp = is_stamp(parts["stamp"], latest=latest) if parts else None
    return (stamp, None) if stamp and "T" in stamp.value else None


def _without_late_stamp(head: _Head, rows: Sequence[str], latest: dt.date | None) -> list[str]:
    """The text without a stamp that stands below its sapo; it counts when none stood at the headline."""
    there = [at for at, row in enumerate(rows) if row][1:LATE]
    for at in there:
        found = stamp_line(rows[at], latest)
        if found and ("T" in found[0].value or is_labelled(rows[at])):
            head.stamp = head.stamp or found[0]
            return [*rows[:at], *rows[at + 1 :]]
    return list(rows)


def _read_above(head: _Head, rows: Sequence[str], latest: dt.date | None) -> None:
    """Section, place tag and stamp from the lines above the headline; a bare day, or a time far from it, is the site's clock."""
    near = 0
    for distance, row in enumerate(reversed([row for row in rows if row])):
        if found := section_with_stamp(row):
            head.section, head.stamp = found[0], head.stamp or found[1]
        elif is_section(row):
            head.section = head.section or row
        elif is_place(row):
            head.places.append(row)
        elif stamp := is_stamp(row, latest=latest):
            if distance == 0 or is_labelled(row) or ("T" in stamp.value and near < NEAR):
                head.stamp = head.stamp or stamp
        elif (beside := stamp_line(row, latest)) and "T" in beside[0].value and near < NEAR and not (distance and _is_clock(row)):
            head.stamp = head.stamp or beside[0]
        near += not is_furniture(row)


def _is_clock(row: str) -> bool:
    """Whether a place stands beside a stamp, as at the clock of a site: 'Lạng Sơn Thứ sáu, ngày 23/06/2023 11:37'."""
    return any(map(is_place, beside_stamp(row)))


def _read_title(head: _Head, rows: Sequence[str], at: int, latest: dt.date | None) -> int:
    """Take the headline, with the lines next to it where it runs over several; index of the first line below."""
    title, stamp = split_stamp(rows[at])
    title = without_outlet(without_suffix(title), rows[at + 1 :])
    if is_breadcrumb(title):
        title = breadcrumb_parts(title)[-1]
    end = at + 1
    while stamp is None and end < len(rows) and _runs_on(title, rows[end]):
        more, stamp = split_stamp(rows[end])
        title, end = f"{title} {more}", end + 1
    while at > 0 and _runs_on(rows[at - 1], title) and not (title.isupper() and signs_as_body(rows[at - 1])):
        title, at = f"{rows[at - 1]} {title}", at - 1
    head.title = title
    if stamp and (latest is None or stamp.day <= latest):
        head.stamp = stamp
    return end


def _runs_on(first: str, second: str) -> bool:
    """Whether two lines are one headline: both in capitals, or the second goes on in small letters."""
    if (
        not first
        or not second
        or is_noise(first)
        or (is_noise(second) and not (is_section(second) and second[0].islower()))
        or is_prose(second)
    ):
        return False
    if first.isupper():
        return second.isupper() and min(len(first.split()), len(second.split())) > 2
    return second[0].islower() and len(first.split()) > 2 and not SENTENCE_END.search(first) and len(first) + len(second) <= LONGEST


def _read_below(head: _Head, body: Body, rows: Sequence[str], *, at: int, latest: dt.date | None) -> int:
    """Take stamp, place tag and byline from below the headline; index of the first line of the text."""
    met = False
    for index in range(at, len(rows)):
        row = rows[index]
        if not row or is_furniture(row) or alike(row) == alike(head.title or ""):
            continue
        if is_place(row):
            head.places.append(row)
        elif is_section(row) or (is_breadcrumb(row) and not stamp_line(row, latest)):
            head.section = head.section or row
        elif _names_publisher(row):
            continue
        elif found := stamp_line(row, latest) or _stamp_beside(row, latest):
            if not met:  # of two, the one nearer to the headline; it wins over a stamp above it
                head.stamp, met = found[0], True
            if found[1]:
                body.credit(found[1])
        elif (credit := read_credit(row)) and is_photo_line(row) is None and not SENTENCE_END.search(row):
            body.credit(credit)
        elif tail_marker(row) != "hard":
            return index
    return len(rows)
