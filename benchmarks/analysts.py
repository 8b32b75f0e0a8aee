"""What analysts wait for, at full size: `python -m benchmarks.analysts`, 100,000 generated articles with over 5 million records (benchmarks/bulk.py).

Prints, by the clock and of CPU: publishing, stage by stage; each kind of page of `thidua serve` with varied words, filters, articles, provinces
and people, asked one after the other of the application in this process through Starlette's test client; every query of data/sql/recipes and docs/query.md;
the most memory of each step, which has a process of its own. Beside the times stands their ratio to something plain of the same run, for machines
differ and may be shared: look at the load. `--check` exits with 1 when one of the limits is not kept.
"""

from __future__ import annotations

import argparse
import functools
import os
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import duckdb
from starlette.testclient import TestClient

import data.publish
from benchmarks.apart import apart
from benchmarks.bulk import fill
from benchmarks.stories import SEED, Took, timing
from data.publish import open_published, publish
from data.snapshot import Snapshot
from data.statements import statements
from thidua.place import Place
from thidua.web.app import PAGES, application
from thidua.web.console import READY

PAGE, RECIPE, PUBLISH = 0.2, 1.0, 10.0  # seconds: p95 of a kind of page, one query, publishing
QUERIES = Path(__file__).parent.parent / "docs" / "query.md"
STAGES = (
    "cluster",
    "create_views",
    "comment_all",
    "content_as_kept",
    "put",
    "_export",
)  # of data/publish.py; the rest is to copy and to write
PAUSES = {"console": 1.0}  # seconds between two visits: a person reads an answer, and the next query's process starts meanwhile
FILES = {"/download/{table}.{form}", "/sql/answer.{form}", "/article/{article}/page/frame"}  # routes that are no pages


class Step(NamedTuple):
    """What one process measured."""

    times: dict[str, list[Took]]
    memory: int  # MB at most
    facts: dict[str, Any]


def publishing(work: Path, target: Path) -> Step:
    """Publish, and the same rows copied plainly."""
    times: dict[str, Took] = {}
    plain = target.with_name("plain.duckdb")
    with timing(times, "plain"), duckdb.connect() as con:
        con.execute(f"attach '{work}' as work (read_only); attach '{plain}' as plain; copy from database work to plain; detach plain")
    plain.unlink()
    parts: dict[str, Took] = {}
    for name in STAGES:
        setattr(data.publish, name, _timed(getattr(data.publish, name), name, parts))
    with timing(times, "publish"):
        publish(work, target, target.parent / "export")
    whole = times["publish"]
    others = list(parts.values())
    parts["in place"] = Took(
        whole.clock - parts["_export"].clock, whole.cpu - parts["_export"].cpu
    )  # readers have the file; Parquet comes after
    parts["rest"] = Took(whole.clock - sum(part.clock for part in others), whole.cpu - sum(part.cpu for part in others))
    facts = {
        "MB": target.stat().st_size >> 20,
        "MB of Parquet": sum(path.stat().st_size for path in target.parent.glob("export/*/*")) >> 20,
    }
    return Step({name: [took] for name, took in {**times, **parts}.items()}, _memory(), facts)


def _timed(function: Callable[..., Any], name: str, parts: dict[str, Took]) -> Callable[..., Any]:
    """A function that adds to its time."""

    @functools.wraps(function)
    def wrapped(*given: Any, **named: Any) -> Any:
        one: dict[str, Took] = {}
        with timing(one, name):
            found = function(*given, **named)
        before = parts.get(name, Took(0, 0))
        parts[name] = Took(before.clock + one[name].clock, before.cpu + one[name].cpu)
        return found

    return wrapped


def visiting(target: Path, visits: int) -> Step:
    """Every kind of page, one visit after the other."""
    times: dict[str, list[Took]] = {}
    one: dict[str, Took] = {}
    snapshot = Snapshot(target)
    with timing(one, "made ready"):
        app = application(Place(target.parent), snapshot, reviewer="visitor")  # who reviews sees every page
    times["made ready"] = [one["made ready"]]
    client = TestClient(app, base_url="http://127.0.0.1")
    READY.prepare()  # as `thidua serve` does
    with open_published(target) as con:
        asked = addresses(con, visits)
        times["plain"] = [_asked(con, PLAIN) for _ in range(5)]
    missing = {route for route in PAGES if route not in FILES} - {route for route, _ in asked.values()}
    for kind, (_, some) in asked.items():
        for address in some:
            time.sleep(PAUSES.get(kind, 0.0))
            with timing(one, kind):
                status = client.get(address).status_code
            if status != 200:
                raise SystemExit(f"{address}: {status}")
            times.setdefault(kind, []).append(one[kind])
    snapshot.close()
    return Step(times, _memory(), {"pages without a visit": sorted(missing)})


PLAIN = "select count(*) from articles where contains(text, 'khen thưởng')"  # what times are compared with: the texts, read once


def addresses(con: duckdb.DuckDBPyConnection, visits: int) -> dict[str, tuple[str, list[str]]]:
    """Kind of page -> its route and some addresses, drawn from what is published."""
    dice = random.Random(SEED)

    def column(query: str) -> list[Any]:
        return [value for (value,) in con.execute(query).fetchall()]

    articles = column(f"select article from articles using sample {visits} rows (reservoir, {SEED})")
    titles = column(f"select title from articles using sample {visits} rows (reservoir, {SEED})")
    texts = column(f"select text from articles using sample {visits} rows (reservoir, {SEED})")
    people = column(f"select name from (select distinct name from officials) using sample {visits} rows (reservoir, {SEED})")
    people += column(f"select name from (from recipients where kind = 'individual') using sample {visits} rows (reservoir, {SEED})")
    keys = column(f"select person from (from people where body is not null) using sample {visits} rows (reservoir, {SEED})")
    provinces = con.execute("select era, slug from provinces where era in ('new', 'old')").fetchall()
    awards = column("select distinct type from awards order by all")
    words = [line.split() for text in texts for line in text.split("\n") if len(line.split()) > 6]
    runs = [" ".join(run[start : start + 3]) for run in dice.sample(words, visits) for start in [dice.randrange(len(run) - 3)]]

    def pages(path: str, asked: Iterator[Mapping[str, object]] | Sequence[Mapping[str, object]]) -> list[str]:
        return [f"{path}?{urlencode(one)}" for one in asked]

    def bare(text: str) -> str:
        return con.execute("select replace(lower(strip_accents($t)), 'đ', 'd')", {"t": text}).fetchall()[0][0]  # type: ignore[no-any-return]

    def place() -> str:
        return "/".join(dice.choice(provinces))

    some = range(visits)
    return {
        "newest": ("/", pages("/", [{"page": number + 1} for number in some])),
        "a word": ("/", pages("/", [{"q": bare(run.split()[1])} for run in runs])),
        "a word with accents": ("/", pages("/", [{"q": run.split()[1]} for run in runs])),
        "three words of a text": ("/", pages("/", [{"q": bare(run)} for run in runs])),
        "three with accents": ("/", pages("/", [{"q": run} for run in runs])),
        "words of every text": ("/", pages("/", [{"q": words} for words in COMMON])),
        "a headline": ("/", pages("/", [{"q": title} for title in titles])),
        "filters": ("/", pages("/", [{"province": place(), "year": dice.randint(2014, 2024), "award": dice.choice(awards)} for _ in some])),
        "a filter": ("/", pages("/", [{dice.choice(("level", "status", "kind")): "province", "award": dice.choice(awards)} for _ in some])),
        "words and filters": ("/", pages("/", [{"q": bare(run), "province": place(), "status": "awarded"} for run in runs])),
        "far back": ("/", pages("/", [{"q": "khen", "page": 100 * number + 50} for number in some])),
        "article": ("/article/{article}", [f"/article/{article}" for article in articles]),
        "review": ("/article/{article}/review/{kind}/{key}", [f"/article/{article}/review/awards/new" for article in articles]),
        "page as fetched": ("/article/{article}/page", [f"/article/{article}/page" for article in articles]),
        "provinces": ("/provinces", ["/provinces"] * visits),
        "province": ("/province/{era}/{slug}", [f"/province/{era}/{slug}" for era, slug in dice.sample(provinces, visits)]),
        "people": ("/people", pages("/people", [{"page": number + 1} for number in some])),
        "people by words": ("/people", pages("/people", [{"q": bare(" ".join(one.split()[-2:]))} for one in people])),
        "person": ("/person/{person}", [f"/person/{bare(one).replace(' ', '-').replace('’', '')}" for one in people if "’" not in one]),
        "person with a body": ("/person/{person}", [f"/person/{quote(key)}" for key in keys]),
        "sites": ("/sites", ["/sites"] * 5),
        "tables": ("/tables", ["/tables"] * 5),
        "table": ("/table/{table}", [f"/table/{name}" for name in column("select table_name from information_schema.tables where table_schema = 'main'")]),
        "console": ("/sql", pages("/sql", [{"q": "select count(*) from articles"}] * 5)),
    }  # fmt: skip


COMMON = ["khen thưởng", "thi dua", "bang khen", "chủ tịch", "ngay", "tinh", "so noi vu", "ủy ban", "to chuc le trao thuong", "nam 2019"]


def asking(target: Path) -> Step:
    """Every query of the pages for analysts, each three times."""
    times: dict[str, list[Took]] = {}
    with open_published(target) as con:
        size = {kind: con.execute(f"select count(*) from {kind}").fetchall()[0][0] for kind in KINDS}
        times["plain"] = [_asked(con, PLAIN) for _ in range(5)]
        for name, query in {**statements("recipes"), **dict(queries(QUERIES.read_text(encoding="utf-8")))}.items():
            times[name] = [_asked(con, query) for _ in range(3)]
    return Step(times, _memory(), {"rows": size})


def queries(text: str) -> Iterator[tuple[str, str]]:
    """(heading and number, query) of each block of SQL of a page."""
    heading, number = "", 0
    for line, block in re.findall(r"^#+ ([^\n]+)$|^```sql\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        heading = line or heading
        if block:
            number += 1
            yield f"{number} {heading}"[:60], block


def _asked(con: duckdb.DuckDBPyConnection, query: str) -> Took:
    one: dict[str, Took] = {}
    with timing(one, "it"):
        con.execute(query).fetchall()
    return one["it"]


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def quantile(some: Sequence[float], share: float) -> float:
    """The smallest of them that so large a share does not pass."""
    return sorted(some)[max(0, -int(-share * len(some) // 1) - 1)]


def report(step: Step, limit: float | None) -> list[str]:
    """Print what was measured; the names of what took longer than its limit."""
    plain = statistics.median(took.clock for took in step.times["plain"])
    print(f"most memory {step.memory} MB; plain {plain:.3f} s; {step.facts}")
    print(f"{'':52}{'times':>6}{'p50':>8}{'p95':>8}{'max':>8}{'CPU p50':>9}{'p95/plain':>11}")
    late = []
    for name, took in step.times.items():
        clocks, cpus = [one.clock for one in took], [one.cpu for one in took]
        p95 = quantile(clocks, 0.95)
        row = (statistics.median(clocks), p95, max(clocks), statistics.median(cpus))
        print(f"{name[:52]:52}{len(took):6}{row[0]:8.3f}{row[1]:8.3f}{row[2]:8.3f}{row[3]:9.3f}{p95 / plain:11.2f}")
        if limit is not None and name not in ("plain", "made ready") and p95 > limit:
            late.append(name)
    return late


def main() -> int:
    """Generate, publish, visit, ask; print."""
    parser = argparse.ArgumentParser(description="what analysts wait for")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="keep what is generated here, and take it from here when it is there")
    parser.add_argument("--visits", type=int, default=30, help="of each kind of page")
    parser.add_argument("--published", action="store_true", help="do not publish again what is in the folder")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        work, target = folder / "work.duckdb", folder / "news.duckdb"
        if not work.exists():
            started = time.perf_counter()
            fill(work, given.articles)
            print(f"generated in {time.perf_counter() - started:.0f} s")
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; seconds by the clock, and of CPU of all threads")
        late: dict[str, list[str]] = {}
        if not (given.published and target.exists()):
            done = apart(publishing, work, target)
            print(f"\n== publishing; plain is COPY FROM DATABASE; limit {PUBLISH} s")
            report(done, None)
            late["publish"] = ["publish"] if done.times["publish"][0].clock > PUBLISH else []
        steps = (("queries", RECIPE, asking, ()), ("pages", PAGE, visiting, (given.visits,)))
        for title, limit, step, more in steps:
            done = apart(step, target, *more)
            print(f"\n== {title}; plain is {PLAIN}; limit of p95 {limit} s; load {os.getloadavg()[0]:.1f}")
            late[title] = report(done, limit)
    print("\nover their limits:", {title: names for title, names in late.items() if names} or "none")
    return int(given.check and any(late.values()))


KINDS = (
    "articles",
    "dates",
    "officials",
    "positions",
    "awards",
    "recipients",
    "counts",
    "events",
    "event_officials",
    "documents",
    "campaigns",
)

if __name__ == "__main__":
    sys.exit(main())
