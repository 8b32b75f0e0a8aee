"""`thidua status` in a terminal's width; pages that are no articles can be found."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from data.ask import Answer, select
from tests.small_site import said
from thidua.asking import show_article
from thidua.commands import command
from thidua.extracting import SHOWN
from thidua.inputs import Given
from thidua.status_table import print_status

pytestmark = pytest.mark.usefixtures("quick_look_in_english")

COLUMNS = ("site", "status", "health", "missed", "addresses", "articles", "newest_article", "last_fetch")
DAY = dt.date(2026, 11, 18)
ROWS = [
    ("bao-mau", "live", "ok", None, 120, 118, DAY, DAY),
    ("ban-thi-dua-khen-thuong-trung-uong", "draft", "degraded", "layout: body", 3, 0, None, DAY),
    ("chua-tai", "draft", None, None, 0, 0, None, None),
    ("moi-live", "live", None, None, 0, 0, None, None),
]


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_the_status_is_a_table_of_sites_that_were_crawled_or_are_live(capsys: pytest.CaptureFixture[str]) -> None:
    found = Answer(COLUMNS, ROWS)
    assert print_status(found, (), everything=False) == 0
    told = lines(capsys)
    assert max(map(len, told)) <= 80
    assert told[0].split() == ["site", "status", "health", "articles", "newest", "fetched"]
    assert told[1].split() == ["bao-mau", "live", "ok", "118", "2026-11-18", "2026-11-18"]
    assert " ".join(told[2:4]).split() == ["ban-thi-dua-khen-thuong-trung-uong", "draft", "degraded", "0", "2026-11-18"]
    assert [line.split()[0] for line in told[4:]] == ["moi-live"]
    print_status(found, (), everything=True)
    assert "chua-tai" in "\n".join(lines(capsys))


def test_a_site_by_its_key_tells_all(capsys: pytest.CaptureFixture[str]) -> None:
    found = Answer(COLUMNS, ROWS)
    assert print_status(found, ["ban-thi-dua-khen-thuong-trung-uong"], everything=False) == 0
    assert "missed  layout: body" in (told := "\n".join(lines(capsys))) and "bao-mau" not in told
    assert print_status(found, ["khong-co"], everything=False) == 2


def test_pages_that_are_no_articles_are_told_and_can_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / f"trang-{number}.html" for number in range(SHOWN + 2)]
    for number, file in enumerate(files):
        file.write_text(f"<html><body><p>Số {number}</p></body></html>", encoding="utf-8")
    data = tmp_path / "data"
    command("import", data, None, paths=[str(file) for file in files], given=Given())
    capsys.readouterr()
    assert command("extract", data, None) == 0
    told = said(capsys)
    assert told.count("import no_body (no text on the page) file:trang-") == SHOWN
    query = "select site, reason, url from pages where outcome = 'reject'"
    assert f'… and 2 more: thidua sql "{query}"' in told
    assert command("publish", data, None) == 0
    rows = select(data / "news.duckdb", query).rows
    assert len(rows) == SHOWN + 2
    capsys.readouterr()
    assert show_article(rows[0][2], data, None) == 1
    assert "but it is no article: no_body" in (told := said(capsys)) and rows[0][2] in told
    assert show_article("https://khong.example/", data, None) == 1
    assert "no such article" in said(capsys)
