"""A PDF or office document behind the address of an article: kept as a document that offers the file; its text is not read."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from crawler.cleaning import fold
from crawler.refusals import wrong_type
from crawler.site import Site
from schemas.article import Article, Attachment
from schemas.page import Page
from schemas.vocabulary import ArticleKind

_HEAD = 4096  # bytes; the names of the first members of a ZIP stand in them
# What the bytes are (refusals.wrong_type) -> kind of document; of a ZIP its members tell
_KINDS = {"pdf": "pdf", "rtf": "rtf", "ole document": "office"}
_OFFICE_ZIP = re.compile(rb"\[Content_Types\]\.xml|(?:word|xl|ppt)/|mimetypeapplication/vnd\.oasis")
_NAME = re.compile(
    r"filename\*\s*=\s*(?:utf-8''(?P<coded>[^;\s]+))|filename\s*=\s*(?:\"(?P<quoted>[^\"]+)\"|(?P<bare>[^;\s]+))", re.IGNORECASE
)


def file_kind(body: bytes) -> str | None:
    """pdf, rtf or office for a document of that kind; None for anything else, pictures and other archives too."""
    met = wrong_type(body)
    if met == "zip":
        return "office" if _OFFICE_ZIP.search(body[:_HEAD]) else None
    return _KINDS.get(met or "")


def read_file(page: Page, body: bytes, site: Site | None) -> Article | None:
    """The document of a page that is a file where its site has an article; None for any other page. It has no stamp: nobody printed one."""
    kind = file_kind(body) if site and page.kind == "article" and site.is_article(page.url) else None
    if site is None or kind is None:
        return None
    name = file_name(page)
    title = re.sub(r"\.\w{2,5}$", "", name).replace("_", " ").strip() if name else None
    return Article(
        id=site.article_id(page.url),
        url=page.final_url,
        site=site.key,
        title=title or None,
        province=site.province_on(None),
        attachments=(Attachment(url=page.final_url, name=name),),
        kind=ArticleKind.DOCUMENT,
        read_by=f"file/{kind}",
        warnings=("no_body",) if title else ("no_body", "no_title"),
        text=title or "",
    )


def file_name(page: Page) -> str | None:
    """The file's name as the server gives it, else the last part of an address that ends as a file's does."""
    found = _NAME.search(page.header("Content-Disposition") or "")
    if found and found["coded"]:
        return fold(unquote(found["coded"])) or None
    given = found["quoted"] or found["bare"] if found else unquote(urlsplit(page.final_url).path).rpartition("/")[2]
    with suppress(UnicodeError):
        given = given.encode("latin-1").decode("utf-8")  # as headers are received
    return fold(given) if found or re.search(r"\.(?:pdf|rtf|docx?|xlsx?|pptx?|od[ts])$", given, re.IGNORECASE) else None
