"""Workers on a Ray cluster: one actor with a loaded pipeline for each core."""

from __future__ import annotations

import time
from typing import Any, NamedTuple, Self

import ray
from ray.exceptions import GetTimeoutError, RayActorError, RayError, RayTaskError

from jijitsu.ingest.engines.base import EngineError, WorkerDiedError
from jijitsu.ingest.extractor import Extractor
from jijitsu.ingest.recipe import Recipe
from jijitsu.ingest.tasks import Answer, Chunk
from jijitsu.store import Encode

_CHUNKS_PER_WORKER = 2
_FIRST_WAIT = 120.0
"""For how many seconds a first worker is waited for: a cluster may have to grow."""
_NEXT_WAIT = 10.0
"""For how many seconds a worker that is to replace a lost one is."""


class _Sent(NamedTuple):
    actor: Any
    answers: Any


class RayEngine:
    """Actors, wherever in the cluster Ray puts them.

    An actor that is lost, with its machine or alone, is replaced by a new one where there is
    a place for it; else those that are left do the work.
    """

    def __init__(
        self, recipe: Recipe, encode: Encode, workers: int | None, address: str | None
    ) -> None:
        """Take what the workers are to do; ``address`` is the cluster's, else one is made here."""
        self._recipe = recipe
        self._encode = encode
        self._wanted = workers
        self._address = address
        self._actors: dict[Any, int] = {}
        """The actors at work, and how many chunks are on their way to each."""

    @property
    def room(self) -> int:
        """Chunks that may be on their way: one in work, and the next, for each actor."""
        return _CHUNKS_PER_WORKER * len(self._actors)

    def __enter__(self) -> Self:
        """Connect to the cluster, or make one on this machine, and load the pipelines."""
        try:
            ray.init(
                address=self._address,
                include_dashboard=False if self._address is None else None,
                log_to_driver=False,
                logging_level="ERROR",
            )
        except (ConnectionError, RayError, ValueError) as error:
            raise EngineError(f"no Ray cluster at {self._address}: {error}") from error
        self._wanted = self._wanted or int(ray.cluster_resources().get("CPU", 1))
        try:
            self._start(_FIRST_WAIT)
        except BaseException:
            ray.shutdown()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the cluster; the actors end."""
        ray.shutdown()

    def submit(self, chunk: Chunk) -> _Sent:
        """Send a chunk to the actor that has the fewest."""
        actor = min(self._actors, key=lambda one: self._actors[one])
        self._actors[actor] += 1
        return _Sent(actor, actor.extract.remote([task.article for task in chunk]))

    def answers(self, handle: _Sent) -> list[Answer]:
        """Wait for a chunk's answers."""
        try:
            answers: list[Answer] = ray.get(handle.answers)
        except RayTaskError as error:
            raise EngineError(f"Ray: {error}") from error
        except RayError as error:  # the actor, its machine, or what it had answered is gone
            self._actors.pop(handle.actor, None)
            raise WorkerDiedError from error
        if handle.actor in self._actors:
            self._actors[handle.actor] -= 1
        return answers

    def restart(self) -> None:
        """Replace the actors that were lost, as far as there is a place for them."""
        self._start(_NEXT_WAIT if self._actors else _FIRST_WAIT)

    def _start(self, patience: float) -> None:
        """Start the actors that are missing.

        Raises:
            EngineError: none is at work, in spite of all patience.
        """
        worker = ray.remote(num_cpus=1)(_Worker)
        missing = (self._wanted or 1) - len(self._actors)
        started = [worker.remote(self._recipe, self._encode) for _ in range(missing)]
        until = time.monotonic() + patience
        problem = "there is no place for one"
        for actor in started:
            try:
                ray.get(actor.ready.remote(), timeout=max(0.1, until - time.monotonic()))
            except GetTimeoutError:
                ray.kill(actor)
            except RayActorError as error:
                problem = str(error)
            else:
                self._actors[actor] = 0
        if not self._actors:
            raise EngineError(f"no worker could be started in the Ray cluster: {problem}")


class _Worker:
    """An actor with its pipeline."""

    def __init__(self, recipe: Recipe, encode: Encode) -> None:
        self._extractor = Extractor(recipe, encode)

    def ready(self) -> None:
        """Return when the pipeline is loaded."""

    def extract(self, articles: list[Any]) -> list[Answer]:
        """Return an answer for each article."""
        return self._extractor(articles)
