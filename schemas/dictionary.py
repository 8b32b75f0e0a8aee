"""The data dictionary, made from the models: `python -m schemas.dictionary > docs/records.md`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from schemas.article import Article, Attachment, Caption, Reject
from schemas.awards import Award, AwardKey, Recipient
from schemas.counts import Count
from schemas.dates import DateMention
from schemas.documents import Campaign, Document
from schemas.events import Event
from schemas.officials import Official, Position
from schemas.page import Fetch, Page
from schemas.reading import Reading
from schemas.record import Quote
from schemas.review import Review
from schemas.tables import award_types

MODELS: tuple[type[BaseModel], ...] = (
    Reading, Article, DateMention, Official, Position, Award, AwardKey, Recipient, Count, Event, Document, Campaign,
    Quote, Caption, Attachment, Reject, Page, Fetch, Review,
)  # fmt: skip


def type_name(annotation: Any) -> str:
    """A field's type for people: "string", "list of Position", "integer or null"."""
    if annotation is type(None):
        return "null"
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return type_name(arguments[0])
    if origin in (Union, UnionType):
        return " or ".join(type_name(part) for part in arguments)
    if origin is tuple:
        return f"list of {type_name(arguments[0])}"
    if origin in (dict, Mapping):
        return "object"
    if arguments and origin is not None and str(origin) == "typing.Literal":
        return " or ".join(f'"{part}"' for part in arguments)
    names = {str: "string", int: "integer", float: "number", bool: "boolean", bytes: "bytes"}
    return names.get(annotation) or re.sub(r"^.*\.", "", getattr(annotation, "__name__", str(annotation)))


def rows(model: type[BaseModel]) -> list[tuple[str, str, str]]:
    """(name in JSON, type, description) of each field; of Reading only what Article lacks."""
    inherited = set(Article.model_fields) if model is Reading else set()
    return [
        (field.alias or name, type_name(field.annotation), field.description or "")
        for name, field in model.model_fields.items()
        if name not in inherited
    ]


def markdown() -> str:
    """docs/records.md."""
    lines = [
        "# Records",
        "",
        "Made from the models: `python -m schemas.dictionary > docs/records.md`. Offsets are code points into `text` (NFC), the end",
        "exclusive; null means that the text does not tell. What the tables and views hold is in [tables.md](tables.md); JSON Schemas are in",
        "[schemas/](schemas/): `reading.json` of a line of `thidua parse`, `fetch.json` of a line of the archive's ledger, `review.json` of a decision on a record.",
    ]
    for model in MODELS:
        summary = (model.__doc__ or "").strip().split("\n")[0]
        lines += ["", f"## {model.__name__}", "", summary, "", "| field | type | what |", "| --- | --- | --- |"]
        lines += ["| `" + name + "` | " + kind + " | " + what.replace("|", "\\|") + " |" for name, kind, what in rows(model)]
    lines += ["", "## Award types", "", "| code | Vietnamese | English | level |", "| --- | --- | --- | --- |"]
    lines += [f"| `{code}` | {row['vi']} | {row['en']} | {row['fixed_level'] or 'of who confers'} |" for code, row in award_types().items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(markdown(), end="")
