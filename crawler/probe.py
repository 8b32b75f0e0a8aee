"""A look at a site: a few addresses, each chosen after the answer before it, asked for as politely as in a crawl."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any
from urllib.parse import urljoin

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.charset import decode
from crawler.discovery import Link, article_links, feed_links, hidden_fields, next_page, normalise, sitemap_links
from crawler.document import Document
from crawler.journal import Visit, next_page_of
from crawler.outcome import outcome
from crawler.reader import recognise
from crawler.refusals import inflate
from crawler.registry import Registry
from crawler.site import Site
from crawler.spider import NewsSpider
from schemas.page import Page
from schemas.vocabulary import State

_COMMENTS = re.compile(r"comment|bình luận|phản hồi", re.IGNORECASE)
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_NEWS_MAP = re.compile(r"post|news|article|tin|bai", re.IGNORECASE)


class Plan:
    """What to ask for: at first, and after each answer."""

    robots = ""  # the text of robots.txt, once it came

    def first(self) -> Sequence[Visit]:
        """The first addresses."""
        raise NotImplementedError

    def after(self, visit: Visit, page: Page | None) -> Sequence[Visit]:
        """What to ask for next; `page` is None where the address gave none."""
        raise NotImplementedError


class ListAndArticles(Plan):
    """The first list of a site, its second page, else its first feed, else its sitemap, and a few of the articles that it names."""

    def __init__(self, site: Site, articles: int) -> None:
        self._site, self._articles = site, articles
        given = [("list", start.url) for start in site.start[:1]] + [("feed", url) for url in site.feeds[:1]]
        given += [("sitemap", site.sitemap)] if site.sitemap else []
        self._sources = [Visit(site, normalise(url, url) or url, kind) for kind, url in given]
        self._has_articles = False

    def first(self) -> Sequence[Visit]:
        """The first source."""
        return [self._sources.pop(0)] if self._sources else []

    def after(self, visit: Visit, page: Page | None) -> Sequence[Visit]:
        """The articles of a source, else the next source."""
        if visit.kind == "article":
            return []
        articles, maps = named(self._site, visit.kind, page) if page else ([], [])
        further = self._further(visit, page) if page and (articles or self._site.paging.shell) else []
        if articles and not self._has_articles:
            self._has_articles = True
            return [*further, *(Visit(self._site, link.url, "article", found_on=visit.url) for link in articles[: self._articles])]
        if further or self._has_articles:
            return further
        if maps and visit.found_on is None:
            return [Visit(self._site, best_map(maps).url, "sitemap", found_on=visit.url)]
        return self.first()

    def _further(self, visit: Visit, page: Page) -> Sequence[Visit]:
        """The second page of a list, as a crawl asks for it."""
        text = text_of(page)
        following = next_page(self._site, text, visit.url) if visit.kind == "list" and visit.depth == 1 else None
        if following is None or not self._site.owns(following):
            return []
        return [next_page_of(visit, following, stale=0, hidden=hidden_fields(self._site, text))]


class ArticleAndSources(Plan):
    """One article of an unknown site; if no platform shows on it, also the feed and the sitemap that the site may have."""

    def __init__(self, site: Site, url: str, registry: Registry) -> None:
        self._site, self._url, self._registry = site, normalise(url, url) or url, registry
        self._sources: list[Visit] = []

    def first(self) -> Sequence[Visit]:
        """The article."""
        return [Visit(self._site, self._url, "article")]

    def after(self, visit: Visit, page: Page | None) -> Sequence[Visit]:
        """Nothing after a page of a platform; else the feeds that it names, the sitemaps of robots.txt, /sitemap.xml."""
        if visit.kind == "article":
            document = document_of(page) if page else None
            if document is None or recognise(document, self._registry):
                return []
            maps = [*_SITEMAP_LINE.findall(self.robots), urljoin(self._url, "/sitemap.xml")]
            given = [("feed", url) for url in feeds_of(document)[:1]]
            given += [("sitemap", url) for url in dict.fromkeys(normalise(href, self._url) for href in maps) if url][:2]
            self._sources = [Visit(self._site, url, kind) for kind, url in given]
        articles, maps_named = named(self._site, visit.kind, page) if page and visit.kind != "article" else ([], [])
        if visit.kind == "sitemap" and articles:
            return []  # one sitemap is enough
        if visit.kind == "sitemap" and maps_named and visit.found_on is None:
            self._sources = []
            return [Visit(self._site, best_map(maps_named).url, "sitemap", found_on=visit.url)]
        return [self._sources.pop(0)] if self._sources else []


class Probe(NewsSpider):
    """The spider of a look: nothing is followed but what the plan says. Where the site does not want us, it ends."""

    plan: Plan

    @classmethod
    def of(cls, plan: Plan) -> type[Probe]:
        """The spider of a plan."""
        return type("Probe", (cls,), {"plan": plan})

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Probe:
        """As Scrapy makes it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, cls)
        crawler.signals.connect(spider.heard, signals.response_received)
        return spider

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._came: dict[str, Page] = {}

    async def start(self) -> AsyncIterator[Request]:
        """The first requests."""
        for request in self._next(self.plan.first()):
            yield request

    def heard(self, response: Response, request: Request) -> None:
        """Keep the text of robots.txt for the plan."""
        visit: Visit = request.meta["visit"]
        if visit.kind == "robots" and response.status == 200:
            self.plan.robots = response.body.decode("utf-8", "replace")

    def received(self, response: Response) -> Iterator[Request]:
        """Close the visit, and go on as the plan says."""
        visit: Visit = response.meta["visit"]
        yield from super().received(response)
        yield from self._next(self.plan.after(visit, self._came.pop(visit.url, None)))

    def missed(self, failure: Failure) -> Iterator[Request]:  # type: ignore[override]
        """Close the visit; go on only where this one address was refused, not where the host does not answer or does not want us."""
        super().missed(failure)
        end = outcome(failure.value) if failure.value is not None else None
        if end and end.state is State.REFUSED and end.reason != "challenge":
            visit: Visit = failure.request.meta["visit"]  # type: ignore[attr-defined]
            yield from self._next(self.plan.after(visit, None))

    def _follow(self, visit: Visit, page: Page, response: Response) -> Iterator[Request]:
        self._came[visit.url] = page
        return iter(())

    def _next(self, visits: Sequence[Visit]) -> Iterator[Request]:
        for visit in visits:
            yield from self._requests(visit)


def named(site: Site, kind: str, page: Page) -> tuple[list[Link], list[Link]]:
    """(articles, sitemaps) that a list, feed or sitemap of the site names; of a list whose selectors find none, all links to articles."""
    text = text_of(page)
    match kind:
        case "list":
            return article_links(site, text, page.url) or article_links(site, text, page.url, anywhere=True), []
        case "feed":
            return feed_links(site, text, page.url), []
        case "sitemap":
            return sitemap_links(site, text, page.url)
    return [], []


def best_map(maps: Sequence[Link]) -> Link:
    """Of the sitemaps of an index the one that most likely holds the newest articles."""
    return max(maps, key=lambda link: (bool(_NEWS_MAP.search(link.url.rpartition("/")[2])), link.day.isoformat() if link.day else ""))


def feeds_of(document: Document) -> list[str]:
    """Addresses of the feeds that a page names, those of comments left out; the shortest, which is the whole site's, first."""
    found = []
    for node in document.root.iter("link"):
        is_feed = "alternate" in node.get("rel", "").lower().split() and re.search(r"\b(?:rss|atom)\+xml", node.get("type", "").lower())
        address = normalise(node.get("href", ""), document.base) if is_feed else None
        if address and not _COMMENTS.search(f"{node.get('title', '')} {address}"):
            found.append(address)
    return sorted(dict.fromkeys(found), key=len)


def text_of(page: Page) -> str:
    """The page as text."""
    return decode(inflate(page.body), content_type=page.header("Content-Type")).text


def document_of(page: Page) -> Document:
    """The page, parsed."""
    return Document(text_of(page), page.final_url)
