"""A record as the fields of a plain form, made from its model; and a form back as a record, with what is wrong told by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from schemas.awards import AwardKey
from schemas.reading import Reading
from schemas.review import APART, MODELS, Record, span
from schemas.tables import award_types
from schemas.vocabulary import AwardLevel, AwardStatus, Comparator, DateRole, EventType, OfficialRole, RecipientKind, Unit
from thidua.web.posting import Form
from thidua.web.words import Words, table

# The sections of words.toml that name the codes of a vocabulary.
SECTIONS: Mapping[type[StrEnum], str] = {
    AwardLevel: "level", AwardStatus: "status", RecipientKind: "kind", Unit: "unit", Comparator: "comparator", EventType: "event",
    DateRole: "role", OfficialRole: "does",
}  # fmt: skip
AWARDS = "award"  # stands for the names of awards, which are a table
SHORT = 500  # characters of a field of one line
LINES = 100  # of a field of many


@dataclass(frozen=True)
class Field:
    """A field of the form: `text`, `number`, `choice`, `choices` or `lines`, a line for each value."""

    name: str  # in the form and in errors; a part of a part after a dot: award.type
    control: str
    required: bool = False
    codes: Sequence[str] = ()
    section: str | None = None  # that names the codes; None: they are shown as they are
    parts: Mapping[str, str | None] | None = None  # of lines of several values: name -> section of its codes

    def shown(self, record: Record, words: Words) -> str | list[str]:
        """What the form holds for a record: codes where one chooses, their names where one writes."""
        value: Any = (record.get("quotes") or [record])[0] if self.name == "quote" else record
        for part in self.name.split("."):
            value = (value or {}).get(part)
        if self.control == "choices":
            return [str(one) for one in value or ()]
        if self.control == "lines":
            return "\n".join(self._line(one, words) if self.parts else str(one) for one in value or ())
        return "" if value is None else str(value)

    def read(self, form: Form) -> Any:
        """What the form says, as JSON; None for nothing."""
        given = form.get(self.name, [])
        if self.control == "choices":
            return given
        text = given[0].strip() if given else ""
        if self.control != "lines":
            return text[:SHORT] or None
        lines = [line.strip() for line in text.split("\n") if line.strip()][:LINES]
        return [dict(self._parts(line)) for line in lines] if self.parts else lines

    def _line(self, one: Record, words: Words) -> str:
        """The values of a part on one line."""
        cells = [
            words.code(section, one.get(part)) if section else str(one.get(part) or "") for part, section in (self.parts or {}).items()
        ]
        return " | ".join(cells).removesuffix(" | ")

    def _parts(self, line: str) -> Iterator[tuple[str, str]]:
        """The values of a line; a code may be given by its name in either language."""
        cells = [cell.strip() for cell in line.split("|", len(self.parts or ()) - 1)]
        for (name, section), cell in zip((self.parts or {}).items(), cells, strict=False):
            named = {word.lower(): code for code, words in table()[section].items() for word in words} if section else {}
            if cell:
                yield name, named.get(cell.lower(), cell)


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of record, its quote last."""
    model = MODELS[kind]
    asked = {name: info for name, info in model.model_fields.items() if name not in APART | {"quote", "field"}}
    fields = (field for name, info in asked.items() for field in _fields(info.alias or name, info.annotation, info.is_required(), model))
    return (*fields, Field("quote", "text", required=True))


def _fields(name: str, annotation: Any, required: bool, model: type[BaseModel]) -> Iterator[Field]:
    some = [one for one in get_args(annotation) if one is not NoneType] if NoneType in get_args(annotation) else [annotation]
    inner = some[0]
    if get_origin(inner) is tuple:
        one = get_args(inner)[0]
        if isinstance(one, type) and issubclass(one, StrEnum):
            yield Field(name, "choices", required, [code.value for code in one], SECTIONS[one])
        elif isinstance(one, type) and issubclass(one, BaseModel):
            parts = {part: SECTIONS.get(field.annotation) for part, field in one.model_fields.items() if part not in APART}  # type: ignore[arg-type]
            yield Field(name, "lines", required, parts=parts)
        else:
            yield Field(name, "lines", required)
    elif isinstance(inner, type) and issubclass(inner, BaseModel):
        for part, field in inner.model_fields.items():
            yield from _fields(f"{name}.{field.alias or part}", field.annotation, False, inner)
    elif isinstance(inner, type) and issubclass(inner, StrEnum):
        yield Field(name, "choice", required, [code.value for code in inner], SECTIONS[inner])
    elif get_origin(inner) is Literal:
        yield Field(name, "choice", required, [str(code) for code in get_args(inner)])
    elif name.rpartition(".")[2] == "type" and model in (MODELS["awards"], AwardKey):
        yield Field(name, "choice", required, list(award_types()), AWARDS)
    else:
        yield Field(name, "number" if inner is int else "text", required)


def described(kind: str, record: Record, words: Words, award_name: Callable[[str], str]) -> list[tuple[str, str]]:
    """What a record says, for people: label and value of each field that says something."""
    found = []
    for field in fields_of(kind):
        given = field.shown(record, words)
        values = given if isinstance(given, list) else [given]
        if field.section == AWARDS:
            values = [award_name(code) if code else "" for code in values]
        elif field.section:
            values = [words.code(field.section, code) or code for code in values]
        if text := ", ".join(values).replace("\n", "; "):
            found.append((words.code("field", field.name), text))
    return found


def changed(kind: str, record: Record, corrected: Record, words: Words, award_name: Callable[[str], str]) -> list[tuple[str, str]]:
    """What a correction says otherwise than the record: label and new value."""
    before, after = (dict(described(kind, one, words, award_name)) for one in (record, corrected))
    return [(label, after.get(label, words("left_out"))) for label in before | after if before.get(label) != after.get(label)]


@dataclass(frozen=True)
class Read:
    """What a form gave: a record that holds, or what is wrong: name of the field -> key of the message; "" for the whole."""

    record: dict[str, Any] | None
    wrong: Mapping[str, str]


def read(kind: str, form: Form, *, was: Record | None, article: Mapping[str, Any]) -> Read:
    """The record that a form describes; `was`: the one that it corrects, whose places are kept where their words are."""
    said: dict[str, Any] = {}
    for field in fields_of(kind):
        value, (name, _, part) = field.read(form), field.name.partition(".")
        if value is not None and value != []:
            said.setdefault(name, {}).update({part: value}) if part else said.update({name: value})
    where = (was or {}).get("field") or "text"
    source = str(article.get(where) or "") if where in ("text", "source_credit") else ""
    quote = str(said.pop("quote", ""))
    for name, words in (("positions", "title"), ("recipients", "name")):
        for part in said.get(name, ()):
            part.update(_place_of_part(part, words, was, source))
    place = _place(quote, was, source)
    if not place:
        return Read(None, {"quote": "wrong_quote" if quote else "wrong_missing"})
    if "quotes" in MODELS[kind].model_fields:
        kept = (was or {}).get("quotes") or []
        said["quotes"] = kept if kept and kept[0].get("quote") == quote else [place]
    else:
        said |= place | ({"field": where} if kind == "documents" else {})
    whole = {
        "id": article["article"],
        "text": article["text"],
        "source_credit": article.get("source_credit"),
        kind: [{**said, "rule": "review"}],
    }
    try:
        record = getattr(Reading.model_validate(whole), kind)[0].model_dump(mode="json", exclude={"confidence"}, exclude_none=True)
    except ValidationError as error:
        return Read(None, _wrong(kind, error))
    return Read(record, {})


def _place(quote: str, was: Record | None, source: str) -> dict[str, Any]:
    """Where a quote stands, as near as can be to where the record stood; empty where it does not stand."""
    near = span(was)[0] if was else 0
    starts = [found.start() for found in re.finditer(re.escape(quote), source)] if quote else []
    if not starts:
        return {}
    start = min(starts, key=lambda one: abs(one - near))
    return {"start": start, "end": start + len(quote), "quote": quote}


def _place_of_part(part: Mapping[str, Any], words: str, was: Record | None, source: str) -> dict[str, int]:
    """Where a title or a name stands: as it stood, else the first place that has its words."""
    for before in [*((was or {}).get("positions") or ()), *((was or {}).get("recipients") or ())]:
        if before.get(words) == part.get(words):
            return {name: before[name] for name in ("start", "end") if before.get(name) is not None}
    start = source.find(part[words]) if part.get(words) else -1
    return {"start": start, "end": start + len(part[words])} if start >= 0 else {}


# What pydantic finds wrong -> key of the message; other faults are `wrong_value`.
FAULTS = {
    "missing": "wrong_missing", "string_too_short": "wrong_missing", "too_short": "wrong_missing", "enum": "wrong_choice", "literal_error": "wrong_choice",
    "int_parsing": "wrong_number", "int_parsing_size": "wrong_range", "greater_than_equal": "wrong_range", "less_than_equal": "wrong_range",
}  # fmt: skip


def _wrong(kind: str, error: ValidationError) -> dict[str, str]:
    """What is wrong, by field."""
    names = {field.name: field for field in fields_of(kind)}
    found: dict[str, str] = {}
    for fault in error.errors(include_url=False, include_input=False):
        at = [str(part) for part in fault["loc"][2:]]
        name = next((one for one in (".".join(at[:2]), *at[:1]) if one in names), "")
        in_line = bool(name and names[name].parts and len(at) > 1)
        message = (
            "wrong_line" if in_line else FAULTS.get(fault["type"], "wrong_edtf" if name in ("edtf", "anchor", "issued") else "wrong_value")
        )
        found.setdefault(name or next((one for one in sorted(names) if at and one.startswith(f"{at[0]}.")), ""), message)
    return found
