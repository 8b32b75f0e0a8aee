"""What it costs to cluster articles into stories when they are published: `python -m benchmarks.stories`, 100,000 generated articles.

Prints the seconds of publishing with and without it, of each statement of data/sql/stories, and of the views, by the clock and of CPU; with
`--check` exits with 1 when clustering takes LIMIT seconds of CPU for each core or more. What is generated is harder than news in one way: half of all sentences are those of the sample portals,
so that every text shares runs of words with thousands of others. The machine may be shared: look at the load.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

import data.publish
from data.publish import open_published, publish
from data.statements import statements
from data.store import Kept, Store
from schemas.reading import Reading
from schemas.tables import table
from thidua.demo.portals import all_portals

LIMIT = 10.0  # seconds for 100,000 articles
SEED = 2026
FIRST = dt.date(2014, 1, 1)
DAYS = 4_000
TYPES = ("review_conference", "award_ceremony", "campaign_launch", "award_ceremony", "congress", "plan_issued")
SYLLABLES = (
    "an", "bao", "bình", "châu", "chí", "công", "cường", "dân", "dũng", "đại", "đông", "đức", "gia", "giang", "hà", "hải", "hiếu", "hoa",
    "hòa", "hồng", "hùng", "hưng", "huyền", "khang", "khánh", "khê", "kim", "lâm", "lan", "lễ", "linh", "lộc", "long", "lương", "mai",
    "mạnh", "minh", "mỹ", "nam", "nga", "ngân", "nghĩa", "ngọc", "nguyên", "nhân", "nhật", "phong", "phú", "phúc", "phương", "quân",
    "quang", "quế", "quốc", "quý", "quyết", "sơn", "tâm", "tân", "thái", "thanh", "thành", "thảo", "thiện", "thịnh", "thu", "thuận",
    "thủy", "tiến", "toàn", "trang", "trí", "trung", "tú", "tuấn", "tùng", "uyên", "vân", "việt", "vinh", "vũ", "xuân", "yến",
)  # fmt: skip
VIEWS = ("stories", "story_facts", "story_counts", "story_awards_by_province")


def name(dice: random.Random, syllables: int) -> str:
    """An invented name."""
    return " ".join(dice.choices(SYLLABLES, k=syllables)).title()


def sentences() -> list[str]:
    """Sentences of the sample portals."""
    texts = (sample.expected().text for portal in all_portals() for sample in portal.articles)
    return sorted({line.strip() for text in texts for line in text.split("\n") if 60 < len(line) < 400})


def told(dice: random.Random, known: Sequence[str], number: int) -> Iterator[Reading]:
    """An event in one to six articles: most in one, some reprinted, with other words at the end or none, some in other words."""
    province = dice.choice([row["name"] for row in table("provinces") if row["era"] == "old"])
    day = FIRST + dt.timedelta(days=dice.randrange(DAYS))
    chair, place, people, collectives = name(dice, 3), name(dice, 2), dice.randint(3, 90), dice.randint(3, 60)
    kind = dice.choice(TYPES)
    copies = dice.choices((1, 2, 3, 6), weights=(80, 12, 6, 2))[0]
    body = paragraphs(dice, known)
    for copy in range(copies):
        if copy and dice.random() < 0.5:
            body = paragraphs(dice, known)
        opening = (
            f"Ngày {day:%d/%m/%Y}, UBND huyện {place} tổ chức hội nghị. Chủ tịch UBND huyện {chair} trao Bằng khen cho {people} cá nhân."
        )
        title = f"Huyện {place} khen thưởng {people} cá nhân {dice.choice(SYLLABLES)}"
        text = "\n".join([title, opening, f"{collectives} tập thể được tặng Cờ thi đua của UBND tỉnh {province}.", *body])
        yield reading(
            f"{number * 8 + copy:016x}", title, text, day, province=province, kind=kind, chair=chair, counts=(people, collectives)
        )


def paragraphs(dice: random.Random, known: Sequence[str]) -> list[str]:
    """Half sentences that many articles have, half that none has."""
    own = [" ".join(dice.choices(SYLLABLES, k=30)).capitalize() + f" {name(dice, 3)}." for _ in range(7)]
    return [line for pair in zip(dice.sample(known, 7), own, strict=True) for line in pair]


def reading(key: str, title: str, text: str, day: dt.date, *, province: str, kind: str, chair: str, counts: tuple[int, int]) -> Reading:
    """An article with the records that its opening tells."""

    def at(words: str) -> dict[str, object]:
        start = text.index(words)
        return {"start": start, "end": start + len(words), "quote": words}

    merit, flag = {"type": "certificate_of_merit", "level": "district"}, {"type": "emulation_flag", "level": "province"}
    return Reading.model_validate({
        "id": key, "url": f"https://mau.example/{key}", "site": f"mau-{int(key, 16) % 60}", "title": title, "text": text, "read_by": "generated",
        "published_at": f"{day}T{int(key, 16) % 24:02}:00:00+07:00", "province": province, "about_province": province,
        "dates": [{**at(f"{day:%d/%m/%Y}"), "edtf": str(day), "role": "event", "rule": "generated"}],
        "officials": [{"quotes": [at(chair)], "name": chair, "rule": "generated", "positions": [{"title": "Chủ tịch"}]}],
        "awards": [{"quotes": [at("Bằng khen")], **merit, "status": "awarded", "rule": "generated"},
                   {"quotes": [at("Cờ thi đua")], **flag, "status": "awarded", "rule": "generated"}],
        "counts": [{**at(f"{counts[0]} cá nhân"), "value": counts[0], "units": ["individual"], "award": merit, "award_row": 0, "rule": "generated"},
                   {**at(f"{counts[1]} tập thể"), "value": counts[1], "units": ["collective"], "award": flag, "award_row": 1, "rule": "generated"}],
        "events": [{**at("tổ chức hội nghị"), "type": kind, "edtf": str(day), "rule": "generated"}],
    })  # fmt: skip


def generate(articles: int) -> Iterator[Kept]:
    """So many articles, the same ones each time."""
    dice, known, made, number = random.Random(SEED), sentences(), 0, 0
    while made < articles:
        for one in told(dice, known, number):
            yield Kept(one, None, "1", "generated")
            made += 1
        number += 1


class Took(NamedTuple):
    """Seconds."""

    clock: float
    cpu: float  # of all cores


@contextlib.contextmanager
def timing(times: dict[str, Took], step: str) -> Iterator[None]:
    """Note how long it takes."""
    clock, cpu = time.perf_counter(), time.process_time()
    yield
    times[step] = Took(time.perf_counter() - clock, time.process_time() - cpu)


def main() -> int:
    """Generate, publish, ask; print."""
    parser = argparse.ArgumentParser(description="the cost of stories")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="keep the generated store here, and take it from here when it is there")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = given.store or Path(temporary) / "work.duckdb"
        target = Path(temporary) / "news.duckdb"
        if not work.exists():
            with Store.open(work) as store:
                store.keep(generate(given.articles))
        parts: dict[str, Took] = {}
        whole = data.publish.cluster

        def timed(con: duckdb.DuckDBPyConnection) -> None:
            for part, text in statements("stories").items():
                with timing(parts, part):
                    data.publish.story_step(con, text)

        times: dict[str, Took] = {}
        for step, made in (("without stories", lambda con: con.execute(EMPTY)), ("with stories", timed)):
            data.publish.cluster = made
            with timing(times, f"publish {step}"):
                publish(work, target)
        data.publish.cluster = whole
        with open_published(target) as con:
            found = con.execute("select basis, count(*) from story_articles group by all order by all").fetchall()
            for view in VIEWS:
                with timing(times, f"view {view}, whole"):
                    con.execute(f"select count(*), count(distinct hash(v)) from {view} as v").fetchall()
    cores = os.cpu_count() or 1
    print(f"load {os.getloadavg()[0]:.1f} on {cores} cores; articles: {dict(found)}")
    for step, took in {**times, **parts}.items():
        print(f"{step:36} {took.clock:7.2f} s by the clock {took.cpu:7.2f} s of CPU")
    cost = sum(took.cpu for took in parts.values()) / cores
    print(f"stories cost {cost:.2f} s of CPU for each core, limit {LIMIT} s")
    return int(given.check and cost >= LIMIT)


EMPTY = "create table story_articles (article varchar, story varchar, follows varchar, basis varchar, likeness double)"

if __name__ == "__main__":
    sys.exit(main())
