"""People that an article names, with the offices it gives them: "ông A, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extract.fold import fold
from extract.language import leave
from extract.office_owners import Owners
from extract.offices import Office, Offices
from extract.official_roles import RoleReader
from extract.people import Mention, PeopleFinder
from extract.places import pattern
from schemas.officials import Official, Position
from schemas.record import Quote
from schemas.tables import table


@dataclass
class Person:
    """The mentions of one person."""

    name: str
    mentions: list[Mention]


def people(mentions: Sequence[Mention], text: str) -> list[Person]:
    """Mentions joined by person, in order of the first; a given name is joined to the full name that it ends."""
    found: dict[str, Person] = {}
    ends: dict[str, dict[str, None]] = {}  # the last one or two syllables of a full name -> full names, in order
    for mention in mentions:
        syllables = fold(text[mention.start : mention.end]).split()
        for tail in (" ".join(syllables[-1:]), " ".join(syllables[-2:])) if len(syllables) > 2 or not mention.familiar else ():
            ends.setdefault(tail, {})[" ".join(syllables)] = None
    for mention in mentions:
        key = fold(text[mention.start : mention.end])
        if key.count(" ") < 2:
            longer = [name for name in ends.get(key, ()) if name != key and name.count(" ") > key.count(" ")]
            earlier = [name for name in longer if name in found]
            key = earlier[-1] if earlier else (longer[0] if longer else key)
            if (earlier or longer) and key not in found:
                continue  # called by the given name before the full name comes: the full mention makes the row
        person = found.setdefault(key, Person(text[mention.start : mention.end], []))
        if person.name.isupper() and not text[mention.start : mention.end].isupper():
            person.name = text[mention.start : mention.end]
        person.mentions.append(mention)
    return list(found.values())


@cache
def _long_forms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Abbreviations of bodies, folded, and what they stand for."""
    forms = {
        fold(row["abbreviation"]): fold(row["expansion"].split(";")[0])
        for row in table("organizations")
        if row["abbreviation"].replace("Đ", "D").isalpha()
    }
    return pattern(forms), forms


def _plain(organization: str | None) -> str:
    """An organization's name without what its spellings differ in: abbreviations, "tỉnh", dashes."""
    forms, long = _long_forms()
    spelled = forms.sub(lambda match: long.get(match[0], match[0]), fold(organization or ""))
    return " ".join(re.sub(r"[-,&.]|(?<!\w)(?:và|tỉnh|thành phố|tp|cộng sản hồ chí minh|việt nam|hồ chí minh)(?!\w)", " ", spelled).split())


def distinct(offices: Sequence[Office]) -> list[Office]:
    """Offices without those that another mention says in full or in other letters, in the order of the text."""
    kept: list[Office] = []
    for office in sorted(offices, key=lambda office: office.start):
        name = _plain(office.organization)
        same = next(
            (
                i
                for i, other in enumerate(kept)
                if fold(other.title) == fold(office.title)
                and (_plain(other.organization).startswith(name) or name.startswith(_plain(other.organization)))
            ),
            None,
        )
        if same is None:
            kept.append(office)
        elif len(name) > len(_plain(kept[same].organization)):
            kept[same] = office
    return kept


@Language.factory("officials")
def make_officials(nlp: Language, name: str) -> OfficialFinder:
    """Build the finder; its lexicon is extract/lexicon/officials.toml."""
    return OfficialFinder()


class OfficialFinder:
    """Leave the people that a text names in doc._.found["officials"]."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark and read; the doc's text stays as it was."""
        offices = Offices(doc)
        mentions = PeopleFinder(doc, offices).mentions()
        Owners(doc, offices).give(mentions)
        roles = RoleReader(doc, mentions)
        text = offices.text
        leave(doc, "officials", [self.record(text, person, offices, roles) for person in people(mentions, text)])
        return doc

    def record(self, text: str, person: Person, offices: Offices, roles: RoleReader) -> Official:
        """One person -> the Official with all offices that any mention gives."""
        ordered = distinct(offices.completed([office for mention in person.mentions for office in mention.offices]))
        return Official(
            name=person.name,
            honorific=next((mention.honorific for mention in person.mentions if mention.honorific), None),
            quotes=tuple(Quote(start=m.start, end=m.end, quote=text[m.start : m.end]) for m in person.mentions),
            positions=tuple(
                Position(title=office.title, organization=office.organization, start=office.start, end=office.title_end)
                for office in ordered
            ),
            roles=roles.roles(person.mentions),
            rule="officials/office" if ordered else "officials/name",
            confidence=0.95 if ordered else 0.8,
        )
