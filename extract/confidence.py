"""How sure a record is: the share of right ones among those that the same kind of evidence gave on the gold of `dev`.

The shares stand in lexicon/confidence.toml, made by `python -m extract.calibration tests/gold/dev`; docs/accuracy.md shows how well
they hold on other articles.
"""

from __future__ import annotations

from typing import Any

from extract.words import lexicon

KINDS = ("dates", "officials", "awards", "counts", "events")
ANY = "*"  # evidence that was met too seldom


def evidence(kind: str, row: Any) -> str:
    """The kind of evidence that a record stands on: its rule, and what is known of it beside."""
    match kind:
        case "dates":
            return str(row.rule).removeprefix("dates/")
        case "officials":
            return str(row.rule).removeprefix("officials/") + (", office" if row.positions else "")
        case "awards":
            return f"{row.status}, {'level' if row.level else 'no level'}" + (", recipient" if row.recipients else "")
        case "counts":
            return str(row.rule).removeprefix("counts/") + (", award" if row.award else "")
        case _:
            return str(row.type) + (", day" if row.edtf else "")


def sure(kind: str, row: Any) -> Any:
    """The record with its confidence."""
    shares = lexicon("confidence")[kind]
    return row.model_copy(update={"confidence": shares.get(evidence(kind, row), shares[ANY])})
