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
NAMED = "named_by_http"  # in a request's meta: the address as it was named


def by_https(url: str) -> str | None:
    """The address by https; None for one that is not named by http or has a port of its own."""
    parts = urlsplit(url)
    port = PORTS.get(parts.port or 80) if parts.scheme == "http" else None
    if port is None:
        return None
    host = parts.netloc.rpartition("@")[2].partition(":")[0]
    return urlunsplit(parts._replace(scheme="https", netloc=host if port == 443 else f"{host}:{port}"))


def was_http(request: Request) -> bool:
    """Whether a request by https was named by http, on a site that allows http."""
    named = request.meta.get(NAMED)
    return named is not None and by_https(named) == request.url and bool(request.meta["visit"].site.allows_http)


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
        if url is None or host_of(request.url) in self._hosts.plain:
            return None
        return request.replace(url=url, meta={**request.meta, NAMED: request.url})

    def process_response(self, request: Request, response: Response) -> Response:
        """The response; its host is known to have https."""
        if request.url.startswith("https:") and not 300 <= response.status < 400:
            self._hosts.secure.add(host_of(request.url))
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The request as it was named, where https is dead and http allowed."""
        if not may_step_back(request, self._hosts, outcome(exception).reason):
            return None
        self._hosts.plain.add(host_of(request.meta[NAMED]))
        return request.replace(url=request.meta[NAMED])

    @property
    def _hosts(self) -> Hosts:
        spider: Any = self._crawler.spider
        hosts: Hosts = spider.hosts
        return hosts
