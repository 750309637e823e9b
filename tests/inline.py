"""An ingest within the tests' own process: quick, and with the real store."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Self

from jijitsu.article import Article
from jijitsu.ingest.counts import Counts
from jijitsu.ingest.engines import WorkerDiedError
from jijitsu.ingest.extractor import Extractor
from jijitsu.ingest.load import Ingest, Reading
from jijitsu.ingest.recipe import Fingerprints, Recipe
from jijitsu.ingest.tasks import Answer, Chunk, Rejected
from jijitsu.readers import read_articles
from jijitsu.store import Encode, open_store

RECIPE = Recipe(ner="none")
CORPUS = Path(__file__).parents[1] / "corpus"


def articles(count: int = 12) -> list[Article]:
    found = (one for one in read_articles([CORPUS]) if isinstance(one, Article))
    return [next(found) for _ in range(count)]


def article(key: str, content: str, published: str | None = "2025-09-24") -> Article:
    day = datetime.date.fromisoformat(published) if published else None
    return Article(id=key, source=f"{key}.txt", text=content, published=day)


class InlineEngine:
    """Does the work when it is asked for the answers.

    ``dies_on`` says of an article whether its worker would die.
    """

    room = 3

    def __init__(
        self, extract: Extractor, dies_on: Callable[[Article], bool] = lambda _: False
    ) -> None:
        self._extract = extract
        self._dies_on = dies_on
        self.on_way = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, chunk: Chunk) -> list[Article]:
        self.on_way += 1
        assert self.on_way <= self.room
        return [task.article for task in chunk]

    def answers(self, handle: list[Article]) -> list[Answer]:
        self.on_way -= 1
        if any(map(self._dies_on, handle)):
            raise WorkerDiedError
        return self._extract(handle)

    def restart(self) -> None:
        assert self.on_way == 0


_extractors: dict[Encode, Extractor] = {}


def extractor(encode: Encode) -> Extractor:
    """Return the extractor for a kind of store; it is made once."""
    if encode not in _extractors:
        _extractors[encode] = Extractor(RECIPE, encode)
    return _extractors[encode]


def bring_in(  # noqa: PLR0913 - as an ingest has them
    address: str,
    articles: Iterable[Reading],
    *,
    recipe: Recipe = RECIPE,
    batch: int = 4,
    force: bool = False,
    dies_on: Callable[[Article], bool] = lambda _: False,
    rejected: list[Rejected] | None = None,
) -> Counts:
    """Bring articles into a store and return what was done."""
    run = recipe.describe()
    with open_store(address) as store:
        engine = InlineEngine(extractor(store.encode), dies_on)
        refused: list[Rejected] = [] if rejected is None else rejected
        loading = Ingest(store, engine, Fingerprints(run), refused.append, batch=batch, force=force)
        store.begin(run)
        loading.run(articles)
        store.finish(loading.counts.as_row())
    return loading.counts
