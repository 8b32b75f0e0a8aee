"""What a form sends here, and whether it was sent from a page of ours: this process made the form, and the browser says that it stood here."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

LONGEST = 64 << 10  # bytes of a form
FIELDS = 200  # of a form
TOKEN = secrets.token_urlsafe(32)  # in every form of this process; who cannot read our pages does not know it
TYPE = "application/x-www-form-urlencoded"

Form = Mapping[str, list[str]]


async def form_of(request: Request) -> Form:
    """The fields of a form that one of our own pages sent: name -> values, in order. HTTPException for any other request."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != TYPE:
        raise HTTPException(400)
    if not sent_from_here(request):
        raise HTTPException(403)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise HTTPException(413)
    fields: dict[str, list[str]] = {}
    try:
        for name, value in parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS, errors="replace"):
            fields.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\0", ""))
    except ValueError:
        raise HTTPException(400) from None
    if not secrets.compare_digest(fields.get("token", [""])[0].encode(), TOKEN.encode()):
        raise HTTPException(403)
    return fields


def sent_from_here(request: Request) -> bool:
    """Whether the browser says that a page of this very address asks: its Origin, or the address of the page where it names no origin."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    named = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    return named.scheme == request.url.scheme and bool(named.netloc) and named.netloc == request.headers.get("Host")
