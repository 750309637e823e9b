"""Imports: corrections made in annotators' tools, back to gold, one file per format.

To add a format, write its reader in a file of its own and name it in :data:`FORMATS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jijitsu.imports import doccano, label_studio, prodigy
from jijitsu.imports.base import Reader

FORMATS: Mapping[str, Reader] = MappingProxyType(
    {"label-studio": label_studio.read, "doccano": doccano.read, "prodigy": prodigy.read}
)
"""The reader of each format, by its name on the command line."""
