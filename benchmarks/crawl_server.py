"""Hundreds of sample portals on loopback addresses of their own, answered by one process, for benchmarks/crawl.py.

Site N lies on 127.44.x.y and is a copy of one of the sample portals with as many articles as wanted: their texts with the paragraphs
turned round, other ids and titles, and the site's own address within, so that no two pages are the same. Each page is rendered once.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from thidua.demo.portal import Portal, Request, Sample
from thidua.demo.portals import all_portals

HOST = "address-of-the-site.example"  # stands for it in what is kept of a page
BACKLOG = 64


class Portals:
    """A running server: its port, and what its sites saw since they were last asked."""

    def __init__(self, port: int, sites: int, pipe: Connection) -> None:
        self.bases = [f"http://{address_of(index)}:{port}" for index in range(sites)]
        self._pipe = pipe

    def seen(self) -> dict[str, int]:
        """`requests`; `hosts` that were asked; `connections` open at once on one host, at most; `twice`, articles asked for again."""
        self._pipe.send("seen")
        answer: dict[str, int] = self._pipe.recv()
        return answer


def address_of(index: int) -> str:
    """The loopback address of a site."""
    return f"127.44.{index // 250}.{index % 250 + 1}"


def families() -> list[str]:
    """Keys of the sample portals, in the order in which the sites take them."""
    return [portal.key for portal in all_portals()]


def portal_of(index: int, articles: int) -> Portal:
    """The sample portal of a family with that many articles."""
    portal = type(all_portals()[index])()
    given = portal.articles
    portal.articles = tuple(_article(given[number % len(given)], number) for number in range(articles))
    return portal


def _article(sample: Sample, number: int) -> Sample:
    turn = number % len(sample.paragraphs)
    return sample.model_copy(
        update={
            "id": 100_000 + number,
            "slug": f"{sample.slug}-{number}",
            "title": f"{sample.title} (tin {number})",
            "paragraphs": (*sample.paragraphs[turn:], *sample.paragraphs[:turn], f"Bản tin số {number} của {HOST}."),
        }
    )


@contextmanager
def portals(sites: int, articles: int) -> Iterator[Portals]:
    """Serve that many sites of so many articles each until the block ends."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(sites, articles, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Portals(ours.recv(), sites, ours)
    finally:
        process.terminate()
        process.join()


def _run(sites: int, articles: int, pipe: Connection) -> None:
    asyncio.run(_serve(sites, articles, pipe))


async def _serve(sites: int, articles: int, pipe: Connection) -> None:
    loop = asyncio.get_running_loop()
    counts = _Counts()
    pages = [_Pages(portal_of(index, articles)) for index in range(len(families()))]
    port = 0
    for index in range(sites):
        make = partial(_Visit, pages[index % len(pages)], counts)
        server = await loop.create_server(make, address_of(index), port, backlog=BACKLOG)
        port = port or server.sockets[0].getsockname()[1]
    ended = asyncio.Event()

    def asked() -> None:
        try:
            pipe.recv()
            pipe.send(counts.told())
        except EOFError:  # the benchmark is gone
            ended.set()

    loop.add_reader(pipe.fileno(), asked)
    pipe.send(port)
    await ended.wait()


class _Counts:
    """What the sites saw."""

    def __init__(self) -> None:
        self.open: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.asked: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def told(self) -> dict[str, int]:
        paths = list(self.asked.values())
        told = {
            "requests": sum(counter.total() for counter in paths),
            "hosts": len(paths),
            "connections": max(self.most.values(), default=0),
            "twice": sum(number - 1 for counter in paths for number in counter.values()),
        }
        self.most.clear()
        self.asked.clear()
        return told


class _Pages:
    """The answers of one family, each made when it is first asked for."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._made: dict[tuple[str, str, str], tuple[str, bytes]] = {}

    def answer(self, method: str, target: str, form: str, host: str) -> bytes:
        """Head and body for a site."""
        key = method, target, form
        if key not in self._made:
            self._made[key] = self._make(*key)
        head, kept = self._made[key]
        body = kept.replace(HOST.encode(), host.encode())
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    def _make(self, method: str, target: str, form: str) -> tuple[str, bytes]:
        address = urlsplit(target)
        request = Request(
            method,
            unquote(address.path),
            query=dict(parse_qsl(address.query, keep_blank_values=True)),
            form=dict(parse_qsl(form, keep_blank_values=True)),
            headers={"host": HOST},
        )
        response = self._portal.respond(request)
        lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in response.headers.items()]
        return "".join(f"{line}\r\n" for line in lines), response.body


class _Visit(asyncio.Protocol):
    """One connection."""

    def __init__(self, pages: _Pages, counts: _Counts) -> None:
        self._pages, self._counts, self._pending = pages, counts, b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._host, self._port = transport.get_extra_info("sockname")
        self._counts.open[self._host] += 1
        self._counts.most[self._host] = max(self._counts.most[self._host], self._counts.open[self._host])

    def connection_lost(self, exc: Exception | None) -> None:
        self._counts.open[self._host] -= 1

    def data_received(self, data: bytes) -> None:
        self._pending += data
        while b"\r\n\r\n" in self._pending:
            head, _, rest = self._pending.partition(b"\r\n\r\n")
            first, *fields = head.decode("latin-1").split("\r\n")
            length = next((int(field[15:]) for field in fields if field.lower().startswith("content-length:")), 0)
            if len(rest) < length:
                return
            form, self._pending = rest[:length].decode(), rest[length:]
            method, target, _ = first.split(" ")
            self._counts.asked[self._host][f"{target}#{form}"] += 1
            self._transport.write(self._pages.answer(method, target, form, f"{self._host}:{self._port}"))
