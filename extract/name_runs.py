"""Runs of capitalised words that may be a name: what joins two words, where a run ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.fold import fold
from extract.offices import Offices
from extract.person_names import (
    is_foreign,
)
from extract.places import words

Run = Sequence[re.Match[str]]
MOST_WORDS = 60  # of a run of capitalised words that are looked at
_LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
# A word of a name: "Hùng", "H'Rin", "Xay-nha-vông", but not "Hùng-phó giám đốc".
_WORD = re.compile(rf"(?:[HK]['’] (?=[A-ZĐ]))?[^\W\d_]+(?:['’`][^\W\d_]+)*(?:-(?!phó|bí|chủ|giám|trưởng|nguyên|hiệu)[{_LOWER}]+)*")
# What joins two words of a name: a space, or the small words of names from abroad ("Arnoud van den Berg").
_JOIN = re.compile(r" (?:(?:van|von|de|del|della|di|da|dos|bin|ibn|al|el)(?: (?:der|den|de|la)| -)? )?")
_TAIL = re.compile(r" - [a-z]{2,5}(?!\w)")  # "Park Ji - min": a foreign name whose hyphen has been set apart
_GLUED = re.compile(rf"[{_LOWER}](?=[A-ZĐ])")


class NameRuns:
    """Finds the runs of one text."""

    def __init__(self, offices: Offices) -> None:
        self.text, self.offices = offices.text, offices

    def runs(self, blocked: bytearray) -> Iterator[Run]:
        """Runs of capitalised words joined as names join; where `blocked` is not 0 none begins."""
        run: list[re.Match[str]] = []
        last = 0
        for word in _WORD.finditer(self.text):
            if run and last + 1 == word.start() and self._middle(run, word):
                run.append(word)
                last = word.end()
                continue
            if not word[0][0].isupper() or blocked[word.start()] or self.text[word.start() - 1 : word.start()].isdigit():
                continue
            if run and not (
                _JOIN.fullmatch(self.text, last, word.start())
                or self._hyphened(run[-1], word, eastern=len(run) > 1 and self._eastern(run))
                or self._initialled(run, last, word)
            ):
                yield run
                run = []
            if len(run) < MOST_WORDS:
                run.append(word)
            last = word.end()
        if run:
            yield run

    def _middle(self, run: Run, word: re.Match[str]) -> bool:
        """Whether a middle name is written small: "Lê thị Kim An"."""
        if word[0] == "nữ" and fold(run[-1][0]) == "thích":
            return self.text[word.start() - 1] == " " and self.text[word.end() + 1 : word.end() + 2].isupper()  # "Thích nữ Diệu Hạnh"
        return (
            word[0] in ("thị", "văn")
            and self.text[word.start() - 1] == " "
            and self.text[word.end() + 1 : word.end() + 2].isupper()
            and fold(run[-1][0]) in words("surnames")
        )

    def _initialled(self, run: Run, last: int, after: re.Match[str]) -> bool:
        """Whether the initial of a middle name stands between two foreign words: "Harry S. Truman"."""
        initial = len(run) > 1 and len(run[-1][0]) == 1 and self.text[last : after.start()] == ". "
        stranger = any(is_foreign(fold(word[0])) for word in run)
        return initial and stranger and is_foreign(fold(after[0])) and not self.offices.beginning(after.start())

    def _eastern(self, run: Run) -> bool:
        """Whether the last two words begin a name from the Far East: "Park Hang", "Lee Gye"."""
        first, second = (fold(word[0]) for word in run[-2:])
        return first in words("eastern_surnames") and (is_foreign(first) or is_foreign(second))

    def _hyphened(self, word: re.Match[str], after: re.Match[str], *, eastern: bool = False) -> bool:
        """Whether a hyphen joins two words of a foreign name: "Kassym - Zhomart", "Park Hang-Seo"."""
        between = self.text[word.end() : after.start()]
        if between in ("-", " - ") and eastern and len(after[0]) < 7:
            return not self.offices.beginning(after.start())
        apart = self.text[word.end() : after.start()] == " - "
        return apart and is_foreign(fold(word[0])) and is_foreign(fold(after[0])) and not self.offices.beginning(after.start())

    def end(self, run: Run) -> int:
        """End of the name: where a misprint glues the next sentence to it, before that; with the last part of a name set apart."""
        glued = _GLUED.search(self.text, run[-1].start(), run[-1].end()) if len(run) > 2 and not is_foreign(fold(run[0][0])) else None
        if glued:
            return glued.end()
        end = run[-1].end()
        tail = _TAIL.match(self.text, end) if any(is_foreign(fold(word[0])) for word in run) else None
        return tail.end() if tail and not self.offices.beginning(end + 3) else end
