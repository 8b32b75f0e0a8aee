"""The sample portals: what they answer, that their pages hold what the samples say, and the server on loopback."""

from __future__ import annotations

import datetime as dt
import http.client
import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import etree, html

from thidua.demo.portal import Portal, Request, Response, Sample
from thidua.demo.portals.newspaper_postid.portal import PORTAL as NEWSPAPER
from thidua.demo.portals.nukeviet.portal import NFD
from thidua.demo.portals.nukeviet.portal import PORTAL as NUKEVIET
from thidua.demo.server import serve

PORTALS = (NUKEVIET, NEWSPAPER)
ARTICLES = [pytest.param(portal, sample, id=f"{portal.key}-{sample.id}") for portal in PORTALS for sample in portal.articles]
START = {NUKEVIET.key: "/vi/news/", NEWSPAPER.key: "/tin-moi/"}
FEED = {NUKEVIET.key: "/vi/news/rss/", NEWSPAPER.key: "/rss/tin-moi.rss"}
MISSING = {NUKEVIET.key: "/vi/news/xay-dung-dang/khong-con-nua-99999.html", NEWSPAPER.key: "/khong-con-nua-post99999.html"}
AWARD = re.compile(r"thi đua|khen|huy hiệu|huân chương|biểu dương|tôn vinh|trao giải|giải báo chí", re.IGNORECASE)


@pytest.fixture(params=PORTALS, ids=lambda portal: portal.key)
def portal(request: pytest.FixtureRequest) -> Iterator[Portal]:
    found: Portal = request.param
    yield found
    found.restore()


def get(portal: Portal, address: str, **headers: str) -> Response:
    parts = urlsplit(address)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return portal.respond(Request("GET", parts.path, dict(parse_qsl(parts.query)), {}, {"host": "mau.example"} | sent))


def seen(page: str) -> str:
    """The text that a visitor sees, NFC, white space folded."""
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(tree, "script", "style", with_tail=False)
    return " ".join(unicodedata.normalize("NFC", " ".join(map(str, tree.itertext()))).split())


def select(tree: Any, path: str) -> list[Any]:
    """What an XPath finds; bytes are parsed first, as HTML."""
    root: Any = html.fromstring(tree) if isinstance(tree, bytes) else tree
    return list(root.xpath(path))


# the base


def test_a_held_page_is_not_sent_again(portal: Portal) -> None:
    address = portal.path_of(portal.articles[0])
    first = get(portal, address)
    again = get(portal, address, if_none_match=f'"other", {first.headers["ETag"]}')
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert get(portal, address, if_modified_since=first.headers["Last-Modified"]).status == 304
    assert get(portal, address, if_modified_since="Thu, 01 Jan 2004 00:00:00 GMT").status == 200
    assert get(portal, address, if_modified_since="hôm qua").status == 200
    # If-None-Match wins
    assert get(portal, address, if_none_match='"other"', if_modified_since=first.headers["Last-Modified"]).status == 200


def test_a_list_is_as_new_as_its_newest_article(portal: Portal) -> None:
    newest = get(portal, portal.path_of(portal.articles[0]))
    assert get(portal, START[portal.key]).headers["Last-Modified"] == newest.headers["Last-Modified"]


def test_a_correction_changes_the_page_its_tag_and_its_time(portal: Portal) -> None:
    sample = portal.articles[2]
    before = get(portal, portal.path_of(sample))
    corrected = portal.change(sample.id, title="Tiêu đề đã được đính chính")
    after = get(portal, portal.path_of(sample), if_none_match=before.headers["ETag"])
    assert corrected.expected().title == "Tiêu đề đã được đính chính"
    assert after.status == 200 and corrected.title in after.text
    assert get(portal, portal.path_of(sample), if_modified_since=before.headers["Last-Modified"]).status == 200
    portal.change(sample.id, lead="Lại đính chính.")
    assert get(portal, portal.path_of(sample)).headers["Last-Modified"] != after.headers["Last-Modified"]
    portal.restore()
    assert get(portal, portal.path_of(sample)).headers == before.headers
    with pytest.raises(KeyError):
        portal.change(424242, title="x")
    with pytest.raises(ValueError):
        portal.change(sample.id, no_such_field="x")


def test_robots_and_unknown_addresses(portal: Portal) -> None:
    assert "Disallow: /admin/" in get(portal, "/robots.txt").text
    assert get(portal, "/wp-login.php").status == 404
    assert portal.respond(Request("POST", START[portal.key])).status == 404


def test_blocks_keep_the_order_of_paragraphs_tables_and_pictures() -> None:
    sample = Sample.model_validate(
        {
            "id": 1,
            "slug": "a",
            "title": "Tiêu  đề",
            "section": "Tin tức",
            "lead": unicodedata.normalize("NFD", "Sơ kết"),
            "author": "Bài, ảnh: Hà Vân",
            "paragraphs": ["một", "A | B", "C | D", "hai"],
            "picture": [
                {"after": 4, "file": "2.jpg", "caption": "Ông Lê Văn Tám trao Giấy khen", "credit": "HV", "in_text": True},
                {"after": 2, "file": "1.jpg", "caption": "Quang cảnh"},
            ],
        }
    )
    assert [block.kind for block in sample.blocks()] == ["paragraph", "table", "picture", "table", "paragraph", "picture"]
    expected = sample.expected()
    assert expected.paragraphs == ("Tiêu đề", "Sơ kết", "một", "A | B", "C | D", "hai", "Ông Lê Văn Tám trao Giấy khen")
    assert expected.captions == (("Quang cảnh", None), ("Ông Lê Văn Tám trao Giấy khen", "HV"))
    assert (expected.author, expected.source, expected.published_at) == ("Hà Vân", None, None)
    assert sample.moment is None


def test_the_province_changes_its_name_with_the_merger() -> None:
    by_day = {sample.published_at[:10]: NUKEVIET.province_of(sample) for sample in NUKEVIET.articles}
    assert by_day["2025-06-24"] == "Bình Phước" and by_day["2025-08-15"] == "Đồng Nai"
    assert {NEWSPAPER.province_of(sample) for sample in NEWSPAPER.articles} == {"Đắk Lắk"}


def test_the_server_answers_on_loopback_and_stops() -> None:
    sample = NUKEVIET.articles[0]
    path = NUKEVIET.path_of(sample)
    with serve(PORTALS) as served:
        assert set(served) == {"mau-binh-phuoc", "mau-dak-lak"}
        host = urlsplit(served["mau-binh-phuoc"]).netloc
        connection = http.client.HTTPConnection(host, timeout=5)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200 and sample.title in body.decode()
        connection.request("GET", path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (held := connection.getresponse()).status == 304 and held.read() == b""
        connection.request("HEAD", path)
        assert (head := connection.getresponse()).headers["Content-Length"] == str(len(body)) and head.read() == b""
        connection.request("GET", "/modules.php?name=News&file=article&sid=87")
        assert NUKEVIET.articles[-1].title in connection.getresponse().read().decode()
        connection.request("GET", "/vi/news/rss/")
        assert f"http://{host}{path}" in connection.getresponse().read().decode()
        connection.close()
    assert served.requests["mau-binh-phuoc", path] == 3
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection(host, timeout=5).request("GET", path)


# the pages


@pytest.mark.parametrize(("portal", "sample"), ARTICLES)
def test_an_article_page_holds_its_sample(portal: Portal, sample: Sample) -> None:
    response = get(portal, portal.path_of(sample))
    assert response.status == 200 and 20_000 <= len(response.body) <= 80_000
    text = seen(response.text)
    expected = sample.expected()
    cells = [cell for paragraph in expected.paragraphs for cell in paragraph.split(" | ")]
    wanted = [*cells, *(caption for caption, _ in expected.captions), *(credit for _, credit in expected.captions if credit)]
    assert [words for words in wanted if words.replace(" ", "") not in text.replace(" ", "")] == []
    assert all(field in text for field in (expected.author, expected.source, expected.section) if field)
    moment = sample.moment
    assert moment is not None and moment.strftime("%d/%m/%Y") in text and moment.strftime("%H:%M") in text
    assert "trang mẫu" in text.lower()
    assert len(set(select(response.body, "//a/@href"))) >= 60


def test_lists_lead_to_all_articles(portal: Portal) -> None:
    waiting, walked, found = [START[portal.key]], set[str](), set[str]()
    paths = {portal.path_of(sample) for sample in portal.articles}
    while waiting:
        address = waiting.pop()
        walked.add(address)
        page = get(portal, address).body
        # the list alone, without the boxes beside it
        found.update(select(page, "//h3[not(ancestor::aside)]/a/@href"))
        waiting += [link for link in select(page, "//ul[contains(@class, 'pagination')]//a/@href") if link != "#" and link not in walked]
    assert found >= paths and len(walked) >= 3


def test_the_feed_names_all_articles(portal: Portal) -> None:
    feed = etree.fromstring(get(portal, FEED[portal.key]).body)
    assert select(feed, "//item/link/text()") == [f"http://mau.example{portal.path_of(sample)}" for sample in portal.articles]


def test_a_missing_article_is_a_soft_404(portal: Portal) -> None:
    response = get(portal, MISSING[portal.key])
    assert response.status == 200 and not select(response.body, "//h1")


def test_the_samples_are_many_and_mostly_about_awards(portal: Portal) -> None:
    texts = [sample.expected().text for sample in portal.articles]
    assert len(texts) >= 13 and len({sample.id for sample in portal.articles}) == len(texts)
    other = [text for text in texts if not AWARD.search(text)]
    assert len(other) == 3
    assert all(3 <= len(sample.paragraphs) <= 12 for sample in portal.articles)
    moments = [sample.moment for sample in portal.articles]
    assert all(moment and dt.date(2014, 1, 1) <= moment.date() < dt.date(2027, 1, 1) for moment in moments)
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)


# what the families are known for


def test_nukeviet_has_two_generations_and_a_page_in_nfd() -> None:
    pages = {sample.id: get(NUKEVIET, NUKEVIET.path_of(sample)).text for sample in NUKEVIET.articles}
    assert {'id="news_detail"' in page for page in pages.values()} == {True, False}
    assert {key for key, page in pages.items() if not unicodedata.is_normalized("NFC", page)} == set(NFD)
    new = pages[1187]
    assert "Tác giả bài viết: " in new and "Những tin mới hơn" in new and "Những tin cũ hơn" in new
    assert "/vi/news/print/" in new and "/vi/news/savefile/" in new


def test_nukeviet_answers_every_kind_of_address() -> None:
    sample = NUKEVIET.articles[1]
    tail = NUKEVIET.tail_of(sample)
    main = get(NUKEVIET, NUKEVIET.path_of(sample)).body
    assert get(NUKEVIET, f"/modules.php?name=News&file=article&sid={sample.id}").body == main
    assert get(NUKEVIET, f"/index.php?language=vi&nv=news&op=x/{sample.slug}-{sample.id}").body == main
    assert sample.title in get(NUKEVIET, f"/vi/news/print/{tail}").text
    assert "attachment" in get(NUKEVIET, f"/vi/news/savefile/{tail}").headers["Content-Disposition"]
    moved = get(NUKEVIET, f"/vi/news/xay-dung-dang/ten-cu-{sample.id}.html")
    assert (moved.status, moved.headers["Location"]) == (301, NUKEVIET.path_of(sample))
    assert NUKEVIET.path_of(sample) in get(NUKEVIET, "/sitemap.xml").text
    assert get(NUKEVIET, "/vi/news/page-99/").body == get(NUKEVIET, "/vi/news/").body


def test_nukeviet_feed_has_the_faults_of_such_feeds() -> None:
    feed = etree.fromstring(get(NUKEVIET, "/vi/news/rss/").body)
    dates = select(feed, "//pubDate/text()")
    guids = select(feed, "//guid/text()")
    assert dates[0] == "Sat, 28 Mar 2026 07:45:00" and dates[1].endswith(" GMT+7")
    assert len(guids) - len(set(guids)) == 1
    assert any("<strong>" in title for title in select(feed, "//item/title/text()"))


def test_the_newspaper_has_metadata_amp_and_a_box_in_the_body() -> None:
    sample = NEWSPAPER.articles[0]
    page = get(NEWSPAPER, NEWSPAPER.path_of(sample)).body
    metadata = select(page, "//script[@type='application/ld+json']/text()")[0]
    assert '"@type": "NewsArticle"' in metadata and sample.published_at in metadata
    assert '"dateModified": "2025-07-01T00:00:00+07:00"' in metadata
    amp = urlsplit(select(page, "//link[@rel='amphtml']/@href")[0]).path
    assert sample.title in get(NEWSPAPER, amp).text
    body = select(page, "//div[starts-with(@class, 'article__body')]")[0]
    assert "Tin liên quan" in body.text_content() and select(body, ".//a[@class='cms-link']")
    assert select(body, "./p[last()]/strong/text()") == [sample.author]
