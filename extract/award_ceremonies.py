"""Who holds the ceremony that an article reports: "Sở Nội vụ tổ chức lễ trao thưởng"; who gives what names nobody else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extract.award_givers import Grantor, by_level, level_named
from extract.award_mentions import Mention
from extract.award_places import Places
from extract.components.bodies import Body
from extract.fold import fold
from extract.words import any_of, lexicon
from schemas.officials import Official
from schemas.vocabulary import AwardLevel, AwardStatus

_WORDS = lexicon("awards")["ceremonies"]
# "UBND tỉnh (phối hợp với Tỉnh đoàn) đã long trọng tổ chức Lễ tuyên dương": who stands right before it holds it
_HELD = re.compile(
    rf"(?<!\w)tổ chức (?:[^\W\d_]+ ){{0,3}}?(?:{any_of(_WORDS['held'])}) (?:[^\W\d_]+,? ){{0,4}}?(?:{any_of(_WORDS['given_at'])})(?!\w)"
)
_BEFORE = re.compile(r"(?:,? ?(?:phối hợp|cùng)[^.;:]{0,80})?(?: (?:đã|vừa|sẽ|long trọng|chính thức|trang trọng))*,? *")
_LEVELS = {fold(word): AwardLevel(code) for word, code in lexicon("awards")["prizes"]["levels"].items()}
_ALONE = re.compile(r"(?: (?:đã|vừa|sẽ|long trọng|chính thức|trang trọng))*,? *")
_CONTEST = rf"(?:{any_of(_WORDS['contests'])})(?! đua)"  # and no "đại hội thi đua"
# "Hội thi Thợ giỏi … do Liên đoàn Lao động tỉnh tổ chức", "Hội Nông dân tỉnh tổ chức chung kết Hội thi Nhà nông đua tài"
_CONTEST_BY = re.compile(rf"(?<!\w)(?:{_CONTEST})(?!\w)[^.;:\n]{{0,150}}?(?<!\w)(?:do|được) (?=\w)")
_CONTEST_HELD = re.compile(rf"(?<!\w)(?<!ban )(?<!trong )(?<!tác )(?<!việc )tổ chức (?:[^\W\d_]+,? ){{0,8}}?(?:{_CONTEST})(?!\w)")
# "Sở Giáo dục và Đào tạo đã tổng kết và trao giải Hội thi": told in the report's middle, too
_CONTEST_PRIZED = re.compile(
    rf"(?<!\w)(?:(?:tổng kết|bế mạc)(?:,| và) )?trao (?!giải thưởng(?! báo))(?:giải (?:thưởng )?)?(?:{_CONTEST})(?!\w)"
)
_CONTEST_LEVEL = re.compile(
    rf"(?:(?<![^\n])|[^\n]{{0,200}}?(?<!\w)){_CONTEST}(?!\w)[^.;\n]{{0,80}}?(?<!\w)(?P<level>{any_of(_LEVELS)})(?!\w)"
)
_HOLDS = re.compile(r" (?:\([^()\n]{1,20}\) )?(?:đã |vừa |sẽ |chủ trì )?(?:tổ chức|phát động|mở|đăng cai)(?!\w)")
_SCHOOL = re.compile(
    rf"(?<!\w)nhà trường(?: (?:đã|vừa|còn|cũng|sẽ))* (?:tổ chức|tổng kết|trao giải|phát động)[^.;\n]{{0,40}}?(?:{_CONTEST})(?!\w)"
)
_WITH = re.compile(r" ?(?:,|và|cùng|phối hợp|với|-| )* ?")  # between two bodies that hold it together
_WHERE = ("tại ", "ở ")  # before a body that only is where it is held
_HANDS = re.compile(r"(?<!\w)(?<!được )(?:trao|gắn)(?: tặng)?(?!\w)")
_LEAD = 900  # code points in which an article tells who holds the contest that it is about
_REACH = 120  # code points before "tổ chức" in which the holder stands
_NEAR = 400  # code points before a prize in which "nhà trường" holds its contest


def holder(here: Places) -> Grantor | None:
    """The one body that the article tells to hold its ceremony of awards; None where it tells none, or several."""
    found: set[Grantor] = set()
    for match in _HELD.finditer(here.folded):
        near = [
            body for body in here.bodies_between(match.start() - _REACH, match.start()) if "\n" not in here.text[body.end : match.start()]
        ]
        first = next((body for body in near if _BEFORE.fullmatch(here.folded, body.end, match.start())), None)
        found.update(by_level([first]) if first else ())
    levels = {giver.level for giver in found}
    return min(found, key=lambda giver: giver.name or "") if len(levels) == 1 and None not in levels else None


def contest(here: Places) -> Grantor | None:
    """The one body that the article's lead tells to hold its contest, else its level by the headline; None where several hold it."""
    found = [body for _, body in _holders(here, _LEAD)]
    givers = by_level([body for body in found if body])
    if len(givers) == 1 and None not in found:
        return givers[0]
    told = None if found else _CONTEST_LEVEL.match(here.folded, 0, _LEAD)
    return Grantor(_LEVELS[told["level"]], None) if told else None


def _holders(here: Places, end: int) -> list[tuple[int, Body | None]]:
    """Where the article tells before `end` that a contest is held, or anywhere that its prizes are given, and by whom; None: by several."""
    found: list[tuple[int, Body | None]] = []
    for match in _CONTEST_BY.finditer(here.folded, 0, end):
        body = next((body for body in here.bodies_between(match.end(), match.end() + 1)), None)
        if body:
            found.append((match.start(), body if _HOLDS.match(here.folded, body.end) else None))
    for match in (*_CONTEST_HELD.finditer(here.folded, 0, end), *_CONTEST_PRIZED.finditer(here.folded)):
        near = here.bodies_between(match.start() - _REACH, match.start())
        body = next((body for body in near if _ALONE.fullmatch(here.folded, body.end, match.start())), None)
        others = [other for other in near if body and other.end <= body.start and not here.folded.endswith(_WHERE, 0, other.start)]
        joined = body and any(_WITH.fullmatch(here.folded, other.end, body.start) for other in others)
        if body or match.re is _CONTEST_HELD:
            found.append((match.start(), None if joined else body))
    return found


def beside(mentions: Sequence[Mention], here: Places) -> None:
    """Let prizes of which nothing is told be of the contest that their paragraph tells before them, by who holds it; changed in place."""
    prizes = [mention for mention in mentions if mention.name.type == "contest_prize" and not mention.level]
    holders = sorted(_holders(here, len(here.folded)), key=lambda held: held[0]) if prizes else []
    for mention in prizes:
        at = mention.name.start
        line = here.folded.rfind("\n", 0, at) + 1
        last = bisect_left(holders, at, key=lambda held: held[0]) - 1
        holder = holders[last][1] if last >= 0 and holders[last][0] >= line else None
        own = (Grantor(AwardLevel.GRASSROOTS, None),) if _SCHOOL.search(here.folded, max(line, at - _NEAR), at) else ()
        givers = by_level([holder]) if holder else own
        given = fold(mention.grantor or "ban ").startswith("ban ")  # by its board of judges, and not by another body
        if givers and given and mention.status is AwardStatus.AWARDED:
            mention.level, mention.grantor = givers[0].level, givers[0].name


def present(mentions: Sequence[Mention], here: Places) -> None:
    """Let a commemorative medal of which nobody is told be of the central body whose official hands it over; changed in place.

    "đồng chí A (of the Vụ Thi đua - Khen thưởng, Bộ Tư pháp) trao Kỷ niệm chương": the office may be told elsewhere in the article.
    """
    medals = [mention for mention in mentions if mention.name.type == "commemorative_medal" and not (mention.level or mention.grantor)]
    officials: Sequence[Official] = here.doc._.found.get("officials", ()) if medals else ()
    named = sorted((quote.end, quote.start, index) for index, one in enumerate(officials) for quote in one.quotes)
    for mention in medals:
        last = bisect_right(named, (mention.name.start, len(here.folded), 0)) - 1
        end, start, official = named[last] if last >= 0 else (0, -1, 0)
        hands = start >= mention.sentence.start and _HANDS.search(here.folded, end, mention.name.start)
        if not hands or mention.status is not AwardStatus.AWARDED:
            continue
        bodies = [position.organization for position in officials[official].positions if position.organization]
        central = [body for body in bodies if level_named(body.rpartition(", ")[2]) is AwardLevel.MINISTRY]
        if central:
            mention.level, mention.grantor = AwardLevel.MINISTRY, central[0].rpartition(", ")[2]


def lender(mentions: Sequence[Mention], here: Places) -> Grantor | None:
    """Who gives what the article names without a kind and without one who gives it: who gives so elsewhere, else who holds the ceremony."""
    praise = [mention for mention in mentions if mention.name.type == "award_unspecified" and mention.status is AwardStatus.AWARDED]
    sure = [mention for mention in praise if mention.level and not mention.handed]
    if len(sure) == len(praise) or any(not mention.nobody for mention in sure):
        return None
    told = {mention.level: mention.grantor for mention in sure}
    return Grantor(*next(iter(told.items()))) if len(told) == 1 else holder(here)
