"""Publishes the store for readers: news.duckdb and Parquet files, each whole and new or whole and old at any moment."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from data import package
from data.comments import comment_all, literal, quoted
from data.connection import connect
from data.content import content_as_kept
from data.disk import put, sync, sync_folder
from data.migrations import known, make_tables, tables
from data.statements import statement, statements
from schemas.tables import table

INTERNAL = frozenset({"schema_migrations", "article_checks", "table_checks"})  # not published
STORAGE = "v1.5.0"  # so that DuckDB 1.5 reads the file too
PART = 50_000  # articles whose days are looked through at a time for stories
SHARE = 0.5  # of the machine's memory that it may take; what does not fit goes to a folder beside the file


class Published(NamedTuple):
    """What was published."""

    articles: int
    content: str  # hash, see data/content.py


def publish(work: Path, target: Path, export: Path | None = None) -> Published:
    """Publish `work` as `target`, then every table as `export`/parquet/<table>.parquet: readers of the file do not wait for these.

    The store must be closed. Raises `StoreHeld` when another process has it, FileNotFoundError when there is none.
    """
    if not work.exists():
        raise FileNotFoundError(f"{work}: there is no store yet; run `thidua run` or `thidua extract` first")
    fresh = target.with_name(f"{target.name}.new")
    _remove(fresh)
    _remove(fresh.with_name(f"{fresh.name}.spill"))
    published = _copy(work, fresh)
    with open_published(fresh) as con:  # open before it has its name: a reader of this process may still have the old file under it
        put(fresh, target)
        if export is not None:
            _export(con, export, published.content)
    return published


def open_published(path: Path | str) -> duckdb.DuckDBPyConnection:
    """A read-only connection to a published file."""
    return duckdb.connect(str(path), read_only=True)


def view_order() -> list[str]:
    """Names of the views, each after those that it reads."""
    texts = statements("views")
    reads = {
        name: set(re.findall(r"\b(?:from|join) (\w+)", re.sub(r"--.*", "", text))) & texts.keys() - {name} for name, text in texts.items()
    }
    try:
        return list(TopologicalSorter(reads).static_order())
    except CycleError as error:
        raise ValueError(f"views read each other: {error.args[1]}") from error


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Make all views in the current database; one that says `create table` is reckoned once, here, and kept."""
    con.execute(statement("publish/macros"))
    con.register("accuracy_figures", pa.Table.from_pylist([dict(row) for row in table("accuracy")]))
    for name in view_order():
        con.execute(statement(f"views/{name}"))
    con.unregister("accuracy_figures")


def cluster(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table `story_articles` in the current database: data/sql/stories, one statement after the other."""
    for text in statements("stories").values():
        story_step(con, text)


def story_step(con: duckdb.DuckDBPyConnection, text: str) -> None:
    """Execute a statement of data/sql/stories; one that asks for `$part` once for each part of the days, so that its memory does not grow."""
    if "$part" not in text:
        con.execute(text)
        return
    parts = 1 + con.execute(statement("publish/count_articles")).fetchall()[0][0] // PART
    for part in range(parts):
        con.execute(text, {"part": part, "parts": parts})


def _copy(work: Path, fresh: Path) -> Published:
    """A fresh file with the tables that are published, the views and the facts to cite.

    Each step is a transaction of its own: the file is nobody's before it is whole, and what one long transaction keeps back is written at its
    end by one thread alone.
    """
    with connect(work, read_only=True):
        pass  # says who holds it, if anybody does
    spill = fresh.with_name(f"{fresh.name}.spill")
    memory = int(SHARE * os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")) >> 20
    with duckdb.connect() as con:
        con.execute(statement("publish/limits").format(memory=memory, folder=literal(str(spill))))
        con.execute(statement("publish/attach_work").format(path=literal(str(work))))
        con.execute(statement("publish/attach_fresh").format(path=literal(str(fresh)), storage=literal(STORAGE)))
        con.execute(statement("publish/use_fresh"))
        con.begin()
        make_tables(con)
        con.commit()
        for table in tables():
            fill = "drop_table" if table in INTERNAL else "copy_table"
            con.execute(statement(f"publish/{fill}").format(table=quoted(table)))
        content = content_as_kept(con)
        cluster(con)
        create_views(con)
        con.begin()
        comment_all(con)
        for key, value in facts(content).items():
            con.execute(statement("store/insert_meta"), {"key": key, "value": value})
        con.commit()
        articles = con.execute(statement("publish/count_articles")).fetchall()[0][0]
        con.execute(statement("publish/use_memory"))
        con.execute(statement("publish/detach_fresh"))
    _remove(spill)
    return Published(articles, content)


def facts(content: str) -> dict[str, str]:
    """What to cite: schema, release, content."""
    return {"schema": str(max(known())), "release": importlib.metadata.version("thidua"), "content": content}


def _export(con: duckdb.DuckDBPyConnection, export: Path, content: str) -> None:
    """Parquet files in a folder of their own; export/parquet is a link that is turned to it when all of them are written."""
    export.mkdir(parents=True, exist_ok=True)
    link, folder = export / "parquet", export / f"parquet-{content[:12]}"
    temporary = export / "parquet.new"
    _remove(temporary)
    temporary.mkdir()
    for name in (name for name, kind, _ in con.execute(statement("store/told_tables")).fetchall() if kind == "table"):
        path = temporary / f"{name}.parquet"
        told = ", ".join(f"{key}: {literal(value)}" for key, value in facts(content).items())
        con.execute(statement("publish/to_parquet").format(table=quoted(name), path=literal(str(path)), facts=told))
        _sync(path)
    told_of = temporary / package.NAME
    told_of.write_text(package.text(con, {path.stem: [path.name] for path in temporary.glob("*.parquet")}), encoding="utf-8")
    _sync(told_of)
    sync_folder(temporary)
    if link.is_symlink() and link.readlink() == Path(folder.name):
        folder = export / f"{folder.name}-{os.getpid()}"  # the same content again, with new times
    _remove(folder)
    temporary.rename(folder)
    pointer = export / "parquet.link"
    _remove(pointer)
    pointer.symlink_to(folder.name)
    if link.is_dir() and not link.is_symlink():
        link.rename(export / "parquet.old")
    pointer.replace(link)
    sync_folder(export)
    for old in export.glob("parquet-*"):
        if old.name != folder.name:
            _remove(old)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        sync(file)


def _remove(path: Path) -> None:
    """Take away what a run that was cut off has left."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
