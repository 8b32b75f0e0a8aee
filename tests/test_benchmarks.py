"""The benchmark of the crawl runs to its end; what it measures is for an idle machine to say."""

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
