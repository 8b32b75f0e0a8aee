"""The versions of an article: what its pages said, in the order of the ledger, however often and in whatever order they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from data.rows import Row

LAST = 2**62  # stands for the line of a page that the ledger does not know: it is newer than all that it knows


@dataclass(frozen=True)
class Version:
    """What one page of an article said."""

    page: str | None
    hash: str
    line: int  # of the page in the ledger
    since: dt.datetime | None  # when it was fetched, UTC


def merge(kept: Iterable[Version], new: Version) -> list[Version]:
    """Versions with that of one more page, or of a page read again; of neighbours that say the same the first one stays."""
    others = [version for version in kept if version.page != new.page or (new.page is None and version.hash != new.hash)]
    found: list[Version] = []
    for version in sorted([*others, new], key=lambda version: version.line):
        if not found or found[-1].hash != version.hash:
            found.append(version)
    return found


def version_rows(article: str, versions: list[Version]) -> list[Row]:
    """Rows of article_versions; the newest one has no end."""
    ends = [version.since for version in versions[1:]] + [None]
    return [
        {"article": article, "version": number, "page": version.page, "hash": version.hash, "from": version.since, "to": end}
        for number, (version, end) in enumerate(zip(versions, ends, strict=True), 1)
    ]
