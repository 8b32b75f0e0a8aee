"""Text as it comes: what is mended, what is left alone, and that records stand at their places in the text as it is stored."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import thidua
from extract.mending import mend
from extract.syllables import is_syllable
from schemas.legacy_fonts import TCVN3, VNI, font_of, from_vni, to_unicode

PLAIN = (
    "Sáng 12/3/2018, ông Đàm Văn Hữu, Chủ tịch UBND huyện Mường Lạn trao Giấy khen cho 7 tập thể và 15 cá nhân. "
    "Bà Lý Thị Quỳnh được tặng Bằng khen của UBND tỉnh vì đã giúp đỡ người nghèo ở những thôn khó khăn nhất."
)


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("UBND tỉnhHòa Bình tặng", "UBND tỉnh Hòa Bình tặng"),
        ("trong năm2016 đã", "trong năm 2016 đã"),
        ("cho 14tập thể", "cho 14 tập thể"),
        ("Bí thư huyện ủy,Trưởng ban", "Bí thư huyện ủy, Trưởng ban"),
        ("đã bế mạc.Phát biểu tại lễ", "đã bế mạc. Phát biểu tại lễ"),
        ("nhiều cánhân là cá nhân trẻ", "nhiều cá nhân là cá nhân trẻ"),
        ("tặng Bằngkhen", "tặng Bằng khen"),
        ("Gi\u00adấy kh\u200ben", "Giấy khen"),
        ("ti\u200b\u0309nh", "tỉnh"),
        ("Chủ tịch UBND TP.\nHà Nội", "Chủ tịch UBND TP. Hà Nội"),
        ("theo PGS.TS.\nLê Văn An", "theo PGS.TS. Lê Văn An"),
    ],
)
def test_mended(stored: str, read: str) -> None:
    mended = mend(stored)
    assert mended is not None
    assert mended.text == read
    assert len(mended.starts) == len(mended.ends) == len(read)
    for place, char in enumerate(read):
        if char != " " and char in stored:
            assert char in stored[slice(*mended.back(place, place + 1))]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "www.mau.gov.vn, mau@mau.vn, https://mau.vn/a,b;c, 15/QĐ-UBND, 03/2014/TT-BNV, A2K5, G20, VTV1, Covid19",
        "YouTube, TikTok, VietNamNet, iPhone, 15h30, 5km, 7,5%, 1.234.567, 10:30, Công ty TNHH MTV",
        "các quận của TP.\nVinh danh 12 tập thể, các sở của TP.\nTrong năm, nhiều GS.\nCác nhà khoa học",
        "ông Y Bhiông Ayŭn, bà H'Nhơn Kpă, K'Brêu, Krông Nô, Ra-glai, quên, quyết, nghiêng, khuỷu, giặt, oằn",
    ],
)
def test_left_alone(text: str) -> None:
    assert mend(text) is None


def test_records_where_a_paragraph_was_parted() -> None:
    stored = "Ngày 5/12/2019, Chủ tịch UBND TP.\nHà Nội Nguyễn Văn An trao Bằng khen cho 5 tập thể của TP.\nHà Nội."
    whole, parted = thidua.parse(stored.replace("\n", " ")), thidua.parse(stored)
    assert [(one.name, one.positions[0].organization) for one in parted.officials] == [("Nguyễn Văn An", "UBND TP. Hà Nội")]
    assert [(one.type, one.level, one.status) for one in parted.awards] == [(one.type, one.level, one.status) for one in whole.awards]
    assert [(one.type, one.edtf) for one in parted.events] == [(one.type, one.edtf) for one in whole.events]
    assert all("\n" not in quote.quote for _, quote in parted.quotes())


def test_syllables() -> None:
    assert all(map(is_syllable, ["quên", "Quới", "nghiêng", "tuyên", "khuya", "giếng", "ĐƯỢC", "thuở", "ý", "y", "ương", "xoong"]))
    assert not any(map(is_syllable, ["viet", "tỉnhHà", "bằngkhen", "mát.", "group", "Kpăh", "hòà", "cắn2"]))


def _in_tcvn3(text: str) -> str:
    inverse = {letter: char for char, letter in TCVN3.items() if letter.islower() or letter in "ĂÂÊÔƠƯĐ"}
    return "".join(inverse.get(char, char) for char in text)


def _in_vni(text: str) -> str:
    """The letters of VNI, found by trying all that one letter can be."""
    letters = "aeouyôöñæóòî"
    accents = "ùøûõïâáàåãäêéèúüë"
    ways = [a + b for a in letters for b in ["", *accents]] + [a.upper() + b.upper() for a in letters for b in ["", *accents]]
    inverse: dict[str, str] = {}
    for way in ways:
        match = VNI.fullmatch(way)
        if match:
            inverse.setdefault(from_vni(match), way)
    return "".join(inverse.get(char, char) for char in text)


@pytest.mark.parametrize("font", ["tcvn3", "vni"])
def test_fonts_of_before_unicode_give_the_same_records_at_their_own_places(font: str) -> None:
    stored = _in_tcvn3(PLAIN) if font == "tcvn3" else _in_vni(PLAIN)
    assert stored != PLAIN
    assert font_of(stored) == font
    # TCVN3 has no capitals with tones, VNI writes an accent behind its letter
    assert to_unicode(stored, font) == PLAIN
    plain = thidua.parse(PLAIN, published_at="2018-03-13", province="Hòa Bình")
    legacy = thidua.parse(stored, published_at="2018-03-13", province="Hòa Bình")
    assert legacy.text == stored
    assert [one.edtf for one in legacy.dates] == [one.edtf for one in plain.dates]
    assert [one.name for one in legacy.officials] == [one.name for one in plain.officials]
    assert [one.key for one in legacy.awards] == [one.key for one in plain.awards]
    assert [(one.value, one.units) for one in legacy.counts] == [(one.value, one.units) for one in plain.counts]
    assert plain.counts
    for _, quote in legacy.quotes():
        assert stored[quote.start : quote.end] == quote.quote


def test_records_of_text_run_together_are_those_of_the_text_as_it_should_be() -> None:
    dice = random.Random(5)
    whole = thidua.parse(PLAIN, published_at="2018-03-13", province="Hòa Bình")
    stored = PLAIN.replace(", ông", ",ông").replace("7 tập", "7tập").replace("nhân. Bà", "nhân.Bà").replace("tỉnh vì", "tỉnh\u200b vì")
    places = sorted(dice.sample(range(len(stored)), 12), reverse=True)
    for place in places:
        stored = stored[:place] + "\u00ad" + stored[place:]
    found = thidua.parse(stored, published_at="2018-03-13", province="Hòa Bình")
    assert [one.name for one in found.officials] == [one.name for one in whole.officials]
    assert [one.edtf for one in found.dates] == [one.edtf for one in whole.dates]
    assert [(one.value, one.units) for one in found.counts] == [(one.value, one.units) for one in whole.counts]
    assert found.text == stored


@given(st.text(alphabet="ab tỉnhHàăươ.,;:)(09\u00ad\u200b\u0301\u0309\n", max_size=80))
def test_any_text_has_a_map_back(text: str) -> None:
    mended = mend(text)
    if mended:
        assert len(mended.text) == len(mended.starts) == len(mended.ends)
        assert all(0 <= start <= end <= len(text) for start, end in zip(mended.starts, mended.ends, strict=True))
        assert list(mended.starts) == sorted(mended.starts)
        assert all(start < end for start, end, char in zip(mended.starts, mended.ends, mended.text, strict=True) if char != " ")


@pytest.mark.parametrize(
    ("stored", "font", "read"),
    [
        ("Huyeän uûy taëng Giaáy khen cho caùc taäp theå ñöôïc ñeà nghò", "vni", "Huyện ủy tặng Giấy khen cho các tập thể được đề nghị"),
        ("HuyÖn uû tÆng GiÊy khen cho c¸c tËp thÓ ®\u00adîc ®Ò nghÞ", "tcvn3", "Huyện uỷ tặng Giấy khen cho các tập thể được đề nghị"),
    ],
)
def test_fonts_as_they_were_typed(stored: str, font: str, read: str) -> None:
    assert font_of(stored) == font
    assert to_unicode(stored, font) == read
