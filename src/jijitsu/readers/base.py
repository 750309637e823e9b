"""What readers share: where an article comes from, and the checks that all go through."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase

from jijitsu.article import Article, ArticleError
from jijitsu.front_matter import Metadata
from jijitsu.published import NotADateError
from jijitsu.readers.decoding import DecodingError, decode

MAX_BYTES = 64 * 1024 * 1024
"""The longest article, unpacked: a whole file, or one line of JSON Lines."""

TOO_LONG = f"longer than {MAX_BYTES // 1024**2} MiB"


@dataclass(frozen=True, slots=True)
class Origin:
    """A file on its way in: its bytes, its names, and when its articles may be from.

    ``named`` is the date in its name, ``default`` the one to take where nothing says any.
    """

    stream: BufferedIOBase
    source: str
    id: str
    named: datetime.date | None = None
    default: datetime.date | None = None


Reader = Callable[[Origin], Iterator[Article | ArticleError]]
"""Yields the articles of a file and the rows that can't be read.

Raises ArticleError, or what reading from the stream raises, where the rest is lost.
"""


def read_bytes(origin: Origin) -> bytes:
    """Read a whole file, at most :data:`MAX_BYTES`."""
    data = origin.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ArticleError(origin.source, TOO_LONG)
    return data


def decode_article(data: bytes, source: str, declared: str | None = None) -> str:
    """Decode an article; ``declared`` is the encoding that it says it has."""
    try:
        return decode(data, declared)
    except DecodingError as error:
        raise ArticleError(source, str(error)) from error


def make_article(origin: Origin, text: str, metadata: Metadata) -> Article:
    """Check an article's text and date, and put it together."""
    if not text or text.isspace():
        raise ArticleError(origin.source, "empty")
    try:
        published = metadata.published
    except NotADateError as error:
        raise ArticleError(origin.source, str(error)) from error
    return Article(
        id=origin.id,
        text=text,
        source=origin.source,
        published=published or origin.named or origin.default,
        title=metadata.title,
    )
