"""`thidua forget`: an article or a person is out of everything that is kept, and stays out. People and events are invented."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hostile_strings import STRINGS
from sample_run import SITE, Sample
from web_place import visiting

from data.archive import Archive
from data.damage import Damaged
from data.verify import verify
from schemas.page import UNKNOWN, Page
from thidua import say
from thidua.commands import command
from thidua.exits import DONE, FAILED, HELD, USAGE
from thidua.forgetting.cleansing import is_due
from thidua.forgetting.masking import SIGN, masked, masked_page, masked_source
from thidua.forgetting.tombstones import Tombstones
from thidua.inputs import Given
from thidua.place import Place

NAME = "Lò Thị Hoà"
OTHER = "Lò Thị Hoa"  # another name, and so another person
TEXT = (
    "Sơn La trao Bằng khen\nSáng 04/3/2024, UBND tỉnh Sơn La trao Bằng khen cho 12 tập thể và 30 cá nhân. "
    "Bà {name}, giáo viên Trường Tiểu học Mẫu, nhận Bằng khen của Chủ tịch UBND tỉnh. Bà {other} phát biểu."
)


def tombstones(*names: str) -> Tombstones:
    found = Tombstones(None)
    for name in names:
        found = Tombstones(None, [*found.lines, found.person(name)])
    return found


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    "text", ["Lò Thị Hoà", "LÒ THỊ HOÀ", "Lò Thị Hòa", "Lò Thị Ho\u00e0"[:-1] + "a\u0300", "lo thi hoa", "LO  THI HOA", "lo-thi-hoa", "Lò\u00a0Thị\u00a0Hoà", "lò_thị_hoà"]
)  # fmt: skip
def test_a_name_is_met_however_it_is_spelt(text: str) -> None:
    found = masked(f"Bà {text}, Tổ trưởng", tombstones(NAME))
    assert SIGN in found and "Tổ trưởng" in found and len(found) == len(f"Bà {text}, Tổ trưởng")
    assert not [char for char in found[3 : 3 + len(text)] if char.isalpha()]


@pytest.mark.parametrize("text", ["Lò Thị Hoa", "Lò Thị, Hoà bình", "Lò Thị\n\nHoàng", "Lò Thị Hoàng", "Thị Hoà", "Cố Lò Hoà", ""])
def test_another_name_is_left_alone(text: str) -> None:
    assert masked(text, tombstones(NAME)) == text


def test_a_name_given_without_accents_fits_whatever_the_accents() -> None:
    assert masked("Lò Thị Hoà, Lò Thị Hoa, Lo Thi Hoa", tombstones("lo thi hoa")).count("██ ███ ███") == 3


@pytest.mark.parametrize(
    "source",
    [
        "<b>L&#242; Th&#x1ECB;</b> Ho&agrave;", "L<i>ò</i> Thị&nbsp;Hoà", '<img alt="Lò Thị Hoà">', '{"t":"L\\u00f2 Th\\u1ecb Ho\\u00e0"}', "<td>Lò Thị</td><td>Hoà</td>",
        "/tim?q=L%C3%B2%20Th%E1%BB%8B%20Ho%C3%A0", "Lò Th\u00adị Hoà", "Lò\nThị\nHoà", "<a href='/tin/lo-thi-hoa-duoc-khen.html'>x</a>",
    ],
)  # fmt: skip
def test_a_name_is_met_in_the_source_of_a_page_however_it_is_written(source: str) -> None:
    found = masked_source(f"<p>Trước {source} sau</p>", tombstones(NAME))
    assert SIGN in found and found.startswith("<p>Trước ") and found.endswith(" sau</p>")
    assert masked_source(found, tombstones(NAME)) == found
    assert not tombstones(NAME).names(found)


def test_what_is_no_name_stays_byte_for_byte() -> None:
    for source in [*STRINGS, "".join(STRINGS), "&#99999999; &#xD800; %ff%fe \\ud800 <a <b", "&amp;" * 500]:
        assert masked_source(source, tombstones(NAME)) == source
        spoilt = masked_source(f"{source} {NAME} {source}", tombstones(NAME))
        assert NAME not in spoilt and spoilt.startswith(f"{source} ") and spoilt.endswith(f" {source}")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<html><meta charset=windows-1258><p>Ông {NAME} đã nhận</p>".encode("utf-16"), "article"),
        (gzip.compress(f"<html><p>Ông {NAME} đã được tặng Bằng khen</p>".encode(), mtime=0), "article"),
        (f"<?xml version='1.0'?><rss><title>{NAME}</title></rss>".encode(), "feed"),
        (json.dumps({"id": "1", "text": NAME}).encode(), "article_json"),
        (f"Ông {NAME} nhận Bằng khen".encode(), "dump"),
    ],
)
@pytest.mark.parametrize("word", ["", "hoa"])
def test_pages_of_every_kind_are_blanked(body: bytes, kind: str, word: str) -> None:
    page = Page(
        site="a", url="https://mau.example/1", final_url="https://mau.example/1", fetched_at=UNKNOWN, status=200, body=body, kind=kind
    )
    found = masked_page(page, tombstones(NAME), word)
    assert SIGN.encode() in found.body and NAME.encode() not in found.body
    assert masked_page(found, tombstones(NAME), word) is found
    assert masked_page(page, tombstones("Vàng A Thử"), word and "thu") is page


def test_tombstones_hold_no_name(tmp_path: Path) -> None:
    file = tmp_path / "forgotten.jsonl"
    found = Tombstones(file)
    found = found.with_line(found.person(NAME))
    found = found.with_line(found.person("Vàng A Thử"))
    text = file.read_text(encoding="ascii").lower()
    assert not any(word in text for word in ("lò", "hoà", 'hoa"', "thử", "lo thi"))
    first, second = (json.loads(line) for line in text.splitlines())
    assert first["salt"] == second["salt"] and len(first["salt"]) == 32 and first["spelt"] != second["spelt"]
    other = Tombstones(tmp_path / "other.jsonl")
    assert other.person(NAME).spelt != found.lines[0].spelt, "each place has a salt of its own"
    with pytest.raises(ValueError):
        found.person("Hoà")


def test_a_line_that_is_none_is_named_and_not_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "forgotten.jsonl"
    found = Tombstones(file)
    found.with_line(found.person(NAME))
    file.write_bytes(file.read_bytes() + b'{"kind":"pers')
    with pytest.raises(Damaged, match=r"forgotten\.jsonl, line 2: .*copy"):
        Tombstones(file)


# ------------------------------------------------------------------ a place


def rows() -> list[dict[str, str]]:
    """Five articles: one names the person in its address, three in their text, one not at all."""
    addresses = ["tin-0.html", "tin-1.html", "tin-2.html", "lo-thi-hoa-nhan-bang-khen-3.html", "tin-4.html"]
    return [
        {
            "id": str(number), "url": f"https://mau.example/{address}", "title": f"Bà {NAME} nhận Bằng khen" if number == 2 else "Sơn La trao Bằng khen",
            "published_at": f"2024-03-0{number + 1}T08:00:00+07:00", "province": "Sơn La", "text": TEXT.format(name="Quàng Thị Thử" if number == 4 else NAME, other=OTHER),
        }
        for number, address in enumerate(addresses)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five articles, imported, extracted and published, and what a reviewer said of them; not to be written to."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "in.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows()), encoding="utf-8")
    place = folder / "place"
    assert command("import", place, None, paths=[str(folder / "in.jsonl")], given=Given()) == DONE
    assert command("extract", place, None) == command("publish", place, None) == DONE
    keys = {url: key for key, url in asked(place, "select article, url from articles")}
    said = [
        {"article": keys[row["url"]], "kind": "officials", "note": NAME if number == 0 else "đúng"} for number, row in enumerate(rows())
    ]
    (place / "reviews.jsonl").write_text("".join(json.dumps(one) + "\n" for one in said), encoding="utf-8")
    (place / "check" / "mau").mkdir(parents=True)
    (place / "check" / "mau" / "page.html").write_text(NAME, encoding="utf-8")
    return folder


@pytest.fixture
def place(filled: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(filled / "place", tmp_path / "place", symlinks=True)
    shutil.copytree(
        filled / "place" / "export" / "parquet", tmp_path / "place" / "export" / "parquet.old"
    )  # as a copy without links leaves it
    say.speak("en")
    yield tmp_path / "place"
    say.speak(None)


def asked(place: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(place / "news.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def holding(place: Path, *words: str) -> list[str]:
    """The files that have one of the words, archives unpacked, Parquet and databases as text too."""
    found = []
    for path in sorted(path for path in place.rglob("*") if path.is_file()):
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        if path.suffix == ".parquet":
            body += str(duckdb.execute("select string_agg(t::varchar) from read_parquet($1) as t", [str(path)]).fetchall()).encode()
        if path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as con:
                tables = [name for (name,) in con.execute("select table_name from duckdb_tables() where not internal").fetchall()]
                body += "".join(str(con.table(name).fetchall()) for name in tables).encode()
        if any(word.encode() in body or json.dumps(word)[1:-1].encode() in body for word in words):
            found.append(str(path.relative_to(place)))
    return found


def tree(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file() and path.name not in ("lock", "work.duckdb", "work.duckdb.mark")}  # fmt: skip


def test_without_yes_it_only_says_what_it_would_take(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(place)
    assert command("forget", place, None, what=NAME) == DONE
    told = capsys.readouterr()
    assert "4 article(s) name this person" in told.err and "--yes" in told.err
    assert told.out.count("name blanked") == 3 and told.out.count("goes whole") == 1
    key = asked(place, "select article from articles where url like '%tin-4%'")[0][0]
    assert command("forget", place, None, what=key) == command("forget", place, None, what="https://mau.example/tin-4.html") == DONE
    assert capsys.readouterr().out.count(str(key)) == 2
    assert tree(place) == before and not (place / "forgotten.jsonl").exists()


def test_what_it_cannot_do_it_says(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("forget", place, None, what="Hoà", yes=True) == USAGE
    assert command("forget", place, None, what="https://mau.example/nowhere.html", yes=True) == FAILED
    assert command("forget", place, None, what="0" * 16, yes=True) == FAILED
    assert command("forget", place / "empty", None, what="0" * 16, yes=True) == FAILED
    with Place(place).lock():
        assert command("forget", place, None, what=NAME, yes=True) == HELD
    assert "whole name" in capsys.readouterr().err
    assert not (place / "forgotten.jsonl").exists()


def test_whatever_is_typed_is_only_looked_for(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(place)
    for words in (
        *STRINGS[::25],
        "https://'; drop table articles; --",
        "file:../../etc/passwd",
        "article:%s",
        "Ạ" + "\u0301" * 500 + " Ạ",
        "[bold]A[/] B",
        "{0} {name}",
    ):
        assert command("forget", place, None, what=words) in (DONE, FAILED, USAGE), words
    assert "\x1b[2J" not in capsys.readouterr().err
    assert tree(place) == before


@pytest.mark.slow
def test_an_article_goes_and_stays_out(place: Path, filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (key,) = asked(place, "select article from articles where url like '%tin-1%'")[0]
    before = asked(place, f"select article, text, title from articles where article <> '{key}' order by all")
    assert command("forget", place, None, what="https://mau.example/tin-1.html", yes=True) == DONE
    assert "1 pages" in capsys.readouterr().err
    gone_from(place, str(key), before)
    assert command("forget", place, None, what=str(key), yes=True) == DONE, "once more"
    assert "taken out before" in capsys.readouterr().err
    # the same article by another door: the file again, under another id, as a page of the web
    assert command("import", place, None, paths=[str(filled / "in.jsonl")], given=Given()) == DONE
    again = {**rows()[1], "id": "another", "text": rows()[1]["text"] + " Thêm."}
    (place.parent / "again.jsonl").write_text(json.dumps(again), encoding="utf-8")
    (place.parent / "page.html").write_text(f"<html><h1>{again['title']}</h1><p>{again['text']}</p></html>", encoding="utf-8")
    for file in ("again.jsonl", "page.html"):
        given = Given(url="https://www.mau.example/tin-1.html?utm_source=x") if file == "page.html" else Given()
        assert command("import", place, None, paths=[str(place.parent / file)], given=given) == DONE
    assert capsys.readouterr().err.count("1 pages were not taken in") == 3
    assert command("extract", place, None) == command("rebuild", place, None) == DONE
    gone_from(place, str(key), before)


def gone_from(place: Path, key: str, others: list[tuple[object, ...]]) -> None:
    """An article is nowhere, the others are as they were, and everything fits together."""
    assert asked(place, "select article, text, title from articles order by all") == others
    assert asked(place, f"select 1 from pages where article = '{key}' union all select 1 from awards where article = '{key}'") == []
    held = holding(place, "tin-1.html")
    assert held == [], held
    assert verify(place).damages == []
    with visiting(place) as client:
        assert client.get(f"/article/{key}").status_code == 404
        assert "mau.example/tin-1.html" not in client.get("/sql", params={"query": "select url from articles"}).text


@pytest.mark.slow
def test_a_person_goes_and_stays_out(place: Path, filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(holding(place, NAME)) > 4, "the look finds what is there"
    awards = asked(
        place,
        "select article, type, level, status from awards where article in (select article from articles where url not like '%lo-thi%') order by all",
    )
    assert command("forget", place, None, what="LÒ THỊ HÒA", yes=True) == DONE
    person_gone(place)
    assert asked(place, "select article, type, level, status from awards order by all") == awards, "what was awarded stays, without a name"
    masked_titles = asked(place, "select title, text from articles where title like '%█%'")
    assert masked_titles[0][0] == "Bà ██ ███ ███ nhận Bằng khen"
    assert len(str(masked_titles[0][1])) == len(TEXT.format(name=NAME, other=OTHER))
    assert [json.loads(line)["note"] for line in (place / "reviews.jsonl").read_text(encoding="utf-8").splitlines()] == ["đúng"] * 3
    # by import, by rebuild, and out of a copy of the archive from before
    assert command("import", place, None, paths=[str(filled / "in.jsonl")], given=Given()) == DONE
    assert command("rebuild", place, None) == DONE
    person_gone(place)
    shutil.rmtree(place / "archive")
    shutil.copytree(filled / "place" / "archive", place / "archive")
    assert is_due(Place(place))
    capsys.readouterr()
    assert command("rebuild", place, None) == DONE
    assert "an older archive was brought back" in capsys.readouterr().err
    person_gone(place)


def person_gone(place: Path) -> None:
    held = holding(place, NAME, "Lò Thị Hòa", "LÒ THỊ HÒA", "lo-thi-hoa-nhan")
    assert held == [], held
    assert asked(place, "select count(*), count(*) filter (contains(text, 'Lò Thị Hoa')) from articles") == [(4, 4)]
    assert verify(place).damages == []


@pytest.mark.slow
def test_killed_at_any_moment_it_is_ended_by_the_next_command(place: Path, tmp_path: Path) -> None:
    line = [sys.executable, "-m", "thidua.cli", "--lang", "en"]
    began = time.monotonic()
    subprocess.run(
        [*line, "forget", NAME, "--yes", "--data", str(copied(place, tmp_path / "timed"))], check=True, capture_output=True, timeout=300
    )
    lasts = time.monotonic() - began
    for part in (0.35, 0.5, 0.65, 0.8, 0.95):
        folder = copied(place, tmp_path / str(part))
        process = subprocess.Popen(
            [*line, "forget", NAME, "--yes", "--data", str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(part * lasts)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        decided = (folder / "forgotten.jsonl").exists()
        assert command("publish" if decided else "forget", folder, None, **({} if decided else {"what": NAME, "yes": True})) == DONE
        person_gone(folder)
        assert not is_due(Place(folder))


@pytest.mark.slow
def test_an_article_that_names_the_person_behind_its_source_goes_whole(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = (
        "<html><body><article><h1>Xã Mẫu khen thưởng học sinh</h1>"
        + "<p>Sáng 04/3/2024, bà Lò Thị Ho&agrave nhận Bằng khen của Chủ tịch UBND tỉnh Sơn La.</p>" * 5
    )
    (tmp_path / "page.html").write_text(body + "</article></body></html>", encoding="utf-8")
    assert command("import", place, None, paths=[str(tmp_path / "page.html")], given=Given(url="https://mau.example/xa-mau-9.html")) == DONE
    assert command("extract", place, None) == command("publish", place, None) == DONE
    assert any(NAME in str(text) for (text,) in asked(place, "select text from articles where url like '%xa-mau-9%'")), (
        "a reference without its end"
    )
    assert command("forget", place, None, what=NAME, yes=True) == DONE
    person_gone(place)
    assert holding(place, "xa-mau-9.html") == []


@pytest.mark.slow
def test_what_a_demo_left_can_be_forgotten_without_its_portals(whole: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(whole, data / "demo", symlinks=True)
    number = asked(whole, "select count(*) from articles")
    keys = asked(whole, "select article, published_at, read_by from articles order by all")
    (name,) = asked(whole, "select name from officials where name like '% % %' group by name order by count(*) desc, name limit 1")[0]
    assert command("forget", data, None, what=str(name), yes=True) == DONE
    assert holding(data / "demo", str(name)) == [] and verify(data / "demo").damages == []
    assert asked(data / "demo", "select count(*) from articles") == number
    assert asked(data / "demo", "select article, published_at, read_by from articles order by all") == keys, "read as it was read before"


def copied(place: Path, folder: Path) -> Path:
    return Path(shutil.copytree(place, folder, symlinks=True))


@pytest.mark.slow
def test_a_crawl_neither_asks_for_nor_keeps_what_is_forgotten(served: Sample, whole: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(whole, data, symlinks=True)
    (url,) = asked(data, "select url from articles order by article limit 1")[0]
    (name,) = asked(data, "select name from officials where name like '% % %' group by name order by count(*) desc, name limit 1")[0]
    number = int(str(asked(data, "select count(*) from articles")[0][0]))
    for what in (str(url), str(name)):
        done = served.thidua("forget", what, "--yes", data=data)
        assert done.returncode == 0, done.stderr
    done = served.thidua("run", SITE, data=data)
    assert done.returncode == 0, done.stderr
    assert asked(data, "select count(*) from articles") == [(number - 1,)]
    assert not [fetch for fetch in Archive(data / "archive").ledger() if fetch.url == url]
    assert holding(data, str(name)) == []
    assert served.thidua("verify", data=data).returncode == 0
    assert json.loads((data / "lock").read_text(encoding="utf-8"))["command"].startswith("thidua --lang en run")
    kept = list(Archive(data / "archive").pages())
    assert served.thidua("run", SITE, data=data).returncode == 0
    assert list(Archive(data / "archive").pages()) == kept, "a blanked page that has not changed is not kept again"
