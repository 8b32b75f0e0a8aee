"""Whose sitting an article tells of: a council of the people's, or the Quốc hội's, whose members it calls "đại biểu"."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from extract.components.bodies import Body
from extract.fold import fold

LEAD = 600  # code points in which an article says what it is about
_COUNCIL = ("hđnd", "hội đồng nhân dân")
_SESSION = re.compile(fold(r"kỳ họp|phiên họp|chất vấn|thảo luận tổ|tiếp xúc cử tri"))
_SITTING = re.compile(
    fold(r"kỳ họp|phiên họp|chất vấn|thảo luận (?:tại )?(?:tổ|hội trường)|nghị trường|quốc hội (?:họp|thảo luận|bầu|thông qua)")
)
_OTHER_HALL = re.compile(fold(r"hđnd|hội đồng nhân dân|đại hội|hội nghị cử tri"))
_HOUSE = re.compile(r"(?:đại biểu|đb) quốc hội|đbqh|đại biểu qh")


def council(doc: Doc, folded: str) -> str | None:
    """The council of the people whose session the article tells of in its lead."""
    if not _SESSION.search(folded, 0, LEAD):
        return None
    bodies: tuple[Body, ...] = doc._.found.get("bodies", ())
    return next((body.name for body in bodies if body.start < LEAD and fold(body.name).startswith(_COUNCIL)), None)


def sits(folded: str) -> bool:
    """Whether the article tells in its lead of a sitting of the Quốc hội, and of no other assembly."""
    return "quốc hội" in folded[:LEAD] and _SITTING.search(folded, 0, LEAD) is not None and _OTHER_HALL.search(folded, 0, LEAD) is None


def of_the_house(folded: str) -> bool:
    """Whether the article speaks of deputies of the Quốc hội."""
    return _HOUSE.search(folded) is not None
