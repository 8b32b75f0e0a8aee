"""Verb frames of awarding: which verbs stand before an award's name, and what they make of it: "đề nghị UBND tỉnh tặng …"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from schemas.vocabulary import AwardStatus

_CERTAIN = {
    "propose": AwardStatus.PROPOSED,
    "register": AwardStatus.REGISTERED,
    "deny": AwardStatus.MENTIONED,
    "wish": AwardStatus.MENTIONED,
}


class Verb(NamedTuple):
    """A word of the sentence that tells of giving, getting, proposing …; `frame` is its table in lexicon/statuses.toml."""

    start: int
    end: int
    frame: str


@cache
def _pattern() -> re.Pattern[str]:
    with files("extract").joinpath("lexicon/statuses.toml").open("rb") as file:
        tables: dict[str, list[str]] = tomllib.load(file)
    order = ("deny", "propose", "register", "settle", "wish", "give", "get", "break")
    return re.compile(
        "|".join(rf"(?P<{frame}>{'|'.join(_bounded(form) for form in sorted(tables[frame], key=len, reverse=True))})" for frame in order)
    )


def _bounded(form: str) -> str:
    return form if form in (";", "\\.") else rf"(?<!\w){form}(?!\w)"


def verbs(folded: str, start: int, end: int) -> tuple[Verb, ...]:
    """The verbs of folded[start:end], in order."""
    return tuple(Verb(match.start(), match.end(), match.lastgroup or "") for match in _pattern().finditer(folded, start, end))


def status(found: Sequence[Verb], folded: str, at: int) -> AwardStatus | None:
    """What the verbs before `at` make of an award named there; None when none of them speaks of it.

    A proposal holds until something is decided or a new clause gives or gets anew; a wish ends with its clause.
    """
    state: str | None = None
    since = 0
    broken = False
    word = ""
    for verb in found:
        if verb.start >= at:
            break
        if verb.frame == "break":
            listed = folded[verb.start] == ";" and ":" in folded[since : verb.start]  # "các chỉ tiêu: …; …" holds to the end
            broken = broken or not listed
        elif verb.frame in _CERTAIN:
            if verb.frame == "wish" and state in ("propose", "register", "settle") and not broken:
                continue
            if verb.frame == "propose" and _holds(state, word, folded[since : verb.start]):
                continue
            state, since, broken, word = verb.frame, verb.end, False, folded[verb.start : verb.end]
        elif verb.frame == "settle":
            state, since, broken = "settle", verb.end, False
        elif _turns(state, verb, folded, since, broken):
            state, since, broken = "give", verb.end, False
    if state is None:
        return None
    return _CERTAIN.get(state, AwardStatus.AWARDED)


def _holds(state: str | None, word: str, gap: str) -> bool:
    """Whether a denial or a wish keeps its hold on a proposal after it: "nếu … được xét tặng", "tiêu chuẩn xét tặng"."""
    if state == "deny" and word.startswith(("nếu", "khi", "trường hợp")):
        return True
    return state in ("deny", "wish") and len(gap) < 40 and "," not in gap


def _turns(state: str | None, verb: Verb, folded: str, since: int, broken: bool) -> bool:
    """Whether a plain verb of giving or getting overrides what was said before."""
    if state is None:
        return True
    if broken:  # "…; tặng Bằng khen cho": a clause without a subject goes on with what was said
        return not (verb.frame == "give" and re.fullmatch(r"[^;]*; *", folded[since : verb.start]) and state in _CERTAIN)
    if state == "wish":
        gap = folded[since : verb.start]
        return folded.startswith(("được", "tặng", "trao"), verb.start) and ("," in gap or " và " in gap or len(gap) > 60)
    return False


def governs(found: Sequence[Verb], at: int) -> Verb | None:
    """The last verb of giving or getting before `at`."""
    return next((verb for verb in reversed(found) if verb.end <= at and verb.frame in ("give", "get", "settle")), None)
