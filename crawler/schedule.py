"""What a run asks for first: what an earlier one left, then feeds, sitemaps and lists, then articles that are due again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from crawler.address import host_of
from crawler.date_archive import Period
from crawler.discovery import normalise
from crawler.hosts import LONGEST
from crawler.journal import Address, States, Visit
from crawler.outcome import TRANSIENT
from crawler.site import Site
from schemas.article import VIETNAM
from schemas.page import TRUNCATED, Fetch
from schemas.vocabulary import State

# Of a priority, the higher is asked first on its host
PRIORITY = {"robots": 50, "feed": 30, "sitemap": 30, "list": 30, "article": 10}
PENDING, REVISIT, SECOND = 20, -15, -20  # added to it
ARCHIVE = -5  # pages of archives by date come when what is new has been asked for, one with its articles before the next
DATED = 60  # pages of a site's archives by date that a run asks for
SECONDS = 20  # addresses of a site that failed before and are tried once more in a run
DONE = (State.OK, State.UNCHANGED)


class Schedule:
    """Reads the newest lines of earlier runs for the sites of this one."""

    def __init__(self, sites: Sequence[Site], states: States, *, now: dt.datetime, since: dt.date | None = None) -> None:
        self.sites, self._states, self._now, self._since = sites, states, now, since
        self.archive_left: dict[str, int] = {}  # site -> pages of its archives by date that a later run must ask for
        self.late: list[tuple[Visit, int]] = []  # for the end of the run
        self._dated = {site.key: self._periods(site) for site in sites}  # site -> pages of its archives by date back to `since`
        self._starts = {visit.address for site in sites for visit, _ in self._sources(site)}
        self._lines: dict[str, list[Fetch]] = defaultdict(list)  # site -> those of which this run may ask for something
        self._good: dict[str, tuple[str, int]] = {}  # host -> run and number of its newest good answer
        self._known: set[int] = set()  # keys of articles; numbers, for there may be millions
        self._left: dict[Address, set[str]] = defaultdict(set)  # list -> its pages that wait and cannot be asked for by themselves
        self._unsettled: set[int] = set()  # those of the known articles with which no run came to an end
        self._paged: set[Address] = set()  # lists of which an earlier run met a further page
        for site in sites:
            for line in states.of(site.key):
                self._learn(site, line)

    def _learn(self, site: Site, line: Fetch) -> None:
        """What the newest line of an address tells the run."""
        if line.kind == "list" and line.found_on:
            self._paged.add((site.key, line.found_on))
        if line.kind == "article" and not (line.imported and line.reason == TRUNCATED):
            article = article_number(site, line.url)
            if line.state is not State.OPEN:
                self._unsettled.discard(article)
            elif article not in self._known:
                self._unsettled.add(article)
            self._known.add(article)
        if line.state in DONE and line.kind not in ("robots", "alias") and not line.imported:
            host = host_of(line.url)
            self._good[host] = max((line.run, line.seq), self._good.get(host, ("", -1)))
        waits = line.state in (State.OPEN, State.RETRY_AT)
        if waits or _may_pass(line) or self._is_due(site, line) or line.url in self._dated[site.key]:
            self._lines[site.key].append(line)

    def is_known(self, site: Site, url: str) -> bool:
        """Whether an earlier run had the article, under this or another address, and whatever became of it."""
        return article_number(site, url) in self._known

    def is_left(self, visit: Visit) -> bool:
        """Whether the list has pages that an earlier run left and that only the page before leads to; `visit` is one no more."""
        left = self._left.get((visit.site.key, visit.root))
        if left:
            left.discard(visit.url)
        return bool(left)

    def lines(self, site: Site) -> Iterable[Fetch]:
        """The newest lines of the site's addresses."""
        return self._states.of(site.key)

    def left_over(self, visit: Visit) -> list[str]:
        """What is left so of a list that has ended: pages that are there no more; none of them is left from now on."""
        return sorted(self._left.pop((visit.site.key, visit.root), ()))

    def is_settled(self, site: Site, url: str) -> bool:
        """Whether an earlier run had the article and came to an end with it; a list that a run was cut off from is followed past the others."""
        article = article_number(site, url)
        return article in self._known and article not in self._unsettled

    def had_pages(self, visit: Visit) -> bool:
        """Whether an earlier run met a further page of the list."""
        return (visit.site.key, visit.root) in self._paged

    def is_dated(self, visit: Visit) -> bool:
        """Whether a list page is one of an archive by date, which is followed past what is known: it is read once."""
        return (visit.site.key, visit.root) not in self._starts

    def pauses(self) -> dict[str, dt.datetime]:
        """host -> not before: what hosts asked for in earlier runs and is still to come. Longer than a day only a wrong clock could ask."""
        found: dict[str, dt.datetime] = {}
        for lines in self._lines.values():
            for line in lines:
                if line.state is State.RETRY_AT and line.retry_at and not self._is_over(line):
                    host = host_of(line.url)
                    found[host] = max(line.retry_at, found.get(host, line.retry_at))
        return found

    def closings(self) -> dict[str, int]:
        """host -> runs on end that closed it because it does not want us, where no good answer came since."""
        newest: dict[str, tuple[tuple[str, int], int]] = {}
        for lines in self._lines.values():
            for line in lines:
                if line.state is State.RETRY_AT and line.in_a_row:
                    told = (line.run, line.seq), line.in_a_row
                    newest[host_of(line.url)] = max(newest.get(host_of(line.url), told), told)
        return {host: number for host, (told, number) in newest.items() if told >= self._good.get(host, told)}

    def visits(self) -> Iterator[tuple[Visit, int]]:
        """(visit, priority), in order; the sites take turns by kind so that none waits for another.

        What is pending on a host that closed is left for the end, for that may be what it denies.
        """
        closings = self.closings()
        for site in self.sites:
            for visit, priority in self._pending(site):
                if host_of(visit.url) in closings:
                    self.late.append((visit, priority))
                else:
                    yield visit, priority
        for site in self.sites:
            yield from self._in_turn(site, closings)
        for site in self.sites:
            yield from self._revisits(site)
        for site in self.sites:
            yield from self._archives(site)
        for site in self.sites:
            yield from self._second_chances(site)

    def _pending(self, site: Site) -> Iterator[tuple[Visit, int]]:
        """What a run that was cut off left open, and what may be asked for again by now; the start addresses come anyway."""
        for line in sorted(self._lines[site.key], key=lambda line: (line.run, line.seq)):
            waits = line.state is State.OPEN or (line.state is State.RETRY_AT and self._is_over(line))
            if _needs_page_before(site, line):
                if waits or _may_pass(line):
                    self._left[site.key, line.found_on or ""].add(line.url)  # the list is followed to it
            elif waits and self._comes_by_itself(line):
                depth = 2 if line.kind == "list" else 1
                visit = Visit(site, line.url, line.kind, found_on=line.found_on, revisit=_revisit(line), depth=depth)
                yield visit, PRIORITY[line.kind] + PENDING

    def _comes_by_itself(self, line: Fetch) -> bool:
        """Whether nothing else has the address asked for: neither the site's lists nor its archives by date nor a host's first request."""
        return line.kind != "robots" and (line.site, line.url) not in self._starts and line.url not in self._dated[line.site]

    def _is_over(self, line: Fetch) -> bool:
        """Whether the pause that a line tells of is over."""
        return not self._now < (line.retry_at or self._now) <= self._now + LONGEST

    def _in_turn(self, site: Site, closings: Mapping[str, int]) -> Iterator[tuple[Visit, int]]:
        """Its sources; while its host is closed by each run anew, each run begins with another one, for one may be dead for good."""
        given = list(self._sources(site))
        turn = max((closings.get(host_of(visit.url), 0) for visit, _ in given), default=0) % max(len(given), 1)
        yield from given[turn:] + given[:turn]

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
            if self._is_due(site, line):
                yield (
                    Visit(site, line.url, line.kind, found_on=line.found_on, revisit=_due(site.revisit_days, line, self._now)),
                    PRIORITY["article"] + REVISIT,
                )

    def _is_due(self, site: Site, line: Fetch) -> bool:
        """Whether an article is to be visited again; one of a WARC file is history: its day says nothing of when to ask."""
        return line.kind == "article" and line.state in DONE and not line.imported and _due(site.revisit_days, line, self._now) is not None

    def _archives(self, site: Site) -> Iterator[tuple[Visit, int]]:
        """Pages of the archives by date back to `since` that no run has finished; a run asks for the first of them.

        The newest come first, after them those that failed before, which may be many and fail for ever.
        """
        lines = {line.url: line for line in self._lines[site.key]}
        found = [
            (_failures(lines.get(address)), -period.last.toordinal(), address, kind, period.first)
            for address, (kind, period) in self._dated[site.key].items()
            if not _is_finished(lines.get(address), period, self._since or period.first)
        ]
        if len(found) > DATED:
            self.archive_left[site.key] = len(found) - DATED
        for _, _, address, kind, first in sorted(found)[:DATED]:
            since = self._since if self._since and first < self._since else None
            # depth: a day without news is no fault of the selectors
            yield Visit(site, address, kind, depth=2, since=since), PRIORITY["article"] + ARCHIVE

    def _periods(self, site: Site) -> dict[str, tuple[str, Period]]:
        """address -> (kind, period) of the pages of the site's archives by date back to `since`."""
        found: dict[str, tuple[str, Period]] = {}
        if self._since is None:
            return found
        for archive in site.listing.archive:
            for period in archive.periods(self._since, self._now.astimezone(VIETNAM).date()):
                for base in site.bases:
                    if address := normalise(period.url, base):
                        found.setdefault(address, (archive.kind, period))
        return found

    def _second_chances(self, site: Site) -> Iterator[tuple[Visit, int]]:
        """Articles and later list pages that failed for a reason that may have passed; those that failed least often, for dead ones are many."""
        failed = [
            line for line in self._lines[site.key] if _may_pass(line) and self._comes_by_itself(line) and not _needs_page_before(site, line)
        ]
        newest = sorted(failed, key=lambda line: (line.run, line.seq), reverse=True)
        for line in sorted(newest, key=_failures)[:SECONDS]:
            visit = Visit(site, line.url, line.kind, found_on=line.found_on, second=True, depth=2 if line.kind == "list" else 1)
            yield visit, PRIORITY[line.kind] + SECOND


def article_number(site: Site, url: str) -> int:
    """The identity of an article as 64 bits: of ten million no two are likely to share one, by some 3 in a million."""
    return hash((site.key, site.identity(url)))


def _needs_page_before(site: Site, line: Fetch) -> bool:
    """Whether a list page cannot be asked for by itself: it wants the view state of the page before."""
    return line.kind == "list" and site.paging.type == "postback" and line.found_on is not None and "#" in line.url


def _may_pass(line: Fetch) -> bool:
    """Whether an address failed for a reason that may have passed."""
    return line.state is State.FAILED and is_transient(line.reason or "")


def _failures(line: Fetch | None) -> int:
    """In how many runs on end an address failed."""
    return line.in_a_row or 1 if line and line.state is State.FAILED else 0


def _is_finished(line: Fetch | None, period: Period, since: dt.date) -> bool:
    """Whether a page of an archive need not be asked for again: it came after its last day, and was read as far back, or it is not there."""
    if line is None or line.at.astimezone(VIETNAM).date() <= period.last:
        return False
    read_to = (line.reason or "").removeprefix("since-")
    if line.state in DONE and line.reason != read_to and str(max(since, period.first)) < read_to:
        return False
    return line.state in (*DONE, State.REFUSED) or (line.state is State.FAILED and not is_transient(line.reason or ""))


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
