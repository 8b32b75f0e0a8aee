"""The store, work.duckdb: opened by the loader alone; the only module that writes rows."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from data.batches import batches, batches_apart, with_last
from data.comments import comment_all, literal
from data.connection import StoreDamaged, StoreHeld, connect, mark_file, write_mark
from data.disk import put
from data.migrations import migrate
from data.readings import TABLES, Found, Kept, bind, table_of
from data.rows import OF_ARTICLE, AliasRow, PageRow, Row, SiteCheck, SiteRow, fetch_rows, naive, page_key
from data.statements import statement
from data.versions import LAST, Place, Version, merge, place_of, version_rows
from schemas.page import Fetch
from schemas.reading import Reading
from schemas.tables import table

__all__ = ["AliasRow", "Kept", "PageRow", "SiteCheck", "SiteRow", "Store", "StoreDamaged", "StoreHeld", "page_key"]

BATCH = 2_000  # articles a transaction
LOG = (64 << 20, 512 << 20)  # bytes of the WAL that wait for a checkpoint: at least, at most
LINES = 50_000  # lines of the ledger a transaction
REFERENCE = ("award_types", "provinces", "province_changes")
TOLD = {"runs": ("command", "summary"), "site_checks": ("url", "detail")}  # columns of free words that may tell of an article
PARTS = {"pages": "site", "fetches": "run"}  # by what the checksums of these tables are parted; the others are one part, named ""


class Bound(NamedTuple):
    """A reading as the loader takes it: of which page, in which run."""

    found: Found
    page: str | None
    run: str


class Store:
    """The tables in one file. A context manager; opened with `Store.open`."""

    def __init__(self, con: duckdb.DuckDBPyConnection, path: Path) -> None:
        self.con, self.path = con, path
        self._schemas: dict[str, pa.Schema] = {}

    @classmethod
    def open(cls, path: Path | str) -> Store:
        """The store, made or migrated if need be. `StoreHeld` when another process has it; `StoreDamaged`; `MigrationError` when it is not ours to open."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        con = connect(path)
        try:
            con = migrate(con, path)
            store = cls(con, path)
            con.begin()
            comment_all(con)
            con.commit()
            store._load_reference()
        except BaseException:
            con.close()
            raise
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End; what was kept is in the file."""
        self.con.close()

    # -- articles

    def keep(self, readings: Iterable[Kept], pages: Iterable[PageRow] = ()) -> int:
        """Replace all that is kept of each article; `pages` come in with the last articles. Says how many articles changed.

        One transaction for each 2,000 articles. The lines of the pages must have been copied (`copy_ledger`) before: they tell which page of
        an article is the newest. A reading of an older page makes a version and nothing else; one that is kept already changes nothing.
        """
        changed = 0
        for batch, is_last in with_last(batches_apart(_bound(readings), BATCH, key=lambda bound: bound.found.id)):
            with self._transaction():
                changed += self._keep_batch(batch)
                if is_last:
                    self._keep_pages(list(pages))
        return changed

    def keep_pages(self, rows: Iterable[PageRow]) -> None:
        """Replace the rows of pages."""
        for batch in batches(rows, LINES):
            with self._transaction():
                self._keep_pages(batch)

    def settle(self, lines: Iterable[tuple[int, Fetch]], gone: Iterable[str] = ()) -> int:
        """Have the store follow an archive that was rewritten (`Archive.numbered`); the articles `gone` are taken out in any case.

        Articles with a page that is gone, or is another one now, are taken out, and what is left of their pages is to be read again. Says how
        many articles these are. What a kill leaves, the next call ends.
        """
        with self._transaction():
            self._run("delete_all", table="fetches")
            self._recheck("fetches")
        self.copy_ledger(lines)
        with self._transaction():
            articles = sorted({*gone, *(article for (article,) in self._run("unsettled").fetchall())})
            self._remove(articles)
            self._run("read_again")
            self._run("follow_archive")
            self._run("delete_lost")
            self._recheck("pages")
            self._run("delete_strays")
            self._recheck("aliases")
        return len(articles)

    def retell(self, told: Callable[[str | None], str | None]) -> None:
        """Have the journal of runs and what sites missed say what `told` makes of their words."""
        with self._transaction():
            for table, columns in TOLD.items():
                rows = self.con.table(table).to_arrow_table().to_pylist()
                again = [{**row, **{name: told(row[name]) for name in columns}} for row in rows]
                if again != rows:
                    self._replace_table(table, again)

    def done(self, rules: str) -> set[str]:
        """Keys of the pages that this version of the rules has read."""
        return {page for (page,) in self._run("done", {"rules": rules}).fetchall()}

    def unread(self, rules: str | None, kinds: Iterable[str], without: Iterable[str]) -> int:
        """How many pages of the ledger, of these kinds but of these sites, are not among `done`; all of them where `rules` is None."""
        found = self._run("count_unread", {"rules": rules, "kinds": sorted(kinds), "without": sorted(without)}).fetchall()
        return int(found[0][0])

    def _keep_batch(self, batch: Sequence[Bound]) -> int:
        """Keep articles, each at most once in the batch."""
        keys = pa.array([found.id for found, *_ in batch], pa.string())
        self.con.register("batch", pa.table({"article": keys, "page": pa.array([page for _, page, _ in batch], pa.string())}))
        current: dict[str, tuple[str | None, str | None, Place | None]] = {
            article: (page, reading, place_of(*where)) for article, page, reading, *where in self._run("current").fetchall()
        }
        lines = {page: (place_of(line, at, reason), at) for page, line, at, reason in self._run("lines").fetchall()}
        versions = self._versions() if current else {}
        told: list[Row] = []
        older: list[tuple[str, int]] = []
        newest: list[tuple[Bound, int]] = []
        for bound in batch:
            found, page, _ = bound
            kept_page, kept_reading, kept_place = current.get(found.id, (None, None, None))
            if kept_reading == found.read and kept_page == page:
                continue
            place, at = lines.get(page, (LAST, None))
            merged = merge(versions.get(found.id, ()), Version(page, found.said, place, at, found.title, found.sketch))
            told += version_rows(found.id, merged)
            if kept_place is not None and place < kept_place:
                older.append((found.id, len(merged)))
            else:
                newest.append((bound, len(merged)))
        if told:
            self.con.register("batch", pa.table({"article": sorted({row["article"] for row in told})}))
            if current:
                self._delete("article_versions")
            self._insert("article_versions", told)
            self._run("check_articles", {"table": "article_versions"}, source="rows_of_batch")
        if newest:
            self._replace(newest, known=any(bound.found.id in current for bound, _ in newest))
        if older:
            self.con.register("batch", pa.table({"article": [article for article, _ in older], "version": [number for _, number in older]}))
            self._run("set_version")
            self._run("delete_checks", {"table": "articles"})
            self._run("check_articles", {"table": "articles"}, source="articles")
        return len(newest)

    def _versions(self) -> dict[str, list[Version]]:
        """The versions that are kept of the articles of the batch."""
        found: dict[str, list[Version]] = {}
        for article, page, said, since, title, sample, *where in self._run("versions").fetchall():
            kept = Version(page, said, place_of(*where), since, title, None if sample is None else tuple(sample))
            found.setdefault(article, []).append(kept)
        return found

    def _replace(self, newest: Sequence[tuple[Bound, int]], *, known: bool) -> None:
        """Replace all rows of articles but their versions, of which the number is given; `known`: some of them may have rows."""
        readings = table_of([bound.found for bound, _ in newest])
        for name, column in (
            ("page", pa.array([bound.page for bound, _ in newest], pa.string())),
            ("run", pa.array([bound.run for bound, _ in newest], pa.string())),
            ("version", pa.array([number for _, number in newest], pa.int32())),
        ):
            readings = readings.append_column(name, column)
        self.con.register("batch", pa.table({"article": readings.column("id")}))
        self.con.register("readings", readings)
        for name in TABLES:
            if known:
                self._delete(name)
            self._run("articles_of_readings" if name == "articles" else "rows_of_readings", table=name)
            self._run("insert", table=name, source="rows_of_readings")
            self._run("check_articles", {"table": name}, source="rows_of_readings")

    def _delete(self, name: str) -> None:
        """Take out what a table holds of the articles of `batch`."""
        self._run("delete_articles", table=name)
        self._run("delete_checks", {"table": name})

    def _keep_pages(self, pages: Sequence[PageRow]) -> None:
        newest = list({row.page: row for row in pages}.values())
        if not newest:
            return
        self.con.register("batch", pa.table({"page": [row.page for row in newest]}))
        self._run("subtract_pages")
        self._run("delete_pages")
        self._insert("pages", [naive(row.model_dump()) for row in newest])
        self._add_check("pages", "rows_of_batch")
        self._displace()

    def _displace(self) -> None:
        """Take out articles of which a page that was just kept told before and tells no more; their other pages are to be read again."""
        articles = [article for (article,) in self._run("displaced").fetchall()]
        if not articles:
            return
        self._remove(articles)
        self._run("read_again")
        self._recheck("pages")

    def _remove(self, articles: Sequence[str]) -> None:
        """Take out articles with all that hangs on them; they stay registered as `batch`."""
        self.con.register("batch", pa.table({"article": list(articles)}))
        for name in OF_ARTICLE:
            self._delete(name)

    # -- ledger, runs, sites, facts

    def copy_ledger(self, lines: Iterable[tuple[int, Fetch]]) -> int:
        """Copy the lines of the ledger (`Archive.numbered`) that are new. Says how many they are."""
        known = int(self._run("last_line").fetchall()[0][0])
        copied = 0
        for rows in batches(fetch_rows((number, fetch) for number, fetch in lines if number > known), LINES):
            with self._transaction():
                self._insert("fetches", rows)
                self._add_check("fetches", "rows_of_batch")
            copied += len(rows)
        return copied

    def begin_run(self, run: str, command: str, *, version: str | None = None, started_at: dt.datetime | None = None) -> None:
        """Note that a run began."""
        started = started_at or dt.datetime.now(dt.UTC)
        with self._transaction():
            self._run("begin_run", naive({"run": run, "command": command, "version": version, "started_at": started}))
            self._recheck("runs")

    def end_run(self, run: str, status: int, *, summary: Mapping[str, Any] | None = None, ended_at: dt.datetime | None = None) -> None:
        """Note how a run ended: its exit status, and what it did as JSON."""
        ended = ended_at or dt.datetime.now(dt.UTC)
        told = json.dumps(summary, ensure_ascii=False, default=str) if summary is not None else None
        with self._transaction():
            self._run("end_run", naive({"run": run, "status": status, "ended_at": ended, "summary": told}))
            self._recheck("runs")

    def keep_sites(self, rows: Iterable[SiteRow]) -> None:
        """Replace the publishers of the registry."""
        with self._transaction():
            self._replace_table("sites", [row.model_dump() for row in rows])

    def keep_aliases(self, rows: Iterable[AliasRow]) -> None:
        """Replace the further addresses of articles; those of articles that are not kept are left out."""
        with self._transaction():
            self._run("delete_all", table="aliases")
            for batch in batches(rows, LINES):
                self._insert("aliases", [naive(row.model_dump()) for row in batch])
            self._run("delete_strays")
            self._recheck("aliases")

    def keep_checks(self, checks: Iterable[SiteCheck]) -> None:
        """Add what the sites of a run missed."""
        rows = [check.model_dump(by_alias=True) for check in checks]
        if not rows:
            return
        with self._transaction():
            self._insert("site_checks", rows)
            self._recheck("site_checks")

    def _load_reference(self) -> None:
        """Have the reference tables as schemas/tables has them."""
        wanted = {name: [{key: value or None for key, value in row.items()} for row in table(name)] for name in REFERENCE}
        changed = {name: rows for name, rows in wanted.items() if self.con.table(name).to_arrow_table().to_pylist() != rows}
        if changed:
            with self._transaction():
                for name, rows in changed.items():
                    self._replace_table(name, rows)

    def _replace_table(self, name: str, rows: Sequence[Row]) -> None:
        self._run("delete_all", table=name)
        self._insert(name, rows)
        self._recheck(name)

    # -- how it is written

    def _insert(self, name: str, rows: Sequence[Row]) -> None:
        """Put rows into a table; they stay registered as `rows_of_batch`."""
        if name not in self._schemas:
            self._schemas[name] = self.con.table(name).limit(0).to_arrow_table().schema
        self.con.register("rows_of_batch", pa.Table.from_pylist(list(rows), schema=self._schemas[name]))
        self._run("insert", table=name, source="rows_of_batch")

    def _recheck(self, name: str) -> None:
        """Reckon the checksums of a whole table anew."""
        self._run("delete_table_checks", {"table": name})
        self._add_check(name, name)

    def _add_check(self, name: str, source: str) -> None:
        self._run("add_check", {"table": name}, source=source, part=part_of(name))

    def _run(self, name: str, parameters: Mapping[str, Any] | None = None, **names: str) -> duckdb.DuckDBPyConnection:
        """Run a statement of data/sql/store with its names filled in."""
        text = statement(f"store/{name}")
        return self.con.execute(text.format(**names) if names else text, dict(parameters) if parameters else None)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing; the mark beside the file tells of each transaction, so that a lost WAL is seen."""
        self.con.begin()
        try:
            yield
            number = int(_meta(self.con, "transactions") or 0) + 1
            self._run("delete_meta", {"key": "transactions"})
            self._run("insert_meta", {"key": "transactions", "value": str(number)})
            self.con.commit()
        except BaseException:
            with suppress(duckdb.TransactionException):  # an interrupted statement has ended it already
                self.con.rollback()
            raise
        write_mark(mark_file(self.path), number)
        self._checkpoint()

    def _checkpoint(self) -> None:
        """Bring the WAL into the file once it is long. That goes over the whole file, so the larger it is the longer the log may be."""
        log = self.path.with_name(f"{self.path.name}.wal")
        if log.exists() and log.stat().st_size > min(max(LOG[0], self.path.stat().st_size // 64), LOG[1]):
            self.con.checkpoint()


def _bound(readings: Iterable[Kept]) -> Iterator[Bound]:
    """The readings with their rows made, if they come without."""
    for some in batches(readings, BATCH):
        for rules, alike in itertools.groupby(some, key=lambda kept: kept.rules):
            plain = list(alike)
            made = iter(bind([kept.reading for kept in plain if isinstance(kept.reading, Reading)], rules))
            for kept in plain:
                found = next(made) if isinstance(kept.reading, Reading) else kept.reading
                assert isinstance(found, Found)
                yield Bound(found, kept.page, kept.run)


def compact(path: Path) -> None:
    """Write a closed store anew: a database file keeps the bytes of rows that were deleted until others take their room."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with duckdb.connect() as con:
        con.execute(statement("publish/attach_work").format(path=literal(str(path))))
        con.execute(statement("store/attach_fresh").format(path=literal(str(fresh))))
        con.execute(statement("store/copy_all"))
    put(fresh, path)


def part_of(table: str) -> str:
    """The column by which the checksums of a table are parted, else the name of its one part."""
    return PARTS.get(table, literal(""))


def _meta(con: duckdb.DuckDBPyConnection, key: str) -> str | None:
    row = con.execute(statement("store/get_meta"), {"key": key}).fetchone()
    return row[0] if row else None
