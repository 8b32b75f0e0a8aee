"""The disk: having what was written on it, so that it outlives a crash, and how much room is left."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO

FLOOR = 1 << 30  # bytes that a crawl leaves free


def free(folder: Path) -> int:
    """Bytes that may still be written where the folder is."""
    return shutil.disk_usage(folder).free


def sync(file: BinaryIO) -> None:
    """Have all that was written to a file on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(made: Path, path: Path) -> None:
    """Put a file that was written beside in the place of another, whole: a crash leaves the one or the other."""
    with made.open("rb") as file:
        sync(file)
    made.replace(path)
    sync_folder(path.parent)


def write(path: Path, content: bytes) -> None:
    """Have a file hold this, whole or as before."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(content)
    put(fresh, path)
