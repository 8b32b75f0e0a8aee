"""Invented articles with records, told in few words: for tests of the views."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from samples import RULES, RUN

from data.publish import open_published, publish
from data.store import Kept, Store
from schemas.reading import Reading

MERIT = {"type": "certificate_of_merit", "level": "province"}


def article(number: int, text: str, **told: Any) -> Kept:
    """An article; of each record only what a test needs is told, with the words of the text that say it.

    `awards`: (words, key, told), `counts`: (words, value, units, told), `people`: (name, [(title, body)]), `events`: (words, type, told),
    `campaigns`: names; `recipients` of an award: (name, kind). Whatever else is told are fields of the article.
    """

    def at(words: str) -> dict[str, object]:
        start = text.index(words)
        return {"start": start, "end": start + len(words), "quote": words}

    records: dict[str, Any] = {
        "awards": [
            {"quotes": [at(words)], **award, "status": "awarded", "rule": "a/b", **more,
             "recipients": [{"name": name, "kind": kind} for name, kind in more.get("recipients", ())]}
            for words, award, more in told.pop("awards", ())
        ],
        "counts": [
            {**at(words), "value": value, "units": units, "award": MERIT, "award_row": 0, "rule": "a/b", **more}
            for words, value, units, more in told.pop("counts", ())
        ],
        "officials": [
            {"quotes": [at(name)], "name": name, "rule": "a/b", "positions": [{"title": title, "organization": body} for title, body in offices]}
            for name, offices in told.pop("people", ())
        ],
        "events": [{**at(words), "type": kind, "rule": "a/b", **more} for words, kind, more in told.pop("events", ())],
        "campaigns": [{**at(name), "name": name, "rule": "a/b"} for name in told.pop("campaigns", ())],
        "documents": [{**at(words), "number": words, "kind": words.split("/")[1][:2], "rule": "a/b"} for words in told.pop("documents", ())],
    }  # fmt: skip
    given = {
        "id": f"{number:016x}", "site": f"mau-{number}", "url": f"https://mau.example/{number}", "read_by": "given", "title": text.split("\n")[0],
        "text": text, "published_at": f"2024-05-{number % 27 + 1:02}T08:00:00+07:00", "province": "Sơn La", **told,
    }  # fmt: skip
    return Kept(Reading.model_validate({**given, **records}), None, RULES, RUN)


def published(folder: Path, articles: Iterable[Kept]) -> Path:
    """The articles, published."""
    with Store.open(folder / "work.duckdb") as store:
        store.keep(articles)
    publish(folder / "work.duckdb", folder / "news.duckdb")
    return folder / "news.duckdb"


def ask(file: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows of an answer."""
    with open_published(file) as con:
        return con.execute(query).fetchall()
