"""What stock tools find in the same texts, to stand beside ours: dateparser's search for dates, underthesea's NER for names.

Both are used as their documentation shows, at their best: dateparser is told the language and the day of publication, underthesea
gets one sentence at a time. They know nothing of titles, awards, counts and events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from extract.language import sentences

LINES = ("dates", "officials: name")  # lines of the table that a stock tool can fill


def stock(article: Mapping[str, Any]) -> dict[str, Any]:
    """Dates and names of one article in the shape of the annotation guide."""
    return {
        "dates": [{"edtf": day} for day in days(article["text"], article.get("published_at"))],
        "officials": [{"name": name, "positions": []} for name in _names(article["text"])],
    }


def days(text: str, published_at: str | None) -> Iterator[str]:
    """The days that dateparser's search finds, as EDTF."""
    from dateparser.search import search_dates

    base = {"RELATIVE_BASE": datetime.fromisoformat(published_at).replace(tzinfo=None)} if published_at else {}
    for _, found in search_dates(text, languages=["vi"], settings=base) or ():
        yield found.date().isoformat()


def _names(text: str) -> Iterator[str]:
    from underthesea import ner

    for start, end in sentences(text):
        name: list[str] = []
        for word, _, _, tag in ner(text[start:end]):
            if name and tag != "I-PER":
                yield " ".join(name)
                name = []
            if tag in {"B-PER", "I-PER"}:
                name.append(word)
        if name:
            yield " ".join(name)
