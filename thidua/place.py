"""Where a run keeps its files: one folder, with the archive, the two databases, exports and the lock."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DEFAULT = Path("data/var")


class Locked(Exception):
    """Another run holds the lock; the message says which."""


@dataclass(frozen=True)
class Place:
    """The folder DIR of the command (`--data`, THIDUA_DATA, else data/var under the working directory)."""

    folder: Path

    @classmethod
    def of(cls, folder: Path | None) -> Place:
        """The place that the command line or the environment names."""
        return cls(folder or Path(os.environ.get("THIDUA_DATA") or DEFAULT))

    @classmethod
    def nearest(cls) -> Place:
        """The place that the environment names; else data/var here, or that of a folder above if nothing was published here: a notebook runs in its own folder."""
        named = cls.of(None)
        if os.environ.get("THIDUA_DATA"):
            return named
        above = (cls(Path(*[".."] * steps) / DEFAULT) for steps in range(len(Path.cwd().parts)))
        return next((place for place in above if place.readable().published.exists()), named)

    @property
    def archive(self) -> Path:
        """Pages as they came."""
        return self.folder / "archive"

    @property
    def work(self) -> Path:
        """The database that only the loader opens."""
        return self.folder / "work.duckdb"

    @property
    def published(self) -> Path:
        """The database that everybody reads."""
        return self.folder / "news.duckdb"

    @property
    def export(self) -> Path:
        """Parquet files."""
        return self.folder / "export"

    @property
    def reviews(self) -> Path:
        """People's decisions about records."""
        return self.folder / "reviews.jsonl"

    @property
    def forgotten(self) -> Path:
        """Tombstones of what is to stay out."""
        return self.folder / "forgotten.jsonl"

    @property
    def overrides(self) -> Path:
        """The operator's own words on sites."""
        return self.folder / "sites.toml"

    @property
    def registry(self) -> Path:
        """The operator's own definitions of sites, over those of the package."""
        return self.folder / "registry"

    @property
    def checked(self) -> Path:
        """Pages that `sites check` met, a folder a site."""
        return self.folder / "check"

    def readable(self) -> Place:
        """This place, or the demo's in it when only that one has been published."""
        demo = Place(self.folder / "demo")
        return demo if not self.published.exists() and demo.published.exists() else self

    @contextmanager
    def lock(self) -> Iterator[int]:
        """Hold DIR/lock; an OS lock, so that one of a dead process is free at once. Raises Locked without waiting.

        Gives the file descriptor: a child that inherits it holds the lock with us.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                file.seek(0)
                raise Locked(_holder(file.read())) from None
            file.truncate(0)
            file.write(json.dumps({"pid": os.getpid(), "command": typed()}))
            file.flush()
            yield file.fileno()


def typed() -> str:
    """The command line as files may hold it: not whom or what is to be forgotten."""
    arguments = sys.argv[1:]
    return " ".join(["thidua", *(arguments if "forget" not in arguments else [*arguments[: arguments.index("forget") + 1], "…"])])


def _holder(text: str) -> str:
    """The process and command that the lock file names."""
    try:
        held = json.loads(text)
        return f"process {held['pid']} ({held['command']})"
    except (ValueError, KeyError, TypeError):
        return "a process that has not yet written its name"
