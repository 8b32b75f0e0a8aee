"""Awards that an article only speaks of, by what it says elsewhere: they are rules, proposals that were fulfilled, or talk."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.award_mentions import PRAISED_BY, Mention, is_one_of_many
from extract.fold import fold
from extract.words import any_of, lexicon
from schemas.awards import Class
from schemas.vocabulary import AwardLevel, AwardStatus, RecipientKind

_NEEDS_EVIDENCE = tuple(lexicon("awards")["merging"]["needs_evidence"])
_FEW = 50  # mentions that are compared with one
_RANKS = tuple(AwardLevel)  # the highest first
_USUAL = {kind: {AwardLevel(level) for level in levels} for kind, levels in lexicon("awards")["usual_levels"].items()}
_HANDED_ON = ("certificate_of_merit", "letter_of_commendation")  # which an office hands over for a higher one that gave them
_OFFICES = re.compile(r"(?:giám đốc |lãnh đạo |trưởng )?(?:sở|phòng|công an|ubnd|ủy ban nhân dân|bộ chỉ huy|ban chỉ huy)(?!\w)")
_NEAR = 120  # code points before an award that tell how it is spoken of
_PEOPLE = re.compile(r"\d (?:trường hợp|người|cá nhân|tập thể|đơn vị)(?!\w)")
_PROCESS = re.compile(r"(?<!\w)(?:quá trình|thủ tục|hồ sơ xin|xin) xét(?: tặng)?(?!\w)[^.;]*$")
_FOR_WHOM = re.compile(rf" (?:cho )?(?:(?:{any_of(lexicon('awards')['praise']['one'])}) )?(?P<who>\w+(?: (?!vì|về|do|sau)\w+){{0,4}})")


def follow_rules(mentions: Sequence[Mention]) -> None:
    """Let an award of no level, that nobody is told to get, be of the rules that the article reports of its kind."""
    alike: dict[str, set[AwardStatus]] = {}
    for mention in mentions:
        if mention.level:
            alike.setdefault(mention.name.type, set()).add(mention.status)
    for mention in mentions:
        if mention.status is not AwardStatus.AWARDED or mention.level or mention.counted or mention.recipients or is_one_of_many(mention):
            continue
        if alike.get(mention.name.type) == {AwardStatus.MENTIONED}:
            mention.status = AwardStatus.MENTIONED


def doubt_undone(mentions: Sequence[Mention], folded: str) -> None:
    """Let an award be only mentioned where the article tells elsewhere that it was taken back."""
    undone = {(mention.name.type, mention.level, mention.name.class_): mention for mention in mentions if mention.undone}
    for taken in undone.values():
        whose = {fold(recipient.name) for recipient in taken.recipients}
        for mention in mentions:
            same = (mention.name.type, mention.name.class_) == (taken.name.type, taken.name.class_)
            near = mention.level is taken.level or None in (mention.level, taken.level)
            other = whose and mention.recipients and not whose & {fold(recipient.name) for recipient in mention.recipients}
            others = (
                other
                or mention.numbers - taken.numbers
                or _PEOPLE.search(folded, max(mention.sentence.start, mention.name.start - _NEAR), mention.name.start)
            )
            if same and near and not others and mention.status is AwardStatus.AWARDED:
                mention.status = AwardStatus.MENTIONED


def doubt_process(mentions: Sequence[Mention], folded: str) -> None:
    """Let an award that was conferred be only mentioned where the text speaks of how such awards are considered."""
    given = {(each.name.type, each.level, each.name.class_) for each in mentions if each.status is AwardStatus.AWARDED}
    for mention in mentions:
        named = mention.counted or mention.recipients or mention.status is not AwardStatus.PROPOSED
        if named or (mention.name.type, mention.level, mention.name.class_) not in given:
            continue
        if _PROCESS.search(folded, max(mention.sentence.start, mention.name.start - _NEAR), mention.name.start):
            mention.status = AwardStatus.MENTIONED


def doubt_fulfilled(mentions: Sequence[Mention], folded: str) -> None:
    """Let an award be only mentioned where it was proposed for somebody whom the article then tells to have got it."""
    got: dict[tuple[str, AwardLevel | None, Class | None], set[str]] = {}
    for mention in mentions:
        if mention.status is AwardStatus.AWARDED:
            names = {fold(recipient.name).split()[-1] for recipient in mention.recipients if recipient.kind is RecipientKind.INDIVIDUAL}
            got.setdefault((mention.name.type, mention.level, mention.name.class_), set()).update(names)
    for mention in mentions:
        if mention.status is AwardStatus.PROPOSED and not mention.counted:
            praised = mention.name.generic and mention.level is None
            key = (mention.name.type, mention.level, mention.name.class_)
            names = {name for kind, known in got.items() if kind == key or (praised and kind[0] in PRAISED_BY) for name in known}
            for_whom = _FOR_WHOM.match(folded, mention.name.end)
            if for_whom and names & set(for_whom["who"].split()):
                mention.status = AwardStatus.MENTIONED


def doubt_talk(mentions: Sequence[Mention]) -> None:
    """Let certificates of no level, that nobody is said to have got, be talk: "Giấy khen ngày càng nhiều"."""
    for kind in _NEEDS_EVIDENCE:
        talk = [
            mention for mention in mentions if mention.name.type == kind and mention.level is None and mention.status is AwardStatus.AWARDED
        ]
        if not any(mention.sure or mention.counted or mention.recipients for mention in talk):
            for mention in talk:
                mention.status = AwardStatus.MENTIONED


def yield_to_sure(mention: Mention, sure: Sequence[Mention]) -> None:
    """Take away the level of one who only hands an award over, where others tell who gave it and this one hardly could, or to the same."""
    if not sure or any(other.level is mention.level for other in sure[:_FEW]):
        return
    same = any(mention.numbers <= other.numbers for other in sure[:_FEW])
    named = {recipient.name for recipient in mention.recipients}
    lesser = mention.name.type in _HANDED_ON and _OFFICES.match(fold(mention.grantor or ""))
    known = {recipient.name for other in sure[:_FEW] for recipient in other.recipients}
    if lesser:
        known |= {name.rpartition(" ")[2] for name in known}  # "em Lê Văn Nam", "em Nam"
    if named & known:
        mention.level = None
    if named and any(number.lstrip("0") == str(len(named)) for other in sure[:_FEW] for number, _ in other.numbers):
        mention.level = None  # "cho 2 cá nhân", whom the one who hands it over names
    unlikely = mention.level not in _USUAL.get(mention.name.type, {mention.level})
    told = next((other for other in reversed(sure[:_FEW]) if other.name.start < mention.name.start), None)
    above = told and mention.level and told.level and _RANKS.index(told.level) < _RANKS.index(mention.level)
    handed_on = above and told and told.sentence != mention.sentence and lesser
    higher = handed_on or (told is not None and told.level in (AwardLevel.STATE, AwardLevel.GOVERNMENT))
    if higher and not mention.counted and not named:
        mention.level = None  # "Thủ tướng tặng Bằng khen …; Thứ trưởng A đã trao tặng Bằng khen cho các tập thể"
    if (mention.counted and same) or (unlikely and (not mention.counted or mention.level is AwardLevel.GRASSROOTS)):
        mention.level = None
