"""The data dictionary: tables and views with their columns, as the published file tells of them (docs/tables.md)."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

import duckdb

from data.comments import Told
from data.statements import statement, statements

HEAD = """# Tables and views / Bảng và khung nhìn

Made from the published file: `python -m data.manual docs`. The same words stand in the file itself (`duckdb_views()`, `duckdb_tables()`, `duckdb_columns()`)
and in `datapackage.json` beside the Parquet files. Ask the views; the tables are what they are made of. What a record means as JSON is in
[records.md](records.md), questions with their answers are in [recipes.md](recipes.md). A column with a `*` is never null."""


class Column(NamedTuple):
    """One column."""

    name: str
    type: str  # DuckDB's
    required: bool  # never null
    comment: str


class Table(NamedTuple):
    """A table or a view."""

    name: str
    is_view: bool
    comment: str
    columns: tuple[Column, ...]


def tables_of(con: duckdb.DuckDBPyConnection) -> list[Table]:
    """What a published file holds: its views (also those that are kept as tables), then its tables, by name."""
    views, rows = statements("views"), con.execute(statement("ask/dictionary")).fetchall()
    found = (
        Table(name, name in views, comment, tuple(Column(*row[2:]) for row in columns))
        for (name, comment), columns in groupby(rows, lambda row: row[:2])
    )
    return sorted(found, key=lambda table: (not table.is_view, table.name))


def markdown(tables: list[Table]) -> str:
    """docs/tables.md."""
    lines = [HEAD]
    for is_view, title in ((True, "Views / Khung nhìn"), (False, "Tables / Bảng")):
        chosen = [table for table in tables if table.is_view == is_view]
        lines += ["", f"## {title}", "", " · ".join(f"[{table.name}](#{table.name})" for table in chosen)]
        for table in chosen:
            vi, en = Told.of(table.comment)
            lines += [
                "",
                f"### {table.name}",
                "",
                _inert(vi),
                "",
                f"*{_inert(en)}*",
                "",
                "| column | type | Tiếng Việt | English |",
                "| --- | --- | --- | --- |",
            ]
            lines += [_row(*column) for column in table.columns]
    return "\n".join(lines) + "\n"


def _row(name: str, kind: str, required: bool, comment: str) -> str:
    cells = [f"`{name}`{'*' * required}", kind.lower(), *Told.of(comment)]
    return "| " + " | ".join(_inert(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _inert(text: str) -> str:
    return text.replace("<", "&lt;")
