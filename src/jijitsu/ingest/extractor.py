"""What a worker does, in whatever process or machine it runs: extract chunk after chunk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from jijitsu.article import Article, ArticleError
from jijitsu.ingest.recipe import Recipe
from jijitsu.ingest.tasks import Answer, Extracted, Failure
from jijitsu.store import Encode


class Extractor:
    """A loaded pipeline and the form that the store wants its facts in."""

    def __init__(self, recipe: Recipe, encode: Encode) -> None:
        """Load the pipeline."""
        self._pipeline = recipe.make()
        self._encode = encode

    def __call__(self, articles: Iterable[Article]) -> list[Answer]:
        """Return an answer for each article."""
        return [self._answer(article) for article in articles]

    def _answer(self, article: Article) -> Answer:
        try:
            result = self._pipeline.extract(article)
            payload = self._encode(article, result)
        except ArticleError as error:
            return Failure(error.reason)
        except Exception as error:  # noqa: BLE001  a fault of ours must not cost the other articles
            return Failure(f"internal error: {error!r}")
        return Extracted(payload, dict(Counter(fact.kind for fact in result.facts)))
