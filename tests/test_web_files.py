"""Tables and answers as files: CSV without formulas, Excel, Parquet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import lxml.etree
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from starlette.testclient import TestClient
from web_place import keep, reading, web_place

import data.spreadsheets
from data.publish import open_published
from data.spreadsheets import FORMS, write_csv, write_xlsx

FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://evil.example")', "＝1", "=cmd|' /C calc'!A0"]
SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = web_place(tmp_path_factory.mktemp("files"))
    keep(folder, [reading(200 + number, title=words) for number, words in enumerate(FORMULAS)])
    return folder


def names(place: Path) -> list[str]:
    with open_published(place / "news.duckdb") as con:
        return [name for (name,) in con.execute("select table_name from information_schema.tables order by all").fetchall()]


def sheet(content: bytes) -> tuple[list[list[str]], bytes]:
    """The cells of the first sheet of an Excel file as text, and its XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        xml = book.read("xl/worksheets/sheet1.xml")
    tree = lxml.etree.fromstring(xml)
    rows = [["".join(cell.itertext()) for cell in row.findall("m:c", SPACE)] for row in tree.iterfind(".//m:row", SPACE)]
    return rows, xml


SOME = ("award_counts", "articles", "counts", "meta", "aliases")


@pytest.mark.parametrize("some", [pytest.param(SOME, id="some"), pytest.param(None, id="all", marks=pytest.mark.slow)])
@pytest.mark.parametrize("form", FORMS)
def test_every_table_and_view_comes_in_every_form(client: TestClient, place: Path, form: str, some: tuple[str, ...] | None) -> None:
    for name in some or names(place):
        got = client.get(f"/download/{name}.{form}")
        assert got.status_code == 200, name
        assert got.headers["Content-Disposition"] == f'attachment; filename="{name}.{form}"'
        assert int(got.headers["Content-Length"]) == len(got.content) > 0
        with open_published(place / "news.duckdb") as con:
            rows = con.execute(f'select count(*) from "{name}"').fetchall()[0][0]
        match form:
            case "csv":
                assert len(list(csv.reader(io.StringIO(got.content.decode("utf-8-sig"), newline="")))) == rows + 1, name
            case "xlsx":
                assert len(sheet(got.content)[0]) == rows + 1, name
            case _:
                assert parquet.read_table(io.BytesIO(got.content)).num_rows == rows, name


def test_no_cell_is_a_formula(client: TestClient) -> None:
    got = client.get("/download/articles.csv").content
    assert got.startswith(b"\xef\xbb\xbf"), "by the mark Excel knows UTF-8"
    rows = list(csv.DictReader(io.StringIO(got.decode("utf-8-sig"), newline="")))
    assert {f"'{words}" for words in FORMULAS} <= {row["title"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell and cell[0] in "=+-@\t\r\n＝"]
    cells, xml = sheet(client.get("/download/articles.xlsx").content)
    assert b"<f>" not in xml and b"hyperlink" not in xml.lower().replace(b"=hyperlink", b"")
    assert {"=1+1", "@SUM(1)"} <= {cell for row in cells for cell in row}, "a text is a text in Excel: nothing is put before it"
    kept = parquet.read_table(io.BytesIO(client.get("/download/articles.parquet").content))
    assert set(FORMULAS) <= set(kept["title"].to_pylist()), "Parquet is as it was"


def test_an_answer_comes_as_a_file_too(client: TestClient) -> None:
    query = "select 'Đắk Lắk' as tỉnh, 1250 as số, date '2024-03-04' as ngày, ['a', 'b'] as những, '=1' as \"=2\", null as không"
    got = client.get("/sql/answer.csv", params={"q": query})
    assert list(csv.reader(io.StringIO(got.content.decode("utf-8-sig")))) == [
        ["tỉnh", "số", "ngày", "những", "'=2", "không"],
        ["Đắk Lắk", "1250", "2024-03-04", "a, b", "'=1", ""],
    ]
    rows, _ = sheet(client.get("/sql/answer.xlsx", params={"q": query}).content)
    assert rows[1][:3] == ["Đắk Lắk", "1250", str((dt.date(2024, 3, 4) - dt.date(1899, 12, 30)).days)]
    table = parquet.read_table(io.BytesIO(client.get("/sql/answer.parquet", params={"q": query}).content))
    assert table.schema.field("ngày").type == pa.date32()
    assert client.get("/sql/answer.csv", params={"q": "drop table articles"}).status_code == 400
    assert client.get("/sql/answer.csv", params={"q": query}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400


def test_a_sheet_says_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data.spreadsheets, "SHEET_ROWS", 3)
    reader = pa.table({"a": list(range(10))}).to_reader()
    file = io.BytesIO()
    write_xlsx(reader, file)
    rows, _ = sheet(file.getvalue())
    assert [row[0] for row in rows[:3]] == ["a", "0", "1"] and "more rows" in rows[3][0] and len(rows) == 4


def test_odd_values_are_written(client: TestClient) -> None:
    query = (
        "select 170141183460469231731687303715884105727::hugeint as a, 'nan'::double as b, date '1066-10-14' as c, interval 3 day as d, '\\x00'::blob as e,"
        " {'x': [1, null]} as f, map {'k': 1} as g, uuid() as h, time '01:02:03' as i, timestamptz '2024-01-01 00:00:00+07' as j, repeat('x', 40000) as k, true as l"
    )
    for form in FORMS:
        got = client.get(f"/sql/answer.{form}", params={"q": query})
        assert got.status_code == 200 and got.content, form


def test_names_of_columns_may_repeat() -> None:
    file = io.BytesIO()
    write_csv(pa.RecordBatch.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]).schema.empty_table().to_reader(), file)
    assert file.getvalue().decode("utf-8-sig") == "a,a\r\n"
