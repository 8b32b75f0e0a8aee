"""Reprints word for word: the view `stories` gives them one key, and marks the one published first."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import duckdb
import pytest
from samples import RULES, RUN, TEXT, reading

from data.publish import open_published, publish
from data.store import Kept, Store

QUERIES = Path(__file__).parent.parent / "docs" / "query.md"
TITLE = "Sơn La tổng kết phong trào thi đua"
BODY = f"{TEXT}\nCác đơn vị tiếp tục phát động những phong trào thiết thực, gắn với nhiệm vụ của địa phương trong năm 2024."
# (title, text, stamp, site) -> the same story as the first one?
SAME = {
    "itself": (TITLE, f"{TITLE}\n{BODY}", "2024-03-05T08:00:00+07:00", "mau-son-la", True),
    "headline": ("Thi đua ở Sơn La", f"Thi đua ở Sơn La\n{BODY}", "2024-03-04T09:00:00+07:00", "bao-mau", True),
    "credit": (TITLE, f"{TITLE}\n{BODY} (TTXVN)./.", None, "bao-mau", True),
    "spelling": (TITLE, f"{TITLE}\n{BODY.replace('thiết thực, gắn', 'thiết thực;  GẮN')}", "2024-03-06", "cong-mau", True),
    "number": (TITLE, f"{TITLE}\n{BODY.replace('2024.', '2025.')}", "2024-03-06", "cong-mau", False),
    "short": ("Tin vắn", f"Tin vắn\n{BODY[:150]}", "2024-03-06", "bao-mau", False),
    "short-too": ("Tin vắn", f"Tin vắn\n{BODY[:150]}", "2024-03-07", "bao-mau", False),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stories")
    rows = []
    for number, (title, text, stamp, site, _) in enumerate(SAME.values()):
        one = reading(number).model_dump()
        for kind in ("dates", "officials", "awards", "counts", "events", "documents", "campaigns"):
            one[kind] = ()
        told = {"title": title, "text": unicodedata.normalize("NFC", text), "published_at": stamp, "site": site}
        rows.append(Kept(type(reading(0)).model_validate({**one, **told}), None, RULES, RUN))
    with Store.open(folder / "work.duckdb") as store:
        store.keep(rows)
    publish(folder / "work.duckdb", folder / "news.duckdb", None)
    return folder / "news.duckdb"


def ask(place: Path, query: str) -> list[tuple[object, ...]]:
    with open_published(place) as con:
        return con.execute(query).fetchall()


def test_the_same_words_are_one_story_and_other_words_another(place: Path) -> None:
    story = dict(ask(place, "select article, story from stories"))
    by_name = {name: story[f"{number:016x}"] for number, name in enumerate(SAME)}
    assert {name for name in SAME if by_name[name] == by_name["itself"]} == {name for name, row in SAME.items() if row[-1]}
    assert len(set(by_name.values())) == 4
    assert by_name["short"] == f"{list(SAME).index('short'):016x}", "too short to tell: a story of its own"


def test_the_first_published_stands_for_a_story(place: Path) -> None:
    assert ask(place, "select article, articles from stories where is_first and articles > 1") == [(f"{1:016x}", 4)]
    assert ask(place, "select count(*), count(*) filter (where is_first) from stories") == [(len(SAME), 4)]


def test_the_query_of_the_page_lists_reprints(place: Path) -> None:
    (query,) = [found for found in re.findall(r"```sql\n(.*?)```", QUERIES.read_text(encoding="utf-8"), re.DOTALL) if "stories" in found]
    with duckdb.connect(str(place), read_only=True) as con:
        found = con.execute(query)
        (row,) = [dict(zip([column[0] for column in found.description], one, strict=True)) for one in found.fetchall()]
    assert (row["first_site"], row["articles"], row["sites"]) == ("bao-mau", 4, 3)
