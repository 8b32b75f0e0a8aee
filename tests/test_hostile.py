"""Hostile texts of 20-40 kB: nothing fails, every quote stands, and the work is capped by counts, never by a clock.

The times are measured by benchmarks/hostile.py.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

import pytest

import thidua
from benchmarks.hostile import REPEATED, breaks, shapes
from extract import language, people, pipeline
from extract.components import awards, campaigns, counts, dates, documents, events, officials
from extract.language import MOST, paragraphs, sentences
from schemas.normal import nfc
from schemas.reading import RECORDS

SIZE = 20_000
# One shape of each kind; `make check` walks through all of them.
CHOSEN = (
    "1.", "(", "digits", "years, commas", "same day", "tập thể", "award words", "recipients", "ông Lò", "one name in lines", "Ban", "offices and names",
    "opened quotes", "table", "capitals", "no spaces", "joined", "invisible", "marks, two classes", "TCVN3", "full stops", "newlines", "acronyms and names",
    "no end of a sentence", "different offices",
)  # fmt: skip


def check(text: str) -> None:
    """The promises on the records of one text."""
    reading = thidua.parse(text, published_at="2019-06-18", province="Hà Nam")
    whole, lines = sentences(reading.text), paragraphs(reading.text)
    for kind, quote in reading.quotes():
        assert reading.text[quote.start : quote.end] == quote.quote
        places = lines if kind == "events" else whole
        place = places[bisect_right(places, quote.start, key=lambda one: one.start) - 1]
        assert place.start <= quote.start and quote.end <= place.end, (kind, quote.quote)
    assert all(len(getattr(reading, kind)) <= MOST for kind in RECORDS)


@pytest.mark.parametrize("name", CHOSEN)
def test_hostile_text(name: str) -> None:
    check(shapes()[name](SIZE))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(shapes()) - set(CHOSEN)))
def test_every_hostile_text(name: str) -> None:
    check(shapes()[name](2 * SIZE))


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("2019, ", "dates"),
        ("12 tập thể, ", "counts"),
        ("1/KH-UBND, ", "documents"),
        ("phong trào “Dân vận”. ", "campaigns"),
        ("Tặng Bằng khen. ", "awards"),
        ("Ngày 18/6/2019, UBND tỉnh tổ chức hội nghị tổng kết.\n", "events"),
        ("Ông Lò Văn {}. ", "officials"),
    ],
)
def test_records_are_capped_and_the_reading_says_so(unit: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (pipeline, awards, campaigns, counts, dates, documents, events, officials):
        monkeypatch.setattr(module, "MOST", 50)
    names = [
        first + second
        for first in ("H", "L", "M", "S", "T")
        for second in ("an", "inh", "ung", "ơn", "ồng", "iên", "ùng", "ai", "ương", "âm", "ông", "úy")
    ]
    few, many = (thidua.parse("".join(unit.format(name) for name in (names * 2)[:number]), published_at="2019-06-18") for number in (5, 60))
    assert getattr(few, kind) and not few.truncated
    assert len(getattr(many, kind)) <= 50
    assert kind in many.truncated


def test_mentions_are_capped_and_the_reading_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_MENTIONS", 50)
    reading = thidua.parse("Ông Lò Văn An và bà Lê Thị Hà. " * 100)
    assert sum(len(official.quotes) for official in reading.officials) == 50
    assert "officials" in reading.truncated


def test_numbers_that_count_nothing_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "MOST_NUMBERS", 50)
    reading = thidua.parse("Lãi 5, 6, 7. " * 100 + "\nTặng giấy khen cho 12 tập thể.")
    assert not reading.counts
    assert reading.truncated == ("counts",)


def test_sentences_have_a_greatest_length() -> None:
    text = shapes()["no end of a sentence"](4 * SIZE)
    assert max(one.end - one.start for one in sentences(text)) <= language.MAX_SENTENCE


@pytest.mark.parametrize(
    "unit", ["\u0302\u0323", "a\u0302\u0323", "\u0344\u0323", "ậ\u0302\u0323\u031b", "각\u0323\u0302", "😀\u0323", "x"]
)
def test_nfc_is_that_of_python(unit: str) -> None:
    for text in (unit * 500, unit + unit[1:] * 500, unit[-1] * 300 + unit * 300):
        assert nfc(text) == unicodedata.normalize("NFC", text)


def test_a_broken_promise_is_seen() -> None:
    assert breaks(5.0, 1.0, 4.0, 0.1) and breaks(1.0, 1.0, 0.3, 0.1)
    assert not breaks(4.9, 1.0, 2.0, 0.1)
    assert len(set(REPEATED.values())) == len(REPEATED)
