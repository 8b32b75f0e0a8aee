"""Where a crawl hands over what it fetched: the spider knows no archive and no database."""

from __future__ import annotations

from typing import Protocol

from schemas.page import Fetch, Page


class Sink(Protocol):
    """Keeps pages and lines of the ledger in the order in which they come."""

    def keep(self, page: Page, fetch: Fetch) -> object:
        """Keep a response with a body, and the line that tells of it."""

    def note(self, fetch: Fetch) -> object:
        """Keep a line that has no body: an address was scheduled, refused, failed, put off or has not changed."""
