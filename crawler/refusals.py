"""Pages that are no article: wrong type of bytes, challenges, logins, maintenance, soft 404s, script-only redirects."""

from __future__ import annotations

import json
import re
import tomllib
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from schemas.article import Reject

MAX_BYTES = 16 * 2**20
_GZIP = b"\x1f\x8b"
# magic bytes -> what it is
_MAGIC = (
    (b"%PDF", "pdf"), (b"PK\x03\x04", "zip"), (b"\xff\xd8\xff", "jpeg"), (b"\x89PNG", "png"), (b"GIF8", "gif"), (b"RIFF", "riff"), (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0", "ole document"), (b"Rar!", "rar"), (b"7z\xbc\xaf", "7z"), (b"\x00\x00\x00\x18ftyp", "mp4"), (b"\x00\x00\x00\x20ftyp", "mp4"), (b"ID3", "mp3"), (b"BM", "bmp"),
)  # fmt: skip
_XML_ROOT = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(rss|feed|urlset|sitemapindex|svg)\b", re.DOTALL)


def inflate(body: bytes) -> bytes:
    """The body without gzip that no header told of, or that was put around it twice; as it came when it cannot be inflated."""
    for _ in range(2):
        if not body.startswith(_GZIP):
            break
        worker = zlib.decompressobj(wbits=31)
        try:
            body = worker.decompress(body, MAX_BYTES)
        except zlib.error:
            break
    return body


def wrong_type(body: bytes) -> str | None:
    """What the bytes are when they are no HTML: pdf, zip, jpeg, json, rss, …"""
    start = body[:16].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, name in _MAGIC:
        if body.startswith(magic) or (start.startswith(magic) and len(magic) > 3):
            return name
    if match := _XML_ROOT.match(body[:2000]):
        return match[1].decode()
    if start[:1] in (b"{", b"["):
        try:
            json.loads(body.decode("utf-8-sig"))
        except ValueError:
            return None
        return "json"
    return None


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(files("crawler").joinpath("refusals.toml").read_text(encoding="utf-8"))


@cache
def _markup(index: int) -> re.Pattern[str] | None:
    patterns = _rules()["refusal"][index].get("markup")
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE) if patterns else None


def refusal(html: str, visible: str) -> Reject | None:
    """Why a page with little visible text is no article; None when it has text enough or shows no sign."""
    if len(visible) >= _rules()["little"]:
        return None
    bare = len(visible) < _rules()["bare"]
    plain = visible.casefold()
    for index, rule in enumerate(_rules()["refusal"]):
        met = next((word for word in rule.get("words", ()) if word in plain), None)
        pattern = _markup(index)
        sign = pattern.search(html) if pattern and bare and met is None else None
        if met or sign:
            return Reject(reason=rule["reason"], detail=met or (sign[0][:80] if sign else None))
    return None
