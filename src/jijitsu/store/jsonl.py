"""A file of JSON Lines, an article's facts a line, as ``jijitsu extract`` writes them.

New lines go to the end.  The line of a changed article takes its old one's place when the
run ends: until then both are there.  The catalog says how far the file is valid; what stands
behind that was left by a run that broke off, and is cut away.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Self

from jijitsu.article import Article
from jijitsu.kinds import ArticleFacts
from jijitsu.store.base import Run, StoreError, Write
from jijitsu.store.catalog import Catalog, store_errors, sync_folder

_TABLES = """
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL,
    start INTEGER NOT NULL, size INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS file (
    size INTEGER NOT NULL, is_ours INTEGER NOT NULL, is_replaced INTEGER NOT NULL);
INSERT INTO file SELECT 0, 0, 0 WHERE NOT EXISTS (SELECT * FROM file)
"""
_PUT = """
INSERT INTO articles (id, fingerprint, start, size) VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    fingerprint = excluded.fingerprint, start = excluded.start, size = excluded.size
"""


def open_jsonl(target: str) -> JsonLinesStore:
    """Return the store of a file."""
    return JsonLinesStore(Path(target))


def make_line(_article: Article, facts: ArticleFacts) -> bytes:
    """Return an article's line."""
    return facts.to_json().encode() + b"\n"


class JsonLinesStore:
    """The lines of one file, ``.NAME.catalog`` beside it, and ``.NAME.part`` while it is rewritten."""

    encode = staticmethod(make_line)

    def __init__(self, path: Path) -> None:
        """Take the file's path; nothing is opened yet."""
        self._path = path
        self._part = path.with_name(f".{path.name}.part")
        self._catalog: Catalog
        self._stream: BinaryIO

    def __enter__(self) -> Self:
        """Open file and catalog, and complete or undo what a broken-off run began."""
        with store_errors(self._path):
            self._catalog = Catalog(self._path.with_name(f".{self._path.name}.catalog"), _TABLES)
            try:
                self._recover()
            except BaseException:
                self._catalog.close()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        """Close file and catalog."""
        self._stream.close()
        self._catalog.close()

    def fingerprints(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the fingerprints of those of the articles that the file holds."""
        with store_errors(self._path):
            return self._catalog.fingerprints(ids)

    def begin(self, run: Run) -> None:
        """Do nothing: a file of facts says nothing of runs."""

    def write(self, batch: Sequence[Write]) -> None:
        """Add the lines at the end."""
        with store_errors(self._path):
            start = size = self._catalog.one("SELECT size FROM file")
            rows = []
            for one in batch:
                rows.append((one.id, one.fingerprint, start, len(one.payload)))
                start += len(one.payload)
            try:
                self._stream.seek(size)
                self._write_all(b"".join(one.payload for one in batch))
                os.fsync(self._stream.fileno())
            except OSError:
                self._stream.truncate(size)
                raise
            with self._catalog.transaction() as db:
                db.executemany(_PUT, rows)
                db.execute("UPDATE file SET size = ?", (start,))

    def finish(self, counts: Mapping[str, int]) -> None:  # noqa: ARG002 - a file keeps no counts
        """Drop the old lines of changed articles, by rewriting the file beside itself."""
        with store_errors(self._path):
            size = self._catalog.one("SELECT size FROM file")
            if self._catalog.one("SELECT sum(size) FROM articles") < size:
                self._rewrite()

    def _recover(self) -> None:
        if self._catalog.one("SELECT is_replaced FROM file"):
            self._replace()
        self._part.unlink(missing_ok=True)
        size = self._catalog.one("SELECT size FROM file")
        there = self._path.stat().st_size if self._path.exists() else 0
        if there and not self._catalog.one("SELECT is_ours FROM file"):
            raise StoreError(f"{self._path} is there already, and no ingest wrote it")
        if there < size:
            raise StoreError(
                f"{self._path} is shorter than its catalog says: "
                f"remove {self._catalog.path} (and the file) to begin anew"
            )
        with self._catalog.transaction() as db:
            db.execute("UPDATE file SET is_ours = 1")
        self._open()
        self._stream.truncate(size)

    def _open(self) -> None:
        self._stream = self._path.open("r+b" if self._path.exists() else "w+b", buffering=0)
        sync_folder(self._path.parent)

    def _write_all(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:  # a disk that is nearly full takes a part
            rest = rest[self._stream.write(rest) :]

    def _rewrite(self) -> None:
        """Write the lines in the order in which their articles first came, and swap the files.

        The catalog takes up the new places before the swap; if that does not happen, it is
        made good when the store is opened again.
        """
        with self._catalog.transaction() as db, self._part.open("wb") as part:
            size = 0
            rows = db.execute("SELECT number, start, size FROM articles ORDER BY number")
            db.execute("CREATE TEMP TABLE places (number INTEGER PRIMARY KEY, start INTEGER)")
            for number, start, length in rows:
                self._stream.seek(start)
                part.write(self._stream.read(length))
                db.execute("INSERT INTO places VALUES (?, ?)", (number, size))
                size += length
            part.flush()
            os.fsync(part.fileno())
            db.execute(
                "UPDATE articles SET start = places.start FROM places "
                "WHERE places.number = articles.number"
            )
            db.execute("DROP TABLE places")
            db.execute("UPDATE file SET size = ?, is_replaced = 1", (size,))
        self._stream.close()
        self._replace()
        self._open()

    def _replace(self) -> None:
        if self._part.exists():
            self._part.replace(self._path)
            sync_folder(self._path.parent)
        with self._catalog.transaction() as db:
            db.execute("UPDATE file SET is_replaced = 0")
