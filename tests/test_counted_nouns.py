"""The nouns that numbers count: which do, which only look like it, and that many of them cost little."""

from __future__ import annotations

import time
from typing import Any

import pytest
from test_awards import cases
from test_awards import read as doc_of

from extract.counted_nouns import NOUNS, first
from extract.fold import fold
from extract.quantities import find
from schemas.vocabulary import Unit


@pytest.mark.parametrize("case", cases("counted_nouns"), ids=lambda case: case["why"])
def test_case(case: dict[str, Any]) -> None:
    counts = doc_of(case["text"])._.found["counts"]
    assert [f"{count.value} {count.comparator} {'+'.join(count.units)}" for count in counts] == case["want"]


@pytest.mark.parametrize(
    ("phrase", "word", "unit"),
    [
        (" em học sinh", "học sinh", Unit.PERSON),
        (" nhà khoa học", "nhà khoa học", Unit.PERSON),
        (" gương mặt trẻ tuổi", "gương mặt", Unit.PERSON),
        (" nữ công nhân", "nữ công nhân", Unit.WORKER),
        (" tổ hợp tác", "tổ hợp tác", Unit.UNIT),
    ],
)
def test_the_longest_noun_is_taken(phrase: str, word: str, unit: Unit) -> None:
    noun = first(fold(phrase), phrase, 0, len(phrase))
    assert noun is not None and (noun.word, noun.unit) == (fold(word), unit)


@pytest.mark.parametrize("phrase", [" tên lửa", " nhà văn hóa", " tổ chức tại Huế", " khẩu súng", " đơn vị máu", " lớp tập huấn"])
def test_another_thing_is_no_noun(phrase: str) -> None:
    assert first(fold(phrase), phrase, 0, len(phrase)) is None


def test_every_noun_is_folded_and_stands_once() -> None:
    assert all(word == fold(word) == word.strip() for word in NOUNS)


@pytest.mark.parametrize("piece", ["3 em ", "2 nữ cựu ", "mỗi xã ", "không được đề nghị ", "số xã, ", "Cá nhân | 3 ", "năm năm "])
def test_long_sentences_take_linear_time(piece: str) -> None:
    text = piece * 8_000
    started = time.perf_counter()
    for _ in find(fold(text), text, 0, len(text)):
        pass
    assert time.perf_counter() - started < 5
