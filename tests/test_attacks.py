"""The command against careless users and hostile inputs: no traceback, a line that says what is wrong, the others go on."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

TEXT = "Ngày 5/5/2023, xã Hòa Lộc trao Giấy khen cho 3 cá nhân."
DUMP = "Xã Hòa Lộc trao Giấy khen cho ba hộ gia đình\nNgày 5/5/2023, xã Hòa Lộc trao Giấy khen cho {} hộ gia đình hiến đất làm đường.\n"


def thidua(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command; whatever happens, no traceback."""
    command = [sys.executable, "-m", "thidua.cli", "--lang", "en", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=60, env={**os.environ, **environment})
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def line(ident: object, **more: object) -> bytes:
    """One line of JSONL."""
    return json.dumps({"id": ident, "text": TEXT, **more}, ensure_ascii=False).encode("utf-8") + b"\n"


def test_hostile_lines_are_named_and_the_good_ones_come_out(tmp_path: Path) -> None:
    deep = b'{"id": "d", "text": "x", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    bad = [
        deep,
        line(True),
        line([1]),
        line(float("nan")),
        line(""),
        b'{"id": "s", "text": "\\ud800"}\n',
        b'{"id": ' + b"1" * 5000 + b"}\n",
        b"\xff\n",
    ]
    (tmp_path / "bad.jsonl").write_bytes(b"".join(bad) + line("good"))
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(line("packed")))
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(os.urandom(9000))[:3000])
    (tmp_path / "wide.jsonl").write_bytes(line("wide").decode().encode("utf-16"))
    (tmp_path / "half.warc").write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\n")
    (tmp_path / "picture.bin").write_bytes(bytes(range(256)) * 20)
    done = thidua("parse", *sorted(tmp_path.iterdir()), tmp_path, tmp_path / "none")
    found = [json.loads(one) for one in done.stdout.splitlines()]
    assert [one["id"] for one in found if "reject" not in one] == ["good", "packed"]
    assert done.returncode == 1
    told = done.stderr.decode()
    for name in ("cut.jsonl.gz", "wide.jsonl", "half.warc", "none", *(f"bad.jsonl, line {number}" for number in range(1, len(bad) + 1))):
        assert name in told, name


@pytest.mark.slow
def test_parquet_of_others(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    parquet.write_table(pa.table({"a": [1]}), tmp_path / "other.parquet")
    parquet.write_table(pa.table({"id": ["p"], "text": [TEXT], "blob": [b"\xff"]}), tmp_path / "more.parquet")
    done = thidua("parse", tmp_path / "other.parquet", tmp_path / "more.parquet")
    assert [json.loads(one)["id"] for one in done.stdout.splitlines()] == ["p"]
    assert b"`id` and `text`" in done.stderr
    piped = thidua("parse", "-", stdin=(tmp_path / "more.parquet").read_bytes())
    assert piped.returncode == 0 and json.loads(piped.stdout)["id"] == "p"


@pytest.mark.slow
def test_the_locale_changes_nothing() -> None:
    plain = thidua("parse", stdin=line("a"))
    odd = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "America/New_York", "PYTHONHASHSEED": "7", "COLUMNS": "40"}
    assert thidua("parse", stdin=line("a"), **odd).stdout == plain.stdout


def test_files_of_one_name_are_two_articles_and_one_file_under_two_names_is_one(tmp_path: Path) -> None:
    for folder, number in (("a", 3), ("b", 4), ("c", 3)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / ("tin.txt" if folder != "c" else "bản sao.txt")).write_text(DUMP.format(number), encoding="utf-8")
    done = thidua("import", *sorted(tmp_path.glob("*/*.txt")), "--data", tmp_path / "dữ liệu")
    assert done.returncode == 0
    assert b"Took 2 pages" in done.stderr and b"(1 were there" in done.stderr


def test_addresses_that_are_none_are_imported(tmp_path: Path) -> None:
    stdin = line("a", url="http://[::1/x") + line("b", url="javascript:alert(1)") + line("c", url="//[1]")
    assert b"Took 3 pages" in thidua("import", "-", "--data", tmp_path, stdin=stdin).stderr


@pytest.mark.parametrize("command", [("status",), ("show", "x"), ("sql", "select 1")])
def test_an_empty_published_file_is_a_line(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "news.duckdb").touch()
    done = thidua(*command, "--data", tmp_path)
    assert done.returncode == 1
    assert b"news.duckdb" in done.stderr


@pytest.mark.slow
def test_a_damaged_store_and_a_folder_that_is_a_file_are_lines(tmp_path: Path) -> None:
    (tmp_path / "work.duckdb").write_bytes(b"no database")
    for command in ("extract", "publish"):
        done = thidua(command, "--data", tmp_path)
        assert done.returncode == 1
        assert b"rebuild" in done.stderr
    done = thidua("extract", "--data", tmp_path / "work.duckdb")
    assert done.returncode == 1
    assert b"work.duckdb" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_stopped_in_the_middle_of_extract(tmp_path: Path, stop: signal.Signals, workers: str) -> None:
    stdin = b"".join(line(number, text=f"{TEXT} {number} " * 80) for number in range(160))
    assert thidua("import", "-", "--data", tmp_path, stdin=stdin).returncode == 0
    command = [sys.executable, "-m", "thidua.cli", "--lang", "en", "extract", "--workers", workers, "--data", str(tmp_path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    end = time.monotonic() + 60
    while not (tmp_path / "work.duckdb").exists() and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(2)  # it reads now, and will for longer than that
    began = time.monotonic()
    os.killpg(process.pid, stop) if stop == signal.SIGINT else process.send_signal(stop)
    told = process.communicate(timeout=60)[1]
    assert time.monotonic() - began < 20
    assert process.returncode != 0 and b"Stopped" in told and b"Traceback" not in told
    assert b"Read 160 pages" in thidua("extract", "--data", tmp_path).stderr
