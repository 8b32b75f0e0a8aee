"""Who gives by the words before an award: the subject or the agent of its verb, and by whose leave or in whose name it is handed over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.award_givers import BARE_WORD, Grantor, by_level, called_by, level
from extract.components.bodies import Body
from extract.fold import fold
from extract.frames import Verb
from extract.grantors import AND, CALLED, NAMED_SO, OFFICE, WHOLE_COUNTRY
from extract.language import UPPER
from extract.places import provinces
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardLevel

_WORDS = lexicon("awards")["grantors"]
_ANAPHORS = frozenset(_WORDS["anaphors"])
_BY_SEAL: Mapping[str, AwardLevel] = {
    fold(seal): AwardLevel(level) for level, seals in lexicon("awards")["decisions"].items() for seal in seals
}
_CONFERRERS = frozenset(_WORDS["kinds"])
_LISTED = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['listing'])})(?!\w)[^;]*$")
_ELLIPTIC = re.compile(r"[,;)](?: *(?:và|đồng thời|cùng))? *$")
_NO_AGENT = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['no_agent'])}) *(?:các +|tập thể +|lãnh đạo +)?(?:(?:{OFFICE}|trưởng|phó trưởng) +)?$")
_FORMER = re.compile(rf"(?<!\w)(?:nguyên|cựu|làm|giữ chức|khi (?:còn )?là) (?:phó )?(?:{OFFICE})(?: thường trực)? $")
_PAPER = 120  # code points between "quyết định" and whose it is: its number, its day, and what it is about
_DECISION = re.compile(rf"quyết định(?: [^,;.]{{1,{_PAPER}}})? của *(?:(?:{OFFICE}) +)?$")
_AUTHORISED = re.compile(r"(?<!\w)(?:thừa lệnh|(?:thừa )?(?:ủy quyền|ủy nhiệm))(?: của)? *(?:các +)?(?:đồng chí +)?")
_AUTHORISED_BY = re.compile(
    r"(?<!\w)được (?P<who>[^,;.:]{3,60}?) (?:ủy quyền|ủy nhiệm)(?!\w)"
)  # "được Chủ tịch UBND tỉnh ủy quyền, Sở trao"
_ON_BEHALF = re.compile(r"(?<!\w)thay mặt(?: cho)? *(?:các +)?(?:đồng chí +)?")
# "Chủ tịch nước | và Thủ tướng": by whose leave too; "Chủ tịch nước, Thủ tướng Lê Văn Bách" is who hands it over
_LEAVE_TOO = re.compile(r",? (?:và )?(?:của )?(?P<who>thủ tướng(?: chính phủ)?|chính phủ|chủ tịch nước)(?!\w)")
# "được tỉnh khen", "nhà trường đã trao", "thầy hiệu trưởng Đinh Văn A tặng": one who is called by a level or an office alone
_SUBJECT = re.compile(
    rf"(?:^|(?<!\w)(?:{any_of(_WORDS['before_subject'])})|[-–+•,;:(.\"]) *(?:(?:{CALLED}) +)?(?P<who>{BARE_WORD})(?: \d{{1,2}}(?:, (?:quận|q\.) ?\d{{1,2}})?,?)?(?:\.? +|\.)(?P<rest>(?:(?!(?:{any_of(_WORDS['acts_got'])}) )(?:[^\W\d_]+|(?:gặp mặt|tuyên dương|biểu dương|tôn vinh|vinh danh),) +){{0,12}})$"
)
# "được tỉnh, huyện và xã khen": those before the last
_LEVELS = re.compile(
    rf"(?<!\w)(?:được|đề nghị|trình) (?:lãnh đạo |các )?(?P<list>(?:(?:{BARE_WORD})(?:, và |, | và |/)(?:lãnh đạo )?){{1,3}})$"
)
_LEVEL_TOO = re.compile(rf"(?:và|cùng) (?:lãnh đạo )?(?P<who>{BARE_WORD}) (?:đã |vừa )?$")
_ONE_LEVEL = re.compile(rf"(?:{BARE_WORD})(?!\w)")
_PASSIVE = re.compile(rf"(?<!\w)(?:(?<!công )(?:{any_of(_WORDS['passive'])})|có \d+)(?!\w)")
_GIVES = re.compile(r"(?<!\w)(?:công nhận|tặng|trao|khen)(?!\w)")
_AND_TOO = re.compile(rf"(?: \([^()]{{1,60}}\))?(?:{AND.pattern})")  # "Sở A (tỉnh Nam Hà) và Công ty B"
_BETWEEN = re.compile(rf"(?:{AND.pattern})(?P<who>{BARE_WORD})(?:{AND.pattern})")
_SHARING = re.compile(
    rf"(?:(?<![^\n])|(?<=[.;] )|(?<!\w)(?:được|do|:|,|này|qua|ngày)) *(?:các )?(?P<who>{BARE_WORD})(?: và| cùng|,) (?:lãnh đạo |(?:{OFFICE}) (?:thứ nhất |thường trực )?)?$"
)
_SEAL = re.compile(rf"\d(?: ?/ ?\d{{4}})? ?/ ?(?P<seal>{any_of(_BY_SEAL)})(?!\w)")
_AGENTLESS = re.compile(r"(?<!\w)được +(?:(?:đề nghị|xét|xem xét|trình|đề xuất) +){0,2}$")  # "được tặng": nobody is named as giving
_ASKED = re.compile(
    r",? ?(?:để |và )?(?:đề nghị|đề xuất|xem xét),? (?:xét |được |tỉnh |huyện )?$"
)  # "gửi tờ trình lên Bộ Y tế đề nghị tặng"
# "đề nghị tỉnh | xét danh hiệu", "đề xuất lên Trung ương Đoàn | có hình thức khen thưởng"
_ASKED_OF = re.compile(
    r"(?<!\w)(?:đề nghị|kiến nghị|đề xuất|trình|xin|báo cáo|tham mưu)(?: với| lên| tới| đến| cho)?(?: lãnh đạo)? (?P<who>[^.;:\n]{3,90}?)"
    r"(?:(?:,| và)? (?:xem xét|xét duyệt|xét|cân nhắc|nghiên cứu|sớm có|kịp thời có|có|biểu dương|tuyên dương|quyết định))+(?: những| các)?(?: danh hiệu)? \"?$"
)
# "trình Thủ tướng | 19 hồ sơ Bằng khen": to whom it is sent up, without a verb of giving
_SENT_UP_TO = re.compile(
    r"(?<!\w)(?<!tờ )(?<!chương )(?<!công )trình(?: lên)? (?P<who>[^.;:,\n\d]{3,60}?)(?: (?:tặng|thưởng))?(?: (?:\d[\d.]*|các|hồ sơ|danh hiệu)){0,3} \"?$"
)
_AT_REQUEST = re.compile(
    r"[\"'“ ]*(?:(?:xét|theo|căn cứ|trên cơ sở)(?: tờ trình| văn bản)?(?: và)? )?(?:đề nghị|đề xuất|tờ trình|báo cáo) của "
)
_BOARD = re.compile(r"(?:đảng ủy, )?ban (?:giám đốc|lãnh đạo)(?!\w)")
_BOARDED = frozenset(("department", "armed_forces", "court", "school", "enterprise"))  # kinds of bodies that have one
_ASKING = 180  # code points of such a clause
# "…, theo đó | 5 cá nhân được tặng": by the decision that somebody signed
_THEREBY = re.compile(r"(?<=[,;:] )(?:theo đó|trong đó|cụ thể|qua đó)(?!\w)")
_SIGNS = re.compile(r"(?:,? [^\W\d_]+){0,9}? (?:ký|kí|ban hành|ra|có)(?: ban hành)? (?:các )?quyết định(?!\w)")
_SENT_TO = re.compile(
    r"(?<!\w)(?:gửi|trình|báo cáo|văn bản)[^.;]{0,30}(?:cho|lên|ra|tới|đến|với|trình) (?:lãnh đạo )?$|(?<!\w)(?:gửi|trình) $"
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
    if _HANDED_OUT.search(folded, max(start, at - 60), at) and _IS_HANDED.match(folded, at):
        return ()
    sentence, semicolon = start, folded.rfind(";", start, at)
    if semicolon >= 0 and len(folded[semicolon + 1 : at].split()) > 2 and not _goes_on(found, folded, semicolon + 1):
        start = semicolon + 1  # a clause with a subject of its own
    own_verb = any(semicolon < verb.start < at for verb in found)  # "…; Sở tặng giấy khen"
    if (by := _AUTHORISED_BY.search(folded, semicolon + 1 if own_verb and semicolon >= 0 else start, at)) and (
        given := _by_leave(folded, text, bodies, by.start("who"), by.end("who"), province)
    ):
        return given
    leave = next(iter(reversed(list(_AUTHORISED.finditer(folded, start, at)))), None)
    if leave and (given := _by_leave(folded, text, bodies, leave.end(), at, province)):
        return given
    if asked_of := _asked_of(folded, text, bodies, start, at, province):
        return asked_of
    verb = _verb(found, folded, at)
    if verb is None:
        # "Theo Quyết định … của Bộ trưởng, | Bằng khen được tặng cho"
        decided = _decided(folded, bodies, start, at) if _IS_HANDED.match(folded, at) else []
        return by_level((decided or _signed(folded, bodies, sentence, at))[-1:]) or _sealed(folded, start, at)
    if _AGENTLESS.search(folded, start, verb.start) and not folded.startswith("khen", at):
        decided = _decided(folded, bodies, start, at) or _signed(folded, bodies, sentence, verb.start)
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
    decides = folded.startswith("quyết định", verb.start) and folded.endswith((", ", "; ", " và "), start, verb.start)
    if begged and decides:  # "Hội đồng đề nghị UBND tỉnh tặng Cờ cho A, quyết định tặng Giấy khen cho B"
        found_by = [body for body in bodies if start <= body.start and body.end <= begged[0].start and level(body)]
        return by_level(found_by[-1:])
    if begged:
        start = max(start, begged[-1].end)  # who asks for it does not give it
    if (behalf := next(iter(reversed(list(_ON_BEHALF.finditer(folded, start, verb.start)))), None)) and (
        given := _by_leave(folded, text, bodies, behalf.end(), verb.start, province)
    ):
        return (given[0]._replace(hands_over=True),)
    reach = verb.end if verb.frame == "settle" else verb.start  # "quyết định của Chủ tịch UBND tỉnh về việc tặng"
    agents = [body for body in bodies if start <= body.start and body.end <= reach and _may_act(folded, body, start, verb.start)]
    if len(agents) > 1 and (beside := _IN_CONCERT.search(folded, agents[0].end, verb.start)):
        agents = [body for body in agents if body.end <= beside.start()]  # "UBND xã phối hợp Trường A tổ chức khen thưởng"
    if len(agents) > 1 and _AT_REQUEST.match(folded, start) and folded.startswith(", ", agents[-2].end):
        agents = agents[-1:]  # "Theo đề nghị của Bộ Y tế và Ban …, Thủ tướng Chính phủ tặng"
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
    near = max(start, verb.start - 70)
    bare = _SUBJECT.search(folded[near : verb.start])
    told_by = folded.startswith("theo ", start)  # "Theo ông Mẫn, huyện sẽ tặng"
    if bare and not told_by and _PLACE_NAMED.search(text, near, near + bare.start("who")):
        bare = _SAYING.match(folded, near + bare.end("who"), verb.start)  # "…, xã Hòa An, tỉnh …": where somebody is
        bare = bare and _SUBJECT.search(
            folded[near : verb.start], bare.start() - near
        )  # "ông A, Hiệu trưởng cho biết | nhà trường sẽ tặng"
    if bare and agents and agents[-1].end > near + bare.start("who"):
        bare = None
    if bare and agents and _AT_REQUEST.match(folded, start, agents[-1].start) and folded.startswith(", ", agents[-1].end):
        agents = []  # "Xét đề nghị của Bộ Y tế, Trưởng ban …, Thủ tướng tặng"
    if bare and agents and folded[agents[-1].end : near + bare.start("who")].strip() in (",", "(", "-"):
        bare = None  # "Công an tỉnh, Hiệu trưởng …": the office of the one who is named
    if bare and _BESIDE.search(folded, start, near + bare.start("who")):
        led = [giver for _, end, giver in persons if start <= end <= near + bare.start("who")]
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
        place = near + bare.start("who")
        called = called_by(bare["who"], text, place, place + len(bare["who"]), province)
        if _BOARD.fullmatch(bare["who"]):
            called = _led_by([body for body in bodies if start <= body.start and body.end <= at], place) or called
        called = called._replace(hands_over=bool(_HANDS_OVER.search(folded, verb.start, verb.end)))
        listed = _LEVELS.search(folded, max(0, start - len(" đề nghị "), place - 60), place)
        others = [
            called_by(word[0], text, word.start(), word.end(), province)
            for word in (_ONE_LEVEL.finditer(folded, listed.start("list"), place) if listed else ())
        ]
        if too := _LEVEL_TOO.match(bare["rest"]):  # "được tỉnh và huyện khen"
            others.append(
                called_by(
                    too["who"],
                    text,
                    place + len(bare["who"]) + 1 + too.start("who"),
                    place + len(bare["who"]) + 1 + too.end("who"),
                    province,
                )
            )
        return (*(other for other in others if other.level is not called.level), called)
    if agents:
        joined, between = [agents[-1]], []
        for body in reversed(agents[:-1]):
            other = _BETWEEN.fullmatch(folded, body.end, joined[0].start)
            if other:  # "Thị đoàn Điện Bàn, nhà trường và Đoàn trường"
                between.append(called_by(other["who"], text, other.start("who"), other.end("who"), province))
            elif not _AND_TOO.fullmatch(folded, body.end, joined[0].start):
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
        each_gives = folded.endswith("tặng", verb.start, verb.end)  # "Tỉnh đoàn, UBND huyện cũng trao tặng"
        if len(givers) > 1 and ((_by_hand(folded, start, verb) and not each_gives) or _SENT.search(folded, start, joined[0].start)):
            return (
                Grantor(None, ", ".join(body.name for body in joined), hands_over=len(joined) == 1),
            )  # several who hand over what none of them need have given
        somebody = any(start <= name and end <= verb.start for name, end, _ in persons)  # "Thứ trưởng A đã trao tặng"
        by_hand = _by_hand(folded, start, verb) if somebody else bool(_HANDS_OVER.search(folded, verb.start, verb.end))
        return tuple(giver._replace(hands_over=by_hand) for giver in givers)
    if alone := _PROVINCE.search(folded, max(start, verb.start - 40), verb.start):  # "Đà Nẵng truy tặng Bằng khen"
        return (Grantor(AwardLevel.PROVINCE, text[alone.start("who") : alone.end("who")]),)
    land = next(iter(reversed(list(_LAND.finditer(text, start, verb.end)))), None)
    if land and folded.find(" được ", land.end(), verb.start) < 0:
        called = called_by(fold(land["who"]), text, land.start("who"), land.end("who"), province)
        return (called._replace(name=text[land.start("who") : land.end("name")]),)
    if national := _NATIONAL.search(folded, max(start, verb.start - 90), verb.start):
        return (Grantor(AwardLevel.MINISTRY, text[national.start("who") : national.end("who")]),)
    unknown = next(
        (body for body in bodies if start <= body.start and body.end <= verb.start and _BY.fullmatch(folded, body.end, verb.start)), None
    )
    acts = unknown is not None and (
        unknown.kind in ("board", "enterprise") or _OPENS.search(folded, max(start, unknown.start - 40), unknown.start)
    )
    if unknown and acts and unknown.kind in _CONFERRERS and level(unknown) is None:
        return (Grantor(None, unknown.name),)
    led = [giver for _, end, giver in persons if start <= end <= verb.start and giver.name]
    return (led[-1]._replace(hands_over=True),) if led else _sealed(folded, start, at)


def _by_leave(folded: str, text: str, bodies: Sequence[Body], at: int, end: int, province: str | None) -> tuple[Grantor, ...]:
    """By whose leave, or in whose name, it is handed over: who is named at `at`, and the Prime Minister who is named with the President."""
    body = next((body for body in bodies if at <= body.start <= at + 16 and body.end <= end), None)
    if body and level(body):
        found, at = [Grantor(level(body), body.name)], body.end
    elif (word := _BOARD.match(folded, at, end)) and (own := _led_by(bodies, word.start())):
        found, at = [own], word.end()
    elif word := re.compile(rf"(?P<who>{BARE_WORD})(?!\w)").match(folded, at, end):
        found, at = [called_by(word["who"], text, word.start("who"), word.end("who"), province)], word.end()
    else:
        return ()
    too = _LEAVE_TOO.match(folded, at, end)
    if too and not NAMED_SO.match(text, too.end()):
        found.append(called_by(too["who"], text, too.start("who"), too.end("who"), province))
    return tuple(found)


def _asked_of(folded: str, text: str, bodies: Sequence[Body], start: int, at: int, province: str | None) -> tuple[Grantor, ...]:
    """Who is asked for what no verb of giving stands before: "đề xuất lên Trung ương Đoàn có hình thức khen thưởng"."""
    near = max(start, at - _ASKING)
    asked = _ASKED_OF.search(folded, near, at) or _SENT_UP_TO.search(folded, near, at)
    if asked is None:
        return ()
    place, end = asked.span("who")
    found = [body for body in bodies if place <= body.start < end <= body.end and level(body)]
    if found:
        return by_level([found[-1]._replace(name=text[found[-1].start : end])])
    word = _ONE_LEVEL.match(folded, place, end)
    return (called_by(word[0], text, place, word.end(), province),) if word and word.end() == end else ()


def _signed(folded: str, bodies: Sequence[Body], start: int, at: int) -> list[Body]:
    """Whose decision it is by which somebody was given something: "Chủ tịch UBND tỉnh A đã ký quyết định, theo đó 5 cá nhân được tặng"."""
    thereby = next(iter(reversed(list(_THEREBY.finditer(folded, start, at)))), None)
    if thereby is None:
        return []
    return [
        body for body in bodies if start <= body.start and body.end <= thereby.start() and _SIGNS.match(folded, body.end) and level(body)
    ]


def _led_by(bodies: Sequence[Body], at: int) -> Grantor | None:
    """The body whose "Ban Giám đốc" stands at `at`: the nearest that has one, which the sentence names before it, else after it."""
    led = [body for body in bodies if body.kind in _BOARDED and level(body)]
    near = [body for body in led if body.end <= at][-1:] or [body for body in led if body.start > at][:1]
    return Grantor(level(near[0]), near[0].name) if near else None


def _joined(folded: str, agents: Sequence[Body]) -> list[Body]:
    """The last of those who act with those whom commas and "và" alone join to it."""
    joined = [agents[-1]]
    for body in reversed(agents[:-1]):
        if not AND.fullmatch(folded, body.end, joined[0].start):
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


def _decided(folded: str, bodies: Sequence[Body], start: int, at: int) -> list[Body]:
    """Those of whose decision the clause speaks: "theo Quyết định số 5/QĐ-UBND của Chủ tịch UBND tỉnh"."""
    return [body for body in bodies if start <= body.start and body.end <= at and _DECISION.search(folded, start, body.start)]


def _goes_on(found: Sequence[Verb], folded: str, at: int) -> bool:
    """Whether a clause begins with a verb of giving, so that who gives stands before it: "…; tặng Bằng khen cho"."""
    first = next((verb for verb in found if verb.start >= at), None)
    return first is not None and first.frame in ("give", "propose") and not folded[at : first.start].strip()


def _sealed(folded: str, start: int, at: int) -> tuple[Grantor, ...]:
    """The level that the number of a decision tells: "Quyết định số 77/QĐ-TTg" is the Prime Minister's."""
    seals = list(_SEAL.finditer(folded, start, at))
    return (Grantor(_BY_SEAL[seals[-1]["seal"]], None),) if seals else ()


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


def _may_act(folded: str, body: Body, start: int, verb_at: int) -> bool:
    """Whether the body before the verb gives, and does not get, house, own or belong."""
    if body.kind not in _CONFERRERS or level(body) is None:
        return False
    opened = folded.rfind("(", start, body.start)
    if opened >= 0 and folded.find(")", opened, body.start) < 0 <= folded.find(")", body.end, verb_at):
        return False  # "(trú xã Trường An, TP Vĩnh Long)"
    if _NO_AGENT.search(folded, max(start, body.start - 25), body.start) and not _DECISION.search(folded, start, body.start):
        return False
    if _FORMER.search(folded, max(start, body.start - 40), body.start):
        return False
    between = folded[body.end : verb_at]
    if _ELLIPTIC.search(between) and _LISTED.search(folded, start, body.start):
        return False  # "…, gồm Công ty A, Sở B; tặng Bằng khen": they got what was told before
    gets = _PASSIVE.search(between[:40])
    return (gets is None or _GIVES.search(between, 0, gets.start()) is not None) and len(between) < 220
