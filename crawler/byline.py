"""Who wrote it and where it comes from: "Tin, ảnh: Minh Hà", "(Theo TTXVN)", "Nguồn: …"; and captions that are part of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from crawler.cleaning import CAPITALS, alike, fold
from crawler.furniture import ADDRESS, any_of, is_furniture, is_place, is_section, words
from schemas.tables import table, values

_WORD = rf"(?:[{CAPITALS}][\w.'’]*+)"
_NAME = rf"{_WORD}(?:\s{_WORD}){{0,5}}"
_NAMES = re.compile(rf"{_NAME}(?:\s?(?:[-–,&+;]|và)\s?{_NAME}){{0,4}}")
_RUN = re.compile(rf"{_WORD}(?:\s{_WORD})*")
_NAME_AND_BODY = re.compile(rf"(?P<who>{_NAME})\s*[(/–-]\s*(?:[Tt]heo\s+)?(?P<what>[^()/]+)\)?")
_NAME_AND_DESK = re.compile(rf"(?P<who>{_NAME}),\s+(?P<what>[^(),]+)")
_LISTED = re.compile(r"[;:,]$|\w{3,}\.$")  # the end of a sentence or a list item, not of a name with initials
_COMMENDATION = re.compile(r"thi đua\W+khen thưởng", re.IGNORECASE)  # in the name of an office, no verb
_EDGES = " -–—|;,:()[]*."
_CREDIT = re.compile(r"[\s.,(–|-]*\bảnh\s*:\s*(?P<who>[^:]{2,60}?)\)?\.?$", re.IGNORECASE)


@dataclass(frozen=True)
class Credit:
    """What one line says of the article's origin; None where it says nothing."""

    author: str | None = None
    source: str | None = None
    photo: str | None = None
    poster: bool = False  # the author only put it on the site


@cache
def _labels() -> re.Pattern[str]:
    by = words()["byline"]
    groups = "|".join(f"(?P<{key}>{any_of(tuple(by[key]))})" for key in ("photo", "author", "poster", "source"))
    return re.compile(rf"(?<!\w)(?:{groups})\s*(?:\([^)]{{0,20}}\)\s*)?[:：]\s*", re.IGNORECASE)


@cache
def _unmarked() -> re.Pattern[str]:
    by = words()["byline"]
    return re.compile(rf"(?:{any_of(tuple(by['author_unmarked']))})\s+(?P<who>[^:]{{2,80}})", re.IGNORECASE)


@cache
def _desks() -> frozenset[str]:
    return frozenset(alike(name) for name in words()["byline"]["desks"])


@cache
def _bracketed_source() -> re.Pattern[str]:
    return re.compile(rf"\(\s*(?:{any_of(tuple(words()['byline']['source']))})\s*[:：]?\s+(?P<what>[^()]+)\)\.?", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    after = any_of(tuple(words()["byline"]["after"]))
    return re.compile(rf"\s*(?:[(–-]\s*)(?:{after})\.?\s*\)?$|\s+(?:tổng hợp|sưu tầm|lược ghi)$", re.IGNORECASE)


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(tuple(words()['byline']['bodies']))})\s+\w", re.IGNORECASE)


@cache
def _desk_of() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(tuple(words()['byline']['desks_of']))})(?!\w)", re.IGNORECASE)


@cache
def _outlet() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(tuple(words()['byline']['outlets']))})(?!\w)", re.IGNORECASE)


def signs_as_body(line: str) -> bool:
    """Whether a line begins as the name of a public body does: UBND, Sở, Ban, Phòng."""
    return bool(_body().match(line))


def read_credit(line: str) -> Credit | None:
    """What a line at the head's or the body's end says of author, source and photographer; None if it is no such line."""
    if len(line) > 160:
        return None
    labelled = _labelled(line)
    if labelled:
        return labelled
    if match := _bracketed_source().fullmatch(line):
        return Credit(source=match["what"].strip(_EDGES))
    if match := re.fullmatch(r"\(?\s*theo\s+(?P<what>[^():]{2,60}?)\s*\)?\.?", line, re.IGNORECASE):
        what = match["what"].strip()
        if (line.startswith("(") or not line.endswith(".")) and (what[0].isupper() or ADDRESS.fullmatch(what)) and len(what.split()) <= 9:
            return Credit(source=what)
    if ADDRESS.fullmatch(line) and not line.casefold().endswith((".jpg", ".png", ".jpeg", ".gif")):
        return Credit(source=line.strip("()"))
    return _bare(line)


def _labelled(line: str) -> Credit | None:
    """'Tác giả: A - Nguồn: B', 'Bài: A; ảnh: B': each label's value."""
    matches = list(_labels().finditer(line))
    if not matches or line[: matches[0].start()].strip(_EDGES):
        return None
    found: dict[str, str] = {}
    for match, end in zip(matches, [*(m.start() for m in matches[1:]), len(line)], strict=True):
        value = line[match.end() : end].strip(_EDGES) if match.lastgroup != "source" else line[match.end() : end].strip(" -–—|;,[]")
        if match.lastgroup and value and len(value) <= 100:
            found.setdefault(match.lastgroup, value)
    author = found.get("author") or found.get("poster")
    if author and (both := _NAME_AND_BODY.fullmatch(author)) and _outlet().match(both["what"]):
        author = both["who"]
        found.setdefault("source", both["what"])
    if author is not None and not (
        _NAMES.fullmatch(_trim(author)) or alike(author) in _desks() or _body().match(author) or _outlet().match(author)
    ):
        return None
    return Credit(
        author=_trim(author) if author else None, source=found.get("source"), photo=found.get("photo"), poster="author" not in found
    )


def _bare(line: str) -> Credit | None:
    """A name alone, or the body that signs."""
    plain = _trim(line.strip(" -–—|;,*[]"))
    if alike(plain) in _desks():
        return Credit(author=plain)
    if (by := _unmarked().fullmatch(plain)) and (_NAMES.fullmatch(by["who"]) or alike(by["who"]) in _desks()):
        return Credit(author=by["who"])
    if not plain or len(plain) > 80 or _LISTED.search(line) or is_furniture(line) or is_section(line) or is_place(line):
        return None
    if _outlet().match(plain) and len(plain.split()) <= 8 and not plain.endswith("."):
        return Credit(source=plain)
    if match := _NAME_AND_BODY.fullmatch(plain):
        if _outlet().match(match["what"]):
            return Credit(author=match["who"], source=match["what"])
        if _signs(match["what"]) or (_body().match(match["what"]) and len(match["what"].split()) <= 8):
            return Credit(author=match["who"])
    if (match := _NAME_AND_DESK.fullmatch(plain)) and _desk_of().match(match["what"]) and not is_place(match["who"]):
        return Credit(author=match["who"])
    if (_NAMES.fullmatch(plain) and len(plain.split()) <= 12) or (_signs(plain) and line[-1:] not in ".;:,?!"):
        return Credit(author=plain)
    return None


def _signs(plain: str) -> bool:
    """Whether a line names a body, as an office that signs its news does: no verb, and a proper name in it."""
    proper = _RUN.search(plain, plain.find(" ") + 1)
    bare = _COMMENDATION.sub("", plain)
    return bool(
        _body().match(plain) and proper and plain[0].isupper() and len(plain.split()) <= 12 and not _caption_words("verbs").search(bare)
    )


def _trim(name: str) -> str:
    """The name without 'tổng hợp', 'TH' after it."""
    return _after().sub("", name.strip()).strip(_EDGES.replace(".", "").replace("(", "").replace(")", ""))


def split_photo_credit(caption: str) -> tuple[str, str | None]:
    """A caption and who took the picture: '… nhận Bằng khen. Ảnh: Minh Hà' -> ('… nhận Bằng khen.', 'Minh Hà')."""
    match = _CREDIT.search(caption)
    if not match or match.start() < 10:
        return caption, None
    kept = caption[: match.start()].rstrip(" ,(–|-")
    return kept + ("." if caption[match.start() : match.start() + 1] == "." else ""), match["who"].strip(_EDGES)


def is_photo_line(line: str) -> str | None:
    """The credit of a line that is nothing else: 'Ảnh: Minh Hà - TTXVN', '(Ảnh minh họa)'."""
    by = words()["byline"]
    match = re.fullmatch(rf"\(?\s*(?:{any_of(tuple(by['photo']))})\s*(?:[:：]\s*(?P<who>[^:]{{1,80}}?))?\)?\.?", line, re.IGNORECASE)
    return (match["who"] or "").strip(" ()") if match else None


def is_source_line(line: str) -> bool:
    """Whether a line is a label with a source and nothing else: 'Nguồn: Internet'."""
    credit = _labelled(line) if len(line) <= 160 else None
    return credit is not None and credit.source is not None and credit.author is None


@cache
def _offices() -> re.Pattern[str]:
    titles = {row["title_bare"] for row in table("positions") if row["title_bare"]}
    honorifics = {name for row in table("honorifics") for name in (row["honorific"], *values(row["variants"]))}
    return re.compile(rf"(?<!\w)(?:(?P<honorific>{any_of(tuple(honorifics))})|{any_of(tuple(titles))})(?!\w)", re.IGNORECASE)


@cache
def _places_in() -> re.Pattern[str]:
    names = any_of(tuple({name for row in table("provinces") for name in (row["name"], *values(row["aliases"])) if len(name) > 3}))
    return re.compile(
        rf"(?<!\w)(?:{names})(?!\w)|(?:huyện|xã|phường|thị\s+xã|thị\s+trấn|quận|thôn|bản|ấp)\s+{_WORD}\s{_WORD}(?!\s{_WORD}(?!\s{_WORD}))"
    )


def opens_paragraph(text: str) -> bool:
    """Whether a sentence begins as paragraphs of a text do, and captions don't: with the day, a dateline, 'Dịp này'."""
    return bool(_opening().match(text))


@cache
def _opening() -> re.Pattern[str]:
    opening = any_of(tuple(words()["caption"]["openings"]))
    letters = rf"\(?[{CAPITALS}][\w.]{{1,20}}(?:\s\w{{2,10}})?\)?\s?[-–—]\s"
    return re.compile(
        rf"(?:{letters})?(?:(?i:{opening})(?!\w)|(?i:sáng|trưa|chiều|tối|đêm|ngày|năm|tháng)\s+\d)|\([{CAPITALS}\w.]{{2,20}}\)\s?[-–—]"
    )


@cache
def _caption_words(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(tuple(words()['caption'][key]))})(?!\w)", re.IGNORECASE)


def names_person(text: str) -> bool:
    """Whether the text names somebody with an office or an honorific."""
    plain = _places_in().sub("#", text)
    surnames = set(words()["caption"]["surnames"])
    for office in _offices().finditer(plain):
        for run in _RUN.finditer(plain, office.end()):
            name = run[0].split()
            close = bool(office["honorific"]) and run.start() - office.end() <= 2 and len(name) >= 2
            if close or any(word in surnames for word in name[:-1]):
                return True
    return False


def belongs_to_text(caption: str) -> bool:
    """Whether a caption is a sentence about the event that names an official or an award, and so a paragraph of the text."""
    plain = fold(caption)
    if len(alike(plain).split()) < 5 or not _caption_words("verbs").search(plain):
        return False
    return bool(_caption_words("awards").search(plain)) or names_person(plain)
