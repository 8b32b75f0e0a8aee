"""Lists that a decision or a proposal comes with: what their heading tells of all that stands under it, rows and bare headings alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.award_givers import Grantor, by_level
from extract.award_mentions import Mention
from extract.award_places import Places
from extract.language import Interval
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardStatus

_WORDS = lexicon("awards")["lists"]
# "DANH SÁCH TẬP THỂ ĐƯỢC KHEN THƯỞNG", "Bảng đăng ký danh hiệu thi đua năm 2020"
_HEADING = re.compile(
    rf"[ \"*(-]*(?:(?:phụ lục|biểu)(?: \w{{1,4}})?[:. ]*)?(?:{any_of(_WORDS['headings'])})(?!\w)[^.;:\n]{{0,200}}?(?<!\w)(?:{any_of(_WORDS['about'])})(?!\w)"
)
# "công khai danh sách 08 tập thể, cá nhân đề nghị … khen thưởng, cụ thể như sau:"
_MADE_KNOWN = re.compile(
    rf"[^\n]*(?<!\w)(?:{any_of(_WORDS['made_known'])})(?!\w)[^\n]{{0,200}}?(?<!\w)(?:danh sách|các trường hợp)(?!\w)[^\n]{{0,300}}: *"
)
_ASKED = re.compile(rf"(?<!\w)(?<!theo )(?:{any_of(_WORDS['proposed'])})(?!\w)")
_REGISTERED = re.compile(r"(?<!\w)đăng kí(?!\w)")
_ISSUED_BY = re.compile(
    r"(?<!\w)kèm theo (?:quyết định|tờ trình|công văn)[^;\n]{0,80}? của *(?:chủ tịch |giám đốc |bộ trưởng |trưởng ban )?$"
)
_GIVEN_BY = re.compile(r"(?<!\w)(?:khen|khen thưởng|giấy khen|bằng khen) của *(?:chủ tịch |giám đốc |bộ trưởng )?$")
_SENT = re.compile(r"(?<!\w)kèm theo (?:tờ trình|công văn)(?!\w)")
_BARE = re.compile(r"[ \"*•+-]*(?:(?:[ivx]{1,4}|\d{1,2}|[a-e])[.):/-]+ *)?(?:(?:danh sách )?(?:được )?(?:tặng|nhận) |danh hiệu |về )?\"?")
_BARE_END = re.compile(r"\"? *(?:năm \d{4} *)?(?:\([^()\n]{1,60}\)|: ?(?:truy tặng |tặng )?\d[^\n]{0,160})? *[:.]? *")
_INTRO = 700  # code points at the end of a sentence in which it says that a list is made known
_LONG = 260  # code points of a paragraph that is prose again, so that the list has ended


@dataclass(frozen=True)
class Listing:
    """What the heading of a list tells: how far the awards under it have come, and who confers them."""

    status: AwardStatus
    givers: tuple[Grantor, ...]


def heading(here: Places, line: Interval) -> Listing | None:
    """The list that a line is the heading of; None where it is none."""
    folded = here.folded
    made_known = folded.endswith((":", ": "), line.start, line.end) and _MADE_KNOWN.fullmatch(
        folded, max(line.start, line.end - _INTRO), line.end
    )
    if not (_HEADING.match(folded, line.start, line.end) or made_known):
        return None
    asked = _ASKED.search(folded, *line) or _SENT.search(folded, *line)
    status = AwardStatus.REGISTERED if _REGISTERED.search(folded, *line) else AwardStatus.PROPOSED if asked else AwardStatus.AWARDED
    return Listing(status, issued_by(here, line) if status is AwardStatus.AWARDED else ())


def issued_by(here: Places, line: Interval) -> tuple[Grantor, ...]:
    """Whose decision a list comes with, by a line: "(Kèm theo Quyết định số … của Chủ tịch UBND tỉnh)"."""
    told = (
        body
        for body in here.bodies_in(line)
        for by in (_ISSUED_BY, _GIVEN_BY)
        if by.search(here.folded, max(line.start, body.start - 160), body.start)
    )
    return by_level(list(told)[:1])


def goes_on(here: Places, line: Interval) -> bool:
    """Whether a line may stand in a list: no paragraph of prose."""
    return line.end - line.start < _LONG or "|" in here.text[line.start : line.end]


def apply(here: Places, line: Interval, mentions: Sequence[Mention], listing: Listing, *, row: bool) -> None:
    """Give what the list tells to the awards of a row, or of a line that is a bare heading: "II. BẰNG KHEN (4 tập thể)"."""
    if not row and not _is_bare(here.folded, line, mentions):
        return
    for mention in mentions:
        if mention.status is AwardStatus.MENTIONED or (mention.status is AwardStatus.AWARDED and listing.status is not AwardStatus.AWARDED):
            mention.status = listing.status
        if mention.level is None and not mention.grantor and len(listing.givers) == 1:
            mention.level, mention.grantor = listing.givers[0].level, listing.givers[0].name


def _is_bare(folded: str, line: Interval, mentions: Sequence[Mention]) -> bool:
    """Whether a line holds an award's name and nothing else but its number."""
    first, last = (mentions[0].name.start, max(mention.name.end for mention in mentions)) if mentions else (0, 0)
    return bool(mentions) and bool(_BARE.fullmatch(folded, line.start, first) and _BARE_END.fullmatch(folded, last, line.end))
