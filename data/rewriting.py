"""The archive rewritten without what may not stay: segments and ledger anew beside the old ones, then put in their place.

    DIR/archive/rewrite.new/   being written; worth nothing
    DIR/archive/rewrite/       whole and synced: `finish`, or the next `Archive.recover`, moves each file over the old one, the ledger last

So a kill leaves the archive as it was, or to be gone on from. Only who holds DIR/lock may call these.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from data.damage import Damaged
from data.disk import sync, sync_folder
from data.ledger import FIRST, Line, member_check, write_line
from data.warc import write_record
from schemas.page import Fetch, Page

if TYPE_CHECKING:
    from data.archive import Archive

# A line with its page (null: it has none, or nobody asked for it) -> both as they may stay, or None for neither
Change = Callable[[Fetch, Page | None], tuple[Fetch, Page | None] | None]
UNDONE, READY = "rewrite.new", "rewrite"


class Rewritten(NamedTuple):
    """What a rewriting did."""

    lines: int  # of the ledger that are gone, those of pages counted
    pages: int  # that are gone
    changed: int  # pages that stand in the place of others


def rewrite(archive: Archive, change: Change, *, bodies: bool) -> Rewritten:
    """Change the archive as `change` says; `bodies`: it wants to see the pages, which takes reading all of them. Recover the archive before."""
    touched: set[int] = set()  # numbers of lines
    segments: set[str] = set()
    lines = pages = changed = 0
    for line, fetch in _fetches(archive):
        page = _page(archive, fetch) if bodies else None
        found = change(fetch, page)
        if found is not None and found[0] == fetch and found[1] is page:
            continue
        touched.add(line.number)
        lines += found is None
        if fetch.warc is not None:
            segments.add(fetch.warc)
            pages += found is None
            changed += found is not None
    if touched:
        with _Anew(archive, segments) as anew:
            for line in archive.lines():
                if line.fetch is None:
                    anew.copy(line)
                elif line.number not in touched:
                    anew.put(line, line.fetch, None)
                elif (found := change(line.fetch, _page(archive, line.fetch))) is not None:
                    anew.put(line, *found)
        finish(archive.folder)
    return Rewritten(lines, pages, changed)


def finish(folder: Path) -> bool:
    """Put what a rewriting has made in its place, take away what one that was cut off has left; whether there was anything to put."""
    shutil.rmtree(folder / UNDONE, ignore_errors=True)
    ready = folder / READY
    if not ready.is_dir():
        return False
    for path in sorted(ready.iterdir(), key=lambda path: path.name == "ledger.jsonl"):
        path.replace(folder / path.name)
    sync_folder(folder)
    ready.rmdir()
    for path in folder.glob("states.sqlite*"):  # made from the ledger of before
        path.unlink()
    return True


class _Anew:
    """The new ledger and segments, line by line; ready when the context ends without an error."""

    def __init__(self, archive: Archive, segments: set[str]) -> None:
        self._archive, self._folder = archive, archive.folder / UNDONE
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        self._ledger = (self._folder / "ledger.jsonl").open("wb")
        self._segments = {name: (self._folder / name).open("wb") for name in sorted(segments)}
        self._check = FIRST

    def __enter__(self) -> _Anew:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for file in (*self._segments.values(), self._ledger):
            if kind is None:
                sync(file)
            file.close()
        if kind is None:
            sync_folder(self._folder)
            self._folder.rename(self._archive.folder / READY)
            sync_folder(self._archive.folder)

    def put(self, line: Line, fetch: Fetch, page: Page | None) -> None:
        """A line with its record: that of `page`, else the one that the archive has."""
        segment = self._segments.get(fetch.warc or "")
        if segment is None:
            self._write(fetch, line.member)
            return
        if page is None:
            member, check, length = self._kept(fetch), line.member, fetch.length
        else:
            fetch = fetch.model_copy(update={"sha256": page.sha256})
            member = write_record(page, fetch)
            check, length = member_check(member), len(member)
        self._write(fetch.model_copy(update={"offset": segment.tell(), "length": length}), check)
        segment.write(member)

    def copy(self, line: Line) -> None:
        """A line that nobody can read stays as it is."""
        with self._archive.ledger_file.open("rb") as file:
            file.seek(line.start)
            self._ledger.write(file.read(line.end - line.start))
        self._check = line.check

    def _write(self, fetch: Fetch, member: str | None) -> None:
        text, self._check = write_line(fetch, member, self._check)
        self._ledger.write(text)

    def _kept(self, fetch: Fetch) -> bytes:
        """The bytes of a record, whole or not: what is damaged stays so, and `verify` names it."""
        path = self._archive.folder / (fetch.warc or "")
        if not path.exists():
            return b""
        with path.open("rb") as file:
            file.seek(fetch.offset or 0)
            return file.read(fetch.length or 0)


def _fetches(archive: Archive) -> Iterator[tuple[Line, Fetch]]:
    return ((line, line.fetch) for line in archive.lines() if line.fetch is not None)


def _page(archive: Archive, fetch: Fetch) -> Page | None:
    """The page of a fetch; None where it has none, or where it is damaged."""
    try:
        return archive.page(fetch) if fetch.warc is not None else None
    except Damaged:
        return None
