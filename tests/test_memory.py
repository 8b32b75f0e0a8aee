"""What a crawl remembers from run to run: pages that came cut, further addresses, list pages that are there no more."""

from __future__ import annotations

import contextlib
import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from crawl_child import Crawled, run_child
from crawl_sites import ARTICLE, LIMITS, Grid, conserved, later, links, site, to
from fault_server import SITE, Answer, Asked, FaultServer, answer
from samples import fetch, page

from crawler.body_guard import CUT_RUNS, is_cut
from crawler.journal import StatesInMemory
from crawler.schedule import Schedule
from crawler.site import Site
from data.archive import Archive
from schemas.page import Fetch
from schemas.vocabulary import State

pytestmark = pytest.mark.slow

GONE, DEAD = answer(status="404 Not Found"), answer(status="500 Internal Server Error")
NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


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


@contextlib.contextmanager
def names_site(folder: Path) -> Iterator[tuple[str, Callable[[str], None]]]:
    """The address of the site of many names, and a call of a command on it that keeps its files in `folder`/data."""
    with FaultServer({SITE: many_names}) as server:
        base = f"http://{SITE}:{server.port}"
        (folder / "sites").mkdir()
        (folder / "sites" / "names.toml").write_text(
            f'name = "names"\nhosts = ["{base}"]\nstart = ["{base}/"]\ndelay = 0\nstatus = "live"\n'
            f'[article]\nurl_regex = ["/bai/"]\nid_regex = ["(tin-[0-9]+)"]\n[[layout]]\ntitle = ["h1"]\nbody = ["body"]\n[expect]\nbody = 0\ntitle = 0\npublished_at = 0\n',
            encoding="utf-8",
        )

        def command(verb: str) -> None:
            given = ["-m", "thidua.cli", verb, "--data", str(folder / "data"), "--sites", str(folder / "sites")]
            done = subprocess.run([sys.executable, *given], capture_output=True, text=True, timeout=100, check=False)
            assert done.returncode in (0, 3), done.stderr

        yield base, command


def further_addresses(data: Path, base: str) -> set[tuple[str, ...]]:
    """(address of the article, further address, where it was met) of the published file."""
    with duckdb.connect(str(data / "news.duckdb"), read_only=True) as con:
        told = con.execute("select b.url, a.url, a.how from aliases as a join articles as b using (article)").fetchall()
    return {tuple(str(part).removeprefix(base) for part in row) for row in told}


FURTHER = {
    ("/muc-1/bai/tin-7.html", "/muc-2/bai/tin-7.html", "link"),
    ("/bai/moi/tin-8", "/bai/doi/tin-8", "redirect"),
    ("/bai/moi/tin-8", "/bai/moi/tin-8", "redirect"),
}


@pytest.mark.slow
def test_the_command_keeps_further_addresses_and_the_way_of_a_page_that_moved(tmp_path: Path) -> None:
    with names_site(tmp_path) as (base, command):
        command("run")
    assert further_addresses(tmp_path / "data", base) >= FURTHER
    with duckdb.connect(str(tmp_path / "data" / "news.duckdb"), read_only=True) as con:
        moved = con.execute("select url, redirects, final_url from pages where len(redirects) > 0").fetchall()
        health = con.execute("select addresses from site_health where site = 'names'").fetchall()
    assert moved == [(f"{base}/bai/tin-8", [f"{base}/bai/doi/tin-8"], f"{base}/bai/moi/tin-8")]
    assert health == [(5,)], "an alias is no address that was asked for"


@pytest.mark.slow
def test_further_addresses_survive_a_kill_between_the_records_and_their_lines(tmp_path: Path) -> None:
    with names_site(tmp_path) as (base, command):
        command("crawl")
        archive = Archive(tmp_path / "data" / "archive")
        lines = archive.ledger_file.read_bytes().splitlines(keepends=True)
        first = next(number for number, line in archive.numbered() if line.kind == "alias")
        archive.ledger_file.write_bytes(b"".join(lines[: first - 1]))
        command("run")
    assert further_addresses(tmp_path / "data", base) >= FURTHER
    kept = [line.url for line in archive.pages() if line.kind == "article"]
    assert len(kept) == len(set(kept)) == 3, "what was kept is not kept twice"


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
        states = StatesInMemory({(line["site"], line["url"]): Fetch.model_validate(line) for line in [*first.states(), *second.states()]})
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
