"""The word lists of extract/lexicon/, and patterns of any of some words. Dates, whose patterns have a spacing of their own, make theirs in calendar_points."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from extract.fold import fold


@cache
def lexicon(name: str) -> Mapping[str, Any]:
    """What extract/lexicon/<name>.toml says."""
    return tomllib.loads(files("extract").joinpath(f"lexicon/{name}.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """An alternation of the folded words, the longest first, without a group around it; it may stand in a verbose pattern too."""
    return "|".join(sorted({re.escape(fold(word)) for word in words}, key=lambda word: (-len(word), word)))
