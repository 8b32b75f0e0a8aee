"""Whether a run of letters is a syllable as Vietnamese spells it: onset, rime, at most one tone, and a stop takes only two tones."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt "
    "oe oen oeo oet oc oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uâc uân uâng uât uây uc uê uêch uênh uên "
    "ui um un ung uôc uôi uôm uôn uông uôp uôt up ut uy uya uych uyên uyêt uynh uyt uyu uơ ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp "
    "ươt ươu ưt ưu y yêm yên yêng yêt yêu uai uan uang uanh uao uat uay ua uăc uăm uăn uăng uăt ue uen ueo uet uăp uen"
)
_SYLLABLES = frozenset(onset + rime for onset in ("", *_ONSETS.split("|")) for rime in _RIMES.split())  # without their tones
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STOPPED = re.compile(r"(?:c|ch|p|t)$")


@lru_cache(maxsize=65_536)
def is_syllable(run: str) -> bool:
    """Whether the letters of `run` (NFC, any case) are one syllable."""
    if len(run) > 7:
        return False
    apart = unicodedata.normalize("NFD", run.lower())
    tones = _TONES.findall(apart)
    bare = unicodedata.normalize("NFC", _TONES.sub("", apart))
    if len(tones) > 1 or bare not in _SYLLABLES:
        return False
    return not _STOPPED.search(bare) or tones in (["\u0301"], ["\u0323"])


@lru_cache(maxsize=65_536)
def is_marked(run: str) -> bool:
    """Whether `run` has a letter that only Vietnamese writes so: a tone mark, a hat, a horn, a bar."""
    return not run.isascii()
