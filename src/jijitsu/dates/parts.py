"""The parts that dates are made of, as the text writes them, not yet on a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["published", "previous", "new_year"]
RelativeUnit = Literal[
    "year", "fiscal_year", "business_year", "period", "quarter", "month", "week", "weekend", "day"
]


@dataclass(frozen=True, slots=True)
class Relative:
    """A unit of the calendar, counted from another date (先月 is one month before)."""

    unit: RelativeUnit
    offset: int
    anchor: Anchor = "published"
    last_offset: int | None = None
    """The other end of a vague offset (数年前 is 9 to 2 years before)."""


@dataclass(slots=True)
class Parts:
    """What one date says, part by part; absent parts are None.

    ``*_end`` are the right ends of ranges that stand for one date (7～9月期).
    ``period_end`` says that ``month`` ends a business year (3月期) or its first half (中間期)
    of that many months; ``is_period`` that a range of months is one that results are
    reported for (7～9月期).  ``week`` counts the weeks of the month.
    """

    start: int
    end: int = 0
    year: int | None = None
    year_end: int | None = None
    fiscal: bool = False
    relative: Relative | None = None
    month: int | None = None
    month_end: int | None = None
    day: int | None = None
    day_end: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    weekday: int | None = None
    decade: int | None = None
    century: int | None = None
    period_end: int | None = None
    is_period: bool = False
    week: int | None = None
    hour: int | None = None
    minute: int = 0
    mod: str | None = None
    section: str | None = None
    """A third (上旬 中旬 下旬) or half (前半 後半) of the month or decade."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing here can be placed on a calendar."""
        return all(
            part is None
            for part in (
                self.year, self.relative, self.month, self.day, self.quarter, self.half,
                self.weekday, self.decade, self.century, self.hour,
            )
        )  # fmt: skip
