"""Engines: who does the work, on one machine or on many; one file per engine."""

from __future__ import annotations

from jijitsu.ingest.engines.base import Engine, EngineError, WorkerDiedError
from jijitsu.ingest.engines.local import LocalEngine
from jijitsu.ingest.recipe import Recipe
from jijitsu.store import Encode


def make_engine(recipe: Recipe, encode: Encode, workers: int | None) -> Engine:
    """Return an engine, which begins to work when it is entered.

    ``workers`` is how many; None means one for each core.
    """
    return LocalEngine(recipe, encode, workers)


__all__ = ["Engine", "EngineError", "WorkerDiedError", "make_engine"]
