"""What all tests share: no network but loopback, the seeds where they are, the pipeline built once."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sample_run import Sample
    from starlette.testclient import TestClient

    from data.snapshot import Snapshot

ROOT = Path(__file__).parent.parent
LOOPBACK = ("127.", "::1", "localhost")

signal.signal(signal.SIGINT, signal.default_int_handler)  # in a shell's background Ctrl-C is ignored, by the commands that tests stop too


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """A connection to any other address fails the test that tries it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0]) if isinstance(address, tuple) else str(address)
            assert host.startswith(LOOPBACK), f"a test tried to reach {host}"
        connect(self, address)  # type: ignore[arg-type]

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


def beside(variable: str, folder: str) -> Path:
    """A folder that is not part of the project: named by an environment variable, else beside the project."""
    path = Path(os.environ.get(variable) or ROOT.parent / "shared" / folder)
    if not path.is_dir():
        pytest.skip(f"{folder} are real texts and no part of the project: set {variable} to their folder")
    return path


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Folder of the five real pages as text."""
    return beside("THIDUA_SEEDS", "seeds")


@pytest.fixture(scope="session")
def seed_gold() -> Path:
    """Folder of their annotations."""
    return beside("THIDUA_GOLD_SEEDS", "gold/seeds")


@pytest.fixture
def quick_look_in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A look at a site waits for little; its messages are English."""
    from crawler.settings import Limits
    from thidua import say
    from thidua.sites import probing

    monkeypatch.setattr(probing, "LIMITS", Limits(timeout=5, retries=1, backoff=0.01))
    say.speak("en")
    yield
    say.speak(None)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """The sample portals, served."""
    from sample_run import sample

    with sample(tmp_path_factory.mktemp("registry")) as one:
        yield one


@pytest.fixture(scope="module")
def client(place: Path) -> Iterator[TestClient]:
    """What asks the web pages of the module's own `place`."""
    from web_place import visiting

    with visiting(place) as one:
        yield one


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small published place for the web page; not to be written to."""
    from web_place import web_place

    return web_place(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def own_place(pages: Path, tmp_path: Path) -> Path:
    """The same as a place of the test's own, for what is written there."""
    for name in ("news.duckdb", "work.duckdb"):
        shutil.copyfile(pages / name, tmp_path / name)
    return tmp_path


@pytest.fixture(scope="session")
def shown(pages: Path) -> Iterator[Snapshot]:
    """Its published file, made ready once."""
    from data.snapshot import Snapshot

    snapshot = Snapshot(pages / "news.duckdb")
    yield snapshot
    snapshot.close()


@pytest.fixture
def own_client(shown: Snapshot, own_place: Path) -> TestClient:
    """What asks these pages, and reviews; decisions are kept in `own_place`."""
    from web_place import visitor

    return visitor(own_place, shown)


@pytest.fixture(scope="module")
def whole(served: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after one run of one site that nobody stopped; not to be written to."""
    from sample_run import SITE

    data = tmp_path_factory.mktemp("whole")
    done = served.thidua("run", SITE, data=data)
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that `make demo` fills; not to be written to."""
    folder = tmp_path_factory.mktemp("demo") / "var"
    line = [sys.executable, "-m", "thidua.cli", "demo", "--data", str(folder)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "demo"
