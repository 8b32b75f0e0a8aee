"""One crawl of some sites, from the first request to the summary."""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from scrapy.crawler import CrawlerProcess

from crawler.address_guard import second_names
from crawler.aliases import Aliases
from crawler.hosts import Hosts, Stop
from crawler.journal import CrawlSummary, Journal, States
from crawler.schedule import Schedule
from crawler.settings import USER_AGENT, Limits, settings
from crawler.sink import Sink
from crawler.site import Site
from crawler.spider import NewsSpider


class CrawlError(RuntimeError):
    """The crawl could not start."""


def crawl(
    sites: Sequence[Site],
    sink: Sink,
    *,
    run: str,
    states: States,
    since: dt.date | None = None,
    pages: int | None = None,
    deadline: float | None = None,
    room: Callable[[], bool] | None = None,
    allow_loopback: bool = False,
    user_agent: str = USER_AGENT,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    resolvers: Sequence[str] = (),
    unwanted: Callable[[Site, str], bool] | None = None,
    make: type[NewsSpider] = NewsSpider,
) -> CrawlSummary:
    """Crawl the sites once, in this process: the reactor starts once, so call it in a child process.

    `states`: the newest lines of earlier runs. `since`: lists are followed, archives by date walked back to that day. `pages`: of each list at most.
    `deadline`: seconds from now. `room`: asked every second whether there is room to keep more. SIGINT, SIGTERM, the
    deadline and no room cut the run off; what waits stays `open`.
    `resolvers`: name servers to ask where the system's resolver fails. `unwanted`: addresses of articles that are never asked for, though lists
    name them. CrawlError if the crawl cannot start.
    """
    began = time.monotonic()
    schedule = Schedule(sites, states, now=dt.datetime.now(dt.UTC), since=since)
    stop, journal = Stop(), Journal(sink, run, states)
    hosts = Hosts(schedule.pauses(), stop, breaker=limits.breaker, closings=schedule.closings())
    process = CrawlerProcess(settings(sites, limits=limits, user_agent=user_agent, allow_loopback=allow_loopback, resolvers=resolvers))
    crawler = process.create_crawler(make)
    aliases = Aliases(journal, schedule)
    parts = {
        "schedule": schedule,
        "journal": journal,
        "aliases": aliases,
        "hosts": hosts,
        "stop": stop,
        "limits": limits,
        "unwanted": unwanted,
    }
    process.crawl(crawler, **parts, since=since, pages=pages, deadline=deadline, room=room)
    process.start(install_signal_handlers=False)
    spider = crawler.spider
    if process.bootstrap_failed or not isinstance(spider, NewsSpider):
        raise CrawlError("Scrapy could not start the crawl; its log says why")
    if stop.why is None:
        journal.close_rest()
    counts = journal.counts()
    return CrawlSummary(
        run=run,
        ended=stop.why or "finished",
        scheduled=sum(sum(labels.values()) for labels in counts.values()),
        states=_sum(counts),
        sites=counts,
        new_articles=dict(journal.new_articles),
        closed={
            site.key: why for host, why in hosts.closed().items() for site in sites if host in {own.partition("/")[0] for own in site.hosts}
        },
        archive_left=schedule.archive_left,
        warnings=dict(spider.warnings),
        links={key: dict(count) for key, count in spider.links.items()},
        second_resolver=tuple(sorted(second_names)),
        seconds=round(time.monotonic() - began, 3),
    )


def _sum(counts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = defaultdict(int)
    for labels in counts.values():
        for label, number in labels.items():
            total[label] += number
    return dict(sorted(total.items()))
