"""Two loads of the same articles: as they were, and as they are now.

Of the articles of the first load half are changed in the second, and some have another day of
publication; others are new.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from jijitsu.article import Article
from jijitsu.readers import read_articles

CORPUS = Path(__file__).parents[1] / "corpus"

_COUNT = 36
_PARAGRAPH = 400  # characters: enough for some facts of each kind, and quick


def _changed(number: int, article: Article) -> Article:
    if number % 2:
        return article
    day = article.published or datetime.date(2025, 9, 24)
    moved = day.replace(year=day.year - 1) if number % 8 == 0 else day
    return article.model_copy(
        update={"text": f"前の版、売上は{number + 1}億円。{article.text}", "published": moved}
    )


def _articles() -> list[Article]:
    found = [one for one in read_articles([CORPUS]) if isinstance(one, Article)]
    return [one.model_copy(update={"text": one.text[:_PARAGRAPH]}) for one in found[::7][:_COUNT]]


NEW = _articles()
OLD = [_changed(number, article) for number, article in enumerate(NEW[: _COUNT * 2 // 3])]
