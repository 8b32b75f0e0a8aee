"""What a doc gives to look at for its awards: bodies, people and their offices, day and province; made once for all sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extract import award_agents
from extract.award_givers import Grantor, bare_level, level, level_named
from extract.components.bodies import Body, page_province
from extract.fold import fold
from extract.frames import Verb, verbs
from extract.language import UPPER, Interval, context
from extract.recipients import Candidates
from extract.words import any_of, lexicon
from schemas.officials import Official
from schemas.vocabulary import AwardLevel, OfficialRole

_LEAD = 700  # code points in which an article says what it is about
_REGULATION = re.compile(lexicon("awards")["praise"]["regulation"])
_STATUTE = 8  # articles ("Điều 5") of a law or a rule; a decision that confers something has three or four
_BRANCHED = frozenset({"mass_organisation", "ministry", "department", "state", "government", "enterprise"})
_BRANCH_LEVELS = {
    "chi nhánh": AwardLevel.DEPARTMENT,
    "các tỉnh": AwardLevel.DEPARTMENT,
    "các huyện": AwardLevel.DISTRICT,
    "các xã": AwardLevel.COMMUNE,
}
_BRANCH = re.compile(rf" (?:- )?(?P<of>{any_of(_BRANCH_LEVELS)})(?!\w)")
_HEADED = re.compile(r"(?<!\w)thủ tướng(?: chính phủ)?(?: (?!và |cùng )[^\W\d_]+){0,5}(?:,| kiêm| -) (?:chủ tịch|trưởng) (?:hội đồng )?$")
_SURNAMED = re.compile(rf"Hứa [{UPPER}]\w")  # and no promise: "Hứa Văn Tám"
_SHORTENED = "|".join(word.capitalize() for word in lexicon("awards")["grantors"]["short_names"])
# "Dịp này, Hội đã tặng": the body that was named before in full
_SHORT = re.compile(
    rf"(?:(?<![^\n])|(?<=[.,;:] ))(?:(?:Ban Thường vụ|BTV|Ban Chấp hành|BCH|Thường trực|Lãnh đạo|Chủ tịch) )?(?P<who>{_SHORTENED})(?: (?:cũng|đã|còn|vừa|sẽ|kịp thời|quyết định)){{0,3}} (?:trao tặng|trao|tặng|khen thưởng|khen)(?!\w)[^.;:]*$"
)
# "trong thư khen (gửi …), | bà Hoa nhấn mạnh", "…, Bộ trưởng Bộ Công an Tạ Văn Mẫn biểu dương"
_WRITER = re.compile(
    rf"[^.;:,\n]{{0,160}}, (?P<who>(?:(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Tt]hầy|[Cc]ô) (?P<given>[{UPPER}]\w+)(?= [^{UPPER}]))?[^.;:\n\"]{{0,160}}?) (?:đã |cũng )?(?:{any_of(lexicon('awards')['grantors']['writes'])})(?!\w)"
)
# "Bộ trưởng Bộ Công an Tạ Văn Mẫn | viết trong thư khen"
_WROTE = re.compile(
    rf"(?P<who>[^.;:\n\"]{{0,160}}?(?:(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Tt]hầy|[Cc]ô) (?P<given>[{UPPER}]\w+))?) (?:đã |cũng )?(?:viết|nêu|ghi|nhấn mạnh|khẳng định|bày tỏ|chia sẻ)(?: rõ)? trong (?:bức |lá )?$"
)
_REACH = 100  # code points from one who is called so to the award
_FORMER = ("nguyên ", "cựu ")
_MEMBERSHIPS = tuple(lexicon("awards")["grantors"]["memberships"])


@dataclass(frozen=True)
class Places:
    """A doc's text and what stands where in it, in order."""

    doc: Doc
    folded: str
    text: str
    lines: Sequence[Interval]  # its sentences
    bodies: Sequence[Body]
    starts: Sequence[int]  # of the bodies
    persons: Sequence[tuple[int, int, Grantor]]  # who holds an office: where the name stands, and for whom they give
    candidates: Candidates
    province: str | None
    published: int | None  # the year of publication
    rules: bool  # the article reports a plan or a regulation
    statute: bool  # it is one itself

    def bodies_in(self, sentence: Interval) -> Sequence[Body]:
        """The bodies that a sentence names."""
        return self.bodies_between(sentence.start, sentence.end)

    def bodies_between(self, start: int, end: int) -> Sequence[Body]:
        """The bodies that begin in text[start:end]."""
        return self.bodies[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def persons_in(self, sentence: Interval) -> Sequence[tuple[int, int, Grantor]]:
        """The people with an office that a sentence names."""
        first, last = (bisect_left(self.persons, (at, 0), key=lambda person: person[:2]) for at in (sentence.start, sentence.end))
        return self.persons[first:last]

    def marks(self, sentence: Interval) -> tuple[Verb, ...]:
        """The verbs of a sentence, without those inside the name of a body ("Hội đồng Thi đua - Khen thưởng")."""
        found = verbs(self.folded, sentence.start, sentence.end)
        bodies = self.bodies_in(sentence)
        return tuple(
            verb
            for verb in found
            if not any(body.start <= verb.start and verb.end <= body.end for body in bodies)
            and not (self.folded.startswith("hứa", verb.start) and _SURNAMED.match(self.text, verb.start))
        )

    def before(self, sentence: Interval, marks: Sequence[Verb], at: int) -> tuple[Grantor, ...]:
        """Those who give, by the words of a sentence before `at`."""
        found = award_agents.before(
            self.folded, self.text, self.bodies_in(sentence), marks, sentence.start, at, self.persons_in(sentence), province=self.province
        )
        short = None if found else _SHORT.search(self.text, max(sentence.start, at - _REACH), at)
        if short:
            full = self.in_full(fold(short["who"]), short.start(), acting=True)
            return (full,) if full else found
        alone = len(found) == 1 and found[0].level is None and found[0].name and not found[0].hands_over
        full = self.in_full(fold(found[0].name or ""), sentence.start) if alone else None
        return (full,) if full and full.level else found

    def in_full(self, word: str, at: int, *, acting: bool = False) -> Grantor | None:
        """One who is called "Hội" alone at `at`, as the text called it before in full; `acting`: not by "của", of what somebody gave."""
        named = (body for body in reversed(self.bodies_between(0, at)) if fold(body.name).startswith(f"{word} "))
        named = (body for body in named if not acting or not self.folded.endswith("của ", 0, body.start))
        return next((Grantor(level(body), body.name) for body in named), None)

    def writer(self, sentence: Interval, start: int, at: int) -> tuple[Grantor, ...]:
        """Who says what stands in the letter named at text[start:at], and so has written it: "Trong thư khen, bà Hoa nhấn mạnh"."""
        said = _WROTE.search(self.text, max(sentence.start, start - 200), start) or _WRITER.match(self.text, at, sentence.end)
        if said is None:
            return ()
        who, stop = said.span("who")
        signed = [giver for first, last, giver in self.persons_in(Interval(who, stop)) if last <= stop]
        bodies = [body for body in self.bodies_between(who, stop) if body.end <= stop and level(body)]
        if signed or bodies:
            return (signed[0],) if signed else (Grantor(level(bodies[0]), bodies[0].name),)
        given = said["given"] or "\n"
        return next(((giver,) for first, last, giver in self.persons if self.text[first:last].endswith(f" {given}")), ())


def places(doc: Doc) -> Places:
    """The places of a doc on which bodies and officials have run."""
    bodies: tuple[Body, ...] = tuple(_local(body, doc._.folded) for body in doc._.found.get("bodies", ()))
    officials: tuple[Official, ...] = doc._.found.get("officials", ())
    persons: list[tuple[int, int, Grantor]] = []
    named: list[Interval] = []
    for official in officials:
        presents = OfficialRole.PRESENTER in official.roles
        office = None if OfficialRole.RECIPIENT in official.roles and not presents else _office(official)
        level = level_named(office) if office else _of_the_state(official)
        for quote in official.quotes:
            at = quote.quote.find(official.name)
            start = quote.start + max(at, 0)
            end = start + len(official.name) if at >= 0 else quote.end
            if not presents:
                named.append(Interval(start, end))
            if level:
                persons.append((start, end, Grantor(level, office)))
    day = context(doc).get("published_on")
    return Places(
        doc,
        doc._.folded,
        doc._.text,
        doc._.sentences,
        bodies,
        [body.start for body in bodies],
        sorted(persons, key=lambda person: person[:2]),
        Candidates(doc._.text, bodies, named),
        page_province(doc)[0],
        day.year if day else None,
        bool(_REGULATION.search(doc._.folded, 0, _LEAD)),
        doc._.folded.count("\nđiều ") >= _STATUTE,
    )


def _local(body: Body, folded: str) -> Body:
    """The body with the level of its local branches, where the text speaks of these: "Hội Luật gia các tỉnh", "NHNN Chi nhánh Phú Yên"."""
    if _HEADED.search(folded, max(0, body.start - 90), body.start):
        return body._replace(level=AwardLevel.GOVERNMENT)  # "Phó Thủ tướng, Chủ tịch Ủy ban An toàn giao thông Quốc gia"
    branch = _BRANCH.match(folded, body.end)
    return body._replace(level=_BRANCH_LEVELS[branch["of"]]) if branch and body.kind in _BRANCHED else body


def _of_the_state(official: Official) -> AwardLevel | None:
    """The level of one whose office needs no body: the President, the Prime Minister."""
    held = (bare_level(fold(position.title)) for position in official.positions if not position.organization)
    return next((level for level in held if level in (AwardLevel.STATE, AwardLevel.GOVERNMENT)), None)


def _office(official: Official) -> str | None:
    """The body for which a person gives: that of an office before that of a membership, the committee's before another's.

    One who hands something over does so for a body whose level is known: "Bí thư Đảng đoàn, Chủ tịch Hội Luật gia Việt Nam".
    """
    offices = [(position.title, position.organization) for position in official.positions if position.organization]
    held = [body for title, body in offices if not fold(title).startswith(_MEMBERSHIPS)]
    still = [body for title, body in offices if not fold(title).startswith(_FORMER)]
    presents = OfficialRole.PRESENTER in official.roles and OfficialRole.RECIPIENT not in official.roles
    known = [body for body in held if level_named(body)] if presents else []
    return next(iter([*(body for body in held if fold(body).startswith("ubnd")), *known, *held, *still]), None)
