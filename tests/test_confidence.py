"""Every record says how sure it is; the shares of the lexicon are those that the calibration makes, and surer records are righter."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import thidua
from extract.calibration import OPTIMISM, judged, reliability
from extract.confidence import ANY, KINDS, evidence
from extract.evaluation import read_gold

GOLD = Path(__file__).parent / "gold"
TEXT = "Sáng 12/3/2018, ông Đàm Văn Hữu, Chủ tịch UBND huyện Mường Lạn trao Giấy khen của UBND huyện cho 7 tập thể."


def test_every_record_has_the_share_of_its_evidence() -> None:
    shares = tomllib.loads(files("extract").joinpath("lexicon/confidence.toml").read_text(encoding="utf-8"))
    reading = thidua.parse(TEXT, published_at="2018-03-13")
    assert set(shares) == set(KINDS) == set(OPTIMISM)
    for kind in KINDS:
        assert getattr(reading, kind)
        for row in getattr(reading, kind):
            assert row.confidence == shares[kind].get(evidence(kind, row), shares[kind][ANY])


def test_surer_records_are_righter_on_articles_that_nobody_tunes_on() -> None:
    rows = [(row.confidence, right) for _, row, right in judged(dict(read_gold(GOLD / "test")))]
    sure = [right for confidence, right in rows if confidence >= 0.9]
    other = [right for confidence, right in rows if confidence < 0.9]
    assert len(sure) > len(other)
    assert sum(sure) / len(sure) > max(0.9, sum(other) / len(other) + 0.03)


def test_reliability_gives_each_record_one_bin() -> None:
    gold = dict(list(read_gold(GOLD / "dev"))[:5])
    table = reliability(gold)
    assert sum(number for _, number, _, _ in table) == len(list(judged(gold)))
    assert all(0 <= right <= 1 for *_, right in table)
