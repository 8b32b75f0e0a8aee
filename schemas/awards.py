"""Awards: orders, titles, flags, certificates, by kind, level, class and status."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from schemas.record import Frozen, QuotedOften
from schemas.tables import award_types
from schemas.vocabulary import AwardLevel, AwardStatus, RecipientKind

Class = Literal["1", "2", "3"]


def known_type(value: str) -> str:
    """`value` if it is a code of schemas/tables/award_types.csv, else ValueError."""
    if value not in award_types():
        raise ValueError(f"{value!r} is no award type of schemas/tables/award_types.csv")
    return value


def _with_codes(schema: dict[str, Any]) -> None:
    schema["enum"] = list(award_types())


TypeCode = Annotated[
    str,
    AfterValidator(known_type),
    Field(description="code of schemas/tables/award_types.csv: labor_order, certificate_of_merit, …", json_schema_extra=_with_codes),
]


class AwardKey(Frozen):
    """The kind of an award: type, level, class."""

    type: TypeCode
    level: AwardLevel | None = Field(default=None, description="who confers: state, government, ministry, province, …; null if not told")
    class_: Class | None = Field(default=None, alias="class", description="1, 2, 3 for hạng or giải Nhất, Nhì, Ba")


class Recipient(Frozen):
    """One who is named as getting the award."""

    name: str = Field(min_length=1, description="as written, without honorific")
    kind: RecipientKind = Field(description="collective, individual, household, enterprise, other")
    start: int | None = Field(default=None, ge=0, description="first code point of the name in the text")
    end: int | None = Field(default=None, description="one past its last code point")


class Award(QuotedOften):
    """One kind of award × level × class × status that the article speaks of."""

    type: TypeCode
    level: AwardLevel | None = Field(default=None, description="who confers: state, government, ministry, province, …; null if not told")
    class_: Class | None = Field(default=None, alias="class", description="1, 2, 3 for hạng or giải Nhất, Nhì, Ba")
    grantor: str | None = Field(default=None, description="who confers it, as named, completed with the province")
    status: AwardStatus = Field(description="awarded, proposed, registered, mentioned")
    year: int | None = Field(default=None, ge=1800, le=2200, description="the year that the text ties the award to")
    recipients: tuple[Recipient, ...] = Field(default=(), description="those who are named, as written")

    @property
    def key(self) -> AwardKey:
        """Type, level and class alone."""
        return AwardKey.model_validate({"type": self.type, "level": self.level, "class": self.class_})
