"""The floors of the house: who may import whom, whose names the packages are, what a commit may not name."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = {
    "schemas": {"schemas"},
    "crawler": {"crawler", "schemas"},
    "extract": {"extract", "schemas"},
    "data": {"data", "schemas"},
    "thidua": {"thidua", "crawler", "extract", "data", "schemas"},
}
MODULES = sorted(path for package in FLOORS for path in (ROOT / package).rglob("*.py") if "var" not in path.parts)


def imported(path: Path) -> set[str]:
    """Top-level packages that a module imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides the floor"
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_floors(path: Path) -> None:
    allowed = FLOORS[path.relative_to(ROOT).parts[0]]
    assert imported(path) & set(FLOORS) <= allowed


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_tells_its_subject(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    if code.strip():
        assert ast.get_docstring(ast.parse(code)), "the first line of a file says its subject"


def test_the_packages_are_ours_alone() -> None:
    owners = importlib.metadata.packages_distributions()
    for package in FLOORS:
        assert set(owners.get(package, ["thidua"])) == {"thidua"}


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9._+!-]+", line) for line in lines)


def test_installed_versions_are_those_of_the_constraints() -> None:
    wanted = dict(line.lower().split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())
    for name in ("underthesea", "spacy", "scrapy", "dateparser", "pydantic", "duckdb"):
        assert importlib.metadata.version(name) == wanted[name]


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    code = "import sys, thidua.cli; print(*sorted({'spacy', 'scrapy', 'underthesea', 'duckdb', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""
