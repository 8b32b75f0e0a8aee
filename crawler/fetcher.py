"""The download handler: waits for the host's turn, hears Retry-After, treats certificates as the site says, can be stopped in the middle."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urlsplit

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader import Downloader, Slot
from scrapy.core.downloader.contextfactory import _get_creator_context, _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.ssl import TLSVersion
from twisted.web.client import Agent

from crawler.address import host_of
from crawler.address_guard import refused_names
from crawler.hosts import Hosts, is_bad, retry_after
from crawler.outcome import Refused, Stopped

_LEGACY_SERVER_CONNECT = 0x4  # renegotiation as before RFC 5746


class OneAtATime(Downloader):
    """Scrapy's, but a host without a delay is asked for one page at a time too.

    In 2.19 a request takes its place among the running ones when its task first runs: until then the next one finds the place free.
    """

    def _wait_for_download(self, slot: Slot, request: Request, queue_dfd: Deferred[Response]) -> Coroutine[Any, Any, None]:
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, queue_dfd)


class ShortConnect(_ScrapyAgent):
    """Scrapy's, with a limit of its own for connecting: whoever drops packets is not waited for as long as a slow answer."""

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        return super()._get_agent(request, min(timeout, self._crawler.settings.getfloat("CONNECT_TIMEOUT")))


class Fetcher(HTTP11DownloadHandler):
    """Scrapy's handler with a gate before it and a way to abort what runs."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory = TLSPolicy(crawler)  # type: ignore[assignment]
        self._running: set[asyncio.Task[Response]] = set()

    async def download_request(self, request: Request) -> Response:
        """The response; PutOff or Stopped if the host or the run was closed while the request waited, Refused for an inside address."""
        await self._crawler.spider.hosts.wait(host_of(request.url))  # type: ignore[union-attr]
        task = asyncio.ensure_future(self._ask(request))
        self._running.add(task)
        try:
            response = await task
            self._hear(response)
            return response
        except CannotResolveHostError as error:
            if urlsplit(request.url).hostname in refused_names:
                raise Refused("address") from error
            raise
        except asyncio.CancelledError as error:
            raise Stopped("stopped") from error
        finally:
            self._running.discard(task)

    async def _ask(self, request: Request) -> Response:
        agent = ShortConnect(
            contextFactory=self._contextFactory,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))

    def _hear(self, response: Response) -> None:
        """Heed Retry-After, and a bad answer to a probe, before the slot is free for the next request."""
        hosts: Hosts = self._crawler.spider.hosts  # type: ignore[union-attr]
        if is_bad(response.status):
            hosts.probed(host_of(response.url))
        header = response.headers.get("Retry-After")
        if header and response.status in (429, 503):
            until = retry_after(header.decode("latin-1"), dt.datetime.now(dt.UTC))
            if until is not None:
                hosts.pause(host_of(response.url), "retry-after", until)

    def abort(self) -> None:
        """End all downloads that run."""
        for task in list(self._running):
            task.cancel()


class TLSPolicy(_ScrapyClientContextFactory):
    """Certificates are verified, but for hosts whose site says otherwise: `legacy` for old protocols, `unverified`."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(verify_certificates=True)
        self._by_host: dict[str, str] = crawler.settings.getdict("TLS_BY_HOST")
        self._unverified = _ScrapyClientContextFactory(verify_certificates=False, method=None, tls_min_version=TLSVersion.TLSv1_0)
        self._legacy = _ScrapyClientContextFactory(verify_certificates=True, method=None, tls_min_version=TLSVersion.TLSv1_0)

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        """What Twisted makes a connection with."""
        name = hostname.decode("ascii").removeprefix("www.")
        mode = self._by_host.get(f"{name}:{port}") or self._by_host.get(name, "verified")
        if mode == "unverified":
            return self._unverified.creatorForNetloc(hostname, port)
        if mode != "legacy":
            return super().creatorForNetloc(hostname, port)
        creator = self._legacy.creatorForNetloc(hostname, port)
        context = _get_creator_context(creator)
        context.set_cipher_list(b"ALL:@SECLEVEL=0")
        context.set_min_proto_version(SSL.TLS1_VERSION)
        context.set_options(_LEGACY_SERVER_CONNECT)
        return creator
