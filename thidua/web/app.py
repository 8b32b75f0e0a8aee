"""The web page as an application: its routes, what every answer carries, errors that tell nothing of the inside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.reviews import Reviews
from data.snapshot import Snapshot
from thidua.place import Place
from thidua.web import articles, console, downloads, pages, reviews
from thidua.web.posting import form_of
from thidua.web.visit import House, Visit, language_of, render
from thidua.web.words import LANGUAGES, Words

PAGES: Mapping[str, Callable[[Visit], Response]] = {
    "/": pages.search,
    "/article/{article}/page/frame": articles.frame,
    "/article/{article}/page": articles.fetched,
    "/article/{article}/review/{kind}/{key}": reviews.correcting,
    "/article/{article}": articles.article,
    "/provinces": pages.provinces,
    "/province/{era}/{slug}": pages.province,
    "/people": pages.people,
    "/person/{person}": pages.person,
    "/sites": pages.sites,
    "/tables": downloads.tables,
    "/table/{table}": downloads.table,
    "/download/{table}.{form}": downloads.download,
    "/sql": console.console,
    "/sql/answer.{form}": console.answer,
}
ACTIONS: Mapping[str, Callable[[Visit], Response]] = {  # all that can be sent here, and only where somebody reviews
    "/article/{article}/review/{kind}/{key}": reviews.correct,
    "/article/{article}/review": reviews.judge,
}
STATIC = {"style.css": "text/css", "icon.svg": "image/svg+xml"}
HOSTS = ("127.0.0.1", "localhost")  # names under which a browser on this machine asks; any other was led here by somebody else
ERRORS = (400, 403, 404, 405, 409, 413, 500, 503, 507)  # that have words of their own
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",  # to nobody else; without it a form of ours would come from nowhere
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-DNS-Prefetch-Control": "off",
    "Cache-Control": "no-cache",
}


def application(place: Place, snapshot: Snapshot, *, reviews: Reviews | None = None, reviewer: str | None = None) -> ASGIApp:
    """The page of what is published in a place; decisions are kept in the name of `reviewer`, without one it only reads.

    FileNotFoundError when nothing is published; duckdb.Error when another version published it.
    """
    house = House(place, snapshot, place.folder.name == "demo", reviews or Reviews(place.reviews), reviewer)
    with snapshot.read():
        pass  # made ready now, so that the first visit does not wait
    routes = [
        Route(
            ("" if lang == "vi" else "/en") + (path if path != "/" or lang == "vi" else ""), _endpoint(show, house, lang), methods=["GET"]
        )
        for lang in LANGUAGES
        for path, show in PAGES.items()
    ]
    if reviewer is not None:
        routes += [
            Route(("" if lang == "vi" else "/en") + path, _action(act, house, lang), methods=["POST"])
            for lang in LANGUAGES
            for path, act in ACTIONS.items()
        ]
    app = Starlette(
        routes=[Route("/static/{name}", _static, methods=["GET"]), *routes],
        exception_handlers={HTTPException: _error, Exception: _error},
    )
    app.router.redirect_slashes = False
    return Guarded(TrustedHostMiddleware(app, allowed_hosts=HOSTS, www_redirect=False))


class Guarded:
    """Puts HEADERS on every answer, errors too; a page may bring a stricter one of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and the answer back with the headers."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, guarded)


def _endpoint(show: Callable[[Visit], Response], house: House, lang: str) -> Callable[[Request], Response]:
    """What Starlette calls for a route, in a thread."""

    def endpoint(request: Request) -> Response:
        with house.snapshot.read() as reader:
            return show(Visit(house, request, reader, Words(lang)))

    return endpoint


def _action(act: Callable[[Visit], Response], house: House, lang: str) -> Callable[[Request], Awaitable[Response]]:
    """What Starlette calls for a form; what did not come from a page of ours never gets further."""

    async def endpoint(request: Request) -> Response:
        form = await form_of(request)

        def work() -> Response:
            with house.snapshot.read() as reader:
                return act(Visit(house, request, reader, Words(lang), form))

        return await run_in_threadpool(work)

    return endpoint


async def _static(request: Request) -> Response:
    """The style sheet and the icon: two files, by name."""
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404)
    return Response(_file(name), media_type=STATIC[name])


@cache
def _file(name: str) -> bytes:
    return files("thidua").joinpath(f"web/{name}").read_bytes()


async def _error(request: Request, error: Exception) -> Response:
    """A page that says what kind of fault it was, and no more; the traceback goes to the terminal."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    lang = language_of(request.url.path)
    if request.url.path.startswith("/static/"):
        return PlainTextResponse(str(status), status)
    headers = error.headers if isinstance(error, HTTPException) else None
    found = render("error.html", Words(lang), "/", status, code=status if status in ERRORS else 400)
    found.headers.update(headers or {})
    return found
