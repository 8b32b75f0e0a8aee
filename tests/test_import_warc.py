"""History without crawling: WARC files of others give the rows that a crawl of the same pages gives."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import urllib.request
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from crawler.registry import load_registry
from crawler.schedule import Schedule
from data.archive import Archive
from data.store import Kept, Store, page_key
from tests.foreign_warc import OTHER, Warc, address, html
from tests.sample_run import Sample, sample
from tests.samples import reading

pytestmark = pytest.mark.slow

TABLES = (
    "articles",
    "dates",
    "officials",
    "positions",
    "awards",
    "recipients",
    "counts",
    "events",
    "event_officials",
    "documents",
    "campaigns",
)
OF_RUN = {"articles": "exclude (page, run)"}


def thidua(*arguments: object, data: Path, sites: Path) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    line = [sys.executable, "-m", "thidua.cli", "--lang", "en", *map(str, arguments), "--data", str(data)]
    extra = [] if arguments[0] == "publish" else ["--sites", str(sites)]
    return subprocess.run([*line, *extra], capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """A registry of one site."""
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "mau-son-la.toml").write_text(
        'name = "Báo mẫu"\nkind = "newspaper"\nprovince = "Sơn La"\nhosts = ["mau.example"]\nstatus = "live"\n'
        'start = ["http://mau.example/tin-0.html"]\nfeeds = ["http://mau.example/tin-1.html?rss=1"]\n'
        '[article]\nurl_regex = ["/tin-\\\\d+"]\nkeep_params = ["rss"]\n'
        '[[layout]]\ntitle = "h1"\nbody = "div.body"\n',
        encoding="utf-8",
    )
    return folder


def lines(data: Path) -> list[tuple[str, str, str | None]]:
    """(site, address, reason) of what the archive holds."""
    return [(fetch.site, fetch.url, fetch.reason) for fetch in Archive(data / "archive").pages()]


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of the published file."""
    with duckdb.connect(str(data / "news.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def take(*files: Path, data: Path, sites: Path) -> None:
    """Import, extract, publish."""
    for arguments in (("import", *files), ("extract",), ("publish",)):
        done = thidua(*arguments, data=data, sites=sites)
        assert done.returncode == 0, done.stderr


# the same rows as a crawl


def get(url: str) -> tuple[bytes, list[tuple[str, str]]]:
    """Body and headers of an address on loopback."""
    with urllib.request.urlopen(url) as answer:
        return answer.read(), [(name, value) for name, value in answer.headers.items() if name != "Content-Length"]


def contents(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Table -> rows without what tells of the run and the page."""
    return {table: rows(data, f"select * {OF_RUN.get(table, '')} from {table} order by all") for table in TABLES}


def test_a_foreign_file_gives_the_rows_of_a_crawl(tmp_path: Path) -> None:
    with sample(tmp_path) as served:
        crawled, imported = tmp_path / "crawled", tmp_path / "imported"
        for arguments in (("crawl",), ("extract",), ("publish",)):
            done = served.thidua(*arguments, data=crawled)
            assert done.returncode == 0, done.stderr
        at = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"  # a stamp after the day of the fetch would not be believed
        warc = archived(served, crawled, at)
    take(warc.save(tmp_path / "khac.warc.gz"), data=imported, sites=served.registry)
    found, wanted = contents(imported), contents(crawled)
    assert len(wanted["articles"]) > 30
    for table in TABLES:
        assert found[table] == wanted[table], table
    kept = rows(imported, "select distinct fetched_at from pages")
    assert kept == [(dt.datetime.fromisoformat(at[:-1]),)]


def archived(served: Sample, data: Path, at: str) -> Warc:
    """What another's crawler would have of the sample portals: all that ours fetched, lists and robots too, and pages of other hosts."""
    warc = Warc()
    fetched = [fetch for fetch in Archive(data / "archive").pages() if "#" not in fetch.url]
    for base in served.addresses.values():
        warc.add(f"{base}/robots.txt", b"User-agent: *\n", headers=[("Content-Type", "text/plain")])
        warc.add(f"{base}/", b"<h1>Trang</h1>")
    for fetch in fetched:
        body, headers = get(fetch.url)
        warc.add(OTHER, html(1)).add(fetch.url, b"GET", kind="request").add(fetch.url, body, headers=headers, at=at)
    return warc


def test_a_bad_record_does_not_end_the_import(tmp_path: Path, sites: Path) -> None:
    warc = Warc().add(address(2), html(2)).add(address(3), html(3), at="gestern").add(address(4), html(4), status="OK")
    warc.add(address(5), b"<p>" + b"a" * 2**24).add(address(6), html(6))
    path = warc.save(tmp_path / "x.warc.gz")
    done = thidua("import", path, data=tmp_path / "d", sites=sites)
    assert done.returncode == 1 and "Took 2 pages" in done.stderr and "over 16 MiB" in done.stderr
    assert [url for _, url, _ in lines(tmp_path / "d")] == [address(2), address(6)]


# what is taken


def test_hosts_of_no_site_are_left_out_and_counted(tmp_path: Path, sites: Path) -> None:
    warc = Warc().add(address(2), html(2)).add(OTHER, html(3)).add(OTHER, html(4), status="404 Not Found")
    warc.add("http://mau.example/robots.txt", b"", headers=[("Content-Type", "text/plain")]).add("http://mau.example/", html(0))
    warc.add("http://mau.example/tin-0.html", html(0)).add("http://mau.example/tin-1.html?rss=1", b"<rss/>")
    warc.add(address(7), b"GIF8", headers=[("Content-Type", "image/gif")]).add(address(8), b"", status="301 Moved Permanently")
    path = warc.save(tmp_path / "x.warc.gz")
    done = thidua("import", path, data=tmp_path / "d", sites=sites)
    assert done.returncode == 0 and "Took 1 pages" in done.stderr
    assert "2 records of hosts that no site has" in done.stderr and " 6 that are no page of an article" in done.stderr
    assert lines(tmp_path / "d") == [("mau-son-la", address(2), "import")]
    done = thidua("import", path, "--all-hosts", data=tmp_path / "d", sites=sites)
    assert lines(tmp_path / "d")[1:] == [("import", OTHER, "import")]


@pytest.mark.slow
def test_the_same_file_twice_adds_nothing(tmp_path: Path, sites: Path) -> None:
    warc = Warc().add(address(2), html(2)).add(address(2), html(2, more="<p>Thêm.</p>"), at="2020-01-01T00:00:00Z").add(address(3), html(3))
    path = warc.save(tmp_path / "x.warc.gz")
    take(path, data=tmp_path / "d", sites=sites)
    before = (tmp_path / "d" / "archive" / "ledger.jsonl").read_bytes(), contents(tmp_path / "d")
    done = thidua("import", path, path, data=tmp_path / "d", sites=sites)
    assert "Took 0 pages" in done.stderr and "(6 were there already" in done.stderr
    take(path, data=tmp_path / "d", sites=sites)
    assert ((tmp_path / "d" / "archive" / "ledger.jsonl").read_bytes(), contents(tmp_path / "d")) == before
    assert rows(tmp_path / "d", "select url, version, site, province, published_at from articles order by url") == [
        (address(2), 2, "mau-son-la", "Sơn La", None),
        (address(3), 1, "mau-son-la", "Sơn La", None),
    ]


def test_a_5xx_with_a_whole_article_is_one(tmp_path: Path, sites: Path) -> None:
    warc = Warc().add(address(2), html(2), status="503 Service Unavailable").add(address(3), b"<h1>Loi</h1>", status="500 Error")
    take(warc.save(tmp_path / "x.warc.gz"), data=tmp_path / "d", sites=sites)
    assert rows(tmp_path / "d", "select url from articles") == [(address(2),)]


# revisits


@pytest.mark.slow
def test_a_revisit_takes_its_body_from_the_file_or_the_archive(tmp_path: Path, sites: Path) -> None:
    later = "2021-01-01T00:00:00Z"
    first = Warc().add(address(2), html(2)).save(tmp_path / "1.warc.gz")
    warc = Warc().revisit(address(3), address(2), digest="sha1:AAAA", at=later)  # in the archive
    warc.add(address(4), html(4)).revisit(address(5), address(4), digest="sha1:CCCC", at=later)  # in the file
    warc.revisit(address(4), address(4), digest="sha1:CCCC", at=later, status="304 Not Modified")  # the same page: nothing new
    warc.revisit(address(6), address(6), digest="sha1:DDDD", at=later).revisit(address(7), address(8), digest="sha1:EEEE", at=later)
    warc.revisit(OTHER, OTHER, digest="sha1:FFFF", at=later)
    second = warc.save(tmp_path / "2.warc.gz")
    for _ in range(2):
        assert thidua("import", first, data=tmp_path / "d", sites=sites).returncode == 0
        done = thidua("import", second, data=tmp_path / "d", sites=sites)
        assert done.returncode == 0 and "2 revisits of pages that are not here" in done.stderr
    archive = Archive(tmp_path / "d" / "archive")
    pages = [archive.page(fetch) for fetch in archive.pages()]
    assert [(page.url, page.body) for page in pages] == [(address(n), html(of)) for n, of in ((2, 2), (3, 2), (4, 4), (5, 4))]
    assert pages[1].fetched_at.year == 2021 and pages[1].site == "mau-son-la"


# what is not whole, and what is older


@pytest.mark.slow
@pytest.mark.parametrize("first", ["whole", "cut"])
def test_a_truncated_page_is_never_put_before_a_whole_one(tmp_path: Path, sites: Path, first: str) -> None:
    whole = Warc().add(address(2), html(2)).save(tmp_path / "whole.warc.gz")
    cut = Warc().add(address(2), html(2)[:-100], at="2022-01-01T00:00:00Z", WARC_Truncated="length").save(tmp_path / "cut.warc.gz")
    for path in (whole, cut) if first == "whole" else (cut, whole):
        take(path, data=tmp_path / "d", sites=sites)
    assert rows(tmp_path / "d", "select version, warnings, text like '%Bản làng xanh%' from articles") == [(2, [], True)]


@pytest.mark.slow
def test_a_truncated_page_alone_is_kept_with_a_warning(tmp_path: Path, sites: Path) -> None:
    warc = Warc().add(address(2), html(2)[:-60], WARC_Truncated="length")
    take(warc.save(tmp_path / "x.warc.gz"), data=tmp_path / "d", sites=sites)
    assert rows(tmp_path / "d", "select warnings from articles") == [(["truncated:length"],)]


def test_history_stands_behind_what_a_crawl_fetched(tmp_path: Path) -> None:
    """Whichever came in first: imported versions by their day, before the crawled ones, which go by the ledger."""
    from tests.samples import fetch, page

    orders: list[Iterable[int]] = [(0, 1, 2), (2, 1, 0), (1, 0, 2)]
    for number, order in enumerate(orders):
        archive, url = Archive(tmp_path / f"a{number}"), address(1)
        with archive.writer("r") as writer:
            for index in order:
                at = dt.datetime(2018 + index, 1, 1, tzinfo=dt.UTC)
                update = {"at": at, "reason": "import"} if index < 2 else {}
                writer.keep(page(index, url=url), fetch(index, url=url).model_copy(update=update))
        with Store.open(tmp_path / f"{number}.duckdb") as store:
            store.copy_ledger(archive.numbered())
            for line in archive.pages():
                said = reading(1).model_copy(update={"title": f"bản {line.seq}"})
                store.keep([Kept(said, page_key(line), "1", "r")])
            assert store.con.execute("select title, version from articles").fetchall() == [("bản 2", 3)]
            froms = [row[0] for row in store.con.execute('select "from" from article_versions order by version').fetchall()]
            assert froms == sorted(froms)
        assert archive.states()["mau-son-la", url].reason is None


def test_a_crawl_does_not_ask_for_history_again(tmp_path: Path, sites: Path) -> None:
    warc = Warc().add(address(2), html(2)).add(address(3), html(3), WARC_Truncated="time")
    assert thidua("import", warc.save(tmp_path / "x.warc.gz"), data=tmp_path / "d", sites=sites).returncode == 0
    registry = load_registry(sites)
    schedule = Schedule(registry.sites, Archive(tmp_path / "d" / "archive").states(), now=dt.datetime.now(dt.UTC))
    assert [visit.url for visit, _ in schedule.visits() if visit.kind == "article"] == []
    site = registry.site("mau-son-la")
    assert schedule.is_known(site, address(2)) and not schedule.is_known(site, address(3)), (
        "a beginning alone is fetched when a list names it"
    )
