"""Dates: each case of the two tables, the annotated seeds, and that quote and anchor alone give every value."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import dateparser
import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from extract.calendar_grammar import read
from extract.components.dates import DateFinder
from extract.language import Tokenizer, sentence_at
from extract.lunar import anchors, can_chi, gregorian
from schemas.dates import DateMention
from schemas.edtf import days

CASES = Path(__file__).parent / "cases"
TOKENIZER = Tokenizer(spacy.blank("xx").vocab, segment=False)
FINDER = DateFinder()


def found(text: str, published_on: dt.date | None = None) -> Doc:
    """The text with its dates left on it."""
    doc = TOKENIZER(text)
    doc._.found = {}
    doc._.context = {"published_on": published_on}
    return FINDER(doc)


def dates(text: str, published: str | None = None) -> tuple[DateMention, ...]:
    """The dates of a text published on that day."""
    records: tuple[DateMention, ...] = found(text, dt.date.fromisoformat(published) if published else None)._.found["dates"]
    return records


def values(text: str, published: str | None = None) -> list[str]:
    """Their values, in order."""
    return [each.edtf for each in dates(text, published)]


def cases() -> list[dict[str, str]]:
    """The cases of both tables that the extraction, not the reader, answers."""
    rows = []
    for name in ("dates.csv", "dates_more.csv"):
        with (CASES / name).open(encoding="utf-8", newline="") as file:
            rows += [row for row in csv.DictReader(file) if row["stage"] == "extract"]
    return rows


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_case(case: dict[str, str]) -> None:
    start = case["sentence"].index(case["quote"])
    end = start + len(case["quote"])
    overlapping = [each for each in dates(case["sentence"], case["published_on"] or None) if each.start < end and start < each.end]
    assert [each.edtf for each in overlapping] == ([case["edtf"]] if case["edtf"] else []), case["note"]


def test_roles_of_the_cases() -> None:
    """Roles are read from few words around a date: nine of ten agree."""
    agree = []
    for case in cases():
        for each in dates(case["sentence"], case["published_on"] or None):
            if case["quote"] in each.quote and case["edtf"] == each.edtf:
                agree.append(each.role == case["role"])
    assert sum(agree) / len(agree) > 0.9


@pytest.mark.parametrize("index", range(5))
def test_seed(index: int, seed_gold: Path) -> None:
    """Every date of a seed, mention by mention, and the time of publication that its text forces."""
    gold = json.loads(sorted(seed_gold.glob("*.json"))[index].read_text(encoding="utf-8"))
    published = dt.date.fromisoformat(gold["published_at"][:10]) if gold["published_at"] else None
    doc = found(gold["text"], published)
    assert [(each.edtf, each.role) for each in doc._.found["dates"]] == [(each["edtf"], each["role"]) for each in gold["dates"]]
    assert all(mine.start < row["end"] and row["start"] < mine.end for mine, row in zip(doc._.found["dates"], gold["dates"], strict=True))
    if published is None:
        assert doc._.found["article"]["published_inferred"] == gold["published_inferred"]


# ---------------------------------------------------------------- what holds for any text
PIECES = st.sampled_from(
    [
        "ngày",
        "Ngày",
        "tháng",
        "năm",
        "12/4/2019",
        "3-5/10",
        "10.6",
        "2019",
        "1945",
        "2016 - 2020",
        "từ",
        "đến",
        "và",
        ",",
        ". ",
        "(",
        ")",
        "nay",
        "sáng",
        "thứ Sáu",
        "tuần trước",
        "quý IV",
        "6 tháng đầu",
        "cùng kỳ",
        "cùng ngày",
        "hôm qua",
        "mùng 3 Tết",
        "rằm",
        "âm lịch",
        "cuối",
        "31",
        "30/2",
        "/",
        "-",
        "ngoái",
        "năm trước",
        "7, 8 và 9/5",
        "31/12",
        "29/2",
        "99",
        "thập niên",
        "\n",
        "😀",
        "xã",
        "Kỷ Hợi",
        "ba",
        "mười hai",
        "0",
        "9999",
        "cách đây 3 ngày",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=24).map(" ".join)
PUBLISHED = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


@settings(max_examples=300, deadline=None)
@given(TEXTS, PUBLISHED)
@example("ngày 3-5/10 ngày 3-5/10", None)  # two spans whose year nothing tells
def test_quote_and_anchor_give_the_value(text: str, published: dt.date | None) -> None:
    doc = found(text, published)
    before = 0
    for each in doc._.found["dates"]:
        assert text[each.start : each.end] == each.quote and before <= each.start
        sentence = sentence_at(doc, each.start)
        assert sentence.start <= each.start and each.end <= sentence.end
        assert read(each.quote, each.anchor) == each.edtf
        assert each.rule.split("@")[1] in ("written", "article", "published") and (
            each.rule.endswith("@written") == (each.anchor is None) or ".." in each.edtf
        )
        days(each.edtf)
        before = each.end


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "1/" * 50_000,
        "ngày " * 20_000,
        "2019, " * 20_000,
        "3, " * 30_000,
        "từ 5-" * 20_000,
        " " * 100_000 + "5",
        "năm nay " * 10_000,
        "mùng 7, " * 12_000,  # each borrows its month from the next
        "đêm 16, rạng " * 8_000,
    ],
)
def test_a_hundred_thousand_characters(text: str) -> None:
    started = dt.datetime.now()
    found(text, dt.date(2019, 6, 18))
    assert dt.datetime.now() - started < dt.timedelta(seconds=20)


# ---------------------------------------------------------------- what is not written
def test_anchors_tell_where_the_rest_comes_from() -> None:
    mention = dates("Sáng 28/5, xã Nà Lưu trao thưởng.", "2019-06-18")[0]
    assert (mention.edtf, mention.anchor, mention.rule) == ("2019-05-28", "2019", "dates/day-month@published")
    assert dates("Ngày 28/5/2019, xã Nà Lưu trao thưởng.")[0].anchor is None


def test_the_same_day_in_full_wins_over_the_day_of_publication() -> None:
    assert values("Hội nghị khai mạc ngày 26/9/2017.\nChiều 26/9, các cụm ký giao ước.", "2018-06-25")[1] == "2017-09-26"


@pytest.mark.parametrize(
    ("text", "inferred"),
    [
        ("Ngày 12/3/2021, xã Nà Lưu tổng kết phong trào năm 2020.", "2021-03-12/.."),
        ("Ngày 12/3, xã Nà Lưu tổng kết phong trào năm 2020 và phát động thi đua năm 2021.", "2021-03-12/2021-12-31"),
        ("Xã Nà Lưu tổng kết phong trào năm 2020.", None),
        ("Ngày 12/3, xã Nà Lưu họp.", None),
    ],
)
def test_published_inferred(text: str, inferred: str | None) -> None:
    assert found(text)._.found["article"]["published_inferred"] == inferred


# ---------------------------------------------------------------- calendars
def test_lunar_months_have_29_or_30_days() -> None:
    assert len(can_chi()) == 24
    for year in range(2004, 2030):
        first, eve, next_first = (gregorian(*day) for day in ((1, 1, year), (23, 12, year), (1, 1, year + 1)))
        assert first and eve and next_first
        assert next_first.year == year + 1 and (next_first - eve).days in (7, 8)
        assert (next_first - first).days in (353, 354, 355, 383, 384, 385)
    assert gregorian(1, 5, 2019) is None and gregorian(30, 1, 2019) is None and (2031, 1) not in anchors()


@pytest.mark.parametrize("text", ["12/4/2019", "12-04-2019", "ngày 12 tháng 4 năm 2019", "2019-04-12"])
def test_dateparser_agrees_on_full_dates(text: str) -> None:
    other = dateparser.parse(text.removeprefix("ngày "), languages=["vi"], settings={"DATE_ORDER": "YMD" if text[0:4] == "2019" else "DMY"})
    assert other and read(text, None) == other.date().isoformat()


@pytest.mark.parametrize(("quote", "anchor"), [("ngày 28/5", None), ("hội nghị", None), ("ngày 30/2/2020", None), ("ngày 31", "2019-04")])
def test_what_is_no_date_is_refused(quote: str, anchor: str | None) -> None:
    with pytest.raises(ValueError, match="is no date"):
        read(quote, anchor)


def test_a_quote_that_needs_mending_is_read_again_as_it_stands() -> None:
    assert read("ngày\u200b3-5", "2019") == "2019-05-03"
