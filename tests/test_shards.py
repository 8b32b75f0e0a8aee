"""A Dask cluster reads the archive in shards: the same rows as here, also when a worker or the scheduler dies on the way."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest
from distributed import KilledWorker
from hypothesis import given
from hypothesis import strategies as st

import thidua.shards
from crawler.registry import load_registry
from data.archive import Archive
from data.content import content_hash
from data.damage import Damage
from data.readings import Found
from data.store import Store
from schemas.page import Fetch
from tests.ports import listeners
from tests.sample_run import Sample, sample
from thidua.commands import command
from thidua.exits import DONE, FAILED, MISSED
from thidua.extracting import Cluster
from thidua.shards import _rows, read_shard, read_shards, registry_digest, remove_parts, shards

PLACES = st.lists(st.tuples(st.sampled_from(["a.warc.gz", "b.warc.gz", "c.warc.gz"]), st.integers(0, 10**9)), max_size=60)


def line(place: tuple[str, int]) -> Fetch:
    """The line of a page at a place of the archive."""
    told = {"run": "r", "seq": 0, "site": "s", "url": "https://s.example/", "kind": "article", "state": "ok", "at": "2024-03-05T00:00:00Z"}
    return Fetch.model_validate({**told, "sha256": f"{place[1]:064x}", "warc": place[0], "offset": place[1], "length": 9})


@given(PLACES, PLACES, st.integers(1, 7))
def test_shards_are_all_pages_once_and_stay_while_the_archive_grows(
    before: list[tuple[str, int]], more: list[tuple[str, int]], size: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thidua.shards, "SIZE", size)
        known = [line(place) for place in sorted(before)]
        first = list(shards(known, "registry"))
        assert [fetch for shard in first for fetch in shard.fetches] == known
        assert all(len(shard.fetches) <= size and len({fetch.warc for fetch in shard.fetches}) == 1 for shard in first)
        grown = [*known, *(line((f"d-{name}", offset)) for name, offset in sorted(more))]
        assert [shard for shard in shards(grown, "registry") if not shard.fetches[0].warc.startswith("d-")] == first  # type: ignore[union-attr]
        assert {shard.key for shard in shards(known, "another")}.isdisjoint(shard.key for shard in first)


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Address of a scheduler with two workers on loopback, and the processes: scheduler first. They end with the test."""
    (free,) = listeners(["127.0.0.1"])
    with free:
        port = free.getsockname()[1]
    at = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        at,
        "--host",
        "127.0.0.1",
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
    ]
    kept = ["--lifetime", "5m", "--death-timeout", "60", "--local-directory", str(folder)]
    lines = [[*dask, "--idle-timeout", "5m"], [*worker, *kept], [*worker, *kept]]
    processes = [subprocess.Popen(one, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder) for one in lines]
    try:
        yield at, processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """The sample portals."""
    with sample(tmp_path_factory.mktemp("sharded")) as one:
        yield one


@pytest.fixture(scope="module")
def archived(served: Sample, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The data folder of a crawl, and the content of what is made of it here."""
    data, here = tmp_path_factory.mktemp("archived") / "data", tmp_path_factory.mktemp("here") / "data"
    for place in (data, here):
        assert served.thidua("crawl" if place is data else "run", data=place).returncode == 0
    return data, content_of(here)


def pages(data: Path) -> int:
    """Pages of the archive that are read."""
    return sum(1 for fetch in Archive(data / "archive").ledger() if fetch.warc and fetch.kind == "article")


def content_of(data: Path) -> str:
    """The content hash of what the store has now, published."""
    assert command("publish", data, None) == DONE
    return content_hash(data / "news.duckdb")


@pytest.fixture
def data(archived: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of the archive."""
    subprocess.run(["cp", "-r", archived[0], tmp_path / "data"], check=True)
    return tmp_path / "data"


def soon(found: Callable[[], object], act: Callable[[], object]) -> threading.Thread:
    """Do something as soon as something is there."""

    def wait() -> None:
        end = time.monotonic() + 120
        while not found() and time.monotonic() < end:
            time.sleep(0.01)
        act()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


@pytest.mark.slow
@pytest.mark.parametrize("dies", ["nobody", "a worker", "the scheduler"])
def test_a_cluster_gives_the_rows_that_are_made_here(
    served: Sample, archived: tuple[Path, str], data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    monkeypatch.setattr(thidua.shards, "SIZE", 3)
    monkeypatch.setattr(thidua.shards, "AHEAD", 1)
    parts = data / "parts"
    made: set[tuple[str, int]] = set()
    with cluster(tmp_path) as (at, processes):
        if dies != "nobody":
            victim = processes[0 if dies == "the scheduler" else 1]
            killer = soon(lambda: len(list(parts.glob("*.parquet"))) > 2, victim.kill)
        status = command("extract", data, served.registry, cluster=Cluster(at))
        if dies != "nobody":
            killer.join()
        if dies == "the scheduler":
            assert status == FAILED
            made = {(part.name, part.stat().st_mtime_ns) for part in parts.glob("*.parquet")}
            assert len(made) > 2
    if dies == "the scheduler":
        monkeypatch.setattr(thidua.shards, "remove_parts", lambda shared: None)
        with cluster(tmp_path) as (at, _):
            status = command("extract", data, served.registry, cluster=Cluster(at))
        assert made <= {(part.name, part.stat().st_mtime_ns) for part in parts.glob("*.parquet")}, "what was read is not read again"
    else:
        assert not parts.exists()
    assert status == DONE
    with Store.open(data / "work.duckdb") as store:
        assert store.con.execute("select count(*), count(distinct page) from pages").fetchone() == (pages(data), pages(data))
    assert content_of(data) == archived[1]


@pytest.mark.slow
def test_nobody_there(served: Sample, data: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(thidua.shards, "PATIENCE", 1)
    assert command("extract", data, served.registry, cluster=Cluster("tcp://127.0.0.1:1")) == FAILED
    assert "127.0.0.1:1" in capfd.readouterr().err


@pytest.mark.slow
def test_a_worker_reads_a_shard_by_itself(served: Sample, data: Path) -> None:
    """A damaged record is told, the others are read; a part that is there is not made again; other rules are refused."""
    registry = load_registry(served.registry)
    lines = [fetch for fetch in Archive(data / "archive").ledger() if fetch.warc and fetch.kind == "article"][:6]
    segment = data / "archive" / str(lines[2].warc)
    with segment.open("r+b") as file:
        file.seek((lines[2].offset or 0) + 40)
        file.write(b"\0" * 8)
    (shard,) = shards(lines, registry_digest(registry))
    (data / "parts").mkdir()
    (data / "parts" / f"{registry_digest(registry)}.json").write_text(registry.model_dump_json(), encoding="utf-8")
    with pytest.raises(ValueError, match="install the same thidua"):
        read_shard(str(data), shard, registry_digest(registry), "0")
    read_shard(str(data), shard, registry_digest(registry), thidua.shards.RULES)
    part = data / "parts" / f"{shard.key}.parquet"
    before = part.stat()
    read_shard(str(data), shard, registry_digest(registry), thidua.shards.RULES)
    assert part.stat().st_mtime_ns == before.st_mtime_ns
    rows = list(_rows(*fsspec.core.url_to_fs(str(data)), shard))
    assert [isinstance(found, Damage) for _, found in rows] == [False, False, True, False, False, False]
    assert [fetch for fetch, _ in rows] == lines


@pytest.mark.slow
def test_a_damaged_page_is_named_and_the_others_are_kept(
    served: Sample, data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first = next(fetch for fetch in Archive(data / "archive").ledger() if fetch.warc and fetch.kind == "article")
    with (data / "archive" / str(first.warc)).open("r+b") as file:
        file.seek((first.offset or 0) + 40)
        file.write(b"\0" * 8)
    with cluster(tmp_path) as (at, _):
        assert command("extract", data, served.registry, cluster=Cluster(at)) == MISSED
    assert first.url in capfd.readouterr().err
    with Store.open(data / "work.duckdb") as store:
        assert store.con.execute("select count(*) from pages").fetchone() == (pages(data) - 1,)


@pytest.mark.slow
def test_the_archive_may_lie_where_fsspec_finds_it(served: Sample, data: Path) -> None:
    store, registry = fsspec.filesystem("memory"), load_registry(served.registry)
    store.put(str(data / "archive"), "/bucket/archive", recursive=True)
    digest = registry_digest(registry)
    store.pipe_file(f"/bucket/parts/{digest}.json", registry.model_dump_json().encode())
    first, *_ = shards([fetch for fetch in Archive(data / "archive").ledger() if fetch.warc and fetch.kind == "article"][:3], digest)
    read_shard("memory://bucket", first, digest, thidua.shards.RULES)
    assert len(list(_rows(store, "/bucket", first))) == 3
    remove_parts("memory://bucket")
    assert store.ls("/bucket", detail=False) == ["/bucket/archive"]


@pytest.mark.slow
def test_a_shard_that_workers_die_of_is_read_here_each_page_by_itself(served: Sample, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dead:
        """A cluster whose workers die of all that they are given."""

        def __init__(self, *_: object, **__: object) -> None: ...

        def __enter__(self) -> Dead:
            return self

        def __exit__(self, *_: object) -> None: ...

        def nthreads(self) -> dict[str, int]:
            return {}

        def submit(self, *_: object, **__: object) -> Dead:
            return self

        def result(self) -> None:
            raise KilledWorker("task", None, 3)

    monkeypatch.setattr(thidua.shards, "Client", Dead)
    registry = load_registry(served.registry)
    lines = [fetch for fetch in Archive(data / "archive").ledger() if fetch.warc and fetch.kind == "article"][:2]
    found = list(read_shards("tcp://nowhere", str(data), shards(lines, registry_digest(registry)), registry))
    assert [fetch for fetch, _ in found] == lines
    assert all(not isinstance(told, Damage) and isinstance(told[1], Found) for _, told in found)
