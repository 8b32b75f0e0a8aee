"""What holds for any text: quotes stand in it, within one sentence, and read again they give the same values."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import thidua
from extract.components.counts import read as read_count
from extract.components.dates import read as read_date
from extract.fold import fold
from extract.language import Tokenizer, paragraphs, sentences
from extract.mending import mend
from extract.pipeline import pipeline
from schemas.reading import Reading

# Pieces of such news of our own writing, in which the strangest characters are then strewn.
PIECES = [
    "Ngày 12 tháng 4 năm 2019, UBND tỉnh tổ chức hội nghị tổng kết. ", "Sáng 2/8, ", "từ ngày 3 đến ngày 5/10/2019", "6 tháng đầu năm",
    "chiều cùng ngày", "giai đoạn 2021-2025", "Quý I/2022", "hơn 1.250 tập thể, cá nhân ", "hai mươi lăm hộ gia đình", "3-5 ", "21/23 ",
    "ông Lò Văn Mẫu, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh ", "đồng chí Trần Thị Thử ", "tặng Bằng khen cho 32 tập thể và 45 cá nhân. ",
    "Huân chương Lao động hạng Nhất, Nhì, Ba ", "Cờ thi đua của Chính phủ ", "phong trào “Dân vận khéo” ", "Kế hoạch số 99/KH-UBND ",
    "Dịp này, ", "trong đó ", "\n", ". ", "; ", ", ", "./.", "( ", ") ", " - ", "1.5", "TP. ", "Ủy ban", "UỶ BAN NHÂN DÂN TỈNH ", "1 | Lường Thị Ví | Trường ",
]  # fmt: skip
STRANGE = st.text(st.characters(blacklist_categories=["Cs"]), max_size=6) | st.sampled_from(
    [
        "\u200b",
        "\u00ad",
        "\ufeff",
        "\u202e",
        "😀",
        "𝐀𝐁",
        "e\u0323\u0302",
        "Ð",
        "\u0000",
        "\u2028",
        "\r\n",
        "\t",
        "\u00a0",
        "İ",
        "ß",
        "²",
        "٣",
        "１２",
    ]
)
TEXTS = st.lists(st.sampled_from(PIECES) | STRANGE, max_size=25).map("".join)
# What is put into whole articles, in place of some of their characters.
PUT = [
    "", "", " ", "-", " - ", "- ", "/", ".", ",", ";", ":", "(", ")", "“", "”", "\n", "\n\n", "\t", "\u200b", "|", "*", "+", "%", "&", "0000", "9999", "20", "31/2", "0/0",
    "29/2", "99/99", "1.000.000.000", "٣", "½", "IV", "một", "-5", "1,5", "9" * 30, " ngày ", " năm ", " tỉnh ", " Sở ", "Ban ", "ÔNG ", " giải ", " hạng ", "A.",
]  # fmt: skip
DEV = Path(__file__).parent / "gold" / "dev"
FORMS = st.sampled_from(["NFC", "NFD"])


def check_quotes(text: str, reading: Reading) -> None:
    """Each quote stands in the text, within one sentence, that of an event within one paragraph."""
    assert reading.text == unicodedata.normalize("NFC", text)
    within = {"events": paragraphs(reading.text)}
    whole = sentences(reading.text)
    for kind, quote in reading.quotes():
        assert reading.text[quote.start : quote.end] == quote.quote
        assert any(one.start <= quote.start and quote.end <= one.end for one in within.get(kind, whole)), (kind, quote.quote)


def check(text: str, reading: Reading) -> None:
    """The promises, on one reading of `text`."""
    check_quotes(text, reading)
    for date in reading.dates:
        assert read_date(date.quote, date.anchor) == date.edtf
    for count in reading.counts:
        assert read_count(count.quote) == (count.value, count.comparator)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, FORMS, st.sampled_from([None, "2019-06-18"]))
def test_any_text(text: str, form: str, published_at: str | None) -> None:
    text = unicodedata.normalize(form, text)
    check(text, thidua.parse(text, published_at=published_at, province="Hà Nam"))


@pytest.mark.slow
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, FORMS, st.sampled_from([None, "2019-06-18"]))
def test_many_texts(text: str, form: str, published_at: str | None) -> None:
    text = unicodedata.normalize(form, text)
    check(text, thidua.parse(text, published_at=published_at, province="Hà Nam"))


def _marred(text: str, edits: list[tuple[int, int, str]]) -> str:
    """The text with something else in place of some characters, here and there."""
    for at, cut, put in edits:
        place = at % (len(text) + 1)
        text = text[:place] + put + text[place + cut :]
    return text


@pytest.mark.slow
@settings(max_examples=1000, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(DEV.glob("*.json"))),
    st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 12) | st.integers(0, 400), st.sampled_from(PUT)), min_size=1, max_size=25),
    st.sampled_from([None, "2019-06-18", "2024-02-29", "2099-12-31"]),
)
def test_marred_articles(file: Path, edits: list[tuple[int, int, str]], published_at: str | None) -> None:
    text = unicodedata.normalize("NFC", _marred(json.loads(file.read_text(encoding="utf-8"))["text"], edits))
    reading = thidua.parse(text, published_at=published_at)
    if mend(text):  # a quote in which words are run together is read with the help of the text around it
        check_quotes(text, reading)
    else:
        check(text, reading)


@pytest.mark.parametrize(
    "text",
    [
        "Dự có Giám đốc Sở VH-TT&DL ",
        "Được tặng Cờ thi đua các năm 0000, 1 lần được khen.",
        "TX Hương Trà (TT - Huế) đón Cờ thi đua ngày 5/3.",
    ],
)
def test_texts_that_once_were_a_fault(text: str) -> None:
    check(text, thidua.parse(text))


@settings(max_examples=300, deadline=None)
@given(st.text() | TEXTS)
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS | st.text(max_size=80))
def test_the_doc_is_the_text(text: str) -> None:
    doc = Tokenizer(pipeline().vocab)(text)
    assert doc.text == text


@pytest.mark.parametrize(
    "run", ["1." * 20_000, "(" * 20_000, "a.b@" * 5_000, "Ngày " * 10_000, "x" * 100_000, "1" * 50_000, "Nguyễn " * 8_000, "tặng " * 8_000]
)
def test_strange_runs_are_read(run: str) -> None:
    check(run, thidua.parse(run))


def test_folding_makes_spellings_one() -> None:
    assert fold("Uỷ ban") == fold("Ủy ban")
    assert fold("Chiến sỹ thi đua") == fold("chiến sĩ thi đua")
    assert fold("Kỉ niệm chương") == fold("Kỷ niệm chương")
    assert fold("hoà, toàn, thuý, quý, Quí") == "hòa, toàn, thúy, quý, quý"
    assert fold("nghiã, cuả, quả, giá, mùa") == "nghĩa, của, quả, giá, mùa"
    assert fold("truờng, thưỏng, đựơc, nguời, thuở, quơ, uống") == "trường, thưởng, được, người, thuở, quơ, uống"
    assert fold("“a” – b") == '"a" - b'
