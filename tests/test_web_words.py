"""Two languages, each whole: no Vietnamese on an English page nor the other way round; and the colours and places of the tile map."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from starlette.testclient import TestClient
from test_web import VISITS
from web_place import web_place

from schemas.tables import provinces
from thidua.web.app import PAGES
from thidua.web.tilemap import HIGH, STEPS, WIDE, lines, steps, tile_map
from thidua.web.words import table

BOTH = {"site", "motto", "other_language", "what_hint"}  # quote the other language
SAME = {"SQL", "SHA-256", "{number} SQL", "", "thi đua · khen thưởng"}  # the same in both
VIETNAMESE = re.compile("[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.I)
LETTERS = re.compile(r"[^\W\d_]{2,}")
NAMES = {"thidua", "Excel", "Parquet", "br", "csv", "xlsx"}  # in templates, the same in every language


def said() -> list[tuple[str, str, str]]:
    """Key, Vietnamese, English of every word."""
    return [(f"{section}.{key}", vi, en) for section, words in table().items() for key, (vi, en) in words.items()]


def test_english_is_english_and_vietnamese_vietnamese() -> None:
    for key, vi, en in said():
        if key.partition(".")[2] in BOTH:
            continue
        assert not VIETNAMESE.search(re.sub("phong trào", "", en)), key
        words = LETTERS.findall(re.sub(r"\{\w+\}|SHA-256|SQL|HTTP|WARC|EDTF|CSV|Excel|Parquet|byte|UTC|MB|KH-UBND", "", vi))
        assert VIETNAMESE.search(vi) or len(words) <= 2, key
        assert vi != en or vi in SAME or not words, key


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return web_place(tmp_path_factory.mktemp("words"))


@pytest.mark.parametrize("route", [route for route in PAGES if "{form}" not in route and not route.endswith("/frame")])
def test_no_page_speaks_the_other_language(client: TestClient, route: str) -> None:
    """Every word of a page that is one of ours is in the page's language; what articles say stays as it is."""
    for at, lang in enumerate(("", "/en")):
        address = VISITS.get(route, route)
        got = client.get(f"/en{address[1:]}" if lang and address.startswith("/?") else lang + address)
        assert got.status_code == 200
        ours, other = ({both[at_] for key, *both in said() if both[0] != both[1]} for at_ in (at, 1 - at))
        tree = lxml.html.document_fromstring(got.text)
        for left_out in tree.xpath("//a[@class='switch'] | //code | //table[@class='grid'] | //div[@class='body']"):
            left_out.drop_tree()
        texts = {" ".join(text.split()).strip(" :·→←↗✓✗✎+") for text in tree.itertext()}
        texts |= {str(value) for value in tree.xpath("//@aria-label | //@title | //@placeholder")}
        assert not texts & (other - ours), (lang, texts & (other - ours))


def test_comments_of_tables_come_in_the_language_of_the_page(client: TestClient) -> None:
    for page in ("/tables", "/table/award_counts"):
        vietnamese, english = (
            " ".join(lxml.html.document_fromstring(client.get(lang + page).text).find(".//main").itertext()) for lang in ("", "/en")
        )
        assert "Bao nhiêu ai được khen thưởng gì" in vietnamese and "How many got which award" not in vietnamese
        assert "How many got which award" in english and "Bao nhiêu ai" not in english
        assert " vi: " not in vietnamese + english and " · en: " not in vietnamese + english


def test_templates_hold_no_words_of_their_own() -> None:
    for file in files("thidua").joinpath("web/templates").iterdir():
        html = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", file.read_text(encoding="utf-8"), flags=re.S)
        html = re.sub(r' [\w-]+="[^"]*"', "", html)
        left = {word for text in re.split(r"<[^>]*>", html) for word in LETTERS.findall(text)}
        assert left <= NAMES, (file.name, left - NAMES)


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb (WCAG 2)."""
    full = colour[1:] if len(colour) == 7 else "".join(letter * 2 for letter in colour[1:])
    parts = (int(full[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_colours_of_the_map_hold_without_colour() -> None:
    """Steps differ by how light they are, which every eye sees; words on them can be read (WCAG AA)."""
    css = files("thidua").joinpath("web/style.css").read_text(encoding="utf-8")
    fills = {int(step): colour for step, colour in re.findall(r"\.tile\.s(\d) rect \{ fill: (#\w+)", css)}
    assert sorted(fills) == list(range(STEPS + 1))
    assert all(contrast(fills[one], fills[other]) > 1.25 for one, other in pairwise(sorted(fills)) if one)
    assert sorted(fills.values(), key=luminance, reverse=True) == [fills[step] for step in sorted(fills)]
    (dark,) = re.findall(r"\.tile text \{ fill: (#\w+)", css)
    ((light_on, light),) = re.findall(r"((?:\.tile\.s\d text,? ?)+)\{ fill: (#\w+)", css)
    for step, fill in fills.items():
        assert contrast(fill, light if f".s{step} " in light_on else dark) >= 4.5, step


@pytest.mark.parametrize("most", [0, 1, 2, 3, 5, 9, 17, 100, 1_234, 999_999])
def test_steps_are_round_and_rise(most: int) -> None:
    found = steps(most)
    assert len(found) <= STEPS and found == sorted(set(found)) and (not most or found[0] == 1)
    assert all(str(one)[0] in "125" and set(str(one)[1:]) <= {"0"} and one <= most for one in found)


def test_labels_stand_in_their_tiles() -> None:
    """At the 13 units of the style sheet no letter is wider than 9."""
    for era in ("new", "old"):
        for tile in tile_map(
            era,
            [
                {"slug": row["slug"], "name": name, "articles": 0, "awards": 0}
                for name, rows in provinces().items()
                for row in rows
                if row["era"] == era
            ],
        ).tiles:
            assert all(len(words) * 9 <= WIDE + 4 and 8 <= y <= HIGH for y, words in tile.lines), tile
    assert lines("Sơn La") == [(27, "Sơn La")] and [words for _, words in lines("Thái Nguyên")] == ["Thái", "Nguyên"]


@pytest.mark.parametrize(("era", "number"), [("new", 34), ("old", 63)])
def test_the_map_has_every_province_as_a_link(client: TestClient, era: str, number: int) -> None:
    tree = lxml.html.document_fromstring(client.get("/provinces").text)
    links = tree.xpath(f"//figure[@class='tilemap {era}']//a/@href")
    assert len(links) == len(set(links)) == number
    assert len({(one.get("x"), one.get("y")) for one in tree.xpath(f"//figure[@class='tilemap {era}']//a/rect")}) == number, (
        "none hides another"
    )
    assert all(client.get(link).status_code == 200 for link in links[::9])


def test_the_map_tells_awards_and_marks_the_province(client: TestClient) -> None:
    tree = lxml.html.document_fromstring(client.get("/province/old/son-la").text)
    (here,) = tree.xpath("//figure[@class='tilemap old']//a[@aria-current='true']")
    assert here.get("href") == "/province/old/son-la" and "here" in here.get("class")
    assert here.get("aria-label") == "Sơn La: 42 lượt khen thưởng, 2 bài", "as many as its table by years says"
    darkest = [one.get("href") for one in tree.xpath("//figure//a") if "s0" not in one.get("class").split()]
    assert "/province/old/son-la" in darkest and "/province/old/ha-noi" not in darkest
    english = lxml.html.document_fromstring(client.get("/en/province/old/son-la").text)
    assert "Sơn La: 42 awards, 2 articles" in english.xpath("//figure//a/@aria-label")
