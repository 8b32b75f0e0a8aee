"""The pages of WARC files made by others: Common Crawl, CC-NEWS, web archives; gzip by record, gzip as a whole, or plain; ARC too."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import brotli  # type: ignore[import-untyped]
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from data.warc import digest, find
from schemas.page import Page

LIMIT = 16 * 2**20  # bytes of a body; more is no page
NAMED = 5  # places that could not be read, of which the message tells
_CHUNK = 2**20
_READ = 2**16  # bytes of a file at once
_GZIP = b"\x1f\x8b\x08"
_HEAD = re.compile(rb"WARC/\d\.\d+\r?\n(?=[A-Za-z][A-Za-z-]*:)")  # how a record begins
_HEAD_BYTES = 64  # in which the whole of it stands
_CODINGS = ("", "identity", "gzip", "x-gzip", "deflate", "br")


class LeftOut(ValueError):
    """Raised after the last page of a WARC file when parts of it could not be read; the message says which."""


class Head(NamedTuple):
    """What is known of a record before its body is read."""

    url: str
    status: int  # 200 for a resource
    media_type: str  # in small letters without parameters; empty when it does not tell


class Revisit(NamedTuple):
    """A page that was as another record has it: the same bytes, or a 304."""

    url: str
    at: dt.datetime
    of: str  # address of the other record
    of_at: dt.datetime | None  # when that was fetched; None when neither the record nor the file tells
    status: int  # 304, or that of the same page


Wanted = Callable[[Head], bool]
Seen = dict[bytes, tuple[str, dt.datetime]]  # payload digest -> the record that has it


def read_warc(path: Path | str) -> Iterator[Page]:
    """Pages of a WARC file of anybody: its response and resource records, bodies after content decoding. Raises as `read_records` does."""
    return (found for found in read_records(path) if isinstance(found, Page))


def read_records(path: Path | str, wanted: Wanted | None = None) -> Iterator[Page | Revisit]:
    """Pages and revisits of a WARC file in its order; only the `wanted` ones, the bodies of others are passed over.

    Records of this project give their page exactly. What can't be read (cut off, damaged, over 16 MiB) is left out, reading goes on
    with the next record that begins, and after the last one `LeftOut` tells what it was.
    """
    left_out: list[str] = []
    with Path(path).open("rb") as file:
        content = _Content(file)
        number, seen = 0, Seen()
        while True:
            records = ArchiveIterator(content)
            records.INC_RECORD = ""  # it would print
            before = len(left_out)
            while True:
                try:
                    record = next(records, None)
                except (ArchiveLoadFailed, EOFError, AttributeError, ValueError) as error:  # AttributeError: a record without an address
                    why = str(error).strip()[:200] or "the file ends in the head of a record"
                    left_out.append(f"after record {number}: {why}")
                    break
                if record is None:
                    break
                number += 1
                try:
                    found = _found(record, wanted, seen)
                    cut = _is_cut(record)
                    records.read_to_end(record)
                    if cut:
                        left_out.append(f"record {number} is cut off")
                    elif records.err_count:
                        left_out.append(f"record {number} is not as long as it says")
                        records.err_count = 0
                    elif found is not None:
                        yield found
                except ValueError as error:
                    left_out.append(f"record {number}: {str(error)[:200]}")
            if content.fault:
                if len(left_out) == before or not left_out[-1].endswith("is cut off"):
                    left_out.append(f"after record {number}: {content.fault}")
                else:
                    left_out[-1] += f" ({content.fault})"
            elif len(left_out) == before and records.offset < content.tell():
                left_out.append(f"after record {number}: the head of a record that is not whole")
            if not content.find_record(_unused(records)):
                break
    if left_out:
        named = "; ".join(left_out[:NAMED])
        more = f"; {len(left_out)} places in all" if len(left_out) > NAMED else ""
        raise LeftOut(f"{path}: {named}{more}; what is whole was read")


def _unused(records: ArchiveIterator) -> bytes:
    """What warcio has read and could make nothing of."""
    line = records.next_line or b""
    buffer = records.reader.buff if records.reader else None
    return (b"" if line.startswith(b"WARC/") else line) + (buffer.read() if buffer else b"")


class _Content:
    """The content of a plain file or of a gzip file of any members, up to where it is damaged; from there `find_record` goes on.

    warcio alone would not tell a gzip file that is cut off from a whole one.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._gzip = file.peek(2)[:2] == _GZIP[:2]  # type: ignore[attr-defined]
        self._unpacker, self._inside = zlib.decompressobj(31), False
        self._packed, self._taken = b"", 0  # bytes of the file that wait, bytes that were taken of it
        self._member = 0  # where the gzip member begins
        self._rest, self._place = b"", 0  # content that was given back, content that was given
        self.fault: str | None = None

    def tell(self) -> int:
        """Bytes of content that were read."""
        return self._place

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none at the end or at a fault."""
        if self._rest:
            content, self._rest = self._rest[:size], self._rest[size:]
        else:
            content = self._unpack(size) if self._gzip else self._file.read(size)
        self._place += len(content)
        return content

    def _unpack(self, size: int) -> bytes:
        while not self.fault:
            if self._unpacker.eof:
                self._packed, self._unpacker, self._inside = self._unpacker.unused_data, zlib.decompressobj(31), False
                self._member = self._taken - len(self._packed)
            if not self._packed:
                self._packed = self._file.read(_READ)
                self._taken += len(self._packed)
            if not self._packed and not self._inside:
                break
            packed = self._packed
            try:
                content = self._unpacker.decompress(packed, size)
            except zlib.error as error:
                self.fault = f"damaged gzip at byte {self._member}: {error}"
                break
            self._packed, self._inside = self._unpacker.unconsumed_tail, True
            if content:
                return content
            if not packed and not self._unpacker.eof:
                self.fault = f"the gzip file is cut off in what begins at byte {self._member}"
        return b""

    def find_record(self, rest: bytes) -> bool:
        """Go on where the next record begins; `rest` was read and not used. False when there is none."""
        self._place -= len(rest)
        self._rest = rest + self._rest
        while True:
            held = b""
            while content := self.read(_READ):
                held += content
                if match := _HEAD.search(held):
                    self._rest = held[match.start() :] + self._rest
                    self._place -= len(held) - match.start()
                    return True
                held = held[-_HEAD_BYTES:]
            if not self.fault or not self._next_member():
                return False

    def _next_member(self) -> bool:
        """After damage: go to the next gzip member that holds a record."""
        end = self._file.seek(0, 2)
        start = self._member
        while (start := find(self._file, _GZIP, start + 1, end)) < end:
            self._file.seek(start)
            try:
                begin = zlib.decompressobj(31).decompress(self._file.read(1024), _HEAD_BYTES)
            except zlib.error:
                continue
            if begin.startswith(b"WARC/"):
                self._file.seek(start)
                self._unpacker, self._inside, self._packed, self.fault = zlib.decompressobj(31), False, b"", None
                self._member = self._taken = start
                return True
        return False


def _found(record: ArcWarcRecord, wanted: Wanted | None, seen: Seen) -> Page | Revisit | None:
    """The page of a record, None if it holds none. ValueError says why one can't be had."""
    fields = record.rec_headers
    if record.rec_type is None or not (fields.get_header("Content-Length") or fields.get_header("length")):
        raise ValueError("its head is not whole")
    if record.rec_type not in ("response", "resource", "revisit"):
        return None
    if fields.get_header("Thidua-Page") is not None:
        return _own(record)
    http = record.http_headers
    if record.rec_type == "response" and http is None:
        return None  # of DNS, FTP and the like
    address = (fields.get_header("WARC-Target-URI") or fields.get_header("uri") or "").strip("<>")
    said = http.get_statuscode() if http else "200"
    status = int(said) if said.isdecimal() else 0
    given = http.headers if http else [("Content-Type", fields.get_header("Content-Type") or "application/octet-stream")]
    headers = tuple(given)
    kind = next((value for name, value in headers if name.lower() == "content-type"), "").partition(";")[0].strip().lower()
    head = Head(address, 200, "") if record.rec_type == "revisit" else Head(address, status, kind)
    if wanted is not None and not wanted(head):
        return None
    if status == 0:
        raise ValueError(f"status {said!r}")
    when = _date(fields.get_header("WARC-Date") or fields.get_header("archive-date") or "")
    payload = hashlib.sha256((fields.get_header("WARC-Payload-Digest") or "").encode()).digest()[:16]
    if record.rec_type == "revisit":
        return _revisit(record, Revisit(address, when, address, None, status), seen.get(payload))
    body, cut = _body(record)
    if fields.get_header("WARC-Payload-Digest"):
        seen[payload] = address, when
    truncated = fields.get_header("WARC-Truncated") or cut
    return Page(
        site="import",
        url=address,
        final_url=address,
        fetched_at=when,
        status=status,
        headers=headers,
        body=body,
        imported=True,
        truncated=truncated,
    )


def _own(record: ArcWarcRecord) -> Page:
    """The page of a record that this project wrote."""
    body = record.raw_stream.read()
    if record.rec_headers.get_header("WARC-Payload-Digest") != digest(body):
        raise ValueError("the body does not fit its digest")
    said = json.loads(record.rec_headers.get_header("Thidua-Page"))
    return Page.model_validate({**said, "body": body} if isinstance(said, dict) else said)


def _revisit(record: ArcWarcRecord, found: Revisit, same: tuple[str, dt.datetime] | None) -> Revisit:
    """A revisit with what it points to: as it says, else the record of the same file with the same digest, else its own address."""
    fields = record.rec_headers
    of = (fields.get_header("WARC-Refers-To-Target-URI") or "").strip("<>")
    of_at = fields.get_header("WARC-Refers-To-Date")
    if same and not (of and of_at):
        return found._replace(of=same[0], of_at=same[1])
    return found._replace(of=of or found.url, of_at=_date(of_at) if of_at else None)


def _body(record: ArcWarcRecord) -> tuple[bytes, str | None]:
    """The body after content decoding, and `encoding` if it ends before its packing does."""
    http = record.http_headers
    coding = (http.get_header("content-encoding") or "").strip().lower() if http else ""
    if coding not in _CODINGS:
        raise ValueError(f"content coding {coding!r}")
    is_chunked = http and (http.get_header("transfer-encoding") or "").strip().lower() == "chunked"
    body: bytes = (ChunkedDataReader(record.raw_stream) if is_chunked else record.raw_stream).read(LIMIT + 1)
    whole = True
    if coding not in ("", "identity") and len(body) <= LIMIT:
        body, whole = _decoded(body, coding)
    if len(body) > LIMIT:
        raise ValueError("the body is over 16 MiB")
    return body, None if whole else "encoding"


def _decoded(body: bytes, coding: str) -> tuple[bytes, bool]:
    """A body unpacked, and whether to its end; as it is where it is not packed, whatever its header says (Common Crawl unpacks)."""
    if coding == "br":
        brotli_unpacker = brotli.Decompressor()
        try:
            found: bytes = brotli_unpacker.process(body, output_buffer_limit=LIMIT + 1)
        except brotli.error:
            return body, True
        return found, brotli_unpacker.is_finished()
    for form in (31,) if coding != "deflate" else (15, -15):  # deflate comes with zlib's head or without
        unpacker = zlib.decompressobj(form)
        try:
            found = unpacker.decompress(body, LIMIT + 1)
        except zlib.error:
            continue
        if found or unpacker.eof:
            return found, unpacker.eof
    return _beginning(body) if coding != "deflate" and body.startswith(_GZIP) else (body, True)


def _beginning(body: bytes) -> tuple[bytes, bool]:
    """What comes before the damage in a gzip body."""
    unpacker, parts = zlib.decompressobj(31), []
    try:
        for start in range(0, len(body), 256):
            parts.append(unpacker.decompress(body[start : start + 256], LIMIT))
    except zlib.error:
        pass
    return b"".join(parts), False


def _is_cut(record: ArcWarcRecord) -> bool:
    """Whether the file ends before the record does; reads what is left of it."""
    while record.raw_stream.read(_CHUNK):
        pass
    return getattr(record.raw_stream, "limit", 0) > 0


def _date(text: str) -> dt.datetime:
    """A WARC date, or one of ARC (20190618074426), UTC."""
    if re.fullmatch(r"\d{14}", text):
        return dt.datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    when = dt.datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    return when if when.tzinfo else when.replace(tzinfo=dt.UTC)
