"""`thidua sites`: the table; a check with each of its endings, on pages served by this machine; a definition laid down from a page."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fault_server import Answer, Asked, FaultServer, answer
from sample_run import Sample, sample

from crawler.document import Document
from crawler.reader import recognise
from crawler.settings import Limits
from crawler.site import load_registry
from schemas.normal import nfc
from schemas.tables import table
from tests.site_pages import FOLDERS, PACKAGE
from thidua import say
from thidua.place import Place
from thidua.sites import probing
from thidua.sites.check import check_site
from thidua.sites.defining import kind_of, spans
from thidua.sites.going_live import NotWritten, make_live
from thidua.sites.listing import list_sites
from thidua.sites.new import new_site

HOST = "127.0.0.2"
CHALLENGE = "<html><head><title>Just a moment...</title></head><body>Checking</body></html>"
BODY = "Sáng 12/3, Ủy ban nhân dân xã tổ chức hội nghị sơ kết phong trào thi đua, khen thưởng 15 tập thể và 40 cá nhân có thành tích. " * 4
ARTICLE = (
    '<html><head><title>{title} | Ban Thi đua xã Mẫu</title>{head}</head><body><h1 class="tieu-de">{title}</h1><p class="ngay">12/03/2024 08:30</p>'
    '<div class="noi-dung"><p>{body}</p><p>Hội nghị bế mạc cùng ngày, các đại biểu thống nhất chương trình quý II.</p></div></body></html>'
)
DEFINITION = """name = "Ban Thi đua xã Mẫu"
hosts = ["{base}"]
start = ["{base}/tin"]
delay = 0
[list]
link = ["h3 a"]
[article]
url_regex = ['/bai-\\d+\\.html$']
[[layout]]
title = ["h1.tieu-de"]
published_at = [".ngay"]
body = [".noi-dung"]
"""


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(probing, "LIMITS", Limits(timeout=5, retries=1, backoff=0.01))
    say.speak("en")
    yield
    say.speak(None)


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with sample(tmp_path_factory.mktemp("registry")) as one:
        for file in one.registry.glob("*.toml"):
            file.write_text(file.read_text(encoding="utf-8").replace('= "live"', '= "draft"'), encoding="utf-8")
        yield one


def article(number: int, head: str = "", **change: str) -> bytes:
    """An article page of the small site."""
    text = ARTICLE.format(title=f"Xã Mẫu sơ kết phong trào thi đua quý {number}", body=BODY, head=head)
    for old, new in change.items():
        text = text.replace(old, new)
    return answer(text)


def small(asked: Asked) -> Answer:
    """A site of a list and three articles that fits its definition."""
    if asked.path == "/tin":
        links = "".join(f'<h3><a href="/bai-{number}.html">Bài {number}</a></h3>' for number in (1, 2, 3, 4))
        return answer(f'<html><body><a href="/gioi-thieu">Giới thiệu</a>{links}</body></html>')
    if asked.path.startswith("/bai-"):
        return article(int(asked.path[5]))
    return answer(status="404 Not Found")


def but(**paths: Answer | Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The small site with other answers at some paths; `_` stands for the slash and the dots go without saying."""

    def handle(asked: Asked) -> Answer:
        name = asked.path.strip("/").replace("-", "_").replace(".", "_")
        given = paths.get(name, small)
        return given(asked) if callable(given) else given

    return handle


def checked(folder: Path, handle: Callable[[Asked], Answer], *, definition: str = DEFINITION, live: bool = True) -> tuple[int, FaultServer]:
    """Exit status of a check of the small site, and what was asked of it."""
    registry = folder / "sites"
    registry.mkdir(exist_ok=True)
    with FaultServer({HOST: handle}) as server:
        text = definition.replace("{base}", f"http://{HOST}:{server.port}")
        (registry / "xa-mau.toml").write_text(text, encoding="utf-8")
        status = check_site("xa-mau", folder / "data", registry, articles=3, live=live)
    return status, server


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed, on one line: a paragraph is broken where the terminal is narrow."""
    out, err = capsys.readouterr()
    return " ".join((out + err).split())


# ------------------------------------------------------------------ list


def test_the_list_shows_every_site_once_and_counts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert list_sites(tmp_path, None, kind=None, live=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1 : len(PACKAGE.sites) + 1]] == [site.key for site in PACKAGE.sites]
    assert "Hà Nam → Ninh Bình" in next(line for line in lines if line.startswith("ha-nam "))
    assert f"{len(PACKAGE.sites)} sites: 0 live" in " ".join(lines)


def test_the_list_chooses(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text('[son-la]\nstatus = "live"\n', encoding="utf-8")
    assert list_sites(tmp_path, None, kind="portal", live=True) == 0
    assert "1 sites: 1 live, 0 draft" in said(capsys)
    assert list_sites(tmp_path, None, kind="blog", live=False) == 2
    assert "newspaper" in said(capsys)


# ------------------------------------------------------------------ check


def test_a_good_site_goes_live_and_what_the_operator_wrote_stays(portals: Sample, tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text("# của tôi\n[mau-binh-phuoc]\ndelay = 0 # nhanh\n", encoding="utf-8")
    done = portals.thidua("sites", "check", "mau-binh-phuoc", data=tmp_path)
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "sites.toml").read_text(encoding="utf-8")
    assert written == '# của tôi\n[mau-binh-phuoc]\nstatus = "live"\ndelay = 0 # nhanh\n'
    assert "h1.title (1/1)" in done.stdout and "3 of them were read whole" in done.stdout.replace("\n", " ")
    assert max(map(len, (line for line in done.stdout.splitlines() if "/" not in line))) <= 80
    assert sorted(path.name for path in (tmp_path / "check" / "mau-binh-phuoc").iterdir()) == [
        "article-1.html", "article-2.html", "article-3.html", "list.html",
    ]  # fmt: skip
    assert not (tmp_path / "archive").exists()


def test_a_look_is_polite_and_small(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, server = checked(tmp_path, small, live=False)
    assert status == 0
    assert [asked.path for asked in server.asked] == ["/robots.txt", "/tin", "/bai-1.html", "/bai-2.html", "/bai-3.html"]
    assert all(asked.headers["user-agent"].startswith("thidua/") for asked in server.asked)
    assert not (tmp_path / "data" / "sites.toml").exists()
    assert "Nothing was written" in said(capsys)


def test_a_broken_selector_is_named_with_file_and_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _ = checked(tmp_path, small, definition=DEFINITION.replace(".noi-dung", "#khong-co"))
    told = said(capsys)
    assert status == 3
    assert "`body`: no selector met anything on 3 articles" in told and "Tried: #khong-co" in told
    assert f"→ {tmp_path / 'sites' / 'xa-mau.toml'}" in told and f"→ {tmp_path / 'data' / 'check' / 'xa-mau' / 'article-1.html'}" in told
    assert not (tmp_path / "data" / "sites.toml").exists()


def test_a_list_that_gives_nothing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, server = checked(tmp_path, small, definition=DEFINITION.replace("h3 a", "h4 a"))
    told = said(capsys)
    assert status == 3 and server.of(HOST, "/bai-3.html")
    assert "the selectors of `list` gave no article (h4 a); among all links of the page there are 4" in told
    assert "xa-mau/list.html" in told and "list.link h4 a" in told


def test_addresses_that_do_not_fit_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _ = checked(tmp_path, small, definition=DEFINITION.replace("/bai-", "/tin-bai-"))
    assert status == 3
    assert "none of their addresses fits `article.url_regex`" in (told := said(capsys)) and "/bai-1.html" in told


def test_a_stamp_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without = but(bai_2_html=article(2, **{"12/03/2024 08:30": "", "Sáng 12/3, ": ""}))
    assert checked(tmp_path, without)[0] == 3
    told = said(capsys)
    assert "`published_at`: not read on 1 of 3 articles. Selectors tried: .ngay" in told and "article-2.html" in told
    assert checked(tmp_path, without, definition=DEFINITION + "[expect]\npublished_at = 0\n")[0] == 0


@pytest.mark.parametrize(
    ("handle", "label"),
    [
        (but(tin=answer(CHALLENGE)), "refused:challenge (a gate stands before the page"),
        (but(robots_txt=answer("User-agent: *\nDisallow: /\n", kind="text/plain")), "refused:robots (robots.txt forbids it"),
        (but(robots_txt=answer(status="503 Service Unavailable")), "/robots.txt: retry_at:http-503"),
        (but(tin=answer(status="404 Not Found")), "failed:http-404"),
        (but(bai_2_html=answer(status="404 Not Found")), "bai-2.html: failed:http-404"),
    ],
    ids=["challenge", "robots", "no-robots", "list-gone", "article-gone"],
)
def test_what_a_server_refuses_is_named_in_the_words_of_the_ledger(
    handle: Callable[[Asked], Answer], label: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, server = checked(tmp_path, handle, definition='feeds = ["{base}/rss"]\n' + DEFINITION)
    assert status == 3
    assert label in said(capsys)
    assert not (tmp_path / "data" / "sites.toml").exists()
    if "/bai-" not in label and "http-404" not in label:
        assert {asked.path for asked in server.asked} <= {"/robots.txt", "/tin"}, "where we are not wanted nothing more is asked"
    assert bool(server.of(HOST, "/rss")) == (label == "failed:http-404"), "the feed is asked only where the list is gone"


def test_a_page_that_is_no_article_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _ = checked(tmp_path, but(bai_3_html=answer("<html><body><p>Bài viết không tồn tại</p></body></html>")))
    assert status == 3
    assert "/bai-3.html: it did not read as an article (soft404" in said(capsys)


def test_no_network_is_status_75(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "xa-mau.toml").write_text(DEFINITION.replace("{base}", f"http://{HOST}:9"), encoding="utf-8")
    assert check_site("xa-mau", tmp_path / "data", tmp_path, articles=3, live=True) == 75
    assert "could not be reached" in said(capsys)


def test_an_unknown_key_names_its_neighbours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_site("ha-nan", tmp_path, None, articles=3, live=True) == 2
    assert "Similar: ha-nam" in (told := said(capsys)) and "sites list" in told
    assert check_site("ha-nam", tmp_path, tmp_path / "khong-co", articles=3, live=True) == 2


# ------------------------------------------------------------------ the operator's word


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[a]\nstatus = "live"\n'),
        ("[b]\ndelay = 9", '[b]\ndelay = 9\n\n[a]\nstatus = "live"\n'),
        ('[a] # một\nstatus = "draft" # chưa\n[b]\nstatus = "draft"\n', '[a] # một\nstatus = "live" # chưa\n[b]\nstatus = "draft"\n'),
        ('["a"]\ntls = "legacy"\n', '["a"]\nstatus = "live"\ntls = "legacy"\n'),
    ],
)
def test_live_is_written_and_the_rest_stays(before: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "sites.toml"
    path.write_text(before, encoding="utf-8")
    assert make_live(path, "a")
    assert path.read_text(encoding="utf-8") == after
    assert not make_live(path, "a")


def test_a_form_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sites.toml"
    path.write_text("a = { delay = 9 }\n", encoding="utf-8")
    with pytest.raises(NotWritten):
        make_live(path, "a")
    assert path.read_text(encoding="utf-8") == "a = { delay = 9 }\n"


def test_the_operators_registry_stands_over_the_packages(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.registry.mkdir()
    mended = 'name = "Sơn La mới"\nhosts = ["moi.example"]\n'
    (place.registry / "son-la.toml").write_text(mended, encoding="utf-8")
    (place.registry / "xa-mau.toml").write_text(mended.replace("moi", "xa"), encoding="utf-8")
    place.overrides.write_text('[xa-mau]\nstatus = "live"\n[ha-nam]\nstatus = "live"\n', encoding="utf-8")
    registry = load_registry(overrides=place.overrides)
    assert registry.site("son-la").name == "Sơn La mới" and registry.site("xa-mau").status == "live"
    assert len(registry.sites) == len(PACKAGE.sites) + 1
    assert load_registry(place.registry, overrides=place.overrides).by_key.keys() == {"son-la", "xa-mau"}  # [ha-nam] is of another one


# ------------------------------------------------------------------ new


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
    assert new_site("cong-mau", url, tmp_path, None, to=tmp_path / "moi", page=file) == 2, "the registry has that key"
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


def test_new_keeps_the_layout_of_a_clone(tmp_path: Path) -> None:
    (tmp_path / "crawler" / "sites").mkdir(parents=True)
    (tmp_path / "tests" / "sites").mkdir(parents=True)
    url, file = "https://mau.example/vi/news/thi-dua/bai-512.html", FOLDERS / "nukeviet" / "page.html"
    assert new_site("cong-mau", url, tmp_path / "data", None, to=tmp_path, page=file) == 0
    assert (tmp_path / "crawler" / "sites" / "cong-mau.toml").exists()
    assert {path.name for path in (tmp_path / "tests" / "sites" / "cong-mau").iterdir()} == {"page.html", "expected.json"}


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


def test_guesses_of_kind_and_province() -> None:
    domain = next(row["gov_domain"] for row in table("provinces") if row["name"] == "Hà Nam")
    assert kind_of("gì đó", domain) == "portal"
    assert kind_of("Sở Nội vụ tỉnh Hưng Yên", "sonv.hungyen.gov.vn") == kind_of("x", "soyte.hanoi.gov.vn") == "department"
    assert kind_of("Báo Sơn La", "baosonla.org.vn") == kind_of("x", "baosonla.example") == "newspaper"
    assert kind_of("UBND phường Phù Liễn", "phulien.haiphong.gov.vn") == "commune"
    assert kind_of("x", "mau.example") == "unknown"
    assert [span["name"] for span in spans("Hà Nam")] == ["Hà Nam", "Ninh Bình"]
    assert spans("Hà Nội") == [{"name": "Hà Nội"}] and spans(None) == []


def test_help_and_messages_in_both_languages(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "thidua.cli", "--lang", "vi", "sites", "check", "khong-co", "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "không có trang này" in done.stderr
    for key, message in say._messages().items():
        assert message.keys() == {"vi", "en"}, key
