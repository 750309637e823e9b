"""What all facts share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Mod = Literal[
    "APPROX", "EQUAL_OR_MORE", "MORE_THAN", "EQUAL_OR_LESS", "LESS_THAN", "START", "MID", "END"
]
"""TIMEX3's MOD vocabulary, for every number."""

DecimalString = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
"""A decimal number in plain notation, never a float: ``380000000000``, ``0.55``, ``-18.3``."""


Probability = Annotated[float, Field(ge=0, le=1)]
"""How sure the extractor is, two decimals: of 100 facts with 0.9 some 90 are right."""


class BaseFact(BaseModel):
    """A fact and its span: ``text == article[start:end]``, in code points."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str
    text: Annotated[str, Field(min_length=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(gt=0)]


class NumberFact(BaseFact):
    """A fact with a number: ``low`` and ``high`` are its ends, null where it is open."""

    low: DecimalString | None
    high: DecimalString | None
    mod: Mod | None
