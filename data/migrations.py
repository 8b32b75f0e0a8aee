"""Brings a database file to the newest form: numbered files of data/sql/migrations, each in one transaction, after a copy of the file."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from pathlib import Path

import duckdb

from data.disk import put
from data.statements import statement, statements


class MigrationError(Exception):
    """The file can't be brought to the form that this program knows; it was left as it is."""


def known() -> dict[int, tuple[str, str]]:
    """Version -> (name, text) of each migration."""
    return {int(name[:4]): (name, text) for name, text in statements("migrations").items()}


def tables() -> list[str]:
    """Names of the tables that the migrations make, in their order; one that makes a table is named like it."""
    return [name[5:] for name, text in known().values() if f"create table {name[5:]} (" in text]


def make_tables(con: duckdb.DuckDBPyConnection) -> None:
    """All tables in their newest form, empty, in the current database, which has none."""
    for _, text in known().values():
        con.execute(text)


def migrate(con: duckdb.DuckDBPyConnection, path: Path) -> duckdb.DuckDBPyConnection:
    """Apply what is new and give back an open connection. `MigrationError` for a newer file, or when a migration was edited afterwards."""
    applied = con.execute(statement("store/applied")).fetchall() if _has_migrations(con) else []
    migrations = known()
    check(applied, migrations, path)
    pending = sorted(migrations.keys() - {version for version, *_ in applied})
    if not pending:
        return con
    if applied:
        con.close()
        _copy(path, pending[0])
        con = duckdb.connect(str(path))
    else:
        con.execute(statement("store/schema_migrations"))
    for version in pending:
        name, text = migrations[version]
        con.begin()
        con.execute(text)
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        con.execute(statement("store/note_migration"), {"version": version, "name": name, "sha256": _sha256(text), "applied_at": now})
        con.commit()
    con.checkpoint()
    return con


def check(applied: list[tuple[int, str, str]], migrations: dict[int, tuple[str, str]], path: Path) -> None:
    """Refuse a file that this program does not know."""
    for version, name, sha256 in applied:
        if version not in migrations:
            raise MigrationError(
                f"{path} has migration {name}, the newest that this version of thidua knows is {max(migrations):04d}: install a newer thidua; the file is untouched"
            )
        if sha256 != _sha256(migrations[version][1]):
            raise MigrationError(
                f"{path}: migration {name} was edited after it was applied: put data/sql/migrations/{name}.sql back and add a new one; the file is untouched"
            )


def _has_migrations(con: duckdb.DuckDBPyConnection) -> bool:
    return bool(con.execute(statement("store/has_migrations")).fetchall())


def _copy(path: Path, version: int) -> None:
    """A copy of the closed file, complete or not there."""
    copy = path.with_name(f"{path.name}.before-{version:04d}")
    temporary = copy.with_name(f"{copy.name}.new")
    shutil.copyfile(path, temporary)
    put(temporary, copy)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
