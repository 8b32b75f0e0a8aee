"""WARC files as others write them, of pages of the sample site."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.samples import TEXT

DAY = "2019-06-18T00:44:26Z"
HTML = [("Content-Type", "text/html; charset=utf-8")]
OTHER = "https://khac.example/tin.html"


def address(number: int) -> str:
    """An article of the sample site."""
    return f"http://www.mau.example/tin-{number}.html"


def html(number: int, *, more: str = "") -> bytes:
    """A page of it."""
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    return (
        f"<html><body><h1>Sơn La tổng kết phong trào thi đua {number}</h1><div class='body'>{paragraphs}{more}</div></body></html>".encode()
    )


class Warc:
    """A WARC file of another tool, in the making."""

    def __init__(self, *, packed: bool = True, version: str = "1.0") -> None:
        self.out, self.ends = BytesIO(), [0]
        self._writer = WARCWriter(self.out, gzip=packed, warc_version=version)
        self._write(self._writer.create_warcinfo_record("khac.warc", {"software": "khac"}))

    def _write(self, record: object) -> Warc:
        self._writer.write_record(record)
        self.ends.append(self.out.tell())
        return self

    def add(
        self,
        url: str,
        body: bytes,
        *,
        status: str = "200 OK",
        headers: Sequence[tuple[str, str]] = HTML,
        kind: str = "response",
        at: str = DAY,
        **fields: str,
    ) -> Warc:
        """One more record."""
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if kind in ("response", "request") else None
        said = {"WARC-Date": at} | {name.replace("_", "-"): value for name, value in fields.items()}
        media = "text/html" if kind == "resource" else ""
        return self._write(
            self._writer.create_warc_record(
                url, kind, payload=BytesIO(body), http_headers=http, warc_headers_dict=said, warc_content_type=media
            )
        )

    def revisit(self, url: str, of: str | None, *, digest: str, at: str, of_at: str | None = None, status: str = "200 OK") -> Warc:
        """A revisit record; `of` None: it names only the digest."""
        record = self._writer.create_revisit_record(
            url,
            digest,
            of or "x",
            of_at or DAY,
            http_headers=StatusAndHeaders(status, list(HTML), protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": at},
        )
        if of is None:
            for name in ("WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"):
                record.rec_headers.remove_header(name)
        return self._write(record)

    def save(self, path: Path, *, whole: bool = False) -> Path:
        """Write the file; `whole`: one gzip member over all records."""
        content = self.out.getvalue()
        path.write_bytes(gzip.compress(content) if whole else content)
        return path
