"""The offices of a text in order, and how they stand to each other and to names: "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Lò Văn An"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from extract.body_names import CODE, names_of
from extract.components.bodies import page_province
from extract.fold import fold
from extract.language import sentence_at
from extract.office_bodies import OfficeBodies
from extract.office_reading import Office, OfficeReader
from extract.office_titles import titles
from extract.office_words import breaks, countries
from extract.syllables import is_syllable
from extract.words import any_of, lexicon

# Between two offices of one person: "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh", "Giám đốc Sở kiêm Trưởng Ban".
BETWEEN = re.compile(
    r"(?: ?[,;] ?| ?- ?| \((?=(?:nay|hiện|kiêm|đồng thời|trước đó|sau đó|nguyên|cựu) )|\) ?(?=(?:làm|là|giữ chức|kiêm|được bầu|nay là|hiện là|đồng thời là) )| )?(?:và |đồng thời là |đồng thời )?(?:(?:sau đó|rồi|tiếp đó|trước đó|hiện|nay|từng|còn|cũng|lên|lại) )*"
    r"(?:(?:được )?bầu làm |được bầu |giữ chức |là |làm )?(?:kiêm (?:nhiệm )?)?(?:chức (?:vụ )?)?"
)
# Between an office and the name that it opens: " ", " - ", ": ", ", đồng chí ".
TERM = fold(r"(?:,? ?(?:khóa [ivx\d]{1,6}|nhiệm kỳ \d{4} ?- ?\d{4})){1,2}")
# " khóa VI, VII và VIII", ", nhiệm kỳ 2010 - 2015", " (khóa XI)": between two offices of one person
_TERMS = re.compile(
    fold(
        r"(?: dự khuyết)?(?:,? ?\(?(?:(?:các |từ )?khóa:? [ivx\d]{1,6}(?:(?:,? và |, ?| ?- ?| đến )[ivx\d]{1,6}(?![^ ,;:.()-])){0,8}|nhiệm kỳ \d{4} ?- ?\d{4}|\(\d{4} ?- ?(?:\d{4}|nay)(?=\)))\)?){1,2}(?![^ ,;.-])"
    )
)
# "Chủ tịch UBND tỉnh lúc đó là ông A": when it was held
_AT_THE_TIME = r"(?: (?:(?:vào )?(?:lúc|khi|thời|thời kì|thời điểm|hồi) (?:đó|ấy|này|bấy giờ)|bấy giờ|hiện nay|đương thời)(?= là | - | $))?"
TO_NAME = re.compile(
    rf"(?: nhà trường)?(?: (?:qua )?các (?:thời kì|nhiệm kì|khóa)(?=:))?(?: đầu tiên| hiện tại| đương nhiệm| tiền nhiệm| đắc cử| tân cử| sắp mãn nhiệm)?{_AT_THE_TIME}(?:{TERM}(?= là| -|,))?(?: - |- | -| |: | là |(?: gồm| gồm có| là)?: ?| gồm | gồm có |, |,|\n(?:\(?đã k[íý]\)?\n)?)(?:là )?"
)
# A calling between an office and the name: ", nhà toán học người Na Uy, ông ".
_APPOSED = re.compile(rf", (?:{any_of(lexicon('officials')['offices']['jobs'])}|nhà [^\W\d_]+ học)(?: [^\W\d_]+){{0,6}}(?=, )")
_COMMANDED = re.compile(
    fold(r",? (?:đã|vừa|tiến hành|phối hợp|kịp thời|bất ngờ|ập|chặn|vây|kiểm tra|phát hiện|bắt|triển khai|đang|đến|lên đường)(?!\w)")
)
_ACTS = re.compile(fold(r" (?:đã |cũng |vừa )?(?:tặng|trao|khen|thưởng|quyết định|công nhận|ký|truy tặng|phong tặng|công bố)(?!\w)"))
_GIVEN = re.compile(fold(r"(?<!\w)(?:(?:bằng|giấy|thư) khen|cờ thi đua|kỷ niệm chương|quyết định)(?: số [^\s,;]+)?(?: của)? $"))
_COUNCILS = ("hđnd", "hội đồng nhân dân")
_MISSION = re.compile(r"(?<!\w)đoàn(?!\w)[^.;:]{0,60}? do (?=\w)")  # "đoàn công tác của tỉnh do ông A … làm trưởng đoàn"
_LATE = re.compile(r"cố (?!vấn)")
_CAPITALISED = re.compile(r" ([^\W\d_]+)")
ALONE = ("thủ tướng", "chủ tịch nước")  # who holds no other office that "và" would join
_JOBS = (fold("chủ nhiệm"), fold("trợ lý"))
_TEACHER = re.compile(fold(r"(?<!\w)(?:giáo viên|gv|cô|thầy|lớp) chủ nhiệm(?!\w)|chủ nhiệm lớp|trợ lý (?:gi|ng|đạo)"))  # jobs, no offices
FAR = 200  # code points from an office to a name that it may belong to


class Offices:
    """All offices of one text, in order, none within another."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.names = names_of(doc)
        self.text, self.folded = self.names.text, self.names.folded
        self.bodies = OfficeBodies(doc, self.names)
        self.province, self.on = page_province(doc)
        self._reader = OfficeReader(doc, self.names, self.bodies)
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
            if glue and glue.end() > at and (following := self.beginning(glue.end())) and not self._apart(office, glue[0], following):
                return (glue[0], following) if not self.serves(office, following) else None
        return None

    def _apart(self, office: Office, glue: str, after: Office) -> bool:
        """Whether the second office is another's, or none: "Trưởng khoa Nhi; Bộ trưởng Bộ Y tế tặng …", "ký tên Chủ tịch nước; …"."""
        acts = after.organization is not None and _ACTS.match(self.folded, after.end) is not None
        return self.for_the_day(after) or (glue.startswith(";") and acts)

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
        if self.folded.startswith(";", office.end) and self.folded.endswith(" của ", 0, office.start):
            return False  # "Quyết định của Chủ tịch nước; Chủ tịch UBND huyện A": two people
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
        ends += [code.end() for end in ends[:1] if office.organization and (code := CODE.match(self.text, end))]
        ends += [apposed.end() for end in ends if (apposed := _APPOSED.match(self.folded, end))]
        gaps = [self.folded[end:at] for end in dict.fromkeys(ends) if end <= at]
        if any(gap.startswith(":") for gap in gaps) and _GIVEN.search(self.folded, max(0, office.start - 40), office.start):
            return None  # "Giấy khen Chủ tịch UBND huyện: | cô Lê Thị Na": whose award she gets
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
            office._replace(end=end, organization=self._reader.name(start, end))
            if self.names.capital(start) or self.names.body(start)
            else None
        )

    def replace(self, office: Office, wider: Office) -> None:
        """Put the wider reading in the place of an office."""
        self.all[bisect_right(self._starts, office.start) - 1] = wider

    def _find(self) -> Iterator[Office]:
        after = 0
        for match in titles().finditer(self.folded, 0, len(self.folded)):
            if match.start() >= after:
                verb = match["core"] == "chỉ huy" and self.text[match.start()].islower()
                if verb and ((after and after == match.start() - 2) or _COMMANDED.match(self.folded, match.end())):
                    continue  # "ông A, Lữ đoàn trưởng, chỉ huy tàu ra khơi", "do Trung tá A, Phó Trưởng phòng chỉ huy đã chặn bắt xe"
                if match["core"] in _JOBS and _TEACHER.search(self.folded, max(0, match.start() - 12), match.end() + 4):
                    continue
                office = self._alone(self._reader.read(match))
                if match["core"] == "ct" and self.bodies.end(office.title_end + 1) is None:
                    continue  # "CT UBND xã", but "CT nông thôn mới"
                if fold(office.title).endswith(fold("đại biểu")) and not fold(office.organization or "").startswith(_COUNCILS):
                    continue  # "đại biểu Nguyễn Văn An": a guest
                yield office
                after = office.end
                if (of := self._of_whom(office)) is not None:
                    yield of

    def _alone(self, office: Office) -> Office:
        """The office without "cố" where it has no body and is no stranger's: "cố | Thủ tướng Lê Văn A", but "cố Thủ tướng Masato Ohiro"."""
        late = _LATE.match(self.folded, office.start) if office.organization is None else None
        name = _CAPITALISED.match(self.text, office.end)
        if late is None or (name and not is_syllable(fold(name[1]))):
            return office
        return office._replace(start=late.end(), title=office.title[len(late[0]) :])

    def _of_whom(self, office: Office) -> Office | None:
        """The office with which a body's name ends and that opens its holder's name: "thành viên Tổ tư vấn của | Thủ tướng | Lê Văn A"."""
        if not office.organization or " của " not in self.folded[office.start : office.end] or not self.bodies.person(office.end + 1):
            return None
        start = self.folded.rindex(" của ", office.start, office.end) + len(" của ")
        title = titles().match(self.folded, start)
        if title is None or title.end() != office.end or not title["whole"]:
            return None
        return Office(start, office.end, office.end, self.text[start : office.end], None, False)
