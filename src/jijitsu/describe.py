"""Facts in words that a person reads at a glance: ``≈7.98 trillion JPY``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from typing import Any

from jijitsu.kinds import (
    AnyFact,
    DateFact,
    DurationFact,
    EntityFact,
    MoneyFact,
    NumberFact,
    ParameterCountFact,
    PercentFact,
    QuantityFact,
)

_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
# A number with more digits than this is not shortened with a scale.
_MOST_SCALED_DIGITS = 6
_CONVERTED = Context(prec=3)

_SIGNS = {
    "APPROX": "≈",
    "EQUAL_OR_MORE": "≥",
    "MORE_THAN": ">",
    "EQUAL_OR_LESS": "≤",
    "LESS_THAN": "<",
}
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_CLOCK_UNITS = {"H": "hour", "M": "minute", "S": "second"}


def describe(fact: AnyFact) -> str:
    """Return what a fact says.

    >>> describe(DurationFact(id="0", text="3年間", start=0, end=3, value="P3Y", mod=None))
    '3 years'
    """
    return _DESCRIPTIONS[type(fact)](fact)


def describe_conversion(fact: MoneyFact) -> str:
    """Return an amount in other currencies, to three digits, or why it is in none."""
    if not fact.converted:
        return fact.unconverted or ""
    amounts = ", ".join(
        f"{_interval(conversion.low, conversion.high, _CONVERTED)} {currency}"
        for currency, conversion in fact.converted.items()
    )
    rates = {f"{each.rate_source} {each.rate_date}" for each in fact.converted.values()}
    return f"{amounts} ({', '.join(sorted(rates))})"


def _describe_money(fact: MoneyFact) -> str:
    amount = f"{_number(fact)} {fact.currency}"
    return f"{amount}, {fact.predicate}" if fact.predicate else amount


def _describe_parameter_count(fact: ParameterCountFact) -> str:
    return f"{_number(fact)} parameters, {fact.role}"


def _describe_date(fact: DateFact) -> str:
    value = f"{_SIGNS.get(fact.mod or '', '')}{fact.value}"
    if fact.mod and fact.mod not in _SIGNS:
        value = f"{fact.mod.lower()} of {value}"
    first, last = fact.first.isoformat(), fact.last.isoformat()
    return value if first == last == fact.value else f"{value} ({first} to {last})"


def _describe_duration(fact: DurationFact) -> str:
    return _SIGNS.get(fact.mod or "", "") + " to ".join(map(_length, fact.value.split("/")))


def _describe_percent(fact: PercentFact) -> str:
    return f"{_number(fact)} %"


def _describe_quantity(fact: QuantityFact) -> str:
    return f"{_number(fact)} {fact.unit or ''}".rstrip()


def _describe_entity(fact: EntityFact) -> str:
    return f"{fact.name}, {fact.type}"


_DESCRIPTIONS: Mapping[type, Callable[[Any], str]] = {
    MoneyFact: _describe_money,
    ParameterCountFact: _describe_parameter_count,
    DateFact: _describe_date,
    DurationFact: _describe_duration,
    PercentFact: _describe_percent,
    QuantityFact: _describe_quantity,
    EntityFact: _describe_entity,
}


def _number(fact: NumberFact) -> str:
    return _SIGNS.get(fact.mod or "", "") + _interval(fact.low, fact.high)


def _interval(low: str | None, high: str | None, rounding: Context | None = None) -> str:
    ends = [low] if low == high else [low, high]
    return " to ".join(_scaled(Decimal(end), rounding) for end in ends if end is not None)


def _scaled(number: Decimal, rounding: Context | None) -> str:
    """Write a number with the largest scale that leaves it short; exactly, if not to round."""
    if rounding:
        number = rounding.plus(number)
    for exponent, name in _SCALES:
        scaled = number.scaleb(-exponent).normalize()
        if abs(scaled) >= 1 and len(scaled.as_tuple().digits) <= _MOST_SCALED_DIGITS:
            return f"{scaled:,f} {name}"
    return f"{number:,f}"


def _length(value: str) -> str:
    """Write an ISO 8601 duration out: P1Y6M is 1 year 6 months."""
    days, _, clock = value.removeprefix("P").partition("T")
    words = [
        f"{amount} {units[unit]}{'' if amount == '1' else 's'}"
        for part, units in ((days, _UNITS), (clock, _CLOCK_UNITS))
        for amount, unit in re.findall(r"([0-9.]+)([YMWDHS])", part)
    ]
    return " ".join(words)
