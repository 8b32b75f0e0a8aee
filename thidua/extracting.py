"""The step of a run that reads what the archive holds and keeps its records in the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from crawler.site import Site
from data.archive import Archive
from data.batches import batches
from data.damage import Damaged
from data.store import Kept, PageRow, SiteRow, Store, page_key
from extract.pipeline import RECORDS, RULES
from schemas.article import Reject
from schemas.page import Fetch, Page
from schemas.reading import Reading
from thidua import say
from thidua.exits import DONE, MISSED
from thidua.forgetting.sieve import Sieve
from thidua.forgetting.tombstones import Tombstones
from thidua.further_addresses import alias_rows
from thidua.place import typed
from thidua.run import Run, recover, tell_damage
from thidua.work import FAULT, read_all

SHOWN = 5  # pages that are no articles, told by address
BATCH = 500  # articles in one transaction; small ones cost a checkpoint each
READ = frozenset({"article", "dump", "article_json"})  # what of the archive is read as an article; lists and feeds are not


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
