"""How far the name of a body goes: "Sở Lao động - Thương binh và Xã hội tỉnh Hà Nam", and no word more."""

from __future__ import annotations

import re
from typing import NamedTuple

from spacy.tokens import Doc

from extract import name_borders
from extract.body_heads import (
    Head,
    fields,
    first_words,
    heads_at,
    inner,
    named_places,
    others,
)
from extract.fold import fold
from extract.name_borders import FULL_NAME
from extract.place_names import NUMBER, PlaceNames
from extract.places import begins_person, seats, words
from extract.segmentation import Words

PARTS = 16  # fields, words and joints in one name; more is no name
SERIES = 6  # fields that commas join in one name
DEPTH = 3  # "Văn phòng Ban Chấp hành Đảng bộ tỉnh": bodies named within a name
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_JOIN = re.compile(r" ?[-&/] ?| và |, ?| ")
_NEXT = re.compile(r", | và ")
_OF_SEVERAL = re.compile(r"(?<!\w)(?:các|những|hai|ba|bốn|giữa|gồm) [^,;.:]{0,30}$")
_GROUP = re.compile(r" ?- ?(?:vinacomin|tkv|vnsteel|vicem|petrolimex|vinatex|vinafood|ctcp)(?!\w)")  # "Công ty Than A - TKV"
_CODE = re.compile(r" p[acvxhk]\d{2}(?!\w)")  # bureaus of the police: Phòng PX03
CODE = re.compile(
    r" \((?!(?:TP|Q|H|P|TX|TT|HCM)[. )])(?=[^()]{2,20}\))[A-ZĐ][A-ZĐ\d]*(?: ?[,/&.-] ?[A-ZĐ\d]+| (?:và )?[A-ZĐ\d]+){0,4}\)"
)  # of a bureau of the police, of an organization
_PERSON = re.compile(
    r"trường ([A-ZĐ]\w+ [^\W\d_a-z]\w+ [^\W\d_a-z]\w+)(?! [A-ZĐ])(?!, (?:ông|bà|thầy|cô|anh|chị|huyện|quận|thị xã|thành phố|xã|phường))"
)
_CAUSES = tuple(map(fold, (" phong trào", " cuộc vận động", " đề án", " hội thi", " cuộc thi", " chương trình")))
_QUOTED = re.compile(r' "[^"\n]{1,100}"')
_UNION = re.compile(r"(?:đoàn|hội đồng|đảng ủy) $")
_CALLED = re.compile(r"(?<!\w)(?:ông|bà|anh|chị|em|cháu|đồng chí|đ/c|thầy|cô|cụ|bác|chú) $")
_OF_PARTY = re.compile(r" đảng(?: cộng sản việt nam)?(?!\w)(?! (?:ủy|bộ|viên|đoàn|cộng|nhân|dân))")
_STEERS = ("chỉ đạo", "bcđ")  # "Ban Chỉ đạo | 94", "BCĐ | 138/CP": named by the number of a decision
_DECISION = re.compile(r" \d{2,4}(?:/[a-zđ]{1,5})?(?![\w/])(?! (?:năm|tuổi|người|ngày)(?!\w))")


class Extent(NamedTuple):
    """A body's name as far as the grammar follows it."""

    end: int
    kind: str


def names_of(doc: Doc) -> Names:
    """The names of a Doc's text, made once: what is read of them is kept."""
    if doc._.names is None:
        doc._.names = Names(doc._.text, doc._.folded, doc._.words)
    found: Names = doc._.names
    return found


class Names(PlaceNames):
    """Reads names of bodies and places at given offsets of one text."""

    def __init__(self, text: str, folded: str | None = None, segmented: Words | None = None) -> None:
        super().__init__(text, folded)
        self._words = segmented or Words(text, (), segment=False)
        self._read: dict[tuple[int, int, bool], Extent | None] = {}  # what has been read, for names within names are asked for often
        self._headed: dict[tuple[int, bool], tuple[tuple[Head, int], ...]] = {}  # what such names begin with
        self._within: dict[int, bool] = {}

    def compound(self, at: int) -> bool:
        """Whether a word of several syllables begins there whose first alone is capitalised: "Lãnh sự"."""
        return self._words.compound(at) is not None

    def joined(self, at: int) -> bool:
        """Whether the small syllable there belongs to the word before it: "Quốc tế"."""
        return self._words.joined(at)

    def body(self, at: int, depth: int = DEPTH, *, lone: bool = False) -> Extent | None:
        """The body whose name begins at `at`, as long as it goes; `lone`: also one without what its head needs ("Công đoàn")."""
        key = (at, depth, lone)
        if key not in self._read:
            self._read[key] = self._body(at, depth, lone=lone)
        return self._read[key]

    def _heads(self, at: int, *, lone: bool) -> tuple[tuple[Head, int], ...]:
        """The heads that begin at `at`, each with its end; none where the word is another one: a person's, or inside a name."""
        known = heads_at(self.folded, at)  # first, for most words head nothing
        word = _WORD.match(self.folded, at)
        if not known or word is None:
            return ()
        small = not lone and not self.capital(at) and inner().search(self.folded, max(0, at - 9), at)
        if small or others().match(self.folded, at) or self._is_within_name(at, word.end()) or self._is_surname(at):
            return ()
        found = ((head, match.end()) for form, head in known if (match := form.match(self.folded, at)))
        return tuple((head, end) for head, end in found if not self._is_repeated(at, end))

    def _is_repeated(self, start: int, end: int) -> bool:
        """Whether the same words follow once more: "Ban Ban" is no name."""
        after = end + 1 + end - start
        return self.folded.startswith(self.folded[start:end], end + 1) and not self.folded[after : after + 1].isalpha()

    def _body(self, at: int, depth: int, *, lone: bool) -> Extent | None:
        if depth == 0:
            return None
        if (at, lone) not in self._headed:
            self._headed[at, lone] = self._heads(at, lone=lone)
        bare: Extent | None = None  # a head without what it needs, kept in case no other reading says more
        for head, after in self._headed[at, lone]:
            firm = head.kind == "enterprise" and name_borders.firm(self.folded, at)
            if (end := self._follow(head, after, depth, lone=lone, firm=firm)) is not None:
                named = self.capital(after + 1)  # "sở Nội vụ": the field has the capital
                followed = (
                    (end > after or named or head.after == "none") if lone else (end > after and named and head.after in ("field", "name"))
                )
                if (head.capital and not self.capital(at) and not followed) or (
                    head.kind == "school" and (self._of_school(at) or self.folded.endswith("nhà ", 0, at))
                ):
                    continue
                if not (lone and head.needs and end == after):
                    return Extent(end, head.kind) if bare is None or end > bare.end else bare
                bare = bare or Extent(end, head.kind)
        return bare

    def _is_surname(self, at: int) -> bool:
        """Whether a word that also heads bodies begins a person's name: "Đoàn Thanh Hà"; "Đoàn Thanh niên" is none."""
        run = FULL_NAME.match(self.text, at)
        if run is None or self.shouted(at) or self.folded.endswith("trung ương ", 0, at):
            return False
        syllables = fold(run[0]).split()
        return syllables[0] in words("surnames") and syllables[1] in words("middles") and syllables[1:3] != ["thanh", "niên"]

    def _is_within_name(self, at: int, end: int) -> bool:
        """The answer of _within_name, found once."""
        if at not in self._within:
            self._within[at] = self._within_name(at, end)
        return self._within[at]

    def _within_name(self, at: int, end: int) -> bool:
        """Whether the syllable [at, end) is one of a person's name ("Lê Trường Giang", "Lý Tấn Khoa Nguyên"), not the head of a body."""
        before = re.compile(r"[^\W\d_]+ $").search(self.text, max(0, at - 9), at)
        if before is None or not self.capital(at) or not before[0][0].isupper() or self.shouted(at):
            return False
        syllable = fold(before[0].strip())
        if syllable not in words("surnames") and syllable not in words("middles") and syllable not in words("rare_surnames"):
            return False
        after = re.compile(r"(?: ([^\W\d_]+))?(?: ([^\W\d_]+))?").match(self.text, end)
        following = [word for word in (after.groups() if after else ()) if word]
        earlier = re.compile(r"[^\W\d_]+ [^\W\d_]+ $").search(self.text, max(0, at - 16), at)
        surname = earlier is not None and fold(earlier[0].split()[0]) in words("surnames") and earlier[0][0].isupper()
        called = _CALLED.search(self.folded, max(0, before.start() - 12), before.start()) is not None
        opens = surname or (syllable in words("surnames") and syllable != "đoàn") or (called and syllable in words("rare_surnames"))
        return opens and bool(following) and following[0][0].isupper() and (len(following) == 1 or not following[1][0].isupper())

    def _follow(self, head: Head, at: int, depth: int, *, lone: bool, firm: bool = False) -> int | None:
        """End of a name whose head ends at `at`; None if something is missing. `firm`: it may be called like a person."""
        if head.after == "none":  # "Ban Tổ chức Trung ương | Hội Nông dân Việt Nam"
            central = self.folded.endswith(" trung ương", 0, at) and self.text[at : at + 1] == " "
            above = self.body(at + 1, depth - 1) if central else None
            party = self.body(at - len("trung ương"), depth - 1) if central and self.folded.startswith(" đảng ", at) else None
            if party and party.kind == "party" and party.end > at + len(" đảng"):
                return party.end  # "Ban Đối ngoại | Trung ương Đảng Nhân dân Cách mạng Lào"
            whole = _OF_PARTY.match(self.folded, at) if central else None  # "Ban Tuyên giáo Trung ương | Đảng"
            return above.end if above and above.kind == "mass_organisation" else whole.end() if whole else at
        if head.after == "parent" and self.folded.endswith(" trường", 0, at):
            school = self.body(at - len("trường"), depth - 1, lone=True)
            if school and school.kind == "school" and school.end > at:
                return school.end  # "Hội đồng | trường THPT A"
        end = at
        if head.after in ("field", "name"):
            past = self._past_short(at) if head.kind in ("school", "enterprise") else at
            end = self.field(
                past, depth - 1, proper=head.after == "name", bloc=head.kind == "bloc", school=head.kind == "school", firm=firm
            )
            end = end if end > past else at
            if end == at and head.needs and not lone and head.kind in ("ministry", "mass_organisation", "department"):
                return None
        if (
            head.after != "seat"
            and self.text[end : end + 1] == " "
            and (parent := self.body(end + 1, depth - 1, lone=lone and self.capital(end + 1)))
            and (parent.kind not in ("state", "government") or self.folded.endswith("ban cán sự đảng", 0, end))
        ):
            return end + len(" trường") if parent.kind == "school" and self._of_school(end + 1) else parent.end
        if head.after == "parent" and (branch := re.compile(r" (?:ngành|cơ quan|khối) ").match(self.folded, end)):
            field = self.field(branch.end() - 1, depth - 1, proper=False, bloc=True)
            end = field if field >= branch.end() else branch.end() - 1  # "Hội đồng Thi đua - Khen thưởng ngành"
        if head.kind == "enterprise" and end > at and (group := _GROUP.match(self.folded, end)):
            return group.end()
        hamlet = head.kind in ("mass_organisation", "party")
        short = CODE.match(self.text, end) if head.after == "seat" and head.needs else None
        if short and (seat := self.seat(short.end(), bare=head.bare, hamlet=hamlet)) > short.end():
            return seat  # "Bộ Chỉ huy Quân sự (CHQS) | tỉnh Lâm Đồng"
        end = self.seat(end, bare=head.bare, hamlet=hamlet)
        return None if head.needs and end == at and not lone else end

    def _past_short(self, at: int) -> int:
        """End of the short form in brackets behind a head whose name goes on: "trường Cao đẳng (CĐ) | Kinh tế", "Hợp tác xã (HTX) | Nông nghiệp"."""
        short = CODE.match(self.text, at)
        return short.end() if short and self.text[short.end() : short.end() + 1] == " " and self.capital(short.end() + 1) else at

    def _numbered(self, at: int, end: int, *, proper: bool) -> int | None:
        """End of a number in the name after the head that ends at `at`: "Phòng 5", "Ban Chỉ đạo | 94", "BCĐ | 138/CP"."""
        steers = end == at and self.folded.endswith(_STEERS, 0, at)
        form = _DECISION if steers else NUMBER if end > at or proper else None
        number = form.match(self.folded, end) if form else None
        sign = self.text[end : number.end()].split()[-1] if number else ""
        return number.end() if number and (sign.isupper() or not sign.isalpha()) else None  # "Vi" begins a person's name, and is no VI

    def field(
        self, at: int, depth: int = DEPTH, *, proper: bool = False, bloc: bool = False, school: bool = False, firm: bool = False
    ) -> int:
        """End of the field of work, or of the proper name, after a head."""
        nouns, actions, blocs = fields()
        end = at
        for _ in range(PARTS):
            join = _JOIN.match(self.folded, end)
            if join is None:
                break
            start = join.end()
            if end == at and join[0] != " ":
                break
            term = blocs.match(self.folded, start) if bloc else nouns.match(self.folded, start)
            if term is None and self.capital(start):
                term = actions.match(self.folded, start)
            verbs = ("khen", "công nhận") if end == at else ("khen", "công nhận", "tham mưu")
            if term and term[0].startswith(verbs) and not self.capital(start) and not self.folded.endswith("thi đua", at, end):
                break  # "được Giám đốc Sở khen thưởng", "Sở Nội vụ tham mưu UBND tỉnh"
            if end > at and join[0] == " " and self.ranked(start):
                break  # "Sở Xây dựng | Kỹ sư Lê Văn An"
            if term and join[0] == " và " and term[0].startswith("nhân dân") and not self.capital(start):
                break  # "Trường THPT A | và nhân dân xã B": others get it too
            if term and (self.folded.startswith("khối phố", start) or (join[0] != " " and (self.body(start, depth) or self.stops(start)))):
                break
            if join[0] == ", " and end > at and not _OF_SEVERAL.search(self.folded, max(0, at - 40), at):
                series = self._series(end, depth)
                if series > end:
                    end = series
                    break
            if (
                term
                and end > at
                and join[0].strip() in (",", "và", "/")
                and not bloc
                and (not self.capital(start) or join[0].startswith(","))
            ):
                break  # what a comma joins is another body, unless the lexicon has the whole field
            if term:
                end = self._words.compound(start, past=term.end()) or term.end()  # "Dược | liệu"
                if term[0] == "việt nam":
                    break
            elif (
                join[0] == " "
                and self.capital(start)
                and not self.shouted(start)
                and not self._begins_other(start, depth)
                and (word := self._words.compound(start))
            ):
                end = word
            elif (
                proper
                and join[0] == " "
                and not self._begins_other(start, depth)
                and not name_borders.behind_number(self.text, start)
                and not (school and end > at and name_borders.behind_field(self.text, self.folded, start))
                and (name := self.proper(start, places=False, people=school or bloc or firm)) > start
            ):
                number = NUMBER.match(self.folded, name)
                end = number.end() if number else name
                break
            elif code := _CODE.match(self.folded, end):
                end = code.end()
            elif join[0] == " " and (counted := self._numbered(at, end, proper=proper)):
                end = counted
            else:
                break
        if self.folded.endswith(_CAUSES, at, end) and (named := _QUOTED.match(self.folded, end)):
            return named.end()  # "Ban Chỉ đạo phong trào “…”"
        if proper and end == at and (quoted := re.compile(r' "[^"\n]{1,60}"').match(self.folded, at)):
            end = quoted.end()
        return end

    def _of_school(self, at: int) -> bool:
        """Whether "Đoàn trường | Nguyễn Thị An" is the union of a school that is not named, and a person: the only name before a verb or a mark."""
        run = _PERSON.match(self.text, at) if _UNION.search(self.folded, max(0, at - 10), at) else None
        syllables = fold(run[1]).split() if run else []
        known = bool(syllables) and named_places().match(" ".join(syllables)) is not None
        return bool(syllables) and not known and begins_person(syllables) and syllables[0] in words("surnames")

    def _series(self, at: int, depth: int) -> int:
        """End of the fields that commas join after the first, closed by "và" or by a place: ", chính trị và công tác học sinh"; else `at`."""
        end = at
        for _ in range(SERIES):
            join = _NEXT.match(self.folded, end)
            first = join and self.term(join.end())
            if join is None or not first or self.body(join.end(), depth) or self.stops(join.end()):
                return at
            more = self.term(first + 1) if self.text[first : first + 1] == " " else None  # "Thông tin | đối ngoại"
            end = more or first
            if join[0] == " và " or seats()[0].match(self.folded, end) or (self.text[end : end + 1] == " " and self.province(end + 1)):
                return end
        return at

    def term(self, at: int) -> int | None:
        """End of the field of work that begins at `at`; what may be a verb counts with a capital."""
        nouns, actions, _ = fields()
        found = nouns.match(self.folded, at) or (actions.match(self.folded, at) if self.capital(at) else None)
        return (self._words.compound(at, past=found.end()) or found.end()) if found else None

    def _begins_other(self, at: int, depth: int) -> bool:
        """Whether a place's unit or another body begins there."""
        return self.stops(at) or bool(seats()[0].match(" " + self.folded[at : at + 12])) or self.body(at, depth) is not None

    def begins_head(self, at: int) -> bool:
        """Whether the word at `at` begins the name of some kind of body, or is an abbreviation."""
        word = _WORD.match(self.text, at)
        return word is not None and (fold(word[0]) in first_words() or (len(word[0]) > 1 and word[0].isupper()))


Doc.set_extension("names", default=None, force=True)
