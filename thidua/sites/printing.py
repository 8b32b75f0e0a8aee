"""Lines in the width of the terminal: cut, filled, wrapped."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len, set_cell_size

from thidua import say

NARROW, WIDE = 60, 140  # columns


def width() -> int:
    """Columns to print in."""
    return max(NARROW, min(say.out().width, WIDE))


def line(text: str = "", style: str | None = None) -> None:
    """One line on standard output, cut to the width."""
    say.out().print(cut(say.clean(text), width()).rstrip(), markup=False, style=style)


def whole(text: str, style: str | None = None) -> None:
    """One line on standard output, whole: an address is there to be copied."""
    say.out().print(say.clean(text), markup=False, style=style)


def cut(text: str, columns: int) -> str:
    """The text in so many columns; what is too long ends in an ellipsis."""
    return text if cell_len(text) <= columns else set_cell_size(text, max(columns - 1, 0)).rstrip() + "…"


def cut_front(text: str, columns: int) -> str:
    """The end of the text in so many columns: of a selector it tells most."""
    while cell_len(text) > columns:
        text = "…" + text.removeprefix("…")[1:]
    return text


def pad(text: str, columns: int) -> str:
    """The text cut or filled to so many columns, the last one blank."""
    short = cut(text, columns - 1)
    return short + " " * (columns - cell_len(short))


def wrapped(text: str, *, first: str, margin: str, style: str | None = None) -> None:
    """A paragraph, broken at blanks, `first` before its first line and `margin` before the others; words longer than a line stay whole."""
    lead, row = first, ""
    for word in say.clean(text).split():
        if row and cell_len(lead) + cell_len(row) + 1 + cell_len(word) > width():
            say.out().print(lead + row, markup=False, style=style)
            lead, row = margin, word
        else:
            row = f"{row} {word}".strip()
    say.out().print(lead + row, markup=False, style=style)


def shown(path: Path) -> str:
    """A path as short as it can be: seen from the working directory when it lies in it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
