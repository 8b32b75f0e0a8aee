"""The registry of a command of `thidua sites`, the file that defines a site, and what is said of a key that nobody knows."""

from __future__ import annotations

import shlex
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from crawler.registry import Registry, load_registry
from crawler.site import SiteError
from thidua import say
from thidua.place import Place
from thidua.sites.printing import shown


def registry_of(place: Place, sites: Path | None) -> Registry | None:
    """The registry of a command; None after having said what is wrong with it."""
    if sites is not None and not sites.is_dir():
        say.complain("no_registry", folder=sites)
        return None
    try:
        registry = load_registry(sites, overrides=place.overrides)
    except SiteError as error:
        say.complain("bad_site", why=error)
        return None
    for why in registry.broken.values():
        say.complain("site_left_out", why=why)
    return registry


def definition_of(key: str, place: Place, sites: Path | None) -> Path:
    """The file that defines a site."""
    folders = [sites] if sites is not None else [place.registry, Path(str(files("crawler").joinpath("sites")))]
    return next((folder / f"{key}.toml" for folder in folders if (folder / f"{key}.toml").exists()), folders[-1] / f"{key}.toml")


def option_of(sites: Path | None, place: Place) -> str:
    """The --sites, and the --data where it is not the default, that a further command needs, as they are typed after the others."""
    given = {"--sites": sites, "--data": place.folder if place != Place.of(None) else None}
    return "".join(f" {name} {shlex.quote(shown(folder))}" for name, folder in given.items() if folder is not None)


def complain_unknown(key: str, registry: Registry, sites: Path | None, *, place: Place) -> None:
    """Say that there is no such site, with keys that are near; of an address, which sites it belongs to."""
    option = option_of(sites, place)
    if "://" in key:
        say.complain("key_is_address", key=key, near=", ".join(site.key for site in registry.all_for_url(key)) or "–", option=option)
        return
    near = [one for one in sorted(registry.by_key) if key in one][:5] or get_close_matches(key, registry.by_key, n=3)
    say.complain("unknown_site", key=key, near=", ".join(near) or "–", option=option)
