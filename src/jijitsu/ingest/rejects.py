"""The rejects file: what did not get into the store, why, and what is needed to try again.

JSON Lines, an object a line: ``source``, ``reason``, and one of

* ``path``: a file or folder that could not be read;
* ``row``: a line of JSON Lines, with the ``id`` that its article has if it gives none;
* ``article``: an article that was read, but not extracted or not stored.

Who mends the line of a row there, or the file of a path, can have it taken up again.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Self

from jijitsu.article import Article, ArticleError
from jijitsu.ingest.tasks import Rejected
from jijitsu.readers import jsonl, read_articles
from jijitsu.readers.base import Origin
from jijitsu.readers.paths import keep_path

# Bytes that are no UTF-8 go into JSON as lone surrogates, and come back as they were.
_BYTES = "surrogateescape"


class RejectsError(ValueError):
    """A rejects file can't be read or written; the message says which and why."""


class RejectsFile:
    """Adds to a rejects file; what stands there already is not written twice.

    A context manager.  A line that a broken-off run left unfinished is taken away.
    """

    def __init__(self, path: Path) -> None:
        """Take the file; it is created when it is entered."""
        self._path = path
        self._seen: set[bytes] = set()
        self._stream: BinaryIO

    def __enter__(self) -> Self:
        """Open the file, and see what it holds.

        Raises:
            RejectsError: it can't be opened.
        """
        try:
            self._stream = self._path.open("a+b")
        except OSError as error:
            raise RejectsError(f"{self._path}: {error.strerror}") from error
        self._stream.seek(0)
        end = 0
        for line in self._stream:
            if line.endswith(b"\n"):
                end += len(line)
                self._seen.add(_digest(line))
        self._stream.truncate(end)
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._stream.close()

    def add(self, rejected: Rejected) -> None:
        """Write one line, at once.

        Raises:
            RejectsError: the file can't be written.
        """
        line = json.dumps(_describe(rejected)).encode() + b"\n"
        if _digest(line) not in self._seen:
            self._seen.add(_digest(line))
            try:
                self._stream.write(line)
                self._stream.flush()
                os.fsync(self._stream.fileno())
            except OSError as error:
                raise RejectsError(f"{self._path}: {error.strerror}") from error


def read_rejects(
    path: Path, published: datetime.date | None = None
) -> Iterator[Article | ArticleError]:
    """Yield the articles of a rejects file, and an ArticleError for what still can't be read.

    ``published`` is the date of articles that have none of their own.

    Raises:
        RejectsError: it is no rejects file.
    """
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                yield from _read(line, f"{path}:{number}", published)
    except OSError as error:
        raise RejectsError(f"{path}: {error.strerror}") from error


def _describe(rejected: Rejected) -> dict[str, Any]:
    error, article = rejected
    described: dict[str, Any] = {"source": error.source, "reason": error.reason}
    if article is not None:
        published = article.published.isoformat() if article.published else None
        described["article"] = {**vars(article), "published": published}
    elif error.row is not None:
        line = error.row.line.decode(errors=_BYTES)
        described["row"] = {"line": line, "id": error.row.id}
    else:
        described["path"] = error.source
    return described


def _read(
    line: bytes, place: str, published: datetime.date | None
) -> Iterator[Article | ArticleError]:
    try:
        entry = json.loads(line)
        source = entry["source"]
        if "article" in entry:
            yield _article(entry["article"])
        elif "row" in entry:
            row = entry["row"]
            origin = Origin(io.BytesIO(), source, row["id"], default=published)
            yield jsonl.read_row(row["line"].encode(errors=_BYTES), origin)
        else:
            yield from read_articles([entry["path"]], published=published, name=keep_path)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RejectsError(f"{place}: not an entry of a rejects file") from error


def _article(fields: dict[str, Any]) -> Article:
    day = fields["published"]
    # Without validation: the text may be what no validation lets through, and is refused later.
    return Article.model_construct(
        id=str(fields["id"]),
        text=str(fields["text"]),
        source=str(fields["source"]),
        title=fields["title"],
        published=datetime.date.fromisoformat(day) if day else None,
    )


def _digest(line: bytes) -> bytes:
    return hashlib.blake2b(line, digest_size=16).digest()
