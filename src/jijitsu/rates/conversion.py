"""Amounts in US dollars and yen, as the facts carry them."""

from __future__ import annotations

import datetime
import functools
from decimal import ROUND_HALF_EVEN, Context, Decimal

from jijitsu.kinds.money import Conversion
from jijitsu.rates.base import Rate
from jijitsu.rates.table import RateTable

TARGETS = {"USD": 2, "JPY": 0}
"""The currencies converted to, with the decimal places of their minor units (ISO 4217)."""

DIGITS = 6
"""Significant digits of a converted amount."""
LEAST_DIGITS = 3
"""Significant digits that rounding to the minor unit must leave."""

_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)


def convert(
    low: Decimal | None,
    high: Decimal | None,
    currency: str,
    day: datetime.date | None,
    table: RateTable,
) -> tuple[dict[str, Conversion] | None, str | None]:
    """Return an amount in US dollars and yen, or None and the reason why not.

    ``low`` and ``high`` are in units of ``currency`` (ISO 4217), None where the amount is
    open.  An amount in dollars is given in yen only, and the reverse.  Amounts are rounded
    half to even: see :func:`rounded`.
    """
    if low is None and high is None:
        return None, "no amount"
    converted = {}
    reason = None
    for target in TARGETS:
        if target == currency:
            continue
        rate = table.rate(currency, target, day)
        if rate is None:
            reason = reason or table.why_missing(currency, target, day)
        else:
            converted[target] = _conversion(low, high, target, rate)
    return (converted, None) if converted else (None, reason)


def rounded(amount: Decimal, places: int) -> Decimal:
    """Round half to even to six significant digits, or to ``places`` if that is coarser.

    ``places`` are the decimal places of the minor unit.  A small amount keeps three
    significant digits all the same: a price of 0.5 yuan for a million tokens is 0.0702
    dollars, not 0.07, and 0.01 yen is not 0 dollars.
    """
    if not amount:
        return Decimal(0)
    leading = amount.adjusted()
    last = max(leading - DIGITS + 1, -places)
    last = min(last, leading - LEAST_DIGITS + 1)
    return amount.quantize(_unit(last), context=_EXACT)


@functools.lru_cache(maxsize=256)
def _unit(exponent: int) -> Decimal:
    return Decimal((0, (1,), exponent))


def plain(number: Decimal) -> str:
    """Return a number in plain notation, without an exponent and trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _conversion(low: Decimal | None, high: Decimal | None, target: str, rate: Rate) -> Conversion:
    low_amount = _amount(low, rate, target)
    return Conversion(
        low=low_amount,
        high=low_amount if high == low else _amount(high, rate, target),
        rate=plain(rate.value),
        rate_date=rate.day,
        rate_source=rate.source,
        note=rate.note,
    )


def _amount(amount: Decimal | None, rate: Rate, target: str) -> str | None:
    if amount is None:
        return None
    return plain(rounded(_EXACT.multiply(amount, rate.value), TARGETS[target]))
