"""Names as runs of words: how they are compared, and where one stands in a text or in the source of a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extract.fold import fold
from schemas.normal import nfc

WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")  # letters, also with their marks apart
GAP = re.compile(r"\s{1,64}|[-_+]")  # between the words of one name; in addresses a sign

_MARKS = re.compile("[\u0300-\u036f]+")
_PLAIN = str.maketrans("đðɖy", "dddi")


class Word(NamedTuple):
    """One word, folded."""

    spelt: str  # without case, place of the tone mark, i and y
    plain: str  # without accents too
    bare: bool  # whether it was written without any


@lru_cache(1 << 16)
def folded(word: str) -> Word:
    """A word as names are compared by."""
    spelt = fold(nfc(word))
    letters = "".join(char for char in unicodedata.normalize("NFD", spelt) if not unicodedata.combining(char))
    plain = letters.replace("đ", "d")
    return Word(spelt, plain.replace("y", "i"), bare=plain == spelt)


def plain(text: str) -> str:
    """A text in small letters without accents, as `Word.plain` has them: a quick look whether a word may be in it."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).translate(_PLAIN)


def words_of(name: str) -> list[Word]:
    """The words of a name, folded."""
    return [folded(match[0]) for match in WORD.finditer(name)]


def runs(text: str, sizes: tuple[int, ...], is_one: Callable[[list[Word]], bool]) -> Iterator[tuple[int, int]]:
    """(start, end) of each run of so many words, parted by what parts the words of a name, that `is_one`."""
    places = [match.span() for match in WORD.finditer(text)] if sizes else []
    words = [folded(text[start:end]) for start, end in places]
    near = [GAP.fullmatch(text, end, start) is not None for (_, end), (start, _) in pairwise(places)]
    for size in sizes:
        for at in range(len(words) - size + 1):
            if all(near[at : at + size - 1]) and is_one(words[at : at + size]):
                yield places[at][0], places[at + size - 1][1]
