"""Sinks: where facts go, one file per format.

To add a format, write its sink in a file of its own and name its suffixes in
:data:`FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, Self

from jijitsu.kinds import ArticleFacts
from jijitsu.sinks.jsonl import JsonLinesSink


class Sink(AbstractContextManager["Sink"], Protocol):
    """Takes the facts of one article after the other; a context manager."""

    def __enter__(self) -> Self:
        """Begin; raises OSError where nothing can be written."""
        ...

    def write(self, facts: ArticleFacts) -> None:
        """Take the facts of one article."""
        ...


FORMATS: Mapping[str, Callable[[Path | None], Sink]] = MappingProxyType(
    {".jsonl": JsonLinesSink, "": JsonLinesSink}
)
"""The sink of each suffix of an output file; without one (and to a pipe) it is JSON Lines."""


def open_sink(path: Path | None) -> Sink:
    """Return the sink for an output file, or for the standard output (None).

    Raises:
        ValueError: no format has the file's suffix.
    """
    suffix = path.suffix.lower() if path else ""
    if suffix not in FORMATS:
        known = " ".join(sorted(filter(None, FORMATS)))
        raise ValueError(f"{path}: no format for the suffix {suffix!r} (known: {known})")
    return FORMATS[suffix](path)
