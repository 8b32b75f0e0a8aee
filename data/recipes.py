"""Questions that analysts ask, each with its query (data/sql/recipes), and the page of their answers on the sample portals.

`python -m data.recipes data/var/demo/news.duckdb > docs/recipes.md`, after `thidua demo`.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
from typing import NamedTuple

import duckdb

from data.publish import open_published
from data.statements import heading, statement, statements

WIDTH, ROWS = 140, 60  # of a printed answer: letters of a line, rows
VARIES = frozenset({"fetched_at", "warc", "offset", "sha256", "page"})  # columns that differ from run to run on the same pages
HEAD = """# Recipes / Công thức hỏi dữ liệu

{number} questions, each with its query and its answer on the sample data of `thidua demo` (people, bodies below the province and events are invented).
They need nothing but [DuckDB](https://duckdb.org) and the published file; put another province, year or name in. / {number} câu hỏi, mỗi câu có
truy vấn và câu trả lời trên dữ liệu mẫu; chỉ cần DuckDB và tệp đã công bố; hãy thay tỉnh, năm, tên khác vào.

```
duckdb -readonly data/var/demo/news.duckdb
thidua sql "select …"
python -c 'import thidua; thidua.open().sql("select …").show()'
```

What views and columns mean: [tables.md](tables.md). How stories and articles differ: [query.md](query.md). How far to trust a number: [accuracy.md](accuracy.md).

Made by `thidua demo && python -m data.recipes data/var/demo/news.duckdb > docs/recipes.md` from `data/sql/recipes/`; what differs from run to run is printed as …"""


class Recipe(NamedTuple):
    """One question."""

    key: str  # name of its file
    vi: str
    en: str
    note: str  # what to know of the answer, English; may be empty
    grain: str
    query: str


def recipes() -> list[Recipe]:
    """All questions in their order."""
    return [_recipe(key, text) for key, text in statements("recipes").items()]


def _recipe(key: str, text: str) -> Recipe:
    """Read a file: a heading of `vi:`, `en:`, further words, `grain:`; then the query."""
    told = re.fullmatch(r"vi: (.+?) en: (.+?\?) (.*?) ?grain: (.+)", heading(text))
    if told is None:
        raise ValueError(f"data/sql/recipes/{key}.sql: a heading of vi:, en:, grain: was expected, met {heading(text)!r}")
    query = re.sub(r"\A(--.*\n)+", "", text).strip()
    vi, en, note, grain = told.groups()
    return Recipe(key, vi, en, note, grain, query)


def answer(con: duckdb.DuckDBPyConnection, recipe: Recipe) -> str:
    """The answer as DuckDB prints it, without what differs from run to run on the same pages."""
    query = recipe.query.removesuffix(";")
    columns = con.sql(query).columns
    masks = [f"'…' as \"{name}\"" for name in columns if name in VARIES]
    masks += [f"regexp_replace({name}, '(127\\.0\\.0\\.1):\\d+', '\\1:…') as {name}" for name in columns if name.endswith("url")]
    shown = statement("ask/masked").format(masks=", ".join(masks), query=query) if masks else query
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        con.sql(shown).show(max_width=WIDTH, max_rows=ROWS)
    return printed.getvalue().strip("\n")


def markdown(con: duckdb.DuckDBPyConnection) -> str:
    """docs/recipes.md, with the answers of a published file of the sample portals."""
    found = recipes()
    parts = [HEAD.format(number=len(found))]
    parts.append("\n".join(f"{number}. [{one.vi}](#{number}) {one.en}" for number, one in enumerate(found, 1)))
    for number, one in enumerate(found, 1):
        parts.append(f'<a id="{number}"></a>\n\n## {number}. {one.vi}\n\n*{one.en}* {one.note}'.rstrip())
        parts.append(f"```sql\n{one.query}\n```")
        parts.append(f"```text\n{answer(con, one)}\n```")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    with open_published(sys.argv[1]) as con:
        print(markdown(con), end="")
