"""Places that speak of awards, and which of them only say again what the article says better elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.award_words import SUM, Name
from extract.language import Interval
from extract.words import any_of, lexicon
from schemas.awards import Class, Recipient
from schemas.vocabulary import AwardLevel, AwardStatus, Unit

_HEADLINE = 220  # code points of a first paragraph below which it may be the headline
_EACH_ITS_OWN = frozenset(lexicon("awards")["merging"]["each_its_own"])  # kinds that share a code and nothing else
_SUM = re.compile(r"(?:[^.;\n\d]{0,40}? )?(\d[\d.,]* (?:triệu|tỉ|nghìn|ngàn))(?!\w)")
_BESIDE = 60  # code points after a certificate in which a sum comes with it
_OPENING = 3  # paragraphs of the headline and the lead
PRAISED_BY = frozenset(lexicon("awards")["merging"]["praised_by"])  # kinds that "khen thưởng" may stand for
_ORDERS = frozenset(lexicon("awards")["merging"]["orders"])


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
    undone: bool = False  # it was taken back
    row: int | None = None
    nobody: bool = False  # a "khen thưởng" of nobody who is counted or named

    @property
    def counted(self) -> bool:
        """Whether a number counts the award or those who get it."""
        return bool(self.numbers)


def without_headline(mentions: Sequence[Mention], folded: str) -> list[Mention]:
    """Leave out each award that the headline speaks of in another status than the text below, which knows better."""
    end = folded.find("\n")
    if end > _HEADLINE or (end > 0 and folded[end - 1] in ".!;:"):
        end = -1  # the text begins with its lead
    below: dict[tuple[str, Class | None], set[AwardStatus]] = {}
    for mention in mentions:
        if mention.name.start > end and mention.status is not AwardStatus.MENTIONED and not mention.name.bare:
            below.setdefault((mention.name.type, mention.name.class_), set()).add(mention.status)
    return [
        mention
        for mention in mentions
        if mention.name.start > end or mention.status in below.get((mention.name.type, mention.name.class_), {mention.status})
    ]


def without_sums_up(mentions: Sequence[Mention], folded: str) -> list[Mention]:
    """Leave out each "khen thưởng" that counts nobody and only sums up the awards that the text names: in the lead, or without a level."""
    kinds: dict[AwardStatus, set[str]] = {}
    levels: dict[AwardStatus, set[AwardLevel | None]] = {}
    for mention in mentions:
        if mention.name.type in PRAISED_BY:
            kinds.setdefault(mention.status, set()).add(mention.name.type)
            levels.setdefault(mention.status, set()).add(mention.level)
    sums = [
        sum_[1]
        for mention in mentions
        if mention.name.type in PRAISED_BY
        for sum_ in _SUM.finditer(folded, mention.name.end, mention.name.end + _BESIDE)
    ]
    lead = 0
    for _ in range(_OPENING):
        lead = folded.find("\n", lead) + 1 or len(folded)
    return [
        mention
        for mention in mentions
        if not (mention.name.generic and mention.level is None and _amount(mention, folded) in sums)
        if not mention.name.generic
        or mention.counted
        or _OWN_SUM.match(folded, mention.name.end)
        or mention.status is AwardStatus.MENTIONED
        or not (known := kinds.get(mention.status, set()))
        or (mention.level is not None and mention.level not in levels[mention.status])  # another one gave something too
        or not ((mention.name.start < lead and len(known) > 1) or (mention.level is None and not mention.name.several))
    ]


# "thưởng | nóng 30 triệu đồng cho Ban chuyên án", "thưởng | Ban chuyên án 50 triệu đồng": a reward of its own
_WHOM = any_of(word for word in lexicon("awards")["praise"]["units"] if not word.startswith(("mỗi ", "từng ")))
_OWN_SUM = re.compile(rf"(?: nóng| đột xuất)?(?: {SUM} cho (?:{_WHOM})(?!\w)| (?:cho )?(?:{_WHOM})(?: [^\W_]+){{0,3}} {SUM})")


def _amount(mention: Mention, folded: str) -> str | None:
    """The sum that stands right after "thưởng": one that comes with a certificate elsewhere is no award of its own."""
    told = _SUM.match(folded, mention.name.end)
    return told[1] if told else None


def without_orders_named(mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out each "huân chương" alone that the article names elsewhere; one that is counted is the only one that it names."""
    named = {
        mention.name.type
        for mention in mentions
        if mention.name.type in _ORDERS
        and not mention.name.vague
        and not mention.name.bare
        and mention.status is not AwardStatus.MENTIONED
        and (mention.name.level or mention.name.type != "award_unspecified")  # a prize without a code is no order
    }
    contest = any(mention.name.type == "contest_prize" for mention in mentions)
    kept = []
    for mention in mentions:
        if mention.name.vague and mention.name.type == "medal":
            if contest and mention.counted:  # "đoạt 12 huy chương", of the games whose gold medals it tells of
                mention.name, mention.level, mention.grantor = replace(mention.name, type="contest_prize", vague=False), None, None
            elif contest:
                continue
        elif mention.name.vague and mention.counted and len(named) == 1:
            mention.name = replace(mention.name, type=next(iter(named)), vague=False)
        if not (mention.name.vague and named):
            kept.append(mention)
    return kept


def says_nothing(mention: Mention, said: set[tuple[str, AwardLevel | None, Class | None]], kinds: set[str]) -> bool:
    """Whether a place only mentions what the article says better elsewhere."""
    if mention.status is not AwardStatus.MENTIONED:
        return False
    return ((mention.name.type, mention.level, mention.name.class_) in said and not mention.counted) or (
        mention.level is None and mention.name.type in kinds
    )


def is_one_of_many(mention: Mention) -> bool:
    """Whether the award is one of many that share a code and nothing else: each badge and each prize has its own grantor."""
    if mention.name.type == "award_unspecified":
        return not mention.name.bare or mention.name.several
    return mention.name.type in _EACH_ITS_OWN


def class_sums(mentions: Sequence[Mention]) -> dict[tuple[str, AwardStatus], frozenset[str]]:
    """How many all classes of an award count together, and of each unit: "hạng Nhì cho 1 gia đình, hạng Ba cho 2" is the "3 gia đình" told before."""
    told = {(mention.name.type, mention.status, mention.name.class_, mention.numbers) for mention in mentions if mention.name.class_}
    parts: dict[tuple[str, AwardStatus], list[tuple[int, tuple[Unit, ...]]]] = {}
    for kind, status, _, numbers in told:
        parts.setdefault((kind, status), []).extend((int(number), units) for number, units in numbers if number.isdecimal())
    sums: dict[tuple[str, AwardStatus], frozenset[str]] = {}
    for key, counted in parts.items():
        alike = [[value for value, units in counted if units == unit] for unit in {units for _, units in counted}]
        sums[key] = frozenset(str(sum(values)) for values in ([value for value, _ in counted], *alike) if len(values) > 1)
    return sums
