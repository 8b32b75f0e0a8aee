"""The SQL console: one SELECT, asked in a process apart (data/sandbox.py), its answer as a table or a file."""

from __future__ import annotations

import atexit
import threading

import pyarrow as pa
from starlette.exceptions import HTTPException
from starlette.responses import Response

from data.sandbox import LONGEST, MEMORY, ROWS, SECONDS, Found, Refused, Standby, Stopped
from data.spreadsheets import FORMS, plain, rows_of
from thidua.web.downloads import as_file
from thidua.web.visit import Visit

MANY = 2  # queries that run at the same time
AT_ONCE = threading.BoundedSemaphore(MANY)
READY = Standby(MANY)
atexit.register(READY.close)
WAIT = 2.0  # seconds for a place among them
SHOWN = 500  # rows of an answer on the page; a file has all of them
CELL = 400  # characters of a cell on the page
EXAMPLES = (
    "select province_now, year, award_vi, sum(awards) as awards\nfrom awards_by_province\nwhere status = 'awarded'\ngroup by all\norder by awards desc",
    "select province, year, value, comparator, quote, title, url\nfrom award_counts\nwhere award = 'certificate_of_merit' and part_of is null\norder by value desc",
    "select name, title, organization, province, first_day, last_day\nfrom officials_over_time\norder by articles desc",
    "select first_day, type, province, title, url\nfrom event_calendar\norder by first_day desc",
)


def console(visit: Visit) -> Response:
    """The form, and the answer when there is a query."""
    query, shown = visit.request.query_params.get("q", ""), None
    refused = stopped = None
    elsewhere = bool(query) and not from_here(visit)
    if not elsewhere:
        READY.prepare()
    if query.strip() and not elsewhere:
        try:
            shown = _table(_ask(visit, query))
        except Refused as error:
            refused = str(error)
        except Stopped as error:
            stopped = str(error)
    return visit.render(
        "console.html",
        query=query[:LONGEST],
        answer=shown,
        refused=refused,
        stopped=stopped,
        elsewhere=elsewhere,
        limits={"rows": ROWS, "seconds": round(SECONDS + 0.5), "memory": MEMORY},
        examples=EXAMPLES,
        tables=visit.reader.rows("tables"),
        forms=FORMS,
        cell=CELL,
    )


def answer(visit: Visit) -> Response:
    """The same answer as a file."""
    query = visit.request.query_params.get("q", "")
    if not from_here(visit):
        raise HTTPException(400)
    try:
        found = _ask(visit, query)
        return as_file(pa.ipc.open_stream(found.stream), "thidua", visit.path("form"))
    except (Refused, Stopped, ValueError, OverflowError, pa.ArrowException):
        raise HTTPException(400) from None


def from_here(visit: Visit) -> bool:
    """Whether a person asks from this site or types the address: another site shall not have queries run here."""
    return visit.request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none")


def _ask(visit: Visit, query: str) -> Found:
    if not AT_ONCE.acquire(timeout=WAIT):
        raise Stopped("busy")
    try:
        return READY.ask(visit.house.snapshot.path, query)
    finally:
        AT_ONCE.release()


def _table(found: Found) -> dict[str, object]:
    """What the page shows of an answer. `Refused` for values that Python has no form for: a day in the year 290000."""
    table = pa.ipc.open_stream(found.stream).read_all()
    try:
        rows = [[plain(value) for value in row] for batch in table.slice(0, SHOWN).to_batches() for row in rows_of(batch)]
    except (ValueError, OverflowError, pa.ArrowException) as error:
        raise Refused(str(error)) from None
    return {"columns": table.column_names, "rows": rows, "total": table.num_rows, "more": found.more}
