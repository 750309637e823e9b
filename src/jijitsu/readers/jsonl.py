"""JSON Lines: an article a line, ``{"id", "text", "published", "title", "source"}``.

Only ``text`` is required; other keys are ignored.  A line that can't be read is an
ArticleError that names it, and the rest goes on.
"""

from __future__ import annotations

import codecs
import datetime
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jijitsu.article import Article, ArticleError, RawRow
from jijitsu.front_matter import Metadata
from jijitsu.published import NotADateError, parse_iso
from jijitsu.readers.base import (
    MAX_BYTES,
    TOO_LONG,
    Origin,
    decode_article,
    make_article,
    read_bytes,
)
from jijitsu.readers.text import describe

_UTF_16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(origin: Origin) -> Iterator[Article | ArticleError]:
    """Yield the articles of a file, line by line, and the errors of the lines that are none."""
    is_empty = True
    for number, line in enumerate(_lines(origin), start=1):
        if not line.strip():
            continue
        is_empty = False
        where = f"{origin.source}:{number}"
        yield read_row(line, replace(origin, source=where, id=f"{origin.id}-{number}"))
    if is_empty:
        raise ArticleError(origin.source, "empty")


def read_row(line: bytes, origin: Origin) -> Article | ArticleError:
    """Return the article of one line, or what is wrong with it; ``origin`` is the line's own."""
    try:
        return _read_row(_parse_row(line, origin.source), origin)
    except ArticleError as error:
        whole = RawRow(line, origin.id) if len(line) <= MAX_BYTES else None
        return ArticleError(error.source, error.reason, whole)


def _lines(origin: Origin) -> Iterator[bytes]:
    """Yield the lines; one that is too long is cut right behind the limit."""
    stream = origin.stream
    line = stream.readline(MAX_BYTES + 1)
    if line.startswith(_UTF_16_BOMS):  # its line ends are no single bytes
        text = decode_article(line + read_bytes(origin), origin.source)
        yield from io.BytesIO(text.encode())
        return
    while line:
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)
        line = stream.readline(MAX_BYTES + 1)


def _parse_row(line: bytes, where: str) -> dict[str, Any]:
    if len(line) > MAX_BYTES:
        raise ArticleError(where, TOO_LONG)
    decoded = decode_article(line.rstrip(b"\r\n"), where)
    try:
        row = json.loads(decoded)
    except json.JSONDecodeError as error:
        reason = f"malformed JSON at column {error.pos + 1}: {error.msg}"
        raise ArticleError(where, reason) from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 10,000 brackets
        raise ArticleError(where, f"malformed JSON: {error}") from error
    if not isinstance(row, dict):
        raise ArticleError(where, "not a JSON object")
    return row


def _read_row(row: dict[str, Any], origin: Origin) -> Article:
    text = _string(row, "text", origin.source)
    if text is None:
        raise ArticleError(origin.source, "no text")
    own = describe(text)
    published = _published(row, origin.source)
    metadata = Metadata(
        title=_string(row, "title", origin.source) or own.title,
        written=published.isoformat() if published else own.written,
    )
    if isinstance(row.get("id"), int) and not isinstance(row["id"], bool):
        row["id"] = str(row["id"])
    named = replace(
        origin,
        id=_string(row, "id", origin.source) or origin.id,
        source=_string(row, "source", origin.source) or origin.source,
    )
    try:
        return make_article(named, text, metadata)
    except ArticleError as error:  # errors name the line, whatever the row calls itself
        raise ArticleError(origin.source, error.reason) from error


def _published(row: dict[str, Any], where: str) -> datetime.date | None:
    written = _string(row, "published", where)
    if not written:
        return None
    try:
        return parse_iso(written)
    except NotADateError as error:
        raise ArticleError(where, f"published: {error}") from error


def _string(row: dict[str, Any], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ArticleError(where, f"{key} is not a string")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ArticleError(where, f"{key} holds half a surrogate pair") from error
    return value
