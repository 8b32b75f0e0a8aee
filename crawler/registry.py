"""The registry: the TOML of all sites and platforms.

A site takes every key that it leaves out from its platform. Folders: `platforms/*.toml` and `sites/*.toml` of this package, or another
folder of sites (with a `platforms/` of its own, where it needs one).
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from crawler.address import host_of
from crawler.layout import Platform
from crawler.site import DELAY, KEY, PORTAL_DELAY, Site, SiteError, bare
from schemas.record import Frozen

_OF_A_SITE = frozenset(info.alias or name for name, info in Site.model_fields.items())
_SHAPES: dict[str, tuple[type, type | None, str]] = {  # key -> its kind, that of its entries, what to do
    "hosts": (list, str, 'a list was expected: write hosts = ["mau.example"]'),
    "start": (list, None, 'a list was expected: write start = ["https://mau.example/tin-tuc"]'),
    "feeds": (list, str, 'a list was expected: write feeds = ["https://mau.example/rss"]'),
    "platform": (str, None, "the name of one file of platforms/ was expected: correct it"),
    "next": (dict, None, "a table was expected: write [next], and below it its keys"),
    "layout": (list, dict, "a list of tables was expected: write [[layout]], in two brackets, above each"),
}


class Registry(Frozen):
    """All platforms and sites."""

    platforms: Mapping[str, Platform] = Field(description="key -> platform")
    by_key: Mapping[str, Site] = Field(description="key -> site")
    broken: Mapping[str, str] = Field(
        default={}, description="key -> what is wrong with the operator's own file of it; left out of `by_key`"
    )

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """All sites in the order of their keys."""
        return tuple(self.by_key[key] for key in sorted(self.by_key))

    @cached_property
    def _by_host(self) -> dict[str, list[Site]]:
        """Host -> the sites with pages on it."""
        found: dict[str, list[Site]] = {}
        for site in self.sites:
            for host in dict.fromkeys(host.partition("/")[0] for host in site.hosts):
                found.setdefault(host, []).append(site)
        return found

    def site(self, key: str) -> Site:
        """The site of that key, else SiteError."""
        if key in self.broken:
            raise SiteError(self.broken[key])
        if key not in self.by_key:
            raise SiteError(f"{key!r} is no site of the registry; known are {', '.join(sorted(self.by_key)) or 'none'}")
        return self.by_key[key]

    def platform(self, site: Site | None) -> Platform | None:
        """The platform of a site."""
        return self.platforms.get(site.platform) if site and site.platform else None

    def for_host(self, host: str) -> Site | None:
        """The site of a host (or host:port), with or without www."""
        return self.for_url(f"http://{host}/")

    def for_url(self, url: str, day: dt.date | None = None) -> Site | None:
        """The site on whose hosts the address lies: of several one that held on the day (that still holds), with the longest prefix."""
        return max(self.all_for_url(url), key=lambda site: (site.holds_on(day), site.fit(url)), default=None)

    def all_for_url(self, url: str) -> list[Site]:
        """All sites on whose hosts the address lies, whenever they held."""
        try:
            return [site for site in self._by_host.get(host_of(url), ()) if site.owns(url)]
        except ValueError:  # no address
            return []


def load_registry(folder: Path | None = None, *, bases: Mapping[str, str] | str | None = None, overrides: Path | None = None) -> Registry:
    """Read the registry of the package with the operator's own (`registry/` beside `overrides`) over it, or only the sites of `folder`.

    `bases`: what `{base}` in a site stands for, by site key or one for all (`http://127.0.0.1:8000`). `overrides`: the operator's
    TOML, a table a site key, whose keys win (`[hau-giang] status = "live"`). SiteError for a file that cannot be used; one of the
    operator's own is named in `broken`, and the others go on.
    """
    root: Traversable = files("crawler")
    platform_files = dict(_toml_files(root.joinpath("platforms")))
    site_files = dict(_toml_files(root.joinpath("sites") if folder is None else folder))
    own = overrides.parent / "registry" if overrides is not None else None
    if folder is None and own is not None:
        site_files |= dict(_toml_files(own))
    for beside in (folder or own,):
        platform_files |= dict(_toml_files(beside / "platforms")) if beside is not None else {}
    broken: dict[str, str] = {}
    raw_platforms, platforms = {}, {}
    for key, file in platform_files.items():
        with _left_out(broken, f"platforms/{key}", apart=folder is None):
            raw = _read(file)
            platforms[key], raw_platforms[key] = _platform(key, raw, where=str(file)), raw
    wins = _read(overrides) if overrides is not None and overrides.exists() else {}
    for key, said in wins.items():
        if not isinstance(said, dict):
            raise SiteError(f'{overrides}: `{key}` = {said!r}; a table was expected, such as [ha-nam] and below it status = "live"')
    sites = {}
    for key, file in site_files.items():
        with _left_out(broken, key, apart=folder is None):
            raw = _read(file)
            base = bases if isinstance(bases, str) or bases is None else bases.get(key)
            if base is not None:
                raw = _fill(raw, base)
            sites[key] = _site(key, _merge(raw, wins.get(key, {})), raw_platforms, where=str(file))
    elsewhere = {
        key for other in (root.joinpath("sites"), own) if folder is not None and other is not None for key, _ in _toml_files(other)
    }
    for key in wins.keys() - sites.keys() - elsewhere - broken.keys():
        raise SiteError(f"{overrides}: [{key}] is no site of the registry; known are {', '.join(sorted(sites)) or 'none'}")
    return Registry(platforms=platforms, by_key=sites, broken=broken)


@contextmanager
def _left_out(broken: dict[str, str], key: str, *, apart: bool) -> Iterator[None]:
    """Note a file that cannot be used; where the files do not stand `apart`, it is an error as everywhere."""
    try:
        yield
    except SiteError as error:
        if not apart:
            raise
        broken[key] = str(error)


def _toml_files(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """(name without .toml, file) of a folder; nothing where there is none."""
    if folder.is_dir():
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".toml"):
                yield file.name.removesuffix(".toml"), file


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        quotes = r", and write regexes in single quotes, '-\d+\.html$'" if "\\" in str(error) else ""
        raise SiteError(f"{file}: {error}; a TOML file in UTF-8 was expected: mend that line{quotes}") from error


def _fill(value: Any, base: str) -> Any:
    """Put the sample server's address where `{base}` stands."""
    if isinstance(value, str):
        return value.replace("{base}", base.rstrip("/"))
    if isinstance(value, list):
        return [_fill(item, base) for item in value]
    return {key: _fill(item, base) for key, item in value.items()} if isinstance(value, dict) else value


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` upon `base`: tables key by key, anything else replaced."""
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merge(merged[key], value) if both else value
    return merged


def _platform(key: str, raw: Mapping[str, Any], *, where: str) -> Platform:
    try:
        return Platform.model_validate({**raw, "key": key})
    except ValidationError as error:
        raise SiteError(_explain(error, where)) from error


def _site(key: str, raw: Mapping[str, Any], platforms: Mapping[str, Mapping[str, Any]], *, where: str) -> Site:
    """The site with what it leaves out taken from its platform."""
    if not KEY.fullmatch(key):
        raise SiteError(f"{where}: the file's name is the key of the site, small ASCII letters, digits and hyphens: {_renamed(key)}")
    _check_shapes(raw, where)
    name = raw.get("platform")
    if name is not None and name not in platforms:
        raise SiteError(f"{where}: `platform` = {name!r}; a file of platforms/ was expected, one of {', '.join(sorted(platforms))}")
    given = {k: v for k, v in (platforms[name] if name else {}).items() if k not in ("name", "recognise", "evidence", "layout", "key")}
    if raw.get("next", {}).get("type", given.get("next", {}).get("type")) != given.get("next", {}).get("type"):
        given.pop("next", None)  # another kind of paging shares no key with the platform's
    merged = _merge(given, raw)
    layouts = platforms[name].get("layout", []) if name else []
    merged["layout"] = [_merge(_like(own, layouts), own) for own in raw["layout"]] if raw.get("layout") else layouts
    merged.setdefault("delay", PORTAL_DELAY if raw.get("kind") == "portal" else DELAY)
    merged["hosts"] = [_host(host) for host in raw.get("hosts", [])]
    try:
        return Site.model_validate({**merged, "key": key})
    except ValidationError as error:
        raise SiteError(_explain(error, where)) from error


def _renamed(key: str) -> str:
    """What to do with a file whose name is no key."""
    plain = re.sub(r"[^a-z0-9]+", "-", bare(key)).strip("-")
    return f"rename it to {plain}.toml" if plain else "rename it"


def _check_shapes(raw: Mapping[str, Any], where: str) -> None:
    """SiteError for a value of another kind than the platform's, upon which it is to be laid."""
    for key, (kind, of, todo) in _SHAPES.items():
        value = raw.get(key, kind())
        if not isinstance(value, kind) or (of and isinstance(value, list) and not all(isinstance(one, of) for one in value)):
            raise SiteError(f"{where}: `{key}` = {value!r}: {todo}")
    if not raw.get("hosts"):
        raise SiteError(f'{where}: `hosts` is missing: write hosts = ["mau.example"], the hosts of its pages')


def _like(own: Mapping[str, Any], layouts: list[dict[str, Any]]) -> dict[str, Any]:
    """The platform's layout of the same name, else its first, without its last day."""
    found = next((layout for layout in layouts if layout.get("name") == own.get("name")), layouts[0] if layouts else {})
    return {key: value for key, value in found.items() if key != "until"}


def _host(host: str) -> str:
    """`hosts` as compared: no scheme, no www, lower case, an own port and prefix kept."""
    parts = urlsplit(host if "://" in host else f"//{host}")
    return host_of(host) + parts.path.rstrip("/")


def _explain(error: ValidationError, where: str) -> str:
    """The messages of pydantic in the form 'where: what was met, what was expected, what to do'."""
    lines = []
    for fault in error.errors():
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            below = len(fault["loc"]) > 1 and fault["loc"][-1] in _OF_A_SITE
            todo = "write it above the first [table]" if below else "take it out, or look for a slip in its spelling"
            lines.append(f"{where}: `{name}` is no known key: {todo}")
        elif fault["type"] == "missing":
            lines.append(f"{where}: `{name}` is missing: add it")
        else:
            met = "" if isinstance(fault["input"], dict) else f" = {fault['input']!r}"
            lines.append(f"{where}: `{name or 'site'}`{met}: {fault['msg'].removeprefix('Value error, ')}: correct it")
    return "\n".join(lines)
