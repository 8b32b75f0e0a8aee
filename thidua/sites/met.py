"""What a field's selectors met on a page where they gave no value."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.blocks import content
from crawler.cleaning import fold
from crawler.document import Document
from crawler.layout import Selector
from thidua.sites.found import Mend

LONGEST = 60  # characters of what was met that are shown


def met_text(document: Document, selectors: Sequence[Selector]) -> tuple[Selector, str] | None:
    """(selector, what stands in the node) of the first one that meets a node with any text; None where none does."""
    for selector in selectors:
        for node in document.nodes([selector.css]):
            text = fold(node.get(selector.attr, "")) if selector.attr else content(node)
            if text:
                return selector, text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return None


def useless(name: str, document: Document, selectors: Sequence[Selector], **values: object) -> Mend | None:
    """What is to be said of a field whose selectors met a node that holds nothing of use; None where they met none."""
    found = met_text(document, selectors)
    if found is None:
        return None
    selector, text = found
    key = "mend_met_date" if name == "published_at" else "mend_met_text"
    key = "mend_met_label" if selector.label else "mend_met_format" if selector.format else key
    return Mend(key, {"field": name, "css": selector.css, "met": text, "format": selector.format, "label": selector.label, **values})
