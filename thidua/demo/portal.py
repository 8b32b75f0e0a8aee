"""A sample portal: invented articles in the pages of one family, answered without a socket."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from importlib.resources import files
from typing import Any, ClassVar, Literal

import jinja2
from pydantic import BaseModel, ConfigDict, Field

VIETNAM = dt.timezone(dt.timedelta(hours=7), "+07:00")
MERGER = dt.date(2025, 7, 1)  # the day on which 63 provinces became 34 (Nghị quyết 202/2025/QH15)
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
# "Bài, ảnh: Hà Vân", "Hà Vân (tổng hợp)": what a byline tells beside the name
BYLINE_ROLE = re.compile(r"^(?:Tin|Bài|Ảnh|Tin, ảnh|Bài, ảnh|Bài và ảnh):\s*|\s*\((?:tổng hợp|ghi)\)$")
ROBOTS = "User-agent: *\nAllow: /\nDisallow: /admin/\n"


@dataclass(frozen=True)
class Request:
    """What a visitor asks for. `path` is percent-decoded; the names of headers are in lower case."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """Scheme and host as the visitor wrote them, for links that must be absolute."""
        return f"http://{self.headers.get('host', 'localhost')}"


@dataclass(frozen=True)
class Response:
    """What the portal answers."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode()


class Picture(BaseModel):
    """A picture in an article."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    after: int = Field(ge=0, description="stands after this many paragraphs of the body")
    file: str = Field(description="name of the file: DSC_6342.jpg")
    caption: str = Field(default="", description="what stands under it, without the credit")
    credit: str = Field(default="", description="who took it, as printed after 'Ảnh:'")
    in_text: bool = Field(default=False, description="the caption names an official or an award, so it is a paragraph of the text")


@dataclass(frozen=True)
class Block:
    """A part of a body as templates print it; the field of its kind is filled."""

    kind: Literal["paragraph", "table", "picture"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True)
class Expected:
    """What a perfect reader finds on the page of a sample. None: the page does not tell. All text is NFC."""

    title: str
    published_at: str | None
    author: str | None
    source: str | None
    lead: str | None
    section: str
    kind: str
    paragraphs: tuple[str, ...]  # title, lead, then the body with the captions that belong to the text
    captions: tuple[tuple[str, str | None], ...]  # every caption with its credit, in order

    @property
    def text(self) -> str:
        """The paragraphs, joined as in an article."""
        return "\n".join(self.paragraphs)


class Sample(BaseModel):
    """One invented article, as `articles/NN-slug.toml` holds it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: int | str = Field(description="what the family puts into the address")
    slug: str
    title: str
    published_at: str = Field(default="", description="as the page prints it: 2023-05-08T10:00:00+07:00, the bare day, or '' for none")
    lead: str = ""
    author: str = ""
    source: str = Field(default="", description="as printed after 'Nguồn:'")
    section: str
    kind: Literal["article", "document"] = "article"
    template: Literal["new", "old"] = "new"
    paragraphs: tuple[str, ...] = Field(min_length=1, description="the body without the lead; cells of a table's row are joined by ' | '")
    picture: tuple[Picture, ...] = ()

    @property
    def moment(self) -> dt.datetime | None:
        """When it was published, in Vietnam; midnight when the page prints the day alone, None when it prints none."""
        if not self.published_at:
            return None
        return dt.datetime.fromisoformat(self.published_at).replace(tzinfo=VIETNAM)

    def blocks(self) -> Iterator[Block]:
        """The body in order: paragraphs, tables (rows that follow each other), pictures at their places."""
        rows: list[tuple[str, ...]] = []
        for place in range(len(self.paragraphs) + 1):
            text = self.paragraphs[place - 1] if place else ""
            if rows and " | " not in text:
                yield Block("table", rows=tuple(rows))
                rows = []
            if " | " in text:
                rows.append(tuple(text.split(" | ")))
            elif text:
                yield Block("paragraph", text=text)
            pictures = [picture for picture in self.picture if picture.after == place]
            if rows and (pictures or place == len(self.paragraphs)):
                yield Block("table", rows=tuple(rows))
                rows = []
            for picture in pictures:
                yield Block("picture", picture=picture)

    def expected(self) -> Expected:
        """What a perfect reader finds on the page."""
        paragraphs = [self.title, self.lead]
        for block in self.blocks():
            if block.picture is not None:
                paragraphs.append(block.picture.caption if block.picture.in_text else "")
            else:
                paragraphs += [" | ".join(row) for row in block.rows] or [block.text]
        pictures = sorted(self.picture, key=lambda picture: picture.after)
        return Expected(
            title=_read(self.title),
            published_at=self.published_at or None,
            author=BYLINE_ROLE.sub("", _read(self.author)) or None,
            source=_read(self.source) or None,
            lead=_read(self.lead) or None,
            section=self.section,
            kind=self.kind,
            paragraphs=tuple(_read(paragraph) for paragraph in paragraphs if paragraph),
            captions=tuple((_read(picture.caption), _read(picture.credit) or None) for picture in pictures if picture.caption),
        )


Handler = Callable[[Request, re.Match[str]], Response]
Route = tuple[str, str, Handler]  # method, pattern of the whole path, what answers


class Portal:
    """The sample portal of one family; a subclass names itself and its routes.

    Its package holds `templates/` (Jinja2) and `articles/NN-slug.toml`.
    """

    key: ClassVar[str]
    name: ClassVar[str]
    province: ClassVar[str]
    merged_into: ClassVar[str | None] = None  # the province since MERGER, where it changed its name

    def __init__(self) -> None:
        package = type(self).__module__.rpartition(".")[0]
        self._original = _samples(package)
        self.articles = self._original  # newest first
        self._corrected: dict[str, dt.datetime] = {}
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader(package),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["weekday"] = lambda day: WEEKDAYS[day.weekday()]
        robots: Route = ("GET", r"/robots\.txt", lambda _request, _match: self.answer(ROBOTS, media_type="text/plain"))
        self._table = tuple((method, re.compile(pattern), handler) for method, pattern, handler in (robots, *self.routes()))

    def routes(self) -> Iterable[Route]:
        """The addresses of the portal; the first that fits answers."""
        raise NotImplementedError

    def path_of(self, sample: Sample) -> str:
        """The main address of an article, from the root."""
        raise NotImplementedError

    def respond(self, request: Request) -> Response:
        """Answer: 304 when the visitor holds the page as it is, 404 when no route fits."""
        for method, pattern, handler in self._table:
            match = pattern.fullmatch(request.path)
            if match and method == request.method:
                return _unless_held(request, handler(request, match))
        return Response(404, {"Content-Type": "text/html; charset=utf-8"}, "<h1>404: Không tìm thấy trang</h1>".encode())

    def render(self, template: str, **context: Any) -> str:
        """The page that a template makes; `portal` is always there."""
        return self._templates.get_template(template).render(portal=self, **context)

    def answer(
        self,
        text: str,
        *,
        of: Iterable[Sample] = (),
        status: int = 200,
        media_type: str = "text/html",
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """A response with ETag, and with the newest of the articles `of` which it tells as Last-Modified."""
        body = text.encode()
        sent = {"Content-Type": f"{media_type}; charset=utf-8", "ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"'}
        moments = [moment for sample in of if (moment := self.modified(sample))]
        if moments:
            sent["Last-Modified"] = format_datetime(max(moments).astimezone(dt.UTC), usegmt=True)
        return Response(status, sent | dict(headers or {}), body)

    def find(self, sample_id: int | str) -> Sample | None:
        """The article of that id; digits and number are the same id."""
        return next((sample for sample in self.articles if str(sample.id) == str(sample_id)), None)

    def change(self, sample_id: int | str, **fields: object) -> Sample:
        """Correct an article as an editor would, between two crawls; KeyError for an unknown id."""
        old = self.find(sample_id)
        if old is None:
            raise KeyError(f"{self.key} has no article {sample_id}")
        new = Sample.model_validate(old.model_dump() | fields)
        earlier = self._corrected.get(str(new.id), dt.datetime.min.replace(tzinfo=VIETNAM))
        # Last-Modified has no fractions: two corrections in one second must still differ
        self._corrected[str(new.id)] = max(dt.datetime.now(VIETNAM), earlier + dt.timedelta(seconds=1))
        self.articles = tuple(new if sample is old else sample for sample in self.articles)
        return new

    def restore(self) -> None:
        """Take all corrections back."""
        self.articles = self._original
        self._corrected.clear()

    def modified(self, sample: Sample) -> dt.datetime | None:
        """When the article was last corrected, else published; None when the portal does not tell."""
        return self._corrected.get(str(sample.id), sample.moment)

    def province_of(self, sample: Sample) -> str:
        """The publisher's province, as it was named when the article appeared."""
        if self.merged_into and sample.moment and sample.moment.date() >= MERGER:
            return self.merged_into
        return self.province


def _samples(package: str) -> tuple[Sample, ...]:
    """All articles of a family, newest first; those without a date last, by the number of their file."""
    folder = files(package).joinpath("articles")
    found = [(entry.name, entry.read_text(encoding="utf-8")) for entry in folder.iterdir() if entry.name.endswith(".toml")]
    samples = [(name, Sample.model_validate(tomllib.loads(text))) for name, text in found]
    return tuple(sample for _, sample in sorted(samples, key=lambda pair: (pair[1].published_at, pair[0]), reverse=True))


def _unless_held(request: Request, response: Response) -> Response:
    """The response, or 304 without a body; If-None-Match wins over If-Modified-Since (RFC 9110, 13.2.2)."""
    if response.status != 200 or request.method != "GET":
        return response
    tags = request.headers.get("if-none-match")
    if tags is not None:
        held = response.headers["ETag"] in (tag.strip().removeprefix("W/") for tag in tags.split(",")) or tags.strip() == "*"
    else:
        held = _not_newer(response.headers.get("Last-Modified"), request.headers.get("if-modified-since"))
    if not held:
        return response
    return Response(304, {name: value for name, value in response.headers.items() if name in ("ETag", "Last-Modified")}, b"")


def _not_newer(modified: str | None, since: str | None) -> bool:
    if modified is None or since is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # an unreadable or zoneless header is ignored, as if it had not been sent
        return False


def _read(text: str) -> str:
    """As a reader keeps it: NFC, white space folded."""
    return " ".join(unicodedata.normalize("NFC", text).split())
