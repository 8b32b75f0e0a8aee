"""What the web page takes by POST, and from whom: forms of others are refused, a GET writes nothing, read-only takes nothing."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from review_page import OURS, PAGE, click, form_of, kept, record_key, send, token
from starlette.testclient import TestClient
from test_web_hostile import inert
from web_place import HOST, visiting

from data.reviews import Reviews
from thidua.web.posting import LONGEST

REFUSED: dict[str, tuple[dict[str, str], int]] = {
    "another site": ({"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}, 403),
    "another site, an old browser": ({"Origin": "http://evil.example"}, 403),
    "another port of this machine": ({"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-site"}, 403),
    "another scheme": ({"Origin": "https://127.0.0.1"}, 403),
    "a sandbox": ({"Origin": "null"}, 403),
    "nobody": ({}, 403),
    "an origin that lies": ({"Origin": HOST, "Sec-Fetch-Site": "cross-site"}, 403),
    "the address of another page": ({"Referer": "http://evil.example/?http://127.0.0.1/"}, 403),
    "a name with ours in it": ({"Origin": "http://127.0.0.1.evil.example"}, 403),
    "plain text, which any page may send": ({**OURS, "Content-Type": "text/plain"}, 400),
    "parts, which any page may send": ({**OURS, "Content-Type": "multipart/form-data; boundary=x"}, 400),
    "a foreign name of this machine": ({"Origin": "http://evil.example", "Host": "evil.example"}, 400),
}


@pytest.mark.parametrize("why", REFUSED)
def test_forms_of_others_are_refused(own_client: TestClient, own_place: Path, why: str) -> None:
    headers, status = REFUSED[why]
    fields = {"token": token(own_client), "judge": f"right counts {record_key('counts', 0)}"}
    got = own_client.post(f"{PAGE}/review", data=fields, headers=headers)
    assert got.status_code == status and kept(own_place) == []
    assert own_client.post(f"{PAGE}/review", data=fields, headers={"Referer": f"{HOST}{PAGE}"}).status_code == 303, "ours is taken"


@pytest.mark.parametrize("given", ["", "wrong", "a" * 43, None])
def test_a_form_without_the_token_is_refused(own_client: TestClient, own_place: Path, given: str | None) -> None:
    fields = {"judge": f"right counts {record_key('counts', 0)}"} | ({"token": given} if given is not None else {})
    got = own_client.post(f"{PAGE}/review", data=fields, headers=OURS)
    assert got.status_code == 403 and "Mở lại trang bài" in got.text and kept(own_place) == []


def test_a_form_has_its_bounds(own_client: TestClient, own_place: Path) -> None:
    url, fields = form_of(own_client, "counts-0")
    assert send(own_client, url, {**fields, "note": "a" * LONGEST}).status_code == 413
    assert send(own_client, url, {f"x{number}": "1" for number in range(300)}).status_code == 400
    for judged in ("", "right", "right counts", "right nothing 0", "corrected counts 0", "right counts \x00", "x" * 1000):
        assert send(own_client, f"{PAGE}/review", {"judge": judged}).status_code in (400, 409)
    for where in (f"/article/{9:016x}/review", f"{PAGE}/review/nothing/new", f"{PAGE}/review/counts/"):
        assert send(own_client, where, {"judge": "right counts 0"}).status_code == 404
    assert own_client.get(f"{PAGE}/review/counts/0000").status_code == 409
    assert kept(own_place) == []


def test_nothing_is_written_by_a_get(own_client: TestClient, own_place: Path) -> None:
    url, _ = form_of(own_client, "counts-0")
    query = {"token": token(own_client), "judge": f"right counts {record_key('counts', 0)}", "value": "3", "verdict": "wrong"}
    assert own_client.get(f"{PAGE}/review", params=query, headers=OURS).status_code == 405
    assert own_client.get(url, params=query, headers=OURS).status_code == 200
    assert own_client.head(url).status_code == 200
    assert kept(own_place) == []


def test_read_only_shows_decisions_and_takes_none(own_client: TestClient, own_place: Path) -> None:
    click(own_client, "right", "counts-0")
    given = token(own_client)
    with visiting(own_place, reviewer=None) as reader:
        tree = inert(reader.get(PAGE).text)
        assert "Đã xét: đúng" in tree.text_content() and not tree.xpath("//form | //main//button")
        assert reader.post(f"{PAGE}/review", data={"token": given, "judge": "x"}, headers=OURS).status_code == 404
        assert reader.get(f"{PAGE}/review/counts/new").status_code == 404
    assert len(kept(own_place)) == 1


def test_a_file_that_cannot_be_written_is_said(own_client: TestClient, own_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Reviews) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Reviews, "_held", full)
    got = click(own_client, "right", "counts-0")
    assert got.status_code == 507 and "chưa được giữ lại" in got.text and str(own_place) not in got.text
    assert kept(own_place) == []
