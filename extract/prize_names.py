"""Prizes of contests: "giải Nhất, Nhì, Ba", "2 Nhất, 3 Nhì", the rank in a table's cell, and the contest that tells the level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from extract.award_words import CLASS_OF, QUOTED, Name
from extract.fold import fold
from extract.openings import Choice
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardLevel

_PRIZE_WORD = re.compile(r"(?<!\w)(?:có|đạt|đoạt|giành|các) giải(?! (?:nhất|nhì|ba|khuyến|đặc|pháp|thưởng|quyết))(?!\w)")
_RANK = re.compile(r"(?:gồm|:|,|và|có) +\d{1,3} +(?P<rank>Nhất|Nhì|Ba|Khuyến khích|KK)(?!\w)")
PRIZE = re.compile(rf" +(?P<first>{any_of(['nhất', 'nhì', 'ba', 'i', 'ii', 'iii'])})(?!\w)")
_MORE_PRIZES = re.compile(
    r"(?: ?[,;/] ?| ?, ?và +| +và +| *- *)(?:giải +)?(?P<more>nhất|nhì|ba)(?!\w)(?! +(?:tập thể|cá nhân|đơn vị|hộ|người))"
)
_NEXT_PRIZE = re.compile(r"(?: ?[,;] ?| và +|, và +)\d{1,4} +(?P<name>(?P<class>nhất|nhì|ba))(?!\w)")
_OTHER_PRIZES = re.compile(r"(?: ?[,;/] ?| ?, ?và +| +và +)(?:\d{1,4} +)?(?P<name>khuyến khích)(?!\w)")
# "giành 2 nhất, 1 nhì, 3 ba": ranks that are told alone, two of them at least
_RANKS_ALONE = re.compile(
    r"(?:(?<!\w)(?:giành|đoạt|đạt|được|có|với|gồm|nhận|trao)|[:,(]) *\d{1,3} (?P<name>(?P<class>nhất|nhì))(?=(?:,|;| và|, và) \d{1,3} (?:giải )?(?:nhì|ba)(?!\w))"
)
_PLACED = re.compile(
    rf"(?<!\w)(?:(?:xếp|đạt|giành|đoạt) +)(?P<name>(?:hạng|vị trí thứ|thứ) +(?P<class>{any_of(['nhất', 'nhì', 'ba'])}) +(?:toàn đoàn|khối|cụm|toàn tỉnh))(?!\w)"
)
# "7 huy chương vàng, 4 bạc, 5 đồng", "giành 2 vàng, 3 bạc"
_MEDAL = re.compile(
    r"(?<![\w.,])\d{1,3} (?:huy chương vàng|huy chương bạc|hcv|hcb|(?P<name>vàng|bạc)(?=(?:,|;| và) \d{1,3} (?:bạc|đồng)(?!\w)))"
)
_NEXT_MEDAL = re.compile(r"(?:,|;| và|, và) \d{1,3} (?P<name>bạc|đồng)(?= ?[,;.)]| và |$)")
_BEGINNINGS = re.compile(
    r"\d (?:vàng|bạc|nhất|nhì)(?:,|;| và) \d|giải|(?:xếp|đạt|giành|đoạt) +(?:hạng|vị trí thứ|thứ) "
)  # what every rank and every place has
_PRIZE_LEVEL = re.compile(
    rf"(?P<gap>(?:[^,.;:|\n]|, ?(?=\d{{2,5}} ?m(?!\w))){{0,90}}?)(?<!\w)(?<!các )(?P<level>{any_of([*lexicon('awards')['prizes']['levels'], *lexicon('awards')['prizes']['city']])})(?!\w)"
)
_PRIZE_OF = re.compile(r" (?:(?:tại|của|trong|thuộc) )?giải thưởng(?!\w)")  # "giải Nhì tại giải thưởng Nghiên cứu khoa học cấp bộ"
_CELL_RANK = re.compile(r"(?:giải )?(?P<rank>nhất|nhì|ba|khuyến khích|kk|đặc biệt|a|b|c|i|ii|iii)[ .]*")
_ANY_LEVEL = re.compile(
    rf"(?<!\w)(?P<level>{any_of([*lexicon('awards')['prizes']['levels'], *lexicon('awards')['prizes']['city']])})(?!\w)"
)
_EVENT_LEVEL = re.compile(
    rf"(?: thi|[^,.;:|\n]{{0,40}}?(?<!\w)(?:{any_of(lexicon('awards')['prizes']['contests'])}))(?!\w)(?:(?! (?:được|cho|tặng|trao) )[^,.;:|\n]){{0,60}}?(?<!\w)(?<!các )(?P<level>tỉnh|huyện|xã(?! hội)|phường|quận|thị xã|quốc gia)(?!\w)"
)
_COUNTRY = re.compile(r" +(?:học sinh giỏi )?(?:quốc gia|toàn quốc)(?!\w)")  # "đoạt giải quốc gia"
_CLAUSE = 400  # code points before a prize in which its contest may stand
_AHEAD = re.compile(
    rf" *(?:[-–+•*·] *)?(?:(?:kết quả|riêng|năm học \d{{4}} ?- ?\d{{4}}),? )?(?:tại|trong|ở|tham gia|tham dự|dự|về) (?:các )?(?:{any_of(lexicon('awards')['prizes']['contests'])})(?!\w)[^.;:|\n]{{0,60}}?(?<!\w)(?P<level>{any_of([*lexicon('awards')['prizes']['levels'], *lexicon('awards')['prizes']['city'], 'quốc gia'])})(?!\w)"
)
# "…, được chọn dự Hội thi quốc gia, 2 giải pháp đạt giải"
_SENT_TO = re.compile(
    rf"[^.;:|\n]{{0,120}}?(?<!\w)(?:đi|chọn|cử|gửi|tham gia|tham dự) (?:thi |tham gia |tham dự |dự )*(?:các )?(?:{any_of(lexicon('awards')['prizes']['contests'])})(?!\w)(?:(?! cấp )[^.,;:|\n]){{0,60}}?(?<!\w)(?P<level>quốc gia)(?!\w)"
)
# "53 học sinh giỏi cấp tỉnh (5 giải nhất, 12 giải nhì)"
_BRACKETED = re.compile(
    r"(?<!\w)(?:học sinh giỏi|giáo viên (?:dạy )?giỏi|hsg) (?:cấp )?(?P<level>quốc gia|tỉnh|huyện|quận|thị xã|thành phố|trường)(?!\w)[^().;:]{0,30}(?:\(|:|,? (?:trong đó|gồm|với)(?= ))[^().;:]*$"
)
_PRIZE_LEVELS: Mapping[str, AwardLevel] = {fold(word): AwardLevel(code) for word, code in lexicon("awards")["prizes"]["levels"].items()}


def prizes(base: Name, folded: str, end: int, *, award: Choice) -> Iterator[Name]:
    """ "giải Nhất, Nhì, Ba", "2 giải Nhất, 3 Nhì", or a bare "giải" that is counted; the contest after it may tell the level.

    `award` is the pattern of all awards: the contest of another one tells nothing.
    """
    match = PRIZE.match(folded, base.end, end)
    if not match:
        quoted = QUOTED.match(folded, base.end, end)
        yield of_contest(replace(base, end=quoted.end()) if quoted else base, folded, end, award=award)
        return
    if folded.startswith(" trở lên", match.end()):  # "từ giải Ba trở lên": of several classes
        yield of_contest(replace(base, end=match.end()), folded, end, award=award)
        return
    found = [replace(base, end=match.end(), class_=CLASS_OF[match["first"]])]
    at = match.end()
    while (
        (following := _NEXT_PRIZE.match(folded, at, end))
        or (following := _MORE_PRIZES.match(folded, at, end))
        or (following := _OTHER_PRIZES.match(folded, at, end))
    ):
        at = following.end()
        groups = following.re.groupindex
        if "more" in groups:
            found.append(replace(base, end=at, class_=CLASS_OF[following["more"]]))
            continue
        start = following.start("name")
        found.append(replace(base, start=start, end=at, class_=CLASS_OF[following["class"]] if "class" in groups else None, elliptic=True))
    last = of_contest(found[-1], folded, end, award=award)
    yield from (replace(name, level=last.level, city=last.city, placed=last.placed) for name in found)


def of_contest(prize: Name, folded: str, end: int, *, award: Choice) -> Name:
    """The prize with the level of its contest: "giải Ba môn Hóa kì thi học sinh giỏi cấp tỉnh"."""
    told = _PRIZE_LEVEL.match(folded, prize.end, end)
    contest = _PRIZE_OF.match(folded, prize.end, end)
    if (
        told
        and not award.search(folded, contest.end() if contest else prize.end, told.start("level"))
        and not re.search(r"(?<!\w)cho(?!\w)", told["gap"])
    ):
        level = _PRIZE_LEVELS.get(told["level"])
        return replace(prize, level=level, city=level is None)
    if _COUNTRY.match(folded, prize.end, end):
        return replace(prize, level=AwardLevel.NATIONAL)
    event = _EVENT_LEVEL.match(folded, prize.end, end)
    if event and not award.search(folded, prize.end, event.start("level")):
        return replace(prize, level=_PRIZE_LEVELS.get("cấp " + event["level"]), placed=event["level"] != "quốc gia")
    return prize


def beginnings(folded: str) -> Iterator[int]:
    """Where `ranks` or `placed` may find something."""
    return (match.start() for match in _BEGINNINGS.finditer(folded))


def contest_ahead(folded: str, start: int, at: int) -> Name | None:
    """A prize with the level of the contest that the sentence begins with: "Tại kì thi học sinh giỏi cấp tỉnh, … 3 giải Nhất"."""
    bracket = _BRACKETED.search(folded, max(start, at - _CLAUSE), at)
    if bracket:
        return Name(start, start, "contest_prize", level=_PRIZE_LEVELS.get("cấp " + bracket["level"]), city=bracket["level"] == "thành phố")
    clause = max(start, folded.rfind(";", max(start, at - _CLAUSE), at) + 1)
    told = (_AHEAD.match(folded, clause, at) or _SENT_TO.match(folded, clause, at)) if at - clause <= _CLAUSE else None
    if told is None:
        return None
    level = _PRIZE_LEVELS.get(told["level"]) or _PRIZE_LEVELS.get("cấp " + told["level"])
    return Name(start, start, "contest_prize", level=level, city=level is None)


def ranks(folded: str, text: str, start: int, end: int) -> Iterator[Name]:
    """ "… có giải, gồm 2 Nhất, 3 Nhì": ranks in capitals that are counted after the word for a prize."""
    word = _PRIZE_WORD.search(folded, start, end)
    for match in _RANK.finditer(text, word.end(), end) if word else ():
        rank = fold(match["rank"])
        yield Name(match.start("rank"), match.end("rank"), "contest_prize", CLASS_OF.get(rank), elliptic=True)


def medals(folded: str, start: int, end: int) -> Iterator[Name]:
    """ "7 huy chương vàng, 4 bạc, 5 đồng": medals that are told by their metal alone."""
    at = start
    while medal := _MEDAL.search(folded, at, end):
        while medal:
            if medal["name"]:
                yield Name(medal.start("name"), medal.end("name"), "contest_prize", elliptic=True)
            at = medal.end()
            medal = _NEXT_MEDAL.match(folded, at, end)


def ranks_alone(folded: str, start: int, end: int) -> Iterator[Name]:
    """ "giành 2 nhất, 1 nhì, 3 ba": ranks in small letters that no "giải" stands before."""
    at = start
    while match := _RANKS_ALONE.search(folded, at, end):
        at, first = match.end(), match.start("name")
        if re.search(r"(?:nhất|nhì)(?:,|;| và)? \d{1,3} $", folded[max(start, first - 16) : first]):
            continue  # it goes on with "2 giải nhất, 1 nhì"
        while match:
            yield Name(match.start("name"), match.end("name"), "contest_prize", CLASS_OF[match["class"]], elliptic=True)
            at = match.end()
            match = _NEXT_PRIZE.match(folded, at, end)


def rank(folded: str, start: int, end: int) -> Name | None:
    """The prize that a cell of a table tells by its rank alone: "Nhì", "Khuyến khích", "Giải Ba"."""
    match = _CELL_RANK.fullmatch(folded, start, end)
    return Name(start, end, "contest_prize", CLASS_OF.get(match["rank"]), elliptic=True) if match else None


def contest_level(folded: str, start: int, end: int) -> Name:
    """A prize with the level of the contest that folded[start:end], a heading, tells of."""
    prize = Name(start, start, "contest_prize")
    told = _ANY_LEVEL.search(folded, start, end)
    level = _PRIZE_LEVELS.get(told["level"]) if told else None
    return replace(prize, level=level, city=bool(told) and level is None)


def placed(folded: str, start: int, end: int) -> Iterator[Name]:
    """ "xếp hạng Nhì toàn đoàn": a place that is a prize."""
    for match in _PLACED.finditer(folded, start, end):
        yield Name(match.start("name"), match.end("name"), "contest_prize", CLASS_OF[match["class"]])
