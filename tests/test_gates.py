"""What keeps extraction from looking where nothing can be changes nothing: each gate taken out, on the texts of gold and of the sample portals."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from extract import award_names, fold, mending
from extract.components import events
from extract.event_words import Lexicon
from extract.pipeline import extract, pipeline, prepared
from schemas.article import Article
from thidua.demo.portals import all_portals

GOLD = Path(__file__).parent / "gold" / "dev"
TEXTS = [
    *(json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted(GOLD.glob("*.json"))[::12]),
    *(sample.expected().text for portal in all_portals() for sample in portal.articles[::8]),
]


def article(text: str) -> Article:
    """A text as an article."""
    return Article(id="a", text=text, published_at="2021-06-01", read_by="given")


def test_the_sentences_left_out_name_no_award() -> None:
    for text in TEXTS:
        doc, _ = prepared(article(text))
        found = {each: tuple(award_names.find(doc._.folded, doc._.text, *each)) for each in doc._.sentences}
        assert award_names.of_doc(doc) == {sentence: names for sentence, names in found.items() if names}


def test_events_are_those_of_all_kinds_tried_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    gated = [extract(article(text)).events for text in TEXTS]
    everything = Lexicon.load()
    every = frozenset(range(len(everything.kinds)))
    finder = events.EventFinder(everything._replace(told=lambda *_: every, done=lambda *_: every))  # type: ignore[arg-type]
    monkeypatch.setattr(pipeline(), "_components", [(name, finder if name == "events" else each) for name, each in pipeline()._components])
    assert [extract(article(text)).events for text in TEXTS] == gated


def test_the_seams_are_those_of_all_runs_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(5)
    glued = ["".join(word + dice.choice(["", " ", " ", " "]) for word in text.split(" ")) for text in TEXTS]
    gated = [mending.mend(text) for text in glued]
    monkeypatch.setattr(mending, "_seamless", lambda run: False)
    assert [mending.mend(text) for text in glued] == gated
    assert sum(found is not None for found in gated) > len(TEXTS) // 2


def test_folding_moves_the_tone_as_the_pairs_written_out_do() -> None:
    horn = re.compile(rf"(?<!q)(?:{'|'.join(fold._HORNS)})(?=[^\W\d_])")
    tone = re.compile(rf"(?<!q)(?!(?<=g)i)(?:{'|'.join(fold._TONES)})(?![^\W\d_])")
    bare = re.compile(r"(?<![^\W\d_])[hklmst][yỳýỷỹỵ](?![^\W\d_])")
    qui = re.compile(r"(?<![^\W\d_])qu[iìíỉĩị](?![^\W\d_])")

    def plain(text: str) -> str:
        folded = horn.sub(lambda match: fold._HORNS[match[0]], text.translate(fold._TABLE))
        folded = tone.sub(lambda match: fold._TONES[match[0]], folded)
        folded = bare.sub(lambda match: match[0].translate(fold._Y_FOR_I), folded)
        return qui.sub(lambda match: "qu" + match[0][2:].translate(fold._I_FOR_Y), folded)

    dice = random.Random(5)
    mixed = ["".join(dice.choices("qgouyhksaàáảỳýíị nUQÝ\nÓ1éưứờơụọ", k=dice.randint(0, 60))) for _ in range(5_000)]
    assert [fold.fold(text) for text in [*TEXTS, *mixed]] == [plain(text) for text in [*TEXTS, *mixed]]
