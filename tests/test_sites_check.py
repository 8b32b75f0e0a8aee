"""`thidua sites check` blames what is at fault and nothing else: paging, list, addresses, fields; pages served by this machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from fault_server import Answer, Asked, answer
from sample_run import Sample

import thidua.sites.check
from crawler.layout import Paging
from crawler.probe import ListAndArticles
from crawler.site import Site
from schemas.page import Fetch, Page
from schemas.vocabulary import State
from tests.small_site import DEFINITION, HOST, article, but, said, small
from tests.test_sites_command import checked as fetched
from thidua.sites import probing

pytestmark = pytest.mark.usefixtures("quick_look_in_english")

PARAM = DEFINITION + '[next]\ntype = "param"\nname = "trang"\n'
TWO = '<a href="/tin?trang=2">2</a><a href="/tin?trang=2"> Sau » </a>'


def seen(site: Site, handle: Callable[[Asked], Answer], articles: int) -> probing.Seen:
    """What a look at the site brings when `handle` answers it at once: the plan without the network."""
    plan, answers = ListAndArticles(site, articles), []
    waiting = list(plan.first())
    while waiting:
        visit = waiting.pop(0)
        raw = handle(Asked(0, HOST, "GET", visit.url.split(HOST)[1], {}, b""))
        assert isinstance(raw, bytes)
        head, _, body = raw.partition(b"\r\n\r\n")
        now, status = dt.datetime.now(dt.UTC), int(head.split()[1])
        page = Page(site=site.key, url=visit.url, final_url=visit.url, fetched_at=now, status=status, body=body, kind=visit.kind)
        came = status == 200
        line = Fetch(
            run="1", seq=len(answers), site=site.key, url=visit.url, kind=visit.kind, at=now, status=status, found_on=visit.found_on,
            state=State.OK if came else State.FAILED, reason=None if came else f"http-{status}",
        )  # fmt: skip
        answers.append(probing.Answer(line, page if came else None))
        waiting += plan.after(visit, page if came else None)
    return probing.Seen(tuple(answers), None)


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Exit status of a check of the small site, by its answers and its definition."""

    def check(handle: Callable[[Asked], Answer], *, definition: str = DEFINITION, live: bool = True) -> int:
        monkeypatch.setattr(thidua.sites.check, "looked", lambda site, *, articles, **_: seen(site, handle, articles))
        folder = tmp_path / "sites"
        folder.mkdir(exist_ok=True)
        (folder / "xa-mau.toml").write_text(definition.replace("{base}", f"http://{HOST}"), encoding="utf-8")
        return thidua.sites.check.check_site("xa-mau", tmp_path / "data", folder, articles=3, live=live)

    return check


Check = Callable[..., int]


def entries(*numbers: int, more: str = "") -> bytes:
    """A list page of some articles."""
    items = "".join(f'<div class="tin"><h3><a href="/bai-{n}.html">Bài {n}</a></h3></div>' for n in numbers)
    return answer(f'<html><body><a href="/gioi-thieu">Giới thiệu</a>{items}{more}</body></html>')


def paged(asked: Asked) -> Answer:
    """The small site with a list of two pages; any other parameter than its own is passed over."""
    if asked.path == "/tin?trang=2":
        return entries(5, 6, more='<a href="/tin">1</a>')
    return entries(1, 2, 3, more=TWO) if asked.path.startswith("/tin?") or asked.path == "/tin" else small(asked)


# ------------------------------------------------------------------ the second page


def test_the_second_page_of_a_list_is_fetched_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, server = fetched(tmp_path, paged, definition=PARAM)
    told = said(capsys)
    assert status == 0 and "List, page 2" in told and "2 articles, 2 of them not on page 1" in told
    assert [asked.path for asked in server.asked].count("/tin?trang=2") == 1
    assert (tmp_path / "data" / "check" / "xa-mau" / "list-2.html").exists()


@pytest.mark.parametrize(
    ("paging", "label"),
    [
        ('type = "param"\nname = "p"', "page 2 (http://{base}/tin?p=2) names 3 articles, none of them new"),
        ('type = "path"\npath = "/trang-{page}"', "page 2 is not at http://{base}/tin/trang-2 (failed:http-404"),
        ('type = "link"\nlink = "a.sau"', "it found no further page, but the list links to other pages"),
    ],
    ids=["name", "path", "link"],
)
def test_paging_that_leads_nowhere_hinders(
    paging: str, label: str, checked: Check, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = checked(paged, definition=f"{DEFINITION}[next]\n{paging}\n")
    told = said(capsys)
    base = HOST
    assert status == 3 and label.replace("{base}", base) in told and f"http://{base}/tin?trang=2" in told
    assert not (tmp_path / "data" / "sites.toml").exists()


def test_a_list_of_one_page_is_taken_for_one(checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    for paging in ('type = "path"\npath = "/trang-{page}"', 'type = "link"\nlink = "a.sau"'):
        assert checked(small, definition=f"{DEFINITION}[next]\n{paging}\n", live=False) == 0
    assert "it is taken for a list of one page" in said(capsys)


def test_pages_that_no_paging_follows_are_told(checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(paged, live=False) == 0
    assert "The list links to other pages (http" in said(capsys)


def boxed(asked: Asked) -> Answer:
    """The same list where a box beside it shows the newest articles on every page."""
    box = '<aside><a href="/bai-1.html">Bài 1</a><a href="/bai-2.html">Bài 2</a></aside>'
    if asked.path == "/tin?trang=2":
        return entries(5, 6, more=f'{box}<a href="/tin">1</a>')
    return entries(1, 2, 3, more=box + TWO) if asked.path == "/tin" else small(asked)


def test_a_box_that_the_list_takes_for_its_entries_is_blamed_on_the_list(checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(boxed, definition=PARAM.replace("h3 a", "aside a")) == 3
    told = said(capsys)
    assert (
        f"led to the page 2 that the list itself links to (http://{HOST}/tin?trang=2), but it gave the 2 articles of page 1 again" in told
    )
    assert "Mend `list.item` or `list.link`" in told and "list-2.html" in told and "Mend `next`" not in told
    assert checked(boxed, definition=PARAM) == 0


def test_a_list_without_selectors_meets_no_box(checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    same: Callable[[Asked], Answer] = but(**{"tin?trang=2": entries(1, 2, 3, more=TWO), "tin": entries(1, 2, 3, more=TWO)})
    assert checked(same, definition=PARAM.replace('[list]\nlink = ["h3 a"]\n', "")) == 3
    assert "names 3 articles, none of them new" in said(capsys)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["mau-dak-lak", "mau-ha-nam", "mau-son-la", "mau-thai-nguyen"])
def test_the_paging_of_each_sample_portal_holds(key: str, served: Sample, tmp_path: Path) -> None:
    done = served.thidua("--lang", "en", "sites", "check", key, data=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "List, page 2" in done.stdout


@pytest.mark.parametrize(
    "paging",
    [{"type": "path", "path": "/trang"}, {"type": "path", "path": "/{page}/{n}"}, {"type": "post", "url": "/a", "form": {"p": "1"}}],
)
def test_paging_that_counts_nothing_is_refused(paging: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="page"):
        Paging.model_validate(paging)


# ------------------------------------------------------------------ lists and addresses


def test_a_slip_in_item_is_blamed_on_item_alone(checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(paged, definition=DEFINITION.replace("[list]\n", '[list]\nitem = ".tin-tuc"\n')) == 3
    told = said(capsys)
    assert "gave no article (.tin-tuc); among all links of the page there are 3. Mend `list.item`." in told
    assert "list.link" not in told


@pytest.mark.parametrize("listing", ["", "[list]\nitem = '.tin'\nlink = 'h4 a'\n"])
def test_a_start_that_is_no_list_is_asked_about(listing: str, checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    lone = but(tin=answer("<html><body><a href='/gioi-thieu'>Giới thiệu</a><p>Chào mừng</p></body></html>"))
    assert checked(lone, definition=DEFINITION.replace('[list]\nlink = ["h3 a"]\n', listing)) == 3
    assert "is `start` the page that lists the news?" in said(capsys)


def test_an_identity_that_fits_no_address_is_to_be_mended(checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    definition = DEFINITION.replace("[[layout]]", "id_regex = ['-so-(\\d+)$']\n[[layout]]")
    assert checked(small, definition=definition) == 3
    told = said(capsys)
    assert "`article.id_regex`: it fits no article's address (-so-(\\d+)$)" in told and "/bai-1.html" in told
    assert checked(small, definition=definition.replace("-so-(\\d+)$", "-(\\d+)\\.html$")) == 0


def test_a_start_that_is_still_a_guess_is_remarked_on(checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(small, definition=DEFINITION + '[evidence]\nstart = "guess"\n') == 0
    assert f"`start` is still a guess: is http://{HOST}/tin the page that lists the news?" in said(capsys)
    assert checked(small, definition=DEFINITION + '[evidence]\nstart = "sample"\n') == 0
    assert "still a guess" not in said(capsys)


# ------------------------------------------------------------------ fields


def test_a_layout_without_body_is_named(checked: Check, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = DEFINITION.replace('body = [".noi-dung"]\n', "")
    assert checked(small, definition=bare) == 3
    told = said(capsys)
    assert "[[layout]] “main” has no `body`, of its own or its platform's" in told and f"→ {tmp_path / 'sites' / 'xa-mau.toml'}" in told
    inherited = bare.replace("delay = 0\n", 'delay = 0\nplatform = "nukeviet"\n')
    checked(small, definition=inherited)
    assert "has no `body`" not in said(capsys), "the platform's layout has one"


DATED = DEFINITION.replace("[list]\n", '[list]\nitem = [".tin"]\ndate = ["time"]\n')


def dated(*days: int) -> Callable[[Asked], Answer]:
    """The small site, all of whose articles bear 12/03/2024, with a list that prints these days of March."""
    items = "".join(
        f'<div class="tin"><h3><a href="/bai-{number}.html">Bài {number}</a></h3><time>{day:02}/03/2024</time></div>'
        for number, day in enumerate(days, 1)
    )
    return but(tin=answer(f"<html><body>{items}</body></html>"))


@pytest.mark.parametrize(("days", "others"), [((12, 11, 10), "2024-03-10, 2024-03-11"), ((9, 9, 9), "2024-03-09")])
def test_one_day_on_all_articles_hinders_where_the_list_prints_others(
    days: tuple[int, ...], others: str, checked: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(dated(*days), definition=DATED) == 3
    told = said(capsys)
    assert f"`published_at`: all 3 articles have the same day, 2024-03-12, but the list prints {others} beside some" in told
    assert "Selectors tried: .ngay" in told and "article-1.html" in told


def test_one_day_on_all_articles_may_be_right(checked: Check) -> None:
    assert checked(dated(12, 12, 12), definition=DATED, live=False) == 0
    assert checked(dated(9), definition=DATED, live=False) == 0, "one article alone tells nothing"
    assert checked(dated(9, 9, 9), definition=DATED.replace('item = [".tin"]\n', ""), live=False) == 0, "one day for the whole page"
    true = but(bai_2_html=article(2, **{"12/03": "11/03"}))
    as_listed = dated(12, 11)
    assert checked(lambda asked: (as_listed if asked.path == "/tin" else true)(asked), definition=DATED, live=False) == 0


@pytest.mark.parametrize(
    ("selector", "label"),
    [
        (
            '{ css = ".ngay", format = "%d-%m-%Y" }',
            "`published_at`: .ngay met a node, but its text has not the form %d-%m-%Y: “12/03/2024 08:30”",
        ),
        (
            '{ css = ".ngay", label = "Ngày đăng" }',
            "`published_at`: .ngay met a node, but its text does not begin with “Ngày đăng”: “12/03/2024 08:30”",
        ),
    ],
)
def test_what_a_selector_met_without_use_is_shown(selector: str, label: str, checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(small, definition=DEFINITION.replace('published_at = [".ngay"]', f"published_at = [{selector}]")) == 3
    assert label in said(capsys)


def test_which_of_several_selectors_it_was_is_said(checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(small, definition=DEFINITION.replace('["h1.tieu-de"]', '["h1.khong", "h1.tieu-de"]')) == 0
    assert "h1.tieu-de (2 of 2)" in (told := said(capsys)) and ".ngay 2024" in told


def test_a_node_without_a_date_is_shown(checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(but(bai_2_html=article(2, **{"12/03/2024 08:30": "Sáng 17/11 vừa qua", "Sáng 12/3, ": ""}))) == 3
    assert "`published_at`: .ngay met a node, no date in it: “Sáng 17/11 vừa qua” (lacking on 1 of 3 articles)" in said(capsys)


def test_one_title_on_several_articles_hinders(checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(but(bai_2_html=article(1))) == 3
    assert "`title`: 2 of 3 articles have the same one, “Xã Mẫu sơ kết phong trào thi đua quý 1”" in (told := said(capsys))
    assert "article-2.html" in told and "h1.tieu-de" in told


def page_of(content: str) -> bytes:
    """An article page that holds something else than a text."""
    return answer(
        f'<html><body><h1 class="tieu-de">Phóng sự của xã</h1><p class="ngay">12/03/2024 08:30</p><div class="noi-dung">{content}</div></body></html>'
    )


@pytest.mark.parametrize("content", ["<iframe src='/v/1'></iframe>", "<img src='/anh/quyet-dinh.jpg'>"], ids=["video", "scan"])
def test_one_page_without_text_hinders_nothing(content: str, checked: Check, capsys: pytest.CaptureFixture[str]) -> None:
    bare: Callable[[Asked], Answer] = but(bai_2_html=page_of(content))
    assert checked(bare) == 0
    assert "/bai-2.html: a page without text" in (told := said(capsys)) and "2 of them were read whole" in told
    assert checked(but(bai_2_html=page_of(content), bai_1_html=page_of(content))) == 3
