"""From the parts of a date to its place on the calendar.

What a date leaves out is taken from the day of publication, or from the dates before it in
the article (同日, 翌年).  A month or day with no year is the one nearest to publication that
the tense allows, the past one where nothing says.
"""

from __future__ import annotations

import datetime
import re

from jijitsu.dates.nearest import has_just_ended, nearest_month, nearest_year
from jijitsu.dates.parts import Parts, Relative
from jijitsu.dates.periods import Periods
from jijitsu.dates.places import (
    Place,
    at,
    business_period,
    day_place,
    decade,
    month_range,
    month_section,
    portion_start,
    shifted,
    week_of_month,
    whole_year,
    years,
)
from jijitsu.dates.tense import tense_behind
from jijitsu.timex import FISCAL_YEAR_START_MONTH, SEASON_START_MONTH, months

_JOINTS = frozenset({"から", "~", "-", "–", "—", "、", "と", "及び", "および", "・", "〜"})
_MONTHS = 12
_AUTUMN = 9
# 前日の終値: looked at only to compare, so that 同日 behind it is another day.
_GLANCE = re.compile("の(?:終値|株価|平均)|までの")
_GLANCE_BACK = re.compile("の?(?:終値|株価|水準|晩|夜)|から|まで")
# The news is of a day so near to publication; another paragraph's 同日 is that day.
_NEWS = datetime.timedelta(days=7)
# A day as near as this to publication is one on its own, also in a list (10月1日に始めると24日発表した).
_JUST_NOW = datetime.timedelta(days=3)
_SENTENCE_END = re.compile(r"[。\n]")
# 2021年以来: a year looked back to, that 前年 behind it does not count from.
_LOOKED_BACK_TO = re.compile("以来|ぶり")
# What makes a period one to come.
_FORECAST = re.compile(r"(?:の|は)?[^。]{0,20}(?:見通し|見込|予想|予測|計画)")


class Resolver:
    """Places the dates of one article in their order, remembering what was said before."""

    def __init__(self, norm: str, published: datetime.date | None) -> None:
        """Start with nothing said yet."""
        self._norm = norm
        self._published = published
        # Companies that close in March are the rule: there 第1四半期 begins in April.
        self._fiscal = "年度" in norm or "3月期" in norm
        self._periods = Periods(norm, published)
        self._last: Parts | None = None
        self._year: int | None = None
        self._month: tuple[int, int] | None = None
        self._day: datetime.date | None = None
        self._week: datetime.date | None = None
        self._news: datetime.date | None = None
        self._day_end = 0

    def place(self, parts: Parts) -> Place | None:
        """Return where the date lies; None where it can't be placed or is on no calendar."""
        try:
            place = self._place(parts)
        except (ValueError, OverflowError):
            # No such day (2月30日), or a year that calendars do not reach.
            return None
        if place is not None:
            self._remember(parts, place)
        return place

    def _place(self, parts: Parts) -> Place | None:
        if parts.century is not None:
            first_year = (parts.century - 1) * 100
            value = str(parts.century - 1).zfill(2)
            return Place(value, *months(first_year, 1, 1200), parts.mod)
        if parts.decade is not None:
            return decade(parts)
        relative = parts.relative
        if relative is not None and (
            relative.last_offset is not None or relative.unit not in {"year", "fiscal_year"}
        ):
            return self._relative_place(parts, relative)
        year = self._year_of(parts)
        if parts.year_end is not None and year is not None:
            return years(year, parts)
        return self._within_year(parts, year)

    def _relative_place(self, parts: Parts, relative: Relative) -> Place | None:
        if relative.unit == "period":
            return self._periods.same_period(relative)
        if relative.unit == "business_year":
            return self._periods.business_year(relative)
        if parts.day is not None and relative.unit in {"day", "week", "weekend"}:
            # 昨日11日, 前週末14日: the number says which day it was.
            return self._bare_day(parts)
        return self._relative(parts)

    def _within_year(self, parts: Parts, year: int | None) -> Place | None:
        if parts.month is not None:
            return self._month_place(parts, year)
        if parts.day is not None:
            return self._bare_day(parts)
        if parts.quarter is not None or parts.half is not None:
            return self._portion(parts, year)
        if parts.weekday is not None:
            return self._weekday(parts)
        if parts.hour is not None:
            day = self._day or self._published
            return at(parts, day) if day else None
        return whole_year(parts, year) if year is not None else None

    def _year_of(self, parts: Parts) -> int | None:
        relative = parts.relative
        if parts.year is not None or relative is None:
            return parts.year
        base = self._base_year(relative, parts)
        if base is None:
            return None
        return base + relative.offset

    def _base_year(self, relative: Relative, parts: Parts) -> int | None:
        published = self._published
        if relative.anchor == "previous" and self._year is not None:
            return self._year
        if published is None:
            return None
        if relative.unit == "fiscal_year":
            return published.year - (published.month < FISCAL_YEAR_START_MONTH)
        if relative.anchor == "new_year":
            # 年明け is the turn of the year nearest to publication.
            return published.year + (published.month >= _AUTUMN)
        if parts.season == "WI" and published.month < SEASON_START_MONTH["SP"]:
            return published.year - 1
        return published.year

    def _relative(self, parts: Parts) -> Place | None:
        relative = parts.relative
        if relative is None:
            return None
        base = self._base_day(relative, parts.start)
        if base is None:
            return None
        first = shifted(relative, relative.offset, base, parts)
        if relative.last_offset is None:
            return first
        last = shifted(relative, relative.last_offset, base, parts)
        return Place(f"{first.value}/{last.value}", first.first, last.last, "APPROX")

    def _base_day(self, relative: Relative, position: int) -> datetime.date | None:
        if relative.anchor != "previous":
            return self._published
        if relative.unit == "month" and self._month:
            return datetime.date(*self._month, 1)
        if relative.unit == "day" and self._day:
            elsewhere = "\n" in self._norm[self._day_end : position]
            return (elsewhere and not self._is_news(self._day) and self._news) or self._day
        if relative.unit == "quarter" and self._periods.results:
            return self._periods.results[0]
        if relative.unit == "week" and self._week:
            return self._week
        return self._published

    def _month_place(self, parts: Parts, year: int | None) -> Place | None:
        month = parts.month
        if month is None:
            return None
        if year is None:
            year = self._nearest_year(parts, month)
            if year is None:
                return None
        if parts.period_end is not None:
            return business_period(parts, year, month)
        if parts.month_end is not None:
            return month_range(year, month, parts.month_end)
        if parts.week is not None:
            return week_of_month(year, month, parts.week)
        if parts.day is None:
            return month_section(parts, year, month)
        return day_place(parts, year, month)

    def _nearest_year(self, parts: Parts, month: int) -> int | None:
        last = self._last
        if (
            last is not None
            and self._year is not None
            and (last.month is not None or last.day is None)
            and self._is_joined(last, parts)
        ):
            # 2024年7月から9月: the right end lies behind the left one.
            return self._year + (self._month is not None and self._month[1] > month)
        if self._published is None:
            return self._year
        tense = tense_behind(self._norm, parts.end)
        if parts.is_period and (
            not _FORECAST.match(self._norm, parts.end)
            or has_just_ended(self._published, parts.month_end or month)
        ):
            # Results of a period are reported when it is over, whatever the tense; what is
            # expected of one that has just ended is not yet those of the next.
            tense = "past"
        return nearest_year(self._published, month, parts.day, tense, parts.month_end)

    def _bare_day(self, parts: Parts) -> Place | None:
        day = parts.day or 0
        last = self._last
        if last is not None and self._month and self._is_joined(last, parts):
            return day_place(parts, *self._month)
        if self._published is None:
            return day_place(parts, *self._month) if self._month else None
        tense = tense_behind(self._norm, parts.end)
        month = nearest_month(self._published, day, tense)
        listed = self._listed_month(parts, day)
        if listed and abs(self._published - datetime.date(*month, day)) > _JUST_NOW:
            month = listed
        return day_place(parts, *month)

    def _listed_month(self, parts: Parts, day: int) -> tuple[int, int] | None:
        """6月3日に50億円、7日には480億円: the month of the date before in the same sentence."""
        if (
            self._day is None
            or self._published is None
            or _SENTENCE_END.search(self._norm, self._day_end, parts.start)
        ):
            return None
        month = self._day.year, self._day.month
        if day > months(*month, 1)[1].day:
            return None
        if self._day < self._published:
            return month if self._day.day < day else None
        return month if datetime.date(*month, day) >= self._published else None

    def _weekday(self, parts: Parts) -> Place | None:
        if self._published is None or parts.weekday is None:
            return None
        back = (self._published.weekday() - parts.weekday) % 7
        day = self._published - datetime.timedelta(days=back)
        if back and tense_behind(self._norm, parts.end) == "future":
            day += datetime.timedelta(days=7)
        return at(parts, day)

    def _portion(self, parts: Parts, year: int | None) -> Place | None:
        """A quarter or half, of the year that is named, else the last one begun."""
        fiscal = parts.fiscal or (year is None and self._fiscal)
        length, number, mark = (3, parts.quarter, "Q") if parts.quarter else (6, parts.half, "H")
        if number is None:
            return None
        if year is None:
            if self._published is None:
                return None
            year = self._published.year
            start = portion_start(year, number, length, fiscal=fiscal)
            if start > self._published and tense_behind(self._norm, parts.end) != "future":
                year -= 1
        start = portion_start(year, number, length, fiscal=fiscal)
        first, last = months(start.year, start.month, length)
        return Place(f"{'FY' * fiscal}{year}-{mark}{number}", first, last, parts.mod)

    def _is_joined(self, last: Parts, parts: Parts) -> bool:
        gap = self._norm[last.end : parts.start]
        return gap.strip() in _JOINTS

    def _remember(self, parts: Parts, place: Place) -> None:
        self._periods.remember(parts, place)
        self._last = parts
        relative = parts.relative
        behind = self._norm[parts.end : parts.end + 4]
        if (
            parts.decade is None
            and parts.century is None
            and "/" not in place.value
            and not _LOOKED_BACK_TO.match(behind)
        ):
            self._year = place.first.year
        if place.first == place.last:
            looks_back = relative is not None and relative.offset < 0
            if not (_GLANCE_BACK if looks_back else _GLANCE).match(behind):
                self._remember_day(parts, place.first)
        elif parts.month is not None or (relative is not None and relative.unit == "month"):
            self._month = (place.first.year, place.first.month)
        elif relative is not None and relative.unit == "week":
            self._week = place.first

    def _remember_day(self, parts: Parts, day: datetime.date) -> None:
        self._day = self._week = day
        self._day_end = parts.end
        self._month = (day.year, day.month)
        if self._news is None and self._is_news(day):
            self._news = day

    def _is_news(self, day: datetime.date) -> bool:
        return self._published is not None and self._published - _NEWS <= day <= self._published
