"""Databases, through SQLAlchemy: SQLite and PostgreSQL.

A batch is one transaction.  SQLite takes one writer at a time; to PostgreSQL several
ingests may write at once.
"""

from __future__ import annotations

import datetime
import json
import logging
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, delete, event, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)

from jijitsu.store.base import RefusedError, Run, StoreError, StoreUnavailableError, Write
from jijitsu.store.migrations import prepare_schema
from jijitsu.store.rows import Row, make_rows
from jijitsu.store.schema import ARTICLES, CONVERSIONS, ENTITIES, FACTS, LINKS, RUNS

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")

PATIENCE = 120.0
"""For how many seconds a lost connection is tried again."""
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 5.0
_MOST_CLASHES = 20
_LOCK_WAIT = 60
_DISK_FULL = "53100"  # PostgreSQL's code for it


def open_sql(target: str) -> SqlStore:
    """Return the store of a database URL.

    Raises:
        ValueError: the URL can't be read.
        StoreUnavailableError: the driver is not installed.
    """
    try:
        url = make_url(target)
    except ArgumentError as error:
        raise ValueError(f"{target!r} is no database URL") from error
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        return SqlStore(url)
    except ModuleNotFoundError as error:
        reason = f"{url.drivername} needs {error.name}: pip install 'jijitsu[postgresql]'"
        raise StoreUnavailableError(reason) from error
    except SQLAlchemyError as error:
        raise ValueError(f"{target!r} is no database URL: {error}") from error


class SqlStore:
    """The tables of :mod:`jijitsu.store.schema` in one database."""

    encode = staticmethod(make_rows)

    def __init__(self, url: URL) -> None:
        """Take the database's URL; nothing is opened yet."""
        self._name = url.render_as_string(hide_password=True)
        self._engine = _make_engine(url)
        self._run_id = 0

    def __enter__(self) -> Self:
        """Create the tables, or bring older ones up to date."""
        try:
            self._transact(prepare_schema)
        except BaseException:
            self._engine.dispose()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._engine.dispose()

    def fingerprints(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the fingerprints of those of the articles that the database holds."""
        # PostgreSQL can't even be asked for an id with U+0000; such an article is refused later.
        askable = [key for key in ids if "\0" not in key]
        query = select(ARTICLES.c.id, ARTICLES.c.fingerprint).where(ARTICLES.c.id.in_(askable))
        return self._transact(lambda db: {row.id: row.fingerprint for row in db.execute(query)})

    def begin(self, run: Run) -> None:
        """Write the run's row, without an end yet."""
        settings = json.dumps(dict(run.settings), ensure_ascii=False, sort_keys=True)
        values = {"version": run.version, "settings": settings, "started": _now()}
        query = RUNS.insert().values(values).returning(RUNS.c.id)
        self._run_id = self._transact(lambda db: db.execute(query).scalar_one())

    def write(self, batch: Sequence[Write]) -> None:
        """Put the articles into the place of those with the same ids, in one transaction."""
        self._transact(lambda db: self._write(db, batch))

    def finish(self, counts: Mapping[str, int]) -> None:
        """Complete the run's row."""
        query = update(RUNS).where(RUNS.c.id == self._run_id).values(ended=_now(), **counts)
        self._transact(lambda db: db.execute(query))

    def _write(self, db: Connection, batch: Sequence[Write]) -> None:
        db.execute(delete(ARTICLES).where(ARTICLES.c.id.in_([one.id for one in batch])))
        run_id = self._run_id
        articles = [
            row | {"fingerprint": one.fingerprint, "run_id": run_id}
            for one in batch
            for row in one.payload["articles"]
        ]
        _insert(db, ARTICLES, articles)
        _put_entities(db, _rows(batch, ENTITIES))
        for table in (FACTS, CONVERSIONS, LINKS):
            _insert(db, table, _rows(batch, table))

    def _transact(self, work: Callable[[Connection], _T]) -> _T:
        """Do something in a transaction; again, where a connection was lost on the way.

        A transaction whose end was not heard of may be done twice, so it has to be one that
        changes nothing the second time.
        """
        until = time.monotonic() + PATIENCE
        wait, clashes = _FIRST_WAIT, 0
        while True:
            try:
                with self._engine.begin() as db:
                    return work(db)
            except (IntegrityError, DataError) as error:
                clashes += 1
                # Another ingest may have written the same article at this moment.
                if isinstance(error, DataError) or clashes == _MOST_CLASHES:
                    raise RefusedError(_reason(error)) from error
                time.sleep(random.uniform(0, _FIRST_WAIT))  # noqa: S311 - no secret
            except DBAPIError as error:
                if not self._is_passing(error) or time.monotonic() > until:
                    raise StoreError(f"{self._name}: {_reason(error)}") from error
                _LOG.warning("jijitsu: %s: %s; trying again", self._name, _reason(error))
                time.sleep(wait)
                wait = min(2 * wait, _LONGEST_WAIT)

    def _is_passing(self, error: DBAPIError) -> bool:
        """Whether it may go well later: a server that went away comes back."""
        if self._engine.dialect.name == "sqlite":
            return False
        if getattr(error.orig, "sqlstate", None) == _DISK_FULL:
            return False
        return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)


def _make_engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url)
    engine = create_engine(url, connect_args={"timeout": _LOCK_WAIT})

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver would begin transactions too late
        for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(db: Connection) -> None:
        db.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _rows(batch: Iterable[Write], table: Table) -> list[Row]:
    return [row for one in batch for row in one.payload[table.name]]


def _insert(db: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        db.execute(table.insert(), rows)


def _put_entities(db: Connection, rows: list[Row]) -> None:
    """Add the entities that are new, and what changed of the others.

    In the order of their keys, so that two ingests never wait for each other in a circle.
    """
    if not rows:
        return
    unique = {row["id"]: row for row in rows}
    dialect = sqlite if db.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(ENTITIES)
    differs = (ENTITIES.c.name != insert.excluded.name) | (ENTITIES.c.type != insert.excluded.type)
    query = insert.on_conflict_do_update(
        index_elements=[ENTITIES.c.id],
        set_={"name": insert.excluded.name, "type": insert.excluded.type},
        where=differs,
    )
    db.execute(query, [unique[key] for key in sorted(unique)])


def _reason(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
