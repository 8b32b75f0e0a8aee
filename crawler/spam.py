"""Links that somebody smuggled into a page, and pages put into a hijacked part of a site: told by the words of spam.toml."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element as Element

from crawler.address import host_of
from crawler.blocks import content
from crawler.cleaning import alike
from crawler.document import Document
from crawler.site import Site

LINKS, TITLE = "spam_links", "spam_title"  # warnings of an article; the first is followed by a number
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|font-size\s*:\s*[01](?:px|pt|em)?\s*(?:;|$)"
    r"|(?:text-indent|left|top|right)\s*:\s*-\d{3,}|(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(files("crawler").joinpath("spam.toml").read_text(encoding="utf-8"))


@cache
def _terms(name: str) -> re.Pattern[str]:
    """The words of a list as they are compared, with accents or without."""
    words = {form for word in _rules()[name] for form in (alike(word), _bare(alike(word)))}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?!\w)")


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _plain(text: str) -> str:
    """As compared; mathematical letters and others of their kind are those that they look like."""
    return alike(unicodedata.normalize("NFKC", text))


def smuggled_links(document: Document, site: Site | None) -> int:
    """Different links of a page that advertise and are hidden or lead off the site."""
    found = set()
    for link in document.root.iter("a"):
        words = f"{content(link)} {link.get('title', '')}"
        if _terms("links").search(_plain(words)) and (_leads_off(link, document, site) or _is_hidden(link)):
            found.add(link.get("href", ""))
    return len(found)


def spam_signs(links: int, title: str | None) -> list[str]:
    """Warnings of an article with so many smuggled links and this headline."""
    signs = [f"{LINKS}:{links}"] if links >= _rules()["many"] else []
    return [*signs, TITLE] if title and _terms("titles").search(_plain(title)) else signs


def _leads_off(link: Element, document: Document, site: Site | None) -> bool:
    try:
        address = urljoin(document.base, link.get("href", "").strip())
        web = urlsplit(address).scheme in ("http", "https")
        return web and not (site.owns(address) if site else host_of(address) == host_of(document.url))
    except ValueError:  # no address
        return False


def _is_hidden(link: Element) -> bool:
    """Whether the link or an element around it is not shown, by its own style; style sheets are not read."""
    return any("hidden" in node.attrib or _UNSEEN.search(node.get("style", "")) for node in (link, *link.iterancestors()))
