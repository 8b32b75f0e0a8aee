"""The file of newest lines says what the ledger says, whatever was appended, cut off or changed since it was made."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from samples import fetch, fill_archive, page

import data.states
from data.archive import Archive
from data.ledger import Line, read_lines
from schemas.page import IMPORT, Fetch
from schemas.vocabulary import State


def told(archive: Archive) -> dict[tuple[str, str], Fetch]:
    """The newest lines by the whole ledger."""
    found: dict[tuple[str, str], Fetch] = {}
    for line in archive.ledger():
        if not line.imported or found.setdefault((line.site, line.url), line).imported:
            found[line.site, line.url] = line
    return found


def kept(archive: Archive) -> dict[tuple[str, str], Fetch]:
    """Those that the file has."""
    with archive.states() as states:
        by_site = {(line.site, line.url): line for site in {site for site, _ in states} for line in states.of(site)}
        assert by_site == dict(states)
        return by_site


def filled(folder: Path) -> Archive:
    """An archive of five pages."""
    fill_archive(folder, 5)
    return Archive(folder)


def write(archive: Archive, run: str, rng: random.Random) -> None:
    """A run of crawled and imported lines over few addresses."""
    with archive.writer(run) as writer:
        for seq in range(rng.randrange(1, 40)):
            reason = rng.choice([None, None, IMPORT])
            state = State.OK if reason else rng.choice(list(State))
            line = fetch(seq, run=run, state=state, url=page(rng.randrange(12)).url).model_copy(update={"reason": reason})
            writer.note(line.model_copy(update={"site": rng.choice(["a", "b"])}))


@pytest.mark.parametrize("batch", [1, 7, data.states.BATCH])
def test_it_says_what_the_ledger_says_after_each_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(data.states, "BATCH", batch)
    archive, rng = Archive(tmp_path / "archive"), random.Random(batch)
    assert kept(archive) == {} and not (tmp_path / "archive").exists()
    for number in range(6):
        write(archive, f"r{number}", rng)
        assert kept(archive) == told(archive) != {}


def test_only_what_was_appended_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, seen = filled(tmp_path), list[int]()
    kept(archive)

    def read(path: Path, **place: Any) -> Iterator[Line]:
        for line in read_lines(path, **place):
            seen.append(line.number)
            yield line

    monkeypatch.setattr(data.states, "read_lines", read)
    before = sum(1 for _ in archive.lines())
    with archive.writer("2") as writer:
        writer.note(fetch(0, run="2", url=page(1).url))
    assert kept(archive) == told(archive) and seen == [before + 1]


@pytest.mark.parametrize("fault", ["cut", "other", "damaged", "no database", "half", "old"])
def test_a_file_that_does_not_fit_is_made_anew(tmp_path: Path, fault: str) -> None:
    archive = filled(tmp_path)
    kept(archive)
    file = archive.folder / "states.sqlite"
    ledger = archive.ledger_file.read_bytes()
    lines = ledger.splitlines(keepends=True)
    if fault == "cut":
        archive.ledger_file.write_bytes(b"".join(lines[:-2]))
    elif fault == "other":
        archive.ledger_file.unlink()
        fill_archive(tmp_path, 9)
    elif fault == "damaged":
        archive.ledger_file.write_bytes(ledger.replace(b'"kind"', b'"kinb"', 1))
        file.unlink()
        assert kept(archive) == told(archive)
        archive.ledger_file.write_bytes(ledger)  # mended from a copy
    elif fault == "no database":
        file.write_bytes(b"no database" * 1000)
    elif fault == "half":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    else:
        with sqlite3.connect(file) as con:
            con.execute("update newest set line = 'x'")
            con.execute(f"pragma user_version = {data.states.FORMAT + 1}")
    assert kept(archive) == told(archive) != {}
