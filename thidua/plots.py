"""Plots for notebooks and for print: title, unit, the numbers themselves and the source on each; colours that colour-blind people tell apart.

Each takes the rows of a query as they come and gives a figure that a notebook shows and `savefig` writes. Nothing is left out in
silence: what has no room is counted in the last line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from thidua.plot_frame import (
    MOST_COLUMNS,
    MOST_ROWS,
    OTHERS,
    PALE,
    SERIES,
    SOFT,
    class_of,
    classes,
    fit,
    frame,
    legend,
    more,
    nothing,
    number,
    on,
    pitch,
    shades,
    share,
    source,
    styled,
)

__all__ = ["bars", "columns", "grid", "intervals", "share", "shares", "source", "timeline"]


@styled
def bars(rows: Sequence[tuple[object, float]], *, title: str, unit: str, source: str) -> Figure:
    """(label, value) -> one bar a row, in the order of the rows, each with its number."""
    shown = rows[:MOST_ROWS]
    labels = [fit(label) for label, _ in shown]
    figure, axes = frame(
        max(1.0, pitch(labels) * len(shown) + 0.2), title=title, unit=unit, source=source, left_out=more(rows, MOST_ROWS, "dòng")
    )
    if not shown:
        nothing(axes)
        return figure
    values = [value for _, value in shown]
    drawn = axes.barh(range(len(shown)), values, color=SERIES[0], height=0.72)
    axes.bar_label(drawn, [number(value) for value in values], padding=4, fontsize=8.5)
    axes.set_yticks(range(len(shown)), labels, fontsize=8.5)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlim(0, max(values) * 1.1 or 1)
    axes.xaxis.set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.spines["bottom"].set_visible(False)
    return figure


@styled
def columns(rows: Sequence[tuple[int, str, float]], *, title: str, unit: str, source: str) -> Figure:
    """(year, series, value) -> one column a year, a part a series: the seven greatest, and the others as one; the total on top. Years without rows stay empty."""
    figure, axes = frame(3.6, title=title, unit=unit, source=source)
    if not rows:
        nothing(axes)
        return figure
    totals: dict[str, float] = {}
    for _, series, value in rows:
        totals[series] = totals.get(series, 0) + value
    greatest = sorted(totals, key=lambda series: -totals[series])[: len(SERIES) - 1]
    names = [*greatest, "khác"] if len(greatest) < len(totals) else greatest
    years = range(min(year for year, *_ in rows), max(year for year, *_ in rows) + 1)
    heights = {name: [0.0] * len(years) for name in names}
    for year, series, value in rows:
        heights[series if series in greatest else "khác"][year - years.start] += value
    bottom = [0.0] * len(years)
    for index, (name, column) in enumerate(heights.items()):
        colour = SERIES[index] if name in greatest else OTHERS
        axes.bar(years, column, bottom=bottom, color=colour, width=0.78, edgecolor="white", linewidth=0.6, label=fit(name))
        bottom = [below + more for below, more in zip(bottom, column, strict=True)]
    step = -(-len(years) // 16)
    for year, total in zip(years, bottom, strict=True):
        if total and (year - years.start) % step == 0:
            axes.annotate(number(total), (year, total), xytext=(0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=8)
    axes.set_xticks(years[::step], [str(year) for year in years[::step]])
    axes.set_xlim(years[0] - 0.7, max(years[-1], years[0] + 7) + 0.7)
    axes.set_ylim(0, max(bottom) * 1.08)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.6)
    axes.tick_params(length=0)
    if len(names) > 1:
        legend(axes)
    return figure


@styled
def grid(rows: Sequence[tuple[object, int, float]], *, title: str, unit: str, source: str) -> Figure:
    """(label, year, value) -> a line a label, in the order of the rows, a cell a year with its number, the darker the more."""
    labels = list(dict.fromkeys(label for label, *_ in rows))
    known = sorted({year for _, year, _ in rows})
    years = list(range(known[0], known[-1] + 1))[-MOST_COLUMNS:] if known else []
    early = sum(year < years[0] for year in known) if years else 0
    left_out = more(labels, MOST_ROWS, "dòng") + (f" Không vẽ {early} năm trước {years[0]}." if early else "")
    shown = labels[:MOST_ROWS]
    names = [fit(label, 34) for label in shown]
    figure, axes = frame(max(1.2, pitch(names) * len(shown) + 0.4), title=title, unit=unit, source=source, left_out=left_out.strip())
    if not rows:
        nothing(axes)
        return figure
    place = {label: index for index, label in enumerate(shown)}
    cells = {(place[label], year): value for label, year, value in rows if label in place and years[0] <= year}
    bounds = classes(cells.values())
    colours = shades(len(bounds))
    for row in range(len(shown)):
        for year in years:
            value = cells.get((row, year), 0)
            colour = colours[class_of(value, bounds)] if value >= 1 else PALE
            axes.add_patch(Rectangle((year - 0.48, row - 0.45), 0.96, 0.9, color=colour, linewidth=0))
            if value >= 1:
                axes.text(year, row, number(value), ha="center", va="center", fontsize=8 if len(years) < 16 else 6.5, color=on(colour))
    axes.set_xlim(years[0] - 0.6, max(years[-1], years[0] + 7) + 0.6)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xticks(years, [str(year) for year in years])
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(shown)), names, fontsize=8.5)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure


@styled
def timeline(rows: Sequence[tuple[object, dt.date, dt.date, int]], *, title: str, unit: str, source: str) -> Figure:
    """(label, first day, last day, articles) -> a line a row from the first to the last day, with the number of articles."""
    shown = rows[:MOST_ROWS]
    labels = [fit(label, 46) for label, *_ in shown]
    figure, axes = frame(
        max(1.2, pitch(labels) * len(shown) + 0.5), title=title, unit=unit, source=source, left_out=more(rows, MOST_ROWS, "dòng")
    )
    if not shown:
        nothing(axes)
        return figure
    for row, (_, first, last, articles) in enumerate(shown):
        start, end = float(date2num(first)), float(date2num(last))
        axes.plot([start, end], [row, row], color=SERIES[0], linewidth=4, solid_capstyle="round")
        axes.plot([start, end], [row, row], "o", color=SERIES[0], markersize=7, markeredgecolor="white", linestyle="none")
        axes.annotate(number(articles), (end, row), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8, color=SOFT)
    axes.set_yticks(range(len(shown)), labels, fontsize=8)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.margins(x=0.06)
    locator = AutoDateLocator(minticks=3, maxticks=12)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(
        ConciseDateFormatter(locator, formats=["%Y", "%m/%Y", "%d/%m", "%H:%M", "%H:%M", "%S"], show_offset=False)
    )
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    return figure


@styled
def intervals(rows: Sequence[tuple[str, float, float, float, float | None]], *, title: str, unit: str, source: str) -> Figure:
    """(label, value, low, high, floor or None) of shares -> a point with its interval a row, and a mark where the floor lies."""
    figure, axes = frame(max(1.2, 0.46 * len(rows) + 0.7), title=title, unit=unit, source=source)
    if not rows:
        nothing(axes)
        return figure
    for row, (_, value, low, high, floor) in enumerate(rows):
        axes.plot([low, high], [row, row], color=SERIES[0], linewidth=3, solid_capstyle="round")
        axes.plot(
            [value],
            [row],
            "o",
            color=SERIES[0],
            markersize=9,
            markeredgecolor="white",
            label="đo được, khoảng tin cậy 95 %" if row == 0 else None,
        )
        if floor is not None:
            axes.plot([floor], [row], "|", color=SERIES[5], markersize=14, markeredgewidth=2.5, label="mức phải đạt" if row == 0 else None)
        axes.annotate(share(value), (value, row), xytext=(0, 9), textcoords="offset points", ha="center", fontsize=8)
    axes.set_yticks(range(len(rows)), [fit(label) for label, *_ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.7)
    least = min(min(low, floor if floor is not None else low) for _, _, low, _, floor in rows)
    axes.set_xlim(max(0.0, int(least * 20) / 20 - 0.02), 1.005)
    axes.xaxis.set_major_locator(MultipleLocator(0.05))  # whole per cent
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f} %"))
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.tick_params(length=0)
    legend(axes)
    return figure


@styled
def shares(rows: Sequence[tuple[str, str, float]], *, title: str, unit: str, source: str) -> Figure:
    """(label, part, value) -> a full bar a label, cut into its parts, in the order of the rows; the parts from light to dark."""
    labels = list(dict.fromkeys(label for label, *_ in rows))
    parts = list(dict.fromkeys(part for _, part, _ in rows))
    figure, axes = frame(max(1.2, 0.42 * len(labels) + 0.6), title=title, unit=unit, source=source)
    if not rows:
        nothing(axes)
        return figure
    values: Mapping[tuple[str, str], float] = {(label, part): value for label, part, value in rows}
    whole = {label: sum(values.get((label, part), 0) for part in parts) or 1 for label in labels}
    for part, colour in zip(parts, shades(len(parts)), strict=True):
        for row, label in enumerate(labels):
            before = sum(values.get((label, earlier), 0) for earlier in parts[: parts.index(part)]) / whole[label]
            width = values.get((label, part), 0) / whole[label]
            axes.barh(
                row, width, left=before, color=colour, height=0.74, edgecolor="white", linewidth=0.8, label=part if row == 0 else None
            )
            if width > 0.05:
                axes.text(before + width / 2, row, f"{round(100 * width)} %", ha="center", va="center", fontsize=8, color=on(colour))
    axes.set_yticks(range(len(labels)), [f"{fit(label)} ({number(whole[label])})" for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(0, 1)
    axes.xaxis.set_visible(False)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    legend(axes)
    return figure
