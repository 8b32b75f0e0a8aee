"""A run: where it works, on which registry, what it did; and what each of its steps begins with."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.registry import Registry
from data.archive import Archive
from data.damage import Damage
from data.verify import verify
from thidua import say
from thidua.exits import DONE, FAILED
from thidua.place import Place


@dataclass
class Run:
    """One run: where it works, on which registry, and what it did."""

    place: Place
    registry: Registry
    held: int  # file descriptor of the lock
    folder: Path | None = None  # of the registry, when it is not the package's own
    bases: dict[str, str] | None = None  # addresses of sample portals
    key: str = field(default_factory=lambda: f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{os.getpid()}")
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def overrides(self) -> Path:
        """The operator's own words on sites."""
        return self.place.folder / "sites.toml"


def recover(run: Run) -> None:
    """Set aside what a killed run left half written, and say so."""
    run.place.archive.mkdir(parents=True, exist_ok=True)
    for damage in Archive(run.place.archive).recover():
        tell_damage(damage)


def tell_damage(damage: Damage) -> None:
    """One line for a damage."""
    say.complain("damage", where=damage.where, what=damage.what, todo=damage.todo)


def verify_place(data: Path | None) -> int:
    """Archive, store and published file against each other."""
    place = Place.of(data).readable()
    found = verify(place.folder)
    for damage in found.damages:
        tell_damage(damage)
    if found.damages:
        say.complain("damaged", number=len(found.damages))
        return FAILED
    say.tell("verified", records=found.records, articles=found.articles)
    return DONE
