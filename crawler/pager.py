"""Links of a list to its other pages, as a person sees them: "2", "Trang sau", "»", rel=next."""

from __future__ import annotations

import re

from crawler.discovery import base_of, has_pager, normalise, parsed
from crawler.site import Site

_LABEL = re.compile(r"2|[›»>→]{1,2}|(?:(?:trang|tin|bài)\s+)?(?:sau|kế|tiếp|kế tiếp|tiếp theo|cũ hơn)|next(?: page)?|older(?: posts)?")


def pager_links(site: Site, text: str, url: str) -> list[str]:
    """Addresses of the other pages that a list shows, each once, as written where a script follows them; none for a list of one page."""
    page = parsed(text)
    base, found = base_of(page, url), []
    for node in page.css("a[href]"):
        label = " ".join("".join(node.css("::text").getall()).split()).casefold().strip("[]()| ")
        if not _LABEL.fullmatch(label) and "next" not in node.root.get("rel", "").lower().split():
            continue
        href = node.root.get("href")
        address = normalise(href, base)
        if (address and site.owns(address) and address != url) or has_pager(href):
            found.append(address or href)
    return list(dict.fromkeys(found))
