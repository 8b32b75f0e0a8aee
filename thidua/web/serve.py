"""`thidua serve`: the web page on this machine, until Ctrl-C."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from pathlib import Path

from thidua import say
from thidua.asking import published
from thidua.exits import DONE, FAILED
from thidua.place import Place

HOST = "127.0.0.1"  # nobody but this machine; docs/serve.md tells how to look from another one
PARALLEL = 200  # requests at the same time; a further one is told to come back
PATIENCE = 3  # seconds that running requests get at the end


def serve(data: Path | None, port: int) -> int:
    """Serve until Ctrl-C or SIGTERM; the exit status."""
    path = published(data)
    if path is None:
        return FAILED
    try:
        import uvicorn

        from data.snapshot import Snapshot
        from thidua.web.app import application
    except ModuleNotFoundError as error:
        say.complain("serve_needs", name=error.name)
        return FAILED
    place = Place(path.parent)
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            say.complain("port_taken" if error.errno == errno.EADDRINUSE else "port_refused", port=port)
            return FAILED
        snapshot = Snapshot(place.published)
        say.tell("serve_preparing", path=place.published)
        app = application(place, snapshot)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none", lifespan="off",
            limit_concurrency=PARALLEL, timeout_graceful_shutdown=PATIENCE,
        )  # fmt: skip
        say.tell("serving", address=f"http://{HOST}:{listening.getsockname()[1]}/")
        with suppress(KeyboardInterrupt):  # uvicorn has ended by then, and raises it again
            uvicorn.Server(config).run(sockets=[listening])
        snapshot.close()
    say.tell("served")
    return DONE
