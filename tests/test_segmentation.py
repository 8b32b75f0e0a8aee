"""Words: the model read directly says what underthesea says, and a sentence is segmented only when a component asks about it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from underthesea import word_tokenize

import extract.word_model
from benchmarks.hostile import REPEATED
from extract import segmentation
from extract.calendar_grammar import PATTERNS
from extract.calendar_marks import _matches
from extract.fold import fold
from extract.language import sentences
from extract.patterns import Late
from extract.segmentation import Words, words
from extract.word_model import segmenter
from thidua.demo.portals import all_portals

GOLD = Path(__file__).parent / "gold" / "dev"
SAMPLES = [sample.expected().text for portal in all_portals() for sample in portal.articles]


def eager(text: str) -> tuple[dict[int, int], set[int]]:
    """What Words may be asked, from the words of all sentences: compounds, and small syllables that belong to the word before."""
    compounds, small = {}, set()
    for start, end in sentences(text):
        for begin, finish in words(text[start:end]):
            word = text[start + begin : start + finish]
            if " " in word and all(part.isalpha() for part in word.split(" ")):
                if word[0].isupper() and word[1:].islower():
                    compounds[start + begin] = start + finish
                small |= {start + begin + match.start() for match in re.finditer(r"(?<= )\w", word) if match[0].islower()}
    return compounds, small


def test_words_say_what_all_the_segmentation_would() -> None:
    for text in SAMPLES[::6]:
        compounds, small = eager(text)
        asked = Words(text, sentences(text))
        assert {at: end for at in range(len(text)) if (end := asked.compound(at))} == compounds
        assert {at for at in range(len(text)) if asked.joined(at)} == small
        for at, end in compounds.items():
            assert [asked.compound(at, past=past) for past in range(at + 1, end + 2)] == [end] * (end - at - 1) + [None] * 2


def test_only_sentences_that_are_asked_about_are_segmented(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(segmentation, "words", lambda sentence: seen.append(sentence) or words(sentence))
    text = "Hội nghị Quốc tế họp sáng nay. Ông Lãnh sự đến dự."
    asked = Words(text, sentences(text))
    assert not asked.joined(text.index("họp") + 1) and not asked.compound(text.index("nay")) and not seen
    assert asked.compound(text.index("Lãnh")) == text.index(" đến") and asked.joined(text.index("sự"))
    assert seen == ["Ông Lãnh sự đến dự."]
    assert not any(asked.joined(at) or asked.compound(at) or asked.compound(at - 2, past=at) for at in range(len(text) - 1, len(text) + 4))


def _sentences() -> Iterator[str]:
    texts = [
        *SAMPLES,
        *(unit * 7 for unit in REPEATED.values()),
        *(json.loads(path.read_text("utf-8"))["text"] for path in GOLD.glob("*.json")),
    ]
    for text in texts:
        yield from (text[start:end] for start, end in sentences(text))


@pytest.mark.parametrize("step", [25, pytest.param(1, marks=pytest.mark.slow)])
def test_the_model_read_directly_says_what_underthesea_says(step: int) -> None:
    found = sorted(set(_sentences()))
    assert len(found) > 5_000
    for sentence in found[::step]:
        assert segmenter()(sentence) == word_tokenize(sentence), sentence


def test_another_model_is_left_to_underthesea_and_said_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(extract.word_model, "MODEL", "ws_of_another_day")
    segmenter.cache_clear()
    try:
        assert [segmenter()("Ông Lãnh sự") for _ in range(3)] == [word_tokenize("Ông Lãnh sự")] * 3
        assert len(caplog.records) == 1 and "ws_of_another_day" in caplog.text
    finally:
        segmenter.cache_clear()


def test_the_rest_of_underthesea_is_not_loaded_and_stays_whole() -> None:
    code = (
        "import sys; from extract.word_model import segmenter; found = segmenter()('Ông Lãnh sự'); "
        "assert not any(name.partition('.')[0] == 'underthesea' for name in sys.modules); "
        "from underthesea import ner, word_tokenize; assert word_tokenize('Ông Lãnh sự') == found and ner('Ông Nguyễn Văn An')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_spacys_command_line_is_not_loaded_and_stays_whole() -> None:
    code = (
        "import sys; import thidua.work; assert 'spacy' in sys.modules and not any(name.startswith(('spacy.cli', 'weasel')) for name in sys.modules); "
        "import spacy.cli; assert callable(spacy.cli.download)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_expressions_of_time_are_found_as_by_all_patterns_in_turn() -> None:
    some = 0
    for text in SAMPLES[::3]:
        folded = fold(text)
        for start, end in sentences(text):
            found = {(rank, match.span()) for rank, match in _matches(folded, start, end)}
            full = {(rank, match.span()) for rank, form in enumerate(PATTERNS[:-1]) for match in form.regex.finditer(folded, start, end)}
            assert found == full, text[start:end]
            some += len(full)
    assert some > 100


def test_a_late_pattern_is_compiled_when_asked() -> None:
    late = Late(r"a+")
    assert "compiled" not in vars(late)
    assert (
        late.search("baa", 1)
        and late.match("aa")
        and late.fullmatch("aab") is None
        and [each[0] for each in late.finditer("aba")] == ["a", "a"]
    )
    assert "compiled" in vars(late)
