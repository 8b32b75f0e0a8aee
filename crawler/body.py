"""From the blocks of an article's body to paragraphs, captions, byline and source; the same rules for HTML and for text dumps."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from crawler.byline import Credit, belongs_to_text, is_photo_line, is_source_line, opens_paragraph, read_credit, split_photo_credit
from crawler.cleaning import CAPITALS, alike
from crawler.furniture import FILE_NAME, is_button, is_furniture, is_related, tail_marker
from crawler.stamps import Stamp, is_labelled, is_stamp, read_stamp
from schemas.article import Caption

MIN_PROSE = 60  # characters from which a line with a sentence's end is prose
LONG = 260  # a longer line is prose even without one, and no caption
BRIEF = 100  # a line with a sentence's end that stands below a picture and is no longer may be its caption
LONGEST_CAPTION = 200  # characters of a caption that nothing but the photographer's name below it tells of
AHEAD = 12  # lines below the heading of a box among which the text goes on, if it does
SHORTEST_TWIN = 25  # characters from which a line that stands there twice is one line
SENTENCE_END = re.compile(r"[.;:!?…]['\"”’»)]*$")
_CLOSED = ' "”’)»*'  # may stand after the './.' that closes a text
_FULL_STOP = re.compile(r"(?<!\.\.)[.;:]['\"”’»)]*$")  # of a sentence, while headlines ask, cry out or are cut short with '...'
_NEXT_SENTENCE = re.compile(rf"(?:(?<!\w)[^\W\d_{CAPITALS}]{{1,12}}|[^\W\d_{CAPITALS}]{{3}}|\d{{4}})[.!?…][\"”’»)]*\s+[{CAPITALS}]")
_DATELINE = re.compile(r"^\(?[\w.]{2,20}\)?\s?[-–—]\s+")
_PICTURE_OF = re.compile(r" ảnh(?: \d{1,2})?$")  # "Tên bài - Ảnh 1", folded
_LIST_ITEM = re.compile(r"[-+•*–]\s|\d{1,3}[.)/]\s|[a-zđ]\)\s")
_GLUED = re.compile(r"^(?P<stamp>\d{1,2}/\d{1,2}/\d{4}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?)\s?(?=[^\W\d_])")


@dataclass(frozen=True)
class Block:
    """One paragraph of a page as it stands there."""

    text: str
    picture: bool = False  # a picture or its file name, no words of its own
    caption: bool = False  # the page's markup or its place says that it is one
    row: bool = False  # a row of a table
    right: bool = False  # set to the right, as a signature is
    links: int = 0  # characters of it that are links


@dataclass
class Body:
    """What the blocks of a body gave."""

    paragraphs: list[str] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    author: str | None = None
    posted: bool = False  # the author only put it on the site
    source: str | None = None
    stamp: Stamp | None = None
    signs: list[str] = field(default_factory=list)  # authors, sources and photographers met
    warnings: list[str] = field(default_factory=list)

    def credit(self, credit: Credit) -> None:
        """Take author and source where there is none yet; who writes goes before who put it on the site."""
        if credit.author and (self.author is None or (self.posted and not credit.poster)):
            self.author, self.posted = credit.author, credit.poster
        self.source = self.source or credit.source
        self.signs.extend(value for value in (credit.author, credit.source, credit.photo) if value)


def read_body(blocks: Sequence[Block], *, into: Body, strict: bool, latest: dt.date | None = None, title: str | None = None) -> None:
    """Read the blocks below headline and stamp `into` a body.

    `strict`, for dumps: the last './.' closes the text whatever follows, since nothing else parts it from the foot of the page; the
    `title` and lines that stand there again are left out, and a line is a caption only if it looks like one.
    """
    found = _without_tail(blocks, into=into, strict=strict, latest=latest)
    _read_paragraphs(_once(found, title) if strict else found, into, strict=strict)


def is_prose(text: str) -> bool:
    """A line of running text: long, or a sentence of some length."""
    return len(text) > LONG or (len(text) >= MIN_PROSE and bool(SENTENCE_END.search(text)) and not text.isupper())


def _without_tail(blocks: Sequence[Block], *, into: Body, strict: bool, latest: dt.date | None) -> list[Block]:
    """The blocks of the text: what follows its end is read for byline and source, and left out."""
    body = list(blocks[: _foot(blocks, strict=strict)])
    closed = [index for index, block in enumerate(body) if _closes(block.text)]
    written = max((index for index, block in enumerate(body) if _is_text(block)), default=-1)
    last = closed[-1] if closed and (strict or closed[-1] > written) else written
    if len(closed) > 1:
        into.warnings.append("closed_twice")
    after = [block for block in body[last + 1 :] if block.text or block.picture]
    return [*body[: last + 1], *_read_after(after, into=into, closed=bool(closed), strict=strict, latest=latest)]


def _foot(blocks: Sequence[Block], *, strict: bool) -> int:
    """Index of the block where the page's foot or a list of other articles begins; a box within the body is passed over."""
    foot, goes_on = len(blocks), False
    for index in range(len(blocks) - 1, -1, -1):  # from the end: whether running text follows is known then
        block = blocks[index]
        marker = tail_marker(block.text) if block.text and not block.row else None
        if strict and marker and (marker == "soft" or is_button(block.text)) and _resumes(blocks, index, foot):
            goes_on = True
        elif marker == "hard" or (marker == "soft" and not goes_on) or (index and _is_other_article(block.text)):
            foot, goes_on = index, False
        elif len(block.text) >= 2 * MIN_PROSE and is_prose(block.text) and 2 * block.links < len(block.text) and not is_related(block.text):
            goes_on = True
    return foot


def _resumes(blocks: Sequence[Block], at: int, foot: int) -> bool:
    """Whether a box's heading, or a button, ends nothing: no byline stands above it, and below it full sentences go on up to a byline or './.'.

    Without these two they must be more than stand above. A box may hold headlines first; below a button the sentences follow at once
    or after a subheading, while comments begin with a name.
    """
    above = [block.text for block in blocks[max(0, at - AHEAD) : at] if _is_line(block)]
    if above and (_closes(above[-1]) or read_credit(above[-1])):
        return False
    below = [block.text for block in blocks[at + 1 : min(foot, at + 1 + 2 * AHEAD)] if _is_line(block)][:AHEAD]
    said = [is_prose(text) and bool(_FULL_STOP.search(text)) and not is_related(text) for text in below]
    first = said.index(True) if True in said else len(said)
    end = next((end for end in range(first, len(below)) if _closes(below[end]) or _signs(below, said, end)), None)
    if first and is_button(blocks[at].text) and (first > 1 or end is None or read_credit(below[0])):
        return False
    whole = said[first:] if end is None else said[first : end + _closes(below[end])]
    short = len(whole) - sum(whole)
    if end is not None or len(below) == AHEAD:
        return sum(whole) > 2 * short
    return not short and len(whole) > max(1, sum(map(is_prose, above)))


def _closes(text: str) -> bool:
    """Whether a line ends the text: './.'."""
    return text.rstrip(_CLOSED).endswith("./.")


def _signs(lines: Sequence[str], said: Sequence[bool], at: int) -> bool:
    """Whether a line is a byline, and not the name above somebody's comment."""
    return not said[at] and not (at + 1 < len(said) and said[at + 1]) and _has_author(lines[at])


def _has_author(text: str) -> bool:
    """Whether a line is a byline."""
    credit = read_credit(text)
    return credit is not None and credit.author is not None


def _is_line(block: Block) -> bool:
    """A line of words that is no furniture, no box's heading and no photographer."""
    return bool(block.text) and not _is_picture(block) and _says_something(block.text)


@lru_cache(maxsize=256)  # looked at again from each heading near it
def _says_something(text: str) -> bool:
    return not (is_furniture(text) or tail_marker(text) or is_photo_line(text) is not None)


def _is_other_article(text: str) -> bool:
    """A teaser of another article: it begins with a stamp of its own, with a time ('08:33 22/04/2025 (HG) - …')."""
    stamp = read_stamp(text[:60])
    return bool(stamp and stamp.start <= 1 and "T" in stamp.value and len(text) > stamp.end + 20)


def _is_text(block: Block) -> bool:
    """Whether a block may be the last one of a text without './.': a sentence, a list item or a row, but no credit."""
    text = block.text
    if (
        block.picture
        or block.caption
        or not text
        or is_furniture(text)
        or is_photo_line(text) is not None
        or is_related(text)
        or is_stamp(text)
    ):
        return False
    if FILE_NAME.fullmatch(text) or read_credit(text):
        return False
    return block.row or bool(SENTENCE_END.search(text) or len(text) >= 2 * MIN_PROSE or _LIST_ITEM.match(text))


def _read_after(blocks: Sequence[Block], *, into: Body, closed: bool, strict: bool, latest: dt.date | None) -> list[Block]:
    """Byline and source below the text's end; what is kept are captions, and short lines where no './.' closed the text."""
    kept: list[Block] = []
    signed = False
    # a lone stamp needs no label where nothing stands between
    near = strict and sum(is_stamp(block.text) is not None for block in blocks) == 1
    for index, block in enumerate(blocks):
        text, follower = block.text, blocks[index + 1].text if index + 1 < len(blocks) else ""
        if (
            _is_picture(block)
            or is_photo_line(text) is not None
            or block.caption
            or (kept and _is_picture(kept[-1]) and not block.right)
            or (is_photo_line(follower) is not None and not (strict and _has_author(text)))
            or (split_photo_credit(text)[1] and not _has_author(text))
        ):
            kept.append(block)
        elif stamp := is_stamp(text, latest=latest):
            into.stamp = into.stamp or (stamp if near or is_labelled(text) else None)
        elif credit := read_credit(text):
            into.credit(credit)
            signed = True
        elif is_furniture(text):
            continue
        elif not closed and not signed and not is_related(text):
            kept.append(block)
            near = False
        else:
            near = False
    return kept


def _is_picture(block: Block) -> bool:
    """A picture, or the name of its file."""
    return block.picture or bool(FILE_NAME.fullmatch(block.text))


def _may_be_caption(block: Block) -> bool:
    """Whether a line next to a picture is what stands under it, and no paragraph or signature."""
    brief = len(block.text) <= (BRIEF if SENTENCE_END.search(block.text) else LONG)
    return brief and not block.row and not block.right


def _once(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """The blocks without the headline, as it stands again below a picture, and without a paragraph or caption that stood there before.

    A line that is no sentence and stands there twice running is a picture's alternative text and its caption.
    """
    headline, seen, kept = alike(title or ""), set[str](), list[Block]()
    for block in (block for block in blocks if block.text or block.picture):
        text = block.text
        plain = alike(_DATELINE.sub("", text))
        if headline and not block.row and headline in (alike(text), _PICTURE_OF.sub("", alike(text))):
            continue
        if len(plain) >= SHORTEST_TWIN and not block.row and is_photo_line(text) is None and not read_credit(text):
            if plain in seen:
                if kept[-1].text == text and not SENTENCE_END.search(text) and len(text) <= LONGEST_CAPTION:
                    kept[-1] = replace(block, caption=True)
                continue
            seen.add(plain)
        kept.append(block)
    return kept


def _is_paragraph(text: str, *, first: bool) -> bool:
    """Whether a line of a dump above a photographer's name is a paragraph: long, several sentences, the only lead, or it begins like one."""
    if len(text) > LONGEST_CAPTION or _NEXT_SENTENCE.search(text):
        return True
    return is_prose(text) and (first or opens_paragraph(text))


def _read_paragraphs(blocks: Sequence[Block], into: Body, *, strict: bool) -> None:
    """Paragraphs and captions from the blocks of the text."""
    below_picture = in_box = False
    there = [block for block in blocks if block.text or block.picture]
    for index, block in enumerate(there):
        text = block.text
        if _is_picture(block):
            below_picture = True
            continue
        photographer = is_photo_line(text)
        if photographer is not None:
            _credit_picture(photographer, into)
            continue
        if not block.row and (is_furniture(text) or tail_marker(text)):
            in_box = in_box or (tail_marker(text) is not None and not (strict and is_button(text)))
            continue
        if strict and is_source_line(text):
            continue  # a picture's: the article's own stands below the text
        if in_box and not block.row and not SENTENCE_END.search(text) and len(text) <= LONG:
            continue  # a headline in a box of other articles
        in_box = False
        caption, photographer = split_photo_credit(text)
        if strict and photographer and len(caption) > LONGEST_CAPTION and _NEXT_SENTENCE.search(caption):
            into.signs.append(photographer)
            text, photographer = caption, None
        credited = is_photo_line(there[index + 1].text) is not None if index + 1 < len(there) else False
        if (
            block.caption
            or photographer
            or (below_picture and _may_be_caption(block))
            or (credited and not block.row and len(text) <= LONG and not (strict and _is_paragraph(text, first=not into.paragraphs)))
        ):
            into.captions.append(Caption(text=caption, credit=photographer))
            into.signs.extend([photographer] if photographer else [])
            if belongs_to_text(caption):
                into.paragraphs.append(caption)
        else:
            into.paragraphs.append(text if into.paragraphs else _unglue(text, into))
        below_picture = False


def _credit_picture(photographer: str, into: Body) -> None:
    """Give the last caption its photographer."""
    if photographer:
        into.signs.append(photographer)
        if into.captions and into.captions[-1].credit is None:
            into.captions[-1] = into.captions[-1].model_copy(update={"credit": photographer})


def _unglue(text: str, into: Body) -> str:
    """The first paragraph without a stamp stuck to its front: '26/08/2014Ngày …'."""
    match = _GLUED.match(text)
    stamp = read_stamp(match["stamp"]) if match else None
    if not match or not stamp:
        return text
    into.stamp = into.stamp or stamp
    return text[match.end() :]
