"""People and their offices: cases of our own, the two seeds that name people, and hostile text."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from extract.components.bodies import BodyFinder
from extract.components.officials import OfficialFinder
from extract.fold import fold
from extract.language import Tokenizer
from schemas.officials import Official
from thidua import parse

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "cases" / "officials.toml").read_text(encoding="utf-8"))["case"]
TOKENIZER = Tokenizer(spacy.blank("xx").vocab)


def read(text: str, province: str | None = None) -> Doc:
    """The text as a Doc with bodies and officials."""
    doc = TOKENIZER(text)
    doc._.found = {}
    doc._.context = {"title": None, "published_on": None, "province": province, "source_credit": None, "site": None}
    return OfficialFinder()(BodyFinder()(doc))


def officials(doc: Doc) -> tuple[Official, ...]:
    """What was found."""
    found: tuple[Official, ...] = doc._.found["officials"]
    return found


def said(official: Official) -> str:
    """An official in the notation of the cases."""
    offices = "; ".join(p.title + (f" @ {p.organization}" if p.organization else "") for p in official.positions)
    roles = ", ".join(role.value for role in official.roles if role != "mentioned")
    return " ".join(f"{official.name} | {offices} | {roles}".split())


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = [said(official) for official in officials(read(case["text"], case.get("province")))]
    assert found == [" ".join(want.split()) for want in case["want"]]


def test_quotes_stand_in_the_text() -> None:
    for case in CASES:
        for official in officials(read(case["text"], case.get("province"))):
            assert all(case["text"][quote.start : quote.end] == quote.quote for quote in official.quotes)
            for p in official.positions:  # a title is written so, or in short: PCT, UVBTV, đại biểu
                written = case["text"][p.start : p.end] if p.start is not None else p.title
                assert written == p.title or len(written) <= len(p.title)


def seeds() -> Iterator[Any]:
    """The annotated seeds with people, where they lie beside the project."""
    folder = Path(os.environ.get("THIDUA_GOLD", HERE.parent.parent / "shared" / "gold" / "seeds"))
    for name in ("001", "002"):
        files = sorted(folder.glob(f"{name}_*.json"))
        reason = f"the annotated seed {name} is not there: set THIDUA_GOLD"
        yield pytest.param(files[0] if files else None, id=name, marks=[] if files else pytest.mark.skip(reason=reason))


@pytest.mark.parametrize("path", list(seeds()))
def test_seed(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    found = officials(read(gold["text"], gold["province"]))
    assert [
        (
            o.name,
            [(fold(p.title), fold(p.organization or "")) for p in o.positions],
            [role.value for role in o.roles],
            [(q.start, q.end) for q in o.quotes],
        )
        for o in found
    ] == [
        (
            o["name"],
            [(fold(p["title"]), fold(p["organization"] or "")) for p in o["positions"]],
            o["roles"],
            [(q["start"], q["end"]) for q in o["quotes"]],
        )
        for o in gold["officials"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Ông",
        "ông ",
        "Chủ tịch",
        "😀 Nguyễn Văn 😀 Hùng",
        "𝐍𝐠𝐮𝐲𝐞̂̃𝐧 𝐕𝐚̆𝐧",
        "Ông Nguye\u0302\u0303n Va\u0306n Hu\u0300ng",
        "Ông Lê\u200b Văn\u200b Nam",
        "a" * 100_000,
        "Nguyễn " * 3_000,
        "Chủ tịch UBND tỉnh, " * 1_500,
        "ông " * 5_000,
        "UBND TỈNH HÀ NAM TẶNG BẰNG KHEN CHO ÔNG NGUYỄN VĂN HÙNG",
        "ong nguyen van hung, chu tich ubnd tinh",
        '"' * 5_000,
        "- " * 5_000,
        "Giám đốc Công ty " * 2_000,
        "Công ty Cổ phần Hội Sở Ban Phòng " * 1_500,
        "ông Lê Văn Tám và " * 1_500,
    ],
    ids=range(20),
)
def test_never_fails(text: str) -> None:
    read(text, "Hà Nam")


@pytest.mark.parametrize("written", ["Hà Nam", "Tỉnh Hà Nam", "hà nam"])
def test_a_province_is_known_however_it_is_written(written: str) -> None:
    [official] = parse("Ông Tạ Văn Mẫn, Phó Bí thư Tỉnh ủy, dự.", province=written).officials
    assert [position.organization for position in official.positions] == ["Tỉnh ủy Hà Nam"]
