"""What goes to the workers, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jijitsu.article import Article, ArticleError
from jijitsu.store import Payload

CHUNK_ARTICLES = 32
CHUNK_CHARACTERS = 50_000
"""A chunk is half a second of work or so; an article that is longer goes alone."""


class Task(NamedTuple):
    """An article to extract; ``is_new`` says that the store held none with its id."""

    article: Article
    fingerprint: str
    is_new: bool


class Extracted(NamedTuple):
    """An article's facts, ready for the store, and how many there are of each kind."""

    payload: Payload
    facts: dict[str, int]


class Failure(NamedTuple):
    """Why an article could not be extracted."""

    reason: str


class Rejected(NamedTuple):
    """An article that did not get into the store; without an ``article`` it could not be read."""

    error: ArticleError
    article: Article | None = None


class Done(NamedTuple):
    """A task and its facts."""

    task: Task
    extracted: Extracted


Chunk = list[Task]
Answer = Extracted | Failure


def in_chunks(tasks: Iterable[Task | Rejected]) -> Iterator[Chunk | Rejected]:
    """Yield the tasks in chunks; what was rejected keeps its place among them."""
    chunk: Chunk = []
    characters = 0
    for task in tasks:
        if isinstance(task, Rejected):
            if chunk:
                yield chunk
                chunk, characters = [], 0
            yield task
            continue
        length = len(task.article.text)
        if chunk and (len(chunk) == CHUNK_ARTICLES or characters + length > CHUNK_CHARACTERS):
            yield chunk
            chunk, characters = [], 0
        chunk.append(task)
        characters += length
    if chunk:
        yield chunk
