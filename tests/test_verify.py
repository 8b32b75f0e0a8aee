"""`verify` names each damage of archive, ledger, store, log and published file, and says nothing of what is whole."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from samples import RUN, fetch, fill, keep_all, page

from data.archive import Archive
from data.rows import OF_ARTICLE
from data.store import Store
from data.verify import verify

ROOT = Path(__file__).parent.parent
TABLES = (
    *OF_ARTICLE,
    "sites",
    "runs",
    "fetches",
    "pages",
    "award_types",
    "provinces",
    "province_changes",
    "article_checks",
    "table_checks",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole data folder; tests damage copies of it."""
    return fill(tmp_path_factory.mktemp("var"), 5)


def named(folder: Path) -> str:
    return "\n".join(map(str, verify(folder).damages))


def test_what_is_whole_is_silent(whole: Path) -> None:
    verdict = verify(whole)
    assert (verdict.damages, verdict.records, verdict.articles) == ([], 5, 5)


def test_an_empty_folder_is_whole(tmp_path: Path) -> None:
    assert verify(tmp_path).damages == []


def test_what_is_not_yet_extracted_or_published_is_no_damage(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "var", symlinks=True)
    with Archive(folder / "archive").writer("2") as writer:
        writer.keep(page(9), fetch(9, run="2"))
    assert named(folder) == ""
    with Store.open(folder / "work.duckdb") as store:
        keep_all(store, Archive(folder / "archive"))
    assert named(folder) == ""


# -- damages, each a function of (folder, draw) that says what the message must name


def flip_record(folder: Path, draw: random.Random) -> str:
    (segment,) = Archive(folder / "archive").segments()
    content = bytearray(segment.read_bytes())
    at = draw.randrange(len(content))
    content[at] ^= 1 << draw.randrange(8)
    segment.write_bytes(content)
    line = [line for line in Archive(folder / "archive").pages() if (line.offset or 0) <= at][-1]
    return line.url


def cut_segment(folder: Path, draw: random.Random) -> str:
    (segment,) = Archive(folder / "archive").segments()
    segment.write_bytes(segment.read_bytes()[: draw.randrange(segment.stat().st_size)])
    return segment.name


def zero_segment(folder: Path, draw: random.Random) -> str:
    (segment,) = Archive(folder / "archive").segments()
    line = draw.choice(list(Archive(folder / "archive").pages()))
    content = bytearray(segment.read_bytes())
    content[line.offset : (line.offset or 0) + (line.length or 0)] = bytes(line.length or 0)
    segment.write_bytes(content)
    return line.url


def delete_record(folder: Path, draw: random.Random) -> str:
    """The bytes of one record are taken out, so that all others move."""
    (segment,) = Archive(folder / "archive").segments()
    line = draw.choice(list(Archive(folder / "archive").pages()))
    content = segment.read_bytes()
    segment.write_bytes(content[: line.offset] + content[(line.offset or 0) + (line.length or 0) :])
    return segment.name


def delete_segment(folder: Path, draw: random.Random) -> str:
    segment = draw.choice(Archive(folder / "archive").segments())
    segment.unlink()
    return "missing"


def flip_line(folder: Path, draw: random.Random) -> str:
    ledger = Archive(folder / "archive").ledger_file
    content = bytearray(ledger.read_bytes())
    at = draw.randrange(len(content))
    content[at] ^= 1 << draw.randrange(8)
    ledger.write_bytes(content)
    return "ledger.jsonl, line"


def delete_line(folder: Path, draw: random.Random) -> str:
    ledger = Archive(folder / "archive").ledger_file
    lines = ledger.read_bytes().splitlines(keepends=True)
    del lines[draw.randrange(len(lines))]
    ledger.write_bytes(b"".join(lines))
    return "ledger.jsonl"


def cut_ledger(folder: Path, draw: random.Random) -> str:
    ledger = Archive(folder / "archive").ledger_file
    ledger.write_bytes(ledger.read_bytes()[: draw.randrange(ledger.stat().st_size)])
    return "ledger.jsonl"


def delete_row(folder: Path, draw: random.Random) -> str:
    table = draw.choice(TABLES)
    with duckdb.connect(str(folder / "work.duckdb")) as con:
        (rows,) = con.execute(f"select list(rowid) from {table}").fetchall()[0]
        con.execute(f"delete from {table} where rowid = ?", [draw.choice(rows)])
    return f"table {table}" if "checks" not in table else "table "


def change_row(folder: Path, draw: random.Random) -> str:
    table = draw.choice(TABLES)
    with duckdb.connect(str(folder / "work.duckdb")) as con:
        (rows,) = con.execute(f"select list(rowid) from {table}").fetchall()[0]
        columns = [
            name
            for name, kind in con.execute(f"select column_name, data_type from duckdb_columns() where table_name = '{table}'").fetchall()
            if kind in ("VARCHAR", "INTEGER", "BIGINT")
        ]
        column = draw.choice(columns)
        value = (
            f"coalesce({column}, '') || 'x'"
            if con.execute(f'select typeof("{column}") from {table}').fetchall()[0][0] == "VARCHAR"
            else f'coalesce("{column}", 0) + 1'
        )
        con.execute(
            f'update {table} set "{column}" = {value.replace(f"({column},", f"({chr(34)}{column}{chr(34)},")} where rowid = ?',
            [draw.choice(rows)],
        )
    return f"table {table}" if "checks" not in table else "table "


def change_published(folder: Path, draw: random.Random) -> str:
    table = draw.choice(OF_ARTICLE[1:])
    with duckdb.connect(str(folder / "news.duckdb")) as con:
        con.execute(f"delete from {table} where rowid = (select min(rowid) from {table})")
    return f"news.duckdb, table {table}"


def change_parquet(folder: Path, draw: random.Random) -> str:
    path = folder / "export" / "parquet" / f"{draw.choice(OF_ARTICLE)}.parquet"
    path.write_bytes(path.read_bytes()[: draw.randrange(path.stat().st_size)])
    return path.name


ARCHIVE = (flip_record, cut_segment, zero_segment, delete_record, delete_segment, flip_line, delete_line, cut_ledger)
ROWS = (delete_row, change_row, change_published, change_parquet)


def check(whole: Path, tmp_path: Path, damage: Callable[[Path, random.Random], str], seeds: range) -> None:
    for seed in seeds:
        folder = shutil.copytree(whole, tmp_path / str(seed), symlinks=True)
        what = damage(folder, random.Random(seed))
        told = named(folder)
        assert what in told, f"seed {seed}: {what!r} is not named in: {told}"
        shutil.rmtree(folder)


@pytest.mark.parametrize("damage", [*ARCHIVE, *ROWS], ids=lambda damage: damage.__name__)
def test_damage_is_named(whole: Path, tmp_path: Path, damage: Callable[[Path, random.Random], str]) -> None:
    check(whole, tmp_path, damage, range(2))


@pytest.mark.slow
@pytest.mark.parametrize("damage", [*ARCHIVE, *ROWS], ids=lambda damage: damage.__name__)
def test_each_of_many_damages_is_named(whole: Path, tmp_path: Path, damage: Callable[[Path, random.Random], str]) -> None:
    check(whole, tmp_path, damage, range(100, 120))


# -- the write-ahead log


def with_log(whole: Path, folder: Path) -> Path:
    """A copy whose loader was killed after two transactions that only the log has."""
    shutil.copytree(whole, folder, symlinks=True)
    code = f"""
        import os
        from pathlib import Path
        from data.store import Kept, Store
        from tests.samples import reading
        store = Store.open(Path({str(folder)!r}) / "work.duckdb")
        store._checkpoint = lambda: None
        for number in (50, 51):
            store.keep([Kept(reading(number), None, "1", "r")])
        os._exit(0)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, cwd=ROOT)
    assert (folder / "work.duckdb.wal").stat().st_size > 0
    return folder


def test_a_whole_log_is_no_damage(whole: Path, tmp_path: Path) -> None:
    folder = with_log(whole, tmp_path / "var")
    verdict = verify(folder)
    assert (verdict.damages, verdict.articles) == ([], 7)


def damage_log(folder: Path, draw: random.Random, how: str) -> None:
    log = folder / "work.duckdb.wal"
    content = bytearray(log.read_bytes())
    if how == "flip":
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        log.write_bytes(content)
    elif how == "cut":
        log.write_bytes(content[: draw.randrange(len(content))])
    elif how == "empty":
        log.write_bytes(b"")
    else:
        log.unlink()


def check_log(whole: Path, tmp_path: Path, how: str, seeds: range) -> None:
    kept = with_log(whole, tmp_path / "kept")
    for seed in seeds:
        folder = shutil.copytree(kept, tmp_path / str(seed), symlinks=True)
        damage_log(folder, random.Random(seed), how)
        assert "work.duckdb" in named(folder), f"seed {seed}"
        shutil.rmtree(folder)


@pytest.mark.parametrize("how", ["flip", "cut", "empty", "delete"])
def test_a_damaged_log_is_named(whole: Path, tmp_path: Path, how: str) -> None:
    check_log(whole, tmp_path, how, range(3 if how in ("flip", "cut") else 1))


@pytest.mark.slow
@pytest.mark.parametrize("how", ["flip", "cut"])
def test_each_of_many_damaged_logs_is_named(whole: Path, tmp_path: Path, how: str) -> None:
    check_log(whole, tmp_path, how, range(100, 120))


def test_a_missing_or_broken_store_is_named(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "var", symlinks=True)
    (folder / "work.duckdb").write_bytes(b"\0" * 5000)
    assert "rebuild" in named(folder)
    (folder / "work.duckdb").unlink()
    assert "the store is missing" in named(folder)


def test_after_recovery_the_archive_is_whole_again(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "var", symlinks=True)
    ledger = Archive(folder / "archive").ledger_file
    ledger.write_bytes(ledger.read_bytes()[:-200])
    assert named(folder)
    assert Archive(folder / "archive").recover()
    assert [line.run for line in Archive(folder / "archive").ledger()] == [RUN] * 11  # the last one: its address is asked for again
    assert named(folder) == ""
