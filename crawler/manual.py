"""All keys of a definition, made from the models: `python -m crawler.manual > docs/site-keys.md`."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from crawler.date_archive import DateArchive
from crawler.layout import ArticleAddress, Layout, Listing, Paging, Recognition, Selector
from crawler.site import Expect, ProvinceSpan, Site, Start
from schemas.dictionary import rows

PARTS: tuple[tuple[str, type[BaseModel]], ...] = (  # where the keys stand, their model
    ("Above the first [table]", Site), ("`start = [{ … }]`", Start), ("`province_at = [{ … }]`", ProvinceSpan), ("`[list]`", Listing),
    ("`archive = { … }` of `[list]`", DateArchive), ("`[next]`", Paging), ("`[article]`", ArticleAddress), ("`[[layout]]`", Layout),
    ("A selector, `{ css = … }`", Selector), ("`[expect]`", Expect), ("`[recognise]` of a platform", Recognition),
)  # fmt: skip
FILE_NAME = "key"


def default(model: type[BaseModel], key: str) -> str:
    """What a key is when it is left out; `needed` for one that may not be."""
    field = next(field for name, field in model.model_fields.items() if key in (name, field.alias))
    if field.is_required():
        return "needed"
    value: Any = field.get_default(call_default_factory=True)
    if value is None or isinstance(value, BaseModel) or value in ((), {}):
        return ""
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def markdown() -> str:
    """docs/site-keys.md."""
    lines = [
        "# Keys of a definition",
        "",
        "Made from the models: `python -m crawler.manual > docs/site-keys.md`. How a site is added stands in [add-a-site.md](add-a-site.md).",
        "A selector is written as a text of CSS or as a table; a list of one entry as that entry. A platform has the keys of `[list]`, `[next]`,",
        "`[article]`, `[[layout]]`, `encoding` and `evidence`, with `name` and `[recognise]`.",
    ]
    for head, model in PARTS:
        lines += ["", f"## {head}", "", "| key | type | left out | what |", "| --- | --- | --- | --- |"]
        for key, kind, what in rows(model):
            if key != FILE_NAME:
                lines.append(f"| `{key}` | {kind} | {default(model, key)} | {what} |".replace("||", "|").replace("|  |", "| |"))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(markdown(), end="")
