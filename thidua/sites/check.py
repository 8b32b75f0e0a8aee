"""`thidua sites check`: a site on its live pages, and the operator's word for one that holds."""

from __future__ import annotations

import shutil
from pathlib import Path

from crawler.registry import load_registry
from crawler.site import Site, SiteError
from thidua import say
from thidua.exits import DONE, FAILED, MISSED, NO_NETWORK, USAGE
from thidua.place import Place
from thidua.sites.found import Check, saved_name
from thidua.sites.going_live import NotWritten, make_live
from thidua.sites.judging import judge, without_text
from thidua.sites.printing import line, shown, wrapped
from thidua.sites.probing import Answer, ProbeError, Seen, look
from thidua.sites.registry import complain_unknown, definition_of, option_of, registry_of
from thidua.sites.report import print_check, print_mends


def check_site(key: str, data: Path | None, sites: Path | None, *, articles: int, live: bool) -> int:
    """Fetch a list and a few articles, print what the definition makes of them, and make the site live when it holds."""
    place = Place.of(data)
    registry = registry_of(place, sites)
    if registry is None:
        return USAGE
    if key not in registry.by_key:
        if key not in registry.broken:
            complain_unknown(key, registry, sites, place=place)
        return USAGE
    site = registry.site(key)
    definition = definition_of(key, place, sites)
    line(f"{site.key} · {site.name}", "bold")
    line(f"{shown(definition)} · {say.text('check_platform', platform=site.platform or '–')} · {site.status}")
    say.tell("check_polite", host=site.hosts[0], delay=f"{site.delay:g}", most=articles + 2 + (site.paging.type != "none"))
    seen = looked(site, articles=articles, allow_loopback=sites is not None)
    if seen is None:
        return FAILED
    check = judge(site, seen, registry)
    saved = place.checked / key
    keep(seen, check, saved)
    line()
    print_check(check)
    if check.no_network:
        say.complain("check_no_network", host=site.hosts[0])
        return NO_NETWORK
    if check.mends:
        wrapped(say.text("check_stays" if site.status == "draft" else "check_falls", key=key), first="", margin="", style="bold red")
        print_mends(check.mends, definition=definition, platform=site.platform, saved=saved)
        return MISSED
    return go_live(site, place, sites, live=live, pages=len(check.pages) - len(without_text(check)))


def looked(site: Site, *, articles: int = 3, article: str | None = None, **order: object) -> Seen | None:
    """What a look at the site brought; None after having said that it broke off."""

    def tell(answer: Answer) -> None:
        say.tell("probed", label=answer.label, kind=answer.line.kind, url=answer.line.url)

    try:
        return look(site, tell=tell, articles=articles, article=article, **order)
    except ProbeError as error:
        say.complain("check_failed", code=error)
        return None


def keep(seen: Seen, check: Check, folder: Path) -> None:
    """Keep the pages as they came, in place of those of the check before."""
    came = [(saved_name(answer, check.pages), answer.page.body) for answer in seen.answers if answer.page]
    if came:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for name, body in came:
        (folder / name).write_bytes(body)


def go_live(site: Site, place: Place, sites: Path | None, *, live: bool, pages: int) -> int:
    """Say that the site holds, and write it down unless the operator only wanted to look."""
    path = place.overrides
    held = say.text("check_holds", key=site.key, pages=pages)
    if not live:
        wrapped(f"{held} {say.text('check_not_written')}", first="", margin="", style="bold green")
        return DONE
    try:
        written = site.status != "live" and make_live(path, site.key)
    except NotWritten as error:
        say.complain("check_by_hand", path=path, key=site.key, why=error)
        return FAILED
    told = say.text("check_live" if written else "check_was_live", path=shown(path))
    wrapped(f"{held} {told}", first="", margin="", style="bold green")
    wrapped(say.text("check_next", key=site.key, option=option_of(sites, place)), first="", margin="")
    if sites is not None and not is_known(site.key, place):
        wrapped(
            say.text("check_apart", key=site.key, path=shown(path), registry=shown(place.registry)), first="", margin="", style="yellow"
        )
    return DONE


def is_known(key: str, place: Place) -> bool:
    """Whether a run without --sites knows the site; one that does not stops at its name in sites.toml."""
    try:
        return key in load_registry(None, overrides=place.overrides).by_key
    except SiteError:
        return False
