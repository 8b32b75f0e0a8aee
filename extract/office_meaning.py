"""What body an office means that says none, or says it in short: by what the article names in full, and by the page's province."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc

from extract.body_heads import places_abroad
from extract.body_names import Extent
from extract.components.bodies import Body, complete
from extract.fold import fold
from extract.language import UPPER, sentence_at
from extract.office_bodies import STEP, OfficeBodies
from extract.office_houses import FORMER, Houses, has_name, is_board, of_one_firm, plain
from extract.office_reading import Office
from extract.office_titles import titles
from extract.office_words import breaks, countries, hamlets, units
from extract.person_names import is_foreign, known_surname
from extract.places import province_in
from extract.words import any_of, lexicon

_NO_MINISTRY = ("bộ chính", "bộ chỉ huy", "bộ chqs", "bộ đội", "bộ tư lệnh", "bộ môn", "bộ ch ", "bộ tổng")
_BARE_TITLE = re.compile(r"^(?:nguyên |phó |quyền |cựu |cố (?!vấn))+| (?:thường trực|phụ trách|chuyên trách)$")
_RANKED = re.compile(r" (?:trưởng|phó)(?!\w)")
_STATES = ("tổng thống", "quốc vương", "nhà vua")  # several may be in the news
_COMMITTEE = re.compile(r"(?<!\w)(?:ubnd|ủy ban nhân dân)(?= )")
_OF_AN_OFFICE = re.compile(r"(?:,| -|-| và| kiêm) ?chủ nhiệm(?!\w)")  # "Bộ trưởng - Chủ nhiệm Văn phòng Chính phủ"
_PRESIDENTS = (" hồ chí minh", " tôn đức thắng")  # of the State, long ago: "Chủ tịch Tôn Đức Thắng"
_OF_A_HOUSE = re.compile(r"(?:chủ tịch|chủ nhiệm|tổng thư kí)$")
_CABINET = "văn phòng chính phủ"
_CONFERS = re.compile(r"(?i)^(?:chủ tịch|giám đốc|bộ trưởng|tư lệnh) (?=\w)")


_LED_REACH = 200  # code points from a body to the office of who leads it
_LED = re.compile(  # "Hội đồng gồm 11 thành viên, do bà A, Phó Chủ tịch UBND tỉnh làm": the body, its leader, the verb or the office
    rf"(?<!\w)(?<!đại )(?<!xã )(?<!lễ )(?<!cơ )(?<!quốc )(?P<body>(?P<head>{any_of(lexicon('officials')['offices']['led'])})(?!\w)(?: (?:[-–&] )?(?!do |của |gồm |có )[^\W\d_]+){{0,9}}(?:(?<= số) \d{{1,3}})?)"
    r"(?: (?:gồm|có|của) [^.;,]{0,40}| \d[^.;,]{0,30})?,? (?:và )?do (?:(?:[^.;:]|(?<=[gtbk]s)\.){3,120} (?:làm|giữ chức|là|đảm nhiệm) |(?:đồng chí |ông |bà |anh |chị )?)$"
)
_SIDE = re.compile(r"phía (?P<bodies>[^:;.\n]{3,120}?)(?=,? (?:gồm |còn )?(?:có|gồm)[ :])")
_OPENING = re.compile(r"(?:^|[,;:.\n] ?|và |còn )(?:về )?$")
_BESIDE = re.compile(r",? và |, ")
_FORCE = re.compile(
    r"(?:quân khu|(?:quân|binh|sư|lữ|trung|tiểu) đoàn|đại đội) \d{1,3}(?![\w/.%])(?! (?:năm|tuổi|người))"
)  # told by its number
_NO_BODY = re.compile(r"(?:ban (?:hành|bố)|đoàn kết|tổ chức)(?!\w)")
_NAMED_ALWAYS = ("sở", "ubnd", "công an")  # of which "Sở xét" is no name
_ACTS_FOR = re.compile(
    rf"(?: [{UPPER}][^\W\d_]*){{0,5}},? (?:(?:đã|cũng|vừa) )?(?:thay mặt|đại diện) (?:cho )?(?:(?:lãnh đạo|tập thể|thường trực) )*"
)
_SOME = re.compile(r" (?:của |tại |ở )?một ")
_FORMERLY = re.compile(r"(?:nguyên|cựu|cố) ")
_HIGHEST = ("thủ tướng", "chủ tịch nước", "tổng bí thư", "chủ tịch quốc hội")
_HEAD_OF_MISSION = fold("trưởng đoàn")
ECHOES = 50  # offices of one title that are looked at for the country of a bare one
NEAR = 80  # code points after an office in which its holder is named
NOUN_WORDS = 5  # of the longest noun of bodies that an office may mean: "Ban Chỉ huy Quân sự"
FAR = 400  # code points from a province abroad to who comes from there
_GOVERNS = re.compile("tỉnh trưởng$")
_FAR_BACK = 2_000  # code points from a mission to its head
_MISSION = re.compile(
    r"(?<!\w)đoàn (?:công tác|đại biểu|kiểm tra|giám sát|khảo sát|cán bộ|thẩm định|thanh tra|bác sĩ|vận động viên|tỉnh|huyện|thành phố)(?!\w)"
    r"(?: (?!do |đã |đến |có |gồm |cùng |tại |vào |sang |và |thăm |về |trao |tới )(?:- )?[^\W\d_]+|(?<= số) \d{1,3}(?!\d)){0,14}"
)
# "12 trường ĐH, CĐ kết nghĩa"; "Liên minh HTX Việt Nam", "phát triển HTX Việt Nam"
_NO_HOUSE = re.compile("trường (?:đh|cđ|đại học|cao đẳng|trung cấp|thpt|thcs|ptdt|mầm non|tiểu học)|(?:htx|hợp tác xã) việt nam")
_IN_SHORT = re.compile(  # "Hội đồng Thi đua - Khen thưởng (TĐKT) tỉnh", "trường Cao đẳng (CĐ) Kinh tế"
    rf" \((?:[A-ZĐ]{{2,}}[-&]?)+\)(?= (?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|[{UPPER}]))"
)
_CITY_IN_SHORT = re.compile(r"(?i)(?<!\w)tp\.?$")
_CITY_FORM = re.compile(r"(?:TP\.? ?|[Tt]hành phố )(?:HCM|Hồ Chí Minh)")
_CITY_UNIT = re.compile(r"(?i)(?<!\w)(?:(?P<party>thành (?:ủy|uỷ|đoàn))|(?P<short>tp\.?|thành phố))$")
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
_OF_THE_COUNTRY = (" việt nam", " trung ương")
_RANK_NOUN = re.compile(r"^trưởng | (?:trưởng|phó)$")


@cache
def _meant() -> Mapping[str, tuple[str, ...]]:
    """A title, or the noun that stands for a body -> the words with which the body's full name begins."""
    return {fold(key): tuple(fold(noun) for noun in nouns) for key, nouns in lexicon("officials")["offices"]["means"].items()}


@cache
def _seats_abroad() -> re.Pattern[str]:
    """ "tỉnh Savannakhet": a province abroad with its unit."""
    return re.compile(rf"(?<!\w)tỉnh (?P<name>{places_abroad().pattern})")


@cache
def _only() -> Mapping[str, tuple[str, ...]]:
    """Titles that are offices in some bodies only -> the words with which these bodies' names begin."""
    return {fold(key): tuple(fold(noun) for noun in nouns) for key, nouns in lexicon("officials")["offices"]["only"].items()}


def _counts(office: Office) -> bool:
    """Whether the title is an office in that body: "thành viên Hội đồng", but no "thành viên đội"; a master's ship has a name."""
    nouns = _only().get(_BARE_TITLE.sub("", fold(office.title)))
    if nouns is None:
        return True
    body = office.organization or ""
    return fold(body).startswith(nouns) and (nouns[0] != "tàu" or has_name(body))


@cache
def _first() -> tuple[str, ...]:
    """The schools that a Hiệu trưởng of an article on pupils most often has."""
    return tuple(fold(noun) for noun in lexicon("officials")["offices"]["schools"])


class Meanings:
    """Completes the bodies of a person's offices in one text."""

    def __init__(self, doc: Doc, bodies: OfficeBodies, offices: Sequence[Office], page: tuple[str | None, dt.date | None]) -> None:
        self.doc, self.bodies, self.names = doc, bodies, bodies.names
        self.text, self.folded = bodies.text, bodies.folded
        self.offices = offices
        self.province, self.on = page
        self._dashed = self._with_dash(self.province)
        forms = Counter(_CITY_FORM.findall(self.text))
        self._city = max(forms, key=lambda form: (forms[form], len(form)), default=None)  # "TPHCM", as the text writes it most often
        self._known: dict[str, list[tuple[int, str]]] | None = None
        self._full: list[tuple[str, str]] = []
        self._places: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        self._echoes: dict[str, list[tuple[int, str]]] | None = None
        self._in_full: dict[str, str] | None = None
        self._houses = Houses(doc)

    def completed(self, offices: Sequence[Office], name: str = "") -> list[Office]:
        """One person's offices with the bodies that they mean, and these with the province that another of them names, else the page's.

        Who has a foreign name and comes from a province abroad has his offices there.
        """
        held: list[Office | None] = [office for office in offices if _counts(office)]
        offices = [of_one_firm(office, after) for office, after in pairwise([*held, None]) if office]
        offices = [sided for office in offices for sided in self._sided(office) or [office]]
        said = {fold(office.title) for office in offices if office.organization}
        if any(fold(office.organization or "") == _CABINET for office in offices):
            said.add("bộ trưởng")  # who heads the government's office is a Bộ trưởng of no ministry
        known = [office if fold(office.title) in said and not office.organization else self._meant(office) for office in offices]
        known = self._houses.named(self._houses.joined(offices, known))
        named = {province for office in known if office.organization and (province := province_in(office.organization))}
        province = next(iter(named)) if len(named) == 1 else self.province
        if offices and (abroad := self._abroad(name, offices[0].start)):
            province = abroad
            known = [
                office._replace(organization=f"tỉnh {abroad}")
                if office.organization is None and _GOVERNS.search(fold(office.title))
                else office
                for office in known
            ]
        return [
            office._replace(organization=self._written(office.organization, province)) if office.organization else office
            for office in known
        ]

    def _abroad(self, name: str, at: int) -> str | None:
        """The province abroad that is named last before `at`, for who has a foreign name."""
        syllables = fold(name).split()
        if (
            not any(map(is_foreign, syllables))
            or any(known_surname(word) or "'" in word for word in syllables)
            or syllables[0] in ("y", "a")
        ):
            return None
        seats = list(_seats_abroad().finditer(self.folded, max(0, at - FAR), at))
        return self.text[seats[-1].start("name") : seats[-1].end("name")] if seats else None

    def _written(self, name: str, province: str | None) -> str:
        """The body's name with its province; "UBND TP" in the words in which the text has it in full, if it has."""
        name = _IN_SHORT.sub("", name)
        part, comma, above = name.rpartition(", ")  # "Phòng Tuyên truyền, Ban Tuyên giáo Tỉnh ủy"
        whole = part + comma + complete(above, province, on=self.on)
        if whole != name and self._dashed and province and whole.endswith(province):
            return whole.removesuffix(province) + self._dashed
        if whole != name and province == "Hồ Chí Minh":
            whole = self._of_the_city(name) or whole
        if whole == name or not _CITY_IN_SHORT.search(name):
            return whole
        if self._in_full is None:
            found: tuple[Body, ...] = self.doc._.found.get("bodies", ())
            self._in_full = {}
            for body in found:
                if body.name == self.text[body.start : body.end]:
                    bare = _CONFERS.sub("", body.name)
                    self._in_full.setdefault(plain(bare), bare[0].upper() + bare[1:])
        return self._in_full.get(plain(whole), whole)

    def _of_the_city(self, name: str) -> str | None:
        """ "Thành ủy", "UBND TP" with the city as the text writes it: "Thành ủy TPHCM"."""
        unit = _CITY_UNIT.search(name) if self._city else None
        if unit is None or (unit["short"] and not (self._city or "").startswith("TP")):
            return None
        return f"{name[: unit.start('short')] if unit['short'] else name + ' '}{self._city}"

    def _with_dash(self, province: str | None) -> str | None:
        """The province's name as the text writes it, when it puts a dash where the name has none: "Thừa Thiên - Huế"."""
        if province is None or "-" in province or province in self.text:
            return None
        written = re.search(" (?:[-–] )?".join(map(re.escape, province.split())), self.text)
        return written[0] if written else None

    def _meant(self, office: Office) -> Office:
        """The office with the body that the article means, when it says none or a bare noun."""
        if fold(office.title) == "bộ trưởng" and _OF_AN_OFFICE.match(self.folded, office.end):
            return office  # of no ministry: "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"
        if _SOME.match(self.folded, office.end):
            return office  # "hiệu trưởng một trường ở tỉnh Hà Nam"
        meant = self._led(office) or self._acts_for(office) or self.meant(office.title, office.organization, office.start)
        if meant is None and office.organization is None:
            meant = self._houses.managed(office) or self._echoed(office)
            meant = (meant and self.meant(office.title, meant, office.start)) or meant
        return office._replace(organization=meant) if meant else office

    def _sided(self, office: Office) -> list[Office]:
        """The office in each of the bodies whose side the sentence names: "Về phía Hội A, Báo B có ông C - Phó Chủ tịch"; none if it has its own."""
        title = titles().match(fold(office.title), 0)
        if (office.organization is not None and not is_board(office.organization)) or (title and title["whole"]):
            return []
        start = sentence_at(self.doc, office.start).start
        near = self.folded.rfind("phía ", start, office.start)  # the last one: "về phía Bộ có A; về phía tỉnh có B"
        side = _SIDE.match(self.folded, near) if near >= 0 and _OPENING.search(self.folded[start:near]) else None
        found, at = list[Office](), side.start("bodies") if side else 0
        while side and at < side.end("bodies") and (end := self.bodies.end(at)) and end <= side.end("bodies"):
            found.append(office._replace(organization=" ".join(filter(None, (office.organization, self._capital(at, end))))))
            joint = _BESIDE.match(self.folded, end)
            at = joint.end() if joint else side.end("bodies")
        return found if at == (side.end("bodies") if side else 0) else []

    def _led(self, office: Office) -> str | None:
        """The body that the sentence says somebody leads: "tổ khai thác do anh A làm tổ trưởng", "Sở Nội vụ do Phó Giám đốc B"."""
        if fold(office.title).endswith(_HIGHEST):
            return None  # "Tổ công tác do Phó Thủ tướng A phụ trách"
        start = sentence_at(self.doc, office.start).start
        led = _LED.search(self.folded, max(start, office.start - _LED_REACH), office.start)
        if office.organization is None and fold(office.title).endswith(_HEAD_OF_MISSION):
            named = list(_MISSION.finditer(self.folded, max(0, office.start - _FAR_BACK), office.start))
            if named or led is None:
                return self._capital(*named[-1].span()) if named else None
        if led is None or office.organization not in (None, "Hội đồng"):
            return None
        at, end = led.span("body")
        extent = self.names.body(at, lone=True)
        if extent and led.end("head") < extent.end < end:
            end = extent.end
        base = FORMER.sub("", fold(office.title))
        head = _RANK_NOUN.sub("", base)
        if head != base and not self.folded.startswith(head, at):
            return None  # "Công an tỉnh do ông A làm trưởng đoàn"
        if led["head"] == "đoàn" and _OF_A_HOUSE.search(base):  # "Đoàn | Quốc hội do Phó Chủ tịch A dẫn đầu": of the Quốc hội
            at += len("đoàn ")
            extent = self.names.body(at)
            if extent is None:
                return None
            end = extent.end
        name = self._capital(at, end)
        known = extent.end if extent else led.end("head")
        if (
            _NO_BODY.match(self.folded, at, end)
            or breaks().search(self.folded, known, end)
            or (extent is None and led["head"] in _NAMED_ALWAYS)
        ):
            return None
        return self._nearest((fold(name),), at) or name

    def _acts_for(self, office: Office) -> str | None:
        """The committee or council that a bare Chủ tịch or Phó Chủ tịch speaks for: "Phó Chủ tịch Lê Văn An thay mặt UBND tỉnh …"."""
        bare = office.organization is None and fold(office.title).removesuffix(" thường trực").endswith("chủ tịch")
        acts = _ACTS_FOR.match(self.text, office.end) if bare else None
        extent = self.names.body(acts.end()) if acts else None
        return self.text[acts.end() : extent.end] if acts and extent and extent.kind in ("committee", "council") else None

    def _capital(self, at: int, end: int) -> str:
        return self.text[at].upper() + self.text[at + 1 : end]

    def _echoed(self, office: Office) -> str | None:
        """The body of the last office of the same name before this one, deputies and former ones alike: "Các Phó Chủ tịch gồm …"."""
        base = FORMER.sub("", fold(office.title))
        if base not in {fold(title) for title in lexicon("officials")["offices"]["echoed"]} or self.folded.startswith(
            _PRESIDENTS, office.end
        ):
            return None
        if self._echoes is None:
            self._echoes = {}
            for other in self.offices:
                if other.organization:
                    self._echoes.setdefault(FORMER.sub("", fold(other.title)), []).append((other.start, other.organization))
        stranger = _NEXT_WORD.match(self.text, office.end)
        if base == "chủ tịch" and stranger and is_foreign(fold(stranger[1])):  # "Chủ tịch Fidel Castro": of a country
            lands = {body for _, body in self._echoes.get(base, [])[:ECHOES] if countries().fullmatch(" " + fold(body))}
            return next(iter(lands)) if len(lands) == 1 else None
        if base == "chủ tịch" and (committee := self._at_hand(office)):
            return committee
        named = self._echoes.get(base, [])
        if base in _STATES:  # "Tổng thống Nga Vladimir Putin", then "Tổng thống Putin": of the same man's country
            lands = {body for start, body in named[:ECHOES] if stranger and stranger[1] in self._holder(start, body)}
            return next(iter(lands)) if len(lands) == 1 else None
        if len({plain(body) for _, body in named}) == 1:
            return named[0][1]
        index = bisect_right(named, (office.start, ""))
        return named[index - 1][1] if index else None

    def _holder(self, at: int, body: str) -> list[str]:
        """The capitalised words right after the office at `at`, of `body`: the name of who holds it."""
        run = re.compile(rf"{re.escape(body)}((?:(?: | - |-)[{UPPER}][^\W\d_]*)+)").search(self.text, at, at + NEAR)
        return re.split(r"\W+", run[1]) if run else []

    def _at_hand(self, office: Office) -> str | None:
        """The committee named before a bare Chủ tịch in its sentence: "UBND huyện A cho biết Chủ tịch Nguyễn Văn B …"."""
        start = sentence_at(self.doc, office.start).start
        for match in _COMMITTEE.finditer(self.folded, start, office.start):
            extent = self.names.body(match.start())
            if extent and extent.end > match.end() and self.folded.find(":", extent.end, office.start) < 0:
                return self.text[match.start() : extent.end]
        return None

    def meant(self, title: str, noun: str | None, at: int) -> str | None:
        """The full name of the body that an office without one, or with a bare noun, means: the nearest such named before it, else after."""
        key = fold(noun) if noun else _BARE_TITLE.sub("", fold(title))
        if key == "sở":
            return self._only_one("sở")
        nouns = _meant().get(key)
        if nouns is None and noun is None and (match := re.fullmatch(r"(.+) (?:trưởng|phó)|(?:phó )?trưởng (.+)", key)):
            word = match[1] or match[2]
            nouns = (word,) if word not in hamlets() and units().fullmatch(word) else None
        if nouns is None and noun is not None and units().match(key) and noun[1:].islower() and not key.startswith("ban cán sự"):
            nouns = (re.sub(r" (?:này|đó|trên)$", "", key),)  # "Trường tiểu học này": no proper name
        if not nouns:
            return None
        if nouns == ("bộ",) and _FORMERLY.match(fold(title)):
            return self._only_one("bộ")
        schools = self._nearest(_first(), at) if "trường" in nouns else None
        return schools or self._nearest(nouns, at)

    def _only_one(self, noun: str) -> str | None:
        """The one body of that noun which the text names in full, with its province or without, as it names it first below the headline."""
        found: tuple[Body, ...] = self.doc._.found.get("bodies", ())
        first = self.text.partition("\n")[0]
        headline = -1 if first.endswith(".") else len(first)
        spoken = ((body.start, _CONFERS.sub("", body.name)) for body in found)
        named = [(start, name[0].upper() + name[1:]) for start, name in spoken if fold(name).startswith(noun + " ") and has_name(name)]
        if not named:
            return None
        called = {plain(name) for _, name in named}
        whole = max(called, key=len)
        if not all(whole == name or whole.startswith(name + " ") for name in called):
            return None
        return next((name for start, name in named if start > headline), named[0][1])

    def _nearest(self, nouns: tuple[str, ...], at: int) -> str | None:
        """The body of one of these nouns that is named nearest before `at`, else first after it, in its fullest form."""
        if nouns not in self._places:
            known = self._index()
            places = sorted((start, name) for noun in nouns for start, name in known.get(noun, ()))
            places = [place for place in places if not self.names.shouted(place[0])] or places  # in capitals a name has no end
            if self.province and any(province_in(name) == self.province for _, name in places):  # then no body of the country is meant
                places = [place for place in places if not fold(place[1]).endswith(_OF_THE_COUNTRY)]
            self._places[nouns] = places
        places = self._places[nouns]
        if not places:
            return None
        index = bisect_left(places, (at, ""))
        name = places[index - 1 if index else 0][1]
        longer = bisect_left(self._full, (fold(name) + " ", ""))
        full = self._full[longer] if longer < len(self._full) else ("", "")
        return full[1] if full[0].startswith(fold(name) + " ") else name

    def _in_name(self, at: int) -> bool:
        """Whether a capitalised word stands right before `at`, so that what begins there is the middle of a name."""
        return re.compile(r"[A-ZĐÀ-Ỹ]\w* $").search(self.text, max(0, at - 9), at) is not None and self.names.capital(at)

    def _index(self) -> dict[str, list[tuple[int, str]]]:
        """Noun -> the bodies that the text names in full with it, in order."""
        if self._known is None:
            self._known = {}
            for start, name in self._named():
                folded = fold(name)
                if folded.startswith("tổ chức ") or folded == "ban thường trực":  # "Phó Trưởng ban Thường trực"
                    continue
                words_ = folded.split()
                least = 2 if folded.startswith(_NO_MINISTRY) else 1
                for noun in (" ".join(words_[:size]) for size in range(least, min(NOUN_WORDS + 1, len(words_)))):
                    self._known.setdefault(noun, []).append((start, name))
            calm = ((at, name) for places in self._known.values() for at, name in places if not self.names.shouted(at))
            self._full = sorted({(fold(name), name) for _, name in calm})
        return self._known

    def _named(self) -> Iterator[tuple[int, str]]:
        """Bodies that say more than their noun, found by the component or by a unit's noun before a capital or a number."""
        found: tuple[Body, ...] = self.doc._.found.get("bodies", ())
        taken = []
        for body in found:
            if has_name(body.name):
                end = self.bodies.abroad(self.bodies.paired(body.start, self.bodies.widen(body.start, Extent(body.end, body.kind))))
                name = _CONFERS.sub("", self.text[body.start : end] if end > body.end else body.name)
                taken.append((body.start, name[0].upper() + name[1:]))
        taken += [
            (office.start, office.organization)
            for office in self.offices
            if office.organization and any(word[0].isupper() or word.isdigit() for word in office.organization.split()[1:])
        ]
        starts = {start for start, _ in taken}
        after = 0
        for match in units().finditer(self.folded):
            begin = match.end() + 1
            named = self.names.capital(begin) or self.names.capital(match.start()) or _FORCE.match(self.folded, match.start())
            if _RANKED.match(self.folded, match.end()) or self.names.body(begin) is not None:
                continue
            if match.start() < after or match.start() in starts or not named or self._in_name(match.start()) or self.bodies.person(begin):
                continue
            end = self.bodies.stretch(match.end())
            last = [word.end() for word in STEP.finditer(self.text, match.end(), end) if word[1][0].isupper() or word[1].isdigit()]
            small = len(self.text[last[-1] : end].split()) if last else 0
            end = last[-1] if small > 2 else end  # "Trường Xiếc mới phân công giáo viên": as far as its proper name
            if end > match.end() and (any(map(str.isupper, self.text[match.end() : end])) or _FORCE.match(self.folded, match.start())):
                taken.append((match.start(), self.text[match.start()].upper() + self.text[match.start() + 1 : end]))
                after = end
        return (one for one in sorted(taken) if not _NO_HOUSE.fullmatch(fold(one[1])))
