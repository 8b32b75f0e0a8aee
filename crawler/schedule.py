"""What a run asks for first: what an earlier one left, then feeds, sitemaps and lists, then articles that are due again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from crawler.address import host_of
from crawler.discovery import normalise
from crawler.journal import Address, Visit
from crawler.outcome import TRANSIENT
from crawler.site import Site
from schemas.page import IMPORT, TRUNCATED, Fetch
from schemas.vocabulary import State

# Of a priority, the higher is asked first on its host
PRIORITY = {"robots": 50, "feed": 30, "sitemap": 30, "list": 30, "article": 10}
PENDING, REVISIT, SECOND = 20, -15, -20  # added to it
SECONDS = 20  # addresses of a site that failed before and are tried once more in a run
DONE = (State.OK, State.UNCHANGED)


class Schedule:
    """Reads the newest lines of earlier runs for the sites of this one."""

    def __init__(self, sites: Sequence[Site], states: Mapping[Address, Fetch], *, now: dt.datetime) -> None:
        self.sites, self._now = sites, now
        self._lines: dict[str, list[Fetch]] = defaultdict(list)
        by_key = {site.key: site for site in sites}
        self._known: set[tuple[str, str]] = set()
        self._left: dict[Address, set[str]] = defaultdict(set)  # list -> its pages that wait and cannot be asked for by themselves
        for (key, _), line in states.items():
            if site := by_key.get(key):
                self._lines[key].append(line)
                if line.kind == "article" and line.reason != TRUNCATED:
                    self._known.add((key, site.identity(line.url)))

    def is_known(self, site: Site, url: str) -> bool:
        """Whether an earlier run had the article, under this or another address, and whatever became of it."""
        return (site.key, site.identity(url)) in self._known

    def is_left(self, visit: Visit) -> bool:
        """Whether the list has pages that an earlier run left and that only the page before leads to; `visit` is one no more."""
        left = self._left.get((visit.site.key, visit.root))
        if left:
            left.discard(visit.url)
        return bool(left)

    def pauses(self) -> dict[str, dt.datetime]:
        """host -> not before: what hosts asked for in earlier runs and is still to come."""
        found: dict[str, dt.datetime] = {}
        for lines in self._lines.values():
            for line in lines:
                if line.state is State.RETRY_AT and line.retry_at and line.retry_at > self._now:
                    host = host_of(line.url)
                    found[host] = max(line.retry_at, found.get(host, line.retry_at))
        return found

    def visits(self) -> Iterator[tuple[Visit, int]]:
        """(visit, priority), in order; the sites take turns by kind so that none waits for another."""
        for site in self.sites:
            yield from self._pending(site)
        for site in self.sites:
            yield from self._sources(site)
        for site in self.sites:
            yield from self._revisits(site)
        for site in self.sites:
            yield from self._second_chances(site)

    def _pending(self, site: Site) -> Iterator[tuple[Visit, int]]:
        """What a run that was cut off left open, and what may be asked for again by now; the start addresses come anyway."""
        starts = {visit.url for visit, _ in self._sources(site)}
        for line in sorted(self._lines[site.key], key=lambda line: (line.run, line.seq)):
            waits = line.state is State.OPEN or (line.state is State.RETRY_AT and (line.retry_at or self._now) <= self._now)
            if _needs_page_before(site, line):
                if waits or _may_pass(line):
                    self._left[site.key, line.found_on or ""].add(line.url)  # the list is followed to it
            elif waits and line.kind != "robots" and line.url not in starts:
                depth = 2 if line.kind == "list" else 1
                visit = Visit(site, line.url, line.kind, found_on=line.found_on, revisit=_revisit(line), depth=depth)
                yield visit, PRIORITY[line.kind] + PENDING

    def _sources(self, site: Site) -> Iterator[tuple[Visit, int]]:
        """Feeds, the sitemap, lists."""
        given = [("feed", url) for url in site.feeds]
        given += [("sitemap", site.sitemap)] if site.sitemap else []
        given += [("list", start.url) for start in site.start]
        for kind, url in given:
            yield Visit(site, normalise(url, url) or url, kind), PRIORITY[kind]

    def _revisits(self, site: Site) -> Iterator[tuple[Visit, int]]:
        """Articles that are due again, the newest first."""
        for line in sorted(self._lines[site.key], key=lambda line: line.at, reverse=True):
            if line.reason in (IMPORT, TRUNCATED):
                continue  # history: its day says nothing of when to ask
            if line.kind == "article" and line.state in DONE and (day := _due(site.revisit_days, line, self._now)) is not None:
                yield Visit(site, line.url, line.kind, found_on=line.found_on, revisit=day), PRIORITY["article"] + REVISIT

    def _second_chances(self, site: Site) -> Iterator[tuple[Visit, int]]:
        """Articles and later list pages that failed for a reason that may have passed; the newest ones, for dead ones are many."""
        starts = {visit.url for visit, _ in self._sources(site)}
        failed = [
            line
            for line in self._lines[site.key]
            if _may_pass(line) and line.kind != "robots" and line.url not in starts and not _needs_page_before(site, line)
        ]
        for line in sorted(failed, key=lambda line: (line.run, line.seq), reverse=True)[:SECONDS]:
            visit = Visit(site, line.url, line.kind, found_on=line.found_on, second=True, depth=2 if line.kind == "list" else 1)
            yield visit, PRIORITY[line.kind] + SECOND


def _needs_page_before(site: Site, line: Fetch) -> bool:
    """Whether a list page cannot be asked for by itself: it wants the view state of the page before."""
    return line.kind == "list" and site.paging.type == "postback" and line.found_on is not None and "#" in line.url


def _may_pass(line: Fetch) -> bool:
    """Whether an address failed for a reason that may have passed."""
    return line.state is State.FAILED and is_transient(line.reason or "")


def is_transient(reason: str) -> bool:
    """Whether an address that failed so may answer another day."""
    return reason in TRANSIENT or reason.startswith("http-5") or reason in ("http-408", "http-429", "http-403")


def _revisit(line: Fetch) -> int | None:
    """The day of `revisit_days` that the line speaks of."""
    number = (line.reason or "").removeprefix("revisit-")
    return int(number) if number.isdecimal() and line.reason != number else None


def _due(days: tuple[int, ...], line: Fetch, now: dt.datetime) -> int | None:
    """The entry of `revisit_days` that is due: counted from the visit before, whose own day its line tells."""
    if days == (0,):
        return 0
    last = _revisit(line) or 0
    following = next((day for day in sorted(days) if day > last), None)
    return following if following is not None and now - line.at >= dt.timedelta(days=following - last) else None
