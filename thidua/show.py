"""One article with its records marked, for a terminal or as a page of its own."""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

STYLES = {
    "dates": "cyan",
    "officials": "green",
    "awards": "yellow",
    "counts": "magenta",
    "documents": "blue",
    "campaigns": "bright_black",
}  # events cover whole sentences and are listed, not marked


@dataclass(frozen=True)
class Mark:
    """A place to mark: which record stands there and what it says."""

    start: int
    end: int
    kind: str
    label: str


def pieces(text: str, marks: Iterable[Mark]) -> Iterator[tuple[str, Sequence[Mark]]]:
    """The text cut where marks begin and end, each piece with the marks that cover it; together the pieces are the text."""
    found = sorted(set(marks), key=lambda mark: (mark.start, -mark.end, mark.kind, mark.label))
    cuts = sorted({0, len(text), *(at for mark in found for at in (mark.start, mark.end))})
    for start, end in itertools.pairwise(cuts):
        yield text[start:end], [mark for mark in found if mark.start <= start and end <= mark.end]


def terminal(text: str, marks: Iterable[Mark]) -> str:
    """Rich markup of the text: each kind of record in its colour, its value after the words."""
    from rich.markup import escape

    from thidua.say import clean

    parts = []
    for piece, covering in pieces(text, marks):
        shown = escape("\n".join(clean(line) for line in piece.split("\n")))
        if covering:
            inner = covering[-1]
            shown = f"[{STYLES[inner.kind]}]{shown}[/]"
        parts.append(shown)
    return "".join(parts)


def page(title: str, facts: Sequence[tuple[str, str]], text: str, marks: Iterable[Mark], events: Sequence[str]) -> str:
    """A whole HTML page without scripts; all that comes from the article is escaped."""
    body = "".join(
        f'<mark class="{covering[-1].kind}" title="{html.escape("; ".join(mark.label for mark in covering))}">{html.escape(piece)}</mark>'
        if covering
        else html.escape(piece)
        for piece, covering in pieces(text, marks)
    )
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    rows = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>" for name, value in facts)
    told = "".join(f"<li>{html.escape(event)}</li>" for event in events)
    colours = "".join(
        f".{kind}{{background:{colour}}}"
        for kind, colour in zip(STYLES, ("#cfe8ff", "#d6f5d0", "#ffedb0", "#f5d0ec", "#dcdcff", "#e8e8e8"), strict=True)
    )
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{html.escape(title)}</title><style>body{{font:17px/1.55 serif;max-width:46em;margin:2em auto;padding:0 1em}}"
        f"dl{{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em;font-size:.85em}}dt{{color:#555}}dd{{margin:0}}"
        f"mark{{padding:0 .1em;border-radius:.2em}}{colours}</style></head><body><h1>{html.escape(title)}</h1><dl>{rows}</dl>"
        f"<p>{' '.join(f'<mark class={kind}>{kind}</mark>' for kind in STYLES)}</p>{paragraphs}<h2>events</h2><ul>{told}</ul></body></html>"
    )
