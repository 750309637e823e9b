"""Modifiers: what the words around an amount make of its ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jijitsu.model import Interval
from jijitsu.numbers.units import modifiers

_BEFORE_WINDOW = 14
_MAX_WORDS = 3
# 100億円台 is 100億 up to the next step; 台湾, 台数, 台風 are other words.
_STEP = re.compile("台(?![湾数風頭詞本所帳北南中])")
_BOUNDS_BELOW = frozenset({"EQUAL_OR_MORE", "MORE_THAN"})
_BOUNDS_ABOVE = frozenset({"EQUAL_OR_LESS", "LESS_THAN"})


class Ends(NamedTuple):
    """A number's ends and modifier, as FACTS has them: an open end is None."""

    low: Decimal | None
    high: Decimal | None
    mod: str | None


def find_mod(norm: str, start: int, end: int) -> str | None:
    """Return the strongest modifier that touches the span ``[start, end)``."""
    found: set[str] = set(_after(norm, start, end))
    for _ in range(_MAX_WORDS):
        hit = _before(norm, start)
        if hit is None:
            break
        mod, start = hit
        found.add(mod)
    return min(found, key=modifiers().rank.__getitem__, default=None)


def _before(norm: str, start: int) -> tuple[str, int] | None:
    window_start = max(0, start - _BEFORE_WINDOW)
    window = norm[window_start:start]
    for row in modifiers().rows_before(norm, start):
        found = row.before.search(window) if row.before else None
        if found:
            return row.mod, window_start + found.start()
    return None


def _after(norm: str, start: int, end: int) -> Iterator[str]:
    """Yield the modifier right behind; of two in a row the first one touches the number."""
    for row in modifiers().rows_behind(norm, end):
        if row.not_after and row.not_after.search(norm, max(0, start - _BEFORE_WINDOW), start):
            continue
        if row.after and row.after.match(norm, end):
            yield row.mod
            return


def bound(norm: str, start: int, end: int, value: Interval, inner: str | None = None) -> Ends:
    """Apply the modifiers around a span, and ``inner`` from within it, to its value.

    A vague number or a step (100億円台) is APPROX where nothing stronger is said.
    """
    mod = _strongest(find_mod(norm, start, end), inner)
    if mod == "EQUAL_OR_LESS" and "から" in norm[start:end]:
        # AからBまで: まで closes the range.
        mod = None
    if _STEP.match(norm, end) and value.low == value.high:
        value = Interval(value.low, value.low + _step(value.low))
        mod = mod or "APPROX"
    if mod in _BOUNDS_BELOW:
        return Ends(value.low, None, mod)
    if mod in _BOUNDS_ABOVE:
        return Ends(None, value.high, mod)
    return Ends(value.low, value.high, mod)


def _strongest(first: str | None, second: str | None) -> str | None:
    if first is None or second is None:
        return first or second
    return min(first, second, key=modifiers().rank.__getitem__)


def _step(value: Decimal) -> Decimal:
    """Return one unit of the last digit that is not 0: 100億 → 100億, 152 → 1, 1.5 → 0.1."""
    _, _, exponent = value.normalize().as_tuple()
    return Decimal(1).scaleb(int(exponent))
