"""One request as the pages see it: the published file, the language, links in that language, the template to answer with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from data.reviews import Reviews
from data.snapshot import Reader, Snapshot
from thidua.place import Place
from thidua.web.posting import Form
from thidua.web.searching import slug
from thidua.web.words import Words, named

LONGEST = 300  # characters of a parameter that are looked at
MENU = (
    ("search", "/"),
    ("provinces", "/provinces"),
    ("people", "/people"),
    ("sites", "/sites"),
    ("tables", "/tables"),
    ("console", "/sql"),
)


@dataclass(frozen=True)
class House:
    """What all requests share."""

    place: Place
    snapshot: Snapshot
    sample: bool  # whether it is the demo's data
    reviews: Reviews
    reviewer: str | None  # in whose name decisions are kept; None: nobody decides here


@dataclass(frozen=True)
class Visit:
    """One request, with the published file open."""

    house: House
    request: Request
    reader: Reader
    words: Words
    form: Form = field(default_factory=dict)  # what was sent; empty for a GET

    def asked(self, name: str) -> str:
        """A parameter of the address, trimmed; empty where there is none."""
        return self.request.query_params.get(name, "").strip()[:LONGEST]

    def number(self, name: str, *, most: int) -> int:
        """A parameter that is a number from 1 on; 1 where it is none."""
        given = self.asked(name)
        return min(int(given), most) if given.isascii() and given.isdigit() and int(given) > 0 else 1

    @property
    def page(self) -> int:
        """Which page of a list."""
        return self.number("page", most=100_000)

    def path(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def link(self, path: str, /, **query: object) -> str:
        """An address of this site in the language of the visit; empty parameters are left out."""
        return link(self.words.lang, path, **query)

    def again(self, **change: object) -> str:
        """The address of this page with other parameters."""
        return self.link(self._path(), **{**self.request.query_params, **change})

    def render(self, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """A page; everything in it is escaped unless a template says otherwise, and none does."""
        awards = named(self.reader.rows("award_names"), self.words.lang)
        return render(
            template,
            self.words,
            self._path(),
            status,
            other=link("en" if self.words.lang == "vi" else "vi", self._path(), **self.request.query_params),
            sample=self.house.sample,
            reviewer=self.house.reviewer,
            again=self.again,
            award_name=lambda code: awards.get(code, code),
            **values,
        )

    def _path(self) -> str:
        """The path without the language."""
        path = quote(self.request.url.path, safe="/-._~:")
        return path.removeprefix("/en") or "/" if language_of(path) == "en" else path


def language_of(path: str) -> str:
    """The language that an address asks for: English below /en, else Vietnamese."""
    return "en" if path == "/en" or path.startswith("/en/") else "vi"


def link(lang: str, path: str, /, **query: object) -> str:
    """An address of this site."""
    told = {name: value for name, value in query.items() if value not in (None, "")}
    whole = "/" + path.lstrip("/") if lang == "vi" else f"/en/{path.lstrip('/')}".rstrip("/")
    return whole + (f"?{urlencode(told)}" if told else "")


def render(template: str, words: Words, path: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in a language."""
    to: Callable[..., str] = lambda path, /, **query: link(words.lang, path, **query)  # noqa: E731
    given = {"other": None, "sample": False, "reviewer": None, **values}
    return HTMLResponse(_templates().get_template(template).render(t=words, link=to, path=path, menu=MENU, **given), status)


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("thidua.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.filters |= {"web": web, "slug": slug}
    return found


def web(address: str | None) -> str | None:
    """An address of the web that a link may lead to; None for anything else."""
    return address if address and address.lower().startswith(("https://", "http://")) else None
