"""The monthly rates of HM Revenue & Customs (the UK's customs), from hmrc-rates.

They are units of a currency for one pound, set from market rates late in the month before,
and stand for a whole month; ``day`` is its first.  The package holds them compiled in, as
Decimals, and goes to the network only through its ``Updater``, which is not used here.
"""

from __future__ import annotations

import calendar
import datetime
import functools
from bisect import bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING

from jijitsu.rates.base import Found, ratio

if TYPE_CHECKING:
    from hmrc_rates import Table

_MONTHS_BACK = 12


class HMRC:
    """HM Revenue & Customs: a rate a month, from 2014-02."""

    name = "HMRC"

    def cross(self, source: str, target: str, day: datetime.date) -> Found | None:
        """See :class:`jijitsu.rates.base.Source`; current if the month's table has the pair."""
        firsts, tables = _months()
        last = bisect_right(firsts, day) - 1
        for month in range(last, max(last - _MONTHS_BACK, 0) - 1, -1):
            given, wanted = _per_gbp(tables[month], source), _per_gbp(tables[month], target)
            if given is not None and wanted is not None:
                return Found(ratio(wanted, given), firsts[month], self.name, month == last)
        return None

    def span(self, code: str) -> tuple[datetime.date, datetime.date] | None:
        """See :class:`jijitsu.rates.base.Source`; the last day is the last month's last."""
        firsts, tables = _months()
        days = [day for day, table in zip(firsts, tables, strict=True) if _per_gbp(table, code)]
        if not days:
            return None
        last = days[-1]
        return days[0], last.replace(day=calendar.monthrange(last.year, last.month)[1])


# The package takes a code in either case.
def _per_gbp(table: Table, code: str) -> Decimal | None:
    rate = table.get(code)
    return rate.units_per_gbp if rate and rate.currency.code == code else None


@functools.cache
def _months() -> tuple[list[datetime.date], list[Table]]:
    from hmrc_rates import Rates  # noqa: PLC0415  late: a compiled module few articles need

    rates = Rates()
    months = rates.months()
    return (
        [datetime.date(month.year, month.month, 1) for month in months],
        [rates.monthly(month) for month in months],
    )
