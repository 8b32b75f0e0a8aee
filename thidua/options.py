"""Arguments and options that several commands share."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from crawler.share import Share


class As(StrEnum):
    """Kind of an input."""

    DUMP = "dump"
    HTML = "html"
    WARC = "warc"
    JSONL = "jsonl"
    PARQUET = "parquet"


class Engine(StrEnum):
    """Who reads pages."""

    LOCAL = "local"
    DASK = "dask"


class ExportForm(StrEnum):
    """Form of exported files."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


def seconds(text: str) -> float:
    """Seconds of "90", "20m", "2h"."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", text)
    if not match:
        raise typer.BadParameter("a time such as 90s, 20m or 2h was expected")
    return float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[match[2]]


def size(text: str) -> int:
    """Bytes of "500M", "2G"."""
    match = re.fullmatch(r"(\d+)([KMGT]?)", text.upper())
    if not match:
        raise typer.BadParameter("a size such as 500M or 2G was expected")
    return int(match[1]) << {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}[match[2]]


def share(text: str) -> Share:
    """The third of ten shares of "3/10"."""
    match = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", text)
    if not match or int(match[1]) > int(match[2]):
        raise typer.BadParameter("a share such as 3/10, the third of ten, was expected")
    return Share(int(match[1]), int(match[2]))


Data = Annotated[Path | None, typer.Option("--data", help="folder of archive and databases [THIDUA_DATA, else data/var]")]
Sites = Annotated[
    Path | None,
    typer.Option("--sites", help="registry of sites instead of the package's own; with it alone addresses on this machine are fetched"),
]
Keys = Annotated[list[str] | None, typer.Argument(metavar="[SITE…]", help="keys of sites; none: all live ones")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="processes that read and extract")]
Since = Annotated[
    dt.datetime | None,
    typer.Option("--since", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="back to that day, archives by date too; nothing older"),
]
Pages = Annotated[int | None, typer.Option("--pages", min=1, help="pages of a list at most")]
For = Annotated[float | None, typer.Option("--for", parser=seconds, metavar="TIME", help="end cleanly after so long: 90s, 20m, 2h")]
MinFree = Annotated[
    int, typer.Option("--min-free", parser=size, metavar="SIZE", help="end cleanly when less of the disk is free: 500M, 2G")
]
Notify = Annotated[
    str | None,
    typer.Option(
        "--notify", envvar="THIDUA_NOTIFY", help="command that gets the report as JSON on standard input when the status is not 0"
    ),
]
KindOf = Annotated[str | None, typer.Option("--kind", help="only sites of this kind: newspaper, portal, department, …")]
ShareOf = Annotated[
    Share | None,
    typer.Option(
        "--share",
        parser=share,
        metavar="K/N",
        help="only the K-th of N shares of the hosts: each of N machines crawls one, and asks no host of another",
    ),
]
AsForm = Annotated[As | None, typer.Option("--as", help="kind of the input, else recognised")]
Url = Annotated[str | None, typer.Option("--url", help="address of the page in the file")]
Site = Annotated[str | None, typer.Option("--site", help="key of the site that the file comes from")]
Reviews = Annotated[
    Path | None, typer.Option("--reviews", metavar="FILE", help="JSON lines of people's decisions about records [DIR/reviews.jsonl]")
]
Province = Annotated[str | None, typer.Option("--province", help="province of the publisher")]
