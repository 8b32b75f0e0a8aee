"""What all records share: where in the text they stand, which rule found them, how sure it is."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Frozen(BaseModel):
    """A model that never changes and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Quote(Frozen):
    """A place in the article's text and the words that stand there."""

    start: int = Field(ge=0, description="first code point of the quote in the article's text (NFC)")
    end: int = Field(gt=0, description="one past the last code point")
    quote: str = Field(min_length=1, description="text[start:end], never normalised")

    @model_validator(mode="after")
    def _length(self) -> Quote:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"the quote at {self.start}..{self.end} has {len(self.quote)} characters: {self.quote!r}")
        return self


Rule = Annotated[str, Field(description="the pattern that found it, as <component>/<entry>, with the anchor where a value was inferred")]
Confidence = Annotated[
    float, Field(ge=0, le=1, description="share of right records among those on the same evidence, 0 to 1; docs/accuracy.md")
]


class Quoted(Quote):
    """A record that stands at one place."""

    rule: Rule
    confidence: Confidence = 1.0


class QuotedOften(Frozen):
    """A record that stands at one or more places; the first one is what tables show."""

    quotes: tuple[Quote, ...] = Field(min_length=1, description="where the text says it, in order")
    rule: Rule
    confidence: Confidence = 1.0
