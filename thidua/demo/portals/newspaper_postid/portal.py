"""A province newspaper with addresses `/{slug}-post{id}.html`: JSON-LD, AMP pages, lists with `?page=N`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.utils import format_datetime
from typing import Any

from thidua.demo.portal import Portal, Request, Response, Route, Sample

SECTIONS = {"Thời sự": "thoi-su", "Chính trị": "chinh-tri", "Kinh tế": "kinh-te", "Xã hội": "xa-hoi", "Văn hóa": "van-hoa"}
PAGE = 5  # articles on a list page
MOVED = "2025-07-01T00:00:00+07:00"  # the day on which the paper changed its CMS: its metadata calls every article modified then


class NewspaperPostId(Portal):
    """The id behind `-post` is the identity; the slug is not looked at."""

    key = "mau-dak-lak"
    name = "Báo Đắk Lắk điện tử (trang mẫu)"
    province = "Đắk Lắk"
    sections = SECTIONS

    def routes(self) -> Iterable[Route]:
        """Home, lists, articles and their AMP form, a feed."""
        return (
            ("GET", "/", lambda _request, _match: self._home()),
            ("GET", r"/(?P<section>tin-moi|" + "|".join(SECTIONS.values()) + ")/", self._list),
            ("GET", r"/(?P<slug>[a-z0-9-]+)-post(?P<id>\d+)\.html", self._article),
            ("GET", r"/(?P<slug>[a-z0-9-]+)-post(?P<id>\d+)\.amp", self._amp),
            ("GET", r"/rss/tin-moi\.rss", self._feed),
        )

    def path_of(self, sample: Sample) -> str:
        """The address in lists."""
        return f"/{sample.slug}-post{sample.id}.html"

    def amp_path_of(self, sample: Sample) -> str:
        """The short form for telephones."""
        return f"/{sample.slug}-post{sample.id}.amp"

    def _home(self) -> Response:
        by_section = {name: [sample for sample in self.articles if sample.section == name] for name in SECTIONS}
        return self.answer(self._page("home.html", newest=self.articles[:3], by_section=by_section), of=self.articles)

    def _list(self, request: Request, match: re.Match[str]) -> Response:
        slug = match["section"]
        found = [sample for sample in self.articles if slug in ("tin-moi", SECTIONS[sample.section])]
        asked = request.query.get("page", "1")
        page = max(1, int(asked)) if asked.isdecimal() else 1
        shown = found[(page - 1) * PAGE : page * PAGE]  # empty beyond the end, with status 200
        heading = next((name for name, part in SECTIONS.items() if part == slug), "Tin mới")
        return self.answer(
            self._page("list.html", shown=shown, page=page, pages=-(-len(found) // PAGE), heading=heading, base=f"/{slug}/"), of=shown
        )

    def _article(self, request: Request, match: re.Match[str]) -> Response:
        sample = self.find(match["id"])
        if sample is None:
            return self._home()  # the paper shows its front page, with status 200
        others = [other for other in self.articles if other is not sample]
        page = self._page(
            "article.html",
            sample=sample,
            metadata=self._metadata(sample, request.origin),
            origin=request.origin,
            inline=others[1:3],
            same_section=[other for other in others if other.section == sample.section][:5],
        )
        return self.answer(page, of=[sample])

    def _amp(self, request: Request, match: re.Match[str]) -> Response:
        sample = self.find(match["id"])
        if sample is None:
            return self._home()
        page = self.render("amp.html", sample=sample, metadata=self._metadata(sample, request.origin), origin=request.origin)
        return self.answer(page, of=[sample])

    def _feed(self, request: Request, _match: re.Match[str]) -> Response:
        dates = {sample.id: format_datetime(sample.moment) for sample in self.articles if sample.moment}
        return self.answer(self.render("feed.xml", dates=dates, origin=request.origin), of=self.articles, media_type="application/rss+xml")

    def _metadata(self, sample: Sample, origin: str) -> dict[str, object]:
        """JSON-LD as the CMS writes it: dateModified is wrong, and the author is the paper."""
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": {"@type": "WebPage", "@id": origin + self.path_of(sample)},
            "headline": sample.title,
            "description": sample.lead,
            "image": {"@type": "ImageObject", "url": f"{origin}/images/{sample.id}.jpg", "width": 1200, "height": 630},
            "datePublished": sample.published_at,
            "dateModified": MOVED,
            "author": {"@type": "Organization", "name": "Báo Đắk Lắk điện tử"},
            "publisher": {"@type": "Organization", "name": self.name, "logo": {"@type": "ImageObject", "url": f"{origin}/logo.png"}},
        }

    def _page(self, template: str, **context: Any) -> str:
        return self.render(template, latest=self.articles[:6], most_read=self.articles[2:12:2], **context)


PORTAL = NewspaperPostId()
