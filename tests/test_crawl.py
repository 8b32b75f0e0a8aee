"""The crawl against a server of faults: what must hold after each, and that no address is lost on the way."""

from __future__ import annotations

import datetime as dt
import gzip
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from crawl_child import Crawled, run_child
from crawl_sites import ARTICLE, BIG, LIMITS, PAGE, conserved, filled, links, one, packed, raw, self_signed, site, to
from fault_server import RESET, SITE, Answer, Asked, FaultServer, Handler, answer


def dripping(_: Asked) -> Iterator[bytes]:
    yield raw("200 OK\r\nContent-Length: 1000")
    for _n in range(30):
        yield b"x"
        time.sleep(0.3)


def endless(_: Asked) -> Iterator[bytes]:
    yield raw("200 OK")
    for _n in range(400):
        yield b"<p>" + b"a" * 10_000


def counting(asked: Asked) -> bytes:
    """A redirect loop whose query grows."""
    return to(f"/bai/fault?{len(asked.path)}{asked.path[-1]}")


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
