"""People that an article names, and the offices it gives them."""

from __future__ import annotations

from pydantic import Field

from schemas.record import Frozen, QuotedOften
from schemas.vocabulary import OfficialRole


class Position(Frozen):
    """One office of a person: "Chủ tịch" of "UBND tỉnh Hà Nam"."""

    title: str = Field(min_length=1, description="the office alone: Phó Bí thư Thường trực, Chủ tịch, Giám đốc")
    organization: str | None = Field(
        default=None, description="the body it belongs to, completed with the province; null if the title has none"
    )
    start: int | None = Field(default=None, ge=0, description="first code point of the title in the text")
    end: int | None = Field(default=None, description="one past its last code point")


class Official(QuotedOften):
    """One person named in the article, once in the article as a whole."""

    name: str = Field(min_length=1, description="full name as written, without honorific")
    honorific: str | None = Field(default=None, description="ông, bà, đồng chí; ranks and degrees: Đại tá, TS., NGƯT")
    positions: tuple[Position, ...] = Field(default=(), description="every office that the article gives the person, one by one")
    roles: tuple[OfficialRole, ...] = Field(
        default=(OfficialRole.MENTIONED,), min_length=1, description="what the person does in the article"
    )
