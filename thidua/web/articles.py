"""An article with its records, and its page as it was fetched."""

from __future__ import annotations

import re
from typing import Any

import lxml.html
from lxml_html_clean import Cleaner
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from crawler.charset import decode
from data.archive import Archive
from schemas.page import Page
from thidua.web.forms import changed, described
from thidua.web.marking import Place, paragraphs
from thidua.web.posting import TOKEN
from thidua.web.records import Decided, found_article, records_of
from thidua.web.visit import Visit

SHOWN = 400_000  # characters of a page that are shown
WORDS = frozenset(re.findall(r"\w+", """
    p div span br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td b i u em strong small sub sup blockquote pre
"""))  # fmt: skip
# What is left of a page in the frame: its words in their paragraphs and tables. No attribute, so no address, name or style.
PLAIN = Cleaner(
    scripts=True, javascript=True, comments=True, style=True, inline_style=True, links=True, meta=True, page_structure=True,
    processing_instructions=True, frames=True, forms=True, annoying_tags=True, remove_unknown_tags=False, safe_attrs_only=True, safe_attrs=frozenset(),
    allow_tags=WORDS,
)  # fmt: skip
FRAME = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


def article(visit: Visit) -> Response:
    """The text with every record marked, the records with where they stand, and where all of it comes from."""
    found = found_article(visit)
    asked = {"article": found["article"]}
    places = [Place(**row) for row in visit.reader.rows("places", **asked)]
    anchors = {(place.kind, place.row, place.number): place.anchor for place in places if place.start is not None}
    records = records_of(visit, found)
    return visit.render(
        "article.html",
        article=found,
        paragraphs=paragraphs(found["text"], places),
        headed=bool(found["title"]) and found["text"].partition("\n")[0] == found["title"],
        records={kind: rows for kind, rows in records.items() if rows},
        number=sum(map(len, records.values())),
        anchor=lambda kind, row, number=0: anchors.get((kind, str(row), number)),
        versions=visit.reader.rows("versions", **asked),
        decided=Decided.of(visit, found, records),
        described=described,
        changed=changed,
        token=TOKEN,
    )


def fetched(visit: Visit) -> Response:
    """The page of an article as it was fetched: its source as text, or its words in a frame."""
    found = found_article(visit)
    page, framed = _page(visit, found), visit.asked("view") == "frame"
    text = _text(page) if isinstance(page, Page) else None
    return visit.render(
        "fetched.html",
        article=found,
        kept=isinstance(page, Page),
        why=page if isinstance(page, str) else None,
        length=len(page.body) if isinstance(page, Page) else 0,
        type=(page.header("Content-Type") or page.kind) if isinstance(page, Page) else "",
        text=text[:SHOWN] if text is not None and not framed else None,
        readable=text is not None,
        cut=max(0, len(text) - SHOWN) if text is not None else 0,
        framed=framed,
    )


def frame(visit: Visit) -> Response:
    """What the frame holds: a document that can do nothing, under a policy of its own that lets it do nothing."""
    page = _page(visit, found_article(visit))
    text = _text(page) if isinstance(page, Page) else None
    if text is None:
        raise HTTPException(404)
    return HTMLResponse(
        f'<!doctype html><meta charset="utf-8"><title>·</title>{words_of(text)}', headers={"Content-Security-Policy": FRAME}
    )


def words_of(text: str) -> str:
    """The words of a page of HTML in their paragraphs and tables, as HTML without one attribute."""
    try:
        tree = lxml.html.document_fromstring(text[:SHOWN].encode(), parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (lxml.etree.ParserError, ValueError):
        return ""
    return str(lxml.html.tostring(PLAIN.clean_html(tree), encoding="unicode"))


def _page(visit: Visit, found: dict[str, Any]) -> Page | str:
    """The page out of the archive, or why it is not there."""
    if found["warc"] is None:
        return visit.words("no_page")
    try:
        page, _ = Archive(visit.house.place.archive).record(found["warc"], found["offset"], found["length"])
    except (OSError, ValueError):
        return visit.words("no_archive")
    return page if page.sha256 == found["sha256"] else visit.words("no_archive")


def _text(page: Page) -> str | None:
    """The page as text, None where it is none."""
    if b"\0" in page.body[:1000] or page.body.startswith(b"%PDF"):
        return None
    decoded = decode(page.body, content_type=page.header("Content-Type"))
    return decoded.text if decoded.readable else None
