"""Rows of awards from the places that speak of them: what says less takes over what the article says elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from extract import recipients
from extract.award_adoption import adopt
from extract.award_doubts import doubt_fulfilled, doubt_process, doubt_talk, doubt_undone, follow_rules
from extract.award_givers import Grantor
from extract.award_mentions import (
    Mention,
    class_sums,
    says_nothing,
    without_headline,
    without_orders_named,
    without_sums_up,
)
from extract.award_words import fixed_level
from extract.language import Interval
from schemas.awards import Award, Class, Recipient
from schemas.record import Quote
from schemas.vocabulary import AwardLevel, AwardStatus, Unit


def merge(mentions: list[Mention], folded: str, lender: Grantor | None = None, contest: Grantor | None = None) -> list[Mention]:
    """The mentions that make rows, each as complete as the article allows.

    "Bằng khen" is that of the UBND tỉnh when the article knows no other; "Huân chương Lao động" that of hạng Ba; a headline's
    "khen thưởng" is the one kind of award that the article goes on to name. What is only mentioned gives way to the same award
    conferred or proposed. `lender` gives what is named without a kind and without one who gives it, `contest` the prizes.
    """
    mentions = without_orders_named(without_sums_up(without_headline(mentions, folded), folded))
    adopt(mentions, folded, contest)
    for mention in mentions if lender else ():
        if lender and _is_lent(mention, folded):
            mention.level, mention.grantor = lender.level, lender.name
    _lend_medals(mentions)
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


def _is_lent(mention: Mention, folded: str) -> bool:
    """Whether an award was given that has no kind and of which nobody is told to give it: "được khen thưởng", "Giải thưởng Sáng tạo"."""
    prize = folded.startswith("giải thưởng", mention.name.start)
    nobody = (mention.level is None and not mention.grantor) or (prize and mention.handed)
    unknown = mention.name.type == "award_unspecified" and nobody and not mention.name.several
    kind = mention.name.bare or prize or mention.name.unit is Unit.PERSON
    return unknown and kind and mention.status is AwardStatus.AWARDED


def _lend_medals(mentions: Sequence[Mention]) -> None:
    """Let a commemorative medal, that nobody is told to give, be of the one central body that gives all else in the article."""
    given = [mention for mention in mentions if mention.status is AwardStatus.AWARDED and not fixed_level(mention.name.type)]
    givers = [mention for mention in given if mention.level]
    if {mention.level for mention in givers} != {AwardLevel.MINISTRY} or not any(mention.grantor for mention in givers):
        return
    for mention in given:
        names = {other.grantor for other in givers if other.grantor}
        if mention.name.type == "commemorative_medal" and mention.level is None and not mention.grantor and not mention.handed:
            mention.level, mention.grantor = AwardLevel.MINISTRY, names.pop() if len(names) == 1 else None


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
