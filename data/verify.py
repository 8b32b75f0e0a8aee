"""Checks everything that is kept against everything else: archive, ledger, store, published file. Repairs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

import duckdb
import pyarrow as pa

from data.archive import Archive
from data.batches import batches
from data.comments import literal, quoted
from data.connection import StoreDamaged, connect, mark_file
from data.content import TABLES, content_hash, table_hashes
from data.damage import Damage
from data.ledger import Line, member_check
from data.migrations import MigrationError, check, known, tables
from data.publish import INTERNAL
from data.rewriting import READY
from data.rows import OF_ARTICLE, fetch_rows
from data.statements import statement
from data.store import LINES, PARTS, REFERENCE, part_of
from data.warc import members, read_record
from schemas.page import Fetch

MOST = 1_000  # damages of one kind in one table that are listed
REBUILD = "`thidua rebuild` makes the store anew from the archive"
AGAIN = "Crawl or import the address again"
MEND = "Mend the ledger from a copy; `thidua rebuild` leaves the line out"


@dataclass
class Verdict:
    """What `verify` found, and how much it looked at."""

    damages: list[Damage] = field(default_factory=list)
    records: int = 0  # of the archive
    articles: int = 0  # of the store


def verify(folder: Path | str) -> Verdict:
    """All damages of a data folder. `StoreHeld` when another process has the store open."""
    place, verdict = Path(folder), Verdict()
    archive = Archive(place / "archive")
    if (archive.folder / READY).is_dir():
        verdict.damages.append(
            Damage(where=str(archive.folder / READY), what="a take-down was cut off", todo="The next command that writes ends it")
        )
        return verdict
    verdict.damages += _Segments(archive, verdict).check()
    if (place / "work.duckdb").exists():
        verdict.damages += _store(place, archive, verdict)
    elif mark_file(place / "work.duckdb").exists():
        verdict.damages.append(Damage(where=str(place / "work.duckdb"), what="the store is missing", todo=REBUILD))
    return verdict


class _Segments:
    """Walks ledger and segments side by side: each record has its line, each line its record, and nothing lies between."""

    def __init__(self, archive: Archive, verdict: Verdict) -> None:
        self._archive, self._verdict = archive, verdict
        self._next: dict[str, int] = {}  # segment -> where its next record begins
        self._lost: dict[str, list[Fetch]] = {}  # segment -> records that lie behind its end

    def check(self) -> Iterator[Damage]:
        for line in self._archive.lines():
            if line.fetch is None:
                yield Damage(where=f"{self._archive.ledger_file}, line {line.number}", what=line.fault or "", todo=MEND)
            elif line.fetch.warc is not None:
                self._verdict.records += 1
                yield from self._record(line, line.fetch)
        for name, lost in self._lost.items():
            path = self._archive.folder / name
            what = f"{len(lost)} records are cut off, the first at offset {lost[0].offset}: {lost[0].url}"
            yield Damage(where=str(path), what=what if path.exists() else f"the segment is missing: {what}", todo=AGAIN)
        for path in self._archive.segments():
            yield from self._gap(path, self._next.get(path.name, 0), path.stat().st_size)

    def _record(self, line: Line, fetch: Fetch) -> Iterator[Damage]:
        name, start, length = fetch.warc or "", fetch.offset or 0, fetch.length or 0
        path, expected = self._archive.folder / name, self._next.get(name, 0)
        where = f"{path}, offset {start} (line {line.number} of the ledger, {fetch.url})"
        if not path.exists() or path.stat().st_size < start + length:
            self._lost.setdefault(name, []).append(fetch)
            self._next[name] = path.stat().st_size if path.exists() else 0
            return
        if start < expected:
            yield Damage(where=where, what=f"an earlier line ends its record at {expected}", todo=MEND)
            return
        yield from self._gap(path, expected, start)
        self._next[name] = start + length
        with path.open("rb") as file:
            file.seek(start)
            member = file.read(length)
        if member_check(member) != line.member:
            yield Damage(
                where=where,
                what=f"the record was changed: its checksum is {member_check(member)}, the ledger has {line.member}",
                todo=AGAIN,
            )
            return
        try:
            page, kept = read_record(member)
        except ValueError as error:
            yield Damage(where=where, what=str(error), todo=AGAIN)
            return
        if (kept.run, kept.seq, kept.site, kept.url, page.sha256) != (fetch.run, fetch.seq, fetch.site, fetch.url, fetch.sha256):
            yield Damage(where=where, what=f"the record is that of {kept.url}", todo=MEND)

    def _gap(self, path: Path, start: int, end: int) -> Iterator[Damage]:
        """What lies between two records that the ledger knows."""
        if start >= end:
            return
        with path.open("rb") as file:
            found = [member.raw is not None for member in members(file, start, end)]
        if whole := sum(found):
            todo = "The next crawl or import gives them their lines" if path == self._archive.segments()[-1] else MEND
            yield Damage(where=f"{path}, offset {start}", what=f"{whole} records without a line in the ledger", todo=todo)
        if not all(found):
            yield Damage(
                where=f"{path}, offset {start}",
                what=f"bytes up to {end} that are no record",
                todo="The next crawl or import sets them aside",
            )


def _store(place: Path, archive: Archive, verdict: Verdict) -> Iterator[Damage]:
    path = place / "work.duckdb"
    try:
        con = connect(path, read_only=True)
    except StoreDamaged as error:
        yield Damage(where=str(path), what=str(error), todo=REBUILD)
        return
    with con:
        try:
            check(con.execute(statement("store/applied")).fetchall(), known(), path)
        except MigrationError as error:
            yield Damage(where=str(path), what=str(error), todo="Nothing was checked")
            return
        except duckdb.Error as error:
            yield Damage(where=str(path), what=_first_line(error), todo=REBUILD)
            return
        parts: tuple[tuple[str, Callable[[], Iterator[Damage]]], ...] = (
            ("meta", lambda: _transactions(con, path)),
            *((table, lambda table=table: _article_rows(con, table)) for table in OF_ARTICLE),
            *(
                (table, lambda table=table: _table_rows(con, table))
                for table in ("sites", "site_checks", "aliases", "runs", "fetches", "pages", *REFERENCE)
            ),
            ("fetches", lambda: _ledger_lines(con, archive)),
            ("pages", lambda: _pages(con)),
            ("news", lambda: _published(con, place)),
        )
        for table, part in parts:
            try:
                yield from part()
            except duckdb.Error as error:
                yield Damage(where=f"{path}, table {table}", what=_first_line(error), todo=REBUILD)
        verdict.articles = _number(con, "publish/count_articles")


def _transactions(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[Damage]:
    """The mark beside the file tells of a transaction that the file does not have: its WAL is gone or cut."""
    mark = mark_file(path)
    row = con.execute(statement("store/get_meta"), {"key": "transactions"}).fetchone()
    done = int(row[0]) if row else 0
    try:
        marked = int(mark.read_text(encoding="ascii")) if mark.exists() else 0
    except ValueError:
        yield Damage(where=str(mark), what="no number stands in it", todo="The next `thidua extract` writes it anew")
        return
    if done < marked:
        what = f"the store has {done} of {marked} transactions: its write-ahead log is damaged or missing"
        yield Damage(where=f"{path}.wal", what=what, todo=f"`thidua extract` reads again what is missing; if it is not enough, {REBUILD}")
    if done and not mark.exists():
        yield Damage(where=str(mark), what="the mark of the last transaction is missing", todo="The next `thidua extract` writes it anew")


def _article_rows(con: duckdb.DuckDBPyConnection, table: str) -> Iterator[Damage]:
    for article, rows, written in con.execute(
        statement("verify/article_rows").format(table=quoted(table)), {"table": table, "most": MOST}
    ).fetchall():
        yield Damage(where=f"table {table}, article {article}", what=_rows(rows, written), todo=REBUILD)


def _table_rows(con: duckdb.DuckDBPyConnection, table: str) -> Iterator[Damage]:
    text = statement("verify/table_rows").format(table=quoted(table), part=part_of(table))
    for part, rows, written in con.execute(text, {"table": table, "most": MOST}).fetchall():
        where = f"table {table}, {PARTS[table]} {part}" if table in PARTS else f"table {table}"
        yield Damage(where=where, what=_rows(rows, written), todo=REBUILD)


def _rows(rows: int, written: int) -> str:
    return "a row was changed" if rows == written else f"{rows} rows, {written} were written"


def _ledger_lines(con: duckdb.DuckDBPyConnection, archive: Archive) -> Iterator[Damage]:
    """The copy of the ledger against the ledger."""
    schema = con.table("fetches").limit(0).to_arrow_table().schema
    copied = _number(con, "store/last_line")
    last = 0
    for lines in batches(takewhile(lambda line: line[0] <= copied, archive.numbered()), LINES):
        con.register("ledger_lines", pa.Table.from_pylist(list(fetch_rows(lines)), schema=schema))
        first, last = last + 1, lines[-1][0]
        for (line,) in con.execute(statement("verify/ledger_lines"), {"first": first, "last": last}).fetchall()[:MOST]:
            yield Damage(
                where=f"table fetches, line {line}", what="the ledger says otherwise", todo=f"Look at {archive.ledger_file}; {REBUILD}"
            )
    if rows_left := con.execute(statement("verify/lines_after"), {"last": last}).fetchall()[0][0]:
        what = f"the store knows {rows_left} lines more than the ledger, from {last + 1} on"
        yield Damage(where=str(archive.ledger_file), what=what, todo=MEND)


def _pages(con: duckdb.DuckDBPyConnection) -> Iterator[Damage]:
    for page, url in con.execute(statement("verify/pages_unknown"), {"most": MOST}).fetchall():
        yield Damage(where=f"table pages, page {page} ({url})", what="the archive has no such page, or has it elsewhere", todo=REBUILD)
    for article, page in con.execute(statement("verify/articles_without_page"), {"most": MOST}).fetchall():
        yield Damage(
            where=f"table articles, article {article}", what=f"its page {page} is not in `pages`, or does not tell of it", todo=REBUILD
        )
    for page, article in con.execute(statement("verify/pages_without_article"), {"most": MOST}).fetchall():
        yield Damage(where=f"table pages, page {page}", what=f"its article {article} is not there", todo=REBUILD)


def _published(con: duckdb.DuckDBPyConnection, place: Path) -> Iterator[Damage]:
    """The published file: is it as it was published, and, if the store has not gone on since, as the store is."""
    path, todo = place / "news.duckdb", "`thidua publish` makes it anew"
    if not path.exists():
        return
    try:
        with duckdb.connect(str(path), read_only=True) as news:
            facts = {
                key: (news.execute(statement("store/get_meta"), {"key": key}).fetchone() or (None,))[0]
                for key in ("content", "transactions")
            }
            if content_hash(news) != facts["content"]:
                yield Damage(where=str(path), what="its content is not what was published", todo=todo)
            now = con.execute(statement("store/get_meta"), {"key": "transactions"}).fetchone()
            if now and now[0] == facts["transactions"]:
                told: dict[str, tuple[str, ...]] = {table: () for table in tables() if table not in INTERNAL | {"meta"}}
                here, there = table_hashes(con, told), table_hashes(news, told)
                for table in told:
                    if here[table] != there[table]:
                        yield Damage(where=f"{path}, table {table}", what="its rows are not those of the store", todo=todo)
            yield from _parquet(news, place / "export" / "parquet", facts["content"])
    except duckdb.Error as error:
        yield Damage(where=str(path), what=_first_line(error), todo=todo)


def _parquet(news: duckdb.DuckDBPyConnection, folder: Path, content: str | None) -> Iterator[Damage]:
    """The Parquet files against the published file, if they were made with it."""
    if not folder.exists() or not content or not folder.resolve().name.startswith(f"parquet-{content[:12]}"):
        return
    for table in TABLES:
        path = folder / f"{table}.parquet"
        try:
            news.execute(statement("verify/parquet").format(table=quoted(table), path=literal(str(path))))
            differ = news.fetchall()[0][0]
        except duckdb.Error as error:
            differ = _first_line(error)
        if differ:
            yield Damage(
                where=str(path),
                what=f"{differ} rows are not those of news.duckdb" if isinstance(differ, int) else differ,
                todo="`thidua publish` makes it anew",
            )


def _number(con: duckdb.DuckDBPyConnection, name: str) -> int:
    return int(con.execute(statement(name)).fetchall()[0][0])


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:300]
