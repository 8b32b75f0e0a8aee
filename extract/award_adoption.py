"""What one mention of an award takes from the others of its article: kind, name, level and giver."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.award_doubts import yield_to_sure
from extract.award_givers import Grantor
from extract.award_mentions import PRAISED_BY, Mention, is_one_of_many
from extract.award_words import fixed_level
from extract.fold import fold
from extract.language import Interval
from extract.words import any_of, lexicon
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
_THIS = ("phần thưởng cao quý", "phần thưởng", "danh hiệu cao quý", "danh hiệu")
_BACK = re.compile(r"(?: cao quý)? (?:này|đó|ấy|trên|nói trên|kể trên)(?!\w)")
_NEAR = 40  # code points before "khen thưởng" in which "các cấp" is looked for
_BY_ALL = re.compile(
    r"(?<!\w)(?:các cấp|các ngành)(?:,? (?:kịp thời|xem xét|quyết định|biểu dương|đã|và))* $"
)  # who praise, each in its own way
_TELLING = 4  # words of a prize's name with which a longer one that begins so is the same
_KIND_WORD = re.compile(r"^(?:(?:nhận|đoạt|đạt|giành|trao) )?(?:giải thưởng|giải|danh hiệu|huy hiệu)(?: (?=\w))")
_USUAL = {kind: {AwardLevel(level) for level in levels} for kind, levels in lexicon("awards")["usual_levels"].items()}
_BADGE = len("huy hiệu đảng")  # code points of a badge that is called so and no more


def adopt(mentions: Sequence[Mention], folded: str, contest: Grantor | None) -> None:
    """Let mentions that say less take over what the article says elsewhere of the same award; they are changed in place.

    A headline's "khen thưởng" is the one kind of award that the article goes on to name; badges of one name are one; a "Bằng khen"
    without a giver is of the level of the others. `contest` gives the prizes of which nothing else is told.
    """
    _read_captions(mentions, folded)
    _adopt_kind(mentions, folded)
    _adopt_name(mentions, folded)
    _adopt_badge(mentions)
    _adopt_sent(mentions)
    _adopt_this(mentions, folded)
    _resume_prizes(mentions, folded)
    _adopt_level(mentions)
    _adopt_contest(mentions, folded, contest)


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
            of_all = mention.counted and _BY_ALL.search(folded, max(mention.sentence.start, mention.name.start - _NEAR), mention.name.start)
            if mention.name.several or of_all or _is_another(mention, concrete, folded) or _of_others(mention, concrete):
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
            if mention.name.type == "insignia" and not mention.name.quoted and mention.name.end - mention.name.start <= _BADGE:
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


def _adopt_sent(mentions: Sequence[Mention]) -> None:
    """Let a letter or a badge that somebody hands over be the one that the article has told who gives."""
    for kind in ("letter_of_commendation", "insignia", "commemorative_medal"):
        given: Mention | None = None
        for mention in mentions:
            if mention.name.type != kind or mention.name.several:
                continue
            if given and mention.handed and not mention.name.quoted and mention.level is not given.level:
                mention.level, mention.grantor = given.level, given.grantor
            elif mention.level and not mention.handed:
                given = given or mention


def _adopt_this(mentions: Sequence[Mention], folded: str) -> None:
    """Let "phần thưởng cao quý này" be the award that the article has named before."""
    named: Mention | None = None
    for mention in mentions:
        if not mention.name.bare:
            named = mention if folded[mention.name.start : mention.name.end] not in _THIS else named
        if named and folded[mention.name.start : mention.name.end] in _THIS and _BACK.match(folded, mention.name.end):
            mention.name = replace(mention.name, type=named.name.type, class_=named.name.class_, several=named.name.several, bare=False)
            mention.level, mention.grantor = named.level, named.grantor


def _resume_prizes(mentions: Sequence[Mention], folded: str) -> None:
    """Let prizes that a sentence tells as parts be of the contest before it: "… 3 giải cấp quốc gia. Trong đó có 1 giải Nhì"."""
    prizes = [mention for mention in mentions if mention.name.type == "contest_prize" and mention.status is AwardStatus.AWARDED]
    for before, mention in pairwise(prizes):
        next_to = before.sentence == mention.sentence or 0 <= mention.sentence.start - before.sentence.end <= 2
        if mention.level is None and before.level and next_to and _PARTS.match(folded, *mention.sentence):
            mention.level = before.level


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


def _may_adopt(mention: Mention, status: AwardStatus, levels: set[AwardLevel | None]) -> bool:
    """Whether a mention may take a level of this status: what is only mentioned, the only one of the awards conferred."""
    if mention.status is AwardStatus.MENTIONED:
        return status is AwardStatus.AWARDED and len(levels) == 1
    return mention.status is status


def _adopt_contest(mentions: Sequence[Mention], folded: str, contest: Grantor | None) -> None:
    """Let a whole list of prizes, the first to the third, be of the one contest whose level the article tells; else of the one who holds it.

    A prize that names a contest of its own is of none of these.
    """
    prizes = [mention for mention in mentions if mention.name.type == "contest_prize" and mention.status is AwardStatus.AWARDED]
    told = [mention for mention in prizes if mention.level and not mention.handed]
    before = bool(contest) and all(mention.name.class_ is None for mention in told)  # "những chị đạt giải cao ở vòng thi cấp huyện"
    levels = {mention.level for mention in told}
    if not before and len(levels) == 1 and {"1", "2", "3"} <= {mention.name.class_ for mention in prizes}:
        for mention in prizes:
            if mention.level is None and not _OWN_CONTEST.match(folded, mention.name.end):
                mention.level = next(iter(levels))
    if contest and contest.level is AwardLevel.MINISTRY:  # "kỳ thi chọn học sinh giỏi quốc gia do Bộ GD&ĐT tổ chức"
        for mention in prizes:
            if mention.level is AwardLevel.NATIONAL and not mention.grantor:
                mention.level, mention.grantor = contest.level, contest.name
    if contest and (before or all(mention.name.placed for mention in told)):
        for mention in prizes:
            if mention.level is None or mention.name.placed:
                given = fold(mention.grantor or "ban ").startswith("ban ")  # by its board of judges, and not by another body
                mention.level, mention.grantor = (contest.level, contest.name) if given else (mention.level, mention.grantor)
