"""What goes in: an article, and the errors that keep one from being read."""

from __future__ import annotations

import datetime
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field


class RawRow(NamedTuple):
    """A line of JSON Lines as it was read, and the id of its article if it gives none."""

    line: bytes
    id: str


class ArticleError(ValueError):
    """One article can't be processed; the message says which and why, for a person."""

    def __init__(self, source: str, reason: str, row: RawRow | None = None) -> None:
        """Name the article by its source (a path, or ``path:line`` for a row)."""
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason
        self.row = row


class Article(BaseModel):
    """A raw article, before anything was done to it.

    ``text`` is the decoded text as it was read, markup and front matter included: all
    offsets in the output count its Unicode code points.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(min_length=1)]
    text: str
    source: str
    published: datetime.date | None = None
    title: str | None = None
