"""All benchmarks one after the other: `make bench`, or `python -m benchmarks [NAME …]`; hours at full size, so that the tables can be kept.

Each has a process of its own. Before the tables stand the day, the machine and the versions that they are of; the load is printed by each.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

BENCHMARKS = ("quick", "extraction", "pipeline", "analysts", "stories", "crawl", "hostile")  # in the order in which they run
PACKAGES = ("thidua", "underthesea", "spacy", "dateparser", "scrapy", "pydantic", "duckdb", "pyarrow", "trafilatura")


def head() -> str:
    """When, on what, with what."""
    with Path("/proc/cpuinfo").open(encoding="utf-8") as file:
        processor = next((line.partition(":")[2].strip() for line in file if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{dt.date.today()}; {os.cpu_count()} x {processor}, {memory} GiB; Python {platform.python_version()}, {packages}"


def main() -> int:
    """Run those that are named, else all; 1 when one of them failed."""
    parser = argparse.ArgumentParser(description="all benchmarks, one after the other")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(BENCHMARKS)} [all]")
    given = parser.parse_args()
    if unknown := set(given.names) - set(BENCHMARKS):
        parser.error(f"{', '.join(sorted(unknown))}: no benchmark; there are {', '.join(BENCHMARKS)}")
    print(head(), flush=True)
    failed = []
    for name in given.names or BENCHMARKS:
        print(f"\n=== benchmarks.{name}; load {os.getloadavg()[0]:.1f}", flush=True)
        begun = time.perf_counter()
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
        print(f"=== benchmarks.{name} took {time.perf_counter() - begun:.0f} s", flush=True)
    print(f"\nfailed: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
