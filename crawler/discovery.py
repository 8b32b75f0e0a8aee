"""What a list, a feed or a sitemap names, and where a list goes on: pure functions over its text and the site.

Addresses are as the ledger writes them: absolute, without fragment; a POST is its address, a # and its form.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import lxml.etree
from parsel import Selector
from w3lib.url import safe_url_string

from crawler.address import host_of, without_session
from crawler.site import Site

MAX_URL = 2000
# Controls, line ends and invisible characters that people paste into links
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*((?:19|20)\d\d)(?!\d)|(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
_NAMES = re.compile(r"\{(\w+)\}")
_POSTBACK = re.compile(r"""__doPostBack\(\s*["']([^"']*)["']\s*,\s*["'](Page\$(\d+))["']""")
_EVENT = ("__EVENTTARGET", "__EVENTARGUMENT")  # named by the address; sent twice they would be none
_PORTS = {"http": 80, "https": 443}


class Link(NamedTuple):
    """An address that a list names, and the day it prints beside it (a hint)."""

    url: str
    day: dt.date | None = None
    others: tuple[str, ...] = ()  # by which the list names the same article too


def normalise(href: str, base: str) -> str | None:
    """`href` as an address to ask for, seen from `base`; None for what is no http address of sensible length.

    Mends what portals write: backslashes, spaces within, `&amp;amp;`, invisible characters, raw Unicode, default ports, `///`.
    """
    text = _INVISIBLE.sub("", href).replace("\u00a0", " ").replace("\\", "/").strip()
    while "&amp;" in text:
        text = text.replace("&amp;", "&")
    if not text or text.startswith("#") or (_SCHEME.match(text) and not text.lower().startswith(("http:", "https:"))):
        return None
    try:
        parts = urlsplit(urljoin(base, text.partition("#")[0]))
        port = parts.port
    except ValueError:  # a port that is no number, a bracket that does not close
        return None
    host = (parts.hostname or "").replace(" ", "").strip(".")
    if parts.scheme not in _PORTS or not host:
        return None
    host = f"[{host}]" if ":" in host else host
    netloc = host if port is None or port == _PORTS[parts.scheme] else f"{host}:{port}"
    path = re.sub(r"/{2,}", "/", parts.path) or "/"
    address = urlunsplit((parts.scheme, netloc, path.replace(" ", "%20"), parts.query.replace(" ", "%20"), ""))
    url = safe_url_string(without_session(address))
    return url if len(url) <= MAX_URL else None


def article_links(site: Site, text: str, url: str, *, anywhere: bool = False) -> list[Link]:
    """Articles of the site that a list page names, each identity once, in order.

    The first selectors of `list` that yield an article are used; `anywhere` passes them over and looks at every link of the page.
    """
    page = parsed(text)
    base = base_of(page, url)
    own = {host_of(start.url) + urlsplit(start.url).path.rstrip("/") for start in site.start}

    def is_wanted(address: str) -> bool:
        is_list = host_of(address) + urlsplit(address).path.rstrip("/") in own and not urlsplit(address).query
        return not is_list and site.owns(address) and site.is_article(address)

    for css in (None,) if anywhere else site.listing.item or (None,):
        entries = page.css(css) if css else [page]
        links = _each_once(site, (link for entry in entries for link in _links(site, entry, base, is_wanted, anywhere=anywhere)))
        if links:
            return links
    return []


def _links(site: Site, entry: Selector, base: str, is_wanted: Callable[[str], bool], *, anywhere: bool) -> Iterator[Link]:
    """Links of one entry of a list, by the first selector that yields one."""
    day = None if anywhere else next((day for css in site.listing.date for node in entry.css(css) if (day := _day(_text(node)))), None)
    for css in ("a[href]",) if anywhere else site.listing.link or ("a[href]",):
        addresses = [normalise(href, base) for node in entry.css(css) if (href := node.root.get("href"))]
        wanted = [address for address in addresses if address and is_wanted(address)]
        if wanted:
            yield from (Link(address, day) for address in wanted)
            return


def feed_links(site: Site, text: str, url: str) -> list[Link]:
    """Articles of the site that an RSS or Atom feed names, each identity once."""
    found = []
    for entry in _xml(text).iter("{*}item", "{*}entry"):
        day = next((day for name in ("pubDate", "published", "date", "updated") if (day := _stamp(entry.findtext(f"{{*}}{name}")))), None)
        found += [Link(address, day) for href in _feed_addresses(entry) if (address := normalise(href, url))][:1]
    return _each_once(site, (link for link in found if site.owns(link.url) and site.is_article(link.url)))


def sitemap_links(site: Site, text: str, url: str) -> tuple[list[Link], list[Link]]:
    """(articles, sitemaps of the site) that a sitemap names; of the articles the newest first, where it gives days."""
    articles, maps = [], []
    for entry in _xml(text).iter("{*}url", "{*}sitemap"):
        address = normalise(entry.findtext("{*}loc") or "", url)
        if address and site.owns(address):
            link = Link(address, _day(entry.findtext("{*}lastmod") or ""))
            if str(entry.tag).endswith("sitemap"):
                maps.append(link)
            elif site.is_article(address):
                articles.append(link)
    articles.sort(key=lambda link: link.day or dt.date.min, reverse=True)
    return _each_once(site, articles), maps


def next_page(site: Site, text: str, url: str) -> str | None:
    """The page that follows the list page `url` with this text; None where the page shows that it is the last one, or has no paging."""
    match site.paging.type:
        case "param":
            return _with_param(url, site.paging.name or "", page_number(site, url) + 1)
        case "path":
            return _with_path(site, url)
        case "link":
            return next((address for address in _page_links(site, text, url) if address != url), None)
        case "cur":
            return _next_cur(site, text, url)
        case "post":
            return _next_post(site, text, url)
        case "postback":
            return _next_postback(site, text, url)
    return None


def has_pager(text: str) -> bool:
    """Whether a list page has links to other pages by postback."""
    return _POSTBACK.search(text) is not None


def hidden_fields(site: Site, text: str) -> dict[str, str]:
    """What a WebForms page wants back with every further request, its view state above all; nothing for other paging."""
    if site.paging.type != "postback":
        return {}
    inputs = parsed(text).css("input[type=hidden][name]")
    return {name: node.root.get("value", "") for node in inputs if (name := node.root.get("name")) not in _EVENT}


def page_count(site: Site, text: str) -> int | None:
    """The number of pages that a list's first page tells; None where it tells none."""
    found = re.search(site.paging.pages, text) if site.paging.pages else None
    return int(found[1]) if found else None


def page_number(site: Site, url: str) -> int:
    """The number that the address of a list page carries; `first` for the bare list."""
    paging = site.paging
    value: str | None = None
    if paging.type in ("param", "cur"):
        value = next((v for k, v in parse_qsl(urlsplit(url).query) if _is_pager(site, k)), None)
    elif paging.type == "path" and (found := re.search(_path_pattern(site), url)):
        value = found[1]
    elif paging.type == "post":
        fields = {name for name, form in paging.form.items() if "{page}" in form}
        value = next((v for k, v in parse_qsl(url.partition("#")[2]) if k in fields), None)
    elif paging.type == "postback":
        value = dict(parse_qsl(url.partition("#")[2])).get("__EVENTARGUMENT", "").removeprefix("Page$")
    return int(value) if value and value.isdecimal() else paging.first


def _is_pager(site: Site, name: str) -> bool:
    pattern = site.paging.name or ""
    return name == pattern if site.paging.type == "param" else re.search(pattern, name) is not None


def _with_param(url: str, name: str, value: int) -> str:
    """The address with one query parameter set, the others in their places."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if name not in dict(pairs):
        pairs.append((name, ""))
    query = urlencode([(key, str(value) if key == name else old) for key, old in pairs])
    return urlunsplit(parts._replace(query=query))


def _path_pattern(site: Site) -> str:
    return re.escape(site.paging.path or "").replace(re.escape("{page}"), r"(\d+)") + "$"


def _with_path(site: Site, url: str) -> str:
    number = page_number(site, url) + 1
    bare = re.sub(_path_pattern(site), "", url)
    bare = re.sub(site.paging.strip, "", bare) if site.paging.strip else bare
    path = (site.paging.path or "").format(page=number)
    slash = "" if bare.endswith("/") or path[:1] in "/?-_." else "/"
    return bare.removesuffix("/") + path if path.startswith("/") else bare + slash + path


def _page_links(site: Site, text: str, url: str) -> Iterator[str]:
    page = parsed(text)
    base = base_of(page, url)
    for css in site.paging.link:
        for node in page.css(css):
            address = normalise(node.root.get("href", ""), base)
            if address and site.owns(address):
                yield address


def _next_cur(site: Site, text: str, url: str) -> str | None:
    """The link to the next number; else a link to a later page, with its own parameters and the next number."""
    wanted = page_number(site, url) + 1
    later = [link for link in _page_links(site, text, url) if page_number(site, link) >= wanted]
    exact = next((link for link in later if page_number(site, link) == wanted), None)
    if exact or not later:
        return exact
    names = [key for key, _ in parse_qsl(urlsplit(later[0]).query) if _is_pager(site, key)]
    return _with_param(later[0], names[0], wanted)


def _next_post(site: Site, text: str, url: str) -> str | None:
    """The form of the page after this one: from the list page its ids are read, a fragment's own form goes on."""
    paging = site.paging
    address, _, form = url.partition("#")
    if form:
        number = page_number(site, url) + 1
        fields = dict(parse_qsl(form, keep_blank_values=True))
        fields |= {name: template.format(page=number) for name, template in paging.form.items() if _NAMES.findall(template) == ["page"]}
        return post_address(address, fields)
    if (count := page_count(site, text)) is not None and count <= 1:
        return None
    values = {name: found[1] for name, pattern in paging.read.items() if (found := re.search(pattern, text))}
    if {name for template in paging.form.values() for name in _NAMES.findall(template)} - {"page", *values}:
        return None
    fields = {name: template.format(page=paging.first + 1, **values) for name, template in paging.form.items()}
    target = normalise(paging.url or "", address)
    return post_address(target, fields) if target else None


def _next_postback(site: Site, text: str, url: str) -> str | None:
    """The event that the link to the next number fires; the hidden fields, which may be megabytes, stay out of the address."""
    wanted = str(page_number(site, url) + 1)
    page = parsed(text)
    for node in (node for css in site.paging.link for node in page.css(css)):
        event = _POSTBACK.search(node.root.get("href", "") + node.root.get("onclick", ""))
        if event and event[3] == wanted:
            return post_address(url.partition("#")[0], {"__EVENTTARGET": event[1], "__EVENTARGUMENT": event[2]})
    return None


def post_address(address: str, fields: dict[str, str]) -> str:
    """A POST as the ledger writes it."""
    return f"{address}#{urlencode(sorted(fields.items()))}"


def _each_once(site: Site, links: Iterable[Link]) -> list[Link]:
    found: dict[str, Link] = {}
    for link in links:
        identity = site.identity(link.url)
        first = found.setdefault(identity, link)
        if link.url != first.url and site.canonical(link.url) not in map(site.canonical, (first.url, *first.others)):
            found[identity] = first._replace(others=(*first.others, link.url))
    return list(found.values())


def parsed(text: str) -> Selector:
    """The page or piece of HTML; the HTML of a JSON answer of an ASP.NET page method, {"d": "<li>…"}."""
    if text.lstrip()[:1] == "{":
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        values = answer.values() if isinstance(answer, dict) else ()
        text = next((value for value in values if isinstance(value, str) and "<" in value), text)
    return Selector(text=text or "<html/>", type="html")


def base_of(page: Selector, url: str) -> str:
    """What relative links are seen from: <base href>, else the page's own address."""
    address = url.partition("#")[0]
    href = page.css("base::attr(href)").get()
    return (normalise(href, address) if href else None) or address


def _xml(text: str) -> lxml.etree._Element:
    """The root of a feed or sitemap as far as it can be read; without its declaration, for the text is no longer in that charset."""
    parser = lxml.etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    bare = _DECLARATION.sub("", text.replace("\x00", "").lstrip("\ufeff \t\r\n"))
    try:
        root = lxml.etree.fromstring(bare.encode("utf-8", "replace"), parser)
    except lxml.etree.XMLSyntaxError:  # nothing in it can be read
        root = None
    return root if root is not None else lxml.etree.Element("none")


def _feed_addresses(entry: lxml.etree._Element) -> Iterator[str]:
    """Of an Atom entry the alternate link, of an RSS item its link, else its guid if that is an address."""
    for link in entry.iterfind("{*}link"):
        if link.get("rel", "alternate") == "alternate":
            yield (link.get("href") or link.text or "").strip()
    guid = (entry.findtext("{*}guid") or "").strip()
    if guid.startswith(("http://", "https://")):
        yield guid


def _text(node: Selector) -> str:
    """A node's words, and the stamp that its attributes may hold where the words are '17 giờ trước'."""
    return " ".join([*node.css("::text").getall(), node.root.get("datetime", ""), node.root.get("title", "")])


def _day(text: str) -> dt.date | None:
    """The first day written as 30/10/2025 or 2025-10-30."""
    for found in _DAY.finditer(text):
        day, month, year, iso_year, iso_month, iso_day = found.groups()
        try:
            return dt.date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
        except ValueError:
            continue
    return None


def _stamp(text: str | None) -> dt.date | None:
    """The day of a feed's stamp: RFC 822 or one of the forms above."""
    found = re.search(r"(\d{1,2})\s+([A-Z][a-z]{2})[a-z]*\s+(\d{4})", text or "")
    if found:
        try:
            return dt.datetime.strptime(" ".join(found.groups()), "%d %b %Y").date()
        except ValueError:
            return None
    return _day(text or "")
