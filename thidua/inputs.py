"""What comes in from files: text dumps, HTML, WARC, JSONL and Parquet of articles. Each becomes pages, each page an article."""

from __future__ import annotations

import datetime as dt
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from crawler.site import Registry
from schemas.article import VIETNAM, Article, Reject, article_key
from schemas.page import Page

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)  # when a file was fetched, nobody knows
IMPORT = "import"


class Form(StrEnum):
    """Kinds of input; a value of --as."""

    DUMP = "dump"
    HTML = "html"
    WARC = "warc"
    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(frozen=True)
class Given:
    """What the command line says of a file that the file cannot."""

    form: Form | None = None
    url: str | None = None
    site: str | None = None
    province: str | None = None


@dataclass(frozen=True)
class Input:
    """One page of an input and the id under which `parse` shows it."""

    id: str
    page: Page


@dataclass(frozen=True)
class Unreadable:
    """A part of an input that could not be read: where, and why."""

    where: str
    why: str


def recognise(name: str, head: bytes) -> Form:
    """The form of an input by its name, else by its first bytes; what is nothing else is a text dump."""
    suffixes = Path(name).suffixes[-2:]
    by_suffix = {
        ".jsonl": Form.JSONL,
        ".ndjson": Form.JSONL,
        ".parquet": Form.PARQUET,
        ".html": Form.HTML,
        ".htm": Form.HTML,
        ".xhtml": Form.HTML,
    }
    if ".warc" in suffixes or head.startswith((b"WARC/", b"\x1f\x8b")):
        return Form.WARC
    if suffixes and suffixes[-1].lower() in by_suffix:
        return by_suffix[suffixes[-1].lower()]
    if head.startswith(b"PAR1"):
        return Form.PARQUET
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if start.startswith(b"{"):
        return Form.JSONL
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) or b"<html" in start or b"<body" in start:
        return Form.HTML
    return Form.DUMP


def inputs(names: Iterable[str], given: Given) -> Iterator[Input | Unreadable]:
    """The pages of files, in order; `-` is standard input. A file that cannot be read is named and the others go on."""
    for name in names:
        try:
            if name == "-":
                yield from _open(sys.stdin.buffer, "stdin", given)
            else:
                with Path(name).open("rb") as file:
                    yield from _open(file, name, given)
        except OSError as error:
            yield Unreadable(name, error.strerror or str(error))


def _open(file: BinaryIO, name: str, given: Given) -> Iterator[Input | Unreadable]:
    """The pages of one open file."""
    peek: Callable[[int], bytes] | None = getattr(file, "peek", None)
    form = given.form or recognise(name, peek(1024)[:1024] if peek else b"")
    stem = Path(name).stem
    match form:
        case Form.JSONL:
            yield from _lines(file, name, given)
        case Form.WARC:
            yield from _warc(name, given)
        case Form.PARQUET:
            yield from _parquet(name, given)
        case Form.HTML:
            address = given.url or f"file:{stem}"
            yield Input(stem, _page(file.read(), address, given, kind="article", content_type="text/html"))
        case Form.DUMP:
            yield Input(stem, _page(file.read(), given.url or f"dump:{stem}", given, kind="dump", content_type="text/plain"))


def _page(body: bytes, url: str, given: Given, *, kind: str, content_type: str) -> Page:
    headers = [("Content-Type", content_type)]
    if given.province:
        headers.append(("X-Thidua-Province", given.province.encode("unicode_escape").decode("ascii")))
    return Page(
        site=given.site or IMPORT, url=url, final_url=url, fetched_at=EPOCH, status=200, headers=tuple(headers), body=body, kind=kind
    )


def _lines(file: BinaryIO, name: str, given: Given) -> Iterator[Input | Unreadable]:
    """One page a line of JSON; a bad line is named by its number."""
    for number, line in enumerate(file, 1):
        line = line.strip().removeprefix(b"\xef\xbb\xbf")
        if not line:
            continue
        try:
            row = _row(json.loads(line))
        except ValueError as error:
            yield Unreadable(f"{name}, line {number}", f"{error}; this line is left out, the others are read")
            continue
        yield _article_page(row, given)


def _row(value: Any) -> dict[str, Any]:
    """An article as a JSON object with at least `id` and `text`. ValueError says what is wrong."""
    if not isinstance(value, dict):
        raise ValueError(f"a JSON object was expected, met {type(value).__name__}")
    for key in ("id", "text"):
        if value.get(key) is None or (key == "text" and not isinstance(value[key], str)):
            raise ValueError(f"`{key}` is missing" if value.get(key) is None else f"`{key}` is no string")
    for key in ("url", "title", "published_at", "province"):
        if value.get(key) is not None and not isinstance(value[key], str):
            raise ValueError(f"`{key}` is neither a string nor null")
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"half of a surrogate pair at character {error.start}") from None
    return value


def _article_page(row: dict[str, Any], given: Given) -> Input:
    body = json.dumps(row, ensure_ascii=False, sort_keys=True).encode("utf-8")
    ident = str(row["id"])
    page = _page(body, row.get("url") or f"article:{ident}", given, kind="article_json", content_type="application/json")
    return Input(ident, page)


def _parquet(name: str, given: Given) -> Iterator[Input | Unreadable]:
    """One page a row of a Parquet file with the columns of the JSON lines."""
    import pyarrow.parquet as parquet

    try:
        with parquet.ParquetFile(name) as file:
            number = 0
            for batch in file.iter_batches(batch_size=500):
                for row in batch.to_pylist():
                    number += 1
                    for key, value in row.items():
                        if isinstance(value, dt.datetime | dt.date):
                            row[key] = value.isoformat()
                    try:
                        yield _article_page(_row(row), given)
                    except ValueError as error:
                        yield Unreadable(f"{name}, row {number}", str(error))
    except (OSError, ValueError) as error:
        yield Unreadable(name, str(error))


def _warc(name: str, given: Given) -> Iterator[Input | Unreadable]:
    """One page a response of a WARC file."""
    from data.archive import read_warc

    try:
        for page in read_warc(Path(name)):
            kept = page.model_copy(update={"site": given.site}) if given.site else page
            yield Input(page.url, kept)
    except (OSError, ValueError) as error:
        yield Unreadable(name, str(error))


def article(page: Page, registry: Registry) -> Article | Reject:
    """The article of a page, by what the page was fetched or imported as."""
    if page.kind == "article_json":
        return _given(page)
    province = _province(page)
    if page.kind == "dump":
        from crawler.dump import read_dump

        text = page.body.decode("utf-8-sig", errors="replace")
        ident = article_key(IMPORT, page.url.removeprefix("dump:"))
        url = None if page.url.startswith("dump:") else page.url
        return read_dump(text, id=ident, url=url, site=registry.by_key.get(page.site), province=province)
    from crawler.reader import read

    site = registry.by_key.get(page.site) or registry.for_url(page.final_url)
    found = read(page, site, registry)
    return found.model_copy(update={"province": province}) if province and isinstance(found, Article) and not found.province else found


def _province(page: Page) -> str | None:
    stored = page.header("X-Thidua-Province")
    return stored.encode("ascii").decode("unicode_escape") if stored else None


def _given(page: Page) -> Article:
    """An article that came as JSON: its text as it is, only NFC."""
    row = json.loads(page.body)
    stamp, warnings = stamp_of(row.get("published_at"))
    return Article(
        id=article_key(IMPORT, str(row["id"])),
        url=row.get("url"),
        site=None if page.site == IMPORT else page.site,
        title=unicodedata.normalize("NFC", row["title"]) if row.get("title") else None,
        published_at=stamp,
        province=row.get("province") or _province(page),
        text=unicodedata.normalize("NFC", row["text"]),
        read_by="given",
        warnings=warnings,
    )


def stamp_of(text: str | None) -> tuple[str | None, tuple[str, ...]]:
    """A given time as this project writes it (+07:00, or the bare day), and a warning if it cannot be read."""
    if not text or not text.strip():
        return None, ()
    text = text.strip()
    try:
        if len(text) == 10:
            return dt.date.fromisoformat(text).isoformat(), ()
        when = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
        local = when.replace(tzinfo=VIETNAM) if when.tzinfo is None else when.astimezone(VIETNAM)
        return local.isoformat(timespec="seconds"), ()
    except (ValueError, OverflowError):
        return None, (f"published_at: {text[:40]!r} is neither a day nor a time",)
