"""How many links of a list page had to be mended, and how many were passed over as no addresses."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urljoin

from w3lib.html import strip_html5_whitespace

from crawler.discovery import base_of, normalise, parsed


def count_links(text: str, url: str) -> Counter[str]:
    """`mended` and `ignored` links of the page `url` with this text; those that only lead to a place within the page count for neither.

    Mended is what `normalise` writes otherwise than a browser would: backslashes, spaces, invisible and raw letters, `///`, sessions.
    """
    page = parsed(text)
    base, count = base_of(page, url), Counter[str](mended=0, ignored=0)
    for href in page.css("a::attr(href)").getall():
        bare = strip_html5_whitespace(href)
        if not bare or bare.startswith("#"):
            continue
        address = normalise(href, base)
        if address is None:
            count["ignored"] += 1
        elif address.rstrip("/") != urljoin(base, bare.partition("#")[0]).rstrip("/"):
            count["mended"] += 1
    return count
