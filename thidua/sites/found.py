"""What was found on the pages of a site: lists, articles field by field, and what is to be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.layout import Layout
from crawler.site import Site
from schemas.article import Article, Reject
from thidua.sites.probing import Answer


@dataclass(frozen=True)
class Value:
    """What one field gave on one page."""

    field: str
    by: str  # the CSS selector, `generic` or `none`
    place: str  # which of several selectors it is; where the generic reader took it from, if it tells
    value: str


@dataclass(frozen=True)
class PageFound:
    """One article page."""

    answer: Answer
    article: Article | None = None
    reject: Reject | None = None
    values: tuple[Value, ...] = ()
    layout: Layout | None = None  # of the site's, the one that read it


@dataclass(frozen=True)
class Part:
    """A selector of a list."""

    name: str  # item, link, date
    css: str
    nodes: int  # that it met within the entries
    articles: int  # that it gives when it is the only one; of a date, articles that it gives a day


@dataclass(frozen=True)
class ListFound:
    """A list, feed or sitemap."""

    answer: Answer
    articles: int = 0  # by the selectors of the definition
    anywhere: int = 0  # else among all links of the page
    parts: tuple[Part, ...] = ()
    following: str | None = None
    pager: tuple[str, ...] = ()  # addresses of its other pages, as a person sees them
    others: tuple[str, ...] = ()  # addresses on the site that have not the form of an article's
    named: int = 0  # addresses of any form
    links: Mapping[str, int] = field(default_factory=dict)  # of a list: mended, ignored


@dataclass(frozen=True)
class Further:
    """The second page of a list."""

    answer: Answer
    articles: int = 0
    new: int = 0  # of them, not on the first page
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Mend:
    """One thing to mend: a message and what fills it."""

    key: str
    values: Mapping[str, object]
    page: str | None = None  # name of the saved copy that shows it


@dataclass
class Check:
    """All that was found on a site."""

    site: Site
    sources: list[ListFound] = field(default_factory=list)
    further: Further | None = None
    pages: list[PageFound] = field(default_factory=list)
    unmet: list[tuple[str, str]] = field(default_factory=list)  # where in the definition, pattern
    mends: list[Mend] = field(default_factory=list)
    remarks: list[Mend] = field(default_factory=list)
    robots: Answer | None = None  # robots.txt
    no_network: bool = False


def is_further(answer: Answer) -> bool:
    """Whether an answer is the second page of a list."""
    return answer.line.kind == "list" and answer.line.found_on is not None


def saved_name(answer: Answer, pages: Sequence[PageFound]) -> str:
    """Name of the file that keeps the page: list.html, list-2.html, feed.xml, article-2.html."""
    if is_further(answer):
        return "list-2.html"
    if answer.line.kind != "article":
        return f"{answer.line.kind}.{'html' if answer.line.kind == 'list' else 'xml'}"
    return f"article-{[page.answer.line.url for page in pages].index(answer.line.url) + 1}.html"


def unread(check: Check, answer: Answer) -> Mend:
    """What is to be said of an address that gave no page; of a robots.txt that could not be had, why that did not."""
    told = check.robots if answer.line.reason == "robots" and check.robots and check.robots.label != "ok" else answer
    page = saved_name(answer, check.pages) if answer.page else None
    return Mend("mend_unread", {"url": told.line.url, "label": told.label}, page)
