"""robots.txt: asked for once a host, however many requests wait for it; a host whose rules cannot be known is put off."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import defaultdict

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawler.address import host_of
from crawler.hosts import LONGEST, UNNAMED, Hosts
from crawler.journal import Visit
from crawler.outcome import Ended, Outcome, Refused, Stopped, outcome
from crawler.settings import PRODUCT
from schemas.vocabulary import State

MAX_ROBOTS = 1 << 20  # bytes; a longer one is none
MAX_RULES = 512 << 10  # bytes that are read, at least 500 KiB by RFC 9309
_ABSENT = (404, 410)
BLOCKED = ("http-401", "http-403", "http-429", "challenge")  # a host that denies its rules does not want us


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's, with one lock a host: in 2.19 all but the first two of the waiting requests pass unfiltered.

    404 and 410 allow all. Anything else that is no list of rules (5xx, time-out, HTML, a challenge) puts the host off.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._rules: dict[str, RobotParser] = {}

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise Refused for an address that the rules forbid, PutOff for a host whose rules cannot be known."""
        if not request.meta.get("dont_obey_robotstxt"):
            rules = await self.robot_parser(request)
            if not rules.allowed(request.url, PRODUCT):
                raise Refused("robots")

    async def robot_parser(self, request: Request) -> RobotParser:
        """The rules of the request's host."""
        netloc = urlparse_cached(request).netloc
        async with self._locks[netloc]:
            if netloc not in self._rules:
                self.crawler.spider.hosts.check(host_of(request.url))  # type: ignore[union-attr]
                self._rules[netloc] = await self._ask(request)
        return self._rules[netloc]

    async def _ask(self, request: Request) -> RobotParser:
        spider = self.crawler.spider
        assert spider is not None
        parts = urlparse_cached(request)
        visit = Visit(request.meta["visit"].site, f"{parts.scheme}://{parts.netloc}/robots.txt", "robots", found_on=request.url)
        spider.journal.open(visit)  # type: ignore[attr-defined]
        meta = {"visit": visit, "dont_obey_robotstxt": True, "download_maxsize": MAX_ROBOTS}
        asked = Request(visit.url, priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self.crawler.engine.download_async(asked)
            body = b"" if response.status in _ABSENT else rules_of(response)
        except Stopped:
            raise
        except Exception as error:
            end, host = outcome(error), host_of(request.url)
            hosts: Hosts = spider.hosts  # type: ignore[attr-defined]
            if end.retry_at is None and end.reason in BLOCKED:
                put_off = hosts.close(host, "robots", UNNAMED)
            else:
                put_off = hosts.pause(host, "robots", end.retry_at or dt.datetime.now(dt.UTC) + UNNAMED, end.in_a_row)
            told = Outcome(State.RETRY_AT, end.reason, put_off.until, put_off.in_a_row)
            spider.journal.close(visit, told)  # type: ignore[attr-defined]
            raise put_off from error
        spider.journal.close(visit, Outcome(State.OK, None), status=response.status)  # type: ignore[attr-defined]
        rules = ProtegoRobotParser.from_crawler(self.crawler, body)
        self._slow_down(parts.hostname or "", rules.crawl_delay(PRODUCT))
        return rules

    def _slow_down(self, slot: str, delay: float | None) -> None:
        """Make a Crawl-delay the least delay of the host, now and should its slot be made anew."""
        if delay:
            downloader = self.crawler.engine.downloader
            kept = downloader.per_slot_settings.setdefault(slot, {"concurrency": 1})
            kept["delay"] = max(min(delay, LONGEST.total_seconds()), kept.get("delay", downloader._delay))
            if slot in downloader.slots:
                downloader.slots[slot].delay = max(downloader.slots[slot].delay, kept["delay"])


def rules_of(response: Response) -> bytes:
    """The text of the rules; Ended with a reason for an answer that is none."""
    if not 200 <= response.status < 300:
        raise Ended(f"http-{response.status}")
    body = response.body.removeprefix(b"\xef\xbb\xbf")
    if body.lstrip()[:1] == b"<":
        raise Ended("type")
    return body[:MAX_RULES]
