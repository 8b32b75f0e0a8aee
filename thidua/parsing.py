"""`thidua parse`: inputs to JSON lines. It keeps nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from crawler.registry import load_registry
from crawler.site import SiteError
from schemas.article import Reject
from schemas.page import Page
from schemas.reading import Reading
from thidua import say
from thidua.inputs import Given, Input, Unreadable, inputs
from thidua.work import FAULT, read_all


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
            elif isinstance(one, Input):  # a revisit has no page of its own
                yield one.id, one.page

    for ident, reading in read_all(pages(), registry, list, workers=workers):
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
