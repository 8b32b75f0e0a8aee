"""From the archive to rows in DuckDB, at full size: `python -m benchmarks.pipeline`, articles as life has them (benchmarks/life.py) as texts and as pages.

An archive of 10,000 texts, as `thidua import` makes of JSON lines, is extracted by one and by two processes, one of 10,000 pages too, the sample portals' HTML, each of its own
article; one of 100,000 texts by two. Printed are articles a second, what two processes gain over one, what the loader takes of it, the memory of the parent and of its workers, the
last tenth's time an article against the second's. Runs over one archive must come to the same content. Loading is compared with `executemany` of the same rows.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import hashlib
import json
import math
import os
import pickle
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import psutil

from benchmarks.apart import apart, cpu
from benchmarks.life import articles
from crawler.registry import Registry, load_registry
from data.archive import Archive
from data.batches import batches
from data.content import content_hash
from data.readings import TABLES, Found, Kept, bind
from data.rows import rows_of
from data.store import Store
from extract.pipeline import RULES, extract
from schemas.article import Article
from schemas.page import Fetch, Page
from schemas.vocabulary import State
from thidua import extracting
from thidua.demo.portal import Portal, Request, Sample
from thidua.demo.portals import all_portals
from thidua.inputs import IMPORT
from thidua.place import Place
from thidua.run import Run
from thidua.work import BATCH

ARTICLES = 100_000
COMPARED = PAGES = 10_000
PART = 200  # articles that are made at a time
LOADED, BY_ROW = 2_000, 100  # articles whose rows the store takes, and of them those that `executemany` gets
FIRST = dt.date(2013, 1, 1)
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class Look(NamedTuple):
    """How far a run was at a moment."""

    seconds: float
    articles: int
    parent: int  # MB in memory
    worker: int  # of the largest worker


class Extracted(NamedTuple):
    """What a run came to."""

    looks: list[Look]
    loading: float  # seconds of it that the loader took
    cpu: float  # seconds of all processes
    records: int
    content: str

    @property
    def rate(self) -> float:
        """Articles a second, start of the workers included."""
        return self.looks[-1].articles / self.looks[-1].seconds

    @property
    def slope(self) -> float:
        """Time an article of the last tenth against that of the second (the first has the start of the workers in it); not a number for a short run."""
        if len(self.looks) < 40:
            return math.nan
        tenths = [min(self.looks, key=lambda look: abs(look.articles - self.looks[-1].articles * tenth / 10)) for tenth in (1, 2, 9, 10)]
        one, two, nine, ten = tenths
        early, late = ((to.seconds - since.seconds) / max(1, to.articles - since.articles) for since, to in ((one, two), (nine, ten)))
        return late / early


def text_pages(count: int) -> Iterator[Page]:
    """Articles that came as JSON lines."""
    for number, text in enumerate(texts(count)):
        row = {"id": f"{number}", "title": text.partition("\n")[0][:90], "published_at": str(day(number)), "text": text}
        url = f"jsonl:{number}"
        yield Page(
            site=IMPORT,
            url=url,
            final_url=url,
            fetched_at=AT,
            kind="article_json",
            status=200,
            body=json.dumps(row, ensure_ascii=False).encode(),
        )


def html_pages(count: int) -> Iterator[Page]:
    """The same articles as the sample portals print them, by turns."""
    portals = [(type(portal)(), portal.articles) for portal in all_portals()]  # of our own: theirs are everybody's
    for number, text in enumerate(texts(count)):
        portal, own = portals[number % len(portals)]
        title, *paragraphs = text.split("\n")
        given: Sample = own[number % len(own)]
        told = {
            "id": 100_000 + number,
            "slug": f"bai-{number}",
            "title": title[:120],
            "paragraphs": tuple(paragraphs) or (title,),
            "picture": (),
            "template": "new",
        }
        yield rendered(portal, given.model_copy(update=told))


def rendered(portal: Portal, sample: Sample) -> Page:
    """A page of a sample portal."""
    portal.articles = (sample,)
    path = portal.path_of(sample)
    response = portal.respond(Request("GET", path, query={}, form={}, headers={"host": f"{portal.key}.example"}))
    if response.status != 200:
        raise SystemExit(f"{portal.key}: {path}: {response.status}")
    url = f"http://{portal.key}.example{path}"
    return Page(
        site=portal.key,
        url=url,
        final_url=url,
        fetched_at=AT,
        kind="article",
        status=200,
        headers=tuple(response.headers.items()),
        body=response.body,
    )


def texts(count: int) -> Iterator[str]:
    """So many articles."""
    for first in range(0, count, PART):
        yield from articles(min(PART, count - first), first)


def day(number: int) -> dt.date:
    """When an article was published."""
    return FIRST + dt.timedelta(days=number * 7919 % 4_500)


def fill(folder: Path, pages: Iterable[Page]) -> None:
    """An archive of pages."""
    with Archive(Place(folder).archive).writer("benchmark") as writer:
        for number, page in enumerate(pages):
            line = Fetch(run="benchmark", seq=number, site=page.site, url=page.url, kind=page.kind, state=State.OK, at=AT, status=200)
            writer.keep(page, line)


def extracted(folder: Path, workers: int) -> Extracted:
    """Extract an archive into a new store, as `thidua extract --everything` does. To be called in a process of its own."""
    place = Place(folder)
    place.work.unlink(missing_ok=True)
    process, looks, loading = psutil.Process(), [Look(0, 0, 0, 0)], 0.0
    keep, done = Store.keep, 0

    def kept(self: Store, readings: Any, pages: Any = ()) -> int:
        nonlocal loading, done
        begun = time.perf_counter()
        found = list(readings)
        changed = keep(self, found, pages)
        loading += time.perf_counter() - begun
        done += len(found)
        sizes = [child.memory_info().rss for child in process.children()]
        looks.append(Look(time.perf_counter() - started, done, process.memory_info().rss >> 20, max(sizes, default=0) >> 20))
        return changed

    Store.keep = kept  # type: ignore[method-assign]
    with registry() as sites, place.lock() as lock:
        run = Run(place, sites[1], lock, sites[0], {})
        started, worked = time.perf_counter(), cpu()
        status = extracting.extract(run, everything=True, workers=workers)
    if status:
        raise SystemExit(f"extract ended with {status}: {run.report}")
    return Extracted(looks, loading, cpu() - worked, int(run.report["extract"]["records"]), content_hash(place.work))


@contextlib.contextmanager
def registry() -> Iterator[tuple[Path, Registry]]:
    """The sites of the sample portals, on addresses that lead nowhere."""
    with as_file(files("thidua.demo").joinpath("sites")) as folder:
        yield folder, load_registry(folder, bases={portal.key: f"http://{portal.key}.example" for portal in all_portals()})


def compared(name: str, folder: Path, goal: float, processes: Sequence[int]) -> None:
    """Extract an archive by so many processes each time; print. SystemExit when they come to different contents."""
    found = {number: apart(extracted, folder, number) for number in processes}
    for number, one in found.items():
        last = one.looks[-1]
        promised = f" ({goal:.0f} promised)" if number == 2 else ""
        print(
            f"{name}, processes: {number}; {last.articles} in {last.seconds:.0f} s, {one.rate:.1f} a second{promised}, {1000 * one.cpu / last.articles:.1f} ms of CPU each; "
            f"{one.records} records; loading {one.loading:.0f} s; last tenth {one.slope:.2f} x the second; "
            f"MB: parent {one.looks[len(one.looks) // 10 + 1].parent} after a tenth, {last.parent} at the end, worker {max(look.worker for look in one.looks)}",
            flush=True,
        )
    if len({one.content for one in found.values()}) > 1:
        raise SystemExit("runs over one archive came to different contents")
    if len(found) > 1:
        print(f"{name}: two processes are {found[2].rate / found[1].rate:.2f} x one (1.75 promised); the same content", flush=True)


def loading(count: int, by_row: int) -> None:
    """Print how many times as many rows a second the store takes as `executemany`, made beforehand for both; `executemany` gets those of `by_row` articles."""
    readings = [extract(Article(id=hashlib.md5(text.encode()).hexdigest()[:16], text=text, read_by="given")) for text in texts(count)]
    plainly = [rows_of(reading, RULES, said="", read="") for reading in readings]
    number = sum(len(some) for one in plainly for some in one.values())
    begun = time.perf_counter()
    made = [found for some in batches(readings, BATCH) for found in pickle.loads(pickle.dumps(bind(some, RULES)))]
    making = (time.perf_counter() - begun) / count
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "a.duckdb") as store:
        begun = time.perf_counter()
        store.keep(Kept(found, None, RULES, "benchmark") for found in made if isinstance(found, Found))
        ours = number / (time.perf_counter() - begun)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "b.duckdb") as store:
        plain = {table: columns(store, table) for table in TABLES}
        few, rows = 0, dict[str, list[dict[str, Any]]]()
        for one in plainly[:by_row]:
            for table, some in one.items():
                rows.setdefault(table, []).extend({"version": 1, **row} if table == "articles" else row for row in some)
        begun = time.perf_counter()
        for table, some in rows.items():
            names = [name for name in plain[table] if some and name in some[0]]
            into, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
            if some:
                store.con.executemany(f"insert into {table} ({into}) values ({marks})", [[row[name] for name in names] for row in some])
                few += len(some)
        stock = few / (time.perf_counter() - begun)
    print(
        f"loading {count} articles: {ours:.0f} rows a second, versions, checksums and checkpoint included; executemany {stock:.0f}: {ours / stock:.0f} x (100 promised); "
        f"making their columns where they are read and taking these over {1000 * making:.2f} ms an article"
    )


def columns(store: Store, table: str) -> list[str]:
    """The columns of a table that hold one value: `executemany` knows no other, and is spared those."""
    found = store.con.table(table)
    return [name for name, kind in zip(found.columns, map(str, found.types), strict=True) if not re.search(r"\[|STRUCT|MAP", kind)]


def main() -> int:
    """Print all."""
    parser = argparse.ArgumentParser(description="from the archive to rows")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="as texts, extracted by two processes")
    parser.add_argument("--compared", type=int, default=COMPARED, help="as texts, extracted by one and by two")
    parser.add_argument("--loaded", type=int, default=LOADED, help="whose rows are loaded, beside executemany")
    parser.add_argument("--pages", type=int, default=PAGES, help="as HTML, extracted by one and by two")
    parser.add_argument("--folder", type=Path, help="keep the archives here, and take them from here when they are there")
    given = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; DuckDB {duckdb.__version__}")
    if given.loaded:
        loading(given.loaded, min(BY_ROW, given.loaded))
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        for name, goal, made, count, processes in (
            ("texts", 400.0, text_pages, given.compared, (2, 1)),
            ("pages of HTML", 250.0, html_pages, given.pages, (2, 1)),
            ("texts", 400.0, text_pages, given.articles, (2,)),
        ):
            if count:
                place = folder / f"{made.__name__}-{count}"
                if not place.exists():
                    fill(place, made(count))
                compared(name, place, goal, processes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
