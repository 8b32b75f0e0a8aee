"""Verb frames of awarding: which verbs stand before an award's name, and what they make of it: "đề nghị UBND tỉnh tặng …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.openings import opening
from extract.words import lexicon
from schemas.vocabulary import AwardStatus

_CERTAIN = {
    "propose": AwardStatus.PROPOSED,
    "register": AwardStatus.REGISTERED,
    "undo": AwardStatus.MENTIONED,
    "deny": AwardStatus.MENTIONED,
    "rule": AwardStatus.MENTIONED,
    "wish": AwardStatus.MENTIONED,
}
_OTHERS = re.compile(r"(?:,|và) (?:đã )?(?:có )?\d[\d.]* [^,;\d]*$")  # "96 hộ đăng ký và 89 hộ được công nhận"

_BEGGING = tuple(lexicon("awards")["grantors"]["begging"])
# "đề nghị Chủ tịch nước (xem xét,) | quyết định tặng": what is asked for is no decision yet
_TO_DECIDE = re.compile(r"(?: (?!(?:đã|vừa|được|và)(?!\w))[^\W\d_]+){1,14},? (?:ra |ban hành |kí |ký )?")

_LISTED = re.compile(r" (?:phấn đấu |có )?(?:danh hiệu )?\d")  # "đăng ký 1 tập thể đạt …, 3 cá nhân đạt …"


# "phấn đấu năm 2021 giữ vững …", "mục tiêu năm 2021: …": what is aimed at, to the end of the clause
_YEAR = r"(?:trong |đến |cuối )?năm(?: học)? \d{4}(?: ?[-–] ?\d{4})?"
_GOAL = re.compile(
    rf"phấn đấu(?: {_YEAR},?)? (?:giữ vững|có ít nhất|đề nghị|ít nhất|tất cả|\d)|phấn đấu {_YEAR},? |(?:mục tiêu|chỉ tiêu)(?: phấn đấu| thi đua)?(?: {_YEAR}(?= (?:có|đạt|phấn đấu)(?!\w))|(?: {_YEAR})?(?: là)?:)"
)
_IN_YEAR = re.compile(rf"{_YEAR}(?:, (?:[^\W\d_]+ ){{1,8}}| )$")  # "Năm 2021, đơn vị | phấn đấu đạt …"
_AIMED = ("propose", "give", "get")  # what an aim holds to the end of its clause
_HOPED = ("give", "get")  # and a hope, to the next comma
_HOPES = ("mong muốn", "hi vọng", "kì vọng", "mong được")
_TRIED = ("đã ", "luôn ", "nỗ lực ", "nỗ lực, ", "tích cực ", "cố gắng ", "cố gắng, ", "ra sức ", "vừa ")  # who did so


class Verb(NamedTuple):
    """A word of the sentence that tells of giving, getting, proposing …; `frame` is its table in lexicon/statuses.toml."""

    start: int
    end: int
    frame: str


@cache
def around(name: str) -> re.Pattern[str]:
    """One of the patterns of [around] in lexicon/statuses.toml."""
    return re.compile(lexicon("statuses")["around"][name])


@cache
def _pattern() -> re.Pattern[str]:
    tables = lexicon("statuses")
    order = ("undo", "deny", "rule", "propose", "register", "settle", "wish", "give", "get", "break")
    forms = "|".join(
        rf"(?P<{frame}>{'|'.join(_bounded(form) for form in sorted(tables[frame], key=len, reverse=True))})" for frame in order
    )
    return re.compile(rf"{opening(form for frame in order for form in tables[frame])}(?:{forms})")


def _bounded(form: str) -> str:
    return form if form in (";", "\\.") else rf"(?<!\w){form}(?!\w)"


def verbs(folded: str, start: int, end: int) -> tuple[Verb, ...]:
    """The verbs of folded[start:end], in order."""
    return tuple(Verb(match.start(), match.end(), match.lastgroup or "") for match in _pattern().finditer(folded, start, end))


def status(found: Sequence[Verb], folded: str, at: int) -> AwardStatus | None:
    """What the verbs before `at` make of an award named there; None when none of them speaks of it.

    A proposal holds until something is decided or a new clause gives or gets anew; a denial and a wish end with their
    clause, a rule and what is taken back with their sentence.
    """
    state: str | None = None
    since = 0
    broken = False
    asked = False  # it was only asked to take it back
    goal = False  # what is wished for is an aim that somebody set
    hoped = False  # somebody hopes for it
    begged = 0  # where the last word ends by which somebody is asked to give it
    for verb in found:
        if verb.start >= at:
            break
        gap = folded[since : verb.start]
        if verb.frame == "break":
            listed = folded[verb.start] == ";" and ":" in gap  # "các chỉ tiêu: …; …" holds to the end
            broken = broken or not listed
        elif (
            begged
            and state == "propose"
            and folded.startswith("quyết định", verb.start)
            and _TO_DECIDE.fullmatch(folded, begged, verb.start)
        ):
            continue
        elif asked and state == "undo" and verb.frame == "settle" and folded.startswith("đã ", verb.start):
            state, since, broken = "settle", verb.end, False
        elif state == "wish" and not broken and ((goal and verb.frame in _AIMED) or (hoped and verb.frame in _HOPED and "," not in gap)):
            continue
        elif state == "wish" and not broken and hoped and verb.frame == "settle" and folded.startswith("sẽ", verb.start):
            since = verb.end  # "hi vọng …, ông sẽ được tặng"
        elif _takes(state, verb, gap, folded, broken=broken):
            goal = verb.frame == "wish" and _is_goal(folded, verb)
            hoped = verb.frame == "wish" and folded.startswith(_HOPES, verb.start)
            asked = verb.frame == "undo" and state == "propose"
            begged = verb.end if verb.frame == "propose" and folded.startswith(_BEGGING, verb.start) else begged
            state, since, broken = ("give" if verb.frame == "get" else verb.frame), verb.end, False
    if state is None:
        return None
    return _CERTAIN.get(state, AwardStatus.AWARDED)


def _is_goal(folded: str, verb: Verb) -> bool:
    """Whether a wish is an aim that was set for a year or in figures, and nothing that somebody strove for and got."""
    aimed = _GOAL.match(folded, verb.start) or (
        folded.startswith(("phấn đấu đạt", "phấn đấu có", "phấn đấu được"), verb.start)
        and _IN_YEAR.search(folded, max(0, verb.start - 80), verb.start)
    )
    return bool(aimed) and not folded.endswith(_TRIED, 0, verb.start)


def _takes(state: str | None, verb: Verb, gap: str, folded: str, *, broken: bool) -> bool:
    """Whether a verb decides anew what the verbs before it had made of the award."""
    if state == "undo":
        return False
    if state is None or verb.frame in ("undo", "deny"):
        return True
    if verb.frame == "rule":
        return state not in ("settle", "propose", "register") or broken
    if verb.frame == "wish":
        return broken or state not in ("propose", "register", "settle", "deny", "rule")
    if verb.frame == "propose":
        return not (state == "rule" or (state in ("deny", "wish") and (len(gap) < 40 and "," not in gap)))
    if verb.frame == "settle":
        planned = state == "wish" and folded.startswith("lễ ", verb.start) and len(gap) < 20  # "dự kiến lễ trao tặng"
        promised = state == "rule" and not broken and folded.startswith("sẽ", verb.start)  # "theo quy định, …, sẽ được tặng"
        return not planned and not promised and not (state in ("deny", "rule") and not broken and "," not in gap)
    if verb.frame == "register":
        return state != "rule"
    return _turns(state, verb, gap, folded, broken=broken)


def _turns(state: str, verb: Verb, gap: str, folded: str, *, broken: bool) -> bool:
    """Whether a plain verb of giving or getting overrides what was said before."""
    if broken and state != "rule":  # "…; tặng Bằng khen cho": a clause without a subject goes on with what was said
        return not (verb.frame == "give" and state in _CERTAIN and gap.rpartition(";")[1] and not gap.rpartition(";")[2].strip())
    if state == "register":
        return bool(_OTHERS.search(gap)) and not _LISTED.match(gap)
    if state == "wish":
        return folded.startswith(("được", "tặng", "trao"), verb.start) and ("," in gap or " và " in gap or len(gap) > 60)
    return False


def governs(found: Sequence[Verb], at: int) -> Verb | None:
    """The last verb of giving or getting before `at`."""
    return next((verb for verb in reversed(found) if verb.end <= at and verb.frame in ("give", "get", "settle")), None)
