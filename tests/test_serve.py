"""`thidua serve` as a person starts it: on this machine alone, until Ctrl-C."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from samples import fill

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("served"), 2)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "thidua.cli", "--lang", "en", "serve", *arguments]


@contextmanager
def served(place: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The running command and its port."""
    process = subprocess.Popen(command("--port", "0", "--data", str(place), *options), stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = process.stderr.readline() + process.stderr.readline()
        port = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert port, said
        yield process, int(port[1])
    finally:
        process.kill()
        process.wait()


def get(port: int, path: str, host: str = "127.0.0.1") -> http.client.HTTPResponse:
    """An answer; the server may still be on its way to listen."""
    for _ in range(100):
        con = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            con.request("GET", path, headers={"Host": host})
            return con.getresponse()
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("nobody listens")


def listening(port: int) -> list[str]:
    """Addresses, as the kernel writes them, on which a port is listened at."""
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            local, _, state = line.split()[1:4]
            if state == "0A" and int(local.rpartition(":")[2], 16) == port:
                found.append(local.rpartition(":")[0])
    return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_this_machine_and_ends_when_asked(place: Path, how: signal.Signals) -> None:
    with served(place) as (process, port):
        assert get(port, "/").status == 200
        got = get(port, "/sql?q=select%201")
        assert got.status == 200 and got.headers["server"] is None
        assert get(port, "/", host="evil.example").status == 400
        assert listening(port) == ["0100007F"], "127.0.0.1 and nothing else"
        assert get(port, "/?q=" + "a" * 200_000).status in (400, 431), "too long an address is refused"
        start = time.monotonic()
        process.send_signal(how)
        _, said = process.communicate(timeout=20)
        assert process.returncode == 0 and "has ended" in said and "Traceback" not in said and "leaked" not in said, said
        assert time.monotonic() - start < 10


def test_decisions_go_to_the_file_that_is_named(place: Path, tmp_path: Path) -> None:
    """Sent as a browser sends a form; the page that only reads takes nothing and writes nothing."""
    file, article = tmp_path / "in" / "git.jsonl", f"/article/{0:016x}"
    with served(place, "--reviews", str(file), "--reviewer", "Mai") as (process, port):
        page = get(port, article).read().decode()
        (token,), (judged, *_) = re.findall(r'name="token" value="([^"]+)"', page), re.findall(r'value="(right [^"]+)"', page)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{port}",
            "Sec-Fetch-Site": "same-origin",
        }
        form = urlencode({"token": token, "judge": judged})

        def post(**change: str) -> http.client.HTTPResponse:
            con = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            con.request("POST", f"{article}/review", body=form, headers={**headers, **change})
            return con.getresponse()

        assert post(Origin="http://127.0.0.1").status == 403, "another port is another site"
        assert not file.exists()
        got = post()
        assert got.status == 303 and got.headers["Location"].startswith(f"{article}#")
        assert json.loads(file.read_text(encoding="utf-8"))["by"] == "Mai"
        assert process.stderr and str(file) in process.stderr.readline(), "it says where decisions go"
    assert not (place / "reviews.jsonl").exists()
    with served(place, "--reviews", str(file), "--read-only") as (_, port):
        page = get(port, article).read().decode()
        assert "Mai" in page and "<form" not in page


def test_a_taken_port_is_said(place: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(command("--port", str(port), "--data", str(place)), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and f"Port {port} is taken" in done.stderr and "Traceback" not in done.stderr


def test_before_the_first_publish(tmp_path: Path) -> None:
    done = subprocess.run(command("--data", str(tmp_path)), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and "thidua demo" in done.stderr


def test_without_its_packages_it_says_what_to_install(place: Path, tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError('no', name='uvicorn')")
    done = subprocess.run(
        command("--data", str(place)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 1 and "uvicorn" in done.stderr and ".[web]" in done.stderr


def test_there_is_no_way_to_another_address(place: Path) -> None:
    done = subprocess.run(command("--host", "0.0.0.0", "--data", str(place)), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
