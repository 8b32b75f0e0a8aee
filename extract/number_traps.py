"""What stands around a number that counts nothing: a name, an ordinal, a year, a difference.

All functions read folded text (extract.fold); the words are extract/lexicon/quantities.toml.
"""

from __future__ import annotations

import re

from extract.counted_nouns import Noun, one_of
from extract.fold import fold
from extract.language import UPPER
from extract.numbers import ROMAN, WORDS, is_scale, parse
from extract.words import lexicon
from schemas.vocabulary import Unit

REACH = 40  # code points before a number that are looked at
_TRAPS = lexicon("quantities")["traps"]
_DESIGNATED = re.compile(rf"(?<!\w)(?:(?<!trong )số|(?!số )(?:{one_of(_TRAPS['designation'])})) *$")
_COUNTING = re.compile(rf"(?<!\w)(?:{one_of(_TRAPS['no_designation'])}) *$")  # "tổng số 120 hộ", "bắt khẩn cấp 3 đối tượng"
_BY_FIGURE = re.compile(rf"(?<!\w)(?:{one_of(_TRAPS['designation_in_figures'])}) *$")  # "công an 5", but "công an hai tỉnh"
_GROUP_OF = re.compile(rf"(?<!\w)(?:{one_of(_TRAPS['group_of_people'])}) *$")  # "nhóm 3 thanh niên"
_TEAM_OF = re.compile(rf"(?<!\w)(?:{one_of(_TRAPS['team_of_people'])}) *$")  # "đại đội 60 người"
_SERVING = re.compile(r"(?<!\w)công an *$")  # "công an 3 huyện"
_DIFFERENCE = re.compile(
    rf"(?<!\w)(?:{one_of(_TRAPS['difference'])}) +(?:(?:đi|trung bình|bình quân|mỗi năm|tới|khoảng|hơn|gần|trên|thêm) ){{0,4}}$"
)
_COMPARED = re.compile(r"(?: [^\W\d_]+){0,3}? so với(?!\w)")
_NUMBER_OF = re.compile(r"(?<!\w)(?:số|lượng) (?:[^\W\d_]+ ){1,5}$")  # "số giải Nhì nhiều hơn 5 giải"
_VAGUE = re.compile(rf"(?<!\w)(?:{one_of(_TRAPS['vague'])}) +$")
_BORN = re.compile(r"(?<!\w)(?:sn|ns|sinh|sinh năm|năm sinh) ?: ?$")
_YEAR_BEFORE = re.compile(
    rf"(?<!\w)(?:{one_of(_TRAPS['year_words'])}) +(?:\d{{4}} ?[-,] ?|\d{{4}} và )?$|(?<!\d)(?:19|20)\d\d ?(?:-|đến|tới) ?$"
)
_FIVE_IS_YEAR = re.compile(rf"(?:\d|(?<!\w)(?:{one_of(_TRAPS['five_is_year'])}|{WORDS})) +$")
_NAMED_YEAR = re.compile(r"(?: [^\W\d_]+){0,3} (?:19|20)\d\d(?!\d)")  # "Năm Thanh niên tình nguyện 2019"
_GRADES = re.compile(r"(?<!\w)(?:lớp|khối) \d{1,2}(?:, \d{1,2})?(?:,| và|, và| hoặc) $")
_WITHIN = re.compile(r"[^\W\d_], ?$|[^\W\d_] $")  # "hưởng ứng Năm thanh niên tình nguyện"
_RATE = re.compile(r"(?:1 )?vạn|một vạn|100|1[.]?000(?:[.]?000)?|10[.]?000|100[.]?000")
_FRACTION = re.compile(r"1/[2-5]|2/[35]|3/[45]|4/5")  # "không dưới 2/3 thành viên"
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROMAN = re.compile(ROMAN)
# "năm học 2018 - 2019 thầy Bình dạy", "từ 2000 đến 2003 ông là …"
_YEARS = re.compile(r"(?:từ )?(?:19|20)\d\d ?(?:-|đến|tới) ?(?:19|20)\d\d")
# a Roman number that follows a word numbers it, "đoàn kịch II", unless the word leads to a count
_NUMBERED = re.compile(r"\w *$")
_LEADS = re.compile(r"(?<!\w)(?:cho|có|gồm|tặng|và|được) *$")
# what is called by a number: 'chương trình "1 triệu sáng kiến"', 'phong trào "Mỗi công chức một sáng kiến"'
_SLOGAN = re.compile(
    r"(?:[Cc]hương trình|[Pp]hong trào|[Cc]uộc vận động|[Mm]ô hình|[Đđ]ề án|[Cc]hiến dịch|[Dd]ự án) *(?:[\"“'‘]$|[\"“'‘]?Mỗi (?:[^\W\d_]+ ){1,3}$)|[\"“'‘]Mỗi (?:[^\W\d_]+ ){1,3}$"
)
# "Năm ông Tám lên 13 tuổi": the year when; but "Năm anh Hùng, Dũng, …"
_KIN = frozenset(("ông", "bà", "anh", "chị", "em", "cụ", "cô", "chú", "bác", "thầy"))
_HE_ALONE = re.compile(rf"(?: [{UPPER}][^\W\d_]*){{1,4}} (?!(?:và|cùng) )[^\W\d_{UPPER}]")
_LIKE = re.compile(r"(?<!\w)(?:như|giống như|tựa như|chẳng khác gì|cứ như|coi nhau như) $")  # "như hai người bạn": nobody is counted
_ALIKE = ("người", "anh em", "chị em", "mẹ con", "cha con", "bố con", "bạn", "đứa")
_OUT_OF = re.compile(r"(?<!\w)(?:một|1|hai|ba|bốn) trong (?:số )?$")  # "một trong năm thành viên"
_GREATEST_GRADE = 12  # "lớp 19 em" has so many, "lớp 5 em Hà" is a grade
_BUILT = frozenset(map(fold, lexicon("quantities")["built"]["nouns"]))
_BUILDS = re.compile(rf"(?<!\w)(?:{one_of(lexicon('quantities')['built']['verbs'])}) +$")
_PLACE = re.compile(
    r"(?:[Xx]ã|[Hh]uyện|[Pp]hường|[Qq]uận|[Tt]hị trấn|[Tt]hị xã|[Tt]hôn|[Ấấ]p|[Bb]ản|[Ll]àng|[Tt]hành phố|[Tt]P[.]?|[Ss]ông|[Nn]úi|[Đđ]èo|[Ee]o|[Hh]ồ) $"
)
_FATHER = re.compile(rf"\(ba (?:anh|chị|em|cháu|bé) [{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*)*\)")
_NO_NAMES = re.compile(rf"(?:{one_of(_TRAPS['no_names'])})(?!\w)")
_NAMES = re.compile(rf"(?:{one_of(_TRAPS['names'])})(?!\w)")


def is_proper(folded: str, at: int, end: int) -> bool:
    """Whether the words at `at` only begin like a number: "Ba Lan", "ba mẹ", but not "ba mẹ con"."""
    return bool(_NAMES.match(folded, at, end)) and not _NO_NAMES.match(folded, at, end)


def is_father(text: str, at: int) -> bool:
    """Whether "ba" is a father, in brackets behind his name: "ông Ngô Văn A (ba anh B)"."""
    return _FATHER.match(text, max(0, at - 1)) is not None


def is_place(text: str, at: int, stop: int, start: int) -> bool:
    """Whether a number in words is the first syllable of a name: "xã Ba Sao", "huyện Năm Căn", but not "Ba Huân chương"."""
    named = at > start and text[at].isupper() and text[at + 1 : stop].islower() and _PLACE.search(text, max(start, at - 20), at)
    return bool(named) and text[stop + 1 : stop + 2].isupper()


def _designated(figure: re.Match[str], before: str, noun: Noun | None) -> bool:
    """Whether the number is a name or an ordinal: "Cụm thi đua số 4", "lớp 5", but not "nhóm 5 học sinh"."""
    if figure["sign"] or not _DESIGNATED.search(before) or _COUNTING.search(before):
        return False
    if noun and noun.unit is Unit.PERSON and before.endswith("lớp ") and (parse(figure["number"]) or 0) > _GREATEST_GRADE:
        return False
    if _BY_FIGURE.search(before) and not figure["number"][0].isdigit():
        return False
    if noun is None:
        return True
    people = noun.unit in (Unit.PERSON, Unit.WORKER, Unit.OFFICIAL)
    return not (
        (people and _GROUP_OF.search(before))
        or (noun.word in ("người", "thành viên") and _TEAM_OF.search(before))
        or (noun.unit is Unit.UNIT and _SERVING.search(before))
    )


def differs(figure: re.Match[str], folded: str, start: int, end: int) -> bool:
    """ "tăng 12 xã", "vượt 3 xã so với kế hoạch": more than before, by so many; `end` is that of the counted phrase."""
    beyond = (figure["sign"] or "").startswith(("vượt", "nhiều hơn")) and _COMPARED.match(folded, end)
    more = figure["sign"] == "nhiều hơn" and _NUMBER_OF.search(folded, max(start, figure.start() - REACH), figure.start())
    return bool(beyond or more) or bool(_DIFFERENCE.search(folded, max(start, figure.start() - REACH), figure.start()))


def is_name(figure: re.Match[str], noun: Noun, text: str, start: int) -> bool:
    """'Chương trình "1 triệu sáng kiến"', "Năm Thanh niên", "thị xã Ba Đồn": a number in words and a noun, each with a capital within the sentence."""
    if _SLOGAN.search(text, max(start, figure.start() - 30), figure.start()):
        return True
    number, word = text[figure.start("number") : figure.end("number")], text[noun.start : noun.end]
    if _YEAR.fullmatch(number) and word[0].isupper() and not word.isupper():
        return True  # "tại Olympiad 2018 Đội nam đứng thứ bảy"
    if number.lower() == "năm" and noun.word in _KIN and _HE_ALONE.match(text, noun.end):
        return True
    if number == "Năm" and word[0].islower() and _WITHIN.search(text, max(start, figure.start() - 3), figure.start()):
        return True
    return number[0].isupper() and word[0].isupper() and not number.isupper() and not word.isupper() and figure.start() > start


def is_built(before: str, noun: Noun) -> bool:
    """Whether somebody builds what is counted, which is then a work and no body: "xây dựng 15 điểm trường"."""
    return noun.word in _BUILT and bool(_BUILDS.search(before))


def is_trapped(figure: re.Match[str], before: str, noun: Noun | None) -> bool:
    """Whether the number names, orders, dates or compares instead of counting."""
    number = figure["number"]
    if _designated(figure, before, noun) or _YEARS.fullmatch(figure[0]):
        return True
    if _ROMAN.fullmatch(number) and _NUMBERED.search(before) and not _LEADS.search(before):
        return True
    if is_scale(number) and (not figure["sign"] or _VAGUE.search(before)):
        return True
    if number == "ba" and before.endswith("giải "):  # "đoạt giải Ba Giải thưởng Sáng tạo"
        return True
    if number.startswith("không") or (number.endswith(" năm") and parse(number) is None):  # "nửa năm"
        return True
    if number == "năm" and noun and _NAMED_YEAR.match(figure.string, noun.end):
        return True
    if figure["sign"] and figure["whole"] and _FRACTION.fullmatch(f"{number}/{figure['whole']}"):
        return True
    if figure["whole"] and number in ("1", "01") and before.endswith("tỉ lệ "):
        return True  # "quy hoạch phân khu tỉ lệ 1/5.000 huyện"
    if noun and noun.word.startswith("trường") and _GRADES.search(before):
        return True  # "học sinh lớp 6 và 7 trường THCS …"
    if before.endswith("/ ") and noun and _RATE.fullmatch(number):
        return True  # "8,2 bác sĩ / 10.000 dân"
    if number.startswith("năm") and _FIVE_IS_YEAR.search(before):
        people = noun is not None and noun.unit in (Unit.PERSON, Unit.WORKER) and not noun.word.startswith("học")
        return not (noun and (_OUT_OF.search(before) or (before.endswith("cả ") and people)))
    if noun and not number[0].isdigit() and noun.unit is Unit.PERSON and noun.word.startswith(_ALIKE) and _LIKE.search(before):
        return True
    return bool(_YEAR.fullmatch(number) and (_YEAR_BEFORE.search(before) or _BORN.search(before)))
