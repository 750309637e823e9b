"""Stores: where an ingest keeps facts, one file per kind of target.

To add a target, write its store in a file of its own and name what begins its address in
:data:`TARGETS`, or its suffix in :data:`FILES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType

from jijitsu.store.base import (
    Encode,
    Payload,
    RefusedError,
    Run,
    Store,
    StoreError,
    StoreUnavailableError,
    Write,
)

TARGETS: Mapping[str, str] = MappingProxyType(
    {
        "sqlite:": "jijitsu.store.sql:open_sql",
        "postgresql": "jijitsu.store.sql:open_sql",
        "parquet:": "jijitsu.store.parquet:open_parquet",
    }
)
"""Where the opener of each kind of address is: ``module:function``, imported when needed."""

FILES: Mapping[str, str] = MappingProxyType({".jsonl": "jijitsu.store.jsonl:open_jsonl"})
"""The same for files, by suffix."""


def open_store(target: str) -> Store:
    """Return the store at an address; it is opened when it is entered.

    Raises:
        ValueError: nothing is known to be kept at such an address.
        StoreUnavailableError: the target's extra is not installed.
    """
    for beginning, place in TARGETS.items():
        if target.startswith(beginning):
            return _opener(place)(target)
    suffix = PurePath(target).suffix.lower()
    if suffix in FILES:
        return _opener(FILES[suffix])(target)
    known = ", ".join([*TARGETS, *(f"or end with {ending}" for ending in FILES)])
    raise ValueError(f"{target!r} is no target (they begin with {known})")


def _opener(place: str) -> Callable[[str], Store]:
    module, _, function = place.partition(":")
    opener: Callable[[str], Store] = getattr(import_module(module), function)
    return opener


__all__ = [
    "FILES",
    "TARGETS",
    "Encode",
    "Payload",
    "RefusedError",
    "Run",
    "Store",
    "StoreError",
    "StoreUnavailableError",
    "Write",
    "open_store",
]
