"""A store of many articles with some fifty records each, for measuring: invented, varied, the same each time, and written as Arrow past the models.

An article tells of a ceremony: sentences of the sample portals, which many articles share, beside sentences of its own, and between them sentences
that bring dates, officials with offices, awards with recipients, counts, events, documents and campaigns, each record with its place in the text.
A fifth of the articles tell of the event of the one before, half of these in the same words.
"""

from __future__ import annotations

import datetime as dt
import functools
import multiprocessing
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.stories import DAYS, FIRST, SEED, SYLLABLES, name, sentences
from data.likeness import sketch
from data.rows import OF_ARTICLE, PageRow, SiteRow
from data.statements import statement
from data.store import Store
from schemas.tables import table

BATCH = 2_000  # articles that are made and written at a time
SITES = 80
RUN = "20260101T000000-1"
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lò", "Vàng", "H’", "Y")
OFFICES = ("Chủ tịch", "Phó Chủ tịch", "Giám đốc", "Phó Giám đốc", "Bí thư", "Trưởng ban", "Chánh Văn phòng", "Trưởng phòng")
BODIES = (
    "UBND tỉnh {}",
    "Sở Nội vụ tỉnh {}",
    "Sở Y tế tỉnh {}",
    "Tỉnh ủy {}",
    "Tỉnh đoàn {}",
    "Hội Nông dân tỉnh {}",
    "Sở Giáo dục và Đào tạo {}",
)
EVENTS = (
    ("tổ chức lễ trao thưởng", "award_ceremony"), ("tổng kết phong trào", "review_conference"), ("phát động phong trào", "campaign_launch"),
    ("họp Hội đồng thi đua", "council_meeting"), ("sơ kết sáu tháng", "interim_review"), ("ký giao ước thi đua", "pledge_signing"),
    ("tổ chức hội thi", "contest"), ("kỷ niệm ngày thành lập", "anniversary"),
)  # fmt: skip
AWARDS = (
    ("Bằng khen", "certificate_of_merit", ("province", "government", "ministry")), ("Giấy khen", "certificate_of_commendation", ("district", "commune")),
    ("Cờ thi đua", "emulation_flag", ("province", "government")), ("Huân chương Lao động", "labor_order", ("state",)),
    ("Chiến sĩ thi đua", "emulation_fighter", ("province", "grassroots")), ("Kỷ niệm chương", "commemorative_medal", ("ministry",)),
    ("Tập thể lao động xuất sắc", "excellent_labor_collective", ("province",)), ("Lao động tiên tiến", "advanced_worker", ("grassroots",)),
)  # fmt: skip
STATUSES = ("awarded", "awarded", "awarded", "awarded", "proposed", "registered")
UNITS = (("tập thể", "collective"), ("cá nhân", "individual"), ("hộ gia đình", "household"), ("đại biểu", "delegate"))
Columns = dict[str, dict[str, list[Any]]]


def fill(path: Path, articles: int, *, workers: int = 2) -> None:
    """A new store of so many articles at `path`, with the pages, lines of the ledger, runs and sites that they come from."""
    batches = [(first, min(first + BATCH, articles)) for first in range(0, articles, BATCH)]
    with Store.open(path) as store, multiprocessing.Pool(workers, initializer=_ready) as pool:
        store.keep_sites(
            SiteRow(site=site_of(number), name=f"Báo mẫu {number}", kind="newspaper", status="live") for number in range(SITES)
        )
        store.begin_run(RUN, "run", version="0", started_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        for columns in pool.imap(_made, batches):
            _write(store, columns)
        store.end_run(RUN, 0, ended_at=dt.datetime(2026, 1, 1, 2, tzinfo=dt.UTC))


def site_of(number: int) -> str:
    """Key of a site."""
    return f"mau-{number % SITES}"


def key_of(number: int) -> str:
    """Key of an article: spread as real keys are."""
    return f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}"


def _write(store: Store, columns: Columns) -> None:
    """Rows of a batch into their tables with their checksums, one transaction."""
    keys = columns["articles"]["article"]
    with store._transaction():
        store.con.register("batch", pa.table({"article": keys}))
        for kind in (*OF_ARTICLE, "fetches", "pages"):
            wanted = store.con.table(kind).limit(0).to_arrow_table().schema
            told = columns[kind]
            length = len(next(iter(told.values())))
            rows = pa.table(
                [pa.array(told[field.name], field.type) if field.name in told else pa.nulls(length, field.type) for field in wanted],
                schema=wanted,
            )
            store.con.register("rows_of_batch", rows)
            store.con.execute(statement("store/insert").format(table=kind, source="rows_of_batch"))
            if kind in OF_ARTICLE:
                store.con.execute(statement("store/check_articles").format(source="rows_of_batch"), {"table": kind})
            else:
                store._add_check(kind, "rows_of_batch")


_KNOWN: list[str] = []


def _ready() -> None:
    """What a worker needs: the sentences that articles share."""
    _KNOWN[:] = sentences()


def _made(span: tuple[int, int]) -> Columns:
    """Columns of the articles from one number up to another."""
    columns: Columns = defaultdict(lambda: defaultdict(list))
    body: Sequence[str] = ()
    event = 0
    for number in range(*span):
        dice = random.Random(f"{SEED}-{number}")
        again = number > span[0] and dice.random() < 0.2
        event = event if again else number
        if not again or dice.random() < 0.5:
            body = [line for shared in dice.sample(_KNOWN, dice.randint(2, 8)) for line in (shared, own(dice))]
        Told(number, random.Random(f"{SEED}-{event}-event"), columns).tell(body)
    return {kind: dict(some) for kind, some in columns.items()}


def own(dice: random.Random) -> str:
    """A sentence that no other article has."""
    return " ".join(dice.choices(SYLLABLES, k=24)).capitalize() + f" {name(dice, 3)}."


@functools.cache
def officials(province: str) -> list[tuple[str, str, str]]:
    """(name, office, body) of those who hold offices in a province."""
    dice = random.Random(f"{SEED}-{province}")
    return [(person(dice), dice.choice(OFFICES), dice.choice(BODIES).format(province)) for _ in range(400)]


def person(dice: random.Random) -> str:
    """An invented name."""
    return f"{dice.choice(SURNAMES)} {name(dice, dice.choice((1, 2, 2, 2)))}"


@functools.cache
def provinces() -> list[str]:
    """The 63, as articles before 2025-07-01 name them."""
    return [row["name"] for row in table("provinces") if row["era"] == "old"]


class Told:
    """One article, told sentence by sentence; its records go to the columns of their tables as it is told."""

    def __init__(self, number: int, dice: random.Random, columns: Columns) -> None:
        self.number, self.key, self.dice, self.columns = number, key_of(number), dice, columns
        self.province = dice.choice(provinces())
        self.day = FIRST + dt.timedelta(days=dice.randrange(DAYS))
        self.place = name(dice, 2)
        self.parts: list[str] = []
        self.length = 0
        self.rows: dict[str, int] = defaultdict(int)

    def say(self, words: str) -> dict[str, Any]:
        """Words at the end of the text; their place."""
        start = self.length
        self.parts.append(words)
        self.length += len(words)
        return {"start": start, "end": self.length, "quote": words}

    def add(self, into: str, /, **told: object) -> int:
        """A row of a table; its number in the article."""
        row = self.rows[into]
        self.rows[into] += 1
        for column, value in {"article": self.key, **told}.items():
            self.columns[into][column].append(value)
        return row

    def record(self, into: str, at: dict[str, Any], /, **told: object) -> int:
        """A record with its place."""
        if into in ("officials", "awards"):
            told["quotes"] = [at]
        return self.add(into, row=self.rows[into], **at, rule="generated", confidence=0.9, **told)

    def tell(self, body: Sequence[str]) -> None:
        """The whole article: headline, opening, and one paragraph a line of the body."""
        chosen = self.dice.choice(EVENTS)
        title = f"{self.place} {chosen[0]} {self.dice.choice(SYLLABLES)} năm {self.day.year}"
        self.say(title + "\n")
        self.happening(*chosen, self.day)
        tellers = (self.granting, self.naming, self.happened_before, self.receiving, self.moving)
        for nth, line in enumerate(body):
            self.say(f"\n{line} ")
            tellers[nth % len(tellers)]()
            if nth % 2:
                self.naming()
        text = "".join(self.parts)
        stamp = dt.datetime.combine(self.day, dt.time(self.number % 24, self.number % 60))
        site, page, url = site_of(self.number), f"{self.number:016x}", f"https://mau.example/tin-{self.number}.html"
        self.add(
            "articles", site=site, url=url, title=title, lead=body[0] if body else None, text=text, published_at=stamp, published_on=self.day,
            published_precision="minute", province=self.province, about_province=self.province, captions=[], attachments=[], kind="article",
            read_by="generated", selectors=[], warnings=[], truncated=[], page=page, hash=self.key, reading=self.key, version=1, rules="1", run=RUN,
        )  # fmt: skip
        self.add("article_versions", version=1, page=page, hash=self.key, **{"from": stamp}, title=title, sketch=sketch(text))
        held: dict[str, Any] = {"page": page, "site": site, "url": url, "kind": "article", "status": 200, "sha256": self.key * 4, "warc": "mau.warc.gz",
                "offset": self.number * 9_000, "length": 9_000, "run": RUN}  # fmt: skip
        for column, value in {**held, "line": self.number + 1, "seq": self.number, "state": "ok", "at": stamp}.items():
            self.columns["fetches"][column].append(value)
        for column, value in PageRow(**held, outcome="article", read_by="generated", article=self.key, rules="1").model_dump().items():
            self.columns["pages"][column].append(value)

    def date(self, day: dt.date, role: str = "event") -> None:
        """A day of the calendar."""
        self.record("dates", self.say(f"{day:%d/%m/%Y}"), edtf=str(day), first_day=day, last_day=day, role=role)

    def happening(self, words: str, kind: str, day: dt.date) -> None:
        """A date, an organizer and an event."""
        body = self.dice.choice(BODIES).format(self.province)
        self.say("Ngày ")
        self.date(day)
        self.say(f", {body} ")
        row = self.record(
            "events", self.say(words), type=kind, title=f"{words} {self.place}", edtf=str(day), first_day=day, last_day=day, organizers=[body],
            location=self.place, documents=[], campaigns=[],
        )  # fmt: skip
        self.say(f" tại {self.place}. ")
        first = self.rows["officials"]
        self.naming()
        for official in range(first, self.rows["officials"]):
            self.add("event_officials", event_row=row, official_row=official)

    def happened_before(self) -> None:
        """An event of days before."""
        self.happening(*self.dice.choice(EVENTS), self.day - dt.timedelta(days=self.dice.randrange(1, 40)))

    def naming(self) -> None:
        """Somebody who holds an office."""
        known = officials(self.province)
        told, office, body = known[min(int(self.dice.expovariate(1 / 60)), len(known) - 1)]
        row = self.record("officials", self.say(told), name=told, honorific="ông", roles=["attendee"])
        self.say(", ")
        at = self.say(f"{office} {body}")
        self.add("positions", official_row=row, row=0, title=office, organization=body, start=at["start"], end=at["end"])
        self.say(" dự. ")

    def award(self) -> tuple[int, dict[str, Any]]:
        """An award; its row and key."""
        words, code, levels = self.dice.choice(AWARDS)
        level = self.dice.choice(levels)
        grantor = f"UBND tỉnh {self.province}" if level == "province" else "Thủ tướng Chính phủ" if level == "government" else None
        key = {"type": code, "level": level, "class": None}
        year = self.day.year if self.dice.random() < 0.3 else None
        return self.record("awards", self.say(words), **key, grantor=grantor, status=self.dice.choice(STATUSES), year=year), key

    def granting(self) -> None:
        """An award with numbers, by a document."""
        row, key = self.award()
        self.say(" cho ")
        for words, unit in self.dice.sample(UNITS, 2):
            value = self.dice.randint(2, 160)
            self.record("counts", self.say(f"{value} {words}"), value=value, comparator="eq", units=[unit], award=key, award_row=row)
            self.say(", ")
        self.say("theo ")
        number = f"{self.dice.randint(1, 4000)}/QĐ-UBND"
        self.record("documents", self.say(f"Quyết định số {number}"), number=number, kind="decision", issued=str(self.day), field="text")
        self.say(" ngày ")
        self.date(self.day - dt.timedelta(days=3), "document")
        self.say(". ")

    def receiving(self) -> None:
        """An award with those who got it."""
        row, _ = self.award()
        for nth in range(4):
            self.say(": " if nth == 0 else ", ")
            collective = nth == 3
            told = f"Trường Mẫu {name(self.dice, 2)}" if collective else person(self.dice)
            at = self.say(told)
            kind = "collective" if collective else "individual"
            self.add("recipients", award_row=row, row=nth, name=told, kind=kind, start=at["start"], end=at["end"])
        self.say(". ")

    def moving(self) -> None:
        """A movement with its years."""
        first = self.day.year - self.dice.randrange(4)
        self.say("Phong trào ")
        told = f"{self.dice.choice(('Chung tay', 'Thi đua', 'Toàn dân'))} {self.dice.choice(SYLLABLES)} {self.dice.choice(SYLLABLES)}"
        self.record("campaigns", self.say(told), name=told)
        self.say(" giai đoạn ")
        years = self.say(f"{first}-{first + 5}")
        self.record(
            "dates", years, edtf=f"{first}/{first + 5}", first_day=dt.date(first, 1, 1), last_day=dt.date(first + 5, 12, 31), role="period",
        )  # fmt: skip
        self.say(", đến ")
        self.date(self.day + dt.timedelta(days=30), "deadline")
        self.say(". ")
