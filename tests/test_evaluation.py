"""Scores: equal is 1, a missed row and a spurious one are named."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from extract.evaluation import evaluate, read_gold
from thidua.evaluating import evaluate_gold

GOLD: dict[str, Any] = {
    "id": "mot",
    "title": "Xã Hòa Lộc trao Giấy khen",
    "published_at": "2023-05-06",
    "text": "Ngày 5/5, UBND xã Hòa Lộc tặng Giấy khen cho 12 tập thể.",
    "dates": [{"start": 0, "end": 8, "quote": "Ngày 5/5", "edtf": "2023-05-05", "role": "event"}],
    "officials": [
        {"name": "Lò Văn Mẫu", "quotes": [{"start": 0, "end": 4}], "positions": [{"title": "Chủ tịch", "organization": "Uỷ ban xã"}]}
    ],
    "awards": [
        {
            "quotes": [{"start": 31, "end": 40}],
            "type": "certificate_of_commendation",
            "level": "commune",
            "class": None,
            "status": "awarded",
        },
        {"quotes": [{"start": 31, "end": 40}], "type": "certificate_of_merit", "level": None, "class": None, "status": "mentioned"},
    ],
    "counts": [{"start": 45, "end": 55, "quote": "12 tập thể", "value": 12, "comparator": "eq", "units": ["collective"], "award": None}],
}


def test_equal_is_one_and_a_kind_without_gold_is_not_scored() -> None:
    found = copy.deepcopy(GOLD)
    found["officials"][0]["positions"][0]["organization"] = "Ủy ban  xã"
    found["events"] = [{"type": "other", "edtf": None}]
    result = evaluate({"mot": GOLD}, {"mot": found})
    assert result.differing == []
    assert result.scores["events"].hit == 0
    assert all(score.f1 == 1 for score in result.scores.values())


def test_what_differs_is_named() -> None:
    found = copy.deepcopy(GOLD)
    found["dates"] *= 2
    found["counts"] = []
    found["awards"][0]["level"] = None
    result = evaluate({"mot": GOLD}, {"mot": found})
    assert [(line, sign) for _, line, sign, _ in result.differing] == [
        ("dates", "+"), ("awards", "-"), ("awards", "+"), ("counts", "-"), ("counts, with award", "-"),
    ]  # fmt: skip
    assert result.scores["dates"].precision == 0.5


def test_uncertain_places_are_left_out() -> None:
    gold = {**GOLD, "dates": [], "uncertain": [{"kind": "date", "start": 0, "end": 8, "why": "sample"}]}
    assert not [row for row in evaluate({"mot": gold}, {"mot": GOLD}).differing if row[1] == "dates"]


def test_the_command_compares_with_the_last_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "mot.json").write_text(json.dumps(GOLD, ensure_ascii=False), encoding="utf-8")
    kept = tmp_path / "last.json"
    assert evaluate_gold([tmp_path / "gold"], rows=True, compare=kept, as_json=False, stock=False) == 0
    kept.write_text("[]", encoding="utf-8")
    capsys.readouterr()
    assert evaluate_gold([tmp_path / "gold"], rows=False, compare=kept, as_json=True, stock=False) == 0
    assert json.loads(capsys.readouterr().out)["lost"]
    assert evaluate_gold([tmp_path / "nothing"], rows=False, compare=None, as_json=False, stock=False) == 2


def test_gold_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.json"):
        list(read_gold(tmp_path))


def test_groups_and_stock_tools_stand_beside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mot.json").write_text(json.dumps({**GOLD, "province": "Hà Nam"}, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "index.csv").write_text("id,outlet\nmot,district\n", encoding="utf-8")
    assert evaluate_gold([tmp_path], rows=False, compare=None, as_json=True) == 0
    figures = json.loads(capsys.readouterr().out)
    assert list(figures["by"]["outlet"]) == ["district"]
    assert list(figures["by"]["province"]) == ["Hà Nam"]
    assert set(figures["stock"]) == {"dates", "officials: name"}
    assert evaluate_gold([tmp_path], rows=False, compare=None, as_json=False, stock=False) == 0
    assert "F1 by outlet" in capsys.readouterr().out


def test_intervals_hold_the_score_and_are_wide_where_articles_differ() -> None:
    bad = {**GOLD, "dates": []}
    gold = {str(n): GOLD for n in range(20)}
    result = evaluate(gold, {name: GOLD if int(name) % 2 else bad for name in gold})
    low, high = result.intervals(rounds=200)["dates"]
    assert low < result.scores["dates"].f1 < high
    assert result.intervals(rounds=200)["counts"] == (1, 1)
    assert result.over(["0"])["dates"].f1 == 0
