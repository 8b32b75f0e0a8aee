"""`thidua parse` as people run it: files and standard input in, one JSON line an article out, in order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.registry import Registry, load_registry
from extract.evaluation import evaluate, read_gold
from schemas.article import Article, Reject
from tests.site_pages import FILES, PACKAGE, expectation, site_of
from thidua.inputs import Given, Input, inputs
from thidua.reading import article as read_page

WRONG_ROWS = 2  # on the five seeds, missed or spurious, all rows of the table together; lower it when it falls


def thidua(*arguments: str, stdin: bytes = b"", **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the command."""
    return subprocess.run([sys.executable, "-m", "thidua.cli", *arguments], input=stdin, capture_output=True, check=False, **options)


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    """What it printed."""
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def article(ident: str, text: str = "Ngày 5/5/2023, xã Hòa Lộc trao Giấy khen cho 3 cá nhân.", **more: object) -> bytes:
    """One line of JSONL."""
    return json.dumps({"id": ident, "text": text, **more}, ensure_ascii=False).encode("utf-8") + b"\n"


def test_the_seeds(seeds: Path, seed_gold: Path) -> None:
    files = sorted(seeds.glob("*.txt"))
    done = thidua("parse", *map(str, files))
    found = lines(done)
    assert done.returncode == 0, done.stderr.decode()
    assert [one["id"] for one in found] == [file.stem for file in files]
    gold = dict(read_gold(seed_gold))
    for one in found:
        for name in ("title", "published_at", "published_inferred", "author", "source_credit", "province", "text"):
            assert one[name] == gold[one["id"]][name], (one["id"], name)
    result = evaluate(gold, {one["id"]: one for one in found})
    assert len(result.differing) <= WRONG_ROWS, result.differing


def test_one_bad_line_is_named_and_the_others_come_out_in_order() -> None:
    stdin = (
        article("a")
        + b'{"id": "b", "text": \n'
        + article("c")
        + b'{"id": "d"}\n'
        + b"[1]\n"
        + article("e", title=None, url=None, province=None)
    )
    done = thidua("--lang", "en", "parse", "--as", "jsonl", "-", stdin=stdin)
    assert [one["id"] for one in lines(done)] == ["a", "c", "e"]
    assert done.returncode == 1
    told = done.stderr.decode()
    assert "line 2" in told and "line 4" in told and "line 5" in told and "line 3" not in told


def test_articles_over_several_lines_are_read_and_the_bad_ones_named() -> None:
    good = json.loads(article("a"))
    done = thidua("parse", "-", stdin=json.dumps(good, ensure_ascii=False, indent=2).encode() + b"\n")
    assert [one["id"] for one in lines(done)] == ["a"] and done.returncode == 0
    listed = [good, {"id": "b"}, 5, {**good, "id": "c"}]
    done = thidua("--lang", "en", "parse", "-", stdin=b"\n" + json.dumps(listed, indent=1).encode())
    assert [one["id"] for one in lines(done)] == ["a", "c"] and done.returncode == 1
    assert "article 2: `text` is missing" in done.stderr.decode() and "article 3" in done.stderr.decode()


def test_lines_behind_a_first_one_that_is_cut_off_are_read() -> None:
    done = thidua("--lang", "en", "parse", "-", stdin=b'{"id": "a",\n' + article("b"))
    assert [one["id"] for one in lines(done)] == ["b"] and "line 1" in done.stderr.decode()


def test_the_text_of_a_line_is_taken_as_it_is() -> None:
    text = "  Tiêu đề \n\nNgày 5/5/2023,  xã Hòa Lộc\u200b trao Giấy khen. \n"
    (found,) = lines(thidua("parse", "-", stdin=article("a", text, title="Tiêu đề khác", published_at="2023-05-06", province="Hà Nam")))
    assert found["text"] == text
    assert (found["title"], found["published_at"], found["province"]) == ("Tiêu đề khác", "2023-05-06", "Hà Nam")
    for date in found["dates"]:
        assert text[date["start"] : date["end"]] == date["quote"]


@pytest.mark.parametrize(
    ("url", "day", "signed", "province"),
    [
        ("https://baophutho.vn/tin-12.html", "2019-01-02", "", "Phú Thọ"),
        ("http://www.baodongkhoi.vn/tin-13", None, "", "Bến Tre"),
        ("https://sotuphap.hagiang.gov.vn/a", "2026-03-04", "", "Tuyên Quang"),  # it belongs to it since 2025-07-01
        ("https://ldldhaiduong.org.vn/a", None, "", "Hải Dương"),
        ("https://thaibinhduong.com.vn/a", None, "", None),  # the Pacific: two names fit
        ("https://bao-ca-nuoc.vn/a", None, "", None),
        (None, None, "(Baonghean.vn) - ", "Nghệ An"),
        (None, None, "LSO – ", "Lạng Sơn"),
        (None, None, "Theo LSO, ", None),
    ],
)
def test_the_publisher_of_a_line_is_known_by_its_address_or_how_it_signs(
    url: str | None, day: str | None, signed: str, province: str | None, tmp_path: Path
) -> None:
    text = f"Xã Tân Hòa đón danh hiệu\n{signed}Đồng chí Lê Văn Tám, Phó Chủ tịch UBND tỉnh, dự lễ."
    file = tmp_path / "tin.jsonl"
    file.write_bytes(article("a", text, url=url, published_at=day))
    (one,) = inputs([str(file)], Given())
    assert isinstance(one, Input)
    found = read_page(one.page, load_registry())
    assert isinstance(found, Article)
    assert found.province == province


def test_many_lines_through_workers_give_the_same() -> None:
    stdin = b"".join(article(str(number), f"Ngày {number % 28 + 1}/5/2023, trao {number} Giấy khen.") for number in range(40))
    alone, together = thidua("parse", "-", stdin=stdin), thidua("parse", "--workers", "2", "-", stdin=stdin)
    assert alone.stdout == together.stdout
    assert [one["id"] for one in lines(alone)] == [str(number) for number in range(40)]


def test_what_is_no_article_is_a_line_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("\n\n", encoding="utf-8")
    (tmp_path / "picture.html").write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 200)
    done = thidua("parse", str(tmp_path / "empty.txt"), str(tmp_path / "picture.html"))
    assert [(one["id"], "reject" in one) for one in lines(done)] == [("empty", True), ("picture", True)]
    assert done.returncode == 0


def test_a_missing_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "lines.jsonl").write_bytes(article("a"))
    done = thidua("parse", str(tmp_path / "none.txt"), str(tmp_path / "lines.jsonl"))
    assert done.returncode == 1
    assert [one["id"] for one in lines(done)] == ["a"]
    assert "none.txt" in done.stderr.decode()


def read_as_file(file: Path, registry: Registry, **given: Any) -> Article | Reject:
    """What a file of HTML, of which nobody knows when it was fetched, reads as."""
    (one,) = inputs([str(file)], Given(**given))
    assert isinstance(one, Input)
    return read_page(one.page, registry)


@pytest.mark.parametrize("file", [pytest.param(file, id=file.parent.name) for file in FILES if file.stem == "page"])
def test_a_page_in_a_file_keeps_its_stamp(file: Path) -> None:
    want = json.loads(expectation(file).read_text(encoding="utf-8"))
    site = site_of(file.parent.name)
    registry = Registry(platforms=PACKAGE.platforms, by_key={site.key: site})
    found = read_as_file(file, registry, url=want["url"], site=site.key)
    assert ("reject", found.reason) in want.items() if isinstance(found, Reject) else found.published_at == want["published_at"]


def test_a_page_in_a_file_has_the_address_that_it_calls_its_own(tmp_path: Path) -> None:
    """Here the stamp stands in the address alone."""
    (file,) = [file for file in FILES if file.stem == "page" and file.parent.name == "ttxvn_stamp"]
    want = json.loads(expectation(file).read_text(encoding="utf-8"))
    found = read_as_file(file, PACKAGE)
    assert isinstance(found, Article) and (found.url, found.published_at) == (want["url"], want["published_at"])
    (tmp_path / "page.html").write_bytes(file.read_bytes().replace(b'"canonical"', b'"other"'))
    nameless = read_as_file(tmp_path / "page.html", PACKAGE)
    assert isinstance(nameless, Article) and nameless.url.startswith("file:") and nameless.published_at is None


def test_a_page_in_a_file_is_read_by_the_newest_layout_that_fits(tmp_path: Path) -> None:
    layouts = '[[layout]]\nname = "{}"\ntitle = "h1"\nbody = "{}"\n{}'
    text = (
        'name = "Mẫu"\nhosts = ["mau.example"]\n' + layouts.format("moi", ".moi", "") + layouts.format("cu", ".cu", "until = 2020-01-01\n")
    )
    (tmp_path / "mau.toml").write_text(text, encoding="utf-8")
    body = "Ngày 5/5/2023, xã Mẫu trao Giấy khen cho 3 cá nhân. " * 4
    (tmp_path / "a.html").write_text(f"<h1>Tin của xã</h1><div class=moi>{body}</div><div class=cu>{body}</div>", encoding="utf-8")
    found = read_as_file(tmp_path / "a.html", load_registry(tmp_path), url="https://mau.example/a", site="mau")
    assert isinstance(found, Article) and found.read_by == "mau/moi"


def test_a_parquet_file_is_read(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    rows = [
        {"id": "p1", "text": "Ngày 5/5/2023, trao 3 Giấy khen.", "title": None, "url": None, "published_at": "2023-05-06", "province": None}
    ]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "articles.parquet")
    (found,) = lines(thidua("parse", str(tmp_path / "articles.parquet")))
    assert found["id"] == "p1"
    assert found["dates"][0]["edtf"] == "2023-05-05"


def test_usage_errors_have_status_2() -> None:
    assert thidua("parse", "--as", "poem", "-").returncode == 2
    assert thidua("nonsense").returncode == 2


def test_the_day_that_an_address_carries_gives_the_year() -> None:
    text = "Sáng 15/10, xã Hòa Lộc trao Giấy khen cho 3 cá nhân."
    (one,) = lines(
        thidua("parse", "--as", "jsonl", "-", stdin=article("a", text, url="https://mau.example/trao-thuong-20161120093150986.htm"))
    )
    assert (one["published_at"], one["published_inferred"]) == (None, "2016-11-20")
    assert [(each["edtf"], each["rule"].rpartition("@")[2]) for each in one["dates"]] == [("2016-10-15", "published")]
    (one,) = lines(thidua("parse", "--as", "jsonl", "-", stdin=article("a", text)))
    assert not one["dates"]
