"""The texts of the benchmark: the project's own corpus, whole or cut to size."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.contestants import Row
from jijitsu.article import Article
from jijitsu.gold.load import load_facts
from jijitsu.readers import read_articles

CORPUS = Path("corpus")
GOLD = Path("annotations")
# Amounts and parameter counts per 1,000 characters.  The corpus has articles with many more
# than the news, for the sake of their amounts; with this limit the mean is that of the news.
NEWS_LIKE = 8


def corpus_rows(densest: float = NEWS_LIKE) -> list[Row]:
    """Return the articles of the corpus that are no denser in amounts, in a shuffled order.

    Any first part of them is like the whole.
    """
    gold = load_facts(GOLD)
    articles = [
        found
        for found in read_articles([CORPUS])
        if isinstance(found, Article)
        and found.id in gold
        and _amounts(gold[found.id].facts) * 1000 <= densest * len(found.text)
    ]
    random.Random(0).shuffle(articles)  # noqa: S311 - no secret
    return [Row(article.text, _iso(article)) for article in articles]


def _amounts(facts: Iterable[dict[str, Any]]) -> int:
    return sum(fact["kind"] in {"money", "parameter_count"} for fact in facts)


def _iso(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None


def count_for(rows: list[Row], characters: float) -> int:
    """Return how many articles, read round and round, hold this many characters."""
    read = 0
    for number, row in enumerate(itertools.cycle(rows), start=1):
        read += len(row.text)
        if read >= characters:
            return number
    raise ValueError("no articles")


def cut(rows: list[Row], size: int, total: int) -> list[Row]:
    """Return articles of ``size`` bytes (UTF-8) from the running text, ``total`` bytes in all.

    At least one; no part of the corpus stands in two of them as long as it reaches.
    """
    per_character = _bytes(rows) / sum(len(row.text) for row in rows)
    length = max(1, round(size / per_character))
    stream = _stream(rows)
    pieces = ("".join(itertools.islice(stream, length)) for _ in range(max(1, total // size)))
    return [Row(piece, "2025-09-24") for piece in pieces]


def _bytes(rows: Iterable[Row]) -> int:
    return sum(len(row.text.encode("utf-8", "replace")) for row in rows)


def _stream(rows: list[Row]) -> Iterator[str]:
    return itertools.chain.from_iterable(f"{row.text}\n\n" for row in itertools.cycle(rows))


def write_rows(rows: Iterable[Row], path: Path) -> Path:
    """Write articles as the worker reads them."""
    lines = [json.dumps(row._asdict(), ensure_ascii=True) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8")
    return path
