"""The archive in shards, for a Dask cluster: each worker reads the records of a shard by itself and leaves their readings as one Parquet part.

    SHARED/archive/*.warc.gz     what the workers read
    SHARED/parts/KEY.parquet     a row a page: what it gave (data/readings.py), `page` (all but its body) or `damage`; both JSON
    SHARED/parts/KEY.json        the registry of sites that they were read by

SHARED is the data folder as the workers see it: a folder that all machines have, or an address that fsspec knows (s3://…). A part is written aside
and then renamed, and its name tells what it was made of: it is there whole or not at all, and one of a run that was cut off is not made again.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
from distributed import Client, KilledWorker

from crawler.registry import Registry
from data.archive import page_of
from data.damage import Damage, Damaged
from data.readings import Found, Readings, bind, schema
from extract.pipeline import RULES
from schemas.article import Reject
from schemas.page import Fetch, Page
from schemas.reading import Reading
from thidua.work import EngineLost, read_alone, read_page

SIZE = 500  # pages of a shard: some seconds of work, some megabytes of readings
AHEAD = 3  # shards that wait for each thread of the cluster
PATIENCE = 30  # seconds in which the scheduler is to answer


class Shard(NamedTuple):
    """Pages that lie one behind the other in a segment."""

    key: str  # of what they are, by what they are read: name of the part
    fetches: tuple[Fetch, ...]


def shards(fetches: Iterable[Fetch], registry: str) -> Iterator[Shard]:
    """The archive's pages in shards that stay the same while the archive grows. `registry`: its digest."""
    for _, segment in itertools.groupby(fetches, key=lambda fetch: fetch.warc):
        rest = iter(segment)
        while some := tuple(itertools.islice(rest, SIZE)):
            made_of = [RULES, registry, *((fetch.warc, fetch.offset, fetch.sha256) for fetch in some)]
            yield Shard(_digest(json.dumps(made_of)), some)


def read_shard(shared: str, shard: Shard, registry: str, rules: str) -> None:
    """What a worker does: the part is there when this returns. ValueError where the worker has other rules."""
    if rules != RULES:
        raise ValueError(f"a worker has version {RULES} of the rules, this is version {rules}: install the same thidua on all machines")
    files, folder = fsspec.core.url_to_fs(shared)
    part = f"{folder}/parts/{shard.key}.parquet"
    if files.exists(part):
        return
    _make(files, folder, shard, partial(read_page, registry=_registry(shared, registry)))


def read_shards(
    scheduler: str, shared: str, todo: Iterable[Shard], registry: Registry
) -> Iterator[tuple[Fetch, tuple[Page, Found | Reject] | Damage]]:
    """What each page gives, in the order of the shards, read by the workers of a Dask cluster.

    EngineLost when there is no scheduler, or it has gone. A shard of which workers die again and again is read here, each page by itself.
    """
    files, folder = fsspec.core.url_to_fs(shared)
    files.makedirs(f"{folder}/parts", exist_ok=True)
    digest = registry_digest(registry)
    files.pipe_file(f"{folder}/parts/{digest}.json", registry.model_dump_json().encode())
    rest, waiting = iter(todo), list[tuple[Shard, Any]]()
    try:
        with Client(scheduler, timeout=PATIENCE) as client:
            while True:
                ahead = AHEAD * max(1, sum(client.nthreads().values()))
                for shard in itertools.islice(rest, max(0, ahead - len(waiting))):
                    task = client.submit(read_shard, shared, shard, digest, RULES, key=f"thidua-{shard.key}", pure=False)
                    waiting.append((shard, task))
                if not waiting:
                    return
                shard, task = waiting.pop(0)
                try:
                    task.result()
                except KilledWorker:
                    _make(files, folder, shard, partial(read_alone, registry=registry))
                yield from _rows(files, folder, shard)
    except Exception as error:  # the border to a library that knows many ways to fail
        raise EngineLost(f"{type(error).__name__}: {error}") from error


def remove_parts(shared: str) -> None:
    """Once all is in the store."""
    files, folder = fsspec.core.url_to_fs(shared)
    if files.exists(f"{folder}/parts"):
        files.rm(f"{folder}/parts", recursive=True)


def registry_digest(registry: Registry) -> str:
    """What readings hang on beside the rules."""
    return _digest(registry.model_dump_json())


@lru_cache(maxsize=2)
def _registry(shared: str, digest: str) -> Registry:
    files, folder = fsspec.core.url_to_fs(shared)
    return Registry.model_validate_json(files.cat_file(f"{folder}/parts/{digest}.json"))


def _make(files: Any, folder: str, shard: Shard, read: Callable[[Page], Reading | Reject]) -> None:
    """The part of a shard."""

    def member(segment: str, offset: int, length: int) -> bytes:
        return bytes(files.cat_file(f"{folder}/archive/{segment}", start=offset, end=offset + length))

    told, found = zip(*(_told(fetch, member, read) for fetch in shard.fetches), strict=True)
    rows = pa.Table.from_batches([bind(found, RULES).batch])
    for name, column in zip(("page", "damage"), zip(*told, strict=True), strict=True):
        rows = rows.append_column(name, pa.array(column, pa.string()))
    part = f"{folder}/parts/{shard.key}.parquet"
    aside = f"{part}.{uuid.uuid4().hex}"
    with files.open(aside, "wb") as file:
        pq.write_table(rows, file, compression="zstd")
    files.mv(aside, part)


def _told(
    fetch: Fetch, member: Callable[[str, int, int], bytes], read: Callable[[Page], Reading | Reject]
) -> tuple[tuple[str | None, str | None], Reading | Reject]:
    """The page or its damage, as JSON, and what it gave."""
    try:
        page = page_of(fetch, member)
    except Damaged as error:
        return (None, error.damage.model_dump_json()), Reject(reason="damaged")
    return (page.model_dump_json(exclude={"body"}), None), read(page)


def _rows(files: Any, folder: str, shard: Shard) -> Iterator[tuple[Fetch, tuple[Page, Found | Reject] | Damage]]:
    """What a part holds, beside the lines that it was made of."""
    with files.open(f"{folder}/parts/{shard.key}.parquet", "rb") as file:
        (rows,) = pq.read_table(file).combine_chunks().to_batches()
    pages, damages = (rows.column(name).to_pylist() for name in ("page", "damage"))
    found = Readings(rows.select(schema().names))
    for fetch, page, damage, one in zip(shard.fetches, pages, damages, found, strict=True):
        yield fetch, Damage.model_validate_json(damage) if damage else (Page(**json.loads(page), body=b""), one)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
