"""WARC records of the archive: a page as one gzip member, and a member as its page again. `data/foreign.py` reads those of others."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import uuid
import zlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from schemas.page import Fetch, Page

HEAD = bytes.fromhex("1f8b0800000000000003")  # how each member begins: gzip, deflate, no time, Unix
_RENAMED = frozenset({"content-encoding", "transfer-encoding", "content-length"})  # they tell of the bytes on the wire, not of these
_CHUNK = 2**20


class Member(NamedTuple):
    """A stretch of a segment: one whole gzip member, or bytes that are none (`raw` is then None)."""

    start: int
    end: int
    raw: bytes | None


def write_record(page: Page, fetch: Fetch) -> bytes:
    """The gzip member of a page. All of the page but its body stands in `Thidua-Page`, its ledger line in `Thidua-Fetch`."""
    imported = not page.url.startswith(("http:", "https:")) or page.kind in ("dump", "article_json")  # it never came over HTTP
    block = page.body if imported else _http_head(page) + page.body
    fields = {
        "WARC-Type": "resource" if imported else "response",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'{fetch.run}/{fetch.seq}')}>",
        "WARC-Target-URI": quote(page.final_url, safe="!#$%&'()*+,/:;=?@[]~"),
        "WARC-Date": page.fetched_at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "WARC-Payload-Digest": digest(page.body),
        "WARC-Block-Digest": digest(block),
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
    if len(rest) != length + 4 or digest(block) != fields["WARC-Block-Digest"]:
        raise ValueError("the block does not fit its digest")
    body = block if fields["WARC-Type"] == "resource" else block.partition(b"\r\n\r\n")[2]
    if digest(body) != fields["WARC-Payload-Digest"]:
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
            following = find(file, HEAD, start + 1, end)
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


def find(file: BinaryIO, what: bytes, start: int, end: int) -> int:
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


def _http_head(page: Page) -> bytes:
    """Status line and headers for other tools; those that tell of the bytes on the wire under another name."""
    lines = [f"HTTP/1.1 {page.status} {HTTPStatus(page.status).phrase if page.status in set(HTTPStatus) else 'Unknown'}"]
    for name, value in page.headers:
        shown = f"X-Archive-Orig-{name}" if name.lower() in _RENAMED else name
        lines.append(f"{_one_line(shown)}: {_one_line(value)}")
    return ("\r\n".join(lines) + f"\r\nContent-Length: {len(page.body)}\r\n\r\n").encode("utf-8", "replace")


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n\0]+", " ", text)


def digest(content: bytes) -> str:
    """A digest as WARC fields write it."""
    return "sha256:" + base64.b32encode(hashlib.sha256(content).digest()).decode("ascii")
