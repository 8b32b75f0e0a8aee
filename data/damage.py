"""What `recover` and `verify` find: where something is wrong, what, and what to do about it."""

from __future__ import annotations

from pydantic import Field

from schemas.record import Frozen


class Damage(Frozen):
    """One thing that is not as it was kept."""

    where: str = Field(description="file and place in it, or table and key")
    what: str = Field(description="what was met, and what was expected")
    todo: str = Field(description="what to do")

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.todo}"


class Damaged(ValueError):
    """Raised where something that is kept can't be given back as it was; holds the damage."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(str(damage))
        self.damage = damage
