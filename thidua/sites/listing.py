"""`thidua sites list`: the registry as a table."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

from rich.cells import cell_len

from crawler.site import Site
from schemas.tables import successors
from thidua import say
from thidua.exits import DONE, MISSED, USAGE
from thidua.place import Place
from thidua.sites.printing import line, pad, wrapped
from thidua.sites.registry import option_of, registry_of

COLUMNS = ("key", "status", "kind", "platform", "province", "hosts", "name")
MERGER = dt.date(2025, 7, 1)


def list_sites(data: Path | None, sites: Path | None, *, kind: str | None, live: bool) -> int:
    """Print the registry: one line a site, two on a narrow terminal; counts at the end."""
    place = Place.of(data)
    registry = registry_of(place, sites)
    if registry is None:
        return USAGE
    kinds = Counter(site.kind for site in registry.sites)
    if kind is not None and kind not in kinds:
        say.complain("no_kind", kind=kind, kinds=", ".join(sorted(kinds)))
        return USAGE
    chosen = [site for site in registry.sites if kind in (None, site.kind) and (site.status == "live" or not live)]
    rows = [row_of(site) for site in chosen]
    widths = [max([len(name), *(cell_len(row[index]) for row in rows)]) + 2 for index, name in enumerate(COLUMNS)]
    if not say.out().is_terminal or sum(widths) <= say.out().width:
        for row in [COLUMNS, *rows]:
            text = "".join(pad(cell, columns) for cell, columns in zip(row, widths, strict=True))
            say.out().print(say.clean(text.rstrip()), markup=False, style="bold" if row == COLUMNS else None)
    else:
        for key, status, kind_, platform, province, hosts, name in rows:
            say.out().print(f"{pad(key, 40)}{pad(status, 7)}{pad(kind_, 14)}{platform}", markup=False, style="bold")
            line("    " + " · ".join(part for part in (province, hosts, name) if part))
    states = Counter(site.status for site in chosen)
    by_kind = ", ".join(f"{name} {number}" for name, number in sorted(Counter(site.kind for site in chosen).items()))
    say.out().print()
    wrapped(say.text("sites_counted", sites=len(chosen), live=states["live"], draft=states["draft"], kinds=by_kind), first="", margin="")
    if not states["live"]:
        wrapped(say.text("sites_none_live", option=option_of(sites, place)), first="", margin="")
    return MISSED if registry.broken else DONE


def row_of(site: Site) -> tuple[str, ...]:
    """A site as `sites list` shows it; the province as named then and as it is since 2025-07-01, where they differ."""
    then = site.province_on(None) or ""
    now = site.province_on(MERGER) if site.province_at else successors().get(then, then)
    province = f"{then} → {now}" if now and now != then else then
    status = site.status if site.holds_on(dt.date.today()) else "closed"
    return site.key, status, site.kind, site.platform or "–", province, ", ".join(site.hosts), site.name
