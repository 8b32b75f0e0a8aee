"""The ledger of fetches as a file: one JSON line a fetch, each with a checksum that also covers the line before it.

    {"run":"…","seq":7,…,"warc":"….warc.gz","offset":812,"length":4711,"member":"<16 hex>","check":"<16 hex>"}

`member` is the start of the SHA-256 of the gzip member in the segment, `check` that of the check of the line before and all of this line
that stands before it. So a line that was changed, taken out or moved is found, by its number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from schemas.page import Fetch

FIRST = "0" * 16  # stands for the check of a line before the first
_CHECK = b',"check":"'
_TAIL = len(_CHECK) + 16 + len('"}\n')


@dataclass(frozen=True)
class Line:
    """One line of the ledger: its place in the file, and what it says, or what is wrong with it."""

    number: int  # from 1
    start: int  # first byte
    end: int  # one past the line feed
    check: str  # as written
    fetch: Fetch | None
    member: str | None = None  # checksum of the gzip member, where there is one
    fault: str | None = None


def member_check(member: bytes) -> str:
    """The checksum of a gzip member."""
    return hashlib.sha256(member).hexdigest()[:16]


def write_line(fetch: Fetch, member: str | None, before: str) -> tuple[bytes, str]:
    """The line of a fetch and its check, which the next line needs."""
    said = fetch.model_dump(mode="json", exclude_none=True)
    if member is not None:
        said["member"] = member
    start = json.dumps(said, ensure_ascii=True, separators=(",", ":"))[:-1].encode("ascii")
    check = _check(before, start)
    return start + _CHECK + check.encode("ascii") + b'"}\n', check


def read_lines(path: Path, *, start: int = 0, number: int = 0, before: str = FIRST) -> Iterator[Line]:
    """All lines in order; those that are damaged say how. A missing file has none.

    `start`: only those from that byte on, where line `number`, whose check is `before`, ends.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        file.seek(start)
        for at, raw in enumerate(file, number + 1):
            line = _read(raw, number=at, place=start, before=before)
            yield line
            before, start = line.check, line.end


def last_check(path: Path) -> str:
    """The check of the last line. ValueError when the ledger does not end with a whole line: it must be recovered first."""
    check = check_before(path, path.stat().st_size if path.exists() else 0)
    if check is None:
        raise ValueError(f"{path} does not end with a whole line: recover the archive before writing to it")
    return check


def check_before(path: Path, end: int) -> str | None:
    """The check of the line that ends at that byte; None where no whole line does."""
    if end == 0:
        return FIRST
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, end - _TAIL))
        tail = file.read(min(end, _TAIL))
    if len(tail) != _TAIL or not tail.startswith(_CHECK) or not tail.endswith(b'"}\n'):
        return None
    return tail[len(_CHECK) : -3].decode("ascii")


def _read(raw: bytes, *, number: int, place: int, before: str) -> Line:
    start, mark, tail = raw.rpartition(_CHECK)
    check = tail[:16].decode("ascii", "replace")
    end = place + len(raw)
    if not raw.endswith(b"\n"):
        return Line(number, place, end, check, None, fault="the line is cut off")
    if not mark or len(tail) != 19 or not tail.endswith(b'"}\n'):
        return Line(number, place, end, check, None, fault="the line is no line of a ledger")
    if check != _check(before, start):
        return Line(
            number, place, end, check, None, fault="the checksum is wrong: this line, the one before it, or a line between them was changed"
        )
    try:
        said = json.loads(start + b"}")
        member = said.pop("member", None)
        return Line(number, place, end, check, Fetch.model_validate(said), member)
    except (ValueError, ValidationError) as error:
        return Line(number, place, end, check, None, fault=f"the line holds no fetch: {str(error)[:200]}")


def _check(before: str, start: bytes) -> str:
    return hashlib.sha256(before.encode("utf-8") + start).hexdigest()[:16]
