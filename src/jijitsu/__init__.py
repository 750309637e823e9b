"""jijitsu (事実): facts, with their source spans, from Japanese technology news."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from jijitsu.version import __version__

if TYPE_CHECKING:
    from jijitsu.article import Article, ArticleError
    from jijitsu.extraction import Extraction
    from jijitsu.kinds import ArticleFacts, Fact
    from jijitsu.pipeline import Pipeline

__all__ = [
    "Article",
    "ArticleError",
    "ArticleFacts",
    "Extraction",
    "Fact",
    "Pipeline",
    "__version__",
    "extract",
]

_HOMES = {
    "Article": "jijitsu.article",
    "ArticleError": "jijitsu.article",
    "ArticleFacts": "jijitsu.kinds",
    "Extraction": "jijitsu.extraction",
    "Fact": "jijitsu.kinds",
    "Pipeline": "jijitsu.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used, so that ``import jijitsu`` is quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOMES[name]), name)


def extract(text: str, *, published: datetime.date | str | None = None) -> Extraction:
    """Return the facts of one text; for many, make a :class:`Pipeline` and reuse it.

    ``published`` (a date or an ISO string) places relative dates and chooses the exchange
    rates.

    >>> result = extract("アリババが3800億元を投資", published="2025-09-24")
    >>> [(fact.kind, fact.text) for fact in result.facts]
    [('entity', 'アリババ'), ('money', '3800億元')]

    Raises:
        ValueError: ``published`` is no ISO date.
        ArticleError: the text can't be encoded in UTF-8.
    """
    from jijitsu.article import Article  # noqa: PLC0415
    from jijitsu.extraction import Extraction  # noqa: PLC0415
    from jijitsu.pipeline import Pipeline  # noqa: PLC0415

    if isinstance(published, str):
        published = datetime.date.fromisoformat(published)
    article = Article(id="text", source="text", text=text, published=published)
    result = Pipeline().extract(article)
    return Extraction(document=result.document, facts=result.facts, text=text)
