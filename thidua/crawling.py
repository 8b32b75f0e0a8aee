"""The step of a run that crawls: which sites, in a process of its own, and what came of it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace

from crawler.journal import CrawlSummary
from crawler.share import Share, keys_of
from crawler.site import Site
from data.disk import FLOOR, free
from schemas.article import VIETNAM
from schemas.vocabulary import State
from thidua import say
from thidua.exits import DONE, FAILED, MISSED, NO_NETWORK
from thidua.fetch import Order
from thidua.resolvers import second_resolvers
from thidua.run import Run, recover
from thidua.sites.registry import option_of

UNREACHABLE = frozenset(
    {"failed:dns", "failed:connect", "failed:timeout", "retry_at:robots", "retry_at:dns", "retry_at:connect", "retry_at:timeout"}
)


@dataclass(frozen=True)
class Crawl:
    """What the command line asks of a crawl."""

    keys: tuple[str, ...] = ()
    kind: str | None = None
    since: dt.date | None = None
    pages: int | None = None
    seconds: float | None = None
    floor: int = FLOOR  # bytes of the disk that stay free
    share: Share | None = None


def fetch(run: Run, *, crawl: Crawl) -> int:
    """Fetch what is new into the archive."""
    sites = chosen(run, crawl)
    if not sites and crawl.share and chosen(run, replace(crawl, share=None)):
        say.tell("empty_share", number=crawl.share.number, of=crawl.share.of)
        return DONE
    if not sites:
        say.complain("no_live_site", path=run.overrides, option=option_of(run.folder, run.place))
        return MISSED
    try:
        resolvers = second_resolvers()
    except ValueError as error:
        say.complain("bad_resolver", why=error)
        return FAILED
    recover(run)
    if free(run.place.archive) < crawl.floor:
        return disk_low(run, crawl)
    say.tell("crawling", sites=len(sites), names=", ".join(site.key for site in sites))
    order = Order(
        run=run.key,
        archive=run.place.archive,
        sites=tuple(site.key for site in sites),
        registry=run.folder,
        overrides=run.overrides,
        bases=run.bases,
        since=crawl.since,
        pages=crawl.pages,
        seconds=crawl.seconds,
        floor=crawl.floor,
        allow_loopback=run.folder is not None,
        resolvers=resolvers,
        forgotten=run.place.forgotten,
    )
    done = subprocess.run(
        [sys.executable, "-m", "thidua.fetch"],
        input=order.model_dump_json(),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        pass_fds=(run.held,),  # the archive is not free before the child has ended too
    )
    if done.returncode:
        say.complain("crawl_failed", code=done.returncode, archive=run.place.archive)
        return FAILED
    summary = CrawlSummary.model_validate_json(done.stdout.splitlines()[-1])
    run.report["crawl"] = summary.model_dump(mode="json")
    states: Counter[str] = Counter()
    for label, number in summary.states.items():
        states[label.partition(":")[0]] += number
    say.tell("crawled", **{state.value: states[state.value] for state in State})
    for key, number in summary.archive_left.items():
        say.tell("archive_left", key=key, number=number, since=crawl.since)
    if summary.ended == "disk":
        return disk_low(run, crawl)
    for key, why in summary.closed.items():
        say.complain("closed", key=key, why=why)
    if summary.second_resolver:
        say.complain("second_resolver", names=", ".join(summary.second_resolver), servers=", ".join(resolvers))
    if summary.states and all(label in UNREACHABLE for label in summary.states):
        say.complain("network")
        return NO_NETWORK
    return MISSED if summary.closed or len(summary.sites) < len(sites) else DONE


def disk_low(run: Run, crawl: Crawl) -> int:
    """Say that there is no room to fetch more."""
    say.complain("disk_low", folder=run.place.archive, free=free(run.place.archive) >> 20, least=crawl.floor >> 20)
    return FAILED


def chosen(run: Run, crawl: Crawl) -> list[Site]:
    """The named sites, drafts too (and says so), else all live ones; none of another share, none whose definition does not hold today.

    SiteError for a key that nobody knows.
    """
    today = dt.datetime.now(VIETNAM).date()
    if crawl.keys:
        sites = [run.registry.site(key) for key in crawl.keys]
        for site in sites:
            if not site.holds_on(today):
                say.complain("not_valid", key=site.key, since=site.valid_from or "…", until=site.valid_to or "…")
            elif site.status != "live":
                say.tell("draft", key=site.key)
    else:
        sites = [site for site in run.registry.sites if site.status == "live"]
    sites = [site for site in sites if crawl.kind in (None, site.kind) and site.holds_on(today)]
    if crawl.share is None:
        return sites
    own = keys_of(crawl.share, run.registry.sites)
    return [site for site in sites if site.key in own]
