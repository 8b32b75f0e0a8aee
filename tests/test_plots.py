"""Plots: nothing cut, every number readable, colours that hold in grey, what has no room counted; with no rows, one, and many."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from schemas.tables import table

pytest.importorskip("matplotlib", reason="matplotlib is not installed: pip install -e '.[notebook]'")

from matplotlib import font_manager
from matplotlib.colors import to_rgb
from matplotlib.ft2font import FT2Font

from thidua import plots
from thidua.plot_frame import INK, PALE, SERIES, STYLE, class_names, class_of, classes, number, on, shades, short
from thidua.tile_map import tile_map

if TYPE_CHECKING:
    from matplotlib.figure import Figure

OLD = [row["name"] for row in table("provinces") if row["era"] == "old"]
NEW = [row["name"] for row in table("provinces") if row["era"] == "new"]
WORDS: dict[str, Any] = {"title": "Khen thưởng đã trao", "unit": "Số lượt được khen", "source": "Nguồn: thử, 3 bài."}
LONG = "Phó Chủ tịch Thường trực Ủy ban nhân dân thành phố trực thuộc, kiêm Trưởng ban Ban Thi đua - Khen thưởng"
DAY = dt.date(2024, 1, 2)

Drawn = Callable[[int], "Figure"]
KINDS: dict[str, Drawn] = {
    "bars": lambda n: plots.bars([(f"{LONG} {i}", 10 ** (i % 7)) for i in range(n)], **WORDS),
    "columns": lambda n: plots.columns([(2000 + i % 27, f"Hình thức số {i % 12}", 3 * i + 1) for i in range(n)], **WORDS),
    "grid": lambda n: plots.grid([(f"{LONG[:60]} {i % 50}", 2001 + i % 26, 10 ** (i % 6)) for i in range(n)], **WORDS),
    "timeline": lambda n: plots.timeline([(f"{i} {LONG}", DAY, DAY + dt.timedelta(40 * i), i + 1) for i in range(n)], **WORDS),
    "intervals": lambda n: plots.intervals([(f"Loại {i}", 0.9, 0.8, 0.95, 0.88) for i in range(min(n, 12))], **WORDS),
    "shares": lambda n: plots.shares([(f"Loại {i % 9}", f"phần {i % 5}", 1 + i) for i in range(n)], **WORDS),
    "tile_map": lambda n: tile_map(
        {"old": dict.fromkeys(OLD[:n], 1234567), "new": {name: 10**i for i, name in enumerate(NEW[: min(n, 8)])}}, **WORDS
    ),
}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """Contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("rows", [0, 1, 300])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_cut(kind: str, rows: int) -> None:
    figure = KINDS[kind](rows)
    figure.draw_without_rendering()
    inside, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
    assert inside.x0 >= 0 and inside.y0 >= 0 and inside.x1 <= width and inside.y1 <= height
    said = " ".join(text.get_text() for text in figure.findobj(lambda one: hasattr(one, "get_text")))
    assert all(words in said for words in WORDS.values())
    assert ("Chưa có dữ liệu" in said) == (rows == 0 and kind != "tile_map")


def test_a_figure_is_large_enough_for_its_rows() -> None:
    """Labels of neighbouring rows do not touch."""
    for kind in ("bars", "grid", "timeline"):
        figure = KINDS[kind](300)
        figure.draw_without_rendering()
        boxes = [label.get_window_extent() for label in figure.axes[0].get_yticklabels()]
        assert len(boxes) == 40
        assert all(upper.y0 >= lower.y1 - 1 for upper, lower in pairwise(boxes)), kind


def test_what_has_no_room_is_counted() -> None:
    assert "Còn 260 dòng" in foot(KINDS["bars"](300))
    assert "Còn 10 dòng" in foot(KINDS["grid"](300)) and "Không vẽ 6 năm trước 2007" in foot(KINDS["grid"](300))
    assert "Còn" not in foot(KINDS["bars"](40))


def foot(figure: Figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.texts)


def test_each_province_has_its_number_on_its_tile() -> None:
    figure = tile_map(
        {"old": {name: 1000 + place for place, name in enumerate(OLD)}, "new": {name: 5000 + place for place, name in enumerate(NEW)}},
        **WORDS,
    )
    figure.draw_without_rendering()
    texts = {text.get_text(): text.get_window_extent() for text in figure.axes[0].texts}
    tiles = [patch.get_window_extent() for patch in figure.axes[0].patches]
    for value in (*range(1000, 1063), *range(5000, 5034)):
        box = texts[number(value)]
        assert any(tile.x0 < box.x0 and box.x1 < tile.x1 and tile.y0 < box.y0 and box.y1 < tile.y1 for tile in tiles), value


def test_what_is_on_no_tile_is_told() -> None:
    shown = foot(tile_map({"old": {"Hà Tây": 7, None: 5, "Hà Nội": 3}, "new": {"Hà Nội": 15}}, **WORDS))
    assert "bản đồ 63 tỉnh, thành trước 1/7/2025: 12." in shown and "34 tỉnh" not in shown


def test_the_font_has_every_letter_of_vietnamese() -> None:
    letters = {
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    }
    known = FT2Font(font_manager.findfont(STYLE["font.family"], fallback_to_default=False)).get_charmap()
    assert [letter for letter in letters | set("đĐ–…’") if ord(letter) not in known] == []


@pytest.mark.parametrize("count", range(1, 7))
def test_shades_are_told_apart_in_grey_and_their_numbers_are_read(count: int) -> None:
    colours = shades(count)
    lights = [luminance(colour) for colour in colours]
    assert lights == sorted(lights, reverse=True) and all(contrast(one, two) > 1.25 for one, two in pairwise(colours))
    assert all(contrast(colour, on(colour)) >= 4.5 for colour in (*colours, PALE))
    assert PALE not in colours and contrast(INK, PALE) > 10 and len(set(SERIES)) == 8


def test_classes_hold_every_number_once() -> None:
    dice = random.Random(5)
    for _ in range(500):
        values = [int(10 ** dice.uniform(0, dice.choice((1, 2, 4, 7)))) for _ in range(dice.randint(1, 63))]
        bounds = classes(values)
        assert bounds[0] == 1 and bounds == sorted(set(bounds)) and len(bounds) <= 6 and bounds[-1] <= max(values)
        assert all(
            bounds[index] <= value and (index + 1 == len(bounds) or value < bounds[index + 1])
            for value in values
            for index in [class_of(value, bounds)]
        )
        assert len(set(class_names(bounds, max(values)))) == len(bounds)
    assert class_names(classes([1, 22163]), 22163) == ["1 – 9", "10 – 99", "100 – 999", "1.000 – 9.999", "10.000 – 22.163"]
    assert classes([]) == classes([0, 0.4]) == [1]


def test_numbers_are_written_as_in_vietnamese() -> None:
    assert (number(22163), short(22163), short(1_234_567), plots.share(0.9484)) == ("22.163", "22.163", "1,23 tr", "94,8 %")
