"""Awards of lists and tables: the prize of a row that has a rank, who stands in a row, and the names that follow a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from extract import award_givers, award_names, prize_names, recipients, tables
from extract.award_mentions import Mention
from extract.award_places import Places
from extract.language import Interval
from schemas.vocabulary import AwardStatus


def ranked(here: Places, line: Interval, head: tables.Header | None, heading: Interval) -> Mention | None:
    """The prize of a row whose table has a column of ranks; its level is that of the contest in the heading."""
    place = tables.cell(here.text, line, head.prizes if head else None)
    name = prize_names.rank(here.folded, place.start, place.end) if place else None
    if name is None:
        return None
    contest = prize_names.contest_level(here.folded, heading.start, heading.end)
    level = award_givers.of_city(here.province).level if contest.city else contest.level
    who = recipients.in_row(here.text, line, head)
    return Mention(name, line, AwardStatus.AWARDED, level, None, None, recipients=(who,) if who else ())


def in_table(here: Places, line: Interval, mentions: Sequence[Mention], head: tables.Header | None) -> None:
    """Give the awards of a row to the one whom it is about, with the status that the head of the table tells."""
    if tables.header(here.folded, line):
        return
    who = recipients.in_row(here.text, line, head)
    if who and any(who.start <= mention.name.start < who.end for mention in mentions if who.start is not None and who.end is not None):
        who = None  # "Bằng khen của UBND tỉnh | 12 | 35"
    for mention in mentions:
        giver = next((body for body in here.bodies_in(line) if here.text[mention.name.end : body.start].strip() == "|"), None)
        if giver and mention.level is None and (level := award_givers.level(giver)):  # a column tells who confers it
            mention.level, mention.grantor = level, giver.name
        mention.recipients = (who,) if who else mention.recipients
        if mention.status is AwardStatus.MENTIONED:
            mention.status = AwardStatus.AWARDED
        column = here.text.count("|", line.start, mention.name.start)
        if head and head.statuses and (column in head.statuses or len(mentions) == 1):
            mention.status = head.statuses.get(column) or next(iter(head.statuses.values()))


def in_head(mentions: Sequence[Mention], status: AwardStatus) -> None:
    """Give the awards that the head of a table of figures names the status of those that the table tells of."""
    for mention in mentions:
        if mention.status is AwardStatus.MENTIONED:
            mention.status = status


def list_recipients(here: Places, sentence: Interval, mentions: Sequence[Mention], after: int) -> None:
    """Give the names of the list or table after a sentence to the award that it ends with."""
    if not mentions or mentions[-1].recipients or after >= len(here.lines):
        return
    following = here.lines[after]
    apart = "\n" in here.text[sentence.end : following.start]
    if here.text[sentence.end - 1] != ":" and not (apart and sentence.end - sentence.start < 200):
        return
    if award_names.of_sentence(here.doc, following):
        return
    mentions[-1].recipients = tuple(recipients.listed(here.text, here.lines, after))
