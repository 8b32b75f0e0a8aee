"""Dates: each temporal expression that fixes a point or a span on the calendar, read into EDTF with its role."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from extract.calendar_anchors import Anchor, anchors
from extract.calendar_grammar import read
from extract.calendar_marks import mark
from extract.calendar_roles import is_jubilee, role
from extract.calendar_signs import FIRST_PAGES, Placed
from extract.language import MOST, context, cut, leave
from schemas.dates import DateMention
from schemas.edtf import DAY
from schemas.vocabulary import DateRole


@Language.factory("dates", assigns=["doc.spans"])
def make_dates(nlp: Language, name: str) -> DateFinder:
    """Build the finder; its words are extract/lexicon/dates.toml."""
    return DateFinder()


class DateFinder:
    """Leave the dates of a Doc, in order; without a day of publication also what the text forces it to be."""

    def __call__(self, doc: Doc) -> Doc:
        """Find, read and leave; nothing else of the doc is touched."""
        published: dt.date | None = (context(doc) or {}).get("published_on")
        placed = self.find(doc)
        found = anchors(doc._.folded, placed, published)
        text = doc._.text
        records = [record(text, each, anchor) for each, anchor in zip(placed, found, strict=True) if anchor]
        leave(doc, "dates", [each for each in records if each])
        if published is None:
            inferred = published_inferred([each for each in records if each])
            doc._.found.setdefault("article", {})["published_inferred"] = inferred
        return doc

    def find(self, doc: Doc) -> list[Placed]:
        """Every expression of time with its sentence and role, but those inside a document's number."""
        numbers = [(each.start, each.end) for each in doc._.found.get("documents", ()) if each.field == "text"]
        text, folded = doc._.text, doc._.folded
        placed: list[Placed] = []
        for sentence in doc._.sentences:
            if len(placed) > MOST:
                cut(doc, "dates")
                break
            for each in mark(text, folded, *sentence):
                if not any(start < each.end and each.start < end for start, end in numbers):
                    placed.append(Placed(each, tuple(sentence), role(folded, sentence.start, each)))
        for first, last in pairwise(range(len(placed))):
            if is_jubilee(folded, placed[first].mark, placed[last].mark):
                placed[first], placed[last] = (placed[i]._replace(role=DateRole.ANNIVERSARY) for i in (first, last))
        return placed


def record(text: str, placed: Placed, anchor: Anchor) -> DateMention | None:
    """The record of a mark; None if with its anchor it is no date."""
    start, end = placed.mark.start, placed.mark.end
    try:
        edtf = read(text[start:end], anchor.edtf)
    except ValueError:
        return None
    return DateMention(
        start=start,
        end=end,
        quote=text[start:end],
        edtf=edtf,
        role=placed.role,
        anchor=anchor.edtf,
        rule=f"dates/{placed.mark.expression.pattern}@{anchor.kind}",
    )


def published_inferred(dates: list[DateMention]) -> str | None:
    """When a page without a day of publication was written: on the day of its latest event or document, or later, and
    in the year of a day that it writes without one ("A day written without a year is of the year of publication")."""
    events = [each for each in dates if each.role in (DateRole.EVENT, DateRole.DOCUMENT) and len(each.edtf) == DAY]
    latest = max((each.edtf for each in events), default="")
    if latest < f"{FIRST_PAGES}":
        return None
    yearless = [each.edtf[:4] for each in events if each.anchor]
    return f"{latest}/{max(yearless)}-12-31" if yearless and max(yearless) >= latest[:4] else f"{latest}/.."
