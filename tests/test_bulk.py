"""What the benchmark of the analysts is made of: records that stand in their texts, the same each time, and a visit to every page."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from benchmarks import analysts, bulk
from data.content import content_hash
from data.publish import open_published, publish
from thidua.web.app import PAGES

ARTICLES = 60
RECORDS = ("dates", "officials", "positions", "awards", "recipients", "counts", "events", "event_officials", "documents", "campaigns")
PLACED = ("dates", "officials", "awards", "counts", "events", "documents", "campaigns")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bulk")
    bulk.fill(folder / "work.duckdb", ARTICLES, workers=1)
    publish(folder / "work.duckdb", folder / "news.duckdb")
    return folder


def test_fifty_records_an_article_that_stand_in_their_texts(place: Path) -> None:
    with open_published(place / "news.duckdb") as con:
        assert con.execute("select count(*), count(distinct article) from articles").fetchall() == [(ARTICLES, ARTICLES)]
        assert sum(con.execute(f"select count(*) from {table}").fetchall()[0][0] for table in RECORDS) >= 45 * ARTICLES
        for table in PLACED:
            query = f'select count(*) from {table} as r join articles as a using (article) where a.text[r.start + 1 : r."end"] <> r.quote'
            assert con.execute(query).fetchall() == [(0,)], table
        assert con.execute("select count(distinct story) < count(*) from story_articles").fetchall() == [(True,)], (
            "some events are told twice"
        )


def test_the_checksums_of_the_store_are_those_of_its_rows(place: Path) -> None:
    with duckdb.connect(str(place / "news.duckdb"), read_only=True) as con:
        told = dict(con.execute("from meta").fetchall())
    assert told["content"] == content_hash(place / "news.duckdb") == content_hash(place / "work.duckdb")


def test_it_is_the_same_each_time(place: Path, tmp_path: Path) -> None:
    bulk.fill(tmp_path / "again.duckdb", ARTICLES, workers=2)
    assert content_hash(tmp_path / "again.duckdb") == content_hash(place / "work.duckdb")


def test_every_page_is_visited(place: Path) -> None:
    with open_published(place / "news.duckdb") as con:
        visits = analysts.addresses(con, 3)
    assert {route for route, _ in visits.values()} == set(PAGES) - analysts.FILES
    assert all(some for _, some in visits.values())
    step = analysts.visiting(place / "news.duckdb", 1)
    assert visits.keys() <= step.times.keys() and step.facts == {"pages without a visit": []}


def test_queries_of_a_page_and_quantiles() -> None:
    page = "# One\n```sql\nselect 1\n```\n## Two\nwords\n```sql\nselect 2\n```\n```sh\nls\n```\n"
    assert list(analysts.queries(page)) == [("1 One", "select 1\n"), ("2 Two", "select 2\n")]
    assert [analysts.quantile(range(1, 101), share) for share in (0.5, 0.95, 1)] == [50, 95, 100]
    assert analysts.quantile([7.0], 0.95) == 7.0
