"""What became of every address: the newest line of each, in a file of its own beside the ledger.

    DIR/archive/states.sqlite   (site, url) -> line; and how far into the ledger it goes

It is made from the ledger and brought up to date by what was appended since, so that a run reads neither the whole ledger anew nor holds
all addresses in memory. Where it does not fit the ledger, or is no database, it is made anew; it may be deleted at any time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from data.ledger import FIRST, check_before, read_lines
from schemas.page import Fetch

FORMAT = 1  # another number has the file made anew
BATCH = 10_000  # lines put down at once
_TABLES = f"""
create table newest (site text, url text, imported integer not null, line text not null, primary key (site, url)) without rowid;
create table place ("end" integer not null, number integer not null, "check" text not null, damaged integer not null);
insert into place values (0, 0, '{FIRST}', false);
pragma user_version = {FORMAT};
"""
# The page of a WARC file of others counts only where no crawl asked for the address
_PUT = """
insert into newest values (?, ?, ?, ?)
on conflict do update set imported = excluded.imported, line = excluded.line where newest.imported or not excluded.imported
"""


class States(Mapping[tuple[str, str], Fetch]):
    """(site, url) -> its newest line, by the place in the ledger; a context manager. Only who holds DIR/lock may open it."""

    def __init__(self, ledger_file: Path) -> None:
        self._ledger_file = ledger_file
        self._file = ledger_file.with_name("states.sqlite")
        self._con = self._open()
        self._update()

    def __enter__(self) -> States:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._con.close()

    def __getitem__(self, address: tuple[str, str]) -> Fetch:
        found = self._con.execute("select line from newest where site = ? and url = ?", address).fetchone()
        if found is None:
            raise KeyError(address)
        return Fetch.model_validate_json(found[0])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._con.execute("select site, url from newest"))

    def __len__(self) -> int:
        return int(self._con.execute("select count(*) from newest").fetchone()[0])

    def of(self, site: str) -> Iterator[Fetch]:
        """The newest lines of a site's addresses."""
        for (line,) in self._con.execute("select line from newest where site = ?", [site]):
            yield Fetch.model_validate_json(line)

    def _open(self) -> sqlite3.Connection:
        """The file, if it is one of ours that goes no further than the ledger does; else a new one."""
        if not self._ledger_file.parent.is_dir():
            con = sqlite3.connect(":memory:")  # nothing is kept yet
            con.executescript(_TABLES)
            return con
        con = sqlite3.connect(self._file)
        try:
            if con.execute("pragma user_version").fetchone() == (FORMAT,):
                end, _, check, damaged = con.execute("select * from place").fetchone()
                if check_before(self._ledger_file, end) == check and not damaged:  # a damaged line may have been mended since
                    return con
        except sqlite3.DatabaseError:
            pass  # damaged, or not ours
        con.close()
        for name in (self._file.name, f"{self._file.name}-journal"):
            self._file.with_name(name).unlink(missing_ok=True)
        con = sqlite3.connect(self._file)
        con.executescript(_TABLES)
        return con

    def _update(self) -> None:
        """Take over the lines after the place; a stop between two batches leaves a smaller place."""
        end, number, check, damaged = self._con.execute("select * from place").fetchone()
        waiting: list[tuple[str, str, bool, str]] = []
        for line in read_lines(self._ledger_file, start=end, number=number, before=check):
            end, number, check, damaged = line.end, line.number, line.check, damaged or line.fetch is None
            if line.fetch is not None:
                waiting.append((line.fetch.site, line.fetch.url, line.fetch.imported, line.fetch.model_dump_json(exclude_none=True)))
            if len(waiting) >= BATCH:
                self._put(waiting, (end, number, check, damaged))
                waiting.clear()
        self._put(waiting, (end, number, check, damaged))

    def _put(self, lines: list[tuple[str, str, bool, str]], place: tuple[int, int, str, bool]) -> None:
        with self._con:
            self._con.executemany(_PUT, lines)
            self._con.execute('update place set "end" = ?, number = ?, "check" = ?, damaged = ?', place)
