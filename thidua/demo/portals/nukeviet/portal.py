"""A district's site on NukeViet, from 2014 to the commune that took it over: two generations of the template, feed, sitemap."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from email.utils import format_datetime
from typing import Any

from thidua.demo.portal import Portal, Request, Response, Route, Sample

SECTIONS = {
    "Tin tức - Sự kiện": "tin-tuc-su-kien",
    "Thi đua - Khen thưởng": "thi-dua-khen-thuong",
    "Xây dựng Đảng": "xay-dung-dang",
    "Văn hóa - Xã hội": "van-hoa-xa-hoi",
    "An ninh - Quốc phòng": "an-ninh-quoc-phong",
}
PAGE = 6  # articles on a list page
NFD = frozenset({318})  # a page that was pasted from a machine which decomposes its accents


class NukeViet(Portal):
    """Address `/vi/news/{section}/{slug}-{id}.html`; the id alone is the identity."""

    key = "mau-binh-phuoc"
    name = "Trang thông tin điện tử Bù Lăng (trang mẫu)"
    province = "Bình Phước"
    merged_into = "Đồng Nai"
    sections = SECTIONS

    def routes(self) -> Iterable[Route]:
        """Lists, articles with their print and file forms, two older kinds of address, feed and sitemap."""
        section = "(?P<section>" + "|".join(SECTIONS.values()) + ")"
        address = section + r"/(?P<slug>[A-Za-z0-9-]+)-(?P<id>\d+)\.html"
        return (
            ("GET", "/", lambda _request, _match: Response(302, {"Location": "/vi/"}, b"")),
            ("GET", "/vi/", self._home),
            ("GET", rf"/vi/news/(?:{section}/)?(?:page-(?P<page>\d+)/)?", self._list),
            ("GET", rf"/vi/news/{address}", self._article),
            ("GET", rf"/vi/news/print/{address}", self._print),
            ("GET", rf"/vi/news/savefile/{address}", self._savefile),
            ("GET", r"/modules\.php", lambda request, _match: self._by_id(request.query.get("sid", ""))),
            ("GET", r"/index\.php", lambda request, _match: self._by_id(request.query.get("op", "").rpartition("-")[2])),
            ("GET", rf"/vi/news/rss/(?:{section}/)?", self._feed),
            ("GET", r"/sitemap\.xml", self._sitemap),
        )

    def path_of(self, sample: Sample) -> str:
        """The address in lists."""
        return f"/vi/news/{self.tail_of(sample)}"

    def tail_of(self, sample: Sample) -> str:
        """What the main, print and file addresses share."""
        return f"{SECTIONS[sample.section]}/{sample.slug}-{sample.id}.html"

    def _home(self, _request: Request, _match: re.Match[str]) -> Response:
        newest = self.articles[:PAGE]
        by_section = {name: [sample for sample in self.articles if sample.section == name][:4] for name in SECTIONS}
        return self.answer(self._page("home.html", newest=newest, by_section=by_section), of=newest)

    def _list(self, _request: Request, match: re.Match[str]) -> Response:
        found = self._in(match["section"])
        pages = -(-len(found) // PAGE)
        page = int(match["page"] or 1)
        if not 1 <= page <= pages:
            page = 1  # beyond the end the system shows the first page again
        shown = found[(page - 1) * PAGE : page * PAGE]
        name = next((name for name, slug in SECTIONS.items() if slug == match["section"]), "Tin tức")
        base = f"/vi/news/{match['section']}/" if match["section"] else "/vi/news/"
        return self.answer(self._page("list.html", shown=shown, page=page, pages=pages, heading=name, base=base), of=shown)

    def _article(self, request: Request, match: re.Match[str]) -> Response:
        sample = self.find(match["id"])
        if sample is None or request.path == self.path_of(sample):
            return self._by_id(match["id"])
        return Response(301, {"Location": self.path_of(sample)}, b"")

    def _by_id(self, sample_id: str) -> Response:
        sample = self.find(sample_id)
        if sample is None:
            return self.answer(self._page("missing.html"))
        place = self.articles.index(sample)
        newer, older = self.articles[max(0, place - 5) : place], self.articles[place + 1 : place + 6]
        page = self._page(f"article_{sample.template}.html", sample=sample, newer=newer, older=older)
        return self.answer(unicodedata.normalize("NFD", page) if sample.id in NFD else page, of=[sample])

    def _print(self, request: Request, match: re.Match[str]) -> Response:
        sample = self.find(match["id"])
        if sample is None:
            return self.answer(self._page("missing.html"))
        return self.answer(self.render("print.html", sample=sample, origin=request.origin), of=[sample])

    def _savefile(self, request: Request, match: re.Match[str]) -> Response:
        response = self._print(request, match)
        disposition = f'attachment; filename="{match["slug"]}.html"'
        return Response(response.status, response.headers | {"Content-Disposition": disposition}, response.body)

    def _feed(self, request: Request, match: re.Match[str]) -> Response:
        found = self._in(match["section"])
        items = [
            {
                "sample": sample,
                "title": _with_markup(sample.title, place),
                "link": request.origin + self.path_of(sample),
                # the second item is a copy of the first, whose editor forgot the guid
                "guid": f"news_{found[0].id if place == 1 else sample.id}",
                "date": _feed_date(sample.moment, place),
            }
            for place, sample in enumerate(found)
        ]
        return self.answer(self.render("feed.xml", items=items, origin=request.origin), of=found, media_type="application/rss+xml")

    def _sitemap(self, request: Request, _match: re.Match[str]) -> Response:
        return self.answer(self.render("sitemap.xml", origin=request.origin), of=self.articles, media_type="application/xml")

    def _in(self, section: str | None) -> Sequence[Sample]:
        return [sample for sample in self.articles if section in (None, SECTIONS[sample.section])]

    def _page(self, template: str, **context: Any) -> str:
        return self.render(template, latest=self.articles[:5], most_read=self.articles[3:13:2], **context)


def _with_markup(title: str, place: int) -> str:
    """The title as its feed gives it: HTML in every third, a doubly escaped one in every fifth."""
    if place % 3 == 0:
        head, space, rest = title.partition(" ")
        return f"<strong>{head}</strong>{space}{rest}"
    return f"{title}&nbsp;" if place % 5 == 1 else title


def _feed_date(moment: dt.datetime | None, place: int) -> str:
    """The clock of Vietnam, either with no zone or with one that RFC 822 does not know."""
    assert moment is not None  # each article of this portal prints its time
    return format_datetime(moment).removesuffix(" +0700") + (" GMT+7" if place % 2 else "")


PORTAL = NukeViet()
