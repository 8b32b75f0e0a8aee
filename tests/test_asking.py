"""`thidua import`, `extract`, `publish`, `sql`, `show`, `status` on a handful of articles, and the same from Python."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import thidua
from data.ask import select
from thidua.show import Mark, page, pieces

ARTICLES = [
    {
        "id": "mot",
        "title": "Xã Hòa Lộc trao Giấy khen",
        "published_at": "2023-05-06",
        "province": "Hà Nam",
        "text": "Xã Hòa Lộc trao Giấy khen\nNgày 5/5, UBND xã Hòa Lộc tặng Giấy khen cho 12 tập thể và hơn 30 cá nhân. "
        "Ông Lò Văn Mẫu, Chủ tịch UBND xã dự và phát biểu.",
    },
    {
        "id": "hai",
        "title": "=HYPERLINK(1) <script>alert(1)</script>",
        "published_at": "2023-06-07T08:00:00+07:00",
        "province": "Sơn La",
        "text": "Ngày 6/6/2023, Chủ tịch UBND tỉnh tặng Bằng khen cho 3 hộ gia đình <b>hiến đất</b>.",
    },
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("asked")
    (folder / "articles.jsonl").write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in ARTICLES), encoding="utf-8")
    for command in (["import", str(folder / "articles.jsonl")], ["extract"], ["publish"]):
        assert run(*command, data=folder / "var").returncode == 0
    yield folder / "var"


def run(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "thidua.cli", "--lang", "en", *arguments, "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_counts_stand_with_their_words(data: Path) -> None:
    done = run("sql", "select province, value, comparator, award, quote from award_counts order by value", "--json", data=data)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["province"], row["value"], row["comparator"], row["award"]) for row in rows] == [
        ("Sơn La", 3, "eq", "certificate_of_merit"),
        ("Hà Nam", 12, "eq", "certificate_of_commendation"),
        ("Hà Nam", 30, "gt", "certificate_of_commendation"),
    ]
    assert "hơn 30 cá nhân" in rows[2]["quote"]


def test_a_formula_is_no_formula_in_csv(data: Path) -> None:
    done = run("sql", "select title from articles where title like '=%'", "--csv", data=data)
    assert done.stdout.splitlines()[1].startswith("'=")


@pytest.mark.parametrize(
    "query",
    [
        "drop table articles",
        "select 1; select 2",
        "copy articles to '/tmp/out.csv'",
        "attach 'x.db'",
        "select * from read_text('/etc/passwd')",
        "selct 1",
        "set threads = 1",
    ],
)
def test_only_a_select_on_the_file_itself(data: Path, query: str) -> None:
    done = run("sql", query, data=data)
    assert done.returncode == 1
    assert done.stderr.strip() and "Traceback" not in done.stderr


def test_import_twice_changes_nothing(data: Path) -> None:
    before = thidua.open(data).sql("select count(*) from pages").fetchall()
    assert run("import", str(data.parent / "articles.jsonl"), data=data).returncode == 0
    assert run("extract", data=data).returncode == 0
    assert run("publish", data=data).returncode == 0
    assert thidua.open(data).sql("select count(*) from pages").fetchall() == before


def test_show_marks_the_records_and_its_page_is_inert(data: Path) -> None:
    con = thidua.open(data)
    ((key,),) = con.sql("select article from articles where title like '=%'").fetchall()
    shown = run("show", key, data=data)
    assert shown.returncode == 0
    assert "3 hộ gia đình" in shown.stdout
    target = data.parent / "page.html"
    assert run("show", key, "--html", str(target), data=data).returncode == 0
    html = target.read_text(encoding="utf-8")
    assert "<script>alert" not in html and "<b>hiến" not in html and "&lt;b&gt;" in html
    assert run("show", "nothing", data=data).returncode == 1


def test_status_names_each_site(data: Path) -> None:
    assert "ha-nam" in run("status", "--all", data=data).stdout


def test_before_the_first_publish(tmp_path: Path) -> None:
    done = run("sql", "select 1", data=tmp_path)
    assert done.returncode == 1
    assert "thidua demo" in done.stderr
    with pytest.raises(FileNotFoundError, match="thidua demo"):
        thidua.open(tmp_path)


def test_the_published_file_is_read_by_older_clients_and_never_locked(data: Path) -> None:
    with duckdb.connect(str(data / "news.duckdb"), read_only=True) as one, duckdb.connect(str(data / "news.duckdb"), read_only=True) as two:
        assert one.sql("select count(*) from articles").fetchall() == two.sql("select count(*) from articles").fetchall()
    assert select(data / "news.duckdb", "select count(*) as n from articles").one() == {"n": 2}


def test_pieces_are_the_text() -> None:
    text = "abcdef"
    marks = [Mark(0, 3, "dates", "x"), Mark(2, 5, "counts", "y"), Mark(2, 5, "counts", "y")]
    found = list(pieces(text, marks))
    assert "".join(piece for piece, _ in found) == text
    assert [len(covering) for _, covering in found] == [1, 2, 1, 0]
    assert "&lt;" in page("<t>", [], "<x>", [], [])
