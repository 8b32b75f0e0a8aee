"""The run: crawl -> read -> extract -> keep -> publish, each step repeatable, under one lock, and the row that tells how it went."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from crawler.journal import CrawlSummary
from crawler.registry import Registry
from crawler.share import Share, keys_of
from crawler.site import Site
from data.archive import Archive
from data.ask import answer
from data.batches import batches
from data.content import content_hash
from data.damage import Damage, Damaged
from data.disk import FLOOR, free
from data.publish import open_published
from data.publish import publish as publish_file
from data.store import Kept, PageRow, SiteRow, Store, page_key
from data.verify import verify
from extract.pipeline import RECORDS, RULES
from schemas.article import VIETNAM, Reject
from schemas.page import Fetch, Page
from schemas.reading import Reading
from schemas.vocabulary import State
from thidua import say
from thidua.exits import DONE, FAILED, MISSED, NO_NETWORK
from thidua.fetch import Order
from thidua.forgetting.sieve import Sieve
from thidua.forgetting.tombstones import Tombstones
from thidua.further_addresses import alias_rows
from thidua.health import judge
from thidua.place import Place, typed
from thidua.resolvers import second_resolvers
from thidua.sites.registry import option_of
from thidua.work import FAULT, read_all

SHOWN = 5  # pages that are no articles, told by address
BATCH = 500  # articles in one transaction; small ones cost a checkpoint each
UNREACHABLE = frozenset(
    {"failed:dns", "failed:connect", "failed:timeout", "retry_at:robots", "retry_at:dns", "retry_at:connect", "retry_at:timeout"}
)
READ = frozenset({"article", "dump", "article_json"})  # what of the archive is read as an article; lists and feeds are not


@dataclass(frozen=True)
class Crawl:
    """What the command line asks of a crawl."""

    keys: tuple[str, ...] = ()
    kind: str | None = None
    since: dt.date | None = None
    pages: int | None = None
    seconds: float | None = None
    floor: int = FLOOR  # bytes of the disk that stay free
    share: Share | None = None


@dataclass
class Run:
    """One run: where it works, on which registry, and what it did."""

    place: Place
    registry: Registry
    held: int  # file descriptor of the lock
    folder: Path | None = None  # of the registry, when it is not the package's own
    bases: dict[str, str] | None = None  # addresses of sample portals
    key: str = field(default_factory=lambda: f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{os.getpid()}")
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def overrides(self) -> Path:
        """The operator's own words on sites."""
        return self.place.folder / "sites.toml"


# ------------------------------------------------------------------ the steps


def fetch(run: Run, *, crawl: Crawl) -> int:
    """Fetch what is new into the archive."""
    sites = chosen(run, crawl)
    if not sites and crawl.share and chosen(run, replace(crawl, share=None)):
        say.tell("empty_share", number=crawl.share.number, of=crawl.share.of)
        return DONE
    if not sites:
        say.complain("no_live_site", path=run.overrides, option=option_of(run.folder))
        return MISSED
    try:
        resolvers = second_resolvers()
    except ValueError as error:
        say.complain("bad_resolver", why=error)
        return FAILED
    recover(run)
    if free(run.place.archive) < crawl.floor:
        return disk_low(run, crawl)
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
        floor=crawl.floor,
        allow_loopback=run.folder is not None,
        resolvers=resolvers,
        forgotten=run.place.forgotten,
    )
    done = subprocess.run(
        [sys.executable, "-m", "thidua.fetch"],
        input=order.model_dump_json(),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        pass_fds=(run.held,),  # the archive is not free before the child has ended too
    )
    if done.returncode:
        say.complain("crawl_failed", code=done.returncode, archive=run.place.archive)
        return FAILED
    summary = CrawlSummary.model_validate_json(done.stdout.splitlines()[-1])
    run.report["crawl"] = summary.model_dump(mode="json")
    states: Counter[str] = Counter()
    for label, number in summary.states.items():
        states[label.partition(":")[0]] += number
    say.tell("crawled", **{state.value: states[state.value] for state in State})
    for key, number in summary.archive_left.items():
        say.tell("archive_left", key=key, number=number, since=crawl.since)
    if summary.ended == "disk":
        return disk_low(run, crawl)
    for key, why in summary.closed.items():
        say.complain("closed", key=key, why=why)
    if summary.second_resolver:
        say.complain("second_resolver", names=", ".join(summary.second_resolver), servers=", ".join(resolvers))
    if summary.states and all(label in UNREACHABLE for label in summary.states):
        say.complain("network")
        return NO_NETWORK
    return MISSED if summary.closed or len(summary.sites) < len(sites) else DONE


def disk_low(run: Run, crawl: Crawl) -> int:
    """Say that there is no room to fetch more."""
    say.complain("disk_low", folder=run.place.archive, free=free(run.place.archive) >> 20, least=crawl.floor >> 20)
    return FAILED


def chosen(run: Run, crawl: Crawl) -> list[Site]:
    """The named sites, drafts too (and says so), else all live ones; none of another share, none whose definition does not hold today.

    SiteError for a key that nobody knows.
    """
    today = dt.datetime.now(VIETNAM).date()
    if crawl.keys:
        sites = [run.registry.site(key) for key in crawl.keys]
        for site in sites:
            if not site.holds_on(today):
                say.complain("not_valid", key=site.key, since=site.valid_from or "…", until=site.valid_to or "…")
            elif site.status != "live":
                say.tell("draft", key=site.key)
    else:
        sites = [site for site in run.registry.sites if site.status == "live"]
    sites = [site for site in sites if crawl.kind in (None, site.kind) and site.holds_on(today)]
    if crawl.share is None:
        return sites
    own = keys_of(crawl.share, run.registry.sites)
    return [site for site in sites if site.key in own]


def extract(run: Run, *, everything: bool = False, workers: int = 1) -> int:
    """Read what the archive holds and the store has not, or has by older rules, and keep its records."""
    recover(run)
    archive = Archive(run.place.archive)
    count: Counter[str] = Counter()
    rejected: list[tuple[Fetch, Reject]] = []
    with Store.open(run.place.work) as store:
        store.begin_run(run.key, typed(), version=version("thidua"))
        store.keep_sites(map(site_row, run.registry.sites))
        store.copy_ledger(archive.numbered())
        done = set() if everything else store.done(RULES)
        todo = [
            fetch
            for fetch in archive.ledger()
            if fetch.warc and fetch.kind in READ and fetch.site not in run.registry.broken and page_key(fetch) not in done
        ]
        pages = whole_pages(run, archive, todo)
        sieve = Sieve(Tombstones(run.place.forgotten), run.registry)
        readings = sieve.sift(read_all(say.progress(pages, "extracting", total=len(todo)), run.registry, workers=workers))
        for batch in batches(readings, BATCH):
            kept = [Kept(found, page_key(fetch), RULES, run.key) for (fetch, _), found in batch if isinstance(found, Reading)]
            store.keep(kept, [PageRow.of(fetch, found, RULES, run=run.key, page=page) for (fetch, page), found in batch])
            for (fetch, _), found in batch:
                count["pages"] += 1
                if isinstance(found, Reading):
                    count["articles"] += 1
                    count["records"] += sum(len(getattr(found, kind)) for kind in RECORDS)
                    count["stripped"] += sum(int(told[9:]) for told in found.warnings if told.startswith("stripped:"))  # bytes
                    continue
                count["rejects"] += 1
                if len(rejected) < SHOWN:
                    rejected.append((fetch, found))
                if found.reason == FAULT:
                    count["faults"] += 1
                    say.complain("fault", where=fetch.url, why=found.detail)
        store.keep_aliases(alias_rows(store, run.registry))
        sieve.remember()
        count["damaged"] = len(run.report.get("damaged", ()))
        status = MISSED if count["faults"] or count["damaged"] else DONE
        run.report["extract"] = dict(count)
        store.end_run(run.key, status, summary=run.report)
    say.tell("extracted", **{name: count[name] for name in ("pages", "articles", "rejects", "records")})
    for fetch, found in rejected:
        say.tell("no_article", site=fetch.site, reason=found.reason, detail=f" ({found.detail})" if found.detail else "", url=fetch.url)
    if count["rejects"] > len(rejected):
        say.tell("more_rejects", more=count["rejects"] - len(rejected))
    return status


def whole_pages(run: Run, archive: Archive, todo: Iterable[Fetch]) -> Iterator[tuple[tuple[Fetch, Page], Page]]:
    """Each page of the archive beside its line; one that is damaged is named and left for `rebuild` or another crawl."""
    for fetch in todo:
        try:
            page = archive.page(fetch)
        except Damaged as error:
            run.report.setdefault("damaged", []).append(str(error.damage))
            tell_damage(error.damage)
        else:
            yield (fetch, page.model_copy(update={"body": b""})), page


def site_row(site: Site) -> SiteRow:
    """A publisher as the store knows it."""
    return SiteRow(
        site=site.key,
        name=site.name,
        kind=site.kind,
        province=site.province or site.province_on(None),
        platform=site.platform,
        status=site.status,
        hosts=site.hosts,
        articles_a_month=site.expect.articles_a_month,
        newest_days=site.expect.newest_days,
    )


def publish(run: Run) -> int:
    """Publish the store for readers."""
    if not run.place.work.exists():
        say.complain("nothing_published", path=run.place.work)
        return FAILED
    published = publish_file(run.place.work, run.place.published, run.place.export)
    run.report["published"] = {"articles": published.articles, "content": published.content}
    say.tell("published", path=run.place.published, export=run.place.export, articles=published.articles)
    with open_published(run.place.published) as con:
        suspects = answer(con, "suspects").rows
    if suspects:
        run.report["published"]["suspects"] = dict(suspects)
        say.complain("suspects", articles=sum(number for _, number in suspects), sites=", ".join(site for site, _ in suspects))
    return DONE


def whole(run: Run, *, crawl: Crawl, workers: int = 1, report: Path | None = None) -> int:
    """Crawl, extract, publish. What was fetched is extracted and published also when the crawl fell short."""
    fetched = fetch(run, crawl=crawl)
    extracted = extract(run, workers=workers)
    judged = judge_sites(run)
    published = publish(run)
    status = next((one for one in (FAILED, NO_NETWORK, MISSED) if one in (fetched, extracted, judged, published)), DONE)
    if report:
        report.write_text(json.dumps({**run.report, "run": run.key, "status": status}, ensure_ascii=False, indent=1), encoding="utf-8")
    return status


def judge_sites(run: Run) -> int:
    """Judge the sites that this run has crawled; what they missed is kept and told."""
    crawl = run.report.get("crawl")
    if not crawl or crawl["ended"] != "finished":
        return DONE  # a run that was cut off tells nothing of a site
    sites = [run.registry.site(key) for key in crawl["sites"]]
    with Store.open(run.place.work) as store:
        checks = judge(store, run.key, sites, crawl, now=dt.datetime.now(dt.UTC))
        store.keep_checks(checks)
    run.report["missed"] = [check.model_dump(mode="json", by_alias=True) for check in checks]
    for check in checks:
        what = " ".join(part for part in (check.field, f"({', '.join(check.selectors)})" if check.selectors else "") if part)
        say.complain(
            "degraded", key=check.site, kind=check.kind, what=what, detail=check.detail, where=check.url or "-", page=check.page or "-"
        )
    return MISSED if checks else DONE


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
