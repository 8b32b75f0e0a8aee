"""`thidua forget ARTICLE or NAME`: says what it would take out; with --yes it writes the tombstone and takes it out."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

from data.statements import statement
from data.store import Store
from thidua import say
from thidua.exits import DONE, FAILED, USAGE
from thidua.forgetting.cleansing import articles_naming, cleanse
from thidua.forgetting.names import words_of
from thidua.forgetting.sieve import Sieve, keys_of
from thidua.forgetting.tombstones import Tombstone, Tombstones
from thidua.run import Run

SHOWN = 200  # articles that are listed
OFFICES = 5  # offices that are told
AROUND = 30  # characters before and after a name that are shown
_KEY = re.compile(r"[0-9a-f]{16}")
_ADDRESS = re.compile(r"(?:https?|dump|file|article):")


class Found(NamedTuple):
    """What is to be forgotten: its tombstone, and the articles that it touches as they are listed."""

    line: Tombstone
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def forget(run: Run, *, what: str, yes: bool = False, reviews: Path | None = None) -> int:
    """Take an article (key or address) or a person (name) out of everything that is kept; without `yes` only say what that is.

    `reviews`: decisions of reviewers that lie elsewhere than in DIR/reviews.jsonl.
    """
    what = (sys.stdin.readline() if what == "-" else what).strip()
    tombstones = Tombstones(run.place.forgotten)
    is_article = bool(_KEY.fullmatch(what) or _ADDRESS.match(what))
    if is_article and (what in tombstones.articles or Sieve(tombstones, run.registry).refuses(what)):
        say.tell("forget_before")
        return DONE
    if not is_article and len(words_of(what)) < 2:
        say.complain("forget_short", name=what)
        return USAGE
    found = _article(run, tombstones, what) if is_article else _person(run, tombstones, what)
    if found is None:
        say.complain("forget_unknown", what=what)
        return FAILED
    if tombstones.has(found.line):
        say.tell("forget_before")
        return DONE
    if found.rows:
        say.table(found.columns, found.rows[:SHOWN])
    say.tell("forget_article" if is_article else "forget_person", number=len(found.rows), shown=min(len(found.rows), SHOWN))
    if not yes:
        say.tell("forget_dry")
        return DONE
    tombstones.with_line(found.line)
    done = cleanse(run, "" if is_article else given(what), reviews)
    say.tell("forgotten", pages=done.pages, lines=done.lines - done.pages, changed=done.changed, path=run.place.forgotten)
    return DONE


def _article(run: Run, tombstones: Tombstones, what: str) -> Found | None:
    """The article of a key or an address, or an address that gave none; None when nothing that is kept knows it."""
    if not run.place.work.exists():
        return None
    with Store.open(run.place.work) as store:
        rows = store.con.execute(statement("store/found_article"), {"what": what}).fetchall()
        articles = [article for article, *_ in rows]
        met = store.con.execute(statement("store/found_addresses"), {"what": what, "articles": articles}).fetchall()
    if not rows and not met:
        return None
    keys = {key for site, url, _ in met for key in keys_of(url, site, run.registry)}
    line = tombstones.article({*articles, *keys}, (sha256 for *_, sha256 in met if sha256))
    return Found(line, ("article", "title", "published", "url"), rows)


def _person(run: Run, tombstones: Tombstones, name: str) -> Found:
    """The articles that name a person, and how."""
    line = tombstones.person(name)
    alone = Tombstones(None, [line])
    rows: list[tuple[Any, ...]] = []
    if run.place.work.exists():
        with Store.open(run.place.work) as store:
            for article, title, day, words, places, in_address in articles_naming(store, alone, given(name)):
                how = say.text("forget_whole" if in_address else "forget_masked")
                rows.append((article, title, day, len(places), how, _around(words, places)))
            _tell_offices(store, alone, [row[0] for row in rows])
    return Found(line, ("article", "title", "published", "named", "what", "first"), rows)


def given(name: str) -> str:
    """The last word of a name, without accents: what has it nowhere has not the name either."""
    return words_of(name)[-1].plain


def _around(words: str, places: list[tuple[int, int]]) -> str:
    """The first place with the words around it."""
    if not places:
        return ""
    start, end = places[0]
    return f"…{words[max(0, start - AROUND) : end + AROUND]}…".replace("\n", " ")


def _tell_offices(store: Store, alone: Tombstones, articles: list[str]) -> None:
    """Say which offices the articles give to a person, for what somebody does in office is of public interest."""
    told = store.con.execute(statement("store/found_offices"), {"articles": articles}).fetchall()
    offices = [office for name, office in told if office and alone.names(name)]
    if offices:
        say.tell("forget_office", offices="; ".join(offices[:OFFICES]), number=len(offices))
