"""The operator's second resolver: the name servers of THIDUA_RESOLVER."""

from __future__ import annotations

import os

from crawler.second_resolver import server_of


def second_resolvers() -> tuple[str, ...]:
    """Name servers to ask where the system's resolver fails ("192.0.2.1, 192.0.2.2:5353"); none by default. ValueError for what is none."""
    given = tuple(text.strip() for text in os.environ.get("THIDUA_RESOLVER", "").split(",") if text.strip())
    for text in given:
        server_of(text)
    return given
