"""A tile map of the provinces, then and now: a labelled tile each, where the eye looks for it, with its number."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from schemas.tables import table, tiles
from thidua.plot_frame import INK, PALE, SOFT, WIDTH, class_names, class_of, classes, frame, nothing, number, on, shades, short, styled

HIGH = 0.62  # height of a tile, its width being 1
GAP = 0.8  # between two maps
HEADINGS = {"old": "63 tỉnh, thành trước 1/7/2025", "new": "34 tỉnh, thành từ 1/7/2025"}


@styled
def tile_map(values: Mapping[str, Mapping[str | None, float]], *, title: str, unit: str, source: str) -> Figure:
    """Era (`old`, `new`) -> name of a province -> number from 0 on; one map an era, side by side, coloured by the same classes.

    A name that the era does not have, and None, are no tile; their sum is told in the last line.
    """
    lost = {era: _lost(era, of) for era, of in values.items()}
    left_out = " ".join(f"Không thuộc tỉnh nào trên bản đồ {HEADINGS[era]}: {number(most)}." for era, most in lost.items() if most)
    maps = {era: tiles(era) for era in values}
    wide = {era: 1 + max(tile.column for tile in of.values()) for era, of in maps.items()}
    rows = 1 + max((tile.row for of in maps.values() for tile in of.values()), default=0)
    across = sum(wide.values()) + GAP * (len(wide) - 1)
    scale = WIDTH * 0.98 / max(across, 13)
    figure, axes = frame(scale * (rows * HIGH + 0.55), title=title, unit=unit, source=source, left_out=left_out)
    if not values:
        nothing(axes)
        return figure
    numbers = [value for of in values.values() for value in of.values() if value >= 1]
    bounds = classes(numbers)
    left = 0.0
    for era, of in values.items():
        _draw(axes, era, of, bounds, left)
        left += wide[era] + GAP
    _legend(axes, class_names(bounds, max(numbers, default=1)), left - GAP - 2.6, (rows - len(bounds) - 1.5) * HIGH)
    axes.set_xlim(-0.1, max(across, 13))
    axes.set_ylim(rows * HIGH, -0.55)
    axes.set_aspect("equal", anchor="W")
    axes.set_axis_off()
    return figure


def _slugs(era: str) -> dict[str, str]:
    return {row["name"]: row["slug"] for row in table("provinces") if row["era"] == era}


def _lost(era: str, values: Mapping[str | None, float]) -> float:
    return sum(value for name, value in values.items() if name not in _slugs(era))


def _draw(axes: Axes, era: str, values: Mapping[str | None, float], bounds: list[int], left: float) -> None:
    """The tiles of one era, the westernmost column at `left`."""
    colours = shades(len(bounds))
    axes.text(left, -0.2, HEADINGS[era], fontsize=10.5, fontweight="bold", va="bottom")
    place = tiles(era)
    for name, slug in _slugs(era).items():
        tile, value = place[slug], values.get(name, 0)
        colour = colours[class_of(value, bounds)] if value >= 1 else PALE
        x, y = left + tile.column, tile.row * HIGH
        edge = "#C8C8C4" if value < 1 else colour
        box = FancyBboxPatch(
            (x + 0.04, y + 0.04),
            0.92,
            HIGH - 0.08,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor=colour,
            edgecolor=edge,
            linewidth=0.8,
        )
        axes.add_patch(box)
        ink = on(colour) if value >= 1 else SOFT
        axes.text(x + 0.5, y + 0.2, tile.label, fontsize=6.8, ha="center", va="center", color=ink)
        axes.text(
            x + 0.5, y + 0.42, short(value) if value >= 1 else "–", fontsize=9, fontweight="bold", ha="center", va="center", color=ink
        )


def _legend(axes: Axes, names: list[str], x: float, y: float) -> None:
    """The classes, below one another."""
    colours = shades(len(names))
    for index, (name, colour) in enumerate([("chưa có", PALE), *zip(names, colours, strict=True)]):
        axes.add_patch(
            FancyBboxPatch(
                (x, y + index * 0.5),
                0.5,
                0.36,
                boxstyle="round,pad=0,rounding_size=0.05",
                facecolor=colour,
                edgecolor="#C8C8C4",
                linewidth=0.6,
            )
        )
        axes.text(x + 0.65, y + index * 0.5 + 0.18, name, fontsize=8.5, va="center", color=INK)
