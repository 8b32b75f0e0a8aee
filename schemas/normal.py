"""NFC in linear time: Python's own normalisation takes quadratic time over a long run of marks on one letter."""

from __future__ import annotations

import re
import unicodedata

LONG = 64  # code points; the marks of a shorter run are put in order fast enough
_RUN = re.compile(rf"[^\w\s!-~]{{{LONG},}}")  # marks are no letters; so are signs, which are left as they are


def nfc(text: str) -> str:
    """unicodedata.normalize("NFC", text)."""
    return unicodedata.normalize("NFC", _RUN.sub(_ordered, text))


def _ordered(run: re.Match[str]) -> str:
    """The run with the marks between its other signs in canonical order; they are equivalent (Unicode Standard, 3.11)."""
    pieces: list[str] = []
    marks: list[str] = []
    for char in run[0]:
        if not unicodedata.combining(char):
            pieces += sorted(marks, key=unicodedata.combining)
            pieces.append(char)
            marks = []
        elif unicodedata.decomposition(char):
            marks += unicodedata.normalize("NFD", char)
        else:
            marks.append(char)
    return "".join(pieces + sorted(marks, key=unicodedata.combining))
