"""What was taken down: DIR/forgotten.jsonl, one JSON line each. It keeps articles and persons out, and names neither in clear.

    {"kind":"article","at":"…","articles":["<key>",…],"bodies":["<SHA-256>",…]}
    {"kind":"person","at":"…","salt":"<hex>","words":3,"spelt":"<digest>","plain":"<digest>"}

An article has the keys that all its known addresses would have, and the digests of its pages. Of a name there is only a keyed digest, of its
spelling and of its letters without accents; `spelt` is null where it was given without any, and then every accent fits. Whoever has the file and
a list of names can still try each of them: it is to be kept as the archive is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from data.damage import Damage, Damaged
from data.disk import write
from schemas.record import Frozen
from thidua.forgetting.names import Word, runs, words_of

REMEMBERED = 1 << 18  # runs of words whose digests are held at once


class Tombstone(Frozen):
    """One line: an article or a person that is to stay out."""

    kind: Literal["article", "person"]
    at: dt.datetime = Field(description="when it was written, UTC")
    articles: tuple[str, ...] = Field(default=(), description="keys of the article, one for each of its addresses")
    bodies: tuple[str, ...] = Field(default=(), description="SHA-256 of its pages")
    salt: str | None = Field(default=None, description="key of the digests, hex; the same for all persons of a file")
    words: int | None = Field(default=None, description="words of the name")
    spelt: str | None = Field(default=None, description="digest of the name with its accents")
    plain: str | None = Field(default=None, description="digest of the name without accents")


class Tombstones:
    """The lines of a file, ready to ask, and others that are in none (`also`)."""

    def __init__(self, path: Path | None, also: Iterable[Tombstone] = ()) -> None:
        self.path = path or Path(os.devnull)
        content = path.read_bytes() if path and path.exists() else b""
        self.lines = [*_read(content, self.path), *also]
        self.state = hashlib.sha256(content).hexdigest() if content else None  # another one: something was added
        self.articles = frozenset(key for line in self.lines for key in line.articles)
        self.bodies = frozenset(body for line in self.lines for body in line.bodies)
        persons = [line for line in self.lines if line.kind == "person"]
        self.sizes = tuple(sorted({line.words for line in persons if line.words}))
        self._salt = bytes.fromhex(next((line.salt for line in persons if line.salt), ""))
        self._spelt = {line.spelt for line in persons if line.spelt}
        self._plain = {line.plain for line in persons if line.spelt}  # fits only what is written without accents
        self._any = {line.plain for line in persons if not line.spelt}  # fits whatever the accents
        self._known: dict[tuple[Word, ...], bool] = {}

    def __bool__(self) -> bool:
        return bool(self.lines)

    def named(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of each name in the text that is to stay out."""
        return runs(text, self.sizes, self._is_one)

    def names(self, text: str | None) -> bool:
        """Whether the text has such a name."""
        return bool(text) and any(True for _ in self.named(text or ""))

    def article(self, keys: Iterable[str], bodies: Iterable[str]) -> Tombstone:
        """The line of an article."""
        return Tombstone(kind="article", at=_now(), articles=tuple(sorted(set(keys))), bodies=tuple(sorted(set(bodies))))

    def person(self, name: str) -> Tombstone:
        """The line of a person. ValueError for a name of one word, which would take out half of the news."""
        words = words_of(name)
        if len(words) < 2:
            raise ValueError(name)
        salt = self._salt or secrets.token_bytes(16)
        accented = not all(word.bare for word in words)
        return Tombstone(
            kind="person",
            at=_now(),
            salt=salt.hex(),
            words=len(words),
            spelt=_digest(salt, (word.spelt for word in words)) if accented else None,
            plain=_digest(salt, (word.plain for word in words)),
        )

    def has(self, line: Tombstone) -> bool:
        """Whether another line says so already."""
        return any(line.model_copy(update={"at": one.at}) == one for one in self.lines)

    def with_line(self, line: Tombstone) -> Tombstones:
        """The same with one more line, which is on the disk then: the file is replaced as a whole."""
        write(self.path, b"".join(one.model_dump_json(exclude_defaults=True).encode() + b"\n" for one in (*self.lines, line)))
        return Tombstones(self.path)

    def _is_one(self, words: list[Word]) -> bool:
        key = tuple(words)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            plain = _digest(self._salt, (word.plain for word in words))
            found = plain in self._any or (plain in self._plain and all(word.bare for word in words))
            found = found or (bool(self._spelt) and _digest(self._salt, (word.spelt for word in words)) in self._spelt)
            self._known[key] = found
        return found


def _read(content: bytes, path: Path) -> Iterator[Tombstone]:
    """The lines of a file. `Damaged` for one that is none: to go on without it would bring back what it keeps out."""
    for number, line in enumerate(content.splitlines(), 1):
        if line.strip():
            try:
                yield Tombstone.model_validate_json(line)
            except ValidationError as error:
                what = str(error).split("\n")[2].strip() if str(error).count("\n") > 1 else str(error)
                raise Damaged(Damage(where=f"{path}, line {number}", what=what, todo="Mend the line from a copy, or take it out")) from None


def _digest(salt: bytes, words: Iterable[str]) -> str:
    return hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), key=salt, digest_size=16).hexdigest()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
