"""Every page of the sample portals and of tests/sites reads as expected, lists name what they show, and no selector is idle.

`tests/sites/<key>/`, <key> a site or a platform: `page.html` with `expected.json`, further pages `<name>.html` with `<name>.json`;
a name that begins with `list` is a list. An expectation that is missing, or holds nothing but its `url`, is written, and the test
fails: a person reads it first.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from crawler.discovery import feed_links
from crawler.document import Document
from crawler.reader import read, recognise
from crawler.site import Site
from schemas.article import Reject
from schemas.page import Page
from tests.site_pages import (
    ADDRESSES,
    BARE,
    BASE,
    DRAFTS,
    FILES,
    FOLDERS,
    LISTS,
    PACKAGE,
    PORTALS,
    SAMPLES,
    SIGNS,
    addresses,
    article,
    expectation,
    found_in,
    listing,
    sample_lists,
    sample_page,
    site_of,
)
from thidua.demo.portal import Portal, Sample
from thidua.demo.portals.vnpt_uiarticle.portal import ATTACHMENTS

PAGES = [pytest.param(portal, sample, id=f"{portal.key}-{sample.id}") for portal in PORTALS.values() for sample in portal.articles]


# ------------------------------------------------------------------ sample portals


@pytest.mark.parametrize(("portal", "sample"), PAGES)
def test_a_sample_page_reads_as_written(portal: Portal, sample: Sample) -> None:
    want, path = sample.expected(), portal.path_of(sample)
    found = article(sample_page(portal.key, path), BASE + path, SAMPLES.site(portal.key))
    files = [ATTACHMENTS[int(sample.id)]] if portal.key == "mau-son-la" and sample.id in ATTACHMENTS else []
    assert found == {
        "title": want.title, "published_at": want.published_at, "author": want.author, "source_credit": want.source, "lead": want.lead,
        "section": want.section, "captions": [{"text": text, "credit": credit} for text, credit in want.captions],
        "attachments": [{"url": f"{BASE}/uploads/{name}", "name": name} for name in files], "kind": want.kind, "text": want.text,
    }  # fmt: skip


@pytest.mark.parametrize(("portal", "sample"), PAGES)
def test_a_page_of_an_unknown_host_is_recognised(portal: Portal, sample: Sample) -> None:
    path = portal.path_of(sample)
    page = Page(
        site="import", url=f"https://la.example{path}", final_url=f"https://la.example{path}", body=sample_page(portal.key, path),
        fetched_at=dt.datetime(2026, 11, 21, tzinfo=dt.UTC), status=200,
    )  # fmt: skip
    found, want = read(page, None, PACKAGE), sample.expected()
    assert not isinstance(found, Reject)
    assert (found.read_by or "").partition("/")[0] == SAMPLES.site(portal.key).platform
    assert (found.title, found.text) == (want.title, want.text)


@pytest.mark.parametrize("key", LISTS)
def test_a_sample_list_names_its_articles_and_the_next_page(key: str) -> None:
    for url, want in sample_lists(key):
        assert listing(sample_page(key, url.removeprefix(BASE)), url, SAMPLES.site(key)) == want


@pytest.mark.parametrize("key", [site.key for site in SAMPLES.sites if site.feeds])
def test_a_sample_feed_names_its_articles_once(key: str) -> None:
    site, portal = SAMPLES.site(key), PORTALS[key]
    links = [link.url for link in feed_links(site, sample_page(key, site.feeds[0].removeprefix(BASE)).decode(), site.feeds[0])]
    assert links == [BASE + portal.path_of(sample) for sample in portal.articles][: len(links)] and len(links) >= 10


@pytest.mark.parametrize("site", [*BARE.values(), *SAMPLES.sites, *DRAFTS], ids=lambda site: site.key)
def test_addresses_of_one_article_and_of_none(site: Site) -> None:
    known = ADDRESSES.get(site.key) or ADDRESSES.get(site.platform or "")
    assert known, f"tests/site_pages.py: add to ADDRESSES a line {site.platform or site.key!r}: addresses of one article, then some of none"
    same, none = known
    found = addresses(site)
    assert len(set(found[: len(same)])) == 1 and found[0][0]
    assert found[len(same) :] == [(False, None)] * len(none)


def test_a_platform_without_addresses_is_told_where_they_go() -> None:
    with pytest.raises(AssertionError, match=r"tests/site_pages\.py: add to ADDRESSES a line 'khung_moi'"):
        test_addresses_of_one_article_and_of_none(Site(key="mau", name="Mẫu", platform="khung_moi", hosts=("mau.example",)))


# ------------------------------------------------------------------ tests/sites


def check(file: Path, site: Site) -> None:
    """Compare a page with its expectation, or write that and fail."""
    found, expected = found_in(file, site), expectation(file)
    want = json.loads(expected.read_text(encoding="utf-8")) if expected.exists() else {}
    if want.keys() <= {"url"}:
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        pytest.fail(f"{expected} held no expectation and has been written: read it, its `url` too, correct it, run again")
    assert found == want, f"if the page is read right now, leave nothing but `url` in {expected} and run again: it is written anew"


@pytest.mark.parametrize("file", [pytest.param(file, id=f"{file.parent.name}/{file.stem}") for file in FILES])
def test_a_page_of_tests_sites_gives_what_is_expected(file: Path) -> None:
    check(file, site_of(file.parent.name))


def test_a_missing_expectation_is_written_and_fails_once(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes((FOLDERS / "nukeviet" / "page.html").read_bytes())
    with pytest.raises(pytest.fail.Exception, match="read it"):
        check(page, BARE["nukeviet"])
    check(page, BARE["nukeviet"])
    expected = tmp_path / "expected.json"
    assert json.loads(expected.read_text(encoding="utf-8"))["author"] == "Ngân Hà"
    url = "https://mau.example/vi/news/khac-99.html"
    expected.write_text(json.dumps({"url": url}), encoding="utf-8")
    with pytest.raises(pytest.fail.Exception, match="its `url` too"):
        check(page, BARE["nukeviet"])
    assert json.loads(expected.read_text(encoding="utf-8"))["url"] == url, "an address that is known stays"


# ------------------------------------------------------------------ each selector is needed

Step = str | int
NOT_SELECTORS = {"name", "until", "type", "first", "max_pages", "path", "strip", "url"}


def entries(raw: Any, path: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """Paths to each single entry of the lists and tables of a site."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            if isinstance(value, str) and (path[-1] in ("form", "read") or key == "pages"):
                yield (*path, key)
            elif key not in NOT_SELECTORS and value:
                yield from entries(value, (*path, key))
    elif path == ("layout",):
        for at, layout in enumerate(raw):
            yield from entries(layout, (*path, at))
    else:
        yield from ((*path, at) for at in range(len(raw)))


def all_entries() -> dict[str, list[tuple[Site, tuple[Step, ...]]]]:
    """What it is -> where it stands: an entry of a platform stands in its bare site and in the sample that inherits it."""
    found: dict[str, list[tuple[Site, tuple[Step, ...]]]] = {}
    for site in (*BARE.values(), *SAMPLES.sites, *DRAFTS):
        raw = site.model_dump(by_alias=True)
        for part in ("list", "next", "article", "layout"):
            for path in entries(raw[part], (part,)):
                value: Any = raw
                for step in path:
                    value = value[step]
                steps = [raw["layout"][step]["name"] if at == 1 and part == "layout" else str(step) for at, step in enumerate(path[:-1])]
                shown = value["css"] if isinstance(value, dict) else path[-1] if isinstance(path[-1], str) else value
                found.setdefault(f"{site.platform}: {'.'.join(steps)}: {shown}", []).append((site, path))
    return found


def without(site: Site, path: tuple[Step, ...]) -> Site | None:
    """The site without one entry; None when it is then refused."""
    raw = copy.deepcopy(site.model_dump(by_alias=True))
    inner: Any = raw
    for step in path[:-1]:
        following = inner[step]
        if isinstance(following, tuple):
            following = inner[step] = list(following)
        inner = following
    del inner[path[-1]]
    try:
        return Site.model_validate(raw)
    except ValidationError:
        return None


def observations(site: Site, part: str, like: Site) -> Iterator[Any]:
    """What `site`, a copy of `like`, finds on the pages there are for it: articles for `layout`, lists and addresses for the rest."""
    for file in FILES:
        if like is BARE.get(file.parent.name) and file.stem.startswith("list") == (part != "layout"):
            yield found_in(file, site)
    if like.key in PORTALS and part == "layout":
        for sample in PORTALS[like.key].articles:
            path = PORTALS[like.key].path_of(sample)
            yield article(sample_page(like.key, path), BASE + path, site)
    elif like.key in PORTALS:
        for url, _ in sample_lists(like.key):
            yield listing(sample_page(like.key, url.removeprefix(BASE)), url, site)
    if part == "article":
        yield addresses(site)


@cache
def found_whole(key: str, part: str) -> list[Any]:
    """What a site finds with all its selectors; the tests above say that it is right."""
    site = next(site for site in (*BARE.values(), *SAMPLES.sites, *DRAFTS) if site.key == key)
    return list(observations(site, part, site))


@pytest.mark.parametrize("places", [pytest.param(places, id=name) for name, places in all_entries().items()])
def test_without_any_selector_something_is_lost(places: list[tuple[Site, tuple[Step, ...]]]) -> None:
    def is_missed(site: Site, path: tuple[Step, ...]) -> bool:
        poorer, part = without(site, path), str(path[0])
        return poorer is None or any(
            found != whole for found, whole in zip(observations(poorer, part, site), found_whole(site.key, part), strict=True)
        )

    assert any(is_missed(site, path) for site, path in places), "no page needs it: take it out, or add a page to tests/sites"


@pytest.mark.parametrize(("platform", "markup", "path"), SIGNS)
def test_a_platform_is_recognised_by_any_two_of_its_signs(platform: str, markup: str, path: str) -> None:
    found = recognise(Document(f"<html>{markup}<p>Tin</p></html>", f"https://la.example{path}"), PACKAGE)
    assert found is not None and found.key == platform
    assert recognise(Document("<html><p>Tin</p></html>", f"https://la.example{path}"), PACKAGE) is None, "one sign is none"


def test_each_sign_of_a_platform_is_among_those() -> None:
    for key, platform in PACKAGE.platforms.items():
        met = [(Document(f"<html>{markup}</html>", ""), path) for sample, markup, path in SIGNS if sample == key]
        signs = platform.recognise
        assert [css for css in signs.css if not any(page.nodes([css]) for page, _ in met)] == []
        assert [one for one in signs.url if not any(re.search(one, path) for _, path in met)] == []
        assert [one for one in signs.generator if not any(re.search(one, page.generator) for page, _ in met)] == []
