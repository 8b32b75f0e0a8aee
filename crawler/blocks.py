"""An element of a page -> its blocks: paragraphs, captions, rows of tables, pictures; each text node once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from crawler.body import LONG, SENTENCE_END, Block
from crawler.cleaning import fold
from crawler.furniture import FILE_NAME, tail_marker

_HIDDEN_TAGS = {"script", "style", "noscript", "template", "head", "select", "option", "button", "textarea", "input", "object", "embed", "applet", "svg", "canvas", "audio", "video", "iframe", "frame", "map", "meta", "link", "title"}  # fmt: skip
_BLOCK_TAGS = {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}  # fmt: skip
_BOX_TAGS = {"div", "ul", "ol", "dl", "table", "section", "aside", "nav", "blockquote", "figure"}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)", re.IGNORECASE)
_BREAK, _PICTURE = "\x00", "\x01"  # within a paragraph: <br>, <img>
MAX_CELL = 400  # characters; a longer cell makes a table one for layout


def hidden(element: Element) -> bool:
    """Whether nobody sees the element: by its tag, its `hidden` or its style."""
    if not isinstance(element.tag, str) or element.tag in _HIDDEN_TAGS or "hidden" in element.attrib:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def blocks(root: Element, *, captions: Collection[Element] = (), drop: Collection[Element] = ()) -> list[Block]:
    """The blocks of an element in the order of the page. `captions`: elements known as captions; `drop`: elements left out."""
    walker = _Walker(captions=set(captions), drop=set(drop))
    walker.walk(root)
    return walker.found


def content(element: Element) -> str:
    """All text within an element, hidden or not, folded."""
    return fold("".join(map(str, element.itertext())))


def paragraphs(root: Element, *, drop: Callable[[Element], bool] = hidden) -> dict[Element, str]:
    """Block element -> its own text: a paragraph, or what stands beside its paragraphs. What `drop` tells is left out with all within."""
    owner: dict[Element, Element | None] = {}
    pieces: dict[Element, list[str]] = {}
    for event, element in etree.iterwalk(root, events=("start", "end")):
        around = owner.get(element.getparent())
        if event == "start":
            inner = None if drop(element) or (around is None and element is not root) else around
            owner[element] = element if (inner is not None and element.tag in _BLOCK_TAGS) or element is root else inner
            if (own := owner[element]) is not None:
                pieces.setdefault(own, []).append(element.text or "")
        elif around is not None:
            pieces[around].append(element.tail or "" if owner[element] is around and element.tag != "br" else f" {element.tail or ''}")
    return {element: fold("".join(found)) for element, found in pieces.items()}


@dataclass
class _Walker:
    """Goes through a tree without recursion: a page may be nested 200 000 deep."""

    captions: set[Element]
    drop: set[Element]
    found: list[Block] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _links: int = 0
    _centred: int = 0  # open elements that centre or slant their text
    _right: int = 0  # open elements that set their text to the right
    _caption: int = 0  # open elements that are captions
    _slanted: bool = False  # the paragraph's last words are centred or slanted
    _signed: bool = False  # … are set to the right

    def walk(self, root: Element) -> None:
        """Visit each element and text below the root once."""
        stack: list[tuple[Element, bool]] = [(root, True)]
        link = 0
        while stack:
            element, opening = stack.pop()
            if not opening:
                if element.tag in _BLOCK_TAGS:
                    self.flush()
                link -= element.tag == "a"
                self._mark(element, -1)
                if element is not root:
                    self._text(element.tail, link)
                continue
            if hidden(element) or element in self.drop:
                self._text(element.tail if element is not root else None, link)
                continue
            if element.tag == "table" and (rows := _data_rows(element)):
                self.flush()
                self.found.extend(block for block in map(self._row, rows) if block.text)
                self._text(element.tail if element is not root else None, link)
                continue
            if element.tag in _BLOCK_TAGS:
                self.flush()
            elif element.tag in ("br", "img"):
                self._pieces.append(_BREAK if element.tag == "br" else _PICTURE)
            link += element.tag == "a"
            self._mark(element, 1)
            self._text(element.text, link)
            stack.append((element, False))
            stack.extend((child, True) for child in reversed(element))
        self.flush()

    def _mark(self, element: Element, step: int) -> None:
        """Keep count of open captions and of text that is centred, slanted or set to the right."""
        if element.tag == "figcaption" or element in self.captions:
            self._caption += step
        align, style = element.get("align"), element.get("style", "")
        if element.tag in ("em", "i", "center") or align == "center" or (style and _CENTRED.search(style)):
            self._centred += step
        if align == "right" or (style and _RIGHT.search(style)):
            self._right += step

    def _text(self, text: str | None, link: int) -> None:
        if text:
            self._pieces.append(text.replace(_BREAK, "").replace(_PICTURE, ""))
            self._links += len(text.strip()) if link else 0
            if text.strip():
                self._slanted, self._signed = self._centred > 0, self._right > 0

    def flush(self) -> None:
        """End the open paragraph."""
        joined, links = "".join(self._pieces), self._links
        self._pieces, self._links = [], 0
        parts = _parts(joined)
        for part in parts:
            if part == _PICTURE:
                self.found.append(Block("", picture=True))
                continue
            below = bool(self.found) and (self.found[-1].picture or FILE_NAME.fullmatch(self.found[-1].text) is not None)
            short = len(part) <= LONG and not self._signed and (self._slanted or not SENTENCE_END.search(part))
            caption = self._caption > 0 or (below and short)
            self.found.append(Block(part, caption=caption, links=min(len(part), links) if len(parts) == 1 else 0, right=self._signed))

    def _row(self, row: Element) -> Block:
        """A row of a table of data: its cells joined by ' | '."""
        cells = []
        for cell in row.iterchildren("td", "th"):
            inner = _Walker(captions=self.captions, drop=self.drop)
            inner.walk(cell)
            cells.append(" ".join(block.text for block in inner.found if block.text))
        return Block(" | ".join(cell for cell in cells if cell), row=True)


def _parts(joined: str) -> list[str]:
    """The lines and pictures of one paragraph: a <br> ends a line unless the sentence goes on in small letters."""
    found: list[str] = []
    for piece in re.split(f"([{_BREAK}{_PICTURE}])", joined):
        if piece == _PICTURE:
            found.append(_PICTURE)
        if piece in (_BREAK, _PICTURE):
            continue
        line = fold(piece)
        if not line:
            continue
        goes_on = bool(found) and found[-1] != _PICTURE and line[0].islower() and not SENTENCE_END.search(found[-1])
        if goes_on:
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def _data_rows(table: Element) -> list[Element] | None:
    """The rows of a table that holds data; None for one that only lays out text and pictures."""
    if table.find(".//table") is not None or table.find(".//img") is not None:
        return None
    rows = list(table.iter("tr"))
    widths = [sum(1 for cell in row.iterchildren("td", "th") if content(cell)) for row in rows]
    cells = (cell for row in rows for cell in row.iterchildren("td", "th"))
    if max(widths, default=0) < 2 or any(len(content(cell)) > MAX_CELL for cell in cells):
        return None
    return rows


def related_boxes(body: Element, *, drop: Collection[Element] = ()) -> list[Element]:
    """Boxes within a body that hold links to other articles rather than text: seven tenths links, or headed as such and four tenths."""
    lengths: dict[Element, tuple[int, int]] = {}
    dropped = set(drop)
    for element in reversed(list(body.iter(etree.Element))):  # children before their parents
        if hidden(element) or element in dropped:
            continue
        text = len(fold(element.text or "")) + sum(len(fold(child.tail or "")) for child in element)
        total = text + sum(lengths.get(child, (0, 0))[0] for child in element)
        links = total if element.tag == "a" else sum(lengths.get(child, (0, 0))[1] for child in element)
        lengths[element] = (total, links)
    whole = lengths.get(body, (0, 0))[0]
    found = []
    for element, (total, links) in lengths.items():
        if element is body or element.tag not in _BOX_TAGS or not links or 2 * total > whole:
            continue
        if links >= 0.7 * total or (links >= 0.4 * total and _headed(element)):
            found.append(element)
    return found


def _headed(element: Element) -> bool:
    """Whether the first words in a box are the heading of a list of other articles."""
    first = next((fold(str(text)) for text in element.itertext() if fold(str(text))), "")
    return bool(first) and tail_marker(first) is not None


def without_links(found: list[Block]) -> list[Block]:
    """The blocks without paragraphs that are links to other articles; all of them when most are."""
    whole = sum(len(block.text) for block in found)
    linked = sum(len(block.text) for block in found if _is_link(block))
    return found if 2 * linked > whole else [block for block in found if not _is_link(block)]


def _is_link(block: Block) -> bool:
    """Whether a paragraph is a link and nothing else."""
    return block.links >= 0.8 * len(block.text) > 0 and len(block.text) >= 20 and not block.row
