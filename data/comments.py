"""What tables and columns hold, told inside the database: from the models' descriptions, and from here for what no model has."""

from __future__ import annotations

from collections.abc import Mapping

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
FIRST_QUOTE = {
    "start": "first code point of the first quote in the article's text (NFC)",
    "end": "one past the last code point of the first quote",
    "quote": "text[start:end], never normalised; the first of `quotes`",
}
EVERYWHERE = {
    "article": "key of the article: 16 hex digits",
    "row": "index in the article, from 0",
    "award_row": "row of the award in `awards`",
    "official_row": "row of the official in `officials`",
    "event_row": "row of the event in `events`",
    "first_day": "first day that `edtf` covers",
    "last_day": "last day that `edtf` covers",
    "page": "key of the page in `pages`",
    "rules": "version of the rules that read it",
    "run": "the run that read it",
    "hash": "hash of the text and of the fields that a publisher can change",
}
OWN: Mapping[str, Mapping[str, str]] = {
    "runs": {
        "run": "key of the run",
        "command": "the command that was given",
        "version": "version of the program",
        "started_at": "UTC",
        "ended_at": "UTC; null: it was cut off",
        "status": "exit status: 0 done, 1 failed, 3 an expectation was missed, 75 no network for now",
        "summary": "what it did, JSON",
    },
    "fetches": {"line": "number of the line in the ledger, from 1", "page": "key of the page that it brought, null for none"},
    "articles": {
        "page": "the newest page that tells of it",
        "published_at": "as the page prints it, local time +07:00",
        "published_on": "day of publication in Vietnam",
        "published_precision": "how exactly the page prints it: day, minute (also of a second that is 00), second",
        "reading": "hash of the article with all its records",
        "version": "number of its newest version",
    },
    "article_versions": {
        "version": "1 for the first",
        "page": "the first page that said so",
        "from": "when that page was fetched, UTC",
        "to": "when the next version was fetched, UTC; null for the newest",
        "title": "headline of that version",
        "sketch": "sample of its runs of three words, by which versions are compared (data/likeness.py)",
        "replaced": "whether it is another article than the version before, not a correction: title and text share next to nothing",
    },
    "award_types": {
        "code": "as in `awards`.`type`",
        "vi": "Vietnamese name",
        "en": "English name",
        "fixed_level": "level that it always has",
        "legal_source": "law and article",
    },
    "provinces": {
        "era": "new: since 2025-07-01; old: the 63 before; former: those before them",
        "slug": "ASCII name with hyphens; with the era the key",
        "name": "name in records",
        "kind": "tỉnh or thành phố",
        "gso_code": "code of the General Statistics Office",
        "gov_domain": "host of its portal",
        "gov_domain_alt": "other hosts of its portal, parted by ;",
        "newspaper": "newspaper of its party committee",
        "newspaper_domain": "host of the newspaper",
        "newspaper_domain_alt": "other hosts of the newspaper, parted by ;",
        "newspaper_confirmed": "whether the host was seen",
        "region": "region of the country",
        "successor": "slug of the one that it belongs to in the next era, parted by ; where it was split",
        "merged_from": "slugs of the old ones that it is made of, parted by ;",
        "seat_in": "slug of the old one that has its seat",
        "change_2025": "what became of it on 2025-07-01",
        "valid_from": "first day or year",
        "valid_to": "last day or year",
        "aliases": "other spellings, parted by ;",
        "notes": "what else is known, Vietnamese",
    },
    "province_changes": {
        "date": "day or years of the change",
        "kind": "merge, split, rename, upgrade, abolish, create",
        "from": "before",
        "to": "after",
        "legal_basis": "resolution or law",
        "note": "what else is known, Vietnamese",
        "confidence": "confirmed or known",
    },
    "story_articles": {
        "story": "key of the story: that of the first article that tells it; another one when an earlier article comes in",
        "follows": "the earlier article that it is most like; null for the first",
        "basis": "first; words: the same words; reprint: most runs of words; event: other words on the same event",
        "likeness": "how like it is to the one that it follows, 0 to 1: of a reprint the share of runs, of an event the cosine of features",
    },
    "meta": {"key": "name of the fact", "value": "the fact"},
    "article_checks": {"table": "a table", "rows": "rows of the article in it", "sum": "sum of the first halves of their MD5"},
    "table_checks": {"table": "a table", "part": "part of the table", "rows": "rows in it", "sum": "sum of the first halves of their MD5"},
    "schema_migrations": {"version": "number", "name": "file", "sha256": "of the file", "applied_at": "UTC"},
}


def column_comment(table: str, column: str) -> str:
    """What a column holds. KeyError if nobody says."""
    if column in OWN.get(table, {}):
        return OWN[table][column]
    if table in ("officials", "awards") and column in FIRST_QUOTE:
        return FIRST_QUOTE[column]
    for model in MODELS.get(table, ()):
        for name, field in model.model_fields.items():
            if column == (field.alias or name) and field.description:
                return field.description
    return EVERYWHERE[column]


def table_comment(table: str) -> str:
    """What a table holds: the first line of its record's docstring and the heading of its statement."""
    made = {name.partition("-")[2]: text for folder in ("migrations", "stories") for name, text in statements(folder).items()}
    said = heading(made.get(table, statement(f"store/{table}") if table == "schema_migrations" else "")).partition(": ")[2]
    models = MODELS.get(table, ())
    record = (models[0].__doc__ or "").strip().split("\n")[0] if models else ""
    return f"{record} {said}".strip()


def comment_all(con: duckdb.DuckDBPyConnection) -> None:
    """Comment the tables of the current database where they are not, or not any more, told right; within the caller's transaction."""
    for table, told in con.execute(statement("store/told_tables")).fetchall():
        if told != (said := table_comment(table)):
            con.execute(statement("store/comment_table").format(kind="table", table=quoted(table), comment=literal(said)))
    for table, column, told in con.execute(statement("store/told_columns")).fetchall():
        if told != (said := column_comment(table, column)):
            con.execute(statement("store/comment_column").format(table=quoted(table), column=quoted(column), comment=literal(said)))


def quoted(name: str) -> str:
    """An identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string."""
    return "'" + text.replace("'", "''") + "'"
