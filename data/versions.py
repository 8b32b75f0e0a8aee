"""The versions of an article: what its pages said, in their order, however often and in whatever order they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from data.likeness import is_replaced
from data.rows import Row
from schemas.page import IMPORT, TRUNCATED

Place = tuple[int, dt.datetime, int]
LAST: Place = (3, dt.datetime.min, 0)  # of a page that the ledger does not know: it is newer than all that it knows


def place_of(line: int | None, at: dt.datetime | None, reason: str | None) -> Place:
    """Where a page stands among those of its article: a beginning of one, imported ones by their day, fetched ones by their line.

    The clock of a crawl may be wrong, so its pages go by the order of the ledger; what was imported is history, whenever it came in.
    """
    if line is None:
        return LAST
    rank = {TRUNCATED: 0, IMPORT: 1}.get(reason or "", 2)
    return rank, at if at is not None and rank < 2 else dt.datetime.min, line


@dataclass(frozen=True)
class Version:
    """What one page of an article said."""

    page: str | None
    hash: str
    place: Place  # of the page among those of the article
    since: dt.datetime | None  # when it was fetched, UTC
    title: str | None = None
    sketch: tuple[int, ...] | None = None  # see data/likeness.py; null in stores that knew none


def merge(kept: Iterable[Version], new: Version) -> list[Version]:
    """Versions with that of one more page, or of a page read again; of neighbours that say the same the first one stays."""
    others = [version for version in kept if version.page != new.page or (new.page is None and version.hash != new.hash)]
    found: list[Version] = []
    for version in sorted([*others, new], key=lambda version: version.place):
        if not found or found[-1].hash != version.hash:
            found.append(version)
    return found


def version_rows(article: str, versions: list[Version]) -> list[Row]:
    """Rows of article_versions; the newest one has no end, the first one replaces nothing."""
    ends = [version.since for version in versions[1:]] + [None]
    replaced = [False, *(is_replaced((old.title, old.sketch), (new.title, new.sketch)) for old, new in pairwise(versions))]
    return [
        {
            "article": article,
            "version": number,
            "page": version.page,
            "hash": version.hash,
            "from": version.since,
            "to": end,
            "title": version.title,
            "sketch": version.sketch,
            "replaced": is_other,
        }
        for number, (version, end, is_other) in enumerate(zip(versions, ends, replaced, strict=True), 1)
    ]
