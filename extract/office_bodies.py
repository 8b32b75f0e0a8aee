"""Which body an office belongs to: as far as its name goes, with the body above it, or the one that a bare noun means."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from extract.body_heads import fields
from extract.body_names import CODE, Extent, Names
from extract.body_tails import POWERS, branched, doubled, placed, stranger
from extract.fold import fold
from extract.language import UPPER
from extract.name_borders import guests
from extract.office_titles import titles
from extract.office_words import breaks, countries, goes_on, ministry_parts, no_people, pairs, says, seats_abroad, small_units, units
from extract.places import begins_person, seats, words
from extract.words import lexicon

MOST_ABOVE = 3  # units of an army above the one that is parted from the first by a comma
LONGEST_SEAT = 80  # code points of a place in brackets
MOST_TOLD = 40  # code points that a name goes on with up to a verb of speech
MOST_WORDS = 18  # of a name whose words the grammar does not know
# What an organization may go on with: words up to a comma, a dash, a bracket or the end.
_REST = re.compile(r"(?: [^\W_]+(?:[/&-][^\W_]+)*){1,12}(?= ?[,;:.)(\n|\"]| ?- |$)")
STEP = re.compile(r" (?:& )?([^\W_]+(?:[/&'-][^\W_]+)*)")
_CAPITALS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_RIGHTS = (" quyền", " quyền lợi", " tiến bộ")  # a cause whose owner the name tells: "Hội Bảo vệ quyền | của người tiêu dùng"
_GIVES = ("trao", "tặng")  # verbs whatever follows: "Trung ương Đoàn | trao huy hiệu", but "trao đổi"
_QUOTED = re.compile(r' "[^"\n]{1,60}"')
_SHORT = re.compile(r"[A-ZĐ]{2}(?:[&-]?[A-ZĐ]+)+$")
_ACRONYM = re.compile(r"[A-ZĐ][A-ZĐ\d&-]{2,9}")
_LEGAL = (" tnhh", " mtv", " cp", " tmcp")  # legal forms, after which a firm's name begins
_OPEN = ("department", "school", "enterprise", "board", "mass_organisation", "other", "armed_forces")
_ACRONYM = re.compile(r"[A-ZĐ]{2,8}(?![\w-])(?! [A-ZĐ])")
_PARENTS = ("department", "school", "enterprise", "armed_forces", "court", "ministry", "board", "party", "committee")
_NATIONAL = tuple(map(fold, ("Đại học Quốc gia", "ĐH Quốc gia", "ĐHQG")))
_COMMANDS = ("quân khu", "quân chủng", "quân đoàn", "binh chủng", "bộ tư lệnh", "tổng cục")
_LOOSE_ENDS = re.compile(r"(?: (?:và|của|về|cho|với|tại|trên|trong|các|cùng))+$")
_CENTRAL = ("ban ", "ủy ban ", "văn phòng ")  # "Vụ 1A, Ủy ban Kiểm tra Trung ương"
_OWNED = re.compile(r" (?:của|thuộc|trực thuộc) ")
_ABOVE = re.compile(r", (?:thuộc |trực thuộc )?")
_BESIDE = re.compile(r" ?- ?")  # "Phòng Tham mưu - Công an tỉnh A"
_PLACED = re.compile(r"(?<!\w)(?:tỉnh|huyện|xã|phường|thành phố|tp|quận|thị xã|thị trấn)(?!\w)")
# Boards that are named by what they are for, the words of it, and what ends it.
_BOARD = re.compile(r"(?:tiểu )?ban (?:chỉ đạo|chỉ huy)|(?:hội đồng|ủy ban) (?:quốc gia|tư vấn|phối hợp)|tổ công tác")
_PURPOSE = re.compile(r"(?P<comma>,| -)? (?P<word>[^\W_]+(?:[/&-][^\W_]+)*)")
_PURPOSES = ("với", "các", "về", "của", "cho", "ở", "người", "trong", "những")
_ATTRIBUTE = re.compile(r" (?:đặc biệt|liên ngành|liên bộ|hỗn hợp|đặc trách|lâm thời|phản ứng nhanh)(?!\w)")  # "Tổ công tác | đặc biệt"
_PERIOD = re.compile(r"(?:giai đoạn|nhiệm kì) ")
# What a body has in another place: "Văn phòng đại diện Báo A | tại TP Hồ Chí Minh".
_REGION = re.compile(
    r" (?:tại )?(?:khu vực|các (?:tỉnh|địa phương)(?:, thành(?: phố)?)?) (?:(?:tây|đông|việt) bắc|tây nguyên|miền trung(?: ?- ?tây nguyên| và tây nguyên)?|miền (?:nam|bắc|tây)|(?:miền núi )?phía (?:nam|bắc)"
    r"|nam bộ|bắc bộ|(?:bắc|nam) trung bộ|(?:đông|tây) nam bộ|đồng bằng sông cửu long|đbscl|châu á ?- ?thái bình dương|đông nam á|châu á|châu phi)(?!\w)"
)
_BRANCH = re.compile(r"(?<!\w)(?:(?:cơ quan|văn phòng|ban) (?:đại diện|thường trú)|phân hiệu|phân viện|cơ sở) [^,;:.\n]{2,80}$")
MOST_BRANCH = 110
_RUN = re.compile(rf"[^\W\d_]+ [{UPPER}]")  # two words of a name
_NUMBERED_SEAT = re.compile(r" khu vực (?:số )?\d{1,2}(?![\w/])")
_FACULTY = re.compile(r"(?:khoa|bộ môn) ")
_CLOSED = re.compile(r"[;.\n]|$|…")
_FIGHTS = re.compile(r"(?:phòng,? )?chống |(?<!\w)về ")
_RANKS = {"hamlet": 0, "commune": 1, "district": 2, "city": 3, "province": 3}


class OfficeBodies:
    """Reads the bodies of offices in one text."""

    def __init__(self, doc: Doc, names: Names) -> None:
        self.doc = doc
        self.names = names
        self.text, self.folded = names.text, names.folded

    def end(self, at: int) -> int | None:
        """End of the body whose name begins at `at`, with the one above it; None where none begins."""
        extent = self.names.body(at, lone=True)
        unit = units().match(self.folded, at)
        if unit and (extent is None or extent.end <= unit.end()):
            extent = Extent(max(self.stretch(unit.end()), self._fielded(unit.end())), "unit")
        if unit and unit[0].endswith(" trường") and (school := self.names.body(unit.end() - len("trường"))) and school.kind == "school":
            extent = Extent(school.end, "unit")  # "Đoàn trường | THPT Nguyễn Văn An"
        if extent is None:
            return None
        if (land := self._of_a_state(at, extent)) > extent.end:
            return self.above(at, self.owned(land))
        stop = self.abroad(self.paired(at, self.widen(at, extent)))
        stop = placed(self.names, at, stop, extent.kind)
        stop = branched(self.names, doubled(self.names, at, stop, extent.kind), extent)
        if unit and stop == unit.end() and (quoted := _QUOTED.match(self.folded, stop)):
            stop = self.stretch(quoted.end())  # nhóm "Áo xanh" tình nguyện
        attribute = _ATTRIBUTE.match(self.folded, stop) if extent.kind == "board" else None
        stop = self._purpose(at, self.owned(attribute.end() if attribute else stop))
        return self._past_code(at, stop) or self.above(at, stop)

    def _fielded(self, at: int) -> int:
        """End of a unit's field of work, with its place or number: "Đội | Cảnh sát phòng cháy, chữa cháy khu vực 3"; `at` if none."""
        field = self.names.field(at)
        number = _NUMBERED_SEAT.match(self.folded, field)
        return at if field == at else number.end() if number else self.names.seat(field)

    def _purpose(self, start: int, end: int) -> int:
        """End of what a board is for, when it goes as far as the item of a list or the sentence: "Ban Chỉ đạo quốc gia chống buôn lậu, gian lận
        thương mại và hàng giả;"; `end` where anything else follows."""
        if _BOARD.match(self.folded, start) is None:
            return end
        here, commas = end, 0
        for _ in range(MOST_WORDS):
            step = _PURPOSE.match(self.folded, here)
            place = self.names.seat(here)
            if step is None or any(map(str.isupper, self.text[here:place])):
                here = place
                break
            begin = step.start("word")
            if self.folded.endswith(" và", start, here) and guests().match(self.folded, begin):
                return here - len(" và")
            if step["comma"]:
                if self.names.capital(begin) or titles().match(self.folded, begin) or breaks().match(self.folded, begin):
                    break
                commas += not self.folded.endswith("phòng", 0, here)
            elif (
                (self._breaks(begin) and step["word"] not in _PURPOSES)
                or _PERIOD.match(self.folded, begin)
                or (self.names.capital(begin) and (_RUN.match(self.text, begin) or self.names.stops(begin)))
            ):
                return end
            here = step.end()
        closed = _CLOSED.match(self.folded, here)
        titled = self.folded.startswith(", ", here) and titles().match(self.folded, here + 2) is not None
        return here if titled or (closed and (not commas or closed[0] == ";" or _FIGHTS.search(self.folded, start, here))) else end

    def _past_code(self, start: int, end: int) -> int | None:
        """End of a name that goes on behind its code in brackets: "Phòng Cảnh sát hình sự (PC02) Công an tỉnh A"; None where it does not."""
        code = CODE.match(self.text, end)
        if code is None:
            return None
        parent = self.names.body(code.end() + 1) if self.text.startswith(" ", code.end()) else None
        if parent and parent.kind in _PARENTS:
            return self._of_country(parent.end) if self._is_ministry(code.end() + 1, parent) else parent.end
        goes = max(
            self.names.seat(code.end()),
            branched(self.names, code.end()),
            self.owned(code.end()),
            self.abroad(code.end()),
            self.above(start, code.end()),
        )
        return goes if goes > code.end() else None

    def _of_a_state(self, at: int, extent: Extent) -> int:
        """End of a government, a parliament or a ministry with its country; its own end if none follows."""
        state = extent.kind in ("government", "state") or self._is_ministry(at, extent) or self.folded.endswith(POWERS, at, extent.end)
        return self._of_country(extent.end) if state else extent.end

    def _is_ministry(self, at: int, extent: Extent) -> bool:
        """Whether the body at `at` is a Bộ of a government."""
        return extent.kind in ("ministry", "armed_forces") and self.folded.startswith("bộ ", at)

    def _of_country(self, at: int) -> int:
        """End of the country after a government or a ministry: "Chính phủ Trung Quốc", "Bộ An ninh Lào"; `at` if none."""
        land = countries().match(self.folded, at)
        named = land is not None and self.names.capital(at + 1) and (" " in land[0].strip() or not self.person(at + 1))
        return land.end() if land and named else at

    def owned(self, at: int) -> int:
        """End of " của Quốc hội", " thuộc Đồn Biên phòng A", " của thôn Bến Lưu", " của ACB" after a body that another one or a place has."""
        link = _OWNED.match(self.folded, at)
        if link is None:
            return at
        if owner := self.names.body(link.end()):
            return owner.end
        if link[0] != " của " or (self.folded.endswith(_RIGHTS, 0, at)):
            return at
        place = self.names.seat(link.end() - 1)
        if any(letter.isupper() or letter.isdigit() for letter in self.text[link.end() : place]):
            return place
        firm = _ACRONYM.match(self.text, link.end())
        return firm.end() if firm else at

    def paired(self, start: int, end: int) -> int:
        """End of a name that goes on after its first country: "Hội Hữu nghị Việt | - Ấn", "Hội Hữu nghị Việt Nam | - Lào tỉnh A"."""
        first = pairs()[0].search(self.folded, start, end)
        second = pairs()[1].match(self.folded, end) if first and first.end() == end and self.names.capital(first.start() + 1) else None
        if second is None or not self.names.capital(second.start("other")):
            return end
        place = no_people().match(self.folded, second.end() + 1) if self.names.capital(second.end() + 1) else None
        return place.end() if place else self.names.seat(second.end())  # "Bệnh viện Hữu nghị Việt Nam - Cu Ba Đồng Hới"

    def abroad(self, at: int) -> int:
        """End of " tại Pháp", " tại Paris" or " (Lào)" after a body of a people abroad; of " khu vực Tây Bắc" after any."""
        announced = at - len(" khu vực") if self.folded.endswith(" khu vực", 0, at) else at
        if region := _REGION.match(self.folded, announced):
            return region.end()
        if self.folded.startswith(" tại ", at) and (country := countries().match(self.folded, at + 4)):
            return country.end()
        if self.folded.startswith(" tại ", at) and self.names.capital(at + 5):
            host = self.names.body(at + 5)  # "Phái đoàn Việt Nam tại Liên Hợp Quốc"
            city = self.seat_abroad(at + 4)
            branch = self.names.seat(at + 4) if _BRANCH.search(self.folded, max(0, at - MOST_BRANCH), at) else at
            return host.end if host and host.kind == "other" else max(branch, city) if max(branch, city) > at + 4 else at
        if self.folded.startswith(" (", at):
            country = countries().match(" " + self.folded[at + 2 : at + 40])
            inner = at if country is None else country.end() + at + 1
            return inner + 1 if inner > at and self.text[inner : inner + 1] == ")" else at
        return at

    def country(self, core: str, at: int) -> int:
        """End of the country after an office that a country can have ("Tổng thống Pháp", "Đại sứ Việt Nam tại Lào"), else `at`."""
        given = lexicon("officials")["offices"]
        if core.removeprefix("phó ") not in {fold(title) for title in given["national"]} or not self.names.capital(at + 1):
            return at
        match = countries().match(self.folded, at)
        if match is None:
            return at
        seat = re.compile(r" tại").match(self.folded, match.end())
        if seat is None:
            return match.end()
        abroad = countries().match(self.folded, seat.end())
        stop = abroad.end() if abroad else max(self.seat_abroad(seat.end()), self.names.seat(seat.end()))
        return stop if stop > seat.end() else match.end()

    def seat_abroad(self, at: int) -> int:
        """End of " tỉnh Prey Veng", " Bắc Kinh": a city or a province of another country; `at` if none."""
        match = seats_abroad().match(self.folded, at)
        return match.end() if match and self.names.capital(match.start("name")) else at

    def widen(self, start: int, extent: Extent) -> int:
        """End of a name that goes on in words the grammar does not know."""
        end = extent.end
        if extent.kind not in _OPEN or self.names.ends_in_province(start, end) or self.text[end : end + 1] != " ":
            return end
        whole = fold(self.text[start:end])
        if whole.endswith((" việt nam", " trung ương")) or self.text[end + 1 : end + 2].isdigit() or _PLACED.search(whole):
            return end
        if _ACRONYM.fullmatch(self.text, start, end) and self.text[end + 1 : end + 2].islower():
            return end  # "Hiệu trưởng HUTECH | gióng hồi trống"
        if self.names.body(start) is None:
            return self.stretch(end)
        if (
            _SHORT.search(self.text, start, end)
            and not whole.endswith(_LEGAL)
            and self.text[end + 1 : end + 2].islower()
            and not goes_on().match(self.folded, end + 1)
        ):
            return end  # "Sở VH-TT&DL | tổ chức gặp mặt"
        word = _CAPITALS.match(self.text, end + 1)
        if (
            word
            and word[0][0].isupper()
            and {fold(word[0])} & (words("surnames") | words("rare_surnames"))
            and not no_people().match(self.folded, end + 1)
        ):
            return end  # a person's name, or a place that the grammar would know
        goes = self.stretch(end, start)
        match = _REST.match(self.folded, end)
        if (match and goes == match.end()) or (
            extent.kind != "board"
            and not self._is_ministry(start, extent)
            and end < goes <= end + MOST_TOLD
            and says().match(self.folded, goes + 1)
        ):
            return goes
        last = None
        for word in STEP.finditer(self.text, end, goes):
            last = word if word[1][0].isupper() or word[1].isdigit() else last
        return self._rounded(start, last.end()) if last else end  # "cơ khí | đóng tàu Bến Nước kể chuyện": as far as its proper name

    def stretch(self, at: int, start: int | None = None) -> int:
        """End of the words of a name from `at`: up to a mark, a verb, a function word, or a person's name.

        `start`: where the name begins, when a part of it is read already.
        """
        end, proper = at, 0  # how many words of a proper name, numbers too, stand last
        for word in reversed(self.text[start:at].split()[1:] if start is not None else ()):
            if not (word[0].isupper() or word[0].isdigit()) or (proper and word.isalpha() and word.isupper()):
                break  # "Công ty CP May | xuất khẩu Hà Bắc": a legal form is no part of a proper name
            proper += 2 if word[0].isdigit() else 1
        for _ in range(MOST_WORDS):
            step = STEP.match(self.folded, end)
            if step is None:
                break
            begin = step.start(1)
            if self.folded.endswith(" và", at, end) and (titles().match(self.folded, begin) or guests().match(self.folded, begin)):
                break  # "trưởng ban đề thi và | trưởng ban chấm thi", "Sở Y tế và | đông đảo người dân"
            if self.names.capital(begin):
                owner = self.names.body(begin) if start is None and end > at else None
                if owner and owner.kind in ("enterprise", "school") and owner.end > step.end():
                    return self.widen(begin, owner)
                if self.person(begin) or self.names.ranked(begin) or self.names.stops(begin) or stranger(self.names, end, begin):
                    break
                proper += 1
            elif self.text[begin].isdigit():
                if self.folded.endswith(" và", at, end):
                    break  # "Lữ đoàn 12 và 8 quân nhân"
                proper = 2
            elif (
                (self._breaks(begin) and not (step[1] == "của" and self.folded.endswith(_RIGHTS, 0, end)))
                or (proper and step[1] == "về")
                or (proper > 1 and not goes_on().match(self.folded, begin) and not self.names.joined(begin))
            ):
                break
            else:
                proper = 0
            end = step.end()
        loose = _LOOSE_ENDS.search(self.folded, at, end)
        return loose.start() if loose else self._rounded(at, end)

    def _rounded(self, at: int, end: int) -> int:
        """End of a name with the rest of its last word ("Olympic Quốc | tế") and with the place that its last word announces ("tỉnh | Hà Nam")."""
        last = self.folded.rfind(" ", at, end)
        if last < at:
            return end
        field = fields()[0].match(self.folded, last + 1)
        end = max(end, field.end()) if field else end
        while (
            self.text[end : end + 1] == " "
            and self.names.joined(end + 1)
            and not self._breaks(end + 1)
            and (rest := STEP.match(self.folded, end))
        ):
            end = rest.end()  # "Cơ yếu Chính | phủ"
        if any(country.end() == end for country in countries().finditer(self.folded, max(at, end - 20), end)):
            return end  # the "bản" of Nhật Bản announces no place
        return max(end, self.names.seat(last))

    def _breaks(self, at: int) -> bool:
        """Whether a word stands there that no name goes on with; "bảo" of "bảo vệ" is another word."""
        match = breaks().match(self.folded, at)
        if match and match[0] in _GIVES and not self.folded.startswith((" đổi", " truyền"), match.end()):
            return True
        return match is not None and (" " in match[0] or not (self.names.joined(match.end() + 1) or self.names.joined(at)))

    def person(self, at: int) -> bool:
        """Whether a person's name begins at `at`."""
        run: list[str] = []
        while len(run) < 4 and (word := _CAPITALS.match(self.text, at)) and word[0][0].isupper():
            run.append(fold(word[0]))
            at = word.end() + 1
            if self.text[at - 1 : at] != " ":
                break
        if len(run) > 3 and run[0] in words("rare_surnames") and run[1] in words("common_surnames") and run[2] in ("văn", "thị"):
            return False  # "Vườn quốc gia Cúc Phương | Lê Văn An": the person begins later
        lone = len(run) == 2 and not (run[0] in words("surnames") and self.text[at - 1 : at] == " " and self.text[at : at + 1].islower())
        return len(run) > 1 and begins_person(run) and not lone

    def above(self, start: int, end: int) -> int:
        """End of a name with the body or the places above it: "Phòng Tổng hợp, Sở Y tế", "bản Na, xã Nậm Ty, huyện Sốp Cộp"."""
        if " " not in self.text[start:end].strip():
            return end
        joint = _BESIDE.match(self.folded, end)
        school = self.names.body(joint.end()) if joint and " " in joint[0] and _FACULTY.match(self.folded, start) else None
        if joint and (parent := school if school and school.kind == "school" else self._parent(start, joint.end())):
            return parent.end
        comma = _ABOVE.match(self.folded, end)
        if comma is None:
            return end
        if parent := self._parent(start, comma.end()):
            first = comma.end()
            for _ in range(MOST_ABOVE):
                higher = _ABOVE.match(self.folded, parent.end)
                small = small_units().match(self.folded, first) is not None
                upper = self._parent(first if small else start, higher.end()) if higher else None
                if higher is None or upper is None or not (small or parent.kind == upper.kind == "armed_forces"):
                    break
                parent, first = upper, higher.end()  # "Đại đội 3, Tiểu đoàn 5, Trung đoàn 812", "Đội 3, Phòng Hậu cần, Công an tỉnh A"
            return self._of_country(parent.end) if self._is_ministry(first, parent) else parent.end
        rank = 0 if self._rank(start, end) == 0 else None  # a committee of a commune is left as written, a hamlet says where it lies
        for _ in range(2):
            unit = seats()[0].match(self.folded, end + 1) if rank is not None and self.folded.startswith(", ", end) else None
            above = _RANKS.get(seats()[1][unit["unit"]]) if unit else None
            if unit is None or above is None or rank is None or above <= rank or above > 2:
                break
            name = self.names.seat(end + 1)
            if name <= unit.end():
                break
            end, rank = name, above
        return end

    def _parent(self, start: int, at: int) -> Extent | None:
        """The body named at `at`, if it is one that the body at `start` may be a part of."""
        parent = self.names.body(at)
        if parent is None or self.folded.startswith("thường trực ", at):
            return None
        if small_units().match(self.folded, start):
            faculty = parent.kind == "school" and self.folded.startswith(("khoa", "bộ môn"), start)
            return parent if parent.kind in _PARENTS and not faculty else None
        if parent.kind in ("school", "ministry") and self.folded.startswith(_NATIONAL, at):
            return parent if self.names.folded.startswith(("trường", "viện"), start) else None
        central = self.folded.startswith(_CENTRAL, at) and (
            parent.kind == "ministry" or self.folded.endswith((" t.ư", " tw"), at, parent.end)
        )
        higher = (
            self._is_ministry(at, parent)
            or self.folded.startswith("tổng cục ", at)
            or central
            or (parent.kind == "armed_forces" and self.folded.startswith(_COMMANDS, at))
        )
        return parent if higher and ministry_parts().match(self.folded, start) else None

    def beyond(self, at: int) -> int:
        """End of what tells where a body lies or whose it is and is no part of its name: ", huyện A, tỉnh B", " (Bộ Y tế)"; `at` if nothing does."""
        for _ in range(4):
            bracket = self.folded.startswith(" (", at)
            comma = _ABOVE.match(self.folded, at)
            begin = at + 2 if bracket else comma.end() if comma else None
            if begin is None:
                break
            end = self._bracketed(begin) if bracket else self.names.seat(begin - 1)
            if end < begin:
                extent = self.names.body(begin) if not self.person(begin) else None
                end = extent.end if extent else at
            if end < begin or (bracket and self.text[end : end + 1] != ")"):
                break
            at = end + bracket
        return at

    def _bracketed(self, at: int) -> int:
        """End of the places that fill the bracket which opens before `at`: "(huyện A, tỉnh B)"; `at` - 1 if it holds anything else."""
        close = self.text.find(")", at, at + LONGEST_SEAT)
        places = self.text[at:close].split(", ") if close > at else [""]
        return close if all(place and Names(" " + place).seat(0) == len(place) + 1 for place in places) else at - 1

    def _rank(self, start: int, end: int) -> int | None:
        """How high the place stands with which a name ends; None if it ends in no place."""
        found = None
        for match in seats()[0].finditer(" " + self.folded[start:end]):
            level = seats()[1][match["unit"]]
            found = 0 if match["unit"] == "khu vực" else _RANKS.get(level)
        return found
