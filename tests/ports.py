"""Ports that nobody takes by chance: below those that the kernel gives to outgoing connections."""

from __future__ import annotations

import contextlib
import random
import socket
from collections.abc import Sequence

LOW, HIGH = 15_000, 32_000  # Linux gives 32768 and more to those who ask for none


def listeners(hosts: Sequence[str], *, backlog: int = 200) -> list[socket.socket]:
    """A listening socket at each address, all of them on one port; OSError where 100 ports were all taken at one of them."""
    for _ in range(100):
        port = random.SystemRandom().randrange(LOW, HIGH)
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            found = [stack.enter_context(socket.create_server((host, port), backlog=backlog)) for host in hosts]
            stack.pop_all()
            return found
    raise OSError(f"no port from {LOW} to {HIGH} is free at {', '.join(hosts)}")
