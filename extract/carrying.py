"""Which award a number counts that another sentence names: under its heading, as a part of those who got it, as "danh hiệu này"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.award_words import Name
from extract.binding import Bound
from extract.binding_around import DECADE, DECADE_HAS, DECADES, of_the_party
from extract.binding_gaps import honoured, tells_else
from extract.language import Interval
from extract.quantities import read
from extract.words import any_of, lexicon
from schemas.vocabulary import Unit

_WORDS = lexicon("binding")["carrying"]
_HEADING = 120  # code points of a heading at most
_LATEST = 50  # names that "này" is looked for among
_REACH = 3  # sentences over which a part is told
_NUMBERED = re.compile(r"[-–+•*· ]*(?:(?:[ivx]{1,4}|\d{1,2}|[a-h])[.)] *)?")
_PART = re.compile(rf"[-–+•*· ]*(?:{any_of(_WORDS['parts'])})(?!\w)")
_OF_THEM = re.compile(r"(?<!\w)(?:trong|trong danh sách|trong số|trong tổng số|một trong|nằm trong số) *$")
_SAME = re.compile(rf" *(?:{any_of(_WORDS['same'])})(?!\w)")
_ARE_THESE = re.compile(r" (?:gồm(?!\w)|bao gồm(?!\w)|là(?::| (?:các|ông|bà|anh|chị|em|đồng chí)(?!\w)))")  # "3 tập thể này gồm: …"
_LINE = re.compile(r"[-–+•*· ]*(?:[a-h0-9]{1,2}[.)] *)?(?:[^\W\d_]+[ ,:(]*){1,8}\d[^.;]{0,60}[.;]?")
# "danh hiệu này", "giải thưởng nói trên": the award of that kind that was named last
_AGAIN = re.compile(rf"(?<!\w)(?P<kind>{any_of(_WORDS['kinds'])})(?: cao quý)? (?:{any_of(_WORDS['these'])})(?!\w)")
# "nhận giải thưởng 2 năm", "được trao danh hiệu.": the one of that kind that the article has named
_ALONE = re.compile(
    rf"(?<!\w)(?:{any_of(_WORDS['got'])}) (?P<kind>{any_of(_WORDS['named_kinds'])})(?= \d|[,.;)]| (?:{any_of(_WORDS['after_kind'])})(?!\w)|$)"
)
# "Giải thưởng được trao cho 10 tài năng trẻ", "giải thưởng cao quý này …": the one that was named before
_SUBJECT = re.compile(
    r"(?:[-–+•*] *)?(?:(?:năm nay|năm \d{4}|đến nay|đợt này|từ \d{4} đến nay|hằng năm|hàng năm|mỗi năm),? )?(?P<kind>giải thưởng)(?P<said> [^;:\d\"]{0,70}?)?,? (?:đã |sẽ |được |mới ){0,2}(?:trao|tôn vinh|vinh danh|thuộc về|dành)(?!\w)"
)
_MOTHERS = re.compile(r"\d (?:bà )?mẹ(?!\w)(?! (?:con|và|góa|kế|đơn thân|trẻ))")
_VISITED = re.compile(r"(?<!\w)(?:thăm|chúc tết|tặng quà|động viên)(?: [^\W\d_]+){0,3} $")  # "Đoàn đã thăm 3 mẹ"
_ANY_KIND = frozenset(_WORDS["any_kind"])
_TITLES = frozenset(_WORDS["titles"])
_TO_ALL = re.compile(r"(?<!\w)(?:cho|đối với) (?:các |những )(?:tập thể|cá nhân|đơn vị|tổ chức)(?!\w)")
_TO_MANY = re.compile(r"(?<!\w)(?:\d+|hai|ba|bốn) (?:tập thể|cá nhân)(?!\w)")
_LISTED = re.compile(
    r"[-–+•*·● ]*(?:(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)] *)?(?:về |khen )?(?:tập thể|cá nhân|hộ gia đình|đơn vị)(?: [^\W\d_]+){0,3} ?(?:\(|:)"
)
_ITEM = re.compile(r"[-–+•*·●▪]|(?:\d{1,3}|[a-h])[.)]")
_KIND_BEFORE = 12  # code points before a name in which its kind may stand: "danh hiệu "Gia đình văn hóa""
_FEW = 5  # so few are told of beside what they get: "2 em này mang ví đến công an"
_GETTERS = frozenset(
    {Unit.COLLECTIVE, Unit.INDIVIDUAL, Unit.HOUSEHOLD, Unit.WORKER, Unit.PERSON, Unit.ENTERPRISE, Unit.OFFICIAL, Unit.UNIT}
)
_PEOPLE = frozenset({Unit.INDIVIDUAL, Unit.WORKER, Unit.PERSON, Unit.OFFICIAL})


# "5 đồng chí | được truy tặng.": what was told just before
_GOT_IT = re.compile(
    r" (?:(?:đã|vừa|vinh dự|cũng) )?được (?:(?:nhận|chủ tịch nước|nhà nước|xét) )?(?:tặng|truy tặng|phong tặng|trao|trao tặng|truy phong|công nhận|nhận)"
    r"(?: (?:trước thời hạn|đợt này|lần này|dịp này|kì này|trong đợt này))?(?= ?(?:[,;.:]|$)| và \d| gồm(?!\w))"
)
_AWARDED = re.compile(
    r"(?<!\w)(?:được (?:nhận|trao|tặng|trao tặng)|đợt này|dịp này|trong đó|trong số (?:đó|này)|gồm|trao cho|tặng cho)(?!\w)"
)
# "Đồng thời truy tặng cho gia đình | 2 đảng viên"
_GIVEN_TOO = re.compile(
    r"(?:(?:đồng thời|ngoài ra|trong đó|cùng với đó|bên cạnh đó|dịp này),? )?(?:(?:cũng|đã|còn|có|và) ){0,2}(?:truy tặng|trao truy tặng)(?: thưởng)?"
    r"(?: cho)?(?: các)?(?: (?:gia đình|thân nhân)(?: của)?)? "
)
_HAS_MOTHERS = re.compile(r"(?<!\w)(?:có|còn|là) (?:\d{1,4}|[^\W\d_]+) (?:bà )?mẹ$")  # "Huyện Phú Mẫu có 5 mẹ"


def _alike(one: tuple[Unit, ...], other: tuple[Unit, ...]) -> bool:
    """Whether units are the same, or people both."""
    return one == other or (set(one) <= _PEOPLE and set(other) <= _PEOPLE)


class Told(NamedTuple):
    """A number that counts those who get an award, with the award's name and the number of its sentence."""

    value: int
    units: tuple[Unit, ...]
    name: Name
    sentence: int
    noun: str  # what they are called


class Carrier:
    """Remembers, from sentence to sentence, the award that a heading names and the numbers of those who got one."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.heading: Name | None = None
        self.opened: tuple[Told, ...] = ()  # of a sentence that a list follows: "tặng Bằng khen cho 40 tập thể, gồm:"
        self.listing: Name | None = (
            None  # the award of a list whose lines count: "tặng Giấy khen cho các tập thể, cá nhân: - Tập thể (03): …"
        )
        self.told: list[Told] = []
        self.named: list[Name] = []  # so far, without those that only say "khen thưởng"
        self.latest: tuple[int, Sequence[Name]] = (0, ())  # the last sentence that named any, and these
        self.meant: dict[tuple[int, int], Name] = {}  # where "danh hiệu này" stands -> the award that it means

    def see(self, index: int, sentence: Interval, names: Sequence[Name], bound: Sequence[Bound]) -> None:
        """Take note of what a sentence names and counts."""
        known = len(self.told)
        if names:
            self.heading = names[-1] if self._is_heading(sentence, names) else None
            self.listing = names[-1] if len({name.type for name in names}) == 1 and self._announces(sentence, names[-1]) else None
            self.latest = (index, [name for name in names if not name.bare])
        elif sentence.end - sentence.start > _HEADING:
            self.heading = None
        for bond in bound:
            figure = read(self.folded[bond.quantity.start : bond.end])
            if bond.award is not None and bond.award < len(names) and not bond.several and figure and set(bond.units) <= _GETTERS:
                self.told.append(Told(figure[0], bond.units, names[bond.award], index, self._noun(bond)))
        if self.folded[sentence.end - 1] == ":":
            self.opened = tuple(self.told[known:]) or (self.opened or self._last(index - 1) if not names else ())
        elif names or not _ITEM.match(self.folded, sentence.start, sentence.end):
            self.opened = ()

    def _noun(self, bound: Bound) -> str:
        """What those are called who are counted."""
        return self.folded[bound.quantity.number_end : bound.quantity.end].strip()

    def _announces(self, sentence: Interval, name: Name) -> bool:
        """Whether a list of those who get the award may follow: "tặng Giấy khen cho các tập thể, cá nhân …"."""
        return bool(_TO_ALL.search(self.folded, name.end, sentence.end)) and not _TO_MANY.search(self.folded, name.end, sentence.end)

    def _last(self, index: int) -> tuple[Told, ...]:
        """What the sentence of that number told."""
        return tuple(told for told in self.told[-_LATEST:] if told.sentence == index)

    def again(self, sentence: Interval, names: Sequence[Name]) -> tuple[Name, ...]:
        """The awards of a sentence with those that it calls "danh hiệu này", in order."""
        found = list(names)
        for match in _AGAIN.finditer(self.folded, sentence.start, sentence.end):
            if any(name.start < match.end() and match.start() < name.end for name in names):
                continue
            before = [*self.named[-_LATEST:], *(name for name in names if name.end <= match.start() and not name.bare)]
            meant = next((name for name in reversed(before) if self._is_of_kind(name, match["kind"])), None)
            if _MOTHERS.search(self.folded, sentence.start, match.start()):
                meant = self.of_mothers() or meant
            if meant is not None:
                found.append(replace(meant, start=match.start(), end=match.end(), elliptic=False))
                self.meant[match.span()] = meant
        for match in _ALONE.finditer(self.folded, sentence.start, sentence.end) if self.named and not found else ():
            like = [name for name in self.named[-_LATEST:] if self._is_of_kind(name, match["kind"])]
            if like and len({name.type for name in like}) == 1:
                found.append(replace(like[-1], start=match.start("kind"), end=match.end("kind"), elliptic=False))
                self.meant[match.span("kind")] = like[-1]
        found += self._subject(sentence, found)
        self.named += [name for name in names if not name.bare]
        return tuple(sorted(found, key=lambda name: name.start)) if len(found) > len(names) else tuple(names)

    def of_mothers(self) -> Name | None:
        """The title of mothers that the article named last."""
        return next((name for name in reversed(self.named[-_LATEST:]) if name.type == "heroic_mother"), None)

    def counted_mothers(self, bound: Bound) -> Name | None:
        """The title of the mothers that a number counts: "hiện 287 mẹ còn sống"."""
        start = bound.quantity.start
        mothers = None if _VISITED.search(self.folded, max(0, start - 40), start) else _MOTHERS.search(self.folded, start, bound.end)
        return self.of_mothers() if bound.award is None and mothers and mothers.end() == bound.end else None

    def _subject(self, sentence: Interval, found: Sequence[Name]) -> list[Name]:
        """The prize that the sentence begins with and does not name, where the article has named one alone."""
        match = None if found else _SUBJECT.match(self.folded, sentence.start, sentence.end)
        like = {name.type: name for name in self.named[-_LATEST:] if self._is_of_kind(name, "giải thưởng")} if match else {}
        if match is None or len(like) != 1:
            return []
        (name,) = like.values()
        self.meant[match.span("kind")] = name
        return [replace(name, start=match.start("kind"), end=match.end("kind"), elliptic=False)]

    def meaning(self, names: Sequence[Name]) -> tuple[Name, ...]:
        """The names with what "danh hiệu này" means in its stead."""
        return tuple(self.meant.get((name.start, name.end), name) for name in names)

    def _is_of_kind(self, name: Name, kind: str) -> bool:
        titled = kind == "danh hiệu" and name.type in _TITLES and not self.folded.startswith(("giải", "huân", "huy"), name.start)
        return kind in _ANY_KIND or titled or self.folded.find(kind, max(0, name.start - _KIND_BEFORE), name.end) >= 0

    def _is_heading(self, sentence: Interval, names: Sequence[Name]) -> bool:
        """Whether the line is no more than an award with its number: "II. Bằng khen (12 tập thể)"."""
        if sentence.end - sentence.start > _HEADING or len({name.type for name in names}) > 1:
            return False
        if self.folded[sentence.end - 1] == "." and not self.folded.startswith("\n", sentence.end):
            return False  # "Trao Giấy khen cho 9 nông dân. Sở tặng quà …": the sentence before, and no heading
        start = _NUMBERED.match(self.folded, sentence.start, sentence.end)
        return start is not None and names[0].start - start.end() < len("trong đó, ")

    def award(self, index: int, sentence: Interval, bound: Bound) -> Name | None:
        """The award that a number of a sentence counts which names none; None when nothing says so."""
        if bound.award is not None or bound.rule == "aside" or not set(bound.units) <= _GETTERS:
            return None
        if self.heading is not None and _LINE.fullmatch(self.folded, sentence.start, sentence.end):
            return None if tells_else(self.folded[sentence.start : bound.quantity.start]) else self.heading
        if self.listing is not None and bound.rule == "noun_before" and _LISTED.match(self.folded, sentence.start, sentence.end):
            return self.listing
        if honoured(self.folded, bound.end, sentence.end) and (honour := self._honour(index)):
            return honour  # "Đợt này có 203 mẹ được phong tặng, truy tặng."
        figure = read(self.folded[bound.quantity.start : bound.end])
        if figure is None:
            return None
        start = max(sentence.start, bound.quantity.start - DECADE)
        decade = DECADES.match(self.folded, bound.end, sentence.end) or DECADE_HAS.search(self.folded, start, bound.quantity.start)
        of_party = decade is not None and of_the_party(decade, self.folded, bound.end, sentence.end)
        badges = [told for told in self.told[-_LATEST:] if told.name.type == "insignia" and index - told.sentence <= _REACH]
        if of_party and badges:
            return badges[-1].name  # "5 đảng viên 55 tuổi Đảng"
        told, named = self.latest
        if named and {name.type for name in named} == {"insignia"} and index - told <= _REACH and set(bound.units) <= _PEOPLE:
            got = _GOT_IT.match(self.folded, bound.end, sentence.end)
            if got or (of_party and _AWARDED.search(self.folded, sentence.start, bound.quantity.start)):
                return named[-1]  # "Đợt này có 64 đảng viên được nhận, gồm: 1 đồng chí 70 năm, …"
        if self.opened and _ITEM.match(self.folded, sentence.start, sentence.end):
            parts = [told for told in self.opened if told.units == bound.units and told.value >= figure[0]]
            return parts[0].name if parts and len({told.name.type for told in parts}) == 1 else None
        again = [told for told in self.told if (told.value, told.units) == (figure[0], bound.units)]
        before = _OF_THEM.search(self.folded, max(sentence.start, bound.quantity.start - 20), bound.quantity.start)
        if before and not again and figure[0] > _FEW and set(bound.units) <= _PEOPLE:  # "11 cá nhân", and later "trong 11 người"
            again = [told for told in self.told if told.value == figure[0] and set(told.units) <= _PEOPLE]
        same = _SAME.match(self.folded, bound.end, sentence.end)
        if again and bound.quantity.start == sentence.start and _ARE_THESE.match(self.folded, bound.end, sentence.end):
            return again[-1].name  # "05 tập thể gồm: …", a line of its own
        if again and (before or (same and (figure[0] > _FEW or _ARE_THESE.match(self.folded, same.end(), sentence.end)))):
            return again[-1].name
        near = [
            told
            for told in self.told[-_LATEST:]
            if index - told.sentence == 1 and told.value >= figure[0] and _alike(told.units, bound.units)
        ]
        if near and len({told.name.type for told in near}) == 1 and _GOT_IT.match(self.folded, bound.end, sentence.end):
            return near[-1].name
        just = [told for told in self.told[-_LATEST:] if index - told.sentence == 1 and _alike(told.units, bound.units)]
        if just and len({told.name.type for told in just}) == 1 and _GIVEN_TOO.fullmatch(self.folded, sentence.start, bound.quantity.start):
            return just[-1].name
        if near and near[-1].name.type == "heroic_mother" and _HAS_MOTHERS.search(self.folded, sentence.start, bound.end):
            return near[-1].name
        if not _PART.match(self.folded, sentence.start, sentence.end):
            return None
        whole = [told for told in self.told if index - told.sentence <= _REACH and told.value >= figure[0] and told.units == bound.units]
        if bound.units[0] not in (Unit.COLLECTIVE, Unit.INDIVIDUAL):
            whole = [told for told in whole if told.noun == self._noun(bound)]  # "Trong đó: huyện A có 4 mẹ"
        return whole[-1].name if whole and len({told.name.type for told in whole}) == 1 else None

    def _honour(self, index: int) -> Name | None:
        """The one title, else the one award, that a sentence shortly before named."""
        told, named = self.latest
        fitting = [name for name in named if name.type in _TITLES] or list(named)
        return fitting[-1] if index - told <= _REACH and len({name.type for name in fitting}) == 1 else None
