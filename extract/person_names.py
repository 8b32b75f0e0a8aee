"""What makes a run of capitalised words a person's name: its syllables, and the words before and after it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache

from extract.fold import fold
from extract.language import UPPER
from extract.offices import Offices
from extract.places import begins_person, pattern, words
from extract.syllables import is_syllable
from extract.words import any_of, lexicon

_ITEM = rf"[{UPPER}][^\W\d_]*(?: [{UPPER}\d][^\W_]*){{0,3}}"
# "các xã: Đại Sơn, Hưng Lộc, ": what a plural of places opens
_PLACES = re.compile(
    rf"(?:[Cc]ác|[Hh]ai|[Bb]a|[Bb]ốn|[Nn]ăm|[Ss]áu|[Bb]ảy|[Tt]ám|[Cc]hín|[Mm]ười|\d+) (?:xã|phường|huyện|thị xã|quận|thôn|bản|buôn|làng|ấp|khóm|tỉnh|thành phố|thị trấn|(?:tuyến |con )?đường|(?:tuyến |con )?phố|tuyến|khu|trường)"
    rf"(?:[^\n.;:]{{0,40}}:)?(?: như| gồm| là)? ?:? (?:{_ITEM}(?: \([^()\n]{{1,40}}\))?(?:, | và |; )){{0,12}}$"
)
_BEFORE_PROVINCE = ("đoàn", "hồ", "mông")  # "Hồ Hòa Bình", "đồng bào Mông Sơn La"
_PICTURED = re.compile(r"(?<!\w)ảnh:? [^\n./,;:]{2,30}/ ?$")  # "Ảnh VGP/Lê Văn An"
_PAIR = re.compile(rf"(?:{_ITEM}) ?[-–,&] ?(?:{_ITEM})")
_TRIO = re.compile(rf"{_ITEM}(?: - {_ITEM}){{2,5}}")  # a paragraph of three names: who wrote it
_ADDRESS = re.compile(
    r"(?:(?:số|ngõ|ngách|hẻm|kiệt|tại|ở|địa chỉ:?|nhà|đến|trụ sở:?|,) \d+[a-z]?(?:/\d+)*|\d/\d+[a-z]?|(?<!lớp )(?<!toa )(?<!xe )(?<!tàu )(?<!tổ )\d+[a-d]|số \d+[a-z]?(?:/\d+)*,) $"
)
# "đường An Dương Vương": the first syllable of a king's name is no family name
_STREET = re.compile(rf"(?<!\w)(?:[Đđ]ường|[Pp]hố|[Tt]rường|THPT|THCS) [{UPPER}][^\W\d_]* $")
_STREET_END = re.compile(r"(?<!\w)(?:đường|phố|trường|thpt|thcs) [^\W\d_]+ $")
_CROSSING = re.compile(rf"(?:ngã [a-zà-ỹ]+|đường|tuyến|góc) {_ITEM} - $")
# Behind an author's name at the end: where he works, and no office of his
_HOUSE = re.compile(
    fold(
        r"(?: ?[-,] ?| \()(?:vp|văn phòng|thanh tra|phòng|trung tâm|tt|sở|ban|hội|đoàn|trường|đài|báo|công an|lđlđ|mttq|ubnd|ctv|bộ chqs|huyện|xã|tỉnh)(?!\w)[^.;:\n]{0,60}\)?"
    )
)
# Before one who is told of as the author of something: "của tác giả Lê Văn An", "nhóm tác giả A"; not "Tác giả: A".
_AUTHOR = re.compile(fold(r"(?<!\w)(?:(?:của|thuộc về|cho|với|là|gồm) (?:nhóm |các |hai |ba |đồng )?|(?:nhóm|các|hai|ba|đồng) )tác giả $"))
_BESIDE = 200  # code points beside a name that is a paragraph of its own
_LAST = 400  # code points of a text's end in which its author signs
_ROW = re.compile(r"(?:^|\n)\d{1,4} ?\| $")  # a row of a table up to its first cell
# What only a person has: an age, a year of birth, a nationality.
_LIFE = re.compile(r"(?:,| ?\(|,? )(?:sn |sinh (?:năm|ngày|tháng) |\d{1,3} tuổi|quốc tịch |sinh \d|\d{4}\))")

_SAYS = re.compile(
    r",? (?:nói|cho hay|cho biết|khẳng định|nhấn mạnh|tuyên bố|bày tỏ|nhận định|cho rằng|tiết lộ|thừa nhận|giải thích|phát biểu|qua đời|chia sẻ|kể|tâm sự|nhớ lại|viết|bộc bạch|trả lời|sinh (?:năm|ngày)|đồng tác giả)(?!\w)"
    r"|, (?:một trong (?:những|số|các)|người|vợ|chồng|con (?:trai|gái)|mẹ|cha|bố|(?:anh|em) trai|(?:chị|em) gái|một (?:người|cư dân|nhân viên|chuyên gia)|học sinh|sinh viên|giáo viên|giáo sư|bác sĩ|luật sư|phát ngôn viên|chuyên gia)(?!\w)"
)
_LAST_WORD = re.compile(r"\n?\W{1,6}(\w+)")  # of a text that is read backwards


@cache
def honorifics() -> re.Pattern[str]:
    """Honorifics, ranks and degrees that end where a name begins: "đồng chí ", "Đại tá, TS. "."""
    given = lexicon("officials")
    ranks, familiar = (any_of([*given["honorifics"], *given["callings"]]), any_of(given["familiar"]))
    return re.compile(
        rf"(?<![\w&])(?<!\w-)(?<!phụ (?=nữ))(?=\w)(?:(?:{familiar}),? )?(?:(?<![\w&])(?<!\w-)(?:{ranks})(?:[.,:]? |\.(?=\w)))*(?:(?<!\w)(?:{familiar}):? )?$"
    )


@cache
def _honoring() -> frozenset[str]:
    """The last words of honorifics, ranks and degrees."""
    given = lexicon("officials")
    forms = [*given["honorifics"], *given["callings"], *given["familiar"]]
    return frozenset(words[-1] for form in forms if (words := re.findall(r"\w+", fold(form))))


def honorific_before(folded: str, start: int, end: int) -> re.Match[str] | None:
    """The honorifics of folded[start:end] that stand at its end; most words before a name are none, which the last of them tells at once."""
    last = _LAST_WORD.match(folded[max(start, end - 20) : end][::-1])
    return honorifics().search(folded, start, end) if last and last[1][::-1] in _honoring() else None


@cache
def calls(kind: str) -> re.Pattern[str]:
    """A text that ends in one of the words of `kind` (familiar, callings, strangers) and a space."""
    return re.compile(rf"(?<!\w)(?:{any_of(lexicon('officials')[kind])})[:,]? $")


@cache
def opens_honorific() -> re.Pattern[str]:
    """An honorific, rank or degree, but for those that stand before a given name."""
    return re.compile(rf"(?:{any_of(lexicon('officials')['honorifics'])})(?!\w)")


@cache
def never() -> re.Pattern[str]:
    """Names of countries, places, awards that look like a person's."""
    return pattern(lexicon("officials")["traps"]["never"])


@cache
def lands() -> re.Pattern[str]:
    """What may stand before a name and is none: a country, a place."""
    given = lexicon("officials")
    return pattern([*given["traps"]["never"], *given["offices"]["countries"]])


@cache
def cuts() -> re.Pattern[str]:
    """Words that end a name, though they have a capital."""
    return pattern(lexicon("officials")["cuts"])


@cache
def _commemorates() -> re.Pattern[str]:
    """A text that ends in what commemorates a person of history who is named next: "Ngày sinh ", "Bảo tàng ", "Di chúc thiêng liêng của "."""
    return re.compile(
        rf"(?<!\w)(?:{any_of(lexicon('officials')['traps']['commemorates'])})(?:,? (?:(?:của|về|theo|và) )?| (?:[^\W\d_]+ ){{1,4}}của )$"
    )


@cache
def _works() -> re.Pattern[str]:
    """Words for several works and the list of them that follows, up to its end."""
    return re.compile(
        rf"(?<!\w)(?:các|những|hàng loạt|loạt|nhiều) (?:{any_of(lexicon('officials')['works'])})(?: [^\W\d_]+){{0,3}}?(?: như:?| gồm:?|:) (?=[^.;\n]*$)"
    )


@cache
def _memorials() -> re.Pattern[str]:
    """A text that ends in a house or a day of memory: "Khu lưu niệm ", "100 năm Ngày sinh của "."""
    return re.compile(rf"(?<!\w)(?:{any_of(lexicon('officials')['traps']['memorials'])}) (?:của )?(?:cố )?$")


@cache
def _from() -> re.Pattern[str]:
    """A text that ends in a country's name and a space."""
    return re.compile(pattern(lexicon("officials")["offices"]["countries"]).pattern + " $")


@cache
def _ending(kind: str) -> re.Pattern[str]:
    """A text that ends in one of the lexicon's words before a name."""
    marks = r" ?:? ?" if kind == "credits" else r" \"?(?:mang tên )?"
    colon = r" ?[:/] ?" if kind == "credits" else marks
    return re.compile(
        r"(?<!gia )(?<!bộ )(?<!đối )(?<!quân )(?<!đồng )" + pattern(lexicon("officials")["traps"][kind]).pattern + colon + "$"
    )


@cache
def _agencies() -> re.Pattern[str]:
    """The agency after a byline: "/TTXVN", " - TTXVN", "(TTXVN)"."""
    return re.compile(
        rf"(?:(?: ?[-/(] ?| \()(?:{any_of(lexicon('officials')['traps']['agencies'])})| ?\((?:theo|tổng hợp|t/h|lược dịch|dịch))(?!\w)(?! (?:báo|đài|tạp chí|chuyên trang|thường trú)(?!\w))"
    )


@lru_cache(maxsize=32_768)
def is_foreign(word: str) -> bool:
    """Whether a word is spelled as no Vietnamese syllable is."""
    return not all(is_syllable(part) for part in re.split(r"['’`-]", word) if part)


def has_marker(folded: Sequence[str]) -> bool:
    """Whether the middle of the name is Văn or Thị, that only a person has."""
    return len(folded) > 2 and ("thị" in folded[1:-1] or folded[1] == "văn") and all(is_syllable(word) for word in folded[-1:])


WORKS = 300  # code points before a name in which a list of works may begin
_OF_SOMEBODY = re.compile(r"(?<!\w)(?:của|do|ca sĩ|nhạc sĩ|đạo diễn|tác giả|nghệ sĩ)(?!\w)")  # "vở A của Nguyễn Đình Thi": who made it
_NEXT_ITEM = re.compile(r'"?(?:,|…|\.|;| và |$)')


class Surroundings:
    """What stands about a run of capitalised words of one text."""

    def __init__(self, offices: Offices) -> None:
        self.text, self.folded, self.offices = offices.text, offices.folded, offices
        self._quotes = [match.start() for match in re.finditer('"', self.folded)]
        self._lines = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def _line_end(self, at: int) -> int:
        """Where the paragraph of `at` ends, or not far behind."""
        stop = self.text.find("\n", at, at + _BESIDE)
        return stop if stop >= 0 else min(len(self.text), at + _BESIDE)

    def _line(self, at: int) -> int:
        """Where the paragraph of `at` begins."""
        return self._lines[bisect_right(self._lines, at) - 1]

    def row(self, start: int, end: int) -> bool:
        """Whether the run fills the first cell of a numbered row."""
        return _ROW.search(self.folded, max(0, start - 8), start) is not None and self.text.startswith(" |", end)

    def living(self, end: int) -> bool:
        """Whether an age or a birth follows."""
        return _LIFE.match(self.folded, end) is not None

    def is_himself(self, start: int) -> bool:
        """Whether who is named from `start` on is meant himself, and is no part of an anniversary's, a building's or a slogan's name."""
        return not _commemorates().search(self.folded[max(0, start - 60) : start])

    def does(self, end: int) -> bool:
        """Whether what only people do, or who the person is, follows."""
        return _SAYS.match(self.folded, end) is not None

    def memorial(self, start: int) -> bool:
        """Whether what is named after a person, or the anniversary of his birth or death, stands before."""
        return _memorials().search(self.folded, max(0, start - 40), start) is not None

    def is_thing(self, folded: Sequence[str], start: int, end: int) -> bool:
        """Whether the first word is no surname: "Đường Võ Văn Kiệt", "Đoàn Việt Nam", "Hồ Hòa Bình"."""
        rest = start + len(folded[0]) + 1
        street = len(folded) > 2 and folded[0] in words("named_things") and folded[1] in words("surnames")
        team = folded[0] == "đoàn" and ((land := lands().match(self.folded, rest)) is not None and land.end() == end)
        return street or team or (folded[0] in _BEFORE_PROVINCE and self.offices.names.province(rest) == end)

    def abroad(self, folded: Sequence[str], start: int, end: int) -> bool:
        """Whether foreign words name a person: before what only people do, after a country, before a colon, or if the last comes again."""
        foreign = 1 < len(folded) < 4 and all(is_foreign(word) and word.isalpha() for word in folded)
        if not foreign or any(word in words("foreign_things") for word in folded) or any(map(str.isupper, self.text[start:end].split())):
            return False
        before, last = self.folded[max(0, start - 25) : start], folded[-1]
        again = re.search(rf"(?<!\w){re.escape(last)}(?!\w)", self.folded[end : end + 3_000]) is not None
        return (
            again or self.does(end) or _from().search(before) is not None or (before.endswith("\n- ") and self.folded.startswith(":", end))
        )

    def trapped(self, start: int, size: int) -> bool:
        """Whether words before the run make it a street, a school, a prize, a place."""
        before = self.folded[max(0, start - 40) : start]
        if _ending("but").search(before):
            return False
        trap = _ending("before").search(before) or (_STREET.search(self.text, max(0, start - 40), start) and _STREET_END.search(before))
        if trap and not self._in_name(start - len(before) + trap.start(), trap[0].strip()):
            return True
        if _ADDRESS.search(before) or (size == 2 and _ending("locative").search(before)):
            return True
        written = self.text[max(0, start - 240) : start]
        return _PLACES.search(written) is not None or _CROSSING.search(written) is not None

    def titled(self, start: int, end: int) -> bool:
        """Whether the run is the end of a work's title in a list of such: "những vở như Quang Trung, | Trần Hưng Đạo"."""
        listed = _works().search(self.folded, max(0, start - WORKS), start)
        item = listed and self.folded[listed.end() : start].rpartition(", ")[2]
        return listed is not None and not _OF_SOMEBODY.search(item or "") and _NEXT_ITEM.match(self.text, end) is not None

    def _in_name(self, at: int, trap: str) -> bool:
        """Whether the word there is the end of another name: the "Đảo" of "Côn Đảo", but not "Huân chương"."""
        return self.text[at].isupper() and " " not in trap and re.search(rf"[{UPPER}]\w* $", self.text[max(0, at - 9) : at]) is not None

    def credited(self, start: int, end: int) -> bool:
        """Whether the name is a byline or the credit of a photograph."""
        if _AUTHOR.search(self.folded, max(0, start - 30), start):
            return False
        if self.folded.endswith("- ảnh ", 0, start) or (self.folded.endswith("ảnh ", 0, start) and self.text[start:end].isupper()):
            return True
        before = self.folded[max(0, start - 40) : start]
        if _ending("credits").search(before[-30:]) or _PICTURED.search(before) or _agencies().match(self.folded, end):
            return True
        if self._closes(start, end) or _TRIO.fullmatch(self.text, self._line(start), self._line_end(end)):
            return True
        if self._of_house(start, end):
            return True
        if not self.alone(start, end):
            return False
        line = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", end)
        stop = len(self.text) if stop < 0 else stop
        if self.signed(line, stop):
            return False
        last = len(self.text) - stop < _LAST and self._seldom(start, end)
        return line > 0 and (last or self.text.find("\n", stop + 1) < 0 or line < 400)

    def _seldom(self, start: int, end: int) -> bool:
        """Whether the name stands nowhere else but under photographs."""
        name = self.text[start:end]
        shown: int = self.text.count(name)
        shown -= sum(self.text.count(credit + name) for credit in ("ảnh: ", "Ảnh: ", "hoạ: ", "họa: ", "clip: ", "Clip: ", "ideo: "))
        return shown <= 1

    def _closes(self, start: int, end: int) -> bool:
        """Whether the name, or two joined by a dash, is a sentence of its own at the end of the text."""
        stop = self.text.find("\n", end, end + _BESIDE)
        stop = len(self.text) if stop < 0 else stop
        if stop > end + _BESIDE or len(self.text) - stop >= _LAST:
            return False
        called = honorific_before(self.folded, max(0, start - 60), start)
        ends = not self.text[end:stop].strip(" .)*") and re.search(r"[.!?…”\"] ?$", self.text[max(0, start - 2) : start]) is not None
        ends = ends and not (called and called[0])  # "…, PGS.TS. Lê Văn An."
        line = self.text.rfind("\n", max(0, start - _BESIDE), start) + 1
        pair = line > 0 and _PAIR.fullmatch(self.text, line, stop) is not None
        return (ends or pair) and self._seldom(start, end)

    def _of_house(self, start: int, end: int) -> bool:
        """Whether the last paragraph is the name and where its author works, behind a sentence: "Lê Văn An - Thanh tra Sở Tài chính"."""
        if start < 2 or self.text[start - 1] != "\n" or self.text[start - 2] not in '.!?”"' or len(self.text) - end > _LAST:
            return False
        house = _HOUSE.fullmatch(self.folded[end:].rstrip())
        return house is not None and self._seldom(start, end)

    def alone(self, start: int, end: int) -> bool:
        """Whether nothing else stands in the paragraph."""
        return self.nothing_but(" .-–()*", start, end)

    def nothing_but(self, signs: str, start: int, end: int) -> bool:
        """Whether only `signs`, and not many, stand in the paragraph beside the name."""
        line, stop = self.text.rfind("\n", max(0, start - _BESIDE), start), self.text.find("\n", end, end + _BESIDE)
        if (line < 0 and start > _BESIDE) or (stop < 0 and len(self.text) - end > _BESIDE):
            return False
        return not (self.text[line + 1 : start] + self.text[end : len(self.text) if stop < 0 else stop]).strip(signs)

    def signs(self, start: int, end: int) -> bool:
        """Whether the paragraph of [start, end) signs a document."""
        line = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", end)
        return line > 0 and self.signed(line, len(self.text) if stop < 0 else stop)

    def signed(self, line: int, stop: int) -> bool:
        """Whether the paragraph [line, stop) signs a document: an office alone above it, or "(Đã ký)" beside it."""
        above = self.folded[self.text.rfind("\n", 0, max(line - 1, 0)) + 1 : max(line - 1, 0)].strip(" .()")
        below = self.folded[stop + 1 : stop + 12]
        office = self.offices.before(line)
        return (
            above == fold("đã ký")
            or below.startswith((fold("(đã ký"), fold("đã ký")))
            or (len(above) < 60 and office is not None and not self.folded[office.end : line].strip())
        )

    def quoted(self, start: int, end: int, most: int) -> bool:
        """Whether the name stands in a quotation of at most `most` code points that is a name itself, of a movement, a prize or a film."""
        opening: int = self.folded.rfind('"', max(0, start - 60), start)
        if opening < 0 or (bisect_left(self._quotes, start) - bisect_left(self._quotes, self._line(start))) % 2 == 0:
            return False
        closing: int = self.folded.find('"', end, end + 60)
        return end <= closing < opening + most


def known_surname(word: str) -> bool:
    """Whether a folded word is one of the surnames, rare ones too."""
    return word in words("surnames") or word in words("rare_surnames")


def stands_alone(folded: Sequence[str]) -> bool:
    """Whether the syllables tell a person by themselves."""
    if has_marker(folded):
        return True
    if folded[0] in words("eastern_surnames") and 1 < len(folded) < 5 and any(map(is_foreign, folded)):
        return not any(word in words("foreign_things") for word in folded)
    if begins_person(folded):
        return folded[0] in words("surnames") or not any(is_foreign(word) for word in folded)
    return (
        1 < len(folded) < 5
        and folded[0] in words("foreign_given")
        and not any(word in words("foreign_things") for word in folded)
        and is_foreign(folded[-1])
    )
