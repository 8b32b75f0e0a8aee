"""Bodies: decoded within the limit of size, whole, of a type that we read, and no challenge."""

from __future__ import annotations

import re
import zlib

import brotli  # type: ignore[import-untyped]
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils._compression import _check_max_size, _DecompressionMaxSizeExceeded, zstd  # type: ignore[attr-defined]

from crawler.outcome import Failed, Refused
from schemas.page import TRUNCATED, Fetch
from schemas.vocabulary import State

_GZIP = b"\x1f\x8b\x08"
_CHUNK = 1 << 16
MAX_HEADERS = 500
CUT_RUNS = 3
_LAST_TAG = re.compile(rb"</(?:html|body|rss|feed|rdf:RDF|urlset|sitemapindex)\s*>\s*(?:<!--[^>]*-->\s*)?$", re.IGNORECASE)
# First bytes of what is no page: PDF, ZIP (DOCX), OLE (DOC), JPEG, PNG, GIF, RIFF, RAR, 7z, MP4 and others of its kind at byte 4
_FOREIGN = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"Rar!", b"7z\xbc\xaf", _GZIP)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
# What only a gate in front of a page says, in small letters: a pattern that has to try both cases of every letter is ten times slower
_CHALLENGE = (b"_cf_chl_opt", b"cf-browser-verification", b"/cdn-cgi/challenge-platform/", b"window._challenge")
_CHALLENGE_TITLE = re.compile(
    rb"<title>\s*(?:just a moment|attention required|access denied|request rejected|ddos-guard|checking your browser|one moment, please"
    rb"|security check|x\xc3\xa1c (?:th\xe1\xbb\xb1c|minh) (?:truy c\xe1\xba\xadp|ng\xc6\xb0\xe1\xbb\x9di))"
)
_CAPTCHA = (b"captcha", b"cf-turnstile")
_COOKIE_STUB = re.compile(rb"document\.cookie\s*=", re.IGNORECASE)
_RELOAD = re.compile(rb"location\.(?:reload|href|replace)|window\.location|http-equiv=[\"']?refresh", re.IGNORECASE)
_STUB, _GATE, _LITTLE_TEXT = 4096, 1 << 16, 600
_SCRIPT = re.compile(rb"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")


class BodyGuard(HttpCompressionMiddleware):
    """Decodes as Scrapy does, but by magic bytes where header and body differ, and never keeps the first half of a broken body."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response with its decoded body; Refused(size), Failed(bad-header, encoding, truncated)."""
        if sum(len(response.headers.getlist(name)) for name in response.headers) > MAX_HEADERS:
            raise Failed("bad-header")
        try:
            response_or_request = super().process_response(request, response)
            if isinstance(response_or_request, Request):
                return response_or_request
            response = response_or_request
            if response.body[:3] == _GZIP:  # gzip twice, or a .gz file
                limit = request.meta.get("download_maxsize", self._max_size)
                response = response.replace(body=_gunzip(response.body, max_size=limit))
        except Refused:
            raise
        except (IgnoreRequest, _DecompressionMaxSizeExceeded) as error:
            raise Refused("size") from error
        except Exception as error:  # each codec has its own
            raise Failed("encoding") from error
        if "partial" in response.flags and not is_whole(response.body):
            raise Failed("truncated")
        return response

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding in (b"gzip", b"x-gzip"):
            return _gunzip(body, max_size=max_size) if body[:2] == _GZIP[:2] else body
        decoded: bytes = HttpCompressionMiddleware._decode(body, encoding, max_size)
        if not _has_end(body, encoding):  # Scrapy gives what came of a stream that was cut off
            raise EOFError("the packed stream has no end")
        return decoded


def _gunzip(body: bytes, *, max_size: int) -> bytes:
    """All members of a gzip body; EOFError if it was cut off, _DecompressionMaxSizeExceeded beyond the limit."""
    parts, size = [], 0
    while body[:2] == _GZIP[:2]:
        decoder, pending = zlib.decompressobj(31), body
        while pending and not decoder.eof:
            parts.append(decoder.decompress(pending, _CHUNK))
            size += len(parts[-1])
            _check_max_size(size, max_size)
            pending = decoder.unconsumed_tail
        if not decoder.eof:
            raise EOFError("the gzip stream has no end")
        body = decoder.unused_data
    return b"".join(parts)


def _has_end(body: bytes, encoding: bytes) -> bool:
    """Whether a packed body ends where its format says; it was found to be within the limit of size before."""
    if encoding == b"br":
        unpacker = brotli.Decompressor()
        unpacker.process(body)
        return bool(unpacker.is_finished())
    if encoding == b"zstd":
        frame = zstd.ZstdDecompressor()
        frame.decompress(body)
        return bool(frame.eof)
    if encoding == b"deflate":
        try:
            stream = zlib.decompressobj()
            stream.decompress(body)
        except zlib.error:  # without the header of zlib, as some servers send it
            stream = zlib.decompressobj(-zlib.MAX_WBITS)
            stream.decompress(body)
        return stream.eof
    return True


def is_whole(body: bytes) -> bool:
    """Whether a body whose length the server did not tell ends as a page, a feed or a piece of HTML does."""
    return bool(_LAST_TAG.search(body[-300:])) if b"<html" in body[:2000].lower() else body.rstrip().endswith(b">")


def is_cut(body: bytes, before: Fetch | None) -> bool:
    """Whether an article's page has no end and is shorter than the one that was kept, which had one; after three runs on end it is the page."""
    if before is None or before.whole_bytes is None or len(body) >= before.whole_bytes:
        return False
    if before.state is State.FAILED and before.reason == TRUNCATED and (before.in_a_row or 0) >= CUT_RUNS:
        return False
    return not is_whole(body) and b"</html" not in body[-_STUB:].lower()


def foreign_type(body: bytes, *, kind: str) -> bool:
    """Whether a body is no HTML or XML, whatever its header says; a list may be JSON with HTML in it."""
    head = body[:_CHUNK]
    if head.startswith(_FOREIGN) or head[4:8] == b"ftyp":
        return True
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<\x00" in head[:200] or b"\x00<" in head[:200]:
        return False  # UTF-16
    if len(head.translate(None, _CONTROL)) < 0.98 * len(head):
        return True
    if head.lstrip()[:1] in (b"{", b"["):
        return kind != "list"
    return b"<" not in body


def is_challenge(body: bytes) -> bool:
    """Whether a page is a gate in front of the page: a cookie stub that reloads itself, a CAPTCHA, a firewall's word."""
    if len(body) <= _STUB and _COOKIE_STUB.search(body) and _RELOAD.search(body):
        return True
    if len(body) > _GATE:
        return False
    small = body.lower()
    if any(sign in small for sign in _CHALLENGE) or _CHALLENGE_TITLE.search(small):
        return True
    return any(sign in small for sign in _CAPTCHA) and len(b" ".join(_TAG.sub(b" ", _SCRIPT.sub(b" ", body)).split())) < _LITTLE_TEXT
