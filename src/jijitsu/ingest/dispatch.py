"""Chunks to the workers and their answers back, in order, past the death of a worker."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jijitsu.article import ArticleError
from jijitsu.ingest.engines.base import Engine, Handle, WorkerDiedError
from jijitsu.ingest.tasks import (
    Answer,
    Chunk,
    Done,
    Extracted,
    Failure,
    Rejected,
    Task,
    in_chunks,
)

_LOG = logging.getLogger(__name__)

WORKER_DIED = "its worker died, again and again"

_MOST_WAITING = 1000  # rejected articles are no work, so that the workers don't bound them


class _Sent(NamedTuple):
    chunk: Chunk
    handle: Handle


def extract_all(tasks: Iterable[Task | Rejected], engine: Engine) -> Iterator[Done | Rejected]:
    """Yield what became of each task, in the order of the tasks, however many workers there are.

    Tasks are taken as workers become free, so that a bounded number is in memory.
    """
    waiting: deque[_Sent | Rejected] = deque()
    chunks = in_chunks(tasks)
    on_way = 0
    while True:
        while on_way < engine.room and len(waiting) < _MOST_WAITING:
            following = next(chunks, None)
            if following is None:
                break
            if isinstance(following, Rejected):
                waiting.append(following)
            else:
                waiting.append(_Sent(following, engine.submit(following)))
                on_way += 1
        if not waiting:
            return
        first = waiting.popleft()
        if isinstance(first, Rejected):
            yield first
            continue
        on_way -= 1
        try:
            answers = engine.answers(first.handle)
        except WorkerDiedError:
            yield from _recover(first, waiting, engine)
            waiting.clear()
            on_way = 0
        else:
            yield from _outcomes(first.chunk, answers)


def _recover(
    lost: _Sent, others: Iterable[_Sent | Rejected], engine: Engine
) -> Iterator[Done | Rejected]:
    """Yield what became of a chunk whose worker died, and of all that was on its way then.

    Whose fault it was is not known.  So all others are waited for first; then each chunk that
    was lost is done alone, and if its worker dies again, each of its articles alone.
    """
    _LOG.warning("jijitsu: a worker died; what it had is done again")
    answered: list[tuple[_Sent | Rejected, list[Answer] | None]] = [(lost, None)]
    for one in others:
        try:
            answers = None if isinstance(one, Rejected) else engine.answers(one.handle)
        except WorkerDiedError:
            answers = None
        answered.append((one, answers))
    engine.restart()
    for one, answers in answered:
        if isinstance(one, Rejected):
            yield one
        else:
            yield from _outcomes(one.chunk, answers or _answer_alone(one.chunk, engine))


def _answer_alone(chunk: Chunk, engine: Engine) -> list[Answer]:
    try:
        return engine.answers(engine.submit(chunk))
    except WorkerDiedError:
        engine.restart()
    if len(chunk) == 1:
        return [Failure(WORKER_DIED)]
    return [answer for task in chunk for answer in _answer_alone([task], engine)]


def _outcomes(chunk: Chunk, answers: list[Answer]) -> Iterator[Done | Rejected]:
    for task, answer in zip(chunk, answers, strict=True):
        if isinstance(answer, Extracted):
            yield Done(task, answer)
        else:
            yield Rejected(ArticleError(task.article.source, answer.reason), task.article)
