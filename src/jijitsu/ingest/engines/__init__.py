"""Engines: who does the work, on one machine or on many; one file per engine.

To add an engine, write it in a file of its own and name it in :data:`ENGINES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from jijitsu.ingest.engines.base import Engine, EngineError, WorkerDiedError
from jijitsu.ingest.recipe import Recipe
from jijitsu.store import Encode

ENGINES: Mapping[str, str] = MappingProxyType(
    {
        "local": "jijitsu.ingest.engines.local:LocalEngine",
        "ray": "jijitsu.ingest.engines.ray:RayEngine",
    }
)
"""Where each engine is: ``module:class``, imported when it is needed."""


def find_engine(name: str) -> Callable[[Recipe, Encode, int | None, str | None], Engine]:
    """Return the class of an engine.

    Raises:
        KeyError: there is no such engine.
        EngineError: its extra is not installed.
    """
    module, _, kind = ENGINES[name].partition(":")
    try:
        home = import_module(module)
    except ModuleNotFoundError as error:
        extra = f"pip install 'jijitsu[{name}]'"
        raise EngineError(f"--engine {name} needs {error.name}: {extra}") from error
    found: Callable[[Recipe, Encode, int | None, str | None], Engine] = getattr(home, kind)
    return found


def make_engine(
    name: str, recipe: Recipe, encode: Encode, workers: int | None, address: str | None
) -> Engine:
    """Return an engine, which begins to work when it is entered.

    ``workers`` is how many; None means one for each core.  ``address`` is that of a cluster.
    Raises as :func:`find_engine` does.
    """
    return find_engine(name)(recipe, encode, workers, address)


__all__ = ["ENGINES", "Engine", "EngineError", "WorkerDiedError", "find_engine", "make_engine"]
