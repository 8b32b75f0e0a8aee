"""docs/records.md and docs/site-keys.md are what the models say."""

from __future__ import annotations

from pathlib import Path

from crawler import manual
from schemas.dictionary import MODELS, markdown, rows


def test_the_page_is_not_stale() -> None:
    page = Path(__file__).parent.parent / "docs" / "records.md"
    assert page.read_text(encoding="utf-8") == markdown(), "run: python -m schemas.dictionary > docs/records.md"


def test_the_page_of_keys_is_not_stale() -> None:
    page = Path(__file__).parent.parent / "docs" / "site-keys.md"
    assert page.read_text(encoding="utf-8") == manual.markdown(), "run: python -m crawler.manual > docs/site-keys.md"
    models = [model for _, model in manual.PARTS]
    assert [f"{model.__name__}.{key}" for model in models for key, _, what in rows(model) if not what and key != manual.FILE_NAME] == []


def test_every_field_is_described() -> None:
    assert [f"{model.__name__}.{name}" for model in MODELS for name, _, what in rows(model) if not what] == []
