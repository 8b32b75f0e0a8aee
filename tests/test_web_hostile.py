"""Two hundred hostile strings stored in every field, and given as every parameter: all of them come out as text."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import lxml.html
import pytest
from hostile_strings import STRINGS, spoil
from samples import AT, RULES, RUN, fill_archive, keep_all, reading
from starlette.testclient import TestClient

from data.archive import Archive
from data.publish import open_published, publish
from data.store import Kept, SiteRow, Store
from thidua.web.articles import words_of

TAGS = set(re.findall(r"\w+", """
    html head meta title link body a b header nav main footer p ul ol li span small h1 h2 h3 h4 em sup form div label input button select optgroup option fieldset legend
    mark article aside section dl dt dd code svg rect text line figure figcaption table thead tbody tr th td pre iframe textarea time br
"""))  # fmt: skip
SOME = [pytest.param(slice(3, None, 25), id="some"), pytest.param(slice(None), id="all", marks=pytest.mark.slow)]
OWN = {"script", "style", "base", "object", "embed", "img", "video", "math", "animate"}  # never in a page of ours


def hostile_place(folder: Path) -> Path:
    """As many articles as strings, each with records of all kinds."""
    fill_archive(folder / "archive", 2)
    with Store.open(folder / "work.duckdb") as store:
        store.keep_sites(
            [SiteRow(site=f"mau-{number}", name="Báo mẫu", province="Sơn La", hosts=("mau.example",)) for number in range(len(STRINGS))]
        )
        store.begin_run(RUN, "thidua extract", started_at=AT)
        keep_all(store, Archive(folder / "archive"))
        store.keep([Kept(reading(number), None, RULES, RUN) for number in range(2, len(STRINGS))])
        store.end_run(RUN, 0, ended_at=AT)
    publish(folder / "work.duckdb", folder / "news.duckdb")
    spoil(folder / "news.duckdb")
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_place(tmp_path_factory.mktemp("hostile"))


def inert(html: str) -> lxml.html.HtmlElement:
    """The tree of a page, after a look at every element and attribute in it."""
    tree = lxml.html.document_fromstring(html)
    for node in tree.iter():
        assert isinstance(node.tag, str), "a comment came in"
        assert node.tag in TAGS, lxml.html.tostring(node)[:300]
        for name, value in node.attrib.items():
            assert not name.startswith("on") and name not in ("style", "srcdoc", "srcset", "background", "formaction", "http-equiv"), (
                node.tag,
                name,
            )
            if name in ("href", "src", "action", "data"):
                ours = value.startswith(("/", "#")) and not value.startswith(("//", "/\\"))
                away = value.startswith(("http://", "https://")) and "noreferrer" in node.get("rel", "")
                assert ours or (away and node.tag == "a"), (node.tag, name, value)
    assert [link.get("href") for link in tree.iter("link")] == ["/static/style.css", "/static/icon.svg"]
    return tree


def test_there_are_two_hundred_and_they_are_stored(place: Path) -> None:
    assert len(set(STRINGS)) == len(STRINGS) == 200
    with open_published(place / "news.duckdb") as con:
        for table, column in (
            ("articles", "title"),
            ("officials", "name"),
            ("awards", "type"),
            ("recipients", "name"),
            ("counts", "quote"),
            ("events", "title"),
            ("sites", "site"),
        ):
            (stored,) = con.execute(f"select count(distinct {column}) from {table}").fetchall()[0]
            assert stored == 200, (table, column)


@pytest.mark.parametrize("some", SOME)
def test_every_article_is_text(client: TestClient, some: slice) -> None:
    for number, words in list(enumerate(STRINGS))[some]:
        got = client.get(f"/article/{number:016x}")
        assert got.status_code == 200, words
        tree = inert(got.text)
        shown = unicodedata.normalize("NFC", tree.find(".//h1").text_content().replace("◆", ""))
        if words.isprintable() and words.strip() == words:
            assert shown == unicodedata.normalize("NFC", words), "shown as it is, not taken away"


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/en",
        "/people",
        "/provinces",
        "/sites",
        "/tables",
        "/sql",
        "/province/new/ha-noi",
        "/province/old/son-la",
        "/?q=script",
        "/?q=alert&page=2",
    ],
)
def test_lists_are_text(client: TestClient, url: str) -> None:
    got = client.get(url)
    assert got.status_code == 200
    inert(got.text)


def test_all_pages_of_lists_people_and_tables(client: TestClient, place: Path) -> None:
    people = set()
    for page in range(1, 6):
        people |= set(inert(client.get(f"/people?page={page}").text).xpath("//ul[@class='people']//a/@href"))
    assert len(people) > 50
    for link in sorted(people):
        got = client.get(link)
        assert got.status_code == 200, link
        for key in inert(got.text).xpath("//ul[@class='plain keys']//a/@href")[:1]:
            told = client.get(key)
            assert told.status_code == 200, key
            inert(told.text)
    with open_published(place / "news.duckdb") as con:
        names = [name for (name,) in con.execute("select table_name from information_schema.tables").fetchall()]
    for name in names:
        inert(client.get(f"/table/{name}").text)


@pytest.mark.parametrize("some", SOME)
def test_given_as_parameters_they_are_text(client: TestClient, some: slice) -> None:
    for words in STRINGS[some]:
        everything = dict.fromkeys(("q", "province", "year", "award", "level", "status", "kind", "page", "view", "lang"), words)
        for url, given in (("/", {"q": words}), ("/", everything), ("/people", {"q": words, "page": words})):
            got = client.get(url, params=given)
            assert got.status_code == 200, (url, words)
            inert(got.text)
        for url in ("/article/", "/person/", "/table/", "/province/old/"):
            got = client.get(url + "".join(f"%{byte:02x}" for byte in words.encode()))
            assert got.status_code in (404, 200), (url, words)
            inert(got.text)


def test_as_queries_they_are_text(client: TestClient) -> None:
    for words in (
        "</textarea><script>alert(1)</script>",
        "select '</pre><script>alert(1)</script>' as \"<img src=x onerror=alert(1)>\"",
        "{{7*7}}",
    ):
        tree = inert(client.get("/sql", params={"q": words}).text)
        assert tree.find(".//textarea").text.strip() == words


def test_the_frame_keeps_only_words() -> None:
    for words in STRINGS:
        left = words_of(
            f"<html><head><title>t</title></head><body><p class=x onclick=y>Tin {words}</p><table><tr><td>1</td></tr></table></body></html>"
        )
        tree = lxml.html.fragment_fromstring(left, create_parent="div")
        assert "Tin" in tree.text_content()
        for node in tree.iter():
            assert (
                isinstance(node.tag, str)
                and not node.attrib
                and node.tag not in OWN | {"link", "meta", "iframe", "form", "a", "svg", "body", "title"}
            ), left
    assert words_of("") == ""
