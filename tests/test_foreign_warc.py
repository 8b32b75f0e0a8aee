"""WARC files of others, read: every form, every encoding, every damage, and what a revisit repeats."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from data.archive import LeftOut, Revisit, read_records, read_warc
from schemas.page import Page
from tests.foreign_warc import HTML, Warc, address, html


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize(("packed", "whole"), [(True, False), (False, True), (False, False)], ids=["by-record", "as-one", "plain"])
def test_each_form_of_a_file_gives_the_same_pages(tmp_path: Path, packed: bool, whole: bool, version: str) -> None:
    warc = Warc(packed=packed, version=version)
    for number in range(5):
        warc.add(address(number), html(number)).add(address(number), b"x: y", kind="metadata").add(address(number), b"", kind="request")
    warc.add(address(9), html(9), kind="resource").add("dns:mau.example", b"1.2.3.4", kind="resource")
    pages = list(read_warc(warc.save(tmp_path / "khac.warc", whole=whole)))
    assert [(page.url, page.body) for page in pages[:-1]] == [(address(number), html(number)) for number in (0, 1, 2, 3, 4, 9)]
    assert {page.fetched_at.isoformat() for page in pages} == {"2019-06-18T00:44:26+00:00"}


def chunked(body: bytes) -> bytes:
    """As HTTP/1.1 sends it in pieces."""
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:100], body[100:])) + b"0\r\n\r\n"


BODIES = {
    "plain": (html(1), []),
    "chunked": (chunked(html(1)), [("Transfer-Encoding", "chunked")]),
    "gzip": (gzip.compress(html(1)), [("Content-Encoding", "gzip")]),
    "deflate": (zlib.compress(html(1)), [("Content-Encoding", "deflate")]),
    "chunked gzip": (chunked(gzip.compress(html(1))), [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]),
    "br": (brotli.compress(html(1)), [("Content-Encoding", "br")]),
    "decoded, header kept": (html(1), [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]),
    "decoded, br kept": (html(1), [("Content-Encoding", "br")]),
    "Common Crawl": (html(1), [("X-Crawler-Content-Encoding", "br"), ("X-Crawler-Transfer-Encoding", "chunked")]),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies_are_decoded_however_they_stand(tmp_path: Path, name: str) -> None:
    body, headers = BODIES[name]
    [page] = read_warc(Warc().add(address(1), body, headers=[*HTML, *headers]).save(tmp_path / "x.warc.gz"))
    assert page.body == html(1) and page.imported and page.truncated is None


def test_a_packed_body_without_its_end_is_no_whole_page(tmp_path: Path) -> None:
    body = gzip.compress(html(1))[:-30]
    [page] = read_warc(Warc().add(address(1), body, headers=[*HTML, ("Content-Encoding", "gzip")]).save(tmp_path / "x.warc.gz"))
    assert page.truncated == "encoding" and html(1).startswith(page.body)


# damage


def read_on(path: Path) -> tuple[list[str], str]:
    """Addresses of what could be read, and what the reader says of the rest."""
    found: list[Page] = []
    with pytest.raises(LeftOut) as said:
        for page in read_warc(path):
            found.append(page)
    assert all(page.body == html(int(page.url[-6])) for page in found)
    return [page.url for page in found], str(said.value)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("damage", ["overwritten", "inserted", "removed", "end", "header"])
def test_what_is_damaged_is_named_and_the_rest_read(tmp_path: Path, packed: bool, damage: str) -> None:
    warc = Warc(packed=packed)
    for number in range(1, 6):
        warc.add(address(number), html(number))
    whole, middle = warc.out.getvalue(), (warc.ends[3] + warc.ends[4]) // 2  # in the record of address 3
    damaged = {
        "overwritten": whole[: middle - 20] + b"\0" * 40 + whole[middle + 20 :],
        "inserted": whole[: warc.ends[3]] + b"rac \x1f\x8b\x08 rac" * 9 + whole[warc.ends[3] :],
        "removed": whole[: middle - 20] + whole[middle + 20 :],
        "end": whole[: warc.ends[5] + 30],
        "header": whole[: warc.ends[3]] + b"\0" * 20 + whole[warc.ends[3] + 20 :],
    }[damage]
    path = tmp_path / "x.warc.gz"
    path.write_bytes(damaged)
    if (packed, damage) == (False, "overwritten"):  # nothing but a checksum tells
        return
    found, said = read_on(path)
    lost = {"overwritten": {3}, "removed": {3}, "end": {5}, "header": {3}, "inserted": set()}[damage]
    if (packed, damage) == (False, "removed"):
        lost = {3, 4}  # the record of 3 reaches into the head of that of 4
    assert set(found) >= {address(number) for number in {1, 2, 3, 4, 5} - lost}
    assert not set(found) & {address(number) for number in lost} and len(found) == len(set(found))
    assert "record" in said and "x.warc.gz" in said


def test_revisits_point_to_what_they_repeat(tmp_path: Path) -> None:
    later = "2021-01-01T00:00:00Z"
    same = "sha1:" + base64.b32encode(hashlib.sha1(html(2)).digest()).decode()
    warc = Warc().add(address(2), html(2))
    warc.revisit(address(3), address(2), digest=same, at=later).revisit(address(4), None, digest=same, at=later)
    warc.revisit(address(5), None, digest="sha1:BBBB", at=later, status="304 Not Modified")
    page, named, by_digest, unknown = read_records(warc.save(tmp_path / "x.warc.gz"))
    assert isinstance(page, Page) and isinstance(named, Revisit) and isinstance(by_digest, Revisit) and isinstance(unknown, Revisit)
    assert (named.of, named.of_at) == (by_digest.of, by_digest.of_at) == (address(2), page.fetched_at)
    assert (unknown.of, unknown.of_at, unknown.status) == (address(5), None, 304)
