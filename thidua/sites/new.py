"""`thidua sites new`: from one article of a site to its definition, page and expectation, and what a person must look at."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.address import host_of
from crawler.discovery import normalise
from crawler.probe import document_of, feeds_of, named
from crawler.reader import read
from crawler.refusals import wrong_type
from crawler.registry import Registry, load_registry
from crawler.site import PORTAL_DELAY, Site, SiteError
from schemas.article import Article, Reject
from schemas.page import Fetch, Page
from schemas.vocabulary import State
from thidua import say
from thidua.exits import DONE, FAILED, NO_NETWORK, USAGE
from thidua.place import Place
from thidua.sites.check import looked
from thidua.sites.defining import Definition, define, guess_form, spans, toml
from thidua.sites.found import Value
from thidua.sites.judging import layout_of, values_of
from thidua.sites.printing import line, shown, wrapped
from thidua.sites.probing import Answer, Seen
from thidua.sites.registry import definition_of, option_of, registry_of
from thidua.sites.report import explained, print_value

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
EXPECTED = {"title", "published_at", "author", "source_credit", "lead", "section", "captions", "attachments", "kind", "text"}


@dataclass(frozen=True)
class Files:
    """The three files of a site."""

    definition: Path
    page: Path
    expectation: Path

    @classmethod
    def of(cls, key: str, folder: Path) -> Files:
        """In a clone of the project its own layout; elsewhere the definition and, beside it, a folder of the site's name."""
        is_clone = (folder / "crawler" / "sites").is_dir() and (folder / "tests" / "sites").is_dir()
        definitions, pages = (folder / "crawler" / "sites", folder / "tests" / "sites" / key) if is_clone else (folder, folder / key)
        return cls(definitions / f"{key}.toml", pages / "page.html", pages / "expected.json")

    @property
    def all(self) -> tuple[Path, ...]:
        """The three."""
        return self.definition, self.page, self.expectation


def new_site(key: str, url: str, data: Path | None, sites: Path | None, *, to: Path | None, page: Path | None) -> int:
    """Lay down the three files, or take those of an operator's own site over to `to`; nothing is written over."""
    place = Place.of(data)
    if sites is not None and not sites.exists():
        sites.mkdir(parents=True)
    registry = registry_of(place, sites)
    if registry is None:
        return USAGE
    files = Files.of(key, to or sites or place.registry)
    there = next((path for path in files.all if path.exists()), None)
    own = definition_of(key, place, sites)
    address = normalise(url if "://" in url else f"https://{url}", "")
    if not KEY.fullmatch(key):
        say.complain("new_bad_key", key=key)
    elif address is None or not urlsplit(address).hostname:
        say.complain("new_bad_url", url=url)
    elif key in registry.by_key and (there or to is None or own.parent != (sites or place.registry)):
        say.complain("new_known", key=key, path=shown(own), option=option_of(sites, place))
    elif there:
        say.complain("new_exists", path=shown(there))
    elif key in registry.by_key:
        return take_over(registry.site(key), Files.of(key, own.parent), files, registry=registry)
    else:
        return lay_down(key, address, registry, files, place=place, sites=sites, page=page)
    return USAGE


def take_over(site: Site, old: Files, new: Files, *, registry: Registry) -> int:
    """Copy an operator's own site, with the platform of its own where it has one, and say what it lacks and what differs."""
    pairs = list(zip(old.all, new.all, strict=True))
    if site.platform:
        folder = new.definition.parent.parent if new.definition.parent != new.page.parent.parent else new.definition.parent
        name = Path("platforms", f"{site.platform}.toml")
        pairs.append((old.definition.parent / name, folder / name))
    wrapped(say.text("new_taken_over", key=site.key, path=shown(old.definition)), first="", margin="", style="bold")
    for source, target in pairs:
        if source.exists() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            say.out().print(f"  {shown(target)}", markup=False)
    for path in new.all:
        if not path.exists():
            wrapped(say.text("new_lacks", path=shown(path)), first="• ", margin="  ", style="yellow")
    if new.page.exists() and new.expectation.exists() and (fields := differing_fields(site, new, registry=registry)):
        told = say.text("new_differs", path=shown(new.expectation), fields=", ".join(fields))
        wrapped(told, first="• ", margin="  ", style="yellow")
    return DONE


def differing_fields(site: Site, files: Files, *, registry: Registry) -> list[str]:
    """What the definition reads from the page otherwise than the expectation says; nothing where that is still to be written."""
    try:
        want = json.loads(files.expectation.read_text(encoding="utf-8"))
    except ValueError as error:
        say.complain("unreadable", where=shown(files.expectation), why=error)
        return []
    if want.keys() <= {"url"}:
        return []
    url = want.get("url", site.bases[0])
    page = Page(site=site.key, url=url, final_url=url, fetched_at=dt.datetime.now(dt.UTC), status=200, body=files.page.read_bytes())
    found = read(page, site, registry)
    given = {"reject": found.reason} if isinstance(found, Reject) else found.model_dump(mode="json", include=EXPECTED)
    given["url"] = url
    return sorted(key for key in {*given, *want} if given.get(key) != want.get(key))


def lay_down(key: str, url: str, registry: Registry, files: Files, *, place: Place, sites: Path | None, page: Path | None) -> int:
    """Get the page, recognise, read, write, and say so."""
    if other := registry.for_url(url):
        say.tell("new_covered", host=host_of(url), key=other.key)
    seen = from_disk(url, page) if page else from_site(key, url, place, sites)
    if seen is None:
        return FAILED
    answer = next((one for one in seen.answers if one.line.kind == "article"), None)
    if answer is None or answer.page is None or not answer.came:
        say.complain("new_unread", url=url, label=explained(answer.label if answer else "failed:dropped"))
        return NO_NETWORK if seen.no_network else FAILED
    if wrong := wrong_type(answer.page.body):
        say.complain("new_no_page", url=url, reason=wrong)
        return FAILED
    document = document_of(answer.page)
    definition = define(key, answer.page.final_url, document, registry)
    sources = [one for one in seen.answers if one.line.kind in ("feed", "sitemap")]
    if definition.platform is None:
        add_sources(definition, sources, known=feeds_of(document) if page else [])
    elif definition.misfit:
        guess_form(definition, ())
    text = toml(definition, day=f"{dt.date.today():%Y-%m-%d}")
    bare = answer.page.model_copy(update={"headers": (), "site": key, "url": answer.page.final_url})  # as the file will be read
    try:
        found, site = tried(key, text, bare, place=place, sites=sites)
    except SiteError as error:
        say.complain("bad_site", why=error)
        return FAILED
    if isinstance(found, Reject):
        say.complain("new_no_page", url=url, reason=": ".join(part for part in (found.reason, found.detail) if part))
        return FAILED
    write(files, text, bare, found)
    report(definition, values_of(found, layout_of(site, found), document), by=found.read_by or "", sources=sources, files=files)
    next_steps(definition, found, files, place=place, sites=sites, by_hand=bool(page))
    return DONE


def from_disk(url: str, file: Path) -> Seen | None:
    """The page from a file; nothing is fetched."""
    try:
        body = file.read_bytes()
    except OSError as error:
        say.complain("unreadable", where=file, why=error.strerror or error)
        return None
    now = dt.datetime.now(dt.UTC)
    page = Page(site="new", url=url, final_url=url, fetched_at=now, status=200, body=body)
    line_ = Fetch(run="new", seq=0, site="new", url=url, kind="article", state=State.OK, at=now, status=200)
    return Seen((Answer(line_, page),), None)


def from_site(key: str, url: str, place: Place, sites: Path | None) -> Seen | None:
    """The page, and where no platform shows what the site offers beside it, as politely as in a crawl."""
    is_loopback = host_of(url).startswith("127.")
    site = Site(key=key, name=key, hosts=(host_of(url),), delay=0 if is_loopback else PORTAL_DELAY)
    say.tell("check_polite", host=host_of(url), delay=f"{site.delay:g}", most=4)
    return looked(site, article=url, registry=sites, overrides=place.overrides, allow_loopback=sites is not None)


def add_sources(definition: Definition, sources: list[Answer], *, known: list[str]) -> None:
    """Feeds and sitemap that answered and name articles, and the form of their addresses; with them lists are not needed."""
    site = Site(key=definition.key, name=definition.name, hosts=(definition.host,))
    addresses: list[str] = []
    for one in sources:
        links, maps = named(site, one.line.kind, one.page) if one.page and one.came else ([], [])
        addresses += [link.url for link in links]
        if one.line.kind == "feed" and links:
            definition.feeds = (*definition.feeds, one.line.url)
        elif one.line.kind == "sitemap" and (links or maps) and one.line.found_on is None:
            definition.sitemap = definition.sitemap or one.line.url
    definition.feeds = definition.feeds or tuple(url for url in known[:1] if site.owns(url))
    definition.evidence |= {"feeds": "guess" if known else "sample"} if definition.feeds else {}
    definition.evidence |= {"sitemap": "sample"} if definition.sitemap else {}
    guess_form(definition, addresses)
    if definition.feeds or definition.sitemap:
        definition.start = definition.section = None
        definition.evidence.pop("start", None)


def tried(key: str, text: str, page: Page, *, place: Place, sites: Path | None) -> tuple[Article | Reject, Site]:
    """What the definition reads from the page; SiteError for one that is no definition."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"{key}.toml").write_text(text, encoding="utf-8")
        platforms = (sites or place.registry) / "platforms"
        if platforms.is_dir():
            shutil.copytree(platforms, folder / "platforms")
        registry = load_registry(folder)
    site = registry.site(key)
    return read(page, site, registry), site


def write(files: Files, text: str, page: Page, article: Article) -> None:
    """The three files; the definition last, so that it never stands there alone."""
    files.page.parent.mkdir(parents=True, exist_ok=True)
    files.definition.parent.mkdir(parents=True, exist_ok=True)
    files.page.write_bytes(page.body)
    expected = {"url": page.url} | article.model_dump(mode="json", include=EXPECTED)
    files.expectation.write_text(json.dumps(expected, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    files.definition.write_text(text, encoding="utf-8")


# ------------------------------------------------------------------ what is said


def report(definition: Definition, read_values: Iterable[Value], *, by: str, sources: list[Answer], files: Files) -> None:
    """What was recognised and by what, what was read, what was written."""
    line()
    line(f"{definition.key} · {definition.name}", "bold")
    if definition.platform:
        wrapped(say.text("new_platform", platform=definition.platform, signs="; ".join(definition.signs)), first="  ", margin="    ")
    else:
        wrapped(say.text("new_no_platform"), first="  ", margin="    ", style="yellow")
        for near in definition.near[:3]:
            wrapped(say.text("new_near", near=near), first="    ", margin="      ")
        for one in sources:
            line(f"    {one.line.kind:8} {one.label:16} {one.line.url}", None if one.came else "dim")
    if definition.misfit:
        wrapped(say.text("new_misfit", patterns=", ".join(definition.misfit)), first="  ", margin="    ", style="yellow")
    if definition.is_list:
        wrapped(say.text("new_is_list", url=definition.url), first="  ", margin="    ", style="yellow")
    line()
    line(say.text("new_read", by=by), "bold")
    for value in read_values:
        print_value(value)
    line()
    line(say.text("new_written"), "bold")
    for path in files.all:
        say.out().print(f"  {shown(path)}", markup=False)
    line()


def next_steps(definition: Definition, article: Article, files: Files, *, place: Place, sites: Path | None, by_hand: bool) -> None:
    """What a person must look at, and what to type next."""
    line(say.text("new_by_hand"), "bold")
    times = " → ".join(span["name"] for span in spans(definition.province)) or "–"
    todo = [say.text("new_todo_head", name=definition.name, kind=definition.kind, province=times)]
    if definition.start:
        todo.append(say.text("new_todo_start", start=definition.start))
    if definition.url_regex:
        todo.append(say.text("new_todo_form", form=definition.url_regex))
    elif definition.platform is None or definition.misfit:
        todo.append(say.text("new_todo_no_form" if definition.platform is None else "new_todo_misfit"))
    if definition.platform is None and not definition.feeds and not definition.sitemap:
        todo.append(say.text("new_todo_no_source_disk" if by_hand else "new_todo_no_source"))
    if not article.published_at:
        todo.append(say.text("new_todo_stamp"))
    todo.append(say.text("new_todo_expected", path=shown(files.expectation)))
    for one in todo:
        wrapped(one, first="• ", margin="  ")
    line()
    own = files.definition.parent
    option = option_of(None if own == place.registry and sites is None else own, place)
    wrapped(say.text("new_next", key=definition.key, option=option), first="", margin="", style="bold green")
