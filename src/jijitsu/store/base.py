"""What all stores share: how articles are handed to them, and how they fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, Self

from jijitsu.article import Article
from jijitsu.kinds import ArticleFacts

Payload = Any
"""An article's facts in the form that one kind of store writes; it can be pickled."""

Encode = Callable[[Article, ArticleFacts], Payload]
"""Brings facts into that form.  A function of a module: it runs in the workers."""


class StoreError(RuntimeError):
    """A store can't go on; what was written before is whole.  The message is for a person."""


class StoreUnavailableError(StoreError):
    """A store's extra is not installed; the message says how to install it."""


class RefusedError(ValueError):
    """A store can't hold these articles as they are; nothing of them was written."""


class Write(NamedTuple):
    """An article on its way into a store.

    ``fingerprint`` stands for its content, its metadata, and what extracted it.
    """

    id: str
    fingerprint: str
    payload: Payload


@dataclass(frozen=True, slots=True)
class Run:
    """An ingest: what extracts, and with which settings."""

    version: str
    settings: Mapping[str, object]


class Store(AbstractContextManager["Store"], Protocol):
    """Keeps the facts of articles; each write is all or nothing.

    A context manager.  A store is written to by one process at a time, unless it says otherwise.
    """

    encode: Encode

    def __enter__(self) -> Self:
        """Open or create the store, and mend what a broken-off run left.

        Raises:
            StoreError: it can't be opened, or is of a newer version of jijitsu.
        """
        ...

    def fingerprints(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the fingerprints of those of the articles that the store holds."""
        ...

    def begin(self, run: Run) -> None:
        """Begin a run."""
        ...

    def write(self, batch: Sequence[Write]) -> None:
        """Add articles, or put them in the place of those with the same ids, all at once.

        No id stands twice in a batch.

        Raises:
            RefusedError: something in the batch can't be held.
            StoreError: the store can't be written to.
        """
        ...

    def finish(self, counts: Mapping[str, int]) -> None:
        """End the run, and say what it did."""
        ...
