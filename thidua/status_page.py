"""`thidua status --html FILE`: what each site gave and missed, as a page for people, without scripts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from schemas.article import VIETNAM

WORDS = {
    "vi": {
        "title": "Tình trạng các trang nguồn", "made": "Lập lúc", "ok": "tốt", "degraded": "suy giảm", "suspect": "đáng ngờ", "dead": "đã mất", "unknown": "chưa rõ",
        "streak": "{} lượt liền", "province": "Tỉnh", "newest": "Bài mới nhất", "articles": "Số bài", "weeks": "Bài mới, 12 tuần",
        "with_title": "Có tiêu đề", "with_day": "Có ngày", "addresses": "Địa chỉ tải được", "rejects": "Không phải bài", "last": "Tải lần cuối (UTC)",
        "fields": "Trường đọc bằng bộ chọn riêng:", "later": "{} bằng bộ chọn sau", "sites": "trang đã tải", "total": "bài",
    },
    "en": {
        "title": "Health of the sites", "made": "Made", "ok": "ok", "degraded": "degraded", "suspect": "suspect", "dead": "dead", "unknown": "unknown",
        "streak": "{} runs on end", "province": "Province", "newest": "Newest article", "articles": "Articles", "weeks": "New articles, 12 weeks",
        "with_title": "With a title", "with_day": "With a day", "addresses": "Addresses that answered", "rejects": "No articles", "last": "Last fetch (UTC)",
        "fields": "Fields read by selectors of its own:", "later": "{} by a later one", "sites": "sites crawled", "total": "articles",
    },
}  # fmt: skip
WIDTH, HEIGHT, GAP = 8, 28, 2  # of a bar, in pixels


def render(rows: Sequence[dict[str, Any]], *, lang: str, now: dt.datetime) -> str:
    """The page of the rows of data/sql/ask/status_page.sql; all that comes from sites is escaped."""
    words = WORDS["vi" if lang == "vi" else "en"]
    count = Counter(row["health"] for row in rows)
    sums = [
        (words["sites"], len(rows)),
        (words["ok"], count["ok"]),
        (words["degraded"], count["degraded"]),
        *((words[health], count[health]) for health in ("suspect", "dead") if count[health]),
        (words["total"], sum(row["articles"] for row in rows)),
    ]
    page = Environment(autoescape=True, trim_blocks=True).from_string(files("thidua").joinpath("status.html").read_text(encoding="utf-8"))
    told = now.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M (+07:00)")
    return page.render(sites=rows, t=words, lang=lang, now=told, sums=sums, bars=bars, share=_share)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def bars(weeks: Sequence[int] | None) -> Markup:
    """New articles a week as bars, the newest on the right; the tallest tells its number."""
    numbers = list(weeks or [])
    if not any(numbers):
        return Markup("–")
    most, step = max(numbers), WIDTH + GAP
    drawn = Markup("").join(
        Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="#4a7fb5"><title>{}</title></rect>').format(
            index * step, HEIGHT - height, WIDTH, height, number
        )
        for index, number in enumerate(numbers)
        if (height := max(round(HEIGHT * number / most), 2 if number else 0))
    )
    wide = len(numbers) * step
    line = Markup('<line x1="0" y1="{0}" x2="{1}" y2="{0}" stroke="#dfe5ec"/>').format(HEIGHT, wide)
    text = Markup('<text x="{}" y="{}" font-size="11" fill="#5b6878">{}</text>').format(wide + 2, HEIGHT - 2, most)
    return Markup('<svg width="{}" height="{}" role="img">{}{}{}</svg>').format(wide + 30, HEIGHT + 1, line, drawn, text)
