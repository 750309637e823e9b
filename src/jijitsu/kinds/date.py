"""Dates and times."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from jijitsu.kinds.base import BaseFact, Mod


class DateFact(BaseFact):
    """A time that can be placed on a calendar; ``from`` and ``to`` are its first and last day."""

    kind: Literal["date"] = "date"
    value: str
    """TIMEX3's value; an interval of two values is written ``2025-09-24/2025-09-26``."""
    first: Annotated[datetime.date, Field(alias="from")]
    last: Annotated[datetime.date, Field(alias="to")]
    mod: Mod | None
