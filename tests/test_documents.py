"""Document numbers and campaigns: what is one, and what only looks like one."""

from __future__ import annotations

import pytest

from extract.components.documents import mark, number_of
from schemas.tables import table
from thidua import parse

EXAMPLES = [
    example.strip()
    for row in table("documents")
    if row["row_type"] == "number" and row["code"] in ("state", "normative", "party", "party_mixed", "letter", "state_spaces")
    for example in row["example"].split(";")
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_form_of_number_is_found_whole(example: str) -> None:
    text = f"Căn cứ văn bản {example} của cấp trên."
    assert [text[place.start : place.end] for place in mark(text)] == [example]


@pytest.mark.parametrize(
    "text",
    ["Có 21/23 hộ đạt.", "trực 24/7", "ngày 12/2019", "tỷ lệ 1/500", "đội A-B thắng 3-2", "mạng 5G-VN", "năm học 2019-2020", "ngày 20/5"],
)
def test_other_numbers_are_no_documents(text: str) -> None:
    assert list(mark(text)) == []


def test_a_number_is_filed_without_spaces() -> None:
    assert number_of("1460 /KH – UBND") == "1460/KH-UBND"


def test_kind_and_day_of_issue() -> None:
    (document,) = parse("Thực hiện Kế hoạch số 99/KH-UBND ngày 03/4/2019 của huyện, các xã đã ra quân.").documents
    assert (document.number, document.kind, document.issued) == ("99/KH-UBND", "KH", "2019-04-03")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hưởng ứng phong trào thi đua “Dân vận khéo” của huyện.", ["Dân vận khéo"]),
        (
            'Các phong trào: “Tuổi trẻ sáng tạo", "Phụ nữ tự tin”; phong trào “Ba nhất” được duy trì.',
            ["Tuổi trẻ sáng tạo", "Phụ nữ tự tin", "Ba nhất"],
        ),
        ("Phong trào thi đua năm 2018 với chủ đề “Kỷ cương, sáng tạo” đã lan rộng.", []),
        ("Với tinh thần “Dám nghĩ, dám làm”, đơn vị đã về đích.", []),
        ("Câu lạc bộ “Ông bà cháu” họp mặt.", []),
        ("Ở vài nơi phong trào thi đua còn “giữa chừng đứt gánh”.", []),
    ],
)
def test_campaigns(text: str, names: list[str]) -> None:
    assert [campaign.name for campaign in parse(text).campaigns] == names


def test_the_first_event_has_the_movements_that_no_sentence_of_an_event_names() -> None:
    reading = parse(
        "Ngày 18/6/2019, huyện tổ chức hội nghị tổng kết.\nHuyện làm tốt phong trào “Dân vận khéo”.\nTại hội nghị, huyện phát động phong trào “Đường hoa”.",
        published_at="2019-06-19",
    )
    assert [(event.type.value, event.campaigns) for event in reading.events] == [
        ("review_conference", ("Dân vận khéo", "Đường hoa")),
        ("campaign_launch", ("Đường hoa",)),
    ]
