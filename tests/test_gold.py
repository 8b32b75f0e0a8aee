"""The gold is sound, and extraction stays at or above the floors of tests/gold/floors.toml on the split that nobody tunes on."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest
from gold.notation import Misread, contradictions, read

from extract.evaluation import Evaluation, evaluate, read_gold
from extract.pipeline import RULES
from schemas.edtf import days
from schemas.reading import Reading
from schemas.tables import table
from thidua.evaluating import SHOWN, found_in, save_figures

GOLD = Path(__file__).parent / "gold"
SPLITS = ("dev", "test")
FLOORS: dict[str, float] = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))["f1"]


def articles(split: str) -> dict[str, Any]:
    """The articles of a split, by id."""
    return dict(read_gold(GOLD / split))


@pytest.mark.parametrize("split", [*SPLITS, "second"])
def test_gold_is_sound(split: str) -> None:
    """Every row is a record: its codes are known, its quotes stand in the text, its dates can be read."""
    for ident, article in articles(split).items():
        rows = {kind: [{"rule": "gold", **row} for row in article[kind]] for kind in ("dates", "counts")}
        for kind in ("officials", "awards"):
            rows[kind] = [
                {
                    "rule": "gold",
                    **row,
                    "quotes": [{**place, "quote": article["text"][place["start"] : place["end"]]} for place in row["quotes"]],
                }
                for row in article[kind]
            ]
        Reading.model_validate({"id": ident, "title": article["title"], "text": article["text"], "read_by": "gold", **rows})
        for event in article["events"]:
            assert event["quote"] in article["text"], ident
            assert event["edtf"] is None or days(event["edtf"]), ident
        assert list(contradictions(article)) == []


def test_a_province_is_in_one_split_only() -> None:
    provinces = [{one["province"] for one in articles(split).values() if one["province"]} for split in SPLITS]
    assert provinces[0].isdisjoint(provinces[1])
    with (GOLD / "test" / "index.csv").open(encoding="utf-8", newline="") as file:
        assert {row["id"] for row in csv.DictReader(file)} == set(articles("test"))


@pytest.fixture(scope="module")
def scored() -> Evaluation:
    """What extraction gives on the split that nobody tunes on."""
    wanted = articles("test")
    return evaluate(wanted, found_in(wanted), SHOWN)


def test_floors_hold_on_what_nobody_tunes_on(scored: Evaluation) -> None:
    below = {line: round(scored.scores[line].f1, 3) for line, floor in FLOORS.items() if scored.scores[line].f1 < floor}
    assert not below


def test_the_figures_that_are_published_are_those_of_the_rules(scored: Evaluation, tmp_path: Path) -> None:
    run = "run for dev and test: thidua evaluate tests/gold/SPLIT --no-stock --save schemas/tables/accuracy.csv"
    told = {(row["split"], row["record"]): row for row in table("accuracy")}
    assert told.keys() == {(split, line) for split in SPLITS for line in SHOWN}, run
    assert {row["rules"] for row in told.values()} == {RULES}, run
    assert {(split, int(told[split, "dates"]["articles"])) for split in SPLITS} == {(split, len(articles(split))) for split in SPLITS}, run
    save_figures(tmp_path / "now.csv", "test", scored)
    with (tmp_path / "now.csv").open(encoding="utf-8", newline="") as file:
        off = {
            row["record"]: row["f1"]
            for row in csv.DictReader(file)
            if abs(float(row["f1"]) - float(told["test", row["record"]]["f1"])) > 0.01
        }
    assert off == {}, run


def test_figures_of_one_split_replace_those_of_the_same_only(scored: Evaluation, tmp_path: Path) -> None:
    file = tmp_path / "accuracy.csv"
    for split in ("test", "dev", "test"):
        save_figures(file, split, scored)
    rows = file.read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[0] for row in rows] == ["split", *["dev"] * len(SHOWN), *["test"] * len(SHOWN)]


def test_the_notation_makes_gold_and_names_what_it_cannot_read() -> None:
    sample = (GOLD / "README.md").read_text(encoding="utf-8").split("```")[1].lstrip("\n")
    gold, _ = read(sample)
    assert [row["edtf"] for row in gold["dates"]] == ["2019-05-02"]
    assert all(gold["text"][row["start"] : row["end"]] == row["quote"] for row in gold["counts"])
    assert gold["counts"][0]["start"] < gold["counts"][1]["start"]
    with pytest.raises(Misread, match="stands nowhere"):
        read(sample.replace("| Sáng 2/5\n", "| Sáng 3/5\n"))
