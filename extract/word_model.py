"""underthesea's word segmentation by its bundled model, read without the taggers that come with it and that nothing here asks."""

from __future__ import annotations

import logging
import pickle
import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec, module_from_spec
from pathlib import Path

from extract.word_weights import Tagger

MODEL = "ws_crf_vlsp2013_20230727"  # the model that is read here: each has a folder of its own, named for its day


@cache
def segmenter() -> Callable[[str], list[str]]:
    """The function sentence -> words, as underthesea.word_tokenize gives them. With another model than MODEL it is underthesea's own."""
    spec = find_spec("underthesea")
    places = list(spec.submodule_search_locations or ()) if spec else []
    folder = next((found for place in places if (found := Path(place, "pipeline", "word_tokenize", "models", MODEL)).is_dir()), None)
    if folder is not None:
        return Segmenter(folder)
    logging.getLogger(__name__).warning("underthesea brings another word model than %s: it is read by underthesea itself", MODEL)
    from underthesea import word_tokenize

    own: Callable[[str], list[str]] = word_tokenize
    return own


class Segmenter:
    """The model of one folder: underthesea's syllables and templates of features, the weights of its conditional random field."""

    def __init__(self, folder: Path) -> None:
        self._syllables = _syllables()
        templates, words = (pickle.loads((folder / name).read_bytes()) for name in ("features.bin", "dictionary.bin"))
        self._goes_on = Tagger(folder / "models.bin", templates, words)

    def __call__(self, sentence: str) -> list[str]:
        """Its words in order, their syllables joined by spaces."""
        syllables = self._syllables(sentence)
        found: list[str] = []
        for goes_on, syllable in zip(self._goes_on(syllables), syllables, strict=True):
            if goes_on and found:
                found[-1] += " " + syllable
            else:
                found.append(syllable)
        return found


def _syllables() -> Callable[[str], list[str]]:
    """underthesea's own splitter. Importing the package loads all its taggers, 0.3 s: here it is a bare package while the splitter is imported."""
    spec = find_spec("underthesea")
    bare = spec is not None and "underthesea" not in sys.modules
    if spec is not None and bare:
        sys.modules["underthesea"] = module_from_spec(spec)  # knows where its parts lie, and has run nothing
    try:
        from underthesea.pipeline.text_normalize import tokenize
    finally:
        if bare:  # who imports underthesea later gets it whole
            for name in [name for name in sys.modules if name.partition(".")[0] == "underthesea"]:
                del sys.modules[name]
    split: Callable[[str], list[str]] = tokenize
    return split
