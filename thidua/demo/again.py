"""The sample portals as a demo had them: what it left can be read again when nobody serves them any more."""

from __future__ import annotations

from importlib.resources import as_file, files
from urllib.parse import urlsplit

from crawler.registry import load_registry
from data.archive import Archive
from thidua.place import Place
from thidua.run import Run


def demo_run(demo: Place, held: int) -> Run:
    """A run on what a demo left, with the addresses that its portals had then."""
    bases: dict[str, str] = {}
    for fetch in Archive(demo.archive).ledger():
        parts = urlsplit(fetch.url)
        bases.setdefault(fetch.site, f"{parts.scheme}://{parts.netloc}")
    with as_file(files("thidua.demo").joinpath("sites")) as folder:
        keys = {path.stem: "http://127.0.0.1:1" for path in folder.glob("*.toml")}  # of a portal that it did not come to
        return Run(demo, load_registry(folder, bases={**keys, **bases}), held, folder, bases)
