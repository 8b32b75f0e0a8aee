"""Names of bodies and authorities: "UBND tỉnh", "Ban Dân vận Tỉnh ủy", "Sở Lao động - Thương binh và Xã hội"."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extract.fold import fold
from extract.language import leave
from schemas.tables import table, values
from schemas.vocabulary import AwardLevel

DEPTH = 3  # "Văn phòng Ban Chấp hành Đảng bộ tỉnh": bodies named within a name
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_CAPITALS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_JOIN = re.compile(r" ?[-&/] ?| và |, ?| ")
_NUMBER = re.compile(r" (?:số )?(?:\d{1,3}|[ivx]{1,5})(?![\w/])")
_DEPUTY = re.compile(r"(?:chủ tịch|bí thư|ủy viên|chủ nhiệm|giám đốc) $")


class Body(NamedTuple):
    """A body where the text names it: code points, its name completed with the province, what it confers, its kind."""

    start: int
    end: int
    name: str
    level: AwardLevel | None
    kind: str


class Head(NamedTuple):
    """How a body's name begins, and what may follow (see lexicon/bodies.toml)."""

    kind: str
    after: str
    capital: bool
    needs: bool
    bare: bool


class Extent(NamedTuple):
    """A body's name as far as the grammar follows it."""

    end: int
    kind: str


@cache
def lexicon(name: str) -> Mapping[str, Any]:
    """The lexicon extract/lexicon/<name>.toml."""
    return tomllib.loads(files("extract").joinpath(f"lexicon/{name}.toml").read_text(encoding="utf-8"))


def pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of the forms as whole words of a folded text, the longest first, with loose spaces about dashes and commas."""
    loose = (re.sub(r"\\?([-,&])(\\ )?", r" ?\1 ?", re.sub(r"(\\ )(?=\\?[-&])", "", re.escape(fold(form)))) for form in forms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(set(loose), key=lambda form: (-len(form), form)))})(?!\w)")


@cache
def _heads() -> Mapping[str, tuple[tuple[re.Pattern[str], Head], ...]]:
    """First word of a head -> the heads that begin so, longest form first."""
    found: dict[str, list[tuple[str, Head]]] = {}
    for row in lexicon("bodies")["head"]:
        head = Head(row["kind"], row["after"], row.get("capital", False), row.get("needs", False), row.get("bare", False))
        for form in row["forms"]:
            found.setdefault(re.split(r"\W", fold(form))[0], []).append((form, head))
    by_length = {word: sorted(forms, key=lambda pair: -len(pair[0])) for word, forms in found.items()}
    return {word: tuple((pattern([form]), head) for form, head in forms) for word, forms in by_length.items()}


@cache
def _fields() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Fields that may stand in lower case, fields that need a capital, and words of blocs."""
    given = lexicon("bodies")["fields"]
    return pattern(given["nouns"]), pattern(given["words"]), pattern([*given["blocs"], *given["nouns"]])


@cache
def _provinces() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Every name and alias of a province, folded, and alias -> name. Former units and lone abbreviations are left out."""
    names: dict[str, str] = {}
    for row in table("provinces"):
        if row["era"] != "former":
            for alias in (row["name"], *values(row["aliases"])):
                if alias == row["name"] or not alias.isascii() or "HCM" in alias:
                    names[fold(re.sub(r"^(?:Thủ đô|[Tt]hành phố|[Tt]\.?[Pp]\.?) ?", "", alias))] = row["name"]
    return pattern(names), names


@cache
def _seats() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Words for a unit of the land ("tỉnh", "TP.") and the level of each."""
    levels = {fold(word): level for level, words in lexicon("bodies")["seat"].items() for word in words}
    words = sorted(map(re.escape, levels), key=len, reverse=True)
    return re.compile(rf" (?P<unit>{'|'.join(words)})(?:(?<=\.)|(?!\w))"), levels


@cache
def words(kind: str) -> frozenset[str]:
    """The folded words of one list of lexicon/officials.toml: surnames, rare_surnames, middles."""
    return frozenset(fold(name) for name in lexicon("officials")[kind])


def begins_person(run: Sequence[str]) -> bool:
    """Whether a run of folded, capitalised words begins with a person's name rather than a place."""
    return len(run) > 1 and (
        run[0] in words("surnames") or (len(run) > 2 and run[0] in words("rare_surnames") and run[1] in words("middles"))
    )


@cache
def _inner() -> re.Pattern[str]:
    """Syllables that make the next one, in lower case, the end of a word: cán bộ, quảng trường."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, map(fold, lexicon('bodies')['inner'])))}) $")


@cache
def _others() -> re.Pattern[str]:
    """Names that begin like a body's and are none."""
    return pattern(lexicon("bodies")["others"])


@cache
def _stops() -> re.Pattern[str]:
    return pattern(lexicon("bodies")["stops"])


@cache
def _named_places() -> re.Pattern[str]:
    return pattern(lexicon("bodies")["whole"])


def province_of(name: str) -> str | None:
    """The province that a written name or alias means ("TP.HCM" -> "Hồ Chí Minh"), else None."""
    bare = re.sub(r"^(?:tỉnh|thủ đô|thành phố|t\.?p\.?) ?", "", fold(name.strip()))
    return _provinces()[1].get(bare)


def province_in(name: str) -> str | None:
    """The province with which a body's name ends ("UBND tỉnh Yên Bái" -> "Yên Bái"), if it is a body of the province."""
    match = re.search(r"(?:tỉnh|thành phố|tp\.?|tỉnh ủy|thành ủy|tỉnh đoàn|thành đoàn) ?(.+)$", fold(name))
    return _provinces()[1].get(match[1].strip()) if match else None


def central_city(name: str | None, on: dt.date | None = None) -> bool:
    """Whether the province is (on that day; without one, now) a centrally run city."""
    row = next((city for city in lexicon("bodies")["city"] if city["name"] == name), None)
    return row is not None and (on is None or row.get("from", dt.date.min) <= on)


class Names:
    """Reads names of bodies and places at given offsets of one text."""

    def __init__(self, text: str, folded: str | None = None, doc: Doc | None = None) -> None:
        self.text = text
        self.folded = fold(text) if folded is None else folded
        # "Sinh vật" written with one capital: a word of the segmentation says that the small syllable belongs to it
        self._compounds = {
            token.idx: token.idx + len(token)
            for token in doc or ()
            if " " in token.text and token.text[0].isupper() and token.text[1:].islower()
        }
        lines = list(re.finditer(r"[^\n]+", text))
        self._lines = [match.start() for match in lines]
        self._shouted = [sum(map(str.isupper, match[0])) * 3 > sum(map(str.isalpha, match[0])) * 2 for match in lines]

    def capital(self, at: int) -> bool:
        """Whether a capital stands there."""
        return self.text[at : at + 1].isupper()

    def _stops(self, at: int) -> bool:
        """Whether a word stands there that no name goes on with."""
        return _stops().match(self.folded, at) is not None

    def shouted(self, at: int) -> bool:
        """Whether the paragraph is written in capitals, so that they tell nothing."""
        index = bisect_right(self._lines, at) - 1
        return index >= 0 and self._shouted[index]

    def body(self, at: int, depth: int = DEPTH, *, lone: bool = False) -> Extent | None:
        """The body whose name begins at `at`, as long as it goes; `lone`: also one without what its head needs ("Công đoàn")."""
        word = _WORD.match(self.folded, at)
        if word is None or depth == 0:
            return None
        small = not lone and not self.capital(at) and _inner().search(self.folded, max(0, at - 9), at)
        if small or _others().match(self.folded, at):
            return None
        for form, head in _heads().get(re.split(r"\W", word[0])[0], ()):
            match = form.match(self.folded, at)
            if match and (end := self._follow(head, match.end(), depth, lone=lone)) is not None:
                after = match.end()
                named = self.capital(after + 1)  # "sở Nội vụ": the field has the capital
                followed = (end > after or named) if lone else (end > after and named and head.after in ("field", "name"))
                if head.capital and not self.capital(at) and not followed:
                    continue
                return Extent(end, head.kind)
        return None

    def _follow(self, head: Head, at: int, depth: int, *, lone: bool) -> int | None:
        """End of a name whose head ends at `at`; None if something is missing."""
        if head.after == "none":
            return at
        end = at
        if head.after in ("field", "name"):
            end = self._field(at, proper=head.after == "name", bloc=head.kind == "bloc")
            if end == at and head.needs and not lone and head.kind in ("ministry", "mass_organisation", "department"):
                return None
        if (
            head.after != "seat"
            and self.text[end : end + 1] == " "
            and (parent := self.body(end + 1, depth - 1, lone=lone and self.capital(end + 1)))
            and parent.kind not in ("state", "government")
        ):
            return parent.end
        end = self.seat(end, bare=head.bare)
        return None if head.needs and end == at and not lone else end

    def _field(self, at: int, *, proper: bool, bloc: bool) -> int:
        """End of the field of work, or of the proper name, after a head."""
        nouns, actions, blocs = _fields()
        end = at
        while join := _JOIN.match(self.folded, end):
            start = join.end()
            if end == at and join[0] != " ":
                break
            term = blocs.match(self.folded, start) if bloc else nouns.match(self.folded, start)
            if term is None and self.capital(start):
                term = actions.match(self.folded, start)
            if term and join[0] != " " and self.body(start, 1):
                break
            if (
                term
                and end > at
                and join[0].strip() in (",", "và", "/")
                and not bloc
                and (not self.capital(start) or join[0].startswith(","))
            ):
                break  # what a comma joins is another body, unless the lexicon has the whole field
            if term:
                end = term.end()
                if term[0] == "việt nam":
                    break
            elif start in self._compounds and join[0] == " " and not self._begins_other(start) and not self.shouted(start):
                end = self._compounds[start]
            elif proper and join[0] == " " and not self._begins_other(start) and (name := self.proper(start, places=False)) > start:
                end = name
            elif join[0] == " " and (end > at or proper) and (number := _NUMBER.match(self.folded, end)):
                end = number.end()
            else:
                break
        if proper and end == at and (quoted := re.compile(r' "[^"\n]{1,60}"').match(self.folded, at)):
            end = quoted.end()
        return end

    def _begins_other(self, at: int) -> bool:
        """Whether a place's unit or another body begins there."""
        return self._stops(at) or bool(_seats()[0].match(" " + self.folded[at : at + 12])) or self.body(at, 1) is not None

    def seat(self, at: int, *, bare: bool = False) -> int:
        """End of the place that a body's name goes on with ("tỉnh Hà Nam", "huyện Kim Bảng", "Trung ương"), else `at`."""
        units, levels = _seats()
        if central := re.compile(r" (?:trung ương|tw|t\.ư|t\.w)(?!\w)").match(self.folded, at):
            return central.end()
        if unit := units.match(self.folded, at):
            start = unit.end() + (self.text[unit.end() : unit.end() + 1] == " ")
            level = levels[unit["unit"]]
            if level == "hamlet" and not self.capital(start):
                return at
            name = self.province(start)
            if name is None or level in ("commune", "hamlet", "district"):
                number = re.compile(r"\d{1,2}(?![\w/.])").match(self.folded, start) if start > unit.end() else None
                name = number.end() if number else self.proper(start)
            return max(unit.end(), name) if name > start else unit.end()
        if self.text[at : at + 1] == " ":
            name = self.province(at + 1)
            if name is not None:
                return name
            if bare and (end := self.proper(at + 1)) > at + 1:
                return end
        return at

    def province(self, at: int) -> int | None:
        """End of a province's name that begins at `at` with a capital."""
        match = _provinces()[0].match(self.folded, at) if self.capital(at) else None
        return match.end() if match else None

    def ends_in_province(self, start: int, end: int) -> bool:
        """Whether the last words of a name are a province's."""
        return any(match.end() == end for match in _provinces()[0].finditer(self.folded, start, end))

    def proper(self, at: int, *, places: bool = True) -> int:
        """End of a proper name at `at`: a run of capitalised words, cut where a person's name begins; `at` if there is none."""
        run: list[re.Match[str]] = []
        here = at
        while len(run) < 8 and (word := _CAPITALS.match(self.text, here)) and (word[0][0].isupper() or (run and word[0].isdigit())):
            run.append(word)
            here = word.end()
            if self.text[here : here + 1] != " " or self._stops(here + 1):
                break
            here += 1
        folded = [fold(word[0]) for word in run]
        if not run:
            return at
        if self.shouted(at):
            return run[min(len(run), 2) - 1].end()
        whole = _named_places().match(self.folded, at)
        if whole:
            return whole.end()
        if places and len(run) >= 3 and begins_person(folded) and folded[1] in words("middles"):
            return at  # "UBND xã Nguyễn Văn An": a person, not a place
        for cut in (2, 3, 4, 1):
            if cut < len(run) - (2 if cut == 1 else 1) and begins_person(folded[cut:]):
                return run[cut - 1].end()
        return run[min(len(run), 4 if places else 6) - 1].end()


def complete(name: str, province: str | None, *, on: dt.date | None = None) -> str:
    """The name with its province, when a body of the province is named without it: "UBND tỉnh" -> "UBND tỉnh Hà Nam".

    A Sở and bodies of districts and communes stay as they are; "thành phố" and "Thành ủy" are completed in centrally run cities.
    """
    folded = fold(name)
    if province is None or folded.startswith(("sở ", "phòng ")):
        return name
    city = central_city(province, on)
    tail = r"(?:^|.* )(?:thành phố|tp\.?|thành ủy|thành đoàn)" if city else r"(?:^|.* )(?:tỉnh|tỉnh ủy|tỉnh đoàn)"
    return f"{name} {province}" if re.fullmatch(tail, folded) else name


def level_of(name: str, *, on: dt.date | None = None) -> AwardLevel | None:
    """The level of what the body confers, by its (completed) name; None for schools, enterprises and what tells nothing."""
    folded = fold(name)
    extent = Names(name, folded).body(0)
    if extent is None and (office := re.match(r"(?:phó )?(?:chủ tịch|giám đốc|bộ trưởng|tư lệnh|tổng giám đốc) (?=\w)", folded)):
        return level_of(name[office.end() :], on=on)
    kind = extent.kind if extent else ""
    if folded.startswith("phó thủ tướng"):
        return AwardLevel.GOVERNMENT
    if kind in ("state", "government"):
        return AwardLevel(kind)
    if kind == "ministry":
        return AwardLevel.MINISTRY
    if extent is None and re.match(r"(?:tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|thị trấn) ", folded):
        folded = "ubnd " + folded
        kind = "committee"
    if kind in ("school", "enterprise", "bloc"):
        return None
    seat = _seat_level(folded, on)
    if seat in (AwardLevel.COMMUNE, AwardLevel.DISTRICT):
        return seat
    if seat is AwardLevel.PROVINCE:
        whole = kind in ("committee", "council") or re.match(
            r"hội đồng|ban chỉ đạo|ban vận động|ban tổ chức (?:hội|cuộc)|tỉnh ủy|thành ủy|ban thường vụ|btv|ban chấp hành|bch|thường trực|đảng bộ",
            folded,
        )
        return AwardLevel.PROVINCE if whole else AwardLevel.DEPARTMENT
    if re.match(
        r"(?:quân khu|quân đoàn|quân chủng|binh chủng|binh đoàn|bộ tư lệnh|tổng cục|tổng liên đoàn|đại học quốc gia)(?!\w)", folded
    ):
        return AwardLevel.MINISTRY
    if re.search(r"(?<!\w)(?:trung ương|tw|t\.ư|tối cao|tandtc|vksndtc)(?!\w)|việt nam$|^bộ (?!chỉ huy|chqs)|^ban bí thư", folded):
        return AwardLevel.MINISTRY
    return AwardLevel.DEPARTMENT if folded.startswith(("sở ", "tỉnh đoàn", "chi cục ", "cục ")) else None


def _seat_level(folded: str, on: dt.date | None) -> AwardLevel | None:
    """The lowest unit of the land that a folded name stands for."""
    if re.search(r"(?<!\w)(?:(?<!thị )xã|phường|thị trấn|đặc khu)(?!\w)(?! hội)", folded):
        return AwardLevel.COMMUNE
    if re.search(r"(?<!\w)(?:huyện|thị xã|quận|huyện ủy|thị ủy|quận ủy|huyện đoàn|thị đoàn|quận đoàn|khu vực)(?!\w)", folded):
        return AwardLevel.DISTRICT
    if re.search(r"(?<!\w)(?:tỉnh|tỉnh ủy|tỉnh đoàn)(?!\w)", folded):
        return AwardLevel.PROVINCE
    if city := re.search(r"(?<!\w)(?:thành phố|tp|t\.p|thành ủy|thành đoàn|thủ đô)(?!\w)\.? ?(.*)", folded):
        return AwardLevel.PROVINCE if central_city(province_of(city[1]), on) else AwardLevel.DISTRICT
    tail = next(
        (folded[match.start() :] for match in _provinces()[0].finditer(folded) if match.end() == len(folded) and match.start()), None
    )
    return AwardLevel.PROVINCE if tail else None


def about(text: str, folded: str, title: str | None = None) -> str | None:
    """The province that a text is about: the one that it names clearly more often than any other; None when several compete."""
    found: Counter[str] = Counter()
    for source, small, weight in ((text, folded, 1), (title or "", fold(title or ""), 2)):
        for match in _provinces()[0].finditer(small):
            before = small[max(0, match.start() - 12) : match.start()]
            explicit = re.search(r"(?<!\w)(?:tỉnh|thành phố|tp\.?|thủ đô) ?$", before)
            name = _provinces()[1][re.sub(r" ?- ?", " - ", match[0]) if match[0] not in _provinces()[1] else match[0]]
            if not source[match.start()].isupper() or (
                name == "Hồ Chí Minh" and not explicit and "hcm" not in match[0] and match[0] != "sài gòn"
            ):
                continue
            if re.search(r"(?<!\w)(?:huyện|xã|phường|quận|đường|phố|thị xã|thị trấn|trường|công ty) $", before) and not explicit:
                continue
            found[name] += weight * (2 if explicit and "tỉnh" in explicit[0] else 1)
    ranked = found.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]


@Language.factory("bodies")
def make_bodies(nlp: Language, name: str) -> BodyFinder:
    """Build the finder; its lexicon is extract/lexicon/bodies.toml."""
    return BodyFinder()


class BodyFinder:
    """Leave the bodies that a text names in doc._.found["bodies"], and about_province in doc._.found["article"]."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark and read; the doc's text stays as it was."""
        context = doc._.context or {}
        names = Names(doc.text, doc._.folded, doc)
        subject = about(names.text, names.folded, context.get("title"))
        doc._.found.setdefault("article", {})["about_province"] = subject or context.get("province")
        province, on = page_province(doc)
        leave(doc, "bodies", [self.record(names.text, start, extent, province, on) for start, extent in self.find(names)])
        return doc

    def find(self, names: Names) -> Iterator[tuple[int, Extent]]:
        """Where bodies are named, in order, none within another; an office that stands for its body is part of it."""
        offices = [(fold(office) + " ", kinds) for office, kinds in lexicon("bodies")["offices"].items()]
        after = 0
        for word in _WORD.finditer(names.folded):
            start = word.start()
            if start < after or (extent := names.body(start)) is None:
                continue
            if names.folded.startswith("thường trực", start) and _DEPUTY.search(names.folded, max(0, start - 12), start):
                continue
            for office, kinds in offices:
                at = start - len(office)
                if (
                    extent.kind in kinds
                    and at >= after
                    and names.folded.startswith(office, at)
                    and not names.folded.endswith("phó ", 0, at)
                ):
                    start = at
                    break
            yield start, extent
            after = extent.end

    def record(self, text: str, start: int, extent: Extent, province: str | None, on: dt.date | None) -> Body:
        """One place -> the Body, named in full."""
        name = complete(text[start : extent.end], province, on=on)
        return Body(start, extent.end, name, level_of(name, on=on), extent.kind)


def page_province(doc: Doc) -> tuple[str | None, dt.date | None]:
    """The province with which bodies are completed, and the day that says what it then was."""
    context = doc._.context or {}
    province = context.get("province") or doc._.found.get("article", {}).get("about_province")
    on = context.get("published_on")
    return province, dt.date(2024, 12, 31) if province == "Thừa Thiên Huế" else on
