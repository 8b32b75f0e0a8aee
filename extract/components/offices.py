"""Offices as the text writes them: "nguyên Phó Trưởng Ban Dân vận Tỉnh ủy" -> title and organization."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from extract.components.bodies import Body, Names, complete, lexicon, page_province
from extract.fold import fold

# Between two offices of one person: "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh", "Giám đốc Sở kiêm Trưởng Ban".
BETWEEN = re.compile(r"(?: ?[,;] ?| ?- ?| )?(?:và |đồng thời là |đồng thời )?(?:kiêm (?:nhiệm )?)?(?:chức (?:vụ )?)?")
_PLURAL = re.compile(r"(?<!\w)(?:các|những|hai|ba|bốn|năm) (?:đồng chí |ông |bà )?$")
# Offices that tell the kind of their body when its field follows at once: Bộ trưởng Nội vụ.
_KINDS = {"bộ trưởng": "Bộ", "thứ trưởng": "Bộ", "cục trưởng": "Cục", "vụ trưởng": "Vụ", "chi cục trưởng": "Chi cục", "viện trưởng": "Viện"}
_BUREAU = ("ủy viên thường vụ", "uvbtv", "uvtv", "uv btv")


class Office(NamedTuple):
    """An office at its place: [start, end) with the organization, the title ends at title_end; plural: of several people."""

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
          |(?:phó\ )?chánh\ (?P<chief>{_any(given["chiefs"])})
          |(?:phó\ trưởng|trưởng|phó)\ (?P<noun>{_any(given["heads"])})
          |(?P<core>(?:phó\ )?(?:{_any(given["titles"])})))
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
        self.all = tuple(self._find())
        self._starts = [office.start for office in self.all]

    def beginning(self, at: int, slack: int = 0) -> Office | None:
        """The office that begins at `at`, or up to `slack` code points after it."""
        index = bisect_right(self._starts, at - 1)
        return self.all[index] if index < len(self.all) and self._starts[index] <= at + slack else None

    def before(self, at: int) -> Office | None:
        """The last office that ends at or before `at`."""
        index = bisect_right(self._starts, at) - 1
        return next((self.all[i] for i in (index, index - 1) if i >= 0 and self.all[i].end <= at), None)

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
            if self.folded.startswith(" trung ương đảng", end):
                end += len(" trung ương đảng")
            title_end = match.end("gap") if match["of"] else match.end() if not match["whole"].startswith("đại biểu") else match.end()
            return Office(start, title_end, end, self.text[start:title_end], None, plural)
        title = self.text[start:end]
        noun = match["noun"] or match["chief"]
        if noun:
            at = match.start("noun" if match["noun"] else "chief")
            doubled = self.folded.startswith(f" {noun} ", end)  # Trưởng ban Ban Dân tộc
            if not match["suffix"] and not doubled and (extent := self.names.body(at, lone=True)) and extent.end > end:
                return Office(start, end, extent.end, title, self._name(at, extent.end), plural)
            if self.text[end : end + 1] == " " and (extent := self.names.body(end + 1)):
                return Office(start, end, extent.end, title, self._name(end + 1, extent.end), plural)
            if not match["suffix"] and self.text[end : end + 1] == " " and (stop := self.names.proper(end + 1)) > end + 1 and noun in _hamlets():
                return Office(start, end, stop, title, self.text[at:stop], plural)
            return Office(start, end, end, title, None, plural)
        core = match["core"]
        if core.startswith("lãnh đạo phụ trách"):
            return Office(start, end, end, title, self._bloc(core.rsplit(" ", 1)[1]), plural)
        if self.text[end : end + 1] != " ":
            return Office(start, end, end, title, None, plural)
        if core in _BUREAU and (extent := self.names.body(end + 1)):
            return Office(start, end, extent.end, "Ủy viên", self._complete("Ban Thường vụ " + self.text[end + 1 : extent.end]), plural)
        if extent := self.names.body(end + 1, lone=True):
            return Office(start, end, extent.end, title, self._name(end + 1, extent.end), plural)
        kind = _KINDS.get(core.removeprefix("phó "))
        if kind and self.names.capital(end + 1) and (extent := Names(f"{kind} {self.text[end + 1 : end + 80]}").body(0)):
            stop = end + extent.end - len(kind)
            return Office(start, end, stop, title, self._complete(f"{kind} {self.text[end + 1 : stop]}"), plural)
        return Office(start, end, end, title, None, plural)

    def _constituency(self, at: int) -> int:
        """End of what follows "Đại biểu Quốc hội": its term and its province."""
        match = re.compile(r"(?: khóa [ivx]+)?(?: (?:đoàn )?(?:đơn vị )?(?:tỉnh|thành phố|tp\.?) )?").match(self.folded, at)
        end = match.end() if match else at
        return self.names.province(end) or (end if self.folded[end - 1 : end] != " " else at)

    def _bloc(self, noun: str) -> str | None:
        """The khối or cụm that the article is about: the first one that it names."""
        found: tuple[Body, ...] = self.doc._.found.get("bodies", ())
        return next((body.name for body in found if body.kind == "bloc" and fold(body.name).startswith(noun)), None)

    def _name(self, start: int, end: int) -> str:
        name = self.text[start:end]
        return self._complete(name[0].upper() + name[1:])

    def _complete(self, name: str) -> str:
        return complete(name, self.province, on=self.on)


@cache
def _hamlets() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon("bodies")["seat"]["hamlet"])
