"""What tells an event: the words of lexicon/events.toml, compiled, and the mark of an event that they tell."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from spacy.tokens import Doc

from extract.fold import fold
from extract.language import Interval, folded_text
from extract.openings import Opened, Sieve
from extract.words import lexicon
from schemas.dates import DateMention
from schemas.vocabulary import EventType

_NAMED = re.compile(r"<(\w+)>")


class Kind(NamedTuple):
    """How the lexicon tells one type of event."""

    code: EventType
    lead: bool  # told in the lead alone
    shares: bool  # its words may tell another type too: a plan and what it launches
    pattern: Opened
    headline: re.Pattern[str] | None  # how a headline tells it, which has no room for nouns and verbs
    act: Opened | None  # how a sentence of the body tells it as done at the meeting just told


class Told(NamedTuple):
    """A mark: an event told in a sentence."""

    type: EventType
    start: int  # where its words begin
    sentence: Interval
    date: DateMention | None
    rule: str

    @property
    def day(self) -> dt.date | None:
        """The first day of its date."""
        return self.date.first_day if self.date else None


class Lexicon(NamedTuple):
    """extract/lexicon/events.toml, compiled."""

    kinds: tuple[Kind, ...]
    frame: dict[str, re.Pattern[str]]
    told: Sieve  # which of the kinds' patterns can begin in a sentence
    done: Sieve  # which of their acts

    @classmethod
    def load(cls, file: str = "events") -> Lexicon:
        """The lexicon of extract/lexicon/<file>.toml; `<award>` in a pattern stands for the words of that name."""
        raw = lexicon(file)
        words: dict[str, str] = {}

        def expand(pattern: str) -> str:
            return fold(_NAMED.sub(lambda match: words.get(match[1], match[0]), pattern))

        for name, pattern in raw["words"].items():
            words[name] = expand(pattern)  # may name those before it

        def opened(*patterns: str) -> Opened:
            forms = [f"(?:{expand(one)})" for one in patterns]
            return Opened("|".join(forms), forms)

        kinds = tuple(
            Kind(
                EventType(row["code"]),
                row.get("lead", False),
                row.get("shares", False),
                opened(*row["told"]),
                re.compile(rf"(?<!\w)(?:{expand(row['headline'])})") if "headline" in row else None,
                opened(row["act"]) if "act" in row else None,
            )
            for row in raw["type"]
        )
        frame = {name: re.compile(expand(pattern)) for name, pattern in raw["frame"].items()}
        return cls(kinds, frame, Sieve([kind.pattern for kind in kinds]), Sieve([kind.act for kind in kinds]))

    def begins(self, name: str, doc: Doc, place: Interval) -> bool:
        """Whether the words of a frame stand at the beginning of a place."""
        return bool(self.frame[name].match(folded_text(doc), place.start, place.end))

    def holds(self, name: str, doc: Doc, place: Interval) -> bool:
        """Whether the words of a frame stand anywhere in a place."""
        return bool(self.frame[name].search(folded_text(doc), place.start, place.end))
