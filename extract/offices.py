"""Offices as the text writes them: "nguyên Phó Trưởng Ban Dân vận Tỉnh ủy" -> title and organization."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from extract.body_heads import fields
from extract.body_names import Names, names_of
from extract.components.bodies import Body, page_province
from extract.fold import fold
from extract.language import sentence_at
from extract.office_bodies import STEP, OfficeBodies, breaks, countries
from extract.office_titles import hamlet_nouns, short_titles, staff, titles
from extract.places import words
from extract.syllables import is_syllable
from extract.words import any_of, lexicon

# Between two offices of one person: "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh", "Giám đốc Sở kiêm Trưởng Ban".
BETWEEN = re.compile(
    r"(?: ?[,;] ?| ?- ?| \((?=(?:nay|hiện|kiêm|đồng thời|trước đó|sau đó|nguyên|cựu) )|\) ?(?=(?:làm|giữ chức|kiêm|được bầu) )| )?(?:và |đồng thời là |đồng thời )?(?:(?:sau đó|rồi|tiếp đó|trước đó|hiện|nay|từng|còn|cũng|lên|lại) )*"
    r"(?:(?:được )?bầu làm |được bầu |giữ chức |là |làm )?(?:kiêm (?:nhiệm )?)?(?:chức (?:vụ )?)?"
)
# Between an office and the name that it opens: " ", " - ", ": ", ", đồng chí ".
TERM = fold(r"(?:,? ?(?:khóa [ivx\d]{1,6}|nhiệm kỳ \d{4} ?- ?\d{4})){1,2}")
# " khóa VI, VII và VIII", ", nhiệm kỳ 2010 - 2015", " (khóa XI)": between two offices of one person
_TERMS = re.compile(
    fold(
        r"(?:,? ?\(?(?:(?:các |từ )?khóa:? [ivx\d]{1,6}(?:(?:,? và |, ?| ?- ?| đến )[ivx\d]{1,6}(?![^ ,;:.()-])){0,8}|nhiệm kỳ \d{4} ?- ?\d{4})\)?){1,2}(?![^ ,;.-])"
    )
)
# "Chủ tịch UBND tỉnh lúc đó là ông A": when it was held
_AT_THE_TIME = r"(?: (?:(?:vào )?(?:lúc|khi|thời|thời kỳ|thời điểm|hồi) (?:đó|ấy|này|bấy giờ)|bấy giờ|hiện nay|đương thời)(?= là | - | $))?"
TO_NAME = re.compile(
    rf"(?: nhà trường)?(?: đầu tiên| hiện tại| đương nhiệm| tiền nhiệm)?{_AT_THE_TIME}(?:{TERM}(?= là| -|,))?(?: - |- | -| |: | là |(?: gồm| gồm có| là)?: ?| gồm | gồm có |, |,|\n(?:\(?đã k[íý]\)?\n)?)(?:là )?"
)
_PLURAL = re.compile(r"(?<!\w)(?:các|những|hai|ba|bốn|năm) (?:đồng chí |ông |bà )?$")
# A calling between an office and the name: ", nhà toán học người Na Uy, ông ".
_APPOSED = re.compile(rf", (?:{any_of(lexicon('officials')['offices']['jobs'])}|nhà [^\W\d_]+ học)(?: [^\W\d_]+){{0,6}}(?=, )")
# Offices that tell the kind of their body when its field follows at once: Bộ trưởng Nội vụ.
_KINDS = {"bộ trưởng": "Bộ", "thứ trưởng": "Bộ"} | {
    f"{noun.lower()} {rank}": noun for noun in ("Cục", "Vụ", "Chi cục", "Viện") for rank in ("trưởng", "phó")
}
_HEADED = re.compile(r"(?:phó )?(chi hội|đội|tổ|nhóm|trạm|hạt) (?:trưởng|phó)")  # Chi hội trưởng Phụ nữ thôn 3
_PARTY = re.compile(r" trung ương đảng(?: cộng sản việt nam)?(?!\w)")
_BLOC = re.compile(r"(?:khối|cụm)(?= (?:trưởng|phó)$|$)")
# Bodies named so briefly that the article must have named them in full.
_BARE = ("khối thi đua", "cụm thi đua", "khối", "cụm", "hội đồng", "ban chỉ đạo")
_BLOCS = ("khối", "cụm")
_COUNCILS = ("hđnd", "hội đồng nhân dân")
# Between a title and its body: "Viện trưởng đầu tiên của", "Tổng Thư ký (TTK) Liên đoàn".
_OF = re.compile(
    r"(?: \([A-ZĐ]{2,6}\)| (?:đầu tiên|hiện tại|đương nhiệm|tiền nhiệm|lâu năm|cấp cao|lâm thời|trẻ nhất))?(?: của| cho| thuộc| tại)? (?! )"
)
_MISSION = re.compile(r"(?<!\w)đoàn(?!\w)[^.;:]{0,60}? do (?=\w)")  # "đoàn công tác của tỉnh do ông A … làm trưởng đoàn"
_SECRETARIAT = " ban bí thư"
_BUREAU = ("ủy viên thường vụ", "uvbtv", "uvtv", "uv btv")
_BRAND = re.compile(r" (?:[A-Z][A-Za-z]+ ){1,3}(?:VN|Việt Nam|Vietnam|Group|Bank)(?!\w)")  # "Giám đốc Nhân sự | Acme Việt Nam"
_FOREIGN_RUN = re.compile(r"(?: [A-Z][A-Za-z]+){1,4}(?![^\W\d_])")
_MANAGERS = ("giám đốc", "giám đốc điều hành", "sáng lập", "sáng lập viên")
_APPOSITION = re.compile(r"[^\W\d_](?:,| -| –|,? kiêm| là) $")
_GLUED_NAME = re.compile(r"[a-z][A-Z]|[a-z](?:bank|tech|soft|group|mart|air|land|corp|com)$")
_SEAT_ABROAD = re.compile(r" (?:tỉnh|thủ đô) ")
_STAFF = tuple(map(fold, ("trợ lý", "thư ký", "cố vấn", "phiên dịch")))  # of a person who holds an office
ALONE = ("thủ tướng", "chủ tịch nước")  # who holds no other office that "và" would join
_JOBS = (fold("chủ nhiệm"), fold("trợ lý"))
_TEACHER = re.compile(fold(r"(?<!\w)(?:giáo viên|gv|cô|thầy|lớp) chủ nhiệm(?!\w)|chủ nhiệm lớp|trợ lý (?:gi|ng|đạo)"))  # jobs, no offices
_SPELLINGS = re.compile(r"\W+")  # what parts the words of a name
_IN_CHARGE = fold("phụ trách")
_CHARGED = re.compile(r" (?:- )?(?P<word>[^\W\d_]+)")
CHARGE = 6  # words of what an office is in charge of
FAR = 200  # code points from an office to a name that it may belong to


class Office(NamedTuple):
    """An office at its place: [start, end) with the organization as written, the title ends at title_end; plural: of several people."""

    start: int
    title_end: int
    end: int
    title: str
    organization: str | None
    plural: bool


class Offices:
    """All offices of one text, in order, none within another."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.names = names_of(doc)
        self.text, self.folded = self.names.text, self.names.folded
        self.bodies = OfficeBodies(doc, self.names)
        self.province, self.on = page_province(doc)
        self._full: dict[str, tuple[list[int], list[str]]] = {}  # what a bare "khối" may mean in this text, and where it is named
        self._longer: dict[str, list[tuple[str, str]]] = {}
        self.all = list(self._find())
        self._starts = [office.start for office in self.all]

    def beginning(self, at: int, slack: int = 0) -> Office | None:
        """The office that begins at `at`, or up to `slack` code points after it."""
        index = bisect_right(self._starts, at - 1)
        return self.all[index] if index < len(self.all) and self._starts[index] <= at + slack else None

    def before(self, at: int) -> Office | None:
        """The last office that ends at or before `at`, and not far from it."""
        index = bisect_right(self._starts, at) - 1
        return next((self.all[i] for i in (index, index - 1) if i >= 0 and at - FAR <= self.all[i].end <= at), None)

    def past(self, office: Office) -> int:
        """End of an office with what stands after its body and is no part of it: ", huyện A, tỉnh B", " (Bộ Y tế)"."""
        return self.bodies.beyond(office.end) if office.organization else office.end

    def _ends(self, office: Office) -> Iterable[int]:
        """Where what follows an office may begin: after it, after what tells where its body lies, after its term."""
        ends = [office.end, self.past(office)]
        return dict.fromkeys((*ends, *(term.end() for end in ends if (term := _TERMS.match(self.folded, end)))))

    def next(self, office: Office) -> tuple[str, Office] | None:
        """The office that follows one of the same person, and what parts them."""
        for at in self._ends(office):
            glue = BETWEEN.match(self.folded, at)
            if glue and glue.end() > at and (following := self.beginning(glue.end())) and not self.for_the_day(following):
                return (glue[0], following) if not self.serves(office, following) else None
        return None

    def for_the_day(self, office: Office) -> bool:
        """Whether it is no office but a part taken: "Chủ tịch UBND tỉnh làm trưởng đoàn", where no Đoàn is named."""
        start = sentence_at(self.doc, office.start).start
        return (
            not _MISSION.search(self.folded, max(start, office.start - FAR), office.start)
            and office.organization is None
            and fold(office.title).endswith(fold("trưởng đoàn"))
            and self.folded.endswith("làm ", 0, office.start)
        )

    def serves(self, office: Office, after: Office) -> bool:
        """Whether the first is the staff of the second, of another person: "Cố vấn | Thủ tướng Campuchia"."""
        return after.start == office.end + 1 and (office.organization or "") == self.text[after.start : after.end]

    def adjoin(self, office: Office, after: Office) -> bool:
        """Whether nothing but what may part two offices of one person stands between them."""
        if self.serves(office, after):
            return False
        if (
            office.organization
            and fold(after.title) in ("tổng thống", "thủ tướng")
            and countries().fullmatch(" " + fold(office.organization))
        ):
            return False  # "Đáp lời Chủ tịch Trung Quốc, Tổng thống …": two people
        if fold(office.title).endswith(ALONE) and self.folded.startswith(" và ", office.end):
            return False  # "Thủ tướng và Chủ tịch Hội Nhà báo A": two people
        return any(at < after.start and BETWEEN.fullmatch(self.folded, at, after.start) is not None for at in self._ends(office))

    def opens(self, office: Office, at: int) -> str | None:
        """What stands between an office and the name at `at` that it opens; None where something else does."""
        ends = [office.end, self.past(office)]
        ends += [apposed.end() for end in ends if (apposed := _APPOSED.match(self.folded, end))]
        gaps = (self.folded[end:at] for end in dict.fromkeys(ends) if end <= at)
        return next((gap for gap in gaps if TO_NAME.fullmatch(gap)), None)

    def reaching(self, office: Office, end: int) -> Office | None:
        """The office with its organization as far as `end`, if nothing but words of a name stands there."""
        gap = self.folded[office.end : end]
        if (
            not 0 < len(gap) < 80
            or (office.organization and not self.names.capital(office.end + 1))
            or (office.organization and countries().fullmatch(" " + fold(office.organization)))
            or gap.startswith(" hồ chí minh")  # the man: "Chủ tịch Hồ Chí Minh và bà A"
            or not re.fullmatch(r"(?: [^\W_]+(?:[/&-][^\W_]+)*){1,9}", gap)
            or breaks().search(gap)
            or self.beginning(office.end + 1, slack=len(gap)) is not None
        ):
            return None
        if office.organization:  # its head may be the title's: "Bộ trưởng Ngoại giao" is of the Bộ Ngoại giao
            return office._replace(end=end, organization=office.organization + self.text[office.end : end])
        start = office.end + 1
        return (
            office._replace(end=end, organization=self._name(start, end)) if self.names.capital(start) or self.names.body(start) else None
        )

    def replace(self, office: Office, wider: Office) -> None:
        """Put the wider reading in the place of an office."""
        self.all[bisect_right(self._starts, office.start) - 1] = wider

    def _find(self) -> Iterator[Office]:
        after = 0
        for match in titles().finditer(self.folded, 0, len(self.folded)):
            if match.start() >= after:
                if match["core"] == "chỉ huy" and self.text[match.start()].islower() and after and after == match.start() - 2:
                    continue  # "ông A, Lữ đoàn trưởng, chỉ huy tàu ra khơi": a verb
                if match["core"] in _JOBS and _TEACHER.search(self.folded, max(0, match.start() - 12), match.end() + 4):
                    continue
                office = self._read(match)
                if fold(office.title).endswith(fold("đại biểu")) and not fold(office.organization or "").startswith(_COUNCILS):
                    continue  # "đại biểu Nguyễn Văn An": a guest
                yield office
                after = office.end
                if (of := self._of_whom(office)) is not None:
                    yield of

    def _of_whom(self, office: Office) -> Office | None:
        """The office with which a body's name ends and that opens its holder's name: "thành viên Tổ tư vấn của | Thủ tướng | Lê Văn A"."""
        if not office.organization or " của " not in self.folded[office.start : office.end] or not self.bodies.person(office.end + 1):
            return None
        start = self.folded.rindex(" của ", office.start, office.end) + len(" của ")
        title = titles().match(self.folded, start)
        if title is None or title.end() != office.end or not title["whole"]:
            return None
        return Office(start, office.end, office.end, self.text[start : office.end], None, False)

    def _read(self, match: re.Match[str]) -> Office:
        """The title's organization: taken along with its noun, or what follows."""
        start, end = match.span()
        plural = _PLURAL.search(self.folded, max(0, start - 20), start) is not None
        if match["whole"]:
            return self._whole(match, plural)
        title = self._spelled(start, end)
        noun = match["noun"] or match["chief"]
        if noun:
            return self._headed(match, noun, title, plural)
        core = match["core"]
        if bloc := _BLOC.search(core):
            following = self.names.body(end + 1) if self.text[end : end + 1] == " " else None
            if following is None:
                return Office(start, end, end, title, self._named(bloc[0], start), plural)
        if core.endswith(("tỉnh trưởng", "đô trưởng")):
            stop = self.bodies.seat_abroad(end)
            if stop == end and (unit := _SEAT_ABROAD.match(self.folded, end)):
                stop = max(end, self.names.proper(unit.end()))
            if stop > end + 6:
                return Office(start, end, stop, title, self.text[end + 1 : stop], plural)
        if core == "chủ tịch" and self.folded.startswith(" hồ chí minh", end):
            return Office(start, end, end, title, None, plural)
        if core.startswith("uv") and (member := lexicon("officials")["offices"]["members"].get(core)) and not self.names.body(end + 1):
            stop = end + len(" đảng") if self.folded.startswith(" đảng", end) and "trung ương" in fold(member) else end
            return Office(start, end, stop, "Ủy viên", member, plural)
        if self.text[end : end + 1] != " ":
            return self._parted(start, end, title, plural)
        if core in _STAFF and (served := titles().match(self.folded, end + 1)) and served["core"] not in _STAFF:
            other = self._read(served)
            named = self.names.capital(other.end + 1) and self.text[other.end : other.end + 1] == " "
            return Office(start, end, end if named else other.end, title, self.text[other.start : other.end], plural)
        if core in _BUREAU and (extent := self.names.body(end + 1)):
            bureau = "Ủy ban Thường vụ " if extent.kind == "state" else "BTV " if core.endswith("btv") else "Thường vụ "
            member = match.start("core") + len("ủy viên") if core.startswith("ủy viên") else end
            written = self.text[start:member] if member < end else "Ủy viên"
            return Office(start, member, extent.end, written, bureau + self.text[end + 1 : extent.end], plural)
        kind = _KINDS.get(core.removeprefix("phó "))
        if (stop := self.bodies.country(core, end)) > end:
            return Office(start, end, stop, title, self.text[end + 1 : stop], plural)
        if kind and not self.names.body(end + 1):
            field = Names(f"{kind} {self.text[end + 1 : end + 80]}").body(0)
            if field and field.end > len(kind):
                stop = end + field.end - len(kind)
                abroad = countries().match(self.folded, stop)
                stop = abroad.end() if abroad else stop
                return Office(start, end, stop, title, f"{kind} {self.text[end + 1 : stop]}", plural)
        if (body := self.bodies.end(end + 1)) is not None:
            return Office(start, end, body, title, self._name(end + 1, body), plural)
        if kind and kind != "Bộ" and self.names.capital(end + 1) and (stop := self.bodies.stretch(end)) > end:
            return Office(start, end, stop, title, f"{kind} {self.text[end + 1 : stop]}", plural)  # "Cục trưởng Bản đồ"
        if charged := self._charge(title, end):
            title_end, stop = charged
            return Office(start, title_end, stop, self._spelled(start, title_end), self._name(title_end + 1, stop), plural)
        if (of := _OF.match(self.text, end)) and (body := self.bodies.end(of.end())) is not None:
            return Office(start, end, body, title, self._name(of.end(), body), plural)
        named = self.names.capital(end + 1) or fields()[0].match(self.folded, end + 1) is not None  # "Chi hội trưởng phụ nữ bản A"
        if (headed := _HEADED.fullmatch(core)) and named and (stop := self.bodies.stretch(end)) > end:
            stop = self.bodies.owned(stop)
            return Office(start, end, stop, title, f"{headed[1].capitalize()} {self.text[end + 1 : stop]}", plural)
        if (stop := self.names.seat(end)) > end:
            return Office(start, end, stop, title, self.text[end + 1 : stop], plural)
        if brand := _BRAND.match(self.text, end):
            return Office(start, end, brand.end(), title, brand[0][1:], plural)
        if (stop := self._firm(title, start, end)) > end:
            return Office(start, end, stop, title, self.text[end + 1 : stop], plural)
        stop = self.bodies.stretch(end)
        if stop > end and self.names.capital(end + 1) and self.names.begins_head(end + 1) and not self.text[end + 1 : stop].istitle():
            return Office(start, end, stop, title, self._name(end + 1, stop), plural)
        return Office(start, end, end, title, None, plural)

    def _firm(self, title: str, start: int, end: int) -> int:
        """End of a firm's foreign name after a manager's title: "Giám đốc | Acme Airways", "ông A, giám đốc | Acme Mobil"; `end` if none."""
        run = _FOREIGN_RUN.match(self.text, end)
        if run is None or not fold(title).endswith(_MANAGERS):
            return end
        apposed = _APPOSITION.search(self.text, max(0, start - 12), start) is not None
        stop, spoken = end, list[str]()
        for word in STEP.finditer(self.text, end, run.end()):
            if spoken and spoken[-1].isupper() and not (word[1].isupper() or apposed):
                break  # "Tổng Giám đốc UNESCO | Audrey Azoulay"
            if is_syllable(fold(word[1])) or (spoken and fold(word[1]) in words("foreign_given")):
                break
            spoken.append(word[1])
            stop = word.end()
        sure = apposed or any(
            (word.isupper() and len(word) > 2) or fold(word) in words("foreign_things") or _GLUED_NAME.search(word) for word in spoken
        )
        if not spoken or not sure or fold(spoken[0]) in words("foreign_given"):
            return end
        return self.names.seat(stop)

    def _charge(self, title: str, at: int) -> tuple[int, int] | None:
        """Ends of what an office is in charge of, and of the body after it: "Phó Giám đốc phụ trách | chuyên môn | Bệnh viện Chợ Rẫy"."""
        end = at
        for _ in range(CHARGE if fold(title).endswith(_IN_CHARGE) else 0):
            word = _CHARGED.match(self.folded, end)
            if word is None or breaks().match(self.folded, word.start("word")):
                return None
            end = word.end()
            if self.folded[end : end + 1] == " " and (stop := self.bodies.end(end + 1)) is not None:
                return end, stop
        return None

    def _spelled(self, start: int, end: int) -> str:
        """The title as written, its abbreviations spelled out: PCT is Phó Chủ tịch."""
        return short_titles().sub(lambda match: lexicon("officials")["offices"]["short"][match[0]], self.text[start:end])

    def _whole(self, match: re.Match[str], plural: bool) -> Office:
        """An office that has no organization, but for the country of a Thủ tướng or a Tổng thống."""
        start, end = match.span()
        if match["whole"].startswith(("đại biểu quốc hội", "đbqh")):
            end = self._constituency(end)
        if match["whole"].endswith(_SECRETARIAT):
            title_end = end - len(_SECRETARIAT)
            full = self.names.body(title_end + 1)  # "Ban Bí thư | Trung ương Đảng"
            end = max(end, full.end) if full else end
            return Office(start, title_end, end, self._spelled(start, title_end), self._name(title_end + 1, end), plural)
        if party := _PARTY.match(self.folded, end):
            end = party.end()
        title_end = match.end("gap") if match["of"] else match.end()
        stop = self.bodies.seat_abroad(end) if match["whole"].endswith("thị trưởng") else self.bodies.country(match["whole"], end)
        if stop > end:
            return Office(start, title_end, stop, self._spelled(start, title_end), self.text[end + 1 : stop], plural)
        return Office(start, title_end, end, self._spelled(start, title_end), None, plural)

    def _headed(self, match: re.Match[str], noun: str, title: str, plural: bool) -> Office:
        """A bare Trưởng or Phó with the noun of its body: Trưởng Ban + Ban Dân vận Tỉnh ủy."""
        start, end = match.span()
        at = match.start("noun" if match["noun"] else "chief")
        doubled = self.folded.startswith(f" {noun} ", end)  # Trưởng ban Ban Dân tộc
        if not match["suffix"] and not doubled and (stop := self.bodies.end(at)) is not None and stop > end:
            return Office(start, end, stop, title, self._name(at, stop), plural)
        hamlet = noun in hamlet_nouns() and not match["suffix"] and self.text[end : end + 1] == " "
        if hamlet and (name := self._hamlet(end + 1)) > end + 1:
            stop = self.bodies.above(at, name)
            return Office(start, end, stop, title, self.text[at:stop], plural)
        if self.text[end : end + 1] == " " and (stop := self.bodies.end(end + 1)) is not None:
            return Office(start, end, stop, title, self._name(end + 1, stop), plural)
        return Office(start, end, end, title, self._named(noun, start) if noun in _BLOCS else None, plural)

    def _hamlet(self, at: int) -> int:
        """End of a hamlet's name, which may be a number; `at` if none."""
        number = re.compile(r"(?:số )?\d{1,2}(?![\w/])").match(self.folded, at)
        return number.end() if number else self.names.proper(at)

    def _parted(self, start: int, end: int, title: str, plural: bool) -> Office:
        """An office that a comma parts from its body, with the noun that the title has: Vụ trưởng, Vụ Thi đua; Trợ lý, Trung đoàn 754."""
        noun = re.sub(r" (?:trưởng|phó)$", "", fold(title).removeprefix("phó "))
        of_staff = fold(title) in staff()
        if self.folded.startswith(", ", end) and (of_staff or self.folded.startswith(noun + " ", end + 2)):
            extent = self.names.body(end + 2, lone=not of_staff)
            if extent and extent.end > end + 2 + len(noun):
                return Office(start, end, extent.end, title, self._name(end + 2, extent.end), plural)
        return Office(start, end, end, title, None, plural)

    def _constituency(self, at: int) -> int:
        """End of what follows "Đại biểu Quốc hội": its term and its province."""
        match = re.compile(
            r"(?: khóa:? [ivx]{1,5}(?:(?:,? và |, ?| ?- ?)[ivx]{1,5}(?!\w)){0,8})?(?: (?:đoàn )?(?:đơn vị )?(?:tỉnh|thành phố|tp\.?) )?"
        ).match(self.folded, at)
        end = match.end() if match else at
        return self.names.province(end) or (end if self.folded[end - 1 : end] != " " else at)

    def _named(self, noun: str, at: int) -> str | None:
        """The body that the article means by a bare "khối", "Hội đồng": the one named nearest before that begins so and says more, else the first."""
        noun = fold(noun)
        if noun not in self._full:
            found: tuple[Body, ...] = self.doc._.found.get("bodies", ())
            full = [body for body in found if fold(body.name).startswith(noun + " ") and fold(body.name) != noun + " thi đua"]
            spelled: dict[str, str] = {}
            for body in full:
                same = _SPELLINGS.sub(" ", fold(body.name).replace("tđkt", "thi đua khen thưởng"))
                spelled[same] = max(spelled.get(same, ""), body.name, key=len)
            names = [spelled[_SPELLINGS.sub(" ", fold(body.name).replace("tđkt", "thi đua khen thưởng"))] for body in full]
            self._full[noun] = [body.start for body in full], names
            self._longer[noun] = sorted({(fold(name), name) for name in names})
        starts, names = self._full[noun]
        if not names:
            return None
        near = fold(names[max(0, bisect_right(starts, at) - 1)])
        fuller = self._longer[noun]  # sorted, so that what goes on from a name follows it
        index = bisect_left(fuller, (near + " ", ""))
        return fuller[index if index < len(fuller) and fuller[index][0].startswith(near + " ") else bisect_left(fuller, (near, ""))][1]

    def _name(self, start: int, end: int) -> str:
        name = self.text[start].upper() + self.text[start + 1 : end]
        return (self._named(name, start) or name) if fold(name) in _BARE else name
