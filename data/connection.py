"""Opening a database file: who holds it, whether it can be read, and the mark beside the store that tells of its last transaction."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from data.disk import write


class StoreHeld(Exception):
    """Another process has the store open; the message and `pid` say which."""

    def __init__(self, path: Path, pid: int | None) -> None:
        holder = f"process {pid}" if pid else "another process"
        super().__init__(f"{path} is open in {holder}; wait until it ends. Readers open news.duckdb, never this file")
        self.pid = pid


class StoreDamaged(Exception):
    """The file can't be opened as a store; the message says what to do."""


LATER = "1TB"  # of the WAL before DuckDB itself makes a checkpoint: the store says when
MEMORY = "160MB"  # of blocks and rows: what a loader keeps of a large store; more goes to a folder beside the file


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to a database file. `StoreHeld` when another process has it, `StoreDamaged` when it can't be read."""
    try:
        return duckdb.connect(str(path), read_only=read_only, config={"memory_limit": MEMORY, "checkpoint_threshold": LATER})
    except duckdb.Error as error:
        first = str(error).strip().split("\n")[0]
        if "Could not set lock" in first:
            holder = re.search(r"PID (\d+)", str(error))
            raise StoreHeld(path, int(holder[1]) if holder else None) from None
        raise StoreDamaged(
            f"{path} or its .wal: {first[:300]}. Keep both aside; `thidua rebuild` makes the store anew from the archive"
        ) from None


def mark_file(path: Path) -> Path:
    """Where the number of the last transaction of a store stands."""
    return path.with_name(f"{path.name}.mark")


def write_mark(path: Path, number: int) -> None:
    """Put the number of a transaction into a mark file, whole or not at all."""
    write(path, str(number).encode("ascii"))
