"""What is published: whole, readable by analysts, with views that answer; whole old or whole new at any moment."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as parquet
import pytest
from samples import RULES, RUN, fill, keep_all, reading

import data.publish
from data.archive import Archive
from data.content import TABLES, content_hash
from data.publish import open_published, publish, view_order
from data.store import Kept, Store

PROMISED = {"award_counts", "awards_by_province", "officials_over_time", "event_calendar", "latest_articles", "site_health"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole data folder; tests only read it."""
    return fill(tmp_path_factory.mktemp("var"), 4)


def ask(place: Path, query: str) -> list[tuple[Any, ...]]:
    with open_published(place / "news.duckdb") as con:
        return con.execute(query).fetchall()


def test_all_that_is_promised_is_there_and_told_of(place: Path) -> None:
    tables = dict(ask(place, "select table_name, comment from duckdb_tables()"))
    views = dict(ask(place, "select view_name, comment from duckdb_views() where not internal"))
    assert set(views) <= set(view_order()) <= set(views) | set(tables) and all(views.values())
    assert set(view_order()) >= PROMISED
    assert set(TABLES) <= set(tables) and all(tables.values())
    assert not {"article_checks", "table_checks", "schema_migrations"} & set(tables)
    assert ask(
        place,
        "select count(*) from duckdb_columns() where comment is null and schema_name = 'main' and table_name in (select table_name from duckdb_tables()) and not internal",
    ) == [(0,)]
    assert dict(ask(place, "from meta"))["content"] == content_hash(place / "work.duckdb") == content_hash(place / "news.duckdb")


def test_older_clients_can_read_it(place: Path) -> None:
    (tags,) = ask(place, "select tags from duckdb_databases() where not internal")[0]
    assert dict(tags).get("storage_version", "").startswith("v1.5")


def test_readers_cannot_write(place: Path) -> None:
    with open_published(place / "news.duckdb") as con, pytest.raises(duckdb.InvalidInputException, match="read-only"):
        con.execute("delete from articles")


def test_parquet_holds_every_table_and_the_schema_version(place: Path) -> None:
    folder = place / "export" / "parquet"
    assert set(TABLES) <= {path.stem for path in folder.glob("*.parquet")}
    told = parquet.read_schema(folder / "counts.parquet").metadata
    assert told[b"schema"] == dict(ask(place, "from meta"))["schema"].encode()
    assert ask(place, f"select count(*) from '{folder}/counts.parquet'") == ask(place, "select count(*) from counts")


def test_counts_answer_in_one_query(place: Path) -> None:
    columns = "province, province_now, province_basis, year, year_basis, award, award_vi, level, class, status, value, comparator, units, recipient_kind, part_of, quote"
    assert ask(place, f"select distinct {columns} from award_counts order by value") == [
        (
            "Sơn La",
            "Sơn La",
            "grantor",
            2024,
            "event",
            "certificate_of_merit",
            "Bằng khen",
            "province",
            None,
            "awarded",
            value,
            comparator,
            [unit],
            unit,
            part,
            quote,
        )
        for value, comparator, unit, part, quote in (
            (5, "eq", "individual", 1, "5 cá nhân"),
            (12, "eq", "collective", None, "12 tập thể"),
            (30, "gt", "individual", None, "hơn 30 cá nhân"),
        )
    ]
    assert ask(
        place, "select province, year, award_vi, recipient_kind, awards, counted, named, articles from awards_by_province order by all"
    ) == [
        ("Sơn La", 2024, "Bằng khen", "collective", 48, 48, 0, 4),
        ("Sơn La", 2024, "Bằng khen", "individual", 120, 120, 0, 4),
    ]


def test_other_views_answer(place: Path) -> None:
    assert ask(place, "select name, title, organization, articles from officials_over_time") == [
        ("Lò Thị Mẫu", "Giám đốc", "Sở Nội vụ tỉnh Sơn La", 4)
    ]
    assert ask(place, "select distinct first_day::varchar, type, province, province_basis from event_calendar order by type") == [
        ("2024-03-04", "award_ceremony", "Sơn La", "organizer"),
        ("2024-03-04", "review_conference", "Sơn La", "organizer"),
    ]
    assert ask(place, "select distinct title, province, awards, counts, officials, events from latest_articles") == [
        (reading(0).title, "Sơn La", 1, 3, 1, 2)
    ]
    assert ask(place, "select site, name, addresses, ok, pages, articles, with_day from site_health") == [
        ("mau-son-la", "Báo mẫu Sơn La", 4, 4, 4, 4, 1.0)
    ]


BODIES = {
    "UBND tỉnh Hà Nam": "Hà Nam",
    "Sở Y tế Hà Nam": "Hà Nam",
    "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh Hà Nam, nhiệm kỳ mới": "Hà Nam",
    "Tỉnh ủy Hà Nam Ninh": "Hà Nam Ninh",
    "Sở Nội vụ Thành phố Hồ Chí Minh": "Hồ Chí Minh",
    "UBND tỉnh Hoà Bình": "Hòa Bình",
    "Quảng Nam": "Quảng Nam",
    "UBND xã Hòa Bình": None,
    "Công ty Hòa Bình": None,
    "Hội Nông dân vùng đồng bằng sông Cửu Long": None,
    "Thủ tướng Chính phủ": None,
}


def test_the_province_that_a_body_tells(tmp_path: Path) -> None:
    def granted(number: int, body: str) -> Kept:
        one = reading(number)
        award = one.awards[0].model_copy(update={"grantor": body})
        return Kept(one.model_copy(update={"awards": (award,), "events": ()}), None, RULES, RUN)

    with Store.open(tmp_path / "work.duckdb") as store:
        store.keep(granted(number, body) for number, body in enumerate(BODIES))
    publish(tmp_path / "work.duckdb", tmp_path / "news.duckdb")
    found = {
        body: (province, basis) for body, province, basis in ask(tmp_path, "select grantor, province, province_basis from award_counts")
    }
    assert found == {body: (province, "grantor") if province else ("Sơn La", "publisher") for body, province in BODIES.items()}


def test_views_answer_on_an_empty_store(tmp_path: Path) -> None:
    Store.open(tmp_path / "work.duckdb").close()
    assert publish(tmp_path / "work.duckdb", tmp_path / "news.duckdb").articles == 0
    for view in view_order():
        ask(tmp_path, f"select count(*) from {view}")


def test_provinces_then_and_now(place: Path) -> None:
    now = dict(ask(place, "select spelling, province_now from province_spellings"))
    assert [now[name] for name in ("Hà Nam", "Phú Thọ", "Thừa Thiên Huế", "Hà Tây", "Hậu Giang")] == [
        "Ninh Bình",
        "Phú Thọ",
        "Huế",
        "Hà Nội",
        "Cần Thơ",
    ]
    assert now["Hà Nam Ninh"] == "Ninh Bình" and now["Nghệ Tĩnh"] is None  # that one lies in two provinces of today
    assert ask(place, "select name from provinces where era = 'old' and name not in (select province from province_spellings)") == []


def test_published_twice_is_the_same_and_leaves_nothing_behind(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place, tmp_path, symlinks=True, dirs_exist_ok=True)
    first = content_hash(tmp_path / "news.duckdb")
    assert publish(tmp_path / "work.duckdb", tmp_path / "news.duckdb", tmp_path / "export") == (4, first)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "export", "news.duckdb", "work.duckdb", "work.duckdb.mark"]
    assert len(list((tmp_path / "export").iterdir())) == 2


@pytest.mark.parametrize(("step", "left"), [("_copy", "old"), ("put", "old"), ("_export", "new"), ("_sync", "new"), ("sync_folder", "new")])
def test_a_failure_at_any_step_leaves_a_whole_file(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, left: str
) -> None:
    shutil.copytree(place, tmp_path, symlinks=True, dirs_exist_ok=True)
    old = content_hash(tmp_path / "news.duckdb")
    parquet_of_old = (tmp_path / "export" / "parquet").resolve()
    with Store.open(tmp_path / "work.duckdb") as store:
        store.keep([Kept(reading(77), None, RULES, RUN)])

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(data.publish, step, fail)
        with pytest.raises(OSError, match="No space"):
            publish(tmp_path / "work.duckdb", tmp_path / "news.duckdb", tmp_path / "export")
    found = content_hash(tmp_path / "news.duckdb")
    assert (tmp_path / "export" / "parquet").resolve() == parquet_of_old and (parquet_of_old / "counts.parquet").exists()
    new = publish(tmp_path / "work.duckdb", tmp_path / "news.duckdb", tmp_path / "export").content
    assert content_hash(tmp_path / "news.duckdb") == new != old
    assert found == {"old": old, "new": new}[left]


PUBLISHER = """
    import os, signal, sys, threading
    from pathlib import Path
    sys.path.insert(0, {root!r})
    from data.publish import publish
    folder = Path({folder!r})
    threading.Timer({after}, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    publish(folder / "work.duckdb", folder / "news.duckdb", folder / "export")
    os._exit(0)
"""


def killed(folder: Path, after: float) -> None:
    code = textwrap.dedent(PUBLISHER).format(root=str(Path(__file__).parent.parent), folder=str(folder), after=after)
    subprocess.run([sys.executable, "-c", code], check=False)


@pytest.mark.slow
def test_a_publisher_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    fill(tmp_path, 12)
    draw = random.Random(11)
    before = content_hash(tmp_path / "news.duckdb")
    for number in range(40):
        with Store.open(tmp_path / "work.duckdb") as store:
            store.keep([Kept(reading(1000 + number), None, RULES, RUN)])
            after = content_hash(store.con)
        killed(tmp_path, draw.uniform(0.01, 0.6))
        now = content_hash(tmp_path / "news.duckdb")
        assert now in (before, after)
        for table in TABLES:
            parquet.read_metadata(tmp_path / "export" / "parquet" / f"{table}.parquet")
        before = now
    publish(tmp_path / "work.duckdb", tmp_path / "news.duckdb", tmp_path / "export")
    assert content_hash(tmp_path / "news.duckdb") == after
    assert len(list((tmp_path / "export").iterdir())) == 2


def test_what_only_the_log_of_the_store_has_is_published(place: Path, tmp_path: Path) -> None:
    """A loader was killed after a commit and before its checkpoint."""
    shutil.copytree(place, tmp_path, symlinks=True, dirs_exist_ok=True)
    code = f"""
        import os
        from pathlib import Path
        from data.store import Kept, Store
        from tests.samples import reading
        store = Store.open(Path({str(tmp_path)!r}) / "work.duckdb")
        store._checkpoint = lambda: os._exit(9)
        store.keep([Kept(reading(55), None, "1", "r")])
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False, cwd=Path(__file__).parent.parent).returncode == 9
    assert (tmp_path / "work.duckdb.wal").exists()
    assert publish(tmp_path / "work.duckdb", tmp_path / "news.duckdb").articles == 5


def test_the_hash_tells_of_what_is_said_and_not_of_the_way(place: Path, tmp_path: Path) -> None:
    hashes = []
    for batch in (1, 5):
        with Store.open(tmp_path / f"{batch}.duckdb") as store:
            keep_all(store, Archive(place / "archive"), batch=batch)
            store.begin_run(str(batch), "x")
            hashes.append(content_hash(store.con))
            store.keep([Kept(reading(1, title="Khác"), None, RULES, RUN)])
            assert content_hash(store.con) != hashes[-1]
    assert hashes[0] == hashes[1]
