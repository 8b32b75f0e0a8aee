"""Whether the words of an event tell one that took place: what is only asked for, aimed at, denied, spoken of, or told of many times and places."""

from __future__ import annotations

import re

from extract.event_frames import Framed, Page
from extract.event_headlines import OPENS
from extract.event_layout import CLAUSE
from extract.event_ranks import AWARDS, GATHERINGS, MEETINGS
from extract.event_words import Kind
from extract.language import Interval, folded_text
from schemas.vocabulary import EventType

_CLAUSES = re.compile(r"[,;:]|(?<!\btp)\.")  # what ends a clause; no short form, as in "TP.HCM"
_THERE = ("tại ", "trong ", "tại lễ ", "trong lễ ")
AIM = 240  # code points before an event's words that tell whether it is only looked forward to


def unreal(page: Page, framed: Framed, *, kind: Kind, start: int) -> bool:
    """Whether an event is only asked for, aimed at, denied or spoken of, or told of many times and places."""
    folded, (begin, end) = folded_text(page.doc), framed.sentence
    head = Interval(begin, start)
    window = max(begin, start - CLAUSE)
    clause = window + max((match.end() for match in _CLAUSES.finditer(folded[window:start])), default=0)
    for_others = folded.endswith("thay mặt ", 0, start) and folded.startswith(("trao ", "tặng ", "gắn "), start)
    if (not for_others and page.lexicon.frame["unreal"].search(folded, clause, start)) or page.says(start) or folded.endswith("?", 0, end):
        return True
    if page.lexicon.frame["aims"].search(folded, max(begin, start - AIM, folded.rfind(";", begin, start) + 1), start):
        return True
    if kind.code not in (EventType.PLAN_ISSUED, EventType.CAMPAIGN_LAUNCH) and page.lexicon.holds("orders", page.doc, head):
        return True  # "ký văn bản giao các huyện tổ chức lễ truy tặng"
    if kind.code == EventType.CONGRESS and framed.rule == "events/lead" and page.lexicon.holds("due", page.doc, framed.sentence):
        return True  # "Các huyện đoàn tổ chức đại hội thi đua xong trước ngày 30/5"
    if kind.code == EventType.AWARD_CEREMONY and page.lexicon.holds("voted", page.doc, head):
        return True  # "suy tôn Hội A, đề nghị UBND tỉnh tặng Cờ thi đua"
    if kind.code in (EventType.CONGRESS, EventType.CAMPAIGN_LAUNCH) and folded.endswith(_THERE, begin, start):
        got = head if kind.code == EventType.CONGRESS else framed.sentence
        if page.lexicon.holds("got_there", page.doc, got):
            return True  # "ông A, được trao danh hiệu Anh hùng Lao động tại | Đại hội Thi đua"
    if kind.code in AWARDS and page.lexicon.frame["who_got"].search(folded[clause:start]):
        return True  # "thăm ông A, người vừa được Chủ tịch UBND tỉnh tặng Bằng khen"
    if kind.code in AWARDS and _only_told(page, framed, start):
        return True
    goes_on = kind.code == EventType.COUNCIL_MEETING and framed.types and framed.rule != "events/dated"
    if goes_on and page.lexicon.holds("chosen", page.doc, head):
        return True
    if kind.code in MEETINGS and _blamed_at(page, kind, Interval(begin, start)):
        return True  # "Ngày 3/4, trong lễ tổng kết, bà A nói lời xin lỗi"
    if kind.code == EventType.COUNCIL_MEETING and folded.endswith("do ", 0, start):
        return True  # "79 doanh nghiệp do hội đồng bình xét"
    reported = framed.rule == "events/opening" and page.lexicon.begins("result", page.doc, framed.sentence)
    if reported and kind.code == EventType.AWARD_CEREMONY and page.lexicon.holds("passive", page.doc, head):
        return True
    grounds = kind.code == EventType.COUNCIL_MEETING and page.lexicon.begins("grounds", page.doc, framed.sentence)
    if grounds and not framed.types:
        return True  # "Căn cứ kết quả họp của Hội đồng …, Chủ tịch quyết định"
    handed_over = framed.rule == "events/opening" and page.lexicon.holds("hands", page.doc, framed.sentence)
    disputed = page.disputed or (page.matter and not page.promised(kind.code) and not handed_over)
    if kind.code in AWARDS and (disputed or page.lexicon.frame["talked"].search(folded, max(begin, start - CLAUSE), start)):
        return True  # "giải trình việc phong danh hiệu, tặng bằng khen"
    beside = framed.sentence not in page.lead[:2] or page.lexicon.holds("passive", page.doc, head) or not page.dated(framed.sentence)
    honoured = folded.endswith("tại ", 0, start) and page.lexicon.holds("honours", page.doc, head)
    if kind.code == EventType.ANNIVERSARY and honoured and beside:
        return True  # "được tặng Bằng khen tại lễ kỷ niệm …"
    if framed.rule in ("events/opening", "events/act") and page.lexicon.holds("asks", page.doc, head):
        return True
    if framed.rule == "events/opening" and framed.types <= {EventType.OTHER} and page.lexicon.begins("adds", page.doc, framed.sentence):
        return True
    headed = folded.startswith("khen thưởng tại ", start)  # "DANH SÁCH KHEN THƯỞNG TẠI ĐẠI HỘI:"
    handed = framed.rule == "events/act" and kind.code == EventType.AWARD_CEREMONY and not headed
    visited = handed and page.lexicon.holds("visits", page.doc, Interval(max(page.start, begin - AIM), begin))
    met = framed.types & GATHERINGS or (EventType.OTHER in framed.types and not page.matter and (visited or page.promised(kind.code)))
    if handed and (not met or page.lexicon.frame["passive"].search(folded[begin:start].rsplit(";", 1)[-1])):
        return True
    if handed and page.lexicon.holds("bygone", page.doc, head):
        return True
    passing = framed.rule in ("events/caption", "events/act") and framed.types == {EventType.OTHER} and not visited
    if passing and kind.code in AWARDS and not headed and not page.promised(kind.code):
        return True
    if framed.rule == "events/act" and any(one.start < min(start, begin + OPENS) for one in framed.dates):
        return True
    if kind.code == EventType.CAMPAIGN_LAUNCH and framed.rule == "events/opening" and page.lexicon.holds("many", page.doc, head):
        return True
    listed = kind.code == EventType.CAMPAIGN_LAUNCH and framed.types and framed.rule in ("events/act", "events/lead")
    if listed and page.lexicon.begins("task", page.doc, framed.sentence):
        return True  # "Xây dựng quỹ. Phát động phong trào thi đua trong các chi hội."
    done = page.undated and page.lexicon.holds("done", page.doc, Interval(window, start))
    dated = done and page.dated(Interval(begin, min(start, begin + CLAUSE)))  # "Chiều 5/8, huyện đã tổ chức lễ tuyên dương"
    of_all = framed.rule == "events/act" or (framed.rule == "events/lead" and bool(framed.types) and not dated)
    return of_all and bool(kind.act) and page.lexicon.holds("many", page.doc, head)


def _blamed_at(page: Page, kind: Kind, head: Interval) -> bool:
    """Whether a meeting is only where something was said of the trouble that the headline tells."""
    trouble = page.disputed or page.blamed or page.lexicon.frame["missing"].search(page.title)
    return bool(trouble) and not page.promised(kind.code) and page.lexicon.holds("at_the", page.doc, head)


def _only_told(page: Page, framed: Framed, start: int) -> bool:
    """Whether somebody only tells that an award was got: "Tối 2/2, ông A cho biết vừa qua huyện được tặng Cờ"."""
    tells = page.lexicon.frame["tells"].search(folded_text(page.doc), framed.sentence.start, start)
    return tells is not None and page.lexicon.holds("passive", page.doc, Interval(tells.end(), start))
