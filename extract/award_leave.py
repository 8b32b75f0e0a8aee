"""By whose leave, in whose name or by whose decision an award is given, and who is asked for it: by the words before the award."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.award_clause import Clause
from extract.award_givers import BARE_WORD, Grantor, by_level, level
from extract.components.bodies import Body
from extract.fold import fold
from extract.frames import Verb
from extract.grantors import NAMED_SO, OFFICE
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardLevel

_BY_SEAL: Mapping[str, AwardLevel] = {
    fold(seal): AwardLevel(level) for level, seals in lexicon("awards")["decisions"].items() for seal in seals
}
_AUTHORISED = re.compile(r"(?<!\w)(?:thừa lệnh|(?:thừa )?(?:ủy quyền|ủy nhiệm))(?: của)? *(?:các +)?(?:đồng chí +)?")
_AUTHORISED_BY = re.compile(
    r"(?<!\w)được (?P<who>[^,;.:]{3,60}?) (?:ủy quyền|ủy nhiệm)(?!\w)"
)  # "được Chủ tịch UBND tỉnh ủy quyền, Sở trao"
_ON_BEHALF = re.compile(r"(?<!\w)thay mặt(?: cho)? *(?:các +)?(?:đồng chí +)?")
# "Chủ tịch nước | và Thủ tướng": by whose leave too; "Chủ tịch nước, Thủ tướng Lê Văn Bách" is who hands it over
_LEAVE_TOO = re.compile(r",? (?:và )?(?:của )?(?P<who>thủ tướng(?: chính phủ)?|chính phủ|chủ tịch nước)(?!\w)")
_PAPER = 120  # code points between "quyết định" and whose it is: its number, its day, and what it is about
_DECISION = re.compile(rf"quyết định(?: [^,;.]{{1,{_PAPER}}})? của *(?:(?:{OFFICE}) +)?$")
_SEAL = re.compile(rf"\d(?: ?/ ?\d{{4}})? ?/ ?(?P<seal>{any_of(_BY_SEAL)})(?!\w)")
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
_SENT_TO = re.compile(
    r"(?<!\w)(?:gửi|trình|báo cáo|văn bản)[^.;]{0,30}(?:cho|lên|ra|tới|đến|với|trình) (?:lãnh đạo )?$|(?<!\w)(?:gửi|trình) $"
)
BOARD = re.compile(r"(?:đảng ủy, )?ban (?:giám đốc|lãnh đạo)(?!\w)")
_BOARDED = frozenset(("department", "armed_forces", "court", "school", "enterprise"))  # kinds of bodies that have one
_ASKING = 180  # code points of such a clause
# "…, theo đó | 5 cá nhân được tặng": by the decision that somebody signed
_THEREBY = re.compile(r"(?<=[,;:] )(?:theo đó|trong đó|cụ thể|qua đó)(?!\w)")
_SIGNS = re.compile(r"(?:,? [^\W\d_]+){0,9}? (?:ký|kí|ban hành|ra|có)(?: ban hành)? (?:các )?quyết định(?!\w)")
ONE_LEVEL = re.compile(rf"(?:{BARE_WORD})(?!\w)")
_BARE = re.compile(rf"(?P<who>{BARE_WORD})(?!\w)")


def authorised(clause: Clause, begins: int) -> tuple[Grantor, ...]:
    """By whose leave somebody else hands it over: "được Chủ tịch UBND tỉnh ủy quyền" from `begins` on, "thừa ủy quyền của Thủ tướng"."""
    by = _AUTHORISED_BY.search(clause.folded, begins, clause.at)
    if by and (given := _by_leave(clause, by.start("who"), by.end("who"))):
        return given
    leave = _last(_AUTHORISED, clause, clause.at)
    return _by_leave(clause, leave.end(), clause.at) if leave else ()


def on_behalf(clause: Clause, end: int) -> tuple[Grantor, ...]:
    """In whose name it is handed over: "thay mặt UBND tỉnh"."""
    behalf = _last(_ON_BEHALF, clause, end)
    given = _by_leave(clause, behalf.end(), end) if behalf else ()
    return (given[0]._replace(hands_over=True),) if given else ()


def asked_of(clause: Clause) -> tuple[Grantor, ...]:
    """Who is asked for what no verb of giving stands before: "đề xuất lên Trung ương Đoàn có hình thức khen thưởng"."""
    near = max(clause.start, clause.at - _ASKING)
    asked = _ASKED_OF.search(clause.folded, near, clause.at) or _SENT_UP_TO.search(clause.folded, near, clause.at)
    if asked is None:
        return ()
    place, end = asked.span("who")
    found = [body for body in clause.bodies if place <= body.start < end <= body.end and level(body)]
    if found:
        return by_level([found[-1]._replace(name=clause.text[found[-1].start : end])])
    word = ONE_LEVEL.match(clause.folded, place, end)
    return (clause.called(word[0], place),) if word and word.end() == end else ()


def sent_to(clause: Clause, verb: Verb) -> tuple[Grantor, ...]:
    """To whom a request was sent that the verb gives: "gửi tờ trình lên Bộ Y tế đề nghị tặng"."""
    asked = _ASKED.search(clause.folded, clause.start, verb.start)
    if asked is None:
        return ()
    named = [body for body in clause.bodies if clause.start <= body.start and body.end <= asked.start() <= body.end + 3]
    return by_level([body for body in named if _SENT_TO.search(clause.folded, clause.start, body.start)])


def decided(clause: Clause) -> list[Body]:
    """Those of whose decision the clause speaks: "theo Quyết định số 5/QĐ-UBND của Chủ tịch UBND tỉnh"."""
    return [body for body in clause.named(clause.start, clause.at) if by_decision(clause, body)]


def by_decision(clause: Clause, body: Body) -> bool:
    """Whether it is the body's decision of which the clause speaks."""
    return _DECISION.search(clause.folded, clause.start, body.start) is not None


def signed(clause: Clause, at: int) -> list[Body]:
    """Whose decision it is by which somebody was given something: "Chủ tịch UBND tỉnh A đã ký quyết định, theo đó 5 cá nhân được tặng"."""
    thereby = next(iter(reversed(list(_THEREBY.finditer(clause.folded, clause.sentence, at)))), None)
    if thereby is None:
        return []
    return [body for body in clause.conferring(clause.sentence, thereby.start()) if _SIGNS.match(clause.folded, body.end)]


def sealed(clause: Clause) -> tuple[Grantor, ...]:
    """The level that the number of a decision tells: "Quyết định số 77/QĐ-TTg" is the Prime Minister's."""
    seal = _last(_SEAL, clause, clause.at)
    return (Grantor(_BY_SEAL[seal["seal"]], None),) if seal else ()


def led_by(bodies: Sequence[Body], at: int) -> Grantor | None:
    """The body whose "Ban Giám đốc" stands at `at`: the nearest that has one, which the sentence names before it, else after it."""
    led = [body for body in bodies if body.kind in _BOARDED and level(body)]
    near = [body for body in led if body.end <= at][-1:] or [body for body in led if body.start > at][:1]
    return Grantor(level(near[0]), near[0].name) if near else None


def _last(pattern: re.Pattern[str], clause: Clause, end: int) -> re.Match[str] | None:
    """The last match of a pattern in the clause before `end`."""
    return next(iter(reversed(list(pattern.finditer(clause.folded, clause.start, end)))), None)


def _by_leave(clause: Clause, at: int, end: int) -> tuple[Grantor, ...]:
    """By whose leave, or in whose name, it is handed over: who is named at `at`, and the Prime Minister who is named with the President."""
    body = next((body for body in clause.bodies if at <= body.start <= at + 16 and body.end <= end), None)
    if body and level(body):
        found, at = [Grantor(level(body), body.name)], body.end
    elif (word := BOARD.match(clause.folded, at, end)) and (own := led_by(clause.bodies, word.start())):
        found, at = [own], word.end()
    elif word := _BARE.match(clause.folded, at, end):
        found, at = [clause.called(word["who"], word.start("who"))], word.end()
    else:
        return ()
    too = _LEAVE_TOO.match(clause.folded, at, end)
    if too and not NAMED_SO.match(clause.text, too.end()):
        found.append(clause.called(too["who"], too.start("who")))
    return tuple(found)
