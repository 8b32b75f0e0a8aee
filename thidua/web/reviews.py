"""Review: a record of an article is judged right or wrong, corrected in a form, or added where it is missing. All that this site ever writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from schemas.review import MODELS, Record, Review, around, content, key, span
from schemas.vocabulary import Verdict
from thidua import say
from thidua.web.forms import fields_of, read
from thidua.web.posting import TOKEN
from thidua.web.records import Decided, Row, found_article, records_of
from thidua.web.visit import Visit
from thidua.web.words import table

NEW = "new"  # stands for the key of a record that is missing
CONTEXT = 240  # code points of the text that the form shows on each side of the quote


def judge(visit: Visit) -> Response:
    """Keep a decision of one click, `judge` = "VERDICT KIND KEY", and show the record again."""
    found, decided = _of(visit)
    verdict, kind, which = [*visit.form.get("judge", [""])[0].split(" "), "", "", ""][:3]
    if kind not in MODELS or verdict not in (Verdict.RIGHT, Verdict.WRONG, Verdict.WITHDRAWN):
        raise HTTPException(400)
    earlier = decided.earlier(kind, which)
    if verdict == Verdict.WITHDRAWN:
        if earlier is None:
            raise HTTPException(409)
        same = earlier.review.model_dump(include={"article", "kind", "record", "corrected", "before", "after", "rules"})
        _keep(visit, **same, verdict=Verdict.WITHDRAWN)
    else:
        record = decided.record(kind, which)
        if record is None:
            raise HTTPException(409)
        _decide(visit, found, kind, Verdict(verdict), decided, record=record)
    return _back(visit, found, decided, kind, which)


def correcting(visit: Visit) -> Response:
    """The form of a record, filled with what was found or with the last correction."""
    found, decided = _of(visit)
    kind, record = _asked(visit, decided)
    earlier = decided.earlier(kind, visit.path("key"))
    shown = earlier.review.corrected if earlier is not None and earlier.review.corrected else record
    return _form(visit, found, kind, record, filled={field.name: field.shown(shown or {}, visit.words) for field in fields_of(kind)})


def correct(visit: Visit) -> Response:
    """Keep what the form says; where it does not hold, show it again with what is wrong beside the field."""
    found, decided = _of(visit)
    kind, record = _asked(visit, decided)
    note = visit.form.get("note", [""])[0].strip()[:2000] or None
    given = visit.form.get("verdict", [Verdict.CORRECTED])[0]
    if record is not None and given in (Verdict.RIGHT, Verdict.WRONG):
        _decide(visit, found, kind, Verdict(given), decided, record=record, note=note)
        return _back(visit, found, decided, kind, visit.path("key"))
    got = read(kind, visit.form, was=record, article=found)
    wrong = dict(got.wrong)
    if got.record is not None and record is not None and content(kind, got.record) == content(kind, record):
        wrong[""] = "wrong_same"
    if got.record is None or wrong:
        filled = {
            field.name: visit.form.get(field.name, []) if field.control == "choices" else visit.form.get(field.name, [""])[0]
            for field in fields_of(kind)
        }
        return _form(visit, found, kind, record, filled=filled, wrong=wrong, note=note)
    verdict = Verdict.CORRECTED if record is not None else Verdict.MISSING
    _decide(visit, found, kind, verdict, decided, record=record, corrected=got.record, note=note)
    return _back(visit, found, decided, kind, visit.path("key"))


def _of(visit: Visit) -> tuple[Row, Decided]:
    found = found_article(visit)
    return found, Decided.of(visit, found, records_of(visit, found))


def _asked(visit: Visit, decided: Decided) -> tuple[str, Record | None]:
    """The kind and record that the address names; None for a new one."""
    kind, which = visit.path("kind"), visit.path("key")
    if kind not in MODELS or visit.house.reviewer is None:
        raise HTTPException(404)
    record = decided.record(kind, which) if which != NEW else None
    if which != NEW and record is None:
        raise HTTPException(409)
    return kind, record


def _form(
    visit: Visit,
    found: Row,
    kind: str,
    record: Record | None,
    *,
    filled: Mapping[str, Any],
    wrong: Mapping[str, str] | None = None,
    note: str | None = None,
) -> Response:
    start, end = span(record) if record is not None else (0, 0)
    text = found["text"] if record is None or record.get("field", "text") == "text" else ""
    return visit.render(
        "review.html",
        article=found,
        kind=kind,
        record=record,
        fields=fields_of(kind),
        filled=filled,
        wrong=wrong or {},
        hints=table()["hint"],
        note=note or "",
        place=(text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT]),
        cut=(start > CONTEXT, end + CONTEXT < len(text)),
        token=TOKEN,
    )


def _decide(visit: Visit, found: Row, kind: str, verdict: Verdict, decided: Decided, *, record: Record | None, **said: Any) -> None:
    """Keep a decision about a record; it takes the place of the one that stood beside it."""
    about = record if record is not None else said["corrected"]
    text = found["text"] if about.get("field", "text") == "text" else ""
    before, after = around(text, about)
    earlier = decided.earlier(kind, key(kind, about))
    replaces = earlier.review.key if earlier is not None and earlier.review.key != key(kind, about) else None
    _keep(
        visit,
        article=found["article"],
        kind=kind,
        verdict=verdict,
        record=record,
        before=before,
        after=after,
        replaces=replaces,
        rules=found["rules"],
        **said,
    )


def _keep(visit: Visit, **said: Any) -> None:
    """Write a decision down. HTTPException when the file cannot be written."""
    review = Review(by=visit.house.reviewer or "", at=dt.datetime.now(dt.UTC), **said)
    try:
        visit.house.reviews.append(review)
    except OSError as error:
        say.complain("reviews_unwritable", path=visit.house.reviews.path, why=error)
        raise HTTPException(507) from None


def _back(visit: Visit, found: Row, decided: Decided, kind: str, wanted: str) -> Response:
    """Back to the article, at the record, by a GET."""
    row = next((row for row in range(len(decided.records[kind])) if decided.key(kind, row) == wanted), None)
    anchor = f"{kind}-{row}" if row is not None else "decided"
    return RedirectResponse(f"{visit.link('/article/' + found['article'])}#{anchor}", status_code=303)
