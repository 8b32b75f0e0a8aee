"""Somebody is told of a run that failed or fell short: by a command that gets the report, and that can do the run no harm."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from thidua import commands
from thidua.commands import command
from thidua.exits import DONE, FAILED, HELD, MISSED
from thidua.notify import notify
from thidua.place import Place
from thidua.run import Run

pytestmark = pytest.mark.slow


def keeps(path: Path) -> str:
    """A command that keeps what it gets on its standard input."""
    return shlex.join([sys.executable, "-c", "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())", str(path)])


def told(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def run(data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "thidua.cli", "--lang", "en", "run", "--data", str(data), *arguments]
    return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **environment})


def test_a_run_that_fell_short_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "--notify", keeps(tmp_path / "one tệp.json"))
    assert done.returncode == MISSED, "no site is live"
    assert (report := told(tmp_path / "one tệp.json"))["status"] == MISSED and report["run"]


def test_the_environment_names_the_command_and_its_failure_changes_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, THIDUA_NOTIFY=keeps(tmp_path / "a.json"))
    assert done.returncode == MISSED and told(tmp_path / "a.json")["status"] == MISSED
    done = run(tmp_path, THIDUA_NOTIFY="no-such-command --x")
    assert done.returncode == MISSED and "Nobody could be told: `no-such-command --x`" in done.stderr


def ends_with(end: int | Exception) -> Any:
    def whole(run: Run) -> int:
        run.report["crawl"] = {"ended": "finished"}
        if isinstance(end, Exception):
            raise end
        return end

    return whole


def test_the_report_of_a_whole_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(commands.COMMANDS, "run", ends_with(MISSED))
    assert command("run", tmp_path, None, notify=keeps(tmp_path / "a.json")) == MISSED
    assert told(tmp_path / "a.json").keys() == {"status", "run", "crawl"}


def test_nobody_is_told_when_all_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(commands.COMMANDS, "run", ends_with(DONE))
    assert command("run", tmp_path, None, notify=keeps(tmp_path / "a.json")) == DONE
    assert not (tmp_path / "a.json").exists()


def test_a_run_that_broke_and_one_that_could_not_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(commands.COMMANDS, "run", ends_with(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space left"):
        command("run", tmp_path, None, notify=keeps(tmp_path / "a.json"))
    report = told(tmp_path / "a.json")
    assert report["status"] == FAILED and "No space left" in report["error"] and report["crawl"] == {"ended": "finished"}
    with Place(tmp_path).lock():
        assert command("run", tmp_path, None, notify=keeps(tmp_path / "b.json")) == HELD
    assert told(tmp_path / "b.json")["status"] == HELD and str(os.getpid()) in told(tmp_path / "b.json")["error"]


def test_there_is_no_shell_unless_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    notify("touch a; touch $(echo b) | c", {})
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a;", "touch", "$(echo", "b)", "|", "c"])
    notify("sh -c 'cat > d'", {"status": 3, "missed": [{"detail": "'; touch e; $(touch e) bài"}]})
    assert told(tmp_path / "d")["missed"] == [{"detail": "'; touch e; $(touch e) bài"}] and not (tmp_path / "e").exists()


@pytest.mark.parametrize("words", ["false", "'", "", "/"])
def test_a_command_that_does_not_work_is_told(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    notify(words, {"status": 3})
    assert f"`{words}`" in capsys.readouterr().err


def test_a_report_that_names_a_file_that_is_no_unicode_is_told(tmp_path: Path) -> None:
    notify(keeps(tmp_path / "a.json"), {"error": "t\udcffp.toml"})
    assert told(tmp_path / "a.json") == {"error": "t\udcffp.toml"}


def test_a_command_that_hangs_is_ended_with_what_it_started(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    notify(f"sh -c 'sleep 300 & echo $! > {tmp_path / 'pid'}; wait'", {"status": 3, "long": "x" * 1_000_000}, limit=1.0)
    assert time.monotonic() - began < 10
    assert "it took over 1 s" in capsys.readouterr().err
    pid = int((tmp_path / "pid").read_text())
    until = time.monotonic() + 5
    while _runs(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
