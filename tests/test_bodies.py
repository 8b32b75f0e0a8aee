"""Names of bodies: how far they go, with which province they are completed, what they confer."""

from __future__ import annotations

import datetime as dt

import pytest
import spacy

from extract.body_names import Names
from extract.components.bodies import Body, BodyFinder, complete, level_of
from extract.fold import fold
from extract.language import Tokenizer
from extract.places import about, central_city, province_of

TOKENIZER = Tokenizer(spacy.blank("xx").vocab)


def bodies(text: str, province: str | None = None, on: dt.date | None = None) -> tuple[Body, ...]:
    """The bodies of a text on a page of the province."""
    doc = TOKENIZER(text)
    doc._.found = {}
    doc._.context = {"title": None, "published_on": on, "province": province, "source_credit": None, "site": None}
    BodyFinder()(doc)
    found: tuple[Body, ...] = doc._.found["bodies"]
    assert all(doc.text[body.start : body.end] == body.name[: body.end - body.start] for body in found)
    return found


# What follows the name must stay out of it.
EXTENTS = [
    ("Chủ tịch nước", " tặng Huân chương", "state", "state"),
    ("Ủy ban Thường vụ Quốc hội", " ban hành", "state", "state"),
    ("Thủ tướng Chính phủ", " tặng Bằng khen", "government", "government"),
    ("Bộ Lao động - Thương binh và Xã hội", " đã", "ministry", "ministry"),
    ("Bộ Văn hóa, Thể thao và Du lịch", ", các sở", "ministry", "ministry"),
    ("Bộ GD&ĐT", " công nhận", "ministry", "ministry"),
    ("Bộ Quốc phòng", " và", "armed_forces", "ministry"),
    ("Ban Tuyên giáo Trung ương", " tổ chức", "ministry", "ministry"),
    ("Trung ương Đoàn", " trao", "mass_organisation", "ministry"),
    ("Tổng Liên đoàn Lao động Việt Nam", " tặng", "mass_organisation", "ministry"),
    ("Ủy ban Trung ương MTTQ Việt Nam", " tặng", "front", "ministry"),
    ("Quân khu 9", " tặng", "armed_forces", "ministry"),
    ("Đại học Quốc gia Hà Nội", " tặng", "ministry", "ministry"),
    ("Tòa án nhân dân tối cao", " tặng", "court", "ministry"),
    ("UBND tỉnh Quảng Ngãi", " Trần Văn Hải", "committee", "province"),
    ("Uỷ ban nhân dân tỉnh Bà Rịa - Vũng Tàu", " khen", "committee", "province"),
    ("UBND TP. Cần Thơ", " tặng", "committee", "province"),
    ("Ban Thường vụ Tỉnh ủy Sơn La", " chỉ đạo", "party", "province"),
    ("Ban Chấp hành Đảng bộ tỉnh Sơn La", " họp", "party", "province"),
    ("Tỉnh ủy Bắc Kạn", ", UBND", "party", "province"),
    ("Hội đồng Thi đua - Khen thưởng tỉnh Phú Yên", " họp", "board", "province"),
    ("Sở Kế hoạch và Đầu tư", " và Sở Nội vụ", "department", "department"),
    ("Sở Thông tin và Truyền thông Lai Châu", " tặng", "department", "department"),
    ("Công an tỉnh Bình Phước", " khen", "armed_forces", "department"),
    ("Bộ Chỉ huy Quân sự tỉnh Tây Ninh", " trao", "armed_forces", "department"),
    ("Hội Liên hiệp Phụ nữ tỉnh Nam Định", " phát động", "mass_organisation", "department"),
    ("Liên đoàn Lao động tỉnh Hà Tĩnh", " tặng", "mass_organisation", "department"),
    ("Tỉnh đoàn Vĩnh Phúc", " tuyên dương", "mass_organisation", "department"),
    ("Ủy ban MTTQ Việt Nam tỉnh Đắk Nông", " tặng", "front", "department"),
    ("Trung tâm Kiểm soát bệnh tật tỉnh Kiên Giang", " được", "department", "department"),
    ("Ban Dân tộc tỉnh Cao Bằng", " phối hợp", "department", "department"),
    ("Cục Thuế tỉnh Hòa Bình", " đạt", "department", "department"),
    ("Huyện ủy Mường Pồn", " tổ chức", "party", "district"),
    ("UBND thị xã An Khê", " biểu dương", "committee", "district"),
    ("UBND thành phố Tam Kỳ", " tặng", "committee", "district"),
    ("UBND Quận 7", " khen", "committee", "district"),
    ("Ban Chỉ huy Quân sự huyện Tân Hòa", " tặng", "armed_forces", "district"),
    ("Phòng Giáo dục và Đào tạo huyện Yên Lạc", " đề nghị", "department", "district"),
    ("Đảng ủy xã Phú Mậu", " lãnh đạo", "party", "commune"),
    ("UBND phường 5", " tặng", "committee", "commune"),
    ("Hội Nông dân xã Nậm Ty", " vận động", "mass_organisation", "commune"),
    ("Ban Thường vụ Tỉnh đoàn Yên Bái", " trao", "party", "department"),
    ("BCH Hội Nông dân tỉnh Yên Bái", " tặng", "party", "department"),
    ("Ban Chấp hành Đảng bộ tỉnh Yên Bái", " tặng", "party", "province"),
    ("Liên minh Hợp tác xã tỉnh Yên Bái", " họp", "mass_organisation", "department"),
    ("Hội đồng Đội tỉnh Yên Bái", " tặng", "mass_organisation", "department"),
    ("Đoàn Khối các cơ quan tỉnh Yên Bái", " họp", "mass_organisation", "department"),
    ("Huyện đoàn Trạm Mây", " trao", "mass_organisation", "district"),
    ("Hội đồng Thi đua - Khen thưởng ngành Y tế tỉnh Yên Bái", " họp", "board", "province"),
    ("Trường THPT chuyên Lê Văn Thử", " được", "school", None),
    ("Trường Đại học Thái Bình Dương Xanh", " được", "school", None),
    ("Trường THPT Nguyễn Trung Trực", " được", "school", None),
    ("Công ty TNHH MTV Cao su Bình Long", ", đơn vị", "enterprise", None),
    ("Khối thi đua Văn hóa - Xã hội", " sơ kết", "bloc", None),
    ("Cụm thi đua số 4", " họp", "bloc", None),
    ("Cụm thi đua các huyện, thị xã, thành phố", " họp", "bloc", None),
]


@pytest.mark.parametrize(("name", "rest", "kind", "level"), EXTENTS, ids=[row[0] for row in EXTENTS])
def test_extent_kind_and_level(name: str, rest: str, kind: str, level: str | None) -> None:
    found = bodies(f"Vừa qua, {name}{rest} năm nay.")
    assert (found[0].start, found[0].end) == (9, 9 + len(name)), found[0]
    assert (found[0].kind, found[0].level) == (kind, level)


@pytest.mark.parametrize(
    ("name", "province", "whole"),
    [
        ("UBND tỉnh", "Hà Nam", "UBND tỉnh Hà Nam"),
        ("Uỷ ban nhân dân tỉnh", "Hà Nam", "Uỷ ban nhân dân tỉnh Hà Nam"),
        ("Tỉnh ủy", "Hà Nam", "Tỉnh ủy Hà Nam"),
        ("Ban Dân vận Tỉnh ủy", "Hà Nam", "Ban Dân vận Tỉnh ủy Hà Nam"),
        ("Hội đồng Thi đua - Khen thưởng tỉnh", "Hà Nam", "Hội đồng Thi đua - Khen thưởng tỉnh Hà Nam"),
        ("UBND tỉnh Hà Nam", "Hà Nam", "UBND tỉnh Hà Nam"),
        ("UBND thành phố", "Hải Phòng", "UBND thành phố Hải Phòng"),
        ("Thành ủy", "Hải Phòng", "Thành ủy Hải Phòng"),
        ("UBND thành phố", "Hà Nam", "UBND thành phố"),
        ("Thành ủy", "Hà Nam", "Thành ủy"),
        ("Sở Nội vụ", "Hà Nam", "Sở Nội vụ"),
        ("Sở Nội vụ tỉnh", "Hà Nam", "Sở Nội vụ tỉnh"),
        ("UBND huyện", "Hà Nam", "UBND huyện"),
        ("Đảng ủy xã", "Hà Nam", "Đảng ủy xã"),
        ("UBND tỉnh", None, "UBND tỉnh"),
    ],
)
def test_complete(name: str, province: str | None, whole: str) -> None:
    assert complete(name, province) == whole


def test_cities_of_their_time() -> None:
    assert central_city("Huế", dt.date(2025, 1, 1)) and not central_city("Huế", dt.date(2024, 12, 31))
    assert central_city("Đồng Nai", dt.date(2026, 5, 1)) and not central_city("Đồng Nai", dt.date(2025, 8, 1))
    assert not central_city("Hà Nam") and not central_city(None)
    assert level_of("UBND thành phố Huế", on=dt.date(2019, 1, 1)) == "district"
    assert [body.name for body in bodies("UBND thành phố khen.", "Thừa Thiên Huế")] == ["UBND thành phố"]
    assert [body.level for body in bodies("UBND thành phố Huế khen.", "Thừa Thiên Huế")] == ["district"]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Trung ương Đoàn TNCS Hồ Chí Minh", "ministry"),
        ("BCH Trung ương Đoàn TNCS Hồ Chí Minh", "ministry"),
        ("TƯ Đoàn", "ministry"),
        ("Thành đoàn TP Hồ Chí Minh", "department"),
        ("Viện KSND tối cao", "ministry"),
        ("Kho bạc Nhà nước", "ministry"),
        ("Nhà nước", "state"),
        ("Quốc hội", "state"),
        ("Chủ tịch UBND tỉnh Hà Nam", "province"),
        ("tỉnh Hậu Giang", "province"),
        ("Giám đốc Sở Y tế", "department"),
        ("huyện Kim Bôi", "district"),
        ("xã Tân Phú", "commune"),
        ("Công ty Điện lực Hà Nam", None),
        ("Hội Khuyến học", None),
        ("tập thể", None),
        ("", None),
    ],
)
def test_level(name: str, level: str | None) -> None:
    assert level_of(name) == level


def test_capitals_tell_nothing_of_a_place() -> None:
    assert [body.name for body in bodies("CHỦ TỊCH UBND TỈNH TẶNG BẰNG KHEN CHO 5 TẬP THỂ", "Hà Nam")] == ["CHỦ TỊCH UBND TỈNH Hà Nam"]
    assert [body.name for body in bodies("UBND HUYỆN TRẠM MÂY TỔ CHỨC HỘI NGHỊ")] == ["UBND HUYỆN TRẠM MÂY"]


def test_an_office_that_confers_is_part_of_its_body() -> None:
    found = bodies("Chủ tịch UBND tỉnh tặng Bằng khen; Phó Chủ tịch UBND tỉnh dự; Giám đốc Sở Y tế tặng Giấy khen.", "Hà Nam")
    assert [body.name for body in found] == ["Chủ tịch UBND tỉnh Hà Nam", "UBND tỉnh Hà Nam", "Giám đốc Sở Y tế"]


@pytest.mark.parametrize(
    "text",
    [
        "Cán bộ và nhân dân phấn khởi.",
        "Trên các tuyến đường bộ, đường sắt, xe cộ đông.",
        "Lễ mít tinh tại quảng trường Hoa Lư.",
        "Nhiệm vụ kinh tế được giao.",
        "Các sở, ban, ngành, đoàn thể.",
        "Tập thể, cá nhân, hộ gia đình tiêu biểu.",
        "Ban đầu có năm hội viên.",
        "Phòng khách rộng rãi.",
        "Lực lượng tình báo Quốc phòng dự.",
        "Kỹ sư Đoàn Hữu Bách nhận quà.",
        "Ông Lâm Trường Khởi phát biểu.",
    ],
)
def test_silent(text: str) -> None:
    assert bodies(text) == ()


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("Tỉnh Hậu Giang tổng kết. Hậu Giang có nhiều mô hình.", "Hậu Giang"),
        ("UBND TP.HCM khen thưởng. Thành phố Hồ Chí Minh phát động.", "Hồ Chí Minh"),
        ("Học tập tấm gương Hồ Chí Minh.", None),
        ("Hà Nam và Nam Định ký giao ước.", None),
        ("Huyện Hòa Bình, xã Thái Bình, đường Điện Biên.", None),
        ("hòa bình, ổn định", None),
        ("", None),
        ("Huyện Phù Cừ tổng kết. Phó Chủ tịch UBND tỉnh dự.", "Hưng Yên"),
        ("Xóm Đông, xã Tân Lập (Hải Hậu) đón Bằng công nhận.", "Nam Định"),
        ("Huyện Tam Nông tổng kết.", None),  # in two provinces
        ("Huyện Phù Cừ và huyện Hải Hậu ký giao ước.", None),
        ("Hà Nam và Nam Định ký giao ước tại huyện Hải Hậu.", "Nam Định"),
        ("TX Hương Trà (TT - Huế) đón Cờ thi đua.", "Thừa Thiên Huế"),
        ("Sở Y tế TT -Huế tổng kết.", "Thừa Thiên Huế"),
        ("Tàu Bà Rịa- Vũng Tàu cập bến.", "Bà Rịa - Vũng Tàu"),
        ("Huyện Tam Nông và huyện Lâm Thao ký giao ước.", "Phú Thọ"),  # one has both
        ("Đoàn từ Bình Thuận thăm TP.Tân An, huyện Đăk Tô cũ và quê huyện Hải Hậu.", "Bình Thuận"),
        ("Chị từ Bình Thuận về huyện Đăk Tô.", "Kon Tum"),
        ("Chị ở thị xã Quảng Trị.", "Quảng Trị"),
        (
            "Gò Công vào mùa, Gò Công được mùa. Phó Chủ tịch UBND tỉnh dự.",
            "Tiền Giang",
        ),  # with a body of the province whose name nobody needs
        ("Gò Công vào mùa, Gò Công được mùa.", None),
        ("Giám đốc HTX chè Tân Sơn. Phó Chủ tịch UBND tỉnh dự.", None),
        ("Ông Lê Bình Giang dự. Lãnh đạo Tỉnh ủy dự.", None),
        ("Phường Hồng Đông (Quảng Ninh) tổ chức hội thi.", "Quảng Ninh"),  # a district elsewhere is called so too
        ("Xã Mường Thàng, tỉnh Phú Thọ được UBND tỉnh Hòa Bình (cũ) tặng Cờ.", "Phú Thọ"),
    ],
)
def test_about(text: str, province: str | None) -> None:
    assert about(text, fold(text)) == province


@pytest.mark.parametrize(
    ("written", "name"),
    [("TP.HCM", "Hồ Chí Minh"), ("tỉnh Hà Nam", "Hà Nam"), ("Đăk Lăk", "Đắk Lắk"), ("Thanh Hoá", "Thanh Hóa"), ("Xyz", None)],
)
def test_province_of(written: str, name: str | None) -> None:
    assert province_of(written) == name


def test_about_after_the_merger() -> None:
    text = "Bắc Ninh tổng kết. Tại Bắc Giang, Hà Nội có đoàn dự."
    assert about(text, fold(text), on=dt.date(2025, 9, 1)) == "Bắc Ninh"
    assert about(text, fold(text), on=dt.date(2025, 6, 1)) is None
    text = "Phường Sa Đéc tổng kết."  # a commune that has the name of a town
    assert about(text, fold(text), on=dt.date(2025, 9, 1)) == "Đồng Tháp"
    assert about(text, fold(text), on=dt.date(2025, 6, 1)) is None


def test_a_body_is_completed_with_what_the_text_is_about() -> None:
    found = bodies("Tỉnh Lạng Sơn tổ chức hội nghị. UBND tỉnh tặng Cờ thi đua. Lạng Sơn đạt nhiều kết quả.")
    assert "UBND tỉnh Lạng Sơn" in [body.name for body in found]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ủy ban",
        "UBND",
        "Sở " * 3_000,
        "Ban " * 3_000,
        "Văn phòng " * 2_000,
        "UBND TỈNH " * 2_000,
        "😀Sở😀",
        "Hội Nông dân, " * 1_000,
        "Sở Nội vụ" + " và Đào tạo" * 2_000,
    ],
)
def test_never_fails(text: str) -> None:
    bodies(text, "Hà Nam")
    Names(text).body(0)
