"""The file of people's decisions about records: JSON lines, only ever appended to, so that it may lie in git.

    {"article":"0f…","kind":"awards","verdict":"wrong","record":{…},"before":"…","after":"…","by":"mai","at":"2026-03-04T05:06:07Z"}

Several processes may write at once: each holds an OS lock on the file for the moment of its line. A line that a dead process left
half written stays alone on its line; a line that nobody can read is left out and counted.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from schemas.review import Review

LINE_ENDS = "\u0085\u2028\u2029"  # that JSON may hold as they are, and that many programs take for the end of a line


class Reviews:
    """One file of decisions, safe between threads; there is none before the first decision."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._guard = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._by_article: Mapping[str, list[Mapping[str, Any]]] = {}
        self._unreadable = 0

    def append(self, review: Review) -> None:
        """Add a decision at the end; it is on the disk when this returns. OSError when it cannot be written."""
        said = review.model_dump_json(exclude_none=True)
        for sign in LINE_ENDS:
            said = said.replace(sign, f"\\u{ord(sign):04x}")
        line = said.encode() + b"\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._held() as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    line = b"\n" + line  # the one before was cut off
            if file.write(line) != len(line):
                raise OSError(f"{self.path}: the decision could not be written whole")
            os.fsync(file.fileno())

    @contextmanager
    def _held(self) -> Iterator[IO[bytes]]:
        """The file, open and locked; opened anew where it was replaced in the meantime."""
        while True:
            with self.path.open("ab+", buffering=0) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if self.path.exists() and os.path.samestat(os.fstat(file.fileno()), self.path.stat()):
                    yield file
                    return

    def of(self, article: str) -> list[Review]:
        """The decisions about an article, the oldest first."""
        found = []
        for said in self._read().get(article, ()):
            try:
                found.append(Review.model_validate(said))
            except ValidationError:
                continue
        return sorted(found, key=lambda review: review.at)

    def articles(self) -> Iterator[tuple[str, list[Review]]]:
        """Each article that something was decided about, with its decisions."""
        for article in sorted(self._read()):
            if found := self.of(article):
                yield article, found

    @property
    def unreadable(self) -> int:
        """Lines that hold no decision."""
        by_article = self._read()
        return self._unreadable + sum(map(len, by_article.values())) - sum(len(self.of(article)) for article in by_article)

    def _read(self) -> Mapping[str, list[Mapping[str, Any]]]:
        """The lines by article, read anew when the file has changed."""
        with self._guard:
            try:
                with self.path.open("rb") as file:
                    status = os.fstat(file.fileno())
                    seen = (status.st_ino, status.st_size, status.st_mtime_ns)
                    if seen != self._seen:
                        self._by_article, self._unreadable = _lines(file.read())
                        self._seen = seen
            except FileNotFoundError:
                self._by_article, self._unreadable, self._seen = {}, 0, None
            return self._by_article


def _lines(content: bytes) -> tuple[dict[str, list[Mapping[str, Any]]], int]:
    """Article -> what is said of it, and how many lines are no JSON object that names one; an empty line is nothing."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    bad = 0
    for line in content.split(b"\n"):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            found.setdefault(said["article"], []).append(said)
        except (ValueError, KeyError, TypeError, RecursionError):
            bad += 1
    return found, bad
