"""The child process of a crawl: Scrapy's reactor starts once a process, so each crawl has its own.

python -m thidua.fetch < order.json     the order of a crawl in, its summary out as the last line
"""

from __future__ import annotations

import ctypes
import datetime as dt
import signal
import sys
from pathlib import Path

from pydantic import Field

from crawler.crawl import crawl
from crawler.registry import load_registry
from data.archive import Archive
from data.disk import FLOOR, free
from schemas.record import Frozen
from thidua.forgetting.sieve import Sieve, SiftedSink
from thidua.forgetting.tombstones import Tombstones

PR_SET_PDEATHSIG = 1  # prctl(2)


class Order(Frozen):
    """What to fetch, and where to keep it."""

    run: str = Field(description="key of the run")
    archive: Path = Field(description="folder of the archive")
    sites: tuple[str, ...] = Field(description="keys of the sites")
    registry: Path | None = Field(default=None, description="folder of the sites, null for that of the package")
    overrides: Path | None = Field(default=None, description="the operator's sites.toml")
    bases: dict[str, str] | None = Field(default=None, description="addresses of the sample portals, by site")
    since: dt.date | None = Field(default=None, description="take nothing older")
    pages: int | None = Field(default=None, description="pages of a list at most")
    seconds: float | None = Field(default=None, description="end cleanly after so long")
    floor: int = Field(default=FLOOR, description="bytes of the disk that stay free; the crawl ends before")
    allow_loopback: bool = Field(default=False, description="only for the sample portals")
    resolvers: tuple[str, ...] = Field(default=(), description="name servers to ask where the system's resolver fails")
    forgotten: Path | None = Field(default=None, description="the tombstones of what is to stay out")


def main() -> int:
    """Crawl as the order on standard input says; the summary is the last line of standard output. 1 when the disk refuses the end of it."""
    die_with_parent()
    order = Order.model_validate_json(sys.stdin.read())
    registry = load_registry(order.registry, bases=order.bases, overrides=order.overrides)
    archive = Archive(order.archive)
    sieve = Sieve(Tombstones(order.forgotten), registry)
    with archive.writer(order.run) as writer, archive.states() as states:
        summary = crawl(
            [registry.site(key) for key in order.sites],
            SiftedSink(writer, sieve, states) if sieve.tombstones else writer,
            run=order.run,
            states=states,
            since=order.since,
            pages=order.pages,
            deadline=order.seconds,
            room=lambda: not writer.broken and free(order.archive) >= order.floor,
            allow_loopback=order.allow_loopback,
            resolvers=order.resolvers,
            unwanted=(lambda site, url: sieve.refuses(url, site.key)) if sieve.tombstones else None,
        )
    print(summary.model_dump_json(), flush=True)
    return 0


def die_with_parent() -> None:
    """Have the kernel end this process when the one that started it is killed; only Linux knows how."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
