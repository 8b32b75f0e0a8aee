"""The tile map: one square a province where it lies on the map, dark where there are many awards; drawn as SVG whose colours the style sheet gives."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from schemas.tables import tiles

WIDE, HIGH, GAP = 60, 44, 3  # of a tile, and between two, in the units of the drawing
SHORT = 6  # letters of a label that stay on one line
STEPS = 5  # of colour, beside that of none


@dataclass(frozen=True)
class Tile:
    """One province as it is drawn."""

    slug: str
    name: str
    lines: Sequence[tuple[int, str]]  # of the label: height, words
    x: int
    y: int
    step: int  # 0: none, else from light to dark
    articles: int
    awards: int
    here: bool


@dataclass(frozen=True)
class TileMap:
    """A map with its legend: for each step of colour the least and the most awards."""

    era: str
    width: int
    height: int
    tiles: Sequence[Tile]
    legend: Sequence[tuple[int, int, int]]  # step, from, to


def tile_map(era: str, rows: Sequence[Mapping[str, Any]], here: str | None = None) -> TileMap:
    """The provinces of an era by `rows` (slug, name, articles, awards), in the order of reading; `here` is marked, and is the last, so that nothing hides it."""
    most = max((row["awards"] for row in rows), default=0)
    places, least = tiles(era), steps(most)
    drawn = []
    for row in rows:
        if row["slug"] in places:
            at = places[row["slug"]]
            step = sum(row["awards"] >= one for one in least)
            x, y = at.column * (WIDE + GAP) + GAP, at.row * (HIGH + GAP) + GAP
            drawn.append(Tile(row["slug"], row["name"], lines(at.label), x, y, step, row["articles"], row["awards"], row["slug"] == here))
    drawn.sort(key=lambda one: (one.here, one.y, one.x))
    width = max((one.x for one in drawn), default=0) + WIDE + GAP
    height = max((one.y for one in drawn), default=0) + HIGH + GAP
    legend = [(step, low, high - 1) for step, (low, high) in enumerate(pairwise([*least, most + 1]), 1)]
    return TileMap(era, width, height, drawn, legend)


def steps(most: int) -> list[int]:
    """The least number of each step of colour, from 1 on: round numbers, each about as many times the one before, for few provinces have most."""
    if most <= 0:
        return []
    found = [1]
    for number in range(1, STEPS):
        exact = most ** (number / STEPS)
        size = 10 ** math.floor(math.log10(exact))
        nice = next(factor * size for factor in (10, 5, 2, 1) if factor * size <= exact)
        if found[-1] < nice:
            found.append(nice)
    return found


def lines(label: str) -> list[tuple[int, str]]:
    """A label on one line, or on two, parted at a space or a hyphen; heights from the top of the tile."""
    middle = HIGH // 2
    first, _, second = label.partition(" ") if " " in label else label.partition("-")
    if not second or len(label) <= SHORT:
        return [(middle + 5, label)]
    return [(middle - 3, first), (middle + 12, second)]
