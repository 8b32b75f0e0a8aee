"""A site: where a publisher's news starts, where the parts stand on its pages, when the definition held."""

from __future__ import annotations

import datetime as dt
import re
from difflib import get_close_matches
from typing import Annotated, Literal
from unicodedata import combining, normalize
from urllib.parse import urljoin, urlsplit

from pydantic import AfterValidator, Field, field_validator, model_validator

from crawler.address import canonical, host_of
from crawler.layout import Defaults, Layout, Platform, table
from schemas.article import article_key
from schemas.record import Frozen
from schemas.tables import provinces

__all__ = ["Expect", "Layout", "Platform", "ProvinceSpan", "Site", "SiteError", "Start"]

Kind = Literal["portal", "department", "commune", "district", "award_office", "newspaper", "party", "broadcaster", "agency", "unknown"]
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PORTAL_DELAY, DELAY = 5.0, 3.0


def bare(text: str) -> str:
    """A name in small letters without marks: 'Đắk Lắk' -> 'dak lak'."""
    return "".join(char for char in normalize("NFD", text.lower().replace("đ", "d")) if not combining(char))


def known_province(name: str) -> str:
    """The name of a province; ValueError, with one that is near, for another."""
    if name not in provinces():
        names = {bare(one): one for one in provinces()}
        near = get_close_matches(bare(name), names, n=1)
        raise ValueError(f"is no province of schemas/tables/provinces.csv{f'; did you mean {names[near[0]]!r}?' if near else ''}")
    return name


class SiteError(ValueError):
    """A file of the registry that cannot be used; says where, what was met, what was expected and what to do."""


class Expect(Frozen):
    """What a crawl must bring; else it ends with status 3."""

    articles_a_month: float = Field(default=0, ge=0, description="fewer new articles, reckoned on the days crawled, miss the expectation")
    title: float = Field(default=1.0, ge=0, le=1, description="share of articles that carry a title")
    published_at: float = Field(default=0.95, ge=0, le=1, description="share of articles that carry it")
    body: float = Field(default=0.98, ge=0, le=1, description="share of article pages that read as articles of min_body_chars")
    min_body_chars: int = Field(default=200, ge=0, description="a shorter text is warned of, code points")
    newest_days: int | None = Field(default=None, ge=1, description="the newest article must not be older, days")


class Start(Frozen):
    """A list from which news is taken."""

    url: str = Field(description="its address")
    section: str | None = Field(default=None, description="the section's name")
    award: bool = Field(default=False, description="a section of its own about emulation and awards")


class ProvinceSpan(Frozen):
    """To which province a publisher belonged, and when."""

    name: str = Field(description="the province as named then")
    since: dt.date | None = Field(default=None, alias="from", description="first day; null: always")
    until: dt.date | None = Field(default=None, alias="to", description="last day; null: still")

    @field_validator("name")
    @classmethod
    def _known(cls, value: str) -> str:
        return known_province(value)


class Site(Defaults):
    """One publisher."""

    key: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="ASCII slug with hyphens: the file's name without .toml")
    name: str = Field(description="the publisher")
    kind: Kind = Field(default="unknown", description="portal, department, newspaper, …")
    province: Annotated[str, AfterValidator(known_province)] | None = Field(
        default=None, description="the publisher's province; null for a national one"
    )
    province_at: tuple[ProvinceSpan, ...] = Field(default=(), description="its provinces over time, where they changed")
    platform: str | None = Field(default=None, description="key of its platform; null: the generic reader")
    hosts: tuple[str, ...] = Field(min_length=1, description="host, host:port or host/prefix of its pages")
    start: tuple[Annotated[Start, table("url")], ...] = Field(default=(), description="lists, in order")
    feeds: tuple[str, ...] = Field(default=(), description="RSS or Atom")
    sitemap: str | None = Field(default=None, description="address of its sitemap")
    tls: Literal["verified", "legacy", "unverified"] = Field(default="verified", description="how the certificate is treated")
    tls_reason: str | None = Field(default=None, description="why not verified")
    delay: float = Field(default=DELAY, ge=0, description="seconds between two requests; of a portal 5 where it is left out")
    https_downgrade: bool = Field(
        default=False, description="a redirect from https to http may be followed; http will do where https is dead"
    )
    revisit_days: tuple[int, ...] = Field(
        default=(1, 7, 30), description="days after which an article is asked for again; [0]: at every run"
    )
    expect: Expect = Field(default=Expect(), description="what a crawl must bring")
    valid_from: dt.date | None = Field(default=None, description="first day on which the definition holds; null: always")
    valid_to: dt.date | None = Field(
        default=None, description="last day; null: still. A definition that is closed is not crawled, but pages of its days are read by it"
    )
    status: Literal["draft", "live"] = Field(default="draft", description="a draft is crawled only when named")
    notes: str | None = Field(default=None, description="what else is known")

    @model_validator(mode="after")
    def _consistent(self) -> Site:
        if self.province is not None and self.province_at:
            raise ValueError("`province` and `province_at` are both given; keep one")
        if self.tls != "verified" and not self.tls_reason:
            raise ValueError(f"`tls` = {self.tls!r} needs a `tls_reason`")
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError(f"`valid_to` = {self.valid_to} is before `valid_from` = {self.valid_from}")
        for archive in self.listing.archive:
            if not all(self.owns(urljoin(base, archive.url)) for base in self.bases):
                raise ValueError(f"`list.archive`: {archive.url!r} lies on none of the site's hosts")
        for start in self.start:
            if urlsplit(start.url).scheme not in ("http", "https"):
                raise ValueError(f"`start`: {start.url!r} is no http or https address")
            if host_of(start.url) not in {host.partition("/")[0] for host in self.hosts}:
                raise ValueError(f"`start`: {start.url!r} lies on none of `hosts` ({', '.join(self.hosts)}); add its host there")
        return self

    @property
    def bases(self) -> tuple[str, ...]:
        """The addresses that those of its archives by date are seen from: its lists, else its front page."""
        return tuple(start.url for start in self.start) or (f"https://{self.hosts[0]}/",)

    @property
    def allows_http(self) -> bool:
        """Whether http will do where https is dead: the site says so, or its definition itself names an address by http."""
        named = (*(start.url for start in self.start), *self.feeds, self.sitemap or "")
        return self.https_downgrade or any(url.startswith("http:") for url in named)

    def province_on(self, day: dt.date | None) -> str | None:
        """The province that the publisher belonged to on a day, as named then; the first one when the day is unknown."""
        spans = self.province_at or ((ProvinceSpan(name=self.province),) if self.province else ())
        fitting = (s for s in spans if day is None or (s.since or dt.date.min) <= day <= (s.until or dt.date.max))
        return next((span.name for span in fitting), None)

    def holds_on(self, day: dt.date | None) -> bool:
        """Whether the definition held on a day; of a day that is not known, whether it still does."""
        return (self.valid_from or dt.date.min) <= (day or dt.date.max) <= (self.valid_to or dt.date.max)

    def canonical(self, url: str) -> str:
        """The canonical form of an address of this site: to compare by, not to fetch."""
        return canonical(url, keep_params=self.article.keep_params)

    def is_article(self, url: str) -> bool:
        """Whether the address has the form of an article's."""
        address = self.canonical(url)
        return not self.article.url_regex or any(re.search(pattern, address) for pattern in self.article.url_regex)

    def identity(self, url: str) -> str:
        """What makes two addresses one article: the id_regex hit in small letters, else the canonical address."""
        address = self.canonical(url)
        hits = (re.search(pattern, address) for pattern in self.article.id_regex)
        return next((hit[1].lower() for hit in hits if hit), address)

    def article_id(self, url: str) -> str:
        """Key of the article in the store."""
        return article_key(self.key, self.identity(url))

    def owns(self, url: str) -> bool:
        """Whether the address lies on one of the site's hosts."""
        return self.fit(url) > 0

    def fit(self, url: str) -> int:
        """Length of the longest of `hosts` that the address lies on; 0 for none."""
        try:
            address = f"{host_of(url)}{urlsplit(url).path}"
        except ValueError:  # no address
            return 0
        return max((len(host) for host in self.hosts if (address + "/").startswith(host.rstrip("/") + "/")), default=0)
