"""Gold written as short lines under an article's text, and the JSON of the annotation guide made from it.

    python tests/gold/notation.py FOLDER_OF_TXT OUT_FOLDER

One `.txt` file is one article (tests/gold/README.md shows one):

    id: gold-ha-giang-01
    title: …                     any field of the article; one that is not given is null
    ---
    text, a paragraph a line
    ---
    D 2019-05-02 event | quote
    O name | honorific | title @ body ; title | role, role
    A type level class status | grantor | year | kind: name ; kind: name | quote ; quote
    C 12 eq collective+individual | type level class | year | quote
    E type 2019-05-02 | title | organizer ; organizer | place | document ; … | campaign ; … | quote
    U kind | quote | why
    N note

`-` stands for null, and for an empty list. Lines of a kind follow the text: each quote of D and C is looked for behind the one
before it; a quote that stands more than once elsewhere takes `#2` at its end for its second place in the text. A person's quotes
are all places of the name, and of `name = shorter name` where the article calls the person so.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIELDS = ("id", "url", "title", "published_at", "published_inferred", "author", "source_credit", "province", "about_province")
INDEX = ("id", "split", "group", "outlet", "style", "writer")  # of an article, kept in index.csv and not in its gold


class Misread(ValueError):
    """A line that cannot be read, with what is wrong."""


def read(source: str) -> tuple[dict[str, Any], dict[str, str]]:
    """(gold, fields of the index) of one article in the notation; Misread names the line that is wrong."""
    parts = re.split(r"(?m)^---[ \t]*$\n?", unicodedata.normalize("NFC", source.lstrip("\ufeff")), maxsplit=2)
    if len(parts) != 3:
        raise Misread("three parts are wanted, parted by lines of ---: head, text, rows")
    head = {}
    for line in filter(None, map(str.strip, parts[0].split("\n"))):
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in FIELDS + INDEX:
            raise Misread(f"head: {line!r} is no field")
        head[key.strip()] = value.strip()
    text = "\n".join(" ".join(line.split()) for line in parts[1].split("\n") if line.strip())
    gold: dict[str, Any] = {name: None if head.get(name, "-") in ("-", "") else head[name] for name in FIELDS}
    if gold["id"] is None or gold["title"] is None:
        raise Misread("head: an article has an id and a title")
    for optional in ("about_province", "published_inferred"):
        if gold[optional] is None:
            del gold[optional]
    gold |= {"text": text, "dates": [], "officials": [], "awards": [], "counts": [], "events": [], "uncertain": [], "notes": []}
    behind = {"D": 0, "C": 0}
    for number, line in enumerate(filter(None, map(str.strip, parts[2].split("\n"))), 1):
        if line.startswith("#"):
            continue
        mark, _, rest = line.partition(" ")
        try:
            if mark not in ROWS:
                raise Misread(f"{mark!r} is none of {' '.join(ROWS)}")
            kind, row = ROWS[mark](rest, text, behind)
        except Misread as error:
            raise Misread(f"row {number}, {line!r}: {error}") from error
        gold[kind].append(row)
    if torn := next(contradictions(gold), None):
        raise Misread(torn)
    for optional in ("uncertain", "notes"):
        if not gold[optional]:
            del gold[optional]
    return gold, {name: head.get(name, "") for name in INDEX}


def contradictions(gold: dict[str, Any]) -> Iterator[str]:
    """What an article both tells and leaves open: a prediction there is not scored, so that such a row could never be found."""
    text = gold["text"]
    for doubt in gold.get("uncertain") or ():
        for row in gold.get(doubt["kind"].removesuffix("s") + "s") or ():
            begin = row["start"] if "start" in row else text.find(row.get("quote", ""))
            places = row.get("quotes") or [{"start": begin, "end": begin + len(row["quote"])}]
            if any(place["start"] < doubt["end"] and doubt["start"] < place["end"] for place in places):
                yield f"{gold['id']}: {doubt['kind']} at {doubt['start']} are open ({doubt['why']}), and a row stands there"


def _cells(rest: str, wanted: int) -> list[str]:
    cells = [cell.strip() for cell in rest.split("|")]
    if len(cells) > wanted:  # a quote may hold a row of a table
        cells = [*cells[: wanted - 1], " | ".join(cells[wanted - 1 :])]
    if len(cells) != wanted:
        raise Misread(f"{wanted} cells are wanted, parted by |, {len(cells)} are there")
    return cells


def _null(cell: str) -> str | None:
    return None if cell in ("-", "") else cell


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(" ; ")] if _null(cell) else []


def _place(quote: str, text: str, behind: int = 0) -> tuple[int, int]:
    """First and last offset of `quote` in `text`: the place that its #number says, else the first one from `behind`."""
    wanted = re.fullmatch(r"(.*?)\s*#(\d+)", quote)
    words, times = (wanted[1], int(wanted[2])) if wanted else (quote, 0)
    if not words:
        raise Misread("the quote is empty")
    places = [match.start() for match in re.finditer(re.escape(words), text)]
    fitting = places[times - 1 : times] if times else [place for place in places if place >= behind]
    if not fitting:
        where = f"it stands at {places}, rows of this kind have come to {behind}: order them as the text" if places else "it stands nowhere"
        raise Misread(f"{words!r} is not found: {where}")
    return fitting[0], fitting[0] + len(words)


def _quoted(quote: str, text: str, behind: int = 0) -> dict[str, Any]:
    start, end = _place(quote, text, behind)
    return {"start": start, "end": end, "quote": text[start:end]}


def _date(rest: str, text: str, behind: dict[str, int]) -> tuple[str, dict[str, Any]]:
    code, quote = _cells(rest, 2)
    edtf, role = _words(code, 2)
    row = _quoted(quote, text, behind["D"]) | {"edtf": edtf, "role": role}
    behind["D"] = row["end"]
    return "dates", row


def _official(rest: str, text: str, _behind: dict[str, int]) -> tuple[str, dict[str, Any]]:
    names, honorific, positions, roles = _cells(rest, 4)
    name, *shorter = (part.strip() for part in names.split(" = "))
    full = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    if not full:
        raise Misread(f"{name!r} stands nowhere")
    spans = list(full)
    for short in shorter:
        for match in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", text):
            if not any(start < match.end() and match.start() < end for start, end in spans):
                spans.append(match.span())
    offices = []
    for position in _list(positions):
        title, _, body = position.partition(" @ ")
        offices.append({"title": title.strip(), "organization": _null(body.strip())})
    return "officials", {
        "name": name,
        "quotes": [{"start": start, "end": end} for start, end in sorted(spans)],
        "honorific": _null(honorific),
        "positions": offices,
        "roles": [role.strip() for role in roles.split(",")],
    }


def _award(rest: str, text: str, _behind: dict[str, int]) -> tuple[str, dict[str, Any]]:
    code, grantor, year, recipients, quotes = _cells(rest, 5)
    kind, level, grade, status = _words(code, 4)
    named = []
    for recipient in _list(recipients):
        sort, colon, name = recipient.partition(":")
        if not colon:
            raise Misread(f"recipient {recipient!r} has no kind")
        named.append({"name": name.strip(), "kind": sort.strip()})
    return "awards", {
        "quotes": [_quoted(quote, text) for quote in _list(quotes)],
        "type": kind,
        "level": _null(level),
        "class": _null(grade),
        "grantor": _null(grantor),
        "status": status,
        "year": int(year) if _null(year) else None,
        "recipients": named,
    }


def _count(rest: str, text: str, behind: dict[str, int]) -> tuple[str, dict[str, Any]]:
    code, award, year, quote = _cells(rest, 4)
    value, comparator, units = _words(code, 3)
    counted = None
    if _null(award):
        kind, level, grade = _words(award, 3)
        counted = {"type": kind, "level": _null(level), "class": _null(grade)}
    row = _quoted(quote, text, behind["C"])
    behind["C"] = row["end"]
    try:
        number: int | float = float(value) if "." in value else int(value)
    except ValueError as error:
        raise Misread(f"{value!r} is no number (12 or 1.5)") from error
    return "counts", row | {
        "value": number,
        "comparator": comparator,
        "units": units.split("+"),
        "award": counted,
        "year": int(year) if _null(year) else None,
    }


def _event(rest: str, text: str, _behind: dict[str, int]) -> tuple[str, dict[str, Any]]:
    code, title, organizers, place, documents, campaigns, quote = _cells(rest, 7)
    kind, edtf = _words(code, 2)
    return "events", {
        "type": kind,
        "title": _null(title),
        "edtf": _null(edtf),
        "organizers": _list(organizers),
        "location": _null(place),
        "documents": _list(documents),
        "campaigns": _list(campaigns),
        "quote": _quoted(quote, text)["quote"],
    }


def _uncertain(rest: str, text: str, _behind: dict[str, int]) -> tuple[str, dict[str, Any]]:
    kind, quote, why = _cells(rest, 3)
    start, end = _place(quote, text)
    return "uncertain", {"kind": kind, "start": start, "end": end, "why": why}


def _note(rest: str, _text: str, _behind: dict[str, int]) -> tuple[str, Any]:
    return "notes", rest


def _words(cell: str, wanted: int) -> list[str]:
    words = cell.split()
    if len(words) != wanted:
        raise Misread(f"{cell!r} has {len(words)} words, {wanted} are wanted")
    return words


ROWS = {"D": _date, "O": _official, "A": _award, "C": _count, "E": _event, "U": _uncertain, "N": _note}


def main(sources: str, out: str) -> int:
    """Write OUT/<id>.json for each article and OUT/index.csv; say what cannot be read, and return 1 then."""
    folder, wrong, index = Path(out), 0, []
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(Path(sources).glob("*.txt")):
        try:
            gold, fields = read(path.read_text(encoding="utf-8"))
        except Misread as error:
            wrong += 1
            print(f"{path}: {error}")
            continue
        (folder / f"{gold['id']}.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        index.append(fields)
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, INDEX, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(index, key=lambda row: row["id"]))
    print(f"{len(index)} articles written, {wrong} not")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
