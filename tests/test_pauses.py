"""Hosts that block: how long they are left alone from run to run, and what is asked after it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from crawl_child import Crawled, run_child
from crawl_sites import ARTICLE, LIMITS, conserved, later, links, of, site
from fault_server import SITE, Answer, Asked, FaultServer, answer

from crawler.hosts import Hosts, Stop
from crawler.journal import StatesInMemory
from crawler.schedule import SECONDS, Schedule
from crawler.site import Site
from schemas.page import Fetch

pytestmark = pytest.mark.slow

GONE, DEAD = answer(status="404 Not Found"), answer(status="500 Internal Server Error")
NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def pause(line: dict[str, Any]) -> dt.timedelta:
    """How long a line puts its address off."""
    return dt.datetime.fromisoformat(line["retry_at"]) - dt.datetime.fromisoformat(line["at"])


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
    assert Schedule([Site.model_validate(portal)], StatesInMemory(states), now=NOW).closings() == {}, "a good answer ends the row"
    del states["no", server.url("no")]
    older = {key: line for key, line in states.items() if line.run not in ("r4", "r5")} | {
        (line["site"], line["url"]): Fetch.model_validate(line) for line in later(second)
    }
    assert Schedule([Site.model_validate(portal)], StatesInMemory(older), now=NOW).closings() == {f"no.test:{server.port}": 2}


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
        schedule = Schedule([portal], StatesInMemory({("a", line.url): line}), now=NOW + HOUR)
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
        schedule = Schedule([portal], StatesInMemory({("a", line.url): line}), now=NOW)
        assert bool(schedule.pauses()) is is_on and (line.url in [visit.url for visit, _ in schedule.visits()]) is not is_on


def test_what_failed_least_often_is_tried_first() -> None:
    portal = Site.model_validate({"key": "a", "name": "A", "hosts": ["a.vn"], "start": ["https://a.vn/"]})
    told = {"site": "a", "kind": "article", "state": "failed", "reason": "timeout", "at": NOW}
    urls = [f"https://a.vn/{n}" for n in range(3 * SECONDS)]
    states = {("a", url): Fetch.model_validate({**told, "run": "r1", "seq": n, "url": url, "in_a_row": 1}) for n, url in enumerate(urls)}
    tried = set()
    for run in ("r2", "r3", "r4"):
        for seq, (visit, _) in enumerate(list(Schedule([portal], StatesInMemory(states), now=NOW).visits())):
            if visit.second:
                tried.add(visit.url)
                states[visit.address] = states[visit.address].model_copy(update={"run": run, "seq": seq, "in_a_row": 2})
    assert tried == set(urls), "those that are dead for good do not take the turn of the others"


def test_a_challenge_to_the_probe_closes_the_host_at_once() -> None:
    for closings, closed in (({}, {}), ({"a.vn": 1}, {"a.vn": "challenge"})):
        hosts = Hosts({}, Stop(), breaker=8, closings=closings)
        hosts.challenged("a.vn")
        assert hosts.closed() == closed
