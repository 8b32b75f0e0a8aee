"""Who confers an award, and of which level: the body after its name, before its verb, or by whose leave it is handed over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.award_givers import BARE_WORD, Grantor, by_level, called_by, level
from extract.award_words import LEVEL_OF
from extract.components.bodies import Body
from extract.fold import fold
from extract.frames import Verb
from extract.language import UPPER
from extract.places import provinces
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardLevel

_WORDS = lexicon("awards")["grantors"]
_SEVERAL = any_of(lexicon("awards")["bare_grantors"]["several"])
_ANAPHORS = frozenset(_WORDS["anaphors"])
_BY_SEAL: Mapping[str, AwardLevel] = {
    fold(seal): AwardLevel(level) for level, seals in lexicon("awards")["decisions"].items() for seal in seals
}
_CONFERRERS = frozenset(_WORDS["kinds"])
_OFFICE = any_of(_WORDS["offices"])
_CALLED = any_of(_WORDS["called"])

# what an award is for, without quotation marks: "giấy khen Vượt khó học giỏi của", "kỉ niệm chương vì sự nghiệp giáo dục của"
_FOR = re.compile(
    rf"(?: +vì sự tiến bộ của phụ nữ (?:việt nam )?(?=của )| +(?:vì (?={any_of(_WORDS['causes'])}))?(?:(?!(?:{any_of(_WORDS['no_name'])})(?!\w))[^\W\d_]+ ){{1,9}}?(?=của ))?"
)
# between an award and the one who gives it: 'năm 2018', 'vì có thành tích' are no part of it
_OF = re.compile(
    rf"[ \"]*(?:, (?=của ))?(?:(?:được )?(?:trao tặng|trao|tặng thưởng|tặng|khen tặng|cấp|ký tặng|kí tặng) (?=của |từ |do |bởi ))?(?:(?:{any_of(_WORDS['kind_of_merit'])}) *)?(?:(?:,|và|cùng|kèm|kèm theo|cùng với) (?:{any_of(_WORDS['gifts'])})(?: (?:\d[\d.,]*|[^\W\d_]+)){{0,4}}? (?=của|do|từ))?"
    rf"(?:lần (?:thứ )?\w{{1,4}} +)?(?:\( ?)?(?:(?:trong |năm |các năm )?(?:19|20)\d\d(?: ?[-,] ?(?:19|20)\d\d)? *\)?,? *)?(?P<of>của|do|từ|bởi)? *(?:các +)?(?:(?:{_CALLED}) +)?(?P<office>(?:{_OFFICE}) +(?=[^\W\d_]))?"
)
_AND = re.compile(r" ?(?:,|và|, và|-|/|hoặc|cùng) ?(?:của |lãnh đạo |đại diện |đoàn |liên đội |công đoàn )?")
_ACTS = re.compile(rf" *(?:{any_of(_WORDS['acts'])})(?!\w)")
_LISTED = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['listing'])})(?!\w)[^;]*$")
_ELLIPTIC = re.compile(r"[,;)](?: *(?:và|đồng thời|cùng))? *$")
_NO_AGENT = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['no_agent'])}) *(?:các +|tập thể +|lãnh đạo +)?$")
_FORMER = re.compile(rf"(?<!\w)(?:nguyên|cựu|làm|giữ chức|khi (?:còn )?là) (?:phó )?(?:{_OFFICE})(?: thường trực)? $")
_DECISION = re.compile(r"quyết định(?: [^,;.]{1,60})? của *$")
_AUTHORISED = re.compile(r"thừa (?:ủy quyền|ủy nhiệm|lệnh)(?: của)? *(?:các +)?(?:đồng chí +)?")
# "được tỉnh khen", "nhà trường đã trao", "thầy hiệu trưởng Đinh Văn A tặng": one who is called by a level or an office alone
_SUBJECT = re.compile(
    rf"(?:^|(?<!\w)(?:{any_of(_WORDS['before_subject'])})|[-–+•,;:(.\"]) *(?:(?:{_CALLED}) +)?(?P<who>{BARE_WORD})(?:\.? +|\.)(?P<rest>(?:(?!(?:{any_of(_WORDS['acts_got'])}) )(?:[^\W\d_]+|(?:gặp mặt|tuyên dương|biểu dương|tôn vinh|vinh danh),) +){{0,7}})$"
)
_PASSIVE = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['passive'])}|có \d+)(?!\w)")
_BETWEEN = re.compile(rf"(?:{_AND.pattern})(?P<who>{BARE_WORD})(?:{_AND.pattern})")
_SHARING = re.compile(
    rf"(?:(?<![^\n])|(?<=[.;] )|(?<!\w)(?:được|do|:|,|này|qua|ngày)) *(?:các )?(?P<who>{BARE_WORD}) (?:và|cùng) (?:lãnh đạo |(?:{_OFFICE}) (?:thứ nhất |thường trực )?)?$"
)
_SEAL = re.compile(rf"\d(?: ?/ ?\d{{4}})? ?/ ?(?P<seal>{any_of(_BY_SEAL)})(?!\w)")
_AGENTLESS = re.compile(r"(?<!\w)được +(?:(?:đề nghị|xét|xem xét|trình|đề xuất) +){0,2}$")  # "được tặng": nobody is named as giving
_ASKED = re.compile(
    r",? ?(?:để |và )?(?:đề nghị|đề xuất|xem xét),? (?:xét |được |tỉnh |huyện )?$"
)  # "gửi tờ trình lên Bộ Y tế đề nghị tặng"
_SENT_TO = re.compile(
    r"(?<!\w)(?:gửi|trình|báo cáo|văn bản)[^.;]{0,30}(?:cho|lên|ra|tới|đến|với|trình) (?:lãnh đạo )?$|(?<!\w)(?:gửi|trình) $"
)
_BEGGING = tuple(_WORDS["begging"])
_PROVINCE = re.compile(
    rf"(?:(?<![^\n])|(?<=[.;:] )|(?<= được )|(?<= do ))(?P<who>(?:(?:thành phố|tp)\.? ?)?{provinces()[0].pattern}|tphcm)(?: (?:đã|vừa|sẽ|cũng|quyết định|kịp thời))*(?: |$)$"
)
_SENT = re.compile(r"(?:đại diện|thay mặt)(?: [^\W\d_]+){0,2} $")  # those who only came to hand it over
_PARENT = re.compile(r" (?:\([^()]{1,20}\) )?")  # "đến Phòng Hình sự (PC45) Công an tỉnh": of the one who is visited
_BY = re.compile(r",? (?:[-–] )?(?:(?:đã|vừa|cũng|quyết định|xét|kí|ký) ){0,2}")
_UNKNOWN = re.compile(rf"(?:{any_of(_WORDS['unknown'])})(?!\w)[^,;.:()\n]{{0,60}}?(?=[,;.:()\n]|$| cho | vì | về | trong | và | là )")
# "được hội Nghệ nhân Việt Nam tặng": one that is written in small letters
_WHOLE_COUNTRY = rf"(?P<who>(?:{any_of(_WORDS['unknown'])})(?: (?!{any_of(_WORDS['acts_got'])} )[^\W\d_]+,?){{1,9}}? (?:việt nam|vn))"
_NATIONAL = re.compile(rf"(?<!\w){_WHOLE_COUNTRY} (?:(?:đã|vừa|cũng|sẽ|quyết định) ){{0,2}}$")
_OF_COUNTRY = re.compile(rf" *{_WHOLE_COUNTRY}(?!\w)")
_COUNTRY = re.compile(r"(?: và(?: (?!của )[^\W\d_]+){1,4}?)? (?P<country>việt nam|vn)(?!\w)")  # "hội Nghệ nhân và Thương hiệu Việt Nam"
_LEVEL_WORD = re.compile(rf"(?:{BARE_WORD})(?!\w)")
_NAMED_SO = re.compile(rf" [{UPPER}\d]")  # "và huyện Kim Bảng": it is named
_PLACE_NAMED = re.compile(rf"[{UPPER}]\w*, ?$")
_TOGETHER = re.compile(
    rf",? (?:và|cùng|cùng với) (?:đại diện )?(?:lãnh đạo )?(?P<who>{BARE_WORD})(?: (?!{any_of(_WORDS['acts_got'])} )[^\W\d_]+,?){{0,6}} "
)
_HELD_BY = re.compile(r"[^.;]{0,160}?(?<!\w)(?:được|do) (?:(?:tạp chí|báo|câu lạc bộ|trường)(?: [^ ,;.]+){1,5}? và )?")
_MORE = re.compile(r"[^,.;:]{0,80}, (?:lãnh đạo )?")
_GIVES_MORE = re.compile(rf"(?: (?!(?:{any_of(_WORDS['acts_got'])})(?!\w))[^\W\d_]+){{0,6}}? (?:tặng|trao|thưởng|trích|hỗ trợ|dành)(?!\w)")
_NOT_ANOTHER = r"(?! (?:thưởng )?(?:\d|bằng|giấy|cờ|huy|huân|kỉ niệm chương|danh hiệu|thư))"  # what is given is another award
_HOLDS = re.compile(rf" (?:phối hợp )?(?:với [^.;,]{{0,40}} )?(?:tổ chức|trao|tặng)(?!\w){_NOT_ANOTHER}")
_GIVES = re.compile(rf" (?:đã )?(?:trao tặng|tặng thưởng|trao|tặng|cấp)(?!\w){_NOT_ANOTHER}")
_OFFICE_ALONE = re.compile(rf" (?P<who>{any_of(_WORDS['at_once'])})(?!\w)")  # "Bằng khen Bộ trưởng"
_AT_LEVEL = re.compile(rf"(?:ở|tại|về) (?P<level>{any_of(word for word in LEVEL_OF if word.startswith('cấp '))})(?!\w)")
_HONOURING = frozenset(lexicon("awards")["praise"]["honoured"])
_CLOSE_BY = 40  # code points from "biểu dương" to what is given with it
_SILENT = frozenset(_WORDS["silent"])
_GETTING = tuple(_WORDS["getting"])
_BESIDE = re.compile(
    r"(?<!\w)cùng (?:với )?(?:các |nhiều |một số )?(?:lãnh đạo )?(?:đảng,? (?:và )?)?$"
)  # "Thủ tướng A cùng các lãnh đạo Đảng, Nhà nước trao"
_BOTH = re.compile(r"[^;:]{0,160}?(?<!\w)(?:và|cùng)(?!\w)[^;:]{0,160}")  # between two who hand something over together
_BRACKETED = re.compile(r" ?(?:\([^()]{0,60}\))?(?:(?:,| [-–]) [^,;:()]{2,80})?,? ?(?:[-–] )?(?:đã |vừa |cùng |trực tiếp ){0,2}")
_ONE_EACH = re.compile(r" (?:thêm )?(?P<number>[^\W_]{1,3}) (?:tấm )?")
_HANDS_OVER = re.compile(r"(?:đã |vừa |sẽ |cũng )?trao(?: tặng)?$")


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
        link = _AND.match(folded, body.end, end)
        if not link:
            break
        first = place = link.end()
    if found and any(level(body) for body in found):
        return _with_others(by_level(found), folded, text, bodies, found[-1].end, end, province)
    who = match.end("of") if match["of"] else at
    if match["of"] and (word := re.compile(rf" *(?:các +)?(?:(?:{_CALLED}) +)?(?P<who>{BARE_WORD})(?!\w)").match(folded, who, end)):
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
    while link := _AND.match(folded, at, end):
        body = next((body for body in bodies if body.start == link.end() and body.end <= end), None)
        word = _LEVEL_WORD.match(folded, link.end(), end) if "của" in link[0] or link[0].startswith(" và ") else None
        at = body.end if body else word.end() if word else end
        if (not body and not word) or _ACTS.match(folded, at, end) or (word and _NAMED_SO.match(text, at, end)):
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
    """The level that the sentence begins with: "Ở cấp tỉnh, đã công nhận"."""
    told = _AT_LEVEL.match(folded, start, at)
    return (Grantor(LEVEL_OF[told["level"]], None),) if told else ()


def holding(folded: str, bodies: Sequence[Body], at: int, end: int, *, ceremony: bool) -> tuple[Grantor, ...]:
    """Those who give it, or with `ceremony` hold what it is given at: "Lễ trao Kỷ niệm chương … do Hội Sử học tổ chức"."""
    by = _HELD_BY.match(folded, at, end)
    body = next((body for body in bodies if by and body.start == by.end() and body.end <= end), None)
    found: list[Body] = []
    while body is not None:
        found.append(body)
        link = _AND.match(folded, body.end, end)
        body = next((other for other in bodies if link and link.end() <= other.start <= link.end() + 1 and other.end <= end), None)
    if not found or not (_HOLDS if ceremony else _GIVES).match(folded, found[-1].end, end):
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


def before(
    folded: str,
    text: str,
    bodies: Sequence[Body],
    found: Sequence[Verb],
    start: int,
    at: int,
    persons: Sequence[tuple[int, int, Grantor]],
    *,
    province: str | None = None,
) -> tuple[Grantor, ...]:
    """Those who give in the clause before the award at `at`: by whose leave, who is the agent of "được … tặng", who is the subject."""
    semicolon = folded.rfind(";", start, at)
    if semicolon >= 0 and len(folded[semicolon + 1 : at].split()) > 2 and not _goes_on(found, folded, semicolon + 1):
        start = semicolon + 1  # a clause with a subject of its own
    if leave := next(iter(reversed(list(_AUTHORISED.finditer(folded, start, at)))), None):
        giver = next((body for body in bodies if leave.end() <= body.start <= leave.end() + 16), None)
        if giver and level(giver):
            return (Grantor(level(giver), giver.name),)
        if word := re.compile(rf"(?P<who>{BARE_WORD})(?!\w)").match(folded, leave.end(), at):
            return (called_by(word["who"], text, word.start("who"), word.end("who"), province),)
    verb = _verb(found, folded, at)
    if verb is None:
        return _sealed(folded, start, at)
    if _AGENTLESS.search(folded, start, verb.start) and not folded.startswith("khen", at):
        decided = [body for body in bodies if start <= body.start and body.end <= at and _DECISION.search(folded, start, body.start)]
        return by_level(decided[-1:]) if decided else _sealed(folded, start, at)
    if asked := _ASKED.search(folded, start, verb.start):
        sent = [
            body
            for body in bodies
            if start <= body.start and body.end <= asked.start() <= body.end + 3 and _SENT_TO.search(folded, start, body.start)
        ]
        if sent:
            return by_level(sent)
    begged = [other for other in found if other.frame == "propose" and other.end <= verb.start and folded.startswith(_BEGGING, other.start)]
    if begged:
        start = max(start, begged[-1].end)  # who asks for it does not give it
    reach = verb.end if verb.frame == "settle" else verb.start  # "quyết định của Chủ tịch UBND tỉnh về việc tặng"
    agents = [body for body in bodies if start <= body.start and body.end <= reach and _may_act(folded, body, start, verb.start)]
    idle = {body.end for body in bodies if start <= body.start and body.end <= reach and body not in agents}
    agents = [body for body in agents if not any(_PARENT.fullmatch(folded, end, body.start) for end in idle)]
    if agents and (other := _TOGETHER.fullmatch(folded, agents[-1].end, verb.start)):
        called = called_by(other["who"], text, other.start("who"), other.end("who"), province)
        if called.level is level(agents[-1]):
            return (*by_level(agents[-1:]),)
        came = any(_SENT.search(folded, start, place) for place in (agents[-1].start, other.start("who")))
        return (
            (Grantor(None, agents[-1].name, hands_over=True),)
            if came or _by_hand(folded, start, verb)
            else (*by_level(_joined(folded, agents)), called)
        )
    bare = _SUBJECT.search(folded[max(start, verb.start - 70) : verb.start])
    told_by = folded.startswith("theo ", start)  # "Theo ông Mẫn, huyện sẽ tặng"
    if bare and not told_by and _PLACE_NAMED.search(text, max(start, verb.start - 70), max(start, verb.start - 70) + bare.start("who")):
        bare = None  # "…, xã Hòa An, tỉnh …": where somebody is
    if bare and agents and agents[-1].end > max(start, verb.start - 70) + bare.start("who"):
        bare = None
    if bare and agents and folded[agents[-1].end : max(start, verb.start - 70) + bare.start("who")].strip() in (",", "(", "-"):
        bare = None  # "Công an tỉnh, Hiệu trưởng …": the office of the one who is named
    if bare and _BESIDE.search(folded, start, max(start, verb.start - 70) + bare.start("who")):
        led = [giver for _, end, giver in persons if start <= end <= max(start, verb.start - 70) + bare.start("who")]
        if led:
            return (led[-1]._replace(hands_over=True),)
    if not bare and agents and _BESIDE.search(folded, max(start, agents[-1].start - 40), agents[-1].start):
        led = [giver for _, end, giver in persons if start <= end <= agents[-1].start]
        if led:
            return (led[-1]._replace(hands_over=True),)
    if both := _together(folded, persons, start, verb):
        return both
    if bare and bare["who"] in _ANAPHORS:  # "…, Phó Bí thư Tỉnh đoàn, cho biết đơn vị vừa trao": the body of who speaks
        told = [giver for _, end, giver in persons if start <= end <= verb.start]
        told = told or [*by_level([body for body in bodies if start <= body.start and body.end <= verb.start][-1:])]
        if told:
            return (told[-1],)
    if bare:
        place = max(start, verb.start - 70) + bare.start("who")
        called = called_by(bare["who"], text, place, place + len(bare["who"]), province)
        return (called._replace(hands_over=bool(_HANDS_OVER.search(folded, verb.start, verb.end))),)
    if agents:
        joined, between = [agents[-1]], []
        for body in reversed(agents[:-1]):
            other = _BETWEEN.fullmatch(folded, body.end, joined[0].start)
            if other:  # "Thị đoàn Điện Bàn, nhà trường và Đoàn trường"
                between.append(called_by(other["who"], text, other.start("who"), other.end("who"), province))
            elif not _AND.fullmatch(folded, body.end, joined[0].start):
                break
            joined.insert(0, body)
        if (
            len(joined) == 2
            and folded[joined[0].end : joined[1].start].strip() == ","
            and level(joined[1]) is AwardLevel.MINISTRY
            and joined[0].kind == "department"
        ):
            joined = joined[1:]  # "Cục Cảnh sát hình sự, Bộ Công an": the ministry's
        givers = by_level(joined)
        givers += tuple(giver for giver in between if all(giver.level is not known.level for known in givers))
        if other := _SHARING.search(folded, start, joined[0].start):  # "được Bộ, ngành Trung ương và UBND tỉnh khen"
            givers = (called_by(other["who"], text, other.start("who"), other.end("who"), province), *givers)
        each = _ONE_EACH.fullmatch(folded, verb.end, at)
        if each and each["number"] in (str(len(joined)), f"0{len(joined)}", _WORDS["numbers"].get(str(len(joined)))):
            return givers  # "UBND huyện và UBND xã trao 2 giấy khen": one each
        if len(givers) > 1 and (_by_hand(folded, start, verb) or _SENT.search(folded, start, joined[0].start)):
            return (
                Grantor(None, ", ".join(body.name for body in joined), hands_over=len(joined) == 1),
            )  # several who hand over what none of them need have given
        return tuple(giver._replace(hands_over=bool(_HANDS_OVER.search(folded, verb.start, verb.end))) for giver in givers)
    if alone := _PROVINCE.search(folded, max(start, verb.start - 40), verb.start):  # "Đà Nẵng truy tặng Bằng khen"
        return (Grantor(AwardLevel.PROVINCE, text[alone.start("who") : alone.end("who")]),)
    if national := _NATIONAL.search(folded, max(start, verb.start - 90), verb.start):
        return (Grantor(AwardLevel.MINISTRY, text[national.start("who") : national.end("who")]),)
    unknown = next(
        (body for body in bodies if start <= body.start and body.end <= verb.start and _BY.fullmatch(folded, body.end, verb.start)), None
    )
    acts = unknown is not None and (unknown.kind == "board" or folded.endswith("được ", start, unknown.start))
    if unknown and acts and unknown.kind in _CONFERRERS and level(unknown) is None:
        return (Grantor(None, unknown.name),)
    near = [giver for _, end, giver in persons if start <= end <= verb.start and giver.name]
    return (near[-1]._replace(hands_over=True),) if near else _sealed(folded, start, at)


def _joined(folded: str, agents: Sequence[Body]) -> list[Body]:
    """The last of those who act with those whom commas and "và" alone join to it."""
    joined = [agents[-1]]
    for body in reversed(agents[:-1]):
        if not _AND.fullmatch(folded, body.end, joined[0].start):
            break
        joined.insert(0, body)
    return joined


def _together(folded: str, persons: Sequence[tuple[int, int, Grantor]], start: int, verb: Verb) -> tuple[Grantor, ...]:
    """Two people of different bodies who hand something over together: none of them need have given it."""
    last = [person for person in persons if start <= person[0] and person[1] <= verb.start][-2:]
    if len(last) < 2 or not folded.startswith(("trao", "tặng"), verb.start):
        return ()
    (one, name, _), (other, other_name, _) = last[0][2], last[1][2]
    if one is other and name in (None, other_name):
        return ()
    joined = _BOTH.fullmatch(folded, last[0][1], last[1][0])
    near = _BRACKETED.fullmatch(folded, last[1][1], verb.start)
    return (Grantor(None, ", ".join(name for _, _, (_, name, _) in last if name), hands_over=True),) if joined and near else ()


def _by_hand(folded: str, start: int, verb: Verb) -> bool:
    """Whether the verb only tells that it was handed over: "trao", and not "trao tặng"."""
    found = _HANDS_OVER.search(folded, max(start, verb.start - len("trao ")), verb.end)
    return found is not None


def _goes_on(found: Sequence[Verb], folded: str, at: int) -> bool:
    """Whether a clause begins with a verb of giving, so that who gives stands before it: "…; tặng Bằng khen cho"."""
    first = next((verb for verb in found if verb.start >= at), None)
    return first is not None and first.frame in ("give", "propose") and not folded[at : first.start].strip()


def _sealed(folded: str, start: int, at: int) -> tuple[Grantor, ...]:
    """The level that the number of a decision tells: "Quyết định số 77/QĐ-TTg" is the Prime Minister's."""
    seals = list(_SEAL.finditer(folded, start, at))
    return (Grantor(_BY_SEAL[seals[-1]["seal"]], None),) if seals else ()


def _verb(found: Sequence[Verb], folded: str, at: int) -> Verb | None:
    """The verb whose subject gives: the last "tặng", "trao", "khen" up to the award; None where it is got ("nhận", "đạt")."""
    for verb in reversed(found):
        word = folded[verb.start : verb.end]
        if word in _HONOURING and at - verb.end > _CLOSE_BY:
            continue
        if verb.start > at or verb.frame not in ("give", "get", "settle") or word in _SILENT or word.startswith("lễ "):
            continue
        return None if verb.frame == "get" or word.startswith(_GETTING) else verb
    return None


def _may_act(folded: str, body: Body, start: int, verb_at: int) -> bool:
    """Whether the body before the verb gives, and does not get, house, own or belong."""
    if body.kind not in _CONFERRERS or level(body) is None:
        return False
    if _NO_AGENT.search(folded, max(start, body.start - 25), body.start) and not _DECISION.search(
        folded, max(start, body.start - 80), body.start
    ):
        return False
    if _FORMER.search(folded, max(start, body.start - 40), body.start):
        return False
    between = folded[body.end : verb_at]
    if _ELLIPTIC.search(between) and _LISTED.search(folded, start, body.start):
        return False  # "…, gồm Công ty A, Sở B; tặng Bằng khen": they got what was told before
    return not _PASSIVE.search(between[:40]) and len(between) < 220
