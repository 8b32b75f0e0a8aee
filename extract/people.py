"""Where a text names people: runs of capitalised words that are no place, no body and no credit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc

from extract.fold import fold
from extract.offices import Office, Offices
from extract.places import begins_person, lexicon, pattern, words

LONGEST = 5  # syllables of a name
_WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")
_SHORTENED = re.compile(r"\.(?:[,;)(]| [^\W\d_A-ZĐ])")
_FOREIGN = re.compile("[fjwz]|(?<![gq])[aeiou][bcdghklmnpqrstvx]+[aeiou]|['’]")  # more than one syllable, or letters of other alphabets
_VOWEL = re.compile("[aăâeêioôơuưyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ]")
_ADDRESS = re.compile(r"(?:số|ngõ|ngách|hẻm|kiệt|tại|ở|địa chỉ:?|nhà|đến|,) \d+[a-z]?(?:/\d+)* $")
_ROW = re.compile(r"(?:^|\n)\d{1,4} ?\| $")  # a row of a table up to its first cell
# Between an office and the name that it opens: " ", " - ", ": ", ", đồng chí ".
TO_NAME = re.compile(r"(?: - | |: | là |, |,)(?:là )?")
# Between a name and the office that follows it: ", ", " - ", " (", " | ", " hiện là ", " được bầu giữ chức ".
TO_OFFICE = re.compile(
    r"(?: ?\((?:sinh năm \d{4}|sn \d{4}|\d{2} tuổi)\))?(?:, (?:hiện |nay |hiện nay |đang )?(?:là |giữ chức |với cương vị )|, | - |-| ?\(| \| |: | ,| (?:hiện |nay |hiện nay |đang )?là | làm | (?:được |đã |tái )*[^.;,:\n]{0,50}giữ chức(?: vụ| danh)? )?"
)


@dataclass
class Mention:
    """One place where the text names a person."""

    start: int
    end: int
    honorific: str | None
    familiar: bool  # called by a given name alone: "em Đạt"
    offices: list[Office] = field(default_factory=list)
    reach: int = 0  # end of the name with the offices after it
    opens: int = 0  # start of the name with the offices and honorific before it


@cache
def _honorific() -> re.Pattern[str]:
    """Honorifics, ranks and degrees that end where a name begins: "đồng chí ", "Đại tá, TS. "."""
    given = lexicon("officials")
    ranks, familiar = (
        "|".join(sorted({re.escape(fold(form)) for form in given[kind]}, key=lambda form: (-len(form), form)))
        for kind in ("honorifics", "familiar")
    )
    return re.compile(rf"(?<!\w)(?=\w)(?:(?:{familiar}),? )?(?:(?<!\w)(?:{ranks})(?:[.,:]? |\.(?=\w)))*(?:(?<!\w)(?:{familiar}):? )?$")


@cache
def _familiar() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon("officials")["familiar"])


@cache
def _ending(kind: str) -> re.Pattern[str]:
    """A text that ends in one of the lexicon's words before a name."""
    marks = r" ?:? ?" if kind == "credits" else r" \"?(?:mang tên )?"
    colon = r" ?[:/] ?" if kind == "credits" else marks
    return re.compile(r"(?<!gia )(?<!bộ )(?<!đối )(?<!quân )" + pattern(lexicon("officials")["traps"][kind]).pattern + colon + "$")


@cache
def _never() -> re.Pattern[str]:
    return pattern(lexicon("officials")["traps"]["never"])


@cache
def _cuts() -> re.Pattern[str]:
    return pattern(lexicon("officials")["cuts"])


class PeopleFinder:
    """Marks the people of one text."""

    def __init__(self, doc: Doc, offices: Offices) -> None:
        self.text, self.folded = offices.text, offices.folded
        self.offices = offices
        self.names = offices.names
        self._masked = sorted(
            (item.start, item.end)
            for kind in ("bodies", "campaigns", "documents")
            for item in doc._.found.get(kind, ())
            if getattr(item, "field", "text") == "text"
        )

    def mentions(self) -> list[Mention]:
        """All mentions, in order, without their offices."""
        return [mention for run in self._runs() if (mention := self._mention(run)) is not None]

    def _runs(self) -> Iterator[list[re.Match[str]]]:
        """Runs of capitalised words parted by single spaces, outside names of bodies, offices, documents and campaigns."""
        blocked = bytearray(len(self.text) + 1)
        for start, end in (*self._masked, *((office.start, office.end) for office in self.offices.all)):
            blocked[start:end] = b"\1" * (end - start)
        run: list[re.Match[str]] = []
        for word in _WORD.finditer(self.text):
            fits = word[0][0].isupper() and not blocked[word.start()]
            if run and (not fits or self.text[run[-1].end() : word.start()] != " "):
                yield run
                run = []
            if fits:
                run.append(word)
        if run:
            yield run

    def _mention(self, run: Sequence[re.Match[str]]) -> Mention | None:
        """The person whom a run of capitalised words names, if it does."""
        run = self._without_titles(run)
        if not run or self.names.shouted(run[0].start()):
            return None
        start = run[0].start()
        honorific = self._honorific(start)
        folded = [fold(word[0]) for word in run]
        office = self.offices.before(start)
        known = honorific is not None or (
            office is not None and TO_NAME.fullmatch(self.folded, office.end, start) is not None and self.folded[office.end : start] != ", "
        )
        country = _never().match(self.folded, start)
        if known and honorific is None and country and country.end() < run[-1].end():
            return self._mention([word for word in run if word.start() > country.end()])
        odd = folded[0] not in words("surnames") | words("rare_surnames")
        if len(run) > 2 and not begins_person(folded) and (not known or (honorific is None and odd)):
            split = next((k for k in range(1, len(run) - 1) if begins_person(folded[k:])), None)
            if split is not None:
                return self._mention(run[split:])
        if len(run) > LONGEST - 1 and not (known and len(run) <= LONGEST + 1):
            run = run[: LONGEST - 1]
            folded = folded[: LONGEST - 1]
        end = run[-1].end()
        if re.fullmatch("[BCDĐGHKLMNPQRSTVX]", run[-1][0]) or (len(run[-1][0]) == 1 and _SHORTENED.match(self.text, end)):
            return None  # initials: "Lê Chí C., 16 tuổi"
        acronyms = any(len(word[0]) > 1 and word[0].isupper() and not _VOWEL.search(word[0].lower()) for word in run)
        if (
            acronyms
            or ((never := _never().match(self.folded, start)) and never.end() >= end)
            or self._credited(start, end)
            or self._slogan(start, end)
        ):
            return None
        calls = fold(honorific[0]).strip(" .:").rsplit(" ", 1)[-1] if honorific else ""
        if len(run) == 1:
            if calls not in _familiar() or self.names.province(start) is not None:
                return None
            if folded[0] in words("kin"):
                return None
        elif not self._person(folded, start, known, honorific is not None):
            return None
        return Mention(start, end, self._called(honorific), len(run) == 1, reach=end, opens=honorific.start() if honorific else start)

    def _honorific(self, start: int) -> re.Match[str] | None:
        """The honorific before a name; the end of another name ("NSƯT Trung Anh, …") is none."""
        match = _honorific().search(self.folded, max(0, start - 60), start)
        if match is None or not match[0]:
            return None
        inner = (
            match.start() > 1
            and self.text[match.start()].isupper()
            and self.text[match.start() - 1] == " "
            and re.search(r"[A-ZĐÀ-Ỹ]\w* $", self.text[max(0, match.start() - 12) : match.start()])
        )
        return None if inner and fold(match[0]).split()[0].strip(",.:") in _familiar() else match

    def _called(self, honorific: re.Match[str] | None) -> str | None:
        """What the person is called by, as written: "đồng chí", "Đại tá"."""
        if honorific is None:
            return None
        said = self.text[honorific.start() : honorific.end()].rstrip(" :")
        return said[0].lower() + said[1:] if fold(said) in _familiar() else said

    def _without_titles(self, run: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
        """The run without honorifics before and titles after the name: "TS Nguyễn Văn A", "Ông Lò Văn B Giám đốc"."""
        words_ = list(run)
        while (
            len(words_) > 1
            and fold(words_[1][0]) != "thị"
            and (match := _honorific().search(self.folded[words_[0].start() : words_[1].start()]))
            and match[0]
        ):
            del words_[0]
        for index, word in enumerate(words_):
            acronym = len(word[0]) > 1 and word[0].isupper() and not all(w[0].isupper() for w in words_)
            if acronym or _cuts().match(self.folded, word.start()):
                return (
                    words_[:index]
                    if index > 1
                    else (self._without_titles(words_[index + 1 :]) if index + 1 < len(words_) and index == 0 else words_[:index])
                )
        return words_

    def _person(self, folded: list[str], start: int, known: bool, honorific: bool) -> bool:
        """Whether a run of two words or more is a person's name, by itself and by what stands before it."""
        if self.names.province(start) == start + len(" ".join(folded)):
            return False
        row = _ROW.search(self.folded, max(0, start - 8), start) and self.text.startswith(" |", start + len(" ".join(folded)))
        if known or row:
            return (
                bool(row)
                or honorific
                or folded[0] in words("surnames") | words("rare_surnames")
                or any(_FOREIGN.search(word) for word in folded)
            )
        before = self.folded[max(0, start - 40) : start]
        if _ending("before").search(before) or _ADDRESS.search(before):
            return False
        if len(folded) == 2 and _ending("locative").search(before):
            return False
        if begins_person(folded):
            return folded[0] in words("surnames") or not any(_FOREIGN.search(word) for word in folded)
        after = TO_OFFICE.match(self.folded, start + len(" ".join(folded)))
        office = self.offices.beginning(after.end()) if after and after.end() > after.start() else None
        return office is not None and folded[0] in words("rare_surnames")

    def _credited(self, start: int, end: int) -> bool:
        """Whether the name is a byline or the credit of a photograph."""
        before = self.folded[max(0, start - 30) : start]
        if _ending("credits").search(before):
            return True
        line_start = self.text.rfind("\n", 0, start) + 1
        line_end = self.text.find("\n", end)
        line_end = len(self.text) if line_end < 0 else line_end
        above = self.text[self.text.rfind("\n", 0, max(line_start - 1, 0)) + 1 : max(line_start - 1, 0)]
        if above.isupper() and self.offices.before(line_start):
            return False  # a signature: PHÓ CHỦ TỊCH above the name
        rest = self.text[line_start:start] + self.text[end:line_end]
        return (
            not rest.strip(" .-–()*")
            and (line_end == len(self.text) or self.text.count("\n", line_end) < 2 or line_start < 400)
            and line_start > 0
        )

    def _slogan(self, start: int, end: int) -> bool:
        """Whether the name stands in a short quotation that is a name itself, of a movement or a prize."""
        opening: int = self.folded.rfind('"', max(0, start - 60), start)
        if opening < 0 or self.folded.count('"', self.text.rfind("\n", 0, start) + 1, start) % 2 == 0:
            return False
        closing: int = self.folded.find('"', end, end + 60)
        return end < closing < opening + 80
