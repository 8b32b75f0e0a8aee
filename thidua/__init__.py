"""thidua: news of Vietnam's provinces on emulation and commendation, as data.

import thidua
thidua.parse("Ngày 28/5, tỉnh …")     -> a Reading: dates, officials, awards, counts, events
thidua.open().sql("select * from award_counts")
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    from schemas.reading import Reading

__all__ = ["open", "parse"]


def open(data: Path | str | None = None) -> duckdb.DuckDBPyConnection:  # the name that the design gives
    """A read-only connection to the published file of `data` (else THIDUA_DATA, else data/var here or in a folder above; else its demo, and says so).

    FileNotFoundError, with what to type, before anything was published.
    """
    from data.publish import open_published
    from thidua import say
    from thidua.place import Place

    place = Place(Path(data)) if data is not None else Place.nearest()
    found = place.readable()
    if not found.published.exists():
        raise FileNotFoundError(f"{place.published}: nothing has been published yet; run `thidua demo` or `thidua run` first")
    if found != place:
        print(say.text("using_demo", folder=place.folder, demo=found.folder), file=sys.stderr)
    return open_published(found.published)


def parse(
    text: str,
    *,
    title: str | None = None,
    published_at: str | None = None,
    province: str | None = None,
    url: str | None = None,
    source_credit: str | None = None,
    id: str = "text",
) -> Reading:
    """The records of one text, taken as it is (NFC); the title is not put into it. `published_at`: 2019-06-18 or with a time."""
    from extract.pipeline import extract
    from schemas.article import Article
    from schemas.normal import nfc
    from thidua.reading import stamp_of

    stamp, warnings = stamp_of(published_at)
    return extract(
        Article(
            id=id,
            url=url,
            source_credit=source_credit,
            title=title,
            published_at=stamp,
            province=province,
            text=nfc(text),
            read_by="given",
            warnings=warnings,
        )
    )
