"""What tables, views and columns hold, told inside the database in Vietnamese and English: data/comments.toml and the models' descriptions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import duckdb
from pydantic import BaseModel

from data.rows import AliasRow, PageRow, SiteCheck, SiteRow
from data.statements import heading, statement, statements
from schemas.article import Article
from schemas.awards import Award, Recipient
from schemas.counts import Count
from schemas.dates import DateMention
from schemas.documents import Campaign, Document
from schemas.events import Event
from schemas.officials import Official, Position
from schemas.page import Fetch
from schemas.reading import Reading
from schemas.record import Quote

MODELS: Mapping[str, tuple[type[BaseModel], ...]] = {
    "sites": (SiteRow,),
    "site_checks": (SiteCheck,),
    "aliases": (AliasRow,),
    "fetches": (Fetch,),
    "pages": (PageRow,),
    "articles": (Article, Reading),
    "dates": (DateMention,),
    "officials": (Official, Quote),
    "positions": (Position,),
    "awards": (Award, Quote),
    "recipients": (Recipient,),
    "counts": (Count,),
    "events": (Event,),
    "documents": (Document,),
    "campaigns": (Campaign,),
}
INTERNAL = {"schema_migrations": "store/schema_migrations"}  # tables whose statement is no migration


class Told(NamedTuple):
    """What a table, a view or a column holds, in both languages."""

    vi: str
    en: str

    def __str__(self) -> str:
        return f"vi: {self.vi} · en: {self.en}"

    @classmethod
    def of(cls, comment: str) -> Told:
        """The two languages of a comment of the database. ValueError if it is none of ours."""
        vi, mark, en = comment.removeprefix("vi: ").partition(" · en: ")
        if not mark:
            raise ValueError(f"no comment of two languages: {comment!r}")
        return cls(vi, en)


@cache
def texts() -> Mapping[str, Mapping[str, Any]]:
    """data/comments.toml: section -> column -> Vietnamese, or Vietnamese and English."""
    return tomllib.loads(files("data").joinpath("comments.toml").read_text(encoding="utf-8"))


def column_comment(table: str, column: str) -> Told:
    """What a column of a table or view holds. KeyError if nobody says, in either language."""
    sections = [texts().get(table, {}), *(texts()[like] for like in texts().get(table, {}).get("_like", ())), texts()["everywhere"]]
    found = [section[column] for section in sections if column in section]
    pairs = [one for one in found if not isinstance(one, str)]
    if found and found[0] in pairs:
        return Told(*found[0])
    english = next((said for name in (table, *texts().get(table, {}).get("_like", ())) if (said := described(name, column))), None)
    if not found or not (english or pairs):
        raise KeyError(f"{table}.{column}: data/comments.toml does not say what it holds")
    return Told(found[0], english or pairs[0][1])


def described(table: str, column: str) -> str | None:
    """What the record's model says of a column."""
    for model in MODELS.get(table, ()):
        for name, field in model.model_fields.items():
            if column == (field.alias or name) and field.description:
                return field.description
    return None


def table_comment(table: str) -> Told:
    """What a table or view holds: the first line of its record's docstring and the heading of its statement."""
    made = {
        name.partition("-")[2] or name: text for folder in ("migrations", "stories", "views") for name, text in statements(folder).items()
    }
    said = heading(made[table] if table in made else statement(INTERNAL[table]))
    said = said.removeprefix(f"{table}: ")
    models = MODELS.get(table, ())
    record = (models[0].__doc__ or "").strip().split("\n")[0] if models else ""
    return Told(texts()["tables"][table], f"{record} {said}".strip())


def comment_all(con: duckdb.DuckDBPyConnection) -> None:
    """Comment the tables and views of the current database where they are not, or not any more, told right; within the caller's transaction."""
    for table, kind, told in con.execute(statement("store/told_tables")).fetchall():
        if told != (said := str(table_comment(table))):
            con.execute(statement("store/comment_table").format(kind=kind, table=quoted(table), comment=literal(said)))
    for table, column, told in con.execute(statement("store/told_columns")).fetchall():
        if told != (said := str(column_comment(table, column))):
            con.execute(statement("store/comment_column").format(table=quoted(table), column=quoted(column), comment=literal(said)))


def quoted(name: str) -> str:
    """An identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string."""
    return "'" + text.replace("'", "''") + "'"
