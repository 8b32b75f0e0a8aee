"""What pages gave, as one Arrow batch: made by the worker that reads them, handed to the loader or kept as a Parquet part.

A row a page, with the rows of each table of the store as a list: DuckDB takes them from there, and the loader makes none. A page that is no article
has its reject and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from data.likeness import sketch
from data.migrations import make_tables
from data.rows import OF_ARTICLE, reading_hash, rows_of, said_hash
from schemas.article import Article, Caption, Reject
from schemas.reading import RECORDS, Reading
from schemas.vocabulary import ArticleKind

TABLES = OF_ARTICLE[1:]  # all but the versions: these hang on what is kept already
SAID = ("id", "url", "site", "title", "lead", "text", "author", "source_credit")


class Found(NamedTuple):
    """What a page gave, as far as Python looks at it; the rows stay in the batch."""

    id: str  # key of the article
    kind: ArticleKind
    read_by: str | None
    title: str | None
    said: str  # see said_hash
    read: str  # see reading_hash
    sketch: tuple[int, ...]  # see data/likeness.py
    warnings: tuple[str, ...]
    records: int
    batch: pa.RecordBatch
    row: int  # of the batch

    def article(self) -> Article:
        """What it says, without its records and what they hang on."""
        (row,) = self.batch.column("articles")[self.row].as_py()
        said = {name: row["article" if name == "id" else name] for name in SAID}
        return Article(**said, captions=tuple(Caption(**caption) for caption in row["captions"]))


@dataclass(frozen=True)
class Kept:
    """A reading to be kept: of which page (null: of none), by which version of the rules, in which run."""

    reading: Reading | Found
    page: str | None
    rules: str
    run: str


HEADS = pa.schema(
    [
        ("id", pa.string()),
        ("kind", pa.string()),
        ("read_by", pa.string()),
        ("title", pa.string()),
        ("said", pa.string()),
        ("read", pa.string()),
        ("sketch", pa.list_(pa.uint32())),
        ("warnings", pa.list_(pa.string())),
        ("records", pa.int32()),
    ]
)


@cache
def schema() -> pa.Schema:
    """Columns of a batch."""
    with duckdb.connect() as con:
        make_tables(con)
        tables = [(name, pa.list_(pa.struct(list(con.table(name).limit(0).to_arrow_table().schema)))) for name in TABLES]
    return pa.schema([*HEADS, ("reject", pa.string()), *tables])


class Readings:
    """Some pages' readings, in order. It travels between processes as the bytes of its batch."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self.batch = batch

    def __iter__(self) -> Iterator[Found | Reject]:
        heads = self.batch.select([*HEADS.names, "reject"]).to_pylist()
        for row, head in enumerate(heads):
            reject = head.pop("reject")
            if reject is not None:
                yield Reject.model_validate_json(reject)
            else:
                head |= {"kind": ArticleKind(head["kind"]), "sketch": tuple(head["sketch"]), "warnings": tuple(head["warnings"])}
                yield Found(**head, batch=self.batch, row=row)

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpacked, (self.batch.serialize().to_pybytes(),)


def _unpacked(batch: bytes) -> Readings:
    return Readings(pa.ipc.read_record_batch(batch, schema()))


def bind(readings: Sequence[Reading | Reject], rules: str) -> Readings:
    """Readings by a version of the rules, for the loader."""
    return Readings(pa.RecordBatch.from_pylist([_row(one, rules) for one in readings], schema=schema()))


def table_of(found: Sequence[Found]) -> pa.Table:
    """The rows of some pages' batches, in order."""
    first: dict[int, int] = {}  # of each batch, where it begins
    batches: list[pa.RecordBatch] = []
    for one in found:
        if id(one.batch) not in first:
            first[id(one.batch)] = sum(map(len, batches))
            batches.append(one.batch)
    whole = pa.Table.from_batches(batches, schema=schema())
    wanted = [first[id(one.batch)] + one.row for one in found]
    return whole if wanted == list(range(len(whole))) else whole.take(wanted)


def _row(found: Reading | Reject, rules: str) -> dict[str, Any]:
    if isinstance(found, Reject):
        return {"reject": found.model_dump_json()}
    said, read = said_hash(found), reading_hash(found, rules)
    return {
        "id": found.id,
        "kind": found.kind.value,
        "read_by": found.read_by,
        "title": found.title,
        "said": said,
        "read": read,
        "sketch": sketch(found.text),
        "warnings": found.warnings,
        "records": sum(len(getattr(found, kind)) for kind in RECORDS),
        **rows_of(found, rules, said=said, read=read),
    }
