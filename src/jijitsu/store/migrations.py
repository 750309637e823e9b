"""From nothing, or from an older version of the tables, to those of today.

Who changes :mod:`jijitsu.store.schema` raises its ``VERSION``, and adds to :data:`STEPS` what
leads there from the version before.  All steps are one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy import Connection, inspect, select, text

from jijitsu.store.base import StoreError
from jijitsu.store.schema import METADATA, SCHEMA_VERSION, VERSION
from jijitsu.store.views import create_views

STEPS: Mapping[int, Callable[[Connection], None]] = MappingProxyType({1: create_views})
"""What leads from a version to the next one; version 1 had no views."""

# Any number, as long as it stays: ingests that begin at once wait for each other by it.
_LOCK = 0x6A696A69


def prepare_schema(db: Connection) -> None:
    """Create the tables where there are none, and bring older ones up to date.

    Raises:
        StoreError: the database is of a newer version, or holds other tables of these names.
    """
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    there = set(inspect(db).get_table_names())
    if SCHEMA_VERSION.name not in there:
        taken = sorted(there & METADATA.tables.keys())
        if taken:
            raise StoreError(f"the database has tables of another program: {', '.join(taken)}")
        METADATA.create_all(db)
        create_views(db)
        db.execute(SCHEMA_VERSION.insert().values(version=VERSION))
        return
    version = db.execute(select(SCHEMA_VERSION.c.version)).scalar_one()
    if version > VERSION:
        raise StoreError(
            f"the database is of schema version {version}, and this jijitsu knows {VERSION} only: "
            "update jijitsu"
        )
    for older in range(version, VERSION):
        STEPS[older](db)
    if version < VERSION:
        db.execute(SCHEMA_VERSION.update().values(version=VERSION))
