"""Where a sentence names awards: their kind, their class, and the level that the name itself tells.

"Huân chương Lao động hạng Nhất, Nhì" is two names, "CSTĐ cấp tỉnh, cấp cơ sở" too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from spacy.tokens import Doc

from extract import prize_names
from extract.award_entries import (
    CLASS,
    CONTEST,
    ENTRIES,
    FILM_PRIZE,
    IN_CONTEST,
    LEVEL,
    NAMED_PRIZE,
    NAMES,
    OTHERS,
    OWN_NAME,
    WON_BEFORE,
    is_name,
    local_title,
)
from extract.award_words import CLASS_OF, LEVEL_OF, QUOTED, Name, fixed_level
from extract.fold import fold
from extract.language import Interval, is_link
from extract.places import provinces
from extract.words import any_of, lexicon
from schemas.awards import Class
from schemas.vocabulary import AwardLevel, Unit

_FORCES = tuple(map(fold, lexicon("awards")["titles"]["forces"]))  # "Giải thưởng … trong Quân đội": of their ministry
_LANDS = ("tỉnh", "thành phố")  # "Bằng khen thành phố"
_SEVERAL = any_of(lexicon("awards")["bare_grantors"]["several"])
_CLASSED = frozenset(entry["type"] for entry in ENTRIES if entry.get("classes"))  # kinds of which a class is told
_RANK = any_of(lexicon("awards")["class_word"]["written"])
# "46 giải thưởng, gồm: 6 giải A": those of a contest
_OF_RANKS = re.compile(
    r"[^.;\d]{0,60}?(?<!\w)(?:gồm|trong đó|với|là)(?!\w)[^.;\d]{0,20}\d{1,3} giải (?:nhất|nhì|ba|tư|a|b|c|khuyến khích|đặc biệt|xuất sắc|vàng|bạc|đồng)(?!\w)"
)
_COUNTED_CLASS: Mapping[str, Class] = {"một": "1", "hai": "2"}  # "hạng hai"; without "hạng" they are numbers
# "hạng Nhất, Nhì và Ba", "hạng I; hạng II", "các hạng"
_CLASSES = re.compile(rf'[ "]*(?:(?P<all>các hạng|hạng các loại|các loại)|(?:{_RANK}) +(?P<first>{CLASS}|một|hai)(?!\w))')
# "(Nhất, Nhì, Ba)", "đủ các hạng: Nhất, Nhì", "(hạng Nhất, Nhì và Ba)"
_SPREAD = re.compile(
    r"[ \"]*(?:\( *(?:các |đủ )*(?:hạng:? +)?|(?:đủ |cả |gồm )*(?:các|cả|ba|hai|3|2) hạng:? +)(?P<first>nhất|nhì|ba|i|ii|iii)(?=(?: ?[,;/]| ?, ?và| và) ?(?:nhất|nhì|ba|i|ii|iii)(?!\w))"
)
_MORE_CLASSES = re.compile(
    rf"(?: ?\([^()]{{1,20}}\))?(?: ?[,;/] ?| ?, ?và +| +và +| *- *)(?:hạng +)?(?P<more>{CLASS})(?!\w|[.,]\d)(?! +(?:tập thể|cá nhân|đơn vị|hộ|người|đồng chí))(?<!\d(?= [^\W\d_]))"
)
_NEXT_CLASS = re.compile(
    rf"(?: ?\([^()]{{1,30}}\)| năm \d{{4}})?(?: ?[,;] ?| và +|, và +)(?:\d{{1,4}} +)?(?P<name>hạng +(?P<class>{CLASS}))(?!\w)"
)
_LONE_CLASS = re.compile(
    rf"(?:[,;(–-] *|(?<!\w)(?:và|tặng|tặng thưởng|nhận) +|[,;(] *\d{{1,4}} +|(?<!\w)và +\d{{1,4}} +)(?P<name>hạng +(?P<class>{CLASS}))(?!\w)(?! *(?:toàn|khối|cụm))"
)
# "9 gia đình nhận | hạng Nhì", "trong đó | hạng Nhất 5 người", "2 tập thể | hạng Ba"
_PART_CLASS = re.compile(
    rf"(?:(?<!\w)(?:{any_of(lexicon('awards')['class_word']['before'])}),? +|: *|[-–+•*] *)(?:\d{{1,4}} +)?(?P<name>hạng +(?P<class>{CLASS}))(?!\w)(?! *(?:toàn|khối|cụm))"
)
_PARTS = re.compile(r"[-–+•*·] *hạng |(?:[-–+•*·] *)?(?:trong đó|trong số đó|trong số này|cụ thể|gồm|bao gồm|gồm có)(?!\w)")
# "giải Ba cho …, trao giải "Người hùng biện"": of one contest
_AMONG_RANKS = re.compile(r"(?<!\w)giải (?:nhất|nhì|ba|khuyến khích)(?!\w)[^.\n]*$")
_LISTED = re.compile(rf" *(?:\(|:|gồm:?|trong đó(?: có)?:?) *\d{{1,4}} +(?P<name>hạng +(?P<class>{CLASS}))(?!\w)")
_MORE_LEVELS = re.compile(rf"(?: ?[,/] ?| +và +|, và +)(?:(?:chiến sĩ thi đua|cstđ) +)?(?P<level>(?:cấp +)?(?:{any_of(LEVEL_OF)}))(?!\w)")
_OWN_HERO = re.compile(rf"(?: (?!(?:{any_of(lexicon('awards')['titles']['stops'])})(?!\w))[^\W\d_]+){{1,6}}")
# "đoạt giải Nữ diễn viên xuất sắc tại Liên hoan phim …"
_AT_FESTIVAL = re.compile(
    r" [^,.;:()\n]{3,60}? (?:tại|ở|của|trong) (?:các |những )?(?:liên hoan|lhp|cuộc thi|hội thi|hội diễn|festival)(?!\w)"
)
_BEST = re.compile(r" [\"'“‘]?[^\"'“”‘’,.;:()\d\n]{3,60}? nhất(?!\w)")  # "đoạt giải Trang phục dân tộc đẹp nhất", of a contest
# "giải nhất (chạy 100m và) giải ba …"
_AND_PRIZES = re.compile(
    r"(?:(?: (?!(?:cho|tại|của|cấp|do|trong|ở|với|là|được|thuộc|toàn|quốc|tỉnh|huyện|xã|năm)(?!\w))[^\W_]+){0,4}(?=,|;| và))? ?(?:,|;|và|, và)? (?:\d{1,4} |một |hai |ba |các )?"
)
_NUMBER = re.compile(r" (?:tổng cộng |tổng số |gần |hơn |trên |thêm )?\d[\d.]* (?:tấm |lượt |chiếc |danh hiệu )?")
# "Huân chương | Chiến sĩ giải phóng | hạng Nhì"
_NAMED_ORDER = re.compile(r"(?: (?!hạng |của |cho |và |được )[^\W\d_]+\.?){1,5}(?= hạng )")
_DECADE = re.compile(r" (?:\d{2}(?:,? và|,)? ?)+ năm tuổi đảng| \d{2} năm tuổi đảng| đảng(?!\w)")
_PROVINCE = re.compile(rf" (?P<name>(?:(?:thành phố|tp\.?|tỉnh) ?)?(?:{provinces()[0].pattern})|tp\. ?hcm|tphcm)(?!\w)")
# "nhiều huy chương ở các hội diễn": of games, and none of the State's
_AT_CONTEST = re.compile(
    rf"[^,.;:\d]{{0,40}}? (?:tại|ở|trong|của) (?:các |những )?(?:kì |giải )?(?:{any_of(lexicon('awards')['prizes']['games'])})(?!\w)|,? (?:cả )?(?:vàng|bạc|đồng)(?!\w)"
)
_STATES = re.compile(rf" của (?:{any_of(lexicon('awards')['prizes']['states'])})(?!\w)")  # "nhiều huân chương của Lào"


def of_sentence(doc: Doc, sentence: Interval) -> Sequence[Name]:
    """Awards named in a sentence of a Doc, in order; found once, for more than one component asks."""
    return of_doc(doc).get(sentence, ())


def of_doc(doc: Doc) -> Mapping[Interval, Sequence[Name]]:
    """The sentences of a Doc that name awards, with these; only those are read in which a name can begin."""
    found: dict[str, Any] = doc._.found
    if "award_names" not in found:
        folded, text, sentences = doc._.folded, doc._.text, doc._.sentences
        read = {sentence: tuple(find(folded, text, *sentence)) for sentence in _speaking(folded, sentences) if not is_link(doc, sentence)}
        found["award_names"] = {sentence: names for sentence, names in _with_parts(read, folded, sentences).items() if names}
    known: Mapping[Interval, Sequence[Name]] = found["award_names"]
    return known


def _with_parts(
    read: Mapping[Interval, tuple[Name, ...]], folded: str, sentences: Sequence[Interval]
) -> Mapping[Interval, tuple[Name, ...]]:
    """The names of the sentences, with the classes of an order that the next one tells alone: "Trong đó, hạng Nhất: 1 tập thể; …"."""
    found = dict(read)
    for before, sentence in pairwise(sentences):
        order = found[before][-1] if found.get(before) else None
        if order is None or found.get(sentence) or order.type not in _CLASSED or order.vague or not (order.elliptic or not order.class_):
            continue
        if _PARTS.match(folded, *sentence):
            found[sentence] = tuple(_later_classes(order, folded, *sentence))
    return found


def _speaking(folded: str, sentences: Sequence[Interval]) -> Sequence[Interval]:
    """The sentences in which a name of an award or a rank can begin."""
    places = sorted((*NAMES.beginnings(folded, 0, len(folded)), *prize_names.beginnings(folded)))
    numbers = {bisect_right(sentences, at, key=lambda sentence: sentence.start) - 1 for at in places}
    return [sentences[number] for number in sorted(numbers) if number >= 0]


def find(folded: str, text: str, start: int, end: int) -> Iterator[Name]:
    """Awards named in the sentence folded[start:end], in order."""
    found: list[Name] = []
    at = start
    while match := NAMES.search(folded, at, end):
        entry = ENTRIES[int((match.lastgroup or "n0_0").split("_")[1])]
        if not is_name(entry, match, folded, text, start, end):
            at = match.start() + 1
            continue
        at = match.end()
        for name in _expand(entry, match, folded, text, end):
            at = max(at, name.end)
            found.append(name)
    _share_contest(found, folded)
    found = [name for name in found if not (name.generic and _gives(name, found, folded))]
    for index, name in enumerate(found):
        yield name
        following = next((other.start for other in found[index + 1 :] if other.start > name.start), end)
        if (
            (name.class_ or (name.type in _CLASSED and not name.vague))
            and name.type != "contest_prize"
            and not (index + 1 < len(found) and found[index + 1].end > name.end >= found[index + 1].start)
        ):
            yield from _later_classes(name, folded, name.end, following)
    yield from prize_names.ranks(folded, text, start, end)
    yield from prize_names.ranks_alone(folded, start, end)
    yield from prize_names.medals(folded, start, end)
    yield from prize_names.placed(folded, start, end)


def _gives(praise: Name, names: Sequence[Name], folded: str) -> bool:
    """Whether "khen thưởng" is the verb of an award that is counted right after it: "khen thưởng 5 Bằng khen"."""
    return any(name.start > praise.end and not name.bare and _NUMBER.fullmatch(folded, praise.end, name.start) for name in names)


def _share_contest(found: list[Name], folded: str) -> None:
    """Let prizes that are told together be of the contest that follows the last: "3 giải Nhất, 5 giải Nhì tại kì thi … cấp tỉnh"."""
    for at in range(len(found) - 2, -1, -1):
        name, following = found[at : at + 2]
        both = name.type == following.type == "contest_prize" and following.start >= name.end
        if both and not name.level and not name.city and _AND_PRIZES.fullmatch(folded, name.end, following.start):
            found[at] = replace(name, level=following.level, city=following.city, placed=following.placed)


def _later_classes(order: Name, folded: str, start: int, end: int) -> Iterator[Name]:
    """ "…, hạng Ba cho 3 tập thể": a class that stands alone further on in the sentence is one of the order before it."""
    found = {match.start("name"): match for form in (_LONE_CLASS, _PART_CLASS) for match in form.finditer(folded, start, end)}
    for at, match in sorted(found.items()):
        yield replace(order, start=at, end=match.end("name"), class_=CLASS_OF[match["class"]], all_classes=False, elliptic=True)


def _expand(entry: Mapping[str, Any], match: re.Match[str], folded: str, text: str, end: int) -> Iterator[Name]:
    """The names that one match and what follows it make."""
    code = entry["type"]
    unit = Unit(entry.get("unit", Unit.AWARD)) if not match[0].startswith(("xã", "phường", "thị trấn")) else Unit.UNIT
    base = Name(
        match.start(),
        match.end(),
        code,
        level=AwardLevel(entry["level"]) if "level" in entry else None if entry.get("free") else fixed_level(code),
        bare=bool(entry.get("bare")),
        generic=bool(entry.get("generic")),
        vague=bool(entry.get("order"))
        and not match[0].endswith("các loại")
        and not OWN_NAME.match(text, match.end(), end)
        and not folded.startswith(" các loại", match.end())
        and not _STATES.match(folded, match.end(), end),
        unit=unit,
    )
    if entry.get("hero") and text[base.end : base.end + 2].islower() and (own := _OWN_HERO.match(folded, base.end, end)):
        yield replace(base, end=own.end(), level=None)
    elif entry.get("titled_anew") and (title := local_title(base.end, folded, text, end)):
        yield from _levelled(replace(base, end=title.end()), folded, text, end)
    elif entry.get("film") and CONTEST.match(folded, base.end, end):
        yield prize_names.of_contest(replace(base, type="contest_prize", won=True), folded, end, award=OTHERS)
    elif entry.get("film") and not FILM_PRIZE.match(text, base.end, end):
        yield replace(base, type="contest_prize", bare=True)
    elif entry.get("film") and _AT_FESTIVAL.match(folded, base.end, end):
        yield prize_names.of_contest(replace(base, type="contest_prize", won=True), folded, end, award=OTHERS)
    elif entry.get("film") and (best := _BEST.match(folded, base.end, end)):
        yield replace(base, end=best.end(), type="contest_prize", won=True)
    elif entry.get("film") and _AMONG_RANKS.search(folded, max(0, base.start - 200), base.start) and QUOTED.match(folded, base.end, end):
        yield from _levelled(replace(base, type="contest_prize"), folded, text, end)
    elif (
        entry.get("named")
        and not NAMED_PRIZE.match(text, match.end(), end)
        and (
            IN_CONTEST.search(folded, max(0, match.start() - 120), min(end, match.end() + 60)) or _OF_RANKS.match(folded, match.end(), end)
        )
    ):
        yield prize_names.of_contest(replace(base, type="contest_prize"), folded, end, award=OTHERS)
    elif entry.get("contest"):
        prize = prize_names.of_contest(base, folded, end, award=OTHERS)
        if prize.level or prize.city:
            yield prize
    elif entry.get("prize"):
        yield from prize_names.prizes(base, folded, end, award=OTHERS)
    elif match[0] == "huy chương" and folded[max(0, match.start() - 12) : match.start()].rstrip().endswith(WON_BEFORE):
        yield prize_names.of_contest(replace(base, type="contest_prize", level=None, vague=False, bare=True), folded, end, award=OTHERS)
    elif match[0] == "huy chương" and entry.get("order") and _AT_CONTEST.match(folded, base.end, end):
        yield prize_names.of_contest(replace(base, type="contest_prize", level=None, vague=False), folded, end, award=OTHERS)
    elif entry.get("order") and (named := _NAMED_ORDER.match(folded, base.end, end)) and text[base.end + 1].isupper():
        yield from _classed(replace(base, end=named.end()), folded, end)
    elif entry.get("classes") or entry.get("also"):
        for code in (entry["type"], entry.get("also")):
            yield from _classed(replace(base, type=code), folded, end) if code else ()
    else:
        yield from _levelled(base, folded, text, end)


def _classed(base: Name, folded: str, end: int) -> Iterator[Name]:
    """ "hạng Nhất, Nhì, Ba" is three, ", 4 hạng II" one more, "(1 hạng Nhì, 4 hạng Ba)" two; their quotes begin alike."""
    quoted = QUOTED.match(folded, base.end, end)
    match = (
        _SPREAD.match(folded, base.end, end)
        or _CLASSES.match(folded, base.end, end)
        or (quoted and _CLASSES.match(folded, quoted.end(), end))
    )
    if match and "all" not in match.re.groupindex:
        at = match.end()
        yield replace(base, end=at, class_=CLASS_OF[match["first"]])
    elif match and not match["all"]:
        yield replace(base, end=match.end(), class_=CLASS_OF.get(match["first"]) or _COUNTED_CLASS[match["first"]])
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
        yield replace(base, start=listed.start("name"), end=at, class_=CLASS_OF[listed["class"]], elliptic=True)
    while (following := _NEXT_CLASS.match(folded, at, end)) or (following := _MORE_CLASSES.match(folded, at, end)):
        at = following.end()
        if "name" in following.re.groupindex:
            yield replace(base, start=following.start("name"), end=at, class_=CLASS_OF[following["class"]], elliptic=True)
        else:
            yield replace(base, end=at, class_=CLASS_OF[following["more"]])


def _levelled(base: Name, folded: str, text: str, end: int) -> Iterator[Name]:
    """ "cấp tỉnh, cấp cơ sở" is two; "các cấp" tells that they are several; a quoted name belongs to the award."""
    stop = base.end
    if base.type == "insignia" and (decade := _DECADE.match(folded, stop, end)):
        yield replace(base, end=decade.end(), several=True)  # the Party's badge has no level
        return
    if base.type == "insignia" and (place := _PROVINCE.match(folded, stop, end)) and text[place.start("name")].isupper():
        yield replace(base, end=place.end(), level=AwardLevel.PROVINCE)  # "Huy hiệu Hà Nội"
        return
    if base.type == "award_unspecified" and (named := NAMED_PRIZE.match(text, stop, end)) and not base.bare:
        stop = named.end() - (len(named[0]) - len(named[0].rstrip()))
    elif quoted := QUOTED.match(folded, stop, end):
        stop = quoted.end()
        base = replace(base, quoted=quoted[0].strip(" \"'"))
    base = replace(base, end=stop)
    if base.type == "contest_prize":
        yield prize_names.of_contest(base, folded, end, award=OTHERS)
        return
    if several := re.compile(rf" *(?:của )?(?:{_SEVERAL})(?!\w)").match(folded, stop, end):
        yield replace(base, end=several.end(), several=True)
        return
    match = LEVEL.match(folded, stop, end)
    land = base.type == "certificate_of_merit" and match and match["level"] in _LANDS and match.start("level") == stop + 1
    if base.level or not match or not (land or _levels_apply(base, match["level"])):
        yield base
        return
    yield replace(base, end=match.end(), level=LEVEL_OF[match["level"]])
    at = match.end()
    while base.type in ("emulation_fighter", "award_unspecified") and (following := _MORE_LEVELS.match(folded, at, end)):
        at = following.end()
        yield replace(base, end=at, level=LEVEL_OF.get(following["level"]) or LEVEL_OF.get("cấp " + following["level"]))


def _levels_apply(base: Name, word: str) -> bool:
    """A bare "tỉnh" or "cơ sở" tells the level of a fighter's title alone, "ngành Tư pháp" that of a flag too; "cấp tỉnh" that of every award."""
    told = (
        word.startswith("cấp ")
        or (base.type == "emulation_flag" and word.startswith("ngành"))
        or (base.type == "award_unspecified" and (word == "nhà nước" or word in _FORCES))
    )
    return base.type == "emulation_fighter" or told
