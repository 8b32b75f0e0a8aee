"""Counted phrases: a sign, a number, the nouns it counts: "hơn 4.000 tập thể, cá nhân, hộ gia đình".

`find` marks them in one sentence; `read` reads one phrase. Nothing here knows what an award is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from extract.fold import fold
from extract.numbers import DIGITS, ROMAN, WORDS, is_scale, parse
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


@cache
def lexicon() -> Mapping[str, Any]:
    """extract/lexicon/units.toml."""
    with files("extract").joinpath("lexicon/units.toml").open("rb") as file:
        return tomllib.load(file)


def any_of(words: Iterable[str]) -> str:
    """An alternation of the folded words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted({fold(word) for word in words}, key=len, reverse=True))


_SIGNS: Mapping[str, Comparator] = {fold(word): Comparator(code) for code, words in lexicon()["signs"].items() for word in words}
_NOUNS: Mapping[str, Unit] = {fold(word): Unit(code) for code, words in lexicon()["units"].items() for word in words}
_TRAPS = lexicon()["traps"]
_NUMBER = rf"(?:{DIGITS}|{WORDS}|{ROMAN})"

# "hơn 300", "21/23", "3 - 5", "từ 3 đến 5", "ba (03)", "03 (ba)": sign, number, and what else belongs to the number.
_FIGURE = re.compile(
    rf"(?<!\w)(?<!\d[:.,/-])(?<!\w/)(?<!\w-)"
    rf"(?:(?P<sign>{any_of(_SIGNS)}|từ) +)?"
    rf"(?P<number>{_NUMBER})"
    rf"(?: ?(?:/|trong|trong số|trên tổng số|trong tổng số|/ ?tổng số) ?(?P<whole>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}})(?![\d/])| ?(?P<dash>-|đến|tới|và|hoặc|,) ?(?P<upper>{DIGITS})(?! ?/)| ?\( ?(?P<again>{_NUMBER}) ?\))?"
)
_SKIP = rf"(?:(?:{any_of(lexicon()['around']['skip'])}) +)"
_NOT_AFTER = rf"(?! (?:{any_of(lexicon()['around']['not_after'])})(?!\w))"
_NO_NOUN = rf"(?!(?:{any_of(lexicon()['around']['no_nouns'])})(?!\w))"
_FIRST_NOUN = re.compile(rf" *{_SKIP}{{0,2}}{_NO_NOUN}(?P<noun>{any_of(_NOUNS)})(?!\w){_NOT_AFTER}")
_ENDING = re.compile(
    rf" *(?P<noun>(?!(?:{any_of(lexicon()['endings']['but_not'])})(?!\w))[^\W\d_]{{1,7}}(?: [^\W\d_]{{1,7}})? (?:{any_of(lexicon()['endings']['person'])}))(?!\w)"
)
_SEX = re.compile(r" *(?P<noun>nữ|nam)(?= ?[,;.)]| và |$)")  # "71 công nhân, 48 nữ"
_NEXT_NOUN = re.compile(
    rf"(?: (?:{any_of(lexicon()['around']['adjectives'])}))?(?: ?,| ?/| ?-| và| hoặc|, và)? +(?P<noun>{any_of(_NOUNS)})(?!\w){_NOT_AFTER}"
)
_JOINT = re.compile(r"[,/&-]| và | hoặc ")
_ALONE_NOUNS = frozenset(map(fold, lexicon()["around"]["alone"]))
_PEOPLE = frozenset({Unit.COLLECTIVE, Unit.INDIVIDUAL, Unit.HOUSEHOLD, Unit.WORKER, Unit.PERSON, Unit.OFFICIAL, Unit.ENTERPRISE, Unit.DELEGATE, Unit.UNIT})
_COMPOUND = re.compile(rf"(?<!\w)(?:{any_of(_TRAPS['compounds'])}) *$")
_ONE_OF = frozenset(("một", "1", "01"))
_LIMITS = frozenset((Comparator.LE,))
_CHAINED = re.compile(r"[^.;:\d]{1,40}?(?:, ?|(?<!\w)và )(?:cho )?")
_TITLE = re.compile(r" (?:thi đua|tiên tiến(?! và)|lao động (?:tiên tiến|xuất sắc)|văn hóa|ưu tú|việt nam anh hùng|quyết thắng)(?!\w)")
_CLAUSE = re.compile(r" (?:có|gồm|đã|là|tổ chức|sẽ|đang|phải|cần|tiếp tục|tỉnh|huyện|các)(?!\w)")
_ONWARDS = re.compile(r"[^.;,\d]{0,40}? trở (?P<way>lên|xuống)(?!\w)")
_DESIGNATED = re.compile(rf"(?<!\w)(?:(?<!trong )số|(?!số )(?:{any_of(_TRAPS['designation'])})) *$")
_DIFFERENCE = re.compile(rf"(?<!\w)(?:{any_of(_TRAPS['difference'])}) +(?:khoảng |hơn |gần |trên |thêm )?$")
_VAGUE = re.compile(rf"(?<!\w)(?:{any_of(_TRAPS['vague'])}) +$")
_YEAR_BEFORE = re.compile(rf"(?<!\w)(?:{any_of(_TRAPS['year_words'])}) +(?:\d{{4}} ?[-,] ?|\d{{4}} và )?$")
_FIVE_IS_YEAR = re.compile(rf"(?:\d|(?<!\w)(?:{any_of(_TRAPS['five_is_year'])}|{WORDS})) +$")
_NAMES = re.compile(rf"(?:{any_of(_TRAPS['names'])})(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
# "đồng ý 48": a number without a noun after a verb of deciding; "cho 5, ": one that waits for its noun.
_DECIDED = re.compile(rf"(?<!\w)(?:{any_of(lexicon()['elliptic']['verbs'])}) +$")
_WAITING = re.compile(r"(?<!\w)cho +$")
_NOTHING_AFTER = re.compile(r" *(?:[,;.)]|và |$)")
# "Cá nhân: 30": the noun before its number.
_NOUN_BEFORE = re.compile(rf"(?<!\w)(?P<noun>{any_of(_NOUNS)}) ?(?::|là) *$")


def read(quote: str) -> tuple[int, Comparator] | None:
    """Value and comparator of one counted phrase; None when the quote holds no number that can be read.

    Nothing but the quote is looked at: every count of an article has the value and the comparator of its quote. A limit
    reaches over a list: "tối đa 3 tập thể, 5 cá nhân", as a quote, is at most five.
    """
    folded = fold(quote)
    found: tuple[int, Comparator] | None = None
    end = 0
    for figure in _FIGURE.finditer(folded):
        value = _value(figure)
        if value is None:
            continue
        if found is None:
            found, end = (_of_whole(figure) or value, _comparator(figure, folded)), figure.end()
        elif found[1] in _LIMITS and not figure["sign"] and _CHAINED.fullmatch(folded, end, figure.start()) and _FIRST_NOUN.match(folded, figure.end()):
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
    return _SIGNS.get(figure["sign"] or "", Comparator.EQ)


def _is_range(figure: re.Match[str]) -> bool:
    if figure["upper"] is None or figure["dash"] in ("và", "hoặc", ","):
        return False
    low, high = parse(figure["number"]), parse(figure["upper"])
    return low is not None and high is not None and low < high


def find(folded: str, text: str, start: int, end: int) -> Iterator[Quantity]:
    """Counted phrases of the sentence folded[start:end], in order and apart from one another."""
    at = start
    while figure := _FIGURE.search(folded, at, end):
        found = _quantity(figure, folded, text, start, end)
        if found is None:
            at = figure.end("number") if figure.end("number") > at else at + 1
            continue
        yield found
        at = max(found.end, found.number_end)


def _quantity(figure: re.Match[str], folded: str, text: str, start: int, end: int) -> Quantity | None:
    number, begin = figure["number"], figure.start("number")
    if re.fullmatch(ROMAN, number) and not (text[begin : begin + len(number)].isupper() and len(number) > 1):
        return None
    if _value(figure) is None:
        return None
    if _NAMES.match(folded, begin, end):
        return None
    before = folded[max(start, figure.start() - 40) : figure.start()]
    if _trapped(figure, before):
        return None
    after = figure.end()
    whole = figure["whole"]
    if whole and not _of_whole(figure) and (not number[0].isdigit() or (parse(number) or 0) > (parse(whole) or 0)):
        return None
    if figure["upper"] and not _is_range(figure):
        after = figure.end("number")
    first = _FIRST_NOUN.match(folded, after, end) or _ENDING.match(folded, after, end) or _SEX.match(folded, after, end)
    if first is None and after != figure.end("number") and not whole:
        after = figure.end("number")
        first = _FIRST_NOUN.match(folded, after, end)
    phrase_start = figure.start()
    if figure["sign"] == "từ" and not (_is_range(figure) or _ONWARDS.match(folded, after, end)):
        phrase_start = begin
    if figure["sign"] == "ngoài" and not before.strip(' "-'):
        phrase_start = begin  # "Ngoài 3 tập thể, …": besides
    if figure["sign"] and _COMPOUND.search(folded, start, figure.end("sign")):
        phrase_start = begin  # "sưu tầm 150 …", "mức độ 3 …": the sign is half of a word
    one = number == "một" and not figure["again"] and not whole
    if first:
        nouns, stop = _nouns(first, folded, text, end)
        onwards = _ONWARDS.match(folded, stop, end)
        return Quantity(phrase_start, onwards.end() if onwards else stop, begin, after, nouns, one, "noun")
    if not _NOTHING_AFTER.match(folded, after, end) or (figure["sign"] == "từ" and not _is_range(figure)):
        return Quantity(phrase_start, after, begin, after, (), one, "bare")
    noun_before = _NOUN_BEFORE.search(folded, max(start, phrase_start - 40), phrase_start)
    if noun_before:
        return Quantity(noun_before.start(), after, begin, after, (_NOUNS[noun_before["noun"]],), one, "noun_before")
    form = "decided" if _DECIDED.search(before) else "waiting" if _WAITING.search(before) else "bare"
    return Quantity(phrase_start, after, begin, after, (), one, form)


def _trapped(figure: re.Match[str], before: str) -> bool:
    """Whether the number names, orders, dates or compares instead of counting."""
    number = figure["number"]
    if _DESIGNATED.search(before) and not figure["sign"] and not _COMPOUND.search(before):
        return True
    if _DIFFERENCE.search(before) or (is_scale(number) and (not figure["sign"] or _VAGUE.search(before))):
        return True
    if number.startswith("không"):
        return True
    if number.startswith("năm") and _FIVE_IS_YEAR.search(before):
        return True
    return bool(_YEAR.fullmatch(number) and _YEAR_BEFORE.search(before))


def _nouns(first: re.Match[str], folded: str, text: str, end: int) -> tuple[tuple[Unit, ...], int]:
    """Units of all nouns of one number, and where the last noun ends."""
    units, stop = [_NOUNS.get(first["noun"], Unit.PERSON)], first.end()
    while following := _NEXT_NOUN.match(folded, stop, end):
        unit = _NOUNS[following["noun"]]
        if (unit is Unit.AWARD and unit not in units) or _TITLE.match(folded, following.end(), end):
            break
        if following["noun"] in _ALONE_NOUNS or (unit not in _PEOPLE) != (units[0] not in _PEOPLE):
            break
        if not _JOINT.search(folded[stop : following.start("noun")]) or _begins_anew(unit, units, folded, text, following.end(), end):
            break
        units.append(unit)
        stop = following.end()
    return tuple(sorted(set(units))), stop


def _begins_anew(unit: Unit, before: Sequence[Unit], folded: str, text: str, at: int, end: int) -> bool:
    """Whether a noun after a comma is a body by its name, or the subject of a new clause: "7 hộ, cụm có 8 thôn"."""
    if unit not in (Unit.UNIT, Unit.OFFICIAL) or unit in before:
        return False
    return bool(_CLAUSE.match(folded, at, end)) or (
        at + 1 < end and text[at] == " " and text[at + 1].isupper() and not text[at - 1].isupper()
    )
