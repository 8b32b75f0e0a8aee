"""Review on the web page: records judged, corrected and added by plain forms; what becomes of decisions later; hostile words in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile_strings import STRINGS
from review_page import OURS, PAGE, beside, click, form_of, kept, record_key, send, token, tree_of
from samples import TEXT, reading
from starlette.testclient import TestClient
from test_web_hostile import inert
from web_place import keep, visiting

from schemas.review import MODELS, Review
from thidua.web.forms import SECTIONS, fields_of
from thidua.web.posting import LONGEST
from thidua.web.words import table


@pytest.fixture
def published_client(own_place: Path) -> Iterator[TestClient]:
    """What asks a place where something is published meanwhile."""
    with visiting(own_place) as one:
        yield one


def test_a_record_is_judged_and_judged_again(own_client: TestClient, own_place: Path) -> None:
    got = click(own_client, "right", "awards-0")
    assert (got.status_code, got.headers["location"]) == (303, f"{PAGE}#awards-0")
    assert beside(own_client, "awards-0").startswith("✓ Đã xét: đúng mai,")
    assert beside(own_client, "counts-0") == "", "a decision stands beside its record alone"
    click(own_client, "wrong", "awards-0")
    assert beside(own_client, "awards-0").startswith("✗ Đã xét: sai")
    click(own_client, "withdrawn", "awards-0")
    assert beside(own_client, "awards-0") == ""
    lines = kept(own_place)
    assert [line["verdict"] for line in lines] == ["right", "wrong", "withdrawn"], "nothing is deleted"
    review = Review.model_validate(lines[0])
    assert review.record and review.record["rule"] == "awards/certificate_of_merit" and review.rules == "1"
    assert (review.before + "Bằng khen" + review.after) in TEXT


def test_every_kind_can_be_judged(own_client: TestClient, own_place: Path) -> None:
    for kind in MODELS:
        assert click(own_client, "right", f"{kind}-0").status_code == 303
        assert beside(own_client, f"{kind}-0").startswith("✓")
    assert {line["kind"] for line in kept(own_place)} == set(MODELS)


def test_in_english_it_stays_english(own_client: TestClient) -> None:
    got = send(own_client, f"/en{PAGE}/review", {"judge": f"right counts {record_key('counts', 0)}"})
    assert got.headers["location"] == f"/en{PAGE}#counts-0"
    assert "Judged right" in own_client.get(f"/en{PAGE}").text


@pytest.mark.parametrize("kind", MODELS)
def test_a_form_holds_its_record(own_client: TestClient, kind: str) -> None:
    """Sent back as it is, the form says what the record says."""
    url, fields = form_of(own_client, f"{kind}-0")
    got = send(own_client, url, fields)
    assert got.status_code == 200 and "Không có gì khác" in got.text


CORRECTIONS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "a level": ("awards-0", {"level": "ministry"}, {"level": "ministry", "type": "certificate_of_merit"}),
    "recipients, by their kind in words": (
        "awards-0",
        {"recipients": "Trạm Y tế xã Mẫu | tập thể\nLò Thị Mẫu | Individual"},
        {"recipients": [{"name": "Trạm Y tế xã Mẫu", "kind": "collective"}, {"name": "Lò Thị Mẫu", "kind": "individual", "start": TEXT.index("Lò Thị"), "end": TEXT.index("Lò Thị") + 10}]},
    ),
    "a number": ("counts-1", {"value": "31", "comparator": "ge", "units": ["individual", "collective"]}, {"value": 31, "comparator": "ge", "units": ["collective", "individual"]}),
    "its award": ("counts-0", {"award.type": "emulation_flag", "award.level": "", "award.class": "1"}, {"award": {"type": "emulation_flag", "level": None, "class": "1"}}),
    "no award": ("counts-0", {"award.type": "", "award.level": "", "award.class": ""}, {"award": None}),
    "offices": ("officials-0", {"positions": "Phó Giám đốc | Sở Nội vụ tỉnh Sơn La\nỦy viên"}, {"positions": [{"title": "Phó Giám đốc", "organization": "Sở Nội vụ tỉnh Sơn La"}, {"title": "Ủy viên"}]}),
    "a day": ("dates-0", {"edtf": "2024-03-05"}, {"edtf": "2024-03-05", "role": "event"}),
    "a quote": ("dates-1", {"quote": "2023"}, {"start": TEXT.index("2023"), "end": TEXT.index("2023") + 4, "quote": "2023"}),
    "an event": ("events-0", {"title": "Hội nghị mẫu", "organizers": "UBND tỉnh Sơn La\nSở Nội vụ"}, {"title": "Hội nghị mẫu", "organizers": ["UBND tỉnh Sơn La", "Sở Nội vụ"]}),
}  # fmt: skip


@pytest.mark.parametrize("why", CORRECTIONS)
def test_a_record_is_corrected(own_client: TestClient, own_place: Path, why: str) -> None:
    record, change, want = CORRECTIONS[why]
    url, fields = form_of(own_client, record)
    got = send(own_client, url, {**fields, **change, "note": "vì bài nói khác"})
    assert (got.status_code, got.headers.get("location")) == (303, f"{PAGE}#{record}"), got.text[-500:]
    (line,) = kept(own_place)
    said = {name: line["corrected"].get(name) for name in want}
    without_null = json.loads(json.dumps(want), object_hook=lambda one: {name: value for name, value in one.items() if value is not None})
    assert {name: value for name, value in said.items() if value is not None} == without_null
    MODELS[line["kind"]].model_validate(line["corrected"])
    assert "Đã sửa thành" in beside(own_client, record) and "vì bài nói khác" in beside(own_client, record)
    _, again = form_of(own_client, record)
    for name, value in change.items():
        if "|" not in value:
            sent = value if isinstance(value, list) else [value]
            assert sorted(one.lstrip("\n") for one in again[name]) == sorted(sent), "the form opens with the correction"


FAULTS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "no day": ("dates-0", {"edtf": "5/3/2024"}, "edtf", "EDTF"),
    "no such day": ("events-0", {"edtf": "2024-02-30"}, "edtf", "EDTF"),
    "a number with points": ("counts-0", {"value": "1.250"}, "value", "không dấu chấm"),
    "a number below none": ("counts-0", {"value": "-1"}, "value", "ngoài khoảng"),
    "no units": ("counts-0", {"units": []}, "units", "Cần điền"),
    "a code of nobody": ("awards-0", {"level": "galaxy"}, "level", "có sẵn"),
    "an award of nobody": ("counts-0", {"award.type": "nothing"}, "award.type", "không hợp lệ"),
    "a level of no award": ("counts-0", {"award.type": "", "award.level": "state"}, "award.type", "Cần điền"),
    "a recipient without a kind": ("awards-0", {"recipients": "Trường Mẫu"}, "recipients", "đủ các phần"),
    "a year far away": ("awards-0", {"year": "99999"}, "year", "ngoài khoảng"),
    "words that do not stand there": ("dates-0", {"quote": "ngày mai"}, "quote", "không có đúng"),
    "no words": ("awards-0", {"quote": ""}, "quote", "Cần điền"),
    "no name": ("officials-0", {"name": "  "}, "name", "Cần điền"),
}


@pytest.mark.parametrize("why", FAULTS)
def test_what_is_wrong_is_told_beside_its_field(own_client: TestClient, own_place: Path, why: str) -> None:
    record, change, name, words = FAULTS[why]
    url, fields = form_of(own_client, record)
    got = send(own_client, url, {**fields, **change})
    assert got.status_code == 200 and kept(own_place) == []
    tree = inert(got.text)
    (field,) = tree.xpath("//div[@class='field bad']")
    assert words in field.xpath("string(p[@class='fault'])")
    assert {one.get("name") for one in field.iter("input", "select", "textarea")} == {name}
    told = field.xpath(".//*[@aria-invalid='true']/@aria-describedby")
    assert told and told[0].split()[-1] == field.xpath("p[@class='fault']/@id")[0]
    for changed, value in change.items():
        if value and not isinstance(value, list) and changed not in ("level", "award.type"):
            assert value.strip() in got.text, "what was typed is still there"


def test_a_missing_record_is_added_and_withdrawn(own_client: TestClient, own_place: Path) -> None:
    fields = {"value": "4", "units": ["collective"], "quote": "tập thể và hơn"}
    got = send(own_client, f"{PAGE}/review/counts/new", fields)
    assert (got.status_code, got.headers["location"]) == (303, f"{PAGE}#decided")
    (line,) = kept(own_place)
    assert line["verdict"] == "missing" and line["corrected"]["start"] == TEXT.index("tập thể và hơn") and "record" not in line
    (shown,) = tree_of(own_client, PAGE).xpath("//section[@id='decided']//div[contains(@class, 'missing')]")
    assert "Còn thiếu" in shown.text_content() and "tập thể và hơn" in shown.text_content()
    (value,) = shown.xpath(".//button/@value")
    assert send(own_client, f"{PAGE}/review", {"judge": value}).status_code == 303
    assert not tree_of(own_client, PAGE).xpath("//section[@id='decided']//div[contains(@class, 'verdict')]")


def test_it_survives_a_new_extraction(published_client: TestClient, own_place: Path) -> None:
    """The text has moved, an award has another level, a number is gone: each decision says what became of its record."""
    for verdict, record in (("right", "counts-0"), ("right", "counts-1"), ("wrong", "awards-0"), ("right", "dates-1")):
        click(published_client, verdict, record)
    url, fields = form_of(published_client, "officials-0")
    send(published_client, url, {**fields, "honorific": "TS."})
    later = reading(0, text=f"Một đoạn mới ở đầu bài.\n{TEXT}").model_dump(mode="json")
    later["awards"][0]["level"] = "ministry"
    del later["counts"][1], later["counts"][1]["part_of"]
    later["officials"][0]["honorific"] = "TS."
    later["dates"].reverse()
    keep(own_place, [type(reading(0)).model_validate(later)])
    assert beside(published_client, "counts-0").startswith("✓ Đã xét: đúng mai")
    assert beside(published_client, "counts-1") == "", "this is the third number of before, and nobody judged it"
    assert beside(published_client, "dates-0").startswith("✓") and beside(published_client, "dates-1") == ""
    assert beside(published_client, "awards-0") == "", "the record says something else now"
    assert "nay đã được trích đúng như vậy" in beside(published_client, "officials-0")
    apart = [" ".join(one.text_content().split()) for one in tree_of(published_client, PAGE).xpath("//section[@id='decided']//li")]
    assert any("lần trích mới nhất không còn nữa" in one and "Bằng khen" in one for one in apart)
    assert any("lần trích mới nhất không còn thấy" in one and "hơn 30 cá nhân" in one for one in apart)
    assert len(apart) == 2


def test_a_record_that_changed_meanwhile_is_not_judged(published_client: TestClient, own_place: Path) -> None:
    url, fields = form_of(published_client, "counts-0")
    later = reading(0).model_dump(mode="json")
    later["counts"][0]["value"] = 13
    keep(own_place, [type(reading(0)).model_validate(later)])
    assert send(published_client, url, {**fields, "value": "14"}).status_code == 409
    assert send(published_client, f"{PAGE}/review", {"judge": f"right counts {url.rpartition('/')[2]}"}).status_code == 409
    assert kept(own_place) == []


@pytest.mark.parametrize("some", [pytest.param(slice(3, None, 25), id="some"), pytest.param(slice(None), id="all", marks=pytest.mark.slow)])
def test_hostile_words_in_reviews_are_text(own_client: TestClient, own_place: Path, some: slice) -> None:
    given = token(own_client)
    for words in STRINGS[some]:
        everything = {name: words for field in (*fields_of("events"), *fields_of("counts")) for name in (field.name,)}
        got = own_client.post(f"{PAGE}/review/events/new", data={**everything, "token": given, "note": words}, headers=OURS)
        assert got.status_code == (413 if len(got.request.content) > LONGEST else 200), words[:200]
        inert(got.text)
        fine = {"type": "other", "title": words, "organizers": words, "location": words, "quote": "trao Bằng khen", "note": words}
        got = own_client.post(f"{PAGE}/review/events/new", data={**fine, "token": given}, headers=OURS)
        assert got.status_code == 303, words
        assert re.fullmatch(r"/article/[0-9a-f]{16}#decided", got.headers["location"])
    tree_of(own_client, PAGE)
    inert(own_client.get(f"/en{PAGE}").text)
    assert len(kept(own_place)) == len(STRINGS[some])


def test_all_fields_have_words() -> None:
    fields = [field for kind in MODELS for field in fields_of(kind)]
    assert {field.name for field in fields} == set(table()["field"])
    assert set(table()["hint"]) <= {field.name for field in fields}
    assert {field.section for field in fields if field.section} - {"award"} <= set(table())
    assert {"level", "status", "kind", "unit", "comparator", "event", "role", "does"} == set(SECTIONS.values())
