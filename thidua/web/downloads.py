"""Tables and answers to take home, as CSV, Excel or Parquet."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from typing import IO, Any

import pyarrow as pa
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from data.comments import quoted
from data.spreadsheets import FORMS, plain
from data.statements import statement
from thidua.web.visit import Visit

AT_ONCE = threading.BoundedSemaphore(2)  # files that are made at the same time
WAIT = 30  # seconds for a place among them
BATCH = 5_000  # rows
IN_MEMORY = 16 << 20  # bytes of a file before it goes to an unnamed temporary one
LOOK = 30  # rows of a table that its page shows


def tables(visit: Visit) -> Response:
    """All tables and views."""
    return visit.render("tables.html", found=visit.reader.rows("tables"), forms=FORMS)


def table(visit: Visit) -> Response:
    """One table: its columns and first rows."""
    found = _found(visit)
    rows = visit.reader.con.execute(statement("web/some_rows").format(table=quoted(found["name"]), size=LOOK)).fetchall()
    return visit.render(
        "table.html",
        table=found,
        columns=visit.reader.rows("columns", table=found["name"]),
        rows=[[plain(value) for value in row] for row in rows],
        forms=FORMS,
    )


def download(visit: Visit) -> Response:
    """A whole table as a file."""
    name = _found(visit)["name"]
    batches = visit.reader.con.sql(statement("web/rows").format(table=quoted(name))).to_arrow_reader(BATCH)
    return as_file(batches, name, visit.path("form"))


def as_file(batches: pa.RecordBatchReader, name: str, form: str) -> Response:
    """An answer as a file of one of FORMS."""
    if form not in FORMS:
        raise HTTPException(404)
    kind, write = FORMS[form]
    if not AT_ONCE.acquire(timeout=WAIT):
        raise HTTPException(503)
    file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed, and so gone, by _parts
    try:
        write(batches, file)
    except BaseException:
        file.close()
        raise
    finally:
        AT_ONCE.release()
    size = file.tell() if form != "xlsx" else file.seek(0, 2)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Content-Length": str(size)}
    return StreamingResponse(_parts(file), media_type=kind, headers=headers)


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while part := file.read(1 << 16):
            yield part


def _found(visit: Visit) -> dict[str, Any]:
    """The table that the address names, if it was published."""
    found = next((one for one in visit.reader.rows("tables") if one["name"] == visit.path("table")), None)
    if found is None:
        raise HTTPException(404)
    return found
