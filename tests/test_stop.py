"""A run that is stopped, however, and run again ends as one that was never stopped: the same states in the ledger, the same rows."""

from __future__ import annotations

import resource
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from crawl_child import run_child
from crawl_sites import LIMITS, News, site
from fault_server import SITE as HOST
from fault_server import Answer, Asked, FaultServer, answer
from sample_run import SITE, Sample, published_hash

from data.archive import Archive
from schemas.vocabulary import State
from thidua.exits import DONE, FAILED

DONE_STATES = {State.OK: "done", State.UNCHANGED: "done"}


def ends(data: Path) -> dict[str, str]:
    """Address -> its state in the end; what was fetched twice and had not changed is done too. Of a list any page more may be looked at."""
    newest = [line for line in Archive(data / "archive").states().values() if not (line.kind == "list" and line.found_on)]
    return {line.url: DONE_STATES.get(line.state) or f"{line.state}:{line.reason}" for line in newest}


def is_under_way(data: Path) -> bool:
    """Whether some articles are kept and others wait."""
    lines = list(Archive(data / "archive").ledger())
    kept = sum(line.kind == "article" and line.state is State.OK for line in lines)
    return kept >= 3 and len(lines) > 2 * kept + 3


def signalled(number: signal.Signals) -> Callable[[Sample, Path], int]:
    def stop(served: Sample, data: Path) -> int:
        process = subprocess.Popen(served.command("crawl", SITE, data=data), stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while not is_under_way(data) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(number)
        return process.wait(30)

    return stop


def in_time(served: Sample, data: Path) -> int:
    return served.thidua("crawl", SITE, "--for", "1.5s", data=data).returncode


def on_a_full_disk(served: Sample, data: Path) -> int:
    """The disk refuses what goes beyond so many bytes of a file, as a full one would."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    done = subprocess.run(
        served.command("crawl", SITE, data=data), preexec_fn=limit, capture_output=True, text=True, timeout=60, check=False
    )
    assert "the disk refused a write" in done.stderr
    return done.returncode


def below_the_floor(served: Sample, data: Path) -> int:
    done = served.thidua("crawl", SITE, "--min-free", "900000T", data=data)
    assert "MiB are free" in done.stderr
    return done.returncode


WAYS: dict[str, tuple[Callable[[Sample, Path], int], int]] = {
    "kill -9": (signalled(signal.SIGKILL), -signal.SIGKILL),
    "SIGTERM": (signalled(signal.SIGTERM), FAILED),
    "--for": (in_time, DONE),
    "full disk": (on_a_full_disk, FAILED),
    "--min-free": (below_the_floor, FAILED),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_stopped_run_and_the_next_give_what_one_run_gives(way: str, served: Sample, whole: Path, tmp_path: Path) -> None:
    stop, status = WAYS[way]
    (tmp_path / "sites.toml").write_text(f"[{SITE}]\ndelay = 0.15\n", encoding="utf-8")  # so that it is met in the middle
    assert stop(served, tmp_path) == status
    assert ends(tmp_path) != ends(whole), "it was stopped before its end"
    (tmp_path / "sites.toml").unlink()
    done = served.thidua("run", SITE, data=tmp_path)
    assert done.returncode == DONE, done.stderr
    assert ends(tmp_path) == ends(whole)
    assert published_hash(tmp_path) == published_hash(whole)
    assert served.thidua("verify", data=tmp_path).returncode == DONE


def test_a_list_is_followed_past_articles_that_a_stopped_run_left_open() -> None:
    """A feed had named what the first pages of the list show, and nothing of it came: the pages behind them are still to be found."""
    news = News(30)

    def with_feed(asked: Asked) -> Answer:
        if asked.path != "/rss":
            return news(asked)
        items = "".join(f"<item><link>{server.url('news', f'/bai/{number}')}</link></item>" for number in range(30, 10, -1))
        return answer(f"<rss><channel>{items}</channel></rss>", kind="application/rss+xml")

    with FaultServer({"news": with_feed}) as server:
        portal = site(server, "news", feeds=[server.url("news", "/rss")], next={"type": "param", "name": "trang"})
        left = [
            {"run": "r1", "seq": number, "site": "news", "url": server.url("news", f"/bai/{number}"), "kind": "article", "state": "open"}
            | {"at": "2026-11-20T00:00:00Z", "found_on": server.url("news", "/rss")}
            for number in range(11, 31)
        ]
        found = run_child([portal], names={"news.test": HOST}, limits=LIMITS, run="r2", states=left)
    assert {line["url"].rpartition("/")[2] for line in found.lines if "/bai/" in line["url"]} == {str(number) for number in range(1, 31)}
