"""Events: each case of tests/cases/events.toml."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.pipeline import extract
from schemas.article import Article
from thidua import parse

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "events.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_case(case: dict[str, Any]) -> None:
    reading = parse(case["text"], title=case.get("title"), published_at=case.get("published"), province="Hà Nam")
    told = sorted([event.type.value, str(event.first_day or "")] for event in reading.events)
    assert told == sorted(case["want"])


def test_documents_campaigns_and_organizers_of_a_plan() -> None:
    reading = parse(
        "Ngày 8/3/2021, Sở Nội vụ ban hành Kế hoạch số 21/KH-SNV phát động phong trào thi đua “Công sở văn minh”.",
        published_at="2021-03-10",
        province="Hà Nam",
    )
    plan, launch = reading.events
    assert plan.documents == launch.documents == ("21/KH-SNV",)
    assert launch.campaigns == ("Công sở văn minh",)
    assert plan.organizers == ("Sở Nội vụ",)


def test_seeds(seed_gold: Path) -> None:
    for path in sorted(seed_gold.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        fields = ("id", "title", "published_at", "province", "source_credit", "text")
        reading = extract(Article(**{field: gold[field] for field in fields}))
        told = sorted((event.type.value, event.edtf or "") for event in reading.events)
        assert told == sorted((event["type"], event["edtf"] or "") for event in gold["events"]), path.name
