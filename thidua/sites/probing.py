"""A look at a site in a child process, as polite as a crawl; what came is kept in a temporary folder and read back from there.

python -m thidua.sites.probing < order.json     each line of the ledger that closes an address, as JSON, while it goes on
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from crawler.crawl import crawl
from crawler.journal import StatesInMemory
from crawler.probe import ArticleAndSources, ListAndArticles, Plan, Probe
from crawler.registry import load_registry
from crawler.settings import Limits
from crawler.site import Site
from data.archive import Archive, ArchiveWriter
from schemas.page import Fetch, Page
from schemas.record import Frozen
from schemas.vocabulary import State
from thidua.fetch import die_with_parent
from thidua.resolvers import second_resolvers

LONGEST = 900.0  # seconds; a look that a server slows down beyond that is cut off
LIMITS = Limits()
UNREACHABLE = frozenset({"dns", "connect", "timeout"})


class Order(Frozen):
    """What to look at."""

    site: Site = Field(description="the site, or as much of it as is known")
    article: str | None = Field(default=None, description="an article of an unknown site; null: the list and articles of a known one")
    articles: int = Field(default=3, ge=1, description="articles at most")
    registry: Path | None = Field(default=None, description="folder of the sites, null for that of the package")
    overrides: Path | None = Field(default=None, description="the operator's sites.toml")
    folder: Path = Field(description="where the pages are kept for the moment")
    allow_loopback: bool = Field(default=False, description="only for a registry of sample portals")
    resolvers: tuple[str, ...] = Field(default=(), description="name servers to ask where the system's resolver fails")
    limits: dict[str, Any] = Field(default_factory=dict, description="limits of a fetch")


@dataclass(frozen=True)
class Answer:
    """What became of an address."""

    line: Fetch
    page: Page | None

    @property
    def label(self) -> str:
        """State and reason in the words of the ledger: ok, refused:robots, failed:timeout."""
        tells = self.line.reason and self.line.state not in (State.OK, State.UNCHANGED)
        return f"{self.line.state}:{self.line.reason}" if tells else str(self.line.state)

    @property
    def came(self) -> bool:
        """Whether a page came."""
        return self.line.state is State.OK and self.page is not None


@dataclass(frozen=True)
class Seen:
    """All answers of a look, in order; robots.txt apart."""

    answers: tuple[Answer, ...]
    robots: Answer | None

    @property
    def no_network(self) -> bool:
        """Whether the host could not be reached at all."""
        lines = [answer.line for answer in (*self.answers, self.robots) if answer]
        put_off = self.robots is not None and self.robots.line.reason in UNREACHABLE
        return bool(lines) and all(line.reason in UNREACHABLE or (put_off and line.reason == "robots") for line in lines)


class ProbeError(RuntimeError):
    """The child process failed; its own words are on standard error."""


def look(site: Site, *, tell: Callable[[Answer], None] = lambda _: None, **order: Any) -> Seen:
    """Look at a site; `tell` hears of each address as it is closed. ProbeError when the child fails."""
    with tempfile.TemporaryDirectory(prefix="thidua-") as name:
        folder = Path(name)
        try:
            resolvers = second_resolvers()
        except ValueError as error:
            raise ProbeError(error) from error
        given = Order(site=site, folder=folder, limits=asdict(LIMITS), resolvers=resolvers, **order).model_dump_json()
        command = [sys.executable, "-m", "thidua.sites.probing"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:
            assert child.stdin and child.stdout
            try:
                child.stdin.write(given)
                child.stdin.close()
                for text in child.stdout:
                    tell(Answer(Fetch.model_validate_json(text), None))
            except BaseException:
                child.kill()
                raise
        if child.returncode:
            raise ProbeError(child.returncode)
        archive = Archive(folder)
        with archive.states() as states:
            lines = [line for line in states.of(site.key) if line.kind != "alias"]
        answers = tuple(Answer(line, archive.page(line) if line.warc else None) for line in lines)
    robots = next((answer for answer in answers if answer.line.kind == "robots"), None)
    return Seen(tuple(answer for answer in answers if answer.line.kind != "robots"), robots)


class Told:
    """A sink that also prints each line that closes an address."""

    def __init__(self, writer: ArchiveWriter) -> None:
        self._writer = writer

    def keep(self, page: Page, fetch: Fetch) -> None:
        """Keep a page."""
        self._writer.keep(page, fetch)
        print(fetch.model_dump_json(), flush=True)

    def note(self, fetch: Fetch) -> None:
        """Keep a line."""
        self._writer.note(fetch)
        if fetch.state is not State.OPEN and fetch.kind != "alias":
            print(fetch.model_dump_json(), flush=True)


def main() -> int:
    """The child's side."""
    die_with_parent()
    order = Order.model_validate_json(sys.stdin.read())
    plan: Plan = ListAndArticles(order.site, order.articles)
    if order.article:
        plan = ArticleAndSources(order.site, order.article, load_registry(order.registry, overrides=order.overrides))
    run = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}"
    with Archive(order.folder).writer(run) as writer:
        crawl(
            [order.site],
            Told(writer),
            run=run,
            states=StatesInMemory(),
            deadline=LONGEST,
            allow_loopback=order.allow_loopback,
            limits=Limits(**order.limits),
            resolvers=order.resolvers,
            make=Probe.of(plan),
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
