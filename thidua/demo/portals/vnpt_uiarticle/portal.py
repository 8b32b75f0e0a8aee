"""A portal on VNPT's UIArticle: pages after the first come as fragments by POST, legal texts use the news template."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from email.utils import format_datetime
from typing import ClassVar

from thidua.demo.portal import Portal, Request, Response, Route, Sample
from thidua.demo.portals.writing import FILTERS

LIST = "/tin-tuc-su-kien"
PAGE_SIZE = 5
CATEGORY, SITE = "1187", "62"
DECOMPOSED = {889527}  # an article that its editor typed on a system which writes NFD
ATTACHMENTS = {873015: "1637-QD-UBND.signed.pdf", 901556: "57-KH-UBND.signed.pdf"}
ALBUMS = {861204}  # articles with a gallery

# How the body came onto the page; a body without an entry was typed into the editor.
MANNERS = {812660: "divs", 861204: "word", 877602: "word", 899140: "divs", 858030: "word", 902211: "word", 886390: "divs"}


class SonLa(Portal):
    """The sample portal of Sơn La."""

    key: ClassVar[str] = "mau-son-la"
    name: ClassVar[str] = "Cổng thông tin điện tử tỉnh Sơn La (trang mẫu)"
    province: ClassVar[str] = "Sơn La"

    def __init__(self) -> None:
        super().__init__()
        self._templates.filters.update(FILTERS)

    def routes(self) -> Iterable[Route]:
        """The list and its fragments, the feed, files, articles, and the pages of the menu."""
        return (
            ("GET", rf"/|{LIST}", self._list),
            ("POST", r"/DesktopModule/UIArticleInMenu/ArticleInMenuPagination\.aspx/LoadArticle", self._fragment),
            ("GET", r"/rss/tin-tuc-su-kien\.rss", self._feed),
            ("GET", r"/uploads/(?P<file>[\w.-]+\.pdf)", self._file),
            ("GET", r"/[a-z0-9-]+-(?P<id>\d{6})", self._article),
            ("GET", r"/[a-z0-9-]+", lambda _request, _match: self._notice("Chuyên mục", "Nội dung đang được cập nhật.")),
        )

    def path_of(self, sample: Sample) -> str:
        """/{slug}-{id}"""
        return f"/{sample.slug}-{sample.id}"

    def _list(self, _request: Request, _match: re.Match[str]) -> Response:
        shown = self.articles[:PAGE_SIZE]
        return self.answer(
            self.render(
                "list.html",
                samples=shown,
                pages=-(-len(self.articles) // PAGE_SIZE),
                page_size=PAGE_SIZE,
                category=CATEGORY,
                site=SITE,
                list_path=LIST,
            ),
            of=shown,
        )

    def _fragment(self, request: Request, _match: re.Match[str]) -> Response:
        """One page of the list as bare items; nothing beyond the end, nor for a form that the list's script would not send."""
        form = request.form
        asked = form.get("page", ""), form.get("page_size", "")
        ours = (form.get("article_category_id"), form.get("site_id"), form.get("articlelang")) == (CATEGORY, SITE, "vi-VN")
        if not ours or not all(re.fullmatch(r"[0-9]{1,6}", number) for number in asked) or form.get("no") != f"-{asked[1]}":
            return self.answer("")
        page, size = (int(number) for number in asked)
        shown = self.articles[(page - 1) * size : page * size] if page else ()
        return self.answer(self.render("items.html", samples=shown), of=shown)

    def _article(self, _request: Request, match: re.Match[str]) -> Response:
        """The article of that id, whatever the slug, or a page that says there is none with status 200."""
        sample = self.find(match["id"])
        if sample is None:
            return self._notice("Thông báo", "Bài viết không tồn tại hoặc không tìm thấy.")
        page = self.render(
            "article.html",
            sample=sample,
            manner=MANNERS.get(int(sample.id), "typed"),
            attachment=ATTACHMENTS.get(int(sample.id)),
            album=sample.id in ALBUMS,
            others=[other for other in self.articles if other.section == sample.section and other.id != sample.id][:5],
            newest=[other for other in self.articles if other.id != sample.id][:6],
            list_path=LIST,
        )
        return self.answer(unicodedata.normalize("NFD", page) if sample.id in DECOMPOSED else page, of=(sample,))

    def _feed(self, request: Request, _match: re.Match[str]) -> Response:
        """RSS as such portals send it: HTML in titles, dates in two bad forms, one item twice."""
        shown = self.articles[:10]
        dates = {sample.id: format_datetime(moment) for sample in shown if (moment := sample.moment)}
        feed = self.render("feed.xml", samples=(*shown, shown[1]), dates=dates, origin=request.origin)
        return self.answer(feed, of=shown, media_type="text/xml")

    def _file(self, _request: Request, match: re.Match[str]) -> Response:
        """A scan without text, for the files that articles name."""
        if match["file"] not in ATTACHMENTS.values():
            return self.answer("Không tìm thấy tệp", status=404, media_type="text/plain")
        return self.answer("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", media_type="application/pdf")

    def _notice(self, heading: str, message: str) -> Response:
        return self.answer(self.render("notice.html", heading=heading, message=message, list_path=LIST))


PORTAL = SonLa()
