"""The sample portals on loopback: one small HTTP server each, for as long as a `with` lasts."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from thidua.demo.portal import Portal, Request, Response

CONNECTIONS = 32  # at once, for each portal
PATIENCE = 10.0  # seconds for a silent connection
FORM_BYTES = 1 << 20


class Addresses(dict[str, str]):
    """Key of a portal -> its address, `http://127.0.0.1:PORT`; `requests` counts by (key, path)."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def count(self, key: str, path: str) -> None:
        """Note a request."""
        with self._lock:
            self.requests[key, path] += 1


@contextmanager
def serve(portals: Iterable[Portal], ports: int = 0) -> Iterator[Addresses]:
    """Serve each portal on 127.0.0.1 until the block ends; `ports` is the first port, 0 takes any that are free."""
    addresses = Addresses()
    with ExitStack() as stack:
        for index, portal in enumerate(portals):
            server = stack.enter_context(_Server(portal, addresses, ports + index if ports else 0))
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name=portal.key, daemon=True).start()
            stack.callback(server.shutdown)
            addresses[portal.key] = f"http://127.0.0.1:{server.server_address[1]}"
        yield addresses


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, portal: Portal, addresses: Addresses, port: int) -> None:
        self.portal = portal
        self.addresses = addresses
        self._room = threading.BoundedSemaphore(CONNECTIONS)
        super().__init__(("127.0.0.1", port), _Visit)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Start the visit's thread; a visitor for whom no room comes free is sent away."""
        if not self._room.acquire(timeout=1.0):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Hold the visit, then give the room back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who hangs up is no news; an error of ours is printed."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Visit(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    server: _Server

    def do_GET(self) -> None:
        self._answer("GET")

    def do_HEAD(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def _answer(self, method: str) -> None:
        address = urlsplit(self.path)
        path = unquote(address.path)
        self.server.addresses.count(self.server.portal.key, path)
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > FORM_BYTES:
            self.close_connection = True
            self._send(Response(413, {}, b""))
            return
        form = self.rfile.read(int(length)).decode("utf-8", "replace")
        self._send(
            self.server.portal.respond(
                Request(
                    method=method,
                    path=path,
                    query=dict(parse_qsl(address.query, keep_blank_values=True)),
                    form=dict(parse_qsl(form, keep_blank_values=True)),
                    headers={name.lower(): value for name, value in self.headers.items()},
                )
            )
        )

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != 304:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)
