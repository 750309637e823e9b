"""From the parts of a date to its place on the calendar.

What a date leaves out is taken from the day of publication, or from the dates before it in
the article (同日, 翌年).  A month or day with no year is the one nearest to publication that
the tense allows, the past one where nothing says.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from jijitsu.dates.parts import Parts, Relative
from jijitsu.dates.tense import Tense, tense_behind
from jijitsu.timex import FISCAL_YEAR_START_MONTH, SEASON_START_MONTH, months

_HALF_MONTH = 15
_THIRDS = {"上旬": (1, 10), "初旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_JOINTS = frozenset({"から", "~", "-", "–", "—", "、", "と", "及び", "および", "・", "〜"})
_MONTHS = 12
_JANUARY, _AUTUMN = 1, 9
# What makes a period one to come.
_FORECAST = re.compile(r"(?:の|は)?[^。]{0,20}(?:見通し|見込|予想|予測|計画)")
_SLACK = datetime.timedelta(days=2)
_FAR = datetime.timedelta(days=300)
_SOON = datetime.timedelta(days=45)
_LONG_PAST = datetime.timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Place:
    """A TIMEX3 value with its first and last day."""

    value: str
    first: datetime.date
    last: datetime.date
    mod: str | None = None


class Resolver:
    """Places the dates of one article in their order, remembering what was said before."""

    def __init__(self, norm: str, published: datetime.date | None) -> None:
        """Start with nothing said yet."""
        self._norm = norm
        self._published = published
        # Companies that close in March are the rule: there 第1四半期 begins in April.
        self._fiscal = "年度" in norm or "3月期" in norm
        self._period: tuple[datetime.date, datetime.date] | None = None
        self._results: tuple[datetime.date, datetime.date] | None = None
        self._last: Parts | None = None
        self._year: int | None = None
        self._month: tuple[int, int] | None = None
        self._day: datetime.date | None = None
        self._week: datetime.date | None = None

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

    def _place(self, parts: Parts) -> Place | None:  # noqa: PLR0911  one way out per granularity
        if parts.century is not None:
            first_year = (parts.century - 1) * 100
            return _span(str(parts.century - 1).zfill(2), *months(first_year, 1, 1200), parts.mod)
        if parts.decade is not None:
            return _decade(parts)
        relative = parts.relative
        if relative is not None and relative.last_offset is not None:
            return self._relative(parts)
        if relative is not None and relative.unit == "period":
            return self._same_period(relative)
        if relative is not None and relative.unit == "business_year":
            return self._business_year(relative)
        if relative is not None and relative.unit not in {"year", "fiscal_year"}:
            # 昨日11日, 前週末14日: the number says which day it was.
            if parts.day is not None and relative.unit != "month":
                return self._bare_day(parts)
            return self._relative(parts)
        year = self._year_of(parts)
        if parts.year_end is not None and year is not None:
            return _years(year, parts)
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
            return _at(parts, day) if day else None
        if year is None:
            return None
        return _whole_year(parts, year)

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
        base = self._base_day(relative)
        if base is None:
            return None
        first = _shifted(relative, relative.offset, base, parts)
        if relative.last_offset is None:
            return first
        last = _shifted(relative, relative.last_offset, base, parts)
        return Place(f"{first.value}/{last.value}", first.first, last.last, "APPROX")

    def _same_period(self, relative: Relative) -> Place | None:
        """前年同期: the last period that results were given for, a year earlier."""
        if self._results is None:
            return None
        first, last = (_later(day, relative.offset) for day in self._results)
        return Place(f"{first:%Y-%m}/{last:%Y-%m}", first, last)

    def _business_year(self, relative: Relative) -> Place | None:
        """今期, 前期: counted from the business year that the article spoke of last."""
        if self._period is None:
            return None
        years = relative.offset
        if relative.anchor == "published" and self._published is not None:
            while _later(self._period[1], years) < self._published:
                years += 1
        first, last = (_later(day, years) for day in self._period)
        return Place(f"{first:%Y-%m}/{last:%Y-%m}", first, last)

    def _base_day(self, relative: Relative) -> datetime.date | None:
        if relative.anchor != "previous":
            return self._published
        if relative.unit == "month" and self._month:
            return datetime.date(*self._month, 1)
        if relative.unit == "day" and self._day:
            return self._day
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
            return _business_period(parts, year, month)
        if parts.month_end is not None:
            return _month_range(year, month, parts.month_end)
        if parts.week is not None:
            return _week_of_month(year, month, parts.week)
        if parts.day is None:
            return _month_section(parts, year, month)
        return _day_place(parts, year, month)

    def _nearest_year(self, parts: Parts, month: int) -> int | None:
        last = self._last
        if last is not None and self._year is not None and self._is_joined(last, parts):
            # 2024年7月から9月: the right end lies behind the left one.
            return self._year + (self._month is not None and self._month[1] > month)
        if self._published is None:
            return self._year
        tense = tense_behind(self._norm, parts.end)
        if parts.is_period and not _FORECAST.match(self._norm, parts.end):
            # Results of a period are reported when it is over, whatever the tense.
            tense = "past"
        return nearest_year(self._published, month, parts.day, tense)

    def _bare_day(self, parts: Parts) -> Place | None:
        day = parts.day or 0
        last = self._last
        if last is not None and self._month and self._is_joined(last, parts):
            return _day_place(parts, *self._month)
        if self._published is None:
            return _day_place(parts, *self._month) if self._month else None
        tense = tense_behind(self._norm, parts.end)
        return _day_place(parts, *nearest_month(self._published, day, tense))

    def _weekday(self, parts: Parts) -> Place | None:
        if self._published is None or parts.weekday is None:
            return None
        back = (self._published.weekday() - parts.weekday) % 7
        day = self._published - datetime.timedelta(days=back)
        if back and tense_behind(self._norm, parts.end) == "future":
            day += datetime.timedelta(days=7)
        return _at(parts, day)

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
            start = _portion_start(year, number, length, fiscal=fiscal)
            if start > self._published and tense_behind(self._norm, parts.end) != "future":
                year -= 1
        start = _portion_start(year, number, length, fiscal=fiscal)
        first, last = months(start.year, start.month, length)
        return Place(f"{'FY' * fiscal}{year}-{mark}{number}", first, last, parts.mod)

    def _is_joined(self, last: Parts, parts: Parts) -> bool:
        gap = self._norm[last.end : parts.start]
        return gap.strip() in _JOINTS

    def _remember(self, parts: Parts, place: Place) -> None:
        self._last = parts
        relative = parts.relative
        if parts.decade is None and parts.century is None and "/" not in place.value:
            self._year = place.first.year
        if parts.period_end == _MONTHS and parts.quarter is None and parts.half is None:
            self._period = (place.first, place.last)
        if place.first != place.last and parts.decade is None and parts.season is None:
            self._results = (place.first, place.last)
        if place.first == place.last:
            self._day = self._week = place.first
            self._month = (place.first.year, place.first.month)
        elif parts.month is not None or (relative is not None and relative.unit == "month"):
            self._month = (place.first.year, place.first.month)
        elif relative is not None and relative.unit == "week":
            self._week = place.first


def nearest_year(
    published: datetime.date, month: int, day: int | None, tense: Tense | None
) -> int:
    """Return the year of the month (and day) nearest to publication that the tense allows."""
    year = published.year
    if _begin(year, month, day) > published + _SLACK:
        year -= 1
    if _end(year, month, day) >= published:
        return year
    since = published - _end(year, month, day)
    ahead = _begin(year + 1, month, day) - published
    return year + _is_ahead(tense, since if day else since / 2, ahead)


def nearest_month(published: datetime.date, day: int, tense: Tense | None) -> tuple[int, int]:
    """Return the year and month of the day nearest to publication that the tense allows."""
    index = published.year * _MONTHS + published.month - 1
    if day > published.day + _SLACK.days:
        index -= 1
    past = _begin(*_year_and_month(index), day)
    ahead = _begin(*_year_and_month(index + 1), day) - published
    if past < published:
        index += _is_ahead(tense, published - past, ahead)
    return _year_and_month(index)


def _is_ahead(
    tense: Tense | None, since: datetime.timedelta, ahead: datetime.timedelta
) -> bool:
    """Whether the coming one of two dates is meant: the last one lies ``since`` back.

    A date up to :data:`_SLACK` after publication counts as past: pages carry the day of
    another time zone, or go out the evening before.  A future farther than :data:`_FAR`
    would be written with its year, and so would a past almost a year back.
    """
    if tense == "past":
        return False
    if tense == "future":
        return ahead <= _FAR and since > _SLACK
    if tense == "perhaps_future":
        return ahead <= since
    return ahead <= _SOON and since >= _LONG_PAST


def _later(day: datetime.date, years: int) -> datetime.date:
    """Return the first or last day of the same month, some years later."""
    first, last = months(day.year + years, day.month, 1)
    return first if day.day == 1 else last


def _year_and_month(index: int) -> tuple[int, int]:
    year, month = divmod(index, _MONTHS)
    return year, month + 1


def _begin(year: int, month: int, day: int | None) -> datetime.date:
    first, last = months(year, month, 1)
    return first.replace(day=min(day or 1, last.day))


def _end(year: int, month: int, day: int | None) -> datetime.date:
    return _begin(year, month, day) if day else months(year, month, 1)[1]


def _span(value: str, first: datetime.date, last: datetime.date, mod: str | None) -> Place:
    return Place(value, first, last, mod)


def _decade(parts: Parts) -> Place:
    decade = parts.decade or 0
    first, last = months(decade, 1, 120)
    if parts.section == "前半":
        last = months(decade, 1, 60)[1]
    elif parts.section == "後半":
        first = months(decade + 5, 1, 60)[0]
    mod = parts.mod or {"前半": "START", "後半": "END"}.get(parts.section or "")
    return Place(str(decade // 10), first, last, mod)


def _years(year: int, parts: Parts) -> Place:
    last_year = parts.year_end or year
    start = FISCAL_YEAR_START_MONTH if parts.fiscal else 1
    prefix = "FY" * parts.fiscal
    first, last = months(year, start, 12 * (last_year - year + 1))
    return Place(f"{prefix}{year}/{prefix}{last_year}", first, last)


def _whole_year(parts: Parts, year: int) -> Place:
    if parts.season is not None:
        first, last = months(year, SEASON_START_MONTH[parts.season], 3)
        return Place(f"{year}-{parts.season}", first, last, parts.mod)
    start = FISCAL_YEAR_START_MONTH if parts.fiscal else 1
    first, last = months(year, start, 12)
    return Place(f"{'FY' * parts.fiscal}{year}", first, last, parts.mod)


def _business_period(parts: Parts, year: int, month: int) -> Place:
    """2026年3月期 runs from April 2025 and is FY2025; its quarters count from there."""
    length = parts.period_end or _MONTHS
    start_index = year * _MONTHS + month - length
    start_year, start_month = divmod(start_index, _MONTHS)
    if parts.quarter is not None:
        first, last = months(start_year, start_month + 1 + 3 * (parts.quarter - 1), 3)
        return Place(f"FY{start_year}-Q{parts.quarter}", first, last)
    if parts.half is not None:
        first, last = months(start_year, start_month + 1 + 6 * (parts.half - 1), 6)
        return Place(f"FY{start_year}-H{parts.half}", first, last)
    first, last = months(start_year, start_month + 1, length)
    if length == _MONTHS and month in {FISCAL_YEAR_START_MONTH - 1, _MONTHS}:
        # A year that ends in March is the fiscal year, one that ends in December the plain one.
        value = f"FY{start_year}" if month < _MONTHS else str(year)
    else:
        value = f"{first:%Y-%m}/{last:%Y-%m}"
    return Place(value, first, last, parts.mod)


def _month_range(year: int, month: int, month_end: int) -> Place:
    count = (month_end - month) % _MONTHS + 1
    first, last = months(year, month, count)
    if count == 3 and month % 3 == 1:  # noqa: PLR2004  a calendar quarter
        return Place(f"{year}-Q{month // 3 + 1}", first, last)
    if count == 6 and month % 6 == 1:  # noqa: PLR2004  a calendar half
        return Place(f"{year}-H{month // 6 + 1}", first, last)
    return Place(f"{first:%Y-%m}/{last:%Y-%m}", first, last)


def _month_section(parts: Parts, year: int, month: int) -> Place:
    first, last = months(year, month, 1)
    section = parts.section
    if section in _THIRDS:
        begin, end = _THIRDS[section]
        return Place(
            f"{year}-{month:02}",
            first.replace(day=begin),
            first.replace(day=min(end, last.day)),
            parts.mod,
        )
    if section == "前半":
        last, mod = first.replace(day=_HALF_MONTH), "START"
    elif section == "後半":
        first, mod = first.replace(day=_HALF_MONTH + 1), "END"
    else:
        mod = parts.mod or ""
    return Place(f"{year}-{month:02}", first, last, mod or None)


def _week_of_month(year: int, month: int, number: int) -> Place:
    """The week that begins on the month's first, second … Monday."""
    first = datetime.date(year, month, 1)
    monday = first + datetime.timedelta(days=-first.weekday() % 7, weeks=number - 1)
    iso_year, week, _ = monday.isocalendar()
    return Place(f"{iso_year}-W{week:02}", monday, monday + datetime.timedelta(days=6))


def _day_place(parts: Parts, year: int, month: int) -> Place:
    first = datetime.date(year, month, parts.day or 1)
    if parts.day_end is None:
        return _at(parts, first)
    last = datetime.date(year, month, parts.day_end)
    if last < first:
        last = datetime.date(year + month // _MONTHS, month % _MONTHS + 1, parts.day_end)
    return Place(f"{first}/{last}", first, last)


def _at(parts: Parts, day: datetime.date) -> Place:
    if parts.hour is None:
        return Place(day.isoformat(), day, day, parts.mod)
    return Place(f"{day}T{parts.hour:02}:{parts.minute:02}", day, day, parts.mod)


def _portion_start(year: int, number: int, length: int, *, fiscal: bool) -> datetime.date:
    start = FISCAL_YEAR_START_MONTH if fiscal else _JANUARY
    return months(year, start + length * (number - 1), length)[0]


def _shifted(relative: Relative, offset: int, base: datetime.date, parts: Parts) -> Place:
    match relative.unit:
        case "year" | "fiscal_year":
            return _whole_year(parts, base.year + offset)
        case "quarter":
            index = base.year * 4 + (base.month - 1) // 3 + offset
            year, quarter = divmod(index, 4)
            first, last = months(year, 3 * quarter + 1, 3)
            return Place(f"{year}-Q{quarter + 1}", first, last, parts.mod)
        case "month":
            year, month = divmod(base.year * _MONTHS + base.month - 1 + offset, _MONTHS)
            if parts.day is not None:
                return _day_place(parts, year, month + 1)
            return _month_section(parts, year, month + 1)
        case "day":
            return _at(parts, base + datetime.timedelta(days=offset))
    monday = base - datetime.timedelta(days=base.weekday()) + datetime.timedelta(weeks=offset)
    if parts.weekday is not None:
        return _at(parts, monday + datetime.timedelta(days=parts.weekday))
    year, week, _ = monday.isocalendar()
    days = (5, 6) if relative.unit == "weekend" else (0, 6)
    first, last = (monday + datetime.timedelta(days=day) for day in days)
    return Place(f"{year}-W{week:02}{'-WE' * (days[0] > 0)}", first, last, parts.mod)


