"""What is taken out of pages and mended in links is counted: on the article, in the report of a run, in `sites check`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fault_server import SITE, FaultServer, answer
from small_site import DEFINITION, article, but
from test_reader import PLAIN, WHOLE
from test_reader import article as read

from crawler.link_count import count_links

HOME = "https://www.tin.gov.vn/"
MENDED = ("\\tin\\bai-1.html", "/bai moi-1.html", "/a.html?a=1&amp;amp;b=2", "https://tin.gov.vn:443/bai-1.html", "https://tin.gov.vn///bai-1.html",
          "/thi-đua-1.html", "https://\ufefftin.gov.vn/bai-1.html", "/bai-1.html;jsessionid=7")  # fmt: skip
IGNORED = ("javascript:void(0)", "mailto:a@tin.gov.vn", "http://tin.gov.vn:port/", "http://[::1")
WELL = ("bai-1.html", "/bai-1.html?a=1&amp;b=2", " /bai-1.html#binh-luan ", "https://tin.gov.vn", "#", "")
STATE = '<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{}">'
PICTURE = '<p><img src="data:image/png;base64,{}"></p>'


def listed(*hrefs: str) -> str:
    """A list of links."""
    return "<html><body>" + "".join(f'<h3><a href="{href}">Tin</a></h3>' for href in hrefs) + "</body></html>"


@pytest.mark.parametrize("href", MENDED)
def test_each_form_that_is_mended_counts(href: str) -> None:
    assert count_links(listed(href), HOME) == {"mended": 1, "ignored": 0}


def test_links_that_are_no_addresses_count_apart_and_others_not_at_all() -> None:
    assert count_links(listed(*IGNORED), HOME) == {"mended": 0, "ignored": len(IGNORED)}
    assert count_links(listed(*WELL), HOME) == {"mended": 0, "ignored": 0}


def test_view_state_and_pictures_that_are_taken_out_are_counted_in_bytes() -> None:
    state, picture = "/wEP" * 50_000, "iVBORw0K" * 10_000
    found = read(PLAIN.replace("<body>", "<body>" + STATE.format(state) + PICTURE.format(picture)))
    (told,) = [warning for warning in found.warnings if warning.startswith("stripped:")]
    assert found.text == WHOLE and len(state + picture) <= int(told[9:]) < len(state + picture) + 100
    assert read(PLAIN.replace("<body>", "<body>" + STATE.format("/wEP" * 500))).warnings == (), "as every page of its make has"


@pytest.mark.slow
def test_the_report_of_a_run_and_the_check_of_a_site_tell_them(tmp_path: Path) -> None:
    heavy = article(1, head=STATE.format("/wEP" * 50_000))
    page = answer(listed("/bai-1.html", "/bai-2.html", "\\bai-3.html", "javascript:x()"))
    with FaultServer({SITE: but(tin=page, bai_1_html=heavy)}) as server:
        sites = tmp_path / "sites"
        sites.mkdir()
        text = DEFINITION.format(base=f"http://{SITE}:{server.port}")
        (sites / "xa-mau.toml").write_text(f'status = "live"\n{text}', encoding="utf-8")

        def thidua(*arguments: str) -> str:
            command = [
                sys.executable,
                "-m",
                "thidua.cli",
                "--lang",
                "en",
                *arguments,
                "--data",
                str(tmp_path / "data"),
                "--sites",
                str(sites),
            ]
            done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
            assert done.returncode == 0, done.stderr
            return " ".join(done.stdout.split())

        thidua("run", "--report", str(tmp_path / "report.json"))
        report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        assert report["crawl"]["links"] == {"xa-mau": {"mended": 1, "ignored": 1}}
        assert report["extract"]["articles"] == 3 and 200_000 <= report["extract"]["stripped"] < 200_200
        checked = thidua("sites", "check", "xa-mau")
        assert "1 links mended, 1 passed over as no addresses" in checked
        assert "1 of 3 articles carry view state or pictures within the page, 195 KiB at most" in checked
