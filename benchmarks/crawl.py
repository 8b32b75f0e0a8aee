"""The crawl of hundreds of sample sites on loopback, against a bare Scrapy spider: `python -m benchmarks.crawl`.

First the cases of benchmarks/crawl_case.py by turns at a small size, for their ratio and what robots.txt, archive and ledger cost; then
one crawl at full size, for its memory and its ledger. Prints; with `--check` exits with 1 when a promise is broken: at least RATIO of the
bare spider's articles a second, less than GROWTH MB more from page SETTLED on, every article in the ledger and in the archive, every
address there ok, none open, and asked for once, never two connections to a host. Politeness is off: no delay, no AutoThrottle.
The server is a process of its own and shares the machine; cases take turns and medians count, so only the ratios tell anything.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.crawl_case import BARE, CASES, Crawled, Order
from benchmarks.crawl_server import Portals, families, portals
from data.archive import Archive
from data.damage import Damaged
from schemas.page import Fetch
from schemas.vocabulary import State

RATIO = 0.6  # of the articles a second of the bare spider
GROWTH = 50.0  # MB from page SETTLED to the last one
SETTLED = 2_000
LONGEST = 3_600  # seconds of one crawl
SITES = Path(__file__).parent.parent / "thidua" / "demo" / "sites"
OURS = "thidua"


def registry(folder: Path, served: Portals, *, most: int | None = None) -> dict[str, str]:
    """Write the sites' tables, of the first `most` only; key -> its sample portal."""
    found, known = {}, families()
    folder.mkdir()
    for index, base in enumerate(served.bases[:most]):
        family = known[index % len(known)]
        key = f"{family}-{index:04}"
        text = (SITES / f"{family}.toml").read_text(encoding="utf-8")
        (folder / f"{key}.toml").write_text(text.replace("{base}", base), encoding="utf-8")
        found[key] = family
    return found


def warm_up(served: Portals, place: Path) -> None:
    """Have the server make its pages: one site of each family is enough."""
    known = registry(place / "first", served, most=len(families()))
    run(OURS, place / "warm", place / "first", known)
    served.seen()


def run(case: str, folder: Path, sites: Path, known: dict[str, str]) -> Crawled:
    """One case in a process of its own."""
    order = Order(case=case, registry=sites, archive=folder / "archive", families=known)
    command = [sys.executable, "-m", "benchmarks.crawl_case"]
    done = subprocess.run(command, input=order.model_dump_json(), capture_output=True, text=True, timeout=LONGEST, check=False)
    if done.returncode:
        raise RuntimeError(f"{case}: {done.stderr[-2000:]}")
    return Crawled.model_validate_json(done.stdout.splitlines()[-1])


def compare(number: int, articles: int, rounds: int, *, wanted: list[str]) -> list[str]:
    """Time the cases by turns, print a line for each, and return what breaks the promise."""
    rates: dict[str, list[float]] = {case: [] for case in (BARE, *CASES) if case == BARE or not wanted or case in wanted}
    costs: dict[str, list[float]] = {case: [] for case in rates}
    pages, broken = Counter[str](), []
    with tempfile.TemporaryDirectory() as place, portals(number, articles) as served:
        known = registry(sites := Path(place) / "sites", served)
        warm_up(served, Path(place))
        for turn in range(rounds):
            order = list(rates) if turn % 2 == 0 else list(rates)[::-1]
            for case in order:
                with tempfile.TemporaryDirectory() as folder:
                    done = run(case, Path(folder), sites, known)
                if done.articles != number * articles:
                    broken.append(f"{case}: {done.articles} articles of {number * articles}")
                if (most := served.seen()["connections"]) > 1 and case != BARE:  # in Scrapy 2.19 a host without a delay has no limit
                    broken.append(f"{case}: {most} connections to one host at once")
                rates[case].append(done.articles / done.seconds)
                costs[case].append(1000 * done.cpu / done.pages)
                pages[case] = done.pages
    print(f"{number} sites of {articles} articles, medians of {rounds} rounds")
    print(f"{'':26}{'articles/s':>12}{'x bare':>10}{'CPU ms/page':>14}{'x bare':>10}{'pages':>10}")
    for case, rate in rates.items():
        ratio = statistics.median(one / base for one, base in zip(rate, rates[BARE], strict=True))
        cost, base = statistics.median(costs[case]), statistics.median(costs[BARE])
        print(f"{case:26}{statistics.median(rate):12.0f}{ratio:10.2f}{cost:14.2f}{cost / base:10.2f}{pages[case]:10}")
        if case == OURS and ratio < RATIO:
            broken.append(f"{ratio:.2f} of the bare spider's articles a second; {RATIO} was promised")
    return broken


def at_large(number: int, articles: int) -> list[str]:
    """Crawl once at full size, print what came, and return what breaks the promise."""
    with tempfile.TemporaryDirectory() as place, portals(number, articles) as served:
        known = registry(sites := Path(place) / "sites", served)
        warm_up(served, Path(place))
        done = run(OURS, Path(place), sites, known)
        seen = served.seen()
        archive = Archive(Path(place) / "archive")
        states = dict(archive.states())
        broken = faults(archive, states, number * articles)
        size = sum(path.stat().st_size for path in archive.segments()) / 1e6
    final = Counter(str(fetch.state) for fetch in states.values())
    kinds = Counter(fetch.kind for fetch in states.values())
    print(f"\n{number} sites of {articles} articles: {done.pages} pages in {done.seconds:.0f} s, {done.pages / done.seconds:.0f} a second")
    print(f"ledger: {len(states)} addresses ({_told(kinds)}), newest states: {_told(final)}; archive: {size:.0f} MB")
    print(f"server: {seen['requests']} requests to {seen['hosts']} hosts, {seen['twice']} of them twice, ", end="")
    print(f"at most {seen['connections']} connection to a host at once")
    settled = [memory for page, memory in done.memory if page >= SETTLED]
    if len(settled) > 1:
        growth = max(settled) - settled[0]
        print(
            f"memory: {settled[0]:.0f} MB at page {SETTLED}, {settled[-1]:.0f} at the end, {max(settled):.0f} at most, growth {growth:.0f}"
        )
        if growth >= GROWTH:
            broken.append(f"memory grew by {growth:.0f} MB after page {SETTLED}; less than {GROWTH:.0f} was promised")
    shown = [f"{page}: {memory:.0f}" for page, memory in done.memory[:: max(1, len(done.memory) // 12)]]
    print(f"        MB by page: {', '.join(shown)}")
    if seen["connections"] > 1 or seen["twice"] or seen["hosts"] != number:
        broken.append(f"the server saw {seen}")
    if seen["requests"] != len(states):
        broken.append(f"{seen['requests']} requests, {len(states)} addresses in the ledger")
    return broken


def faults(archive: Archive, states: dict[tuple[str, str], Fetch], articles: int) -> list[str]:
    """What is wrong with the ledger of a crawl and its archive: every page is read back."""
    broken = [f"{url} is {fetch.state}" for (_, url), fetch in states.items() if fetch.state is not State.OK][:5]
    found = [fetch for fetch in states.values() if fetch.kind == "article" and fetch.state is State.OK]
    if len(found) != articles:
        broken.append(f"{len(found)} articles in the ledger of {articles}")
    bodies = set()
    for fetch in found:
        try:
            bodies.add(archive.page(fetch).sha256)
        except Damaged as error:
            broken.append(str(error))
    if len(bodies) != articles:
        broken.append(f"{len(bodies)} different articles in the archive of {articles}")
    return broken


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.most_common())


def main() -> int:
    """Print both tables; with --check the exit status judges them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sites", type=int, default=200, help="sites")
    options.add_argument("--pages", type=int, default=20_000, help="articles of all sites together, at full size")
    options.add_argument("--small", type=int, default=2_000, help="the same of each round of the comparison, on a fifth of the sites")
    options.add_argument("--rounds", type=int, default=5, help="rounds of the comparison; 0 leaves it out")
    options.add_argument("--cases", default="", help="cases of the comparison, with bars between them")
    options.add_argument("--check", action="store_true", help="exit with 1 when a promise is broken")
    given = options.parse_args()
    few, wanted = max(1, given.sites // 5), [case for case in given.cases.split("|") if case]
    broken = compare(few, max(1, given.small // few), given.rounds, wanted=wanted) if given.rounds else []
    broken += at_large(given.sites, max(1, given.pages // given.sites)) if given.pages else []
    for line in broken:
        print("BROKEN:", line)
    return 1 if given.check and broken else 0


if __name__ == "__main__":
    sys.exit(main())
