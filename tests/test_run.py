"""Whole runs on the sample portals: nothing twice, nothing lost, the same rows after a kill, damage named, rebuilt."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sample_run import Sample, count, last_run, published_hash, states

from data.archive import Archive
from schemas.vocabulary import State
from thidua.demo.portals import all_portals
from thidua.place import Place

SITES = tuple(portal.key for portal in all_portals())


@pytest.fixture(scope="module")
def first(served: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after one whole run."""
    data = tmp_path_factory.mktemp("first")
    done = served.thidua("run", *SITES, data=data)
    assert done.returncode == 0, done.stderr
    return data


def test_every_sample_article_comes_through(first: Path) -> None:
    assert count(first, "articles") == sum(len(portal.articles) for portal in all_portals())
    assert states(first)["open"] == states(first)["failed"] == 0
    for table in ("dates", "officials", "positions", "awards", "counts", "events", "documents", "campaigns", "recipients"):
        assert count(first, table) >= 10, table


@pytest.mark.slow
def test_a_second_run_fetches_and_writes_the_changed_pages_and_nothing_else(served: Sample, first: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(first, data)
    before, records = published_hash(data), len(list(Archive(data / "archive").pages()))
    assert served.thidua("run", *SITES, data=data).returncode == 0
    assert fetched(data) == []
    assert published_hash(data) == before
    assert len(list(Archive(data / "archive").pages())) == records
    changed = []
    try:
        for portal in all_portals()[:3]:
            article = portal.articles[-1]
            changed.append(portal.path_of(article))
            portal.change(
                article.id, paragraphs=(*article.paragraphs, "Bổ sung: ngày 9/9/2019, có thêm 7 hộ gia đình được tặng Giấy khen.")
            )
        assert served.thidua("run", *SITES, data=data).returncode == 0
        assert sorted(url.split("/", 3)[3] for url in fetched(data)) == sorted(path.lstrip("/") for path in changed)
        assert published_hash(data) != before
        assert count(data, "article_versions") == count(data, "articles") + 3
        assert served.thidua("verify", data=data).returncode == 0
    finally:
        for portal in all_portals():
            portal.restore()


def fetched(data: Path) -> list[str]:
    """Addresses of the pages that the last run brought; robots.txt is asked for at every run and is none."""
    run = last_run(data)
    lines = Archive(data / "archive").ledger()
    return [fetch.url for fetch in lines if fetch.run == run and fetch.state == State.OK and fetch.kind != "robots"]


@pytest.mark.slow
def test_readers_are_answered_while_a_run_writes(served: Sample, first: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(first, data)
    run = subprocess.Popen(served.command("run", *SITES, data=data), stderr=subprocess.DEVNULL)
    answers = []
    while run.poll() is None:
        answers.append(served.thidua("sql", "select count(*) as n from articles", "--csv", data=data))
    assert run.returncode == 0
    assert answers and all(answer.returncode == 0 and answer.stdout.split()[1].isdigit() for answer in answers)


def test_two_runs_at_once_are_one(served: Sample, first: Path) -> None:
    with Place(first).lock():
        done = served.thidua("run", *SITES, data=first)
    assert done.returncode == 4
    assert str(os.getpid()) in done.stderr
    assert served.thidua("sql", "select 1", data=first).returncode == 0


def test_no_live_site_is_status_3(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "thidua.cli", "run", "--data", str(tmp_path)], capture_output=True, check=False)
    assert done.returncode == 3


@pytest.mark.slow
def test_rebuild_gives_the_same(served: Sample, first: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(first, data)
    before = published_hash(data)
    (data / "work.duckdb").write_bytes(b"no database")
    assert served.thidua("verify", data=data).returncode == 1
    assert served.thidua("rebuild", data=data).returncode == 0
    assert published_hash(data) == before


def kills(served: Sample, first: Path, folder: Path, *, times: int, stages: tuple[str, ...]) -> None:
    """kill -9 at random moments of each stage, then a whole run: the content is that of a run that was never stopped."""
    seed = int(os.environ.get("THIDUA_SEED", random.SystemRandom().randrange(10**6)))
    print(f"seed {seed}")
    chance = random.Random(seed)
    want = published_hash(first)
    stage_time = {"crawl": 6.0, "extract": 12.0, "publish": 2.0}
    for stage in stages:
        data = folder / stage
        data.mkdir()
        if stage != "crawl":
            shutil.copytree(first / "archive", data / "archive")
        if stage == "publish":
            shutil.copy(first / "work.duckdb", data)
        arguments = (stage, *SITES) if stage == "crawl" else (stage, "--all") if stage == "extract" else (stage,)
        hit = sum(served.killed(*arguments, data=data, after=chance.uniform(0.3, stage_time[stage])) for _ in range(times))
        print(f"{stage}: killed {hit} of {times} times")
        done = served.thidua("run", *SITES, data=data)
        assert done.returncode == 0, done.stderr
        assert states(data)["open"] == 0
        assert served.thidua("verify", data=data).returncode == 0
        assert published_hash(data) == want, stage


@pytest.mark.slow
def test_killed_thirty_times_in_each_stage(served: Sample, first: Path, tmp_path: Path) -> None:
    threads = []
    failures: list[BaseException] = []

    def guarded(stage: str) -> None:
        try:
            (tmp_path / f"of-{stage}").mkdir()
            kills(served, first, tmp_path / f"of-{stage}", times=30, stages=(stage,))
        except BaseException as failure:
            failures.append(failure)

    for stage in ("crawl", "extract", "publish"):
        threads.append(threading.Thread(target=guarded, args=(stage,)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    if failures:
        raise BaseExceptionGroup("stages that did not end as they should", failures)
