"""A definition may say from when until when it holds: a site that moved or changed its make has one for each time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crawler.registry import Registry, load_registry
from crawler.site import SiteError
from data.archive import Archive
from schemas.article import Article
from schemas.page import UNKNOWN, Page
from tests.foreign_warc import Warc
from thidua import say
from thidua.commands import command
from thidua.crawling import Crawl, chosen
from thidua.exits import DONE, MISSED
from thidua.inputs import Given
from thidua.place import Place
from thidua.reading import article
from thidua.run import Run
from thidua.sites.listing import row_of

OLD = """name = "Cổng tỉnh mẫu (đến tháng 6 năm 2025)"
province = "Hà Nam"
status = "live"
valid_to = 2025-06-30
hosts = ["mau.example"]
start = ["https://mau.example/tin"]
[article]
url_regex = ['/Pages/']
[[layout]]
title = "h1.cu"
body = "div.cu"
"""
NEW = """name = "Cổng tỉnh mẫu"
province = "Ninh Bình"
status = "live"
valid_from = 2025-07-01
hosts = ["mau.example"]
start = ["https://mau.example/tin-moi"]
[article]
url_regex = ['-\\d+\\.html$']
[[layout]]
title = "h1.moi"
body = "div.moi"
"""
TEXT = "Sáng 12/3, Ủy ban nhân dân xã Mẫu sơ kết phong trào thi đua quý I, tặng Giấy khen cho 15 tập thể và 40 cá nhân có thành tích. " * 3
BOTH = f'<h1 class="cu">Tin cũ</h1><h1 class="moi">Tin mới</h1><div class="cu"><p>Cũ. {TEXT}</p></div><div class="moi"><p>Mới. {TEXT}</p></div>'


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "mau-cu.toml").write_text(OLD, encoding="utf-8")
    (folder / "mau.toml").write_text(NEW, encoding="utf-8")
    return folder


@pytest.fixture
def registry(sites: Path) -> Registry:
    return load_registry(sites)


def day(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}T17:30:00+00:00")  # half past midnight of the next day in Vietnam


@pytest.mark.parametrize(
    ("site", "fetched", "want"),
    [
        ("mau-cu", day("2020-01-01"), "mau-cu"),
        ("mau-cu", day("2025-06-29"), "mau-cu"),
        ("mau-cu", day("2025-06-30"), "mau"),  # it was July in Vietnam
        ("mau", day("2025-06-29"), "mau-cu"),  # fetched under a definition that was split later
        ("mau", day("2026-01-01"), "mau"),
        ("import", day("2019-01-01"), "mau-cu"),
        ("import", day("2026-01-01"), "mau"),
        ("import", UNKNOWN, "mau"),  # a file: nobody knows its day
    ],
)
def test_a_page_is_read_by_the_definition_of_its_day(registry: Registry, site: str, fetched: dt.datetime, want: str) -> None:
    url = "https://mau.example/Pages/tin-1.html"
    found = article(Page(site=site, url=url, final_url=url, fetched_at=fetched, status=200, body=BOTH.encode()), registry)
    assert isinstance(found, Article)
    assert (found.site, found.title, found.province) == {
        "mau-cu": ("mau-cu", "Tin cũ", "Hà Nam"),
        "mau": ("mau", "Tin mới", "Ninh Bình"),
    }[want]


def test_a_page_of_a_day_that_no_definition_has_is_read_by_its_own(sites: Path) -> None:
    (sites / "mau.toml").unlink()
    url = "https://mau.example/Pages/tin-1.aspx"
    page = Page(site="mau-cu", url=url, final_url=url, fetched_at=day("2026-01-01"), status=200, body=BOTH.encode())
    found = article(page, load_registry(sites))
    assert isinstance(found, Article) and found.site == "mau-cu"


def test_a_closed_definition_is_not_crawled(
    registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(say, "_language", ["en"])
    run = Run(Place(tmp_path), registry, held=-1)
    assert [site.key for site in chosen(run, Crawl())] == ["mau"]
    assert capsys.readouterr().err == "", "closed is closed: nobody needs to hear of it each time"
    assert [site.key for site in chosen(run, Crawl(keys=("mau-cu", "mau")))] == ["mau"]
    assert "mau-cu: the definition holds from … to 2025-06-30 only" in capsys.readouterr().err
    assert (row_of(registry.site("mau-cu"))[1], row_of(registry.site("mau"))[1]) == ("closed", "live")


def test_the_operator_closes_a_site(sites: Path, tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text("[mau]\nvalid_to = 2026-01-31\n", encoding="utf-8")
    assert command("crawl", tmp_path, sites, crawl=Crawl(keys=("mau",))) == MISSED
    assert not (tmp_path / "archive").exists()


def test_history_is_taken_by_the_definition_of_its_day(sites: Path, tmp_path: Path) -> None:
    body, path = BOTH.encode(), tmp_path / "old.warc.gz"
    warc = Warc().add("https://mau.example/Pages/tin-2.aspx", body, at="2019-06-18T00:44:26Z")
    warc.add("https://mau.example/tin-3.html", body, at="2025-12-01T00:00:00Z")
    path.write_bytes(warc.add("https://mau.example/gioi-thieu", body).out.getvalue())
    assert command("import", tmp_path, sites, paths=[str(path)], given=Given()) == DONE
    kept = [(fetch.site, fetch.url.rpartition("/")[2]) for fetch in Archive(tmp_path / "archive").pages()]
    assert kept == [("mau-cu", "tin-2.aspx"), ("mau", "tin-3.html")]


def test_a_definition_does_not_end_before_it_begins(sites: Path) -> None:
    (sites / "mau.toml").write_text(
        NEW.replace("valid_from = 2025-07-01", "valid_from = 2025-07-01\nvalid_to = 2025-06-01"), encoding="utf-8"
    )
    with pytest.raises(SiteError, match="is before `valid_from`"):
        load_registry(sites)
