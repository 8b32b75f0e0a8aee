"""A small site of a list and three articles, and the same with faults."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fault_server import Answer, Asked, answer

HOST = "127.0.0.2"
CHALLENGE = "<html><head><title>Just a moment...</title></head><body>Checking</body></html>"
BODY = "Sáng 12/3, Ủy ban nhân dân xã tổ chức hội nghị sơ kết phong trào thi đua, khen thưởng 15 tập thể và 40 cá nhân có thành tích. " * 4
ARTICLE = (
    '<html><head><title>{title} | Ban Thi đua xã Mẫu</title>{head}</head><body><h1 class="tieu-de">{title}</h1><p class="ngay">12/03/2024 08:30</p>'
    '<div class="noi-dung"><p>{body}</p><p>Hội nghị bế mạc cùng ngày, các đại biểu thống nhất chương trình quý II.</p></div></body></html>'
)
DEFINITION = """name = "Ban Thi đua xã Mẫu"
hosts = ["{base}"]
start = ["{base}/tin"]
delay = 0
[list]
link = ["h3 a"]
[article]
url_regex = ['/bai-\\d+\\.html$']
[[layout]]
title = ["h1.tieu-de"]
published_at = [".ngay"]
body = [".noi-dung"]
"""


def article(number: int, head: str = "", **change: str) -> bytes:
    """An article page of the small site."""
    text = ARTICLE.format(title=f"Xã Mẫu sơ kết phong trào thi đua quý {number}", body=BODY, head=head)
    for old, new in change.items():
        text = text.replace(old, new)
    return answer(text)


def small(asked: Asked) -> Answer:
    """A site of a list and three articles that fits its definition."""
    if asked.path == "/tin":
        links = "".join(f'<h3><a href="/bai-{number}.html">Bài {number}</a></h3>' for number in (1, 2, 3, 4))
        return answer(f'<html><body><a href="/gioi-thieu">Giới thiệu</a>{links}</body></html>')
    if asked.path.startswith("/bai-"):
        return article(int(asked.path[5]))
    return answer(status="404 Not Found")


def but(**paths: Answer | Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The small site with other answers at some paths; `_` stands for the slash and the dots go without saying."""

    def handle(asked: Asked) -> Answer:
        name = asked.path.strip("/").replace("-", "_").replace(".", "_")
        given = paths.get(name, small)
        return given(asked) if callable(given) else given

    return handle


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed, on one line: a paragraph is broken where the terminal is narrow."""
    out, err = capsys.readouterr()
    return " ".join((out + err).split())
