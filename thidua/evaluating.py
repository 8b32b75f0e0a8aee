"""`thidua evaluate`: what extraction finds in gold articles against what gold says; also by outlet and province, beside stock tools."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.evaluation import LINES, Evaluation, Score, evaluate, read_gold, read_index
from extract.stock import LINES as STOCK_LINES
from extract.stock import stock as stock_records
from thidua import say

GIVEN = "article:"  # lines of the table that scoring from gold's own text, title and day says nothing about
SHOWN = tuple(line for line in LINES if not line.startswith(GIVEN))
FIGURES = ("split", "record", "rules", "articles", "gold", "found", "right", "precision", "recall", "f1", "f1_low", "f1_high")
NOWHERE = "-"  # province or outlet of an article that names none


def evaluate_gold(
    gold: Sequence[Path], *, rows: bool, compare: Path | None, as_json: bool, stock: bool = True, save: Path | None = None
) -> int:
    """Extract from the text of gold articles and score what is found: 0, or 2 when there is no gold that can be read. `save`: see `save_figures`."""
    try:
        wanted, index = dict(read_gold(*gold)), read_index(*gold)
    except (OSError, ValueError) as error:
        say.complain("unreadable", where="gold", why=error)
        return 2
    if not wanted:
        say.complain("no_gold", path=", ".join(map(str, gold)))
        return 2
    result = evaluate(wanted, found_in(wanted), SHOWN)
    beside = evaluate(wanted, {ident: stock_records(one) for ident, one in wanted.items()}, STOCK_LINES).scores if stock else {}
    groups = {"outlet": _groups(wanted, index, "outlet"), "province": _groups(wanted, index, "province")}
    changed = _compare(compare, result) if compare else {}
    if save:
        save_figures(save, ", ".join(folder.name for folder in gold), result)
    if as_json:
        print(json.dumps(_figures(result, beside, groups) | changed, ensure_ascii=False, indent=1))
        return 0
    show(result, beside)
    for kind, members in groups.items():
        show_groups(result, kind, members)
    for heading, differing in changed.items():
        for row in differing:
            say.out().print(f"{heading}: {row}", markup=False)
    for ident, line, sign, key in result.differing if rows else ():
        say.out().print(f"{sign} {ident}  {line}  {key}", markup=False)
    return 0


def found_in(gold: Mapping[str, Any]) -> dict[str, Any]:
    """What extraction gives on the text, title, day and province of gold articles."""
    import thidua

    given = ("title", "published_at", "province", "source_credit")
    return {
        ident: thidua.parse(one["text"], id=ident, **{name: one.get(name) for name in given}).model_dump(mode="json")
        for ident, one in gold.items()
    }


def show(result: Evaluation, beside: Mapping[str, Score]) -> None:
    """The table of scores with the interval of each F1, and the F1 of the stock tool where there is one."""
    intervals = result.intervals()
    figures = []
    for line, score in result.scores.items():
        if line in SHOWN:
            low, high = intervals[line]
            other = f"{beside[line].f1:.3f}" if line in beside and line in STOCK_LINES else ""
            counted = (score.hit + score.missed, score.hit + score.spurious)
            figures.append((line, *counted, *map(_share, (score.precision, score.recall, score.f1)), f"{low:.2f}-{high:.2f}", other))
    headings = ("", "gold", "found", "P", "R", "F1", "95 %", "stock")
    say.table(headings, figures, title=f"{len(result.by_article)} articles")


def show_groups(result: Evaluation, kind: str, members: Mapping[str, Sequence[str]]) -> None:
    """The F1 of each group of articles; a line of which gold and extraction have no row there is empty."""
    figures = []
    for name, idents in sorted(members.items()):
        scores = result.over(idents)
        cells = (f"{scores[line].f1:.2f}" if scores[line].hit + scores[line].missed + scores[line].spurious else "" for line in SHOWN)
        figures.append((name, len(idents), *cells))
    say.table((kind, "n", *(line.split(": ")[-1].split(", ")[-1] for line in SHOWN)), figures, title=f"F1 by {kind}")


def _share(value: float) -> str:
    return f"{value:.3f}"


def _groups(gold: Mapping[str, Any], index: Mapping[str, Mapping[str, str]], kind: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for ident, one in gold.items():
        groups[one.get(kind) or index.get(ident, {}).get(kind) or NOWHERE].append(ident)
    return groups


def _figures(result: Evaluation, beside: Mapping[str, Score], groups: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, Any]:
    """Everything that is shown, as data."""
    intervals = result.intervals()

    def of(score: Score) -> dict[str, Any]:
        return {**vars(score), "precision": score.precision, "recall": score.recall, "f1": score.f1}

    return {
        "articles": len(result.by_article),
        "scores": {line: of(one) | {"interval": intervals[line]} for line, one in result.scores.items() if line in SHOWN},
        "stock": {line: of(one) for line, one in beside.items() if line in STOCK_LINES},
        "by": {
            kind: {
                name: {line: of(one) for line, one in result.over(idents).items() if line in SHOWN} | {"articles": len(idents)}
                for name, idents in sorted(members.items())
            }
            for kind, members in groups.items()
        },
    }


def _compare(path: Path, result: Evaluation) -> dict[str, list[str]]:
    """Rows gained and lost since the score kept in `path`, which then is this one."""
    now = {"\t".join(row) for row in result.differing}
    before = set(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else now
    path.write_text(json.dumps(sorted(now), ensure_ascii=False, indent=0), encoding="utf-8")
    return {"gained": [_row(row) for row in sorted(before - now)], "lost": [_row(row) for row in sorted(now - before)]}


def save_figures(file: Path, split: str, result: Evaluation) -> None:
    """Put the figures of a split into the CSV file that is published as the table `accuracy`; those of other splits stay."""
    from extract.pipeline import RULES

    kept = [row for row in _read(file) if row["split"] != split] if file.exists() else []
    intervals = result.intervals()
    for line in SHOWN:
        score = result.scores[line]
        figures = (score.precision, score.recall, score.f1, *intervals[line])
        counted = (len(result.by_article), score.hit + score.missed, score.hit + score.spurious, score.hit)
        told = (split, line, RULES, *map(str, counted), *(f"{figure:.3f}" for figure in figures))
        kept.append(dict(zip(FIGURES, told, strict=True)))
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, FIGURES, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(kept, key=lambda row: row["split"]))


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _row(kept: str) -> str:
    return kept.replace("\t", "  ")
