"""The province of a publisher that no site file tells: from its host, else from the text's own words."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from crawler.cleaning import alike
from crawler.furniture import any_of, words
from schemas.tables import Row, table, values

_HOST = re.compile(r"(?<![\w@.-])(?:[a-z0-9-]+\.){1,4}(?:vn|com|org|net)(?![\w-])", re.IGNORECASE)
# A province-level body or the province itself, before the province's name
_BEFORE = (
    r"(?:tỉnh|thành\s+phố|tp\.?|tỉnh\s+(?:ủy|uỷ|đoàn)|thành\s+(?:ủy|uỷ|đoàn)|(?:ubnd|hđnd|ủy\s+ban\s+nhân\s+dân|uỷ\s+ban\s+nhân\s+dân|hội\s+đồng\s+nhân\s+dân"
    r"|đảng\s+bộ|công\s+an|báo(?:\s+điện\s+tử)?|ubmttq|ủy\s+ban\s+mttq|đài\s+pt-?th|đoàn\s+đbqh|sở\s+(?:{departments}))(?:\s+(?:tỉnh|thành\s+phố|tp\.?))?)"
)
_FORMER_IN_USE = {"Hà Tây"}  # of the provinces before 2004, the one that still had sites of its own
_OPENING = 600  # code points of a text within which an outlet signs it: "(Baonghean.vn) - ", "LSO - "
_SHORTEST = 5  # letters of a province's name by which the host of somebody else's site is known: congannghean.vn
_OF_COUNTRY = frozenset({"vn", "com", "org", "net", "gov", "edu", "info"})


def publisher_province(
    text: str,
    *,
    title: str | None,
    frame: str,
    places: Iterable[str],
    credits: Iterable[str | None],
    hosts: Iterable[str],
    day: dt.date | None,
) -> str | None:
    """The province of whoever published the text, as named on that day; None when it is national or the text does not force it.

    `frame`: what stands on the page above and below the article; `places`: place tags beside the headline; `credits`: author, source
    and photographers; `hosts`: host names met on the page.
    """
    if found := next(filter(None, (province_of_host(host, day) for host in hosts)), None) or _signed(text, day):
        return found
    if _national(credits):
        return None
    named = {*_mentions(frame, day), *_newspapers(frame, day)}
    if len(named) == 1:
        return named.pop()
    signing = "\n".join(credit for credit in credits if credit and _says_kind(credit))
    counts = Counter(_mentions(text, day)) or Counter(_mentions(signing, day))
    if not counts:
        return None
    (first, number), *rest = counts.most_common(2)
    if rest and number < 3 * rest[0][1]:
        return None
    tagged = {alike(place) for place in places} | ({alike(title.split(":")[0])} if title and ":" in title else set())
    # A headline or place tag that names the province is how an outlet of several provinces writes
    return None if alike(first) in tagged else first


def given_province(text: str, *, url: str | None, day: dt.date | None) -> str | None:
    """The province of whoever published a text of which only the address and the first words tell: its host, or how the outlet signs."""
    hosts = (*hosts_in(url or ""), *hosts_in(text[:_OPENING]))
    return next(filter(None, (province_of_host(host, day) for host in hosts)), None) or _signed(text, day)


def hosts_in(text: str) -> list[str]:
    """Host names that stand in a text, in small letters."""
    return [match[0].lower() for match in _HOST.finditer(text)]


def province_of_host(host: str, day: dt.date | None) -> str | None:
    """The province whose portal or newspaper the host is, or a sub-domain of it; else the one whose name begins or ends one of its labels."""
    labels = host.lower().split(":")[0].split(".")
    for at in range(len(labels) - 1):
        rows = _hosts().get(".".join(labels[at:]), ())
        if found := next((row["name"] for row in rows if _in_use(row, day)), None) or (_heir(rows[0], day) if rows else None):
            return found
    own = [label for label in labels if label not in _OF_COUNTRY]
    named = {
        row["name"]
        for row in table("provinces")
        for slug in (row["slug"].replace("-", ""),)
        if len(slug) >= _SHORTEST and _in_use(row, day) and any(label.startswith(slug) or label.endswith(slug) for label in own)
    }
    return named.pop() if len(named) == 1 else None


def _heir(row: Row, day: dt.date | None) -> str | None:
    """The province that a former one's site belongs to on a day after it was merged."""
    merged = day is not None and bool(row["valid_to"]) and row["valid_to"] < day.isoformat()
    return next((new["name"] for new in table("provinces") if merged and new["era"] == "new" and new["slug"] == row["successor"]), None)


def _signed(text: str, day: dt.date | None) -> str | None:
    """The province whose newspaper signs at the front of a paragraph by its letters: "LSO - ", "(QBĐT) - ", "(CT) "; two letters only in brackets."""
    known = words()["datelines"]
    alone = any_of(tuple(letters for letters in known if len(letters) > 2))
    if match := re.search(
        rf"(?m)^ ?(?:\((?P<inside>{any_of(tuple(known))})(?:\.VN)?\)(?: ?[-–—.]|\s)|\(?(?P<letters>{alone})(?:\.VN)?\)? ?[-–—.])",
        text[:_OPENING],
    ):
        rows = [row for row in table("provinces") if row["name"] == known[match["inside"] or match["letters"]]]
        return next((row["name"] for row in rows if _in_use(row, day)), rows[0]["name"])
    return None


@cache
def _hosts() -> Mapping[str, tuple[Row, ...]]:
    """Domain -> rows of provinces, the older first."""
    found: dict[str, tuple[Row, ...]] = {}
    for row in table("provinces"):
        for domain in (row["gov_domain"], *values(row["gov_domain_alt"]), row["newspaper_domain"], *values(row["newspaper_domain_alt"])):
            if domain:
                found[domain] = (*found.get(domain, ()), row)
    return found


def _in_use(row: Row, day: dt.date | None) -> bool:
    """Whether a province had that name on a day; a day that is not known fits all but those before 2004."""
    if row["era"] == "former" and row["name"] not in _FORMER_IN_USE:
        return False
    return day is None or row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999")


def _mentions(text: str, day: dt.date | None) -> Iterator[str]:
    """The name of the province for each place where the text names one with tỉnh, UBND tỉnh, Đảng bộ tỉnh … before it."""
    pattern, names = _names()
    for match in pattern.finditer(text):
        rows = names[alike(match["name"])]
        fitting = [
            row for row in rows if _in_use(row, day) and ((row["kind"] == "tỉnh") == _is_province(match[0]) or not _says_kind(match[0]))
        ]
        if fitting:
            yield fitting[0]["name"]


def _newspapers(text: str, day: dt.date | None) -> Iterator[str]:
    """The provinces whose newspapers the text names: 'BÁO ĐỒNG KHỞI'."""
    plain = f" {alike(text)} "
    for row in table("provinces"):
        if row["newspaper"] and _in_use(row, day) and f" {alike(row['newspaper'])} " in plain:
            yield row["name"]


def _says_kind(words_before: str) -> bool:
    return bool(re.search(r"(?<!\w)(?:tỉnh|thành\s+phố|tp\.?)(?!\w)", words_before, re.IGNORECASE))


def _is_province(words_before: str) -> bool:
    return bool(re.search(r"(?<!\w)tỉnh(?!\w)", words_before, re.IGNORECASE))


@cache
def _names() -> tuple[re.Pattern[str], Mapping[str, tuple[Row, ...]]]:
    """The pattern of a province named with its kind or a body, and folded name -> rows."""
    rows: dict[str, tuple[Row, ...]] = {}
    spellings = set()
    for row in table("provinces"):
        for name in (row["name"], *values(row["aliases"])):
            if len(name) > 3:
                spellings |= {name, name.upper()}
                if row not in rows.get(alike(name), ()):
                    rows[alike(name)] = (*rows.get(alike(name), ()), row)
    before = _BEFORE.format(departments=any_of(tuple(words()["publisher"]["departments"])))
    return re.compile(rf"(?<!\w)(?i:{before})\s*(?P<name>{any_of(tuple(spellings))})(?!\w)"), rows


def _national(credits: Iterable[str | None]) -> bool:
    """Whether an agency or outlet of the whole country signs it."""
    names = re.compile(rf"(?<!\w)(?:{any_of(tuple(words()['national']['names']))})(?!\w)")
    return any(names.search(credit) for credit in credits if credit)
