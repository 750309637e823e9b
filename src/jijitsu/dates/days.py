"""Months, days and times of day: what stands within a year, and without one."""

from __future__ import annotations

import re

from jijitsu.dates import patterns
from jijitsu.dates.english import EnglishCursor
from jijitsu.numbers.scan import scan
from jijitsu.numbers.units import unit_table

_MONTHS_IN_HALF_YEAR = 6
_MAX_HOUR, _MINUTES = 24, 60
_FIRST_TEN = 10


def value_of(digits: str) -> int:
    """Return the value of a short numeral, arabic or kanji; 元 is the first year of an era."""
    if digits.isascii():
        return int(digits)
    return 1 if digits == "元" else int(next(scan(digits)).value.low)


class DayCursor(EnglishCursor):
    """Reads what is smaller than a year: quarters, months, days, times."""

    def _month(self) -> bool:
        found = patterns.MONTH_RANGE.match(self.norm, self.position)
        if found and _is_month(found[1]) and _is_month(found[2]):
            self.parts.month, self.parts.month_end = value_of(found[1]), value_of(found[2])
            self.parts.is_period = found[0].endswith("期")
            self.position = found.end()
            return True
        found = patterns.MONTH.match(self.norm, self.position)
        if not found or not _is_month(found[1]):
            return False
        self.parts.month = value_of(found[1])
        self.position = found.end()
        self._business_period() or self._day() or self._week() or self._section() or self._part()
        return True

    def _new_years_day(self) -> bool:
        found = self._match(patterns.NEW_YEARS_DAY)
        if found:
            self.parts.month = self.parts.day = 1
        return found is not None

    def _week(self) -> bool:
        found = self._match(patterns.MONTH_WEEK)
        if found:
            self.parts.week = value_of(found[1])
        return found is not None

    def _business_period(self) -> bool:
        """2026年3月期 is the business year that ends in March 2026."""
        if self.parts.year is None and self.parts.relative is None:
            return False
        found = self._match(patterns.PERIOD)
        if not found:
            return False
        if patterns.RANGE_BEFORE.search(self._before(4)):
            # 23年11月～24年1月期: the period is the range's, not the business year's.
            self.parts.is_period = True
            return True
        self.parts.period_end = _MONTHS_IN_HALF_YEAR if found[1] else 12
        self.parts.mod = "END" if found[2] else None
        self._quarter() or self._half()
        return True

    def _day(self) -> bool:
        found = patterns.DAY_RANGE.match(self.norm, self.position)
        if found and _is_day(found[1]) and _is_day(found[2]) and "日" not in found[0][:-1]:
            self.parts.day, self.parts.day_end = value_of(found[1]), value_of(found[2])
            self.position = found.end()
            return True
        found = patterns.DAY.match(self.norm, self.position)
        if not found or not _is_day(found[1]):
            return False
        self.parts.day = value_of(found[1])
        self.position = found.end()
        self._time()
        return True

    def _bare_day(self) -> bool:
        """A day without its month; where 日 counts days it is none (1日当たり, 10日以内)."""
        found = patterns.DAY.match(self.norm, self.position)
        ranged = patterns.DAY_RANGE.match(self.norm, self.position)
        last = ranged or found
        if not last or not (self.norm[last.start()].isascii() or self._is_kanji_day(last)):
            return False
        if self._counts_days(last) and not patterns.SAID_ON_DAY.match(self.norm, last.start()):
            return False
        return self._day()

    def _counts_days(self, found: re.Match[str]) -> bool:
        """Whether the words around say that 日 counts days."""
        norm, start, end = self.norm, found.start(), found.end()
        for _, surface, unit in unit_table().match(norm, end - 1):
            if unit.kind == "duration" and surface == "日" and unit.followed_by:
                return True
        if patterns.ONE_DAY.match(norm, start) or patterns.DAYS_TAKEN.match(norm, end):
            return True
        if patterns.DAYS_SINCE.search(self._before(2)) and patterns.DAYS_ON.match(norm, end):
            return True
        return self._before(1) == "第" or bool(patterns.COUNTED_DAYS.search(self._before(4)))

    def _is_kanji_day(self, found: re.Match[str]) -> bool:
        """In columns set in kanji 十一日 is a day; 一日 and 三日 mostly count days."""
        return value_of(found[1]) > _FIRST_TEN or bool(
            patterns.DAY_OF_EVENT.match(self.norm, found.end())
        )

    def _quarter(self) -> bool:
        return self._quarter_by(patterns.QUARTER)

    def _bare_quarter(self) -> bool:
        return self._quarter_by(patterns.BARE_QUARTER)

    def _quarter_by(self, pattern: re.Pattern[str]) -> bool:
        found = self._match(pattern)
        if found:
            self.parts.quarter = value_of(found[1] or found[2] or found[3])
        return found is not None

    def _half(self) -> bool:
        if found := self._match(patterns.HALF):
            self.parts.half = "上下".index(found[1]) + 1
        elif found := self._match(patterns.YEAR_HALF):
            self.parts.half = "前後".index(found[1]) + 1
        return found is not None

    def _season(self) -> bool:
        found = self._match(patterns.SEASON)
        if found:
            self.parts.season = patterns.SEASON_CODES[found[1]]
        return found is not None

    def _section(self) -> bool:
        found = self._match(patterns.SECTION)
        if found:
            self.parts.section = found[1]
            self.parts.mod = patterns.PART_MODS.get(found[1])
        return found is not None

    def _part(self) -> bool:
        found = self._match(patterns.PART)
        if found:
            self.parts.mod = patterns.PART_MODS[found[1]]
        return found is not None

    def _clock(self) -> bool:
        found = patterns.CLOCK.match(self.norm, self.position)
        if found:
            self.parts.hour, self.parts.minute = int(found[1]), int(found[2])
            self.position = found.end()
        return found is not None

    def _time(self) -> bool:
        """Read a time of day, behind a weekday in brackets too (24日（水）午前10時)."""
        start = self.position
        blank = self._match(patterns.BETWEEN_DAY_AND_TIME) if self.parts.day is not None else None
        found = self._match(patterns.NOON)
        if found:
            self.parts.hour = 12
            return True
        found = patterns.TIME.match(self.norm, self.position)
        if found and _is_time(found):
            hour = value_of(found[2])
            afternoon = (found[1] or "") in {"午後", "夜", "夕方"} and hour < 12  # noqa: PLR2004
            self.parts.hour = hour + 12 * afternoon
            self.parts.minute = 30 if found[3] == "半" else value_of(found[4]) if found[4] else 0
            self.position = found.end()
            return True
        if blank is not None and self._clock():
            return True
        self.position = start
        return False


def _is_month(digits: str) -> bool:
    return 1 <= value_of(digits) <= 12  # noqa: PLR2004


def _is_day(digits: str) -> bool:
    return 1 <= value_of(digits) <= 31  # noqa: PLR2004


def _is_time(found: re.Match[str]) -> bool:
    minute = value_of(found[4]) if found[4] else 0
    return value_of(found[2]) <= _MAX_HOUR and minute < _MINUTES
