"""How far the name of a place goes behind a unit of the land: "tỉnh Hà Nam", "huyện Kim Bảng", "thôn số 7"."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from extract import name_borders
from extract.body_heads import capitals_end, named_places, places_abroad, stops
from extract.fold import fold
from extract.language import UPPER, unbroken
from extract.name_borders import ranks
from extract.places import begins_person, provinces, seats, surely_person, words
from extract.syllables import is_syllable

# "Hà", "H'Rin", "Át-ta-pư", but not "Nam-phó giám đốc"
_CAPITALS = re.compile(
    rf"[A-ZĐ]{{1,4}}(?:[-&][A-ZĐ]{{1,4}})+(?![^\W_])|[^\W\d_]+(?:['’&][^\W\d_]+)?(?:-(?!phó|bí|chủ|giám|trưởng|nguyên|hiệu)(?![{UPPER}])[^\W\d_]+)*\d*|\d+"
)
_HYPHENED = re.compile(rf"[{UPPER}][^\W\d_]+(?:-[{UPPER}][^\W\d_]+)+(?!\w)")
_HIGHLAND = re.compile(r"[HK]['’]")  # how names of the highlands begin
_NO_COUNT = r"(?! (?:tập thể|cá nhân|đơn vị|trường hợp|hộ|gia đình|người|đêm|ngày|tháng|triệu|nghìn|tỉ|giờ|năm(?! \d)|lần|lượt)(?!\w))"  # "Bằng khen của UBND tỉnh | 40 đơn vị"
_DISTRICT = re.compile(rf" \d{{1,2}}(?![\w/])(?!\.\d){_NO_COUNT}")  # "Quận ủy 5"
_HAMLET_NUMBER = re.compile(r"số \d{1,3}(?![\w/])")
_UNIT_NUMBER = re.compile(rf"\d{{1,2}}(?![\w/])(?!\.\d){_NO_COUNT}")
# "số 7", "19/5", "3a", "IV"
NUMBER = re.compile(r" (?:số )?(?:\d{1,2}[-/.]\d{1,2}|\d{1,3}[a-e]?|[ivx]{1,5})(?![\w/])(?! (?:năm(?! \d)|tuổi)(?!\w))" + _NO_COUNT)


class PlaceNames:
    """Reads names of places at given offsets of one text."""

    def __init__(self, text: str, folded: str | None = None) -> None:
        self.text, self.folded = unbroken(text, fold(text) if folded is None else folded)
        self._lines = [match.start() for match in re.finditer(r"[^\n]+", text)]
        self._shouted: dict[int, bool] = {}  # by the number of the line

    @cached_property
    def told_places(self) -> frozenset[str]:
        """The names of three words that the text has for communes and districts."""
        return name_borders.told_places(self.text)

    def capital(self, at: int) -> bool:
        """Whether a capital stands there."""
        return self.text[at : at + 1].isupper()

    def ranked(self, at: int) -> bool:
        """Whether a rank, a degree or an honour stands there, as before a person's name."""
        return self.capital(at) and ranks().match(self.folded, at) is not None

    def stops(self, at: int) -> bool:
        """Whether a word stands there that no name goes on with."""
        return stops().match(self.folded, at) is not None

    def shouted(self, at: int) -> bool:
        """Whether the paragraph is written in capitals, so that they tell nothing."""
        index = bisect_right(self._lines, at) - 1
        if index not in self._shouted and index >= 0:
            line = self.text[slice(*self._lines[index : index + 2])] if index + 1 < len(self._lines) else self.text[self._lines[index] :]
            self._shouted[index] = sum(map(str.isupper, line)) * 3 > sum(map(str.isalpha, line)) * 2
        return index >= 0 and self._shouted[index]

    def seat(self, at: int, *, bare: bool = False, hamlet: bool = False) -> int:
        """End of the place that a body's name goes on with ("tỉnh Hà Nam", "huyện Kim Bảng", "Trung ương"), else `at`."""
        units, levels = seats()
        if central := re.compile(r" (?:trung ương|tw|t\.ư|t\.w)(?!\w)").match(self.folded, at):
            return central.end()
        if unit := units.match(self.folded, at):
            start = unit.end() + (self.text[unit.end() : unit.end() + 1] == " ")
            level = levels[unit["unit"]]
            if level == "hamlet" and (number := _HAMLET_NUMBER.match(self.folded, start)):
                return number.end()  # "Chi bộ thôn | số 7"
            if level == "hamlet" and not self.capital(start) and not self.text[start : start + 1].isdigit():
                return unit.end() if hamlet and not re.compile(r" (?:thân|đồ|sắc|tin|quyền)").match(self.folded, unit.end()) else at
            local = level in ("commune", "district") and not self.shouted(start)
            if local and (place := name_borders.place_of_three(self.text, at, start, self.told_places)) is not None:
                return place
            name = self.province(start) or (unit.end() + 3 if start == unit.end() and self.folded.startswith("hcm", start) else None)
            shouted = self.shouted(start) and (capitals_end().match(self.folded, start) or (level == "province" and name is None))
            if shouted or (name is None and self._person(start, level)) or ranks().match(self.folded, start):
                return unit.end()  # "UBND TỈNH TẶNG": capitals tell nothing here; "Công an tỉnh | Đại tá Lê Văn An"
            abroad = places_abroad().match(self.folded, start) if self.capital(start) else None
            if abroad:
                name = abroad.end()
            elif name is None or level in ("commune", "hamlet", "district"):
                number = _UNIT_NUMBER.match(self.folded, start) if start > unit.end() or unit["unit"].endswith(".") else None
                name = number.end() if number else self.proper(start)
            return max(unit.end(), name) if name > start else unit.end()
        if self.text[at : at + 1] == " ":
            name = self.province(at + 1)
            if name is not None:
                return name
            if bare and (number := _DISTRICT.match(self.folded, at)):
                return number.end()
            if (
                bare
                and not self.shouted(at + 1)
                and (place := name_borders.place_of_three(self.text, at, at + 1, self.told_places)) is not None
            ):
                return place  # "Huyện ủy | Tân Phú Thành"
            if bare and not self._person(at + 1, "district") and (end := self.proper(at + 1)) > at + 1:
                return end
        return at

    def province(self, at: int) -> int | None:
        """End of a province's name that begins at `at` with a capital."""
        match = provinces()[0].match(self.folded, at) if self.capital(at) else None
        longer = named_places().match(self.folded, at) if match else None
        return None if match is None or (longer and longer.end() > match.end()) else match.end()

    def ends_in_province(self, start: int, end: int) -> bool:
        """Whether the last words of a name are a province's."""
        return any(match.end() == end for match in provinces()[0].finditer(self.folded, start, end))

    def _person(self, at: int, level: str) -> bool:
        """Whether a person's name begins there, behind a unit of the land of that level."""
        return self.capital(at) and not self.shouted(at) and name_borders.behind_unit(self.text, self.folded, at, level)

    def _ends_name(self, run: list[re.Match[str]], at: int) -> bool:
        """Whether the word there, that else begins something new, is the second and last of a place's name: "Tri Lễ,", or the last of a person's."""
        word = _CAPITALS.match(self.text, at)
        if word is not None and len(run) > 1 and fold(run[0][0]) in words("surnames") and not self.capital(word.end() + 1):
            return True  # "Thành ủy Lê Thị Lan Anh nói": a person's
        return len(run) < 3 and word is not None and self.text[word.end() : word.end() + 1] in (",", ";", ".", ")", "\n", "")

    @staticmethod
    def _surnamed(folded: list[str], at: int) -> bool:
        """Whether a surname stands there with the rest of a person's name: a common one, with a middle name, or with two words more."""
        sure = folded[at] in words("common_surnames") or surely_person(folded[at:], rare=True) or len(folded) == at + 3
        return begins_person(folded[at:]) and sure

    def _foreign(self, at: int) -> re.Match[str] | None:
        """A name of two words in one, one of them in no Vietnamese spelling: "Seo-Ahn", "Hi-Tech"."""
        word = _HYPHENED.match(self.text, at)
        return word if word and not all(is_syllable(fold(part)) for part in word[0].split("-")) else None

    def proper(self, at: int, *, places: bool = True, people: bool = True) -> int:
        """End of a proper name at `at`: a run of capitalised words, cut where a person's name begins; `at` if there is none.

        `places`: at most as long as a place's; `people`: what is named so may be named for a person (a school).
        """
        run: list[re.Match[str]] = []
        here = at
        while (
            len(run) < 8
            and (word := self._foreign(here) or _CAPITALS.match(self.text, here))
            and (word[0][0].isupper() or (run and word[0].isdigit() and NUMBER.match(self.folded, here - 1)))
        ):
            run.append(word)
            here = word.end()
            if self.text[here : here + 1] != " " or self.ranked(here + 1) or (self.stops(here + 1) and not self._ends_name(run, here + 1)):
                break
            here += 1
        folded = [fold(word[0]) for word in run]
        if not run or ranks().match(self.folded, at):
            return at
        if self.shouted(at):
            return run[min(len(run), 2) - 1].end()
        whole = named_places().match(self.folded, at)
        if whole:
            return whole.end()
        if (
            places
            and len(run) >= 2
            and (_HIGHLAND.match(run[0][0]) or (run[0][0] in ("Y", "A") and len(run) >= 3) or folded[0] in words("highland_surnames"))
        ):
            return at  # "UBND tỉnh Y Ngân Hà", "UBND xã Ksor H'Nga"
        if highland := name_borders.highland(folded):
            return run[highland - 1].end()  # "Trường THPT Lê Lợi | Rah Lan Chung"
        if places and len(run) >= 4 and folded[0] not in words("common_surnames") and self._surnamed(folded, 2):
            return run[1].end()  # "UBND xã Thi Sơn | Lê Văn An"
        if places and len(run) >= 5 and self._surnamed(folded, 2) and folded[3] in words("middles"):
            return run[1].end()  # "UBND huyện Lý Nhân | Lê Văn An"
        if places and len(run) >= 3 and begins_person(folded) and (folded[0] in words("surnames") or folded[1] in words("middles")):
            return at  # "UBND xã Nguyễn Văn An": a person, not a place
        if (
            not people
            and 3 <= len(run) <= 4
            and begins_person(folded)
            and folded[1] in words("middles")
            and (folded[0] in words("surnames") or folded[1] in ("thị", "văn"))
        ):
            return at  # "Công ty Nguyễn Văn An": its director
        if 3 < len(run) < 6 and {folded[0], folded[1]} <= words("common_surnames") and folded[2] in words("middles"):
            return at  # "Trường ĐH Kinh tế | Phạm Nguyễn Minh Ngọc"
        for cut in (2, 3, 4, 1):
            sure = places or surely_person(folded[cut:], rare=not people)
            if sure and cut < len(run) - (2 if cut == 1 or not places else 1) and begins_person(folded[cut:]):
                return run[cut - 1].end()
        return run[min(len(run), 4 if places else 6) - 1].end()
