"""The text of a page that no layout describes: trafilatura says which lines it is, and here is found where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element as Element

from crawler.blocks import blocks, hidden, paragraphs
from crawler.body import is_prose
from crawler.cleaning import alike, lines
from crawler.document import Document
from crawler.layout import Layout

GENERIC = Layout(name="generic")
LARGEST = 30_000  # elements of a page; trafilatura is slow beyond
SHORTEST = 40  # characters; a shorter paragraph tells nothing of where the text stands
TELLING = 8  # words at the beginning of a paragraph that tell it from others
ENOUGH = 0.8  # of the characters of the text's paragraphs: so many stand in the element that holds it
_NAME = re.compile(r"[#.](?!Mso)[A-Za-z_-]+")
_FOOT = re.compile(r"\bfoot(?:er)?(?![a-z])", re.IGNORECASE)


def text_lines(document: Document) -> list[str]:
    """The lines of text as trafilatura finds them; of a page too large for it all of its blocks that are prose."""
    if len(document.order) > LARGEST:
        return [block.text for block in blocks(document.root) if is_prose(block.text) and not block.links]
    import trafilatura  # for pages that no layout describes: costs 0.1 s

    text = trafilatura.extract(document.markup, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False)
    return [line for line in lines(text or "") if line]


def smallest_with(text: Sequence[str], document: Document) -> Element | None:
    """The smallest element of the page that holds eight tenths of a text, of its prose where it has any; None when none of it is found."""
    words = alike(" ".join(text)).split()
    told = {" ".join(words[at : at + TELLING]) for at in range(len(words))}
    found = {
        element: own
        for element, own in paragraphs(document.root).items()
        if len(own) >= SHORTEST and " ".join(alike(own).split()[:TELLING]) in told
    }
    bare = paragraphs(document.root, drop=lambda element: hidden(element) or _is_foot(element))
    prose = {element: len(own) for element, own in found.items() if is_prose(own) and element in bare}
    weights = prose or {element: len(own) for element, own in found.items()}
    if not weights:
        return None
    held: dict[Element, int] = {}
    for element in reversed(list(document.root.iter())):  # children before their parents
        held[element] = weights.get(element, 0) + sum(held.get(child, 0) for child in element)
    whole = held[document.root]
    return next((element for element, number in held.items() if number >= ENOUGH * whole), document.root)  # the innermost comes first


def place(element: Element) -> str:
    """Where a text stands, by which one template is told from another: `div#noi-dung`, `div.bai-viet.chi-tiet`.

    It is the innermost element around the text that has a name; names with digits count for none, they change from page to page, nor do
    those that come with a paste from Word. Where no element has a name it is their tags from the outside in: `html>body>table`.
    """
    around = [element, *element.iterancestors()]
    for one in around:
        names = [f"#{one.get('id')}" if one.get("id") else "", *(f".{name}" for name in (one.get("class") or "").split())]
        named = "".join(name for name in names if _NAME.fullmatch(name))
        if named:
            return f"{one.tag}{named}"
    return ">".join(str(one.tag) for one in reversed(around))


def _is_foot(element: Element) -> bool:
    """Whether an element is the page's foot, by tag, class or id."""
    return element.tag == "footer" or bool(_FOOT.search(f"{element.get('class')} {element.get('id')}"))
