"""What each site missed of what is expected of it (`[expect]` of its definition) and of what it gave before: the judgement at the end of a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from crawler.site import Site
from data.ask import answer
from data.rows import SiteCheck
from data.store import Store
from schemas.article import VIETNAM
from thidua.over_runs import dead, lengths

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
    found_by: dict[str, dict[str, dict[str, Any]]] = {}
    for row in _rows(store, "found_by", run=run):
        found_by.setdefault(row["site"], {})[row["field"]] = row
    lists = {(row["site"], row["url"]): row["page"] for row in _rows(store, "list_pages")}
    silence, texts = _by_site(store, "site_silence"), _by_site(store, "site_lengths", run=run)
    found = []
    for site in sites:
        checks = [
            *_reach(site, crawl),
            *_lists(site, crawl, lists),
            *_articles(site, facts.get(site.key, {}), history.get(site.key, {}), fields.get(site.key, {})),
            *_spam(facts.get(site.key, {})),
            *_time(site, history.get(site.key, {}), now),
            *dead(silence.get(site.key, {}), CLASSES),
            *lengths(texts.get(site.key, {})),
        ]
        checks += _shifts(site, found_by.get(site.key, {}), [check.field for check in checks])
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


def _lists(site: Site, crawl: Mapping[str, Any], pages: Mapping[tuple[str, str], str]) -> Iterator[SiteCheck]:
    """The selectors of `list` found no article, those of `next` no further page."""
    selectors = {"list": (*site.listing.item, *site.listing.link), "next": site.paging.link or tuple(site.paging.read.values())}
    for warning in crawl.get("warnings", {}).get(site.key, ()):
        url, _, detail = warning.partition(": ")
        field = next((name for name in selectors if f"the selectors of `{name}` found no" in detail), None)
        if field:
            yield _check("layout", detail, field=field, selectors=selectors[field], url=url, page=pages.get((site.key, url)))


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


def _shifts(site: Site, found_by: Mapping[str, Mapping[str, Any]], missed: Collection[str | None]) -> Iterator[SiteCheck]:
    """Fields that are found, but in none of the articles by what found them in the newest ones before: the template has changed."""
    for name, row in found_by.items():
        some = min(row["articles_now"], row["articles_before"]) >= FEW
        if some and name not in missed and not set(row["all_now"]) & set(row["all_before"]):
            now, before = (_selector(site, name, row[when]) for when in ("usual_now", "usual_before"))
            detail = f"is in none of {row['articles_now']} articles where it was before; in most of them it is {now}"
            yield _check("layout", detail, field=name, selectors=[before], page=row["page"], url=row["url"])


def _selector(site: Site, name: str, by: str) -> str:
    """What found a field, as CSS: `nukeviet/v4:0` is the first selector of that template."""
    read_by, _, number = by.rpartition(":")
    layouts = [layout for layout in site.layout if layout.name == read_by.partition("/")[2]]
    declared = [selector.css for layout in layouts for selector in getattr(layout, name)]
    return declared[int(number)] if number.isdecimal() and int(number) < len(declared) else by


def _spam(facts: Mapping[str, Any]) -> Iterator[SiteCheck]:
    """Pages hold links or headlines that advertise gambling, pills or loans: somebody else writes on the site."""
    if number := facts.get("suspects", 0):
        detail = f"{number} of {facts['articles']} articles have hidden or foreign links, or a headline, of gambling, pills or loans"
        yield _check("suspect", detail, field="spam", page=facts["suspect_page"], url=facts["suspect_url"])


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
