"""Questions to the published file: those of the command by name, and one SELECT of anybody's, in a connection that can do nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from data.publish import open_published
from data.sandbox import check

MANY = 10_000  # rows of an answer that are held at once


class Answer(NamedTuple):
    """Columns and rows of an answer."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def one(self) -> dict[str, Any] | None:
        """The first row by column, None where there is none."""
        return dict(zip(self.columns, self.rows[0], strict=True)) if self.rows else None


@cache
def _statement(name: str) -> str:
    return files("data").joinpath(f"sql/ask/{name}.sql").read_text(encoding="utf-8")


def answer(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> Answer:
    """What data/sql/ask/<name>.sql gives."""
    return _answer(con.execute(_statement(name), values or None))


def stream(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[tuple[Any, ...]]:
    """The rows of data/sql/ask/<name>.sql one after the other, while `con` may write; what it has not committed is not among them."""
    with con.cursor() as beside:
        beside.execute(_statement(name))
        while some := beside.fetchmany(MANY):
            yield from some


def _answer(con: duckdb.DuckDBPyConnection) -> Answer:
    return Answer(tuple(column[0] for column in con.description or ()), con.fetchall())


def select(path: Path, query: str) -> Answer:
    """The answer to one SELECT (or WITH, DESCRIBE, SHOW, SUMMARIZE) on a published file; it can reach no other file.

    ValueError for anything else; duckdb.Error for a query that fails.
    """
    with open_published(path) as con:
        con.execute(_statement("sandbox"))
        return _answer(con.execute(check(con, query)))
