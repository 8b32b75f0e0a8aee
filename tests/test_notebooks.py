"""Each notebook runs on a published file, few rows or those of the demo, is committed without output, and its copy under docs/notebooks is not stale."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from test_asking import data  # noqa: F401  the fixture

import thidua
from notebooks import render

FOLDER = Path(render.__file__).parent
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
plotting = pytest.mark.skipif(not render.INSTALLED, reason="matplotlib and nbconvert are not installed: pip install -e '.[notebook]'")


def cells(notebook: Path, kind: str = "code") -> list[dict[str, Any]]:
    return [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def test_there_are_five_at_most() -> None:
    assert 1 <= len(NOTEBOOKS) <= 5


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_without_output(notebook: Path) -> None:
    assert cells(notebook)
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells(notebook))


@plotting
@pytest.mark.parametrize("notebook", [path for path in NOTEBOOKS if not path.stem.startswith("05")], ids=lambda path: path.stem)
def test_it_runs_on_two_articles(notebook: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setenv("THIDUA_DATA", str(data))
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(FOLDER)
    names: dict[str, object] = {}
    for cell in cells(notebook):
        exec(compile("".join(cell["source"]), str(notebook), "exec"), names)
    assert isinstance(names["con"], type(thidua.open(data)))


@plotting
@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_kernel_runs_it_on_the_demo(notebook: Path, demo: Path) -> None:
    """As JupyterLab does it: in a kernel of its own, in the folder of the notebooks; its own work takes less than 30 s."""
    before = os.times()
    began = time.monotonic()
    markdown, pictures = render.rendered(notebook, demo)
    worked = sum(os.times()[2:4]) - sum(before[2:4])
    assert min(worked, time.monotonic() - began) < 30
    assert pictures and all(len(picture) < render.MOST_BYTES for picture in pictures.values())
    assert all(f"({name})" in markdown for name in pictures)
    assert "Traceback" not in markdown and str(demo.parent) not in markdown


def test_without_configuration_it_finds_the_demo_of_the_folder_above(
    data: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("THIDUA_DATA", raising=False)
    (tmp_path / "data" / "var").mkdir(parents=True)
    (tmp_path / "data" / "var" / "demo").symlink_to(data)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert len(thidua.open().sql("select article from articles").fetchall()) == 2
    assert "data/var/demo" in capsys.readouterr().err
    (tmp_path / "data" / "var" / "news.duckdb").symlink_to(data / "news.duckdb")
    thidua.open()
    assert capsys.readouterr().err == ""


@plotting
def test_the_source_says_how_much_from_when_and_whether_it_is_the_demo(data: Path, tmp_path: Path) -> None:  # noqa: F811
    from thidua import plots

    assert plots.source(thidua.open(data)) == "Nguồn: thidua, 2 bài, đăng 6/5/2023 – 7/6/2023."
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "news.duckdb").write_bytes((data / "news.duckdb").read_bytes())
    assert plots.source(thidua.open(tmp_path)).endswith("đều là bịa.")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_its_copy_is_not_stale(notebook: Path) -> None:
    copy = render.TARGET / f"{notebook.stem}.md"
    assert copy.exists() and render.stamp(notebook) in copy.read_text(encoding="utf-8"), "run: python -m notebooks.render"
    for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", copy.read_text(encoding="utf-8")):
        assert 0 < (render.TARGET / name).stat().st_size < render.MOST_BYTES


def test_no_copy_is_left_over() -> None:
    assert sorted(path.stem for path in render.TARGET.glob("*.md")) == [path.stem for path in NOTEBOOKS]
    shown = "".join(path.read_text(encoding="utf-8") for path in render.TARGET.glob("*.md"))
    assert [path.name for path in render.TARGET.glob("*.png") if f"({path.name})" not in shown] == []
