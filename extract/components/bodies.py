"""Names of bodies and authorities: "UBND tỉnh", "Ban Dân vận Tỉnh ủy", "Sở Lao động - Thương binh và Xã hội"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extract.body_heads import first_words
from extract.body_names import CODE, Extent, Names, names_of
from extract.fold import fold
from extract.language import leave
from extract.places import GLUED, about, central_city, province_of, provinces
from extract.words import lexicon
from schemas.vocabulary import AwardLevel

_NAMESAKES = re.compile(r"(?:tncs|cộng sản|tiền phong|tntp) (?:hồ chí minh|hcm)")  # of the man, not of the city
_OF_THE_COUNTRY = re.compile(r" (?:việt nam|(?P<short>vn))(?!\w)")
_CITY_COMMAND = re.compile(r"(?:bộ tư lệnh|btl) (?:thành phố|tp)(?!\w)(?!.*thủ đô)")  # of a city under a military region
_DEPUTY = re.compile(r"(?:chủ tịch|bí thư|ủy viên|chủ nhiệm|giám đốc) $")
_MISSION = re.compile(r"đoàn (?:công tác )?(?:của )?(?:tỉnh|thành phố)")
_WORD = re.compile(r"[^\W_]+")


class Body(NamedTuple):
    """A body where the text names it: code points, its name completed with the province, what it confers, its kind."""

    start: int
    end: int
    name: str
    level: AwardLevel | None
    kind: str


def complete(name: str, province: str | None, *, on: dt.date | None = None) -> str:
    """The name with its province, when a body of the province is named without it: "UBND tỉnh" -> "UBND tỉnh Hà Nam".

    A Sở and bodies of districts and communes stay as they are; "thành phố" and "Thành ủy" are completed in centrally run cities.
    """
    folded = fold(name)
    if province is None or folded.startswith(("sở ", "phòng ")) or _MISSION.fullmatch(folded):
        return name
    city = central_city(province, on)
    if (
        city
        and on is None
        and folded.endswith("tỉnh")
        and any(row["name"] == province and "from" in row for row in lexicon("bodies")["city"])
    ):
        city = False  # it was a province once, and the text says so
    tail = r"(?:^|.* )(?:thành phố|tp\.?|thành ủy|thành đoàn)" if city else r"(?:^|.* )(?:tỉnh|tỉnh ủy|tỉnh đoàn)"
    return f"{name} {province}" if re.fullmatch(tail, folded) else name


def level_of(name: str, *, on: dt.date | None = None) -> AwardLevel | None:
    """The level of what the body confers, by its (completed) name; None for schools, enterprises and what tells nothing."""
    folded = fold(name)
    extent = Names(name, folded).body(0)
    if extent is None and (office := re.match(r"(?:phó )?(?:chủ tịch|giám đốc|bộ trưởng|tư lệnh|tổng giám đốc) (?=\w)", folded)):
        return level_of(name[office.end() :], on=on)
    kind = extent.kind if extent else ""
    if folded.startswith("phó thủ tướng"):
        return AwardLevel.GOVERNMENT
    if kind in ("state", "government"):
        return AwardLevel(kind)
    if kind == "ministry":
        return AwardLevel.MINISTRY
    if extent is None and re.match(r"(?:tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|thị trấn) ", folded):
        folded = "ubnd " + folded
        kind = "committee"
    if kind in ("school", "enterprise", "bloc"):
        return None
    if folded.startswith(("bộ tư lệnh ", "btl ")) and not _CITY_COMMAND.match(folded):
        return AwardLevel.MINISTRY  # "Bộ Tư lệnh Thủ đô Hà Nội"
    seat = _seat_level(_NAMESAKES.sub("", folded), on)
    if seat in (AwardLevel.COMMUNE, AwardLevel.DISTRICT):
        return seat
    if seat is AwardLevel.PROVINCE:
        whole = kind in ("committee", "council") or re.match(
            r"hội đồng(?! đội)|ban chỉ đạo|ban vận động|ban tổ chức (?:hội|cuộc)|(?:(?:ban )?thường vụ |btv |thường trực )?(?:tỉnh ủy|thành ủy)"
            r"|(?:(?:ban chấp hành|bch|btv|ban thường vụ|thường trực) )?đảng bộ (?:tỉnh|thành phố|tp)|thường trực (?:hđnd|hội đồng|ubnd|ủy ban nhân)",
            folded,
        )
        return AwardLevel.PROVINCE if whole else AwardLevel.DEPARTMENT
    if re.match(
        r"cục (?:an ninh|cảnh sát|công tác đảng|chính trị|tuyên huấn|tham mưu|tác chiến|quân|dân quân|trinh sát|cứu hộ|cơ yếu)(?!\w)|(?:quân khu|qk|quân đoàn|quân chủng|binh chủng|binh đoàn|bqp|bca|tổng cục|tổng (?:liên đoàn|lđlđ)|đại học quốc gia)(?!\w)",
        folded,
    ):
        return AwardLevel.MINISTRY
    if re.search(
        r"(?<!\w)(?:trung ương|tw|t\.ư|tối cao|tandtc|vksndtc|vcci)(?!\w)|^tư đoàn|(?:việt nam|(?<!\w)vn|lđlđvn|mttqvn)$|^ngân hàng nhà nước|^kho bạc nhà nước$|^bộ (?!chỉ huy|chqs)|^ban bí thư",
        folded,
    ):
        return AwardLevel.MINISTRY
    if re.match(r"(?:(?:ban thường vụ|btv|ban chấp hành|bch) )?(?:đảng ủy|đoàn|công đoàn) khối(?!\w)", folded):
        return AwardLevel.DEPARTMENT
    return (
        AwardLevel.DEPARTMENT
        if folded.startswith(("sở ", "tỉnh đoàn", "chi cục ", "cục ", "công đoàn ngành ", "công đoàn viên chức"))
        else None
    )


def _seat_level(folded: str, on: dt.date | None) -> AwardLevel | None:
    """The lowest unit of the land that a folded name stands for."""
    if re.search(r"(?<!\w)(?:(?<!thị )(?<!tác )xã(?! hội)|phường|thị trấn|đặc khu)(?!\w)|^(?:ubnd|hđnd|đảng ủy) tt\.? ", folded):
        return AwardLevel.COMMUNE
    if re.search(r"(?<!\w)(?:huyện|thị xã|tx|quận|huyện ủy|thị ủy|quận ủy|huyện đoàn|thị đoàn|quận đoàn|khu vực)(?!\w)", folded):
        return AwardLevel.DISTRICT
    if re.search(r"(?<!\w)(?:tỉnh|tỉnh ủy|tỉnh đoàn)(?!\w)", folded):
        return AwardLevel.PROVINCE
    if city := re.search(rf"(?<!\w)(?:thành phố|tp|t\.p|thành ủy|thành đoàn|thủ đô)(?:(?!\w)|{GLUED})\.? ?(.*)", folded):
        return AwardLevel.PROVINCE if central_city(province_of(city[1]), on) else AwardLevel.DISTRICT
    tail = next(
        (folded[match.start() :] for match in provinces()[0].finditer(folded) if match.end() == len(folded) and match.start()), None
    )
    return AwardLevel.PROVINCE if tail else None


@Language.factory("bodies")
def make_bodies(nlp: Language, name: str) -> BodyFinder:
    """Build the finder; its lexicon is extract/lexicon/bodies.toml."""
    return BodyFinder()


class BodyFinder:
    """Leave the bodies that a text names in doc._.found["bodies"], and about_province in doc._.found["article"]."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark and read; the doc's text stays as it was."""
        context = doc._.context or {}
        names = names_of(doc)
        subject = about(names.text, names.folded, context.get("title"), context.get("province"), context.get("published_on"))
        doc._.found.setdefault("article", {})["about_province"] = subject
        province, on = page_province(doc)
        leave(doc, "bodies", [self.record(names.text, start, extent, province, on) for start, extent in self.find(names)])
        return doc

    def find(self, names: Names) -> Iterator[tuple[int, Extent]]:
        """Where bodies are named, in order, none within another; an office that stands for its body is part of it."""
        offices = [(fold(office) + " ", kinds) for office, kinds in lexicon("bodies")["offices"].items()]
        after, heading = 0, first_words()
        for word in _WORD.finditer(names.folded):
            start = word.start()
            if word[0] not in heading or start < after or (extent := names.body(start)) is None:
                continue
            if names.folded.startswith("thường trực", start) and _DEPUTY.search(names.folded, max(0, start - 12), start):
                continue
            for office, kinds in offices:
                at = start - len(office)
                if (
                    extent.kind in kinds
                    and at >= after
                    and names.folded.startswith(office, at)
                    and not names.folded.endswith("phó ", 0, at)
                ):
                    start = at
                    break
            country = _OF_THE_COUNTRY.match(names.folded, extent.end)
            if country and (country["short"] or extent.kind == "mass_organisation"):
                extent = extent._replace(end=names.seat(country.end()))  # "Hội Sinh viên | VN TP. HCM"
            extent = _past_code(names, extent)
            yield start, extent
            after = extent.end

    def record(self, text: str, start: int, extent: Extent, province: str | None, on: dt.date | None) -> Body:
        """One place -> the Body, named in full."""
        name = complete(CODE.sub("", text[start : extent.end]), province, on=on)
        return Body(start, extent.end, name, level_of(name, on=on), extent.kind)


def _past_code(names: Names, extent: Extent) -> Extent:
    """The same with the place that stands behind its abbreviation: "Liên đoàn Lao động (LĐLĐ) tỉnh Hà Nam"."""
    code = CODE.match(names.text, extent.end)
    if code is None:
        return extent
    country = _OF_THE_COUNTRY.match(names.folded, code.end())
    end = country.end() if country else code.end()
    whole = country is not None and extent.kind == "mass_organisation"
    return extent._replace(end=max(names.seat(end), end)) if whole or names.seat(end) > end else extent


def page_province(doc: Doc) -> tuple[str | None, dt.date | None]:
    """The province with which bodies are completed, and the day that says what it then was."""
    context = doc._.context or {}
    province = context.get("province") or doc._.found.get("article", {}).get("about_province")
    on = context.get("published_on")
    return province, dt.date(2024, 12, 31) if province == "Thừa Thiên Huế" else on
