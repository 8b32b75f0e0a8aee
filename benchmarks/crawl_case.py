"""One crawl of benchmarks/crawl.py in a process of its own, for the reactor starts once: `python -m benchmarks.crawl_case < order.json`.

The cases: our crawl with all it does, the same without one part or the other, and a bare Scrapy spider that follows the same links
and keeps nothing. Prints what it came to as JSON.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urljoin

import scrapy
from pydantic import Field
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

from crawler.crawl import crawl
from crawler.journal import StatesInMemory
from crawler.registry import load_registry
from crawler.settings import Limits, settings
from data.archive import Archive, ArchiveWriter
from schemas.page import Fetch, Page
from schemas.record import Frozen
from schemas.vocabulary import State

BARE = "bare Scrapy"
# What each of our cases does: robots.txt, archive, ledger, AutoThrottle
CASES: Mapping[str, frozenset[str]] = {
    "thidua": frozenset({"robots", "archive", "ledger"}),
    "without archive": frozenset({"robots", "ledger"}),
    "without archive, ledger": frozenset({"robots"}),
    "without robots.txt": frozenset({"archive", "ledger"}),
    "without all three": frozenset(),
    "with AutoThrottle": frozenset({"robots", "archive", "ledger", "throttle"}),
}
# How the bare spider knows articles and further list pages of each family
LINKS = {
    "mau-thai-nguyen": (r"/tin-hoat-dong-cua-tinh/-/asset_publisher/\w+/content/[^/?]+$", r"_cur=(?!1$)\d+$"),
    "mau-dak-lak": (r"-post\d+\.html$", r"^\S*\?page=(?!1$)\d+$"),
    "mau-binh-phuoc": (r"^/vi/news/[^/]+/[^/?]+-\d+\.html$", r"/vi/news/page-\d+/$"),
    "mau-ha-nam": (r"^/Pages/[^/?]+-\d+\.aspx$", r"\?Page=(?!1$)\d+$"),
    "mau-son-la": (r"-\d{6}$", r"$^"),
}
FORM = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"  # further list pages of mau-son-la
FIELDS = {"article_category_id": "1187", "site_id": "62", "page_size": "5", "no": "-5", "articlelang": "vi-VN"}
EVERY = 100  # pages between two looks at the memory


class Order(Frozen):
    """What to crawl."""

    case: str = Field(description="BARE or one of CASES")
    registry: Path = Field(description="folder of the sites")
    archive: Path = Field(description="folder of the archive, empty")
    families: dict[str, str] = Field(description="key of a site -> key of its sample portal")


class Crawled(Frozen):
    """What it came to."""

    articles: int
    pages: int = Field(description="articles, lists, feeds")
    seconds: float = Field(description="from the first setting to the last byte synced, imports left out")
    cpu: float = Field(description="seconds of this process, all threads")
    memory: tuple[tuple[int, float], ...] = Field(default=(), description="(pages so far, MB resident)")
    states: dict[str, int] = Field(default_factory=dict, description="state -> addresses, as the crawl sums them up")


class Kept:
    """A sink that counts, looks at the memory, and hands on what the case keeps."""

    def __init__(self, writer: ArchiveWriter, does: frozenset[str]) -> None:
        self._writer, self._does = writer, does
        self.pages = self.articles = 0
        self.memory: list[tuple[int, float]] = []

    def keep(self, page: Page, fetch: Fetch) -> None:
        """A page came."""
        self.pages += 1
        self.articles += fetch.kind == "article" and fetch.state is State.OK
        if self.pages % EVERY == 0:
            self.memory.append((self.pages, resident()))
        if "archive" in self._does:
            self._writer.keep(page, fetch)
        elif "ledger" in self._does:
            self._writer.note(fetch)

    def note(self, fetch: Fetch) -> None:
        """A line without a page."""
        if "ledger" in self._does:
            self._writer.note(fetch)


def resident() -> float:
    """MB of this process in memory, as Linux counts them."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


def ours(order: Order) -> Crawled:
    """The project's crawl."""
    does = CASES[order.case]
    sites = load_registry(order.registry).sites
    began, worked = time.perf_counter(), time.process_time()
    with Archive(order.archive).writer("benchmark") as writer, mock.patch("crawler.crawl.settings", _settings(does)):
        kept = Kept(writer, does)
        summary = crawl(sites, kept, run="benchmark", states=StatesInMemory(), allow_loopback=True)
    kept.memory.append((kept.pages, resident()))
    return Crawled(
        articles=kept.articles,
        pages=kept.pages,
        seconds=time.perf_counter() - began,
        cpu=time.process_time() - worked,
        memory=tuple(kept.memory),
        states=summary.states,
    )


def _settings(does: frozenset[str]) -> Callable[..., dict[str, Any]]:
    def made(*given: Any, limits: Limits, **more: Any) -> dict[str, Any]:
        found = settings(*given, limits=limits, **more)
        if "robots" not in does:
            found["ROBOTSTXT_OBEY"] = False
            found["DOWNLOADER_MIDDLEWARES"]["crawler.robots.RobotsMiddleware"] = None
        return found | {"AUTOTHROTTLE_ENABLED": "throttle" in does}

    return made


class Bare(scrapy.Spider):
    """Follows lists and articles and counts them."""

    name = "bare"
    families: dict[str, str]  # address of a list -> key of the sample portal
    pages = articles = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The lists."""
        for url, family in self.families.items():
            yield scrapy.Request(url, self.listed, cb_kwargs={"family": family})

    def listed(self, response: Response, family: str) -> Iterator[scrapy.Request]:
        """What a list names."""
        self.pages += 1
        article, further = LINKS[family]
        for href in response.css("a::attr(href)").getall():
            if re.search(article, href):
                yield scrapy.Request(urljoin(response.url, href), self.article)
            elif re.search(further, href):
                yield scrapy.Request(urljoin(response.url, href), self.listed, cb_kwargs={"family": family})
        for number in range(2, int((re.search(r'maxPage\s*=\s*parseInt\("?(\d+)', response.text) or [0, 1])[1]) + 1):
            form = FIELDS | {"page": str(number)}
            yield scrapy.FormRequest(urljoin(response.url, FORM), self.listed, formdata=form, cb_kwargs={"family": family})

    def article(self, response: Response) -> None:
        """An article."""
        self.pages += 1
        self.articles += len(response.body) > 0


def bare(order: Order) -> Crawled:
    """Scrapy with one connection a host like ours, as many at once, no delay; no robots.txt, cookies or second tries."""
    sites = load_registry(order.registry).sites
    began, worked = time.perf_counter(), time.process_time()
    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": min(2 * len(sites), 200),
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "ROBOTSTXT_OBEY": False,
            "COOKIES_ENABLED": False,
            "RETRY_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_LEVEL": "WARNING",
        }
    )
    made = process.create_crawler(Bare)
    process.crawl(made, families={start.url: order.families[site.key] for site in sites for start in site.start})
    process.start()
    assert isinstance(made.spider, Bare)
    return Crawled(
        articles=made.spider.articles,
        pages=made.spider.pages,
        seconds=time.perf_counter() - began,
        cpu=time.process_time() - worked,
        memory=(),
    )


def main() -> None:
    """Crawl as the order on standard input says."""
    order = Order.model_validate_json(sys.stdin.read())
    print((bare if order.case == BARE else ours)(order).model_dump_json())


if __name__ == "__main__":
    main()
