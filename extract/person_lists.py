"""Names that only their list tells to be people's: "các họa sĩ: Trần Lưu Hậu, Mai Long, Thục Phi"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import pairwise

from extract.fold import fold
from extract.language import UPPER
from extract.mentions import Mention
from extract.offices import Offices
from extract.openings import Opened
from extract.person_names import is_foreign, never
from extract.words import any_of, lexicon

MOST_ITEMS = 60
# "(Thính phòng), Ngọc Ánh": one name of the list with a calling before and a note after it, and what parts it from the next
_NAME = re.compile(
    rf"(?:(?![{UPPER}])[^\W\d_]{{1,8}} ){{0,2}}(?P<name>[{UPPER}][^\W\d_]+(?: [{UPPER}][^\W\d_]*){{0,3}})(?P<note>(?: ?\([^()\n]{{1,40}}\))?)(?![\w-])"
)
_NEXT = re.compile(r"(?:, (?:và )?| và |; | cùng )")


@cache
def _opening() -> Opened:
    """A noun of people and the colon or the word that opens a list of them: "các thí sinh: ", "dàn khách mời gồm "."""
    given = lexicon("officials")
    nouns = any_of([*given["listed"], *given["listed_prizes"]])
    return Opened(rf"(?:{nouns})(?: (?!gồm|như)[^\W\d_]+){{0,6}}(?P<mark> ?: ?| gồm(?: có)?:? | như:? )(?=\w)", [nouns])


@cache
def _artists() -> re.Pattern[str]:
    """What calls artists right before their names: "các NSƯT ", "nghệ sĩ cùng lứa như "; `many` says that they are several, `others` that they are none."""
    given = lexicon("officials")
    return re.compile(
        rf"(?<!\w)(?:(?P<many>(?:các|những|hai|ba|bốn|cặp|bộ đôi) )?(?:{any_of(given['artists'])})|(?P<others>(?:các|những) (?:{any_of(given['scholars'])})))"
        rf"(?P<like>(?: (?!gồm|như|và)[^\W\d_]+){{0,6}} như:?)?(?: (?:{any_of(given['artist_kinds'])}))? (?!nhân dân|ưu tú|như)(?=\w)"
    )


@cache
def _people() -> re.Pattern[str]:
    """A text that ends in a noun of people."""
    return re.compile(rf"(?<!\w)(?:{any_of(lexicon('officials')['listed'])})$")


def listed(offices: Offices, found: Sequence[Mention], taken: bytearray) -> list[Mention]:
    """The names that stand in one list with somebody of `found`; `taken` is 1 where a code point belongs to a body or an office."""
    starts = {mention.start for mention in found}
    more: list[Mention] = []
    after = 0
    for opening in _opening().finditer(offices.folded):
        if opening.end() < after:
            continue
        items = list(_items(offices.text, opening.end()))
        after = items[-1].end() if items else opening.end()
        names = [(item.start("name"), item.end("name")) for item in items]
        known = [start in starts for start, _ in names]
        sure = any(known) or _people().search(offices.folded, opening.start(), opening.start("mark")) is not None
        if len(items) < 2 or not sure or not all(own or _may_name(offices, *name, taken) for own, name in zip(known, names, strict=True)):
            continue
        more += [Mention(*name, None, False, reach=name[1], opens=name[0]) for own, name in zip(known, names, strict=True) if not own]
    return sorted(
        [*more, *_called_together(offices, starts | {mention.start for mention in more}, taken)], key=lambda mention: mention.start
    )


def _called_together(offices: Offices, starts: Set[int], taken: bytearray) -> Iterator[Mention]:
    """The names, not at `starts`, of artists whom one calling names together: "các NSƯT Minh Vân, Thu Ba", "nhà thơ Hạ An và Thu Ba"."""
    after = 0
    for calling in _artists().finditer(offices.folded):
        if calling.end() < after or not offices.text[calling.end()].isupper() or taken[calling.start()]:
            continue
        items = list(_items(offices.text, calling.end()))
        after = items[-1].end() if items else calling.end()
        names = [(item.start("name"), item.end("name")) for item in items]
        joined = len(items) > 2 or any(offices.text[one.end() : other.start()] in (" và ", " cùng ") for one, other in pairwise(items))
        if calling["others"] and names and names[0][0] not in starts:
            continue
        if len(items) < 2 or not (joined or calling["many"] or calling["others"] or calling["like"]):
            continue
        bare = {item.start() for item in items}  # with nothing before the name: "nghệ sĩ Hạ An và nhà hát Kịch Bến Nước"
        if all(
            start in starts or (start in bare and " " in offices.text[start:end] and _may_name(offices, start, end, taken))
            for start, end in names
        ):
            yield from (Mention(start, end, None, False, reach=end, opens=start) for start, end in names if start not in starts)


def _items(text: str, at: int) -> Iterator[re.Match[str]]:
    """The items of a list from `at` on."""
    for _ in range(MOST_ITEMS):
        item = _NAME.match(text, at)
        if item is None:
            return
        yield item
        joint = _NEXT.match(text, item.end())
        if joint is None:
            return
        at = joint.end()


def _may_name(offices: Offices, start: int, end: int, taken: bytearray) -> bool:
    """Whether words with capitals may be a person's name: no place, no body, no abbreviation."""
    words = offices.text[start:end].split()
    if any(word.isupper() for word in words) or len(words) > 3 or taken[start] or taken[end - 1]:
        return False
    if len(words) == 1 and not is_foreign(fold(words[0])):
        return False
    names = offices.names
    known = never().match(offices.folded, start)
    return names.province(start) is None and names.body(start, lone=True) is None and not (known and known.end() >= end)
