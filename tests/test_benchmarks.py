"""The benchmarks of the crawl and of the way from archive to rows run to their end; what they measure is for an idle machine to say."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_the_crawl_is_compared_and_counted() -> None:
    sizes = ["--sites", "4", "--pages", "20", "--small", "20", "--rounds", "1"]
    done = subprocess.run([sys.executable, "-m", "benchmarks.crawl", *sizes], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    assert all(told in done.stdout for told in ("4 sites of 5 articles", "(20 article, ", "0 of them twice")), done.stdout


@pytest.mark.slow
def test_texts_and_pages_come_to_the_same_rows_by_one_process_and_by_two() -> None:
    sizes = ["--articles", "0", "--compared", "24", "--pages", "10", "--loaded", "10"]
    done = subprocess.run([sys.executable, "-m", "benchmarks.pipeline", *sizes], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.count("the same content") == 2 and "rows a second" in done.stdout, done.stdout
