"""Bytes of a page -> text: byte order mark, then valid UTF-8 whatever a header says, header, meta, detection; TCVN3 and VNI converted."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from schemas.legacy_fonts import VIETNAMESE, font_of, to_unicode
from schemas.normal import nfc

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
REPLACED = 0.001  # share of U+FFFD from which a text is refused
_PROBE = 200_000  # characters or bytes on which letters are counted


@dataclass(frozen=True)
class Decoded:
    """The text of a page and how it was read."""

    text: str
    charset: str
    replaced: float  # share of U+FFFD

    @property
    def readable(self) -> bool:
        """Whether few enough characters were lost."""
        return self.replaced <= REPLACED


def decode(body: bytes, *, content_type: str | None = None, fallback: str | None = None) -> Decoded:
    """The text of a body. `fallback` is the charset that the site declares for pages that declare none."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], name)
    if wide := _utf16(body):
        return _decoded(body, wide)
    try:
        return _legacy(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    candidates = [declared for declared in (_declared(content_type or ""), _declared(body[:4096].decode("latin-1")), fallback) if declared]
    mostly = _decoded(body, "utf-8")
    if mostly.readable or (mostly.replaced < 0.02 and len(VIETNAMESE.findall(mostly.text[:_PROBE])) > 50):
        return mostly  # UTF-8 with a few bad bytes, or cut in the middle of a letter
    as_font = _legacy(body.decode("latin-1"), "latin-1")
    if as_font.charset != "latin-1":
        return as_font
    for name in [*candidates, "windows-1258"]:
        if name.lower().replace("_", "-") in ("utf-8", "utf8"):
            continue
        try:
            decoded = _decoded(body, name)
        except LookupError:
            continue
        if decoded.readable and VIETNAMESE.search(decoded.text[:_PROBE]):
            return decoded
    return mostly if candidates else as_font


def _declared(text: str) -> str | None:
    match = _DECLARED.search(text)
    return (match[1] or match[2]) if match else None


def _utf16(body: bytes) -> str | None:
    """UTF-16 without its mark: zero bytes in every other place."""
    probe = body[:_PROBE]
    even, odd = probe[::2].count(0), probe[1::2].count(0)
    if 5 * (even + odd) < len(probe):
        return None
    return "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else None


def _decoded(body: bytes, name: str) -> Decoded:
    text = body.decode(name, errors="replace")
    return Decoded(nfc(text) if name.endswith("1258") else text, name, text.count("\ufffd") / max(len(text), 1))


def _legacy(text: str, charset: str) -> Decoded:
    """The text with TCVN3 or VNI letters turned into Unicode, when its letters show that it is written so."""
    font = font_of(re.sub(r"<[^>]{0,2000}>", " ", text[:_PROBE]))
    if font:
        return Decoded(to_unicode(text, font), f"{font} in {charset}", 0.0)
    return Decoded(text, charset, text.count("\ufffd") / max(len(text), 1))
