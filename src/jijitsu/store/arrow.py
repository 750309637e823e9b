"""The tables of :mod:`jijitsu.store.schema` as Arrow schemas."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from sqlalchemy import Column, Date, Double, Integer, Table

from jijitsu.store.exact import Exact
from jijitsu.store.schema import ARTICLES, CONVERSIONS, ENTITIES, FACTS, LINKS

DECIMAL = pa.decimal128(38, 18)
"""What DuckDB and others compute with: 20 digits before the point, 18 behind it."""

# What belongs to one database alone.
_LEFT_OUT = frozenset({"fingerprint", "run_id"})
_TYPES: dict[type[Any], pa.DataType] = {
    Exact: DECIMAL,
    Date: pa.date32(),
    Double: pa.float64(),
    Integer: pa.int32(),
}


def _schema(table: Table) -> pa.Schema:
    return pa.schema([_field(column) for column in table.columns if column.name not in _LEFT_OUT])


def _field(column: Column[Any]) -> pa.Field[Any]:
    kind = _TYPES.get(type(column.type), pa.string())
    return pa.field(column.name, kind, nullable=bool(column.nullable))


SCHEMAS: dict[str, pa.Schema] = {
    table.name: _schema(table) for table in (ARTICLES, ENTITIES, FACTS, CONVERSIONS, LINKS)
}
"""The schema of each table."""
