"""Published tables as files to take away: Parquet by year, CSV, Excel, JSON lines. What is there before is whole until the new is.

    TO/<table>/published_year=2024/<table>.parquet   a table whose rows are of articles; what tells no day is in
    TO/<table>/published_year=__HIVE_DEFAULT_PARTITION__/
    TO/<table>/<table>.parquet                       any other table, and every view
    TO/<table>.csv, .xlsx, .jsonl
    TO/about.json                                    schema, release, content, licence note, since, rows of each table
    TO/datapackage.json                              what its files and columns hold (data/package.py)

The same published content gives the same bytes: rows are in the order of their key, and no file holds a time of its making.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import errno
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import duckdb

from data import package
from data.comments import literal, quoted
from data.disk import sync, sync_folder
from data.package import LICENCE, key_of
from data.publish import open_published
from data.spreadsheets import write_csv, write_jsonl, write_xlsx
from data.statements import statement

if TYPE_CHECKING:
    import pyarrow as pa

ABOUT = "about.json"
BATCH = 2_000  # rows that are held at once
MEMORY = 1_000  # MB that the database may use
UNDATED, LAST = dt.date.min, dt.date.max
WRITERS: Mapping[str, Callable[[pa.RecordBatchReader, IO[bytes]], int]] = {"csv": write_csv, "xlsx": write_xlsx, "jsonl": write_jsonl}
FORMS = ("parquet", *WRITERS)


class Table(NamedTuple):
    """A table or view, and the column by which its rows are of an article; null: of none."""

    name: str
    is_view: bool
    of: str | None


class Written(NamedTuple):
    """One table that was exported."""

    table: str
    rows: int
    cut: int = 0  # cells and rows that an Excel sheet has no room for
    whole: bool = False  # though only articles since a day were wanted: its rows are of no article


def tables_of(path: Path) -> dict[str, Table]:
    """The tables and views of a published file by name."""
    with open_published(path) as con:
        return {row[0]: Table(*row) for row in con.execute(statement("export/tables")).fetchall()}


def export(
    path: Path, to: Path, tables: Sequence[Table], *, form: str, since: dt.date | None = None, one_file: bool = False
) -> Iterator[Written]:
    """Write tables of a published file into the folder `to`, or one of them as the file `to`; says what was written, one by one.

    What `to` held before is replaced as a whole once everything is written; an export that is not asked for its last table replaces nothing.
    `since`: only what articles say that were published from that day on. FileExistsError when `to` is a folder that no export has made.
    """
    if not one_file and to.is_dir() and any(to.iterdir()) and not (to / ABOUT).is_file():
        raise FileExistsError(errno.EEXIST, "a folder that holds something else", str(to))
    to.parent.mkdir(parents=True, exist_ok=True)
    fresh = to.with_name(f".{to.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        with open_published(path) as con:
            con.execute(statement("publish/limits").format(memory=MEMORY, folder=literal(str(fresh / ".spill"))))
            facts = {**dict(con.table("meta").fetchall()), "licence": LICENCE, **({"since": str(since)} if since else {})}
            facts = {key: facts[key] for key in ("schema", "release", "content", "licence", "since") if key in facts}
            done = []
            for table in tables:
                done.append(_table(con, fresh, table, form=form, since=since, facts=facts, apart=not one_file))
                yield done[-1]
            files = {one.table: sorted(str(path.relative_to(fresh)) for path in fresh.rglob(f"{one.table}.{form}")) for one in done}
            (fresh / package.NAME).write_text(package.text(con, files), encoding="utf-8")
        shutil.rmtree(fresh / ".spill", ignore_errors=True)
        about = {**facts, "tables": {one.table: one.rows for one in done}}
        (fresh / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        made = next(path for path in fresh.rglob(f"*.{form}")) if one_file else fresh
        _put(made, to)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _table(
    con: duckdb.DuckDBPyConnection, folder: Path, table: Table, *, form: str, since: dt.date | None, facts: Mapping[str, str], apart: bool
) -> Written:
    """One table as a file, or as one a year where years are to be `apart`."""
    whole = since is not None and table.of is None
    if form != "parquet":
        reader = con.sql(_rows(table, since or UNDATED, LAST)).to_arrow_reader(BATCH)
        counted = _Counted(reader)
        with (folder / f"{table.name}.{form}").open("wb") as file:
            cut = WRITERS[form](counted.reader(), file)
        return Written(table.name, counted.rows, cut, whole)
    rows = 0
    for part, first, last in _parts(con, table, since or UNDATED) if apart else [("", since or UNDATED, LAST)]:
        path = folder / table.name / part / f"{table.name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        told = ", ".join(f"{key}: {literal(value)}" for key, value in facts.items())
        text = statement("export/to_parquet").format(rows=_rows(table, first, last), path=literal(str(path)), facts=told)
        rows += con.execute(text).fetchall()[0][0]
    return Written(table.name, rows, whole=whole)


def _rows(table: Table, first: dt.date, last: dt.date) -> str:
    """The query for the rows of a table of articles that were published between two days."""
    order = ", ".join(f"t.{quoted(name)}" for name in key_of(table.name)) or "all"
    name = statement("export/all_rows" if table.of is None else "export/rows")
    return name.format(table=quoted(table.name), of=table.of, first=_day(first), last=_day(last), order=order)


def _parts(con: duckdb.DuckDBPyConnection, table: Table, first: dt.date) -> Iterable[tuple[str, dt.date, dt.date]]:
    """(folder, first day, last day) of each file of a table."""
    if table.is_view or table.of is None:
        return [("", first, LAST)]
    text = statement("export/years").format(table=quoted(table.name), of=table.of, first=_day(first), last=_day(LAST))
    years = [year for (year,) in con.execute(text).fetchall()] or [LAST.year]  # one without rows still tells its columns
    return [
        (f"published_year={year if year > 1 else '__HIVE_DEFAULT_PARTITION__'}", max(first, dt.date(year, 1, 1)), dt.date(year, 12, 31))
        for year in years
    ]


def _day(day: dt.date) -> str:
    return f"date '{day.isoformat()}'"


class _Counted:
    """A stream of batches that counts its rows."""

    def __init__(self, batches: pa.RecordBatchReader) -> None:
        self._batches, self.rows = batches, 0

    def reader(self) -> pa.RecordBatchReader:
        """The stream."""
        import pyarrow as pa

        return pa.RecordBatchReader.from_batches(self._batches.schema, self._each())

    def _each(self) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            self.rows += batch.num_rows
            yield batch


def _put(made: Path, to: Path) -> None:
    """Put what was made in the place of what is there: in one step, so that a kill leaves the one or the other."""
    for path in [made] if made.is_file() else [path for path in made.rglob("*") if path.is_file()]:
        with path.open("rb") as file:
            sync(file)
    if made.is_dir() and to.is_dir():
        _exchange(made, to)
    else:
        made.replace(to)
    sync_folder(to.parent)


def _exchange(one: Path, other: Path) -> None:
    """Have two folders change places: renameat2(2) where the system and the disk know it, else by way of a third name."""
    library = ctypes.CDLL(None, use_errno=True)
    call = getattr(library, "renameat2", None)
    here, exchange = -100, 2
    if call is None or call(here, os.fsencode(one), here, os.fsencode(other), exchange):
        aside = one.with_name(f"{one.name}.old")
        shutil.rmtree(aside, ignore_errors=True)
        other.rename(aside)
        one.rename(other)
        shutil.rmtree(aside)
