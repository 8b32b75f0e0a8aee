"""robots.txt: obeyed by every waiting request, read only where it is one, the host put off where it cannot be known."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest
from crawl_child import Crawled, run_child
from crawl_sites import site
from fault_server import SITE, Answer, Asked, FaultServer, Handler, answer

LIST = "<html><body>" + "".join(f'<a href="/bai/{n}.html">Bài {n}</a>' for n in range(6)) + "</body></html>"
ARTICLE = "<html><body><h1>Tin thi đua</h1><p>Tập thể được khen thưởng.</p></body></html>"


def with_robots(robots: Answer | Handler) -> Handler:
    """A host with a list, articles and this robots.txt."""

    def handle(asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return robots(asked) if callable(robots) else robots
        return answer(LIST if asked.path == "/" else ARTICLE)

    return handle


def slow(text: bytes, seconds: float) -> Handler:
    """The same answer, later: time for other requests to queue up behind it."""

    def handle(asked: Asked) -> Iterator[bytes]:
        time.sleep(seconds)
        yield text

    return handle


RULES = "User-agent: *\nDisallow: /bai/\n"
HOSTS: dict[str, Handler] = {
    "race": with_robots(slow(answer(RULES, kind="text/plain"), 0.5)),
    "gone": with_robots(answer(status="404 Not Found")),
    "gone410": with_robots(answer(status="410 Gone")),
    "down": with_robots(answer("<h1>Service Unavailable</h1>", status="503 Service Unavailable")),
    "later": with_robots(answer(status="503 Service Unavailable", retry_after="7200")),
    "html": with_robots(answer("\r\n<!DOCTYPE html><title>Trang chủ</title>")),
    "silent": with_robots(None),
    "long": with_robots(answer("# " + "x" * (2 << 20), kind="text/plain")),
    "bom": with_robots(answer("\ufeff" + RULES, kind="text/plain")),
    "named": with_robots(answer("User-agent: *\nDisallow:\n\nUser-agent: thidua\nDisallow: /bai/3\n", kind="text/plain")),
    "slowly": with_robots(answer("User-agent: *\nCrawl-delay: 0.4\n", kind="text/plain")),
    "elsewhere": with_robots(answer(status="302 Found", location="https://other.test/robots.txt")),
}


def waiting(key: str, server: FaultServer) -> list[dict[str, Any]]:
    """Articles that an earlier run left open: they all ask for robots.txt in the same moment."""
    at = dt.datetime(2026, 11, 20, tzinfo=dt.UTC).isoformat()
    return [
        {"run": "r0", "seq": n, "site": key, "url": server.url(key, f"/bai/{n}.html"), "kind": "article", "state": "open", "at": at}
        for n in range(6)
    ]


@pytest.fixture(scope="module")
def crawled() -> Iterator[tuple[Crawled, FaultServer]]:
    with FaultServer(HOSTS) as server:
        states = [line for key in ("race", "silent", "down") for line in waiting(key, server)]
        names = {f"{key}.test": SITE for key in HOSTS}
        limits = {"timeout": 2.0, "backoff": 0.05, "retries": 1}
        yield run_child([site(server, key) for key in HOSTS], names=names, limits=limits, states=states), server


def test_waiting_requests_all_obey_the_rules(crawled: tuple[Crawled, FaultServer]) -> None:
    """Scrapy 2.19 lets all but the first two waiting requests pass unfiltered."""
    result, server = crawled
    assert [result.state("race", f"/bai/{n}.html") for n in range(6)] == ["refused:robots"] * 6
    assert [asked.path for asked in server.of("race")] == ["/robots.txt", "/"]
    assert set(server.together.values()) == {1} and result.summary["connected"] == [SITE]


@pytest.mark.parametrize("key", ["gone", "gone410"])
def test_an_absent_robots_allows_all(crawled: tuple[Crawled, FaultServer], key: str) -> None:
    assert crawled[0].summary["sites"][key] == {"ok": 8}


@pytest.mark.parametrize(
    ("key", "told"),
    [("down", "http-503"), ("html", "type"), ("silent", "timeout"), ("long", "size"), ("elsewhere", "offsite"), ("later", "retry-after")],
)
def test_rules_that_cannot_be_known_put_the_host_off(crawled: tuple[Crawled, FaultServer], key: str, told: str) -> None:
    result, server = crawled
    assert result.state(key, "/robots.txt") == f"retry_at:{told}"
    assert set(result.summary["sites"][key]) <= {f"retry_at:{told}", "retry_at:robots", "retry_at:retry-after"}
    assert {asked.path for asked in server.of(key)} == {"/robots.txt"}
    assert result.summary["closed"][key] == "robots"
    assert result.line(key, "/")["retry_at"] > result.line(key, "/")["at"]


def test_a_put_off_host_is_asked_for_robots_only_once(crawled: tuple[Crawled, FaultServer]) -> None:
    assert len(crawled[1].of("silent")) == 2, "one time-out, one retry"


def test_retry_after_of_robots_is_kept(crawled: tuple[Crawled, FaultServer]) -> None:
    line = crawled[0].line("later", "/")
    wait = dt.datetime.fromisoformat(line["retry_at"]) - dt.datetime.fromisoformat(line["at"])
    assert dt.timedelta(minutes=119) < wait <= dt.timedelta(hours=2)


def test_rules_with_a_byte_order_mark_and_rules_for_us_by_name(crawled: tuple[Crawled, FaultServer]) -> None:
    assert crawled[0].summary["sites"]["bom"] == {"ok": 2, "refused:robots": 6}
    assert crawled[0].summary["sites"]["named"] == {"ok": 7, "refused:robots": 1}


def test_crawl_delay_is_the_least_delay(crawled: tuple[Crawled, FaultServer]) -> None:
    times = [asked.at for asked in crawled[1].of("slowly")]
    assert len(times) == 8
    assert all(later - earlier >= 0.25 for earlier, later in itertools.pairwise(times[1:])), "the server's threads may see one late"
    assert times[-1] - times[1] >= 6 * 0.4 - 0.15


def test_every_scheduled_address_has_one_final_state(crawled: tuple[Crawled, FaultServer]) -> None:
    result, _ = crawled
    opened = [(line["site"], line["url"]) for line in result.lines if line["state"] == "open"]
    closed = [(line["site"], line["url"]) for line in result.lines if line["state"] != "open"]
    assert len(opened) == len(set(opened)) == result.summary["scheduled"] == sum(result.summary["states"].values())
    assert sorted(opened) == sorted(closed)
    assert [line["seq"] for line in result.lines] == list(range(len(result.lines)))
