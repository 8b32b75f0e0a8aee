"""`thidua serve`: the web page on this machine, until Ctrl-C."""

from __future__ import annotations

import errno
import getpass
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


def serve(data: Path | None, port: int, *, reviews: Path | None = None, reviewer: str | None = None, read_only: bool = False) -> int:
    """Serve until Ctrl-C or SIGTERM; the exit status. Decisions about records go to `reviews` (else DIR/reviews.jsonl), unless it only reads."""
    path = published(data)
    if path is None:
        return FAILED
    try:
        import uvicorn

        from data.reviews import Reviews
        from data.snapshot import Snapshot
        from thidua.web.app import application
        from thidua.web.console import READY
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
        kept = Reviews(reviews or place.reviews)
        if kept.unreadable:
            say.complain("reviews_unreadable", path=kept.path, number=kept.unreadable)
        name = None if read_only else reviewer or login()
        READY.prepare()
        app = application(place, snapshot, reviews=kept, reviewer=name)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none", lifespan="off",
            limit_concurrency=PARALLEL, timeout_graceful_shutdown=PATIENCE,
        )  # fmt: skip
        say.tell("serving", address=f"http://{HOST}:{listening.getsockname()[1]}/")
        if name is not None:
            say.tell("serving_reviews", path=kept.path, by=name)
        with suppress(KeyboardInterrupt):  # uvicorn has ended by then, and raises it again
            uvicorn.Server(config).run(sockets=[listening])
        snapshot.close()
    say.tell("served")
    return DONE


def login() -> str:
    """The name under which the person works on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in a container
        return "reviewer"
