"""Tells what a folder of exported tables holds, as a Data Package (https://datapackage.org): `datapackage.json` beside the files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from data.dictionary import Column, Table, tables_of
from data.statements import key, statement, statements

NAME = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TITLE = "Tin các tỉnh Việt Nam về thi đua, khen thưởng, thành dữ liệu / News of Vietnam's provinces on emulation and commendation, as data"
LICENCE = (
    "Records are facts read out of public news by the program thidua (Apache-2.0). Titles, texts and quotations belong to their publishers, "
    "whose address each article names. They name people: keep to the law on personal data, and take out what docs/privacy.md lets be taken out. / "
    "Bản ghi là dữ kiện rút từ tin công khai; tiêu đề, bài và câu trích thuộc về cơ quan đăng tải. Dữ liệu có tên người: xem docs/privacy.md."
)
MEDIA = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "jsonl": "text/jsonl",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FLAT = frozenset({"csv", "xlsx"})  # lists and structures are words there

# Table -> the columns that name a row; those of a view stand in its heading
KEYS: Mapping[str, tuple[str, ...]] = {
    "aliases": ("article", "url"),
    "article_versions": ("article", "version"),
    "articles": ("article",),
    "award_types": ("code",),
    "awards": ("article", "row"),
    "campaigns": ("article", "row"),
    "counts": ("article", "row"),
    "dates": ("article", "row"),
    "documents": ("article", "row"),
    "event_officials": ("article", "event_row", "official_row"),
    "events": ("article", "row"),
    "fetches": ("line",),
    "meta": ("key",),
    "officials": ("article", "row"),
    "pages": ("page",),
    "positions": ("article", "official_row", "row"),
    "provinces": ("era", "slug"),
    "recipients": ("article", "award_row", "row"),
    "runs": ("run",),
    "sites": ("site",),
    "story_articles": ("article",),
}
# Columns -> the table whose key they hold, wherever they stand
REFERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("article",), "articles"),
    (("page",), "pages"),
    (("article", "award_row"), "awards"),
    (("article", "official_row"), "officials"),
    (("article", "event_row"), "events"),
    (("article", "part_of"), "counts"),
    (("story",), "articles"),
    (("follows",), "articles"),
    (("person",), "people"),
    (("body",), "bodies"),
    (("type",), "award_types"),
    (("award",), "award_types"),
)
LOOSE = frozenset(  # called alike, but no such keys: lists are no `pages`, an event's type is no award's, a count's award is a structure
    {("fetches", "page"), ("site_checks", "page"), ("body_provinces", "body"), ("counts", "award")}
    | {(table, "type") for table in ("events", "event_calendar", "story_facts")}
)
TYPES = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DOUBLE": "number",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "INTEGER": "integer",
    "BIGINT": "integer",
}


def key_of(name: str) -> tuple[str, ...]:
    """The columns that tell the rows of a table or view apart; none where no columns do."""
    views = statements("views")
    return key(views[name]) if name in views else KEYS.get(name, ())


def package(con: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The package of tables and views of a published file; `files`: table -> its files, all of one form, as paths from where the package lies."""
    meta = dict(con.table("meta").fetchall())
    sources = con.execute(statement("ask/sources")).fetchall()
    return {
        "$schema": PROFILE,
        "name": "thidua",
        "title": TITLE,
        "version": meta["release"],
        "schema_version": meta["schema"],
        "content": meta["content"],
        "licence": LICENCE,
        "sources": [{"title": name or site, **({"path": path} if path else {})} for site, name, path in sources],
        "resources": [resource(table, files[table.name]) for table in tables_of(con) if table.name in files],
    }


def resource(table: Table, files: Sequence[str]) -> dict[str, Any]:
    """One table: its files, its columns, its keys."""
    form = files[0].rpartition(".")[2]
    told: dict[str, Any] = {
        "name": table.name,
        "type": "table",
        "path": files[0] if len(files) == 1 else [*files],
        "format": form,
        "mediatype": MEDIA[form],
        "encoding": "utf-8",
        "description": table.comment,
        "schema": {"fields": [field(column, flat=form in FLAT) for column in table.columns]},
    }
    if table.is_view:
        told["schema"]["uniqueKeys"] = [[*key_of(table.name)]]  # null is a value among others
    elif table.name in KEYS:
        told["schema"]["primaryKey"] = [*KEYS[table.name]]
    names = {column.name for column in table.columns}
    if refers := [
        {"fields": [*columns], "reference": {"resource": other if other != table.name else "", "fields": [*key_of(other)]}}
        for columns, other in REFERS
        if names.issuperset(columns)
        and (other, key_of(other)) != (table.name, columns)
        and not LOOSE.intersection((table.name, c) for c in columns)
    ]:
        told["schema"]["foreignKeys"] = refers
    return told


def field(column: Column, *, flat: bool) -> dict[str, Any]:
    """One column; lists and structures are what JSON calls array and object, or words where the form is `flat`."""
    if column.type.endswith("[]") or column.type.startswith(("STRUCT", "MAP")):
        kind = "string" if flat else "array" if column.type.endswith("[]") else "object"
    else:
        kind = TYPES[column.type]
    told: dict[str, Any] = {"name": column.name, "type": kind, "description": column.comment}
    return {**told, "constraints": {"required": True}} if column.required else told


def text(con: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[str]]) -> str:
    """The text of datapackage.json."""
    return json.dumps(package(con, files), ensure_ascii=False, indent=2) + "\n"
