"""What of the WARC files of others is taken into the archive, and what the archive holds already."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from hashlib import blake2b
from urllib.parse import urlsplit

from crawler.registry import Registry
from crawler.site import Site
from data.archive import Archive, Head, Revisit
from schemas.page import Fetch, Page

HTML = frozenset({"", "text/html", "application/xhtml+xml", "application/octet-stream", "text/plain"})  # what pages come as
NAMELESS = ("dump:", "file:")
Place = tuple[str, int, int]  # segment, offset, length


class Choice:
    """Which records are taken: those that a crawl could have kept as pages of articles, of hosts of the registry or of all hosts."""

    def __init__(self, registry: Registry, *, site: str | None, all_hosts: bool) -> None:
        self._registry, self._all = registry, all_hosts or site is not None
        self._count: Counter[str] = Counter()
        self._sources: dict[str, frozenset[str]] = {}

    @property
    def left_out(self) -> dict[str, int]:
        """Why -> records that were not taken."""
        return {why: self._count[why] for why in ("others", "no_article")}

    def wanted(self, head: Head) -> bool:
        """Whether the record is to be read; one that is not is counted."""
        sites = self._registry.all_for_url(head.url)  # by which of them it is read, its day tells
        if not sites and not self._all:
            self._count["others"] += 1
        elif not any(self._is_page(head, site) for site in sites or (None,)):
            self._count["no_article"] += 1
        else:
            return True
        return False

    def _is_page(self, head: Head, site: Site | None) -> bool:
        """Whether it may be an article: by status, type and address. A 5xx may have a whole article in it."""
        if not (200 <= head.status <= 203 or head.status >= 500) or head.media_type not in HTML:
            return False
        if urlsplit(head.url).path.lower() == "/robots.txt":
            return False
        if site is None:
            return True
        if site.key not in self._sources:
            self._sources[site.key] = sources(site)
        return site.is_article(head.url) and site.canonical(head.url) not in self._sources[site.key]


def sources(site: Site) -> frozenset[str]:
    """The addresses of a site that name articles and are none: lists, feeds, the sitemap, the front page."""
    given = [*(start.url for start in site.start), *site.feeds, *([site.sitemap] if site.sitemap else [])]
    fronts = [f"{scheme}://{host}/" for host in site.hosts for scheme in ("http", "https")]
    return frozenset(site.canonical(url) for url in (*given, *fronts))


class Known:
    """What the archive holds, so that nothing is taken twice; keys are digests of 16 bytes, for a ledger may have millions of lines.

    Of an address from a WARC file any body that it ever had is known: the file may hold several. Of others it is the last one, so that
    what was corrected back is taken again.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._bodies: set[bytes] = set()  # (site, url, sha256)
        self._urls: set[bytes] = set()
        self._last: dict[bytes, bytes] = {}  # (site, url) -> sha256, of what did not come from a WARC file
        self._nameless: set[bytes] = set()  # sha256 of files: the same bytes under another file name are the same page
        self._places: dict[bytes, Place] = {}  # (url, second), of what did
        for fetch in archive.pages():
            self.add(fetch)

    def add(self, fetch: Fetch) -> None:
        """Note a page that is kept."""
        sha256 = fetch.sha256 or ""
        self._bodies.add(_key(fetch.site, fetch.url, sha256))
        self._urls.add(_key(fetch.url))
        if fetch.url.startswith(NAMELESS):
            self._nameless.add(_key(sha256))
        if not fetch.imported:
            self._last[_key(fetch.site, fetch.url)] = _key(sha256)
        elif fetch.warc is not None and fetch.offset is not None and fetch.length is not None:
            self._places[_at(fetch.url, fetch.at)] = sys.intern(fetch.warc), fetch.offset, fetch.length

    def has(self, page: Page, *, history: bool) -> bool:
        """Whether the page need not be kept again; `history`: it is of a WARC file."""
        if history:
            return _key(page.site, page.url, page.sha256) in self._bodies
        if page.url.startswith(NAMELESS) and _key(page.sha256) in self._nameless:
            return True
        return self._last.get(_key(page.site, page.url)) == _key(page.sha256)

    def has_address(self, url: str) -> bool:
        """Whether there is a page of that address."""
        return _key(url) in self._urls

    def page_of(self, revisit: Revisit) -> Page | None:
        """The page of a revisit, with the body of the record that it points to; None if that is not in the archive."""
        place = self._places.get(_at(revisit.of, revisit.of_at)) if revisit.of_at else None
        if place is None:
            return None
        try:
            page, _ = self._archive.record(*place)
        except (OSError, ValueError):  # `verify` names it
            return None
        same = {"url": revisit.url, "final_url": revisit.url, "fetched_at": revisit.at}
        return page.model_copy(update={**same, "site": "import"})


def _key(*parts: str) -> bytes:
    return blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _at(url: str, when: dt.datetime) -> bytes:
    return _key(url, when.isoformat(timespec="seconds"))
