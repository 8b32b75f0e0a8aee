"""The faults of docs/faults.md that show on a page that came well: what is read from it, and what the store makes of it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from samples import AT, RULES, RUN, fetch, page, reading
from test_mending import _in_tcvn3, _in_vni
from test_reader import CLOCK, FIRST, MENU, PLAIN, REGISTRY, SECOND, THIRD, TITLE, WHOLE, article, refused, uiarticle

from crawler.discovery import sitemap_links
from crawler.site import Site
from data.archive import Archive
from data.publish import open_published, publish
from data.rows import SiteRow
from data.store import Kept, PageRow, Store, page_key
from extract.pipeline import extract
from schemas.article import Article, Reject
from schemas.vocabulary import ArticleKind
from thidua.health import judge


def with_texts(html: str, write: object) -> str:
    """The page with each text between its tags written otherwise."""
    assert callable(write)
    return re.sub(r">([^<]+)<", lambda match: f">{write(match[1])}<", html)


@pytest.mark.parametrize("write", [_in_tcvn3, _in_vni], ids=["tcvn3", "vni"])
def test_fonts_of_before_unicode_are_read(write: object) -> None:
    html = with_texts(PLAIN.replace("Thứ Tư, ngày ", "").replace("Thứ Bảy, ngày ", ""), write)
    found = article(html.encode("latin-1"))
    assert found.text == WHOLE
    assert any(warning.startswith("charset:") for warning in found.warnings)


@pytest.mark.parametrize("unclean", ["\0", "\x01", "\x0b", "\x1f", "\x7f", "&#0;", "&#xD800;", "&#xdfff;", "&#55296;", "&#x0;"])
def test_controls_and_halves_of_pairs_are_taken_out_and_counted(unclean: str) -> None:
    found = article(PLAIN.replace("thi đua", f"thi{unclean} đua"))
    assert found.text.encode("utf-8") and found.text.replace("\ufffd", "") == WHOLE
    assert f"controls:{PLAIN.count('thi đua')}" in found.warnings
    assert not [warning for warning in article(PLAIN).warnings if warning.startswith("controls")]


def test_counters_and_clocks_make_no_other_article() -> None:
    """The version is that of what the page says, not of its bytes."""
    pages = [
        uiarticle(f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>Lượt xem: {number}</p>", more=f"<p>Số lượt truy cập: {number}.000</p>")
        .replace(CLOCK, f"<div>Thứ Bảy, ngày 21/11/2026 08:{number}:00</div>")
        .replace("<head>", f"<head><meta name='csrf' content='{number}'>")
        for number in (10, 11)
    ]
    first, second = map(article, pages)
    assert pages[0] != pages[1] and first == second and first.text == WHOLE


def test_a_clock_in_the_head_is_no_stamp() -> None:
    for clock in (CLOCK, "<div class='date'>Thứ Hai, 01/07/2019 08:00</div>"):
        html = PLAIN.replace(CLOCK, clock).replace("Thứ Tư, ngày 04/06/2025 | 15:10", "")
        assert article(html).published_at is None


def test_view_state_and_pictures_within_the_page_of_many_megabytes() -> None:
    state = f'<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{"/wEP" * 800_000}">'
    picture = f'<p><img src="data:image/png;base64,{"iVBORw0K" * 400_000}"></p>'
    began = time.monotonic()
    found = article(PLAIN.replace("<body>", f"<body>{state}").replace(f"<p>{SECOND}</p>", f"{picture}<p>{SECOND}</p>"))
    assert found.text == WHOLE and time.monotonic() - began < 5


@pytest.mark.parametrize(
    "body",
    [
        "<input type='hidden' id='noi-dung' value='&lt;p&gt;{text}&lt;/p&gt;'>",
        "<textarea>&lt;p&gt;{text}&lt;/p&gt;</textarea>",
        "<div id='app'></div><script>show({{html: '<p>{text}</p>'}})</script>",
    ],
)
def test_a_body_that_only_a_script_shows_is_refused(body: str) -> None:
    html = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{body.format(text=SECOND)}</body></html>"
    assert refused(html, "https://la.example/tin/1", None) == "no_body"


def test_a_div_that_is_not_closed_swallows_no_list_of_other_news() -> None:
    after = "<p>Tin liên quan</p><ul>" + "".join(f"<li><a href='/{n}'>Một bài báo khác về phong trào số {n}</a></li>" for n in range(9))
    html = uiarticle(f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>").replace("</div></div></body>", f"{after}</ul>{MENU}</body>")
    assert html.count("<div") > html.count("</div") and article(html).text == WHOLE


def test_a_page_in_another_language_says_so() -> None:
    english = "The provincial People's Committee held a conference to sum up the emulation movement and to commend outstanding units. " * 4
    found = article(uiarticle(f"<p>{english}</p>", title="Province sums up the emulation movement of the year"))
    assert "language" in found.warnings and "language" not in article(PLAIN).warnings


@pytest.mark.parametrize("banner", ["Trang đang chạy thử nghiệm", "Đăng nhập", "Hệ thống văn bản đang bảo trì", "Không tìm thấy? Tìm kiếm"])
def test_a_banner_beside_an_article_refuses_nothing(banner: str) -> None:
    assert article(PLAIN.replace("<body>", f"<body><div class='thong-bao'>{banner}</div>")).text == WHOLE


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "office"),
        (b"PK\x03\x04\x14\x00[Content_Types].xml", "office"),
        (b"{\\rtf1", "rtf"),
        (b"PK\x03\x04\x14\x00anh.jpg", None),
        (b"\xff\xd8\xff\xe0", None),
    ],
)
def test_a_document_behind_an_address_of_a_page_is_kept_as_one(body: bytes, kind: str | None) -> None:
    if kind is None:
        assert refused(body) == "type"
        return
    named = (("Content-Disposition", "attachment; filename*=UTF-8''Quy%E1%BA%BFt_%C4%91%E1%BB%8Bnh%2077.pdf"),)
    found = article(body, headers=named)
    assert found.kind == "document" and found.read_by == f"file/{kind}" and found.published_at is None
    assert (found.title, found.text) == ("Quyết định 77", "Quyết định 77")
    (file,) = found.attachments
    assert (file.url, file.name) == (found.url, "Quyết_định 77.pdf")
    bare = extract(article(body))
    assert (bare.title, bare.text, bare.warnings) == (None, "", ("no_body", "no_title"))
    assert refused(body, site=None) == "type", "of an unknown host nobody knows what is an article"


def test_a_long_sitemap_is_read_soon_the_newest_first() -> None:
    site = Site.model_validate({"key": "a", "name": "A", "hosts": ["a.vn"], "article": {"url_regex": [r"-\d+\.html"]}})
    entries = "".join(f"<url><loc>https://a.vn/tin-{n}.html</loc><lastmod>{2000 + n % 26}-01-02</lastmod></url>" for n in range(20_000))
    began = time.monotonic()
    articles, _ = sitemap_links(site, f"<urlset>{entries}</urlset>", "https://a.vn/sitemap.xml")
    assert len(articles) == 20_000 and articles[0].day and articles[0].day.year == 2025
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("reason", ["soft404", "login", "maintenance", "challenge"])
def test_a_page_that_is_no_article_any_more_takes_nothing_out(tmp_path: Path, reason: str) -> None:
    archive = Archive(tmp_path / "archive")
    with archive.writer(RUN) as writer:
        lines = [writer.keep(page(0, body=b"%d" % number), fetch(number, url=page(0).url)) for number in range(2)]
    with Store.open(tmp_path / "work.duckdb") as store:
        store.copy_ledger(archive.numbered())
        store.keep([Kept(reading(0), page_key(lines[0]), RULES, RUN)], [PageRow.of(lines[0], reading(0), RULES, run=RUN)])
        store.keep([], [PageRow.of(lines[1], Reject(reason=reason), RULES, run=RUN)])
        assert store.con.execute("select title, page from articles").fetchall() == [(reading(0).title, page_key(lines[0]))]
        assert store.con.execute("select reason from pages where outcome = 'reject'").fetchall() == [(reason,)]


def test_documents_are_counted_in_the_status_and_miss_no_field(tmp_path: Path) -> None:
    file = article(b"%PDF-1.7\n").model_dump(exclude={"id"})
    with Store.open(tmp_path / "work.duckdb") as store:
        store.keep_sites([SiteRow(site="son-la", name="Sơn La")])
        lines = [fetch(number, url=f"https://sonla.gov.vn/tin-{number}") for number in range(4)]
        lines = [line.model_copy(update={"site": "son-la", "warc": "a.warc.gz", "offset": number}) for number, line in enumerate(lines)]
        store.copy_ledger(enumerate(lines, 1))
        read = [extract(Article(id=f"{number:016x}", **file)) for number in range(4)]
        store.keep(
            [Kept(one, page_key(line), RULES, RUN) for line, one in zip(lines, read, strict=True)],
            [PageRow.of(line, one, RULES, run=RUN) for line, one in zip(lines, read, strict=True)],
        )
        assert store.con.execute("select distinct outcome, read_by from pages").fetchall() == [("document", "file/pdf")]
        labels = {"sites": {"son-la": {"refused:type": 4, "ok": 1}}}
        assert judge(store, RUN, [REGISTRY.site("son-la")], labels, now=AT) == []
    publish(tmp_path / "work.duckdb", tmp_path / "news.duckdb", None)
    with open_published(tmp_path / "news.duckdb") as con:
        assert con.execute("select articles, files, rejects from site_health").fetchall() == [(4, 4, 0)]


def test_a_page_whose_text_is_a_picture_is_kept_with_it() -> None:
    found = article(uiarticle("<img src='/anh/qd-1377.jpg' alt='Quyết định 1377'><img src='data:image/png;base64,AAAA'>"))
    assert (found.kind, found.text) == (ArticleKind.MEDIA, TITLE)
    assert [(one.url.rpartition("/")[2], one.name) for one in found.attachments] == [("qd-1377.jpg", "Quyết định 1377")]
    assert refused(uiarticle("<iframe src='/video/1'></iframe>")) == "soft404"


@pytest.mark.parametrize(
    ("printed", "exact", "want"),
    [
        ("Được đăng: 4 Tháng 6 2025", "2025-06-04T08:15+07:00", "2025-06-04T08:15:00+07:00"),
        ("Được đăng: 4 Tháng 6 2025", "2025-06-03T20:15+00:00", "2025-06-04T03:15:00+07:00"),
        ("Được đăng: 4 Tháng 6 2025", "2025-06-05T08:15+07:00", "2025-06-04"),
        ("Được đăng: 4 Tháng 6 2025", "2025-06-04", "2025-06-04"),
        ("4/6/2025 15:10", "2025-06-04T08:15+07:00", "2025-06-04T15:10:00+07:00"),
    ],
)
def test_a_printed_day_takes_the_hour_of_its_time_element(printed: str, exact: str, want: str) -> None:
    stamp = f"<time datetime='{exact}'>{printed}</time>"
    assert article(PLAIN.replace("Thứ Tư, ngày 04/06/2025 | 15:10", stamp)).published_at == want
