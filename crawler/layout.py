"""Layout, Platform: how the lists and pages of one make of portal are read, as data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Literal

from cssselect import GenericTranslator, SelectorError
from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from crawler.date_archive import DateArchive
from schemas.record import Frozen

EVIDENCE = re.compile(r"(?:[A-G](?:;[A-G])*|usual|guess|sample)")


def _css(value: str) -> str:
    try:
        GenericTranslator().css_to_xpath(value)
    except SelectorError as error:
        raise ValueError(f"is no CSS selector ({error})") from error
    return value


def _regex(value: str) -> str:
    if "\b" in value:
        raise ValueError(r"holds a backspace, which double quotes make of \b; write regexes in single quotes")
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is no regular expression ({error})") from error
    return value


def many(value: object) -> object:
    """One entry or a list of them, as a list."""
    return value if isinstance(value, list | tuple) else [value]


def table(key: str) -> BeforeValidator:
    """A bare string stands for a table with that one key."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


Css = Annotated[str, AfterValidator(_css)]
Regex = Annotated[str, AfterValidator(_regex)]
Csss = Annotated[tuple[Css, ...], BeforeValidator(many)]
Regexes = Annotated[tuple[Regex, ...], BeforeValidator(many)]


class Selector(Frozen):
    """Where one part stands: a CSS selector, and how its value is read."""

    css: Css = Field(description="the nodes; the first one with a value counts")
    attr: str | None = Field(default=None, description="attribute that holds the value; null for the text")
    label: str | None = Field(
        default=None, description="the node's text must begin with it, and the value is what follows: 'Tác giả bài viết:'"
    )
    format: str | None = Field(
        default=None, description="strptime format of a stamp that the known forms do not cover: '(%d-%m-%Y %H:%M:%S)'"
    )


Selectors = Annotated[tuple[Annotated[Selector, table("css")], ...], BeforeValidator(many)]


class Layout(Frozen):
    """One generation of a portal's article template. Selectors of a field are tried in order."""

    name: str = Field(default="main", description="name within the platform; a site's layout takes what it lacks from the one of its name")
    until: dt.date | None = Field(default=None, description="last day it served; null while it does")
    title: Selectors = Field(default=(), description="headline")
    published_at: Selectors = Field(default=(), description="printed stamp, and only that of this article")
    lead: Selectors = Field(default=(), description="sapo")
    body: Selectors = Field(
        default=(), description="the article's text; a layout that has none, of its own or its platform's, is never used"
    )
    author: Selectors = Field(default=(), description="byline")
    source: Selectors = Field(default=(), description="'Nguồn: …'")
    section: Selectors = Field(default=(), description="section of the site")
    captions: Csss = Field(default=(), description="nodes within the body that are captions")
    attachments: Csss = Field(default=(), description="links and frames that offer files")
    drop: Csss = Field(default=(), description="nodes taken out before anything is read, author and source excepted")
    cut_after: Regexes = Field(default=(), description="a paragraph that matches ends the body, itself left out")
    document: tuple[str, ...] = Field(
        default=(), description="labels which, when each begins a paragraph, row or line below the headline, make a page a legal document"
    )


class Recognition(Frozen):
    """Signs of a platform on a page of an unknown host."""

    generator: Regexes = Field(default=(), description="of meta[name=generator]")
    css: Csss = Field(default=(), description="nodes that only this platform has")
    url: Regexes = Field(default=(), description="form of its article addresses")


class Listing(Frozen):
    """How a list of articles is read."""

    item: Csss = Field(default=(), description="one entry of the list; empty: the whole page is one")
    link: Csss = Field(default=(), description="link to the article, within an entry")
    date: Csss = Field(default=(), description="its day, within an entry; only a hint")
    archive: Annotated[tuple[Annotated[DateArchive, table("url")], ...], BeforeValidator(many)] = Field(
        default=(), description="lists by date, walked back when a crawl is given --since"
    )


class Paging(Frozen):
    """How a list goes on. A page without a new link always ends it."""

    type: Literal["none", "param", "path", "link", "cur", "post", "postback"] = Field(default="none", description="the kind of paging")
    name: str | None = Field(
        default=None, description="param: query parameter; cur: regex of the parameter's name, copied from a page link"
    )
    first: int = Field(default=1, ge=-1, description="number of the first page; -1: it is a shell, page 0 comes by POST")
    path: str | None = Field(default=None, description="path: what is appended to the list's address, with {page}")
    strip: Regex | None = Field(default=None, description="path: what is taken off the first page's address before")
    link: Csss = Field(default=(), description="link: the next page; cur, postback: any link to another page")
    url: str | None = Field(default=None, description="post: the address, may be relative to the list's")
    form: Mapping[str, str] = Field(default_factory=dict, description="post: fields, with {page} and the names of `read`")
    read: Mapping[str, Regex] = Field(
        default_factory=dict, description="post: name -> regex on the list page, whose first group is the value"
    )
    pages: Regex | None = Field(default=None, description="post: regex on the list page, whose first group is the number of pages")
    max_pages: int = Field(default=50, ge=1, description="no list is followed further")

    @property
    def shell(self) -> bool:
        """Whether the list's own page is always the same and tells nothing of its articles."""
        return self.first < 0

    @model_validator(mode="after")
    def _complete(self) -> Paging:
        needs = {
            "param": ("name",),
            "path": ("path",),
            "link": ("link",),
            "cur": ("name", "link"),
            "post": ("url", "form"),
            "postback": ("link",),
        }
        is_idle = self.type == "none" and any((self.name, self.path, self.link, self.url, self.form))
        if is_idle or (self.model_fields_set and "type" not in self.model_fields_set):
            raise ValueError(f"does nothing without a `type`; add one of {', '.join(needs)}")
        for key in needs.get(self.type, ()):
            if not getattr(self, key):
                raise ValueError(f"paging of the type {self.type!r} needs `{key}`")
        if self.type == "path" and not re.fullmatch(r"[^{}]*\{page\}[^{}]*", self.path or ""):
            raise ValueError(f'`path` = {self.path!r}: {{page}} was expected in it once, and no other brace: write path = "/page/{{page}}"')
        if self.type == "post" and not any("{page}" in value for value in self.form.values()):
            raise ValueError("no field of `form` names {page}: every page would be the same")
        unknown = {name for value in self.form.values() for name in re.findall(r"\{(\w*)\}", value)} - {"page", *self.read}
        if unknown:
            raise ValueError(f"`form` names {', '.join(sorted(unknown))}, which `read` does not give")
        return self


class ArticleAddress(Frozen):
    """Which addresses are articles, and what in them is the article's identity."""

    url_regex: Regexes = Field(
        default=(), description="searched in the canonical address; nothing else is followed. Empty: every link of a list"
    )
    id_regex: Regexes = Field(default=(), description="its first group is the identity; without a hit the canonical address is")
    keep_params: tuple[str, ...] = Field(
        default=(), description="query parameters that belong to the address; others than these are dropped when given"
    )


class Defaults(Frozen):
    """What a platform may give and a site may override."""

    listing: Listing = Field(default=Listing(), alias="list", description="how its lists are read")
    paging: Paging = Field(default=Paging(), alias="next", description="how its lists go on")
    article: ArticleAddress = Field(default=ArticleAddress(), description="addresses of articles")
    layout: tuple[Layout, ...] = Field(default=(), description="templates, newest first")
    encoding: str | None = Field(default=None, description="used where the page does not tell; Python's name of a charset")
    evidence: Mapping[str, str] = Field(default_factory=dict, description="key -> letters of evidence (A to G), or usual, guess, sample")

    @field_validator("evidence")
    @classmethod
    def _letters(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for key, letters in value.items():
            if not EVIDENCE.fullmatch(letters):
                raise ValueError(f"`{key}` = {letters!r} is neither letters from A to G joined by `;` nor usual, guess or sample")
        return value


class Platform(Defaults):
    """What all portals of one make share."""

    key: str = Field(description="the file's name without .toml")
    name: str = Field(description="what it is")
    recognise: Recognition = Field(default=Recognition(), description="signs on a page")
