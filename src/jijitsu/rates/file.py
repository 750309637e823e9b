"""A user's file of rates.

CSV in UTF-8, with or without a byte order mark.  The first line is ``date,currency,per_usd``;
then a row a day and currency: the day as YYYY-MM-DD, the ISO 4217 code, and the units of the
currency for one US dollar, as a plain decimal (7.1271).  Empty lines are skipped.
"""

from __future__ import annotations

import csv
import datetime
import re
import stat
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO

from jijitsu.rates.base import RatesError
from jijitsu.rates.table import Override, RateTable

COLUMNS = ("date", "currency", "per_usd")
MAX_BYTES = 16 * 2**20
"""A larger file is refused: all the ECB's rates since 1999 would take 5 MB."""
MAX_ROW = 200
"""A longer row is refused, in characters; it bounds what is read of a file that is no CSV."""
FIRST_DAY = datetime.date(1900, 1, 1)
LAST_DAY = datetime.date(2100, 12, 31)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DECIMAL = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?", re.ASCII)

_Seen = dict[tuple[str, datetime.date], tuple[Decimal, int]]
"""The rate of each currency and day, and the row that gives it."""
_Entry = tuple[str, datetime.date, Decimal]


class _BadRowError(ValueError):
    """What is wrong with a row."""


def load_rates(path: str | Path) -> RateTable:
    """Return the packaged rates with those of a file before them.

    A currency that the file gives takes its rate per dollar from the file's last day up to
    the day asked for, unless the packaged rates have a later one; on the same day the file
    wins.  So a row holds until the next packaged rate, and where the packages have none (or
    no more) until the file's next row, however old it is.  Where the file gives one currency
    of a pair only, the other is the packaged rate of the dollar.  Raises :class:`RatesError`.
    """
    path = Path(path)
    seen: _Seen = {}
    try:
        _check_size(path)
        with path.open(encoding="utf-8-sig") as stream:
            for row, entry in _entries(str(path), stream):
                _add(seen, str(path), row, entry)
    except OSError as error:
        raise RatesError(str(path), None, _reason(error)) from error
    except UnicodeDecodeError as error:
        raise RatesError(str(path), None, "not in UTF-8") from error
    return RateTable.default().overridden(_override(path.name, seen))


def _add(seen: _Seen, name: str, row: int, entry: _Entry) -> None:
    code, day, value = entry
    before, first = seen.setdefault((code, day), (value, row))
    if before != value:
        raise RatesError(name, row, f"{code} on {day} is {before} in row {first} already")


def _override(name: str, seen: _Seen) -> Override:
    series: dict[str, list[tuple[datetime.date, Decimal]]] = {}
    for (code, day), (value, _) in sorted(seen.items()):
        series.setdefault(code, []).append((day, value))
    return Override(name, series)


def _check_size(path: Path) -> None:
    status = path.stat()
    if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
        raise RatesError(
            str(path), None, f"{status.st_size:,} bytes; {MAX_BYTES:,} are the most that is read"
        )


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "no such file"
        case IsADirectoryError():
            return "a folder, not a file"
        case PermissionError():
            return "no permission to read it"
        case _:
            return error.strerror or str(error)


def _entries(name: str, stream: IO[str]) -> Iterator[tuple[int, _Entry]]:
    lines = _lines(name, stream)
    row, header = next(lines, (1, ""))
    try:
        _check_header(header)
        for row, line in lines:
            if line.strip():
                yield row, _entry(line)
    except _BadRowError as error:
        raise RatesError(name, row, str(error)) from error


# Reads at most MAX_ROW characters of a row and MAX_BYTES of all, for a pipe has no size.
def _lines(name: str, stream: IO[str]) -> Iterator[tuple[int, str]]:
    left = MAX_BYTES
    row = 0
    while line := stream.readline(MAX_ROW + 1):
        row += 1
        left -= len(line)
        if len(line) > MAX_ROW:
            raise RatesError(name, row, f"longer than {MAX_ROW} characters")
        if left < 0:
            raise RatesError(name, row, f"more than {MAX_BYTES:,} bytes up to here")
        yield row, line


def _entry(line: str) -> _Entry:
    fields = _fields(line)
    if len(fields) != len(COLUMNS):
        raise _BadRowError(f"{len(fields)} fields, not {len(COLUMNS)}")
    day, code, value = fields
    return _code(code), _day(day), _per_usd(value, code)


def _fields(line: str) -> tuple[str, ...]:
    try:
        return tuple(field.strip() for field in next(csv.reader([line], strict=True), ()))
    except csv.Error as error:
        raise _BadRowError(f"not CSV: {error}") from error


def _check_header(line: str) -> None:
    if _fields(line) != COLUMNS:
        raise _BadRowError(f"the header must be {','.join(COLUMNS)}")


def _day(text: str) -> datetime.date:
    if not _DAY.fullmatch(text):
        raise _BadRowError(f"{text!r} is no date as YYYY-MM-DD")
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError as error:
        raise _BadRowError(f"{text} is no day of the calendar") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise _BadRowError(f"{text} is out of range ({FIRST_DAY} to {LAST_DAY})")
    return day


def _code(text: str) -> str:
    from babel.core import get_global  # noqa: PLC0415  late: only a file of rates needs it

    if text not in get_global("all_currencies"):
        raise _BadRowError(f"{text!r} is no currency code of ISO 4217")
    return text


def _per_usd(text: str, code: str) -> Decimal:
    value = Decimal(text) if _DECIMAL.fullmatch(text) else Decimal(0)
    if not value:
        raise _BadRowError(f"{text!r} is no positive decimal")
    if code == "USD" and value != 1:
        raise _BadRowError(f"USD is 1 per dollar, not {text}")
    return value
