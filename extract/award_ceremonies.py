"""Who holds the ceremony that an article reports: "Sở Nội vụ tổ chức lễ trao thưởng"; who gives what names nobody else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.award_givers import Grantor, by_level
from extract.award_mentions import Mention
from extract.award_places import Places
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardStatus

_WORDS = lexicon("awards")["ceremonies"]
# "UBND tỉnh (phối hợp với Tỉnh đoàn) đã long trọng tổ chức Lễ tuyên dương": who stands right before it holds it
_HELD = re.compile(
    rf"(?<!\w)tổ chức (?:[^\W\d_]+ ){{0,3}}?(?:{any_of(_WORDS['held'])}) (?:[^\W\d_]+,? ){{0,4}}?(?:{any_of(_WORDS['given_at'])})(?!\w)"
)
_BEFORE = re.compile(r"(?:,? ?(?:phối hợp|cùng)[^.;:]{0,80})?(?: (?:đã|vừa|sẽ|long trọng|chính thức|trang trọng))*,? *")
_REACH = 120  # code points before "tổ chức" in which the holder stands


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


def lender(mentions: Sequence[Mention], here: Places) -> Grantor | None:
    """Who gives what the article names without a kind and without one who gives it: who gives so elsewhere, else who holds the ceremony."""
    praise = [mention for mention in mentions if mention.name.type == "award_unspecified" and mention.status is AwardStatus.AWARDED]
    sure = [mention for mention in praise if mention.level and not mention.handed]
    if len(sure) == len(praise) or any(not mention.nobody for mention in sure):
        return None
    told = {mention.level: mention.grantor for mention in sure}
    return Grantor(*next(iter(told.items()))) if len(told) == 1 else holder(here)
