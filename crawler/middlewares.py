"""Before and after a request: what may be asked at all, which redirects are followed, when it is tried again, how fast."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

from crawler.address import host_of
from crawler.address_guard import is_forbidden_literal
from crawler.body_guard import is_challenge
from crawler.hosts import UNNAMED
from crawler.journal import Visit
from crawler.outcome import Ended, Failed, Refused, outcome

_RETRIED = ("timeout", "reset", "truncated", "connect")
_BAD = (403, 429)


class Gate:
    """Lets pass what lies on a host of its site, at an address that is allowed, while the run goes on."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._allow_loopback = crawler.settings.getbool("ALLOW_LOOPBACK")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Gate:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise Stopped, Refused(offsite, address) or PutOff; also for a redirect, which comes by here again."""
        spider: Any = self._crawler.spider
        visit: Visit = request.meta["visit"]
        spider.stop.check()
        host = host_of(request.url)
        on_site = host in {own.partition("/")[0] for own in visit.site.hosts} if visit.kind == "robots" else visit.site.owns(request.url)
        if not on_site:
            raise Refused("offsite")
        if is_forbidden_literal(urlsplit(request.url).hostname or "", allow_loopback=self._allow_loopback):
            raise Refused("address")
        spider.hosts.check(host)


class Redirects(RedirectMiddleware):
    """Follows redirects to http and https, never down from https to http unless the site allows it."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request that follows it; Refused(scheme), Failed(redirects, bad-header)."""
        location = response.headers.get("Location")
        if not location or response.status not in (301, 302, 303, 307, 308):
            return response
        try:
            target = urlsplit(urljoin(request.url, location.decode("utf-8", "replace").strip()))
            down = urlsplit(request.url).scheme == "https" and target.scheme == "http"
            if target.scheme not in ("http", "https") or (down and not request.meta["visit"].site.https_downgrade):
                raise Refused("scheme")
            return super().process_response(request, response)
        except ValueError as error:
            raise Failed("bad-header") from error
        except Ended:
            raise
        except IgnoreRequest as error:
            raise Failed("redirects") from error


class Patience(RetryMiddleware):
    """Tries again with a growing wait; closes a host after failures in a row."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request to try again; Refused(challenge), PutOff once the host is closed."""
        spider: Any = self.crawler.spider
        host, status = host_of(request.url), response.status
        if is_challenge(response.body):
            spider.hosts.challenged(host)
            raise Refused("challenge")
        if status < 500 and status not in _BAD:
            spider.hosts.answered(host)
            empty = status == 200 and not response.body and not request.meta.get("retry_times") and not request.meta["visit"].posted
            return (empty and await self._again(request, "empty")) or response
        spider.hosts.check(host)  # Retry-After, which the fetcher has heard
        self._count(request, host)
        again = await self._again(request, f"http-{status}") if status in self.retry_http_codes else None
        if again is None and status == 429:
            raise spider.hosts.pause(host, "http-429", dt.datetime.now(dt.UTC) + UNNAMED)
        return again or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:  # type: ignore[override]
        """The request to try again, or None; PutOff once the host is closed."""
        end = outcome(exception)
        if isinstance(exception, Ended) or end.reason is None:
            return None
        if end.reason != "size":
            self._count(request, host_of(request.url))
        return await self._again(request, end.reason) if end.reason in _RETRIED else None

    def _count(self, request: Request, host: str) -> None:
        spider: Any = self.crawler.spider
        put_off = None if request.meta["visit"].second else spider.hosts.failed(host)
        if put_off:
            raise put_off

    async def _again(self, request: Request, reason: str) -> Request | None:
        """The request once more, after a wait that doubles; None if it was tried often enough."""
        again = None if request.meta["visit"].second else self._retry(request, reason)
        if again is not None:
            spider: Any = self.crawler.spider
            await spider.stop.sleep(spider.limits.backoff * 2 ** request.meta.get("retry_times", 0))
        return again


class Throttle(AutoThrottle):
    """Slows down for slow hosts, and never below the delay of the site or its Crawl-delay."""

    def _min_delay(self) -> float:
        return 0.0

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        key, slot = self._get_slot(request, spider)
        if slot is not None and key is not None:
            floor = self.crawler.engine.downloader.per_slot_settings.get(key, {}).get("delay", self._start_delay())
            slot.delay = max(slot.delay, floor)
