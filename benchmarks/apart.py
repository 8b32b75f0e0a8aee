"""What a benchmark measures in a process of its own, so that its memory and its time are nobody else's."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def apart(function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What a function gives in a new process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *given, **named).result()


def cpu(*, children: bool = False) -> float:
    """Seconds of CPU of the processes that this one has waited for, and without `children` of this one too."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, *(() if children else (resource.RUSAGE_SELF,)))]
    return sum(one.ru_utime + one.ru_stime for one in used)
