"""What the store tells over several runs: sites that are dead, texts far from the usual length, articles replaced by others, further addresses."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from samples import AT, RULES, RUN, TEXT, fetch, page, reading
from test_health import FINE, NOW

import data.comments
import data.migrations
from crawler.registry import Registry
from crawler.site import Site
from data.archive import Archive
from data.likeness import SIZE, is_replaced, shared, sketch
from data.publish import cluster, create_views, publish
from data.store import AliasRow, Kept, PageRow, Store, page_key
from data.verify import verify
from schemas.page import Fetch
from schemas.reading import Reading
from schemas.vocabulary import State
from thidua.further_addresses import alias_rows
from thidua.health import judge

SITE = Site.model_validate({"key": "a", "name": "A", "hosts": ["a.vn"], "article": {"id_regex": [r"-(\d+)\.html"]}})


# ------------------------------------------------------------------ dead


def run_of(number: int, *ends: tuple[str, str, str | None]) -> list[Fetch]:
    """The last lines of a run: (site, state, reason) of its robots.txt, and of its list, which is put off with it or comes."""
    lines = []
    for seq, (key, state, reason) in enumerate(ends):
        told = {"run": f"r{number:02}", "site": key, "at": AT, "status": 200 if state == "ok" else None}
        lines.append(Fetch(**told, seq=2 * seq, url=f"https://{key}.vn/robots.txt", kind="robots", state=State(state), reason=reason))
        listed = (State.OK, None) if state == "ok" else (State.RETRY_AT, "robots" if reason != "paused" else reason)
        lines.append(Fetch(**told, seq=2 * seq + 1, url=f"https://{key}.vn/", kind="list", state=listed[0], reason=listed[1]))
    return lines


GONE, WELL = ("a", "retry_at", "dns"), ("b", "ok", None)


@pytest.mark.parametrize(
    ("runs", "dead"),
    [
        ([(GONE, WELL)] * 7, True),
        ([(GONE, WELL)] * 6, False),
        ([(("a", "ok", None), WELL)] + [(GONE, WELL)] * 7, True),
        ([(GONE, WELL)] * 7 + [(("a", "ok", None), WELL)], False),  # it came back
        ([(GONE, WELL)] * 4 + [(("a", "ok", None), WELL)] + [(GONE, WELL)] * 4, False),
        ([(GONE, WELL)] * 4 + [(("a", "retry_at", "tls"), WELL)] + [(GONE, WELL)] * 4, False),  # not one reason
        ([(("a", "retry_at", "timeout"), WELL), (("a", "retry_at", "connect"), WELL)] * 4, True),  # one class of reasons
        ([(GONE, WELL), (("a", "retry_at", "paused"), WELL)] * 6, False),  # a run that did not ask is no proof
        ([(GONE, WELL), (("a", "retry_at", "paused"), WELL)] * 7, True),
        ([(GONE, ("b", "retry_at", "dns"))] * 9, False),  # nothing answers: the network here is out
        ([(GONE,)] * 7, True),
        ([(("a", "retry_at", "http-403"), WELL)] * 9, False),  # it answers, and refuses us
    ],
)
def test_a_site_that_gave_nothing_in_seven_runs_is_dead(tmp_path: Path, runs: list[Any], dead: bool) -> None:
    lines = [line for number, ends in enumerate(runs) for line in run_of(number, *ends)]
    crawl = {**FINE, "sites": {"a": {"retry_at:dns": 1, "retry_at:robots": 1}}, "closed": {"a": "robots"}}
    with Store.open(tmp_path / "work.duckdb") as store:
        store.copy_ledger(enumerate(lines, 1))
        last = lines[-1].run
        checks = judge(store, last, [SITE], crawl, now=NOW)
        assert [check.kind for check in checks] == ["dns", *(["dead"] if dead else [])]
        store.keep_checks(checks)
        cluster(store.con)
        create_views(store.con)
        assert store.con.execute("select health from site_health where site = 'a'").fetchall() == [("dead" if dead else None,)] or not dead


# ------------------------------------------------------------------ lengths


def judged_lengths(path: Path, before: list[int], now: list[int]) -> tuple[list[tuple[str, str | None, str | None]], list[str]]:
    """(class, field, page) of what a run missed whose articles have texts so long, after others; the articles of the view."""
    lines, kept = [], []
    for number, length in enumerate([*before, *now]):
        run = "r1" if number < len(before) else "r2"
        line = fetch(number, run=run).model_copy(update={"site": "a", "warc": "x.warc.gz"})
        lines.append(line)
        found = Reading.model_validate(
            {"id": f"{number:016x}", "site": "a", "url": line.url, "title": "Tin", "text": "x" * length, "read_by": "a/1"}
        )
        kept.append((Kept(found, page_key(line), RULES, run), PageRow.of(line, found, RULES, run=run)))
    with Store.open(path / "work.duckdb") as store:
        store.copy_ledger(enumerate(lines, 1))
        store.keep([one for one, _ in kept], [row for _, row in kept])
        checks = [check for check in judge(store, "r2", [SITE], {**FINE, "sites": {"a": {"ok": 1}}}, now=NOW) if check.kind == "length"]
        cluster(store.con)
        create_views(store.con)
        unusual = [url for (url,) in store.con.execute("select url from unusual_lengths order by length").fetchall()]
    keys = {page_key(line): line.url.rpartition("-")[2] for line in lines}
    return [(check.kind, check.field, keys[check.page or ""]) for check in checks], [url.rpartition("-")[2] for url in unusual]


@pytest.mark.parametrize(
    ("before", "now", "want", "seen"),
    [
        ([1000, 2000, 3000] * 10, [2000] * 5, [], []),
        ([1000, 2000, 3000] * 10, [9000, 9100, 9200, 2000], [("length", "body", "32.html")], ["30.html", "31.html", "32.html"]),
        ([1000, 2000, 3000] * 10, [300, 310, 290], [("length", "body", "32.html")], ["32.html", "30.html", "31.html"]),
        ([1000, 2000, 3000] * 10, [9000, 2000, 2000], [], ["30.html"]),  # one long text is told by the view alone
        ([1000, 2000, 3000] * 5, [9000] * 3, [], []),  # too few to know what is usual
        ([2000] * 30, [9000] * 3 + [2000] * 20, [], ["30.html", "31.html", "32.html"]),  # a small share
    ],
)
def test_texts_far_from_the_usual_length_are_told(
    tmp_path: Path, before: list[int], now: list[int], want: list[tuple[str, str, str]], seen: list[str]
) -> None:
    assert judged_lengths(tmp_path, before, now) == (want, seen)


# ------------------------------------------------------------------ replaced articles

OTHER = (
    "Chiều 19/5, Trường THPT Mẫu khai mạc hội khỏe với hơn 400 vận động viên tranh tài ở chín môn.\n"
    "Ban tổ chức cho biết các trận chung kết diễn ra vào cuối tuần, trước khi trao cúp cho đội vô địch."
)


def test_likeness_of_texts() -> None:
    text = " ".join(f"chữ{n} câu{n * 7 % 31}" for n in range(900))
    edited = text.replace("chữ500", "khác")
    assert len(sketch(text)) == SIZE and sketch(text) == sketch(text.upper())
    assert (shared(sketch(text), sketch(edited)) or 0) > 0.9
    assert (shared(sketch(TEXT), sketch(f"{TEXT}\n{text}")) or 0) > 0.5, "a text that grew is not another one"
    assert shared(sketch(TEXT), sketch(OTHER)) == 0 and shared(sketch(""), sketch(TEXT)) is None
    assert is_replaced(("Tít", None), ("Khác", sketch(TEXT))) is None


@pytest.mark.parametrize(
    ("title", "text", "replaced"),
    [
        ("Sơn La tổng kết phong trào thi đua (sửa)", TEXT, False),
        ("Sơn La tổng kết phong trào thi đua", TEXT.replace("12 tập thể", "13 tập thể"), False),
        ("Khai mạc hội khỏe học sinh", TEXT, False),  # a new headline of the same text
        ("Sơn La tổng kết phong trào thi đua", OTHER, False),  # a page that is written anew under its headline
        ("Khai mạc hội khỏe học sinh", OTHER, True),
    ],
)
def test_another_article_at_the_same_address_is_told_from_a_correction(tmp_path: Path, title: str, text: str, replaced: bool) -> None:
    archive = Archive(tmp_path / "archive")
    with archive.writer(RUN) as writer:
        lines = [writer.keep(page(0, body=b"%d" % number), fetch(number, url=page(0).url)) for number in range(2)]
    bare = {"id": f"{0:016x}", "url": page(0).url, "site": "mau-son-la", "read_by": "x/1", "text": text, "title": title}
    said = [Kept(reading(0), page_key(lines[0]), RULES, RUN), Kept(Reading.model_validate(bare), page_key(lines[1]), RULES, RUN)]
    for number, order in enumerate(itertools.permutations(said)):
        with Store.open(tmp_path / f"{number}.duckdb") as store:
            store.copy_ledger(archive.numbered())
            for kept in order:
                store.keep([kept])
            found = store.con.execute("select version, title, replaced from article_versions order by version").fetchall()
            assert found == [(1, reading(0).title, False), (2, title, replaced)]


# ------------------------------------------------------------------ further addresses


def test_further_addresses_belong_to_the_article_that_they_lead_to(tmp_path: Path) -> None:
    url = "https://a.vn/tin-7.html"
    article = SITE.article_id(url)
    found = Reading.model_validate({"id": article, "site": "a", "url": url, "title": "Tin", "text": TEXT, "read_by": "a/1"})
    met = [
        ("a", "https://a.vn/muc/tin-7.html", "link", "https://a.vn/"),
        ("a", "https://a.vn/moi/tin", "redirect", url),
        ("a", "https://a.vn/khac", "canonical", url),
        ("a", "https://a.vn/tin-8.html", "link", "https://a.vn/"),  # of an article that is not kept
        ("gone", "https://gone.vn/1", "link", None),  # of a site that the registry has no more
    ]
    lines = [
        Fetch(run=RUN, seq=seq, site=key, url=address, kind="alias", state=State.OK, reason=how, found_on=on, at=AT)
        for seq, (key, address, how, on) in enumerate(met)
    ]
    with Store.open(tmp_path / "work.duckdb") as store:
        store.copy_ledger(enumerate(lines, 1))
        store.keep([Kept(found, None, RULES, RUN)])
        for _ in range(2):
            store.keep_aliases(alias_rows(store, Registry(platforms={}, by_key={"a": SITE})))
        rows = store.con.execute("select article, url, how, since from aliases").fetchall()
        assert rows == [(article, address, how, AT.replace(tzinfo=None)) for _, address, how, _ in met[:3]]
    assert not [damage for damage in verify(tmp_path).damages if "aliases" in damage.where]
    with Store.open(tmp_path / "work.duckdb") as store:
        store.con.execute("update aliases set how = 'link'")
    assert [damage.what for damage in verify(tmp_path).damages if "aliases" in damage.where] == ["a row was changed"]
    with Store.open(tmp_path / "work.duckdb") as store:
        store.settle(enumerate(lines, 1), [article])
        assert store.con.execute("select count(*) from aliases").fetchall() == [(0,)]
        store.keep_aliases([AliasRow(article=article, url="https://a.vn/x", how="link")])
        assert store.con.execute("select count(*) from aliases").fetchall() == [(0,)], "what was taken down does not come back"


# ------------------------------------------------------------------ stores of before


def test_a_store_of_before_is_whole_after_its_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrations = data.migrations.known()
    monkeypatch.setattr(data.migrations, "known", lambda: {number: one for number, one in migrations.items() if number < 24})
    archive = Archive(tmp_path / "archive")
    with archive.writer(RUN) as writer:
        lines = [writer.keep(page(number), fetch(number)) for number in range(3)]
    with Store.open(tmp_path / "work.duckdb") as store:
        store.copy_ledger(archive.numbered())
        store.keep(
            [Kept(reading(n), page_key(line), RULES, RUN) for n, line in enumerate(lines)],
            [PageRow.of(line, reading(n), RULES) for n, line in enumerate(lines)],
        )
    monkeypatch.setattr(data.migrations, "known", lambda: migrations)
    with Store.open(tmp_path / "work.duckdb") as store:
        assert store.con.execute("select count(*), count(replaced), count(sketch) from article_versions").fetchall() == [(3, 0, 0)]
        store.keep([Kept(reading(0, title="Tít mới"), None, RULES, RUN)])
        assert store.con.execute(
            "select version, replaced from article_versions where article = ? order by all", [f"{0:016x}"]
        ).fetchall() == [(1, False), (2, None)]
    publish(tmp_path / "work.duckdb", tmp_path / "news.duckdb")
    assert [damage for damage in verify(tmp_path).damages if "articles" not in damage.where] == []
