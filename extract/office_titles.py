"""Titles as the text writes them, made into patterns: lexicon/officials.toml."""

from __future__ import annotations

import re
from functools import cache

from extract.fold import fold
from extract.places import lexicon


def _any(words: list[str]) -> str:
    """A pattern of any of the words, folded, the longest first."""
    return "|".join(sorted((re.escape(fold(word)) for word in words), key=lambda word: (-len(word), word)))


@cache
def titles() -> re.Pattern[str]:
    """One title: prefix, then one of whole (no organization), core, headed by its body's noun, then suffix."""
    given = lexicon("officials")["offices"]
    return re.compile(
        rf"""(?<!\w)(?<!hlv\ )(?<!luyện\ viên\ )(?!(?<=chức\ )vụ\ )(?:(?<!chính\ )(?:{_any(given["prefixes"])})\ )?
        (?:(?P<whole>(?:phó\ )?(?:{_any(given["whole"])}))(?P<gap>(?:\ thường\ trực)?)(?P<of>\ chính\ phủ)?
          |(?:phó\ )?(?:chánh|tổng)\ (?P<chief>{_any(given["chiefs"])})
          |(?P<core>(?:phó\ )?(?:{_any(given["titles"])}))
          |(?:phó\ trưởng|trưởng|phó)\ (?P<noun>{_any(given["heads"])}))
        (?P<suffix>(?:\ (?:{_any(given["suffixes"])}))*)(?!\w)(?!\ quán)""",
        re.VERBOSE,
    )


@cache
def short_titles() -> re.Pattern[str]:
    """Abbreviations of titles, as they are written: PCT, PGĐ."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(lexicon('officials')['offices']['short'], key=lambda form: -len(form)))})(?!\w)")


@cache
def staff() -> frozenset[str]:
    """Titles of staff, whose body a comma parts from the title."""
    return frozenset(fold(title) for title in lexicon("officials")["offices"]["staff"])


@cache
def hamlet_nouns() -> frozenset[str]:
    """Nouns of places below the commune."""
    return frozenset(fold(word) for word in lexicon("bodies")["seat"]["hamlet"])
