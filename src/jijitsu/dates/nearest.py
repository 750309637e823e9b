"""Which year or month is meant where the text leaves it out."""

from __future__ import annotations

import datetime

from jijitsu.dates.tense import Tense
from jijitsu.timex import months

_MONTHS = 12
_SLACK = datetime.timedelta(days=2)
_FAR = datetime.timedelta(days=300)
_SOON = datetime.timedelta(days=45)
_LONG_PAST = datetime.timedelta(days=300)
# So long after its end the results of a period may be out.
_AWAITED = datetime.timedelta(days=45)
# What is told of a range of months that goes on so long yet was a year ago.
_HARDLY_BEGUN = datetime.timedelta(days=90)


def nearest_year(
    published: datetime.date,
    month: int,
    day: int | None,
    tense: Tense | None,
    month_end: int | None = None,
) -> int:
    """Return the year of the month (and day) nearest to publication that the tense allows.

    ``month_end`` is the last month of a range; the year is that of its first.
    """
    year = published.year
    if _begin(year, month, day) > published + _SLACK:
        year -= 1
    if month_end is not None:
        last = months(year, month, (month_end - month) % _MONTHS + 1)[1]
        if last >= published:
            return year - (tense == "past" and last - published > _HARDLY_BEGUN)
    if _end(year, month, day) >= published:
        return year
    since = published - _end(year, month, day)
    ahead = _begin(year + 1, month, day) - published
    return year + _is_ahead(tense, since if day else since / 2, ahead)


def has_just_ended(published: datetime.date, month: int) -> bool:
    """Whether a period that ends with the month is over, and its results are still awaited."""
    year = published.year - (months(published.year, month, 1)[1] >= published)
    return published - months(year, month, 1)[1] <= _AWAITED


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


def _is_ahead(tense: Tense | None, since: datetime.timedelta, ahead: datetime.timedelta) -> bool:
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


def _year_and_month(index: int) -> tuple[int, int]:
    year, month = divmod(index, _MONTHS)
    return year, month + 1


def _begin(year: int, month: int, day: int | None) -> datetime.date:
    first, last = months(year, month, 1)
    return first.replace(day=min(day or 1, last.day))


def _end(year: int, month: int, day: int | None) -> datetime.date:
    return _begin(year, month, day) if day else months(year, month, 1)[1]
