"""Dates of publication, as rows, front matter, pages and file names write them.

The day is the one that is written: ``2025-12-30T23:30:00-05:00`` is 30 December, whatever
day it was in Tokyo.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from email.utils import parsedate_to_datetime

FIRST_YEAR, LAST_YEAR = 1868, 2100
"""Meiji 1 and a year that no article is from yet: what lies outside is a mistake."""

# Longer values are no dates; the limit keeps hostile ones away from the parsers.
_LONGEST_DATE = 64

_YEAR_MONTH_DAY = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"|年 ?(?P<kanji_month>[0-9]{1,2})月 ?(?P<kanji_day>[0-9]{1,2})日"
    r"|(?P<digits_month>[0-9]{2})(?P<digits_day>[0-9]{2}))"
    # Behind it stand nothing, a time or a weekday in brackets.
    r"(?:T[0-9].*|(?: +|(?<=日))[0-9]{1,2}[:時].*| *\(.*)?"
)
_WORDED_FORMATS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%a, %d %b %Y")
_FILE_NAME = re.compile(r"(?P<year>[0-9]{4})([-_]?)(?P<month>[0-9]{2})\2(?P<day>[0-9]{2})(?![0-9])")


class NotADateError(ValueError):
    """A value that should be a date of publication and is none; the message says why."""


def parse_iso(value: str) -> datetime.date:
    """Read an ISO 8601 date or date and time.

    >>> parse_iso("2025-09-24T23:30:00Z")
    datetime.date(2025, 9, 24)

    Raises:
        NotADateError: the value is neither, or its year lies outside 1868-2100.
    """
    try:
        day = datetime.datetime.fromisoformat(value[:_LONGEST_DATE]).date()
    except ValueError as error:
        raise NotADateError(f"{_shorten(value)} is no ISO date: {error}") from error
    return _check_year(day, value)


def parse_written(value: str) -> datetime.date:
    """Read a date in any notation that pages use: ISO, 2025/12/30, 2025年12月30日, RFC 2822.

    >>> parse_written("2025-12-30 20:20:39 +0900")
    datetime.date(2025, 12, 30)
    >>> parse_written("Tue, 30 Dec 2025 11:20:39 GMT")
    datetime.date(2025, 12, 30)

    Raises:
        NotADateError: the value is no date, or its year lies outside 1868-2100.
    """
    plain = unicodedata.normalize("NFKC", value[:_LONGEST_DATE]).strip()
    try:
        day = _read_digits(plain) or _read_words(plain)
    except ValueError as error:
        raise NotADateError(f"{_shorten(value)} is no date: {error}") from error
    if day is None:
        raise NotADateError(f"{_shorten(value)} is no date")
    return _check_year(day, value)


def date_in_name(name: str) -> datetime.date | None:
    """Return the date that a file name begins with (``2025-09-25-slug.md``), if one does."""
    found = _FILE_NAME.match(name)
    if not found:
        return None
    try:
        day = datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
        return _check_year(day, name)
    except ValueError:  # a number that happens to have eight digits
        return None


def _read_digits(value: str) -> datetime.date | None:
    found = _YEAR_MONTH_DAY.fullmatch(value)
    if not found:
        return None
    month = found["month"] or found["kanji_month"] or found["digits_month"]
    day = found["day"] or found["kanji_day"] or found["digits_day"]
    return datetime.date(int(found["year"]), int(month), int(day))


def _read_words(value: str) -> datetime.date | None:
    for worded in _WORDED_FORMATS:
        try:
            return datetime.datetime.strptime(value, worded).date()  # noqa: DTZ007 - only the day
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(value).date()
    except ValueError:
        return None


def _check_year(day: datetime.date, value: str) -> datetime.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotADateError(
            f"{_shorten(value)} can't be a date of publication: "
            f"its year lies outside {FIRST_YEAR}-{LAST_YEAR}"
        )
    return day


def _shorten(value: str) -> str:
    return repr(value if len(value) <= _LONGEST_DATE else value[:_LONGEST_DATE] + "…")
