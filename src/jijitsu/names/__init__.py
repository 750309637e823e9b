"""Names: engines that find them behind one interface.

To add an engine, write a class with the two members of :class:`Engine` in a file of its own
and name it in :data:`ENGINES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Protocol

from jijitsu.model import Mention, Text
from jijitsu.tokens import Tokens


class EngineUnavailableError(RuntimeError):
    """An engine whose extra is not installed; the message says how to install it."""


class Engine(Protocol):
    """Finds the names of one article: mentions of kind ``entity`` with ``type`` and ``name``."""

    def find(self, text: Text, tokens: Tokens) -> list[Mention]:
        """Return the names, sorted by start; they do not overlap."""
        ...


class NoNames:
    """The engine for those who want numbers and dates alone."""

    def find(self, text: Text, tokens: Tokens) -> list[Mention]:  # noqa: ARG002
        """Return nothing."""
        return []


def _late(module: str, name: str) -> Callable[[], Engine]:
    def make() -> Engine:
        engine: Engine = getattr(import_module(module), name)()
        return engine

    return make


ENGINES: Mapping[str, Callable[[], Engine]] = MappingProxyType(
    {
        "crf": _late("jijitsu.names.tagger.engine", "TaggerEngine"),
        "dictionary": _late("jijitsu.names.dictionary", "DictionaryEngine"),
        "ginza": _late("jijitsu.names.ginza", "GinzaEngine"),
        "none": NoNames,
    }
)
"""Every engine's name and how to make it; a heavy one is imported only when it is made."""

DEFAULT_ENGINE = "crf"
