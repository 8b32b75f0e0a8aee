"""Who is named as getting an award: after "cho", before "được tặng", and in the list or table that follows."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from extract import tables
from extract.components.bodies import Body
from extract.fold import fold
from extract.language import UPPER, Interval
from extract.openings import Opened
from extract.places import provinces
from schemas.awards import Recipient
from schemas.vocabulary import RecipientKind

MOST = 2_000  # recipients of one award
_SYLLABLE = rf"[{UPPER}][\w'’]*"
_NAME = rf"{_SYLLABLE}(?: {_SYLLABLE}){{1,5}}"
_HONORIFIC = r"(?:[Hh]ộ gia đình |[Hh]ộ |[Gg]ia đình )?(?:[Cc]ác )?(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu|[Cc]ô(?: giáo)?|[Tt]hầy(?: giáo)?|[Đđ]ồng chí|[Đđ]/c|[Cc]hiến sĩ|[Cc]hiến sỹ|[Bb]ác sĩ|[Hh]ọc sinh|[Ss]inh viên|(?:[Tt]hiếu|[Tt]rung|[Tt]hượng|[Đđ]ại) (?:úy|uý|tá)|[Nn]ghệ sĩ|[Nn]ghệ nhân|[Ll]iệt sĩ|[Nn]am sinh|[Nn]ữ sinh|[Nn]hà báo|[Cc]ụ|[Mm]ẹ|[Nn]ông dân|[Tt]ài xế|[Cc]ông nhân)"
_PERSON = re.compile(rf"(?P<honorific>{_HONORIFIC}) (?P<name>{_NAME})")
_LAND = re.compile(rf"(?:(?:tp|thành phố)[. ]?)?(?:{provinces()[0].pattern}|hcm)|tphcm|việt nam")  # "học sinh TP HCM"
_ACCUSED = re.compile(r"(?<!\w)(?:bị can|bị cáo|nghi can|nghi phạm|đối tượng) (?:\w+ )?$")  # who signs awards, and for whom, in a trial
_PEOPLE = Opened(_PERSON.pattern, [_HONORIFIC], inside=True)
_ALONE = re.compile(_NAME)
_TO = re.compile(r"(?:[^.;\d]{0,60}?(?:số tiền \d[\d.,]* (?:triệu |tỉ )?đồng[^.;\d]{0,20}?)?(?<!\w))?(?:cho|tới|đến|đối với) +|[ :]*")
_BEGINS = re.compile(
    r'(?:(?:các|những|hai|ba|tập thể|cá nhân|đơn vị|là|gồm|gia đình|thân nhân|cán bộ|nhân dân|và|chiến sĩ|\d+|,|:|-|") *){0,8}'
)
_LINK = re.compile(r"[^;]{0,120}?(?:,|và|;|&|\)) *(?:các +|đơn vị +|tập thể +|cá nhân +|\d+\. *)*")
_CLOSE = re.compile(r" *(?:\([^)]*\))? *(?:,|và|;|&|, và) *(?:tập thể +)?")
_STOP = re.compile(
    r"(?<!\w)(?:vì|do|đã có|có thành tích|trong phong trào|trong công tác|trong thực hiện|nhân dịp|tại|nhằm|bởi|theo|cùng với|kèm|do đã|về thành tích)(?!\w)"
)
_PART = re.compile(
    r"(?<!\w)(?:của|thuộc|tại|ở|trong|giám đốc|chủ tịch|trưởng|phó|bí thư|cán bộ|viên|học sinh|đội|công tác|hiệu trưởng|trú|ngụ|tổ|lớp|đến từ|từ) *$"
)
_CLAUSE = re.compile(r";[^;]*")
_ANEW = re.compile(r"(?<!\w)(?:trao|tặng|đề nghị|trình|nhận|khen|công nhận|phong|chúc mừng)(?!\w)")
_AT_ONCE = re.compile(r"(?:(?!(?:là|của|tại|ở|trong|để|một|cách|có|được|vì|do|năm|với|mà|thì|nhưng|như|gửi|nộp)(?!\w))[^.;:,]){0,60}")
_GETS = re.compile(r"(?<!\w)(?:được|vinh dự|nhận|đón nhận|đạt|đoạt|giành)(?!\w)")
_OFFICE = re.compile(
    r"(?:tổng |phó )?(?:giám đốc|chủ tịch|bộ trưởng|thứ trưởng|trưởng|bí thư|hiệu trưởng|thủ trưởng|tư lệnh|cục trưởng|thủ tướng|chỉ huy trưởng)(?!\w)"
)
_APART = re.compile(r"\d|%|(?<!\w)(?:có|cho biết|cho hay|nói|phát biểu|khẳng định|đơn vị|tổ chức|phối hợp|trao(?! tặng))(?!\w)")
_ITEM = re.compile(r"^(?:[-–+•*·●▪]|\d{1,3}[.)/]|\(\d{1,3}\)|[a-z]\)|\d{1,3} ?\|)\s*")
# an item of a report, and nobody's name: "Về giáo viên:", "Đề nghị UBND tỉnh tặng"
_NO_NAME = re.compile(r"(?:về|đề nghị|công nhận|tặng|trao|khen|đạt|có|duy trì|hoàn thành|đăng kí|trong đó|kết quả|tiếp tục)(?!\w)")
_ENTERPRISE = re.compile(r"(?:công ti|tổng công ti|tập đoàn|doanh nghiệp|hợp tác xã|htx|ngân hàng|xí nghiệp|nhà máy|cty|dntn)(?!\w)")
_HOUSEHOLD = re.compile(r"(?:hộ|gia đình)(?!\w)")
_HEADING = re.compile(
    r"(?:(?:họ và tên|họ tên|tên)(?!\w).*|stt|tt|danh sách|đơn vị|chức vụ|chức danh|địa chỉ|ghi chú|tập thể|cá nhân|số thứ tự|nội dung|số tt|thứ (?:\d|hai|ba|tư|năm|sáu|bảy)|chủ nhật)[ :.]*"
)


def kind_of(name: str, honorific: str = "", body: Body | None = None) -> RecipientKind:
    """What a recipient is, by how it is called."""
    folded, called = fold(name), fold(honorific)
    if _HOUSEHOLD.match(called) or _HOUSEHOLD.match(folded):
        return RecipientKind.HOUSEHOLD
    if (body is not None and body.kind == "enterprise") or _ENTERPRISE.match(folded):
        return RecipientKind.ENTERPRISE
    if honorific or (body is None and _ALONE.fullmatch(name)):
        return RecipientKind.INDIVIDUAL
    return RecipientKind.COLLECTIVE


class Candidates:
    """Persons and bodies that the text names, as possible recipients, in order."""

    def __init__(self, text: str, bodies: Sequence[Body], persons: Iterable[Interval]) -> None:
        found: dict[int, tuple[Recipient, Body | None]] = {}
        for body in bodies:
            if body.kind not in ("state", "government") and not _OFFICE.match(fold(text[body.start : body.end])):
                name = text[body.start : body.end]
                found[body.start] = Recipient(name=name, kind=kind_of(name, body=body), start=body.start, end=body.end), body
        inside = [(body.start, body.end) for body in bodies]
        for person in persons:
            name = text[person.start : person.end]
            found[person.start] = Recipient(name=name, kind=RecipientKind.INDIVIDUAL, start=person.start, end=person.end), None
        for match in _PEOPLE.finditer(text):
            start, end = match.span("name")
            if (
                start not in found
                and not _LAND.fullmatch(fold(match["name"]))
                and not any(a <= start < b for a, b in inside[_near(inside, start)])
            ):
                found[start] = Recipient(name=match["name"], kind=kind_of(match["name"], match["honorific"]), start=start, end=end), None
        self._starts = sorted(found)
        self.rows = [found[start] for start in self._starts]

    def between(self, start: int, end: int) -> list[tuple[Recipient, Body | None]]:
        """Those that lie in text[start:end]."""
        first, last = (bisect_left(self._starts, at) for at in (start, end))
        return [row for row in self.rows[first:last] if row[0].end is not None and row[0].end <= end]


def _near(spans: Sequence[tuple[int, int]], at: int) -> slice:
    """The few spans around `at`: names are short, so a window suffices."""
    index = bisect_right(spans, (at, 1 << 60))
    return slice(max(0, index - 3), index + 1)


def after(folded: str, candidates: Candidates, at: int, end: int, *, must: bool) -> tuple[Recipient, ...]:
    """Those after an award that ends at `at`: "cho ông A, bà B và Công ty C". `must`: a "cho" has to stand before them."""
    to = _TO.match(folded, at, end)
    if not to or (must and not folded[to.start() : to.end()].rstrip().endswith(("cho", "tới", "đến", "với", ":"))):
        return ()
    begin = _BEGINS.match(folded, to.end(), end)
    place = begin.end() if begin else to.end()
    stop = _STOP.search(folded, place, end)
    last = stop.start() if stop else end
    for clause in _CLAUSE.finditer(folded, place, last):
        if _ANEW.search(clause[0]):
            last = clause.start()
            break
    found: list[Recipient] = []
    for row, body in candidates.between(to.end(), last):
        assert row.start is not None and row.end is not None
        previous = found[-1].end if found else None
        if body is None and _ACCUSED.search(folded, max(to.end(), row.start - 12), row.start):
            break
        if _PART.search(folded, max(to.end(), row.start - 14), row.start) and body is not None:
            continue
        if previous is None and (row.start - place > 40 or (not must and not _AT_ONCE.fullmatch(folded, to.end(), row.start))):
            break
        if previous is not None and not (_CLOSE if body is not None else _LINK).match(folded, previous, row.start + 1):
            continue
        if previous is not None and body is not None and not _CLOSE.fullmatch(folded, previous, row.start):
            continue
        found.append(row)
    return tuple(found)


def before(folded: str, candidates: Candidates, start: int, at: int) -> tuple[Recipient, ...]:
    """Those who get an award named at `at`: "Sở Xây dựng được UBND tỉnh tặng", "ông A và bà B vinh dự nhận"."""
    gets = list(_GETS.finditer(folded, start, at))
    if not gets:
        return ()
    found: list[Recipient] = []
    for row, body in reversed(candidates.between(start, gets[0].start())):
        assert row.start is not None and row.end is not None
        if body is not None and _PART.search(folded, max(start, row.start - 14), row.start):
            continue
        if not found and _APART.search(folded, row.end, gets[0].start()):
            break
        if (not found and gets[0].start() - row.end > 60) or (found and not _CLOSE.fullmatch(folded, row.end, found[-1].start or 0)):
            break
        found.append(row)
    return tuple(reversed(found))


def listed(text: str, lines: Sequence[Interval], first: int) -> Iterator[Recipient]:
    """The names of a list or a table that begins with the line `first`, one a line, until a line that is no item."""
    head: tables.Header | None = None
    for count in range(len(lines) - first):
        line = lines[first + count]
        row = text[line.start : line.end]
        if count >= MOST or not (_ITEM.match(row) or "|" in row):
            return
        if "|" in row and (told := tables.header(fold(row), Interval(0, len(row)))):
            head = told
            continue
        found = in_row(text, line, head)
        if found:
            yield found


def in_row(text: str, line: Interval, head: tables.Header | None) -> Recipient | None:
    """Who stands in a line of a list or a table; the header, if there is one, tells in which column."""
    place = tables.cell(text, line, head.names if head else None)
    if place is not None:
        return _cell(text[place.start : place.end], place.start)
    return None if head else _cell(text[line.start : line.end], line.start)


def _cell(row: str, offset: int) -> Recipient | None:
    """The first part of a line that is a name: a cell of a table, or what stands before the first comma."""
    for cell in re.finditer(r"[^|]+", row):
        item = _ITEM.match(cell[0].strip())
        lead = len(cell[0]) - len(cell[0].lstrip())
        body = cell[0].strip()[item.end() :] if item else cell[0].strip()
        begin = offset + cell.start() + lead + (item.end() if item else 0)
        if not body or (not body[0].isupper() and not _PERSON.match(body)) or _HEADING.fullmatch(fold(body)):
            continue
        person = _PERSON.match(body)
        if person:
            start = begin + person.start("name")
            return Recipient(
                name=person["name"], kind=kind_of(person["name"], person["honorific"]), start=start, end=start + len(person["name"])
            )
        name = re.split(r"[,;:(|]| [-–] |\.$", body)[0].strip()
        if len(name) > 120 or " " not in name or _HEADING.fullmatch(fold(name)) or _NO_NAME.match(fold(name)):
            continue
        return Recipient(name=name, kind=kind_of(name), start=begin, end=begin + len(name))
    return None
