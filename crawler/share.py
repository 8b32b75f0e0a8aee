"""Which sites are whose when several machines share a crawl: by host, so that no host is asked by two of them and none knows of the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the command line asks for a share, and its help is not to wait for the rest
    from crawler.site import Site


class Share(NamedTuple):
    """The `number`-th of `of` shares, from 1."""

    number: int
    of: int


def keys_of(share: Share, sites: Iterable[Site]) -> frozenset[str]:
    """Keys of the share's own sites, of all of a registry. Those that have a host in common stay together; a new site moves no other one of other hosts."""
    sites = list(sites)
    first: dict[str, str] = {}  # host -> the first, by the alphabet, of the hosts that it is crawled with
    for site in sites:
        together = {first.get(host, host) for host in _hosts(site)}
        first |= {host: min(together) for host, name in first.items() if name in together}
        first |= dict.fromkeys(_hosts(site), min(together))
    return frozenset(site.key for site in sites if _place(first[_hosts(site)[0]], share.of) == share.number)


def _hosts(site: Site) -> list[str]:
    return [host.partition("/")[0] for host in site.hosts]


def _place(host: str, of: int) -> int:
    """The share that a host falls to, the same on each machine and in each run."""
    return int.from_bytes(hashlib.sha256(host.encode()).digest()) % of + 1
