"""Documents cited by number: "Kế hoạch số 03/KH-STTTT", "Chỉ thị 34-CT/TW"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from extract.language import MOST, Interval, context, leave, sentence_at
from schemas.documents import Document
from schemas.tables import table

# Codes of kinds that say themselves; a kind without a code of its own ("(không mã)") is told by the word before the number.
_ROWS = [row for row in table("documents") if row["row_type"] == "doc_type"]
KINDS = {row["code"] for row in _ROWS if re.fullmatch(r"[A-ZĐa-zđi]{2,6}", row["code"])}
WORDS = {row["name_vi"].split(" (")[0]: row["code"] for row in _ROWS if row["code"] in KINDS}
_KIND = re.compile("|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)), re.IGNORECASE)

# 1460/KH-UBND, 98/2023/NĐ-CP, 06/2022/QH15, 34-CT/TW, 1205/UBND-NC; a dash or a slash may have spaces beside it.
# One grammar for all rows `number` of documents.csv: digits, perhaps a year, then two or more codes in capitals.
_CODE = r"[A-ZĐ](?:[A-ZĐ]|[a-zđ](?=[A-ZĐa-z]*[A-ZĐ])){0,9}[A-ZĐgri]?\d{0,2}"
NUMBER = re.compile(
    rf"(?<![\w/.,-])\d{{1,5}}[a-zđ]?\s?(?:/\s?(?:19|20)\d\d\s?/\s?{_CODE}(?:\s?[-–]\s?{_CODE}){{0,3}}|[/–-]\s?{_CODE}\s?[-–/]\s?{_CODE}(?:[-–]{_CODE}){{0,2}})(?![\w])"
)
# "… ngày 03/4/2019", ", ngày 20 tháng 5 năm 2019" right after the number
_ISSUED = re.compile(r"[,\s]*\(?(?:ký |kí |ban hành )?ngày\s+(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})")


def mark(text: str) -> Iterator[Interval]:
    """Where the numbers of documents stand in `text`."""
    for match in NUMBER.finditer(text):
        yield Interval(*match.span())


def number_of(quote: str) -> str:
    """The number as it is filed: no white space, a plain hyphen."""
    return re.sub(r"\s", "", quote).replace("–", "-")


def read(text: str, place: Interval, *, field: str = "text") -> Document:
    """The document whose number stands at `place` of `text`."""
    number = number_of(text[place.start : place.end])
    before = text[max(0, place.start - 30) : place.start]
    words = _KIND.findall(before)
    codes = [code for code in re.split(r"[\d/-]+", number) if code in KINDS]
    issued = _ISSUED.match(text, place.end, place.end + 60)
    day = f"{issued[3]}-{int(issued[2]):02d}-{int(issued[1]):02d}" if issued and int(issued[2]) <= 12 and int(issued[1]) <= 31 else None
    return Document(
        start=place.start,
        end=place.end,
        quote=text[place.start : place.end],
        number=number,
        kind=codes[0] if codes else WORDS.get(words[-1].capitalize()) if words else None,
        issued=day,
        field=field,
        rule="documents/number",
    )


@Language.factory("documents", assigns=["doc.spans"])
def make_documents(nlp: Language, name: str) -> DocumentFinder:
    """Build the finder of document numbers."""
    return DocumentFinder()


class DocumentFinder:
    """Leave the documents of the text, then those of the source credit."""

    def __call__(self, doc: Doc) -> Doc:
        """Add doc.spans["documents"] and the records."""
        text = doc._.text
        found = (read(text, place) for place in mark(text) if place.end <= sentence_at(doc, place.start).end)
        leave(doc, "documents", list(islice(found, MOST + 1)))
        credit = context(doc).get("source_credit") or ""
        doc._.found["documents"] += tuple(read(credit, place, field="source_credit") for place in mark(credit))
        return doc
