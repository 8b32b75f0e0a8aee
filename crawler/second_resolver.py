"""A second resolver, asked where the system's own gives no address: name servers that the operator names."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from twisted.internet.defer import TimeoutError as Silence
from twisted.internet.error import ConnectError, ConnectionClosed, DNSLookupError
from twisted.names import dns
from twisted.names.client import Resolver
from twisted.names.error import DomainError, ResolverError

PORT = 53
NONE = (DomainError, ResolverError, Silence, ConnectError, ConnectionClosed, OSError)  # no such name, no answer, nobody there
WAITS = (1, 2, 4)  # seconds for an answer, before the question is put again


def server_of(text: str) -> tuple[str, int]:
    """Address and port of a name server written as 192.0.2.1 or 192.0.2.1:5353. ValueError for anything else."""
    address, _, port = text.strip().partition(":")
    try:
        ipaddress.IPv4Address(address)
        number = int(port or PORT)
        if not 0 < number < 1 << 16:
            raise ValueError(f"{number} is no port")
    except ValueError as error:
        raise ValueError(
            f"{text.strip()!r} is no name server; an IPv4 address was expected, such as 192.0.2.1 or 192.0.2.1:5353"
        ) from error
    return address, number


class SecondResolver:
    """Asks name servers for the IPv4 address of a name."""

    def __init__(self, servers: Sequence[str]) -> None:
        self._client: Any = Resolver(servers=[server_of(text) for text in servers], timeout=WAITS)  # type: ignore[no-untyped-call]

    async def address(self, name: str) -> str:
        """The first address of a name, at the end of a chain of other names. DNSLookupError if there is none."""
        try:
            answers, _, _ = await self._client.lookupAddress(name)
        except NONE as error:
            raise DNSLookupError(f"{name}: {str(error) or type(error).__name__}") from error
        record = next((header.payload for header in answers if header.type == dns.A), None)
        if record is None:
            raise DNSLookupError(f"{name} has no address")
        return str(record.dottedQuad())
