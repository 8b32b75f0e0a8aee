"""`thidua parse` and `thidua evaluate`: inputs to JSON lines, gold against found. Both keep nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from crawler.site import SiteError, load_registry
from extract.evaluation import Evaluation, read_gold
from extract.evaluation import evaluate as score
from schemas.article import Reject
from schemas.page import Page
from schemas.reading import Reading
from thidua import say
from thidua.inputs import Given, Unreadable, inputs
from thidua.work import FAULT, read_all

GIVEN = "article:"  # lines of the table that scoring from gold's own text, title and day says nothing about


def parse_files(files: Sequence[str], given: Given, *, sites: Path | None, workers: int) -> int:
    """Write one line an article, in order; 1 when a file or line could not be read, else 0 (with rejects too)."""
    try:
        registry = load_registry(sites)
    except SiteError as error:
        say.complain("bad_site", why=error)
        return 2
    bad = 0

    def pages() -> Iterator[tuple[str, Page]]:
        nonlocal bad
        for one in inputs(files, given):
            if isinstance(one, Unreadable):
                bad += 1
                say.complain("unreadable", where=one.where, why=one.why)
            else:
                yield one.id, one.page

    for ident, reading in read_all(pages(), registry, workers=workers):
        if isinstance(reading, Reject) and reading.reason == FAULT:
            bad += 1
            say.complain("fault", where=ident, why=reading.detail)
        sys.stdout.buffer.write(line(ident, reading) + b"\n")
    sys.stdout.buffer.flush()
    return 1 if bad else 0


def line(ident: str, reading: Reading | Reject) -> bytes:
    """The JSON of a reading in the shape of the annotation guide, under the id that the input gave it."""
    if isinstance(reading, Reject):
        return json.dumps({"id": ident, "reject": reading.reason, "detail": reading.detail}, ensure_ascii=False).encode("utf-8")
    return reading.model_copy(update={"id": ident}).model_dump_json().encode("utf-8")


def evaluate_gold(gold: Sequence[Path], *, rows: bool, compare: Path | None, as_json: bool) -> int:
    """Extract from the text of gold articles and score what is found."""
    try:
        wanted = dict(read_gold(*gold))
    except (OSError, ValueError) as error:
        say.complain("unreadable", where="gold", why=error)
        return 2
    if not wanted:
        say.complain("no_gold", path=", ".join(map(str, gold)))
        return 2
    found = found_in(wanted)
    result = score(wanted, found)
    if as_json:
        print(json.dumps({name: {**vars(one), "f1": one.f1} for name, one in result.scores.items()}, ensure_ascii=False, indent=1))
    else:
        show(result, rows=rows)
    if compare:
        _compare(compare, result)
    return 0


def found_in(gold: dict[str, Any]) -> dict[str, Any]:
    """What extraction gives on the text, title, day and province of gold articles."""
    import thidua

    return {
        ident: thidua.parse(
            one["text"],
            title=one.get("title"),
            published_at=one.get("published_at"),
            province=one.get("province"),
            source_credit=one.get("source_credit"),
            id=ident,
        ).model_dump(mode="json")
        for ident, one in gold.items()
    }


def show(result: Evaluation, *, rows: bool) -> None:
    """The table of scores, then the rows that differ."""
    figures = (
        (name, one.hit + one.missed, one.hit + one.spurious, one.hit, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}")
        for name, one in result.scores.items()
        if not name.startswith(GIVEN)
    )
    say.table(("", "gold", "found", "hit", "precision", "recall", "F1"), figures, title=f"{result.articles} articles")
    for ident, name, sign, key in result.differing if rows else ():
        say.out().print(f"{sign} {ident}  {name}  {key}", markup=False)


def _compare(path: Path, result: Evaluation) -> None:
    """Rows gained and lost since the score kept in `path`, which then is this one."""
    now = {"\t".join(row) for row in result.differing}
    before = set(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else now
    for heading, differing in (("gained", before - now), ("lost", now - before)):
        for row in sorted(differing):
            say.out().print(f"{heading}: " + row.replace("\t", "  "), markup=False)
    path.write_text(json.dumps(sorted(now), ensure_ascii=False, indent=0), encoding="utf-8")
