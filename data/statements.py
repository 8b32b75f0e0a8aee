"""SQL statements: each is a file under data/sql, named by its place there."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """The text of data/sql/<name>.sql; names of tables and columns in braces are still to be filled in."""
    return files("data").joinpath("sql", *f"{name}.sql".split("/")).read_text(encoding="utf-8")


def statements(folder: str) -> dict[str, str]:
    """Name of each file in data/sql/<folder> -> its text, by name."""
    found = (path for path in files("data").joinpath("sql", folder).iterdir() if path.name.endswith(".sql"))
    return {path.name.removesuffix(".sql"): path.read_text(encoding="utf-8") for path in sorted(found, key=lambda path: path.name)}


def heading(text: str) -> str:
    """The first comment of a statement, in one line: what it gives, and the grain."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return " ".join(lines)


def key(text: str) -> tuple[str, ...]:
    """The columns that tell the rows of a view apart (null is a value among others), from its heading: "key: article, row."."""
    found = re.search(r"^-- key: (.+)\.$", text, re.MULTILINE)
    if found is None:
        raise ValueError("a heading of a view has a line '-- key: column, column.'")
    return tuple(found[1].split(", "))
