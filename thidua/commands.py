"""The commands that hold the lock, by name; taking files into the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from crawler.site import SiteError, load_registry
from data.archive import Archive
from data.store import StoreHeld
from schemas.page import Fetch, Page
from schemas.vocabulary import State
from thidua import say
from thidua.exits import DONE, FAILED, HELD, USAGE
from thidua.inputs import Given, Unreadable, inputs
from thidua.place import Locked, Place
from thidua.run import Run, extract, fetch, publish, rebuild, recover, whole


def command(name: str, data: Path | None, sites: Path | None, **options: Any) -> int:
    """Do one of the commands that hold the lock; its exit status."""
    place = Place.of(data)
    try:
        registry = load_registry(sites, overrides=place.folder / "sites.toml")
        with place.lock() as held:
            return COMMANDS[name](Run(place, registry, held, sites), **options)
    except SiteError as error:
        say.complain("bad_site", why=error)
        return USAGE
    except StoreHeld as opened:
        say.complain("unreadable", where=place.work, why=opened)
        return HELD
    except Locked as locked:
        say.complain("locked", folder=place.folder, holder=locked)
        return HELD


def import_files(run: Run, *, paths: Sequence[str], given: Given) -> int:
    """Take files into the archive; what is there already, byte for byte, is not taken twice."""
    recover(run)
    archive = Archive(run.place.archive)
    known = {(site, url): fetch.sha256 for (site, url), fetch in archive.states().items()}
    bodies = {sha256 for (_, url), sha256 in known.items() if url.startswith(("dump:", "file:"))}
    count: Counter[str] = Counter()
    with archive.writer(run.key) as writer:
        for one in say.progress(inputs(paths, given), "reading"):
            if isinstance(one, Unreadable):
                count["bad"] += 1
                say.complain("unreadable", where=one.where, why=one.why)
                continue
            site = run.registry.for_url(one.page.url)
            page = one.page.model_copy(update={"site": site.key}) if site and one.page.site == "import" else one.page
            nameless = page.url.startswith(("dump:", "file:"))  # the same bytes under another file name are the same page
            if known.get((page.site, page.url)) == page.sha256 or (nameless and page.sha256 in bodies):
                count["known"] += 1
                continue
            known[page.site, page.url] = page.sha256
            bodies |= {page.sha256} if nameless else set()
            writer.keep(page, fetch_of(page, run.key, count["pages"]))
            count["pages"] += 1
    say.tell("imported", archive=run.place.archive, pages=count["pages"], known=count["known"], bad=count["bad"])
    return FAILED if count["bad"] else DONE


def fetch_of(page: Page, run: str, seq: int) -> Fetch:
    """The ledger's line of an imported page."""
    return Fetch(run=run, seq=seq, site=page.site, url=page.url, kind=page.kind, state=State.OK, at=page.fetched_at, status=page.status)


COMMANDS: dict[str, Callable[..., int]] = {
    "crawl": fetch,
    "import": import_files,
    "extract": extract,
    "publish": publish,
    "run": whole,
    "rebuild": rebuild,
}
