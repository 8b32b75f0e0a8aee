"""Rows of awards from the places that speak of them: what says less takes over what the article says elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extract import recipients
from extract.award_names import Name
from extract.language import Interval
from schemas.awards import Award, Class, Recipient
from schemas.record import Quote
from schemas.vocabulary import AwardLevel, AwardStatus

T = TypeVar("T")
_OPENING = 2  # paragraphs of the headline and the lead


@dataclass
class Mention:
    """One place where the text speaks of an award, as far as it has been understood."""

    name: Name
    sentence: Interval
    status: AwardStatus
    level: AwardLevel | None
    grantor: str | None
    year: int | None
    counted: bool
    recipients: tuple[Recipient, ...] = ()
    row: int | None = None
    rule: str = "name"


def merge(mentions: list[Mention], folded: str) -> list[Mention]:
    """The mentions that make rows, each as complete as the article allows.

    "Bằng khen" is that of the UBND tỉnh when the article knows no other; "Huân chương Lao động" that of hạng Ba; a headline's
    "khen thưởng" is the one award that the article goes on to name. What is only mentioned gives way to the same award
    conferred or proposed.
    """
    _adopt_headline(mentions, folded)
    _adopt_level(mentions)
    classes: dict[str, list[Class]] = _known(mentions, lambda mention: mention.name.class_)
    for mention in mentions:
        only = classes.get(mention.name.type, [])
        if mention.name.class_ is None and len(only) == 1 and not mention.name.all_classes and mention.name.type != "contest_prize":
            mention.name = replace(mention.name, class_=only[0])
    said = {(mention.name.type, mention.level, mention.name.class_) for mention in mentions if mention.status is not AwardStatus.MENTIONED}
    kinds = {kind for kind, _, _ in said}
    vague = {kind for kind, known in classes.items() if len(known) > 1 and kind != "contest_prize"}
    return [
        mention
        for mention in mentions
        if not _says_nothing(mention, said, kinds)
        and not (mention.name.type in vague and not mention.name.class_ and not mention.name.all_classes)
    ]


def _known(mentions: Sequence[Mention], value: Callable[[Mention], T | None]) -> dict[str, list[T]]:
    """Type of award -> the different values that its mentions tell."""
    found: dict[str, list[T]] = {}
    for mention in mentions:
        told = value(mention)
        if told is not None and told not in found.setdefault(mention.name.type, []):
            found[mention.name.type].append(told)
    return found


def _adopt_level(mentions: Sequence[Mention]) -> None:
    """Give a mention without a level the only one that others of its kind and status have."""
    for status in AwardStatus:
        alike = [
            mention
            for mention in mentions
            if mention.status is status or (status is AwardStatus.AWARDED and mention.status is AwardStatus.MENTIONED)
        ]
        levels = _known([mention for mention in alike if not _named(mention)], lambda mention: mention.level)
        for mention in alike:
            known = levels.get(mention.name.type, [])
            if mention.level is None and len(known) == 1 and not mention.name.several and not _named(mention):
                mention.level = known[0]


def _named(mention: Mention) -> bool:
    """Whether the award is one of many that share a code and nothing else: each badge and each prize has its own grantor."""
    return mention.name.type in ("insignia", "contest_prize", "commemorative_medal") or (
        mention.name.type == "award_unspecified" and not mention.name.bare
    )


def _adopt_headline(mentions: Sequence[Mention], folded: str) -> None:
    """Let a "khen thưởng" of the headline, of no level, be the only award that the text names."""
    concrete = {
        (mention.name.type, mention.level, mention.name.class_): mention
        for mention in mentions
        if not mention.name.bare and mention.status is AwardStatus.AWARDED
    }
    types = {kind for kind, _, _ in concrete}
    if len(types) != 1 or any(mention.name.bare and mention.level for mention in mentions):
        return
    levels = [mention for mention in concrete.values() if mention.level] or list(concrete.values())
    if len(levels) != 1:
        return
    for mention in mentions:
        if mention.name.bare and folded.count("\n", 0, mention.name.start) < _OPENING:
            mention.name = replace(mention.name, type=levels[0].name.type, class_=levels[0].name.class_, bare=False)
            mention.level, mention.grantor = levels[0].level, None


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
    people: dict[str, Recipient] = {}
    for mention in group:
        for recipient in mention.recipients:
            people.setdefault(recipient.name, recipient)
    grantor = next((mention.grantor for mention in group if mention.grantor), None)
    return Award(
        quotes=tuple(Quote(start=start, end=end, quote=text[start:end]) for start, end in places),
        type=name.type,
        level=group[0].level,
        grantor=grantor,
        status=group[0].status,
        year=years.pop() if len(years) == 1 else None,
        recipients=tuple(list(people.values())[: recipients.MOST]),
        rule=f"awards/{'praise' if name.bare else 'elliptic' if name.elliptic else 'name'}",
        confidence=0.7 if name.bare or group[0].level is None else 0.9,
        **{"class": name.class_},
    )
