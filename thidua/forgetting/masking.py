"""A name blanked, letter by letter, so that every place after it stays where it was: in a text, in the source of a page, in a page."""

from __future__ import annotations

import codecs
import html
import re
from bisect import bisect_right
from urllib.parse import unquote

from crawler.charset import decode
from crawler.refusals import inflate, wrong_type
from schemas.page import Page
from thidua.forgetting.names import plain
from thidua.forgetting.tombstones import Tombstones

SIGN = "█"  # in the place of a letter
_ESCAPE = r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|\\u[0-9a-fA-F]{4}|(?:%[0-9A-Fa-f]{2})+"
_UNSEEN = "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+"
_TAG = "<[!/?A-Za-z][^<>]*>"
# What a source shows: as it is (attributes, scripts and addresses too), with tags that part nothing, and with tags that part words
_VIEWS = tuple((re.compile(pattern), gap) for pattern, gap in ((f"{_ESCAPE}|{_UNSEEN}", ""), (f"{_ESCAPE}|{_UNSEEN}|{_TAG}", ""), (f"{_ESCAPE}|{_UNSEEN}|{_TAG}", " ")))  # fmt: skip


def masked(text: str, tombstones: Tombstones) -> str:
    """The text, as long as it was, with the letters of the names blanked."""
    letters = list(text)
    for start, end in tombstones.named(text):
        letters[start:end] = [SIGN if not char.isspace() else char for char in text[start:end]]
    return "".join(letters)


def masked_source(source: str, tombstones: Tombstones) -> str:
    """HTML, JSON or plain text with the names blanked: also those written with references (&#7877;, \\u1ec5, %E1%BB%85) or with tags between."""
    for pattern, gap in _VIEWS:
        source = _masked_as(source, tombstones, pattern, gap)
    return source


def _masked_as(source: str, tombstones: Tombstones, pattern: re.Pattern[str], gap: str) -> str:
    """The source with the names blanked that one view of it shows."""
    shown, places, pieces, at, length = "", [], [], 0, 0  # places: (offset in the view, offset in the source) of each stretch
    for match in [*pattern.finditer(source), None]:
        start = match.start() if match else len(source)
        places.append((length, at, start))
        pieces.append(source[at:start])
        length += start - at
        if match:
            piece = gap if match[0].startswith("<") else _letters(match[0])
            places.append((length, match.start(), -match.end()))  # a stretch that stands for other letters goes as one
            pieces.append(piece)
            length += len(piece)
            at = match.end()
    shown = "".join(pieces)
    found = list(tombstones.named(shown))
    if not found:
        return source
    starts = [place[0] for place in places]
    blanks: dict[tuple[int, int], str] = {}
    for first, last in found:
        for letter in range(first, last):
            if shown[letter].isspace():
                continue
            index = bisect_right(starts, letter) - 1
            begin, start, end = places[index]
            if end >= 0:
                blanks[start + letter - begin, start + letter - begin + 1] = SIGN
            elif source[start] != "<":
                blanks[start, -end] = SIGN * len(_letters(source[start:-end]))
    parts, at = [], 0
    for (start, end), sign in sorted(blanks.items()):
        parts += [source[at:start], sign]
        at = end
    return "".join([*parts, source[at:]])


def _may_have(source: str, word: str) -> bool:
    """Whether a word may stand in a source, with tags and signs that nobody sees between its letters or not."""
    shown = _VIEWS[0][0].sub(lambda match: _letters(match[0]), source)
    return word in plain(shown) or word in plain(re.sub(_TAG, "", shown))


def _letters(escape: str) -> str:
    """The letters that a reference stands for; none of signs that nobody sees."""
    if escape.startswith("&"):
        return html.unescape(escape)
    if escape.startswith("\\u"):
        return chr(int(escape[2:], 16))
    return unquote(escape, errors="replace") if escape.startswith("%") else ""


def masked_page(page: Page, tombstones: Tombstones, word: str = "") -> Page:
    """The page with the names blanked in its source; the very same where there are none. Of pictures and documents (PDF, …) nothing is read.

    `word`: only a page that has this word, without accents, may have one of the names; the look for it is quick.
    """
    if not tombstones.sizes:
        return page
    headers = tuple((name, masked_source(value, tombstones)) for name, value in page.headers)
    if headers != page.headers:
        page = page.model_copy(update={"headers": headers})
    body = inflate(page.body)
    if wrong_type(body) not in (None, "json") and not body.lstrip().startswith(b"<"):
        return page
    decoded = decode(body, content_type=page.header("content-type"))
    if word and not _may_have(decoded.text, word):
        return page
    text = masked_source(decoded.text, tombstones)
    if text == decoded.text:
        return page
    encoded = text.encode("utf-8", "replace")
    is_plain = page.kind == "article_json" or (decoded.charset == "utf-8" and not body.startswith(codecs.BOM_UTF8))
    return page.model_copy(update={"body": encoded if is_plain else codecs.BOM_UTF8 + encoded})
