"""Readers: from paths to articles, one file per format.

To add a format, write its reader in a file of its own and name its suffixes in
:data:`FORMATS`.
"""

from __future__ import annotations

import datetime
import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from jijitsu.article import Article, ArticleError
from jijitsu.published import date_in_name
from jijitsu.readers import html, jsonl, text
from jijitsu.readers.base import Origin, Reader
from jijitsu.readers.paths import (
    BLANK_BYTES,
    GZIP,
    Found,
    Watcher,
    claim_name,
    find_files,
    open_stdin,
)

FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": text.read,
        ".md": text.read,
        ".markdown": text.read,
        ".html": html.read,
        ".htm": html.read,
        ".jsonl": jsonl.read,
    }
)
"""The reader of each suffix; every one may have ``.gz`` behind it."""

STDIN = "-"


def read_articles(
    paths: Iterable[str | Path],
    *,
    published: datetime.date | None = None,
    name: Callable[[Found, set[str]], str] = claim_name,
    watcher: Watcher | None = None,
) -> Iterator[Article | ArticleError]:
    """Read the articles of files and folders (and of the standard input, ``-``), lazily.

    What can't be read is yielded as an ArticleError in its place, and the rest goes on.
    ``published`` is the date of articles that have none of their own.  ``name`` says what a
    file is called, given the names of the files before it; ``watcher`` is told what was read.
    """
    taken: set[str] = set()
    for path in map(str, paths):
        if path == STDIN:
            yield from _read_stdin(published)
            continue
        for found in find_files(path, FORMATS):
            if isinstance(found, ArticleError):
                yield found
            else:
                yield from _read_file(found, name(found, taken), published, watcher)


def _read_stdin(published: datetime.date | None) -> Iterator[Article | ArticleError]:
    try:
        stream, head = open_stdin()
    except OSError as error:
        yield ArticleError("stdin", _explain(error))
        return
    with stream:
        reader = jsonl.read if head.lstrip(BLANK_BYTES).startswith(b"{") else text.read
        yield from _guard(reader, Origin(stream, source="stdin", id="stdin", default=published))


def _read_file(
    found: Found, name: str, published: datetime.date | None, watcher: Watcher | None
) -> Iterator[Article | ArticleError]:
    try:
        stream = found.open(watcher)
    except OSError as error:
        yield ArticleError(found.source, _explain(error))
        return
    with stream:
        reader = FORMATS.get(found.suffix)
        if not reader:
            known = " ".join(FORMATS)
            reason = f"no reader for the suffix {found.suffix!r} (known: {known}, also {GZIP})"
            yield ArticleError(found.source, reason)
            return
        # The date in the name of a file of many articles is hardly that of each.
        named = date_in_name(found.path.name) if reader is not jsonl.read else None
        yield from _guard(reader, Origin(stream, found.source, name, named, published))


def _guard(reader: Reader, origin: Origin) -> Iterator[Article | ArticleError]:
    try:
        yield from reader(origin)
    except ArticleError as error:
        yield error
    except (OSError, EOFError, zlib.error) as error:
        yield ArticleError(origin.source, _explain(error))


def _explain(error: OSError | EOFError | zlib.error) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, (gzip.BadGzipFile, EOFError, zlib.error)):
        return f"broken gzip: {error}"
    return f"can't be read: {error.strerror or error}"
