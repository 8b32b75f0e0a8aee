"""What docs/ says of the published file, made from one that has no article yet: `python -m data.manual docs`"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from data import dictionary, package
from data.publish import open_published, publish
from data.store import Store


def texts() -> dict[str, str]:
    """File below docs/ -> its text."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        Store.open(folder / "work.duckdb").close()
        publish(folder / "work.duckdb", folder / "news.duckdb", folder / "export")
        with open_published(folder / "news.duckdb") as con:
            tables = dictionary.markdown(dictionary.tables_of(con))
        packed = (folder / "export" / "parquet" / package.NAME).read_text(encoding="utf-8")
    return {"tables.md": tables, f"schemas/{package.NAME}": packed}


if __name__ == "__main__":
    for name, text in texts().items():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
