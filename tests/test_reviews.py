"""The file of decisions: what a crash, a merge and two writers leave of it; decisions beside records of another extraction; decisions as gold."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import multiprocessing
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from samples import TEXT, reading
from web_place import keep

from data.reviews import Reviews
from schemas.review import Review, around, content, key
from thidua.evaluating_reviews import evaluate_reviews
from thidua.reviewing import standings

ARTICLE = f"{7:016x}"
AT = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
FOUND: dict[str, list[dict[str, Any]]] = {
    kind: reading(7).model_dump(mode="json")[kind]
    for kind in ("awards", "counts", "officials", "events", "documents", "campaigns", "dates")
}


def decided(verdict: str, kind: str = "counts", row: int = 0, *, minute: int = 0, **change: Any) -> Review:
    """A decision about a record of the sample article."""
    record = FOUND[kind][row]
    before, after = around(TEXT, record)
    said = {"article": ARTICLE, "kind": kind, "verdict": verdict, "record": record, "before": before, "after": after, "by": "mai",
            "at": AT + dt.timedelta(minutes=minute)}  # fmt: skip
    return Review.model_validate({**said, **change})


def test_what_was_written_is_read(tmp_path: Path) -> None:
    file = Reviews(tmp_path / "new" / "reviews.jsonl")
    assert file.of(ARTICLE) == [] and file.unreadable == 0 and not file.path.exists()
    first, second = decided("right"), decided("wrong", row=1, minute=1, note='Dòng một\nDòng "hai" \u2028 ☆')
    file.append(first)
    assert file.of(ARTICLE) == [first]
    file.append(second)
    assert file.of(ARTICLE) == [first, second] and dict(file.articles()) == {ARTICLE: [first, second]}
    assert len(file.path.read_text(encoding="utf-8").splitlines()) == 2, "one line a decision, whatever one takes for the end of a line"


def test_a_file_that_was_replaced_is_written_to_where_it_is_now(tmp_path: Path) -> None:
    """As a take-down does while somebody reviews: the decision is in the new file, not in the one that is gone."""
    file = Reviews(tmp_path / "reviews.jsonl")
    file.append(decided("right"))
    with file.path.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        writer = threading.Thread(target=file.append, args=(decided("wrong", row=1),))
        writer.start()
        time.sleep(0.3)  # it waits for the lock by now
        (tmp_path / "new").write_bytes(b"")
        (tmp_path / "new").replace(file.path)
    writer.join(10)
    assert not writer.is_alive() and file.of(ARTICLE) == [decided("wrong", row=1)]


def test_a_cut_line_costs_itself_alone(tmp_path: Path) -> None:
    file = Reviews(tmp_path / "reviews.jsonl")
    file.append(decided("right"))
    whole = file.path.read_bytes()
    for cut in (1, 10, len(whole) - 1):
        file.path.write_bytes(whole + whole[:cut])
        without_its_end = cut == len(whole) - 1  # only the line feed is missing: the line can be read
        assert file.of(ARTICLE) == [decided("right")] * (1 + without_its_end) and file.unreadable == (not without_its_end)
        file.append(decided("wrong", row=1))
        assert decided("wrong", row=1) in file.of(ARTICLE)
        assert file.path.read_bytes().startswith(whole + whole[:cut]), "what stood there is left as it was"


def test_lines_that_hold_no_decision_are_counted(tmp_path: Path) -> None:
    file = Reviews(tmp_path / "reviews.jsonl")
    file.append(decided("right"))
    line = file.path.read_text(encoding="utf-8")
    bad = [
        "<<<<<<< HEAD",
        "=======",
        "[]",
        "{}",
        "null",
        "\x00",
        '{"article":"' + ARTICLE + '"}',
        line.strip().replace('"right"', '"perhaps"'),
        "[" * 100_000,
    ]
    file.path.write_text("\n".join([*bad, "", line]), encoding="utf-8")
    assert file.of(ARTICLE) == [decided("right")] and file.unreadable == len(bad)


def test_no_decision_holds_a_record_that_does_not() -> None:
    for wrong in ({"kind": "nothing"}, {"verdict": "corrected"}, {"verdict": "missing", "corrected": {"value": "x"}}, {"record": None},
                  {"at": "2026-03-04T05:06:07"}, {"corrected": FOUND["counts"][1]}, {"surprise": 1}):  # fmt: skip
        with pytest.raises(ValueError):
            Review.model_validate({**decided("right").model_dump(mode="json"), **wrong})


def _write_many(path: Path, by: str) -> None:
    file = Reviews(path)
    for number in range(150):
        file.append(decided("right", by=by, note="x" * 2_000, minute=number))


def test_two_processes_may_write(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(path, by)) for by in ("mai", "lan")]
    for one in writers:
        one.start()
    for one in writers:
        one.join(60)
        assert one.exitcode == 0
    file = Reviews(path)
    assert file.unreadable == 0 and [sum(review.by == by for review in file.of(ARTICLE)) for by in ("mai", "lan")] == [150, 150]


def test_what_a_record_says_does_not_hang_on_how_it_was_found() -> None:
    one = FOUND["awards"][0]
    same = {**one, "rule": "awards/other", "confidence": 0.1, "quotes": [{"start": 0, "end": 4, "quote": "Sáng"}], "class": None}
    assert content("awards", one) == content("awards", same) and key("awards", one) != key("awards", same)
    without = {name: value for name, value in one.items() if value is not None}
    assert content("awards", one) == content("awards", without), "a field that says nothing may be there or not"
    number = FOUND["counts"][0]
    assert content("counts", number) == content("counts", {**number, "comparator": "eq", "units": ["collective"], "award_row": 5})
    assert content("counts", number) != content("counts", {**number, "value": 13})


def test_the_newest_decision_counts() -> None:
    found = standings([decided("wrong", minute=5), decided("right")], FOUND, TEXT)
    assert [(one.review.verdict, one.row) for one in found] == [("wrong", 0)]
    assert standings([decided("right"), decided("withdrawn", minute=1)], FOUND, TEXT) == []
    moved = decided("right", minute=2, record={**FOUND["counts"][0], "start": 1, "end": 11}, replaces=decided("wrong").key)
    assert [one.review for one in standings([decided("wrong"), moved], FOUND, TEXT)] == [moved]


def test_what_became_of_it() -> None:
    def since(review: Review, **records: list[dict[str, Any]]) -> str:
        (one,) = standings([review], {**FOUND, **records}, TEXT)
        return one.since

    other = {**FOUND["counts"][0], "value": 13}
    assert since(decided("right")) == since(decided("wrong")) == since(decided("corrected", corrected=other)) == "holds"
    assert since(decided("right"), counts=[other]) == "lost"
    assert since(decided("wrong"), counts=[other]) == "mended"
    assert since(decided("corrected", corrected=other), counts=[other]) == "mended"
    assert since(decided("corrected", corrected=other), counts=[]) == "changed"
    missing = decided("missing", record=None, corrected=other)
    assert since(missing) == "holds" and since(missing, counts=[other]) == "mended"


def test_equal_records_at_several_places_keep_their_own_decision() -> None:
    text = "Năm 2023 có một, năm 2023 có hai, năm 2023 có ba."
    starts = [number for number in range(len(text)) if text.startswith("2023", number)]

    def dates(shift: int = 0) -> list[dict[str, Any]]:
        return [
            {"start": start + shift, "end": start + shift + 4, "quote": "2023", "edtf": "2023", "role": "period", "rule": "r"}
            for start in starts
        ]

    def about(row: int, verdict: str) -> Review:
        before, after = around(text, dates()[row])
        return decided(verdict, "dates", 0, record=dates()[row], before=before, after=after, minute=row)

    reviews = [about(1, "wrong"), about(2, "right")]
    for shift in (0, 9):
        found = standings(reviews, {"dates": dates(shift)}, "Thêm chữ\n"[:shift] + text)
        assert {(one.row, one.review.verdict.value) for one in found} == {(1, "wrong"), (2, "right")}
    left = standings(reviews, {"dates": dates()[:2]}, text)
    assert {(one.row, one.since) for one in left} == {(1, "holds"), (None, "lost")}, (
        "the first one, which nobody judged, takes the place of none"
    )


def test_decisions_are_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Against what extraction finds in the sample text: a right number, a wrong office, a corrected level, a missing event; an article that is not here."""
    import thidua

    keep(tmp_path, [reading(7)])
    found = thidua.parse(TEXT, id=ARTICLE, title=reading(7).title, published_at="2024-03-05T08:00:00+07:00", province="Sơn La").model_dump(
        mode="json"
    )
    (award,) = found["awards"]
    assert found["counts"] and found["officials"]

    def about(verdict: str, kind: str, record: dict[str, Any] | None, **change: Any) -> Review:
        return decided(verdict, kind, 0, record=record, **change)

    file = Reviews(tmp_path / "reviews.jsonl")
    for review in (
        about("right", "counts", found["counts"][0]),
        about("right", "counts", {**found["counts"][0], "value": 99}),
        about("wrong", "officials", found["officials"][0]),
        about("corrected", "awards", award, corrected={**award, "level": "ministry"}),
        about("missing", "events", None, corrected={**FOUND["events"][0], "type": "contest"}),
        about("right", "counts", found["counts"][0], article=f"{8:016x}"),
    ):
        file.append(review)
    assert evaluate_reviews(file.path, tmp_path, rows=True, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["articles"], told["absent"]) == (1, 1)
    kinds = told["kinds"]
    assert kinds["counts"]["precision"] == 1 and (kinds["counts"]["now"]["hit"], kinds["counts"]["now"]["missed"]) == (1, 1)
    assert kinds["officials"]["precision"] == 0 and kinds["officials"]["now"]["spurious"] == 1
    assert (kinds["awards"]["corrected"], kinds["awards"]["now"]["missed"], kinds["awards"]["now"]["spurious"]) == (1, 1, 1)
    assert kinds["events"]["precision"] is None and kinds["events"]["now"]["missed"] == 1
    assert evaluate_reviews(file.path, tmp_path, rows=True, as_json=False) == 0
    said = capsys.readouterr().out
    assert f"- {ARTICLE}  counts" in said and f"+ {ARTICLE}  officials" in said and "P today" in said
    assert evaluate_reviews(tmp_path / "none.jsonl", tmp_path, rows=True, as_json=False) == 2
