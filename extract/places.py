"""Provinces, units of the land, and what parts a place's name from a person's."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from extract.fold import fold
from extract.language import UPPER
from extract.words import any_of, lexicon
from schemas.tables import successors, table, values

GLUED = r"(?<=tp)(?=hcm(?!\w))"  # "TPHCM"
HUE = dt.date(2025, 1, 1)  # since then a province's name
_HOME = re.compile(r"(?<!\w)(?:quê|nguyên quán|quê quán|sinh ra)(?!\w)[^.;\n]{0,60}$")  # where somebody is from, whom the text is about
# A body of the province that the text does not name: it tells of its own.
_HERE = re.compile(
    fold(
        r"(?<!\w)(?:(?:ubnd|hđnd|ủy ban nhân dân|chqs|bđbp|biên phòng|công an|nông dân|phụ nữ|lhpn|đoàn|việt nam|lđlđ|lao động|bhxh|đài|báo) tỉnh|tỉnh (?:ủy|đoàn|hội))(?!\w)"
    )
)
_CAPITAL_BEFORE = re.compile(rf"(?<!\w)[{UPPER}]\w* $")
MERGED = dt.date(2025, 7, 1)  # since then a mention of a former province is one of its successor
OWN = 3  # how many mentions the publisher's province is worth
LAND = 2  # how many the districts are worth that the text names


def pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of the forms as whole words of a folded text, the longest first, with loose spaces about dashes and commas."""
    loose = (re.sub(r"\\?([-,&])(\\ )?", r" ?\1 ?", re.sub(r"(\\ )(?=\\?[-&])", "", re.escape(fold(form)))) for form in forms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(set(loose), key=lambda form: (-len(form), form)))})(?!\w)")


@cache
def provinces() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Every name and alias of a province, folded and with spaces about its dash, and alias -> name; `province_of` reads any spelling.

    Former units and lone abbreviations are left out.
    """
    names: dict[str, str] = {}
    for row in table("provinces"):
        if row["era"] != "former":
            for alias in (row["name"], *values(row["aliases"])):
                if alias == row["name"] or not alias.isascii() or "HCM" in alias:
                    form = fold(re.sub(r"^(?:Thủ đô|[Tt]hành phố|[Tt]\.?[Pp]\.?) ?", "", alias))
                    names[_spaced(form)] = row["name"]
    return pattern(names), names


def _spaced(form: str) -> str:
    """A name with a space on both sides of its dash: "TT-Huế" is "TT - Huế"."""
    return re.sub(r" ?- ?", " - ", form)


@cache
def seats() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Words for a unit of the land ("tỉnh", "TP.") and the level of each."""
    levels = {fold(word): level for level, words in lexicon("bodies")["seat"].items() for word in words}
    words = sorted(map(re.escape, levels), key=len, reverse=True)
    return re.compile(rf" (?P<unit>{'|'.join(words)})(?:(?<=\.)|(?!\w)|{GLUED})"), levels


@cache
def words(kind: str) -> frozenset[str]:
    """The folded words of one list of lexicon/officials.toml: surnames, rare_surnames, middles."""
    return frozenset(fold(name) for name in lexicon("officials")[kind])


def begins_person(run: Sequence[str]) -> bool:
    """Whether a run of folded, capitalised words begins with a person's name rather than a place."""
    return len(run) > 1 and (
        run[0] in words("surnames")
        or (len(run) > 2 and (run[1] in ("văn", "thị") or (run[0] in words("rare_surnames") and run[1] in words("middles"))))
    )


def surely_person(run: Sequence[str], *, rare: bool) -> bool:
    """Whether folded words that look like a person's name are nothing else: a common surname, Văn or Thị; `rare`: any surname and a middle name."""
    middle = rare and run[:1] != [] and run[0] in words("surnames") and run[1:2] != [] and run[1] in words("middles")
    return not run or run[0] in words("common_surnames") or run[1:2] in (["văn"], ["thị"], ["a"], ["seo"], ["mí"], ["mìn"]) or middle


def province_of(name: str) -> str | None:
    """The province that a written name or alias means ("TP.HCM" -> "Hồ Chí Minh"), else None."""
    bare = re.sub(r"^(?:tỉnh|thủ đô|thành phố|t\.?p\.?) ?", "", fold(name.strip()))
    return provinces()[1].get(_spaced(bare))


def province_in(name: str) -> str | None:
    """The province with which a body's name ends ("UBND tỉnh Yên Bái" -> "Yên Bái"), if it is a body of the province."""
    match = re.search(r"(?:tỉnh|thành phố|tp\.?|tỉnh ủy|thành ủy|tỉnh đoàn|thành đoàn) ?(.+)$", fold(name))
    return province_of(match[1]) if match else None


def central_city(name: str | None, on: dt.date | None = None) -> bool:
    """Whether the province is (on that day; without one, now) a centrally run city."""
    row = next((city for city in lexicon("bodies")["city"] if city["name"] == name), None)
    return row is not None and (on is None or row.get("from", dt.date.min) <= on)


def _is_part_of_a_person(word: str) -> bool:
    return word in words("surnames") | words("rare_surnames") | words("middles")


def about(text: str, folded: str, title: str | None = None, own: str | None = None, on: dt.date | None = None) -> str | None:
    """The province that a text is about: the one that it names clearly more often than any other, else that of all its districts; None when several
    compete.

    `own`, the publisher's, is what its text is about unless it names another far more often.
    """
    found: Counter[str] = Counter({own: OWN} if own else {})
    old = own == "Thừa Thiên Huế" or (own is None and (on < HUE if on else "thừa thiên" in folded))
    hue = "Thừa Thiên Huế" if old else "Huế"  # one place, before 2025 and since
    since = successors() if on and on >= MERGED else {}
    for source, small, weight in ((text, folded, 1), (title or "", fold(title or ""), 2)):
        small = small.replace("tphcm", "t.hcm")  # "TPHCM" is the city too
        for match in provinces()[0].finditer(small):
            before = small[max(0, match.start() - 12) : match.start()]
            explicit = re.search(r"(?<!\w)(?:tỉnh|thành phố|tp\.?|thủ đô) ?$", before)
            name = province_of(match[0])
            if (
                name is None
                or not source[match.start()].isupper()
                or _HOME.search(small, max(0, match.start() - 80), match.start())
                or (name == "Hồ Chí Minh" and not explicit and "hcm" not in match[0] and match[0] != "sài gòn")
            ):
                continue
            if re.search(r"(?<!\w)(?:huyện|(?<!thị )xã|phường|quận|đường|phố|thị trấn|trường|công ti) $", before) and not explicit:
                continue
            previous = re.search(r"([^\W\d_]+) $", before)
            if (
                previous
                and source[match.start() - 2].islower()
                and source[match.start() - len(previous[0])].isupper()
                and _is_part_of_a_person(previous[1])
            ):
                continue
            name = hue if name == "Huế" else name
            joined = successors() if small.startswith(" (cũ)", match.end()) else since
            found[joined.get(name, name)] += weight * (2 if explicit and "tỉnh" in explicit[0] else 1)
    if (most := _most(found)) and found[most] > LAND:
        return most
    home = _of_districts(text, folded, title or "", since=bool(since))
    if home is None:
        return most
    home = since.get(home, home)
    found[home] += LAND
    return _most(found) or (home if found[home] == max(found.values()) else None)


def _most(found: Counter[str]) -> str | None:
    """What is named at least twice as often as any other."""
    ranked = found.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]) else None


@cache
def districts() -> Mapping[str, frozenset[str]]:
    """Folded name of each district, town and city below the province, until 2025, as it may be spelled -> the provinces that have one called so."""
    found: dict[str, frozenset[str]] = {}
    for row in table("districts"):
        name = fold(row["name"])
        for spelled in {name, *(re.sub("^đắk ", f"{first} ", name) for first in ("đăk", "đắc", "đak"))}:
            found[spelled] = found.get(spelled, frozenset()) | {row["province"]}
    return found


@cache
def _district(*, since: bool = False) -> re.Pattern[str]:
    """A district; `since` the merger also a commune that has the name of one, as many have."""
    units = rf"(?:{'xã|phường|đặc khu|' if since else ''}huyện(?: ủy| đoàn| đảo)?|quận(?: ủy)?|thị xã|tx|thị ủy|thành phố|tp|thành ủy)(?: |\. ?)"
    beside = any_of(name for name in districts() if not name.isdigit())  # "xã Tân Lập (Hải Hậu)"
    return re.compile(
        rf"(?<!\w)(?:{units}(?P<name>{any_of(districts())})|(?:xã|phường|thị trấn) [^()\n,;.]{{2,30}} \((?P<beside>{beside}))(?!\w)"
    )


@cache
def _bare_district() -> re.Pattern[str]:
    """The name of a district without its unit, of two words or more."""
    return re.compile(rf"(?<!\w)(?:{any_of(name for name in districts() if ' ' in name)})(?!\w)")


def _of_districts(text: str, folded: str, title: str, *, since: bool) -> str | None:
    """The one province in which all districts may lie that the text and its headline name; None if there is none, or several."""
    named = set()
    for source, small in ((text, folded), (title, fold(title))):
        for match in _district(since=since).finditer(small):
            at = match.start("name") if match["name"] else match.start("beside")
            province = match["beside"] and provinces()[0].fullmatch(match["beside"])  # "phường Hồng Gai (Quảng Ninh)"
            if not source[at].islower() and not province and not _HOME.search(small, max(0, at - 80), at):
                named.add(match["name"] or match["beside"])
    head = _bare_district().match(fold(title))
    if head and title[head.end() : head.end() + 1] == ":":  # "Hải Hậu: 12 tập thể được khen thưởng"
        named.add(head[0])
    if not named and _HERE.search(folded):
        bare = [match[0] for match in _bare_district().finditer(folded) if _stands_alone(text, *match.span())]
        named = set(bare) if len(bare) > 1 else set()
    shared = frozenset.intersection(*(districts()[name] for name in named)) if named else frozenset()
    return next(iter(shared)) if len(shared) == 1 else None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the words there have capitals, and those beside them have none."""
    alone = _CAPITAL_BEFORE.search(text, max(0, start - 12), start) is None and not text[end + 1 : end + 2].isupper()
    return alone and all(word[0].isupper() for word in text[start:end].split())
