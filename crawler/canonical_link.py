"""The address that a page calls its own: `link rel=canonical`."""

from __future__ import annotations

import re

from crawler.discovery import normalise
from schemas.page import Page

HEAD = 1 << 18  # bytes of a page in which its canonical address is looked for
_CANONICAL = re.compile(rb"<link\b[^<>]{0,900}?\brel\s*=\s*[\"']?canonical\b[^<>]{0,3000}>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE)


def canonical_of(page: Page) -> str | None:
    """The address that a page calls its own."""
    link = _CANONICAL.search(page.body[:HEAD])
    href = _HREF.search(link[0]) if link else None
    return normalise(next(part for part in href.groups() if part is not None).decode("utf-8", "replace"), page.final_url) if href else None
