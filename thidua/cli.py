"""The command `thidua`: arguments in, exit status out. What a command does stands in the modules that it imports when it runs.

Exit status: 0 done, 1 failed, 2 usage, 3 done but an expectation was missed, 4 another run holds the lock, 75 no network for now.
"""

from __future__ import annotations

import datetime as dt
import signal
import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from thidua.exits import FAILED, INTERRUPTED
from thidua.options import (
    AsForm,
    Data,
    Engine,
    ExportForm,
    For,
    Keys,
    KindOf,
    MinFree,
    Notify,
    Pages,
    Province,
    Reviews,
    ShareOf,
    Since,
    Site,
    Sites,
    Url,
    Workers,
)
from thidua.sites.arguments import sites_app

app = typer.Typer(
    help="News of Vietnam's provinces on emulation and commendation, as data. / Tin thi đua, khen thưởng của các tỉnh thành dữ liệu.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


app.add_typer(sites_app, name="sites")


class Lang(StrEnum):
    """Language of messages."""

    VI = "vi"
    EN = "en"


@app.callback()
def options(lang: Annotated[Lang | None, typer.Option("--lang", help="language of messages [by the locale]")] = None) -> None:
    """Options of all commands."""
    from thidua import say

    say.speak(lang.value if lang else None)


def fail(status: int, key: str, /, **values: object) -> NoReturn:
    """Say what is wrong and end."""
    from thidua.say import complain

    complain(key, **values)
    raise typer.Exit(status)


@app.command()
def demo(data: Data = None, port: Annotated[int, typer.Option("--port", help="first port of the sample portals; 0: any")] = 0) -> None:
    """The whole way on sample portals that this machine serves itself; ends with rows and what to type next."""
    from thidua.demo.tour import tour
    from thidua.place import Place

    raise typer.Exit(tour(Place.of(data), port))


@app.command()
def crawl(
    keys: Keys = None,
    kind: KindOf = None,
    since: Since = None,
    pages: Pages = None,
    limit: For = None,
    min_free: MinFree = "1G",  # type: ignore[assignment]
    share: ShareOf = None,
    data: Data = None,
    sites: Sites = None,
) -> None:
    """Fetch what is new and archive it."""
    from thidua.commands import command
    from thidua.crawling import Crawl

    day = since.date() if since else None
    order = Crawl(keys=tuple(keys or ()), kind=kind, since=day, pages=pages, seconds=limit, floor=min_free, share=share)
    raise typer.Exit(command("crawl", data, sites, crawl=order))


@app.command("import")
def import_(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="files; - is standard input")],
    form: AsForm = None,
    url: Url = None,
    site: Site = None,
    province: Province = None,
    all_hosts: Annotated[
        bool, typer.Option("--all-hosts", help="of WARC files also pages of hosts that no site of the registry has")
    ] = False,
    data: Data = None,
    sites: Sites = None,
) -> None:
    """Take files into the archive: WARC, HTML, text dumps, JSONL or Parquet of articles."""
    from thidua.commands import command
    from thidua.inputs import Form, Given

    given = Given(form=Form(form.value) if form else None, url=url, site=site, province=province)
    raise typer.Exit(command("import", data, sites, paths=paths, given=given, all_hosts=all_hosts))


@app.command()
def extract(
    everything: Annotated[bool, typer.Option("--all", help="all pages, not only what is new or was made by older rules")] = False,
    workers: Workers = 1,
    engine: Annotated[Engine, typer.Option("--engine", help="who reads: processes here, or a Dask cluster")] = Engine.LOCAL,
    scheduler: Annotated[str | None, typer.Option("--scheduler", metavar="ADDRESS", help="of the cluster: tcp://HOST:8786")] = None,
    shared: Annotated[
        str | None,
        typer.Option("--shared", metavar="PATH|URL", help="the data folder as the cluster's workers see it [as it is seen here]"),
    ] = None,
    data: Data = None,
    sites: Sites = None,
) -> None:
    """Archive to store: read pages, extract records, keep them."""
    from thidua.commands import command
    from thidua.extracting import Cluster

    if (engine is Engine.DASK) != bool(scheduler) or (shared and not scheduler):
        raise typer.BadParameter("--engine dask and --scheduler ADDRESS go together; --shared is for them alone")
    cluster = Cluster(scheduler, shared) if scheduler else None
    raise typer.Exit(command("extract", data, sites, everything=everything, workers=workers, cluster=cluster))


@app.command()
def publish(data: Data = None) -> None:
    """Publish the store for readers: news.duckdb and Parquet files."""
    from thidua.commands import command

    raise typer.Exit(command("publish", data, None))


@app.command()
def run(
    keys: Keys = None,
    kind: KindOf = None,
    since: Since = None,
    pages: Pages = None,
    limit: For = None,
    min_free: MinFree = "1G",  # type: ignore[assignment]
    share: ShareOf = None,
    notify: Notify = None,
    workers: Workers = 1,
    report: Annotated[Path | None, typer.Option("--report", help="write what happened as JSON")] = None,
    data: Data = None,
    sites: Sites = None,
) -> None:
    """Crawl, extract and publish under one lock; what a timer calls."""
    from thidua.commands import command
    from thidua.crawling import Crawl

    day = since.date() if since else None
    order = Crawl(keys=tuple(keys or ()), kind=kind, since=day, pages=pages, seconds=limit, floor=min_free, share=share)
    raise typer.Exit(command("run", data, sites, notify=notify, crawl=order, workers=workers, report=report))


@app.command()
def parse(
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE…]", help="files; - or none is standard input")] = None,
    form: AsForm = None,
    url: Url = None,
    site: Site = None,
    province: Province = None,
    workers: Workers = 1,
    sites: Sites = None,
) -> None:
    """Inputs in, one JSON line an article out, in order; keeps nothing."""
    from thidua.inputs import Form, Given
    from thidua.parsing import parse_files

    given = Given(form=Form(form.value) if form else None, url=url, site=site, province=province)
    raise typer.Exit(parse_files(files or ["-"], given, sites=sites, workers=workers))


@app.command()
def show(
    what: Annotated[str, typer.Argument(metavar="ARTICLE|URL", help="key or address of an article")],
    to_html: Annotated[Path | None, typer.Option("--html", help="write a page instead")] = None,
    data: Data = None,
) -> None:
    """One article with its records marked."""
    from thidua.asking import show_article

    raise typer.Exit(show_article(what, data, to_html))


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="one SELECT on the published file")],
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV on standard output")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines on standard output")] = False,
    data: Data = None,
) -> None:
    """Ask the published file.

    Begin with award_counts, awards_by_province, officials_over_time, people, bodies, event_calendar, stories. All tables and views:
    thidua sql "show tables". What a column holds: docs/tables.md.
    """
    from thidua.asking import ask

    raise typer.Exit(ask(query, data, form="csv" if as_csv else "json" if as_json else "table"))


@app.command()
def evaluate(
    gold: Annotated[list[Path] | None, typer.Argument(metavar="[GOLD…]", help="folders of annotated articles")] = None,
    rows: Annotated[bool, typer.Option("--rows/--no-rows", help="list the rows that differ")] = True,
    compare: Annotated[
        Path | None, typer.Option("--compare", help="file of the last score: lists rows gained and lost, then is rewritten")
    ] = None,
    stock: Annotated[bool, typer.Option("--stock/--no-stock", help="run dateparser and underthesea on the same articles too")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="the figures as JSON")] = False,
    save: Annotated[
        Path | None,
        typer.Option("--save", help="CSV file that the figures are put into: schemas/tables/accuracy.csv is published as `accuracy`"),
    ] = None,
    reviews: Reviews = None,
    data: Data = None,
) -> None:
    """Precision, recall and F1 of each kind of record against gold, by outlet and province, beside stock tools; or against decisions of review."""
    from thidua.evaluating import evaluate_gold
    from thidua.evaluating_reviews import evaluate_reviews

    if reviews is not None:
        raise typer.Exit(evaluate_reviews(reviews, data, rows=rows, as_json=as_json))
    if not gold:
        fail(2, "no_gold_named")
    raise typer.Exit(evaluate_gold(gold, rows=rows, compare=compare, as_json=as_json, stock=stock, save=save))


@app.command()
def status(
    keys: Annotated[list[str] | None, typer.Argument(metavar="[SITE…]", help="keys of sites: all that is known of them")] = None,
    everything: Annotated[bool, typer.Option("--all", help="drafts that were never crawled too")] = False,
    to_html: Annotated[Path | None, typer.Option("--html", help="write a page instead")] = None,
    data: Data = None,
) -> None:
    """What each site gave and missed, and when: those that were crawled or are live."""
    from thidua.asking import status_of

    raise typer.Exit(status_of(data, to_html, keys=keys or (), everything=everything))


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="port on this machine; 0: any free one")] = 8765,
    reviews: Reviews = None,
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="in whose name decisions are kept [your login name]")] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="nobody decides about records; nothing is written")] = False,
    data: Data = None,
) -> None:
    """The web page of what is published, on this machine alone (http://127.0.0.1:8765/), until Ctrl-C."""
    from thidua.web.serve import serve as serve_page

    raise typer.Exit(serve_page(data, port, reviews=reviews, reviewer=reviewer, read_only=read_only))


@app.command()
def verify(data: Data = None) -> None:
    """The archive and the store against each other; names every damage."""
    from thidua.run import verify_place

    raise typer.Exit(verify_place(data))


@app.command()
def rebuild(workers: Workers = 1, data: Data = None, sites: Sites = None) -> None:
    """Make the store anew from the archive, and publish it."""
    from thidua.commands import command

    raise typer.Exit(command("rebuild", data, sites, workers=workers))


@app.command()
def export(
    to: Annotated[Path, typer.Argument(metavar="DIR|FILE", help="folder, or one file: .parquet, .csv, .xlsx, .jsonl")],
    tables: Annotated[list[str] | None, typer.Argument(metavar="[TABLE…]", help="tables and views; none: all of them")] = None,
    form: Annotated[ExportForm | None, typer.Option("--as", help="form of the files [by the file's name, else parquet]")] = None,
    since: Annotated[
        dt.datetime | None,
        typer.Option(
            "--since", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="only articles published from that day on, and their records"
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Published tables as files: Parquet by year of publication, CSV and Excel that run no formula, JSON lines."""
    from thidua.exporting import export_tables

    raise typer.Exit(export_tables(to, tables or (), form=form.value if form else None, since=since.date() if since else None, data=data))


@app.command()
def forget(
    what: Annotated[
        str, typer.Argument(metavar="ARTICLE|URL|NAME", help="key or address of an article, or a person's whole name; - reads it")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="do it; without, only say what it would take out")] = False,
    reviews: Reviews = None,
    data: Data = None,
    sites: Sites = None,
) -> None:
    """Take an article or a person out of store, archive and what was published, and keep it out. See docs/privacy.md."""
    from thidua.commands import command

    raise typer.Exit(command("forget", data, sites, what=what, yes=yes, reviews=reviews))


def main() -> None:
    """Entry point of the command; the border at which what it could not go on from becomes a line for its user."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # UTF-8 whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except BrokenPipeError:  # `thidua parse … | head`
        sys.stderr.close()
        sys.exit(FAILED)
    except SystemExit as end:
        if end.code != INTERRUPTED:
            raise
        complain_at_border("stopped")
    except OSError as error:
        complain_at_border("disk", where=error.filename or "thidua", why=error.strerror or error)
    except _of_databases() as error:
        complain_at_border("database", why=str(error).strip().partition("\n")[0])


def complain_at_border(key: str, /, **values: object) -> NoReturn:
    """Say what ended the command, and end it."""
    from thidua.say import complain

    complain(key, **values)
    sys.exit(FAILED)


def _of_databases() -> tuple[type[Exception], ...]:
    """What is raised by a database or an archive that cannot be used."""
    import duckdb

    from data.damage import Damaged
    from data.migrations import MigrationError
    from data.store import StoreDamaged

    return duckdb.Error, StoreDamaged, MigrationError, Damaged


if __name__ == "__main__":
    main()
