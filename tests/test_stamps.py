"""Printed stamps, stamps in metadata and addresses: all cases of cases/stamps.toml."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.stamps import is_stamp, read_format, read_metadata, read_stamp, stamp_in_address

CASES = tomllib.loads((Path(__file__).parent / "cases" / "stamps.toml").read_text(encoding="utf-8"))["case"]
FETCHED = dt.date(2026, 11, 21)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_printed(case: dict[str, str]) -> None:
    stamp = read_stamp(case["text"], latest=FETCHED)
    assert (stamp and stamp.value) == case.get("want"), case["why"]
    alone = is_stamp(case["text"], latest=FETCHED)
    assert (alone and alone.value) == case.get("want"), "each of these is a stamp and nothing else"


@pytest.mark.parametrize(
    "text", ["Ngày 10 tháng 5 năm 2018, Ủy ban nhân dân huyện tổ chức", "Minh Hà - 08:15 | 05/06/2019", "08:33 22/04/2025 (HG) - Sáng nay"]
)
def test_a_sentence_is_no_stamp(text: str) -> None:
    assert read_stamp(text) is not None
    assert is_stamp(text) is None


def test_a_weekday_that_does_not_fit() -> None:
    fitting, slipped = read_stamp("Thứ Sáu, 26/01/2018, 16:15"), read_stamp("Thứ Hai, 26/01/2018, 16:15")
    assert fitting is not None and fitting.weekday_fits
    assert slipped is not None and not slipped.weekday_fits


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2024-05-28T02:00:00+00:00", "2024-05-28T09:00:00+07:00"),
        ("2024-05-28T14:05:00+07:00", "2024-05-28T14:05:00+07:00"),
        ("2024-05-28", "2024-05-28"),
        ("Mon, 27 May 2024 03:12:00 GMT", "2024-05-27T10:12:00+07:00"),
        ("hôm qua", None),
        ("", None),
        ("2099-01-01T00:00:00", None),
    ],
)
def test_metadata(text: str, want: str | None) -> None:
    stamp = read_metadata(text, latest=FETCHED)
    assert (stamp and stamp.value) == want


@pytest.mark.parametrize(
    ("url", "want"),
    [
        ("https://mau.example/bien-dao/le-phat-dong-20211004104530874.htm", "2021-10-04T10:45:30+07:00"),
        ("https://mau.example/tham-mo-hinh/d2021100914262592.htm", "2021-10-09T14:26:25+07:00"),
        ("https://mau.example/trao-thuong-185211004104530874.htm", "2021-10-04T10:45:30+07:00"),
        ("https://mau.example/trao-thuong-185211304104530874.htm", None),
        ("https://mau.example/portal/Pages/2021-10-4/Huong-dan-trw8tl.aspx", "2021-10-04"),
        ("https://mau.example/xa-hoi/202109/ten-bai-2193390/", None),
        ("https://mau.example/tin-1234567.html", None),
    ],
)
def test_address(url: str, want: str | None) -> None:
    stamp = stamp_in_address(url, latest=FETCHED)
    assert (stamp and stamp.value) == want


def test_declared_format() -> None:
    stamp = read_format("(14-05-2018 07:44:26)", "(%d-%m-%Y %H:%M:%S)", latest=FETCHED)
    assert stamp is not None and stamp.value == "2018-05-14T07:44:26+07:00"
    day = read_format("180514", "%y%m%d", latest=FETCHED)
    assert day is not None and day.value == "2018-05-14"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("12/03/2019 08:15:22 AM", "2019-03-12T08:15:22+07:00"),
        ("12/3/2019 8:15 PM", "2019-03-12T20:15:00+07:00"),
        ("12/3/2019 12:15 AM", "2019-03-12T00:15:00+07:00"),
        ("12/3/2019 8:15 p.m.", "2019-03-12T20:15:00+07:00"),
        ("08:15 SA 12/03/2019", "2019-03-12T08:15:00+07:00"),
        ("02:05 CH - 27/12/2018", "2018-12-27T14:05:00+07:00"),
        ("Cập nhật lúc 08:15 ngày 12/3/2019 (GMT+7)", "2019-03-12T08:15:00+07:00"),
        ("Cập nhật lúc 2 giờ 05 chiều, ngày 15/6/2022", "2022-06-15T14:05:00+07:00"),
        ("Thứ Ba, ngày 02 tháng 8 năm 2016, 2 giờ chiều", "2016-08-02T14:00:00+07:00"),
        ("14h ngày 12/3/2019", "2019-03-12T14:00:00+07:00"),
        ("Tuesday, March 12, 2019 - 2:15 PM", "2019-03-12T14:15:00+07:00"),
        ("26 Apr 2018 17:05", "2018-04-26T17:05:00+07:00"),
        ("12 Tháng Ba, 2019", "2019-03-12"),
        ("Tháng Mười Hai 5, 2019", "2019-12-05"),
        ("12 Th3 2019", "2019-03-12"),
        ("Được đăng ngày Thứ hai, 22 Tháng 5 2017 09:34", "2017-05-22T09:34:00+07:00"),
        ("Đăng ngày 12 tháng 3 năm 2019", "2019-03-12"),
        ("3/25/2019 8:15:22 AM", "2019-03-25T08:15:22+07:00"),
        ("Mon, 03/25/2019 - 08:15", "2019-03-25T08:15:00+07:00"),
        ("3/25/2019", None),
        ("Ngày tạo: 15/01/2020 09:05 | Ngày cập nhật: 16/01/2020 14:30", "2020-01-15T09:05:00+07:00"),
        ("2024-05-28 02:05:00 GMT", "2024-05-28T09:05:00+07:00"),
        ("28/05/2024 09:05 UTC+7", "2024-05-28T09:05:00+07:00"),
    ],
)
def test_more_forms(text: str, want: str | None) -> None:
    stamp = is_stamp(text, latest=FETCHED)
    assert (stamp and stamp.value) == want


@given(st.datetimes(min_value=dt.datetime(1998, 1, 1), max_value=dt.datetime(2026, 11, 20)))
def test_any_moment_in_any_form(moment: dt.datetime) -> None:
    want = f"{moment:%Y-%m-%dT%H:%M}:00+07:00"
    for form in (
        f"{moment:%d/%m/%Y %H:%M}",
        f"{moment:%H:%M} | {moment.day}-{moment.month}-{moment.year}",
        f"{moment:%Hh%M}, ngày {moment:%d.%m.%Y}",
    ):
        stamp = read_stamp(form, latest=FETCHED)
        assert stamp is not None and stamp.value == want
