"""What comes in from files: text dumps, HTML, WARC, JSONL and Parquet of articles. Each becomes pages, each page an article."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from schemas.page import UNKNOWN, Page

if TYPE_CHECKING:
    from data.archive import Revisit
    from data.foreign import Wanted

IMPORT = "import"
STDIN = "stdin"
LIMIT = 16 * 2**20  # bytes of one article or page, as in the archive; more is none
FIELDS = ("id", "url", "title", "published_at", "province", "text")
UTF16 = (b"\xff\xfe", b"\xfe\xff")
WHOLE = 16 * LIMIT  # bytes of JSON that goes over several lines, and is held in memory
_OVER_LINES = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{](?:[^\n]*[\[{,])?[ \t\r]*\n")  # a line of JSON lines ends its object
_GZIP = b"\x1f\x8b"


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
    history: bool = False  # of a WARC file: it tells when it was fetched


@dataclass(frozen=True)
class Unreadable:
    """A part of an input that could not be read: where, and why."""

    where: str
    why: str


def recognise(name: str, head: bytes) -> Form:
    """The form of an input by its name, else by its first bytes; what is nothing else is a text dump."""
    suffixes = [suffix.lower() for suffix in Path(name).suffixes[-2:]]
    by_suffix = {
        ".jsonl": Form.JSONL,
        ".ndjson": Form.JSONL,
        ".parquet": Form.PARQUET,
        ".html": Form.HTML,
        ".htm": Form.HTML,
        ".xhtml": Form.HTML,
    }
    if ".warc" in suffixes or head.startswith((b"WARC/", b"filedesc://")):
        return Form.WARC
    if suffixes and suffixes[-1] in by_suffix:
        return by_suffix[suffixes[-1]]
    if head.startswith(b"PAR1"):
        return Form.PARQUET
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if start.startswith(b"{") or re.match(rb"\[\s*\{", start):
        return Form.JSONL
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) or b"<html" in start or b"<body" in start:
        return Form.HTML
    return Form.DUMP


def inputs(names: Iterable[str], given: Given, wanted: Wanted | None = None) -> Iterator[Input | Unreadable | Revisit]:
    """The pages of files, in order; `-` is standard input. A file that cannot be read is named and the others go on.

    Of WARC files only the `wanted` records are read, and their revisits given too.
    """
    for name in names:
        try:
            if name == "-":
                if sys.stdin is None:
                    raise OSError("standard input is closed")
                yield from _open(sys.stdin.buffer, STDIN, given, wanted)
            else:
                with Path(name).open("rb") as file:
                    yield from _open(file, name, given, wanted)
        except OSError as error:
            yield Unreadable(name, error.strerror or str(error))
        except (EOFError, zlib.error) as error:
            yield Unreadable(name, f"the gzip file is cut off or damaged ({error}); what is whole was read")


def _open(file: BinaryIO, name: str, given: Given, wanted: Wanted | None) -> Iterator[Input | Unreadable | Revisit]:
    """The pages of one open file, also of one packed with gzip; WARC is unpacked by its reader."""
    head = cast(BufferedReader, file).peek(1024)[:1024]
    inside, packed = name, head.startswith(_GZIP)
    if packed:
        inside = re.sub(r"\.gz$", "", name, flags=re.IGNORECASE)
        head = zlib.decompressobj(31).decompress(head, 1024)
    form = given.form or recognise(inside, head)
    source = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed and form != Form.WARC else file
    match form:
        case Form.JSONL if head.startswith(UTF16):
            yield Unreadable(name, "this is UTF-16, UTF-8 was expected: iconv -f UTF-16 -t UTF-8")
        case Form.JSONL if _OVER_LINES.match(head):
            yield from _document(source, name, given)
        case Form.JSONL:
            yield from _lines(source, name, given)
        case Form.WARC | Form.PARQUET:
            with _on_disk(source, None if source is not file or name == STDIN else Path(name)) as path:
                yield from _warc(path, name, given, wanted) if form == Form.WARC else _parquet(path, name, given)
        case _:
            yield _whole(source.read(LIMIT + 1), name, Path(inside).stem, given, form)


@contextmanager
def _on_disk(source: BinaryIO, path: Path | None) -> Iterator[Path]:
    """The path of an input that its reader wants by path; what has none (standard input, packed) is copied to a temporary file."""
    if path is not None:
        yield path
        return
    with tempfile.NamedTemporaryFile() as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        yield Path(copy.name)


def _whole(body: bytes, name: str, stem: str, given: Given, form: Form) -> Input | Unreadable:
    """The page of a file that is one page."""
    if len(body) > LIMIT:
        return Unreadable(name, "it is over 16 MiB: no page is")
    stem = stem.encode("utf-8", errors="replace").decode("utf-8")
    address = f"{stem}-{hashlib.sha256(body).hexdigest()[:8]}"  # two files of one name are two pages
    if form == Form.HTML:
        from crawler.canonical_link import canonical_of  # with the parsers of HTML

        page = _page(body, given.url or f"file:{address}", given, kind="article", content_type="text/html")
        own = None if given.url else canonical_of(page)
        return Input(stem, page.model_copy(update={"final_url": own}) if own and own.startswith(("http://", "https://")) else page)
    return Input(stem, _page(body, given.url or f"dump:{address}", given, kind="dump", content_type="text/plain"))


def _page(body: bytes, url: str, given: Given, *, kind: str, content_type: str) -> Page:
    headers = [("Content-Type", content_type)]
    if given.province:
        headers.append(("X-Thidua-Province", given.province.encode("unicode_escape").decode("ascii")))
    return Page(
        site=given.site or IMPORT, url=url, final_url=url, fetched_at=UNKNOWN, status=200, headers=tuple(headers), body=body, kind=kind
    )


def _lines(file: BinaryIO, name: str, given: Given) -> Iterator[Input | Unreadable]:
    """One page a line of JSON; a bad line is named by its number."""
    for number, line in enumerate(iter(lambda: file.readline(LIMIT + 1), b""), 1):
        if len(line) > LIMIT:
            yield Unreadable(f"{name}, line {number}", "it is over 16 MiB: no article is; the rest of the file is left out")
            return
        line = line.strip().removeprefix(b"\xef\xbb\xbf")
        if not line:
            continue
        try:
            found = _article_page(_row(json.loads(line.decode("utf-8"))), given)
        except (ValueError, RecursionError) as error:
            yield Unreadable(f"{name}, line {number}", f"{error}; this line is left out, the others are read")
            continue
        yield found


def _document(file: BinaryIO, name: str, given: Given) -> Iterator[Input | Unreadable]:
    """The article, or the articles of a list, of a file that is one JSON value over several lines; a bad one is named by its number."""
    text = file.read(WHOLE + 1)
    if len(text) > WHOLE:
        yield Unreadable(name, "JSON over several lines is read up to 256 MiB: give it one article a line")
        return
    try:
        value = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        yield from _lines(io.BytesIO(text), name, given)  # its first line alone may be damaged
        return
    for number, article in enumerate(value if isinstance(value, list) else [value], 1):
        try:
            found = _article_page(_row(article), given)
        except ValueError as error:
            yield Unreadable(f"{name}, article {number}", f"{error}; this article is left out, the others are read")
            continue
        yield found


def _row(value: Any) -> dict[str, Any]:
    """An article as a JSON object with at least `id` and `text`. ValueError says what is wrong."""
    if not isinstance(value, dict):
        raise ValueError(f"one JSON object an article was expected, met {type(value).__name__}")
    ident = value.get("id")
    if ident is None or value.get("text") is None:
        raise ValueError(f"`{'id' if ident is None else 'text'}` is missing")
    if isinstance(ident, bool) or not isinstance(ident, str | int) or not str(ident).strip():
        raise ValueError("`id` is neither a string nor a whole number")
    for key in FIELDS[1:]:
        if value.get(key) is not None and not isinstance(value[key], str):
            raise ValueError(f"`{key}` is no string")
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


def _parquet(path: Path, name: str, given: Given) -> Iterator[Input | Unreadable]:
    """One page a row of a Parquet file with the columns of the JSON lines; other columns are not read."""
    import pyarrow
    import pyarrow.parquet as parquet

    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            columns = [key for key in FIELDS if key in file.schema_arrow.names]
            if not {"id", "text"} <= set(columns):
                yield Unreadable(name, f"the columns `id` and `text` were expected, met {', '.join(file.schema_arrow.names) or 'none'}")
                return
            for batch in file.iter_batches(batch_size=500, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    if isinstance(row.get("published_at"), dt.date):  # a datetime is one too
                        row["published_at"] = row["published_at"].isoformat()
                    try:
                        found = _article_page(_row(row), given)
                    except ValueError as error:
                        yield Unreadable(f"{name}, row {number}", f"{error}; this row is left out, the others are read")
                        continue
                    yield found
    except (OSError, ValueError, OverflowError, pyarrow.ArrowException) as error:
        yield Unreadable(name, f"{error}; {number} rows were read before")


def _warc(path: Path, name: str, given: Given, wanted: Wanted | None) -> Iterator[Input | Unreadable | Revisit]:
    """One page a response of a WARC file."""
    from data.archive import read_records

    try:
        for found in read_records(path, wanted):
            if isinstance(found, Page):
                yield Input(found.url, found.model_copy(update={"site": given.site}) if given.site else found, history=True)
            else:
                yield found
    except (OSError, ValueError) as error:
        yield Unreadable(name, str(error).removeprefix(f"{path}: "))
