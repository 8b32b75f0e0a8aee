"""The word lists that tell where the body of an office ends: verbs and small words, countries, parts of other bodies."""

from __future__ import annotations

import re
from functools import cache

from extract.body_heads import places_abroad
from extract.fold import fold
from extract.places import pattern
from extract.words import lexicon


@cache
def breaks() -> re.Pattern[str]:
    """Words that belong to no name of a body: verbs of people, function words, honorifics."""
    given = lexicon("officials")
    verbs = [verb for role in given["roles"].values() for verb in role["after"]]
    return pattern([*verbs, *given["offices"]["breaks"], *given["familiar"]])


@cache
def says() -> re.Pattern[str]:
    """Verbs of speech of two syllables, which are part of no name: a name goes as far as these."""
    return pattern(verb for verb in lexicon("officials")["roles"]["speaker"]["after"] if " " in verb)


@cache
def countries() -> re.Pattern[str]:
    """A space and a country's name."""
    return re.compile(" " + pattern(lexicon("officials")["offices"]["countries"]).pattern)


@cache
def pairs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A country at the end of a name, in short too, and a dash with another one: "Việt" and " - Ấn"."""
    given = lexicon("officials")["offices"]
    names = pattern([*given["countries"], *given["countries_in_short"]]).pattern
    return re.compile(f" {names}$"), re.compile(f" ?- ?(?P<other>{names})")


@cache
def seats_abroad() -> re.Pattern[str]:
    """A space and the name of a city or a province abroad, with its unit or without."""
    return re.compile(rf" (?:(?:tỉnh|thành phố|tp\.?|thủ đô|bang) )?(?P<name>{places_abroad().pattern})")


@cache
def units() -> re.Pattern[str]:
    """Nouns of bodies that only an office makes one: đội, tàu, phân xưởng, chùa."""
    return pattern(lexicon("officials")["offices"]["units"])


@cache
def small_units() -> re.Pattern[str]:
    """Nouns of bodies that are parts of another one: phòng, khoa, đội."""
    return pattern(lexicon("officials")["offices"]["parts"])


@cache
def ministry_parts() -> re.Pattern[str]:
    """Nouns of bodies that are parts of a ministry: vụ, cục."""
    return pattern(lexicon("officials")["offices"]["ministry_parts"])


@cache
def no_people() -> re.Pattern[str]:
    """Names that look like a person's and are a place's: "Đồng Hới"."""
    return pattern(lexicon("officials")["traps"]["never"])


@cache
def local_places() -> frozenset[str]:
    """Districts and the like that a text names without their unit and that look like a person: "Sơn Động"."""
    return frozenset(map(fold, lexicon("officials")["traps"]["places"]))


@cache
def land() -> frozenset[str]:
    """First syllables that only places have: "Krông"."""
    return frozenset(map(fold, lexicon("officials")["traps"]["land"]))


@cache
def goes_on() -> re.Pattern[str]:
    """Small words with which a name goes on after its proper part: "và", "tại", "huyện"."""
    units = [unit for units in lexicon("bodies")["seat"].values() for unit in units]
    return pattern([*units, "và", "tại", "của"])


@cache
def hamlets() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon("bodies")["seat"]["hamlet"])
