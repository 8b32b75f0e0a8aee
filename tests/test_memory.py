"""What a crawl remembers from run to run: hosts that block, pages that came cut, further addresses, list pages that are there no more."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from crawl_child import Crawled, run_child
from crawl_sites import ARTICLE, LIMITS, Grid, conserved, links, site, to
from fault_server import SITE, Answer, Asked, FaultServer, answer
from samples import fetch, page

from crawler.body_guard import CUT_RUNS, is_cut
from crawler.hosts import Hosts, Stop
from crawler.schedule import SECONDS, Schedule
from crawler.site import Site
from data.archive import Archive
from schemas.page import Fetch
from schemas.vocabulary import State

GONE, DEAD = answer(status="404 Not Found"), answer(status="500 Internal Server Error")
NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def later(*crawls: Crawled) -> list[dict[str, Any]]:
    """The lines for a run after the end of all pauses."""
    lines = [line for crawled in crawls for line in crawled.states()]
    return [{**line, "retry_at": "2026-01-01T00:00:00Z"} if line["retry_at"] else line for line in lines]


def pause(line: dict[str, Any]) -> dt.timedelta:
    """How long a line puts its address off."""
    return dt.datetime.fromisoformat(line["retry_at"]) - dt.datetime.fromisoformat(line["at"])


def of(crawled: Crawled, state: str) -> list[dict[str, Any]]:
    """The lines of articles in a state."""
    return [line for line in crawled.lines if line["kind"] == "article" and line["state"] == state]


# ------------------------------------------------------------------ hosts that block


class Blocking:
    """A host that forbids what it is told to forbid."""

    blocks = "/bai/"

    def __call__(self, asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return GONE
        if self.blocks and asked.path.startswith(self.blocks):
            return answer(status="403 Forbidden")
        return links(*[f"/bai/{n}" for n in range(20)]) if asked.path == "/" else answer(ARTICLE.format(asked.path))


def test_the_pause_of_a_host_that_blocks_doubles_and_one_probe_is_made_until_it_answers() -> None:
    host, names = Blocking(), {"no.test": SITE}
    with FaultServer({"no": host}) as server:
        portal = site(server, "no", revisit_days=[])
        first = run_child([portal], names=names, limits=LIMITS)
        put_off = of(first, "retry_at")
        assert {(line["reason"], line["in_a_row"]) for line in put_off} == {("circuit", 1)} and len(of(first, "failed")) == 7
        assert 0.45 * HOUR < max(map(pause, put_off)) <= 0.5 * HOUR
        waits = run_child([portal], names=names, limits=LIMITS, run="r2", states=first.states())
        assert {(line["state"], line["reason"], line["in_a_row"]) for line in waits.lines if line["state"] != "open"} == {
            ("retry_at", "paused", 1)
        }
        server.asked.clear()
        host.blocks = "/"
        second = run_child([portal], names=names, limits=LIMITS, run="r3", states=later(first, waits))
        assert [asked.path for asked in server.asked] == ["/robots.txt", "/"], "one probe, and that is a list"
        assert second.state("no", "/") == "failed:http-403", "the probe has its own end"
        assert {line["in_a_row"] for line in of(second, "retry_at")} == {2}
        assert 0.95 * HOUR < max(map(pause, of(second, "retry_at"))) <= HOUR and second.summary["closed"] == {"no": "circuit"}
        host.blocks = "/bai/"
        third = run_child([portal], names=names, limits=LIMITS, run="r4", states=later(first, waits, second))
        assert {line["in_a_row"] for line in of(third, "retry_at")} == {3}, "a list that is well does not end the row"
        host.blocks = ""
        fourth = run_child([portal], names=names, limits=LIMITS, run="r5", states=later(first, waits, second, third))
        assert fourth.summary["closed"] == {} and len(of(fourth, "ok")) == 20
        for crawled in (first, waits, second, third, fourth):
            conserved(crawled)
    states = {(line["site"], line["url"]): Fetch.model_validate(line) for line in later(first, waits, second, third, fourth)}
    assert Schedule([Site.model_validate(portal)], states, now=NOW).closings() == {}, "a good answer ends the row"
    del states["no", server.url("no")]
    older = {key: line for key, line in states.items() if line.run not in ("r4", "r5")} | {
        (line["site"], line["url"]): Fetch.model_validate(line) for line in later(second)
    }
    assert Schedule([Site.model_validate(portal)], older, now=NOW).closings() == {f"no.test:{server.port}": 2}


def test_rules_that_are_denied_close_the_host_for_longer_each_time() -> None:
    with FaultServer({"shut": lambda _: answer(status="403 Forbidden")}) as server:
        found: list[Crawled] = []
        for run in ("r1", "r2"):
            found.append(run_child([site(server, "shut")], names={"shut.test": SITE}, limits=LIMITS, run=run, states=later(*found)))
        assert len(server.asked) == 2
    lines = [crawled.line("shut", "/robots.txt") for crawled in found]
    assert [(line["reason"], line["in_a_row"]) for line in lines] == [("http-403", 1), ("http-403", 2)]
    assert [round(pause(line) / HOUR, 1) for line in lines] == [1.0, 2.0]


def test_the_pause_grows_up_to_a_day_and_falls_back() -> None:
    def hours(closings: int, reason: str, least: dt.timedelta) -> float:
        hosts = Hosts({}, Stop(), breaker=8, closings={"a.vn": closings} if closings else {})
        return round((hosts.close("a.vn", reason, least).until - dt.datetime.now(dt.UTC)) / HOUR, 2)

    assert [hours(n, "http-429", HOUR) for n in range(7)] == [1, 2, 4, 8, 16, 24, 24]
    assert [hours(n, "challenge", 24 * HOUR) for n in (0, 1, 9999)] == [24, 24, 24]
    hosts = Hosts({}, Stop(), breaker=8, closings={"a.vn": 5})
    hosts.answered("a.vn", "robots")
    assert hosts.close("a.vn", "circuit", HOUR / 2).in_a_row == 6, "its robots.txt is no good answer"
    hosts.answered("a.vn", "article")
    assert hosts.close("a.vn", "circuit", HOUR / 2).in_a_row == 1


def test_a_list_that_is_dead_for_good_does_not_keep_the_others_closed() -> None:
    down = True

    def handle(asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return GONE
        if down or asked.path == "/dead":
            return DEAD
        return links("/bai/1") if asked.path == "/" else answer(ARTICLE.format(asked.path))

    with FaultServer({"one": handle}) as server:
        portal = site(server, "one", start=[{"url": server.url("one", path)} for path in ("/dead", *(f"/muc/{n}" for n in range(8)), "/")])
        crawls = [run_child([portal], names={"one.test": SITE}, limits=LIMITS)]
        assert crawls[0].summary["closed"] == {"one": "circuit"}
        down = False
        crawls.append(run_child([portal], names={"one.test": SITE}, limits=LIMITS, run="r2", states=later(*crawls)))
    assert crawls[1].state("one", "/bai/1") == "ok" and crawls[1].summary["closed"] == {}


def test_articles_that_are_dead_for_good_do_not_keep_news_away() -> None:
    fresh = False

    def handle(asked: Asked) -> Answer:
        if asked.path == "/":
            return links("/bai/new") if fresh else links(*[f"/bai/{n}" for n in range(40)])
        return GONE if asked.path == "/robots.txt" else answer(ARTICLE.format("new")) if asked.path == "/bai/new" else DEAD

    with FaultServer({"one": handle}) as server:
        crawls = [run_child([site(server, "one")], names={"one.test": SITE}, limits=LIMITS)]
        fresh = True
        crawls.append(run_child([site(server, "one")], names={"one.test": SITE}, limits=LIMITS, run="r2", states=later(*crawls)))
    assert crawls[1].state("one", "/bai/new") == "ok"
    assert crawls[1].summary["closed"] == {"one": "circuit"} and len(of(crawls[1], "open")) > 30, (
        "all that is left is asked for, at the end"
    )
    assert {line["in_a_row"] for line in of(crawls[1], "retry_at")} == {1}
    conserved(crawls[1])


def test_every_list_of_a_host_that_closes_is_the_probe_in_its_turn() -> None:
    portal = Site.model_validate({"key": "a", "name": "A", "hosts": ["a.vn"], "start": [f"https://a.vn/{n}" for n in range(3)]})
    told = {"run": "r1", "site": "a", "kind": "article", "state": "retry_at", "reason": "circuit", "at": NOW, "retry_at": NOW}
    first = []
    for number in range(1, 5):
        line = Fetch.model_validate({**told, "seq": 0, "url": "https://a.vn/bai", "in_a_row": number})
        schedule = Schedule([portal], {("a", line.url): line}, now=NOW + HOUR)
        visits = [visit.url for visit, _ in schedule.visits()]
        assert len(visits) == 3 and [visit.url for visit, _ in schedule.late] == [line.url], "what is pending comes last"
        first.append(visits[0][-1])
    assert first == ["1", "2", "0", "1"]


def test_a_pause_of_years_is_that_of_a_wrong_clock() -> None:
    portal = Site.model_validate({"key": "a", "name": "A", "hosts": ["a.vn"], "start": ["https://a.vn/"]})
    told = {
        "run": "r1",
        "seq": 0,
        "site": "a",
        "kind": "article",
        "url": "https://a.vn/bai",
        "state": "retry_at",
        "reason": "paused",
        "at": NOW,
    }
    for pause, is_on in ((HOUR, True), (24 * HOUR, True), (9999 * HOUR, False)):
        line = Fetch.model_validate({**told, "retry_at": NOW + pause})
        schedule = Schedule([portal], {("a", line.url): line}, now=NOW)
        assert bool(schedule.pauses()) is is_on and (line.url in [visit.url for visit, _ in schedule.visits()]) is not is_on


def test_what_failed_least_often_is_tried_first() -> None:
    portal = Site.model_validate({"key": "a", "name": "A", "hosts": ["a.vn"], "start": ["https://a.vn/"]})
    told = {"site": "a", "kind": "article", "state": "failed", "reason": "timeout", "at": NOW}
    urls = [f"https://a.vn/{n}" for n in range(3 * SECONDS)]
    states = {("a", url): Fetch.model_validate({**told, "run": "r1", "seq": n, "url": url, "in_a_row": 1}) for n, url in enumerate(urls)}
    tried = set()
    for run in ("r2", "r3", "r4"):
        for seq, (visit, _) in enumerate(list(Schedule([portal], states, now=NOW).visits())):
            if visit.second:
                tried.add(visit.url)
                states[visit.address] = states[visit.address].model_copy(update={"run": run, "seq": seq, "in_a_row": 2})
    assert tried == set(urls), "those that are dead for good do not take the turn of the others"


def test_a_challenge_to_the_probe_closes_the_host_at_once() -> None:
    for closings, closed in (({}, {}), ({"a.vn": 1}, {"a.vn": "challenge"})):
        hosts = Hosts({}, Stop(), breaker=8, closings=closings)
        hosts.challenged("a.vn")
        assert hosts.closed() == closed


# ------------------------------------------------------------------ pages that came cut

WHOLE = "<html><body><h1>Tổng kết phong trào thi đua</h1>" + "<p>Đơn vị được tặng Cờ thi đua.</p>" * 50 + "</body></html>"
CUT = WHOLE[: len(WHOLE) // 2]


def test_a_cut_page_whose_length_fits_takes_no_longer_ones_place_until_it_has_come_so_in_three_runs() -> None:
    served = [WHOLE]

    def handle(asked: Asked) -> Answer:
        return links("/bai/1") if asked.path == "/" else answer(served[0]) if asked.path == "/bai/1" else GONE

    def crawl(run: str, *before: Crawled) -> Crawled:
        server.asked.clear()
        found = run_child([portal], names={"cut.test": SITE}, limits=LIMITS, run=run, states=later(*before))
        conserved(found)
        return found

    with FaultServer({"cut": handle}) as server:
        portal = site(server, "cut", revisit_days=[0])
        crawls = [crawl("r0")]
        kept = crawls[0].line("cut", "/bai/1")
        assert kept["whole_bytes"] == len(WHOLE.encode())
        served[0] = CUT
        for number in (1, CUT_RUNS):
            crawls.append(crawl(f"r{number}", *crawls))
            line = crawls[-1].line("cut", "/bai/1")
            assert (line["state"], line["reason"], line["in_a_row"], line["sha256"]) == ("failed", "truncated", number, kept["sha256"])
            assert "body" not in line and len(server.of("cut", "/bai/1")) == (2 if number == 1 else 1), (
                "tried again at once, later once a run"
            )
            line["in_a_row"] = max(number, CUT_RUNS - 1)  # as if there had been more runs
        crawls.append(crawl("r9", *crawls))
        line = crawls[-1].line("cut", "/bai/1")
        assert line["state"] == "ok" and line["sha256"] != kept["sha256"] and line["whole_bytes"] is None and line["in_a_row"] is None


@pytest.mark.parametrize(
    ("body", "whole", "state", "in_a_row", "cut"),
    [
        (CUT, len(WHOLE), "ok", None, True),
        (WHOLE[:-40] + "</html>", len(WHOLE), "ok", None, False),  # shorter, but whole
        (CUT, None, "ok", None, False),  # what is kept had no end either
        (WHOLE + "<p>and", len(WHOLE), "ok", None, False),  # longer
        (CUT + "</html>" + "<!-- counter -->" * 50, len(WHOLE), "ok", None, False),
        (CUT, len(WHOLE), "failed", 2, True),
        (CUT, len(WHOLE), "failed", 3, False),
    ],
)
def test_what_is_cut(body: str, whole: int | None, state: str, in_a_row: int | None, cut: bool) -> None:
    told = {
        "run": "r",
        "seq": 1,
        "site": "a",
        "url": "https://a.vn/1",
        "kind": "article",
        "at": NOW,
        "reason": "truncated" if in_a_row else None,
    }
    before = Fetch.model_validate({**told, "state": state, "in_a_row": in_a_row, "whole_bytes": whole and len(WHOLE.encode())})
    assert is_cut(body.encode(), before) is cut and not is_cut(body.encode(), None)


def test_a_page_that_came_cut_is_not_taken_for_one_of_a_warc_file(tmp_path: Path) -> None:
    """Both lines say `truncated`."""
    archive = Archive(tmp_path)
    with archive.writer("r") as writer:
        writer.keep(page(0), fetch(0, state=State.OK))
        writer.note(fetch(1, state=State.FAILED, url=page(0).url).model_copy(update={"reason": "truncated", "in_a_row": 2}))
        writer.keep(page(1), fetch(2, url=page(1).url).model_copy(update={"reason": "truncated"}))
    states = archive.states()
    assert [states["mau-son-la", page(number).url].state for number in (0, 1)] == ["failed", "ok"]
    schedule = Schedule([Site.model_validate({"key": "mau-son-la", "name": "A", "hosts": ["mau.example"]})], states, now=NOW)
    assert [(visit.url, visit.second) for visit, _ in schedule.visits()] == [(page(0).url, True)]
    assert [schedule.is_known(schedule.sites[0], page(number).url) for number in (0, 1)] == [True, False]


# ------------------------------------------------------------------ further addresses of an article

CANONICAL = '<html><head><link href="/bai/tin-9-chinh-thuc" rel="canonical"></head><body><h1>Thi đua</h1><p>Cờ thi đua.</p></body></html>'


def many_names(asked: Asked) -> Answer:
    """Articles with further addresses: of the list, of the way there, of the page itself; and what is none of these."""
    if asked.path == "/":
        alike = [f"/muc-{n}/bai/tin-7.html" for n in (1, 2)] + ["/muc-1/bai/tin-7.html?utm_source=x", "/muc-1/bai/tin-7.html#c"]
        return links(*alike, "/bai/tin-8", "/bai/tin-9")
    if asked.path == "/khac":
        return links("/muc-3/bai/tin-7.html", "/muc-1/bai/tin-7.html")
    hops = {"/bai/tin-8": "/bai/doi/tin-8", "/bai/doi/tin-8": "/bai/moi/tin-8"}
    if asked.path in hops:
        return to(hops[asked.path])
    return GONE if asked.path == "/robots.txt" else answer(CANONICAL if "tin-9" in asked.path else ARTICLE.format(asked.path))


def test_further_addresses_are_noted_once_and_never_asked_for() -> None:
    with FaultServer({"names": many_names}) as server:
        form = {"article": {"url_regex": ["/bai/"], "id_regex": [r"(tin-\d+)"]}}
        start = [{"url": server.url("names", path)} for path in ("/", "/khac")]
        first = run_child([site(server, "names", **form, start=start[:1])], names={"names.test": SITE}, limits=LIMITS)
        second = run_child(
            [site(server, "names", **form, start=start)], names={"names.test": SITE}, limits=LIMITS, run="r2", states=first.states()
        )
        assert len([asked for asked in server.asked if "tin-7" in asked.path]) == 1
    base = server.url("names", "")
    found = [{(line["url"].removeprefix(base), line["reason"]) for line in one.lines if line["kind"] == "alias"} for one in (first, second)]
    assert found[0] == {
        ("/muc-2/bai/tin-7.html", "link"),
        ("/bai/doi/tin-8", "redirect"),
        ("/bai/moi/tin-8", "redirect"),
        ("/bai/tin-9-chinh-thuc", "canonical"),
    }
    assert found[1] == {("/muc-3/bai/tin-7.html", "link")}
    assert first.summary["sites"]["names"] == {"ok": 5} and first.line("names", "/bai/tin-8")["redirects"] == [f"{base}/bai/doi/tin-8"]
    conserved(first)
    conserved(second)


def test_an_address_of_a_list_is_no_further_one_of_an_article() -> None:
    """What is gone leads to a list's second page; whatever a definition without `url_regex` takes for articles, that page stays one of a list."""
    pages = {"/tin": links("/gone", "/bai/1"), "/tin/trang-2": links("/bai/2")}

    def handle(asked: Asked) -> Answer:
        if asked.path == "/gone":
            return to("/tin/trang-2")
        return pages.get(asked.path) or (answer(ARTICLE.format(asked.path)) if asked.path.startswith("/bai/") else GONE)

    with FaultServer({"more": handle}) as server:
        start = [{"url": server.url("more", "/tin")}]
        portal = site(
            server, "more", start=start, article={}, next={"type": "path", "path": "/trang-{page}"}, list={"item": ["li"]}, revisit_days=[0]
        )
        first = run_child([portal], names={"more.test": SITE}, limits=LIMITS)
        left = [line if not line["url"].endswith("-2") else {**line, "state": "open"} for line in first.states()]
        second = run_child([portal], names={"more.test": SITE}, limits=LIMITS, run="r2", states=left)
    assert [line for crawled in (first, second) for line in crawled.lines if line["kind"] == "alias"] == []


@pytest.mark.slow
def test_the_command_keeps_further_addresses_and_the_way_of_a_page_that_moved(tmp_path: Path) -> None:
    with FaultServer({SITE: many_names}) as server:
        base = f"http://{SITE}:{server.port}"
        (tmp_path / "sites").mkdir()
        (tmp_path / "sites" / "names.toml").write_text(
            f'name = "names"\nhosts = ["{base}"]\nstart = ["{base}/"]\ndelay = 0\nstatus = "live"\n'
            f'[article]\nurl_regex = ["/bai/"]\nid_regex = ["(tin-[0-9]+)"]\n[[layout]]\ntitle = ["h1"]\nbody = ["body"]\n[expect]\nbody = 0\ntitle = 0\npublished_at = 0\n',
            encoding="utf-8",
        )
        command = ["-m", "thidua.cli", "run", "--data", str(tmp_path / "data"), "--sites", str(tmp_path / "sites")]
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True, timeout=100, check=False)
        assert done.returncode in (0, 3), done.stderr
    with duckdb.connect(str(tmp_path / "data" / "news.duckdb"), read_only=True) as con:
        told = con.execute("select b.url, a.url, a.how from aliases as a join articles as b using (article)").fetchall()
        moved = con.execute("select url, redirects, final_url from pages where len(redirects) > 0").fetchall()
        health = con.execute("select addresses from site_health where site = 'names'").fetchall()
    assert {tuple(str(part).removeprefix(base) for part in row) for row in told} >= {
        ("/muc-1/bai/tin-7.html", "/muc-2/bai/tin-7.html", "link"),
        ("/bai/moi/tin-8", "/bai/doi/tin-8", "redirect"),
        ("/bai/moi/tin-8", "/bai/moi/tin-8", "redirect"),
    }
    assert moved == [(f"{base}/bai/tin-8", [f"{base}/bai/doi/tin-8"], f"{base}/bai/moi/tin-8")]
    assert health == [(5,)], "an alias is no address that was asked for"


# ------------------------------------------------------------------ list pages that are there no more


class Shrinking(Grid):
    """The list of three pages, of which the last ones go."""

    pages = 3

    def __call__(self, asked: Asked) -> Answer:
        given = super().__call__(asked)
        if isinstance(given, bytes) and self.pages < 3 and asked.path == "/":
            body = given.partition(b"\r\n\r\n")[2]
            for number in range(self.pages + 1, 4) if self.pages > 1 else range(1, 4):
                body = body.replace(f"<a href=\"javascript:__doPostBack('ctl00$grid','Page${number}')\">{number}</a>".encode(), b"")
            return answer(body)
        return given


@pytest.mark.parametrize("pages", [1, 2])
def test_a_page_by_postback_of_a_list_that_has_become_shorter_is_closed(pages: int) -> None:
    grid = Shrinking()
    with FaultServer({"grid": grid}) as server:
        portal, names = Grid.portal(server), {"grid.test": SITE}
        grid.broken = True
        first = run_child([portal], names=names, limits=LIMITS)
        assert [line["state"] for line in first.lines if "Page%243" in line["url"]] == ["open", "failed"]
        grid.pages, grid.broken = pages, False
        second = run_child([portal], names=names, limits=LIMITS, run="r2", states=first.states())
        third = [(line["state"], line["reason"]) for line in second.lines if "Page%243" in line["url"]]
        assert third == [("open", None), ("ok", "end")]
        conserved(second)
        grid.pages = 3
        states = {(line["site"], line["url"]): Fetch.model_validate(line) for line in [*first.states(), *second.states()]}
        schedule = Schedule([Site.model_validate(portal)], states, now=NOW)
        visit = next(visit for visit, _ in schedule.visits() if visit.kind == "list")
        assert not schedule.is_left(visit), "the list is not followed to its end any more"


def test_a_page_by_postback_stays_left_where_the_run_stops_before_it() -> None:
    grid = Shrinking()
    with FaultServer({"grid": grid}) as server:
        portal, names = Grid.portal(server), {"grid.test": SITE}
        grid.broken = True
        first = run_child([portal], names=names, limits=LIMITS)
        grid.broken = False
        second = run_child([portal], names=names, limits=LIMITS, run="r2", states=first.states(), pages=2)
        lost = run_child(
            [{**portal, "next": {"type": "postback", "link": ["b"]}}], names=names, limits=LIMITS, run="r3", states=first.states()
        )
    for crawled in (second, lost):
        assert not [line for line in crawled.lines if "Page%243" in line["url"]], "neither a limit nor a lost pager is the end of a list"
