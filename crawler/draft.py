"""One attempt to read a document by one layout: the field values that its selectors, its lines and its metadata give."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from crawler.blocks import blocks, content, related_boxes, without_links
from crawler.body import Block, Body, is_prose, read_body
from crawler.byline import read_credit
from crawler.cleaning import alike, fold
from crawler.discovery import normalise
from crawler.document import Document, Found
from crawler.furniture import is_furniture, is_related, is_section, tail_marker
from crawler.generic import smallest_with, text_lines
from crawler.headline import CUT, find_headline, find_named, is_cut, split_stamp, stamp_line, without_suffix
from crawler.layout import Layout, Selector
from crawler.stamps import Stamp, is_stamp, read_format, read_metadata, read_stamp, stamp_in_address
from schemas.article import Attachment

BOX = 4  # steps from a headline to the box that holds its files; elements below a body that may offer some
HEAD = 12  # blocks at the front of a body among which the headline may stand
SOLID = 600  # characters of text from which a page is an article whatever words it uses
_DASH = re.compile(r"^[-–—]\s+(?=\w)")  # at the front of a sapo: what is left of a dateline
SHORTEST = 80  # characters of text below which a page has no body


@dataclass
class Draft:
    """What was read so far; `fetched` is the last day on which the page may have been published, where it is known."""

    document: Document
    layout: Layout
    fetched: dt.date | None
    title: str | None = None
    lead: str | None = None
    section: str | None = None
    stamp: Stamp | None = None
    body_node: Element | None = None
    title_node: Element | None = None
    body: Body = field(default_factory=Body)
    selectors: dict[str, int] = field(default_factory=dict)
    head: list[str] = field(default_factory=list)  # the lines between headline and body
    warnings: list[str] = field(default_factory=list)
    linked: float = 0.0  # share of the text found that is links

    @property
    def length(self) -> int:
        """Characters of the paragraphs found."""
        return sum(map(len, self.body.paragraphs))

    @property
    def solid(self) -> bool:
        """Whether what was found is surely an article: text enough, or a headline and a stamp."""
        return self.length >= SOLID or bool(self.title and self.stamp)

    def read_declared(self) -> bool:
        """Read all fields by the layout's selectors; False when its body is not there or holds no text."""
        found = max(self.values(self.layout.body), key=lambda found: len(found.text), default=None)
        if found:
            self.body_node, self.selectors["body"] = found.element, found.index
        dropped = set(self.document.nodes(self.layout.drop))
        self._read_credits()
        self._read_head(dropped)
        if self.body_node is None:
            return False
        others = {node for node in self._nodes_of_other_fields() if node is not self.body_node}
        boxes = dropped | others | set(related_boxes(self.body_node, drop=dropped))
        self._read_body(without_links(blocks(self.body_node, captions=self.document.nodes(self.layout.captions), drop=boxes)))
        self._read_below(dropped)
        return self.length >= SHORTEST or bool(self.body.paragraphs and self.title)

    def read_generic(self) -> bool:
        """Let trafilatura find the text, and read it in the smallest element that holds it; False when there is none."""
        text = text_lines(self.document)
        self.body_node = smallest_with(text, self.document)
        if self.body_node is None:
            self._read_title([block.text for block in blocks(self.document.root)], set())
            return False
        self.body_node = _with_album(self.body_node)
        self._read_head(set())
        found = blocks(self.body_node, drop=related_boxes(self.body_node))
        if self.body_node.tag in ("body", "html"):  # the text is strewn over the page: trafilatura's lines are all there is
            found = [Block(line) for line in text]
        self.linked = sum(block.links for block in found) / max(1, sum(len(block.text) for block in found))
        self._read_body(without_links(found))
        self._read_below(set())
        return self.length >= SHORTEST

    def read_scan(self) -> None:
        """Take the box around the headline for the body where it offers files: a scan has no text of its own."""
        around = [] if self.title_node is None else [*self.title_node.iterancestors()][:BOX]
        for box in around:
            if box.tag in ("body", "html") or len(content(box)) > SOLID:
                return
            if self.document.attachments((), [box]):
                self.body_node, self.body = box, Body()
                self.stamp = self.stamp or self._printed([block.text for block in blocks(box)])
                return

    def attachments(self) -> tuple[Attachment, ...]:
        """Files that the article offers: in its body, and right below it where no selector says where they stand."""
        if self.body_node is None:
            return self.document.attachments(self.layout.attachments, [])
        below: list[Element] = []
        for sibling in () if self.layout.attachments else self.body_node.itersiblings(etree.Element):
            if len(below) == BOX or len(content(sibling)) > SOLID:
                break
            if tail_marker(next((block.text for block in blocks(sibling) if block.text), "")):
                break
            below.append(sibling)
        return self.document.attachments(self.layout.attachments, [self.body_node, *below])

    def pictures(self) -> tuple[Attachment, ...]:
        """Pictures in the body that the layout declares, for a page whose text is a scan; those within the page itself have no address."""
        images = [image for box in self.document.nodes([one.css for one in self.layout.body]) for image in box.iter("img")]
        found = {normalise(image.get("src", ""), self.document.base): fold(image.get("alt", "")) or None for image in images}
        return tuple(Attachment(url=url, name=name) for url, name in found.items() if url)

    def values(self, selectors: Sequence[Selector]) -> Iterator[Found]:
        """All values of the first selector that gives any."""
        first = None
        for found in self.document.select(selectors):
            first = found.index if first is None else first
            if found.index != first:
                return
            yield found

    def _nodes_of_other_fields(self) -> Iterator[Element]:
        """Nodes of headline, stamp, lead, byline and source, which are not the body's though they may stand in it."""
        for field_name in ("title", "published_at", "lead", "author", "source"):
            for found in self.values(getattr(self.layout, field_name)):
                if field_name != "lead" or not _is_part(found):
                    yield found.element

    def _read_head(self, dropped: set[Element]) -> None:
        """Headline, lead and stamp, with the lines above the body where no selector finds them."""
        above = self._above(dropped)
        self._read_title(above, dropped)
        at = self._title_line(above)
        self.head = [] if at is None else above[at + 1 :]
        self._read_lead(above, dropped)
        self._read_stamp(above, dropped)

    def _above(self, dropped: set[Element]) -> list[str]:
        """The lines of the page above the body."""
        if self.body_node is None:
            return []
        after = {sibling for node in (self.body_node, *self.body_node.iterancestors()) for sibling in node.itersiblings()}
        return [block.text for block in blocks(self.document.root, drop=dropped | after | {self.body_node})]

    def _read_credits(self) -> None:
        """Author and source from their nodes, before anything is dropped."""
        for key in ("author", "source"):
            for found in self.values(getattr(self.layout, key)):
                credit = read_credit(found.text)
                value = (credit.author if key == "author" else credit.source) if credit else None
                if value is None and (credit is None or key == "source") and len(found.text) <= 100 and not is_furniture(found.text):
                    value = found.text.strip(" -–|,;")  # a body that signs reads as an author: here the node says which it is
                if value:
                    setattr(self.body, key, value)
                    self.body.signs.append(value)
                    self.selectors[key] = found.index
                    break

    def _read_title(self, above: Sequence[str], dropped: set[Element]) -> None:
        """The headline from its node; else the heading that the metadata names, any heading, the line above the text, the metadata."""
        declared = next((found for found in self.document.select(self.layout.title) if not _inside(found.element, dropped)), None)
        if declared:
            self.selectors["title"], self.title_node, title = declared.index, declared.element, declared.text
        else:
            title = self._undeclared_title(above) or ""
        title = is_cut(title, above) or title
        title, stamp = split_stamp(title)
        self.title = without_suffix(title) or None
        if stamp and (self.fetched is None or stamp.day <= self.fetched):
            self.stamp = stamp

    def _undeclared_title(self, above: Sequence[str]) -> str | None:
        """The headline where no selector finds it."""
        metadata = [without_suffix(title) for title in self.document.titles]
        headings = [node for tag in ("h1", "h2", "h3") for node in self.document.root.iter(tag)]
        named = [alike(title.rstrip(".… ")) for title in metadata]
        usable = [
            node
            for node in headings
            if (text := content(node)) and len(text.split()) >= 3 and not is_furniture(text) and not is_section(text)
        ]
        for node in usable:
            plain = alike(content(node))
            if any(name and (plain.startswith(name) or (name.startswith(plain) and len(plain) > 20)) for name in named):
                self.title_node = node
                return content(node)
        whole = next((line for title in metadata if (line := is_cut(title, above))), None)
        first = next((node for node in usable if node.tag == "h1" and not _in_frame(node)), None)
        if whole is None and first is not None:
            self.title_node = first
            return content(first)
        first_lines = [block.text for block in blocks(self.body_node)[:12]] if self.body_node is not None else []
        lines = [*above, *first_lines]
        at = find_headline(lines, len(above)) if whole is None and first_lines else None
        places = (at if at is not None and at < len(above) else None, find_named(metadata, lines))
        near = max((at for at in places if at is not None), default=None)  # the nearer one to the text
        line = lines[near] if near is not None else None
        return whole or line or next((title for title in metadata if not title.endswith(CUT)), metadata[0] if metadata else None)

    def _read_lead(self, above: Sequence[str], dropped: set[Element]) -> None:
        """The sapo from its node, else the one line of prose between the headline and the body."""
        for found in self.values(self.layout.lead):
            if not _inside(found.element, dropped) and alike(found.text) != alike(self.title or "") and not _is_part(found):
                self.lead, self.selectors["lead"] = _DASH.sub("", found.text), found.index
                return
        at = self._title_line(above)
        below = above[at + 1 :] if at is not None else ()
        prose = [line for line in below if is_prose(line) and not is_furniture(line) and not is_related(line)]
        self.lead = prose[0] if len(prose) == 1 else None

    def _title_line(self, above: Sequence[str]) -> int | None:
        """Where the headline stands among the lines above the body."""
        title = alike(self.title or "")
        same = (at for at, line in enumerate(above) if alike(line) == title or line.startswith(self.title or "\0"))
        return max(same, default=None)

    def _read_stamp(self, above: Sequence[str], dropped: set[Element]) -> None:
        """The stamp from its node; else as printed between headline and body, in the metadata, in the address."""
        order = self.document.order
        title_at, body_at = (order.get(node, 0) if node is not None else 0 for node in (self.title_node, self.body_node))
        declared = []
        for found in self.document.select(self.layout.published_at):
            form = found.selector.format
            stamp = read_format(found.text, form, latest=self.fetched) if form else read_stamp(found.text, latest=self.fetched)
            if stamp and len(found.text) <= 200 and not _inside(found.element, dropped):
                stamp = _with_hour(stamp, found.element, latest=self.fetched)
                at = order[found.element]
                place = 0 if title_at <= at <= body_at else 1 if at > body_at else 2  # below the headline first; above it may be a clock
                declared.append((found.index, place, at, stamp))
        if declared:
            self.selectors["published_at"], _, _, self.stamp = min(declared, key=lambda one: one[:3])
            return
        self.stamp = self.stamp or self._printed(above)
        if self.stamp is None:
            given = ((where, read_metadata(value, latest=self.fetched)) for where, value in self.document.stamps)
            where, self.stamp = next(((where, stamp) for where, stamp in given if stamp), ("", None))
            if self.stamp is None:
                where, self.stamp = "address", stamp_in_address(self.document.url, latest=self.fetched)
            if self.stamp:
                self.warnings.append(f"published_at_from:{where}")

    def _printed(self, above: Sequence[str]) -> Stamp | None:
        """A stamp that stands alone between the headline and the body, or right above the headline."""
        at = self._title_line(above)
        if at is None:
            return None
        nearby = [*above[at + 1 :], *above[max(0, at - 2) : at][::-1]]
        return next((stamp for line in nearby if (stamp := is_stamp(line, latest=self.fetched))), None) or self._signed(above[at + 1 :])

    def _signed(self, below: Sequence[str]) -> Stamp | None:
        """The stamp of the first line below the headline that holds one beside a byline: 'Minh Hà 08:15 | 05/06/2019'."""
        for line in below:
            if (signed := stamp_line(line, latest=self.fetched)) is not None:
                if signed[1]:
                    self.body.credit(signed[1])
                return signed[0]
        return None

    def _headline_in(self, found: Sequence[Block]) -> int:
        """Where the text begins in a body that holds the headline too: below it, when nothing but the frame stands above; else 0."""
        title = alike(self.title or "")
        at = next((at for at, block in enumerate(found[:HEAD]) if title and alike(block.text) == title), -1)
        return 0 if any(is_prose(block.text) for block in found[: max(at, 0)]) else at + 1

    def _read_body(self, found: Sequence[Block]) -> None:
        """Paragraphs, captions and the credits at the end; the twins of headline and lead are left out."""
        twins = {alike(text) for text in (self.title, self.lead) if text}
        ends = (at for at, block in enumerate(found) if any(re.search(pattern, block.text) for pattern in self.layout.cut_after))
        cut = next(ends, len(found))
        start = self._headline_in(found)
        kept = [block for block in found[start:cut] if block.picture or (block.text and alike(block.text) not in twins)]
        while (
            kept
            and not kept[0].picture
            and (stamp := is_stamp(kept[0].text, latest=self.fetched) or (start and self._signed([kept[0].text])))
        ):
            self.stamp = self.stamp or stamp
            kept.pop(0)
        read_body(kept, into=self.body, strict=False, latest=self.fetched)
        self.stamp = self.stamp or self.body.stamp
        self.warnings.extend(self.body.warnings)

    def _read_below(self, dropped: set[Element]) -> None:
        """Author and source from the lines right below the body's element, which sign the article; other lines end them."""
        signed = False
        for block in self._below(dropped):
            credit = read_credit(block.text) if not block.links else None
            if credit is None and not is_furniture(block.text):
                return
            if credit and (not signed or ":" in block.text):  # of names alone only the first one: the next may be of the frame
                self.body.credit(credit)
                signed = True

    def _below(self, dropped: set[Element]) -> Iterator[Block]:
        """The blocks of the page that follow the body's element, from one enclosing element to the next."""
        if self.body_node is not None:
            for node in (self.body_node, *self.body_node.iterancestors()):
                for sibling in node.itersiblings():
                    if sibling not in dropped:
                        yield from (block for block in blocks(sibling, drop=dropped) if block.text)


def _with_hour(stamp: Stamp, element: Element, *, latest: dt.date | None) -> Stamp:
    """The stamp; of one that is printed as a bare day the same day with the hour of its <time datetime>, where that names that day."""
    times = [node.get("datetime", "") for node in element.iter("time")] if len(stamp.value) == len("2026-11-18") else []
    exact = (read_metadata(time, latest=latest) for time in times)
    return next((one for one in exact if one and one.day == stamp.day and len(one.value) > len(stamp.value)), stamp)


def _inside(element: Element, among: set[Element]) -> bool:
    """Whether an element is one of a set, or stands in one."""
    return element in among or any(parent in among for parent in element.iterancestors())


def _is_part(found: Found) -> bool:
    """Whether bold words are only the beginning of a paragraph: '<p><b>(HG) -</b> Sáng 21-4, …', and no sapo set in bold."""
    paragraph = found.element.getparent()
    return found.element.tag in ("b", "strong") and paragraph is not None and alike(content(paragraph)) != alike(found.text)


def _with_album(body: Element) -> Element:
    """The body; of a text of one paragraph the box around it that holds the captions of an album."""
    around = [*body.iterancestors()][:BOX] if body.tag == "p" else []
    return next((box for box in around if box.tag not in ("body", "html") and len(box.findall(".//figcaption")) > 1), body)


def _in_frame(element: Element) -> bool:
    """Whether a heading belongs to the page's frame: its head, menu or foot."""
    return any(parent.tag in ("header", "nav", "footer", "aside") for parent in element.iterancestors())
