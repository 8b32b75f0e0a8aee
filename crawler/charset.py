"""Bytes of a page -> text: byte order mark, then valid UTF-8 whatever a header says, header, meta, detection; TCVN3 and VNI converted."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹĂĐƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỊỈĨỌỎỐỒỔỖỘỚỜỞỠỢỤỦŨỨỪỬỮỰỲỴỶỸ]")
REPLACED = 0.001  # share of U+FFFD from which a text is refused
_PROBE = 200_000  # characters or bytes on which letters are counted

# TCVN3 (fonts .VnTime): one byte a letter, shown as Latin-1
_TCVN3 = str.maketrans(
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ®¡¢£¤¥¦§",
    "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđĂÂÊÔƠƯĐ",
)
_TCVN3_MARKS = re.compile("[µ¶·¸¹»¼½¾¨©ª«¬®]")
# VNI (fonts VNI-Times): a letter and an accent letter after it
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATS = {"â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323"}
_VNI_BREVES = {"ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323"}
_VNI_ALONE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile("([aeouyôöi])([ùøûõï])|([aeo])([âáàåãä])|(a)([êéèúüë])|([ñöôæóòî])", re.IGNORECASE)


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
    if mostly.readable or (mostly.replaced < 0.02 and len(_VIETNAMESE.findall(mostly.text[:_PROBE])) > 50):
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
        if decoded.readable and _VIETNAMESE.search(decoded.text[:_PROBE]):
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
    return Decoded(unicodedata.normalize("NFC", text) if name.endswith("1258") else text, name, text.count("\ufffd") / max(len(text), 1))


def _legacy(text: str, charset: str) -> Decoded:
    """The text with TCVN3 or VNI letters turned into Unicode, when its letters show that it is written so."""
    probe = re.sub(r"<[^>]{0,2000}>", " ", text[:_PROBE])
    letters = sum(map(str.isalpha, probe)) or 1
    if len(_VIETNAMESE.findall(probe)) * 100 < letters:
        if len(_TCVN3_MARKS.findall(probe)) * 25 > letters:
            return Decoded(text.translate(_TCVN3), f"tcvn3 in {charset}", 0.0)
        if len(re.findall("[aeouyôö][ùøûõïâáàåãä]", probe, re.IGNORECASE)) * 25 > letters:
            return Decoded(unicodedata.normalize("NFC", _VNI_PAIR.sub(_from_vni, text)), f"vni in {charset}", 0.0)
    return Decoded(text, charset, text.count("\ufffd") / max(len(text), 1))


def _from_vni(match: re.Match[str]) -> str:
    """One letter of VNI with the accents after it."""
    letter, accent = next((match[at], match[at + 1]) for at in (1, 3, 5) if match[at]) if not match[7] else (match[7], "")
    small = letter.lower()
    accents = {**_VNI_TONES, **(_VNI_HATS if match[3] else {}), **(_VNI_BREVES if match[5] else {})}.get(accent.lower(), "")
    base = _VNI_ALONE.get(small, small) + accents
    return base.upper() if letter.isupper() else base
