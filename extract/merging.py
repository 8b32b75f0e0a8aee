"""Rows of awards from the places that speak of them: what says less takes over what the article says elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extract import recipients
from extract.award_names import Name, lexicon
from extract.language import Interval
from schemas.awards import Award, Class, Recipient
from schemas.record import Quote
from schemas.vocabulary import AwardLevel, AwardStatus, Unit

T = TypeVar("T")
_OPENING = 3  # paragraphs of the headline and the lead
_EACH_ITS_OWN = frozenset(lexicon()["merging"]["each_its_own"])  # kinds that share a code and nothing else
_NEEDS_EVIDENCE = tuple(lexicon()["merging"]["needs_evidence"])
_PRAISED_BY = frozenset(lexicon()["merging"]["praised_by"])  # kinds that "khen thưởng" may stand for


_USUAL = {kind: {AwardLevel(level) for level in levels} for kind, levels in lexicon()["usual_levels"].items()}
_ORDERS = frozenset(lexicon()["merging"]["orders"])


@dataclass
class Mention:
    """One place where the text speaks of an award, as far as it has been understood."""

    name: Name
    sentence: Interval
    status: AwardStatus
    level: AwardLevel | None
    grantor: str | None
    year: int | None
    numbers: frozenset[tuple[str, tuple[Unit, ...]]] = frozenset()  # as written, with their units: those who get it
    recipients: tuple[Recipient, ...] = ()
    sure: bool = False  # it was settled, or somebody has it
    handed: bool = False  # its level is that of one who is only told to hand it over
    row: int | None = None
    rule: str = "name"

    @property
    def counted(self) -> bool:
        """Whether a number counts the award or those who get it."""
        return bool(self.numbers)


def merge(mentions: list[Mention], folded: str) -> list[Mention]:
    """The mentions that make rows, each as complete as the article allows.

    "Bằng khen" is that of the UBND tỉnh when the article knows no other; "Huân chương Lao động" that of hạng Ba; a headline's
    "khen thưởng" is the one kind of award that the article goes on to name. What is only mentioned gives way to the same award
    conferred or proposed.
    """
    mentions = [mention for mention in mentions if not _sums_up(mention, mentions, folded) and not _order_named(mention, mentions)]
    _adopt_kind(mentions, folded)
    _adopt_badge(mentions, folded)
    _adopt_level(mentions)
    _adopt_class(mentions, folded)
    _follow_rules(mentions)
    _doubt_talk(mentions)
    said = {(mention.name.type, mention.level, mention.name.class_) for mention in mentions if mention.status is not AwardStatus.MENTIONED}
    kinds = {kind for kind, _, _ in said}
    classed = {(mention.name.type, mention.status) for mention in mentions if mention.name.class_}
    return [
        mention
        for mention in mentions
        if not _says_nothing(mention, said, kinds)
        and not (_vague(mention) and (mention.name.type, mention.status) in classed and not _beside_its_like(mention, mentions, folded))
    ]


def _follow_rules(mentions: Sequence[Mention]) -> None:
    """Let an award of no level, that nobody is told to get, be of the rules that the article reports of its kind."""
    for mention in mentions:
        if mention.status is not AwardStatus.AWARDED or mention.level or mention.counted or mention.recipients or _named(mention):
            continue
        alike = {other.status for other in mentions if other.name.type == mention.name.type and other.level}
        if alike == {AwardStatus.MENTIONED}:
            mention.status = AwardStatus.MENTIONED


def _doubt_talk(mentions: Sequence[Mention]) -> None:
    """Let certificates of no level, that nobody is said to have got, be talk: "Giấy khen ngày càng nhiều"."""
    for kind in _NEEDS_EVIDENCE:
        talk = [mention for mention in mentions if mention.name.type == kind and mention.level is None and mention.status is AwardStatus.AWARDED]
        if not any(mention.sure or mention.counted or mention.recipients for mention in talk):
            for mention in talk:
                mention.status = AwardStatus.MENTIONED


def _vague(mention: Mention) -> bool:
    """Whether an award that has classes is named without any."""
    return mention.name.class_ is None and not mention.name.all_classes and mention.name.type != "contest_prize"


def _beside_its_like(mention: Mention, mentions: Sequence[Mention], folded: str) -> bool:
    """Whether the sentence has named the award with its class before: "A được tặng … hạng Nhất; B được tặng …" are two."""
    return any(
        other.sentence == mention.sentence
        and other.name.type == mention.name.type
        and other.name.class_
        and other.name.end <= mention.name.start
        and ";" in folded[other.name.end : mention.name.start]
        and not mention.name.elliptic
        for other in mentions
    )


def _known(mentions: Sequence[Mention], value: Callable[[Mention], T | None]) -> dict[str, list[T]]:
    """Type of award -> the different values that its mentions tell."""
    found: dict[str, list[T]] = {}
    for mention in mentions:
        told = value(mention)
        if told is not None and told not in found.setdefault(mention.name.type, []):
            found[mention.name.type].append(told)
    return found


def _adopt_class(mentions: Sequence[Mention], folded: str) -> None:
    """Give an order without a class the only one that others of its kind and status have."""
    for status in AwardStatus:
        alike = [mention for mention in mentions if mention.status is status or mention.status is AwardStatus.MENTIONED]
        classes: dict[str, list[Class]] = _known(
            [mention for mention in alike if mention.status is status], lambda mention: mention.name.class_
        )
        for mention in alike:
            only = classes.get(mention.name.type, [])
            if len(only) == 1 and _vague(mention) and not _beside_its_like(mention, mentions, folded):
                mention.name = replace(mention.name, class_=only[0])


def _adopt_level(mentions: Sequence[Mention]) -> None:
    """Give a mention without a level that of its kind and status: the only one, else the nearest before it, else the next."""
    for status in AwardStatus:
        alike = [
            mention
            for mention in mentions
            if mention.status is status or (status is AwardStatus.AWARDED and mention.status is AwardStatus.MENTIONED)
        ]
        told: dict[str, list[Mention]] = {}
        for mention in alike:
            if mention.level and mention.status is status and not _named(mention):
                told.setdefault(mention.name.type, []).append(mention)
        for mention in alike:
            known = told.get(mention.name.type, [])
            if mention.handed and mention.level and mention.status is status:
                sure = [other for other in known if not other.handed and (not mention.counted or mention.numbers <= other.numbers)]
                unlikely = mention.level not in _USUAL.get(mention.name.type, {mention.level})
                if sure and all(other.level is not mention.level for other in sure) and (mention.counted or unlikely):
                    mention.level, known = None, sure
            if mention.level or not known or _named(mention):
                continue
            if len({other.level for other in known}) > 1 and mention.status is AwardStatus.MENTIONED:
                continue
            nearest = next((other for other in reversed(known) if other.name.start <= mention.name.start), known[0])
            mention.level = nearest.level
            if mention.name.several:
                mention.name = replace(mention.name, several=False)


def _named(mention: Mention) -> bool:
    """Whether the award is one of many that share a code and nothing else: each badge and each prize has its own grantor."""
    if mention.name.type == "award_unspecified":
        return not mention.name.bare or mention.name.several
    return mention.name.type in _EACH_ITS_OWN


def _sums_up(mention: Mention, mentions: Sequence[Mention], folded: str) -> bool:
    """Whether a "khen thưởng" of the headline or the lead, that counts nobody, only sums up the awards that the text names."""
    if not mention.name.generic or mention.counted or mention.status is AwardStatus.MENTIONED:
        return False
    kinds = {other.name.type for other in mentions if other.status is mention.status and other.name.type in _PRAISED_BY}
    opening = folded.count("\n", 0, mention.name.start) < _OPENING
    return (opening and len(kinds) > 1) or (bool(kinds) and mention.level is None and not mention.name.several)


def _order_named(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a "huân chương" alone is one that the article names elsewhere."""
    others = {
        other.name.type
        for other in mentions
        if other.name.type in _ORDERS and not other.name.vague and not other.name.bare and other.status is not AwardStatus.MENTIONED
    }
    if mention.name.vague and mention.counted and len(others) == 1:
        mention.name = replace(mention.name, type=next(iter(others)), vague=False)
        return False
    return mention.name.vague and bool(others)


def _adopt_badge(mentions: Sequence[Mention], folded: str) -> None:
    """Let "Huy hiệu" be the Party's, "Kỉ niệm chương" the one with a level, where the article names no other, and the same name the same award."""
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        if _named(mention) and mention.name.type != "contest_prize" and not mention.name.bare:
            called = re.sub(r"\W+|\d{4}", " ", folded[mention.name.start : mention.name.end]).strip()
            by_name.setdefault(called, []).append(mention)
    for alike in by_name.values():
        sure = [mention for mention in alike if mention.level and not mention.handed] or [mention for mention in alike if mention.level]
        for mention in alike:
            if sure and (mention.level is None or mention.handed) and not mention.name.several:
                mention.level, mention.grantor = sure[0].level, mention.grantor if mention.level is sure[0].level else sure[0].grantor
    party = [mention for mention in mentions if mention.name.type == "insignia" and mention.name.several]
    for mention in mentions:
        if mention.name.type == "insignia" and party and not mention.name.quoted:
            mention.name, mention.level, mention.grantor = replace(mention.name, several=True), None, None
    for mention in mentions:
        if mention.name.type == "contest_prize" and not mention.name.class_ and mention.level is None:
            near = [other for other in mentions if other.name.type == "contest_prize" and other.sentence == mention.sentence and other.level and not other.name.class_]
            if folded[mention.name.start : mention.name.end] == "giải" and near:
                mention.level = near[0].level
    medals = [mention for mention in mentions if mention.name.type == "commemorative_medal"]
    levels = {mention.level for mention in medals if mention.level}
    if len(levels) == 1 and len({mention.name.quoted for mention in medals if mention.name.quoted}) < 2:
        for mention in medals:
            mention.level = mention.level or next(iter(levels))


def _adopt_kind(mentions: Sequence[Mention], folded: str) -> None:
    """Let a "khen thưởng" be the kind of award that the article names with the same status, if their levels agree."""
    for status in (AwardStatus.AWARDED, AwardStatus.PROPOSED):
        concrete = [
            mention for mention in mentions if mention.status is status and not mention.name.bare and mention.name.type in _PRAISED_BY
        ]
        for mention in mentions:
            if mention.status is status and mention.name.generic and mention.counted:
                same = next((other for other in concrete if mention.numbers <= other.numbers), None)
                if same and (mention.level in (None, same.level) or same.level is None):
                    mention.name = replace(mention.name, type=same.name.type, class_=same.name.class_, bare=False, generic=False, elliptic=True)
                    mention.level = same.level or mention.level
        for mention in mentions:
            if mention.status is status and mention.name.bare and mention.name.generic and mention.level and not mention.counted and not mention.name.several:
                alike = {other.name.type for other in concrete if other.level is mention.level}
                if len(alike) == 1:
                    mention.name = replace(mention.name, type=alike.pop(), bare=False, elliptic=True)
        types = {mention.name.type for mention in concrete}
        if len(types) != 1:
            continue
        levels = {mention.level for mention in concrete}
        for mention in mentions:
            if mention.status is not status or not mention.name.bare or not mention.name.generic or mention.name.several:
                continue
            if mention.level and mention.level not in levels and None not in levels:
                continue
            mention.name = replace(mention.name, type=concrete[0].name.type, bare=False, elliptic=True)


def _says_nothing(mention: Mention, said: set[tuple[str, AwardLevel | None, Class | None]], kinds: set[str]) -> bool:
    """Whether a place only mentions what the article says better elsewhere."""
    if mention.status is not AwardStatus.MENTIONED:
        return False
    return ((mention.name.type, mention.level, mention.name.class_) in said and not mention.counted) or (
        mention.level is None and mention.name.type in kinds
    )


def row(text: str, group: Sequence[Mention]) -> Award:
    """The record of all mentions of one award."""
    name = group[0].name
    places = sorted({(mention.name.start, mention.name.end) for mention in group})
    years = {mention.year for mention in group if mention.year}
    grantor = next((mention.grantor for mention in group if mention.grantor), None)
    return Award(
        quotes=tuple(Quote(start=start, end=end, quote=text[start:end]) for start, end in places),
        type=name.type,
        level=group[0].level,
        grantor=grantor,
        status=group[0].status,
        year=years.pop() if len(years) == 1 else None,
        recipients=tuple(_people(group)[: recipients.MOST]),
        rule=f"awards/{'praise' if name.bare else 'elliptic' if name.elliptic else 'name'}",
        confidence=0.7 if name.bare or group[0].level is None else 0.9,
        **{"class": name.class_},
    )


def _people(group: Sequence[Mention]) -> list[Recipient]:
    """The recipients of all mentions: who is named again elsewhere is the same, two of one name in one list are two."""
    found: list[Recipient] = []
    known: set[str] = set()
    for mention in group:
        found += [recipient for recipient in mention.recipients if recipient.name not in known]
        known.update(recipient.name for recipient in mention.recipients)
    return found
