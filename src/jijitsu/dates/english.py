"""Dates of English passages."""

from __future__ import annotations

from jijitsu.dates import patterns
from jijitsu.dates.cursor import Cursor
from jijitsu.dates.parts import Relative

DAYS_IN_WEEK = 7


class EnglishCursor(Cursor):
    """Reads ``September 24, 2025``, ``the third quarter of 2016``, ``two years ago``."""

    def _english(self) -> bool:
        if not patterns.ENGLISH.match(self.norm, self.position):
            return False
        if found := self._match(patterns.ENGLISH_QUARTER):
            self.parts.quarter = patterns.ENGLISH_ORDINALS.index(found[1].lower()) + 1
            self.parts.year = int(found[2])
            return True
        if found := self._match(patterns.ENGLISH_END):
            self.parts.mod, self.parts.year = patterns.ENGLISH_MODS[found[1]], int(found[2])
            return True
        if found := self._match(patterns.ENGLISH_PART):
            self.parts.mod = patterns.ENGLISH_MODS[found[1].lower()]
            self.parts.year = int(found[2])
            return True
        if found := self._match(patterns.ENGLISH_HALF):
            self.parts.half = patterns.ENGLISH_ORDINALS.index(found[1].lower()) + 1
            self.parts.year = int(found[2])
            return True
        return self._english_ago() or self._english_day()

    def _english_ago(self) -> bool:
        found = self._match(patterns.ENGLISH_AGO)
        if found:
            word = found[1].lower()
            number = int(word) if word.isdigit() else patterns.ENGLISH_NUMBERS.index(word)
            unit = found[2].lower()
            days = DAYS_IN_WEEK if unit == "week" else 1
            unit = "day" if unit == "week" else unit
            self.parts.relative = Relative(unit, -number * days)  # type: ignore[arg-type]
        return found is not None

    def _english_day(self) -> bool:
        found = patterns.ENGLISH_DAY.match(self.norm, self.position)
        if found:
            month = patterns.english_month(found["month"] or found["month2"])
            if month is None:
                return False
            self.parts.month = month
            self.parts.day = int(found["day"]) if found["day"] else None
            year = found["year"] or found["year2"]
            self.parts.year = int(year) if year else None
            self.position = found.end()
            return True
        if found := self._match(patterns.ENGLISH_DECADE):
            self.parts.decade = int(found[1])
            return True
        found = patterns.DAY_ENGLISH.match(self.norm, self.position)
        if found:
            month = patterns.english_month(found[2])
            if month is None:
                return False
            self.parts.month = month
            self.parts.day, self.parts.year = int(found[1]), int(found[3]) if found[3] else None
            self.position = found.end()
            return True
        if not patterns.ENGLISH_PREPOSITION.search(self._before(6)):
            return False
        if found := self._match(patterns.ENGLISH_YEAR):
            self.parts.year = int(found[0])
        elif found := self._match(patterns.ENGLISH_MONTH):
            self.parts.month = patterns.english_month(found[0])
        return found is not None
