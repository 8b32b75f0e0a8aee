"""The command on the sample portals, as tests run it: a registry with their addresses, a data folder, the command in a process of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.archive import Archive
from data.content import content_hash
from thidua.demo.portals import all_portals
from thidua.demo.server import Addresses, serve

SITES = Path(__file__).parent.parent / "thidua" / "demo" / "sites"
SITE = "mau-binh-phuoc"  # where one site is enough
PORT = 0  # any free one; the same for all runs of a session


@dataclass(frozen=True)
class Sample:
    """Served sample portals, and a registry of them."""

    addresses: Addresses
    registry: Path

    def thidua(self, *arguments: str, data: Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """Run the command to its end."""
        return subprocess.run(self.command(*arguments, data=data), capture_output=True, text=True, timeout=timeout, check=False)

    def command(self, *arguments: str, data: Path) -> list[str]:
        """The command line."""
        extra = [] if arguments[0] in ("publish", "verify", "sql", "status", "show") else ["--sites", str(self.registry)]
        return [sys.executable, "-m", "thidua.cli", "--lang", "en", *arguments, "--data", str(data), *extra]

    def killed(self, *arguments: str, data: Path, after: float) -> bool:
        """Run the command and kill -9 it after so many seconds; whether it was still running."""
        process = subprocess.Popen(
            self.command(*arguments, data=data), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(after)
            return False
        except subprocess.TimeoutExpired:
            process.kill()  # the child dies with its parent
            process.wait()
            return True
        finally:
            time.sleep(0.05)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def sample(folder: Path) -> Iterator[Sample]:
    """Serve the portals and write a registry with their addresses below `folder`."""
    portals = all_portals()
    try:
        with serve(portals, PORT) as addresses:
            registry = folder / "sites"
            registry.mkdir()
            for file in SITES.glob("*.toml"):
                text = file.read_text(encoding="utf-8").replace("{base}", addresses[file.stem])
                (registry / file.name).write_text(text.replace('status = "draft"', 'status = "live"'), encoding="utf-8")
            yield Sample(addresses, registry)
    finally:
        for portal in portals:
            portal.restore()


def states(data: Path, run: str | None = None) -> Counter[str]:
    """State -> addresses, of the newest line of each; of one run only."""
    newest = Archive(data / "archive").states().values()
    return Counter(fetch.state.value for fetch in newest if run in (None, fetch.run))


def last_run(data: Path) -> str:
    """Key of the run that wrote the last line."""
    return [fetch.run for fetch in Archive(data / "archive").ledger()][-1]


def published_hash(data: Path) -> str:
    """Content hash of the published file."""
    return content_hash(data / "news.duckdb")


def count(data: Path, table: str) -> int:
    """Rows of a table of the published file."""
    with duckdb.connect(str(data / "news.duckdb"), read_only=True) as con:
        return len(con.table(table).fetchall())
