"""The archive rewritten, stopped at every step: it is as it was or as it shall be, and the store follows."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from samples import RULES, fill, keep_all

import data.rewriting
import data.store
from data.archive import Archive
from data.ledger import member_check
from data.publish import publish
from data.rewriting import Rewritten, finish, rewrite
from data.store import Store
from data.verify import verify
from data.warc import members
from schemas.page import Fetch, Page

pytestmark = pytest.mark.slow

GONE, BLANKED = "https://mau.example/tin-1.html", "https://mau.example/tin-3.html"


class Stop(BaseException):
    """A kill, as far as a test within the process can tell."""


def changed(fetch: Fetch, page: Page | None) -> tuple[Fetch, Page | None] | None:
    """One address goes, the page of another is blanked."""
    if fetch.url == GONE:
        return None
    if page is not None and fetch.url == BLANKED and b"Tin" in page.body:
        return fetch, page.model_copy(update={"body": page.body.replace(b"Tin", b"xxx")})
    return fetch, page


def told(folder: Path) -> list[tuple[str, str, str]]:
    """What an archive says, line by line, with the digest of what it has."""
    archive = Archive(folder)
    return [(fetch.url, str(fetch.state), archive.page(fetch).sha256 if fetch.warc else "") for fetch in archive.ledger()]


def settled(folder: Path) -> None:
    """What a take-down does after the archive: the store follows, what changed is read again and published."""
    archive = Archive(folder / "archive")
    with Store.open(folder / "work.duckdb") as store:
        store.settle(archive.numbered())
        keep_all(store, archive)
    data.store.compact(folder / "work.duckdb")
    publish(folder / "work.duckdb", folder / "news.duckdb", folder / "export")


def test_what_is_to_go_goes_and_all_else_stays(tmp_path: Path) -> None:
    place = fill(tmp_path)
    before = told(place / "archive")
    archive = Archive(place / "archive")
    assert archive.recover() == []
    assert rewrite(archive, changed, bodies=True) == Rewritten(lines=2, pages=1, changed=1)
    after = told(place / "archive")
    assert [line for line in after if line[0] != BLANKED] == [line for line in before if line[0] not in (GONE, BLANKED)]
    assert [line for line in after if line[0] == BLANKED] != [line for line in before if line[0] == BLANKED]
    assert not any(GONE.encode() in member.raw or b"" for path in archive.segments() for member in whole(path))
    assert GONE not in archive.ledger_file.read_text(encoding="utf-8")
    assert [damage for damage in verify(place).damages if "archive" in damage.where and "ledger" not in damage.where] == []
    settled(place)
    assert verify(place).damages == []
    assert rewrite(archive, changed, bodies=True) == Rewritten(0, 0, 0), "once more there is nothing to do"
    with Store.open(place / "work.duckdb") as store:
        assert store.con.execute("select count(*), count(*) filter (url = $gone) from articles", {"gone": GONE}).fetchall() == [(5, 0)]
        assert store.done(RULES) == {page for (page,) in store.con.execute("select page from pages").fetchall()}


def whole(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        yield from members(file, 0, path.stat().st_size)


def test_a_line_and_a_record_that_nobody_can_read_stay_as_they_are(tmp_path: Path) -> None:
    place = fill(tmp_path)
    archive = Archive(place / "archive")
    lines = archive.ledger_file.read_bytes().splitlines(keepends=True)
    archive.ledger_file.write_bytes(b"".join([*lines[:8], lines[8].replace(b"open", b"0pen"), *lines[9:]]))
    kept = next(fetch for fetch in archive.pages() if fetch.url.endswith("tin-5.html"))
    segment = archive.folder / (kept.warc or "")
    spoilt = bytearray(segment.read_bytes())
    spoilt[(kept.offset or 0) + 40] ^= 0xFF
    segment.write_bytes(spoilt)
    before = sorted(damage.what for damage in verify(place).damages if "checksum" in damage.what)
    rewrite(archive, changed, bodies=True)
    assert sorted(damage.what for damage in verify(place).damages if "checksum" in damage.what) == before != []
    found = next(fetch for fetch in archive.pages() if fetch.url == kept.url)
    raw = segment.read_bytes()[found.offset : (found.offset or 0) + (found.length or 0)]
    assert member_check(raw) == member_check(bytes(spoilt[kept.offset : (kept.offset or 0) + (kept.length or 0)]))


STEPS = ("sync", "sync_folder", "write_record", "write_line", "finish")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with three small segments, so that a stop may fall between two of them."""
    folder = tmp_path_factory.mktemp("filled")
    import data.archive

    patch = pytest.MonkeyPatch()
    patch.setattr(data.archive, "SEGMENT", 1200)
    patch.setattr(data.archive, "GROUP", 1)
    fill(folder)
    patch.undo()
    assert len(Archive(folder / "archive").segments()) >= 3
    return folder


def counted(monkeypatch: pytest.MonkeyPatch, stop_at: int) -> list[int]:
    """Have the n-th step of a rewriting be the last one; returns how many there were."""
    done = [0]

    def step(work: Callable[..., Any]) -> Callable[..., Any]:
        def one(*given: Any, **named: Any) -> Any:
            done[0] += 1
            if done[0] == stop_at:
                raise Stop
            return work(*given, **named)

        return one

    for name in STEPS:
        monkeypatch.setattr(data.rewriting, name, step(getattr(data.rewriting, name)))
    for name in ("replace", "rename", "rmdir"):
        monkeypatch.setattr(Path, name, step(getattr(Path, name)))
    return done


def test_stopped_at_any_step_the_archive_is_the_one_or_the_other(filled: Path, tmp_path: Path) -> None:
    shutil.copytree(filled / "archive", tmp_path / "whole")
    rewrite(Archive(tmp_path / "whole"), changed, bodies=True)
    before, after, met = told(filled / "archive"), told(tmp_path / "whole"), set()
    for stop_at in range(1, 500):
        folder = tmp_path / str(stop_at)
        shutil.copytree(filled / "archive", folder)
        with pytest.MonkeyPatch.context() as patch:
            done = counted(patch, stop_at)
            with contextlib.suppress(Stop):
                rewrite(Archive(folder), changed, bodies=True)
        Archive(folder).recover()
        now = told(folder)
        assert now in (before, after), f"step {stop_at}"
        met.add(now == after)
        assert not (folder / "rewrite").exists() and not (folder / "rewrite.new").exists()
        assert rewrite(Archive(folder), changed, bodies=True).pages == (now == before)
        assert told(folder) == after
        assert hashes(folder) == hashes(tmp_path / "whole")
        shutil.rmtree(folder)
        if done[0] < stop_at:
            break
    assert stop_at > 20 and met == {True, False}


def hashes(folder: Path) -> dict[str, str]:
    """The files of an archive by their bytes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if not path.name.startswith("states")}


def test_verify_names_a_take_down_that_was_cut_off(filled: Path, tmp_path: Path) -> None:
    shutil.copytree(filled, tmp_path / "place")
    folder = tmp_path / "place" / "archive"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data.rewriting, "finish", lambda _: False)
        rewrite(Archive(folder), changed, bodies=True)
    assert [damage.what for damage in verify(tmp_path / "place").damages] == ["a take-down was cut off"]
    assert finish(folder)
    settled(tmp_path / "place")
    assert verify(tmp_path / "place").damages == []


def test_a_store_that_was_left_in_the_middle_follows_the_next_time(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "place"
    shutil.copytree(filled, place)
    archive = Archive(place / "archive")
    rewrite(archive, changed, bodies=True)
    monkeypatch.setattr(data.store, "LINES", 5)
    for stop_at in range(1, 20):
        with pytest.MonkeyPatch.context() as patch, Store.open(place / "work.duckdb") as store:
            work, done = Store._transaction, [0]

            def one(self: Store, work: Any = work, done: list[int] = done, stop_at: int = stop_at) -> Any:
                done[0] += 1
                if done[0] == stop_at:
                    raise Stop
                return work(self)

            patch.setattr(Store, "_transaction", one)
            try:
                store.settle(archive.numbered())
            except Stop:
                continue
            break
    assert stop_at > 3
    settled(place)
    assert verify(place).damages == []


def test_a_compacted_store_holds_no_byte_of_what_went(tmp_path: Path) -> None:
    place = fill(tmp_path, 40)
    with Store.open(place / "work.duckdb") as store:
        store.retell(lambda words: words and words.replace("thidua", "······"))
        assert store.con.execute("select command from runs").fetchall() == [("······ extract",)]
        store.settle([])
        rows = {
            table: store.con.execute(f"select count(*) from {table}").fetchall() for table in ("articles", "pages", "award_types", "runs")
        }
        comments = store.con.execute(
            "select table_name, column_name, comment from duckdb_columns() where comment is not null order by all"
        ).fetchall()
    assert b"tin-39.html" in (place / "work.duckdb").read_bytes(), "rows that were deleted leave their bytes"
    data.store.compact(place / "work.duckdb")
    assert b"tin-39.html" not in (place / "work.duckdb").read_bytes()
    with Store.open(place / "work.duckdb") as store:
        assert rows == {table: store.con.execute(f"select count(*) from {table}").fetchall() for table in rows}
        assert (
            comments
            == store.con.execute(
                "select table_name, column_name, comment from duckdb_columns() where comment is not null order by all"
            ).fetchall()
        )
