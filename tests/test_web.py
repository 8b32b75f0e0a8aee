"""The pages of `thidua serve` on a small place: what each shows, that they only read, and that only this machine is answered."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import lxml.html
import pytest
from hostile_strings import STRINGS
from starlette.testclient import TestClient
from web_place import TEXT, flag, keep, reading, visiting, web_place

from schemas.vocabulary import AwardLevel, AwardStatus, Comparator, DateRole, EventType, OfficialRole, RecipientKind, Unit
from thidua.web.app import HEADERS, PAGES
from thidua.web.searching import bare, excerpt, slug, sought, spellings
from thidua.web.words import table

FIRST, FLAGGED = f"{0:016x}", f"{99:016x}"
VISITS = {
    "/": "/?q=khen",
    "/article/{article}": f"/article/{FIRST}",
    "/article/{article}/review/{kind}/{key}": f"/article/{FIRST}/review/awards/new",
    "/article/{article}/page": f"/article/{FIRST}/page",
    "/article/{article}/page/frame": f"/article/{FIRST}/page/frame",
    "/province/{era}/{slug}": "/province/old/son-la",
    "/person/{person}": "/person/lo-thi-mau",
    "/table/{table}": "/table/award_counts",
    "/download/{table}.{form}": "/download/award_counts.csv",
    "/sql": "/sql?q=select%20count(*)%20from%20articles",
    "/sql/answer.{form}": "/sql/answer.csv?q=select%201%20as%20one",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return web_place(tmp_path_factory.mktemp("web"))


def text_of(client: TestClient, url: str) -> str:
    """The words of a page."""
    got = client.get(url)
    assert got.status_code == 200, (url, got.text[-300:])
    words = " ".join(lxml.html.document_fromstring(got.text).find("body").itertext())
    return re.sub(r" (?=[,.:])", "", " ".join(words.split()))


def hits(client: TestClient, **query: str) -> list[str]:
    """Keys of the articles that a search finds, in order."""
    return re.findall(r'<h2><a href="/article/([0-9a-f]{16})"', client.get("/", params=query).text)


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("route", PAGES)
def test_every_route_answers_in_both_languages_with_all_its_headers(client: TestClient, route: str, lang: str) -> None:
    got = client.get((lang + VISITS.get(route, route)) if lang == "" or route != "/" else "/en?q=khen")
    assert got.status_code == 200, got.text[-500:]
    wanted = {**HEADERS, "Content-Security-Policy": got.headers["Content-Security-Policy"]}
    assert {name: got.headers[name] for name in HEADERS} == wanted
    assert got.headers["Content-Security-Policy"].startswith(("default-src 'none'", "sandbox; default-src 'none'"))
    if "<html" in got.text:
        assert f'<html lang="{lang[1:] or "vi"}"' in got.text
        tree = lxml.html.document_fromstring(got.text)
        inner = [link for link in tree.xpath("//a/@href") if link.startswith("/")]
        assert inner and all(link.startswith("/en") == bool(lang) for link in inner if link != tree.xpath("//a[@class='switch']/@href")[0])


def test_the_switch_keeps_page_and_search(client: TestClient) -> None:
    (there,) = re.findall(r'class="switch" href="([^"]+)"', client.get("/", params={"q": "bằng khen", "year": "2024"}).text)
    (back,) = re.findall(r'class="switch" href="([^"]+)"', client.get(there.replace("&amp;", "&")).text)
    assert there.startswith("/en?") and back == there.replace("/en?", "/?")
    assert re.findall(r'class="switch" href="([^"]+)"', client.get("/en").text) == ["/"]


def test_all_words_are_there_in_both_languages() -> None:
    assert all(len(both) == 2 for words in table().values() for both in words.values())
    assert all(all(both) for section, words in table().items() for both in words.values() if section != "comparator")
    sets = {"level": AwardLevel, "status": AwardStatus, "kind": RecipientKind, "unit": Unit, "comparator": Comparator, "event": EventType}
    for section, codes in {**sets, "role": DateRole, "does": OfficialRole}.items():
        assert set(table()[section]) == {code.value for code in codes}, section


SEARCHES = {
    "bằng khen": [FIRST, f"{1:016x}"],
    "bang khen": [FIRST, f"{1:016x}"],
    "BẰNG KHEN": [FIRST, f"{1:016x}"],
    "bàng khen": [],  # with accents it is another word
    "cờ thi đua": [FLAGGED],
    "co thi dua": [FLAGGED],
    "hòa bình": [FLAGGED],  # the article writes Hoà
    "hoà bình": [FLAGGED],
    "hoa binh": [FLAGGED],
    "do van thu": [FLAGGED],
    "đỗ văn thử": [FLAGGED],
    "ang khe": [],  # no words
    "'; drop table articles; --": [],
    "%": [FLAGGED, FIRST, f"{1:016x}"],  # no word at all
    "": [FLAGGED, FIRST, f"{1:016x}"],
}


@pytest.mark.parametrize("words", SEARCHES)
def test_search_with_and_without_accents(client: TestClient, words: str) -> None:
    assert hits(client, q=words) == SEARCHES[words]


def test_a_word_with_accents_is_a_whole_word(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place, tmp_path, symlinks=True, dirs_exist_ok=True)
    keep(tmp_path, [reading(60, title="Cây bàng, ban nhạc; BÈO Tây")])
    with visiting(tmp_path) as client:
        found = {words: f"{60:016x}" in hits(client, q=words) for words in ("ban", "bàng", "bàn", "bèo", "béo", "bang nhac", "nhạc bàng")}
    assert found == {"ban": True, "bàng": True, "bàn": False, "bèo": True, "béo": False, "bang nhac": True, "nhạc bàng": True}


def test_words_side_by_side_come_before_words_apart(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place, tmp_path, symlinks=True, dirs_exist_ok=True)
    lines = {70: "Tin\nCây hoàng lan.", 71: "Tin\nlan hoàng", 72: "Tin\nHoa rất hoàng; lan.", 73: "Hoàng lan\nHết."}
    texts = [reading(number).model_dump() | {"title": text.split("\n")[0], "text": text} for number, text in lines.items()]
    bare_of = ("dates", "officials", "awards", "counts", "events", "documents", "campaigns")
    keep(tmp_path, [type(reading(0)).model_validate(one | dict.fromkeys(bare_of, ())) for one in texts])
    with visiting(tmp_path) as client:
        assert hits(client, q="hoang lan") == [f"{number:016x}" for number in (73, 70, 72, 71)]
        assert hits(client, q="oang lan") == []


def test_a_phrase_in_a_headline_comes_first(client: TestClient) -> None:
    assert hits(client, q="tổng kết phong trào")[0] in (FIRST, f"{1:016x}")
    assert hits(client, q="thi đua")[0] == FLAGGED
    assert hits(client, q="phong trào thi đua")[0] == FIRST


def test_words_in_python_are_those_of_the_database(place: Path) -> None:
    from data.snapshot import Snapshot

    snapshot = Snapshot(place / "news.duckdb")
    with snapshot.read() as reader:
        for text in (TEXT, "Đắk Lắk – ĐÔ THỊ, hoà; Ủy/Uỷ 1.250 “ấp” a_b ☆x", "a   b    c     d\n \n - e", ""):
            (folded,) = reader.con.execute("select web.folded($t)", {"t": text}).fetchall()[0]
            assert folded.split() == [word for word in re.split(r"[\W_]+", bare(text)) if word]
        for name in ("Đỗ Văn Thử", "Lò Thị Mẫu", "H’Ngọc Ê-ban", "ĐẶNG  thị_Ớt", "Nguyễn Văn A (B)", *STRINGS):
            assert reader.con.execute("select web.slug($n)", {"n": name}).fetchall() == [(slug(name),)], name
    snapshot.close()


def test_spellings_and_excerpts() -> None:
    assert spellings("hòa") == ["hoà", "hòa"] and spellings("sỹ") == ["sĩ", "sỹ"] and spellings("toàn") == ["toàn"]
    found = excerpt("x " * 200 + "trao Bằng  khen, rồi thôi. " + "y " * 200, sought("bang khen"))
    assert [words for words, met in found if met] == ["Bằng  khen"]
    assert found[0] == ("… ", False) and found[-1] == (" …", False) and sum(len(words) for words, _ in found) < 320
    assert excerpt("không có gì", sought("khen")) == []


FILTERS = {
    "province": {"old/son-la": [FIRST, f"{1:016x}"], "new/thai-nguyen": [FLAGGED], "old/thai-nguyen": [FLAGGED], "new/ha-noi": []},
    "year": {"2024": [FIRST, f"{1:016x}"], "2025": [FLAGGED], "1999": [], "abc": [FLAGGED, FIRST, f"{1:016x}"]},
    "award": {"certificate_of_merit": [FIRST, f"{1:016x}"], "emulation_flag": [FLAGGED], "nothing": []},
    "level": {"province": [FIRST, f"{1:016x}"], "government": [FLAGGED]},
    "status": {"awarded": [FLAGGED, FIRST, f"{1:016x}"], "proposed": [FLAGGED]},
    "kind": {"collective": [FLAGGED, FIRST, f"{1:016x}"], "individual": [FLAGGED, FIRST, f"{1:016x}"], "household": [FLAGGED]},
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in FILTERS.items() for value in values])
def test_filters(client: TestClient, name: str, value: str) -> None:
    assert hits(client, **{name: value}) == FILTERS[name][value]


def test_filters_meet_in_one_award(client: TestClient) -> None:
    assert hits(client, award="emulation_flag", status="awarded", q="cờ") == [FLAGGED]
    assert hits(client, award="emulation_flag", status="proposed") == [], "two awards of one article do not make a third"


def test_every_record_is_marked_and_linked_both_ways(client: TestClient) -> None:
    for key, article in ((FIRST, reading(0)), (FLAGGED, flag(99))):
        tree = lxml.html.document_fromstring(client.get(f"/article/{key}").text)
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        links = {link[1:] for link in tree.xpath("//section[@class='text']//a/@href") if link.startswith("#")}
        quotes = {link[1:] for link in tree.xpath("//aside[@id='records']//a/@href") if link.startswith("#at-")}
        for kind in ("dates", "officials", "awards", "counts", "events", "documents", "campaigns"):
            for row, record in enumerate(getattr(article, kind)):
                assert f"{kind}-{row}" in links, "from the text to the record"
                for number, _ in enumerate(getattr(record, "quotes", [record])):
                    assert f"at-{kind}-{row}-{number}" in quotes & set(ids), "from the record to the text"
        assert not {link for link in links | quotes if link not in ids}, "no link leads nowhere"
        shown = [line.text_content() for line in tree.xpath("//div[@class='body']/p")]
        plain = [re.sub("[◆+]", "", line) for line in shown]
        assert plain == (article.text.split("\n")[1:] if article.text.startswith(f"{article.title}\n") else article.text.split("\n"))


def test_places_without_words_of_their_own_and_recipients(client: TestClient) -> None:
    tree = lxml.html.document_fromstring(client.get(f"/article/{FIRST}").text)
    assert tree.xpath("//a[@class='mark counts happening' or @class='mark counts']/text()")[:2] == ["12 tập thể", "hơn 30 cá nhân"]
    tree = lxml.html.document_fromstring(client.get(f"/article/{FLAGGED}").text)
    assert tree.xpath("//a[starts-with(@class, 'mark recipients')]/text()") == ["Trường Mẫu Hoà Bình"]
    assert tree.xpath("//a[@class='up']/@href") == ["#at-recipients-0-0-0", "#at-positions-0-0-0"]


def test_an_article_tells_where_it_comes_from(client: TestClient, place: Path) -> None:
    shown = text_of(client, f"/article/{FIRST}")
    (segment,) = (place / "archive").glob("*.warc.gz")
    for fact in (segment.name, "nukeviet/1", "Báo mẫu Sơn La", "20240305T010203-1", "awards/certificate_of_merit", "5 cá nhân"):
        assert fact in shown
    assert 'rel="noopener noreferrer external nofollow"' in client.get(f"/article/{FIRST}").text


def test_the_page_as_fetched(client: TestClient, place: Path, tmp_path: Path) -> None:
    got = client.get(f"/article/{FIRST}/page")
    assert "&lt;p&gt;Tin số 0&lt;/p&gt;" in got.text
    framed = client.get(f"/article/{FIRST}/page?view=frame").text
    assert re.findall(r"<iframe [^>]*>", framed) == [f'<iframe sandbox="" title="Trang như đã tải" src="/article/{FIRST}/page/frame">']
    frame = client.get(f"/article/{FIRST}/page/frame")
    assert "<p>Tin số 0</p>" in frame.text
    assert (
        frame.headers["Content-Security-Policy"]
        == "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    assert "không đến từ một trang" in text_of(client, f"/article/{FLAGGED}/page")
    shutil.copyfile(place / "news.duckdb", tmp_path / "news.duckdb")
    with visiting(tmp_path) as alone:
        assert "không có thư mục archive" in text_of(alone, f"/article/{FIRST}/page")
        assert alone.get(f"/article/{FIRST}/page/frame").status_code == 404


def test_provinces_then_and_now(client: TestClient) -> None:
    shown = text_of(client, "/province/new/thai-nguyen")
    assert "Bắc Kạn" in shown and "02/09/2025 lễ trao thưởng" in shown and "Đỗ Văn Thử" in shown
    old = text_of(client, "/province/old/son-la")
    assert "2024 2 42" in old, "year, articles, awards: 12 and 30, which both articles tell of one event; 5 are a part of the 30"
    assert "Lò Thị Mẫu" in old
    assert [client.get(f"/province/{key}").status_code for key in ("old/nowhere", "former/ha-tay", "x/y")] == [404] * 3
    assert "Sơn La 2 bài" in text_of(client, "/provinces")


def test_a_person_may_be_several(client: TestClient) -> None:
    shown = text_of(client, "/person/lo-thi-mau")
    assert "Có thể là nhiều người" in shown
    assert "Giám đốc, Sở Nội vụ tỉnh Sơn La" in shown and "đề nghị" in shown, "the official, and the one of that name who is to be praised"
    assert client.get("/person/nobody").status_code == 404
    for words in ("mau", "mẫu", "Lò Mẫu"):
        assert re.findall('href="/person/([^"]+)"', client.get("/people", params={"q": words}).text) == ["lo-thi-mau"]
    assert "May be several people" in text_of(client, "/en/person/lo-thi-mau")


def test_a_person_is_told_by_name_body_and_province(client: TestClient) -> None:
    tree = lxml.html.document_fromstring(client.get("/person/lo-thi-mau").text)
    keys = tree.xpath("//ul[@class='plain keys']//a/@href")
    assert keys == ["/person/lo-thi-mau.so-noi-vu.son-la", "/person/lo-thi-mau..thai-nguyen"], (
        "the director, and the one of no body elsewhere"
    )
    director, other = (text_of(client, key) for key in keys)
    assert (
        "Sở Nội vụ tỉnh Sơn La · Sơn La" in director
        and "Giám đốc, Sở Nội vụ tỉnh Sơn La 05/03/2024" in director
        and "gộp theo tên, cơ quan và tỉnh" in director
    )
    assert (
        "không rõ cơ quan · Thái Nguyên" in other
        and "rất có thể là nhiều người" in other
        and "đề nghị" in other
        and "Giám đốc" not in other
    )
    for shown in (director, other):
        assert "Có thể là nhiều người" in shown and "Cả 2 người cùng tên" in shown
    assert "No article tells a body" in text_of(client, f"/en{keys[1]}")
    assert client.get("/person/lo-thi-mau.nowhere.son-la").status_code == 404


def test_health_of_the_sources(client: TestClient) -> None:
    assert "Báo mẫu Sơn La" in text_of(client, "/sites")


def test_tables_are_described(client: TestClient) -> None:
    assert "hơn 30 cá nhân" in text_of(client, "/table/counts") and "as counted" in text_of(client, "/en/table/counts")
    assert client.get("/table/duckdb_settings").status_code == client.get("/table/x%22").status_code == 404
    assert {"award_counts", "articles", "meta"} <= set(re.findall('href="/table/([^"]+)"', client.get("/tables").text))


def test_what_is_published_later_is_on_the_next_page(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place, tmp_path, symlinks=True, dirs_exist_ok=True)
    with visiting(tmp_path) as client:
        assert hits(client) == [FLAGGED, FIRST, f"{1:016x}"]
        keep(tmp_path, [reading(50, title="Bài mới")])
        assert f"{50:016x}" in hits(client) and "4 bài" in text_of(client, "/")


def test_reading_changes_no_file(client: TestClient, place: Path) -> None:
    def state() -> dict[str, tuple[int, int, int]]:
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size, path.stat().st_ino) for path in place.rglob("*")}

    before = state()
    for route in PAGES:
        assert client.get(VISITS.get(route, route)).status_code == 200
    assert state() == before


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_but_get(client: TestClient, method: str) -> None:
    for url in ("/", "/sql", f"/article/{FIRST}", "/static/style.css"):
        got = client.request(method, url, headers={"Origin": "http://evil.example"})
        assert got.status_code == 405 and got.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "0.0.0.0", "", "169.254.169.254"]
)
def test_foreign_hosts_are_refused(client: TestClient, host: str) -> None:
    got = client.get("/", headers={"Host": host})
    assert got.status_code == 400 and "thidua" not in got.text


def test_hosts_of_this_machine_are_answered(client: TestClient) -> None:
    assert [client.get("/", headers={"Host": host}).status_code for host in ("127.0.0.1:8765", "localhost", "localhost:1")] == [200] * 3


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../etc/passwd", "/static/%2e%2e%2f%2e%2e%2fetc/passwd", "/static/%252e%252e%252fetc%252fpasswd", "/static/style.css%00.svg", "/static/",
        "/static/app.py", "//evil.example/", "/%2f%2fevil.example", "/article/../../etc/passwd", "/article/%00", "/download/articles.exe",
        "/download/..%2f..%2fetc%2fpasswd.csv", "/en/", "/english", "/article/" + "a" * 5000,
    ],
)  # fmt: skip
def test_strange_paths_lead_nowhere(client: TestClient, path: str) -> None:
    got = client.get(f"http://127.0.0.1{path}")
    assert got.status_code == 404 and "location" not in got.headers and "root:" not in got.text


def test_errors_tell_nothing_of_the_inside(client: TestClient, place: Path, tmp_path: Path) -> None:
    shutil.copytree(place, tmp_path, symlinks=True, dirs_exist_ok=True)
    with visiting(tmp_path) as broken:
        (tmp_path / "news.duckdb").unlink()
        got = broken.get("/")
    assert got.status_code == 500 and "thidua publish" in got.text and got.headers["Content-Security-Policy"]
    for said in (got.text, client.get("/nothing").text, client.get("/?page=99999999999999999999&year=-1").text):
        assert not re.search(r"Traceback|duckdb\.|select \w+,|from web|/tmp|\.py", said)


def test_pages_of_a_list(client: TestClient) -> None:
    assert hits(client, page="2") == [] and hits(client, page="x") == hits(client, page="0") == hits(client)
