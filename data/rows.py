"""Rows of the tables, made from a reading and from a fetch; a column is named as the model's field is."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from pydantic import Field

from schemas.article import Article, Reject
from schemas.edtf import days
from schemas.page import Fetch, Page
from schemas.reading import Reading
from schemas.record import Frozen, Quote, QuotedOften
from schemas.vocabulary import ArticleKind

Row = dict[str, Any]

# What hangs on an article, in the order of writing. `articles` comes last: an article that is there is there with all its records.
OF_ARTICLE = (
    "article_versions", "dates", "officials", "positions", "awards", "recipients", "counts", "events", "event_officials", "documents",
    "campaigns", "articles",
)  # fmt: skip
SAID = ("title", "lead", "text", "author", "source_credit", "section", "published_at", "captions", "attachments", "kind")


class Told(Protocol):
    """An article, as far as the row of its page tells of it."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> ArticleKind: ...
    @property
    def read_by(self) -> str | None: ...


class PageRow(Frozen):
    """A page of the archive and what became of it."""

    page: str = Field(description="first 16 hex digits of SHA-256 of (run, seq) of its line in the ledger")
    site: str = Field(description="key of the site, `import` for files")
    url: str = Field(description="the address asked for")
    final_url: str | None = Field(default=None, description="the address that answered, after redirects")
    redirects: tuple[str, ...] = Field(default=(), description="the addresses between `url` and `final_url` that led on, in order")
    kind: str | None = Field(default=None, description="what it was fetched as: article, list, …; of imports dump, html, article_json")
    fetched_at: dt.datetime | None = Field(default=None, description="when, UTC")
    status: int | None = Field(default=None, description="HTTP status; 200 for files")
    sha256: str | None = Field(default=None, description="of the body")
    warc: str | None = Field(default=None, description="segment of the archive that holds the record")
    offset: int | None = Field(default=None, description="first byte of its gzip member in the segment")
    length: int | None = Field(default=None, description="bytes of the gzip member")
    tls: str | None = Field(default=None, description="verdict on the certificate: verified, legacy, unverified; null without TLS")
    outcome: str = Field(description="article, document, reject; lost: the archive could not give it back")
    reason: str | None = Field(default=None, description="why it is no article: soft404, challenge, no_body, …")
    read_by: str | None = Field(default=None, description="what read it")
    article: str | None = Field(default=None, description="the article that it tells of")
    rules: str | None = Field(default=None, description="version of the rules that read it")
    run: str | None = Field(default=None, description="the run that read it")

    @classmethod
    def of(cls, fetch: Fetch, found: Told | Reject | None, rules: str, *, run: str | None = None, page: Page | None = None) -> PageRow:
        """The row of a page that was read; `found` null: the archive could not give it back. `page` adds what the ledger does not tell."""
        told: dict[str, Any] = {"outcome": "lost"}
        if isinstance(found, Reject):
            told = {"outcome": "reject", "reason": found.reason, "read_by": found.read_by}
        elif found is not None:
            told = {
                "outcome": "document" if found.kind is ArticleKind.DOCUMENT else "article",
                "read_by": found.read_by,
                "article": found.id,
            }
        if page is not None:
            told |= {"final_url": page.final_url, "redirects": page.redirects, "fetched_at": page.fetched_at, "tls": page.tls}
        same = {name: getattr(fetch, name) for name in ("site", "url", "kind", "status", "sha256", "warc", "offset", "length")}
        return cls(page=page_key(fetch), rules=rules, run=run, **same, **told)


class SiteRow(Frozen):
    """A publisher of the registry."""

    site: str = Field(description="key: ASCII slug with hyphens")
    name: str | None = Field(default=None, description="the publisher")
    kind: str | None = Field(default=None, description="portal, department, newspaper, …")
    province: str | None = Field(default=None, description="the publisher's province; null for a national one")
    platform: str | None = Field(default=None, description="key of its platform; null: the generic reader")
    status: str | None = Field(default=None, description="draft or live")
    hosts: tuple[str, ...] = Field(default=(), description="hosts of its pages")
    articles_a_month: float | None = Field(default=None, description="fewer new articles miss the expectation")
    newest_days: int | None = Field(default=None, description="the newest article must not be older, days")


class SiteCheck(Frozen):
    """A missed expectation of a site."""

    run: str = Field(description="the run that was judged")
    site: str = Field(description="key of the site")
    kind: str = Field(
        alias="class", description="dns, connect, tls, blocked, challenge, robots, soft404, layout, empty, stale, dead, length, …"
    )
    field: str | None = Field(default=None, description="the field that is missed, `list` for the lists; null for the whole site")
    selectors: tuple[str, ...] = Field(default=(), description="CSS selectors that were to find it")
    page: str | None = Field(default=None, description="key of the page to look at, as it is kept: `fetches` tells its segment and offset")
    url: str | None = Field(default=None, description="its address")
    detail: str = Field(description="what was met, and what was expected")


class AliasRow(Frozen):
    """A further address of an article."""

    article: str = Field(description="key of the article")
    site: str | None = Field(default=None, description="key of the site")
    url: str = Field(description="the address, as it was met")
    how: str = Field(description="link: a list named it; redirect: the article's address led there; canonical: the article's page says so")
    found_on: str | None = Field(default=None, description="the list, or the article's page")
    since: dt.datetime | None = Field(default=None, description="when it was first met, UTC")


def page_key(fetch: Fetch) -> str:
    """Key of the page that a line of the ledger tells of."""
    return hashlib.sha256(f"{fetch.run}\n{fetch.seq}".encode()).hexdigest()[:16]


def fetch_rows(lines: Iterable[tuple[int, Fetch]]) -> Iterator[Row]:
    """Rows of the ledger, with the number of the line."""
    for line, fetch in lines:
        row = naive(fetch.model_dump())
        yield {**row, "line": line, "page": page_key(fetch) if fetch.warc is not None else None}


def naive(row: Row) -> Row:
    """A row whose times are UTC without a zone, as tables hold them."""
    return {
        name: value.astimezone(dt.UTC).replace(tzinfo=None) if isinstance(value, dt.datetime) and value.tzinfo else value
        for name, value in row.items()
    }


def said_hash(article: Article) -> str:
    """Hash of the text and of the fields that a publisher can change: a new one is a new version."""
    said = article.model_dump(mode="json", include=set(SAID))
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def reading_hash(reading: Reading, rules: str) -> str:
    """Hash of all that a reading holds: an equal one need not be written again."""
    return hashlib.sha256(f"{rules}\n{reading.model_dump_json()}".encode()).hexdigest()[:16]


def rows_of(reading: Reading, rules: str, *, said: str, read: str) -> dict[str, list[Row]]:
    """Table -> rows of one article, as far as its reading tells them; `said` and `read` are its hashes. Versions hang on what is kept already."""
    article = {"article": reading.id}
    found: dict[str, list[Row]] = {"positions": [], "recipients": [], "event_officials": []}
    found["articles"] = [{**_article_row(reading), "hash": said, "reading": read, "rules": rules}]
    for kind in ("dates", "events"):
        found[kind] = [
            {**article, "row": row, **record.model_dump(mode="json"), **_days(record.edtf)}
            for row, record in enumerate(getattr(reading, kind))
        ]
    for kind in ("counts", "documents", "campaigns"):
        found[kind] = [{**article, "row": row, **record.model_dump(mode="json")} for row, record in enumerate(getattr(reading, kind))]
    for kind, parts, table in (("officials", "positions", "positions"), ("awards", "recipients", "recipients")):
        found[kind] = [
            {**article, "row": row, **_first(record), **record.model_dump(mode="json", exclude={parts})}
            for row, record in enumerate(getattr(reading, kind))
        ]
        owner = f"{kind.removesuffix('s')}_row"
        found[table] = [
            {**article, owner: row, "row": index, **part.model_dump(mode="json")}
            for row, record in enumerate(getattr(reading, kind))
            for index, part in enumerate(getattr(record, parts))
        ]
    for row, event in enumerate(reading.events):
        start, end = _paragraph(reading.text, event)
        found["event_officials"] += [
            {**article, "event_row": row, "official_row": index}
            for index, official in enumerate(reading.officials)
            if any(start <= quote.start < end for quote in official.quotes)
        ]
    return found


def _article_row(reading: Reading) -> Row:
    stamp = dt.datetime.fromisoformat(reading.published_at).replace(tzinfo=None) if reading.published_at else None
    exact = "day" if len(reading.published_at or "") == 10 else "second" if stamp and stamp.second else "minute"
    precision = exact if stamp else None
    own = {"article": reading.id, "published_at": stamp, "published_on": reading.published_on, "published_precision": precision}
    return {
        **reading.model_dump(mode="json", include=set(Article.model_fields) | {"truncated"}),
        **own,
        "selectors": sorted(reading.selectors.items()),
    }


def _days(edtf: str | None) -> Row:
    first, last = days(edtf) if edtf else (None, None)
    return {"first_day": first, "last_day": last}


def _first(record: QuotedOften) -> Row:
    return record.quotes[0].model_dump()


def _paragraph(text: str, quote: Quote) -> tuple[int, int]:
    """The paragraph in which a quote stands."""
    end = text.find("\n", quote.end)
    return text.rfind("\n", 0, quote.start) + 1, len(text) if end < 0 else end
