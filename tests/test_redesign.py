"""A portal gets a new layout: for each platform the names on its pages are changed, and the run tells site, field, selector and page.

Pages are read and judged as a run does it, without a crawl and without the rules of the language; test_health.py has the whole run.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.aliases import Aliases
from crawler.discovery import article_links, next_page
from crawler.journal import Journal, StatesInMemory, Visit
from crawler.reader import read
from crawler.registry import Registry
from crawler.schedule import Schedule
from crawler.site import Expect, Site
from crawler.spider import NewsSpider
from data.store import Kept, PageRow, Store, page_key
from schemas.article import Article, Reject
from schemas.page import Fetch, Page
from schemas.reading import Reading
from schemas.vocabulary import State
from tests.site_pages import BARE, BASE, FILES, PACKAGE, SAMPLES, address_of, sample_lists, sample_page
from thidua.exits import DONE, MISSED
from thidua.health import FIELDS
from thidua.place import Place
from thidua.run import Run
from thidua.steps import judge_sites

AT = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
NAMES = re.compile(r"""(\s(?:class|id|itemprop|data-role)\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL)
NAMED = re.compile(r"""[.#]([A-Za-z][\w-]*)|(?:itemprop|data-role)=["']?([\w-]+)""")
EXPECT = Expect(published_at=0, articles_a_month=0)  # some platforms print no stamp
SITES = {key: site.model_copy(update={"expect": EXPECT}) for key, site in BARE.items()}


def redesigned(html: str, names: frozenset[str] | None = None) -> str:
    """The page with other names for its classes and ids: all of them, or those given."""

    def other(match: re.Match[str]) -> str:
        said = " ".join(f"moi-{name[::-1]}" if names is None or name in names else name for name in match[3].split())
        return f"{match[1]}{match[2]}{said}{match[2]}"

    return NAMES.sub(other, html)


def pages(key: str) -> list[tuple[str, str]]:
    """(address, HTML) of the article pages of a platform that are read by its first layout met."""
    met = [(address_of(file, SITES[key]), file.read_text()) for file in FILES if file.parent.name == key and file.stem[:4] != "list"]
    found = [(url, html, article) for url, html in met if isinstance(article := article_of(key, url, html), Article) and not short(article)]
    return [(url, html) for url, html, article in found if article.read_by == found[0][2].read_by]


def short(article: Article) -> bool:
    return "short" in article.warnings


def article_of(key: str, url: str, html: str) -> Article | Reject:
    return read(Page(site=SITES[key].key, url=url, final_url=url, fetched_at=AT, status=200, body=html.encode()), SITES[key], PACKAGE)


def run_of(place: Path, site: Site, crawl: dict[str, Any]) -> Run:
    run = Run(Place(place), Registry(platforms=PACKAGE.platforms, by_key={site.key: site}), held=-1, key="r2")
    run.report["crawl"] = {"ended": "finished", "sites": {site.key: {"ok": 8}}, "closed": {}, "warnings": {}, **crawl}
    return run


def judged(place: Path, key: str, before: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]) -> tuple[int, list[dict[str, Any]]]:
    """(status, what was missed) of a run that fetched four articles of `now`, after one that fetched four of `before`."""
    site = SITES[key]
    with Store.open(place / "work.duckdb") as store:
        for run, given in (("r1", before), ("r2", now)):
            lines, kept, rows = [], [], []
            for number, (url, html) in enumerate(islice(cycle(given), 4)):
                line = Fetch(
                    run=run, seq=number, site=site.key, url=url, kind="article", state=State.OK, at=AT, warc="a.warc.gz", offset=number, length=1
                )  # fmt: skip
                found = article_of(key, url, html)
                if isinstance(found, Article):
                    found = Reading.model_validate(found.model_copy(update={"id": f"{run}-{number}"}).model_dump())
                    kept.append(Kept(found, page_key(line), "1", run))
                lines.append(line)
                rows.append(PageRow.of(line, found, "1", run=run))
            store.copy_ledger(enumerate(lines, 1 if run == "r1" else 5))
            store.keep(kept, rows)
            store.keep_pages(rows)
    run_ = run_of(place, site, {})
    return judge_sites(run_), run_.report["missed"]


def told(site: Site, check: dict[str, Any], stderr: str) -> None:
    """The miss stands on a line of the terminal, with everything that a person needs."""
    (line,) = [line for line in stderr.splitlines() if f"{check['field']} (" in line]
    assert all(part in line for part in (site.key, *check["selectors"], check["url"], check["page"]))


def page_keys(run: str) -> set[str]:
    return {page_key(Fetch(run=run, seq=number, site="x", url="x", kind="article", state=State.OK, at=AT)) for number in range(4)}


@pytest.mark.parametrize("key", PACKAGE.platforms)
def test_other_names_on_all_of_a_page(key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = pages(key)
    other = [(url, redesigned(html)) for url, html in given]
    (tmp_path / "same").mkdir()
    assert judged(tmp_path / "same", key, given, given) == (DONE, []), "the layout that it was"
    status, missed = judged(tmp_path, key, given, other)
    assert status == MISSED
    (check,) = [check for check in missed if check["field"] == "body"]
    declared = [selector.css for layout in SITES[key].layout for selector in layout.body]
    assert (check["site"], check["class"]) == (SITES[key].key, "layout") and check["page"] in page_keys("r2")
    if declared:
        assert check["selectors"] == declared
    else:  # no selector is known: where the generic reader found the text, and finds it no more
        articles = (article_of(key, *page) for page in given)
        assert f"generic_reader:{check['selectors'][0]}" in {line for one in articles if isinstance(one, Article) for line in one.warnings}
    told(SITES[key], check, capsys.readouterr().err)


def matched(key: str, article: Article | Reject, field: str) -> str | None:
    """The selector that found a field of a page."""
    if isinstance(article, Reject) or field not in article.selectors:
        return None
    (layout,) = (layout for layout in SITES[key].layout if layout.name == (article.read_by or "").partition("/")[2])
    return str(getattr(layout, field)[article.selectors[field]].css)


def names_in(css: str | None) -> frozenset[str]:
    """Names of the node that a selector finds; those of the nodes around it are left out."""
    last = (css or " ").rsplit(" ", 1)[-1].partition(":not")[0]
    return frozenset(name for names in NAMED.findall(last) for name in names if name)


def fields() -> list[tuple[str, str]]:
    """(platform, field) of what the pages show by a selector with a name in it."""
    fields = [(key, field) for key in PACKAGE.platforms for field in (*FIELDS, "body")]
    return [(key, field) for key, field in fields if any(names_in(matched(key, article_of(key, *page), field)) for page in pages(key))]


@pytest.mark.parametrize(("key", "field"), fields())
def test_other_names_for_one_field(key: str, field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = [(page, css) for page in pages(key) if names_in(css := matched(key, article_of(key, *page), field))][:1]
    other = [(url, redesigned(html, names_in(css))) for (url, html), css in given]
    status, missed = judged(tmp_path, key, [page for page, _ in given], other)
    assert status == MISSED
    (check,) = [check for check in missed if check["field"] == field]
    assert check["class"] == "layout" and given[0][1] in check["selectors"] and check["page"] in page_keys("r2")
    told(SITES[key], check, capsys.readouterr().err)


# ------------------------------------------------------------------ lists


def list_of(key: str) -> tuple[Site, str, str]:
    """A platform's list: the site, its address, its HTML."""
    file = next((file for file in FILES if file.parent.name == key and file.stem == "list"), None)
    if file:
        return SITES[key], address_of(file, SITES[key]), file.read_text()
    site = next(site for site in SAMPLES.sites if site.platform == key)
    url = sample_lists(site.key)[0][0]
    return site, url, sample_page(site.key, url.removeprefix(BASE)).decode()


def crawled(place: Path, site: Site, url: str, html: str) -> tuple[int, list[dict[str, Any]]]:
    """(status, what was missed) of a run whose crawl met that page of a list; an earlier run had followed it to its second page."""
    older = [
        Fetch(run="r1", seq=seq, site=site.key, url=f"{url}{more}", kind="list", state=State.OK, at=AT, found_on=url if more else None)
        for seq, more in enumerate(("", "#2"))
    ]

    class Lines(list[Fetch]):
        def keep(self, page: Page, fetch: Fetch) -> None:
            self.append(fetch.model_copy(update={"warc": "a.warc.gz", "offset": 0, "length": 1}))

        def note(self, fetch: Fetch) -> None:
            self.append(fetch)

    states, lines = StatesInMemory({(line.site, line.url): line for line in older}), Lines()
    journal = Journal(lines, "r2", states)
    schedule = Schedule([site], states, now=AT)
    spider = NewsSpider(schedule=schedule, journal=journal, aliases=Aliases(journal, schedule), since=None, pages=None)
    visit = Visit(site, url, "list")
    spider.journal.open(visit)
    requests = list(spider.received(HtmlResponse(url, body=html.encode(), encoding="utf-8", request=Request(url, meta={"visit": visit}))))
    assert requests, "what the page names is asked for all the same"
    with Store.open(place / "work.duckdb") as store:
        store.copy_ledger(enumerate([*older, *lines], 1))
    run = run_of(place, site, {"warnings": dict(spider.warnings)})
    status = judge_sites(run)
    for check in run.report["missed"]:
        assert check["page"] == next(page_key(line) for line in lines if line.warc)
    return status, run.report["missed"]


LISTED = [key for key, platform in PACKAGE.platforms.items() if platform.listing.item or platform.listing.link]
PAGED = [key for key, platform in PACKAGE.platforms.items() if re.search(r"[.#]\w", " ".join(platform.paging.link))]


@pytest.mark.parametrize("key", LISTED)
def test_other_names_on_a_list(key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site, url, html = list_of(key)
    (tmp_path / "same").mkdir()
    assert crawled(tmp_path / "same", site, url, html) == (DONE, [])
    if article_links(site, html, url) == article_links(site, redesigned(html), url):
        assert crawled(tmp_path, site, url, redesigned(html)) == (DONE, []), "its selectors name no class: nothing is lost, nothing missed"
        return
    status, missed = crawled(tmp_path, site, url, redesigned(html))
    assert status == MISSED
    (check,) = [check for check in missed if check["field"] == "list"]
    assert check["class"] == "layout" and check["selectors"] == [*site.listing.item, *site.listing.link]
    told(site, check, capsys.readouterr().err)


@pytest.mark.parametrize("key", PAGED)
def test_other_names_for_the_link_to_the_next_page(key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site, url, html = list_of(key)
    names = frozenset(re.findall(r"[.#]([A-Za-z][\w-]*)", " ".join(site.paging.link)))
    other = redesigned(re.sub(r'\s(?:rel|title)="[^"]*"', "", html), names)
    assert next_page(site, html, url) and next_page(site, other, url) is None
    status, missed = crawled(tmp_path, site, url, other)
    assert status == MISSED
    (check,) = [check for check in missed if check["field"] == "next"]
    assert check["class"] == "layout" and check["selectors"] == list(site.paging.link)
    told(site, check, capsys.readouterr().err)
