"""The catalog of a store of files: a small SQLite file beside them.

It says which articles the files hold, so that this need not be in memory, and its commit is
the store's: a file's bytes count from the moment at which the catalog says so.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from jijitsu.store.base import StoreError

VERSION = 1
"""The version of all catalogs; it changes when the files or the tables of one do."""


class Catalog:
    """The open catalog of one process; another one has to wait until it is closed.

    Each store has its own tables; ``articles`` with ``id`` and ``fingerprint`` is always there.
    """

    def __init__(self, path: Path, tables: str) -> None:
        """Open or create the catalog; ``tables`` is the SQL that creates what is not there.

        Raises:
            StoreError: it is in use, or of a newer version.
            OSError, sqlite3.Error: it can't be opened.
        """
        self.path = path
        self._db = sqlite3.connect(path, isolation_level=None, timeout=0)
        try:
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA synchronous = FULL")
            with self.transaction() as db:
                self._prepare(db, tables)
        except BaseException as error:
            self._db.close()
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                raise StoreError(f"{path}: another ingest is writing there") from error
            raise

    def close(self) -> None:
        """Close the catalog."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the database for a transaction."""
        self._db.execute("BEGIN EXCLUSIVE")
        try:
            yield self._db
        except BaseException:
            if self._db.in_transaction:  # a full disk has ended it already
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def fingerprints(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the fingerprints of those of the articles that are there."""
        return dict(self.look_up("fingerprint", ids))

    def look_up(self, column: str, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Return the ids of those of the articles that are there, each with one column."""
        marks = ",".join("?" * len(ids))
        query = f"SELECT id, {column} FROM articles WHERE id IN ({marks})"  # noqa: S608 - no input
        return self._db.execute(query, ids).fetchall()

    def one(self, query: str) -> int:
        """Return the number that a query gives, or 0 where it gives none."""
        row = self._db.execute(query).fetchone()
        return (row[0] if row else 0) or 0

    def rows(self, query: str) -> sqlite3.Cursor:
        """Return the rows that a query gives."""
        return self._db.execute(query)

    def _prepare(self, db: sqlite3.Connection, tables: str) -> None:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise StoreError(
                f"{self.path} is of version {version}, and this jijitsu knows {VERSION} only: "
                "update jijitsu"
            )
        for statement in filter(str.strip, tables.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def store_errors(name: object) -> Iterator[None]:
    """Raise what the system or SQLite raises as a StoreError with the store's name."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{name}: {error.strerror or error}") from error
    except sqlite3.Error as error:
        raise StoreError(f"{name}: {error}") from error


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe against a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
