"""Sentences and words of Vietnamese on a spaCy Doc: words from underthesea's bundled models, offsets ours and exact.

`doc.text == text` always, and `doc._.text` is the same, for spaCy puts `doc.text` together anew each time it is asked. A component
finds with regular expressions over `doc._.folded` (one code point for one of `doc._.text`) and over `doc._.sentences`, and asks
`doc._.words` which syllables make one word; it leaves its records in `doc._.found[<kind>]`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import Any, NamedTuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.fold import fold
from extract.segmentation import Words

MAX_SENTENCE = 4_000  # code points given to the word model at once; its cost grows faster than its input
MOST = 2_000  # records of a kind in one article; what comes after is left out, and the reading says so

UPPER = "A-Z" + "".join(char for char in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))) if char.isupper())
# "TP.|Biên Hòa", "PGS.|Lê Văn An": a line that was broken at the point of an abbreviation
_BROKEN = re.compile(rf"(?<![^\W\d_])(?:TP|Tp|GS|PGS|TS|ThS|BS|BSCK)\.(?P<end>\n)(?=[{UPPER}][^\W\d_]* [{UPPER}])")
# Where a sentence ends: its mark, closing signs, a space, and something that can begin one. "./." closes an article.
_END = re.compile(rf"""(?:\./\.|(?<![.!?…])[.!?…]+)["”’»)\]]*(?=\s+["“‘«(\[]*[{UPPER}0-9\-–•+*])|[.!?…]["”’»)]+(?=\s)|;(?=\s*\n)""")
_LINE = re.compile(r"\S(?:[^\n]*\S)?")  # without the white space around it
# What ends in a full stop and goes on: initials and abbreviations before names (TP. Hà Giang, TS. Nguyễn, đ/c. Lò).
_ABBREVIATION = re.compile(
    r"(?<!thứ )(?<!khóa )(?<!khoá )(?<!quý )(?<!hạng )(?<!loại )(?:(?<!\w)(?<!\d đ/)[A-ZĐ]|(?<![^\W\d_])(?:tp|tx|tt|ths|th\.s|ts|gs|pgs|bs|ks|cn|cv|nxb|q|p|h|x|(?<!\d )đ/c|(?<!\d )đc|mr|mrs|ms|st|ngnd|ngưt|nsnd|nsưt|bsck[i12]*|tr|v\.v|ts\.bs|pgs\.ts|gs\.ts))\.$",
    re.IGNORECASE,
)
# A line that leads to another article; a long one has more behind it.
_LINK = re.compile(r"^[ \t]*(?:> ?>.*|(?:xem thêm|đọc thêm|xem tiếp) ?[:>].{0,200})$", re.MULTILINE)
# Pieces of a text, each with the space after it: letters, digits, anything else alone.
_PIECE = re.compile(r"([^\W\d_]+|\d+|[^\w\s]|_+|[^\S ]+| )( ?)")


class Interval(NamedTuple):
    """A half-open interval of code points."""

    start: int
    end: int


def paragraphs(text: str) -> tuple[Interval, ...]:
    """Non-empty lines of the text, without the white space around them."""
    return tuple(Interval._make(match.span()) for match in _LINE.finditer(text))


def sentences(text: str) -> tuple[Interval, ...]:
    """Sentences in order, none over a paragraph's end; together they cover all that is no white space."""
    found: list[Interval] = []
    for paragraph in paragraphs(text):
        start = paragraph.start
        for match in _END.finditer(text, paragraph.start, paragraph.end):
            if match[0] == "." and _ABBREVIATION.search(text, max(start, match.end() - 10), match.end()):
                continue
            if match[0].startswith(".") and text[start : match.start()].strip().isdigit():
                continue  # "1. Tập thể": the number of a list item
            found.extend(_cut(text, start, match.end()))
            start = match.end()
        whole = start == paragraph.start and paragraph.end - start <= MAX_SENTENCE
        found.extend((paragraph,) if whole else _cut(text, start, paragraph.end))
    return tuple(found)


def _cut(text: str, start: int, end: int) -> Iterator[Interval]:
    """The interval without white space at its ends, in pieces of at most MAX_SENTENCE, cut at spaces."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        space = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        middle = space if space > 0 else start + MAX_SENTENCE
        yield Interval(start, middle)
        start = middle + 1 if space > 0 else middle
    if start < end:
        yield Interval(start, end)


def unbroken(text: str, folded: str) -> tuple[str, str]:
    """Both texts with a space where a line was broken within a name; as many code points as before."""
    joined = _BROKEN.sub(lambda match: match[0][:-1] + " ", text) if ".\n" in text else text
    if joined == text:
        return text, folded
    return joined, "".join(" " if old != new else char for old, new, char in zip(text, joined, folded, strict=True))


class Tokenizer:
    """text -> Doc whose tokens are runs of letters, runs of digits, and signs; doc._.words knows which syllables make one word."""

    def __init__(self, vocab: Vocab, segment: bool = True) -> None:
        self.vocab = vocab
        self.segment = segment

    def __call__(self, text: str) -> Doc:
        """The Doc; doc.text is text, its sentences are set, and the extensions of this module are filled."""
        spans = sentences(text)
        begins = {sentence[0] for sentence in spans}
        pieces = _PIECE.findall(text)
        places = accumulate((len(piece) + len(space) for piece, space in pieces), initial=0)
        doc = Doc(
            self.vocab,
            words=[piece for piece, _ in pieces],
            spaces=[space == " " for _, space in pieces],
            sent_starts=list(map(begins.__contains__, islice(places, len(pieces)))),
        )
        doc._.text = text
        doc._.sentences = spans
        doc._.folded = doc.user_data["folded"] = fold(text)
        doc.user_data["links"] = [Interval._make(match.span()) for match in _LINK.finditer(doc.user_data["folded"])]
        doc._.words = Words(text, spans, segment=self.segment)
        return doc


def folded_text(doc: Doc) -> str:
    """What `doc._.folded` is, for what asks at every turn: spaCy makes an object each time that `doc._` is looked at."""
    folded: str = doc.user_data["folded"]
    return folded


def sentence_at(doc: Doc, offset: int) -> Interval:
    """The sentence that holds the code point at `offset`, else the nearest one before it."""
    found: Sequence[Interval] = doc._.sentences
    index = bisect_right(found, offset, key=lambda interval: interval.start) - 1
    return found[max(index, 0)] if found else Interval(0, len(doc._.text))


def context(doc: Doc) -> dict[str, Any]:
    """What the article tells beside its text: title, published_on (date or None), province, source_credit."""
    given: dict[str, Any] = doc._.context
    return given


def cut(doc: Doc, kind: str) -> None:
    """Note that a component looked for no more records of a kind."""
    doc._.found.setdefault("cut", set()).add(kind)


def is_link(doc: Doc, place: Any) -> bool:
    """The place, which has a start and an end, lies in a line that leads to another article."""
    return any(link.start <= place.start and place.end <= link.end for link in doc.user_data["links"])


def _quotes(record: Any) -> Sequence[Any]:
    return record.quotes if hasattr(record, "quotes") else (record,)


def leave(doc: Doc, kind: str, records: Sequence[Any]) -> None:
    """Put a component's records on the doc, and their places, widened to whole tokens, into doc.spans[kind].

    What only a link to another article tells is left out.
    """
    kept = [record for record in records if not all(is_link(doc, quote) for quote in _quotes(record))]
    places = [quote for record in kept for quote in _quotes(record)]
    doc._.found[kind] = tuple(kept)
    spans = (doc.char_span(place.start, place.end, label=kind, alignment_mode="expand") for place in places)
    doc.spans[kind] = [span for span in spans if span is not None]


def _register() -> None:
    Doc.set_extension("text", default="", force=True)
    Doc.set_extension("words", default=None, force=True)
    Doc.set_extension("sentences", default=(), force=True)
    Doc.set_extension("folded", default="", force=True)
    Doc.set_extension("context", default=None, force=True)
    Doc.set_extension("found", default=None, force=True)


_register()
