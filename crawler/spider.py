"""The one spider: asks for what the schedule says, follows what lists name, hands every answer to the sink. It knows no publisher."""

from __future__ import annotations

import asyncio
import datetime as dt
import signal
import threading
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from crawler.body_guard import foreign_type
from crawler.discovery import Link, article_links, feed_links, hidden_fields, next_page, page_count, sitemap_links
from crawler.hosts import Hosts, Stop
from crawler.journal import Address, CrawlSummary, Journal, Visit, next_page_of
from crawler.outcome import Outcome, Stopped, outcome
from crawler.schedule import PRIORITY, Schedule
from crawler.settings import USER_AGENT, Limits, settings
from crawler.sink import Sink
from crawler.site import Site
from schemas.page import Fetch, Page
from schemas.vocabulary import State

SITEMAP_ARTICLES = 500  # unseen articles that one sitemap may bring in a run
OVERLAP = 1  # pages without an unseen article that a list is followed beyond, for pinned items
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}  # the page's script would ask so; a form that it sends whole does not say it


class CrawlError(RuntimeError):
    """The crawl could not start."""


class NewsSpider(scrapy.Spider):
    """All sites of a run. Its parts (schedule, journal, hosts, stop) are made by `crawl`; the middlewares use them too."""

    name = "thidua"
    schedule: Schedule
    journal: Journal
    hosts: Hosts
    stop: Stop
    limits: Limits
    since: dt.date | None
    pages: int | None
    deadline: float | None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> NewsSpider:
        """As Scrapy makes it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._opened, signals.spider_opened)
        crawler.signals.connect(spider._broken, signals.spider_error)
        crawler.signals.connect(spider._dropped, signals.request_dropped)
        return spider

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._asked: set[tuple[str, str]] = set()  # articles of this run, by site and identity
        self._met: dict[Address, set[str]] = defaultdict(set)  # list -> identities of the articles that its pages named
        self._pages: dict[Address, int] = {}  # list -> number of its pages
        self.warnings: dict[str, list[str]] = defaultdict(list)

    async def start(self) -> AsyncIterator[Request]:
        """The first requests."""
        for visit, priority in self.schedule.visits():
            if request := self._ask(visit, priority):
                yield request

    def _ask(self, visit: Visit, priority: int) -> Request | None:
        """The request of a visit, noted as open; None if this run has it already."""
        if visit.kind == "article":
            identity = (visit.site.key, visit.site.identity(visit.url))
            if identity in self._asked:
                return None
            self._asked.add(identity)
        if not self.journal.open(visit):
            return None
        address, _, form = visit.url.partition("#")
        return Request(
            address,
            method="POST" if form else "GET",
            body="&".join(part for part in (urlencode(visit.hidden), form) if part),
            headers={**self._conditions(visit), **(FORM if form else {}), **(SCRIPT if form and not visit.hidden else {})},
            callback=self.received,
            errback=self.missed,
            meta={"visit": visit},
            priority=priority,
            dont_filter=True,
        )

    def _conditions(self, visit: Visit) -> dict[str, str]:
        """If-None-Match and If-Modified-Since, where an earlier answer allows them. A list that is to be followed far is asked whole."""
        before = self.journal.before(visit)
        if before is None or before.sha256 is None or (self.since and visit.kind != "article") or self._goes_on_unchanged(visit):
            return {}
        given = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
        return {name: value for name, value in given.items() if value}

    def _goes_on_unchanged(self, visit: Visit) -> bool:
        """Whether a list is followed though its page is as it was: it is a shell, or later pages were left."""
        return visit.kind == "list" and ((visit.depth == 1 and visit.site.paging.shell) or self.schedule.is_left(visit))

    def received(self, response: Response) -> Iterator[Request]:
        """Close the visit of a response; what it names is opened before, so that a kill between the two loses nothing."""
        visit: Visit = response.meta["visit"]
        page = _page(visit, response)
        before = self.journal.before(visit)
        if response.status == 304 and before is not None:
            self.journal.unchanged(visit, page)
        elif not 200 <= response.status <= 203:
            self.journal.close(visit, Outcome(State.FAILED, f"http-{response.status}"), status=response.status)
        elif not page.body:
            self.journal.close(visit, Outcome(State.OK, "end") if visit.posted else Outcome(State.FAILED, "empty"), status=response.status)
        elif foreign_type(page.body, kind=visit.kind):
            self.journal.keep(visit, page, State.REFUSED, "type")
        else:
            unchanged = before is not None and before.sha256 == page.sha256
            ends = unchanged and visit.depth == 1 and not self.since and visit.kind == "list" and not self._goes_on_unchanged(visit)
            requests = [] if ends else list(self._follow(visit, page, response))
            if unchanged:
                self.journal.unchanged(visit, page)
            else:
                self.journal.keep(visit, page)
            yield from requests

    def missed(self, failure: Failure) -> None:
        """Close the visit of a request that brought no response."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        if error is not None and not isinstance(error, Stopped):
            self.journal.close(request.meta["visit"], outcome(error))

    def _follow(self, visit: Visit, page: Page, response: Response) -> Iterator[Request]:
        """Requests for what a list, feed or sitemap names and no earlier run had, and for what comes after it."""
        if visit.kind == "article":
            return
        text, site = _text(page.body, response), visit.site
        if visit.kind == "list":
            yield from self._follow_list(visit, text)
        elif visit.kind == "feed":
            yield from self._articles(visit, feed_links(site, text, visit.url))
        else:
            articles, maps = sitemap_links(site, text, visit.url)
            unseen = [link for link in articles if not self.schedule.is_known(site, link.url)]
            yield from self._articles(visit, unseen[:SITEMAP_ARTICLES])
            for link in maps:
                if not (self.since and link.day and link.day < self.since):
                    yield from self._requests(Visit(site, link.url, "sitemap", found_on=visit.url))

    def _follow_list(self, visit: Visit, text: str) -> Iterator[Request]:
        site, address = visit.site, visit.root if "#" in visit.url else visit.url
        links = article_links(site, text, address)
        if not links and visit.depth == 1 and not site.paging.shell:
            links = article_links(site, text, address, anywhere=True)
            self.warnings[site.key].append(
                f"{visit.url}: the selectors of `list` found no article; {len(links)} among all links of the page"
            )
        met = self._met[site.key, visit.root]
        fresh = [link for link in links if site.identity(link.url) not in met]
        met.update(site.identity(link.url) for link in fresh)
        yield from self._articles(visit, fresh)
        days = [link.day for link in fresh if link.day]
        unseen = any(not self.schedule.is_known(site, link.url) for link in fresh)
        new = bool(fresh) or (site.paging.shell and (visit.depth == 1 or (visit.depth == 2 and bool(links))))  # page 0 may repeat the shell
        stale = 0 if unseen else visit.stale + bool(fresh)
        wanted = max(days) >= self.since if self.since and days else stale <= OVERLAP or self.schedule.is_left(visit)
        pages = self._pages.setdefault((site.key, visit.root), page_count(site, text) or site.paging.max_pages)  # the first page tells
        if new and wanted and visit.depth < min(self.pages or pages, pages, site.paging.max_pages):
            following = next_page(site, text, visit.url)
            if following and site.owns(following):
                yield from self._requests(next_page_of(visit, following, stale=stale, hidden=hidden_fields(site, text)))

    def _articles(self, visit: Visit, links: Sequence[Link]) -> Iterator[Request]:
        for link in links:
            if not self.schedule.is_known(visit.site, link.url) and not (self.since and link.day and link.day < self.since):
                yield from self._requests(Visit(visit.site, link.url, "article", found_on=visit.url))

    def _requests(self, visit: Visit) -> Iterator[Request]:
        if request := self._ask(visit, PRIORITY[visit.kind]):
            yield request

    def _opened(self) -> None:
        """Hear the signals of the system and the clock."""
        loop = asyncio.get_event_loop()
        if self.deadline is not None:
            loop.call_later(max(self.deadline, 0), self.cut, "deadline")
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self.cut, "signal")

    def cut(self, why: str) -> None:
        """End the run now: nothing new is asked, running downloads get a few seconds, the second call takes those away."""
        again = self.stop.why is not None
        self.stop.set(why)
        downloader = self.crawler.engine.downloader
        for slot in downloader.slots.values():
            while slot.queue:
                slot.queue.popleft()[1].errback(Failure(Stopped(why)))  # type: ignore[no-untyped-call]
        asyncio.get_event_loop().call_later(0 if again else self.limits.grace, self._abort)
        if not again:
            self._closing = asyncio.ensure_future(self.crawler.stop_async())

    def _abort(self) -> None:
        for scheme in ("http", "https"):
            self.crawler.engine.downloader.handlers._handlers[scheme].abort()  # type: ignore[attr-defined]

    def _broken(self, failure: Failure, response: Any) -> None:
        """An error of ours while a response was read: the address failed, and a person is told."""
        visit: Visit = response.request.meta["visit"]
        self.warnings[visit.site.key].append(f"{visit.url}: {failure.value!r}")
        self.journal.close(visit, Outcome(State.FAILED, type(failure.value).__name__))

    def _dropped(self, request: Request) -> None:
        self.journal.close(request.meta["visit"], Outcome(State.FAILED, "dropped"))


def crawl(
    sites: Sequence[Site],
    sink: Sink,
    *,
    run: str,
    states: Mapping[Address, Fetch],
    since: dt.date | None = None,
    pages: int | None = None,
    deadline: float | None = None,
    allow_loopback: bool = False,
    user_agent: str = USER_AGENT,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    make: type[NewsSpider] = NewsSpider,
) -> CrawlSummary:
    """Crawl the sites once, in this process: the reactor starts once, so call it in a child process.

    `states`: (site, url) -> newest line of earlier runs. `since`: lists are followed back to that day. `pages`: of each list at most.
    `deadline`: seconds from now. SIGINT, SIGTERM and the deadline cut the run off; what waits stays `open`. CrawlError if it cannot start.
    """
    began = time.monotonic()
    schedule = Schedule(sites, states, now=dt.datetime.now(dt.UTC))
    stop, journal = Stop(), Journal(sink, run, states)
    hosts = Hosts(schedule.pauses(), stop, breaker=limits.breaker)
    process = CrawlerProcess(settings(sites, limits=limits, user_agent=user_agent, allow_loopback=allow_loopback))
    crawler = process.create_crawler(make)
    parts = {"schedule": schedule, "journal": journal, "hosts": hosts, "stop": stop, "limits": limits}
    process.crawl(crawler, **parts, since=since, pages=pages, deadline=deadline)
    process.start(install_signal_handlers=False)
    spider = crawler.spider
    if process.bootstrap_failed or not isinstance(spider, NewsSpider):
        raise CrawlError("Scrapy could not start the crawl; its log says why")
    if stop.why is None:
        journal.close_rest()
    counts = journal.counts()
    return CrawlSummary(
        run=run,
        ended=stop.why or "finished",
        scheduled=sum(sum(labels.values()) for labels in counts.values()),
        states=_sum(counts),
        sites=counts,
        new_articles=dict(journal.new_articles),
        closed={
            site.key: why for host, why in hosts.closed().items() for site in sites if host in {own.partition("/")[0] for own in site.hosts}
        },
        warnings=dict(spider.warnings),
        seconds=round(time.monotonic() - began, 3),
    )


def _sum(counts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = defaultdict(int)
    for labels in counts.values():
        for label, number in labels.items():
            total[label] += number
    return dict(sorted(total.items()))


def _page(visit: Visit, response: Response) -> Page:
    """The response as a record; `tls` is what the site had us do with the certificate."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in response.headers.items() for value in values or ()
    )
    return Page(
        site=visit.site.key,
        url=visit.url,
        final_url=response.url,
        fetched_at=dt.datetime.now(dt.UTC),
        status=response.status,
        headers=headers,
        body=response.body,
        kind=visit.kind,
        tls=visit.site.tls if response.url.startswith("https:") else None,
    )


def _text(body: bytes, response: Response) -> str:
    """The body as text: UTF-8 where it is valid, else as the response says; for links, which are ASCII in nearly all cases."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return response.text if isinstance(response, TextResponse) else body.decode("utf-8", "replace")
