"""Pages to readings, in order, in this process or in several. Used by `parse`, `extract` and `rebuild` alike."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import active_children, get_context
from typing import TypeVar

from crawler.registry import Registry
from data.batches import batches
from extract import spacy_alone  # noqa: F401  before the pipeline imports spaCy
from extract.pipeline import extract, pipeline
from schemas.article import Article, Reject
from schemas.page import Page
from schemas.reading import Reading
from thidua.reading import article

BATCH = 16  # pages given to a worker at once, some tenths of a second
AHEAD = 4  # batches a worker has waiting, which bounds the memory

FAULT = "fault"  # the reason of a reject that is ours

T = TypeVar("T")
F = TypeVar("F")
# what is made of readings where they are read, one thing of each; a function of a module
Give = Callable[[Sequence[Reading | Reject]], Iterable[F]]


class EngineLost(Exception):
    """Nobody is there who would read, or any more; what is in the store is kept."""


def read_page(page: Page, registry: Registry) -> Reading | Reject:
    """The reading of one page. A fault of a reader or a rule rejects this page alone, and names the fault."""
    pipeline()  # a fault in a lexicon is no fault of the page
    try:
        found = article(page, registry)
        return extract(found) if isinstance(found, Article) else found
    except Exception as error:  # the border of the run: one page must not end it
        return Reject(reason=FAULT, detail=f"{type(error).__name__}: {str(error)[:300]}")


def read_all(pages: Iterable[tuple[T, Page]], registry: Registry, give: Give[F], *, workers: int = 1) -> Iterator[tuple[T, F]]:
    """(what stood beside the page, what `give` makes of its reading) in the order of `pages`; T stays in this process."""
    if workers <= 1:
        for some in batches(pages, 1 if give is list else BATCH):  # what is not bound comes at once: somebody may wait for each line
            yield from zip((beside for beside, _ in some), give([read_page(page, registry) for _, page in some]), strict=True)
        return
    ready = batches(pages, BATCH)
    waiting: list[tuple[list[tuple[T, Page]], Future[Iterable[F]]]] = []
    pool = _pool(workers, registry)
    try:
        while True:
            for batch in itertools.islice(ready, max(0, workers * AHEAD - len(waiting))):
                waiting.append((batch, _submit(pool, [page for _, page in batch], give)))
            if not waiting:
                return
            batch, future = waiting.pop(0)
            try:
                found = future.result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                found = give([read_alone(page, registry) for _, page in batch])
                pool = _pool(workers, registry)
                waiting = [(one, _submit(pool, [page for _, page in one], give)) for one, _ in waiting]
            for (beside, _), reading in zip(batch, found, strict=True):
                yield beside, reading
    except BaseException:  # stopped: what the workers still read is not wanted
        for worker in active_children():
            worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, pages: list[Page], give: Give[F]) -> Future[Iterable[F]]:
    """Give pages to a worker; one that is started for them never hears Ctrl-C, which reaches the whole group: workers leave it to us."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_read_batch, pages, give)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_worker: dict[str, Registry] = {}  # of a worker: the registry by which it reads, given to it once


def _begin(registry: Registry) -> None:
    _worker["registry"] = registry


def _read_batch(pages: Sequence[Page], give: Give[F]) -> Iterable[F]:
    return give([read_page(page, _worker["registry"]) for page in pages])


def read_alone(page: Page, registry: Registry) -> Reading | Reject:
    """The reading of a page of those that a worker died of, in a process of its own."""
    with _pool(1, registry) as pool:
        read: Callable[[], Reading | Reject] = partial(read_page, page, registry)
        try:
            return pool.submit(read).result()
        except BrokenProcessPool:
            return Reject(reason=FAULT, detail="the worker died while it read this page")


def _pool(workers: int, registry: Registry) -> ProcessPoolExecutor:
    # spawn: a process that has a database open or threads running must not be forked
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(registry,))
