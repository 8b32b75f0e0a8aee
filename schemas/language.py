"""Whether a text is Vietnamese: written with its letters, or, where the accents are left out, with its commonest words."""

from __future__ import annotations

import re

from schemas.normal import nfc

LETTERS, WORDS = 60, 20  # fewer letters of the text, or different words without accents, tell nothing
_MARKED = re.compile("[ăâđêôơưạảãàáấầẩẫậắằẳẵặẹẻẽèéếềểễệịỉĩìíọỏõòóốồổỗộớờởỡợụủũùúứừửữựỳỵỷỹý]")
_NOT_LATIN = re.compile("[\u0250-\u1dff\u1f00-\U0010ffff]")
_WORD = re.compile(r"[^\W\d_]+")
# Words of which any Vietnamese news has plenty, without accents; none is common in English, French or RPA Hmong
_COMMON = re.compile(
    "va|cua|cac|duoc|trong|nhung|nguoi|khong|voi|tai|nay|dong|hoi|thi|dua|uy|ban|nhan|dan|khen|thuong|tinh|huyen|xa|phuong|cong|tac|chu|tich|pho|bi"
    "|thu|nam|ngay|theo|viec|tren|duong|dia|phat|trien|tap|ca|kinh|te|hoat|dang|thanh|trung|uong|gia|dinh"
)
FEW_MARKED = 0.04  # share of letters that only Vietnamese writes so; news has 0.2 and more
FEW_COMMON = 0.05  # share of the common words; news without accents has 0.14 and more, other languages below 0.03
LATIN = 0.5  # share of Latin letters below which a text is written in another script


def is_vietnamese(text: str) -> bool:
    """Whether the text is Vietnamese, with accents or without; True for one that is too short to tell."""
    folded = nfc(text).casefold()
    letters = sum(map(str.isalpha, folded))
    if letters < LETTERS:
        return True
    latin = letters - sum(map(str.isalpha, _NOT_LATIN.findall(folded)))
    if latin < LATIN * letters:
        return False
    if len(_MARKED.findall(folded)) >= FEW_MARKED * letters:
        return True
    words = _WORD.findall(folded)
    return len(set(words)) < WORDS or sum(_COMMON.fullmatch(word) is not None for word in words) >= FEW_COMMON * len(words)
