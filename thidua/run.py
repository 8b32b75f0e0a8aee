"""The run: crawl -> read -> extract -> keep -> publish, each step repeatable, under one lock, and the row that tells how it went."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.archive import Archive, Damage
from data.content import content_hash
from data.publish import publish as publish_file
from data.store import Kept, PageRow, Store, page_key
from data.verify import verify

from crawler.site import Registry, Site, SiteError, load_registry
from extract.pipeline import RULES
from schemas.article import Reject
from schemas.page import Fetch, Page
from schemas.reading import Reading
from schemas.vocabulary import State
from thidua import say
from thidua.fetch import Order
from thidua.inputs import Given, Unreadable, inputs
from thidua.place import Locked, Place
from thidua.work import read_all

BATCH = 64  # articles in one transaction
READ = frozenset({"article", "dump", "article_json"})  # what of the archive is read as an article; lists and feeds are not
DONE, FAILED, USAGE, MISSED, HELD, NO_NETWORK = 0, 1, 2, 3, 4, 75


@dataclass(frozen=True)
class Crawl:
    """What the command line asks of a crawl."""

    keys: tuple[str, ...] = ()
    kind: str | None = None
    since: dt.date | None = None
    pages: int | None = None
    seconds: float | None = None


@dataclass
class Run:
    """One run: where it works, on which registry, and what it did."""

    place: Place
    registry: Registry
    folder: Path | None = None  # of the registry, when it is not the package's own
    bases: dict[str, str] | None = None  # addresses of sample portals
    key: str = field(default_factory=lambda: f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{os.getpid()}")
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def overrides(self) -> Path:
        """The operator's own words on sites."""
        return self.place.folder / "sites.toml"


def command(name: str, data: Path | None, sites: Path | None, **options: Any) -> int:
    """Do one of the commands that hold the lock; its exit status."""
    place = Place.of(data)
    try:
        registry = load_registry(sites, overrides=place.folder / "sites.toml")
        with place.lock():
            return COMMANDS[name](Run(place, registry, sites), **options)
    except SiteError as error:
        say.complain("bad_site", why=error)
        return USAGE
    except Locked as held:
        say.complain("locked", folder=place.folder, holder=held)
        return HELD


# ------------------------------------------------------------------ the steps


def crawl(run: Run, *, crawl: Crawl) -> int:
    """Fetch what is new into the archive."""
    sites = chosen(run, crawl)
    if not sites:
        say.complain("no_live_site", path=run.overrides)
        return MISSED
    recover(run)
    say.tell("crawling", sites=len(sites), names=", ".join(site.key for site in sites))
    order = Order(
        run=run.key,
        archive=run.place.archive,
        sites=tuple(site.key for site in sites),
        registry=run.folder,
        overrides=run.overrides,
        bases=run.bases,
        since=crawl.since,
        pages=crawl.pages,
        seconds=crawl.seconds,
        allow_loopback=run.bases is not None,
    )
    done = subprocess.run(
        [sys.executable, "-m", "thidua.fetch"], input=order.model_dump_json(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or [""])[-1]
        say.complain("crawl_failed", code=done.returncode, archive=run.place.archive, why=why)
        return FAILED
    states = Counter(str(fetch.state) for fetch in Archive(run.place.archive).states().values() if fetch.run == run.key)
    reasons = Counter(fetch.reason for fetch in Archive(run.place.archive).states().values() if fetch.run == run.key and fetch.reason)
    run.report["crawl"] = {**{state.value: states[state.value] for state in State}, "reasons": dict(reasons)}
    say.tell("crawled", **{state.value: states[state.value] for state in State})
    unreachable = {State.FAILED.value, State.RETRY_AT.value}
    if states and set(states) <= unreachable and set(reasons) <= {"dns", "connect", "timeout"}:
        say.complain("network")
        return NO_NETWORK
    return DONE


def chosen(run: Run, crawl: Crawl) -> list[Site]:
    """The named sites, drafts too (and says so), else all live ones. SiteError for a key that nobody knows."""
    if crawl.keys:
        sites = [run.registry.site(key) for key in crawl.keys]
        for site in sites:
            if site.status != "live":
                say.tell("draft", key=site.key)
    else:
        sites = [site for site in run.registry.sites if site.status == "live"]
    return [site for site in sites if crawl.kind in (None, site.kind)]


def import_files(run: Run, *, paths: Sequence[str], given: Given) -> int:
    """Take files into the archive; what is there already, byte for byte, is not taken twice."""
    recover(run)
    archive = Archive(run.place.archive)
    known = {(site, url): fetch.sha256 for (site, url), fetch in archive.states().items()}
    count: Counter[str] = Counter()
    with archive.writer(run.key) as writer:
        for one in say.progress(inputs(paths, given), "reading"):
            if isinstance(one, Unreadable):
                count["bad"] += 1
                say.complain("unreadable", where=one.where, why=one.why)
                continue
            site = run.registry.for_url(one.page.url)
            page = one.page.model_copy(update={"site": site.key}) if site and one.page.site == "import" else one.page
            if known.get((page.site, page.url)) == page.sha256:
                count["known"] += 1
                continue
            known[page.site, page.url] = page.sha256
            writer.keep(page, fetch_of(page, run.key, count["pages"]))
            count["pages"] += 1
    say.tell("imported", archive=run.place.archive, pages=count["pages"], known=count["known"], bad=count["bad"])
    return FAILED if count["bad"] else DONE


def fetch_of(page: Page, run: str, seq: int) -> Fetch:
    """The ledger's line of an imported page."""
    return Fetch(run=run, seq=seq, site=page.site, url=page.url, kind=page.kind, state=State.OK, at=page.fetched_at, status=page.status)


def extract(run: Run, *, everything: bool = False, workers: int = 1) -> int:
    """Read what the archive holds and the store has not, or has by older rules, and keep its records."""
    recover(run)
    archive = Archive(run.place.archive)
    count: Counter[str] = Counter()
    with Store.open(run.place.work) as store:
        store.keep_sites(site.model_dump(mode="json") for site in run.registry.sites)
        store.copy_ledger(archive.ledger())
        done = set() if everything else store.done(RULES)
        todo = [fetch for fetch in archive.ledger() if fetch.warc and fetch.kind in READ and page_key(fetch) not in done]
        pages = ((fetch, archive.page(fetch)) for fetch in todo)
        readings = read_all(say.progress(pages, "extracting", total=len(todo)), run.registry, workers=workers)
        for batch in batches(readings, BATCH):
            store.keep(
                [PageRow.of(fetch, found, RULES) for fetch, found in batch],
                [Kept(found, page_key(fetch), RULES, fetch.at) for fetch, found in batch if isinstance(found, Reading)],
            )
            for fetch, found in batch:
                count["pages"] += 1
                if isinstance(found, Reject):
                    count["rejects"] += 1
                    if found.reason == "fault":
                        count["faults"] += 1
                        say.complain("fault", where=fetch.url, why=found.detail)
                else:
                    count["articles"] += 1
                    count["records"] += sum(len(getattr(found, kind)) for kind in ("dates", "officials", "awards", "counts", "events"))
    run.report["extract"] = dict(count)
    say.tell("extracted", **{name: count[name] for name in ("pages", "articles", "rejects", "records")})
    return MISSED if count["faults"] else DONE


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most `size` items."""
    each = iter(items)
    return iter(lambda: list(itertools.islice(each, size)), [])


def publish(run: Run) -> int:
    """Publish the store for readers."""
    if not run.place.work.exists():
        say.complain("nothing_published", path=run.place.work)
        return FAILED
    articles = publish_file(run.place.work, run.place.published, run.place.export)
    say.tell("published", path=run.place.published, export=run.place.export, articles=articles)
    return DONE


def whole(run: Run, *, crawl: Crawl, workers: int = 1, report: Path | None = None) -> int:
    """Crawl, extract, publish. What was fetched is extracted and published also when the crawl fell short."""
    fetched = STEPS["crawl"](run, crawl=crawl)
    status = fetched if fetched in (FAILED, NO_NETWORK) else max(fetched, extract(run, workers=workers), publish(run) and MISSED)
    if report:
        report.write_text(json.dumps({"run": run.key, "status": status, **run.report}, ensure_ascii=False, indent=1), encoding="utf-8")
    return status


def rebuild(run: Run, *, workers: int = 1) -> int:
    """Make the store anew from the archive. The old one is set aside until the new one is whole."""
    aside = run.place.work.with_suffix(".duckdb.old")
    for old, new in ((run.place.work, aside), (_wal(run.place.work), _wal(aside))):
        new.unlink(missing_ok=True)
        if old.exists():
            shutil.move(old, new)
    status = extract(run, workers=workers)
    publish(run)
    for old in (aside, _wal(aside)):
        old.unlink(missing_ok=True)
    say.tell("rebuilt", hash=content_hash(run.place.published))
    return status


def _wal(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def recover(run: Run) -> None:
    """Set aside what a killed run left half written, and say so."""
    run.place.archive.mkdir(parents=True, exist_ok=True)
    for damage in Archive(run.place.archive).recover():
        tell_damage(damage)


def tell_damage(damage: Damage) -> None:
    """One line for a damage."""
    say.complain("damage", where=damage.where, what=damage.what, todo=damage.todo)


def verify_place(data: Path | None) -> int:
    """Archive, store and published file against each other."""
    place = Place.of(data).readable()
    found = verify(place.folder)
    for damage in found.damages:
        tell_damage(damage)
    if found.damages:
        say.complain("damaged", number=len(found.damages))
        return FAILED
    say.tell("verified", records=found.records, articles=found.articles)
    return DONE


STEPS: dict[str, Callable[..., int]] = {"crawl": crawl}
COMMANDS: dict[str, Callable[..., int]] = {
    "crawl": crawl,
    "import": import_files,
    "extract": extract,
    "publish": publish,
    "run": whole,
    "rebuild": rebuild,
}
