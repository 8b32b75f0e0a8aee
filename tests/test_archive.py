"""What is kept is given back byte for byte; what a cut run leaves is made whole, and nothing is lost without a word."""

from __future__ import annotations

import gzip
import random
import subprocess
import sys
import textwrap
import threading
from io import BytesIO
from pathlib import Path

import pytest
from samples import AT, RUN, fetch, fill_archive, page
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import data.archive
from data.archive import Archive, Damaged, LeftOut, read_warc
from data.verify import verify
from schemas.page import Page
from schemas.vocabulary import State


def test_pages_come_back_exactly(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "một archive")
    odd = [
        page(0),
        page(1, body=b""),
        page(2, body=bytes(range(256)) * 300),
        page(3, body=b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
        page(4).model_copy(update={"status": 599, "tls": None, "headers": ()}),
        page(5, url="dump:tin 05 – đầy đủ").model_copy(update={"kind": "dump", "site": "import"}),
        page(6, url="https://mau.example/?q=#trang=2&x=ấ\t"),
    ]
    with archive.writer("chạy/1") as writer:
        kept = [writer.keep(one, fetch(number, url=one.url).model_copy(update={"site": one.site})) for number, one in enumerate(odd)]
    assert list(archive.ledger()) == kept
    assert [archive.page(line) for line in archive.pages()] == odd
    assert all(line.sha256 == one.sha256 for line, one in zip(kept, odd, strict=True))
    (segment,) = archive.segments()
    assert list(read_warc(segment)) == odd


def test_other_tools_can_read_the_segments(tmp_path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    fill_archive(tmp_path, 3)
    (segment,) = Archive(tmp_path).segments()
    with segment.open("rb") as file:
        seen = 0
        for record in ArchiveIterator(file, check_digests="raise"):
            assert record.rec_type == "response"
            assert record.content_stream().read() == page(seen).body
            seen += 1
    assert seen == 3
    assert gzip.decompress(segment.read_bytes()).count(b"WARC/1.1\r\n") == 3


def test_states_are_the_newest_lines(tmp_path: Path) -> None:
    fill_archive(tmp_path, 3)
    archive = Archive(tmp_path)
    with archive.writer("2") as writer:
        writer.note(fetch(0, run="2", state=State.UNCHANGED, url=page(1).url))
    states = {url: line.state for (_, url), line in archive.states().items()}
    assert states == {page(0).url: State.OK, page(1).url: State.UNCHANGED, page(2).url: State.OK}


def test_each_run_and_each_full_segment_begins_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_archive(tmp_path, 2)
    monkeypatch.setattr(data.archive, "SEGMENT", 1000)
    with Archive(tmp_path).writer("2") as writer:
        for number in range(4):
            writer.keep(page(number), fetch(number, run="2"))
    names = [path.name for path in Archive(tmp_path).segments()]
    assert names == ["20240305-2-00001.warc.gz", "20240305-2-00002.warc.gz", f"20240305-{RUN}-00001.warc.gz"]
    assert len([Archive(tmp_path).page(line) for line in Archive(tmp_path).pages()]) == 6


def test_a_group_is_synced_when_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data.archive, "SECONDS", 3600.0)  # time alone does nothing here
    archive = Archive(tmp_path)
    with archive.writer("1") as writer:
        for number in range(63):
            writer.keep(page(number), fetch(number))
        assert list(archive.ledger()) == []
        writer.keep(page(63), fetch(63))
        assert len(list(archive.pages())) == 64


def test_a_group_is_synced_after_its_time_without_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data.archive.SECONDS == 1.0
    monkeypatch.setattr(data.archive, "SECONDS", 0.01)
    synced = threading.Event()
    sync_late = data.archive.ArchiveWriter._sync_late

    def told(writer: data.archive.ArchiveWriter) -> None:
        sync_late(writer)
        synced.set()

    monkeypatch.setattr(data.archive.ArchiveWriter, "_sync_late", told)
    archive = Archive(tmp_path)
    with archive.writer("1") as writer:
        writer.keep(page(0), fetch(0))
        assert synced.wait(60)
        assert len(list(archive.pages())) == 1


def test_a_refusing_disk_breaks_the_writer_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The n-th sync fails, for each n: what was acknowledged before is there, and the next writer goes on."""
    for failing in range(1, 7):
        folder = tmp_path / str(failing)
        archive = Archive(folder)
        calls = 0

        def sync(file: object, failing: int = failing) -> None:
            nonlocal calls
            calls += 1
            if calls == failing:
                raise OSError(28, "No space left on device")
            file.flush()  # type: ignore[attr-defined]

        acknowledged = 0
        with monkeypatch.context() as patch:
            patch.setattr(data.archive, "sync", sync)
            writer = archive.writer("1")
            with pytest.raises(OSError, match="No space left"):
                for number in range(10):
                    writer.keep(page(number), fetch(number))
                    writer.flush()
                    acknowledged += 1
            with pytest.raises(OSError, match="No space left"):
                writer.note(fetch(99))
            writer.close()
        archive.recover()
        assert [archive.page(line) for line in archive.pages()][:acknowledged] == [page(number) for number in range(acknowledged)]
        with archive.writer("2") as again:
            again.keep(page(50), fetch(50, run="2"))
        assert [archive.page(line) for line in archive.pages()][-1] == page(50)
        assert archive.recover() == []


@pytest.mark.parametrize("seed", range(8))
def test_a_cut_ledger_is_made_whole_from_the_records(tmp_path: Path, seed: int) -> None:
    kept = fill_archive(tmp_path, 5)
    archive = Archive(tmp_path)
    whole = archive.ledger_file.read_bytes()
    at = random.Random(seed).randrange(len(whole))
    archive.ledger_file.write_bytes(whole[:at])
    damages = archive.recover()
    assert damages
    assert [archive.page(line) for line in archive.pages()] == [page(number) for number in range(5)]
    assert list(archive.pages()) == kept
    assert archive.recover() == []
    if not whole[:at].endswith(b"\n") and at:
        aside = b"".join(path.read_bytes() for path in (tmp_path / "damaged").iterdir())
        assert aside == whole[:at][whole[:at].rfind(b"\n") + 1 :]


def test_a_missing_ledger_is_written_anew(tmp_path: Path) -> None:
    kept = fill_archive(tmp_path, 5)
    Archive(tmp_path).ledger_file.unlink()
    assert len(Archive(tmp_path).recover()) == 5
    assert list(Archive(tmp_path).pages()) == kept


def test_a_half_record_is_set_aside(tmp_path: Path) -> None:
    fill_archive(tmp_path, 3)
    (segment,) = Archive(tmp_path).segments()
    whole = segment.read_bytes()
    segment.write_bytes(whole + whole[:100])
    (damage,) = Archive(tmp_path).recover()
    assert "100 bytes" in str(damage) and segment.read_bytes() == whole
    (aside,) = (tmp_path / "damaged").iterdir()
    assert aside.read_bytes() == whole[:100]


def test_a_lost_record_is_named_and_never_given(tmp_path: Path) -> None:
    kept = fill_archive(tmp_path, 3)
    archive = Archive(tmp_path)
    (segment,) = archive.segments()
    segment.write_bytes(segment.read_bytes()[:-5])
    assert len(archive.recover()) == 1
    assert archive.page(kept[0]) == page(0)
    with pytest.raises(Damaged, match="cut off"):
        archive.page(kept[2])
    segment.unlink()
    with pytest.raises(Damaged, match="No such file"):
        archive.page(kept[0])


def test_a_writer_refuses_a_ledger_that_was_not_recovered(tmp_path: Path) -> None:
    fill_archive(tmp_path, 1)
    ledger = Archive(tmp_path).ledger_file
    ledger.write_bytes(ledger.read_bytes()[:-1])
    with pytest.raises(ValueError, match="recover"):
        Archive(tmp_path).writer("2")


CRAWLER = """
    import os, signal, sys, threading
    from pathlib import Path
    from data.archive import Archive
    from tests.samples import fetch, page
    threading.Timer({after}, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    archive = Archive({folder!r})
    archive.recover()
    with archive.writer("{run}") as writer:
        for number in range({start}, 10**9):
            writer.keep(page(number), fetch(number, run="{run}"))
            if number % 10 == 0:
                writer.flush()
                print(number, flush=True)
"""


def killed_crawl(folder: Path, *, run: int, start: int, after: float) -> int:
    """Have a process archive pages until it is killed; gives the last page that it knew to be safe, else -1."""
    code = textwrap.dedent(CRAWLER).format(folder=str(folder), run=run, start=start, after=after)
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=False, cwd=Path(__file__).parent.parent)
    return int(done.stdout.splitlines()[-1]) if done.stdout else -1


def check_kills(folder: Path, kills: int) -> None:
    draw, archive, safe = random.Random(3), Archive(folder), 0
    for run in range(kills):
        before = {line.url for line in archive.pages()}
        last = killed_crawl(folder, run=run, start=run * 1_000_000, after=draw.uniform(0.2, 0.7))
        archive.recover()
        kept = list(archive.pages())
        urls = [line.url for line in kept]
        assert len(urls) == len(set(urls)) and before <= set(urls)
        assert {page(number).url for number in range(run * 1_000_000, last + 1)} <= set(urls)
        assert all(archive.page(line).url == line.url for line in kept)
        assert verify(folder.parent).damages == []
        safe += last >= 0
    assert safe


def test_a_killed_crawl_loses_nothing_that_was_synced(tmp_path: Path) -> None:
    check_kills(tmp_path / "archive", 2)


@pytest.mark.slow
def test_a_crawl_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    check_kills(tmp_path / "archive", 40)


def foreign(*, compressed: bool) -> bytes:
    """A WARC file of another tool."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    date = {"WARC-Date": "2019-06-18T00:44:26Z"}
    body = gzip.compress("<p>Thi đua</p>".encode())
    http = StatusAndHeaders("404 Not Found", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warcinfo_record("khac.warc", {"software": "khac"}))
    writer.write_record(
        writer.create_warc_record("https://mau.example/1", "response", payload=BytesIO(body), http_headers=http, warc_headers_dict=date)
    )
    writer.write_record(
        writer.create_warc_record(
            "https://mau.example/2",
            "resource",
            payload=BytesIO("Khen thưởng".encode()),
            warc_content_type="text/plain; charset=utf-8",
            warc_headers_dict=date,
        )
    )
    return out.getvalue()


@pytest.mark.parametrize("compressed", [True, False])
def test_foreign_files_are_read(tmp_path: Path, compressed: bool) -> None:
    path = tmp_path / "khac.warc"
    path.write_bytes(foreign(compressed=compressed))
    first, second = read_warc(path)
    assert (first.url, first.status, first.body) == ("https://mau.example/1", 404, "<p>Thi đua</p>".encode())
    assert first.fetched_at.isoformat() == "2019-06-18T00:44:26+00:00"
    assert second.body == "Khen thưởng".encode() and second.header("content-type") == "text/plain; charset=utf-8"
    assert {first.site, second.site} == {"import"}


@pytest.mark.parametrize("compressed", [True, False])
def test_a_cut_foreign_file_gives_what_is_whole_and_says_so(tmp_path: Path, compressed: bool) -> None:
    whole = foreign(compressed=compressed)
    path = tmp_path / "khac.warc.gz"
    for end in range(len(whole) - 40, len(whole) // 2, -37):
        path.write_bytes(whole[:end])
        found: list[Page] = []
        with pytest.raises(LeftOut, match=r"khac\.warc\.gz"):
            for one in read_warc(path):
                found.append(one)
        assert [one.url for one in found] == ["https://mau.example/1"][: len(found)]
        assert all(one.body == "<p>Thi đua</p>".encode() for one in found)


def test_what_is_no_warc_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    for content in (b"\x1f\x8b", b"Day khong phai WARC\r\n\r\n", gzip.compress(b"nor this")):
        path.write_bytes(content)
        with pytest.raises(LeftOut):
            list(read_warc(path))


def test_times_stay_as_they_were(tmp_path: Path) -> None:
    kept = fill_archive(tmp_path, 1)
    assert Archive(tmp_path).page(kept[0]).fetched_at == AT


def test_a_page_whose_line_was_lost_is_asked_for_again(tmp_path: Path) -> None:
    with Archive(tmp_path).writer(RUN) as writer:
        writer.keep(page(1).model_copy(update={"kind": "list"}), fetch(1).model_copy(update={"kind": "list", "etag": '"x"'}))
        writer.keep(page(2), fetch(2))
    Archive(tmp_path).ledger_file.write_bytes(b"")
    assert len(Archive(tmp_path).recover()) == 2
    states = Archive(tmp_path).states()
    assert [(line.kind, line.state.value, line.etag, line.sha256) for line in states.values()] == [
        ("list", "open", None, None),
        ("article", "open", None, page(2).sha256),
    ]
    assert len(list(Archive(tmp_path).pages())) == 2
    assert Archive(tmp_path).recover() == []
