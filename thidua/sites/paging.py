"""What the second page of a site's list says of `[next]`."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.discovery import article_links, page_count
from crawler.document import Document
from crawler.probe import text_of
from crawler.site import Site
from thidua.sites.found import Check, Further, ListFound, Mend, saved_name
from thidua.sites.lists import parts
from thidua.sites.probing import Answer

EXAMPLES = 2  # links to other pages that are shown
BY_LINK = ("link", "cur", "postback")  # types that a link to another page must bear out; the others just count on


def further_found(site: Site, answer: Answer, first: ListFound) -> Further:
    """What the second page names beside the first."""
    if answer.page is None or not answer.came:
        return Further(answer)
    text, url = text_of(answer.page), answer.page.url
    base = url.partition("#")[0]
    known = set[str]()
    if first.answer.page and not site.paging.shell:
        known = {site.identity(link.url) for link in article_links(site, text_of(first.answer.page), first.answer.page.url)}
    links = [site.identity(link.url) for link in article_links(site, text, base)]
    met = tuple(parts(site, text, Document(text, answer.page.final_url), base))
    return Further(answer, articles=len(links), new=len(set(links) - known), parts=met)


def of_paging(check: Check) -> Iterator[tuple[bool, Mend]]:
    """(whether it hinders, what is to be said) of how the list goes on. A list that shows no link to another page has only one."""
    first = next((found for found in check.sources if found.answer.line.kind == "list"), None)
    if first is None or first.answer.page is None or not (first.articles or check.site.paging.shell):
        return
    kind, further = check.site.paging.type, check.further
    page = saved_name(first.answer, check.pages)
    told = {"type": kind, "url": first.following or "", "pager": "  ".join(first.pager[:EXAMPLES])}
    if kind == "none":
        if first.pager:
            yield False, Mend("remark_pager", told)
    elif first.following is None:
        if first.pager and page_count(check.site, text_of(first.answer.page)) != 1:
            yield True, Mend("mend_next_unmet", told, page)
    elif further is not None and not further.new:
        is_shown = bool(first.pager) or kind in BY_LINK
        label = further.answer.label
        if not further.answer.came and not (label.startswith("failed:http-4") or label == "ok"):
            yield True, Mend("mend_unread", {"url": first.following, "label": label})
        elif not is_shown:
            yield False, Mend("remark_one_page", told)
        elif not further.answer.came:
            yield True, Mend("mend_next_gone", {**told, "label": label}, page)
        else:
            key = "mend_next_box" if meets_a_box(check.site, first, further) else "mend_next_same"
            yield True, Mend(key, {**told, "articles": further.articles}, saved_name(further.answer, check.pages))


def meets_a_box(site: Site, first: ListFound, further: Further) -> bool:
    """Whether `next` led where the list itself does, and the list's selectors gave the articles of the first page again."""
    selects = bool(site.listing.item or site.listing.link)
    return selects and further.articles > 0 and first.following in first.pager
