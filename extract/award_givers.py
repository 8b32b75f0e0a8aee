"""One who confers an award, and of which level: a body, or one who is called by a level or an office alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.award_words import Name
from extract.components.bodies import Body, complete, level_of
from extract.fold import fold
from extract.language import UPPER
from extract.places import central_city, province_of, provinces
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardLevel

_WORDS = lexicon("awards")["grantors"]
_BARE: Mapping[str, AwardLevel | None] = {
    fold(word): None if level == "unknown" else AwardLevel(level)
    for level, words in lexicon("awards")["bare_grantors"].items()
    if level not in ("several", "city")
    for word in words
}
_CITY = frozenset(map(fold, lexicon("awards")["bare_grantors"]["city"]))  # of the level of a province where the page's city is one
BARE_WORD = any_of([*_BARE, *_CITY]) + "(?!(?<=xã) hội)"
_SEATS = [(AwardLevel(code), re.compile(rf"(?<!\w)(?:{any_of(seats)})")) for code, seats in lexicon("awards")["seats"].items()]
_BY_KIND: Mapping[str, AwardLevel] = {kind: AwardLevel(level) for kind, level in lexicon("awards")["by_kind"].items()}
_ORGANISED = re.compile(rf"(?:{any_of(_WORDS['organs'])}) (?:{any_of(_WORDS['organisations'])})(?!\w)")
_USUAL = {kind: {AwardLevel(level) for level in levels} for kind, levels in lexicon("awards")["usual_levels"].items()}
_COMMISSION = re.compile(rf"(?:{any_of(_WORDS['commissions'])})(?!\w)")
_BANK = re.compile(r"(?<!\w)(?:ngân hàng|nhcsxh)(?!\w)")  # of which level its awards are is told nowhere
_NATIONAL = re.compile(  # "Đại học Quốc gia Hà Nội", "Ủy ban An toàn giao thông Quốc gia"
    r"(?:(?:tổng )?giám đốc |chủ tịch hội đồng )?(?:đại học|đh) quốc gia(?!\w)|(?:ủy ban|hội đồng|liên minh|(?:trưởng |phó trưởng )?ban chỉ (?:đạo|huy))(?: [^\W_]+){0,8} quốc gia(?!\w)"
)
_CLASSROOM = re.compile(r"(?:giám đốc )?trung tâm (?:giáo dục|dạy nghề|gdtx|gdnn|ngoại ngữ|đào tạo|luyện thi)(?!\w)")
_BOARD_OF = re.compile(r"(?:đảng ủy,? )?ban (?:giám đốc|lãnh đạo|chỉ huy) ")
_FIRM_BOARD = re.compile(r"(?:hđtv|hđqt|hội đồng thành viên|hội đồng quản trị) (?:tổng công ti|tập đoàn)(?!\w)")
_CITY_NAME = re.compile(rf"[. ]{{0,3}}(?=(?P<name>[{UPPER}]\w*(?: [{UPPER}]\w*)?))")
_LANDS = frozenset(("tỉnh", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn"))
_NAMED_LAND = re.compile(rf" [{UPPER}][\w'’]*(?: [{UPPER}][\w'’]*){{0,3}}")
_LONGEST = 30  # code points of a province's name


class Grantor(NamedTuple):
    """One who confers; `name` is completed with the province, None where only a level is told."""

    level: AwardLevel | None
    name: str | None
    hands_over: bool = False  # only told to hand it over


def called_by(word: str, text: str, start: int, end: int, province: str | None) -> Grantor:
    """One who is called by a level or an office alone, text[start:end]; a city is what its name says, else what the page's city is."""
    if word not in _CITY:
        named = _NAMED_LAND.match(text, end) if word in _LANDS else None  # "Tỉnh Yên Bái đã tặng"
        return Grantor(_BARE[word], text[start : named.end() if named else end])
    called = _CITY_NAME.match(text, end)
    if called is None:
        return of_city(province)._replace(name=text[start:end])
    known = provinces()[0].match(fold(text[called.end() : called.end() + _LONGEST]))
    if known is None:
        return Grantor(AwardLevel.DISTRICT, text[start : called.end("name")])
    central = central_city(province_of(known[0]))
    return Grantor(AwardLevel.PROVINCE if central else AwardLevel.DISTRICT, text[start : called.end() + known.end()])


def bare_level(word: str) -> AwardLevel | None:
    """What one who is called by an office alone confers: "thủ tướng"."""
    return _BARE.get(word)


def of_city(province: str | None) -> Grantor:
    """What "cấp thành phố" is: the level of a province where the page's province is a city, else that of a district."""
    return Grantor(AwardLevel.PROVINCE if province and central_city(province) else AwardLevel.DISTRICT, None)


def level(body: Body) -> AwardLevel | None:
    """What the body confers; a school or an enterprise confers within itself; "Q." and "các huyện" tell the seat."""
    name = fold(body.name)
    if body.level is AwardLevel.PROVINCE and _ORGANISED.match(name):
        return AwardLevel.DEPARTMENT  # "Ban Chấp hành LĐLĐ tỉnh"
    if body.level is AwardLevel.DEPARTMENT and _COMMISSION.match(name):
        return AwardLevel.PROVINCE
    if _CLASSROOM.match(name):
        return _BY_KIND["school"]
    if _NATIONAL.match(name) and body.level is not AwardLevel.GOVERNMENT:
        return AwardLevel.MINISTRY
    if body.kind == "enterprise":
        return None if _BANK.search(name) else _BY_KIND["enterprise"]
    if _FIRM_BOARD.match(name):
        return None
    if body.level or body.kind in _BY_KIND:
        return body.level or _BY_KIND[body.kind]
    if (board := _BOARD_OF.match(name)) and (told := level_named(body.name[board.end() :])):
        return told
    return next((confers for confers, seats in _SEATS if seats.search(name)), None)


def level_named(name: str) -> AwardLevel | None:
    """The level of a body by its name alone."""
    folded = fold(name)
    told = None if _BANK.search(folded) else level_of(name)
    if told is AwardLevel.DEPARTMENT and _COMMISSION.match(folded):
        return AwardLevel.PROVINCE
    return AwardLevel.DEPARTMENT if told is AwardLevel.PROVINCE and _ORGANISED.match(folded) else told


def by_level(found: Sequence[Body]) -> tuple[Grantor, ...]:
    """Those who give, one of each level."""
    names: dict[AwardLevel | None, list[str]] = {}
    for body in found:
        names.setdefault(level(body), []).append(body.name)
    return tuple(Grantor(key, ", ".join(dict.fromkeys(value))) for key, value in names.items())


def completed(giver: Grantor, province: str | None) -> str | None:
    """The grantor's name with its province."""
    return complete(giver.name, province) if giver.name else None


def usual(name: Name, givers: tuple[Grantor, ...]) -> tuple[Grantor, ...]:
    """Those of several who may give this kind: of "bằng khen, giấy khen của UBND tỉnh và UBND huyện" each gives one; none where nobody may."""
    levels = _USUAL.get(name.type)
    if levels is None or len(givers) < 2:
        return givers
    return tuple(giver for giver in givers if giver.level in levels) or (
        Grantor(None, ", ".join(giver.name for giver in givers if giver.name)),
    )


def likely(name: Name, givers: tuple[Grantor, ...]) -> tuple[Grantor, ...]:
    """Those who may give this kind."""
    levels = _USUAL.get(name.type)
    return givers if levels is None else tuple(giver for giver in givers if giver.level in levels)


def of_school(name: Name, givers: Sequence[Grantor]) -> Name:
    """A "huy chương" that a school or an enterprise gives is none of the State's."""
    if not (name.type == "medal" and name.vague and givers and givers[0].level is AwardLevel.GRASSROOTS):
        return name
    return replace(name, level=None, vague=False)
