"""One hash over all that the tables say, equal for runs that say the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb

from data.comments import quoted
from data.statements import statement

# Table -> columns that differ between equal runs, and so are left out
TABLES: dict[str, tuple[str, ...]] = {
    "sites": (),
    "pages": ("page", "fetched_at", "warc", "offset", "length", "run"),
    "articles": ("page", "run"),
    "article_versions": ("page", "from", "to"),
    "aliases": ("found_on", "since"),
    "dates": (),
    "officials": (),
    "positions": (),
    "awards": (),
    "recipients": (),
    "counts": (),
    "events": (),
    "event_officials": (),
    "documents": (),
    "campaigns": (),
    "award_types": (),
    "provinces": (),
    "province_changes": (),
}


def content_hash(source: duckdb.DuckDBPyConnection | Path | str) -> str:
    """SHA-256 over the rows of all content tables, in whatever order they lie; of a connection, or of a closed file.

    Left out is what tells of the way and not of the news: `runs`, `fetches`, `meta` and what is internal; of `pages`
    the key (it is made of the run), when and in which run it was fetched and read, and its place in the archive; of `articles` the page and
    the run; of `article_versions` the page and the times, of `aliases` where and when they were met. Pages that differ in nothing else count once: a page that was fetched but not yet
    synced when a run was cut off comes twice.
    """
    if not isinstance(source, duckdb.DuckDBPyConnection):
        with duckdb.connect(str(source), read_only=True) as con:
            return content_hash(con)
    return _whole(table_hashes(source, TABLES))


def content_as_kept(con: duckdb.DuckDBPyConnection) -> str:
    """The same of a fresh copy of the store, which is attached as `work`: of tables without a column that is left out the store's own checksums tell."""
    copied = table_hashes(con, {table: without for table, without in TABLES.items() if without})
    kept = {
        table: con.execute(statement("publish/content_kept"), {"table": table}).fetchall()[0] for table in TABLES if table not in copied
    }
    return _whole(copied | {table: f"{rows} {total}" for table, (rows, total) in kept.items()})


def _whole(figures: Mapping[str, str]) -> str:
    whole = hashlib.sha256()
    for table in TABLES:
        whole.update(f"{table} {figures[table]}\n".encode())
    return whole.hexdigest()


def table_hashes(con: duckdb.DuckDBPyConnection, tables: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Table -> number of rows and the sum over their MD5, as text; `tables` says which columns are left out."""
    found = {}
    for table, without in tables.items():
        excluded = f"exclude ({', '.join(map(quoted, without))})" if without else ""
        rows, total = con.execute(statement("publish/content").format(table=quoted(table), excluded=excluded)).fetchall()[0]
        found[table] = f"{rows} {total}"
    return found
