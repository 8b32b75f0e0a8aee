"""docs/records.md is what the models say."""

from __future__ import annotations

from pathlib import Path

from schemas.dictionary import MODELS, markdown, rows


def test_the_page_is_not_stale() -> None:
    page = Path(__file__).parent.parent / "docs" / "records.md"
    assert page.read_text(encoding="utf-8") == markdown(), "run: python -m schemas.dictionary > docs/records.md"


def test_every_field_is_described() -> None:
    assert [f"{model.__name__}.{name}" for model in MODELS for name, _, what in rows(model) if not what] == []
