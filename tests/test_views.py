"""What views answer: nothing is summed twice, a name alone is nobody, a province is told as it was named and as it is today."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import MERIT, article, ask, published

TWO_PAPERS = "Sơn La khen thưởng phong trào\nSáng 17/5, Chủ tịch UBND tỉnh Lò Thị Mẫu trao Bằng khen cho {}."
DAY = {"events": [("trao Bằng khen", "award_ceremony", {"edtf": "2024-05-17", "organizers": ["UBND tỉnh Sơn La"]})]}
AWARDED = ("Bằng khen", MERIT, {"grantor": "UBND tỉnh Sơn La"})
TOTAL = "select coalesce(sum({}), 0)::bigint from {} where status = 'awarded'"


def counted(number: int, words: str, *counts: tuple[str, int, list[str], dict[str, object]]) -> object:
    return article(number, TWO_PAPERS.format(words), **DAY, awards=[AWARDED], counts=list(counts))


def totals(file: Path) -> list[int]:
    """The total by articles, by its view, and by stories."""
    (by_hand,) = ask(file, "select coalesce(sum(value), 0)::bigint from award_counts where adds and status = 'awarded'")
    (by_article,) = ask(file, TOTAL.format("awards", "awards_by_province"))
    (by_story,) = ask(file, TOTAL.format("awards", "story_awards_by_province"))
    return [by_hand[0], by_article[0], by_story[0]]


UNITS = {"tập thể": ["collective"], "cá nhân": ["individual"], "tập thể, cá nhân": ["collective", "individual"], "Bằng khen": ["award"]}


@pytest.mark.parametrize(
    ("numbers", "total"),
    [
        ([(9, "tập thể"), (15, "cá nhân")], 24),
        ([(9, "tập thể"), (9, "cá nhân")], 18),
        ([(15, "cá nhân"), (3, "cá nhân", 0)], 15),  # "trong đó 3 cá nhân …"
        ([(15, "cá nhân"), (15, "cá nhân")], 15),  # said in the headline and again
        ([(24, "tập thể, cá nhân"), (9, "tập thể"), (15, "cá nhân")], 24),
        ([(24, "Bằng khen"), (9, "tập thể"), (15, "cá nhân")], 24),
        ([(24, "tập thể, cá nhân")], 24),
    ],
    ids=["two kinds", "equal numbers", "part", "again", "whole of two", "whole of awards", "only a whole"],
)
def test_a_total_is_the_same_in_the_words_of_one_paper_and_by_stories_of_two(
    tmp_path: Path, numbers: list[tuple[int, str] | tuple[int, str, int]], total: int
) -> None:
    words = ", ".join(f"{value} {unit}" for value, unit, *_ in numbers)
    counts = [(f"{value} {unit}", value, UNITS[unit], {"part_of": part[0]} if part else {}) for value, unit, *part in numbers]
    file = published(tmp_path, [counted(1, words, *counts)])
    assert totals(file) == [total, total, total]
    file = published(tmp_path, [counted(number, words, *counts) for number in (1, 2)])
    assert totals(file) == [2 * total, 2 * total, total], "articles add up, stories do not"


def test_a_part_adds_where_its_whole_counts_no_award(tmp_path: Path) -> None:
    words = TWO_PAPERS.format("72 hồ sơ, gồm 24 tập thể và 48 cá nhân")
    whole = {"award": None, "award_row": None}
    numbers = [
        ("72 hồ sơ", 72, ["other"], whole),
        ("24 tập thể", 24, ["collective"], {"part_of": 0}),
        ("48 cá nhân", 48, ["individual"], {"part_of": 0}),
    ]
    file = published(tmp_path, [article(1, words, **DAY, awards=[AWARDED], counts=numbers)])
    assert totals(file) == [72, 72, 72]
    assert ask(file, "select part_of from award_counts") == [(None,), (None,)], "what is no row of the view is no whole of it"


def test_awarded_and_proposed_are_told_apart_and_by_kind_of_recipients(tmp_path: Path) -> None:
    words = TWO_PAPERS.format("9 tập thể, 15 cá nhân; đề nghị tặng cờ cho 4 tập thể, Trạm Y tế Mẫu Lâm và bà Tạ Thị Mơ")
    asked = ("tặng cờ", {"type": "emulation_flag", "level": "government"}, {"status": "proposed"})
    named = ("đề nghị", MERIT, {"status": "registered", "recipients": [("Trạm Y tế Mẫu Lâm", "collective"), ("Tạ Thị Mơ", "individual")]})
    flags = {"award": {"type": "emulation_flag", "level": "government"}, "award_row": 1}
    one = article(
        1, words, **DAY, awards=[AWARDED, asked, named],
        counts=[("9 tập thể", 9, ["collective"], {}), ("15 cá nhân", 15, ["individual"], {}), ("4 tập thể", 4, ["collective"], flags)],
    )  # fmt: skip
    file = published(tmp_path, [one])
    for view in ("awards_by_province", "story_awards_by_province"):
        rows = ask(file, f"select status, recipient_kind, awards, counted, named from {view} where award <> 'x' order by all")
        assert rows[:3] == [
            ("awarded", "collective", 9, 9, 0),
            ("awarded", "individual", 15, 15, 0),
            ("proposed", "collective", 4, 4, 0),
        ], view
    assert ask(file, "select status, recipient_kind, named from awards_by_province where named > 0 order by all") == [
        ("registered", "collective", 1),
        ("registered", "individual", 1),
    ]
    assert totals(file) == [24, 24, 24]
    assert ask(file, "select name, person, body, status from award_recipients order by name") == [
        ("Trạm Y tế Mẫu Lâm", None, "tram-y-te-mau-lam.son-la", "registered"),
        ("Tạ Thị Mơ", "ta-thi-mo..son-la", None, "registered"),
    ]
    assert ask(file, "select awards, len(received) from people where name = 'Tạ Thị Mơ'") == [(0, 1)], "registered is not conferred"


def named(number: int, name: str, offices: list[tuple[str, str | None]], *, award: bool = False, **told: object) -> object:
    """An article that gives somebody offices, and an award."""
    got = [("Bằng khen", MERIT, {"recipients": [(name, "individual")]})] if award else []
    return article(
        number, f"Tin số {number}\nBằng khen cho {name}, chuyện thứ {number} của năm.", people=[(name, offices)], awards=got, **told
    )


def test_a_name_alone_is_nobody(tmp_path: Path) -> None:
    health, school = ("Giám đốc", "Sở Y tế tỉnh Sơn La"), ("Hiệu trưởng", "Trường THCS Mẫu Lâm")
    file = published(
        tmp_path,
        [
            named(1, "Lò Văn Mạo", [health]),
            named(2, "LÒ VĂN MẠO", [("Giám đốc", "Sở Y tế Sơn La")]),
            named(3, "Lò Văn Mạo", [school]),
            named(4, "Lò Văn Mạo", [], award=True),
            named(5, "Lò Văn Mạo", [school], province="Hà Nam"),
            named(6, "Lê Ngọc Mưu", [("Thủ tướng", None)]),
            named(7, "Lê Ngọc Mưu", [("Thủ tướng", None)], province="Hà Nam"),
        ],
    )
    rows = ask(file, "select person, province, province_now, may_be_several, namesakes, articles, awards from people order by person")
    assert rows == [
        ("le-ngoc-muu.thu-tuong.", None, None, False, 0, 2, 0),
        ("lo-van-mao..son-la", "Sơn La", "Sơn La", True, 3, 1, 1),
        ("lo-van-mao.so-y-te.son-la", "Sơn La", "Sơn La", False, 3, 2, 0),
        ("lo-van-mao.truong-thcs-mau-lam.ha-nam", "Hà Nam", "Ninh Bình", False, 3, 1, 0),
        ("lo-van-mao.truong-thcs-mau-lam.son-la", "Sơn La", "Sơn La", False, 3, 1, 0),
    ]
    assert ask(file, "select distinct body from people where body is not null and body not in (from (select body from bodies))") == [
        ("thu-tuong.",)
    ], "an office that belongs to no body is the only one that is none of `bodies`"


def test_of_several_offices_the_one_that_most_articles_give_is_in_the_key(tmp_path: Path) -> None:
    party, house = ("Bí thư", "Tỉnh ủy Sơn La"), ("Chủ tịch", "HĐND tỉnh Sơn La")
    file = published(
        tmp_path, [named(1, "Lò Thị Mẫu", [party, house]), named(2, "Lò Thị Mẫu", [house]), named(3, "Lò Thị Mẫu", [party, house])]
    )
    assert ask(file, "select person, titles, articles from people") == [("lo-thi-mau.hdnd.son-la", ["Bí thư", "Chủ tịch"], 3)]
    assert ask(file, "select title, organization, articles, first_article, last_article from officials_over_time order by title") == [
        ("Bí thư", "Tỉnh ủy Sơn La", 2, f"{1:016x}", f"{3:016x}"),
        ("Chủ tịch", "HĐND tỉnh Sơn La", 3, f"{1:016x}", f"{3:016x}"),
    ]


def test_an_award_that_several_articles_tell_is_one_and_the_first_and_last_words_stand(tmp_path: Path) -> None:
    got = [("Bằng khen", {"type": "certificate_of_merit"}, {"recipients": [("Tạ Văn Mẫn", "individual"), ("Tổ 5", "collective")]})]
    told = [("Bằng khen", MERIT, {"recipients": [("TẠ VĂN MẪN", "individual"), ("Tổ 5", "collective")]})]
    words = "ông Tạ Văn Mẫn và Tổ 5"
    late = named(9, "Tạ Văn Mẫn", [], published_at=None)
    file = published(
        tmp_path, [article(1, TWO_PAPERS.format(words), **DAY, awards=got), article(2, TWO_PAPERS.format(words), **DAY, awards=told), late]
    )
    assert ask(file, "select name, level, articles, article, quote from award_recipients order by name") == [
        ("Tạ Văn Mẫn", "province", 2, f"{1:016x}", "Bằng khen"),
        ("Tổ 5", "province", 2, f"{1:016x}", "Bằng khen"),
    ]
    assert ask(file, "select awards, articles, stories, first_day::varchar, first_article, last_article from people") == [
        (1, 3, 2, "2024-05-02", f"{1:016x}", f"{2:016x}")
    ], "an article without a day is neither the first nor the last"
    assert ask(file, "select name, awards, recipient_kind from bodies where awards > 0") == [("Tổ 5", 1, "collective")]


def test_movements_and_plans_stand_with_their_documents(tmp_path: Path) -> None:
    text = 'Phát động thi đua\nUBND tỉnh ban hành Kế hoạch số 77/KH-UBND phát động phong trào "Bản làng xanh".'
    numbered, day = {"edtf": "2024-05-03", "documents": ["77/KH-UBND"], "campaigns": ["Bản làng xanh"]}, {"edtf": "2024-05-03"}

    def launch(number: int, province: str, plan: dict[str, object] = numbered, more: str = "") -> object:
        held = {**day, "organizers": [f"UBND tỉnh {province}"], "campaigns": ["BẢN LÀNG XANH"]}
        events = [("ban hành Kế hoạch", "plan_issued", plan), ("phát động phong trào", "campaign_launch", held)]
        return article(number, text + more, campaigns=["Bản làng xanh"], documents=["77/KH-UBND"], events=events, province=province)

    file = published(
        tmp_path,
        [launch(1, "Sơn La"), launch(2, "Sơn La", more=" Tin của báo khác."), launch(3, "Hà Nam"), launch(4, "Lai Châu", plan=day)],
    )
    columns = "movement, name, province_now, launched_on::varchar, documents, organizers, articles"
    assert ask(file, f"select {columns} from movements order by movement") == [
        ("ban-lang-xanh.ha-nam", "Bản làng xanh", "Ninh Bình", "2024-05-03", ["77/KH-UBND"], ["UBND tỉnh Hà Nam"], 1),
        ("ban-lang-xanh.lai-chau", "Bản làng xanh", "Lai Châu", "2024-05-03", [], ["UBND tỉnh Lai Châu"], 1),
        ("ban-lang-xanh.son-la", "Bản làng xanh", "Sơn La", "2024-05-03", ["77/KH-UBND"], ["UBND tỉnh Sơn La"], 2),
    ]
    assert ask(file, "select number, kind, day::varchar, movements, province, articles, article from plans order by province") == [
        ("77/KH-UBND", "KH", "2024-05-03", ["Bản làng xanh"], "Hà Nam", 1, f"{3:016x}"),
        (None, None, "2024-05-03", [], "Lai Châu", 1, f"{4:016x}"),
        ("77/KH-UBND", "KH", "2024-05-03", ["Bản làng xanh"], "Sơn La", 2, f"{1:016x}"),
    ]


# (province that the page or publisher names, day) -> province as told, province of today
THEN_AND_NOW = [
    ("Hà Nam", "2024-03-05", "Hà Nam", "Ninh Bình"),
    ("Hà Nam", "2025-08-01", "Hà Nam", "Ninh Bình"),  # the old name in a new article
    ("Ninh Bình", "2025-06-30", "Ninh Bình", "Ninh Bình"),
    ("Ninh Bình", "2025-07-01", "Ninh Bình", "Ninh Bình"),
    ("Hậu Giang", "2023-05-05", "Hậu Giang", "Cần Thơ"),
    ("Thừa Thiên Huế", "2019-05-05", "Thừa Thiên Huế", "Huế"),
    ("Hà Tây", "2007-05-05", "Hà Tây", "Hà Nội"),
    ("Nghệ Tĩnh", "1990-05-05", "Nghệ Tĩnh", None),  # split: it lies in two provinces of today
    ("huyện Mẫu Lâm", "2020-05-05", "huyện Mẫu Lâm", None),  # no province: kept as named
]


def test_every_count_is_told_by_the_province_then_and_now(tmp_path: Path) -> None:
    words = 'Khen thưởng\nMột nơi tặng Bằng khen cho 1 tập thể, bà Tạ Thị Mơ; phát động phong trào "Xanh", ban hành kế hoạch.'
    told = {
        "awards": [("Bằng khen", MERIT, {"recipients": [("Tạ Thị Mơ", "individual"), ("Tổ 5", "collective")]})],
        "counts": [("1 tập thể", 1, ["collective"], {})],
        "people": [("Tạ Thị Mơ", [("Tổ trưởng", "Tổ 5")])],
        "campaigns": ["Xanh"],
    }  # fmt: skip
    events = [("ban hành kế hoạch", "plan_issued", {})]
    file = published(
        tmp_path,
        [
            article(
                number,
                words.replace("Xanh", f"Xanh {number}"),
                **{**told, "campaigns": [f"Xanh {number}"]},
                events=events,
                province=name,
                published_at=day,
            )
            for number, (name, day, *_) in enumerate(THEN_AND_NOW)
        ],
    )
    expected = {(then, now) for _, _, then, now in THEN_AND_NOW}
    views = [
        row[0] for row in ask(file, "select distinct table_name from duckdb_columns() where column_name = 'province_now' and not internal")
    ]
    assert {
        "award_counts",
        "awards_by_province",
        "story_counts",
        "people",
        "bodies",
        "officials_over_time",
        "event_calendar",
        "movements",
        "plans",
    } <= set(views)
    for view in set(views) - {"province_spellings"}:
        assert set(ask(file, f"select distinct province, province_now from {view}")) == expected, view
    assert ask(file, "select sum(value)::bigint from award_counts where province_now = 'Ninh Bình'") == [(4,)]
    assert ask(file, "select sum(value)::bigint from award_counts where province = 'Hà Nam'") == [(2,)]


BODIES = {
    "Báo Hà Nam": "Hà Nam",  # a publisher
    "Đài Phát thanh - Truyền hình tỉnh Hòa Bình": "Hòa Bình",
    'Quỹ "Vì người nghèo tỉnh Hà Nam"': "Hà Nam",
    'Câu lạc bộ "Hà Nam quê tôi"': None,
    'Công ty "Quảng Nam"': None,
    "Trường THPT chuyên Hà Nội - Amsterdam": None,
    "Ban tổ chức cuộc thi “Tự hào Nghệ An”": None,
}


def test_a_province_in_a_quoted_name_is_none_unless_it_is_called_a_province(tmp_path: Path) -> None:
    file = published(
        tmp_path,
        [article(n, f"Tin {n}\nTặng Bằng khen.", awards=[("Bằng khen", MERIT, {"grantor": body})]) for n, body in enumerate(BODIES)],
    )
    assert dict(ask(file, "select body, province from body_provinces")) == BODIES
    found = dict(ask(file, "select grantor, (province, province_basis) from award_facts"))
    assert found == {body: (province, "grantor") if province else ("Sơn La", "publisher") for body, province in BODIES.items()}
