"""What a site's list, feed or sitemap says of its definition: articles by which selectors, addresses of which form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml.etree import _Element as Element

from crawler.discovery import article_links, feed_links, next_page, normalise, sitemap_links
from crawler.document import Document
from crawler.link_count import count_links
from crawler.pager import pager_links
from crawler.probe import text_of
from crawler.site import Site
from thidua import say
from thidua.sites.found import Check, ListFound, Mend, Part, saved_name, unread
from thidua.sites.probing import Answer

EXAMPLES = 3  # addresses that are shown of those that do not fit


def source_found(site: Site, answer: Answer) -> ListFound:
    """What a list, feed or sitemap names."""
    page = answer.page
    if page is None or not answer.came:
        return ListFound(answer)
    text, url = text_of(page), page.url
    if answer.line.kind == "list":
        own = article_links(site, text, url)
        everywhere = article_links(site, text, url, anywhere=True)
        document = Document(text, page.final_url)
        return ListFound(
            answer,
            articles=len(own),
            anywhere=len(everywhere),
            parts=tuple(parts(site, text, document, url)),
            following=next_page(site, text, url),
            pager=tuple(pager_links(site, text, url)),
            others=tuple(dict.fromkeys(others(site, document))),
            named=len(list(document.root.iter("a"))),
            links=count_links(text, url),
        )
    bare = site.model_copy(update={"article": site.article.model_copy(update={"url_regex": ()})})
    if answer.line.kind == "feed":
        own, every, maps = feed_links(site, text, url), feed_links(bare, text, url), 0
    else:
        own, every = sitemap_links(site, text, url)[0], sitemap_links(bare, text, url)[0]
        maps = len(sitemap_links(site, text, url)[1])
    wrong = [link.url for link in every if not site.is_article(link.url)]
    return ListFound(answer, articles=len(own), anywhere=len(own), others=tuple(wrong), named=len(every) + maps)


def parts(site: Site, text: str, document: Document, url: str) -> Iterator[Part]:
    """Each selector of the list: what it meets, and what it gives when it is the only one of its kind."""
    items = site.listing.item
    if not document.nodes(site.listing.item):  # then a link is looked for in the whole page: it may be right all the same
        site = site.model_copy(update={"listing": site.listing.model_copy(update={"item": ()})})
        yield from (Part("item", css, 0, 0) for css in items)
    entries = set(document.nodes(site.listing.item)) or {document.root}
    for name in ("item", "link", "date"):
        for css in getattr(site.listing, name):
            alone = site.model_copy(update={"listing": site.listing.model_copy(update={name: (css,)})})
            links = article_links(alone, text, url)
            nodes = [node for node in document.nodes([css]) if node in entries or any(parent in entries for parent in node.iterancestors())]
            yield Part(name, css, len(nodes), sum(link.day is not None for link in links) if name == "date" else len(links))


def others(site: Site, document: Document) -> Iterator[str]:
    """Addresses on the site that have not the form of an article's: of what the list's own selectors meet, else of the whole page."""
    entries = document.nodes(site.listing.item) if site.listing.item else [document.root]
    yield from list(misfits(site, document, entries, site.listing.link)) or misfits(site, document, [document.root], ())


def misfits(site: Site, document: Document, entries: Iterable[Element], link: Sequence[str]) -> Iterator[str]:
    """Those of the links in some entries of a list."""
    wanted = set(document.nodes(link or ("a[href]",)))
    for entry in entries:
        for node in entry.iter("a"):
            address = normalise(node.get("href", ""), document.base) if node in wanted else None
            if address and site.owns(address) and not site.is_article(address):
                yield address


def mends_of_sources(check: Check) -> Iterator[Mend]:
    """What is wrong with the lists; a later source does not make up for one that failed."""
    site = check.site
    for found in check.sources:
        line = found.answer.line
        where = {"kind": line.kind, "url": line.url}
        page = saved_name(found.answer, check.pages)
        faulty = faulty_parts(found)
        selectors = ", ".join(dict.fromkeys(css for name in faulty for css in getattr(site.listing, name)))
        if not found.answer.came:
            yield unread(check, found.answer)
            continue
        if found.articles or (line.kind == "sitemap" and line.found_on is None and found.named and not found.others):
            continue
        misfit = found.others and not found.anywhere
        where["ask"] = f" {say.text('mend_ask_start')}" if line.kind == "list" and (not found.anywhere or len(faulty) > 1) else ""
        if misfit:
            patterns, examples = ", ".join(site.article.url_regex), "  ".join(sorted(found.others, key=len, reverse=True)[:EXAMPLES])
            yield Mend("mend_address", {**where, "patterns": patterns, "links": len(found.others), "examples": examples}, page)
        if line.kind == "list" and selectors and not (misfit and meets(found)):
            fields = say.text("mend_or").join(f"`list.{name}`" for name in faulty)
            yield Mend("mend_list", {**where, "selectors": selectors, "anywhere": found.anywhere, "fields": fields}, page)
        elif not misfit:
            yield Mend("mend_empty", where, page)


def faulty_parts(found: ListFound) -> list[str]:
    """Which of `item` and `link` met nothing; where both met something, both, for nobody knows which."""
    given = [name for name in ("item", "link") if any(part.name == name for part in found.parts)]
    return [name for name in given if not any(part.nodes for part in found.parts if part.name == name)] or given


def meets(found: ListFound) -> bool:
    """Whether the selectors of a list meet anything: of each kind that is given one at least."""
    return all(any(part.nodes for part in found.parts if part.name == name) for name in {part.name for part in found.parts} - {"date"})


def takes_any_link(site: Site, found: ListFound) -> bool:
    """Whether the articles of a list are just the links of a page: nothing in the definition tells one from a menu."""
    is_open = not (site.article.url_regex or site.listing.item or site.listing.link)
    return is_open and found.answer.line.kind == "list" and found.articles > 0
