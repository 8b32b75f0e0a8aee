"""`thidua sites`: its arguments; what the commands do stands in the modules that they import when they run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thidua.options import Data, KindOf, Sites

sites_app = typer.Typer(
    help="The registry: what it holds, whether a definition holds on the live pages, a new one.",
    add_completion=False,
    rich_markup_mode=None,
)

Key = Annotated[str, typer.Argument(metavar="KEY", help="key of the site: the name of its file without .toml")]


@sites_app.callback(invoke_without_command=True)
def bare(context: typer.Context) -> None:
    """The registry: what it holds, whether a definition holds on the live pages, a new one."""
    if context.invoked_subcommand is None:
        list_(None, False, None, None)


@sites_app.command("list")
def list_(
    kind: KindOf = None,
    live: Annotated[bool, typer.Option("--live", help="only sites that are crawled without being named")] = False,
    data: Data = None,
    sites: Sites = None,
) -> None:
    """All sites: status, kind, platform, province then and now, hosts, name."""
    from thidua.sites.listing import list_sites

    raise typer.Exit(list_sites(data, sites, kind=kind, live=live))


@sites_app.command("check")
def check(
    key: Key,
    articles: Annotated[int, typer.Option("--articles", min=1, max=10, help="articles to read")] = 3,
    live: Annotated[bool, typer.Option("--yes/--no-live", help="make a site live that holds, or only look")] = True,
    data: Data = None,
    sites: Sites = None,
) -> None:
    """Fetch a list and up to three articles as politely as a crawl, show field by field what was read, and make the site live if it holds.

    Nothing goes into the archive. Copies of the pages are kept in DATA/check/KEY. Exit status: 0 it holds, 3 it does not and what is to
    be mended was said, 75 the network.
    """
    from thidua.sites.check import check_site

    raise typer.Exit(check_site(key, data, sites, articles=articles, live=live))


@sites_app.command("new")
def new(
    key: Annotated[str, typer.Argument(metavar="KEY", help="key of the new site: small ASCII letters, digits and hyphens")],
    url: Annotated[str, typer.Argument(metavar="URL", help="address of one of its articles")],
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", help="where to write [DIR of --sites, else DATA/registry], or to take a site of your own over; a clone keeps its layout"
        ),
    ] = None,
    page: Annotated[Path | None, typer.Option("--page", help="the article as a file of HTML: nothing is fetched")] = None,
    data: Data = None,
    sites: Sites = None,
) -> None:
    """Lay down a definition, a page and an expectation from one article of a site."""
    from thidua.sites.new import new_site

    raise typer.Exit(new_site(key, url, data, sites, to=to, page=page))
