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


HEADLINE = "Xã Nậm Khoài biểu dương 12 gương người tốt, việc tốt"
PARAGRAPHS = (
    "Sáng 26/6, UBND xã Nậm Khoài tổ chức hội nghị biểu dương 12 gương người tốt, việc tốt.",
    "Phong trào được 9 bản hưởng ứng, xuất hiện nhiều cách làm hay trong giảm nghèo.",
    "Ông Lò Văn Hặc, Chủ tịch UBND xã, đề nghị các bản tiếp tục phát hiện nhân tố mới.",
    "Dịp này, 12 cá nhân được tặng Giấy khen của Chủ tịch UBND xã kèm tiền thưởng.",
)


@pytest.mark.parametrize(
    ("line", "want", "author"),
    [
        ("Lò Thị Ín Chủ nhật, ngày 25/06/2023 09:20 (GMT+7)", "2023-06-25T09:20:00+07:00", "Lò Thị Ín"),
        ("Thời sự » 24/06/2023 09:20", "2023-06-24T09:20:00+07:00", None),
        ("Trang chủ > Tin tức > 24/06/2023 09:20", "2023-06-24T09:20:00+07:00", None),
        ("Nhịp cầu bản xa | 24/06/2023 09:20", "2023-06-24T09:20:00+07:00", None),
        ("24/06/23 09:20", "2023-06-24T09:20:00+07:00", None),
        ("24/6/2023  345  A- A+", "2023-06-24", None),
        ("T.Bảy, 24/06/2023, 09:20", "2023-06-24T09:20:00+07:00", None),
        ("Email In", None, None),
        ("6 giờ trước", None, None),
    ],
)
def test_a_line_below_the_headline(line: str, want: str | None, author: str | None) -> None:
    article = read_dump("\n".join((HEADLINE, line, "", *PARAGRAPHS)), id="x")
    assert isinstance(article, Article)
    assert (article.published_at, article.author, article.text) == (want, author, "\n".join((HEADLINE, *PARAGRAPHS)))


@pytest.mark.parametrize("clock", ["Lai Châu Thứ sáu, ngày 23/06/2023 11:37", "Thứ sáu, 23/06/23 11:37:12"])
def test_a_clock_above_the_menu_is_no_stamp(clock: str) -> None:
    article = read_dump("\n".join((clock, "Trang chủ", "Tin tức", HEADLINE, *PARAGRAPHS)), id="x")
    assert isinstance(article, Article) and article.published_at is None


@pytest.mark.parametrize(
    "line", ["Bình luận 0", "Chia sẻ bài viết", ">> Xem tiếp", "Tin liên quan", "Đọc thêm: Khánh thành cầu treo bản Pá"]
)
@pytest.mark.parametrize("at", [1, 2, 3])
def test_text_that_goes_on_below_a_button_or_an_inset(line: str, at: int) -> None:
    article = read_dump("\n".join((HEADLINE, *PARAGRAPHS[:at], line, *PARAGRAPHS[at:], "Lò Thị Ín")), id="x")
    assert isinstance(article, Article)
    assert (article.author, article.text) == ("Lò Thị Ín", "\n".join((HEADLINE, *PARAGRAPHS)))


@pytest.mark.parametrize("line", ["Bình luận 2", "Tin liên quan", "Xem thêm"])
@pytest.mark.parametrize("author", [("Lò Thị Ín",), ()])
def test_other_articles_and_comments_below_the_text(line: str, author: tuple[str, ...]) -> None:
    below = (
        "Khánh thành cầu treo bản Pá",
        "Chiều 24/6, nhân dân bản Pá vui mừng dự lễ khánh thành cây cầu treo dài 60 m bắc qua suối.",
        "Lý A Của",
        "Rất xứng đáng, mong xã tiếp tục nhân rộng những cách làm hay như thế này trong thời gian tới.",
    )
    article = read_dump("\n".join((HEADLINE, *PARAGRAPHS, *author, line, *below)), id="x")
    assert isinstance(article, Article)
    assert (article.author, article.text) == (next(iter(author), None), "\n".join((HEADLINE, *PARAGRAPHS)))


@pytest.mark.parametrize(
    "noise",
    [
        "1." * 20_000,
        "(" * 20_000,
        "a " * 40_000,
        "Tin liên quan\n" * 5_000,
        "Nguồn: " * 5_000,
        "12/03/2024 " * 5_000,
        "Bình luận\n" * 5_000,
        "1/1/24 09:20\n" * 3_000,
    ],
)
def test_hostile_text_ends_soon(noise: str) -> None:
    read_dump(noise, id="x")
    read_dump(
        f"Hội nghị tổng kết phong trào thi đua năm 2023\n{noise}\nSáng 12/3, xã tổ chức hội nghị tổng kết phong trào thi đua năm 2023.",
        id="x",
    )
