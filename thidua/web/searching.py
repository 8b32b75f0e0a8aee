"""Words that somebody looks for: how they are compared with a text, with accents and without, and where they stand in it."""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import NamedTuple

from extract.fold import fold

WORDS = 12  # of a search that are looked for
BEFORE, AFTER = 90, 170  # characters of a text that are shown around a find
TONES = [("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"), ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"),
         ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"), ("ỳ", "ì"), ("ý", "í"), ("ỷ", "ỉ"), ("ỹ", "ĩ"), ("ỵ", "ị")]  # fmt: skip


class Sought(NamedTuple):
    """A search: its words without accents, and for each the spellings that count as the same where it was given with accents, else none."""

    words: list[str]
    spelt: list[list[str]]

    @property
    def padded(self) -> list[str]:
        """The words as they stand in a folded text."""
        return [f" {word} " for word in self.words]

    @property
    def phrase(self) -> str:
        """All words in their order, as in a folded text; empty for none."""
        return f" {' '.join(self.words)} " if self.words else ""


def sought(text: str) -> Sought:
    """What a person typed, as words."""
    given = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())[:WORDS]
    words = [(word, spellings(one) if word != one else []) for one in given for word in bare(one).split()]
    return Sought([word for word, _ in words], [forms for _, forms in words])


def slug(name: str) -> str:
    """A name as the key of its page: small letters without accents, hyphens between words; as web.slug makes it in the database."""
    letters = (letter for letter in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(letter))
    return "-".join(re.findall(r"[^\W_]+", "".join(letters).replace("đ", "d")))


def bare(text: str) -> str:
    """A text (NFC) in small letters without accents, one code point for one."""
    return text.translate(_BARE)


class _Bare(dict[int, str]):
    """Code point -> the letter without accents, filled as needed."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = {"đ": "d"}.get(base, base if len(base) == 1 else chr(code))
        return self[code]


_BARE = _Bare()


def spellings(word: str) -> list[str]:
    """A word and its other spellings: hòa, hoà; sĩ, sỹ."""
    pairs = [*TONES, *((new, old) for old, new in TONES)]
    return sorted({word, *(other for old, new in pairs if old in word and fold(other := word.replace(old, new)) == fold(word))})


def excerpt(text: str, search: Sought) -> list[tuple[str, bool]]:
    """The part of a text in which the words stand together, else the first of them; pieces, each with whether it is a find. Empty for none."""
    folded = bare(text)
    if not search.words or len(folded) != len(text):
        return []
    edges = r"(?<![^\W_]){}(?![^\W_])"
    together = re.search(edges.format(r"[\W_]+".join(map(re.escape, search.words))), folded)
    one = re.compile(edges.format(f"(?:{'|'.join(map(re.escape, search.words))})"))
    first = together or one.search(folded)
    if first is None:
        return []
    start, end = _edge(text, first.start() - BEFORE, step=1), _edge(text, first.end() + AFTER, step=-1)
    finds = [first.span()] if together else [match.span() for match in one.finditer(folded, start, end)]
    cuts = [start, *itertools.chain.from_iterable(finds), end]
    pieces = [(text[one:two], number % 2 == 1) for number, (one, two) in enumerate(itertools.pairwise(cuts))]
    return [("… " if start else "", False), *pieces, (" …" if end < len(text) else "", False)]


def _edge(text: str, at: int, *, step: int) -> int:
    """The place of a space near `at`, within the text."""
    at = max(0, min(at, len(text)))
    if at in (0, len(text)):
        return at
    found = text.find(" ", at, at + 20) if step > 0 else text.rfind(" ", at - 20, at)
    return found if found >= 0 else at
