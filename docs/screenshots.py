"""Pictures of the web page on the demo's data, as a computer and a phone show it: `python -m docs.screenshots` writes docs/pictures.

Needs Chromium (apt install chromium) and the extras web, test and notebook. Run it again whenever the page looks different.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from notebooks.render import MOST_BYTES, small
from thidua.place import Place

if TYPE_CHECKING:
    from playwright.sync_api import Page

TARGET = Path(__file__).parent / "pictures"
WIDTHS = {"computer": (1280, 960), "phone": (390, 844)}
QUERY = "select province_now, year, award_vi, sum(awards) as awards\nfrom story_awards_by_province\nwhere status = 'awarded'\ngroup by all order by awards desc"

Step = Callable[["Page"], object]


def first(selector: str) -> Step:
    """Follow the first link of a page that fits."""
    return lambda page: page.locator(selector).first.click()


def ask(page: Page) -> None:
    """Ask the console."""
    page.fill("textarea", QUERY)
    page.click(".console button")


# name of the picture -> address, and what is done there
PAGES: dict[str, tuple[str, tuple[Step, ...]]] = {
    "search": ("/?q=bang+khen", ()),
    "article": ("/?q=dai+hoi+thi+dua", (first(".hit h2 a"),)),
    "record": ("/?q=dai+hoi+thi+dua", (first(".hit h2 a"), first(".mark.awards"))),
    "provinces": ("/provinces", ()),
    "province": ("/province/new/thai-nguyen", ()),
    "person": ("/people?q=hoang+thu+ly", (first("main a[href*='/person/']"),)),
    "sites": ("/sites", ()),
    "console": ("/sql", (ask,)),
}


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The address of `thidua serve` on a data folder, as long as it is needed."""
    line = [sys.executable, "-m", "thidua.cli", "--lang", "vi", "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as process:
        try:
            said = iter(process.stderr.readline, "") if process.stderr else iter(())
            yield next(found[0].rstrip("/") for found in (re.search(r"http://127\.0\.0\.1:\d+/", text) for text in said) if found)
        finally:
            process.terminate()


def shoot(data: Path, target: Path, names: list[str]) -> dict[str, int]:
    """Take the pictures; name of the file -> bytes."""
    from playwright.sync_api import sync_playwright

    target.mkdir(parents=True, exist_ok=True)
    sizes: dict[str, int] = {}
    with serving(data) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=["--no-sandbox"]
        )
        for width, (wide, high) in WIDTHS.items():
            page = browser.new_page(viewport={"width": wide, "height": high}, locale="vi-VN", reduced_motion="reduce")
            for name, (path, steps) in PAGES.items():
                if names and name not in names:
                    continue
                answer = page.goto(base + path)
                assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"
                for step in steps:
                    step(page)
                page.wait_for_load_state("load")
                png = small(page.screenshot())
                assert len(png) < MOST_BYTES, f"{name}-{width}: {len(png)} bytes"
                (target / f"{name}-{width}.png").write_bytes(png)
                sizes[f"{name}-{width}.png"] = len(png)
        browser.close()
    return sizes


def main() -> None:
    """Take them on the demo's data, made anew in a temporary folder, or on those of a folder that was given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a data folder of the demo instead of a new one")
    parser.add_argument("--to", type=Path, default=TARGET, help="where to write")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(PAGES)}; all of them without")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.data is None:
            subprocess.run([sys.executable, "-m", "thidua.cli", "demo", "--data", folder], check=True, stdout=subprocess.DEVNULL)
        for name, size in shoot(Place(given.data or Path(folder)).readable().folder, given.to, given.names).items():
            print(f"{name}  {size} bytes")


if __name__ == "__main__":
    main()
