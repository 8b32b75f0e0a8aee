"""`thidua export`: published tables as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from data.export import FORMS, export, tables_of
from thidua import say
from thidua.asking import published
from thidua.exits import DONE, FAILED, MISSED, USAGE


def export_tables(to: Path, names: Sequence[str], *, form: str | None, since: dt.date | None, data: Path | None) -> int:
    """Write tables of the published file into a folder, or one of them as a file; 3 when an Excel sheet had no room for all of it."""
    path = published(data)
    if path is None:
        return FAILED
    named = to.suffix.removeprefix(".").lower()
    one_file = named in FORMS and not to.is_dir()
    if one_file and form not in (None, named):
        say.complain("export_form", to=to)
        return USAGE
    known = tables_of(path)
    for name in names:
        if name not in known:
            say.complain("export_unknown", name=name, known=", ".join(known))
            return USAGE
    tables = [known[name] for name in dict.fromkeys(names)] or list(known.values())
    if one_file and len(tables) != 1:
        say.complain("export_one", to=to)
        return USAGE
    rows = cut = 0
    try:
        for one in export(path, to, tables, form=named if one_file else form or "parquet", since=since, one_file=one_file):
            say.tell("exported", table=one.table, rows=one.rows)
            if one.whole:
                say.tell("export_whole", table=one.table)
            if one.cut:
                say.complain("export_cut", table=one.table, cut=one.cut)
            rows, cut = rows + one.rows, cut + one.cut
    except FileExistsError:
        say.complain("export_foreign", to=to)
        return USAGE
    say.tell("export_done", tables=len(tables), rows=rows, to=to)
    return MISSED if cut else DONE
