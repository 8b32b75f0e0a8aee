"""What each site missed of what is expected of it (`[expect]` of its definition) and of what it gave before: the judgement at the end of a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawler.site import Site
from data.ask import answer
from data.rows import SiteCheck
from data.store import Store
from schemas.article import VIETNAM

FEW = 3  # articles below which a share tells nothing
MONTH = 30  # days
WEEK = 7  # days of history below which a site's rate tells nothing
USUAL = 0.5  # share of earlier articles that had a field: now it is missed
FIELDS = ("title", "published_at", "lead", "author", "source", "section")
ALWAYS = ("title", "published_at")  # fields that a declared selector must find at least once
# Class of a failure by the ledger's reason; any other reason is its own class
CLASSES = {
    "timeout": "connect",
    "reset": "connect",
    "circuit": "connect",
    "bad-header": "connect",
    "http-401": "blocked",
    "http-403": "blocked",
    "http-429": "blocked",
    "no_body": "layout",
    "list": "layout",
}
NETWORK = ("dns", "connect", "tls")  # classes of faults that are none of the site's rules
OK = ("ok", "unchanged")


def judge(store: Store, run: str, sites: Sequence[Site], crawl: Mapping[str, Any], *, now: dt.datetime) -> list[SiteCheck]:
    """The expectations that the sites of a crawl missed; `crawl` is its summary (crawler/journal.py, CrawlSummary) as JSON."""
    facts = _by_site(store, "site_facts", run=run)
    history = _by_site(store, "site_history", run=run, since=now.astimezone(dt.UTC).replace(tzinfo=None) - dt.timedelta(days=MONTH))
    fields: dict[str, dict[str, dict[str, Any]]] = {}
    for row in _rows(store, "field_facts", run=run):
        fields.setdefault(row["site"], {})[row["field"]] = row
    found = []
    for site in sites:
        checks = [
            *_reach(site, crawl),
            *_lists(site, crawl),
            *_articles(site, facts.get(site.key, {}), history.get(site.key, {}), fields.get(site.key, {})),
            *_time(site, history.get(site.key, {}), now),
        ]
        found += [check.model_copy(update={"run": run, "site": site.key}) for check in checks]
    return found


def _rows(store: Store, name: str, **values: object) -> Iterator[dict[str, Any]]:
    found = answer(store.con, name, **values)
    return (dict(zip(found.columns, row, strict=True)) for row in found.rows)


def _by_site(store: Store, name: str, **values: object) -> dict[str, dict[str, Any]]:
    return {row["site"]: row for row in _rows(store, name, **values)}


def _check(kind: str, detail: str, **more: Any) -> SiteCheck:
    return SiteCheck.model_validate({"run": "", "site": "", "class": kind, "detail": detail, **more})


def _reach(site: Site, crawl: Mapping[str, Any]) -> Iterator[SiteCheck]:
    """Nothing of the site answered, or the crawl closed it."""
    labels: dict[str, int] = crawl.get("sites", {}).get(site.key, {})
    closed = crawl.get("closed", {}).get(site.key)
    if closed == "robots":  # where the network kept robots.txt from us, that is the fault
        reasons = [label.removeprefix("retry_at:") for label in labels if label.startswith("retry_at:")]
        closed = next((reason for reason in reasons if CLASSES.get(reason, reason) in NETWORK), closed)
    if closed:
        yield _check(CLASSES.get(closed, closed), f"closed for this run: {closed}")
    elif labels and not any(label in OK for label in labels) and "open" not in labels:
        usual = max(labels, key=lambda label: labels[label])
        reason = usual.partition(":")[2] or usual
        yield _check(CLASSES.get(reason, reason), f"none of {sum(labels.values())} addresses answered, most of them {usual}")


def _lists(site: Site, crawl: Mapping[str, Any]) -> Iterator[SiteCheck]:
    """The selectors of `list` found no article."""
    for warning in crawl.get("warnings", {}).get(site.key, ()):
        if "the selectors of `list` found no article" in warning:
            selectors = [*site.listing.item, *site.listing.link]
            yield _check("layout", warning.partition(": ")[2], field="list", selectors=selectors, url=warning.partition(": ")[0])


def _articles(
    site: Site, facts: Mapping[str, Any], history: Mapping[str, Any], fields: Mapping[str, Mapping[str, Any]]
) -> Iterator[SiteCheck]:
    """Pages that are no articles, fields that no declared selector finds any more, shares below what is expected."""
    pages, articles = facts.get("pages", 0), facts.get("articles", 0)
    if pages >= FEW and facts["rejects"] > (1 - site.expect.body) * pages and facts["rejects"] > 1:
        reason = facts["reason"]
        detail = f"{facts['rejects']} of {pages} pages were no articles, most of them {reason}"
        where = {"page": facts["rejected_page"], "url": facts["rejected_url"]}
        yield _check(CLASSES.get(reason, reason), detail, field="body", selectors=_selectors(site, "body"), **where)
    if articles < FEW:
        return
    if _selectors(site, "body") and facts["generic"] >= USUAL * articles:
        detail = f"{facts['generic']} of {articles} articles were read without the site's own selectors"
        where = {"page": facts["generic_page"], "url": facts["generic_url"]}
        yield _check("layout", detail, field="body", selectors=_selectors(site, "body"), **where)
        return
    used = {read_by.partition("/")[2] for read_by in facts["read_by"]}  # templates of which pages still come
    known = [name for name in FIELDS if any(getattr(layout, name) for layout in site.layout if layout.name in used)]
    for name in known:
        now, before = (fields.get(name, {}).get(when, 0) for when in ("now", "before"))
        usual = before >= USUAL * max(history.get("articles_before", 0), FEW)
        if not now and (usual or name in ALWAYS):
            detail = f"found in none of {articles} articles" + (f"; before in {before} of {history['articles_before']}" if before else "")
            where = {"page": facts["some_page"], "url": facts["some_url"]}
            yield _check("layout", detail, field=name, selectors=_selectors(site, name), **where)
    for name, number, least in (("title", facts["titles"], site.expect.title), ("published_at", facts["days"], site.expect.published_at)):
        if number < least * articles and (name not in known or fields.get(name, {}).get("now", 0)):
            where = {"page": facts["dayless_page"], "url": facts["dayless_url"]} if name == "published_at" else {}
            yield _check("layout", f"{number} of {articles} articles have one, {least:.0%} are expected", field=name, **where)


def _time(site: Site, history: Mapping[str, Any], now: dt.datetime) -> Iterator[SiteCheck]:
    """The newest article is too old; fewer new ones than expected."""
    newest, today = history.get("newest_article"), now.astimezone(VIETNAM).date()
    if site.expect.newest_days and newest and (today - newest).days > site.expect.newest_days:
        yield _check(
            "stale", f"the newest article is of {newest}, at most {site.expect.newest_days} days are expected", field="published_at"
        )
    first = history.get("first_fetch")
    days = (now.astimezone(dt.UTC).replace(tzinfo=None) - first).days if first else 0
    wanted = site.expect.articles_a_month * min(days, MONTH) / MONTH
    if days >= WEEK and history.get("lately", 0) < wanted:
        yield _check("empty", f"{history.get('lately', 0)} new articles in {min(days, MONTH)} days, {wanted:.0f} are expected")


def _selectors(site: Site, name: str) -> list[str]:
    """The CSS selectors that the site's layouts declare for a field."""
    return list(dict.fromkeys(selector.css for layout in site.layout for selector in getattr(layout, name)))
