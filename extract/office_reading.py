"""One office where its title stands: "nguyên Phó Trưởng Ban Dân vận Tỉnh ủy" -> title and organization, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from spacy.tokens import Doc

from extract.body_heads import fields
from extract.body_names import Names
from extract.body_tails import branched
from extract.components.bodies import Body
from extract.fold import fold
from extract.language import UPPER
from extract.office_bodies import STEP, OfficeBodies
from extract.office_titles import hamlet_nouns, short_titles, staff, titles
from extract.office_words import breaks, countries
from extract.places import words
from extract.syllables import is_syllable
from extract.words import lexicon

_PLURAL = re.compile(r"(?<![\w.,/-])(?:các|những|hai|ba|bốn|năm|0?[2-9]) (?:đồng chí |ông |bà )?$")
# "thủ trưởng các cơ quan quân đoàn"
_OF_MANY = re.compile(
    fold(r" (?:các|một số) (?:cơ quan|đơn vị|sở|ban|phòng|huyện|xã|trường|chi bộ|đoàn thể|địa phương|doanh nghiệp)(?!\w)")
)
# Offices that tell the kind of their body when its field follows at once: Bộ trưởng Nội vụ.
_KINDS = {"bộ trưởng": "Bộ", "thứ trưởng": "Bộ"} | {
    f"{noun.lower()} {rank}": noun for noun in ("Tổng cục", "Cục", "Vụ", "Chi cục", "Viện") for rank in ("trưởng", "phó")
}
# Chi hội trưởng Phụ nữ thôn 3, Lữ đoàn trưởng 147
_HEADED = re.compile(
    r"(?:phó )?(chi hội|đội|tổ|nhóm|trạm|hạt) (?:trưởng|phó)|(?:phó )?((?:sư|lữ|trung|tiểu) đoàn|(?:đại|trung|hải) đội) (?:trưởng|phó)"
)
_OF_PEOPLE = re.compile(r" dân phố(?!\w)")  # "Tổ trưởng dân phố Lê Văn An"
_NUMBERED = re.compile(r" \d{1,3}(?![\w/.%])(?! (?:năm|tuổi|người))")
_PARTY = re.compile(r" trung ương đảng(?: cộng sản việt nam)?(?!\w)")
_BLOC = re.compile(r"(?:khối|cụm)(?= (?:trưởng|phó)$|$)")
# Bodies named so briefly that the article must have named them in full.
_BARE = ("khối thi đua", "cụm thi đua", "khối", "cụm", "hội đồng", "ban chỉ đạo")
_SHORT_BOARDS = ("btc", "bcđ")  # "Trưởng BTC | Hội báo": of the BTC, not of the Hội
_BLOCS = ("khối", "cụm")
# Between a title and its body: "Viện trưởng đầu tiên của", "Tổng Thư ký (TTK) Liên đoàn".
_OF = re.compile(
    r"(?: \([A-ZĐ]{2,6}\)| (?:đầu tiên|hiện tại|đương nhiệm|tiền nhiệm|lâu năm|cấp cao|lâm thời|trẻ nhất))?(?: của| cho| thuộc| tại)? (?! )"
)
_SECRETARIAT = " ban bí thư"
FUSED = ("uvbtv", "uvtv", "uvbch")  # a member and the organ in one: "UVBTV | Tỉnh ủy"
_BUREAU = ("ủy viên thường vụ", "uv btv")
# "Giám đốc Nhân sự | Acme Việt Nam", "Tổng Giám đốc | Nam A Bank"
_BRAND = re.compile(
    rf" (?:[A-Z][A-Za-z]+ ){{1,3}}(?:VN|Việt Nam|Vietnam)(?!\w)| (?:[{UPPER}]\w* ){{1,3}}(?:Group|Bank|Land|Holdings|Corporation|Corp)(?!\w)"
)
_FOREIGN_RUN = re.compile(r"(?: [A-Z][A-Za-z]*){1,4}(?![^\W\d_])")
_MANAGERS = ("ceo", "giám đốc", "giám đốc điều hành", "sáng lập", "sáng lập viên")
_FULL_TIME = re.compile(r" chuyên trách(?= )")
_MANAGED = re.compile(r"giám đốc|ceo$|chủ tịch|sáng lập|quản lí")
_APPOSITION = re.compile(r"[^\W\d_](?:,| -| –|,? kiêm| là) $")
_GLUED_NAME = re.compile(r"[a-z][A-Z]|[a-z](?:bank|tech|soft|group|mart|air|land|corp|com)$")
_SEAT_ABROAD = re.compile(r" (?:tỉnh|thủ đô) ")
_STAFF = tuple(map(fold, ("trợ lý", "thư ký", "cố vấn", "phiên dịch")))  # of a person who holds an office
_SPELLINGS = re.compile(r"\W+")  # what parts the words of a name
_IN_CHARGE = fold("phụ trách")
_CHARGED = re.compile(r" (?:- )?(?P<word>[^\W\d_]+)")
CHARGE = 6  # words of what an office is in charge of


class Office(NamedTuple):
    """An office at its place: [start, end) with the organization as written, the title ends at title_end; plural: of several people."""

    start: int
    title_end: int
    end: int
    title: str
    organization: str | None
    plural: bool


class OfficeReader:
    """Reads the offices of one text."""

    def __init__(self, doc: Doc, names: Names, bodies: OfficeBodies) -> None:
        self.doc, self.names, self.bodies = doc, names, bodies
        self.text, self.folded = names.text, names.folded
        self._full: dict[str, tuple[list[int], list[str]]] = {}  # what a bare "khối" may mean in this text, and where it is named
        self._longer: dict[str, list[tuple[str, str]]] = {}

    def read(self, match: re.Match[str]) -> Office:
        """The office whose title matched; one that somebody held ("nguyên là Bí thư") has its "nguyên" as if it stood beside it."""
        office = self._read(match)
        held = self.folded.endswith("nguyên là ", 0, office.start)
        return office._replace(title=f"nguyên {office.title}") if held and not fold(office.title).startswith("nguyên ") else office

    def _read(self, match: re.Match[str]) -> Office:
        """The title's organization: taken along with its noun, or what follows."""
        start, end = match.span()
        plural = bool(_PLURAL.search(self.folded, max(0, start - 20), start) or _OF_MANY.match(self.folded, end))
        if match["whole"]:
            return self._whole(match, plural)
        title = self._spelled(start, end)
        noun = match["noun"] or match["chief"]
        if noun:
            return self._headed(match, noun, title, plural)
        core = re.sub(r"^uv\. ?", "uv", match["core"])  # "UV. BTV"
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
            return Office(start, end, stop, title if core in FUSED else "Ủy viên", member, plural)
        if self.text[end : end + 1] != " ":
            return self._parted(start, end, title, plural)
        if core in _STAFF and (served := titles().match(self.folded, end + 1)) and served["core"] not in _STAFF:
            other = self.read(served)
            named = self.names.capital(other.end + 1) and self.text[other.end : other.end + 1] == " "
            return Office(start, end, end if named else other.end, title, self.text[other.start : other.end], plural)
        extent = self.names.body(end + 1) if core in (*FUSED, *_BUREAU) else None
        if core in FUSED and extent and extent.kind != "state":
            return Office(start, end, extent.end, title, self.text[end + 1 : extent.end], plural)
        if extent:
            bureau = core[-3:].upper() + " " if core.endswith(("btv", "bch")) else "Thường vụ "
            bureau = "Ủy ban Thường vụ " if extent.kind == "state" else bureau
            member = match.start("core") + len("ủy viên") if core.startswith("ủy viên") else end
            written = self.text[start:member] if member < end else self.text[start : match.start("core")] + "Ủy viên"
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
            return Office(start, end, body, title, self.name(end + 1, body), plural)
        if kind and kind != "Bộ" and self.names.capital(end + 1) and (stop := self.bodies.stretch(end)) > end:
            return Office(start, end, stop, title, f"{kind} {self.text[end + 1 : stop]}", plural)  # "Cục trưởng Bản đồ"
        if (second := titles().match(self.folded, end + 1)) and second["core"] and " " in second["core"]:
            return Office(start, end, end, title, None, plural)  # "Phó Chủ tịch | Tổng Thư ký Hội Luật gia"
        if charged := self._charge(title, end):
            title_end, stop = charged
            return Office(start, title_end, stop, self._spelled(start, title_end), self.name(title_end + 1, stop), plural)
        if (of := _OF.match(self.text, end)) and (body := self.bodies.end(of.end())) is not None:
            return Office(start, end, body, title, self.name(of.end(), body), plural)
        if of and of[0].endswith(("của ", "tại ")) and (stop := self._branded(title, of.end())) > of.end():
            return Office(start, end, stop, title, self.text[of.end() : stop], plural)
        named = self.names.capital(end + 1) or _OF_PEOPLE.match(self.folded, end) is not None
        named = named or fields()[0].match(self.folded, end + 1) is not None  # "Chi hội trưởng phụ nữ bản A"
        headed = _HEADED.fullmatch(core)
        if headed and (named if headed[1] else _NUMBERED.match(self.folded, end)) and (stop := self.bodies.stretch(end)) > end:
            stop = self.bodies.owned(stop)
            return Office(start, end, stop, title, f"{(headed[1] or headed[2]).capitalize()} {self.text[end + 1 : stop]}", plural)
        if (stop := self.names.seat(end)) > end:
            return Office(start, end, stop, title, self.text[end + 1 : stop], plural)
        if brand := _BRAND.match(self.text, end):
            return Office(start, end, brand.end(), title, brand[0][1:], plural)
        if (stop := self._firm(title, start, end)) > end:
            return Office(start, end, stop, title, self.text[end + 1 : stop], plural)
        stop = self.bodies.stretch(end)
        if stop > end and self.names.capital(end + 1) and self.names.begins_head(end + 1) and not self.text[end + 1 : stop].istitle():
            stop = self.bodies.abroad(stop)
            return Office(start, end, stop, title, self.name(end + 1, stop), plural)
        return Office(start, end, end, title, None, plural)

    def _firm(self, title: str, start: int, end: int) -> int:
        """End of a firm's foreign name after a manager's title: "Giám đốc | Acme Airways", "ông A, giám đốc | Acme Mobil"; `end` if none."""
        run = _FOREIGN_RUN.match(self.text, end)
        if run is None or not fold(title).endswith(_MANAGERS):
            return end
        shouted = run[0].split()
        if len(shouted) > 1 and run[0].isupper() and fold(shouted[-1]) in words("foreign_things"):
            return self.names.seat(run.end())  # "Phó Tổng Giám đốc | BAC A BANK"
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
        return max(self.names.seat(stop), branched(self.names, stop))

    def _branded(self, title: str, at: int) -> int:
        """End of a firm's name without its noun after "của", "tại": "CEO của | Acme", "Giám đốc tại | VUS"; `at` if none."""
        run = _FOREIGN_RUN.match(self.text, at - 1) if _MANAGED.search(fold(title)) else None
        words_ = fold(run[0]).split() if run else []
        if not words_ or words_[0] in words("foreign_given") or (len(words_) > 2) or countries().match(self.folded, at - 1):
            return at
        acronym = run is not None and len(words_) == 1 and run[0].strip().isupper() and len(words_[0]) > 1
        if run is None or not (acronym or not any(map(is_syllable, words_))):
            return at
        land = countries().match(self.folded, run.end())  # "CEO của Acme Việt Nam"
        return land.end() if land and self.names.capital(run.end() + 1) else run.end()

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
            return Office(start, title_end, end, self._spelled(start, title_end), self.name(title_end + 1, end), plural)
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
        if self.text.startswith(" tổ chức ", end) and self.folded.endswith(" làm ", 0, start):
            return Office(start, end, end, title, None, plural)  # "do bà A làm Trưởng phòng | tổ chức tập huấn"
        if not match["suffix"] and not doubled and (stop := self.bodies.end(at)) is not None and stop > end:
            full_time = _FULL_TIME.match(self.folded, stop)  # "Phó Trưởng đoàn ĐBQH | chuyên trách | TP. Đà Nẵng"
            seat = self.names.seat(full_time.end()) if full_time else stop
            if full_time and seat > full_time.end():
                return Office(start, end, seat, title, self.name(at, stop) + self.text[full_time.end() : seat], plural)
            return Office(start, end, stop, title, self.name(at, stop), plural)
        hamlet = noun in hamlet_nouns() and not match["suffix"] and self.text[end : end + 1] == " "
        if hamlet and (name := self._hamlet(end + 1)) > end + 1:
            stop = self.bodies.above(at, name)
            return Office(start, end, stop, title, self.text[at:stop], plural)
        if self.text[end : end + 1] == " " and (stop := self.bodies.end(end + 1)) is not None:
            return Office(start, end, stop, title, self.name(at if noun in _SHORT_BOARDS else end + 1, stop), plural)
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
                return Office(start, end, extent.end, title, self.name(end + 2, extent.end), plural)
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

    def name(self, start: int, end: int) -> str:
        """The body as written at [start, end), with a capital; a bare one as the article names it in full."""
        name = self.text[start].upper() + self.text[start + 1 : end]
        return (self._named(name, start) or name) if fold(name) in _BARE else name
