"""`thidua status`: six columns of what each site gave, in the 80 characters of a terminal; a site by its key, all that is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from data.ask import Answer
from thidua import say
from thidua.exits import DONE, USAGE

WIDTHS = {"status": 6, "health": 9, "articles": 8, "newest_article": 10, "last_fetch": 10}  # beside the site's key
HEADS = {"newest_article": "newest", "last_fetch": "fetched"}
LONGEST = 80 - sum(width + 2 for width in WIDTHS.values())  # characters of a key


def print_status(found: Answer, keys: Sequence[str], *, everything: bool) -> int:
    """Print the sites that have addresses, articles or are live; with `everything` all; of the keys named each column. 2 for an unknown key."""
    rows = {str(row[0]): row for row in found.rows}
    if unknown := [key for key in keys if key not in rows]:
        say.complain("status_unknown", keys=", ".join(unknown))
        return USAGE
    if keys:
        say.blocks(found.columns, [[_text(value) for value in rows[key]] for key in dict.fromkeys(keys)])
        return DONE
    named = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    chosen = [row for row in named if everything or row["addresses"] or row["articles"] or row["status"] == "live"]
    margin = min(LONGEST, max([len("site"), *(cell_len(row["site"]) for row in chosen)]))
    _print("site", margin, [HEADS.get(name, name) for name in WIDTHS], style="bold")
    for row in chosen:
        _print(row["site"], margin, [_text(row[name]) for name in WIDTHS], style="red" if row["health"] not in (None, "ok") else None)
    if left := len(named) - len(chosen):
        say.tell("status_left", left=left)
    return DONE


def _print(key: str, margin: int, cells: Sequence[str], *, style: str | None) -> None:
    """A line; a key that is too long stands on its own."""
    aligned = "  ".join(
        cell.rjust(width) if name == "articles" else cell.ljust(width) for cell, (name, width) in zip(cells, WIDTHS.items(), strict=True)
    )
    head = say.clean(key)
    if cell_len(head) > margin:
        say.out().print(head, markup=False, style=style)
        head = ""
    say.out().print(f"{head.ljust(margin)}  {aligned}".rstrip(), markup=False, style=style)


def _text(value: Any) -> str:
    return "" if value is None else say.clean(str(value))
