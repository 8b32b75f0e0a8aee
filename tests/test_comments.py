"""What the published file says of itself: every table, view and column, in Vietnamese and English; nothing is told of what is not there."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from samples import fill

from data.comments import MODELS, Told, column_comment, texts
from data.publish import INTERNAL, open_published
from data.statements import statement
from data.store import Store

SECTIONS = {"tables", "everywhere"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("var"), 1)


def columns(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str | None]]:
    """Table or view -> column -> comment."""
    found: dict[str, dict[str, str | None]] = {}
    for table, column, comment in con.execute(statement("store/told_columns")).fetchall():
        found.setdefault(table, {})[column] = comment
    return found


def test_everything_is_told_in_both_languages(place: Path) -> None:
    with open_published(place / "news.duckdb") as con:
        said = {(table, column): comment for table, some in columns(con).items() for column, comment in some.items()}
        said |= {(table, ""): comment for table, _, comment in con.execute(statement("store/told_tables")).fetchall()}
    assert {("award_counts", ""), ("award_counts", "quote"), ("people", "person"), ("counts", "value")} <= said.keys()
    for where, comment in said.items():
        told = Told.of(comment or "")
        assert str(told) == comment, where
        assert told.vi.strip() and told.en.strip() and " · en: " not in told.vi + told.en, where
        assert ("Kept as a table." in told.en) == ("Giữ thành bảng." in told.vi), where
        assert told.vi != told.en, f"{where}: the same in both languages"


def test_nothing_is_told_of_what_is_not_there(place: Path, tmp_path: Path) -> None:
    with open_published(place / "news.duckdb") as con:
        there = columns(con)
    with Store.open(tmp_path / "work.duckdb") as store:
        there |= {name: some for name, some in columns(store.con).items() if name in INTERNAL}
    assert texts()["tables"].keys() == there.keys()
    assert texts().keys() - SECTIONS <= there.keys()
    stale = [
        f"{name}.{column}"
        for name, told in texts().items()
        if name not in SECTIONS
        for column in told.keys() - {"_like"} - there[name].keys()
    ]
    assert stale == [], "data/comments.toml tells of columns that are not there"
    used = {column for name, some in there.items() for column in some if column not in texts().get(name, {})}
    assert texts()["everywhere"].keys() - used == set(), "of [everywhere] no column takes these"


def test_a_column_of_which_nobody_says_anything_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"award_counts\.new_one"):
        column_comment("award_counts", "new_one")


def test_the_models_say_it_in_english_and_the_file_in_vietnamese() -> None:
    described = MODELS["counts"][0].model_fields["units"].description
    assert column_comment("counts", "units") == Told(texts()["counts"]["units"], described or "")
