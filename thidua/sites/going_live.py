"""The operator's word that a site is live: one key in DIR/sites.toml, whose other keys and comments stay."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

_TABLE = re.compile(r"^\s*\[")
_STATUS = re.compile(r"""^(\s*status\s*=\s*)(?:"[^"]*"|'[^']*')""")


class NotWritten(ValueError):
    """The file has a form into which the word cannot be put without a person."""


def make_live(path: Path, key: str) -> bool:
    """Write `[key] status = "live"`; False when it stood there already. NotWritten, and nothing changed, for a form that is not ours."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    before = tomllib.loads(text)
    if isinstance(before.get(key), dict) and before[key].get("status") == "live":
        return False
    after = with_live(text, key)
    try:
        told: dict[str, Any] = tomllib.loads(after)
    except tomllib.TOMLDecodeError as error:
        raise NotWritten(str(error)) from error
    wanted = {**before, key: {**before.get(key, {}), "status": "live"}}
    if told != wanted:
        raise NotWritten(f"[{key}]")
    target = path.resolve()  # a link stays one
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(target.name + ".new")
    aside.write_text(after, encoding="utf-8")
    if target.exists():
        aside.chmod(target.stat().st_mode & 0o777)
    aside.replace(target)
    return True


def with_live(text: str, key: str) -> str:
    """The file with the word in the table of that key, or in a new table at its end."""
    lines = text.splitlines(keepends=True)
    header = re.compile(rf"""^\s*\[\s*["']?{re.escape(key)}["']?\s*\]\s*(?:#.*)?$""")
    at = next((number for number, line in enumerate(lines) if header.match(line.rstrip("\r\n"))), None)
    if at is None:
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        return f'{text}{gap}[{key}]\nstatus = "live"\n'
    for number in range(at + 1, len(lines)):
        if _TABLE.match(lines[number]):
            break
        if _STATUS.match(lines[number]):
            lines[number] = _STATUS.sub(r'\1"live"', lines[number])
            return "".join(lines)
    lines[at] = lines[at].rstrip("\r\n") + '\nstatus = "live"\n'
    return "".join(lines)
