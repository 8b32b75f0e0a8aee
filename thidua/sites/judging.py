"""What a site's pages say of its definition: which selector gave what, which pattern met nothing, what is to be mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.cleaning import alike
from crawler.discovery import article_links
from crawler.document import Document
from crawler.layout import Layout
from crawler.probe import document_of, text_of
from crawler.reader import NO_TEXT, read
from crawler.registry import Registry
from crawler.site import Site
from schemas.article import Article, Reject
from schemas.vocabulary import ArticleKind
from thidua import say
from thidua.sites.found import Check, Mend, PageFound, Value, is_further, saved_name, unread
from thidua.sites.lists import mends_of_sources, source_found, takes_any_link
from thidua.sites.met import useless
from thidua.sites.paging import further_found, of_paging
from thidua.sites.probing import Answer, Seen

FIELDS = ("title", "published_at", "lead", "body", "author", "source", "section")
NEEDED = ("title", "published_at", "body")
NOTHING = "–"
CSS_ONLY = ("captions", "attachments", "drop")


def judge(site: Site, seen: Seen, registry: Registry) -> Check:
    """What the answers of a look say of the definition."""
    check = Check(site, robots=seen.robots, no_network=seen.no_network)
    check.sources = [source_found(site, answer) for answer in seen.answers if answer.line.kind != "article" and not is_further(answer)]
    check.pages = [page_found(site, answer, registry) for answer in seen.answers if answer.line.kind == "article"]
    further = next((answer for answer in seen.answers if is_further(answer)), None)
    if further and check.sources:
        check.further = further_found(site, further, check.sources[0])
    check.unmet = list(unmet(site, check))
    if not site.start and not site.feeds and not site.sitemap:
        check.mends.append(Mend("mend_no_source", {}))
    check.mends += [Mend("mend_no_body", {"layout": layout.name}) for layout in site.layout if not layout.body]
    check.mends += mends_of_sources(check)
    for hinders, told in of_paging(check):
        (check.mends if hinders else check.remarks).append(told)
    of_pages = [*mends_of_addresses(check), *mends_of_pages(check)]
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
            place = say.text("check_place", index=index + 1, total=len(selectors)) if len(selectors) > 1 else ""
            yield Value(name, selectors[index].css, place, value)
        else:
            yield Value(name, "generic" if value else "none", told.get(name, ""), value or "")


def body_of(article: Article) -> str:
    """The article's text without headline and lead."""
    rest = article.text
    for part in (article.title, article.lead):
        rest = rest.removeprefix(part or "").lstrip("\n")
    return rest


def without_text(check: Check) -> list[PageFound]:
    """Pages of a video, a scan or pictures alone, where most others have a text: a site may have some."""
    found = [page for page in check.pages if (page.reject and page.reject.detail == NO_TEXT) or is_media(page)]
    return found if 2 * len(found) < len(check.pages) else []


def is_media(page: PageFound) -> bool:
    """Whether the page offers files or pictures in the place of a text."""
    return page.article is not None and page.article.kind is ArticleKind.MEDIA and by(page, "body") == "none"


def mends_of_addresses(check: Check) -> Iterator[Mend]:
    """No pattern of identity fits any article's address."""
    patterns, addresses = check.site.article.id_regex, [check.site.canonical(page.answer.line.url) for page in check.pages]
    if patterns and addresses and not any(re.search(pattern, address) for pattern in patterns for address in addresses):
        yield Mend("mend_identity", {"patterns": ", ".join(patterns), "examples": "  ".join(addresses)})


def mends_of_pages(check: Check) -> Iterator[Mend]:
    """Pages that are no articles, one title or one day on several, needed fields that are missing, declared selectors that nowhere met anything."""
    spared = without_text(check)
    pages = [page for page in check.pages if page not in spared]
    for page in pages:
        where = {"url": page.answer.line.url}
        saved = saved_name(page.answer, check.pages) if page.answer.page else None
        if page.article is None and page.reject is None:
            yield unread(check, page.answer)
        elif page.reject:
            yield Mend("mend_reject", {**where, "reason": page.reject.reason, "detail": page.reject.detail or ""}, saved)
    read_pages = [page for page in pages if page.article]
    yield from one_title(check, read_pages)
    yield from one_day(check, read_pages)
    for name in NEEDED:
        if name == "published_at" and check.site.expect.published_at == 0:
            continue
        lacking = [page for page in read_pages if by(page, name) == "none"]
        broken = is_broken(check, name, read_pages)
        first = saved_name((lacking or read_pages)[0].answer, check.pages) if read_pages else None
        shown = {"field": name, "tried": tried(check.site, name, read_pages), "lacking": len(lacking), "pages": len(read_pages)}
        if lacking or broken:
            answer = (lacking or read_pages)[0].answer
            selectors = [one for layout in layouts_of(check.site, read_pages) for one in getattr(layout, name)]
            told = useless(name, document_of(answer.page), selectors, **shown) if answer.page else None
            key = "mend_lacking" if lacking else "mend_broken"
            yield Mend(told.key, told.values, first) if told else Mend(key, shown, first)


def one_title(check: Check, pages: Sequence[PageFound]) -> Iterator[Mend]:
    """A title that several articles have: a name of the site or of a box, most likely."""
    titles: dict[str, list[PageFound]] = {}
    for page in pages:
        if page.article and page.article.title:
            titles.setdefault(alike(page.article.title), []).append(page)
    for same in titles.values():
        if len(same) > 1 and same[0].article:
            shown = {"field": "title", "title": same[0].article.title, "same": len(same), "pages": len(pages)}
            yield Mend("mend_one_title", {**shown, "tried": tried(check.site, "title", same)}, saved_name(same[1].answer, check.pages))


def one_day(check: Check, pages: Sequence[PageFound]) -> Iterator[Mend]:
    """One day on all articles, where the list prints another one beside some: a clock in the page's head, most likely."""
    site, listed = check.site, days_listed(check)
    days = {
        site.identity(page.answer.line.url): page.article.published_at[:10] for page in pages if page.article and page.article.published_at
    }
    same = set(days.values())
    others = {listed[one] for one in days if one in listed} - same
    if len(days) > 1 and len(same) == 1 and others:
        shown = {"field": "published_at", "day": min(same), "pages": len(days), "listed": ", ".join(sorted(others))}
        yield Mend("mend_one_day", {**shown, "tried": tried(site, "published_at", pages)}, saved_name(pages[0].answer, check.pages))


def days_listed(check: Check) -> dict[str, str]:
    """Article -> the day that a list prints beside it; where no selector tells its entries apart, none."""
    lists = [found.answer.page for found in check.sources if found.answer.line.kind == "list" and check.site.listing.item]
    links = [link for page in lists if page for link in article_links(check.site, text_of(page), page.url)]
    return {check.site.identity(link.url): str(link.day) for link in links if link.day}


def remarks(check: Check) -> Iterator[Mend]:
    """What a person should know and what hinders nothing."""
    if check.site.start and check.site.evidence.get("start") == "guess":
        yield Mend("remark_start", {"url": check.site.start[0].url})
    spared = without_text(check)
    for page in spared:
        yield Mend("remark_no_text", {"url": page.answer.line.url})
    read_pages = [page for page in check.pages if page.article and page not in spared]
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
    return ", ".join(dict.fromkeys(one.css for layout in layouts_of(site, pages) for one in getattr(layout, name))) or NOTHING


def layouts_of(site: Site, pages: Sequence[PageFound]) -> list[Layout]:
    """The layouts that read the pages, else all of the site."""
    return [page.layout for page in pages if page.layout] or list(site.layout)


# ------------------------------------------------------------------ patterns


def unmet(site: Site, check: Check) -> Iterator[tuple[str, str]]:
    """(where it stands, pattern) of the definition that met nothing on any page."""
    counts: dict[tuple[str, str], int] = {}
    for source in check.sources:
        for part in source.parts:
            counts[f"list.{part.name}", part.css] = counts.get((f"list.{part.name}", part.css), 0) + part.nodes
    yield from (place for place, number in counts.items() if not number)
    addresses = [site.canonical(page.answer.line.url) for page in check.pages]
    told = {mend.key for mend in mends_of_addresses(check)}
    for name in ("url_regex",) if told else ("url_regex", "id_regex"):
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
