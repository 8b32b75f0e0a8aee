"""One place where a text names a person, and what parts the name from the offices beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.fold import fold
from extract.office_reading import Office
from extract.offices import Offices
from extract.words import lexicon

_RANKS = r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy)"
# What may stand between a name and its office and tells who the person is: "(phường Bình Minh), 91 tuổi, dân tộc Tày, người ở bản Nà Tăm".
_JOBS = "|".join(re.escape(fold(job)) for job in lexicon("officials")["offices"]["jobs"])
_WHO = (
    r"(?: ?\([^()\n]{1,60}\)| (?:ở|trú|ngụ|quê|trú tại|ngụ tại|ở tại) [^,;.:()\n]{1,40}"
    r"(?:, (?:xã|phường|thị trấn|huyện|quận|thị xã|tp|thành phố|tỉnh) [^,;.:()\n]{1,25}){0,3}(?=,))?(?:, (?:\d{2,3} tuổi|sinh năm \d{4}|sn \d{4}|dân tộc [^,;.\n]{1,25}|người [^,;.:\n]{1,40}|quê [^,;.:\n]{1,40}"
    r"|(?:ngụ|trú|ở|trú tại|ở tại) [^,;.:\n]{1,40})(?=,)){0,4}"
    rf"(?:(?:, | - |: | là )(?:(?:nguyên|là|cựu|hiện là) )?(?:{_JOBS}|{_RANKS})(?!\w)[^,;.:()\n]{{0,60}}(?=,| kiêm)){{0,3}}"
)
# Between a name and the office that follows it: ", ", " - ", " (", " | ", " hiện là ", " được bầu giữ chức ".
_SEPARATOR = (
    r"(?:(?:,| -)? (?:với|trên|trong) (?:tư cách|vai trò|cương vị|trọng trách|chức vụ|chức danh)(?: là)? |,? (?:đồng thời )?kiêm (?:nhiệm )?(?:chức (?:vụ )?)?|(?: ?\((?:\d{1,3} tuổi|sinh năm \d{4}|sn:? \d{4}|ảnh|bên trái|bên phải|trái|phải|giữa)(?:, |; ?| - )"
    rf"(?:(?:trú|ngụ|quê|ở) [^;()\n]{{1,60}}, )?(?:(?:nguyên|cựu) {_RANKS}[^,;()\n]{{0,30}}, )?)"
    r"|(?:[,;] | - |\n)chức vụ ?:? |, (?:hiện |nay |hiện nay |đang |vốn |từng |khi đó |lúc đó |bấy giờ |khi ấy |đồng thời )?(?:là |giữ chức (?:vụ )?|chức vụ:? |với cương vị |làm |trên cương vị )|, \(|, | - |- | -|-| ?\(| \| |: | ,"
    r"| (?:hiện |nay |hiện nay |đang |từng |khi đó |lúc đó |lúc này |bấy giờ |khi ấy |vốn |cũng |còn |đều |cùng |nguyên )?là | làm | kiêm )(?:(?:(?:một )?(?:người|nhà) )?(?:đồng )?sáng lập(?: ra)?(?:,| và| kiêm|,? đồng thời là) )?(?:tân )?"
)
_TO_OFFICE = (
    re.compile(_SEPARATOR),
    re.compile(_WHO + _SEPARATOR),
    re.compile(r" \((?:\d{1,3} tuổi|sinh năm \d{4}|sn:? \d{4})\) (?:hiện là |là )?"),
    re.compile(
        r",? (?:năm nay |hiện |nay |vừa tròn |sinh năm \d{4}|\d{1,3} tuổi){1,3}, ?(?:hiện |nay |hiện nay |đang )?là |,? (?:(?:năm nay |hiện |nay )?\d{1,3} tuổi|sinh năm \d{4}) (?:hiện |nay |hiện nay |đang )?là "
    ),
    re.compile(r" từ (?:chức (?:vụ )?)?"),
    re.compile(rf"(?:, | - | là )(?:là )?(?:{_JOBS})(?!\w)[^,;.:()\n]{{0,60}}? và (?:là )?"),
)


_ACTS = ("chỉ huy", "chủ nhiệm", "thường trực")  # titles that may be a verb or a part of one right after a name


@dataclass
class Mention:
    """One place where the text names a person."""

    start: int
    end: int
    honorific: str | None
    familiar: bool  # called by a given name alone: "em Đạt"
    offices: list[Office] = field(default_factory=list)
    reach: int = 0  # end of the name with the offices after it
    opens: int = 0  # start of the name with the offices and honorific before it
    signs: bool = False  # it is a paragraph of its own


_SHORT = re.compile(r"[A-ZĐ]{3,6}")  # an office in capitals


def office_after(offices: Offices, end: int) -> Office | None:
    """The office that follows a name which ends at `end`, at once or after what else tells who the person is."""
    for separator in _TO_OFFICE:
        gap = separator.match(offices.folded, end)
        if gap and (office := offices.beginning(gap.end())):
            return office
    glued = offices.beginning(end + 1) if offices.folded.startswith(" ", end) else None
    short = glued and _SHORT.fullmatch(offices.text, glued.start, glued.title_end)  # "đ/c Lê Thị Sương HUV - Bí thư Đảng ủy xã"
    return glued if glued and (glued.organization or short) and fold(glued.title) not in _ACTS else None
