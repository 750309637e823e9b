"""A claim, as ``jijitsu merge`` writes it."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from jijitsu.kinds import Conversion, Mod, Predicate
from jijitsu.kinds.base import DecimalString
from jijitsu.kinds.money import CurrencyCode


class Owner(BaseModel):
    """Whose amount it is: a name as the facts share it, and the entity's id if it has one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    entity_id: str | None


class Period(BaseModel):
    """When the amount holds: from a first to a last day, or for a length of time (TIMEX3)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    first: Annotated[datetime.date | None, Field(alias="from")] = None
    last: Annotated[datetime.date | None, Field(alias="to")] = None
    duration: str | None = None


class Support(BaseModel):
    """A mention that says so: the article, the id of the fact in it, and its span."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    source: str
    published: datetime.date | None
    fact: str
    text: str
    start: int
    end: int


class Claim(BaseModel):
    """One statement: somebody's amount of some kind in some period, and who says so.

    ``low``, ``high`` and ``mod`` are those of the amount that most articles give, in its own
    currency; ``converted`` is that of its first report.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    """Made of owner, predicate, period and amount: the same facts give the same id."""
    owners: list[Owner]
    predicate: Predicate
    period: Period | None
    currency: CurrencyCode
    low: DecimalString | None
    high: DecimalString | None
    mod: Mod | None
    converted: dict[CurrencyCode, Conversion] | None
    first_reported: datetime.date | None
    last_reported: datetime.date | None
    articles: int
    """How many articles of different text say so."""
    support: list[Support]
    conflicts: list[str]
    """Ids of claims that may be of the same thing, and say another amount."""

    def to_json(self) -> str:
        """Return the line of JSON, without a line break."""
        return self.model_dump_json(by_alias=True)
