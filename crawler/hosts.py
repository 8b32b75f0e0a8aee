"""Which hosts may be asked now: pauses that a server wishes (Retry-After, robots.txt) and circuits that open after failures in a row."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from crawler.outcome import PutOff

LONGEST = dt.timedelta(hours=24)
CIRCUIT = dt.timedelta(minutes=30)  # a circuit that opened is tried again by the next run, not by this one
UNNAMED = dt.timedelta(hours=1)  # for 429 without Retry-After


class Hosts:
    """State of the hosts within a run, by host:port without www."""

    def __init__(self, pauses: Mapping[str, dt.datetime], *, breaker: int) -> None:
        self._pauses: dict[str, tuple[str, dt.datetime]] = {host: ("paused", until) for host, until in pauses.items()}
        self._failures: Counter[str] = Counter()
        self._breaker = breaker

    def check(self, host: str) -> None:
        """Raise PutOff for a host that must not be asked now."""
        if host in self._pauses:
            reason, until = self._pauses[host]
            if until > dt.datetime.now(dt.UTC):
                raise PutOff(reason, until)

    def pause(self, host: str, reason: str, until: dt.datetime) -> PutOff:
        """Close a host until then, 24 hours at most; gives the exception to raise."""
        until = min(until, dt.datetime.now(dt.UTC) + LONGEST)
        self._pauses[host] = (reason, until)
        return PutOff(reason, until)

    def failed(self, host: str, reason: str = "circuit") -> PutOff | None:
        """Count a bad answer; gives the exception to raise once there were too many in a row."""
        self._failures[host] += 1
        if self._failures[host] < self._breaker:
            return None
        return self.pause(host, reason, dt.datetime.now(dt.UTC) + CIRCUIT)

    def answered(self, host: str) -> None:
        """A good answer ends the row."""
        self._failures.pop(host, None)

    def closed(self) -> dict[str, str]:
        """host -> why it is closed at this moment."""
        now = dt.datetime.now(dt.UTC)
        return {host: reason for host, (reason, until) in self._pauses.items() if until > now}


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
