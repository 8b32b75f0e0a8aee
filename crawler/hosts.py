"""Which hosts may be asked now: pauses that a server wishes (Retry-After, robots.txt) and circuits that open after failures in a row.

A host that blocks us (circuit, 429, challenge, rules that it denies us) is closed, for twice as long as by the run before, a day at most. The first
request after that is the probe: a bad answer closes the host again. A good one opens it for the run, and an article ends the row.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from crawler.outcome import PutOff, Stopped

LONGEST = dt.timedelta(hours=24)
CIRCUIT = dt.timedelta(minutes=30)  # a circuit that opened is tried again by a later run, not by this one; doubled from run to run
UNNAMED = dt.timedelta(hours=1)  # for 429 without Retry-After, and for a robots.txt that does not answer
PATIENCE = dt.timedelta(seconds=30)  # a shorter pause is waited for within the run


class Stop:
    """Whether the run is cut off, and why."""

    def __init__(self) -> None:
        self.why: str | None = None
        self._event = asyncio.Event()

    def set(self, why: str) -> None:
        """Cut the run off; the first reason stands."""
        self.why = self.why or why
        self._event.set()

    def check(self) -> None:
        """Raise Stopped once the run is cut off."""
        if self.why:
            raise Stopped(self.why)

    async def sleep(self, seconds: float) -> None:
        """Sleep, and raise Stopped as soon as the run is cut off."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return
        self.check()


class Hosts:
    """State of the hosts within a run, by host:port without www."""

    def __init__(self, pauses: Mapping[str, dt.datetime], stop: Stop, *, breaker: int, closings: Mapping[str, int] | None = None) -> None:
        self._closings = dict(closings or {})  # host -> runs on end that closed it, up to this one, while no article came
        self._probing = set(self._closings)  # of them those that gave no good answer in this run
        self._pauses: dict[str, tuple[str, dt.datetime, int | None]] = {
            host: ("paused", until, self._closings.get(host)) for host, until in pauses.items()
        }
        self._failures: Counter[str] = Counter()
        self._challenges: Counter[str] = Counter()
        self.plain: set[str] = set()  # https is dead there, or leads back to http
        self.secure: set[str] = set()  # answered by https in this run
        self._stop, self._breaker = stop, breaker

    def check(self, host: str, *, only: str | None = None) -> None:
        """Raise PutOff for a host that must not be asked in this run any more; `only`: for this reason."""
        reason, until, in_a_row = self._pauses.get(host, ("", dt.datetime.min.replace(tzinfo=dt.UTC), None))
        if until - dt.datetime.now(dt.UTC) > PATIENCE and only in (None, reason):
            raise PutOff(reason, until, in_a_row)

    async def wait(self, host: str) -> None:
        """Wait for the end of a short pause; PutOff for a long one, Stopped if the run is cut off."""
        self._stop.check()
        self.check(host)
        while (left := (self._pauses[host][1] - dt.datetime.now(dt.UTC)).total_seconds() if host in self._pauses else 0) > 0:
            await self._stop.sleep(left)
            self.check(host)

    def pause(self, host: str, reason: str, until: dt.datetime, in_a_row: int | None = None) -> PutOff:
        """Ask a host nothing until then, 24 hours at most; gives the exception to raise."""
        until = min(until, dt.datetime.now(dt.UTC) + LONGEST)
        self._pauses[host] = (reason, until, in_a_row)
        return PutOff(reason, until, in_a_row)

    def close(self, host: str, reason: str, least: dt.timedelta) -> PutOff:
        """Ask a host that blocks us nothing for `least`, doubled for each run on end that closed it before; gives the exception to raise."""
        before = self._closings.get(host, 0)
        return self.pause(host, reason, dt.datetime.now(dt.UTC) + min(least * 2 ** min(before, 10), LONGEST), before + 1)

    def failed(self, host: str) -> PutOff | None:
        """Count a bad answer; gives the exception to raise once there were too many in a row. A probe keeps its own failure."""
        self._failures[host] += 1
        if self._failures[host] >= self._breaker:
            return self.close(host, "circuit", CIRCUIT)
        self.probed(host)
        return None

    def probed(self, host: str) -> None:
        """A bad answer to a probe closes the host again."""
        if host in self._probing:
            self.close(host, "circuit", CIRCUIT)

    def challenged(self, host: str) -> None:
        """Count a challenge; the second one, or that of a probe, closes the host for a day, for it is us that the server does not want."""
        self._challenges[host] += 1
        if self._challenges[host] > 1 or host in self._probing:
            self.close(host, "challenge", LONGEST)

    def answered(self, host: str, kind: str) -> None:
        """A good answer ends the row of failures; one that is more than robots.txt ends the probe, an article the row of closed runs."""
        self._failures.pop(host, None)
        if kind != "robots":
            self._probing.discard(host)
        if kind == "article":
            self._closings.pop(host, None)

    def closed(self) -> dict[str, str]:
        """host -> why it is closed for the rest of the run."""
        now = dt.datetime.now(dt.UTC)
        return {host: reason for host, (reason, until, _) in self._pauses.items() if until - now > PATIENCE}


def is_bad(status: int) -> bool:
    """Whether an answer is that of a server that does not want us, or cannot."""
    return status >= 500 or status in (403, 429)


def retry_after(value: str | None, now: dt.datetime) -> dt.datetime | None:
    """The time that a Retry-After header names in seconds or as a date, UTC, 24 hours away at most; None for none or nonsense."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return now + min(dt.timedelta(seconds=int(text[:9])), LONGEST)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    until = until.replace(tzinfo=until.tzinfo or dt.UTC)
    return min(until, now + LONGEST) if until > now else None
