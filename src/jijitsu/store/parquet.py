"""A folder of Parquet files, partitioned by the month of publication.

``DIR/facts/month=2025-09/part-00000001.parquet``; each table has a file of the same name in
its own folder.  A part holds the articles of one batch and month.  It is written under
``DIR/_staging``, then the catalog commits, then the files get their names: what the catalog
promises and a broken-off run did not do is done when the store is opened again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from jijitsu.store.base import RefusedError, Run, StoreUnavailableError, Write
from jijitsu.store.catalog import Catalog, store_errors, sync_folder
from jijitsu.store.rows import Rows, make_rows

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ModuleNotFoundError as error:
    missing = "parquet: needs pyarrow: pip install 'jijitsu[parquet]'"
    raise StoreUnavailableError(missing) from error

from jijitsu.store.arrow import SCHEMAS

PREFIX = "parquet:"

_TABLES = """
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, part TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (number INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE TABLE IF NOT EXISTS moves (staged TEXT, final TEXT NOT NULL)
"""
_PUT = """
INSERT INTO articles VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, part = excluded.part
"""
# Hive's own name for no value is not used: pandas can't read a partition without one.
_NO_MONTH = "unknown"


def open_parquet(target: str) -> ParquetStore:
    """Return the store of a folder.

    Raises:
        ValueError: the address names no folder.
    """
    folder = target.removeprefix(PREFIX)
    if not folder:
        raise ValueError(f"{target!r} names no folder")
    return ParquetStore(Path(folder))


class ParquetStore:
    """The tables of one folder, with ``_catalog.sqlite`` and ``_staging`` in it."""

    encode = staticmethod(make_rows)

    def __init__(self, folder: Path) -> None:
        """Take the folder's path; nothing is opened yet."""
        self._folder = folder
        self._staging = folder / "_staging"
        self._catalog: Catalog

    def __enter__(self) -> Self:
        """Open or create the folder, and complete or undo what a broken-off run began."""
        with store_errors(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._catalog = Catalog(self._folder / "_catalog.sqlite", _TABLES)
            try:
                self._move()
                self._clear()
            except BaseException:
                self._catalog.close()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        """Close the catalog."""
        self._catalog.close()

    def fingerprints(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the fingerprints of those of the articles that the folder holds."""
        with store_errors(self._folder):
            return self._catalog.fingerprints(ids)

    def begin(self, run: Run) -> None:
        """Do nothing: the folder says nothing of runs."""

    def write(self, batch: Sequence[Write]) -> None:
        """Write new articles as new parts; changed ones into the part where they are.

        One whose month changed leaves its part for a new one.
        """
        with store_errors(self._folder):
            try:
                self._write(batch)
            except pa.ArrowInvalid as error:
                raise RefusedError(f"Parquet can't hold it: {error}") from error
            finally:
                self._clear()

    def finish(self, counts: Mapping[str, int]) -> None:
        """Do nothing: every batch was complete."""

    def _write(self, batch: Sequence[Write]) -> None:
        new = {one.id: one.payload for one in batch}
        places = dict(self._catalog.look_up("part", list(new)))
        staying = {
            key for key, part in places.items() if _month(new[key]) == Path(part).parent.name
        }
        contents: dict[str, list[Rows]] = {}
        for part in sorted(set(places.values())):
            contents[part] = [
                new[key] if key in staying else rows
                for key, rows in self._read(part)
                if key not in new or key in staying
            ]
        with self._catalog.transaction() as db:
            fresh = _new_parts(db, [one for key, one in new.items() if key not in staying])
            moves = [
                (self._stage(table, part, articles), f"{table}/{part}")
                for part, articles in (contents | fresh).items()
                for table in SCHEMAS
            ]
            home = {
                rows["articles"][0]["id"]: part
                for part, articles in (contents | fresh).items()
                for rows in articles
            }
            db.executemany(_PUT, [(one.id, one.fingerprint, home[one.id]) for one in batch])
            db.executemany("INSERT INTO moves VALUES (?, ?)", moves)
            sync_folder(self._staging)
        self._move()

    def _stage(self, table: str, part: str, articles: list[Rows]) -> str | None:
        """Write a file of a part and return its name; None where the part is to go."""
        if not articles:
            return None
        rows = [row for one in articles for row in one[table]]
        if table == "entities":
            unique = {row["id"]: row for row in rows}
            rows = [unique[key] for key in sorted(unique)]
        data = pa.Table.from_pylist(rows, schema=SCHEMAS[table])
        self._staging.mkdir(exist_ok=True)
        name = f"{table}-{part.replace('/', '-')}"
        with (self._staging / name).open("wb") as stream:
            pq.write_table(data, stream, compression="zstd")
            stream.flush()
            os.fsync(stream.fileno())
        return name

    def _read(self, part: str) -> Iterator[tuple[str, Rows]]:
        """Yield the articles of a part, in their order, with their rows."""
        tables = {
            table: pq.read_table(
                self._folder / table / part, schema=schema, partitioning=None
            ).to_pylist()
            for table, schema in SCHEMAS.items()
        }
        entities = {row["id"]: row for row in tables["entities"]}
        articles: dict[str, Rows] = {
            row["id"]: {**{table: [] for table in SCHEMAS}, "articles": [row]}
            for row in tables["articles"]
        }
        for table in ("facts", "conversions", "links"):
            for row in tables[table]:
                articles[row["article_id"]][table].append(row)
        for rows in articles.values():
            named = {row["entity_id"] for row in rows["facts"]} - {None}
            rows["entities"] = [entities[key] for key in sorted(named)]
        yield from articles.items()

    def _move(self) -> None:
        """Give the files of the last batch their names, and remove what they replace."""
        moves = self._catalog.rows("SELECT staged, final FROM moves").fetchall()
        for staged, final in moves:
            path = self._folder / final
            if staged is None:
                path.unlink(missing_ok=True)
            elif (self._staging / staged).exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                (self._staging / staged).replace(path)
        for folder in {(self._folder / final).parent for _, final in moves}:
            sync_folder(folder)
            sync_folder(folder.parent)
        if moves:
            with self._catalog.transaction() as db:
                db.execute("DELETE FROM moves")

    def _clear(self) -> None:
        if not self._catalog.one("SELECT count(*) FROM moves"):
            shutil.rmtree(self._staging, ignore_errors=True)


def _month(rows: Rows) -> str:
    published = rows["articles"][0]["published"]
    return f"month={published:%Y-%m}" if published else f"month={_NO_MONTH}"


def _new_parts(db: sqlite3.Connection, articles: list[Rows]) -> dict[str, list[Rows]]:
    """Return the new articles by the names of new parts, one for each month."""
    months: dict[str, list[Rows]] = {}
    for rows in articles:
        months.setdefault(_month(rows), []).append(rows)
    parts = {}
    for month, chosen in months.items():
        number = db.execute("INSERT INTO parts DEFAULT VALUES").lastrowid
        parts[f"{month}/part-{number:08}.parquet"] = chosen
    return parts
