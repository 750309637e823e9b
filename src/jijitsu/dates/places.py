"""Places on the calendar: a TIMEX3 value with its first and last day, from the parts of a date."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from jijitsu.dates.parts import Parts, Relative
from jijitsu.timex import FISCAL_YEAR_START_MONTH, SEASON_START_MONTH, months

_MONTHS = 12
_JANUARY = 1
_HALF_MONTH = 15
_THIRDS = {"上旬": (1, 10), "初旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


@dataclass(frozen=True, slots=True)
class Place:
    """A TIMEX3 value with its first and last day."""

    value: str
    first: datetime.date
    last: datetime.date
    mod: str | None = None


def decade(parts: Parts) -> Place:
    """Return the decade, or the half of it, that is meant."""
    decade = parts.decade or 0
    first, last = months(decade, 1, 120)
    if parts.section == "前半":
        last = months(decade, 1, 60)[1]
    elif parts.section == "後半":
        first = months(decade + 5, 1, 60)[0]
    mod = parts.mod or {"前半": "START", "後半": "END"}.get(parts.section or "")
    return Place(str(decade // 10), first, last, mod)


def years(year: int, parts: Parts) -> Place:
    """Return a range of years that stands for one date (2025～27年)."""
    last_year = parts.year_end or year
    start = FISCAL_YEAR_START_MONTH if parts.fiscal else 1
    prefix = "FY" * parts.fiscal
    first, last = months(year, start, 12 * (last_year - year + 1))
    return Place(f"{prefix}{year}/{prefix}{last_year}", first, last)


def whole_year(parts: Parts, year: int) -> Place:
    """Return a year, calendar or fiscal, or one of its seasons."""
    if parts.season is not None:
        first, last = months(year, SEASON_START_MONTH[parts.season], 3)
        return Place(f"{year}-{parts.season}", first, last, parts.mod)
    start = FISCAL_YEAR_START_MONTH if parts.fiscal else 1
    first, last = months(year, start, 12)
    return Place(f"{'FY' * parts.fiscal}{year}", first, last, parts.mod)


def business_period(parts: Parts, year: int, month: int) -> Place:
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


def month_range(year: int, month: int, month_end: int) -> Place:
    """Return a range of months; a quarter or half of the year is named so."""
    count = (month_end - month) % _MONTHS + 1
    first, last = months(year, month, count)
    if count == 3 and month % 3 == 1:  # noqa: PLR2004  a calendar quarter
        return Place(f"{year}-Q{month // 3 + 1}", first, last)
    if count == 6 and month % 6 == 1:  # noqa: PLR2004  a calendar half
        return Place(f"{year}-H{month // 6 + 1}", first, last)
    return Place(f"{first:%Y-%m}/{last:%Y-%m}", first, last)


def month_section(parts: Parts, year: int, month: int) -> Place:
    """Return a month, or the third or half of it that is meant."""
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


def week_of_month(year: int, month: int, number: int) -> Place:
    """The week that begins on the month's first, second … Monday."""
    first = datetime.date(year, month, 1)
    monday = first + datetime.timedelta(days=-first.weekday() % 7, weeks=number - 1)
    iso_year, week, _ = monday.isocalendar()
    return Place(f"{iso_year}-W{week:02}", monday, monday + datetime.timedelta(days=6))


def day_place(parts: Parts, year: int, month: int) -> Place:
    """Return a day, or a range of days that stands for one date."""
    first = datetime.date(year, month, parts.day or 1)
    if parts.day_end is None:
        return at(parts, first)
    last = datetime.date(year, month, parts.day_end)
    if last < first:
        last = datetime.date(year + month // _MONTHS, month % _MONTHS + 1, parts.day_end)
    return Place(f"{first}/{last}", first, last)


def at(parts: Parts, day: datetime.date) -> Place:
    """Return a day, or the time of day on it."""
    if parts.hour is None:
        return Place(day.isoformat(), day, day, parts.mod)
    return Place(f"{day}T{parts.hour:02}:{parts.minute:02}", day, day, parts.mod)


def portion_start(year: int, number: int, length: int, *, fiscal: bool) -> datetime.date:
    """Return the first day of a quarter (``length`` 3) or half (6) of a year."""
    start = FISCAL_YEAR_START_MONTH if fiscal else _JANUARY
    return months(year, start + length * (number - 1), length)[0]


def shifted(relative: Relative, offset: int, base: datetime.date, parts: Parts) -> Place:
    """Return the unit so many units away from ``base``."""
    match relative.unit:
        case "year" | "fiscal_year":
            return whole_year(parts, base.year + offset)
        case "quarter":
            index = base.year * 4 + (base.month - 1) // 3 + offset
            year, quarter = divmod(index, 4)
            first, last = months(year, 3 * quarter + 1, 3)
            return Place(f"{year}-Q{quarter + 1}", first, last, parts.mod)
        case "month":
            year, month = divmod(base.year * _MONTHS + base.month - 1 + offset, _MONTHS)
            if parts.day is not None:
                return day_place(parts, year, month + 1)
            return month_section(parts, year, month + 1)
        case "day":
            return at(parts, base + datetime.timedelta(days=offset))
    monday = base - datetime.timedelta(days=base.weekday()) + datetime.timedelta(weeks=offset)
    if parts.weekday is not None:
        return at(parts, monday + datetime.timedelta(days=parts.weekday))
    year, week, _ = monday.isocalendar()
    days = (5, 6) if relative.unit == "weekend" else (0, 6)
    first, last = (monday + datetime.timedelta(days=day) for day in days)
    return Place(f"{year}-W{week:02}{'-WE' * (days[0] > 0)}", first, last, parts.mod)


def later(day: datetime.date, years: int) -> datetime.date:
    """Return the first or last day of the same month, some years later."""
    first, last = months(day.year + years, day.month, 1)
    return first if day.day == 1 else last


def spanning(first: datetime.date, last: datetime.date) -> Place:
    """Return the place from the first day of one month to the last day of another."""
    count = (last.year - first.year) * _MONTHS + last.month - first.month + 1
    if count == _MONTHS:
        return business_period_of(last)
    return month_range(first.year, first.month, last.month)


def business_period_of(last: datetime.date) -> Place:
    """Return a whole business year, named by the year that it ends in."""
    parts = Parts(0, year=last.year, month=last.month, period_end=_MONTHS)
    return business_period(parts, last.year, last.month)
