"""An article as a reader made it from a page: fields and text, without records."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata

from pydantic import Field, field_validator

from schemas.record import Frozen
from schemas.vocabulary import ArticleKind

VIETNAM = dt.timezone(dt.timedelta(hours=7), "+07:00")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?\+07:00)?")


def article_key(site: str, identity: str) -> str:
    """First 16 hex digits of SHA-256 of (site key, identity): the key of an article in the store."""
    return hashlib.sha256(f"{site}\n{identity}".encode()).hexdigest()[:16]


class Caption(Frozen):
    """What stands under a picture."""

    text: str = Field(description="the caption, without the credit")
    credit: str | None = Field(default=None, description="who took the picture, as printed")


class Attachment(Frozen):
    """A file that the article offers."""

    url: str = Field(description="its address")
    name: str | None = Field(default=None, description="as the page calls it")


class Article(Frozen):
    """One article. `text` is NFC and never changes: all offsets of records are code points into it."""

    id: str = Field(description="stable id: the key in the store, or the given id")
    url: str | None = Field(default=None, description="the page's address")
    site: str | None = Field(default=None, description="key of the site that published it")
    title: str | None = Field(default=None, description="headline without site furniture and without a date")
    published_at: str | None = Field(default=None, description="as the page prints it: 2018-05-14T07:44:26+07:00, or the bare day")
    published_inferred: str | None = Field(
        default=None, description="EDTF, only when published_at is null and the text forces it or the address carries the day"
    )
    author: str | None = Field(default=None, description="byline")
    source_credit: str | None = Field(default=None, description="'Nguồn: …'")
    province: str | None = Field(default=None, description="province of the publisher, as named at the time; null for a national outlet")
    about_province: str | None = Field(default=None, description="the province that the article is about")
    lead: str | None = Field(default=None, description="sapo")
    section: str | None = Field(default=None, description="section of the site")
    captions: tuple[Caption, ...] = Field(default=(), description="all captions, in order")
    attachments: tuple[Attachment, ...] = Field(default=(), description="files offered with the article")
    kind: ArticleKind = Field(default=ArticleKind.ARTICLE, description="article; document for legal texts in the same template")
    read_by: str | None = Field(default=None, description="what read it: <platform or 'dump', 'trafilatura', 'given'>/<layout>")
    selectors: dict[str, int] = Field(default_factory=dict, description="field -> index of the selector in its list that matched")
    warnings: tuple[str, ...] = Field(default=(), description="what the reader noticed")
    text: str = Field(description="title, lead, body, as paragraphs joined by a line feed")

    @field_validator("text")
    @classmethod
    def _nfc(cls, value: str) -> str:
        if not unicodedata.is_normalized("NFC", value):
            raise ValueError("the text is not NFC")
        return value

    @field_validator("published_at")
    @classmethod
    def _stamp(cls, value: str | None) -> str | None:
        if value is not None:
            if not _STAMP.fullmatch(value):
                raise ValueError(f"published_at {value!r} is neither a day nor a time with +07:00")
            dt.datetime.fromisoformat(value)
        return value

    @property
    def published_on(self) -> dt.date | None:
        """The day of publication in Vietnam."""
        return dt.date.fromisoformat(self.published_at[:10]) if self.published_at else None

    @property
    def written_on(self) -> dt.date | None:
        """The day that dates without a year are read from: of publication, else the one that the address carries."""
        inferred = self.published_inferred or ""
        return self.published_on or (dt.date.fromisoformat(inferred) if _DAY.fullmatch(inferred) else None)


class Reject(Frozen):
    """A page that is no article, and why."""

    reason: str = Field(description="soft404, challenge, login, maintenance, no_body, no_title, type, charset, list, …")
    detail: str | None = Field(default=None, description="what was met")
    read_by: str | None = Field(default=None, description="what tried to read it")
