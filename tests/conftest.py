"""What all tests share: no network but loopback, the seeds where they are, the pipeline built once."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sample_run import Sample

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
def whole(served: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after one run of one site that nobody stopped; not to be written to."""
    from sample_run import SITE

    data = tmp_path_factory.mktemp("whole")
    done = served.thidua("run", SITE, data=data)
    assert done.returncode == 0, done.stderr
    return data
