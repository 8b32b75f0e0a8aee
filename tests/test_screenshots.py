"""The script that takes pictures of the web page runs, and what the docs show is there and small."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from docs import screenshots

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_the_pictures_of_a_page_are_there(page: Path) -> None:
    shown = re.findall(r"!\[[^]]*\]\(([^)]+)\)|<img src=\"([^\"]+)\"", page.read_text(encoding="utf-8"))
    sizes = {name: (page.parent / name).stat().st_size for one in shown for name in one if name}
    assert all(0 < size < screenshots.MOST_BYTES for size in sizes.values()), sizes
    if page.name == "README.md":
        assert len(sizes) >= 3


def test_there_is_a_picture_of_each_page_at_each_width() -> None:
    wanted = {f"{name}-{width}.png" for name in screenshots.PAGES for width in screenshots.WIDTHS}
    assert {path.name for path in screenshots.TARGET.glob("*.png")} == wanted, "run: python -m docs.screenshots"


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("chromium") or shutil.which("chromium-browser")), reason="there is no Chromium here: apt install chromium"
)
def test_the_script_takes_them(demo: Path, tmp_path: Path) -> None:
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[test]'")
    pytest.importorskip("PIL", reason="pillow is not installed: pip install -e '.[notebook]'")
    taken = screenshots.shoot(demo, tmp_path, [])
    assert (
        set(taken)
        == {path.name for path in tmp_path.iterdir()}
        == {f"{name}-{width}.png" for name in screenshots.PAGES for width in screenshots.WIDTHS}
    )
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == len(taken)  # no two alike: each step did something
