"""The commands that hold the lock, by name; taking files into the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from crawler.registry import load_registry
from crawler.site import SiteError
from data.archive import Archive, Revisit
from data.store import StoreHeld
from schemas.page import IMPORT, TRUNCATED, Fetch, Page
from schemas.vocabulary import State
from thidua import say
from thidua.crawling import fetch
from thidua.demo.again import demo_run
from thidua.exits import DONE, FAILED, HELD, MISSED, USAGE
from thidua.extracting import extract
from thidua.forgetting.cleansing import finish
from thidua.forgetting.command import forget
from thidua.forgetting.sieve import Sieve
from thidua.forgetting.tombstones import Tombstones
from thidua.history import Choice, Known
from thidua.inputs import Given, Unreadable, inputs
from thidua.notify import notify as tell_of
from thidua.place import Locked, Place
from thidua.run import Run, recover
from thidua.steps import publish, rebuild, whole

WHOLE = frozenset({"import", "rebuild"})  # what a site that is left out would lose by


def command(name: str, data: Path | None, sites: Path | None, *, notify: str | None = None, **options: Any) -> int:
    """Do one of the commands that hold the lock; its exit status. `notify`: a command that is told of any but 0 (thidua/notify.py)."""
    report: dict[str, Any] = {}
    try:
        status = _command(name, Place.of(data), sites, report, options)
    except BaseException as error:
        status, report["error"] = FAILED, repr(error)
        raise
    finally:
        if notify and status:
            tell_of(notify, {"status": status, **report})
    return status


def _command(name: str, place: Place, sites: Path | None, report: dict[str, Any], options: Mapping[str, Any]) -> int:
    """The same; what there is to tell of it is put into the report."""
    try:
        registry = load_registry(sites, overrides=place.folder / "sites.toml")
        left_out = [*registry.broken.values()]
        if left_out and name in WHOLE:
            raise SiteError("\n".join(left_out))
        for why in left_out:
            say.complain("site_left_out", why=why)
        with place.lock() as held:
            run = Run(place, registry, held, sites, report=report)
            if name == "forget" and sites is None and (demo := place.readable()) != place:
                say.tell("using_demo", folder=place.folder, demo=demo.folder)
                run = demo_run(demo, held)
            report["run"] = run.key
            if left_out:
                report["left_out"] = left_out
            finish(run)
            status = COMMANDS[name](run, **options)
            return MISSED if left_out and status == DONE else status
    except SiteError as error:
        say.complain("bad_site", why=error)
        report["error"] = str(error)
        return USAGE
    except StoreHeld as opened:
        say.complain("unreadable", where=place.work, why=opened)
        report["error"] = str(opened)
        return HELD
    except Locked as locked:
        say.complain("locked", folder=place.folder, holder=locked)
        report["error"] = f"locked by {locked}"
        return HELD


def import_files(run: Run, *, paths: Sequence[str], given: Given, all_hosts: bool = False) -> int:
    """Take files into the archive; what is there already, byte for byte, is not taken twice. Of WARC files the news of registered hosts."""
    recover(run)
    archive = Archive(run.place.archive)
    choice = Choice(run.registry, site=given.site, all_hosts=all_hosts)
    known = Known(archive)
    sieve = Sieve(Tombstones(run.place.forgotten), run.registry)
    count: Counter[str] = Counter()
    with archive.writer(run.key) as writer:
        for one in say.progress(inputs(paths, given, choice.wanted), "reading"):
            if isinstance(one, Unreadable):
                count["bad"] += 1
                say.complain("unreadable", where=one.where, why=one.why)
                continue
            if isinstance(one, Revisit):
                if one.of == one.url or one.status == 304:  # the same page once more
                    count["known" if known.has_address(one.url) else "revisits"] += 1
                    continue
                writer.flush()  # the other page may have come in just now
                found = known.page_of(one)
                if found is None:
                    count["revisits"] += 1
                    continue
                page, history = found.model_copy(update={"site": given.site or found.site}), True
            else:
                page, history = one.page, one.history
            site = run.registry.for_url(page.url, page.fetched_on) if page.site == "import" else None
            page = page.model_copy(update={"site": site.key}) if site else page
            sifted = sieve.sifted(page)
            if sifted is None:
                count["forgotten"] += 1
                continue
            page = sifted
            if known.has(page, history=history):
                count["known"] += 1
                continue
            known.add(writer.keep(page, fetch_of(page, run.key, count["pages"], history=history)))
            count["pages"] += 1
    say.tell("imported", archive=run.place.archive, pages=count["pages"], known=count["known"], bad=count["bad"])
    if count["forgotten"]:
        say.tell("kept_out", number=count["forgotten"])
    left_out = {**choice.left_out, "revisits": count["revisits"]}
    if any(left_out.values()):
        say.tell("left_out", **left_out)
    return FAILED if count["bad"] else DONE


def fetch_of(page: Page, run: str, seq: int, *, history: bool) -> Fetch:
    """The ledger's line of an imported page; the reason tells that a WARC file had it, or only its beginning."""
    reason = (TRUNCATED if page.truncated else IMPORT) if history else None
    return Fetch(
        run=run,
        seq=seq,
        site=page.site,
        url=page.url,
        kind=page.kind,
        state=State.OK,
        reason=reason,
        at=page.fetched_at,
        status=page.status,
    )


COMMANDS: dict[str, Callable[..., int]] = {
    "crawl": fetch,
    "import": import_files,
    "extract": extract,
    "publish": publish,
    "run": whole,
    "rebuild": rebuild,
    "forget": forget,
}
