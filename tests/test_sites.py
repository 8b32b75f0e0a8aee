"""Every page of the sample portals and of tests/sites reads as expected, lists name what they show, and no selector is idle.

`tests/sites/<key>/`, <key> a site or a platform: `page.html` with `expected.json`, further pages `<name>.html` with `<name>.json`;
a name that begins with `list` is a list. An expectation that is missing is written, and the test fails: a person reads it first.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from pydantic import ValidationError

from crawler.discovery import article_links, feed_links, next_page
from crawler.document import Document
from crawler.reader import read
from crawler.site import Registry, Site, load_registry
from schemas.article import Reject
from schemas.page import Page
from thidua.demo.portal import Portal, Request, Sample
from thidua.demo.portals import all_portals
from thidua.demo.portals.vnpt_uiarticle.portal import ATTACHMENTS

FOLDERS = Path(__file__).parent / "sites"
BASE = "http://127.0.0.1:8000"
FIELDS = {"title", "published_at", "author", "source_credit", "lead", "section", "captions", "attachments", "kind", "text"}
PACKAGE = load_registry()
SAMPLES = load_registry(Path(__file__).parents[1] / "thidua" / "demo" / "sites", bases=BASE)
PORTALS = {portal.key: portal for portal in all_portals()}
PAGES = [pytest.param(portal, sample, id=f"{portal.key}-{sample.id}") for portal in PORTALS.values() for sample in portal.articles]
FILES = sorted(FOLDERS.glob("*/*.html"))


def bare_sites() -> Registry:
    """Of each platform a site that adds nothing, under the platform's name."""
    with TemporaryDirectory() as folder:
        for platform in PACKAGE.platforms:
            text = f'name = "Mẫu"\nplatform = "{platform}"\nhosts = ["mau.example"]\nstart = ["https://mau.example/tin-tuc"]\n'
            (Path(folder) / f"{platform.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
        return load_registry(Path(folder))


BARE = {site.platform: site for site in bare_sites().sites if site.platform}
ADDRESSES = {  # of each platform: addresses that are one article, then some that are none
    "liferay": (
        [
            "/tin/-/asset_publisher/Ab1Cd2Ef3Gh4/content/bai-a",
            "/khac/-/asset_publisher/Zz9Yy8Xx7Ww6/content/bai-a/20181",
            "/web/guest/-/bai-a",
        ],
        ["/vi_VN/tin", "/web/guest/tin"],
    ),
    "newspaper_postid": (["/bai-a-post12.html", "/ten-moi-post12.html", "/bai-a-postid12.bbg"], ["/chinh-tri/", "/bai-a-post12.amp"]),
    "nukeviet": (
        ["/vi/news/thi-dua/bai-a-12.html", "/modules.php?name=News&file=article&sid=12", "/index.php?nv=news&op=thi-dua/bai-a-12"],
        ["/vi/news/thi-dua/", "/vi/news/thi-dua/page-2/", "/index.php?nv=news&op=thi-dua"],
    ),
    "sharepoint_pages": (["/Pages/bai-a.aspx", "/pages/Bai-A.aspx?Source=1"], ["/Pages/default.aspx", "/lien-he.aspx"]),
    "vnpt_uiarticle": (["/bai-a-740112", "/ten-moi-740112.html"], ["/tin-chinh-tri", "/rss/tin.rss"]),
}


# ------------------------------------------------------------------ what is found


def article(body: bytes, url: str, site: Site | None) -> dict[str, Any]:
    """The fields that a reader finds on a page."""
    at = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    page = Page(site=site.key if site else "la", url=url, final_url=url, fetched_at=at, status=200, body=body)
    found = read(page, site, SAMPLES)
    return {"reject": found.reason} if isinstance(found, Reject) else found.model_dump(mode="json", include=FIELDS)


def listing(body: bytes, url: str, site: Site) -> dict[str, Any]:
    """What a list names, and where it goes on."""
    text = body.decode()
    links = article_links(site, text, url.partition("#")[0])
    return {"links": [[link.url, link.day and link.day.isoformat()] for link in links], "next": next_page(site, text, url)}


def addresses(site: Site) -> list[tuple[bool, str | None]]:
    """Of the platform's addresses: whether each is an article, and which."""
    base = f"https://{site.hosts[0]}" if site.key not in PORTALS else BASE
    urls = [base + path for group in ADDRESSES[site.platform or ""] for path in group]
    return [(found := site.is_article(url), site.identity(url) if found else None) for url in urls]


@cache
def sample_page(key: str, address: str) -> bytes:
    """What a sample portal answers; behind a # stands the form of a POST."""
    parts = urlsplit(address)
    form = dict(parse_qsl(parts.fragment))
    asked = Request("POST" if form else "GET", parts.path, dict(parse_qsl(parts.query)), form, {"host": urlsplit(BASE).netloc})
    return PORTALS[key].respond(asked).body


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


CUR = "_101_INSTANCE_Kq7mTz3XvB1d_"
LISTS = {  # articles on a page, whether it prints their days, the next page's address, whether the last page names one more
    "mau-binh-phuoc": (6, False, "/vi/news/page-{page}/", True),
    "mau-dak-lak": (5, True, "/tin-moi/?page={page}", True),
    "mau-ha-nam": (5, False, "/Pages/tin-tuc-su-kien.aspx?Page={page}", False),
    "mau-son-la": (
        5, True, "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle#article_category_id=1187&articlelang=vi-VN"
        "&categoryIds=1187%2C1188%2C1190%2C1204&no=-5&page={page}&page_size=5&site_id=62", True,
    ),
    "mau-thai-nguyen": (
        6, True, "/vi_VN/tin-hoat-dong-cua-tinh?p_p_id=101_INSTANCE_Kq7mTz3XvB1d&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view"
        f"&p_p_col_id=column-2&p_p_col_count=1&{CUR}delta=6&{CUR}keywords=&{CUR}advancedSearch=false&{CUR}andOperator=true"
        f"&p_r_p_564233524_resetCur=false&{CUR}cur={{page}}", False,
    ),
}  # fmt: skip


def sample_lists(key: str) -> list[tuple[str, dict[str, Any]]]:
    """Address and expectation of each page of a sample portal's list."""
    size, days, following, more = LISTS[key]
    samples = PORTALS[key].articles
    count = -(-len(samples) // size)
    found = []
    for page in range(1, count + 1):
        shown = samples[(page - 1) * size : page * size]
        links = [[BASE + PORTALS[key].path_of(one), one.moment.date().isoformat() if days and one.moment else None] for one in shown]
        url = SAMPLES.site(key).start[0].url if page == 1 else BASE + following.format(page=page)
        found.append((url, {"links": links, "next": BASE + following.format(page=page + 1) if page < count or more else None}))
    return found


@pytest.mark.parametrize("key", LISTS)
def test_a_sample_list_names_its_articles_and_the_next_page(key: str) -> None:
    for url, want in sample_lists(key):
        assert listing(sample_page(key, url.removeprefix(BASE)), url, SAMPLES.site(key)) == want


@pytest.mark.parametrize("key", [site.key for site in SAMPLES.sites if site.feeds])
def test_a_sample_feed_names_its_articles_once(key: str) -> None:
    site, portal = SAMPLES.site(key), PORTALS[key]
    links = [link.url for link in feed_links(site, sample_page(key, site.feeds[0].removeprefix(BASE)).decode(), site.feeds[0])]
    assert links == [BASE + portal.path_of(sample) for sample in portal.articles][: len(links)] and len(links) >= 10


@pytest.mark.parametrize("platform", ADDRESSES)
def test_addresses_of_one_article_and_of_none(platform: str) -> None:
    same, none = ADDRESSES[platform]
    for site in (BARE[platform], *(site for site in SAMPLES.sites if site.platform == platform)):
        found = addresses(site)
        assert len(set(found[: len(same)])) == 1 and found[0][0]
        assert found[len(same) :] == [(False, None)] * len(none)


# ------------------------------------------------------------------ tests/sites


def site_of(key: str) -> Site:
    """The site of a folder of tests/sites."""
    return BARE[key] if key in BARE else PACKAGE.site(key)


def expectation(file: Path) -> Path:
    """Where stands what a page must give."""
    return file.with_name("expected.json") if file.stem == "page" else file.with_suffix(".json")


def address_of(file: Path, site: Site) -> str:
    """Where a page was met: the file of its expectation says it; for a new one the page itself does, else it is the site's list."""
    if expectation(file).exists():
        return str(json.loads(expectation(file).read_text(encoding="utf-8"))["url"])
    return Document(file.read_text(encoding="utf-8"), "").canonical or site.start[0].url


def found_in(file: Path, site: Site) -> dict[str, Any]:
    """What is found on a page of tests/sites."""
    url = address_of(file, site)
    return {"url": url} | (listing if file.stem.startswith("list") else article)(file.read_bytes(), url, site)


def check(file: Path, site: Site) -> None:
    """Compare a page with its expectation, or write that and fail."""
    found, expected = found_in(file, site), expectation(file)
    if not expected.exists():
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        pytest.fail(f"{expected} was missing and has been written: read it, correct it, run again")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", [pytest.param(file, id=f"{file.parent.name}/{file.stem}") for file in FILES])
def test_a_page_of_tests_sites_gives_what_is_expected(file: Path) -> None:
    check(file, site_of(file.parent.name))


def test_a_missing_expectation_is_written_and_fails_once(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes((FOLDERS / "nukeviet" / "page.html").read_bytes())
    with pytest.raises(pytest.fail.Exception, match="read it"):
        check(page, BARE["nukeviet"])
    check(page, BARE["nukeviet"])
    assert json.loads((tmp_path / "expected.json").read_text(encoding="utf-8"))["author"] == "Ngân Hà"


# ------------------------------------------------------------------ each selector is needed

Step = str | int
NOT_SELECTORS = {"name", "until", "type", "first", "max_pages", "path", "url"}


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
    for site in (*BARE.values(), *SAMPLES.sites):
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
        if like.platform == file.parent.name and like.key not in PORTALS and file.stem.startswith("list") == (part != "layout"):
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
    site = next(site for site in (*BARE.values(), *SAMPLES.sites) if site.key == key)
    return list(observations(site, part, site))


@pytest.mark.parametrize("places", [pytest.param(places, id=name) for name, places in all_entries().items()])
def test_without_any_selector_something_is_lost(places: list[tuple[Site, tuple[Step, ...]]]) -> None:
    def is_missed(site: Site, path: tuple[Step, ...]) -> bool:
        poorer, part = without(site, path), str(path[0])
        return poorer is None or any(
            found != whole for found, whole in zip(observations(poorer, part, site), found_whole(site.key, part), strict=True)
        )

    assert any(is_missed(site, path) for site, path in places), "no page needs it: take it out, or add a page to tests/sites"


@pytest.mark.parametrize("platform", list(BARE))
def test_each_sign_of_a_platform_is_met_on_its_pages(platform: str) -> None:
    site = next(site for site in SAMPLES.sites if site.platform == platform)
    paths = [*(PORTALS[site.key].path_of(sample) for sample in PORTALS[site.key].articles), site.start[0].url.removeprefix(BASE)]
    pages = [Document(sample_page(site.key, path).decode(), BASE + path) for path in paths]
    pages += [
        Document(file.read_text(encoding="utf-8"), address_of(file, BARE[platform])) for file in FILES if file.parent.name == platform
    ]
    signs = PACKAGE.platforms[platform].recognise
    assert all(any(re.search(pattern, page.generator) for page in pages) for pattern in signs.generator)
    assert [css for css in signs.css if not any(page.nodes([css]) for page in pages)] == []
    urls = [page.url for page in pages] + [f"https://mau.example{path}" for path in ADDRESSES[platform][0]]
    assert [pattern for pattern in signs.url if not any(re.search(pattern, url) for url in urls)] == []
