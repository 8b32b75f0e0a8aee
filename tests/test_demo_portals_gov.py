"""The sample portals of three provinces: their pages hold what the samples say, their lists lead to every article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from lxml import etree, html

from thidua.demo.portal import Portal, Request, Response, Sample
from thidua.demo.portals.liferay.portal import AWARDS, MAIN
from thidua.demo.portals.liferay.portal import PORTAL as THAI_NGUYEN
from thidua.demo.portals.sharepoint_pages.portal import LIST as HA_NAM_LIST
from thidua.demo.portals.sharepoint_pages.portal import PORTAL as HA_NAM
from thidua.demo.portals.vnpt_uiarticle.portal import LIST as SON_LA_LIST
from thidua.demo.portals.vnpt_uiarticle.portal import PORTAL as SON_LA
from thidua.demo.portals.writing import hard_spaces, references, runs, slug

PORTALS = (HA_NAM, THAI_NGUYEN, SON_LA)
ARTICLES = [pytest.param(portal, sample, id=f"{portal.key}-{sample.id}") for portal in PORTALS for sample in portal.articles]
MAIN_LIST = f"/vi_VN/{MAIN.slug}"
FRAGMENT = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"


def get(portal: Portal, address: str, **headers: str) -> Response:
    parts = urlsplit(address)
    sent = {"host": "mau.example"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return portal.respond(Request("GET", parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), {}, sent))


def parsed(text: str) -> Any:
    tree: Any = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(tree, "script", "style", with_tail=False)
    return tree


def letters(text: str) -> str:
    """The text without any white space, which pages break at will."""
    return "".join(unicodedata.normalize("NFC", text).replace("\u200b", "").split())


def links(text: str, base: str) -> list[str]:
    return [urljoin(base, address) for address in parsed(text).xpath("//a/@href") if not address.startswith(("javascript:", "#"))]


def walk(portal: Portal, start: str, follows: str) -> Iterator[str]:
    """Every address that the list pages from `start` on name, following the links that hold `follows`."""
    waiting, seen = [start], {start}
    while waiting:
        found = links(get(portal, waiting.pop()).text, start)
        yield from found
        for address in found:
            if follows in address and address not in seen:
                seen.add(address)
                waiting.append(address)
    assert len(seen) < 10  # the lists end


@pytest.mark.parametrize(("portal", "sample"), ARTICLES)
def test_the_page_holds_the_sample(portal: Portal, sample: Sample) -> None:
    response = get(portal, portal.path_of(sample))
    assert response.status == 200
    assert 20_000 < len(response.body) < 80_000
    text = letters(parsed(response.text).text_content())
    expected = sample.expected()
    assert letters(sample.title) in text
    for paragraph in expected.paragraphs:
        for cell in paragraph.split(" | "):
            assert letters(cell) in text
    for caption, credit in expected.captions:
        assert letters(caption) in text
        assert letters(credit or "") in text
    assert letters(sample.author) in text
    assert letters(sample.source) in text


@pytest.mark.parametrize(("portal", "sample"), ARTICLES)
def test_the_page_prints_its_date_or_none(portal: Portal, sample: Sample) -> None:
    page = parsed(get(portal, portal.path_of(sample)).text)
    stamps = [node.text_content() for name in ("date-view", "create-date", "PostDate") for node in page.find_class(name)]
    if sample.moment is None:
        body = page.get_element_by_id("DeltaPlaceHolderMain").find_class("ms-rtestate-field")[0]
        around = "".join(page.text_content()).replace(body.text_content(), "").replace(sample.title, "")
        assert not stamps
        assert not re.search(r"\d{1,2}/\d{1,2}/\d{4}", around)
    else:
        day = sample.moment.strftime("%Y-%m-%d" if sample.template == "old" else "%d/%m/%Y")
        assert len(stamps) == 1
        assert day in stamps[0]
        assert (sample.moment.strftime("%H:%M") in stamps[0]) == (len(sample.published_at) > 10)


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.key)
def test_the_samples_keep_house(portal: Portal) -> None:
    assert len(portal.articles) >= 13
    assert (
        len({portal.path_of(sample) for sample in portal.articles})
        == len({sample.id for sample in portal.articles})
        == len(portal.articles)
    )
    assert all(3 <= len([part for part in sample.expected().paragraphs if part]) <= 16 for sample in portal.articles)
    assert all("  " not in text and text == text.strip() for sample in portal.articles for text in sample.expected().paragraphs)
    assert "mẫu" in portal.name


def test_slugs_are_as_the_families_build_them() -> None:
    for sample in HA_NAM.articles:
        assert len(sample.slug) <= 120
        assert slug(sample.title).startswith(sample.slug)
    assert all(sample.slug == slug(sample.title, d="") for sample in THAI_NGUYEN.articles)
    assert all(sample.slug == slug(sample.title) for sample in SON_LA.articles)
    cut = sorted((sample.slug for sample in HA_NAM.articles if sample.slug.startswith("chu-tich-uy-ban-nhan-dan-tinh-quyet-dinh")), key=len)
    assert cut[1][:-1] == cut[0]  # two articles whose addresses differ in the last letter alone


# sharepoint


def test_sharepoint_lists_lead_to_every_article() -> None:
    found = set(walk(HA_NAM, HA_NAM_LIST, "?Page="))
    assert {HA_NAM.path_of(sample) for sample in HA_NAM.articles} <= found


def test_sharepoint_repeats_the_first_page_beyond_the_end() -> None:
    assert get(HA_NAM, f"{HA_NAM_LIST}?Page=99").body == get(HA_NAM, HA_NAM_LIST).body


def test_sharepoint_ignores_the_case_of_an_address() -> None:
    address = HA_NAM.path_of(HA_NAM.articles[0])
    assert HA_NAM.articles[0].title in get(HA_NAM, address.replace("/Pages/", "/pages/").upper().replace("/PAGES/", "/pages/")).text


# liferay


def test_liferay_lists_lead_to_every_article() -> None:
    found = {urlsplit(address).path for address in walk(THAI_NGUYEN, MAIN_LIST, "_cur=")}
    assert {THAI_NGUYEN.path_of(sample) for sample in THAI_NGUYEN.articles} <= found


def test_liferay_pages_need_the_delta_of_their_link() -> None:
    second = next(address for address in links(get(THAI_NGUYEN, MAIN_LIST).text, MAIN_LIST) if address.endswith("_cur=2"))
    bare = re.sub(r"&[^&]+_delta=\d+", "", second)
    assert len(get(THAI_NGUYEN, second).body) < len(get(THAI_NGUYEN, bare).body)
    assert get(THAI_NGUYEN, second.replace("_cur=2", "_cur=99")).body == get(THAI_NGUYEN, second.replace("_cur=2", "_cur=3")).body


def test_liferay_shows_an_article_under_two_sections() -> None:
    held = [sample for sample in THAI_NGUYEN.articles if sample.section == AWARDS.holds]
    found = {urlsplit(address).path for address in walk(THAI_NGUYEN, f"/vi_VN/{AWARDS.slug}", "_cur=")}
    for sample in held:
        address = THAI_NGUYEN.path_in(AWARDS, sample)
        assert address in found
        assert address.endswith("/20181")
        assert sample.title in get(THAI_NGUYEN, address).text
    assert len(held) >= 3


def test_liferay_prints_a_portlet_title_before_the_article() -> None:
    for sample in THAI_NGUYEN.articles:
        headings = parsed(get(THAI_NGUYEN, THAI_NGUYEN.path_of(sample)).text).xpath("//h1")
        assert headings[0].get("class") == "portlet-title"
        assert letters(headings[1].text_content()) == letters(sample.title)


# uiarticle


def fragment(number: int, /, **changes: str) -> Response:
    form = {"article_category_id": "1187", "categoryIds": "1187", "site_id": "62", "page": str(number), "page_size": "5", "no": "-5"}
    return SON_LA.respond(Request("POST", FRAGMENT, {}, form | {"articlelang": "vi-VN"} | changes, {"host": "mau.example"}))


def test_uiarticle_lists_lead_to_every_article() -> None:
    first = get(SON_LA, SON_LA_LIST).text
    pages = int(re.findall(r"maxPage = parseInt\((\d+)\)", first)[0])
    found = set(links(first, SON_LA_LIST))
    for page in range(2, pages + 1):
        found |= set(links(fragment(page).text, SON_LA_LIST))
    assert {SON_LA.path_of(sample) for sample in SON_LA.articles} <= found
    assert (fragment(pages + 1).status, fragment(pages + 1).body) == (200, b"")


@pytest.mark.parametrize(
    "changes", [{"site_id": "1"}, {"no": "5"}, {"page": "x"}, {"page_size": ""}, {"articlelang": "en-US"}, {"page": "0"}]
)
def test_uiarticle_answers_nothing_to_another_form(changes: dict[str, str]) -> None:
    assert fragment(1, **changes).body == b""


def test_uiarticle_feed_is_wrong_in_the_usual_ways() -> None:
    root: Any = etree.fromstring(get(SON_LA, "/rss/tin-tuc-su-kien.rss").body)
    guids = root.xpath("//item/guid/text()")
    assert len(guids) == len(set(guids)) + 1
    assert all(title.startswith("<b>") for title in root.xpath("//item/title/text()"))
    dates = root.xpath("//item/pubDate/text()")
    assert any(date.endswith("GMT+7") for date in dates)
    assert any(re.fullmatch(r"\d\d/\d\d/\d{4} [\d:]{8}", date) for date in dates)


def test_uiarticle_shows_a_document_and_a_scan() -> None:
    document = next(sample for sample in SON_LA.articles if sample.kind == "document")
    for text in (get(SON_LA, SON_LA.path_of(document)).text, get(SON_LA, "/ke-hoach-901556").text):
        page = parsed(text)
        (frame,) = page.xpath("//iframe/@src")
        (file,) = page.xpath("//a[@class='link-download']/@href")
        assert frame.endswith(f"file={file}")
        assert get(SON_LA, file).body.startswith(b"%PDF")
    assert get(SON_LA, "/uploads/khac.pdf").status == 404


# all


@pytest.mark.parametrize(
    ("portal", "address"),
    [
        (HA_NAM, "/Pages/khong-con-bai-nay.aspx"),
        (THAI_NGUYEN, f"{MAIN_LIST}/-/asset_publisher/{MAIN.publisher}/content/khong-con-bai-nay"),
        (SON_LA, "/khong-con-bai-nay-123456"),
    ],
)
def test_an_unknown_article_is_said_to_be_missing_with_status_200(portal: Portal, address: str) -> None:
    response = get(portal, address)
    assert response.status == 200
    assert "không tìm thấy" in response.text.lower()
    assert not any(sample.paragraphs[0] in response.text for sample in portal.articles)


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.key)
def test_a_held_page_is_not_sent_again(portal: Portal) -> None:
    address = portal.path_of(portal.articles[0])
    response = get(portal, address)
    assert get(portal, address, if_none_match=response.headers["ETag"]).status == 304
    if portal.articles[0].published_at:
        assert get(portal, address, if_modified_since=response.headers["Last-Modified"]).status == 304
    assert "Disallow: /admin/" in get(portal, "/robots.txt").text


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.key)
def test_some_pages_are_decomposed(portal: Portal) -> None:
    pages = [get(portal, portal.path_of(sample)).text for sample in portal.articles]
    assert 1 <= sum(not unicodedata.is_normalized("NFC", page) for page in pages) <= 3


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.key)
def test_every_link_of_a_page_is_answered(portal: Portal) -> None:
    address = portal.path_of(portal.articles[1])
    own = [urlsplit(link) for link in links(get(portal, address).text, address)]
    inner = {part.path for part in own if not part.netloc and part.path.startswith("/") and not part.path.startswith("/_layouts/")}
    assert len(inner) > 60
    assert {path for path in inner if get(portal, path).status != 200} <= {"/vi_VN/rss", "/en_US/home"}


def test_writing_loses_no_letter() -> None:
    text = "Uỷ ban & “Cờ thi đua” <1>"
    assert "".join(runs(text, 4)) == text
    for written in (references(text), hard_spaces(text, 2)):
        assert letters(parsed(f"<p>{written}</p>").text_content()) == letters(text)
    assert references("đ") == "&#273;"
