"""What the tombstones ask for, done: archive, store, leftovers and what was published. Whatever a kill leaves, the next command ends.

`DIR/archive/forgotten` says which tombstones the archive is free of; where it does not fit DIR/forgotten.jsonl (a take-down was cut off, or
an older copy of the archive was brought back) there is something to do.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from data.archive import Archive
from data.disk import write
from data.rewriting import Rewritten, rewrite
from data.statements import statement
from data.store import Store, compact
from thidua import say
from thidua.extracting import extract
from thidua.forgetting.sieve import Sieve
from thidua.forgetting.tombstones import Tombstones
from thidua.place import Place
from thidua.run import Run, recover
from thidua.steps import publish

BATCH = 500  # articles that are looked through at once
MOST = 5  # times that reading may give something away that the archive still has


def is_due(place: Place) -> bool:
    """Whether tombstones stand that the archive was not yet rewritten by."""
    state = Tombstones(place.forgotten).state
    mark = _mark(place)
    return state is not None and (not mark.exists() or mark.read_text(encoding="ascii") != state)


def cleanse(run: Run, word: str = "", reviews: Path | None = None) -> Rewritten:
    """Take out all that the tombstones name; each step may be repeated, and the mark that it is done comes last.

    `word`: one that all articles have, without accents, which name a person that is new among the tombstones; articles are found sooner by it.
    `reviews`: decisions of reviewers that lie elsewhere than in DIR/reviews.jsonl.
    """
    work = replace(run, key=f"{run.key}-forget", report={})
    total = Rewritten(0, 0, 0)
    for _ in range(MOST):
        tombstones = Tombstones(run.place.forgotten)
        sieve = Sieve(tombstones, run.registry, word)
        recover(run)
        archive = Archive(run.place.archive)
        done = rewrite(archive, sieve.changed, bodies=bool(tombstones.sizes))
        total = Rewritten(*(map(sum, zip(total, done, strict=True))))
        _leftovers(run.place)
        gone, named = set(tombstones.articles), set[str]()
        if run.place.work.exists():
            with Store.open(run.place.work) as store:
                for article, *_, in_address in articles_naming(store, tombstones, word):
                    named.add(article)
                    if in_address:
                        gone.add(article)
                for path in {run.place.reviews, reviews or run.place.reviews}:
                    _reviews(path, tombstones, gone)  # before the store forgets which they were
                store.settle(archive.numbered(), gone | named)
                store.retell(sieve.told)
            extract(work)
            compact(run.place.work)
            publish(work)
        if Tombstones(run.place.forgotten).state == tombstones.state:
            write(_mark(run.place), (tombstones.state or "").encode("ascii"))
            break
    return total


def articles_naming(
    store: Store, tombstones: Tombstones, word: str
) -> Iterator[tuple[str, str | None, Any, str, list[tuple[int, int]], bool]]:
    """(key, title, day, words, places of the name in them, whether the address has it too) of each article that names somebody."""
    if not tombstones.sizes:
        return
    asked = store.con.cursor().execute(statement("store/found_words"), {"word": word})
    while some := asked.fetchmany(BATCH):
        for article, title, day, url, words in some:
            places, in_address = list(tombstones.named(words)), tombstones.names(unquote(url or ""))
            if places or in_address:
                yield article, title, day, words, places, in_address


def _mark(place: Place) -> Path:
    return place.archive / "forgotten"


def _leftovers(place: Place) -> None:
    """What may go at any time goes, for nobody knows what is in it."""
    for folder in (
        place.archive / "damaged",
        place.folder / "parts",
        place.checked,
        place.export / "parquet.old",
        place.export / "parquet.new",
    ):
        shutil.rmtree(folder, ignore_errors=True)
    for pattern in ("before-*", "old*"):
        for path in place.folder.glob(f"{place.work.name}.{pattern}"):
            path.unlink()


def _reviews(path: Path, tombstones: Tombstones, gone: Set[str]) -> None:
    """Take the decisions of reviewers that are about an article that goes, or name a person, out of their file."""
    if not path.exists():
        return
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = file.readlines()
        kept = [line for line in lines if not _tells(line, tombstones, gone)]
        if kept != lines:
            write(path, b"".join(kept))


def _tells(line: bytes, tombstones: Tombstones, gone: Set[str]) -> bool:
    """Whether a decision is about an article that goes, or names a person who does."""
    try:
        said = json.loads(line)
    except ValueError:
        return tombstones.names(line.decode("utf-8", "replace"))
    about = said.get("article") if isinstance(said, dict) else None
    return about in gone or tombstones.names(json.dumps(said, ensure_ascii=False))


def finish(run: Run) -> None:
    """End what a take-down has left to do, and say so."""
    if is_due(run.place):
        say.tell("forget_ended")
        cleanse(run)
