"""The further addresses of articles that the ledger tells of, as rows of the store."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.aliases import LINK
from crawler.registry import Registry
from data.ask import stream
from data.rows import AliasRow
from data.store import Store


def alias_rows(store: Store, registry: Registry) -> Iterator[AliasRow]:
    """The aliases of the copied ledger, each of the article that its address has by itself (a link) or that its page told of."""
    for key, url, how, found_on, since in stream(store.con, "alias_lines"):
        site = registry.by_key.get(key)
        if site is not None:
            article = site.article_id(url if how == LINK or found_on is None else found_on)
            yield AliasRow(article=article, site=key, url=url, how=how, found_on=found_on, since=since)
