"""`thidua sites`: the table; a check with each of its endings, on pages served by this machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fault_server import Answer, Asked, FaultServer, answer
from sample_run import Sample, sample

from crawler.registry import load_registry
from data.rows import SiteCheck
from tests.site_pages import PACKAGE
from tests.small_site import CHALLENGE, DEFINITION, HOST, article, but, said, small
from thidua import say
from thidua.place import Place
from thidua.sites.check import check_site
from thidua.sites.going_live import NotWritten, make_live
from thidua.sites.listing import list_sites
from thidua.sites.registry import option_of
from thidua.steps import tell_missed

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_look_in_english")]


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with sample(tmp_path_factory.mktemp("registry")) as one:
        for file in one.registry.glob("*.toml"):
            file.write_text(file.read_text(encoding="utf-8").replace('= "live"', '= "draft"'), encoding="utf-8")
        yield one


def checked(folder: Path, handle: Callable[[Asked], Answer], *, definition: str = DEFINITION, live: bool = True) -> tuple[int, FaultServer]:
    """Exit status of a check of the small site, and what was asked of it."""
    registry = folder / "sites"
    registry.mkdir(exist_ok=True)
    with FaultServer({HOST: handle}) as server:
        text = definition.replace("{base}", f"http://{HOST}:{server.port}")
        (registry / "xa-mau.toml").write_text(text, encoding="utf-8")
        status = check_site("xa-mau", folder / "data", registry, articles=3, live=live)
    return status, server


# ------------------------------------------------------------------ list


def test_the_list_shows_every_site_once_and_counts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert list_sites(tmp_path, None, kind=None, live=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1 : len(PACKAGE.sites) + 1]] == [site.key for site in PACKAGE.sites]
    assert "Hà Nam → Ninh Bình" in next(line for line in lines if line.startswith("ha-nam "))
    assert f"Sites: {len(PACKAGE.sites)} (0 live" in " ".join(lines)


def test_the_list_chooses(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text('[son-la]\nstatus = "live"\n', encoding="utf-8")
    assert list_sites(tmp_path, None, kind="portal", live=True) == 0
    assert "Sites: 1 (1 live, 0 draft)" in said(capsys)
    assert list_sites(tmp_path / "khac", None, kind="portal", live=False) == 0
    assert f"thidua sites check KEY --data {tmp_path / 'khac'}" in said(capsys)
    assert list_sites(tmp_path, None, kind="blog", live=False) == 2
    assert "newspaper" in said(capsys)


# ------------------------------------------------------------------ check


def test_a_good_site_goes_live_and_what_the_operator_wrote_stays(portals: Sample, tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text("# của tôi\n[mau-binh-phuoc]\ndelay = 0 # nhanh\n", encoding="utf-8")
    done = portals.thidua("sites", "check", "mau-binh-phuoc", data=tmp_path)
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "sites.toml").read_text(encoding="utf-8")
    assert written == '# của tôi\n[mau-binh-phuoc]\nstatus = "live"\ndelay = 0 # nhanh\n'
    assert "h1.title" in done.stdout and "3 of them were read whole" in done.stdout.replace("\n", " ")
    assert max(map(len, (line for line in done.stdout.splitlines() if "/" not in line))) <= 80
    assert sorted(path.name for path in (tmp_path / "check" / "mau-binh-phuoc").iterdir()) == [
        "article-1.html", "article-2.html", "article-3.html", "list-2.html", "list.html",
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
    assert "Mend `list.item`" not in told, "the selectors of the list met its links"


def test_addresses_come_before_selectors_where_neither_finds_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _ = checked(tmp_path, small, definition=DEFINITION.replace("/bai-", "/tin-bai-").replace("h3 a", "h4 a"))
    told = said(capsys)
    assert status == 3 and "1. http" in told and "it has 5 links on the site" in told and "/bai-1.html" in told
    assert told.index("none of their addresses fits `article.url_regex`") < told.index("Mend `list.link`")


def front(asked: Asked) -> Answer:
    """The small site where its list has a menu with two pages that are gone and one without text."""
    menu = "".join(f'<a href="/{name}">{name}</a>' for name in ("gioi-thieu", "lien-he", "so-do"))
    if asked.path == "/tin":
        return answer(f"<html><body><nav>{menu}</nav><h3><a href='/bai-1.html'>Bài 1</a></h3></body></html>")
    return answer("<html><body><p>Sơ đồ</p></body></html>") if asked.path == "/so-do" else small(asked)


def test_a_menu_taken_for_articles_is_named_with_its_cause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = DEFINITION[: DEFINITION.index("[list]")]
    assert checked(tmp_path, front, definition=bare)[0] == 3
    told = said(capsys)
    assert "1. http" in told and told.index("no `article.url_regex`, `list.item` or `list.link`") < told.index(
        "failed:http-404", told.index("To mend")
    )
    assert checked(tmp_path, front, definition=bare + '[list]\nlink = ["h3 a"]\n', live=False)[0] == 0
    assert "`list.item` or `list.link`" not in said(capsys)


def test_a_list_without_a_next_page_says_that_only_the_first_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(tmp_path, small, live=False)
    assert "next – → only the first page of the list will be read: the definition has no [next]" in said(capsys)
    checked(tmp_path, small, definition=DEFINITION + '[next]\ntype = "link"\nlink = "a.sau"\n', live=False)
    assert "[next] (type link) found no further one" in said(capsys)
    checked(tmp_path, small, definition=DEFINITION + '[next]\ntype = "param"\nname = "p"\n', live=False)
    assert "only the first page" not in said(capsys)


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


def test_the_next_command_names_the_folders_that_are_not_the_default(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checked(tmp_path, small)[0] == 0
    assert f"Next: thidua run xa-mau --sites {tmp_path / 'sites'} --data {tmp_path / 'data'}" in said(capsys)
    assert check_site("ha-nan", tmp_path / "khac", None, articles=3, live=True) == 2
    assert f"thidua sites list --data {tmp_path / 'khac'}" in said(capsys)
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path / "data"))
    assert option_of(None, Place(tmp_path / "data")) == "" and option_of(Path("a b"), Place.of(None)) == " --sites 'a b'"


def test_what_a_site_missed_is_told_with_a_page_only_where_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    missed = SiteCheck.model_validate({"run": "r", "site": "xa-mau", "class": "dns", "detail": "closed for this run: dns"})
    tell_missed(missed)
    assert said(capsys) == "xa-mau: degraded, dns: closed for this run: dns; the last good data stays"
    tell_missed(missed.model_copy(update={"field": "body", "selectors": (".a", ".b"), "url": "https://x.example/1", "page": "p1"}))
    assert "dns: body (.a, .b) closed for this run: dns; look at https://x.example/1 (`fetches`.`page` = p1); the last" in said(capsys)


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


def test_help_and_messages_in_both_languages(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "thidua.cli", "--lang", "vi", "sites", "check", "khong-co", "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "không có trang này" in done.stderr
    for key, message in say._messages().items():
        assert message.keys() == {"vi", "en"}, key
