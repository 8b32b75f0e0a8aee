"""Smuggled links and hijacked pages: told on the article, in the site's health and when they are published; honest news of gambling is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sample_run import sample
from test_reader import FIRST, PLAIN, SECOND, THIRD, TITLE, WHOLE, article, uiarticle

from thidua.demo.portals import all_portals

WORDS = ("Nhà cái uy tín", "TAI XIU online", "Cá cược bóng đá", "𝐅𝐮𝐧𝟖𝟖", "vay tiền nhanh", "Viagra")


def adverts(form: str, words: tuple[str, ...] = WORDS) -> str:
    return "".join(form.format(number, word) for number, word in enumerate(words))


OFF = "<a href='https://quang-cao-{}.example/'>{}</a> "
OWN = "<a href='/muc/{}.html'>{}</a> "
HIDDEN = {
    "off the site": adverts(OFF),
    "not shown": f"<div style='display:none'>{adverts(OWN)}</div>",
    "far to the left": f"<div style='position:absolute; left:-9999px'><p>{adverts(OWN)}</p></div>",
    "attribute": f"<div hidden>{adverts(OWN)}</div>",
    "in titles": adverts("<a href='https://quang-cao-{}.example/' title='{}'>x</a>"),
}
HONEST = {
    "sections of its own": adverts(OWN),
    "two": adverts(OFF, WORDS[:2]),
    "one, often": adverts("<a href='https://quang-cao.example/'>{1}</a>"),
    "other words": adverts(OFF, ("Báo Nhân Dân", "Cổng dịch vụ công", "Vay vốn ưu đãi hộ nghèo", "Slotte", "Đua xe")),
    "hidden menu": f"<div style='display:none'>{adverts(OWN, ('Tin tức', 'Thi đua', 'Khen thưởng', 'Liên hệ'))}</div>",
    "height": f"<div style='height:100px; left:-5px; opacity:0.9'>{adverts(OWN)}</div>",
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_smuggled_links_are_told_and_the_text_stays(kind: str) -> None:
    found = article(PLAIN.replace("</body>", f"{HIDDEN[kind]}</body>"))
    assert found.warnings == (f"spam_links:{len(WORDS)}",) and found.text == WHOLE


@pytest.mark.parametrize("kind", HONEST)
def test_other_links_are_not(kind: str) -> None:
    assert article(PLAIN.replace("</body>", f"{HONEST[kind]}</body>")).warnings == ()


def test_a_headline_that_sells_is_told_and_news_of_a_raid_is_not() -> None:
    body = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    for title in ("Top nhà cái uy tín nhất năm 2026", "Link vào W88 mới nhất", "GAME BÀI ĐỔI THƯỞNG số 1"):
        assert article(uiarticle(body, title=title)).warnings == ("spam_title",)
    for title in (TITLE, "Công an tỉnh triệt phá đường dây cá cược bóng đá nghìn tỷ", "Khen thưởng đơn vị phá sòng bạc, nhà cái trên mạng"):
        assert article(uiarticle(body, title=title)).warnings == ()


@pytest.mark.slow
def test_the_site_is_suspect_the_run_ends_with_3_and_publishing_says_so(tmp_path: Path) -> None:
    key = "mau-binh-phuoc"
    portal = next(one for one in all_portals() if one.key == key)
    first = portal.articles[0]
    with sample(tmp_path) as served:
        data, report = tmp_path / "data", tmp_path / "report.json"
        try:
            portal.change(first.id, title="Nhà cái uy tín: tải app nhận thưởng")
            done = served.thidua("run", key, "--report", str(report), data=data)
        finally:
            portal.restore()
        assert done.returncode == 3, done.stderr
        told = json.loads(report.read_text(encoding="utf-8"))
        assert [(one["class"], one["field"]) for one in told["missed"]] == [("suspect", "spam")]
        assert told["published"]["suspects"] == {key: 1}
        assert f"{key}: degraded, suspect" in done.stderr and "`suspect` in latest_articles" in done.stderr
        asked = served.thidua("sql", "select health, suspects from site_health where suspects > 0", "--json", data=data).stdout
        assert json.loads(asked) == {"health": "suspect", "suspects": 1}
        asked = served.thidua("sql", "select title from latest_articles where suspect", "--json", data=data).stdout
        assert json.loads(asked)["title"].startswith("Nhà cái uy tín")
