"""Pages to articles: one page of each family written after its description, bad pages, charsets, hostile markup."""

import datetime as dt
import gzip
import unicodedata
from collections.abc import Sequence

import pytest

from crawler.reader import read
from crawler.registry import load_registry
from schemas.article import Article, Reject
from schemas.page import Page
from schemas.vocabulary import ArticleKind

REGISTRY = load_registry()
TITLE = "Huyện Mộc Sơn tổng kết phong trào thi đua yêu nước năm 2023"
FIRST = "Sáng 12/3, UBND huyện Mộc Sơn tổ chức hội nghị tổng kết phong trào thi đua yêu nước năm 2023 và triển khai nhiệm vụ năm 2024 trên địa bàn."
SECOND = "Năm 2023, toàn huyện có 35 tập thể, 120 cá nhân được Chủ tịch UBND tỉnh tặng Bằng khen; các phong trào được triển khai tới từng thôn, bản."
THIRD = "Tại hội nghị, ông Lường Văn Thịnh, Chủ tịch UBND huyện đã trao Giấy khen cho 20 tập thể có thành tích xuất sắc./."
SPEECH = "Chủ tịch UBND huyện Lường Văn Thịnh phát biểu tại hội nghị"
WHOLE = "\n".join((TITLE, FIRST, SECOND, THIRD))
MENU = "<ul>" + "".join(f'<li><a href="/muc-{number}">Chuyên mục {number}</a></li>' for number in range(30)) + "</ul>"
CLOCK = "<div>Thứ Bảy, ngày 21/11/2026</div>"
SON_LA = "https://sonla.gov.vn/huyen-moc-son-tong-ket-123456"


def fetch(
    html: str | bytes,
    url: str = SON_LA,
    *,
    site: str | None = "son-la",
    status: int = 200,
    final: str | None = None,
    headers: Sequence[tuple[str, str]] = (),
) -> Page:
    body = html.encode() if isinstance(html, str) else html
    moment = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)
    return Page(site=site or "import", url=url, final_url=final or url, fetched_at=moment, status=status, headers=tuple(headers), body=body)


def article(html: str | bytes, url: str = SON_LA, site: str | None = "son-la", headers: Sequence[tuple[str, str]] = ()) -> Article:
    found = read(fetch(html, url, site=site, headers=headers), REGISTRY.site(site) if site else None, REGISTRY)
    assert isinstance(found, Article), found
    return found


def refused(html: str | bytes, url: str = SON_LA, site: str | None = "son-la", status: int = 200, final: str | None = None) -> str:
    found = read(fetch(html, url, site=site, status=status, final=final), REGISTRY.site(site) if site else None, REGISTRY)
    assert isinstance(found, Reject), found
    return found.reason


def uiarticle(body: str, *, title: str = TITLE, more: str = "") -> str:
    return f"""<html><head><title>Cổng</title></head><body>{CLOCK}{MENU}<div class="ArticleDetailControl"><div class="ArticleHeader">{title}</div>
    <div class="PostDate">Thứ Tư, ngày 04/06/2025 | 15:10</div><div class="ArticleContent">{body}</div>{more}</div></body></html>"""


PLAIN = uiarticle(f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>")


def test_sharepoint_pages() -> None:
    words = " ".join(f"<span>{word}&nbsp;</span>" for word in FIRST.split())
    found = article(
        f"""<html><head><title>\n\t{TITLE[:35]}...\n</title><meta name="GENERATOR" content="Microsoft SharePoint"></head><body>
        <div class="s4-skipribbonshortcut noindex"><a class="ms-SkiptoNavigation">Skip Ribbon Commands</a></div>{CLOCK}{MENU}<span>{TITLE[:40]}...</span>
        <div>Giới thiệu</div><div class="ten"><span>{TITLE}</span></div><div id="ctl00_PlaceHolderMain_x_RichHtmlField" class="ms-rtestate-field">
        <p class="MsoNormal">{words}</p><p>&nbsp;</p><p>DSC_0012.jpg</p><p style="text-align: center"><em>Các đại biểu dự hội nghị</em></p><p>{SECOND}</p>
        <p align="center"><img src="b.jpg" alt="DSC_0013.jpg"><br><em>{SPEECH}</em></p><p>{THIRD}</p><p align="right"><b>Hà Anh</b></p></div><div>http://hanam.gov.vn</div></body></html>""",
        "https://hanam.gov.vn/Pages/huyen-moc-son-tong-ket.aspx",
        "ha-nam",
    )
    assert (found.title, found.published_at, found.author, found.province) == (TITLE, None, "Hà Anh", "Hà Nam")
    assert found.text == "\n".join((TITLE, FIRST, SECOND, SPEECH, THIRD))
    assert [caption.text for caption in found.captions] == ["Các đại biểu dự hội nghị", SPEECH]


def test_liferay() -> None:
    found = article(
        f"""<html><body><div class="clock">Thứ Bảy, 21/11/2026</div><section class="portlet-asset-publisher"><h1 class="portlet-title">Tin hoạt động</h1>
        <h1>{TITLE}</h1><span class="date">26/07/2024 08:00 | Lượt xem: 1.204</span><div class="journal-content-article"><div>{FIRST}<div><p>{SECOND}</p></div></div>
        <table><tr><th>STT</th><th>Đơn vị</th></tr><tr><td><p>1</p></td><td><p>Xã Bình An</p></td></tr></table><p>{THIRD}</p><p><i>Theo TTXVN</i></p></div></section>
        <ul><li><span class="date">01/08/2024</span><a href="x">Tin khác</a></li></ul></body></html>""",
        "http://thainguyen.gov.vn/vi_VN/tin/-/asset_publisher/L0n17VJXU23O/content/huyen-moc-son/20181",
        "thai-nguyen",
    )
    assert (found.title, found.published_at, found.source_credit) == (TITLE, "2024-07-26T08:00:00+07:00", "TTXVN")
    assert found.text == "\n".join((TITLE, FIRST, SECOND, "STT | Đơn vị", "1 | Xã Bình An", THIRD))


def test_addresses_that_are_none_lose_no_article() -> None:
    head = '<head><base href="http://[host]/"><link rel="canonical" href="http://[link">'
    more = '<a class="link-download" href="http://[link]/a.pdf">A</a><a class="link-download" href="/Upload/b.pdf">B</a>'
    html = uiarticle(f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>", more=more).replace("<head>", head)
    found = article('<?xml version="1.0" encoding="utf-8"' + html)
    assert (found.text, [file.url for file in found.attachments]) == (WHOLE, ["https://sonla.gov.vn/Upload/b.pdf"])


def test_vnpt_uiarticle() -> None:
    more = '<a class="link-download" href="/Upload/ke-hoach.pdf">Kế hoạch</a><iframe src="/viewer.html?file=/Upload/qd.pdf"></iframe><div class="author">Tác giả: Thu Hà</div>'
    html = uiarticle(f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>", more=more).replace(
        '<div class="ArticleContent">', f'<div class="ArticleSummary">{FIRST}</div><div class="ArticleContent">'
    )
    found = article(html)
    assert (found.published_at, found.author, found.lead, found.text) == ("2025-06-04T15:10:00+07:00", "Thu Hà", FIRST, WHOLE)
    assert [file.url for file in found.attachments] == ["https://sonla.gov.vn/Upload/ke-hoach.pdf", "https://sonla.gov.vn/Upload/qd.pdf"]
    assert found.read_by == "vnpt_uiarticle/main" and found.selectors["body"] == 0


def test_a_legal_document_in_the_news_template() -> None:
    found = article(
        uiarticle(
            f"<table><tr><td>Số ký hiệu</td><td>12/QĐ-UBND</td></tr><tr><td>Ngày ban hành</td><td>02/01/2024</td></tr></table><p>{FIRST}</p>"
        )
    )
    assert found.kind is ArticleKind.DOCUMENT


def nukeviet(old: bool) -> str:
    if old:
        middle = f'<h1 class="title">{TITLE}</h1><span class="time">Thứ ba - 12/03/2024 08:30</span><div id="hometext">{FIRST}</div><div class="bodytext"><p>{SECOND}</p><p>{THIRD}</p></div>'
        signs = '<p class="text-right"><strong>Tác giả bài viết: </strong>Minh Hà</p><p class="text-right"><strong>Nguồn tin: </strong>Báo Bình Phước</p>'
    else:
        middle = f'<h1 class="title margin-bottom-lg" itemprop="headline">{TITLE}</h1><div><em>Thứ ba - 12/03/2024 08:30</em></div><div class="hometext m-bottom" itemprop="description">{FIRST}</div><div id="news-bodyhtml" class="bodytext"><p>{SECOND}</p><p>{THIRD}</p></div>'
        signs = '<p class="h5 text-right"><strong>Tác giả bài viết: </strong>Minh Hà</p><p class="h5 text-right"><strong>Nguồn tin: </strong>Báo Bình Phước</p>'
    related = '<p>Những tin mới hơn</p><ul class="related"><li><a href="a">Tin khác</a> (10/03/2024)</li></ul>'
    return f'<html><head><meta name="generator" content="NukeViet v4.5"></head><body>{CLOCK}{MENU}{middle}{signs}{related}</body></html>'


@pytest.mark.parametrize("old", [False, True])
def test_nukeviet(old: bool) -> None:
    html = unicodedata.normalize("NFD", nukeviet(old))
    found = article(html, "https://binhphuoc.gov.vn/vi/news/tin-421/huyen-moc-son-37146.html", "binh-phuoc")
    assert (found.title, found.published_at, found.author, found.source_credit) == (
        TITLE,
        "2024-03-12T08:30:00+07:00",
        "Minh Hà",
        "Báo Bình Phước",
    )
    assert (found.text, found.lead, found.province) == (WHOLE, FIRST, "Bình Phước")


def test_newspaper_postid() -> None:
    data = f'{{"@type": "NewsArticle", "headline": "{TITLE}", "datePublished": "2024-03-12T01:30:00Z", "dateModified": "2026-01-01"}}'
    found = article(
        f"""<html><head><title>{TITLE} - Báo Gia Lai</title><script type="application/ld+json">{data}</script></head><body><header><h1>Báo Gia Lai</h1></header>{MENU}
        <h1>{TITLE}</h1><div class="article__sapo cms-desc">{FIRST}</div><div class="article__body cms-body"><p>{SECOND}</p>
        <div><strong>Tin liên quan</strong><a href="x">Một bài báo khác về phong trào thi đua</a></div><p>{THIRD}</p>
        <figure><img src="x"><figcaption>{SPEECH}. Ảnh: M.H</figcaption></figure><p style="text-align:right"><strong>MINH HÀ</strong></p></div></body></html>""",
        "https://baogialai.com.vn/huyen-moc-son-post299123.html",
        "bao-gia-lai",
    )
    assert (found.title, found.published_at, found.author, found.lead) == (TITLE, "2024-03-12T08:30:00+07:00", "MINH HÀ", FIRST)
    assert found.text == "\n".join((TITLE, FIRST, SECOND, THIRD, f"{SPEECH}."))
    assert [(caption.text, caption.credit) for caption in found.captions] == [(f"{SPEECH}.", "M.H")]
    assert found.warnings == ("published_at_from:json-ld",)


def test_an_unknown_host_is_recognised_by_its_platform() -> None:
    found = article(nukeviet(old=False), "https://mau.example/vi/news/tin/huyen-moc-son-815.html", site=None)
    assert (found.read_by, found.text, found.author) == ("nukeviet/v4", WHOLE, "Minh Hà")


def test_an_unknown_page_is_read_by_the_generic_reader() -> None:
    html = f"""<html><head><title>{TITLE} | UBND huyện</title></head><body>{MENU}<h1>UBND HUYỆN</h1><div><h2>{TITLE}</h2><i>12/03/2024 08:30</i>
    <div class="t"><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>Nguồn: Phòng Nội vụ</p></div></div><div>Các tin khác <a href="b">Tin khác</a></div></body></html>"""
    found = article(html, "https://mocson.sonla.gov.vn/a/b", site=None)
    assert (found.title, found.published_at, found.source_credit, found.province) == (
        TITLE,
        "2024-03-12T08:30:00+07:00",
        "Phòng Nội vụ",
        "Sơn La",
    )
    assert (found.text, found.read_by, found.warnings) == (WHOLE, "trafilatura/generic", ("generic_reader:div.t",))


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        (f"<div>{FIRST}<br><br>{SECOND}<br>{THIRD}</div>", [FIRST, SECOND, THIRD]),
        (f"<p>{FIRST}</p>".replace("tổng kết", "tổng<br>kết"), [FIRST]),
        (f"<table><tr><td><p>{FIRST}</p><table><tr><td>{SECOND}</td></tr></table></td></tr></table>", [FIRST, SECOND]),
        (f"<p>{FIRST}</p><ul><li>Xã Bình An;</li><li>Xã Bình Minh.</li></ul>", [FIRST, "Xã Bình An;", "Xã Bình Minh."]),
        (f"<p>{FIRST}</p><p style='display:none'>Ẩn</p><script>x</script><p>\u200b&nbsp;</p>", [FIRST]),
        (f"<p>{FIRST}</p><p>Lượt xem: 12.345</p><p>Tệp đính kèm:</p>", [FIRST]),
        (f"<p>{FIRST}</p><p>Tin liên quan</p><p><a href=x>Một bài báo khác về phong trào</a></p><p>{SECOND}</p>", [FIRST, SECOND]),
    ],
)
def test_bodies(body: str, paragraphs: list[str]) -> None:
    assert article(uiarticle(body)).text == "\n".join((TITLE, *paragraphs))


def test_a_stamp_stuck_to_the_headline_and_a_printed_one_before_metadata() -> None:
    html = uiarticle(f"<p>{FIRST}</p><p>{SECOND}</p>", title=f"{TITLE} (14-05-2018 07:44:26)")
    found = article(html.replace("Thứ Tư, ngày 04/06/2025 | 15:10", ""))
    assert (found.title, found.published_at) == (TITLE, "2018-05-14T07:44:26+07:00")
    printed = article(html.replace("<head>", '<head><meta property="article:published_time" content="2025-06-05T00:10:00Z">'))
    assert printed.published_at == "2025-06-04T15:10:00+07:00"


@pytest.mark.parametrize("stamp", ["Thứ Năm, 01/01/1970", "21/11/2099 08:00", "45/13/2020", "Hôm nay"])
def test_an_impossible_stamp_is_none(stamp: str) -> None:
    assert article(PLAIN.replace("Thứ Tư, ngày 04/06/2025 | 15:10", stamp)).published_at is None


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (b"PK\x03\x04", "type"),
        (b"\xff\xd8\xff\xe0", "type"),
        (b'{"html": "x"}', "type"),
        ("", "no_body"),
        ("<html><body>Bài viết không tồn tại</body></html>", "soft404"),
        ("<html><body><h1>Server Error in '/' Application.</h1>Runtime Error</body></html>", "soft404"),
        ("<html><body>Hệ thống đang bảo trì, mời quý vị trở lại sau.</body></html>", "maintenance"),
        ('<html><body>Đăng nhập <form><input type="password"></form></body></html>', "login"),
        ('<html><body><script>document.cookie="D1N=0123";window.location.reload()</script></body></html>', "challenge"),
        ("<html><body>Nhập mã xác nhận (captcha) để tiếp tục</body></html>", "challenge"),
        ('<html><head><meta http-equiv="refresh" content="0;url=/a"></head><body></body></html>', "script"),
        (f"<html><head><title>Trang chủ</title></head><body>{MENU * 4}</body></html>", "soft404"),
        (PLAIN.encode().replace("ộ".encode(), b"\xff"), "charset"),
    ],
)
def test_refused(html: str | bytes, reason: str) -> None:
    assert refused(html) == reason


def test_status_and_redirects() -> None:
    assert refused(PLAIN, status=404) == "http-404"
    assert refused(PLAIN, status=503) == "http-503"
    assert refused(PLAIN, final="https://sonla.gov.vn/trang-chu") == "soft404"
    assert isinstance(read(fetch(PLAIN, site=None, status=503), None, REGISTRY), Article), "a 5xx with an article in an archive"


def test_a_page_that_only_offers_a_file_is_media() -> None:
    found = article(uiarticle("", more='<a class="link-download" href="/Upload/qd.pdf">Quyết định khen thưởng</a>'))
    assert (found.kind, found.text, len(found.attachments)) == (ArticleKind.MEDIA, TITLE, 1)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1258"])
def test_charsets(charset: str) -> None:
    body = _windows_1258(PLAIN) if charset == "windows-1258" else PLAIN.encode(charset)
    for declared in ((), (("Content-Type", "text/html; charset=iso-8859-1"),)):
        if declared and charset == "windows-1258":
            continue  # a header that lies about bytes that nothing else betrays
        assert article(body, headers=declared).text == WHOLE


def _windows_1258(text: str) -> bytes:
    """Vietnamese in windows-1258: base letters with hat, breve or horn, then the tone as a letter of its own."""
    out = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        shape = "".join(mark for mark in parts[1:] if mark in "\u0302\u0306\u031b")
        tone = "".join(mark for mark in parts[1:] if mark not in shape)
        out += (unicodedata.normalize("NFC", parts[0] + shape) + tone).encode("windows-1258")
    return out


def test_gzip_that_no_header_tells_of() -> None:
    assert article(gzip.compress(gzip.compress(PLAIN.encode()))).text == WHOLE


def test_invisible_letters_are_taken_out() -> None:
    found = article(PLAIN.replace("thi đua", "thi\u00a0 đ\u200bua").replace("Sáng", "S\u00adáng\0"))
    assert found.text == WHOLE


@pytest.mark.parametrize(
    "noise",
    ["<div>" * 100_000, "<b>x</b>" * 30_000, "<table><tr><td>" * 3_000, "<!-- " * 50_000, "<a href=x>tin khác</a>" * 20_000, "(" * 100_000],
)
def test_hostile_markup_ends_soon(noise: str) -> None:
    found = article(uiarticle(f"<p>{FIRST}</p>{noise}<p>{SECOND}</p>"))
    assert found.title == TITLE and FIRST in found.text
    assert SECOND in found.text or "parser_limit" in found.warnings


def test_the_same_page_gives_the_same_article() -> None:
    assert article(PLAIN) == article(PLAIN)


# ------------------------------------------------------------------ the generic reader: where the text stands

FRAME = (
    "<div id='foot'><p>Cơ quan chủ quản: Ủy ban nhân dân tỉnh. Chịu trách nhiệm nội dung: Chánh Văn phòng Ủy ban nhân dân tỉnh.</p></div>"
)


def unknown(inner: str) -> Article:
    page = f"<html><head><title>{TITLE}</title></head><body>{CLOCK}{MENU}<div class='hang'>{inner}<div class='cot'>{MENU}</div></div>{FRAME}</body></html>"
    return article(page, "https://la.example/tin/1", None)


def test_a_text_laid_out_in_a_table_is_found_without_its_frame() -> None:
    rows = f"<tr><td class='t'>{TITLE}</td></tr><tr><td>(08/07/2019 10:15:00)</td></tr><tr><td><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></td></tr>"
    found = unknown(f"<table><tr><td><table>{rows}</table></td></tr></table>")
    assert (found.title, found.text, found.published_at) == (TITLE, WHOLE, "2019-07-08T10:15:00+07:00")


def test_words_set_one_by_one_are_found() -> None:
    def words(text: str) -> str:
        return " ".join(f"<span>{word}\n</span>" for word in text.split())

    assert unknown(f"<h1>{TITLE}</h1><div>{''.join(f'<p>{words(part)}</p>' for part in (FIRST, SECOND, THIRD))}</div>").text == WHOLE


def test_a_byline_beside_the_stamp_is_read() -> None:
    head = f"<a href='/xa-hoi'>Xã hội</a><h1>{TITLE}</h1><div><span>Hoài Thu</span> <span>12/05/2025 17:46</span></div>"
    text = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    for page in (f"<article>{head}{text}</article>", f"<div>{head}</div><div>{text}</div>"):
        found = unknown(page)
        assert (found.text, found.author, found.published_at) == (WHOLE, "Hoài Thu", "2025-05-12T17:46:00+07:00")


def test_files_right_below_the_text_are_its_own() -> None:
    link, other = "<p><a href='/media/1/giao-uoc.docx'>giao-uoc.docx</a></p>", "<p><a href='/media/2/khac.pdf'>142/QĐ-UBND</a></p>"
    text = f"<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"
    found = unknown(f"<div><h1>{TITLE}</h1>{text}{link}<h4>Các tin khác</h4>{other}</div>")
    assert [one.name for one in found.attachments] == ["giao-uoc.docx"]


def test_a_scan_is_kept_with_its_file_and_stamp() -> None:
    box = f"<h1>{TITLE}</h1><div>Thứ Hai, 10/06/2024 | 08:05</div><iframe src='/xem?ma=7'></iframe><p>Tệp đính kèm: <a href='/xem?ma=7'>QD-1377.pdf</a></p>"
    found = unknown(f"<div><div>{box}</div></div>")
    assert (found.kind, found.text, found.published_at) == (ArticleKind.MEDIA, TITLE, "2024-06-10T08:05:00+07:00")
    assert [(one.url, one.name) for one in found.attachments] == [("https://la.example/xem?ma=7", "QD-1377.pdf")]


def test_an_album_keeps_its_captions() -> None:
    shots = "".join(
        f"<figure><img src='/{n}.jpg'><figcaption>{text}</figcaption></figure>"
        for n, text in enumerate(("Màn đồng diễn khai mạc.", "Đêm lửa trại."))
    )
    found = unknown(f"<article><div><h1>{TITLE}</h1><p>{FIRST}</p></div>{shots}</article>")
    assert [one.text for one in found.captions] == ["Màn đồng diễn khai mạc.", "Đêm lửa trại."] and found.text == f"{TITLE}\n{FIRST}"


@pytest.mark.parametrize("mark", ["|", "-", "»"])
def test_a_headline_without_a_heading_is_known_by_the_title_of_the_window(mark: str) -> None:
    text = f"<div class='ten'>{TITLE}</div><div>12/03/2024 08:30</div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    found = article(
        f"<html><head><title>{TITLE} {mark} Huyện Mộc Sơn</title></head><body>{MENU}<div>{text}</div></body></html>",
        "https://la.example/bai",
        None,
    )
    assert (found.title, found.published_at, found.text) == (TITLE, "2024-03-12T08:30:00+07:00", WHOLE)


def test_a_section_in_the_title_of_the_window_is_no_headline() -> None:
    section = "Hoạt động của lãnh đạo huyện"
    text = f"<div><b>{TITLE}</b></div><div>12/03/2024 08:30</div><div class='t'><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"
    found = article(
        f"<html><head><title>{section} | Mộc Sơn</title></head><body>{MENU}<div>{section}</div>{text}</body></html>",
        "https://la.example/bai",
        None,
    )
    assert (found.title, found.text) == (TITLE, WHOLE)
