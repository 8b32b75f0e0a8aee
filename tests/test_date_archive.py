"""Archives by date: the addresses that a template gives, and the walk back to `--since` that goes on from run to run."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from crawl_child import Crawled, run_child
from crawl_sites import ARTICLE, LIMITS, conserved, site
from fault_server import SITE, Answer, Asked, FaultServer, answer
from pydantic import ValidationError

from crawler.date_archive import DateArchive
from crawler.journal import StatesInMemory
from crawler.schedule import DATED, Schedule
from crawler.site import Site
from schemas.article import VIETNAM
from schemas.page import Fetch

pytestmark = pytest.mark.slow

TODAY = dt.datetime.now(VIETNAM).date()


@pytest.mark.parametrize(
    ("template", "since", "today", "want"),
    [
        ("/{yyyy}/{mm}/{dd}", "2026-02-27", "2026-03-01", ["/2026/03/01", "/2026/02/28", "/2026/02/27"]),
        ("?ngay={d}-{m}-{yyyy}", "2026-03-01", "2026-03-01", ["?ngay=1-3-2026"]),
        ("?tu={dd}/{mm}/{yyyy}&den={dd}/{mm}/{yyyy}", "2012-01-09", "2012-01-09", ["?tu=09/01/2012&den=09/01/2012"]),
        (
            "?tu=01/{mm}/{yyyy}&den={last}/{mm}/{yyyy}",
            "2023-12-31",
            "2024-02-05",
            ["?tu=01/02/2024&den=29/02/2024", "?tu=01/01/2024&den=31/01/2024", "?tu=01/12/2023&den=31/12/2023"],
        ),
        ("/sitemap-{yyyy}-{m}.xml", "2026-01-15", "2026-02-01", ["/sitemap-2026-2.xml", "/sitemap-2026-1.xml"]),
        ("/nam-{yyyy}", "2024-06-01", "2026-01-01", ["/nam-2026", "/nam-2025", "/nam-2024"]),
        ("/{yyyy}", "2026-01-02", "2026-01-01", []),
    ],
)
def test_pages_of_an_archive_the_newest_first(template: str, since: str, today: str, want: list[str]) -> None:
    found = DateArchive(url=template).periods(dt.date.fromisoformat(since), dt.date.fromisoformat(today))
    assert [period.url for period in found] == want


@pytest.mark.parametrize("template", ["/tin", "/{mm}/{dd}", "/{yyyy}/{dd}", "/{yyyy}/{last}", "/{yyyy}/{thang}", "/{yyyy}/{}"])
def test_a_template_that_names_no_date_is_refused(template: str) -> None:
    with pytest.raises(ValidationError, match=r"names no|is none of"):
        DateArchive(url=template)


def test_an_archive_lies_on_the_site() -> None:
    given = {"key": "a", "name": "A", "hosts": ["a.example"], "start": ["https://a.example/tin"]}
    assert Site.model_validate({**given, "list": {"archive": "{yyyy}"}}).listing.archive[0].kind == "list"
    with pytest.raises(ValidationError, match="on none of the site's hosts"):
        Site.model_validate({**given, "list": {"archive": "https://b.example/{yyyy}"}})


class Days:
    """A newspaper whose list shows today's news alone; the rest stands in pages by day: two articles a day, but for long without any."""

    def __init__(self) -> None:
        self.broken: set[str] = set()

    def __call__(self, asked: Asked) -> Answer:
        path = asked.path.strip("/").split("/")
        if asked.path in self.broken:
            return answer(status="500 Internal Server Error")
        if path[0] == "bai":
            return answer(ARTICLE.format(path[1]))
        if path[0] == "tin" and len(path) in (1, 4):
            day = TODAY if len(path) == 1 else dt.date(*map(int, path[1:]))
            names = [] if 2 <= (TODAY - day).days < DATED - 2 else [f"{day}-{number}" for number in (1, 2)]
            return answer("".join(f'<li><a href="/bai/{name}">Tin</a></li>' for name in names) + f"<p>Tin ngày {day}</p>")
        return answer(status="404 Not Found")


def path_of(days: int) -> str:
    """The path of the page of so many days ago."""
    return f"/tin/{TODAY - dt.timedelta(days=days):%Y/%m/%d}"


def test_the_walk_goes_back_and_goes_on_in_the_next_run() -> None:
    news = Days()
    since = TODAY - dt.timedelta(days=DATED + 3)
    with FaultServer({"days": news}) as server:
        portal = site(
            server, "days", start=[{"url": server.url("days", "/tin")}], list={"archive": "/tin/{yyyy}/{mm}/{dd}", "item": ["li"]}
        )

        def run(key: str, states: list[dict[str, Any]], since: dt.date | None = since) -> tuple[Crawled, list[str]]:
            server.asked.clear()
            more = {"since": since.isoformat()} if since else {}
            found = run_child([portal], names={"days.test": SITE}, limits=LIMITS, run=key, states=states, **more)
            conserved(found)
            assert found.summary["warnings"] == {}, "a day without news is no fault of the selectors"
            return found, [one.path for one in server.asked if one.path.startswith("/tin/")]

        assert run("r0", [], since=None)[1] == [], "no one asked for the archive"
        news.broken = {path_of(1)}
        first, asked = run("r1", [])
        assert sorted(set(asked)) == sorted(path_of(days) for days in range(DATED)), "no more in a run"
        assert first.summary["archive_left"] == {"days": 4}
        assert first.summary["new_articles"] == {"days": 2 * 3}, "none on most days, one day is broken"

        news.broken = set()
        second, asked = run("r2", first.states())
        assert set(asked) == {path_of(days) for days in (0, 1, *range(DATED, DATED + 4))}, "today's page is not over, one had failed"
        assert second.summary["new_articles"] == {"days": 2 * 5} and second.summary["archive_left"] == {}
        third, asked = run("r3", first.states() + second.states())
        assert set(asked) == {path_of(0)} and third.summary["new_articles"] == {}


def test_a_sitemap_of_each_month_is_read_whole() -> None:
    def sitemaps(asked: Asked) -> Answer:
        if asked.path.startswith("/sitemap-"):
            month = asked.path[9:16]
            return answer("<urlset>" + "".join(f"<url><loc>/bai/{month}-{number}</loc></url>" for number in range(12)) + "</urlset>")
        return answer(ARTICLE.format(asked.path)) if asked.path.startswith("/bai/") else answer(status="404 Not Found")

    with FaultServer({"months": sitemaps}) as server:
        archive = {"url": "/sitemap-{yyyy}-{mm}.xml", "kind": "sitemap"}
        portal = site(server, "months", start=[{"url": server.url("months", "/tin")}], list={"archive": archive})
        since = (TODAY.replace(day=1) - dt.timedelta(days=1)).isoformat()
        found = run_child([portal], names={"months.test": SITE}, limits=LIMITS, since=since)
    assert found.summary["new_articles"] == {"months": 24}


def test_a_page_is_finished_once_it_came_after_its_last_day() -> None:
    portal = Site.model_validate(
        {"key": "a", "name": "A", "hosts": ["a.vn"], "start": ["https://a.vn/"], "list": {"archive": "{yyyy}-{mm}"}}
    )  # fmt: skip
    ends = [
        ("2026-08", "ok", None, 9),
        ("2026-07", "failed", "http-404", 9),
        ("2026-06", "failed", "timeout", 9),
        ("2026-05", "ok", None, 5),
    ]
    states = {
        ("a", f"https://a.vn/{month}"): Fetch.model_validate(
            {"run": "r1", "seq": seq, "site": "a", "url": f"https://a.vn/{month}", "kind": "list", "state": state, "reason": reason}
            | {"at": dt.datetime(2026, at, 31 if at == 5 else 1, 12, tzinfo=dt.UTC)}
        )
        for seq, (month, state, reason, at) in enumerate(ends)
    }
    now = dt.datetime(2026, 9, 2, tzinfo=dt.UTC)
    visits = [
        visit.url
        for visit, _ in Schedule([portal], StatesInMemory(states), now=now, since=dt.date(2026, 5, 1)).visits()
        if visit.depth == 2
    ]
    assert list(dict.fromkeys(visits)) == ["https://a.vn/2026-09", "https://a.vn/2026-05", "https://a.vn/2026-06"], (
        "what failed before comes last"
    )


def test_pages_that_fail_for_ever_do_not_hold_up_the_walk() -> None:
    portal = Site.model_validate(
        {"key": "a", "name": "A", "hosts": ["a.vn"], "start": ["https://a.vn/"], "list": {"archive": "{yyyy}/{mm}/{dd}"}}
    )
    now, asked = dt.datetime(2026, 9, 2, tzinfo=dt.UTC), set[str]()
    told = {"site": "a", "kind": "list", "state": "failed", "reason": "http-500", "at": now, "in_a_row": 1}
    for run in ("r1", "r2"):
        states = {("a", url): Fetch.model_validate({**told, "run": run, "seq": seq, "url": url}) for seq, url in enumerate(asked)}
        schedule = Schedule([portal], StatesInMemory(states), now=now, since=now.date() - dt.timedelta(days=2 * DATED - 1))
        asked |= {visit.url for visit, _ in schedule.visits() if visit.depth == 2}
    assert len(asked) == 2 * DATED


MONTH = (TODAY.replace(day=1) - dt.timedelta(days=1)).replace(day=1)  # the last one


def test_a_month_that_was_read_back_to_one_of_its_days_is_read_again_for_an_earlier_one() -> None:
    days = [MONTH + dt.timedelta(days=number) for number in (5, 20)]

    def sitemaps(asked: Asked) -> Answer:
        if asked.path.startswith("/sitemap-"):
            named = days if asked.path == f"/sitemap-{MONTH:%Y-%m}.xml" else []
            return answer("<urlset>" + "".join(f"<url><loc>/bai/{day}</loc><lastmod>{day}</lastmod></url>" for day in named) + "</urlset>")
        return answer(ARTICLE.format(asked.path)) if asked.path.startswith("/bai/") else answer(status="404 Not Found")

    crawls: list[Crawled] = []
    with FaultServer({"months": sitemaps}) as server:
        archive = {"url": "/sitemap-{yyyy}-{mm}.xml", "kind": "sitemap"}
        portal = site(server, "months", start=[{"url": server.url("months", "/tin")}], list={"archive": archive})
        asked = []
        for run, day in enumerate((10, 15, 0, 10)):
            server.asked.clear()
            states = [line for crawled in crawls for line in crawled.states()]
            since = (MONTH + dt.timedelta(days=day)).isoformat()
            crawls.append(run_child([portal], names={"months.test": SITE}, limits=LIMITS, run=f"r{run}", states=states, since=since))
            asked.append(len(server.of("months", f"/sitemap-{MONTH:%Y-%m}.xml")))
    assert asked == [1, 0, 1, 0]
    assert [crawled.summary["new_articles"].get("months", 0) for crawled in crawls] == [1, 0, 1, 0]


def test_a_page_of_an_archive_is_followed_past_what_is_known() -> None:
    def news(asked: Asked) -> Answer:
        path, _, query = asked.path.partition("?")
        page = int(query.rpartition("=")[2] or 1)
        named = {"/tin": range(10) if page == 1 else range(0), f"/thang/{MONTH:%Y-%m}": range(5 * page - 5, min(5 * page, 30))}
        if path in named:
            return answer("<p>Tin</p>" + "".join(f'<li><a href="/bai/{number}">Tin</a></li>' for number in named[path]))
        return answer(ARTICLE.format(path)) if path.startswith("/bai/") else answer(status="404 Not Found")

    with FaultServer({"known": news}) as server:
        lists = {"item": ["li"], "archive": "/thang/{yyyy}-{mm}"}
        portal = site(server, "known", start=[{"url": server.url("known", "/tin")}], next={"type": "param", "name": "p"}, list=lists)
        first = run_child([portal], names={"known.test": SITE}, limits=LIMITS)
        states, since = first.states(), MONTH.isoformat()
        second = run_child([portal], names={"known.test": SITE}, limits=LIMITS, run="r2", states=states, since=since)
    assert (first.summary["new_articles"], second.summary["new_articles"]) == ({"known": 10}, {"known": 20})
