"""Who confers an award, and of which level: the body after its name, before its verb, or by whose leave it is handed over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extract.award_names import lexicon
from extract.components.bodies import Body, complete
from extract.fold import fold
from extract.frames import Verb
from extract.quantities import any_of
from schemas.vocabulary import AwardLevel

_BARE: Mapping[str, AwardLevel] = {
    fold(word): AwardLevel(level) for level, words in lexicon()["bare_grantors"].items() if level != "several" for word in words
}
_SEVERAL = any_of(lexicon()["bare_grantors"]["several"])
_BY_KIND: Mapping[str, AwardLevel] = {kind: AwardLevel(level) for kind, level in lexicon()["by_kind"].items()}
_CONFERRERS = {
    "state",
    "government",
    "ministry",
    "committee",
    "council",
    "party",
    "department",
    "mass_organisation",
    "front",
    "armed_forces",
    "court",
    "school",
    "enterprise",
    "board",
    "other",
}

# between an award and the one who gives it: 'năm 2018', 'vì có thành tích' are no part of it
_OF = re.compile(
    r'[ "]*(?:(?:đột xuất|toàn diện|chuyên đề|về thành tích đột xuất) *)?(?:(?:,|và|cùng|kèm|kèm theo|cùng với) (?:phần thưởng|tiền thưởng|số tiền thưởng|hoa|quà)(?: [^\W\d_]+){0,2}? (?=của|do|từ))?(?:\( ?)?(?:(?:trong |năm |các năm )?(?:19|20)\d\d(?: ?[-,] ?(?:19|20)\d\d)? *\)?,? *)?(?P<of>của|do|từ|bởi)? *(?:các +|đồng chí +|ông +|bà +|lãnh đạo +)?'
)
_AND = re.compile(r" ?(?:,|và|, và|-|/|hoặc|cùng) ?(?:của )?")
_ACTS = re.compile(r" *(?:được|vinh dự|nhận|đón|đạt|đã|tặng|trao|là|có|cũng|quyết định|khen|vừa|tổ chức)(?!\w)")
_NO_AGENT = re.compile(
    r"(?<!\w)(?:cho|với|tại|của|trong|ở|đối với|về|từ|thuộc|đến|gồm|là|nhiệm vụ|bởi|nhân dân|dự|tới|ủy viên|nguyên|thành viên) *(?:các +|tập thể +|lãnh đạo +)?$"
)
_DECISION = re.compile(r"quyết định(?: [^,;.]{1,40})? của *$")
_AUTHORISED = re.compile(r"thừa (?:ủy quyền|ủy nhiệm|lệnh)(?: của)? *")
_SUBJECT = re.compile(
    rf"(?:(?<!\w)được|^[-–+• ]*|[,;]) *(?P<who>{any_of(_BARE)}) +(?:(?!được |nhận |vinh dự |đạt |có |đón )[^\W\d_]+ +){{0,7}}$"
)


_SILENT = ("danh hiệu", "có", "được", "xếp", "nhiều lần", "năm liền")
_GETTING = (
    "vinh dự",
    "đón",
    "đã nhận",
    "vừa nhận",
    "từng nhận",
    "đã đạt",
    "đã đón",
    "đã được nhận",
    "sẽ được nhận",
    "sẽ nhận",
    "sẽ đón",
    "cũng nhận",
    "còn nhận",
    "đã giành",
    "đã đoạt",
)


_AGENTLESS = re.compile(r"(?<!\w)được +$")  # "được tặng": nobody is named as giving


class Grantor(NamedTuple):
    """One who confers; `name` is completed with the province, None where only a level is told."""

    level: AwardLevel | None
    name: str | None


def after(folded: str, text: str, bodies: Sequence[Body], at: int, end: int, *, bare: bool = False) -> tuple[Grantor, ...]:
    """Those named right after an award: "của Bộ Y tế và UBND tỉnh", one of each level; a level that several share is one."""
    match = _OF.match(folded, at, end)
    assert match is not None  # every part of it may be missing
    if bare and not match["of"]:
        return ()  # "khen thưởng Công an huyện": they get it
    found: list[Body] = []
    place = match.end()
    while body := next((body for body in bodies if place <= body.start <= place + 1 and body.end <= end), None):
        joined = bool(found)
        if joined and (_ACTS.match(folded, body.end, end) or level(body) is None):
            break
        if not joined and ((level(body) is None and not match["of"]) or (match["of"] is None and _ACTS.match(folded, body.end, end))):
            break
        found.append(body)
        link = _AND.match(folded, body.end, end)
        if not link:
            break
        place = link.end()
    if found:
        return _by_level(found)
    if match["of"] and (level_word := re.compile(rf"(?P<who>{any_of(_BARE)})(?!\w)").match(folded, match.end(), end)):
        return (Grantor(_BARE[level_word["who"]], text[level_word.start("who") : level_word.end("who")]),)
    return ()


def several_after(folded: str, at: int, end: int) -> bool:
    """Whether "của các cấp, các ngành" follows: more than one level, and none of them told."""
    return bool(re.compile(rf" *(?:của|do)? *(?:{_SEVERAL})(?!\w)").match(folded, at, end))


def before(
    folded: str, text: str, bodies: Sequence[Body], found: Sequence[Verb], start: int, at: int, persons: Mapping[tuple[int, int], Grantor]
) -> tuple[Grantor, ...]:
    """Those who give in the clause before the award at `at`: by whose leave, who is the agent of "được … tặng", who is the subject."""
    if leave := next(iter(reversed(list(_AUTHORISED.finditer(folded, start, at)))), None):
        giver = next((body for body in bodies if leave.end() <= body.start <= leave.end() + 12), None)
        if giver:
            return (Grantor(level(giver), giver.name),)
    verb = _verb(found, folded, at)
    if verb is None:
        return ()
    verb_at = verb.start
    if _AGENTLESS.search(folded, start, verb_at) and not folded.startswith("khen", at):
        return ()
    bare = _SUBJECT.search(folded, max(start, verb_at - 60), verb_at)
    reach = verb.end if verb.frame == "settle" else verb_at  # "quyết định của Chủ tịch UBND tỉnh về việc tặng"
    agents = [body for body in bodies if start <= body.start and body.end <= reach and _may_act(folded, body, start, verb_at)]
    if agents:
        last = agents[-1]
        if bare and bare.start("who") > last.end and folded[last.end : bare.start("who")].strip() not in (",", "(", "-"):
            return (Grantor(_BARE[bare["who"]], text[bare.start("who") : bare.end("who")]),)
        joined = [last]
        for body in reversed(agents[:-1]):
            if not _AND.fullmatch(folded, body.end, joined[0].start):
                break
            joined.insert(0, body)
        givers = _by_level(joined)
        return givers if len(givers) < 2 else (Grantor(None, ", ".join(body.name for body in joined)),)
    if bare:
        return (Grantor(_BARE[bare["who"]], text[bare.start("who") : bare.end("who")]),)
    near = [giver for (_, end), giver in persons.items() if start <= end <= verb_at]
    return (near[-1],) if near else ()


def _verb(found: Sequence[Verb], folded: str, at: int) -> Verb | None:
    """The verb whose subject gives: the last "tặng", "trao", "khen" up to the award; None where it is got ("nhận", "đạt")."""
    for verb in reversed(found):
        word = folded[verb.start : verb.end]
        if verb.start > at or verb.frame not in ("give", "get", "settle") or word in _SILENT or word.startswith("lễ "):
            continue
        return None if verb.frame == "get" or word.startswith(_GETTING) else verb
    return None


def _may_act(folded: str, body: Body, start: int, verb_at: int) -> bool:
    """Whether the body before the verb gives, and does not get, house, own or belong."""
    if body.kind not in _CONFERRERS or level(body) is None:
        return False
    if _NO_AGENT.search(folded, max(start, body.start - 25), body.start) and not _DECISION.search(
        folded, max(start, body.start - 60), body.start
    ):
        return False
    between = folded[body.end : verb_at]
    return not re.search(r"(?<!\w)(?:được|vinh dự|nhận|đón|đạt|có \d)(?!\w)", between[:40]) and len(between) < 220


def level(body: Body) -> AwardLevel | None:
    """What the body confers; a school or an enterprise confers within itself."""
    return body.level or _BY_KIND.get(body.kind)


def _by_level(found: Sequence[Body]) -> tuple[Grantor, ...]:
    names: dict[AwardLevel | None, list[str]] = {}
    for body in found:
        names.setdefault(level(body), []).append(body.name)
    return tuple(Grantor(key, ", ".join(dict.fromkeys(value))) for key, value in names.items())


def completed(giver: Grantor, province: str | None) -> str | None:
    """The grantor's name with its province."""
    return complete(giver.name, province) if giver.name else None
