"""Reference tables: award types, awards of the law, provinces then and now and their places on a tile map, districts until 2025, titles, bodies, documents.

Each is a CSV file beside this one; a cell that holds several values parts them with `;`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

Row = Mapping[str, str]


class Tile(NamedTuple):
    """Where a province stands on the tile map of its era: column from the west, row from the north, from 0."""

    label: str  # short enough for a tile
    column: int
    row: int


@cache
def table(name: str) -> tuple[Row, ...]:
    """Rows of schemas/tables/<name>.csv, in order, each column -> cell."""
    text = files("schemas.tables").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(MappingProxyType(row) for row in csv.DictReader(text.splitlines(keepends=True)))


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


@cache
def award_types() -> Mapping[str, Row]:
    """Code of an award type -> its row."""
    return MappingProxyType({row["code"]: row for row in table("award_types")})


@cache
def provinces() -> Mapping[str, tuple[Row, ...]]:
    """Name of a province -> its rows, one an era (old, new, former)."""
    names: dict[str, tuple[Row, ...]] = {}
    for row in table("provinces"):
        names[row["name"]] = (*names.get(row["name"], ()), row)
    return MappingProxyType(names)


@cache
def successors() -> Mapping[str, str]:
    """Name of each of the 63 provinces before 2025-07-01 -> name of the one it belongs to since."""
    new = {row["slug"]: row["name"] for row in table("provinces") if row["era"] == "new"}
    old = {row["slug"]: row["name"] for row in table("provinces") if row["era"] == "old"}
    return MappingProxyType({old[row["slug"]]: new[row["successor"]] for row in table("provinces") if row["era"] == "old"})


@cache
def tiles(era: str) -> Mapping[str, Tile]:
    """Slug of each province of an era (`old`: the 63 before 2025-07-01, `new`: the 34 since) -> its tile."""
    rows = (row for row in table("province_tiles") if row["era"] == era)
    return MappingProxyType({row["slug"]: Tile(row["label"], int(row["column"]), int(row["row"])) for row in rows})
