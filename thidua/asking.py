"""`thidua sql`, `show` and `status`: the published file, asked."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from data.ask import Answer, answer, select
from data.publish import open_published
from data.spreadsheets import harmless
from extract.language import sentences
from thidua import say, show
from thidua.place import Place
from thidua.status_table import print_status


def published(data: Path | None) -> Path | None:
    """The published file to read, or None after having said that there is none; says so when it is the demo's."""
    place = Place.of(data)
    found = place.readable()
    if not found.published.exists():
        say.complain("nothing_published", path=place.published)
        return None
    if found != place:
        say.tell("using_demo", folder=place.folder, demo=found.folder)
    return found.published


def ask(query: str, data: Path | None, *, form: str) -> int:
    """Print the answer to one SELECT: a table, CSV or JSON lines."""
    path = published(data)
    if path is None:
        return 1
    try:
        found = select(path, query)
    except (ValueError, duckdb.Error) as error:
        say.complain("sql_failed", why=str(error).strip())
        return 1
    match form:
        case "csv":
            _csv(found)
        case "json":
            for row in found.rows:
                told = json.dumps(dict(zip(found.columns, row, strict=True)), ensure_ascii=False, default=str)
                print(say.clean(told) if sys.stdout.isatty() else told)
        case _:
            say.table(found.columns, ([_cell(value) for value in row] for row in found.rows))
    return 0


def _cell(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _csv(found: Answer) -> None:
    """CSV for spreadsheets: a text that one would take for a formula gets an apostrophe before it."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(found.columns)
    for row in found.rows:
        cells = [harmless(_cell(value)) for value in row]
        writer.writerow([say.clean(cell) if isinstance(cell, str) and sys.stdout.isatty() else cell for cell in cells])


def show_article(what: str, data: Path | None, to_html: Path | None) -> int:
    """Print an article with its records marked, or write it as a page."""
    path = published(data)
    if path is None:
        return 1
    with open_published(path) as con:
        found = answer(con, "article", what=what).one()
        if found is None:
            rejected = answer(con, "rejected", what=what).one()
            say.complain("rejected" if rejected else "not_found", **{"what": what, **(rejected or {})})
            return 1
        marks = [show.Mark(*row) for row in answer(con, "marks", article=found["article"]).rows]
        events = [row[0] for row in answer(con, "told", article=found["article"]).rows]
    text = found.pop("text")
    title = found.pop("title") or found["article"]
    facts = [(name, str(value)) for name, value in found.items() if value is not None]
    if to_html:
        to_html.write_text(show.page(title, facts, text, marks, events), encoding="utf-8")
        return 0
    for name, value in facts:
        say.out().print(f"{name:15} {say.clean(value)}", markup=False, style="dim")
    say.out().print("  ".join(f"[{style}]{kind}[/]" for kind, style in show.STYLES.items()))
    say.out().print()
    say.out().print(show.terminal(text, marks))
    say.out().print()
    for event in events:
        say.out().print(f"• {say.clean(event)}", markup=False)
    return 0


def status_of(data: Path | None, to_html: Path | None = None, *, keys: Sequence[str] = (), everything: bool = False) -> int:
    """Print what each site gave, and when, or write it as a page."""
    path = published(data)
    if path is None:
        return 1
    with open_published(path) as con:
        found = answer(con, "status" if to_html is None else "status_page")
    if to_html is not None:
        from thidua.status_page import render

        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        to_html.write_text(render(rows, lang=say.language(), now=dt.datetime.now(dt.UTC)), encoding="utf-8")
        return 0
    return print_status(found, keys, everything=everything)


class Samples(NamedTuple):
    """What the demo shows at its end."""

    sizes: list[tuple[Any, ...]]
    records: list[tuple[str, str, str, str]]  # kind, value, sentence, address
    columns: tuple[str, ...]
    awards: list[tuple[Any, ...]]
    article: str  # key of one to look at


def samples(path: Path) -> Samples:
    """Sizes, three records with their sentences, and a table of awards, from a published file."""
    with open_published(path) as con:
        rows = answer(con, "samples").rows
        texts = {key: (answer(con, "article", what=key).one() or {})["text"] for *_, key in rows}
        records = [(kind, value, sentence_of(texts[key], quote), url) for kind, value, quote, url, key in rows]
        awards = answer(con, "awards")
        return Samples(answer(con, "sizes").rows, records, awards.columns, awards.rows, rows[0][4] if rows else "ARTICLE")


def sentence_of(text: str, quote: str) -> str:
    """The first sentence of the text in which the quote stands."""
    at = text.find(quote)
    return next((text[start:end] for start, end in sentences(text) if start <= at < end), quote)
