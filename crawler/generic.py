"""The text of a page that no layout describes: trafilatura says which lines it is, and here is found where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import trafilatura
from lxml.etree import _Element as Element

from crawler.blocks import blocks, content, has_blocks
from crawler.body import is_prose
from crawler.cleaning import alike, lines
from crawler.document import Document
from crawler.layout import Layout

GENERIC = Layout(name="generic")
LARGEST = 30_000  # elements of a page; trafilatura is slow beyond
TELLING = 40  # characters at the beginning of a line that tell it from others; a shorter line tells nothing
ENOUGH = 0.8  # of the telling lines: so many stand in the element that holds the text


def text_lines(document: Document) -> list[str]:
    """The lines of text as trafilatura finds them; of a page too large for it all of its blocks that are prose."""
    if len(document.order) > LARGEST:
        return [block.text for block in blocks(document.root) if is_prose(block.text) and not block.links]
    text = trafilatura.extract(document.markup, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False)
    return [line for line in lines(text or "") if line]


def smallest_with(text: Sequence[str], document: Document) -> Element | None:
    """The smallest element of the page that holds eight tenths of the lines of a text; None when no line is long enough to tell."""
    starts = {alike(line)[:TELLING] for line in text if len(line) >= TELLING}
    if not starts:
        return None
    held: dict[Element, int] = {}
    for element in reversed(list(document.root.iter())):  # children before their parents
        held[element] = sum(held.get(child, 0) for child in element)
        if not held[element] and not has_blocks(element):
            paragraph = alike(content(element))
            held[element] = sum(start in paragraph for start in starts)
    whole = held[document.root] or 1
    return next((element for element, number in held.items() if number >= ENOUGH * whole), document.root)  # the innermost comes first
