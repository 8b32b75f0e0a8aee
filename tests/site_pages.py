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
from crawler.registry import Registry, load_registry
from crawler.site import Site
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
MENU, NEWS = "ddaac893-0257-433b-9ba3-e60cdd949aa3", "c0ee70b6-2594-4a57-a40f-5e5c360d4c07"
ADDRESSES = {  # of each platform, or site: addresses that are one article, then some that are none
    "bao-gia-lai": (["/bai-a-post12.html", "/channel/12372/202110/bai-a-12/"], ["/thoi-su-su-kien/", "/channel/12372/202110/"]),
    "article_detail": (
        ["/tin-tuc/bai-a.70155.aspx", "/tin/ten-moi.70155.html", "/bai-a.70155"],
        ["/tin-tuc/thi-dua", "/tin-tuc/trang-2.aspx"],
    ),
    "aspx_query_id": (
        [
            f"/Introduction.aspx?MenuID={MENU}&NewsID={NEWS}",
            f"/Tin.aspx?newsid={NEWS.upper()}&MenuID={NEWS}&Page=3",
        ],
        [f"/Introduction.aspx?MenuID={MENU}", "/Trang/ChiTietTinTuc.aspx?nid=", "/Trang/tin-tuc.aspx", f"/tin?NewsID={NEWS}"],
    ),
    "dnn": (
        ["/thi-dua/artmid/484/articleid/12/bai-a", "/Tin/ArtMID/9/ArticleID/12/ten-moi?utm_source=a"],
        ["/thi-dua", "/thi-dua/pgrid/484/pageid/2"],
    ),
    "drupal": (["/vi/node/12", "/en/node/12?page=1"], []),  # words alone make an address: its lists tell what is an article
    "fournumber": (
        ["/1286/30848/59952/619497/tin/bai-a", "/1286/30912/60017/619497/tin-noi-bat/bai-a.aspx"],
        ["/1286/30848/59952/tin", "/1286/30848/59954/2021/tin", "/1286/30848/59952/619497"],
    ),
    "hatinh_cms": (["/bai-viet/bai-a-12", "/vi/bai-viet/bai-a-12.html?page=2"], ["/vi/chuyen-muc/tin-trong-tinh", "/vi/bai-viet/"]),
    "joomla": (
        ["/index.php/tin/12-bai-a", "/index.php/khac/12-ten-moi?tmpl=component", "/index.php?view=article&id=12%3Abai-a&Itemid=5"],
        ["/index.php/tin", "/index.php?view=category&layout=blog&id=12"],
    ),
    "liferay": (
        [
            "/tin/-/asset_publisher/Ab1Cd2Ef3Gh4/content/bai-a",
            "/khac/-/asset_publisher/Zz9Yy8Xx7Ww6/content/bai-a/20181",
            "/web/guest/-/bai-a",
        ],
        ["/vi_VN/tin", "/web/guest/tin"],
    ),
    "newspaper_aid": (
        ["/bai-a-a12.html", "/ten-moi-a12.html?from=1"],
        ["/chinh-tri/", "/video/xem-video/bai-a-12.html", "/tag/thi-dua.html"],
    ),
    "newspaper_bgrid": (["/bai-a-295561.html", "/ten-moi-295561.html?zone=1"], ["/xa-hoi", "/bai-a-event10218.html", "/bao-in.html"]),
    "newspaper_postid": (["/bai-a-post12.html", "/ten-moi-post12.html", "/bai-a-postid12.bbg"], ["/chinh-tri/", "/bai-a-post12.amp"]),
    "newspaper_yyyymm": (
        ["/xa-hoi/202504/bai-a-83102d4/", "/thoi-su/su-kien/202504/ten-moi-83102d4?a=1"],
        ["/xa-hoi/", "/su-kien/202504/", "/xa-hoi/202513/bai-a-83102d4/"],
    ),
    "nukeviet": (
        ["/vi/news/thi-dua/bai-a-12.html", "/modules.php?name=News&file=article&sid=12", "/index.php?nv=news&op=thi-dua/bai-a-12"],
        ["/vi/news/thi-dua/", "/vi/news/thi-dua/page-2/", "/index.php?nv=news&op=thi-dua"],
    ),
    "sharepoint_tandan": (
        ["/portal/Pages/2021-10-4/Bai-atrw8tl.aspx", "/portal/pages/2021-10-4/bai-atrw8tl.aspx?PageIndex=2"],
        ["/portal/Pages/Tin-tuc.aspx", "/vi/bai-viet/"],
    ),
    "spa_lists": (["/tin-bai/xa-hoi/bai-a", "/tin-bai/xa-hoi/bai-a?page=2"], ["/tin-bai", "/tin-bai/xa-hoi", "/tin-tuc/chu-de/bai-a"]),
    "ttxvn_stamp": (
        ["/thoi-su/bai-a-20211004104530874.htm", "/xa-hoi/ten-moi-20211004104530874.htm"],
        ["/thoi-su-472ct0.htm", "/thoi-su-472ct0/trang-2.htm", "/dong-su-kien-20241028ct0.htm"],
    ),
    "vccorp_ajax": (
        ["/tin/bai-a-419260828152811443.htm", "/cong-doan/ten-moi-419260828152811443.htm"],
        ["/tin-hoat-dong", "/tin-hoat-dong.htm", "/tin/nam-2026.htm"],
    ),
    "oracle_webcenter": (
        [
            "/webcenter/portal/ubnd/pages_tin-tuc/chi-tiet;jsessionid=Xk3!-11!NONE?dDocName=PORTAL12&_afrLoop=3",
            "/webcenter/portal/ubnd/pages_thi-dua/chi-tiet?_adf.ctrl-state=ab_4&dDocName=PORTAL12",
        ],
        ["/webcenter/portal/ubnd/pages_tin-tuc", "/webcenter/documentContent?dDocName=PORTAL12"],
    ),
    "sharepoint_pages": (["/Pages/bai-a.aspx", "/pages/Bai-A.aspx?Source=1"], ["/Pages/default.aspx", "/lien-he.aspx"]),
    "vnpt_uiarticle": (["/bai-a-740112", "/ten-moi-740112.html"], ["/tin-chinh-tri", "/rss/tin.rss"]),
    "umbraco": (["/tin-tuc/bai-a", "/tin-tuc/bai-a?a=1"], []),
    "websphere": (
        ["/wps/portal/!ut/p/b1/04_Sj9/chi-tiet/tin/bai-a", "/wps/portal/home/chi-tiet/tin/bai-a?a=1"],
        ["/wps/portal/home/tin", "/wps/wcm/connect/vn/chi-tiet/bai-a.pdf"],
    ),
    "wordpress": (["/bai-a/", "/bai-a/?replytocom=4"], []),
}


SIGNS = (  # platform, a page with as few of its signs as tell it, its address
    ("article_detail", '<section class="section-list Article-Detail-default"></section>', "/tin-tuc/bai-a.70155.aspx"),
    ("article_detail", '<article class="news-detail-layout-type-2"></article>', "/tin-tuc/bai-a.70155.html"),
    ("article_detail", '<div id="left-content-modules"></div>', "/xa-a/tin/bai-a.3127.aspx"),
    ("aspx_query_id", '<input type="hidden" name="__VIEWSTATE" value="/wEP">', "/Trang/ChiTietTinTuc.aspx?nid=2595"),
    ("hatinh_cms", '<div class="detail-content-lead"></div>', "/vi/bai-viet/bai-a"),
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
    ("sharepoint_tandan", '<meta name="GENERATOR" content="Microsoft SharePoint">', "/portal/Pages/2021-10-4/bai-atrw8tl.aspx"),
    ("sharepoint_tandan", '<div class="tandan-p-article-news-title"></div>', "/portal/pages/2021-10-4/bai-atrw8tl.aspx"),
    ("sharepoint_tandan", '<div class="tandan-p-article-main"></div>', "/portal/Pages/2015-08/bai-a.aspx"),
    ("sharepoint_tandan", '<span class="tandan-span-date-publish"></span>', "/portal/Pages/2021-10-4/bai-atrw8tl.aspx"),
    ("ttxvn_stamp", '<h2 id="plhMain_NewsDetail1_divSapoLive"></h2>', "/thoi-su/bai-a-20211004104530874.htm"),
    ("ttxvn_stamp", '<div id="plhMain_NewsDetail1_divContentLive"></div>', "/thoi-su/bai-a-20211004104530874.htm"),
    ("ttxvn_stamp", '<div class="listspecial"></div>', "/thoi-su/bai-a-20211004104530874.htm"),
    ("vccorp_ajax", '<div class="VCSortableInPreviewMode"></div>', "/tin/bai-a-419260828152811443.htm"),
    ("vccorp_ajax", '<div class="news-item" data-id="1"><h3 class="news-title"></h3></div>', "/tin/bai-a-419260828152811443.htm"),
    ("vnpt_uiarticle", '<div class="ArticleDetailControl"></div>', "/bai-a-740112"),
    ("vnpt_uiarticle", '<div class="UIArticleInMenu_Default"></div>', "/bai-a-740112"),
    ("vnpt_uiarticle", '<div class="UIListNews_Default"></div>', "/bai-a-740112"),
    ("dnn", '<meta name="generator" content="DotNetNuke ">', "/"),
    ("dnn", '<div class="edn_articleDetails"></div>', "/thi-dua/artmid/484/articleid/12/bai-a"),
    ("drupal", '<meta name="Generator" content="Drupal 8 (https://www.drupal.org)">', "/"),
    ("drupal", '<div class="field--name-body"></div>', "/vi/node/12"),
    ("drupal", '<div class="field-name-body"></div>', "/vi/node/12"),
    ("joomla", '<meta name="generator" content="Joomla! - Open Source Content Management">', "/"),
    ("joomla", '<div class="item-page"></div>', "/index.php/tin/12-bai-a"),
    ("joomla", '<div itemprop="articleBody"></div>', "/index.php/tin/12-bai-a"),
    ("newspaper_aid", '<div class="content-fck"></div>', "/bai-a-a12.html"),
    ("newspaper_aid", '<div id="newscontents"></div>', "/bai-a-a12.html"),
    ("newspaper_aid", '<div class="pubdate"></div>', "/bai-a-a12.html"),
    ("newspaper_bgrid", '<h3 class="b-grid__title"></h3>', "/bai-a-295561.html"),
    ("newspaper_yyyymm", '<div id="content" class="content-detail"></div>', "/xa-hoi/202504/bai-a-83102d4/"),
    ("newspaper_yyyymm", '<table class="image center"></table>', "/xa-hoi/202504/bai-a-83102d4/"),
    (
        "oracle_webcenter",
        '<a href="/webcenter/portal/ubnd/chi-tiet?dDocName=PORTAL13"></a>',
        "/webcenter/portal/ubnd/chi-tiet?dDocName=PORTAL12",
    ),
    (
        "oracle_webcenter",
        '<form action="/webcenter/portal/ubnd?_adf.ctrl-state=ab_4"></form>',
        "/webcenter/portal/ubnd/chi-tiet?dDocName=PORTAL12",
    ),
    ("umbraco", '<meta name="generator" content="Umbraco">', "/"),
    ("websphere", '<a href="/wps/portal/home/tin"></a>', "/wps/portal/home/chi-tiet/tin/bai-a"),
    ("websphere", '<link href="/wps/contenthandler/theme.css">', "/wps/portal/home/chi-tiet/tin/bai-a"),
    ("wordpress", '<meta name="generator" content="WordPress 5.8">', "/"),
    ("wordpress", '<h1 class="entry-title">Tin</h1><div class="entry-content"></div>', "/"),
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
