"""What only several runs together tell of a site: that it is dead, that its articles have become far longer or shorter than they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from data.rows import SiteCheck

DEAD = 7  # runs on end in which a site gave nothing at all, for one reason
FEW = 3  # articles below which lengths tell nothing
SHARE = 0.25  # of the articles of a run that are far longer, or far shorter, than usual


def dead(silence: Mapping[str, Any], classes: Mapping[str, str]) -> Iterator[SiteCheck]:
    """A site that gave nothing in so many runs; `silence` is its row of data/sql/ask/site_silence.sql, `classes` reason -> class."""
    reasons = [classes.get(reason, reason) for reason in silence.get("reasons", ())]
    runs = sum(1 for _ in takewhile(lambda reason: reason == reasons[0], reasons))
    if runs >= DEAD:
        yield _check(
            "dead",
            f"nothing came from it in {runs} runs on end, each time for {reasons[0]}; if it is gone, make it a draft or correct its hosts",
        )


def lengths(row: Mapping[str, Any]) -> Iterator[SiteCheck]:
    """Texts that swallow what stands around them, or have lost their body; `row` is that of the site in data/sql/ask/site_lengths.sql."""
    for which in ("longer", "shorter"):
        number, articles = row.get(which, 0), row.get("articles", 0)
        if number >= max(FEW, SHARE * articles):
            detail = f"{number} of {articles} texts are far {which} than usual, which is {row['usual']:.0f} characters"
            yield _check("length", detail, field="body", page=row[f"{which}_page"], url=row[f"{which}_url"])


def _check(kind: str, detail: str, **more: Any) -> SiteCheck:
    return SiteCheck.model_validate({"run": "", "site": "", "class": kind, "detail": detail, **more})
