"""A page of the archive or of a file to its article, by what it was fetched or imported as."""

from __future__ import annotations

import datetime as dt
import json
import re

from crawler.charset import decode
from crawler.publisher import given_province
from crawler.registry import Registry
from crawler.site import Site
from crawler.stamps import stamp_in_address
from schemas.article import VIETNAM, Article, Reject, article_key
from schemas.normal import nfc
from schemas.page import Page
from thidua.inputs import IMPORT

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # many of them: no text


def article(page: Page, registry: Registry) -> Article | Reject:
    """The article of a page, by what the page was fetched or imported as."""
    if page.kind == "article_json":
        return _given(page, registry)
    province = _province(page)
    if page.kind == "dump":
        decoded = decode(page.body)
        text = decoded.text
        if not decoded.readable or 100 * len(_CONTROL.findall(text)) > len(text):
            return Reject(reason="charset", detail=f"no text; {decoded.charset} was the best guess")
        from crawler.dump import read_dump  # each reader is imported by the first page that needs it: HTML's costs 0.3 s

        ident = article_key(IMPORT, page.url.removeprefix("dump:"))
        url = None if page.url.startswith("dump:") else page.url
        return read_dump(text, id=ident, url=url, site=registry.by_key.get(page.site), province=province)
    from crawler.reader import read

    site = site_of(page, registry)
    found = read(page, site, registry)
    return found.model_copy(update={"province": province}) if province and isinstance(found, Article) and not found.province else found


def site_of(page: Page, registry: Registry) -> Site | None:
    """The definition to read a page by: that under which it was fetched, or the one of its address that held on the day of the fetch."""
    known, day = registry.by_key.get(page.site), page.fetched_on
    if known is None:
        return registry.for_url(page.final_url, day)
    other = None if known.holds_on(day) else registry.for_url(page.url, day)
    return other if other and other.holds_on(day) else known


def _province(page: Page) -> str | None:
    stored = page.header("X-Thidua-Province")
    return stored.encode("ascii").decode("unicode_escape") if stored else None


def _given(page: Page, registry: Registry) -> Article:
    """An article that came as JSON: its text as it is, only NFC."""
    row = json.loads(page.body)
    stamp, warnings = stamp_of(row.get("published_at"))
    url = row.get("url")
    carried = stamp_in_address(url) if url and not stamp else None
    inferred = carried.value[:10] if carried else None
    known = stamp or inferred
    day = dt.date.fromisoformat(known[:10]) if known else None
    site = registry.by_key.get(page.site) or (registry.for_url(url, day) if url else None)
    told = row.get("province") or _province(page)
    return Article(
        id=article_key(IMPORT, str(row["id"])),
        url=url,
        site=None if page.site == IMPORT else page.site,
        title=nfc(row["title"]) if row.get("title") else None,
        published_at=stamp,
        published_inferred=inferred,
        province=told or (site.province_on(day) if site else given_province(nfc(row["text"]), url=url, day=day)),
        text=nfc(row["text"]),
        read_by="given",
        warnings=warnings,
    )


def stamp_of(text: str | None) -> tuple[str | None, tuple[str, ...]]:
    """A given time as this project writes it (+07:00, or the bare day), and a warning if it cannot be read."""
    if not text or not text.strip():
        return None, ()
    text = text.strip()
    try:
        if len(text) == 10:
            return dt.date.fromisoformat(text).isoformat(), ()
        when = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
        local = when.replace(tzinfo=VIETNAM) if when.tzinfo is None else when.astimezone(VIETNAM)
        return local.isoformat(timespec="seconds"), ()
    except (ValueError, OverflowError):
        return None, (f"published_at: {text[:40]!r} is neither a day nor a time",)
