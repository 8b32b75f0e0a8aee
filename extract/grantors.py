"""Who confers an award, and of which level: the body after its name, before its verb, or by whose leave it is handed over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.award_givers import BARE_WORD, Grantor, by_level, called_by, level
from extract.award_words import LEVEL_OF
from extract.components.bodies import Body
from extract.language import UPPER
from extract.places import provinces
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardLevel

_WORDS = lexicon("awards")["grantors"]
_SEVERAL = any_of(lexicon("awards")["bare_grantors"]["several"])
OFFICE = any_of(_WORDS["offices"])
CALLED = any_of(_WORDS["called"])
# what an award is for, without quotation marks: "giấy khen Vượt khó học giỏi của", "kỉ niệm chương vì sự nghiệp giáo dục của"
_FOR = re.compile(
    rf"(?: +vì sự tiến bộ của phụ nữ (?:việt nam )?(?=của )| +(?:vì (?={any_of(_WORDS['causes'])}))?(?:(?!(?:{any_of(_WORDS['no_name'])})(?!\w))[^\W\d_]+ ){{1,9}}?(?=của ))?"
)
# between an award and the one who gives it: 'năm 2018', 'vì có thành tích' are no part of it
_OF = re.compile(
    rf"[ \"]*(?:, (?=của ))?(?:(?:được )?(?:trao tặng|trao|tặng thưởng|tặng|khen tặng|cấp|ký tặng|kí tặng) (?=của |từ |do |bởi ))?(?:(?:{any_of(_WORDS['kind_of_merit'])}) *)?(?:(?:,|và|cùng|kèm|kèm theo|cùng với) (?:{any_of(_WORDS['gifts'])})(?: (?:\d[\d.,]*|[^\W\d_]+)){{0,4}}? (?=của|do|từ))?"
    rf"(?:lần (?:thứ )?\w{{1,4}} +)?(?:\( ?)?(?:(?:trong |năm |các năm )?(?:19|20)\d\d(?: ?[-,] ?(?:19|20)\d\d)? *\)?,? *)?(?P<of>của|do|từ|bởi)? *(?:các +)?(?:(?:{CALLED}) +)?(?P<office>(?:{OFFICE}) +(?=[^\W\d_]))?"
)
AND = re.compile(r" ?(?:,|và|, và|-|/|hoặc|cùng) ?(?:của |lãnh đạo |đại diện |đoàn |liên đội |công đoàn )?")
_ACTS = re.compile(rf" *(?:{any_of(_WORDS['acts'])})(?!\w)")
_UNKNOWN = re.compile(rf"(?:{any_of(_WORDS['unknown'])})(?!\w)[^,;.:()\n]{{0,60}}?(?=[,;.:()\n]|$| cho | vì | về | trong | và | là )")
# "được hội Nghệ nhân Việt Nam tặng": one that is written in small letters
WHOLE_COUNTRY = rf"(?P<who>(?:{any_of(_WORDS['unknown'])})(?: (?!{any_of(_WORDS['acts_got'])} )[^\W\d_]+,?){{1,9}}? (?:việt nam|vn))"
_OF_COUNTRY = re.compile(rf" *{WHOLE_COUNTRY}(?!\w)")
_COUNTRY = re.compile(r"(?: và(?: (?!của )[^\W\d_]+){1,4}?)? (?P<country>việt nam|vn)(?!\w)")  # "hội Nghệ nhân và Thương hiệu Việt Nam"
_LEVEL_WORD = re.compile(rf"(?:{BARE_WORD})(?!\w)")
_LISTED_ON = re.compile(r" ?(?:[,.;)]|$)| (?:và|khen|tặng|trao|về|vì|năm)(?!\w)")  # "của tỉnh, huyện"
NAMED_SO = re.compile(rf" [{UPPER}\d]")  # "và huyện Kim Bảng": it is named
_HELD_BY = re.compile(r"[^.;]{0,160}?(?<!\w)(?:được|do) (?:(?:tạp chí|báo|câu lạc bộ|trường)(?: [^ ,;.]+){1,5}? và )?")
_MORE = re.compile(rf"[^,.;:]{{0,80}}, (?:(?:{CALLED}) )?(?:(?:{OFFICE}) (?=[^\W\d_]))?")
_GIVES_MORE = re.compile(
    rf"(?: (?!(?:{any_of(_WORDS['acts_got'])})(?!\w))[^\W\d_]+){{0,6}}? (?:tặng|trao|thưởng|trích|hỗ trợ|dành|gửi|bày tỏ|cảm ơn)(?!\w)"
)
_NOT_ANOTHER = r"(?! (?:thưởng )?(?:\d|bằng|giấy|cờ|huy|huân|kỉ niệm chương|danh hiệu|thư))"  # what is given is another award
_HOLDS = re.compile(rf" (?:phối hợp )?(?:với [^.;,]{{0,40}} )?(?:tổ chức|trao|tặng)(?!\w){_NOT_ANOTHER}")
_SIGNS = r"(?: (?:ký|kí|ban hành|ra))?(?: quyết định(?: khen thưởng)?(?: số [^ ,;]{1,25})?(?: ngày [^ ,;]{1,12})?,?(?: về việc)?)?"
_GIVES = re.compile(
    rf"(?: [^\W\d_]+){{0,4}}?(?: (?:đã|vừa))?{_SIGNS} (?:trao tặng|tặng thưởng|phong tặng|truy tặng|trao|tặng|cấp)(?!\w){_NOT_ANOTHER}"
)
_OFFICE_ALONE = re.compile(rf" (?P<who>{any_of(_WORDS['at_once'])})(?!\w)")  # "Bằng khen Bộ trưởng"
_CALLED_LEVEL = any_of(word for word in LEVEL_OF if word.startswith("cấp "))
_AT_LEVEL = re.compile(rf" ?(?:(?:riêng|còn|và) )?(?:(?:ở|tại|về) |(?={_CALLED_LEVEL}(?:,| có| đã)(?!\w)))(?P<level>{_CALLED_LEVEL})(?!\w)")


def after(
    folded: str,
    text: str,
    bodies: Sequence[Body],
    at: int,
    end: int,
    *,
    province: str | None = None,
    bare: bool = False,
    paper: bool = False,
) -> tuple[Grantor, ...]:
    """Those named right after an award: "của Bộ Y tế và UBND tỉnh", one of each level; a level that several share is one.

    `paper`: it is a certificate or a badge, which may be told what it is for.
    """
    called = _FOR.match(folded, at, end) if paper else None
    at = called.end() - 1 if called and called[0] else at
    match = _OF.match(folded, at, end)
    assert match is not None  # every part of it may be missing
    if bare and not match["of"]:
        return ()  # "khen thưởng Công an huyện": they get it
    found: list[Body] = []
    place = match.end()
    first = match.end("of") if match["of"] else match.start("office") if match["office"] else place  # an office may be part of the body
    while body := next((body for body in bodies if first <= body.start <= place + 1 and body.end <= end), None):
        joined = bool(found)
        if body.level is None and (country := _COUNTRY.match(folded, body.end, end)) and text[country.start("country")].isupper():
            body = body._replace(level=AwardLevel.MINISTRY, end=country.end(), name=text[body.start : country.end()])
        if joined and (_ACTS.match(folded, body.end, end) or level(body) is None):
            break
        if not joined and ((level(body) is None and not match["of"]) or (match["of"] is None and _ACTS.match(folded, body.end, end))):
            break
        found.append(body)
        link = AND.match(folded, body.end, end)
        if not link:
            break
        first = place = link.end()
    if found and any(level(body) for body in found):
        return _with_others(by_level(found), folded, text, bodies, found[-1].end, end, province)
    who = match.end("of") if match["of"] else at
    if match["of"] and (word := re.compile(rf" *(?:các +)?(?:(?:{CALLED}) +)?(?P<who>{BARE_WORD})(?!\w)").match(folded, who, end)):
        one = called_by(word["who"], text, word.start("who"), word.end("who"), province)
        many = one.level is AwardLevel.GRASSROOTS and folded.endswith("các ", who, word.start("who"))  # "của các cơ quan, các đơn vị"
        return _with_others((one._replace(level=None) if many else one,), folded, text, bodies, word.end(), end, province)
    if match["of"] and not found and (national := _OF_COUNTRY.match(folded, match.end(), end)):
        return (Grantor(AwardLevel.MINISTRY, text[national.start("who") : national.end("who")]),)
    if not bare and not found and (told := _OFFICE_ALONE.match(folded, at, end)):
        return (called_by(told["who"], text, told.start("who"), told.end("who"), province),)
    if match["of"] and not found and folded.startswith("địa phương", match.end()):
        return (
            Grantor(None, text[match.end() : match.end() + len("địa phương")]),
        )  # "của chính quyền địa phương", of which level is not told
    if match["of"] and not bare and (alone := provinces()[0].match(folded, match.end(), end)) and text[alone.start()].isupper():
        return (Grantor(AwardLevel.PROVINCE, text[alone.start() : alone.end()]),)
    if (
        match["of"]
        and not found
        and text[match.end() : match.end() + 1].isupper()
        and (unknown := _UNKNOWN.match(folded, match.end(), end))
    ):
        return (Grantor(None, text[unknown.start() : unknown.end()]),)
    return by_level(found) if found else ()


def _with_others(
    found: tuple[Grantor, ...], folded: str, text: str, bodies: Sequence[Body], at: int, end: int, province: str | None
) -> tuple[Grantor, ...]:
    """Those found with others that go on after them, where one is called by a level alone: "của tỉnh, của Bộ Y tế và của huyện"."""
    givers = list(found)
    while link := AND.match(folded, at, end):
        body = next((body for body in bodies if body.start == link.end() and body.end <= end), None)
        word = _LEVEL_WORD.match(folded, link.end(), end)
        if (
            word
            and "của" not in link[0]
            and not link[0].startswith(" và ")
            and not (link[0] == ", " and givers[-1].level and _LISTED_ON.match(folded, word.end(), end))
        ):
            word = None
        at = body.end if body else word.end() if word else end
        if (not body and not word) or _ACTS.match(folded, at, end) or (word and NAMED_SO.match(text, at, end)):
            break
        one = Grantor(level(body), body.name) if body else called_by(folded[link.end() : at], text, link.end(), at, province)
        if one.level and all(one.level is not known.level for known in givers):
            givers.append(one)
    return tuple(givers)


def also(folded: str, bodies: Sequence[Body], at: int, end: int) -> tuple[Grantor, ...]:
    """Those joined to a level that the award's name tells: "bằng khen cấp bộ và UBND tỉnh"."""
    link = re.compile(r" và (?:của )?").match(folded, at, end)
    body = next((body for body in bodies if link and link.end() == body.start and body.end <= end), None)
    return by_level([body]) if body and level(body) and not _ACTS.match(folded, body.end, end) else ()


def at_level(folded: str, start: int, at: int) -> tuple[Grantor, ...]:
    """The level that the sentence, or its clause, begins with: "Ở cấp tỉnh, đã công nhận", "…; cấp huyện có 12 hộ được tặng"."""
    told = _AT_LEVEL.match(folded, max(start, folded.rfind(";", start, at) + 1), at)
    return (Grantor(LEVEL_OF[told["level"]], None),) if told else ()


def holding(folded: str, bodies: Sequence[Body], at: int, end: int, *, ceremony: bool) -> tuple[Grantor, ...]:
    """Those who give it, or with `ceremony` hold what it is given at: "Lễ trao Kỷ niệm chương … do Hội Sử học tổ chức"."""
    by = _HELD_BY.match(folded, at, end)
    body = next((body for body in bodies if by and body.start == by.end() and body.end <= end), None)
    found: list[Body] = []
    while body is not None:
        found.append(body)
        link = AND.match(folded, body.end, end)
        body = next((other for other in bodies if link and link.end() <= other.start <= link.end() + 1 and other.end <= end), None)
    if not found or not any(form.match(folded, found[-1].end, end) for form in ((_HOLDS, _GIVES) if ceremony else (_GIVES,))):
        return ()
    givers = by_level([body for body in found if level(body)])
    return givers if len(givers) == 1 else ()


def beside(folded: str, text: str, bodies: Sequence[Body], at: int, end: int, province: str | None) -> tuple[Grantor, ...]:
    """Those who give something more: "Ngoài Bằng khen, UBND tỉnh còn thưởng 5 triệu đồng"."""
    clause = _MORE.match(folded, at, end)
    if clause is None:
        return ()
    body = next((body for body in bodies if body.start == clause.end()), None)
    if body and level(body) and _GIVES_MORE.match(folded, body.end, end):
        return by_level([body])
    word = _LEVEL_WORD.match(folded, clause.end(), end)
    if body or not word or not _GIVES_MORE.match(folded, word.end(), end):
        return ()
    return (called_by(word[0], text, word.start(), word.end(), province),)


def several_after(folded: str, at: int, end: int) -> bool:
    """Whether "của các cấp, các ngành" follows: more than one level, and none of them told."""
    return bool(re.compile(rf" *(?:của|do)? *(?:{_SEVERAL})(?!\w)").match(folded, at, end))
