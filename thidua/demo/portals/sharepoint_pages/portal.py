"""A portal on SharePoint publishing pages: no date anywhere, slugs cut at 120 letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import ClassVar

from thidua.demo.portal import Portal, Request, Response, Route, Sample
from thidua.demo.portals.writing import FILTERS

LIST = "/Pages/tin-tuc-su-kien.aspx"
PAGE_SIZE = 5
DECOMPOSED = {2541, 4155}  # articles that editors typed on a system which writes NFD

# How the body came onto the page; a body without an entry was pasted from a word processor.
MANNERS = {1876: "references", 2541: "breaks", 3120: "plain", 3344: "divs", 3866: "references", 4155: "plain", 4489: "plain"}


class HaNam(Portal):
    """The sample portal of Hà Nam, as it stood until the province went into Ninh Bình."""

    key: ClassVar[str] = "mau-ha-nam"
    name: ClassVar[str] = "Cổng thông tin điện tử tỉnh Hà Nam (trang mẫu)"
    province: ClassVar[str] = "Hà Nam"

    def __init__(self) -> None:
        super().__init__()
        self._templates.filters.update(FILTERS)

    def routes(self) -> Iterable[Route]:
        """Lists, articles under /Pages/ in any case, and the pages of the menu."""
        return (
            ("GET", rf"(?i:/|/default\.aspx|/pages/default\.aspx|{re.escape(LIST)})", self._list),
            ("GET", r"(?i:/pages)/(?P<slug>[^/]+)(?i:\.aspx)", self._article),
            ("GET", r"/[\w-]+/Pages/[\w-]+\.aspx", self._menu_page),
        )

    def path_of(self, sample: Sample) -> str:
        """/Pages/{slug}.aspx"""
        return f"/Pages/{sample.slug}.aspx"

    def _list(self, request: Request, _match: re.Match[str]) -> Response:
        """One page of the news; a number beyond the end brings the first page again."""
        pages = -(-len(self.articles) // PAGE_SIZE)
        wanted = request.query.get("Page", "1")
        page = int(wanted) if re.fullmatch(r"[0-9]{1,6}", wanted) and 0 < int(wanted) <= pages else 1
        shown = self.articles[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        return self.answer(self.render("list.html", samples=shown, page=page, pages=pages, list_path=LIST, address=LIST), of=shown)

    def _article(self, request: Request, match: re.Match[str]) -> Response:
        """The article of that slug, whatever the case of its letters, or a page that says there is none with status 200."""
        sample = next((sample for sample in self.articles if sample.slug == match["slug"].lower()), None)
        if sample is None:
            return self._notice(
                request.path, "Không tìm thấy trang", "Nội dung bạn yêu cầu không tìm thấy hoặc đã được chuyển đi nơi khác."
            )
        others = [other for other in self.articles if other.id != sample.id]
        page = self.render(
            "article.html",
            sample=sample,
            manner=MANNERS.get(int(sample.id), "word"),
            others=others[:8],
            list_path=LIST,
            address=request.path,
        )
        return self.answer(unicodedata.normalize("NFD", page) if sample.id in DECOMPOSED else page, of=(sample,))

    def _menu_page(self, request: Request, _match: re.Match[str]) -> Response:
        return self._notice(request.path, "Chuyên mục", "Chuyên mục đang được cập nhật.")

    def _notice(self, path: str, heading: str, message: str) -> Response:
        return self.answer(self.render("notice.html", heading=heading, message=message, list_path=LIST, address=path))


PORTAL = HaNam()
