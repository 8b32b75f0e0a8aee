"""What is told of the published data for other tools: docs/tables.md, JSON Schemas, datapackage.json; none is stale, and all of it is true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest
from sample_run import Sample
from samples import fill, reading

import data.manual
from data import export, package
from data.dictionary import tables_of
from data.publish import open_published
from schemas import json_schema
from schemas.tables import award_types

DOCS = Path(__file__).parent.parent / "docs"
ARROW = {
    "string": "string",
    "integer": "int",
    "number": "double",
    "boolean": "bool",
    "date": "date32",
    "datetime": "timestamp",
    "array": "list",
    "object": ("struct", "map"),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole data folder; tests only read it."""
    return fill(tmp_path_factory.mktemp("var"), 4)


def packed(place: Path) -> dict[str, Any]:
    folder = place / "export" / "parquet"
    found: dict[str, Any] = json.loads((folder / package.NAME).read_text(encoding="utf-8"))
    return found


def test_the_pages_of_the_published_file_are_not_stale() -> None:
    for name, text in data.manual.texts().items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, f"docs/{name}: run: python -m data.manual docs"


def test_the_schemas_of_records_are_not_stale() -> None:
    for name, text in json_schema.texts().items():
        assert (DOCS / "schemas" / name).read_text(encoding="utf-8") == text, f"{name}: run: python -m schemas.json_schema docs/schemas"
    assert {path.name for path in (DOCS / "schemas").iterdir()} == {*json_schema.texts(), package.NAME}


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of a JSON value."""
    if isinstance(tree, dict):
        yield tree
    for one in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes(one)


def test_a_schema_holds_every_field_that_is_written() -> None:
    schema = json_schema.schema(json_schema.Reading)
    line = json.loads(reading(1).model_dump_json())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(line) == set(schema["properties"])
    assert set(line["awards"][0]) == set(schema["$defs"]["Award"]["properties"]) >= {"class", "rule"}
    assert schema["$defs"]["Award"]["properties"]["type"]["enum"] == list(award_types())
    assert {node["$ref"].removeprefix("#/$defs/") for node in nodes(schema) if "$ref" in node} == set(schema["$defs"])
    assert all("description" in told for model in schema["$defs"].values() for told in model.get("properties", {}).values())


def test_an_independent_validator_takes_what_is_written() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    validator = jsonschema.Draft202012Validator(json_schema.schema(json_schema.Reading))
    line = json.loads(reading(1).model_dump_json())
    validator.validate(line)
    assert not validator.is_valid({**line, "awards": [{**line["awards"][0], "type": "golden_star"}]})


def test_the_package_tells_of_every_file_and_column(place: Path) -> None:
    folder, told = place / "export" / "parquet", packed(place)
    assert {one["path"] for one in told["resources"]} == {path.name for path in folder.glob("*.parquet")}
    for one in told["resources"]:
        columns = parquet.read_schema(folder / one["path"])
        fields = one["schema"]["fields"]
        assert [field["name"] for field in fields] == columns.names, one["name"]
        for field, kind in zip(fields, columns.types, strict=True):
            assert str(kind).lstrip("u").startswith(ARROW[field["type"]]), (one["name"], field, kind)
        assert one["description"]
    with open_published(place / "news.duckdb") as con:
        meta = dict(con.table("meta").fetchall())
    assert (told["version"], told["schema_version"], told["content"]) == (meta["release"], meta["schema"], meta["content"])
    assert told["sources"] == [{"title": "Báo mẫu Sơn La", "path": "https://mau.example/"}]


def test_an_export_tells_of_its_files_too(place: Path, tmp_path: Path) -> None:
    for form in ("parquet", "csv"):
        chosen = [table for name, table in export.tables_of(place / "news.duckdb").items() if name in ("counts", "award_counts")]
        assert len(list(export.export(place / "news.duckdb", tmp_path / form, chosen, form=form))) == 2
        counts = {one["name"]: one for one in json.loads((tmp_path / form / package.NAME).read_text(encoding="utf-8"))["resources"]}[
            "counts"
        ]
        assert (tmp_path / form / counts["path"]).is_file() and counts["format"] == form
        (units,) = [field["type"] for field in counts["schema"]["fields"] if field["name"] == "units"]
        assert units == ("array" if form == "parquet" else "string")


def broken_keys(place: Path) -> list[str]:
    """Primary keys that name two rows or none, foreign keys that lead nowhere, of all tables and views."""
    found = []
    with open_published(place / "news.duckdb") as con:
        for one in package.package(con, {table.name: [f"{table.name}.parquet"] for table in tables_of(con)})["resources"]:
            name, schema = one["name"], one["schema"]
            for unique in [*schema.get("uniqueKeys", ()), *([schema["primaryKey"]] if "primaryKey" in schema else ())]:
                key = ", ".join(f'"{column}"' for column in unique)
                doubled = con.sql(f'select {key} from "{name}" group by all having count(*) > 1').fetchall()
                found += [f"{name} ({key}): {row}" for row in doubled]
            for column in schema.get("primaryKey", ()):
                lost = con.sql(f'from "{name}" where "{column}" is null').fetchall()
                found += [f"{name}.{column} is null: {row}" for row in lost]
            for foreign in schema.get("foreignKeys", ()):
                columns, other = foreign["fields"], foreign["reference"]
                meets = " and ".join(f'a."{left}" = b."{right}"' for left, right in zip(columns, other["fields"], strict=True))
                whole = " and ".join(f'a."{column}" is not null' for column in columns)
                rows = con.sql(f'from "{name}" as a anti join "{other["resource"] or name}" as b on {meets} where {whole}').fetchall()
                found += [f"{name} {columns} -> {other}: {row}" for row in rows[:3]]
    return found


def test_keys_name_one_row_and_lead_to_one(place: Path) -> None:
    assert broken_keys(place) == []


@pytest.mark.slow
def test_keys_hold_on_the_sample_portals(served: Sample, tmp_path: Path) -> None:
    done = served.thidua("run", *served.addresses, data=tmp_path)
    assert done.returncode == 0, done.stderr
    assert broken_keys(tmp_path) == []
