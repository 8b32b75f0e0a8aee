"""What analysts are promised of the views: names, types and keys. `python tests/contract.py > tests/contract.toml` writes it down anew.

A name that is taken away or means something else breaks the queries of those who use it: say so in CHANGELOG.md. A new column comes last or where it
is read best, for queries name theirs.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from data.publish import open_published, publish, view_order
from data.statements import key, statement
from data.store import Store

FILE = Path(__file__).with_name("contract.toml")
HEAD = """# Views that are published, with the columns that tell their rows apart and the type of each column.
# Made by `python tests/contract.py > tests/contract.toml`: a change of this file is one of what analysts are promised.
"""


def text(con: duckdb.DuckDBPyConnection) -> str:
    """tests/contract.toml, of a published file."""
    lines = [HEAD]
    for view in sorted(view_order()):
        lines += [f"[{view}]", f"key = {json.dumps(key(statement(f'views/{view}')))}"]
        lines += [f"columns.{name} = {literal(kind)}" for name, kind, *_ in con.execute(f"describe {view}").fetchall()]
        lines.append("")
    return "\n".join(lines)


def literal(kind: str) -> str:
    """A string of TOML; none of the types has an apostrophe."""
    return f"'{kind}'"


def of_nothing() -> str:
    """The contract as a published file without articles keeps it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        Store.open(folder / "work.duckdb").close()
        publish(folder / "work.duckdb", folder / "news.duckdb")
        with open_published(folder / "news.duckdb") as con:
            return text(con)


if __name__ == "__main__":
    print(of_nothing(), end="")
