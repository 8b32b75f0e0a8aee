"""Pages of the sample portals and of tests/sites, and what is found on them."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.discovery import article_links, next_page
from crawler.document import Document
from crawler.reader import read
from crawler.site import Registry, Site, load_registry
from schemas.article import Reject
from schemas.page import Page
from thidua.demo.portal import Request
from thidua.demo.portals import all_portals

FOLDERS = Path(__file__).parent / "sites"
BASE = "http://127.0.0.1:8000"
FIELDS = {"title", "published_at", "author", "source_credit", "lead", "section", "captions", "attachments", "kind", "text"}
PACKAGE = load_registry()
SAMPLES = load_registry(Path(__file__).parents[1] / "thidua" / "demo" / "sites", bases=BASE)
PORTALS = {portal.key: portal for portal in all_portals()}
FILES = sorted(FOLDERS.glob("*/*.html"))


def bare_sites() -> Registry:
    """Of each platform a site that adds nothing, under the platform's name."""
    with TemporaryDirectory() as folder:
        for platform in PACKAGE.platforms:
            text = f'name = "Mẫu"\nplatform = "{platform}"\nhosts = ["mau.example"]\nstart = ["https://mau.example/tin-tuc"]\n'
            (Path(folder) / f"{platform.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
        return load_registry(Path(folder))


BARE = {site.platform: site for site in bare_sites().sites if site.platform}
DRAFTS = (PACKAGE.site("bao-gia-lai"),)  # sites of the package with addresses of their own
ADDRESSES = {  # of each platform, or site: addresses that are one article, then some that are none
    "bao-gia-lai": (["/bai-a-post12.html", "/channel/12372/202110/bai-a-12/"], ["/thoi-su-su-kien/", "/channel/12372/202110/"]),
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


SIGNS = (  # platform, a page with as few of its signs as tell it, its address
    ("liferay", '<div class="portlet-asset-publisher"></div>', "/tin/-/asset_publisher/Ab1Cd2Ef3Gh4/content/bai-a"),
    ("liferay", '<div class="journal-content-article"></div>', "/web/guest/-/bai-a"),
    ("newspaper_postid", '<div class="article__body cms-body"></div>', "/bai-a-post12.html"),
    ("newspaper_postid", '<div class="article__sapo cms-desc"></div>', "/bai-a-postid12.bbg"),
    ("newspaper_postid", '<article class="story"><a class="cms-link"></a></article>', "/bai-a-post12.html"),
    ("nukeviet", '<meta name="generator" content="NukeViet v4.5">', "/"),
    ("nukeviet", '<div id="news-bodyhtml"></div>', "/vi/news/tin/bai-a-12.html"),
    ("nukeviet", '<div class="hometext" itemprop="description"></div>', "/vi/news/tin/bai-a-12.html"),
    ("nukeviet", '<div class="bodytext"></div>', "/modules.php?name=News&file=article&sid=12"),
    ("sharepoint_pages", '<meta name="GENERATOR" content="Microsoft SharePoint">', "/"),
    ("sharepoint_pages", '<div class="s4-skipribbonshortcut"></div>', "/Pages/bai-a.aspx"),
    ("sharepoint_pages", '<a class="ms-SkiptoNavigation"></a>', "/Pages/bai-a.aspx"),
    ("sharepoint_pages", '<a class="ms-SkiptoMainContent"></a>', "/Pages/bai-a.aspx"),
    ("sharepoint_pages", '<div class="ms-rtestate-field"></div>', "/Pages/bai-a.aspx"),
    ("vnpt_uiarticle", '<div class="ArticleDetailControl"></div>', "/bai-a-740112"),
    ("vnpt_uiarticle", '<div class="UIArticleInMenu_Default"></div>', "/bai-a-740112"),
    ("vnpt_uiarticle", '<div class="UIListNews_Default"></div>', "/bai-a-740112"),
)


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
    urls = [base + path for group in ADDRESSES.get(site.key) or ADDRESSES[site.platform or ""] for path in group]
    return [(found := site.is_article(url), site.identity(url) if found else None) for url in urls]


@cache
def sample_page(key: str, address: str) -> bytes:
    """What a sample portal answers; behind a # stands the form of a POST."""
    parts = urlsplit(address)
    form = dict(parse_qsl(parts.fragment))
    asked = Request("POST" if form else "GET", parts.path, dict(parse_qsl(parts.query)), form, {"host": urlsplit(BASE).netloc})
    return PORTALS[key].respond(asked).body


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
