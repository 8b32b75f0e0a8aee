"""What lists, feeds and sitemaps name, and where a list goes on."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import Link, article_links, feed_links, hidden_fields, next_page, normalise, page_number, sitemap_links
from crawler.site import Site

HOME = "https://www.tin.gov.vn/tin-tuc"


def site(**more: Any) -> Site:
    given = {"key": "tin", "name": "Tin", "hosts": ("tin.gov.vn",), "start": [HOME], "article": {"url_regex": [r"-\d+\.html"]}}
    return Site.model_validate({**given, **more})


@pytest.mark.parametrize(
    ("href", "want"),
    [
        ("bai-1.html", "https://www.tin.gov.vn/bai-1.html"),
        ("\\tin\\bai-1.html", "https://www.tin.gov.vn/tin/bai-1.html"),
        ("  /bai moi-1.html\n", "https://www.tin.gov.vn/bai%20moi-1.html"),
        ("/bai-1.html?a=1&amp;amp;b=2", "https://www.tin.gov.vn/bai-1.html?a=1&b=2"),
        ("https://tin.gov.vn:443/bai-1.html#binh-luan", "https://tin.gov.vn/bai-1.html"),
        ("http://TIN.gov.vn:80///bai-1.html", "http://tin.gov.vn/bai-1.html"),
        ("//tin.gov.vn/bai-1.html", "https://tin.gov.vn/bai-1.html"),
        ("https://\ufefftin.gov.vn\u200b/bai-1.html", "https://tin.gov.vn/bai-1.html"),
        ("/thi-đua-1.html", "https://www.tin.gov.vn/thi-%C4%91ua-1.html"),
        ("javascript:__doPostBack('x','')", None),
        ("JavaScript:void(0)", None),
        ("mailto:a@tin.gov.vn", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("#", None),
        ("", None),
        ("http://tin.gov.vn:port/", None),
        ("http://[::1", None),
        ("/" + "a" * 3000, None),
    ],
)
def test_links_as_portals_write_them(href: str, want: str | None) -> None:
    assert normalise(href, HOME) == want


@given(st.text(max_size=80) | st.from_regex(r"(https?:)?[\\/]{1,3}[a-z.:@\[\]0-9&;= đ]{0,40}", fullmatch=True))
def test_any_link_is_an_http_address_or_none_and_stays_the_same(href: str) -> None:
    found = normalise(href, HOME)
    assert found is None or (found.startswith(("http://", "https://")) and "#" not in found and " " not in found)
    assert found is None or normalise(found, HOME) == found


def test_articles_of_a_list_once_each_on_the_site_and_of_its_form() -> None:
    page = """<base href="https://tin.gov.vn/vi/"><ul>
      <li class=row><h2><a href="a-1.html">A</a></h2><a href="a-1.html">xem</a><i class=d>30/10/2025 | 10:31</i></li>
      <li class=row><h2><a href="https://www.tin.gov.vn/vi/a-1.html?utm_source=x">A</a></h2></li>
      <li class=row><h2><a href="b-2.html">B</a></h2><i class=d>hôm qua</i></li>
      <li class=row><h2><a href="https://khac.vn/c-3.html">C</a></h2></li>
      <li class=row><h2><a href="lien-he.html">D</a></h2></li></ul>
      <div class=related><a href="cu-9.html">Tin cũ</a></div>"""
    portal = site(list={"item": ["li.none", "li.row"], "link": ["h2 a"], "date": [".d"]})
    assert article_links(portal, page, HOME) == [
        Link("https://tin.gov.vn/vi/a-1.html", dt.date(2025, 10, 30)),
        Link("https://tin.gov.vn/vi/b-2.html", None),
    ]
    assert [link.url[-9:] for link in article_links(portal, page, HOME, anywhere=True)] == ["/a-1.html", "/b-2.html", "cu-9.html"]
    assert article_links(site(list={"item": ["li.none"]}), page, HOME) == []


def test_a_fragment_may_come_in_json_and_a_list_never_names_itself() -> None:
    answer = '{"d": "<li><a href=\\"/a-1.html\\">A</a></li>"}'
    assert [link.url for link in article_links(site(), answer, HOME)] == ["https://www.tin.gov.vn/a-1.html"]
    loose = site(article={})
    assert article_links(loose, '<a href="/tin-tuc/">x</a><a href="/bai">y</a>', HOME) == [Link("https://www.tin.gov.vn/bai")]


@pytest.mark.parametrize("text", ["", "\x00", "<", "{", "<a href>", "<a href='x-1.html'" + "<div>" * 2000])
def test_broken_pages_name_nothing_and_raise_nothing(text: str) -> None:
    for kind in ("param", "path", "link", "cur", "post", "postback"):
        paging = {"type": kind, "name": "p", "path": "p-{page}", "link": ["a"], "url": "/load", "form": {"page": "{page}"}}
        next_page(site(next=paging), text, HOME)
        hidden_fields(site(next=paging), text)
    assert feed_links(site(), text, HOME) == [] and sitemap_links(site(), text, HOME) == ([], [])
    article_links(site(), text, HOME)


def test_a_link_with_attributes_that_are_none_is_a_link() -> None:
    entry = '<a href="/a-1.html"{"a":title="A">A</a><a href="/b-2.html" title="B">B</a>'
    assert [link.url[-9:] for link in article_links(site(), entry, HOME)] == ["/a-1.html", "/b-2.html"]


@pytest.mark.parametrize(
    ("paging", "pages"),
    [
        ({"type": "none"}, [HOME, None]),
        ({"type": "param", "name": "PageIndex"}, [HOME, f"{HOME}?PageIndex=2", f"{HOME}?PageIndex=3"]),
        ({"type": "param", "name": "page", "first": 0}, [f"{HOME}?a=b", f"{HOME}?a=b&page=1", f"{HOME}?a=b&page=2"]),
        ({"type": "path", "path": "page-{page}/"}, [f"{HOME}/", f"{HOME}/page-2/", f"{HOME}/page-3/"]),
        ({"type": "path", "path": "/trang-{page}.htm"}, [HOME, f"{HOME}/trang-2.htm", f"{HOME}/trang-3.htm"]),
        ({"type": "path", "path": "-p{page}.html"}, [HOME, f"{HOME}-p2.html", f"{HOME}-p3.html"]),
        (
            {"type": "path", "path": "trang-{page}.htm", "strip": r"\.htm$"},
            [f"{HOME}-472ct0.htm", f"{HOME}-472ct0/trang-2.htm", f"{HOME}-472ct0/trang-3.htm"],
        ),
        ({"type": "path", "path": "/trang-{page}.htm", "strip": r"\.htm$"}, [f"{HOME}.htm", f"{HOME}/trang-2.htm", f"{HOME}/trang-3.htm"]),
    ],
)
def test_pages_by_address(paging: dict[str, Any], pages: list[str | None]) -> None:
    for page, following in itertools.pairwise(pages):
        assert page and next_page(site(next=paging), "<html/>", page) == following


def test_pages_by_link_end_where_no_link_stands() -> None:
    portal = site(next={"type": "link", "link": ["a.next-pages"]})
    assert next_page(portal, '<a class=next-pages href="/tin?p=2">Sau</a>', HOME) == "https://www.tin.gov.vn/tin?p=2"
    assert next_page(portal, "<span class=next-pages>Sau</span>", HOME) is None
    assert next_page(portal, '<a class=next-pages href="/tin-tuc">Sau</a>', HOME) is None
    assert next_page(portal, '<a class=next-pages href="https://khac.vn/2">Sau</a>', HOME) is None


def test_pages_of_liferay_copy_the_parameters_of_a_page_link() -> None:
    portal = site(next={"type": "cur", "name": "_cur$", "link": ['a[href*="_cur="]']})

    def link(number: int) -> str:
        return f'<a href="{HOME}?p_p_id=101&_101_delta=10&_101_cur={number}">{number}</a>'

    second = next_page(portal, link(1) + link(2) + link(9), HOME)
    assert second == f"{HOME}?p_p_id=101&_101_delta=10&_101_cur=2" and page_number(portal, second) == 2
    assert next_page(portal, link(1) + link(9), second) == f"{HOME}?p_p_id=101&_101_delta=10&_101_cur=3"
    assert next_page(portal, link(1) + link(2), second) is None, "no link leads further"


def test_pages_by_post_read_their_ids_from_the_script_and_go_on_from_the_form() -> None:
    paging = {
        "type": "post",
        "url": "/Load.aspx/LoadArticle",
        "form": {"site_id": "{site_id}", "no": "-{size}", "page": "{page}", "lang": "vi-VN"},
        "read": {"site_id": r"site_id\s*[:=]\s*'(\w+)'", "size": r"page_size\s*=\s*(\d+)"},
        "pages": r"maxPage = parseInt\('(\d+)'\)",
    }
    portal = site(next=paging)
    script = "<script>var page_size = 10; data = {site_id: 'ab12'}; maxPage = parseInt('%d')</script>"
    second = next_page(portal, script % 3, HOME)
    assert second == "https://www.tin.gov.vn/Load.aspx/LoadArticle#lang=vi-VN&no=-10&page=2&site_id=ab12"
    assert page_number(portal, second) == 2
    assert next_page(portal, "<li>fragment</li>", second) == second.replace("page=2", "page=3")
    assert next_page(portal, script % 1, HOME) is None
    assert next_page(portal, "<p>no script</p>", HOME) is None


def test_a_list_whose_first_page_comes_by_post_begins_with_page_0_and_a_site_may_know_the_words() -> None:
    paging = {
        "type": "post",
        "url": "/api/Zone",
        "first": -1,
        "form": {"Page": "{page}", "Cat": "{cat}"},
        "read": {"cat": r"Cat: '([^']+)'"},
    }
    shell = "<script>send({Cat: 'qW8/+='})</script>"
    first = next_page(site(next=paging), shell, HOME)
    assert first == "https://www.tin.gov.vn/api/Zone#Cat=qW8%2F%2B%3D&Page=0"
    assert next_page(site(next=paging), "<li></li>", first) == first.replace("Page=0", "Page=1")
    assert next_page(site(next=paging), "<p>no script</p>", HOME) is None
    known = {**paging, "form": {"Page": "{page}", "Cat": "zZ9="}}
    assert next_page(site(next=known), "<p>no script</p>", HOME) == "https://www.tin.gov.vn/api/Zone#Cat=zZ9%3D&Page=0"


def test_a_day_may_stand_in_the_title_of_its_node() -> None:
    entry = '<li><a href="/a-1.html">A</a><span class=t title="15:28, 28/08/2026">17 giờ trước</span></li>'
    assert article_links(site(list={"item": ["li"], "date": [".t"]}), entry, HOME)[0].day == dt.date(2026, 8, 28)


GRID = "ctl00$Main$grvTin"
POSTBACK = {"type": "postback", "link": ['a[href*="__doPostBack"]', "a[onclick]"]}


def pager(*numbers: int, state: str = "s1") -> str:
    """The foot of a WebForms list: links to pages, a link that is none, and what the form keeps hidden."""
    links = "".join(f'<a href="javascript:__doPostBack(&#39;{GRID}&#39;,&#39;Page${number}&#39;)">{number}</a>' for number in numbers)
    hidden = {"__EVENTTARGET": "", "__EVENTARGUMENT": "", "__VIEWSTATE": state, "ctl00$hdfLang": "vi & en"}
    inputs = "".join(f'<input type="hidden" name="{name}" value="{value.replace("&", "&amp;")}" />' for name, value in hidden.items())
    return f"<form>{inputs}<input name=tim><a href=\"javascript:__doPostBack('ctl00$lnkTim','')\">Tìm</a>{links}</form>"


def test_pages_by_postback_name_the_event_and_carry_the_hidden_fields_beside_the_address() -> None:
    portal = site(next=POSTBACK)
    second = next_page(portal, pager(2, 3, state="x" * 2_000_000), HOME)
    assert second == f"{HOME}#__EVENTARGUMENT=Page%242&__EVENTTARGET=ctl00%24Main%24grvTin" and page_number(portal, second) == 2
    third = next_page(portal, pager(1, 3), second)
    assert third == second.replace("%242", "%243")
    assert next_page(portal, pager(1, 2), third) is None, "no link leads further"
    assert next_page(portal, pager(4, 11), third) == second.replace("%242", "%244")
    assert next_page(portal, "<a href=# onclick='__doPostBack(&quot;grd&quot;, &quot;Page$2&quot;); return false'>2</a>", HOME) == (
        f"{HOME}#__EVENTARGUMENT=Page%242&__EVENTTARGET=grd"
    )
    assert hidden_fields(portal, pager(2)) == {"__VIEWSTATE": "s1", "ctl00$hdfLang": "vi & en"}, "the event is the address's, once"
    assert len(hidden_fields(portal, pager(2, state="x" * 2_000_000))["__VIEWSTATE"]) == 2_000_000
    assert hidden_fields(site(), pager(2)) == {}


def test_feeds_give_addresses_and_days_as_hints() -> None:
    rss = """<?xml version="1.0" encoding="windows-1252"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><link>https://tin.gov.vn/</link>
      <item><title><![CDATA[<b>A</b>]]></title><link> https://tin.gov.vn/a-1.html?utm_source=rss </link><pubDate>Tue, 04 Nov 2025 08:00:00 GMT+7</pubDate></item>
      <item><guid isPermaLink="true">https://tin.gov.vn/b-2.html</guid><pubDate>4/11/2025 8:00</pubDate></item>
      <item><link>https://tin.gov.vn/a-1.html</link></item><item><link>&x;</link></item><item><link>https://khac.vn/c-3.html</link></item></channel></rss>"""
    assert feed_links(site(), rss, HOME) == [
        Link("https://tin.gov.vn/a-1.html?utm_source=rss", dt.date(2025, 11, 4)),
        Link("https://tin.gov.vn/b-2.html", dt.date(2025, 11, 4)),
    ]
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="/x-8.html"/><link href="/c-3.html"/>
      <updated>2025-11-05T01:00:00Z</updated></entry>"""
    assert feed_links(site(), atom, HOME) == [Link("https://www.tin.gov.vn/c-3.html", dt.date(2025, 11, 5))]


def test_sitemaps_name_articles_newest_first_and_further_sitemaps() -> None:
    text = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://tin.gov.vn/a-1.html</loc><lastmod>2024-01-02</lastmod></url>
      <url><loc>https://tin.gov.vn/b-2.html</loc><lastmod>2025-01-02</lastmod></url><url><loc>https://khac.vn/c-3.html</loc></url>
      <url><loc>https://tin.gov.vn/gioi-thieu</loc></url></urlset>"""
    articles, maps = sitemap_links(site(), text, HOME)
    assert [link.url for link in articles] == ["https://tin.gov.vn/b-2.html", "https://tin.gov.vn/a-1.html"] and maps == []
    index = "<sitemapindex><sitemap><loc>https://tin.gov.vn/sitemap-2.xml.gz</loc></sitemap></sitemapindex>"
    assert sitemap_links(site(), index, HOME) == ([], [Link("https://tin.gov.vn/sitemap-2.xml.gz")])
