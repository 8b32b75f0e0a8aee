"""The lines of a page as a text browser or a Markdown writer gives them: wrapped lines joined, marks of links and pictures taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.cleaning import fold, lines

WIDEST = 110  # columns of a rendered page; a page with longer lines was not wrapped
SLACK = 4  # columns by which a full line may fall short of the width
ENOUGH = 3  # wrapped lines, or numbered links, from which a page counts as rendered
_BREAK = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")
_NUMBERED = re.compile(r"\[\d{1,4}\](?=\S)")  # [12]Trang chủ
_MARK = re.compile(r"\s*(?:[*+•o]|#|\d{1,3}\.|[-–])\s")
_REFERENCES = re.compile(r"^\s*(?:references|(?:visible|hidden) links:?)\s*$", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(r"_{3,}|\[(?:inline|img|image|link|submit|button)\]|\(_\)|\[_\]", re.IGNORECASE)
_PICTURE = re.compile(r"\[([\w()%+., ~-]{1,120}\.(?:jpe?g|png|gif|bmp|webp))\]", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\(\s*<?(?:https?:|/|#|mailto:|javascript:)[^()\s]*(?:\s\"[^\"]{0,200}\")?\s*\)")
_MARKDOWN_MARK = re.compile(r"^\s*#{1,6}\s+|^(\*\*|__)(?=.+\1\s*$)|(?<=\S)(?:\*\*|__)\s*$")


def rendered_lines(text: str) -> list[str]:
    """The lines of a dump, folded; an empty line stays as an empty string."""
    end = _REFERENCES.search(text) if len(_NUMBERED.findall(text)) >= ENOUGH else None
    raw = [line.expandtabs().rstrip() for line in _BREAK.split(text[: end.start()] if end else text)]
    numbered = sum(1 for line in raw if _NUMBERED.search(line)) >= ENOUGH
    rows = [_plain(row, numbered=numbered) for row in _joined(raw)]
    return [fold(row) for row in rows] if rows else lines(text)


def _joined(raw: Sequence[str]) -> list[str]:
    """The lines of a page that was wrapped to a width, each paragraph on one; of any other page as they are."""
    width = max((len(line) for line in raw if len(line.split()) > 5), default=0)
    full = [at for at in range(len(raw) - 1) if _goes_on(raw[at], raw[at + 1], width)]
    if width > WIDEST or sum(raw[at + 1].lstrip()[:1].islower() for at in full) < ENOUGH:
        return list(raw)
    joined: list[str] = []
    runs = set(full)
    for at, line in enumerate(raw):
        if at and at - 1 in runs:
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line)
    return joined


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether the first word of the line that follows found no room on this one."""
    if len(line.split()) < 4 or not following.strip() or _MARK.match(following):
        return False
    return len(line) + 1 + len(following.split()[0]) > width - SLACK


def _plain(row: str, *, numbered: bool) -> str:
    """A line without link numbers, list marks, form fields and the marks of Markdown."""
    if numbered:
        row = re.sub(r"^\s{3,}[*+o]\s", "", _NUMBERED.sub("", row)).lstrip("#")
    if "[" in row:
        row = _PICTURE.sub(r"\1", _MARKDOWN_LINK.sub(r"\1", row))
    if "_" in row or "[" in row:
        row = _FIELD.sub(" ", row)
    return _MARKDOWN_MARK.sub("", row) if row.lstrip()[:1] in "#*_" else row
