"""One ingest: choose what is new, have it extracted, write it batch by batch.

What is in the store after every batch is whole, so that an ingest may be broken off at any
moment, and goes on where it was when it is run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from jijitsu.article import Article, ArticleError
from jijitsu.ingest.counts import Counts
from jijitsu.ingest.dispatch import extract_all
from jijitsu.ingest.engines import Engine
from jijitsu.ingest.recipe import Fingerprints
from jijitsu.ingest.tasks import Done, Rejected, Task
from jijitsu.store import RefusedError, Store, Write

_BATCH_CHARACTERS = 2_000_000
_GROUP_ARTICLES = 100
_GROUP_CHARACTERS = 200_000

Reading = Article | ArticleError


class Ingest:
    """Brings articles into a store; ``counts`` says what was done so far."""

    def __init__(  # noqa: PLR0913 - each from another part of the command line
        self,
        store: Store,
        engine: Engine,
        fingerprints: Fingerprints,
        reject: Callable[[Rejected], None],
        *,
        batch: int,
        force: bool = False,
    ) -> None:
        """Take an open store and an engine at work.

        ``reject`` is given what does not get into the store; ``batch`` is the most articles of
        one transaction; ``force`` extracts those too that are there and unchanged.
        """
        self.counts = Counts()
        self._store = store
        self._engine = engine
        self._fingerprints = fingerprints
        self._reject = reject
        self._batch = batch
        self._force = force
        # What is on its way into the store, and what has got there since it was last asked.
        self._pending: dict[str, str] = {}
        self._arrived: list[tuple[str, str]] = []

    def run(self, readings: Iterable[Reading]) -> None:
        """Bring in all of these articles, in their order; of two with one id the last stays.

        Raises:
            StoreError: the store failed; the batches before are in it.
            EngineError: the engine failed; likewise.
        """
        batch: dict[str, Done] = {}
        characters = 0
        for outcome in extract_all(self._select(readings), self._engine):
            if isinstance(outcome, Rejected):
                self._refuse(outcome)
                continue
            batch[outcome.task.article.id] = outcome
            self._count(outcome)
            characters += len(outcome.task.article.text)
            if len(batch) == self._batch or characters >= _BATCH_CHARACTERS:
                self._write(batch)
                batch, characters = {}, 0
        self._write(batch)

    def _select(self, readings: Iterable[Reading]) -> Iterator[Task | Rejected]:
        for group in _in_groups(readings):
            known = self._known([one.id for one in group if isinstance(one, Article)])
            for reading in group:
                if isinstance(reading, ArticleError):
                    yield Rejected(reading)
                    continue
                fingerprint = self._fingerprints.of(reading)
                there = self._pending.get(reading.id) or known.get(reading.id)
                if there == fingerprint and not self._force:
                    self.counts.skipped += 1
                    continue
                self._pending[reading.id] = fingerprint
                yield Task(reading, fingerprint, is_new=there is None)

    def _known(self, ids: list[str]) -> dict[str, str]:
        """Return the fingerprints that the store holds.

        What arrived there since it was last asked counts as pending until it is asked again.
        """
        for key, fingerprint in self._arrived:
            if self._pending.get(key) == fingerprint:
                del self._pending[key]
        self._arrived.clear()
        return self._store.fingerprints(ids) if ids else {}

    def _write(self, batch: dict[str, Done]) -> None:
        if not batch:
            return
        writes = [
            Write(key, done.task.fingerprint, done.extracted.payload) for key, done in batch.items()
        ]
        try:
            self._store.write(writes)
        except RefusedError:
            self._write_singly(writes, batch)
        self._arrived += [(write.id, write.fingerprint) for write in writes]

    def _write_singly(self, writes: list[Write], batch: dict[str, Done]) -> None:
        for write in writes:
            try:
                self._store.write([write])
            except RefusedError as error:
                done = batch[write.id]
                self._count(done, -1)
                source = done.task.article.source
                self._refuse(Rejected(ArticleError(source, str(error)), done.task.article))

    def _refuse(self, rejected: Rejected) -> None:
        self.counts.rejected += 1
        self._reject(rejected)
        if rejected.article is not None:
            key = rejected.article.id
            self._arrived.append((key, self._pending.get(key, "")))

    def _count(self, done: Done, times: int = 1) -> None:
        task, extracted = done
        self.counts.new += times * task.is_new
        self.counts.changed += times * (not task.is_new)
        self.counts.characters += times * len(task.article.text)
        for kind, number in extracted.facts.items():
            self.counts.facts[kind] += times * number


def _in_groups(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Yield the articles in groups, each for one question to the store."""
    group: list[Reading] = []
    characters = 0
    for reading in readings:
        group.append(reading)
        characters += len(reading.text) if isinstance(reading, Article) else 0
        if len(group) == _GROUP_ARTICLES or characters >= _GROUP_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group
