"""The words by which the lexicon knows awards, and whether they name one where they stand: "cờ Đảng" is none, "cờ thi đua" is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from extract import prize_names
from extract.award_words import CLASS_OF, LEVEL_OF, QUOTED, SUM
from extract.fold import fold
from extract.language import UPPER
from extract.openings import Choice
from extract.words import any_of, lexicon

_PRIZE_STARTS = ("giải", "danh hiệu", "huân chương", "huy chương")
_PRIZE_WORDS = "giải thưởng|giải|danh hiệu|huân chương|huy chương"
_ORGANS = tuple(lexicon("awards")["prizes"]["organs"])
_WON = ("đạt", "đoạt", "giành", "nhận", "nhận được", "đạt được", "trao", "tặng", "trao tặng")
_HANDED = ("trao", "trao tặng", "tặng", "lễ")
_HELD_TO = ("lễ trao", "buổi trao", "lễ trao tặng", "đêm trao", "lễ nhận", "dự trao", "việc trao", "hội đồng trao")
# "nhận giải thưởng văn học nghệ thuật", "trao giải thưởng của Hội Nhà văn": of a field, or of who gives it
_PRIZE_OF_FIELD = re.compile(rf" (?:{any_of(lexicon('awards')['prizes']['fields'])})(?!\w)")
_CUP_GIVEN = ("tặng", "trao", "nhận", "thưởng", "danh hiệu")
_HELD = ("lễ", "đêm", "đêm gala", "gala", "buổi", "lễ công bố và", "đêm chung kết và")  # before "trao giải": the ceremony
_HELD_AND = re.compile(r"(?<!\w)lễ (?:[^\W\d_]+ ){1,5}và$")  # "lễ bế mạc và | trao giải"
_WINNING = ("đoạt", "giành", "đạt", "nhận", "trao", "được", "thắng")
_GIVERS = (
    "tặng lá",
    "trao lá",
    "nhận lá",
    "tặng",
    "trao",
    "nhận",
    "được",
    "thưởng",
    "và",
    "thêm",
    ",",
    ";",
    ":",
    "hoặc",
    "phất",
    "đạt",
    "cùng",
)
# "nhiều cờ, bằng khen": a flag beside a certificate is none that is hung
_FLAG_AND = re.compile(r" ?(?:,|và|/) ?(?:bằng khen|giấy khen|huân chương)(?!\w)")
_AND_FLAG = ("bằng khen,", "bằng khen và", "giấy khen và")
CLASS = any_of(CLASS_OF)
_RANKED = re.compile(r"(?<!\w)giải (?:nhất|nhì|ba|khuyến khích|đặc biệt)(?!\w)")
LEVEL = re.compile(rf'[ "]*[,(]? ?(?:của (?=ngành )|ở (?=cấp ))?(?P<level>{any_of(LEVEL_OF)})(?!\w)')
NAMED_PRIZE = re.compile(
    rf' +(?:["“][^"”\n]{{2,80}}["”]|[\'‘] ?[^\'’"\n]{{2,80}}[\'’]|(?!TP)[A-Z]{{3,}}[\w-]*|[{UPPER}][\w-]* & [{UPPER}][\w-]*|[{UPPER}][\w-]*(?: [{UPPER}][\w-]*){{1,5}}|[{UPPER}][^\W\d_]+ [^\W\d_]+(?: [^\W\d_]+){{0,2}} Việt Nam(?!\w)|[{UPPER}][^\W\d_]+(?: (?!(?:và|nhiều|các|do|tại|vì|cùng|với|khi|trong|ở|được|là|đã|lần)(?!\w))[^\W\d_{UPPER}]+){{2,4}}?(?= (?:của|năm|lần|cho|trong|toàn|cấp)(?!\w)|[,.;:)]|$)|[{UPPER}][^\W\d_]+ [^\W\d_{UPPER}][^\W\d_{UPPER}]*(?!\w))'
)
FILM_PRIZE = re.compile(
    rf" +(?:[\"'“‘] ?[^\"'”’\n]{{2,80}}[\"'”’]|(?!(?:{'|'.join(lexicon('awards')['prizes']['ranked'])})(?!\w))[{UPPER}]\w+ [^\W\d_]+)"
)
CONTEST = re.compile(  # "đoạt giải học sinh giỏi cấp tỉnh", "5 em đạt giải quốc gia"
    rf" +(?:(?:(?:trong|tại|ở|của) (?:các |những )?)?(?:{any_of(lexicon('awards')['prizes']['contests'])})(?!\w)|(?:cấp )?(?:quốc gia|quốc tế|toàn quốc|khu vực)(?!\w)|cấp (?:tỉnh|huyện|thành phố|quận|trường|cụm))"
)
# what may stand between an event and the fighters whom it is named for: "Đại hội liên hoan anh hùng và chiến sĩ thi đua"
_HEROES = r"(?:,? (?:liên hoan|các|những|toàn quốc|tổng kết|anh hùng(?: lao động)?|và|tập thể|mừng công))*,? *"
OWN_NAME = re.compile(rf" +(?:[\"'“‘] ?)?(?!Hạng|Nhất|Nhì|Ba|Huân|Huy)[{UPPER}][\w-]+")
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
_PRIZE_ALONE = re.compile(r" *(?:[,;.:(]|$)| (?:với|gồm|trong đó|tại)(?!\w)")  # "8/8 thí sinh đoạt giải;"
_CAPITAL = re.compile(rf"(?: |\. ?)[{UPPER}]\w+")  # "NSƯT Hạnh", "TTND.BSCKII Hạnh"
_CAPITALS = re.compile(
    rf"(?! Việt Nam(?! [{UPPER}]))[ ,]*(?:(?!(?:cho|được|của|là|và|với|năm|vì|do|trao|tặng)(?!\w))[^\W\d_{UPPER}][\w.]* ){{0,5}}(?:I{{1,3}} )?[{UPPER}]\w* [{UPPER}]\w*"
)
IN_CONTEST = re.compile(r"(?<!\w)(?:liên hoan|cuộc thi|hội thi|kì thi|đêm chung kết|hội diễn)(?!\w)")  # "nhận 6 giải thưởng tại hội thi"
WON_BEFORE = ("đoạt", "giành", "đoạt được", "giành được")  # medals that are won, and not given
_CALLED_SO = re.compile(rf" [{UPPER}]\w* [{UPPER}]\w*")
_PRIZES_GIVEN = re.compile(r"(?:(?<!\w)(?:trao|tặng|nhận|đạt|đoạt|giành|có|với|gồm|hơn|gần|trên|khoảng|và)|[,;:]) +(?:được +)?\d{1,3}$")
_NO_PRIZE = re.compile(rf" +(?:{any_of(lexicon('awards')['prizes']['no_prize'])})(?!\w)")  # "1 giải bóng đá", "25 giải cứu"
_AFTER_NUMBER = re.compile(r"\d *\"?$")  # '164 "Cộng đồng học tập"'
_COUNTED = re.compile(r"(?:\d|(?<!\w)(?:nhiều|các|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))$")
_MONEY = re.compile(rf" {SUM}")
_AND_BLAME = re.compile(r" *(?:thi đua|, kỉ luật|và kỉ luật|kỉ luật)")
_LISTED = ("%", "-", "•", "+", ",", " là", " như", ":", " và", "giải thưởng", "thành tích")
_CALLED = re.compile(
    r'(?:(?:cũng|từng|còn) là|danh hiệu|công nhận(?: [^,.;]{1,15} là| là)?|đăng kí(?: danh hiệu)?|được bầu(?: là)?|đạt)[ "]*$'
)
# "các Mẹ Việt Nam anh hùng, Anh hùng Lao động": people, not what they got
_GUESTS = re.compile(
    r"(?<!\w)(?:các|những|là các) (?:đồng chí |vị |bà |cụ )?(?:(?:bà )?mẹ|anh hùng|nhà giáo|nghệ sĩ|thầy thuốc|nghệ nhân)(?!\w)(?:(?!tặng|trao|danh hiệu|công nhận|phong)[^.;:]){0,140}$|(?<!danh hiệu )(?<!tặng )(?<!thưởng )(?<!\w)(?:các|những)(?: vị| bà| đồng chí)? *$"
)
_TITLED = re.compile(r'(?:danh hiệu|tặng|phong|nhận|đạt|hiệu|thưởng|công nhận|là|tuyên dương|\d|")\W*$')
ENTRIES: Sequence[Mapping[str, Any]] = lexicon("awards")["award"]
_SHORT: frozenset[str] = frozenset(fold(name) for entry in ENTRIES for name in entry.get("abbreviations", ()) if name.isupper())


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


NAMES = _compile(ENTRIES)
# "Hội thi Giáo viên giỏi cấp tỉnh" is named for a title
OTHERS = _compile([entry for entry in ENTRIES if not entry.get("titled") or entry["type"] != "award_unspecified"])


def is_name(entry: Mapping[str, Any], match: re.Match[str], folded: str, text: str, start: int, end: int) -> bool:
    """Whether the words are an award here: capitals of abbreviations, what stands before and after."""
    written = text[match.start() : match.end()]
    if match[0] in _SHORT and not written.isupper() and match[0] not in ("hcv", "hcb"):
        return False
    after, before = folded[match.end() : min(end, match.end() + 40)], folded[max(start, match.start() - 40) : match.start()].rstrip()
    won = match[0] == "huy chương" and before.endswith(WON_BEFORE)
    if "not_before" in entry and not won:
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
        return bool(re.match(rf" +hạng +(?:{CLASS})(?!\w)", after)) and "huân chương" in folded[start : match.start()]
    if entry.get("order"):
        given = before.rstrip("\"' ")
        return won or bool(_COUNTED.search(given) or given.endswith(_GIVERS)) or bool(OWN_NAME.match(text, match.end(), end))
    if entry.get("titled"):
        if _CALLED.search(before) or (entry.get("counted") and _AFTER_NUMBER.search(before)):
            return True
        told = LEVEL.match(folded, match.end(), end)  # "75% giáo viên giỏi cấp tỉnh"
        listed = before.rstrip('"').rstrip().endswith(_LISTED if entry.get("ranked") else ("%", "-", "•", "+"))
        return listed and told is not None and "cấp" in told["level"]
    if entry.get("titled_anew"):
        title = QUOTED.match(folded, match.end(), end) or (
            local_title(match.end(), folded, text, end) if _TITLE_GIVEN.search(before) else None
        )
        known = title and (OTHERS.search(folded, title.start(), title.end()) or _GRADE.search(folded, title.start(), title.end()))
        return bool(title) and not known
    if entry.get("needs_verb"):
        if _FLAG_AND.match(after) or before.endswith(_AND_FLAG):
            return True
        return (bool(before) and (before[-1].isdigit() or before.endswith(_GIVERS))) or (
            written[0].isupper() and bool(re.match(r' *(?:"|của|cho|đơn vị)', after))
        )
    if entry.get("sum") and not _MONEY.match(after):
        return False
    if entry.get("bare"):
        if before.endswith(_folded(tuple(entry.get("but_after", ())))):
            return True
        return not _ends_with(tuple(entry["not_after"]), before) and not _AND_BLAME.match(after)
    if entry.get("honorific"):
        if before.endswith("chứng nhận"):
            return False  # "bằng chứng nhận nghệ nhân ưu tú", of a society
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
        if _CEREMONY.search(folded, max(start, match.start() - 80), match.start()) or (
            match[0] == "trao giải" and (before.endswith(_HELD) or _HELD_AND.search(before))
        ):
            return False
        if CONTEST.match(folded, match.end(), end):
            return not match[0].startswith("trao")  # "lễ trao giải Hội thi …": the ceremony
        return bool(FILM_PRIZE.match(text, match.end(), end) or _PRIZE_ALONE.match(folded, match.end(), end))
    if entry.get("cup"):  # "nhận Cúp vàng Vì sự nghiệp xanh", "được tặng cúp vinh danh nghệ sĩ"
        named = NAMED_PRIZE.match(text, match.end(), end) or folded.startswith(" vinh danh", match.end())
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
        if before.endswith(_HANDED) and CONTEST.match(folded, match.end(), end):
            return False  # "lễ trao giải thưởng Cuộc thi …": the ceremony
        if before.endswith(_WON) and not before.endswith(_HELD_TO) and _PRIZE_OF_FIELD.match(folded, match.end(), end):
            return not IN_CONTEST.search(folded, max(start, match.start() - 120), min(end, match.end() + 60))
        return bool(NAMED_PRIZE.match(text, match.end(), end)) or bool(_PRIZES_GIVEN.search(before))
    return True


def local_title(at: int, folded: str, text: str, end: int) -> re.Match[str] | None:
    """What stands after "danh hiệu" without quotation marks, up to where the title ends."""
    return _TITLE.match(text, at, end) or _PLAIN_TITLE.match(folded, at, end)


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
