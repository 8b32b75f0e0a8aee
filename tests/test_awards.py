"""Awards: own cases, the seeds, and texts that no news would be."""

from __future__ import annotations

import datetime as dt
import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from extract.components.awards import make_awards
from extract.components.bodies import make_bodies
from extract.components.counts import make_counts
from extract.language import Tokenizer
from extract.pipeline import extract
from schemas.article import Article
from schemas.awards import Award

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[1]
GOLD = (
    Path(os.environ["THIDUA_SEEDS"]).parent / "gold" / "seeds"
    if "THIDUA_SEEDS" in os.environ
    else ROOT.parent / "shared" / "gold" / "seeds"
)
NLP = spacy.blank("xx")
COMPONENTS = (make_bodies(NLP, "bodies"), make_awards(NLP, "awards"), make_counts(NLP, "counts"))
TOKENIZER = Tokenizer(NLP.vocab, segment=False)


def read(text: str, province: str | None = "Hà Nam", published_on: dt.date | None = None) -> Doc:
    """The Doc of a text with the records of bodies, awards and counts."""
    doc = TOKENIZER(text)
    doc._.found = {}
    doc._.context = {"title": None, "published_on": published_on, "province": province, "source_credit": None, "site": None}
    for component in COMPONENTS:
        doc = component(doc)
    return doc


def key(award: Award) -> str:
    """type/level/class/status, "-" for what is not told."""
    return f"{award.type}/{award.level or '-'}/{award.class_ or '-'}/{award.status}"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of tests/cases/<name>.toml."""
    with (CASES / f"{name}.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file)["case"]
    return found


@pytest.mark.parametrize("case", cases("awards"), ids=lambda case: case["why"])
def test_case(case: dict[str, Any]) -> None:
    day = dt.date.fromisoformat(case["day"]) if "day" in case else None
    doc = read(case["text"].strip("\n"), case.get("province", "Hà Nam"), day)
    found: dict[str, Award] = {key(award): award for award in doc._.found["awards"]}
    assert sorted(found) == sorted(case["want"])
    if not found:
        return
    first = found[case["want"][0]]
    if "names" in case:
        assert [recipient.name for recipient in first.recipients] == case["names"]
        assert all(recipient.name == doc.text[recipient.start : recipient.end] for recipient in first.recipients)
    if "grantors" in case:
        assert [first.grantor] == case["grantors"]
    if "years" in case:
        assert [first.year] == case["years"]


@pytest.mark.parametrize("case", cases("awards"), ids=lambda case: case["why"])
def test_quotes_stand_in_the_text(case: dict[str, Any]) -> None:
    doc = read(case["text"].strip("\n"))
    for award in doc._.found["awards"]:
        for quote in award.quotes:
            assert doc.text[quote.start : quote.end] == quote.quote
            assert "\n" not in quote.quote


def test_three_hundred_rows() -> None:
    rows = [f"{number} | {number * 7} | Trần Văn {chr(65 + number % 26)}a | Sở Mẫu" for number in range(1, 301)]
    doc = read("Danh sách cá nhân được tặng Bằng khen của UBND tỉnh\nSTT | Điểm | Họ và tên | Đơn vị\n" + "\n".join(rows))
    (award,) = doc._.found["awards"]
    assert len(award.recipients) == 300
    assert all(recipient.name.startswith("Trần Văn") for recipient in award.recipients)


def test_three_hundred_names() -> None:
    names = [f"{number}. Bà Nguyễn Thị {chr(65 + number % 26)}a, hội viên" for number in range(1, 301)]
    doc = read("Danh sách cá nhân được tặng Bằng khen của UBND tỉnh:\n" + "\n".join(names))
    (award,) = doc._.found["awards"]
    assert len({recipient.start for recipient in award.recipients}) == len(award.recipients) == 300
    assert len({recipient.name for recipient in award.recipients}) == 26


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_seed(seed: str) -> None:
    paths = sorted(GOLD.glob(f"{seed}_*.json"))
    if not paths:
        pytest.skip(f"the annotated seeds are not beside the project ({GOLD})")
    gold = json.loads(paths[0].read_text(encoding="utf-8"))
    doc = read(gold["text"], gold["province"] or gold.get("about_province"))
    want = {(row["type"], row["level"], row["class"], row["status"], row["year"]) for row in gold["awards"]}
    assert {(row.type, row.level, row.class_, row.status, row.year) for row in doc._.found["awards"]} == want
    counts = [(row["value"], row["comparator"], sorted(row["units"]), row["award"] and row["award"]["type"]) for row in gold["counts"]]
    assert [(row.value, row.comparator, list(row.units), row.award and row.award.type) for row in doc._.found["counts"]] == counts


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a" * 100_000,
        "TẶNG BẰNG KHEN " * 2_000,
        "bằng khen" * 2_000,
        "giải nhất, nhì, ba; " * 2_000,
        "1 " * 6_000,
        "hai " * 6_000,
        "🏅 Bằng khen 🏅",
        "tang bang khen cho 5 tap the",
        "\u200bBằng\u200b khen",
        "cờ\n" * 1_000,
        "“" * 6_000,
        "hạng nhất, " * 2_000,
        "danh sách:\n" + "1. Bà Nguyễn Thị A\n" * 1_000,
    ],
    ids=range(15),
)
def test_any_text_is_read(text: str) -> None:
    doc = read(text)
    assert doc.text == text


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Phó Thủ tướng Tạ Văn Mẫn và bà Đỗ Thị Sáu, Chủ tịch Hội Liên hiệp Phụ nữ Việt Nam, trao bằng khen cho 9 chị.", None),
        ("Thủ tướng Tạ Văn Mẫn cùng lãnh đạo Đảng, Nhà nước tặng bằng khen cho 12 thợ mỏ.", "government"),
        ("Phó Bí thư Tỉnh ủy Lê Văn Khởi và Phó Chủ tịch UBND tỉnh Tạ Thị Mến trao bằng khen cho 9 chị.", None),
        ("Ông Lê Văn Khởi - Trưởng Ban Dân vận Trung ương và bà Tạ Thị Mến - Chủ tịch Tổng LĐLĐ Việt Nam trao kỷ niệm chương.", None),
        ("Chủ tịch UBND tỉnh Lê Văn Khởi và Phó Chủ tịch UBND tỉnh Tạ Thị Mến trao bằng khen cho 9 chị.", "province"),
        ("Trong thư khen các cô giáo, bà Tạ Thị Mến nhấn mạnh lòng nhân ái.\nBà Tạ Thị Mến, Giám đốc Sở Y tế, đã đến thăm.", "department"),
        ("Bà Tạ Thị Mến, Giám đốc Sở Y tế, đã đến thăm.\nTrong thư khen gửi ê kíp, bà Mến ghi nhận tinh thần trực đêm.", "department"),
    ],
    ids=[
        "two of different levels hand over together",
        "leaders beside the one who gives",
        "two bodies of a province",
        "two central bodies",
        "two of one body",
        "who says what stands in a letter",
        "a letter's writer, by the given name",
    ],
)
def test_people_who_give(text: str, level: str | None) -> None:
    reading = extract(Article(id="a", text=text, province="Sơn La"))
    assert [award.level for award in reading.awards] == [level]
