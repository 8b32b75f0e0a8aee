"""The tile maps of the provinces: each province once, no two on one tile, neighbours side by side, north on top."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from schemas.tables import Tile, table, tiles, values

ERAS = ("old", "new")


def joined(places: Iterable[Tile]) -> bool:
    """Whether one can walk from any of the tiles to any other over sides and corners."""
    left = {(tile.column, tile.row) for tile in places}
    met = [left.pop()]
    while met:
        column, row = met.pop()
        near = {(x, y) for x, y in left if abs(x - column) <= 1 and abs(y - row) <= 1}
        left -= near
        met.extend(near)
    return not left


@pytest.mark.parametrize("era", ERAS)
def test_each_province_stands_once_and_alone(era: str) -> None:
    rows = [row for row in table("province_tiles") if row["era"] == era]
    slugs = [row["slug"] for row in rows]
    assert sorted(slugs) == sorted(row["slug"] for row in table("provinces") if row["era"] == era)
    assert len({(row["column"], row["row"]) for row in rows}) == len(rows) == {"old": 63, "new": 34}[era]
    assert len({tile.label for tile in tiles(era).values()}) == len(rows)
    assert {row["era"] for row in table("province_tiles")} == set(ERAS)


@pytest.mark.parametrize("era", ERAS)
def test_the_country_hangs_together(era: str) -> None:
    assert joined(tiles(era).values())


def test_provinces_that_were_merged_stood_side_by_side() -> None:
    for row in table("provinces"):
        if row["era"] == "new":
            assert joined(tiles("old")[slug] for slug in values(row["merged_from"])), row["slug"]


@pytest.mark.parametrize("era", ERAS)
def test_north_is_on_top_and_the_coast_in_the_east(era: str) -> None:
    place = tiles(era)
    southwards = [
        "cao-bang",
        "ha-noi",
        "thanh-hoa",
        "nghe-an",
        "quang-tri",
        "da-nang",
        "gia-lai",
        "dak-lak",
        "tay-ninh",
        "can-tho",
        "ca-mau",
    ]
    assert [place[slug].row for slug in southwards] == sorted({place[slug].row for slug in southwards})
    eastwards = ["dien-bien", "thai-nguyen", "quang-tri", "quang-ngai"]
    assert [place[slug].column for slug in eastwards] == sorted({place[slug].column for slug in eastwards})
    assert place["ca-mau"].row == max(tile.row for tile in place.values())
    assert max(tile.column for tile in place.values()) <= 6
