"""A portal on Liferay 6: asset publishers, pages by `_cur`, one article under several sections, slugs without đ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from thidua.demo.portal import Portal, Request, Response, Route, Sample
from thidua.demo.portals.writing import FILTERS

GROUP = 20181
DELTA = 20  # what an asset publisher shows on a page when the address does not say
DECOMPOSED = {151998, 206893}  # articles that their editors typed on a system which writes NFD


@dataclass(frozen=True)
class Section:
    """A page of the portal with one asset publisher."""

    slug: str
    heading: str
    publisher: str  # twelve letters, part of every address
    delta: int
    holds: str | None = None  # the `section` of the articles that it shows; None for all


MAIN = Section("tin-hoat-dong-cua-tinh", "Tin hoạt động của tỉnh", "Kq7mTz3XvB1d", 6)
AWARDS = Section("thi-dua-khen-thuong", "Thi đua - Khen thưởng", "p4WnR8sYcJ2e", 10, "Thi đua - Khen thưởng")
SECTIONS = {section.slug: section for section in (MAIN, AWARDS)}

# How the body came onto the page; a body without an entry lies in nested divs.
MANNERS = {
    92218: "word",
    104733: "breaks",
    118204: "word",
    171955: "word",
    176420: "word",
    203118: "plain",
    220816: "word",
    229377: "plain",
}


class ThaiNguyen(Portal):
    """The sample portal of Thái Nguyên, which took in Bắc Kạn and kept its name."""

    key: ClassVar[str] = "mau-thai-nguyen"
    name: ClassVar[str] = "Cổng thông tin điện tử tỉnh Thái Nguyên (trang mẫu)"
    province: ClassVar[str] = "Thái Nguyên"

    def __init__(self) -> None:
        super().__init__()
        self._templates.filters.update(FILTERS)

    def routes(self) -> Iterable[Route]:
        """Lists, articles with or without the group's number, and the pages of the menu."""
        slugs = "|".join(SECTIONS)
        return (
            ("GET", r"/|/vi_VN/?", self._list),
            ("GET", rf"/vi_VN/(?P<section>{slugs})", self._list),
            ("GET", rf"/vi_VN/(?P<section>{slugs})/-/asset_publisher/\w{{12}}/content/(?P<slug>[^/]+)(?:/{GROUP})?", self._article),
            ("GET", r"/vi_VN/[a-z0-9-]+", lambda _request, _match: self._notice("Thông báo", "Nội dung đang được cập nhật.")),
        )

    def path_of(self, sample: Sample) -> str:
        """The address in the main list."""
        return self.path_in(MAIN, sample)

    def path_in(self, section: Section, sample: Sample) -> str:
        """The address under a section; all but the main one end in the group's number."""
        path = f"/vi_VN/{section.slug}/-/asset_publisher/{section.publisher}/content/{sample.slug}"
        return path if section is MAIN else f"{path}/{GROUP}"

    def _list(self, request: Request, match: re.Match[str]) -> Response:
        """One page of an asset publisher; a number beyond the end brings the last page again."""
        section = SECTIONS[match.groupdict().get("section") or MAIN.slug]
        held = self._held(section)
        prefix = f"_101_INSTANCE_{section.publisher}_"
        # the first page is laid out by the portlet's own preference, further ones by what their address says
        delta = _number(request.query, f"{prefix}delta", DELTA if f"{prefix}cur" in request.query else section.delta)
        pages = -(-len(held) // delta)
        page = min(_number(request.query, f"{prefix}cur", 1), pages)
        shown = held[(page - 1) * delta : page * delta]
        text = self.render(
            "list.html",
            section=section,
            samples=shown,
            page=page,
            pages=pages,
            delta=delta,
            first=(page - 1) * delta + 1,
            total=len(held),
            prefix=prefix,
            sections=SECTIONS,
        )
        return self.answer(text, of=shown)

    def _article(self, request: Request, match: re.Match[str]) -> Response:
        """The article of that slug, or a page that says there is none with status 200."""
        section = SECTIONS[match["section"]]
        sample = next((sample for sample in self._held(section) if sample.slug == match["slug"]), None)
        if sample is None:
            return self._notice("Không tìm thấy", "Không tìm thấy nội dung bạn yêu cầu.")
        page = self.render(
            "article.html",
            sample=sample,
            section=section,
            manner=MANNERS.get(int(sample.id), "nested"),
            others=[other for other in self._held(section) if other.id != sample.id][:7],
            sections=SECTIONS,
            origin=request.origin,
        )
        return self.answer(unicodedata.normalize("NFD", page) if sample.id in DECOMPOSED else page, of=(sample,))

    def _held(self, section: Section) -> Sequence[Sample]:
        return [sample for sample in self.articles if section.holds in (None, sample.section)]

    def _notice(self, heading: str, message: str) -> Response:
        return self.answer(self.render("notice.html", heading=heading, message=message, section=MAIN, sections=SECTIONS))


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    """A positive number from the query, else the default."""
    value = query.get(name, "")
    return int(value) if re.fullmatch(r"[1-9][0-9]{0,5}", value) else default


PORTAL = ThaiNguyen()
