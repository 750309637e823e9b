"""TIMEX3 date values: from the value to the first and last day it covers.

The values are those of TIMEX3's VAL attribute (ISO-TimeML): ``2025-09-24``, ``2025-09``,
``2025-W39``, ``2025-Q3``, ``2025-H2``, ``2025-SP``, ``2025``, ``201`` (a decade),
``20`` (a century's first two digits), ``2025-09-24T10:00``; fiscal years (``FY2025``, with
``-Q3`` and ``-H1``) follow the Japanese year from April to March.
"""

from __future__ import annotations

import calendar
import datetime
import re

FISCAL_YEAR_START_MONTH = 4
# The meteorological seasons; winter begins in December and ends in the next year.
SEASON_START_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

_VALUE = re.compile(
    r"(?P<fiscal>FY)?(?P<year>[0-9]{2,4})"
    r"(?:-(?:W(?P<week>[0-9]{2})|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)"
    r"|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?:T(?:[0-9]{2}(?::[0-9]{2})*|[A-Z]{2}))?)?))?"
)


class InvalidTimexError(ValueError):
    """A value that names no day of the calendar."""


def timex_bounds(value: str) -> tuple[str, str]:
    """Return the first and the last day of a TIMEX3 value, as ISO dates.

    >>> timex_bounds("2025-Q3")
    ('2025-07-01', '2025-09-30')
    >>> timex_bounds("FY2025")
    ('2025-04-01', '2026-03-31')
    >>> timex_bounds("201")
    ('2010-01-01', '2019-12-31')

    Raises:
        InvalidTimexError: the value can't be read or names no such day.
    """
    found = _VALUE.fullmatch(value)
    if not found:
        raise InvalidTimexError(f"{value!r} is no TIMEX3 date")
    try:
        first, last = _bounds(found)
    except ValueError as error:
        raise InvalidTimexError(f"{value!r}: {error}") from error
    return first.isoformat(), last.isoformat()


def _bounds(found: re.Match[str]) -> tuple[datetime.date, datetime.date]:
    digits = found["year"]
    missing = len("2025") - len(digits)
    if missing:
        width = 10**missing
        first_year = int(digits) * width
        return months(first_year, 1, 12 * width)
    year = int(digits)
    start = FISCAL_YEAR_START_MONTH if found["fiscal"] else 1
    if found["week"]:
        monday = datetime.date.fromisocalendar(year, int(found["week"]), 1)
        return monday, monday + datetime.timedelta(days=6)
    if found["quarter"]:
        return months(year, start + 3 * (int(found["quarter"]) - 1), 3)
    if found["half"]:
        return months(year, start + 6 * (int(found["half"]) - 1), 6)
    if found["season"]:
        return months(year, SEASON_START_MONTH[found["season"]], 3)
    if found["day"]:
        day = datetime.date(year, int(found["month"]), int(found["day"]))
        return day, day
    if found["month"]:
        return months(year, int(found["month"]), 1)
    return months(year, start, 12)


def months(year: int, month: int, count: int) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of ``count`` months from ``month``, which may exceed 12."""
    first_index = year * 12 + month - 1
    last_year, last_month = divmod(first_index + count - 1, 12)
    first_year, first_month = divmod(first_index, 12)
    last_day = calendar.monthrange(last_year, last_month + 1)[1]
    return (
        datetime.date(first_year, first_month + 1, 1),
        datetime.date(last_year, last_month + 1, last_day),
    )
