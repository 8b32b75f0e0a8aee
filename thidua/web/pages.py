"""The pages to read: search, provinces, people, sources."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from thidua.status_page import WORDS, bars
from thidua.web.searching import bare, excerpt, sought
from thidua.web.tilemap import tile_map
from thidua.web.visit import Visit

SIZE = 20  # articles of a page
NAMES = 60  # people of a page
LONGEST_NAME = 6  # words of a search that may be a person's name
NAMED = 200  # articles of a person
EVENTS = 40  # of a time line
FILTERS = ("province", "year", "award", "level", "status", "kind")
ERAS = ("new", "old")


def search(visit: Visit) -> Response:
    """Articles by words and filters; without any the newest."""
    words = sought(visit.asked("q"))
    given = {name: visit.asked(name) for name in FILTERS}
    choices = visit.reader.rows("choices")
    era, _, slug = given["province"].partition("/")
    name = next((one["label"] for one in choices if one["field"] == "province" and one["value"] == given["province"]), slug or None)
    found = visit.reader.rows(
        "search",
        **{name: given[name] or None for name in ("award", "level", "status", "kind")},
        era=era,
        province=name,
        year=int(given["year"]) if given["year"].isascii() and given["year"].isdigit() and len(given["year"]) < 6 else None,
        filtered=any(given.values()),
        of_awards=any(given[name] for name in ("award", "level", "status", "kind")),
        words=words.words,
        spelt=words.spelt,
        phrase=words.phrase,
        size=SIZE,
        first=SIZE * (visit.page - 1),
    )
    awards = defaultdict[str, list[dict[str, Any]]](list)
    for row in visit.reader.rows("awards_of", articles=[one["article"] for one in found]):
        awards[row["article"]].append(row)
    for one in found:
        one["excerpt"] = excerpt(one.pop("text"), words)
        met = set(one["award_rows"])
        one["awards"] = sorted(awards[one["article"]], key=lambda row: row["row"] not in met)
    total = found[0]["total"] if found else 0
    return visit.render(
        "search.html",
        summary=visit.reader.one("summary"),
        found=found,
        total=total,
        pages=-(-total // SIZE),
        page=visit.page,
        q=visit.asked("q"),
        given=given,
        filtered=any(given.values()),
        choosy=any(value for name, value in given.items() if name != "province"),
        choices={name: [one for one in choices if one["field"] == name] for name in FILTERS},
        eras=ERAS,
        names=visit.reader.rows("people", words=words.padded, size=4, first=0) if 0 < len(words.words) <= LONGEST_NAME else [],
    )


def provinces(visit: Visit) -> Response:
    """The provinces of today, each with those that it is made of."""
    found = visit.reader.rows("provinces")
    maps = [tile_map(era, visit.reader.rows("map", era=era)) for era in ERAS]
    return visit.render("provinces.html", found=found, maps=maps, most=max((one["articles"] for one in found), default=0))


def province(visit: Visit) -> Response:
    """One province, then or now: its years, its awards, its time line, its people."""
    era, slug = visit.path("era"), visit.path("slug")
    found = visit.reader.one("province", era=era, slug=slug) if era in ERAS else None
    if found is None:
        raise HTTPException(404)
    asked = {"era": era, "name": found["name"]}
    events = visit.reader.rows("province_events", **asked, size=EVENTS)
    return visit.render(
        "province.html",
        province=found,
        map=tile_map(era, visit.reader.rows("map", era=era), here=slug),
        years=visit.reader.rows("province_years", **asked)[-40:],
        awards=visit.reader.rows("province_awards", **asked),
        timeline=[(year, list(some)) for year, some in groupby(events, key=lambda event: event["first_day"].year)],
        people=visit.reader.rows("province_people", **asked),
    )


def people(visit: Visit) -> Response:
    """Names, by words of them or by how often they are met."""
    words = sought(visit.asked("q"))
    found = visit.reader.rows("people", words=words.padded, size=NAMES, first=NAMES * (visit.page - 1))
    total = found[0]["total"] if found else 0
    return visit.render("people.html", found=found, total=total, pages=-(-total // NAMES), page=visit.page, q=visit.asked("q"))


def person(visit: Visit) -> Response:
    """A person by the key of name, body and province; for a name alone all who share it."""
    return someone(visit) if "." in visit.path("person") else namesakes(visit)


def someone(visit: Visit) -> Response:
    """One person, as far as the key tells: offices, awards, articles."""
    found = visit.reader.one("someone", person=visit.path("person"))
    if found is None:
        raise HTTPException(404)
    articles = visit.reader.rows("someone_articles", person=found["person"], size=NAMED)
    offices: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in articles:
        for office in row["offices"]:
            offices.setdefault((office["title"], office["organization"] or ""), []).append(row)
    return visit.render("someone.html", one=found, offices=offices, articles=articles)


def namesakes(visit: Visit) -> Response:
    """All that stands under one name: those who share it by body and province, and their offices by province."""
    found = visit.reader.rows("person", person=visit.path("person"))
    if not found:
        raise HTTPException(404)
    provinces: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = {}
    for row in found:
        for office in row["offices"] or []:
            offices = provinces.setdefault(row["province"] or "", {})
            offices.setdefault((office["title"], office["organization"] or ""), []).append(row)
    return visit.render(
        "person.html",
        name=found[0]["name"],
        keys=visit.reader.rows("person_keys", person=visit.path("person")),
        spelt=sorted({row["name"] for row in found}),
        provinces=sorted(provinces.items(), key=lambda item: (not item[0], bare(item[0]))),
        awards=[row for row in found if row["kind"] == "awards"],
        articles=list({row["article"]: row for row in found}.values()),
    )


def sites(visit: Visit) -> Response:
    """What each source gave and missed."""
    return visit.render("sites.html", sites=visit.reader.of("ask/status_page"), s=WORDS[visit.words.lang], bars=bars)
