"""The nouns that a number of people, bodies or awards stands before: "102 xạ thủ", "3 em học sinh", "5 chi nhánh".

The words are extract/lexicon/counted_nouns.toml. All functions read folded text (extract.fold); `text` is looked at for its capitals.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from extract.fold import fold
from extract.patterns import Late
from extract.words import lexicon
from schemas.vocabulary import Unit


class Noun(NamedTuple):
    """One counted noun of a text, half-open in code points; `word` is the noun without the words that classify it."""

    start: int
    end: int
    word: str
    unit: Unit


_LEXICON = lexicon("counted_nouns")


def one_of(words: Iterable[str]) -> str:
    """An alternation of the folded words, the longest first, parted by their first letters: many words are then tried at the cost of few."""
    by_letter: dict[str, set[str]] = defaultdict(set)
    for word in map(fold, words):
        by_letter[word[0]].add(word[1:])
    tails = {letter: sorted(rest, key=len, reverse=True) for letter, rest in by_letter.items()}
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(re.escape(tail) for tail in rest)})" for letter, rest in sorted(tails.items()))


def _near(rule: Mapping[str, list[str]]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the words that stand near a noun which then counts, and of those that do not."""
    near, but_not = (re.compile(rf"(?<!\w)(?:{one_of(rule[key])})(?!\w)") for key in ("near", "but_not"))
    return near, but_not


SEVERAL: Mapping[str, tuple[Unit, ...]] = {
    fold(word): tuple(map(Unit, codes.split("_and_"))) for codes, words in _LEXICON["several"].items() for word in words
}
NOUNS: Mapping[str, Unit] = {
    **{fold(word): Unit(code) for code, words in _LEXICON["nouns"].items() for word in words},
    **{word: units[0] for word, units in SEVERAL.items()},
}
_SKIP = rf"(?:(?:{one_of(_LEXICON['classifiers'])}) +)"
_ENDINGS = _LEXICON["endings"]
_FORMED = rf"(?!(?:{one_of(_ENDINGS['but_not'])})(?!\w)|(?:{one_of(_ENDINGS['but_not_behind'])}) )[^\W\d_]{{1,7}} (?:{one_of(_ENDINGS['person'])})"
_NOUN = rf"(?:(?P<noun>{one_of(NOUNS)})|(?P<formed>{_FORMED}))(?!\w)"
_SKIPPED = tuple(re.compile(rf" *(?:[\"'] ?)?{_SKIP}{{{times}}}") for times in range(3))  # what stands before the noun
_FIRST = tuple(Late(skipped.pattern + _NOUN) for skipped in _SKIPPED)
_IN_QUOTES = re.compile(r" *[\"']")
_NEXT = Late(
    rf"(?: (?:{one_of(_LEXICON['adjectives'])}))?(?:,? (?:và )?(?:{one_of(_LEXICON['works'])}))?(?P<joint> ?,| ?/| ?-| ?&| và| hoặc|, và)? +(?P<skip>{_SKIP})?{_NOUN}"
)
_BARRED = {fold(word): re.compile(rf" *(?:{one_of(after)})(?!\w)") for word, after in _LEXICON["barred"].items() if word != "any"}
_BARRED_ANY = re.compile(
    rf" *(?!tuổi (?:(?:từ |trên |dưới )?\d|đảng))(?:{one_of(_LEXICON['barred']['any'])})(?!\w)"
)  # "47 công dân tuổi 17"
_PLACES = {fold(word): _near(rule) for word, rule in _LEXICON["places"].items()}
_BARE = {
    fold(word): (re.compile(rf"(?:(?<!\w)(?:{one_of(rule['after'])}) +|[,;(] *)$"), rule["most"]) for word, rule in _LEXICON["bare"].items()
}
_BARE_NEAR = {fold(word): _near(rule) for word, rule in _LEXICON["bare"].items() if "near" in rule}
_BARE_NOUN = re.compile(
    rf" *(?P<noun>{one_of(_BARE)})(?= ?[,;.)!?\"]| (?:và|rồi|thì|đều|này|đó|học|đi|đang|ăn học|trong đó|trở lên|của|là|cùng|tại|cho|ở|về|khôn lớn|nên người|theo|ra|lên|vào|đến|sang|gặp|bị|bằng)(?!\w)|$)"
)
_ALONE = frozenset(map(fold, _LEXICON["alone"]))
_PAIRS = {fold(word): tuple(map(fold, heads)) for word, heads in _LEXICON["pairs"].items()}
_CASE = re.compile(
    rf"(?: khác)?(?: có liên quan)? (?:(?:{one_of(_LEXICON['cases']['person'])})|bị (?:[^\W\d_]+ ){{0,6}}?(?:{one_of(_LEXICON['cases']['punished'])}))(?!\w)"
)
_CASE_BEFORE = re.compile(rf"(?<!\w)(?:{one_of(_LEXICON['cases']['person_before'])})(?!\w)(?:[^.;:\n]|(?<=\d)[.](?=\d)){{0,60}}$")
_ELECTED = re.compile(rf" vào (?:{one_of(_LEXICON['elected']['to'])})(?!\w)")
_OWNERS = re.compile(r" (?:ông|bà|anh|chị|em|cháu|cụ|mẹ|đồng chí) ")
_BESIDE_COLLECTIVES = re.compile(r"(?<!\w)(?:tt|tập thể)(?!\w)[^.;\n]{0,30}$")  # "12 TT, 35 CN": no workers
_REST = re.compile(r" còn lại(?!\w)")
_PERSON_BEFORE = re.compile(r"(?<!\w)(?:cá nhân|người|thí sinh|bệnh nhân|học sinh|ứng viên)(?!\w)[^\n]{0,150}$")


def first(folded: str, text: str, at: int, end: int) -> Noun | None:
    """The noun of the number that ends at `at`, the longest that fits."""
    fitting = (pattern for skipped, pattern in zip(_SKIPPED, _FIRST, strict=True) if skipped.match(folded, at, end))
    nouns = (_longest(pattern, folded, text, at, end) for pattern in fitting)
    return max((noun for noun in nouns if noun and not _is_got(noun, folded, at)), key=lambda noun: noun.end, default=None)


def _is_got(noun: Noun, folded: str, at: int) -> bool:
    """Whether an award stands behind those who get it, who are counted: "3 em | Huân chương"."""
    return noun.unit is Unit.AWARD and folded[at : noun.start].strip() not in ("", '"', "'", "lượt")


def _longest(pattern: Late, folded: str, text: str, at: int, end: int) -> Noun | None:
    """The longest noun that nothing bars: of "gương mặt trẻ tuổi" two words, for the third makes an age of them."""
    stop = end
    while found := pattern.match(folded, at, stop):
        noun = _noun(found, folded, text, end)
        stop = folded.rfind(" ", at, found.end())
        if noun or stop < found.start("noun" if found["noun"] else "formed"):
            return noun
    return None


def bare(folded: str, before: str, at: int, end: int, value: int) -> Noun | None:
    """A noun that counts only by itself: "chị cùng 2 con.", "bắt 3 tên,", "48 nữ;"; `before` is what stands before the number."""
    found = _BARE_NOUN.match(folded, at, end)
    if found is None:
        return None
    after, most = _BARE[found["noun"]]
    told = after.search(before) or (
        found["noun"] in _BARE_NEAR and value > 1 and _is_near(_BARE_NEAR[found["noun"]], folded, found.end(), end)
    )
    return Noun(found.start("noun"), found.end(), found["noun"], Unit.PERSON) if value <= most and told else None


def following(noun: Noun, folded: str, text: str, end: int) -> Noun | None:
    """The noun after one that a comma or a conjunction joins to it, or that makes a known pair with it: "cán bộ chiến sĩ"."""
    found = _NEXT.match(folded, noun.end, end)
    after = _noun(found, folded, text, end) if found else None
    if found is None or after is None or after.word in _ALONE:
        return None
    if after.word == "gia đình" and (noun.unit is Unit.PERSON or _OWNERS.match(folded, after.end, end)) and "và" in (found["joint"] or ""):
        return None  # "2 chị và gia đình", "5 tập thể và gia đình ông A": not counted themselves
    if after.word == "thân nhân" and "và" in (found["joint"] or ""):
        return None  # "1 cá nhân và thân nhân 4 liệt sĩ"
    paired = after.word.startswith(_PAIRS.get(noun.word, ("\0",))) and not found["skip"]
    return after if found["joint"] is not None or paired else None


def one_of_all() -> str:
    """The alternation of all nouns, for a pattern."""
    return one_of(NOUNS)


def _noun(found: re.Match[str], folded: str, text: str, end: int) -> Noun | None:
    word = found["noun"] or found["formed"]
    place = found.end()
    if _barred(word, folded, text, place, end) or (word in _PLACES and not _is_place(word, folded, place, end)):
        return None
    unit = NOUNS.get(word, Unit.PERSON)
    if unit is Unit.UNIT and "joint" not in found.re.groupindex and _IN_QUOTES.match(folded, found.start()):
        return None  # '120 "Mái ấm công đoàn"': a thing that is called so
    if unit is Unit.PERSON and _ELECTED.match(folded, place, end):
        unit = Unit.OFFICIAL  # "bầu 35 đồng chí vào Ban Chấp hành"
    if word.startswith("công an ") and unit is Unit.UNIT and text[place : place + 2].strip()[:1].isupper():
        unit = Unit.PERSON  # "2 công an xã Đồng Lau": of one place
    if word == "cn" and _BESIDE_COLLECTIVES.search(folded, max(0, found.start() - 40), found.start()):
        unit = Unit.INDIVIDUAL
    if word == "trường hợp" and _of_people(folded, found.start(), place, end):
        unit = Unit.PERSON
    return Noun(found.start("noun") if found["noun"] else found.start("formed"), place, word, unit)


def _is_place(word: str, folded: str, at: int, end: int) -> bool:
    """Whether a "bản" is a village, by the words around it, and no copy, by those of its clause."""
    return _is_near(_PLACES[word], folded, at, end)


def _is_near(words: tuple[re.Pattern[str], re.Pattern[str]], folded: str, at: int, end: int) -> bool:
    """Whether one of the words stands near, and none of the others in the clause."""
    near, but_not = words
    begin = max(0, at - 150)
    clause = max(begin, folded.rfind(";", begin, at), folded.rfind("\n", begin, at))
    return bool(near.search(folded, begin, min(end, at + 150))) and not but_not.search(folded, clause, min(end, at + 20))


def _barred(word: str, folded: str, text: str, at: int, end: int) -> bool:
    """Whether the next word makes another thing of the noun, "lớp tập huấn"; a name after it, "huyện Đồng Phú", does not."""
    rule = _BARRED.get(word)
    barred = _BARRED_ANY.match(folded, at, end) or (rule.match(folded, at, end) if rule else None)
    if barred is None:
        return False
    letter = text[at : at + 2].strip()[:1]
    return not (letter.isupper() and not text[at - 1].isupper())


def _of_people(folded: str, start: int, at: int, end: int) -> bool:
    """Whether a "trường hợp" is somebody: a patient, somebody proposed for a title, one of the people told of before."""
    return bool(
        _CASE.match(folded, at, end)
        or _CASE_BEFORE.search(folded, max(0, start - 100), start)
        or (_REST.match(folded, at, end) and _PERSON_BEFORE.search(folded, max(0, start - 200), start))
    )
