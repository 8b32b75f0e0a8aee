"""Words in the code of `extract` are folded: most patterns read folded text, in which "công ty" is "công ti", and never match what is spelt otherwise."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from extract.fold import fold

MODULES = sorted(path for path in (Path(__file__).parent.parent / "extract").rglob("*.py") if path.stem != "fold")


def parts(statement: ast.stmt) -> list[ast.AST]:
    """The parts of a statement, without the statements in it and without what goes through `fold`."""
    found: list[ast.AST] = []
    waiting = [node for node in ast.iter_child_nodes(statement) if not isinstance(node, ast.stmt)]
    while waiting:
        node = waiting.pop()
        called = {part.id for part in (node.func, *node.args) if isinstance(part, ast.Name)} if isinstance(node, ast.Call) else set()
        if "fold" not in called:
            found.append(node)
            waiting += ast.iter_child_nodes(node)
    return found


def unfolded(code: str) -> set[str]:
    """Small words of the strings of some code whose folded form does not stand beside them."""
    wrong: set[str] = set()
    for statement in (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.stmt)):
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue  # prose
        strings = [part.value for part in parts(statement) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        words = {word for text in strings for word in re.findall(r"[^\W\d_]+", text) if word.islower()}
        wrong |= {word for word in words if fold(word) not in words}
    return wrong


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_words_of_patterns_are_folded(path: Path) -> None:
    assert unfolded(path.read_text(encoding="utf-8")) == set()


def test_what_is_found() -> None:
    assert unfolded('"""kỳ"""\nA = "công ty"\nB = fold("thư ký"), map(fold, ("kỳ",))\nC = "kí|ký"\nD = "ủy"') == {"ty"}
