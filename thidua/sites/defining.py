"""A definition of an unknown site, from one of its articles: what the page shows, and guesses that say so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from crawler.address import canonical, host_of
from crawler.blocks import content
from crawler.cleaning import alike, fold
from crawler.discovery import normalise
from crawler.document import Document
from crawler.layout import Platform
from crawler.publisher import province_of_host
from crawler.reader import recognise
from crawler.registry import Registry
from schemas.tables import provinces, successors, table, values

LONGEST_NAME = 120  # characters of a publisher's name
ENOUGH = 0.5  # of a feed's or sitemap's addresses: an address form that fits fewer is no form of articles
_NAMES = (  # how a publisher's name begins -> its kind
    ("award_office", r"(?:ban|hội đồng) thi đua"), ("newspaper", r"(?:báo|tạp chí)\b"), ("broadcaster", r"đài\b"), ("department", r"(?:sở|ban quản lý)\b"),
    ("party", r"(?:tỉnh|thành|huyện|quận|đảng) (?:ủy|uỷ|bộ)\b|trang tin đảng bộ"), ("agency", r"(?:ttxvn|thông tấn xã)"),
    ("commune", r"(?:.* )?(?:xã|phường|thị trấn|đặc khu)\b"), ("district", r"(?:.* )?(?:huyện|quận|thị xã)\b"),
    ("portal", r"(?:cổng|trang) (?:thông tin|ttđt).*\b(?:tỉnh|thành phố)\b"),
)  # fmt: skip
_HOSTS = (  # how the first label of a host begins -> its kind
    ("award_office", r"thiduakhenthuong|tdkt|bantdkt"), ("department", r"so|s(?:nv|xd|tttt|khcn|yt|gddt|tc|ct|tp)\b"), ("party", r"tinhuy|thanhuy|dang"),
    ("newspaper", r"bao"), ("broadcaster", r"dai|ptth|thvl|.*tv$"), ("commune", r"xa|phuong|thitran"), ("district", r"huyen|quan|thixa"),
)  # fmt: skip
# The tail of an article's address that is a number; a slug without one tells no form
_TAIL = re.compile(r"-(?P<mark>post|postid|[a-z])?(?P<number>\d{2,})(?P<end>\.[a-z]{3,5}|/?)$", re.IGNORECASE)
_FOLDER = re.compile(r"/(?P<number>\d{3,})/[^/?]+?(?P<end>\.[a-z]{3,5}|/?)$", re.IGNORECASE)  # /bai/512/ten-bai.htm
_SLUG = 4  # words from which the last part of an address may be a headline's
_BELOW = 3  # links to addresses below its own that make a page a section's


@dataclass
class Definition:
    """What goes into the TOML, and how it is known."""

    key: str
    url: str
    name: str
    kind: str
    host: str
    platform: str | None
    province: str | None
    start: str | None
    section: str | None
    signs: tuple[str, ...] = ()
    near: tuple[str, ...] = ()  # platforms of which one sign shows
    misfit: tuple[str, ...] = ()  # the platform's forms of article addresses, where the article's has none of them
    is_list: bool = False  # whether the page looks like a list rather than an article
    feeds: tuple[str, ...] = ()
    sitemap: str | None = None
    url_regex: str | None = None
    id_regex: str | None = None
    evidence: dict[str, str] = field(default_factory=dict)


def define(key: str, url: str, document: Document, registry: Registry) -> Definition:
    """The definition of the site of an article."""
    platform = recognise(document, registry)
    host = host_of(url)
    name = name_of(document) or host
    crumb, section = crumb_of(document)
    province = province_of_host(host, None)
    near = [f"{one.key}: {', '.join(met)}" for one in registry.platforms.values() if (met := list(signs(document, one)))]
    found = Definition(
        key=key,
        url=url,
        name=name,
        kind=kind_of(name, host),
        host=host,
        platform=platform.key if platform else None,
        province=province,
        start=crumb or urljoin(url, "/"),
        section=section,
        signs=tuple(signs(document, platform)) if platform else (),
        near=() if platform else tuple(near),
    )
    forms = platform.article.url_regex if platform else ()
    address = canonical(url, keep_params=platform.article.keep_params if platform else ())
    fits = any(re.search(form, address) for form in forms)
    found.misfit = () if fits else forms
    found.is_list = not fits and looks_like_list(document)
    found.evidence = {"name": "guess" if name == host else "sample", "kind": "guess", "hosts": "sample", "start": "guess"}
    found.evidence |= {"platform": "sample"} if platform else {}
    found.evidence |= {"province_at" if len(spans(province)) > 1 else "province": "guess"} if province else {}
    return found


def signs(document: Document, platform: Platform) -> Iterator[str]:
    """The signs of a platform that the page shows, as a person would look for them."""
    known, address = platform.recognise, canonical(document.url)
    if any(re.search(pattern, document.generator) for pattern in known.generator):
        yield f'meta generator "{document.generator}"'
    yield from (css for css in known.css if document.nodes([css]))
    yield from (f"address {pattern}" for pattern in known.url if re.search(pattern, address))


# ------------------------------------------------------------------ guesses


def name_of(document: Document) -> str | None:
    """The publisher as the page names it: og:site_name, else what stands after the headline in the window's title."""
    metas = {
        fold(node.get("property") or node.get("name") or "").lower(): fold(node.get("content", "")) for node in document.root.iter("meta")
    }
    if name := metas.get("og:site_name") or metas.get("application-name"):
        return name[:LONGEST_NAME]
    window = next((content(node) for node in document.root.iter("title")), "")
    parts = [part.strip() for part in re.split(r"\s+[|–—-]\s+|\s*\|\s*", window) if part.strip()]
    headings = {alike(content(node)) for node in document.root.iter("h1")}
    rest = [part for part in parts[1:] if alike(part) not in headings]
    return rest[-1][:LONGEST_NAME] if rest and any(letter.isalpha() for letter in rest[-1]) else None


def kind_of(name: str, host: str) -> str:
    """The kind of a publisher by its host where the tables know it, else by its name, else by the first label of the host."""
    bare = host.partition(":")[0]
    for row in table("provinces"):
        if bare in (row["gov_domain"], *values(row["gov_domain_alt"])):
            return "portal"
        if bare in (row["newspaper_domain"], *values(row["newspaper_domain_alt"])):
            return "newspaper"
    plain = name.casefold()
    by_name = next((kind for kind, pattern in _NAMES if re.match(pattern, plain)), None)
    return by_name or next((kind for kind, pattern in _HOSTS if re.match(pattern, bare.partition(".")[0])), "unknown")


def crumb_of(document: Document) -> tuple[str | None, str | None]:
    """(address, name) of the section in the trail of the page: its last link that is neither the home page nor the article."""
    trails = [
        node for node in document.root.iter() if "breadcrumb" in f"{node.get('class')} {node.get('id')} {node.get('itemtype')}".lower()
    ]
    own = canonical(document.url)
    found: tuple[str | None, str | None] = (None, None)
    for link in trails[0].iter("a") if trails else ():
        address = normalise(link.get("href", ""), document.base)
        if not address or host_of(address) != host_of(document.url) or urlsplit(address).path in ("", "/"):
            continue
        if canonical(address) != own:
            found = (address, content(link) or None)
    return found


def spans(province: str | None) -> list[dict[str, str]]:
    """The provinces of a publisher over time: two where its province went into another one in 2025."""
    if province is None:
        return []
    now = successors().get(province, province)
    row = next((row for row in provinces()[province] if row["era"] == "old"), None)
    if now == province or row is None:
        return [{"name": province}]
    since = {"from": row["valid_from"]} if re.fullmatch(r"\d{4}-\d\d-\d\d", row["valid_from"]) else {}
    return [{"name": province, **since, "to": "2025-06-30"}, {"name": now, "from": "2025-07-01"}]


def guess_form(definition: Definition, addresses: Sequence[str]) -> None:
    """The form of article addresses, after that of the one that is known; none where too few of the other addresses have it."""
    address = canonical(definition.url)
    tail, folder = _TAIL.search(address), _FOLDER.search(address)
    if tail and len(tail["number"]) >= (2 if "." in tail["end"] else 5) and not is_year(tail["number"]):
        before, after = "-" + re.escape(tail["mark"] or ""), end_of(tail["end"])
    elif folder and not is_day(folder["number"]):
        before, after = "/", "/[^/?]+" + end_of(folder["end"])
    else:
        return
    form = rf"{before}\d+{after}$"
    fitting = sum(bool(re.search(form, canonical(address))) for address in addresses)
    if addresses and fitting < ENOUGH * len(addresses):
        return
    definition.url_regex, definition.id_regex = form, rf"{before}(\d+){after}$"
    definition.evidence["article"] = "guess"


def end_of(end: str) -> str:
    """How an address ends, as a regex; a slash there may be or not."""
    return "/?" if end in ("", "/") else re.escape(end)


def is_day(number: str) -> bool:
    """Whether a folder of an address is a year, month or day: /2024/, /202403/, /20240312/."""
    return re.fullmatch(r"(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?", number) is not None


def looks_like_list(document: Document) -> bool:
    """Whether the address is rather a section's: its last part is no headline's slug and has no number, or the page links to what is below it."""
    own = canonical(document.url)
    links = {canonical(url) for node in document.root.iter("a") if (url := normalise(node.get("href", ""), document.base))}
    below = sum(link.startswith(own.rstrip("/") + "/") for link in links)
    parts = urlsplit(own)
    last = re.sub(r"\.[a-z]{3,5}$", "", parts.path.rstrip("/").rpartition("/")[2], flags=re.IGNORECASE)
    is_short = len(re.split(r"[-_]", last)) < _SLUG and not re.search(r"\d", parts.path + parts.query)
    return is_short or below >= _BELOW


def is_year(number: str) -> bool:
    """Whether a number at the end of a headline's slug is rather a year: …-nam-2018."""
    return len(number) == 4 and 1990 <= int(number) <= 2050


# ------------------------------------------------------------------ as TOML


def toml(definition: Definition, *, day: str) -> str:
    """The definition as a file of the registry."""
    one = definition
    rows: dict[str, str] = {"name": quoted(one.name), "kind": quoted(one.kind)}
    if one.platform:
        rows["platform"] = quoted(one.platform)
    rows["hosts"] = f"[{quoted(one.host)}]"
    if one.start:
        section = f", section = {quoted(one.section)}" if one.section else ""
        rows["start"] = f"[{{ url = {quoted(one.start)}{section} }}]"
    if one.feeds:
        rows["feeds"] = f"[{', '.join(map(quoted, one.feeds))}]"
    if one.sitemap:
        rows["sitemap"] = quoted(one.sitemap)
    times = spans(one.province)
    if len(times) == 1:
        rows["province"] = quoted(times[0]["name"])
    elif times:
        rows["province_at"] = "[\n" + "".join(f"    {{ {span_toml(span)} }},\n" for span in times) + "]"
    text = f"# Laid down by `thidua sites new` on {day} from {one.url}\n# Nobody has checked it yet: what is a guess says so below.\n"
    text += aligned(rows)
    if one.url_regex and one.id_regex:
        text += "\n[article]\n" + aligned({"url_regex": f"['{one.url_regex}']", "id_regex": f"['{one.id_regex}']"})
    return text + "\n[evidence]\n" + aligned({key: quoted(letters) for key, letters in one.evidence.items()})


def span_toml(span: Mapping[str, str]) -> str:
    """One stretch of time in a province."""
    return ", ".join(f"{key} = {quoted(value) if key == 'name' else value}" for key, value in span.items())


def aligned(rows: Mapping[str, str]) -> str:
    """Keys and values with the signs of equality below each other."""
    margin = max(map(len, rows))
    return "".join(f"{key:<{margin}} = {value}\n" for key, value in rows.items())


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps("".join(char if char.isprintable() else " " for char in text).strip(), ensure_ascii=False)
