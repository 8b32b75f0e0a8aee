"""Each notebook runs on a published file, and is committed without output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_asking import data  # noqa: F401  the fixture

import thidua

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(notebook: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setenv("THIDUA_DATA", str(data))
    cells = [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert cells
    names: dict[str, object] = {}
    for cell in cells:
        assert cell["outputs"] == [] and cell["execution_count"] is None
        exec(compile("".join(cell["source"]), str(notebook), "exec"), names)
    assert isinstance(names["con"], type(thidua.open(data)))
