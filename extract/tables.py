"""Tables in running text: a row is a line, its cells parted by bars; a header tells what the columns hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extract.language import Interval
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardStatus

_WORDS = lexicon("awards")["tables"]
_CELL = re.compile(r"[^|]+")
_NUMBERING = re.compile(r"(?:stt|tt|số tt|số thứ tự|#)[. ]*")
_NAMES = re.compile(rf"(?:{any_of(_WORDS['names'])})(?!\w).*")
_BODIES = re.compile(rf"(?!tập thể l|đơn vị quyết|đơn vị tiên)(?:{any_of(_WORDS['bodies'])})(?!\w).*")
_PRIZES = re.compile(rf"(?:{any_of(_WORDS['prizes'])})(?!\w).*")
# what a cell below the head holds: a number, a percentage, "Đội 5"
_VALUE = re.compile(r"\d+(?:[.,]\d+)*(?: ?%|$)|(?:đội|tổ|khu|cụm|khối|trạm|xóm|thôn) \d")
_STATUSES = {
    AwardStatus.REGISTERED: re.compile(r"(?:(?:danh hiệu|hình thức|nội dung)(?: thi đua| khen thưởng)? )?đăng kí(?! kinh doanh)(?!\w)"),
    AwardStatus.PROPOSED: re.compile(r"(?:(?:danh hiệu|hình thức|nội dung|mức)(?: thi đua| khen thưởng| khen)? )?(?:được )?đề nghị(?!\w)"),
}


class Header(NamedTuple):
    """What the columns of a table hold, by their places from the left; None for what it has no column of."""

    names: int | None  # of those who are listed
    prizes: int | None  # of what they won
    statuses: Mapping[int, AwardStatus] = {}  # of what a column lists: "Danh hiệu đăng ký", "Đề nghị"


def is_row(text: str, line: Interval) -> bool:
    """Whether a line is a row of a table."""
    return "|" in text[line.start : line.end]


def cells(text: str, line: Interval) -> list[Interval]:
    """The cells of a row, without the white space around them; an empty cell is an empty interval."""
    found = []
    for match in _CELL.finditer(text, line.start, line.end):
        stripped = match[0].strip()
        start = match.start() + (match[0].index(stripped) if stripped else 0)
        found.append(Interval(start, start + len(stripped)))
    return found


def header(folded: str, line: Interval) -> Header | None:
    """The header that a row is, if it is one: "STT | Họ và tên | Đơn vị | Giải"."""
    words = [folded[cell.start : cell.end] for cell in cells(folded, line)]
    if any(_VALUE.match(word) for word in words):
        return None
    names = next((at for at, word in enumerate(words) if _NAMES.fullmatch(word)), None)
    if names is None:
        names = next((at for at, word in enumerate(words) if _BODIES.fullmatch(word)), None)
    told = {at: status for at, word in enumerate(words) for status, form in _STATUSES.items() if form.match(word)}
    if names is None or not (
        told
        or _NUMBERING.fullmatch(words[0])
        or sum(bool(_NAMES.fullmatch(w) or _BODIES.fullmatch(w)) for w in words) > 1
        or len(words) > 2
    ):
        return None
    return Header(names, next((at for at, word in enumerate(words) if _PRIZES.fullmatch(word)), None), told)


def cell(text: str, line: Interval, column: int | None) -> Interval | None:
    """The cell of a row in a column; None where the row has none there."""
    if column is None:
        return None
    found: Sequence[Interval] = cells(text, line)
    return found[column] if column < len(found) and found[column].end > found[column].start else None
