"""No connection to an address inside a network: checked where names are resolved, so also after redirects and changes of DNS.

What is checked is what is connected to: Twisted gets the address from this resolver and from nowhere else, also for hosts that are
numbers (127.1, 2130706433, 0x7f000001), which the system's look-up turns into addresses.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.second_resolver import SecondResolver

# Names whose address was refused, for the ledger: Twisted tells callers no more than "no results". One crawl a process.
refused_names: set[str] = set()
# Names that only the second resolver knew: the network here is at fault, not the site.
second_names: set[str] = set()


def is_forbidden(address: str, *, allow_loopback: bool) -> bool:
    """Whether an IP address lies in no public network: loopback, private, link-local, multicast, reserved."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.is_loopback:
        return not allow_loopback
    return not ip.is_global or ip.is_multicast


def is_forbidden_literal(host: str, *, allow_loopback: bool) -> bool:
    """Whether a host is itself a forbidden address, in any way of writing one."""
    bare = host.strip("[]")
    try:
        bare = socket.inet_ntoa(socket.inet_aton(bare))
    except OSError:  # no IPv4 address
        if ":" not in bare:
            return False
    try:
        return is_forbidden(bare.partition("%")[0], allow_loopback=allow_loopback)
    except ValueError:
        return True


class GuardedResolver(CachingThreadedResolver):
    """Resolves names, by a second resolver where the system's fails, and fails for those that lead to a forbidden address."""

    second: SecondResolver | None = None

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, *, allow_loopback: bool = False) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.allow_loopback = allow_loopback

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """Made by the crawler process, once."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_loopback = crawler.settings.getbool("ALLOW_LOOPBACK")
        if servers := crawler.settings.getlist("SECOND_RESOLVERS"):
            resolver.second = SecondResolver(servers)
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        """The address of a name, as a Deferred; it fails with DNSLookupError for none, or a forbidden one."""
        return Deferred.fromCoroutine(self._address(name, timeout))

    async def _address(self, name: str, timeout: Sequence[int]) -> str:
        try:
            address = await super().getHostByName(name, timeout)
        except DNSLookupError:
            if self.second is None:
                raise
            address = self._cache_result(await self.second.address(name), name)
            second_names.add(name)
        return self._admit(address, name)

    def _admit(self, address: str, name: str) -> str:
        if is_forbidden(address, allow_loopback=self.allow_loopback):
            refused_names.add(name)
            raise DNSLookupError(f"{name} leads to {address}, which is no public address")
        return address
