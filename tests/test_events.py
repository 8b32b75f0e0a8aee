"""Events: each case of tests/cases/events.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from thidua import parse

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "events.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_case(case: dict[str, Any]) -> None:
    reading = parse(case["text"], published_at=case["published"], province="Hà Nam")
    told = sorted([event.type.value, str(event.first_day) if event.first_day else None] for event in reading.events)
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
