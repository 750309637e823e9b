"""When two amounts agree: the same figure, or one that rounding or a rate makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

# A figure in round numbers agrees with a finer one that rounds to it; of a single digit
# (3兆円) nobody knows whether it was rounded, so two digits count at least.
_FEWEST_DIGITS = 2
_APPROXIMATE = Decimal("0.05")
# How far an amount that is "more than 3兆円" may lie above 3兆円 and still be that amount.
_OPEN = Decimal("0.15")
CONFLICT_RATIO = Decimal("1.5")
"""Beyond this ratio two amounts are of different things rather than a contradiction."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in one currency, as stated; ``usd`` is its value by the day's rate."""

    currency: str
    low: Decimal | None
    high: Decimal | None
    mod: str | None
    usd: Decimal | None

    @property
    def centre(self) -> Decimal:
        """Return the amount that a bound speaks of, or the middle of a range."""
        if self.low is None or self.high is None:
            return self.high or self.low or Decimal(0)
        return (self.low + self.high) / 2

    @property
    def reach(self) -> tuple[Decimal, Decimal]:
        """Return the sizes, without sign, between which it lies; of an open end its bound."""
        ends = [abs(end) for end in (self.low, self.high) if end is not None] or [Decimal(0)]
        return min(ends), max(ends)


def read_figure(fact: Mapping[str, Any]) -> Figure:
    """Return the amount of a money fact as it stands in a file of facts."""
    low, high = _number(fact["low"]), _number(fact["high"])
    converted = (fact.get("converted") or {}).get("USD")
    usd = None
    if fact["currency"] == "USD":
        usd = Figure("USD", low, high, None, None).centre
    elif converted:
        ends = _number(converted["low"]), _number(converted["high"])
        usd = Figure("USD", *ends, None, None).centre
    return Figure(fact["currency"], low, high, fact.get("mod"), usd)


def agree(one: Figure, other: Figure, tolerance: Decimal) -> bool:
    """Whether two amounts may be one statement.

    In one currency they have to be the same up to rounding, and to what 約, 超 and the like
    leave open; in two, to lie within ``tolerance`` (a share, 0.05 is 5 %) by the day's rates.
    """
    if one.currency != other.currency:
        if not one.usd or not other.usd:
            return False
        return _near(one.usd, other.usd, tolerance)
    if (one.low, one.high) == (other.low, other.high):
        return True
    return _within(one, other) or _within(other, one) or _rounded(one.centre, other.centre)


def contradict(one: Figure, other: Figure, tolerance: Decimal) -> bool:
    """Whether two amounts do not agree, but are so close that they may be of one thing."""
    if agree(one, other, tolerance):
        return False
    first, second = one.usd or Decimal(0), other.usd or Decimal(0)
    if one.currency == other.currency:
        first, second = one.centre, other.centre
    if first <= 0 or second <= 0:
        return False
    return max(first, second) / min(first, second) <= CONFLICT_RATIO


def _within(one: Figure, other: Figure) -> bool:
    """Whether ``other`` lies where the modifier of ``one`` lets it."""
    if one.low is None or one.high is None:
        distance = other.centre / one.centre - 1 if one.centre else Decimal(1)
        return 0 <= (distance if one.high is None else -distance) <= _OPEN
    if one.low != one.high:
        return one.low <= other.centre <= one.high
    return one.mod == "APPROX" and _near(one.centre, other.centre, _APPROXIMATE)


def _near(one: Decimal, other: Decimal, share: Decimal) -> bool:
    return abs(one - other) <= share * max(abs(one), abs(other))


def _rounded(one: Decimal, other: Decimal) -> bool:
    digits = max(_FEWEST_DIGITS, min(_significant(one), _significant(other)))
    context = Context(prec=digits)
    return context.plus(one) == context.plus(other)


def _significant(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
