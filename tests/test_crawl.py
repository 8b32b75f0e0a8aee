"""The crawl against a server of faults: what must hold after each, and that no address is lost on the way."""

from __future__ import annotations

import datetime as dt
import gzip
import signal
import ssl
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import brotli
import pytest
from crawl_child import Crawled, run_child, start_child
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fault_server import RESET, SITE, Answer, Asked, FaultServer, Handler, answer

ARTICLE = "<html><body><h1>Tổng kết phong trào thi đua</h1><p>Đơn vị số {} được tặng Cờ thi đua.</p></body></html>"
LIMITS = {"timeout": 2.0, "backoff": 0.05, "retries": 1, "max_bytes": 200_000, "grace": 1.0}
BIG = b"<p>" + b"a" * 3_000_000


def site(server: FaultServer, key: str, **more: Any) -> dict[str, Any]:
    """A site of one list on a host of the server; article addresses begin with /bai/."""
    given = {
        "key": key,
        "name": key,
        "hosts": [f"{key}.test:{server.port}"],
        "start": [{"url": server.url(key)}],
        "article": {"url_regex": ["/bai/"]},
        "delay": 0,
    }
    return {**given, **more}


def links(*hrefs: str) -> bytes:
    """A list page."""
    return answer("<html><body>" + "".join(f'<li><a href="{href}">Tin</a></li>' for href in hrefs) + "</body></html>")


def one(fault: Answer | Handler) -> Handler:
    """A host whose list is well and whose only article is the fault; the list's other link must still be fetched."""

    def handle(asked: Asked) -> Answer:
        if asked.path == "/":
            return links("/bai/fault", "/bai/good")
        if asked.path == "/robots.txt":
            return answer(status="404 Not Found")
        if asked.path == "/bai/good":
            return answer(ARTICLE.format("good"))
        return fault(asked) if callable(fault) else fault

    return handle


def raw(head: str, body: bytes = b"") -> bytes:
    """A response written by hand."""
    return f"HTTP/1.1 {head}\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n".encode() + body


def dripping(_: Asked) -> Iterator[bytes]:
    yield raw("200 OK\r\nContent-Length: 1000")
    for _n in range(30):
        yield b"x"
        time.sleep(0.3)


def endless(_: Asked) -> Iterator[bytes]:
    yield raw("200 OK")
    for _n in range(400):
        yield b"<p>" + b"a" * 10_000


def to(location: str) -> bytes:
    """A redirect."""
    return answer(status="302 Found", location=location)


def packed(data: bytes, encoding: str) -> bytes:
    """A response that says so of its encoding."""
    return answer(data, content_encoding=encoding)


def counting(asked: Asked) -> bytes:
    """A redirect loop whose query grows."""
    return to(f"/bai/fault?{len(asked.path)}{asked.path[-1]}")


PAGE = ARTICLE.format("packed").encode()
FAULTS: dict[str, tuple[Answer | Handler, str]] = {
    "silence": (None, "failed:timeout"),
    "reset": (b"HTTP/1.1 200 OK\r\nContent-" + RESET, "failed:reset"),
    "drip": (dripping, "failed:timeout"),
    "short": (answer("abcd", length="1000"), "failed:truncated"),
    "negative": (answer("abcd", length="-5"), "failed:bad-header"),
    "wordy": (answer("abcd", length="abc"), "failed:bad-header"),
    "twice": (answer("abcd", length="4\r\nContent-Length: 9"), "failed:bad-header"),
    "chunk": (raw("200 OK\r\nTransfer-Encoding: chunked", b"zz\r\n<html>"), "failed:truncated"),
    "unended": (raw("200 OK\r\nTransfer-Encoding: chunked", b"4\r\nabcd\r\n"), "failed:truncated"),
    "loop": (counting, "failed:redirects"),
    "file": (to("file:///etc/passwd"), "refused:scheme"),
    "script": (to("javascript:alert(1)"), "refused:scheme"),
    "inward": (to("http://127.0.0.1:{port}/bai/x"), "refused:offsite"),
    "metadata": (to("http://169.254.169.254/latest"), "refused:offsite"),
    "six": (to("http://[::1]:{port}/bai/x"), "refused:offsite"),
    "decimal": (to("http://2130706433:{port}/bai/x"), "refused:offsite"),
    "elsewhere": (to("https://other.example/bai/x"), "refused:offsite"),
    "endless": (endless, "refused:size"),
    "announced": (answer("abcd", length="900000"), "refused:size"),
    "bomb-gzip": (packed(gzip.compress(BIG), "gzip"), "refused:size"),
    "bomb-deflate": (packed(zlib.compress(BIG), "deflate"), "refused:size"),
    "bomb-brotli": (packed(brotli.compress(BIG), "br"), "refused:size"),
    "gzip-broken": (packed(b"\x1f\x8b\x08\x00" + b"\xff" * 200, "gzip"), "failed:encoding"),
    "gzip-cut": (packed(gzip.compress(PAGE * 200)[:-40], "gzip"), "failed:encoding"),
    "brotli-broken": (packed(b"\xff" * 200, "br"), "failed:encoding"),
    "gzip-twice": (packed(gzip.compress(gzip.compress(PAGE)), "gzip"), "ok"),
    "gzip-said": (packed(PAGE, "gzip"), "ok"),
    "pdf": (answer(b"%PDF-1.7 ..."), "refused:type"),
    "docx": (answer(b"PK\x03\x04" + b"\x00" * 50), "refused:type"),
    "jpeg": (answer(b"\xff\xd8\xff\xe0" + b"\x00" * 50), "refused:type"),
    "json": (answer('{"tin": "<p>không phải trang</p>"}'), "refused:type"),
    "plain": (answer(ARTICLE.format("plain"), kind="text/plain"), "ok"),
    "long-header": (raw("200 OK\r\nX-Long: " + "b" * 100_000), "failed:reset"),
    "many-headers": (raw("200 OK" + "\r\nX-A: b" * 5_000, PAGE), "failed:bad-header"),
    "cut-page": (raw("200 OK", b"<html><body><p>half of a sent"), "failed:truncated"),
    "old-style": (raw("200 OK", PAGE), "ok"),
    "crlf": (lambda asked: to("/bai/%0d%0aX:%20a=b\u2028") if asked.path == "/bai/fault" else answer(PAGE), "ok"),
    "empty": (answer(""), "failed:empty"),
    "gone": (answer(PAGE, status="404 Not Found"), "failed:http-404"),
    "error": (answer(PAGE, status="500 Internal Server Error"), "failed:http-500"),
    "cookie": (answer('<html><script>document.cookie="D1N=0a1b2c";location.reload()</script></html>'), "refused:challenge"),
    "captcha": (answer('<html><title>Xác thực</title><div class="g-recaptcha"></div><p>Bạn là người?</p></html>'), "refused:challenge"),
    "meta": (
        raw("200 OK", b'<html><meta http-equiv="refresh" content="0;url=http://127.0.0.1:{port}/bai/x"><body>xem</body></html>'),
        "ok",
    ),
    "retry-seconds": (answer(status="429 Too Many Requests", retry_after="3600"), "retry_at:retry-after"),
    "retry-absurd": (answer(status="503 Service Unavailable", retry_after="99999999999"), "retry_at:retry-after"),
    "retry-nonsense": (answer(status="503 Service Unavailable", retry_after="soon"), "failed:http-503"),
    "too-many": (answer(status="429 Too Many Requests"), "retry_at:http-429"),
}


def feed(asked: Asked) -> Answer:
    """A feed with an article, an address inside and one on another host."""
    items = ["/bai/1", "http://127.0.0.1:1/bai/2", "http://evil.example/bai/3"]
    if asked.path == "/rss":
        return answer("<rss><channel>" + "".join(f"<item><link>{i}</link></item>" for i in items) + "</channel></rss>", kind="text/xml")
    return answer(ARTICLE.format(1)) if asked.path == "/bai/1" else answer(status="404 Not Found")


def storm(asked: Asked) -> Answer:
    """Well until the list is read; then 503 for every page."""
    if asked.path == "/":
        return links(*[f"/bai/{n}" for n in range(20)])
    return answer(status="404 Not Found") if asked.path == "/robots.txt" else answer(status="503 Service Unavailable")


def trap(asked: Asked) -> Answer:
    """A calendar: each page has a new link and a next page."""
    if asked.path == "/robots.txt" or asked.path.startswith("/bai/"):
        return answer(ARTICLE.format(asked.path)) if asked.path != "/robots.txt" else answer(status="404 Not Found")
    number = int(asked.path.rpartition("=")[2] or 1) if "=" in asked.path else 1
    return links(f"/bai/{number}", "/lich?ngay=1", f"/?trang={number + 1}")


def gated(asked: Asked) -> Answer:
    """A host that shows a CAPTCHA for every article."""
    if asked.path.startswith("/bai/"):
        return answer("<html><title>Xác thực truy cập</title><p>Bạn là người?</p></html>")
    return links(*[f"/bai/{n}" for n in range(9)]) if asked.path == "/" else answer(status="404 Not Found")


SPECIAL: dict[str, Handler] = {"gated": gated, "feed": feed, "storm": storm, "trap": trap}


def filled(fault: Answer | Handler, port: int) -> Answer | Handler:
    return fault.replace(b"{port}", str(port).encode()) if isinstance(fault, bytes) else fault


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[Crawled, FaultServer]]:
    with FaultServer({}) as server:
        server.handlers.update(SPECIAL)
        server.handlers.update({key: one(filled(fault, server.port)) for key, (fault, _) in FAULTS.items()})
        sites = [site(server, key) for key in FAULTS]
        sites += [
            site(server, "feed", feeds=[server.url("feed", "/rss")], start=[]),
            site(server, "storm"),
            site(server, "gated"),
            site(server, "trap", next={"type": "param", "name": "trang", "max_pages": 4}),
            site(server, "nowhere"),
            site(server, "closed", hosts=["closed.test:1"], start=[{"url": "http://closed.test:1/"}]),
            site(server, "private"),
            site(server, "shifty"),
        ]
        names = {f"{key}.test": SITE for key in [*FAULTS, *SPECIAL, "closed"]} | {
            "private.test": "10.0.0.1",
            "shifty.test": "169.254.169.254",
        }
        yield run_child(sites, names=names, limits=LIMITS), server


@pytest.mark.parametrize("key", FAULTS)
def test_each_fault_has_its_state_and_the_site_goes_on(world: tuple[Crawled, FaultServer], key: str) -> None:
    result, server = world
    assert result.state(key, "/bai/fault") == FAULTS[key][1]
    closes = FAULTS[key][1].startswith("retry_at")
    assert result.state(key, "/bai/good").startswith("retry_at" if closes and len(server.of(key, "/bai/good")) == 0 else "ok")


def test_no_byte_goes_to_a_forbidden_address(world: tuple[Crawled, FaultServer]) -> None:
    result, server = world
    assert server.knocks == []
    assert result.summary["connected"] == [SITE]
    assert result.state("private", "/") == result.state("shifty", "/") == "retry_at:robots"
    assert result.state("private", "/robots.txt") == result.state("shifty", "/robots.txt") == "retry_at:address"


def test_no_host_has_two_requests_at_once(world: tuple[Crawled, FaultServer]) -> None:
    assert {host: number for host, number in world[1].together.items() if number > 1} == {}


def test_names_and_ports_that_do_not_answer_differ(world: tuple[Crawled, FaultServer]) -> None:
    assert world[0].state("nowhere", "/robots.txt") == "retry_at:dns"
    assert world[0].summary["sites"]["nowhere"] == {"retry_at:dns": 1, "retry_at:robots": 1}
    assert world[0].summary["closed"]["nowhere"] == "robots"
    assert world[0].state("closed", "/robots.txt") == "retry_at:connect"


def test_a_failed_address_is_tried_again_only_so_often(world: tuple[Crawled, FaultServer]) -> None:
    tried = {key: len(world[1].of(key, "/bai/fault")) for key in FAULTS}
    assert tried["silence"] == tried["reset"] == tried["short"] == tried["error"] == tried["empty"] == 2
    assert tried["gone"] == tried["bomb-gzip"] == tried["pdf"] == tried["gzip-broken"] == tried["cookie"] == 1
    assert len(world[1].of("loop")) <= 4 + 6


def test_only_whole_pages_are_kept_with_a_body(world: tuple[Crawled, FaultServer]) -> None:
    kept = {
        (line["site"], line["state"], line["reason"]) for line in world[0].lines if "body" in line and line["url"].endswith("/bai/fault")
    }
    assert kept == {
        (key, end.partition(":")[0], end.partition(":")[2] or None) for key, (_, end) in FAULTS.items() if end in ("ok", "refused:type")
    }


def test_retry_after_is_kept_and_capped_and_closes_the_host(world: tuple[Crawled, FaultServer]) -> None:
    for key, hours in (("retry-seconds", 1), ("retry-absurd", 24)):
        line = world[0].line(key, "/bai/fault")
        wait = dt.datetime.fromisoformat(line["retry_at"]) - dt.datetime.fromisoformat(line["at"])
        assert dt.timedelta(hours=hours, minutes=-1) < wait <= dt.timedelta(hours=hours)
        assert len(world[1].of(key, "/bai/fault")) == 1
        assert world[0].summary["closed"][key] == "retry-after"


def test_a_storm_opens_the_circuit_and_other_sites_go_on(world: tuple[Crawled, FaultServer]) -> None:
    result, server = world
    assert 8 <= len(server.of("storm")) - 2 <= 10
    assert result.summary["closed"]["storm"] == "circuit"
    states = result.summary["sites"]["storm"]
    assert states["ok"] == 2 and states["retry_at:circuit"] >= 16 and sum(states.values()) == 22


def test_a_host_that_challenges_is_left_alone_for_a_day(world: tuple[Crawled, FaultServer]) -> None:
    result, server = world
    states = result.summary["sites"]["gated"]
    assert set(states) == {"ok", "refused:challenge", "retry_at:challenge"} and states["ok"] == 2
    assert len(server.of("gated")) == 2 + states["refused:challenge"] <= 5, "two, and what was under way"


def test_a_feed_names_addresses_of_its_site_only(world: tuple[Crawled, FaultServer]) -> None:
    assert world[0].summary["sites"]["feed"] == {"ok": 3}


def test_a_pager_trap_ends_at_the_cap(world: tuple[Crawled, FaultServer]) -> None:
    assert {asked.path for asked in world[1].of("trap")} == {
        "/robots.txt",
        "/",
        *[f"/?trang={n}" for n in (2, 3, 4)],
        *[f"/bai/{n}" for n in range(1, 5)],
    }


def conserved(result: Crawled) -> None:
    """Every address was opened once and has one final state, or stays open in a run that was cut off."""
    opened = [(line["site"], line["url"]) for line in result.lines if line["state"] == "open"]
    closed = [(line["site"], line["url"]) for line in result.lines if line["state"] != "open"]
    left = result.summary["states"].get("open", 0)
    assert len(opened) == len(set(opened)) == result.summary["scheduled"] == sum(result.summary["states"].values())
    assert len(closed) == len(set(closed)) == len(opened) - left and set(closed) <= set(opened)
    assert [line["seq"] for line in result.lines] == list(range(len(result.lines)))
    assert left == 0 or result.summary["ended"] != "finished"


def test_every_scheduled_address_has_one_final_state(world: tuple[Crawled, FaultServer]) -> None:
    conserved(world[0])
    assert world[0].summary["warnings"] == {}


def test_inside_addresses_are_refused_without_leave() -> None:
    """What the operator's own definitions name is refused too: loopback is for the samples."""
    with FaultServer({}) as server:
        hosts = {"inside": "inside.test", "literal": "127.0.0.1", "number": "2130706433", "short": "127.1"}
        sites = [
            site(server, key, hosts=[f"{host}:{server.port}"], start=[{"url": f"http://{host}:{server.port}/"}])
            for key, host in hosts.items()
        ]
        result = run_child(sites, names={"inside.test": "127.0.0.1"}, limits=LIMITS, allow_loopback=False)
        assert server.knocks == [] and server.asked == []
    assert result.state("inside", "/robots.txt") == "retry_at:address"
    assert {result.state(key, "/") for key in ("literal", "number", "short")} == {"refused:address"}
    conserved(result)


class News:
    """A site over several days: `bodies` by path; answers 304 to its own etag; hears what was asked."""

    def __init__(self, articles: int) -> None:
        self.articles, self.text = articles, "được tặng Bằng khen"

    def __call__(self, asked: Asked) -> Answer:
        path, _, query = asked.path.partition("?")
        if path == "/":
            page = int(query.rpartition("=")[2] or 1)
            numbers = range(self.articles - 5 * (page - 1), max(self.articles - 5 * page, 0), -1)
            body = "".join(f'<li><a href="/bai/{number}">Tin {number}</a></li>' for number in numbers)
        elif path.startswith("/bai/"):
            body = f"<p>Đơn vị {path[5:]} {self.text}.</p>"
        else:
            return answer(status="404 Not Found")
        tag = f'"{zlib.crc32(body.encode())}"'
        if asked.headers.get("if-none-match") == tag:
            return b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
        return answer(f"<html><body>{body}</body></html>", etag=tag)


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


class Grid:
    """A WebForms list of three pages: page N comes only with the view state of page N-1, which is new at every answer."""

    def __init__(self) -> None:
        self.given: dict[str, int] = {}  # view state -> page it stands on
        self.broken = False  # page 3 fails

    def __call__(self, asked: Asked) -> Answer:
        if asked.path != "/":
            return answer(ARTICLE.format(asked.path)) if asked.path.startswith("/bai/") else answer(status="404 Not Found")
        form = parse_qsl(asked.body.decode(), keep_blank_values=True)
        page = int(dict(form).get("__EVENTARGUMENT", "Page$1").removeprefix("Page$"))
        known = self.given.get(dict(form).get("__VIEWSTATE", ""))
        once = len(dict(form)) == len(form) and dict(form).get("ctl00$lang") == "vi" and dict(form).get("__EVENTTARGET") == "ctl00$grid"
        if asked.method == "POST" and (known != page - 1 or not once or (self.broken and page == 3)):
            return answer("<h1>Server Error in '/' Application.</h1>", status="500 Internal Server Error")
        state = "/wEP" + "+" * 1000 + str(len(self.given))
        self.given[state] = page
        rows = "".join(f'<li><a href="/bai/{page}-{n}">Tin</a></li>' for n in range(3))
        pager = "".join(f"<a href=\"javascript:__doPostBack('ctl00$grid','Page${n}')\">{n}</a>" for n in (1, 2, 3) if n != page)
        hidden = {"__EVENTTARGET": "", "__EVENTARGUMENT": "", "__VIEWSTATE": state, "ctl00$lang": "vi"}
        inputs = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in hidden.items())
        return answer(f"<form method=post>{inputs}{rows}{pager}</form>")

    @staticmethod
    def portal(server: FaultServer) -> dict[str, Any]:
        """The site."""
        return site(server, "grid", next={"type": "postback", "link": ["a"]})


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
    visits = list(Schedule([portal], {(row.site, row.url): row for row in rows}, now=now).visits())
    assert [(visit.url.rpartition("/")[2], visit.second) for visit, _ in visits] == [
        ("waits", False),
        ("tin", False),
        ("error", True),
        ("slow", True),
    ]


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server's context with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nobody.test")])
    day = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(day - dt.timedelta(days=1)).not_valid_after(day + dt.timedelta(days=1))
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(pem + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context


def test_certificates_and_the_step_down_to_http(tmp_path: Path) -> None:
    with FaultServer({}) as plain, FaultServer({}, tls=self_signed(tmp_path)) as server:
        keys = ("strict", "legacy", "loose", "lowered")
        plain.handlers.update({key: one(answer(ARTICLE.format("plain"))) for key in keys})
        server.handlers.update({key: one(to(plain.url(key, "/bai/down"))) for key in keys})
        loose = {"tls": "unverified", "tls_reason": "self-signed"}
        both = {key: [f"{key}.test:{server.port}", f"{key}.test:{plain.port}"] for key in keys}
        sites = [
            site(server, "strict"),
            site(server, "legacy", tls="legacy", tls_reason="TLS 1.0"),
            site(server, "loose", hosts=both["loose"], **loose),
            site(server, "lowered", hosts=both["lowered"], https_downgrade=True, **loose),
        ]
        result = run_child(sites, names={f"{key}.test": SITE for key in keys}, limits=LIMITS)
        assert server.of("strict") == server.of("legacy") == plain.of("loose") == []
    assert result.state("strict", "/robots.txt") == result.state("legacy", "/robots.txt") == "retry_at:tls"
    assert result.state("loose", "/bai/fault") == "refused:scheme" and result.line("loose", "/bai/good")["tls"] == "unverified"
    lowered = result.line("lowered", "/bai/fault")
    assert lowered["state"] == "ok" and lowered["tls"] is None and lowered["final_url"].startswith("http://")
    conserved(result)


@pytest.mark.slow
def test_endless_bodies_and_bombs_do_not_fill_the_memory() -> None:
    """At the true limit of 16 MiB."""
    zeros = b"<p>" + bytes(300 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bombs = {"gzip": packer.compress(zeros) + packer.flush(), "deflate": zlib.compress(zeros, 9), "br": brotli.compress(zeros, quality=1)}

    def forever(_: Asked) -> Iterator[bytes]:
        yield raw("200 OK")
        for _n in range(400):
            yield b"a" * (1 << 20)

    faults: dict[str, Answer | Handler] = {name: packed(data, name) for name, data in bombs.items()} | {"endless": forever}
    with FaultServer({key: one(fault) for key, fault in faults.items()}) as server:
        limits = {**LIMITS, "timeout": 30, "max_bytes": 16 << 20}
        result = run_child([site(server, key) for key in faults], names={f"{key}.test": SITE for key in faults}, limits=limits)
    assert {result.state(key, "/bai/fault") for key in faults} == {"refused:size"}
    assert result.summary["rss_mb"] < 400
    conserved(result)


def test_the_settings_are_in_force() -> None:
    """On a crawler object, not only in our dictionary."""
    from scrapy.utils.test import get_crawler

    from crawler.settings import Limits, settings
    from crawler.site import Site
    from crawler.spider import NewsSpider

    portal = Site(key="a", name="A", hosts=("a.gov.vn",), delay=5, tls="legacy", tls_reason="TLS 1.0")
    crawler = get_crawler(NewsSpider, settings([portal], limits=Limits(), user_agent="thidua/0.1 (+x)", allow_loopback=False))
    held = crawler.settings
    wanted = {
        "ROBOTSTXT_OBEY": True, "DOWNLOAD_VERIFY_CERTIFICATES": True, "DOWNLOAD_MAXSIZE": 16 << 20, "DOWNLOAD_TIMEOUT": 30, "RETRY_TIMES": 2,
        "REDIRECT_MAX_TIMES": 5, "COOKIES_ENABLED": False, "METAREFRESH_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False, "AUTOTHROTTLE_ENABLED": True, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "HTTPPROXY_ENABLED": False,
        "ALLOW_LOOPBACK": False, "USER_AGENT": "thidua/0.1 (+x)",
    }  # fmt: skip
    assert {name: held[name] for name in wanted} == wanted
    assert held["DOWNLOAD_SLOTS"]["a.gov.vn"] == held["DOWNLOAD_SLOTS"]["www.a.gov.vn"] == {"concurrency": 1, "delay": 5, "jitter": 0.0}
    assert {scheme for scheme, path in held.getwithbase("DOWNLOAD_HANDLERS").items() if path} == {"http", "https"}
    components = held.get_component_priority_dict_with_base("DOWNLOADER_MIDDLEWARES")
    assert [name for name in components if "offsite" in str(name) and components[name] is not None] == []
    assert held["TLS_BY_HOST"] == {"a.gov.vn": "legacy"}
