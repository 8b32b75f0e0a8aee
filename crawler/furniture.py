"""What on a page is no article: menus, counters, section names, lists of other articles. The words stand in dump.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from crawler.cleaning import alike
from schemas.tables import table, values

FILE_NAME = re.compile(r"[\w()%+.,~ -]{1,120}\.(?:jpe?g|png|gif|bmp|webp|heic)", re.IGNORECASE)
ADDRESS = re.compile(r"\(?(?:https?://)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+){0,4}\.[a-z]{2,}(?::\d+)?(?:/\S*)?\)?", re.IGNORECASE)
# "Trang chủ > Tin tức > Tin trong tỉnh", "Trang chủ / Tin tức / …"
_BREADCRUMB = re.compile(r"\s(?:[>»›→|]|/{1,2}|\\|::)\s|[»›]")
# "Văn hóa & Đời sống": two names of writers have no word in small letters
_WITH_AND = re.compile(
    r"(?!(?:[^\W\d_]+ ){1,4}& (?:tin|bài|ảnh)\b)[^\W\d_]+(?: [^\W\d_]+){0,3} & [^\W\d_]+(?: [^\W\d_]+){0,3}", re.IGNORECASE
)
MOST_BUTTONS = 12  # words of a line that is nothing but buttons one after the other
SHORTEST_ROW = 6  # its letters: "A Vi" is a name
# what may stand after a tail marker on its line: a counter, a bracket, a colon
_MARKED = re.compile(r"\s*(?:$|[:(\[>»|/…\d-])")


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """dump.toml."""
    return tomllib.loads(files("crawler").joinpath("dump.toml").read_text(encoding="utf-8"))


@cache
def _alike_set(group: str, key: str) -> frozenset[str]:
    return frozenset(alike(word) for word in words()[group][key])


@cache
def _patterns() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in words()["furniture"]["patterns"]))


@cache
def _counter() -> re.Pattern[str]:
    counted = any_of(tuple(words()["stamp"]["counters"]))
    return re.compile(rf"(?:{counted})\s*:?\s*[\d.,]+(?:\s+(?:{counted}))?|[\d.,]+\s+(?:{counted})", re.IGNORECASE)


@cache
def any_of(entries: Iterable[str]) -> str:
    """A regex alternation of words, the longest first, with free white space."""
    return "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in sorted(entries, key=len, reverse=True))


@cache
def _places() -> frozenset[str]:
    """Names of provinces as a place tag gives them, with and without tỉnh or thành phố."""
    names = {alike(name) for row in table("provinces") for name in (row["name"], *values(row["aliases"]))}
    return frozenset(names | {f"{kind} {name}" for name in names for kind in ("tỉnh", "thành phố", "tp")})


def is_section(line: str) -> bool:
    """Whether the line is the name of a section."""
    if alike(line) in _alike_set("sections", "names"):
        return True
    return bool(_WITH_AND.fullmatch(line)) and any(word[0].islower() for word in line.split() if word != "&") and not line.islower()


def is_place(line: str) -> bool:
    """Whether the line is a place tag: the name of a province and nothing else."""
    return len(line) <= 60 and alike(line) in _places()


def is_breadcrumb(line: str) -> bool:
    """Whether the line is a path of sections."""
    parts = breadcrumb_parts(line)
    known = sum(1 for part in parts if is_section(part) or alike(part) in _alike_set("furniture", "lines"))
    return len(parts) > 1 and known > 0 and not line.endswith("./.")


def breadcrumb_parts(line: str) -> list[str]:
    """The parts of a path of sections."""
    return [part.strip() for part in _BREADCRUMB.split(line) if part.strip()]


def is_furniture(line: str) -> bool:
    """Whether the line belongs to the page and not to any article."""
    plain = alike(line)
    if not plain or plain in _alike_set("furniture", "lines"):
        return True
    return bool(_patterns().fullmatch(line.casefold()) or _counter().fullmatch(line)) or _is_row_of_buttons(plain)


def _is_row_of_buttons(plain: str) -> bool:
    """Whether a line is several pieces of furniture one after the other: "Email In PDF", "Màu chữ Cỡ chữ"."""
    parts = plain.split()
    if len(parts) > MOST_BUTTONS or len(plain) < SHORTEST_ROW:
        return False
    known, ends = _alike_set("furniture", "lines"), {0}
    for at in range(1, len(parts) + 1):
        if any(" ".join(parts[start:at]) in known for start in ends):
            ends.add(at)
    return len(parts) in ends


def is_beside_stamp(part: str) -> bool:
    """Whether what shares a line with a stamp says nothing of who wrote it: furniture, a section or a path of them, a short weekday."""
    part = part.strip(" >»›→")
    if is_furniture(part) or is_section(part) or is_place(part) or is_breadcrumb(part) or alike(part) in _alike_set("stamp", "weekdays"):
        return True
    return all(is_furniture(word) for word in part.split())


def is_button(line: str) -> bool:
    """Whether a tail marker is one of those that also stand below a headline or within a text, as buttons."""
    match = _button().match(line.lstrip(" >»").casefold())
    return bool(match and _MARKED.match(line.lstrip(" >»"), match.end()))


@cache
def _button() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(tuple(words()['tail']['buttons']))})(?!\w)")


def tail_marker(line: str) -> Literal["hard", "soft"] | None:
    """Whether the line opens a list of other articles or the page's foot: `hard` wherever it stands, `soft` within a body too."""
    plain = alike(line)
    for strength in ("hard", "soft"):
        if plain in _alike_set("tail", strength):
            return "hard" if strength == "hard" else "soft"
    if len(line) <= 60 and _tail_patterns().fullmatch(plain):
        return "soft"
    match = _marker_start().match(line.casefold())
    if match and len(line) <= 120 and (_MARKED.match(line, match.end()) or tail_marker(line[match.end() :].strip())):
        return "hard" if alike(match[0]) in _alike_set("tail", "hard") else "soft"
    return None


@cache
def _tail_patterns() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in words()["tail"]["patterns"]))


@cache
def _marker_start() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of((*words()['tail']['hard'], *words()['tail']['soft']))})(?!\w)")


def is_related(line: str) -> bool:
    """Whether a line of the tail is a link to another article: a headline with a day, "Tên bài (12/03/2024)"."""
    return bool(
        re.search(r"\(\s*(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{1,2}:\d{2}[^)]{0,20})[^)]{0,12}\)\s*$", line)
    ) and not line.endswith("./.")
