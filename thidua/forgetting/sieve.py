"""What is to stay out, asked of addresses, pages and articles; and the sink of a crawl that lets nothing of it into the archive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from crawler.address import canonical
from crawler.journal import States
from crawler.registry import Registry
from crawler.sink import Sink
from data.readings import Found
from schemas.article import Article, Reject, article_key
from schemas.page import IMPORT, Fetch, Page
from schemas.vocabulary import State
from thidua.forgetting.masking import SIGN, masked, masked_page
from thidua.forgetting.tombstones import Tombstones

OF_ARTICLES = frozenset({"article", "alias", "dump", "html", "article_json"})  # kinds of lines whose address is that of an article
FORGOTTEN = "forgotten"  # reason of the ledger and of rejected pages
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


def keys_of(url: str, site: str | None, registry: Registry) -> set[str]:
    """The keys that an article of this address has or would have, by the definition of its site and as an import."""
    for scheme in ("dump:", "article:"):
        if url.startswith(scheme):
            return {article_key(IMPORT, url.removeprefix(scheme))}
    found = set()
    with suppress(ValueError):  # no address
        found.add(article_key(IMPORT, canonical(url)))
    for one in {one.key: one for one in (registry.by_key.get(site or ""), *registry.all_for_url(url)) if one}.values():
        with suppress(ValueError):
            found.add(one.article_id(url))
    return found


class Sieve:
    """The tombstones, asked with the registry: addresses are those of one article where its site says so.

    `word`: see masked_page.
    """

    def __init__(self, tombstones: Tombstones, registry: Registry, word: str = "") -> None:
        self.tombstones, self.registry, self._word = tombstones, registry, word
        self._late: list[tuple[set[str], str]] = []  # keys and digest of pages that only reading them gave away

    def refuses(self, url: str, site: str | None = None) -> bool:
        """Whether the address is that of a forgotten article, or names a forgotten person."""
        if not self.tombstones:
            return False
        return self.tombstones.names(unquote(url)) or not self.tombstones.articles.isdisjoint(keys_of(url, site, self.registry))

    def refuses_line(self, fetch: Fetch) -> bool:
        """The same of a line of the ledger; of a list only a person's name counts. The page of a forgotten article is known by its bytes too."""
        if fetch.warc is not None and fetch.sha256 in self.tombstones.bodies:
            return True
        return self.refuses(fetch.url, fetch.site) if fetch.kind in OF_ARTICLES else self.tombstones.names(unquote(fetch.url))

    def sifted(self, page: Page) -> Page | None:
        """The page as it may be kept, with names blanked; None where it is to stay out."""
        if not self.tombstones:
            return page
        if page.sha256 in self.tombstones.bodies:
            return None
        addresses = dict.fromkeys((page.url, *page.redirects, page.final_url))
        if any(self.refuses(url, page.site) if page.kind in OF_ARTICLES else self.tombstones.names(unquote(url)) for url in addresses):
            return None
        return masked_page(page, self.tombstones, self._word)

    def changed(self, fetch: Fetch, page: Page | None) -> tuple[Fetch, Page | None] | None:
        """A line of the ledger with its page as they may stay; None: neither may. What the archive is rewritten by."""
        if self.refuses_line(fetch):
            return None
        if fetch.found_on and self.refuses(fetch.found_on, fetch.site):
            if fetch.kind == "alias":
                return None
            fetch = fetch.model_copy(update={"found_on": None})
        if page is None:
            return fetch, None
        kept = self.sifted(page)
        return None if kept is None else (fetch, kept)

    def keeps_out(self, article: Article) -> bool:
        """Whether an article that was read is forgotten, or still names somebody who is."""
        if not self.tombstones:
            return False
        if article.id in self.tombstones.articles or (article.url and self.refuses(article.url, article.site)):
            return True
        captions = (part for caption in article.captions for part in (caption.text, caption.credit))
        return any(
            map(self.tombstones.names, (article.text, article.title, article.lead, article.author, article.source_credit, *captions))
        )

    def sift(self, readings: Iterable[tuple[tuple[Fetch, Page], Found | Reject]]) -> Iterator[tuple[tuple[Fetch, Page], Found | Reject]]:
        """What pages gave; what is to stay out is rejected, and remembered."""
        for (fetch, page), found in readings:
            if self.tombstones and isinstance(found, Found) and self.keeps_out(found.article()):
                self._late.append(({found.id, *keys_of(fetch.url, fetch.site, self.registry)}, fetch.sha256 or ""))
                yield (fetch, page), Reject(reason=FORGOTTEN)
            else:
                yield (fetch, page), found

    def remember(self) -> bool:
        """Have the articles that only reading gave away in the tombstones too, so that the archive gives them up; whether there were any."""
        if self._late:
            keys, bodies = {key for keys, _ in self._late for key in keys}, {body for _, body in self._late if body}
            self.tombstones, self._late = self.tombstones.with_line(self.tombstones.article(keys, bodies)), []
            return True
        return False

    def told(self, text: str | None) -> str | None:
        """A line of a report without the addresses and names that are forgotten."""
        if not text or not self.tombstones:
            return text
        hidden = _ADDRESS.sub(lambda match: SIGN if self.refuses(match[0]) else match[0], text)
        return masked(hidden, self.tombstones)


class SiftedSink:
    """A sink before the archive's: what is forgotten goes no further. `states`: the newest lines of earlier runs."""

    def __init__(self, sink: Sink, sieve: Sieve, states: States) -> None:
        self._sink, self._sieve, self._states = sink, sieve, states

    def keep(self, page: Page, fetch: Fetch) -> Any:
        """Keep a page as far as it may be kept; one that was blanked to what is there already has not changed."""
        kept = self._sieve.sifted(page)
        if kept is None:
            return self.note(fetch.model_copy(update={"state": State.REFUSED, "reason": FORGOTTEN, "sha256": None, "whole_bytes": None}))
        if kept is not page:
            before = self._states.get((fetch.site, fetch.url))
            if before is not None and before.sha256 == kept.sha256 and fetch.state is State.OK:
                return self._sink.note(fetch.model_copy(update={"state": State.UNCHANGED, "sha256": kept.sha256}))
        return self._sink.keep(kept, fetch)

    def note(self, fetch: Fetch) -> Any:
        """Keep a line, unless its address is to stay out."""
        return None if self._sieve.refuses_line(fetch) else self._sink.note(fetch)
