"""How a fetch ends without a page: exceptions of our own, and every exception in the words of the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from OpenSSL.SSL import Error as TLSError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost
from twisted.internet.error import TimeoutError as NoConnection
from twisted.web.client import ResponseFailed
from twisted.web.http import _DataLoss, _MalformedChunkedDataError

from schemas.vocabulary import State

# Reasons that another day may mend; an address that failed for another one is not asked for again
TRANSIENT = frozenset({"timeout", "reset", "truncated", "tls", "dns", "connect", "encoding", "bad-header", "empty", "circuit", "dropped"})


class Ended(IgnoreRequest):
    """A request that ends here; the engine hands it to the errback and asks nobody else."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Ended):
    """We do not want it: robots, address, scheme, offsite, type, size, challenge."""


class Failed(Ended):
    """It came, but not whole."""


class PutOff(Ended):
    """Not before `until`, UTC; `in_a_row`: for how many runs on end the host was closed, where it is the host that does not want us."""

    def __init__(self, reason: str, until: dt.datetime, in_a_row: int | None = None) -> None:
        super().__init__(reason)
        self.until, self.in_a_row = until, in_a_row


class Stopped(Ended):
    """The run is cut off; the address stays open."""


class Outcome(NamedTuple):
    """State and reason of an address in the ledger."""

    state: State
    reason: str | None
    retry_at: dt.datetime | None = None
    in_a_row: int | None = None  # runs on end in which the host was closed


def outcome(error: BaseException) -> Outcome:
    """The final state that an exception stands for; `failed:` and the exception's name for one that nobody foresaw."""
    match error:
        case Refused():
            return Outcome(State.REFUSED, error.reason)
        case PutOff():
            return Outcome(State.RETRY_AT, error.reason, error.until, error.in_a_row)
        case Ended():
            return Outcome(State.FAILED, error.reason)
        case DownloadCancelledError():  # the only one who cancels is the limit of size
            return Outcome(State.REFUSED, "size")
        case UnsupportedURLSchemeError() | NotSupported():
            return Outcome(State.REFUSED, "scheme")
    return Outcome(State.FAILED, _failure(error))


def _failure(error: BaseException) -> str:
    match error:
        case DownloadTimeoutError():  # nobody took the connection, or the answer took too long
            return "connect" if isinstance(error.__cause__, NoConnection) else "timeout"
        case CannotResolveHostError():
            return "dns"
        case ResponseDataLossError():
            return "truncated"
        case DownloadConnectionRefusedError() | ConnectError():
            return "connect"
        case DownloadFailedError() | ConnectionDone() | ConnectionLost():
            return _transport(error)
    return type(error).__name__


def _transport(error: BaseException) -> str:
    """tls, truncated, reset or bad-header: what the causes of a failed download tell."""
    causes = list(_causes(error))
    if any(isinstance(cause, TLSError | VerificationError) for cause in causes):
        return "tls"
    if any(isinstance(cause, _DataLoss | _MalformedChunkedDataError) for cause in causes):
        return "truncated"
    if any(isinstance(cause, ConnectionDone | ConnectionLost) for cause in causes):
        return "reset"
    return "bad-header"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and all that Twisted and Python hang below it."""
    yield error
    if isinstance(error, ResponseFailed):
        for reason in error.reasons:
            yield from _causes(reason.value)
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
