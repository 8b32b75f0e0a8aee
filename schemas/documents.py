"""Documents that an article cites by number, and campaigns (phong trào) that it names."""

from __future__ import annotations

from pydantic import Field

from schemas.record import Quoted


class Document(Quoted):
    """One document by its number: "Kế hoạch số 03/KH-STTTT"."""

    number: str = Field(min_length=1, description="03/KH-STTTT, 34-CT/TW, 06/2022/QH15; white space folded")
    kind: str | None = Field(default=None, description="code of schemas/tables/documents.csv: KH, QĐ, CT, …")
    issued: str | None = Field(default=None, description="EDTF date of issue when the text gives it beside the number")
    field: str = Field(default="text", description="the field of the article in which it stands: text or source_credit")


class Campaign(Quoted):
    """One emulation movement by its name in quotation marks."""

    name: str = Field(min_length=1, description="the name without quotation marks")
