"""https before http: an address named by http is asked for by https first, and by http only where that is dead and the site allows it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.address import host_of
from crawler.hosts import Hosts
from crawler.outcome import outcome

PORTS = {80: 443}  # port of http -> port of https; a host with a port of its own keeps its scheme
DEAD = ("connect", "timeout", "reset", "tls")  # reasons for which https of a host is taken for dead
UNKNOWN = (400, 404, 410, 421)  # by https, before anything else came so: another site of the same server may have answered
NAMED = "named_by_http"  # in a request's meta: the address as it was named
BACK = "back_to_http"  # in a request's meta: whether https was tried for it


def by_https(url: str) -> str | None:
    """The address by https; None for one that is not named by http or has a port of its own."""
    parts = urlsplit(url)
    port = PORTS.get(parts.port or 80) if parts.scheme == "http" else None
    if port is None:
        return None
    host = parts.netloc.rpartition("@")[2].partition(":")[0]
    return urlunsplit(parts._replace(scheme="https", netloc=host if port == 443 else f"{host}:{port}"))


def was_http(request: Request) -> bool:
    """Whether a request by https was named by http, maybe before redirects, on a site that allows http."""
    return NAMED in request.meta and bool(request.meta["visit"].site.allows_http)


def may_step_back(request: Request, hosts: Hosts, reason: str | None) -> bool:
    """Whether a request that failed so by https is asked as it was named: its host has not answered by https in this run."""
    return reason in DEAD and was_http(request) and host_of(request.url) not in hosts.secure


class HttpsFirst:
    """Turns requests by http into requests by https, and back where nobody answers so. What was learnt of a host holds for the run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HttpsFirst:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_request(self, request: Request) -> Request | None:
        """The request by https, where it is not one and the host is not known to have no https."""
        url = by_https(request.url)
        if url is None or BACK in request.meta or host_of(request.url) in self._hosts.plain:
            return None
        return request.replace(url=url, meta={**request.meta, NAMED: request.url})

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The response, by which its host is known to have https, or the request as it was named, where https does not know the address."""
        host = host_of(request.url)
        if request.url.startswith("https:"):
            if response.status not in UNKNOWN and not 300 <= response.status < 400:
                self._hosts.secure.add(host)
            elif response.status in UNKNOWN and was_http(request) and host not in self._hosts.secure:
                return _as_named(request)
        elif BACK in request.meta and 200 <= response.status < 300 and request.meta["visit"].kind != "robots":
            self._hosts.plain.add(host)
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The request as it was named, where https is dead and http allowed."""
        if not may_step_back(request, self._hosts, outcome(exception).reason):
            return None
        self._hosts.plain.add(host_of(request.meta[NAMED]))
        return _as_named(request)

    @property
    def _hosts(self) -> Hosts:
        spider: Any = self._crawler.spider
        hosts: Hosts = spider.hosts
        return hosts


def _as_named(request: Request) -> Request:
    """The request by http, for good: should it be led back to https, that is as if it had been named so."""
    meta = {key: value for key, value in request.meta.items() if key != NAMED}
    return request.replace(url=request.meta[NAMED], meta={**meta, BACK: True})
