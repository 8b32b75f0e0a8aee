"""Tells somebody of a run that failed or fell short: a command of the operator's choice gets the report on its standard input."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from thidua import say

LIMIT = 60.0  # seconds that the command may take


def notify(command: str, report: Mapping[str, Any], *, limit: float = LIMIT) -> None:
    """Run the command, without a shell, with the report as JSON on its standard input; what goes wrong with it is told, and that is all."""
    try:
        process = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)
    except (OSError, ValueError, IndexError) as error:  # not there, a quote that does not close, nothing at all
        say.complain("notify_failed", command=command, why=error)
        return
    try:
        process.communicate(json.dumps(report, ensure_ascii=False, default=str).encode(errors="backslashreplace"), timeout=limit)
    except BaseException as error:  # over its time, or we are stopped: it ends, with what it started
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if not isinstance(error, subprocess.TimeoutExpired):
            raise
        say.complain("notify_failed", command=command, why=f"it took over {limit:g} s and was ended")
    else:
        if process.returncode:
            say.complain("notify_failed", command=command, why=f"it ended with status {process.returncode}")
