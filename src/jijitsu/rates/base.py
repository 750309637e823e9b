"""What the sources of rates share: their interface, what they find, and the error."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple, Protocol

LONGEST_GAP = datetime.timedelta(days=366)
"""A packaged rate older than this is none: the currency has been given up."""

_TEN_DIGITS = Context(prec=10, rounding=ROUND_HALF_EVEN)
_EXACT = Context(prec=28, rounding=ROUND_HALF_EVEN)


class RatesError(ValueError):
    """A file of rates can't be used; the message names file, row and reason."""

    def __init__(self, file: str, row: int | None, reason: str) -> None:
        """Name the file, its row (a line number, the header is 1; None for all of it)."""
        place = file if row is None else f"{file}: row {row}"
        super().__init__(f"{place}: {reason}")
        self.file = file
        self.row = row
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of the target currency for one unit of the source currency.

    ``value`` has at most ten significant digits.  ``day`` is the day the rate was published
    for (the first of the month with HMRC), ``source`` its publisher, or the user's file.
    """

    value: Decimal
    day: datetime.date
    source: str
    note: str | None = None


class Found(NamedTuple):
    """A rate in one source; ``current`` if the source still quoted the pair at the day."""

    value: Decimal
    day: datetime.date
    source: str
    current: bool


class Source(Protocol):
    """A publisher of rates, read when it is first asked."""

    name: str

    def cross(self, source: str, target: str, day: datetime.date) -> Found | None:
        """Return units of ``target`` per ``source`` on the last day to ``day`` with both.

        A day after the source's last one stands for that one.  None where the last such
        day is more than :data:`LONGEST_GAP` before, or where there is none.
        """
        ...

    def span(self, code: str) -> tuple[datetime.date, datetime.date] | None:
        """Return the first and last day with a rate of a currency, or None."""
        ...


def ratio(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Return the quotient of two rates, whatever the decimal context of the caller."""
    return _EXACT.divide(dividend, divisor)


def ten_digits(value: Decimal) -> Decimal:
    """Round half to even to ten significant digits, without trailing zeros."""
    return _TEN_DIGITS.plus(value).normalize(_TEN_DIGITS)
