"""From a file of facts and its articles to examples."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping

from jijitsu.article import Article, ArticleError
from jijitsu.exports.base import Example
from jijitsu.gold.lint import find_errors
from jijitsu.gold.load import Annotated, JsonFact
from jijitsu.regions import LISTS, REFERENCES


def index_texts(articles: Iterable[Article | ArticleError]) -> dict[str, str]:
    """Return the articles' texts by their SHA-256; what can't be read is left to be missed."""
    return {
        hashlib.sha256(article.text.encode()).hexdigest(): article.text
        for article in articles
        if isinstance(article, Article)
    }


def pair(
    annotated: Mapping[str, Annotated],
    texts: Mapping[str, str],
    kinds: Collection[str] | None = None,
) -> Iterator[Example | ArticleError]:
    """Yield each article's text with its facts, or why they don't fit, in the given order.

    ``texts`` are by SHA-256, which every document names: facts never meet another text than
    the one that they were found in.  ``kinds`` are those to keep, None for all.
    """
    for name, article in annotated.items():
        text = texts.get(str(article.document.get("sha256")))
        if text is None:
            yield ArticleError(name, "no article has the text that these facts are of (sha256)")
            continue
        problem = next(find_errors(article.facts, text), None)
        if problem:
            yield ArticleError(name, problem)
            continue
        facts = article.facts if kinds is None else _only(article.facts, kinds)
        yield Example(article.document, text, facts)


def _only(facts: Iterable[JsonFact], kinds: Collection[str]) -> list[JsonFact]:
    """Keep the facts of some kinds, without references to others."""
    kept = [fact for fact in facts if fact["kind"] in kinds]
    ids = {fact["id"] for fact in kept}
    return [_without_others(fact, ids) for fact in kept]


def _without_others(fact: JsonFact, ids: set[str]) -> JsonFact:
    changed = dict(fact)
    for field in REFERENCES.values():
        value = fact.get(field)
        if value is None:
            continue
        if field in LISTS:
            changed[field] = [each for each in value if each in ids]
            if not changed[field]:
                del changed[field]
        elif value not in ids:
            changed[field] = None
    return changed
