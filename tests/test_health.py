"""The judgement of sites at the end of a run: what they missed is named with field, selector and page, kept, told, and the run ends with 3."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sample_run import SITE, Sample, count
from site_pages import PACKAGE

from crawler.site import Expect
from data.store import Store
from thidua.demo.portals import all_portals
from thidua.health import judge
from thidua.status_page import render

PORTAL = next(portal for portal in all_portals() if portal.key == SITE)
NOW = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)


def health(data: Path) -> tuple[Any, ...] | None:
    with duckdb.connect(str(data / "news.duckdb"), read_only=True) as con:
        return con.execute("select health, missed from site_health where site = ?", [SITE]).fetchone()


def test_a_whole_site_is_ok(whole: Path) -> None:
    assert health(whole) == ("ok", None)


@pytest.mark.slow
def test_a_changed_layout_ends_with_3_and_names_site_field_selector_and_page(served: Sample, whole: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(whole, data)
    articles = count(data, "articles")
    (data / "sites.toml").write_text(f'[{SITE}]\nlayout = [{{ name = "v4", body = ["#truoc-day"] }}]\n', encoding="utf-8")
    try:
        for article in PORTAL.articles[:4]:
            PORTAL.change(article.id, paragraphs=(*article.paragraphs, "Bổ sung: ngày 9/9/2019, có thêm 7 hộ được tặng Giấy khen."))
        done = served.thidua("run", SITE, "--report", str(tmp_path / "report.json"), data=data)
    finally:
        PORTAL.restore()
    assert done.returncode == 3
    assert SITE in done.stderr and "#truoc-day" in done.stderr and "body" in done.stderr
    (missed,) = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["missed"]
    assert (missed["site"], missed["class"], missed["field"], missed["selectors"]) == (SITE, "layout", "body", ["#truoc-day"])
    assert missed["url"] and missed["page"]
    assert health(data) == ("degraded", "layout: body")
    assert count(data, "articles") == articles, "the last good data stays"
    assert served.thidua("verify", data=data).returncode == 0
    assert "degraded" in served.thidua("status", data=data).stdout
    assert served.thidua("status", "--html", str(tmp_path / "status.html"), data=data).returncode == 0
    page = (tmp_path / "status.html").read_text(encoding="utf-8")
    assert "degraded · 1 runs on end" in page and "<code>#truoc-day</code>" in page and missed["page"] in page
    (data / "sites.toml").unlink()
    done = served.thidua("run", SITE, data=data)
    assert done.returncode == 0, done.stderr
    assert health(data) == ("ok", None)


def test_the_page_escapes_what_sites_say_and_draws_weeks() -> None:
    row = {
        "site": "x", "name": "<script>alert(1)</script>", "province": None, "health": "degraded", "streak": 2, "newest_article": None, "articles": 3,
        "weeks": [0, 3, 0], "with_title": 1.0, "with_day": None, "ok": 3, "addresses": 4, "rejected": [{"reason": "soft404", "number": 2}],
        "last_fetch": NOW, "fields": [{"field": "title", "number": 3, "first": 2}],
        "checks": [{"class": "layout", "field": "body", "selectors": ["a > b"], "url": "http://x/\"><img src=x>", "page": None, "detail": "d"}],
    }  # fmt: skip
    page = render([row], lang="vi", now=NOW)
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page and "a &gt; b" in page
    assert page.count("<rect") == 1 and "soft404 2" in page and "1 bằng bộ chọn sau" in page and "2026-11-21 15:00" in page


# ------------------------------------------------------------------ each kind of miss


def judged(path: Path, rows: list[dict[str, Any]], crawl: dict[str, Any], **expect: Any) -> list[tuple[str, str | None]]:
    """(class, field) of what a site of the make nukeviet missed whose run "r2" fetched `rows`; those of "r1" are from before."""
    site = PACKAGE.site("binh-phuoc").model_copy(update={"expect": Expect(**expect)})
    with Store.open(path / "work.duckdb") as store:
        for number, row in enumerate(rows):
            told = {
                "page": f"p{number}",
                "article": f"a{number}",
                "run": "r2",
                "outcome": "article",
                "read_by": "nukeviet/v4",
                "reason": None,
            }
            told |= {
                "title": "Tin",
                "day": dt.date(2026, 11, 20),
                "selectors": {"title": 0, "body": 0},
                "at": dt.datetime(2026, 11, 21),
            } | row
            article = told["article"] if told["outcome"] == "article" else None
            store.con.execute(
                'insert into fetches (line, page, run, seq, site, url, kind, state, "at") values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
                [number, told["page"], told["run"], number, site.key, f"https://x.example/{number}", "article", "ok", told["at"]],
            )
            store.con.execute(
                "insert into pages (page, site, url, kind, fetched_at, outcome, reason, read_by, article) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [told["page"], site.key, "u", "article", told["at"], told["outcome"], told["reason"], told["read_by"], article],
            )
            if article:
                store.con.execute(
                    "insert into articles (article, site, title, text, published_on, selectors, page, hash, reading, version) "
                    "values (?, ?, ?, 'x', ?, ?, ?, 'h', 'r', 1)",
                    [article, site.key, told["title"], told["day"], told["selectors"], told["page"]],
                )
        return [(check.kind, check.field) for check in judge(store, "r2", [site], crawl, now=NOW)]


FINE = {"sites": {"binh-phuoc": {"ok": 4}}, "closed": {}, "warnings": {}}


@pytest.mark.parametrize(
    ("rows", "crawl", "expect", "want"),
    [
        ([{}] * 4, FINE, {}, []),
        ([{"read_by": "trafilatura/generic", "selectors": {}}] * 4, FINE, {}, [("layout", "body")]),
        ([{"selectors": {"body": 0}}] * 3, FINE, {}, [("layout", "title")]),
        ([{"selectors": {"body": 0}}] * 2, FINE, {}, []),  # too few to tell
        ([{"run": "r1", "selectors": {"title": 0, "body": 0, "author": 0}}] * 6 + [{}] * 3, FINE, {}, [("layout", "author")]),
        ([{"day": None}] * 4, FINE, {}, [("layout", "published_at")]),
        ([{"day": None}] * 4, FINE, {"published_at": 0}, []),
        ([{}] * 3 + [{"outcome": "reject", "reason": "challenge"}] * 3, FINE, {}, [("challenge", "body")]),
        ([{}] * 3 + [{"outcome": "reject", "reason": "soft404"}] * 3, FINE, {}, [("soft404", "body")]),
        ([{"day": dt.date(2026, 10, 1)}] * 4, FINE, {"newest_days": 14}, [("stale", "published_at")]),
        ([{"run": "r1", "at": dt.datetime(2026, 9, 1)}] * 4, FINE, {"articles_a_month": 10}, [("empty", None)]),
        ([{"run": "r1", "at": dt.datetime(2026, 11, 20)}] * 4, FINE, {"articles_a_month": 10}, []),  # known for a day
        ([], {**FINE, "sites": {"binh-phuoc": {"failed:dns": 3}}}, {}, [("dns", None)]),
        ([], {**FINE, "sites": {"binh-phuoc": {"failed:timeout": 3}}}, {}, [("connect", None)]),
        ([], {**FINE, "sites": {"binh-phuoc": {"failed:http-403": 3}}}, {}, [("blocked", None)]),
        ([], {**FINE, "sites": {"binh-phuoc": {"failed:tls": 3}}}, {}, [("tls", None)]),
        ([], {**FINE, "closed": {"binh-phuoc": "challenge"}}, {}, [("challenge", None)]),
        ([], {**FINE, "sites": {"binh-phuoc": {"retry_at:dns": 1, "retry_at:robots": 2}}, "closed": {"binh-phuoc": "robots"}}, {}, [("dns", None)]),
        ([], {**FINE, "sites": {"binh-phuoc": {"retry_at:robots": 2, "retry_at:timeout": 1}}, "closed": {"binh-phuoc": "robots"}}, {}, [("connect", None)]),
        ([], {**FINE, "sites": {"binh-phuoc": {"retry_at:robots": 2, "retry_at:type": 1}}, "closed": {"binh-phuoc": "robots"}}, {}, [("robots", None)]),
        ([], {**FINE, "sites": {"binh-phuoc": {"open": 3}}}, {}, []),  # cut off
        (
            [{}] * 4,
            {**FINE, "warnings": {"binh-phuoc": ["https://x/: the selectors of `list` found no article; 3 among all links of the page"]}},
            {},
            [("layout", "list")],
        ),
    ],
)  # fmt: skip
def test_what_a_site_misses(
    tmp_path: Path, rows: list[dict[str, Any]], crawl: dict[str, Any], expect: dict[str, Any], want: list[tuple[str, str | None]]
) -> None:
    assert judged(tmp_path, rows, crawl, **expect) == want
