"""What `sites check` prints: each page field by field, the patterns that met nothing, and one verdict with what to mend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from thidua import say
from thidua.sites.found import Check, Further, ListFound, Mend, PageFound, Part, Value
from thidua.sites.judging import NOTHING
from thidua.sites.printing import cut_front, line, pad, shown, whole, width, wrapped
from thidua.sites.probing import Answer

NAME, BY = 13, 27  # columns of a field's name and of its selector


def explained(label: str) -> str:
    """A state of the ledger with what it means: `refused:robots (robots.txt forbids it)`."""
    state, _, reason = label.partition(":")
    if state == "open":
        return f"{label} ({say.text('why_dropped')})"
    for key in (f"why_{state}_{reason}", f"why_{reason}", f"why_{reason[:6]}"):
        if reason and say.has(key):
            return f"{label} ({say.text(key)})"
    return label


# ------------------------------------------------------------------ pages


def print_source(found: ListFound, robots: Answer | None, *, paging: str) -> None:
    """A list, feed or sitemap; `paging`: the type of the site's."""
    answer = found.answer
    whole(f"{say.text(f'kind_{answer.line.kind}')}  {answer.line.url}", "bold")
    if not answer.came:
        print_failure(answer, robots)
        return
    line(f"  {answer.line.status}  {say.text('check_source', articles=found.articles)}", None if found.articles else "red")
    print_parts(found.parts)
    if any(found.links.values()):
        line(f"  {pad('a[href]', NAME)}{say.text('check_links', **found.links)}", "dim")
    if answer.line.kind == "list":
        whole(f"  {pad('next', NAME)}{found.following or '–'}")
        if not found.following:
            wrapped(
                say.text("check_no_paging" if paging == "none" else "check_no_next", type=paging),
                first="  → ",
                margin="    ",
                style="yellow",
            )


def print_further(found: Further, robots: Answer | None) -> None:
    """The second page of a list."""
    whole(f"{say.text('kind_list_2')}  {found.answer.line.url}", "bold")
    if not found.answer.came:
        print_failure(found.answer, robots)
        return
    told = say.text("check_further", articles=found.articles, new=found.new)
    line(f"  {found.answer.line.status}  {told}", None if found.new else "red")
    print_parts(found.parts)


def print_parts(parts: Sequence[Part]) -> None:
    """The selectors of a list, and what each met and gave."""
    first: set[str] = set()  # of each kind the first selector that gives anything is the one used
    for part in parts:
        used = part.articles > 0 and part.name not in first
        first |= {part.name} if used else set()
        told = say.text("check_part_date" if part.name == "date" else "check_part", nodes=part.nodes, articles=part.articles)
        line(
            f"  {pad(part.name, NAME)}{pad(cut_front(part.css, width() - NAME - 29), width() - NAME - 28)}{'✓' if used else ' '} {told}",
            None if used else "dim",
        )


def print_page(found: PageFound, number: int, robots: Answer | None) -> None:
    """An article page."""
    answer = found.answer
    whole(f"{say.text('kind_article')} {number}  {answer.line.url}", "bold")
    if found.reject:
        detail = f": {found.reject.detail}" if found.reject.detail else ""
        line(f"  {answer.line.status}  {say.text('check_reject', reason=found.reject.reason)}{detail}", "red")
    elif found.article is None:
        print_failure(answer, robots)
    else:
        line(f"  {answer.line.status}  {say.text('check_read_by', by=found.article.read_by or '')}")
        for value in found.values:
            print_value(value)


def print_failure(answer: Answer, robots: Answer | None) -> None:
    """Why an address gave no page, and why robots.txt could not be had where that is the reason."""
    wrapped(explained(answer.label), first="  ", margin="  ", style="red")
    if answer.line.reason == "robots" and robots and robots.label != "ok":
        wrapped(f"{robots.line.url}: {explained(robots.label)}", first="  ", margin="  ", style="red")


def print_value(value: Value) -> None:
    """A field: its name, the selector that gave it, the value."""
    by = f"{cut_front(value.by, BY - len(value.place) - 4)} ({value.place})" if value.place else value.by
    shown = value.value
    if value.field == "body" and shown:
        shown = f"[{len(shown)}] " + shown
    line(f"  {pad(value.field, NAME)}{pad(by, BY)}{shown}", {"none": "dim", "generic": "yellow"}.get(value.by))


def print_unmet(unmet: Sequence[tuple[str, str]]) -> None:
    """Patterns of the definition that met nothing, a line a place."""
    if unmet:
        line(say.text("check_unmet"), "bold")
        for place, group in groupby(unmet, key=lambda one: one[0]):
            wrapped(",  ".join(pattern for _, pattern in group), first=f"  {pad(place, 24)}", margin=" " * 26)
        line()


def print_check(check: Check) -> None:
    """All of a check but its verdict."""
    for source in check.sources:
        print_source(source, check.robots, paging=check.site.paging.type)
        line()
    if check.further:
        print_further(check.further, check.robots)
        line()
    for number, page in enumerate(check.pages, 1):
        print_page(page, number, check.robots)
        line()
    print_unmet(check.unmet)
    for remark in check.remarks:
        wrapped(say.text(remark.key, **remark.values), first="• ", margin="  ", style="yellow")
    if check.remarks:
        line()


def print_mends(mends: Sequence[Mend], *, definition: Path, platform: str | None, saved: Path) -> None:
    """What is to be mended, numbered, with the files to open."""
    own = tomllib.loads(definition.read_text(encoding="utf-8")) if definition.exists() else {}
    for number, mend in enumerate(mends, 1):
        values = {name: explained(str(value)) if name == "label" else value for name, value in mend.values.items()}
        wrapped(say.text(mend.key, **values), first=f"{number:2}. ", margin="    ")
        for text in files(mend, definition=definition, inherited=None if is_own(mend, own) else platform, saved=saved):
            wrapped(text, first="    → ", margin="      ", style="cyan")


def is_own(mend: Mend, own: Mapping[str, Any]) -> bool:
    """Whether the site's own file gives the selectors or patterns in question."""
    match mend.key:
        case "mend_no_body":
            return "layout" in own
        case "mend_list" | "mend_next_box":
            return bool({"item", "link"} & own.get("list", {}).keys())
        case "mend_address":
            return "url_regex" in own.get("article", {})
        case "mend_next_gone" | "mend_next_same" | "mend_next_unmet":
            return "next" in own
        case "mend_identity":
            return "id_regex" in own.get("article", {})
        case _ if "field" in mend.values:
            return any(mend.values["field"] in layout for layout in own.get("layout", ())) or mend.values["tried"] == NOTHING
    return True


def files(mend: Mend, *, definition: Path, inherited: str | None, saved: Path) -> Iterator[str]:
    """The definition to change, and the page that shows it."""
    if mend.key != "mend_unread" or re.match(r"failed:http-4|refused:offsite|.*:tls", str(mend.values["label"])):
        yield shown(definition)
        if inherited:
            yield say.text("check_inherited", platform=inherited)
    if mend.page:
        yield shown(saved / mend.page)
