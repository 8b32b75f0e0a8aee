"""What the headline and the lead tell beside the types that words of the body give: other news, a deed and its honour, the headline."""

from __future__ import annotations

from collections.abc import Sequence

from extract.event_frames import Page
from extract.event_layout import CLAUSE, LEAD
from extract.event_ranks import AWARDS, promised
from extract.event_words import Told
from extract.language import Interval, folded_text
from schemas.dates import DateMention
from schemas.vocabulary import EventType

SHORT = 40  # code points of a dateline
OPENS = 30  # code points before a day that opens its sentence
BRIEF = 700  # code points below which a page is its headline and a summary
BEGINNING = 1_500  # code points of a text in which it says that its news just happened


def other_news(page: Page) -> list[Told]:
    """News of another kind: the first sentence of the lead that dates what happened, else one that says it just did."""
    doc, frame = page.doc, page.lexicon.frame
    asks = page.title.endswith("?") and frame["asked"].search(page.title) and not frame["reports"].search(page.title)
    if asks and not (page.matter or page.affair):
        return []  # questions and answers, opinions
    days = [day.start for day in page.days if day.start < page.lead_end]
    opened = [one for one in page.lead if any(one.start <= day < one.start + OPENS or _occasioned(page, one, day) for day in days)]
    opened = [*(one for one in page.lead[:1] if any(_is_today(page, one, day) for day in page.days)), *opened]
    opened = [one for one in opened if not page.lexicon.holds("reporter", doc, one)]
    for sentence in (*opened, *page.lead):
        day = next((one for one in page.dates if one in page.days and sentence.start <= one.start < sentence.end), None)
        day = None if day and page.says(day.start) else day
        if (
            (day or (page.undated and page.dated(sentence)))
            and sentence.end - sentence.start >= SHORT  # no dateline of a document
            and not page.lexicon.begins("past", doc, sentence)
            and not page.lexicon.holds("journey", doc, sentence)
            and not page.lexicon.holds("caption", doc, sentence)
            and not page.says(sentence.start)
            and not doc._.text[slice(*sentence)].isupper()
        ):
            told_of = (page.matter or page.affair) and page.lexicon.holds("talk", doc, sentence)  # it happened on a day that nothing tells
            return [Told(EventType.OTHER, sentence.start, sentence, None if told_of else day, "events/other")]
    just = next((one for one in page.lead[:2] if page.lexicon.holds("newly", doc, one)), None)
    looks_back = frame["no_report"].search(page.title)
    just = just or next((one for one in page.lead[:LEAD] if not looks_back and _lately(page, one)), None)
    first = page.lead[:2] if not page.title.endswith("?") else ()
    complaint = next((one for one in first if page.lexicon.holds("complains", doc, one) and not page.says(one.start)), None)
    just = just if just and not page.lexicon.holds("honours", doc, just) else complaint
    just = just or next((one for one in first if any(page.lexicon.holds(name, doc, one) for name in ("tragic", "resolved_to"))), None)
    spoken = page.lead[0] if page.lead and page.lexicon.frame["voices"].search(page.title) else None
    reports = page.lead and not looks_back and any(frame[name].search(page.title) for name in ("reports", "case", "deeds"))
    place = page.matter or page.affair or just or spoken or (page.lead[0] if reports else None)
    return [Told(EventType.OTHER, place.start, place, _day_of(page, place), "events/matter")] if place else []


def _is_today(page: Page, sentence: Interval, day: DateMention) -> bool:
    """Whether a sentence tells of a day near that of writing, behind who did something: "Ban An toàn giao thông tỉnh hôm nay có văn bản"."""
    near = sentence.start <= day.start < sentence.start + CLAUSE * 2
    return near and page.lexicon.begins("today", page.doc, Interval(day.start, sentence.end))


def _occasioned(page: Page, sentence: Interval, day: int) -> bool:
    """Whether nothing but an occasion stands before a day in a sentence: "Nhân kỷ niệm 70 năm …, trong hai ngày 24 và 25/7"."""
    occasion = page.lexicon.frame["occasion_first"]
    return sentence.start <= day < sentence.end and occasion.fullmatch(folded_text(page.doc), sentence.start, day) is not None


def _lately(page: Page, sentence: Interval) -> bool:
    """Whether a sentence of the lead says that something just happened."""
    begins = sentence in page.lead[:2] and page.lexicon.begins("lately_begun", page.doc, sentence)
    return begins or (page.lexicon.holds("lately", page.doc, sentence) and not page.says(sentence.start))


def _day_of(page: Page, matter: Interval) -> DateMention | None:
    """The day of a matter that its lead does not date: that of a later sentence which tells the same, or when its paper was signed."""
    if not page.matter:
        day = next((page.paper_day(one.start, inside) for one, inside in page.sentences() if one == matter), None)
        cites = day and page.lexicon.frame["cites"].search(page.doc._.folded, matter.start, day.start)
        return None if cites else day  # "Thực hiện Nghị định … ngày …, Ban Thi đua công khai"
    for sentence, inside in page.sentences():
        if sentence == matter and (signed := page.paper_day(sentence.start, inside) or page.signed_day(matter)):
            return signed
        opens = next((one for one in inside if one in page.days and one.start < sentence.start + OPENS), None)
        if opens and page.lexicon.holds("matter", page.doc, sentence) and not page.lexicon.begins("past", page.doc, sentence):
            return opens
    return None


def deed(page: Page, told: Sequence[Told]) -> list[Told]:
    """The good deed or the solved case that the headline tells, when the body's events only honour it: on its own day."""
    holds, headline = page.lexicon.holds, page.lexicon.frame["honours"].search(page.title)
    told_first = bool(headline and _told_first(page, headline.start()))  # "Phá đường dây ma túy, Đồn A được khen"
    headline = None if told_first else headline
    told_as = [name for name in ("case", "deeds", "mourned") if page.lexicon.frame[name].search(page.title)][:1]
    told_by_title = bool(told_as) and not page.lexicon.frame["recounts"].search(page.title)
    types = {one.type for one in told if one.rule != "events/earlier" or one.type in AWARDS}  # a visit beside it is none of them
    honoured = types & set(AWARDS) and EventType.OTHER not in types and (told_by_title or types <= set(AWARDS))
    if not page.title or headline or not honoured:
        return []
    names = told_as or ("case", "deeds")
    frame, folded = page.lexicon.frame, page.doc._.folded
    earlier: Told | None = None  # what the text tells of a day before, in words that name no deed
    undated: Told | None = None  # the deed on a day whose year nothing tells
    plain: Told | None = None  # the deed told without a day
    begun: list[Told] = []  # the case on days on which nobody was caught yet
    latest = max((one.day for one in told if one.day), default=None)
    for sentence, inside in page.sentences():
        days = [one for one in inside if one in page.days and (latest is None or (one.first_day or latest) <= latest)]
        honours = any(one.sentence == sentence for one in told) or holds("rewards", page.doc, sentence)
        tells = frame["tells"].search(folded, *sentence)
        if tells:  # "Em A cho biết, chiều 24/1, em lao xuống cứu bạn"
            days = [one for one in days if one.start > tells.start()]
        if honours or (tells and not days and not frame["day"].search(folded, tells.end(), sentence.end)):
            continue
        if page.undated and not any(one in page.days for one in inside) and page.dated(sentence):
            story = sentence if sentence in page.lead[:1] else page.story(sentence)
            if story and any(holds(name, page.doc, story) for name in names):
                return [Told(EventType.OTHER, sentence.start, sentence, None, "events/deed")]
            undated = undated or Told(EventType.OTHER, sentence.start, sentence, None, "events/deed")
        if days:
            happened = holds("happened", page.doc, Interval(sentence.start, days[0].start))
            stories = {day: Interval(day.end, page.before_next_day(day)) for day in days}
            done = [day for day in days if happened or any(holds(name, page.doc, stories[day]) for name in names)]
            if done:
                solved = Told(EventType.OTHER, sentence.start, sentence, done[-1], "events/deed")
                if told_as != ["case"] or holds("caught", page.doc, stories[done[-1]]):
                    return [solved]
                begun.append(solved)
            if earlier is None and latest and days[0].first_day and days[0].first_day < latest:
                earlier = Told(EventType.OTHER, sentence.start, sentence, days[0], "events/deed")
        elif page.undated and plain is None and not page.says(sentence.start) and any(holds(name, page.doc, sentence) for name in names):
            plain = Told(EventType.OTHER, sentence.start, sentence, None, "events/deed")
    if told_first or begun:
        return begun[:1]  # only what is told to be that case
    if plain is None and page.lead and frame["toll"].search(page.title):
        plain = Told(EventType.OTHER, page.lead[0].start, page.lead[0], None, "events/deed")
    past = earlier or undated or plain
    return [past] if past and told_by_title else []


def _told_first(page: Page, honour: int) -> bool:
    """Whether a headline tells the deed or the case before the honour at `honour`, in a clause of its own."""
    ends = max(page.title.rfind(sign, 0, honour) for sign in (", ", ": ", "; "))
    return ends >= 0 and any(page.lexicon.frame[name].search(page.title, 0, ends) for name in ("case", "deeds"))


def obituary(page: Page, told: Sequence[Told]) -> list[Told]:
    """The days on which somebody died, lies in state and is buried, under a headline that mourns."""
    if not page.lexicon.frame["mourned"].search(page.title) or any(one.type != EventType.OTHER for one in told):
        return []
    found: dict[str, Told] = {}
    for sentence, inside in page.sentences():
        days = [one for one in inside if one in page.days and any(sign.isdigit() for sign in one.quote)]  # no "cùng ngày"
        for name in ("died", "laid_out", "buried"):
            match = page.lexicon.frame[name].search(page.doc._.folded, *sentence) if days and name not in found else None
            if match and not page.says(match.start()):
                day = min(days, key=lambda one: abs(one.start - match.end()))
                found[name] = Told(EventType.OTHER, match.start(), sentence, day, "events/mourned")
    return list(found.values())


def reward(page: Page, told: Sequence[Told]) -> list[Told]:
    """The honour that a text tells in passing, when its headline and its only news is the deed."""
    frame, folded = page.lexicon.frame, page.doc._.folded
    news = next((one for one in told if one.type == EventType.OTHER), None)
    if not news or len(told) > 1 or not frame["deeds"].search(page.title) or page.matter or frame["honours"].search(page.title):
        return []
    for sentence, _ in page.sentences():
        match = frame["merited"].search(folded, *sentence)
        before = folded[max(sentence.start, match.start() - CLAUSE) : match.start()] if match else ""
        if match and not page.says(match.start()) and not any(frame[name].search(before) for name in ("unreal", "will", "wished")):
            kind = EventType.AWARD_DECISION if before.endswith("quyết định ") else EventType.AWARD_CEREMONY
            date = None if page.lexicon.begins("before", page.doc, sentence) else news.date
            return [Told(kind, match.start(), sentence, date, "events/deed")]
    return []


def in_headline(page: Page, told: Sequence[Told]) -> list[Told]:
    """What the headline tells and the body leaves out; its quote is the headline, or without it the first sentence."""
    doc, title = page.doc, page.title
    place = page.headline or (doc._.sentences[0] if doc._.sentences else None)
    opinion = title and page.lexicon.frame["opinion"].search(title)
    if not title or opinion or not place or not ({one.type for one in told} <= {EventType.OTHER}):
        return []
    date = next((one.date for one in told if one.date), None)
    found = []
    for kind in page.lexicon.kinds:
        match = kind.headline.search(title) if kind.headline else None
        disputed = kind.code in (*AWARDS, EventType.COUNCIL_MEETING) and (page.matter or page.disputed or page.blamed)
        if match and not disputed and not page.lexicon.frame["unreal"].search(title[: match.start()]):
            start = place.start + match.start() if page.headline else place.start
            will = date is None and kind.code == EventType.AWARD_CEREMONY and page.lexicon.frame["will"].search(title[: match.start()])
            found.append(Told(EventType.AWARD_DECISION if will else kind.code, start, place, date, "events/headline"))
    opening = [one for one in doc._.sentences if one.start < BEGINNING] if found else []
    holds = page.lexicon.holds
    just = any((holds("just", doc, one) or holds("newly", doc, one)) and holds("honours", doc, one) for one in opening)
    brief = not told and len(doc._.text) < BRIEF
    return list(promised(page, found[:1])) if told or just or brief else []
