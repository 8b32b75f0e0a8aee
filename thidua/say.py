"""What the command says: Vietnamese or English, progress on a terminal, plain lines elsewhere."""

from __future__ import annotations

import locale
import os
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

T = TypeVar("T")
LONG = 60  # of a cell that is wrapped in its column
_language: list[str] = []


def speak(language: str | None) -> None:
    """Choose the language: vi, en, or that of the locale."""
    _language[:] = [language] if language else []


def language() -> str:
    """vi or en."""
    if _language:
        return _language[0]
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "vi" if named.lower().startswith("vi") else "en"


@cache
def _messages() -> dict[str, dict[str, str]]:
    messages: dict[str, dict[str, str]] = tomllib.loads(files("thidua").joinpath("messages.toml").read_text(encoding="utf-8"))
    return messages


def text(key: str, /, **values: object) -> str:
    """The message of thidua/messages.toml, filled in."""
    shown = {name: "\n".join(map(clean, str(value).split("\n"))) for name, value in values.items()}
    return _messages()[key][language()].format(**shown)


def has(key: str) -> bool:
    """Whether there is such a message."""
    return key in _messages()


@cache
def out() -> Console:
    """Standard output."""
    return Console(highlight=False, soft_wrap=True)


@cache
def err() -> Console:
    """Standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def tell(key: str, /, **values: object) -> None:
    """One line on standard error: how the work goes."""
    err().print(escape(text(key, **values)))


def complain(key: str, /, **values: object) -> None:
    """One line on standard error: what went wrong."""
    err().print(f"[red]{escape(text(key, **values))}[/red]")


def progress(items: Iterable[T], key: str, total: int | None = None) -> Iterator[T]:
    """`items`, with a bar on a terminal and a line at the end elsewhere; for work of more than a moment."""
    label = text(key)
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        number = 0
        for number, item in enumerate(items, 1):
            yield item
            if number % 1000 == 0:
                err().print(f"{label}: {number}" + (f"/{total}" if total else ""))
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task(label, total=total)
        for item in items:
            yield item
            bar.advance(task)


def table(columns: Iterable[str], rows: Iterable[Iterable[Any]], *, title: str | None = None) -> None:
    """A table on standard output; numbers to the right, null as an empty cell. What is too wide comes row by row."""
    names, kept = list(columns), [list(row) for row in rows]
    cells = [["" if value is None else clean(str(value)) for value in row] for row in kept]
    widths = [max([len(name), *(min(len(row[index]), LONG) for row in cells)]) for index, name in enumerate(names)]
    if sum(widths) + 3 * len(widths) > 1.25 * max(out().width, 80):
        blocks(names, cells, title=title)
        return
    tight = sum(widths) + 3 * len(widths) > out().width  # without the blanks beside the lines no word need be parted
    grid = Table(title=title, title_justify="left", header_style="bold", pad_edge=False, padding=0 if tight else (0, 1))
    for index, name in enumerate(names):
        numeric = bool(kept) and all(isinstance(row[index], int | float) or row[index] is None for row in kept)
        grid.add_column(escape(name), justify="right" if numeric else "left", overflow="fold")
    for row in cells:
        grid.add_row(*map(escape, row))
    out().print(grid, soft_wrap=False)


def blocks(names: Sequence[str], rows: Sequence[Sequence[str]], *, title: str | None = None) -> None:
    """Rows that are too wide for a table: one below the other, a line a column; empty cells are left out."""
    if title:
        out().print(title, markup=False, style="italic")
    margin = max(map(len, names))
    for number, row in enumerate(rows, 1):
        out().print(f"─ {number} " + "─" * margin, style="dim")
        for name, value in zip(names, row, strict=True):
            if value:
                out().print(f"{name:>{margin}}  {value}", markup=False)
    if not rows:
        out().print(" | ".join(names) + "\n(0)", markup=False)


def clean(value: str) -> str:
    """`value` without what could steer a terminal; line feeds become spaces."""
    return "".join(char if char.isprintable() else " " for char in value)
