"""A small published place for tests of the web page: sample articles that differ in what one can search and filter by."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from samples import RULES, RUN, TEXT, fill, reading
from starlette.testclient import TestClient

from data.publish import publish
from data.snapshot import Snapshot
from data.store import Kept, Store
from schemas.reading import Reading
from thidua.place import Place
from thidua.web.app import application

HOST = "http://127.0.0.1"
FLAG = (
    "Thái Nguyên nhận cờ thi đua\nNgày 02/9/2025, ông Đỗ Văn Thử, Chủ tịch UBND tỉnh Thái Nguyên, dự lễ. "
    "Chính phủ tặng Cờ thi đua cho Trường Mẫu Hoà Bình; hộ bà Lò Thị Mẫu được đề nghị khen."
)


def flag(number: int) -> Reading:
    """An article of another province, year, award, level, status and kind than the sample ones."""

    def at(words: str) -> dict[str, object]:
        start = FLAG.index(words)
        return {"start": start, "end": start + len(words), "quote": words}

    return Reading.model_validate({
        "id": f"{number:016x}", "url": f"https://mau.example/co-{number}.html", "site": "mau-thai-nguyen", "title": "Thái Nguyên nhận cờ thi đua",
        "published_at": "2025-09-03T09:00:00+07:00", "province": "Thái Nguyên", "text": FLAG, "read_by": "given",
        "dates": [{**at("02/9/2025"), "edtf": "2025-09-02", "role": "event", "rule": "dates/day"}],
        "officials": [{"quotes": [at("Đỗ Văn Thử")], "name": "Đỗ Văn Thử", "honorific": "ông", "roles": ["attendee"], "rule": "officials/title",
                       "positions": [{**{key: value for key, value in at("Chủ tịch").items() if key != "quote"}, "title": "Chủ tịch", "organization": "UBND tỉnh Thái Nguyên"}]}],
        "awards": [
            {"quotes": [at("Cờ thi đua")], "type": "emulation_flag", "level": "government", "grantor": "Chính phủ", "status": "awarded", "year": 2025, "rule": "awards/name",
             "recipients": [{"name": "Trường Mẫu Hoà Bình", "kind": "collective", "start": FLAG.index("Trường"), "end": FLAG.index("Hoà Bình") + 8}]},
            {"quotes": [at("đề nghị khen")], "type": "award_unspecified", "status": "proposed", "rule": "awards/name",
             "recipients": [{"name": "Lò Thị Mẫu", "kind": "individual"}, {"name": "hộ bà Lò Thị Mẫu", "kind": "household"}]},
        ],
        "events": [{**at("Chính phủ tặng Cờ thi đua"), "type": "award_ceremony", "edtf": "2025-09-02", "rule": "events/award"}],
    })  # fmt: skip


def web_place(folder: Path) -> Path:
    """Two articles out of an archive, one that came without a page."""
    fill(folder, 2)
    keep(folder, [flag(99)])
    return folder


def keep(folder: Path, readings: list[Reading]) -> None:
    """Keep further articles, and publish."""
    with Store.open(folder / "work.duckdb") as store:
        store.keep([Kept(one, None, RULES, RUN) for one in readings])
    publish(folder / "work.duckdb", folder / "news.duckdb", folder / "export")


@contextlib.contextmanager
def visiting(folder: Path, *, reviewer: str | None = "mai") -> Iterator[TestClient]:
    """What asks the pages of a place; `reviewer` decides about its records."""
    snapshot = Snapshot(Place(folder).published)
    try:
        yield visitor(folder, snapshot, reviewer=reviewer)
    finally:
        snapshot.close()


def visitor(folder: Path, snapshot: Snapshot, *, reviewer: str | None = "mai") -> TestClient:
    """The same with a published file that is open already; decisions are kept in `folder`."""
    app = application(Place(folder), snapshot, reviewer=reviewer)
    return TestClient(app, base_url=HOST, raise_server_exceptions=False, follow_redirects=False)


__all__ = ["FLAG", "HOST", "TEXT", "flag", "keep", "reading", "visiting", "visitor", "web_place"]
