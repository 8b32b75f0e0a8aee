"""Sites of the fault server, and what their crawls must keep."""

from __future__ import annotations

import datetime as dt
import ssl
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from crawl_child import Crawled
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fault_server import Answer, Asked, FaultServer, Handler, answer

ARTICLE = "<html><body><h1>Tổng kết phong trào thi đua</h1><p>Đơn vị số {} được tặng Cờ thi đua.</p></body></html>"
LIMITS = {"timeout": 2.0, "connect_timeout": 1.0, "backoff": 0.05, "retries": 1, "max_bytes": 200_000, "grace": 1.0}
BIG = b"<p>" + b"a" * 3_000_000
PAGE = ARTICLE.format("packed").encode()


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


def to(location: str) -> bytes:
    """A redirect."""
    return answer(status="302 Found", location=location)


def packed(data: bytes, encoding: str) -> bytes:
    """A response that says so of its encoding."""
    return answer(data, content_encoding=encoding)


def filled(fault: Answer | Handler, port: int) -> Answer | Handler:
    return fault.replace(b"{port}", str(port).encode()) if isinstance(fault, bytes) else fault


def conserved(result: Crawled) -> None:
    """Every address was opened once and has one final state, or stays open in a run that was cut off; aliases are never asked for."""
    opened = [(line["site"], line["url"]) for line in result.lines if line["state"] == "open"]
    closed = [(line["site"], line["url"]) for line in result.lines if line["state"] != "open" and line["kind"] != "alias"]
    left = result.summary["states"].get("open", 0)
    assert len(opened) == len(set(opened)) == result.summary["scheduled"] == sum(result.summary["states"].values())
    assert len(closed) == len(set(closed)) == len(opened) - left and set(closed) <= set(opened)
    assert [line["seq"] for line in result.lines] == list(range(len(result.lines)))
    assert left == 0 or result.summary["ended"] != "finished"


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


def later(*crawls: Crawled) -> list[dict[str, Any]]:
    """The lines for a run after the end of all pauses."""
    lines = [line for crawled in crawls for line in crawled.states()]
    return [{**line, "retry_at": "2026-01-01T00:00:00Z"} if line["retry_at"] else line for line in lines]


def of(crawled: Crawled, state: str) -> list[dict[str, Any]]:
    """The lines of articles in a state."""
    return [line for line in crawled.lines if line["kind"] == "article" and line["state"] == state]
