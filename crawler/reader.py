"""Page + Layout -> Article: pure, so stored pages can be read again without a crawl."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from crawler.address import canonical, host_of
from crawler.charset import decode
from crawler.document import Document
from crawler.draft import Draft
from crawler.file_page import read_file
from crawler.generic import GENERIC, place
from crawler.layout import Layout, Platform
from crawler.publisher import hosts_in, publisher_province
from crawler.refusals import inflate, refusal, wrong_type
from crawler.registry import Registry
from crawler.site import Site
from crawler.spam import smuggled_links, spam_signs
from schemas.article import Article, Reject, article_key
from schemas.language import is_vietnamese
from schemas.page import Page
from schemas.vocabulary import ArticleKind

NO_TEXT = "no text on the page"
MUCH = 1 << 16  # bytes of view state and pictures within a page from which they are told of
# Characters and references to them that no text has: NUL and other controls, halves of surrogate pairs
_UNCLEAN = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]"
    r"|&#(?:0*[0-8]|5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]|x0*[0-8]|x0*d[89a-f][0-9a-f]{2});",
    re.IGNORECASE,
)


def read(page: Page, site: Site | None, registry: Registry) -> Article | Reject:
    """The article of a page, or why it is none. The same bytes give the same article.

    The site's layouts are tried first, newest first; for a page of an unknown host those of the platform that its signs show; then
    the generic reader (trafilatura finds the text). Which one and which selectors matched is kept in `read_by` and `selectors`.
    """
    body = inflate(page.body)
    if page.status == 200 and (file := read_file(page, body, site)):
        return file
    if met := _refused_at_once(page, body, site):
        return met
    decoded = decode(body, content_type=page.header("Content-Type"), fallback=site.encoding if site else None)
    if not decoded.readable:
        return Reject(reason="charset", detail=f"{decoded.replaced:.2%} of the characters could not be read as {decoded.charset}")
    document = Document(decoded.text, page.final_url)
    platform = registry.platform(site) or (recognise(document, registry) if site is None else None)
    fetched = page.fetched_on
    smuggled = smuggled_links(document, site)  # before a layout takes out what is no text
    tried = []
    draft = None
    for layout in _layouts(site, platform, fetched):
        tried.append(Draft(document, layout, fetched))
        if tried[-1].read_declared():
            draft = tried[-1]
            break
    name = (platform.key if platform else site.key if site else "html") if draft else "trafilatura"
    if draft is None:
        draft = Draft(document, GENERIC, fetched)
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
        draft.warnings.append("generic_reader" + ("" if draft.body_node is None else f":{place(draft.body_node)}"))
    draft.warnings += spam_signs(smuggled, draft.title)
    if document.lost_text():
        draft.warnings.append("parser_limit")
    if document.stripped >= MUCH:
        draft.warnings.append(f"stripped:{document.stripped}")
    if decoded.charset != "utf-8":
        draft.warnings.append(f"charset:{decoded.charset}")
    if unclean := len(_UNCLEAN.findall(decoded.text)):
        draft.warnings.append(f"controls:{unclean}")
    if page.truncated:
        draft.warnings.append(f"truncated:{page.truncated}")
    return _article(draft, page, site, read_by=f"{name}/{draft.layout.name}")


def _refused_at_once(page: Page, body: bytes, site: Site | None) -> Reject | None:
    """What status, type and address tell before the page is parsed."""
    if page.status >= 400 and not (page.status >= 500 and (page.imported or page.site == "import")):
        return Reject(reason=f"http-{page.status}")
    if not body.strip():
        return Reject(reason="no_body", detail="the answer is empty")
    if kind := wrong_type(body):
        return Reject(reason="type", detail=kind)
    if site and site.owns(page.final_url) and site.is_article(page.url) and not site.is_article(page.final_url):
        return Reject(reason="soft404", detail=f"redirected to {page.final_url}")
    return None


def _no_body(draft: Draft, page: Page, site: Site | None) -> Article | Reject:
    """A page without text: one that offers files, or pictures in the text's place, is kept as `media`, any other refused."""
    read_by = f"{site.platform or site.key if site else 'html'}/{draft.layout.name}"
    if not draft.attachments():
        draft.read_scan()
    if draft.title and (files := draft.attachments() or draft.pictures()):
        return _article(draft, page, site, read_by=read_by, kind=ArticleKind.MEDIA).model_copy(update={"attachments": files})
    return Reject(reason="soft404" if site and site.is_article(page.url) else "no_body", detail=NO_TEXT, read_by=read_by)


def _layouts(site: Site | None, platform: Platform | None, fetched: dt.date | None) -> Sequence[Layout]:
    """The layouts to try: those that served on the day of the fetch, then the others; where nobody knows it, in their order."""
    known = site.layout if site else platform.layout if platform else ()
    return sorted(known, key=lambda layout: layout.until is not None and fetched is not None and layout.until < fetched)


def recognise(document: Document, registry: Registry) -> Platform | None:
    """The platform whose signs the page shows: two of generator (counts twice), nodes and form of the address."""
    address = canonical(document.url)

    def signs(platform: Platform) -> int:
        by = platform.recognise
        made = 2 if any(re.search(pattern, document.generator) for pattern in by.generator) else 0
        return made + sum(bool(document.nodes([css])) for css in by.css) + any(re.search(pattern, address) for pattern in by.url)

    best = max(registry.platforms.values(), key=signs, default=None)
    return best if best and signs(best) >= 2 else None


def _article(draft: Draft, page: Page, site: Site | None, *, read_by: str, kind: ArticleKind = ArticleKind.ARTICLE) -> Article:
    """The article of what was read."""
    paragraphs = [part for part in (draft.title, draft.lead, *draft.body.paragraphs) if part]
    text = "\n".join(paragraphs)
    day = draft.stamp.day if draft.stamp else None
    if site:
        province = site.province_on(day)
    else:
        hosts = [host_of(page.url), *hosts_in(draft.body.source or "")]
        province = publisher_province(text, title=draft.title, frame="", places=(), credits=draft.body.signs, hosts=hosts, day=day)
    starts = [paragraph.casefold() for paragraph in (*draft.head, *draft.body.paragraphs)]
    labels = [label.casefold() for label in draft.layout.document]
    if labels and all(any(start.startswith(label) for start in starts) for label in labels):
        kind = ArticleKind.DOCUMENT
    if draft.stamp and not draft.stamp.weekday_fits:
        draft.warnings.append("weekday")
    if not draft.title:
        draft.warnings.append("no_title")
    if not is_vietnamese(text):
        draft.warnings.append("language")
    if site and len(text) < site.expect.min_body_chars:
        draft.warnings.append("short")
    section = next((found.text for found in draft.values(draft.layout.section)), None) or draft.document.section(draft.title)
    return Article(
        id=site.article_id(page.url) if site else article_key(page.site, canonical(page.url)),
        url=page.final_url,
        site=site.key if site else None,
        title=draft.title,
        published_at=draft.stamp.value if draft.stamp else None,
        author=draft.body.author,
        source_credit=draft.body.source,
        province=province,
        lead=draft.lead,
        section=section,
        captions=tuple(draft.body.captions),
        attachments=draft.attachments(),
        kind=kind,
        read_by=read_by,
        selectors=dict(draft.selectors),
        warnings=tuple(dict.fromkeys(draft.warnings)),
        text=text,
    )
