"""A stream in batches, so that a transaction or a table in memory holds no more than so many rows of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in lists of `size`, the last one shorter; none of an empty stream."""
    each = iter(rows)
    return iter(lambda: list(islice(each, size)), [])


def batches_apart(rows: Iterable[T], size: int, *, key: Callable[[T], Hashable]) -> Iterator[list[T]]:
    """The rows in lists of at most `size`, no key twice in one of them; the last list may be empty, and that of an empty stream is."""
    batch: dict[Hashable, T] = {}
    for row in rows:
        if key(row) in batch or len(batch) >= size:
            yield list(batch.values())
            batch = {}
        batch[key(row)] = row
    yield list(batch.values())


def with_last(stream: Iterable[T]) -> Iterator[tuple[T, bool]]:
    """Each one, and whether it is the last."""
    each = iter(stream)
    for before in each:
        for following in each:
            yield before, False
            before = following
        yield before, True
