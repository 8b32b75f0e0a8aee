"""A page as it was fetched, and a line of the ledger of fetches."""

from __future__ import annotations

import datetime as dt
import hashlib

from pydantic import Field

from schemas.article import VIETNAM
from schemas.record import Frozen
from schemas.vocabulary import State

UNKNOWN = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)  # when a file was fetched, nobody knows
IMPORT, TRUNCATED = "import", "truncated"  # reasons of a ledger's line: a page of a WARC file; one that is not whole


class Page(Frozen):
    """One response as it came, bytes untouched; what the archive keeps and the reader reads."""

    site: str = Field(description="key of the site, `import` for files")
    url: str = Field(description="the address asked for; for a POST the address and the form, after a #")
    final_url: str = Field(description="the address that answered, after redirects")
    fetched_at: dt.datetime = Field(description="when, UTC")
    status: int = Field(description="HTTP status; 200 for files")
    redirects: tuple[str, ...] = Field(default=(), description="the addresses between `url` and `final_url` that led on, in order")
    headers: tuple[tuple[str, str], ...] = Field(default=(), description="response headers in order, as received")
    body: bytes = Field(description="the body after content decoding", repr=False)
    kind: str = Field(
        default="article", description="what it was fetched as: article, list, feed, sitemap; of imports dump, html, article_json"
    )
    tls: str | None = Field(default=None, description="verdict on the certificate: verified, legacy, unverified; null without TLS")
    imported: bool = Field(default=False, description="from a WARC file of others")
    truncated: str | None = Field(
        default=None,
        description="why a WARC file has only its beginning: length, time, disconnect; encoding: it could not be unpacked whole",
    )

    @property
    def sha256(self) -> str:
        """SHA-256 of the body, hex."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def fetched_on(self) -> dt.date | None:
        """The day of the fetch as in Vietnam; None for files, of which nobody knows it."""
        return None if self.fetched_at == UNKNOWN else self.fetched_at.astimezone(VIETNAM).date()

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case of letters."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Fetch(Frozen):
    """One line of the ledger: what became of a scheduled address. The newest line of (site, url) is its state."""

    run: str = Field(description="the run that wrote the line")
    seq: int = Field(ge=0, description="number of the line within the run; order by (run, seq), not by time")
    site: str = Field(description="key of the site")
    url: str = Field(description="address (for a POST with the form after a #)")
    kind: str = Field(description="article, list, feed, sitemap, robots, or of an import; alias: a further address of an article")
    state: State = Field(description="open, ok, unchanged, refused, failed, retry_at")
    reason: str | None = Field(
        default=None,
        description="why refused or failed: robots, address, scheme, offsite, type, timeout, dns, tls, http-404, …; import, truncated (ok): a page, or its beginning, of a WARC file; of an alias link, redirect, canonical",
    )
    at: dt.datetime = Field(description="when the line was written, UTC")
    status: int | None = Field(default=None, description="HTTP status, where there was an answer")
    sha256: str | None = Field(default=None, description="of the body")
    warc: str | None = Field(default=None, description="segment that holds the record")
    offset: int | None = Field(default=None, description="first byte of its gzip member in the segment")
    length: int | None = Field(default=None, description="bytes of the gzip member")
    etag: str | None = Field(default=None, description="for the next conditional request")
    last_modified: str | None = Field(default=None, description="for the next conditional request")
    retry_at: dt.datetime | None = Field(default=None, description="not before, UTC")
    found_on: str | None = Field(default=None, description="address of the list that named it; of an alias the page that named it")
    in_a_row: int | None = Field(
        default=None, description="runs in a row, this one counted, in which the address failed so, or its host was closed"
    )
    whole_bytes: int | None = Field(
        default=None, description="bytes of the body that was kept last, where it ended as a page does; a shorter one without an end is cut"
    )

    @property
    def imported(self) -> bool:
        """Whether it tells of a page of a WARC file."""
        return self.state is State.OK and self.reason in (IMPORT, TRUNCATED)
