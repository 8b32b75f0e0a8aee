"""`thidua demo`: the sample portals served on this machine, crawled as real ones would be, read, extracted, kept, published, asked."""

from __future__ import annotations

import shutil
import signal
from importlib.resources import as_file, files
from pathlib import Path

from crawler.registry import load_registry
from thidua import say
from thidua.asking import samples
from thidua.crawling import Crawl
from thidua.demo.portals import all_portals
from thidua.demo.server import serve
from thidua.exits import HELD
from thidua.place import Locked, Place
from thidua.run import Run
from thidua.steps import whole

KINDS = ("dates", "officials", "awards", "counts", "events", "documents", "campaigns")


def tour(place: Place, port: int) -> int:
    """Serve, run, show; 0 when every sample portal gave its articles."""
    demo = Place(place.folder / "demo")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the servers stop with us
    with as_file(files("thidua.demo").joinpath("sites")) as folder:
        try:
            with place.lock() as lock:
                shutil.rmtree(demo.folder, ignore_errors=True)
                status = crawl_samples(demo, folder, port, lock)
        except Locked as held:
            say.complain("locked", folder=place.folder, holder=held)
            return HELD
    if not status:
        summary(demo, place)
    return status


def crawl_samples(demo: Place, folder: Path, port: int, lock: int) -> int:
    """One run over the sample portals, as over the real ones, but on loopback and without a delay."""
    portals = all_portals()
    with serve(portals, port) as addresses:
        say.tell("demo_serving", number=len(portals), addresses=", ".join(addresses.values()))
        run = Run(demo, load_registry(folder, bases=dict(addresses)), lock, folder, dict(addresses))
        return whole(run, crawl=Crawl(keys=tuple(site.key for site in run.registry.sites)))


def summary(demo: Place, place: Place) -> None:
    """What came out: how much, three records with their sentences, a table, and what to type next."""
    shown = samples(demo.published)
    say.out().print()
    say.table(("", ""), shown.sizes, title=say.text("demo_sizes"))
    say.out().print()
    say.out().print(say.text("demo_records"), markup=False)
    for kind, value, quote, url in shown.records:
        say.out().print(f"  [bold]{kind}[/]  {say.clean(value)}", highlight=False)
        say.out().print(f"      “{say.clean(quote)}”", markup=False)
        say.out().print(f"      {url}", markup=False, style="dim")
    say.out().print()
    say.table(shown.columns, shown.awards, title=say.text("demo_awards"))
    data = "" if place.folder == Path("data/var") else f" --data {place.folder}"
    say.out().print(say.text("demo_next", data=data, article=shown.article), markup=False)
