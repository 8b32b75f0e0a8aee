"""Who gives by the words before an award: the subject or the agent of its verb, else by whose leave or decision it is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extract import award_leave
from extract.award_clause import Clause
from extract.award_givers import BARE_WORD, Grantor, by_level, level
from extract.components.bodies import Body
from extract.fold import fold
from extract.frames import Verb
from extract.grantors import AND, CALLED, OFFICE, WHOLE_COUNTRY
from extract.language import UPPER
from extract.places import provinces
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardLevel

_WORDS = lexicon("awards")["grantors"]
_ANAPHORS = frozenset(_WORDS["anaphors"])
_CONFERRERS = frozenset(_WORDS["kinds"])
_LISTED = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['listing'])})(?!\w)[^;]*$")
_ELLIPTIC = re.compile(r"[,;)](?: *(?:và|đồng thời|cùng))? *$")
_NO_AGENT = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['no_agent'])}) *(?:các +|tập thể +|lãnh đạo +)?(?:(?:{OFFICE}|trưởng|phó trưởng) +)?$")
_FORMER = re.compile(rf"(?<!\w)(?:nguyên|cựu|làm|giữ chức|khi (?:còn )?là) (?:phó )?(?:{OFFICE})(?: thường trực)? $")
# "được tỉnh khen", "nhà trường đã trao", "thầy hiệu trưởng Đinh Văn A tặng": one who is called by a level or an office alone
_SUBJECT = re.compile(
    rf"(?:^|(?<!\w)(?:{any_of(_WORDS['before_subject'])})|[-–+•,;:(.\"]) *(?:(?:{CALLED}) +)?(?P<who>{BARE_WORD})(?: \d{{1,2}}(?:, (?:quận|q\.) ?\d{{1,2}})?,?)?(?:\.? +|\.)(?P<rest>(?:(?!(?:{any_of(_WORDS['acts_got'])}) )(?:[^\W\d_]+|(?:gặp mặt|tuyên dương|biểu dương|tôn vinh|vinh danh),) +){{0,12}})$"
)
# "được tỉnh, huyện và xã khen": those before the last
_LEVELS = re.compile(
    rf"(?<!\w)(?:được|đề nghị|trình) (?:lãnh đạo |các )?(?P<list>(?:(?:{BARE_WORD})(?:, và |, | và |/)(?:lãnh đạo )?){{1,3}})$"
)
_LEVEL_TOO = re.compile(rf"(?:và|cùng) (?:lãnh đạo )?(?P<who>{BARE_WORD}) (?:đã |vừa )?$")
_PASSIVE = re.compile(rf"(?<!\w)(?:(?<!công )(?:{any_of(_WORDS['passive'])})|có \d+)(?!\w)")
_GIVES = re.compile(r"(?<!\w)(?:công nhận|tặng|trao|khen)(?!\w)")
_AND_TOO = re.compile(rf"(?: \([^()]{{1,60}}\))?(?:{AND.pattern})")  # "Sở A (tỉnh Nam Hà) và Công ty B"
_BETWEEN = re.compile(rf"(?:{AND.pattern})(?P<who>{BARE_WORD})(?:{AND.pattern})")
_SHARING = re.compile(
    rf"(?:(?<![^\n])|(?<=[.;] )|(?<!\w)(?:được|do|:|,|này|qua|ngày)) *(?:các )?(?P<who>{BARE_WORD})(?: và| cùng|,) (?:lãnh đạo |(?:{OFFICE}) (?:thứ nhất |thường trực )?)?$"
)
_AGENTLESS = re.compile(r"(?<!\w)được +(?:(?:đề nghị|xét|xem xét|trình|đề xuất) +){0,2}$")  # "được tặng": nobody is named as giving
_AT_REQUEST = re.compile(
    r"[\"'“ ]*(?:(?:xét|theo|căn cứ|trên cơ sở)(?: tờ trình| văn bản)?(?: và)? )?(?:đề nghị|đề xuất|tờ trình|báo cáo) của "
)
_BEGGING = tuple(_WORDS["begging"])
_PROVINCE = re.compile(
    rf"(?:(?<![^\n])|(?<=[.;:] )|(?<= được )|(?<= do ))(?:(?:chủ tịch|lãnh đạo|phó chủ tịch) )?(?P<who>(?:(?:thành phố|tp)\.? ?)?{provinces()[0].pattern}|tphcm)(?: (?:đã|vừa|sẽ|cũng|quyết định|kịp thời))*(?: |$)$"
)
# "Ngày 3/5, xã Hòa An tổ chức hội nghị, khen thưởng": a unit of the land that acts
_LAND = re.compile(
    rf"(?:(?<![^\n])|(?<=[.;:] )|(?<=[\d)] )|(?<=\d, )|(?<=\bnay, )|(?<=\bqua, )|(?<=\bnày, ))(?P<who>[Tt]hành phố|[Tt][Pp]\.?|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Xx]ã|[Pp]hường|[Tt]hị trấn) (?P<name>(?:[{UPPER}][\w'’]*|\d{{1,2}})(?: [{UPPER}][\w'’]*){{0,3}})(?: \([^()\n]{{1,60}}\))?,? (?:(?:đã|vừa|sẽ|long trọng|trọng thể|phối hợp) ){{0,2}}(?:tổ chức|họp mặt|gặp mặt|tuyên dương|khen thưởng|biểu dương|sơ kết|tổng kết)(?!\w)"
)
_SENT = re.compile(r"(?:đại diện|thay mặt)(?: [^\W\d_]+){0,2} $")  # those who only came to hand it over
_IN_CONCERT = re.compile(r"(?<!\w)phối (?:kết )?hợp(?!\w)")
_PARENT = re.compile(r" (?:\([^()]{1,20}\) )?")  # "đến Phòng Hình sự (PC45) Công an tỉnh": of the one who is visited
_BY = re.compile(r",? (?:[-–] )?(?:(?:đã|vừa|cũng|quyết định|xét|kí|ký) ){0,2}")
# "Dịp này, | Câu lạc bộ Hưu trí tặng", "được | Quỹ Khuyến học tặng": who gives, of which level is told nowhere
_OPENS = re.compile(
    rf"(?:(?<![^\n])|(?<=[.;:] )|(?<=này, )|(?<=nay, )|(?<=lễ, )|(?<=nghị, )|(?<=ra, )|(?<!\w)(?:được|do|còn|và) )(?:(?:{OFFICE}|lãnh đạo|đại diện) )?$"
)
_NATIONAL = re.compile(rf"(?<!\w){WHOLE_COUNTRY} (?:(?:đã|vừa|cũng|sẽ|quyết định) ){{0,2}}$")
_SAYING = re.compile(r" (?:[^\W\d_]+ ){0,4}?cho biết(?=[, ])")
_PLACE_NAMED = re.compile(rf"[{UPPER}]\w*, ?$")
_TOGETHER = re.compile(
    rf",? (?:và|cùng|cùng với) (?:đại diện )?(?:lãnh đạo )?(?P<who>{BARE_WORD})(?: (?!{any_of(_WORDS['acts_got'])} )[^\W\d_]+,?){{0,6}} "
)
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
_WON = ("đạt", "đoạt", "giành")
_PRIZES_TO = re.compile(r"trao (?:tặng )?(?:các )?(?:giải|giải thưởng|phần thưởng và giấy chứng nhận) (?:cho|tới|đến|tặng) [^.;:]{1,90}")
_HANDS_OVER = re.compile(r"(?:đã |vừa |sẽ |cũng )?trao(?: tặng)?$")
# "…; Kỷ niệm chương … | được trao cho 5 đồng chí": what a clause begins with, and nobody is told to give
_HANDED_OUT = re.compile(r"; *(?:và |riêng |còn |\d[\d.]* |các |danh hiệu |tập thể |\"){0,3}$")
_IS_HANDED = re.compile(r"[^;.:]{1,90}? (?:đã |cũng |vinh dự )?được (?:trao|tặng|trao tặng|truy tặng|phong tặng)(?!\w)")
_REACH = 220  # code points from who gives to the verb
_NEAR = 70  # code points in which one who is called by a level alone stands before the verb


class _Called(NamedTuple):
    """One who is called by a level or an office alone, and the words from there to the verb."""

    who: str
    start: int
    rest: str

    @property
    def end(self) -> int:
        return self.start + len(self.who)


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
    is_handed = _IS_HANDED.match(folded, at)
    if is_handed and _HANDED_OUT.search(folded, max(start, at - 60), at):
        return ()
    clause, begins = Clause(folded, text, bodies, persons, province, start, start, at), start
    semicolon = folded.rfind(";", start, at)
    if semicolon >= 0:
        if len(folded[semicolon + 1 : at].split()) > 2 and not _goes_on(found, folded, semicolon + 1):
            clause = replace(clause, start=semicolon + 1)  # a clause with a subject of its own
        own_verb = any(semicolon < verb.start < at for verb in found)  # "…; Sở tặng giấy khen"
        begins = semicolon + 1 if own_verb else clause.start
    if given := award_leave.authorised(clause, begins) or award_leave.asked_of(clause):
        return given
    verb = _verb(found, folded, at)
    if verb is None:  # "Theo Quyết định … của Bộ trưởng, | Bằng khen được tặng cho"
        return _decided(clause, at, told=is_handed is not None)
    if _AGENTLESS.search(folded, clause.start, verb.start) and not folded.startswith("khen", at):
        return _decided(clause, verb.start, told=True)
    if given := award_leave.sent_to(clause, verb):
        return given
    begged = [other for other in found if other.frame == "propose" and other.end <= verb.start and folded.startswith(_BEGGING, other.start)]
    if begged:
        if folded.startswith("quyết định", verb.start) and folded.endswith((", ", "; ", " và "), clause.start, verb.start):
            # "Hội đồng đề nghị UBND tỉnh tặng Cờ cho A, quyết định tặng Giấy khen cho B"
            return by_level(clause.conferring(clause.start, begged[0].start)[-1:])
        clause = replace(clause, start=max(clause.start, begged[-1].end))  # who asks for it does not give it
    return award_leave.on_behalf(clause, verb.start) or _giving(clause, verb)


def _decided(clause: Clause, end: int, *, told: bool) -> tuple[Grantor, ...]:
    """By whose decision it is given where nobody is told to give; `told`: the clause says that it is."""
    by = (award_leave.decided(clause) if told else []) or award_leave.signed(clause, end)
    return by_level(by[-1:]) if by else award_leave.sealed(clause)


def _giving(clause: Clause, verb: Verb) -> tuple[Grantor, ...]:
    """The subject or the agent of the verb."""
    agents = _agents(clause, verb)
    if given := _with_another(clause, verb, agents):
        return given
    bare, agents = _called(clause, verb, agents)
    if leader := _led(clause, bare, agents):
        return (leader._replace(hands_over=True),)
    if both := _together(clause, verb):
        return both
    if bare and bare.who in _ANAPHORS:  # "…, Phó Bí thư Tỉnh đoàn, cho biết đơn vị vừa trao": the body of who speaks
        speaks = clause.officers(verb.start) or [*by_level(clause.named(clause.start, verb.start)[-1:])]
        if speaks:
            return (speaks[-1],)
    if bare:
        return _by_word(clause, verb, bare)
    return _by_name(clause, verb, agents) if agents else _by_place(clause, verb)


def _agents(clause: Clause, verb: Verb) -> list[Body]:
    """The bodies before the verb that may be its subject or its agent."""
    folded, start = clause.folded, clause.start
    reach = verb.end if verb.frame == "settle" else verb.start  # "quyết định của Chủ tịch UBND tỉnh về việc tặng"
    named = clause.named(start, reach)
    agents = [body for body in named if _may_act(clause, body, verb.start)]
    if len(agents) > 1 and (beside := _IN_CONCERT.search(folded, agents[0].end, verb.start)):
        agents = [body for body in agents if body.end <= beside.start()]  # "UBND xã phối hợp Trường A tổ chức khen thưởng"
    if len(agents) > 1 and _AT_REQUEST.match(folded, start) and folded.startswith(", ", agents[-2].end):
        agents = agents[-1:]  # "Theo đề nghị của Bộ Y tế và Ban …, Thủ tướng Chính phủ tặng"
    idle = {body.end for body in named if body not in agents}
    return [body for body in agents if not any(_PARENT.fullmatch(folded, end, body.start) for end in idle)]


def _with_another(clause: Clause, verb: Verb, agents: Sequence[Body]) -> tuple[Grantor, ...]:
    """The last body, and one beside it who is called by a level alone: "UBND huyện và nhà trường trao"."""
    other = _TOGETHER.fullmatch(clause.folded, agents[-1].end, verb.start) if agents else None
    if other is None:
        return ()
    called = clause.called(other["who"], other.start("who"))
    if called.level is level(agents[-1]):
        return by_level(agents[-1:])
    came = any(_SENT.search(clause.folded, clause.start, place) for place in (agents[-1].start, other.start("who")))
    if came or _by_hand(clause, verb):
        return (Grantor(None, agents[-1].name, hands_over=True),)
    return (*by_level(_joined(clause.folded, agents)), called)


def _called(clause: Clause, verb: Verb, agents: list[Body]) -> tuple[_Called | None, list[Body]]:
    """The subject that is called by a level or an office alone, unless a body is it; and the bodies that still may be."""
    folded, near = clause.folded, max(clause.start, verb.start - _NEAR)
    bare = _SUBJECT.search(folded[near : verb.start])
    told_by = folded.startswith("theo ", clause.start)  # "Theo ông Mẫn, huyện sẽ tặng"
    if bare and not told_by and _PLACE_NAMED.search(clause.text, near, near + bare.start("who")):
        # "…, xã Hòa An, tỉnh …" is where somebody is; "ông A, Hiệu trưởng cho biết | nhà trường sẽ tặng"
        said = _SAYING.match(folded, near + bare.end("who"), verb.start)
        bare = _SUBJECT.search(folded[near : verb.start], said.start() - near) if said else None
    if bare is None:
        return None, agents
    found = _Called(bare["who"], near + bare.start("who"), bare["rest"])
    last = agents[-1] if agents else None
    if last and last.end > found.start:
        return None, agents
    if last and _AT_REQUEST.match(folded, clause.start, last.start) and folded.startswith(", ", last.end):
        return found, []  # "Xét đề nghị của Bộ Y tế, Trưởng ban …, Thủ tướng tặng"
    if last and folded[last.end : found.start].strip() in (",", "(", "-"):
        return None, agents  # "Công an tỉnh, Hiệu trưởng …": the office of the one who is named
    return found, agents


def _led(clause: Clause, bare: _Called | None, agents: Sequence[Body]) -> Grantor | None:
    """Who is named before those beside whom he hands it over: "Thủ tướng A cùng các lãnh đạo Đảng, Nhà nước trao"."""
    if bare:
        others = bare.start if _BESIDE.search(clause.folded, clause.start, bare.start) else None
    else:
        last = agents[-1].start if agents else None
        others = last if last is not None and _BESIDE.search(clause.folded, max(clause.start, last - 40), last) else None
    led = clause.officers(others) if others is not None else []
    return led[-1] if led else None


def _by_word(clause: Clause, verb: Verb, bare: _Called) -> tuple[Grantor, ...]:
    """One who is called by a level alone, with the levels beside it: "được tỉnh, huyện và xã khen"."""
    folded = clause.folded
    called = clause.called(bare.who, bare.start)
    if award_leave.BOARD.fullmatch(bare.who):
        called = award_leave.led_by(clause.named(clause.start, clause.at), bare.start) or called
    called = called._replace(hands_over=bool(_HANDS_OVER.search(folded, verb.start, verb.end)))
    listed = _LEVELS.search(folded, max(0, clause.start - len(" đề nghị "), bare.start - 60), bare.start)
    words = award_leave.ONE_LEVEL.finditer(folded, listed.start("list"), bare.start) if listed else ()
    others = [clause.called(word[0], word.start()) for word in words]
    if too := _LEVEL_TOO.match(bare.rest):  # "được tỉnh và huyện khen"
        others.append(clause.called(too["who"], bare.end + 1 + too.start("who")))
    return (*(other for other in others if other.level is not called.level), called)


def _by_name(clause: Clause, verb: Verb, agents: Sequence[Body]) -> tuple[Grantor, ...]:
    """The last of the bodies that may give, with those that it is joined to."""
    folded = clause.folded
    joined, between = [agents[-1]], []
    for body in reversed(agents[:-1]):
        if other := _BETWEEN.fullmatch(folded, body.end, joined[0].start):  # "Thị đoàn Điện Bàn, nhà trường và Đoàn trường"
            between.append(clause.called(other["who"], other.start("who")))
        elif not _AND_TOO.fullmatch(folded, body.end, joined[0].start):
            break
        joined.insert(0, body)
    if len(joined) == 2 and joined[0].kind == "department" and level(joined[1]) is AwardLevel.MINISTRY:
        comma = folded[joined[0].end : joined[1].start].strip() == ","
        joined = joined[1:] if comma else joined  # "Cục Cảnh sát hình sự, Bộ Công an": the ministry's
    givers = by_level(joined)
    givers += tuple(giver for giver in between if all(giver.level is not known.level for known in givers))
    if other := _SHARING.search(folded, clause.start, joined[0].start):  # "được Bộ, ngành Trung ương và UBND tỉnh khen"
        givers = (clause.called(other["who"], other.start("who")), *givers)
    each = _ONE_EACH.fullmatch(folded, verb.end, clause.at)
    if each and each["number"] in (str(len(joined)), f"0{len(joined)}", _WORDS["numbers"].get(str(len(joined)))):
        return givers  # "UBND huyện và UBND xã trao 2 giấy khen": one each
    each_gives = folded.endswith("tặng", verb.start, verb.end)  # "Tỉnh đoàn, UBND huyện cũng trao tặng"
    by_hand = _by_hand(clause, verb)
    if len(givers) > 1 and ((by_hand and not each_gives) or _SENT.search(folded, clause.start, joined[0].start)):
        # several who hand over what none of them need have given
        return (Grantor(None, ", ".join(body.name for body in joined), hands_over=len(joined) == 1),)
    if not clause.officers(verb.start):  # who is named "đã trao tặng" hands it over, a body gives it so
        by_hand = _HANDS_OVER.search(folded, verb.start, verb.end) is not None
    return tuple(giver._replace(hands_over=by_hand) for giver in givers)


def _by_place(clause: Clause, verb: Verb) -> tuple[Grantor, ...]:
    """Who gives where no body and no level is the subject: a province or a unit of the land, a national body, one of unknown level, a person."""
    folded, text, start = clause.folded, clause.text, clause.start
    if alone := _PROVINCE.search(folded, max(start, verb.start - 40), verb.start):  # "Đà Nẵng truy tặng Bằng khen"
        return (Grantor(AwardLevel.PROVINCE, text[alone.start("who") : alone.end("who")]),)
    land = next(iter(reversed(list(_LAND.finditer(text, start, verb.end)))), None)
    if land and folded.find(" được ", land.end(), verb.start) < 0:
        called = clause.called(fold(land["who"]), land.start("who"))
        return (called._replace(name=text[land.start("who") : land.end("name")]),)
    if national := _NATIONAL.search(folded, max(start, verb.start - 90), verb.start):
        return (Grantor(AwardLevel.MINISTRY, text[national.start("who") : national.end("who")]),)
    unknown = next((body for body in clause.named(start, verb.start) if _BY.fullmatch(folded, body.end, verb.start)), None)
    if unknown and unknown.kind in _CONFERRERS and level(unknown) is None:
        opens = _OPENS.search(folded, max(start, unknown.start - 40), unknown.start)
        if opens or unknown.kind in ("board", "enterprise"):
            return (Grantor(None, unknown.name),)
    led = [giver for giver in clause.officers(verb.start) if giver.name]
    return (led[-1]._replace(hands_over=True),) if led else award_leave.sealed(clause)


def _joined(folded: str, agents: Sequence[Body]) -> list[Body]:
    """The last of those who act with those whom commas and "và" alone join to it."""
    joined = [agents[-1]]
    for body in reversed(agents[:-1]):
        if not AND.fullmatch(folded, body.end, joined[0].start):
            break
        joined.insert(0, body)
    return joined


def _together(clause: Clause, verb: Verb) -> tuple[Grantor, ...]:
    """Two people of different bodies who hand something over together: none of them need have given it."""
    folded = clause.folded
    last = [person for person in clause.persons if clause.start <= person[0] and person[1] <= verb.start][-2:]
    if len(last) < 2 or not folded.startswith(("trao", "tặng"), verb.start):
        return ()
    (one, name, _), (other, other_name, _) = last[0][2], last[1][2]
    if one is other and name in (None, other_name):
        return ()
    joined = _BOTH.fullmatch(folded, last[0][1], last[1][0])
    near = _BRACKETED.fullmatch(folded, last[1][1], verb.start)
    return (Grantor(None, ", ".join(name for _, _, (_, name, _) in last if name), hands_over=True),) if joined and near else ()


def _by_hand(clause: Clause, verb: Verb) -> bool:
    """Whether the verb only tells that it was handed over: "trao", and not "trao tặng"."""
    return _HANDS_OVER.search(clause.folded, max(clause.start, verb.start - len("trao ")), verb.end) is not None


def _goes_on(found: Sequence[Verb], folded: str, at: int) -> bool:
    """Whether a clause begins with a verb of giving, so that who gives stands before it: "…; tặng Bằng khen cho"."""
    first = next((verb for verb in found if verb.start >= at), None)
    return first is not None and first.frame in ("give", "propose") and not folded[at : first.start].strip()


def _verb(found: Sequence[Verb], folded: str, at: int) -> Verb | None:
    """The verb whose subject gives: the last "tặng", "trao", "khen" up to the award; None where it is got ("nhận", "đạt").

    "trao giải cho các đội đạt giải Nhất": the prizes that are handed over. "công nhận 86 tập thể đạt danh hiệu": who recognises them.
    """
    for place, verb in reversed(list(enumerate(found))):
        word = folded[verb.start : verb.end]
        if word in _HONOURING and at - verb.end > _CLOSE_BY:
            continue
        if verb.start > at or verb.frame not in ("give", "get", "settle") or word in _SILENT or word.startswith("lễ "):
            continue
        if verb.frame != "get" and not word.startswith(_GETTING):
            return verb
        sought = any(other.frame in ("propose", "register") and other.start < at for other in found[place + 1 :])
        if word == "đạt" and not sought and (recognised := _recognised(found[:place], folded)):
            return recognised
        given = [other for other in found if other.end <= verb.start and folded.startswith("trao", other.start)]
        return given[-1] if given and word in _WON and _PRIZES_TO.fullmatch(folded, given[-1].start, verb.start) else None
    return None


def _recognised(before: Sequence[Verb], folded: str) -> Verb | None:
    """The verb that tells who recognises those of whom "đạt" is said, as long as nothing else is told of them in between."""
    for verb in reversed(before):
        word = folded[verb.start : verb.end]
        if word != "đạt" and not word.endswith(("năm liền", "lần")) and (verb.frame != "break" or word == ";"):
            return verb if word.endswith("công nhận") else None
    return None


def _may_act(clause: Clause, body: Body, verb_at: int) -> bool:
    """Whether the body before the verb gives, and does not get, house, own or belong."""
    folded, start = clause.folded, clause.start
    if body.kind not in _CONFERRERS or level(body) is None:
        return False
    opened = folded.rfind("(", start, body.start)
    if opened >= 0 and folded.find(")", opened, body.start) < 0 <= folded.find(")", body.end, verb_at):
        return False  # "(trú xã Trường An, TP Vĩnh Long)"
    if _NO_AGENT.search(folded, max(start, body.start - 25), body.start) and not award_leave.by_decision(clause, body):
        return False
    if _FORMER.search(folded, max(start, body.start - 40), body.start):
        return False
    between = folded[body.end : verb_at]
    if _ELLIPTIC.search(between) and _LISTED.search(folded, start, body.start):
        return False  # "…, gồm Công ty A, Sở B; tặng Bằng khen": they got what was told before
    gets = _PASSIVE.search(between[:40])
    return (gets is None or _GIVES.search(between, 0, gets.start()) is not None) and len(between) < _REACH
