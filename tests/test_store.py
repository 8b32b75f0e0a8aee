"""The store: migrations, what keeping does, versions, what a killed loader leaves."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import duckdb
import pytest
from samples import AT, RULES, RUN, fetch, fill_archive, keep_all, page, reading

import data.comments
import data.migrations
from data.archive import Archive
from data.content import content_hash
from data.migrations import MigrationError, known
from data.store import Kept, PageRow, Store, StoreDamaged, StoreHeld, page_key
from data.verify import verify
from schemas.article import Reject
from schemas.reading import Reading

RECORDS = ("dates", "officials", "positions", "awards", "recipients", "counts", "events", "event_officials", "documents", "campaigns")


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return store.con.execute(query).fetchall()


def kept(number: int, key: str | None = None, **changes: str) -> Kept:
    return Kept(reading(number, **changes), key, RULES, RUN)


def test_a_new_store_has_the_tables_and_tells_of_each_column(tmp_path: Path) -> None:
    with Store.open(tmp_path / "work.duckdb") as store:
        tables = dict(rows(store, "select table_name, comment from duckdb_tables()"))
        untold = rows(
            store, "select table_name, column_name from duckdb_columns() where comment is null and database_name = current_database()"
        )
        reference = [rows(store, f"select count(*) from {name}")[0][0] for name in ("award_types", "provinces", "province_changes")]
    assert {"sites", "runs", "fetches", "pages", "articles", "article_versions", "meta", *RECORDS} <= set(tables)
    assert untold == [] and all(tables.values())
    assert reference == [32, 119, 29]


def test_every_field_has_its_column(tmp_path: Path) -> None:
    with Store.open(tmp_path / "work.duckdb") as store:
        for table, model in (
            ("articles", Reading),
            ("dates", "DateMention"),
            ("awards", "Award"),
            ("counts", "Count"),
            ("events", "Event"),
        ):
            columns = {name for (name,) in rows(store, f"select column_name from duckdb_columns() where table_name = '{table}'")}
            found = model if isinstance(model, type) else type(getattr(reading(0), table)[0])
            fields = {field.alias or name for name, field in found.model_fields.items()}
            assert fields - columns <= {"id", "recipients", "positions", *RECORDS}


def test_records_stand_in_the_tables_as_in_the_reading(tmp_path: Path) -> None:
    with Store.open(tmp_path / "work.duckdb") as store:
        assert store.keep([kept(7)]) == 1
        article = f"{7:016x}"
        assert rows(store, "select article, published_at::varchar, published_precision, selectors, captions from articles") == [
            (article, "2024-03-05 08:00:00", "minute", {"title": 0, "body": 1}, [{"text": "Quang cảnh hội nghị", "credit": None}])
        ]
        assert rows(store, 'select "row", edtf, first_day::varchar, last_day::varchar from dates order by 1') == [
            (0, "2024-03-04", "2024-03-04", "2024-03-04"),
            (1, "2023", "2023-01-01", "2023-12-31"),
        ]
        assert rows(store, "select name, quote, quotes[1].quote, roles from officials") == [
            ("Lò Thị Mẫu", "Lò Thị Mẫu", "Lò Thị Mẫu", ["presenter"])
        ]
        assert rows(store, 'select official_row, "row", title, organization from positions') == [
            (0, 0, "Giám đốc", "Sở Nội vụ tỉnh Sơn La")
        ]
        assert rows(store, "select award_row, name, kind from recipients") == [(0, "Trạm Y tế xã Mẫu", "collective")]
        assert rows(store, 'select value, comparator, award.type, award.level, part_of from counts order by "row"')[1:] == [
            (30, "gt", "certificate_of_merit", "province", None),
            (5, "eq", "certificate_of_merit", "province", 1),
        ]
        assert rows(store, "select event_row, official_row from event_officials") == [(1, 0)]
        for table in ("dates", "officials", "awards", "counts", "events", "documents", "campaigns"):
            wrong = f'select count(*) from {table} as t join articles as a using (article) where a.text[t.start + 1 : t."end"] <> t.quote'
            assert rows(store, wrong) == [(0,)]


def test_keeping_twice_changes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "work.duckdb") as store:
        assert store.keep(kept(number) for number in range(20)) == 20
        before = content_hash(store.con)
        assert store.keep(kept(number) for number in reversed(range(20))) == 0
        assert content_hash(store.con) == before


def test_a_change_replaces_the_records_and_makes_a_version(tmp_path: Path) -> None:
    with Store.open(tmp_path / "work.duckdb") as store:
        store.keep([kept(1, "p1"), kept(2, "p2")])
        store.keep([kept(1, "p3", title="Tít mới")])
        store.keep([kept(1, "p4", title="Tít mới")])  # the page changed, what it says did not
        assert rows(store, "select title, version, page from articles order by article") == [
            ("Tít mới", 2, "p4"),
            (reading(2).title, 1, "p2"),
        ]
        assert rows(store, "select version, page from article_versions order by article, version") == [(1, "p1"), (2, "p3"), (1, "p2")]
        assert rows(store, "select count(*) from counts") == [(6,)]


def test_the_order_of_the_ledger_decides_which_page_is_the_newest(tmp_path: Path) -> None:
    """Versions come out the same in whatever order pages are read, once or again, also those of one batch."""
    archive = Archive(tmp_path / "archive")
    archive.recover()
    with archive.writer(RUN) as writer:
        lines = [writer.keep(page(0, body=b"%d" % number), fetch(number, url=page(0).url)) for number in range(4)]
    titles = ["Một", "Hai", "Hai", "Một"]
    said = [Kept(reading(0, title=title), page_key(line), RULES, RUN) for title, line in zip(titles, lines, strict=True)]
    seen = set()
    orders = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1, 1, 0], [0, 1, 2, 3, 0, 1]]
    for number, order in enumerate(orders):
        with Store.open(tmp_path / f"{number}.duckdb") as store:
            store.copy_ledger(archive.numbered())
            for start in range(0, len(order), 3):
                store.keep(said[index] for index in order[start : start + 3])
            assert rows(store, "select title, version, page from articles") == [("Một", 3, page_key(lines[3]))]
            assert rows(store, 'select "to" from article_versions order by version')[-1] == (None,)
            seen.add(content_hash(store.con))
    assert len(seen) == 1


def test_many_articles_in_one_call_are_kept_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.store.BATCH", 7)
    with Store.open(tmp_path / "work.duckdb") as store:
        assert store.keep(kept(number % 30) for number in range(60)) == 30
        assert rows(store, "select count(*), count(distinct article) from articles") == [(30, 30)]


def test_pages_say_what_became_of_them(tmp_path: Path) -> None:
    lines = fill_archive(tmp_path / "archive", 3)
    with Store.open(tmp_path / "work.duckdb") as store:
        archive = Archive(tmp_path / "archive")
        assert store.copy_ledger(archive.numbered()) == 6
        assert store.copy_ledger(archive.numbered()) == 0
        found = [reading(0), Reject(reason="soft404", read_by="generic/1"), None]
        store.keep([kept(0, page_key(lines[0]))], [PageRow.of(line, one, RULES, run=RUN) for line, one in zip(lines, found, strict=True)])
        assert rows(store, "select outcome, reason, article from pages order by url") == [
            ("article", None, f"{0:016x}"),
            ("reject", "soft404", None),
            ("lost", None, None),
        ]
        assert store.done(RULES) == {page_key(line) for line in lines} and store.done("2") == set()
        kinds, sites = {line.kind for line in lines}, {line.site for line in lines}
        assert [store.unread(rules, kinds, ()) for rules in (RULES, "2", None)] == [0, 3, 3]
        assert store.unread(None, kinds, sites) == store.unread(None, ("list",), ()) == 0
        left = ((number, line) for number, line in archive.numbered() if line.url != lines[0].url)
        assert store.settle(left) == 1, "what the archive has no more goes"
        assert [rows(store, f"select count(*) from {table}")[0][0] for table in ("articles", "article_versions", *RECORDS)] == [0] * 12
        assert store.done(RULES) == {page_key(line) for line in lines[1:]}


def test_a_page_that_tells_no_more_of_an_article_takes_it_out(tmp_path: Path) -> None:
    """New rules reject the newest page of an article: what an older page said comes back when that is read again."""
    archive = Archive(tmp_path / "archive")
    with archive.writer(RUN) as writer:
        lines = [writer.keep(page(0, body=b"%d" % number), fetch(number, url=page(0).url)) for number in range(2)]
    with Store.open(tmp_path / "work.duckdb") as store:
        store.copy_ledger(archive.numbered())
        said = [Kept(reading(0, title=str(number)), page_key(line), RULES, RUN) for number, line in enumerate(lines)]
        store.keep(said, [PageRow.of(line, one.reading, RULES) for line, one in zip(lines, said, strict=True)])
        store.keep_pages([PageRow.of(lines[1], Reject(reason="login"), "2")])
        assert rows(store, "select count(*) from articles") == [(0,)]
        assert store.done("2") == {page_key(lines[1])} and store.done(RULES) == set()
        store.keep(said[:1], [PageRow.of(lines[0], said[0].reading, "2")])
        assert rows(store, "select title, version from articles") == [("0", 1)]
    assert verify(tmp_path).damages == []


def test_runs_begin_and_end(tmp_path: Path) -> None:
    with Store.open(tmp_path / "work.duckdb") as store:
        store.begin_run("r", "thidua run", started_at=AT)
        assert rows(store, "select ended_at, status from runs") == [(None, None)]
        store.end_run("r", 3, summary={"trang": 5}, ended_at=AT)
        assert rows(store, "select status, summary from runs") == [(3, '{"trang": 5}')]


def test_another_process_is_named(tmp_path: Path) -> None:
    path = tmp_path / "work.duckdb"
    hold = f"import sys; from data.store import Store\nwith Store.open({str(path)!r}):\n    print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline() == b"open\n"
        with pytest.raises(StoreHeld, match=str(other.pid)) as held:
            Store.open(path)
        assert held.value.pid == other.pid
        other.communicate()
    Store.open(path).close()


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "work.duckdb").write_bytes(b"khong phai co so du lieu" * 1000)
    with pytest.raises(StoreDamaged, match="rebuild"):
        Store.open(tmp_path / "work.duckdb")


# -- migrations


def test_a_newer_file_and_an_edited_migration_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "work.duckdb"
    Store.open(path).close()
    whole, migrations = hashlib.sha256(path.read_bytes()).hexdigest(), known()
    newest = max(migrations)
    older = {version: text for version, text in migrations.items() if version < newest}
    edited = {**migrations, 3: (migrations[3][0], migrations[3][1] + "-- edited")}
    for wrong, words in ((older, "newer thidua"), (edited, "was edited")):
        monkeypatch.setattr(data.migrations, "known", lambda wrong=wrong: wrong)
        with pytest.raises(MigrationError, match=words):
            Store.open(path)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == whole


def test_an_older_file_is_migrated_after_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "work.duckdb"
    with Store.open(path) as store:
        store.keep([kept(1)])
    migrations = known()
    new = max(migrations) + 1
    broken = {**migrations, new: (f"{new:04d}-notes", "create table notes (note varchar); select no_such_column;")}
    monkeypatch.setattr(data.migrations, "known", lambda: broken)
    with pytest.raises(duckdb.Error):
        Store.open(path)
    monkeypatch.setattr(data.migrations, "known", lambda: migrations)
    with Store.open(path) as store:
        assert rows(store, "select count(*) from articles") == [(1,)]
    added = {**migrations, new: (f"{new:04d}-title_index", "alter table meta add column told varchar;")}
    monkeypatch.setattr(data.migrations, "known", lambda: added)
    told = {**data.comments.texts(), "meta": {**data.comments.texts()["meta"], "told": ["thử", "a test"]}}
    monkeypatch.setattr(data.comments, "texts", lambda: told)
    with Store.open(path) as store:
        assert rows(store, "select max(version) from schema_migrations") == [(new,)]
    assert (tmp_path / f"work.duckdb.before-{new:04d}").exists()


# -- kill


LOADER = """
    import os, sys, signal, threading
    from pathlib import Path
    sys.path.insert(0, {root!r})
    from tests.samples import keep_all
    from data.archive import Archive
    from data.store import Store
    folder = Path({folder!r})
    threading.Timer({after}, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    print("go", flush=True)
    with Store.open(folder / "work.duckdb") as store:
        keep_all(store, Archive(folder / "archive"), batch=2)
    os._exit(0)
"""


def killed_and_resumed(folder: Path, after: float) -> str:
    """Content hash after a loader was killed, at whatever it did then, and a second one ran to its end."""
    code = textwrap.dedent(LOADER).format(root=str(Path(__file__).parent.parent), folder=str(folder), after=after)
    subprocess.run([sys.executable, "-c", code], check=False, stdout=subprocess.DEVNULL)
    with Store.open(folder / "work.duckdb") as store:
        keep_all(store, Archive(folder / "archive"))
        return content_hash(store.con)


def unbroken(folder: Path) -> str:
    fill_archive(folder / "archive", 12)
    with Store.open(folder / "work.duckdb") as store:
        keep_all(store, Archive(folder / "archive"))
        return content_hash(store.con)


def test_a_killed_loader_goes_on_where_it_was(tmp_path: Path) -> None:
    want = unbroken(tmp_path / "whole")
    fill_archive(tmp_path / "killed" / "archive", 12)
    assert killed_and_resumed(tmp_path / "killed", 0.25) == want


@pytest.mark.slow
def test_a_loader_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    want = unbroken(tmp_path / "whole")
    draw = random.Random(5)
    for number in range(40):
        folder = tmp_path / str(number)
        fill_archive(folder / "archive", 12)
        assert killed_and_resumed(folder, draw.uniform(0.01, 0.9)) == want
