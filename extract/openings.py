"""Where a pattern of many forms can begin at all: a lookahead of their first letters, which costs little where none of them begins."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property, lru_cache

from extract.patterns import Late

LENGTH = 7  # letters of an opening; more would tell little more
KEPT = 32_768  # beginnings of words whose openings are kept
DIGIT = "\ue000"  # any digit
_OPTIONAL = ("?", "*", "{0")
_NAME = re.compile(r"\A(?:\?:|\?P<\w+>)")  # what a group begins with
_PARTS = re.compile(r"\\.|\[.[^\]]*\]|[()|]", re.DOTALL)  # of a pattern: what is escaped, a class, what parts it
_SPECIAL = frozenset("()[]{}|.*+?^$\\")


def opening(forms: Iterable[str]) -> str:
    """A lookahead that holds wherever one of the forms (regular expressions) can begin: before their alternation it changes no match.

    "" when the first letters of one of them cannot be told.
    """
    found = openings(forms)
    return f"(?={_tree(found)})" if found else ""


def openings(forms: Iterable[str]) -> list[str]:
    """What the forms can begin with, sorted, DIGIT for any digit; none when the first letters of one of them cannot be told."""
    found = {each[:LENGTH] for form in forms for part in _alternatives(form) for each in _openings(part)}
    return [] if "" in found else sorted(found)


class Beginnings:
    """Where in a text one of some openings begins a word: one look at each word, whatever comes of it. Without openings: every word.

    `inside`: also where one begins within a word.
    """

    def __init__(self, found: Sequence[str], *, inside: bool = False) -> None:
        self._inside = inside and bool(found)
        self._scan = re.compile(_heads(sorted(found)) if self._inside else rf"\W(?={_tree(sorted(found))})" if found else r"\W")

    def __call__(self, text: str, start: int, end: int) -> Iterator[int]:
        """The places in text[start:end], in order; the start of the text always counts as one."""
        if self._inside:
            yield from (match.start() for match in self._scan.finditer(text, start, end))
            return
        if start == 0:
            yield 0
        for match in self._scan.finditer(text, max(start - 1, 0), end):
            yield match.end()


class Ranks:
    """Which of several lists of openings fit what stands at a place of a text; one without openings always does."""

    def __init__(self, found: Sequence[Sequence[str]]) -> None:
        self._always = {rank for rank, each in enumerate(found) if not each}
        self._root = _Node()
        for rank, each in enumerate(found):
            for opening in each:
                node = self._root
                for letter in opening:
                    node = node.then.setdefault(letter, _Node())
                node.ranks.add(rank)
        self._fit = lru_cache(maxsize=KEPT)(self._fitting)

    def __call__(self, text: str, at: int) -> Sequence[int]:
        """Their numbers, in order."""
        return self._fit(text[at : at + LENGTH])

    def _fitting(self, letters: str) -> Sequence[int]:
        found, nodes = set(self._always), [self._root]
        for letter in letters:
            ways = (letter, DIGIT) if letter.isdecimal() else (letter,)
            nodes = [node.then[way] for node in nodes for way in ways if way in node.then]
            if not nodes:
                break
            found.update(*(node.ranks for node in nodes))
        return sorted(found)


class _Node:
    """What goes on from a beginning, by its next letter, and the ranks whose openings end here."""

    def __init__(self) -> None:
        self.then: dict[str, _Node] = {}
        self.ranks: set[int] = set()


class Opened:
    """A pattern tried only where one of its forms can begin: it finds what it would find alone. Its matches begin words but with `inside`."""

    def __init__(self, pattern: str, forms: Iterable[str], *, inside: bool = False) -> None:
        self._pattern = Late(pattern if inside else rf"(?<!\w)(?:{pattern})")
        self._forms, self._inside = tuple(forms), inside

    @cached_property
    def openings(self) -> Sequence[str]:
        """What its matches can begin with; none when that cannot be told."""
        return openings(self._forms)

    @cached_property
    def _beginnings(self) -> Beginnings:
        return Beginnings(self.openings, inside=self._inside)

    def match(self, text: str, start: int, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at `start`."""
        return self._pattern.match(text, start, end)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match in text[start:end]."""
        return next(self.finditer(text, start, end), None)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """The matches in text[start:end], none over another; none is empty."""
        after = start
        for at in self._beginnings(text, start, end):
            if at >= after and (match := self._pattern.match(text, at, end)):
                yield match
                after = match.end()


class Sieve:
    """Which of several patterns, whose matches begin words, can begin anywhere in a piece of text: one look at each word for all of them."""

    def __init__(self, patterns: Sequence[Opened | None]) -> None:
        """`patterns`: None stands for one that never matches."""
        self._patterns = {number: pattern for number, pattern in enumerate(patterns) if pattern}
        self._numbers = list(self._patterns)

    def __call__(self, text: str, start: int, end: int) -> Set[int]:
        """The numbers of those that can begin in text[start:end]."""
        beginnings, ranks = self._made
        return {self._numbers[rank] for at in beginnings(text, start, end) for rank in ranks(text, at)}

    @cached_property
    def _made(self) -> tuple[Beginnings, Ranks]:
        found = [pattern.openings for pattern in self._patterns.values()]
        return Beginnings([each for begins in found for each in begins] if all(found) else []), Ranks(found)


class Choice:
    """The first of many forms that begins a word and fits: at each place only those forms are tried that can begin with its two letters."""

    def __init__(self, forms: Sequence[tuple[str, str]], *, after: str = "") -> None:
        """`forms`: each as `openings` reads it and as it stands in the pattern, the preferred ones first; `after` follows any of them."""
        self._written, self._after = [written for _, written in forms], after
        self._ranks: dict[str, set[int]] = {}  # two letters, one letter, or none -> the forms that may begin so and tell no more
        found = [openings([form]) for form, _ in forms]
        for rank, begins in enumerate(found):
            for each in begins or [""]:
                letters = each[: next((at for at, letter in enumerate(each[:2]) if letter == DIGIT), 2)]
                self._ranks.setdefault(letters, set()).add(rank)
        self._late: dict[str, Late] = {}
        self.beginnings = Beginnings([each for begins in found for each in begins] if all(found) else [])

    def match(self, text: str, start: int, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at `start`."""
        two = text[start : start + 2]
        letters = two if two in self._ranks else two[:1] if two[:1] in self._ranks else ""
        if letters not in self._late:
            ranks = sorted(set().union(*(self._ranks.get(letters[:size], ()) for size in range(len(letters) + 1))))
            self._late[letters] = Late(rf"(?<!\w)(?:{'|'.join(self._written[rank] for rank in ranks)}){self._after}" if ranks else r"(?!)")
        return self._late[letters].match(text, start, end)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match in text[start:end]."""
        return next((match for at in self.beginnings(text, start, end) if (match := self.match(text, at, end))), None)


def _tree(openings: list[str]) -> str:
    """The sorted openings as one pattern, each first letter written once; one that goes on from another is left to that one."""
    if not openings[0]:
        return ""
    branches = []
    for letter in dict.fromkeys(each[0] for each in openings):
        rest = _tree([each[1:] for each in openings if each[0] == letter])
        branches.append((r"\d" if letter == DIGIT else _literal(letter)) + rest)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _heads(found: list[str]) -> str:
    """The sorted openings as a pattern that takes their first letter and looks ahead at the rest: the engine then skips to such letters."""
    letters = dict.fromkeys(each[0] for each in found)
    return "|".join(
        (r"\d" if letter == DIGIT else _literal(letter)) + f"(?={_tree([each[1:] for each in found if each[0] == letter])})"
        for letter in letters
    )


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
    depth = 0
    for part in _PARTS.finditer(form):
        depth += {"(": 1, ")": -1}.get(part[0], 0)
        if depth == 0:
            return part.end()
    return len(form)


def _alternatives(inside: str) -> Iterator[str]:
    """The parts of a pattern between its own bars."""
    start = depth = 0
    for part in _PARTS.finditer(inside):
        depth += {"(": 1, ")": -1}.get(part[0], 0)
        if depth == 0 and part[0] == "|":
            yield inside[start : part.start()]
            start = part.end()
    yield inside[start:]
