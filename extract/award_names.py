"""Where a sentence names awards: their kind, their class, and the level that the name itself tells.

"Huân chương Lao động hạng Nhất, Nhì" is two names, "CSTĐ cấp tỉnh, cấp cơ sở" too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from spacy.tokens import Doc

from extract import prize_names
from extract.award_words import CLASS_OF, LEVEL_OF, QUOTED, Name, fixed_level
from extract.fold import fold
from extract.language import UPPER, Interval
from extract.openings import Choice
from extract.places import provinces
from extract.words import any_of, lexicon
from schemas.awards import Class
from schemas.vocabulary import AwardLevel, Unit

_FORCES = tuple(map(fold, lexicon("awards")["titles"]["forces"]))  # "Giải thưởng … trong Quân đội": of their ministry
_PRIZE_STARTS = ("giải", "danh hiệu", "huân chương", "huy chương")
_PRIZE_WORDS = "giải thưởng|giải|danh hiệu|huân chương|huy chương"
_ORGANS = tuple(lexicon("awards")["prizes"]["organs"])
_WON = ("đạt", "đoạt", "giành", "nhận", "nhận được", "đạt được", "trao", "tặng", "trao tặng")
_HELD_TO = ("lễ trao", "buổi trao", "lễ trao tặng", "đêm trao", "lễ nhận", "dự trao", "việc trao", "hội đồng trao")
# "nhận giải thưởng văn học nghệ thuật", "trao giải thưởng của Hội Nhà văn": of a field, or of who gives it
_PRIZE_OF_FIELD = re.compile(rf" (?:{any_of(lexicon('awards')['prizes']['fields'])})(?!\w)")
_CUP_GIVEN = ("tặng", "trao", "nhận", "thưởng", "danh hiệu")
_HELD = ("lễ", "đêm", "đêm gala", "gala", "buổi", "lễ công bố và", "đêm chung kết và")  # before "trao giải": the ceremony
_WINNING = ("đoạt", "giành", "đạt", "nhận", "trao", "được", "thắng")
_GIVERS = ("tặng", "trao", "nhận", "được", "thưởng", "và", "thêm", ",", ";", ":", "hoặc", "phất", "đạt", "cùng")


_SEVERAL = any_of(lexicon("awards")["bare_grantors"]["several"])
_CLASS = any_of(CLASS_OF)
_RANK = any_of(lexicon("awards")["class_word"]["written"])
_COUNTED_CLASS: Mapping[str, Class] = {"một": "1", "hai": "2"}  # "hạng hai"; without "hạng" they are numbers
# "hạng Nhất, Nhì và Ba", "hạng I; hạng II", "các hạng"
_CLASSES = re.compile(rf'[ "]*(?:(?P<all>các hạng|hạng các loại|các loại)|(?:{_RANK}) +(?P<first>{_CLASS}|một|hai)(?!\w))')
_MORE_CLASSES = re.compile(
    rf"(?: ?\([^()]{{1,20}}\))?(?: ?[,;/] ?| ?, ?và +| +và +| *- *)(?:hạng +)?(?P<more>{_CLASS})(?!\w)(?! +(?:tập thể|cá nhân|đơn vị|hộ|người|đồng chí))(?<!\d(?= [^\W\d_]))"
)
_NEXT_CLASS = re.compile(
    rf"(?: ?\([^()]{{1,30}}\)| năm \d{{4}})?(?: ?[,;] ?| và +|, và +)(?:\d{{1,4}} +)?(?P<name>hạng +(?P<class>{_CLASS}))(?!\w)"
)
_LONE_CLASS = re.compile(
    rf"(?:[,;(–-] *|(?<!\w)và +|[,;(] *\d{{1,4}} +|(?<!\w)và +\d{{1,4}} +)(?P<name>hạng +(?P<class>{_CLASS}))(?!\w)(?! *(?:toàn|khối|cụm))"
)
_RANKED = re.compile(r"(?<!\w)giải (?:nhất|nhì|ba|khuyến khích|đặc biệt)(?!\w)")
_AMONG_RANKS = re.compile(
    r"(?<!\w)giải (?:nhất|nhì|ba|khuyến khích)(?!\w)[^.\n]*$"
)  # "giải Ba cho …, trao giải "Người hùng biện"": of one contest
_LISTED = re.compile(rf" *(?:\(|:|gồm:?|trong đó(?: có)?:?) *\d{{1,4}} +(?P<name>hạng +(?P<class>{_CLASS}))(?!\w)")
_LEVEL = re.compile(rf'[ "]*[,(]? ?(?:của (?=ngành ))?(?P<level>{any_of(LEVEL_OF)})(?!\w)')
_MORE_LEVELS = re.compile(rf"(?: ?[,/] ?| +và +|, và +)(?:(?:chiến sĩ thi đua|cstđ) +)?(?P<level>(?:cấp +)?(?:{any_of(LEVEL_OF)}))(?!\w)")
_NAMED_PRIZE = re.compile(
    rf' +(?:["“][^"”\n]{{2,80}}["”]|[\'‘] ?[^\'’"\n]{{2,80}}[\'’]|(?!TP)[A-Z]{{3,}}[\w-]*|[{UPPER}][\w-]* & [{UPPER}][\w-]*|[{UPPER}][\w-]*(?: [{UPPER}][\w-]*){{1,5}}|[{UPPER}][^\W\d_]+ [^\W\d_]+(?: [^\W\d_]+){{0,2}} Việt Nam(?!\w)|[{UPPER}][^\W\d_]+(?: (?!(?:và|nhiều|các|do|tại|vì|cùng|với|khi|trong|ở|được|là|đã|lần)(?!\w))[^\W\d_{UPPER}]+){{2,4}}?(?= (?:của|năm|lần|cho|trong|toàn|cấp)(?!\w)|[,.;:)]|$)|[{UPPER}][^\W\d_]+ [^\W\d_{UPPER}][^\W\d_{UPPER}]*(?!\w))'
)
_FILM_PRIZE = re.compile(
    rf" +(?:[\"'“‘] ?[^\"'”’\n]{{2,80}}[\"'”’]|(?!(?:{'|'.join(lexicon('awards')['prizes']['ranked'])})(?!\w))[{UPPER}]\w+ [^\W\d_]+)"
)
_CONTEST = re.compile(  # "đoạt giải học sinh giỏi cấp tỉnh", "5 em đạt giải quốc gia"
    rf" +(?:(?:(?:trong|tại|ở|của) (?:các |những )?)?(?:{any_of(lexicon('awards')['prizes']['contests'])})(?!\w)|(?:cấp )?(?:quốc gia|quốc tế|toàn quốc|khu vực)(?!\w)|cấp (?:tỉnh|huyện|thành phố|quận|trường|cụm))"
)
# what may stand between an event and the fighters whom it is named for: "Đại hội liên hoan anh hùng và chiến sĩ thi đua"
_HEROES = r"(?:,? (?:liên hoan|các|những|toàn quốc|tổng kết|anh hùng(?: lao động)?|và|tập thể|mừng công))*,? *"
_OWN_NAME = re.compile(rf" +(?:[\"'“‘] ?)?(?!Hạng|Nhất|Nhì|Ba|Huân|Huy)[{UPPER}][\w-]+")
_TITLE_STOP = rf"(?= ?[,.;:()\"'”’|/\n]| -|$| (?:{any_of(lexicon('awards')['titles']['stops'])})(?!\w)| \d{{2,}})"
# a local title of honour without quotation marks: "danh hiệu Doanh nhân Việt Nam tiêu biểu", "danh hiệu cựu chiến binh gương mẫu"
_TITLE = re.compile(
    rf" +(?=[{UPPER}][^\W\d_]+ )[^\W_]+(?: (?!(?:{any_of(lexicon('awards')['titles']['stops'])})(?!\w))[^\W_]+){{1,8}}{_TITLE_STOP}"
)
_PLAIN_TITLE = re.compile(
    rf" +(?:{any_of(lexicon('awards')['titles']['heads'])})(?: (?!(?:{any_of(lexicon('awards')['titles']['stops'])})(?!\w))[^\W_]+){{0,6}} (?:{any_of(lexicon('awards')['titles']['ends'])}){_TITLE_STOP}"
)
_TITLE_GIVEN = re.compile(rf"(?<!\w)(?:{any_of(lexicon('awards')['titles']['given'])})(?: \w+)? ?(?:các|những|\d+|hai|ba)?$|[,;:]$")
_GRADE = re.compile(rf"(?<!\w)(?:{any_of(lexicon('awards')['titles']['grades'])})(?!\w)")
# "Lễ tuyên dương học sinh đoạt giải Olympic": what a ceremony is called
_CEREMONY = re.compile(r"(?<!\w)lễ (?:tuyên dương|vinh danh|trao|biểu dương|gặp mặt|tôn vinh)[^,.;\d]{0,50}$")
_BEST = re.compile(r" [\"'“‘]?[^\"'“”‘’,.;:()\d\n]{3,60}? nhất(?!\w)")  # "đoạt giải Trang phục dân tộc đẹp nhất", of a contest
_AND_PRIZES = re.compile(r" ?(?:,|;|và|, và)? (?:\d{1,4} |một |hai |ba |các )?")
_PRIZE_ALONE = re.compile(r" *(?:[,;.:(]|$)| (?:với|gồm|trong đó|tại)(?!\w)")  # "8/8 thí sinh đoạt giải;"
_NAMED_ORDER = re.compile(
    r"(?: (?!hạng |của |cho |và |được )[^\W\d_]+\.?){1,5}(?= hạng )"
)  # "Huân chương | Chiến sĩ giải phóng | hạng Nhì"
_DECADE = re.compile(r" (?:\d{2}(?:,? và|,)? ?)+ năm tuổi đảng| \d{2} năm tuổi đảng| đảng(?!\w)")
_CAPITAL = re.compile(rf" [{UPPER}]\w+")  # "NSƯT Hạnh"
_CAPITALS = re.compile(
    rf"[ ,]*(?:(?!(?:cho|được|của|là|và|với|năm|vì|do|trao|tặng)(?!\w))[^\W\d_{UPPER}][\w.]* ){{0,5}}(?:I{{1,3}} )?[{UPPER}]\w* [{UPPER}]\w*"
)
_IN_CONTEST = re.compile(r"(?<!\w)(?:liên hoan|cuộc thi|hội thi|kì thi|đêm chung kết|hội diễn)(?!\w)")  # "nhận 6 giải thưởng tại hội thi"
_WON_BEFORE = ("đoạt", "giành", "đoạt được", "giành được")  # medals that are won, and not given
_PROVINCE = re.compile(rf" (?P<name>(?:(?:thành phố|tp\.?|tỉnh) ?)?(?:{provinces()[0].pattern})|tp\. ?hcm|tphcm)(?!\w)")
_CALLED_SO = re.compile(rf" [{UPPER}]\w* [{UPPER}]\w*")
# "nhiều huy chương ở các hội diễn": of games, and none of the State's
_AT_CONTEST = re.compile(
    rf"[^,.;:\d]{{0,40}}? (?:tại|ở|trong|của) (?:các |những )?(?:kì |giải )?(?:{any_of(lexicon('awards')['prizes']['games'])})(?!\w)|,? (?:cả )?(?:vàng|bạc|đồng)(?!\w)"
)
_PRIZES_GIVEN = re.compile(r"(?:(?<!\w)(?:trao|tặng|nhận|đạt|đoạt|giành|có|với|gồm|hơn|gần|trên|khoảng|và)|[,;:]) +(?:được +)?\d{1,3}$")
_NO_PRIZE = re.compile(rf" +(?:{any_of(lexicon('awards')['prizes']['no_prize'])})(?!\w)")  # "1 giải bóng đá", "25 giải cứu"
_STATES = re.compile(rf" của (?:{any_of(lexicon('awards')['prizes']['states'])})(?!\w)")  # "nhiều huân chương của Lào"
_AFTER_NUMBER = re.compile(r"\d *\"?$")  # '164 "Cộng đồng học tập"'
_COUNTED = re.compile(r"(?:\d|(?<!\w)(?:nhiều|các|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))$")
_AND_BLAME = re.compile(r" *(?:thi đua|, kỉ luật|và kỉ luật|kỉ luật)")
_CALLED = re.compile(r'(?:danh hiệu|công nhận(?: [^,.;]{1,15} là| là)?|đăng kí(?: danh hiệu)?|được bầu(?: là)?|đạt)[ "]*$')
# "các Mẹ Việt Nam anh hùng, Anh hùng Lao động": people, not what they got
_GUESTS = re.compile(
    r"(?<!\w)(?:các|những|là các) (?:đồng chí |vị |bà |cụ )?(?:(?:bà )?mẹ|anh hùng|nhà giáo|nghệ sĩ|thầy thuốc|nghệ nhân)(?!\w)(?:(?!tặng|trao|danh hiệu|công nhận|phong)[^.;:]){0,140}$|(?<!danh hiệu )(?<!tặng )(?<!thưởng )(?<!\w)(?:các|những)(?: vị| bà| đồng chí)? *$"
)
_TITLED = re.compile(r'(?:danh hiệu|tặng|nhận|đạt|hiệu|thưởng|công nhận|là|tuyên dương|\d|")\W*$')


def _places(entry: Mapping[str, Any]) -> str:
    """ "thôn, ấp, tổ dân phố văn hóa": one or several places and their common ending."""
    place = any_of(entry["places"])
    return rf"(?:{place})(?: ?[,/] ?(?:{place})| (?:và|hoặc) (?:{place})){{0,5}} {re.escape(fold(entry['ending']))}"


def _written(name: str) -> str:
    """A pattern of the folded name, with loose spaces; the proper name of an order or a title may stand in quotation marks."""
    form = re.escape(fold(name)).replace(r"\ ", " +")
    return re.sub(r"^(huân \+chương|huy \+chương|huy \+hiệu|danh \+hiệu) \+(?=.)", r"""\1 +["']? ?""", form)


def _compile(entries: Sequence[Mapping[str, Any]]) -> Choice:
    """One pattern of all names: the group n<i> tells the entry. Longer names stand first."""
    forms: list[tuple[int, int, str]] = []
    for index, entry in enumerate(entries):
        forms += [(len(name), index, _written(name)) for name in entry.get("names", ())]
        forms += [(len(name), index, re.escape(fold(name)).replace(r"\ ", " +")) for name in entry.get("abbreviations", ())]
        if "famed" in entry:
            forms.append(
                (
                    300,
                    index,
                    rf"(?:(?:{_PRIZE_WORDS})(?: (?!và |giải |huy |huân |của |cho |nhất |nhì |ba |tư |khuyến |đặc )[^\W\d_]+){{0,4}}? )?[\"'“‘]? ?(?:{any_of(entry['famed'])})",
                )
            )
        if "places" in entry:
            forms.append((200, index, _places(entry)))
    ordered = sorted(forms, key=lambda form: (-form[0], form[2]))
    return Choice([(form, f"(?P<n{at}_{index}>{form})") for at, (_, index, form) in enumerate(ordered)], after=r"(?!\w)")


_ENTRIES: Sequence[Mapping[str, Any]] = lexicon("awards")["award"]
_NAMES = _compile(_ENTRIES)
_OTHERS = _compile(
    [entry for entry in _ENTRIES if not entry.get("titled") or entry["type"] != "award_unspecified"]
)  # "Hội thi Giáo viên giỏi cấp tỉnh" is named for a title
_SHORT: frozenset[str] = frozenset(fold(name) for entry in _ENTRIES for name in entry.get("abbreviations", ()) if name.isupper())


def of_sentence(doc: Doc, sentence: Interval) -> Sequence[Name]:
    """Awards named in a sentence of a Doc, in order; found once, for more than one component asks."""
    return of_doc(doc).get(sentence, ())


def of_doc(doc: Doc) -> Mapping[Interval, Sequence[Name]]:
    """The sentences of a Doc that name awards, with these; only those are read in which a name can begin."""
    found: dict[str, Any] = doc._.found
    if "award_names" not in found:
        folded, text, sentences = doc._.folded, doc._.text, doc._.sentences
        read = {sentence: tuple(find(folded, text, *sentence)) for sentence in _speaking(folded, sentences)}
        found["award_names"] = {sentence: names for sentence, names in read.items() if names}
    known: Mapping[Interval, Sequence[Name]] = found["award_names"]
    return known


def _speaking(folded: str, sentences: Sequence[Interval]) -> Sequence[Interval]:
    """The sentences in which a name of an award or a rank can begin."""
    places = sorted((*_NAMES.beginnings(folded, 0, len(folded)), *prize_names.beginnings(folded)))
    numbers = {bisect_right(sentences, at, key=lambda sentence: sentence.start) - 1 for at in places}
    return [sentences[number] for number in sorted(numbers) if number >= 0]


def find(folded: str, text: str, start: int, end: int) -> Iterator[Name]:
    """Awards named in the sentence folded[start:end], in order."""
    found: list[Name] = []
    at = start
    while match := _NAMES.search(folded, at, end):
        entry = _ENTRIES[int((match.lastgroup or "n0_0").split("_")[1])]
        if not _is_name(entry, match, folded, text, start, end):
            at = match.start() + 1
            continue
        at = match.end()
        for name in _expand(entry, match, folded, text, end):
            at = max(at, name.end)
            found.append(name)
    _share_contest(found, folded)
    for index, name in enumerate(found):
        yield name
        following = next((other.start for other in found[index + 1 :] if other.start > name.start), end)
        if (
            name.class_
            and name.type != "contest_prize"
            and not (index + 1 < len(found) and found[index + 1].end > name.end >= found[index + 1].start)
        ):
            yield from _later_classes(name, folded, name.end, following)
    yield from prize_names.ranks(folded, text, start, end)
    yield from prize_names.medals(folded, start, end)
    yield from prize_names.placed(folded, start, end)


def _share_contest(found: list[Name], folded: str) -> None:
    """Let prizes that are told together be of the contest that follows the last: "3 giải Nhất, 5 giải Nhì tại kì thi … cấp tỉnh"."""
    for at in range(len(found) - 2, -1, -1):
        name, following = found[at : at + 2]
        both = name.type == following.type == "contest_prize" and following.start >= name.end
        if both and not name.level and not name.city and _AND_PRIZES.fullmatch(folded, name.end, following.start):
            found[at] = replace(name, level=following.level, city=following.city, placed=following.placed)


def _later_classes(order: Name, folded: str, start: int, end: int) -> Iterator[Name]:
    """ "…, hạng Ba cho 3 tập thể": a class that stands alone further on in the sentence is one of the order before it."""
    for match in _LONE_CLASS.finditer(folded, start, end):
        place = match.start("name"), match.end("name")
        yield replace(order, start=place[0], end=place[1], class_=CLASS_OF[match["class"]], elliptic=True)


def _is_name(entry: Mapping[str, Any], match: re.Match[str], folded: str, text: str, start: int, end: int) -> bool:
    """Whether the words are an award here: capitals of abbreviations, what stands before and after."""
    written = text[match.start() : match.end()]
    if match[0] in _SHORT and not written.isupper() and match[0] not in ("hcv", "hcb"):
        return False
    after, before = folded[match.end() : min(end, match.end() + 40)], folded[max(start, match.start() - 40) : match.start()].rstrip()
    if "not_before" in entry:
        following = _following(tuple(entry["not_before"])).match(after)
        if following and not (following["quote"] and entry.get("needs_verb")):
            return False  # cờ "Đảng bộ tiêu biểu" is a flag, cờ Đảng is none
    if not entry.get("bare") and "not_after" in entry and _ends_with(tuple(entry["not_after"]), before):
        return False
    if "not_of" in entry and re.search(
        rf"(?<!\w)(?:{any_of(entry['not_of'])}){_HEROES}$", folded[max(start, match.start() - 60) : match.start()]
    ):
        return False
    if entry.get("short"):
        return bool(re.match(rf" +hạng +(?:{_CLASS})(?!\w)", after)) and "huân chương" in folded[start : match.start()]
    if entry.get("order"):
        won = match[0] == "huy chương" and before.endswith(_WON_BEFORE)
        return won or bool(_COUNTED.search(before) or before.endswith(_GIVERS)) or bool(_OWN_NAME.match(text, match.end(), end))
    if entry.get("titled"):
        if _CALLED.search(before) or (entry.get("counted") and _AFTER_NUMBER.search(before)):
            return True
        told = _LEVEL.match(folded, match.end(), end)  # "75% giáo viên giỏi cấp tỉnh"
        return before.endswith(("%", "-", "•", "+")) and told is not None and "cấp" in told["level"]
    if entry.get("titled_anew"):
        title = QUOTED.match(folded, match.end(), end) or (_title(match.end(), folded, text, end) if _TITLE_GIVEN.search(before) else None)
        known = title and (_OTHERS.search(folded, title.start(), title.end()) or _GRADE.search(folded, title.start(), title.end()))
        return bool(title) and not known
    if entry.get("needs_verb"):
        return (bool(before) and (before[-1].isdigit() or before.endswith(_GIVERS))) or (
            written[0].isupper() and bool(re.match(r' *(?:"|của|cho|đơn vị)', after))
        )
    if entry.get("sum") and not re.match(r" (?:số tiền )?\d", after):
        return False
    if entry.get("bare"):
        if before.endswith(_folded(tuple(entry.get("but_after", ())))):
            return True
        return not _ends_with(tuple(entry["not_after"]), before) and not _AND_BLAME.match(after)
    if entry.get("honorific"):
        guests = _GUESTS.search(folded, max(start, match.start() - 160), match.start())
        if before.endswith((" là", " như")) and _CALLED_SO.match(text, match.end(), end):
            return False  # "người còn lại là NSƯT Tạ Mẫn": how she is called
        called = _CAPITALS if match[0] not in _SHORT else _CAPITAL
        return not guests and not (called.match(text, match.end()) and not _TITLED.search(before))
    if entry.get("prize"):
        return (
            bool(prize_names.PRIZE.match(folded, match.end(), end))
            or (bool(QUOTED.match(folded, match.end(), end)) and before.endswith(_GIVERS) and bool(_RANKED.search(folded, start, end)))
            or (before[-1:].isdigit() and not _NO_PRIZE.match(folded, match.end(), end))
        )
    if entry.get("film"):
        if _CEREMONY.search(folded, max(start, match.start() - 80), match.start()) or (match[0] == "trao giải" and before.endswith(_HELD)):
            return False
        if _CONTEST.match(folded, match.end(), end):
            return not match[0].startswith("trao")  # "lễ trao giải Hội thi …": the ceremony
        return bool(_FILM_PRIZE.match(text, match.end(), end) or _PRIZE_ALONE.match(folded, match.end(), end))
    if entry.get("cup"):  # "nhận Cúp vàng Vì sự nghiệp xanh", "được tặng cúp vinh danh nghệ sĩ"
        named = _NAMED_PRIZE.match(text, match.end(), end) or folded.startswith(" vinh danh", match.end())
        return bool(named) and before.endswith((*_CUP_GIVEN, "và", ",", ";"))
    if "famed" in entry:
        return (
            not before.endswith(_ORGANS)
            and written[0] not in "\"'“‘ "
            and (match[0].startswith(_PRIZE_STARTS) or (written[0].isupper() and before.endswith(_WINNING)))
        )
    if entry.get("named"):
        if before.endswith(_ORGANS):
            return False  # "Ban Tổ chức Giải thưởng Tôn Đức Thắng"
        if before.endswith(_WON) and not before.endswith(_HELD_TO) and _PRIZE_OF_FIELD.match(folded, match.end(), end):
            return not _IN_CONTEST.search(folded, max(start, match.start() - 120), min(end, match.end() + 60))
        return bool(_NAMED_PRIZE.match(text, match.end(), end)) or bool(_PRIZES_GIVEN.search(before))
    return True


@cache
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, words))


@cache
def _following(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words right after, be it in quotation marks."""
    return re.compile(rf' *(?P<quote>"?) *(?:{any_of(words)})(?!\w)')


@cache
def _last_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(words)})$")


def _ends_with(words: tuple[str, ...], before: str) -> bool:
    """Whether what stands before ends with one of the words."""
    return before.endswith(_folded(words)) and _last_word(words).search(before) is not None


def _title(at: int, folded: str, text: str, end: int) -> re.Match[str] | None:
    """What stands after "danh hiệu" without quotation marks, up to where the title ends."""
    return _TITLE.match(text, at, end) or _PLAIN_TITLE.match(folded, at, end)


def _expand(entry: Mapping[str, Any], match: re.Match[str], folded: str, text: str, end: int) -> Iterator[Name]:
    """The names that one match and what follows it make."""
    code = entry["type"]
    unit = Unit(entry.get("unit", Unit.AWARD)) if not match[0].startswith(("xã", "phường", "thị trấn")) else Unit.UNIT
    base = Name(
        match.start(),
        match.end(),
        code,
        level=AwardLevel(entry["level"]) if "level" in entry else None if entry.get("free") else fixed_level(code),
        bare=bool(entry.get("bare")),
        generic=bool(entry.get("generic")),
        vague=bool(entry.get("order"))
        and not match[0].endswith("các loại")
        and not _OWN_NAME.match(text, match.end(), end)
        and not folded.startswith(" các loại", match.end())
        and not _STATES.match(folded, match.end(), end),
        unit=unit,
    )
    if entry.get("titled_anew") and (title := _title(base.end, folded, text, end)):
        yield from _levelled(replace(base, end=title.end()), folded, text, end)
    elif entry.get("film") and _CONTEST.match(folded, base.end, end):
        yield prize_names.of_contest(replace(base, type="contest_prize", won=True), folded, end, award=_OTHERS)
    elif entry.get("film") and not _FILM_PRIZE.match(text, base.end, end):
        yield replace(base, type="contest_prize", bare=True)
    elif entry.get("film") and (best := _BEST.match(folded, base.end, end)):
        yield replace(base, end=best.end(), type="contest_prize", won=True)
    elif entry.get("film") and _AMONG_RANKS.search(folded, max(0, base.start - 200), base.start) and QUOTED.match(folded, base.end, end):
        yield from _levelled(replace(base, type="contest_prize"), folded, text, end)
    elif (
        entry.get("named")
        and not _NAMED_PRIZE.match(text, match.end(), end)
        and _IN_CONTEST.search(folded, max(0, match.start() - 120), min(end, match.end() + 60))
    ):
        yield prize_names.of_contest(replace(base, type="contest_prize"), folded, end, award=_OTHERS)
    elif entry.get("contest"):
        prize = prize_names.of_contest(base, folded, end, award=_OTHERS)
        if prize.level or prize.city:
            yield prize
    elif entry.get("prize"):
        yield from prize_names.prizes(base, folded, end, award=_OTHERS)
    elif match[0] == "huy chương" and folded[max(0, match.start() - 12) : match.start()].rstrip().endswith(_WON_BEFORE):
        yield prize_names.of_contest(replace(base, type="contest_prize", level=None, vague=False, bare=True), folded, end, award=_OTHERS)
    elif match[0] == "huy chương" and entry.get("order") and _AT_CONTEST.match(folded, base.end, end):
        yield prize_names.of_contest(replace(base, type="contest_prize", level=None, vague=False), folded, end, award=_OTHERS)
    elif entry.get("order") and (named := _NAMED_ORDER.match(folded, base.end, end)) and text[base.end + 1].isupper():
        yield from _classed(replace(base, end=named.end()), folded, end)
    elif entry.get("classes"):
        for code in (entry["type"], entry.get("also")):
            yield from _classed(replace(base, type=code), folded, end) if code else ()
    else:
        yield from _levelled(base, folded, text, end)


def _classed(base: Name, folded: str, end: int) -> Iterator[Name]:
    """ "hạng Nhất, Nhì, Ba" is three, ", 4 hạng II" one more, "(1 hạng Nhì, 4 hạng Ba)" two; their quotes begin alike."""
    quoted = QUOTED.match(folded, base.end, end)
    match = _CLASSES.match(folded, base.end, end) or (quoted and _CLASSES.match(folded, quoted.end(), end))
    if match and not match["all"]:
        yield replace(base, end=match.end(), class_=CLASS_OF.get(match["first"]) or _COUNTED_CLASS[match["first"]])
        at = match.end()
    elif match:
        yield replace(base, end=match.end(), all_classes=True)
        return
    else:
        yield base
        listed = _LISTED.match(folded, base.end, end)
        if not listed:
            return
        at = listed.end()
        yield replace(base, start=listed.start("name"), end=at, class_=CLASS_OF[listed["class"]], elliptic=True)
    while (following := _NEXT_CLASS.match(folded, at, end)) or (following := _MORE_CLASSES.match(folded, at, end)):
        at = following.end()
        if "name" in following.re.groupindex:
            yield replace(base, start=following.start("name"), end=at, class_=CLASS_OF[following["class"]], elliptic=True)
        else:
            yield replace(base, end=at, class_=CLASS_OF[following["more"]])


def _levelled(base: Name, folded: str, text: str, end: int) -> Iterator[Name]:
    """ "cấp tỉnh, cấp cơ sở" is two; "các cấp" tells that they are several; a quoted name belongs to the award."""
    stop = base.end
    if base.type == "insignia" and (decade := _DECADE.match(folded, stop, end)):
        yield replace(base, end=decade.end(), several=True)  # the Party's badge has no level
        return
    if base.type == "insignia" and (place := _PROVINCE.match(folded, stop, end)) and text[place.start("name")].isupper():
        yield replace(base, end=place.end(), level=AwardLevel.PROVINCE)  # "Huy hiệu Hà Nội"
        return
    if base.type == "award_unspecified" and (named := _NAMED_PRIZE.match(text, stop, end)) and not base.bare:
        stop = named.end() - (len(named[0]) - len(named[0].rstrip()))
    elif quoted := QUOTED.match(folded, stop, end):
        stop = quoted.end()
        base = replace(base, quoted=quoted[0].strip(" \"'"))
    base = replace(base, end=stop)
    if base.type == "contest_prize":
        yield prize_names.of_contest(base, folded, end, award=_OTHERS)
        return
    if several := re.compile(rf" *(?:của )?(?:{_SEVERAL})(?!\w)").match(folded, stop, end):
        yield replace(base, end=several.end(), several=True)
        return
    match = _LEVEL.match(folded, stop, end)
    if base.level or not match or not _levels_apply(base, match["level"]):
        yield base
        return
    yield replace(base, end=match.end(), level=LEVEL_OF[match["level"]])
    at = match.end()
    while base.type in ("emulation_fighter", "award_unspecified") and (following := _MORE_LEVELS.match(folded, at, end)):
        at = following.end()
        yield replace(base, end=at, level=LEVEL_OF.get(following["level"]) or LEVEL_OF.get("cấp " + following["level"]))


def _levels_apply(base: Name, word: str) -> bool:
    """A bare "tỉnh" or "cơ sở" tells the level of a fighter's title alone; "cấp tỉnh" that of every award."""
    told = word.startswith("cấp ") or (base.type == "award_unspecified" and (word == "nhà nước" or word in _FORCES))
    return base.type == "emulation_fighter" or told
