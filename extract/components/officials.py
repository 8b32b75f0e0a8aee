"""People that an article names, with the offices it gives them: "ông A, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.bodies import Names, begins_person, lexicon, pattern, words
from extract.components.offices import BETWEEN, Office, Offices
from extract.fold import fold
from extract.language import leave, sentence_at
from schemas.officials import Official, Position
from schemas.record import Quote
from schemas.tables import table
from schemas.vocabulary import OfficialRole

_SHORTENED = re.compile(r"\.(?:[,;)(]| [^\W\d_A-ZĐ])")
_FOREIGN = re.compile("[fjwz]|(?<![gq])[aeiou][bcdghklmnpqrstvx]+[aeiou]|['’]")  # more than one syllable, or letters of other alphabets
_ADDRESS = re.compile(r"(?:số|ngõ|ngách|hẻm|kiệt|tại|ở|địa chỉ:?|nhà|đến|,) \d+[a-z]?(?:/\d+)* $")
_VOWEL = re.compile("[aăâeêioôơuưyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ]")
LONGEST = 5  # syllables of a name
_WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")
# Between a name and the office that follows it: ", ", " - ", " (", " | ", " hiện là ", " được bầu giữ chức ".
_TO_OFFICE = re.compile(
    r"(?: ?\((?:sinh năm \d{4}|sn \d{4}|\d{2} tuổi)\))?(?:, (?:hiện |nay |hiện nay |đang )?(?:là |giữ chức |với cương vị )|, | - |-| ?\(| \| |: | ,| (?:hiện |nay |hiện nay |đang )?là | làm | (?:được |đã |tái )*[^.;,:\n]{0,50}giữ chức(?: vụ| danh)? )?"
)
# Between an office and the name that it opens: " ", " - ", ": ", ", đồng chí ".
_TO_NAME = re.compile(r"(?: - | |: | là |, |,)(?:là )?")
_GLUE = re.compile(r" ?(?:[,;] ?|và |cùng |với |cùng với |\| )*(?:đồng chí |các đồng chí |ông |bà )?")


@dataclass
class Mention:
    """One place where the text names a person."""

    start: int
    end: int
    honorific: str | None
    familiar: bool  # called by a given name alone: "em Đạt"
    offices: list[Office] = field(default_factory=list)
    reach: int = 0  # end of the name with the offices after it
    opens: int = 0  # start of the name with the offices and honorific before it


@dataclass
class Person:
    """The mentions of one person."""

    name: str
    mentions: list[Mention]


@cache
def _honorific() -> re.Pattern[str]:
    """Honorifics, ranks and degrees that end where a name begins: "đồng chí ", "Đại tá, TS. "."""
    given = lexicon("officials")
    ranks, familiar = (
        "|".join(sorted({re.escape(fold(form)) for form in given[kind]}, key=lambda form: (-len(form), form)))
        for kind in ("honorifics", "familiar")
    )
    return re.compile(rf"(?<!\w)(?=\w)(?:(?:{familiar}),? )?(?:(?<!\w)(?:{ranks})(?:[.,:]? |\.(?=\w)))*(?:(?<!\w)(?:{familiar}):? )?$")


@cache
def _familiar() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon("officials")["familiar"])


@cache
def _ending(kind: str) -> re.Pattern[str]:
    """A text that ends in one of the lexicon's words before a name."""
    marks = r" ?:? ?" if kind == "credits" else r" \"?(?:mang tên )?"
    colon = r" ?[:/] ?" if kind == "credits" else marks
    return re.compile(r"(?<!gia )(?<!bộ )(?<!đối )(?<!quân )" + pattern(lexicon("officials")["traps"][kind]).pattern + colon + "$")


@cache
def _never() -> re.Pattern[str]:
    return pattern(lexicon("officials")["traps"]["never"])


@cache
def _cuts() -> re.Pattern[str]:
    return pattern(lexicon("officials")["cuts"])


@cache
def _verbs(role: str, side: str) -> re.Pattern[str] | None:
    forms = lexicon("officials")["roles"][role][side]
    return pattern(forms) if forms else None


class Finder:
    """Marks the people of one text."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text, self.folded = doc.text, doc._.folded
        self.offices = Offices(doc)
        self.names: Names = self.offices.names
        self._masked = sorted(
            (item.start, item.end)
            for kind in ("bodies", "campaigns", "documents")
            for item in doc._.found.get(kind, ())
            if getattr(item, "field", "text") == "text"
        )

    def mentions(self) -> list[Mention]:
        """All mentions, in order, each with its offices."""
        found = [mention for run in self._runs() if (mention := self._mention(run)) is not None]
        self._give_offices(found)
        return found

    def _runs(self) -> Iterator[list[re.Match[str]]]:
        """Runs of capitalised words parted by single spaces, outside names of bodies, offices, documents and campaigns."""
        blocked = bytearray(len(self.text) + 1)
        for start, end in (*self._masked, *((office.start, office.end) for office in self.offices.all)):
            blocked[start:end] = b"\1" * (end - start)
        run: list[re.Match[str]] = []
        for word in _WORD.finditer(self.text):
            fits = word[0][0].isupper() and not blocked[word.start()]
            if run and (not fits or self.text[run[-1].end() : word.start()] != " "):
                yield run
                run = []
            if fits:
                run.append(word)
        if run:
            yield run

    def _mention(self, run: Sequence[re.Match[str]]) -> Mention | None:
        """The person whom a run of capitalised words names, if it does."""
        run = self._without_titles(run)
        if not run or self.names.shouted(run[0].start()):
            return None
        start = run[0].start()
        honorific = self._honorific(start)
        folded = [fold(word[0]) for word in run]
        office = self.offices.before(start)
        known = honorific is not None or (
            office is not None
            and _TO_NAME.fullmatch(self.folded, office.end, start) is not None
            and self.folded[office.end : start] != ", "
        )
        if not known and len(run) > 2 and not begins_person(folded):
            split = next((k for k in range(1, len(run) - 1) if begins_person(folded[k:])), None)
            if split is not None:
                return self._mention(run[split:])
        if len(run) > LONGEST - 1 and not (known and len(run) <= LONGEST + 1):
            run = run[: LONGEST - 1]
            folded = folded[: LONGEST - 1]
        end = run[-1].end()
        if re.fullmatch("[BCDĐGHKLMNPQRSTVX]", run[-1][0]) or (len(run[-1][0]) == 1 and _SHORTENED.match(self.text, end)):
            return None  # initials: "Lê Chí C., 16 tuổi"
        acronyms = any(len(word[0]) > 1 and word[0].isupper() and not _VOWEL.search(word[0].lower()) for word in run)
        if acronyms or _never().match(self.folded, start) or self._credited(start, end) or self._slogan(start, end):
            return None
        calls = fold(honorific[0]).strip(" .:").rsplit(" ", 1)[-1] if honorific else ""
        if len(run) == 1:
            if calls not in _familiar() or self.names.province(start) is not None:
                return None
            if folded[0] in words("kin"):
                return None
        elif not self._person(folded, start, known, honorific is not None):
            return None
        return Mention(start, end, self._called(honorific), len(run) == 1, reach=end, opens=honorific.start() if honorific else start)

    def _honorific(self, start: int) -> re.Match[str] | None:
        """The honorific before a name; the end of another name ("NSƯT Trung Anh, …") is none."""
        match = _honorific().search(self.folded, max(0, start - 60), start)
        if match is None or not match[0]:
            return None
        inner = (
            match.start() > 1
            and self.text[match.start()].isupper()
            and self.text[match.start() - 1] == " "
            and re.search(r"[A-ZĐÀ-Ỹ]\w* $", self.text[max(0, match.start() - 12) : match.start()])
        )
        return None if inner and fold(match[0]).split()[0].strip(",.:") in _familiar() else match

    def _called(self, honorific: re.Match[str] | None) -> str | None:
        """What the person is called by, as written: "đồng chí", "Đại tá"."""
        if honorific is None:
            return None
        said = self.text[honorific.start() : honorific.end()].rstrip(" :")
        return said[0].lower() + said[1:] if fold(said) in _familiar() else said

    def _without_titles(self, run: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
        """The run without honorifics before and titles after the name: "TS Nguyễn Văn A", "Ông Lò Văn B Giám đốc"."""
        words_ = list(run)
        while (
            len(words_) > 1
            and fold(words_[1][0]) != "thị"
            and (match := _honorific().search(self.folded[words_[0].start() : words_[1].start()]))
            and match[0]
        ):
            del words_[0]
        for index, word in enumerate(words_):
            acronym = len(word[0]) > 1 and word[0].isupper() and not all(w[0].isupper() for w in words_)
            if acronym or _cuts().match(self.folded, word.start()):
                return (
                    words_[:index]
                    if index > 1
                    else (self._without_titles(words_[index + 1 :]) if index + 1 < len(words_) and index == 0 else words_[:index])
                )
        return words_

    def _person(self, folded: list[str], start: int, known: bool, honorific: bool) -> bool:
        """Whether a run of two words or more is a person's name, by itself and by what stands before it."""
        if self.names.province(start) == start + len(" ".join(folded)):
            return False
        if known:
            return honorific or folded[0] in words("surnames") | words("rare_surnames") or any(_FOREIGN.search(word) for word in folded)
        before = self.folded[max(0, start - 40) : start]
        if _ending("before").search(before) or _ADDRESS.search(before):
            return False
        if len(folded) == 2 and _ending("locative").search(before):
            return False
        if begins_person(folded):
            return folded[0] in words("surnames") or not any(_FOREIGN.search(word) for word in folded)
        after = _TO_OFFICE.match(self.folded, start + len(" ".join(folded)))
        office = self.offices.beginning(after.end()) if after and after.end() > after.start() else None
        return office is not None and folded[0] in words("rare_surnames")

    def _credited(self, start: int, end: int) -> bool:
        """Whether the name is a byline or the credit of a photograph."""
        before = self.folded[max(0, start - 30) : start]
        if _ending("credits").search(before):
            return True
        line_start = self.text.rfind("\n", 0, start) + 1
        line_end = self.text.find("\n", end)
        line_end = len(self.text) if line_end < 0 else line_end
        rest = self.text[line_start:start] + self.text[end:line_end]
        return (
            not rest.strip(" .-–()*")
            and (line_end == len(self.text) or self.text.count("\n", line_end) < 2 or line_start < 400)
            and line_start > 0
        )

    def _slogan(self, start: int, end: int) -> bool:
        """Whether the name stands in a short quotation that is a name itself, of a movement or a prize."""
        opening: int = self.folded.rfind('"', max(0, start - 60), start)
        if opening < 0 or self.folded.count('"', self.text.rfind("\n", 0, start) + 1, start) % 2 == 0:
            return False
        closing: int = self.folded.find('"', end, end + 60)
        return end < closing < opening + 80

    def _give_offices(self, found: list[Mention]) -> None:
        """Give each office to the name that it adjoins: first what opens a name, then what follows one."""
        owned: dict[int, Mention] = {}
        opened: set[int] = set()
        for mention in found:
            office = self.offices.before(mention.opens)
            gap = self.folded[office.end : mention.opens] if office else ""
            if office and gap not in (", ", ",") and _TO_NAME.fullmatch(gap):
                owned[office.start] = mention
                opened.add(office.start)
        for mention in found:
            if mention.familiar and mention.honorific is None:
                continue
            gap = _TO_OFFICE.match(self.folded, mention.end)
            at = gap.end() if gap else mention.end
            office = self.offices.beginning(at)
            if office is None or gap is None or gap.end() == gap.start() or self._crosses(found, mention, office):
                continue
            if any(owner is mention for owner in owned.values()) and self._leads(office, owned):
                continue  # "Bí thư A, Chủ tịch B": what stands between the two is B's
            while office is not None and office.start not in owned and not office.plural:
                owned[office.start] = mention
                mention.reach = office.end
                glue = BETWEEN.match(self.folded, office.end)
                if glue is None or glue.end() == glue.start() or (";" in glue[0] and self._more(found, office.end)):
                    break
                office = self.offices.beginning(glue.end())
        for mention in found:
            self._before(mention, owned)
            if not any(owner is mention for owner in owned.values()):
                self._far(found, mention, owned)
        for office in self.offices.all:
            if office.start in owned:
                owned[office.start].offices.append(office)
                if office.plural and office.start in opened:
                    self._share(found, owned[office.start], office)
        for mention in found:
            mention.offices = [
                self._shared(office, after) for office, after in zip(mention.offices, (*mention.offices[1:], None), strict=False)
            ]

    def _shared(self, office: Office, after: Office | None) -> Office:
        """The office with the next one's body in "Phó Chủ tịch kiêm Tổng Thư ký Hội Luật gia"."""
        if after is None or office.organization or not after.organization or office.end > after.start:
            return office
        gap = self.folded[office.end : after.start]
        joined = gap == " kiêm " or (
            gap in (", ", " - ", " và ") and "chủ tịch" in fold(office.title) and fold(after.title).endswith(fold("thư ký"))
        )
        return office._replace(organization=after.organization) if joined else office

    def _leads(self, office: Office | None, owned: dict[int, Mention]) -> bool:
        """Whether a chain of offices ends in one that opens another name."""
        while office is not None:
            if office.start in owned:
                return True
            glue = BETWEEN.match(self.folded, office.end)
            office = self.offices.beginning(glue.end()) if glue and glue.end() > glue.start() else None
        return False

    def _more(self, found: list[Mention], at: int) -> bool:
        """Whether another person is named further on in the sentence: a semicolon then parts people."""
        end = sentence_at(self.doc, at).end
        return any(at < mention.start < end for mention in found)

    def _crosses(self, found: list[Mention], mention: Mention, office: Office) -> bool:
        return any(mention.end < other.start < office.start for other in found if other is not mention)

    def _before(self, mention: Mention, owned: dict[int, Mention]) -> None:
        """Offices before the name: back from the one that opens it, or that a comma parts from "đồng chí …"."""
        office = self.offices.before(mention.opens)
        if office is None:
            return
        gap = self.folded[office.end : mention.opens]
        if (
            owned.get(office.start) is None
            and mention.honorific
            and gap in (", ", ",")
            and not office.plural
            and mention.reach == mention.end
        ):
            start = sentence_at(self.doc, office.start).start
            if office.start == start or re.search(r"[,:\-] $", self.folded[start : office.start]):
                owned[office.start] = mention
        while office is not None and owned.get(office.start) is mention and office.end <= mention.start:
            mention.opens = min(mention.opens, office.start)
            previous = self.offices.before(office.start)
            if previous is None or previous.start in owned or previous.plural:
                return
            glue = self.folded[previous.end : office.start]
            if not glue or not BETWEEN.fullmatch(glue):
                return
            owned[previous.start] = mention
            office = previous

    def _far(self, found: list[Mention], mention: Mention, owned: dict[int, Mention]) -> None:
        """The office before a name when words that the grammar does not know stand between: they are its body's name."""
        office = self.offices.before(mention.opens)
        if office is None or office.start in owned or office.plural or any(office.end <= other.start < mention.start for other in found):
            return
        wider = self.offices.reaching(office, mention.opens - 1)
        if wider is not None:
            self.offices.replace(office, wider)
            owned[office.start] = mention
            self._before(mention, owned)

    def _share(self, found: list[Mention], first: Mention, office: Office) -> None:
        """Give "các Phó Chủ tịch UBND tỉnh: A, B và C" to all of the list."""
        here = first
        for other in found[found.index(first) + 1 :]:
            if other.offices or not _GLUE.fullmatch(self.folded, here.reach, other.opens):
                return
            other.offices.append(office)
            here = other


def people(mentions: Sequence[Mention], text: str) -> list[Person]:
    """Mentions joined by person, in order of the first; a given name is joined to the full name that it ends."""
    found: dict[str, Person] = {}
    full = {fold(text[mention.start : mention.end]) for mention in mentions if not mention.familiar}
    for mention in mentions:
        key = fold(text[mention.start : mention.end])
        if key.count(" ") < 2:
            longer = [name for name in full if name.endswith(" " + key) and name.count(" ") > 1]
            earlier = [name for name in found if name in longer]
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


class RoleReader:
    """What people do: from the verbs of their clause and the list that they stand in."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self.doc = doc
        self.folded = doc._.folded
        self.mentions = mentions

    def roles(self, person: Person) -> tuple[OfficialRole, ...]:
        """The roles of all mentions, each once, in their order; `mentioned` when there is none."""
        found: dict[OfficialRole, None] = {}
        for mention in person.mentions:
            found.update(dict.fromkeys(self._roles(mention)))
        return tuple(found) or (OfficialRole.MENTIONED,)

    def _roles(self, mention: Mention) -> Iterator[OfficialRole]:
        sentence = sentence_at(self.doc, mention.start)
        index = self.mentions.index(mention)
        first = last = mention
        while index + 1 < len(self.mentions) and _GLUE.fullmatch(self.folded, last.reach, max(last.reach, self.mentions[index + 1].opens)):
            index += 1
            last = self.mentions[index]
        before = self.folded[sentence.start : first.opens] if first.opens > sentence.start else self._announcement(sentence.start)
        after = self.folded[last.reach : max(last.reach, sentence.end)]
        clause = re.split(r"[;:.]| \| ", after, maxsplit=1)[0][:90]
        hits = [
            (match.start(), -match.end(), role)
            for role in OfficialRole
            if role is not OfficialRole.MENTIONED and (verbs := _verbs(role.value, "after")) and (match := verbs.search(clause))
        ]
        if re.match(r"(?:đến |tới |tham |cùng |về )?(?:dự|có mặt|chứng kiến)(?!\w)|với sự tham (?:dự|gia)", before.lstrip()) or re.search(
            r"(?:^|[ ,])(?:(?:tham|đến|tới|cùng|về) dự|sự tham (?:dự|gia)|dự (?:lễ|hội nghị|buổi|đại hội|có)|có mặt)(?!\w)[^.;]*(?: có|của|gồm)?[^.]*$",
            before,
        ):
            yield OfficialRole.ATTENDEE
        if re.match(r"(?:[^,.]{0,40})?phát biểu", before):
            yield OfficialRole.SPEAKER
        if re.search(r"(?:chủ trì|chủ tọa|dưới sự (?:chủ trì|điều hành))[^.;]*(?:của|có|gồm|là|:)[^.;]*$", before):
            yield OfficialRole.CHAIR
        if re.search(
            r"(?:tặng|trao|khen thưởng|khen|thưởng|phong tặng)(?!\w)[^.;]*(?<!\w)cho(?!\w)[^.;]{0,80}$|(?:tuyên dương|biểu dương|truy tặng|vinh danh)[^.;,]{0,40}$",
            before,
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
        line = self.folded[:start].rstrip(" \n-+•")
        return line[line.rfind("\n") + 1 :] if line.endswith(":") else ""


@Language.factory("officials")
def make_officials(nlp: Language, name: str) -> OfficialFinder:
    """Build the finder; its lexicon is extract/lexicon/officials.toml."""
    return OfficialFinder()


class OfficialFinder:
    """Leave the people that a text names in doc._.found["officials"]."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark and read; the doc's text stays as it was."""
        finder = Finder(doc)
        mentions = finder.mentions()
        roles = RoleReader(doc, mentions)
        text = doc.text
        leave(doc, "officials", [self.record(text, person, finder.offices, roles) for person in people(mentions, text)])
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
            roles=roles.roles(person),
            rule="officials/office" if ordered else "officials/name",
            confidence=0.95 if ordered else 0.8,
        )
