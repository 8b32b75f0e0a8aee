"""A small data folder of invented news: archive, store and published file; and damage done to it at random."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from data.archive import Archive
from data.publish import publish
from data.store import Kept, PageRow, SiteRow, Store, page_key
from schemas.page import Fetch, Page
from schemas.reading import Reading
from schemas.vocabulary import State

AT = dt.datetime(2024, 3, 5, 1, 2, 3, 456789, tzinfo=dt.UTC)
RULES, RUN = "1", "20240305T010203-1"
TEXT = (
    "Sáng 04/3/2024, UBND tỉnh Sơn La tổ chức Hội nghị tổng kết phong trào thi đua năm 2023.\n"
    "Bà Lò Thị Mẫu, Giám đốc Sở Nội vụ tỉnh Sơn La, trao Bằng khen cho 12 tập thể và hơn 30 cá nhân, trong đó 5 cá nhân ngành Y tế.\n"
    'Hội nghị phát động phong trào "Bản làng xanh" theo Kế hoạch số 77/KH-UBND.'
)


def fetch(number: int, *, run: str = RUN, state: State = State.OK, url: str | None = None) -> Fetch:
    """The line of the ledger of a sample page."""
    address = url or f"https://mau.example/tin-{number}.html"
    return Fetch(run=run, seq=number, site="mau-son-la", url=address, kind="article", state=state, at=AT, status=200, etag='"é"')


def page(number: int, *, body: bytes | None = None, url: str | None = None) -> Page:
    """A sample page; its headers are of the awkward kind."""
    address = url or f"https://mau.example/tin-{number}.html"
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("content-encoding", "gzip"),
        ("Content-Length", "7"),
        ("X-Lạ", " a\r\nb: c "),
        ("X", ""),
    )
    return Page(
        site="mau-son-la", url=address, final_url=f"{address}?đã=chuyển hướng", fetched_at=AT, status=200, headers=headers,
        body=f"<p>Tin số {number}</p>\r\n\r\n".encode() * 20 if body is None else body, tls="verified",
    )  # fmt: skip


def reading(number: int, *, title: str = "Sơn La tổng kết phong trào thi đua", text: str = TEXT) -> Reading:
    """A sample article with a record of each kind."""

    def at(words: str) -> dict[str, object]:
        start = text.index(words)
        return {"start": start, "end": start + len(words), "quote": words}

    merit = {"type": "certificate_of_merit", "level": "province"}
    return Reading.model_validate({
        "id": f"{number:016x}", "url": f"https://mau.example/tin-{number}.html", "site": "mau-son-la", "title": title,
        "published_at": "2024-03-05T08:00:00+07:00", "province": "Sơn La", "text": text, "read_by": "nukeviet/1", "selectors": {"title": 0, "body": 1},
        "captions": [{"text": "Quang cảnh hội nghị", "credit": None}],
        "dates": [{**at("04/3/2024"), "edtf": "2024-03-04", "role": "event", "rule": "dates/day"}, {**at("năm 2023"), "edtf": "2023", "role": "period", "rule": "dates/year"}],
        "officials": [{"quotes": [at("Lò Thị Mẫu")], "name": "Lò Thị Mẫu", "honorific": "Bà", "roles": ["presenter"], "rule": "officials/title",
                       "positions": [{"title": "Giám đốc", "organization": "Sở Nội vụ tỉnh Sơn La"}]}],
        "awards": [{"quotes": [at("Bằng khen")], **merit, "grantor": "UBND tỉnh Sơn La", "status": "awarded", "rule": "awards/certificate_of_merit",
                    "recipients": [{"name": "Trạm Y tế xã Mẫu", "kind": "collective"}]}],
        "counts": [
            {**at("12 tập thể"), "value": 12, "units": ["collective"], "award": merit, "award_row": 0, "rule": "counts/number"},
            {**at("hơn 30 cá nhân"), "value": 30, "comparator": "gt", "units": ["individual"], "award": merit, "award_row": 0, "rule": "counts/number"},
            {**at("5 cá nhân"), "value": 5, "units": ["individual"], "award": merit, "award_row": 0, "part_of": 1, "rule": "counts/number"},
        ],
        "events": [
            {**at("tổ chức Hội nghị tổng kết"), "type": "review_conference", "edtf": "2024-03-04", "organizers": ["UBND tỉnh Sơn La"], "rule": "events/review"},
            {**at("trao Bằng khen"), "type": "award_ceremony", "edtf": "2024-03-04", "rule": "events/award"},
        ],
        "documents": [{**at("Kế hoạch số 77/KH-UBND"), "number": "77/KH-UBND", "kind": "KH", "rule": "documents/number"}],
        "campaigns": [{**at("Bản làng xanh"), "name": "Bản làng xanh", "rule": "campaigns/quoted"}],
    })  # fmt: skip


def fill_archive(folder: Path, articles: int) -> list[Fetch]:
    """An archive of sample pages, with lines that have no body between them."""
    archive = Archive(folder)
    archive.recover()
    kept = []
    with archive.writer(RUN) as writer:
        for number in range(articles):
            writer.note(fetch(2 * number, state=State.OPEN, url=page(number).url))
            kept.append(writer.keep(page(number), fetch(2 * number + 1, url=page(number).url)))
    return kept


def keep_all(store: Store, archive: Archive, *, rules: str = RULES, batch: int = 5) -> None:
    """What `thidua extract` does, with sample readings instead of a reader."""
    store.copy_ledger(archive.numbered())
    done = store.done(rules)
    todo = [line for line in archive.pages() if page_key(line) not in done]
    for start in range(0, len(todo), batch):
        some = [(line, archive.page(line), sample_of(line)) for line in todo[start : start + batch]]
        store.keep(
            [Kept(found, page_key(line), rules, RUN) for line, _, found in some],
            [PageRow.of(line, found, rules, run=RUN, page=kept) for line, kept, found in some],
        )


def sample_of(line: Fetch) -> Reading:
    """The reading of a sample page."""
    return reading(int(line.url.removeprefix("https://mau.example/tin-").removesuffix(".html")))


def fill(folder: Path, articles: int = 6) -> Path:
    """A whole data folder; gives it back."""
    fill_archive(folder / "archive", articles)
    with Store.open(folder / "work.duckdb") as store:
        store.keep_sites([SiteRow(site="mau-son-la", name="Báo mẫu Sơn La", province="Sơn La", hosts=("mau.example",))])
        store.begin_run(RUN, "thidua extract", started_at=AT)
        keep_all(store, Archive(folder / "archive"))
        store.end_run(RUN, 0, ended_at=AT)
    publish(folder / "work.duckdb", folder / "news.duckdb", folder / "export")
    return folder
