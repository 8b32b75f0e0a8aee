"""The step of a run that reads what the archive holds and keeps its records in the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from importlib.metadata import version
from typing import NamedTuple, TypeVar

from crawler.site import Site
from data.archive import Archive
from data.batches import batches
from data.damage import Damage, Damaged
from data.readings import Found, bind
from data.store import Kept, PageRow, SiteRow, Store, page_key
from extract.pipeline import RULES
from schemas.article import Reject
from schemas.page import Fetch, Page
from thidua import say
from thidua.exits import DONE, FAILED, MISSED
from thidua.forgetting.sieve import Sieve
from thidua.forgetting.tombstones import Tombstones
from thidua.further_addresses import alias_rows
from thidua.place import typed
from thidua.run import Run, recover, tell_damage
from thidua.work import FAULT, EngineLost, read_all

SHOWN = 5  # pages that are no articles, told by address
BATCH = 1_000  # articles in one transaction, what a run that is cut off reads again; each looks once over the keys of all that is kept
READ = frozenset({"article", "dump", "article_json"})  # what of the archive is read as an article; lists and feeds are not


T = TypeVar("T")


class Cluster(NamedTuple):
    """A Dask cluster that reads in place of the processes here."""

    scheduler: str
    shared: str | None = None  # the data folder as its workers see it; none: as it is seen here


def extract(run: Run, *, everything: bool = False, workers: int = 1, cluster: Cluster | None = None) -> int:
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
        todo = (fetch for fetch in readable(run, archive) if page_key(fetch) not in done)
        total = store.unread(None if everything else RULES, READ, run.registry.broken)
        sieve = Sieve(Tombstones(run.place.forgotten), run.registry)
        if cluster:
            readings = say.progress(from_cluster(run, archive, todo, cluster), "extracting", total=total)
        else:
            pages = say.progress(whole_pages(run, archive, todo), "extracting", total=total)
            readings = read_all(pages, run.registry, partial(bind, rules=RULES), workers=workers)
        for batch in batches(until_lost(run, sieve.sift(readings)), BATCH):
            kept = [Kept(found, page_key(fetch), RULES, run.key) for (fetch, _), found in batch if isinstance(found, Found)]
            store.keep(kept, [PageRow.of(fetch, found, RULES, run=run.key, page=page) for (fetch, page), found in batch])
            for (fetch, _), found in batch:
                count["pages"] += 1
                if isinstance(found, Found):
                    count["articles"] += 1
                    count["records"] += found.records
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
        status = FAILED if "lost" in run.report else MISSED if count["faults"] or count["damaged"] else DONE
        run.report["extract"] = dict(count)
        store.end_run(run.key, status, summary=run.report)
    if cluster and status != FAILED:
        from thidua.shards import remove_parts

        remove_parts(shared_of(run, cluster))
    say.tell("extracted", **{name: count[name] for name in ("pages", "articles", "rejects", "records")})
    for fetch, found in rejected:
        say.tell("no_article", site=fetch.site, reason=found.reason, detail=f" ({found.detail})" if found.detail else "", url=fetch.url)
    if count["rejects"] > len(rejected):
        say.tell("more_rejects", more=count["rejects"] - len(rejected))
    return status


def readable(run: Run, archive: Archive) -> Iterator[Fetch]:
    """The lines of the ledger whose pages are read as articles."""
    return (fetch for fetch in archive.ledger() if fetch.warc and fetch.kind in READ and fetch.site not in run.registry.broken)


def shared_of(run: Run, cluster: Cluster) -> str:
    """The data folder as the workers see it."""
    return cluster.shared or str(run.place.folder.resolve())


def from_cluster(
    run: Run, archive: Archive, todo: Iterable[Fetch], cluster: Cluster
) -> Iterator[tuple[tuple[Fetch, Page], Found | Reject]]:
    """The pages to do, read by a Dask cluster in shards of the whole archive."""
    wanted = {page_key(fetch) for fetch in todo}
    try:
        from thidua.shards import read_shards, registry_digest, shards
    except ImportError as error:
        raise EngineLost(f"{error}: pip install 'thidua[dask]'") from None
    every = shards(readable(run, archive), registry_digest(run.registry))
    left = (shard for shard in every if any(page_key(fetch) in wanted for fetch in shard.fetches))
    for fetch, found in read_shards(cluster.scheduler, shared_of(run, cluster), left, run.registry):
        if isinstance(found, Damage):
            run.report.setdefault("damaged", []).append(str(found))
            tell_damage(found)
        elif page_key(fetch) in wanted:
            yield (fetch, found[0]), found[1]


def until_lost(run: Run, readings: Iterable[T]) -> Iterator[T]:
    """The readings up to where the engine was lost; that is told, and fails the run."""
    try:
        yield from readings
    except EngineLost as error:
        run.report["lost"] = str(error)
        say.complain("engine_lost", why=error)


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
