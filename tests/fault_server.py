"""A web server of faults on loopback, in raw sockets: what it sends is chosen by host and path, byte by byte.

One listener plays all hosts (`names` leads them to it); a second one stands at the forbidden address and only counts who knocks.
"""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.ports import listeners

SITE, FORBIDDEN = "127.0.0.2", "127.0.0.1"
LIFETIME = 90.0  # seconds after which the server stops by itself
HELD = threading.BoundedSemaphore(100)  # connections at a time

Answer = bytes | Iterator[bytes] | None  # None: hold the line and say nothing


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    at: float
    host: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Handler = Callable[[Asked], Answer]
RESET = b"\x00reset\x00"  # send what stands before it, then RST


def answer(
    body: bytes | str = b"", *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", length: str | None = None, **headers: str
) -> bytes:
    """A response; keyword `retry_after="3"` becomes `Retry-After: 3`, `length` replaces the true one."""
    data = body.encode() if isinstance(body, str) else body
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(data) if length is None else length}",
        "Connection: close",
    ]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


@dataclass
class FaultServer:
    """Use as a context; `handlers` gives the answer of a host (its first label), `asked` is what came, in order."""

    handlers: dict[str, Handler]
    asked: list[Asked] = field(default_factory=list)
    knocks: list[float] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    together: dict[str, int] = field(default_factory=dict)  # host -> requests of it that were under way in one moment, at most
    _under_way: dict[str, set[socket.socket]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> FaultServer:
        self._until = time.monotonic() + LIFETIME
        self._listener, self._forbidden = listeners((SITE, FORBIDDEN))
        self.port = int(self._listener.getsockname()[1])
        for listener, serve in ((self._listener, self._serve), (self._forbidden, self._knock)):
            listener.settimeout(0.2)
            threading.Thread(target=self._accept, args=(listener, serve), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._until = 0.0
        self._listener.close()
        self._forbidden.close()

    def url(self, host: str, path: str = "/") -> str:
        """An address of a host of this server."""
        return f"http{'s' if self.tls else ''}://{host}.test:{self.port}{path}"

    def of(self, host: str, path: str | None = None) -> list[Asked]:
        """What was asked of a host."""
        return [one for one in self.asked if one.host == host and path in (None, one.path)]

    def _accept(self, listener: socket.socket, serve: Callable[[socket.socket], None]) -> None:
        while time.monotonic() < self._until:
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                threading.Thread(target=self._guarded, args=(connection, serve), daemon=True).start()

    def _guarded(self, connection: socket.socket, serve: Callable[[socket.socket], None]) -> None:
        with HELD, connection, contextlib.suppress(OSError):
            connection.settimeout(10)
            if self.tls and serve == self._serve:
                with self.tls.wrap_socket(connection, server_side=True) as wrapped:
                    return serve(wrapped)
            serve(connection)

    def _knock(self, connection: socket.socket) -> None:
        self.knocks.append(time.monotonic())

    def _serve(self, connection: socket.socket) -> None:
        head, _, rest = self._until_blank(connection)
        lines = head.decode("latin-1").split("\r\n")
        method, path, _ = lines[0].split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        while len(rest) < int(headers.get("content-length", 0)):
            rest += connection.recv(65536)
        host = headers.get("host", "").partition(":")[0].removesuffix(".test")
        asked = Asked(time.monotonic(), host, method, path, headers, rest)
        self.asked.append(asked)
        self._count(host, connection)
        try:
            self._answer(connection, asked)
        finally:
            with self._lock:
                self._under_way[host].discard(connection)

    def _count(self, host: str, connection: socket.socket) -> None:
        """Note how many requests of a host are under way; one that seems to be is looked at again, for threads are late."""
        with self._lock:
            there = self._under_way.setdefault(host, set())
            there.add(connection)
        number = self._number(there)
        if number > 1:
            time.sleep(0.05)
            number = self._number(there)
        self.together[host] = max(number, self.together.get(host, 1))

    def _number(self, there: set[socket.socket]) -> int:
        with self._lock:
            return sum(not _is_left(one) for one in there)

    def _answer(self, connection: socket.socket, asked: Asked) -> None:
        host = asked.host
        given = self.handlers[host](asked) if host in self.handlers else answer(status="404 Not Found")
        if given is None:
            with contextlib.suppress(TimeoutError):
                connection.recv(1)
            return
        for piece in [given] if isinstance(given, bytes) else given:
            sent, reset, _ = piece.partition(RESET)
            connection.sendall(sent)
            if reset:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return

    @staticmethod
    def _until_blank(connection: socket.socket) -> tuple[bytes, bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more:
                raise ConnectionResetError("the client went away")
            data += more
        return data.partition(b"\r\n\r\n")


def _is_left(connection: socket.socket) -> bool:
    """Whether the client has hung up: after its request it sends nothing but the end."""
    try:
        return bool(select.select([connection], [], [], 0)[0])
    except (OSError, ValueError):  # closed on this side
        return True
