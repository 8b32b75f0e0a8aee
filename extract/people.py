"""Where a text names people: runs of capitalised words that are no place, no body and no credit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice, pairwise

from spacy.tokens import Doc

from extract.fold import fold
from extract.language import UPPER, cut, sentence_at
from extract.mentions import Mention, office_after
from extract.name_runs import NameRuns, Run
from extract.office_reading import Office
from extract.office_words import countries, land, local_places, seats_abroad
from extract.offices import Offices
from extract.person_lists import listed
from extract.person_names import (
    Surroundings,
    calls,
    cuts,
    has_marker,
    honorific_before,
    honorifics,
    is_foreign,
    known_surname,
    lands,
    never,
    opens_honorific,
    stands_alone,
)
from extract.places import begins_person, words
from extract.syllables import is_syllable

MOST_MENTIONS = 8_000  # of people in one article; more are left out, and the reading says so
LONGEST = 5  # syllables of a name
MOST_ALONE = 4  # words of a run that hold no two people
MOST_ALIAS = 40  # code points between a name and another one of the same person
_SHORTENED = re.compile(r"\.(?:[,;)(]| [^\W\d_A-ZĐ])")
_VOWEL = re.compile("[aăâeêioôơuưyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ]")
_ONE_WORD = re.compile(rf"[{UPPER}][^\W\d_]* $")
_ORDINAL = re.compile(r"I{1,3}|IV|VI{0,3}|XI{0,3}|XIV|XVI{0,3}")  # "Elizabeth II"
_AGED = re.compile(r" ?\((?:\d{1,3} tuổi|sn \d{4}|sinh (?:năm|ngày) |(?:học )?lớp \d|học sinh lớp)")  # "cùng Văn (13 tuổi)"
# a name of three syllables or more, and its given name
_FULL_NAME = re.compile(
    rf"(?<!\w)[{UPPER}][^\W\d_{UPPER}]+(?: [{UPPER}][^\W\d_{UPPER}]*){{1,3}} (?P<given>[{UPPER}][^\W\d_{UPPER}]+)(?! [{UPPER}])"
)
# "(bí danh | Tư Chiến)", ", tên thật là | Lê Văn B": the same person by another name
_ALIAS = re.compile(
    r"(?:,| ?\(| -)? ?(?:(?:hay|tức|có|còn|với|vẫn|được|thường) )*(?:bí danh|biệt danh|bút danh|nghệ danh|pháp danh|thế danh|biệt hiệu|(?P<real>tên thật|tên khai sinh)|tên thường gọi|tên gọi khác|gọi|tức)(?: (?:là|khác))?:? ?\"?"
)
_ALSO = re.compile(r"\)|, (?:\d{1,3} tuổi|sn |sinh năm )")  # "Thanh Hà (Lê Thị Hà | , 40 tuổi)"
_CROWNED = re.compile(
    r"(?<!\w)(?<!huân chương )(?:lãnh tụ|quốc vương|nhà vua|giáo chủ|đức vua|nhật hoàng|hoàng hậu|thái tử|hoàng thái tử|hoàng tử|công chúa|hoàng thân|giáo hoàng|sa hoàng|nữ hoàng) $"
)
_NAMED = re.compile(r"(?:(?:bé|trai|gái|cháu|con|bạn|em|sinh) tên|có tên|do tên|nhóm tên|tên là) $")
_PRIZE = re.compile(
    rf"(?:[Gg]iải thưởng|[Hh]ọc bổng)(?: [Tt]oán học| [Vv]ăn học| [Kk]hoa học| mang tên)? ([{UPPER}][^\W\d_]+(?: [{UPPER}][^\W\d_]+){{1,3}})"
)
_TOGETHER = (" - ", "-", ", ", " và ", " & ")  # between the names of one byline
_ENDS = re.compile(r"[ .)\]]{0,4}(?:\n|$)| ?- ")
_NO_SURNAMES = ("em", "cháu", "chị", "bé", "bà", "cụ")  # "Em | Văn Thái"
_JOINS = re.compile(r"(?:(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy)|ông|bà) ")
_PEOPLES = r"(?:việt|hàn|nhật|trung|mĩ|pháp|lào|đức|úc|đài|hoa|nga|thái)"
_PAIRED = re.compile(rf"{_PEOPLES} ?- ?{_PEOPLES}(?!\w)")
# "giấy tờ mang tên bà A", but "giải mang tên đồng chí B"
_RELATIVE = re.compile(r"(?:ông|bà|anh(?! hùng(?!\w))|chị|em|cháu|cô|chú|bác|cụ) ")
_HIGHLAND = re.compile(r"[YA] [^\W\d_]{2,8}|[HK]['’][^\W\d_]{2,8}")
_HIGHLAND_CLAN = re.compile(rf"[YA] [{UPPER}][^\W\d_]{{1,8}}(?: [{UPPER}][^\W\d_]{{1,8}}){{1,2}}")  # "Y Ruê Mlô"
_BESIDE = (" và ", " cùng ", " và vợ ", " và chồng ", " và vợ là ", " và phu nhân ", " cùng phu nhân ")  # between two people from abroad
_HIGHLAND_WOMAN = re.compile(r"H['’][^\W\d_]{2,8} (?=[A-ZĐ][^\W\d_])")


@cache
def _lands() -> tuple[re.Pattern[str], ...]:
    """A space and a country, a space and a place of another country."""
    return countries(), seats_abroad()


def _once(folded: Sequence[str]) -> int:
    """How many words of a run are left without those that say the end of a name again, where no space parted them: "Lê Thiên Phú | Thiên Phú"."""
    if not begins_person(folded):
        return len(folded)
    called = next((at for at in range(2, len(folded) - 1) if folded[at] in ("ông", "bà")), len(folded))  # "Lê Văn An | Ông An"
    folded = folded[:called]
    again = next((size for size in (3, 2) if len(folded) > 2 * size - 1 and folded[-size:] == folded[-2 * size : -size]), 0)
    return len(folded) - again


class PeopleFinder:
    """Marks the people of one text."""

    def __init__(self, doc: Doc, offices: Offices) -> None:
        self.doc = doc
        self.text, self.folded = offices.text, offices.folded
        self.offices = offices
        self.names = offices.names
        self.around = Surroundings(offices)
        self.runs = NameRuns(offices)
        self._masked = sorted(
            (item.start, item.end)
            for kind in ("bodies", "campaigns", "documents")
            for item in doc._.found.get(kind, ())
            if getattr(item, "field", "text") == "text"
        )
        self._given: dict[str, int] | None = None  # given names of those named in full -> where first the name ends
        self._credit = 0  # where the last byline ends
        self._last = 0  # where the last person's name ends
        self._blocked = bytearray(len(self.text) + 1)
        for start, end in (*self._masked, *((office.start, office.end) for office in offices.all)):
            self._blocked[start:end] = b"\1" * (end - start)
        self._houses = {
            " ".join(fold(body.name).split()[-size:])
            for body in doc._.found.get("bodies", ())
            if body.kind in ("school", "enterprise")
            for size in (2, 3, 4)
        } | {fold(named[1]) for named in _PRIZE.finditer(self.text)}

    def mentions(self) -> list[Mention]:
        """All mentions, in order, without their offices."""
        named = (
            mention
            for whole in self.runs.runs(self._blocked)
            for run in self._parted(whole)
            if (mention := self._mention(run)) is not None and self._in_one_sentence(mention)
        )
        found = list(islice(named, MOST_MENTIONS))
        found = sorted((*found, *listed(self.offices, found, self._blocked)), key=lambda mention: mention.start)[:MOST_MENTIONS]
        if len(found) == MOST_MENTIONS:
            cut(self.doc, "officials")
        aliases = {id(other) for mention, other in pairwise(found) if self._is_alias(mention, other)}
        return [mention for mention in found if id(mention) not in aliases and not self._names_house(mention)]

    def _parted(self, run: Run) -> list[Run]:
        """The run, in two where a rank or a calling joins the end of a caption to a person: "Ảnh: Trần Hải | Thượng Tá Ngô Văn An"."""
        for index in range(2, len(run) - 2 if len(run) > MOST_ALONE else 0):
            for step in (1, 2):
                called = self.folded[run[index].start() : run[min(index + step, len(run) - 1)].start()]
                after = run[index + step :]
                if len(after) > 1 and fold(after[0][0]) in words("common_surnames") and _JOINS.fullmatch(called):
                    return [run[:index], after]
        return [run]

    def _is_alias(self, mention: Mention, other: Mention) -> bool:
        """Whether the second mention is another name of the person before it; the real name of who is called "Tư Hớn" is a name of its own."""
        alias = _ALIAS.fullmatch(self.folded, mention.end, other.opens) if other.opens - mention.end < MOST_ALIAS else None
        named = self.folded[mention.start : mention.end].split()
        if self.folded[mention.end : other.opens] in (" (", "(") and other.honorific is None and len(named) > 1:
            return _ALSO.match(self.folded, other.end) is not None
        return alias is not None and (alias["real"] is None or (len(named) > 1 and known_surname(named[0])))

    def _names_house(self, mention: Mention) -> bool:
        """Whether a bare name is the tail of a school's or a firm's name that the text has in full: "Tôn Đức Thắng là trường đầu tiên"."""
        if mention.honorific is not None or office_after(self.offices, mention.end) is not None:
            return False
        office = self.offices.before(mention.start)
        opened = office is not None and self.offices.opens(office, mention.start) is not None
        return not opened and self.folded[mention.start : mention.end] in self._houses

    def _in_one_sentence(self, mention: Mention) -> bool:
        """Whether the name is not cut in two by the end of a sentence that was too long."""
        return mention.end <= sentence_at(self.doc, mention.start).end

    def _mention(self, run: Run) -> Mention | None:
        """The person whom a run of capitalised words names, if it does."""
        written = run
        run = self._without_titles(run)
        if not run or self._lost_in_capitals(run):
            return None
        start = run[0].start()
        place = self.names.province(start) or start
        resident = [word for word in run if word.start() > place > start]
        if len(resident) > 1 and fold(resident[0][0]) in words("common_surnames") and begins_person([fold(word[0]) for word in resident]):
            return self._mention(resident)  # "Hiệu trưởng Trường A, Hà Nội | Tạ Thị Ngọc"
        honorific = self._honorific(start)
        folded = [fold(word[0]) for word in run]
        office = self.offices.before(start)
        if office is not None and honorific is not None and office.end > honorific.start():
            honorific = None  # "Phó Chủ tịch Hội Luật gia Lê Văn A": the calling is the body's
        gap = self.offices.opens(office, start) if office is not None else None
        opened = gap is not None and gap != ", " and (gap[0] != "\n" or self._signs(run))
        known = honorific is not None or opened
        if len(run) == 1 and not self._named_alone(run, honorific=honorific, office=office if opened else None):
            return None  # asked first: most runs are a word that begins a sentence or a place's name
        rest = self._beginning_later(run, folded, honorific, known=known)
        if len(rest) < len(run):
            return self._mention(rest)
        if len(run) > LONGEST - 1 and not (len(run) <= LONGEST + 1 and (known or has_marker(folded))):
            run = run[: LONGEST - 1]
        run = list(run[: _once([fold(word[0]) for word in run])])
        folded = [fold(word[0]) for word in run]
        end = self.runs.end(run)
        if re.fullmatch("[BCDĐGHKLMNPQRSTVX][hrg]?", run[-1][0]) or (len(run[-1][0]) == 1 and _SHORTENED.match(self.text, end)):
            return None  # initials: "Lê Chí C., 16 tuổi"
        if opened and office is not None and folded == ["hồ", "chí", "minh"] and fold(office.title) == "chủ tịch":
            return Mention(start, end, None, False, reach=end, opens=start) if self.around.is_himself(office.start) else None
        named = never().match(self.folded, written[0].start()) or never().match(self.folded, start)
        if (named and named.end() >= end) or self._is_nobody(run, folded, end, honorific=honorific, office=office if opened else None):
            return None
        if len(run) > 1 and not self._person(folded, start, end, honorific=honorific, opened=opened, owner=office):
            return None
        doubtful = len(run) == 1 or (len(run) == 2 and not known and not is_foreign(folded[-1]))
        again = len(run) == 1 and honorific is not None and self._called_again(start, folded[0])
        if doubtful and not again and self.names.compound(run[-1].start()):
            return None  # "Đoàn Lãnh sự": the last syllable belongs to a word; asked last, for it costs most
        opens = honorific.start() if honorific else start
        self._last = end
        familiar = len(run) == 1 and not self._highland(run, start, end)
        return Mention(start, end, self._called(honorific), familiar, reach=end, opens=opens, signs=self._signs(run))

    def _beginning_later(self, run: Run, folded: list[str], honorific: re.Match[str] | None, *, known: bool) -> Run:
        """The run from where a person's name begins in it, behind a country, another word or a ship; nothing where none does in a place's name."""
        start = run[0].start()
        country = lands().match(self.folded, start)
        stranger = honorific is None or calls("callings").search(honorific[0]) is not None
        rest = [word for word in run if country is not None and word.start() > country.end()]
        abroad = len(rest) > 1 and all(is_foreign(fold(word[0])) for word in rest)  # "Thái Lan | Maha Chakri"
        whole = (
            not abroad and known_surname(folded[0]) and (len(rest) == 1 or (len(folded) > 2 and folded[1] in words("middles")))
        )  # "Hà Lan Hương", "Đoàn Thanh Hà My"
        artist = honorific is not None and calls("artists").search(honorific[0]) is not None
        whole = whole or (artist and len(run) == 2 and not any(map(is_foreign, folded)))  # "diễn viên Mỹ Duyên"
        if (
            rest
            and not (whole and not begins_person([fold(word[0]) for word in rest]))
            and ((known and stranger) or any(is_foreign(fold(word[0])) for word in rest))
        ):
            return rest
        if (
            len(run) > 2
            and not begins_person(folded)
            and (
                not has_marker(folded) or (is_foreign(folded[0]) and not known_surname(folded[0]) and folded[1] in words("common_surnames"))
            )
            and not _HIGHLAND.fullmatch(run[0][0])
            and (not known or (stranger and not known_surname(folded[0])))
        ):
            split = next((k for k in range(1, len(run) - 1) if begins_person(folded[k:])), None)
            if split is not None and folded[0] in land() and folded[split] not in words("common_surnames"):
                return []  # "làng Đắk Rơ Tiên"
            if split is not None:
                return run[split:]
        ship = next((k for k in range(1, len(run) - 2) if folded[k] in words("foreign_things") and begins_person(folded[k + 1 :])), None)
        return run if ship is None else run[ship + 1 :]  # "tàu Bình An Ferry | Lê Văn Tám"

    def _is_nobody(self, run: Run, folded: list[str], end: int, *, honorific: re.Match[str] | None, office: Office | None) -> bool:
        """Whether a run is an acronym, a place, a thing named for a person, or who wrote or took what is shown; `office`: what opens it."""
        start = run[0].start()
        acronyms = any(
            not _ORDINAL.fullmatch(word[0]) and len(word[0]) > 1 and word[0].isupper() and not _VOWEL.search(word[0].lower())
            for word in run
        )
        named_for = office.start if office is not None else honorific.start() if honorific else start
        shouted = run[0][0].isupper() and run[-1][0].isupper()
        byline = honorific.start() if honorific and (shouted or honorific[0] in ("anh ", "bà ", "thầy ")) else start
        if acronyms or self.around.memorial(named_for):  # "Khu lưu niệm đồng chí Lê Văn A"
            return True
        if (honorific is None or folded[0] == "đoàn") and self.around.is_thing(folded, start, end):
            return True
        if honorific is not None:
            named = self.folded.endswith(("mang tên ", "văn phòng "), 0, honorific.start()) and not _RELATIVE.match(honorific[0])
            return named or self._credited(byline, end) or self.around.quoted(honorific.start(), end, 25)
        if folded[0] in land() or " ".join(folded) in local_places():
            return True
        told_place = len(run) == 3 and self.text[start:end] in self.names.told_places
        if office is None and (told_place or self.around.titled(start, end)):
            return True
        return self._credited(byline, end) or self._second_credit(start, end) or self.around.quoted(start, end, 80)

    def _credited(self, start: int, end: int) -> bool:
        """Whether the name is a byline, or a dash joins it to one: "Bài, ảnh: Trần Anh - | Lê Hải"."""
        joined = self._credit and self.folded[self._credit : start] in _TOGETHER and _ENDS.match(self.text, end) is not None
        if not joined and not self.around.credited(start, end):
            return False
        self._credit = end
        return True

    def _second_credit(self, start: int, end: int) -> bool:
        """Whether another byline stands right before, and the paragraph ends here: "Đồ họa: Khánh | Hoàng Viết Tuân"."""
        first = _ONE_WORD.search(self.text, max(0, start - 12), start) if self.text[end : end + 1] in ("\n", "") else None
        return first is not None and self._credited(first.start(), end)

    def _signs_off(self, start: int, end: int) -> bool:
        """Whether the name is a paragraph that signs a document."""
        return self.around.alone(start, end) and self.around.signs(start, end)

    def _named_so(self, run: Run) -> bool:
        """Whether a name of three words ends in one that else begins an office, which does not go on: "Mai Xuân Trưởng"."""
        folded = [fold(word[0]) for word in run]
        return folded[1] in words("middles") and known_surname(folded[0]) and self.offices.beginning(run[-1].start()) is None

    def _lost_in_capitals(self, run: Run) -> bool:
        """Whether the paragraph is all in capitals, which tell nothing unless the name is all of it."""
        return self.names.shouted(run[0].start()) and not self._signs(run)

    def _signs(self, run: Run) -> bool:
        """Whether the run is a paragraph of its own, but for a number."""
        return self.around.nothing_but(" .-–()*0123456789|", run[0].start(), run[-1].end())

    def _given_name(self, start: int, word: str, honorific: re.Match[str] | None) -> bool:
        """Whether one capitalised word names a person: only after a word of kinship or "đồng chí"."""
        if honorific is None and _NAMED.search(self.folded, max(0, start - 12), start) and not never().match(self.folded, start):
            return self.names.province(start) is None and self.names.body(start, lone=True) is None
        if honorific is None and is_foreign(word) and _CROWNED.search(self.folded, max(0, start - 16), start):
            return True
        if honorific is None or not calls("familiar").search(honorific[0]) or self.names.province(start) is not None:
            return False
        if _PAIRED.match(self.folded, start):
            return False  # "vợ chồng Hàn-Việt"
        land = lands().match(self.folded, start)
        if land and land.end() == start + len(word) and calls("anybody").search(self.folded, max(0, start - 30), start):
            return False  # "em bé Nhật"
        return word not in words("kin")

    def _named_alone(self, run: Run, *, honorific: re.Match[str] | None, office: Office | None) -> bool:
        """Whether one capitalised word names a person, by what stands around it; `office`: the one that opens it."""
        start, end, word = run[0].start(), self.runs.end(run), fold(run[0][0])
        if not _VOWEL.search(word):
            return False  # "cô Th.": initials
        return (
            self._given_name(start, word, honorific)
            or self._aged(start, word, end)
            or self._head_of_state(office, run[0])
            or ((honorific is not None or office is not None) and self._called_again(start, word))
            or self._highland(run, start, end)
        )

    def _aged(self, start: int, word: str, end: int) -> bool:
        """Whether one capitalised word has an age or a class in brackets: "cùng Văn (13 tuổi)", "Tuấn (lớp 5A)"."""
        if _AGED.match(self.folded, end) is None or word in words("kin") or never().match(self.folded, start):
            return False
        return self.names.province(start) is None and not self.around.trapped(start, 1)

    def _called_again(self, start: int, word: str) -> bool:
        """Whether one capitalised word after an office or a calling is the given name of who is named in full before: "bị cáo Tùng"."""
        if self._given is None:
            self._given = {}
            for full in _FULL_NAME.finditer(self.text):
                if begins_person(fold(full[0]).split()):
                    self._given.setdefault(fold(full["given"]), full.end())
        return self._given.get(word, start) < start and word not in words("kin") and self.names.province(start) is None

    def _highland(self, run: Run, start: int, end: int) -> bool:
        """Whether the run is a name of the highlands that tells by its form: "Y Blơk", "A Dưng", "H'Rin", "K'Brọi"."""
        form = _HIGHLAND.fullmatch(self.text, start, end)
        return form is not None and len(run[-1][0]) > 1 and not run[-1][0].isupper() and not self.around.trapped(start, len(run))

    def _head_of_state(self, office: Office | None, word: re.Match[str]) -> bool:
        """Whether one foreign word after "Tổng thống" names who is called so."""
        return office is not None and fold(office.title) in words("abroad") and is_foreign(fold(word[0])) and not word[0].isupper()

    def _honorific(self, start: int) -> re.Match[str] | None:
        """The honorific before a name; the end of another name ("NSƯT Trung Anh, …") is none."""
        match = honorific_before(self.folded, max(0, start - 60), start)
        if match is not None and match[0].startswith("anh hùng, "):  # "Anh Hùng, chị Lan": two people
            match = honorific_before(self.folded, match.start() + len("anh hùng, "), start)
        if match is None or not match[0] or calls("strangers").search(self.folded, max(0, start - 30), start):
            return None
        inner = (
            match.start() > 1
            and self.text[match.start()].isupper()
            and self.text[match.start() - 1] == " "
            and self.text[match.start() - 2].isalpha()
        )
        first = match[0].split()[0]
        longer = opens_honorific().match(match[0])  # "Bác sĩ", "Thầy thuốc Ưu tú"
        if not inner or longer or not calls("familiar").fullmatch(first.strip(",.:") + " "):
            return match
        rank = honorifics().search(self.folded, match.start() + len(first), start)  # "NSƯT Trung Anh, NSƯT Minh …": the rank alone
        return rank if rank and rank[0] else None

    def _called(self, honorific: re.Match[str] | None) -> str | None:
        """What the person is called by, as written: "đồng chí", "Đại tá"."""
        if honorific is None:
            return None
        said = self.text[honorific.start() : honorific.end()].rstrip(" :")
        return said[0].lower() + said[1:] if calls("familiar").fullmatch(fold(said) + " ") else said

    def _without_titles(self, run: Run) -> Run:
        """The run without honorifics before and titles after the name: "Nhưng TS Nguyễn Văn A", "Ông Lò Văn B Giám đốc"."""
        words_ = list(run)
        while (
            len(words_) > 1
            and (fold(words_[1][0]) not in ("thị", "văn") or fold(words_[0][0]) in _NO_SURNAMES)
            and (
                ((match := honorifics().search(self.folded[words_[0].start() : words_[1].start()])) and match[0])
                or (
                    fold(words_[0][0]) in words("openers")
                    and (
                        not known_surname(fold(words_[0][0]))
                        or fold(words_[1][0]) in words("surnames") - words("middles")
                        or (len(words_) > 3 and fold(words_[1][0]) in words("common_surnames"))
                    )
                )
            )
        ):
            dropped = words_.pop(0)
            if len(words_) == 2 and words_[0][0] == "Anh" and fold(dropped[0]) not in words("openers"):
                break  # "NSND Anh Tú": after a rank, a name
        for index, word in enumerate(words_):
            ordinal = index > 0 and _ORDINAL.fullmatch(word[0]) is not None
            acronym = not ordinal and len(word[0]) > 1 and word[0].isupper() and not all(w[0].isupper() for w in words_)
            cut_off = cuts().match(self.folded, word.start())
            if cut_off and index == 1 and cut_off.end() == words_[-1].end() and known_surname(fold(words_[0][0])):
                break  # "Nguyễn Tiến Sĩ": his name
            if cut_off and word[0] == "Trưởng" and index == 2 and word is words_[-1] and self._named_so(words_):
                break  # "Mai Xuân Trưởng cho biết"
            if (
                cut_off
                and word[0] == "Ảnh"
                and index == 2
                and word is words_[-1]
                and self.folded.startswith((", ", ".", " - "), word.end())
            ):
                break  # "Quách Thế Ảnh, Bí thư Huyện ủy"
            if acronym or cut_off:
                return (
                    words_[:index]
                    if index > 1
                    else (self._without_titles(words_[index + 1 :]) if index + 1 < len(words_) and index == 0 else words_[:index])
                )
        return words_

    def _person(
        self, folded: list[str], start: int, end: int, *, honorific: re.Match[str] | None, opened: bool, owner: Office | None
    ) -> bool:
        """Whether a run of two words or more is a person's name, by itself and by what stands before it."""
        if self.names.province(start) == end:
            return False
        if _HIGHLAND_CLAN.fullmatch(self.text, start, end) and is_foreign(folded[-1]) and not self.around.trapped(start, len(folded)):
            return True
        plain = known_surname(folded[0]) or has_marker(folded) or any(is_foreign(word) for word in folded)
        if self.around.row(start, end) or (honorific is not None and (plain or not calls("callings").search(honorific[0]))):
            return True
        firm = opened and not any(map(is_syllable, folded)) and any(word in words("foreign_things") for word in folded)
        if (
            opened
            and not firm
            and (
                plain
                or (
                    len(folded) > 2
                    and owner is not None
                    and (owner.organization is not None or (folded[1] in words("middles") and not owner.plural))
                    and self.names.body(start, lone=True) is None
                )
            )
        ):
            return True
        abroad = " " + fold(owner.organization or "") if owner is not None else ""
        if opened and len(folded) > 1 and any(place.end() == len(abroad) for of in _lands() for place in of.finditer(abroad)):
            return True  # "Thủ tướng Campuchia Hun Sen", "Giám đốc Công an tỉnh Savannakhet Thong Phan"
        if self.around.trapped(start, len(folded)):
            return False
        artist = honorific is not None and calls("artists").search(honorific[0]) is not None
        if artist and len(folded) < 4 and not any(map(is_foreign, folded)):
            return self.names.body(start, lone=True) is None  # "diễn viên Mỹ Duyên"
        if stands_alone(folded) or (self.around.living(end) and folded[0] != "năm") or self._signs_off(start, end):  # "Năm Lan 8 tuổi"
            return True
        if self.around.abroad(folded, start, end):
            return True
        if len(folded) == 2 and (_HIGHLAND.fullmatch(self.text, start, end) or _HIGHLAND_WOMAN.match(self.text, start)):
            return True  # "A Dưng", "H'Yên Niê"
        if self._last and self.folded[self._last : start] in _BESIDE and self._stranger(folded):
            return True  # "ông bà Mikhail Maksin và Oksana Volkova"
        odd = any(is_foreign(word) for word in folded) and not any(word in words("foreign_things") for word in folded)
        rare = folded[0] in words("rare_surnames")
        return ((odd or rare) and office_after(self.offices, end) is not None) or (rare and len(folded) > 2 and self.around.does(end))

    def _stranger(self, folded: list[str]) -> bool:
        """Whether all of two or three words are foreign, and none is a thing's."""
        return 1 < len(folded) < 4 and all(is_foreign(word) and word.isalpha() and word not in words("foreign_things") for word in folded)
