"""The steps of a run as a whole: crawl -> read -> extract -> keep -> publish, each repeatable, under one lock."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

from data.ask import answer
from data.content import content_hash
from data.publish import open_published
from data.publish import publish as publish_file
from data.rows import SiteCheck
from data.store import Store
from thidua import say
from thidua.crawling import Crawl, fetch
from thidua.exits import DONE, FAILED, MISSED, NO_NETWORK
from thidua.extracting import extract
from thidua.health import judge
from thidua.run import Run


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
        tell_missed(check)
    return MISSED if checks else DONE


def tell_missed(check: SiteCheck) -> None:
    """Say what a site missed, and on which page, where there is one: a host that does not answer has none."""
    what = " ".join(part for part in (check.field, f"({', '.join(check.selectors)})" if check.selectors else "", check.detail) if part)
    look = say.text("degraded_look", where=check.url, page=check.page or "-") if check.url else ""
    say.complain("degraded", key=check.site, kind=check.kind, what=what, look=look)


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
