"""The order of the components; an Article in, its Reading out. Pure: no clock, no network, no state."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

from extract.components import (  # noqa: F401  each registers its factory
    awards,
    bodies,
    campaigns,
    counts,
    dates,
    documents,
    events,
    officials,
)
from extract.confidence import KINDS, sure
from extract.language import MOST, Tokenizer
from extract.mending import Mended, mend, put_back
from extract.places import province_of
from schemas.article import Article
from schemas.language import is_vietnamese
from schemas.reading import RECORDS, Reading

RULES = "21"  # version of grammars and lexicons: articles read by another one are read again
ORDER = ("documents", "campaigns", "dates", "bodies", "officials", "awards", "counts", "events")


@registry.tokenizers("thidua.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Our tokenizer by its name in a spaCy config: the one that a blank pipeline has costs 0.1 s to make."""
    return lambda nlp: Tokenizer(nlp.vocab)


@cache
def pipeline() -> Language:
    """The spaCy pipeline, built once a process."""
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "thidua.v1"}}})
    nlp.max_length = 50_000_000
    for name in ORDER:
        nlp.add_pipe(name)
    return nlp


def extract(article: Article) -> Reading:
    """The article with all its records; one in another language is given back without any, and its warnings say so."""
    doc, mended = prepared(article)
    if not is_vietnamese(doc._.text):
        warnings = dict.fromkeys((*article.warnings, "language"))
        return reading_of(article.model_copy(update={"warnings": tuple(warnings)}), doc, mended)
    for _, component in pipeline().pipeline:
        doc = component(doc)
    return reading_of(article, doc, mended)


def prepared(article: Article) -> tuple[Doc, Mended | None]:
    """The article's readable text as a Doc before any component, and its map back when it was mended."""
    mended, title = mend(article.text), article.title and mend(article.title)
    doc: Doc = pipeline().make_doc(mended.text if mended else article.text)
    doc._.found = {}
    doc._.context = {
        "title": title.text if title else article.title,
        "published_on": article.written_on,
        "province": article.province and (province_of(article.province) or article.province),
        "source_credit": article.source_credit,
        "site": article.site,
    }
    return doc, mended


def reading_of(article: Article, doc: Doc, mended: Mended | None) -> Reading:
    """What the components left on the Doc, as records of the stored text."""
    found: dict[str, Any] = doc._.found
    fields = {name: getattr(article, name) for name in Article.model_fields}
    records = {kind: found.get(kind, ())[:MOST] for kind in RECORDS}
    records |= {kind: tuple(sure(kind, row) for row in records[kind]) for kind in KINDS}
    cut = tuple(kind for kind in RECORDS if len(found.get(kind, ())) > MOST or kind in found.get("cut", ()))
    reading = Reading(**{**fields, "text": doc._.text, **found.get("article", {}), **records}, truncated=cut)
    return put_back(reading, mended, article.text) if mended else reading
