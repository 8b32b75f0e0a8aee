"""spaCy without its command line, which it imports at every start, and with it what downloads, asks the web and runs projects: 0.2 s.

To be imported before whatever imports spaCy. Who asks for `spacy.cli` later gets it whole; only `spacy.info` is not there.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

if "spacy" not in sys.modules:
    names = ("spacy.cli", "spacy.cli.info")
    sys.modules.update({name: ModuleType(name) for name in names})
    sys.modules["spacy.cli.info"].__dict__["info"] = None
    try:
        importlib.import_module("spacy")
    finally:
        for name in names:
            del sys.modules[name]
