"""`thidua sites new`: a definition laid down from a page of every platform, or of none."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from fault_server import Answer, Asked, FaultServer, answer

from crawler.document import Document
from crawler.reader import recognise
from crawler.registry import load_registry
from schemas.normal import nfc
from schemas.tables import table
from tests.site_pages import FOLDERS, PACKAGE
from tests.small_site import CHALLENGE, HOST, article, but, said, small
from thidua.sites.check import check_site
from thidua.sites.defining import Definition, guess_form, kind_of, spans
from thidua.sites.new import new_site

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_look_in_english")]


def pages() -> list[object]:
    """(platform, page, address) of each platform that has an article page in tests/sites."""
    found = []
    for file in sorted(FOLDERS.glob("*/page.html")):
        expected = json.loads(file.with_name("expected.json").read_text(encoding="utf-8"))
        if file.parent.name in PACKAGE.platforms and "title" in expected:
            found.append(pytest.param(file.parent.name, file, expected["url"], id=file.parent.name))
    return found


@pytest.mark.parametrize(("platform", "file", "url"), pages())
def test_a_page_of_each_platform_becomes_a_site(
    platform: str, file: Path, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = recognise(Document(nfc(file.read_text(encoding="utf-8")), url), PACKAGE)
    folder = tmp_path / "sites"
    folder.mkdir()
    assert new_site("cong-mau", url, tmp_path, folder, to=folder, page=file) == 0
    told = said(capsys)
    site = load_registry(folder).site("cong-mau")
    assert (site.platform, site.status, site.hosts) == (known.key if known else None, "draft", ("mau.example",))
    assert site.evidence["kind"] == "guess" and (site.start or site.feeds)
    assert (folder / "cong-mau" / "page.html").read_bytes() == file.read_bytes()
    expected = json.loads((folder / "cong-mau" / "expected.json").read_text(encoding="utf-8"))
    if known:
        assert known.key == platform and f"Platform {platform}, recognised by:" in told
        assert expected == json.loads(file.with_name("expected.json").read_text(encoding="utf-8"))
    else:
        assert "the generic reader" in told and "read by hand" not in told
    assert "thidua sites check cong-mau" in told


def test_new_writes_over_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, url = FOLDERS / "nukeviet" / "page.html", "https://mau.example/vi/news/thi-dua/bai-512.html"
    assert new_site("cong-mau", url, tmp_path, None, to=None, page=file) == 0
    assert load_registry(overrides=tmp_path / "sites.toml").site("cong-mau").platform == "nukeviet"
    assert new_site("cong-mau", url, tmp_path, None, to=None, page=file) == 2, "the registry has that key"
    shutil.rmtree(tmp_path / "registry")
    assert new_site("cong-mau", url, tmp_path, None, to=tmp_path / "moi", page=file) == 0
    before = (tmp_path / "moi" / "cong-mau.toml").read_bytes()
    assert new_site("cong-mau", url, tmp_path, None, to=tmp_path / "moi", page=file) == 2
    assert (tmp_path / "moi" / "cong-mau.toml").read_bytes() == before and "not written over" in said(capsys)
    assert new_site("ha-nam", url, tmp_path, None, to=tmp_path / "moi", page=file) == 2
    assert "sites check ha-nam" in said(capsys)
    for key, address in (("Hà Nam", url), ("moi", "ftp://mau.example/a"), ("moi", "")):
        assert new_site(key, address, tmp_path, None, to=tmp_path / "moi", page=file) == 2
    assert new_site("moi", url, tmp_path, None, to=tmp_path / "moi", page=tmp_path / "khong-co.html") == 1
    assert not (tmp_path / "moi" / "moi.toml").exists()


def test_an_article_whose_address_does_not_fit_the_platform(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = FOLDERS / "newspaper_postid" / "page.html"
    assert new_site("bao-mau", "https://mau.example/tin-512/ten-bai-cua-bao-4711.htm", tmp_path, None, to=tmp_path / "a", page=file) == 0
    told = said(capsys)
    assert "does not fit the platform's `article.url_regex` (-post" in told and "a guess after this article's address" in told
    article = tomllib.loads((tmp_path / "a" / "bao-mau.toml").read_text(encoding="utf-8"))["article"]
    assert article == {"url_regex": [r"-\d+\.htm$"], "id_regex": [r"-(\d+)\.htm$"]}
    assert load_registry(tmp_path / "a").site("bao-mau").is_article("https://mau.example/ten-khac-4712.htm")
    assert new_site("bao-mau", "https://mau.example/ten-bai-cua-bao-mau", tmp_path, None, to=tmp_path / "b", page=file) == 0
    assert "add `url_regex` and `id_regex` below [article]" in (told := said(capsys)) and "section or a list" not in told
    assert "article" not in tomllib.loads((tmp_path / "b" / "bao-mau.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "is_list"), [("/tin-tuc", True), ("/vi/thi-dua.html", True), ("/tin/mot-bai-cua-xa", False), ("/tin-512", False)]
)
def test_the_address_of_a_list_is_warned_of(path: str, is_list: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(article(1).partition(b"\r\n\r\n")[2])
    assert new_site("xa-mau", f"https://mau.example{path}", tmp_path, None, to=tmp_path / "moi", page=file) == 0
    assert ("of a section or a list" in said(capsys)) == is_list


def test_a_page_that_links_below_itself_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    links = "".join(f'<a href="/tin-tuc-su-kien-trong-xa/bai-{number}">Bài {number}</a>' for number in range(3))
    file = tmp_path / "page.html"
    file.write_bytes(article(1).partition(b"\r\n\r\n")[2].replace(b"</body>", links.encode() + b"</body>"))
    assert new_site("xa-mau", "https://mau.example/tin-tuc-su-kien-trong-xa", tmp_path, None, to=tmp_path / "moi", page=file) == 0
    assert "of a section or a list" in said(capsys)


@pytest.mark.parametrize(
    ("url", "form", "identity"),
    [
        ("https://mau.example/bai/512/ten-bai.htm", r"/\d+/[^/?]+\.htm$", r"/(\d+)/[^/?]+\.htm$"),
        ("https://mau.example/tin/51204/ten-bai/", r"/\d+/[^/?]+/?$", r"/(\d+)/[^/?]+/?$"),
        ("https://mau.example/tin/2024/ten-bai.htm", None, None),
        ("https://mau.example/tin/202403/ten-bai.htm", None, None),
        ("https://mau.example/tin/20240312/ten-bai.htm", None, None),
        ("https://mau.example/ket-qua-nam-2018.htm", None, None),
    ],
)
def test_guesses_of_the_form_of_addresses(url: str, form: str | None, identity: str | None) -> None:
    one = Definition("mau", url, "Mẫu", "unknown", "mau.example", None, None, None, None)
    guess_form(one, ())
    assert (one.url_regex, one.id_regex) == (form, identity)


def test_new_keeps_the_layout_of_a_clone(tmp_path: Path) -> None:
    (tmp_path / "crawler" / "sites").mkdir(parents=True)
    (tmp_path / "tests" / "sites").mkdir(parents=True)
    url, file = "https://mau.example/vi/news/thi-dua/bai-512.html", FOLDERS / "nukeviet" / "page.html"
    assert new_site("cong-mau", url, tmp_path / "data", None, to=tmp_path, page=file) == 0
    assert (tmp_path / "crawler" / "sites" / "cong-mau.toml").exists()
    assert {path.name for path in (tmp_path / "tests" / "sites" / "cong-mau").iterdir()} == {"page.html", "expected.json"}


def test_what_the_definition_reads_otherwise_by_now_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url, file, data = "https://mau.example/tin/bai-1.html", tmp_path / "page.html", tmp_path / "data"
    file.write_bytes(article(1).partition(b"\r\n\r\n")[2])
    assert new_site("xa-mau", url, data, None, to=None, page=file) == 0
    assert f"Next: thidua sites check xa-mau --data {data}" in said(capsys)
    expectation = data / "registry" / "xa-mau" / "expected.json"
    definition = data / "registry" / "xa-mau.toml"
    before = definition.read_text(encoding="utf-8")

    def told(to: str) -> str:
        assert new_site("xa-mau", url, data, None, to=tmp_path / to, page=None) == 0
        return said(capsys)

    assert "reads otherwise" not in told("same")
    definition.write_text(before + "[[layout]]\nsection = ['.ngay']\nbody = ['.noi-dung']\n", encoding="utf-8")
    path = tmp_path / "mended" / "xa-mau" / "expected.json"
    assert f"{path}: the definition reads otherwise: section, text. If it reads them right, leave nothing but `url`" in told("mended")
    expectation.write_text(json.dumps({"url": url}), encoding="utf-8")
    assert "reads otherwise" not in told("to-be-written"), "the test writes it"
    expectation.write_text(json.dumps({"title": "Tin"}), encoding="utf-8")
    assert "title, url. If" in told("without-url")
    expectation.write_text("{", encoding="utf-8")
    assert f"{tmp_path / 'slip' / 'xa-mau' / 'expected.json'}: Expecting property name" in told("slip")
    (data / "registry" / "xa-mau" / "page.html").write_text("<p>Bài viết không tồn tại</p>", encoding="utf-8")
    expectation.write_text(json.dumps({"url": url, "title": "Tin"}), encoding="utf-8")
    assert "reads otherwise: reject, title. If" in told("no-article")


def test_new_says_where_a_stamp_is_to_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(article(1, **{"12/03/2024 08:30": "", "Sáng 12/3, ": ""}).partition(b"\r\n\r\n")[2])
    assert new_site("xa-mau", "https://mau.example/tin/bai-1.html", tmp_path, None, to=None, page=file) == 0
    assert "add `published_at` to a [[layout]] (of a site of no platform: with `body`), or, if the site prints none" in said(capsys)


def served(folder: Path, handle: Callable[[Asked], Answer], path: str = "/bai-1.html") -> tuple[int, FaultServer, dict[str, object]]:
    """Exit status of `new` for an article of a served site, the server, the definition."""
    (folder / "sites").mkdir(exist_ok=True)
    with FaultServer({HOST: handle}) as server:
        status = new_site("xa-mau", f"http://{HOST}:{server.port}{path}", folder, folder / "sites", to=folder / "sites", page=None)
    file = folder / "sites" / "xa-mau.toml"
    return status, server, tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def test_a_site_without_platform_is_read_through_its_feed_and_sitemap(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def handle(asked: Asked) -> Answer:
        base, paths = f"http://{asked.headers['host']}", [f"/tin-nay-{number}.html" for number in (101, 102, 103)]
        if asked.path == "/robots.txt":
            return answer(f"User-agent: *\nAllow: /\nSitemap: {base}/so-do.xml\n", kind="text/plain")
        if asked.path == "/rss.xml":
            items = "".join(f"<item><link>{base}{path}</link></item>" for path in paths)
            return answer(f"<rss><channel>{items}</channel></rss>", kind="application/rss+xml")
        if asked.path == "/so-do.xml":
            urls = "".join(f"<url><loc>{base}{path}</loc></url>" for path in [*paths, "/"])
            return answer(f"<urlset>{urls}</urlset>", kind="application/xml")
        if asked.path in paths:
            feed = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
            comments = '<link rel="alternate" type="application/rss+xml" title="Comments" href="/c.xml">'
            return article(int(asked.path[-6]), head=comments + feed)
        return answer(status="404 Not Found")

    status, server, found = served(tmp_path, handle, "/tin-nay-101.html")
    told = said(capsys)
    assert status == 0 and "No platform was recognised" in told
    base = f"http://{HOST}:{server.port}"
    assert (found["feeds"], found["sitemap"]) == ([f"{base}/rss.xml"], f"{base}/so-do.xml")
    assert "platform" not in found and "start" not in found
    assert found["article"] == {"url_regex": [r"-\d+\.html$"], "id_regex": [r"-(\d+)\.html$"]}
    assert (found["name"], found["kind"]) == ("Ban Thi đua xã Mẫu", "award_office")
    text = (tmp_path / "sites" / "xa-mau.toml").read_text(encoding="utf-8")
    with FaultServer({HOST: handle}) as again:
        (tmp_path / "sites" / "xa-mau.toml").write_text("delay = 0\n" + text.replace(str(server.port), str(again.port)), encoding="utf-8")
        assert check_site("xa-mau", tmp_path, tmp_path / "sites", articles=3, live=True) == 0
    assert "the generic reader reads it" in said(capsys)


def test_new_says_why_a_page_does_not_come(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert served(tmp_path, but(bai_1_html=answer(CHALLENGE)))[0] == 1
    assert "refused:challenge" in (told := said(capsys)) and "--page" in told
    assert served(tmp_path, small, "/tin")[0] == 1
    assert "The address of an article is wanted" in said(capsys)
    assert new_site("xa-mau", f"http://{HOST}:9/bai-1.html", tmp_path, tmp_path / "sites", to=None, page=None) == 75
    assert new_site("xa-mau", f"http://{HOST}:9/bai-1.html", tmp_path, None, to=None, page=None) == 1
    assert "refused:address" in (told := said(capsys)) and "only with --sites DIR" in told


def test_guesses_of_kind_and_province() -> None:
    domain = next(row["gov_domain"] for row in table("provinces") if row["name"] == "Hà Nam")
    assert kind_of("gì đó", domain) == "portal"
    assert kind_of("Sở Nội vụ tỉnh Hưng Yên", "sonv.hungyen.gov.vn") == kind_of("x", "soyte.hanoi.gov.vn") == "department"
    assert kind_of("Báo Sơn La", "baosonla.org.vn") == kind_of("x", "baosonla.example") == "newspaper"
    assert kind_of("UBND phường Phù Liễn", "phulien.haiphong.gov.vn") == "commune"
    assert kind_of("x", "mau.example") == "unknown"
    assert [span["name"] for span in spans("Hà Nam")] == ["Hà Nam", "Ninh Bình"]
    assert spans("Hà Nội") == [{"name": "Hà Nội"}] and spans(None) == []
