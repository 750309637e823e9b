"""The table of rates: which source answers for a pair of currencies on a day."""

from __future__ import annotations

import datetime
import functools
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal

from jijitsu.rates.base import Found, Rate, Source, ratio, ten_digits
from jijitsu.rates.ecb import ECB
from jijitsu.rates.hmrc import HMRC
from jijitsu.rates.nbp import NBP

CACHED_RATES = 8192
NOTED_AGE = datetime.timedelta(days=10)
"""A rate that is older on the day asked for has a note; a monthly one after its month."""
LATEST = "no date of publication: latest rate"

_USD = "USD"
_MONTH = datetime.timedelta(days=31)


class Override:
    """The rates of a user's file: units of a currency for one US dollar, by day."""

    def __init__(
        self, name: str, series: Mapping[str, Sequence[tuple[datetime.date, Decimal]]]
    ) -> None:
        """Take the file's name and each currency's days, in order, with their rates."""
        self.name = name
        self._series = series

    def per_usd(self, code: str, day: datetime.date) -> Found | None:
        """Return the rate of the last day in the file up to ``day``."""
        series = self._series.get(code, ())
        position = bisect_right(series, day, key=lambda entry: entry[0]) - 1
        if position < 0:
            return None
        found, value = series[position]
        return Found(value, found, self.name, current=True)

    def span(self, code: str) -> tuple[datetime.date, datetime.date] | None:
        """Return the first and last day with a rate of a currency, or None."""
        series = self._series.get(code)
        return (series[0][0], series[-1][0]) if series else None


class RateTable:
    """Reference rates by day.

    The sources are asked in order, each for both currencies of a pair.  The first that still
    quotes both on the day wins; where none does, the one that did last.  Where no source has
    both, each is taken against the dollar from its own.  Nothing is ever interpolated.
    """

    def __init__(self, sources: Sequence[Source], override: Override | None = None) -> None:
        """Take the sources, the preferred one first, and a file of the user."""
        self._sources = tuple(sources)
        self._override = override
        self._cached = functools.lru_cache(CACHED_RATES)(self._find)
        self._reason = functools.lru_cache(CACHED_RATES)(self._explain)

    @classmethod
    def default(cls) -> RateTable:
        """Return the packaged rates (ECB, NBP, HMRC); the same table each time."""
        return _default()

    def overridden(self, override: Override) -> RateTable:
        """Return this table with the rates of a file before its own."""
        return RateTable(self._sources, override)

    def rate(self, source: str, target: str, day: datetime.date | None) -> Rate | None:
        """Return units of ``target`` for one ``source``, both ISO 4217 codes.

        The rate is that of ``day`` or of the last day before it that has one; None where
        there is none.  Without a day it is the latest there is, and its note says so.
        """
        return self._cached(source, target, day)

    def why_missing(self, source: str, target: str, day: datetime.date | None) -> str:
        """Return in a few words why there is no rate; empty where there is one."""
        return self._reason(source, target, day)

    def _find(self, source: str, target: str, day: datetime.date | None) -> Rate | None:
        asked = day or datetime.date.max
        found = self._packaged(source, target, asked)
        if found is None or self._override:
            legs = [self._per_usd(source, asked), self._per_usd(target, asked)]
            if found is None or any(self._overrides(leg) for leg in legs):
                found = _joined(legs)
        if found is None:
            return None
        return Rate(ten_digits(found.value), found.day, found.source, _note(found, day))

    def _packaged(self, source: str, target: str, day: datetime.date) -> Found | None:
        best: Found | None = None
        for publisher in self._sources:
            found = publisher.cross(source, target, day)
            if found is not None and found.current:
                return found
            if found is not None and (best is None or found.day > best.day):
                best = found
        return best

    # Units of a currency for one dollar; the dollar itself has no source.
    def _per_usd(self, code: str, day: datetime.date) -> Found | None:
        if code == _USD:
            return Found(Decimal(1), day, "", current=True)
        packaged = self._packaged(_USD, code, day)
        override = self._override.per_usd(code, day) if self._override else None
        if override and (packaged is None or override.day >= packaged.day):
            return override
        return packaged

    def _overrides(self, leg: Found | None) -> bool:
        return bool(leg and self._override and leg.source == self._override.name)

    def _explain(self, source: str, target: str, day: datetime.date | None) -> str:
        if self.rate(source, target, day):
            return ""
        asked = day or datetime.date.max
        missing = [code for code in (source, target) if not self._per_usd(code, asked)]
        return "; ".join(self._why(code, asked) for code in missing) or "no change of currency"

    def _why(self, code: str, day: datetime.date) -> str:
        from babel.core import get_global  # noqa: PLC0415  late: only a failure needs it

        if code not in get_global("all_currencies"):
            return f"{code} is no currency code of ISO 4217"
        spans = [span for source in self._sources if (span := source.span(code))]
        if self._override and (span := self._override.span(code)):
            spans.append(span)
        if not spans:
            return f"no source has a rate of {code}"
        first = min(spans)[0]
        if day < first:
            return f"no rate of {code} before {first}"
        if day == datetime.date.max:
            return f"no rate of {code} any more"
        return f"no rate of {code} in the year before {day}"


@functools.cache
def _default() -> RateTable:
    return RateTable((ECB(), NBP(), HMRC()))


# The cross rate of two rates per dollar; a leg that is the dollar itself has no source.
def _joined(legs: Sequence[Found | None]) -> Found | None:
    given, wanted = legs
    if given is None or wanted is None:
        return None
    names = dict.fromkeys(leg.source for leg in (given, wanted) if leg.source)
    if not names:
        return None
    day = min(given.day, wanted.day)
    return Found(ratio(wanted.value, given.value), day, "+".join(names), current=True)


def _note(found: Found, day: datetime.date | None) -> str | None:
    notes = []
    monthly = HMRC.name in found.source.split("+")
    if monthly:
        notes.append("monthly rate")
    if day is None:
        notes.append(LATEST)
    elif (age := day - found.day) > (_MONTH if monthly else NOTED_AGE):
        notes.append(f"rate is {age.days} days old")
    return "; ".join(notes) or None
