"""People that an article names, with the offices it gives them: "ông A, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extract.fold import fold
from extract.language import leave
from extract.office_owners import Owners
from extract.offices import Office, Offices, plain
from extract.official_roles import RoleReader
from extract.people import Mention, PeopleFinder
from schemas.officials import Official, Position
from schemas.record import Quote


@dataclass
class Person:
    """The mentions of one person."""

    name: str
    mentions: list[Mention]


def people(mentions: Sequence[Mention], text: str) -> list[Person]:
    """Mentions joined by person, in order of the first; a given name is joined to the full name that it ends."""
    found: dict[str, Person] = {}
    ends: dict[str, dict[str, None]] = {}  # the last one or two syllables of a full name -> full names, in order
    opens: dict[str, dict[str, None]] = {}
    for mention in mentions:
        syllables = fold(text[mention.start : mention.end]).split()
        for tail in (" ".join(syllables[-1:]), " ".join(syllables[-2:])) if len(syllables) > 2 or not mention.familiar else ():
            ends.setdefault(tail, {})[" ".join(syllables)] = None
        if " " in text[mention.start : mention.end]:
            opens.setdefault(syllables[0], {})[" ".join(syllables)] = None
    for mention in mentions:
        key = fold(text[mention.start : mention.end])
        if key.count(" ") < 2:
            longer = [name for name in ends.get(key, ()) if name != key and name.count(" ") > key.count(" ")]
            if not longer and mention.familiar:
                longer = list(opens.get(key, ()))  # "ông Tập": abroad the surname comes first, or the given name does
            earlier = [name for name in longer if name in found]
            key = earlier[-1] if earlier else (longer[0] if longer else key)
            if (earlier or longer) and key not in found:
                continue  # called by the given name before the full name comes: the full mention makes the row
        person = found.setdefault(key, Person(text[mention.start : mention.end], []))
        if person.name.isupper() and not text[mention.start : mention.end].isupper():
            person.name = text[mention.start : mention.end]
        person.mentions.append(mention)
    return list(found.values())


def distinct(offices: Sequence[Office]) -> list[Office]:
    """Offices without those that another mention says in full or in other letters, in the order of the text."""
    kept: list[Office] = []
    for office in sorted(offices, key=lambda office: office.start):
        name = plain(office.organization)
        same = next(
            (i for i, other in enumerate(kept) if fold(other.title) == fold(office.title) and _same(plain(other.organization), name)),
            None,
        )
        if same is None:
            kept.append(office)
        elif len(name) > len(plain(kept[same].organization)):
            kept[same] = office
    return kept


def _same(one: str, other: str) -> bool:
    """Whether two plain names may mean one body: one says the other, but for words before or after it ("Sơn La", "UBND Sơn La")."""
    return one.startswith(other) or other.startswith(one) or one.endswith(" " + other) or other.endswith(" " + one)


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
