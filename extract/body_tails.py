"""What a body's name goes on with behind its proper name: a second one after a dash ("Phong Nha - Kẻ Bàng"), a firm's branch."""

from __future__ import annotations

import re

from extract.body_heads import named_places, stops
from extract.body_names import Extent, Names
from extract.fold import fold
from extract.language import UPPER
from extract.office_titles import titles
from extract.office_words import breaks, countries, local_places, no_people
from extract.places import begins_person, seats, words
from extract.syllables import is_syllable

_WORD = rf"[{UPPER}][^\W\d_{UPPER}]+"
_SECOND = re.compile(rf" - (?P<name>{_WORD}(?: {_WORD}){{0,2}})(?! [{UPPER}\d])(?=[,;.)\n]|$| -| \(| [^\W\d_])")
_APPOSED = re.compile(rf"(?:{_WORD} ){{2,5}}(?:- |\()|(?:{_WORD} ){{1,4}}{_WORD}, ")
MOST_WHOLE = 24  # code points of the second part of a name that is known
_PLACE = re.compile(rf" (?P<name>{_WORD} {_WORD}(?: {_WORD})?)(?! [{UPPER}\d])(?=[,;.)\n]|$| -| \(| [^\W\d_])")
_CALLED = re.compile(  # "ông Lê Văn Tám, Huyện ủy viên, Hạt trưởng ": who holds the office is named, called so, before it
    rf"(?i:ông|bà|anh|chị|cô|thầy|cụ|chú|bác|đồng chí|đ/c|tá|úy|tướng|sĩ|TS|ThS|BS|LS|KS|bác sĩ CKII?)[.:,]? {_WORD}(?: {_WORD}){{1,4}}(?:,| -| \() ?[^.;:()\n]{{4,60}}$"
)
_LOCAL = ("department", "armed_forces", "court", "mass_organisation", "front", "enterprise", "school", "unit")
_PLACED = re.compile(rf"(?i:(?<!\w)(?:tỉnh|huyện|xã|phường|thành phố|tp\.?|quận|thị xã|thị trấn)) ?[{UPPER}\d]")
# "Phòng GD&ĐT | Hà Trung | Lê Văn Tám": its place, and who leads it
_BEFORE_PERSON = re.compile(rf" (?P<name>{_WORD} {_WORD})(?= (?P<surname>{_WORD}) (?P<middle>{_WORD}) {_WORD}(?! [{UPPER}]))")
_CAREER = 90  # code points from the name of who holds an office to the body of the last of his offices
_TITLE = 60  # code points from the name of who holds an office to the office's body
# Of these no two places share one: "Chủ tịch UBND huyện A - Lê B" is a person.
_OF_ONE_PLACE = ("ministry", "state", "government", "party", "committee", "council", "front")
# "TAND khu vực 3 | - Đắk Lắk": of several provinces since 2025
_NUMBERED_REGION = re.compile(r"(?:khu vực|cơ sở) \d{1,2}$")
_REGIONAL = re.compile(rf" - {_WORD}(?: {_WORD}){{0,2}}(?! [{UPPER}])")
_BRANCH = re.compile(r"(?: \([^()\n]{2,20}\))?(?: -|,)? (?:chi nhánh|cn|phòng giao dịch|pgd)(?: (?:cấp \d|số \d{1,3}|loại [i\d]+))?(?= )")
_CODED = re.compile(r"(?<=[a-zà-ỹ] )(?!TNHH|MTV|TMCP|HĐQT|HĐTV)[A-ZĐ]{3,8}$")
_STRANGER = re.compile(r"([A-Z][^\W\d_]+)(?: - | |-)([A-Z][^\W\d_]+)")
POWERS = ("nhà trắng", "kremlin", "lầu năm góc", "hạ viện", "thượng viện", "nghị viện")
_FIELDED = ("department", "enterprise", "school", "mass_organisation", "armed_forces", "other", "unit", "ministry")
_FIRMS = ("enterprise", "department", "ministry", "unit", "mass_organisation")


def doubled(names: Names, start: int, end: int, kind: str) -> int:
    """End of a name whose proper part is two names: "Hạt Kiểm lâm Bến Lưu | - Núi Thưa", "Tập đoàn Acme | - Brighton"; `end` if it is one."""
    region = _REGIONAL.match(names.text, end) if _NUMBERED_REGION.search(names.folded, start, end) else None
    if region:
        return region.end()
    if names.folded.find(" - ", end, end + MOST_WHOLE) >= 0:
        for whole in named_places().finditer(names.folded, start, end + MOST_WHOLE):
            if whole.start() <= end + 1 < whole.end() and " - " in whole[0] and names.capital(whole.start()):
                return whole.end()
    if kind in _FIELDED and (field := _after_dash(names, end)) > end:
        return field
    second = _SECOND.match(names.text, end)
    if second is None or not names.text[names.text.rfind(" ", start, end) + 1].isupper():
        return end
    at, run = second.start("name"), fold(second["name"]).split()
    if (province := names.province(at)) and names.ends_in_province(start, end):
        return province  # "tỉnh Quảng Nam - Đà Nẵng"
    if kind in _OF_ONE_PLACE or _new(names, at) or names.compound(second.end() - len(run[-1])):
        return end
    if no_people().match(names.folded, at) or " ".join(run) in local_places():
        return second.end()
    if len(run) == 1:
        return second.end() if kind == "enterprise" and not is_syllable(run[0]) else end
    apposed = _APPOSED.search(names.text[max(0, start - _TITLE) : start]) is not None
    surnamed = run[0] in words("surnames") or begins_person(run)
    return second.end() if apposed and (len(run) == 2 or not surnamed) else end


def _after_dash(names: Names, end: int) -> int:
    """End of a second field that a dash joins: "Khoa Nội tim mạch | - Lão khoa"; `end` if what follows is no word of a field, or another body."""
    begin = end + len(" - ")
    known = names.folded.startswith(" - ", end) and names.capital(begin) and not names.stops(begin) and names.body(begin) is None
    field = names.term(begin) if known else None
    if field is None:
        return end
    place = names.seat(field)
    return max(place, names.proper(field + 1)) if place == field and names.capital(field + 1) else place


def placed(names: Names, start: int, end: int, kind: str) -> int:
    """End of a body with the two words of its place, when who leads it is named before: "ông A, Hạt trưởng Hạt Kiểm lâm | Sơn Động"; else `end`."""
    if kind not in _LOCAL or _PLACED.search(names.text, start, end) or names.ends_in_province(start, end):
        return end
    led = _BEFORE_PERSON.match(names.text, end)
    if led and fold(led["surname"]) in words("common_surnames") and fold(led["middle"]) in words("middles") and not _new(names, end + 1):
        return led.end()
    place = _PLACE.match(names.text, end)
    if place is None or names.folded.endswith((" việt nam", " trung ương"), start, end):
        return end
    run = fold(place["name"]).split()
    if " ".join(run) in local_places():
        return place.end()
    if len(run) > 2 or _new(names, end + 1) or names.compound(place.end() - len(run[1])):
        return end
    return place.end() if _CALLED.search(names.text[max(0, start - _CAREER) : start]) else end


def _new(names: Names, at: int) -> bool:
    """Whether something else begins there: a title, a verb, another body, a unit of the land, a country."""
    return (
        any(form.match(names.folded, at) for form in (titles(), breaks(), stops()))
        or seats()[0].match(names.folded, at - 1) is not None
        or countries().match(names.folded, at - 1) is not None
        or names.body(at) is not None
    )


def branched(names: Names, end: int, extent: Extent | None = None) -> int:
    """End of a firm's or a bank's name with its branch: "OceanBank | chi nhánh Bến Lưu", "BIDV | - Chi nhánh Hà Nam"; `end` if none follows."""
    branch = _BRANCH.match(names.folded, end) if extent is None or extent.kind in _FIRMS else None
    if branch is None:
        return end
    whole = names.body(branch.end() + 1)
    place = whole.end if whole else names.seat(branch.end(), bare=True)
    return place if any(letter.isupper() or letter.isdigit() for letter in names.text[branch.end() : place]) else end


def stranger(names: Names, end: int, begin: int) -> bool:
    """Whether two words of a foreign name follow a country's: "Hội đồng An ninh Nga | Marat Ozerov"."""
    run = _STRANGER.match(names.text, begin)
    if run is None:
        return False
    abroad = any(country.end() == end for country in countries().finditer(names.folded, max(0, end - 20), end))
    coded = not run[0].isupper() and _CODED.search(names.text, max(0, end - 12), end) is not None  # "Chủ tịch JICA | Kitaoka Shinichi"
    if not (abroad or coded or names.folded.endswith(POWERS, 0, end)):
        return False
    first, second = map(fold, run.groups())
    return not is_syllable(first) and (not is_syllable(second) or first in words("eastern_surnames"))
