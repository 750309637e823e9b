"""HTML: the article is the raw page, tags and all; title and date are looked up in the tags."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from jijitsu.article import Article
from jijitsu.front_matter import Metadata
from jijitsu.published import NotADateError, parse_written
from jijitsu.readers.base import Origin, decode_article, make_article, read_bytes

# Title and date stand at the top; the parser takes quadratic time on hostile pages.
_SEARCHED = 256 * 1024

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}(?:charset|encoding)\s*=\s*[\"']?([\w-]{1,40})")
_CHARSET_SEARCHED = 4096

_JSON_LD = "application/ld+json"
_META_DATES = frozenset(
    {
        "article:published_time",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "publish_date",
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.created",
        "dcterms.issued",
    }
)


def read(origin: Origin) -> Iterator[Article]:
    """Yield the page as one article."""
    data = read_bytes(origin)
    charset = _CHARSET.search(data[:_CHARSET_SEARCHED].lower())
    text = decode_article(data, origin.source, charset[1].decode() if charset else None)
    yield make_article(origin, text, describe(text))


def describe(page: str) -> Metadata:
    """Return a page's title, and the first date in its tags that can be one of publication.

    Tags hold all sorts of dates, written by machines: those that can't be read (0001-01-01
    of an unset field, a duration in ``<time>``) are passed over, unlike an author's.
    """
    parser = _MetadataParser()
    with contextlib.suppress(AssertionError):  # how the parser refuses some declarations
        parser.feed(page[:_SEARCHED])
    dates = filter(_is_date, (*parser.meta_dates, *parser.json_dates, *parser.time_dates))
    return Metadata(title=" ".join(parser.title.split()) or None, written=next(dates, None))


class _MetadataParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.meta_dates: list[str] = []
        self.json_dates: list[str] = []
        self.time_dates: list[str] = []
        self._inside: str | None = None
        self._script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta":
            names = (attributes.get(key, "").lower() for key in ("property", "name", "itemprop"))
            if not _META_DATES.isdisjoint(names):
                self.meta_dates.append(attributes.get("content", ""))
        elif tag == "time":
            self.time_dates.append(attributes.get("datetime", ""))
        elif tag == "title" and not self.title:  # later ones are of drawings (SVG)
            self._inside = "title"
        elif tag == "script" and attributes.get("type", "").lower() == _JSON_LD:
            self._inside, self._script = _JSON_LD, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._inside == _JSON_LD:
            self.json_dates.extend(_published_in_json(self._script))
        if tag in {"title", "script"}:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif self._inside == _JSON_LD:
            self._script += data


def _published_in_json(script: str) -> Iterator[str]:
    """Yield the values of all ``datePublished`` in a script of JSON-LD, outermost first."""
    try:
        waiting: list[Any] = [json.loads(script)]
    except (ValueError, RecursionError):
        return
    for node in waiting:  # grows while it is walked
        if isinstance(node, dict):
            if isinstance(date := node.get("datePublished"), str):
                yield date
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _is_date(value: str) -> bool:
    try:
        parse_written(value)
    except NotADateError:
        return False
    return True
