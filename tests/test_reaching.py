"""How a host is reached: a second resolver where the first fails, a limit of its own for connecting, https before http."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from crawl_child import run_child
from crawl_sites import LIMITS, PAGE, conserved, links, one, self_signed, site, to
from dns_server import NameServer
from fault_server import RESET, SITE, Answer, Asked, FaultServer, Handler, answer

from crawler.second_resolver import server_of
from thidua.resolvers import second_resolvers

pytestmark = pytest.mark.slow

GONE = answer(status="404 Not Found")

# ------------------------------------------------------------------ names


def test_where_the_first_resolver_fails_the_second_is_asked_and_its_answers_are_guarded() -> None:
    given = {"known.test": SITE, "lost.test": SITE, "inward.test": "10.0.0.1", "failing.test": None}
    keys = ["known", "lost", "inward", "failing", "nowhere"]
    with FaultServer({key: one(answer(PAGE)) for key in keys}) as server, NameServer(given) as names:
        result = run_child([site(server, key) for key in keys], names={"known.test": SITE}, limits=LIMITS, resolvers=[names.at])
        assert server.knocks == []
    assert result.summary["sites"]["known"] == result.summary["sites"]["lost"] == {"ok": 4}
    states = {key: result.state(key, "/robots.txt") for key in keys[2:]}
    assert states == {"inward": "retry_at:address", "failing": "retry_at:dns", "nowhere": "retry_at:dns"}
    assert result.summary["connected"] == [SITE]
    assert "known.test" not in names.asked and names.asked.count("lost.test") == 1
    assert result.summary["second_resolver"] == ["inward.test", "lost.test"]
    conserved(result)


def test_a_name_that_leads_inside_is_not_asked_of_the_second_resolver() -> None:
    with FaultServer({"turned": one(answer(PAGE))}) as server, NameServer({"turned.test": SITE}) as names:
        result = run_child([site(server, "turned")], names={"turned.test": "10.0.0.1"}, limits=LIMITS, resolvers=[names.at])
        assert server.asked == [] and names.asked == []
    assert result.state("turned", "/robots.txt") == "retry_at:address"


def test_name_servers_are_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    assert server_of("192.0.2.1") == ("192.0.2.1", 53) and server_of("192.0.2.1:5353") == ("192.0.2.1", 5353)
    monkeypatch.setenv("THIDUA_RESOLVER", "192.0.2.1, 192.0.2.2:5353")
    assert second_resolvers() == ("192.0.2.1", "192.0.2.2:5353")
    monkeypatch.setenv("THIDUA_RESOLVER", "dns.example")
    with pytest.raises(ValueError, match=r"'dns\.example' is no name server"):
        second_resolvers()
    for port in ("0", "65536"):
        with pytest.raises(ValueError, match="is no name server"):
            server_of(f"192.0.2.1:{port}")
    monkeypatch.delenv("THIDUA_RESOLVER")
    assert second_resolvers() == ()


# ------------------------------------------------------------------ connecting


@contextmanager
def deaf() -> Iterator[int]:
    """A port of SITE whose backlog is full: who comes is not answered, not even by a refusal."""
    with socket.create_server((SITE, 0), backlog=0) as listener, ExitStack() as stack:
        port = int(listener.getsockname()[1])
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((SITE, port))
        yield port


def test_connecting_has_a_limit_of_its_own() -> None:
    """The fetch may take a minute, a connection that nobody takes does not."""
    limits = {**LIMITS, "timeout": 60.0, "connect_timeout": 0.4}
    with deaf() as port, FaultServer({}) as server:
        dropped = site(server, "dropped", hosts=[f"dropped.test:{port}"], start=[{"url": f"http://dropped.test:{port}/"}])
        began = time.monotonic()
        result = run_child([dropped], names={"dropped.test": SITE}, limits=limits)
        assert time.monotonic() - began < 20
    assert result.state("dropped", "/robots.txt") == "retry_at:connect" and result.state("dropped", "/") == "retry_at:robots"


# ------------------------------------------------------------------ https before http


@contextmanager
def slamming() -> Iterator[tuple[int, list[object]]]:
    """A port of SITE that hangs up on everybody, and who came."""
    came: list[object] = []

    def slam() -> None:
        with suppress(OSError):
            while True:
                connection, who = listener.accept()
                came.append(who)
                connection.close()

    with socket.create_server((SITE, 0)) as listener:
        threading.Thread(target=slam, daemon=True).start()
        yield listener.getsockname()[1], came


def test_https_is_tried_first_and_http_only_where_it_is_dead_and_allowed(tmp_path: Path) -> None:
    """`both` has https, which fails once; of `lone` nobody verifies the certificate; `other` hangs up on https; `back` leads from
    https back to http; `firm` is named by https alone."""
    with (
        FaultServer({}) as plain,
        FaultServer({}) as alone,
        FaultServer({}, tls=self_signed(tmp_path)) as secure,
        slamming() as (port, came),
    ):
        lone_ports = (alone.port, port)  # of http and https
        loose = {"tls": "unverified", "tls_reason": "self-signed"}
        named = {key: [f"{key}.test:{plain.port}", f"{key}.test:{secure.port}"] for key in ("both", "lone", "back", "firm")}

        def back(asked: Asked) -> Answer:
            return answer(status="404 Not Found") if asked.path == "/robots.txt" else to(plain.url("back", asked.path))

        def firm(asked: Asked) -> Answer:
            return links(plain.url("firm", "/bai/1"), alone.url("elsewhere", "/bai/2")) if asked.path == "/" else one(answer(PAGE))(asked)

        plain.handlers.update({key: one(answer(PAGE)) for key in named})
        alone.handlers.update({key: one(answer(PAGE)) for key in ("other", "elsewhere")})
        secure.handlers.update({"both": one(RESET), "lone": one(answer(PAGE)), "back": back, "firm": firm})
        sites = [
            site(plain, "both", hosts=named["both"], **loose),
            site(plain, "lone", hosts=named["lone"]),
            site(plain, "back", hosts=named["back"], **loose),
            site(secure, "firm", hosts=[*named["firm"], *(f"elsewhere.test:{port}" for port in lone_ports)], **loose),
            site(alone, "other", hosts=[f"other.test:{port}" for port in lone_ports]),
        ]
        ports = {plain.port: secure.port, alone.port: lone_ports[1]}
        names = {f"{key}.test": SITE for key in (*named, "elsewhere", "other")}
        result = run_child(sites, names=names, limits={**LIMITS, "retries": 2}, https_ports=ports)
    asked = {key: [(len(server.of(key, "/")), len(server.of(key, "/bai/good"))) for server in (plain, secure)] for key in named}
    assert asked["both"] == [(0, 0), (1, 1)] and asked["lone"] == [(1, 1), (0, 0)]
    assert asked["back"] == [(1, 1), (1, 0)], "once is enough to learn that https leads back"
    assert plain.of("firm") == [] and len(secure.of("firm", "/bai/1")) == 1
    assert alone.of("elsewhere") == [] and "retry_at:reset" in result.summary["sites"]["firm"], "its definition names no http"
    assert result.summary["sites"]["other"] == {"ok": 4} and len(alone.of("other")) == 4
    assert len(came) == 1 + 3, "asked once where http may follow, again and again where it may not"
    assert result.state("both", "/bai/fault") == "failed:reset", "a host that has answered by https stays with it"
    assert [one.path for one in plain.of("both")] == ["/robots.txt"], "https knew of none"
    assert result.line("both", "/bai/good")["final_url"] == secure.url("both", "/bai/good")
    assert result.line("both", "/bai/good")["url"] == plain.url("both", "/bai/good"), "the address stays as it was named"
    assert result.line("lone", "/bai/good")["tls"] is None and result.line("both", "/bai/good")["tls"] == "unverified"
    conserved(result)


@contextmanager
def both(folder: Path) -> Iterator[tuple[FaultServer, FaultServer]]:
    """A server by http and one by https."""
    with FaultServer({}) as plain, FaultServer({}, tls=self_signed(folder)) as secure:
        yield plain, secure


LOOSE = {"tls": "unverified", "tls_reason": "self-signed"}


def twofold(plain: FaultServer, secure: FaultServer, key: str, **more: object) -> dict[str, Any]:
    """A site that is named by http and has both."""
    return site(plain, key, hosts=[f"{key}.test:{plain.port}", f"{key}.test:{secure.port}"], **more)


def gone_or(found: Answer) -> Handler:
    """A host that has no robots.txt and one answer for all else."""
    return lambda asked: GONE if asked.path == "/robots.txt" else found


def test_a_host_by_https_that_does_not_know_the_address_is_another_one(tmp_path: Path) -> None:
    with both(tmp_path) as (plain, secure):
        plain.handlers["other"], secure.handlers["other"] = one(answer(PAGE)), lambda _: GONE
        ports = {plain.port: secure.port}
        result = run_child([twofold(plain, secure, "other", **LOOSE)], names={"other.test": SITE}, limits=LIMITS, https_ports=ports)
    assert result.state("other", "/bai/good") == "ok" and len(plain.of("other", "/robots.txt")) == 1
    assert [asked.path for asked in secure.of("other") if asked.path != "/robots.txt"] == ["/"], "once is enough"
    conserved(result)


def test_https_that_leads_by_another_name_back_to_http_is_followed(tmp_path: Path) -> None:
    with both(tmp_path) as (plain, secure):
        plain.handlers.update(dict.fromkeys(("chain", "www.chain"), one(answer(PAGE))))
        secure.handlers["chain"] = gone_or(to(secure.url("www.chain", "/")))
        secure.handlers["www.chain"] = gone_or(to(plain.url("www.chain", "/")))
        names, ports = {"chain.test": SITE, "www.chain.test": SITE}, {plain.port: secure.port}
        result = run_child([twofold(plain, secure, "chain", **LOOSE)], names=names, limits=LIMITS, https_ports=ports)
    assert result.state("chain", "/") == result.state("chain", "/bai/good") == "ok"


def test_http_that_leads_to_a_dead_https_fails_for_what_that_died_of(tmp_path: Path) -> None:
    with both(tmp_path) as (plain, secure):
        plain.handlers["dead"] = lambda asked: to(secure.url("dead", asked.path))
        result = run_child(
            [twofold(plain, secure, "dead")], names={"dead.test": SITE}, limits=LIMITS, https_ports={plain.port: secure.port}
        )
    assert result.state("dead", "/robots.txt") == "retry_at:tls" and len(plain.of("dead")) == 1


def test_a_site_cannot_have_another_one_asked_by_http(tmp_path: Path) -> None:
    def good(asked: Asked) -> Answer:
        time.sleep(0.5)
        return GONE if asked.path == "/robots.txt" else links(plain.url("good", "/bai/1")) if asked.path == "/" else answer(PAGE)

    with both(tmp_path) as (plain, secure):
        plain.handlers["good"], secure.handlers["good"] = one(answer(PAGE)), good
        plain.handlers["evil"] = secure.handlers["evil"] = gone_or(to(plain.url("good", "/")))
        firm = site(secure, "good", hosts=[f"good.test:{server.port}" for server in (plain, secure)], **LOOSE)
        names, ports = {"good.test": SITE, "evil.test": SITE}, {plain.port: secure.port}
        result = run_child([twofold(plain, secure, "evil", **LOOSE), firm], names=names, limits=LIMITS, https_ports=ports)
    assert result.state("evil", "/") == "refused:offsite"
    assert plain.of("good") == [] and len(secure.of("good", "/bai/1")) == 1


# ------------------------------------------------------------------ one at a time


def test_a_host_without_a_delay_is_asked_for_one_page_at_a_time() -> None:
    """Nothing slows the host down, and all its articles wait at once."""

    def slow(asked: Asked) -> Iterator[bytes]:
        time.sleep(0.05)
        many = links(*[f"/bai/{n}" for n in range(20)])
        yield many if asked.path == "/" else answer(status="404 Not Found") if asked.path == "/robots.txt" else answer(PAGE)

    with FaultServer({"slow": slow, "other": slow}) as server:
        sites = [site(server, key, delay=0) for key in ("slow", "other")]
        result = run_child(sites, names={f"{key}.test": SITE for key in ("slow", "other")}, limits=LIMITS, unthrottled=True)
    assert {key: len(server.of(key)) for key in ("slow", "other")} == {"slow": 22, "other": 22}
    assert server.together == {"slow": 1, "other": 1}
    conserved(result)
