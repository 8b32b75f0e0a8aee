"""Each question of docs/recipes.md is answered by plain DuckDB and the published file alone, by the command and from Python; no printed answer is stale."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from sample_run import Sample
from samples import fill

import thidua
from data.ask import select
from data.recipes import Recipe, markdown, recipes
from thidua.asking import ask

PAGE = Path(__file__).parent.parent / "docs" / "recipes.md"
EACH = pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.key)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published file, and nothing else in its folder."""
    filled, alone = tmp_path_factory.mktemp("var"), tmp_path_factory.mktemp("alone")
    return Path(shutil.copy(fill(filled, 3) / "news.duckdb", alone))


@pytest.fixture(scope="module")
def demo(served: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample portals."""
    data = tmp_path_factory.mktemp("demo")
    done = served.thidua("run", *served.addresses, data=data)
    assert done.returncode == 0, done.stderr
    return data


def test_there_are_25_questions_in_order() -> None:
    found = recipes()
    assert [recipe.key.partition("-")[0] for recipe in found] == [f"{number:02}" for number in range(1, 26)]
    assert all(recipe.vi and recipe.en.endswith("?") and recipe.grain.startswith("one row") for recipe in found)
    assert len({recipe.query for recipe in found}) == 25


@EACH
def test_plain_duckdb_and_the_command_understand_it(recipe: Recipe, published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as con:
        rows = con.execute(recipe.query).fetchall()
    found = select(published, recipe.query)  # what `thidua sql` asks: one SELECT, of published tables and views only
    assert found.rows == rows
    assert len(set(found.columns)) == len(found.columns)


@EACH
def test_it_asks_for_its_order(recipe: Recipe) -> None:
    assert re.search(r"\border by [^)]*;\Z", recipe.query), "an answer has the same order every time"


def test_the_page_has_each_question_once() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [page.count(f"```sql\n{recipe.query}\n```") for recipe in recipes()] == [1] * 25
    assert len(re.findall(r"^## \d+\. ", page, re.MULTILINE)) == 25


@pytest.mark.slow
def test_no_answer_is_stale_empty_or_cut(demo: Path) -> None:
    with thidua.open(demo) as con:
        now = markdown(con)
        empty = [recipe.key for recipe in recipes() if not con.sql(recipe.query.removesuffix(";")).fetchall()]
    assert empty == []
    assert "shown)" not in now, "a column or a row of an answer is left out: ask for less"
    assert PAGE.read_text(encoding="utf-8") == now, "run: thidua demo && python -m data.recipes data/var/demo/news.duckdb > docs/recipes.md"


@pytest.mark.slow
@EACH
def test_the_command_answers_it(recipe: Recipe, demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(recipe.query, demo, form="csv") == 0
    with duckdb.connect(str(demo / "news.duckdb"), read_only=True) as con:
        assert len(list(csv.reader(io.StringIO(capsys.readouterr().out)))) == 1 + len(con.execute(recipe.query).fetchall())


@pytest.mark.slow
def test_the_command_line_takes_a_question(served: Sample, demo: Path) -> None:
    done = served.thidua("sql", recipes()[0].query, "--csv", data=demo)
    assert done.returncode == 0 and "Trường Đại học Kỹ thuật Việt Bắc Mới" in done.stdout


@pytest.mark.slow
def test_where_nothing_is_told_twice_articles_and_stories_add_up_alike(demo: Path) -> None:
    (twice,) = [recipe.query for recipe in recipes() if recipe.key.endswith("counted-twice")]
    with thidua.open(demo) as con:
        differ = {row[:2] for row in con.execute(twice).fetchall()}
        told = con.sql("select distinct province, year from story_counts where articles > 1").fetchall()
    assert differ and differ <= set(told)
