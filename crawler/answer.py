"""An answer of a server: as the record that is kept, and as text."""

from __future__ import annotations

import datetime as dt

from scrapy.http import Response, TextResponse

from crawler.journal import Visit
from schemas.page import Page


def page_of(visit: Visit, response: Response) -> Page:
    """The response as a record; `tls` is what the site had us do with the certificate."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in response.headers.items() for value in values or ()
    )
    return Page(
        site=visit.site.key,
        url=visit.url,
        final_url=response.url,
        redirects=tuple(response.meta.get("redirect_urls", ())[1:]),
        fetched_at=dt.datetime.now(dt.UTC),
        status=response.status,
        headers=headers,
        body=response.body,
        kind=visit.kind,
        tls=visit.site.tls if response.url.startswith("https:") else None,
    )


def text_of(response: Response) -> str:
    """The body as text: UTF-8 where it is valid, else as the response says; for links, which are ASCII in nearly all cases."""
    try:
        return response.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return response.text if isinstance(response, TextResponse) else response.body.decode("utf-8", "replace")
