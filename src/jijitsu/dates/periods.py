"""The periods that results are given for, as an article speaks of them: 前年同期, 今期, 前期."""

from __future__ import annotations

import datetime
import re

from jijitsu.dates.parts import Parts, Relative
from jijitsu.dates.places import Place, business_period_of, later, spanning

_MONTHS = 12
_CENTURY, _THIS_CENTURY = 100, 2000
_BUSINESS_YEAR = re.compile(r"(20[0-9]{2}|(?<![0-9])[0-9]{2})年([0-9]{1,2})月期")


class Periods:
    """Remembers the last period and the last business year that an article named."""

    def __init__(self, norm: str, published: datetime.date | None) -> None:
        """Start with nothing said yet."""
        self._norm = norm
        self._published = published
        self._business_year: tuple[datetime.date, datetime.date] | None = None
        self._last_place: Place | None = None
        self.results: tuple[datetime.date, datetime.date] | None = None

    def same_period(self, relative: Relative) -> Place | None:
        """前年同期: the last period that results were given for, a year earlier."""
        if self.results is None:
            return None
        first, last = (later(day, relative.offset) for day in self.results)
        return spanning(first, last)

    def business_year(self, relative: Relative) -> Place | None:
        """今期, 前期: counted from the business year that the article spoke of last."""
        period = self._business_year or self._named_below()
        if period is None:
            return None
        years = 0
        if self._published is not None:
            current = self._published.year - period[1].year
            current += later(period[1], current) < self._published
            # 前期 counts from the year spoken of, but not from one still far ahead.
            years = current if relative.anchor == "published" else min(0, current)
        first, last = (later(day, years + relative.offset) for day in period)
        return spanning(first, last)

    def _named_below(self) -> tuple[datetime.date, datetime.date] | None:
        """Return the first business year that the article names at all: titles say 今期."""
        found = _BUSINESS_YEAR.search(self._norm)
        if not found or not 1 <= int(found[2]) <= _MONTHS:
            return None
        year = int(found[1])
        year += _THIS_CENTURY * (year < _CENTURY)
        place = business_period_of(datetime.date(year, int(found[2]), 1))
        return place.first, place.last

    def remember(self, parts: Parts, place: Place) -> None:
        """Take note of a date of the article."""
        whole = parts.quarter is None and parts.half is None
        if parts.period_end == _MONTHS and whole:
            self._business_year = (place.first, place.last)
        if parts.is_period and parts.month_end is None and self._last_place is not None:
            # 23年11月～24年1月期
            self.results = (self._last_place.first, place.last)
        elif _has_results(parts) or (self.results is None and _lasts(parts, place)):
            self.results = (place.first, place.last)
        self._last_place = place


def _has_results(parts: Parts) -> bool:
    """Whether results are given for such a period; a mere month or year is none."""
    return bool(
        parts.is_period or parts.month_end or parts.quarter or parts.half or parts.period_end
    )


def _lasts(parts: Parts, place: Place) -> bool:
    return place.first != place.last and parts.decade is None and parts.season is None
