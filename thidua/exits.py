"""Exit statuses of the command: what a timer can tell apart."""

from __future__ import annotations

DONE = 0
FAILED = 1
USAGE = 2
MISSED = 3  # done, but an expectation was missed
HELD = 4  # another run holds the lock
NO_NETWORK = 75  # for now
INTERRUPTED = 130  # what typer makes of Ctrl-C
