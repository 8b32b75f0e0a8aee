"""Titles as the text writes them, made into patterns: lexicon/officials.toml."""

from __future__ import annotations

import re
from functools import cache

from extract.fold import fold
from extract.openings import Opened
from extract.words import any_of, lexicon


@cache
def titles() -> Opened:
    """One title: prefix, then one of whole (no organization), core, headed by its body's noun, then suffix."""
    given = lexicon("officials")["offices"]
    first = [
        *given["prefixes"],
        *given["whole"],
        *given["titles"],
        *given["staff"],
        "phó",
        "chánh",
        "tổng",
        "trưởng",
        "đồng trưởng",
        "đồng phó trưởng",
        "p. trưởng",
        "p.trưởng",
    ]
    return Opened(
        rf"""(?x:(?<!hlv\ )(?<!luyện\ viên\ )(?!(?<=chức\ )vụ\ )(?!(?<=nhiệm\ )vụ\ )(?!(?<=trở\ )thành\ )(?:(?<!chính\ )(?<!ủy\ )(?:{any_of(given["prefixes"])})\ )?
        (?:(?P<whole>(?:phó\ )?(?:{any_of(given["whole"])}))(?P<gap>(?:\ thường\ trực)?)(?P<of>\ chính\ phủ)?
          |(?:phó\ )?(?:chánh|tổng)\ (?P<chief>{any_of(given["chiefs"])})
          |(?P<core>(?:phó\ )?(?:{any_of([*given["titles"], *given["staff"]])}))
          |(?:(?:đồng\ )?(?:phó\ trưởng|trưởng)|phó|p\.\ ?trưởng)\ (?P<noun>{any_of(given["heads"])}))
        (?P<suffix>(?:\ (?:{any_of(given["suffixes"])}))*)(?!\w)(?!\ quán))""",
        [any_of(first)],
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
