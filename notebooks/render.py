"""Copies of the notebooks with their pictures, run on the demo's data: `python -m notebooks.render` writes docs/notebooks."""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from thidua.place import Place

FOLDER = Path(__file__).parent
TARGET = FOLDER.parent / "docs" / "notebooks"
MOST_BYTES = 150_000  # of a picture
COLOURS = 96  # of a picture; enough for plots and their smooth edges
PATIENCE = 120  # seconds for one cell
INSTALLED = all(importlib.util.find_spec(name) for name in ("matplotlib", "nbclient", "nbconvert", "ipykernel"))


def stamp(notebook: Path) -> str:
    """What a copy says of the notebook that it was made from: a hash of the sources of its cells."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = json.dumps([[cell["cell_type"], "".join(cell["source"])] for cell in cells], ensure_ascii=False)
    return (
        f"<!-- made by `python -m notebooks.render` from {notebook.name}, sources {hashlib.sha256(sources.encode()).hexdigest()[:16]} -->"
    )


def rendered(notebook: Path, data: Path) -> tuple[str, dict[str, bytes]]:
    """Markdown and pictures (name -> PNG) of a notebook, run by a kernel in its own folder on the published file of `data`."""
    import nbformat
    from nbclient import NotebookClient
    from nbconvert import MarkdownExporter

    book = nbformat.read(notebook, as_version=4)
    client = NotebookClient(book, timeout=PATIENCE, kernel_name="python3", resources={"metadata": {"path": str(notebook.parent)}})
    found = Place(data.resolve()).readable().folder
    client.execute(
        env={**os.environ, "THIDUA_DATA": str(found), "LC_ALL": "C.UTF-8"}, stderr=subprocess.DEVNULL
    )  # the kernel's words on itself
    markdown, resources = MarkdownExporter().from_notebook_node(book)
    names = {name: f"{notebook.stem}-{number}.png" for number, name in enumerate(resources["outputs"], 1)}
    for name, own in names.items():
        markdown = markdown.replace(f"({name})", f"({own})")
    markdown = markdown.replace("](../docs/", "](../")
    markdown = re.sub(r"[ \t]+\n", "\n", markdown)
    return f"{markdown.strip()}\n\n{stamp(notebook)}\n", {names[name]: small(png) for name, png in resources["outputs"].items()}


def small(png: bytes) -> bytes:
    """The same picture with a palette: a third of the bytes."""
    from PIL import Image

    out = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def write(data: Path, names: list[str]) -> None:
    """The copies of all notebooks, or of those whose name begins so; copies of notebooks that are gone are removed."""
    TARGET.mkdir(parents=True, exist_ok=True)
    notebooks = sorted(FOLDER.glob("*.ipynb"))
    for old in TARGET.iterdir():
        if not any(re.fullmatch(rf"{re.escape(one.stem)}(\.md|-\d+\.png)", old.name) for one in notebooks):
            old.unlink()
    for notebook in notebooks:
        if names and not notebook.stem.startswith(tuple(names)):
            continue
        markdown, pictures = rendered(notebook, data)
        for old in TARGET.glob(f"{notebook.stem}-*.png"):
            old.unlink()
        for name, png in pictures.items():
            (TARGET / name).write_bytes(png)
        (TARGET / f"{notebook.stem}.md").write_text(markdown, encoding="utf-8")
        print(f"{notebook.stem}.md, pictures of {', '.join(str(len(png)) for png in pictures.values())} bytes")


def main() -> None:
    """Render on the demo's data, made anew in a temporary folder, or on those of a folder that was given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a data folder of the demo instead of a new one")
    parser.add_argument("names", nargs="*", help="beginnings of names, as: 02 04")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.data is None:
            subprocess.run([sys.executable, "-m", "thidua.cli", "demo", "--data", folder], check=True, stdout=subprocess.DEVNULL)
        write(given.data or Path(folder), given.names)


if __name__ == "__main__":
    main()
