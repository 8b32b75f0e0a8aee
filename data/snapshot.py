"""The published file as the web page reads it: opened anew when it was replaced, with tables of its own in memory that answer quickly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from data.comments import literal
from data.statements import statement, statements

PATIENCE = 3.0  # seconds that a visit waits for a file that was published since


class Snapshot:
    """One published file; safe between threads. Nothing is ever written to it or beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._guard = threading.Lock()
        self._identity: tuple[int, int, int] | None = None
        self._coming: Future[duckdb.DuckDBPyConnection] = Future()
        self._con: duckdb.DuckDBPyConnection | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self._con is not None:
            self._con.close()
            self._con = None

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """What asks the file as it is now. FileNotFoundError when there is none, duckdb.Error when it is of another make."""
        with self._current().cursor() as cursor:
            cursor.execute(statement("web/open/use"))
            yield Reader(cursor)

    def _current(self) -> duckdb.DuckDBPyConnection:
        """The newest file, made ready; the one before it where that takes longer than a visit waits."""
        with self._guard:
            status = self.path.stat()
            identity = (status.st_dev, status.st_ino, status.st_mtime_ns)
            if identity != self._identity:
                self._identity, self._coming = identity, Future()
                threading.Thread(target=_open_into, args=(self._coming, self.path), daemon=True).start()
            coming = self._coming
        try:
            self._con = coming.result(None if self._con is None else PATIENCE)
        except TimeoutError:
            if self._con is None:
                raise
        return self._con


class Reader:
    """Asks by name: each query is a file under data/sql/web."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con

    def rows(self, name: str, /, **values: object) -> list[dict[str, Any]]:
        """The rows of data/sql/web/<name>.sql by column; `values` are its parameters."""
        return _rows(self.con.execute(statement(f"web/{name}"), values or None))

    def one(self, name: str, /, **values: object) -> dict[str, Any] | None:
        """The first of them, None where there is none."""
        return next(iter(self.rows(name, **values)), None)

    def of(self, statement_name: str) -> list[dict[str, Any]]:
        """The rows of another statement of data/sql without parameters."""
        return _rows(self.con.execute(statement(statement_name)))


def _rows(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    columns = [column[0] for column in con.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in con.fetchall()]


def _open_into(coming: Future[duckdb.DuckDBPyConnection], path: Path) -> None:
    """What the thread does that makes a file ready."""
    try:
        coming.set_result(_open(path))
    except (duckdb.Error, OSError) as error:
        coming.set_exception(error)


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory beside the file: an instance of its own, for one of the same path would still show a file that was replaced."""
    con = duckdb.connect(":memory:")
    try:
        con.execute(statement("web/open/attach").format(path=literal(str(path))))
        con.execute(statement("web/open/use"))
        for text in statements("web/prepare").values():
            con.execute(text)
        con.execute(statement("ask/sandbox"))
    except duckdb.Error:
        con.close()
        raise
    return con
