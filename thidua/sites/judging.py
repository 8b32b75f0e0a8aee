"""What a site's pages say of its definition: which selector gave what, which pattern met nothing, what is to be mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.document import Document
from crawler.layout import Layout
from crawler.probe import document_of
from crawler.reader import read
from crawler.registry import Registry
from crawler.site import Site
from schemas.article import Article, Reject
from thidua.sites.found import Check, Mend, PageFound, Value, saved_name, unread
from thidua.sites.lists import mends_of_sources, source_found, takes_any_link
from thidua.sites.probing import Answer, Seen

FIELDS = ("title", "published_at", "lead", "body", "author", "source", "section")
NEEDED = ("title", "published_at", "body")
NOTHING = "–"
CSS_ONLY = ("captions", "attachments", "drop")


def judge(site: Site, seen: Seen, registry: Registry) -> Check:
    """What the answers of a look say of the definition."""
    check = Check(site, robots=seen.robots, no_network=seen.no_network)
    check.sources = [source_found(site, answer) for answer in seen.answers if answer.line.kind != "article"]
    check.pages = [page_found(site, answer, registry) for answer in seen.answers if answer.line.kind == "article"]
    check.unmet = list(unmet(site, check))
    if not site.start and not site.feeds and not site.sitemap:
        check.mends.append(Mend("mend_no_source", {}))
    check.mends += mends_of_sources(check)
    of_pages = list(mends_of_pages(check))
    for found in check.sources:
        if takes_any_link(site, found):
            told = Mend("mend_any_link", {"url": found.answer.line.url, "articles": found.articles}, saved_name(found.answer, check.pages))
            (check.mends if of_pages else check.remarks).append(told)
    check.mends += of_pages
    check.remarks += remarks(check)
    return check


# ------------------------------------------------------------------ articles


def page_found(site: Site, answer: Answer, registry: Registry) -> PageFound:
    """What the reader makes of an article page, field by field."""
    page = answer.page
    if page is None or not answer.came:
        return PageFound(answer)
    found = read(page, site, registry)
    if isinstance(found, Reject):
        return PageFound(answer, reject=found)
    layout = layout_of(site, found)
    return PageFound(answer, article=found, values=tuple(values_of(found, layout, document_of(page))), layout=layout)


def layout_of(site: Site, article: Article) -> Layout | None:
    """The site's layout that read the article; None for the generic reader."""
    reader, _, name = (article.read_by or "").partition("/")
    if reader == "trafilatura":
        return None
    return next((layout for layout in site.layout if layout.name == name), None)


def values_of(article: Article, layout: Layout | None, document: Document) -> Iterator[Value]:
    """Each field of an article: which selector gave it, or that the generic reader or nobody did."""
    given = {
        "title": article.title,
        "published_at": article.published_at,
        "lead": article.lead,
        "body": body_of(article),
        "author": article.author,
        "source": article.source_credit,
        "section": article.section,
    }
    told = dict(warning.split("_from:", 1) for warning in article.warnings if "_from:" in warning)
    for name, value in given.items():
        selectors = getattr(layout, name) if layout else ()
        index = article.selectors.get(name)
        if name == "section" and selectors:  # the reader does not keep which one it was
            index = next((found.index for found in document.select(selectors)), None)
        if value and index is not None and index < len(selectors):
            yield Value(name, selectors[index].css, f"{index + 1}/{len(selectors)}", value)
        else:
            yield Value(name, "generic" if value else "none", told.get(name, ""), value or "")


def body_of(article: Article) -> str:
    """The article's text without headline and lead."""
    rest = article.text
    for part in (article.title, article.lead):
        rest = rest.removeprefix(part or "").lstrip("\n")
    return rest


def mends_of_pages(check: Check) -> Iterator[Mend]:
    """Pages that are no articles, needed fields that are missing, declared selectors that nowhere met anything."""
    for page in check.pages:
        where = {"url": page.answer.line.url}
        saved = saved_name(page.answer, check.pages) if page.answer.page else None
        if page.article is None and page.reject is None:
            yield unread(check, page.answer)
        elif page.reject:
            yield Mend("mend_reject", {**where, "reason": page.reject.reason, "detail": page.reject.detail or ""}, saved)
    read_pages = [page for page in check.pages if page.article]
    for name in NEEDED:
        if name == "published_at" and check.site.expect.published_at == 0:
            continue
        lacking = [page for page in read_pages if by(page, name) == "none"]
        broken = is_broken(check, name, read_pages)
        first = saved_name((lacking or read_pages)[0].answer, check.pages) if read_pages else None
        shown = {"field": name, "tried": tried(check.site, name, read_pages), "lacking": len(lacking), "pages": len(read_pages)}
        if lacking:
            yield Mend("mend_lacking", shown, first)
        elif broken:
            yield Mend("mend_broken", shown, first)


def remarks(check: Check) -> Iterator[Mend]:
    """What a person should know and what hinders nothing."""
    read_pages = [page for page in check.pages if page.article]
    if read_pages and not check.site.layout:
        yield Mend("remark_generic", {})
    heavy = [
        int(told.partition(":")[2]) for page in read_pages if page.article for told in page.article.warnings if told.startswith("stripped:")
    ]
    if heavy:
        yield Mend("remark_stripped", {"kib": max(heavy) >> 10, "heavy": len(heavy), "pages": len(read_pages)})
    for name in FIELDS:
        pages = [page for page in read_pages if declared(page, check.site, name)]
        missed = [page for page in pages if by(page, name) in ("none", "generic")]
        told = any(mend.values.get("field") == name for mend in check.mends)
        if missed and not told and (name not in NEEDED or len(missed) < len(pages)):
            shown = {"field": name, "tried": tried(check.site, name, pages), "missed": len(missed), "pages": len(pages)}
            yield Mend("remark_partly" if name in NEEDED else "remark_missed", shown)


def is_broken(check: Check, name: str, pages: Sequence[PageFound]) -> bool:
    """Whether pages have selectors declared for the field, and it was met by them on none."""
    declaring = [page for page in pages if declared(page, check.site, name)]
    return bool(declaring) and all(by(page, name) in ("none", "generic") for page in declaring)


def declared(page: PageFound, site: Site, name: str) -> bool:
    """Whether the layout that read the page has selectors for the field. No layout reads a page whose body none of them met."""
    if page.layout:
        return bool(getattr(page.layout, name))
    return name == "body" and any(layout.body for layout in site.layout)


def by(page: PageFound, name: str) -> str:
    """The selector that gave the field on the page, `generic` or `none`."""
    return next((value.by for value in page.values if value.field == name), "none")


def tried(site: Site, name: str, pages: Sequence[PageFound]) -> str:
    """The selectors of a field, of the layouts that read the pages or of all."""
    used = [page.layout for page in pages if page.layout] or list(site.layout)
    return ", ".join(dict.fromkeys(one.css for layout in used for one in getattr(layout, name))) or NOTHING


# ------------------------------------------------------------------ patterns


def unmet(site: Site, check: Check) -> Iterator[tuple[str, str]]:
    """(where it stands, pattern) of the definition that met nothing on any page."""
    counts: dict[tuple[str, str], int] = {}
    for source in check.sources:
        for part in source.parts:
            counts[f"list.{part.name}", part.css] = counts.get((f"list.{part.name}", part.css), 0) + part.nodes
    yield from (place for place, number in counts.items() if not number)
    addresses = [site.canonical(page.answer.line.url) for page in check.pages]
    for name in ("url_regex", "id_regex"):
        for pattern in getattr(site.article, name):
            if addresses and not any(re.search(pattern, address) for address in addresses):
                yield f"article.{name}", pattern
    documents = [document_of(page.answer.page) for page in check.pages if page.article and page.answer.page]
    if not documents:
        return
    for layout in site.layout:
        for name in FIELDS:
            for one in getattr(layout, name):
                if not any(next(document.select([one]), None) for document in documents):
                    yield f"{layout.name}.{name}", one.css + (f' "{one.label}"' if one.label else f" [{one.attr}]" if one.attr else "")
        for name in CSS_ONLY:
            for css in getattr(layout, name):
                if not any(document.nodes([css]) for document in documents):
                    yield f"{layout.name}.{name}", css
