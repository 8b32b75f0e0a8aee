"""Rows of awards from the places that speak of them: what says less takes over what the article says elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from extract import recipients
from extract.award_doubts import doubt_fulfilled, doubt_process, doubt_talk, doubt_undone, follow_rules, yield_to_sure
from extract.award_givers import Grantor
from extract.award_mentions import (
    PRAISED_BY,
    Mention,
    class_sums,
    is_one_of_many,
    says_nothing,
    without_headline,
    without_orders_named,
    without_sums_up,
)
from extract.award_words import fixed_level
from extract.fold import fold
from extract.language import Interval
from extract.words import any_of, lexicon
from schemas.awards import Award, Class, Recipient
from schemas.record import Quote
from schemas.vocabulary import AwardLevel, AwardStatus, Unit

_BODIES = frozenset((Unit.COLLECTIVE, Unit.UNIT, Unit.ENTERPRISE))
_PEOPLE = frozenset((Unit.INDIVIDUAL, Unit.PERSON, Unit.WORKER, Unit.OFFICIAL))
_FEW = 50  # mentions that are compared with one
_STATE_KINDS = frozenset(lexicon("awards")["merging"]["orders"])
_CAPTION = re.compile(r"(?<!\w)ảnh ?:|\((?:bên |bìa |hàng |ngoài cùng |thứ \w+ )?(?:trái|phải|giữa|từ trái|từ phải|áo)(?!\w)")
_TO_ONE = re.compile(rf"[^.;,:\n\d]{{0,60}}?(?<!\w)cho (?:gia đình |liệt sĩ )?(?:{any_of(lexicon('awards')['praise']['one'])})(?!\w)")
_PARTS = re.compile(r"[\"-]? ?(?:trong đó|cụ thể|gồm|bao gồm|trong số (?:đó|này))(?!\w)")
_RANKS = tuple(AwardLevel)  # the highest first
_QUOTED_NAME = re.compile(r"[\"']([^\"']+)[\"'] *$")  # a title and a prize of one name are one
# "giải nhì cuộc thi Giọng hát trẻ, …": of a contest of its own
_OWN_CONTEST = re.compile(
    r" (?:(?:tại|của|trong|ở) )?(?:cuộc thi|hội thi|kì thi|liên hoan|giải(?! thưởng))(?! (?:thuộc|được|đã|là|cho|này|năm|trị giá|với|gồm|và|do|về|trao|đó|lần)(?!\w))(?= [^\W\d_]| [\"'])"
)
_TELLING = 4  # words of a prize's name with which a longer one that begins so is the same
_KIND_WORD = re.compile(r"^(?:(?:nhận|đoạt|đạt|giành|trao) )?(?:giải thưởng|giải|danh hiệu|huy hiệu)(?: (?=\w))")
_USUAL = {kind: {AwardLevel(level) for level in levels} for kind, levels in lexicon("awards")["usual_levels"].items()}


def merge(mentions: list[Mention], folded: str, lender: Grantor | None = None, contest: Grantor | None = None) -> list[Mention]:
    """The mentions that make rows, each as complete as the article allows.

    "Bằng khen" is that of the UBND tỉnh when the article knows no other; "Huân chương Lao động" that of hạng Ba; a headline's
    "khen thưởng" is the one kind of award that the article goes on to name. What is only mentioned gives way to the same award
    conferred or proposed. `lender` gives what is named without a kind and without one who gives it, `contest` the prizes.
    """
    mentions = without_orders_named(without_sums_up(without_headline(mentions, folded), folded))
    _read_captions(mentions, folded)
    _adopt_kind(mentions, folded)
    _adopt_name(mentions, folded)
    _adopt_badge(mentions)
    _resume_prizes(mentions, folded)
    _adopt_level(mentions)
    _adopt_contest(mentions, folded, contest)
    for mention in mentions if lender else ():
        if lender and _is_lent(mention, folded):
            mention.level, mention.grantor = lender.level, lender.name
    apart = _apart(mentions, folded) | _other_medals(mentions, folded)
    _adopt_class(mentions, apart)
    follow_rules(mentions)
    doubt_undone(mentions, folded)
    doubt_process(mentions, folded)
    doubt_fulfilled(mentions, folded)
    doubt_talk(mentions)
    said = {(mention.name.type, mention.level, mention.name.class_) for mention in mentions if mention.status is not AwardStatus.MENTIONED}
    kinds = {kind for kind, _, _ in said}
    won = {(mention.level, mention.status) for mention in mentions if mention.name.type == "contest_prize" and mention.name.class_}
    classed = {(mention.name.type, mention.status) for mention in mentions if mention.name.class_}
    sums = class_sums(mentions)
    beside = {(mention.name.type, mention.sentence) for mention in mentions if mention.name.class_}
    return [
        mention
        for mention in mentions
        if not says_nothing(mention, said, kinds)
        and not (mention.name.won and not mention.counted and mention.level and (mention.level, mention.status) in won)
        and not (
            (_vague(mention) or (mention.name.all_classes and (mention.name.type, mention.sentence) in beside))
            and (mention.name.type, mention.status) in classed
            and id(mention) not in apart
            and not (
                _counts_apart(mention, beside)
                and sums.get((mention.name.type, mention.status), frozenset()).isdisjoint(dict(mention.numbers))
            )
        )
    ]


def _read_captions(mentions: Sequence[Mention], folded: str) -> None:
    """Let what a caption shows to be handed over be the award of that kind that the article tells of."""
    captions = {sentence for sentence in {mention.sentence for mention in mentions} if _CAPTION.search(folded, *sentence)}
    shown = [mention for mention in mentions if mention.handed and mention.sentence in captions]
    places = {mention.sentence for mention in shown}
    others = [mention for mention in mentions if mention.sentence not in places and not mention.name.bare and mention.grantor]
    told = {(mention.name.type, mention.status) for mention in others}
    for mention in shown:
        if (mention.name.type, mention.status) in told:
            mention.level, mention.grantor = None, None
    told_kinds = {kind for kind, _ in told}
    levels = {mention.level for mention in mentions if mention.level and not fixed_level(mention.name.type)}
    for mention in mentions:
        nobody = mention.sentence in captions and mention.level is None and not mention.grantor
        if nobody and len(levels) == 1 and mention.name.type not in told_kinds and levels <= _USUAL.get(mention.name.type, set()):
            mention.level = next(iter(levels))  # "cá nhân nhận bằng khen - Ảnh: …", of the one who gives all that the article tells of
        if mention.name.bare and mention.level and mention.sentence in captions:  # "trao thưởng", of who gave a certificate too
            given = {other.name.type for other in others if (other.level, other.status) == (mention.level, mention.status)} & PRAISED_BY
            if len(given) == 1:
                mention.name = replace(mention.name, type=next(iter(given)), bare=False, borrowed=True)


def _is_lent(mention: Mention, folded: str) -> bool:
    """Whether an award was given that has no kind and of which nobody is told to give it: "được khen thưởng", "Giải thưởng Sáng tạo"."""
    prize = folded.startswith("giải thưởng", mention.name.start)
    nobody = (mention.level is None and not mention.grantor) or (prize and mention.handed)
    unknown = mention.name.type == "award_unspecified" and nobody and not mention.name.several
    kind = mention.name.bare or prize or mention.name.unit is Unit.PERSON
    return unknown and kind and mention.status is AwardStatus.AWARDED


def _counts_apart(mention: Mention, beside: set[tuple[str, Interval]]) -> bool:
    """Whether an award without a class is counted in a sentence that tells no class of it: "161 Huân chương Lao động"."""
    return mention.counted and (mention.name.type, mention.sentence) not in beside


def _vague(mention: Mention) -> bool:
    """Whether an award that has classes is named without any; prizes and awards without a code are many of one type."""
    return mention.name.class_ is None and not mention.name.all_classes and mention.name.type not in ("contest_prize", "award_unspecified")


def _apart(mentions: Sequence[Mention], folded: str) -> set[int]:
    """The ids of those without a class that stand in another clause than the same award with one: "A … hạng Nhất; B được tặng …"."""
    found: set[int] = set()
    classed: dict[tuple[Interval, str], int] = {}  # sentence and type -> where the last one with a class ends
    for mention in mentions:
        key = (mention.sentence, mention.name.type)
        if mention.name.class_:
            classed[key] = mention.name.end
        elif key in classed and not mention.name.elliptic and ";" in folded[classed[key] : mention.name.start]:
            found.add(id(mention))
    return found


def _other_medals(mentions: Sequence[Mention], folded: str) -> set[int]:
    """The ids of medals without a class that go by another name than all that have one: "Huy chương Vì an ninh Tổ quốc"."""
    medals = [each for each in mentions if each.name.type == "medal" and not each.name.vague and folded.startswith("huy", each.name.start)]
    called = {folded[mention.name.start : mention.name.end] for mention in medals if mention.name.class_ and not mention.name.elliptic}
    return {
        id(mention)
        for mention in medals
        if called and not mention.name.class_ and not any(name.startswith(folded[mention.name.start : mention.name.end]) for name in called)
    }


def _adopt_class(mentions: Sequence[Mention], apart: set[int]) -> None:
    """Give an order without a class the only one that others of its kind and status have."""
    classes: dict[tuple[str, AwardStatus], set[Class]] = {}
    for mention in mentions:
        if mention.name.class_:
            classes.setdefault((mention.name.type, mention.status), set()).add(mention.name.class_)
    for mention in mentions:
        if not _vague(mention) or id(mention) in apart:
            continue
        for status in (mention.status,) if mention.status is not AwardStatus.MENTIONED else tuple(AwardStatus):
            only = classes.get((mention.name.type, status), set())
            if len(only) == 1:
                mention.name = replace(mention.name, class_=next(iter(only)))
                break


def _adopt_level(mentions: Sequence[Mention]) -> None:
    """Give a mention without a level that of its kind and status: the only one, else the nearest before it, else the next."""
    for status in (AwardStatus.AWARDED, AwardStatus.PROPOSED, AwardStatus.REGISTERED):
        told: dict[str, list[Mention]] = {}
        for mention in mentions:
            if mention.level and mention.status is status and not is_one_of_many(mention):
                told.setdefault(mention.name.type, []).append(mention)
        levels = {kind: {other.level for other in known} for kind, known in told.items()}
        sure = {kind: [other for other in known if not other.handed] for kind, known in told.items()}
        nearest: dict[str, Mention] = {}
        for mention in mentions:
            kind = mention.name.type
            if kind not in told or is_one_of_many(mention):
                continue
            if mention.status is status and mention.level and mention.handed:
                yield_to_sure(mention, sure[kind])
            apart = mention.level is None and bool(mention.grantor) and not mention.handed  # of a body whose level is not known
            if mention.level is None and not apart and _may_adopt(mention, status, levels[kind]):
                mention.level = nearest.get(kind, (sure[kind] or told[kind])[0]).level
                mention.name = replace(mention.name, several=False)
            elif mention.level and mention.status is status:
                nearest[kind] = mention


def _resume_prizes(mentions: Sequence[Mention], folded: str) -> None:
    """Let prizes that a sentence tells as parts be of the contest before it: "… 3 giải cấp quốc gia. Trong đó có 1 giải Nhì"."""
    prizes = [mention for mention in mentions if mention.name.type == "contest_prize" and mention.status is AwardStatus.AWARDED]
    for before, mention in pairwise(prizes):
        next_to = before.sentence == mention.sentence or 0 <= mention.sentence.start - before.sentence.end <= 2
        if mention.level is None and before.level and next_to and _PARTS.match(folded, *mention.sentence):
            mention.level = before.level


def _adopt_contest(mentions: Sequence[Mention], folded: str, contest: Grantor | None) -> None:
    """Let a whole list of prizes, the first to the third, be of the one contest whose level the article tells; else of the one who holds it.

    A prize that names a contest of its own is of none of these.
    """
    prizes = [mention for mention in mentions if mention.name.type == "contest_prize" and mention.status is AwardStatus.AWARDED]
    levels = {mention.level for mention in prizes if mention.level and not mention.handed}
    if len(levels) == 1 and {"1", "2", "3"} <= {mention.name.class_ for mention in prizes}:
        for mention in prizes:
            if mention.level is None and not _OWN_CONTEST.match(folded, mention.name.end):
                mention.level = next(iter(levels))
    if contest and all(mention.name.placed for mention in prizes if mention.level and not mention.handed):
        for mention in prizes:
            if mention.level is None or mention.name.placed:
                given = fold(mention.grantor or "ban ").startswith("ban ")  # by its board of judges, and not by another body
                mention.level, mention.grantor = (contest.level, contest.name) if given else (mention.level, mention.grantor)


def _may_adopt(mention: Mention, status: AwardStatus, levels: set[AwardLevel | None]) -> bool:
    """Whether a mention may take a level of this status: what is only mentioned, the only one of the awards conferred."""
    if mention.status is AwardStatus.MENTIONED:
        return status is AwardStatus.AWARDED and len(levels) == 1
    return mention.status is status


def _adopt_name(mentions: Sequence[Mention], folded: str) -> None:
    """Let badges, medals and prizes of one name be one: with the level of one who gives it, else of one who hands it over."""
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        if is_one_of_many(mention) and mention.name.type != "contest_prize" and not mention.name.bare:
            called = folded[mention.name.start : mention.name.end]
            quoted = _QUOTED_NAME.search(called)
            called = re.sub(r"\W+|\d{4}|(?<!\w)lần (?:thứ )?\w+", " ", quoted[1] if quoted else called).strip()
            called = _KIND_WORD.sub("", " ".join(called.split()))
            by_name.setdefault(called, []).append(mention)
    names = sorted(by_name, reverse=True)
    for called, longer, another in zip(names[1:], names, ["", *names], strict=False):  # "Nhà giáo trẻ tiêu biểu", "… Thành phố Hồ Chí Minh"
        if len(called.split()) >= _TELLING and longer.startswith(f"{called} ") and not another.startswith(f"{called} "):
            by_name[longer] += by_name.pop(called)
    for alike in by_name.values():
        sure = [mention for mention in alike if mention.level and not mention.handed] or [mention for mention in alike if mention.level]
        types = {mention.name.type for mention in alike} - {"award_unspecified"}
        if len(types) == 1 and any(mention.name.type != "award_unspecified" and mention.status is AwardStatus.AWARDED for mention in alike):
            titles = [mention for mention in alike if folded.startswith("danh hiệu", mention.name.start)]
            for mention in titles:  # a badge and a title of one name are one
                mention.name = replace(mention.name, type=next(iter(types)))
        badge = bool(sure) and sure[0].name.type == "insignia"
        if badge:  # the report tells who handed it over as if they had given it: the highest gave it
            sure.sort(key=lambda mention: _RANKS.index(mention.level) if mention.level else 0)
        for mention in alike:
            lower = badge and mention.level is not sure[0].level
            if sure and (mention.level is None or mention.handed or lower) and not mention.name.several:
                mention.level, mention.grantor = sure[0].level, mention.grantor if mention.level is sure[0].level else sure[0].grantor
                mention.handed = sure[0].handed


def _adopt_badge(mentions: Sequence[Mention]) -> None:
    """Let "Huy hiệu" be the Party's, "Kỉ niệm chương" the one with a level, and a bare "giải" that of its sentence or its class."""
    if any(mention.name.type == "insignia" and mention.name.several for mention in mentions):
        for mention in mentions:
            if mention.name.type == "insignia" and not mention.name.quoted:
                mention.name, mention.level, mention.grantor = replace(mention.name, several=True), None, None
    for kind in ("commemorative_medal", "insignia"):
        medals = [mention for mention in mentions if mention.name.type == kind and not mention.name.several]
        levels = {mention.level for mention in medals if mention.level}
        if len(levels) == 1 and len({mention.name.quoted for mention in medals if mention.name.quoted}) < 2:
            for mention in medals:
                mention.level = mention.level or next(iter(levels))
    near: dict[Interval, AwardLevel] = {}
    for mention in mentions:
        if mention.name.type == "contest_prize" and mention.level and not mention.name.class_:
            near.setdefault(mention.sentence, mention.level)
    for mention in mentions:
        if (
            mention.name.type == "contest_prize"
            and mention.level is None
            and not mention.name.class_
            and mention.name.end - mention.name.start == 4
        ):
            mention.level = near.get(mention.sentence)


def _adopt_kind(mentions: Sequence[Mention], folded: str) -> None:
    """Let a "khen thưởng" be another award of its status that the article names: given to as many, or the only kind of its level, or of all."""
    contests = {mention.sentence for mention in mentions if mention.name.type == "contest_prize"}
    for status in (AwardStatus.AWARDED, AwardStatus.PROPOSED):
        concrete = [
            mention for mention in mentions if mention.status is status and not mention.name.bare and mention.name.type in PRAISED_BY
        ]
        praise = [
            mention
            for mention in mentions
            if mention.status is status
            and mention.name.bare
            and mention.name.generic
            and ("khen" in folded[mention.name.start : mention.name.end] or folded.startswith("trao thưởng", mention.name.start))
        ]
        places = Counter(mention.name.start for mention in praise)
        by_number = {number: mention for mention in reversed(concrete) for number in mention.numbers}
        by_level: dict[AwardLevel | None, set[str]] = {}
        for mention in concrete:
            if mention.level or not mention.grantor or ", " in mention.grantor:  # one whose level is not known is another one
                by_level.setdefault(mention.level, set()).add(mention.name.type)
        kinds = set().union(*by_level.values())
        for mention in praise:
            same = next((by_number[number] for number in sorted(mention.numbers) if number in by_number), None)
            if same and mention.numbers <= same.numbers and (mention.level in (None, same.level) or same.level is None):
                mention.name = replace(mention.name, type=same.name.type, class_=same.name.class_, bare=False, generic=False, borrowed=True)
                mention.level = same.level or mention.level
                continue
            if mention.name.several or _is_another(mention, concrete, folded) or _of_others(mention, concrete):
                continue
            if places[mention.name.start] > 1:
                if by_level.keys() != {None} or len(kinds) != 1:
                    continue  # each of several praised in their own way
                mention.level = None  # or all together with the one award that the article names
            alike = by_level.get(mention.level, set()) if mention.level and not mention.counted else set()
            money = "khen" not in folded[mention.name.start : mention.name.end]  # "trao thưởng" may be money alone
            order = mention.counted and kinds <= _STATE_KINDS  # many are hardly given the one order that the article names
            others = mention.counted and not mention.level and mention.sentence in contests  # "trao 3 giải nhất, khen thưởng 5 đơn vị"
            if (
                len(alike) != 1
                and len(kinds) == 1
                and not money
                and not order
                and not others
                and (mention.level is None or mention.level in by_level or None in by_level)
            ):
                alike = kinds
            if len(alike) == 1:
                mention.name = replace(mention.name, type=next(iter(alike)), bare=False, borrowed=True)


def _is_another(praise: Mention, given: Sequence[Mention], folded: str) -> bool:
    """Whether a "khen thưởng" is none of the awards named: many are praised and each award goes to one person, or a letter rewards nobody."""
    if "khen thưởng" in folded[praise.name.start : praise.name.end] and {other.name.type for other in given} == {"letter_of_commendation"}:
        return True
    alone = any(_TO_ONE.match(folded, other.name.end) for other in given[:_FEW])
    many = any(Unit.COLLECTIVE in units for _, units in praise.numbers)
    return many and alone and not any(other.counted for other in given[:_FEW])


def _of_others(praise: Mention, given: Sequence[Mention]) -> bool:
    """Whether a "khen thưởng" is told of bodies alone and all that is named of people alone, or the other way round: "5 tập thể", "10 cá nhân"."""
    kinds = [_kinds(mention) for mention in (praise, *given[:_FEW])]
    return (
        len(kinds) > 1
        and len(set().union(*kinds[1:])) == 1
        and all(len(kind) == 1 and kind != kinds[0] for kind in kinds[1:])
        and len(kinds[0]) == 1
    )


def _kinds(mention: Mention) -> frozenset[bool]:
    """Whether those who are counted with it are bodies or people; empty where that is not told."""
    units = {unit for _, told in mention.numbers for unit in told}
    return frozenset(unit in _BODIES for unit in units) if units <= _BODIES | _PEOPLE else frozenset()


def row(text: str, group: Sequence[Mention]) -> Award:
    """The record of all mentions of one award."""
    name = group[0].name
    named = [mention for mention in group if not mention.name.borrowed] or group
    places = sorted({(mention.name.start, mention.name.end) for mention in named})
    years = {mention.year for mention in group if mention.year}
    grantor = next((mention.grantor for mention in group if mention.grantor), None)
    class_: dict[str, Any] = {"class": name.class_}
    return Award(
        quotes=tuple(Quote(start=start, end=end, quote=text[start:end]) for start, end in places),
        type=name.type,
        level=group[0].level,
        grantor=grantor,
        status=group[0].status,
        year=years.pop() if len(years) == 1 else None,
        recipients=tuple(_people(group)[: recipients.MOST]),
        rule=f"awards/{'praise' if name.bare else 'elliptic' if name.elliptic else 'name'}",
        **class_,
    )


def _people(group: Sequence[Mention]) -> list[Recipient]:
    """The recipients of all mentions: who is named again elsewhere is the same, two of one name in one list are two."""
    found: list[Recipient] = []
    known: set[str] = set()
    for mention in group:
        found += [recipient for recipient in mention.recipients if recipient.name not in known]
        known.update(recipient.name for recipient in mention.recipients)
    return found
