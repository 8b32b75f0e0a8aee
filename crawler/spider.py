"""The one spider: asks for what the schedule says, follows what lists name, hands every answer to the sink. It knows no publisher."""

from __future__ import annotations

import asyncio
import datetime as dt
import signal
import threading
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.aliases import Aliases
from crawler.answer import page_of, text_of
from crawler.body_guard import foreign_type, is_cut
from crawler.discovery import Link, article_links, feed_links, has_pager, hidden_fields, next_page, page_count, page_number, sitemap_links
from crawler.hosts import Hosts, Stop
from crawler.journal import Address, Journal, Visit, next_page_of
from crawler.link_count import count_links
from crawler.outcome import Outcome, Stopped, outcome
from crawler.schedule import PRIORITY, Schedule, article_number
from crawler.settings import Limits
from crawler.site import Site
from schemas.page import TRUNCATED, Page
from schemas.vocabulary import State

SITEMAP_ARTICLES = 500  # unseen articles that one sitemap may bring in a run
LOOK = 1.0  # seconds between two looks at the room there is
OVERLAP = 1  # pages without an unseen article that a list is followed beyond, for pinned items
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}  # the page's script would ask so; a form that it sends whole does not say it


class NewsSpider(scrapy.Spider):
    """All sites of a run. Its parts (schedule, journal, hosts, stop) are made by `crawl`; the middlewares use them too."""

    name = "thidua"
    schedule: Schedule
    journal: Journal
    aliases: Aliases
    hosts: Hosts
    stop: Stop
    limits: Limits
    since: dt.date | None
    pages: int | None
    deadline: float | None
    room: Callable[[], bool] | None
    unwanted: Callable[[Site, str], bool] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> NewsSpider:
        """As Scrapy makes it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._opened, signals.spider_opened)
        crawler.signals.connect(spider._idle, signals.spider_idle)
        crawler.signals.connect(spider._broken, signals.spider_error)
        crawler.signals.connect(spider._dropped, signals.request_dropped)
        return spider

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._asked: set[int] = set()  # articles of this run, by site and identity
        self._met: dict[Address, set[str]] = defaultdict(set)  # list -> identities of the articles that its pages named
        self._pages: dict[Address, int] = {}  # list -> number of its pages
        self.warnings: dict[str, list[str]] = defaultdict(list)
        self.links: dict[str, Counter[str]] = defaultdict(Counter)

    async def start(self) -> AsyncIterator[Request]:
        """The first requests."""
        for visit, priority in self.schedule.visits():
            if request := self._ask(visit, priority):
                yield request

    def _idle(self) -> None:
        """The last requests, once all others have ended."""
        late, self.schedule.late = self.schedule.late, []
        if late and self.stop.why is None:
            for visit, priority in late:
                if request := self._ask(visit, priority):
                    self.crawler.engine.crawl(request)
            raise DontCloseSpider

    def _ask(self, visit: Visit, priority: int) -> Request | None:
        """The request of a visit, noted as open; None if this run has it already."""
        if visit.kind == "article":
            article = article_number(visit.site, visit.url)
            if article in self._asked:
                self.aliases.linked(visit)
                return None
            self._asked.add(article)
        self.aliases.asked(visit)
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
        page = page_of(visit, response)
        before = self.journal.before(visit)
        if response.status == 304 and before is not None:
            self.journal.unchanged(visit, page)
        elif is_beyond_end(visit, response.status):
            self.journal.close(visit, Outcome(State.OK, "end"), status=response.status)
        elif not 200 <= response.status <= 203:
            self.journal.close(visit, Outcome(State.FAILED, f"http-{response.status}"), status=response.status)
        elif not page.body:
            self.journal.close(visit, Outcome(State.OK, "end") if visit.posted else Outcome(State.FAILED, "empty"), status=response.status)
        elif visit.kind == "article" and is_cut(page.body, before):
            self.journal.close(visit, Outcome(State.FAILED, TRUNCATED), status=response.status)
        elif foreign_type(page.body, kind=visit.kind):
            self.journal.keep(visit, page, State.REFUSED, "type")
        else:
            unchanged = before is not None and before.sha256 == page.sha256
            ends = unchanged and visit.depth == 1 and not self.since and visit.kind == "list" and not self._goes_on_unchanged(visit)
            requests = [] if ends else list(self._follow(visit, page, response))
            if visit.kind == "article":
                self.aliases.led(visit, page)
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
        text, site = text_of(response), visit.site
        if visit.kind == "list":
            yield from self._follow_list(visit, text)
        elif visit.kind == "feed":
            yield from self._articles(visit, feed_links(site, text, visit.url))
        else:
            articles, maps = sitemap_links(site, text, visit.url)
            unseen = [link for link in articles if not self.schedule.is_known(site, link.url)]
            late = {link.url for link in unseen[SITEMAP_ARTICLES:]} if visit.depth == 1 else ()  # one of an archive is read once
            yield from self._articles(visit, [link for link in articles if link.url not in late])
            for link in maps:
                if not (self.since and link.day and link.day < self.since):
                    yield from self._requests(Visit(site, link.url, "sitemap", found_on=visit.url))

    def _follow_list(self, visit: Visit, text: str) -> Iterator[Request]:
        site, address = visit.site, visit.root if "#" in visit.url else visit.url
        links = article_links(site, text, address)
        self.links[site.key].update(count_links(text, address))
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
        unseen = any(not self.schedule.is_settled(site, link.url) for link in fresh)
        new = bool(fresh) or (site.paging.shell and (visit.depth == 1 or (visit.depth == 2 and bool(links))))  # page 0 may repeat the shell
        stale = 0 if unseen else visit.stale + bool(fresh)
        wanted = (
            max(days) >= self.since
            if self.since and days
            else stale <= OVERLAP or self.schedule.is_left(visit) or self.schedule.is_dated(visit)
        )
        pages = self._pages.setdefault((site.key, visit.root), page_count(site, text) or site.paging.max_pages)  # the first page tells
        most = min(self.pages or pages, pages, site.paging.max_pages)
        following = next_page(site, text, visit.url) if new and wanted and visit.depth < most else None
        if not (following and site.owns(following)) and self._has_ended(visit, text, wanted=wanted or not new):
            for url in self.schedule.left_over(visit):
                self.journal.end(Visit(site, url, "list", found_on=visit.root))
        if new and wanted and visit.depth < most:
            if following and site.owns(following):
                yield from self._requests(next_page_of(visit, following, stale=stale, hidden=hidden_fields(site, text)))
            elif visit.depth == 1 and site.paging.type != "none" and (site.paging.shell or self.schedule.had_pages(visit)):
                self.warnings[site.key].append(f"{visit.url}: the selectors of `next` found no further page of a list that has had more")

    def _has_ended(self, visit: Visit, text: str, *, wanted: bool) -> bool:
        """Whether a list page without a next one is the last of its list, and not where this run stops; of a first page its pager tells."""
        return wanted and not (self.pages and visit.depth >= self.pages) and (visit.depth > 1 or not has_pager(text))

    def _articles(self, visit: Visit, links: Sequence[Link]) -> Iterator[Request]:
        for link in links:
            found = Visit(visit.site, link.url, "article", found_on=visit.url)
            if self.unwanted and self.unwanted(visit.site, link.url):
                self.links[visit.site.key]["unwanted"] += 1
                continue
            if self.schedule.is_known(visit.site, link.url):
                self.aliases.linked(found)
            elif self.since and link.day and link.day < self.since:
                continue
            else:
                yield from self._requests(found)
            for url in link.others:
                self.aliases.linked(replace(found, url=url))

    def _requests(self, visit: Visit) -> Iterator[Request]:
        if request := self._ask(visit, PRIORITY[visit.kind]):
            yield request

    def _opened(self) -> None:
        """Hear the signals of the system and the clock."""
        loop = asyncio.get_event_loop()
        if self.deadline is not None:
            loop.call_later(max(self.deadline, 0), self.cut, "deadline")
        if self.room is not None:
            loop.call_later(LOOK, self._look)
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self.cut, "signal")

    def _look(self) -> None:
        """Cut the run off once there is no room for what it brings."""
        if self.room is not None and not self.room():
            self.cut("disk")
        else:
            asyncio.get_event_loop().call_later(LOOK, self._look)

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


def is_beyond_end(visit: Visit, status: int) -> bool:
    """Whether an address that only counts on names the page after a list's last. Of the second page it may as well be the count that is wrong."""
    paging = visit.site.paging
    is_counted = visit.kind == "list" and visit.found_on is not None and paging.type in ("param", "path")
    return is_counted and status in (404, 410) and page_number(visit.site, visit.url) > paging.first + 1
