"""Offices as the text writes them: "nguyên Phó Trưởng Ban Dân vận Tỉnh ủy" -> title and organization."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from extract.body_names import Extent, Names
from extract.components.bodies import Body, complete, page_province
from extract.fold import fold
from extract.places import lexicon, pattern, province_in, words

# Between two offices of one person: "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh", "Giám đốc Sở kiêm Trưởng Ban".
BETWEEN = re.compile(r"(?: ?[,;] ?| ?- ?| )?(?:và |đồng thời là |đồng thời )?(?:kiêm (?:nhiệm )?)?(?:chức (?:vụ )?)?")
_PLURAL = re.compile(r"(?<!\w)(?:các|những|hai|ba|bốn|năm) (?:đồng chí |ông |bà )?$")
# Offices that tell the kind of their body when its field follows at once: Bộ trưởng Nội vụ.
_KINDS = {"bộ trưởng": "Bộ", "thứ trưởng": "Bộ", "cục trưởng": "Cục", "vụ trưởng": "Vụ", "chi cục trưởng": "Chi cục", "viện trưởng": "Viện"}
_PARTY = re.compile(r" trung ương đảng(?: cộng sản việt nam)?(?!\w)")
_BLOC = re.compile(r"(?:khối|cụm)(?= (?:trưởng|phó)$|$)")
# Bodies named so briefly that the article must have named them in full.
_BARE = ("khối thi đua", "cụm thi đua", "khối", "cụm", "hội đồng", "ban chỉ đạo")
_BUREAU = ("ủy viên thường vụ", "uvbtv", "uvtv", "uv btv")


# What an organization may go on with: words up to a comma, a dash, a bracket or the end, without a person's name.
_REST = re.compile(r"(?: [^\W_]+(?:[/&-][^\W_]+)*){1,9}(?=[,;:.)(\n|]| - |$)")


class Office(NamedTuple):
    """An office at its place: [start, end) with the organization as written, the title ends at title_end; plural: of several people."""

    start: int
    title_end: int
    end: int
    title: str
    organization: str | None
    plural: bool


def _any(words: list[str]) -> str:
    """A pattern of any of the words, folded, the longest first."""
    return "|".join(sorted((re.escape(fold(word)) for word in words), key=lambda word: (-len(word), word)))


@cache
def _title() -> re.Pattern[str]:
    """One title: prefix, then one of whole (no organization), core, headed by its body's noun, then suffix."""
    given = lexicon("officials")["offices"]
    return re.compile(
        rf"""(?<!\w)(?:(?:{_any(given["prefixes"])})\ )?
        (?:(?P<whole>(?:phó\ )?(?:{_any(given["whole"])}))(?P<gap>(?:\ thường\ trực)?)(?P<of>\ chính\ phủ)?
          |(?:phó\ )?(?:chánh|tổng)\ (?P<chief>{_any(given["chiefs"])})
          |(?P<core>(?:phó\ )?(?:{_any(given["titles"])}))
          |(?:phó\ trưởng|trưởng|phó)\ (?P<noun>{_any(given["heads"])}))
        (?P<suffix>(?:\ (?:{_any(given["suffixes"])}))*)(?!\w)(?!\ quán)""",
        re.VERBOSE,
    )


class Offices:
    """All offices of one text, in order, none within another."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text, self.folded = doc.text, doc._.folded
        self.names = Names(doc.text, doc._.folded, doc)
        self.province, self.on = page_province(doc)
        self.all = list(self._find())
        self._starts = [office.start for office in self.all]

    def beginning(self, at: int, slack: int = 0) -> Office | None:
        """The office that begins at `at`, or up to `slack` code points after it."""
        index = bisect_right(self._starts, at - 1)
        return self.all[index] if index < len(self.all) and self._starts[index] <= at + slack else None

    def before(self, at: int) -> Office | None:
        """The last office that ends at or before `at`."""
        index = bisect_right(self._starts, at) - 1
        return next((self.all[i] for i in (index, index - 1) if i >= 0 and self.all[i].end <= at), None)

    def reaching(self, office: Office, end: int) -> Office | None:
        """The office with its organization as far as `end`, if nothing but words of a name stands there."""
        gap = self.folded[office.end : end]
        if (
            not 0 < len(gap) < 80
            or (office.organization and not self.names.capital(office.end + 1))
            or not re.fullmatch(r"(?: [^\W_]+(?:[/&-][^\W_]+)*){1,9}", gap)
            or _breaks().search(gap)
        ):
            return None
        start = office.end - len(office.organization) if office.organization else office.end + 1
        if not (office.organization or self.names.capital(start) or self.names.body(start)):
            return None
        return office._replace(end=end, organization=self._name(start, end))

    def replace(self, office: Office, wider: Office) -> None:
        """Put the wider reading in the place of an office."""
        self.all[self.all.index(office)] = wider

    def _find(self) -> Iterator[Office]:
        after = 0
        for match in _title().finditer(self.folded):
            if match.start() >= after:
                office = self._read(match)
                yield office
                after = office.end

    def _read(self, match: re.Match[str]) -> Office:
        """The title's organization: taken along with its noun, or what follows."""
        start, end = match.span()
        plural = _PLURAL.search(self.folded, max(0, start - 20), start) is not None
        if match["whole"]:
            if match["whole"].startswith(("đại biểu quốc hội", "đbqh")):
                end = self._constituency(end)
            if party := _PARTY.match(self.folded, end):
                end = party.end()
            title_end = match.end("gap") if match["of"] else match.end()
            return Office(start, title_end, end, self.text[start:title_end], None, plural)
        title = self.text[start:end]
        noun = match["noun"] or match["chief"]
        if noun:
            at = match.start("noun" if match["noun"] else "chief")
            doubled = self.folded.startswith(f" {noun} ", end)  # Trưởng ban Ban Dân tộc
            if not match["suffix"] and not doubled and (extent := self.names.body(at, lone=True)) and extent.end > end:
                stop = self._widen(at, extent)
                return Office(start, end, stop, title, self._name(at, stop), plural)
            if self.text[end : end + 1] == " " and (extent := self.names.body(end + 1)):
                return Office(start, end, extent.end, title, self._name(end + 1, extent.end), plural)
            if (
                not match["suffix"]
                and self.text[end : end + 1] == " "
                and (stop := self.names.proper(end + 1)) > end + 1
                and noun in _hamlets()
            ):
                return Office(start, end, stop, title, self.text[at:stop], plural)
            return Office(start, end, end, title, None, plural)
        core = match["core"]
        if bloc := _BLOC.search(core):
            following = self.names.body(end + 1) if self.text[end : end + 1] == " " else None
            if following is None:
                return Office(start, end, end, title, self._named(bloc[0]), plural)
        if core.endswith("tỉnh trưởng") and self.folded.startswith(" tỉnh ", end) and (stop := self.names.proper(end + 6)) > end + 6:
            return Office(start, end, stop, title, self.text[end + 1 : stop], plural)
        if self.text[end : end + 1] != " ":
            return Office(start, end, end, title, None, plural)
        if core in _BUREAU and (extent := self.names.body(end + 1)):
            bureau = "Ủy ban Thường vụ " if extent.kind == "state" else "Ban Thường vụ "
            member = match.start("core") + len("ủy viên") if core.startswith("ủy viên") else end
            written = self.text[start:member] if member < end else "Ủy viên"
            return Office(start, member, extent.end, written, bureau + self.text[end + 1 : extent.end], plural)
        kind = _KINDS.get(core.removeprefix("phó "))
        extent = self.names.body(end + 1)
        if extent is None and kind and self.names.capital(end + 1) and (field := Names(f"{kind} {self.text[end + 1 : end + 80]}").body(0)):
            stop = end + field.end - len(kind)
            return Office(start, end, stop, title, f"{kind} {self.text[end + 1 : stop]}", plural)
        if extent := extent or self.names.body(end + 1, lone=True):
            stop = self._widen(end + 1, extent)
            return Office(start, end, stop, title, self._name(end + 1, stop), plural)
        if (stop := self.names.seat(end)) > end:
            return Office(start, end, stop, title, self.text[end + 1 : stop], plural)
        rest = _REST.match(self.folded, end)
        if (
            rest
            and self.names.begins_head(end + 1)
            and not self.text[end + 1 : rest.end()].istitle()
            and self.names.capital(end + 1)
            and not _breaks().search(rest[0])
            and rest[0].split()[0] not in words("rare_surnames")
        ):
            return Office(start, end, rest.end(), title, self._name(end + 1, rest.end()), plural)
        return Office(start, end, end, title, None, plural)

    def _widen(self, start: int, extent: Extent) -> int:
        """End of an organization that goes on in words the grammar does not know, up to a comma or a dash and without a verb."""
        end = extent.end
        if (
            self.names.ends_in_province(start, end)
            or extent.kind not in ("department", "school", "enterprise", "board", "mass_organisation", "other")
            or self.text[end : end + 1] != " "
        ):
            return end
        match = _REST.match(self.folded, end)
        if match is None or _breaks().search(match[0]) or self.text[end + 1].isdigit():
            return end
        whole = fold(self.text[start:end])
        if whole.endswith((" việt nam", " trung ương")):
            return end
        return end if re.search(r"(?<!\w)(?:tỉnh|huyện|xã|phường|thành phố|tp|quận|thị xã)(?!\w)", whole) else match.end()

    def _constituency(self, at: int) -> int:
        """End of what follows "Đại biểu Quốc hội": its term and its province."""
        match = re.compile(r"(?: khóa [ivx]+)?(?: (?:đoàn )?(?:đơn vị )?(?:tỉnh|thành phố|tp\.?) )?").match(self.folded, at)
        end = match.end() if match else at
        return self.names.province(end) or (end if self.folded[end - 1 : end] != " " else at)

    def _named(self, noun: str) -> str | None:
        """The body that the article means by a bare "khối", "Hội đồng": the first one named that begins so and says more."""
        found: tuple[Body, ...] = self.doc._.found.get("bodies", ())
        bare = fold(noun) + " thi đua"
        return next((body.name for body in found if fold(body.name).startswith(fold(noun) + " ") and fold(body.name) != bare), None)

    def _name(self, start: int, end: int) -> str:
        name = self.text[start].upper() + self.text[start + 1 : end]
        return (self._named(name) or name) if fold(name) in _BARE else name

    def completed(self, offices: Sequence[Office]) -> list[Office]:
        """One person's offices, their bodies completed: with the province that another of them names, else with the page's."""
        named = {province for office in offices if office.organization and (province := province_in(office.organization))}
        province = next(iter(named)) if len(named) == 1 else self.province
        return [
            office._replace(organization=complete(office.organization, province, on=self.on)) if office.organization else office
            for office in offices
        ]


@cache
def _breaks() -> re.Pattern[str]:
    """Words that belong to no name of a body: verbs of people, function words, honorifics."""
    given = lexicon("officials")
    verbs = [verb for role in given["roles"].values() for verb in role["after"]]
    return pattern([*verbs, *given["offices"]["breaks"], *given["familiar"], *given["surnames"]])


@cache
def _hamlets() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon("bodies")["seat"]["hamlet"])
