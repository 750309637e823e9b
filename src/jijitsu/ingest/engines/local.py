"""Worker processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Self

from jijitsu.article import Article
from jijitsu.ingest.engines.base import EngineError, WorkerDiedError
from jijitsu.ingest.extractor import Extractor
from jijitsu.ingest.recipe import Recipe
from jijitsu.ingest.tasks import Answer, Chunk
from jijitsu.store import Encode

_CHUNKS_PER_WORKER = 2

_extractor: Extractor | str
"""The pipeline of this worker process, which the initializer loads, or why it can't be."""


class LocalEngine:
    """A pool of processes, each with a pipeline of its own.

    Where one dies all that was on its way is lost with it, so that every chunk then under way
    counts as one whose worker died.
    """

    def __init__(
        self, recipe: Recipe, encode: Encode, workers: int | None, _address: str | None
    ) -> None:
        """Take what the workers are to do; ``workers`` is their number, else that of cores."""
        self._workers = workers or os.cpu_count() or 1
        self._recipe = recipe
        self._encode = encode
        self._pool: ProcessPoolExecutor

    @property
    def room(self) -> int:
        """Chunks that may be on their way: one in work, and the next, for each worker."""
        return _CHUNKS_PER_WORKER * self._workers

    def __enter__(self) -> Self:
        """Start a first process; the others start when there is work."""
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes; chunks that none has begun are dropped."""
        self._pool.shutdown(cancel_futures=True)

    def submit(self, chunk: Chunk) -> Future[list[Answer]]:
        """Send a chunk to the next process that is free."""
        try:
            return self._pool.submit(_extract, [task.article for task in chunk])
        except BrokenProcessPool as error:
            failed: Future[list[Answer]] = Future()
            failed.set_exception(error)
            return failed

    def answers(self, handle: Future[list[Answer]]) -> list[Answer]:
        """Wait for a chunk's answers."""
        try:
            return handle.result()
        except BrokenProcessPool as error:
            raise WorkerDiedError from error

    def restart(self) -> None:
        """Make a new pool."""
        self._pool.shutdown(cancel_futures=True)
        self._start()

    def _start(self) -> None:
        # A fork of a process that has threads may hang.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(
            self._workers, context, initializer=_load, initargs=(self._recipe, self._encode)
        )
        try:
            problem = self._pool.submit(_problem).result()
        except BrokenProcessPool as error:
            raise EngineError("no worker process can be started") from error
        if problem:
            raise EngineError(f"no worker can be started: {problem}")


def _load(recipe: Recipe, encode: Encode) -> None:
    """Make this process a worker: it ends with its parent, and leaves signals to it."""
    global _extractor  # noqa: PLW0603 - a pool gives its processes no other place
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _extractor = Extractor(recipe, encode)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent has to hear of it
        _extractor = str(error)


def _problem() -> str | None:
    return _extractor if isinstance(_extractor, str) else None


def _end_with_parent() -> None:
    """Wait until the parent is gone, however it went, and end this process then."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _extract(articles: list[Article]) -> list[Answer]:
    if isinstance(_extractor, str):  # one that started later than the first, which was asked
        raise EngineError(_extractor)
    return _extractor(articles)
