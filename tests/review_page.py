"""The review part of an article's page as tests use it: what stands beside a record, its buttons and its form, what was kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2 as httpx
import lxml.html
from samples import reading
from starlette.testclient import TestClient
from test_web_hostile import inert
from web_place import HOST

from schemas.review import key

ARTICLE = f"{0:016x}"
PAGE = f"/article/{ARTICLE}"
OURS = {"Origin": HOST, "Sec-Fetch-Site": "same-origin"}


def kept(place: Path) -> list[dict[str, Any]]:
    path = place / "reviews.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def tree_of(client: TestClient, url: str) -> lxml.html.HtmlElement:
    got = client.get(url)
    assert got.status_code == 200, (url, got.text[-400:])
    return inert(got.text)


def token(client: TestClient) -> str:
    return str(tree_of(client, PAGE).xpath("//form[@id='judge']/input[@name='token']/@value")[0])


def send(client: TestClient, url: str, fields: dict[str, Any], **headers: str) -> httpx.Response:
    """Send a form as a browser does."""
    return client.post(url, data={"token": token(client), **fields}, headers={**OURS, **headers})


def click(client: TestClient, verdict: str, record: str) -> httpx.Response:
    """Press a button beside a record."""
    (value,) = [one for one in tree_of(client, PAGE).xpath(f"//li[@id='{record}']//button/@value") if one.startswith(verdict)]
    return send(client, f"{PAGE}/review", {"judge": value})


def beside(client: TestClient, record: str) -> str:
    """What the page says of the decision beside a record; empty for none."""
    found = tree_of(client, PAGE).xpath(f"//li[@id='{record}']//div[contains(@class, 'verdict')]")
    return " ".join(" ".join(one.text_content().split()) for one in found)


def form_of(client: TestClient, record: str) -> tuple[str, dict[str, Any]]:
    """Address and fields, as filled, of the form of a record."""
    (url,) = tree_of(client, PAGE).xpath(f"//li[@id='{record}']//p[@class='judge']/a/@href")
    (form,) = tree_of(client, url).xpath("//form[@class='record-form']")
    fields: dict[str, Any] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return url, fields


def record_key(kind: str, row: int) -> str:
    record = getattr(reading(0), kind)[row].model_dump(mode="json")
    return key(kind, record)
