"""People that an article names, with the offices it gives them: "ông A, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.bodies import page_province
from extract.fold import fold
from extract.language import MOST, leave
from extract.mentions import Mention
from extract.office_houses import plain
from extract.office_meaning import Meanings
from extract.office_owners import Owners
from extract.office_reading import Office
from extract.office_titles import short_titles
from extract.offices import Offices
from extract.official_roles import RoleReader
from extract.people import PeopleFinder
from extract.person_names import is_foreign
from extract.places import words
from schemas.officials import Official, Position
from schemas.record import Quote

MOST_NAMESAKES = 500  # full names that a given name is looked up in
MOST_OFFICES = 100  # places where one person's offices are named that are compared with each other

_STANDING = re.compile(r" (?:thường trực|thứ nhất)$")
_UNIT = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp|huyện|quận|thị xã|thị trấn|phường|xã)(?!\w) ?")  # kinds of places


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
    lengthy: list[str] = []  # names of four words and more, most of them from abroad
    for mention in mentions:
        syllables = fold(text[mention.start : mention.end]).split()
        for tail in (" ".join(syllables[-1:]), " ".join(syllables[-2:])) if len(syllables) > 2 or not mention.familiar else ():
            ends.setdefault(tail, {})[" ".join(syllables)] = None
        if len(syllables) > 2 and (syllables[0] in ("y", "a") or syllables[0] in words("highland_surnames")):
            ends.setdefault(syllables[1], {})[" ".join(syllables)] = None  # "Y Khiêm Byă": the given name stands in the middle
        if " " in text[mention.start : mention.end]:
            opens.setdefault(syllables[0], {})[" ".join(syllables)] = None
    early: list[tuple[str, Mention]] = []  # who is called by the given name, with an office, before the full name comes
    for mention in mentions:
        key = fold(text[mention.start : mention.end])
        if key.replace(" - ", "-").count(" ") < 2:
            longer = [name for name in islice(ends.get(key, ()), MOST_NAMESAKES) if name != key and name.count(" ") > key.count(" ")]
            ordinal, _, given = key.partition(" ")
            if not longer and ordinal in words("nicknames"):  # "anh Tư Khởi", whom the text calls Đoàn Văn Khởi, too
                longer = [name for name in islice(ends.get(given, ()), MOST_NAMESAKES) if name.count(" ") > 1]
            if not longer and mention.familiar:
                longer = list(
                    islice(opens.get(key, ()), MOST_NAMESAKES)
                )  # "ông Tập": abroad the surname comes first, or the given name does
            earlier = [name for name in longer if name in found]
            key = earlier[-1] if earlier else (longer[0] if longer else key)
            first, space, _ = key.partition(" ")
            if (
                space and not longer and (is_foreign(first) or first in ("y", "a"))
            ):  # "Fidel Castro", "Y Thuyên", whom the text also calls in full
                fuller = [name for name in islice(opens.get(first, ()), MOST_NAMESAKES) if name.startswith(key + " ")]
                fuller = fuller or [name for name in lengthy[:MOST_NAMESAKES] if f" {key} " in f" {name} " and name != key]
                key = fuller[0] if len(fuller) == 1 else key
            elif (earlier or longer) and key not in found:
                if mention.offices and len(longer) == 1:
                    early.append((key, mention))
                continue  # called by the given name before the full name comes: the full mention makes the row
        if key not in found and key.count(" ") > 2:
            lengthy.append(key)
        person = found.setdefault(key, Person(text[mention.start : mention.end], []))
        if len(text[mention.start : mention.end]) > len(person.name) and fold(text[mention.start : mention.end]) == key:
            person.name = text[mention.start : mention.end]
        if person.name.isupper() and not text[mention.start : mention.end].isupper():
            person.name = text[mention.start : mention.end]
        person.mentions.append(mention)
    for key, mention in early:
        if key in found:
            found[key].mentions.append(mention)
    return list(found.values())


def distinct(offices: Sequence[Office]) -> list[Office]:
    """Offices without those that another mention says in full or in other letters, in the order of the text."""
    kept: list[Office] = []
    for office in sorted(offices, key=lambda office: office.start):
        name = plain(office.organization)
        same = next(
            (i for i, other in enumerate(kept) if _alike(other.title, office.title) and _same(plain(other.organization), name)),
            None,
        )
        if same is None:
            kept.append(office)
            continue
        older = kept[same]
        if _held(office.title) != fold(office.title) and _held(older.title) == fold(older.title) and name == plain(older.organization):
            kept[same] = older = older._replace(title=office.title, start=office.start, title_end=office.title_end)
        if len(_held(office.title)) > len(_held(older.title)):
            kept[same] = older = older._replace(title=office.title, start=office.start, title_end=office.title_end)
        if len(name) > len(plain(older.organization)) or _placed(office.organization) > _placed(older.organization):
            kept[same] = older._replace(organization=office.organization)
    return kept


def _told(mentions: Sequence[Mention]) -> list[Office]:
    """The offices of one person; a bare title before the given name says again what was said: "Bộ trưởng Dũng"."""
    told: list[Office] = []
    titles: set[str] = set()
    for mention in mentions:
        new = [office for office in mention.offices if office.organization or not mention.familiar or _held(office.title) not in titles]
        told += new
        titles.update(_held(office.title) for office in new)
    return told


def _held(title: str) -> str:
    """The title without what tells that it is held no more: who is nguyên Giám đốc in one place is that everywhere."""
    return re.sub(r"^(?:nguyên|cựu) ", "", fold(title))


def _alike(one: str, other: str) -> bool:
    """Whether two titles are one: "Phó Chủ tịch" says "Phó Chủ tịch Thường trực" again, "nguyên Phó Chủ tịch" another one."""
    return _held(one) == _held(other) or _STANDING.sub("", fold(one)) == _STANDING.sub("", fold(other))


def _written(text: str, office: Office) -> str:
    """The title as the text has it, abbreviations too: "PGĐ"; not where one holds the body as well: "UV.BTV"."""
    written = text[office.start : office.title_end]
    whole = office.title.startswith("Ủy viên") and len(written) > len("UVTT")
    return written if short_titles().search(written) and not whole else office.title


def _placed(organization: str | None) -> bool:
    """Whether the name says of what unit it is: "HĐND tỉnh Sơn La" rather than "HĐND Sơn La"."""
    return _UNIT.search(fold(organization or "")) is not None


def _same(one: str, other: str) -> bool:
    """Whether two plain names may mean one body: one says the other, but for words before or after it ("Sơn La", "UBND Sơn La"), or but for
    the kind of its place ("Phòng Nội vụ Nà Lưu", "Phòng Nội vụ quận Nà Lưu")."""
    unplaced = _UNIT.sub("", one), _UNIT.sub("", other)
    if unplaced[0] == unplaced[1] and unplaced != (one, other) and (one in unplaced or other in unplaced):
        return True
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
        meanings = Meanings(doc, offices.bodies, offices.all, page_province(doc))
        text = offices.text
        leave(doc, "officials", [self.record(text, person, meanings, roles) for person in people(mentions, text)[: MOST + 1]])
        return doc

    def record(self, text: str, person: Person, meanings: Meanings, roles: RoleReader) -> Official:
        """One person -> the Official with all offices that any mention gives."""
        ordered = distinct(meanings.completed(_told(person.mentions)[:MOST_OFFICES], person.name))
        return Official(
            name=person.name,
            honorific=next((mention.honorific for mention in person.mentions if mention.honorific), None),
            quotes=tuple(Quote(start=m.start, end=m.end, quote=text[m.start : m.end]) for m in person.mentions),
            positions=tuple(
                Position(title=_written(text, office), organization=office.organization, start=office.start, end=office.title_end)
                for office in ordered
            ),
            roles=roles.roles(person.mentions),
            rule="officials/office" if ordered else "officials/name",
        )
