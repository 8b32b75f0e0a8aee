"""Openings: the lookahead changes no match, and stands aside where it cannot tell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.openings import opening

FORMS = (
    "cờ +thi +đua",
    "(?<!tác )giả",
    "(?:để )?có cơ hội",
    "(?:đúng|đủ|kỹ)(?: các| kỹ)? (?:điều kiện|tiêu chuẩn)(?= ?:)",
    r"(?:hai|ba|\d+) lần",
    r"(?P<day>\d{1,2}|[0-3][ol]|[li][\do])/\d",
    '(?:(?:giải|cúp)(?: (?!và )[^\\W\\d_]+){0,4}? )?[\\"“]? ?(?:vàng|bạc)',
    "(?:thôn|ấp)(?: ?[,/] ?(?:thôn|ấp)){0,5} văn\\ hóa",
    "(?:bản ){1,3}xa",
    "ấp+",
    ";",
)
PIECES = st.sampled_from(
    [*'cờthiđuagảểóúkỹđdx0123lo/;:",“ ', "cờ  thi đua", "có cơ hội", "đủ tiêu chuẩn:", "giải bóng vàng", "thôn, ấp văn hóa"]
)


@given(st.lists(PIECES, max_size=20).map("".join), st.lists(st.sampled_from(FORMS), min_size=1, max_size=6))
def test_no_match_is_lost(text: str, forms: list[str]) -> None:
    forms = list(dict.fromkeys(forms))
    plain = f"(?<!\\w)(?:{'|'.join(forms)})"
    guarded = f"(?<!\\w){opening(forms)}(?:{'|'.join(forms)})"
    assert [each.span() for each in re.finditer(plain, text)] == [each.span() for each in re.finditer(guarded, text)]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_an_opening(form: str) -> None:
    assert opening([form]).startswith("(?=")
    assert not re.match(opening([form]), "zzz")


@pytest.mark.parametrize("form", [r"\w+ thi", "[^a]b", "a?", "(?:x|)", r"\d*", ".x", ""])
def test_none_where_the_first_letter_cannot_be_told(form: str) -> None:
    assert opening(["cờ", form]) == ""


def test_a_common_beginning_is_written_once() -> None:
    assert opening(["huân chương", "huy chương", "huy hiệu"]) == "(?=hu(?:y (?:chư|hiệ)|ân ch))"
