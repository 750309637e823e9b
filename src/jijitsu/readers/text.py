"""Plain text and Markdown: the article is the whole file, its metadata the front matter."""

from __future__ import annotations

from collections.abc import Iterator

from jijitsu.article import Article
from jijitsu.front_matter import Metadata, find_front_matter, read_metadata
from jijitsu.readers.base import Origin, decode_article, make_article, read_bytes


def read(origin: Origin) -> Iterator[Article]:
    """Yield the file's one article."""
    text = decode_article(read_bytes(origin), origin.source)
    yield make_article(origin, text, describe(text))


def describe(text: str) -> Metadata:
    """Return what an article's front matter says, if it has any."""
    front_matter = find_front_matter(text)
    return read_metadata(front_matter) if front_matter else Metadata()
