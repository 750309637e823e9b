"""Exports: facts with their articles as data to train and annotate with, one file per format.

To add a format, write a function from a dataset to its files in a file of its own and name it
in :data:`FORMATS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jijitsu.exports import (
    chat,
    conll,
    doccano,
    jsonl,
    label_studio,
    prodigy,
    spacy_docbin,
)
from jijitsu.exports.base import Format

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "spacy": spacy_docbin.export,
        "conll": conll.export,
        "jsonl": jsonl.export,
        "chat": chat.export,
        "label-studio": label_studio.export,
        "doccano": doccano.export,
        "prodigy": prodigy.export,
    }
)
"""The maker of each format's files, by its name on the command line."""
