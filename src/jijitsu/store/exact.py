"""Exact decimals, also in SQLite, which has none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Dialect, Numeric
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

_MIN_INTEGER, _MAX_INTEGER = -(2**63), 2**63 - 1


class _SqliteNumeric(UserDefinedType[Any]):
    """A column of SQLite's NUMERIC affinity, whose values go in and out as they are."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "NUMERIC"


class Exact(TypeDecorator[Decimal]):
    """NUMERIC without a limit; what is read is what was written, digit for digit.

    SQLite computes in 64-bit integers and doubles.  A number goes there as whichever holds it
    exactly, so that SQL compares and sums it as a number.  One that neither holds (more than
    15 digits, and no 64-bit integer) is kept as the BLOB of its digits.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column's type."""
        return _SqliteNumeric() if dialect.name == "sqlite" else Numeric()

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Return what the driver writes."""
        if value is None or dialect.name != "sqlite":
            return value
        if value == value.to_integral_value() and _MIN_INTEGER <= value <= _MAX_INTEGER:
            return int(value)
        nearest = float(value)
        return nearest if Decimal(repr(nearest)) == value else format(value, "f").encode()

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Return the number of what the driver read."""
        if value is None or dialect.name != "sqlite":
            return value  # type: ignore[no-any-return]
        if isinstance(value, bytes):
            return Decimal(value.decode())
        return Decimal(repr(value))
