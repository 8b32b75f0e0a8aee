"""JSON Schemas of the records, made from the models: `python -m schemas.json_schema docs/schemas`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from schemas.page import Fetch
from schemas.reading import Reading
from schemas.review import Review

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# File -> the model that one JSON line holds; the records are under `$defs` of the reading
LINES: dict[str, type[BaseModel]] = {
    "reading": Reading,  # of `thidua parse`
    "fetch": Fetch,  # of the archive's ledger.jsonl
    "review": Review,  # of the decisions of people
}


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of what the model writes, draft 2020-12; a field is named as in JSON (`class`)."""
    return {"$schema": DIALECT, **model.model_json_schema(mode="serialization")}


def texts() -> dict[str, str]:
    """File name -> its text."""
    return {f"{name}.json": json.dumps(schema(model), ensure_ascii=False, indent=2) + "\n" for name, model in LINES.items()}


if __name__ == "__main__":
    for name, text in texts().items():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
