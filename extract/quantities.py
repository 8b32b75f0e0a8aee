"""Counted phrases: a sign, a number, the nouns it counts: "hơn 4.000 tập thể, cá nhân, hộ gia đình".

`find` marks them in one sentence; `read` reads one phrase. Nothing here knows what an award is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extract import counted_nouns, number_traps
from extract.counted_nouns import NOUNS, SEVERAL, Noun
from extract.fold import fold
from extract.numbers import DIGITS, ROMAN, WORDS, parse
from extract.openings import Opened
from extract.patterns import Late
from extract.words import any_of, lexicon
from schemas.vocabulary import Comparator, Unit

GREATEST = 10**15  # of a value; what is greater is the number of a telephone or an account


class Quantity(NamedTuple):
    """A counted phrase of a text, half-open in code points. `units` is empty where the noun is left out."""

    start: int
    end: int
    number: int  # where the number begins, after the sign
    number_end: int
    units: tuple[Unit, ...]
    one: bool  # the bare word "một", which counts only recipients and casualties
    form: str  # which pattern found it


_SIGNS: Mapping[str, Comparator] = {
    fold(word): Comparator(code) for code, words in lexicon("quantities")["signs"].items() for word in words
}
_TRAPS = lexicon("quantities")["traps"]
_NUMBER = rf"(?:{DIGITS}|{WORDS}|{ROMAN})"

_NOT_OVER = r"không (?:[^\W\d_]{1,7} ){1,4}quá"  # "không được đề nghị quá 2"
# "hơn 300", "21/23", "3 - 5", "từ 3 đến 5", "ba (03)", "03 (ba)": sign, number, and what else belongs to the number.
_FIGURE = Opened(
    rf"(?<!\d[:.,/-])(?:(?<!\w/)|(?<= vụ/)|(?<= án/)|(?<= thể/)|(?<= tt/)|(?<= hộ/)(?!\d+ hộ))(?<!\w-)"
    rf"(?:(?P<sign>{_NOT_OVER}|{any_of(_SIGNS)}|từ) +)?"
    rf"(?P<number>{_NUMBER})"
    rf"(?: ?(?:/|trong|trong số|trên tổng số|trong tổng số|/ ?tổng số) ?(?P<whole>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}|(?:(?<=trong )|(?<= số ))(?:{WORDS}))(?![\d/])| ?(?P<dash>-|đến|tới|và|hoặc|,) ?(?P<upper>{DIGITS})(?! ?/)| ?\( ?(?P<again>{_NUMBER}) ?\))?",
    (_NOT_OVER, any_of(_SIGNS), "từ ", DIGITS, WORDS, "[ivx]"),
)
_PEOPLE = frozenset(
    {Unit.COLLECTIVE, Unit.INDIVIDUAL, Unit.HOUSEHOLD, Unit.WORKER, Unit.PERSON, Unit.OFFICIAL, Unit.ENTERPRISE, Unit.DELEGATE, Unit.UNIT}
)
_COMPOUND = re.compile(rf"(?<!\w)(?:{any_of(_TRAPS['compounds'])}) *$")
_PLACES = frozenset((Unit.UNIT, Unit.ENTERPRISE, Unit.HOUSEHOLD))
_NO_BODIES = _PEOPLE - {Unit.UNIT, Unit.ENTERPRISE}
_SUBJECTS = frozenset(map(fold, lexicon("quantities")["fronted"]["bodies"]))
_FRONTED = re.compile(rf" ?(?:{any_of(lexicon('quantities')['fronted']['words'])})(?!\w)")
_CLAUSE_HEAD = 60  # code points from the beginning of a clause to a number in it
_MEMBERS = frozenset(("thành viên", "người", "người tham gia", "đồng chí", "đ/c", "ông", "bà", "vị", "anh", "chị", "anh chị"))
_BARE_BODY = rf"(?:{any_of(lexicon('quantities')['leading']['bare'])})(?! (?:{any_of(lexicon('quantities')['leading']['named'])})(?!\w))(?!\w)"  # "Hội đồng", but "Hội đồng quản trị"
# "3 đồng chí giữ chức Phó Chủ tịch", "16 thành viên Tổ tư vấn", "2 người kiêm nhiệm trưởng ban"
_IN_OFFICE = re.compile(
    rf" (?:(?:được |vừa |đang |cùng ){{0,2}}(?:{any_of(lexicon('quantities')['leading']['in_office'])})(?!\w)|(?:tham gia |trong |của |là |vào )*(?!{_BARE_BODY})(?:{any_of(lexicon('quantities')['leading']['bodies'])})(?!\w))"
)
_OF_OTHERS = re.compile(rf" (?:trong |của )?(?:{any_of(lexicon('quantities')['leading']['not_bodies'])})(?!\w)")
_UP_TO = ("lên", "lên tới", "lên đến", "lên thành")  # "nâng số doanh nghiệp đang hoạt động lên hơn 4.900"
_LEADERS = ("chủ tịch", "bí thư", "giám đốc", "hiệu trưởng", "thủ trưởng", "trưởng")
_OFFICES = [word for word, unit in NOUNS.items() if unit is Unit.OFFICIAL and word.startswith(("phó", "trưởng", "cấp phó"))]
# "Hội đồng có 9 thành viên", "Ban Thường vụ … gồm 7 người": members of a leading body
_LEADING = re.compile(
    rf"(?<!\w)(?:(?:{any_of(lexicon('quantities')['leading']['bodies'])})(?!\w)(?:(?:tp\.|[^.;\n\d]){{0,60}}?|[^.;\n\d]{{0,30}}?(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d,? )(?:gồm|có|gồm có|với)|(?:hội đồng|ủy ban|ban (?:thường vụ|chấp hành|chỉ đạo|thường trực|giám đốc|kiểm soát))|số (?:lượng )?(?:{any_of(_OFFICES)})(?!\w)[^.;\n\d]{{0,60}}?(?:gồm|là|có|còn|từ)|(?:kiểm|bỏ) phiếu[^.;\n]{{0,30}}:|làm (?:trưởng ban|trưởng tiểu ban|tổ trưởng|chủ tịch hội đồng|chủ tịch)(?:,| cùng với| cùng| và| với)) *$"
)
_AT = re.compile(rf"(?<!\w)(?:{any_of(_TRAPS['one_as_a_place'])}) +$")  # "ở một phường"
_EACH = re.compile(r"(?<!\w)mỗi (?:(?!là )[^\W\d_]+ ){1,4}$")  # "mỗi xã có một cán bộ"
# "cả lớp chỉ có một học sinh khá"
_ONLY = re.compile(r"(?<!không )(?<!chẳng )(?<!dù )(?<!\w)(?:chỉ|duy nhất|vẻn vẹn)(?: mới| còn| có| được){0,2} $")
_ONE_OF = frozenset(("một", "1", "01"))
_IN_WORDS = re.compile(r"\btrong ")
_LIMITS = frozenset((Comparator.LE,))
_CHAINED = re.compile(r"[^.;:\d]{1,40}?(?:, ?|(?<!\w)và )(?:cho )?")
_TITLE = re.compile(r" (?:thi đua|tiên tiến(?! và)|lao động (?:tiên tiến|xuất sắc)|văn hóa|ưu tú|việt nam anh hùng|quyết thắng)(?!\w)")
# "8 hộ, đơn vị tài trợ trao quà"
_CLAUSE = re.compile(
    r" (?:(?!(?:được|do|và|đã|để)(?!\w))[^\W\d_]+ ){0,3}(?:trao|tặng)(?!\w)| (?:có|gồm|đã|là|tổ chức|sẽ|đang|phải|cần|tiếp tục|tỉnh|huyện|các|này|đó|ấy|trên)(?!\w)"
)
_ONWARDS = re.compile(r"(?:(?!(?<!\w)(?:đạt|đoạt|giành|được|từ|có)(?!\w))[^.;,\d]){0,40}? trở (?P<way>lên|xuống)(?!\w)")
# "một trong 40 công ty lớn nhất châu Á": a rank
_RANKED = re.compile(
    r"(?: [^\W\d_]+){0,4} (?:lớn nhất|mạnh nhất|tốt nhất|hàng đầu) (?:(?:của|tại|ở|trên|toàn) )?(?:thế giới|việt nam|cả nước|toàn cầu|châu|đông nam á|khu vực)(?!\w)"
)
_RANK_OF = re.compile(r"(?<!\w)(?:tốp|top|nhóm|danh sách|bảng xếp hạng|chứng nhận|(?:một|1) trong(?: số)?) $")
_ADDED = re.compile(r" *(?:,|và|, và) *")
# "đồng ý 48": a number without a noun after a verb of deciding; "cho 5, ": one that waits for its noun.
_DECIDED = re.compile(rf"(?<!\w)(?:{any_of(lexicon('quantities')['elliptic']['verbs'])}) +$")
_ALL_OF_THEM = re.compile(r"(?<!\w)cả (?!ba (?:và|với|cùng) mẹ)")  # "Cả ba được trao tặng …": of whom the sentence before told
_SOME_OF_THEM = re.compile(r" trong (?:tổng )?số (?:đó|này|ấy|họ)(?!\w)")  # "12 em dự thi, hai trong số đó đoạt giải"
_WAITING = re.compile(r"(?<!\w)cho +$")
_NOTHING_AFTER = re.compile(r" *(?:,(?! ?\d)|[;.)|]|\((?:đạt|chiếm|bằng|tỉ lệ|tương đương) |và |đều |được |bị |$)")
# "Cá nhân: 30": the noun before its number.
_NOUN_BEFORE = Late(rf"(?<!\w)(?<!các )(?P<noun>{counted_nouns.one_of_all()}) ?(?::|là) *$")
_AGES = re.compile(rf"(?<!\w)(?:{any_of(_TRAPS['ages'])}) ?(?::|là) *$")  # "Hạ sĩ quan: 45", an age or a term
_ROW = Late(rf"(?:\d{{1,3}} *\| *)?(?P<noun>{counted_nouns.one_of_all()}) *\| *$")  # "Cá nhân | 30", a row of a table
_IN_BRACKETS = Late(rf"[-–+•*· ]*(?:[a-h0-9]{{1,2}}[.)] *)?(?P<noun>{counted_nouns.one_of_all()}) *\( *$")  # "- Tập thể (03): …"
_CLOSES = re.compile(r"\)(?::|[ .;]*$)")  # "Tập thể (4)", a line of its own
# "số xã, phường có điện: 573/573", "số cá nhân được khen là 317"
_NUMBER_OF = Late(
    rf"(?<!\w)(?:tổng )?số (?:lượng )?(?P<noun>{counted_nouns.one_of_all()})(?!\w)[^:;.\d]{{0,50}}(?:(?:năm(?: học)?|tháng|quý|giai đoạn) \d[\d/-]{{0,9}}[^:;.\d]{{0,30}})?(?:: *| là +| lên(?: tới| đến| thành)? +)$"
)
_STATED = re.compile(
    r".*(?:[:|(]|(?<!\w)(?:là|lên|lên tới|lên đến|lên thành)(?= (?:hơn|gần|trên|khoảng)? ?\d)) *"
)  # "số cá nhân được khen năm 2019 là | 317"


def read(quote: str) -> tuple[int, Comparator] | None:
    """Value and comparator of one counted phrase; None when the quote holds no number that can be read.

    Nothing but the quote is looked at: every count of an article has the value and the comparator of its quote. A limit
    reaches over a list: "tối đa 3 tập thể, 5 cá nhân", as a quote, is at most five.
    """
    folded = fold(quote)
    found: tuple[int, Comparator] | None = None
    end = 0
    stated = None if _FIGURE.match(folded, 0) else _STATED.match(folded)
    for figure in _FIGURE.finditer(folded, stated.end() if stated else 0):
        value = _value(figure)
        if value is None:
            continue
        if found is None:
            found, end = (_of_whole(figure) or value, _comparator(figure, folded)), figure.end()
        elif (
            found[1] in _LIMITS
            and not figure["sign"]
            and _CHAINED.fullmatch(folded, end, figure.start())
            and counted_nouns.first(folded, folded, figure.end(), len(folded))
        ):
            found, end = (value, found[1]), figure.end()
        else:
            break
    return found


def limited(before: Quantity, quantity: Quantity, folded: str) -> bool:
    """Whether a limit before a number reaches on to the next one: "tối đa 3 tập thể, 5 cá nhân"."""
    figure = _FIGURE.match(folded, quantity.start)
    told = read(folded[before.start : before.end])
    return (
        told is not None
        and told[1] in _LIMITS
        and quantity.start == quantity.number
        and figure is not None
        and read(folded[before.start : quantity.end]) == (_value(figure), told[1])
    )


def _of_whole(figure: re.Match[str]) -> int | None:
    """ "một trong 34 ngư dân" counts the 34."""
    if figure["number"] in _ONE_OF and figure["whole"] and "trong" in figure[0]:
        return parse(figure["whole"])
    return None


def _value(figure: re.Match[str]) -> int | None:
    value = parse(figure["number"])
    if value is None:
        value = _tail(figure["number"])
    return value if value is not None and 0 <= value <= GREATEST else None


def _tail(number: str) -> int | None:
    """ "năm hai" is no number, but its last words may be: the longest tail that is one."""
    words = number.split()
    return next((value for at in range(1, len(words)) if (value := parse(" ".join(words[at:]))) is not None), None)


def _comparator(figure: re.Match[str], folded: str) -> Comparator:
    onwards = _ONWARDS.match(folded, figure.end())
    if onwards:
        return Comparator.GE if onwards["way"] == "lên" else Comparator.LE
    if _is_range(figure):
        return Comparator.GE
    sign = figure["sign"] or ""
    return Comparator.LE if sign.startswith("không ") and sign.endswith(" quá") else _SIGNS.get(sign, Comparator.EQ)


def _is_range(figure: re.Match[str]) -> bool:
    if figure["upper"] is None or figure["dash"] in ("và", "hoặc", ","):
        return False
    low, high = parse(figure["number"]), parse(figure["upper"])
    return low is not None and high is not None and low < high


def find(folded: str, text: str, start: int, end: int) -> Iterator[Quantity]:
    """Counted phrases of the sentence folded[start:end], in order and apart from one another."""
    at = start
    compared: Quantity | None = None  # the last number that tells a difference
    units: tuple[Unit, ...] = ()  # of the last noun
    while figure := _FIGURE.search(folded, at, end):
        found = _quantity(figure, folded, text, start, end)
        if found is None:
            at = figure.end("number") if figure.end("number") > at else at + 1
            continue
        if number_traps.differs(figure, folded, start, found.end) or (compared and _ADDED.fullmatch(folded, compared.end, figure.start())):
            compared = found
        else:
            alone = not units and _ALL_OF_THEM.match(folded, max(start, found.start - 3)) and (_value(figure) or 0) > 2
            told = (Unit.PERSON,) if alone else units
            yield found._replace(units=told) if found.form == "decided" else found
        units = found.units or units
        at = max(found.end, found.number_end)


def _quantity(figure: re.Match[str], folded: str, text: str, start: int, end: int) -> Quantity | None:
    number, begin = figure["number"], figure.start("number")
    if re.fullmatch(ROMAN, number) and not (text[begin : begin + len(number)].isupper() and len(number) > 1):
        return None
    if _value(figure) is None:
        return None
    if (
        number_traps.is_proper(folded, begin, end)
        or number_traps.is_father(text, begin)
        or number_traps.is_place(text, begin, figure.end("number"), start)
    ):
        return None
    before = folded[max(start, figure.start() - number_traps.REACH) : figure.start()]
    after = figure.end()
    whole = figure["whole"]
    if whole and not _of_whole(figure):
        parted = number[0].isdigit() or _IN_WORDS.search(figure[0])  # "ba trong số 17 em", but "ba/17"
        if not parted or (parse(number) or 0) > (parse(whole) or 0):
            return None
    if figure["upper"] and not _is_range(figure):
        after = figure.end("number")
    first = counted_nouns.first(folded, text, after, end)
    if first is None and after != figure.end("number") and not whole and not _is_range(figure):
        after = figure.end("number")
        first = counted_nouns.first(folded, text, after, end)
    first = first or counted_nouns.bare(folded, before, after, end, _value(figure) or 0)
    if number_traps.is_trapped(figure, before, first) or (
        first and (number_traps.is_name(figure, first, text, start) or number_traps.is_built(before, first))
    ):
        return None
    phrase_start = figure.start()
    if figure["sign"] == "từ" and not (_is_range(figure) or _ONWARDS.match(folded, after, end)):
        phrase_start = begin
    if figure["sign"] == "ngoài":
        phrase_start = begin  # "Ngoài 3 tập thể, …": besides
    if figure["sign"] and _COMPOUND.search(folded, max(start, figure.end("sign") - 40), figure.end("sign")):
        phrase_start = begin  # "sưu tầm 150 …", "mức độ 3 …": the sign is half of a word
    one = number == "một" and not figure["again"] and not whole
    if one and first and first.unit in _PLACES and _AT.search(before):
        return None
    one = one and not _EACH.search(before) and not (first and first.unit is not Unit.AWARD and _ONLY.search(before))
    if first:
        nouns, stop = _nouns(first, folded, text, end, fronted=_is_fronted(folded, start, phrase_start))
        if nouns == (Unit.PERSON,) and _lead(first, figure, folded, text, start, phrase_start, stop, end):
            nouns = (Unit.OFFICIAL,)
        if (_of_whole(figure) or _RANK_OF.search(before)) and _RANKED.match(folded, stop, end):
            return None
        onwards = _ONWARDS.match(folded, stop, end)
        return Quantity(phrase_start, onwards.end() if onwards else stop, begin, after, nouns, one, "noun")
    if _SOME_OF_THEM.match(folded, after, end):
        return Quantity(phrase_start, after, begin, after, (), one, "decided")
    nothing = bool(_NOTHING_AFTER.match(folded, after, end))
    noun_before = _noun_before(figure, folded, start, phrase_start, end) if nothing or whole else None
    if noun_before:
        after += folded.startswith(")", after) and noun_before[0].rstrip().endswith("(")
        return Quantity(noun_before.start("noun"), after, begin, after, (NOUNS[noun_before["noun"]],), one, "noun_before")
    if not nothing or (figure["sign"] == "từ" and not _is_range(figure)):
        return Quantity(phrase_start, after, begin, after, (), one, "open")
    form = "decided" if _DECIDED.search(before) else "waiting" if _WAITING.search(before) else "bare"
    return Quantity(phrase_start, after, begin, after, (), one, form)


def _is_fronted(folded: str, start: int, at: int) -> bool:
    """Whether the clause that the number at `at` stands in begins with a "với" or the like."""
    sign = max(folded.rfind(sign, max(start, at - _CLAUSE_HEAD), at) for sign in ",;:")
    begin = sign + 1 if sign >= 0 else start
    return at - begin <= _CLAUSE_HEAD and _FRONTED.match(folded, begin) is not None


def _lead(first: Noun, figure: re.Match[str], folded: str, text: str, start: int, at: int, stop: int, end: int) -> bool:
    """Whether the people of a phrase are officials by the words around it: "Hội đồng gồm 9 người", "3 đồng chí giữ chức Phó Chủ tịch"."""
    member = first.word.startswith("thành viên")
    role = first.start + len("thành viên") if member else stop  # "16 thành viên Tổ tư vấn" is one noun
    return bool(
        (first.word in _MEMBERS and _LEADING.search(folded, max(start, at - 80), at))
        or (first.word in ("người", "đồng chí", "đ/c") and _are_officials(folded, text, stop, end))
        or ((member or first.word in _MEMBERS) and _IN_OFFICE.match(folded, role, end))
        or (member and _in_council(figure, folded, stop, end))
    )


def _are_officials(folded: str, text: str, at: int, end: int) -> bool:
    """ "39 người là công chức", "3 đồng chí là vụ trưởng": what they are follows."""
    told = counted_nouns.first(folded, text, at + 3, end) if folded.startswith(" là ", at) else None
    return told is not None and told.unit is Unit.OFFICIAL and told.start == at + 4


def _in_council(figure: re.Match[str], folded: str, at: int, end: int) -> bool:
    """Whether members sit in a leading body, which a part of the whole tells: "17/19 thành viên" voted."""
    part = figure["whole"] is not None and "/" in figure[0]
    return part and not _OF_OTHERS.search(folded, figure.end(), min(end, at + 15))


def _noun_before(figure: re.Match[str], folded: str, start: int, at: int, end: int) -> re.Match[str] | None:
    """ "Cá nhân: 30", "số xã có điện: 12/15", and the row "Cá nhân | 30" of a table, which ends there."""
    if not folded[max(start, at - 5) : at].rstrip().endswith((":", "là", "|", "(", *_UP_TO)) or _AGES.search(
        folded, max(start, at - 40), at
    ):
        return None
    led = folded[max(start, at - 40) : at].rstrip(" ").endswith((":", "là", *_UP_TO))  # most numbers are not
    if folded[max(start, at - 5) : at].rstrip().endswith("("):
        return _IN_BRACKETS.match(folded, start, at) if at - start < 40 and _CLOSES.match(folded, figure.end(), end) else None
    found = (_NOUN_BEFORE.search(folded, max(start, at - 40), at) or _NUMBER_OF.search(folded, max(start, at - 90), at)) if led else None
    if found is None and not folded[figure.end() : end].strip(" .;|"):
        in_row = at - start < 60 and folded[start:at].rstrip(" ").endswith("|")
        found = _ROW.match(folded, start, at) if in_row else None
    return found


def _nouns(first: Noun, folded: str, text: str, end: int, *, fronted: bool) -> tuple[tuple[Unit, ...], int]:
    """Units of all nouns of one number, and where the last noun ends; `fronted`: a clause follows whose subject may be a body."""
    units, last = list(SEVERAL.get(first.word, (first.unit,))), first
    while following := counted_nouns.following(last, folded, text, end):
        unit = following.unit
        if unit is Unit.OFFICIAL and units[0] is Unit.UNIT and following.word.startswith(_LEADERS):
            break  # "với 126 xã, phường, chủ tịch xã được …"
        if (unit is Unit.AWARD and unit not in units) or _TITLE.match(folded, following.end, end):
            break
        if (unit not in _PEOPLE) != (units[0] not in _PEOPLE):
            break
        if unit is Unit.UNIT and units == [Unit.OFFICIAL] and " và " in folded[last.end : following.start]:
            break  # "bầu 4 phó bí thư và ủy ban kiểm tra"
        if unit is Unit.UNIT and last.unit is Unit.OFFICIAL and NOUNS.get(last.word.rsplit(" ", 1)[-1]) is Unit.UNIT:
            break  # "24 chủ tịch xã, phường"
        if fronted and following.word in _SUBJECTS and first.unit in _NO_BODIES and folded[last.end : following.start].endswith(", "):
            break  # "Với 250 hội viên, xã dẫn đầu …"
        if _begins_anew(unit, units, folded, text, following.end, end) or _is_named(first, last, following, text):
            break
        units += SEVERAL.get(following.word, (unit,))
        last = following
    return tuple(sorted(set(units))), last.end


def _is_named(first: Noun, last: Noun, following: Noun, text: str) -> bool:
    """Whether the noun after "và" or a comma begins the name of a body: "ba điều dưỡng và Câu lạc bộ Máu sống", "9 em, UBND huyện tặng"."""
    between = text[last.end : following.start]
    joined = between.endswith(" và ") or (between.endswith(", ") and following.unit is not Unit.HOUSEHOLD)
    named = text[following.start].isupper() and (text[following.start + 1].islower() or following.word.startswith("ubnd"))
    return (
        joined
        and named
        and (text[first.start].islower() or text[first.start + 1].isupper())
        and (following.unit in _PLACES or following.unit is Unit.OFFICIAL)
    )


def _begins_anew(unit: Unit, before: Sequence[Unit], folded: str, text: str, at: int, end: int) -> bool:
    """Whether a noun after a comma is a body by its name, or the subject of a new clause: "7 hộ, cụm có 8 thôn"."""
    if unit not in (Unit.UNIT, Unit.OFFICIAL) or unit in before:
        return False
    return bool(_CLAUSE.match(folded, at, end)) or (
        at + 1 < end and text[at] == " " and (text[at + 1].isupper() or text[at + 1].isdigit()) and not text[at - 1].isupper()
    )
