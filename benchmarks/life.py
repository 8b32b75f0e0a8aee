"""Articles as life has them, for measuring: nine in ten tell of no award, and hardly a sentence stands in two of them.

A sentence is one of the sample portals', with its figures drawn anew and a name, a place or a number of its own at its end: what a cache
holds of one article is worth little for the next, as among the articles of many papers.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from benchmarks.bulk import person
from benchmarks.stories import SEED, name, sentences

AWARDED = 10  # one article in so many tells of awards
LENGTH = 3_000  # characters of an article, in the middle; news has 2,400 to 3,500
# What makes a sentence one of awards or of those who hold offices: other news has few of the second
_OTHER = re.compile(
    r"thi đua|khen|huân chương|kỷ niệm chương|danh hiệu|giải|tặng|huy hiệu|bằng |vinh danh|dương|chủ tịch|bí thư|đồng chí|giám đốc|ủy viên|trưởng|\|",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\d/.,-])\d{2,3}(?![\d/.,-]|[^\W\d_])")  # no part of a date, of a code, of a longer number


def articles(count: int, first: int = 0) -> list[str]:
    """So many texts from number `first` on, each the same each time."""
    known = sentences()
    plain = [line for line in known if not _OTHER.search(line)]
    return [
        _article(random.Random(f"{SEED}-life-{number}"), plain if number % AWARDED else known) for number in range(first, first + count)
    ]


def distinct(texts: Sequence[str]) -> float:
    """The share of paragraphs that stand in the texts once."""
    lines = [line for text in texts for line in text.split("\n")]
    return len(set(lines)) / len(lines)


def _article(dice: random.Random, known: Sequence[str]) -> str:
    lines: list[str] = []
    length = dice.randint(LENGTH // 2, LENGTH * 3 // 2)
    while sum(map(len, lines)) < length:
        lines.append(_varied(dice.choice(known), dice))
    return "\n".join(lines)


def _varied(line: str, dice: random.Random) -> str:
    """A sentence as no other article has it."""
    told = _FIGURE.sub(lambda match: str(dice.randint(11, 10 ** len(match[0]) - 1)), line.rstrip('.”"!? '))
    places = [f" tại xã {name(dice, 2)}", f", tăng {dice.randint(2, 900)} tấn", f" trong năm {dice.randint(1990, 2025)}"]
    ends = [*places, *places, f", ông {person(dice)} cho biết"]
    return f"{told}{dice.choice(ends)} ở {name(dice, 2)}."
