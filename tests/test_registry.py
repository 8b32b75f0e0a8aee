"""A broken file of an operator stops no other site; messages say what to write; an own site goes into a clone."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.registry import load_registry
from crawler.site import SiteError
from tests.site_pages import FOLDERS
from tests.small_site import said
from thidua.commands import command
from thidua.crawling import Crawl
from thidua.exits import DONE, MISSED, USAGE
from thidua.inputs import Given
from thidua.place import Place
from thidua.sites.check import check_site
from thidua.sites.listing import list_sites
from thidua.sites.new import new_site

pytestmark = pytest.mark.usefixtures("quick_look_in_english")

GOOD = 'name = "Xã Mẫu"\nprovince = "Sơn La"\nhosts = ["mau.example"]\nstart = ["https://mau.example/tin"]\n'
NUKEVIET, URL = FOLDERS / "nukeviet" / "page.html", "https://mau.example/vi/news/thi-dua/bai-512.html"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An operator's folder with a sound site and one that is none."""
    found = Place(tmp_path / "data")
    found.registry.mkdir(parents=True)
    (found.registry / "xa-tot.toml").write_text(GOOD, encoding="utf-8")
    (found.registry / "xa-hong.toml").write_text(GOOD + "khong = co\n", encoding="utf-8")
    return found


def test_a_broken_file_is_left_out_and_the_others_go_on(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.overrides.write_text('[xa-hong]\nstatus = "live"\n', encoding="utf-8")
    registry = load_registry(overrides=place.overrides)
    assert "xa-tot" in registry.by_key and registry.broken.keys() == {"xa-hong"}
    assert command("extract", place.folder, None) == MISSED
    assert "registry/xa-hong.toml" in (told := said(capsys)) and "the others go on" in told and "Read 0 pages" in told
    assert list_sites(place.folder, None, kind=None, live=False) == MISSED
    assert "xa-tot" in said(capsys)
    assert check_site("xa-hong", place.folder, None, articles=3, live=True) == USAGE
    assert command("run", place.folder, None, crawl=Crawl(keys=("xa-hong",))) == USAGE
    assert "xa-hong.toml" in said(capsys)
    assert command("rebuild", place.folder, None) == USAGE, "a store made anew would lose its articles"


def test_pages_of_a_site_that_is_left_out_wait_for_its_definition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = Place(tmp_path / "data")
    place.registry.mkdir(parents=True)
    definition = place.registry / "xa-tot.toml"
    definition.write_text(GOOD, encoding="utf-8")
    given = Given(url="https://mau.example/tin/1.html", site="xa-tot")
    assert command("import", place.folder, None, paths=[str(NUKEVIET)], given=given) == 0
    definition.write_text("name = \n", encoding="utf-8")
    assert command("extract", place.folder, None) == MISSED
    assert "Read 0 pages" in said(capsys)
    definition.write_text(GOOD, encoding="utf-8")
    assert command("extract", place.folder, None) == DONE
    assert "Read 1 pages" in said(capsys)


def test_a_broken_platform_takes_only_its_sites_along(place: Place) -> None:
    (place.registry / "platforms").mkdir()
    (place.registry / "platforms" / "rieng.toml").write_text("name = 1\n", encoding="utf-8")
    (place.registry / "xa-rieng.toml").write_text('platform = "rieng"\n' + GOOD, encoding="utf-8")
    registry = load_registry(overrides=place.overrides)
    assert registry.broken.keys() == {"platforms/rieng", "xa-hong", "xa-rieng"} and "xa-tot" in registry.by_key


def test_files_named_by_hand_are_still_refused(place: Place) -> None:
    with pytest.raises(SiteError, match=r"xa-hong\.toml"):
        load_registry(place.registry)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("mau", GOOD.replace('hosts = ["mau.example"]\n', ""), '`hosts` is missing: write hosts = ["mau.example"]'),
        ("mau", GOOD.replace('["https://mau.example/tin"]', '"https://mau.example/tin"'), "write start = ["),
        ("mau", GOOD + 'feeds = "https://mau.example/rss"\n', "write feeds = ["),
        ("mau", GOOD.replace("https://mau.", "https://khac."), "lies on none of `hosts` (mau.example); add its host there"),
        (
            "mau",
            GOOD.replace("Sơn La", "Son La"),
            "`province` = 'Son La': is no province of schemas/tables/provinces.csv; did you mean 'Sơn La'?",
        ),
        ("xã mẫu", GOOD, "the file's name is the key of the site, small ASCII letters, digits and hyphens: rename it to xa-mau.toml"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_write(name: str, text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SiteError) as error:
        load_registry(tmp_path)
    assert message in str(error.value) and f"{name}.toml" in str(error.value)


def test_an_address_in_the_place_of_a_key_names_its_site(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_site("https://mau.example/tin/1.html", place.folder, None, articles=3, live=True) == USAGE
    assert "the key of a site is wanted, not an address. Sites of that address: xa-tot" in said(capsys)


# ------------------------------------------------------------------ where `new` writes


def test_an_own_site_is_taken_over_into_a_clone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, clone = Place(tmp_path / "data"), tmp_path / "clone"
    for folder in (clone / "crawler" / "sites", clone / "tests" / "sites", place.registry / "platforms"):
        folder.mkdir(parents=True)
    assert new_site("cong-mau", URL, place.folder, None, to=None, page=NUKEVIET) == 0
    definition = place.registry / "cong-mau.toml"
    definition.write_text(definition.read_text(encoding="utf-8").replace('"nukeviet"', '"rieng"') + "# đã sửa\n", encoding="utf-8")
    (place.registry / "platforms" / "rieng.toml").write_text('name = "Riêng"\n', encoding="utf-8")
    capsys.readouterr()
    assert new_site("cong-mau", URL, place.folder, None, to=clone, page=None) == 0
    assert "is taken over, nothing is fetched" in said(capsys)
    assert (clone / "crawler" / "sites" / "cong-mau.toml").read_bytes() == definition.read_bytes()
    assert (clone / "crawler" / "platforms" / "rieng.toml").exists()
    assert (clone / "tests" / "sites" / "cong-mau" / "page.html").read_bytes() == NUKEVIET.read_bytes()
    assert new_site("cong-mau", URL, place.folder, None, to=clone, page=None) == USAGE, "nothing is written over"
    (place.registry / "cong-mau" / "page.html").unlink()
    assert new_site("cong-mau", URL, place.folder, None, to=tmp_path / "moi", page=None) == 0
    assert "page.html: it is not there" in said(capsys)


def test_a_registry_apart_is_made_and_named_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    apart = tmp_path / "danh bạ"
    assert check_site("cong-mau", tmp_path, apart, articles=3, live=True) == USAGE
    assert f"thidua sites new KEY URL --sites {apart}" in said(capsys)
    assert new_site("cong-mau", URL, tmp_path, apart, to=None, page=NUKEVIET) == 0
    assert (apart / "cong-mau.toml").exists() and f"thidua sites check cong-mau --sites '{apart}'" in said(capsys)
    assert check_site("cong-khac", tmp_path, apart, articles=3, live=True) == USAGE
    assert f"thidua sites list --sites '{apart}'" in said(capsys)
    assert list_sites(tmp_path, apart, kind=None, live=False) == 0
    assert f"thidua sites check KEY --sites '{apart}'" in said(capsys)
    assert command("run", tmp_path, apart, crawl=Crawl()) == MISSED
    assert f"`thidua run KEY --sites '{apart}' --data {tmp_path}`" in said(capsys)
