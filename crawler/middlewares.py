"""Before and after a request: what may be asked at all, which redirects are followed, when it is tried again, how fast."""

from __future__ import annotations

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
from crawler.body_guard import is_challenge, is_cut
from crawler.hosts import UNNAMED, Hosts, is_bad
from crawler.journal import Visit
from crawler.outcome import Ended, Failed, Refused, outcome
from crawler.schemes import may_step_back, was_http

_RETRIED = ("timeout", "reset", "truncated", "connect")


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
            target = urljoin(request.url, location.decode("utf-8", "replace").strip())
            scheme = urlsplit(target).scheme
            down = urlsplit(request.url).scheme == "https" and scheme == "http"
            hosts: Hosts = self.crawler.spider.hosts  # type: ignore[union-attr]
            site = request.meta["visit"].site
            if scheme not in ("http", "https") or (down and not (site.https_downgrade or was_http(request))):
                raise Refused("scheme")
            if down and site.owns(target):
                hosts.plain.add(host_of(target))  # asked by https it would lead back here
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
        if not is_bad(status):
            visit: Visit = request.meta["visit"]
            spider.hosts.answered(host, visit.kind)
            empty = status == 200 and not response.body and not request.meta.get("retry_times") and not visit.posted
            cut = visit.kind == "article" and is_cut(response.body, spider.journal.before(visit))
            return ((empty or cut) and await self._again(request, "empty" if empty else "truncated")) or response
        spider.hosts.check(host, only="retry-after")  # which the fetcher has heard
        self._count(request, host)
        again = await self._again(request, f"http-{status}") if status in self.retry_http_codes else None
        if again is None and status == 429:
            raise spider.hosts.close(host, "http-429", UNNAMED)
        return again or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:  # type: ignore[override]
        """The request to try again, or None; PutOff once the host is closed."""
        end = outcome(exception)
        if isinstance(exception, Ended) or end.reason is None:
            return None
        spider: Any = self.crawler.spider
        if end.reason != "size" and not may_step_back(request, spider.hosts, end.reason):
            self._count(request, host_of(request.url))
        return await self._again(request, end.reason) if end.reason in _RETRIED else None

    def _count(self, request: Request, host: str) -> None:
        spider: Any = self.crawler.spider
        put_off = None if request.meta["visit"].second else spider.hosts.failed(host)
        if put_off:
            raise put_off

    async def _again(self, request: Request, reason: str) -> Request | None:
        """The request once more, after a wait that doubles; None if it was tried often enough, its host closed, or http is to be tried instead."""
        spider: Any = self.crawler.spider
        once = request.meta["visit"].second or host_of(request.url) in spider.hosts.closed() or may_step_back(request, spider.hosts, reason)
        again = None if once else self._retry(request, reason)
        if again is not None:
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
