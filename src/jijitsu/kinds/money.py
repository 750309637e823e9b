"""Amounts of money."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from jijitsu.kinds.base import DecimalString, NumberFact, Probability

Predicate = Literal[
    "investment",
    "funding",
    "acquisition",
    "revenue",
    "profit",
    "valuation",
    "price",
    "contract",
    "market_size",
    "cost",
    "debt",
    "other",
]

CurrencyCode = Annotated[str, Field(pattern="^[A-Z]{3}$")]
"""An ISO 4217 code."""


class Conversion(BaseModel):
    """An amount in another currency, at a reference rate.

    ``rate`` is units of the target currency for one unit of the source currency.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    low: DecimalString | None
    high: DecimalString | None
    rate: DecimalString
    rate_date: datetime.date
    rate_source: str
    note: str | None = None


class MoneyFact(NumberFact):
    """An amount with its currency, in units of that currency (not thousands, not cents)."""

    kind: Literal["money"] = "money"
    currency: CurrencyCode
    converted: dict[CurrencyCode, Conversion] | None = None
    unconverted: str | None = None
    """Why ``converted`` is absent."""
    equivalent_to: list[str] | None = None
    """Ids of the facts that restate this amount in another currency."""
    deviation: DecimalString | None = None
    """How far the article's own conversion lies from ours, in percent of ours."""
    predicate: Predicate | None
    """What the amount is; null where that is not known."""
    subject: str | None
    """The id of the entity whose money it is; null for nobody, or where that is not known."""
    participants: list[str] | None = None
    """The ids of the entities that share this one sum; ``subject`` is null then."""
    when: str | None = None
    """The id of the date or duration in which the amount holds, where the text gives one."""
    confidence: dict[Literal["predicate", "subject"], Probability] | None = None
    """How sure these two fields are."""
