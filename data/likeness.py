"""How much two texts have in common, told from small samples of them, so that the texts need not be kept side by side."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Sequence

SIZE = 64  # of a sketch
LONGEST = 50_000  # characters that are looked at
_WORD = re.compile(r"\w+")
_RUN = 3  # words

BODY, TITLE = 0.1, 0.5  # shares below which two articles have no more in common than any two of one publisher


def sketch(text: str) -> list[int]:
    """The smallest hashes of the text's runs of three words, 32 bits each, in order: a sample that is the same for the same runs."""
    words = " ".join(_WORD.findall(text[:LONGEST].casefold())).encode("utf-8", "replace").split()
    runs = (
        set(map(b" ".join, zip(*(words[start:] for start in range(_RUN)), strict=False)))
        if len(words) > _RUN
        else {b" ".join(words)} - {b""}
    )
    return sorted(set(map(zlib.crc32, runs)))[:SIZE]


def shared(one: Sequence[int], other: Sequence[int]) -> float | None:
    """The share of the shorter text's runs that the other has too, by their sketches; None where the samples do not meet."""
    limit = min((some[-1] for some in (one, other) if len(some) == SIZE), default=None)
    here, there = ({value for value in some if limit is None or value <= limit} for some in (one, other))
    return _overlap(here, there)


def is_replaced(before: tuple[str | None, Sequence[int] | None], after: tuple[str | None, Sequence[int] | None]) -> bool | None:
    """Whether (title, sketch) is another article than the one before: both have next to nothing in common. None where a sketch is missing."""
    (old_title, old), (new_title, new) = before, after
    if old is None or new is None:
        return None
    body = shared(old, new)
    titles = _overlap(_words(old_title), _words(new_title))
    return body is not None and body < BODY and (titles is None or titles < TITLE)


def _words(title: str | None) -> set[str]:
    return set(_WORD.findall((title or "").casefold()))


def _overlap(one: Collection[object], other: Collection[object]) -> float | None:
    smaller = min(len(one), len(other))
    return len(set(one) & set(other)) / smaller if smaller else None
