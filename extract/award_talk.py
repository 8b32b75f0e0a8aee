"""Awards in general talk, of which nobody is told to have got one: "bao nhiêu bằng khen", "cứ đến cuối năm lại nhận giấy khen"."""

from __future__ import annotations

import re

from extract.award_words import Name
from extract.frames import around
from extract.language import UPPER, Interval

_NEAR = 160  # code points before an award that tell how it is spoken of
# one who is named or called by a word of address: what is habitual is then somebody's own
_SOMEBODY = re.compile(
    rf"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu|[Cc]ô|[Tt]hầy|[Cc]ụ|[Bb]ác|[Tt]ôi|mình|[Bb]é|[Cc]ậu)(?!\w)(?! (?:nào|giáo|trò|em|học))|(?<=[\w,] )[{UPPER}]\w+ [{UPPER}]\w+ [{UPPER}]\w+"
)


def is_talk(folded: str, text: str, sentence: Interval, name: Name) -> bool:
    """Whether the sentence speaks of such awards in general; for one that nobody is told to give or get, and no number counts."""
    start, end = sentence
    near = max(start, name.start - _NEAR)
    if any(around(rule).search(folded, near, name.start) for rule in ("how_many", "made_up", "examples")):
        return True
    if around("deplored").match(folded, name.end, end):
        return True
    return bool(around("habit").search(folded, near, name.start)) and not _SOMEBODY.search(text, start, name.start)
