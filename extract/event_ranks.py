"""Which of the events told in the sentences of an article stay: by their evidence, and without what is only a part of another."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from extract.event_frames import NEAR, Page
from extract.event_layout import CLAUSE
from extract.event_words import Told
from extract.language import Interval
from schemas.edtf import DAY
from schemas.vocabulary import EventType

AWARDS = (EventType.AWARD_CEREMONY, EventType.AWARD_DECISION)
LONG = (EventType.CONTEST, EventType.CONGRESS, EventType.TRAINING)  # take more than a day, told once
MEETINGS = (EventType.ANNIVERSARY, EventType.REVIEW_CONFERENCE, EventType.INTERIM_REVIEW)
GATHERINGS = {*MEETINGS, EventType.CONGRESS, EventType.CAMPAIGN_LAUNCH, EventType.PLEDGE_SIGNING}  # at which awards are handed over
MEETING = len("chương trình")  # code points of the longest noun for one
SOME = 9  # days after a decision's words among which is its own
GOES_ON = ("events/opening", "events/caption", "events/act")  # frames of what is done at the meeting just told


def settled(page: Page, told: Sequence[Told]) -> list[Told]:
    """Without what is only a part of another event, of each item of a round-up by itself; awards that nobody hands over are a decision."""
    items: dict[int, list[Told]] = {}
    for one in told:
        items.setdefault(page.item(one.start), []).append(one)
    return [one for item in sorted(items) for one in _settled(page, items[item])]


def _settled(page: Page, told: Sequence[Told]) -> list[Told]:
    told = _ranked(page, promised(page, told))
    if _held_for_honours(page, told):
        told = [one for one in told if one.type != EventType.OTHER or not page.lexicon.holds("greets", page.doc, one.sentence)]
    types = {one.type for one in told}
    met = not types <= {*AWARDS, EventType.OTHER}
    decided = not met and not page.lexicon.holds("handed", page.doc, Interval(0, len(page.doc._.folded)))
    contests = {one.sentence for one in told if one.type == EventType.CONTEST}
    told = [_of_contest(page, one) for one in told if one.type != EventType.REVIEW_CONFERENCE or one.sentence not in contests]
    plans = {one.sentence: one.start for one in told if one.type == EventType.PLAN_ISSUED}
    before: set[EventType] = set()
    kept: list[Told] = []
    seen: set[tuple[EventType, dt.date | None]] = set()
    for one in sorted(told, key=lambda one: one.start):
        begun = any(each.type == EventType.CONTEST and _begins(page, each) for each in kept)
        another = is_another(page, one)
        if (one.type, one.day) in seen and not another:
            continue
        if one.type == EventType.AWARD_DECISION and _read_at_ceremony(page, one, kept):
            continue
        if not another and _is_part(page, one, before, begun=begun):
            kept = [_handed_over(page, each, one) for each in kept]
            continue
        if one.type in (*LONG, EventType.COUNCIL_MEETING) and one.sentence in plans:
            continue  # only planned
        if plans.get(one.sentence, one.start) < one.start and _planned(page, one):
            continue  # "có văn bản hướng dẫn tổng kết phong trào": what the paper asks for
        if one.type in LONG and any(each.type == one.type and _near(each, one) for each in kept):
            continue
        alone = decided and one.type == EventType.AWARD_CEREMONY and one.type not in before and one.rule not in GOES_ON
        if alone and _given(page, one) and page.lexicon.holds("giver", page.doc, _reported(page, one)):
            first = bisect_left(page.dates, one.start, key=lambda day: day.start)
            signed = page.paper_day(one.start, page.dates[first : first + SOME])
            one = one._replace(type=EventType.AWARD_DECISION, date=signed or one.date)
        if (one.type, one.day) not in seen or another:
            kept.append(one)
            seen.add((one.type, one.day))
        before.add(one.type)
    kept = _without_whole(kept)
    won = next((one for one in kept if one.type == EventType.CONTEST), None)
    handed = won and (page.lexicon.frame["prizes"].search(page.title) or page.lexicon.begins("prized", page.doc, _from(won)))
    if won and handed and EventType.AWARD_CEREMONY not in before:
        return [*kept, won._replace(type=EventType.AWARD_CEREMONY)]
    return kept


def _handed_over(page: Page, decision: Told, later: Told) -> Told:
    """A decision that is read out as a ceremony, when its awards are handed over then: "công bố quyết định khen thưởng. Ông A trao Giấy khen"."""
    read = decision.type == EventType.AWARD_DECISION and page.lexicon.begins("read_out", page.doc, _from(decision))
    return decision._replace(type=EventType.AWARD_CEREMONY) if read and page.lexicon.begins("hands", page.doc, _from(later)) else decision


def _read_at_ceremony(page: Page, decision: Told, kept: Sequence[Told]) -> bool:
    """Whether a decision without a day of its own is only read out at the ceremony that its sentence tells: "tuyên dương 64 nhà giáo; công bố
    quyết định tặng Bằng khen"."""
    there = any((each.type, each.sentence, each.day) == (EventType.AWARD_CEREMONY, decision.sentence, decision.day) for each in kept)
    return there and page.lexicon.begins("read_out", page.doc, _from(decision))


def is_another(page: Page, one: Told) -> bool:
    """Whether an award is another than that of its day told before: "Cùng ngày, UBND tỉnh có Quyết định số 2218", "Chiều cùng ngày, ông A trao".

    So is a visit beside the news of its day that is no journey of visits itself.
    """
    if one.type not in AWARDS:
        toured = any(page.lexicon.holds(name, page.doc, lead) for lead in page.lead[:1] for name in ("visits", "toured"))
        calls = toured or page.lexicon.frame["calls"].search(page.title) is not None
        return one.type == EventType.OTHER and one.rule == "events/earlier" and not calls
    folded = page.doc._.folded
    clause = folded.rfind("; ", one.sentence.start, one.start)
    here = Interval(clause + len("; ") if clause >= 0 else one.sentence.start, one.sentence.end)
    hands = page.lexicon.begins("part_too", page.doc, here) and page.lexicon.frame["gives_badge"].search(folded, one.start, here.end)
    return bool(hands) or page.lexicon.begins("day_too", page.doc, here)


def _held_for_honours(page: Page, told: Sequence[Told]) -> bool:
    """Whether people were only met to be honoured, and not on an occasion of its own: "gặp mặt, tuyên dương học sinh giỏi"."""
    types = {one.type for one in told}
    besides = types == {EventType.AWARD_CEREMONY, EventType.OTHER} and all(_besides_it(page, one) for one in told)
    return EventType.AWARD_CEREMONY in types and not besides


def _without_whole(kept: Sequence[Told]) -> list[Told]:
    """Without the decisions that were signed from one day to another, when a list tells each on its own day."""
    single = [one.day for one in kept if one.type == EventType.AWARD_DECISION and one.day and one.date and len(one.date.edtf) <= DAY]

    def is_whole(one: Told) -> bool:
        if one.type != EventType.AWARD_DECISION or one.date is None or len(one.date.edtf) <= DAY:
            return False
        first, last = one.date.first_day, one.date.last_day
        return bool(first and last) and any(first <= day <= last for day in single if first and last)

    return [one for one in kept if not is_whole(one)]


def _reported(page: Page, one: Told) -> Interval:
    """An event's sentence without who only tells of it: "Ông A, Chủ tịch UBND xã cho biết, xã vừa tặng"."""
    tells = page.lexicon.frame["tells"].search(page.doc._.folded, one.sentence.start, one.start)
    return Interval(tells.end(), one.sentence.end) if tells else one.sentence


def _from(one: Told) -> Interval:
    """An event's sentence from its words on."""
    return Interval(one.start, one.sentence.end)


def _planned(page: Page, one: Told) -> bool:
    """Whether an event told after a paper in its sentence is what the paper asks for: a review, an anniversary, a ceremony to be held."""
    held = page.lexicon.frame["to_hold"].search(page.doc._.folded, max(one.sentence.start, one.start - CLAUSE), one.start + MEETING)
    return one.type in MEETINGS or (one.type == EventType.AWARD_CEREMONY and held is not None)


def _of_contest(page: Page, one: Told) -> Told:
    """The end of a contest as that contest: "Lễ tổng kết và trao giải", when headline or lead speak of one and no work is summed up."""
    ends = one.type == EventType.REVIEW_CONFERENCE and page.lexicon.frame["ends"].match(page.doc._.folded, one.start)
    contest = page.lexicon.frame["contest"].search(page.title) or page.lexicon.holds("contest_here", page.doc, one.sentence)
    prizes = page.lexicon.frame["prizes"].search(page.title)
    return one._replace(type=EventType.AWARD_CEREMONY if prizes else EventType.CONTEST) if ends and contest else one


def _begins(page: Page, contest: Told) -> bool:
    """Whether a contest is told as opened, so that none of its prizes is given yet."""
    return page.lexicon.holds("opens", page.doc, contest.sentence) and not page.lexicon.holds("over", page.doc, contest.sentence)


def _is_part(page: Page, one: Told, before: set[EventType], *, begun: bool) -> bool:
    """Whether an event is only a part of one told before: prizes of a contest (not when it has only `begun`), a decision's content."""
    if one.type == EventType.AWARD_DECISION:
        return EventType.AWARD_CEREMONY in before and one.rule == "events/lead" and not page.dated(one.sentence)
    if one.type != EventType.AWARD_CEREMONY:
        return False
    also = page.lexicon.frame["also"].search(page.doc._.folded, one.sentence.start, one.start + CLAUSE)
    dated = one.rule in ("events/dated", "events/opening", "events/earlier") or (page.undated and page.dated(one.sentence))
    if EventType.AWARD_DECISION in before and not also and not _besides(page, one) and (_given(page, one) or not dated):
        return True
    goes_on = one.rule in GOES_ON or (one.rule == "events/lead" and bool(before) and not page.dated(one.sentence))
    certified = page.lexicon.holds("certified", page.doc, one.sentence)
    # "Nhân dịp này, UBND tỉnh tặng Bằng khen": none of its prizes
    occasion = page.lexicon.begins("occasion", page.doc, one.sentence) or page.lexicon.holds("occasion_last", page.doc, one.sentence)
    occasion = occasion or (certified and (begun or bool(also) or page.lexicon.begins("besides", page.doc, one.sentence)))
    occasion = occasion or page.lexicon.begins("inaugural", page.doc, one.sentence)  # prizes are given at the end
    at_contest = EventType.CONTEST in before and not before & set(MEETINGS)  # and at no meeting beside it
    return goes_on and ((at_contest and not occasion) or before == {EventType.COUNCIL_MEETING})


def _besides_it(page: Page, one: Told) -> bool:
    """Whether an event is no award, or one given because people had come together for something else: "Dịp này, …"."""
    return one.type != EventType.AWARD_CEREMONY or page.lexicon.begins("occasion", page.doc, one.sentence)


def _besides(page: Page, one: Told) -> bool:
    """Whether an award is given at the meeting by somebody, beside what a decision told there: "Tại buổi lễ, Giám đốc Sở tặng giấy khen"."""
    head = Interval(one.sentence.start, one.start)
    passive = page.lexicon.holds("passive", page.doc, head) or page.lexicon.holds("resolves", page.doc, head)
    return not passive and page.lexicon.begins("at_meeting", page.doc, one.sentence)


def _given(page: Page, one: Told) -> bool:
    """Whether an award is only given, as by a decision: no word of handing over or of a meeting begins the event's words."""
    return bool(page.lexicon.frame["given"].match(page.doc._.folded, one.start))


def promised(page: Page, told: Sequence[Told]) -> Iterator[Told]:
    """The same, where an award that somebody will get, on no day and at no meeting, is only decided, or in passing nothing."""
    for one in told:
        inherits = one.date is None or one.rule == "events/lead"  # no day of its own, and at no meeting
        will = one.type == EventType.AWARD_CEREMONY and inherits and not _on_day(page, one)
        begin = max(one.sentence.start, one.start - CLAUSE)
        if (
            one.type == EventType.AWARD_CEREMONY
            and page.to_come(one.day)
            and page.lexicon.frame["will_get"].search(page.doc._.folded[begin : one.start])
        ):
            continue  # "Ngày mai, thầy sẽ được UBND huyện | trao Giấy khen"
        if not (will and page.lexicon.frame["will"].search(page.doc._.folded, begin, one.start)):
            yield one
        elif one.rule not in GOES_ON and one.date is None:
            yield one._replace(type=EventType.AWARD_DECISION)


def _on_day(page: Page, one: Told) -> bool:
    """Whether a sentence writes the day of an event, not that on which somebody tells of it: "Chiều 19-12, ông A cho biết sẽ trao"."""
    return page.dated(one.sentence) and not page.lexicon.holds("tells", page.doc, Interval(one.sentence.start, one.start))


def _ranked(page: Page, told: Iterable[Told]) -> list[Told]:
    """Ceremonies and decisions by their evidence: handed over, then signed or sent, then given, then only resolved."""
    told = list(told)
    decisions = [one for one in told if one.type == EventType.AWARD_DECISION]
    signed = {one.sentence for one in decisions}
    ceremonies = [one for one in told if one.type == EventType.AWARD_CEREMONY and one.sentence not in signed]
    dated = {one.type for one in (*ceremonies, *decisions) if one.date or page.dated(one.sentence)}
    given = all(_given(page, one) for one in ceremonies)
    resolved = all(page.lexicon.frame["resolved"].match(page.doc._.folded, one.start) for one in decisions)
    if decisions and given and EventType.AWARD_CEREMONY not in dated:
        return [one for one in told if one.type != EventType.AWARD_CEREMONY]
    if ceremonies and not given and resolved and not dated:
        return [one for one in told if one.type != EventType.AWARD_DECISION]
    return told


def _near(one: Told, other: Told) -> bool:
    """Whether two days lie so near that one event took both."""
    if one.day is None or other.day is None:
        return True
    first, last = sorted((one, other), key=lambda each: each.day or dt.date.min)
    ends = (first.date.last_day if first.date else None) or first.day
    return ends is None or last.day is None or last.day <= ends + NEAR
