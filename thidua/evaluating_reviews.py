"""`thidua evaluate --reviews FILE`: what people decided about records, and what extraction makes of their articles today."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.ask import answer
from data.publish import open_published
from data.reviews import Reviews
from extract.evaluation import Score
from extract.pipeline import extract
from schemas.article import Article
from schemas.review import MODELS, Record, content
from schemas.vocabulary import Verdict
from thidua import say
from thidua.asking import published
from thidua.exits import DONE, FAILED, USAGE
from thidua.reviewing import Standing, standings

VERDICTS = (Verdict.RIGHT, Verdict.WRONG, Verdict.CORRECTED, Verdict.MISSING)


@dataclass
class Judged:
    """What was decided about one kind of record, and the score of what is found today: over judged records alone."""

    verdicts: Counter[str] = field(default_factory=Counter)
    now: Score = field(default_factory=Score)

    @property
    def precision(self) -> float | None:
        """Share of right ones among the records that were judged; None when none was."""
        found = sum(self.verdicts[verdict] for verdict in (Verdict.RIGHT, Verdict.WRONG, Verdict.CORRECTED))
        return self.verdicts[Verdict.RIGHT] / found if found else None

    def add(self, one: Standing) -> None:
        """Count a decision: right, corrected and missing records are wanted, wrong and corrected ones are not."""
        self.verdicts[one.review.verdict] += 1
        wanted = one.review.wanted is not None
        self.now += Score(
            hit=int(wanted and one.wanted is not None), missed=int(wanted and one.wanted is None), spurious=int(one.unwanted is not None)
        )


def evaluate_reviews(reviews: Path, data: Path | None, *, rows: bool, as_json: bool) -> int:
    """Extract the judged articles of the published file anew and score what is found by what was decided; 2 when nothing was."""
    kept = Reviews(reviews)
    decided = dict(kept.articles())
    if kept.unreadable:
        say.complain("reviews_unreadable", path=reviews, number=kept.unreadable)
    if not decided:
        say.complain("no_reviews", path=reviews)
        return USAGE
    path = published(data)
    if path is None:
        return FAILED
    by_kind, differing, absent = defaultdict[str, Judged](Judged), list[str](), 0
    with open_published(path) as con:
        for article, some in say.progress(decided.items(), "reading", len(decided)):
            given = answer(con, "given", article=article).one()
            if given is None:
                absent += 1
                continue
            found = extract(Article.model_validate(given)).model_dump(mode="json")
            for one in standings(some, {kind: found[kind] for kind in MODELS}, given["text"]):
                by_kind[one.review.kind].add(one)
                differing += _differing(one)
    if as_json:
        figures = {kind: _figures(one) for kind, one in by_kind.items()}
        print(json.dumps({"articles": len(decided) - absent, "absent": absent, "kinds": figures}, ensure_ascii=False, indent=1))
        return DONE
    _show(by_kind, articles=len(decided) - absent)
    for row in differing if rows else ():
        say.out().print(row, markup=False)
    if absent:
        say.tell("reviews_absent", number=absent)
    return DONE


def _figures(one: Judged) -> dict[str, Any]:
    score = {**vars(one.now), "precision": one.now.precision, "recall": one.now.recall, "f1": one.now.f1}
    return {**{verdict.value: one.verdicts[verdict] for verdict in VERDICTS}, "precision": one.precision, "now": score}


def _show(by_kind: dict[str, Judged], *, articles: int) -> None:
    """A line a kind: the decisions and the precision as judged; precision and recall of today over the same records."""
    figures = [
        (
            kind,
            *(one.verdicts[verdict] for verdict in VERDICTS),
            "" if one.precision is None else f"{one.precision:.3f}",
            f"{one.now.precision:.3f}",
            f"{one.now.recall:.3f}",
        )
        for kind, one in sorted(by_kind.items())
    ]
    say.table(("", *(verdict.value for verdict in VERDICTS), "P judged", "P today", "R today"), figures, title=f"{articles} articles")


def _differing(one: Standing) -> list[str]:
    """A record that should be found and is not, and one that should not and is."""

    def row(sign: str, record: Record) -> str:
        return f"{sign} {one.review.article}  {one.review.kind}  {content(one.review.kind, record)}"

    wanted, unwanted = one.review.wanted, one.review.unwanted
    return [
        *([row("-", wanted)] if wanted is not None and one.wanted is None else []),
        *([row("+", unwanted)] if unwanted is not None and one.unwanted is not None else []),
    ]
