"""Openings: the lookahead changes no match, and stands aside where it cannot tell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.openings import Choice, Opened, Sieve, opening

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


@settings(deadline=None)
@given(
    st.lists(PIECES, max_size=20).map("".join),
    st.lists(st.sampled_from([*FORMS, "cờ|giải bóng|để "]), min_size=1, max_size=6),
    st.integers(0, 9),
)
def test_it_finds_what_the_pattern_alone_finds(text: str, forms: list[str], start: int) -> None:
    forms = list(dict.fromkeys(forms))
    anywhere = "|".join(forms)
    for inside, plain in ((True, re.compile(anywhere)), (False, re.compile(f"(?<!\\w)(?:{anywhere})"))):
        opened = Opened(anywhere, forms, inside=inside)
        spans = [each.span() for each in plain.finditer(text, start, len(text) - 1)]
        assert [each.span() for each in opened.finditer(text, start, len(text) - 1)] == spans
        first = opened.search(text, start, len(text) - 1)
        assert (first and first.span()) == (spans[0] if spans else None)


@settings(deadline=None)
@given(
    st.lists(PIECES, max_size=20).map("".join),
    st.lists(st.sampled_from([*FORMS, r"\w+ +thi", "cờ", "gi"]), min_size=1, max_size=8, unique=True),
)
def test_a_choice_finds_the_first_form_that_fits(text: str, forms: list[str]) -> None:
    written = [f"(?P<n{at}>{re.sub('[?]P<day>', '?:', form)})" for at, form in enumerate(forms)]
    plain = re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)")
    choice = Choice(list(zip(forms, written, strict=True)), after=r"(?!\w)")
    for start in range(0, len(text), 3):
        found, want = choice.search(text, start, len(text)), plain.search(text, start, len(text))
        assert (found and (found.span(), found.lastgroup)) == (want and (want.span(), want.lastgroup))


@settings(deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join), st.lists(st.sampled_from([*FORMS, r"\w+ +thi", "2\\d tết"]), min_size=1, max_size=6))
def test_a_sieve_lets_through_what_any_pattern_finds(text: str, forms: list[str]) -> None:
    patterns = [None, *(Opened(form, [form]) for form in forms)]
    for start in range(0, len(text), 3):
        found = {at for at, pattern in enumerate(patterns) if pattern and pattern.search(text, start, len(text))}
        assert found <= Sieve(patterns)(text, start, len(text))


def test_a_sieve_keeps_back_what_cannot_begin() -> None:
    sieve = Sieve([Opened("cờ thi", ["cờ thi"]), Opened(r"2\d tết", [r"2\d tết"]), None])
    assert (sieve("lá cờ đỏ", 0, 8), sieve("lá cờ thi đua", 0, 13), sieve("hôm 29 tết", 0, 10)) == (set(), {0}, {1})


def test_without_openings_every_word_is_tried() -> None:
    assert [each[0] for each in Opened(r"\w\d", [r"\w\d"]).finditer("a1 b2c3 (d4")] == ["a1", "b2", "d4"]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_an_opening(form: str) -> None:
    assert opening([form]).startswith("(?=")
    assert not re.match(opening([form]), "zzz")


@pytest.mark.parametrize("form", [r"\w+ thi", "[^a]b", "a?", "(?:x|)", r"\d*", ".x", ""])
def test_none_where_the_first_letter_cannot_be_told(form: str) -> None:
    assert opening(["cờ", form]) == ""


def test_a_common_beginning_is_written_once() -> None:
    assert opening(["huân chương", "huy chương", "huy hiệu"]) == "(?=hu(?:y (?:chư|hiệ)|ân ch))"
