"""Page + Layout -> Article: pure, so stored pages can be read again without a crawl."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import trafilatura
from lxml.etree import _Element as Element

from crawler.address import canonical, host_of
from crawler.blocks import blocks, content, has_blocks, related_boxes, without_links
from crawler.body import Block, Body, is_prose, read_body
from crawler.byline import read_credit
from crawler.charset import decode
from crawler.cleaning import alike, lines
from crawler.document import Document, Found
from crawler.furniture import is_furniture, is_related, is_section
from crawler.headline import CUT, find_headline, is_cut, split_stamp, without_suffix
from crawler.layout import Layout, Platform, Selector
from crawler.publisher import hosts_in, publisher_province
from crawler.refusals import inflate, refusal, wrong_type
from crawler.site import Registry, Site
from crawler.stamps import Stamp, is_stamp, read_format, read_metadata, read_stamp, stamp_in_address
from schemas.article import VIETNAM, Article, Reject, article_key
from schemas.page import Page
from schemas.vocabulary import ArticleKind

GENERIC = Layout(name="generic")
SOLID = 600  # characters of text from which a page is an article whatever words it uses
LARGEST = 30_000  # elements of a page; trafilatura is slow beyond
SHORTEST = 80  # characters of text below which a page has no body
_VIETNAMESE = re.compile("[ăâđêôơưạảãàáấầẩẫậắằẳẵặẹẻẽèéếềểễệịỉĩìíọỏõòóốồổỗộớờởỡợụủũùúứừửữựỳỵỷỹý]")


def read(page: Page, site: Site | None, registry: Registry) -> Article | Reject:
    """The article of a page, or why it is none. The same bytes give the same article.

    The site's layouts are tried first, newest first; for a page of an unknown host those of the platform that its signs show; then
    the generic reader (trafilatura finds the text). Which one and which selectors matched is kept in `read_by` and `selectors`.
    """
    body = inflate(page.body)
    if met := _refused_at_once(page, body, site):
        return met
    decoded = decode(body, content_type=page.header("Content-Type"), fallback=site.encoding if site else None)
    if not decoded.readable:
        return Reject(reason="charset", detail=f"{decoded.replaced:.2%} of the characters could not be read as {decoded.charset}")
    document = Document(decoded.text, page.final_url)
    platform = registry.platform(site) or (recognise(document, registry) if site is None else None)
    fetched = page.fetched_at.astimezone(VIETNAM).date()
    tried = []
    draft = None
    for layout in _layouts(site, platform, fetched):
        tried.append(_Draft(document, layout, fetched))
        if tried[-1].read_text():
            draft = tried[-1]
            break
    name = (platform.key if platform else site.key if site else "html") if draft else "trafilatura"
    if draft is None:
        draft = _Draft(document, GENERIC, fetched)
        found = draft.read_generic()
        if not (found and draft.solid) and (met := refusal(document.markup, document.visible)):
            return met
        if not found:
            return _no_body(next((one for one in tried if "title" in one.selectors), draft), page, site)
        if draft.linked > 0.5:
            return Reject(
                reason="soft404" if site else "list",
                detail=f"{draft.linked:.0%} of the text are links",
                read_by=f"{name}/{draft.layout.name}",
            )
        draft.warnings.append("generic_reader")
    if document.lost_text():
        draft.warnings.append("parser_limit")
    if decoded.charset != "utf-8":
        draft.warnings.append(f"charset:{decoded.charset}")
    return draft.article(page, site, read_by=f"{name}/{draft.layout.name}")


def _refused_at_once(page: Page, body: bytes, site: Site | None) -> Reject | None:
    """What status, type and address tell before the page is parsed."""
    if page.status >= 400 and not (page.status >= 500 and page.site == "import"):
        return Reject(reason=f"http-{page.status}")
    if not body.strip():
        return Reject(reason="no_body", detail="the answer is empty")
    if kind := wrong_type(body):
        return Reject(reason="type", detail=kind)
    if site and site.owns(page.final_url) and site.is_article(page.url) and not site.is_article(page.final_url):
        return Reject(reason="soft404", detail=f"redirected to {page.final_url}")
    return None


def _no_body(draft: _Draft, page: Page, site: Site | None) -> Article | Reject:
    """A page without text: one that offers files is kept as `media`, any other refused."""
    read_by = f"{site.platform or site.key if site else 'html'}/{draft.layout.name}"
    if draft.title and draft.document.attachments(draft.layout.attachments, draft.body_node):
        return draft.article(page, site, read_by=read_by, kind=ArticleKind.MEDIA)
    return Reject(reason="soft404" if site and site.is_article(page.url) else "no_body", detail="no text on the page", read_by=read_by)


def _layouts(site: Site | None, platform: Platform | None, fetched: dt.date) -> Sequence[Layout]:
    """The layouts to try: those that served on the day of the fetch, then the others."""
    known = site.layout if site else platform.layout if platform else ()
    return sorted(known, key=lambda layout: layout.until is not None and layout.until < fetched)


def recognise(document: Document, registry: Registry) -> Platform | None:
    """The platform whose signs the page shows: two of generator (counts twice), nodes and form of the address."""
    address = canonical(document.url)

    def signs(platform: Platform) -> int:
        by = platform.recognise
        made = 2 if any(re.search(pattern, document.generator) for pattern in by.generator) else 0
        return made + sum(bool(document.nodes([css])) for css in by.css) + any(re.search(pattern, address) for pattern in by.url)

    best = max(registry.platforms.values(), key=signs, default=None)
    return best if best and signs(best) >= 2 else None


@dataclass
class _Draft:
    """One attempt to read a document by one layout."""

    document: Document
    layout: Layout
    fetched: dt.date
    title: str | None = None
    lead: str | None = None
    section: str | None = None
    stamp: Stamp | None = None
    body_node: Element | None = None
    title_node: Element | None = None
    body: Body = field(default_factory=Body)
    selectors: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    linked: float = 0.0  # share of the text found that is links

    @property
    def solid(self) -> bool:
        """Whether what was found is surely an article: text enough, or a headline and a stamp."""
        return sum(map(len, self.body.paragraphs)) >= SOLID or bool(self.title and self.stamp)

    def read_text(self) -> bool:
        """Read all fields; False when the layout's body is not there or holds no text."""
        found = max(self._first_selector(self.layout.body), key=lambda found: len(found.text), default=None)
        if found:
            self.body_node, self.selectors["body"] = found.element, found.index
        dropped = set(self.document.nodes(self.layout.drop))
        self._read_credits()
        above = self._above(dropped)
        self._read_title(above, dropped)
        self._read_lead(above, dropped)
        self._read_stamp(above, dropped)
        if self.body_node is None:
            return False
        boxes = (
            dropped | set(related_boxes(self.body_node, drop=dropped)) | {node for node in self._own_nodes() if node is not self.body_node}
        )
        found_blocks = blocks(self.body_node, captions=self.document.nodes(self.layout.captions), drop=boxes)
        self._read_body(without_links(found_blocks))
        return sum(map(len, self.body.paragraphs)) >= SHORTEST or bool(self.body.paragraphs and self.title)

    def read_generic(self) -> bool:
        """Let trafilatura find the text, and read it in the smallest element that holds it; False when there is none."""
        everything = blocks(self.document.root)
        extracted = self._extract(everything)
        wanted = [alike(line) for line in extracted if len(line) >= 40]
        if not wanted:
            self._read_title([block.text for block in everything], set())
            return False
        self.body_node = self._smallest(wanted)
        above = self._above(set())
        self._read_title(above, set())
        self._read_lead(above, set())
        self._read_stamp(above, set())
        found = blocks(self.body_node, drop=related_boxes(self.body_node))
        if self.body_node.tag in ("body", "html"):  # the text is strewn over the page: trafilatura's lines are all there is
            found = [Block(line) for line in extracted]
        self.linked = sum(block.links for block in found) / max(1, sum(len(block.text) for block in found))
        self._read_body(without_links(found))
        return sum(map(len, self.body.paragraphs)) >= SHORTEST

    def _extract(self, everything: Sequence[Block]) -> list[str]:
        """The lines of text as trafilatura finds them; of a page too large for it all that is prose."""
        if len(self.document.order) > LARGEST:
            return [block.text for block in everything if is_prose(block.text) and not block.links]
        text = trafilatura.extract(self.document.markup, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False)
        return [line for line in lines(text or "") if line]

    def _smallest(self, wanted: Sequence[str]) -> Element:
        """The smallest element that holds eight tenths of the wanted lines, told by how they begin."""
        starts = {line[:40] for line in wanted}
        held: dict[Element, int] = {}
        for element in reversed(list(self.document.root.iter())):  # children before their parents
            inner = sum(held.get(child, 0) for child in element)
            held[element] = inner or (0 if has_blocks(element) else sum(start in alike(content(element)) for start in starts))
        whole = held[self.document.root] or 1
        return next((element for element, number in held.items() if number >= 0.8 * whole), self.document.root)  # the innermost comes first

    def _first_selector(self, selectors: Sequence[Selector]) -> Iterator[Found]:
        """All values of the first selector that gives any."""
        first = None
        for found in self.document.select(selectors):
            first = found.index if first is None else first
            if found.index != first:
                return
            yield found

    def _own_nodes(self) -> Iterator[Element]:
        """Nodes of headline, stamp, lead, byline and source, which are not the body's though they may stand in it."""
        for field_name in ("title", "published_at", "lead", "author", "source"):
            for found in self._first_selector(getattr(self.layout, field_name)):
                yield found.element

    def _above(self, dropped: set[Element]) -> list[str]:
        """The lines of the page above the body."""
        if self.body_node is None:
            return []
        before = [block.text for block in blocks(self.document.root, drop=dropped | {self.body_node} | set(self._after(self.body_node)))]
        return before

    def _after(self, node: Element) -> Iterator[Element]:
        """The elements that follow a node, outermost first."""
        while node is not None:
            yield from node.itersiblings()
            parent = node.getparent()
            if parent is None:
                return
            node = parent

    def _read_credits(self) -> None:
        """Author and source from their nodes, before anything is dropped."""
        for key in ("author", "source"):
            for found in self._first_selector(getattr(self.layout, key)):
                credit = read_credit(found.text)
                value = (credit.author if key == "author" else credit.source) if credit else None
                if value is None and (credit is None or key == "source") and len(found.text) <= 100:
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
            title = self._generic_title(above) or ""
        title = is_cut(title, above) or title
        title, stamp = split_stamp(title)
        self.title = without_suffix(title) or None
        if stamp and stamp.day <= self.fetched:
            self.stamp = stamp

    def _generic_title(self, above: Sequence[str]) -> str | None:
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
        at = find_headline([*above, *first_lines], len(above)) if whole is None and first_lines else None
        line = above[at] if at is not None and at < len(above) else None
        return whole or line or next((title for title in metadata if not title.endswith(CUT)), metadata[0] if metadata else None)

    def _read_lead(self, above: Sequence[str], dropped: set[Element]) -> None:
        """The sapo from its node, else the one line of prose between the headline and the body."""
        for found in self._first_selector(self.layout.lead):
            if not _inside(found.element, dropped) and alike(found.text) != alike(self.title or ""):
                self.lead, self.selectors["lead"] = found.text, found.index
                return
        at = self._title_line(above)
        below = above[at + 1 :] if at is not None else ()
        prose = [line for line in below if is_prose(line) and not is_furniture(line) and not is_related(line)]
        self.lead = prose[0] if len(prose) == 1 else None

    def _title_line(self, above: Sequence[str]) -> int | None:
        """Where the headline stands among the lines above the body."""
        same = (at for at, line in enumerate(above) if alike(line) == alike(self.title or "") or line.startswith(self.title or "\0"))
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
        return next((stamp for line in nearby if (stamp := is_stamp(line, latest=self.fetched))), None)

    def _read_body(self, found: Sequence[Block]) -> None:
        """Paragraphs, captions and the credits at the end; the twins of headline and lead are left out."""
        twins = {alike(text) for text in (self.title, self.lead) if text}
        cut = next(
            (at for at, block in enumerate(found) if any(re.search(pattern, block.text) for pattern in self.layout.cut_after)), len(found)
        )
        kept = [block for block in found[:cut] if block.picture or (block.text and alike(block.text) not in twins)]
        while kept and not kept[0].picture and (stamp := is_stamp(kept[0].text, latest=self.fetched)):
            self.stamp = self.stamp or stamp
            kept.pop(0)
        read_body(kept, into=self.body, strict=False, latest=self.fetched)
        self.stamp = self.stamp or self.body.stamp
        self.warnings.extend(self.body.warnings)

    def article(self, page: Page, site: Site | None, *, read_by: str, kind: ArticleKind = ArticleKind.ARTICLE) -> Article:
        """The article that was read."""
        paragraphs = [part for part in (self.title, self.lead, *self.body.paragraphs) if part]
        text = "\n".join(paragraphs)
        day = self.stamp.day if self.stamp else None
        if site:
            province = site.province_on(day)
        else:
            hosts = [host_of(page.url), *hosts_in(self.body.source or "")]
            province = publisher_province(text, title=self.title, frame="", places=(), credits=self.body.signs, hosts=hosts, day=day)
        starts = [paragraph.casefold() for paragraph in self.body.paragraphs]
        labels = [label.casefold() for label in self.layout.document]
        if labels and all(any(start.startswith(label) for start in starts) for label in labels):
            kind = ArticleKind.DOCUMENT
        if self.stamp and not self.stamp.weekday_fits:
            self.warnings.append("weekday")
        if not self.title:
            self.warnings.append("no_title")
        if len(text) >= 200 and len(_VIETNAMESE.findall(text.casefold())) * 25 < len(text):
            self.warnings.append("language")
        if site and len(text) < site.expect.min_body_chars:
            self.warnings.append("short")
        section = next((found.text for found in self._first_selector(self.layout.section)), None) or self.document.section(self.title)
        return Article(
            id=site.article_id(page.url) if site else article_key(page.site, canonical(page.url)),
            url=page.final_url,
            site=site.key if site else None,
            title=self.title,
            published_at=self.stamp.value if self.stamp else None,
            author=self.body.author,
            source_credit=self.body.source,
            province=province,
            lead=self.lead,
            section=section,
            captions=tuple(self.body.captions),
            attachments=self.document.attachments(self.layout.attachments, self.body_node),
            kind=kind,
            read_by=read_by,
            selectors=dict(self.selectors),
            warnings=tuple(dict.fromkeys(self.warnings)),
            text=text,
        )


def _inside(element: Element, among: set[Element]) -> bool:
    """Whether an element is one of a set, or stands in one."""
    return element in among or any(parent in among for parent in element.iterancestors())


def _in_frame(element: Element) -> bool:
    """Whether a heading belongs to the page's frame: its head, menu or foot."""
    return any(parent.tag in ("header", "nav", "footer", "aside") for parent in element.iterancestors())
