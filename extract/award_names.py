"""Where a sentence names awards: their kind, their class, and the level that the name itself tells.

"Huân chương Lao động hạng Nhất, Nhì" is two names, "CSTĐ cấp tỉnh, cấp cơ sở" too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, cast

from extract.fold import fold
from extract.quantities import any_of
from schemas.awards import Class
from schemas.tables import award_types
from schemas.vocabulary import AwardLevel, Unit

_GIVERS = ("tặng", "trao", "nhận", "được", "thưởng", "và", "thêm", ",", ";", ":", "hoặc", "phất", "đạt", "cùng")


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
    several: bool = False  # "các cấp": more than one level
    elliptic: bool = False  # "hạng II" after "Huân chương Lao động hạng I"
    unit: Unit = Unit.AWARD  # what a number before the name counts


@cache
def lexicon() -> Mapping[str, Any]:
    """extract/lexicon/awards.toml."""
    with files("extract").joinpath("lexicon/awards.toml").open("rb") as file:
        return tomllib.load(file)


_CLASS_OF: Mapping[str, Class] = {fold(word): cast(Class, code) for code, words in lexicon()["classes"].items() for word in words}
_LEVEL_OF: Mapping[str, AwardLevel] = {fold(word): AwardLevel(code) for code, words in lexicon()["levels"].items() for word in words}
_SEVERAL = any_of(lexicon()["bare_grantors"]["several"])
_CLASS = any_of(_CLASS_OF)
# "hạng Nhất, Nhì và Ba", "hạng I; hạng II", "các hạng"
_CLASSES = re.compile(rf'[ "]*(?:(?P<all>các hạng|hạng các loại|các loại)|hạng +(?P<first>{_CLASS})(?!\w))')
_MORE_CLASSES = re.compile(
    rf"(?: ?[,;/] ?| ?, ?và +| +và +| *- *)(?:hạng +)?(?P<more>{_CLASS})(?!\w)(?! +(?:tập thể|cá nhân|đơn vị|hộ|người|đồng chí))"
)
_NEXT_CLASS = re.compile(
    rf"(?: ?\([^()]{{1,30}}\)| năm \d{{4}})?(?: ?[,;] ?| và +|, và +)(?:\d{{1,4}} +)?(?P<name>hạng +(?P<class>{_CLASS}))(?!\w)"
)
_LISTED = re.compile(rf" *(?:\(|:|gồm:?|trong đó(?: có)?:?) *\d{{1,4}} +(?P<name>hạng +(?P<class>{_CLASS}))(?!\w)")
_PRIZE = re.compile(rf" +(?P<first>{any_of(['nhất', 'nhì', 'ba', 'i', 'ii', 'iii'])})(?!\w)")
_MORE_PRIZES = re.compile(
    r"(?: ?[,;/] ?| ?, ?và +| +và +| *- *)(?:giải +)?(?P<more>nhất|nhì|ba)(?!\w)(?! +(?:tập thể|cá nhân|đơn vị|hộ|người))"
)
_NEXT_PRIZE = re.compile(r"(?: ?[,;] ?| và +|, và +)\d{1,4} +(?P<name>(?P<class>nhất|nhì|ba))(?!\w)")
_OTHER_PRIZES = re.compile(r"(?: ?[,;/] ?| ?, ?và +| +và +)(?:\d{1,4} +)?(?P<name>khuyến khích)(?!\w)")
_PLACED = re.compile(
    rf"(?<!\w)(?:(?:xếp|đạt|giành|đoạt) +)(?P<name>(?:hạng|vị trí thứ|thứ) +(?P<class>{any_of(['nhất', 'nhì', 'ba'])}) +(?:toàn đoàn|khối|cụm|toàn tỉnh))(?!\w)"
)
_LEVEL = re.compile(rf'[ "]*[,(]? ?(?P<level>{any_of(_LEVEL_OF)})(?!\w)')
_MORE_LEVELS = re.compile(rf"(?: ?[,/] ?| +và +|, và +)(?:(?:chiến sĩ thi đua|cstđ) +)?(?P<level>(?:cấp +)?(?:{any_of(_LEVEL_OF)}))(?!\w)")
_QUOTED = re.compile(r' +"(?! )[^"\n]{1,120}"')
UPPER = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isupper())
_NAMED_PRIZE = re.compile(rf' +(?:["“][^"”\n]{{2,80}}["”]|[{UPPER}][\w-]*(?: [{UPPER}][\w-]*){{1,5}})')
_DECADE = re.compile(r" (?:\d{2}(?:,? và|,)? ?)+ năm tuổi đảng| \d{2} năm tuổi đảng| đảng(?!\w)")
_CAPITALS = re.compile(rf"[ ,]*(?:liệt sĩ |ông |bà |đồng chí )?[{UPPER}]\w* [{UPPER}]\w*")
_PRIZES_GIVEN = re.compile(r"(?<!\w)(?:trao|tặng|nhận|đạt|đoạt|giành|có) +(?:được +)?\d+$")
_TITLED = re.compile(r'(?:danh hiệu|tặng|nhận|đạt|hiệu|thưởng|công nhận|là|tuyên dương|\d|"|,|và)\W*$')


def fixed_level(code: str) -> AwardLevel | None:
    """The level that awards of this type always have."""
    level = award_types()[code]["fixed_level"]
    return AwardLevel(level) if level else None


def _places(entry: Mapping[str, Any]) -> str:
    """ "thôn, ấp, tổ dân phố văn hóa": one or several places and their common ending."""
    place = any_of(entry["places"])
    return rf"(?:{place})(?: ?[,/] ?(?:{place})| (?:và|hoặc) (?:{place})){{0,5}} {re.escape(fold(entry['ending']))}"


def _compile(entries: Sequence[Mapping[str, Any]]) -> re.Pattern[str]:
    """One pattern of all names: the group n<i> tells the entry. Longer names stand first."""
    forms: list[tuple[int, int, str]] = []
    for index, entry in enumerate(entries):
        forms += [(len(name), index, re.escape(fold(name)).replace(r"\ ", " +")) for name in entry.get("names", ())]
        forms += [(len(name), index, re.escape(fold(name)).replace(r"\ ", " +")) for name in entry.get("abbreviations", ())]
        if "places" in entry:
            forms.append((200, index, _places(entry)))
    ordered = sorted(forms, key=lambda form: (-form[0], form[2]))
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<n{at}_{index}>{form})" for at, (_, index, form) in enumerate(ordered)) + r")(?!\w)")


_ENTRIES: Sequence[Mapping[str, Any]] = lexicon()["award"]
_NAMES = _compile(_ENTRIES)
_SHORT: frozenset[str] = frozenset(fold(name) for entry in _ENTRIES for name in entry.get("abbreviations", ()) if name.isupper())


def find(folded: str, text: str, start: int, end: int) -> Iterator[Name]:
    """Awards named in the sentence folded[start:end], in order."""
    at = start
    while match := _NAMES.search(folded, at, end):
        at = match.end()
        entry = _ENTRIES[int((match.lastgroup or "n0_0").split("_")[1])]
        if not _is_name(entry, match, folded, text, start, end):
            continue
        for name in _expand(entry, match, folded, text, end):
            at = max(at, name.end)
            yield name
    for match in _PLACED.finditer(folded, start, end):
        yield Name(match.start("name"), match.end("name"), "contest_prize", _CLASS_OF[match["class"]])


def _is_name(entry: Mapping[str, Any], match: re.Match[str], folded: str, text: str, start: int, end: int) -> bool:
    """Whether the words are an award here: capitals of abbreviations, what stands before and after."""
    written = text[match.start() : match.end()]
    if match[0] in _SHORT and not written.isupper() and match[0] not in ("hcv", "hcb"):
        return False
    after, before = folded[match.end() : min(end, match.end() + 40)], folded[max(start, match.start() - 40) : match.start()].rstrip()
    if any(re.match(rf' *"? *{re.escape(fold(word))}(?!\w)', after) for word in entry.get("not_before", ())):
        return False
    if entry.get("needs_verb"):
        return (bool(before) and (before[-1].isdigit() or before.endswith(_GIVERS))) or (
            written[0].isupper() and bool(re.match(r' *(?:"|của|cho|đơn vị)', after))
        )
    if entry.get("bare"):
        return not any(re.search(rf"(?<!\w){re.escape(fold(word))}$", before) for word in entry["not_after"]) and not re.match(
            r" *(?:thi đua|, kỉ luật|và kỉ luật|kỉ luật)", after
        )
    if entry.get("honorific"):
        return not (_CAPITALS.match(text, match.end()) and not _TITLED.search(before))
    if entry.get("prize"):
        return bool(_PRIZE.match(folded, match.end(), end)) or (
            before[-1:].isdigit() and not re.match(r" +(?:pháp|thưởng|thích|quyết|đấu|trình)", after)
        )
    if entry.get("named"):
        return bool(_NAMED_PRIZE.match(text, match.end(), end)) or bool(_PRIZES_GIVEN.search(before))
    return True


def _expand(entry: Mapping[str, Any], match: re.Match[str], folded: str, text: str, end: int) -> Iterator[Name]:
    """The names that one match and what follows it make."""
    code = entry["type"]
    unit = Unit(entry.get("unit", Unit.AWARD)) if not match[0].startswith(("xã", "phường", "thị trấn")) else Unit.UNIT
    base = Name(
        match.start(),
        match.end(),
        code,
        level=AwardLevel(entry["level"]) if "level" in entry else fixed_level(code),
        bare=bool(entry.get("bare")),
        unit=unit,
    )
    if entry.get("prize"):
        yield from _prizes(base, folded, end)
    elif entry.get("classes"):
        yield from _classed(base, folded, end)
    else:
        yield from _levelled(base, folded, text, end)


def _classed(base: Name, folded: str, end: int) -> Iterator[Name]:
    """ "hạng Nhất, Nhì, Ba" is three, ", 4 hạng II" one more, "(1 hạng Nhì, 4 hạng Ba)" two; their quotes begin alike."""
    quoted = _QUOTED.match(folded, base.end, end)
    match = _CLASSES.match(folded, base.end, end) or (quoted and _CLASSES.match(folded, quoted.end(), end))
    if match and not match["all"]:
        yield replace(base, end=match.end(), class_=_CLASS_OF[match["first"]])
        at = match.end()
    elif match:
        yield replace(base, end=match.end(), all_classes=True)
        return
    else:
        yield base
        listed = _LISTED.match(folded, base.end, end)
        if not listed:
            return
        at = listed.end()
        yield replace(base, start=listed.start("name"), end=at, class_=_CLASS_OF[listed["class"]], elliptic=True)
    while (following := _NEXT_CLASS.match(folded, at, end)) or (following := _MORE_CLASSES.match(folded, at, end)):
        at = following.end()
        if "name" in following.re.groupindex:
            yield replace(base, start=following.start("name"), end=at, class_=_CLASS_OF[following["class"]], elliptic=True)
        else:
            yield replace(base, end=at, class_=_CLASS_OF[following["more"]])


def _prizes(base: Name, folded: str, end: int) -> Iterator[Name]:
    """ "giải Nhất, Nhì, Ba", "2 giải Nhất, 3 Nhì", or a bare "giải" that is counted."""
    match = _PRIZE.match(folded, base.end, end)
    if not match:
        yield base
        return
    yield replace(base, end=match.end(), class_=_CLASS_OF[match["first"]])
    at = match.end()
    while (
        (following := _NEXT_PRIZE.match(folded, at, end))
        or (following := _MORE_PRIZES.match(folded, at, end))
        or (following := _OTHER_PRIZES.match(folded, at, end))
    ):
        at = following.end()
        groups = following.re.groupindex
        if "more" in groups:
            yield replace(base, end=at, class_=_CLASS_OF[following["more"]])
            continue
        start = following.start("name")
        yield replace(base, start=start, end=at, class_=_CLASS_OF[following["class"]] if "class" in groups else None, elliptic=True)


def _levelled(base: Name, folded: str, text: str, end: int) -> Iterator[Name]:
    """ "cấp tỉnh, cấp cơ sở" is two; "các cấp" tells that they are several; a quoted name belongs to the award."""
    stop = base.end
    if base.type == "insignia" and (decade := _DECADE.match(folded, stop, end)):
        yield replace(base, end=decade.end(), several=True)  # the Party's badge has no level
        return
    if base.type == "award_unspecified" and (named := _NAMED_PRIZE.match(text, stop, end)) and not base.bare:
        stop = named.end() - (len(named[0]) - len(named[0].rstrip()))
    elif quoted := _QUOTED.match(folded, stop, end):
        stop = quoted.end()
    base = replace(base, end=stop)
    if several := re.compile(rf" *(?:của )?(?:{_SEVERAL})(?!\w)").match(folded, stop, end):
        yield replace(base, end=several.end(), several=True)
        return
    match = _LEVEL.match(folded, stop, end)
    if base.level or not match or not _levels_apply(base, match["level"]):
        yield base
        return
    yield replace(base, end=match.end(), level=_LEVEL_OF[match["level"]])
    at = match.end()
    while base.type == "emulation_fighter" and (following := _MORE_LEVELS.match(folded, at, end)):
        at = following.end()
        yield replace(base, end=at, level=_LEVEL_OF.get(following["level"]) or _LEVEL_OF.get("cấp " + following["level"]))


def _levels_apply(base: Name, word: str) -> bool:
    """A bare "tỉnh" or "cơ sở" tells the level of a fighter's title alone; "cấp tỉnh" that of every award."""
    return base.type == "emulation_fighter" or word.startswith("cấp ") or (base.type == "award_unspecified" and word == "nhà nước")


def groups(names: Iterable[Name], folded: str) -> Iterator[tuple[Name, ...]]:
    """Names joined by commas and "và" alone, which share what follows the last: "Cờ thi đua và Bằng khen của UBND tỉnh"."""
    run: list[Name] = []
    for name in names:
        gap = folded[run[-1].end : name.start] if run and name.start >= run[-1].end else None
        if run and not (gap is None or _COORDINATED.fullmatch(gap)):
            yield tuple(run)
            run = []
        run.append(name)
    if run:
        yield tuple(run)


_COORDINATED = re.compile(r' *"? *(?:,|và|,? ?và|hoặc|;|/|cùng|kèm)? *(?:\d[\d.]* +|danh hiệu +)?"? *')
