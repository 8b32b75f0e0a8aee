"""What the web page says, in Vietnamese or English: words of words.toml, numbers and days as one writes them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from data.comments import Told

LANGUAGES = ("vi", "en")


@cache
def table() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Section -> key -> the Vietnamese and the English."""
    read = tomllib.loads(files("thidua").joinpath("web/words.toml").read_text(encoding="utf-8"))
    return {section: {key: (vi, en) for key, (vi, en) in words.items()} for section, words in read.items()}


class Words:
    """The words of one language; for templates `t`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._at = LANGUAGES.index(lang)

    def __call__(self, key: str, /, **values: object) -> str:
        """A word or sentence, its {names} filled in; numbers as one writes them."""
        filled = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        text = table()["words"][key][self._at]
        return text.format(**filled) if filled else text

    def code(self, section: str, code: str | None) -> str:
        """What a code of the records is called; the code itself where nobody says, nothing for none."""
        return table()[section].get(code, (code, code))[self._at] if code else ""

    def comment(self, text: str | None) -> str:
        """A comment of the published file in this language; as it is where it is not in both, nothing for none."""
        try:
            return Told.of(text or "")[self._at]
        except ValueError:
            return text or ""

    def number(self, value: float | None) -> str:
        """1.250 in Vietnamese, 1,250 in English."""
        if value is None:
            return "–"
        text = f"{value:,}"
        return text.replace(",", ".") if self.lang == "vi" else text

    def day(self, value: dt.date | None) -> str:
        """05/05/2023 in Vietnamese, 2023-05-05 in English."""
        if value is None:
            return self("no_date")
        return f"{value:%d/%m/%Y}" if self.lang == "vi" else f"{value:%Y-%m-%d}"

    def moment(self, value: dt.datetime | None) -> str:
        """A day with hours and minutes; midnight is a day alone."""
        if value is None:
            return self("no_date")
        return self.day(value) + (f" {value:%H:%M}" if (value.hour, value.minute) != (0, 0) else "")

    def span(self, edtf: str, first: dt.date, last: dt.date) -> str:
        """The time of an event as exactly as it is known: a day, days, a month, a year; else the EDTF date itself."""
        exact = {len(part) for part in edtf.split("/")}
        if exact == {10}:
            return self.day(first) if first == last else f"{self.day(first)} – {self.day(last)}"
        if exact == {7} and "/" not in edtf and edtf.replace("-", "").isdigit() and first.day == 1:
            return f"{first:%m/%Y}" if self.lang == "vi" else f"{first:%Y-%m}"
        return edtf

    def share(self, value: float | None) -> str:
        """Per cent."""
        return "–" if value is None else f"{value:.0%}"


def named(rows: list[dict[str, Any]], lang: str) -> Mapping[str, str]:
    """Code -> name of award types, given their rows."""
    return {row["code"]: row[lang] or row["code"] for row in rows}
