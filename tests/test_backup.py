"""The archive is copied while a run writes, and brought back into an empty folder: by the very lines of docs/operate.md."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sample_run import SITE, Sample, published_hash

from data.archive import Archive
from schemas.vocabulary import State

pytestmark = pytest.mark.slow
COPY, BRING_BACK = re.findall(
    r"```sh\n(.*?)```", (Path(__file__).parents[1] / "docs" / "operate.md").read_text(encoding="utf-8"), re.DOTALL
)


def typed(lines: str, served: Sample, *, data: Path, backup: Path) -> None:
    """What the page says, as an operator types it; the command knows the sample sites."""
    path = backup.parent / "bin"
    path.mkdir(exist_ok=True)
    script = f'#!/bin/sh\ncommand=$1\n[ "$command" = rebuild ] && set -- "$@" --sites {served.registry}\nexec {sys.executable} -m thidua.cli "$@"\n'
    (path / "thidua").write_text(script, encoding="utf-8")
    (path / "thidua").chmod(0o755)
    environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}", "DATA": str(data), "BACKUP": str(backup)}
    done = subprocess.run(["sh", "-eu", "-c", lines], env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def test_a_copy_after_a_run_gives_the_same_rows(served: Sample, whole: Path, tmp_path: Path) -> None:
    backup, data = tmp_path / "backup", tmp_path / "data"
    typed(COPY, served, data=whole, backup=backup)
    typed(COPY, served, data=whole, backup=backup)  # again, onto the same one
    assert not list(backup.rglob("*.duckdb"))
    typed(BRING_BACK, served, data=data, backup=backup)
    assert published_hash(data) == published_hash(whole)


def test_copies_while_a_run_is_on_are_whole_and_can_be_gone_on_from(served: Sample, whole: Path, tmp_path: Path) -> None:
    live = tmp_path / "live"
    live.mkdir()
    (live / "sites.toml").write_text(f"[{SITE}]\ndelay = 0.1\n", encoding="utf-8")
    process = subprocess.Popen(served.command("crawl", SITE, data=live), stderr=subprocess.DEVNULL)
    copies: list[Path] = []
    try:
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until:
            if kept(live) > (kept(copies[-1]) if copies else 0):
                copies.append(tmp_path / f"backup-{len(copies)}")
                typed(COPY, served, data=live, backup=copies[-1])
            time.sleep(0.02)
        assert process.wait(30) == 0
    finally:
        process.kill()
    middle = [copy for copy in copies if 0 < kept(copy) < kept(live)]
    assert middle, "some copy was made in the middle"
    data = tmp_path / "data"
    typed(BRING_BACK, served, data=data, backup=middle[-1])
    assert kept(data) >= kept(middle[-1])
    (data / "sites.toml").unlink()
    assert served.thidua("run", SITE, data=data).returncode == 0
    assert published_hash(data) == published_hash(whole)
    assert served.thidua("verify", data=data).returncode == 0


def kept(folder: Path) -> int:
    """Articles that the archive has."""
    return sum(fetch.kind == "article" and fetch.state is State.OK for fetch in Archive(folder / "archive").ledger())
