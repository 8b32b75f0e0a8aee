"""Where a pattern of many forms can begin at all: a lookahead of their first letters, which costs little where none of them begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LENGTH = 7  # letters of an opening; more would tell little more
DIGIT = "\ue000"  # any digit
_OPTIONAL = ("?", "*", "{0")
_NAME = re.compile(r"\A(?:\?:|\?P<\w+>)")  # what a group begins with
_SPECIAL = frozenset("()[]{}|.*+?^$\\")


def opening(forms: Iterable[str]) -> str:
    """A lookahead that holds wherever one of the forms (regular expressions) can begin: before their alternation it changes no match.

    "" when the first letters of one of them cannot be told.
    """
    found: set[str] = set()
    for form in forms:
        found.update(each[:LENGTH] for each in _openings(form))
    if not found or "" in found:
        return ""
    return f"(?={_tree(sorted(found))})"


def _tree(openings: list[str]) -> str:
    """The sorted openings as one pattern, each first letter written once; one that goes on from another is left to that one."""
    if not openings[0]:
        return ""
    branches = []
    for letter in dict.fromkeys(each[0] for each in openings):
        rest = _tree([each[1:] for each in openings if each[0] == letter])
        branches.append((r"\d" if letter == DIGIT else _literal(letter)) + rest)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _openings(form: str, so_far: str = "") -> Iterator[str]:
    """What a match of the form can begin with, each as far as it is literal; `so_far` stands before."""
    if len(so_far) >= LENGTH or not form:
        yield so_far
    elif form.startswith(("(?<", "(?=", "(?!")):  # what stands around takes no letter
        yield from _openings(form[_end(form) :], so_far)
    elif form.startswith(("(", "[")):
        end = _end(form)
        inside, rest = form[1 : end - 1], form[end:]
        begins = list(_alternatives(_NAME.sub("", inside, count=1)) if form[0] == "(" else _letters(inside))
        optional = rest.startswith("?")
        if not begins or (not optional and rest.startswith(_OPTIONAL)):
            yield so_far
            return
        rest = rest[1:] if optional else rest
        for each in begins:
            first = each if form[0] == "(" or each == r"\d" else _literal(each)
            yield from _openings(first if rest.startswith(("+", "{")) else first + rest, so_far)  # once, of what comes once or more
        if optional:
            yield from _openings(rest, so_far)
    else:
        escaped = form[0] == "\\"
        letter, rest = (form[1], form[2:]) if escaped else (form[0], form[1:])
        if escaped and letter == "d" and not rest.startswith(_OPTIONAL):
            yield so_far + DIGIT
        elif (escaped and letter.isalnum()) or (not escaped and letter in _SPECIAL) or rest.startswith(("*", "{")):
            yield so_far
        elif rest.startswith("?"):
            yield from _openings(rest[1:].removeprefix("?"), so_far)
            yield from _openings(_literal(letter) + rest[1:].removeprefix("?"), so_far)
        elif rest.startswith("+"):
            yield so_far + letter
        else:
            yield from _openings(rest, so_far + letter)


def _literal(letter: str) -> str:
    """The letter as a pattern."""
    return "\\" + letter if letter in _SPECIAL else letter


def _letters(inside: str) -> Iterator[str]:
    r"""The letters of a class, and \d; none where it is told by what it leaves out or by other escapes."""
    if inside.startswith("^") or re.search(r"\\[a-ce-zA-Z]", inside):
        return
    for each in re.finditer(r"\\d|\\?(?P<first>.)-\\?(?P<last>.)|\\?(?P<one>.)", inside):
        if each["one"]:
            yield each["one"]
        elif each["first"]:
            yield from map(chr, range(ord(each["first"]), ord(each["last"]) + 1))
        else:
            yield r"\d"


def _end(form: str) -> int:
    """Where the group or the class that the form begins with ends."""
    if form[0] == "[":
        return form.index("]", 2) + 1
    depth, at = 0, 0
    while at < len(form):
        if form[at] == "\\":
            at += 1
        elif form[at] == "[":
            at += _end(form[at:]) - 1
        else:
            depth += {"(": 1, ")": -1}.get(form[at], 0)
        at += 1
        if depth == 0:
            break
    return at


def _alternatives(inside: str) -> Iterator[str]:
    """The parts of a pattern between its own bars."""
    start = at = 0
    while at < len(inside):
        if inside[at] == "\\":
            at += 2
        elif inside[at] in "([":
            at += _end(inside[at:])
        else:
            if inside[at] == "|":
                yield inside[start:at]
                start = at + 1
            at += 1
    yield inside[start:]
