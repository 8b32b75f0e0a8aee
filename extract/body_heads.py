"""How the names of bodies begin, what may follow, and the words of their fields: lexicon/bodies.toml, made into patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from extract.fold import fold
from extract.places import pattern
from extract.words import lexicon

_TWO = re.compile(r"([^\W_]+)(?:\W{1,4}(\w+))?")  # the first two words of a head


class Head(NamedTuple):
    """How a body's name begins, and what may follow (see lexicon/bodies.toml)."""

    kind: str
    after: str
    capital: bool
    needs: bool
    bare: bool


@cache
def _sorted() -> Mapping[str, Sequence[tuple[str, Head]]]:
    """First word of a head -> forms and heads, longest form first."""
    found: dict[str, list[tuple[str, Head]]] = {}
    for row in lexicon("bodies")["head"]:
        head = Head(row["kind"], row["after"], row.get("capital", False), row.get("needs", False), row.get("bare", False))
        forms = row["forms"]
        for form in (*forms, *(form.replace(" Việt Nam", " VN") for form in forms if form.endswith(" Việt Nam"))):
            found.setdefault(re.split(r"\W", fold(form))[0], []).append((form, head))
    return {word: sorted(forms, key=lambda pair: -len(pair[0])) for word, forms in found.items()}


def first_words() -> Set[str]:
    """The first words of all heads."""
    return _sorted().keys()


@cache
def _by_two() -> Mapping[str, Mapping[str, Sequence[tuple[str, Head]]]]:
    """First word of a head -> second word, or "" for any other -> forms and heads that may begin so, longest form first."""
    found = {}
    for first, forms in _sorted().items():
        second = [[*re.findall(r"\w+", fold(form)), ""][1] for form, _ in forms]
        found[first] = {word: [pair for pair, other in zip(forms, second, strict=True) if other in ("", word)] for word in {"", *second}}
    return found


@cache
def _compiled(first: str, second: str) -> Sequence[tuple[re.Pattern[str], Head]]:
    return tuple((pattern([form]), head) for form, head in _by_two()[first][second])


def heads_at(folded: str, at: int) -> Sequence[tuple[re.Pattern[str], Head]]:
    """The heads whose first two words stand at `at`, longest form first."""
    match = _TWO.match(folded, at)
    by_second = _by_two().get(match[1]) if match else None
    if match is None or by_second is None:
        return ()
    return _compiled(match[1], match[2] if match[2] in by_second else "")


@cache
def fields() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Fields that may stand in lower case, fields that need a capital, and words of blocs."""
    given = lexicon("bodies")["fields"]
    nouns = [*given["nouns"], *(noun.replace(" và ", " & ") for noun in given["nouns"] if " và " in noun)]  # "Văn hóa, Thể thao & Du lịch"
    return pattern(nouns), pattern(given["words"]), pattern([*given["blocs"], *nouns])


@cache
def inner() -> re.Pattern[str]:
    """Syllables that make the next one, in lower case, the end of a word: cán bộ, quảng trường."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, map(fold, lexicon('bodies')['inner'])))}) $")


@cache
def others() -> re.Pattern[str]:
    """Names that begin like a body's and are none."""
    return pattern(lexicon("bodies")["others"])


@cache
def stops() -> re.Pattern[str]:
    """Words that no name goes on with, whatever their capitals."""
    return pattern(lexicon("bodies")["stops"])


@cache
def named_places() -> re.Pattern[str]:
    """Names of places that are never cut: they look like a person, or hold a hyphen."""
    return pattern(lexicon("bodies")["whole"])


@cache
def places_abroad() -> re.Pattern[str]:
    """Cities and provinces of other countries, which a person's name may follow: "Công an tỉnh Savannakhet | Thong Phan"."""
    return pattern(lexicon("officials")["offices"]["seats_abroad"])


@cache
def capitals_end() -> re.Pattern[str]:
    """Words after a body that are no place, where all is in capitals."""
    return pattern(lexicon("bodies")["capitals_end"])
