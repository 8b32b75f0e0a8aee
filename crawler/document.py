"""A page of HTML, parsed: its tree, the nodes that selectors find, and what it says of itself in metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from typing import cast
from urllib.parse import parse_qs, urljoin, urlsplit

from cssselect import GenericTranslator
from lxml import etree
from lxml.etree import _Element as Element

from crawler.blocks import content
from crawler.cleaning import alike, fold
from crawler.furniture import is_furniture
from crawler.layout import Selector
from schemas.article import Attachment

_PICTURES = re.compile(r"(data:[\w/+.-]{1,50};base64,)[A-Za-z0-9+/=\s]{200,}")
_STATE = re.compile(r"<input\b[^<>]{0,200}\b__(?:VIEWSTATE|EVENTVALIDATION)\w*\"[^<>]*>", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^<>]{0,400}(?:>|(?=<))")
_DATES = ("article:published_time", "datepublished", "pubdate", "publishdate", "publish-date", "publish_date", "date.issued", "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "og:pubdate", "date", "article:published")  # fmt: skip
_TITLES = ("og:title", "twitter:title", "headline", "dc.title")
_UNSEEN = re.compile(r"<(script|style|noscript|template|textarea|select)\b", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|rar|zip|odt)(?:$|[?#])", re.IGNORECASE)
_ARTICLES = re.compile(r"(?:News|Report|Blog|Web|Tech)?(?:Article|Posting)|NewsArticle|WebPage")


@dataclass(frozen=True)
class Found:
    """A value that a selector gave."""

    text: str
    element: Element
    index: int  # of the selector in its list
    selector: Selector


def _joined(base: str, link: str) -> str:
    """The address that a link of a page leads to; empty where it is none: "http://[link]"."""
    try:
        address = urljoin(base, link)
        urlsplit(address)
    except ValueError:
        return ""
    return address


class Document:
    """A parsed page. `url` is the address that answered."""

    def __init__(self, markup: str, url: str) -> None:
        """Parse without the parser's limits of depth and size; view state and pictures within the page are taken out first."""
        self.url = url
        whole = _DECLARATION.sub("", markup.replace("\0", ""))
        self.markup = _STATE.sub('<input type="hidden" name="__VIEWSTATE">', _PICTURES.sub(r"\1", whole))
        self.stripped = len(whole) - len(self.markup)  # bytes: both are written in ASCII
        parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        root = etree.fromstring(self.markup, parser) if self.markup.strip() else None
        self.root: Element = root if root is not None else etree.fromstring("<html/>", parser)
        base = next((fold(node.get("href", "")) for node in self.root.iter("base")), "")
        self.base = _joined(url, base) or url

    @cached_property
    def order(self) -> dict[Element, int]:
        """Element -> its place in the page."""
        return {element: index for index, element in enumerate(self.root.iter())}

    @cached_property
    def visible(self) -> str:
        """All text but that of scripts and styles, folded."""
        unseen = {"script", "style", "noscript", "template", "head", "title"}
        pieces = [(node.text if node.tag not in unseen else "", node.tail) for node in self.root.iter()]
        return fold(" ".join(text for pair in pieces for text in pair if text))

    def lost_text(self) -> bool:
        """Whether the markup without its tags holds far more text: the page is nested or broken beyond what the parser reads."""
        other = len("".join(fold(unescape(_stripped(self.markup))).split()))
        return other > 1.1 * len("".join(self.visible.split())) + 50

    def nodes(self, css: Iterable[str]) -> list[Element]:
        """All elements that one of the selectors finds."""
        return [element for one in css for element in _find(one)(self.root)]

    def select(self, selectors: Sequence[Selector]) -> Iterator[Found]:
        """All values of the selectors, in their order and then that of the page."""
        for index, selector in enumerate(selectors):
            for element in _find(selector.css)(self.root):
                value = fold(element.get(selector.attr, "")) if selector.attr else content(element)
                if selector.label:
                    if not value.casefold().startswith(selector.label.casefold()):
                        continue
                    value = value[len(selector.label) :].strip(" :|-–")
                if value:
                    yield Found(value, element, index, selector)

    def attachments(self, css: Iterable[str], within: Iterable[Element]) -> tuple[Attachment, ...]:
        """Files that the article offers: what the selectors find, and links to files, by address or name, in the elements given."""
        links = [
            *self.nodes(css),
            *(a for box in within for a in box.iter("a") if _FILE.search(a.get("href", "")) or _FILE.search(content(a))),
        ]
        found: dict[str, Attachment] = {}
        for element in links:
            target = fold(element.get("href") or element.get("src") or "")
            address = _joined(self.base, target)
            if inner := parse_qs(urlsplit(address).query).get("file", [""])[0]:  # a viewer's frame: …/viewer.html?file=/Upload/a.pdf
                address = _joined(self.base, inner)
            if target and not target.startswith(("#", "javascript:")) and address.startswith(("http:", "https:")):
                found.setdefault(address, Attachment(url=address, name=content(element) or None))
        return tuple(found.values())

    @cached_property
    def generator(self) -> str:
        """meta[name=generator]."""
        return " ".join(value for name, value in self._metas if name == "generator")

    @cached_property
    def titles(self) -> list[str]:
        """Headlines as the metadata gives them, the surest first; the last one is that of the window."""
        named = [value for wanted in _TITLES for name, value in self._metas if name == wanted]
        window = [content(node) for node in self.root.iter("title")][:1]
        return [title for title in (*self._linked("headline"), *named, *window) if title]

    @cached_property
    def stamps(self) -> list[tuple[str, str]]:
        """(where, stamp) of publication as the metadata gives it, the surest first."""
        named = [("meta", value) for wanted in _DATES for name, value in self._metas if name == wanted]
        times = [("time", node.get("datetime", "")) for node in self.root.iter("time") if not _aside(node)]
        return [
            (where, value) for where, value in (*(("json-ld", value) for value in self._linked("datePublished")), *named, *times) if value
        ]

    def section(self, title: str | None) -> str | None:
        """The section of the site as the metadata names it, else the last crumb of the trail that is neither home nor the article."""
        named = [*(value for name, value in self._metas if name == "article:section"), *self._linked("articleSection")]
        trail = next((node for node in self.root.iter() if "breadcrumb" in f"{node.get('class')} {node.get('id')}".lower()), None)
        crumbs = [] if trail is None else [content(link) for link in trail.iter("a")]
        own = alike(title or "")

        def is_own(crumb: str) -> bool:  # the headline, whole or cut; one that only begins with the section's name is not
            cut = crumb.endswith(("...", "…")) or len(crumb.split()) >= 5
            return own.startswith(alike(crumb)) if cut else own == alike(crumb)

        kept = [crumb for crumb in crumbs if not is_furniture(crumb) and not is_own(crumb)]
        return next((name for name in (*named, *reversed(kept)) if 0 < len(name) <= 80), None)

    @cached_property
    def canonical(self) -> str | None:
        """link[rel=canonical]."""
        links = (
            _joined(self.base, fold(node.get("href", "")))
            for node in self.root.iter("link")
            if "canonical" in node.get("rel", "").lower().split()
        )
        return next(filter(None, links), None)

    @cached_property
    def _metas(self) -> list[tuple[str, str]]:
        metas = [
            (meta.get("property") or meta.get("name") or meta.get("itemprop") or "", meta.get("content", ""))
            for meta in self.root.iter("meta")
        ]
        return [(fold(name).lower(), fold(value)) for name, value in metas]

    def _linked(self, key: str) -> list[str]:
        """Values of a key of the articles in the page's JSON-LD."""
        found = []
        for script in self.root.iter("script"):
            if "ld+json" in script.get("type", ""):
                try:
                    data = json.loads(script.text or "", strict=False)
                except (ValueError, RecursionError):
                    continue
                values = [item.get(key) for item in _items(data) if _ARTICLES.search(str(item.get("@type", "")))]
                found += [fold(value) for value in values if isinstance(value, str)]
        return found


def _items(data: object) -> Iterator[dict[str, object]]:
    """The objects of a JSON-LD document, and those of its @graph."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else ()


def _aside(element: Element) -> bool:
    """Whether the element stands in a menu, a foot or a side column."""
    return any(parent.tag in ("nav", "aside", "footer", "ul", "ol") for parent in element.iterancestors())


def _stripped(markup: str) -> str:
    """The markup without tags, comments, scripts and styles, in one pass: what is never closed is left out to the end."""
    pieces, at = [], max(markup.lower().find("<body"), 0)
    while (start := markup.find("<", at)) >= 0:
        pieces.append(markup[at:start])
        name = _UNSEEN.match(markup, start)
        end = markup.find("-->", start) if markup.startswith("<!--", start) else -1
        if name and not name[0].startswith("<!"):
            close = re.compile(rf"</{name[1]}", re.IGNORECASE).search(markup, start)
            start = close.start() if close else len(markup)
        at = markup.find(">", max(start, end)) + 1
        if at == 0:
            return " ".join(pieces)
    return " ".join((*pieces, markup[at:]))


@cache
def _find(css: str) -> Callable[[Element], list[Element]]:
    """The function that finds the elements of a selector, in the order of the page."""
    path = etree.XPath(GenericTranslator().css_to_xpath(css))
    return lambda root: cast(list[Element], path(root))
