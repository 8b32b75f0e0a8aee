"""The faults of docs/faults.md that test_crawl.py and test_robots.py do not play, and that every row of that table names tests that exist."""

from __future__ import annotations

import ast
import datetime as dt
import re
import socket
import ssl
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from email.utils import format_datetime
from pathlib import Path

import brotli
import pytest
from backports import zstd
from crawl_child import Crawled, run_child
from crawl_sites import ARTICLE, BIG, LIMITS, PAGE, conserved, filled, links, one, packed, raw, site, to
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fault_server import SITE, Answer, Asked, FaultServer, Handler, answer

from crawler.address_guard import is_forbidden, is_forbidden_literal

TABLE = Path(__file__).parent.parent / "docs" / "faults.md"
GONE = answer(status="404 Not Found")
INWARD = "http://127.0.0.1:{port}/bai/x"


def slow_head(_: Asked) -> Iterator[bytes]:
    for letter in b"HTTP/1.1 200 OK\r\nContent-Type: text/html":
        yield bytes([letter])
        time.sleep(0.3)


def dated(_: Asked) -> bytes:
    """429 with Retry-After as a date."""
    until = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=2), usegmt=True)
    return answer(status="429 Too Many Requests", retry_after=until)


def hops(number: int) -> Handler:
    """An article that is reached after so many redirects."""

    def handle(asked: Asked) -> bytes:
        at = int(asked.path.rpartition("-")[2]) if "-" in asked.path else 0
        return to(f"/bai/hop-{at + 1}") if at < number else answer(PAGE)

    return handle


FAULTS: dict[str, tuple[Answer | Handler, str]] = {
    "slow-head": (slow_head, "failed:timeout"),
    "surplus": (answer("abcdefghij", length="4"), "refused:type"),
    "bomb-zstd": (packed(zstd.compress(BIG), "zstd"), "refused:size"),
    "zstd-cut": (packed(zstd.compress(PAGE * 9)[:-9], "zstd"), "failed:encoding"),
    "brotli-cut": (packed(brotli.compress(PAGE * 9)[:-2], "br"), "failed:encoding"),
    "deflate-cut": (packed(zlib.compress(PAGE * 9)[:-20], "deflate"), "failed:encoding"),
    "deflate-bare": (packed(zlib.compress(PAGE)[2:-4], "deflate"), "ok"),
    "brotli-well": (packed(brotli.compress(PAGE), "br"), "ok"),
    "zstd-well": (packed(zstd.compress(PAGE), "zstd"), "ok"),
    "unknown-encoding": (packed(PAGE, "x-rot13"), "ok"),
    "cookies": (raw("200 OK" + "\r\nSet-Cookie: a=b" * 10_000, PAGE), "failed:bad-header"),
    "retry-date": (dated, "retry_at:retry-after"),
    "canonical": (raw("200 OK", f'<html><link rel="canonical" href="{INWARD}"><body>x</body></html>'.encode()), "ok"),
    "untyped": (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + PAGE, "ok"),
    "five-hops": (hops(5), "ok"),
    "six-hops": (hops(6), "failed:redirects"),
    "merged": (to("http://merged-province.test:{port}/bai/moved"), "ok"),
    "rebound": (to("http://rebound-inside.test:{port}/bai/x"), "retry_at:robots"),
}


def forbidden(asked: Asked) -> Answer:
    """A host that answers 403 for every article."""
    if asked.path == "/":
        return links(*[f"/bai/{n}" for n in range(20)])
    return GONE if asked.path == "/robots.txt" else answer(status="403 Forbidden")


def repeating(asked: Asked) -> Answer:
    """A list of which every page beyond the end is the first one again."""
    if asked.path.startswith("/bai/"):
        return answer(ARTICLE.format(asked.path))
    return GONE if asked.path == "/robots.txt" else links("/bai/1", "/bai/2")


def aliased(asked: Asked) -> Answer:
    """One article under many addresses, some with a session in them, and links that lead nowhere."""
    if asked.path == "/":
        alike = [f"/muc-{n}/bai/tin-7.html;jsessionid={n}" for n in range(3)] + ["/amp/bai/tin-7.html?utm_source=x", "/bai/tin-7.html#c"]
        return links(*alike, "http://ca-cuoc.test:{port}/bai/tin-8.html", "javascript:x('/bai/')", "https://evil.example/bai/tin-9.html")
    return GONE if asked.path == "/robots.txt" else answer(ARTICLE.format(7))


def mapped(asked: Asked) -> Answer:
    """A sitemap with a lost child, one elsewhere, and one whose every entry says that it is of today."""
    today = "<lastmod>2026-11-21</lastmod>"
    if asked.path == "/sitemap.xml":
        maps = ["/lost.xml", "https://khac.example/a.xml", "/tin.xml"]
        return answer("<sitemapindex>" + "".join(f"<sitemap><loc>{m}</loc></sitemap>" for m in maps) + "</sitemapindex>", kind="text/xml")
    if asked.path == "/tin.xml":
        pages = [f"/bai/{n}" for n in range(12)] + ["https://khac.example/bai/1", "/lien-he"]
        return answer("<urlset>" + "".join(f"<url><loc>{p}</loc>{today}</url>" for p in pages) + "</urlset>", kind="text/xml")
    return answer(ARTICLE.format(asked.path)) if asked.path.startswith("/bai/") else GONE


def slow(asked: Asked) -> Iterator[bytes]:
    """A host that takes its time: a second connection would be seen."""
    time.sleep(0.15)
    yield links(*[f"/bai/{n}" for n in range(8)]) if asked.path == "/" else GONE if "robots" in asked.path else answer(PAGE)


def looping(asked: Asked) -> Answer:
    """www leads to the bare host, and back."""
    if asked.path != "/bai/fault":
        return one(b"")(asked)
    return to(f"http://{'looping' if asked.host.startswith('www.') else 'www.looping'}.test:{{port}}/bai/fault".format(port=PORT[0]))


PORT = [0]  # of the server, for handlers that answer with an address of it
SPECIAL: dict[str, Handler] = {
    "forbidden": forbidden,
    "repeating": repeating,
    "aliased": aliased,
    "mapped": mapped,
    "slow": slow,
    "looping": looping,
    "www.looping": looping,
    "merged-province": lambda asked: answer(PAGE) if asked.path == "/bai/moved" else GONE,
    "turning": one(answer(PAGE)),
}


def old_article(server: FaultServer, key: str, number: int) -> dict[str, object]:
    """An article that an earlier run left open."""
    url, at = server.url(key, f"/bai/old-{number}"), "2026-11-20T00:00:00Z"
    return {"run": "r0", "seq": number, "site": key, "url": url, "kind": "article", "state": "open", "at": at}


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[Crawled, FaultServer]]:
    with FaultServer({}) as server, socket.create_server((SITE, 0), backlog=0) as deaf:
        PORT[0], deaf_port = server.port, deaf.getsockname()[1]
        full = [socket.socket() for _ in range(3)]
        for waiting in full:  # who comes after these is not answered, not even by a refusal
            waiting.setblocking(False)
            waiting.connect_ex((SITE, deaf_port))
        server.handlers.update({key: one(filled(fault, server.port)) for key, (fault, _) in FAULTS.items()} | SPECIAL)
        more = {key: [f"{key}.test:{server.port}", f"{other}.test:{server.port}"] for key, other in
                (("merged", "merged-province"), ("rebound", "rebound-inside"))}  # fmt: skip
        sites = [site(server, key, **({"hosts": more[key]} if key in more else {})) for key in FAULTS]
        sites += [
            site(server, "forbidden"),
            site(server, "repeating", next={"type": "param", "name": "p", "max_pages": 50}),
            site(server, "aliased", article={"url_regex": ["/bai/"], "id_regex": [r"/bai/(tin-\d+)"]}),
            site(server, "mapped", start=[], sitemap=server.url("mapped", "/sitemap.xml")),
            site(server, "slow"),
            site(server, "looping"),
            site(server, "turning"),
            site(server, "deaf", hosts=[f"deaf.test:{deaf_port}"], start=[{"url": f"http://deaf.test:{deaf_port}/"}]),
        ]
        names: dict[str, object] = {f"{key}.test": SITE for key in [*FAULTS, *SPECIAL, "deaf"]}
        names |= {"rebound-inside.test": "10.0.0.1", "turning.test": [SITE, *["10.0.0.1"] * 20]}
        states = [old_article(server, "slow", number) for number in range(6)]
        yield run_child(sites, names=names, limits=LIMITS, states=states), server
        for waiting in full:
            waiting.close()


@pytest.mark.parametrize("key", FAULTS)
def test_each_fault_has_its_state_and_the_site_goes_on(world: tuple[Crawled, FaultServer], key: str) -> None:
    result, server = world
    assert result.state(key, "/bai/fault") == FAULTS[key][1]
    assert result.state(key, "/bai/good") == "ok" or (key == "retry-date" and not server.of(key, "/bai/good"))


def test_every_scheduled_address_has_one_final_state(world: tuple[Crawled, FaultServer]) -> None:
    conserved(world[0])


def test_nothing_is_connected_to_but_the_sites(world: tuple[Crawled, FaultServer]) -> None:
    """Every connection of the process is seen, also one that nobody answers."""
    assert world[0].summary["connected"] == [SITE]
    assert world[1].knocks == []


def test_a_host_has_one_request_at_a_time(world: tuple[Crawled, FaultServer]) -> None:
    assert len(world[1].of("slow")) == 1 + 1 + 8 + 6
    assert set(world[1].together.values()) == {1}


def test_a_date_in_retry_after_is_kept(world: tuple[Crawled, FaultServer]) -> None:
    line = world[0].line("retry-date", "/bai/fault")
    wait = dt.datetime.fromisoformat(line["retry_at"]) - dt.datetime.fromisoformat(line["at"])
    assert dt.timedelta(minutes=119) < wait <= dt.timedelta(hours=2)
    assert len(world[1].of("retry-date", "/bai/fault")) == 1


def test_a_page_that_moved_keeps_its_address_and_tells_where_it_is(world: tuple[Crawled, FaultServer]) -> None:
    line = world[0].line("merged", "/bai/fault")
    assert line["state"] == "ok" and line["final_url"] == f"http://merged-province.test:{world[1].port}/bai/moved"


def test_a_loop_between_two_names_of_a_host_ends(world: tuple[Crawled, FaultServer]) -> None:
    assert world[0].state("looping", "/bai/fault") == "failed:redirects"
    assert len(world[1].of("looping", "/bai/fault")) + len(world[1].of("www.looping", "/bai/fault")) <= 6


def test_a_name_that_turns_inward_is_not_followed(world: tuple[Crawled, FaultServer]) -> None:
    """The first answer of DNS holds for the run; a redirect to a name that leads inside is put off with that name's robots.txt."""
    assert world[0].summary["sites"]["turning"] == {"ok": 4}
    assert world[0].state("rebound", f"rebound-inside.test:{world[1].port}/robots.txt") == "retry_at:address"


def test_a_name_that_turned_inward_is_refused_by_the_next_run() -> None:
    with FaultServer({"turned": one(answer(PAGE))}) as server:
        result = run_child([site(server, "turned")], names={"turned.test": "192.168.0.1"}, limits=LIMITS)
        assert server.asked == [] and result.summary["connected"] == []
    assert result.state("turned", "/robots.txt") == "retry_at:address"


def test_a_host_that_drops_packets_is_put_off(world: tuple[Crawled, FaultServer]) -> None:
    assert world[0].state("deaf", "/robots.txt") == "retry_at:connect" and world[0].state("deaf", "/") == "retry_at:robots"
    assert world[0].summary["closed"]["deaf"] == "robots"


def test_a_host_that_forbids_is_closed(world: tuple[Crawled, FaultServer]) -> None:
    states = world[0].summary["sites"]["forbidden"]
    assert world[0].summary["closed"]["forbidden"] == "circuit" and len(world[1].of("forbidden")) <= 2 + 9
    assert states["retry_at:circuit"] >= 11 and sum(states.values()) == 22


def test_a_list_whose_last_page_is_the_first_again_ends(world: tuple[Crawled, FaultServer]) -> None:
    assert [asked.path for asked in world[1].of("repeating") if "bai" not in asked.path] == ["/robots.txt", "/", "/?p=2"]


def test_one_article_is_asked_for_once_and_never_off_the_site(world: tuple[Crawled, FaultServer]) -> None:
    (asked,) = [asked for asked in world[1].of("aliased") if "/bai/" in asked.path]
    assert "jsessionid" not in asked.path and world[1].of("ca-cuoc") == []
    assert world[0].summary["sites"]["aliased"] == {"ok": 3}


def test_a_sitemap_with_faults_gives_what_is_of_the_site(world: tuple[Crawled, FaultServer]) -> None:
    assert world[0].state("mapped", "/lost.xml") == "failed:http-404"
    assert world[0].summary["sites"]["mapped"] == {"failed:http-404": 1, "ok": 1 + 2 + 12}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
             "100.64.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1%25eth0]", "[fc00::1]", "[::ffff:127.0.0.1]", "[ff02::1]"],
)  # fmt: skip
def test_an_inside_address_is_known_however_it_is_written(host: str) -> None:
    assert is_forbidden_literal(host, allow_loopback=False)


def test_a_public_address_is_allowed() -> None:
    assert not is_forbidden("8.8.8.8", allow_loopback=False) and not is_forbidden_literal("sonla.gov.vn", allow_loopback=False)


# ------------------------------------------------------------------ certificates


class Authority:
    """A certificate authority of the test, and the certificates that it gives."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test CA")])
        self.file = folder / "ca.pem"
        made = self._builder(self.name, self.key).add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.file.write_bytes(made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def _builder(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, *, until: int = 1) -> x509.CertificateBuilder:
        now = dt.datetime.now(dt.UTC)
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key.public_key())
        made = made.serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=9))
        return made.not_valid_after(now + dt.timedelta(days=until))

    def context(self, name: str, *, until: int = 1, lowest: bool = False) -> ssl.SSLContext:
        """A server's context for a name, valid until so many days from now; `lowest`: one that speaks TLS 1.0 alone."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key, until=until)
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        file = self.folder / f"{name}.pem"
        file.write_bytes(key.private_bytes(*form) + made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        if lowest:
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
        return context


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_certificates_that_are_expired_or_of_another_name_and_old_protocols(tmp_path: Path) -> None:
    ca = Authority(tmp_path)
    by_name = {
        "good.test": ca.context("good.test"),
        "expired.test": ca.context("expired.test", until=-1),
        "named.test": ca.context("other.test"),
    }

    def choose(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        connection.context = by_name[name or "good.test"]

    by_name["good.test"].sni_callback = choose  # type: ignore[assignment]
    handlers = {key: one(answer(PAGE)) for key in ("good", "expired", "named")}
    with (
        FaultServer(handlers, tls=by_name["good.test"]) as server,
        FaultServer({"old": one(answer(PAGE))}, tls=ca.context("old.test", lowest=True)) as old,
    ):
        sites = [site(server, key) for key in handlers]
        sites += [site(old, "old", tls="legacy", tls_reason="TLS 1.0"), site(old, "strict", hosts=[f"strict.test:{old.port}"])]
        names = {f"{key}.test": SITE for key in (*handlers, "old", "strict")}
        result = run_child(sites, names=names, limits=LIMITS, environment={"SSL_CERT_FILE": str(ca.file)})
    assert result.summary["sites"]["good"] == result.summary["sites"]["old"] == {"ok": 4}
    assert result.line("good", "/bai/good")["tls"] == "verified" and result.line("old", "/bai/good")["tls"] == "legacy"
    assert {result.state(key, "/robots.txt") for key in ("expired", "named", "strict")} == {"retry_at:tls"}
    assert not [line for line in result.lines if line["site"] in ("expired", "named", "strict") and "body" in line]
    conserved(result)


# ------------------------------------------------------------------ the command


def test_a_storm_ends_the_command_with_3_and_the_other_site_is_whole(tmp_path: Path) -> None:
    def storm(asked: Asked) -> Answer:
        if asked.path in ("/", "/robots.txt"):
            return links(*[f"/bai/{n}" for n in range(20)]) if asked.path == "/" else GONE
        return answer(status="503 Service Unavailable")

    with FaultServer({SITE: storm}) as bad, FaultServer({SITE: one(answer(PAGE))}) as good:
        (tmp_path / "sites").mkdir()
        for key, server in (("storm", bad), ("calm", good)):
            base = f"http://{SITE}:{server.port}"
            text = (
                f'name = "{key}"\nhosts = ["{base}"]\nstart = ["{base}/"]\ndelay = 0\nstatus = "live"\n[article]\nurl_regex = ["/bai/"]\n'
            )
            (tmp_path / "sites" / f"{key}.toml").write_text(text, encoding="utf-8")
        command = ["-m", "thidua.cli", "--lang", "en", "crawl", "--data", str(tmp_path / "data"), "--sites", str(tmp_path / "sites")]
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True, timeout=50, check=False)
        assert done.returncode == 3, done.stderr
        assert "storm: closed for this run (circuit)" in done.stderr and "calm: closed" not in done.stderr
        assert len(bad.asked) <= 2 + 10 and len(good.asked) == 4


# ------------------------------------------------------------------ the table

ROWS = [f"A{number}" for number in range(1, 31)] + [str(number) for number in range(1, 51)]
_ROW = re.compile(r"^\| (A?\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(test_\w+\.py)::(test_\w+)(?:\[([^\]]+)\])?`")


def test_the_table_has_every_row_once_with_a_test_or_what_is_not_yet() -> None:
    found = _ROW.findall(TABLE.read_text(encoding="utf-8"))
    assert [row for row, *_ in found] == ROWS
    for row, _, does, tests in found:
        assert _TEST.search(tests) or "not yet" in does, row
        assert "`" not in _TEST.sub("", tests), f"{row}: no test in this form: {tests}"


def test_every_test_of_the_table_exists() -> None:
    folder, functions = Path(__file__).parent, {}
    for file, name, case in set(_TEST.findall(TABLE.read_text(encoding="utf-8"))):
        code = (folder / file).read_text(encoding="utf-8")
        functions[file] = functions.get(file) or {node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef)}
        assert name in functions[file], f"{file}::{name}"
        assert not case or f'"{case}"' in code, f"{file}::{name}[{case}]"
