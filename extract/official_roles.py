"""What people do in an article: from the verbs of their clause and the list in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc

from extract.fold import fold
from extract.language import MAX_SENTENCE, sentence_at
from extract.mentions import Mention
from extract.office_careers import GLUE
from extract.places import pattern
from extract.words import lexicon
from schemas.vocabulary import OfficialRole

# What the words before a name say of it; each is looked for in the clause that the name ends.
_ATTENDS_FIRST = re.compile(r"(?:đến |tới |tham |cùng |về )?(?:dự|có mặt|chứng kiến)(?!\w)|với sự tham (?:dự|gia)")
_ATTENDS = re.compile(r"(?:^|[ ,])(?:(?:tham|đến|tới|cùng|về) dự|sự tham (?:dự|gia)|dự (?:lễ|hội nghị|buổi|đại hội|có)|có mặt)(?!\w)")
_CHAIRS, _CHAIRED_BY = re.compile(r"chủ trì|chủ tọa|dưới sự (?:chủ trì|điều hành)"), re.compile(r"của|có|gồm|là|:")
_GIVES = re.compile(r"(?:tặng|trao|khen thưởng|khen|thưởng|phong tặng)(?!\w)")
_TO = re.compile(r"(?<!\w)cho(?!\w)[^.;]{0,80}$")
_PRAISES = re.compile(r"(?:tuyên dương|biểu dương|truy tặng|vinh danh)[^.;,]{0,40}$")
TO_WHOM = 84  # code points before a name in which the last of its verbs stands


@cache
def _verbs(role: str) -> re.Pattern[str]:
    return pattern(lexicon("officials")["roles"][role]["after"])


_HEAD_OF_MISSION = fold("trưởng đoàn")


class RoleReader:
    """What people do: from the verbs of their clause and the list that they stand in."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self.doc = doc
        self.folded = doc._.folded
        self._last: dict[int, Mention] = {}  # a mention -> the last of the list that it stands in
        for mention, after in zip(reversed(mentions), (None, *reversed(mentions)), strict=False):
            joined = after is not None and GLUE.fullmatch(self.folded, mention.reach, max(mention.reach, after.opens))
            self._last[id(mention)] = self._last[id(after)] if joined else mention

    def roles(self, person: Sequence[Mention]) -> tuple[OfficialRole, ...]:
        """The roles of all mentions, each once, in their order; `mentioned` when there is none."""
        found: dict[OfficialRole, None] = {}
        for mention in person:
            found.update(dict.fromkeys(self._roles(mention)))
        return tuple(found) or (OfficialRole.MENTIONED,)

    def _roles(self, mention: Mention) -> Iterator[OfficialRole]:
        sentence = sentence_at(self.doc, mention.start)
        last = self._last[id(mention)]
        before = self.folded[sentence.start : mention.opens] if mention.opens > sentence.start else self._announcement(sentence.start)
        after = self.folded[last.reach : max(last.reach, sentence.end)]
        clause = re.split(r"[;:.]| \| ", after, maxsplit=1)[0][:90]
        hits = [
            (match.start(), -match.end(), role)
            for role in OfficialRole
            if role is not OfficialRole.MENTIONED and (verbs := _verbs(role.value)) and (match := verbs.search(clause))
        ]
        stop = before.rfind(".") + 1
        clause_start = max(stop, before.rfind(";") + 1)
        if _ATTENDS_FIRST.match(before.lstrip()) or _ATTENDS.search(before, stop):
            yield OfficialRole.ATTENDEE
        if re.match(r"(?:[^,.]{0,40})?phát biểu", before):
            yield OfficialRole.SPEAKER
        if any(fold(office.title).endswith(_HEAD_OF_MISSION) for office in mention.offices):
            yield OfficialRole.CHAIR
        if (chairs := _CHAIRS.search(before, clause_start)) and _CHAIRED_BY.search(before, chairs.end()):
            yield OfficialRole.CHAIR
        gives = _GIVES.search(before, clause_start)
        if (gives and _TO.search(before, max(gives.end(), len(before) - TO_WHOM))) or _PRAISES.search(
            before, max(0, len(before) - TO_WHOM)
        ):
            yield OfficialRole.RECIPIENT
            return
        if hits:
            hits.sort()
            yield hits[0][2]
            if hits[0][2] is OfficialRole.ATTENDEE and len(hits) > 1 and clause[hits[0][0] : hits[1][0]].rstrip().endswith((" và", ",")):
                yield hits[1][2]

    def _announcement(self, start: int) -> str:
        """The paragraph before, when it announces a list: "Tham dự hội nghị có:"."""
        while start and self.folded[start - 1] in " \n-+•":
            start -= 1
        if self.folded[start - 1 : start] != ":":
            return ""
        line: str = self.folded[max(self.folded.rfind("\n", 0, start) + 1, start - MAX_SENTENCE) : start]
        return line
