"""Readings as the loader takes them: what travels between processes is what was read."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from samples import RULES, RUN, reading

import data.store
from data.readings import TABLES, Found, bind, schema, table_of
from data.rows import reading_hash, said_hash
from data.store import Kept, Store
from schemas.article import Reject
from schemas.reading import RECORDS

NO_PAGE = Reject(reason="soft404", detail="404", read_by="nukeviet/1")


def test_a_batch_travels_whole() -> None:
    given = [reading(1), NO_PAGE, reading(2, title="Tít khác")]
    bound = bind(given, RULES)
    there = pickle.loads(pickle.dumps(bound))
    assert there.batch.equals(bound.batch)
    first, second, third = there
    assert second == NO_PAGE
    for found, one in ((first, given[0]), (third, given[2])):
        assert isinstance(found, Found) and not isinstance(one, Reject)
        assert (found.id, found.kind, found.read_by, found.title, found.warnings) == (
            one.id,
            one.kind,
            one.read_by,
            one.title,
            one.warnings,
        )
        assert (found.said, found.read, found.records) == (
            said_hash(one),
            reading_hash(one, RULES),
            sum(len(getattr(one, kind)) for kind in RECORDS),
        )
        article = found.article()
        assert (article.id, article.url, article.text, article.captions) == (one.id, one.url, one.text, one.captions)


def test_rows_come_in_the_order_that_is_asked_for() -> None:
    here, there = list(bind([reading(1), NO_PAGE, reading(2)], RULES)), list(bind([reading(3)], RULES))
    wanted = [found for found in (there[0], here[2], here[0]) if isinstance(found, Found)]
    table = table_of(wanted)
    assert table.column("id").to_pylist() == [found.id for found in wanted]
    assert [rows[0]["article"] for rows in table.column("awards").to_pylist()] == [found.id for found in wanted]
    assert table.schema == schema()


def test_what_came_bound_is_kept_as_what_came_plain(tmp_path: Path) -> None:
    rows = []
    for name in ("plain", "bound"):
        given = [reading(1), reading(2), reading(1, title="Tít mới")]
        found = [one for one in bind(given, RULES) if isinstance(one, Found)] if name == "bound" else given
        with Store.open(tmp_path / f"{name}.duckdb") as store:
            assert store.keep(Kept(one, f"p{number}", RULES, RUN) for number, one in enumerate(found)) == 3
            rows.append([store.con.execute(f"select * from {table} order by all").fetchall() for table in ("article_versions", *TABLES)])
    assert rows[0] == rows[1] and all(rows[0])
    assert [row[:1] for row in rows[0][-1]] == [(f"{1:016x}",), (f"{2:016x}",)]


def test_the_log_goes_into_the_file_when_it_is_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "work.duckdb.wal"
    with Store.open(tmp_path / "work.duckdb") as store:
        for number in range(3):
            store.keep([Kept(reading(number), None, RULES, RUN)])
        long = log.stat().st_size
        assert long > 3_000
        monkeypatch.setattr(data.store, "LOG", (long, long))
        store.keep([Kept(reading(3), None, RULES, RUN)])
        assert not log.exists() or log.stat().st_size < long
    assert not log.exists()
