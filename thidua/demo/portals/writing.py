"""How portals and word processors write text into pages: slugs, broken runs, references for letters."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Callable

from markupsafe import Markup, escape


def slug(text: str, *, d: str = "d") -> str:
    """Words without marks, joined by hyphens; `d` stands for đ, which some systems lose."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", d))
    return re.sub(r"[^a-z0-9]+", "-", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip("-")


def runs(text: str, size: int = 19) -> list[str]:
    """The text in pieces of `size`, as a word processor breaks it: in the middle of words."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def references(text: str) -> Markup:
    """Every letter outside ASCII as a decimal reference, as rich text editors of the time stored it."""
    return Markup(str(escape(text)).encode("ascii", "xmlcharrefreplace").decode())


def hard_spaces(text: str, every: int = 3) -> Markup:
    """Each third space as `&nbsp;`, as pasted text has them."""
    words = text.split(" ")
    joined = (escape(word) + Markup("&nbsp;" if place % every == 0 else " ") for place, word in enumerate(words[:-1], 1))
    return Markup("").join(joined) + escape(words[-1])


def opaque(seed: str, size: int) -> str:
    """Some `size` bytes of base64 that mean nothing and are always the same: view states, digests."""
    return base64.b64encode(b"".join(hashlib.sha256(f"{seed}{block}".encode()).digest() for block in range(size // 43 + 1))).decode()[:size]


FILTERS: dict[str, Callable[..., object]] = {
    "slug": slug,
    "runs": runs,
    "references": references,
    "hard_spaces": hard_spaces,
    "opaque": opaque,
    "grouped": lambda number: f"{number:,}".replace(",", "."),
}
