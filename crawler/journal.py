"""The ledger of one crawl: every address that is scheduled is opened once and closed once."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol

from pydantic import Field

from crawler.body_guard import is_whole
from crawler.outcome import Outcome
from crawler.sink import Sink
from crawler.site import Site
from schemas.page import Fetch, Page
from schemas.record import Frozen
from schemas.vocabulary import State

Address = tuple[str, str]  # key of the site, address as the ledger writes it


class States(Protocol):
    """(site, url) -> the newest line of earlier runs."""

    def get(self, address: Address, /) -> Fetch | None:
        """That of an address."""

    def of(self, site: str, /) -> Iterable[Fetch]:
        """Those of a site's addresses."""


class StatesInMemory(dict[Address, Fetch]):
    """The newest lines in memory."""

    def of(self, site: str) -> Iterable[Fetch]:
        """Those of a site's addresses."""
        return (line for (key, _), line in self.items() if key == site)


_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Visit:
    """One address to ask for, and why."""

    site: Site
    url: str  # as the ledger writes it: for a POST the form stands after the #
    kind: str  # article, list, feed, sitemap, robots
    found_on: str | None = None
    revisit: int | None = None  # the entry of `revisit_days` that is due
    since: dt.date | None = None  # of a page of an archive by date that goes further back: the day to which it is read
    second: bool = False  # failed in an earlier run
    depth: int = 1  # of a list: how many pages of it this run has asked for, this one counted
    stale: int = 0  # of a list: pages in a row just before that named no unseen article
    hidden: Mapping[str, str] = field(
        default_factory=lambda: _NOTHING, hash=False, compare=False
    )  # posted too, but of no meaning to the ledger

    @property
    def address(self) -> Address:
        """Its key in the ledger."""
        return self.site.key, self.url

    @property
    def posted(self) -> bool:
        """Whether it is asked for by POST: a further page of a list, which is empty where the list has ended."""
        return "#" in self.url

    @property
    def root(self) -> str:
        """Of a list: the address of its first page."""
        return self.found_on or self.url


class CrawlSummary(Frozen):
    """What a crawl did. `scheduled` is the sum of `states`."""

    run: str = Field(description="the run")
    ended: str = Field(description="finished, deadline, signal, disk: no room to keep more")
    scheduled: int = Field(description="addresses that were opened, robots.txt counted")
    states: dict[str, int] = Field(description="state, with reason (failed:timeout), -> addresses; `open` only if the run was cut off")
    sites: dict[str, dict[str, int]] = Field(description="site -> state -> addresses")
    new_articles: dict[str, int] = Field(description="site -> articles that no earlier run had")
    closed: dict[str, str] = Field(description="site -> why it was closed for this run: circuit, robots, retry-after, challenge")
    archive_left: dict[str, int] = Field(default={}, description="site -> pages of its archives by date that are left for a later run")
    warnings: dict[str, list[str]] = Field(description="site -> what a person should look at")
    links: dict[str, dict[str, int]] = Field(default_factory=dict, description="site -> links of its lists that were mended, ignored")
    second_resolver: tuple[str, ...] = Field(default=(), description="names that only the second resolver knew: the network is at fault")
    seconds: float = Field(description="wall clock")


class Journal:
    """Writes the lines of one run; knows the newest line of each address from before."""

    def __init__(self, sink: Sink, run: str, states: States) -> None:
        self._sink, self._run, self._states = sink, run, states
        self._seq = 0
        self._open: dict[Address, Visit] = {}
        self._labels: dict[Address, str] = {}
        self.new_articles: Counter[str] = Counter()

    def before(self, visit: Visit) -> Fetch | None:
        """The newest line of an earlier run."""
        return self._states.get(visit.address)

    def open(self, visit: Visit) -> bool:
        """Note that an address is scheduled; False if this run has scheduled it already."""
        if (address := visit.address) in self._labels:
            return False
        self._open[address] = visit
        self._labels[address] = State.OPEN
        self._sink.note(self._line(visit, State.OPEN, reason=revisited(visit)))
        return True

    def is_open(self, visit: Visit) -> bool:
        """Whether the address waits for its final state."""
        return visit.address in self._open

    def keep(self, visit: Visit, page: Page, state: State = State.OK, reason: str | None = None) -> None:
        """Close an address with the page that came."""
        if self.is_open(visit):
            line = self._last_line(visit, state, reason=reason or revisited(visit), status=page.status)
            self._sink.keep(page, line.model_copy(update={"sha256": page.sha256, **_told(page)}))
            before = self.before(visit)
            if visit.kind == "article" and state is State.OK and (before is None or before.kind == "alias"):
                self.new_articles[visit.site.key] += 1

    def unchanged(self, visit: Visit, page: Page) -> None:
        """Close an address whose answer was 304, or the body that was kept last."""
        if self.is_open(visit):
            line = self._last_line(visit, State.UNCHANGED, reason=revisited(visit), status=page.status)
            self._sink.note(line.model_copy(update={name: value for name, value in _told(page).items() if value}))

    def close(self, visit: Visit, outcome: Outcome, *, status: int | None = None) -> None:
        """Close an address without a page; nothing happens if it is closed already."""
        if self.is_open(visit):
            self._sink.note(
                self._last_line(
                    visit,
                    outcome.state,
                    reason=outcome.reason,
                    status=status,
                    retry_at=outcome.retry_at,
                    in_a_row=outcome.in_a_row or self._failed_in_a_row(visit, outcome),
                )
            )

    def end(self, visit: Visit) -> None:
        """Open and close an address that is there no more: a page of a list that has become shorter."""
        if self.open(visit):
            self.close(visit, Outcome(State.OK, "end"))

    def alias(self, site: Site, url: str, how: str, *, found_on: str | None) -> None:
        """Note a further address of an article; it is never asked for by itself, and so neither opened nor closed."""
        self._sink.note(self._line(Visit(site, url, "alias", found_on=found_on), State.OK, reason=how))

    def close_rest(self) -> None:
        """At the end of a run that was not cut off: what is still open was dropped without a word."""
        for visit in list(self._open.values()):
            self.close(visit, Outcome(State.FAILED, "dropped"))

    def counts(self) -> dict[str, dict[str, int]]:
        """site -> state -> addresses."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for (site, _), label in self._labels.items():
            found[site][label] += 1
        return {site: dict(sorted(labels.items())) for site, labels in sorted(found.items())}

    def _failed_in_a_row(self, visit: Visit, outcome: Outcome) -> int | None:
        """In how many runs on end the address failed for this reason."""
        if outcome.state is not State.FAILED:
            return None
        before = self.before(visit)
        again = before is not None and (before.state, before.reason) == (outcome.state, outcome.reason)
        return 1 + (before.in_a_row or 0 if before and again else 0)

    def _last_line(
        self,
        visit: Visit,
        state: State,
        *,
        reason: str | None,
        status: int | None,
        retry_at: dt.datetime | None = None,
        in_a_row: int | None = None,
    ) -> Fetch:
        """The line of a final state."""
        del self._open[visit.address]
        tells = state in (State.REFUSED, State.FAILED, State.RETRY_AT) and reason
        self._labels[visit.address] = f"{state}:{reason}" if tells else str(state)
        return self._line(visit, state, reason=reason, status=status, retry_at=retry_at, in_a_row=in_a_row)

    def _line(
        self,
        visit: Visit,
        state: State,
        *,
        reason: str | None = None,
        status: int | None = None,
        retry_at: dt.datetime | None = None,
        in_a_row: int | None = None,
    ) -> Fetch:
        """The next line; what the last answer told for a conditional request goes on from line to line."""
        before = self.before(visit)
        line = Fetch(
            run=self._run,
            seq=self._seq,
            site=visit.site.key,
            url=visit.url,
            kind=visit.kind,
            state=state,
            reason=reason,
            at=dt.datetime.now(dt.UTC),
            status=status,
            sha256=before.sha256 if before else None,
            etag=before.etag if before else None,
            last_modified=before.last_modified if before else None,
            retry_at=retry_at,
            found_on=visit.found_on or (before.found_on if before else None),
            in_a_row=in_a_row,
            whole_bytes=before.whole_bytes if before else None,
        )
        self._seq += 1
        return line


def revisited(visit: Visit) -> str | None:
    """`revisit-7` for the visit of the seventh day, `since-2026-03-15` for a page that is read back to that day: the newest line alone tells."""
    if visit.since is not None:
        return f"since-{visit.since}"
    return None if visit.revisit is None else f"revisit-{visit.revisit}"


def next_page_of(visit: Visit, url: str, *, stale: int, hidden: Mapping[str, str]) -> Visit:
    """The visit of a list's next page."""
    return replace(visit, url=url, found_on=visit.root, depth=visit.depth + 1, stale=stale, hidden=hidden, revisit=None, since=None)


def _told(page: Page) -> dict[str, str | int | None]:
    """What an answer tells the next run."""
    whole = len(page.body) if page.body and is_whole(page.body) else None
    return {"etag": page.header("etag"), "last_modified": page.header("last-modified"), "whole_bytes": whole}
