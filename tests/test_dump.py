"""Text dumps: dumps/*.txt with dumps/expected.toml, and the seeds with their gold where they are at hand."""

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.cleaning import lines
from crawler.dump import read_dump
from schemas.article import Article, Reject

HERE = Path(__file__).parent
DUMPS = HERE / "dumps"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((DUMPS / "expected.toml").read_text(encoding="utf-8"))
FIELDS = ("title", "published_at", "author", "source_credit", "province")
SEEDS = Path(os.environ.get("THIDUA_SEEDS") or HERE.parents[1] / "shared" / "seeds")
GOLD = SEEDS.parent / "gold" / "seeds"


def test_each_dump_has_its_expectation() -> None:
    assert {file.stem for file in DUMPS.glob("*.txt")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_dump(name: str) -> None:
    want, raw = EXPECTED[name], (DUMPS / f"{name}.txt").read_text(encoding="utf-8")
    article = read_dump(raw, id=name)
    assert isinstance(article, Article), article
    missed = set(want.get("missed", ()))
    fields = [field for field in (*FIELDS, "about_province") if field not in missed]
    assert {field: getattr(article, field) for field in fields} == {field: want.get(field) for field in fields}
    rows = lines(raw)
    spans = [(one, one) if isinstance(one, int) else one for one in want["lines"]]
    text = "\n".join((want["title"], *(" ".join(rows[first - 1 : last]) for first, last in spans)))
    for part in want.get("without", ()):
        text = text.replace(part, "")
    got = {**{field: getattr(article, field) for field in missed - {"text"}}, "text": article.text}
    right = {field for field in got if got[field] == {**want, "text": text}.get(field)}
    assert right == {"text"} - missed  # what is got right is missed no more
    assert len(article.captions) == want.get("captions", 0)


@pytest.mark.skipif(not (SEEDS.is_dir() and GOLD.is_dir()), reason=f"no seeds with gold at {SEEDS} (set THIDUA_SEEDS)")
def test_seeds() -> None:
    for file in sorted(SEEDS.glob("*.txt")):
        gold = json.loads((GOLD / f"{file.stem}.json").read_text(encoding="utf-8"))
        article = read_dump(file.read_text(encoding="utf-8"), id=file.stem)
        assert isinstance(article, Article), (file.stem, article)
        for field in (*FIELDS, "text"):
            assert getattr(article, field) == gold[field], (file.stem, field)


def test_what_is_told_wins() -> None:
    raw = (DUMPS / "08-dai-pt-soc-trang.txt").read_text(encoding="utf-8")
    article = read_dump(raw, id="x", url="https://mau.example/a", province="Cần Thơ")
    assert isinstance(article, Article)
    assert (article.province, article.url, article.id) == ("Cần Thơ", "https://mau.example/a", "x")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "no_body"),
        ("Trang chủ\nTin tức\nLiên hệ\n3\n4", "no_body"),
        ("Tin tức\nSáng 12/3, ủy ban nhân dân xã tổ chức hội nghị tổng kết công tác thi đua, khen thưởng năm 2023.", "no_title"),
    ],
)
def test_refused(raw: str, reason: str) -> None:
    refused = read_dump(raw, id="x")
    assert isinstance(refused, Reject) and refused.reason == reason


def test_a_text_with_nothing_above_it_is_read_without_a_headline() -> None:
    text = "Sáng 12/3/2024, ông Lò Văn Tủa, Chủ tịch UBND xã, trao Giấy khen cho 5 tập thể."
    article = read_dump(f"\n{text}\n", id="x")
    assert isinstance(article, Article)
    assert (article.title, article.text, article.warnings) == (None, text, ("no_title",))


@pytest.mark.parametrize(
    "noise", ["1." * 20_000, "(" * 20_000, "a " * 40_000, "Tin liên quan\n" * 5_000, "Nguồn: " * 5_000, "12/03/2024 " * 5_000]
)
def test_hostile_text_ends_soon(noise: str) -> None:
    read_dump(noise, id="x")
    read_dump(
        f"Hội nghị tổng kết phong trào thi đua năm 2023\n{noise}\nSáng 12/3, xã tổ chức hội nghị tổng kết phong trào thi đua năm 2023.",
        id="x",
    )
