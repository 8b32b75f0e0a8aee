"""Further addresses of an article: of a list that names it otherwise, of a redirect, of its page's `link rel=canonical`.

They are noted in the ledger as lines of the kind `alias`, once, and are never asked for by themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from urllib.parse import urlsplit

from crawler.canonical_link import canonical_of
from crawler.journal import Journal, Visit
from crawler.schedule import Schedule
from crawler.site import Site
from schemas.page import Page

MOST = 20  # of an article; a site with more makes a new address at every visit
LINK, REDIRECT, CANONICAL = "link", "redirect", "canonical"


class Aliases:
    """Knows the addresses of the articles of earlier runs and of this one; writes the new ones of known articles."""

    def __init__(self, journal: Journal, schedule: Schedule) -> None:
        self._journal, self._schedule = journal, schedule
        # site -> canonical addresses of this run, of lists too; as numbers, which are small
        self._asked: dict[str, set[int]] = defaultdict(set)
        self._told: dict[str, tuple[set[int], Counter[str]]] = {}  # site -> those of earlier runs, identity -> aliases

    def asked(self, visit: Visit) -> None:
        """An article or a list is asked for by this address."""
        self._asked[visit.site.key].add(hash(visit.site.canonical(visit.url)))

    def linked(self, visit: Visit) -> None:
        """A list names an article that is known, maybe by another address."""
        if visit.site.article.id_regex and self._journal.before(visit) is None:  # without one the address is the identity
            self._note(visit.site, visit.url, LINK, article=visit.url, found_on=visit.found_on)

    def led(self, visit: Visit, page: Page) -> None:
        """The page of an article came, maybe from elsewhere, and may call itself otherwise."""
        site = visit.site
        found = [(url, REDIRECT) for url in (*page.redirects, page.final_url) if page.redirects or page.final_url != visit.url]
        found += [(url, CANONICAL) for url in (canonical_of(page),) if url]
        for url, how in found:
            if site.owns(url) and site.is_article(url) and not _is_source(site, url):
                self._note(site, url, how, article=visit.url, found_on=visit.url)

    def _note(self, site: Site, url: str, how: str, *, article: str, found_on: str | None) -> None:
        address, identity = hash(site.canonical(url)), site.identity(article)
        if address in self._asked[site.key]:
            return
        addresses, number = self._earlier(site)
        if address not in addresses and number[identity] < MOST:
            addresses.add(address)
            number[identity] += 1
            self._journal.alias(site, url, how, found_on=found_on)

    def _earlier(self, site: Site) -> tuple[set[int], Counter[str]]:
        """What earlier runs told of a site; looked up when the first address comes that may be new."""
        if site.key not in self._told:
            addresses, number = set[int](), Counter[str]()
            for line in self._schedule.lines(site):
                addresses.add(hash(site.canonical(line.url)))
                if line.kind == "alias":
                    number[site.identity(line.url if line.reason == LINK else line.found_on or line.url)] += 1
            self._told[site.key] = addresses, number
        return self._told[site.key]


def _is_source(site: Site, url: str) -> bool:
    """Whether an address is that of a list, a feed, the sitemap or the front page."""
    given = [*(start.url for start in site.start), *site.feeds, *([site.sitemap] if site.sitemap else [])]
    return not urlsplit(url).path.strip("/") or site.canonical(url) in {site.canonical(one) for one in given}
