"""The web page in a real Chromium, as a computer and as a phone show it: no fault in its console, no request to anybody else, nothing hostile that runs."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hostile_strings import STRINGS
from test_web_hostile import hostile_place
from web_place import FLAG, web_place

from data.snapshot import Snapshot
from thidua.place import Place
from thidua.web.app import application

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[test]'")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: apt install chromium")]
WIDTHS = {"computer": (1280, 900), "phone": (360, 780)}


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of the page of a place, served by a thread."""
    import uvicorn

    place = Place(folder)
    snapshot = Snapshot(place.published)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(application(place, snapshot, reviewer="Mai"), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
    snapshot.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield one
        one.close()


@contextmanager
def opened(browser: Any, base: str, width: str, *, scripts: bool = True) -> Iterator[tuple[Any, list[str]]]:
    """A page of the browser, and what went wrong in it so far."""
    wide, high = WIDTHS[width]
    context = browser.new_context(viewport={"width": wide, "height": high}, java_script_enabled=scripts, accept_downloads=True)
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: wrong.append(f"request: {request.url}") if not request.url.startswith(base) else None)
    page.on("popup", lambda popup: wrong.append(f"popup: {popup.url}"))
    yield page, wrong
    context.close()


def press(control: Any) -> None:
    """Click what leads elsewhere, and wait until that is there: a page asked before it is still the old one."""
    with control.page.expect_navigation():
        control.click()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(web_place(tmp_path_factory.mktemp("browsed"))) as address:
        yield address


@pytest.mark.parametrize("width", WIDTHS)
def test_a_person_walks_through(browser: Any, base: str, width: str) -> None:
    with opened(browser, base, width) as (page, wrong):
        page.goto(base)
        page.fill("input[name=q]", "co thi dua")
        press(page.locator("form.search button"))
        assert page.locator(".hit").count() == 1 and page.locator(".hit h2").inner_text() == "Thái Nguyên nhận cờ thi đua"
        page.goto(base)
        page.select_option("select[name=level]", "province")
        press(page.locator(".filters button"))
        assert page.locator(".hit").count() == 2 and "level=province" in page.url
        page.goto(f"{base}/?q=co+thi+dua")
        press(page.locator(".hit h2 a"))
        assert page.locator("h1").inner_text() == "Thái Nguyên nhận cờ thi đua"
        press(page.locator(".mark.awards >> nth=0"))
        record = page.locator(":target")
        assert record.get_attribute("class") == "record awards" and record.bounding_box()["y"] < WIDTHS[width][1]
        press(record.locator(".quote"))
        assert page.locator(":target").get_attribute("id") == "at-awards-0-0"
        assert FLAG.split("\n")[1][:30] in page.locator(".body").inner_text()
        press(page.locator(".record.officials a >> nth=0"))
        assert "Có thể là nhiều người" in page.locator("main").inner_text()
        press(page.locator(".switch"))
        assert "May be several people" in page.locator("main").inner_text()
        page.goto(f"{base}/article/{0:016x}/page?view=frame")
        assert "Tin số 0" in page.frame_locator("iframe").locator("body").inner_text()
        page.goto(f"{base}/table/counts")
        with page.expect_download() as coming:
            page.click("text=Excel")
        assert coming.value.suggested_filename == "counts.xlsx" and coming.value.path().stat().st_size > 1000
        page.goto(f"{base}/sql")
        page.fill("textarea", "select count(*) as bài from articles")
        press(page.locator(".console button"))
        assert page.locator("table.grid td").inner_text() == "3"
        page.fill("textarea", "select * from read_text('/etc/passwd')")
        press(page.locator(".console button"))
        assert "read_text" in page.locator("#refused").inner_text()
        assert wrong == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_person_reviews(browser: Any, tmp_path: Path, width: str) -> None:
    """Right, wrong, a correction that fails and then holds, a missing record, one withdrawn; all is there after a reload and a new start."""
    place = web_place(tmp_path)
    with running(place) as base, opened(browser, base, width) as (page, wrong):
        article = f"{base}/article/{0:016x}"

        def told(record: str) -> str:
            return str(page.locator(f"#{record} .verdict").inner_text())

        page.goto(article)
        press(page.locator("#awards-0 .judge button >> nth=0"))
        assert page.url == f"{article}#awards-0" and page.locator(":target").bounding_box()["y"] < WIDTHS[width][1]
        assert told("awards-0").startswith("✓ Đã xét: đúng")
        press(page.locator("#counts-1 .judge button >> nth=1"))
        assert told("counts-1").startswith("✗ Đã xét: sai")
        press(page.locator("#dates-0 .judge a"))
        assert page.locator(".context mark").inner_text() == "04/3/2024"
        page.get_by_label("Thời gian (EDTF)").fill("5/3/2024")
        page.get_by_label("Ghi chú").fill(STRINGS[40])
        press(page.locator("text=Lưu bản sửa"))
        assert "Không phải ngày EDTF" in page.locator(".field.bad .fault").inner_text()
        assert page.get_by_label("Thời gian (EDTF)").get_attribute("aria-invalid") == "true"
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]
        page.get_by_label("Thời gian (EDTF)").fill("2024-03-05")
        page.get_by_label("Vai trò").select_option("document")
        press(page.locator("text=Lưu bản sửa"))
        assert page.url == f"{article}#dates-0" and "2024-03-05" in told("dates-0") and STRINGS[40] in told("dates-0")
        press(page.locator("#decided >> text=+ Sự kiện"))
        page.get_by_label("Loại").select_option("contest")
        page.get_by_label("Trích đúng chữ").fill("trao Bằng khen")
        press(page.get_by_role("button", name="Lưu"))
        assert "hội thi" in page.locator("#decided .verdict").inner_text()
        press(page.locator("#awards-0 >> text=Rút lại"))
        page.reload()
        assert page.locator("#awards-0 .verdict").count() == 0
        assert told("counts-1").startswith("✗") and "2024-03-05" in told("dates-0") and page.locator("#decided .verdict").count() == 1
        press(page.locator(".switch"))
        assert told("counts-1").startswith("✗ Judged wrong")
        assert wrong == []
    with running(place) as base, opened(browser, base, width, scripts=False) as (page, wrong):
        page.goto(f"{base}/article/{0:016x}")
        assert "2024-03-05" in page.locator("#dates-0 .verdict").inner_text()
        press(page.locator("#counts-1 .judge button >> nth=0"))
        assert page.locator("#counts-1 .verdict").inner_text().startswith("✓"), "without scripts too"
        assert wrong == []
    assert (place / "reviews.jsonl").read_bytes().count(b"\n") == 6


def test_the_keyboard_reaches_every_control(browser: Any, base: str) -> None:
    with opened(browser, base, "computer") as (page, wrong):
        for path in (f"/article/{0:016x}/review/awards/new", "/provinces"):
            page.goto(base + path)
            wanted = page.locator(
                "main a:visible, main button:visible, main input:visible, main select:visible, main textarea:visible"
            ).count()
            met, outlined = set[str](), 0
            for _ in range(wanted + 30):
                page.keyboard.press("Tab")
                at = page.evaluate(
                    "() => { const e = document.activeElement, s = getComputedStyle(e), r = e.querySelector && e.querySelector('rect');"
                    " return [e.closest('main') ? [...document.querySelectorAll('main *')].indexOf(e) : -1, s.outlineStyle, r ? getComputedStyle(r).strokeWidth : ''] }"
                )
                if at[0] >= 0 and str(at[0]) not in met:
                    met.add(str(at[0]))
                    outlined += at[1] != "none" or at[2] == "3px"
            assert len(met) >= wanted and outlined == len(met), (path, wanted, len(met), outlined)
        assert wrong == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(browser: Any, base: str, width: str) -> None:
    with opened(browser, base, width) as (page, wrong):
        for path in ("/", f"/article/{0:016x}", f"/article/{0:016x}/page", "/provinces", "/province/new/thai-nguyen", "/province/old/son-la", "/people", "/person/lo-thi-mau",
                     "/person/lo-thi-mau.so-noi-vu.son-la", f"/article/{0:016x}/review/awards/new", f"/article/{0:016x}/review/counts/new", "/sites", "/tables",
                     "/table/award_counts", "/sql?q=from%20articles", "/en"):  # fmt: skip
            page.goto(base + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0], path
        assert wrong == []


def test_it_works_without_scripts(browser: Any, base: str) -> None:
    with opened(browser, base, "phone", scripts=False) as (page, wrong):
        page.goto(f"{base}/?q=bằng khen&kind=collective")
        assert page.locator(".hit").count() == 2
        assert page.locator("script").count() == 0 and wrong == []


def test_nothing_hostile_runs(browser: Any, tmp_path: Path) -> None:
    """Scripts are on; what is stored and what is asked is all there in the tree, as text."""
    with running(hostile_place(tmp_path)) as address, opened(browser, address, "computer") as (page, wrong):
        for path in (
            "/",
            "/people",
            "/sites",
            "/tables",
            "/provinces",
            "/province/new/ha-noi",
            "/table/articles",
            "/table/awards",
            "/?q=script",
        ):
            page.goto(address + path)
            assert "thidua" in page.title() or page.title(), path
        for number, words in enumerate(STRINGS):
            page.goto(f"{address}/article/{number:016x}")
            assert page.locator("script, iframe, object, embed, style, base, main img").count() == 0, words
            assert page.url == f"{address}/article/{number:016x}", words
        for words in STRINGS[::10]:
            page.goto(f"{address}/sql")
            page.fill("textarea", words)
            press(page.locator(".console button"))
            assert page.locator("script, iframe").count() == 0, words
        assert wrong == []
