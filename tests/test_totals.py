"""Totals of stories: nothing is lost beside a number of another class, level or year, and a story that is told once adds up as its article does."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import RULES, RUN, fill

from data.publish import open_published, publish
from data.store import Kept, Store
from schemas.reading import Reading

TEXT = (
    "Tỉnh Hà Nam trao Huân chương Lao động hạng Nhất cho Trường Mẫu Một. 2 tập thể nhận Huân chương Lao động hạng Ba.\n"
    "Năm 2023, 5 đơn vị nhận Cờ thi đua của Chính phủ; 38 đơn vị nhận Cờ thi đua của tỉnh."
)


def told_once() -> Reading:
    """An article whose awards differ in class, level and year."""

    def at(words: str) -> dict[str, object]:
        start = TEXT.index(words)
        return {"start": start, "end": start + len(words), "quote": words}

    order = {"type": "labor_order", "level": "state", "status": "awarded", "rule": "awards/name"}
    flag = {"type": "emulation_flag", "status": "awarded", "rule": "awards/name"}
    number = {"rule": "counts/noun", "units": ["collective"]}
    return Reading.model_validate({
        "id": "a" * 16, "url": "https://mau.example/a.html", "site": "mau-ha-nam", "title": "Hà Nam trao thưởng", "province": "Hà Nam",
        "published_at": "2024-01-19T08:00:00+07:00", "text": TEXT, "read_by": "given",
        "awards": [
            {**order, "class": "1", "quotes": [at("Huân chương Lao động hạng Nhất")], "recipients": [{"name": "Trường Mẫu Một", "kind": "collective"}]},
            {**order, "class": "3", "quotes": [at("Huân chương Lao động hạng Ba")]},
            {**flag, "level": "government", "year": 2023, "quotes": [at("Cờ thi đua của Chính phủ")]},
            {**flag, "level": "province", "quotes": [at("Cờ thi đua của tỉnh")]},
        ],
        "counts": [
            {**number, **at("2 tập thể"), "value": 2, "award": {"type": "labor_order", "level": "state", "class": "3"}, "award_row": 1},
            {**number, **at("5 đơn vị"), "value": 5, "year": 2023, "award": {"type": "emulation_flag", "level": "government"}, "award_row": 2},
            {**number, **at("38 đơn vị"), "value": 38, "award": {"type": "emulation_flag", "level": "province"}, "award_row": 3},
        ],
    })  # fmt: skip


@pytest.mark.parametrize("view", ["awards_by_province", "story_awards_by_province"])
def test_each_class_level_and_year_has_its_own_total(tmp_path: Path, view: str) -> None:
    fill(tmp_path, 0)
    with Store.open(tmp_path / "work.duckdb") as store:
        store.keep([Kept(told_once(), None, RULES, RUN)])
    publish(tmp_path / "work.duckdb", tmp_path / "news.duckdb")
    with open_published(tmp_path / "news.duckdb") as con:
        rows = con.sql(f"select year, award, level, class, counted, named from {view} order by all").fetchall()
    assert rows == [
        (2023, "emulation_flag", "government", None, 5, 0),
        (2024, "emulation_flag", "province", None, 38, 0),
        (2024, "labor_order", "state", "1", 0, 1),
        (2024, "labor_order", "state", "3", 2, 0),
    ]
