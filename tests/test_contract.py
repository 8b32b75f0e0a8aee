"""The promise to analysts: names, types and grain of every view; each view's key tells its rows apart, whatever the articles."""

from __future__ import annotations

import re
from pathlib import Path

import contract
import pytest
from invented import MERIT, article, ask, published
from sample_run import Sample
from samples import reading

from data.publish import view_order
from data.statements import key, statement
from data.store import Kept, Store

FORM = re.compile(r"(--.*\n)+-- grain: one row .*\.\n-- key: [\w, ]+\.\ncreate (view|table) \w+ as\n")
LINE = "Sơn La khen thưởng\nChủ tịch UBND tỉnh Lò Thị Mẫu trao Bằng khen cho 9 tập thể, 15 cá nhân; Tạ Văn Mẫn, Trạm Y tế Mẫu Lâm được tặng cờ."
FLAG = {"type": "emulation_flag"}


def several() -> list[Kept]:
    """Articles that share much: one event in two papers, one without a day, a province or an award, names that are spelt in two ways."""
    told = {
        "awards": [
            ("Bằng khen", MERIT, {"grantor": "UBND tỉnh Sơn La"}),
            ("tặng cờ", FLAG, {"recipients": [("Tạ Văn Mẫn", "individual"), ("TẠ VĂN MẪN", "individual"), ("Trạm Y tế Mẫu Lâm", "collective")]}),
            ("tặng cờ", {**FLAG, "level": "province"}, {"status": "proposed", "recipients": [("Trạm Y tế Mẫu Lâm", "collective")]}),
        ],
        "counts": [("9 tập thể", 9, ["collective"], {}), ("15 cá nhân", 15, ["individual"], {}), ("9 tập thể", 9, ["collective"], {})],
        "people": [
            ("Lò Thị Mẫu", [("Chủ tịch", "UBND tỉnh Sơn La"), ("Chủ tịch", "Hội đồng Thi đua"), ("Chủ tịch", "UBND tỉnh Sơn La")]),
            ("Tạ Văn Mẫn", []), ("Tạ Văn Mẫn", [("Trưởng trạm", "Trạm Y tế Mẫu Lâm")]),
        ],
        "events": [
            ("trao Bằng khen", "award_ceremony", {"edtf": "2024-05-17", "organizers": ["UBND tỉnh Sơn La", "Sở Nội vụ tỉnh Sơn La"]}),
            ("khen thưởng", "plan_issued", {"documents": ["77/KH-UBND", "78/KH-UBND"], "campaigns": ["Bản làng xanh", "BẢN LÀNG XANH"]}),
            ("khen thưởng", "plan_issued", {"documents": [], "campaigns": ["Bản làng xanh"]}),
        ],
    }  # fmt: skip
    return [
        article(1, LINE, **told),
        article(2, LINE, **told),
        article(3, LINE, **told, published_at=None, province=None),
        article(4, LINE.replace("15", "16"), **{**told, "counts": []}, province="Hà Nam"),
        article(5, "Tin vắn\nKhông có gì.", province=None),
        *(Kept(reading(10 + number), None, "1", "r") for number in range(3)),
    ]


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("invented"), several())


@pytest.fixture(scope="module")
def crawled(served: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All sample portals, crawled and published."""
    data = tmp_path_factory.mktemp("crawled")
    done = served.thidua("run", data=data)
    assert (data / "news.duckdb").exists(), done.stderr
    return data / "news.duckdb"


def test_names_types_and_keys_are_those_that_were_promised() -> None:
    assert contract.FILE.read_text(encoding="utf-8") == contract.of_nothing(), "run: python tests/contract.py > tests/contract.toml"


@pytest.mark.parametrize("view", view_order())
def test_a_view_tells_its_grain(view: str) -> None:
    text = statement(f"views/{view}")
    assert FORM.match(text), f"{view}.sql: a heading that ends with grain and key"
    if f"\ncreate view {view} as\n" in text:
        assert not re.search(r"\bif\(", text), f"{view}.sql: DuckDB 1.5 does not know if(); case when does"
    else:
        assert f"\ncreate table {view} as\n" in text and "Kept as a table." in text


def doubled(file: Path, view: str) -> list[tuple[object, ...]]:
    """Keys that several rows of a view have."""
    columns = ", ".join(f'"{name}"' for name in key(statement(f"views/{view}")))
    return ask(file, f"select {columns}, count(*) from {view} group by all having count(*) > 1")


@pytest.mark.parametrize("view", view_order())
def test_the_key_tells_rows_apart(invented: Path, view: str) -> None:
    assert doubled(invented, view) == []
    if view not in ("unusual_lengths", "site_health", "accuracy"):
        assert ask(invented, f"select count(*) > 0 from {view}") == [(True,)], f"{view} is empty and tells nothing"


@pytest.mark.slow
@pytest.mark.parametrize("view", view_order())
def test_the_key_tells_rows_of_the_demo_apart(crawled: Path, view: str) -> None:
    assert doubled(crawled, view) == []


def test_a_key_that_is_too_short_is_found(invented: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_contract.key", lambda _: ("province", "year"))
    assert doubled(invented, "awards_by_province")


def test_views_stand_on_an_empty_store(tmp_path: Path) -> None:
    file = published(tmp_path, [])
    Store.open(tmp_path / "work.duckdb").close()
    assert all(ask(file, f"select count(*) >= 0 from {view}") == [(True,)] for view in view_order())
