"""Crawls over several runs: revisits, pauses, what was left open, what is tried again."""

from __future__ import annotations

import datetime as dt
import signal
import time
from typing import Any

import pytest
from crawl_child import Crawled, run_child, start_child
from crawl_sites import ARTICLE, LIMITS, News, conserved, one, site
from fault_server import SITE, FaultServer, answer

pytestmark = pytest.mark.slow


def test_runs_on_following_days() -> None:
    """All at first; then only what is new, with conditional requests; corrections when a revisit is due."""
    news = News(20)
    with FaultServer({"news": news}) as server:
        names = {"news.test": SITE}
        portal = site(server, "news", next={"type": "param", "name": "trang"}, revisit_days=[1, 7])

        def day(run: str, states: list[dict[str, Any]], **more: Any) -> tuple[Crawled, list[str]]:
            server.asked.clear()
            result = run_child([portal], names=names, limits=LIMITS, run=run, states=states, **more)
            conserved(result)
            return result, [asked.path for asked in server.asked if asked.path != "/robots.txt"]

        first, paths = day("r1", [])
        assert first.summary["new_articles"] == {"news": 20}
        assert len(paths) == 25, "four full pages, an empty one, twenty articles"

        second, paths = day("r2", first.states())
        assert paths == ["/"] and second.state("news", "/") == "unchanged"
        assert second.line("news", "/")["sha256"] == first.line("news", "/")["sha256"]

        news.articles = 22
        third, paths = day("r3", first.states() + second.states())
        assert set(paths) == {"/", "/?trang=2", "/?trang=3", "/bai/22", "/bai/21"}, (
            "one page of overlap after one without an unseen article"
        )
        assert third.summary["new_articles"] == {"news": 2}

        news.text = "được tặng Cờ thi đua"
        aged = [
            {**line, "at": (dt.datetime.fromisoformat(line["at"]) - dt.timedelta(days=2)).isoformat()}
            for line in first.states() + second.states() + third.states()
        ]
        fourth, paths = day("r4", aged)
        assert sum(path.startswith("/bai/") for path in paths) == 22
        assert fourth.line("news", "/bai/7")["reason"] == "revisit-1" and fourth.state("news", "/bai/7") == "ok"
        fifth, paths = day("r5", aged + fourth.states())
        assert paths == ["/"], "the next revisit is due six days later"
        assert fifth.summary["new_articles"] == {}


def test_a_paused_host_is_left_alone_by_the_next_run() -> None:
    with FaultServer({"busy": one(answer(status="429 Too Many Requests", retry_after="3600"))}) as server:
        portal, names = site(server, "busy"), {"busy.test": SITE}
        first = run_child([portal], names=names, limits=LIMITS)
        server.asked.clear()
        second = run_child([portal], names=names, limits=LIMITS, run="r2", states=first.states())
        assert server.asked == []
        assert set(second.summary["states"]) == {"retry_at:paused"}
        assert second.line("busy", "/")["retry_at"] == first.line("busy", "/bai/fault")["retry_at"]
        conserved(second)
        past = [{**line, "retry_at": "2026-01-01T00:00:00Z"} if line["retry_at"] else line for line in first.states()]
        run_child([portal], names=names, limits=LIMITS, run="r3", states=past)
        assert server.asked[1].path == "/bai/fault", "after robots.txt, what was put off comes first"


def test_a_short_retry_after_is_waited_for() -> None:
    given = iter([answer(status="503 Service Unavailable", retry_after="1")])
    with FaultServer({"brief": one(lambda _: next(given, answer(ARTICLE.format(1))))}) as server:
        result = run_child([site(server, "brief")], names={"brief.test": SITE}, limits=LIMITS)
        assert result.summary["states"] == {"ok": 4}
        first, second = server.of("brief", "/bai/fault")
        assert second.at - first.at >= 1.0
        assert not [asked for asked in server.asked if first.at < asked.at < first.at + 1.0], "nothing else was asked meanwhile"


@pytest.mark.parametrize("how", [signal.SIGTERM, *(pytest.param(how, marks=pytest.mark.slow) for how in (signal.SIGINT, "deadline"))])
def test_a_run_that_is_cut_off_leaves_addresses_open_for_the_next(how: signal.Signals | str) -> None:
    with FaultServer({"news": News(40), "hang": lambda _: None}) as server:
        portal, names = site(server, "news", delay=0.2, next={"type": "param", "name": "trang"}), {"news.test": SITE, "hang.test": SITE}
        limits = {**LIMITS, "timeout": 30}
        more = {"deadline": 1.5} if how == "deadline" else {}
        with start_child([portal, site(server, "hang")], names=names, limits=limits, run="r1", **more) as child:
            if isinstance(how, signal.Signals):
                while len(server.of("news")) < 5 and child.process.poll() is None:
                    time.sleep(0.05)
                child.process.send_signal(how)
            began = time.monotonic()
            first = child.read(*child.process.communicate(timeout=20))
        assert time.monotonic() - began < 8
        assert first.summary["ended"] == ("deadline" if how == "deadline" else "signal")
        assert first.summary["states"]["open"] >= 2
        conserved(first)
        if how == signal.SIGTERM:
            left = {line["url"] for line in first.lines} - {line["url"] for line in first.lines if line["state"] != "open"}
            server.asked.clear()
            second = run_child([{**portal, "delay": 0}], names=names, limits=LIMITS, run="r2", states=first.states())
            expected = [url for url in left if "/bai/" in url]
            assert {f"http://news.test:{server.port}{asked.path}" for asked in server.asked[1 : 1 + len(expected)]} >= set(expected)
            assert second.summary["states"].get("open") is None
            conserved(second)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("0", 0), ("9" * 400, 86400), ("Sat, 21 Nov 2026 01:00:00 GMT", 3600), ("Fri, 01 Jan 2100 00:00:00 GMT", 86400)]
    + [(text, None) for text in (None, "", "-5", "soon", "1.5", "Fri, 20 Nov 2026 00:00:00 GMT", "Fri, 99 Nov 2026 99:00:00 GMT")],
)
def test_retry_after_in_seconds_and_as_a_date(value: str | None, seconds: int | None) -> None:
    from crawler.hosts import retry_after

    now = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    assert retry_after(value, now) == (None if seconds is None else now + dt.timedelta(seconds=seconds))


def test_what_failed_for_a_passing_reason_is_tried_once_more_after_all_else() -> None:
    from crawler.journal import StatesInMemory
    from crawler.schedule import Schedule
    from crawler.site import Site
    from schemas.page import Fetch

    portal = Site.model_validate({"key": "a", "name": "A", "hosts": ["a.vn"], "start": ["https://a.vn/tin"]})
    now = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)

    def line(seq: int, name: str, state: str, reason: str | None, kind: str = "article") -> Fetch:
        url = f"https://a.vn/{name}"
        given = {"run": "r1", "seq": seq, "site": "a", "url": url, "kind": kind, "state": state, "reason": reason, "at": now}
        return Fetch.model_validate(given)

    rows = [
        line(0, "tin", "failed", "timeout", "list"),
        line(1, "slow", "failed", "timeout"),
        line(2, "gone", "failed", "http-404"),
        line(3, "error", "failed", "http-500"),
        line(4, "waits", "open", None),
        line(5, "pdf", "refused", "type"),
        line(6, "robots.txt", "open", None, "robots"),
    ]
    visits = list(Schedule([portal], StatesInMemory({(row.site, row.url): row for row in rows}), now=now).visits())
    assert [(visit.url.rpartition("/")[2], visit.second) for visit, _ in visits] == [
        ("waits", False),
        ("tin", False),
        ("error", True),
        ("slow", True),
    ]
