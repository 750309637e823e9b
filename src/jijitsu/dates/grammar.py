"""The grammar of dates: from a position in the text to the parts of the date there.

A date is read from its largest part to its smallest, each part where the one before ended;
no part is obligatory.  What one date can't hold begins another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jijitsu.dates import patterns
from jijitsu.dates.days import DayCursor, value_of
from jijitsu.dates.english import DAYS_IN_WEEK
from jijitsu.dates.parts import Parts, Relative
from jijitsu.dates.words import eras, relative_pattern, relative_words
from jijitsu.dates.years import ShortYears
from jijitsu.model import Interval
from jijitsu.numbers.scan import scan
from jijitsu.tokens import Tokens

_WEEKDAYS = "月火水木金土日"
_OFFSET_UNITS = {"年": "year", "月": "month", "週": "week", "日": "day"}
_MONTHS_IN_HALF_YEAR = 6
_MAX_HOUR, _MINUTES = 24, 60


def find_parts(norm: str, tokens: Tokens, year: int | None) -> Iterator[Parts]:
    """Yield the dates of the text as parts, from left to right, not overlapping.

    ``year`` is the year of publication; it decides whether ``25年`` is a year at all.
    """
    short_years = ShortYears(norm, year)
    starts = {found.start() for found in patterns.START.finditer(norm)}
    starts.update(found.start() for found in relative_pattern().finditer(norm))
    position = 0
    for start in sorted(starts):
        if start < position or not _may_begin(norm, tokens, start):
            continue
        parts = _Reader(norm, start, short_years).read()
        if parts is not None:
            yield parts
            position = parts.end


def _may_begin(norm: str, tokens: Tokens, start: int) -> bool:
    """Kanji numerals are numbers only where the tagger says so (一時 is none)."""
    if relative_pattern().match(norm, start):
        # 一昨年 is one word; of kana only a token says where one begins (あす).
        return not patterns.HIRAGANA.match(norm, start) or tokens.starts_at(start)
    kanji = patterns.KANJI_RUN.match(norm, start)
    return kanji is None or tokens.is_number(start, kanji.end())


class _Reader(DayCursor):
    """Reads the one date that begins at ``start``."""

    def __init__(self, norm: str, start: int, short_years: ShortYears) -> None:
        super().__init__(norm, start)
        self.short_years = short_years

    def read(self) -> Parts | None:
        """Return the parts of the date that begins here, or None if none does."""
        for rule in self._rules():
            if rule():
                self.parts.end = self.position
                return None if self.parts.is_empty else self.parts
        return None

    def _rules(self) -> tuple[Callable[[], bool], ...]:
        """Return the rules that can hold for what the date begins with, in their order."""
        first = self.norm[self.position]
        if not first.isascii():
            return (
                self._offset,
                self._weekday,
                self._relative_season,
                self._decade,
                self._year,
                self._relative_word,
                self._without_year,
            )
        if first.isalpha():
            return (
                self._english,
                self._decade,
                self._year,
                self._relative_word,
                self._without_year,
            )
        return (
            self._cell,
            self._clock_range,
            self._iso,
            self._english,
            self._offset,
            self._decade,
            self._year,
            self._without_year,
        )

    def _cell(self) -> bool:
        """A year or a clock time that fills a cell of a table."""
        found = patterns.CELL.match(self.norm, self.position) if self._before(1) == "|" else None
        if not found:
            return False
        for part in ("year", "month", "day", "hour", "minute"):
            if found[part]:
                setattr(self.parts, part, int(found[part]))
        if (self.parts.hour or 0) > _MAX_HOUR or self.parts.minute >= _MINUTES:
            return False
        self.parts.start += found[0].startswith(" ")
        self.position = found.end()
        return True

    def _clock_range(self) -> bool:
        """18:00〜20:00: two clock times; one alone may be a ratio or a score."""
        found = patterns.CLOCK_RANGE.match(self.norm, self.position)
        if not found and patterns.CLOCK_RANGE_BEFORE.search(self._before(8)):
            found = patterns.CLOCK.match(self.norm, self.position)
        if found:
            self.parts.hour, self.parts.minute = int(found[1]), int(found[2])
            self.position = found.end()
        return found is not None

    def _iso(self) -> bool:
        found = self._match(patterns.ISO)
        if found:
            self.parts.year, self.parts.month = int(found[1]), int(found[3])
            self.parts.day = int(found[4])
            self._clock()
            return True
        if self._before(1) in {"/", "-", "."}:
            return False
        found = self._match(patterns.ISO_MONTH)
        if found:
            self.parts.year, self.parts.month = int(found[1]), int(found[2])
            return True
        found = patterns.SLASH_DAY.match(self.norm, self.position)
        if not found and patterns.SLASH_DAY_BEFORE.search(self._before(8)):
            found = patterns.SLASH_DAY_BEHIND.match(self.norm, self.position)
        if found:
            self.parts.month, self.parts.day = int(found[1]), int(found[2])
            self.position = found.end(2)
        return found is not None

    def _offset(self) -> bool:
        """3年前, 半年後, 数日前: counted from publication; with an anchor of its own, no date."""
        found = patterns.AGO.match(self.norm, self.position)
        if not found or (found[4] == "後" and patterns.ANCHORED.search(self._before(8))):
            return False
        relative = _offset(found)
        if relative is None:
            return False
        self.parts.relative = relative
        self.position = found.end()
        if relative.unit == "year" and relative.last_offset is None:
            # 4年前の9月
            self._month()
        return True

    def _weekday(self) -> bool:
        found = patterns.BARE_WEEKDAY.match(self.norm, self.position)
        if not found or patterns.NO_WEEKDAY_BEFORE.search(self._before(2)):
            return False
        self.parts.weekday = _WEEKDAYS.index(found[1])
        self.position = found.end()
        return True

    def _relative_season(self) -> bool:
        found = self._match(patterns.RELATIVE_SEASON)
        if found:
            offset = {"昨": -1, "来": 1, "翌": 1}.get(found[1], 0)
            anchor = "previous" if found[1] == "翌" else "published"
            self.parts.relative = Relative("year", offset, anchor)  # type: ignore[arg-type]
            self.parts.season = patterns.SEASON_CODES[found[2]]
        return found is not None

    def _decade(self) -> bool:
        found = self._match(patterns.CENTURY)
        if found:
            self.parts.century = value_of(found[1])
            self._part()
            return True
        found = self._match(patterns.DECADE)
        if not found:
            return False
        self.parts.decade = _full_decade(
            value_of(found[1]) if len(found[1]) < 4 else year_value(found[1])  # noqa: PLR2004
        )
        self._section() or self._part()
        return True

    def _year(self) -> bool:
        if not (self._year_range() or self._absolute_year()):
            return False
        if self.parts.year_end is None:
            self._within_year()
        return True

    def _year_range(self) -> bool:
        found = patterns.YEAR_RANGE.match(self.norm, self.position)
        if not found:
            return False
        first = self._any_year(found[1] or found[3])
        if first is None or (found[3] and not self.short_years.evident):
            return False
        last = short_or_full(found[2] or found[4], first)
        if not first < last:
            return False
        self.parts.year, self.parts.year_end = first, last
        self.position = found.end()
        if self.norm.startswith("度", self.position):
            self.parts.fiscal = True
            self.position += 1
        return True

    def _any_year(self, digits: str) -> int | None:
        return year_value(digits) if len(digits) == 4 else self.short_years.full(int(digits))  # noqa: PLR2004

    def _absolute_year(self) -> bool:
        if found := self._match(patterns.FISCAL):
            self.parts.year = self._any_year(found[1] or found[2])
            self.parts.fiscal = True
            return self.parts.year is not None
        if found := self._match(patterns.QUARTER_YEAR):
            self.parts.quarter, self.parts.year = int(found[1]), int(found[2])
            return True
        if found := self._match(patterns.YEAR_QUARTER):
            self.parts.year, self.parts.quarter = int(found[1]), int(found[2] or found[3])
            return True
        if found := self._match(patterns.YEAR):
            self.parts.year = year_value(found[1])
            return True
        if found := self._match(patterns.ERA_YEAR):
            self.parts.year = eras()[found[1]] + value_of(found[2]) - 1
            return True
        if found := self._match(patterns.APOSTROPHE_YEAR):
            self.parts.year = self.short_years.full(int(found[1]))
            return self.parts.year is not None
        found = patterns.SHORT_YEAR.match(self.norm, self.position)
        if found:
            self.parts.year = self.short_years.read(found.start(), found.end(1))
            if self.parts.year is not None:
                self.position = found.end()
                return True
        return False

    def _within_year(self) -> None:
        """Read what follows a year: 度, months, quarters, halves, seasons, 末."""
        if self.norm.startswith("度", self.position):
            self.parts.fiscal = True
            self.position += 1
        elif self.norm.startswith("内", self.position) and self.parts.year is not None:
            self.position += 1
            return
        if self.parts.fiscal:
            self._quarter() or self._half() or self._part()
            return
        if self.parts.quarter is not None:
            return
        self._new_years_day() or self._month() or self._quarter() or self._half() or self._season() or self._part()

    def _relative_word(self) -> bool:
        found = relative_pattern().match(self.norm, self.position)
        if not found:
            return False
        word = relative_words()[found[0]]
        if word.not_followed_by and word.not_followed_by.match(self.norm, found.end()):
            return False
        if found[0] in patterns.NOT_AFTER and patterns.NOT_AFTER[found[0]].search(self._before(1)):
            return False
        self.position = found.end()
        self.parts.relative, self.parts.mod = word.relative, word.mod
        unit = word.relative.unit
        self.parts.fiscal = unit == "fiscal_year"
        if unit in {"year", "fiscal_year"} and word.mod is None:
            self._within_year()
        elif unit == "weekend":
            self._bare_day()
        elif unit == "month" and word.mod is None:
            self._day() or self._section() or self._part()
        elif unit == "week":
            if found := self._match(patterns.WEEKDAY):
                self.parts.weekday = _WEEKDAYS.index(found[1])
        elif unit == "day":
            self._bare_day() or self._time()
        return True

    def _without_year(self) -> bool:
        if self._month() or self._new_years_day():
            return True
        if self._bare_day() or self._bare_quarter():
            return True
        if self.norm.startswith(("上", "下"), self.position):
            return self._half()
        return self._time() and self.parts.hour is not None


def year_value(digits: str) -> int:
    """Return a four-digit year, arabic or positional kanji."""
    return int(next(scan(digits)).value.low)


def short_or_full(digits: str, first: int) -> int:
    """Return the right end of a range of years, which may leave out the century (2025～27年)."""
    return int(digits) if len(digits) == 4 else first - first % 100 + int(digits)  # noqa: PLR2004


def _full_decade(year: int) -> int:
    """Return the first year of a decade; 90年代 is of the last century, 20年代 of this one."""
    if year >= 1000:  # noqa: PLR2004
        return year
    return year + (1900 if year >= 40 else 2000)  # noqa: PLR2004


def _offset(found: re.Match[str]) -> Relative | None:
    sign = 1 if found[4] == "後" else -1
    unit = _OFFSET_UNITS[found[2][-1] if found[2] != "週間" else "週"]
    if found[1] == "半":
        if unit != "year":
            return None
        return Relative("month", sign * _MONTHS_IN_HALF_YEAR)
    number = next(scan(found[1]), None)
    if number is None or number.end != len(found[1]):
        return None
    value: Interval = number.value
    if found[3] and unit == "year":
        return Relative("month", sign * (int(value.low) * 12 + _MONTHS_IN_HALF_YEAR))
    days = DAYS_IN_WEEK if unit == "week" else 1
    ends = sorted((sign * int(value.low) * days, sign * int(value.high) * days))
    last = ends[1] if ends[1] != ends[0] else None
    unit = "day" if unit == "week" else unit
    return Relative(unit, ends[0], last_offset=last)  # type: ignore[arg-type]
