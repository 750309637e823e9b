"""What an engine is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol, Self

from jijitsu.ingest.tasks import Answer, Chunk

Handle = Any
"""A chunk on its way, as the engine knows it."""


class EngineError(RuntimeError):
    """An engine can't work, or its extra is not installed; the message is for a person."""


class WorkerDiedError(RuntimeError):
    """The worker that had a chunk is gone, by the chunk's fault or not."""


class Engine(AbstractContextManager["Engine"], Protocol):
    """Workers that take chunks and give answers; a context manager."""

    @property
    def room(self) -> int:
        """How many chunks may be on their way at once: enough to keep all workers busy."""
        ...

    def __enter__(self) -> Self:
        """Start the workers.

        Raises:
            EngineError: they can't be started.
        """
        ...

    def submit(self, chunk: Chunk) -> Handle:
        """Send a chunk to the next worker that is free."""
        ...

    def answers(self, handle: Handle) -> list[Answer]:
        """Wait for a chunk, and return an answer for each of its articles, in their order.

        Raises:
            WorkerDiedError: its worker died.
            EngineError: no worker can go on.
        """
        ...

    def restart(self) -> None:
        """Replace workers that died; nothing is on its way when this is called."""
        ...
