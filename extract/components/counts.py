"""Numbers of people, bodies and awards: "hơn 1.250 tập thể, cá nhân", with the award that they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate

from spacy.language import Language
from spacy.tokens import Doc

from extract import award_names, quantities, tables, tallies
from extract.award_words import BODIES, COLLECTIVE_KINDS, Name
from extract.binding import Bound, bind
from extract.carrying import Carrier
from extract.language import MOST, Interval, cut, leave
from extract.quantities import read
from schemas.awards import Award, AwardKey
from schemas.counts import Count
from schemas.vocabulary import Unit

__all__ = ["CountFinder", "make_counts", "read"]

MOST_NUMBERS = 20_000  # in one article that are looked at, most of which count nothing
_OF_BODIES = {"advanced_worker": "advanced_labor_collective"}  # "Lao động tiên tiến cho 6 tập thể, 30 cá nhân"
_GET = re.compile(r" (?:đã |vinh dự |sẽ )?được (?:nhận|trao|tặng|trao tặng|truy tặng|khen|khen thưởng)(?!\w)")
# "4 học sinh dự thi | đạt 1 huy chương vàng, 3 huy chương bạc": as many prizes as people
_WIN = re.compile(
    r"[^.;:\n]{0,120}?(?<!\w)(?:đạt|đoạt|giành|mang về|ẵm|rinh)(?: được| về)?(?: giải| huy chương)?(?: tổng cộng| cả thảy)?(?::|,? gồm:?| với)? "
)
_AND = re.compile(r"[^.;:\n\d]{0,40}(?:,| và|, và) (?:có |cùng )?")
_MADE_OF = re.compile(r",? ?\(?(?:bao )?gồm(?: có)?:? ")  # "7 cá nhân gồm 5 dân quân, 2 công an viên được tặng"
_PART = re.compile(r"trong đó|trong số (?:đó|này)|bao gồm|(?<!\w)gồm(?!\w)")


@Language.factory("counts", requires=["doc._.folded"], assigns=["doc.spans"])
def make_counts(nlp: Language, name: str) -> CountFinder:
    """Build the finder; its words are extract/lexicon/counted_nouns.toml, quantities.toml and binding.toml."""
    return CountFinder()


_AMONG_THEM = re.compile(r".*;.*|[^.;\d]{0,30}(?:,|(?<!\w)(?:và|có|gồm|là|thì)) (?:[^\W\d_]+ )?")  # "2 trong 12 cá nhân này, 3 đơn vị"


class CountFinder:
    """Mark each counted noun phrase in doc.spans["counts"]; run after `awards`, whose rows the counts point to."""

    def __call__(self, doc: Doc) -> Doc:
        """Leave the counts and keep the rest of the doc as it was."""
        found: list[Count] = []
        ends: list[Bound] = []
        bare: set[int] = set()
        text = doc._.text
        for sentence, names, bound in self.find(doc, text):
            count = self.record(doc, text, names, bound)
            if count is not None:
                part = _whole(doc._.folded, ends, sentence, bound)
                found.append(count.model_copy(update={"part_of": part}) if part is not None else count)
                ends.append(bound)
                if bound.award is not None and names[bound.award].bare and names[bound.award].type == "award_unspecified":
                    bare.add(len(found) - 1)
                if len(found) > MOST:
                    break
        leave(doc, "counts", tuple(_winners(doc._.folded, tuple(_of_parts(doc._.folded, tuple(_unmixed(found, bare)))))))
        return doc

    def find(self, doc: Doc, text: str) -> Iterator[tuple[Interval, Sequence[Name], Bound]]:
        """Each counted phrase with its sentence and the awards named there."""
        folded, numbered = doc._.folded, 0
        carrier = Carrier(folded)
        head: tallies.Columns | None = None
        for index, sentence in enumerate(sentences := doc._.sentences):
            head, figures = _figures(doc, sentences[index : index + 2], head)
            if figures:
                numbered += len(figures)
                yield from ((sentence, (name,) if name else (), bound) for name, bound in figures)
                continue
            numbers = tuple(quantities.find(folded, text, sentence.start, sentence.end))
            numbered += len(numbers)
            if numbered > MOST_NUMBERS:
                cut(doc, "counts")
                return
            names = carrier.again(sentence, award_names.of_sentence(doc, sentence))
            if not numbers:
                carrier.see(index, sentence, names, ())
                continue
            before: Bound | None = None
            found = bind(numbers, names, folded, sentence.start, sentence.end)
            names = carrier.meaning(names)
            carried: Name | None = None
            told: int | None = None  # where the last one ends that `carried` was told of
            for bound in found:
                if bound.rule == "item":
                    continue
                joined = told is None or _AMONG_THEM.fullmatch(folded, told, bound.quantity.start) is not None
                if not names and (name := carrier.award(index, sentence, bound) or (carried if joined else None)):
                    carried = name if carrier.heading is None else None
                    told = bound.end
                    yield sentence, (name,), bound._replace(award=0)
                    continue
                if title := carrier.counted_mothers(bound):
                    yield sentence, (title,), bound._replace(award=0)
                    continue
                if before is not None and quantities.limited(before.quantity, bound.quantity, folded):
                    bound = bound._replace(quantity=bound.quantity._replace(start=before.quantity.start))
                yield sentence, names, bound
                before = bound
            carrier.see(index, sentence, names, found)

    def record(self, doc: Doc, text: str, names: Sequence[Name], bound: Bound) -> Count | None:
        """The count of one phrase, with the row of its award; None where the quote has no value."""
        start, end = bound.quantity.start, bound.end
        quote = text[start:end]
        figure = read(quote)
        if figure is None:
            return None
        value, comparator = figure
        key, row = (None, None) if bound.award is None or bound.several else _award(doc, names[bound.award], bound)
        if key is not None and bound.classless:
            key, row = key.model_copy(update={"class_": None}), None
        if key is not None and key.type in _OF_BODIES and set(bound.units) <= {Unit.COLLECTIVE, Unit.UNIT}:
            key, row = AwardKey(type=_OF_BODIES[key.type]), None
        years = row is not None and _rows(doc)[row].year
        return Count(
            start=start,
            end=end,
            quote=quote,
            value=value,
            comparator=comparator,
            units=bound.units,
            award=key,
            year=years or None,
            award_row=row,
            rule=f"counts/{bound.rule}",
        )


def _figures(
    doc: Doc, lines: Sequence[Interval], head: tallies.Columns | None
) -> tuple[tallies.Columns | None, Sequence[tuple[Name | None, Bound]]]:
    """The head of the table of figures that the first line belongs to, and the numbers that it counts; neither for a line that is no row."""
    line, below = lines[0], lines[1] if len(lines) > 1 else None
    if not tables.is_row(doc._.text, line):
        return None, ()
    told = tallies.columns(doc, line, below)
    return (told, ()) if told else (head, tuple(tallies.counted(doc, line, head)) if head else ())


def _rows(doc: Doc) -> Sequence[Award]:
    rows: Sequence[Award] = doc._.found.get("awards", ())
    return rows


def _award(doc: Doc, name: Name, bound: Bound) -> tuple[AwardKey | None, int | None]:
    """The key and the row of an award named at a place; where `awards` left no row, the key that the name alone tells."""
    rows: Sequence[int] = doc._.found.get("award_places", {}).get((name.start, name.end), ())
    if len(rows) == 1:
        return _rows(doc)[rows[0]].key, rows[0]
    of_bodies = [row for row in rows if _rows(doc)[row].type in COLLECTIVE_KINDS]
    if 0 < len(of_bodies) < len(rows):  # "danh hiệu Lao động tiên tiến cho 61 tập thể và 300 cá nhân"
        mine = [row for row in rows if (row in of_bodies) == (bound.units in BODIES)]
        return _rows(doc)[mine[0]].key, mine[0]
    if name.vague:
        return None, None  # orders that the article names elsewhere, several of them
    if rows:  # one name of two who confer: "Bằng khen của Bộ Y tế và UBND tỉnh"
        return AwardKey(type=name.type), None
    return AwardKey(type=name.type, level=name.level, **{"class": name.class_}), None


def _unmixed(counts: Sequence[Count], bare: Set[int]) -> Iterator[Count]:
    """The counts, without the award of a total that is only said to be honoured and whose parts get several kinds: "khen thưởng 9 hộ, trong đó
    4 hộ nhận Bằng khen, 5 hộ nhận Giấy khen"; `bare`: the indexes of such counts."""
    parts: dict[int, list[Count]] = {}
    for count in counts:
        if count.part_of is not None:
            parts.setdefault(count.part_of, []).append(count)
    for index, count in enumerate(counts):
        kinds = index in bare and {part.award.type for part in parts.get(index, ()) if part.award}
        if kinds and len(kinds) > 1 and sum(part.value for part in parts[index]) == count.value:
            count = count.model_copy(update={"award": None, "award_row": None, "year": None})
        yield count


def _of_parts(folded: str, counts: Sequence[Count]) -> Iterator[Count]:
    """The counts, with the award of those who "được nhận, gồm:" get what all of their parts get, which are as many."""
    parts: dict[int, list[Count]] = {}
    for count in counts:
        if count.part_of is not None:
            parts.setdefault(count.part_of, []).append(count)
    for index, count in enumerate(counts):
        told = parts.get(index, []) if count.award is None and (_GET.match(folded, count.end) or _MADE_OF.match(folded, count.end)) else []
        whole = next((at for at, total in enumerate(accumulate(part.value for part in told), 1) if total == count.value), 0)
        told = told[:whole]
        if len({part.award for part in told}) == 1:
            count = count.model_copy(update={name: getattr(told[0], name) for name in ("award", "award_row", "year")})
        yield count


def _winners(folded: str, counts: Sequence[Count]) -> Iterator[Count]:
    """The counts, with the prize of those who win as many prizes, of one kind, as they are: "4 em đạt 1 huy chương vàng, 3 huy chương bạc"."""
    for index, count in enumerate(counts):
        won: list[Count] = []
        people = count.award is None and count.units == (Unit.PERSON,) and count.value > 1
        for other in counts[index + 1 :] if people else ():
            joint = _AND if won else _WIN
            if (
                other.award is None
                or other.units != (Unit.AWARD,)
                or not joint.fullmatch(folded, won[-1].end if won else count.end, other.start)
            ):
                break
            won.append(other)
        if won and sum(other.value for other in won) == count.value and len({other.award.type for other in won if other.award}) == 1:
            count = count.model_copy(update={"award": _kind(won)})
        yield count


def _kind(won: Sequence[Count]) -> AwardKey | None:
    """The award of all of them, with no class where they are of several."""
    first = won[0].award
    alike = first is None or len({other.award.class_ for other in won if other.award}) == 1
    return first if alike or first is None else first.model_copy(update={"class_": None})


def _whole(folded: str, before: Sequence[Bound], sentence: Interval, bound: Bound) -> int | None:
    """The index of the count that this one is a part of: the one before "trong đó", in its sentence or the one before."""
    marks = list(_PART.finditer(folded, sentence.start, bound.quantity.start))
    if not marks:
        return None
    mark = marks[-1].start()
    index = next((at for at in reversed(range(len(before))) if before[at].end <= mark), None)
    if index is None:
        return None
    other = before[index]
    near = other.end >= sentence.start or (marks[-1].start() - sentence.start < 5 and sentence.start - other.end < 200)
    return index if near else None
