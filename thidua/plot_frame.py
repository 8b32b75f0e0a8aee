"""What all plots share: the figure with title, unit and source, numbers as Vietnamese writes them, classes and colours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from textwrap import wrap
from typing import Any, ParamSpec

import duckdb
import matplotlib
import numpy
from matplotlib import colormaps, pyplot
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from data.ask import answer

P = ParamSpec("P")
WIDTH = 10.0  # of a figure, inches; A4 with margins when scaled by 0.7
HEAD, FOOT = 0.78, 0.42  # inches above and below the axes for title and unit, and for the source
MOST_ROWS, MOST_COLUMNS = 40, 20  # that have room
SERIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")  # Okabe and Ito (2008)
OTHERS = "#999999"
PALE, INK, SOFT = "#F4F4F2", "#1A1A1A", "#5A5A5A"
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib and has every letter of Vietnamese
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "legend.fontsize": 8.5,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.dpi": 110,
    "savefig.dpi": 110,
    "figure.facecolor": "white",
}


def source(con: duckdb.DuckDBPyConnection) -> str:
    """The last line of a plot: how many articles of how many sites, published from when to when; says so of sample data."""
    found = answer(con, "source").one() or {}
    days = f", đăng {day(found['first'])} – {day(found['last'])}" if found["first"] else ""
    sample = " Dữ liệu mẫu: người, đơn vị và sự kiện đều là bịa." if found["sample"] else ""
    sites = f" của {number(found['sites'])} nguồn tin" if found["sites"] else ""
    return f"Nguồn: thidua, {number(found['articles'])} bài{sites}{days}.{sample}"


def number(value: float) -> str:
    """As Vietnamese writes it: 22.163."""
    return f"{round(value):,}".replace(",", ".")


def day(value: dt.date) -> str:
    """As Vietnamese writes it: 4/9/2026."""
    return f"{value.day}/{value.month}/{value.year}"


def short(value: float) -> str:
    """With no more than seven signs: 22.163, 1,23 tr (triệu)."""
    return f"{value / 1e6:.2f} tr".replace(".", ",") if value >= 999_999.5 else number(value)


def classes(values: Iterable[float]) -> list[int]:
    """The lower bounds of at most six classes of numbers from 1 on, the first of them 1.

    Even steps; where the greatest is over twenty times the least, 1, 2, 5, 10, … or 1, 10, 100, …
    """
    known = [value for value in values if value >= 1]
    if not known:
        return [1]
    least, most = min(known), max(known)
    if most <= 20 * least:
        steps = [int(step) for step in MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]).tick_values(0, most)]
    else:
        steps = next(steps for units in ((1, 2, 5), (1,)) if len(steps := _steps(units, least, most)) <= 6 or units == (1,))
    return [1, *[step for step in steps if max(1, least) < step <= most][-5:]]


def _steps(units: tuple[int, ...], least: float, most: float) -> list[int]:
    return [step for power in range(13) for unit in units if 0.5 * least < (step := unit * 10**power) <= most]


def class_of(value: float, bounds: Sequence[int]) -> int:
    """Index of the class of a number."""
    return max(index for index, bound in enumerate(bounds) if value >= bound or index == 0)


def class_names(bounds: Sequence[int], most: float) -> list[str]:
    """How a legend calls the classes: 1 – 9, 10 – 99, …"""
    ends = [bound - 1 for bound in bounds[1:]] + [int(most)]
    return [number(low) if low >= high else f"{number(low)} – {number(high)}" for low, high in zip(bounds, ends, strict=True)]


def shades(count: int) -> list[str]:
    """So many colours from light to dark, told apart in grey too and by the colour-blind (YlGnBu of ColorBrewer)."""
    return [to_hex(colormaps["YlGnBu"](place)) for place in numpy.linspace(0.22, 0.97, max(count, 2))][:count]


def on(colour: str) -> str:
    """Black or white, whichever is read better on a colour."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour))
    return "black" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "white"  # at least 4.5 to 1 either way


def styled(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """A plot in the house's style, closed, so that a notebook shows it once."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with matplotlib.rc_context(STYLE):
            figure = draw(*args, **kwargs)
        pyplot.close(figure)
        return figure

    return drawn


def frame(height: float, *, title: str, unit: str, source: str, left_out: str = "") -> tuple[Figure, Axes]:
    """A figure with its words, and axes of a height (inches) that fill the rest; nothing is cut."""
    foot = wrap(f"{left_out} {source}".strip(), 160)
    below = FOOT + 0.16 * (len(foot) - 1)
    heading = wrap(title, 78)
    above = HEAD + 0.27 * (len(heading) - 1)
    full = height + above + below
    figure = pyplot.figure(figsize=(WIDTH, full), layout=ConstrainedLayoutEngine(rect=(0.01, below / full, 0.98, height / full)))
    figure.text(0.012, 1 - 0.12 / full, "\n".join(heading), fontsize=14, fontweight="bold", va="top")
    figure.text(0.012, 1 - (above - 0.38) / full, unit, fontsize=9.5, color=SOFT, va="top")
    figure.text(0.012, 0.1 / full, "\n".join(foot), fontsize=7.5, color=SOFT, va="bottom")
    return figure, figure.subplots()


def nothing(axes: Axes) -> None:
    """What stands where there are no rows."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, "Chưa có dữ liệu", ha="center", va="center", fontsize=12, color=SOFT, transform=axes.transAxes)


def legend(axes: Axes) -> None:
    """The legend below the axes, in as few lines as it needs."""
    labels = axes.get_legend_handles_labels()[1]
    lines = -(-sum(len(label) + 8 for label in labels) // 130)
    below = axes.transAxes + ScaledTranslation(0, -0.3, axes.figure.dpi_scale_trans)
    axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        bbox_transform=below,
        borderaxespad=0,
        ncols=-(-len(labels) // lines),
        frameon=False,
        handlelength=1.4,
    )


def fit(label: object, width: int = 38, lines: int = 2) -> str:
    """A label in at most two lines."""
    text = str(label) if label is not None else "(không rõ)"
    return "\n".join(wrap(text, width, max_lines=lines, placeholder=" …"))


def pitch(labels: Sequence[str]) -> float:
    """Inches from one row to the next, so that labels do not touch."""
    return 0.38 if any("\n" in label for label in labels) else 0.3


def more(all_of: Sequence[object], most: int, what: str) -> str:
    return f"Còn {number(len(all_of) - most)} {what} nữa không vẽ ở đây." if len(all_of) > most else ""


def share(value: float) -> str:
    """As Vietnamese writes it: 94,8 %."""
    return f"{100 * value:.1f} %".replace(".", ",")
