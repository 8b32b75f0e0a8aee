"""Vietnamese from before Unicode, as it still comes: TCVN3 (fonts .VnTime) and VNI (fonts VNI-Times), shown as Latin-1 letters.

The codes of the letters are those of the standards TCVN 5712:1993 and of VNI; how often they must stand in a text before it is
taken for one of the two is ours.
"""

from __future__ import annotations

import re
import unicodedata

VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹĂĐƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỊỈĨỌỎỐỒỔỖỘỚỜỞỠỢỤỦŨỨỪỬỮỰỲỴỶỸ]")
SHARE = 25  # one letter in so many must be a mark of the font

# TCVN3: one letter a letter
TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ®¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_TCVN3_MARKS = re.compile("[µ¶·¸¹»¼½¾¨©ª«¬®]")
# VNI: a letter and an accent letter after it
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {"â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323"}
_BREVES = {"ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323"}
_ALONE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
VNI = re.compile("([aeouyôöAEOUYÔÖ])([ùøûõïÙØÛÕÏ])|([aeoAEO])([âáàåãäÂÁÀÅÃÄ])|([aA])([êéèúüëÊÉÈÚÜË])|([ñöôæóòîÑÖÔÆÓÒÎ])")
_VNI_MARKS = re.compile("[aeouyôö][ùøûõïâáàåãä]", re.IGNORECASE)


def font_of(probe: str) -> str | None:
    """`tcvn3` or `vni` when the letters of a text without markup show that it is written so, else None."""
    letters = sum(map(str.isalpha, probe)) or 1
    if len(VIETNAMESE.findall(probe)) * 100 < letters:
        if len(_TCVN3_MARKS.findall(probe)) * SHARE > letters:
            return "tcvn3"
        if len(_VNI_MARKS.findall(probe)) * SHARE > letters:
            return "vni"
    return None


def from_vni(match: re.Match[str]) -> str:
    """The one letter that a match of VNI stands for."""
    letter, accent = next((match[at], match[at + 1]) for at in (1, 3, 5) if match[at]) if not match[7] else (match[7], "")
    small = letter.lower()
    accents = {**_TONES, **(_HATS if match[3] else {}), **(_BREVES if match[5] else {})}.get(accent.lower(), "")
    base = unicodedata.normalize("NFC", _ALONE.get(small, small) + accents)
    return base.upper() if letter.isupper() else base


def to_unicode(text: str, font: str) -> str:
    """`text` of a font in Unicode, NFC."""
    return text.translate({ord(char): letter for char, letter in TCVN3.items()}) if font == "tcvn3" else VNI.sub(from_vni, text)
