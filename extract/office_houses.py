"""The house that an article is about, an enterprise or a school, and what its offices, cells and boards leave unsaid of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from spacy.tokens import Doc

from extract.components.bodies import Body
from extract.fold import fold
from extract.office_reading import Office
from extract.places import pattern, province_of, provinces
from extract.words import any_of, lexicon
from schemas.tables import table

FORMER = re.compile(r"^(?:nguyên |cựu |cố (?!vấn)|quyền |phó |đồng )*(?:tổng (?=giám đốc))?| (?:thường trực|phụ trách)$")
_HOUSES = lexicon("officials")["offices"]["houses"]
_FIRM = re.compile(rf"(?<!\w){any_of(_HOUSES['firms'])}(?= )")
_NAMED = tuple(map(fold, _HOUSES["named"]))
_BOARDS = tuple(map(fold, _HOUSES["boards"]))
_SORT = re.compile(r"doanh nghiệp (?:nhà nước|trung ương|tư nhân|fdi|ngoài|nhỏ)(?!\w)")  # no one enterprise
_CELL = re.compile(rf"({any_of((*_HOUSES['cells'], *_HOUSES['boards']))}) ({any_of(_HOUSES['bare'])})")
_BARE_CELL = re.compile(rf"{any_of(_HOUSES['cells'])}")
_HOUSE = re.compile("nhà trường|sở|(?:sư|lữ|trung|quân|binh) đoàn|học viện")
_BRANDED = re.compile(r"[A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*){0,3}")  # "Chủ tịch HĐQT kiêm Tổng Giám đốc Acme Travel"
JOINED = 12  # code points between two offices that are told in one breath: ", ", " kiêm "
_CENTRAL = re.compile(r"(?<!\w)(?:t\.? ?ư|t\.? ?w)(?!\w)")
_LEAD = 600  # code points in which an article says what it is about
# "thành phố" of a city that is a province tells nothing; "thành phố Yên Bái" is not the province
_CITY = re.compile(rf"(?<!\w)(?:thành phố|tp)\.? ?(?={any_of(city['name'] for city in lexicon('bodies')['city'])}|$)")


def has_name(body: str) -> bool:
    """Whether a body's name says more than its noun: a word with a capital or a number follows."""
    return any(word[0].isupper() or word[0].isdigit() for word in body.split()[1:])


def is_board(body: str) -> bool:
    """Whether only a firm's board is named: "HĐQT"."""
    return fold(body) in _BOARDS


def of_one_firm(office: Office, after: Office | None) -> Office:
    """An office of an enterprise with the one that the office joined to it names: "Chủ tịch HĐQT, Tổng Giám đốc Công ty A"."""
    said = office.organization
    if not after or not after.organization or not 0 < after.start - office.end <= JOINED:
        return office
    if not is_board(said) if said else FORMER.sub("", fold(office.title)) != "giám đốc":
        return office
    firm = _FIRM.search(fold(after.organization))
    named = after.organization[firm.start() :] if firm else after.organization if said and _BRANDED.fullmatch(after.organization) else None
    return office._replace(organization=" ".join(filter(None, (said, named)))) if named else office


@cache
def _long_forms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Abbreviations of bodies, folded, and what they stand for."""
    forms = {
        fold(row["abbreviation"]): fold(row["expansion"].split(";")[0])
        for row in table("organizations")
        if row["abbreviation"].replace("Đ", "D").isalpha()
    }
    return pattern(forms), forms


@lru_cache(maxsize=4_096)
def plain(organization: str | None) -> str:
    """A body's name without what its spellings differ in: abbreviations, "tỉnh", dashes, another name of its province."""
    forms, long = _long_forms()
    spelled = _CENTRAL.sub("trung ương", fold(organization or ""))
    spelled = forms.sub(lambda match: long.get(match[0], match[0]), spelled)
    spelled = provinces()[0].sub(lambda match: fold(province_of(match[0]) or match[0]), spelled)
    spelled = _CITY.sub("", spelled)
    return " ".join(re.sub(r"[-,&.()]|(?<!\w)(?:và|tỉnh|cộng sản hồ chí minh|việt nam)(?!\w)", " ", spelled).split())


class Houses:
    """The houses of one text."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.folded = doc, doc._.folded
        self._leads: dict[str, str | None] = {}

    def managed(self, office: Office) -> str | None:
        """The one enterprise that the lead names, of which a bare Giám đốc is."""
        return self._of_lead("enterprise") if FORMER.sub("", fold(office.title)) == "giám đốc" else None

    def joined(self, said: Sequence[Office], known: Sequence[Office]) -> list[Office]:
        """ "Bí thư Chi bộ, Hiệu trưởng nhà trường": the cell of the house that the next office names for short.

        `said`: the offices as the text has them; `known`: the same with the bodies that they mean.
        """
        return [
            office._replace(organization=f"{office.organization} {whole.organization}")
            if after
            and whole
            and whole.organization
            and self._called_short(after)
            and _BARE_CELL.fullmatch(fold(office.organization or ""))
            and 0 < after.start - office.end <= JOINED
            else office
            for office, after, whole in zip(known, [*said[1:], None], [*known[1:], None], strict=False)
        ]

    def _called_short(self, office: Office) -> bool:
        """Whether an office is said to be of "nhà trường", "Sở" and no more."""
        if office.organization is None:
            return bool(self.folded.startswith(" nhà trường", office.end))
        return _HOUSE.fullmatch(fold(office.organization)) is not None

    def named(self, known: Sequence[Office]) -> list[Office]:
        """ "Công đoàn công ty" with the name of the house: of another office of the person, else the one of the lead."""
        houses = {office.organization for office in known if office.organization and fold(office.organization).startswith(_NAMED)}
        house = next(iter(houses)) if len(houses) == 1 else self._of_lead("school") or self._of_lead("enterprise")
        return [
            office._replace(organization=f"{(office.organization or '')[: cell.end(1)]} {house}")
            if house and (cell := _CELL.fullmatch(fold(office.organization or ""))) and cell[2].removeprefix("nhà ") in fold(house)
            else office
            for office in known
        ]

    def _of_lead(self, kind: str) -> str | None:
        """The one body of a kind that the lead names, in its longest form."""
        if kind not in self._leads:
            found: tuple[Body, ...] = self.doc._.found.get("bodies", ())
            lead = [body for body in found if body.start < _LEAD and body.kind == kind and has_name(body.name)]
            lead = [body for body in lead if not _SORT.match(fold(body.name))]
            lead = [body for body in lead if not body.name.isupper()] or lead  # in capitals a name has no end
            called = {body.name: tuple(plain(body.name).split()[-2:]) for body in lead}  # with its legal form or without
            headline = len(self.folded.partition("\n")[0])
            which = {called[body.name] for body in lead if body.end <= headline} or set(called.values())
            names = [name for name, call in called.items() if call in which]
            self._leads[kind] = max(names, key=len) if len(which) == 1 else None
        return self._leads[kind]
