"""The headline of a page: what belongs to it, and which line above a text looks most like one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from crawler.body import is_prose
from crawler.byline import Credit, is_photo_line, read_credit, signs_as_body
from crawler.cleaning import CAPITALS, alike
from crawler.furniture import FILE_NAME, is_beside_stamp, is_breadcrumb, is_furniture, is_place, is_section
from crawler.stamps import LABEL, WEEKDAY, Stamp, beside_stamp, is_stamp, read_stamp
from schemas.tables import table

CUT = ("...", "…")
LONGEST = 300
LONG_HEADLINE = 22  # words from which a line looks more like a sapo
_SUFFIX = re.compile(
    r"\s+[-–—|:]\s+(?:báo\b|cổng\b|trang\b|sở\b|ubnd\b|uỷ ban\b|ủy ban\b|đài\b|website\b|tin tức\b|[\w-]+(?:\.[\w-]+)+).{0,90}$",
    re.IGNORECASE,
)
# A newspaper of a province as it signs its page: "Báo Cà Mau", "Báo điện tử Cà Mau", "Báo và phát thanh, truyền hình Cà Mau"
_PAPER = r"báo\s+(?:điện\s+tử\s+|và\s+phát\s+thanh,?\s+truyền\s+hình\s+)?(?P<place>[^:|]{3,30}?)(?:\s+(?:điện\s+tử|online))?"
_OUTLET = re.compile(rf"{_PAPER}(?:$|\s*[:|]\s+(?=(?-i:[{CAPITALS}])))", re.IGNORECASE)
_BEFORE_STAMP = re.compile(rf"(?:\s*[-–|,(\[]\s*|\s+)(?:(?:{WEEKDAY}|{LABEL})[\s:,-]*)*$", re.IGNORECASE)
_TWIN_EDGE = re.compile(r"\s*[-–—|:»>/•]")  # between a headline and the site's name
_SITE_EDGE = re.compile(r"\s+[-–—|»•]\s+\S")  # the same, before the site's name: a headline may go on behind the others
_EDGE = re.compile(r"\s*[(\[|]|\s+[-–]\s")
_SHORTEST_TWIN = 20
_OPEN_END = re.compile(r"[?!…:]['\"”’»)]*$|\.\.\.$")


def names_outlet(line: str) -> bool:
    """Whether a line is the name of a province's newspaper and nothing else."""
    match = _OUTLET.match(line)
    return bool(match and match.end() == len(line) and (is_place(match["place"]) or alike(line) in _newspapers()))


@lru_cache(maxsize=1)
def _newspapers() -> frozenset[str]:
    return frozenset(alike(row["newspaper"]) for row in table("provinces"))


def without_outlet(line: str, below: Sequence[str]) -> str:
    """The headline without the newspaper's name before it: 'Báo Hà Nam: Tên bài'; an article about the newspaper names it again below."""
    match = _OUTLET.match(line)
    if not match or not names_outlet(line[: match.end()].rstrip(" :|")) or len(line[match.end() :].split()) < 6:
        return line
    name = alike(f"báo {match['place']}")
    return line if any(name in alike(row) for row in below if is_prose(row) and not is_furniture(row)) else line[match.end() :]


def without_suffix(line: str) -> str:
    """The headline without the site's name: 'Tên bài - Báo Hà Nam', 'Tên bài | Cổng thông tin điện tử …'."""
    kept = _SUFFIX.sub("", line)
    return kept if len(kept) >= 20 else line


@lru_cache(maxsize=8192)  # a line is compared with many
def split_stamp(line: str) -> tuple[str, Stamp | None]:
    """A headline and the stamp stuck to its end or front: 'Tên bài (14-05-2018 07:44:26)'; a day without brackets or a bar is its own."""
    for edge in _EDGE.finditer(line, 12):
        stamp = is_stamp(line[edge.start() :])
        if stamp and ("T" in stamp.value or not re.search(r"\d:\d\d", line[: edge.start()])):
            return (line[: edge.start()].rstrip(), stamp) if "T" in stamp.value or edge[0].strip() in "([|" else (line, None)
    stamp = read_stamp(line)
    if not stamp:
        return line, None
    before, after = line[: stamp.start], line[stamp.end :].strip()
    if not before.strip(" ([") and len(after.lstrip(")]|-–: ").split()) >= 4 and (before or "T" in stamp.value):
        return after.lstrip(")]|-–: "), stamp
    label = _BEFORE_STAMP.search(before)
    if not label or stamp.start < 12 or (after.strip(" )|]-") and beside_stamp(line[stamp.start :])):
        return line, None
    between = line[label.start() : stamp.start]
    return (line[: label.start()].rstrip(), stamp) if re.search(r"[(\[|]", between) or "T" in stamp.value else (line, None)


def _signs_long(line: str) -> bool:
    """Whether a line that begins as the name of a body does goes on for so long that it may be a headline."""
    return signs_as_body(line) and len(line.split()) > 6 and ":" not in line and not line.isupper()


def has_twin(line: str, others: Sequence[str]) -> bool:
    """Whether another line is this one without the site's name before or after it."""
    plain = split_stamp(line)[0]
    for other in others:
        other = split_stamp(other)[0]
        if _SHORTEST_TWIN <= len(other) < len(plain):
            if plain.startswith(other) and _TWIN_EDGE.match(plain, len(other)):
                return True
            if plain.endswith(other) and re.search(r"[-–—|:»>/•]\s*$", plain[: -len(other)]) and is_breadcrumb(plain):
                return True
    return False


def find_named(titles: Sequence[str], lines: Sequence[str]) -> int | None:
    """Index of the line that is a title of the metadata but for the site's name at its end: 'Tên bài' of 'Tên bài | Ban Thi đua xã Mẫu'."""

    def is_named(line: str) -> bool:
        return len(line) >= _SHORTEST_TWIN and any(title.startswith(line) and _SITE_EDGE.match(title, len(line)) for title in titles)

    return max((at for at, line in enumerate(lines) if is_named(line)), key=lambda at: (len(lines[at]), at), default=None)


def is_cut(line: str, others: Sequence[str]) -> str | None:
    """The whole headline among other lines, when this one is cut short with '...'."""
    if not line.endswith(CUT):
        return None
    stem = alike(line.rstrip(".… ").rsplit(" ", 1)[0])
    return next((other for other in others if not other.endswith(CUT) and len(other) > len(stem) and alike(other).startswith(stem)), None)


def may_be_headline(line: str) -> bool:
    """Whether a line of prose may be a headline that asks, cries out or breaks off."""
    return len(line) <= 200 and bool(_OPEN_END.search(line)) and not line[:1].islower()


def is_noise(line: str) -> bool:
    """A line above the text that cannot be the headline."""
    return bool(
        not line
        or is_furniture(line)
        or is_section(line)
        or is_place(line)
        or is_breadcrumb(line)
        or FILE_NAME.fullmatch(line)
        or is_stamp(line)
    )


def section_with_stamp(line: str) -> tuple[str, Stamp] | None:
    """The section and the stamp of a line like 'Tin tức sự kiện Thứ Sáu, 26/01/2018, 16:15'."""
    stamp = read_stamp(line) if len(line) <= 120 else None
    for space in re.finditer(r"\s", line):
        if stamp and is_section(line[: space.start()]) and is_stamp(line[space.end() :]):
            return line[: space.start()].strip(" -|,:"), stamp
    return None


def stamp_line(row: str, latest: dt.date | None = None) -> tuple[Stamp, Credit | None] | None:
    """The stamp of a line that holds nothing else but bylines, a section or furniture: 'Minh Hà - 08:15 | 05/06/2019 | In bài'."""
    if stamp := is_stamp(row, latest=latest):
        return stamp, None
    stamp = read_stamp(row, latest=latest) if len(row) <= 160 else None
    if not stamp:
        return None
    rest = [part for part in beside_stamp(row) if not is_beside_stamp(part)]
    whole = read_credit(" - ".join(rest)) if rest else None
    credits = [whole] if whole else [read_credit(part) for part in rest]
    return (stamp, credits[0] if credits else None) if None not in credits else None


def find_headline(lines: Sequence[str], text_at: int) -> int | None:
    """Index of the headline: the line above the text (which begins at `text_at`) that looks most like one.

    What counts: the text takes up its words, its length, a stamp below or on it. None when no line is certain.
    """
    below = set(alike(" ".join(lines[text_at : text_at + 12])).split())
    best, best_score, passed = None, 1.5, 0
    for index in range(text_at - 1, -1, -1):
        line = lines[index]
        if (
            is_noise(line)
            or len(line) > LONGEST
            or is_cut(line, lines[index + 1 :])
            or has_twin(line, lines[:text_at])
            or ((read_credit(split_stamp(line)[0]) or stamp_line(line)) and not _signs_long(split_stamp(line)[0]))
            or is_photo_line(line) is not None
        ):
            continue
        plain, stamp = split_stamp(line)
        plain = without_suffix(plain)
        taken = alike(plain).split()
        below_it = lines[index + 1 : text_at]
        again = any(alike(plain) == alike(without_suffix(split_stamp(later)[0])) for later in below_it)  # once more, nearer to the text
        if len(taken) < 3 or again or section_with_stamp(line):
            continue
        follower = next((later for later in lines[index + 1 : text_at + 1] if later and not is_furniture(later)), "")
        share = sum(word in below for word in taken) / len(taken)
        score = (
            4 * share
            + min(len(taken), 8) / 4
            + (2.5 if stamp or stamp_line(follower) else 0)
            - (3 if line.endswith(".") and not line.endswith(CUT) else 1.5 if is_prose(line) else 0)
        )
        score -= 2 if read_credit(line) else 0
        above = next((earlier for earlier in reversed(lines[:index]) if earlier), "")
        score += 1 if stamp_line(above) else 0
        score += max(0.0, 1 - passed / 2) - max(0, len(taken) - LONG_HEADLINE) / 5  # menus stand farther off; a sapo is longer
        passed += 1
        if score >= best_score:
            best, best_score = index, score
    if best is not None:
        return best
    # a headline that ends like a sentence: the first line of prose, when more prose follows it
    first = lines[text_at]
    return text_at if len(first) <= LONGEST and any(is_prose(line) for line in lines[text_at + 1 :]) else None
