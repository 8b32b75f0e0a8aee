"""Numbers of people, bodies and awards."""

from __future__ import annotations

from pydantic import Field, field_validator

from schemas.awards import AwardKey
from schemas.record import Quoted
from schemas.vocabulary import Comparator, Unit


class Count(Quoted):
    """One number of people, bodies or awards, as the text gives it: "hơn 4.000 tập thể, cá nhân"."""

    value: int = Field(ge=0, le=10**15, description="as counted: 'hai tập thể' is 2, '1,5 triệu' is 1500000")
    comparator: Comparator = Field(
        default=Comparator.EQ, description="eq, gt (hơn), lt (gần), ge (ít nhất), le (không quá), approx (khoảng)"
    )
    units: tuple[Unit, ...] = Field(min_length=1, description="'tập thể, cá nhân' is one count of two units, sorted")
    award: AwardKey | None = Field(default=None, description="type, level, class of the award it counts; null when none or several")
    year: int | None = Field(default=None, ge=1800, le=2200, description="the year that the text ties the number to")
    award_row: int | None = Field(default=None, ge=0, description="index in `awards` of the award it counts")
    part_of: int | None = Field(default=None, ge=0, description="index in `counts` of the number it is a part of ('trong đó')")

    @field_validator("units")
    @classmethod
    def _sorted(cls, value: tuple[Unit, ...]) -> tuple[Unit, ...]:
        return tuple(sorted(set(value)))
