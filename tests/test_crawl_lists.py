"""How far a list is followed, and lists whose further pages come by POST."""

from __future__ import annotations

from urllib.parse import parse_qsl

from crawl_child import run_child
from crawl_sites import ARTICLE, LIMITS, Grid, conserved, links, site
from fault_server import SITE, Answer, Asked, FaultServer, answer


def dated(asked: Asked) -> Answer:
    """A list that prints days: three articles a page, a day older on each; the first page has a pinned one of long ago."""
    path, _, query = asked.path.partition("?")
    if path != "/":
        return answer(ARTICLE.format(path)) if path.startswith("/bai/") else answer(status="404 Not Found")
    page = int(query.rpartition("=")[2] or 1)
    rows = [(f"{page}-{n}", f"{21 - page:02d}/11/2026") for n in range(3)] + ([("ghim", "01/02/2019")] if page == 1 else [])
    return answer("".join(f'<li><a href="/bai/{name}">Tin</a> <i>{day} | 08:00</i></li>' for name, day in rows))


def test_since_and_pages_bound_how_far_a_list_is_followed() -> None:
    with FaultServer({"since": dated, "capped": dated}) as server:
        shape = {"list": {"item": ["li"], "link": ["a"], "date": ["i"]}, "next": {"type": "param", "name": "p"}}
        names = {"since.test": SITE, "capped.test": SITE}
        run_child([site(server, "since", **shape)], names=names, limits=LIMITS, since="2026-11-18")
        run_child([site(server, "capped", **shape)], names=names, limits=LIMITS, pages=2)
        lists = {key: [one.path for one in server.of(key) if "bai" not in one.path and "robots" not in one.path] for key in server.handlers}
        assert lists == {"since": ["/", "/?p=2", "/?p=3", "/?p=4"], "capped": ["/", "/?p=2"]}, (
            "the page that is older as a whole is the last"
        )
        assert not server.of("since", "/bai/ghim") and not server.of("since", "/bai/4-0") and server.of("capped", "/bai/ghim")


def test_a_list_by_postback_is_followed_with_the_view_state_of_the_page_before() -> None:
    with FaultServer({"grid": Grid()}) as server:
        result = run_child([Grid.portal(server)], names={"grid.test": SITE}, limits=LIMITS)
        asked = [(one.method, "x-requested-with" in one.headers) for one in server.of("grid", "/")]
    assert asked == [("GET", False), ("POST", False), ("POST", False)]
    assert result.summary["sites"]["grid"] == {"ok": 1 + 3 + 9}
    assert max(len(line["url"]) for line in result.lines) < 150, "the view state stays out of the ledger"
    conserved(result)


def test_a_page_by_postback_that_failed_is_reached_again_through_the_pages_before_it() -> None:
    grid = Grid()
    with FaultServer({"grid": grid}) as server:
        grid.broken = True
        first = run_child([Grid.portal(server)], names={"grid.test": SITE}, limits=LIMITS)
        third = [line for line in first.lines if "Page%243" in line["url"]]
        assert [line["state"] for line in third] == ["open", "failed"] and not server.of("grid", "/bai/3-0")
        grid.broken = False
        server.asked.clear()
        second = run_child([Grid.portal(server)], names={"grid.test": SITE}, limits=LIMITS, run="r2", states=first.states())
        assert [one.method for one in server.of("grid", "/")] == ["GET", "POST", "POST"] and server.of("grid", "/bai/3-0")
    assert not [line for line in second.lines if line["state"] == "failed" and line["url"].partition("#")[0].endswith("/")]
    conserved(second)


def shell(asked: Asked) -> Answer:
    """A list whose own page never changes: its pages come by POST, from 0; the one after the last is white space."""
    if asked.path == "/":
        return answer("<script>var Cat = 'k1'</script>")
    if asked.path == "/api":
        page = int(dict(parse_qsl(asked.body.decode()))["page"])
        return links(*[f"/bai/{page}-{n}" for n in range(2)]) if page < 3 else answer(" ")
    return answer(ARTICLE.format(asked.path)) if asked.path.startswith("/bai/") else answer(status="404 Not Found")


def test_a_list_whose_own_page_is_a_shell_is_followed_in_each_run() -> None:
    with FaultServer({"shell": shell}) as server:
        form = {"form": {"page": "{page}", "cat": "{cat}"}, "read": {"cat": "Cat = '(.*?)'"}}
        portal = site(server, "shell", next={"type": "post", "url": "/api", "first": -1, **form})
        first = run_child([portal], names={"shell.test": SITE}, limits=LIMITS)
        assert len(server.of("shell", "/api")) == 4 and len([one for one in server.asked if "/bai/" in one.path]) == 6
        assert first.summary["warnings"] == {}
        server.asked.clear()
        run_child([portal], names={"shell.test": SITE}, limits=LIMITS, run="r2", states=first.states())
        assert [dict(parse_qsl(one.body.decode()))["page"] for one in server.of("shell", "/api")] == ["0", "1"], "one page of overlap"


def test_a_page_that_is_not_there_ends_a_list_that_counts_its_pages() -> None:
    def handle(asked: Asked) -> Answer:
        pages = {"/": 1, "/page/2": 2}
        if asked.path in pages:
            return links(*[f"/bai/{pages[asked.path]}-{n}" for n in range(2)])
        return answer(ARTICLE.format(asked.path)) if asked.path.startswith("/bai/") else answer(status="404 Not Found")

    paging = {"type": "path", "path": "/page/{page}"}
    with FaultServer({"whole": handle, "wrong": handle}) as server:
        names = {"whole.test": SITE, "wrong.test": SITE}
        ended = run_child([site(server, "whole", next=paging)], names=names, limits=LIMITS)
        wrong = run_child([site(server, "wrong", next=paging | {"path": "/trang/{page}"})], names=names, limits=LIMITS)
    assert ended.state("whole", "/page/3") == "ok" and ended.summary["sites"]["whole"] == {"ok": 1 + 3 + 4}
    assert [line["reason"] for line in ended.lines if line["url"].endswith("/page/3")][-1] == "end"
    assert wrong.state("wrong", "/trang/2") == "failed:http-404", "no page was ever found so: the definition may be wrong"
