"""Counts: the reference cases, own cases, and what holds for every text."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_awards import cases
from test_awards import read as doc_of

from extract.components.counts import read
from extract.numbers import parse
from schemas.awards import AwardKey
from schemas.vocabulary import Comparator

CASES = Path(__file__).parent / "cases" / "counts.csv"
LEVELS = {"state", "government", "ministry", "province", "department", "district", "commune", "grassroots", "national"}


def reference() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def award_of(cell: str) -> tuple[str, str | None, str | None] | None:
    """ "labor_order/state/2" or "contest_prize/1": type, level, class."""
    if not cell:
        return None
    code, *rest = cell.split("/")
    return code, next((part for part in rest if part in LEVELS), None), next((part for part in rest if part.isdigit()), None)


def key(award: AwardKey | None) -> tuple[str, str | None, str | None] | None:
    return (award.type, award.level, award.class_) if award else None


@pytest.mark.parametrize("case", reference(), ids=lambda case: f"{case['id']}-{case['quote']}")
def test_reference_case(case: dict[str, str]) -> None:
    start = case["sentence"].index(case["quote"])
    end = start + len(case["quote"])
    found = [count for count in doc_of(case["sentence"])._.found["counts"] if count.start < end and start < count.end]
    if not case["value"]:
        assert not found
        return
    (count,) = found
    assert (count.value, count.comparator) == (int(case["value"]), case["comparator"])
    assert set(count.units) == set(case["units"].split(";"))
    assert key(count.award) == award_of(case["award"])


@pytest.mark.parametrize("case", cases("counts_more"), ids=lambda case: case["why"])
def test_case(case: dict[str, Any]) -> None:
    counts = doc_of(case["text"])._.found["counts"]
    told = [
        f"{c.value} {c.comparator} {'+'.join(c.units)} " + ("/".join(part or "-" for part in key(c.award) or ()) or "-") for c in counts
    ]
    assert told == case["want"]
    if "quotes" in case:
        assert [count.quote for count in counts] == case["quotes"]
    if "parts" in case:
        assert [-1 if count.part_of is None else count.part_of for count in counts] == case["parts"]


DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def spell(number: int) -> str:
    """The number in words: what parse() reads back."""
    if number == 0:
        return "không"
    words = [*spell(number // 10**9).split(), "tỉ"] if number >= 10**9 else []
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group = number % 10**9 // scale % 1000
        if group:
            words += [*_group(group, full=bool(words)), *([name] if name else [])]
    return " ".join(words)


def _group(number: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, unit = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        return words + (["linh"] if words and unit else []) + ([DIGITS[unit]] if unit else [])
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    late = {1: "mốt" if tens > 1 else "một", 5: "lăm"}
    return words + ([late.get(unit, DIGITS[unit])] if unit else [])


@given(st.integers(0, 10**12))
@settings(max_examples=500, deadline=None)
def test_number_words_are_read_back(number: int) -> None:
    assert parse(spell(number)) == number


@given(st.integers(0, 10**12), st.sampled_from([".", " ", ","]))
@settings(deadline=None)
def test_grouped_digits_are_read_back(number: int, separator: str) -> None:
    assert parse(f"{number:,}".replace(",", separator)) == number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("nghìn hai", 1200),
        ("một triệu rưỡi", 1_500_000),
        ("hăm mốt", 21),
        ("hai vạn rưỡi", 25_000),
        ("ba chục", 30),
        ("hai tá", 24),
        ("trăm hai", 120),
        ("bảy mươi tư", 74),
        ("hai lăm", 25),
        ("một trăm lẻ năm", 105),
        ("nửa triệu", 500_000),
        ("1,5 triệu", 1_500_000),
        ("2.3 nghìn", 2300),
        ("12 345", 12_345),
        ("xiv", 14),
        ("năm bảy", None),
        ("linh hai", None),
        ("mươi", None),
        ("1,5", None),
    ],
)
def test_number(words: str, value: int | None) -> None:
    assert parse(words) == value


NEWS = st.lists(
    st.sampled_from(
        [
            "hơn",
            "gần",
            "khoảng",
            "từ",
            "đến",
            "trở",
            "lên",
            "không",
            "quá",
            "5",
            "12",
            "4.000",
            "1,5",
            "triệu",
            "hai",
            "ba",
            "năm",
            "mươi",
            "lăm",
            "tập",
            "thể",
            "cá",
            "nhân",
            ",",
            "và",
            ";",
            ".",
            ":",
            "(",
            ")",
            "/",
            "-",
            "tặng",
            "Bằng",
            "khen",
            "cho",
            "được",
            "Cờ",
            "thi",
            "đua",
            "đề",
            "nghị",
            "trong",
            "đó",
            "hạng",
            "Nhất",
            "Nhì",
            "giải",
            "Huân",
            "chương",
            "Lao",
            "động",
            "II",
            "21/23",
            "UBND",
            "tỉnh",
            "hộ",
            "một",
        ]
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(NEWS, st.text(max_size=200)))
@settings(max_examples=150, deadline=None)
def test_every_count_is_what_its_quote_reads(text: str) -> None:
    doc = doc_of(text)
    for count in doc._.found["counts"]:
        assert doc.text[count.start : count.end] == count.quote
        assert read(count.quote) == (count.value, count.comparator)
        assert count.award_row is None or doc._.found["awards"][count.award_row].key == count.award


@given(st.text(max_size=100))
@settings(deadline=None)
def test_any_quote_is_read(quote: str) -> None:
    figure = read(quote)
    assert figure is None or (figure[0] >= 0 and isinstance(figure[1], Comparator))


def test_documents_do_not_hang() -> None:
    doc = doc_of("hai trăm " * 10_000 + "tập thể")
    assert doc._.found["counts"] is not None
