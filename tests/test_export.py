"""`thidua export`: each form opened by a reader that is not ours; killed, it leaves what was there."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import lxml.etree
import pyarrow.dataset
import pyarrow.parquet
import pytest
from hostile_strings import STRINGS, spoil
from web_place import keep, reading, web_place

import data.export
import data.spreadsheets
from data.export import ABOUT, FORMS, export, tables_of
from schemas.reading import Reading
from thidua import say
from thidua.exits import DONE, FAILED, MISSED, USAGE
from thidua.exporting import export_tables

pytestmark = pytest.mark.slow

SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
UNDATED = 77


def undated() -> Reading:
    return Reading.model_validate({**reading(UNDATED).model_dump(mode="json"), "published_at": None})


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of 2024 and 2025, one that tells no day; not to be written to."""
    folder = web_place(tmp_path_factory.mktemp("place"))
    keep(folder, [undated()])
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with a hostile string in every text."""
    folder = tmp_path_factory.mktemp("hostile")
    keep(folder, [reading(number) for number in range(len(STRINGS))])
    facts = asked(folder, "from meta")
    spoil(folder / "news.duckdb")
    with duckdb.connect(str(folder / "news.duckdb")) as con:  # the names of its facts are of our own making
        con.execute("delete from meta")
        con.executemany("insert into meta values (?, ?)", facts)
    return folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    say.speak("en")
    yield
    say.speak(None)


def asked(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(folder / "news.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def exported(folder: Path, to: Path, *names: str, form: str | None = None, since: dt.date | None = None) -> int:
    return export_tables(to, names, form=form, since=since, data=folder)


def sheet(path: Path) -> list[list[str]]:
    """The cells of the first sheet of an Excel file as text, and no formula in it."""
    with zipfile.ZipFile(path) as book:
        tree = lxml.etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not tree.findall(".//m:f", SPACE) and not tree.findall(".//m:hyperlink", SPACE)
    return [["".join(cell.itertext()) for cell in row.findall("m:c", SPACE)] for row in tree.iterfind(".//m:row", SPACE)]


def hashes(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


# ------------------------------------------------------------------ forms


def test_parquet_is_parted_by_year_and_tells_its_schema_and_licence(place: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    assert exported(place, to, "articles", "awards", "provinces", "award_counts") == DONE
    years = sorted(path.name for path in (to / "awards").iterdir())
    assert years == ["published_year=2024", "published_year=2025", "published_year=__HIVE_DEFAULT_PARTITION__"]
    for path in to.rglob("*.parquet"):
        told = {key.decode(): value.decode() for key, value in pyarrow.parquet.read_metadata(path).metadata.items()}
        assert told["schema"] == asked(place, "select value from meta where key = 'schema'")[0][0]
        assert told["content"] and told["release"] and "publishers" in told["licence"] and "cơ quan đăng tải" in told["licence"]
    by_duckdb = duckdb.execute("select published_year::varchar, count(*) from read_parquet($1, hive_partitioning = true) group by all order by all", [f"{to}/awards/**/*.parquet"]).fetchall()  # fmt: skip
    assert by_duckdb == asked(
        place, "select year(published_on)::varchar, count(*) from awards join articles using (article) group by all order by all"
    )
    table = pyarrow.dataset.dataset(to / "articles", partitioning="hive").to_table()
    assert sorted(table["text"].to_pylist()) == sorted(text for (text,) in asked(place, "select text from articles"))
    assert table.schema.field("published_on").type == pyarrow.date32()
    assert pyarrow.parquet.read_table(to / "provinces" / "provinces.parquet").num_rows == 119
    about = json.loads((to / ABOUT).read_text(encoding="utf-8"))
    assert about["tables"]["awards"] == len(asked(place, "from awards")) and about["schema"] and "since" not in about


def test_csv_opens_in_excel_with_its_accents(place: Path, tmp_path: Path) -> None:
    assert exported(place, tmp_path / "out.csv", "articles") == DONE
    content = (tmp_path / "out.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "by the mark Excel knows UTF-8"
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))
    assert sorted(row["title"] for row in rows) == sorted(title for (title,) in asked(place, "select title from articles"))
    told = duckdb.execute("select province from read_csv($1) where title like 'Thái%'", [str(tmp_path / "out.csv")]).fetchall()
    assert told == [("Thái Nguyên",)]


def test_excel_and_json_lines_say_the_same(place: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    assert exported(place, to, "counts", "articles", form="jsonl") == DONE
    rows = [json.loads(line) for line in (to / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    first = next(row for row in rows if row["published_on"] == "2025-09-03")
    assert first["published_at"] == "2025-09-03T09:00:00" and first["captions"] == []
    assert duckdb.execute("select count(*), sum(value) from read_json_auto($1)", [str(to / "counts.jsonl")]).fetchall() == asked(place, "select count(*), sum(value) from counts")  # fmt: skip
    assert exported(place, tmp_path / "counts.xlsx", "counts") == DONE
    cells = sheet(tmp_path / "counts.xlsx")
    assert cells[0][:2] == ["article", "row"] and len(cells) == 1 + len(asked(place, "from counts"))
    assert {"12 tập thể"} <= {cell for row in cells for cell in row}


@pytest.mark.parametrize("form", FORMS)
def test_hostile_strings_are_text_in_every_form(hostile: Path, tmp_path: Path, form: str) -> None:
    to = tmp_path / "out"
    tables = [table for table in tables_of(hostile / "news.duckdb").values() if not table.is_view]
    names = [table.name for table in tables]
    assert exported(hostile, to, *names, form=form) in (DONE, MISSED if form == "xlsx" else DONE)
    titles = [title for (title,) in asked(hostile, "select title from articles order by article")]
    assert len(set(titles)) > 190
    match form:
        case "parquet":
            kept = pyarrow.dataset.dataset(to / "articles", partitioning="hive").to_table().sort_by("article")["title"].to_pylist()
            assert kept == titles
        case "jsonl":
            kept = [json.loads(line)["title"] for line in (to / "articles.jsonl").read_bytes().split(b"\n") if line]
            assert kept == titles
        case "csv":
            rows = list(csv.DictReader((to / "articles.csv").open(encoding="utf-8-sig", newline="")))
            assert [row["title"] for row in rows] == [
                f"'{title}" if title.startswith(data.spreadsheets.FORMULA) else title for title in titles
            ]
            every = [
                cell for name in names for row in csv.reader((to / f"{name}.csv").open(encoding="utf-8-sig", newline="")) for cell in row
            ]
            assert not [cell for cell in every if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) and not cell[1:].replace(".", "").isdigit()]  # fmt: skip
        case _:
            assert {"=cmd|' /C calc'!A0", "@SUM(1)", "+1"} <= {cell for row in sheet(to / "articles.xlsx") for cell in row}
            assert [sheet(to / f"{name}.xlsx") for name in names]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_content_gives_the_same_bytes(place: Path, tmp_path: Path, form: str) -> None:
    names = [table.name for table in tables_of(place / "news.duckdb").values()]
    assert exported(place, tmp_path / "one", *names, form=form) == exported(place, tmp_path / "two", *reversed(names), form=form) == DONE
    one, two = hashes(tmp_path / "one"), hashes(tmp_path / "two")
    assert {name: value for name, value in one.items() if not name.endswith("json")} == {
        name: value for name, value in two.items() if not name.endswith("json")
    }
    assert len(one) > len(names) if form == "parquet" else len(one) == len(names) + 2
    other = tmp_path / "place"
    keep(other, [undated(), *(reading(number) for number in (1, 0))])  # the same articles in another order, without pages
    keep(tmp_path / "again", [reading(0), reading(1), undated()])
    for folder in (other, tmp_path / "again"):
        assert exported(folder, folder / "out", "awards", "counts", "dates", form=form) == DONE
    same = [
        {name: value for name, value in hashes(folder / "out").items() if "parquet" not in name} for folder in (other, tmp_path / "again")
    ]
    assert same[0] == same[1]


# ------------------------------------------------------------------ what is exported


def test_since_goes_by_the_day_of_the_article(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = dt.date(2025, 9, 3)
    wanted = {table: asked(place, f"select count(*) from {table} join articles using (article) where published_on >= '{day}'")[0][0] for table in ("awards", "dates", "positions")}  # fmt: skip
    for form in FORMS:
        assert (
            exported(place, tmp_path / form, "articles", "awards", "dates", "positions", "provinces", "stories", form=form, since=day)
            == DONE
        )
        about = json.loads((tmp_path / form / ABOUT).read_text(encoding="utf-8"))
        assert about["since"] == "2025-09-03"
        assert about["tables"] == {"articles": 1, **wanted, "provinces": 119, "stories": 1}
    assert "provinces: exported whole" in capsys.readouterr().err
    assert all(wanted.values())
    assert [path.name for path in (tmp_path / "parquet" / "awards").iterdir()] == ["published_year=2025"]
    assert exported(place, tmp_path / "none", "awards", since=dt.date(2030, 1, 1)) == DONE
    assert pyarrow.dataset.dataset(tmp_path / "none" / "awards", partitioning="hive").to_table().num_rows == 0


def test_all_tables_and_views_go_when_none_is_named(place: Path, tmp_path: Path) -> None:
    assert exported(place, tmp_path / "out", form="csv") == DONE
    names = {name for (name,) in asked(place, "select table_name from information_schema.tables")}
    assert {path.stem for path in (tmp_path / "out").glob("*.csv")} == names > {"award_counts", "awards"}


def test_what_cannot_be_is_said(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(tmp_path / "empty", tmp_path / "out", "awards") == FAILED
    assert exported(place, tmp_path / "out", "no_such_table") == USAGE
    assert "award_counts" in capsys.readouterr().err
    assert exported(place, tmp_path / "out.csv", "awards", "counts") == USAGE
    assert exported(place, tmp_path / "out.csv", "awards", form="xlsx") == USAGE
    own = tmp_path / "own"
    own.mkdir()
    (own / "thesis.txt").write_text("x", encoding="utf-8")
    assert exported(place, own, "awards") == USAGE
    assert (own / "thesis.txt").exists() and [*own.iterdir()] == [own / "thesis.txt"]
    assert not [path for path in tmp_path.iterdir() if path != own], "nothing is left behind"


def test_an_excel_sheet_that_is_too_small_is_said(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(data.spreadsheets, "SHEET_ROWS", 3)
    assert exported(place, tmp_path / "counts.xlsx", "counts") == MISSED
    monkeypatch.undo()
    monkeypatch.setattr(data.spreadsheets, "CELL", 20)
    assert exported(place, tmp_path / "texts.xlsx", "articles") == MISSED
    assert capsys.readouterr().err.count("were cut") == 2


# ------------------------------------------------------------------ stopped


class Stop(BaseException):
    """A kill, as far as a test within the process can tell."""


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_stopped_anywhere_it_leaves_what_was_there(place: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    to, tables = tmp_path / "out", tables_of(place / "news.duckdb")
    some = [tables[name] for name in ("awards", "provinces")]
    list(export(place / "news.duckdb", to, some, form=form))
    before = hashes(to)
    since = dt.date(2025, 1, 1)
    list(export(place / "news.duckdb", tmp_path / "whole", some, form=form, since=since))
    after = hashes(tmp_path / "whole")
    assert after != before
    for number, name in enumerate(("_table", "sync", "_put", "_exchange")):
        work = getattr(data.export, name)
        for late in (False, True):

            def stopped(*given: Any, work: Any = work, late: bool = late, **named: Any) -> Any:
                if late:
                    work(*given, **named)
                raise Stop

            monkeypatch.setattr(data.export, name, stopped)
            with pytest.raises(Stop):
                list(export(place / "news.duckdb", to, some, form=form, since=since))
            monkeypatch.setattr(data.export, name, work)
            whole = late and number >= 2
            assert hashes(to) == (after if whole else before), (name, late)
            if whole:
                list(export(place / "news.duckdb", to, some, form=form))
    asking = export(place / "news.duckdb", to, some, form=form, since=since)
    next(asking)
    asking.close()
    assert hashes(to) == before, "one that is not asked for its last table replaces nothing"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_folders_change_places_where_the_system_knows_no_exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name, encoding="utf-8")
    monkeypatch.setattr(data.export.ctypes, "CDLL", lambda *_, **__: object())
    data.export._exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "other" / "file").read_text(encoding="utf-8") == "one" and [*tmp_path.iterdir()] == [tmp_path / "other"]
