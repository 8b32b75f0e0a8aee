"""What an award's name is made of: the record of one name, and the words for classes and levels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from extract.fold import fold
from extract.words import any_of, lexicon
from schemas.awards import Class
from schemas.tables import award_types
from schemas.vocabulary import AwardLevel, Unit

_COORDINATED = re.compile(r' *"? *(?:,|và|,? ?và|hoặc|;|/|cùng|kèm)? *(?:\d[\d.]* +|danh hiệu +)?"? *')
QUOTED = re.compile(r""" +(?:"[^"\n]{1,120}"|' ?[^'\n]{1,80}')""")


@dataclass(frozen=True)
class Name:
    """A named award in the text, half-open in code points; `end` is where its class and level end."""

    start: int
    end: int
    type: str
    class_: Class | None = None
    level: AwardLevel | None = None  # as fixed by the kind of award or told by the name
    bare: bool = False  # "khen thưởng": an award only when counted or given to somebody named
    all_classes: bool = False  # "các hạng"
    won: bool = False  # the verb is part of it: "đoạt giải cấp tỉnh"
    several: bool = False  # "các cấp": more than one level
    vague: bool = False  # "huân chương" and no more: the one that the article names elsewhere, if it does
    generic: bool = False  # "khen thưởng" without more: it may stand for another award that the article names
    placed: bool = False  # its level is that of the land which its contest is named for
    city: bool = False  # "cấp thành phố": of a province where the page's city is one, else of a district
    quoted: str | None = None  # what stands in quotation marks after it, folded
    elliptic: bool = False  # "hạng II" after "Huân chương Lao động hạng I"
    borrowed: bool = False  # "khen thưởng" that stands for an award which the article names elsewhere
    unit: Unit = Unit.AWARD  # what a number before the name counts


CLASS_OF: Mapping[str, Class] = {fold(word): cast(Class, code) for code, words in lexicon("awards")["classes"].items() for word in words}
LEVEL_OF: Mapping[str, AwardLevel] = {fold(word): AwardLevel(code) for code, words in lexicon("awards")["levels"].items() for word in words}
_MONEY = any_of(lexicon("awards")["praise"]["money"])
# A sum of money in folded text; "5 đồng chí" is none
SUM = rf"(?:số tiền )?(?:gần |hơn |trên )?\d[\d.,]* ?(?:{_MONEY})(?: đồng)?(?!\w| chí(?!\w))"


# those who get the title of a collective where the text says "Lao động tiên tiến" of all
BODIES = ((Unit.COLLECTIVE,), (Unit.UNIT,))
COLLECTIVE_KINDS = frozenset(("advanced_labor_collective",))


def fixed_level(code: str) -> AwardLevel | None:
    """The level that awards of this type always have."""
    level = award_types()[code]["fixed_level"]
    return AwardLevel(level) if level else None


def groups(names: Iterable[Name], folded: str) -> Iterator[tuple[Name, ...]]:
    """Names joined by commas and "và" alone, which share what follows the last: "Cờ thi đua và Bằng khen của UBND tỉnh"."""
    run: list[Name] = []
    for name in names:
        gap = folded[run[-1].end : name.start] if run and name.start >= run[-1].end else None
        apart = bool(run) and (run[-1].type == "contest_prize") != (name.type == "contest_prize")
        if run and (apart or not (gap is None or _COORDINATED.fullmatch(gap))):
            yield tuple(run)
            run = []
        run.append(name)
    if run:
        yield tuple(run)
