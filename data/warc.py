"""WARC records: a page as one gzip member, a member as its page again, and the pages of WARC files made by others."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
import uuid
import zlib
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from schemas.page import Fetch, Page

HEAD = bytes.fromhex("1f8b0800000000000003")  # how each member begins: gzip, deflate, no time, Unix
LIMIT = 16 * 2**20  # bytes of a body; more is no page
_RENAMED = frozenset({"content-encoding", "transfer-encoding", "content-length"})  # they tell of the bytes on the wire, not of these
_CHUNK = 2**20


class Member(NamedTuple):
    """A stretch of a segment: one whole gzip member, or bytes that are none (`raw` is then None)."""

    start: int
    end: int
    raw: bytes | None


class LeftOut(ValueError):
    """Raised after the last page of a WARC file when parts of it could not be read; the message says which."""


def write_record(page: Page, fetch: Fetch) -> bytes:
    """The gzip member of a page. All of the page but its body stands in `Thidua-Page`, its ledger line in `Thidua-Fetch`."""
    imported = not page.url.startswith(("http:", "https:")) or page.kind in ("dump", "article_json")  # it never came over HTTP
    block = page.body if imported else _http_head(page) + page.body
    fields = {
        "WARC-Type": "resource" if imported else "response",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'{fetch.run}/{fetch.seq}')}>",
        "WARC-Target-URI": quote(page.final_url, safe="!#$%&'()*+,/:;=?@[]~"),
        "WARC-Date": page.fetched_at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "WARC-Payload-Digest": _digest(page.body),
        "WARC-Block-Digest": _digest(block),
        "Thidua-Page": json.dumps(page.model_dump(mode="json", exclude={"body"}), ensure_ascii=True),
        "Thidua-Fetch": json.dumps(
            fetch.model_dump(mode="json", exclude_none=True, exclude={"warc", "offset", "length"}), ensure_ascii=True
        ),
        "Content-Type": _one_line(page.header("content-type") or "application/octet-stream")
        if imported
        else "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(head.encode("utf-8") + block + b"\r\n\r\n") + packer.flush()


def read_record(member: bytes) -> tuple[Page, Fetch]:
    """The page of a member that `write_record` made, and its ledger line without its place. ValueError if anything is amiss."""
    unpacker = zlib.decompressobj(31)
    try:
        record = unpacker.decompress(member)
    except zlib.error as error:
        raise ValueError(f"gzip: {error}") from None
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("gzip: the member is cut off" if not unpacker.eof else "gzip: more than one member")
    head, _, rest = record.partition(b"\r\n\r\n")
    lines = head.decode("utf-8").split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines[1:])
    if lines[0] != "WARC/1.1" or "Thidua-Page" not in fields:
        raise ValueError("no record of this archive")
    length = int(fields["Content-Length"])
    block = rest[:length]
    if len(rest) != length + 4 or _digest(block) != fields["WARC-Block-Digest"]:
        raise ValueError("the block does not fit its digest")
    body = block if fields["WARC-Type"] == "resource" else block.partition(b"\r\n\r\n")[2]
    if _digest(body) != fields["WARC-Payload-Digest"]:
        raise ValueError("the body does not fit its digest")
    return Page(**json.loads(fields["Thidua-Page"]), body=body), Fetch(**json.loads(fields["Thidua-Fetch"]))


def members(file: BinaryIO, start: int, end: int) -> Iterator[Member]:
    """What stands in a segment between two offsets, in order, without a gap; after bytes that are no member it finds the next one."""
    while start < end:
        raw = _member(file, start, end)
        if raw is not None:
            yield Member(start, start + len(raw), raw)
            start += len(raw)
        else:
            following = _find(file, HEAD, start + 1, end)
            yield Member(start, following, None)
            start = following


def _member(file: BinaryIO, start: int, end: int) -> bytes | None:
    """The gzip member that begins at `start`, None if none does or it is cut or damaged."""
    file.seek(start)
    unpacker, parts, place = zlib.decompressobj(31), [], start
    while place < end and not unpacker.eof:
        part = file.read(min(_CHUNK, end - place))
        if not part:
            return None
        try:
            unpacker.decompress(part)
        except zlib.error:
            return None
        place += len(part)
        parts.append(part)
    whole = b"".join(parts)
    if not unpacker.eof or not whole.startswith(HEAD):
        return None
    return whole[: len(whole) - len(unpacker.unused_data)]


def _find(file: BinaryIO, what: bytes, start: int, end: int) -> int:
    """Offset of the first `what` from `start` on, else `end`."""
    kept = b""
    file.seek(start)
    while start < end:
        part = file.read(min(_CHUNK, end - start))
        if not part:
            break
        at = (kept + part).find(what)
        if at >= 0:
            return start - len(kept) + at
        start += len(part)
        kept = (kept + part)[-len(what) + 1 :]
    return end


def read_warc(path: Path | str) -> Iterator[Page]:
    """Pages of a WARC file of anybody, gzip or plain: its response and resource records, bodies after content decoding.

    Records of this project give their page exactly. What can't be read (cut off, damaged, over 16 MiB) is left out, and after the last
    page `LeftOut` tells what it was.
    """
    left_out: list[str] = []
    with Path(path).open("rb") as file:
        source = _Unzipped(file) if file.peek(2)[:2] == b"\x1f\x8b" else file
        records, number = ArchiveIterator(source), 0
        while True:
            try:
                record = next(records, None)
                if record is None:
                    break
                number += 1
                page = _foreign(record)
                if _is_cut(record):
                    left_out.append(f"record {number} is cut off")
                elif page is not None:
                    yield page
            except (ArchiveLoadFailed, EOFError, AttributeError) as error:  # the last of warcio, for a record without an address
                left_out.append(f"after record {number}: {str(error).strip()[:200] or 'the file ends in the head of a record'}")
                break
            except ValueError as error:
                left_out.append(f"record {number}: {str(error)[:200]}")
        if isinstance(source, _Unzipped) and source.fault:
            left_out.append(f"after record {number}: {source.fault}")
        elif not left_out and records.offset < source.tell():
            left_out.append(f"after record {number}: the head of a record that is not whole")
    if left_out:
        more = f"; {len(left_out)} places in all" if len(left_out) > 1 else ""
        raise LeftOut(f"{path}: {left_out[0]}{more}; what is whole was read")


class _Unzipped:
    """The content of a gzip file of any members, up to where it is cut off or damaged; warcio alone would not say so."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._unpacker, self._packed, self._place, self._inside = file, zlib.decompressobj(31), b"", 0, False
        self.fault: str | None = None

    def tell(self) -> int:
        """Bytes of content that were read."""
        return self._place

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none at the end."""
        while not self.fault:
            if self._unpacker.eof:
                self._packed, self._unpacker, self._inside = self._unpacker.unused_data, zlib.decompressobj(31), False
            packed = self._packed or self._file.read(_CHUNK)
            if not packed and not self._inside:
                break
            try:
                content = self._unpacker.decompress(packed, size)
            except zlib.error as error:
                self.fault = f"damaged gzip: {error}"
                break
            self._packed, self._inside = self._unpacker.unconsumed_tail, True
            if content:
                self._place += len(content)
                return content
            if not packed and not self._unpacker.eof:
                self.fault = "the gzip file is cut off"
        return b""


def _foreign(record: ArcWarcRecord) -> Page | None:
    """The page of a record, None if it holds none. ValueError says why one can't be had."""
    fields = record.rec_headers
    if record.rec_type is None or not (fields.get_header("Content-Length") or fields.get_header("length")):
        raise ValueError("its head is not whole")
    if record.rec_type not in ("response", "resource"):
        return None
    own = fields.get_header("Thidua-Page")
    if own is not None:
        body = record.raw_stream.read()
        if fields.get_header("WARC-Payload-Digest") != _digest(body):
            raise ValueError("the body does not fit its digest")
        said = json.loads(own)
        return Page.model_validate({**said, "body": body} if isinstance(said, dict) else said)
    address = (fields.get_header("WARC-Target-URI") or fields.get_header("uri") or "").strip("<>")
    if record.rec_type == "response" and record.http_headers is None:
        return None  # of DNS, FTP and the like
    coding = (record.http_headers.get_header("content-encoding") or "").strip().lower() if record.http_headers else ""
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate", "br"):
        raise ValueError(f"content coding {coding!r}")
    body = record.content_stream().read(LIMIT + 1)
    if len(body) > LIMIT:
        raise ValueError("the body is over 16 MiB")
    http = record.http_headers
    status = int(http.get_statuscode()) if http else 200
    headers = tuple(http.headers) if http else (("Content-Type", fields.get_header("Content-Type") or "application/octet-stream"),)
    return Page(
        site="import",
        url=address,
        final_url=address,
        fetched_at=_date(fields.get_header("WARC-Date") or fields.get_header("archive-date") or ""),
        status=status,
        headers=headers,
        body=body,
    )


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


def _http_head(page: Page) -> bytes:
    """Status line and headers for other tools; those that tell of the bytes on the wire under another name."""
    lines = [f"HTTP/1.1 {page.status} {HTTPStatus(page.status).phrase if page.status in set(HTTPStatus) else 'Unknown'}"]
    for name, value in page.headers:
        shown = f"X-Archive-Orig-{name}" if name.lower() in _RENAMED else name
        lines.append(f"{_one_line(shown)}: {_one_line(value)}")
    return ("\r\n".join(lines) + f"\r\nContent-Length: {len(page.body)}\r\n\r\n").encode("utf-8", "replace")


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n\0]+", " ", text)


def _digest(content: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(content).digest()).decode("ascii")
