"""The archive: every page as it came, in WARC segments, and the ledger that says what became of every address.

    DIR/archive/20261121-<run>-00001.warc.gz   one gzip member a record; a new segment for each run, and when one passes 1 GB
    DIR/archive/ledger.jsonl                   see data/ledger.py
    DIR/archive/states.sqlite                  see data/states.py
    DIR/archive/damaged/                       what `recover` has cut off
    DIR/archive/rewrite/                       what a take-down puts in the place of the above, see data/rewriting.py

A page is kept once its record and then its line are synced. Only who holds DIR/lock may write.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from data.damage import Damage, Damaged
from data.disk import sync, sync_folder
from data.foreign import Head, LeftOut, Revisit, read_records, read_warc
from data.ledger import Line, last_check, member_check, read_lines, write_line
from data.rewriting import finish
from data.states import States
from data.warc import members, read_record, write_record
from schemas.page import Fetch, Page
from schemas.vocabulary import State

__all__ = ["Archive", "ArchiveWriter", "Damage", "Damaged", "Head", "LeftOut", "Revisit", "read_records", "read_warc"]

SEGMENT = 2**30  # bytes after which a segment is full
GROUP, SECONDS = 64, 1.0  # records that wait at most to be synced, and how long
NAMING = frozenset({"list", "feed", "sitemap"})  # kinds of pages that name others


class Archive:
    """The archive in one folder; the folder is made when something is written."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.ledger_file = self.folder / "ledger.jsonl"

    def segments(self) -> list[Path]:
        """All segments, by name."""
        return sorted(self.folder.glob("*.warc.gz"))

    def writer(self, run: str) -> ArchiveWriter:
        """What appends to the archive in one run; a context manager. ValueError when a run was cut off and `recover` not called since."""
        return ArchiveWriter(self, run)

    def lines(self) -> Iterator[Line]:
        """The lines of the ledger in order, damaged ones too."""
        return read_lines(self.ledger_file)

    def ledger(self) -> Iterator[Fetch]:
        """The fetches in order. Damaged lines are left out; `verify` names them."""
        return (line.fetch for line in self.lines() if line.fetch is not None)

    def numbered(self) -> Iterator[tuple[int, Fetch]]:
        """The fetches in order, each with the number of its line, from 1; damaged lines keep their number to themselves."""
        return ((line.number, line.fetch) for line in self.lines() if line.fetch is not None)

    def states(self) -> States:
        """(site, url) -> its newest line, by the place in the file; that of an imported page only where no crawl asked for the address."""
        return States(self.ledger_file)

    def pages(self) -> Iterator[Fetch]:
        """The fetches that have a body in the archive, in order; `page` reads it."""
        return (fetch for fetch in self.ledger() if fetch.warc is not None)

    def page(self, fetch: Fetch) -> Page:
        """The page of a fetch, exactly as it was kept. `Damaged` if the record is not there or not whole."""
        return page_of(fetch, self._member)

    def record(self, segment: str, offset: int, length: int) -> tuple[Page, Fetch]:
        """The page and the line that stand at a place of a segment. OSError, ValueError when they do not."""
        return read_record(self._member(segment, offset, length))

    def _member(self, segment: str, offset: int, length: int) -> bytes:
        with (self.folder / segment).open("rb") as file:
            file.seek(offset)
            return file.read(length)

    def recover(self) -> list[Damage]:
        """Make the archive whole after a run that was cut off; says what was met.

        A tail that is no whole line or record goes to damaged/; whole records without a line get it. What is wrong further up is only
        named: it is no trace of a cut run. A take-down that was cut off is ended first.
        """
        if not self.folder.is_dir():
            return []
        finish(self.folder)
        found, ends, good = [], dict[str, int](), 0
        faults: list[Line] = []
        for line in self.lines():
            if line.fetch is None:
                faults.append(line)
                continue
            good = line.end
            if line.fetch.warc is not None and line.fetch.offset is not None and line.fetch.length is not None:
                ends[line.fetch.warc] = max(ends.get(line.fetch.warc, 0), line.fetch.offset + line.fetch.length)
        found += [fault(self.ledger_file, line) for line in faults if line.end <= good]
        if any(line.end > good for line in faults):
            found.append(self._set_aside(self.ledger_file, good, "lines that are not whole"))
        for path in self.segments():
            found += self._recover_segment(path, ends.get(path.name, 0))
        return found

    def _recover_segment(self, path: Path, known: int) -> Iterator[Damage]:
        """Give the records after `known` their lines; cut off what is no record."""
        size = path.stat().st_size
        if size < known:
            yield Damage(
                where=str(path), what=f"{size} bytes, the ledger knows of {known}", todo="`thidua verify` names the pages; crawl them again"
            )
        if size <= known:
            return
        check = last_check(self.ledger_file)
        with path.open("rb") as segment, self.ledger_file.open("ab") as ledger:
            for member in members(segment, known, size):
                if member.raw is None:
                    if member.end == size:
                        break
                    yield Damage(
                        where=f"{path}, offset {member.start}",
                        what=f"{member.end - member.start} bytes that are no record",
                        todo="crawl again",
                    )
                    continue
                try:
                    _, fetch = read_record(member.raw)
                except ValueError as error:
                    yield Damage(where=f"{path}, offset {member.start}", what=str(error), todo="crawl again")
                    continue
                placed = fetch.model_copy(update={"warc": path.name, "offset": member.start, "length": len(member.raw)})
                line, check = write_line(placed, member_check(member.raw), check)
                ledger.write(line)
                if fetch.kind in NAMING or (fetch.kind == "article" and fetch.state is State.OK):
                    line, check = write_line(reopened(placed), None, check)
                    ledger.write(line)
                yield Damage(
                    where=f"{path}, offset {member.start}",
                    what=f"the record of {fetch.url} had no line in the ledger",
                    todo="It has it now",
                )
            sync(ledger)
        if member.raw is None:
            yield self._set_aside(path, member.start, "a record that is not whole")

    def _set_aside(self, path: Path, start: int, what: str) -> Damage:
        """Move the bytes from `start` on into damaged/."""
        folder = self.folder / "damaged"
        folder.mkdir(exist_ok=True)
        number = sum(1 for _ in folder.glob(f"{path.name}.*"))
        aside = folder / f"{path.name}.{start}.{number}"
        with path.open("r+b") as file, aside.open("xb") as kept:
            file.seek(start)
            kept.write(file.read())
            sync(kept)
            sync_folder(folder)
            file.truncate(start)
            sync(file)
        return Damage(where=f"{path}, offset {start}", what=f"{aside.stat().st_size} bytes: {what}", todo=f"They lie in {aside} now")


class ArchiveWriter:
    """Appends pages and lines in groups: what is older than a second, or 64 records, is synced. Safe between threads."""

    def __init__(self, archive: Archive, run: str) -> None:
        self._archive, self._run = archive, re.sub(r"[^A-Za-z0-9_.]+", "-", run)
        archive.folder.mkdir(parents=True, exist_ok=True)
        self._ledger = archive.ledger_file.open("ab")
        self._check = last_check(archive.ledger_file)
        self._segment: BinaryIO | None = None
        self._path = Path()
        self._waiting: list[tuple[Fetch, str | None]] = []
        self._guard = threading.RLock()
        self._timer: threading.Timer | None = None
        self._broken: OSError | None = None

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def broken(self) -> bool:
        """Whether the disk has refused: nothing more can be kept."""
        return self._broken is not None

    def keep(self, page: Page, fetch: Fetch) -> Fetch:
        """Append a page and the line that tells of it; returns the line with its place. OSError when the disk refuses."""
        fetch = fetch.model_copy(update={"sha256": page.sha256})
        member = write_record(page, fetch)
        with self._guard, self._whole():
            segment = self._segment_for(fetch)
            placed = fetch.model_copy(update={"warc": self._path.name, "offset": segment.tell(), "length": len(member)})
            segment.write(member)
            self._wait(placed, member_check(member))
        return placed

    def note(self, fetch: Fetch) -> None:
        """Append a line that has no body."""
        with self._guard, self._whole():
            self._wait(fetch, None)

    def flush(self) -> None:
        """Sync everything kept so far: the records first, then the lines."""
        with self._guard, self._whole():
            self._sync()

    def close(self) -> None:
        """Sync and end."""
        with self._guard:
            try:
                if self._broken is None:
                    self.flush()
            finally:
                self._stop_timer()
                for file in (self._ledger, self._segment):
                    with suppress(OSError) if self.broken else nullcontext():  # what it still holds the disk refuses once more
                        if file is not None:
                            file.close()

    def _wait(self, fetch: Fetch, member: str | None) -> None:
        self._waiting.append((fetch, member))
        if len(self._waiting) >= GROUP:
            self._sync()
        elif self._timer is None:
            self._timer = threading.Timer(SECONDS, self._sync_late)
            self._timer.daemon = True
            self._timer.start()

    def _sync_late(self) -> None:
        """What the timer calls: a failure is told by the next call of the writer."""
        with self._guard:
            if self._broken is None and not self._ledger.closed:
                try:
                    with self._whole():
                        self._sync()
                except OSError:
                    pass  # kept in _broken

    def _sync(self) -> None:
        self._stop_timer()
        if not self._waiting:
            return
        if self._segment is not None:
            sync(self._segment)
        for fetch, member in self._waiting:
            line, self._check = write_line(fetch, member, self._check)
            self._ledger.write(line)
        sync(self._ledger)
        self._waiting.clear()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _segment_for(self, fetch: Fetch) -> BinaryIO:
        """The open segment; a new one for the first page and when the old one is full."""
        if self._segment is not None and self._segment.tell() >= SEGMENT:
            self._sync()
            self._segment.close()
            self._segment = None
        if self._segment is None:
            number = 1 + sum(1 for path in self._archive.segments() if path.name[9:-14] == self._run)
            self._path = self._archive.folder / f"{fetch.at:%Y%m%d}-{self._run}-{number:05d}.warc.gz"
            self._segment = self._path.open("xb")
            sync_folder(self._archive.folder)
        return self._segment

    def _whole(self) -> _Whole:
        return _Whole(self)

    def _fail(self, error: OSError) -> OSError:
        """After a failed write nobody knows what stands on the disk: the next `recover` finds out, this writer is done."""
        self._broken = OSError(
            error.errno,
            f"{error.strerror}; what was synced before is safe, the rest is fetched again by the next run",
            str(self._archive.folder),
        )
        return self._broken


class _Whole:
    """A stretch of writing: refuses after a failure, remembers one."""

    def __init__(self, writer: ArchiveWriter) -> None:
        self._writer = writer

    def __enter__(self) -> None:
        if self._writer._broken is not None:
            raise self._writer._broken

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, OSError) and error is not self._writer._broken:
            raise self._writer._fail(error) from error


def page_of(fetch: Fetch, member: Callable[[str, int, int], bytes]) -> Page:
    """The page of a fetch, exactly as it was kept; `member` gives the bytes of a segment at a place. `Damaged` if the record is not there or not whole."""
    if fetch.warc is None or fetch.offset is None or fetch.length is None:
        raise ValueError(f"{fetch.url}: this fetch ({fetch.state}) has no body in the archive")
    try:
        page, kept = read_record(member(fetch.warc, fetch.offset, fetch.length))
    except OSError as error:
        raise Damaged(lost(fetch, error.strerror or str(error))) from None
    except ValueError as error:
        raise Damaged(lost(fetch, str(error))) from None
    if (kept.site, kept.url, page.sha256) != (fetch.site, fetch.url, fetch.sha256):
        raise Damaged(lost(fetch, f"the record is that of {kept.url}"))
    return page


def lost(fetch: Fetch, what: str) -> Damage:
    """A page that the archive can't give back."""
    return Damage(where=f"{fetch.warc}, offset {fetch.offset}: {fetch.url}", what=what, todo="Crawl or import the address again")


def fault(path: Path, line: Line) -> Damage:
    """A line of the ledger that is damaged."""
    return Damage(
        where=f"{path}, line {line.number}", what=line.fault or "", todo="Mend the line from a copy; `thidua rebuild` leaves it out"
    )


def reopened(fetch: Fetch) -> Fetch:
    """The line that has an address asked for again, whole: the lines of the addresses that its page named may be lost with its own.

    A list is followed anew. An article that is as it was is not kept twice.
    """
    nothing = ["status", "warc", "offset", "length", "etag", "last_modified", *(["reason", "sha256"] if fetch.kind in NAMING else [])]
    return fetch.model_copy(update={"state": State.OPEN, **dict.fromkeys(nothing)})
